"""The job of mailing: making the messages of a batch, and sending them when told to."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding, FindingCode, has_errors
from cchc_office.errors import CchcError, StoppedError, UsageError
from cchc_office.files.folders import is_file_there, list_folder
from cchc_office.files.locking import Lock
from cchc_office.files.output_folder import Fate, Outcome, Paper, Written
from cchc_office.mail.attachments import AttachmentCheck, OutgoingPapers, outgoing_papers
from cchc_office.mail.connecting import CannotConnectError
from cchc_office.mail.outbox import Message, MessageMaker
from cchc_office.mail.outbox import Outbox as Outbox
from cchc_office.mail.sending import Clock, MessageFate, Sender, Sent, send_trial
from cchc_office.mail.settings import SETTINGS_FILE, MailSettings, find_password, read_mail_settings
from cchc_office.model import Consolidation, Returns, Unit
from cchc_office.papers.kinds import DISPATCH, EXPLANATION, MESSAGE, REMINDER, PaperKind
from cchc_office.papers.mail_text import build_mail_text
from cchc_office.papers.templates import find_template
from cchc_office.register import COPIES_FOLDER, Register, SentCopies, open_register, read_register
from cchc_office.register.history import History, ReminderPlan, plan_reminders
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.job import Job
from cchc_office.steps.opened import Opened, counting, password_of, time_of
from cchc_office.steps.owing import ONCE_OVERDUE, owing
from cchc_office.steps.second_set import second_set
from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.vietnamese import VIETNAM
from cchc_office.word.templates import TemplateProblemError, TextTemplate, check_template

_STAYED = (MessageFate.LEFT, MessageFate.REFUSED)

Confirm = Callable[[Outbox, str], bool]
"""Shown the messages and the server that they go out through, "" where none does; yes or no."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Which messages are made: of a kind, `only` to units of these codes.

    With `again` those get one more. `accepts_old` lets papers out that a person edited in a version
    made of an older workbook, `accepts_scans` signed copies that no machine can read. `round` and
    `deadline` are those of explanations, None for the usual.
    """

    kind: PaperKind
    only: tuple[str, ...] = ()
    again: bool = False
    accepts_old: bool = False
    accepts_scans: bool = False
    round: int | None = None
    deadline: dt.date | None = None

    @property
    def word(self) -> str:
        """The kind as the clerk types it."""
        return self.kind.folder


@dataclass(frozen=True, kw_only=True, repr=False)
class Mailed(BroughtBack):
    """The messages of a batch (`outbox`), which lie in `drafts` until they are sent.

    `batch` is what was asked for, `results` how each fared, where they were sent; `cannot_send`
    tells that they could not be.
    """

    word: str
    batch: Batch
    for_real: bool
    drafts: Path
    outbox: Outbox
    results: tuple[Sent, ...] = ()
    returns: Returns | None = None
    cannot_send: bool = False
    has_appraisals: bool = True

    @property
    def came_out(self) -> bool:
        """Whether nothing was to be sent, or something can have gone out."""
        nothing = bool(self.outbox.messages) and all(s.fate in _STAYED for s in self.results)
        return not (self.for_real and (self.cannot_send or nothing))

    @property
    def is_done(self) -> bool:
        """Whether there is a message for each unit with an address, and what was sent is gone."""
        stayed = self.for_real and any(sent.fate in _STAYED for sent in self.results)
        return self.came_out and not (stayed or has_errors(self.outbox.findings))

    @property
    def words(self) -> str:
        """How many messages of the kind fared how."""
        found = self.outbox.findings
        addressless = {f.unit for f in found if f.code is Code.MAIL_NO_ADDRESS}
        blocked = {f.unit for f in found if f.is_error and f.unit} - addressless
        unclear = sum(f.code is Code.MAIL_UNCLEAR for f in self.outbox.findings)
        counts = {fate: sum(s.fate is fate for s in self.results) for fate in MessageFate}
        parts = [f"{count} {fate.value}" for fate, count in counts.items() if count]
        drafts = len(self.outbox.messages)
        ready = f"{drafts} thư soạn xong, chưa gửi thư nào" if drafts else "không có thư nào để gửi"
        parts = parts or [ready]
        if self.results and all(sent.fate in _STAYED for sent in self.results):
            parts.insert(0, "không thư nào đi được")
        if self.outbox.sent_before:
            parts.append(f"{len(self.outbox.sent_before)} đã gửi từ trước")
        if unclear:
            parts.append(f"{unclear} không rõ từ trước")
        if addressless:
            parts.append(f"{len(addressless)} đơn vị chưa có địa chỉ thư")
        if blocked:
            parts.append(f"{len(blocked)} đơn vị chưa soạn được thư")
        return f"Thư {self.word}: {', '.join(parts)}"

    def fates(self) -> Iterator[tuple[Message, str, str]]:
        """Yield each message with what became of it, and the server's words."""
        sent = {one.message.message_id: one for one in self.results}
        for message in self.outbox.messages:
            one = sent.get(message.message_id)
            yield message, one.fate.value if one else "đã soạn", one.words if one else ""

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the messages."""
        yield "Đơn vị", "Gửi đến", "Gửi kèm", "Kết quả"
        for message, fate, _ in self.fates():
            yield message.unit.name, ", ".join(message.to), ", ".join(message.attachments), fate


@dataclass(frozen=True, kw_only=True, repr=False)
class Tried(BroughtBack):
    """The message that was sent to the clerk's own `address` for a look, None where none was."""

    word: str
    address: str
    message: Message | None = None
    returns: Returns | None = None

    @property
    def came_out(self) -> bool:
        """Whether it was sent."""
        return self.message is not None

    @property
    def words(self) -> str:
        """Whose letter went to whom."""
        if self.message is None:
            return "chưa gửi thử được thư nào"
        return f"đã gửi thử thư của {self.message.unit.name} đến {self.address}"


