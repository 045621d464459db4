"""What make_returned_samples.py makes workbooks with: issuing, filling and saving a form.

The answers typed and the scores expected stand side by side, so that neither comes from a reader.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import column_index_from_string, get_column_letter

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.form.layout import HIDDEN_SHEET, PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from tests.returned_samples import small_campaign

SAVED = "2024-11-20T08:00:00Z"
EVIDENCE = "Kế hoạch số 12/KH-STN (số liệu minh họa)"
SUPPORT = "Đã gửi hai sáng kiến"
ROWS = {
    "1": 6,
    "1.1": 7,
    "1.1.1": 8,
    "1.1.2": 9,
    "1.1.3": 10,
    "1.1.10": 11,
    "1.2": 12,
    "1.4": 13,
    "2": 14,
    "2.1": 15,
    "2.2": 16,
    "2.2.1": 17,
    "2.2.2": 18,
    "SIPAS": 19,
}
"""Where each row stands in the form of VP as it is issued."""

FULL: dict[str, float] = {
    "1.1.1": 1,
    "1.1.2": 2,
    "1.1.3": 0.75,
    "1.1.10": 1.5,
    "2.1": 0,
    "2.2.1": 0.5,
    "2.2.2": 1.25,
}
"""The scores of a form to which nothing is to be said; the maxima are 1, 2.5, 1, 1.5, 2, 1, 2."""

Book = Any
Edit = Callable[[Book], None]


@dataclass(frozen=True)
class Formula:
    """A formula; `value` is the result that the program stored, None where it stored none."""

    text: str
    value: Any = None


@dataclass(frozen=True)
class Percent:
    """A number in a cell that shows percentages."""

    value: float


@dataclass(frozen=True)
class Typed:
    """What is typed into a score cell, the score expected, and the finding if there is one."""

    value: Any
    score: str
    slug: str = ""
    quoted: str = ""


@dataclass(frozen=True)
class Sample:
    """A workbook of the corpus: how it is made, and what it should give."""

    name: str
    done: str
    make: Callable[[], bytes]
    by: str = "openpyxl"
    unit: str = "VP"
    scores: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    findings: tuple[str, ...] = ()


def campaign(**changes: str) -> Campaign:
    """Return the campaign of the corpus, or one that differs from it."""
    with tempfile.TemporaryDirectory() as folder:
        return small_campaign(Path(folder), **changes)


def full_scores(**but: str) -> dict[str, str]:
    """Return the scores expected of a full form but for some."""
    scores = {code: format(value, "g") for code, value in FULL.items()} | {"1.2": "contributed"}
    return scores | {code.lstrip("c").replace("_", "."): score for code, score in but.items()}


def put(cell: Any, value: Any) -> None:
    """Type a value; a text stays a text whatever it begins with."""
    if isinstance(value, Formula):
        cell.value = value.text
    elif isinstance(value, Percent):
        cell.value, cell.number_format = value.value, "0%"
    else:
        cell.value = value
        if isinstance(value, str) and not value.startswith("#"):
            cell.data_type = "s"


def issued(of: Campaign | None = None, unit: str = "VP") -> Book:
    """Return a form as it was issued, open in openpyxl."""
    of = of or campaign()
    return openpyxl.load_workbook(io.BytesIO(build_form(of, of.unit(unit), DEFAULT_PROFILE)))


def fill(book: Book, scores: Mapping[str, Any]) -> None:
    """Type scores by code, each with evidence unless it is 0."""
    sheet = book[SCORE_SHEET]
    for code, value in scores.items():
        put(sheet.cell(ROWS[code], PLACES["score"] + 1), value)
        if value != 0 or isinstance(value, bool):
            sheet.cell(ROWS[code], PLACES["evidence"] + 1).value = EVIDENCE
    sheet.cell(ROWS["1.2"], PLACES["result"] + 1).value = SUPPORT


def full(edit: Edit = lambda _: None) -> Book:
    """Return a full form after an edit of it."""
    book = issued()
    fill(book, FULL)
    edit(book)
    return book


def typed(answers: Mapping[str, Typed]) -> Book:
    """Return a full form with some scores typed in another way."""
    book = issued()
    fill(book, FULL | {code: answer.value for code, answer in answers.items()})
    return book


# --- rows and columns put in and taken out, with formulas that follow as they do in Excel ---


def insert_row(sheet: Any, at: int) -> None:
    """Put a blank row before row `at`."""
    sheet.insert_rows(at)
    _follow(sheet, lambda row, column: (row + (row >= at), column))


def delete_row(sheet: Any, at: int) -> None:
    """Take row `at` out."""
    sheet.delete_rows(at)
    _follow(sheet, lambda row, column: None if row == at else (row - (row > at), column))


def insert_column(sheet: Any, at: int) -> None:
    """Put a blank column before column `at`."""
    sheet.insert_cols(at)
    _follow(sheet, lambda row, column: (row, column + (column >= at)))


def delete_column(sheet: Any, at: int) -> None:
    """Take column `at` out."""
    sheet.delete_cols(at)
    _follow(sheet, lambda row, column: None if column == at else (row, column - (column > at)))


def _follow(sheet: Any, moved: Callable[[int, int], tuple[int, int] | None]) -> None:
    """Have each reference name the cell where it is now, "#REF!" where it is gone."""

    def name(match: re.Match[str]) -> str:
        to = moved(int(match.group(2)), column_index_from_string(match.group(1)))
        return f"{get_column_letter(to[1])}{to[0]}" if to else "#REF!"

    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = re.sub(r"\b([A-Z]{1,2})(\d+)\b", name, cell.value)


# --- saving ---


def saved(book: Book, at: str = SAVED) -> bytes:
    """Return what openpyxl saves, with a fixed time of saving."""
    content = io.BytesIO()
    book.save(content)
    return settled(content.getvalue(), at)


def settled(content: bytes, at: str = SAVED, change: Callable[[str, bytes], bytes] | None = None) -> bytes:  # fmt: skip
    """Return a package with fixed times, and its parts changed where `change` does so."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                pattern = rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*"
                part = re.sub(pattern, rb"\g<1>" + at.encode("ascii"), part)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, change(name, part) if change else part, compresslevel=9)
    return target.getvalue()


