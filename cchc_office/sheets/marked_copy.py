"""A copy of a workbook of somebody else's, with remarks at its cells and a list of them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from cchc_office.catalogue.findings import Severity
from cchc_office.sheets.addresses import quoted_sheet
from cchc_office.sheets.kept_parts import lost_parts
from cchc_office.sheets.look import ATTENTION_FILL, HEADING_FILL, LINK_COLOR
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FILLS = {Severity.ERROR: "#F8B4B4", Severity.WARNING: ATTENTION_FILL, Severity.NOTE: "#E4DFEC"}
"""Behind the cells that there is something to say of."""

MADE_BY = "cchc kiem-tra --danh-dau"
"""Who is said to have changed a copy last, until a person does."""

_BEGIN, _END = "▼ cchc kiem-tra:", "▲ hết phần của cchc"
_OURS = re.compile(rf"\s*{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
_FORMULA = 'LEN("cchc kiem-tra")>0'
"""What our rules of colour ask, which is always so: the cell's own fill stays what it was."""
_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]*")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEADINGS = ("Mức độ", "Chỗ", "Điều cần biết", "Cách xử lý")
_WIDTHS = (11.0, 28.0, 48.0, 48.0)
_SIZE = 11
_FONT = "Times New Roman"
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_LETTERS = 380, 19, 52
"""In pixels, and letters of a line."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STYLES = "xl/styles.xml"
_IN_A_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz"),
    *("color", "name", "family", "charset", "scheme"),
)
"""The order of CT_Font (ECMA-376 part 1, annex A.2); openpyxl has one of its own."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


@dataclass(frozen=True)
class Mark:
    """Something to say: of a cell, or of a sheet or the whole file where those are empty."""

    severity: Severity
    place: str
    sentence: str
    advice: str
    sheet: str = ""
    cell: str = ""


def what_a_copy_loses(content: bytes) -> tuple[str, ...]:
    """Return in words what of a workbook no marked copy will have."""
    return lost_parts(content, _saved(_loaded(content)))


def marked_copy(
    content: bytes, marks: Sequence[Mark], list_sheet: str, remarks: Sequence[str] = ()
) -> bytes:
    """Return a copy of a workbook with each mark as a comment and a colour, and a sheet of all.

    What somebody wrote stays: comments of theirs stand above ours. The sheet called `list_sheet`
    comes first, with links, below `remarks`. Marks that the workbook has from before are gone.
    """
    book = _loaded(content)
    _unmark(book, list_sheet)
    at_cells: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.sheet in book.sheetnames and _CELL.fullmatch(mark.cell):
            cell = _written_cell(book[mark.sheet], mark.cell)
            at_cells[mark.sheet, cell].append(mark)
    for (sheet, cell), of_cell in at_cells.items():
        _comment(book[sheet], cell, of_cell)
    _colour(book, at_cells)
    _write_list(book, list_sheet, marks, remarks)
    book.properties.lastModifiedBy = MADE_BY
    return _completed(content, _saved(book))


