"""A new campaign in a real browser: a table is brought, corrected and made, its workbook followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from .browser import NARROW, Account, Clerk

pytestmark = pytest.mark.browser

TABLE = (
    "STT\tTiêu chí\tĐiểm chuẩn\tBên làm\tThuộc diện\n"
    "I\tChỉ đạo, điều hành\t3\t\t\n"
    "1\tKế hoạch cải cách\t2\tPhòng Quản lý đô thị\tcũ\n"
    "2\tBáo cáo định kỳ\t1\tPhòng Quản lí đô thị\tmới\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "bảng 2026.txt"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_becomes_a_campaign_and_its_workbook_is_followed(
    account: Account, at_browser: Clerk, table: Path
) -> None:
    page = at_browser.page
    with account.page() as running:
        at_browser.enter(running)
        assert "Chưa có đợt chấm nào" in at_browser.text
        page.set_input_files("input[type=file]", table)
        page.wait_for_url("**/moi/*")
        page.get_by_label("Thuộc diện").select_option("Ghi chú")
        at_browser.press("Tạo đợt chấm")
        assert "xem lại đã" in at_browser.text
        for width in (NARROW["width"], 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert at_browser.has_no_barriers() == []
            assert not at_browser.is_wider_than_the_window()
        page.get_by_label("Tên thư mục mới").fill("Đợt 2026")
        at_browser.press("Tạo đợt chấm")
        page.wait_for_url("**/bo-chi-so")
        (workbook,) = account.home.rglob("dot-cham.xlsx")
        assert workbook.parent.name == "Đợt 2026"
        book = load_workbook(workbook)
        (cell,) = [
            cell
            for row in book["Bộ chỉ số"].iter_rows()
            for cell in row
            if cell.value == "Kế hoạch cải cách"
        ]
        cell.value = "Kế hoạch đã sửa trong Excel"
        book.save(workbook)
        page.get_by_text("Kế hoạch đã sửa trong Excel").wait_for()
        assert at_browser.has_no_barriers() == []
        assert at_browser.troubles == []


def test_a_file_dropped_on_the_page_is_brought(
    account: Account, at_browser: Clerk, table: Path
) -> None:
    page = at_browser.page
    with account.page() as running:
        at_browser.enter(running)
        drop = """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "thả vào.txt"));
            document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
        }"""
        page.evaluate(drop, table.read_text(encoding="utf-8"))
        page.wait_for_url("**/moi/*")
        assert "Xem trước: thả vào.txt" in at_browser.text
        page.get_by_label("Chỉ hiện dòng chưa chắc").check()
        assert not page.get_by_text("Chỉ đạo, điều hành").first.is_visible()


def test_the_control_for_files_speaks_our_words_and_is_reached_by_the_keyboard(
    account: Account, at_browser: Clerk, table: Path
) -> None:
    """The browser's own says "Choose File", "No file chosen"."""
    page = at_browser.page
    with account.page() as running:
        at_browser.enter(running)
        field, label = page.locator("#tep"), page.locator("label.button[for=tep]")
        box = field.bounding_box()
        assert box
        assert box["width"] <= 1
        assert "Chọn tệp… chưa chọn tệp nào" in at_browser.text
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "tep":
                break
        assert label.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"
        with page.expect_file_chooser():
            page.keyboard.press("Space")
        with page.expect_file_chooser():
            label.click()
        stays = "document.querySelector('form[data-drop]').onsubmit = () => false"
        page.evaluate(stays)
        page.set_input_files("#tep", table)
        assert "Chọn tệp… bảng 2026.txt" in at_browser.text
        assert at_browser.has_no_barriers() == []
        assert at_browser.troubles == []
