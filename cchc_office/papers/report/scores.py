"""The report's score table: every row of the criteria, subtotals as live formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cchc_office.model import (
    Aggregation,
    Answer,
    AppraisedLeaf,
    Consolidation,
    Criterion,
    LeafResult,
    LeafReturn,
    LeafState,
    Method,
    Points,
    Source,
    Subtotal,
)
from cchc_office.papers.evidence_links import EvidenceLinks
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import TOTAL_LABEL
from cchc_office.papers.report.layout import Layout
from cchc_office.papers.report.names import PENDING_SURVEYS_LABEL, WITHOUT_SURVEYS_LABEL
from cchc_office.papers.report.parts import (
    APPRAISAL_SHEET,
    BAR,
    EVIDENCE_SHEET,
    POOLS_SHEET,
    ReportColumn,
    as_of_line,
    fitting,
    max_style,
    place_in,
    rest_within,
    score_marks,
    shown_name,
    signed_score,
    stage_headings,
    within,
    write_head,
)
from cchc_office.papers.report.pools import Pools
from cchc_office.papers.report.units import declares
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.long_texts import wide_enough
from cchc_office.sheets.look import (
    ATTENTION,
    CENTRED,
    CENTRED_LINK,
    HEADING_FILL,
    LINK,
    RATE,
    SCORE,
    SIGN,
    SIZE,
    TEXT,
    Style,
)
from cchc_office.sheets.row_writer import Link, Live, RowWriter, Value
from cchc_office.sheets.workbook_writer import SheetWriter, call_over
from cchc_office.text import figures
from cchc_office.text.vietnamese import upper

_NAME = ReportColumn("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 78)
_MAX = ReportColumn("Điểm tối đa", 16, SCORE)
_APPLICABLE = ReportColumn("Tối đa áp dụng", 18, SCORE)
_DECLARED = ReportColumn("Số liệu kê khai", 22, CENTRED)
_SELF = ReportColumn("Điểm tự chấm", 16, SCORE)
_SURVEY = ReportColumn("Điểm ĐTXHH, SIPAS", 18, SCORE)
_ACHIEVED = ReportColumn("Điểm đạt", 16, SCORE)
_RATE = ReportColumn("Tỷ lệ %", 17, RATE)
_UNITS = ReportColumn("Đơn vị chấm", 34)
_STATE = ReportColumn("Tình trạng", 30, CENTRED)
_SOURCE = ReportColumn("Nguồn (tệp › trang tính › ô)", 120, replace(LINK, size=9.0, middle=False))

_EVIDENCE = ReportColumn("Minh chứng", 60, replace(LINK, size=9.0, middle=False))

_ATTENTION = {LeafState.MISSING, LeafState.UNUSABLE, LeafState.PARTLY}
_PENDING = "chưa có"
_MOST_NAMED, _FIRST_NAMED = 4, 3
_MOST_SOURCES = 12


class ScoreTable:
    """Writes the sheet "Bảng điểm"."""

    def __init__(
        self,
        sheet: SheetWriter,
        data: Consolidation,
        layout: Layout,
        pools: Pools,
        evidence: EvidenceLinks | None = None,
    ) -> None:
        """Write `data` to `sheet`, with links to where `layout` has the rows of units.

        Scores of figures that are added up refer to where `pools` has them; with `evidence` each
        row leads to its files.
        """
        self._evidence = evidence
        self._pools = pools
        self._sheet = sheet
        self._data = data
        self._campaign = data.campaign
        self._layout = layout
        stages = tuple(ReportColumn(text, 18, SCORE) for text in stage_headings(data.rounds))
        self._stages = (_SELF, *stages)
        self._name = _name_column(data)
        self._columns = (
            ReportColumn("STT", 14, CENTRED),
            self._name,
            _MAX,
            _APPLICABLE,
            *((_DECLARED,) if declares(data) else ()),
            *self._stages,
            _SURVEY,
            _ACHIEVED,
            _RATE,
            _UNITS,
            _STATE,
            _SOURCE,
            *((_EVIDENCE,) if evidence else ()),
        )
        self._at = {column: place for place, column in enumerate(self._columns)}
        self._appraised = _appraised_last(data)
        self._row_of: dict[str, int] = {}
        self._rows: RowWriter

    def write(self) -> dict[str, int]:
        """Write the whole sheet; return the row of each criterion, by its id."""
        first = self._write_head()
        criteria = self._campaign.criteria
        self._row_of = {c.id: first + i for i, c in enumerate(criteria)}
        self._rows = self._sheet.rows(first)
        for criterion in criteria:
            leaf = self._data.leaf(criterion)
            if leaf is None:
                self._write_heading(criterion)
            else:
                self._write_leaf(leaf)
        last = self._rows.end - 1
        self._write_totals()
        self._rows.finish()
        self._mark(first, max(first, last))
        self._write_signatures(self._rows.end + 1)
        return self._row_of

    def cell(self, column: str, criterion: str) -> str:
        """Return the absolute address of a row's cell under a heading, for other sheets."""
        place = next(place for c, place in self._at.items() if c.heading == column)
        return cell_name(self._row_of[criterion], place, absolute=True)

    # --- head and foot ---

    def _write_head(self) -> int:
        info = self._campaign.info
        what = "ĐIỂM THẨM ĐỊNH" if self._data.rounds else "ĐIỂM TỰ CHẤM"
        title = f"BẢNG TỔNG HỢP {what} CHỈ SỐ CCHC {upper(info.agency)} NĂM {info.year}"
        remarks = (as_of_line(self._data), self._summary())
        printed = self._at[_SOURCE]
        first = write_head(self._sheet, title, remarks, self._columns, printed=printed)
        raw = self._sheet.raw
        raw.repeat_rows(first - 1, first - 1)
        return first

    def _summary(self) -> str:
        total = self._data.total
        partly = sum(_is_partly_scored(leaf) for leaf in self._data.leaves)
        also = f" ({partly} tiêu chí khác mới có một phần đơn vị chấm)" if partly else ""
        text = (
            f"Đã chấm đủ {total.answered}/{total.expected} tiêu chí tự chấm{also}; điểm tự chấm "
            f"{figures.score(total.score)}/{figures.score(total.applicable_max)}"
        )
        if self._data.rounds:
            shown, most = figures.score(total.final), figures.score(total.final_max)
            text += f"; sau thẩm định lần {self._data.rounds}: {shown}/{most}"
        if total.survey_max:
            text += (
                f"; ĐTXHH, SIPAS {figures.score(total.survey_score)}/"
                f"{figures.score(total.survey_max)}"
            )
            few = sum(leaf.is_partly_surveyed for leaf in self._data.leaves)
            text += f" ({few} tiêu chí mới có kết quả của một phần đơn vị)" if few else ""
        if total.survey_pending:
            pending = figures.score(total.survey_pending)
            text += f"; {pending} điểm ĐTXHH, SIPAS chưa có, không nằm trong tổng"
        return text + "."

    def _mark(self, first: int, last: int) -> None:
        """Mark what a later stage changed, and draw the rates as bars; filter by any column."""
        raw = self._sheet.raw
        raw.autofilter(first - 1, 0, last, len(self._columns) - 1)
        raw.conditional_format(first, self._at[_RATE], last, self._at[_RATE], BAR)
        for before, after in zip(self._stages, self._stages[1:], strict=False):
            score_marks(self._sheet, (first, last), self._at[before], self._at[after])

    def _write_signatures(self, at: int) -> None:
        """Write where the office signs: place and date blank, as the records office fills in."""
        sheet, info = self._sheet, self._campaign.info
        last = self._at[_SOURCE] - 1
        middle = self._at[_MAX] + 1
        plain = Style(size=SIZE + 1, align="center", border=False)
        place = f"{info.place}, ngày        tháng        năm 20     ".lstrip(", ")
        bold = replace(plain, bold=True)
        titles = [text for text in (info.signing_authority, info.signer_title) if text]
        right = [(place, replace(plain, italic=True))]
        right += [(text, bold) for text in (*titles, "", "")[:2]]
        right += [("", plain), (info.signer, bold)]
        left = ["", "NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)", "", ""]
        heights = (20, 20, 20, 70, 20)
        for row, ((text, style), other) in enumerate(zip(right, left, strict=True), start=at):
            own = replace(plain, bold=other.isupper(), italic=not other.isupper())
            sheet.merged((row, 0), (row, 1), other, own)
            sheet.merged((row, middle), (row, last), text, style)
            sheet.row_height(row, heights[row - at])
        sheet.raw.print_area(0, 0, at + len(right) - 1, last)

    # --- rows ---

    def _put(
        self,
        styles: dict[ReportColumn, Style],
        values: dict[ReportColumn, Value],
        base: Callable[[Style], Style],
        height: float,
    ) -> None:
        look = self._rows.look(base(styles.get(c, c.style)) for c in self._columns)
        self._rows.write(look, [values.get(c, "") for c in self._columns], height)

    def _labels(self, criterion: Criterion) -> dict[ReportColumn, Value]:
        return {self._columns[0]: criterion.code, self._name: shown_name(criterion)}

    def _write_heading(self, criterion: Criterion) -> None:
        values = self._labels(criterion)
        sums, styles = self._sums(criterion, self._data.subtotals[criterion.id])
        height = fitting([(shown_name(criterion), self._name.width)], bold=True)
        self._put(styles, values | sums, lambda s: replace(s, bold=True), height)

    def _sums(
        self, criterion: Criterion | None, total: Subtotal
    ) -> tuple[dict[ReportColumn, Value], dict[ReportColumn, Style]]:
        """Return the sums over the rows right under `criterion` (None: all) as formulas.

        Where nothing is known they stay blank.
        """
        children = self._campaign.children(criterion)
        known = self._known(criterion)
        normal = [c for c in children if c.points is Points.NORMAL]
        rounds = (total.round_1, total.round_2)[: self._data.rounds]
        scores = dict(zip(self._stages, (total.score, *rounds), strict=True))
        scores[_SURVEY] = total.survey_score
        values: dict[ReportColumn, Value] = {
            _MAX: self._sum(_MAX, normal, total.max_score, known),
            _APPLICABLE: self._sum(_APPLICABLE, normal, total.achieved_max, known),
        }
        cap = criterion.max_score if criterion and criterion.points is not Points.NORMAL else None
        at = self._row_of[criterion.id] if criterion else self._rows.end
        for column, value in scores.items():
            # What surveys give and the last score are held by the cap together.
            beside = cell_name(at, self._at[self._stages[-1]]) if column == _SURVEY else ""
            values[column] = self._sum(column, children, value, known, cap, beside)
        parts = [cell_name(at, self._at[column]) for column in (self._stages[-1], _SURVEY)]
        formula = f'=IF(COUNT({parts[0]},{parts[1]})=0,"",N({parts[0]})+N({parts[1]}))'
        achieved = total.achieved if self._stages[-1] in known or _SURVEY in known else ""
        values[_ACHIEVED] = Live(formula, achieved)
        rate = total.achieved_rate if achieved != "" else None
        values[_RATE] = self._rate(at, rate)
        if total.expected:
            values[_STATE] = f"{total.answered}/{total.expected}"
        styles: dict[ReportColumn, Style] = {}
        if criterion and cap is not None:
            values[_MAX], styles[_MAX] = cap, max_style(criterion)
        return values, styles

    def _known(self, criterion: Criterion | None) -> set[ReportColumn]:
        """Return the columns in which something stands below a row."""
        below = self._campaign.leaves_under(criterion) if criterion else self._campaign.leaves
        known: set[ReportColumn] = set()
        for leaf in filter(None, map(self._data.leaf, below)):
            known |= {c for c, value in self._figures(leaf).items() if value is not None}
            if leaf.criterion.points is not Points.NORMAL:
                continue
            known |= {_MAX} if leaf.criterion.max_score is not None else set()
            known |= {_APPLICABLE} if _counted_max(leaf) is not None else set()
        return known

    def _figures(self, leaf: LeafResult) -> dict[ReportColumn, Decimal | None]:
        """Return the scores of a leaf, by their columns, as they count in sums."""
        scores = [leaf.score, *leaf.rounds]
        scores += [None] * (len(self._stages) - len(scores))
        figures = dict(zip(self._stages, scores, strict=True))
        figures[_SURVEY] = leaf.survey
        return {c: signed_score(leaf.criterion, score) for c, score in figures.items()}

    def _pooled_figures(self, leaf: LeafResult) -> dict[ReportColumn, Value]:
        """Return the scores of a leaf whose figures are added up, as they stand on their sheet."""
        criterion = leaf.criterion
        scores = enumerate(zip(self._stages, (leaf.score, *leaf.rounds), strict=False))
        cells = (
            (column, self._pools.live(criterion, stage, signed_score(criterion, score)))
            for stage, (column, score) in scores
        )
        return {column: cell for column, cell in cells if cell}

    def _sum(
        self,
        column: ReportColumn,
        rows: Iterable[Criterion],
        value: Decimal,
        known: set[ReportColumn],
        cap: Decimal | None = None,
        beside: str = "",
    ) -> Value:
        cells = [(self._row_of[row.id], self._at[column]) for row in rows]
        if not cells:
            return ""
        total = call_over("SUM", cells)
        if cap is not None:
            total = rest_within(cap, f"N({beside})", total) if beside else within(cap, total)
        formula = f'=IF({call_over("COUNT", cells)}=0,"",{total})'
        return Live(formula, value if column in known else "")

    def _rate(self, at: int, rate: Decimal | None) -> Live:
        score, maximum = (cell_name(at, self._at[c]) for c in (_ACHIEVED, _APPLICABLE))
        formula = f'=IF(OR(N({maximum})=0,COUNT({score})=0),"",N({score})/{maximum})'
        return Live(formula, "" if rate is None else rate)

    def _write_leaf(self, leaf: LeafResult) -> None:
        criterion, at = leaf.criterion, self._row_of[leaf.criterion.id]
        values = self._labels(criterion)
        values |= {_MAX: criterion.max_score, _APPLICABLE: _counted_max(leaf)}
        values |= self._figures(leaf) | self._pooled_figures(leaf)
        shown_max = replace(SCORE, number_format=figures.given_cell([criterion.max_score]))
        styles: dict[ReportColumn, Style] = {_MAX: max_style(criterion), _APPLICABLE: shown_max}
        if leaf.state is LeafState.SURVEY and leaf.survey is None:
            values[_SURVEY] = _PENDING
            styles[_SURVEY] = replace(CENTRED, italic=True)
        declared = leaf.leads[0].declared if leaf.expected == 1 and leaf.leads else None
        if declared and _DECLARED in self._at:
            values[_DECLARED] = declared_text(declared)
        if target := self._pools.place_of(criterion):
            values[_DECLARED] = Link(POOLS_SHEET, target)
            styles[_DECLARED] = CENTRED_LINK
        from_cell = _SURVEY if leaf.state is LeafState.SURVEY else self._stages[-1]
        final = cell_name(at, self._at[from_cell])
        achieved = signed_score(criterion, leaf.achieved)
        values[_ACHIEVED] = Live(
            f'=IF(ISNUMBER({final}),{final},"")', "" if achieved is None else achieved
        )
        maximum = _counted_max(leaf)
        known = achieved is not None and maximum
        values[_RATE] = self._rate(
            at, achieved / maximum if known and achieved is not None and maximum else None
        )
        values[_UNITS] = self._lead_names(criterion)
        values[_STATE] = _state_text(leaf)
        if leaf.is_partly_surveyed:
            styles[_STATE] = ATTENTION
            styles[_SURVEY] = replace(SCORE, fill=ATTENTION.fill)
        if leaf.state in _ATTENTION:
            styles[_STATE] = ATTENTION
            styles[self._stages[-1]] = replace(SCORE, fill=ATTENTION.fill)
        source = self._source_text(leaf)
        target = self._layout.place_of(leaf.leads[0].unit, criterion.id) if leaf.leads else ""
        values[_SOURCE] = Link(source, target)
        values |= self._evidence_of(criterion)
        # What is not printed sets no height: sources are as many as there are units.
        texts = ((shown_name(criterion), self._name.width), (str(values[_UNITS]), _UNITS.width),
                 (f"{SIGN}{values[_STATE]}", _STATE.width))  # fmt: skip
        self._bold_first(criterion, styles)
        self._put(styles, values, lambda s: s, fitting(texts))

    def _evidence_of(self, criterion: Criterion) -> dict[ReportColumn, Value]:
        """Return the cell that leads to the files of a row, or to the sheet that lists them."""
        if self._evidence is None:
            return {}
        units = [unit.code for unit in self._campaign.units]
        files = self._evidence.evidence.of_row(units, criterion.id)
        if not files:
            return {}
        cell = self._evidence.cell(files)
        return {_EVIDENCE: cell if cell.target else Link(cell.text, place_in(EVIDENCE_SHEET, 0, 0))}

    def _bold_first(self, criterion: Criterion, styles: dict[ReportColumn, Style]) -> None:
        if criterion.is_bold:
            for column in self._columns[:2]:
                styles[column] = replace(column.style, bold=True)

    def _lead_names(self, criterion: Criterion) -> str:
        if not criterion.is_self_scored:
            return ""
        leads = self._campaign.leads_of(criterion)
        if len(leads) == len(self._campaign.units) > 1:
            return f"Tất cả {figures.count(len(leads))} đơn vị"
        shown = leads if len(leads) <= _MOST_NAMED else leads[:_FIRST_NAMED]
        names = "; ".join(self._campaign.unit(code).name for code in shown)
        if len(shown) == len(leads):
            return names
        return f"{names}; … và {figures.count(len(leads) - len(shown))} đơn vị khác"

    def _source_text(self, leaf: LeafResult) -> str:
        """Return a line for each unit's cell; of many units where theirs are told.

        A row as high as they would make it leaves a printed page room for little else.
        """
        if leaf.state is LeafState.SURVEY:
            return "\n".join(self._survey_sources(leaf))
        way = self._campaign.way_of(leaf.criterion)
        how, count = way.value.capitalize(), len(leaf.leads)
        appraised = self._appraised.get(leaf.criterion.id, [])
        if count + len(appraised) > _MOST_SOURCES:
            where = self._layout.sheets[0] if self._layout.is_long else "của từng đơn vị"
            text = f"{how} của {figures.count(count)} đơn vị đã gửi phiếu, xem trang {where}"
            return f"{text}; thẩm định: xem trang {APPRAISAL_SHEET}" if appraised else text
        is_pooled = way is Aggregation.POOLED
        lines = [f"{a.unit}: {_said(a, figures=is_pooled)} ← {a.source}" for a in leaf.leads]
        if leaf.leads and leaf.expected > 1:
            without = f" (chưa tính {_lacking_codes(leaf)})" if leaf.lacking else ""
            lines = [f"{how} của{without}:", *lines]
        lines += [
            f"Thẩm định lần {a.round}, {a.unit}: {_said(a, figures=is_pooled)} ← {a.source}"
            for a in appraised
        ]
        return "\n".join(lines)

    def _survey_sources(self, leaf: LeafResult) -> Iterator[str]:
        """Yield where the results that give a survey's score stand in the campaign workbook."""
        results = [x for x in self._campaign.survey_results if x.criterion == leaf.criterion.id]
        for result in [x for x in results if not x.unit] or results[:_MOST_SOURCES]:
            where = Source(self._campaign.file, result.sheet, result.cell)
            score = figures.score(result.score)
            yield f"{result.unit}: {score} ← {where}" if result.unit else f"{score} ← {where}"

    # --- totals ---

    def _write_totals(self) -> None:
        total = self._data.total
        at = self._rows.end
        sums, _ = self._sums(None, total)
        self._put_total(TOTAL_LABEL, sums, bold=True)
        surveys = [x for x in self._data.leaves if x.state is LeafState.SURVEY]
        if not surveys:
            return
        normal = [x.criterion for x in surveys if x.criterion.points is Points.NORMAL]
        self._put_total(WITHOUT_SURVEYS_LABEL, self._without_surveys(at, normal), bold=True)
        if normal and total.survey_pending:
            cells = [(self._row_of[c.id], self._at[_MAX]) for c in normal]
            counted = [(self._row_of[c.id], self._at[_APPLICABLE]) for c in normal]
            formula = f"={call_over('SUM', cells)}-({call_over('SUM', counted)})"
            values: dict[ReportColumn, Value] = {_MAX: Live(formula, total.survey_pending)}
            pending = sum(x.survey is None for x in surveys)
            values[_STATE] = f"{pending}/{len(surveys)} chưa có"
            self._put_total(PENDING_SURVEYS_LABEL, values, bold=False)

    def _without_surveys(self, at: int, surveys: list[Criterion]) -> dict[ReportColumn, Value]:
        """Return the figures of the total above, at row `at`, less what surveys are in it."""
        total, own = self._data.total, self._rows.end
        known = self._known(None)
        values: dict[ReportColumn, Value] = {}
        for column, value in ((_MAX, total.max_score), (_APPLICABLE, total.achieved_max)):
            cells = [(self._row_of[c.id], self._at[column]) for c in surveys]
            less = sum((self._counted(c, column) for c in surveys), Decimal(0))
            formula = f"=N({cell_name(at, self._at[column])})"
            formula += f"-({call_over('SUM', cells)})" if cells else ""
            values[column] = Live(formula, value - less)
        for column, value in zip(self._stages, self._stage_totals(), strict=True):
            values[column] = Live(
                f"={cell_name(at, self._at[column])}", value if column in known else ""
            )
        last = self._stages[-1]
        own_last = cell_name(own, self._at[last])
        is_known = last in known
        values[_ACHIEVED] = Live(f"={own_last}", total.final if is_known else "")
        values[_RATE] = self._rate(own, total.final_rate if is_known else None)
        return values

    def _counted(self, criterion: Criterion, column: ReportColumn) -> Decimal:
        leaf = self._data.leaf(criterion)
        maximum = criterion.max_score or Decimal(0)
        if column is _MAX or leaf is None:
            return maximum
        return _counted_max(leaf) or Decimal(0)

    def _stage_totals(self) -> tuple[Decimal, ...]:
        total = self._data.total
        return (total.score, *(total.round_1, total.round_2)[: self._data.rounds])

    def _put_total(self, label: str, values: dict[ReportColumn, Value], *, bold: bool) -> None:
        filled = {self._name: label} | values
        self._put(
            {self._name: replace(TEXT, align="center"), _SOURCE: TEXT},
            filled,
            lambda s: replace(s, bold=bold, italic=not bold, fill=HEADING_FILL),
            fitting([(label, self._name.width)], bold=bold),
        )


