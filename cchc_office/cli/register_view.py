"""The register on the console and as JSON."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cchc_office.cli import console
from cchc_office.model import Campaign
from cchc_office.steps.record_keeping import Entry, Unsettled
from cchc_office.steps.standings import Standings
from cchc_office.steps.values import (
    DISPATCH,
    EXPLANATION,
    REMINDER,
    Delivery,
    Event,
    Explanation,
    PaperKind,
    Receipt,
    SendState,
    Tracking,
    UnitStatus,
    letters,
)
from cchc_office.steps.verdicts import DifferingCopies, Judged
from cchc_office.text.command_line import advised
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import VIETNAM, time_in_words

_SHORTEST_NAME, _LONGEST_NAME, _LONGEST_CODE, _LONGEST_WAY = 8, 40, 12, 8
_NOTHING = "–"
_CAME = "đã về"


def show_standing(found: Standings) -> None:
    """Print the table of units and what it comes to, within the window."""
    units = found.standing.units()
    sent = [k for k in letters() if k in (DISPATCH, REMINDER) or any(_has(u, k) for u in units)]
    heads = [*(k.mail.words.capitalize() for k in sent), "Phiếu về", "Đã chấm", "Còn nợ"]
    rows = [_cells(u, sent, found.campaign.info.year) for u in units]
    widths = [max(len(c) for c in column) for column in zip(heads, *rows, strict=True)]
    codes = min(_LONGEST_CODE, max((len(u.unit.code) for u in units), default=2))
    window = shutil.get_terminal_size().columns
    left = window - 1 - codes - 2 - sum(width + 2 for width in widths)
    longest = max((len(u.unit.name) for u in units), default=0)
    names = max(_SHORTEST_NAME, min(_LONGEST_NAME, left, longest))
    click.echo(f"Sổ theo dõi đợt {found.campaign.id}, tính đến ngày {found.day:%d/%m/%Y}:")
    click.echo()
    click.echo(_line("Mã", "Đơn vị", heads, codes, names, widths))
    click.echo("-" * (codes + 2 + names + sum(width + 2 for width in widths)))
    shown = _cut_names([u.unit.name for u in units], names)
    for unit, name, row in zip(units, shown, rows, strict=True):
        click.echo(_line(unit.unit.code, name, row, codes, names, widths))
    click.echo()
    console.say(_totals(found.campaign, units), "")


def _has(standing: UnitStatus, letter: PaperKind) -> bool:
    answers = letter is EXPLANATION and (standing.answers or standing.must_explain)
    return bool(standing.last(letter) or answers)


def _line(
    code: str, name: str, cells: Sequence[str], codes: int, names: int, widths: Sequence[int]
) -> str:
    rest = "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{shortened(code, codes):<{codes}}  {shortened(name, names):<{names}}  {rest}".rstrip()


def _cells(standing: UnitStatus, letters: Sequence[PaperKind], year: int) -> list[str]:
    receipt = standing.receipt
    came = _came(receipt, year) if receipt else _NOTHING
    done = standing.done
    scored = f"{done.done}/{done.total}" if done.total else _NOTHING
    told = (_sent(standing, letter, year) for letter in letters)
    return [*told, came, scored, _owes(standing, year)]


def _short_day(day: dt.date, year: int) -> str:
    """Return a day without its year where that is the campaign's."""
    return f"{day:%d/%m}" if day.year == year else f"{day:%d/%m/%Y}"


def _owes(standing: UnitStatus, year: int) -> str:
    """Return how many rows a unit owes; what else where it owes none."""
    if standing.rows_owed:
        return f"{standing.rows_owed} việc"
    explains = standing.explanation
    owed = "phiếu"
    if explains and explains.is_awaited:
        due = f", hạn {_short_day(explains.due, year)}" if explains.due else ""
        owed = f"giải trình{due}"
    return owed if standing.owes else _NOTHING


def _sent(standing: UnitStatus, letter: PaperKind, year: int) -> str:
    """Return when a letter went out; of a request to explain, when all that it asks came."""
    if letter is EXPLANATION and standing.answers and not standing.must_explain:
        return f"về {_came(max(standing.answers, key=lambda a: a.round), year)}"
    return _delivery(standing, letter, year)


