"""`cchc gui`: making the messages of a batch, showing them, and sending them when told to."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_office.catalogue.findings import Code, Finding, has_errors, need_a_person
from cchc_office.cli import console, json_output, mail_view
from cchc_office.cli.commands import campaign_command, refuse
from cchc_office.cli.run import (
    DONE,
    NEEDS_A_PERSON,
    NOT_DONE,
    Run,
    consolidate_into,
    mail_folder,
    register_gone,
)
from cchc_office.errors import CchcError, UsageError
from cchc_office.files.folders import is_file_there, list_folder
from cchc_office.files.output_folder import Fate, Outcome, Paper, Written
from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import DISPATCH, EXPLANATION, MESSAGE, REMINDER, PaperKind
from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.files.locking import Lock
    from cchc_office.mail.outbox import Maker, Outbox
    from cchc_office.mail.outgoing import Outgoing
    from cchc_office.mail.reminding import ReminderPlan
    from cchc_office.mail.sending import Sender, Sent
    from cchc_office.mail.settings import MailSettings
    from cchc_office.register import Register, SentCopies

_MOST_NAMED = 10
_YES = ("c", "co", "có", "y", "yes")


@dataclass
class _Batch:
    """What one call of the command is to do."""

    run: Run
    kind: PaperKind
    for_real: bool
    agreed: bool
    only: tuple[str, ...]
    again: bool
    accepts_old: bool
    trial: str = ""
    """Where one message is to go for a look, "" for nowhere."""

    @property
    def word(self) -> str:
        """The kind as the clerk types it, which is also the name of its folder."""
        return self.kind.folder


@campaign_command("gui")
def send(run: Run) -> int:
    """Make the messages, and send them when told to."""
    given = click.get_current_context().params
    if given["again"] and not given["only"]:
        raise UsageError(
            "--gui-lai cần nói rõ gửi lại cho đơn vị nào: thêm --chi MÃ (dùng được nhiều lần)."
        )
    if given["trial"]:
        if given["for_real"]:
            raise UsageError("--thu-toi chỉ gửi thử cho chính mình: không dùng cùng --gui-that.")
        if wrong := what_is_wrong(given["trial"]):
            raise UsageError(f"Địa chỉ “{given['trial']}” sau --thu-toi không dùng được: {wrong}.")
    return _send(
        _Batch(
            run,
            given["kind"],
            given["for_real"],
            given["agreed"],
            given["only"],
            given["again"],
            given["accepts_old"],
            given["trial"] or "",
        )
    )


def _send(batch: _Batch) -> int:
    from cchc_office.mail.settings import read_mail_settings
    from cchc_office.register import open_register, read_register

    run = batch.run
    campaign = run.load()
    if has_errors(campaign.findings):
        return refuse(run, campaign)
    run.output.claim(campaign.id)
    folder = run.file.parent
    settings, findings = read_mail_settings(folder)
    run.findings += findings
    cannot = [f for f in findings if f.is_error] or _lacking(settings, batch)
    run.findings += [f for f in cannot if f not in findings]
    if batch.trial:
        return _try_out(batch, campaign, settings, cannot)
    goes_out, is_held = batch.for_real and not cannot, False
    results: tuple[Sent, ...] = ()
    with _alone(batch, folder) if goes_out else nullcontext() as lock:
        gone = register_gone(run, campaign)
        opened = open_register if goes_out else read_register
        register: Register | None = opened(folder, campaign.id, mail_folder(run))
        try:
            run.findings += register.findings if register else ()
            is_held = any(f.code is Code.JOURNAL_UNREADABLE for f in run.findings)
            run.findings += gone if not (register and register.sendings()) else ()
            outbox = _outbox(batch, campaign, settings, register)
            run.findings += outbox.findings
            _write_drafts(batch, campaign, outbox)
            if not run.as_json:
                mail_view.show_outbox(outbox)
            if lock and register and outbox.messages and not is_held:
                sender = _sender(batch, settings, register, lock)
                _ask(batch, outbox, settings)
                results = _send_all(batch, outbox, sender)
                _tidy(batch, campaign, outbox, results, sender.copies)
        finally:
            if register:
                register.close()
    return _finish(batch, campaign, outbox, results, sending_failed=bool(cannot) or is_held)


@contextmanager
def _alone(batch: _Batch, folder: Path) -> Iterator[Lock]:
    """Let one command at a time send this kind. Raises CchcError where another is sending it."""
    from cchc_office.files.locking import HeldElsewhereError, Lock

    with ExitStack() as stack:
        try:
            lock = stack.enter_context(Lock(folder / f".cchc-gui-{batch.word}.khoa"))
        except HeldElsewhereError as error:
            raise CchcError(
                f"Một lệnh khác đang gửi thư {batch.word} của đợt này ({error}), nên lệnh này chưa "
                "gửi gì. Đợi lệnh đó xong rồi chạy lại: chỉ những thư chưa đi được gửi."
            ) from None
        except OSError as error:
            raise CchcError(
                f"Chưa gửi thư nào: không ghi được vào thư mục {folder}. Kiểm tra quyền ghi."
            ) from error
        yield lock


def _lacking(settings: MailSettings, batch: _Batch) -> list[Finding]:
    """Tell what of `thu.toml` is missing for sending."""
    from cchc_office.mail.settings import SETTINGS_FILE

    if not (batch.for_real or batch.trial):
        return []
    missing = [
        name
        for name, value in (
            ("người gửi (nguoi_gui)", settings.sender),
            ("máy chủ gửi thư ([gui] may_chu)", settings.outgoing),
        )
        if value is None
    ]
    if not missing:
        return []
    return [Finding(Code.MAIL_SETTINGS_MISSING, SETTINGS_FILE, found=" và ".join(missing))]


def _try_out(
    batch: _Batch, campaign: Campaign, settings: MailSettings, cannot: Sequence[Finding]
) -> int:
    """Send one message to the clerk alone; nothing is written, recorded or told to a unit."""
    from cchc_office.mail.connecting import CannotConnectError
    from cchc_office.mail.passwords import find_password
    from cchc_office.mail.trial import send_trial
    from cchc_office.register import read_register

    run = batch.run
    register = read_register(run.file.parent, campaign.id, mail_folder(run))
    try:
        # What went out before is looked at as well as what did not.
        outbox = _outbox(replace(batch, again=True), campaign, settings, register)
    finally:
        if register:
            register.close()
    run.findings += outbox.findings
    message = outbox.messages[0] if outbox.messages else None
    sent = False
    if message and settings.outgoing and settings.sender and not cannot:
        secret = find_password(settings.outgoing.server, _ask_password)
        try:
            send_trial(message, batch.trial, settings.sender.address, settings.outgoing, secret)
            sent = True
        except CannotConnectError as error:
            found, expected = error.why, error.what_to_do
            run.findings.append(Finding(Code.TRIAL_NOT_SENT, found=found, expected=expected))
    status = run.status() if sent else NOT_DONE
    if run.as_json:
        mail_view.print_trial_json(run, campaign, status, batch.trial, message if sent else None)
        return status
    console.show_findings(run.findings)
    click.echo(mail_view.trial_summary(batch.word, batch.trial, message if sent else None))
    return status


# --- making ---


def _outbox(
    batch: _Batch, campaign: Campaign, settings: MailSettings, register: Register | None
) -> Outbox:
    from cchc_office.mail.attachments import Checker
    from cchc_office.mail.outbox import Maker, Outbox
    from cchc_office.register.history import History
    from cchc_office.steps import papers as steps
    from cchc_office.word.templates import TemplateProblemError

    run = batch.run
    history = History.of(register)
    made = register.papers() if register else ()
    checker = Checker(campaign, run.output, made, accepts_old=batch.accepts_old)
    maker = Maker(
        campaign,
        settings,
        checker,
        history,
        lambda unit, kind, names: steps.mail_text(campaign, unit, kind, names, run.own_templates),
        run.now,
        batch.again,
    )
    chosen = _chosen(batch, campaign, _outgoing(batch, campaign, settings, maker))
    try:
        return maker.fill(chosen)
    except TemplateProblemError as problem:
        run.findings += problem.findings
        return Outbox(())


def _messages_in(folder: Path) -> list[Path]:
    return [p for p in list_folder(folder, below=False).whole() if p.suffix == ".eml"]


def _outgoing(
    batch: _Batch, campaign: Campaign, settings: MailSettings, maker: Maker
) -> Sequence[Outgoing]:
    from cchc_office.mail.outgoing import outgoing_papers
    from cchc_office.papers.basis import Basis
    from cchc_office.word.templates import TemplateProblemError

    run = batch.run
    basis = Basis(campaign, run.profile, run.own_templates)
    if batch.kind is not DISPATCH:
        before = list(run.findings)
        consolidate_into(run, campaign)
        # What is wrong in returns is for other commands to tell.
        run.findings = before
        basis = replace(basis, results=run.data)
    if batch.kind is EXPLANATION and run.data:
        number = run.round or max(run.data.rounds, 1)
        basis = replace(basis, number=number, deadline=run.explanation_deadline)
    if batch.kind is REMINDER:
        plan = _plan(batch, settings, maker)
        basis = replace(basis, number=plan.numbers, only=plan.numbers.keys() - plan.waiting)
    try:
        return tuple(outgoing_papers(batch.kind, basis))
    except TemplateProblemError as problem:
        run.findings += problem.findings
        return ()


def _plan(batch: _Batch, settings: MailSettings, maker: Maker) -> ReminderPlan:
    """Return the reminders that are due: made already, or wanted because the deadline is over."""
    from cchc_office.mail.reminding import ReminderPlan, plan_reminders
    from cchc_office.steps import papers as steps

    run = batch.run
    if run.data is None:
        return ReminderPlan({})
    reminded = maker.history.reminded()
    due = {result.unit.code for result in steps.owing(run.data, steps.ONCE_OVERDUE)}
    owing = [
        result
        for result in steps.owing(run.data)
        if result.unit.code in due or _has_reminder(run, maker.campaign, result.unit)
    ]
    # A day that is still to come brings no reminder nearer.
    today = min(run.day, dt.datetime.now(VIETNAM).date())
    plan = plan_reminders(owing, reminded, today, settings.days_between)
    run.findings += [f for f in plan.findings if not batch.only or f.unit in batch.only]
    return plan


def _has_reminder(run: Run, campaign: Campaign, unit: Unit) -> bool:
    files = REMINDER.files_of(campaign, unit)
    return any(is_file_there(run.output.path / file) for file in files)


def _chosen(batch: _Batch, campaign: Campaign, outgoing: Sequence[Outgoing]) -> Sequence[Outgoing]:
    codes = [unit.code for unit in campaign.units]
    for code in batch.only:
        if code not in codes:
            near = difflib.get_close_matches(code, codes, n=2, cutoff=0.4)
            others = f" Gần giống: {', '.join(near)}." if near else ""
            raise UsageError(f"Không có đơn vị nào mang mã “{code}”.{others}")
    return [e for e in outgoing if not batch.only or e.unit.code in batch.only]


def _write_drafts(batch: _Batch, campaign: Campaign, outbox: Outbox) -> None:
    """Write the messages as drafts; those that are no longer to be sent move away."""
    folder = f"{MESSAGE.folder}/{batch.word}"
    papers = [Paper(f"{folder}/{m.name}.eml", m.as_draft) for m in outbox.messages]
    others = [u for u in campaign.units if batch.only and u.code not in batch.only]
    present = sorted(
        path.relative_to(batch.run.output.path).as_posix()
        for path in _messages_in(batch.run.output.path / folder)
    )
    stems = tuple(campaign.paper_name(unit) for unit in others)
    keep = [name for name in present if stems and Path(name).name.startswith(stems)]
    outcome = batch.run.output.write_folder(folder, papers, keep)
    # Drafts come and go with what is still to be sent; only those that a person changed matter.
    said = tuple(f for f in outcome.findings if f.code is not Code.FILE_OUTDATED)
    batch.run.take(replace(outcome, findings=said))


# --- sending ---


def _ask(batch: _Batch, outbox: Outbox, settings: MailSettings) -> None:
    """Ask once whether all of it shall go out; raises click.Abort where it shall not."""
    if batch.agreed or settings.outgoing is None:
        return
    codes = [message.unit.code for message in outbox.messages]
    named = ", ".join(codes[:_MOST_NAMED])
    rest = f" và {len(codes) - _MOST_NAMED} đơn vị nữa" if len(codes) > _MOST_NAMED else ""
    question = (
        f"Gửi thật {len(codes)} thư cho {named}{rest}, qua {settings.outgoing.server.host}? (c/k)"
    )
    answer = click.prompt(question, default="k", show_default=False, err=True)
    if str(answer).strip().lower() not in _YES:
        raise click.Abort


def _sender(batch: _Batch, settings: MailSettings, register: Register, lock: Lock) -> Sender:
    """Return who sends. Raises CchcError where it could not note what it does."""
    import time

    from cchc_office.mail.sending import Clock, Sender
    from cchc_office.register import COPIES_FOLDER, SentCopies

    if settings.outgoing is None or settings.sender is None:
        raise AssertionError("what is lacking was told before")
    copies = SentCopies(mail_folder(batch.run) / COPIES_FOLDER / batch.word)
    clock = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic, time.sleep)
    address = settings.sender.address
    sender = Sender(settings.outgoing, None, register, copies, address, clock, lambda: lock.is_held)
    sender.check()
    return sender


def _send_all(batch: _Batch, outbox: Outbox, sender: Sender) -> tuple[Sent, ...]:
    from cchc_office.mail.passwords import find_password
    from cchc_office.mail.sending import Fate

    sender.secret = find_password(sender.server.server, _ask_password)
    results: list[Sent] = []
    try:
        with console.progress("Gửi thư", len(outbox.messages)) as bar:
            for sent in sender.send(outbox.messages):
                results.append(sent)
                bar(sent)
    except KeyboardInterrupt:
        results += _interrupted(outbox, results, sender.register)
    # Why all of them stopped is told once.
    why = sender.problem.found if sender.problem else None
    told = [s for s in results if s.fate is not Fate.LEFT or s.words != why]
    batch.run.findings += mail_view.result_findings(told)
    batch.run.findings += [sender.problem] if sender.problem else []
    return tuple(results)


def _interrupted(outbox: Outbox, results: Sequence[Sent], register: Register) -> Iterator[Sent]:
    """Yield what became of the messages that a clerk's Ctrl+C left without a result."""
    from cchc_office.mail.sending import Fate, Sent

    known = {sent.message.message_id for sent in results}
    begun = set()
    with suppress(CchcError):
        begun = {s.message_id for s in register.sendings() if s.is_unclear}
    for message in outbox.messages:
        if message.message_id not in known:
            fate = Fate.UNCLEAR if message.message_id in begun else Fate.LEFT
            yield Sent(message, fate, "đã dừng theo yêu cầu")


