"""What is crossed out in the campaign workbook or an imported table does not count unsaid."""

from __future__ import annotations

import copy
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cchc_office import start_campaign
from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import CampaignError
from cchc_office.model import Method
from cchc_office.text.crossed_out import parted
from cchc_office.word.reading.contents import read_word_contents
from cchc_office.word.reading.passages import WordGrid

from .importing import draft_of
from .sheets import add_sheet, campaign_file, grid
from .struck import half_struck, strike_in

Told = list[tuple[FindingCode, str, str, str, str]]


def told(findings: tuple[Finding, ...]) -> Told:
    return [(f.code, f.sheet, f.cell, f.found, f.expected) for f in findings]


# --- the campaign workbook ---


def test_crossed_out_cells_of_the_campaign_workbook_do_not_count(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    strike_in(path, "Thông tin", "B10")
    strike_in(path, "Đơn vị", "C2", "F3")
    strike_in(path, "Bộ chỉ số", "E8")
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"]["C4"] = half_struck("1", "0,5")
    book.save(path)
    campaign = load_campaign(path)
    assert campaign.info.deadline is None
    assert (campaign.unit("VP").aliases, campaign.unit("TTra").emails) == ((), ())
    leaves = {c.code: c for c in campaign.criteria}
    assert leaves["1.4"].method is Method.SELF
    assert leaves["1.1.1"].max_score == Decimal("0.5")
    wanted: Told = [
        (Code.STRUCK_OUT, "Thông tin", "B10", "30/11/2024", ""),
        (Code.STRUCK_OUT, "Đơn vị", "C2", "Văn phòng", ""),
        (Code.STRUCK_OUT, "Đơn vị", "F3", "tt@a.example", ""),
        (Code.MISSING_EMAIL, "Đơn vị", "F3", "", ""),
        (Code.HALF_STRUCK, "Bộ chỉ số", "C4", "1", "0,5"),
        (Code.STRUCK_OUT, "Bộ chỉ số", "E8", "ĐTXHH", ""),
    ]
    assert [one for one in told(campaign.findings) if one[0] is not Code.UNKNOWN_UNIT] == wanted


def test_a_row_that_is_crossed_out_whole_is_asked_about_and_papers_wait(tmp_path: Path) -> None:
    """It is read as it was written, so that nothing else seems wrong because of it."""
    path = strike_in(campaign_file(tmp_path), "Bộ chỉ số", *(f"{c}6" for c in "ABCDE"))
    campaign = load_campaign(path)
    [finding] = campaign.findings
    assert (finding.code, finding.cell, finding.is_error) == (Code.STRUCK_TABLE_ROW, "A6", True)
    assert "1.2 Sáng kiến" in finding.sentence
    assert [c.code for c in campaign.criteria] == [
        "1",
        "1.1",
        "1.1.1",
        "1.1.2",
        "1.2",
        "1.3",
        "1.4",
    ]


def test_a_unit_that_is_crossed_out_is_asked_about(tmp_path: Path) -> None:
    path = strike_in(campaign_file(tmp_path), "Đơn vị", "B3")
    campaign = load_campaign(path)
    [finding] = campaign.findings
    assert (finding.code, finding.sheet, finding.cell) == (Code.STRUCK_TABLE_ROW, "Đơn vị", "B3")
    assert campaign.unit("TTra").name == "Thanh tra Sở"


def test_a_merged_cell_that_is_crossed_out_is_told_once(tmp_path: Path) -> None:
    """Văn phòng stands in D3, merged down to D5."""
    path = strike_in(campaign_file(tmp_path), "Bộ chỉ số", "D3")
    findings = load_campaign(path).findings
    struck = [f for f in findings if f.code is Code.STRUCK_OUT]
    assert [(f.cell, f.found) for f in struck] == [("D3", "Văn phòng")]
    assert [f.code for f in findings if f not in struck] == [Code.MISSING_UNIT, Code.MISSING_UNIT]


def test_a_crossed_out_survey_result_does_not_count(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    add_sheet(path, "Kết quả ĐTXHH", "STT | Tiêu chí | Điểm\n1.4 | Ý kiến | 2,5\n")
    assert [r.score for r in load_campaign(path).survey_results] == [Decimal("2.5")]
    campaign = load_campaign(strike_in(path, "Kết quả ĐTXHH", "C2"))
    assert campaign.survey_results == ()
    assert told(campaign.findings) == [(Code.STRUCK_OUT, "Kết quả ĐTXHH", "C2", "2,5", "")]


def test_a_crossed_out_heading_is_told(tmp_path: Path) -> None:
    campaign = load_campaign(strike_in(campaign_file(tmp_path), "Bộ chỉ số", "E1"))
    assert (Code.STRUCK_OUT, "Bộ chỉ số", "E1", "Ghi chú", "") in told(campaign.findings)


# --- imported tables ---

TABLE = """
STT   | Tiêu chí          | Điểm tối đa | Đơn vị thực hiện
1     | Lĩnh vực một      |             |
1.1   | Ban hành kế hoạch | 1           | Văn phòng
1.2   | Báo cáo           | 2           | Thanh tra
"""
Pieces = list[tuple[str, bool]]


def word_table(path: Path, cells: dict[tuple[int, int], Pieces]) -> Path:
    """Save TABLE as a Word table, with some cells made of pieces that are crossed out or not."""
    document = docx.Document()
    rows = grid(TABLE)
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            paragraph = table.cell(r, c).paragraphs[0]
            for piece, struck in cells.get((r, c), [(text, False)]):
                paragraph.add_run(piece).font.strike = struck or None
    document.save(str(path))
    return path


def workbook_table(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Bảng 1"
    for row in grid(TABLE):
        sheet.append(row)
    sheet["C3"] = half_struck("1", "0,5")
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_what_is_crossed_out_in_an_imported_table_is_left_out_and_told(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"bang.{ending}"
    if ending == "docx":
        word_table(path, {(2, 2): [("1", True), ("0,5", False)], (3, 3): [("Thanh tra", True)]})
    else:
        strike_in(workbook_table(path), "Bảng 1", "D4")
        book = openpyxl.load_workbook(path)
        book["Bảng 1"]["C3"] = half_struck("1", "0,5")
        book.save(path)
    draft, findings = draft_of(path)
    assert [(r.code, r.max_score, r.unit_text) for r in draft.rows] == [
        ("1", None, ""),
        ("1.1", Decimal("0.5"), "Văn phòng"),
        ("1.2", Decimal(2), ""),
    ]
    assert told(findings) == [
        (Code.HALF_STRUCK, "Bảng 1", "C3", "1", "0,5"),
        (Code.STRUCK_OUT, "Bảng 1", "D4", "Thanh tra", ""),
    ]
    places = {
        "xlsx": ["bang.xlsx, trang “Bảng 1”, ô C3", "bang.xlsx, trang “Bảng 1”, ô D4"],
        "docx": ["bang.docx, Bảng 1, dòng 3", "bang.docx, Bảng 1, dòng 4"],
    }
    assert [f.place for f in findings] == places[ending]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_crossed_out_row_comes_along_crossed_out_and_is_asked_about(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"bang.{ending}"
    if ending == "docx":
        texts = enumerate(grid(TABLE)[3])
        word_table(path, {(3, c): [(text, True)] for c, text in texts})
    else:
        strike_in(workbook_table(path), "Bảng 1", "A4", "B4", "C4", "D4")
    started = start_campaign(tmp_path / "dot", path)
    assert started.imported is not None
    codes = [f.code for f in started.imported.findings]
    assert Code.STRUCK_TABLE_ROW in codes
    assert Code.STRUCK_OUT not in codes
    assert started.imported.words.missing == ()
    sheet: Any = openpyxl.load_workbook(started.workbook)["Bộ chỉ số"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value in {"1.1", "1.2"}}
    assert [bool(cell.font.strike) for cell in rows["1.2"]][:2] == [True, True]
    assert not any(cell.font.strike for cell in rows["1.1"])
    assert [cell.value for cell in rows["1.2"]][:4] == ["1.2", "Báo cáo", 2, "Thanh tra"]
    asked = [
        f for f in load_campaign(started.workbook).findings if f.cell == f"A{rows['1.2'][0].row}"
    ]
    assert [f.code for f in asked] == [Code.STRUCK_TABLE_ROW]


# --- Word ---


def tables_of(document: Any) -> list[WordGrid]:
    """Return the tables that are read of a document."""
    saved = BytesIO()
    document.save(saved)
    blocks = read_word_contents(saved.getvalue()).blocks
    return [block for block in blocks if isinstance(block, WordGrid)]


def struck_by(name: str, value: str | None = None) -> Any:
    element = OxmlElement(f"w:{name}")
    if value is not None:
        element.set(qn("w:val"), value)
    return element


def test_text_is_crossed_out_by_styles_toggles_and_double_lines() -> None:
    """Two styles that both cross out cancel each other (ECMA-376 part 1, 17.7.3)."""
    document: Any = docx.Document()
    for name, kind in (("Gạch chữ", 2), ("Gạch đoạn", 1)):
        document.styles.add_style(name, kind).font.strike = True
    table = document.add_table(1, 6)
    runs = [table.cell(0, n).paragraphs[0].add_run("cũ") for n in range(6)]
    runs[0].style = document.styles["Gạch chữ"]
    table.cell(0, 1).paragraphs[0].style = document.styles["Gạch đoạn"]
    runs[2].style = document.styles["Gạch chữ"]
    table.cell(0, 2).paragraphs[0].style = document.styles["Gạch đoạn"]
    runs[3]._r.get_or_add_rPr().append(struck_by("dstrike"))
    runs[4].style = document.styles["Gạch chữ"]
    runs[4]._r.get_or_add_rPr().append(struck_by("strike", "0"))
    runs[5]._r.get_or_add_rPr().append(struck_by("strike", "false"))
    [found] = tables_of(document)
    cells = [cell.passage for cell in found.rows[0]]
    assert [cell.crossed_out for cell in cells] == ["cũ", "cũ", "", "cũ", "", ""]
    assert [cell.text for cell in cells] == ["", "", "cũ", "", "cũ", "cũ"]


def test_merged_nested_and_ragged_word_tables() -> None:
    document: Any = docx.Document()
    table = document.add_table(3, 3)
    for r in range(3):
        for c in range(3):
            table.cell(r, c).text = f"{r}{c}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    inner = table.cell(2, 0).add_table(3, 1)
    for r in range(3):
        inner.cell(r, 0).text = f"trong {r}"
    row = table.rows[1]._tr
    row.remove(row.tc_lst[1])
    row.get_or_add_trPr().append(struck_by("gridBefore", "1"))
    outer, nested = tables_of(document)
    assert [[(cell.row, cell.column) for cell in row] for row in outer.rows] == [
        [(0, 0), (0, 0), (0, 2)],
        [(1, 0), (1, 1), (1, 2)],
        [(2, 0), (2, 1), (1, 2)],
    ]
    assert [cell.passage.text for cell in outer.rows[1]] == ["", "10", "12\n22"]
    assert [cell.passage.text for row in nested.rows for cell in row] == [
        "trong 0",
        "trong 1",
        "trong 2",
    ]


def test_word_tables_that_are_absurdly_large_are_refused_in_a_sentence(tmp_path: Path) -> None:
    """Six thousand rows of one cell each, which all stand for sixty columns."""
    document: Any = docx.Document()
    table = document.add_table(1, 1)
    row = table.rows[0]._tr
    row.tc_lst[0].get_or_add_tcPr().append(struck_by("gridSpan", "60"))
    for _ in range(6_000):
        table._tbl.append(copy.copy(row))
    path = tmp_path / "a.docx"
    document.save(str(path))
    with pytest.raises(CampaignError, match=r"Không đọc được a\.docx: các bảng lớn bất thường"):
        draft_of(path)


def test_parts_of_a_text() -> None:
    assert parted([("a", False), ("b", True)]) == ("a", "b")
    assert parted([]) == ("", "")
