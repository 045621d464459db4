"""One job at a time works at a campaign: what the second is told, and who may look meanwhile."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_office import BusyError, CampaignFolder, CchcError, GivenFile, open_campaign
from cchc_office.files import locking
from cchc_office.files.locking import Lock
from cchc_office.steps import guards
from cchc_office.steps.guards import LOCK_FILE

from .calls import cchc
from .conftest import ROOT
from .messages import UNITS
from .sheets import campaign_file
from .test_library import files_in

WRITING: dict[str, Callable[[CampaignFolder], Any]] = {
    "make_papers": CampaignFolder.make_papers,
    "make_table": CampaignFolder.make_table,
    "make_dispatches": CampaignFolder.make_dispatches,
    "make_letters": lambda folder: folder.make_letters("cong-van"),
    "make_forms": CampaignFolder.make_forms,
    "consolidate": CampaignFolder.consolidate,
    "remind": CampaignFolder.remind,
    "appraise": CampaignFolder.appraise,
    "explain": CampaignFolder.explain,
    "ask_to_explain": lambda folder: folder.ask_to_explain({}),
    "do_all": CampaignFolder.do_all,
    "drafts": lambda folder: folder.send("cong-van"),
    "send": lambda folder: folder.send("cong-van", for_real=True),
    "fetch": CampaignFolder.fetch,
    "settle": lambda folder: folder.settle(["VP"], arrived=True),
    "confirm_senders": lambda folder: folder.confirm_senders(["VP.xlsx"]),
    "record_handover": lambda folder: folder.record_handover(["VP"], "Zalo"),
    "strike": lambda folder: folder.strike(["G1"]),
    "rebuild_register": CampaignFolder.rebuild_register,
    "standings as a sheet": lambda folder: folder.standings(as_sheet=True),
}
LOOKING: dict[str, Callable[[CampaignFolder], Any]] = {
    "check": CampaignFolder.check,
    "state": CampaignFolder.state,
    "progress": CampaignFolder.progress,
    "standings": CampaignFolder.standings,
    "unsettled": CampaignFolder.unsettled,
    "strike": CampaignFolder.strike,
    "receive": lambda folder: folder.receive([GivenFile("a.xlsx", b"a")]),
    "mail_text": lambda folder: folder.mail_text("VP", "cong-van"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CampaignFolder:
    monkeypatch.setattr(guards, "_PATIENCE", 0)
    path = campaign_file(tmp_path / "dot", units=UNITS)
    return open_campaign(path, output=tmp_path / "ra")


@pytest.mark.parametrize("job", WRITING)
def test_a_second_job_is_refused_and_does_nothing(
    tmp_path: Path, folder: CampaignFolder, job: str
) -> None:
    with Lock(folder.folder / LOCK_FILE):
        before = files_in(tmp_path)
        with pytest.raises(BusyError) as refused:
            WRITING[job](folder)
        assert files_in(tmp_path) == before
    assert f"máy {platform.node()}" in refused.value.who
    assert str(refused.value).startswith("Đợt chấm này đang có việc khác làm dở (máy ")
    assert ", từ " in str(refused.value)
    assert refused.value.exit_status == 3


@pytest.mark.parametrize("job", LOOKING)
def test_who_looks_or_brings_files_does_not_wait(folder: CampaignFolder, job: str) -> None:
    with Lock(folder.folder / LOCK_FILE):
        LOOKING[job](folder)


def test_the_command_says_who_is_at_work(
    folder: CampaignFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    with Lock(folder.folder / LOCK_FILE):
        assert cchc("chay", folder.folder, "-o", folder.output) == 3
    assert "đang có việc khác làm dở (máy " in capsys.readouterr().err
    assert not folder.output.exists()


def test_a_job_that_is_over_leaves_no_lock(folder: CampaignFolder) -> None:
    folder.make_table()
    with pytest.raises(CchcError):
        folder.record_handover(["khong-co"], "Zalo")
    assert not (folder.folder / LOCK_FILE).exists()
    folder.make_table()


def test_a_short_job_is_waited_for(folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_PATIENCE", 60)
    other = Lock(folder.folder / LOCK_FILE)
    other.__enter__()
    monkeypatch.setattr("time.sleep", lambda _: other.__exit__(None, None, None))
    assert folder.make_table().came_out


def test_a_folder_that_cannot_be_written_stops_no_papers_but_letters(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (folder.folder / "thu.toml").write_text(
        'nguoi_gui = "cchc@a.example"\n[gui]\nmay_chu = "127.0.0.1"\n', encoding="utf-8"
    )
    monkeypatch.setattr(Lock, "__enter__", refused)
    assert folder.make_dispatches().came_out
    with pytest.raises(CchcError, match="Chưa gửi thư nào: không ghi được vào thư mục"):
        folder.send("cong-van", for_real=True)


def test_who_works_is_told_and_nothing_written(folder: CampaignFolder) -> None:
    before = files_in(folder.folder)
    assert folder.who_works() == ""
    assert files_in(folder.folder) == before
    with Lock(folder.folder / LOCK_FILE):
        assert folder.who_works().startswith(f"máy {platform.node()}")
        assert folder.state().busy == folder.who_works()
    assert folder.who_works() == ""


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import cchc_office
folder = cchc_office.open_campaign({path!r}, output={output!r},
    on_progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))
folder.make_papers()
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX has it")
def test_a_killed_job_leaves_the_campaign_free(folder: CampaignFolder) -> None:
    script = KILLED.format(root=str(ROOT), path=str(folder.folder), output=str(folder.output))
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (folder.folder / LOCK_FILE).exists()
    assert folder.who_works() == ""
    assert folder.make_papers().came_out
    assert not (folder.folder / LOCK_FILE).exists()


def test_a_lock_that_is_a_file_is_seen_by_who_looks(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: int) -> bool:
        raise locking._NoSuchLocksError

    monkeypatch.setattr(locking, "_lock_whole", none)
    with Lock(folder.folder / LOCK_FILE):
        assert folder.who_works().startswith("máy ")
        with pytest.raises(BusyError):
            folder.make_table()
    assert folder.who_works() == ""
