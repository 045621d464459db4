"""The register: what it keeps, and what it never does."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.papers.kinds import DISPATCH, EXPLANATION, FORM, REMINDER
from cchc_office.register import (
    JOURNAL_FILE,
    REGISTER_FILE,
    FetchedFile,
    FetchedMessage,
    FileFate,
    Handover,
    MadePaper,
    MailboxPlace,
    ReadReturn,
    Register,
    RegisterError,
    Sending,
    SendState,
    database,
    open_if_writable,
    open_register,
    opening,
    read_register,
)
from cchc_office.register.events import handover_event, paper_event

from .calls import cchc
from .lock_refusal import python_without_locks
from .sheets import campaign_file

CAMPAIGN = "CCHC-2024-SCT"
NOON = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)


def open_at(folder: Path) -> Register:
    return open_register(folder, CAMPAIGN)


def a_sending(**changes: object) -> Sending:
    usual = Sending("<1@so.vn>", "VP", DISPATCH, "d" * 64, ("vp@so.vn", "b@so.vn"), NOON)
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_everything_recorded_is_read_back(tmp_path: Path) -> None:
    paper = MadePaper(REMINDER, "VP", "don-doc/CCHC-2024-VP.docx", "a" * 64, NOON, 1)
    handed = Handover("TT", DISPATCH, "Zalo của Văn phòng", dt.date(2024, 12, 4), NOON)
    message = FetchedMessage(
        "<m@x>",
        "vp@so.vn",
        NOON,
        LATER,
        "Phiếu chấm",
        "imap.so.vn",
        (
            FetchedFile("phiếu.xlsx", FileFate.SAVED, "b" * 64, "VP", "CCHC-2024-VP.xlsx"),
            FetchedFile("ảnh.png", FileFate.NOT_A_RETURN, finding="tep-anh"),
        ),
        12_345,
    )
    read = ReadReturn("VP", "CCHC-2024-VP.xlsx", "b" * 64, NOON, NOON, 30, 31)
    sending = a_sending()
    with open_at(tmp_path) as register:
        register.record_papers([paper])
        register.record_handover(handed)
        register.record_message(message, MailboxPlace("imap:a@b/INBOX;7", 5))
        register.record_place(MailboxPlace("imap:a@b/INBOX;7", 9), "<m@x>")
        register.record_message(message)
        register.record_returns([read])
        assert register.intend(sending)
    again = read_register(tmp_path, CAMPAIGN)
    assert again
    with again:
        assert again.papers() == (paper,)
        assert again.handovers() == (handed,)
        assert again.messages() == (message,)
        assert again.returns() == (read,)
        assert again.sendings() == (sending,)
        assert again.places("imap:a@b/INBOX;7") == {5: "<m@x>", 9: "<m@x>"}
        assert again.places("imap:a@b/INBOX;8") == {}


def test_times_are_kept_in_utc_whatever_zone_they_come_in(tmp_path: Path) -> None:
    hanoi = dt.timezone(dt.timedelta(hours=7))
    with open_at(tmp_path) as register:
        register.intend(a_sending(intended=dt.datetime(2024, 12, 5, 12, 0, tzinfo=hanoi)))
        assert register.sendings()[0].intended == NOON
    kept = sqlite3.connect(tmp_path / REGISTER_FILE)
    assert kept.execute("SELECT intended FROM sending").fetchone() == ("2024-12-05T05:00:00Z",)
    kept.close()


def test_a_naive_time_is_refused(tmp_path: Path) -> None:
    with open_at(tmp_path) as register, pytest.raises(ValueError, match="zone"):
        register.intend(a_sending(intended=dt.datetime(2024, 12, 5)))


@pytest.mark.parametrize("state", [SendState.INTENDED, SendState.UNKNOWN, SendState.SENT])
def test_nothing_of_a_kind_is_intended_twice_whatever_its_papers_are(
    tmp_path: Path, state: SendState
) -> None:
    """Papers that had changed went out beside those that the unit had already."""
    with open_at(tmp_path) as register:
        assert register.intend(a_sending(state=state))
        assert not register.intend(a_sending(message_id="<2@so.vn>"))
        assert not register.intend(a_sending(message_id="<3@so.vn>", digest="e" * 64))
        assert register.intend(a_sending(message_id="<4@so.vn>", unit="TT"))
        assert register.intend(a_sending(message_id="<5@so.vn>", reminder=2))
        # Once for each time that a person asks.
        assert register.intend(a_sending(message_id="<6@so.vn>", again=1))
        assert not register.intend(a_sending(message_id="<7@so.vn>", again=1))
        assert register.intend(a_sending(message_id="<8@so.vn>", again=2))
        assert not register.intend(a_sending(message_id="<9@so.vn>"))


def test_what_was_handed_over_is_not_intended_but_on_a_person_s_word(tmp_path: Path) -> None:
    handed = Handover("VP", DISPATCH, "Zalo", dt.date(2024, 12, 4), NOON)
    with open_at(tmp_path) as register:
        register.record_handover(handed)
        assert not register.intend(a_sending())
        assert register.intend(a_sending(unit="TT", message_id="<2@so.vn>"))
        assert register.intend(a_sending(again=1))
        (entry,) = register.handovers()
        register.strike(entry, LATER)
        assert not register.intend(a_sending(message_id="<3@so.vn>"))


@pytest.mark.parametrize("state", [SendState.REFUSED, SendState.NOT_SENT])
def test_what_did_not_go_out_may_be_tried_again(tmp_path: Path, state: SendState) -> None:
    with open_at(tmp_path) as register:
        register.intend(a_sending())
        register.settle("<1@so.vn>", state, LATER, "550 không có người này")
        (first,) = register.sendings()
        assert (first.state, first.words, first.settled) == (state, "550 không có người này", LATER)
        again = a_sending(addresses=("new@so.vn",), intended=LATER)
        assert register.intend(again)
        assert register.sendings() == (again,)
        assert not register.intend(a_sending())


def test_two_writers_at_once_intend_it_once(tmp_path: Path) -> None:
    with open_at(tmp_path) as one, open_at(tmp_path) as two:
        assert one.intend(a_sending())
        assert not two.intend(a_sending(message_id="<2@so.vn>"))


def test_settling_an_unknown_message_is_an_error(tmp_path: Path) -> None:
    with open_at(tmp_path) as register, pytest.raises(KeyError):
        register.settle("<nobody@x>", SendState.SENT, NOON)


def test_the_disk_is_waited_for_when_it_matters(tmp_path: Path) -> None:
    waited = []

    def note(statement: str) -> None:
        if statement.startswith("COMMIT"):
            waited.append(register._connection.execute("PRAGMA synchronous").fetchone()[0])

    with open_at(tmp_path) as register:
        register._connection.set_trace_callback(note)
        register.intend(a_sending())
        register.settle("<1@so.vn>", SendState.UNKNOWN, LATER)
        register.make_sure()
        register.settle("<1@so.vn>", SendState.SENT, LATER, by_person=True)
    normal, full = 1, 2
    assert waited == [normal, normal, full, full]


def test_papers_keep_the_time_of_their_first_making(tmp_path: Path) -> None:
    paper = MadePaper(FORM, "VP", "phieu-cham/X.xlsx", "a" * 64, NOON)
    with open_at(tmp_path) as register:
        register.record_papers([paper])
        register.record_papers([replace(paper, made=LATER)])
        assert register.papers() == (paper,)


def test_the_last_letter_tells_by_which_day_an_answer_is_wanted(tmp_path: Path) -> None:
    day = dt.date(2024, 12, 20)
    paper = MadePaper(EXPLANATION, "VP", "giai-trinh/X.docx", "a" * 64, NOON, 1, day)
    other = replace(paper, digest="b" * 64, made=LATER, answer_by=dt.date(2024, 12, 31))
    again = replace(paper, made=LATER + dt.timedelta(hours=1))
    with open_at(tmp_path) as register:
        register.record_papers([paper])
        register.record_papers([replace(paper, made=LATER)])
        assert register.papers() == (paper,)
        register.record_papers([other])
        register.record_papers([again])
        assert max(register.papers(), key=lambda p: p.made) == again


def test_returns_that_are_gone_no_longer_count(tmp_path: Path) -> None:
    first = ReadReturn("VP", "a.xlsx", "a" * 64, NOON)
    second = ReadReturn("VP", "b.xlsx", "b" * 64, LATER)
    with open_at(tmp_path) as register:
        register.record_returns([first])
        register.record_returns([replace(first, read=LATER, counted=False), second])
        assert register.returns() == (replace(first, counted=False), second)
        register.record_returns([])
        assert [r.counted for r in register.returns()] == [False, False]


def test_a_message_is_recorded_whole_or_not_at_all(tmp_path: Path) -> None:
    broken = FetchedFile("x.xlsx", FileFate.SAVED, digest=None)  # type: ignore[arg-type]
    with open_at(tmp_path) as register:
        with pytest.raises(sqlite3.IntegrityError):
            register.record_message(FetchedMessage("<m@x>", "a@b.vn", NOON, files=(broken,)))
        assert register.messages() == ()


# --- the file ---


def test_the_file_is_in_wal_mode_with_its_version(tmp_path: Path) -> None:
    open_at(tmp_path).close()
    kept = sqlite3.connect(tmp_path / REGISTER_FILE)
    assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert kept.execute("PRAGMA user_version").fetchone() == (len(database.UPGRADES),)
    assert kept.execute("PRAGMA foreign_key_check").fetchall() == []
    kept.close()


def test_on_a_network_share_it_does_without_wal_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_at(tmp_path).close()
    monkeypatch.setattr(opening, "_file_system", lambda path: "cifs")
    with open_at(tmp_path) as register:
        assert [f.code for f in register.findings] == [Code.REGISTER_ON_NETWORK]
        assert register.intend(a_sending())
    kept = sqlite3.connect(tmp_path / REGISTER_FILE)
    assert kept.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    kept.close()


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        (PureWindowsPath(r"\\may-chu\chung\Đợt 50% #2\cchc.sqlite"), "//may-chu/chung/"),
        (PureWindowsPath(r"Z:\Đợt 50% #2\cchc.sqlite"), "/Z:/"),
        (PurePosixPath("/srv/Đợt 50% #2/cchc.sqlite"), "/srv/"),
    ],
)
def test_sqlite_is_given_no_host(path: PurePath, inside: str) -> None:
    """SQLite refuses file://may-chu/…: nothing could be sent from a shared folder."""
    uri = urlsplit(opening.uri_of(path, "ro"))
    assert (uri.netloc, uri.query, uri.fragment) == ("", "mode=ro", "")
    assert unquote(uri.path) == f"{inside}Đợt 50% #2/cchc.sqlite"


