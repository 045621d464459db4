"""What letters and messages say of the unit that they go to, and of the campaign's days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cchc_office.model import Campaign, Unit
from cchc_office.papers.letterhead import LETTERHEAD_NAMES
from cchc_office.text.vietnamese import official, words
from cchc_office.word.templates import TEXT, Names, record_of

# How the title of a unit's head begins; what begins otherwise is a person's name.
_TITLES = (
    ("chanh",),
    ("truong",),
    ("pho",),
    ("quyen",),
    ("giam", "doc"),
    ("tong", "giam", "doc"),
    ("chu", "tich"),
    ("chu", "nhiem"),
    ("cuc", "truong"),
    ("chi", "cuc", "truong"),
    ("hieu", "truong"),
    ("vien", "truong"),
    ("doi", "truong"),
    ("to", "truong"),
    ("tram", "truong"),
    ("thu", "truong"),
    ("bi", "thu"),
)


@dataclass(frozen=True)
class TemplateUnit:
    """A unit as templates see it; `kinh_gui` is how a letter addresses it."""

    ma: str
    ten: str
    thu_truong: str
    kinh_gui: str


_UNIT_NAMES: Names = {
    "don_vi": record_of(TemplateUnit),
    **dict.fromkeys(("han_nop", "han_bo_sung", "ten_phieu"), TEXT),
}
LETTER_NAMES: Names = {**LETTERHEAD_NAMES, **_UNIT_NAMES}
"""What the template of every letter to a unit is offered."""
MESSAGE_NAMES: Names = {
    **dict.fromkeys(("nam", "ky_trong_ngoac", "co_quan", "dau_moi"), TEXT),
    **_UNIT_NAMES,
}
"""What the template of every plain text to a unit is offered."""


def message_values(campaign: Campaign, unit: Unit) -> dict[str, Any]:
    """Return the values that every plain text to `unit` offers its template."""
    info = campaign.info
    return {
        "nam": str(info.year),
        "ky_trong_ngoac": f" (kỳ {info.period})" if info.period else "",
        "co_quan": info.agency,
        "dau_moi": info.contact or info.agency,
    } | unit_values(campaign, unit)


def unit_values(campaign: Campaign, unit: Unit) -> dict[str, Any]:
    """Return the values that every letter to `unit` offers its template."""
    deadline, supplement = campaign.info.deadline, campaign.info.supplement_deadline
    return {
        "don_vi": TemplateUnit(unit.code, unit.name, unit.head, form_of_address(unit)),
        "han_nop": official(deadline).in_words if deadline else "",
        "han_bo_sung": official(supplement).in_words if supplement else "",
        "ten_phieu": f"{campaign.paper_name(unit)}.xlsx",
    }


def form_of_address(unit: Unit) -> str:
    """Return whom a letter addresses: the head by title and unit, else the unit by its name.

    Words that end the title and begin the unit's name stand once: "Chánh Văn phòng" of "Văn
    phòng Sở" is "Chánh Văn phòng Sở".
    """
    title, name = words(unit.head), words(unit.name)
    folded = tuple(word.folded for word in title)
    if not any(folded[: len(known)] == known for known in _TITLES):
        return f"{unit.head}, {unit.name}" if unit.head else unit.name
    for shared in range(min(len(title), len(name)), 0, -1):
        if folded[-shared:] == tuple(word.folded for word in name[:shared]):
            return f"{unit.head}{unit.name[name[shared - 1].end :]}"
    return f"{unit.head} {unit.name}"