def _ask_password(account: str) -> str:
    try:
        return console.ask_secret(f"Mật khẩu thư của {account}")
    except click.Abort:
        raise CchcError(
            "Chưa có mật khẩu thư, nên chưa gửi gì. Gõ mật khẩu khi được hỏi, hoặc cất nó vào kho "
            "mật khẩu của máy: xem docs/gui-thu.md."
        ) from None


def _tidy(
    batch: _Batch,
    campaign: Campaign,
    outbox: Outbox,
    results: Sequence[Sent],
    copies: SentCopies,
) -> None:
    """Leave as drafts only what did not go out; what is sent is sent, also where that fails."""
    from cchc_office.mail.sending import Fate as FateOfMail

    stayed = (FateOfMail.LEFT, FateOfMail.REFUSED)
    gone = {s.message.message_id for s in results if s.fate not in stayed}
    sent = [s.message for s in results if s.fate is FateOfMail.SENT]
    kept = [copies.place_of(message.name, message.message_id) for message in sent]
    written = tuple(Written(path, Fate.NEW) for path in kept if path.exists())
    batch.run.outcomes.clear()
    batch.run.outcomes.append(Outcome(copies.folder.name, written))
    rest = tuple(m for m in outbox.messages if m.message_id not in gone)
    try:
        _write_drafts(batch, campaign, type(outbox)(rest))
    except (CchcError, OSError) as error:
        words = str(error) if isinstance(error, CchcError) else ""
        place = f"{MESSAGE.folder}/{batch.word}"
        batch.run.findings.append(Finding(Code.MAIL_DRAFTS_LEFT, found=words, expected=place))


