"""The report's sheet "Gộp số liệu": figures of units added up, live, and the score that they give.

The score table's cells of these rows refer to it: whoever edits a figure here sees the score, and
every sum that it is in, follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from cchc_office.papers.form.layout import NO, YES
from cchc_office.papers.report.layout import FIRST_ROW, Layout
from cchc_office.papers.report.parts import (
    POOLS_SHEET,
    ReportColumn,
    as_of_line,
    fitting,
    place_in,
    stage_headings,
    write_head,
)
from cchc_office.results.leaf_results import LeafStanding, standings
from cchc_office.rules import Declared, Input, RuleCells, formula, inputs_of
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import CENTRED, CENTRED_LINK, HEADING_FILL, SCORE, TEXT
from cchc_office.sheets.row_writer import MOST_ROWS, Link, Live, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter, quoted_sheet

_FIRST = (
    ReportColumn("STT, mã đơn vị", 22, CENTRED_LINK),
    ReportColumn("Tiêu chí, đơn vị", 90),
)
_FIGURE = ReportColumn("Số liệu kê khai", 24, CENTRED)
_TOTAL = ReportColumn("Trên tổng số", 24, CENTRED)
_COUNTED = ReportColumn("Được tính", 24, CENTRED)
_STATE = ReportColumn("Tình trạng", 40, CENTRED)
_SCORE = ReportColumn("Điểm", 22, SCORE)
_REMARK = (
    "Số liệu của các đơn vị được cộng lại rồi mới chấm điểm một lần. Số đạt được lớn hơn tổng số "
    "thì tính bằng tổng số. Cột Gộp ghi Không: số liệu của đơn vị không nằm trong tổng."
)


@dataclass(frozen=True, slots=True)
class _StageColumns:
    """Where the figures of a stage stand: what was done, of how many, what counts, in the sum."""

    figure: int
    total: int
    counted: int
    in_pool: int


class Pools:
    """Where the rows of the sheet stand, known before any sheet is written."""

    def __init__(self, data: Consolidation) -> None:
        """Lay out the leaves of which figures are added up; none where they have too many rows."""
        self.stages = data.rounds + 1
        self.columns, self.of_stages = _columns(data)
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
        return len(self.columns) - 2


def write_pools(sheet: SheetWriter, data: Consolidation, layout: Layout, pools: Pools) -> None:
    """Write the sheet: the units of each leaf one below the other, and their sum at each stage."""
    columns = pools.columns
    remark = f"{as_of_line(data)}. {_REMARK}"
    first = write_head(sheet, "GỘP SỐ LIỆU CỦA CÁC ĐƠN VỊ", (remark,), columns)
    assert first == FIRST_ROW  # noqa: S101 - the score table relies on it
    rows = sheet.rows(first)
    writer = _PoolWriter(data, layout, rows, pools)
    for leaf in pools.leaves:
        writer.write(leaf)
    rows.finish()
    sheet.raw.print_area(0, 0, rows.end - 1, len(columns) - 1)


def _columns(
    data: Consolidation,
) -> tuple[tuple[ReportColumn, ...], tuple[_StageColumns, ...]]:
    """Return the columns, and those of each stage: a round has figures where it corrected some."""
    corrected = {x.round for said in data.appraised.values() for x in said if x.declared}
    columns: list[ReportColumn] = [*_FIRST]
    stages: list[_StageColumns] = []
    for stage in range(data.rounds + 1):
        name = f"thẩm định lần {stage}" if stage else "tự chấm"
        at = len(columns)
        mask = ReportColumn(f"Gộp: {name}", 22, CENTRED)
        if stage and stage not in corrected:
            stages.append(replace(stages[-1], in_pool=at))
            columns.append(mask)
            continue
        figures = [_FIGURE, _TOTAL, _COUNTED]
        if stage:
            headings = (f"Số liệu {name}", f"Tổng số {name}", f"Được tính {name}")
            figures = [replace(_FIGURE, heading=heading) for heading in headings]
        stages.append(_StageColumns(at, at + 1, at + 2, at + 3))
        columns += [*figures, mask]
    return (*columns, _SCORE, _STATE), tuple(stages)


class _PoolWriter:
    """Writes one leaf after the other."""

    def __init__(
        self,
        data: Consolidation,
        layout: Layout,
        rows: RowWriter,
        pools: Pools,
    ) -> None:
        self._data = data
        self._layout = layout
        self._rows = rows
        self._stages = pools.of_stages
        self._columns = columns = pools.columns
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
        for stage in range(len(self._stages)):
            values = self._of_all(leaf, stage, (first, last))
            self._rows.write(self._sum, values, fitting([(str(values[1]), width)]))

    def _of_unit(self, leaf: LeafResult, result: UnitResult) -> list[Value]:
        criterion, unit = leaf.criterion, result.unit
        answer = _answer(result, criterion)
        said = self._data.appraised.get((unit.code, criterion.id), ())
        stages = standings(answer, said, self._data.rounds)
        values: list[Value] = [""] * len(self._columns)
        values[0] = Link(unit.code, self._layout.place_of(unit.code, criterion.id))
        values[1] = unit.name
        declared = (answer.declared if answer else None) or Declared()
        before: _StageColumns | None = None
        for columns, now in zip(self._stages, stages, strict=True):
            values[columns.in_pool] = YES if _is_pooled(now) else NO
            if before and before.figure == columns.figure:
                continue
            if before is None or (now.declared and now.declared != declared):
                declared = now.declared or declared
                before = None
            self._figures(values, criterion, declared, (before, columns))
            before = columns
        values[-1] = _state(answer, stages[-1], result)
        return values

    def _figures(
        self,
        values: list[Value],
        criterion: Criterion,
        declared: Declared,
        places: tuple[_StageColumns | None, _StageColumns],
    ) -> None:
        """Put a unit's figures of a stage: numbers, or what refers to those of the stage before."""
        before, now = places
        at = self._rows.end
        pairs = [(now.figure, before.figure if before else None, declared.figure)]
        if Input.TOTAL in inputs_of(criterion.scoring):
            pairs.append((now.total, before.total if before else None, declared.total))
        for column, earlier, number in pairs:
            values[column] = number
            if earlier is not None:
                cell = cell_name(at, earlier)
                values[column] = Live(f'=IF({cell}="","",{cell})', "" if number is None else number)
        cells = [cell_name(at, column) for column, _, _ in pairs]
        numbers = [number for _, _, number in pairs if number is not None]
        least = f"MIN({','.join(cells)})"
        formula_ = f'=IF(COUNT({",".join(cells)})<{len(cells)},"",{least})'
        values[now.counted] = Live(formula_, min(numbers) if len(numbers) == len(cells) else "")

    def _of_all(self, leaf: LeafResult, stage: int, rows: tuple[int, int]) -> list[Value]:
        criterion, at, columns = leaf.criterion, self._rows.end, self._stages[stage]
        pool = leaf.pooled[stage] if leaf.pooled else None
        in_pool, figures, totals = (
            f"{cell_name(rows[0], column)}:{cell_name(rows[1], column)}"
            for column in (columns.in_pool, columns.counted, columns.total)
        )
        of_pool = f'{in_pool},"{YES}",{figures},">=0"'
        values: list[Value] = [""] * len(self._columns)
        after = stage_headings(self._data.rounds)[stage - 1].lower() if stage else "điểm tự chấm"
        values[0] = criterion.code
        values[1] = f"Cộng, {after}"
        sums = [(columns.figure, figures, pool.figure if pool else None)]
        if Input.TOTAL in inputs_of(criterion.scoring):
            sums.append((columns.total, totals, pool.total if pool else None))
        for column, span, value in sums:
            text = f'=IF(COUNTIFS({of_pool})=0,"",SUMIFS({span},{of_pool}))'
            values[column] = Live(text, "" if value is None else value)
        cells = RuleCells(cell_name(at, columns.figure), cell_name(at, columns.total))
        score = (leaf.score, *leaf.rounds)[stage]
        text = formula(criterion.scoring, cells, criterion.max_score or Decimal(0))
        values[-2] = Live(text, "" if score is None else score)
        return values


def _answer(result: UnitResult, criterion: Criterion) -> LeafReturn | None:
    said: Iterator[LeafReturn] = iter(result.returned.leaves if result.returned else ())
    return next((x for x in said if x.criterion == criterion.id), None)


def _is_pooled(standing: LeafStanding) -> bool:
    return standing.answer is Answer.SCORED and standing.declared is not None


def _state(answer: LeafReturn | None, now: LeafStanding, result: UnitResult) -> str:
    """Return why a unit's figures are in the sum, or are not."""
    if _is_pooled(now):
        return "Đã gộp"
    if now.answer is Answer.NOT_APPLICABLE:
        return f"{now.answer.value} (thẩm định)" if now.round else now.answer.value
    if result.returned is None:
        return "Chưa nộp, chưa gộp"
    return f"{answer.answer.value}, chưa gộp" if answer else "Không có trong phiếu, chưa gộp"
