"""What tests of bringing tables in share: a table as its draft, and what is told of its cells."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import openpyxl

from cchc_office import ImportPreview, import_table
from cchc_office.campaign.workbook import Draft
from cchc_office.catalogue._importing import ImportingCodes
from cchc_office.catalogue.findings import Finding
from cchc_office.text.vietnamese import format_decimal

from .sheets import grid, put


def draft_of(path: Path) -> tuple[Draft, tuple[Finding, ...]]:
    """Return what the table at `path` becomes, and what is told of its cells themselves."""
    found = import_table(path)
    assert found.words.missing == ()
    own = vars(ImportingCodes)
    of_cells = tuple(f for f in found.findings if f.code.name not in own)
    return found.draft, of_cells


def put_tables(path: Path, *tables: str, names: tuple[str, ...] = ()) -> Path:
    """Save text tables as a file of the kind that its name says; return its path.

    In a workbook each is a sheet, in a Word document a table.
    """
    if path.suffix == ".docx":
        document: Any = docx.Document()
        for text in tables:
            rows = grid(text)
            table = document.add_table(len(rows), max(map(len, rows)))
            for made, row in zip(table.rows, rows, strict=True):
                for cell, value in zip(made.cells, row, strict=False):
                    cell.text = value.replace("⏎", "\n")
            document.add_paragraph("")
        document.save(str(path))
        return path
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, text in enumerate(tables):
        sheet = book.create_sheet(names[number] if names else f"Trang {number + 1}")
        put(sheet, text)
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("⏎", "\n")
    book.save(path)
    return path


def words_in_source(path: Path) -> Counter[str]:
    """Return the words of a workbook's or a document's tables, read with another library."""
    if path.suffix == ".docx":
        cells = {
            cell._tc: cell.text
            for table in docx.Document(str(path)).tables
            for row in table.rows
            for cell in row.cells
        }
        return count_of(map(as_text, cells.values()))
    book = openpyxl.load_workbook(path, data_only=True)
    return count_of(as_text(c.value) for s in book.worksheets for row in s.rows for c in row)


def words_accounted_for(content: bytes, left_out: Iterable[str]) -> Counter[str]:
    """Return the words of a campaign workbook's criteria and settings, and of what is left out."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    sheets = (book["Bộ chỉ số"], book["Thông tin"])
    return count_of(as_text(c.value) for s in sheets for row in s.rows for c in row) + count_of(
        left_out
    )


def as_text(value: Any) -> str:
    """Return a value as text; of a number with a comma the zeros at its end do not count."""
    if isinstance(value, str) and re.fullmatch(r"\d+,\d+", value.strip()):
        value = float(value.replace(",", "."))
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return "" if value is None else str(value)


def count_of(texts: Iterable[str]) -> Counter[str]:
    return Counter(w for text in texts for w in re.findall(r"[^\W_]+", text.casefold()))


def rows_of(found: ImportPreview) -> list[tuple[str, str, str, str]]:
    """Return code, name, maximum and units of the rows that a table becomes."""
    return [
        (
            row.code,
            row.name,
            "" if row.max_score is None else format_decimal(row.max_score),
            row.unit_text or row.text("leads"),
        )
        for row in found.draft.rows
    ]


def imported(path: Path, **wanted: Any) -> ImportPreview:
    """Bring the table at `path` in; each of its words is accounted for, by our count and theirs."""
    found = import_table(path, **wanted)
    assert found.words.missing == ()
    assert found.words.taken + found.words.left == found.words.total
    left = words_in_source(path) - words_accounted_for(
        found.content, (one.text for one in found.left_out)
    )
    assert left == Counter()
    return found
