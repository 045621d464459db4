"""Starting a campaign from an existing assignment table: an Excel workbook or a Word document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cchc_office.campaign.legacy_fonts import in_unicode
from cchc_office.campaign.criteria import cell_number
from cchc_office.campaign.layout import CRITERIA_COLUMNS, UNITS_SHEET
from cchc_office.campaign.tables import (
    SettledTable,
    TableRow,
    cell_date,
    find_table,
    settle_struck,
)
from cchc_office.campaign.workbook import Draft, DraftRow
from cchc_office.catalogue.findings import Finding
from cchc_office.errors import CampaignError, reason_of
from cchc_office.files.file_kind import SPREADSHEETS, FileKind
from cchc_office.sheets.addresses import cell_name, row_number
from cchc_office.sheets.sheet_reader import (
    CODES_OF_OTHERS,
    SheetCell,
    SheetTable,
    kind_of_file,
    read_workbook,
)
from cchc_office.text.vietnamese import clean, clean_line
from cchc_office.word.reading import UnreadableDocumentError, WordCell, WordTable, read_word_tables

_NEEDED = ("code", "name")
_CARRIED = tuple(
    column.key
    for column in CRITERIA_COLUMNS
    if column.key not in {"code", "name", "units", "note", "max_score"}
)


def draft_from_table(path: Path) -> tuple[Draft, tuple[Finding, ...]]:
    """Return a draft with the rows of the assignment table in `path`: a spreadsheet, or a .docx.

    Everything is taken over as it stands, merged unit cells too, and rows that are crossed out as
    such; what is wrong with it is for `kiem-tra` to say. The findings are what it cannot see in the
    draft: what was crossed out in cells, or typed in a legacy font. Raises CampaignError where
    there is no such table.
    """
    read = _docx_tables(path) if _is_word(path) else read_workbook(path)
    sheets, in_legacy_fonts = in_unicode(read, path.name)
    for sheet in sheets:
        table, _ = find_table(sheet, CRITERIA_COLUMNS, path.name)
        if table and all(key in table.headings.places for key in _NEEDED):
            if sheet.beyond:
                raise CampaignError(
                    f"Bảng ở trang “{sheet.name}” của {path.name} quá lớn: ô {sheet.beyond} nằm "
                    "ngoài phần đọc được. Xoá nội dung không thuộc bảng rồi thử lại."
                )
            settled = settle_struck(table, _NEEDED, path.name)
            of_sheet = (finding for finding in in_legacy_fonts if finding.sheet == sheet.name)
            return _draft(settled), (*of_sheet, *settled.cells)
    wanted = ", ".join(f"“{c.heading}”" for c in CRITERIA_COLUMNS if c.key in _NEEDED)
    raise CampaignError(f"Trong {path.name} không có bảng nào với các cột {wanted}.")


def _is_word(path: Path) -> bool:
    """Tell whether a file holds a Word document; raises CampaignError for what holds no table."""
    kind = kind_of_file(path)
    if kind is None or kind is FileKind.WORD or kind in SPREADSHEETS or kind in CODES_OF_OTHERS:
        return kind is FileKind.WORD
    if kind is FileKind.PASSWORD:
        return False
    raise CampaignError(
        f"Không đọc được bảng từ tệp {path.name} ({kind.value}). Cần bảng tính (.xlsx, .xls, .ods) "
        "hoặc văn bản Word (.docx): mở tệp này rồi lưu, hoặc chép bảng, sang một trong các dạng đó."
    )


def _draft(settled: SettledTable) -> Draft:
    rows = tuple(
        replace(_draft_row(row), is_struck=row.number in settled.rows)
        for row in settled.table.rows()
    )
    names = dict.fromkeys(clean_line(row.unit_text) for row in rows if row.unit_text)
    remark = (
        "Hướng dẫn: khai báo các đơn vị và tên gọi khác để hiểu được cột Đơn vị thực hiện của "
        f"bảng: {' | '.join(names)}"
    )
    return Draft({}, (), rows, {UNITS_SHEET: remark if names else ""})


def _draft_row(row: TableRow) -> DraftRow:
    unit = row["units"]
    max_score = cell_number(row["max_score"])
    others = tuple((key, _as_typed(row[key])) for key in _CARRIED)
    return DraftRow(
        code=clean_line(row["code"].text),
        name=clean_line(row["name"].text),
        unit_text=unit.text,
        unit_cell=row_number(unit.head) if unit.text else 0,
        note=clean_line(row["note"].text),
        max_score=max_score,
        others=(*others, ("max_score", "" if max_score is not None else row["max_score"].text)),
    )


def _as_typed(cell: SheetCell) -> str:
    """Return a cell's text; a real date as it is written here."""
    date = cell_date(cell)
    return date.short if date and date.complete else cell.text


def _docx_tables(path: Path) -> tuple[SheetTable, ...]:
    try:
        tables = read_word_tables(path.read_bytes())
    except OSError as error:
        raise CampaignError(f"Không mở được {path}: {reason_of(error)}.") from error
    except UnreadableDocumentError as error:
        raise CampaignError(f"Không đọc được {path.name}: {error}.") from error
    return tuple(_docx_table(table, number) for number, table in enumerate(tables, 1))


def _docx_table(table: WordTable, number: int) -> SheetTable:
    """Return a Word table as a sheet: a merged cell's rows all show it, under one head."""
    width = max(map(len, table.rows), default=0)
    rows = []
    for at, row in enumerate(table.rows):
        cells = [_docx_cell(cell, cell_name(at, place)) for place, cell in enumerate(row)]
        blanks = (cell_name(at, place) for place in range(len(row), width))
        rows.append((*cells, *(SheetCell(None, address, address) for address in blanks)))
    beyond = cell_name(0, width) if table.is_cut else ""
    return SheetTable(f"Bảng {number}", tuple(rows), beyond)


def _docx_cell(cell: WordCell, address: str) -> SheetCell:
    head = cell_name(cell.row, cell.column)
    left, crossed_out = (text if clean(text) else None for text in (cell.text, cell.crossed_out))
    return SheetCell(left, address, head, crossed_out=crossed_out)