def rebuilt(
    book: Book,
    options: Mapping[str, Any] | None = None,
    sheets: Iterable[str] = (SCORE_SHEET,),
    custom: Mapping[str, str] | None = None,
    extra: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """Return the values of some sheets, written from scratch by XlsxWriter.

    `extra` is called with the new workbook and its score sheet after the values are there.
    """
    content = io.BytesIO()
    new = xlsxwriter.Workbook(content, {"in_memory": True, **(options or {})})
    new.set_properties({"title": "Sổ mới", "created": dt.datetime(2024, 11, 20, 8)})
    for name, value in (custom or {}).items():
        new.set_custom_property(name, value, "text")
    formats = {"%": new.add_format({"num_format": "0%"}), "d": new.add_format({"num_format": "dd/mm/yyyy"})}  # fmt: skip
    for name in sheets:
        sheet = new.add_worksheet(name)
        for row in book[name].iter_rows():
            for cell in row:
                _write(sheet, cell, formats)
        if name == HIDDEN_SHEET:
            sheet.very_hidden()
        if name == SCORE_SHEET and extra:
            extra(new, sheet)
    new.close()
    return settled(content.getvalue())


def _write(sheet: Any, cell: Any, formats: Mapping[str, Any]) -> None:
    at, value = (cell.row - 1, cell.column - 1), cell.value
    if value is None or cell.data_type == "f":
        return
    if cell.data_type == "b":
        sheet.write_boolean(*at, value)
    elif cell.data_type == "d":
        sheet.write_datetime(*at, value, formats["d"])
    elif cell.data_type == "n":
        sheet.write_number(*at, value, formats["%"] if cell.number_format == "0%" else None)
    else:
        sheet.write_string(*at, value)


FILTERS = {
    ".xlsx": "xlsx:Calc MS Excel 2007 XML",
    ".xlsm": "xlsm:Calc MS Excel 2007 VBA XML",
    ".xls": "xls:MS Excel 97",
    ".ods": "ods:calc8",
}


def saved_by_libreoffice(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what LibreOffice saves for each workbook, in the format that its name says."""
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as work:
        for ending, kind in FILTERS.items():
            names = [name for name in contents if Path(name).suffix == ending]
            if not names:
                continue
            source, target = Path(work, "from", ending), Path(work, "to", ending)
            source.mkdir(parents=True)
            for name in names:
                source.joinpath(f"{Path(name).stem}.xlsx").write_bytes(contents[name])
            profile = Path(work, "profile").as_uri()
            command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
            command += ["--convert-to", kind, "--outdir", str(target)]
            command += [str(path) for path in sorted(source.iterdir())]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            made |= {name: target.joinpath(name).read_bytes() for name in names}
    return {n: without_thumbnail(c) if n.endswith(".ods") else c for n, c in made.items()}


def without_thumbnail(content: bytes) -> bytes:
    """Return an .ods file without the picture of its first page, two thirds of its size."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if not entry.filename.startswith("Thumbnails/"):
                new.writestr(entry, old.read(entry), entry.compress_type, 9)
    return target.getvalue()
