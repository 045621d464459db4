"""Defects that were found in the reading of returns, each with the smallest file that shows it."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.files.safe_archive import SafeArchive
from cchc_office.model import Answer, Campaign, ReadFile
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.returns import gather_returns, read_returns
from cchc_office.returns.typed_cells import read_score

from .returned_form import filled_form, leaf, read
from .sheets import fill_form, form_rows_by_code

USUAL = {"1.1.1": {"score": 0.5, "evidence": "KH 1"}, "1.1.2": {"score": 1, "evidence": "x"}}


@pytest.fixture
def form(small: Campaign, tmp_path: Path) -> Path:
    return filled_form(small, tmp_path, USUAL)


def codes(result: ReadFile) -> list[tuple[str, str]]:
    own = result.returned.findings if result.returned else ()
    return [(f.code.name, f.cell) for f in (*result.findings, *own)]


def change(path: Path, edit: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    """Edit the parts of a package, all by name."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in edit(parts).items():
            archive.writestr(name, content)
    path.write_bytes(packed.getvalue())


@pytest.mark.parametrize("typed", ['=IF(1=1,"Không áp dụng","")', "#REF!"])
def test_a_doubtful_cell_of_applicability_keeps_the_score_from_counting(
    small: Campaign, form: Path, typed: str
) -> None:
    fill_form(form, {"1.1.1": {"applies": typed}})
    result = read(form, small)
    assert leaf(result, small, "1.1.1").answer is Answer.UNUSABLE
    assert codes(result) == [("CELL_WITHOUT_VALUE", "G8")]


def test_parts_are_found_where_the_links_lead(small: Campaign, form: Path) -> None:
    book = openpyxl.load_workbook(form)
    book[SCORE_SHEET]["F9"].number_format = "0%"
    book.save(form)

    def renamed(parts: dict[str, bytes]) -> dict[str, bytes]:
        links = parts["xl/_rels/workbook.xml.rels"]
        parts["xl/_rels/workbook.xml.rels"] = links.replace(b"styles.xml", b"styles2.xml")
        parts["xl/styles2.xml"] = parts.pop("xl/styles.xml")
        parts["xl/book.xml"] = parts.pop("xl/workbook.xml")
        parts["xl/_rels/book.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/book.xml")
        content = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = content.replace(b"xl/workbook.xml", b"xl/book.xml")
        return parts

    before = codes(read(form, small))
    assert before == [("SCORE_UNREADABLE", "F9")]
    change(form, renamed)
    assert codes(read(form, small)) == before


def test_shared_texts_with_a_prefix_are_read(small: Campaign, form: Path) -> None:
    def shared(parts: dict[str, bytes]) -> dict[str, bytes]:
        name = "xl/worksheets/sheet1.xml"
        texts: list[bytes] = []

        def take(match: re.Match[bytes]) -> bytes:
            texts.append(match.group(2))
            return b'%b t="s"><v>%d</v></c>' % (match.group(1), len(texts) - 1)

        inline = rb'(<c [^>]*?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>'
        parts[name] = re.sub(inline, take, parts[name])
        items = b"".join(b"<x:si><x:t>%b</x:t></x:si>" % text for text in texts)
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = b'<x:sst xmlns:x="%b">%b</x:sst>' % (space, items)
        assert texts
        return parts

    change(form, shared)
    result = read(form, small)
    assert codes(result) == []
    assert leaf(result, small, "1.1.1").score == Decimal("0.5")


def test_a_file_that_tells_no_time_is_compared_by_the_times_of_files(
    small: Campaign, form: Path
) -> None:
    older = form.with_name("CCHC-2024-VP cũ.xlsx")
    older.write_bytes(form.read_bytes())
    fill_form(form, {"1.1.1": {"score": 1}})

    def without_time(parts: dict[str, bytes]) -> dict[str, bytes]:
        return {name: part for name, part in parts.items() if name != "docProps/core.xml"}

    change(form, without_time)
    for path, day in ((older, 1), (form, 20)):
        time = dt.datetime(2024, 11, day, tzinfo=dt.UTC).timestamp()
        os.utime(path, (time, time))
    returns = gather_returns(read_returns(form.parent, small), small)
    assert [r.file for r in returns.returns] == [form.name]


