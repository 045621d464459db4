"""`cchc nhan`: fetching what units sent back, from the mailbox or from a folder of messages."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office import campaign as campaigns
from cchc_office.catalogue.findings import Code, Finding, Severity, has_errors, need_a_person
from cchc_office.cli import console, json_output
from cchc_office.cli.group import cli
from cchc_office.cli.run import require_folder
from cchc_office.cli.vietnamese_click import PATH, VietnameseCommand
from cchc_office.errors import CchcError, UsageError
from cchc_office.files.folders import list_folder, not_read
from cchc_office.model import Campaign
from cchc_office.text.vietnamese import VIETNAM, parse_official_date

if TYPE_CHECKING:
    from cchc_office.mail.fetching import Incoming, Taken, Taker
    from cchc_office.mail.settings import IncomingServer
    from cchc_office.register import Register

_DONE, _NEEDS_A_PERSON, _NOT_DONE = 0, 1, 3
_MOST_OTHERS_SHOWN, _MOST_DOUBTED_SHOWN, _MOST_EVIDENCE_SHOWN = 10, 10, 5
_WHAT = (
    "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó. Máy chủ thư được khai ở "
    "phần [nhan] của thu.toml. Hộp thư chỉ được xem: không thư nào bị đánh dấu, chuyển hay xoá."
)


@dataclass
class _Fetching:
    """One call of the command, and what came of it so far."""

    file: Path
    folder: Path
    messages: Path | None
    since: dt.date | None
    again: bool
    passwords: tuple[str, ...] = field(repr=False)
    evidence: Path = field(init=False)
    source: str = ""
    taken: list[Taken] = field(default_factory=list)
    known: int = 0
    broken_off: str = ""
    files: tuple[str, ...] = ()
    doubted: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.evidence = self.file.parent / campaigns.EVIDENCE_FOLDER

    def status(self) -> int:
        if self.broken_off:
            return _NOT_DONE
        return _NEEDS_A_PERSON if need_a_person(tuple(self.findings)) else _DONE


@cli.command(
    "nhan",
    cls=VietnameseCommand,
    epilog=_WHAT,
)
@click.argument("campaign", metavar="ĐỢT_CHẤM", type=PATH)
@click.option(
    "--tep",
    "messages",
    metavar="THƯ_MỤC",
    type=PATH,
    help="Đọc các thư đã lưu (.eml, .mbox) trong thư mục này thay cho hộp thư.",
)
@click.option(
    "--tu",
    "since",
    metavar="NGÀY",
    help="Chỉ xem thư đến từ ngày này, ví dụ 05/12/2024 (mặc định: từ khi phát hành).",
)
@click.option("--lai", "again", is_flag=True, help="Xem lại cả các thư còn tệp chưa lấy được.")
@click.option(
    "--nhan-ve",
    "folder",
    metavar="THƯ_MỤC",
    type=PATH,
    help="Thư mục lưu phiếu (mặc định: nhan-ve cạnh dot-cham.xlsx).",
)
@click.option(
    "--mat-khau",
    "passwords",
    metavar="MẬT_KHẨU",
    multiple=True,
    help="Mật khẩu để mở phiếu bị khoá, dùng được nhiều lần; ? để gõ mà không hiện ra.",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def fetch_returns(
    campaign: Path,
    messages: Path | None,
    since: str | None,
    again: bool,
    folder: Path | None,
    passwords: tuple[str, ...],
    as_json: bool,
) -> int:
    """Fetch returns."""
    file = campaigns.find_campaign_file(campaign)
    run = _Fetching(
        file,
        folder or file.parent / campaigns.RETURNS_FOLDER,
        messages,
        _day(since),
        again,
        console.asked_for(passwords),
    )
    read = campaigns.load_campaign(campaign)
    run.findings += [f for f in read.findings if f.is_error]
    if has_errors(read.findings):
        return _refuse(run, as_json)
    if messages is not None:
        require_folder(messages)
    if not _fetch(run, read):
        return _refuse(run, as_json)
    status = run.status()
    if as_json:
        _print_json(run, read, status)
    else:
        _show(run)
    return status


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    date = parse_official_date(text)
    if date is None or date.complete is None:
        raise UsageError(f"“{text}” không phải là một ngày; viết như 05/12/2024.")
    return date.complete


def _refuse(run: _Fetching, as_json: bool) -> int:
    if as_json:
        findings = json_output.findings_as_json(tuple(run.findings))
        json_output.print_json("nhan", _NOT_DONE, phat_hien=findings)
        return _NOT_DONE
    console.show_findings(run.findings)
    errors = sum(f.severity is Severity.ERROR for f in run.findings)
    click.echo(f"Chưa lấy thư nào: còn {errors} lỗi. Sửa các lỗi trên rồi chạy lại.")
    return _NOT_DONE


# --- fetching ---


def _fetch(run: _Fetching, campaign: Campaign) -> bool:
    """Fetch; False where the settings do not allow it."""
    from cchc_office.mail.fetching import first_day
    from cchc_office.register import open_register

    with open_register(run.file.parent, campaign.id) as register:
        run.findings += register.findings
        run.since = run.since or first_day(campaign, register)
        is_allowed = True
        if run.messages is not None:
            _from_folder(run, campaign, register, run.messages)
        else:
            is_allowed = _from_server(run, campaign, register)
        run.findings += [f for f in register.findings if f not in run.findings]
        return is_allowed


def _from_folder(run: _Fetching, campaign: Campaign, register: Register, folder: Path) -> None:
    from cchc_office.mail.fetching import messages_in

    listing = list_folder(folder)
    paths = listing.files
    if not paths:
        listing.whole()
    run.findings += not_read(listing)
    run.source = Path(os.path.realpath(folder)).name
    run.files = tuple(path.relative_to(folder).as_posix() for path in paths)

    def messages(bar: Callable[[object], None]) -> Iterator[Incoming]:
        for path in paths:
            for found in messages_in(path, folder):
                if isinstance(found, Finding):
                    run.findings.append(found)
                else:
                    yield found
            bar(path)

    with console.progress("Đọc thư", len(paths)) as bar:
        _take(run, _taker(run, campaign, register), register, messages(bar))


def _from_server(run: _Fetching, campaign: Campaign, register: Register) -> bool:
    from cchc_office.mail.fetching import MailboxError
    from cchc_office.mail.settings import SETTINGS_FILE, read_mail_settings

    settings, findings = read_mail_settings(run.file.parent)
    run.findings += findings
    if settings.incoming is None and not has_errors(findings):
        run.findings.append(Finding(Code.MAILBOX_NOT_NAMED, SETTINGS_FILE))
    if settings.incoming is None or any(_concerns_fetching(f) for f in findings):
        return False
    try:
        _from_mailbox(run, campaign, register, settings.incoming)
    except MailboxError as error:
        run.broken_off = str(error)
    return True


def _concerns_fetching(finding: Finding) -> bool:
    """Tell what stops fetching: not what is wrong in the part for sending, but a password does."""
    if finding.code is Code.MAIL_PASSWORD_IN_FILE:
        return True
    return finding.is_error and finding.about.startswith("nhan")


def _from_mailbox(
    run: _Fetching, campaign: Campaign, register: Register, incoming: IncomingServer
) -> None:
    from cchc_office.mail.fetching import left_to_fetch, open_mailbox
    from cchc_office.mail.passwords import find_password

    secret = find_password(incoming.server, _ask_password)
    with open_mailbox(incoming, secret) as mailbox:
        run.source = mailbox.name
        found = mailbox.search(run.since or dt.date.min)
        taker = _taker(run, campaign, register)
        uids = left_to_fetch(mailbox, found, taker.known, register)
        run.known += len(found) - len(uids)
        with console.progress("Xem hộp thư", len(uids)) as bar:

            def messages() -> Iterator[Incoming]:
                for message in mailbox.messages(uids):
                    yield message
                    bar(message)

            _take(run, taker, register, messages())


def _taker(run: _Fetching, campaign: Campaign, register: Register) -> Taker:
    from cchc_office.mail.fetching import EvidenceFolders, Known, Outgoing, ReturnsFolder, Taker

    messages = register.messages()
    known = Known(
        messages,
        confirmed=(confirmed.digest for confirmed in register.confirmations()),
        again=run.again,
        with_passwords=bool(run.passwords),
    )
    outgoing = Outgoing(campaign, register.sendings(), messages)
    now = dt.datetime.now(dt.UTC)
    folder, evidence = ReturnsFolder(run.folder), EvidenceFolders(run.evidence)
    return Taker(campaign, folder, evidence, known, outgoing, run.source, now, run.passwords)


def _take(run: _Fetching, taker: Taker, register: Register, messages: Iterator[Incoming]) -> None:
    """Take the messages in; what came before something broke off is shown all the same."""
    from cchc_office.mail.fetching import fetch

    try:
        for taken in fetch(messages, taker, register):
            if taken is None:
                run.known += 1
            elif isinstance(taken, Finding):
                run.findings.append(taken)
            else:
                run.taken.append(taken)
                run.findings += taken.findings
    except CchcError as error:
        run.broken_off = str(error)
    except KeyboardInterrupt:
        run.broken_off = "Đã dừng theo yêu cầu. Chạy lại để lấy tiếp các thư còn lại."
    run.doubted = [
        f"{file.saved_as} ({message.sender or 'không rõ người gửi'})"
        for message, file in taker.still_doubted()
    ]


def _ask_password(account: str) -> str:
    try:
        return console.ask_secret(f"Mật khẩu của hộp thư {account}")
    except click.Abort:
        raise CchcError(
            "Chưa có mật khẩu của hộp thư, nên chưa đọc thư nào. Gõ mật khẩu khi được hỏi, hoặc "
            "cất nó vào kho mật khẩu của máy: xem docs/nhan-thu.md."
        ) from None


# --- showing ---


def _show(run: _Fetching) -> None:
    if run.broken_off and not run.source:
        console.show_findings(run.findings)
        console.say(run.broken_off, err=True)
        return
    since = f", từ {run.since:%d/%m/%Y}" if run.since and run.messages is None else ""
    click.echo(f"{run.source}{since}: {len(run.taken)} thư mới, {run.known} thư đã xem từ trước.")
    shown = [t for t in run.taken if t.is_telling]
    others = len(run.taken) - len(shown)
    if others <= _MOST_OTHERS_SHOWN:
        shown, others = run.taken, 0
    for taken in shown:
        _show_message(taken)
        _show_evidence(taken, run.evidence)
    if others:
        click.echo(f"  … và {others} thư khác không có phiếu, không phải của đơn vị nào.")
    click.echo()
    console.show_findings(run.findings)
    if run.doubted:
        more = (
            f" và {rest} phiếu nữa" if (rest := len(run.doubted) - _MOST_DOUBTED_SHOWN) > 0 else ""
        )
        named = ", ".join(run.doubted[:_MOST_DOUBTED_SHOWN])
        console.say(f"Còn phải hỏi lại, từ các lần trước: {named}{more}.")
    click.echo(_closing(run))
    if run.broken_off:
        console.say(run.broken_off, err=True)


def _show_message(taken: Taken) -> None:
    from cchc_office.mail.fetching import shown_time

    message = taken.message
    when = shown_time(message.sent) if message.sent else "(không rõ ngày)"
    sender = message.sender or "(không rõ người gửi)"
    about = f"“{message.subject}”" if message.subject else "(không có tiêu đề)"
    lacks = ": không có phiếu" if not taken.evidence else ": không có phiếu, có minh chứng"
    end = ":" if taken.returns or message.notices else lacks
    console.say(f"{when}  {sender}  {about}{end}", "  ", "      ")
    for notice in message.notices:
        from cchc_office.register.status_words import reason

        why = f", {reason(notice)}" if notice.is_trouble else ""
        console.say(f"thư gửi {notice.address} {notice.action.value}{why}", "      ", "        ")
    for file in taken.returns:
        unit = f" ({file.unit})" if file.unit else ""
        console.say(f"{file.name} → {file.saved_as}{unit}, {file.fate.value}", "      ", "        ")


def _show_evidence(taken: Taken, folder: Path) -> None:
    kept = [f for f in taken.evidence if f.saved_as]
    for file in kept[:_MOST_EVIDENCE_SHOWN]:
        place = f"{folder.name}/{file.unit}/{file.saved_as}"
        console.say(f"{file.name} → {place}, {file.fate.value}", "      ", "        ")
    if (rest := len(kept) - _MOST_EVIDENCE_SHOWN) > 0:
        click.echo(f"      … và {rest} tệp minh chứng nữa")
    if taken.pictures and (taken.returns or kept):
        click.echo(f"      bỏ qua {taken.pictures} ảnh trong lời thư (chữ ký, biểu tượng)")


def _closing(run: _Fetching) -> str:
    from cchc_office.register import FileFate

    new = sum(f.fate is FileFate.SAVED for t in run.taken for f in t.returns)
    kept = sum(bool(f.saved_as) for t in run.taken for f in t.evidence)
    evidence = f"Đã giữ {kept} tệp minh chứng ở {run.evidence}.\n" if kept else ""
    if not new:
        return f"{evidence}Không có phiếu nào mới."
    next_ = f"Đọc và tổng hợp: cchc tong-hop {run.file.parent}"
    return f"{evidence}Đã lưu {new} phiếu mới vào {run.folder}. {next_}"


def _print_json(run: _Fetching, campaign: Campaign, status: int) -> None:
    saved = [
        {"tep": (run.folder / f.saved_as).as_posix(), "trang_thai": f.fate.value}
        for taken in run.taken
        for f in taken.returns
    ]
    broken_off = {"loi": run.broken_off} if run.broken_off else {}
    json_output.print_json(
        "nhan",
        status,
        **broken_off,
        dot=campaign.id,
        nguon=run.source,
        tu_ngay=run.since.isoformat() if run.since else "",
        tep_doc=[
            *json_output.files_as_json(run.file, None),
            *({"tep": name, "loai": "thu"} for name in run.files or _names(run)),
        ],
        tep_ghi=saved,
        thu=[_message_as_json(taken) for taken in run.taken],
        so_thu_da_xem_truoc=run.known,
        con_phai_hoi_lai=run.doubted,
        phat_hien=json_output.findings_as_json(tuple(run.findings)),
    )


def _names(run: _Fetching) -> Iterator[str]:
    return (taken.name for taken in run.taken)


def _message_as_json(taken: Taken) -> dict[str, Any]:
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
