"""The assignment table (bảng phân công) of a campaign, as a table value with its widths."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from cchc_office.decree30.figures import Profile
from cchc_office.model import Campaign, CampaignInfo, Criterion, Role, TableColumn
from cchc_office.papers.kinds import TABLE, TABLE_BOOK, Basis
from cchc_office.papers.letter_values import enclosing_words
from cchc_office.papers.planning import PlannedPaper, plan_paper
from cchc_office.papers.signs import signed_max
from cchc_office.papers.styles import page_of
from cchc_office.papers.table import Cell, PageColumn, Row, Table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import CELL_PADDING, POINTS_PER_MM, text_width


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
    shown = shown_columns(campaign)
    texts = [[_column_cell(campaign, c, column) for column in shown] for c in campaign.criteria]
    lengths = [
        _span_lengths(campaign, column, [row[place].text for row in texts])
        for place, column in enumerate(shown)
    ]
    rows = [
        Row(
            tuple(
                replace(cell, rows=lengths[place][index]) if lengths[place][index] else None
                for place, cell in enumerate(cells)
            ),
            keep_with_next=_keeps_next(campaign, index),
        )
        for index, cells in enumerate(texts)
    ]
    columns, landscape = _column_widths(shown, rows, profile)
    title = upper(info.table_title)
    return Table(
        title,
        reference_line(info),
        columns,
        tuple(rows),
        label=info.appendix_label,
        landscape=landscape,
    )


def _keeps_next(campaign: Campaign, index: int) -> bool:
    """Tell whether a row is a heading of the next, or is explained by it."""
    row, after = campaign.criteria[index], campaign.criteria[index + 1 : index + 2]
    return not row.is_text and (not campaign.is_leaf(row) or any(c.is_text for c in after))


def reference_line(info: CampaignInfo) -> str:
    """Return "(Kèm theo Công văn số … ngày … của …)", with blanks for what is not known yet.

    Appendix I, III.1.c.
    """
    return f"(Kèm theo {enclosing_words(info)})"


def shown_columns(campaign: Campaign) -> tuple[TableColumn, ...]:
    """Return the columns of the table.

    Where every row says its units in "Chủ trì" and "Phối hợp", those two stand in the place of
    "Đơn vị thực hiện", which would be empty.
    """
    shown = campaign.info.table_columns
    is_empty = not any(criterion.unit_text for criterion in campaign.criteria)
    if not (is_empty and campaign.assignments and TableColumn.UNITS in shown):
        return shown
    place = shown.index(TableColumn.UNITS)
    both = (TableColumn.LEADS, TableColumn.SUPPORTS)
    return tuple(dict.fromkeys((*shown[:place], *both, *shown[place + 1 :])))


def _span_lengths(campaign: Campaign, column: TableColumn, texts: Sequence[str]) -> list[int]:
    """Return how many rows each cell of a column spans; 0 where a cell above covers the place.

    A cell spans the rows of one unit cell, and those that have its units and say so, as long as its
    own text stays the same: who leads can differ between them. Names that take many lines are said
    once for all rows that have them one below the other, as a typist joins such cells.
    """
    if column not in _SPANNING:
        return [1] * len(texts)
    blocks = []
    for criterion, text in zip(campaign.criteria, texts, strict=True):
        source = criterion.units_from if text else ""
        given = campaign.criterion(source) if source else criterion
        own = given.unit_cell or given.id
        blocks.append(("" if len(text) > _SAID_ONCE else own, text))
    lengths: list[int] = []
    for _, run in groupby(blocks):
        count = len(list(run))
        lengths += [count] + [0] * (count - 1)
    return lengths


_SPANNING = frozenset((TableColumn.UNITS, TableColumn.LEADS, TableColumn.SUPPORTS))
"""Columns whose cells span the rows of one block, as the unit cells of the campaign do."""

_SAID_ONCE = 90
"""Letters of a text of units that is no longer written out in each row."""

_MOST_UPRIGHT = 6
# Widths in millimetres at size 13 under which a column is hard to read.
_LEAST = {
    TableColumn.CODE: 14.0,
    TableColumn.NAME: 50.0,
    TableColumn.MAX_SCORE: 14.0,
    TableColumn.RULE: 27.0,
    TableColumn.UNITS: 25.0,
    TableColumn.LEADS: 25.0,
    TableColumn.SUPPORTS: 25.0,
    TableColumn.EVIDENCE: 30.0,
    TableColumn.DEADLINE: 24.0,
    TableColumn.NOTE: 19.0,
}
_NARROW = frozenset((TableColumn.CODE, TableColumn.MAX_SCORE, TableColumn.DEADLINE))
_LEFT = frozenset((TableColumn.NAME, TableColumn.RULE, TableColumn.EVIDENCE))
_USUAL_SIZE = 13
# A word longer than this (an address, a file name) is cut rather than given a wide column.
_LONGEST_WORD = 40.0


def _column_cell(campaign: Campaign, criterion: Criterion, column: TableColumn) -> Cell:
    """Return what a row shows in a column."""
    text = _text(campaign, criterion, column)
    bold = campaign.is_bold(criterion) and column in {TableColumn.CODE, TableColumn.NAME}
    return Cell(text, bold=bold, align="left" if column in _LEFT else "center")


def _column_widths(
    columns: Sequence[TableColumn], rows: Sequence[Row], profile: Profile
) -> tuple[tuple[PageColumn, ...], bool]:
    """Return the columns with their widths, and whether the table needs landscape pages.

    Each column gets what its words need at least, and a share of the rest by how much text it has.
    """
    cells = [[c for row in rows if (c := row.cells[at])] for at in range(len(columns))]
    least = [_least(c, own, profile) for c, own in zip(columns, cells, strict=True)]
    upright = page_of(profile).text_width
    landscape = len(columns) > _MOST_UPRIGHT or sum(least) > upright
    width = page_of(profile, landscape=True).text_width if landscape else upright
    least = _squeezed(columns, least, width)
    needs = [
        0.0 if column in _NARROW else _need(own, small, profile)
        for column, own, small in zip(columns, cells, least, strict=True)
    ]
    spare, total = width - sum(least), sum(needs)
    shares = [need / total if total else 0.0 for need in needs]
    widths = [
        math.floor((small + spare * share) * 10) / 10
        for small, share in zip(least, shares, strict=True)
    ]
    name = columns.index(TableColumn.NAME)
    widths[name] = round(widths[name] + width - sum(widths), 1)
    return tuple(PageColumn(c.value, w) for c, w in zip(columns, widths, strict=True)), landscape


def _text(campaign: Campaign, criterion: Criterion, column: TableColumn) -> str:
    if column is TableColumn.NAME:
        return criterion.printed_name
    if column is TableColumn.MAX_SCORE:
        return signed_max(criterion)
    if column is TableColumn.DEADLINE:
        return _deadline(campaign, criterion)
    if column is TableColumn.LEADS:
        return _units(campaign, criterion, Role.LEAD)
    if column is TableColumn.SUPPORTS:
        return _units(campaign, criterion, Role.SUPPORT)
    return {
        TableColumn.CODE: criterion.code,
        TableColumn.RULE: criterion.rule,
        TableColumn.UNITS: criterion.unit_text or _units_by_part(campaign, criterion),
        TableColumn.EVIDENCE: criterion.evidence,
        TableColumn.NOTE: criterion.note,
    }[column]


def _deadline(campaign: Campaign, criterion: Criterion) -> str:
    """Return the row's own deadline; the common one where a unit scores and there is none."""
    scored = campaign.is_leaf(criterion) and criterion.is_self_scored
    scored = scored and not campaign.is_left_to_reviewers(criterion)
    common = campaign.info.deadline if scored else None
    deadline = criterion.deadline or common
    return criterion.deadline_words or (f"{deadline:%d/%m/%Y}" if deadline else "")