def test_sqlite_opens_a_path_that_begins_as_one_of_the_network(tmp_path: Path) -> None:
    open_at(tmp_path).close()
    path = PurePosixPath(f"/{tmp_path.as_posix()}") / REGISTER_FILE
    assert str(path).startswith("//")
    kept = sqlite3.connect(opening.uri_of(path, "ro"), uri=True)
    assert kept.execute("SELECT id FROM campaign").fetchone() == (CAMPAIGN,)
    kept.close()


def test_a_folder_whose_name_is_no_plain_text_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "Đợt 50% #2?mode=memory"
    folder.mkdir()
    open_at(folder).close()
    assert (folder / REGISTER_FILE).exists()


WITHOUT_LOCKS = """
import sys
from pathlib import Path
from cchc_office.register import opening, open_register, read_register
from tests.test_register import CAMPAIGN, a_sending
opening._file_system = lambda path: "cifs"
opening._PATIENCE_MS = 100
folder = Path(sys.argv[1])
"""


def test_where_nothing_can_be_locked_it_is_recorded_by_one_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "dot"
    folder.mkdir()
    with open_at(folder) as register:  # kept in WAL, by a machine that has the folder as its own
        register.intend(a_sending())
        wal = (folder / f"{REGISTER_FILE}-wal").read_bytes()
        whole = (folder / REGISTER_FILE).read_bytes()
    (folder / REGISTER_FILE).write_bytes(whole)
    (folder / f"{REGISTER_FILE}-wal").write_bytes(wal)
    script = WITHOUT_LOCKS.replace("sys.argv[1]", repr(str(folder)))
    script += """
with read_register(folder, CAMPAIGN) as register:
    print(len(register.sendings()))
with open_register(folder, CAMPAIGN) as register:
    print(register.intend(a_sending()), register.intend(a_sending(unit="TT", message_id="<2@x>")))
    try:
        open_register(folder, CAMPAIGN)
    except Exception as error:
        print(error)
with read_register(folder, CAMPAIGN) as register:
    print(len(register.sendings()))
"""
    done = python_without_locks(tmp_path, script)
    assert done.stderr == ""
    first, intended, refused, last = done.stdout.splitlines()
    assert (first, intended, last) == ("1", "False True", "2")
    assert "đang được một lệnh khác dùng (máy " in refused
    assert sorted(p.name for p in folder.iterdir()) == [REGISTER_FILE, JOURNAL_FILE]


