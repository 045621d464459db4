"""What in a spreadsheet would act, or look elsewhere, if a person opened it: told, never run."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import Enum

from cchc_office.files.compound_file import look_into
from cchc_office.files.file_kind import FileKind
from cchc_office.files.safe_archive import read_directory, start_of
from cchc_office.files.unreadable_file import UnreadableFileError


class ActiveContent(Enum):
    """What is told apart; the value is what a clerk calls it."""

    MACROS = "macro"
    DDE = "lệnh DDE gọi chương trình khác"
    CONTROLS = "nút, ô điều khiển ActiveX"
    OBJECTS = "tệp nhúng (OLE)"
    CONNECTIONS = "kết nối tới nguồn dữ liệu bên ngoài"
    LINKS = "liên kết tới bảng tính khác"


_BY_FOLDER = (
    ("xl/vbaproject.bin", ActiveContent.MACROS),
    ("xl/macrosheets/", ActiveContent.MACROS),
    ("xl/dialogsheets/", ActiveContent.MACROS),
    ("basic/", ActiveContent.MACROS),
    ("scripts/", ActiveContent.MACROS),
    ("xl/activex/", ActiveContent.CONTROLS),
    ("xl/embeddings/", ActiveContent.OBJECTS),
    ("xl/connections.", ActiveContent.CONNECTIONS),
    ("xl/externallinks/externallink", ActiveContent.LINKS),
)
"""Where the parts of packages lie: ECMA-376, [MS-OFFMACRO2] and OpenDocument 1.3."""

_TYPES, _TYPES_BYTES = "[content_types].xml", 256 * 1024
_BY_TYPE = (
    (b"vnd.ms-office.vbaproject", ActiveContent.MACROS),
    (b"macrosheet+xml", ActiveContent.MACROS),
    (b"vnd.ms-office.activex", ActiveContent.CONTROLS),
    (b"officedocument.oleobject", ActiveContent.OBJECTS),
    (b"spreadsheetml.connections+xml", ActiveContent.CONNECTIONS),
    (b"spreadsheetml.externallink+xml", ActiveContent.LINKS),
)
"""What parts are, wherever they lie: Excel goes by these, a name may be any."""

_LINK_PARTS, _LINK_BYTES = "xl/externallinks/externallink", 64 * 1024
_DDE_MARKS = (b"ddeLink", b"ddelink")
_CONTENT, _CONTENT_BYTES = "content.xml", 4 * 1024 * 1024
_IN_ODS = (
    (b"<table:dde-link", ActiveContent.DDE),
    (b"<table:table-source", ActiveContent.LINKS),
)
_VBA_STORAGE, _STREAMS = "_VBA_PROJECT_CUR", ("Workbook", "Book")
_SUPBOOK, _OWN, _ADD_IN = 0x01AE, 0x0401, 0x3A01


def active_content(content: bytes, kind: FileKind) -> tuple[ActiveContent, ...]:
    """Return what a spreadsheet holds that acts; never raises, never opens any of it."""
    look = _in_compound if kind is FileKind.XLS else _in_archive
    try:
        found = set(look(content))
    except (UnreadableFileError, struct.error):
        return ()
    if ActiveContent.DDE in found:
        found.discard(ActiveContent.LINKS)
    return tuple(kind for kind in ActiveContent if kind in found)


def _in_archive(content: bytes) -> Iterator[ActiveContent]:
    entries = read_directory(content)
    for name, entry in entries.items():
        for start, kind in _BY_FOLDER:
            if name.startswith(start):
                yield kind
        if name.startswith(_LINK_PARTS):
            part = start_of(content, entry, _LINK_BYTES)
            if any(mark in part for mark in _DDE_MARKS):
                yield ActiveContent.DDE
    if _TYPES in entries:
        types = start_of(content, entries[_TYPES], _TYPES_BYTES).lower()
        yield from (kind for mark, kind in _BY_TYPE if mark in types)
    if _CONTENT in entries:
        text = start_of(content, entries[_CONTENT], _CONTENT_BYTES)
        yield from (kind for mark, kind in _IN_ODS if mark in text)


def _in_compound(content: bytes) -> Iterator[ActiveContent]:
    file = look_into(content)
    if _VBA_STORAGE in file:
        yield ActiveContent.MACROS
    stream = next((name for name in _STREAMS if name in file), "")
    yield from _in_records(file.start_of(stream))


def _in_records(records: bytes) -> Iterator[ActiveContent]:
    """Yield what the links of an .xls file lead to: [MS-XLS] 2.4.271."""
    at = 0
    while at + 8 <= len(records):
        number, size, _, mark = struct.unpack_from("<4H", records, at)
        if number == _SUPBOOK and mark not in (_OWN, _ADD_IN):
            way = records[at + 8 : at + 4 + size]
            # The name of a program and its topic are parted by a 3 (2.5.277).
            yield ActiveContent.DDE if b"\x03" in way[1:] else ActiveContent.LINKS
        at += 4 + size
