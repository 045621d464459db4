"""What a file is, by its content, and what in it would act: names and endings say little."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Collection, Iterator
from enum import Enum

from cchc_office.files.compound_file import COMPOUND_FILE, look_into
from cchc_office.files.safe_archive import read_directory, start_of
from cchc_office.files.signed_content import is_cms
from cchc_office.files.unreadable_file import UnreadableFileError


class FileKind(Enum):
    """The kinds of files that are told apart; the value is what a clerk calls it."""

    XLSX = "bảng tính Excel (.xlsx)"
    XLSB = "bảng tính Excel nhị phân (.xlsb)"
    XLS = "bảng tính Excel cũ (.xls)"
    ODS = "bảng tính OpenDocument (.ods)"

    OLD_EXCEL = "bảng tính Excel từ trước năm 1995"
    SPREADSHEETML = "bảng tính Excel 2003 dạng XML"
    FLAT_ODS = "bảng tính OpenDocument dạng XML (.fods)"
    APPLE = "tệp của Numbers hoặc Pages (Apple)"
    PASSWORD = "tệp Office có mật khẩu"  # noqa: S105 - a name for people

    ZIP = "tệp nén .zip"
    RAR = "tệp nén .rar"
    SEVEN_ZIP = "tệp nén .7z"
    OTHER_ARCHIVE = "tệp nén kiểu khác (.gz, .tar, .cab …)"
    TRUNCATED_ZIP = "tệp bị cắt cụt"
    TRUNCATED_COMPOUND = "tệp Office cũ bị cắt cụt"

    EML = "thư điện tử (.eml)"
    MAILBOX = "hộp thư gồm nhiều thư (.mbox)"
    MSG = "thư Outlook (.msg)"
    WINMAIL = "gói đính kèm của Outlook (winmail.dat)"
    CMS = "tệp ký số hoặc mã hoá (.p7m)"

    WORD = "văn bản Word (.docx)"
    OLD_WORD = "văn bản Word cũ (.doc, .rtf)"
    ODT = "văn bản OpenDocument (.odt)"
    POWERPOINT = "bản trình chiếu"
    PDF = "tệp PDF"
    HTML = "trang web (HTML)"
    CSV = "bảng dạng chữ (CSV)"
    TEXT = "tệp văn bản thuần (.txt)"
    PICTURE = "ảnh"
    LINK = "lối tắt"
    PROGRAM = "chương trình máy tính"

    EMPTY = "tệp rỗng"
    UNKNOWN = "không nhận ra loại tệp"


SPREADSHEETS = frozenset((FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS))

HEAD_BYTES = 64 * 1024
"""Kinds told by how a file starts show within this many bytes."""


def kind_of(content: bytes) -> FileKind:
    """Tell what `content` is; never raises."""
    start = content[:4]
    if start in _ZIP_STARTS:
        return _kind_of_zip(content)
    if start == COMPOUND_FILE[:4]:
        return _kind_of_compound(content)
    if start.count(0) == len(start) and content.count(0) == len(content):
        return FileKind.EMPTY
    return _kind_by_start(content) or _kind_of_text(content) or _kind_by_end(content)


# --- zip archives, which most office files are ---

_ZIP_STARTS = frozenset((b"PK\x03\x04", b"PK\x05\x06", b"PK00"))
_OPEN_DOCUMENTS = (
    (b"opendocument.spreadsheet", FileKind.ODS),
    (b"opendocument.text", FileKind.ODT),
    (b"opendocument.presentation", FileKind.POWERPOINT),
)
_CONTENT_TYPES = "[content_types].xml"
_MANIFEST = "meta-inf/manifest.xml"


def kind_of_names(names: Collection[str]) -> FileKind:
    """Tell what an archive with entries of these names is; small letters, plain slashes.

    An OpenDocument file is told by what is inside an entry, so it is a ZIP here.
    """
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if _CONTENT_TYPES in names:
        return _kind_of_package(names)
    if "index/document.iwa" in names or "index.zip" in names:
        return FileKind.APPLE
    return FileKind.ZIP


def _kind_of_package(names: Collection[str]) -> FileKind:
    """Tell by the folders, for a package whose main part has a name of its own."""
    folders = {name.partition("/")[0] for name in names}
    if "word" in folders:
        return FileKind.WORD
    if "ppt" in folders:
        return FileKind.POWERPOINT
    if "xl" in folders or any(name.endswith("workbook.xml") for name in names):
        return FileKind.XLSX
    return FileKind.UNKNOWN


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        entries = read_directory(content)
    except UnreadableFileError:
        return FileKind.TRUNCATED_ZIP
    kind = kind_of_names(entries)
    if kind is not FileKind.ZIP:
        return kind
    for told_in in ("mimetype", _MANIFEST):
        if told_in in entries and "content.xml" in entries:
            told = start_of(content, entries[told_in], HEAD_BYTES)
            for mark, open_document in _OPEN_DOCUMENTS:
                if mark in told:
                    return open_document
    return kind


def _kind_by_end(content: bytes) -> FileKind:
    """Tell of an archive with something before it, which programs read by its end all the same."""
    kind = _kind_of_zip(content)
    return FileKind.UNKNOWN if kind is FileKind.TRUNCATED_ZIP else kind


# --- compound files: old Office, encrypted Office, Outlook ---

_COMPOUND_KINDS = (
    ("EncryptedPackage", FileKind.PASSWORD),
    ("EncryptionInfo", FileKind.PASSWORD),
    ("__properties_version1.0", FileKind.MSG),
    ("Workbook", FileKind.XLS),
    ("Book", FileKind.XLS),
    ("WordDocument", FileKind.OLD_WORD),
    ("PowerPoint Document", FileKind.POWERPOINT),
)
_FIRST_RECORDS = 4096
_FILE_PASS = 0x2F
_BEGINNING = 0x09
_WRITE_PROTECT = 0x86
"""Of the records of an .xls file, only this may stand before the one that locks it."""


def _kind_of_compound(content: bytes) -> FileKind:
    try:
        file = look_into(content)
    except UnreadableFileError:
        return FileKind.TRUNCATED_COMPOUND
    for name, kind in _COMPOUND_KINDS:
        if name in file:
            locked = kind is FileKind.XLS and _is_locked(file.start_of(name)[:_FIRST_RECORDS])
            return FileKind.PASSWORD if locked else kind
    return FileKind.UNKNOWN


def _is_locked(stream: bytes) -> bool:
    """Tell whether an .xls file is encrypted: its second record says so ([MS-XLS] 2.4.117)."""
    for number, _ in _records(stream):
        if number == _FILE_PASS:
            return True
        if number & 0xFF != _BEGINNING and number != _WRITE_PROTECT:
            return False
    return False


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<2H", stream, at)
        yield number, stream[at + 4 : at + 4 + size]
        at += 4 + size


# --- files with a mark at their start ---

_MARKS = (
    (b"%PDF", FileKind.PDF),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"PK\x07\x08", FileKind.OTHER_ARCHIVE),  # the first of several volumes
    (b"\x1f\x8b", FileKind.OTHER_ARCHIVE),
    (b"BZh", FileKind.OTHER_ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.OTHER_ARCHIVE),
    (b"MSCF", FileKind.OTHER_ARCHIVE),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind.LINK),
    (b"book\x00\x00\x00\x00mark", FileKind.LINK),  # an alias of macOS
    (b"\x78\x9f\x3e\x22", FileKind.WINMAIL),
    (b"{\\rtf", FileKind.OLD_WORD),
    (b"MZ", FileKind.PROGRAM),
    # Workbooks before Excel 97 can be a bare row of records: the first tells the version.
    (b"\x09\x00\x04\x00", FileKind.OLD_EXCEL),
    (b"\x09\x02\x06\x00", FileKind.OLD_EXCEL),
    (b"\x09\x04\x06\x00", FileKind.OLD_EXCEL),
    (b"\x09\x08\x08\x00", FileKind.OLD_EXCEL),
    (b"\x09\x08\x10\x00", FileKind.OLD_EXCEL),
)
_PHONE_PICTURES = frozenset((b"heic", b"heix", b"hevc", b"heim", b"heif", b"mif1", b"avif"))


def _kind_by_start(content: bytes) -> FileKind | None:
    for mark, kind in _MARKS:
        # Two letters alone could begin a text as well.
        if content.startswith(mark) and (mark != b"MZ" or 0 in content[:64]):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_PICTURES:
        return FileKind.PICTURE
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.PICTURE
    if content.startswith(b"BM") and content[6:10] == b"\0\0\0\0":
        return FileKind.PICTURE
    if is_cms(content):
        return FileKind.CMS
    if content[257:262] == b"ustar":
        return FileKind.OTHER_ARCHIVE
    # A PDF may have other bytes before it; readers look through the first kilobyte.
    return FileKind.PDF if b"%PDF-" in content[:1024] else None


# --- text of all kinds ---

_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADER_LINE = re.compile(r"(?:^From \S[^\n]*\n|^>From [^\n]*\n)?[!-9;-~]+[ \t]*:")
_MAIL_HEADERS = re.compile(
    r"^(from|received|mime-version|return-path|delivered-to|message-id|date|to|subject|x-unsent)"
    r"[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_ONE_OF_A_MAIL = frozenset(("from", "received", "return-path", "delivered-to", "x-unsent", "to"))
_SAVED_PAGE = re.compile(
    r"^(?:x-document-type:|snapshot-content-location:|from:\s*\"?<?saved by )",
    re.MULTILINE | re.IGNORECASE,
)
_FEWEST_MAIL_HEADERS = 2
_HTML_START = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+"
    r"<(?:!doctype\s+html|html|head|body|table|meta|style|title|div|font|center|p|tr)\b",
    re.DOTALL,
)
_LINK_STARTS = ("[internetshortcut]", "[desktop entry]", "[{000214a0")
_SEPARATORS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_LINES_OF_A_TABLE = 20


def _kind_of_text(content: bytes) -> FileKind | None:
    text = _as_text(content[:HEAD_BYTES])
    if text is None:
        return None
    text = text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    for look in _TEXT_LOOKS:
        if kind := look(text):
            break
    else:
        kind = FileKind.CSV if _is_table(text) else FileKind.TEXT
    if kind is FileKind.EML and text.startswith("From ") and b"\nFrom " in content:
        return FileKind.MAILBOX if re.search(rb"\n\r?\nFrom \S", content) else kind
    return kind


def _as_text(head: bytes) -> str | None:
    """Return the start of a text, whatever it is encoded in; None where it is none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    if not _CONTROL_BYTES.search(head):
        return head.decode("utf-8", "replace")
    halves = ((head[0::2], head[1::2], "utf-16-be"), (head[1::2], head[0::2], "utf-16-le"))
    for high, low, encoding in halves:
        # Without a mark at its start: most letters have a zero for their high byte, none for both.
        if len(low) > 1 and not low[:32].count(0) and 2 * high[:32].count(0) > len(high[:32]):
            text = head.decode(encoding, "ignore")
            if all(letter.isprintable() or letter.isspace() for letter in text[:64]):
                return text
    return None


