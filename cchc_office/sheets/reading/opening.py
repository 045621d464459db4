"""Opening a spreadsheet by what is inside it, whatever its name says."""

from __future__ import annotations

from cchc_office.files.file_kind import FileKind
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.sheets.reading.values import Spreadsheet


def open_spreadsheet(content: bytes, kind: FileKind) -> Spreadsheet:
    """Return the spreadsheet in `content`, which is of `kind`.

    Raises UnreadableFileError where it is damaged, locked or too large, KeyError for a kind that
    is no spreadsheet.
    """
    if kind is FileKind.XLS:
        from cchc_office.sheets.reading.xls import XlsSpreadsheet

        return XlsSpreadsheet(content)
    archive = SafeArchive(content)
    if kind is FileKind.XLSX:
        from cchc_office.sheets.reading.xlsx import XlsxSpreadsheet

        return XlsxSpreadsheet(archive)
    if kind is FileKind.XLSB:
        from cchc_office.sheets.reading.xlsb import XlsbSpreadsheet

        return XlsbSpreadsheet(archive)
    from cchc_office.sheets.reading.ods import OdsSpreadsheet

    return {FileKind.ODS: OdsSpreadsheet}[kind](archive)
