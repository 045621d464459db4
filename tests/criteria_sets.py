"""Criteria sets of any size and numbering, drawn by a number, and the files an office has them in."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.shared import Mm
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.properties import PageSetupProperties

from cchc_office import ImportPreview

from .test_outline import NUMBERINGS, written

HEADINGS = ("STT", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Đơn vị thực hiện", "Ghi chú")
KEYS = ("code", "name", "max_score", "rule", "units", "note")
_WIDTHS = (18, 90, 18, 60, 45, 26)
_UNITS, _RULE, _MAXIMUM = KEYS.index("units"), KEYS.index("rule"), KEYS.index("max_score")
_MOST_BESIDE = 7
_WORDS = [
    *("ban", "hành", "kế", "hoạch", "cải cách", "thủ tục", "báo cáo", "kiểm tra", "xử lý", "số"),
    *("văn bản", "đúng", "thời gian", "quy định", "tỷ lệ", "hồ sơ", "tiếp nhận", "trực tuyến"),
    *("công khai", "trên", "trang", "thông tin", "điện tử", "của", "cơ quan,", "đơn vị", "UBND"),
    *("(nếu có)", "theo", "Nghị định", "30/2020/NĐ-CP", "tỉnh", "giao", "năm", "2025;", "SIPAS"),
]
_UNIT_TEXTS = (
    "",
    "Văn phòng Sở",
    "Thanh tra",
    "P. KH-TC",
    "Phòng Quản lý năng lượng và Kỹ thuật an toàn môi trường",
    "Văn phòng tổng hợp\nCác phòng, đơn vị báo cáo",
    "Thanh tra tổng hợp. Các phòng, đơn vị thực hiện",
    "Trung tâm Khuyến công; Văn phòng Sở",
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông (Phòng Kế hoạch phối hợp)",
)
_RULES = (
    "",
    "- Có ban hành: 0,5\n- Không ban hành: 0",
    "Ban hành đúng thời gian: điểm tối đa\nBan hành chậm: 50% điểm tối đa\nKhông ban hành: 0",
    "Tính điểm theo công thức: (b/a) x điểm tối đa. Trong đó:\na là tổng số văn bản\nb là số đã xử lý",
    "Mỗi báo cáo chậm trừ 0,25 điểm",
)
_MAXIMA = ("", "1", "0,5", "2,25", "10", "0,125", "1,50")
_NOTES = ("", "", "", "Văn phòng theo dõi", "ĐTXHH", "Số liệu đến 31/12/2025")


@dataclass(frozen=True)
class CriteriaSet:
    """Rows of texts, one for each of KEYS; `spans` has the first and last row of merged units."""

    rows: tuple[tuple[str, ...], ...]
    levels: tuple[int, ...]
    spans: tuple[tuple[int, int], ...] = field(default=())


def criteria_set(seed: int, count: int, numbering: str) -> CriteriaSet:
    """Return `count` rows in a numbering of NUMBERINGS, the same for the same `seed`."""
    chance = random.Random(seed)
    rows: list[tuple[str, ...]] = []
    levels: list[int] = []
    path: tuple[int, ...] = ()
    deepest = chance.randint(1, 5)
    for _ in range(count):
        depths = range(1, min(len(path) + 1, deepest) + 1)
        [depth] = chance.choices(depths, [depth**2 for depth in depths])
        # Behind H a letter I is no numeral for sure; nobody counts fields so far.
        while depth > 1 and len(path) >= depth and path[depth - 1] >= _MOST_BESIDE:
            depth -= 1
        path = (*path[: depth - 1], (path[depth - 1] if len(path) >= depth else 0) + 1)
        if path[0] > _MOST_BESIDE:
            break
        code = written(NUMBERINGS[numbering][depth - 1], path)
        rows.append(
            (
                code,
                _name(chance),
                chance.choice(_MAXIMA),
                chance.choice(_RULES),
                chance.choice(_UNIT_TEXTS),
                chance.choice(_NOTES),
            )
        )
        levels.append(depth)
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        end = min(at + chance.choice((0, 0, 0, 1, 3, 12)), len(rows) - 1)
        if end > at and rows[at][_UNITS]:
            spans.append((at, end))
            for row in range(at, end + 1):
                rows[row] = (*rows[row][:_UNITS], rows[at][_UNITS], *rows[row][_UNITS + 1 :])
        at = end + 1
    return CriteriaSet(tuple(rows), tuple(levels), tuple(spans))


def _name(chance: random.Random) -> str:
    length = chance.choice((3, 20, 60, 120, 300))
    text = chance.choice(("Tỷ", "Ban", "Mức", "Kết", "Xây")) + " "
    while len(text) < length:
        text += chance.choice(_WORDS) + " "
    return text[:300].strip()


# --- the files ---


def write_docx(path: Path, drawn: CriteriaSet, *, headings_again: bool = False) -> Path:
    """Write the set as a Word document with a grid, its units merged down.

    `headings_again` lets each page begin with the headings.
    """
    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    document.add_paragraph("BỘ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2025")
    table = document.add_table(len(drawn.rows) + 1, len(HEADINGS))
    table.style = "Table Grid"
    if headings_again:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    inside = {row for first, last in drawn.spans for row in range(first + 1, last + 1)}
    cells = [list(row.cells) for row in table.rows]
    for at, texts in enumerate((HEADINGS, *drawn.rows)):
        for place, text in enumerate(texts):
            if not (place == _UNITS and at - 1 in inside):
                cells[at][place].text = text
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    for first, last in drawn.spans:
        cells[first + 1][_UNITS].merge(cells[last + 1][_UNITS])
        for paragraph in cells[first + 1][_UNITS].paragraphs[1:]:
            if not paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)
    document.add_paragraph("Nơi nhận: như trên")
    document.save(str(path))
    return path


def write_xlsx(path: Path, drawn: CriteriaSet, *, headings_again: bool = False) -> Path:
    """Write the set as a workbook with borders, its units merged down, maxima as numbers.

    `headings_again` lets each page begin with the headings.
    """
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.append(["BỘ CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2025"])
    sheet.append(HEADINGS)
    for row in drawn.rows:
        maximum = float(row[_MAXIMUM].replace(",", ".")) if row[_MAXIMUM] else None
        sheet.append([*row[:_MAXIMUM], maximum, *row[_MAXIMUM + 1 :]])
    side = Side(style="thin")
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.border = Border(side, side, side, side)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    for first, last in drawn.spans:
        sheet.merge_cells(None, first + 3, _UNITS + 1, last + 3, _UNITS + 1)
    for at, row in enumerate((HEADINGS, *drawn.rows), 2):
        lines = (
            sum(len(line) * 2.6 // width + 1 for line in text.split("\n"))
            for text, width in zip(row, _WIDTHS, strict=True)
        )
        sheet.row_dimensions[at].height = min(409, 16 * max(lines))
    for column, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width / 2
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "2:2" if headings_again else None
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(path)
    return path


# --- what became of it ---


def differences(drawn: CriteriaSet, found: ImportPreview) -> list[str]:
    """Return what did not come back and is not marked as doubtful, as people read it."""
    told: list[str] = []
    if len(found.draft.rows) != len(drawn.rows):
        told.append(f"{len(found.draft.rows)} rows of {len(drawn.rows)}")
    for wanted, level, row, where in zip(
        drawn.rows, drawn.levels, found.draft.rows, found.rows, strict=False
    ):
        maximum = Decimal(wanted[_MAXIMUM].replace(",", ".")) if wanted[_MAXIMUM] else None
        marked = {remark.key for remark in row.remarks}
        came = {
            "code": (row.code, wanted[0]),
            "name": (row.name, wanted[1]),
            "max_score": (row.max_score, maximum),
            "rule": (row.text("rule"), wanted[_RULE]),
            "units": (row.unit_text, wanted[_UNITS]),
            "note": (row.note, wanted[5]),
            "level": (where.level, level),
        }
        told += [
            f"{wanted[0]} {key}: {got!r} for {meant!r}"
            for key, (got, meant) in came.items()
            if got != meant and key not in marked
        ]
    return told
