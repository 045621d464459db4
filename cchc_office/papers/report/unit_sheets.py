"""What each unit said, leaf by leaf: a sheet for each unit ("ĐV …"), or "Chi tiết" for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from cchc_office.model import (
    Answer,
    Consolidation,
    Criterion,
    LeafReturn,
    LeafState,
    Points,
    SurveyResult,
    UnitResult,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import FormRow, RowKind
from cchc_office.papers.listed_rows import with_room_for_codes
from cchc_office.papers.report import score_cells
from cchc_office.papers.report.inputs import UNIT_ROWS_BEGIN, Inputs
from cchc_office.papers.signs import given_style
from cchc_office.results.leaf_results import LeafStanding, standings
from cchc_office.rules import SelfScored
from cchc_office.sheets.addresses import call_over, cell_name
from cchc_office.sheets.columns import Column, Holds, Link, Live, Value, places_of
from cchc_office.sheets.look import A3, A4, ATTENTION, CENTRED, SCORE, SMALL_TEXT, Style
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text.vietnamese import upper

_DOUBTFUL = (Answer.BLANK, Answer.UNUSABLE)
_UNIT = (
    Column("unit", "Mã đơn vị", 20, Holds.MARK),
    Column("unit_name", "Đơn vị", 36),
)
_FIRST = (
    Column("code", "STT", 14, Holds.MARK),
    Column("name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 56),
    Column("field", "Lĩnh vực", 37, style=SMALL_TEXT),
    Column("role", "Vai trò", 17, Holds.MARK),
)
_DECLARED = Column("declared", "Số liệu kê khai", 27, Holds.MARK)
_SURVEY = Column("survey", "Điểm ĐTXHH, SIPAS", 16, Holds.SCORE)
_WORDS = (
    Column("state", "Tình trạng", 22, Holds.MARK),
    Column("result", "Kết quả, giải trình", 38),
    Column("evidence", "Tài liệu kiểm chứng", 38),
    Column("note", "Ghi chú", 20),
    Column("findings", "Cần xem", 36),
)
_ORIGIN = (
    Column("typed", "Ô điểm ghi", 22, is_printed=False),
    Column("file", "Tệp", 40, is_printed=False),
    Column("sheet", "Trang tính", 24, is_printed=False),
)
_WIDEST_ON_A4 = 357.0
"""Millimetres of columns whose letters are of 8.5 points where they are one page wide."""

_DOUBT = {"self": replace(SCORE, fill=ATTENTION.fill), "state": ATTENTION}


def declares(data: Consolidation) -> bool:
    """Tell whether units declare figures from which rules give the scores."""
    return any(
        leaf.is_self_scored and not isinstance(leaf.scoring, SelfScored)
        for leaf in data.campaign.leaves
    )


def unit_sheets(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield a sheet for each unit, with its sum; of many units one below the other."""
    columns = with_room_for_codes(_columns(inputs), inputs.data.campaign)
    width = sum(column.width for column in columns if column.is_printed)
    paper = A3 if width > _WIDEST_ON_A4 else A4
    if inputs.units.is_long:
        of_sheets = groupby(inputs.data.units, key=lambda r: inputs.units.sheet_of(r.unit))
        for name, results in of_sheets:
            yield _details(inputs, columns, name, results)
        return
    for result in inputs.data.units:
        remark = f"{result.state_words}. {inputs.as_of}."
        title = f"{upper(result.unit.name)} ({result.unit.code})"
        name = inputs.units.sheet_of(result.unit)
        rows = _with_sum(inputs, columns, result)
        running = f"{result.unit.name} ({result.unit.code})"
        yield TableSheet(
            name,
            title,
            (remark,),
            columns,
            rows,
            grouped="field",
            running_head=running,
            paper=paper,
        )


