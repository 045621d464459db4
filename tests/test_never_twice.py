"""`cchc gui` and its brothers when commands are killed, registers are lost, and two run at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from cchc_office.files.locking import Lock
from cchc_office.mail.sending import Clock
from cchc_office.papers.kinds import DISPATCH
from cchc_office.register import (
    JOURNAL_FILE,
    REGISTER_FILE,
    Handover,
    Register,
    SendState,
    SentCopies,
    open_register,
    read_register,
)
from cchc_office.register.trail import Journal
from cchc_office.steps.guards import LOCK_FILE

from .calls import cchc
from .conftest import ROOT
from .lock_refusal import python_without_locks
from .outbox_office import (  # noqa: F401 - fixtures
    CODES,
    Office,
    behaviour,
    box,
    found,
    made,
    office,
    own,
    to_units,
    units,
)
from .smtp_servers import Behaviour
from .smtp_servers import Mailbox as ServerMailbox

# ruff: noqa: F811

SEND = ("--gui-that", "--dong-y")


def states(office: Office) -> dict[str, SendState]:
    """Return what `so` knows of the messages, by their units."""
    thu = office.output / "thu"
    with read_register(office.folder, office.campaign.id, thu) or pytest.fail("nothing") as known:
        return {s.unit: s.state for s in known.sendings()}


def changed(office: Office, unit: str) -> None:
    document = docx.Document(str(office.paper(unit)))
    document.paragraphs[-1].add_run(" (sửa tay)")
    document.save(str(office.paper(unit)))


# --- asked for ---


def test_the_same_papers_go_again_to_whom_a_person_names(made: Office, box: ServerMailbox) -> None:
    made.gui(*SEND)
    for time in (1, 2):
        _, whole = made.gui(*SEND, "--gui-lai", "--chi", "P1")
        assert units(whole) == ["P1"]
        assert to_units(box).count("p1") == 1 + time
    assert len(set(box.ids)) == 6  # each with a Message-ID of its own
    sent = made.output / "thu" / "da-gui" / "cong-van"
    assert sorted(p.stem for p in sent.glob("*P1*")) == [
        "CCHC-2024-P1",
        "CCHC-2024-P1-gui-lai",
        "CCHC-2024-P1-gui-lai-2",
    ]
    made.gui(*SEND)
    assert len(box.messages) == 6


def test_a_person_s_asking_does_not_send_what_is_unclear(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    behaviour.after = lambda taken: "?" if taken == 1 else None
    made.gui(*SEND)
    _, whole = made.gui(*SEND, "--gui-lai", "--chi", "VP")
    assert found(whole) == [("thu-khong-ro", "VP")]
    assert len(box.messages) == 4


# --- two at once ---


def test_papers_that_change_while_a_batch_runs_do_not_go_out_beside_the_first(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    """A second window sent the new version to those who had the old one, or were about to."""
    second: list[tuple[int, str]] = []

    def after(taken: int) -> None:
        if taken == 1:
            for code in CODES:
                changed(made, code)
            command = [sys.executable, "-m", "cchc_office", "gui", str(made.folder), *SEND]
            command += ["-o", str(made.output), "--loai", "cong-van", "--ban-sua"]
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
            second.append((done.returncode, done.stderr))

    behaviour.after = after
    made.gui(*SEND)
    ((status, said),) = second
    assert status == 3
    assert "Đợt chấm này đang có việc khác làm dở (máy " in said
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    behaviour.after = lambda taken: None
    _, whole = made.gui(*SEND, "--ban-sua")
    assert Counter(found(whole)) == Counter(("thu-da-gui-ban-khac", code) for code in CODES)
    assert len(box.messages) == 4


def test_what_is_recorded_by_hand_while_a_batch_runs_counts(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    """The command waits for the batch; a machine that the lock does not reach may not."""
    day = dt.date(2024, 12, 5)
    told = Handover("P2", DISPATCH, "Zalo", day, dt.datetime.now(dt.UTC))

    def after(taken: int) -> None:
        if taken == 1:
            assert cchc("so", "ghi", made.folder, "P2", "--cach", "Zalo") == 3
            with open_register(made.folder, made.campaign.id) as register:
                register.record_handover(told)

    behaviour.after = after
    status, said = made.said(*SEND)
    assert status == 0
    assert "3 đã gửi, 1 vừa ghi đã giao cách khác" in said
    assert to_units(box) == ["p1", "ttra", "vp"]


# --- what cannot be written ---


def test_where_copies_cannot_be_kept_nothing_goes_out(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("cchc_office.register.sent_copies.write_whole", refused)
    status, said = made.said(*SEND)
    assert status == 3
    assert "Chưa gửi thư nào: không ghi được" in said
    assert (box.messages, box.connections) == ([], 0)
    assert made.sendings() == ()


def test_where_the_journal_cannot_be_written_nothing_goes_out(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refusing(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if Path(path).name == JOURNAL_FILE and flags & os.O_APPEND:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", refusing)
    status, said = made.said(*SEND)
    assert status == 3
    assert "Chưa gửi thư nào: không ghi được" in said
    assert box.messages == []


def test_what_a_person_says_counts_where_the_journal_cannot_be_written(
    made: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "add_handover", refused)
        capsys.readouterr()
        assert cchc("so", "ghi", made.folder, "P2", "--cach", "Zalo") == 1
        assert "nhat-ky-khong-ghi-duoc" in capsys.readouterr().out
        assert found(made.gui()[1]) == [("thu-da-giao", "P2")]
    # The next command that can makes up for it.
    assert cchc("so", "ghi", made.folder, "P1", "--cach", "Zalo") == 0
    lose(made, "register")
    assert found(made.gui()[1])[-2:] == [("thu-da-giao", "P1"), ("thu-da-giao", "P2")]


WITHOUT_LOCKS = """
from cchc_office.cli import main
from cchc_office.register import opening
opening._file_system = lambda path: "cifs"
main({command!r})
"""


def test_on_a_share_that_refuses_locks_letters_go_out_once(
    made: Office, box: ServerMailbox, tmp_path: Path
) -> None:
    command = ["gui", str(made.folder), "-o", str(made.output), "--loai", "cong-van", *SEND]
    script = WITHOUT_LOCKS.format(command=command)
    first = python_without_locks(tmp_path, script)
    assert first.stdout.splitlines()[-1] == "Thư cong-van: 4 đã gửi.", first.stderr
    second = python_without_locks(tmp_path, script)
    told = second.stdout.splitlines()[-1]
    assert told == "Thư cong-van: không có thư nào để gửi, 4 đã gửi từ trước."
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    assert not list(made.folder.glob(".cchc-*"))
    with Lock(made.folder / LOCK_FILE):
        assert made.said(*SEND)[0] == 3


@pytest.mark.parametrize("what", ["register", "copies"])
def test_what_is_gone_is_told_as_gone_where_it_cannot_be_noted_any_more(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """With 8 letters gone the clerk read that none could be sent, and exit status 3."""

    def full(*_: object, **__: object) -> None:
        raise (sqlite3.OperationalError if what == "register" else OSError)("disk full")

    owner, name = (Register, "settle") if what == "register" else (SentCopies, "taken")
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, full)
        status, whole = made.gui(*SEND)
    assert status == 1
    assert [m["ket_qua"] for m in whole["thu"]] == ["đã gửi"] * 4
    assert Counter(found(whole)) == Counter(("thu-chua-ghi-lai-duoc", code) for code in CODES)
    assert len(box.messages) == 4
    made.gui(*SEND)
    assert len(box.messages) == 4


def test_drafts_that_cannot_be_cleared_away_do_not_unsend_what_went_out(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    def after(taken: int) -> None:
        if taken == 4:
            shutil.rmtree(made.output / "thu" / "cong-van")
            shutil.rmtree(made.output / "luu-cu", ignore_errors=True)
            (made.output / "luu-cu").write_bytes(b"")
            (made.output / ".cchc-da-ghi.json").unlink()
            (made.output / ".cchc-da-ghi.json").mkdir()

    behaviour.after = after
    status, whole = made.gui(*SEND)
    assert status == 1
    assert [m["ket_qua"] for m in whole["thu"]] == ["đã gửi"] * 4
    assert found(whole) == [("thu-soan-con-lai", "")]


def test_a_batch_that_has_to_stop_tells_what_went(
    made: Office, box: ServerMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sure, times = Register.make_sure, []

    def full_after_two(register: Register) -> None:
        times.append(1)
        if len(times) > 3:  # once before the first message
            raise sqlite3.OperationalError("database or disk is full")
        make_sure(register)

    monkeypatch.setattr(Register, "make_sure", full_after_two)
    status, said = made.said(*SEND)
    assert status == 1
    assert said.splitlines()[-1] == "Thư cong-van: 2 đã gửi, 2 còn lại."
    assert len(box.messages) == 2


# --- lost, restored, damaged ---


def lose(office: Office, what: str) -> None:
    """Let the register be lost as clerks and disks lose it."""
    register = office.folder / REGISTER_FILE
    if what in ("register", "register and journal"):
        for path in office.folder.glob(f"{REGISTER_FILE}*"):
            path.unlink()
    if what == "register and journal":
        (office.folder / JOURNAL_FILE).unlink(missing_ok=True)
    if what == "both journals":
        for path in (office.folder, office.output / "thu"):
            (path / JOURNAL_FILE).unlink(missing_ok=True)
        register.unlink()
    if what == "damage" and register.exists():
        for path in office.folder.glob(f"{REGISTER_FILE}-*"):
            path.unlink()
        register.write_bytes(b"x" * 8192)


LOSSES = ("nothing", "register", "register and journal", "both journals", "damage")


@pytest.mark.parametrize("loss", LOSSES)
def test_whatever_is_lost_nothing_goes_twice_and_all_is_known(
    made: Office, box: ServerMailbox, loss: str
) -> None:
    made.gui(*SEND, "--chi", "P1", "--chi", "VP")
    lose(made, loss)
    if loss == "damage":
        status, said = made.said(*SEND)
        assert status == 3
        assert f"cchc so dung-lai {made.folder}" in said
    assert cchc("so", "dung-lai", made.folder, "-o", made.output) == (loss != "nothing")
    assert states(made) == {"P1": SendState.SENT, "VP": SendState.SENT}
    assert cchc("so", "dung-lai", made.folder, "-o", made.output) == 0
    assert made.gui(*SEND)[0] == 0
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    assert states(made) == dict.fromkeys(CODES, SendState.SENT)


def test_rebuilding_tells_what_the_register_knows_now_and_what_it_does_not(
    made: Office, box: ServerMailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    made.gui(*SEND, "--chi", "P1", "--chi", "VP")
    assert cchc("so", "ghi", made.folder, "P2", "--cach", "Zalo") == 0
    lose(made, "damage")
    capsys.readouterr()
    assert cchc("so", "dung-lai", made.folder, "-o", made.output) == 1
    said = " ".join(capsys.readouterr().out.split())
    (aside,) = made.folder.glob("cchc.sqlite.hong-*")
    assert f"Sổ hỏng được giữ nguyên ở {aside}." in said
    assert "Đã ghi lại vào sổ 2 thư, gửi cho: VP, P1." in said
    assert "Sổ nay có 2 thư (2 đã gửi), 1 lần giao cách khác, 8 văn bản đã làm." in said
    assert "không dựng lại được: các thư đã nhận bằng nhan" in said
    assert cchc("so", "dung-lai", made.folder, "-o", made.output, "--json") == 0
    whole = json.loads(capsys.readouterr().out)
    assert (whole["cat_di"], whole["giao_cach_khac"]) == ([], 1)
    assert {m["don_vi"]: m["trang_thai"] for m in whole["thu"]} == {"VP": "đã gửi", "P1": "đã gửi"}
    assert cchc("so", "dung-lai", made.folder, "VP") == 2


def backed_up(made: Office) -> Callable[[], None]:
    """Copy what a campaign folder knows of sending; return what puts it back."""
    kept = {name: (made.folder / name).read_bytes() for name in (REGISTER_FILE, JOURNAL_FILE)}

    def restore() -> None:
        for name, content in kept.items():
            (made.folder / name).write_bytes(content)

    return restore


def test_a_backup_from_before_a_retry_sends_nothing_again(
    made: Office, box: ServerMailbox, behaviour: Behaviour
) -> None:
    behaviour.rcpt = lambda address: "550 không có" if address.startswith("p1") else None
    made.gui(*SEND)
    restore = backed_up(made)
    behaviour.rcpt = lambda address: None
    made.gui(*SEND)
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    # The whole campaign folder is restored: only the output folder knows.
    restore()
    (made.output / "thu" / JOURNAL_FILE).unlink()
    status, whole = made.gui(*SEND)
    assert (status, whole["thu"]) == (1, [])
    assert found(whole) == [("so-thieu-thu-da-gui", "")]
    assert len(box.messages) == 4


def test_a_backup_from_when_the_clock_was_ahead_sends_nothing_again(
    made: Office,
    box: ServerMailbox,
    behaviour: Behaviour,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The later time counted, so a refusal under a wrong clock beat that the letter went since."""

    class Ahead(Clock):
        def __init__(self, now: Any, *others: Any) -> None:
            super().__init__(lambda: now() + dt.timedelta(days=400), *others)

    behaviour.rcpt = lambda address: "550 không có" if address.startswith("p1") else None
    with monkeypatch.context() as patched:
        patched.setattr("cchc_office.mail.sending.Clock", Ahead)
        made.gui(*SEND)
    restore = backed_up(made)
    journal = (made.folder / JOURNAL_FILE).read_bytes()
    behaviour.rcpt = lambda address: None
    made.gui(*SEND)
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    restore()
    assert made.gui(*SEND)[1]["thu"] == []
    assert made.gui(*SEND)[1]["thu"] == []
    assert len(box.messages) == 4
    assert set(states(made).values()) == {SendState.SENT}
    # The journal that was restored tells it as well now.
    assert (made.folder / JOURNAL_FILE).read_bytes() != journal


