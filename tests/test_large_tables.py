"""Tables that are hard to draw come out whole: read back from the files, and from their pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.table import Table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx
from cchc_office.text.widths import count_lines

from .large_campaigns import ALL_COLUMNS, NINE_COLUMNS, campaign, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4
PAGE = (297 - 20 - 20) * MM
LONG_UNIT = "Thanhtrasở tổng hợp. Các phòng, đơn vị thực hiện, báo cáo"
BLOCKS = [(5, "Văn phòng"), (12, "Thanh tra")]

CAMPAIGNS: dict[str, Campaign] = {
    "600 rows": campaign([words(30 + place % 120) for place in range(545)]),
    "names of 400": campaign([words(400)] * 40),
    "unit of 60 rows": campaign(
        [words(60 + place % 50) for place in range(60)],
        blocks=[(3, "Văn phòng"), (60, LONG_UNIT)],
        label="Phụ lục II",
    ),
    "unit ends on the next page": campaign(
        [words(40)] * 60, blocks=[(3, "Văn phòng"), (37, f"{LONG_UNIT} " * 4)]
    ),
    "nine columns": campaign(
        [words(40 + place * 7 % 150) for place in range(40)],
        blocks=BLOCKS * 2,
        columns=NINE_COLUMNS,
        rich=True,
        label="Phụ lục",
    ),
    "all columns": campaign(
        [words(90)] * 25, blocks=BLOCKS * 2, columns=ALL_COLUMNS, rich=True
    ),
    "name of 2400": campaign([words(50), words(80), words(2400), words(60)], blocks=[(5, "Văn phòng")]),
    "name over pages": campaign([words(9000)]),
    "heading before a page of text": campaign([words(2000)] * 3),
    "a page filled to its foot": campaign(
        [words(20), words(5), words(90)], columns=ALL_COLUMNS, rich=True, label="Phụ lục II"
    ),
    "unit text of a page": campaign([words(40)] * 5, blocks=[(3, words(2500))]),
}  # fmt: skip
each_campaign = pytest.mark.parametrize("name", CAMPAIGNS)


def table_of(name: str) -> Table:
    return assignment_table(CAMPAIGNS[name], DEFAULT_PROFILE)


@cache
def xlsx_of(name: str) -> bytes:
    return render_xlsx(table_of(name), DEFAULT_PROFILE, "Bảng phân công")


@cache
def docx_of(name: str) -> bytes:
    return render_docx(table_of(name), DEFAULT_PROFILE)


@cache
def sheet_of(name: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_of(name))).active


def headings_row(sheet: Any) -> int:
    return next(r for r in range(1, 20) if sheet.cell(r, 1).value == "STT")


def expected_words(name: str) -> Counter[str]:
    """Count the words of every cell of the table, of its headings and of its head."""
    table = table_of(name)
    texts = [table.label, table.title, table.reference, *(c.heading for c in table.columns)]
    texts += [cell.text for row in table.rows for cell in row.cells if cell is not None]
    return Counter(word for text in texts for word in text.split())


def columns_of_text(sheet: Any) -> list[list[str]]:
    """Return the texts of each column under the headings, from above down."""
    first = headings_row(sheet) + 1
    return [
        [str(sheet.cell(r, c).value) for r in range(first, sheet.max_row + 1) if sheet.cell(r, c).value]
        for c in range(1, sheet.max_column + 1)
    ]  # fmt: skip


def cells_with_room(sheet: Any) -> list[tuple[Any, float, float]]:
    """Return each cell with text, and the width and height in points that it has, merged or not."""
    widths = {
        number: dimension.width
        for dimension in sheet.column_dimensions.values()
        for number in range(dimension.min, dimension.max + 1)
    }
    merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    found = []
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.value:
                continue
            area = merged.get((cell.row, cell.column))
            last_row, last_column = (
                (area.max_row, area.max_col) if area else (cell.row, cell.column)
            )
            # A width of 1 is a digit of the default font, 7 pixels wide.
            columns = range(cell.column, last_column + 1)
            width = sum(widths[c] * 7 for c in columns) * 72 / 96
            height = sum(sheet.row_dimensions[r].height for r in range(cell.row, last_row + 1))
            found.append((cell, width, height))
    return found


@each_campaign
def test_no_text_is_lost_in_the_sheet(name: str) -> None:
    sheet = sheet_of(name)
    texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert expected_words(name) - Counter(texts.split()) == Counter()
    names = " ".join(columns_of_text(sheet)[1])
    assert names == " ".join(row.cells[1].text for row in table_of(name).rows if row.cells[1])


@each_campaign
def test_every_text_fits_its_cell(name: str) -> None:
    for cell, width, height in cells_with_room(sheet_of(name)):
        lines = count_lines(str(cell.value), width - 7, cell.font.size, bold=bool(cell.font.b))
        assert lines * cell.font.size * 1.15 <= height + 0.5, cell.coordinate


@each_campaign
def test_rows_are_within_excels_limit_and_pages_within_the_paper(name: str) -> None:
    sheet = sheet_of(name)
    heights = [sheet.row_dimensions[r].height for r in range(1, sheet.max_row + 1)]
    assert max(heights) <= 409.5
    starts = [0, *(b.id for b in sheet.row_breaks.brk), sheet.max_row]
    paper = 210 if sheet.page_setup.orientation == "landscape" else 297
    repeated = heights[headings_row(sheet) - 1]
    for page, (first, end) in enumerate(pairwise(starts)):
        assert sum(heights[first:end]) + (repeated if page else 0) <= (paper - 40) * MM


@each_campaign
def test_pages_break_where_a_careful_hand_breaks_them(name: str) -> None:
    sheet, table = sheet_of(name), table_of(name)
    breaks = [b.id for b in sheet.row_breaks.brk]
    for merged in sheet.merged_cells.ranges:
        assert not any(merged.min_row <= row < merged.max_row for row in breaks), merged
    headings = {row.cells[0].text for row in table.rows if row.cells[0] and row.keep_with_next}
    for row in breaks:
        is_high = sheet.row_dimensions[row].height > PAGE / 5
        assert is_high or sheet.cell(row, 1).value not in headings


def unit_codes() -> set[str]:
    """Return the codes of the rows of the unit of 60 rows."""
    rows = [[cell and cell.text for cell in row.cells] for row in table_of("unit of 60 rows").rows]
    first = next(place for place, row in enumerate(rows) if row[2] == LONG_UNIT)
    return {str(row[0]) for row in rows[first : first + 60]}


def test_a_long_unit_cell_says_its_text_on_every_page() -> None:
    sheet = sheet_of("unit of 60 rows")
    starts = [headings_row(sheet), *(b.id for b in sheet.row_breaks.brk), sheet.max_row]
    named = [{sheet.cell(r + 1, 3).value for r in range(*page)} for page in pairwise(starts)]
    codes = [{sheet.cell(r + 1, 1).value for r in range(*page)} for page in pairwise(starts)]
    places = [place for place, page in enumerate(codes) if page & unit_codes()]
    assert len(places) > 2
    assert [place for place, page in enumerate(named) if LONG_UNIT in page] == places


def test_a_name_that_runs_on_begins_where_it_stands_and_goes_on_at_the_top() -> None:
    sheet = sheet_of("name of 2400")
    (page_break,) = (b.id for b in sheet.row_breaks.brk)
    assert sheet.cell(page_break + 1, 1).value is None
    assert words(2400).endswith(sheet.cell(page_break + 1, 2).value)
    assert sheet.cell(page_break + 1, 2).alignment.vertical == "top"


def test_a_campaign_without_notes_keeps_the_column_empty() -> None:
    columns = columns_of_text(sheet_of("600 rows"))
    assert len(columns) == 4
    assert columns[3] == []


@pytest.mark.parametrize(("name", "label"), [("unit of 60 rows", "Phụ lục II"), ("600 rows", "")])
def test_the_label_stands_above_the_title(name: str, label: str) -> None:
    first = sheet_of(name)["A1"]
    looks = [(first.value, first.font.size, first.font.b, first.alignment.horizontal)]
    paragraph: Any = docx.Document(io.BytesIO(docx_of(name))).paragraphs[0]
    style = paragraph.style
    align = {WD_ALIGN_PARAGRAPH.CENTER: "center"}[style.paragraph_format.alignment]
    looks.append((paragraph.text, style.font.size.pt, style.font.bold, align))
    assert looks == [(label or "BẢNG PHÂN CÔNG", 14 if label else 13, True, "center")] * 2


# --- the Word document ---


def body_of(name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(docx_of(name))) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def text_of(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def merge_of(cell: ElementTree.Element) -> str:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else merge.get(f"{W}val", "continue")


@each_campaign
def test_no_text_is_lost_in_the_document(name: str) -> None:
    texts = (text_of(paragraph) for paragraph in body_of(name).iter(f"{W}p"))
    assert expected_words(name) - Counter(" ".join(texts).split()) == Counter()


@each_campaign
def test_merged_cells_go_on_only_under_their_beginning(name: str) -> None:
    above: list[str] = []
    for row in body_of(name).iter(f"{W}tr"):
        merges = [merge_of(cell) for cell in row.iter(f"{W}tc")]
        assert all(above[i] for i, merge in enumerate(merges) if merge == "continue")
        above = merges


def test_a_long_unit_cell_is_divided_where_pages_break_and_says_its_text() -> None:
    parts: list[int] = []
    for row in body_of("unit of 60 rows").iter(f"{W}tr"):
        cell = list(row.iter(f"{W}tc"))[2]
        if text_of(cell) == LONG_UNIT:
            parts.append(1)
        elif merge_of(cell) == "continue" and parts:
            parts[-1] += 1
    assert sum(parts) == 60
    assert len(parts) >= 2
    assert max(parts) <= 40


@pytest.mark.parametrize("name", ["nine columns", "600 rows"])
def test_the_page_is_landscape_where_columns_need_it(name: str) -> None:
    wide = name == "nine columns"
    size = next(body_of(name).iter(f"{W}pgSz"))
    assert (size.get(f"{W}orient") == "landscape") == wide
    assert (int(size.get(f"{W}w", "0")) > int(size.get(f"{W}h", "0"))) == wide
    margins = next(body_of(name).iter(f"{W}pgMar"))
    sides = [round(int(margins.get(f"{W}{s}", "0")) / 56.7) for s in ("left", "right", "top", "bottom")]  # fmt: skip
    assert sides == [30, 15, 20, 20]
    widths = [int(c.get(f"{W}w", "0")) / 56.7 for c in body_of(name).iter(f"{W}gridCol")]
    assert sum(widths) == pytest.approx((297 if wide else 210) - 45, abs=0.5)
    sheet = sheet_of(name)
    assert (sheet.page_setup.orientation == "landscape") == wide
    shown = [round(getattr(sheet.page_margins, s) * 25.4) for s in ("left", "right", "top", "bottom")]  # fmt: skip
    assert shown == sides


# --- the pages that LibreOffice makes ---


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[str]]:
    """Return the text of each page of every campaign's table, by campaign and ending."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not on this machine; .ci/run installs it")
    folder = tmp_path_factory.mktemp("tables")
    found = {}
    for ending, draw in (("xlsx", xlsx_of), ("docx", docx_of)):
        sources = [folder / f"{place}.{ending}" for place in range(len(CAMPAIGNS))]
        for source, name in zip(sources, CAMPAIGNS, strict=True):
            source.write_bytes(draw(name))
        made = folder / ending
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", "pdf", "--outdir", str(made), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        for source, name in zip(sources, CAMPAIGNS, strict=True):
            found[name, ending] = text_of_pages(reader, made / f"{source.stem}.pdf")
    return found


