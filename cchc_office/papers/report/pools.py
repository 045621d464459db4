"""The report's sheet "Gộp số liệu": figures of units added up, live, and the score that they give.

The score table's cells of these rows refer to it: whoever edits a figure here sees the score, and
every sum that it is in, follow.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.score_cells import stage_heading
from cchc_office.results.leaf_results import LeafStanding, standings
from cchc_office.rules import NO, YES, Declared, Input, RuleCells, formula, inputs_of
from cchc_office.sheets.addresses import MOST_ROWS, cell_name, place_in
from cchc_office.sheets.columns import Column, Holds, Live, Value, places_of
from cchc_office.sheets.look import CENTRED, TEXT
from cchc_office.sheets.table_sheet import SheetRow, TableSheet, first_row

POOLS_SHEET = "Gộp số liệu"

_REMARK = (
    "Số liệu của các đơn vị được cộng lại rồi mới chấm điểm một lần. Số đạt được lớn hơn tổng số "
    "thì tính bằng tổng số. Cột Gộp ghi Không: số liệu của đơn vị không nằm trong tổng."
)
_FIGURES = {"figure": "Số liệu", "total": "Tổng số", "counted": "Được tính"}
_OWN_FIGURES = {"figure": "Số liệu kê khai", "total": "Trên tổng số", "counted": "Được tính"}


class Pools:
    """Where the rows and columns of the sheet stand, known before any sheet is written."""

    def __init__(self, data: Consolidation) -> None:
        """Lay out the leaves of which figures are added up; none where they have too many rows."""
        corrected = {x.round for said in data.appraised.values() for x in said if x.declared}
        self.figures_of = [0]
        """The stage of which the figures count, by stage: a round has them if it corrected some."""
        for stage in range(1, data.rounds + 1):
            self.figures_of.append(stage if stage in corrected else self.figures_of[-1])
        self.columns = _columns(self.figures_of)
        self.places = places_of(self.columns)
        self.leaves: list[LeafResult] = []
        self._sums: dict[str, int] = {}
        at = first_row(1)
        for leaf in data.leaves:
            if data.campaign.way_of(leaf.criterion) is Aggregation.POOLED:
                self.leaves.append(leaf)
                self._sums[leaf.criterion.id] = at + 1 + leaf.expected
                at += 1 + leaf.expected + len(self.figures_of)
        if at > MOST_ROWS:
            self.leaves, self._sums = [], {}

    def sum_of(self, criterion: Criterion, stage: int = 0) -> int | None:
        """Return the row with a leaf's sum at a stage, None without one."""
        at = self._sums.get(criterion.id)
        return None if at is None else at + stage

    def live(self, criterion: Criterion, stage: int, score: Decimal | None) -> Live | None:
        """Return the cell that refers to a leaf's score, as it counts in sums; None without one."""
        at = self.sum_of(criterion, stage)
        if at is None:
            return None
        cell = place_in(POOLS_SHEET, at, self.places["score"])
        sign = "-" if criterion.points is Points.PENALTY else ""
        return Live(f'=IF(ISNUMBER({cell}),{sign}{cell},"")', "" if score is None else score)

    def place_of(self, criterion: Criterion) -> str:
        """Return the link target of a leaf's sum, "" without one."""
        at = self.sum_of(criterion)
        return "" if at is None else place_in(POOLS_SHEET, at, 0)


def _columns(figures_of: list[int]) -> tuple[Column, ...]:
    columns = [
        Column("code", "STT, mã đơn vị", 22, Holds.MARK_LINK),
        Column("name", "Tiêu chí, đơn vị", 90),
    ]
    for stage, of_figures in enumerate(figures_of):
        name = f"thẩm định lần {stage}" if stage else "tự chấm"
        headings = {k: f"{what} {name}" for k, what in _FIGURES.items()} if stage else _OWN_FIGURES
        for key, heading in headings.items() if of_figures == stage else ():
            columns.append(Column(f"{key}_{stage}", heading, 24, Holds.MARK))
        columns.append(Column(f"pooled_{stage}", f"Gộp: {name}", 22, Holds.MARK))
    score = Column("score", "Điểm", 22, Holds.SCORE)
    return (*columns, score, Column("state", "Tình trạng", 40, Holds.MARK))


