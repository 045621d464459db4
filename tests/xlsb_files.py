"""Writes .xlsb workbooks ([MS-XLSB]): no program on Linux does.

Only what a reader of values needs: sheets, cells, shared texts and number formats.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl

_TYPES = "application/vnd.ms-excel"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ERRORS = {"#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}
PLAIN, DAY, MOMENT, TIME, DURATION, STRUCK = range(6)
"""The formats of cells that every workbook here has."""
_FORMATS = {MOMENT: (164, "dd/mm/yyyy hh:mm:ss"), DURATION: (165, "[h]:mm:ss")}


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record of BIFF12."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    while length > 0x7F:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + content


def text(words: str) -> bytes:
    encoded = words.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def rich_text(words: str, runs: Iterable[tuple[int, int]]) -> bytes:
    """Return a text with runs: where each begins, and the number of its font (1 crosses out)."""
    pairs = [struct.pack("<HH", *run) for run in runs]
    return b"\x01" + text(words) + struct.pack("<I", len(pairs)) + b"".join(pairs)


def row(number: int) -> bytes:
    return record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))


def cell(kind: int, column: int, content: bytes, style: int = PLAIN) -> bytes:
    return record(kind, struct.pack("<II", column, style) + content)


def no_formula() -> bytes:
    """Return the end of a formula's record: its flags, and the formula 0."""
    return struct.pack("<H", 0) + struct.pack("<I", 3) + b"\x1e\x00\x00" + struct.pack("<I", 0)


def sheet(cells: bytes) -> bytes:
    """Return the part of a sheet around the records of its rows and cells."""
    return b"".join(
        (
            record(129),
            record(148, struct.pack("<4I", 0, 0, 0, 0)),
            record(145),
            cells,
            record(146),
            record(130),
        )
    )


def workbook(
    sheets: Mapping[str, bytes],
    texts: Iterable[str | bytes] = (),
    *,
    from_1904: bool = False,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a workbook with the parts of its sheets given, and `parts` more."""
    found = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _links([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": _list_of_sheets(sheets, from_1904=from_1904),
        "xl/_rels/workbook.bin.rels": _links(
            [("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)]
            + [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
        ),
        "xl/styles.bin": _styles(),
        "xl/sharedStrings.bin": _shared(list(texts)),
        **{f"xl/worksheets/sheet{n}.bin": part for n, part in enumerate(sheets.values(), 1)},
        **(parts or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return packed.getvalue()


def as_xlsb(path: Path) -> bytes:
    """Return the workbook at `path`, an .xlsx file, as .xlsb; formulas by their stored results."""
    book = openpyxl.load_workbook(path, data_only=True)
    texts: dict[str, int] = {}
    sheets = {}
    for found in book.worksheets:
        pieces = []
        for number, cells in enumerate(found.iter_rows(values_only=True)):
            written = [
                _written(column, value, texts)
                for column, value in enumerate(cells)
                if value is not None
            ]
            if written:
                pieces += [row(number), *written]
        sheets[found.title] = sheet(b"".join(pieces))
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("docProps/")]
        return workbook(sheets, texts, parts={name: archive.read(name) for name in names})


def _written(column: int, value: object, texts: dict[str, int]) -> bytes:
    if isinstance(value, bool):
        return cell(4, column, bytes([value]))
    if isinstance(value, dt.datetime):
        days = (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
        return cell(5, column, struct.pack("<d", days), MOMENT)
    if isinstance(value, dt.time):
        moment = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return cell(5, column, struct.pack("<d", moment / dt.timedelta(days=1)), TIME)
    if isinstance(value, dt.timedelta):
        return cell(5, column, struct.pack("<d", value / dt.timedelta(days=1)), DURATION)
    if isinstance(value, int) and abs(value) < 2**29:
        return cell(2, column, struct.pack("<i", value << 2 | 2))
    if isinstance(value, int | float):
        return cell(5, column, struct.pack("<d", value))
    words = str(value)
    if words in ERRORS:
        return cell(11, column, bytes([ERRORS[words]]) + no_formula())
    return cell(7, column, struct.pack("<I", texts.setdefault(words, len(texts))))


def _list_of_sheets(sheets: Iterable[str], *, from_1904: bool) -> bytes:
    listed = b"".join(
        record(156, struct.pack("<II", 0, n) + text(f"rId{n}") + text(name))
        for n, name in enumerate(sheets, 1)
    )
    properties = record(153, struct.pack("<II", int(from_1904), 124226) + text(""))
    return b"".join((record(131), properties, record(143), listed, record(144), record(132)))


def _shared(texts: list[str | bytes]) -> bytes:
    items = b"".join(
        record(19, words if isinstance(words, bytes) else b"\0" + text(words)) for words in texts
    )
    return record(159, struct.pack("<II", len(texts), len(texts))) + items + record(160)


def _styles() -> bytes:
    formats = b"".join(
        record(44, struct.pack("<H", id_) + text(code)) for id_, code in _FORMATS.values()
    )
    ids = (0, 14, _FORMATS[MOMENT][0], 21, _FORMATS[DURATION][0], 0)
    fonts = b"".join(
        record(
            43,
            struct.pack("<HHHHBBBB", 220, options, 400, 0, 0, 2, 0, 0)
            + bytes([7, 1, 0, 0, 0, 0, 0, 255])
            + bytes([2])
            + text("Calibri"),
        )
        for options in (0, 8)
    )
    fill = record(45, struct.pack("<I", 0) + bytes(8) + bytes(8) + bytes(4 + 5 * 8 + 4))
    border = record(46, bytes([0]) + (bytes(2) + bytes(8)) * 5)

    def cell_formats(parent: int, formats_of: Iterable[int]) -> bytes:
        return b"".join(
            record(
                47,
                struct.pack(
                    "<HHHHHBBHBB", parent, id_, int(n == STRUCK), 0, 0, 0, 0, 0, 0x10, 0x01
                ),
            )
            for n, id_ in enumerate(formats_of)
        )

    def group(begin: int, content: bytes, count: int) -> bytes:
        return record(begin, struct.pack("<I", count)) + content + record(begin + 1)

    return b"".join(
        (
            record(278),
            group(615, formats, len(_FORMATS)),
            group(611, fonts, 2),
            group(603, fill, 1),
            group(613, border, 1),
            group(626, cell_formats(0xFFFF, (0,)), 1),
            group(617, cell_formats(0, ids), len(ids)),
            record(279),
        )
    )


def _links(links: list[tuple[str, str]]) -> bytes:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target={quoteattr(target)}/>'
            for n, (kind, target) in enumerate(links, 1)
        )
        + "</Relationships>"
    ).encode()


def _content_types(count: int) -> bytes:
    parts = {
        "/xl/workbook.bin": "sheet.binary.macroEnabled.main",
        "/xl/styles.bin": "styles",
        "/xl/sharedStrings.bin": "sharedStrings",
        **{f"/xl/worksheets/sheet{n}.bin": "worksheet" for n in range(1, count + 1)},
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="{name}" ContentType="{_TYPES}.{kind}"/>'
            for name, kind in parts.items()
        )
        + "</Types>"
    ).encode()
