"""`cchc gui`: making the messages of a batch, showing them, and sending them when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cchc_office.cli import console, json_output, mail_trial, options
from cchc_office.cli.command import Call, command
from cchc_office.errors import UsageError
from cchc_office.steps.values import letters
from cchc_office.text.shortening import some_of

if TYPE_CHECKING:
    from cchc_office.steps.mailing import Mailed, Outbox, Tried

_MOST_NAMED = 11
_YES = ("c", "co", "có", "y", "yes")


@command(
    "gui",
    *(options.CAMPAIGN, options.OUTPUT, *options.READING),
    options.mail_kind(
        f"Gửi gì: {', '.join(f'{one.folder} ({one.title})' for one in letters())}.", required=True
    ),
    options.flag("--gui-that", "for_real", text="Gửi thật (mặc định: chỉ soạn)."),
    options.flag("--dong-y", "agreed", text="Không hỏi lại trước khi gửi thật."),
    options.ONLY,
    options.flag(
        "--gui-lai",
        "again",
        text="Gửi thêm một thư cho các đơn vị nêu ở --chi, dù đã gửi hay đã giao cách khác.",
    ),
    options.valued(
        "--thu-toi",
        "trial",
        metavar="ĐỊA_CHỈ",
        text="Gửi thử một thư (thư đầu, hay của đơn vị ở --chi) đến địa chỉ này, không ghi vào sổ.",
    ),
    mail_trial.OPTION,
    options.flag("--ban-sua", "accepts_old", text="Gửi cả văn bản đã sửa tay trên một bản cũ."),
    options.flag(
        "--ban-quet", "accepts_scans", text="Gửi cả bản quét đã ký mà máy không đọc được chữ."
    ),
    *(options.ROUND, options.DEADLINE),
)
def send(call: Call) -> int:
    """Make the messages, and send them when told to."""
    own = ("only", "accepts_old", "accepts_scans", "round", "deadline")
    batch = {name: call[name] for name in own}
    if call["only_connect"]:
        return mail_trial.connect(call, incoming=False)
    if call["trial"]:
        if call["for_real"]:
            raise UsageError("--thu-toi chỉ gửi thử cho chính mình: không dùng cùng --gui-that.")
        return _tried(call, call.open().send_to_oneself(call["kind"], call["trial"], **batch))

    def confirm(outbox: Outbox, server: str) -> bool:
        """Show the messages and ask once; raises click.Abort where nothing shall go out."""
        call.bars.close()
        if not call.as_json:
            _show_outbox(outbox)
        if server and not call["agreed"]:
            _ask(outbox, server)
        return True

    for_real, again = call["for_real"], call["again"]
    folder = call.open()
    return _mailed(
        call, folder.send(call["kind"], for_real=for_real, again=again, confirm=confirm, **batch)
    )


def _ask(outbox: Outbox, server: str) -> None:
    codes = [message.unit.code for message in outbox.messages]
    named = some_of(codes, _MOST_NAMED, "đơn vị")
    question = f"Gửi thật {len(codes)} thư cho {named}, qua {server}? (c/k)"
    answer = click.prompt(question, default="k", show_default=False, err=True)
    if str(answer).strip().lower() not in _YES:
        raise click.Abort


def _show_outbox(outbox: Outbox) -> None:
    for message in outbox.messages:
        click.secho(f"{message.unit.code}: {message.unit.name}", bold=True)
        click.echo(f"    Gửi đến:   {', '.join(message.to)}")
        if message.copy_to:
            click.echo(f"    Đồng gửi:  {', '.join(message.copy_to)}")
        click.echo(f"    Tiêu đề:   {message.subject}")
        click.echo(f"    Gửi kèm:   {', '.join(message.attachments)}")
    if outbox.messages:
        click.echo()


def _mailed(call: Call, mailed: Mailed) -> int:
    def parts() -> dict[str, Any]:
        return {
            "dot": mailed.campaign.id,
            "gui_that": mailed.for_real,
            "tep_doc": json_output.files_as_json(call.opened.file, mailed.returns),
            "tep_ghi": json_output.written_as_json(mailed.written),
            "thu": [
                {
                    "don_vi": message.unit.code,
                    "lan": message.reminder,
                    "den": list(message.to),
                    "dong_gui": list(message.copy_to),
                    "tieu_de": message.subject,
                    "gui_kem": list(message.attachments),
                    "message_id": message.message_id,
                    "ket_qua": fate,
                    "loi_may_chu": words,
                }
                for message, fate, words in mailed.fates()
            ],
            "da_gui_truoc": [unit.code for unit in mailed.outbox.sent_before],
        }

    def show() -> None:
        console.show_findings(mailed.findings)
        click.echo(f"{mailed.words}.")
        left = bool(mailed.outbox.messages) and not mailed.results
        if left:
            how = "" if mailed.for_real else " Để gửi thật, chạy lại lệnh này với --gui-that."
            click.echo(f"Thư đã soạn nằm ở {mailed.drafts}.{how}")
        elif not mailed.has_appraisals:
            click.echo("Chưa có bảng thẩm định nào gửi về, nên chưa có gì phải giải trình.")

    return call.answer(mailed, parts, show)


def _tried(call: Call, tried: Tried) -> int:
    message = tried.message

    def parts() -> dict[str, Any]:
        return {
            "dot": tried.campaign.id,
            "tep_doc": json_output.files_as_json(call.opened.file, tried.returns),
            "gui_thu": tried.address if message else "",
            "don_vi": message.unit.code if message else "",
        }

    def show() -> None:
        console.show_findings(tried.findings)
        if message is None:
            click.echo("Chưa gửi thử được thư nào.")
            return
        click.echo(
            f"Đã gửi thử thư {tried.word} của {message.unit.name} đến {tried.address}, kèm "
            f"{', '.join(message.attachments)}. Sổ không ghi gì; chưa đơn vị nào được gửi."
        )

    return call.answer(tried, parts, show)
