"""Issuing score workbooks: one for each unit, with its own rows only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc_office.documents.decree30 import Profile
from cchc_office.model import Campaign, Criterion, Method, Unit
from cchc_office.office.text_width import LINE_HEIGHT, lines_in_cell
from cchc_office.office.workbook_writer import (
    SheetWriter,
    Style,
    WorkbookWriter,
    call_over,
)
from cchc_office.scoring.form_layout import (
    COLUMNS,
    FORM_VERSION,
    HELP_SHEET,
    HIDDEN_HEADINGS,
    HIDDEN_SHEET,
    META,
    NOT_APPLICABLE,
    PLACES,
    PROPERTIES,
    SCORE_SHEET,
    SIGNATURE_LABEL,
    TOTAL_LABEL,
    UNIT_LABEL,
    FormRow,
    RowKind,
    form_rows,
)
from cchc_office.vietnamese import format_decimal, official, upper

_SIZE = 11.0
_GREY = "#D9D9D9"
_OPEN = "#FFF9E5"
_HEADING_FILL = "#DDEBF7"
_SCORE_FORMAT = "0.00##"
_MARGINS = (20.0, 15.0, 20.0, 20.0)
_LOCKED_TEXT = {
    RowKind.SURVEY: "Chấm bằng điều tra xã hội học, đơn vị không điền",
    RowKind.SUPPORTED: "Đơn vị chủ trì chấm điểm",
}


def build_form(campaign: Campaign, unit: Unit, profile: Profile) -> bytes:
    """Return the unit's score workbook."""
    title = f"Phiếu tự chấm điểm Chỉ số CCHC năm {campaign.info.year} - {unit.name}"
    meta = _meta(campaign, unit)
    properties = {PROPERTIES[key]: value for key, value in meta.items()}
    book = WorkbookWriter(title, profile.font, properties)
    rows = form_rows(campaign, unit)
    _ScoreSheet(book.sheet(SCORE_SHEET), campaign, unit, rows).write()
    _write_help(book.sheet(HELP_SHEET), campaign)
    _write_hidden(book.sheet(HIDDEN_SHEET), campaign, unit, rows)
    return book.finish()