def _details(
    inputs: Inputs, columns: tuple[Column, ...], name: str, results: Iterable[UnitResult]
) -> TableSheet:
    rows = (row for result in results for row in _rows(inputs, result))
    title = "CHI TIẾT ĐIỂM TỪNG TIÊU CHÍ CỦA CÁC ĐƠN VỊ"
    remark = f"{inputs.as_of}. Lọc theo cột Mã đơn vị để xem một đơn vị."
    count = len(inputs.data.units) * len(inputs.data.leaves)
    columns = (*_UNIT, *columns)
    return TableSheet(name, title, (remark,), columns, rows, count, frozen=4, grouped="field")


def _columns(inputs: Inputs) -> tuple[Column, ...]:
    data = inputs.data
    maximum = given_style(leaf.max_score for leaf in data.campaign.leaves)
    link = Holds.MARK_LINK if inputs.returns_path else Holds.MARK
    stages = range(data.rounds + 1)
    return (
        *_FIRST,
        Column("maximum", "Tối đa áp dụng", 15, style=maximum),
        *((_DECLARED,) if declares(data) else ()),
        *(
            Column(score_cells.stage_key(n), score_cells.stage_heading(n), 16, Holds.SCORE)
            for n in stages
        ),
        *((_SURVEY,) if data.campaign.surveyed_by_unit else ()),
        *_WORDS,
        *_ORIGIN,
        Column("cell", "Ô", 12, link, is_printed=False),
    )


def _rows(inputs: Inputs, result: UnitResult) -> Iterator[SheetRow]:
    """Yield the rows of a unit, one for each of its leaves."""
    data, unit, answers = inputs.data, result.unit, result.answers
    surveys = data.campaign.surveys_of(unit)
    notes: dict[str, list[str]] = {}
    for finding in result.findings:
        notes.setdefault(finding.criterion, []).append(finding.sentence)
    for row in inputs.units.rows_of(unit):
        criterion = row.criterion
        answer, survey = answers.get(criterion.id), surveys.get(criterion.id)
        said = data.appraised.get((unit.code, criterion.id), ())
        rounds = standings(answer, said, data.rounds)
        values: dict[str, Value] = {
            "unit": unit.code,
            "unit_name": unit.name,
            "code": data.campaign.listed_code(criterion),
            "name": criterion.name,
            "field": data.campaign.field_of(criterion).title,
            "role": row.role.value if row.role else "",
            "maximum": _counted_max(criterion, row, rounds[-1], survey),
            "survey": criterion.signed(survey.score) if survey else None,
            "state": _state_text(row, answer, rounds[-1], result),
            "findings": "\n".join(notes.get(criterion.id, ())),
        }
        for stage, standing in enumerate(rounds):
            values[score_cells.stage_key(stage)] = criterion.signed(standing.score)
        if answer is not None:
            values |= _said(inputs, answer)
        is_doubtful = answer is not None and rounds[-1].answer in _DOUBTFUL
        is_waived = criterion.is_optional and rounds[-1].answer is Answer.BLANK
        signed = {"maximum": score_cells.max_style(criterion)} if criterion.is_optional else {}
        yield SheetRow(values, signed | (_DOUBT if is_doubtful and not is_waived else {}))


def _said(inputs: Inputs, answer: LeafReturn) -> dict[str, Value]:
    source = answer.source
    return {
        "declared": declared_text(answer.declared) if answer.declared else "",
        "result": answer.result,
        "evidence": answer.evidence,
        "note": answer.note,
        "typed": answer.typed,
        "file": source.file,
        "sheet": source.sheet,
        "cell": Link(source.cell, inputs.source_link(source)),
    }


def _counted_max(
    criterion: Criterion, row: FormRow, standing: LeafStanding, survey: SurveyResult | None
) -> Decimal | None:
    """Return the maximum that counts for the unit: of what it scores, and its own surveys."""
    if survey is not None:
        return criterion.max_score
    is_scored = row.kind in (RowKind.SCORED, RowKind.REVIEWED)
    applies = is_scored and standing.answer is not Answer.NOT_APPLICABLE
    return criterion.max_score if applies and criterion.applies else None


