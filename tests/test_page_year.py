"""A clerk's year in a real browser (số liệu minh họa): from a table in an empty folder to the report.

What the page made is then made again by the commands in a copy of the folder: the bytes are the same.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office import load_campaign

from .appraised import Table
from .browser import NARROW, WIDE, Account, Clerk, RunningPage, picture
from .smtp_servers import PASSWORD, USER, Mailbox, certificates, smtp_server
from .whole_year import type_answers

pytestmark = [pytest.mark.browser, pytest.mark.libreoffice]

TABLE = """
BẢNG PHÂN CÔNG THỰC HIỆN CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2024

STT|Lĩnh vực/Tiêu chí/Tiêu chí thành phần|Mức|Đơn vị thực hiện|Ghi chú
1|CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH|||
1.1|Kế hoạch cải cách hành chính hằng năm|||
1.1.1|Ban hành kế hoạch|1|Văn phòng Sở|
1.1.2|Mức độ thực hiện kế hoạch|2|Văn phòng Sở|
1.2|Tuyên truyền cải cách hành chính|1,5|Phòng Kế hoạch - Tài chính|
1.3|Kiểm tra công tác cải cách hành chính|1|Thanh tra Sở|
2|CẢI CÁCH THỦ TỤC HÀNH CHÍNH|||
2.1|Rà soát thủ tục hành chính|1|Phòng Quản lý công nghiệp|
2.2|Giải quyết hồ sơ đúng hạn|2|Phòng Quản lý thương mại|
2.3|Công khai thủ tục hành chính|1|Phòng Quản lý năng lượng|
2.4|Kết quả giải quyết hồ sơ trực tuyến|2|Phòng Kỹ thuật an toàn môi trường|
2.5|Hỗ trợ doanh nghiệp làm thủ tục|1|Trung tâm Khuyến công|
3|TÁC ĐỘNG CỦA CẢI CÁCH HÀNH CHÍNH|||
3.1|Mức độ hài lòng của người dân, doanh nghiệp|5|Văn phòng Sở|SIPAS
"""
SETTINGS = {
    "Cơ quan chủ quản": "UBND TỈNH A",
    "Cơ quan ban hành": "Sở Minh Họa",
    "Tên viết tắt": "SMH",
    "Địa danh": "Tỉnh A",
    "Số và ký hiệu văn bản": "/SMH-VP",
    "Ngày văn bản": "/5/2024",
    "Chức vụ người ký": "GIÁM ĐỐC",
    "Hạn nộp": "30/11/2024",
}
SAVED = dt.datetime(2024, 11, 19, 9)
BEFORE, AFTER = "20/11/2024", "05/12/2024"
SILENT = "KC"
"""The unit that returns nothing."""


@dataclass
class Year:
    """The clerk, the browser, the folder that is made, and the mail server of the office."""

    account: Account
    clerk: Clerk
    box: Mailbox
    settings: str
    certificates: Path

    @property
    def folder(self) -> Path:
        (workbook,) = self.account.home.rglob("dot-cham.xlsx")
        return workbook.parent

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def look(self, name: str) -> None:
        """Look at the page as it is, wide and narrow: nobody is kept out, nothing sticks out."""
        page = self.clerk.page
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert self.clerk.has_no_barriers() == [], name
            assert not self.clerk.is_wider_than_the_window(), name
        picture(page, name, self.account.home)


@pytest.fixture
def year(account: Account, at_browser: Clerk, tmp_path: Path) -> Iterator[Year]:
    own = certificates(tmp_path)
    with smtp_server(own) as (server, box):
        settings = (
            f'nguoi_gui = "Văn phòng Sở <{USER}>"\n[gui]\nmay_chu = "{server.host}"\n'
            f'cong = {server.port}\nnguoi_dung = "{USER}"\nnhip_moi_phut = 100000\n'
            'tep_chung_chi = "chung-chi.pem"\n'
        )
        yield Year(account, at_browser, box, settings, own.file)


def test_the_year_of_an_office(year: Year, tmp_path: Path) -> None:
    clerk = year.clerk
    with year.account.page("--ngay", BEFORE) as running:
        clerk.enter(running)
        start_from_a_table(year, tmp_path)
        complete_the_workbook(year)
        give_out(year)
        receive(year, tmp_path / "gui-ve")
        close(clerk, running)
    with year.account.page(year.folder, "--ngay", AFTER) as running:
        clerk.enter(running)
        remind(year)
        appraise(year)
        report(year)
        close(clerk, running)
    assert made_by_commands(year, tmp_path / "ban-sao") == made_in(year.output)


def close(clerk: Clerk, running: RunningPage) -> None:
    clerk.press("Đóng")
    assert running.has_ended()


def start_from_a_table(year: Year, tmp_path: Path) -> None:
    """Bring in a table whose heading for points says nothing, tell what it is, make the campaign."""
    clerk, page = year.clerk, year.clerk.page
    assert "Chưa có đợt chấm nào" in clerk.text
    year.look("bat-dau")
    table = tmp_path / "bảng phân công.txt"
    table.write_text(TABLE.replace("|", "\t"), encoding="utf-8")
    page.set_input_files("input[type=file]", table)
    page.wait_for_url("**/moi/*")
    page.get_by_label("Mức").select_option("Điểm tối đa")
    clerk.press("Xem lại")
    clerk.sees("do anh, chị chọn")
    year.look("nhap-bang")
    assert not list(year.account.home.rglob("dot-cham.xlsx"))
    page.get_by_label("Tên thư mục mới").fill("CCHC 2024")
    clerk.press("Tạo đợt chấm")
    page.wait_for_url("**/bo-chi-so")
    maxima = [leaf.max_score for leaf in load_campaign(year.folder).leaves]
    assert sum(filter(None, maxima)) == 17.5


def complete_the_workbook(year: Year) -> None:
    """Fill in in Excel what the table does not say; the page follows."""
    workbook = year.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(workbook)
    sheet: Any = book["Thông tin"]
    for row in range(1, sheet.max_row + 1):
        if value := SETTINGS.get(sheet.cell(row, 1).value):
            sheet.cell(row, 2).value = value
    units: Any = book["Đơn vị"]
    top = next(row for row in range(1, 10) if units.cell(row, 1).value == "Mã")
    headings = {cell.value: cell.column for cell in units[top]}
    for row in range(top + 1, units.max_row + 1):
        code = units.cell(row, headings["Mã"]).value
        if code:
            units.cell(row, headings["Email"]).value = f"{code.lower()}@so.example"
    book.save(workbook)
    year.clerk.sees("hạn nộp 30/11/2024")
    (year.folder / "thu.toml").write_text(year.settings, encoding="utf-8")
    shutil.copy(year.certificates, year.folder / "chung-chi.pem")
    campaign = load_campaign(year.folder)
    assert not [finding for finding in campaign.findings if finding.is_error]
    assert len(campaign.units) == 8
    year.look("bo-chi-so")


def give_out(year: Year) -> None:
    """Look one letter through, make all papers, draft the messages, look at the list, send."""
    clerk = year.clerk
    clerk.step(2)
    clerk.go("Xem thử một công văn")
    assert "Văn phòng Sở" in clerk.text
    year.look("xem-thu")
    clerk.page.go_back()
    clerk.press("Làm tất cả")
    clerk.wait_for_run()
    year.look("giao-viec")
    send(year, "Soạn thư", 8)
    assert sorted(to for (to,) in year.box.addresses)[:2] == ["kc@so.example", "khtc@so.example"]


def send(year: Year, draft: str, letters: int) -> None:
    """Draft, look, and send in two steps; nothing goes out before the second."""
    clerk, before = year.clerk, len(year.box.messages)
    clerk.press(draft)
    clerk.page.get_by_role("link", name="Tiếp: gửi thật").wait_for()
    assert len(year.box.messages) == before
    clerk.go("Tiếp: gửi thật")
    clerk.page.get_by_label("Mật khẩu").fill(PASSWORD)
    year.look("gui-that")
    clerk.press(f"Gửi thật {letters} thư")
    clerk.sees(f"{letters} đã gửi")
    year.box.wait_until_idle()
    assert len(year.box.messages) == before + letters


def receive(year: Year, sent_back: Path) -> None:
    """Drop seven returned workbooks, one of them twice, and one that is a stranger's."""
    clerk, campaign = year.clerk, load_campaign(year.folder)
    sent_back.mkdir()
    for unit in campaign.units:
        if unit.code != SILENT:
            answers: dict[str, dict[str, Any]] = {
                leaf.id: {"score": float(leaf.max_score or 0) / 2, "evidence": "Báo cáo số 1"}
                for leaf in campaign.scored_by(unit)
            }
            form = year.output / "phieu-cham" / f"{campaign.paper_name(unit)}.xlsx"
            type_answers(form, answers, sent_back / form.name, SAVED)
    shutil.copy(sent_back / "CCHC-2024-VP.xlsx", sent_back / "bản gửi lại.xlsx")
    stranger = openpyxl.Workbook()
    stranger.active["A1"] = "Bảng lương"  # type: ignore[index]
    stranger.save(sent_back / "bảng lương.xlsx")
    clerk.step(3)
    year.look("nhan-phieu-trong")
    clerk.drop(sorted(sent_back.iterdir()))
    clerk.sees("7/8 đơn vị đã nộp")
    assert "bản gửi lại.xlsx: đã có trong nhan-ve thành CCHC-2024-VP.xlsx" in clerk.text
    assert "bảng lương.xlsx: đã lưu vào nhan-ve; chưa nhận ra là của ai" in clerk.text
    year.look("nhan-phieu")