def _came(receipt: Receipt, year: int) -> str:
    doubt = "?" if receipt.unconfirmed else ""
    day = _short_day(receipt.day, year) if receipt.day else _CAME
    return f"{day}{' thư' if receipt.sender else ''}{doubt}"


def _delivery(standing: UnitStatus, kind: PaperKind, year: int) -> str:
    last = standing.last(kind)
    if last is None:
        return "mới làm" if kind in standing.made else _NOTHING
    time = f"lần {last.number}, " if last.number else ""
    if last.is_done:
        day = _short_day(last.day, year)
        return f"{time}{day}" if time else f"{day} {_short(last.way)}"
    return f"{time}{'không rõ' if last.is_unclear else last.state.value}"


def _short(way: str) -> str:
    """Return the first words of a way that the column has room for."""
    words = ""
    for word in way.split():
        if len(f"{words} {word}".strip()) > _LONGEST_WAY:
            break
        words = f"{words} {word}".strip()
    return words or shortened(way, _LONGEST_WAY)


def _totals(campaign: Campaign, units: Sequence[UnitStatus]) -> str:
    wanted = [u for u in units if campaign.assigned_to(u.unit)]
    sent = sum(u.has_tasks for u in wanted)
    due = [u for u in units if campaign.expects_return(u.unit)]
    came = sum(u.receipt is not None for u in due)
    owing = sum(unit.is_in_debt for unit in units)
    reminded = sum(u.reminders > 0 for u in units)
    unsure = sum(bool(u.receipt and u.receipt.unconfirmed) for u in units)
    doubt = f" ({unsure} phiếu có dấu ? chưa rõ người gửi)" if unsure else ""
    unexplained = sum(u.owes_explanation for u in units)
    explanations = f"; còn {unexplained} phiếu giải trình chưa về" if unexplained else ""
    unasked = sum(bool(u.must_explain) and not u.owes_explanation for u in units)
    explanations += f"; {unasked} đơn vị chưa được yêu cầu giải trình" if unasked else ""
    returned = sum(u.is_sent_back for u in units)
    sent_back = f" ({returned} đơn vị bị trả lại thư)" if returned else ""
    return (
        f"Đã giao việc {sent}/{len(wanted)} đơn vị{sent_back}; phiếu về {came}/{len(due)}{doubt}; "
        f"còn nợ {owing}{explanations}; đã đôn đốc {reminded}."
    )


def _cut_names(names: Sequence[str], width: int) -> list[str]:
    """Return names cut at their ends or, where those begin alike, in their middles."""
    ways = [[way(name, width) for name in names] for way in (shortened, _cut_inside)]
    return max(ways, key=lambda shown: len(set(shown)))


def _cut_inside(text: str, width: int) -> str:
    end = width // 2
    return text if len(text) <= width else f"{text[: width - end - 1]}…{text[-end:]}"


def standing_as_json(standing: Tracking) -> dict[str, Any]:
    """Return the table of units with the log behind it."""
    return {
        "don_vi": [_unit_as_json(unit) for unit in standing.units()],
        "khong_ro": [sending.message_id for sending in standing.unclear()],
        "nhat_ky": [_event_as_json(event) for event in standing.events()],
    }


