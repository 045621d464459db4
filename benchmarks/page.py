"""How soon the page is there, and how soon each of its screens on a large campaign.

    uv run python benchmarks/page.py [UNITS] [LEAVES] [TIMES]

A campaign of UNITS (150) that each score LEAVES (110) rows, with papers and all forms returned.
Starting is measured from the start of `cchc mo`, where no campaign is known yet, until the browser
is started, and until the first page is answered; both are held against `cchc --help`: 3 times as
long is wanted at most. `libraries` is what Python takes to import those that serve a page, and no
line of ours: less than that no page can be. Of each screen the time until its first byte is told,
after the files were read once: 300 ms are wanted at most. `first reading` is the time until then,
`a verdict` that from a click on “Nhận” of a unit's form until the page that it leads to. All are
the least of TIMES (5).
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
from returned_workbooks import campaign_of, write_workbooks_of

from cchc_office import load_campaign, open_campaign

CCHC = (sys.executable, "-m", "cchc_office")
SCREENS = ("bo-chi-so", "giao-viec", "nhan-phieu", "don-doc", "tham-dinh", "ket-qua", "so-theo-doi")
MOST = 0.3
LIBRARIES = "import starlette.applications, uvicorn.protocols.http.h11_impl, uvicorn.server, jinja2"
_GROUP = "các đơn vị trực thuộc"


def make_campaign(folder: Path, units: int, leaves: int) -> None:
    """Write the campaign workbook, its papers and what came back."""
    drawn = campaign_of(units, leaves)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    info = drawn.info
    settings = {
        "Mục": "Nội dung",
        "Năm": str(info.year),
        "Cơ quan ban hành": info.agency,
        "Tên viết tắt": info.abbreviation,
        "Địa danh": info.place,
        "Số và ký hiệu văn bản": info.symbol,
        "Tiêu đề bảng": info.table_title,
        "Hạn nộp": "30/11/2024",
    }
    sheets: dict[str, list[tuple[object, ...]]] = {
        "Thông tin": list(settings.items()),
        "Đơn vị": [
            ("Mã", "Tên đơn vị", "Tên gọi khác", "Nhóm"),
            *((unit.code, unit.name, "", _GROUP) for unit in drawn.units),
        ],
        "Bộ chỉ số": [
            ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Đơn vị thực hiện"),
            *(
                (c.code, c.name, c.max_score, _GROUP if c.max_score is not None else "")
                for c in drawn.criteria
            ),
        ],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    folder.mkdir(parents=True)
    book.save(folder / "dot-cham.xlsx")
    (folder / "nhan-ve").mkdir()
    write_workbooks_of(load_campaign(folder), folder / "nhan-ve")
    made = open_campaign(folder, output=folder / "output").make_papers()
    print(f"{units} units, {leaves} leaves each, {len(made.written)} papers")


@dataclass
class Page:
    """A page that runs: where it is, and the cookie that lets in."""

    port: int
    cookie: str
    campaign: str

    def leads_to(self, path: str) -> str:
        """Return where an address leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path, headers={"cookie": self.cookie})
        place = connection.getresponse().headers["location"]
        connection.close()
        return place

    def first_byte(self, path: str) -> tuple[float, int]:
        """Return the seconds until the first byte of an answer, and how many bytes follow."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        begun = time.perf_counter()
        connection.request("GET", path, headers={"cookie": self.cookie})
        answer = connection.getresponse()
        seconds = time.perf_counter() - begun
        size = len(answer.read())
        connection.close()
        if answer.status not in (200, 303):
            raise SystemExit(f"{path}: {answer.status}")
        return seconds, size

    def written(self, path: str) -> float:
        """Write, as a button does, and return the seconds until the page that it leads to."""
        origin = f"http://127.0.0.1:{self.port}"
        own = {"cookie": self.cookie, "origin": origin, "sec-fetch-site": "same-origin"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        begun = time.perf_counter()
        connection.request("POST", path, b"", own)
        answer = connection.getresponse()
        if answer.status != 303:
            raise SystemExit(f"{path}: {answer.status}")
        to = answer.headers["location"].partition("#")[0]
        connection.close()
        self.first_byte(to)
        return time.perf_counter() - begun


@contextmanager
def page_of(folder: Path | None, own: Path) -> Iterator[tuple[Page, float, float]]:
    """Start the page; yield it, the seconds until it told its address, and until it answered."""
    words = {"CCHC_THU_MUC_RIENG": str(own), "HOME": str(own), "PYTHONUNBUFFERED": "1"}
    given = [str(folder)] if folder else []
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603
        (*CCHC, "mo", *given, "--khong-mo-trinh-duyet", "--ngay", "05/12/2024"),
        env={**os.environ, **words},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            address = _address(process)
            told = time.perf_counter() - begun
            page = _entered(address)
            answered = time.perf_counter() - begun
            # Behind the first page the program loads the rest, which another question waits for.
            page.campaign = page.leads_to("/dau").rstrip("/")
            yield page, told, answered
        finally:
            process.terminate()
            process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    lines = process.stdout or ()
    return next(filter(None, (re.search(r"http://\S+", line) for line in lines)))[0]


def _entered(told: str) -> Page:
    address = urlsplit(told)
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 0)
    connection.request("GET", f"{address.path}?{address.query}")
    answer = connection.getresponse()
    cookie = answer.headers["set-cookie"].partition(";")[0]
    connection.close()
    page = Page(address.port or 0, cookie, "")
    page.first_byte("/")
    return page


@dataclass
class Starts:
    """How many seconds, the least of several times, a start takes until something is there."""

    usual: float
    libraries: float
    told: float
    answered: float


def start_times(own: Path, times: int) -> Starts:
    """Measure `cchc --help`, importing what serves a page, and the page's address and answer."""
    found = []
    for _ in range(times + 1):
        usual = _seconds_of(*CCHC, "--help")
        libraries = _seconds_of(sys.executable, "-c", LIBRARIES)
        with page_of(None, own) as (_, told, answered):
            found.append((usual, libraries, told, answered))
    return Starts(*map(min, zip(*found[1:], strict=True)))


