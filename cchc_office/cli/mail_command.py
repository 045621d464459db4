"""`cchc gui`: making the messages of a batch, showing them, and sending them when told to."""

from __future__ import annotations

import datetime as dt
import difflib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console, json_output
from cchc_office.cli.commands import campaign_command, refuse
from cchc_office.cli.options import MAIL_KINDS
from cchc_office.cli.run import DONE, NEEDS_A_PERSON, NOT_DONE, Run, consolidate_into
from cchc_office.errors import CchcError, UsageError
from cchc_office.files import EXPLANATION_FOLDER, MAIL_FOLDER, Paper
from cchc_office.findings import Code, Finding, has_errors, need_a_person
from cchc_office.folders import is_file_there, list_folder
from cchc_office.model import MOST_REMINDERS, Campaign, MailKind, Unit
from cchc_office.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.mail.errands import Errand, Office
    from cchc_office.mail.outbox import Maker, Message, Outbox
    from cchc_office.mail.register import Register
    from cchc_office.mail.sending import Sent
    from cchc_office.mail.settings import MailSettings

_SENT_FOLDER = f"{MAIL_FOLDER}/da-gui"
_MOST_NAMED = 10
_YES = ("c", "co", "có", "y", "yes")


@dataclass
class _Batch:
    """What one call of the command is to do."""

    run: Run
    kind: MailKind
    for_real: bool
    agreed: bool
    only: tuple[str, ...]
    again: bool
    accepts_old: bool

    @property
    def word(self) -> str:
        """The kind as the clerk types it, which is also the name of its folder."""
        return next(word for word, kind in MAIL_KINDS.items() if kind is self.kind)


@campaign_command(
    "gui",
    "Soạn thư gửi từng đơn vị văn bản của đơn vị đó; chỉ gửi khi có --gui-that, không gửi hai lần.",
)
def send(run: Run) -> int:
    """Make the messages, and send them when told to."""
    given = click.get_current_context().params
    return _send(
        _Batch(
            run,
            given["kind"],
            given["for_real"],
            given["agreed"],
            given["only"],
            given["again"],
            given["accepts_old"],
        )
    )


def _send(batch: _Batch) -> int:
    from cchc_office.mail.register import open_register, read_register
    from cchc_office.mail.settings import read_mail_settings

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
    opened = open_register if batch.for_real and not cannot else read_register
    register: Register | None = opened(folder, campaign.id)
    try:
        run.findings += register.findings if register else ()
        outbox = _outbox(batch, campaign, settings, register)
        run.findings += outbox.findings
        _write_drafts(batch, campaign, outbox)
        _show_outbox(batch, outbox)
        results: tuple[Sent, ...] = ()
        if batch.for_real and not cannot and register and outbox.messages:
            _ask(batch, outbox, settings)
            results = _send_all(batch, outbox, settings, register)
            _write_sent(batch, campaign, outbox, results)
    finally:
        if register:
            register.close()
    return _finish(batch, campaign, outbox, results, sending_failed=bool(cannot))


def _lacking(settings: MailSettings, batch: _Batch) -> list[Finding]:
    """Tell what of `thu.toml` is missing for sending."""
    from cchc_office.mail.settings import SETTINGS_FILE

    if not batch.for_real:
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


# --- making ---


def _outbox(
    batch: _Batch, campaign: Campaign, settings: MailSettings, register: Register | None
) -> Outbox:
    from cchc_office import steps
    from cchc_office.mail.attachments import Checker
    from cchc_office.mail.history import History
    from cchc_office.mail.outbox import Maker

    run = batch.run
    history = History.of(register)
    made = register.papers() if register else ()
    checker = Checker(campaign, run.output, made, accepts_old=batch.accepts_old)
    sent = _messages_in(run.output.path / _SENT_FOLDER / batch.word)
    maker = Maker(
        campaign,
        settings,
        checker,
        history,
        lambda unit, kind, names: steps.mail_text(campaign, unit, kind, names, run.own_templates),
        run.now,
        batch.again,
        frozenset(path.stem for path in sent),
    )
    return maker.fill(_chosen(batch, campaign, _errands(batch, campaign, settings, maker)))


def _messages_in(folder: Path) -> list[Path]:
    return [p for p in list_folder(folder, below=False).whole() if p.suffix == ".eml"]


def _errands(
    batch: _Batch, campaign: Campaign, settings: MailSettings, maker: Maker
) -> Sequence[Errand]:
    from cchc_office.mail import errands
    from cchc_office.templating import TemplateProblemError

    run = batch.run
    office = errands.Office(run.own_templates, run.profile)
    if batch.kind is not MailKind.TASKS:
        before = list(run.findings)
        consolidate_into(run, campaign)
        # What is wrong in returns is for other commands to tell.
        run.findings = before
    try:
        if batch.kind is MailKind.TASKS:
            return tuple(errands.task_errands(campaign, office))
        if batch.kind is MailKind.EXPLANATION:
            return _explanations(batch, maker, office)
        return _reminders(batch, settings, maker, office)
    except TemplateProblemError as problem:
        run.findings += problem.findings
        return ()


