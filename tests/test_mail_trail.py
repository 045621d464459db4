"""What the journals and the copies tell when the register is lost, damaged or an old one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.papers.kinds import DISPATCH, REMINDER
from cchc_office.register import (
    JOURNAL_FILE,
    REGISTER_FILE,
    Handover,
    Register,
    RegisterError,
    Sending,
    SendState,
    SentCopies,
    mark_of,
    open_register,
    read_register,
    rebuild_register,
)

CAMPAIGN = "CCHC-2024-SCT"
NOON = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)
STATES = tuple(SendState)


def a_sending(unit: str = "VP", **changes: object) -> Sending:
    key, address = f"<{unit}@so.vn>", f"{unit.lower()}@so.vn"
    usual = Sending(key, unit, DISPATCH, "d" * 64, (address, "b@so.vn"), NOON)
    return replace(usual, **changes)  # type: ignore[arg-type]


def open_at(folder: Path, mail: Path | None = None) -> Register:
    return open_register(folder, CAMPAIGN, mail)


def settled(folder: Path, *units: tuple[str, SendState], mail: Path | None = None) -> None:
    with open_at(folder, mail) as register:
        for unit, state in units:
            assert register.intend(a_sending(unit))
            if state is not SendState.INTENDED:
                register.settle(a_sending(unit).message_id, state, LATER, "250 đã\tnhận\nrồi")


def known(register: Register | None) -> dict[str, SendState]:
    assert register
    with register:
        return {s.unit: s.state for s in register.sendings()}


ALL = tuple((f"DV{n}", state) for n, state in enumerate(STATES))


def test_a_register_that_is_gone_is_made_again_from_the_journal(tmp_path: Path) -> None:
    settled(tmp_path, *ALL)
    with open_at(tmp_path) as register:
        before = register.sendings()
    for path in tmp_path.glob(f"{REGISTER_FILE}*"):
        path.unlink()
    reader = read_register(tmp_path, CAMPAIGN)
    assert reader
    with reader:
        told = {f.code: f for f in reader.findings}
        assert told[Code.REGISTER_LACKS_MAIL].found == "3"  # what may have gone out
        assert [replace(s, words="") for s in reader.sendings()] == [
            replace(s, words="") for s in before
        ]
        assert reader.sendings()[-1].words == "250 đã nhận rồi"
    assert not (tmp_path / REGISTER_FILE).exists()
    with open_at(tmp_path) as register:
        assert {f.code for f in register.findings} == {Code.REGISTER_LACKS_MAIL}
        assert not register.intend(a_sending("DV2", message_id="<other@so.vn>"))
    with open_at(tmp_path) as register:
        assert register.findings == ()


def test_a_register_from_before_a_retry_learns_of_it(tmp_path: Path) -> None:
    """A backup with a REFUSED row let the letter go out a second time, unsaid."""
    settled(tmp_path, ("VP", SendState.REFUSED))
    backup = tmp_path / "sao-luu"
    shutil.copyfile(tmp_path / REGISTER_FILE, backup)
    with open_at(tmp_path) as register:
        assert register.intend(a_sending(intended=LATER))
        register.settle("<VP@so.vn>", SendState.SENT, LATER)
    shutil.copyfile(backup, tmp_path / REGISTER_FILE)
    with open_at(tmp_path) as register:
        assert [f.code for f in register.findings] == [Code.REGISTER_LACKS_MAIL]
        assert register.sendings()[0].state is SendState.SENT
        assert not register.intend(a_sending(intended=LATER))


@pytest.mark.parametrize("state", [SendState.NOT_SENT, SendState.SENT])
def test_a_person_s_word_is_not_forgotten(tmp_path: Path, state: SendState) -> None:
    settled(tmp_path, ("VP", SendState.UNKNOWN))
    with open_at(tmp_path) as register:
        register.settle("<VP@so.vn>", state, LATER, by_person=True)
    (tmp_path / REGISTER_FILE).unlink()
    assert known(read_register(tmp_path, CAMPAIGN)) == {"VP": state}


def test_what_came_back_and_went_again_is_not_forgotten(tmp_path: Path) -> None:
    settled(tmp_path, ("VP", SendState.SENT))
    times = [LATER + dt.timedelta(hours=n) for n in (1, 2, 3)]
    with open_at(tmp_path) as register:
        register.settle("<VP@so.vn>", SendState.BOUNCED, times[0], "550 hộp thư đầy")
    sent = (tmp_path / REGISTER_FILE).read_bytes()
    (tmp_path / REGISTER_FILE).unlink()
    with open_at(tmp_path) as register:
        assert [s.state for s in register.sendings()] == [SendState.BOUNCED]
        assert register.intend(a_sending(intended=times[1]))
        register.settle("<VP@so.vn>", SendState.SENT, times[2])
    (tmp_path / REGISTER_FILE).write_bytes(sent)
    assert known(open_at(tmp_path)) == {"VP": SendState.SENT}


def test_what_came_back_in_the_second_it_went_has_come_back(tmp_path: Path) -> None:
    """The journal in the folder of mail is not known to `nhan`, and told that it was sent."""
    folder, mail = tmp_path / "dot", tmp_path / "thu"
    folder.mkdir()
    settled(folder, ("VP", SendState.SENT), mail=mail)
    with open_at(folder) as register:
        register.settle("<VP@so.vn>", SendState.BOUNCED, LATER, "550 hộp thư đầy")
    with open_at(folder, mail) as register:
        assert [s.state for s in register.sendings()] == [SendState.BOUNCED]
        assert register.findings == ()


def test_what_a_person_recorded_and_struck_is_not_forgotten(tmp_path: Path) -> None:
    day = dt.date(2024, 12, 4)
    zalo = Handover("VP", DISPATCH, "Zalo của Văn phòng", day, NOON)
    paper = Handover("TT", REMINDER, "bản giấy", day, NOON, 2)
    with open_at(tmp_path) as register:
        register.record_handover(zalo)
        register.record_handover(paper)
        register.strike(register.handovers()[1], LATER)
    (tmp_path / REGISTER_FILE).unlink()
    with open_at(tmp_path) as register:
        assert register.handovers() == (zalo,)
        assert [h.struck for h in register.handovers(struck=True)] == [None, LATER]
        assert not register.intend(a_sending("VP"))


def test_both_journals_are_written_and_each_is_enough(tmp_path: Path) -> None:
    folder, mail = tmp_path / "dot", tmp_path / "ra" / "thu"
    folder.mkdir()
    settled(folder, ("VP", SendState.SENT), mail=mail)
    (folder / REGISTER_FILE).unlink()
    (folder / JOURNAL_FILE).unlink()
    assert known(read_register(folder, CAMPAIGN, mail)) == {"VP": SendState.SENT}
    assert read_register(folder, CAMPAIGN) is None


def kept(mail: Path, unit: str, *, is_taken: bool) -> None:
    sending = a_sending(unit)
    mark = mark_of(CAMPAIGN, sending.kind, unit, 0, 0, sending.digest)
    content = (
        f"To: =?utf-8?q?Ph=C3=B2ng?= <{unit.lower()}@so.vn>\r\nCc: b@so.vn\r\n"
        f"Message-ID: {sending.message_id}\r\nX-CCHC: {mark}\r\n\r\nThân\r\n\r\nX-CCHC: dot=x"
    )
    copies = SentCopies(mail / "da-gui" / "cong-van")
    copies.begin(unit, sending.message_id, content.encode())
    if is_taken:
        copies.taken(unit, sending.message_id)


def test_copies_alone_tell_what_went_out_and_what_may_have(tmp_path: Path) -> None:
    mail = tmp_path / "thu"
    kept(mail, "VP", is_taken=True)
    kept(mail, "TT", is_taken=False)
    with open_at(tmp_path, mail) as register:
        by_unit = {s.unit: s for s in register.sendings()}
        assert {u: s.state for u, s in by_unit.items()} == {
            "VP": SendState.SENT,
            "TT": SendState.INTENDED,
        }
        assert by_unit["VP"].addresses == ("vp@so.vn", "b@so.vn")
        assert by_unit["VP"].digest == "d" * 64
    other = tmp_path / "khac"
    other.mkdir()
    assert read_register(other, "CCHC-2023-SCT", mail) is None


def test_a_copy_is_not_written_over_by_that_of_another_message(tmp_path: Path) -> None:
    copies = SentCopies(tmp_path)
    for message_id in ("<1@x>", "<2@x>", "<1@x>"):
        copies.begin("VP", message_id, f"Message-ID: {message_id}\r\n\r\n".encode())
        copies.taken("VP", message_id)
    copies.begin("VP", "<3@x>", b"Message-ID: <3@x>\r\n\r\n")
    copies.drop("VP", "<3@x>")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["VP (2).eml", "VP.eml"]
    assert copies.place_of("VP", "<2@x>").name == "VP (2).eml"


# --- the file itself ---


def test_the_journal_is_read_by_people(tmp_path: Path) -> None:
    settled(tmp_path, ("VP", SendState.SENT))
    text = (tmp_path / JOURNAL_FILE).read_text(encoding="utf-8")
    head, names, *lines = text.splitlines()
    assert "đừng xoá" in head
    assert names.startswith("# thời điểm\tđợt\tviệc")
    assert [line.split("\t")[:4] for line in lines] == [
        ["2024-12-05 12:00:00+07:00", CAMPAIGN, "sắp gửi", "giao việc"],
        ["2024-12-05 13:00:00+07:00", CAMPAIGN, "đã gửi", "giao việc"],
    ]


def test_a_line_that_was_cut_off_is_nothing_and_the_next_one_begins_anew(tmp_path: Path) -> None:
    settled(tmp_path, ("VP", SendState.SENT))
    path = tmp_path / JOURNAL_FILE
    path.write_bytes(
        path.read_bytes() + "2024-12-05 12:00:00+07:00\tCCHC-2024-SCT\tsắp g".encode()[:-1]
    )
    (tmp_path / REGISTER_FILE).unlink()
    settled(tmp_path, ("TT", SendState.SENT))
    (tmp_path / REGISTER_FILE).unlink()
    assert known(read_register(tmp_path, CAMPAIGN)) == {
        "VP": SendState.SENT,
        "TT": SendState.SENT,
    }


def test_a_journal_that_was_opened_and_saved_in_an_editor_is_read(tmp_path: Path) -> None:
    settled(tmp_path, *ALL)
    path = tmp_path / JOURNAL_FILE
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    (tmp_path / REGISTER_FILE).unlink()
    assert known(read_register(tmp_path, CAMPAIGN)) == dict(ALL)


def test_lines_that_nobody_understands_are_told(tmp_path: Path) -> None:
    settled(tmp_path, ("VP", SendState.SENT))
    path = tmp_path / JOURNAL_FILE
    path.write_text(path.read_text(encoding="utf-8") + "ghi chú của tôi\n", encoding="utf-8")
    with open_at(tmp_path) as register:
        assert [(f.code, f.found) for f in register.findings] == [(Code.JOURNAL_UNREADABLE, "5")]
        assert len(register.sendings()) == 1


def test_what_a_journal_tells_of_another_campaign_is_not_ours(tmp_path: Path) -> None:
    settled(tmp_path, ("VP", SendState.SENT))
    (tmp_path / REGISTER_FILE).unlink()
    with open_register(tmp_path, "CCHC-2025-SCT") as register:
        assert (register.sendings(), register.findings) == ((), ())
        assert register.intend(a_sending())


def test_a_journal_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_FILE).mkdir()
    for open_it in (open_register, read_register):
        with pytest.raises(RegisterError, match=f"Không đọc được .*{JOURNAL_FILE}"):
            open_it(tmp_path, CAMPAIGN)


def test_what_cannot_be_journaled_is_not_intended(tmp_path: Path) -> None:
    folder, mail = tmp_path / "dot", tmp_path / "thu"
    folder.mkdir()
    with open_at(folder, mail) as register:
        (mail / JOURNAL_FILE).mkdir(parents=True)
        with pytest.raises(OSError, match="directory"):
            register.intend(a_sending())
        assert register.sendings() == ()
        (mail / JOURNAL_FILE).rmdir()
    assert known(open_at(folder, mail)) == {"VP": SendState.NOT_SENT}


@pytest.mark.skipif(not hasattr(os, "fsync"), reason="no fsync")
def test_the_journal_is_on_the_disk_before_make_sure_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        fsync(handle)
        synced.append(Path(f"/proc/self/fd/{handle}").resolve().name)

    if not Path("/proc/self/fd").exists():
        pytest.skip("nothing tells which file it was")
    with open_at(tmp_path) as register:
        assert register.intend(a_sending())
        monkeypatch.setattr(os, "fsync", noted)
        register.make_sure()
        register.settle("<VP@so.vn>", SendState.NOT_SENT, LATER, by_person=True)
    assert synced == [JOURNAL_FILE] * 2


# --- rebuilding ---


def test_a_damaged_register_is_put_aside_and_made_again(tmp_path: Path) -> None:
    settled(tmp_path, *ALL)
    path = tmp_path / REGISTER_FILE
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(RegisterError, match="cchc so dung-lai"):
        open_at(tmp_path)
    rebuilt = rebuild_register(tmp_path, CAMPAIGN, None, NOON)
    with rebuilt.register:
        assert Counter(s.state for s in rebuilt.register.sendings()) == Counter(STATES)
    [aside] = rebuilt.aside
    assert aside.read_bytes() == bytes(content)
    again = rebuild_register(tmp_path, CAMPAIGN, None, NOON)
    again.register.close()
    assert again.aside == ()


def test_another_campaign_s_register_is_not_put_aside(tmp_path: Path) -> None:
    settled(tmp_path, ("VP", SendState.SENT))
    with pytest.raises(RegisterError, match="của đợt"):
        rebuild_register(tmp_path, "CCHC-2025-SCT", None, NOON)
    assert known(open_at(tmp_path)) == {"VP": SendState.SENT}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_journal_that_notepad_saved_is_read_and_goes_on(tmp_path: Path, encoding: str) -> None:
    settled(tmp_path, *ALL)
    path = tmp_path / JOURNAL_FILE
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode(encoding))
    (tmp_path / REGISTER_FILE).unlink()
    assert known(read_register(tmp_path, CAMPAIGN)) == dict(ALL)
    # What is added stands in the same encoding as the rest.
    with open_at(tmp_path) as register:
        register.intend(a_sending("MOI"))
        register.make_sure()
    (tmp_path / REGISTER_FILE).unlink()
    with open_at(tmp_path) as register:
        assert register.findings[-1].code is Code.REGISTER_LACKS_MAIL
        assert {s.unit for s in register.sendings()} == {*dict(ALL), "MOI"}


def test_lines_that_nobody_understands_are_put_aside_with_the_journal(tmp_path: Path) -> None:
    settled(tmp_path, *ALL)
    path = tmp_path / JOURNAL_FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "ghi chú của tôi\n", encoding="utf-8")
    rebuilt = rebuild_register(tmp_path, CAMPAIGN, None, NOON)
    rebuilt.register.close()
    [aside] = rebuilt.aside
    assert aside.read_text(encoding="utf-8").endswith("ghi chú của tôi\n")
    (tmp_path / REGISTER_FILE).unlink()
    with open_at(tmp_path) as register:
        assert [f.code for f in register.findings] == [Code.REGISTER_LACKS_MAIL]
        assert known(register) == dict(ALL)