def _unit_as_json(standing: UnitStatus) -> dict[str, Any]:
    receipt = standing.receipt
    return {
        "ma": standing.unit.code,
        "ten": standing.unit.name,
        "da_lam": sorted(kind.mail.words for kind in standing.made),
        "da_giao": [_delivery_as_json(delivery) for delivery in standing.deliveries],
        "so_lan_don_doc": standing.reminders,
        "phan_hoi": {
            "quyet_dinh": standing.verdict.decision.value,
            "ly_do": standing.verdict.reason,
        }
        if standing.verdict
        else None,
        "phieu_ve": {
            "tep": receipt.file,
            "ngay": receipt.day.isoformat() if receipt.day else None,
            "la_ngay_nhan": receipt.is_received,
            "nguoi_gui": receipt.sender,
            "chua_xac_nhan": bool(receipt.unconfirmed),
        }
        if receipt
        else None,
        "giai_trinh_ve": [
            {
                "lan": answer.round,
                "tep": answer.file,
                "ngay": answer.day.isoformat() if answer.day else None,
                "la_ngay_nhan": answer.is_received,
                "nguoi_gui": answer.sender,
                "chua_xac_nhan": bool(answer.unconfirmed),
            }
            for answer in standing.answers
        ],
        "giai_trinh": _explanation_as_json(standing.explanation),
        "da_cham": standing.done.done,
        "phai_cham": standing.done.total,
        "con_no": list(standing.owes),
        "so_viec_con_no": standing.count_owed,
    }


def _explanation_as_json(explains: Explanation | None) -> dict[str, Any] | None:
    if explains is None:
        return None
    return {
        "lan": explains.round,
        "tinh_trang": explains.state.value,
        "hoi_ngay": explains.asked.day.isoformat() if explains.asked else None,
        "han": explains.due.isoformat() if explains.due else None,
    }


def _delivery_as_json(delivery: Delivery) -> dict[str, Any]:
    return {
        "loai": delivery.kind.mail.words,
        "lan": delivery.number,
        "ngay": delivery.day.isoformat(),
        "cach": delivery.way,
        "ket_qua": delivery.state.value,
        "message_id": delivery.message_id,
    }


def _event_as_json(event: Event) -> dict[str, Any]:
    return {
        "luc": event.time.astimezone(VIETNAM).isoformat(),
        "ghi_luc": event.recorded.astimezone(VIETNAM).isoformat() if event.recorded else "",
        "don_vi": event.unit,
        "viec": event.kind,
        "van_ban": event.what,
        "ket_qua": event.how,
        "dia_chi": event.who,
        "ghi_chu": event.note,
        "message_id": event.message_id,
    }


# --- what a person records ---


def show_entries(entries: Sequence[Entry], folder: Path) -> None:
    """Print what a person recorded by hand, by the numbers that it is struck out by."""
    if not entries:
        click.echo("Trong sổ không có gì do người ghi tay để gạch bỏ.")
        return
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        console.say(entry.text, f"  {entry.name:<{width}}  ", " " * (width + 4))
    click.echo()
    click.echo(f"Gạch bỏ một dòng: {advised('so xoa', folder, entries[0].name)}")


def show_unclear(found: Unsettled, folder: Path) -> None:
    """Print what nobody knows the fate of, and how to record what was found out."""
    if not found.chosen:
        click.echo("Không có thư nào không rõ.")
        return
    for sending in found.chosen:
        what = sending.kind.numbered(sending.reminder)
        click.secho(f"{sending.unit}: {found.campaign.name_of(sending.unit)}", bold=True)
        click.echo(f"    Thư:         {what}, {time_in_words(sending.intended)}")
        click.echo(f"    Gửi đến:     {', '.join(sending.addresses)}")
        click.echo(f"    Message-ID:  {sending.message_id}")
        why = sending.words or "lệnh gửi bị ngắt giữa chừng"
        if sending.state is SendState.INTENDED:
            why += " (nếu còn một lệnh gui đang chạy thì đợi nó xong)"
        click.echo(f"    Vì sao:      {why}")
    click.echo()
    how = advised("so xu-ly", folder, found.chosen[0].unit)
    click.echo(
        "Hỏi đơn vị, hoặc tìm Message-ID ở mục thư đã gửi của máy chủ thư. Rồi ghi lại:\n"
        f"    {how} --da-gui      thư đã đến, không gửi lại\n"
        f"    {how} --chua-gui    thư không đến, lần sau gửi lại"
    )


def show_settled(found: Unsettled, *, arrived: bool) -> None:
    """Print what was settled, and how much is left."""
    for sending in found.settled:
        end = "thư đã đến, không gửi lại" if arrived else "thư không đến; chạy gui để gửi lại"
        name = found.campaign.name_of(sending.unit)
        click.echo(f"Đã ghi: {name}, {sending.message_id}: {end}.")
    if found.unclear:
        click.echo(f"Còn {len(found.unclear)} thư không rõ.")


