"""What each unit said, leaf by leaf: a sheet for each unit, or one long sheet for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_office.model import (
    Answer,
    Consolidation,
    Criterion,
    LeafReturn,
    Points,
    SurveyResult,
    UnitResult,
)
from cchc_office.papers.file_links import file_link, way_to
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import FormRow, RowKind
from cchc_office.papers.report.layout import FIRST_ROW, Layout
from cchc_office.papers.report.parts import (
    ReportColumn,
    as_of_line,
    fitting,
    height_of,
    max_column_style,
    rest_within,
    roughly_fitting,
    signed_score,
    stage_headings,
    within,
    write_head,
)
from cchc_office.results.leaf_results import LeafStanding, standings
from cchc_office.rules import SelfScored
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.look import ATTENTION, CENTRED, CENTRED_LINK, HEADING_FILL, SCORE, Style
from cchc_office.sheets.row_writer import Link, Live, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter, call_over
from cchc_office.text.vietnamese import upper

_DOUBTFUL = (Answer.BLANK, Answer.UNUSABLE)
_UNIT = (ReportColumn("Mã đơn vị", 20, CENTRED), ReportColumn("Đơn vị", 44))
_FIRST = (
    ReportColumn("STT", 14, CENTRED),
    ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 66),
    ReportColumn("Vai trò", 19, CENTRED),
    ReportColumn("Tối đa áp dụng", 16, SCORE),
)
_DECLARED = ReportColumn("Số liệu kê khai", 24, CENTRED)
_SELF = ReportColumn("Điểm tự chấm", 17, SCORE)
_SURVEY = ReportColumn("Điểm ĐTXHH, SIPAS", 18, SCORE)
_STATE = ReportColumn("Tình trạng", 24, CENTRED)
_LAST = (
    ReportColumn("Kết quả, giải trình", 42),
    ReportColumn("Tài liệu kiểm chứng", 42),
    ReportColumn("Ghi chú", 24),
    ReportColumn("Cần xem", 48),
    ReportColumn("Ô điểm ghi", 22),
    ReportColumn("Tệp", 40),
    ReportColumn("Trang tính", 24),
    ReportColumn("Ô", 12, CENTRED),
)
_LAST_PRINTED = 4
"""Of the columns above; those behind them tell where it came from, for whoever looks it up."""


class UnitRows:
    """The rows of units: which columns they have, and what stands in them."""

    def __init__(
        self, data: Consolidation, layout: Layout, returns_path: str, elsewhere: Mapping[str, str]
    ) -> None:
        """Look through `data` for what there is to show."""
        self._data = data
        self._layout = layout
        self._returns_path = returns_path
        self._elsewhere = elsewhere
        self._has_surveys = bool(data.campaign.surveyed_by_unit)
        self._declares = declares(data)
        self._max_style = max_column_style(data.campaign)
        stages = tuple(ReportColumn(text, 17, SCORE) for text in stage_headings(data.rounds))
        self.columns: tuple[ReportColumn, ...] = (
            *_FIRST,
            *((_DECLARED,) if self._declares else ()),
            _SELF,
            *stages,
            *((_SURVEY,) if self._has_surveys else ()),
            _STATE,
            *_LAST[:-1],
            replace(_LAST[-1], style=CENTRED_LINK if returns_path else CENTRED),
        )
        self.maximum = len(_FIRST) - 1
        self.score = self.columns.index(_SELF)
        self.survey = self.columns.index(_SURVEY) if self._has_surveys else None
        self.state = self.columns.index(_STATE)
        self.printed = self.state + 1 + _LAST_PRINTED

    def styles(self, *, doubtful: bool) -> tuple[Style, ...]:
        """Return how the cells of a row look."""
        own = [column.style for column in self.columns]
        own[self.maximum] = self._max_style
        if doubtful:
            own[self.score] = replace(SCORE, fill=ATTENTION.fill)
            own[self.state] = ATTENTION
        return tuple(own)

    def of(self, result: UnitResult) -> Iterator[tuple[FormRow, bool, list[Value]]]:
        """Yield each leaf of a unit, whether its score is doubtful, and the values of its row."""
        unit, returned = result.unit, result.returned
        answers = {a.criterion: a for a in returned.leaves} if returned else {}
        notes: dict[str, str] = {}
        for finding in result.findings:
            before = notes.get(finding.criterion)
            notes[finding.criterion] = (
                f"{before}\n{finding.sentence}" if before else finding.sentence
            )
        for row in self._layout.rows_of(unit):
            criterion = row.criterion
            answer = answers.get(criterion.id)
            said = self._data.appraised.get((unit.code, criterion.id), ())
            rounds = standings(answer, said, self._data.rounds)
            doubtful = answer is not None and rounds[-1].answer in _DOUBTFUL
            values = self._values(result, row, answer, rounds, notes.get(criterion.id, ""))
            yield row, doubtful, values

    def _values(
        self,
        result: UnitResult,
        row: FormRow,
        answer: LeafReturn | None,
        rounds: Sequence[LeafStanding],
        notes: str,
    ) -> list[Value]:
        criterion = row.criterion
        role = row.role.value if row.role else ""
        values: list[Value] = [criterion.code, criterion.name, role]
        survey = self._data.campaign.surveys_of(result.unit).get(criterion.id)
        values.append(_counted_max(criterion, row, rounds[-1], survey))
        if self._declares:
            declared = answer.declared if answer else None
            values.append(declared_text(declared) if declared else "")
        values += [signed_score(criterion, standing.score) for standing in rounds]
        if self._has_surveys:
            values.append(signed_score(criterion, survey.score) if survey else None)
        values.append(_state_text(row, answer, rounds[-1], result))
        if answer is None:
            return [*values, "", "", "", notes, "", "", "", ""]
        source = answer.source
        way = way_to(source.file, self._returns_path, self._elsewhere)
        link = file_link(way, source.file, source.sheet, source.cell)
        values += [answer.result, answer.evidence, answer.note, notes, answer.typed]
        return [*values, source.file, source.sheet, Link(source.cell, link)]


def declares(data: Consolidation) -> bool:
    """Tell whether units declare figures from which rules give the scores."""
    return any(
        leaf.is_self_scored and not isinstance(leaf.scoring, SelfScored)
        for leaf in data.campaign.leaves
    )


def _counted_max(
    criterion: Criterion, row: FormRow, standing: LeafStanding, survey: SurveyResult | None
) -> Decimal | None:
    """Return the maximum that counts for the unit: of what it scores, and its own surveys."""
    if survey is not None:
        return criterion.max_score
    applies = row.kind is RowKind.SCORED and standing.answer is not Answer.NOT_APPLICABLE
    return criterion.max_score if applies and criterion.applies else None


def _state_text(
    row: FormRow, answer: LeafReturn | None, now: LeafStanding, result: UnitResult
) -> str:
    if row.kind is RowKind.SURVEY:
        return row.criterion.method.value
    if not row.criterion.applies:
        return Answer.NOT_APPLICABLE.value
    if now.round and (answer is None or now.answer is not answer.answer):
        return f"{now.answer.value} (thẩm định)"
    if answer is not None:
        return answer.answer.value
    return "Chưa nộp" if result.returned is None else "Không có trong phiếu"


# --- a sheet for each unit ---


def write_unit_sheets(
    book: WorkbookWriter, data: Consolidation, layout: Layout, own: UnitRows
) -> None:
    """Write a sheet for each unit, with its sum."""
    for result in data.units:
        _write_unit(book.sheet(layout.sheet_of(result.unit)), data, result, own)


def _write_unit(sheet: SheetWriter, data: Consolidation, result: UnitResult, own: UnitRows) -> None:
    title = f"{upper(result.unit.name)} ({result.unit.code})"
    remark = f"{result.state.value}. {as_of_line(data)}."
    first = write_head(sheet, title, (remark,), own.columns, printed=own.printed)
    assert first == FIRST_ROW  # noqa: S101 - links rely on it
    rows = sheet.rows(first)
    looks = {flag: rows.look(own.styles(doubtful=flag)) for flag in (False, True)}
    widths = [column.width for column in own.columns]
    cells: dict[str, int] = {}
    scored: set[int] = set()
    for row, doubtful, values in own.of(result):
        cells[row.criterion.id] = rows.end
        scored |= {column for column, value in enumerate(values) if isinstance(value, Decimal)}
        texts = zip(values, widths, strict=True)
        height = fitting((text, width) for text, width in texts if isinstance(text, str))
        rows.write(looks[doubtful], values, height)
    if cells:
        sheet.raw.autofilter(first - 1, 0, rows.end - 1, len(own.columns) - 1)
    _write_unit_total(rows, data, result, own, cells, scored)
    rows.finish()
    sheet.raw.print_area(0, 0, rows.end - 1, own.printed - 1)


def _write_unit_total(
    rows: RowWriter,
    data: Consolidation,
    result: UnitResult,
    own: UnitRows,
    cells: dict[str, int],
    scored: set[int],
) -> None:
    """Write the sums over a unit's rows at `cells`; `scored` are the columns with a number."""
    label = replace(CENTRED, bold=True, fill=HEADING_FILL)
    styles = [label] * len(own.columns)
    values: list[Value] = [""] * len(own.columns)
    values[1] = "CỘNG"
    total = result.total
    sums: list[tuple[int, Decimal]] = [(own.maximum, total.achieved_max), (own.score, total.score)]
    after = (total.round_1, total.round_2)[: data.rounds]
    sums += list(enumerate(after, start=own.score + 1))
    if own.survey is not None:
        sums.append((own.survey, total.survey_score))
    for column, value in sums if cells else ():
        styles[column] = replace(SCORE, bold=True, fill=HEADING_FILL)
        beside = own.score + data.rounds if column == own.survey else None
        is_max = column == own.maximum
        formula = _sum_of_tree(data, None, cells, (column, beside), is_max=is_max)
        if not is_max:  # a unit of which there are no scores has no 0 for a sum
            scores = f"{cell_name(min(cells.values()), column)}:{cell_name(rows.end - 1, column)}"
            formula = f'IF(COUNT({scores})=0,"",{formula})'
        values[column] = Live(f"={formula}", value if is_max or column in scored else "")
    rows.write(rows.look(styles), values, height_of(1))


