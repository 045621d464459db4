"""What letters and messages say beside their own text: letterhead, their unit, the days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cchc_office.decree30.figures import DEFAULT_PROFILE, MOTTO, Profile
from cchc_office.model import Campaign, CampaignInfo, Unit
from cchc_office.text.agency_names import even_lines
from cchc_office.text.vietnamese import NO_BREAK_SPACE, OfficialDate, fold, official, upper, words
from cchc_office.text.widths import POINTS_PER_MM, text_width, wrap
from cchc_office.word.document_writer import CELL_SIDES
from cchc_office.word.templates import TEXT, ListOf, Names, record_of

_COMMON_NAMES: Names = {
    **dict.fromkeys(("nam", "ky_trong_ngoac", "co_quan", "dau_moi"), TEXT),
    **dict.fromkeys(("ten_chi_so", "ten_chi_so_ngan", "ten_bo_chi_so", "loai_bo"), TEXT),
    "noi_dung_chi_so": TEXT,
}
LETTERHEAD_NAMES: Names = {
    **_COMMON_NAMES,
    **dict.fromkeys(("ky", "co_quan_chu_quan", "CO_QUAN", "so", "ky_hieu"), TEXT),
    **dict.fromkeys(("phu_luc", "van_ban_giao"), TEXT),
    **dict.fromkeys(("gach_duoi_tieu_ngu", "gach_duoi_co_quan", "dia_danh_ngay_thang"), TEXT),
    **dict.fromkeys(("quyen_han_ky", "chuc_vu_nguoi_ky", "nguoi_ky"), TEXT),
    **dict.fromkeys(("can_cu", "noi_nhan"), ListOf(TEXT)),
}
"""What the template of every document is offered."""

_PLACE_BLANK = "…………"


def letterhead_values(
    info: CampaignInfo, profile: Profile, as_of: dt.date | None = None
) -> dict[str, Any]:
    """Return the values that every template is offered, all of them text or lists of text.

    `as_of` gives month and year of a document of its own: a blank is left for its number and day,
    which the records office gives. Without it they are those that the campaign was issued with.
    """
    parent = _head_line(info.parent_agency, profile.parent_agency_size, profile, bold=False)
    agency = _head_line(info.agency, profile.agency_size, profile, bold=True)
    number = info.number if as_of is None else ""
    date = official_month(as_of) if as_of else info.document_date
    date = date or OfficialDate(None, None, info.year)
    return _common_values(info) | {
        "ky": info.period,
        "co_quan_chu_quan": parent,
        "CO_QUAN": agency,
        "gach_duoi_co_quan": _rule(_agency_width(agency, profile) * profile.rule_share, profile),
        "gach_duoi_tieu_ngu": _rule(text_width(MOTTO, profile.motto_size, bold=True), profile),
        "so": number or NO_BREAK_SPACE * 8,
        "ky_hieu": info.symbol,
        "dia_danh_ngay_thang": f"{info.place or _PLACE_BLANK}, {date.in_words}",
        "can_cu": [_ended(_basis(basis), ";", last=False) for basis in info.legal_bases[:-1]]
        + [_ended(_basis(basis), ".", last=True) for basis in info.legal_bases[-1:]],
        "phu_luc": info.appendix_label,
        "van_ban_giao": "Công văn này" if info.is_table_in_dispatch else enclosing_words(info),
        "quyen_han_ky": upper(info.signing_authority),
        "chuc_vu_nguoi_ky": upper(info.signer_title),
        "nguoi_ky": info.signer,
        "noi_nhan": _recipients(info),
    }


def enclosing_words(info: CampaignInfo) -> str:
    """Return how the document is named that the assignment table goes with.

    "Công văn số … ngày … của …", with blanks for what is not known yet. Number, symbol and date are
    those of the campaign's papers where these are of its kind and nothing else is said.
    """
    paper = info.enclosed_in
    is_own = paper.symbol == info.symbol or (
        not paper.symbol and info.symbol.startswith(paper.symbol_begins)
    )
    symbol = paper.symbol or f"{paper.symbol_begins}{info.abbreviation}"
    number, date = paper.number, paper.date
    if is_own:
        symbol, number, date = info.symbol, number or info.number, date or info.document_date
    day = (date or OfficialDate(None, None, info.year)).short
    shown = number or NO_BREAK_SPACE * 8
    return f"{paper.kind} số {shown}{symbol} ngày {day} của {paper.issuer or info.agency}"


def official_month(day: dt.date) -> OfficialDate:
    """Return the date of a document whose day is still to be given."""
    return OfficialDate(None, day.month, day.year)


def _common_values(info: CampaignInfo) -> dict[str, Any]:
    return {
        "nam": str(info.year),
        "ky_trong_ngoac": f" (kỳ {info.period})" if info.period else "",
        "co_quan": info.agency,
        "dau_moi": info.contact or info.agency,
        "ten_chi_so": info.index.name,
        "ten_chi_so_ngan": info.index.short,
        "ten_bo_chi_so": info.index.full_set,
        "loai_bo": info.index.kind_of_set,
        "noi_dung_chi_so": info.index.subject,
    }


def _head_line(name: str, size: float, profile: Profile, *, bold: bool) -> str:
    """Return an agency's name in capitals, with blanks that break only where it is to be broken."""
    lines = even_lines(upper(name), _agency_room(profile), size, bold=bold)
    if len(lines) == 1:
        return upper(name)
    return " ".join(line.replace(" ", NO_BREAK_SPACE) for line in lines)


