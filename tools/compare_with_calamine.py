"""Reads every workbook below the given folders by our reader and by calamine; compares all cells.

uv run python tools/compare_with_calamine.py FOLDER [FOLDER ...] [--list]

Each file is read in processes of its own, which may die. One line for each format: files, how many
of them both read, how many of those are equal in every cell, and what became of the others;
`--list` names each file that differs with its first cells that do. calamine shows errors and
formulas never calculated as blanks, and texts as they stand; ours are compared as they are read
before the cleaning of texts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import resource
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from cchc_office.files.file_kind import FileKind, kind_of
from cchc_office.files.limits import MOST_COLUMNS, MOST_ROWS
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.reading import open_spreadsheet
from cchc_office.text.vietnamese import clean

_ENDINGS = frozenset((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt"))
_SPREADSHEETS = frozenset((FileKind.XLS, FileKind.XLSX, FileKind.XLSB, FileKind.ODS))
_MOST_SECONDS = 20
_MOST_ADDRESSES = 4 * 1024**3
_EPOCHS = (dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1))  # noqa: DTZ001 - files have no zone
_MIDNIGHT = dt.time()

CROSSED_OUT = "(crossed out)"
"""A cell of which we leave out what is crossed out, and calamine cannot."""

Cells = dict[tuple[str, int, int], object]


@dataclass(frozen=True)
class Answer:
    """What a reader made of a file: its cells that are not blank, or why there are none."""

    cells: Cells | None = None
    refused: str = ""
    failed: str = ""


Reader = Callable[[Path], Answer]


def by_us(path: Path) -> Answer:
    """Read a file by the project's own reader."""
    content = path.read_bytes()
    kind = kind_of(content)
    if kind not in _SPREADSHEETS:
        return Answer(refused=kind.name)
    try:
        book = open_spreadsheet(content, kind)
        cells: Cells = {}
        for name in book.sheet_names:
            sheet = book.sheet(name)
            crossed_out = sheet.struck_cells
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    if value != "" or (row, column) in crossed_out:
                        struck = (row, column) in crossed_out
                        cells[name, row, column] = CROSSED_OUT if struck else _plain(value)
    except UnreadableFileError as error:
        return Answer(refused=error.code.name)
    return Answer(cells)


def by_calamine(path: Path) -> Answer:
    """Read a file by python-calamine."""
    import python_calamine

    cells: Cells = {}
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for meta in book.sheets_metadata:
            if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            for row, values in enumerate(rows[:MOST_ROWS]):
                for column, value in enumerate(values[:MOST_COLUMNS]):
                    if value != "":
                        cells[meta.name, row, column] = _plain(value)
    except (
        python_calamine.CalamineError, python_calamine.WorksheetNotFound, OSError, ValueError
    ) as error:  # fmt: skip
        return Answer(refused=type(error).__name__)
    return Answer(cells)


def _plain(value: object) -> object:
    """Return a value as both readers have it: whole numbers as such, midnights as dates."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        return float(f"{value:.12g}")
    if isinstance(value, dt.datetime) and value.time() == _MIDNIGHT:
        return value.date()
    if isinstance(value, str):
        return clean(value)
    return value


def _work(read: Callable[[Path], Answer], path: Path, connection: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, _MOST_ADDRESSES))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            answer = read(path)
        except MemoryError:
            answer = Answer(failed="no memory")
        except BaseException as error:
            answer = Answer(failed=f"{type(error).__name__}: {str(error)[:100]}")
    if told:
        answer = Answer(failed=f"warned: {told[0].message}")
    connection.send(answer)


def guarded(read: Reader, path: Path) -> Answer:
    """Read a file in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_work, args=(read, path, theirs))
    process.start()
    theirs.close()
    try:
        answer: Answer = ours.recv() if ours.poll(_MOST_SECONDS) else Answer(failed="no answer")
    except EOFError:
        answer = Answer(failed="died")
    process.kill()
    process.join()
    ours.close()
    return answer


def differences(ours: Cells, theirs: Cells, other_reader: str) -> Iterator[str]:
    """Yield the cells that differ, in words."""
    for place in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(place, ""), theirs.get(place, "")
        if mine == CROSSED_OUT:
            continue
        if mine != other and str(mine).strip() != str(other).strip():
            yield f"{place}: {mine!r}, {other_reader} {other!r}"


def verdict(path: Path, by_us: Reader, by_other: Reader, other: str) -> tuple[str, str, list[str]]:
    """Return a file's format, what came of reading it, and the cells that differ."""
    ours, theirs = guarded(by_us, path), guarded(by_other, path)
    form = path.suffix.lower().replace("xlt", "xls")
    if ours.failed:
        return form, f"FAILED {ours.failed}", []
    if ours.cells is None and theirs.cells is None:
        return form, "neither", [f"{ours.refused}; {other} {theirs.refused or theirs.failed}"]
    if ours.cells is None:
        return form, f"only {other}", [ours.refused]
    if theirs.cells is None:
        return form, "only ours", [theirs.refused or theirs.failed]
    found = list(differences(ours.cells, theirs.cells, other))
    return form, "different" if found else "equal", found


def compare(
    about: str | None, endings: frozenset[str], by_us: Reader, by_other: Reader, other: str
) -> int:
    """Compare all files of the folders asked for; 1 where our reader failed on one."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    paths = sorted(
        p for folder in given.folders for p in folder.rglob("*") if p.suffix.lower() in endings
    )
    read = partial(verdict, by_us=by_us, by_other=by_other, other=other)
    counted: dict[str, Counter[str]] = {}
    with ThreadPoolExecutor(2) as pool:
        for path, (form, word, found) in zip(paths, pool.map(read, paths), strict=True):
            failed = word.startswith("FAILED")
            counted.setdefault(form, Counter())["FAILED" if failed else word] += 1
            if given.list and word != "equal":
                print(f"{word}: {path.parent.name}/{path.name} ({len(found)})")
                for line in found[:5]:
                    print(f"    {line[:200]}")
    for form, words in sorted(counted.items()):
        both = words["equal"] + words["different"]
        shown = ", ".join(f"{word} {count}" for word, count in sorted(words.items()))
        print(f"{form}: {sum(words.values())} files, both read {both}: {shown}")
    return any(words["FAILED"] for words in counted.values())


if __name__ == "__main__":
    sys.exit(compare(__doc__, _ENDINGS, by_us, by_calamine, "calamine"))