def _units(campaign: Campaign, criterion: Criterion, role: Role) -> str:
    """Return the names of the units that have this role in the row; a group that was named, once.

    Units named themselves go first.
    """
    own = (a for a in campaign.assignments_of(criterion) if a.role is role)
    in_order = sorted(own, key=lambda a: bool(a.group))
    names = dict.fromkeys(a.group or campaign.unit(a.unit).name for a in in_order)
    text = "; ".join(names)
    return text[:1].upper() + text[1:]


def _units_by_part(campaign: Campaign, criterion: Criterion) -> str:
    """Return who leads and who supports a row whose units stand in the columns for these alone."""
    if criterion.units_from:
        return ""
    parts = ((role, _units(campaign, criterion, role)) for role in (Role.LEAD, Role.SUPPORT))
    return "; ".join(f"{role.value}: {units}" for role, units in parts if units)


def _least(column: TableColumn, cells: Sequence[Cell], profile: Profile) -> float:
    """Return the width in millimetres that the column needs for its words."""
    texts = [Cell(column.value, bold=True), *cells]
    longest = max(
        text_width(word, profile.table_size, bold=cell.bold)
        for cell in texts
        for word in (cell.text.split() or [""])
    )
    words = min((longest + CELL_PADDING) / POINTS_PER_MM + 1, _LONGEST_WORD)
    if column is not TableColumn.NOTE and not any(cell.text for cell in cells):
        return words
    return max(words, _LEAST[column] * profile.table_size / _USUAL_SIZE)


def _squeezed(columns: Sequence[TableColumn], least: Sequence[float], width: float) -> list[float]:
    """Return the least widths, those of the wide columns made smaller where they do not fit."""
    narrow = sum(w for c, w in zip(columns, least, strict=True) if c in _NARROW)
    wide = sum(least) - narrow
    factor = min(1.0, (width - narrow) / wide)
    return [w if c in _NARROW else w * factor for c, w in zip(columns, least, strict=True)]


def _need(cells: Sequence[Cell], least: float, profile: Profile) -> float:
    """Return how much text a column has: the root mean square of its texts' widths.

    It is 0 where each text has its line in the least width already.
    """
    widths = [text_width(cell.text, profile.table_size, bold=cell.bold) for cell in cells]
    has_room = max(widths, default=0.0) + CELL_PADDING <= least * POINTS_PER_MM
    return 0.0 if has_room else math.sqrt(sum(w * w for w in widths) / len(widths))
