"""The code of a row as the office wrote it, and what a spreadsheet may have made of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from cchc_office.campaign.numbering import numerals
from cchc_office.campaign.tables import CellReader, TableRow
from cchc_office.catalogue.findings import Code
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean_line

_COMMAS = re.compile(r"\d+(?:,\d+)+")
_LONGEST = 24
_WITH_NAME = re.compile(
    r"(?P<code>(?:[IVXLivxl]+|[^\W\d_]|\d+(?:\.\d+)*)(?:[.)/:]\s*|\s+(?=[^\W\d_])))(?P<name>.{3,})"
)


class CodeReader:
    """Reads the codes of a table, row after row, as they are written."""

    def __init__(self, reader: CellReader) -> None:
        """Start above the first row."""
        self._reader = reader
        self._read: set[str] = set()
        self._previous = ""

    def read(self, row: TableRow) -> tuple[str, str]:
        """Return a row's code, "" where it has none or none that can be told, and its name."""
        name = clean_line(self._reader.text(row["name"]))
        cell = row["code"]
        if not name and isinstance(cell.value, str):
            code, name = _divided(clean_line(self._reader.text(cell)))
        else:
            code = self._code(cell)
        if code or name:
            self._previous = code
        self._read.add(code)
        return code, name

    def _code(self, cell: SheetCell) -> str:
        reader, value = self._reader, cell.value
        if isinstance(value, dt.datetime | dt.date | dt.time):
            shown = value.strftime("%d/%m/%Y") if hasattr(value, "year") else cell.text
            candidates = codes_behind(value)
            reader.report(Code.CODE_IS_DATE, cell, found=shown, candidates=candidates)
            return ""
        text = clean_line(reader.text(cell))
        if isinstance(value, float) and not value.is_integer():
            text = self._from_number(cell, text)
        if text and (_COMMAS.fullmatch(text) or len(text) > _LONGEST or not numerals(text)):
            near = text.replace(",", ".")
            candidates = (near,) if _COMMAS.fullmatch(text) else ()
            reader.report(Code.BAD_CODE, cell, found=text, candidates=candidates)
            return ""
        return text

    def _from_number(self, cell: SheetCell, text: str) -> str:
        if is_next_code(text, self._read):
            return text
        candidates = (text, f"{text}0")
        followed = self._previous.startswith(f"{text[:-1]}9")
        read = candidates[1] if text in self._read and followed else text
        self._reader.report(
            Code.CODE_IS_NUMBER,
            cell,
            found=text.replace(".", ","),
            expected=read,
            candidates=candidates,
        )
        return read


def is_next_code(text: str, before: Collection[str]) -> bool:
    """Tell whether the number 1.2 can only be the code "1.2", by the codes of the rows before it.

    It is the first below its parent, or follows its neighbour; 1.20 would come after a 1.2.
    """
    parent, _, last = text.rpartition(".")
    if text in before or not last.isdigit():
        return False
    return parent in before if last == "1" else f"{parent}.{int(last) - 1}" in before


def codes_behind(value: dt.date | dt.time) -> tuple[str, ...]:
    """Return the codes that a spreadsheet may have made a date of, the likeliest first."""
    if not isinstance(value, dt.date):
        return ()
    day, month, year = value.day, value.month, value.year % 100
    whole = (f"{day}.{month}.{year}", f"{month}.{day}.{year}")
    return tuple(dict.fromkeys((f"{day}.{month}", f"{month}.{day}", *whole)))


def _divided(text: str) -> tuple[str, str]:
    """Return code and name of a title that stands across both columns: "I. CẢI CÁCH THỂ CHẾ"."""
    match = _WITH_NAME.fullmatch(text)
    if match and numerals(match["code"]):
        return match["code"].strip(), match["name"].strip()
    is_code = len(text) <= _LONGEST and bool(numerals(text))
    return (text, "") if is_code else ("", text)