def test_an_older_file_is_brought_up_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at(tmp_path) as register:
        register.intend(a_sending())
    more = ("CREATE TABLE extra (x TEXT)",), ("ALTER TABLE extra ADD COLUMN y TEXT",)
    newer = (*database.UPGRADES, *more)
    monkeypatch.setattr(database, "UPGRADES", newer)
    monkeypatch.setattr(opening, "UPGRADES", newer)
    with open_at(tmp_path) as register:
        assert len(register.sendings()) == 1
    kept = sqlite3.connect(tmp_path / REGISTER_FILE)
    assert kept.execute("SELECT x, y FROM extra").fetchall() == []
    assert kept.execute("PRAGMA user_version").fetchone() == (len(newer),)
    kept.close()


def test_an_older_file_is_read_as_a_newer_one_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / REGISTER_FILE
    with open_at(tmp_path) as register:
        register.intend(a_sending())
    kept = sqlite3.connect(path)
    kept.execute("PRAGMA journal_mode = DELETE")
    kept.close()
    before = path.read_bytes()
    newer = (*database.UPGRADES, ("ALTER TABLE sending ADD COLUMN more TEXT",))
    monkeypatch.setattr(database, "UPGRADES", newer)
    monkeypatch.setattr(opening, "UPGRADES", newer)
    again = read_register(tmp_path, CAMPAIGN)
    assert again
    with again:
        assert again.sendings() == (a_sending(),)
    assert path.read_bytes() == before
    with pytest.raises(RegisterError, match="của đợt"):
        read_register(tmp_path, "CCHC-2025-SCT")


