"""What a file is, by its content: names and endings of what comes back say little."""

from __future__ import annotations

from enum import Enum


class FileKind(Enum):
    """The kinds of files that are told apart; the value is what a clerk calls it."""

    XLSX = "bảng tính Excel (.xlsx)"
    XLSB = "bảng tính Excel nhị phân (.xlsb)"
    XLS = "bảng tính Excel cũ (.xls)"
    ODS = "bảng tính OpenDocument (.ods)"


SPREADSHEETS = frozenset((FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS))
