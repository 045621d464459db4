"""The report's sheet "Gộp số liệu": figures of units added up, live, and the score that they give.

The score table's cells of these rows refer to it: whoever edits a figure here sees the score, and
every sum that it is in, follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from cchc_office.model import (
    Aggregation,
    Answer,
    Consolidation,
    Criterion,
    LeafResult,
    LeafReturn,
    Points,
    UnitResult,
)
from cchc_office.office.addresses import cell_name
from cchc_office.office.row_writer import MOST_ROWS, Link, Live, RowWriter, Value
from cchc_office.office.workbook_writer import SheetWriter, quoted_sheet
from cchc_office.rules import Declared, Input, RuleCells, formula, inputs_of
from cchc_office.scoring.form_layout import NO, YES
from cchc_office.scoring.leaf_results import Standing, standings
from cchc_office.scoring.report.layout import FIRST_ROW, Layout
from cchc_office.scoring.report.parts import (
    CENTRED,
    CENTRED_LINK,
    HEADING_FILL,
    POOLS_SHEET,
    SCORE,
    TEXT,
    ReportColumn,
    as_of_line,
    fitting,
    place_in,
    stage_headings,
    write_head,
)

_FIRST = (
    ReportColumn("STT, mã đơn vị", 22, CENTRED_LINK),
    ReportColumn("Tiêu chí, đơn vị", 90),
    ReportColumn("Số liệu kê khai", 26, CENTRED),
    ReportColumn("Trên tổng số", 26, CENTRED),
    ReportColumn("Được tính", 26, CENTRED),
)
_FIGURE, _TOTAL, _COUNTED = 2, 3, 4
_STATE = ReportColumn("Tình trạng", 40, CENTRED)
_SCORE = ReportColumn("Điểm", 22, SCORE)
_REMARK = (
    "Số liệu của các đơn vị được cộng lại rồi mới chấm điểm một lần. Số đạt được lớn hơn tổng số "
    "thì tính bằng tổng số. Cột Gộp ghi Không: số liệu của đơn vị không nằm trong tổng."
)


class Pools:
    """Where the rows of the sheet stand, known before any sheet is written."""

    def __init__(self, data: Consolidation) -> None:
        """Lay out the leaves of which figures are added up; none where they have too many rows."""
        self.stages = data.rounds + 1
        self.leaves: list[LeafResult] = []
        self._sums: dict[str, int] = {}
        at = FIRST_ROW
        for leaf in data.leaves:
            criterion = leaf.criterion
            if data.campaign.way_of(criterion) is Aggregation.POOLED:
                self.leaves.append(leaf)
                self._sums[criterion.id] = at + 1 + leaf.expected
                at += 1 + leaf.expected + self.stages
        if at > MOST_ROWS:
            self.leaves, self._sums = [], {}

    def live(self, criterion: Criterion, stage: int, score: Decimal | None) -> Live | None:
        """Return the cell that refers to a leaf's score, as it counts in sums; None without one."""
        if criterion.id not in self._sums:
            return None
        place = cell_name(self._sums[criterion.id] + stage, self.score_column)
        cell = f"{quoted_sheet(POOLS_SHEET)}!{place}"
        sign = "-" if criterion.points is Points.PENALTY else ""
        return Live(f'=IF(ISNUMBER({cell}),{sign}{cell},"")', "" if score is None else score)

    def place_of(self, criterion: Criterion) -> str:
        """Return the link target of a leaf's sum, "" without one."""
        at = self._sums.get(criterion.id)
        return "" if at is None else place_in(POOLS_SHEET, at, 0)

    @property
    def score_column(self) -> int:
        """The column of scores."""
        return len(_FIRST) + self.stages


def write_pools(sheet: SheetWriter, data: Consolidation, layout: Layout, pools: Pools) -> None:
    """Write the sheet: the units of each leaf one below the other, and their sum at each stage."""
    names = ("tự chấm", *(f"thẩm định lần {n}" for n in range(1, pools.stages)))
    stages = [ReportColumn(f"Gộp: {name}", 22, CENTRED) for name in names]
    columns = (*_FIRST, *stages, _SCORE, _STATE)
    remark = f"{as_of_line(data)}. {_REMARK}"
    first = write_head(sheet, "GỘP SỐ LIỆU CỦA CÁC ĐƠN VỊ", (remark,), columns)
    assert first == FIRST_ROW  # noqa: S101 - the score table relies on it
    rows = sheet.rows(first)
    writer = _PoolWriter(data, layout, rows, columns)
    for leaf in pools.leaves:
        writer.write(leaf)
    rows.finish()
    sheet.raw.print_area(0, 0, rows.end - 1, len(columns) - 1)