# --- showing ---


def _finish(
    batch: _Batch,
    campaign: Campaign,
    outbox: Outbox,
    results: Sequence[Sent],
    *,
    sending_failed: bool,
) -> int:
    run = batch.run
    findings = tuple(run.findings)
    went_wrong = batch.for_real and (sending_failed or mail_view.nothing_sent(outbox, results))
    status = NOT_DONE if went_wrong else NEEDS_A_PERSON if need_a_person(findings) else DONE
    if run.as_json:
        _print_json(batch, campaign, outbox, results, status)
        return status
    console.show_findings(findings)
    click.echo(mail_view.summary(batch.word, outbox, results))
    if not batch.for_real and outbox.messages:
        click.echo(
            f"Chưa gửi gì; thư đã soạn nằm ở {run.output.path / MESSAGE.folder / batch.word}. "
            "Để gửi thật, chạy lại lệnh này với --gui-that."
        )
    elif batch.for_real and outbox.messages and not results:
        click.echo(
            f"Chưa gửi gì; thư đã soạn nằm ở {run.output.path / MESSAGE.folder / batch.word}."
        )
    elif batch.kind is EXPLANATION and run.data and not run.data.rounds:
        click.echo("Chưa có bảng thẩm định nào gửi về, nên chưa có gì phải giải trình.")
    return status


def _print_json(
    batch: _Batch,
    campaign: Campaign,
    outbox: Outbox,
    results: Sequence[Sent],
    status: int,
) -> None:
    run = batch.run
    fates = {sent.message.message_id: sent for sent in results}
    json_output.print_json(
        run.command,
        status,
        dot=campaign.id,
        gui_that=batch.for_real,
        tep_doc=json_output.files_as_json(run.file, run.returns),
        tep_ghi=json_output.written_as_json(run.outcomes),
        thu=[
            mail_view.message_as_json(message, fates.get(message.message_id))
            for message in outbox.messages
        ],
        da_gui_truoc=[unit.code for unit in outbox.sent_before],
        phat_hien=json_output.findings_as_json(tuple(run.findings)),
    )