class _ScoreSheet:
    """Writes the sheet that a unit fills in."""

    def __init__(
        self, sheet: SheetWriter, campaign: Campaign, unit: Unit, rows: tuple[FormRow, ...]
    ) -> None:
        self._sheet = sheet
        self._campaign = campaign
        self._unit = unit
        self._rows = rows
        self._scored = {r.criterion.id: r.criterion for r in rows if r.kind is RowKind.SCORED}
        self._row_of: dict[str, int] = {}

    def write(self) -> None:
        sheet = self._sheet
        sheet.column_widths([column.width for column in COLUMNS])
        sheet.raw.set_column_pixels(PLACES["id"], PLACES["id"], 80, None, {"hidden": True})
        heading_row = self._write_title()
        for place, column in enumerate(COLUMNS):
            style = Style(bold=True, size=_SIZE, align="center", fill=_HEADING_FILL)
            sheet.text(heading_row, place, column.heading, style)
        sheet.row_height(heading_row, 2 * _SIZE * LINE_HEIGHT + 6)
        first = heading_row + 1
        self._row_of = {r.criterion.id: first + i for i, r in enumerate(self._rows)}
        for row in self._rows:
            self._write_row(row)
        last = first + len(self._rows)
        self._write_total(last)
        self._write_signature(last + 2)
        self._set_up(heading_row, last + 7)

    def _write_title(self) -> int:
        info = self._campaign.info
        last = len(COLUMNS) - 1
        period = f" - KỲ {info.period}" if info.period else ""
        title = f"PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM {info.year}{period}"
        deadline = f"Hạn nộp: {official(info.deadline).short}." if info.deadline else ""
        lines = (
            (upper(info.agency), Style(bold=True, size=12, align="center", border=False), 18),
            (title, Style(bold=True, size=14, align="center", border=False), 22),
            (f"{UNIT_LABEL} {self._unit.name}", Style(bold=True, size=12, border=False), 18),
            (
                f"{deadline} Chỉ điền vào các ô nền vàng; xem trang {HELP_SHEET}.".strip(),
                Style(italic=True, size=_SIZE, border=False),
                18,
            ),
        )
        for row, (text, style, height) in enumerate(lines):
            self._sheet.merged((row, 1), (row, last), text, style)
            self._sheet.row_height(row, height)
        return len(lines)

    def _write_row(self, row: FormRow) -> None:
        if row.kind is RowKind.HEADING:
            self._write_heading(row)
        elif row.kind is RowKind.SCORED:
            self._write_scored(row)
        else:
            self._write_other(row)
        self._fit(row)

    def _write_labels(self, row: FormRow, fill: str) -> int:
        sheet, criterion, at = self._sheet, row.criterion, self._row_of[row.criterion.id]
        bold = criterion.is_bold
        centred = Style(bold=bold, size=_SIZE, align="center", fill=fill)
        sheet.text(at, PLACES["id"], criterion.id, Style(size=_SIZE, wrap=False))
        sheet.text(at, PLACES["code"], criterion.code, centred)
        sheet.text(at, PLACES["name"], criterion.name, Style(bold=bold, size=_SIZE, fill=fill))
        role = row.role.value if row.role else ""
        sheet.text(at, PLACES["role"], role, Style(size=_SIZE, align="center", fill=fill))
        return at

    def _write_heading(self, row: FormRow) -> None:
        at = self._write_labels(row, "")
        scored = self._scored_under(row.criterion)
        style = Style(bold=True, size=_SIZE, align="center", number_format=_SCORE_FORMAT)
        if scored:
            self._write_sums(at, row.criterion, scored, style)
        else:
            for key in ("max_score", "score"):
                self._sheet.text(at, PLACES[key], "", style)
        for key in ("applies", "result", "evidence", "note"):
            self._sheet.text(at, PLACES[key], "", Style(size=_SIZE))

    def _scored_under(self, criterion: Criterion) -> list[Criterion]:
        """Return the leaves to score in a row: those below it, or the row itself."""
        below = self._campaign.leaves_under(criterion) or (criterion,)
        return [c for c in below if c.id in self._scored]

    def _write_sums(
        self, at: int, above: Criterion | None, scored: list[Criterion], style: Style
    ) -> None:
        """Write the sums over the rows right under `above` (None: all), as formulas.

        `scored` are the leaves that they add up, for the values of now.
        """
        place = PLACES["max_score"]
        children = self._campaign.children(above)
        rows = [self._row_of[c.id] for c in children if self._scored_under(c)]
        total = sum((c.max_score or Decimal(0) for c in scored), Decimal(0))
        formula = f"={call_over('SUM', [(row, place) for row in rows])}"
        self._sheet.formula(at, place, formula, total, style)
        cells = [(row, PLACES["score"]) for row in rows]
        formula = f'=IF({call_over("COUNT", cells)}=0,"",{call_over("SUM", cells)})'
        self._sheet.formula(at, PLACES["score"], formula, "", style)

    def _write_scored(self, row: FormRow) -> None:
        at = self._write_labels(row, "")
        sheet, criterion = self._sheet, row.criterion
        number = Style(size=_SIZE, align="center", number_format=_SCORE_FORMAT)
        sheet.number(at, PLACES["max_score"], criterion.max_score, number)
        is_open = Style(size=_SIZE, fill=_OPEN, locked=False)
        score = Style(
            size=_SIZE, align="center", fill=_OPEN, locked=False, number_format=_SCORE_FORMAT
        )
        sheet.number(at, PLACES["score"], None, score)
        for key in ("applies", "result", "evidence", "note"):
            sheet.text(at, PLACES[key], "", is_open)
        self._limit_score(at, criterion.max_score or Decimal(0))
        self._offer_not_applicable(at)

    def _write_other(self, row: FormRow) -> None:
        """Write a row that the unit does not score: locked, but for a supporter's words."""
        fill = _GREY if row.kind is RowKind.SURVEY else ""
        at = self._write_labels(row, fill)
        sheet = self._sheet
        number = Style(size=_SIZE, align="center", fill=fill, number_format=_SCORE_FORMAT)
        sheet.number(at, PLACES["max_score"], row.criterion.max_score, number)
        closed = Style(size=_SIZE, align="center", fill=_GREY, italic=True)
        is_sipas = row.criterion.method is Method.SIPAS
        mark = "SIPAS" if is_sipas else "ĐTXHH" if row.kind is RowKind.SURVEY else ""
        sheet.number(at, PLACES["score"], None, closed)
        sheet.text(at, PLACES["applies"], mark, closed)
        is_open = Style(size=_SIZE, fill=_OPEN, locked=False)
        for key in ("result", "evidence", "note"):
            style = is_open if row.kind is RowKind.SUPPORTED else closed
            sheet.text(at, PLACES[key], "", style)
        sheet.raw.data_validation(
            at,
            PLACES["score"],
            at,
            PLACES["score"],
            {
                "validate": "any",
                "input_title": "Không điền",
                "input_message": _LOCKED_TEXT[row.kind],
            },
        )

    def _write_total(self, at: int) -> None:
        sheet = self._sheet
        bold = Style(bold=True, size=_SIZE, align="center", fill=_HEADING_FILL)
        number = Style(
            bold=True,
            size=_SIZE,
            align="center",
            fill=_HEADING_FILL,
            number_format=_SCORE_FORMAT,
        )
        for place in range(len(COLUMNS)):
            sheet.text(at, place, "", bold)
        sheet.text(at, PLACES["name"], TOTAL_LABEL, bold)
        if self._scored:
            self._write_sums(at, None, list(self._scored.values()), number)
        sheet.row_height(at, _SIZE * LINE_HEIGHT + 8)

    def _limit_score(self, at: int, maximum: Decimal) -> None:
        place = PLACES["score"]
        shown = format_decimal(maximum, 4)
        self._sheet.raw.data_validation(
            at,
            place,
            at,
            place,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": float(maximum),
                "input_title": "Điểm tự chấm",
                "input_message": f"Điền một số từ 0 đến {shown}. Để trống nếu chưa chấm; nếu "
                f"không áp dụng, chọn ở cột Áp dụng.",
                "error_title": "Điểm không hợp lệ",
                "error_message": f"Điểm phải là một số từ 0 đến {shown}.",
            },
        )

    def _offer_not_applicable(self, at: int) -> None:
        place = PLACES["applies"]
        self._sheet.raw.data_validation(
            at,
            place,
            at,
            place,
            {
                "validate": "list",
                "source": [NOT_APPLICABLE],
                "input_title": "Áp dụng",
                "input_message": f"Để trống, hoặc chọn “{NOT_APPLICABLE}” và ghi lý do ở cột "
                "Kết quả, giải trình.",
                "error_title": "Nội dung không hợp lệ",
                "error_message": f"Chỉ để trống hoặc chọn “{NOT_APPLICABLE}”.",
            },
        )

    def _set_up(self, heading_row: int, last: int) -> None:
        sheet = self._sheet
        sheet.raw.freeze_panes(heading_row + 1, PLACES["role"])
        allowed = {"format_rows": True, "format_columns": True, "select_locked_cells": True}
        sheet.raw.protect("", allowed)
        sheet.print_setup(_MARGINS, landscape=True, repeat_rows=(heading_row, heading_row))
        sheet.raw.print_area(0, PLACES["code"], last, len(COLUMNS) - 1)
        sheet.raw.set_selection(heading_row + 1, PLACES["score"], heading_row + 1, PLACES["score"])

    def _fit(self, row: FormRow) -> None:
        width = COLUMNS[PLACES["name"]].width
        lines = lines_in_cell(row.criterion.name, width, _SIZE, bold=row.criterion.is_bold)
        least = 2 if row.kind in (RowKind.SCORED, RowKind.SUPPORTED) else 1
        at = self._row_of[row.criterion.id]
        self._sheet.row_height(at, max(lines, least) * _SIZE * LINE_HEIGHT + 5)

    def _write_signature(self, at: int) -> None:
        first, last = PLACES["evidence"], PLACES["note"]
        style = Style(bold=True, size=_SIZE, align="center", border=False)
        self._sheet.merged((at, first), (at, last), SIGNATURE_LABEL, style)
        remark = Style(italic=True, size=_SIZE, align="center", border=False)
        self._sheet.merged((at + 1, first), (at + 1, last), "(Ký, ghi rõ họ tên)", remark)


