"""The jobs over the register: what only a person can record, and making it again."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cchc_office.errors import UsageError
from cchc_office.files.folders import list_folder
from cchc_office.files.output_folder import OutputFolder
from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import DISPATCH, PaperKind
from cchc_office.register import (
    JOURNAL_FILE,
    Confirmation,
    Handover,
    Register,
    Sending,
    SendState,
    open_register,
    read_register,
    rebuild_register,
)
from cchc_office.register.history import UnconfirmedFile, set_aside_in
from cchc_office.register.recording import (
    ToldHandover,
    check_told,
    handovers_of,
    papers_there,
)
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.doubted_files import doubted_files
from cchc_office.steps.opened import Opened
from cchc_office.steps.verdicts import in_words as verdict_in_words
from cchc_office.text.command_line import advised
from cchc_office.text.vietnamese import VIETNAM, clean_line, time_in_words


def _units(opened: Opened, codes: Sequence[str]) -> list[Unit]:
    """Return the units that were named, each once. Raises UsageError for anything else."""
    found: list[Unit] = []
    for code in codes:
        unit = opened.unit(code)
        if unit in found:
            raise UsageError(f"Mã {unit.code} được nêu hai lần; xem lại các mã rồi chạy lại.")
        found.append(unit)
    return found


# --- settling what nobody knows ---


@dataclass(frozen=True, kw_only=True, repr=False)
class Unsettled(BroughtBack):
    """What waits for a person's word: messages whose fate nobody knows, and files of strangers.

    `unclear` are such messages and `doubted` such files, by name, that are left; `chosen` are the
    messages that were named or, where some were, `settled`; `confirmed` the files that were.
    """

    unclear: tuple[Sending, ...] = ()
    doubted: Mapping[str, UnconfirmedFile]
    chosen: tuple[Sending, ...] = ()
    settled: tuple[Sending, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether something is left."""
        return bool(self.unclear or self.doubted) or super().needs_a_person

    @property
    def words(self) -> str:
        """How much is left."""
        return f"{len(self.unclear)} thư không rõ, {len(self.doubted)} phiếu chưa rõ người gửi"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and what is left."""
        yield "Đơn vị", "Việc", "Thư, tệp", "Lúc, người gửi"
        for sending in self.unclear:
            what = sending.kind.numbered(sending.reminder)
            yield sending.unit, what, sending.message_id, time_in_words(sending.intended)
        for name, doubt in self.doubted.items():
            yield doubt.unit, "phiếu gửi về", name, doubt.who


def unsettled(opened: Opened, named: Sequence[str] = ()) -> Unsettled:
    """Tell what waits for a person's word; of messages those named, by unit or Message-ID."""
    with _read(opened) as register:
        unclear, doubted = _open(opened, register)
        return Unsettled(
            campaign=opened.campaign,
            findings=register.findings if register else (),
            unclear=unclear,
            doubted=doubted,
            chosen=_chosen(opened, unclear, named, doubted),
        )


def settle(opened: Opened, named: Sequence[str], *, arrived: bool) -> Unsettled:
    """Record that the messages named arrived, or did not. Raises UsageError for what is unclear."""
    with _write(opened) as register:
        unclear, doubted = _open(opened, register)
        chosen = _chosen(opened, unclear, named, doubted)
        _require_one_each(chosen, named)
        state, now = SendState.SENT if arrived else SendState.NOT_SENT, dt.datetime.now(tz=VIETNAM)
        for sending in chosen:
            register.settle(sending.message_id, state, now, sending.words, by_person=True)
        return Unsettled(
            campaign=opened.campaign,
            findings=register.findings,
            unclear=tuple(sending for sending in unclear if sending not in chosen),
            doubted=doubted,
            settled=chosen,
        )


def confirm_senders(opened: Opened, files: Sequence[str]) -> Unsettled:
    """Record that files in nhan-ve, by name, were sent by whom they say."""
    if not files:
        example = advised("so xu-ly", "dot-2025", "phieu.xlsx", "--dung-nguoi-gui")
        raise UsageError(f"Chưa nói tệp nào, ví dụ: {example}")
    with _write(opened) as register:
        unclear, doubted = _open(opened, register)
        names = tuple(dict.fromkeys(_doubted_file(doubted, file) for file in files))
        now = dt.datetime.now(tz=VIETNAM)
        for name in names:
            doubt = doubted[name]
            unit = opened.campaign.find_unit(doubt.unit)
            code = unit.code if unit else ""
            register.record_confirmation(Confirmation(doubt.digest, name, code, doubt.sender, now))
        _, left = _open(opened, register)
        return Unsettled(
            campaign=opened.campaign,
            findings=register.findings,
            unclear=unclear,
            doubted=left,
            confirmed=names,
        )