def remind(year: Year) -> None:
    """Remind the one unit that owes, once the deadline is over."""
    clerk = year.clerk
    clerk.step(4)
    assert "1/8 đơn vị còn nợ" in clerk.text
    clerk.press("Làm công văn đôn đốc")
    clerk.wait_for_run()
    year.look("don-doc")
    send(year, "Soạn thư", 1)
    assert year.box.addresses[-1] == ("kc@so.example",)


def appraise(year: Year) -> None:
    """Have the reviewers' workbook made, and drop it in when they have filled it in."""
    clerk = year.clerk
    clerk.step(5)
    clerk.press("Làm bảng lần 1")
    clerk.wait_for_run()
    filled = year.account.home / "tham-dinh-lan-1.xlsx"
    fill_in(year.output / "tham-dinh" / filled.name, filled)
    with clerk.page.expect_navigation():
        clerk.page.set_input_files("input[type=file]", filled)
    clerk.sees("1 đơn vị bị giảm điểm hoặc bị hỏi")
    year.look("tham-dinh")
    clerk.page.get_by_role("link", name="Văn phòng Sở", exact=True).click()
    clerk.page.wait_for_url("**/don-vi/VP")
    assert "▼ giảm: 0,00 Thiếu hồ sơ" in clerk.text
    year.look("tham-dinh-don-vi")