def send(
    opened: Opened,
    batch: Batch,
    lock: Lock | None,
    *,
    for_real: bool = False,
    confirm: Confirm | None = None,
) -> Mailed:
    """Make the messages and, `for_real`, send them, unless `confirm` says no when it sees them.

    Nothing goes out without the `lock` that keeps others from sending the same.
    """
    job, settings, cannot = _begin(opened, batch, sends=for_real)
    goes_out, is_held = for_real and not cannot, False
    results: tuple[Sent, ...] = ()
    if goes_out:
        _require_lock(lock, opened.folder)
    gone = job.register_gone()
    opens = open_register if goes_out else read_register
    register: Register | None = opens(opened.folder, job.campaign.id, opened.mail_folder)
    with register or nullcontext():
        job.findings += register.findings if register else ()
        is_held = any(f.code is Code.JOURNAL_UNREADABLE for f in job.findings)
        job.findings += gone if not (register and register.sendings()) else ()
        outbox = _outbox(job, batch, settings, register)
        job.findings += outbox.findings
        job.findings += _deadline_over(job, batch, outbox)
        _write_drafts(job, batch, outbox)
        sender = None
        if goes_out and lock and register and outbox.messages and not is_held:
            sender = _sender(opened, batch, settings, register, lock)
        host = sender.server.host if sender else ""
        if (confirm is None or confirm(outbox, host)) and sender:
            results = _send_all(job, outbox, sender)
            _tidy(job, batch, outbox, results, sender.copies)
    return Mailed(
        campaign=job.campaign,
        findings=tuple(job.findings),
        word=batch.word,
        batch=batch,
        for_real=for_real,
        drafts=opened.mail_folder / batch.word,
        outbox=outbox,
        results=results,
        outcomes=tuple(job.outcomes),
        returns=job.returns,
        cannot_send=bool(cannot) or is_held,
        has_appraisals=batch.kind is not EXPLANATION
        or job.results is None
        or bool(job.results.rounds),
    )


def _deadline_over(job: Job, batch: Batch, outbox: Outbox) -> Iterator[Finding]:
    """Yield a finding where units would be given their work after the day that it is due."""
    deadline, day = job.campaign.info.deadline, job.opened.day
    if batch.kind is DISPATCH and outbox.messages and deadline and deadline < day:
        yield Finding(
            Code.MAIL_DEADLINE_OVER, found=f"{deadline:%d/%m/%Y}", expected=f"{day:%d/%m/%Y}"
        )


