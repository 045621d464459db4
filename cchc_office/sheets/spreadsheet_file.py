"""A spreadsheet as a file: known by what is inside it, opened where nobody need be asked."""

from __future__ import annotations

import stat
from pathlib import Path

from cchc_office.catalogue.findings import Code
from cchc_office.files.file_kind import SPREADSHEETS, FileKind, kind_of
from cchc_office.files.limits import MOST_FILE_BYTES
from cchc_office.files.unlocking import unlock
from cchc_office.files.unreadable_file import UnreadableFileError, too_large
from cchc_office.sheets.reading import Spreadsheet, open_spreadsheet

CODES_OF_OTHERS = {
    FileKind.OLD_EXCEL: Code.FILE_IS_OLD_EXCEL,
    FileKind.SPREADSHEETML: Code.FILE_IS_EXCEL_XML,
    FileKind.FLAT_ODS: Code.FILE_IS_FLAT_ODS,
    FileKind.TRUNCATED_ZIP: Code.FILE_TRUNCATED,
    FileKind.TRUNCATED_COMPOUND: Code.FILE_TRUNCATED,
    FileKind.EMPTY: Code.FILE_EMPTY,
}
"""What is told of files that would be spreadsheets, of kinds or in a state that is not read."""


def kind_of_file(path: Path) -> FileKind | None:
    """Tell what the file at `path` is by its content; None where it cannot be read."""
    try:
        return kind_of(_content(path))
    except (OSError, UnreadableFileError):
        return None


def open_spreadsheet_file(path: Path) -> Spreadsheet:
    """Return the spreadsheet in the file at `path`.

    Raises OSError where the file cannot be read, UnreadableFileError where it holds no spreadsheet
    or one that is damaged, locked or too large.
    """
    content = _content(path)
    kind = kind_of(content)
    if kind is FileKind.PASSWORD:
        # Excel itself opens those whose structure alone is protected without asking.
        content = unlock(content, (), lambda _steps: None).content
        kind = kind_of(content)
    if kind not in SPREADSHEETS:
        raise UnreadableFileError(CODES_OF_OTHERS.get(kind, Code.NOT_A_WORKBOOK), kind.value)
    return open_spreadsheet(content, kind)


def _content(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(Code.NOT_A_FILE)
    if status.st_size > MOST_FILE_BYTES:
        raise too_large("dung lượng", status.st_size, MOST_FILE_BYTES)
    return path.read_bytes()
