"""A new workbook helps to fill it in: comments, lists, colours; the reader sees none of them."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office import Campaign, Severity, load_campaign, start_campaign
from cchc_office.campaign import layout
from cchc_office.campaign.layout import CRITERIA_COLUMNS, USUAL_RULES
from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.campaign.workbook import Draft, DraftRow, build_campaign_workbook
from cchc_office.model import Unit
from cchc_office.rules import SelfScored, parse_rule
from cchc_office.text.vietnamese import fold

from .sheets import campaign_file
from .validator import errors_of

Convert = Callable[[Path, str], Path]
LISTS = "Danh sách chọn"
COLUMNS = (
    *layout.SETTINGS_COLUMNS,
    *layout.UNIT_COLUMNS,
    *layout.MERGED_UNIT_COLUMNS,
    *CRITERIA_COLUMNS,
    *layout.SURVEY_COLUMNS,
    *layout.ANSWER_COLUMNS,
)
UNITS = (
    Unit("VP", "Văn phòng", ("VP Sở",), ("các phòng, đơn vị",)),
    Unit("TC", "Phòng Tài chính", (), ("các phòng chuyên môn", "các phòng, đơn vị")),
)
ROWS = (
    DraftRow("1", "Lĩnh vực", 1, others=(("rule", ""),)),
    DraftRow("1.1", "Có điểm", 2, "Văn phòng", max_score=Decimal(1)),
    DraftRow("1.2", "Chưa có điểm", 2, "các phòng, đơn vị"),
    DraftRow("1.3", "Có dòng con", 2, "Văn phòng"),
    DraftRow("1.3.1", "Điều tra", 3, note="ĐTXHH", max_score=Decimal(2)),
)
WORDS = {
    "year": "2024",
    "agency": "Sở Thử",
    "abbreviation": "ST",
    "symbol": "/ST-VP",
    "table_title": "BẢNG PHÂN CÔNG",
}
OPTIONAL = tuple(c for c in CRITERIA_COLUMNS if not c.required and c.key != "note")


def draft(**changes: Any) -> Draft:
    return replace(Draft(WORDS, UNITS, ROWS, {}), **changes)


def opened(content: bytes | Path) -> Any:
    source = content if isinstance(content, Path) else io.BytesIO(content)
    return openpyxl.load_workbook(source)


def saved(folder: Path, given: Draft) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "dot-cham.xlsx"
    path.write_bytes(build_campaign_workbook(given))
    return path


def lists_of(sheet: Any) -> dict[str, Any]:
    """Return the lists by the heading, or the setting, that they stand below."""
    found = {}
    for one in sheet.data_validations.dataValidation:
        cell = sheet[str(one.sqref).split(":")[0]]
        named = sheet.cell(cell.row, 1) if cell.column == 2 else sheet.cell(1, cell.column)
        found[named.value if sheet.title == "Thông tin" else sheet.cell(1, cell.column).value] = one
    return found


def offered(book: Any, validation: Any) -> list[str]:
    """Return what a list without formulas offers."""
    name, _, area = validation.formula1.partition("!")
    assert name.strip("'") == LISTS
    return [row[0].value for row in book[LISTS][area.replace("$", "")]]


def as_read(campaign: Campaign) -> tuple[Any, ...]:
    return (
        campaign.info,
        campaign.units,
        campaign.criteria,
        tuple(campaign.assignments),
        [(f.code, f.sheet, f.cell) for f in campaign.findings],
    )


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.heading)
def test_each_column_says_what_it_is_for_with_an_example(column: Any) -> None:
    assert "Ví dụ: " in column.help


def test_each_heading_of_a_new_workbook_has_a_comment() -> None:
    book = opened(build_campaign_workbook(draft(merged_units=(("Văn phòng", "VP"),))))
    names = [name for name in book.sheetnames if name != LISTS]
    assert names == ["Thông tin", "Đơn vị", "Bộ chỉ số", "Kết quả ĐTXHH", "Ghép đơn vị"]
    for name in names:
        headings = next(row for row in book[name].iter_rows(max_row=2) if row[1].value)
        for cell in headings:
            assert cell.comment.text.startswith(cell.value), (name, cell.coordinate)


def test_units_and_groups_are_offered_where_units_are_named() -> None:
    columns = tuple(c for c in CRITERIA_COLUMNS if c.key in {"leads", "supports"})
    book = opened(build_campaign_workbook(draft(more_columns=columns)))
    lists = lists_of(book["Bộ chỉ số"])
    sources = {lists[name].formula1 for name in ("Đơn vị thực hiện", "Chủ trì", "Phối hợp")}
    assert len(sources) == 1
    letters = sources.pop().partition("!$")[2].partition("$")[0]
    shown = [cell.value for cell in book[LISTS][letters]][1:]
    assert shown[:2] == ["các phòng, đơn vị", "các phòng chuyên môn"]
    assert all("'Đơn vị'!$B$2:$B$" in formula for formula in shown[2:])
    groups = lists_of(book["Đơn vị"])["Nhóm"]
    assert offered(book, groups) == [
        "các phòng, đơn vị",
        "các phòng chuyên môn",
        "các phòng chuyên môn; các phòng, đơn vị",
    ]


def test_no_list_refuses_what_is_typed() -> None:
    book = opened(
        build_campaign_workbook(draft(more_columns=OPTIONAL, merged_units=(("Văn phòng", "VP"),)))
    )
    seen = 0
    for name in book.sheetnames:
        for heading, one in lists_of(book[name]).items():
            seen += 1
            assert not one.showErrorMessage or one.errorStyle == "warning", heading
    assert seen > 20
    free = lists_of(book["Bộ chỉ số"])
    for name in ("Đơn vị thực hiện", "Chủ trì", "Phối hợp", "Ghi chú", "Cách chấm", "Quy tắc"):
        assert not free[name].showErrorMessage, name


def test_kinds_of_points_and_rules_are_there_to_choose_in_every_new_workbook(
    tmp_path: Path,
) -> None:
    start_campaign(tmp_path / "mau")
    book = opened(tmp_path / "mau" / "dot-cham.xlsx")
    sheet = book["Bộ chỉ số"]
    headings = {cell.value: cell.column_letter for cell in sheet[2] if cell.value}
    assert {"Loại điểm", "Quy tắc"} <= headings.keys()
    areas = {str(one.sqref).split(":")[0][0] for one in sheet.data_validations.dataValidation}
    assert {headings["Loại điểm"], headings["Quy tắc"], headings["Đơn vị thực hiện"]} <= areas


def test_a_table_with_columns_for_bonus_and_penalty_gets_no_other_for_their_kind() -> None:
    columns = tuple(c for c in CRITERIA_COLUMNS if c.key == "bonus")
    sheet = opened(build_campaign_workbook(draft(more_columns=columns)))["Bộ chỉ số"]
    assert "Loại điểm" not in {cell.value for cell in sheet[1]}


@pytest.mark.parametrize("rule", [r for r in USUAL_RULES if r not in {"Tự chấm", "Không áp dụng"}])
@pytest.mark.parametrize("most", ["0.5", "1", "2.5", "10"])
def test_each_rule_that_is_offered_is_understood(rule: str, most: str) -> None:
    assert not isinstance(parse_rule(rule, Decimal(most), 2024).rule, SelfScored)


CHOSEN = [
    (column, choice)
    for column in CRITERIA_COLUMNS
    if column.key not in {"rule", "own_rule"}
    for choice in column.choices
]


@pytest.mark.parametrize(("column", "choice"), CHOSEN)
def test_the_reader_takes_each_choice_of_a_column(column: Any, choice: str, tmp_path: Path) -> None:
    criteria = (
        f"STT|Tiêu chí|Điểm tối đa|Đơn vị thực hiện|{column.heading}|Cách chấm\n"
        f"1|Lĩnh vực||Văn phòng||\n1.1|Một|1|||\n1.2|Hai|1||{choice}|Tỷ lệ\n"
    )
    told = load_campaign(campaign_file(tmp_path, criteria=criteria)).findings
    assert [f.sentence for f in told if f.cell.startswith("E")] == []


@pytest.mark.parametrize(
    ("setting", "choice"), [(one, choice) for one in SETTINGS for choice in one.choices]
)
def test_the_reader_takes_each_choice_of_a_setting(
    setting: Any, choice: str, tmp_path: Path
) -> None:
    named = {"index_name": "Bộ tiêu chí thi đua"}
    path = saved(tmp_path, draft(settings=WORDS | named | {setting.key: choice}))
    sheet = opened(path)["Thông tin"]
    row = next(cell.row for cell in sheet["A"] if cell.value == setting.label)
    told = [f for f in load_campaign(path).findings if f.cell == f"B{row}"]
    is_scale = setting.key == "scale"  # the maxima of this draft add up to less
    assert [f.sentence for f in told if f.severity is not Severity.NOTE and not is_scale] == []


def test_what_is_blank_and_needed_is_coloured() -> None:
    book = opened(build_campaign_workbook(draft()))
    coloured = {
        (name, rule.dxf.fill.bgColor.rgb[-6:], str(area.sqref)): rule.formula[0]
        for name in book.sheetnames
        for area in book[name].conditional_formatting
        for rule in area.rules
    }
    must, may = "FCE4D6", "FFF9E5"
    assert ("Bộ chỉ số", must, "C3:C4 C6") in coloured  # 1.1, 1.2 and 1.3.1: the leaves
    assert coloured["Bộ chỉ số", must, "C3:C4 C6"].startswith("AND(LEN(TRIM(C3))=0")
    rows = {cell.value: cell.row for cell in book["Thông tin"]["A"]}
    assert ("Thông tin", must, f"B{rows['Năm']}") in coloured
    assert ("Thông tin", may, f"B{rows['Người ký']}") in coloured
    assert any(key[:2] == ("Đơn vị", must) and key[2].startswith("A2:") for key in coloured)


def test_a_large_table_is_coloured_by_several_rules() -> None:
    rows = [
        DraftRow(f"{n}{end}", f"Dòng {n}{end}", level)
        for n in range(1, 251)
        for end, level in (("", 1), (".1", 2))
    ]
    sheet = opened(build_campaign_workbook(draft(rows=tuple(rows))))["Bộ chỉ số"]
    areas = [str(a.sqref).split() for a in sheet.conditional_formatting if str(a.sqref)[0] == "C"]
    areas.sort(key=lambda some: int(some[0][1:]))
    assert [len(some) for some in areas] == [100, 100, 50]
    assert [cell for some in areas for cell in some] == [f"C{at}" for at in range(3, 502, 2)]
    for area in sheet.conditional_formatting:
        if str(area.sqref)[0] == "C":
            first = str(area.sqref).split()[0]
            assert area.rules[0].formula[0].startswith(f"AND(LEN(TRIM({first}))=0")


@pytest.mark.libreoffice
def test_lists_follow_units_that_are_added_later(tmp_path: Path, libreoffice: Convert) -> None:
    path = saved(tmp_path / "dot", draft())
    book = opened(path)
    book["Đơn vị"]["A4"], book["Đơn vị"]["B4"] = "DT", "Trung tâm Dịch vụ"
    source = lists_of(book["Bộ chỉ số"])["Đơn vị thực hiện"].formula1
    shown = book.create_sheet("Xem")
    shown["A1"] = f"=ROWS({source})"
    for row in range(1, 6):
        shown.cell(row, 2).value = f"=INDEX({source},{row},1)"
    book.save(path)
    seen: Any = openpyxl.load_workbook(libreoffice(path, "xlsx"), data_only=True)["Xem"]
    assert seen["A1"].value == 5
    assert [cell.value for cell in seen["B"]] == [
        "các phòng, đơn vị",
        "các phòng chuyên môn",
        "Văn phòng",
        "Phòng Tài chính",
        "Trung tâm Dịch vụ",
    ]


@pytest.mark.libreoffice
def test_another_program_saves_it_and_it_reads_as_before(
    tmp_path: Path, libreoffice: Convert
) -> None:
    path = saved(tmp_path / "dot", draft(more_columns=OPTIONAL))
    before = load_campaign(path)
    assert all(fold(LISTS) not in fold(f.sentence + f.sheet) for f in before.findings)
    for other in (libreoffice(path, "xlsx"), libreoffice(path, "ods")):
        assert as_read(load_campaign(other)) == as_read(before)
        if other.suffix == ".xlsx":
            kept = opened(other)
            assert kept["Bộ chỉ số"].data_validations.dataValidation
            assert kept["Bộ chỉ số"]["D1"].comment


@pytest.mark.libreoffice
def test_neither_comments_nor_lists_are_printed(tmp_path: Path, libreoffice: Convert) -> None:
    pdf = libreoffice(saved(tmp_path / "dot", draft()), "pdf")
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    printed = done.stdout.decode("utf-8")
    assert "Chưa có điểm" in printed
    assert "bắt buộc)\n" in printed  # the help beside the settings is
    assert "Chọn một đơn vị" not in printed
    assert "Danh sách 1" not in printed


@pytest.mark.validator
def test_microsofts_validator_has_nothing_to_say_of_it(tmp_path: Path) -> None:
    everything = draft(more_columns=OPTIONAL, merged_units=(("Văn phòng", "VP"),))
    assert errors_of(saved(tmp_path, everything)) == []