def _reminders(
    batch: _Batch, settings: MailSettings, maker: Maker, office: Office
) -> Sequence[Errand]:
    """Return the reminders that are due: made already, or wanted because the deadline is over."""
    from cchc_office import steps
    from cchc_office.mail import errands
    from cchc_office.mail.reminding import plan_reminders

    run = batch.run
    if run.data is None or run.returns is None:
        return ()
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
    wanted = [result for result in owing if result.unit.code not in plan.waiting]
    past = errands.Past(run.day, maker.checker.papers)
    return tuple(
        errands.reminder_errands(run.data, run.returns, wanted, plan.numbers, past, office)
    )


def _explanations(batch: _Batch, maker: Maker, office: Office) -> Sequence[Errand]:
    from cchc_office.mail import errands

    run = batch.run
    if run.data is None or run.returns is None:
        return ()
    deadlines: list[dt.date | None] = [run.explanation_deadline]
    if run.explanation_deadline is None:
        # Letters that were made with a deadline of their own are not out of date for it.
        letters = errands.days_in_letters(run.output.path / EXPLANATION_FOLDER)
        deadlines = [maker.campaign.info.explanation_deadline, *letters]
    number = run.round or max(run.data.rounds, 1)
    past = errands.Past(run.day, maker.checker.papers)
    return tuple(
        errands.explanation_errands(run.data, run.returns, number, deadlines, past, office)
    )


def _has_reminder(run: Run, campaign: Campaign, unit: Unit) -> bool:
    from cchc_office.paper_names import reminder_file

    times = range(1, MOST_REMINDERS + 1)
    return any(is_file_there(run.output.path / reminder_file(campaign, unit, n)) for n in times)


def _chosen(batch: _Batch, campaign: Campaign, errands: Sequence[Errand]) -> Sequence[Errand]:
    codes = [unit.code for unit in campaign.units]
    for code in batch.only:
        if code not in codes:
            near = difflib.get_close_matches(code, codes, n=2, cutoff=0.4)
            others = f" Gần giống: {', '.join(near)}." if near else ""
            raise UsageError(f"Không có đơn vị nào mang mã “{code}”.{others}")
    return [e for e in errands if not batch.only or e.unit.code in batch.only]


def _write_drafts(batch: _Batch, campaign: Campaign, outbox: Outbox) -> None:
    """Write the messages as drafts; those that are no longer to be sent move away."""
    folder = f"{MAIL_FOLDER}/{batch.word}"
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


def _send_all(
    batch: _Batch, outbox: Outbox, settings: MailSettings, register: Register
) -> tuple[Sent, ...]:
    import time

    from cchc_office.mail.passwords import find_password
    from cchc_office.mail.sending import Clock, Fate, Sender

    if settings.outgoing is None or settings.sender is None:
        return ()
    secret = find_password(settings.outgoing.server, _ask_password)
    clock = Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic, time.sleep)
    sender = Sender(settings.outgoing, secret, register, settings.sender.address, clock)
    results: list[Sent] = []
    try:
        with console.progress("Gửi thư", len(outbox.messages)) as bar:
            for sent in sender.send(outbox.messages):
                results.append(sent)
                bar(sent)
    except KeyboardInterrupt:
        results += _interrupted(outbox, results, register)
    except sqlite3.Error as error:
        raise CchcError(
            "Đã dừng gửi: không ghi được sổ theo dõi. Xem đĩa còn chỗ không, rồi xem "
            f"các thư không rõ: cchc so xu-ly {batch.run.source}"
        ) from error
    # Why all of them stopped is told once.
    why = sender.problem.found if sender.problem else None
    told = [s for s in results if s.fate is not Fate.LEFT or s.words != why]
    batch.run.findings += _result_findings(told)
    batch.run.findings += [sender.problem] if sender.problem else []
    return tuple(results)


def _interrupted(outbox: Outbox, results: Sequence[Sent], register: Register) -> Iterator[Sent]:
    """Yield what became of the messages that a clerk's Ctrl+C left without a result."""
    from cchc_office.mail.sending import Fate, Sent

    known = {sent.message.message_id for sent in results}
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


def _result_findings(results: Sequence[Sent]) -> list[Finding]:
    from cchc_office.mail.sending import Fate

    findings: list[Finding] = []
    for sent in results:
        name, code, words = sent.message.unit.name, sent.message.unit.code, sent.words
        if sent.fate is Fate.REFUSED:
            findings.append(Finding(Code.MAIL_ADDRESS_REFUSED, about=name, found=words, unit=code))
        elif sent.fate is Fate.LEFT:
            findings.append(Finding(Code.MAIL_LEFT, about=name, found=words, unit=code))
        elif sent.fate is Fate.UNCLEAR:
            found = sent.message.message_id
            findings.append(
                Finding(Code.MAIL_UNCLEAR, about=name, found=found, expected="vừa rồi", unit=code)
            )
        findings += [
            Finding(Code.MAIL_ADDRESS_REFUSED, about=name, found=each, unit=code)
            for each in sent.refused
        ]
    return findings


