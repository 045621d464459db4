"""How a sheet of an .xlsx workbook is shown (ECMA-376 part 1, 18.3): read apart from its values.

Returned forms are read for their values only; who takes an office's own table over asks for this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.addresses import column_number
from cchc_office.sheets.reading import xlsx_cells, xml_parts
from cchc_office.sheets.reading.display import (
    MM_PER_INDENT,
    PLAIN_FORMAT,
    CellFormat,
    DisplayCollector,
    SheetDisplay,
)

_PREFIX = rb"(?:[A-Za-z][A-Za-z0-9]*:)?"
_ROW_OR_CELL = re.compile(rb"<" + _PREFIX + rb"(row|c)\b([^<>]*)>")
_COLUMN = re.compile(rb"<" + _PREFIX + rb"col\b([^<>]*)>")
_DEFAULT_ROW = re.compile(rb"<" + _PREFIX + rb"sheetFormatPr\b([^<>]*)>")
_PAGE_EDGE = re.compile(
    rb"<" + _PREFIX + rb"(?:odd|even|first)(?:Header|Footer)\b[^<>]*>([^<>]*)</"
)
_ATTRIBUTE = re.compile(rb"""([A-Za-z]+)\s*=\s*["']([^"']*)["']""")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_PAGE_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&&|&.')
_ON = (b"1", b"true", b"on")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STRICT_DRAWING = "{http://purl.oclc.org/ooxml/drawingml/main}"
_OFF = frozenset(("0", "false", "off"))


def read_display(
    part: bytes, formats: Mapping[bytes, CellFormat], archive: SafeArchive, name: str
) -> SheetDisplay:
    """Return how the sheet in `part`, which is called `name` in its archive, is shown."""
    found = DisplayCollector()
    _take_columns(part, found)
    _take_rows(part, formats, found)
    for edge in _PAGE_EDGE.findall(part):
        text = xml_parts.unescaped(edge.decode("utf-8", "replace"))
        found.page_edges.append(" ".join(_PAGE_CODE.sub(" ", text).split()))
    try:
        _take_pinned(archive, name, found)
    except UnreadableFileError:
        found.boxes.append("(phần nhận xét, hình vẽ của trang này hỏng, không đọc được)")
    return found.display()


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(text))


def _number(text: bytes | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 0


def _take_columns(part: bytes, found: DisplayCollector) -> None:
    for text in _COLUMN.findall(part):
        given = _attributes(text)
        if given.get(b"hidden") in _ON or _is_nought(given.get(b"width")):
            found.hide_columns(_number(given.get(b"min")) - 1, _number(given.get(b"max")) - 1)


def _is_nought(text: bytes | None) -> bool:
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False


def _take_rows(part: bytes, formats: Mapping[bytes, CellFormat], found: DisplayCollector) -> None:
    default = _DEFAULT_ROW.search(part)
    hides_others = default is not None and _attributes(default[1]).get(b"zeroHeight") in _ON
    row = column = 0
    for kind, text in _ROW_OR_CELL.findall(part):
        given = _attributes(text)
        if kind == b"row":
            told, column = _number(given.get(b"r")) or row + 1, 0
            if hides_others:
                found.hide_rows(row, told - 2)
            row = told
            if given.get(b"hidden") in _ON or _is_nought(given.get(b"ht")):
                found.hide_rows(row - 1, row - 1)
            continue
        match = _ADDRESS.fullmatch(given.get(b"r", b"").decode("ascii", "replace"))
        column = column_number(match[1]) if match else column + 1
        look = formats.get(given.get(b"s", b"0"))
        if look is not None and not text.endswith(b"/"):
            found.formats[row - 1, column - 1] = look


# --- the formats of cells ---


def read_formats(part: bytes) -> dict[bytes, CellFormat]:
    """Return the cell styles by number that look like more than plain text."""
    if not part:
        return {}
    root = xml_parts.parse_xml(part)
    own = xml_parts.vocabulary(root)
    fonts = [
        (_is_on(font, f"{own}b"), _is_on(font, f"{own}i"))
        for font in root.iterfind(f"{own}fonts/{own}font")
    ]
    formats: dict[bytes, CellFormat] = {}
    for number, style in enumerate(root.iterfind(f"{own}cellXfs/{own}xf")):
        font = int(text) if (text := style.get("fontId", "0")).isdecimal() else 0
        bold, italic = fonts[font] if font < len(fonts) else (False, False)
        alignment = style.find(f"{own}alignment")
        look = CellFormat(bold, italic, *_aligned(alignment))
        if look != PLAIN_FORMAT:
            formats[b"%d" % number] = look
    return formats


def _is_on(font: ElementTree.Element, tag: str) -> bool:
    found = font.find(tag)
    return found is not None and found.get("val", "1").strip().lower() not in _OFF


def _aligned(alignment: ElementTree.Element | None) -> tuple[bool, float]:
    if alignment is None:
        return False, 0.0
    steps = alignment.get("indent", "0")
    indent = int(steps) if steps.isdecimal() and len(steps) < 4 else 0
    is_centred = alignment.get("horizontal", "") in {"center", "centerContinuous"}
    return is_centred, round(indent * MM_PER_INDENT, 1)


# --- comments and text boxes: parts of their own ---


def _take_pinned(archive: SafeArchive, name: str, found: DisplayCollector) -> None:
    folder, _, file = name.rpartition("/")
    for link in xml_parts.links_of(archive, f"{folder}/_rels/{file}.rels"):
        kind = xml_parts.kind_of_link(link)
        part = xml_parts.resolved(folder, link.get("Target", ""))
        if part not in archive or kind not in {"comments", "drawing"}:
            continue
        root = xml_parts.parse_xml(archive.read(part))
        if kind == "comments":
            found.comments += _comments(root)
        else:
            found.boxes += _boxes(root)


def _comments(root: ElementTree.Element) -> Iterator[tuple[int, int, str]]:
    own = xml_parts.vocabulary(root)
    for comment in root.iter(f"{own}comment"):
        address = _ADDRESS.fullmatch(comment.get("ref", ""))
        text = comment.find(f"{own}text")
        if address and text is not None:
            row, column = int(address[2]) - 1, column_number(address[1]) - 1
            yield row, column, xlsx_cells.text_of(text)


def _boxes(root: ElementTree.Element) -> Iterator[str]:
    own = xml_parts.vocabulary(root)
    for shape in root.iter(f"{own}sp"):
        lines = (
            "".join(piece.text or "" for piece in paragraph.iter(f"{names}t"))
            for names in (_DRAWING, _STRICT_DRAWING)
            for paragraph in shape.iter(f"{names}p")
        )
        yield " ".join(filter(None, lines))
