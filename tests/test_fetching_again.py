"""Fetching again: after a run was stopped, beside another one, and what is still to be asked."""

from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc_office.mail.saved_files import Kept, ReturnsFolder
from cchc_office.register import Register

from .calls import cchc
from .message_office import SAVED, Office, fates, findings, office_in
from .messages import UNITS, filled_form, letter
from .sheets import campaign_file


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


# --- looking again ---


def test_a_locked_form_is_read_when_its_password_comes(office: Office) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(office.form)).encrypt("mật khẩu", locked)
    office.put("1.eml", letter("vp@a.example", ("a.xlsx", locked.getvalue())))
    assert findings(office.fetch()) == ["co-mat-khau"]
    assert office.fetch()["so_thu_da_xem_truoc"] == 1
    assert findings(office.fetch("--mat-khau", "mật khẩu")) == []
    (saved,) = office.returns
    # As it came: whoever reads it is asked for the password again.
    assert (office.folder / "nhan-ve" / saved).read_bytes() == locked.getvalue()
    assert office.fetch("--mat-khau", "mật khẩu")["so_thu_da_xem_truoc"] == 1


def test_what_a_person_renamed_is_still_there(office: Office) -> None:
    files = (("a.xlsx", office.form), ("b.rar", b"Rar!\x1a\x07"))
    office.put("1.eml", letter("vp@a.example", *files))
    office.fetch()
    saved = office.folder / "nhan-ve" / SAVED
    saved.rename(saved.with_name("Văn phòng.xlsx"))
    again = office.fetch("--lai")
    assert findings(again) == ["tep-nen-khac"]
    assert fates(again)[0][0] == ("a.xlsx", "đã có", "Văn phòng.xlsx")
    assert office.returns == ["Văn phòng.xlsx"]


def test_what_a_person_took_away_stays_away(office: Office) -> None:
    office.put("1.eml", letter("la@b.example", ("a.xlsx", office.form), ("b.rar", b"Rar!\x1a\x07")))
    office.fetch()
    (office.folder / "nhan-ve" / SAVED).unlink()
    assert office.fetch()["so_thu_da_xem_truoc"] == 1
    assert findings(office.fetch("--lai")) == ["phieu-da-bo-ra", "tep-nen-khac"]
    assert office.returns == []
    assert [f.saved_as for m in office.messages for f in m.files] == [SAVED, ""]


# --- ended in the middle ---


def test_killed_at_any_time_nothing_is_lost_or_doubled(office: Office, tmp_path: Path) -> None:
    expected = set()
    for n in range(12):
        form = filled_form(office.campaign, "VP", tmp_path / "don-vi", (n + 1) / 16)
        expected.add(form)
        office.put(f"{n:02}.eml", letter("la@b.example", ("a.xlsx", form), key=f"<{n}@a>"))
    given = ["nhan", str(office.folder), "--tep", str(office.inbox)]
    command = [sys.executable, "-m", "cchc_office", *given]
    chance = random.Random(7)
    kills = 0
    for _ in range(12):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.2))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
    assert kills
    office.fetch()
    assert len(office.messages) == 12
    folder = office.folder / "nhan-ve"
    found = [p.read_bytes() for p in folder.iterdir() if not p.name.startswith(".")]
    assert len(found) == 12
    assert set(found) == expected


@pytest.mark.parametrize("step", ["os.fsync", "os.link", "record_message"])
def test_stopped_at_a_step_the_next_run_ends_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What is saved but not recorded is told again: the finding must not be lost."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    office.put("1.eml", letter("la@b.example", ("a.xlsx", office.form)))
    with monkeypatch.context() as patch:
        if step == "record_message":
            patch.setattr(Register, step, stop)
        else:
            patch.setattr(step, stop)
        assert office.fetch_status() == 3
    assert office.messages == ()
    assert findings(office.fetch()) == ["nguoi-gui-la"]
    assert office.returns == [SAVED]


def test_two_runs_at_once_save_each_return_once(office: Office, tmp_path: Path) -> None:
    expected = set()
    for n in range(8):
        form = filled_form(office.campaign, "VP", tmp_path / "don-vi", (n + 1) / 16)
        expected.add(form)
        office.put(f"{n}.eml", letter("vp@a.example", ("a.xlsx", form), key=f"<{n}@a>"))
    given = ["nhan", str(office.folder), "--tep", str(office.inbox)]
    command = [sys.executable, "-m", "cchc_office", *given]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [run.wait() for run in runs] == [0, 0, 0]
    found = [p.read_bytes() for p in (office.folder / "nhan-ve").iterdir()]
    assert len(found) == 8
    assert set(found) == expected
    assert len(office.messages) == 8


