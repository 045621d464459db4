"""The sheet "Nhập từ tệp" of a new workbook: what it was made of, for people to look up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_office.campaign.import_doubts import IMPORT_COLUMNS, doubt_values
from cchc_office.campaign.layout import IMPORT_SHEET
from cchc_office.campaign.workbook import DraftRemark, DraftRow, cell_of
from cchc_office.catalogue.findings import Finding, Severity
from cchc_office.importing.headed_table import LEFT_OUT, How
from cchc_office.importing.preview import ImportPreview
from cchc_office.sheets.columns import Value
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.text.command_line import advised, on_any_computer

_SEVERITIES = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần xem", Severity.NOTE: "Lưu ý"}
_REMARK = (
    "Trang này để đối chiếu với tệp gốc. Dòng Cần xem nào đúng rồi thì đánh x ở cột cuối; sửa ô ấy "
    "cũng là đã xem."
)

_AGAIN = "trên trang thì chọn lại tệp này; trên dòng lệnh thì gõ lệnh bên để nhập lại như lần này"
_TYPED = {
    r'chạy lại với (--cot "[^"]*"(?:, hoặc --cot "[^"]*")?)': (
        "nhập lại, chọn ở phần “Mỗi cột của tệp là cột nào”"
    ),
    r"chạy lại với (--bang .*?, ví dụ --bang [0-9,]*)": "nhập lại, chọn bảng khác ở đầu trang",
    r"nhập lại với (--khong-them-dong)": "nhập lại, đánh dấu “Giữ các dòng như tệp gốc”",
    r'nhập lại với (--don-vi "[^"]*")': ("nhập lại, chọn ở phần “Tên đơn vị gần giống nhau”"),
}
"""What is typed to bring a file in otherwise, and where the same stands on the page."""


def import_sheet(preview: ImportPreview) -> TableSheet:
    """Return the sheet: source, columns, what is doubtful, everything that was left out."""
    rows = tuple(_rows(preview))
    return TableSheet(
        IMPORT_SHEET,
        "NHẬP TỪ TỆP",
        (_REMARK, preview.words.told),
        IMPORT_COLUMNS,
        rows,
        len(rows),
        frozen=1,
    )


def _rows(preview: ImportPreview) -> Iterator[SheetRow]:
    def row(part: str, place: str, text: str, said: str = "", *, bold: bool = False) -> SheetRow:
        return SheetRow({"part": part, "place": place, "text": text, "said": said}, bold=bold)

    yield row("Nguồn", preview.file, preview.kind)
    for offer in preview.offers:
        taken = preview.chosen.includes(offer)
        yield row(
            "Bảng nhận ra",
            offer.name,
            f"{offer.number}. {offer.rows} dòng",
            f"đã lấy: {preview.chosen.why}" if taken else "không lấy",
            bold=taken,
        )
    for column in preview.columns:
        ours = column.ours or f"không lấy{f': {column.why}' if column.why else ''}"
        said = f"{ours} ({column.told})" if column.key else ours
        yield row("Cột", preview.chosen.tables[0].source.name, column.name, said)
    yield row("Nhập lại như vậy", "", _command(preview), _AGAIN)
    doubts = {doubt.text for one in preview.draft.rows for doubt in _doubts(one)}
    for finding in preview.findings:
        if on_any_computer(f"{finding.sentence} {finding.advice}") in doubts:
            continue
        yield row(
            _SEVERITIES[finding.severity], finding.place, finding.sentence, _in_words(finding)
        )
    yield from _doubtful_rows(preview)
    for one in preview.left_out:
        yield row("Để lại", one.place, one.text, one.reason.value)


def _in_words(finding: Finding) -> str:
    """Return an advice for who reads the sheet: whichever face the file was brought in from."""
    advice = on_any_computer(finding.advice)
    for typed, on_page in _TYPED.items():
        advice = re.sub(typed, rf"{on_page} (trên dòng lệnh: \1)", advice)
    return advice


def _doubtful_rows(preview: ImportPreview) -> Iterator[SheetRow]:
    """Yield what is doubtful in the rows, each with the cell, and what was written into it."""
    for at, (own, where) in enumerate(zip(preview.draft.rows, preview.rows, strict=True)):
        for doubt in _doubts(own):
            key, place = doubt.key, where.place.words
            values: dict[str, Value] = {"part": "Cần xem", "place": place, "text": doubt.text}
            values |= doubt_values(cell_of(preview.draft, at, key), own.name, key, own.value(key))
            yield SheetRow(values)


def _doubts(row: DraftRow) -> Iterator[DraftRemark]:
    """Return what is doubtful in what the file had: not what is of a duty carried over."""
    return (remark for remark in row.remarks if remark.source)


def _command(preview: ImportPreview) -> str:
    words = ["thu-muc-moi", "--tu", "-" if preview.is_pasted else preview.file]
    if len(preview.offers) > 1:
        order = [table.number for table in preview.chosen.tables]
        taken = filter(preview.chosen.includes, preview.offers)
        in_order = sorted(taken, key=lambda offer: order.index(offer.tables[0].number))
        words += ["--bang", ",".join(str(offer.number) for offer in in_order)]
    for column in preview.columns:
        if column.how is How.CHOSEN:
            words += ["--cot", f"{column.name}={column.ours or LEFT_OUT}"]
    for name, other in preview.units_chosen:
        words += ["--don-vi", f"{name}={other}"]
    if preview.rows_as_they_are:
        words.append("--khong-them-dong")
    return on_any_computer(advised("khoi-tao", *words))
