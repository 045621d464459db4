"""Screen 1: the criteria as understood, findings at their rows, units, the workbook followed."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from cchc_office import compare_criteria, open_campaign, start_campaign
from cchc_office.steps.workbook_outline import workbook_outline
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.runs import RunFate

from .page_client import done, post


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def shown(clerk: TestClient, campaign: OpenCampaign) -> str:
    answer = clerk.get(f"/d/{campaign.id}/bo-chi-so")
    assert answer.status_code == 200, text_of(answer.text)
    return answer.text


def change(campaign: OpenCampaign, sheet: str, **cells: str | None) -> None:
    file = campaign.folder / "dot-cham.xlsx"
    book = load_workbook(file)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(file)


def row_of(page: str, words: str) -> str:
    """Return the row of a table that has some words."""
    rows: list[str] = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    (row,) = [row for row in rows if words in row]
    return row


def test_each_row_tells_its_points_units_and_how_it_is_scored(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    page = shown(clerk, sample)
    campaign = sample.state().campaign
    assert page.count('data-label="Cách chấm"') == len(campaign.criteria)
    row = text_of(row_of(page, "Ban hành kế hoạch cải cách hành chính"))
    assert row == "1.1.1 Cấp 3: Ban hành kế hoạch cải cách hành chính 1,25 VP đơn vị tự chấm"
    survey = next(leaf for leaf in campaign.leaves if not leaf.is_self_scored)
    assert "theo kết quả ĐTXHH" in text_of(row_of(page, survey.name))
    assert "100,00 điểm tối đa" in text_of(page)


def test_the_box_counts_the_errors_at_rows_too(clerk: TestClient, sample: OpenCampaign) -> None:
    book = load_workbook(sample.folder / "dot-cham.xlsx")
    row = sample.state().campaign.leaves[0].row
    cells = [c for top in book["Bộ chỉ số"].iter_rows(max_row=9) for c in top]
    (heading,) = [c for c in cells if c.value == "Điểm tối đa"]
    change(sample, "Bộ chỉ số", **{f"{heading.column_letter}{row}": "nhiều"})
    assert "LỖI: 1 điều ở các dòng dưới" in text_of(shown(clerk, sample))
    assert "Sửa 1 lỗi" in text_of(shown(clerk, sample))
    (year,) = [c for c in book["Thông tin"]["B"] if str(c.value) == "2024"]
    change(sample, "Thông tin", **{year.coordinate: None})
    page = text_of(shown(clerk, sample))
    assert "LỖI: 1 điều, và 1 điều ở các dòng dưới" in page
    assert "Sửa 2 lỗi" in page


def test_a_doubt_of_the_import_leads_to_the_cell_that_is_ticked(
    clerk: TestClient, desk: Desk, tmp_path: Path
) -> None:
    table = tmp_path / "bang.txt"
    table.write_text(
        "STT\tTiêu chí\tĐiểm tối đa\tĐơn vị thực hiện\n1\tChỉ đạo\t\t\n"
        "1.1\tKế hoạch\t1\tPhòng Một\n\tBáo cáo định kỳ\t1\tPhòng Một\n"
        "1.3\tKiểm tra\t1\tPhòng Một\n",
        encoding="utf-8",
    )
    start_campaign(tmp_path / "dot", table=table)
    campaign = desk.open(tmp_path / "dot")
    found = campaign.state().campaign.findings
    asked = next(f for f in found if f.code.name == "IMPORT_NOT_LOOKED_AT")
    row = row_of(shown(clerk, campaign), "Báo cáo định kỳ")
    assert f"mở ô {asked.seen_at} để đánh x" in text_of(row)
    assert f"'Nhập từ tệp'!{asked.seen_at}" in html.unescape(row)


def test_a_code_is_told_as_the_table_has_it(clerk: TestClient, desk: Desk, tmp_path: Path) -> None:
    name = "Có tham mưu xây dựng kế hoạch kiểm tra việc chấp hành quy định " * 12
    table = tmp_path / "bang.txt"
    table.write_text(
        "STT\tTiêu chí\tĐiểm tối đa\tĐơn vị thực hiện\nb\tTham mưu\t\tPhòng Một\n"
        f"b.1\tKế hoạch năm\t1\tPhòng Một\nb.2\t{name}\t\tPhòng Một\n",
        encoding="utf-8",
    )
    start_campaign(tmp_path / "dot", table=table)
    told = text_of(row_of(shown(clerk, desk.open(tmp_path / "dot")), name.strip()))
    assert "LỖI: b.2 Có tham mưu" in told


def test_what_is_told_at_a_row_has_a_subject(clerk: TestClient, sample: OpenCampaign) -> None:
    row = next(c for c in sample.state().campaign.criteria if c.level == 1)
    change(sample, "Bộ chỉ số", **{f"B{row.row}": "ĐIỂM THƯỞNG"})
    told = text_of(row_of(shown(clerk, sample), "các dòng dưới được hiểu là điểm thưởng"))
    assert "LƯU Ý: Dòng này và các dòng dưới được hiểu là điểm thưởng" in told


def test_all_settings_that_are_filled_in_are_listed_and_a_wrong_one_is_not_called_blank(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    sheet = load_workbook(sample.folder / "dot-cham.xlsx")["Thông tin"]
    at = {cells[0].value: cells[0].row for cells in sheet.iter_rows()}
    words = {"Hạn nộp": "31/11/2025", "Hạn giải trình": "05/12/2025", "Nơi nhận": "Như trên"}
    change(sample, "Thông tin", **{f"B{at[label]}": text for label, text in words.items()})
    _, _, table = text_of(shown(clerk, sample)).rpartition("Thông tin ")
    assert "Hạn nộp ▲ chưa dùng được: 31/11/2025" in table
    assert "Hạn giải trình 05/12/2025" in table
    assert "Nơi nhận Như trên" in table
    assert "Hạn bổ sung" not in table


def test_a_rule_is_read_back_and_what_was_not_understood_is_quoted(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    change(sample, "Bộ chỉ số", Z2="Cách chấm", Z5="Mỗi lần 0,5 điểm", Z6="Theo tinh thần chung")
    page = shown(clerk, sample)
    assert "tính theo: " in row_of(page, "Ban hành kế hoạch cải cách hành chính")
    unread = row_of(page, "Mức độ thực hiện kế hoạch CCHC")
    # Not by its code with a capital: "b" is a row, and so is "B".
    assert "Dòng này: đơn vị tự chấm, vì chưa hiểu “Theo tinh thần chung”" in text_of(unread)


def test_findings_stand_at_their_rows_with_the_cell_to_open(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    unit = sample.state().campaign.units[0]
    change(sample, "Bộ chỉ số", C5="nhiều")
    change(sample, "Đơn vị", **{f"F{unit.cell[1:]}": "không phải địa chỉ"})
    change(sample, "Thông tin", B2="năm nay")
    page = shown(clerk, sample)
    row = row_of(page, "Ban hành kế hoạch cải cách hành chính")
    assert "“nhiều”" in html.unescape(row)
    assert 'data-copy="&#39;Bộ chỉ số&#39;!C5"' in row
    assert 'class="level-3 doubt"' in row
    assert "không phải địa chỉ" in row_of(page, f">{unit.name}<")
    common = page.split("Cây tiêu chí")[0]
    assert "năm nay" in html.unescape(common)
    assert "“nhiều”" not in html.unescape(common)


def test_every_finding_of_the_workbook_is_shown_once_and_those_of_returns_are_not(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    change(sample, "Bộ chỉ số", C4="nhiều", C6=None)
    outline = workbook_outline(open_campaign(sample.folder).campaign)
    at_rows = [f for row in outline.rows for f in row.findings]
    at_units = [f for unit in outline.units for f in unit.findings]
    told = [*at_rows, *at_units, *outline.findings]
    campaign = sample.state().campaign
    assert len(told) == len(campaign.findings)
    page = html.unescape(shown(clerk, sample))
    for finding in campaign.findings:
        without_its_row = finding.sentence.removeprefix(f"{finding.about} ")[1:]
        assert page.count(without_its_row) == 1
    of_returns = [f for f in sample.state().findings if f.file.startswith("CCHC-")]
    assert all(f.sentence not in page for f in of_returns)


def test_the_workbook_saved_in_excel_is_read_anew(clerk: TestClient, sample: OpenCampaign) -> None:
    shown(clerk, sample)
    before = sample.looked_at
    lock = sample.folder / "~$dot-cham.xlsx"
    lock.write_bytes(b"\x05clerk".ljust(165))
    change(sample, "Bộ chỉ số", B4="Tên mới của dòng")
    assert sample.stamp() != before
    page = shown(clerk, sample)
    assert "Tên mới của dòng" in page
    assert "đang mở trong Excel" in page
    assert sample.looked_at == sample.stamp()
    lock.unlink()
    assert "đang mở trong Excel" not in shown(clerk, sample)


def test_reading_a_campaign_after_a_job_changes_nothing_of_it(sample: OpenCampaign) -> None:
    sample.opened().make_papers()
    sample.state()
    assert sample.looked_at == sample.stamp()


def test_a_workbook_half_saved_is_followed_until_it_can_be_read(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    file = sample.folder / "dot-cham.xlsx"
    whole = file.read_bytes()
    file.write_bytes(whole[:3000])
    answer = clerk.get(f"/d/{sample.id}/bo-chi-so")
    assert answer.status_code == 409
    assert f'data-events="/d/{sample.id}/su-kien"' in answer.text
    # What could not be read is not read again and again, only when the file changes.
    assert sample.looked_at == sample.stamp()
    file.write_bytes(whole)
    assert "Cây tiêu chí" in shown(clerk, sample)


def test_units_tell_how_much_each_has_to_do(clerk: TestClient, sample: OpenCampaign) -> None:
    campaign = sample.state().campaign
    page = shown(clerk, sample)
    for unit in campaign.units:
        leads = sum(unit.code in campaign.leads_of(leaf) for leaf in campaign.leaves)
        assert f"{leads} dòng" in row_of(page, f">{unit.name}<")


def test_an_empty_workbook_says_what_it_waits_for(clerk: TestClient, sample: OpenCampaign) -> None:
    file = sample.folder / "dot-cham.xlsx"
    book = load_workbook(file)
    for name in ("Bộ chỉ số", "Đơn vị"):
        book[name].delete_rows(2, book[name].max_row)
    book["Thông tin"]["B2"] = None
    book.save(file)
    page = text_of(shown(clerk, sample))
    assert "Trang Bộ chỉ số chưa có dòng nào" in page
    assert "(chưa ghi năm)" in page
    assert "Năm ▲ chưa ghi" in page


def test_the_workbook_is_opened_by_its_id(
    clerk: TestClient, sample: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("cchc_office.web.pages.files.open_in_its_program", opened.append)
    action = re.search(
        rf'action="/d/{sample.id}/(mo/\w+)"><button[^>]*>Mở dot-cham', shown(clerk, sample)
    )
    assert action is not None
    assert post(clerk, sample, action[1]).status_code == 303
    assert opened == [sample.folder / "dot-cham.xlsx"]


def test_the_criteria_are_held_against_those_of_another_campaign(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, tmp_path: Path
) -> None:
    start_campaign(tmp_path / "năm trước")
    old = desk.open(tmp_path / "năm trước")
    change(sample, "Bộ chỉ số", B5="Một tên khác hẳn mà không ai ngờ tới", C6="0.5")
    assert f'href="/d/{sample.id}/so-sanh/{old.id}"' in shown(clerk, sample)
    page = text_of(clerk.get(f"/d/{sample.id}/so-sanh/{old.id}").text)
    assert "0,75 → 0,50" in page
    assert "Một tên khác hẳn" in page
    run = done(desk, post(clerk, sample, f"so-sanh/{old.id}"))
    assert run.fate is RunFate.DONE
    assert "Mở so-sanh.xlsx" in clerk.get(run.back).text
    by_page = (sample.output / "so-sanh" / "so-sanh.xlsx").read_bytes()
    compare_criteria(old.folder, sample.folder, output=tmp_path / "lệnh")
    assert by_page == (tmp_path / "lệnh" / "so-sanh" / "so-sanh.xlsx").read_bytes()
    assert clerk.get(f"/d/{sample.id}/so-sanh/khong-co").status_code == 404
