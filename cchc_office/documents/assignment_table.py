"""The assignment table (bảng phân công) of a campaign, as a table value."""

from __future__ import annotations

from itertools import groupby

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.table import Cell, Column, Row, Table
from cchc_office.model import Campaign, Criterion, Level
from cchc_office.vietnamese import NO_BREAK_SPACE, OfficialDate, upper

# Shares of the text width: STT, name, unit, note.
_SHARES = (0.085, 0.585, 0.20, 0.13)
_HEADINGS = ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Đơn vị thực hiện", "Ghi chú")


def assignment_table(campaign: Campaign, profile: Profile) -> Table:
    """Return the table: a row for each criterion, unit cells spanning the rows they were given."""
    columns = tuple(
        Column(heading, round(profile.text_width * share, 1))
        for heading, share in zip(_HEADINGS, _SHARES, strict=True)
    )
    rows: list[Row] = []
    for _, run in groupby(campaign.criteria, key=lambda c: c.unit_cell or f"row {c.row}"):
        block = tuple(run)
        rows += [
            _row(campaign, criterion, span=len(block) if place == 0 else 0)
            for place, criterion in enumerate(block)
        ]
    return Table(upper(campaign.info.table_title), reference_line(campaign), columns, tuple(rows))


def reference_line(campaign: Campaign) -> str:
    """Return "(Kèm theo Công văn số … ngày … của …)", with blanks for what is not known yet.

    Appendix I, III.1.c.
    """
    info = campaign.info
    number = info.number or NO_BREAK_SPACE * 8
    date = info.document_date or OfficialDate(None, None, info.year)
    return f"(Kèm theo Công văn số {number}{info.symbol} ngày {date.short} của {info.agency})"


def _row(campaign: Campaign, criterion: Criterion, span: int) -> Row:
    is_field = criterion.level is Level.FIELD
    is_heading = not campaign.is_leaf(criterion)
    name = upper(criterion.name) if is_field else criterion.name
    unit = Cell(criterion.unit_text, align="center", rows=span) if span else None
    return Row(
        (
            Cell(criterion.code, bold=criterion.is_bold, align="center"),
            Cell(name, bold=criterion.is_bold),
            unit,
            Cell(criterion.note, align="center"),
        ),
        keep_with_next=is_heading,
    )
