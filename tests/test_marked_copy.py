"""`kiem-tra --danh-dau`: a copy of the workbook with what is found at its cells."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner
from lxml import etree
from PIL import Image
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from cchc_office import open_campaign, start_campaign
from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.cli.group import cli
from cchc_office.sheets.marked_copy import is_untouched
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.runs import RunFate

from .page_client import done, post
from .sheets import CRITERIA, SETTINGS, UNITS, campaign_file, grid
from .validator import errors_of

NAMES = ("Thông tin", "Đơn vị", "Bộ chỉ số")
LIST = "Danh sách đánh dấu"
UNDERSTOOD = "Chương trình hiểu là"
MISTAKEN = CRITERIA.replace("Thanh tra tổng hợp. Các phòng, đơn vị báo cáo", "Phòng Lạ")
Decorate = Callable[[xlsxwriter.Workbook, dict[str, Any]], None]


def nothing(_book: xlsxwriter.Workbook, _sheets: dict[str, Any]) -> None:
    pass


def written(folder: Path, decorate: Decorate = nothing, criteria: str = MISTAKEN) -> Path:
    """Write the campaign with another library than marks it; `decorate` adds what Excel can."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "dot-cham.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheets = {name: book.add_worksheet(name) for name in NAMES}
        for sheet, text in zip(sheets.values(), (SETTINGS, UNITS, criteria), strict=True):
            for at, row in enumerate(grid(text.replace("^", "Văn phòng"))):
                for place, value in enumerate(row):
                    sheet.write_string(at, place, value)
        decorate(book, sheets)
    return path


def part(path: Path, start: str) -> list[etree._Element]:
    with zipfile.ZipFile(path) as book:
        names = [n for n in book.namelist() if n.startswith(start) and n.endswith(".xml")]
        return [etree.fromstring(book.read(name)) for name in sorted(names)]


def comments(path: Path) -> dict[str, str]:
    """Return the comments of all sheets by the address of their cell."""
    return {
        one.get("ref", ""): "".join(map(str, one.itertext()))
        for root in part(path, "xl/comments")
        for one in root.iter("{*}comment")
    }


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


def mark(path: Path) -> Path:
    return open_campaign(path).mark().file


def places(path: Path) -> list[tuple[str, str, str]]:
    return [(f.code.name, f.sheet, f.cell) for f in load_campaign(path).findings]


