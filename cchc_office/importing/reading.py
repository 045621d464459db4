"""Reading an office's file, whatever kind it is of: told by what it holds, never by its name."""

from __future__ import annotations

from pathlib import Path

from cchc_office.errors import CampaignError
from cchc_office.files.file_kind import SPREADSHEETS, FileKind
from cchc_office.importing.pdf_tables import read_pdf_file
from cchc_office.importing.plain_text import read_text_file
from cchc_office.importing.source import SourceDocument
from cchc_office.importing.spreadsheets import read_spreadsheet_file
from cchc_office.importing.word_documents import read_word_file
from cchc_office.sheets.sheet_reader import CODES_OF_OTHERS, kind_of_file

_TEXTS = frozenset((FileKind.TEXT, FileKind.CSV))


def read_source(path: Path) -> SourceDocument:
    """Return all that the file at `path` holds.

    Raises CampaignError where it is missing, damaged, locked, too large or of a kind that holds no
    table.
    """
    kind = kind_of_file(path)
    if kind is FileKind.WORD:
        return read_word_file(path)
    if kind is None or kind is FileKind.PASSWORD or kind in SPREADSHEETS or kind in CODES_OF_OTHERS:
        return read_spreadsheet_file(path, kind.value if kind else "bảng tính")
    if kind is FileKind.PDF:
        return read_pdf_file(path)
    if kind in _TEXTS:
        return read_text_file(path)
    raise CampaignError(
        f"Không đọc được bảng từ tệp {path.name} ({kind.value}). Cần bảng tính (.xlsx, .xls, .ods) "
        "hoặc văn bản Word (.docx): mở tệp này rồi lưu, hoặc chép bảng, sang một trong các dạng đó."
    )
