"""`cchc so ghi` and `cchc so xoa`: what a person records by hand, and how it is struck out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cchc_office.catalogue.findings import Finding, need_a_person
from cchc_office.cli import console, register_view
from cchc_office.cli.options import DAY, MAIL_KIND, NUMBER
from cchc_office.cli.register_command import register_group
from cchc_office.cli.register_place import WHICH_CAMPAIGN, place_of, units_of
from cchc_office.cli.run import DONE, NEEDS_A_PERSON
from cchc_office.cli.vietnamese_click import VietnameseCommand
from cchc_office.errors import UsageError
from cchc_office.model import Campaign
from cchc_office.papers.kinds import DISPATCH, PaperKind
from cchc_office.text.vietnamese import VIETNAM, clean_line

if TYPE_CHECKING:
    from cchc_office.register import Register


@register_group.command(
    "ghi",
    cls=VietnameseCommand,
    help="Ghi rằng đơn vị đã được giao văn bản bằng cách khác: Zalo, bản giấy, hệ thống văn bản…",
    epilog=WHICH_CAMPAIGN,
)
@click.argument("words", metavar="[ĐỢT_CHẤM] MÃ…", nargs=-1)
@click.option("--cach", "way", metavar="CÁCH", required=True, help="Giao bằng cách nào, cho ai.")
@click.option(
    "--loai",
    "kind",
    metavar="LOẠI",
    type=MAIL_KIND,
    default=DISPATCH,
    help="Giao gì: cong-van (mặc định), don-doc, giai-trinh.",
)
@click.option(
    "--lan",
    "number",
    metavar="SỐ",
    type=NUMBER,
    default=None,
    help="Đôn đốc, giải trình lần mấy (mặc định: lần đôn đốc kế tiếp; lần giải trình sau cùng).",
)
@click.option("--ngay", "day", metavar="NGÀY", type=DAY, help="Ngày giao (mặc định: hôm nay).")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def record(
    words: tuple[str, ...],
    way: str,
    kind: PaperKind,
    number: int | None,
    day: dt.date | None,
    as_json: bool,
) -> int:
    """Record papers handed over by other ways."""
    from cchc_office.register import open_register
    from cchc_office.register.handing_over import Told, check_told, handovers_of

    place, now = place_of(words), dt.datetime.now(tz=VIETNAM)
    units = units_of(place.campaign, place.words)
    if not units:
        raise UsageError("Thiếu mã đơn vị, ví dụ: cchc so ghi dot-2025 VP --cach Zalo.")
    told = Told(kind, clean_line(way), day or now.date(), number)
    check_told(told, place.campaign, now.date())
    with open_register(place.folder, place.campaign.id) as register:
        done = handovers_of(told, units, register, now)
        for handover in done:
            register.record_handover(handover)
        findings = register.findings
    if as_json:
        register_view.print_recorded(place.campaign, done, findings, _status(findings))
        return _status(findings)
    if findings:
        console.show_findings(findings)
    for handover in done:
        click.echo(register_view.recorded(place.campaign, handover))
    return _status(findings)


def _status(findings: tuple[Finding, ...]) -> int:
    return NEEDS_A_PERSON if need_a_person(findings) else DONE


@dataclass(frozen=True)
class _Entry:
    """One thing that a person recorded: what a clerk calls it by, in words, how to strike it."""

    name: str
    text: str
    strike: Callable[[dt.datetime], None]


@register_group.command(
    "xoa",
    cls=VietnameseCommand,
    help="Gạch bỏ điều đã ghi nhầm bằng so ghi, so xu-ly --dung-nguoi-gui; sổ vẫn giữ dấu vết.",
    epilog=f"Không ghi SỐ thì chỉ xem những gì gạch bỏ được. {WHICH_CAMPAIGN}",
)
@click.argument("words", metavar="[ĐỢT_CHẤM] [SỐ]…", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def strike(words: tuple[str, ...], as_json: bool) -> int:
    """Strike out what was recorded by mistake, or show what can be."""
    from contextlib import nullcontext

    from cchc_office.register import open_register, read_register

    place = place_of(words)
    opens = open_register if place.words else read_register
    with opens(place.folder, place.campaign.id) or nullcontext() as register:
        entries = _entries(register, place.campaign) if register else []
        chosen = _chosen(entries, place.words)
        for entry in chosen:
            entry.strike(dt.datetime.now(tz=VIETNAM))
        findings = register.findings if register else ()
    left = [(e.name, e.text) for e in entries if e not in chosen]
    struck = [(e.name, e.text) for e in chosen]
    if findings and not as_json:
        console.show_findings(findings)
    if as_json:
        register_view.print_struck(place.campaign, left, struck, findings, _status(findings))
    elif chosen:
        register_view.show_struck(struck)
    else:
        register_view.show_entries(left, place.folder)
    return _status(findings)


def _entries(register: Register, campaign: Campaign) -> list[_Entry]:
    def handover(number: int) -> Callable[[dt.datetime], None]:
        return lambda when: register.strike_handover(number, when)

    def confirmation(number: int) -> Callable[[dt.datetime], None]:
        return lambda when: register.strike_confirmation(number, when)

    handed = [
        _Entry(f"G{h.id}", register_view.handover_text(campaign, h), handover(h.id))
        for h in register.handovers()
    ]
    confirmed = [
        _Entry(f"N{c.id}", f"{c.file}: đúng người gửi {c.sender}", confirmation(c.id))
        for c in register.confirmations()
    ]
    return [*handed, *confirmed]


def _chosen(entries: Sequence[_Entry], words: Sequence[str]) -> list[_Entry]:
    by_name = {entry.name: entry for entry in entries}
    for word in words:
        if word.upper() not in by_name:
            known = ", ".join(list(by_name)[:20]) or "không có"
            raise UsageError(
                f"Không có gì mang số “{word}” để gạch bỏ. Các số: {known}. Xem: cchc so xoa."
            )
    return [by_name[name] for name in dict.fromkeys(word.upper() for word in words)]
