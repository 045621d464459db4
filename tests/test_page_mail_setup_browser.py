"""The form of the mail servers in a real browser: what came of a try stands before the eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .browser import NARROW, WIDE, Account, Clerk
from .sheets import campaign_file

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_came_of_a_try_is_on_the_screen_and_has_the_focus(
    account: Account, at_browser: Clerk, tmp_path: Path, size: dict[str, int]
) -> None:
    folder = tmp_path / "dot"
    campaign_file(folder)
    page = at_browser.page
    with account.page(folder) as running:
        at_browser.enter(running)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{page.url.rpartition('/')[0]}/cai-thu")
        page.fill("[name='dia-chi']", "vp@so.example")
        page.fill("[name='gui.may_chu']", "may-chu-sai.invalid")
        page.fill("[name='nhan.may_chu']", "may-chu-nhan-sai.invalid")
        at_browser.press("Lưu máy chủ thư")
        expect(page.get_by_role("status").filter(has_text="Đã lưu")).to_be_in_viewport(ratio=1)
        for kind in ("gửi", "nhận"):
            trial = page.locator("form", has_text=f"Máy chủ {kind}:")
            trial.get_by_label("Mật khẩu").fill("x")
            at_browser.press(f"Thử nối máy chủ {kind}")
            if kind == "nhận":  # a mailbox that is not found is told on the way
                at_browser.go("Tiếp tục")
            alert = page.get_by_role("alert").filter(has_text=f"Thử nối máy chủ {kind} thư")
            expect(alert).to_be_in_viewport(ratio=1, timeout=30_000)
            expect(alert).to_be_focused()
            expect(trial.get_by_role("button")).to_be_in_viewport()
        assert at_browser.has_no_barriers() == []
