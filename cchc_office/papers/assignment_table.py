"""The assignment table (bảng phân công) of a campaign, as a table value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from cchc_office.decree30.figures import Profile
from cchc_office.model import Campaign
from cchc_office.papers.assignment_columns import SPANNING, column_cell, column_widths
from cchc_office.papers.basis import Basis
from cchc_office.papers.kinds import TABLE, TABLE_BOOK
from cchc_office.papers.planning import PlannedPaper, plan_paper
from cchc_office.papers.table import Cell, Row, Table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx
from cchc_office.text.vietnamese import NO_BREAK_SPACE, OfficialDate, upper


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the table as a workbook and as a document."""
    profile = basis.profile
    table = assignment_table(basis.campaign, profile)
    made_from = (table, profile)
    yield plan_paper(
        basis, TABLE_BOOK, None, made_from, lambda: render_xlsx(table, profile, "Bảng phân công")
    )
    yield plan_paper(basis, TABLE, None, made_from, lambda: render_docx(table, profile))


def assignment_table(campaign: Campaign, profile: Profile) -> Table:
    """Return the table: a row for each criterion, unit cells spanning the rows they were given."""
    info = campaign.info
    shown = info.table_columns
    texts = [[column_cell(campaign, c, column) for column in shown] for c in campaign.criteria]
    columns, landscape = column_widths(shown, texts, profile)
    lengths = [_span_lengths(campaign, texts, place) for place in range(len(shown))]
    rows = [
        Row(
            tuple(
                replace(cell, rows=lengths[place][index]) if lengths[place][index] else None
                for place, cell in enumerate(cells)
            ),
            keep_with_next=not campaign.is_leaf(campaign.criteria[index]),
        )
        for index, cells in enumerate(texts)
    ]
    title = upper(info.table_title)
    return Table(
        title,
        reference_line(campaign),
        columns,
        tuple(rows),
        label=info.appendix_label,
        landscape=landscape,
    )


def reference_line(campaign: Campaign) -> str:
    """Return "(Kèm theo Công văn số … ngày … của …)", with blanks for what is not known yet.

    Appendix I, III.1.c.
    """
    info = campaign.info
    number = info.number or NO_BREAK_SPACE * 8
    date = info.document_date or OfficialDate(None, None, info.year)
    return f"(Kèm theo Công văn số {number}{info.symbol} ngày {date.short} của {info.agency})"


def _span_lengths(campaign: Campaign, texts: Sequence[Sequence[Cell]], place: int) -> list[int]:
    """Return how many rows each cell of a column spans; 0 where a cell above covers the place.

    A cell spans the rows of one unit cell as long as its own text stays the same: who leads can
    differ between them.
    """
    if campaign.info.table_columns[place] not in SPANNING:
        return [1] * len(texts)
    blocks = [
        (criterion.unit_cell or f"row {criterion.row}", cells[place].text)
        for criterion, cells in zip(campaign.criteria, texts, strict=True)
    ]
    lengths: list[int] = []
    for _, run in groupby(blocks):
        count = len(list(run))
        lengths += [count] + [0] * (count - 1)
    return lengths