def _write_sent(batch: _Batch, campaign: Campaign, outbox: Outbox, results: Sequence[Sent]) -> None:
    """Keep what went out as it went out, and leave as drafts only what did not."""
    from cchc_office.mail.sending import Fate

    stayed = (Fate.LEFT, Fate.REFUSED)
    gone = {s.message.message_id for s in results if s.fate not in stayed}
    sent = {s.message.message_id for s in results if s.fate is Fate.SENT}
    folder = f"{_SENT_FOLDER}/{batch.word}"
    papers = [
        Paper(f"{folder}/{m.name}.eml", m.content) for m in outbox.messages if m.message_id in sent
    ]
    output = batch.run.output
    earlier = [
        path.relative_to(output.path).as_posix() for path in _messages_in(output.path / folder)
    ]
    batch.run.outcomes.clear()
    batch.run.take(output.write_folder(folder, papers, earlier))
    rest = tuple(m for m in outbox.messages if m.message_id not in gone)
    _write_drafts(batch, campaign, type(outbox)(rest))


# --- showing ---


def _show_outbox(batch: _Batch, outbox: Outbox) -> None:
    if batch.run.as_json:
        return
    for message in outbox.messages:
        click.secho(f"{message.unit.code}: {message.unit.name}", bold=True)
        click.echo(f"    Gửi đến:   {', '.join(message.to)}")
        if message.copy_to:
            click.echo(f"    Đồng gửi:  {', '.join(message.copy_to)}")
        click.echo(f"    Tiêu đề:   {message.subject}")
        click.echo(f"    Gửi kèm:   {', '.join(message.attachments)}")
    if outbox.messages:
        click.echo()


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
    went_wrong = batch.for_real and (sending_failed or _nothing_sent(outbox, results))
    status = NOT_DONE if went_wrong else NEEDS_A_PERSON if need_a_person(findings) else DONE
    if run.as_json:
        _print_json(batch, campaign, outbox, results, status)
        return status
    console.show_findings(findings)
    click.echo(_summary(batch, outbox, results))
    if not batch.for_real and outbox.messages:
        click.echo(
            f"Chưa gửi gì; thư đã soạn nằm ở {run.output.path / MAIL_FOLDER / batch.word}. "
            "Để gửi thật, chạy lại lệnh này với --gui-that."
        )
    elif batch.for_real and outbox.messages and not results:
        click.echo(f"Chưa gửi gì; thư đã soạn nằm ở {run.output.path / MAIL_FOLDER / batch.word}.")
    elif batch.kind is MailKind.EXPLANATION and run.data and not run.data.rounds:
        click.echo("Chưa có bảng thẩm định nào gửi về, nên chưa có gì phải giải trình.")
    return status


def _nothing_sent(outbox: Outbox, results: Sequence[Sent]) -> bool:
    from cchc_office.mail.sending import Fate

    return bool(outbox.messages) and not any(s.fate is Fate.SENT for s in results)


def _summary(batch: _Batch, outbox: Outbox, results: Sequence[Sent]) -> str:
    blocked = len({f.unit for f in outbox.findings if f.is_error and f.unit})
    unclear = sum(f.code is Code.MAIL_UNCLEAR for f in outbox.findings)
    parts = []
    if results:
        from cchc_office.mail.sending import Fate

        counts = {fate: sum(sent.fate is fate for sent in results) for fate in Fate}
        parts += [f"{count} {fate.value}" for fate, count in counts.items() if count]
    else:
        parts.append(f"{len(outbox.messages)} thư soạn xong")
    if outbox.sent_before:
        parts.append(f"{len(outbox.sent_before)} đã gửi từ trước")
    if unclear:
        parts.append(f"{unclear} không rõ từ trước")
    if blocked:
        parts.append(f"{blocked} đơn vị chưa gửi được")
    return f"Thư {batch.word}: {', '.join(parts)}."


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
        thu=[_as_json(message, fates.get(message.message_id)) for message in outbox.messages],
        da_gui_truoc=[unit.code for unit in outbox.sent_before],
        phat_hien=json_output.findings_as_json(tuple(run.findings)),
    )


def _as_json(message: Message, sent: Sent | None) -> dict[str, Any]:
    return {
        "don_vi": message.unit.code,
        "lan": message.reminder,
        "den": list(message.to),
        "dong_gui": list(message.copy_to),
        "tieu_de": message.subject,
        "gui_kem": list(message.attachments),
        "message_id": message.message_id,
        "ket_qua": sent.fate.value if sent else "đã soạn",
        "loi_may_chu": sent.words if sent else "",
    }