def text_of_pages(reader: str, path: Path) -> list[str]:
    done = subprocess.run([reader, "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@each_campaign
def test_every_word_is_on_the_pages(
    pages: dict[tuple[str, str], list[str]], name: str, ending: str
) -> None:
    shown = Counter(" ".join(pages[name, ending]).split())
    assert without_hyphens(expected_words(name)) - without_hyphens(shown) == Counter()


def without_hyphens(found: Counter[str]) -> Counter[str]:
    """Count words without hyphens and slashes, at which lines may break."""
    return Counter(w for word in found.elements() for w in re.split(r"[-/]", word) if w)


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@each_campaign
def test_no_page_is_blank_or_ends_with_a_heading(
    pages: dict[tuple[str, str], list[str]], name: str, ending: str
) -> None:
    headings = {
        row.cells[0].text for row in table_of(name).rows if row.cells[0] and row.keep_with_next
    }
    for page in pages[name, ending]:
        lines = [line.split() for line in page.splitlines() if line.strip()]
        assert lines[-1][0] not in headings
        assert any("STT" in line for line in lines)


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_every_page_of_a_long_unit_cell_names_the_unit(
    pages: dict[tuple[str, str], list[str]], ending: str
) -> None:
    found = pages["unit of 60 rows", ending]
    places = [place for place, page in enumerate(found) if set(page.split()) & unit_codes()]
    assert len(places) > 2
    assert [place for place, page in enumerate(found) if "Thanhtrasở" in page] == places