def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_at(tmp_path).close()
    newer = (*database.UPGRADES, ("CREATE TABLE extra (x TEXT)", "CREATE NONSENSE"))
    monkeypatch.setattr(database, "UPGRADES", newer)
    with pytest.raises(RegisterError):
        open_at(tmp_path)
    kept = sqlite3.connect(tmp_path / REGISTER_FILE)
    assert kept.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
    kept.close()


def damaged(path: Path) -> None:
    open_at(path.parent).close()
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    path.write_bytes(content)


def newer(path: Path) -> None:
    open_at(path.parent).close()
    kept = sqlite3.connect(path)
    kept.execute(f"PRAGMA user_version = {len(database.UPGRADES) + 1}")
    kept.close()


def of_another_program(path: Path) -> None:
    kept = sqlite3.connect(path)
    kept.execute("CREATE TABLE notes (x TEXT)")
    kept.close()


def without_a_table(path: Path) -> None:
    open_at(path.parent).close()
    kept = sqlite3.connect(path)
    kept.execute("DROP TABLE handover")
    kept.close()


def without_a_column(path: Path) -> None:
    open_at(path.parent).close()
    kept = sqlite3.connect(path)
    kept.execute("ALTER TABLE message DROP COLUMN sent")
    kept.close()


def no_database(path: Path) -> None:
    path.write_bytes("không phải cơ sở dữ liệu\n".encode() * 300)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (damaged, "bị hỏng"),
        (newer, "bản mới hơn"),
        (of_another_program, "không phải là sổ"),
        (no_database, "bị hỏng"),
        (without_a_table, "bị hỏng"),
        (without_a_column, "bị hỏng"),
    ],
)
def test_a_file_that_is_no_sound_register_is_left_untouched(
    tmp_path: Path, make: object, words: str
) -> None:
    path = tmp_path / REGISTER_FILE
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    for open_it in (open_register, read_register):
        with pytest.raises(RegisterError, match=words) as told:
            open_it(tmp_path, CAMPAIGN)
        shown = str(told.value)
        assert not any(raw in shown for raw in ("\n", "***", "no such", "malformed", "database"))
    assert path.read_bytes() == before
    register, findings = open_if_writable(tmp_path, CAMPAIGN)
    assert register is None
    assert [f.code for f in findings] == [Code.REGISTER_NOT_WRITTEN]


@pytest.mark.parametrize(
    ("column", "value"), [("day", "ngày nào đó"), ("kind", "NOTHING"), ("recorded", "2024-13-45")]
)
def test_a_value_that_nobody_can_have_recorded_is_told_as_damage(
    tmp_path: Path, column: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dot"
    campaign_file(folder)
    assert cchc("so", "ghi", folder, "VP", "--cach", "Zalo") == 0
    kept = sqlite3.connect(folder / REGISTER_FILE)
    kept.execute(f"UPDATE handover SET {column} = ?", (value,))
    kept.commit()
    kept.close()
    capsys.readouterr()
    assert cchc("so", folder) == 3
    shown = capsys.readouterr().err.strip()
    assert "cchc.sqlite bị hỏng, nên được giữ nguyên" in shown
    assert value not in shown
    assert len(shown.splitlines()) == 1
    assert cchc("don-doc", folder, "-o", tmp_path / "ra") == 1
    assert capsys.readouterr().out.count("[so-khong-doc-duoc]") == 1


def test_the_register_of_another_campaign_is_refused(tmp_path: Path) -> None:
    open_at(tmp_path).close()
    for open_it in (open_register, read_register):
        with pytest.raises(RegisterError, match="CCHC-2024-SCT"):
            open_it(tmp_path, "CCHC-2025-SCT")


def test_where_nothing_is_recorded_yet_nothing_is_made_by_reading(tmp_path: Path) -> None:
    assert read_register(tmp_path, CAMPAIGN) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="Không đọc, ghi được"):
        open_at(tmp_path / "không có")