def pools_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet: the units of each leaf one below the other, and their sum at each stage."""
    pools = Pools(inputs.data)
    if pools.leaves:
        remarks = (f"{inputs.as_of}. {_REMARK}",)
        rows = _PoolRows(inputs, pools).rows()
        title = "GỘP SỐ LIỆU CỦA CÁC ĐƠN VỊ"
        yield TableSheet(POOLS_SHEET, title, remarks, pools.columns, rows, filtered=False)


class _PoolRows:
    """The rows of one leaf after the other."""

    def __init__(self, inputs: Inputs, pools: Pools) -> None:
        self._inputs = inputs
        self._data = inputs.data
        self._pools = pools

    def rows(self) -> Iterator[SheetRow]:
        titles = {column.key: TEXT for column in self._pools.columns[1:]} | {"code": CENTRED}
        for leaf in self._pools.leaves:
            criterion = leaf.criterion
            name = f"{criterion.name}\n{criterion.scoring_in_words}"
            code = self._data.campaign.listed_code(criterion)
            yield SheetRow({"code": code, "name": name}, titles, bold=True)
            sums = self._pools.sum_of(criterion) or 0
            leads = set(self._data.campaign.leads_of(criterion))
            of_leads = [result for result in self._data.units if result.unit.code in leads]
            first = sums - leaf.expected
            for at, result in enumerate(of_leads, start=first):
                yield SheetRow(self._of_unit(leaf, result, at))
            for stage in range(len(self._pools.figures_of)):
                values = self._of_all(leaf, stage, (first, sums - 1))
                yield SheetRow(values, {"code": CENTRED}, bold=True, shaded=True)

    def _cell(self, key: str, row: int) -> str:
        return cell_name(row, self._pools.places[key])

    def _of_unit(self, leaf: LeafResult, result: UnitResult, at: int) -> dict[str, Value]:
        criterion, unit = leaf.criterion, result.unit
        answer = result.answers.get(criterion.id)
        said = self._data.appraised.get((unit.code, criterion.id), ())
        stages = standings(answer, said, self._data.rounds)
        values: dict[str, Value] = {
            "code": self._inputs.unit_link(unit, criterion.id),
            "name": unit.name,
            "state": _state(answer, stages[-1], result),
        }
        declared = (answer.declared if answer else None) or Declared()
        before: int | None = None
        for stage, now in enumerate(stages):
            values[f"pooled_{stage}"] = YES if _is_pooled(now) else NO
            if self._pools.figures_of[stage] != stage:
                continue
            if before is None or (now.declared and now.declared != declared):
                declared = now.declared or declared
                before = None
            values |= self._figures(criterion, declared, (before, stage), at)
            before = stage
        return values

    def _figures(
        self, criterion: Criterion, declared: Declared, stages: tuple[int | None, int], at: int
    ) -> dict[str, Value]:
        """Return a unit's figures of a stage: numbers, or what refers to those of one before."""
        before, now = stages
        numbers = {"figure": declared.figure}
        if Input.TOTAL in inputs_of(criterion.scoring):
            numbers["total"] = declared.total
        values: dict[str, Value] = {f"{key}_{now}": number for key, number in numbers.items()}
        for key, number in numbers.items() if before is not None else ():
            cell = self._cell(f"{key}_{before}", at)
            live = Live(f'=IF({cell}="","",{cell})', "" if number is None else number)
            values[f"{key}_{now}"] = live
        cells = [self._cell(key, at) for key in values]
        known = [number for number in numbers.values() if number is not None]
        least = f'=IF(COUNT({",".join(cells)})<{len(cells)},"",MIN({",".join(cells)}))'
        values[f"counted_{now}"] = Live(least, min(known) if len(known) == len(cells) else "")
        return values

    def _of_all(self, leaf: LeafResult, stage: int, rows: tuple[int, int]) -> dict[str, Value]:
        criterion, at = leaf.criterion, rows[1] + 1 + stage
        pool = leaf.pooled[stage] if leaf.pooled else None
        figure, total, counted = (f"{key}_{self._pools.figures_of[stage]}" for key in _FIGURES)
        in_pool, figures, totals = (
            ":".join(self._cell(key, row) for row in rows)
            for key in (f"pooled_{stage}", counted, total)
        )
        of_pool = f'{in_pool},"{YES}",{figures},">=0"'
        values: dict[str, Value] = {
            "code": self._data.campaign.listed_code(criterion),
            "name": f"Cộng, {stage_heading(stage).lower()}",
        }
        sums = [(figure, figures, pool.figure if pool else None)]
        if Input.TOTAL in inputs_of(criterion.scoring):
            sums.append((total, totals, pool.total if pool else None))
        for key, span, value in sums:
            text = f'=IF(COUNTIFS({of_pool})=0,"",SUMIFS({span},{of_pool}))'
            values[key] = Live(text, "" if value is None else value)
        cells = RuleCells(self._cell(figure, at), self._cell(total, at))
        score = (leaf.score, *leaf.rounds)[stage]
        text = formula(criterion.scoring, cells, criterion.max_score or Decimal(0))
        return values | {"score": Live(text, "" if score is None else score)}


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
