"""The page where the computer refuses: a sentence, never the program's own words."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cchc_office import start_campaign
from cchc_office.errors import CchcError
from cchc_office.register import RegisterError, open_register
from cchc_office.web import places
from cchc_office.web.campaign_view import SCREENS
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.runs import RunFate, Runs

from .page_client import OWN, post

_BIG = "9" * 5_000
"""More digits than Python makes a number of."""


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")


def test_a_full_disk_is_told(
    clerk: TestClient, sample: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", refuse)
    answer = post(clerk, sample, "nhan-tep", files={"tep": ("a.xlsx", bytes(2_000_000))})
    assert answer.status_code == 409
    assert "đĩa đã đầy" in answer.text


def test_a_register_on_a_full_disk_is_not_called_a_matter_of_rights_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        try:
            refuse()
        except OSError as error:
            raise sqlite3.OperationalError("disk I/O error") from error

    monkeypatch.setattr("cchc_office.register.opening._connect", fail)
    with pytest.raises(RegisterError, match=r"cchc\.sqlite \(đĩa đã đầy\).*chỗ trống"):
        open_register(tmp_path, "cchc-2024")


def test_a_job_tells_what_the_system_refused() -> None:
    def work(_: object) -> None:
        refuse()

    run = Runs().start("dot", "Làm văn bản", "/", work)  # type: ignore[arg-type]
    assert run.ended.wait(10)
    assert run.fate is RunFate.FAILED
    assert "đĩa đã đầy" in run.error
    assert "No space" not in run.error


def _fail(*_: object, **__: object) -> None:
    raise KeyError("unit code missing in index")


def test_a_job_that_fails_unforeseen_says_where_and_not_in_a_library_s_words() -> None:
    runs = Runs()
    run = runs.start("dot", "Làm văn bản", "/", _fail)  # type: ignore[arg-type]
    assert run.ended.wait(10)
    assert run.fate is RunFate.FAILED
    assert "mã lỗi KeyError, web.runs:" in run.error
    assert "missing in index" not in run.error


def test_a_page_that_fails_unforeseen_says_so_in_vietnamese(
    clerk: TestClient, sample: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenCampaign, "state", _fail)
    answer = _bravely(clerk).get(f"/d/{sample.id}/nhan-phieu")
    assert answer.status_code == 500
    assert "mã lỗi KeyError, web." in answer.text
    assert "missing in index" not in answer.text


def _bravely(clerk: TestClient) -> TestClient:
    """Return a client of the same page that gets the answer to a failure, as a browser does."""
    return TestClient(
        clerk.app,
        base_url=str(clerk.base_url),
        cookies=clerk.cookies,
        raise_server_exceptions=False,
    )


@pytest.mark.parametrize(
    "lost", ["cchc_office.web.pages.other_routes", "jinja2.Environment.get_template"]
)
def test_a_program_whose_files_are_gone_says_so(
    clerk: TestClient, sample: OpenCampaign, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(lost, _fail)
    answer = clerk.get(f"/d/{sample.id}/nhan-phieu")
    assert answer.status_code == 500
    assert "mở lại CCHC" in answer.text
    assert "missing in index" not in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("ends", [RuntimeError("can't start new thread"), SystemExit(1)])
def test_a_job_that_was_cut_off_blocks_no_other(
    monkeypatch: pytest.MonkeyPatch, ends: BaseException
) -> None:
    runs = Runs()

    def cut(*_: object) -> None:
        raise ends

    with monkeypatch.context() as patched, suppress(CchcError):
        if isinstance(ends, RuntimeError):
            patched.setattr("threading.Thread.start", cut)
        assert runs.start("dot", "Làm văn bản", "/", cut).ended.wait(10)  # type: ignore[arg-type]
    assert runs.running("dot") is None


@pytest.mark.parametrize("name", ["origin", "host", "sec-fetch-site"])
def test_what_a_request_says_twice_is_not_believed(clerk: TestClient, name: str) -> None:
    whole = {"host": "127.0.0.1:40404", "content-length": "0", **OWN}
    said = [*whole.items(), (name, "http://evil.example")]
    answer = clerk.post("/moi/mau", headers=said)
    assert answer.status_code == 400
    assert "hai điều trái nhau" in answer.text


@pytest.mark.parametrize("number", [_BIG, "99", "-1", "x", "٣", ""])
def test_the_log_has_a_page_for_any_number(
    clerk: TestClient, sample: OpenCampaign, number: str
) -> None:
    answer = clerk.get(f"/d/{sample.id}/so-theo-doi", params={"trang": number})
    assert answer.status_code == 200


def test_a_table_of_any_number_is_refused_in_words(clerk: TestClient, sample: OpenCampaign) -> None:
    table = "STT\tTiêu chí\tĐiểm tối đa\n1\tCải cách thể chế\t10\n1.1\tXây dựng kế hoạch\t10\n"
    brought = clerk.post("/moi", headers=OWN, files={"chu": (None, table)}).headers["location"]
    for number in (_BIG, "99"):
        answer = clerk.post(f"{brought}/xem", headers=OWN, data={"bang": number})
        assert answer.status_code == 303
        assert clerk.get(brought).status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no Unicode")
def test_a_folder_whose_name_is_no_unicode_is_opened(
    clerk: TestClient, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"\xf0\xefit 2024")
    start_campaign(folder)
    campaign = desk.open(folder)
    assert places.known_campaigns() == [folder]
    for path in ("/", f"/d/{campaign.id}/bo-chi-so", f"/d/{campaign.id}/nhan-phieu"):
        assert clerk.get(path).status_code == 200


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders whose content the system lets nobody look at, not even who may do everything."""
    folders: list[Path] = []
    stat = Path.stat

    def refusing(path: Path, **how: bool) -> os.stat_result:
        if any(folder in path.parents for folder in folders):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", refusing)
    return folders


def test_the_first_page_ends_where_new_folders_cannot_be_seen(
    clerk: TestClient, shut: list[Path]
) -> None:
    shut.append(places.base_folder())
    assert "Bắt đầu đợt mới" in clerk.get("/").text
    answer = clerk.post("/moi/mau", headers=OWN, data={"ten": "CCHC 2026"})
    assert answer.status_code == 409
    assert "không có quyền" in answer.text
    assert "Đã có thư mục" not in answer.text


@pytest.mark.parametrize("name", ["nhan-ve", "tham-dinh", "bang-chung"])
def test_a_folder_that_is_shut_takes_no_page_away(
    clerk: TestClient, sample: OpenCampaign, shut: list[Path], name: str
) -> None:
    sample.opened().make_papers()
    shut.append(sample.folder / name)
    for screen in SCREENS:
        answer = clerk.get(f"/d/{sample.id}/{screen}")
        assert answer.status_code == 200, answer.text.partition("<main")[2]
        assert "Permission denied" not in answer.text


def test_papers_in_a_folder_that_is_shut_are_told(
    clerk: TestClient, sample: OpenCampaign, shut: list[Path]
) -> None:
    sample.opened().make_papers()
    shut.append(sample.output)
    for screen in SCREENS:
        answer = clerk.get(f"/d/{sample.id}/{screen}")
        assert answer.status_code == 409
        assert f"Không xem được {sample.output}" in answer.text
        assert "không có quyền" in answer.text


def test_a_folder_of_returns_that_is_shut_is_told_on_its_own_page(
    clerk: TestClient, sample: OpenCampaign, shut: list[Path]
) -> None:
    shut.append(sample.folder / "nhan-ve")
    answer = clerk.get(f"/d/{sample.id}/nhan-phieu")
    assert answer.status_code == 200
    assert "Nhận phiếu" in answer.text