def test_two_files_of_one_name_are_two(small: Campaign, form: Path, tmp_path: Path) -> None:
    other = tmp_path / "khác" / form.name
    other.parent.mkdir()
    other.write_bytes(form.read_bytes())
    fill_form(other, {"1.1.1": {"score": 1}})
    returns = gather_returns(read_returns([form, other], small), small)
    assert sorted(file.counted for file in returns.files) == [False, True]


@pytest.mark.parametrize(
    ("value", "proposed"),
    [
        (dt.date(1900, 1, 2), "2"),
        (dt.datetime(1900, 1, 1, 12), "1,5"),
        (dt.time(12), "0,5"),
        (dt.timedelta(hours=36), "1,5"),
        (dt.date(1904, 1, 3), "2"),
    ],
)
def test_a_number_in_a_cell_for_dates_is_proposed_as_that_number(value: Any, proposed: str) -> None:
    assert read_score(value).score is None
    assert read_score(value).proposal == f"Có phải là {proposed} điểm?"


@pytest.mark.parametrize(("typed", "proposed"), [("50%", "Có phải là 1,5 điểm?"), ("120%", "")])
def test_no_share_is_proposed_as_more_than_the_maximum(typed: str, proposed: str) -> None:
    assert read_score(typed, Decimal(3)).proposal == proposed


def test_codes_that_became_numbers_lead_to_their_rows(small: Campaign, form: Path) -> None:
    book = openpyxl.load_workbook(form)
    sheet: Any = book[SCORE_SHEET]
    for row in range(6, sheet.max_row + 1):
        sheet.cell(row, 1).value = None
        if sheet.cell(row, 2).value == "1.2":
            sheet.cell(row, 2).value = 1.2
            sheet.cell(row, 8).value = "đã gửi"
    book.save(form)
    result = read(form, small)
    assert codes(result) == []
    assert leaf(result, small, "1.2").result == "đã gửi"


def test_a_long_end_that_was_not_needed_does_no_harm(form: Path) -> None:
    content = form.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    count = int.from_bytes(content[end + 10 : end + 12], "little")
    size, offset = (int.from_bytes(content[end + at : end + at + 4], "little") for at in (12, 16))
    numbers = (44, 45 | 45 << 16, 0, 0, count, count, size, offset)
    widths = (8, 4, 4, 4, 8, 8, 8, 8)
    long_end = b"PK\x06\x06" + b"".join(
        number.to_bytes(width, "little") for number, width in zip(numbers, widths, strict=True)
    )
    locator = b"PK\x06\x07" + bytes(4) + end.to_bytes(8, "little") + (1).to_bytes(4, "little")
    archive = SafeArchive(content[:end] + long_end + locator + content[end:])
    assert archive.read("xl/workbook.xml").endswith(b"</workbook>")


def test_without_codes_rows_sorted_apart_from_their_ids_are_known_by_name(
    small: Campaign, form: Path
) -> None:
    book = openpyxl.load_workbook(form)
    sheet = book[SCORE_SHEET]
    rows = form_rows_by_code(sheet)
    first, second = rows["1.1.1"], rows["1.1.2"]
    for column in range(2, 11):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.delete_cols(2)
    book.save(form)
    result = read(form, small)
    assert leaf(result, small, "1.1.1").score == Decimal("0.5")
    assert leaf(result, small, "1.1.2").score == Decimal(1)
    assert "FORM_IDS_MIXED_UP" in [code for code, _ in codes(result)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (dt.date(2024, 10, 3), "03/10/2024"),
        (dt.datetime(2024, 10, 3, 8, 30), "03/10/2024 08:30"),
        (True, "TRUE"),
    ],
)
def test_days_and_truths_are_told_as_the_sheet_shows_them(
    small: Campaign, form: Path, typed: object, shown: str
) -> None:
    """They stood in the report as "2024-10-03" and "True"."""
    fill_form(form, {"1.1.1": {"evidence": typed, "result": typed}})
    answer = leaf(read(form, small), small, "1.1.1")
    assert (answer.evidence, answer.result) == (shown, shown)
