"""Paper and margins of every section (I.1, I.3)."""

from __future__ import annotations

from typing import Any

from cchc_office.catalogue.findings import Code, TextPlace
from cchc_office.decree30.checker._breaches import Judgement
from cchc_office.decree30.figures import (
    FIGURES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Profile,
    Range,
    number_in_words,
)
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.decree30.fixing._tables import narrow_tables, room_of
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.word.format_editor import put, set_attributes
from cchc_office.word.reading import Section
from cchc_office.word.reading.measures import TWIPS_PER_MM, W, attribute, twips_as_mm

_CODE_OF_A4 = "9"
_WIDER, _SHORTER, _LONGER = 10.0, 25.0, 60.0  # mm: how far other paper for letters is from A4
_SIDES = {"Lề trên": "top", "Lề dưới": "bottom", "Lề trái": "left", "Lề phải": "right"}
_ALLOWED = {figure.field: figure.allowed for figure in FIGURES}
_USUAL = {"top": 1440, "right": 1440, "bottom": 1440, "left": 1440, "header": 720, "footer": 720}
"""What Word takes for margins of which nothing is said, in twips."""


def fix_pages(session: FixSession) -> None:
    """Give each section A4 paper, and margins within the decree's ranges."""
    for one in session.judged(FixKind.PAPER, Code.PAGE_SIZE):
        section, element = _section(session, one)
        if element is not None and _is_meant_as_a4(section):
            _set_paper(session, section, element)
    rooms: dict[int, float] = {}
    for one in session.judged(FixKind.MARGINS, Code.MARGIN):
        section, element = _section(session, one)
        if element is not None and _is_meant_as_a4(section):
            index = session.sources.sections.index(element)
            rooms.setdefault(index, room_of(element))
            _set_margin(session, one, section, element)
    if rooms:
        narrow_tables(session, rooms)


def _section(session: FixSession, one: Judgement) -> tuple[Section, Any]:
    """Return the section that is spoken of, and its element; a body may end without one."""
    index = one.at.section if isinstance(one.at, TextPlace) else 0
    elements = session.sources.sections
    element = elements[index] if index < len(elements) else None
    return session.parts.document.sections[index], element


def _is_meant_as_a4(section: Section) -> bool:
    """Tell whether it is paper for letters: A4, Letter, Legal, Folio; an A5 form is meant so."""
    width, height = sorted((section.width, section.height))
    return abs(width - PAGE_WIDTH) <= _WIDER and -_SHORTER <= height - PAGE_HEIGHT <= _LONGER


def _set_paper(session: FixSession, section: Section, element: Any) -> None:
    upright = section.width <= section.height
    width, height = (PAGE_WIDTH, PAGE_HEIGHT) if upright else (PAGE_HEIGHT, PAGE_WIDTH)
    size = put(session.editor.section(element), "pgSz")
    set_attributes(size, w=_twips(width), h=_twips(height))
    if attribute(size, "code") is not None:
        set_attributes(size, code=_CODE_OF_A4)
    after = f"A4 ({width:.0f} x {height:.0f} mm)"
    before = f"{section.width:.0f} x {section.height:.0f} mm"
    session.tell(FixKind.PAPER, "Trang giấy", before, after, section)


def _set_margin(session: FixSession, one: Judgement, section: Section, element: Any) -> None:
    side = next(side for words, side in _SIDES.items() if one.about.startswith(words))
    field = f"margin_{side}"
    wanted = _nearest(field, float(getattr(section, side)), _ALLOWED[field], session.profile)
    margins = put(session.editor.section(element), "pgMar")
    for name, value in (_USUAL | {"gutter": 0}).items():
        if attribute(margins, name) is None:
            margins.set(f"{W}{name}", str(value))
    set_attributes(margins, **{side: _as_written(margins, side, wanted)})
    before, after = (f"{number_in_words(mm, 1)} mm" for mm in (getattr(section, side), wanted))
    session.tell(FixKind.MARGINS, one.about.partition(" (")[0], before, after, section)


def _nearest(field: str, value: float, allowed: Range, profile: Profile) -> float:
    """Return what an office chose, or the allowed value that is nearest to the present one."""
    chosen = float(getattr(profile, field))
    if field in profile.chosen and allowed.holds(chosen):
        return chosen
    return min(max(value, allowed.least), allowed.most)


def _as_written(margins: Any, side: str, wanted: float) -> int:
    if side == "left":
        wanted = max(0.0, wanted - (twips_as_mm(attribute(margins, "gutter")) or 0.0))
    is_exact = side in {"top", "bottom"} and (attribute(margins, side) or "").startswith("-")
    return _twips(-wanted if is_exact else wanted)


def _twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)