def _agency_room(profile: Profile) -> float:
    """Return the width in points of the column of the agency's name."""
    column = profile.agency_column * profile.text_width / DEFAULT_PROFILE.text_width
    return (column - CELL_SIDES) * POINTS_PER_MM


def _agency_width(agency: str, profile: Profile) -> float:
    """Return the length in points of the longest line of the agency's name in its column."""
    lines = wrap(agency, _agency_room(profile), profile.agency_size, bold=True)
    return max(text_width(line.rstrip(), profile.agency_size, bold=True) for line in lines)


def rule_under(text: str, room: float, size: float, profile: Profile) -> str:
    """Return the blanks that draw the rule under a bold text in `room` mm, letters of `size`."""
    lines = wrap(text, room * POINTS_PER_MM, size, bold=True)
    longest = max(text_width(line.rstrip(), size, bold=True) for line in lines)
    return _rule(longest * profile.rule_share, profile)


def _rule(width: float, profile: Profile) -> str:
    """Return the blanks that, underlined, are `width` points long."""
    blank = text_width(NO_BREAK_SPACE, profile.rule_size)
    return NO_BREAK_SPACE * max(1, round(width / blank))


_BASIS_STARTS = ("can cu", "theo", "thuc hien", "xet", "tren co so", "sau khi", "duoc su")


def _basis(text: str) -> str:
    """Return a legal basis as a document words it: it begins with "Căn cứ" or its like."""
    return text if fold(text).startswith(_BASIS_STARTS) else f"Căn cứ {text}"


def _recipients(info: CampaignInfo) -> list[str]:
    """Return the lines under "Nơi nhận": each ended by ";", the last, with "Lưu", by "."."""
    drafter = info.symbol.rpartition("-")[2].lstrip("/")
    archive = ", ".join(("Lưu: VT", drafter)) if drafter else "Lưu: VT"
    lines = list(info.recipients) or ["Như trên", archive]
    if not any(line.startswith("Lưu") for line in lines):
        lines.append(archive)
    return [f"- {_ended(line, ';', last=False)}" for line in lines[:-1]] + [
        f"- {_ended(lines[-1], '.', last=True)}"
    ]


def _ended(line: str, mark: str, *, last: bool) -> str:
    return line.rstrip(";. " if last else "; ") + mark


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
MESSAGE_NAMES: Names = {**_COMMON_NAMES, **_UNIT_NAMES}
"""What the template of every plain text to a unit is offered."""


def message_values(campaign: Campaign, unit: Unit) -> dict[str, Any]:
    """Return the values that every plain text to `unit` offers its template."""
    return _common_values(campaign.info) | unit_values(campaign, unit)


def letter_values(
    campaign: Campaign, unit: Unit, profile: Profile, as_of: dt.date | None = None
) -> dict[str, Any]:
    """Return the values that every letter to `unit` offers its template.

    `as_of` is as for `letterhead_values`.
    """
    return letterhead_values(campaign.info, profile, as_of) | unit_values(campaign, unit)


def unit_values(campaign: Campaign, unit: Unit) -> dict[str, Any]:
    """Return the values that tell of `unit` and its days."""
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