NOBODY = 65534


@pytest.fixture
def folder_of_somebody() -> Iterator[Path]:
    """Give a folder to somebody whom its mode binds: nothing binds root."""
    with tempfile.TemporaryDirectory() as name:
        folder, is_root = Path(name), os.geteuid() == 0
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            folder.chmod(0o755)
            if is_root:
                os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_cannot_be_written_is_read_all_the_same(folder_of_somebody: Path) -> None:
    folder = folder_of_somebody
    with open_at(folder) as register:
        register.intend(a_sending())
    folder.chmod(0o555)
    again = read_register(folder, CAMPAIGN)
    assert again
    assert len(again.sendings()) == 1
    again.close()
    none, findings = open_if_writable(folder, CAMPAIGN)
    assert none is None
    assert [f.code for f in findings] == [Code.REGISTER_NOT_WRITTEN]


def test_a_register_that_cannot_be_opened_stops_nobody_who_makes_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, output = tmp_path / "dot", tmp_path / "ra"
    campaign_file(folder)
    (folder / REGISTER_FILE).mkdir()  # nobody can open it, not even root
    for command in ("phieu-cham", "don-doc", "chay"):
        assert cchc(command, folder, "-o", output) in (0, 1)
        assert "so-khong-ghi-duoc" in capsys.readouterr().out
    assert (output / "don-doc" / "CCHC-2024-VP.docx").exists()
    assert cchc("gui", folder, "-o", output, "--loai", "cong-van") == 3
    assert "Không đọc, ghi được" in capsys.readouterr().err


@pytest.fixture
def forbidding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first look into a register fail as in a folder that cannot be written."""
    looks = []

    def version_of(connection: sqlite3.Connection) -> int:
        looks.append(connection)
        if len(looks) == 1:
            raise sqlite3.OperationalError("unable to open database file")
        return database.version_of(connection)

    monkeypatch.setattr(opening, "version_of", version_of)


def test_what_stands_in_the_log_only_is_read_along(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with open_at(tmp_path) as register:
        register.intend(a_sending())
        assert (tmp_path / f"{REGISTER_FILE}-wal").stat().st_size
        request.getfixturevalue("forbidding")
        again = read_register(tmp_path, CAMPAIGN)
        assert again
        with again:
            assert again.sendings() == (a_sending(),)


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    open_at(tmp_path).close()
    request.getfixturevalue("forbidding")
    monkeypatch.setattr(shutil, "copyfile", denied)
    with pytest.raises(RegisterError, match="Không đọc, ghi được"):
        read_register(tmp_path, CAMPAIGN)


def test_what_was_intended_survives_a_kill(tmp_path: Path) -> None:
    script = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
from tests.test_register import a_sending, open_at
from pathlib import Path
register = open_at(Path({str(tmp_path)!r}))
register.intend(a_sending())
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -9
    with open_at(tmp_path) as register:
        assert register.sendings() == (a_sending(),)
        assert not register.intend(a_sending(message_id="<2@so.vn>"))


def test_a_register_that_another_command_makes_meanwhile_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_before_it_is_made(connection: sqlite3.Connection) -> int:
        told = database.application_of(connection)
        other = sqlite3.connect(tmp_path / REGISTER_FILE, timeout=0, isolation_level=None)
        with closing(other), suppress(sqlite3.OperationalError):
            database.upgrade(other)
        return told

    monkeypatch.setattr(opening, "application_of", told_before_it_is_made)
    with open_at(tmp_path) as register:
        assert register.papers() == ()


def test_papers_of_a_given_day_stand_in_the_log_behind_what_was_told_before_them() -> None:
    tasks = Handover("VP", DISPATCH, "bản giấy", NOON.date(), LATER)
    then = LATER + dt.timedelta(hours=1)
    made = MadePaper(REMINDER, "VP", "don-doc/X.docx", "a" * 64, NOON, 1, recorded=then)
    events = sorted((paper_event(made), handover_event(tasks)), key=lambda event: event.place)
    assert [event.kind for event in events] == ["Giao cách khác", "Làm văn bản"]
    assert f"{NOON:%d/%m/%Y} (ngày do người nêu, ghi lúc" in events[-1].when
