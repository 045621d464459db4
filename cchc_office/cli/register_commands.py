"""`cchc so`: the register of who has what, and what only a person can record in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.cli import console, json_output, options, register_view
from cchc_office.cli.command import Call, command
from cchc_office.cli.group import UnknownCommandError, VietnameseGroup, cli, near_names
from cchc_office.errors import UsageError
from cchc_office.steps.campaign_folder import CampaignFolder, is_campaign
from cchc_office.steps.record_keeping import Rebuilt
from cchc_office.steps.verdicts import Judged
from cchc_office.text.command_line import advised

_SHOW = "xem"
_WHICH_CAMPAIGN = (
    "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó; không ghi thì là thư mục "
    "đang đứng."
)
_UNKNOWN = (
    "Nếu sổ đã bị mất, hỏng hay thay bằng bản cũ, những gì sau đây không dựng lại được: các thư đã "
    "nhận bằng nhan (chạy lại nhan, thư được xem lại từ đầu; phiếu đã lưu không bị lưu hai lần) và "
    f"lời xác nhận người gửi ({advised('so xu-ly')}). Phiếu gửi về được đọc lại ở lần tong-hop tới."
)


class _RegisterGroup(VietnameseGroup):
    """What follows `so` is a campaign to show, unless it is one of the commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the usual command in front where none is named."""
        inside = is_campaign(Path())
        if args and not Path(args[0]).exists():
            self._require_known(ctx, args)
        if args[0] not in (*self.commands, "--help") if args else inside:
            args = [_SHOW, *args]
        return super().parse_args(ctx, args)

    def _require_known(self, ctx: click.Context, args: list[str]) -> None:
        """Raise UsageError for what is near a command and neither one nor a campaign."""
        is_known = args[0] in self.commands or args[0].startswith("-")
        if not is_known and (near := near_names(args, list(self.commands))):
            told = ", ".join(f"{self.name} {name}" for name in near)
            raise UnknownCommandError(
                f"Không có lệnh, đợt chấm “{args[0]}”. Gần giống: {told}.", ctx
            )


@cli.group(
    "so",
    cls=_RegisterGroup,
    subcommand_metavar="[ĐỢT_CHẤM]",
    epilog=f"{advised('so ĐỢT_CHẤM')} là viết gọn của {advised('so xem ĐỢT_CHẤM')}.",
)
def _register() -> None:
    """Hold the commands of the register together."""


def _opened(call: Call) -> tuple[CampaignFolder, tuple[str, ...]]:
    """Open the campaign that the first word names, else that of this folder; and the other words.

    Raises CampaignError where there is none.
    """
    words: tuple[str, ...] = call["words"]
    if words and (is_campaign(Path(words[0])) or not is_campaign(Path())):
        return call.open(Path(words[0])), words[1:]
    return call.open(Path()), words


@command(
    _SHOW,
    *(options.CAMPAIGN_OR_HERE, options.OUTPUT, *options.READING),
    options.flag("--xlsx", "as_sheet", text="Ghi thêm bảng theo dõi và nhật ký ra tệp Excel."),
    group=_register,
    epilog=_WHICH_CAMPAIGN,
    help="Bảng theo dõi từng đơn vị.",
)
def show(call: Call) -> int:
    """Show where each unit stands."""
    call.name = "so"
    found = call.open().standings(as_sheet=call["as_sheet"])

    def parts() -> dict[str, Any]:
        return {
            "dot": found.campaign.id,
            "tep_doc": json_output.files_as_json(call.opened.file, found.returns),
            "tep_ghi": json_output.written_as_json(found.written),
            **register_view.standing_as_json(found.standing),
        }

    def on_screen() -> None:
        register_view.show_standing(found)
        console.show_findings(found.findings)
        for written in found.written:
            click.echo(f"Đã ghi {written.path}.")

    return call.answer(found, parts, on_screen)


@command(
    "xu-ly",
    options.words("[ĐỢT_CHẤM] [MÃ, MESSAGE-ID hoặc TỆP]…"),
    options.flag("--da-gui", "arrived", text="Thư đã đến nơi: không gửi lại."),
    options.flag("--chua-gui", "lost", text="Thư không đến: lần sau gửi lại."),
    options.flag(
        "--dung-nguoi-gui",
        "confirms",
        text="Đã hỏi: các TỆP này trong nhan-ve đúng là của đơn vị, dù đến từ địa chỉ lạ.",
    ),
    options.RETURNS,
    group=_register,
    epilog=_WHICH_CAMPAIGN,
    help="Xem thư không rõ đã đi hay chưa, phiếu chưa rõ ai gửi, và ghi lại điều đã hỏi được.",
)
def settle(call: Call) -> int:
    """Show what is unclear, or record what a person found out."""
    arrived, lost, confirms = call["arrived"], call["lost"], call["confirms"]
    if arrived + lost + confirms > 1:
        raise UsageError("Chọn một trong ba: --da-gui, --chua-gui hoặc --dung-nguoi-gui.")
    folder, words = _opened(call)
    if confirms:
        found = folder.confirm_senders(words)
    elif arrived or lost:
        found = folder.settle(words, arrived=arrived)
    else:
        found = folder.unsettled(words)

    def on_screen() -> None:
        _show_any(found.findings)
        if confirms:
            register_view.show_confirmed(found)
        elif found.settled:
            register_view.show_settled(found, arrived=arrived)
        else:
            register_view.show_unclear(found, folder.folder)
            register_view.show_doubted(found, folder.folder)

    return call.answer(found, lambda: register_view.unsettled_as_json(found), on_screen)


@command(
    "ghi",
    options.words("[ĐỢT_CHẤM] MÃ…"),
    options.valued(
        "--cach", "way", metavar="CÁCH", text="Giao bằng cách nào, cho ai.", required=True
    ),
    options.mail_kind("Giao gì: cong-van (mặc định), don-doc, giai-trinh.", default="cong-van"),
    options.reminder_number(
        "Đôn đốc, giải trình lần mấy (mặc định: lần đôn đốc kế tiếp; lần giải trình sau cùng)."
    ),
    options.day("--ngay", "when", text="Ngày giao (mặc định: hôm nay)."),
    group=_register,
    epilog=_WHICH_CAMPAIGN,
    help="Ghi rằng đơn vị đã được giao văn bản bằng cách khác: Zalo, bản giấy, hệ thống văn bản…",
)
def record(call: Call) -> int:
    """Record papers handed over by other ways."""
    folder, units = _opened(call)
    recorded = folder.record_handover(
        units, call["way"], kind=call["kind"], number=call["number"], day=call["when"]
    )

    def parts() -> dict[str, Any]:
        return {
            "dot": recorded.campaign.id,
            "da_ghi": [
                {
                    "don_vi": h.unit,
                    "loai": h.kind.mail.words,
                    "lan": h.reminder,
                    "ngay": h.day.isoformat(),
                    "cach": h.way,
                }
                for h in recorded.handovers
            ],
        }

    def on_screen() -> None:
        _show_any(recorded.findings)
        for line in recorded.lines():
            click.echo(f"Đã ghi: {line}.")

    return call.answer(recorded, parts, on_screen)


@command(
    "nhan",
    options.words("[ĐỢT_CHẤM] MÃ hoặc TỆP…"),
    options.RETURNS,
    group=_register,
    epilog=_WHICH_CAMPAIGN,
    help="Ghi rằng phiếu gửi về đã xem và nhận. Phiếu khác của đơn vị đến sau thì phải xem lại.",
)
def accept(call: Call) -> int:
    """Record that forms are taken."""
    folder, named = _opened(call)
    return _judged(call, folder.accept_returns(named))


@command(
    "tra-lai",
    options.words("[ĐỢT_CHẤM] MÃ hoặc TỆP…"),
    options.valued(
        "--vi-sao", "reason", metavar="LÝ_DO", text="Đơn vị phải sửa, bổ sung gì.", required=True
    ),
    options.RETURNS,
    group=_register,
    epilog=_WHICH_CAMPAIGN,
    help="Ghi rằng phiếu gửi về bị trả lại, vì sao: công văn đôn đốc nêu lý do đó.",
)
def send_back(call: Call) -> int:
    """Record that forms go back, and why."""
    folder, named = _opened(call)
    return _judged(call, folder.send_back_returns(named, call["reason"]))


@command(
    "chon",
    options.words("[ĐỢT_CHẤM] [TỆP]"),
    options.RETURNS,
    group=_register,
    epilog=f"Không ghi TỆP thì chỉ xem những bản khác nhau, khác ở dòng nào. {_WHICH_CAMPAIGN}",
    help="Chọn bản phiếu được tính khi một đơn vị gửi nhiều bản khác nhau.",
)
def choose(call: Call) -> int:
    """Record which form of a unit counts, or show those that differ."""
    folder, words = _opened(call)
    if len(words) > 1:
        raise UsageError("Mỗi lần chỉ chọn một tệp; tên tệp có dấu cách thì đặt trong dấu nháy.")
    if words:
        return _judged(call, folder.choose_return(words[0]))
    found = folder.differing_copies()
    return call.answer(
        found,
        lambda: register_view.copies_as_json(found),
        lambda: register_view.show_copies(found, folder.folder),
    )


@command(
    "de-sang-ben",
    options.words("[ĐỢT_CHẤM] TỆP…"),
    options.valued(
        "--vi-sao", "reason", metavar="LÝ_DO", text="Tệp ấy là gì, vì sao không dùng.", default=""
    ),
    options.RETURNS,
    group=_register,
    epilog=f"Xem lại thì gạch bỏ lời ấy bằng so xoa. Không tệp nào bị xoá. {_WHICH_CAMPAIGN}",
    help="Để sang bên những tệp gửi về không dùng được: không phải xem nữa, không nhắc nữa.",
)
def set_aside(call: Call) -> int:
    """Record that files are of no use."""
    folder, named = _opened(call)
    found = folder.set_files_aside(named, call["reason"])
    return _judged(call, found, "Các tệp này đã để sang bên từ trước")


def _judged(
    call: Call,
    found: Judged,
    nothing: str = "Bản này đang được tính, không bản nào khác nó",
) -> int:
    def on_screen() -> None:
        _show_any(found.findings)
        for line in found.lines():
            console.say(f"Đã ghi: {line}.")
        for verdict in found.taken_back:
            console.say(f"Đã gạch bỏ: {verdict.file} không tính.")
        if not found.verdicts and not found.taken_back:
            console.say(f"{nothing}: không cần ghi gì.")

    return call.answer(found, lambda: register_view.judged_as_json(found), on_screen)


@command(
    "xoa",
    options.words("[ĐỢT_CHẤM] [SỐ]…"),
    group=_register,
    epilog=f"Không ghi SỐ thì chỉ xem những gì gạch bỏ được. {_WHICH_CAMPAIGN}",
    help="Gạch bỏ điều đã ghi nhầm (so ghi, nhan, tra-lai, chon, de-sang-ben, xu-ly); dấu vết vẫn "
    "còn trong sổ.",
)
def strike(call: Call) -> int:
    """Strike out what was recorded by mistake, or show what can be."""
    folder, names = _opened(call)
    found = folder.strike(names)

    def parts() -> dict[str, Any]:
        return {
            "dot": found.campaign.id,
            "da_gach_bo": [{"so": e.name, "noi_dung": e.text} for e in found.struck],
            "con_lai": [{"so": e.name, "noi_dung": e.text} for e in found.left],
        }

    def on_screen() -> None:
        _show_any(found.findings)
        for e in found.struck:
            click.echo(
                f"Đã gạch bỏ {e.name}: {e.text}. Nhật ký vẫn giữ dòng này, có ghi lúc gạch bỏ."
            )
        if not found.struck:
            register_view.show_entries(found.left, folder.folder)

    return call.answer(found, parts, on_screen)


@command(
    "dung-lai",
    options.words("[ĐỢT_CHẤM]"),
    options.OUTPUT,
    group=_register,
    epilog=_WHICH_CAMPAIGN,
    help="Dựng lại sổ bị hỏng, bị mất hay cũ, từ nhật ký gửi và bản sao các thư đã gửi.",
)
def rebuild(call: Call) -> int:
    """Make the register again, and tell what it knows now and what it does not."""
    folder, words = _opened(call)
    if words:
        raise UsageError(f"“{words[0]}” không phải là một đợt chấm.")
    rebuilt = folder.rebuild_register()

    def parts() -> dict[str, Any]:
        return {
            "dot": rebuilt.campaign.id,
            "cat_di": [str(path) for _, path in rebuilt.aside],
            "thu": [
                {
                    "don_vi": sending.unit,
                    "loai": sending.kind.mail.words,
                    "lan": sending.reminder,
                    "message_id": sending.message_id,
                    "trang_thai": sending.state.value,
                }
                for sending in rebuilt.sendings
            ],
            "giao_cach_khac": rebuilt.handovers,
        }

    return call.answer(rebuilt, parts, lambda: _show_rebuilt(rebuilt, folder.folder))


def _show_rebuilt(rebuilt: Rebuilt, folder: Path) -> None:
    for what, path in rebuilt.aside:
        console.say(f"{what} được giữ nguyên ở {path}.")
    known_again = [f for f in rebuilt.findings if f.code is Code.REGISTER_LACKS_MAIL]
    for finding in known_again:
        console.say(f"Đã ghi lại vào sổ {finding.found} thư, gửi cho: {finding.expected}.")
    _show_any(tuple(f for f in rebuilt.findings if f not in known_again))
    console.say(f"Sổ nay có {rebuilt.words}.")
    console.say(_UNKNOWN)
    if rebuilt.unclear:
        number = len(rebuilt.unclear)
        how = advised("so xu-ly", folder)
        console.say(f"Còn {number} thư không rõ đã đến chưa: {how}")


def _show_any(findings: tuple[Finding, ...]) -> None:
    if findings:
        console.show_findings(findings)
