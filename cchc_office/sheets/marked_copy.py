"""A copy of a workbook of somebody else's, with remarks at its cells and a list of them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from cchc_office.catalogue.findings import Severity
from cchc_office.sheets.added_sheet import (
    CELL,
    AddedColumn,
    AddedRow,
    AddedSheet,
    add_sheet,
    writable,
)
from cchc_office.sheets.kept_parts import lost_parts
from cchc_office.sheets.look import ATTENTION_FILL

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

FILLS = {Severity.ERROR: "#F8B4B4", Severity.WARNING: ATTENTION_FILL, Severity.NOTE: "#E4DFEC"}
"""Behind the cells that there is something to say of."""

MADE_BY = "cchc kiem-tra --danh-dau"
"""Who is said to have changed a copy last, until a person does."""

_BEGIN, _END = "▼ cchc kiem-tra:", "▲ hết phần của cchc"
_OURS = re.compile(rf"\s*{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
_FORMULA = 'LEN("cchc kiem-tra")>0'
"""What our rules of colour ask, which is always so: the cell's own fill stays what it was."""
_COLUMNS = (
    AddedColumn("Mức độ", 11),
    AddedColumn("Chỗ", 28),
    AddedColumn("Điều cần biết", 48),
    AddedColumn("Cách xử lý", 48),
)
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
    content: bytes,
    marks: Sequence[Mark],
    list_sheet: str,
    remarks: Sequence[str] = (),
    more: Sequence[AddedSheet] = (),
) -> bytes:
    """Return a copy of a workbook with each mark as a comment and a colour, and a sheet of all.

    What somebody wrote stays: comments of theirs stand above ours. The sheet called `list_sheet`
    comes first, with links, below `remarks`, then `more`. What the workbook has of all that from
    before is gone.
    """
    book = _loaded(content)
    _unmark(book, {list_sheet, *(added.name for added in more)})
    at_cells: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.sheet in book.sheetnames and CELL.fullmatch(mark.cell):
            cell = _written_cell(book[mark.sheet], mark.cell)
            at_cells[mark.sheet, cell].append(mark)
    for (sheet, cell), of_cell in at_cells.items():
        _comment(book[sheet], cell, of_cell)
    _colour(book, at_cells)
    for place, added in enumerate((_list_of(list_sheet, marks, remarks), *more)):
        add_sheet(book, added, place)
    _show_first(book)
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


def _unmark(book: Workbook, ours: set[str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.formatting.formatting import ConditionalFormattingList

    for name in ours & set(book.sheetnames):
        del book[name]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and _BEGIN in cell.comment.text:
                    own = _OURS.sub("", cell.comment.text)
                    author = cell.comment.author
                    cell.comment = Comment(own, author) if own.strip() else None
                if cell.comment:
                    _size(cell.comment)
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
    ours = f"{_BEGIN}\n{writable(told)}\n{_END}"
    theirs = cell.comment
    text = f"{theirs.text}\n\n{ours}" if theirs else ours
    cell.comment = Comment(text, (theirs.author if theirs else "") or "cchc")
    _size(cell.comment)


def _size(comment: Comment) -> None:
    """Make a comment's box as high as its text: what it was is not read."""
    lines = sum(1 + len(line) // _COMMENT_LETTERS for line in comment.text.split("\n"))
    comment.width, comment.height = _COMMENT_WIDTH, _COMMENT_LINE * (lines + 1)


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


def _list_of(name: str, marks: Sequence[Mark], remarks: Sequence[str]) -> AddedSheet:
    rows = [
        AddedRow(
            (mark.severity.value, mark.place, mark.sentence, mark.advice),
            fill=FILLS[mark.severity],
            linked=1,
            sheet=mark.sheet,
            cell=mark.cell,
        )
        for mark in marks
    ]
    return AddedSheet(name, remarks, _COLUMNS, rows)


def _show_first(book: Workbook) -> None:
    for sheet in book.worksheets:
        # Of several that are chosen what is typed goes into all.
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
    book.active = 0


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
