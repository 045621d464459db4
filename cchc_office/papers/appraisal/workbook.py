"""The workbook in which the reviewers of a round appraise: a row for each unit's leaf."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_office.decree30.figures import Profile
from cchc_office.model import (
    Aggregation,
    Answer,
    Campaign,
    Consolidation,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    ReturnKind,
)
from cchc_office.papers import filled_sheets as filled
from cchc_office.papers.appraisal import layout
from cchc_office.papers.file_links import EvidenceLinks
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.inputs import DAY_FORMAT
from cchc_office.papers.form.layout import HELP_SHEET, HIDDEN_SHEET, NOT_APPLICABLE
from cchc_office.papers.listed_rows import with_room_for_codes
from cchc_office.papers.signs import given_style
from cchc_office.results.appraisal_rows import AppraisalRow, Verdict, appraisal_rows, self_text
from cchc_office.rules import SelfScored, inputs_of
from cchc_office.sheets.columns import Value, places_of
from cchc_office.sheets.look import A3, A4, SIZE, TEXT, Style, opened
from cchc_office.sheets.table_sheet import SheetRow, TableRows, mark_repeated
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text.vietnamese import upper

_KIND = ReturnKind.APPRAISAL
_WIDEST_ON_A4 = 380.0
"""Millimetres of columns whose letters are of 8 points where they are one page wide."""


def build_appraisal(
    data: Consolidation,
    number: int,
    profile: Profile,
    *,
    everything: bool = False,
    evidence: EvidenceLinks | None = None,
) -> bytes:
    """Return the workbook of round `number`.

    From the second round on it holds the leaves that the round before cut or questioned, or
    (`everything`) all of them, with what was said of them beside. With `evidence` what a unit wrote
    of its evidence leads to the files.
    """
    rows = appraisal_rows(data, number, everything=everything)
    book = _begun("Thẩm định điểm", data.campaign, number, profile)
    sheet = book.sheet(layout.APPRAISAL_SHEET)
    _Table(sheet, data.campaign, number, evidence).write(rows)
    return _finished(book, data.campaign, number, everything=everything)


@dataclass(frozen=True)
class Requests:
    """What one reviewer asks units to explain: the words by unit and row, who it is, and when."""

    words: Mapping[tuple[str, str], str]
    by: str
    on: dt.date


def build_requests(data: Consolidation, number: int, requests: Requests, profile: Profile) -> bytes:
    """Return a workbook of round `number` as the reviewer gives it back who only asks.

    It holds the rows that are asked about, and no score.
    """
    every = appraisal_rows(data, number, everything=True)
    rows = tuple(row for row in every if (row.unit.code, row.criterion.id) in requests.words)
    book = _begun("Câu hỏi giải trình điểm", data.campaign, number, profile)
    sheet = book.sheet(layout.APPRAISAL_SHEET)
    _Table(sheet, data.campaign, number, None, requests).write(rows)
    return _finished(book, data.campaign, number, everything=True)


def _begun(about: str, campaign: Campaign, number: int, profile: Profile) -> WorkbookWriter:
    info = campaign.info
    title = f"{about} {info.index.short} năm {info.year} - lần {number}"
    return WorkbookWriter(
        title, profile.font, layout.properties(layout.marks(campaign, _KIND, number))
    )


def _finished(book: WorkbookWriter, campaign: Campaign, number: int, *, everything: bool) -> bytes:
    """Add the sheet of help and the marks by which the workbook is known when it comes back."""
    title = f"HƯỚNG DẪN THẨM ĐỊNH ĐIỂM LẦN {number}"
    filled.write_help(book.sheet(HELP_SHEET), title, _help(campaign, number, everything=everything))
    marks = layout.marks(campaign, _KIND, number)
    filled.write_hidden(book.sheet(HIDDEN_SHEET), marks, None)
    return book.finish()


class _Table:
    """Writes the sheet that the reviewers fill in."""

    def __init__(
        self,
        sheet: SheetWriter,
        campaign: Campaign,
        number: int,
        evidence: EvidenceLinks | None,
        requests: Requests | None = None,
    ) -> None:
        self._sheet = sheet
        self._requests = requests
        self._evidence = evidence
        self._campaign = campaign
        self._number = number
        declares = any(not isinstance(leaf.scoring, SelfScored) for leaf in campaign.leaves)
        self._pooled = {
            leaf.id for leaf in campaign.leaves if campaign.way_of(leaf) is Aggregation.POOLED
        }
        columns = layout.appraisal_columns(
            number,
            rules=any(leaf.rule or leaf.own_rule for leaf in campaign.leaves),
            declares=declares,
            pools=bool(self._pooled),
        )
        self._columns = with_room_for_codes(columns, campaign)
        self._places = places_of(self._columns)

    def write(self, rows: tuple[AppraisalRow, ...]) -> None:
        sheet, places = self._sheet, self._places
        heading = self._write_head()
        names = [row.criterion.name_with_points for row in rows]
        self._columns = filled.with_whole_names(self._columns, names)
        sheet.headings(heading, self._columns)
        table = TableRows(sheet, self._columns, heading + 1, least=2, named_by=("unit", "code"))
        most = given_style(row.criterion.max_score for row in rows)
        for row in rows:
            closed = dict.fromkeys(self._closed_figures(row), TEXT)
            signed = filled.signed_styles(row.criterion, ("self", "before", "wanted"), places)
            table.write(SheetRow(self._values(row), {"max_score": most, **closed, **signed}))
        table.finish()
        last = heading + len(rows)
        if rows:
            filled.guide_filled(sheet, (heading + 1, last), self._columns)
            mark_repeated(sheet, (heading + 1, last), places["field"])
        end = len(self._columns) - 1
        sheet.raw.autofilter(heading, 1, max(last, heading + 1), end)
        printed = places[layout.APPRAISAL_INPUTS[-1]]
        filled.finish_sheet(sheet, (heading, last), printed, places["unit"] + 1, places["score"])
        width = sum(column.width for column in self._columns[1 : printed + 1])
        sheet.raw.set_paper(A3 if width > _WIDEST_ON_A4 else A4)

    def _closed_figures(self, row: AppraisalRow) -> list[str]:
        """Return the columns for figures in which the reviewers correct nothing of a row."""
        is_pooled = row.criterion.id in self._pooled
        corrected = len(inputs_of(row.criterion.scoring)) if is_pooled else 0
        return [key for key in layout.FIGURE_PLACES.values() if key in self._places][corrected:]

    def _write_head(self) -> int:
        """Write what stands above the table; return the row of its headings."""
        info = self._campaign.info
        last = self._places["evidence"]
        bold = Style(bold=True, size=14, align="center")
        remark = (
            "Chỉ điền các ô nền vàng. Để trống ô Điểm thẩm định thì điểm đang có được giữ nguyên; "
            f"xem trang {HELP_SHEET}."
        )
        row = filled.write_title(
            self._sheet,
            (
                (upper(info.agency), Style(bold=True, size=12, align="center"), 18),
                (layout.title_of(self._campaign, _KIND, self._number), bold, 22),
                (remark, Style(italic=True, size=SIZE, align="center"), 18),
            ),
            last,
        )
        text = opened(TEXT)
        day = replace(text, number_format=DAY_FORMAT)
        by, on = ("", "") if (own := self._requests) is None else (own.by, f"{own.on:%d/%m/%Y}")
        for label, style, said in (
            (layout.REVIEWER_LABEL, text, by),
            (layout.DAY_LABEL, day, on),
        ):
            bold = Style(bold=True, size=SIZE, align="right", border=False)
            self._sheet.text(row, self._places["name"], label, bold)
            first, end = self._places["field"], self._places["unit_name"]
            self._sheet.merged((row, first), (row, end), said, style)
            self._sheet.row_height(row, 18)
            row += 1
        asked = f"Điền ngày, tháng, năm, ví dụ 05/12/{info.year}."
        at = self._places["field"]
        filled.guide(self._sheet, (row - 1, row - 1), at, "Ngày thẩm định", asked)
        return row + 1

    def _values(self, row: AppraisalRow) -> dict[str, Value]:
        texts = self._texts(row)
        scores = {key: score for key, score in _scores(row).items() if score is not None}
        values: dict[str, Value] = {**texts, **scores}
        if self._requests:
            values["request"] = self._requests.words[row.unit.code, row.criterion.id]
        if self._evidence:
            files = self._evidence.evidence.of(row.unit.code, row.criterion.id)
            if files:
                values["evidence"] = self._evidence.cell(files, texts["evidence"])
        return values

    def _texts(self, row: AppraisalRow) -> dict[str, str]:
        criterion, returned = row.criterion, row.returned
        texts = {
            "id": layout.row_id(row.unit.code, criterion.id),
            "code": self._campaign.listed_code(criterion),
            "name": criterion.name_with_points,
            "unit": row.unit.code,
            "unit_name": row.unit.name,
            "field": self._campaign.field_of(criterion).title,
            "rule": _rule(criterion),
            "self": self_text(returned),
            "declared": declared_text(returned.declared) if returned and returned.declared else "",
            "result": _result(returned),
            "evidence": returned.evidence if returned else "",
            "source": self._source(row),
        }
        return texts | (_earlier_texts(row) if self._number > 1 else {})

    def _source(self, row: AppraisalRow) -> str:
        if row.returned:
            return str(row.returned.source)
        if self._campaign.is_left_to_reviewers(row.criterion):
            return "Người thẩm định ghi điểm trừ"
        return "Phiếu gửi về không có dòng này" if row.has_form else "Chưa nộp phiếu"


def _rule(criterion: Criterion) -> str:
    """Return how a row is scored: the office's own words, or what its rule gives."""
    return criterion.rule or (criterion.scoring_in_words if criterion.own_rule else "")


