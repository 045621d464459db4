"""Tables of the text that would stand out of pages whose margins have become wider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cchc_office.decree30.figures import number_in_words
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import set_attributes
from cchc_office.word.reading.measures import W, attribute, points, twips_as_mm
from cchc_office.word.reading.reader import THROUGH

_SLACK = 1.0  # mm


def narrow_tables(session: FixSession, rooms: dict[int, float]) -> None:
    """Make the tables of sections as much narrower as the room for text; `rooms` were before.

    Letterhead and signature stay: their lines are not to be broken.
    """
    kept = {table for line in _placed(session) for table in line.iterancestors(f"{W}tbl")}
    for section, table in _tables(session):
        if section not in rooms or table in kept:
            continue
        now = room_of(session.sources.sections[section])
        width = sum(twips_as_mm(attribute(c, "w")) or 0.0 for c in table.iterfind(_COLUMNS))
        if now >= rooms[section] or width <= now + _SLACK:
            continue
        share = now / rooms[section]
        session.editor.touch(table)
        for tag in ("gridCol", "tcW", "tblW"):
            for element in table.iter(f"{W}{tag}"):
                _shrink(element, share)
        before, after = (f"rộng {number_in_words(mm, 0)} mm" for mm in (width, width * share))
        session.tell(FixKind.MARGINS, "Bảng rộng hơn khung chữ", before, after)


_COLUMNS = f"{W}tblGrid/{W}gridCol"


def room_of(section: Any) -> float:
    """Return the width for text of a `w:sectPr`, in mm."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    sides = (attribute(margins, name) for name in ("left", "right", "gutter"))
    return (twips_as_mm(attribute(size, "w")) or 215.9) - sum(twips_as_mm(s) or 0 for s in sides)


def _placed(session: FixSession) -> Iterator[Any]:
    for lines in session.parts.parts.values():
        yield from (session.element(line.paragraph) for line in lines)


def _tables(session: FixSession) -> Iterator[tuple[int, Any]]:
    """Give the tables of the text, each with the number of its section."""
    section = 0
    body = session.sources.package.main.element.find(f"{W}body")
    for element in _blocks(body):
        if element.tag == f"{W}tbl":
            yield section, element
        elif element.find(f"{W}pPr/{W}sectPr") is not None:
            section += 1


def _blocks(parent: Any) -> Iterator[Any]:
    for element in () if parent is None else parent:
        if element.tag in THROUGH:
            yield from _blocks(element)
        elif element.tag in {f"{W}tbl", f"{W}p"}:
            yield element


def _shrink(element: Any, share: float) -> None:
    if attribute(element, "type") not in {None, "dxa"}:
        return
    width = points(attribute(element, "w"), 1)
    if width is not None:
        set_attributes(element, w=round(width * share))
