"""The length of the rules that are drawn under the motto, the agency and the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._head_rules import paragraphs_with_rule
from cchc_office.decree30.checker._parts import Line
from cchc_office.decree30.figures import Part, Profile, number_in_words
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import set_indents
from cchc_office.word.reading.drawn_lines import straight_lines, vml_length
from cchc_office.word.reading.measures import (
    MC,
    MM_PER_EMU,
    MM_PER_POINT,
    TWIPS_PER_MM,
    WP,
    A,
    V,
    W,
    whole_number,
)
from cchc_office.word.reading.transparent import chosen


def fix_rules(session: FixSession) -> None:
    """Give the rules that are there the length that they are to have, their middle where it was."""
    for one in session.judged(FixKind.RULE_LENGTH, Code.RULE_LENGTH):
        line = one.line
        if line is None or one.part is None:
            continue
        if one.part is not Part.SUBJECT and (line.columns == 1 or line.by_tab):
            continue  # without cells for the two columns, whose rule it is cannot be told
        wanted = _wanted(one.part, line, session.profile)
        if _set_drawn(session, line, wanted) or _set_border(session, line, wanted):
            share = wanted / _seen(line)
            session.tell(
                FixKind.RULE_LENGTH,
                f"Đường kẻ dưới {one.part.value}",
                f"dài {one.found} dòng chữ",
                f"dài {number_in_words(share, 2)} dòng chữ",
                line,
            )


def _seen(line: Line) -> float:
    room = line.place.width
    return min(line.width, room) if room else line.width


def _wanted(part: Part, line: Line, profile: Profile) -> float:
    """Return the length in mm: the motto's own, of any other line a part."""
    share = 1.0 if part is Part.MOTTO else profile.rule_share
    return _seen(line) * share


# --- drawn rules ---


def _set_drawn(session: FixSession, line: Line, wanted: float) -> bool:
    """Set the length of the drawn rule whose length is nearest to the line's."""
    found = [
        (abs(length - line.width), at, holder)
        for at, (length, holder) in enumerate(_drawn(session, line))
    ]
    if not found:
        return False
    _, _, holder = min(found, key=lambda one: one[:2])
    if any(etree.QName(e).localname in _GROUPS for e in holder.iter(etree.Element)):
        return False  # what is grouped has measures of the group
    session.editor.touch(holder)
    for anchor in holder.iter(f"{WP}anchor", f"{WP}inline"):
        _set_anchor(anchor, wanted)
    for shape in holder.iter(f"{V}line", f"{V}shape"):
        _set_shape(shape, wanted)
    return True


_GROUPS = ("wgp", "group", "wpc")


def _drawn(session: FixSession, line: Line) -> Iterator[tuple[float, Any]]:
    """Give the rules that are drawn around a line and beneath it, with their lengths."""
    for paragraph in paragraphs_with_rule(session.parts, line):
        element = session.element(paragraph)
        for run in element.iter(f"{W}r"):
            for child in run:
                shown = chosen(child) if child.tag == f"{MC}AlternateContent" else (child,)
                for drawing in shown:
                    if drawing.tag in _DRAWINGS:
                        yield from ((length, child) for length in straight_lines(drawing))


_DRAWINGS = (f"{W}drawing", f"{W}pict")


def _set_anchor(anchor: Any, wanted: float) -> None:
    extent = anchor.find(f"{WP}extent")
    if extent is None:
        return
    length = round(wanted / MM_PER_EMU)
    shift = (whole_number(extent.get("cx")) - length) // 2
    for size in (extent, *anchor.iterfind(f".//{A}xfrm/{A}ext")):
        size.set("cx", str(length))
    offset = anchor.find(f"{WP}positionH/{WP}posOffset")
    if offset is not None and re.fullmatch(r"-?\d{1,12}", (offset.text or "").strip()):
        offset.text = str(int(offset.text) + shift)
    for relative in anchor.iter(f"{_WP14}pctWidth"):
        relative.text = "0"


_DRAWN_ANEW = "{urn:schemas-microsoft-com:office:office}gfxdata"
_WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"


def _set_shape(shape: Any, wanted: float) -> None:
    points = wanted / MM_PER_POINT
    shape.attrib.pop(_DRAWN_ANEW, None)  # a copy of the shape as it was, which Word goes by
    if shape.tag == f"{V}line":
        start, end = (str(shape.get(name) or "0,0").split(",") for name in ("from", "to"))
        middle = (vml_length(start[0]) + vml_length(end[0])) / 2
        shape.set("from", f"{middle - points / 2:.2f}pt,{start[-1]}")
        shape.set("to", f"{middle + points / 2:.2f}pt,{end[-1]}")
        return
    style = str(shape.get("style") or "")
    now = re.search(r"(?:^|;)\s*width:([^;]+)", style)
    if now is None:
        return
    shift = (vml_length(now.group(1)) - points) / 2

    def other(match: re.Match[str]) -> str:
        value = points if match.group(2) == "width" else vml_length(match.group(3)) + shift
        return f"{match.group(1)}{match.group(2)}:{value:.2f}pt"

    shape.set("style", re.sub(r"(^|;)\s*(width|margin-left):([^;]+)", other, style))


# --- rules that are borders ---


def _set_border(session: FixSession, line: Line, wanted: float) -> bool:
    """Set the indents of a blank paragraph whose border is the rule."""
    for paragraph in paragraphs_with_rule(session.parts, line):
        layout, room = paragraph.layout, paragraph.place.width
        has_border = layout.border_below or layout.border_above
        if not has_border or paragraph.text.strip() or not room or wanted > room:
            continue
        side = round((room - wanted) / 2 * TWIPS_PER_MM)
        properties = session.editor.layout(session.element(paragraph))
        set_indents(properties, left=side, right=side)
        return True
    return False