def _sum_of_tree(
    data: Consolidation,
    criterion: Criterion | None,
    cells: dict[str, int],
    columns: tuple[int, int | None],
    *,
    is_max: bool,
) -> str:
    """Return the sum of leaves below a row, those under a cap within it; "0" where none are.

    The first of `columns` is summed up; a cap holds it together with the second, if there is one.
    """
    campaign = data.campaign
    column, beside = columns
    plain: list[tuple[int, int]] = []
    capped: list[str] = []

    def collect(above: Criterion | None) -> None:
        for child in campaign.children(above):
            if campaign.is_leaf(child):
                counts = not is_max or child.points is Points.NORMAL
                if child.id in cells and counts:
                    plain.append((cells[child.id], column))
            elif child.points is Points.NORMAL or child.max_score is None:
                collect(child)
            elif not is_max:
                inner = _sum_of_tree(data, child, cells, columns, is_max=is_max)
                if inner == "0":
                    continue
                if beside is None:
                    capped.append(within(child.max_score, inner))
                else:
                    first = _sum_of_tree(data, child, cells, (beside, None), is_max=is_max)
                    held = within(child.max_score, first)
                    capped.append(f"({rest_within(child.max_score, held, inner)})")

    collect(criterion)
    return "+".join([*([call_over("SUM", plain)] if plain else []), *capped]) or "0"


