"""What `cchc gui` shows: the messages that were made, and how they fared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.cli import json_output

if TYPE_CHECKING:
    from cchc_office.cli.run import Run
    from cchc_office.mail.outbox import Message, Outbox
    from cchc_office.mail.sending import Sent
    from cchc_office.model import Campaign


def show_outbox(outbox: Outbox) -> None:
    """Print the messages that were made."""
    for message in outbox.messages:
        click.secho(f"{message.unit.code}: {message.unit.name}", bold=True)
        click.echo(f"    Gửi đến:   {', '.join(message.to)}")
        if message.copy_to:
            click.echo(f"    Đồng gửi:  {', '.join(message.copy_to)}")
        click.echo(f"    Tiêu đề:   {message.subject}")
        click.echo(f"    Gửi kèm:   {', '.join(message.attachments)}")
    if outbox.messages:
        click.echo()


def result_findings(results: Sequence[Sent]) -> list[Finding]:
    """Return what there is to know of how messages fared."""
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
        elif sent.fate is Fate.HANDED_OVER:
            found = "vừa được ghi vào sổ"
            findings.append(
                Finding(Code.MAIL_HANDED_OVER, about=name, found=found, expected=code, unit=code)
            )
        findings += [
            Finding(Code.MAIL_ADDRESS_REFUSED, about=name, found=each, unit=code)
            for each in sent.refused
        ]
        if sent.unnoted:
            where = " và ".join(sent.unnoted)
            fate = sent.fate.value
            findings.append(
                Finding(Code.MAIL_NOT_NOTED, about=name, found=fate, expected=where, unit=code)
            )
    return findings


def nothing_sent(outbox: Outbox, results: Sequence[Sent]) -> bool:
    """Tell whether nothing at all can have gone out, though there was something."""
    from cchc_office.mail.sending import Fate

    stayed = (Fate.LEFT, Fate.REFUSED)
    return bool(outbox.messages) and all(s.fate in stayed for s in results)


def summary(word: str, outbox: Outbox, results: Sequence[Sent]) -> str:
    """Return the closing line: how many messages of the kind called `word` fared how."""
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
    return f"Thư {word}: {', '.join(parts)}."


def message_as_json(message: Message, sent: Sent | None) -> dict[str, Any]:
    """Return a message and what became of it."""
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


def trial_summary(word: str, address: str, message: Message | None) -> str:
    """Return what is said of a message that was sent to the clerk alone, None where none was."""
    if message is None:
        return "Chưa gửi thử được thư nào."
    return (
        f"Đã gửi thử thư {word} của {message.unit.name} đến {address}, kèm "
        f"{', '.join(message.attachments)}. Sổ không ghi gì; chưa đơn vị nào được gửi."
    )


def print_trial_json(
    run: Run, campaign: Campaign, status: int, address: str, message: Message | None
) -> None:
    """Print the same for machines."""
    json_output.print_json(
        run.command,
        status,
        dot=campaign.id,
        tep_doc=json_output.files_as_json(run.file, run.returns),
        gui_thu=address if message else "",
        don_vi=message.unit.code if message else "",
        phat_hien=json_output.findings_as_json(tuple(run.findings)),
    )