def _as_mail(text: str) -> FileKind | None:
    if not _HEADER_LINE.match(text):
        return None
    head = text.partition("\n\n")[0]
    found = {match.group(1).lower() for match in _MAIL_HEADERS.finditer(head)}
    related = re.search(r"^content-type:\s*multipart/related", head, re.MULTILINE | re.IGNORECASE)
    is_mail = bool(found & _ONE_OF_A_MAIL)
    if _SAVED_PAGE.search(head) or ("mime-version" in found and related and not is_mail):
        return FileKind.HTML
    return FileKind.EML if is_mail and len(found) >= _FEWEST_MAIL_HEADERS else None


def _as_markup(text: str) -> FileKind | None:
    if not text.startswith("<"):
        return None
    start = text[:8192].lower()
    if 'progid="excel.sheet"' in start or "schemas-microsoft-com:office:spreadsheet" in start:
        return FileKind.SPREADSHEETML
    if 'progid="word.document"' in start or "<pkg:package" in start:
        return FileKind.WORD
    if "opendocument.spreadsheet" in start:
        return FileKind.FLAT_ODS
    if "<plist" in start and "<key>url</key>" in start:
        return FileKind.LINK
    return FileKind.HTML if _HTML_START.match(start) else None


def _as_link(text: str) -> FileKind | None:
    start = text[:2048].lower()
    if start.startswith(_LINK_STARTS):
        return FileKind.LINK
    if start.startswith("{") and ('"doc_id"' in start or "docs.google.com" in start):
        return FileKind.LINK
    return None


