"""A real browser before the real `cchc mo`: what a clerk has in front of him."""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = "AXE_CORE"
"""The environment variable that names axe-core's `axe.min.js`, which npm brings."""

PICTURES = "CCHC_HINH"
"""The environment variable that names a folder for pictures of the pages."""

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 60
_LOOKS = 5

_ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
_USUAL = ("the server responded with a status of 4", "net::ERR_INCOMPLETE_CHUNKED_ENCODING")
"""What the browser calls an error and is none: a refusal, and a page that outlives the program."""

_DROP = """given => {
    const dropped = new DataTransfer();
    for (const [name, text] of given) {
        const content = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
        dropped.items.add(new File([content], name));
    }
    document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true}));
}"""
_BAD = ("serious", "critical")


def why_not() -> str:
    """Return why no browser can be run here, "" where one can."""
    if not CHROMIUM:
        return "chromium is not on this machine; .ci/run installs it"
    if not os.environ.get(AXE):
        return f"axe-core (npm install axe-core) is not named by {AXE}; .ci/run installs it"
    return ""


@dataclass
class RunningPage:
    """A `cchc mo` of its own, with its own home."""

    process: subprocess.Popen[str]
    address: str

    def has_ended(self) -> bool:
        """Wait until it has closed itself."""
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@dataclass(frozen=True)
class Account:
    """A user of this computer: the home of a clerk, who starts the page in it."""

    home: Path
    words: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the programs of this user find around them."""
        own = {"HOME": str(self.home), "CCHC_THU_MUC_RIENG": str(self.home / "rieng")}
        return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **own, **self.words}

    def run(
        self, *arguments: str | Path, at: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the program to its end."""
        command = [sys.executable, "-m", "cchc_office", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=at or self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )

    @contextmanager
    def page(self, *arguments: str | Path) -> Iterator[RunningPage]:
        """Start the page, and end it where it has not ended."""
        command = [sys.executable, "-m", "cchc_office", "mo", "--khong-mo-trinh-duyet"]
        with subprocess.Popen(
            [*command, *map(str, arguments)],
            cwd=self.home,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process:
            try:
                yield RunningPage(process, _address(process))
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait(PATIENCE)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    told = []
    for line in process.stdout:
        told.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+\S*", line):
            return found[0]
    raise AssertionError("".join(told))


class Clerk:
    """Who sits at a browser: goes, presses, fills in, and sees what goes wrong on the way.

    `troubles` are what the browser complains of: scripts, the policy of the page, requests that
    lead to another place than the page.
    """

    def __init__(self, context: BrowserContext) -> None:
        """Open a window."""
        self.context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and not any(usual in message.text for usual in _USUAL):
            self.troubles.append(message.text)

    def _asked(self, request: Any) -> None:
        asked = urlsplit(request.url)
        is_own_part = asked.scheme.startswith("chrome")  # its viewer of PDFs
        if asked.hostname not in ("127.0.0.1", None) and not is_own_part:
            self.troubles.append(f"asked {request.url}")

    def enter(self, page: RunningPage) -> None:
        """Go in by the address that the program told."""
        self.page.goto(page.address)

    def go(self, link: str) -> None:
        """Follow the first link with these words."""
        self.page.get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        """Press the first button with these words."""
        self.page.get_by_role("button", name=button).first.click()

    def step(self, number: int) -> None:
        """Go to one of the six steps."""
        with self.page.expect_navigation():
            self.page.locator(f".steps li:nth-child({number}) a").click()

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return " ".join(self.page.locator("body").inner_text().split())

    def drop(self, files: Iterable[Path]) -> None:
        """Drop files on the page, and wait for where that leads."""
        given = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
        with self.page.expect_navigation():
            self.page.evaluate(_DROP, given)
        # Reading them is a job; one that takes long has a page of its own.
        if "/viec/" in self.page.url:
            self.wait_for_run()

    def sees(self, words: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_text(words).first.wait_for()

    def wait_for_run(self) -> None:
        """Wait until a job that was started is done, and go on from its page."""
        self.page.wait_for_selector("progress[data-run-page]", state="detached")
        with self.page.expect_navigation():
            self.go("Tiếp tục")

    def has_no_barriers(self) -> list[str]:
        """Return what axe-core finds on the page that keeps people out: serious and critical."""
        from playwright.sync_api import Error

        found: list[dict[str, Any]] | None = None
        for _ in range(_LOOKS):
            with suppress(Error):  # the page went while it was asked
                found = self._looked_through()
            if found is not None:
                break
            self.page.wait_for_load_state()
        assert found is not None, "the page is loaded again and again"
        return [
            f"{one['impact']}: {one['id']}: {node['html'][:200]}"
            for one in found
            if one["impact"] in _BAD
            for node in one["nodes"]
        ]

    def _looked_through(self) -> list[dict[str, Any]] | None:
        """Return what axe-core found, None where the page was loaded anew meanwhile.

        It follows the files: what a job wrote loads it again.
        """
        from playwright.sync_api import Error

        session = self.context.new_cdp_session(self.page)
        self.page.evaluate("window.isLookedThrough = true")

        def said(expression: str) -> Any:
            words = {"expression": expression, "awaitPromise": True, "returnByValue": True}
            try:
                answer = session.send("Runtime.evaluate", words)
            except Error:
                answer = {"exceptionDetails": "the page is gone"}
            if "exceptionDetails" in answer:
                assert not self.page.evaluate("window.isLookedThrough === true"), answer
                return None
            return answer["result"].get("value")

        said(_axe())
        found = said("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        session.detach()
        return found if found is None else list(found)

    def is_wider_than_the_window(self) -> bool:
        """Tell whether the page has to be moved sideways to be read.

        One that is being loaded has no style yet.
        """
        self.page.wait_for_load_state()
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )


@cache
def _axe() -> str:
    return Path(os.environ[AXE]).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for the tests of a module: it has an event loop that others must not find."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def account(tmp_path: Path) -> Account:
    """A user whose home is empty."""
    home = tmp_path / "nha"
    home.mkdir()
    return Account(home)


@pytest.fixture
def at_browser(chromium: Browser) -> Iterator[Clerk]:
    """A clerk with an empty browser, who must not be troubled in the end."""
    context = chromium.new_context(viewport=WIDE, locale="vi-VN")  # type: ignore[arg-type]
    sitting = Clerk(context)
    yield sitting
    # Shown where the test fails.
    sys.stderr.write("\n".join((sitting.page.url, sitting.text[:3000], *sitting.troubles)))
    assert sitting.troubles == []
    context.close()


def until(happens: Any) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def picture(page: Page, name: str, home: Path) -> None:
    """Keep a picture of what is seen, where tools/make_page_pictures.py asks for that.

    The home of the test's own user is shown as that of anybody.
    """
    if folder := os.environ.get(PICTURES):
        page.evaluate(
            """home => {
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const node = walker.currentNode;
                    node.data = node.data.replaceAll(home, "Documents");
                }
            }""",
            str(home),
        )
        page.screenshot(path=Path(folder) / f"{name}.png")