def test_the_commands_say_what_the_folders_show(
    made: Office, box: ServerMailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    made.gui(*SEND, "--chi", "P1")
    lose(made, "register")
    day = f"{dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=7))):%d/%m/%Y}"
    for command in (
        ("so", made.folder, "-o", made.output),
        ("so", "xu-ly", made.folder),
        ("so", "xoa", made.folder),
        ("gui", made.folder, "-o", made.output, "--loai", "cong-van"),
        ("don-doc", made.folder, "-o", made.output, "--ngay", day),
    ):
        capsys.readouterr()
        cchc(*command)
        said = capsys.readouterr().out
        assert "so-thieu-thu-da-gui" in said, command
        assert "gửi cho: P1. " in " ".join(said.split()), command


def test_a_register_that_is_gone_from_beside_its_papers_is_told(
    made: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ("so", made.folder),
        ("gui", made.folder, "--loai", "cong-van"),
        ("cong-van", made.folder),
    ):
        lose(made, "register")
        capsys.readouterr()
        assert cchc(*command, "-o", made.output) == 1
        said = capsys.readouterr().out
        assert "so-khong-con" in said
        assert "cong-van: 4 tệp, phieu-cham: 4 tệp" in " ".join(said.split())


# --- killed, the whole command ---

POINTS = (
    "before the intent",
    "after the journal",
    "after the intent",
    "after the copy",
    "after the content",
    "after the last dot",
    "before the result",
    "after the journal's result",
    "after the result",
    "after the copy's name",
)
KILLER = """
import os, signal, smtplib, sys
sys.path.insert(0, {root!r})
from cchc_office.register import Register, SentCopies
from cchc_office.register.trail import Journal
from cchc_office.steps.guards import LOCK_FILE
from cchc_office.mail.sending import Clock
from cchc_office.papers.kinds import DISPATCH
from cchc_office.cli import main

point, victim = sys.argv[1], 2
seen = 0

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def around(owner, name, before="", after="", only=lambda *given: True):
    real = getattr(owner, name)
    def wrapped(*given, **named):
        global seen
        mine = only(*given)
        if mine and name == "intend":
            seen += 1
        hit = mine and seen == victim
        if hit and point == before:
            die()
        done = real(*given, **named)
        if hit and point == after:
            die()
        return done
    setattr(owner, name, wrapped)

def is_intent(journal, sending):
    return sending.settled is None

around(Register, "intend", "before the intent", "after the intent")
around(Register, "settle", "before the result", "after the result")
around(Journal, "add_sending", after="after the journal", only=is_intent)
around(Journal, "add_sending", after="after the journal's result",
       only=lambda *given: not is_intent(*given))
around(SentCopies, "begin", after="after the copy")
around(SentCopies, "taken", after="after the copy's name")
around(smtplib.SMTP, "send", after="after the content", only=lambda self, s: len(s) > 1000)
around(smtplib.SMTP, "send", after="after the last dot", only=lambda self, s: s == b".\\r\\n")
main(sys.argv[2:])
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX has it")
@pytest.mark.parametrize("loss", ["nothing", "register", "register and journal"])
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_step_the_command_sends_nothing_twice_and_leaves_nobody_out(
    made: Office, box: ServerMailbox, point: str, loss: str
) -> None:
    script = KILLER.format(root=str(ROOT))
    command = ["gui", str(made.folder), "-o", str(made.output), "--loai", "cong-van", *SEND]
    done = subprocess.run(
        [sys.executable, "-c", script, point, *command],
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    box.wait_until_idle()
    lose(made, loss)
    known, came = states(made), {a[0].partition("@")[0] for a in box.addresses}
    assert {CODES_BY_ADDRESS[name] for name in came} <= {
        unit for unit, state in known.items() if state is SendState.SENT or unit == "TTra"
    }
    unclear = [unit for unit, state in known.items() if state in UNCLEAR]
    assert set(unclear) <= {"TTra"}
    made.gui(*SEND)
    assert len(box.ids) == len(set(box.ids))
    for unit in unclear:  # a person asks the unit, and says so
        flag = "--da-gui" if "ttra" in came else "--chua-gui"
        assert cchc("so", "xu-ly", made.folder, unit, flag) == 0
    made.gui(*SEND)
    assert to_units(box) == ["p1", "p2", "ttra", "vp"]
    assert states(made) == dict.fromkeys(CODES, SendState.SENT)


UNCLEAR = (SendState.INTENDED, SendState.UNKNOWN)
CODES_BY_ADDRESS = {"VP": "VP", "ttra": "TTra", "p1": "P1", "p2": "P2"}
