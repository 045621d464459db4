"""Opening spreadsheets from outside, whatever program saved them, without being hurt by one."""

from __future__ import annotations

from cchc_office.files.file_kind import FileKind
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.sheets.reading.display import *
from cchc_office.sheets.reading.values import *
from cchc_office.sheets.reading.values import Spreadsheet


def open_spreadsheet(content: bytes, kind: FileKind) -> Spreadsheet:
    """Return the spreadsheet in `content`, which is of `kind`, whatever its name says.

    Raises UnreadableFileError where it is damaged, locked or too large, KeyError for a kind that
    is no spreadsheet.
    """
    if kind is FileKind.XLS:
        from cchc_office.sheets.reading.xls import read_xls

        return read_xls(content)
    if kind is FileKind.XLSX:
        from cchc_office.sheets.reading.xlsx import XlsxSpreadsheet

        return XlsxSpreadsheet(SafeArchive(content))
    if kind is FileKind.XLSB:
        from cchc_office.sheets.reading.xlsb import read_xlsb

        return read_xlsb(SafeArchive(content))
    from cchc_office.sheets.reading.ods import read_ods

    return {FileKind.ODS: read_ods}[kind](SafeArchive(content))
