"""`cchc so dung-lai`: making the register again from the journals and the copies of messages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_office.catalogue.findings import Code
from cchc_office.cli import console, json_output
from cchc_office.cli.register_command import register_group
from cchc_office.cli.register_place import WHICH_CAMPAIGN, Place, place_of
from cchc_office.cli.run import DONE, NEEDS_A_PERSON
from cchc_office.cli.vietnamese_click import PATH, VietnameseCommand
from cchc_office.errors import UsageError
from cchc_office.papers.kinds import MESSAGE
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.catalogue.findings import Finding
    from cchc_office.register import Register, Sending

_UNKNOWN = (
    "Nếu sổ đã bị mất, hỏng hay thay bằng bản cũ, những gì sau đây không dựng lại được: các thư đã "
    "nhận bằng nhan (chạy lại nhan, thư được xem lại từ đầu; phiếu đã lưu không bị lưu hai lần) và "
    "lời xác nhận người gửi (cchc so xu-ly). Phiếu gửi về được đọc lại ở lần tong-hop tới."
)


@register_group.command(
    "dung-lai",
    cls=VietnameseCommand,
    help="Dựng lại sổ bị hỏng, bị mất hay cũ, từ nhật ký gửi và bản sao các thư đã gửi.",
    epilog=WHICH_CAMPAIGN,
)
@click.argument("words", metavar="[ĐỢT_CHẤM]", nargs=-1)
@click.option(
    "-o",
    "--ra",
    "output",
    metavar="THƯ_MỤC",
    type=PATH,
    default=Path("output"),
    help="Thư mục kết quả, nơi có thư đã gửi (mặc định: output).",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def rebuild(words: tuple[str, ...], output: Path, as_json: bool) -> int:
    """Make the register again, and tell what it knows now and what it does not."""
    from cchc_office.register import rebuild_register
    from cchc_office.register.recording import papers_there

    place, now = place_of(words), dt.datetime.now(tz=VIETNAM)
    if place.words:
        raise UsageError(f"“{place.words[0]}” không phải là một đợt chấm.")
    campaign = place.campaign
    rebuilt = rebuild_register(place.folder, campaign.id, output / MESSAGE.folder, now)
    with rebuilt.register as register:
        register.record_papers(papers_there(campaign, output))
        sendings = register.sendings()
        unclear = [s for s in sendings if s.is_unclear]
        status = NEEDS_A_PERSON if unclear or register.findings or rebuilt.aside else DONE
        if as_json:
            _print_json(place, register, rebuilt.aside, status)
        else:
            _show(place, register, rebuilt.aside, unclear)
    return status


def _show(
    place: Place, register: Register, aside: tuple[Path, ...], unclear: list[Sending]
) -> None:
    from cchc_office.register.journal import JOURNAL_FILE

    for path in aside:
        what = "Nhật ký gửi cũ" if path.name.startswith(JOURNAL_FILE) else "Sổ hỏng"
        console.say(f"{what} được giữ nguyên ở {path}.")
    other = []
    for finding in register.findings:
        if finding.code is Code.REGISTER_LACKS_MAIL:
            units = ", ".join(finding.candidates)
            console.say(f"Đã ghi lại vào sổ {finding.found} thư, gửi cho: {units}.")
        else:
            other.append(finding)
    if other:
        console.show_findings(other)
    console.say(f"Sổ nay có {_contents(register)}.")
    console.say(_UNKNOWN)
    if unclear:
        console.say(f"Còn {len(unclear)} thư không rõ đã đến chưa: cchc so xu-ly {place.folder}")


def _contents(register: Register) -> str:
    states = Counter(sending.state for sending in register.sendings())
    told = ", ".join(f"{number} {state.value}" for state, number in states.items())
    handed = len(register.handovers())
    made = len({paper.file for paper in register.papers()})
    return (
        f"{states.total()} thư{f' ({told})' if told else ''}, {handed} lần giao cách khác, "
        f"{made} văn bản đã làm"
    )


def _print_json(place: Place, register: Register, aside: tuple[Path, ...], status: int) -> None:
    findings: tuple[Finding, ...] = register.findings
    json_output.print_json(
        "so dung-lai",
        status,
        dot=place.campaign.id,
        cat_di=[str(path) for path in aside],
        thu=[
            {
                "don_vi": sending.unit,
                "loai": sending.kind.mail.words,
                "lan": sending.reminder,
                "message_id": sending.message_id,
                "trang_thai": sending.state.value,
            }
            for sending in register.sendings()
        ],
        giao_cach_khac=len(register.handovers()),
        phat_hien=json_output.findings_as_json(findings),
    )