def _read(opened: Opened) -> Register | nullcontext[None]:
    return read_register(opened.folder, opened.campaign.id) or nullcontext()


def _write(opened: Opened) -> Register:
    return open_register(opened.folder, opened.campaign.id)


def _open(
    opened: Opened, register: Register | None
) -> tuple[tuple[Sending, ...], dict[str, UnconfirmedFile]]:
    """Return the messages whose fate nobody knows, and the doubted files not set aside, by name."""
    unclear = tuple(s for s in register.sendings() if s.is_unclear) if register else ()
    list_folder(opened.returns).whole()
    aside = set_aside_in(register)
    doubted = doubted_files(opened, register)
    return unclear, {
        name: doubt
        for name, doubt in doubted.items()
        if any((one.digest, one.unit) not in aside for one in (doubt, *doubt.beside))
    }


def _doubted_file(doubted: Mapping[str, UnconfirmedFile], word: str) -> str:
    """Return the doubted file that a word names: by its name, or by the way to it."""
    wanted = unicodedata.normalize("NFC", word)
    name = next((n for n in (wanted, Path(wanted).name) if n in doubted), None)
    if name is None:
        waiting = ", ".join(list(doubted)[:20]) or "không có"
        raise UsageError(
            f"“{word}” không phải là tệp chờ xác nhận người gửi. Các tệp đang chờ: {waiting}."
        )
    return name


def _chosen(
    opened: Opened,
    unclear: Sequence[Sending],
    words: Sequence[str],
    doubted: Collection[str],
) -> tuple[Sending, ...]:
    """Return the unclear sendings that were named, by unit or by Message-ID; unnamed, all."""
    if not words:
        return tuple(unclear)
    found: dict[str, Sending] = {}
    for word in words:
        own = [s for s in unclear if word.strip("<>") == s.message_id.strip("<>")]
        own = own or [s for s in unclear if s.unit == word]
        if not own and word in doubted:
            raise UsageError(
                f"“{word}” chờ xác nhận đúng người gửi (--dung-nguoi-gui), không phải là thư."
            )
        if not own:
            _units(opened, () if "@" in word else (word,))
            raise UsageError(f"Không có thư nào không rõ của “{word}”.")
        found |= {s.message_id: s for s in own}
    return tuple(found.values())


def _require_one_each(chosen: Sequence[Sending], words: Sequence[str]) -> None:
    if not chosen:
        raise UsageError("Không có thư nào không rõ.")
    units = [sending.unit for sending in chosen]
    several = sorted({u for u in units if units.count(u) > 1 and u in words})
    if not words or several:
        raise UsageError(
            f"{f'{several[0]} có nhiều thư không rõ' if several else 'Chưa nói thư nào'}: ghi mã "
            f"đơn vị, hoặc Message-ID trong dấu nháy. Xem các thư không rõ: {advised('so xu-ly')}"
        )


# --- what a person records by hand ---


