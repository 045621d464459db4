"""What the folders show of messages that went out, whatever the register says.

The journal is a plain text beside the register that is only ever added to. Each line tells the
state of one message, or what a person recorded, so that the register can be made again from it. It
is written before the register is, and is on the disk before a message can arrive.

The copies of messages (`sent_copies`) tell of each once more.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import NotSeenError
from cchc_office.files.whole_writing import patiently, sync_folder, write_whole
from cchc_office.model import Decision, FormVerdict
from cchc_office.papers.kinds import letter_called
from cchc_office.register.database import RegisterError, unreadable
from cchc_office.register.sent_copies import told_by_copies
from cchc_office.register.values import (
    HandedIn,
    Handover,
    Sending,
    SendState,
    Stage,
    later_of,
)
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import VIETNAM

JOURNAL_FILE = "nhat-ky-gui.txt"
_UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff")

_COLUMNS = (
    "thời điểm",
    "đợt",
    "việc",
    "loại",
    "lần",
    "gửi lại",
    "đơn vị",
    "địa chỉ hoặc ngày giao",
    "Message-ID",
    "dấu của văn bản",
    "lời máy chủ hoặc cách giao",
)
_HEAD = (
    "# Nhật ký gửi thư, do chương trình ghi. Xin đừng sửa, đừng xoá: nhờ tệp này mà không thư nào "
    "bị gửi hai lần khi sổ cchc.sqlite bị hỏng hay mất.\n# " + "\t".join(_COLUMNS) + "\n"
)
_STATES = {
    SendState.INTENDED: "sắp gửi",
    SendState.UNKNOWN: "không rõ",
    SendState.SENT: "đã gửi",
    SendState.REFUSED: "bị từ chối",
    SendState.NOT_SENT: "chưa gửi",
    SendState.BOUNCED: "bị trả lại",
}
_BY_WORD = {word: state for state, word in _STATES.items()}
_BY_PERSON = "người dùng ghi: "
_HANDED, _STRUCK = "giao cách khác", "gạch bỏ giao cách khác"
_RETURN = "phiếu gửi về"
_RECEIVED = "nhận tệp"
_OF_RETURNS = {f"{decision.value} phiếu": decision for decision in Decision}
_STRUCK_OF_RETURNS = {f"gạch bỏ {word}": decision for word, decision in _OF_RETURNS.items()}
_OF_FILES = frozenset(
    word
    for word, decision in (*_OF_RETURNS.items(), *_STRUCK_OF_RETURNS.items())
    if decision is Decision.SET_ASIDE
) | {_RECEIVED}
"""What is said of files that are no unit's."""


@dataclass(frozen=True)
class Told:
    """What a journal tells; `unreadable` are the numbers of the lines that nobody understands.

    `passed` are the stages that messages have left since: a register that still holds one is older,
    whatever the clock said then.
    """

    sendings: tuple[Sending, ...] = ()
    handovers: tuple[Handover, ...] = ()
    unreadable: tuple[int, ...] = ()
    passed: frozenset[Stage] = frozenset()
    verdicts: tuple[FormVerdict, ...] = ()
    received: tuple[HandedIn, ...] = ()

    def __bool__(self) -> bool:
        """Whether it tells anything."""
        return bool(self.sendings or self.handovers or self.verdicts or self.received)

    def later_of(self, known: Sending, sending: Sending) -> Sending:
        """Return what is known of a message, of which something else tells `known`."""
        return sending if known.stage in self.passed else later_of(known, sending)


