"""Opening workbooks in tests."""

from __future__ import annotations

import pytest

from cchc_office.files.file_kind import FileKind
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.reading import Spreadsheet, Value, open_spreadsheet


def rows_of(content: bytes, kind: FileKind, name: str = "") -> list[list[Value]]:
    book = open_spreadsheet(content, kind)
    return book.sheet(name or book.sheet_names[0]).rows


def refusal(content: bytes, kind: FileKind) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        everything(content, kind)
    return caught.value


def everything(content: bytes, kind: FileKind) -> None:
    book = open_spreadsheet(content, kind)
    assert book.properties is not None
    for name in book.sheet_names:
        book.sheet(name)


def values(book: Spreadsheet, sheet: str) -> dict[tuple[int, int], Value]:
    return {
        (r, c): value
        for r, row in enumerate(book.sheet(sheet).rows)
        for c, value in enumerate(row)
        if value != ""
    }