def test_what_another_run_saved_meanwhile_is_not_saved_again(tmp_path: Path) -> None:
    one, two = ReturnsFolder(tmp_path), ReturnsFolder(tmp_path)
    assert not two.keep(b"khac", "khac", ".xlsx", None).name.startswith("VP")
    assert one.keep(b"phieu", "VP", ".xlsx", None) == Kept("VP.xlsx", is_new=True)
    assert two.keep(b"phieu", "VP", ".xlsx", None) == Kept("VP.xlsx", is_new=False)
    assert two.keep(b"phieu 2", "VP", ".xlsx", None) == Kept("VP_2.xlsx", is_new=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["VP.xlsx", "VP_2.xlsx", "khac.xlsx"]


def test_drafts_of_killed_runs_are_cleared_when_they_are_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / ".cchc-bo-do.tmp"
    draft.write_bytes(b"mot nua")
    ReturnsFolder(tmp_path).keep(b"phieu", "VP", ".xlsx", None)
    assert draft.exists()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 24 * 60 * 60)
    ReturnsFolder(tmp_path).keep(b"phieu 2", "VP", ".xlsx", None)
    assert not draft.exists()


def test_what_was_taken_before_it_broke_off_is_shown(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, say: the finding of the first message would be lost otherwise."""
    other = filled_form(office.campaign, "VP", tmp_path / "don-vi", 0.5)
    office.put("1.eml", letter("la@b.example", ("a.xlsx", office.form)))
    office.put("2.eml", letter("vp@a.example", ("a.xlsx", other), key="<2@a>"))
    link = os.link

    def full(source: str, target: Path) -> None:
        if list((office.folder / "nhan-ve").glob("CCHC*")):
            raise OSError(28, "No space left on device")
        link(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        patch.setattr(Path, "rename", full)
        whole = office.fetch()
    assert office.status == 3
    assert "đĩa đã đầy" in whole["loi"]
    assert findings(whole) == ["nguoi-gui-la"]
    assert office.returns == [SAVED]
    assert len(office.fetch()["thu"]) == 1
    assert len(office.returns) == 2


def test_a_register_that_cannot_be_written_is_explained(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    office.put("1.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    with monkeypatch.context() as patch:
        patch.setattr(Register, "record_message", locked)
        assert "cchc.sqlite" in office.fetch()["loi"]
    assert office.status == 3
    assert [f["ket_qua"] for m in office.fetch()["thu"] for f in m["tep"]] == ["đã có"]


# --- what a person still has to ask about ---


def test_doubts_of_earlier_runs_are_not_forgotten(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.put("1.eml", letter("la@b.example", ("a.xlsx", office.form)))
    assert office.fetch()["con_phai_hoi_lai"] == []
    again = office.fetch()
    assert (office.status, findings(again)) == (0, [])
    assert again["con_phai_hoi_lai"] == [f"{SAVED} (la@b.example)"]
    assert cchc("nhan", office.folder, "--tep", office.inbox) == 0
    assert f"Còn phải hỏi lại, từ các lần trước: {SAVED} (la@b.example)." in capsys.readouterr().out


@pytest.mark.parametrize("settled", ["taken away", "address known", "sent by the unit itself"])
def test_a_doubt_is_over_when_it_is_settled(office: Office, settled: str) -> None:
    office.put("1.eml", letter("la@b.example", ("a.xlsx", office.form)))
    office.fetch()
    if settled == "taken away":
        (office.folder / "nhan-ve" / SAVED).unlink()
    elif settled == "address known":
        campaign_file(office.folder, units=UNITS.replace("cvp@a.example", "la@b.example "))
    else:
        office.put("2.eml", letter("vp@a.example", ("a.xlsx", office.form), key="<2@a>"))
    assert office.fetch()["con_phai_hoi_lai"] == []


def test_of_many_messages_those_without_returns_are_counted(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in range(12):
        office.put(f"{n}.eml", letter("tin@bao.example", key=f"<{n}@b>", subject="Quảng cáo"))
    office.put("hoi.eml", letter("vp@a.example", key="<hoi@a>", subject="Xin hỏi"))
    office.put("phieu.eml", letter("la@b.example", ("a.xlsx", office.form), key="<phieu@b>"))
    cchc("nhan", office.folder, "--tep", office.inbox)
    shown = capsys.readouterr().out
    assert "thu: 14 thư mới" in shown
    assert "Quảng cáo" not in shown
    assert "… và 12 thư khác không có phiếu" in shown
    assert "“Xin hỏi”: không có phiếu" in shown
    assert f"a.xlsx → {SAVED} (VP), đã lưu" in shown