def _name_column(data: Consolidation) -> ReportColumn:
    """Return the column of names, wide enough for all of each: next year's report reads them."""
    names = map(shown_name, data.campaign.criteria)
    return replace(_NAME, width=wide_enough(names, _NAME.width, SIZE, bold=True))


def _counted_max(leaf: LeafResult) -> Decimal | None:
    """Return the maximum that counts in the end: of surveys only those that are there."""
    if leaf.criterion.points is not Points.NORMAL:
        return None
    if leaf.state is LeafState.SURVEY:
        return leaf.criterion.max_score if leaf.survey is not None else None
    return leaf.final_max


def _said(said: LeafReturn | AppraisedLeaf, *, figures: bool = False) -> str:
    if figures and said.declared and not said.declared.is_blank:
        return declared_text(said.declared)
    if said.typed:
        return said.typed
    return "trống" if said.answer is Answer.BLANK else said.answer.value


def _appraised_last(data: Consolidation) -> dict[str, list[AppraisedLeaf]]:
    """Return by row what gives each unit's last score, where that is an appraisal."""
    found: dict[str, list[AppraisedLeaf]] = {}
    for (_, criterion), said in data.appraised.items():
        scores = [x for x in said if x.answer.is_settled]
        found.setdefault(criterion, []).extend(scores[-1:])
    return found


