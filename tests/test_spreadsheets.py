"""Workbooks in the formats besides .xlsx: the same values, whatever program saved them."""

from __future__ import annotations

import datetime as dt
import random
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.file_kind import FileKind
from cchc_office.files.limits import MOST_COLUMNS, MOST_ROWS
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.model import Campaign
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.sheets.reading import Doubt, DoubtfulCell, Spreadsheet, open_spreadsheet

from . import xlsb_files
from .binary_files import (
    SHARED_TEXT,
    ods,
    shared_texts,
    table,
    table_row,
    text_cell,
    xls,
    xls_number,
)
from .opened import everything, refusal, values
from .sheets import fill_form

Convert = Callable[[Path, str], Path]
KINDS = {"xlsx": FileKind.XLSX, "xlsb": FileKind.XLSB, "xls": FileKind.XLS, "ods": FileKind.ODS}
FLIPS = 300


def opened(path: Path) -> Spreadsheet:
    return open_spreadsheet(path.read_bytes(), KINDS[path.suffix[1:]])


@pytest.fixture(scope="module")
def form(example: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form filled in, and a sheet with one value of every kind."""
    path = tmp_path_factory.mktemp("form") / "CCHC-2024-VP.xlsx"
    path.write_bytes(build_form(example, example.unit("VP"), DEFAULT_PROFILE))
    answers: dict[str, dict[str, Any]] = {
        "1.1.1": {"score": 1, "evidence": "Báo cáo số 1\nvà  số 2"},
        "1.1.2": {"score": "0,5", "evidence": "x < y & z"},
    }
    fill_form(path, answers)
    book: Any = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Mọi kiểu")
    for row in (
        [1, 0.5, -3, 1e20, 123456.25, "chữ", "  hai  ba "],
        [dt.date(2024, 5, 3), dt.datetime(2024, 5, 3, 8, 30, 15), dt.time(8, 30)],
        [dt.timedelta(hours=30), True, False],
        ["#N/A", "=1/0", '="a"&"b"'],
    ):
        sheet.append(row)
    sheet["A6"], sheet["A6"].number_format = 0.5, "0%"
    sheet["A7"] = "ẩn"
    sheet.row_dimensions[7].hidden = True
    sheet["B8"] = "gộp"
    sheet.merge_cells("B8:C9")
    book.save(path)
    return path


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_form_reads_the_same_in_another_format(
    form: Path, tmp_path: Path, libreoffice: Convert, ending: str
) -> None:
    theirs = opened(libreoffice(form, ending))
    # LibreOffice calculated both.
    ours = opened(libreoffice(form, "xlsx"))
    assert theirs.sheet_names == ours.sheet_names
    for name in ours.sheet_names:
        expected, found = values(ours, name), values(theirs, name)
        if ending == "xls" and name == SCORE_SHEET:
            # It saves a formula whose result is the empty text with the result 0.
            found = {place: value for place, value in found.items() if place in expected or value}
        assert found == expected
        kinds = {place: type(value) for place, value in expected.items()}
        assert {place: type(value) for place, value in found.items()} == kinds
        assert theirs.sheet(name).doubtful_cells == ours.sheet(name).doubtful_cells
        assert theirs.sheet(name).percent_cells == ours.sheet(name).percent_cells
    assert theirs.sheet("Mọi kiểu").percent_cells == {(5, 0)}
    assert values(theirs, "Mọi kiểu")[1, 0] == dt.date(2024, 5, 3)
    assert theirs.sheet("Mọi kiểu").doubtful_cells[3, 1] == DoubtfulCell(Doubt.ERROR, "#DIV/0!")


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_form_keeps_what_it_tells_of_itself(
    form: Path, libreoffice: Convert, ending: str
) -> None:
    found = opened(libreoffice(form, ending)).properties
    assert {key: found.custom[key] for key in ("cchc-dot", "cchc-don-vi", "cchc-ban")} == {
        "cchc-dot": "CCHC-2024-SCT",
        "cchc-don-vi": "VP",
        "cchc-ban": "1",
    }
    assert "Phiếu tự chấm điểm" in found.title
    assert found.saved is not None
    assert found.saved.tzinfo is not None


def test_a_form_reads_the_same_as_xlsb(form: Path) -> None:
    ours = opened(form)
    theirs = open_spreadsheet(xlsb_files.as_xlsb(form), FileKind.XLSB)
    assert theirs.sheet_names == ours.sheet_names
    assert theirs.properties == ours.properties
    for name in ours.sheet_names:
        assert values(theirs, name) == values(ours, name)
    assert theirs.sheet("Mọi kiểu").doubtful_cells == {(3, 0): DoubtfulCell(Doubt.ERROR, "#N/A")}


@pytest.mark.libreoffice
def test_our_xlsb_is_one_to_libreoffice(form: Path, tmp_path: Path, libreoffice: Convert) -> None:
    path = tmp_path / "phieu.xlsb"
    path.write_bytes(xlsb_files.as_xlsb(form))
    theirs = opened(libreoffice(path, "xlsx"))
    ours = opened(path)
    for name in ours.sheet_names[:-1]:
        assert values(theirs, name) == values(ours, name)
    assert values(theirs, "Mọi kiểu")[1, 1] == dt.datetime(2024, 5, 3, 8, 30, 15)


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place = chance.randrange(len(changed))
        changed[place : place + 1] = chance.choice(
            (bytes([changed[place] ^ 1 << chance.randrange(8)]), b"\xff", b"\0", b"")
        )
    return bytes(changed)


def hold(content: bytes, kind: FileKind) -> None:
    """See that a file is read or refused."""
    try:
        everything(content, kind)
    except UnreadableFileError as error:
        assert error.code in {Code.DAMAGED_FILE, Code.TOO_LARGE, Code.PASSWORD_PROTECTED}  # noqa: PT017


def hold_when_flipped(content: bytes, kind: FileKind, part: str = "") -> None:
    chance = random.Random(part)
    for _ in range(FLIPS):
        if not part:
            hold(flipped(content, chance), kind)
            continue
        # The archive is whole, the part in it is not.
        packed = BytesIO()
        with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
            for name in source.namelist():
                found = source.read(name)
                target.writestr(name, flipped(found, chance) if name == part else found)
        hold(packed.getvalue(), kind)


@pytest.mark.parametrize(
    "part",
    ["", "xl/workbook.bin", "xl/worksheets/sheet1.bin", "xl/sharedStrings.bin", "xl/styles.bin"],
)
def test_xlsb_with_flipped_bytes_is_read_or_refused(form: Path, part: str) -> None:
    hold_when_flipped(xlsb_files.as_xlsb(form), FileKind.XLSB, part)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("ending", "part"), [("xls", ""), ("ods", ""), ("ods", "content.xml"), ("ods", "meta.xml")]
)
def test_files_with_flipped_bytes_are_read_or_refused(
    form: Path, libreoffice: Convert, ending: str, part: str
) -> None:
    hold_when_flipped(libreoffice(form, ending).read_bytes(), KINDS[ending], part)


def test_hand_made_xls_with_flipped_bytes_is_read_or_refused() -> None:
    texts = shared_texts(struct.pack("<HB", 3, 0) + b"abc")
    cells = [xls_number(0, 0, 1), (SHARED_TEXT, struct.pack("<HHHI", 0, 1, 0, 0))]
    hold_when_flipped(xls(cells, texts), FileKind.XLS)


@pytest.mark.parametrize("kind", [FileKind.XLSB, FileKind.XLS, FileKind.ODS])
def test_files_cut_off_anywhere_are_refused(form: Path, kind: FileKind) -> None:
    content = {
        FileKind.XLSB: lambda: xlsb_files.as_xlsb(form),
        FileKind.XLS: lambda: xls([xls_number(r, 0, r) for r in range(400)]),
        FileKind.ODS: lambda: ods(table(table_row(text_cell("<text:p>x</text:p>"), 9))),
    }[kind]()
    everything(content, kind)
    # The last sector of a compound file tells of sectors that it does not have.
    whole = len(content) - (512 if kind is FileKind.XLS else 0)
    for end in range(0, whole, max(whole // 60, 1)):
        assert refusal(content[:end], kind).code is Code.DAMAGED_FILE


def test_many_sheets_with_a_far_cell_each_are_too_large() -> None:
    book = openpyxl.Workbook()
    for _ in range(9):
        book.create_sheet().cell(MOST_ROWS, MOST_COLUMNS).value = 1
    content = BytesIO()
    book.save(content)
    opened = open_spreadsheet(content.getvalue(), FileKind.XLSX)
    with pytest.raises(UnreadableFileError) as caught:
        list(map(opened.sheet, opened.sheet_names))
    assert caught.value.code is Code.TOO_LARGE
