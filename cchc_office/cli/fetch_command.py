"""`cchc nhan`: fetching what units sent back, from the mailbox or from a folder of messages."""

from __future__ import annotations

from typing import Any

import click

from cchc_office.cli import console, json_output, mail_trial, options
from cchc_office.cli.command import WHAT_CAMPAIGN, Call, command
from cchc_office.steps.fetching import Fetched, TakenMessage
from cchc_office.text.command_line import advised
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import VIETNAM, day_and_time

_MOST_OTHERS_SHOWN, _MOST_DOUBTED_SHOWN, _MOST_EVIDENCE_SHOWN = 10, 11, 5
_WHAT = (
    f"{WHAT_CAMPAIGN} Máy chủ thư được khai ở phần [nhan] của thu.toml. Hộp thư chỉ được xem: "
    "không thư nào bị đánh dấu, chuyển hay xoá."
)


@command(
    "nhan",
    options.CAMPAIGN,
    options.folder(
        "--tep",
        "messages",
        text="Đọc các thư đã lưu (.eml, .mbox) trong thư mục này thay cho hộp thư.",
    ),
    options.day(
        "--tu",
        "since",
        text="Chỉ xem thư đến từ ngày này, ví dụ 05/12/2024 (mặc định: từ khi phát hành).",
    ),
    options.flag("--lai", "again", text="Xem lại cả các thư còn tệp chưa lấy được."),
    options.folder(
        "--nhan-ve", "into", text="Thư mục lưu phiếu (mặc định: nhan-ve cạnh dot-cham.xlsx)."
    ),
    mail_trial.OPTION,
    options.PASSWORDS,
    epilog=_WHAT,
)
def fetch(call: Call) -> int:
    """Fetch returns."""
    if call["only_connect"]:
        return mail_trial.connect(call, incoming=True)
    own = ("messages", "since", "again", "into")
    fetched = call.open().fetch(**{name: call[name] for name in own})
    return call.answer(
        fetched,
        lambda: _as_json(call, fetched),
        lambda: _show(fetched, of_mailbox=not call["messages"]),
    )


def _show(fetched: Fetched, *, of_mailbox: bool) -> None:
    if not fetched.source:
        console.show_findings(fetched.findings)
        errors = sum(finding.is_error for finding in fetched.findings)
        console.say(
            fetched.broken_off
            or f"Chưa lấy thư nào: còn {errors} lỗi. Sửa các lỗi trên rồi chạy lại.",
            err=bool(fetched.broken_off),
        )
        return
    since = f", từ {fetched.since:%d/%m/%Y}" if of_mailbox else ""
    number, known = len(fetched.taken), fetched.known
    click.echo(f"{fetched.source}{since}: {number} thư mới, {known} thư đã xem từ trước.")
    shown = [taken for taken in fetched.taken if taken.is_telling]
    others = number - len(shown)
    if others <= _MOST_OTHERS_SHOWN:
        shown, others = list(fetched.taken), 0
    for taken in shown:
        _show_message(taken, fetched)
        _show_evidence(taken, fetched.evidence.name)
    if others:
        click.echo(f"  … và {others} thư khác không có phiếu, không phải của đơn vị nào.")
    click.echo()
    console.show_findings(fetched.findings)
    _show_doubted(fetched.doubted)
    _show_closing(fetched)
    if fetched.broken_off:
        console.say(fetched.broken_off, err=True)


def _show_message(taken: TakenMessage, fetched: Fetched) -> None:
    message = taken.message
    when = day_and_time(message.sent) if message.sent else "(không rõ ngày)"
    sender = message.sender or "(không rõ người gửi)"
    about = f"“{message.subject}”" if message.subject else "(không có tiêu đề)"
    lacks = ": không có phiếu" if not taken.evidence else ": không có phiếu, có minh chứng"
    end = ":" if taken.returns or message.notices else lacks
    console.say(f"{when}  {sender}  {about}{end}", "  ", "      ")
    for notice in taken.notices_in_words():
        console.say(notice, "      ", "        ")
    for file in taken.returns:
        unit = f" ({file.unit})" if file.unit else ""
        console.say(f"{file.name} → {file.saved_as}{unit}, {file.fate.value}", "      ", "        ")
        for version in fetched.versions_of(file):
            console.say(f"{version.words}.", "        ", "        ")


def _show_evidence(taken: TakenMessage, folder: str) -> None:
    kept = [file for file in taken.evidence if file.saved_as]
    for file in kept[:_MOST_EVIDENCE_SHOWN]:
        place = f"{folder}/{file.unit}/{file.saved_as}"
        console.say(f"{file.name} → {place}, {file.fate.value}", "      ", "        ")
    if (rest := len(kept) - _MOST_EVIDENCE_SHOWN) > 0:
        click.echo(f"      … và {rest} tệp minh chứng nữa")
    if taken.pictures and (taken.returns or kept):
        click.echo(f"      bỏ qua {taken.pictures} ảnh trong lời thư (chữ ký, biểu tượng)")


def _show_doubted(doubted: tuple[str, ...]) -> None:
    if doubted:
        named = some_of(doubted, _MOST_DOUBTED_SHOWN, "phiếu")
        console.say(f"Còn phải hỏi lại, từ các lần trước: {named}.")


def _show_closing(fetched: Fetched) -> None:
    if kept := sum(bool(f.saved_as) for taken in fetched.taken for f in taken.evidence):
        click.echo(f"Đã giữ {kept} tệp minh chứng ở {fetched.evidence}.")
    if not fetched.saved:
        click.echo("Không có phiếu nào mới.")
        return
    click.echo(
        f"Đã lưu {len(fetched.saved)} phiếu mới vào {fetched.into}. Đọc và tổng hợp: "
        f"{advised('tong-hop', fetched.evidence.parent)}"
    )


def _as_json(call: Call, fetched: Fetched) -> dict[str, Any]:
    read = [{"tep": name, "loai": "thu"} for name in fetched.names]
    return {
        **({"loi": fetched.broken_off} if fetched.broken_off else {}),
        "dot": fetched.campaign.id,
        "nguon": fetched.source,
        "tu_ngay": fetched.since.isoformat(),
        "tep_doc": [*json_output.files_as_json(call.opened.file), *read],
        "tep_ghi": [
            {"tep": (fetched.into / file.saved_as).as_posix(), "trang_thai": file.fate.value}
            for taken in fetched.taken
            for file in taken.returns
        ],
        "thu": [_message_as_json(taken) for taken in fetched.taken],
        "so_thu_da_xem_truoc": fetched.known,
        "con_phai_hoi_lai": list(fetched.doubted),
    }


def _message_as_json(taken: TakenMessage) -> dict[str, Any]:
    message = taken.message
    return {
        "ma": message.key,
        "nguoi_gui": message.sender,
        "ngay": message.sent.astimezone(VIETNAM).isoformat() if message.sent else "",
        "tieu_de": message.subject,
        "anh_bo_qua": taken.pictures,
        "bao_giao_thu": [
            {
                "message_id": n.message_id,
                "dia_chi": n.address,
                "ket_qua": n.action.value,
                "ma_trang_thai": n.status,
                "may_chu_noi": n.words,
            }
            for n in message.notices
        ],
        "tep": [
            {
                "ten": f.name,
                "ket_qua": f.fate.value,
                "don_vi": f.unit,
                "luu_thanh": f.saved_as,
                "phat_hien": f.finding,
            }
            for f in message.files
        ],
    }