def _result(returned: LeafReturn | None) -> str:
    if returned is None:
        return ""
    note = f"Ghi chú: {returned.note}" if returned.note else ""
    return "\n".join(filter(None, (returned.result, note)))


def _scores(row: AppraisalRow) -> dict[str, Decimal | None]:
    """Return what stands in the columns of scores as numbers, None where it is none."""
    returned, explained = row.returned, row.explained
    scored = returned and returned.answer is Answer.SCORED
    return {
        "max_score": row.criterion.max_score,
        "self": returned.score if returned and scored else None,
        "before": row.standing.score,
        "wanted": explained.score if explained else None,
    }


def _earlier_texts(row: AppraisalRow) -> dict[str, str]:
    before: Verdict = row.before
    explained: ExplainedLeaf | None = row.explained
    does_not_apply = row.standing.answer is Answer.NOT_APPLICABLE
    return {
        "before": NOT_APPLICABLE if does_not_apply else "",
        "before_opinion": before.opinion,
        "before_request": before.request,
        "explanation": explained.explanation if explained else layout.NOT_EXPLAINED,
        "wanted": explained.typed if explained else "",
        "more_evidence": explained.evidence if explained else "",
    }


def _help(campaign: Campaign, number: int, *, everything: bool) -> Iterator[str]:
    yield (
        "Chỉ điền vào các ô nền vàng: Người thẩm định, Ngày thẩm định ở phía trên; Điểm thẩm định, "
        "Ý kiến thẩm định, Yêu cầu giải trình ở từng dòng."
    )
    yield (
        "Để trống ô Điểm thẩm định là đồng ý với điểm đang có: điểm đó được giữ nguyên. Chỉ điền ở "
        "những dòng cần đổi điểm."
    )
    yield (
        "Dòng chưa có điểm tự chấm (đơn vị chưa nộp phiếu, để trống, hay điểm không tính được): để "
        "trống thì vẫn chưa có điểm; muốn có điểm thì phải điền."
    )
    yield (
        "Điểm thẩm định là một số từ 0 đến điểm tối đa của dòng, ví dụ 0,5. Tiêu chí không áp dụng "
        f"cho đơn vị thì gõ “{NOT_APPLICABLE}”. Điểm trừ ghi số dương."
    )
    if any(leaf.is_optional and leaf.is_self_scored for leaf in campaign.leaves):
        yield "Dòng điểm thưởng, điểm trừ chưa có điểm mà để trống thì tính 0."
    if any(map(campaign.is_left_to_reviewers, campaign.leaves)):
        yield (
            "Điểm trừ của các đơn vị do người thẩm định ghi: ghi số điểm bị trừ và lý do ở dòng "
            "điểm trừ của đơn vị; để trống là không trừ."
        )
    yield "Đổi điểm thì ghi lý do ở cột Ý kiến thẩm định."
    yield (
        "Yêu cầu giải trình: ghi điều đơn vị phải giải trình, hoặc gõ x. Dòng bị giảm điểm (điểm "
        "trừ bị tăng) thì đơn vị luôn được yêu cầu giải trình, không cần ghi."
    )
    pooled = [x for x in campaign.leaves if campaign.way_of(x) is Aggregation.POOLED]
    if pooled:
        codes = ", ".join(map(campaign.reference, pooled))
        yield (
            f"Dòng gộp số liệu ({codes}): điểm chung tính từ số liệu của các đơn vị cộng lại. Số "
            "liệu sai thì ghi số liệu đúng ở cột Số liệu thẩm định, Tổng số thẩm định và để trống "
            "ô điểm; chỉ ghi điểm thì chỉ đổi điểm của riêng đơn vị. Gõ "
            f"“{NOT_APPLICABLE}” thì số liệu của đơn vị không được gộp."
        )
    if number > 1:
        which = "tất cả các dòng" if everything else "những dòng bị giảm điểm hoặc phải giải trình"
        yield (
            f"Bảng này có {which} ở lần {number - 1}; điểm, ý kiến lần trước và giải trình của đơn "
            "vị ở các cột bên trái ô nền vàng."
        )
    yield (
        "Lọc theo đơn vị, lĩnh vực bằng mũi tên ở dòng tiêu đề. Muốn sắp xếp thì bỏ bảo vệ trang "
        "tính trước (Review, Unprotect Sheet; không có mật khẩu)."
    )
    yield (
        "Nhiều người cùng thẩm định: mỗi người một bản của tệp này, điền phần của mình, đặt tên "
        "tệp khác nhau. Hai người nói khác nhau về một dòng thì bản lưu sau được tính, và có thông "
        "báo."
    )
    yield (
        "Lưu tệp rồi gửi lại nơi tổng hợp; ở đó thả tệp vào trang Thẩm định, hoặc để vào thư mục "
        "tham-dinh của đợt chấm."
    )
