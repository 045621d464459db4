"""Screen 0: campaigns that are known, and a new one from a table, last year's, the sample."""

from __future__ import annotations

import html
import io
import os
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from cchc_office import open_campaign, start_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.web import places
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.first_page import first_page

from . import days
from .browser import Account
from .page_client import OWN

TABLE = """STT\tTiêu chí\tĐiểm chuẩn\tBên làm\tThuộc diện
I\tChỉ đạo, điều hành\t3\t\t
1\tKế hoạch cải cách\t2\tPhòng Quản lý đô thị\tcũ
2\tBáo cáo định kỳ\t1\tPhòng Quản lí đô thị\tmới
\tTổng cộng\t3\t\t
"""


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def write(clerk: TestClient, path: str, **fields: Any) -> Any:
    return clerk.post(path, headers=OWN, **fields)


def brought(clerk: TestClient, name: str = "bảng 2026.txt", content: str = TABLE) -> str:
    """Bring a file, and return the address of what it is understood as."""
    answer = write(clerk, "/moi", files={"tep": (name, content.encode())})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def made_of(desk: Desk, answer: Any) -> OpenCampaign:
    assert answer.status_code == 303, text_of(answer.text)
    campaign = desk.campaign(answer.headers["location"].split("/")[2])
    assert campaign is not None
    return campaign


def test_a_file_is_shown_beside_what_it_is_understood_as_and_nothing_is_written(
    clerk: TestClient,
) -> None:
    page = clerk.get(brought(clerk))
    shown = text_of(page.text)
    assert "Xem trước: bảng 2026.txt" in shown
    assert "dòng 3 1 Kế hoạch cải cách 2 Phòng Quản lý đô thị cũ" in shown
    assert "– dòng tổng cộng" in shown
    assert re.search(r"Tất cả \d+ chữ: \d+ vào bảng, \d+ để lại", shown)
    assert not places.base_folder().exists()


def test_a_table_without_points_or_units_says_so_before_it_is_made(clerk: TestClient) -> None:
    page = text_of(clerk.get(brought(clerk)).text)
    assert "Không cột nào nói điểm tối đa" not in page
    bare = "STT\tTiêu chí\nI\tChỉ đạo, điều hành\n1\tKế hoạch cải cách\n2\tBáo cáo định kỳ\n"
    page = text_of(clerk.get(brought(clerk, "không điểm.txt", bare)).text)
    assert "Không cột nào nói điểm tối đa" in page


def test_a_column_is_corrected_and_the_campaign_is_what_was_shown(
    clerk: TestClient, desk: Desk
) -> None:
    address = brought(clerk)
    choice = {"cot:Thuộc diện": "Ghi chú", "cot:Bên làm": "Đơn vị thực hiện", "ten": "Đợt 2026"}
    answer = write(clerk, f"{address}/xem", data=choice)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    page = clerk.get(address).text
    assert "<option selected>Ghi chú</option>" in page
    assert "Ghi chú: mới" in text_of(page)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data=choice))
    assert campaign.folder == places.base_folder() / "Đợt 2026"
    assert [c.note for c in open_campaign(campaign.folder).campaign.criteria] == ["", "cũ", "mới"]
    assert clerk.get(address).status_code == 404


def test_what_was_changed_after_looking_is_shown_before_it_is_made(
    clerk: TestClient, desk: Desk
) -> None:
    address = brought(clerk)
    choice = {"cot:Thuộc diện": "Ghi chú", "ten": "Đợt 2026"}
    answer = write(clerk, f"{address}/tao", data=choice)
    assert answer.status_code == 409
    assert "xem lại đã" in text_of(answer.text)
    assert not places.base_folder().exists()
    made_of(desk, write(clerk, f"{address}/tao", data=choice))


def test_near_names_are_asked_and_the_answer_is_kept(clerk: TestClient, desk: Desk) -> None:
    address = brought(clerk)
    columns = {"cot:Bên làm": "Đơn vị thực hiện", "ten": "A"}
    write(clerk, f"{address}/xem", data=columns)
    page = clerk.get(address).text
    found = re.search(r'name="(don-vi:[^"]+)">\s*<option value="">đang để: hai đơn vị', page)
    assert found is not None
    other = {"don-vi:Phòng Quản lí đô thị", "don-vi:Phòng Quản lý đô thị"} - {found[1]}
    choice = columns | {found[1]: other.pop().removeprefix("don-vi:")}
    write(clerk, f"{address}/xem", data=choice)
    assert "là một đơn vị (đã chọn)" in text_of(clerk.get(address).text)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data=choice))
    (unit,) = open_campaign(campaign.folder).campaign.units
    assert {unit.name, *unit.aliases} == {"Phòng Quản lý đô thị", "Phòng Quản lí đô thị"}