@dataclass(frozen=True, kw_only=True, repr=False)
class Recorded(BroughtBack):
    """What was handed over, as it was recorded now."""

    handovers: tuple[Handover, ...] = ()

    @property
    def words(self) -> str:
        """What was recorded."""
        return "; ".join(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield what was handed over: "Văn phòng Sở, giao việc, ngày 01/12/2024: Zalo"."""
        for handover in self.handovers:
            yield _in_words(self.campaign, handover)


def record_handover(
    opened: Opened,
    codes: Sequence[str],
    way: str,
    *,
    kind: PaperKind = DISPATCH,
    number: int | None = None,
    day: dt.date | None = None,
) -> Recorded:
    """Record that units have papers by another way: Zalo, on paper. Raises UsageError."""
    campaign, now = opened.campaign, dt.datetime.now(tz=VIETNAM)
    units = _units(opened, codes)
    if not units:
        example = advised("so ghi", "dot-2025", "VP", "--cach", "Zalo")
        raise UsageError(f"Thiếu mã đơn vị, ví dụ: {example}")
    told = ToldHandover(kind, clean_line(way), day or opened.day, number)
    check_told(told, campaign, max(opened.day, now.date()))
    with _write(opened) as register:
        done = tuple(handovers_of(told, units, register, now))
        for handover in done:
            register.record_handover(handover)
        return Recorded(campaign=campaign, findings=register.findings, handovers=done)


def _in_words(campaign: Campaign, handover: Handover) -> str:
    what = handover.kind.numbered(handover.reminder)
    name = campaign.name_of(handover.unit)
    return f"{name}, {what}, ngày {handover.day:%d/%m/%Y}: {handover.way}"


@dataclass(frozen=True)
class Entry:
    """One thing that a person recorded: what a clerk calls it by ("G1"), and in words."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Struck(BroughtBack):
    """What a person recorded by hand: what was `struck` out now, and what is `left`."""

    left: tuple[Entry, ...] = ()
    struck: tuple[Entry, ...] = ()

    @property
    def words(self) -> str:
        """How much was struck out."""
        return f"đã gạch bỏ {len(self.struck)}, còn {len(self.left)}"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and what is left."""
        yield "Số", "Nội dung"
        for entry in self.left:
            yield entry.name, entry.text


def strike(opened: Opened, names: Sequence[str] = ()) -> Struck:
    """Strike out what was recorded by mistake, by name ("G1"); without a name, only list it."""
    with _write(opened) if names else _read(opened) as register:
        entries = dict(_entries(register, opened.campaign)) if register else {}
        known = {entry.name: entry for entry in entries}
        for name in names:
            if name.upper() not in known:
                some = ", ".join(list(known)[:20]) or "không có"
                raise UsageError(
                    f"Không có gì mang số “{name}” để gạch bỏ. Các số: {some}. Xem: "
                    f"{advised('so xoa')}"
                )
        chosen = tuple(known[name] for name in dict.fromkeys(name.upper() for name in names))
        for entry in chosen:
            entries[entry](dt.datetime.now(tz=VIETNAM))
        return Struck(
            campaign=opened.campaign,
            findings=register.findings if register else (),
            left=tuple(entry for entry in entries if entry not in chosen),
            struck=chosen,
        )


def _entries(
    register: Register, campaign: Campaign
) -> Iterator[tuple[Entry, Callable[[dt.datetime], None]]]:
    """Yield what can be struck out, each with what does it."""
    for h in register.handovers():
        entry = Entry(f"G{h.id}", _in_words(campaign, h))
        yield entry, partial(register.strike, h)
    for c in register.confirmations():
        entry = Entry(f"N{c.id}", f"{c.file}: đúng người gửi {c.sender}")
        yield entry, partial(register.strike, c)
    for v in register.verdicts():
        entry = Entry(f"P{v.id}", verdict_in_words(v, campaign.name_of(v.unit)))
        yield entry, partial(register.strike, v)


# --- making the register again ---


@dataclass(frozen=True, kw_only=True, repr=False)
class Rebuilt(BroughtBack):
    """What the register knows again; `aside` are the damaged files, with what each is."""

    aside: tuple[tuple[str, Path], ...] = ()
    sendings: tuple[Sending, ...] = ()
    handovers: int = 0
    papers: int = 0

    @property
    def unclear(self) -> tuple[Sending, ...]:
        """The messages whose fate nobody knows."""
        return tuple(sending for sending in self.sendings if sending.is_unclear)

    @property
    def needs_a_person(self) -> bool:
        """Whether a person has to look at what is unclear, or was put aside."""
        return bool(self.unclear or self.findings or self.aside)

    @property
    def words(self) -> str:
        """What is in the register now."""
        states = Counter(sending.state for sending in self.sendings)
        told = ", ".join(f"{number} {state.value}" for state, number in states.items())
        return (
            f"{states.total()} thư{f' ({told})' if told else ''}, {self.handovers} lần giao cách "
            f"khác, {self.papers} văn bản đã làm"
        )


def rebuild(opened: Opened) -> Rebuilt:
    """Make the register again from the journals, the copies of messages and the papers there."""
    campaign, now = opened.campaign, dt.datetime.now(tz=VIETNAM)
    output = OutputFolder(opened.output)
    output.claim(campaign.id)
    rebuilt = rebuild_register(opened.folder, campaign.id, opened.mail_folder, now)
    with rebuilt.register as register:
        there = tuple(papers_there(campaign, output))
        register.record_papers(there)
        if there:
            register.record_output(output.path)
        return Rebuilt(
            campaign=campaign,
            findings=register.findings,
            aside=tuple((_what(path), path) for path in rebuilt.aside),
            sendings=tuple(register.sendings()),
            handovers=len(register.handovers()),
            papers=len({paper.file for paper in register.papers()}),
        )


def _what(path: Path) -> str:
    return "Nhật ký gửi cũ" if path.name.startswith(JOURNAL_FILE) else "Sổ hỏng"
