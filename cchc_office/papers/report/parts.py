"""What the sheets of the report share: looks, headings, sizes, names, links to files."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.model import Campaign, Consolidation, Criterion, Points
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import HEADING, MARGINS, REMARK, SCORE, SIZE, TEXT, TITLE, Style
from cchc_office.sheets.workbook_writer import SheetWriter, quoted_sheet
from cchc_office.text import figures
from cchc_office.text.vietnamese import upper
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

BAR = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": "#9DC3E6",
    "bar_border_color": "#1F4E79",
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
}
"""A bar behind a rate, for XlsxWriter: it says the same without colours."""

MATRIX_SHEET = "Điểm theo đơn vị"
STATES_SHEET = "Tình trạng đơn vị"
APPRAISAL_SHEET = "Thẩm định"
RANKING_SHEET = "Xếp hạng"
PLACES_SHEET = "Hạng theo tiêu chí"
OPEN_SHEET = "Việc chưa xong"
EARLIER_SHEET = "So với kỳ trước"
POOLS_SHEET = "Gộp số liệu"
CHARTS_SHEET = "Biểu đồ"
FINDINGS_SHEET = "Cần xem"
EVIDENCE_SHEET = "Minh chứng"
DETAIL_SHEET = "Chi tiết"


def _marked(sign: str, score: str) -> str:
    """Return a format of scores behind a sign; the minus of a penalty stays with its number."""
    return f'"{sign} "{score};"{sign} "-{score}'


_LOWER = ("▼", "<", {"bold": True, "font_color": "#9C0006"})
_HIGHER = ("▲", ">", {"bold": True, "font_color": "#006100"})
_ROUGH_MM_PER_CHARACTER = 1.9
_GAP = 5.0
_MOST_MEASURED = 2_000


@dataclass(frozen=True)
class ReportColumn:
    """A column of a sheet of the report: heading, width in millimetres, how its cells look."""

    heading: str
    width: float
    style: Style = TEXT


def write_head(
    sheet: SheetWriter,
    title: str,
    remarks: tuple[str, ...],
    columns: Sequence[ReportColumn],
    *,
    frozen: int = 2,
    printed: int | None = None,
) -> int:
    """Write title, remarks and headings, set up printing; return the first row below.

    The first `frozen` columns stay in sight; title and remarks stand over the first `printed`
    columns (None: all), those that are printed.
    """
    columns_printed = columns[:printed]
    last = len(columns_printed) - 1
    sheet.merged((0, 0), (0, last), title, TITLE)
    sheet.row_height(0, 26)
    width = sum(column.width for column in columns_printed)
    for row, remark in enumerate(remarks, start=1):
        sheet.merged((row, 0), (row, last), remark, REMARK)
        sheet.row_height(row, height_of(_lines(remark, width)))
    heading_row = len(remarks) + 1
    sheet.headings(heading_row, [(c.heading, c.width) for c in columns], HEADING)
    sheet.raw.freeze_panes(heading_row + 1, frozen)
    sheet.print_setup(MARGINS, landscape=True, repeat_rows=(heading_row, heading_row))
    return heading_row + 1


def fitting(texts: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """Return the height in points of a row whose texts stand in columns of these widths."""
    return height_of(*(_lines(text, width, bold=bold) for text, width in texts))


def heights_for(count: int) -> Callable[[Iterable[tuple[str, float]]], float]:
    """Return what tells the height of rows of which there are so many: measured, or estimated."""
    return fitting if count <= _MOST_MEASURED else lambda texts: height_of(roughly_fitting(texts))


def roughly_fitting(texts: Iterable[tuple[str, float]]) -> int:
    """Return how many lines texts take at most, as far as their lengths tell.

    Where there are a million of them; measuring letter by letter takes longer than writing them.
    """
    return max(
        math.ceil(len(text) * _ROUGH_MM_PER_CHARACTER / width) + text.count("\n")
        for text, width in texts
    )


def height_of(*lines: int) -> float:
    """Return the height in points of a row with so many lines in its cells."""
    return max((*lines, 1)) * SIZE * LINE_HEIGHT + _GAP


def as_of_line(consolidation: Consolidation) -> str:
    """Return the line that tells of which day the report is."""
    return f"Tính đến ngày {consolidation.as_of:%d/%m/%Y}"


def place_in(sheet: str, row: int, column: int) -> str:
    """Return a link target within the workbook."""
    return f"{quoted_sheet(sheet)}!{cell_name(row, column)}"


def stage_headings(rounds: int) -> tuple[str, ...]:
    """Return the headings of the scores after each round."""
    return tuple(f"Điểm thẩm định lần {number}" for number in range(1, rounds + 1))


def score_marks(sheet: SheetWriter, rows: tuple[int, int], before: int, after: int) -> None:
    """Mark the scores of a column that are below or above those of the one before.

    With a sign and in bold, not by colour alone; live, so that it follows later edits. What only
    further decimals tell apart has them.
    """
    first, last = rows
    now, then = cell_name(first, after), cell_name(first, before)
    alike = f"ROUND({now},{figures.PLACES})=ROUND({then},{figures.PLACES})"
    for sign, compared, look in (_LOWER, _HIGHER):
        known = f"ISNUMBER({now}),ISNUMBER({then}),{now}{compared}{then}"
        # The first that holds gives the number its look.
        shown = ((f"{known},{alike}", figures.FINE_SCORE_CELL), (known, figures.SCORE_CELL))
        for condition, score in shown:
            mark = sheet.book.conditional(look | {"num_format": _marked(sign, score)})
            criteria = {"type": "formula", "criteria": f"=AND({condition})", "format": mark}
            sheet.raw.conditional_format(first, after, last, after, criteria)


def signed_score(criterion: Criterion, score: Decimal | None) -> Decimal | None:
    """Return a score as it counts in a sum: a penalty is taken off."""
    return -score if score is not None and criterion.points is Points.PENALTY else score


def max_style(criterion: Criterion) -> Style:
    """Return how a row's maximum looks: those of bonus and penalty, in no sum, have a sign."""
    sign = {Points.NORMAL: "", Points.BONUS: '"+"', Points.PENALTY: '"−"'}[criterion.points]
    shown = f"{sign}{figures.given_cell([criterion.max_score])}"
    return replace(SCORE, italic=bool(sign), number_format=shown)


def max_column_style(campaign: Campaign) -> Style:
    """Return how a column with the maxima of leaves looks: all of each is shown."""
    shown = figures.given_cell(leaf.max_score for leaf in campaign.leaves)
    return replace(SCORE, number_format=shown)


def shown_name(criterion: Criterion) -> str:
    """Return a row's name as it is printed: fields in capitals."""
    return upper(criterion.name) if criterion.level.value == 1 else criterion.name


def within(cap: Decimal, formula: str) -> str:
    """Return a formula for what another gives, but no more and no less than `cap` allows."""
    return f"MAX(-{cap:f},MIN({cap:f},{formula}))"


def rest_within(cap: Decimal, first: str, second: str) -> str:
    """Return a formula for what a second sum still gives where `cap` holds both together."""
    return f"{within(cap, f'{first}+{second}')}-{first}"


def _lines(text: str, width: float, *, bold: bool = False) -> int:
    return lines_in_cell(text, width, SIZE, bold=bold)
