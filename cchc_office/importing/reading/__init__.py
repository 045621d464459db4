"""Reading an office's file, whatever kind it is of: told by what it holds, never by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cchc_office.errors import CampaignError
from cchc_office.files.file_kind import SPREADSHEETS, FileKind
from cchc_office.importing.reading.converted import CONVERTED_KINDS, read_converted_file
from cchc_office.importing.reading.pdf_documents import read_pdf_file
from cchc_office.importing.reading.plain_text import read_text_file
from cchc_office.importing.reading.spreadsheets import read_spreadsheet_file
from cchc_office.importing.reading.word_documents import read_word_file
from cchc_office.importing.source import SourceDocument
from cchc_office.sheets.sheet_reader import CODES_OF_OTHERS, kind_of_file

_ENDINGS = {
    FileKind.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    FileKind.XLSB: (".xlsb",),
    FileKind.XLS: (".xls", ".xlt"),
    FileKind.ODS: (".ods", ".ots"),
    FileKind.WORD: (".docx", ".docm", ".dotx", ".dotm"),
    FileKind.OLD_WORD: (".doc", ".dot", ".rtf"),
    FileKind.ODT: (".odt", ".ott"),
    FileKind.PDF: (".pdf",),
}
_TEXTS = frozenset((FileKind.TEXT, FileKind.CSV))
_ZIP = b"PK"


def read_source(path: Path) -> SourceDocument:
    """Return all that the file at `path` holds; `notes` tell where its name says something else.

    Raises CampaignError where it is missing, damaged, locked, too large or of a kind that holds no
    table.
    """
    kind = kind_of_file(path)
    document = _read(path, kind)
    if kind is None or path.suffix.lower() in _ENDINGS.get(kind, (path.suffix.lower(),)):
        return document
    note = f"tên tệp có đuôi “{path.suffix}” nhưng nội dung là {kind.value}: đã đọc theo nội dung"
    return replace(document, notes=(note, *document.notes))


def _read(path: Path, kind: FileKind | None) -> SourceDocument:
    if kind in CONVERTED_KINDS or (kind is FileKind.WORD and not _is_zip(path)):
        return read_converted_file(path, kind)
    if kind is FileKind.WORD:
        return read_word_file(path)
    if kind is FileKind.PDF:
        return read_pdf_file(path)
    if kind in _TEXTS:
        return read_text_file(path)
    if kind is None or kind is FileKind.PASSWORD or kind in SPREADSHEETS or kind in CODES_OF_OTHERS:
        return read_spreadsheet_file(path, kind.value if kind else "bảng tính")
    raise CampaignError(
        f"Không đọc được bảng từ tệp {path.name} ({kind.value}). Cần bảng tính (.xlsx, .xls, "
        ".ods), văn bản Word (.docx, .doc, .odt, .rtf), tệp PDF có chữ, hoặc tệp .txt, .csv: mở "
        "tệp này rồi lưu, hoặc chép bảng, sang một trong các dạng đó."
    )


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP
