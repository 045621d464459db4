"""Writes .xls and .ods workbooks by hand, as programs do and as nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

_OF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = (
    " ".join(f'xmlns:{name}="{_OF}:{name}:1.0"' for name in ("office", "table", "text"))
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_FREE, _LAST, _OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512

SHARED_TEXT = 0x00FD
Record = tuple[int, bytes]


def ods(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook with `body` for its tables."""
    content = (
        f"<office:document-content {_NAMESPACES}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, part in {"content.xml": content, **(parts or {})}.items():
            archive.writestr(name, part)
    return packed.getvalue()


def table(rows: str, name: str = "Phiếu") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def table_row(cells: str, repeated: int | str = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def text_cell(paragraphs: str, repeated: int | str = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"{paragraphs}</table:table-cell>"
    )


def xls(
    cells: Iterable[Record],
    shared: Iterable[Record] = (),
    *,
    version: int = 0x0600,
    name: bytes = b"\x01\x00S",
) -> bytes:
    """Return a workbook of one sheet, with more records for the part that sheets share."""

    def common(start: int) -> bytes:
        sheet = (0x0085, struct.pack("<IBB", start, 0, 0) + name)
        return _records([_begin(version, 5), *shared, sheet, (0x000A, b"")])

    content = common(len(common(0))) + _records([_begin(version, 0x10), *cells, (0x000A, b"")])
    return compound_file(content)


def shared_texts(*pieces: bytes, count: int = 1) -> list[Record]:
    first, *rest = pieces
    head = struct.pack("<II", count, count)
    return [(0x00FC, head + first), *((0x003C, piece) for piece in rest)]


def xls_number(row: int, column: int, number: float, style: int = 0) -> Record:
    return 0x0203, struct.pack("<HHHd", row, column, style, number)


def xls_font(*, is_struck: bool, name: bytes = b"\x01\x00A") -> Record:
    """Return a font; Excel 5 and 95 have no byte for the kind of letters in its name."""
    return 0x0031, struct.pack("<5H3Bx", 200, 8 * is_struck, 0, 400, 0, 0, 0, 0) + name


def xls_style(font: int = 0, number_format: int = 0, more: int = 16) -> Record:
    """Return a format of cells; `more` is 12 for Excel 5 and 95."""
    return 0x00E0, struct.pack("<HH", font, number_format) + bytes(more)


def _begin(version: int, kind: int) -> Record:
    return (0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def _records(found: Iterable[Record]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in found)


def compound_file(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file of one stream, in order: header, stream, directory, table."""
    stream = stream.ljust(4096, b"\0")
    content = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    sectors = len(content) // _SECTOR
    directory = _entry("Root Entry", 5, 1, _LAST, 0) + _entry(name, 2, _FREE, 0, len(stream))
    table_sectors = -(-(sectors + 1) // 127)
    following = [*range(1, sectors), _LAST, _LAST, *[_OF_TABLE] * table_sectors]
    following += [_FREE] * (table_sectors * 128 - len(following))
    places = [sectors + 1 + n for n in range(table_sectors)]
    header = b"".join(
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16),
            struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6),
            struct.pack("<9I", 0, table_sectors, sectors, 0, 4096, _LAST, 0, _LAST, 0),
            struct.pack("<109I", *places, *[_FREE] * (109 - len(places))),
        )
    )
    return b"".join(
        (
            header,
            content,
            directory.ljust(_SECTOR, b"\0"),
            struct.pack(f"<{len(following)}I", *following),
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I36xIQ", letters, len(letters) + 2, kind, 1, _FREE, _FREE, child, start, size
    )
