"""Where on the page a clerk does what a finding advises by the name of a command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cchc_office.text.command_line import on_any_computer, program
from cchc_office.text.setting_names import FORM, is_of_settings, on_form

if TYPE_CHECKING:
    from cchc_office.catalogue.findings import Finding

_SCREENS = {
    "khoi-tao": ("", "Chọn đợt chấm"),
    "cong-van": ("giao-viec", "Bước 2: Giao việc"),
    "phieu-cham": ("giao-viec", "Bước 2: Giao việc"),
    "phu-luc": ("giao-viec", "Bước 2: Giao việc"),
    "giai-trinh": ("tham-dinh", "Bước 5: Thẩm định"),
    "don-doc": ("don-doc", "Bước 4: Đôn đốc"),
    "tham-dinh": ("tham-dinh", "Bước 5: Thẩm định"),
    "chon-ban": ("giao-viec", "Bước 2: Giao việc"),
    "gui": ("giao-viec", "Bước 2: Giao việc"),
    "nhan": ("nhan-phieu", "Bước 3: Nhận phiếu"),
    "so chon": ("nhan-phieu", "Bước 3: Nhận phiếu"),
    "so dung-lai": ("so-theo-doi", "Sổ theo dõi"),
    "so ghi": ("giao-viec", "Bước 2: Giao việc"),
    "so xoa": ("so-theo-doi", "Sổ theo dõi"),
    "so xu-ly": ("so-theo-doi", "Sổ theo dõi"),
}
"""The last part of the address of a campaign's page ("": that of all campaigns), and its name."""

_OF_SERVERS = re.compile(r"[Mm]áy chủ|thu\.toml")
"""What a text speaks of where the mail servers are in the way."""

_SETTINGS = ("cai-thu", FORM)
_OF_MAILING = (
    *("MAIL_STOPPED", "TRIAL_NOT_SENT", "MAIL_NOT_CONNECTED", "MAILBOX_NOT_NAMED"),
    *("MAIL_SETTINGS_MISSING", "MAIL_SETTINGS_UNREADABLE", "MAIL_SETTING_BAD"),
    *("MAIL_SETTING_UNKNOWN", "MAIL_PASSWORD_IN_FILE"),
)
"""The names of what there is to know of the mail servers; the first page loads no catalogue."""

_COMMAND = re.compile(r"(?<![\w-])(so [a-z-]+|[a-z]+-[a-z]+|gui|nhan)\b(?!/)")


_SENDERS = "--dung-nguoi-gui"
"""With it, `so xu-ly` speaks of files that came back, and without it of messages that went out."""

Screens = Mapping[str, tuple[str, str]]


def advised_screens(advice: str, nearer: Screens | None = None) -> list[tuple[str, str]]:
    """Return the screens for the commands that an advice names, each once, in order.

    `nearer` are places on the page itself ("#…") where it has some of them.
    """
    screens = _SCREENS | dict(nearer or {})
    if _SENDERS in advice:
        screens["so xu-ly"] = screens["nhan"]
    named = [screens[word] for word in _COMMAND.findall(on_form(advice)) if word in screens]
    return list(dict.fromkeys([*settings_screen(advice), *named]))


def screens_of(finding: Finding, nearer: Screens | None = None) -> list[tuple[str, str]]:
    """Return the screens for what a finding advises; all that is wrong with mailing leads to one.

    That is so where its own advice is only to wait, or to ask somebody.
    """
    own = [_SETTINGS] if finding.code.name in _OF_MAILING else []
    return list(dict.fromkeys([*own, *advised_screens(finding.advice, nearer)]))


def settings_screen(text: str) -> list[tuple[str, str]]:
    """Return the form of the mail servers for a text that speaks of them, else nothing."""
    return [_SETTINGS] if _OF_SERVERS.search(text) or is_of_settings(text) else []


CONFIRM_SENDER = "Đã hỏi, đúng người gửi"
"""The button by which a clerk says that a file is of whom its message says."""