def test_each_finding_is_at_its_cell_and_in_the_list(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    before = path.read_bytes()
    marked = open_campaign(path).mark()
    assert path.read_bytes() == before
    assert marked.file == path.with_name("dot-cham-danh-dau.xlsx")
    at_cells = [f for f in marked.findings if f.cell]
    assert at_cells
    said = comments(marked.file)
    assert all(f.sentence in said[f.cell] for f in at_cells)
    listed = rows(marked.file, LIST)
    assert [row[2] for row in listed[-len(marked.findings) :]] == [
        f.sentence for f in marked.findings
    ]
    links = {
        link.get("location")
        for link in part(marked.file, "xl/worksheets/sheet1")[0].iter("{*}hyperlink")
    }
    assert {f"'{f.sheet}'!{f.cell}" for f in at_cells} <= links
    coloured = {
        address
        for root in part(marked.file, "xl/worksheets/sheet")
        for area in root.iter("{*}conditionalFormatting")
        for address in area.get("sqref", "").split()
    }
    assert {f.cell for f in at_cells} == coloured


def test_the_reader_reads_a_marked_copy_as_it_reads_the_workbook(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    copy = mark(path)
    assert places(copy) == places(path)
    assert load_campaign(copy).criteria == load_campaign(path).criteria


def test_marking_a_marked_copy_begins_afresh(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    said = comments(mark(path))
    path.write_bytes(path.with_name("dot-cham-danh-dau.xlsx").read_bytes())
    assert comments(mark(path)) == said
    assert [s.name for s in CalamineWorkbook.from_path(str(mark(path))).sheets_metadata] == [
        LIST,
        UNDERSTOOD,
        *NAMES,
    ]


def test_what_was_mended_is_no_longer_marked(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    copy = mark(path)
    assert comments(copy)
    written(tmp_path / "dot", criteria=CRITERIA)
    assert comments(mark(path)) == {}


def test_a_clerks_comment_stays_above_ours(tmp_path: Path) -> None:
    wrong = load_campaign(written(tmp_path / "dot")).findings[0]

    def comment(_book: xlsxwriter.Workbook, sheets: dict[str, Any]) -> None:
        sheets[wrong.sheet].write_comment(wrong.cell, "Đã hỏi anh Bình")
        sheets["Đơn vị"].write_comment("A2", "Giữ nguyên")

    path = written(tmp_path / "dot", comment)
    for _ in range(2):
        said = comments(mark(path))
        assert said[wrong.cell].startswith("Đã hỏi anh Bình")
        assert said[wrong.cell].count(wrong.sentence) == 1
        assert said["A2"] == "Giữ nguyên"
        path.write_bytes(path.with_name("dot-cham-danh-dau.xlsx").read_bytes())


def decorated(book: xlsxwriter.Workbook, sheets: dict[str, Any]) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    sheet = sheets["Bộ chỉ số"]
    sheet.insert_image("J2", "dau.png", {"image_data": picture})
    red = book.add_format({"bg_color": "#FF0000"})
    sheet.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 5, "format": red})
    sheet.data_validation("D2:D9", {"validate": "list", "source": ["Văn phòng", "Thanh tra"]})
    sheet.autofilter("A1:E8")
    sheet.freeze_panes(1, 0)
    sheet.write_comment("B2", "Xem lại")
    sheet.write_url("K2", "https://a.example/")
    sheet.set_column(1, 1, 60)
    sheet.write_rich_string("B3", "Tiêu chí ", book.add_format({"bold": True}), "một")
    sheet.write_formula("C9", "=SUM(C4:C8)", None, 7)
    sheet.merge_range("H2:H4", "Ghi riêng")
    sheet.repeat_rows(0)
    sheet.print_area("A1:E9")
    sheet.protect("", {"format_cells": True})
    book.define_name("Vung", "='Bộ chỉ số'!$A$1:$E$8")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Bộ chỉ số'!$C$2:$C$5"})
    sheet.insert_chart("M2", chart)


KEPT = (
    *("drawing", "conditionalFormatting", "dataValidation", "autoFilter", "pane", "f"),
    *("hyperlink", "mergeCell", "sheetProtection"),
)


def test_what_a_workbook_has_is_in_the_copy(tmp_path: Path) -> None:
    path = written(tmp_path / "dot", decorated)
    marked = open_campaign(path).mark()
    sheet = part(marked.file, "xl/worksheets/sheet5")[0]
    assert [name for name in KEPT if sheet.find(f".//{{*}}{name}") is None] == []
    formula = next(c for c in sheet.iter("{*}c") if c.find("{*}f") is not None)
    assert formula.findtext("{*}v") == "7"
    with zipfile.ZipFile(marked.file) as book:
        names = book.namelist()
        texts = book.read("xl/worksheets/sheet5.xml").decode()
        defined = book.read("xl/workbook.xml").decode()
    assert any(name.startswith("xl/media/") for name in names)
    assert any(name.startswith("xl/charts/chart") for name in names)
    assert "<b" in texts
    assert all(name in defined for name in ('"Vung"', "Print_Titles", "Print_Area"))
    assert comments(marked.file)["B2"] == "Xem lại"
    # What xlsxwriter writes of comments and pictures all comes through.
    assert [what for what in marked.lost if "ghi chú" not in what] == []


def test_what_a_copy_loses_is_told_and_stands_in_its_list(tmp_path: Path) -> None:
    def decorate(_book: xlsxwriter.Workbook, sheets: dict[str, Any]) -> None:
        sheets["Bộ chỉ số"].add_sparkline("L2", {"range": "Bộ chỉ số!C2:C5"})
        sheets["Bộ chỉ số"].insert_textbox("N2", "Chữ trong hình")
        sheets["Bộ chỉ số"].insert_button("P2", {"caption": "Bấm"})

    marked = open_campaign(written(tmp_path / "dot", decorate)).mark()
    told = next(f for f in marked.findings if f.code is Code.MARKED_COPY_LOSES)
    assert marked.lost == ("biểu đồ trong ô (sparkline)", "hình vẽ, ô chữ")
    assert told.sentence in "\n".join(str(row[0]) for row in rows(marked.file, LIST)[:2])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("xl/slicers/slicer1.xml", "nút lọc (slicer)"),
        ("xl/threadedComments/threadedComment1.xml", "trao đổi trong ô (threaded comment)"),
        ("xl/ctrlProps/ctrlProp1.xml", "nút, ô đánh dấu, hộp chọn trên trang (form control)"),
        ("xl/pivotTables/pivotTable9.xml", "bảng tổng hợp (PivotTable)"),
        ("xl/khac/phan1.xml", "phần “xl/khac” của tệp"),
    ],
)
def test_parts_that_a_copy_has_not_are_told(name: str, told: str, tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    with zipfile.ZipFile(path, "a") as book:
        book.writestr(name, "<a/>")
    assert open_campaign(path).mark().lost == (told,)


def test_a_new_workbook_of_ours_loses_nothing(tmp_path: Path) -> None:
    path = start_campaign(tmp_path / "dot").workbook
    marked = open_campaign(path).mark()
    assert marked.lost == ()
    names = [s.name for s in CalamineWorkbook.from_path(str(marked.file)).sheets_metadata]
    assert names[:2] == [LIST, UNDERSTOOD]
    assert "Danh sách chọn" in names
    lists = [
        sum(len(list(root.iter("{*}dataValidation"))) for root in part(one, "xl/worksheets/sheet"))
        for one in (path, marked.file)
    ]
    assert lists[0] == lists[1] > 15
    with zipfile.ZipFile(marked.file) as book:
        boxes = [book.read(n).decode() for n in book.namelist() if n.endswith(".vml")]
    assert all("width:144px" not in box for box in boxes)  # what is seen of a comment by default


def test_it_shows_how_assignments_and_rules_are_understood(tmp_path: Path) -> None:
    criteria = """
STT | Tiêu chí     | Điểm tối đa | Đơn vị thực hiện     | Cách chấm | Hạn
1   | Lĩnh vực     |             | Văn phòng            |           |
1.1 | Kế hoạch     | 1           |                      | Tỷ lệ     | Quý I
1.2 | Sáng kiến    | 0,5         | Thanh tra tổng hợp. Các phòng, đơn vị báo cáo | |
1.3 | Thủ tục      | 2           | Các phòng chuyên môn | tùy mức độ |
1.4 | Hồ sơ        | 2           | Các phòng chuyên môn | Tỷ lệ     |
"""
    copy = mark(campaign_file(tmp_path / "dot", criteria=criteria))
    shown = rows(copy, UNDERSTOOD)
    above = [row[0] for row in shown if row[0] and not row[1]]
    assert "Nhóm “các phòng chuyên môn”: P1, P2" in above
    assert "Nhóm “các phòng, đơn vị”: tất cả 4 đơn vị: VP, TTra, P1, P2" in above
    table = {row[0]: [text.strip() for text in row[1:]] for row in shown if row[1]}
    assert table["1"] == ["Lĩnh vực", "", "", "", "", ""]
    assert table["1.1"][:3] == ["Kế hoạch", "1,00", "VP; theo dòng 1"]
    assert table["1.1"][4].startswith("tính theo: ")
    assert table["1.1"][5] == "Quý I"
    assert table["1.2"][2:4] == ["TTra (tổng hợp)", "VP, P1, P2 (báo cáo)"]
    assert table["1.3"][2] == "P1, P2; mỗi đơn vị tự chấm"
    assert table["1.3"][4].startswith("đơn vị tự chấm, vì chưa hiểu “tùy mức độ”")
    assert table["1.3"][4].endswith("; điểm của cơ quan: trung bình")
    assert ".;" not in table["1.4"][4]
    links = part(copy, "xl/worksheets/sheet2")[0].iter("{*}hyperlink")
    assert {link.get("location") for link in links} == {f"'Bộ chỉ số'!A{n}" for n in range(2, 7)}


def test_it_says_how_many_groups_it_does_not_show(tmp_path: Path) -> None:
    groups = "; ".join(f"nhóm số {number}" for number in range(1, 44))
    units = f"Mã | Tên đơn vị | Nhóm\nVP | Văn phòng | {groups}\n"
    criteria = """
STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện
1   | Kế hoạch | 1           | Văn phòng
"""
    shown = rows(mark(campaign_file(tmp_path / "dot", units=units, criteria=criteria)), UNDERSTOOD)
    above = [row[0] for row in shown if row[0] and not row[1]]
    assert sum(text.startswith("Nhóm “nhóm số ") for text in above) == 40
    assert "Còn 3 nhóm nữa: xem cột Nhóm ở trang Đơn vị của tệp gốc." in above


def test_the_reader_says_nothing_of_the_sheets_that_are_added(tmp_path: Path) -> None:
    path = written(tmp_path / "dot", criteria=CRITERIA)
    told = [f.sheet for f in load_campaign(mark(path)).findings]
    assert not {LIST, UNDERSTOOD} & set(told)
    assert len(told) == len(load_campaign(path).findings)


def test_a_copy_that_somebody_saved_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    copy = mark(path)
    assert is_untouched(copy.read_bytes())
    edited = campaign_file(tmp_path / "khac").read_bytes()
    copy.write_bytes(edited)
    marked = open_campaign(path).mark()
    assert copy.read_bytes() == edited
    assert marked.file.name == "dot-cham-danh-dau (2).xlsx"
    (told,) = (f for f in marked.findings if f.code is Code.COPY_KEPT)
    assert told.advice == (
        "Bản sao mới nằm ở “dot-cham-danh-dau (2).xlsx”. So hai bản rồi xoá bản không dùng."
    )


def test_a_finding_in_a_merged_cell_is_at_its_first(tmp_path: Path) -> None:
    path = campaign_file(
        tmp_path / "dot", criteria=CRITERIA.replace("Văn phòng  ", "Phòng Lạ  ", 1)
    )
    copy = mark(path)
    assert places(copy) == places(path) != []


def test_the_command_writes_it_and_says_where(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    shown = CliRunner().invoke(cli, ["kiem-tra", str(path.parent), "--danh-dau"])
    assert f"Đã ghi {path.with_name('dot-cham-danh-dau.xlsx')}" in shown.output
    shown = CliRunner().invoke(cli, ["kiem-tra", str(path.parent), "--danh-dau", "--json"])
    assert json.loads(shown.output)["tep_ghi"][0]["trang_thai"] == "cập nhật"


def test_without_the_option_nothing_is_written(tmp_path: Path) -> None:
    path = written(tmp_path / "dot")
    CliRunner().invoke(cli, ["kiem-tra", str(path.parent)])
    assert [p.name for p in path.parent.iterdir()] == ["dot-cham.xlsx"]


def test_the_page_writes_it_and_opens_it(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    address = f"/d/{sample.id}/bo-chi-so"
    assert "Mở tệp đã đánh dấu" not in clerk.get(address).text
    run = done(desk, post(clerk, sample, "bo-chi-so/danh-dau"))
    assert run.fate is RunFate.DONE, run.error
    assert "dot-cham-danh-dau.xlsx" in clerk.get(f"/d/{sample.id}/viec/{run.id}").text
    assert comments(sample.folder / "dot-cham-danh-dau.xlsx")
    assert "Mở tệp đã đánh dấu" in clerk.get(address).text


@pytest.mark.validator
def test_microsofts_validator_has_nothing_to_say_of_it(tmp_path: Path) -> None:
    def letters(book: xlsxwriter.Workbook, sheets: dict[str, Any]) -> None:
        font = {"font_name": "Arial", "font_size": 13, "font_color": "red", "underline": True}
        sheets["Thông tin"].write_string("D1", "Ghi chú", book.add_format({**font, "bold": True}))

    written(tmp_path, letters)
    copy = open_campaign(tmp_path).mark().file
    assert errors_of(copy) == []
