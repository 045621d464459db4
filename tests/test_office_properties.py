"""What every file that is written says of itself: its language, and how many texts it holds."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import etree

from cchc_office.sheets.look import Style
from cchc_office.sheets.workbook_writer import WorkbookWriter

from .appraised_campaigns import units_file
from .calls import cchc
from .conftest import EXAMPLE, ROOT
from .whole_year import Office

SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LANGUAGES = re.compile(rb"\b(?:en-US|en-GB)\b")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One file of every kind and stage that commands write, and what campaigns begin with."""
    folder = tmp_path_factory.mktemp("nam")
    office = Office(units_file(folder / "dot", 2).parent, folder / "ra")
    office.whole_year(returned=2)
    table = folder / "bang"
    cchc("phu-luc", EXAMPLE, "-o", table)
    for name, source in (("mau", ()), ("tu", ("--tu", table / "phu-luc/phu-luc.xlsx"))):
        assert cchc("khoi-tao", office.papers / name, *source) in (0, 1)
    found = [p for p in office.papers.rglob("*") if p.suffix in (".docx", ".xlsx")]
    return [*found, *sorted((ROOT / "templates").glob("*.docx"))]


def test_properties_name_vietnamese(papers: list[Path]) -> None:
    assert len(papers) > 20
    for path in papers:
        if path.suffix == ".docx":
            language = docx.Document(str(path)).core_properties.language
        else:
            language = openpyxl.load_workbook(path).properties.language or ""
        assert language == "vi-VN", path


def test_no_text_is_marked_as_english(papers: list[Path]) -> None:
    for path in papers:
        with zipfile.ZipFile(path) as archive:
            english = [n for n in archive.namelist() if LANGUAGES.search(archive.read(n))]
        assert english == [], path


def test_texts_of_charts_and_letters_are_marked_as_vietnamese(papers: list[Path]) -> None:
    report = next(path for path in papers if path.name == "tong-hop.xlsx")
    with zipfile.ZipFile(report) as archive:
        chart: Any = etree.fromstring(archive.read("xl/charts/chart1.xml"))
    assert chart.find(f"{CHART}lang").get("val") == "vi-VN"
    assert {text.get("lang") for text in chart.iter(f"{DRAWING}rPr")} == {"vi-VN"}
    letter = next(path for path in papers if path.suffix == ".docx")
    with zipfile.ZipFile(letter) as archive:
        styles: Any = etree.fromstring(archive.read("word/styles.xml"))
    [usual] = styles.iter(f"{WORD}lang")
    assert usual.get(f"{WORD}val") == "vi-VN"


def test_shared_texts_are_counted_as_they_are_used(papers: list[Path]) -> None:
    workbooks = [path for path in papers if path.suffix == ".xlsx"]
    assert {path.name for path in workbooks} >= {"dot-cham.xlsx", "tong-hop.xlsx", "phu-luc.xlsx"}
    for path in workbooks:
        with zipfile.ZipFile(path) as archive:
            texts: Any = etree.fromstring(archive.read("xl/sharedStrings.xml"))
            sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            cells: list[Any] = [
                cell
                for name in sheets
                for cell in etree.fromstring(archive.read(name)).iter(f"{SHEETS}c")
                if cell.get("t") == "s"
            ]
        used = {cell.findtext(f"{SHEETS}v") for cell in cells}
        counted = (int(texts.get("count")), int(texts.get("uniqueCount")))
        assert counted == (len(cells), len(used)), path
        assert len(texts) == len(used)


def test_a_workbook_with_a_chart_says_that_it_is_vietnamese(tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    book = WorkbookWriter("Bảng “một” & hai", "Times New Roman")
    sheet = book.sheet("Bảng")
    sheet.text(0, 0, "Điểm", Style())
    chart = book.chart({"type": "bar"})
    chart.add_series({"values": "='Bảng'!$A$1:$A$2", "name": "Điểm"})
    chart.set_title({"name": "Điểm đạt"})
    sheet.raw.insert_chart(2, 0, chart)
    path.write_bytes(book.finish())
    properties = openpyxl.load_workbook(path).properties
    assert (properties.language, properties.title) == ("vi-VN", "Bảng “một” & hai")
    with zipfile.ZipFile(path) as archive:
        written = archive.read("xl/charts/chart1.xml").decode("utf-8")
    assert "Điểm đạt" in written
    assert "en-US" not in written