_DRAFT_AGAIN = "soạn lại thư với “Gửi thêm một thư cho các đơn vị đã chọn”"
_COLUMNS = "chọn lại ở phần “Mỗi cột của tệp là cột nào”"
_OPTIONS = {
    rf": [^:;]*so xu-ly, tên tệp (?:này|đã lưu), {_SENDERS}": (
        f" bằng nút “{CONFIRM_SENDER}” cạnh tên tệp, ở “Bước 3: Nhận phiếu”"
    ),
    r": [^:;]*nhan-tep, thêm --ngay": " bằng lệnh nhan-tep (tài liệu, phần “Phiếu gửi về”)",
    r" \(lệnh so de-sang-ben\)": " (nút “Để sang bên” ở “Bước 3: Nhận phiếu”)",
    r",? với --da-gui hoặc --chua-gui": ", nút “Đã đến” hoặc “Không đến”",
    r"chạy lại với --gui-lai --chi [^.;]*": _DRAFT_AGAIN,
    r"chạy gui --gui-lai --chi [^.;]*": _DRAFT_AGAIN,
    r"Kiểm tra địa chỉ sau --thu-toi": "Kiểm tra “Địa chỉ của tôi”",
    r"thêm --ban-quet": "đánh dấu “Gửi cả bản quét đã ký” khi soạn lại",
    r"thêm --ban-sua": "đánh dấu “Gửi cả văn bản đã sửa tay trên một bản cũ” khi soạn lại",
    r"Chạy lại với --mat-khau \? rồi gõ mật khẩu": "Điền mật khẩu ở “Bước 3: Nhận phiếu”",
    r'chạy lại với --cot "[^"]*"(?:, hoặc --cot "[^"]*")?': _COLUMNS,
    r"chạy lại với --bang .*?, ví dụ --bang [0-9,]*": "chọn bảng khác ở đầu trang rồi xem lại",
    r"nhập lại với --khong-them-dong": "đánh dấu “Giữ các dòng như tệp gốc” khi nhập",
    r'nhập lại với --don-vi "[^"]*"': "chọn ở phần “Tên đơn vị gần giống nhau” khi nhập",
    r"lệnh tham-dinh với --tat-ca": "“mọi dòng” ở “Bước 5: Thẩm định”",
    r"chạy \S.* --pdf để làm lại": "tạo lại bản PDF",
    r"Chạy với --pdf để có": "Tạo lại",
    r"chạy lại, không ghi --truoc-han, --qua-han": "chọn “Mọi đơn vị còn nợ”",
    r"Chạy (\S.*) với cùng thư mục kết quả \(-o\), rồi gửi lại": r"Chạy \1 làm lại, rồi soạn thư",
    r"thêm --lan 2 \(3, …\) vào lệnh don-doc": "xem số lần ở công văn trước khi gửi",
    r"lưu các thư vào một thư mục rồi chạy với --tep THƯ_MỤC": (
        "lưu từng thư thành tệp .eml rồi thả vào “Bước 3: Nhận phiếu”"
    ),
    r" Tổng hợp cho một ngày khác thì thêm --ngay\.": "",
}
"""What stands on the page for options that a command is typed with."""

_MANUAL = {
    "cach-cham": "Cột Cách chấm và cột Quy tắc",
    "dot-cham": "Tệp dot-cham.xlsx",
    "gui-thu": "Gửi thư và sổ theo dõi",
    "mau-van-ban": "Mẫu công văn",
}
"""The pages of the manual that advices name by their files, and what they are called."""

_AGAIN = re.compile(r",? rồi chạy lại(?=[.;])")
"""What a page does by itself: it follows the files."""

_LINKED = {"bằng": "ở", "chạy": "vào", "Chạy": "Vào"}


def on_the_page(advice: str, nearer: Screens | None = None) -> str:
    """Return an advice with the names of screens in the place of commands to type, and options."""
    for option, words in _OPTIONS.items() if "-" in advice else ():
        advice = re.sub(option, words, advice)
    advice = _AGAIN.sub("", on_form(advice))
    for file, title in _MANUAL.items() if "docs/" in advice else ():
        advice = advice.replace(f"docs/{file}.md", f"tài liệu hướng dẫn, phần “{title}”")
    screens = _SCREENS | dict(nearer or {})

    def named(match: re.Match[str]) -> str:
        before, command = match.group(1) or "", match.group(2)
        if command not in screens:
            return match.group()
        return f"{_LINKED.get(before, before)} “{screens[command][1]}”".lstrip()

    # What a file of a campaign says names the program as it is called anywhere.
    names = "|".join(map(re.escape, {program(), on_any_computer(program())}))
    typed = rf"(?:(bằng|chạy|Chạy) )?(?:{names}) (so [a-z-]+|[a-z]+(?:-[a-z]+)*)"
    return re.sub(typed, named, advice)