def _seconds_of(*command: str) -> float:
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    numbers = [int(text) for text in sys.argv[1:]]
    units, leaves, times = (*numbers, *(150, 110, 5)[len(numbers) :])
    with tempfile.TemporaryDirectory() as name:
        folder, own = Path(name) / "dot", Path(name) / "rieng"
        make_campaign(folder, units, leaves)
        starts = start_times(own, times)
        named = (
            ("cchc --help", starts.usual),
            ("libraries", starts.libraries),
            ("browser starts", starts.told),
            ("page answers", starts.answered),
        )
        for name, seconds in named:
            print(
                f"{name:<16}{seconds * 1000:8.0f} ms   {seconds / starts.usual:.2f} x cchc --help"
            )
        with page_of(folder, own) as (page, _, _):
            first, _ = page.first_byte(f"{page.campaign}/ket-qua")
            print(f"{'first reading':<16}{first * 1000:8.0f} ms")
            rows = load_campaign(folder).criteria
            deeper = (
                f"ket-qua/dong/{rows[0].id}",
                f"ket-qua/dong/{rows[2].id}",
                "ket-qua/don-vi/DV00001",
            )
            worst = 0.0
            for screen in ("/", *(f"{page.campaign}/{s}" for s in (*SCREENS, *deeper))):
                found = [page.first_byte(screen) for _ in range(times)]
                seconds = min(seconds for seconds, _ in found)
                worst = max(worst, seconds)
                told = screen.removeprefix(page.campaign)
                print(f"{told:<34}{seconds * 1000:8.0f} ms {found[0][1] / 1024:8.0f} KiB")
            units_own = [f"DV{number:05}" for number in range(1, times + 1)]
            verdict = min(page.written(f"{page.campaign}/nhan-phieu/{u}/nhan") for u in units_own)
            print(
                f"{'a verdict':<16}{verdict * 1000:8.0f} ms   "
                f"{verdict / starts.usual:.2f} x cchc --help"
            )
            print(f"worst: {worst * 1000:.0f} ms of {MOST * 1000:.0f} ms wanted")


if __name__ == "__main__":
    main()
