"""The columns of the assignment table: what each shows, and how wide it is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cchc_office.decree30.figures import Profile
from cchc_office.model import Campaign, Criterion, Level, Role, TableColumn
from cchc_office.papers.page import page_of
from cchc_office.papers.table import Cell, Column
from cchc_office.text import figures
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import CELL_PADDING, POINTS_PER_MM, text_width

SPANNING = frozenset((TableColumn.UNITS, TableColumn.LEADS, TableColumn.SUPPORTS))
"""Columns whose cells span the rows of one block, as the unit cells of the campaign do."""

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


def column_cell(campaign: Campaign, criterion: Criterion, column: TableColumn) -> Cell:
    """Return what a row shows in a column."""
    text = _text(campaign, criterion, column)
    bold = criterion.is_bold and column in {TableColumn.CODE, TableColumn.NAME}
    return Cell(text, bold=bold, align="left" if column in _LEFT else "center")


def column_widths(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], profile: Profile
) -> tuple[tuple[Column, ...], bool]:
    """Return the columns with their widths, and whether the table needs landscape pages.

    `rows` has a cell for each column, also where cells will span rows. Each column gets what its
    words need at least, and a share of the rest by how much text it has.
    """
    cells = [[row[place] for row in rows] for place in range(len(columns))]
    least = [_least(c, own, profile) for c, own in zip(columns, cells, strict=True)]
    upright = page_of(profile).text_width
    landscape = len(columns) > _MOST_UPRIGHT or sum(least) > upright
    width = page_of(profile, landscape=True).text_width if landscape else upright
    least = _squeezed(columns, least, width)
    needs = [
        0.0 if column in _NARROW else _need(own, profile)
        for column, own in zip(columns, cells, strict=True)
    ]
    spare, total = width - sum(least), sum(needs)
    shares = [need / total if total else 0.0 for need in needs]
    widths = [
        math.floor((small + spare * share) * 10) / 10
        for small, share in zip(least, shares, strict=True)
    ]
    name = columns.index(TableColumn.NAME)
    widths[name] = round(widths[name] + width - sum(widths), 1)
    return tuple(Column(c.value, w) for c, w in zip(columns, widths, strict=True)), landscape


def _text(campaign: Campaign, criterion: Criterion, column: TableColumn) -> str:
    if column is TableColumn.NAME:
        return upper(criterion.name) if criterion.level is Level.FIELD else criterion.name
    if column is TableColumn.MAX_SCORE:
        return "" if criterion.max_score is None else figures.given(criterion.max_score)
    if column is TableColumn.DEADLINE:
        return _deadline(campaign, criterion)
    if column is TableColumn.LEADS:
        return _units(campaign, criterion, Role.LEAD)
    if column is TableColumn.SUPPORTS:
        return _units(campaign, criterion, Role.SUPPORT)
    return {
        TableColumn.CODE: criterion.code,
        TableColumn.RULE: criterion.rule,
        TableColumn.UNITS: criterion.unit_text,
        TableColumn.EVIDENCE: criterion.evidence,
        TableColumn.NOTE: criterion.note,
    }[column]


def _deadline(campaign: Campaign, criterion: Criterion) -> str:
    """Return the row's own deadline; the common one where a unit scores and there is none."""
    scored = campaign.is_leaf(criterion) and criterion.is_self_scored
    common = campaign.info.deadline if scored else None
    deadline = criterion.deadline or common
    return f"{deadline:%d/%m/%Y}" if deadline else ""


def _units(campaign: Campaign, criterion: Criterion, role: Role) -> str:
    """Return the names of the units that have this role in the row."""
    assignments = campaign.assignments_of(criterion)
    return "; ".join(campaign.unit(a.unit).name for a in assignments if a.role is role)


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


def _need(cells: Sequence[Cell], profile: Profile) -> float:
    """Return how much text a column has: the root mean square of its texts' widths."""
    widths = [text_width(cell.text, profile.table_size, bold=cell.bold) for cell in cells]
    return math.sqrt(sum(w * w for w in widths) / len(widths)) if widths else 0.0