def _state_text(
    row: FormRow, answer: LeafReturn | None, now: LeafStanding, result: UnitResult
) -> str:
    if row.kind is RowKind.SURVEY:
        return row.criterion.method.value
    if not row.criterion.applies:
        return Answer.NOT_APPLICABLE.value
    is_blank = row.criterion.is_optional and now.answer is Answer.BLANK
    if is_blank and (result.returned or row.kind is RowKind.REVIEWED):
        return LeafState.WAIVED.value
    if now.round and (answer is None or now.answer is not answer.answer):
        return f"{now.answer.value} (thẩm định)"
    if answer is not None:
        return answer.answer.value
    return "Chưa nộp" if result.returned is None else "Không có trong phiếu"


# --- the sum of a unit ---


def _with_sum(
    inputs: Inputs, columns: tuple[Column, ...], result: UnitResult
) -> Iterator[SheetRow]:
    """Yield the rows of a unit and the sums over them."""
    data, total = inputs.data, result.total
    rows = list(_rows(inputs, result))
    yield from rows
    leaves = [row.criterion.id for row in inputs.units.rows_of(result.unit)]
    tree = _Tree(data, {leaf: UNIT_ROWS_BEGIN + at for at, leaf in enumerate(leaves)})
    places = places_of(columns)
    sums = {"maximum": total.achieved_max, "self": total.score}
    sums |= {
        score_cells.stage_key(n): score for n, score in enumerate((total.round_1, total.round_2), 1)
    }
    sums["survey"] = total.survey_score
    values: dict[str, Value] = {"name": "CỘNG"}
    styles: dict[str, Style] = dict.fromkeys(places, CENTRED)
    for key, value in sums.items() if leaves else ():
        if key not in places:
            continue
        styles[key] = SCORE
        beside = places[score_cells.stage_key(data.rounds)] if key == "survey" else None
        is_max = key == "maximum"
        formula = tree.sum_of(None, places[key], beside, is_max=is_max)
        if not is_max:  # a unit of which there are no scores has no 0 for a sum
            last = UNIT_ROWS_BEGIN + len(rows) - 1
            scores = f"{cell_name(UNIT_ROWS_BEGIN, places[key])}:{cell_name(last, places[key])}"
            formula = f'IF(COUNT({scores})=0,"",{formula})'
        known = is_max or any(isinstance(row.values.get(key), Decimal) for row in rows)
        values[key] = Live(f"={formula}", value if known else "")
    yield SheetRow(values, styles, bold=True, shaded=True, is_sum=True)


class _Tree:
    """Formulas over the rows of a unit, whose leaves stand in the rows `cells`."""

    def __init__(self, data: Consolidation, cells: dict[str, int]) -> None:
        self._campaign = data.campaign
        self._cells = cells

    def sum_of(
        self, above: Criterion | None, column: int, beside: int | None, *, is_max: bool
    ) -> str:
        """Return the sum of leaves below a row, those under a cap within it; "0" where none are.

        `column` is summed up; a cap holds it together with `beside`, if there is one.
        """
        plain: list[tuple[int, int]] = []
        parts: list[str] = []
        for child in self._below(above):
            if self._campaign.is_leaf(child):
                counts = not is_max or child.points is Points.NORMAL
                if child.id in self._cells and counts:
                    plain.append((self._cells[child.id], column))
            elif not is_max:
                parts += self._capped(child, column, beside)
        return "+".join([*([call_over("SUM", plain)] if plain else []), *parts]) or "0"

    def _below(self, above: Criterion | None) -> Iterator[Criterion]:
        """Yield the leaves below a row, and the rows that a cap holds in their place."""
        for child in self._campaign.children(above):
            is_capped = child.points is not Points.NORMAL and child.max_score is not None
            if self._campaign.is_leaf(child) or is_capped:
                yield child
            else:
                yield from self._below(child)

    def _capped(self, row: Criterion, column: int, beside: int | None) -> Sequence[str]:
        inner = self.sum_of(row, column, beside, is_max=False)
        cap = row.max_score
        if inner == "0" or cap is None:
            return ()
        if beside is None:
            return (score_cells.within(cap, inner),)
        held = score_cells.within(cap, self.sum_of(row, beside, None, is_max=False))
        return (f"({score_cells.rest_within(cap, held, inner)})",)