def fill_in(made: Path, filled: Path) -> None:
    """Judge as reviewers do: the first row of a unit gets nothing."""
    table = Table(made.read_bytes())
    table.sign()
    first = next(key for key, row in table.rows.items() if table.sheet.cell(row, 2).value)
    table.type(first, score=0, opinion="Thiếu hồ sơ", request="Bổ sung báo cáo")
    table.save(filled)


def report(year: Year) -> None:
    """Make the report; its figures lead to the cells that they come from."""
    clerk = year.clerk
    clerk.step(6)
    clerk.press("Tổng hợp")
    clerk.wait_for_run()
    assert "trên 12,50 điểm áp dụng" in clerk.text
    year.look("ket-qua")
    clerk.page.get_by_role("row", name="2 CẢI CÁCH THỦ TỤC").get_by_role("link").click()
    assert "CCHC-2024-QLTM.xlsx › Phiếu chấm › F" in clerk.text
    year.look("nguon-diem")


# --- the keyboard alone ---


def tab_to(clerk: Clerk, words: str) -> None:
    """Press Tab until what has the focus says so, and is seen to have it."""
    page = clerk.page
    for _ in range(200):
        page.keyboard.press("Tab")
        told, outline = page.evaluate(
            """() => {
                const one = document.activeElement;
                return [one.innerText || one.value || "", getComputedStyle(one).outlineStyle];
            }"""
        )
        if words in " ".join(told.split()):
            assert outline != "none", words
            return
    raise AssertionError(f"{words}: {clerk.text[:2000]}")


def press_enter(clerk: Clerk) -> None:
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")


def test_a_short_round_with_the_keyboard_alone(account: Account, at_browser: Clerk) -> None:
    with account.page("--ngay", AFTER) as running:
        at_browser.enter(running)
        tab_to(at_browser, "Đến nội dung")
        for words in (
            *("Tạo đợt làm thử", "2 Giao việc", "Làm tất cả"),
            *("Tiếp tục", "Soạn thư", "6 Kết quả", "Tổng hợp", "Tiếp tục", "Mở thư mục"),
        ):
            tab_to(at_browser, words)
            if words != "Mở thư mục":
                press_enter(at_browser)
            at_browser.page.wait_for_selector("progress[data-run-page]", state="detached")
        (folder,) = (path.parent for path in account.home.rglob("dot-cham.xlsx"))
        assert (folder / "output" / "tong-hop" / "tong-hop.xlsx").exists()
        tab_to(at_browser, "Đóng")
        press_enter(at_browser)
        assert running.has_ended()


# --- the same by commands ---


def made_in(output: Path) -> dict[str, bytes]:
    """Return what was made, but for messages, which have a time of their own, and the record."""
    folders = ("phu-luc", "cong-van", "phieu-cham", "don-doc", "tham-dinh", "tong-hop")
    files = (path for folder in folders for path in sorted((output / folder).iterdir()))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def made_by_commands(year: Year, copy: Path) -> dict[str, bytes]:
    """Make everything again in a copy of the folder, without papers, register and journal."""
    left = shutil.ignore_patterns("output", "cchc.sqlite*", "nhat-ky-gui.txt", "tham-dinh")
    shutil.copytree(year.folder, copy, ignore=left)

    def run(*words: str) -> None:
        done = year.account.run(*words, at=copy)
        assert done.returncode in (0, 1), done.stdout + done.stderr

    for command in ("phu-luc", "cong-van", "phieu-cham"):
        run(command, ".")
    run("nhan-tep", ".", "nhan-ve", "--ngay", BEFORE)
    run("don-doc", ".", "--van-ban-ngan", "--ngay", AFTER)
    run("tham-dinh", ".", "--ngay", AFTER)
    shutil.copytree(year.folder / "tham-dinh", copy / "tham-dinh")
    run("tong-hop", ".", "--ngay", AFTER)
    return made_in(copy / "output")