def send_to_oneself(opened: Opened, batch: Batch, address: str) -> Tried:
    """Send one message to the clerk alone; nothing is written, recorded or told to a unit."""
    if wrong := what_is_wrong(address):
        raise UsageError(f"Địa chỉ “{address}” để gửi thử không dùng được: {wrong}.")
    job, settings, cannot = _begin(opened, batch, sends=True)
    with (
        read_register(opened.folder, job.campaign.id, opened.mail_folder) or nullcontext() as known
    ):
        # What went out before is looked at as well as what did not.
        outbox = _outbox(job, replace(batch, again=True), settings, known)
    job.findings += outbox.findings
    message = outbox.messages[0] if outbox.messages else None
    sent = False
    if message and settings.outgoing and settings.sender and not cannot:
        secret = find_password(settings.outgoing, partial(password_of, opened))
        try:
            send_trial(message, address, settings.sender.address, settings.outgoing, secret)
            sent = True
        except CannotConnectError as error:
            found, expected = error.why, error.what_to_do
            job.findings.append(Finding(Code.TRIAL_NOT_SENT, found=found, expected=expected))
    return Tried(
        campaign=job.campaign,
        findings=tuple(job.findings),
        word=batch.word,
        address=address,
        message=message if sent else None,
        returns=job.returns,
    )


def _begin(opened: Opened, batch: Batch, *, sends: bool) -> tuple[Job, MailSettings, list[Finding]]:
    """Return a job with the settings of mail, and what of them is in the way of sending."""
    job = Job(opened)
    job.output.claim(job.campaign.id)
    job.findings += second_set(opened)
    settings, findings = read_mail_settings(opened.folder)
    job.findings += findings
    errors = [finding for finding in findings if finding.is_error]
    lacking = lacking_settings(settings) if sends and not errors else []
    job.findings += lacking
    for code in batch.only:
        opened.unit(code)
    return job, settings, errors + lacking


def lacking_settings(settings: MailSettings) -> list[Finding]:
    """Tell what of `thu.toml` is missing for sending."""
    needed = {
        "nguoi_gui": settings.sender,
        "gui.may_chu": settings.outgoing,
    }
    missing = [name for name, value in needed.items() if value is None]
    if not missing:
        return []
    return [Finding(Code.MAIL_SETTINGS_MISSING, SETTINGS_FILE, found=" và ".join(missing))]


def _require_lock(lock: Lock | None, folder: Path) -> None:
    if lock is None:
        raise CchcError(
            f"Chưa gửi thư nào: không ghi được vào thư mục {folder}. Kiểm tra quyền ghi."
        )


# --- making ---


def text_of(
    opened: Opened,
    unit: Unit,
    letter: PaperKind,
    attachments: Sequence[str],
    replaces: dt.date | None = None,
) -> str:
    """Return the text of the message that brings `unit` a letter and the files that are named.

    `replaces` is the day of what they take the place of, None for the first ones.
    Raises TemplateProblemError where the office's own template cannot be used.
    """
    source = find_template(MESSAGE.template, opened.own_templates)
    errors = [f for f in check_template(source.path, MESSAGE.offers()) if f.is_error]
    if errors:
        raise TemplateProblemError(*errors)
    template = TextTemplate(source.path)
    return build_mail_text(opened.campaign, unit, letter, attachments, template, replaces)


def _outbox(job: Job, batch: Batch, settings: MailSettings, register: Register | None) -> Outbox:
    opened = job.opened
    made = register.papers() if register else ()
    checker = AttachmentCheck(
        job.campaign,
        job.output,
        made,
        accepts_old=batch.accepts_old,
        accepts_scans=batch.accepts_scans,
    )
    maker = MessageMaker(
        job.campaign,
        settings,
        checker,
        History.of(register),
        partial(text_of, opened),
        time_of(opened),
        batch.again,
    )
    try:
        wanted = _outgoing(job, batch, settings, maker)
        return maker.fill(e for e in wanted if not batch.only or e.unit.code in batch.only)
    except TemplateProblemError as problem:
        job.findings += problem.findings
        return Outbox(())