def _write_help(sheet: SheetWriter, campaign: Campaign) -> None:
    width = 170.0
    sheet.column_widths([width])
    title = Style(bold=True, size=14, align="center", border=False)
    text = Style(size=13, border=False, middle=False)
    sheet.text(0, 0, "HƯỚNG DẪN ĐIỀN PHIẾU TỰ CHẤM ĐIỂM", title)
    sheet.row_height(0, 30)
    for row, line in enumerate(_help_lines(campaign), start=1):
        sheet.text(row, 0, line, text)
        lines = lines_in_cell(line, width, 13)
        sheet.row_height(row, lines * 13 * LINE_HEIGHT + 6)
    sheet.raw.protect("", {"format_rows": True, "format_columns": True})
    sheet.raw.hide_gridlines(2)
    sheet.print_setup((20.0, 15.0, 20.0, 20.0))


def _help_lines(campaign: Campaign) -> Iterator[str]:
    info = campaign.info
    yield "1. Chỉ điền vào các ô nền vàng. Các ô khác được bảo vệ; không cần mở khoá."
    yield (
        "2. Điểm tự chấm: điền một số từ 0 đến điểm tối đa, ví dụ 0,5. Để trống là chưa chấm; "
        "ô trống không được tính là 0 điểm."
    )
    yield (
        f"3. Nếu tiêu chí không áp dụng cho đơn vị: để trống ô điểm, chọn “{NOT_APPLICABLE}” ở "
        "cột Áp dụng và ghi lý do ở cột Kết quả, giải trình."
    )
    yield (
        "4. Mỗi điểm cần có tài liệu kiểm chứng: ghi số, ký hiệu, ngày, trích yếu của văn bản, "
        "hoặc đường dẫn."
    )
    yield (
        "5. Các dòng có vai trò Phối hợp: đơn vị chủ trì chấm điểm; đơn vị phối hợp chỉ ghi kết "
        "quả, tài liệu kiểm chứng của mình."
    )
    yield (
        "6. Các dòng nền xám (ĐTXHH, SIPAS) được chấm bằng điều tra xã hội học: đơn vị không điền."
    )
    yield (
        "7. Không thêm, xoá, đổi tên cột, trang tính; được phép kéo rộng cột, dòng. Có thể đổi "
        "tên tệp."
    )
    yield (
        "8. Khó khăn, kiến nghị: ghi ở cột Ghi chú của tiêu chí liên quan, bắt đầu bằng “Khó "
        "khăn:”, “Vướng mắc:”, “Kiến nghị:” hoặc “Đề xuất:”; nội dung này được đưa vào báo cáo."
    )
    deadline = f" trước hoặc trong ngày {official(info.deadline).short}" if info.deadline else ""
    contact = f" về {info.contact}" if info.contact else ""
    yield f"9. Lưu tệp dạng Excel (.xlsx) và gửi lại{contact}{deadline}."


def _meta(campaign: Campaign, unit: Unit) -> dict[str, str]:
    return dict(zip(META, (campaign.id, unit.code, FORM_VERSION), strict=True))


def _write_hidden(
    sheet: SheetWriter, campaign: Campaign, unit: Unit, rows: tuple[FormRow, ...]
) -> None:
    plain = Style(size=_SIZE, border=False, wrap=False)
    meta = _meta(campaign, unit)
    for at, (key, value) in enumerate(meta.items()):
        sheet.text(at, 0, key, plain)
        sheet.text(at, 1, value, plain)
    heading_row = len(meta) + 1
    for place, heading in enumerate(HIDDEN_HEADINGS):
        sheet.text(heading_row, place, heading, plain)
    for at, row in enumerate(rows, start=heading_row + 1):
        c = row.criterion
        maximum = "" if c.max_score is None else str(c.max_score)
        for place, text in enumerate((c.id, c.code, c.name, row.kind.value, maximum)):
            sheet.text(at, place, text, plain)
    sheet.raw.very_hidden()
    sheet.raw.protect("")
