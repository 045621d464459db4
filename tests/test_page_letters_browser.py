"""Letters in a real browser: one looked through, all made, sent by the second page, reminded."""

from __future__ import annotations

from pathlib import Path

import pytest

from .browser import NARROW, WIDE, Account, Clerk
from .page_client import with_returns
from .smtp_servers import PASSWORD, USER, certificates, smtp_server

pytestmark = pytest.mark.browser


@pytest.fixture
def sample_folder(account: Account) -> Path:
    return with_returns(account.home / "dot")


def barriers(at_browser: Clerk) -> list[str]:
    """Return what is wrong with the page in front of the clerk, wide and narrow."""
    found = []
    for size in (NARROW, WIDE):
        at_browser.page.set_viewport_size(size)  # type: ignore[arg-type]
        found += at_browser.has_no_barriers()
        found += ["wider than the window"] if at_browser.is_wider_than_the_window() else []
    return [f"{at_browser.page.url}: {one}" for one in found]


@pytest.mark.libreoffice
def test_letters_are_seen_made_sent_and_followed_by_reminders(
    account: Account, at_browser: Clerk, sample_folder: Path
) -> None:
    page = at_browser.page
    with (
        smtp_server(certificates(sample_folder)) as (server, box),
        account.page(sample_folder, "--ngay", "05/12/2024") as running,
    ):
        at_browser.enter(running)
        at_browser.step(2)
        with page.expect_response(lambda answer: "/xem/cong-van/pdf" in answer.url) as shown:
            at_browser.go("Xem thử một công văn")
        assert shown.value.headers["content-type"] == "application/pdf"
        assert "không thấy chỗ nào sai thể thức" in at_browser.text
        assert not any((sample_folder / "output").iterdir())
        found = barriers(at_browser)
        at_browser.step(2)
        at_browser.press("Làm tất cả")
        at_browser.wait_for_run()
        at_browser.press("Soạn thư")
        page.wait_for_url("**/gui/cong-van")
        assert "Chưa gửi được thư từ máy này" in at_browser.text
        found += barriers(at_browser)

        (sample_folder / "thu.toml").write_text(
            'nguoi_gui = "Văn phòng Sở <van-phong@so-cong-thuong.example>"\n[gui]\n'
            f'may_chu = "{server.host}"\ncong = {server.port}\nnguoi_dung = "{USER}"\n'
            'nhip_moi_phut = 6000\ntep_chung_chi = "chung-chi.pem"\n',
            encoding="utf-8",
        )
        # The page follows the file.
        page.wait_for_selector("text=đã đổi sau khi soạn thư")
        at_browser.press("Soạn lại")
        at_browser.go("Tiếp: gửi thật…")
        page.wait_for_url("**/that")
        found += barriers(at_browser)
        assert box.messages == []
        page.get_by_label("Mật khẩu thư").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/gui/cong-van")
        page.wait_for_selector("text=8 đã gửi")
        assert len(box.messages) == 8
        found += barriers(at_browser)

        at_browser.step(4)
        found += barriers(at_browser)
        at_browser.press("Làm công văn đôn đốc")
        at_browser.wait_for_run()
        at_browser.go("xem, chép tin nhắn")
        assert "Sở Công Thương" in page.get_by_label("Tin nhắn ngắn").input_value()
        page.go_back()
        page.get_by_label("đã nhắc bằng giấy, Zalo").first.check()
        page.get_by_label("Bằng cách nào").fill("điện thoại")
        at_browser.press("Ghi vào sổ")
        page.wait_for_selector("text=điện thoại 05/12/2024")
        at_browser.go("Sổ theo dõi")
        found += barriers(at_browser)
        assert "Giao cách khác" in at_browser.text
        assert found == []