def _outgoing(
    job: Job, batch: Batch, settings: MailSettings, maker: MessageMaker
) -> tuple[OutgoingPapers, ...]:
    basis = job.basis
    if batch.kind.from_returns:
        before = list(job.findings)
        basis = replace(basis, results=job.consolidated())
        # What is wrong in returns is for other commands to tell.
        job.findings = before
    if batch.kind is EXPLANATION and basis.results:
        number = batch.round or max(basis.results.rounds, 1)
        basis = replace(basis, number=number, deadline=batch.deadline)
    if batch.kind is REMINDER and basis.results:
        plan = _plan(job, basis.results, batch, settings, maker)
        due, told = plan.numbers.keys() - plan.waiting, maker.history.told_deadlines()
        job.findings += _old_reminders(job, batch, plan, settings, maker)
        basis = replace(basis, number=plan.numbers, only=due, told_deadlines=told)
    return tuple(outgoing_papers(batch.kind, basis))


def _plan(
    job: Job, results: Consolidation, batch: Batch, settings: MailSettings, maker: MessageMaker
) -> ReminderPlan:
    """Return the reminders that are due: made already, or wanted because the deadline is over."""
    due = {result.unit.code for result in owing(results, ONCE_OVERDUE)}
    reminded = [
        result
        for result in owing(results)
        if result.unit.code in due or _has_reminder(job, result.unit)
    ]
    # A day that is still to come brings no reminder nearer.
    today = min(job.opened.day, dt.datetime.now(VIETNAM).date())
    plan = plan_reminders(reminded, maker.history.reminded(), today, settings.days_between)
    job.findings += [f for f in plan.findings if not batch.only or f.unit in batch.only]
    return plan


def _old_reminders(
    job: Job, batch: Batch, plan: ReminderPlan, settings: MailSettings, maker: MessageMaker
) -> Iterator[Finding]:
    """Yield a finding for each reminder that is to go out and tells of a day long past."""
    today, deadline = job.opened.day, job.campaign.info.deadline
    due = {unit: n for unit, n in plan.numbers.items() if unit not in plan.waiting}
    old = maker.history.old_reminders(due, today, deadline, settings.days_between)
    for unit, day in old.items():
        if not batch.only or unit in batch.only:
            found, expected = f"{day:%d/%m/%Y}", f"{today:%d/%m/%Y}"
            about = job.campaign.name_of(unit)
            yield Finding(Code.REMINDER_OLD, about=about, found=found, expected=expected, unit=unit)


def _has_reminder(job: Job, unit: Unit) -> bool:
    files = REMINDER.files_of(job.campaign, unit)
    return any(is_file_there(job.output.path / file) for file in files)


def _write_drafts(job: Job, batch: Batch, outbox: Outbox) -> None:
    """Write the messages as drafts; those that are no longer to be sent move away."""
    folder = f"{MESSAGE.folder}/{batch.word}"
    drafts = [Paper(f"{folder}/{m.name}.eml", m.as_draft) for m in outbox.messages]
    others = [u for u in job.campaign.units if batch.only and u.code not in batch.only]
    there = list_folder(job.output.path / folder, below=False).whole()
    present = sorted(f"{folder}/{path.name}" for path in there if path.suffix == ".eml")
    stems = tuple(job.campaign.paper_name(unit) for unit in others)
    keep = [name for name in present if stems and Path(name).name.startswith(stems)]
    outcome = job.output.write_folder(folder, drafts, keep)
    # Drafts come and go with what is still to be sent; only those that a person changed matter.
    said = tuple(f for f in outcome.findings if f.code is not Code.FILE_OUTDATED)
    job.take(replace(outcome, findings=said))


# --- sending ---


def _sender(
    opened: Opened, batch: Batch, settings: MailSettings, register: Register, lock: Lock
) -> Sender:
    """Return who sends. Raises CchcError where it could not note what it does."""
    if settings.outgoing is None or settings.sender is None:
        raise AssertionError("what is lacking was told before")
    copies = SentCopies(opened.mail_folder / COPIES_FOLDER / batch.word)
    clock = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic, time.sleep)
    address = settings.sender.address
    sender = Sender(settings.outgoing, None, register, copies, address, clock, lambda: lock.is_held)
    sender.check()
    return sender


