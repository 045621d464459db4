"""The report's sheet "Bảng điểm": every row of the criteria, subtotals as live formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from cchc_office.model import (
    AppraisedLeaf,
    Criterion,
    LeafResult,
    LeafState,
    Points,
    Subtotal,
    scored_rows,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import TOTAL_LABEL
from cchc_office.papers.report import score_cells, score_words
from cchc_office.papers.report.evidence import EVIDENCE_SHEET
from cchc_office.papers.report.inputs import Inputs
from cchc_office.papers.report.names import (
    PENDING_SURVEYS_LABEL,
    SCORES_SHEET,
    WITHOUT_SURVEYS_LABEL,
)
from cchc_office.papers.report.pools import POOLS_SHEET, Pools
from cchc_office.papers.report.unit_sheets import declares
from cchc_office.papers.signs import given_style
from cchc_office.sheets.addresses import call_over, cell_name, place_in
from cchc_office.sheets.columns import Column, Holds, Link, Live, Value, places_of
from cchc_office.sheets.long_texts import wide_enough
from cchc_office.sheets.look import ATTENTION, CENTRED, CENTRED_LINK, LINK, SCORE, SIZE, TEXT, Style
from cchc_office.sheets.table_sheet import Foot, SheetRow, TableSheet, first_row
from cchc_office.sheets.workbook_writer import SheetWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import upper

_NAME = Column("name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 78)
_DECLARED = Column("declared", "Số liệu kê khai", 27, Holds.MARK)
_SURVEY = Column("survey", "Điểm ĐTXHH, SIPAS", 18, Holds.SCORE)
_RATE = Column(
    "rate", "Tỷ lệ %", 17, Holds.RATE, formula=score_cells.rate_formula("achieved", "applicable")
)
# What is not printed sets no height: sources are as many as there are units.
_SMALL_LINK = replace(LINK, size=9.0, middle=False)
_SOURCE = Column(
    "source", "Nguồn (tệp › trang tính › ô)", 120, style=_SMALL_LINK, is_printed=False, grows=False
)
_EVIDENCE = Column("evidence", "Minh chứng", 60, style=_SMALL_LINK, is_printed=False, grows=False)

_ATTENTION = {LeafState.MISSING, LeafState.UNUSABLE, LeafState.PARTLY}
_PENDING = "chưa có"
_USUAL_HEIGHT = 15
"""Points of a row of which nothing is said: the one above the signatures."""

_SIGNATURE_HEIGHTS = (20, 20, 20, 70, 20)


def scores_sheet(inputs: Inputs) -> Iterator[TableSheet]:
    """Yield the sheet."""
    yield ScoreTable(inputs).table()


class ScoreTable:
    """The table, and where its rows and columns stand."""

    def __init__(self, inputs: Inputs) -> None:
        """Lay out the table of a report."""
        self._inputs = inputs
        self._data = data = inputs.data
        self._campaign = data.campaign
        self._pools = Pools(data)
        self._surveys = [leaf for leaf in data.leaves if leaf.state is LeafState.SURVEY]
        self._stages = tuple(score_cells.stage_key(stage) for stage in range(data.rounds + 1))
        self._columns = self._laid_out()
        self._places = places_of(self._columns)
        first = first_row(len(self._remarks()))
        self._row_of = {c.id: first + i for i, c in enumerate(self._campaign.criteria)}
        self._total_row = first + len(self._row_of)

    def table(self) -> TableSheet:
        """Return the table with its rows."""
        info = self._campaign.info
        what = "ĐIỂM THẨM ĐỊNH" if self._data.rounds else "ĐIỂM TỰ CHẤM"
        return TableSheet(
            SCORES_SHEET,
            f"BẢNG TỔNG HỢP {what} {upper(f'{info.index.short} {info.agency} năm {info.year}')}",
            self._remarks(),
            self._columns,
            self._rows(),
            bars=("rate",),
            compared=tuple(zip(self._stages, self._stages[1:], strict=False)),
            foot=Foot(sum(_SIGNATURE_HEIGHTS) + _USUAL_HEIGHT, self._write_signatures),
        )

    def cell(self, key: str, criterion: str) -> str:
        """Return the absolute address of a row's cell in a column, for other sheets."""
        return cell_name(self._row_of[criterion], self._places[key], absolute=True)

    def total_cell(self, key: str) -> str:
        """Return the absolute address of the total's cell in a column, for other sheets."""
        return cell_name(self._total_row, self._places[key], absolute=True)

    def shown(self, criterion: Criterion | None) -> Mapping[str, Value]:
        """Return what stands in the row of a criterion (None: the total), by column."""
        if criterion is None:
            return self._sums(None, self._data.total)
        leaf = self._data.leaf(criterion)
        row = self._heading_row(criterion) if leaf is None else self._leaf_row(leaf)
        return row.values

    def _laid_out(self) -> tuple[Column, ...]:
        data = self._data
        # Wide enough for all of each name: next year's report reads them.
        names = [criterion.printed_name for criterion in self._campaign.criteria]
        stages = range(data.rounds + 1)
        return (
            Column("code", "STT", 14, Holds.MARK),
            replace(_NAME, width=wide_enough(names, _NAME.width, SIZE, bold=True)),
            Column("maximum", "Điểm tối đa", 16, Holds.SCORE),
            Column("applicable", "Tối đa áp dụng", 18, Holds.SCORE),
            *((_DECLARED,) if declares(data) else ()),
            *(
                Column(
                    score_cells.stage_key(n),
                    score_cells.stage_heading(n),
                    18 if n else 16,
                    Holds.SCORE,
                )
                for n in stages
            ),
            *((_SURVEY,) if self._surveys else ()),
            Column("achieved", "Điểm đạt", 16, Holds.SCORE),
            _RATE,
            Column("units", "Đơn vị chấm", 34),
            Column("state", "Tình trạng", 30, Holds.MARK),
            _SOURCE,
            *((_EVIDENCE,) if self._inputs.evidence else ()),
        )

    # --- head and foot ---

    def _remarks(self) -> tuple[str, ...]:
        total = self._data.total
        shown, most = figures.score(total.score), figures.score(total.applicable_max)
        text = f"{scored_rows(self._data.leaves).words}; điểm tự chấm {shown}/{most}"
        if self._data.rounds:
            shown, most = figures.score(total.final), figures.score(total.final_max)
            text += f"; sau thẩm định lần {self._data.rounds}: {shown}/{most}"
        if total.survey_max:
            shown, most = figures.score(total.survey_score), figures.score(total.survey_max)
            text += f"; ĐTXHH, SIPAS {shown}/{most}"
            few = sum(leaf.is_partly_surveyed for leaf in self._data.leaves)
            text += f" ({few} tiêu chí mới có kết quả của một phần đơn vị)" if few else ""
        if total.survey_pending:
            pending = figures.score(total.survey_pending)
            text += f"; {pending} điểm ĐTXHH, SIPAS chưa có, không nằm trong tổng"
        return (self._inputs.as_of, f"{text}.")

    def _write_signatures(self, sheet: SheetWriter, end: int) -> None:
        """Write where the office signs: place and date blank, as the records office fills in."""
        info, at = self._campaign.info, end + 1
        last, middle = self._places["source"] - 1, self._places["applicable"]
        plain = Style(size=SIZE + 1, align="center", border=False)
        place = f"{info.place}, ngày        tháng        năm 20     ".lstrip(", ")
        bold, italic = replace(plain, bold=True), replace(plain, italic=True)
        titles = [text for text in (info.signing_authority, info.signer_title) if text]
        first, second = (*titles, "", "")[:2]
        right = ((place, italic), (first, bold), (second, bold), ("", plain), (info.signer, bold))
        left = ("", "NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)", "", "")
        lines = zip(left, right, _SIGNATURE_HEIGHTS, strict=True)
        for row, (other, (text, style), height) in enumerate(lines, start=at):
            sheet.merged((row, 0), (row, 1), other, bold if other.isupper() else italic)
            sheet.merged((row, middle), (row, last), text, style)
            sheet.row_height(row, height)
        sheet.raw.print_area(0, 0, at + len(right) - 1, last)

    # --- rows ---

    def _rows(self) -> Iterator[SheetRow]:
        for criterion in self._campaign.criteria:
            leaf = self._data.leaf(criterion)
            if criterion.is_text:
                yield SheetRow({"code": criterion.code, "name": criterion.name})
            else:
                yield self._heading_row(criterion) if leaf is None else self._leaf_row(leaf)
        yield from self._totals()

    def _heading_row(self, criterion: Criterion) -> SheetRow:
        values = self._sums(criterion, self._data.subtotals[criterion.id])
        values |= {"code": criterion.code, "name": criterion.printed_name}
        styles: dict[str, Style] = {}
        if (cap := _cap(criterion)) is not None:
            values["maximum"], styles["maximum"] = cap, score_cells.max_style(criterion)
        return SheetRow(values, styles, bold=self._campaign.is_bold(criterion))

    def _sums(self, criterion: Criterion | None, total: Subtotal) -> dict[str, Value]:
        """Return the sums over the rows right under `criterion` (None: all) as formulas.

        Where nothing is known they stay blank.
        """
        children = self._campaign.children(criterion)
        normal = [c for c in children if c.points is Points.NORMAL]
        known, cap = self._known(criterion), _cap(criterion)
        at = self._row_of[criterion.id] if criterion else self._total_row
        last = self._cell(self._stages[-1], at)
        sums = {
            "maximum": _sum(self._cells("maximum", normal)),
            "applicable": _sum(self._cells("applicable", normal)),
            **{stage: _sum(self._cells(stage, children), cap) for stage in self._stages},
        }
        achieved = [last]
        if self._surveys:
            # What surveys give and the last score are held by the cap together.
            sums["survey"] = _sum(self._cells("survey", children), cap, last)
            achieved.append(self._cell("survey", at))
        found = {"maximum": total.max_score, "applicable": total.achieved_max}
        found |= self._stage_scores(total) | {"survey": total.survey_score}
        values: dict[str, Value] = {
            key: Live(text, found[key] if key in known else "")
            for key, text in sums.items()
            if text
        }
        is_known = self._stages[-1] in known or "survey" in known
        added = "+".join(f"N({cell})" for cell in achieved)
        formula = f'=IF(COUNT({",".join(achieved)})=0,"",{added})'
        values["achieved"] = Live(formula, total.achieved if is_known else "")
        values["rate"] = total.achieved_rate if is_known else None
        if total.expected:
            values["state"] = f"{total.answered}/{total.expected}"
        return values

    def _known(self, criterion: Criterion | None) -> set[str]:
        """Return the columns in which something stands below a row."""
        below = self._campaign.leaves_under(criterion) if criterion else self._campaign.leaves
        known: set[str] = set()
        for leaf in filter(None, map(self._data.leaf, below)):
            known |= {key for key, value in self._figures(leaf).items() if value is not None}
            if leaf.criterion.points is Points.NORMAL:
                known |= {"maximum"} if leaf.criterion.max_score is not None else set()
                known |= {"applicable"} if leaf.achieved_max is not None else set()
        return known

    def _figures(self, leaf: LeafResult) -> dict[str, Decimal | None]:
        """Return the scores of a leaf, by their columns, as they count in sums."""
        scores: dict[str, Decimal | None] = dict.fromkeys(self._stages)
        scores |= zip(self._stages, (leaf.score, *leaf.rounds), strict=False)
        scores["survey"] = leaf.survey
        return {key: leaf.criterion.signed(score) for key, score in scores.items()}

    def _pooled_figures(self, leaf: LeafResult) -> dict[str, Value]:
        """Return the scores of a leaf whose figures are added up, as they stand on their sheet."""
        cells: dict[str, Value] = {}
        scores = zip(self._stages, (leaf.score, *leaf.rounds), strict=False)
        for stage, (key, score) in enumerate(scores):
            shown = leaf.criterion.signed(score)
            if live := self._pools.live(leaf.criterion, stage, shown):
                cells[key] = live
        return cells

    def _cell(self, key: str, row: int) -> str:
        return cell_name(row, self._places[key])

    def _cells(self, key: str, rows: Iterable[Criterion]) -> list[tuple[int, int]]:
        return [(self._row_of[row.id], self._places[key]) for row in rows]

    def _leaf_row(self, leaf: LeafResult) -> SheetRow:
        criterion = leaf.criterion
        is_survey = leaf.state is LeafState.SURVEY
        from_cell = self._cell(
            "survey" if is_survey else self._stages[-1], self._row_of[criterion.id]
        )
        achieved = criterion.signed(leaf.achieved)
        shown = "" if achieved is None else achieved
        values: dict[str, Value] = {
            "code": criterion.code,
            "name": criterion.printed_name,
            "maximum": criterion.max_score,
            "applicable": leaf.achieved_max,
            **self._figures(leaf),
            **self._pooled_figures(leaf),
            "achieved": Live(f'=IF(ISNUMBER({from_cell}),{from_cell},"")', shown),
            "rate": leaf.achieved_rate,
            "units": score_words.lead_names(self._campaign, criterion),
            "state": score_words.state_text(leaf),
            "source": self._source(leaf),
        }
        if is_survey and leaf.survey is None:
            values["survey"] = _PENDING
        declared = leaf.leads[0].declared if leaf.expected == 1 and leaf.leads else None
        if target := self._pools.place_of(criterion):
            values["declared"] = Link(POOLS_SHEET, target)
        elif declared:
            values["declared"] = declared_text(declared)
        if "evidence" in self._places:
            values["evidence"] = self._evidence_of(criterion)
        return SheetRow(values, self._leaf_styles(leaf))

    def _leaf_styles(self, leaf: LeafResult) -> dict[str, Style]:
        criterion = leaf.criterion
        given = given_style([criterion.max_score])
        styles = {"maximum": score_cells.max_style(criterion), "applicable": given}
        if self._campaign.is_bold(criterion):
            styles |= {"code": replace(CENTRED, bold=True), "name": replace(TEXT, bold=True)}
        if leaf.state is LeafState.SURVEY and leaf.survey is None:
            styles["survey"] = replace(CENTRED, italic=True)
        if self._pools.place_of(criterion):
            styles["declared"] = CENTRED_LINK
        doubtful = {"survey"} if leaf.is_partly_surveyed else set()
        doubtful |= {self._stages[-1]} if leaf.state in _ATTENTION else set()
        if doubtful:
            styles |= dict.fromkeys(doubtful, replace(SCORE, fill=ATTENTION.fill))
            styles["state"] = ATTENTION
        return styles

    def _source(self, leaf: LeafResult) -> Link:
        criterion = leaf.criterion
        units = self._inputs.units
        target = units.place_of(leaf.leads[0].unit, criterion.id) if leaf.leads else ""
        appraised = self._last_appraisals.get(criterion.id, [])
        return Link(score_words.source_text(self._campaign, leaf, appraised, units), target)

    @cached_property
    def _last_appraisals(self) -> dict[str, list[AppraisedLeaf]]:
        return score_words.last_appraisals(self._data)

    def _evidence_of(self, criterion: Criterion) -> Value:
        """Return the cell that leads to the files of a row, or to the sheet that lists them."""
        links = self._inputs.evidence
        codes = [unit.code for unit in self._campaign.units]
        files = links.evidence.of_row(codes, criterion.id) if links else ()
        if not links or not files:
            return ""
        cell = links.cell(files)
        return cell if cell.target else Link(cell.text, place_in(EVIDENCE_SHEET, 0, 0))

    # --- totals ---

    def _totals(self) -> Iterator[SheetRow]:
        yield _total_row(TOTAL_LABEL, self._sums(None, self._data.total))
        surveys = self._surveys
        normal = [x for x in surveys if x.criterion.points is Points.NORMAL]
        if surveys:
            yield _total_row(WITHOUT_SURVEYS_LABEL, self._without_surveys(normal))
        pending = self._data.total.survey_pending
        if normal and pending:
            rows = [leaf.criterion for leaf in normal]
            cells, counted = (self._cells(key, rows) for key in ("maximum", "applicable"))
            formula = f"={call_over('SUM', cells)}-({call_over('SUM', counted)})"
            waiting = sum(x.survey is None for x in surveys)
            values: dict[str, Value] = {
                "maximum": Live(formula, pending),
                "state": f"{waiting}/{len(surveys)} chưa có",
            }
            yield _total_row(PENDING_SURVEYS_LABEL, values, bold=False)

    def _without_surveys(self, surveys: list[LeafResult]) -> dict[str, Value]:
        """Return the figures of the total in the row above, less what surveys are in it."""
        total, at = self._data.total, self._total_row
        known = self._known(None)
        most = sum((x.criterion.max_score or Decimal(0) for x in surveys), Decimal(0))
        counted = sum((x.achieved_max or Decimal(0) for x in surveys), Decimal(0))
        left = {"maximum": total.max_score - most, "applicable": total.achieved_max - counted}
        values: dict[str, Value] = {}
        for key, value in left.items():
            cells = self._cells(key, [x.criterion for x in surveys])
            less = f"-({call_over('SUM', cells)})" if cells else ""
            values[key] = Live(f"=N({self._cell(key, at)}){less}", value)
        for key, value in self._stage_scores(total).items():
            values[key] = Live(f"={self._cell(key, at)}", value if key in known else "")
        last = self._stages[-1]
        is_known = last in known
        formula = f"={self._cell(last, at + 1)}"
        values["achieved"] = Live(formula, total.final if is_known else "")
        values["rate"] = total.final_rate if is_known else None
        return values

    def _stage_scores(self, total: Subtotal) -> dict[str, Decimal]:
        scores = (total.score, total.round_1, total.round_2)
        return dict(zip(self._stages, scores, strict=False))


def _cap(criterion: Criterion | None) -> Decimal | None:
    """Return what holds the sum of the rows below a row."""
    is_capped = criterion is not None and criterion.points is not Points.NORMAL
    return criterion.max_score if criterion and is_capped else None


def _sum(cells: list[tuple[int, int]], cap: Decimal | None = None, beside: str = "") -> str:
    """Return the formula of a sum that a cap holds, together with the cell `beside`."""
    if not cells:
        return ""
    total = call_over("SUM", cells)
    if cap is not None:
        total = (
            score_cells.rest_within(cap, f"N({beside})", total)
            if beside
            else score_cells.within(cap, total)
        )
    return f'=IF({call_over("COUNT", cells)}=0,"",{total})'


def _total_row(label: str, values: dict[str, Value], *, bold: bool = True) -> SheetRow:
    styles = {"name": replace(TEXT, align="center"), "source": TEXT}
    named = {"name": label} | values
    return SheetRow(named, styles, bold=bold, italic=not bold, shaded=True, is_sum=True)