def show_doubted(found: Unsettled, folder: Path) -> None:
    """Print which files wait for a person's word on their senders, and how to give it."""
    if not found.doubted:
        return
    click.echo()
    click.echo("Phiếu chưa có ai xác nhận người gửi:")
    for name, doubt in found.doubted.items():
        whose = found.campaign.name_of(doubt.unit) if doubt.unit else "bảng thẩm định"
        console.say(f"{name}: {whose}, do {doubt.who} gửi", "  ", "      ")
    first = next(iter(found.doubted))
    click.echo()
    click.echo(
        "Hỏi đơn vị. Đúng thì ghi lại; không đúng thì để sang bên:\n"
        f"    {advised('so xu-ly', folder, first, '--dung-nguoi-gui')}\n"
        f"    {advised('so de-sang-ben', folder, first)}"
    )


def show_confirmed(found: Unsettled) -> None:
    """Print which senders were confirmed, and how many files are left."""
    for name in found.confirmed:
        click.echo(f"Đã ghi: {name} đúng là của đơn vị gửi.")
    if found.doubted:
        click.echo(f"Còn {len(found.doubted)} phiếu chưa có ai xác nhận người gửi.")


def unsettled_as_json(found: Unsettled) -> dict[str, Any]:
    """Return what is unclear, and what was settled."""
    return {
        "dot": found.campaign.id,
        "khong_ro": [
            {
                "don_vi": s.unit,
                "loai": s.kind.mail.words,
                "lan": s.reminder,
                "luc": s.intended.astimezone(VIETNAM).isoformat(),
                "den": list(s.addresses),
                "message_id": s.message_id,
                "vi_sao": s.words,
            }
            for s in found.unclear
        ],
        "cho_xac_nhan": [
            {"tep": name, "don_vi": doubt.unit, "nguoi_gui": doubt.sender}
            for name, doubt in found.doubted.items()
        ],
        "da_ghi": [*(s.message_id for s in found.settled), *found.confirmed],
    }


def judged_as_json(found: Judged) -> dict[str, Any]:
    """Return what was said of forms."""
    return {
        "dot": found.campaign.id,
        "da_ghi": [
            {
                "don_vi": verdict.unit,
                "tep": verdict.file,
                "quyet_dinh": verdict.decision.value,
                "ly_do": verdict.reason,
            }
            for verdict in found.verdicts
        ],
        "da_gach_bo": [verdict.file for verdict in found.taken_back],
    }


def copies_as_json(found: DifferingCopies) -> dict[str, Any]:
    """Return the forms of units that differ, and where."""
    return {
        "dot": found.campaign.id,
        "ban_khac_nhau": [
            {
                "don_vi": copies.unit.code,
                "tep": [form.file for form in copies.forms],
                "duoc_tinh": copies.forms[0].file if copies.is_one_counted else "",
                "dong": [
                    {"ma": row.criterion.code, "ten": row.criterion.name, "ghi": list(row.texts)}
                    for row in copies.rows
                ],
            }
            for copies in found.copies
        ],
    }


def show_copies(found: DifferingCopies, folder: Path) -> None:
    """Print the forms that differ, row by row, and how one of them is chosen."""
    if not found.copies:
        console.say("Không đơn vị nào gửi nhiều bản khác nhau.")
        return
    for copies in found.copies:
        click.echo(f"{copies.unit.code}, {copies.unit.name}:")
        for number, form in enumerate(copies.forms):
            counts = "được tính" if number == 0 and copies.is_one_counted else "không tính"
            click.echo(f"  {form.file} ({counts})")
        for row in copies.rows:
            console.say(f"{row.criterion.label}: {' | '.join(row.texts)}", "    ", "      ")
        click.echo()
    example = advised("so chon", folder, found.copies[0].forms[-1].file)
    console.say(f"Chọn bản được tính: {example}")