def _state_text(leaf: LeafResult) -> str:
    done, expected = figures.count(leaf.done), figures.count(leaf.expected)
    if leaf.is_partly_surveyed:
        return f"Mới có {done}/{expected} đơn vị"
    if leaf.criterion.method is Method.SIPAS:
        return "SIPAS"
    if leaf.state not in (LeafState.PARTLY, LeafState.UNUSABLE):
        return str(leaf.state.value)
    text = str(leaf.state.value)
    text += f" ({done}/{expected})" if _is_partly_scored(leaf) else ""
    is_shared = leaf.expected > 1 and leaf.criterion.is_counted
    return f"{text}; chưa tính: {_lacking_codes(leaf)}" if is_shared else text


def _is_partly_scored(leaf: LeafResult) -> bool:
    """Tell whether some units of a leaf have a score; of the others one may be unclear."""
    return leaf.state in (LeafState.PARTLY, LeafState.UNUSABLE) and 0 < leaf.done < leaf.expected


def _lacking_codes(leaf: LeafResult) -> str:
    """Return of which units nothing is counted: the codes of a few, and how many besides."""
    lacking, count = leaf.lacking, leaf.expected - leaf.done
    shown = lacking if count <= _MOST_NAMED else lacking[:_FIRST_NAMED]
    more = count - len(shown)
    return ", ".join(shown) + (f" và {figures.count(more)} đơn vị khác" if more else "")
