"""Plain text as a source: tables whose cells a sign divides, and tables copied as text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cchc_office.errors import CampaignError
from cchc_office.files.limits import MOST_CELLS, MOST_TABLE_COLUMNS
from cchc_office.importing.reading.copied_tables import read_copied_table
from cchc_office.importing.reading.file_content import content_of
from cchc_office.importing.source import (
    PASTED,
    PastedTable,
    SourceDocument,
    SourceTable,
    SourceText,
)
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.vietnamese import clean, clean_line, composed

_KIND = "tệp văn bản thuần"
_SIGNS = "\t|;,"
_FEWEST_COLUMNS = {"\t": 2, "|": 2, ";": 3, ",": 3}
_PART_OF_A_KIND = 0.6
_FEWEST_ROWS = 2
_ONLY_DASHES = re.compile(r"[\s|:+-]*-[\s|:+-]*")
_SIGN_TOLD = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_ENCODINGS = ("utf-8-sig", "cp1258", "cp1252")
_TONES = "[\u0300\u0301\u0303\u0309\u0323]"
_TONE = re.compile(_TONES)
_BROKEN = "\ufffd"
_OF_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạ-ỹẠ-Ỹ]")
_LOST_TONE = re.compile(f"[^aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ]{_TONES}")


def read_text_file(path: Path) -> SourceDocument:
    """Return the text file at `path`; raises CampaignError where it cannot be read."""
    content = content_of(path)
    text = decoded(content)
    if _BROKEN in text:
        line = text[: text.index(_BROKEN)].count("\n") + 1
        raise CampaignError(
            f"Không đọc được {path.name}: dòng {line} có chữ bị hỏng, do chép chưa hết hoặc lưu "
            "bằng bảng mã khác. Mở tệp gốc, lưu lại với bảng mã UTF-8, rồi thử lại."
        )
    return _read(text, path.name, _KIND)


def read_pasted(pasted: PastedTable) -> SourceDocument:
    """Return what someone pasted; raises CampaignError where it is too large."""
    return _read(composed(pasted.text), pasted.name, PASTED)


def decoded(content: bytes) -> str:
    """Return a text in whatever encoding Vietnamese programs write: UTF-8, UTF-16, Windows 1258."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for odd, even, encoding in ((0, 1, "utf-16-le"), (1, 0, "utf-16-be")):
        letters, zeros = content[odd:200:2], content[even:200:2]
        if zeros and zeros.count(0) > len(zeros) / 3 and letters.count(0) == 0:
            return content.decode(encoding, "replace")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8-sig" and _is_broken_utf_8(content):
                return content.decode(encoding, "replace")
            continue
        # Its tone marks stand behind vowels; a text in which they do not is of another encoding.
        if encoding != "cp1258" or (_TONE.search(text) and not _LOST_TONE.search(text)):
            return composed(text)
    return content.decode("cp1252", "replace")


def _is_broken_utf_8(content: bytes) -> bool:
    """Tell whether a text is UTF-8 but for a few bytes: cut short, or joined from two texts."""
    letters = content.decode("utf-8", "ignore")
    return len(_OF_VIETNAMESE.findall(letters)) > content.decode("utf-8", "replace").count(_BROKEN)


def _read(text: str, file: str, kind: str) -> SourceDocument:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    told = _SIGN_TOLD.match(text)
    divided = _divided(text[told.end() :], told[1]) if told else None
    for sign in () if divided else _SIGNS:
        divided = divided or _divided(text, sign)
    if divided is None:
        return read_copied_table(text, file, kind)
    before, rows, behind = divided
    if sum(map(len, rows)) > MOST_CELLS:
        raise CampaignError(f"Không đọc được {file}: bảng lớn bất thường.")
    texts = (
        *(SourceText(line, 0) for line in _lines(before)),
        *(SourceText(line, 1) for line in _lines(behind)),
    )
    return SourceDocument(file, kind, (SourceTable(_sheet(rows)),), texts)


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield from filter(None, map(clean_line, " ".join(row).split("\n")))


_Rows = list[list[str]]


def _divided(text: str, sign: str) -> tuple[_Rows, _Rows, _Rows] | None:
    """Return the rows that a sign divides, and what stands before and behind; None if it does not.

    Most rows have to have as many cells.
    """
    rows = [row for row in _split(text, sign) if any(cell.strip() for cell in row)]
    within = [number for number, row in enumerate(rows) if len(row) > 1]
    if len(within) < _FEWEST_ROWS:
        return None
    first, last = within[0], within[-1]
    fewest = _FEWEST_COLUMNS.get(sign, 3)
    for width in sorted({len(rows[number]) for number in within}, reverse=True):
        inner = rows[first : last + 1]
        if sign == "\t":
            inner = _with_lines_joined(inner, width)
        often = sum(len(row) == width for row in inner)
        if width >= fewest and often >= max(_FEWEST_ROWS, _PART_OF_A_KIND * len(inner)):
            return rows[:first], inner, rows[last + 1 :]
    return None


def _split(text: str, sign: str) -> _Rows:
    if sign == "|":
        lines = [line for line in text.split("\n") if not _ONLY_DASHES.fullmatch(line)]
        return [_cells_between_bars(line) for line in lines]
    if text.count('"') % 2:
        return [line.split(sign) for line in text.split("\n")]
    try:
        return list(csv.reader(io.StringIO(text), delimiter=sign))
    except csv.Error:
        return [line.split(sign) for line in text.split("\n")]


def _cells_between_bars(line: str) -> list[str]:
    bare = line.strip()
    if bare.startswith("|"):
        bare = bare.removeprefix("|").removesuffix("|")
    return bare.split("|")


def _with_lines_joined(rows: _Rows, width: int) -> _Rows:
    """Return rows whose cells had several lines, which came as lines with fewer cells, as one."""
    joined: _Rows = []
    for row in rows:
        above = joined[-1] if joined else []
        if above and len(row) < width and len(above) + len(row) - 1 <= width and len(above) < width:
            above[-1] = f"{above[-1]}\n{row[0]}"
            above += row[1:]
        elif above and len(row) == 1:
            above[-1] = f"{above[-1]}\n{row[0]}"
        else:
            joined.append(list(row))
    return joined


def _sheet(rows: _Rows) -> SheetTable:
    width = min(max(map(len, rows), default=0), MOST_TABLE_COLUMNS)
    beyond = next((n for n, row in enumerate(rows) if len(row) > MOST_TABLE_COLUMNS), None)
    made = []
    for number, row in enumerate(rows):
        cells = (*row[:width], *[""] * (width - len(row)))
        addresses = (cell_name(number, column) for column in range(width))
        made.append(
            tuple(
                SheetCell(clean(cell).strip() or None, address, address)
                for cell, address in zip(cells, addresses, strict=True)
            )
        )
    far = "" if beyond is None else cell_name(beyond, MOST_TABLE_COLUMNS)
    return SheetTable("Bảng 1", tuple(made), far)
