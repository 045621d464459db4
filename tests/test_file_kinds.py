"""What came back is told by its content, and each kind by a finding that says what to do."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.file_kind import SPREADSHEETS, FileKind, kind_of
from cchc_office.returns.sources import _CODES, SourceFile, sources_in

from .compound_files import compound_file

BIFF8 = bytes.fromhex("0908100000060500bb0dcc0700000000060000 00")
LOCK_RECORD = struct.pack("<HHH", 0x2F, 2, 0)


def archive(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return packed.getvalue()


def workbook() -> bytes:
    packed = io.BytesIO()
    openpyxl.Workbook().save(packed)
    return packed.getvalue()


def letter() -> bytes:
    packed = io.BytesIO()
    docx.Document().save(packed)
    return packed.getvalue()


def tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as target:
        target.addfile(tarfile.TarInfo("phieu.xlsx"))
    return packed.getvalue()


def open_document(kind: str, *, plain_mark: bool = True) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    manifest = b'<manifest:file-entry manifest:full-path="/" manifest:media-type="%b"/>' % mime
    rest = {"content.xml": b"<office:document-content/>", "META-INF/manifest.xml": manifest}
    return archive({"mimetype": mime, **rest} if plain_mark else rest)


SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
PART = b"<x/>"
TYPES = {"[Content_Types].xml": PART}
MAIL = "From: Phòng A <a@so.example>\r\nDate: Mon, 4 Nov 2024 08:00:00 +0700\r\n\r\nKính gửi\r\n"
HTML = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1</table></html>"
EXCEL_XML = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'
WEB_ARCHIVE = "MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related;\n\n"
SAVED_PAGE = "From: <Saved by Blink>\nSnapshot-Content-Location: http://a\nMIME-Version: 1.0\n\n"

WORKBOOKS = {
    "openpyxl": (workbook(), FileKind.XLSX),
    "macros": (
        archive({**TYPES, "xl/workbook.xml": PART, "xl/vbaProject.bin": b""}),
        FileKind.XLSX,
    ),
    "backslashes": (archive({**TYPES, "xl\\Workbook.xml": PART}), FileKind.XLSX),
    "own name of the part": (archive({**TYPES, "xl/book2.xml": PART}), FileKind.XLSX),
    "binary": (archive({**TYPES, "xl/workbook.bin": b"x"}), FileKind.XLSB),
    "ods": (open_document("spreadsheet"), FileKind.ODS),
    "ods by its list": (open_document("spreadsheet", plain_mark=False), FileKind.ODS),
    "xls": (compound_file({"Workbook": BIFF8}), FileKind.XLS),
    "excel 95": (compound_file({"Book": BIFF8}), FileKind.XLS),
    "xls with a letter in it": (
        compound_file({"Workbook": BIFF8}, {"MBD0001": {"WordDocument": b"x"}}),
        FileKind.XLS,
    ),
}

OTHERS = {
    "empty": (b"", FileKind.EMPTY, Code.FILE_EMPTY),
    "zeros": (bytes(20_000), FileKind.EMPTY, Code.FILE_EMPTY),
    "cut workbook": (workbook()[:-200], FileKind.TRUNCATED_ZIP, Code.FILE_TRUNCATED),
    "cut head": (b"PK\x03\x04 broken", FileKind.TRUNCATED_ZIP, Code.FILE_TRUNCATED),
    "cut xls": (
        compound_file({"Workbook": BIFF8})[:3000],
        FileKind.TRUNCATED_COMPOUND,
        Code.FILE_TRUNCATED,
    ),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", FileKind.PDF, Code.FILE_IS_PDF),
    "pdf after a mark": (b"\xef\xbb\xbf%PDF-1.4\n", FileKind.PDF, Code.FILE_IS_PDF),
    "word": (letter(), FileKind.WORD, Code.FILE_IS_WORD),
    "old word": (compound_file({"WordDocument": b"x"}), FileKind.OLD_WORD, Code.FILE_IS_OLD_WORD),
    "old word with a sheet in it": (
        compound_file({"WordDocument": b"x"}, {"ObjectPool": {"Workbook": BIFF8}}),
        FileKind.OLD_WORD,
        Code.FILE_IS_OLD_WORD,
    ),
    "rtf": (b"{\\rtf1\\ansi Phi\\'eau}", FileKind.OLD_WORD, Code.FILE_IS_OLD_WORD),
    "odt": (open_document("text"), FileKind.ODT, Code.FILE_IS_ODT),
    "odp": (open_document("presentation"), FileKind.POWERPOINT, Code.FILE_IS_POWERPOINT),
    "slides": (
        archive({**TYPES, "ppt/presentation.xml": PART}),
        FileKind.POWERPOINT,
        Code.FILE_IS_POWERPOINT,
    ),
    "png": (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE, Code.FILE_IS_PICTURE),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.PICTURE, Code.FILE_IS_PICTURE),
    "phone": (b"\0\0\0\x18ftypheic\0\0\0\0", FileKind.PICTURE, Code.FILE_IS_PICTURE),
    "scan": (b"II*\0\x08\0\0\0", FileKind.PICTURE, Code.FILE_IS_PICTURE),
    "bmp": (b"BM" + struct.pack("<4L", 70, 0, 54, 40), FileKind.PICTURE, Code.FILE_IS_PICTURE),
    "html": (HTML.encode(), FileKind.HTML, Code.FILE_IS_HTML),
    "html with a mark": (HTML.encode("utf-8-sig"), FileKind.HTML, Code.FILE_IS_HTML),
    "html in two bytes": (HTML.encode("utf-16"), FileKind.HTML, Code.FILE_IS_HTML),
    "html in two bytes, no mark": (HTML.encode("utf-16-le"), FileKind.HTML, Code.FILE_IS_HTML),
    "web archive": (WEB_ARCHIVE.encode(), FileKind.HTML, Code.FILE_IS_HTML),
    "saved page": (SAVED_PAGE.encode(), FileKind.HTML, Code.FILE_IS_HTML),
    "excel 2003": (EXCEL_XML.encode(), FileKind.SPREADSHEETML, Code.FILE_IS_EXCEL_XML),
    "fods": (
        f'<?xml version="1.0"?><office:document office:mimetype="{SPREADSHEET}"/>'.encode(),
        FileKind.FLAT_ODS,
        Code.FILE_IS_FLAT_ODS,
    ),
    "numbers": (archive({"Index/Document.iwa": b"x"}), FileKind.APPLE, Code.FILE_IS_APPLE),
    "csv": ("STT;Điểm\n1.1;0,5\n1.2;1\n".encode(), FileKind.CSV, Code.FILE_IS_CSV),
    "csv with quotes": (
        'STT,"Tên, tiêu chí",Điểm\n1,"Kế hoạch",2\n2,"a, b\nc",3\n3,x,1\n'.encode(),
        FileKind.CSV,
        Code.FILE_IS_CSV,
    ),
    "csv of windows": ("STT\tĐiểm\n1.1\t0,5\n".encode("utf-16"), FileKind.CSV, Code.FILE_IS_CSV),
    "text": ("Đơn vị gửi phiếu sau.".encode(), FileKind.TEXT, Code.FILE_IS_TEXT),
    "old letters": (b"\xa7\xac n v\xde g\xf6i phi\xd5u", FileKind.TEXT, Code.FILE_IS_TEXT),
    "rar": (b"Rar!\x1a\x07\x01\x00", FileKind.RAR, Code.ARCHIVE_OF_OTHER_KIND),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind.SEVEN_ZIP, Code.ARCHIVE_OF_OTHER_KIND),
    "gz": (gzip.compress(b"x"), FileKind.OTHER_ARCHIVE, Code.ARCHIVE_OF_OTHER_KIND),
    "tar": (tar(), FileKind.OTHER_ARCHIVE, Code.ARCHIVE_OF_OTHER_KIND),
    "old excel": (b"\x09\x04\x06\x00\x00\x00\x10\x00", FileKind.OLD_EXCEL, Code.FILE_IS_OLD_EXCEL),
    "outlook": (
        compound_file({"__properties_version1.0": b"x"}, {"__attach": {"Workbook": BIFF8}}),
        FileKind.MSG,
        Code.FILE_IS_OUTLOOK_MESSAGE,
    ),
    "winmail": (b"\x78\x9f\x3e\x22\x01\x00", FileKind.WINMAIL, Code.FILE_IS_WINMAIL),
    "mail without files": (MAIL.encode(), FileKind.EML, Code.MESSAGE_WITHOUT_FILES),
    "mailbox": (
        f"From a Mon Nov  4\n{MAIL}\nFrom b Mon Nov  4\n{MAIL}".replace("\r", "").encode(),
        FileKind.MAILBOX,
        Code.FILE_IS_MAILBOX,
    ),
    "lnk": (b"L\0\0\0\x01\x14\x02\0" + bytes(68), FileKind.LINK, Code.FILE_IS_LINK),
    "url": (b"[InternetShortcut]\r\nURL=https://a.example\r\n", FileKind.LINK, Code.FILE_IS_LINK),
    "gsheet": (b'{"doc_id": "1x", "email": "a@b"}', FileKind.LINK, Code.FILE_IS_LINK),
    "program": (b"MZ\x90\0\x03\0\0\0", FileKind.PROGRAM, Code.FILE_IS_PROGRAM),
    "empty zip": (archive({}), FileKind.ZIP, Code.CONTAINER_EMPTY),
    "other package": (
        archive({**TYPES, "visio/a.xml": PART}),
        FileKind.UNKNOWN,
        Code.NOT_A_WORKBOOK,
    ),
    "other compound": (
        compound_file({"VisioDocument": b"x"}),
        FileKind.UNKNOWN,
        Code.NOT_A_WORKBOOK,
    ),
    "noise": (b"\x01\x02\x03\x04\x05\x06\x07", FileKind.UNKNOWN, Code.NOT_A_WORKBOOK),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks_are_told_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    content, kind = WORKBOOKS[name]
    path = tmp_path / "phieu.pdf"
    path.write_bytes(content)
    (source,) = sources_in(path, path.name)
    assert isinstance(source, SourceFile)
    assert (source.kind, source.content) == (kind, content)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_workbook_says_what_it_is(tmp_path: Path, name: str) -> None:
    content, kind, code = OTHERS[name]
    assert kind_of(content) is kind
    path = tmp_path / "CCHC-2024-VP.xlsx"
    path.write_bytes(content)
    (finding,) = sources_in(path, path.name)
    assert isinstance(finding, Finding)
    assert (finding.code, finding.file) == (code, path.name)


def test_locked_files_are_told_from_open_ones() -> None:
    locked_xls = compound_file({"Workbook": BIFF8 + LOCK_RECORD})
    write_protected = struct.pack("<HH", 0x86, 0)
    assert kind_of(locked_xls) is FileKind.PASSWORD
    assert kind_of(compound_file({"Workbook": BIFF8 + write_protected + LOCK_RECORD})) is (
        FileKind.PASSWORD
    )
    later = BIFF8 + struct.pack("<HHH", 0xE1, 2, 1200) + LOCK_RECORD
    assert kind_of(compound_file({"Workbook": later})) is FileKind.XLS
    assert kind_of(compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})) is (
        FileKind.PASSWORD
    )


def test_an_archive_of_workbooks_is_no_workbook() -> None:
    inside = {"a/xl/workbook.xml.xlsx": workbook(), "b.xlsx": workbook()}
    assert kind_of(archive(inside, zipfile.ZIP_STORED)) is FileKind.ZIP


def test_an_archive_with_its_directory_in_long_numbers_is_told() -> None:
    content = workbook()
    at = content.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack_from("<H2L", content, at + 10)
    long_end = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    long = content[:at] + long_end + locator + end
    assert len(zipfile.ZipFile(io.BytesIO(long)).namelist()) == count
    assert kind_of(long) is FileKind.XLSX


def test_a_long_end_that_is_cut_off_is_told() -> None:
    """Whoever asked what such a file is got an error of struct."""
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert kind_of(b"PK\x03\x04" + b"PK\x06\x06" + end) is FileKind.TRUNCATED_ZIP


def test_tables_that_run_in_circles_end() -> None:
    content = bytearray(compound_file({"Workbook": BIFF8}))
    (first,) = struct.unpack_from("<L", content, 48)
    struct.pack_into("<L", content, 512 + first * 4, first)  # the directory follows itself
    assert kind_of(bytes(content)) in (FileKind.TRUNCATED_COMPOUND, FileKind.XLS)


@given(st.sampled_from([c for c, *_ in (*WORKBOOKS.values(), *OTHERS.values())]), st.data())
def test_damage_is_told_and_never_raised(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content[: data.draw(st.integers(0, len(content)))])
    for _ in range(min(3, len(damaged))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    assert isinstance(kind_of(bytes(damaged)), FileKind)


def test_every_kind_leads_somewhere() -> None:
    """A kind that nothing was decided for would be a damaged file to the clerk."""
    assert {*_CODES, *SPREADSHEETS, FileKind.PASSWORD} == set(FileKind)
