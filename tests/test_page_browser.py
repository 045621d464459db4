"""The page in a real browser: what it is like to come in, to look, and to leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from .browser import NARROW, Account, Clerk
from .page_client import with_returns

pytestmark = pytest.mark.browser

SCREENS = (
    *("bo-chi-so", "giao-viec", "nhan-phieu", "don-doc", "tham-dinh", "ket-qua"),
    *("so-theo-doi", "xoa-du-lieu"),
)


@pytest.fixture
def sample_folder(account: Account) -> Path:
    return with_returns(account.home / "dot")


def test_no_screen_keeps_anybody_out(
    account: Account, at_browser: Clerk, sample_folder: Path
) -> None:
    with account.page(sample_folder, "--ngay", "05/12/2024") as running:
        at_browser.enter(running)
        base = at_browser.page.url.rpartition("/")[0]
        found = {}
        for width in (1280, NARROW["width"]):
            at_browser.page.set_viewport_size({"width": width, "height": 900})
            for screen in ("/", *(f"{base}/{name}" for name in SCREENS)):
                at_browser.page.goto(screen if "//" in screen else base.partition("/d/")[0])
                name = f"{screen.rpartition('/')[2]} {width}"
                found[name] = at_browser.has_no_barriers()
                if at_browser.is_wider_than_the_window():
                    found[name].append("wider than the window")
        assert {name: told for name, told in found.items() if told} == {}


def test_a_page_that_was_closed_ends_the_program(
    account: Account, at_browser: Clerk, sample_folder: Path
) -> None:
    with account.page(sample_folder) as running:
        at_browser.enter(running)
        at_browser.press("Đóng")
        assert running.has_ended()
        assert running.process.returncode == 0