class _PoolWriter:
    """Writes one leaf after the other."""

    def __init__(
        self,
        data: Consolidation,
        layout: Layout,
        rows: RowWriter,
        columns: tuple[ReportColumn, ...],
    ) -> None:
        self._data = data
        self._layout = layout
        self._rows = rows
        self._columns = columns
        self._stages = data.rounds + 1
        styles = [column.style for column in columns]
        strong = [replace(style, bold=True, fill=HEADING_FILL) for style in styles]
        self._unit = rows.look(styles)
        self._sum = rows.look([replace(CENTRED, bold=True, fill=HEADING_FILL), *strong[1:]])
        title = replace(TEXT, bold=True)
        self._title = rows.look([replace(CENTRED, bold=True), *[title] * (len(columns) - 1)])

    def write(self, leaf: LeafResult) -> None:
        criterion, width = leaf.criterion, self._columns[1].width
        name = f"{criterion.name}\n{criterion.scoring_in_words}"
        blank: list[Value] = [""] * (len(self._columns) - 2)
        self._rows.write(self._title, [criterion.code, name, *blank], fitting([(name, width)]))
        first = self._rows.end
        leads = set(self._data.campaign.leads_of(criterion))
        for result in self._data.units:
            if result.unit.code in leads:
                values = self._of_unit(leaf, result)
                texts = [(result.unit.name, width), (str(values[-1]), _STATE.width)]
                self._rows.write(self._unit, values, fitting(texts))
        last = self._rows.end - 1
        for stage in range(self._stages):
            values = self._of_all(leaf, stage, (first, last))
            self._rows.write(self._sum, values, fitting([(str(values[1]), width)]))

    def _of_unit(self, leaf: LeafResult, result: UnitResult) -> list[Value]:
        criterion, unit, at = leaf.criterion, result.unit, self._rows.end
        answer = _answer(result, criterion)
        said = self._data.appraised.get((unit.code, criterion.id), ())
        stages = standings(answer, said, self._data.rounds)
        declared = (answer.declared if answer else None) or Declared()
        has_total = Input.TOTAL in inputs_of(criterion.scoring)
        figure, total = (cell_name(at, column) for column in (_FIGURE, _TOTAL))
        counted: Decimal | str = "" if declared.figure is None else declared.figure
        formula = f'=IF(COUNT({figure})=0,"",{figure})'
        if has_total:
            formula = f'=IF(COUNT({figure},{total})<2,"",MIN({figure},{total}))'
            both = [x for x in (declared.figure, declared.total) if x is not None]
            counted = min(both) if len(both) == 2 else ""
        return [
            Link(unit.code, self._layout.place_of(unit.code, criterion.id)),
            unit.name,
            declared.figure,
            declared.total if has_total else "",
            Live(formula, counted),
            *(YES if _is_pooled(standing) else NO for standing in stages),
            "",
            _state(answer, stages[-1], result),
        ]

    def _of_all(self, leaf: LeafResult, stage: int, rows: tuple[int, int]) -> list[Value]:
        criterion, at = leaf.criterion, self._rows.end
        pool = leaf.pooled[stage] if leaf.pooled else None
        in_pool, figures, totals = (
            f"{cell_name(rows[0], column)}:{cell_name(rows[1], column)}"
            for column in (len(_FIRST) + stage, _COUNTED, _TOTAL)
        )
        of_pool = f'{in_pool},"{YES}",{figures},">=0"'
        values: list[Value] = [""] * len(self._columns)
        after = stage_headings(self._data.rounds)[stage - 1].lower() if stage else "điểm tự chấm"
        values[0] = criterion.code
        values[1] = f"Cộng, {after}"
        for column, span, value in (
            (_FIGURE, figures, pool.figure if pool else None),
            (_TOTAL, totals, pool.total if pool else None),
        ):
            if column == _TOTAL and Input.TOTAL not in inputs_of(criterion.scoring):
                continue
            formula_ = f'=IF(COUNTIFS({of_pool})=0,"",SUMIFS({span},{of_pool}))'
            values[column] = Live(formula_, "" if value is None else value)
        cells = RuleCells(cell_name(at, _FIGURE), cell_name(at, _TOTAL))
        score = (leaf.score, *leaf.rounds)[stage]
        text = formula(criterion.scoring, cells, criterion.max_score or Decimal(0))
        values[len(_FIRST) + self._stages] = Live(text, "" if score is None else score)
        return values


def _answer(result: UnitResult, criterion: Criterion) -> LeafReturn | None:
    said: Iterator[LeafReturn] = iter(result.returned.leaves if result.returned else ())
    return next((x for x in said if x.criterion == criterion.id), None)


def _is_pooled(standing: Standing) -> bool:
    return standing.answer is Answer.SCORED and standing.declared is not None


def _state(answer: LeafReturn | None, now: Standing, result: UnitResult) -> str:
    """Return why a unit's figures are in the sum, or are not."""
    if _is_pooled(now):
        return "Đã gộp"
    if now.answer is Answer.NOT_APPLICABLE:
        return f"{now.answer.value} (thẩm định)" if now.round else now.answer.value
    if result.returned is None:
        return "Chưa nộp, chưa gộp"
    return f"{answer.answer.value}, chưa gộp" if answer else "Không có trong phiếu, chưa gộp"