def is_untouched(content: bytes) -> bool:
    """Tell whether a file is a marked copy that nobody saved since it was written."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            properties = etree.fromstring(book.read("docProps/core.xml"), _PARSER)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return False
    return properties.findtext(".//{*}lastModifiedBy") == MADE_BY


def _loaded(content: bytes) -> Workbook:
    from openpyxl import load_workbook  # only whoever marks need load it

    has_macros = "xl/vbaProject.bin" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is lost is told in words of ours
        return load_workbook(io.BytesIO(content), rich_text=True, keep_vba=has_macros)


def _saved(book: Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _unmark(book: Workbook, list_sheet: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.formatting.formatting import ConditionalFormattingList

    if list_sheet in book.sheetnames:
        del book[list_sheet]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and _BEGIN in cell.comment.text:
                    own = _OURS.sub("", cell.comment.text)
                    author = cell.comment.author
                    cell.comment = Comment(own, author) if own.strip() else None
        kept = ConditionalFormattingList()
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                if _FORMULA not in rule.formula:
                    rule.priority += len(FILLS)  # ours are seen above the others
                    kept.add(str(area.sqref), rule)
        sheet.conditional_formatting = kept


def _written_cell(sheet: Worksheet, address: str) -> str:
    """Return the address of a cell, of a merged one that of its first."""
    address = address.replace("$", "")
    merged = (area for area in sheet.merged_cells.ranges if address in area)
    return next((str(area.start_cell.coordinate) for area in merged), address)


def _comment(sheet: Worksheet, address: str, marks: Sequence[Mark]) -> None:
    from openpyxl.comments import Comment

    cell = sheet[address]
    told = "\n".join(f"{m.severity.value}: {m.sentence} {m.advice}".strip() for m in marks)
    ours = f"{_BEGIN}\n{_writable(told)}\n{_END}"
    theirs = cell.comment
    text = f"{theirs.text}\n\n{ours}" if theirs else ours
    lines = sum(1 + len(line) // _COMMENT_LETTERS for line in text.split("\n"))
    comment = Comment(text, (theirs.author if theirs else "") or "cchc")
    comment.width, comment.height = _COMMENT_WIDTH, _COMMENT_LINE * (lines + 1)
    cell.comment = comment


def _colour(book: Workbook, at_cells: Mapping[tuple[str, str], Sequence[Mark]]) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    order = list(FILLS)
    cells: dict[tuple[str, Severity], list[str]] = defaultdict(list)
    for (sheet, cell), marks in at_cells.items():
        cells[sheet, min((m.severity for m in marks), key=order.index)].append(cell)
    for (sheet, severity), addresses in cells.items():
        fill = PatternFill(bgColor=FILLS[severity].removeprefix("#"), fill_type="solid")
        rule = Rule(
            type="expression",
            dxf=DifferentialStyle(fill=fill),
            formula=[_FORMULA],
            priority=1 + order.index(severity),
        )
        book[sheet].conditional_formatting.add(" ".join(addresses), rule)


def _write_list(book: Workbook, name: str, marks: Sequence[Mark], remarks: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet: Any = book.create_sheet(name, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet  # or what is typed goes into all of them
    book.active = 0
    line = Side(style="thin", color="808080")
    border = Border(left=line, right=line, top=line, bottom=line)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, remark in enumerate(remarks, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
        cell = sheet.cell(row, 1, _writable(remark))
        cell.font, cell.alignment = Font(name=_FONT, size=_SIZE, bold=row == 1), wrapped
        _fit(sheet, row, [(remark, sum(_WIDTHS))])
    first = len(remarks) + 1
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(first, column, heading)
        cell.font = Font(name=_FONT, size=_SIZE, bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADING_FILL.removeprefix("#"))
        cell.border, cell.alignment = border, Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width
    for row, mark in enumerate(marks, start=first + 1):
        texts = (mark.severity.value, mark.place, mark.sentence, mark.advice)
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column)
            cell.value = _writable(text)
            cell.data_type = "s"  # never a formula
            cell.font, cell.alignment = Font(name=_FONT, size=_SIZE), wrapped
            cell.border = border
        colour = FILLS[mark.severity].removeprefix("#")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=colour)
        _link(book, sheet.cell(row, 2), mark)
        _fit(sheet, row, list(zip(texts, _WIDTHS, strict=True)))
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _writable(text: str) -> str:
    """Return a text without the letters that no part of a workbook can hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _link(book: Workbook, cell: Any, mark: Mark) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if mark.sheet not in book.sheetnames:
        return
    to = mark.cell if _CELL.fullmatch(mark.cell) else "A1"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quoted_sheet(mark.sheet)}!{to}")
    colour = LINK_COLOR.removeprefix("#")
    cell.font = Font(name=_FONT, size=_SIZE, color=colour, underline="single")


def _fit(sheet: Any, row: int, texts: Sequence[tuple[str, float]]) -> None:
    lines = max(lines_in_cell(text, width, _SIZE) for text, width in texts)
    sheet.row_dimensions[row].height = max(lines, 1) * _SIZE * LINE_HEIGHT + 4


def _completed(before: bytes, after: bytes) -> bytes:
    """Return the copy with what openpyxl leaves: the values of formulas, the order within fonts."""
    filled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(before)) as old,
        zipfile.ZipFile(io.BytesIO(after)) as new,
        zipfile.ZipFile(filled, "w", zipfile.ZIP_DEFLATED) as book,
    ):
        parts, sources = dict(_sheets(new)), dict(_sheets(old))
        sheets = {part: sources[name] for name, part in parts.items() if name in sources}
        for info in new.infolist():
            content = new.read(info)
            if info.filename in sheets and b"<f" in content:
                content = _sheet_with_values(old.read(sheets[info.filename]), content)
            elif info.filename == _STYLES:
                content = _with_fonts_in_order(content)
            book.writestr(info, content)
    return filled.getvalue()


def _sheet_with_values(before: bytes, after: bytes) -> bytes:
    cells = etree.fromstring(before, _PARSER).iter(f"{_MAIN}c")
    values = {cell.get("r"): cell for cell in cells if cell.find(f"{_MAIN}f") is not None}
    root = etree.fromstring(after, _PARSER)
    for cell in root.iter(f"{_MAIN}c"):
        source = values.get(cell.get("r"))
        if source is None or cell.find(f"{_MAIN}f") is None:
            continue
        value = cell.find(f"{_MAIN}v")
        if value is None:
            value = etree.SubElement(cell, f"{_MAIN}v")
        value.text = source.findtext(f"{_MAIN}v")
        cell.attrib.pop("t", "")
        if kind := source.get("t"):
            cell.set("t", kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_fonts_in_order(styles: bytes) -> bytes:
    root = etree.fromstring(styles, _PARSER)
    for font in root.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda of: _IN_A_FONT.index(etree.QName(of).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet with that of its part."""
    relations = etree.fromstring(book.read("xl/_rels/workbook.xml.rels"), _PARSER)
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    for sheet in etree.fromstring(book.read("xl/workbook.xml"), _PARSER).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name") or "", part