# --- one long sheet for all units ---


def write_details(book: WorkbookWriter, data: Consolidation, layout: Layout, own: UnitRows) -> None:
    """Write the rows of all units one below the other, on as many sheets as they need."""
    columns = (*_UNIT, *own.columns)
    sheets = iter(layout.sheets)
    rows: RowWriter | None = None
    sheet: SheetWriter | None = None
    writer = _DetailWriter(own)
    for result in data.units:
        name = layout.sheet_of(result.unit)
        if sheet is None or sheet.name != name:
            if sheet and rows:
                _finish_details(sheet, rows, own)
            sheet = book.sheet(next(sheets))
            title = "CHI TIẾT ĐIỂM TỪNG TIÊU CHÍ CỦA CÁC ĐƠN VỊ"
            remark = f"{as_of_line(data)}. Lọc theo cột Mã đơn vị để xem một đơn vị."
            printed = len(_UNIT) + own.printed
            first = write_head(sheet, title, (remark,), columns, frozen=4, printed=printed)
            assert first == FIRST_ROW  # noqa: S101 - links rely on it
            rows = sheet.rows(first)
            writer.begin(rows)
        writer.write(result)
    if sheet and rows:
        _finish_details(sheet, rows, own)


def _finish_details(sheet: SheetWriter, rows: RowWriter, own: UnitRows) -> None:
    rows.finish()
    columns = len(_UNIT) + len(own.columns)
    sheet.raw.print_area(0, 0, max(rows.end, rows.first) - 1, len(_UNIT) + own.printed - 1)
    if rows.end > rows.first:
        sheet.raw.autofilter(rows.first - 1, 0, rows.end - 1, columns - 1)


class _DetailWriter:
    """Writes units into the rows of a long sheet, one after the other."""

    def __init__(self, own: UnitRows) -> None:
        self._own = own
        self._name_lines: dict[str, int] = {}
        words = [place for place, c in enumerate(own.columns) if c in _LAST[:-1]]
        self._words = [(place, own.columns[place].width) for place in words]

    def begin(self, rows: RowWriter) -> None:
        styles = self._own.styles
        unit = [column.style for column in _UNIT]
        self._rows = rows
        self._looks = [rows.look([*unit, *styles(doubtful=flag)]) for flag in (False, True)]

    def write(self, result: UnitResult) -> None:
        unit = result.unit
        for row, doubtful, values in self._own.of(result):
            lines = max(self._lines(row.criterion.name), self._lines(unit.name, _UNIT[1].width))
            texts = [(text, w) for p, w in self._words if (text := values[p]) and type(text) is str]
            if texts:
                lines = max(lines, roughly_fitting(texts))
            self._rows.write(
                self._looks[doubtful], [unit.code, unit.name, *values], height_of(lines)
            )

    def _lines(self, text: str, width: float = _FIRST[1].width) -> int:
        if text not in self._name_lines:
            if len(self._name_lines) > 1_000:
                self._name_lines.clear()
            self._name_lines[text] = max(1, roughly_fitting([(text, width)]))
        return self._name_lines[text]