def _send_all(job: Job, outbox: Outbox, sender: Sender) -> tuple[Sent, ...]:
    sender.secret = find_password(sender.server, partial(password_of, job.opened))
    results: list[Sent] = []
    what, total = "Gửi thư", len(outbox.messages)
    tell = counting(job.opened, what, total)

    def sleep(seconds: float) -> None:
        _stoppable_sleep(seconds, lambda: job.opened.on_progress(what, len(results), total))

    sender.clock = replace(sender.clock, sleep=sleep)
    try:
        for sent in sender.send(outbox.messages):
            results.append(sent)
            tell(sent)
    except (KeyboardInterrupt, StoppedError):
        results += _interrupted(outbox, results, sender.register)
    # Why all of them stopped is told once.
    why = sender.problem.found if sender.problem else None
    told = [s for s in results if s.fate is not MessageFate.LEFT or s.words != why]
    job.findings += (finding for sent in told for finding in _findings_of(sent))
    job.findings += [sender.problem] if sender.problem else []
    return tuple(results)


_SLICE = 0.5
"""For how many seconds nobody who wants the sending to stop is heard while it waits."""


def _stoppable_sleep(seconds: float, look: Callable[[], object]) -> None:
    """Wait, and look again and again meanwhile; what `look` raises ends it."""
    end = time.monotonic() + seconds
    while (rest := end - time.monotonic()) > 0:
        look()
        time.sleep(min(rest, _SLICE))


def _interrupted(outbox: Outbox, results: Sequence[Sent], register: Register) -> Iterator[Sent]:
    """Yield what became of the messages that a clerk's stop, or Ctrl+C, left without a result."""
    known = {sent.message.message_id for sent in results}
    begun = set()
    with suppress(CchcError):
        begun = {s.message_id for s in register.sendings() if s.is_unclear}
    for message in outbox.messages:
        if message.message_id not in known:
            fate = MessageFate.UNCLEAR if message.message_id in begun else MessageFate.LEFT
            yield Sent(message, fate, "đã dừng theo yêu cầu")


def _findings_of(sent: Sent) -> Iterator[Finding]:
    """Yield what there is to know of how a message fared."""

    def finding(code: FindingCode, found: str, expected: str = "") -> Finding:
        unit = sent.message.unit
        return Finding(code, about=unit.name, found=found, expected=expected, unit=unit.code)

    match sent.fate:
        case MessageFate.REFUSED:
            yield finding(Code.MAIL_ADDRESS_REFUSED, sent.words)
        case MessageFate.LEFT:
            yield finding(Code.MAIL_LEFT, sent.words)
        case MessageFate.UNCLEAR:
            yield finding(Code.MAIL_UNCLEAR, sent.message.message_id, "vừa rồi")
        case MessageFate.HANDED_OVER:
            yield finding(Code.MAIL_HANDED_OVER, "vừa được ghi vào sổ", sent.message.unit.code)
    for address in sent.refused:
        yield finding(Code.MAIL_ADDRESS_REFUSED, address)
    if sent.unnoted:
        yield finding(Code.MAIL_NOT_NOTED, sent.fate.value, " và ".join(sent.unnoted))


def _tidy(
    job: Job, batch: Batch, outbox: Outbox, results: Sequence[Sent], copies: SentCopies
) -> None:
    """Leave as drafts only what did not go out; what is sent is sent, also where that fails."""
    gone = {s.message.message_id for s in results if s.fate not in _STAYED}
    sent = [s.message for s in results if s.fate is MessageFate.SENT]
    kept = [copies.place_of(message.name, message.message_id) for message in sent]
    written = tuple(Written(path, Fate.NEW) for path in kept if path.exists())
    job.outcomes = [Outcome(copies.folder.name, written)]
    rest = tuple(m for m in outbox.messages if m.message_id not in gone)
    try:
        _write_drafts(job, batch, Outbox(rest))
    except (CchcError, OSError) as error:
        words = str(error) if isinstance(error, CchcError) else ""
        place = f"{MESSAGE.folder}/{batch.word}"
        job.findings.append(Finding(Code.MAIL_DRAFTS_LEFT, found=words, expected=place))
