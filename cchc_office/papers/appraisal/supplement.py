"""The supplementary form: what a unit answers to a round of appraisal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from cchc_office.decree30.figures import Profile
from cchc_office.model import Answer, Campaign, ReturnKind, Unit
from cchc_office.papers import filled_sheets as filled
from cchc_office.papers.appraisal import layout
from cchc_office.papers.form import layout as form
from cchc_office.papers.form.layout import RowKind
from cchc_office.papers.kinds import SUPPLEMENT, Basis
from cchc_office.papers.listed_rows import with_room_for_codes
from cchc_office.papers.planning import PlannedPaper, plan_paper
from cchc_office.papers.signs import given_style
from cchc_office.results.appraisal_rows import Asked, asked_of_units
from cchc_office.results.leaf_results import LeafStanding
from cchc_office.sheets.columns import Value, places_of
from cchc_office.sheets.look import SIZE, Style
from cchc_office.sheets.table_sheet import SheetRow, TableRows
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text.vietnamese import official, upper

_KIND = ReturnKind.SUPPLEMENT
_PLACES = places_of(layout.SUPPLEMENT_COLUMNS)
_LAST = len(layout.SUPPLEMENT_COLUMNS) - 1


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the form of each unit of which the round asks something."""
    campaign, number, profile = basis.campaign, basis.round, basis.profile
    info = campaign.info
    for code, asked in asked_of_units(basis.consolidation, number).items():
        if not basis.is_for(code):
            continue
        unit = campaign.unit(code)
        made_from = (
            layout.marks(campaign, _KIND, number, code),
            (
                layout.title_of(campaign, _KIND, number),
                unit.name,
                info.year,
                info.agency,
                info.contact,
            ),
            [(_values(campaign, unit, one), one.criterion.max_score) for one in asked],
            profile.font,
        )
        build = partial(build_supplement, campaign, unit, asked, number, profile, basis.deadline)
        yield plan_paper(basis, SUPPLEMENT, unit, made_from, build, number)


def build_supplement(
    campaign: Campaign,
    unit: Unit,
    asked: tuple[Asked, ...],
    number: int,
    profile: Profile,
    deadline: dt.date | None = None,
) -> bytes:
    """Return the form in which `unit` explains the leaves that round `number` asks about."""
    said = layout.marks(campaign, _KIND, number, unit.code)
    info = campaign.info
    title = f"Phiếu giải trình điểm {info.index.short} năm {info.year} - lần {number} - {unit.name}"
    book = WorkbookWriter(title, profile.font, layout.properties(said))
    _write_table(book.sheet(layout.SUPPLEMENT_SHEET), campaign, unit, asked, number, deadline)
    title = "HƯỚNG DẪN ĐIỀN PHIẾU GIẢI TRÌNH"
    filled.write_help(book.sheet(form.HELP_SHEET), title, _help(campaign, deadline))
    issued = [(one.criterion, RowKind.SCORED) for one in asked]
    filled.write_hidden(book.sheet(form.HIDDEN_SHEET), said, issued)
    return book.finish()


def _write_table(
    sheet: SheetWriter,
    campaign: Campaign,
    unit: Unit,
    asked: tuple[Asked, ...],
    number: int,
    deadline: dt.date | None,
) -> None:
    until = f"Gửi về {official(deadline).as_deadline}." if deadline else ""
    remark = f"{until} Chỉ điền vào các ô nền vàng; xem trang {form.HELP_SHEET}.".strip()
    title = layout.title_of(campaign, _KIND, number)
    heading = filled.write_title(
        sheet,
        (
            (upper(campaign.info.agency), Style(bold=True, size=12, align="center"), 18),
            (title, Style(bold=True, size=14, align="center"), 22),
            (f"{form.UNIT_LABEL} {unit.name}", Style(bold=True, size=12), 18),
            (remark, Style(italic=True, size=SIZE), 18),
        ),
        _LAST,
    )
    columns = filled.with_whole_names(
        with_room_for_codes(layout.SUPPLEMENT_COLUMNS, campaign),
        [one.criterion.name_with_points for one in asked],
    )
    sheet.headings(heading, columns)
    table = TableRows(sheet, columns, heading + 1, least=4, named_by=("code", "name"))
    most = {"max_score": given_style(one.criterion.max_score for one in asked)}
    for one in asked:
        signed = filled.signed_styles(one.criterion, ("self", "appraised"), _PLACES)
        table.write(SheetRow(_values(campaign, unit, one), most | signed))
    table.finish()
    last = heading + len(asked)
    filled.guide_filled(sheet, (heading + 1, last), columns)
    filled.write_signature(sheet, last + 2, _PLACES["explanation"], _PLACES["evidence"])
    filled.finish_sheet(sheet, (heading, last + 7), _LAST, _PLACES["max_score"], _PLACES["wanted"])


def _values(campaign: Campaign, unit: Unit, asked: Asked) -> dict[str, Value]:
    criterion, ruled = asked.criterion, asked.ruled
    after = (
        asked.before if ruled.answer is Answer.BLANK else LeafStanding(ruled.answer, ruled.score)
    )
    return {
        "id": layout.row_id(unit.code, criterion.id),
        "code": campaign.listed_code(criterion),
        "name": criterion.name_with_points,
        "max_score": criterion.max_score,
        "self": _shown(asked.own),
        "appraised": _shown(after),
        "opinion": ruled.opinion,
        "request": ruled.request,
    }


def _shown(standing: LeafStanding) -> Value:
    return form.NOT_APPLICABLE if standing.answer is Answer.NOT_APPLICABLE else standing.score


def _help(campaign: Campaign, deadline: dt.date | None) -> Iterator[str]:
    yield "Chỉ điền vào các ô nền vàng. Các ô khác được bảo vệ; không cần mở khoá."
    yield (
        "Giải trình: trả lời nội dung ở cột Ý kiến thẩm định, Yêu cầu giải trình. Đồng ý với điểm "
        "thẩm định thì ghi “Đồng ý” và để trống ô Điểm đề nghị."
    )
    yield (
        "Điểm đề nghị: một số từ 0 đến điểm tối đa, ví dụ 0,5. Đây là đề nghị; điểm do bộ phận "
        "thẩm định quyết định ở lần sau."
    )
    yield (
        "Tài liệu kiểm chứng bổ sung: ghi số, ký hiệu, ngày, trích yếu của văn bản, hoặc đường "
        "dẫn; gửi kèm tài liệu."
    )
    yield "Không thêm, xoá, đổi tên cột, trang tính; được phép kéo rộng cột, dòng."
    until = f" {official(deadline).as_deadline}" if deadline else ""
    contact = f" về {campaign.info.contact}" if campaign.info.contact else ""
    yield f"Lưu tệp dạng Excel (.xlsx) và gửi lại{contact}{until}."