def test_a_choice_that_makes_no_sense_is_told_and_the_table_shown_without_it(
    clerk: TestClient,
) -> None:
    address = brought(clerk)
    both = {"cot:Bên làm": "Ghi chú", "cot:Thuộc diện": "Ghi chú"}
    write(clerk, f"{address}/xem", data=both)
    answer = clerk.get(address)
    assert answer.status_code == 200
    assert "không cùng là “Ghi chú” được" in text_of(answer.text)


def test_several_tables_can_be_chosen_and_joined(clerk: TestClient, desk: Desk) -> None:
    book = Workbook()
    for name, number in (("Phụ lục I", 3), ("Phụ lục II", 2)):
        sheet = book.create_sheet(name)
        sheet.append(["PHỤ LỤC", None, None])
        sheet.append(["STT", "Tiêu chí", "Điểm tối đa", *(["Ghi chú"] if number == 2 else [])])
        for row in range(1, number + 1):
            sheet.append([str(row), f"Việc {row} của {name}", 1])
    content = io.BytesIO()
    book.save(content)
    answer = write(clerk, "/moi", files={"tep": ("hai bảng.xlsx", content.getvalue())})
    address = answer.headers["location"]
    page = clerk.get(address).text
    assert "lấy bảng nào?" in page
    assert "Việc 1 của Phụ lục I</div>" in page
    write(clerk, f"{address}/xem", data={"bang": "2"})
    page = clerk.get(address).text
    assert "Việc 1 của Phụ lục II</div>" in page
    assert "Việc 1 của Phụ lục I</div>" not in page
    choice = {"bang": ["1", "2"], "ten": "Ghép"}
    write(clerk, f"{address}/xem", data=choice)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data=choice))
    assert len(open_campaign(campaign.folder).campaign.criteria) == 5


def test_a_pasted_table_is_taken_as_a_file_is(clerk: TestClient, desk: Desk) -> None:
    answer = write(clerk, "/moi", data={"chu": TABLE})
    address = answer.headers["location"]
    assert "bảng dán vào" in text_of(clerk.get(address).text)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data={"ten": "Dán"}))
    names = [c.name for c in open_campaign(campaign.folder).campaign.criteria]
    assert names == ["Chỉ đạo, điều hành", "Kế hoạch cải cách", "Báo cáo định kỳ"]


def test_units_that_the_new_workbook_will_not_know_are_told_before_it_is_made(
    clerk: TestClient, desk: Desk
) -> None:
    table = (
        "STT\tTiêu chí\tĐiểm tối đa\tĐơn vị chủ trì\tĐơn vị phối hợp\n"
        "1\tKế hoạch\t2\tPhòng Kinh tế\tVăn phòng UBND xã\n"
        "2\tBáo cáo\t1\tPhòng Kinh tế\tVăn phòng UBND xã; hộ kinh doanh trên địa bàn\n"
    )
    address = brought(clerk, content=table)
    page = clerk.get(address).text
    (row,) = [row for row in page.split("<tr") if "Báo cáo</div>" in row]
    assert row.startswith(' class="doubt')
    assert "1 dòng chưa chắc đã hiểu đúng" in text_of(page)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data={"ten": "Đợt"}))
    (told,) = [f for f in campaign.state().campaign.findings if f.code is Code.UNKNOWN_UNIT]
    assert f"Tạo xong phải sửa ô {told.cell}: {told.sentence}" in text_of(row)


def test_the_folder_is_called_by_the_year_of_the_day_that_work_is_done_as_of(
    clerk: TestClient, desk: Desk
) -> None:
    page = clerk.get(brought(clerk)).text
    (name,) = re.findall(r'<input id="ten"[^>]* value="([^"]*)"', page)
    assert name == f"CCHC {desk.day.year}"
    assert desk.day.year == days.AFTER_DEADLINE.year


def test_the_page_makes_what_the_command_line_makes(
    clerk: TestClient, desk: Desk, tmp_path: Path
) -> None:
    address = brought(clerk)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data={"ten": "trang"}))
    (tmp_path / "bảng 2026.txt").write_text(TABLE, encoding="utf-8")
    started = start_campaign(tmp_path / "lệnh", tmp_path / "bảng 2026.txt")
    assert (campaign.folder / "dot-cham.xlsx").read_bytes() == started.workbook.read_bytes()