_TEXT_LOOKS: tuple[Callable[[str], FileKind | None], ...] = (_as_markup, _as_link, _as_mail)


def _is_table(text: str) -> bool:
    """Tell whether the lines are split into columns: a sign that each of them has as often."""
    # Quoted cells hold separators and line breaks of their own.
    rows = _QUOTED.sub("q", text).split("\n")[:_LINES_OF_A_TABLE]
    lines = [line for line in rows if line.strip()]
    # The last of them may be cut off.
    lines = lines[:-1] if len(lines) > 2 else lines
    counts = ([line.count(sign) for line in lines] for sign in _SEPARATORS)
    return len(lines) > 1 and any(min(count) > 0 and max(count) == min(count) for count in counts)


# --- what in a spreadsheet would act, or look elsewhere, if a person opened it: told, never run ---


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

_TYPES_BYTES = 256 * 1024
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
    except UnreadableFileError:
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
    if _CONTENT_TYPES in entries:
        types = start_of(content, entries[_CONTENT_TYPES], _TYPES_BYTES).lower()
        yield from (kind for mark, kind in _BY_TYPE if mark in types)
    if _CONTENT in entries:
        text = start_of(content, entries[_CONTENT], _CONTENT_BYTES)
        yield from (kind for mark, kind in _IN_ODS if mark in text)


def _in_compound(content: bytes) -> Iterator[ActiveContent]:
    file = look_into(content)
    if _VBA_STORAGE in file:
        yield ActiveContent.MACROS
    stream = next((name for name in _STREAMS if name in file), "")
    yield from _in_links(file.start_of(stream))


def _in_links(stream: bytes) -> Iterator[ActiveContent]:
    """Yield what the links of an .xls file lead to: [MS-XLS] 2.4.271."""
    for number, content in _records(stream):
        if number == _SUPBOOK and int.from_bytes(content[2:4], "little") not in (_OWN, _ADD_IN):
            # The name of a program and its topic are parted by a 3 (2.5.277).
            yield ActiveContent.DDE if b"\x03" in content[5:] else ActiveContent.LINKS