@dataclass
class Journal:
    """The journal at `path` of the campaign whose id is `campaign`; there may be none yet."""

    path: Path
    campaign: str
    _unsynced: bool = field(default=False, repr=False)

    def add_sending(self, sending: Sending) -> None:
        """Add what is known of a message now; raises OSError."""
        word = f"{_BY_PERSON if sending.by_person else ''}{_STATES[sending.state]}"
        self._add(
            sending.when,
            word,
            sending.kind.mail.words,
            sending.reminder,
            str(sending.again),
            sending.unit,
            ", ".join(sending.addresses),
            sending.message_id,
            sending.digest,
            sending.words,
        )

    def add_handover(self, handover: Handover) -> None:
        """Add what a person recorded, or struck out; raises OSError."""
        self._add(
            handover.when,
            _STRUCK if handover.struck else _HANDED,
            handover.kind.mail.words,
            handover.reminder,
            "",
            handover.unit,
            handover.day.isoformat(),
            "",
            "",
            handover.way,
        )

    def add_verdict(self, verdict: FormVerdict) -> None:
        """Add what a person said of a form, or struck out; raises OSError."""
        words = _STRUCK_OF_RETURNS if verdict.struck else _OF_RETURNS
        word = next(word for word, decision in words.items() if decision is verdict.decision)
        self._add(
            verdict.when,
            word,
            _RETURN,
            0,
            "",
            verdict.unit,
            verdict.file,
            "",
            verdict.digest,
            verdict.reason,
        )

    def add_received(self, handed: Iterable[HandedIn]) -> None:
        """Add when files were handed to the program; raises OSError."""
        for one in handed:
            day = one.received.astimezone(VIETNAM).isoformat(" ", "seconds")
            self._add(one.recorded, _RECEIVED, _RETURN, 0, "", "", day, "", one.digest, one.file)

    def make_sure(self) -> None:
        """Wait until what was added is on the disk; raises OSError."""
        if not self._unsynced:
            return
        handle = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        self._unsynced = False

    def check(self) -> None:
        """Make the file where there is none; raises OSError where nothing can be added to it."""
        self._write(b"")

    def read(self) -> Told:
        """Return what the journal tells of its campaign; raises OSError."""
        try:
            content = patiently(self.path.read_bytes)
        except FileNotFoundError:
            return Told()
        # What has no end was being written when the machine stopped: nothing came of it.
        text = _decoded(content)
        whole = text[: text.rfind("\n") + 1]
        sendings: dict[str, Sending] = {}
        handovers: dict[tuple[object, ...], Handover] = {}
        verdicts: dict[tuple[object, ...], FormVerdict] = {}
        received: dict[str, HandedIn] = {}
        unreadable = []
        passed: set[Stage] = set()
        for number, line in enumerate(whole.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                found = self._understood(line.split("\t"))
            except (ValueError, KeyError):
                unreadable.append(number)
                continue
            if isinstance(found, Sending):
                before = sendings.get(found.message_id)
                after = sendings[found.message_id] = _continued(before, found)
                passed |= {before.stage} if before and after is not before else set()
            elif isinstance(found, FormVerdict):
                verdicts[found.identity] = found
            elif isinstance(found, HandedIn):
                received[found.digest] = found
            elif found is not None:
                handovers[found.identity] = found
        left = frozenset(passed - {sending.stage for sending in sendings.values()})
        return Told(
            tuple(sendings.values()),
            tuple(handovers.values()),
            tuple(unreadable),
            left,
            tuple(verdicts.values()),
            tuple(received.values()),
        )

    def _add(self, when: dt.datetime, word: str, kind: str, number: int, *rest: str) -> None:
        time = when.astimezone(VIETNAM).isoformat(" ", "seconds")
        cells = (time, self.campaign, word, kind, str(number), *rest)
        line = "\t".join(" ".join(cell.split()) for cell in cells)
        self._write(f"{line}\n".encode())

    def _write(self, line: bytes) -> None:
        is_new = not self.path.exists()
        if is_new:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        else:
            self._keep_in_utf_8()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = patiently(lambda: os.open(self.path, flags, 0o666))
        try:
            size = os.fstat(handle).st_size
            before = _HEAD.encode() if not size else b"" if _ends_a_line(handle, size) else b"\n"
            content = before + line
            if content and os.write(handle, content) != len(content):
                with contextlib.suppress(OSError):
                    os.ftruncate(handle, size)
                raise OSError("the line was not taken whole")
        finally:
            os.close(handle)
        self._unsynced = True
        if is_new:
            sync_folder(self.path.parent)

    def _keep_in_utf_8(self) -> None:
        """Write the file anew where Notepad saved it in UTF-16: our lines would break it."""
        with self.path.open("rb") as file:
            is_utf_16 = file.read(2) in _UTF_16_STARTS
        if is_utf_16:
            write_whole(self.path, _decoded(self.path.read_bytes()).encode("utf-8"))

    def _understood(
        self, cells: Sequence[str]
    ) -> Sending | Handover | FormVerdict | HandedIn | None:
        """Return what a line tells, None where it is of another campaign. Raises ValueError."""
        time, campaign, word, kind, number, again, unit, whom, message_id, digest, words = cells
        if campaign != self.campaign:
            return None
        when = dt.datetime.fromisoformat(time)
        if when.tzinfo is None or not (unit or word in _OF_FILES):
            raise ValueError
        if word in (_HANDED, _STRUCK):
            day, struck = dt.date.fromisoformat(whom), when if word == _STRUCK else None
            return Handover(unit, letter_called(kind), words, day, when, int(number), struck)
        if word == _RECEIVED:
            came = dt.datetime.fromisoformat(whom)
            if came.tzinfo is None or not digest:
                raise ValueError
            return HandedIn(digest, words, came, when)
        if decision := _OF_RETURNS.get(word):
            return FormVerdict(unit, whom, digest, decision, words, when)
        if decision := _STRUCK_OF_RETURNS.get(word):
            return FormVerdict(unit, whom, digest, decision, words, when, when)
        by_person = word.startswith(_BY_PERSON)
        state = _BY_WORD[word.removeprefix(_BY_PERSON)]
        if not message_id:
            raise ValueError
        return Sending(
            message_id,
            unit,
            letter_called(kind),
            digest,
            tuple(a.strip() for a in whom.split(",") if a.strip()),
            when,
            state,
            int(number),
            None if state is SendState.INTENDED else when,
            words,
            by_person,
            int(again),
        )


def told_by(journals: Iterable[Journal]) -> Told:
    """Return what several journals tell together; raises OSError."""
    sendings: dict[str, Sending] = {}
    handovers: dict[tuple[object, ...], Handover] = {}
    verdicts: dict[tuple[object, ...], FormVerdict] = {}
    received: dict[str, HandedIn] = {}
    unreadable: list[int] = []
    passed: frozenset[Stage] = frozenset()
    for journal in journals:
        told = journal.read()
        unreadable += told.unreadable
        for sending in told.sendings:
            known = sendings.get(sending.message_id)
            if known is None or sending.stage not in passed:
                after = told.later_of(known, sending) if known else sending
                sendings[sending.message_id] = after
        for handover in told.handovers:
            before = handovers.get(handover.identity)
            is_later = before is None or handover.recorded >= before.recorded
            handovers[handover.identity] = handover if is_later or before is None else before
        for verdict in told.verdicts:
            known_word = verdicts.get(verdict.identity)
            if known_word is None or verdict.recorded >= known_word.recorded:
                verdicts[verdict.identity] = verdict
        for one in told.received:
            other = received.get(one.digest)
            if other is None or one.recorded >= other.recorded:
                received[one.digest] = one
        passed |= told.passed
    return Told(
        tuple(sendings.values()),
        tuple(handovers.values()),
        tuple(unreadable),
        passed,
        tuple(verdicts.values()),
        tuple(received.values()),
    )


def _continued(before: Sending | None, line: Sending) -> Sending:
    """Return what a message is after one more line: once it was taken it can only come back."""
    if before is None:
        return line
    if before.state is SendState.SENT and line.state is not SendState.BOUNCED:
        return before
    return line if line.state is SendState.INTENDED else replace(line, intended=before.intended)


def _decoded(content: bytes) -> str:
    """Return a journal's text: in UTF-8, or as Notepad saves what it calls Unicode."""
    encoding = "utf-16" if content[:2] in _UTF_16_STARTS else "utf-8-sig"
    return content.decode(encoding, "replace").replace("\r\n", "\n")


def _ends_a_line(handle: int, size: int) -> bool:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


_MOST_NAMED = 21


def journals_of(folder: Path, mail_folder: Path | None, campaign: str) -> tuple[Journal, ...]:
    """Return the journals: beside the register, and in the folder of mail where that is known.

    Two, since folders are lost, cleaned up and restored one by one.
    """
    folders = [folder, *([mail_folder] if mail_folder else ())]
    return tuple(Journal(place / JOURNAL_FILE, campaign) for place in folders)


def read_trail(folder: Path, mail_folder: Path | None, campaign: str) -> Told:
    """Return what journals and copies tell together. Raises RegisterError."""
    try:
        told = told_by(journals_of(folder, mail_folder, campaign))
        copies = tuple(told_by_copies(mail_folder, campaign)) if mail_folder else ()
    except OSError as error:
        raise unreadable(Path(error.filename or folder / JOURNAL_FILE), error) from error
    except NotSeenError as error:
        raise RegisterError(str(error)) from error
    sendings = {sending.message_id: sending for sending in told.sendings}
    for copy in copies:
        known = sendings.get(copy.message_id)
        if known is None:
            sendings[copy.message_id] = copy
        elif copy.state is SendState.SENT:
            sendings[copy.message_id] = later_of(known, copy)
    return replace(told, sendings=tuple(sendings.values()))


def findings_of(told: Told, lacking: Sequence[Sending]) -> tuple[Finding, ...]:
    """Tell of the messages that the register had forgotten, and of what nobody can read."""
    findings = []
    if lacking:
        units = tuple(dict.fromkeys(sending.unit for sending in lacking))
        named = some_of(units, _MOST_NAMED, "đơn vị")
        findings.append(Finding(Code.REGISTER_LACKS_MAIL, found=str(len(lacking)), expected=named))
    if told.unreadable:
        lines = some_of([str(number) for number in told.unreadable], _MOST_NAMED, "dòng")
        findings.append(Finding(Code.JOURNAL_UNREADABLE, JOURNAL_FILE, found=lines))
    return tuple(findings)