def test_last_years_campaign_and_its_uploaded_workbook_begin_a_new_one(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    by_id = write(clerk, "/moi", data={"dot": sample.id}).headers["location"]
    workbook = (sample.folder / "dot-cham.xlsx").read_bytes()
    uploaded = write(clerk, "/moi", files={"tep": ("dot-cham.xlsx", workbook)}).headers["location"]
    for number, address in enumerate((by_id, uploaded)):
        shown = clerk.get(address).text
        assert "Là đợt chấm năm trước" in text_of(shown)
        # The day is still one of the year that was copied.
        assert 'value="CCHC 2025"' in shown
        answer = write(clerk, f"{address}/tao", data={"ten": f"Năm mới {number}"})
        new = open_campaign(made_of(desk, answer).folder).campaign
        assert [u.code for u in new.units] == [u.code for u in sample.state().campaign.units]
        assert new.info.deadline is None


def test_last_years_assignments_are_taken_for_a_new_table(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    row = sample.state().campaign.leaves[0]
    assert row.unit_text or row.units_from
    table = f"STT\tTiêu chí\tĐiểm tối đa\nI\tLĩnh vực\t2\n1\t{row.name}\t1\n2\tViệc mới\t1\n"
    address = brought(clerk, content=table)
    choice = {"phan-cong": sample.id, "ten": "Có phân công"}
    write(clerk, f"{address}/xem", data=choice)
    assert f'value="{sample.id}" selected' in clerk.get(address).text
    campaign = made_of(desk, write(clerk, f"{address}/tao", data=choice))
    assert len(open_campaign(campaign.folder).campaign.units) == len(sample.state().campaign.units)


def test_the_sample_is_made_and_opened_at_its_criteria(clerk: TestClient, desk: Desk) -> None:
    answer = write(clerk, "/moi/mau", data={"ten": "Làm thử"})
    campaign = made_of(desk, answer)
    assert answer.headers["location"] == f"/d/{campaign.id}/bo-chi-so"
    again = write(clerk, "/moi/mau", data={"ten": "Làm thử"})
    assert again.status_code == 409
    assert "Đã có thư mục “Làm thử”" in text_of(again.text)


def test_the_sample_with_returned_forms_can_be_tried_to_the_last_step(
    clerk: TestClient, desk: Desk
) -> None:
    button = re.search(
        r'<button name="(\w+)" value="(\w+)">Tạo kèm phiếu làm thử', clerk.get("/").text
    )
    assert button
    bare = made_of(desk, write(clerk, "/moi/mau", data={"ten": "Không kèm"}))
    assert not list((bare.folder / "nhan-ve").iterdir())
    answer = write(clerk, "/moi/mau", data={"ten": "Làm thử", button[1]: button[2]})
    campaign = made_of(desk, answer)
    assert f"Nhận phiếu: 7/{len(campaign.state().campaign.units)} đơn vị" in text_of(
        clerk.get(f"/d/{campaign.id}/nhan-phieu").text
    )
    done = open_campaign(campaign.folder).do_all()
    assert done.came_out
    assert (campaign.folder / "output" / "tong-hop" / "bao-cao.docx").exists()
    assert open_campaign(campaign.folder).appraise().written


@pytest.mark.parametrize(
    "name", ["", "..", "../ngoài", "/tmp/x", "a\\b", "con", ".ẩn", "x" * 61, "a:b", "lpt1.txt"]
)
def test_a_folder_is_made_only_in_its_place(clerk: TestClient, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    for answer in (
        write(clerk, "/moi/mau", data={"ten": name}),
        write(clerk, f"{brought(clerk)}/tao", data={"ten": name}),
    ):
        assert answer.status_code == 409
        assert "không dùng được" in text_of(answer.text)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["../../ngoài.txt", "C:\\tệp\\bảng.txt", "/etc/bảng.txt", ".."])
def test_an_upload_keeps_no_path_and_is_gone_with_the_page(
    clerk: TestClient, desk: Desk, name: str
) -> None:
    kept = desk.brought.find(brought(clerk, name).rpartition("/")[2])
    assert kept is not None
    path = kept.table
    assert isinstance(path, Path)
    assert path.is_file()
    assert re.fullmatch(r"cchc-\w+", path.parent.parent.name)
    desk.leave()
    assert not path.parent.parent.exists()


def test_what_is_no_table_is_refused_with_a_sentence(clerk: TestClient) -> None:
    answer = clerk.get(brought(clerk, "thư.txt", "Kính gửi các đơn vị.\n"))
    assert answer.status_code == 409
    assert "không có bảng nào" in text_of(answer.text)
    nothing = write(clerk, "/moi", data={"chu": "  "})
    assert nothing.status_code == 409
    assert "Chưa chọn tệp nào" in text_of(nothing.text)


def test_several_files_at_once_are_asked_to_come_one_by_one(clerk: TestClient) -> None:
    files = [("tep", (f"{n}.txt", TABLE.encode())) for n in range(2)]
    answer = write(clerk, "/moi", files=files)
    assert answer.status_code == 409
    assert "Đã thả 2 tệp" in text_of(answer.text)


def test_a_table_pasted_beyond_the_cap_is_refused_in_vietnamese(clerk: TestClient) -> None:
    answer = write(clerk, "/moi", files={"chu": (None, "x" * (9 * 1024 * 1024))})
    assert answer.status_code == 400
    assert "quá dài" in text_of(answer.text)


def test_only_so_much_is_kept_and_what_is_dropped_is_gone(clerk: TestClient, desk: Desk) -> None:
    first = brought(clerk)
    for _ in range(12):
        last = brought(clerk)
    assert clerk.get(first).status_code == 404
    assert write(clerk, f"{last}/bo").headers["location"] == "/"
    assert clerk.get(last).status_code == 404


def test_the_list_tells_of_each_campaign_without_reading_all_of_it(
    clerk: TestClient, sample: OpenCampaign, tmp_path: Path
) -> None:
    shown = text_of(clerk.get("/").text)
    assert "Chỉ số CCHC năm 2024" in shown
    assert "Sở Công Thương" in shown
    assert "30/11/2024" in shown
    assert "Việc tiếp theo" not in shown
    assert sample.last_state() is None
    (asked,) = re.findall(r'href="(/\?xem=[^"]+)">Xem đang ở bước nào', clerk.get("/").text)
    shown = text_of(clerk.get(asked).text)
    assert f"Việc tiếp theo: {sample.state().next_step.words}" in shown
    shown = text_of(clerk.get("/").text)
    assert f"Việc tiếp theo: {sample.state().next_step.words}" in shown


def test_a_workbook_that_cannot_be_read_does_not_hide_the_other_campaigns(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, tmp_path: Path
) -> None:
    start_campaign(tmp_path / "hỏng")
    desk.open(tmp_path / "hỏng")
    (tmp_path / "hỏng" / "dot-cham.xlsx").write_bytes(b"PK\x03\x04")
    shown = text_of(clerk.get("/").text)
    assert "chưa đọc được" in shown
    assert "Chỉ số CCHC năm 2024" in shown


def test_the_import_sheet_tells_how_to_do_the_same_again(clerk: TestClient, desk: Desk) -> None:
    address = brought(clerk)
    choice = {"cot:Bên làm": "Đơn vị thực hiện", "don-vi:Phòng Quản lí đô thị": "riêng"}
    write(clerk, f"{address}/xem", data=choice)
    campaign = made_of(desk, write(clerk, f"{address}/tao", data=choice | {"ten": "Ghi lại"}))
    book = load_workbook(campaign.folder / "dot-cham.xlsx", read_only=True)
    texts = [str(value) for row in book["Nhập từ tệp"].values for value in row]
    (command,) = [text for text in texts if "khoi-tao" in text]
    assert '--cot "Bên làm=Đơn vị thực hiện" --don-vi "Phòng Quản lí đô thị=riêng"' in command


def test_a_table_that_is_dropped_on_the_program_is_previewed(
    clerk: TestClient, desk: Desk, tmp_path: Path
) -> None:
    table = tmp_path / "bảng tiêu chí.txt"
    table.write_text(
        "STT\tTiêu chí\tĐiểm tối đa\tĐơn vị\n1\tBan hành kế hoạch\t2\tVăn phòng\n"
        "2\tTuyên truyền\t1\tThanh tra\n",
        encoding="utf-8",
    )
    page = clerk.get(first_page(desk, table)).text
    assert "Ban hành kế hoạch" in page
    assert "bảng tiêu chí.txt" in page


def test_what_cannot_be_read_is_told_on_the_page(
    clerk: TestClient, desk: Desk, tmp_path: Path
) -> None:
    missing = tmp_path / "không có.docx"
    assert first_page(desk, missing) == "/"
    assert "không có.docx" in clerk.get("/").text


@pytest.mark.skipif(os.name == "nt", reason="a program is ended there without being asked")
def test_what_was_brought_is_gone_when_the_computer_shuts_down(tmp_path: Path) -> None:
    account = Account(tmp_path, {"TMPDIR": str(tmp_path / "tạm")})
    (tmp_path / "tạm").mkdir()
    with account.page() as running, httpx2.Client(follow_redirects=True) as browser:
        page = browser.get(running.address)
        own = {"origin": f"http://{page.url.host}:{page.url.port}"}
        file = {"tep": ("bảng.txt", TABLE.encode())}
        browser.post(page.url.join("/moi"), headers=own, files=file)
        assert list((tmp_path / "tạm").rglob("bảng.txt"))
    assert running.has_ended()
    assert not list((tmp_path / "tạm").rglob("*"))
    assert not (tmp_path / "rieng" / "trang.json").exists()
