"""`cchc so`: the register of who has what, and what only a person can record in it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office import campaign as campaigns
from cchc_office.catalogue.findings import Code, Finding, has_errors, need_a_person
from cchc_office.cli import console, json_output, register_view
from cchc_office.cli.commands import refuse
from cchc_office.cli.group import cli
from cchc_office.cli.options import options_of
from cchc_office.cli.register_place import WHICH_CAMPAIGN, Place, place_of, units_of
from cchc_office.cli.run import (
    DONE,
    NEEDS_A_PERSON,
    Run,
    consolidate_into,
    mail_folder,
    register_gone,
    returns_folder,
    run_of,
)
from cchc_office.cli.vietnamese_click import PATH, VietnameseCommand, VietnameseGroup
from cchc_office.errors import UsageError
from cchc_office.files.folders import list_folder
from cchc_office.files.output_folder import Paper
from cchc_office.model import Campaign
from cchc_office.papers.kinds import REGISTER_BOOK
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.register import Register, Sending
    from cchc_office.register.doubts import Doubt
    from cchc_office.register.standing import Standing

_SHOW = "xem"
_OF_SENDERS = (
    Code.UNCONFIRMED_RETURN,
    Code.UNCONFIRMED_NOT_COUNTED,
    Code.UNCONFIRMED_APPRAISAL,
)


class _RegisterGroup(VietnameseGroup):
    """What follows `so` is a campaign to show, unless it is one of the commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the usual command in front where none is named."""
        inside = Path(campaigns.CAMPAIGN_FILE).is_file()
        if args[0] not in (*self.commands, "--help") if args else inside:
            args = [_SHOW, *args]
        return super().parse_args(ctx, args)


@cli.group(
    "so",
    cls=_RegisterGroup,
    subcommand_metavar="[ĐỢT_CHẤM]",
    epilog="cchc so ĐỢT_CHẤM là viết gọn của cchc so xem ĐỢT_CHẤM.",
)
def register_group() -> None:
    """Hold the commands of the register together."""


# --- showing ---


def _show(**given: Any) -> int:
    """Show where each unit stands."""
    run = run_of("so", {**given, "campaign": given["campaign"] or Path()})
    campaign = run.load()
    if has_errors(campaign.findings):
        return refuse(run, campaign)
    standing = _standing(run, campaign)
    if given["as_sheet"]:
        _write_sheet(run, campaign, standing)
    run.findings += _unclear_findings(campaign, standing.unclear())
    run.findings += standing.undelivered()
    status = NEEDS_A_PERSON if need_a_person(tuple(run.findings)) else DONE
    if run.as_json:
        json_output.print_json(
            run.command,
            status,
            dot=campaign.id,
            tep_doc=json_output.files_as_json(run.file, run.returns),
            tep_ghi=json_output.written_as_json(run.outcomes),
            phat_hien=json_output.findings_as_json(tuple(run.findings)),
            **register_view.standing_as_json(standing),
        )
        return status
    register_view.show_standing(standing, run.day)
    console.show_findings(run.findings)
    for outcome in run.outcomes:
        click.echo(f"Đã ghi {', '.join(str(written.path) for written in outcome.written)}.")
    return status


def _declare_show() -> None:
    command = click.command(
        _SHOW, cls=VietnameseCommand, help="Bảng theo dõi từng đơn vị.", epilog=WHICH_CAMPAIGN
    )(_show)
    sheet = click.option(
        "--xlsx", "as_sheet", is_flag=True, help="Ghi thêm bảng theo dõi và nhật ký ra tệp Excel."
    )
    for option in reversed((*options_of("so", writes=True), sheet)):
        command = option(command)
    register_group.add_command(command)


_declare_show()


def _standing(run: Run, campaign: Campaign) -> Standing:
    """Read what is there now beside what the register knows; a folder read only is enough."""
    from cchc_office.register import read_register
    from cchc_office.register.recording import read_returns_of
    from cchc_office.register.standing import Standing

    data = consolidate_into(run, campaign)
    # What is wrong in the workbook and the returns is for other commands to tell.
    run.findings = [f for f in run.findings if f.code in _OF_SENDERS]
    current = tuple(
        read_returns_of(run.returns, returns_folder(run), run.now) if run.returns else ()
    )
    register = read_register(run.file.parent, campaign.id, mail_folder(run))
    run.findings += register.findings if register else ()
    run.findings += register_gone(run, campaign) if not (register and register.sendings()) else ()
    try:
        return Standing(data, register, current, run.returns)
    finally:
        if register:
            register.close()


def _write_sheet(run: Run, campaign: Campaign, standing: Standing) -> None:
    from cchc_office.register.standing_sheet import build_standing_sheet

    run.output.claim(campaign.id)
    content = build_standing_sheet(standing, run.day, run.profile)
    paper = Paper(REGISTER_BOOK.file_of(standing.campaign), content)
    run.take(run.output.write_folder(REGISTER_BOOK.folder, [paper]))


def _unclear_findings(campaign: Campaign, unclear: Sequence[Sending]) -> list[Finding]:
    return [
        Finding(
            Code.MAIL_UNCLEAR,
            about=_name(campaign, sending.unit),
            found=sending.message_id,
            expected=register_view.shown_time(sending.intended),
            unit=sending.unit,
        )
        for sending in unclear
    ]


def _name(campaign: Campaign, code: str) -> str:
    unit = campaign.find_unit(code)
    return unit.name if unit else code


# --- settling ---


@register_group.command(
    "xu-ly",
    cls=VietnameseCommand,
    help="Xem thư không rõ đã đi hay chưa, phiếu chưa rõ ai gửi, và ghi lại điều đã hỏi được.",
    epilog=WHICH_CAMPAIGN,
)
@click.argument("words", metavar="[ĐỢT_CHẤM] [MÃ, MESSAGE-ID hoặc TỆP]…", nargs=-1)
@click.option("--da-gui", "arrived", is_flag=True, help="Thư đã đến nơi: không gửi lại.")
@click.option("--chua-gui", "lost", is_flag=True, help="Thư không đến: lần sau gửi lại.")
@click.option(
    "--dung-nguoi-gui",
    "confirms",
    is_flag=True,
    help="Đã hỏi: các TỆP này trong nhan-ve đúng là của đơn vị, dù đến từ địa chỉ lạ.",
)
@click.option(
    "--nhan-ve",
    "returns",
    metavar="THƯ_MỤC",
    type=PATH,
    help="Thư mục có các phiếu gửi về (mặc định: nhan-ve cạnh dot-cham.xlsx).",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def settle(
    words: tuple[str, ...],
    arrived: bool,
    lost: bool,
    confirms: bool,
    returns: Path | None,
    as_json: bool,
) -> int:
    """Show what is unclear, or record what a person found out."""
    from cchc_office.register import SendState, open_register, read_register
    from cchc_office.register.doubts import Doubts

    if sum((arrived, lost, confirms)) > 1:
        raise UsageError("Chọn một trong ba: --da-gui, --chua-gui hoặc --dung-nguoi-gui.")
    place, settles = place_of(words), arrived or lost
    campaign, folder = place.campaign, returns or place.folder / campaigns.RETURNS_FOLDER
    records = settles or confirms
    findings: tuple[Finding, ...] = ()
    chosen: list[Sending] = []
    confirmed: list[str] = []
    with (open_register if records else read_register)(
        place.folder, campaign.id
    ) or nullcontext() as register:
        unclear = [s for s in register.sendings() if s.is_unclear] if register else []
        list_folder(folder).whole()
        doubted = Doubts(register, campaign).in_folder(folder)
        if confirms and register:
            confirmed = _confirm(register, campaign, doubted, place.words)
            doubted = Doubts(register, campaign).in_folder(folder)
        else:
            chosen = _chosen(campaign, unclear, place.words, doubted)
        if settles and register:
            _settle(register, chosen, place, SendState.SENT if arrived else SendState.NOT_SENT)
            unclear = [s for s in unclear if s not in chosen]
        findings = register.findings if register else ()
    status = NEEDS_A_PERSON if unclear or doubted or need_a_person(findings) else DONE
    if findings and not as_json:
        console.show_findings(findings)
    if as_json:
        settled = chosen if settles else ()
        register_view.print_unclear(
            campaign, unclear, settled, doubted, confirmed, findings, status
        )
    elif confirms:
        register_view.show_confirmed(confirmed, len(doubted))
    elif settles:
        register_view.show_settled(campaign, chosen, arrived=arrived, left=len(unclear))
    else:
        register_view.show_unclear(campaign, chosen, place.folder)
        register_view.show_doubted(campaign, doubted, place.folder)
    return status


def _confirm(
    register: Register, campaign: Campaign, doubted: Mapping[str, Doubt], words: Sequence[str]
) -> list[str]:
    """Record that the files named were sent by whom they say; return their names."""
    from cchc_office.register import Confirmation

    if not words:
        raise UsageError("Chưa nói tệp nào, ví dụ: cchc so xu-ly dot-2025 phieu.xlsx …")
    names = [_doubted_file(doubted, word) for word in words]
    now = dt.datetime.now(tz=VIETNAM)
    for name in dict.fromkeys(names):
        doubt = doubted[name]
        unit = campaign.find_unit(doubt.unit)
        code = unit.code if unit else ""
        register.record_confirmation(Confirmation(doubt.digest, name, code, doubt.sender, now))
    return list(dict.fromkeys(names))


def _doubted_file(doubted: Mapping[str, Doubt], word: str) -> str:
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
    campaign: Campaign,
    unclear: Sequence[Sending],
    words: Sequence[str],
    doubted: Collection[str],
) -> list[Sending]:
    """Return the unclear sendings that were named, by unit or by Message-ID; unnamed, all."""
    if not words:
        return list(unclear)
    found: list[Sending] = []
    for word in words:
        own = [s for s in unclear if word.strip("<>") == s.message_id.strip("<>")]
        own = own or [s for s in unclear if s.unit == word]
        if not own and word in doubted:
            raise UsageError(f"“{word}” chờ xác nhận người gửi: thêm --dung-nguoi-gui nếu đúng.")
        if not own:
            units_of(campaign, () if "@" in word else (word,))
            raise UsageError(f"Không có thư nào không rõ của “{word}”.")
        found += [s for s in own if s not in found]
    return found


def _settle(register: Register, chosen: Sequence[Sending], place: Place, state: Any) -> None:
    if not chosen:
        raise UsageError("Không có thư nào không rõ.")
    units = [sending.unit for sending in chosen]
    several = sorted({u for u in units if units.count(u) > 1 and u in place.words})
    if not place.words or several:
        raise UsageError(
            f"{f'{several[0]} có nhiều thư không rõ' if several else 'Chưa nói thư nào'}: ghi mã "
            "đơn vị, hoặc Message-ID trong dấu nháy. Xem các thư không rõ: cchc so xu-ly "
            f"{place.folder}"
        )
    now = dt.datetime.now(tz=VIETNAM)
    for sending in chosen:
        register.settle(sending.message_id, state, now, sending.words, by_person=True)
