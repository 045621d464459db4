"""The options of the commands over a campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import click

from cchc_office.cli.vietnamese_click import PATH
from cchc_office.errors import UsageError
from cchc_office.model import MOST_REMINDERS, MOST_ROUNDS
from cchc_office.papers.kinds import PaperKind, letter_in
from cchc_office.text.vietnamese import parse_official_date

_Option = Callable[..., Any]
_READING = frozenset(
    ("tong-hop", "tien-do", "don-doc", "tham-dinh", "giai-trinh", "gui", "so", "chay")
)
_WHERE_WE_STAND = frozenset(("so",))
"""The commands that take the folder they are called in where no campaign is named."""

_CAMPAIGN = click.argument("campaign", metavar="ĐỢT_CHẤM", type=PATH)
_CAMPAIGN_OR_HERE = click.argument(
    "campaign", metavar="[ĐỢT_CHẤM]", type=PATH, required=False, default=None
)
_MOST_DAYS = 365
_WITHOUT_PDF = frozenset(("phieu-cham", "tham-dinh", "gui", "so"))


class _Day(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    name = "ngày"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        date = parse_official_date(str(value))
        if date is None or date.complete is None:
            self.fail(f"“{value}” không phải là một ngày; viết như 05/12/2024.", param, ctx)
        return date.complete


class _Time(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """How often something was done: a number from 1."""

    name = "số"

    def __init__(self, most: int) -> None:
        self._most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number that the clerk typed."""
        if isinstance(value, int):
            return value
        if not str(value).isdecimal() or not 1 <= int(value) <= self._most:
            self.fail(f"“{value}” phải là một số từ 1 đến {self._most}.", param, ctx)
        return int(value)


class _MailKind(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """What is sent, by the name of its folder."""

    name = "loại"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> PaperKind:
        """Return the kind that the clerk typed."""
        if isinstance(value, PaperKind):
            return value
        try:
            return letter_in(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)


DAY, MAIL_KIND, NUMBER = _Day(), _MailKind(), _Time(MOST_REMINDERS)


def _round(text: str) -> _Option:
    kind = _Time(MOST_ROUNDS)
    return click.option("--lan", "round", metavar="SỐ", type=kind, default=None, help=text)


_REMINDER_TIME = click.option(
    "--lan",
    "reminder_time",
    metavar="SỐ",
    type=NUMBER,
    default=None,
    help="Lần đôn đốc; từ lần 2, lời văn cứng rắn hơn (mặc định: theo sổ, sau lần đã gửi).",
)
_BY_DAYS = (
    click.option(
        "--truoc-han",
        "days_left",
        metavar="SỐ_NGÀY",
        type=_Time(_MOST_DAYS),
        default=None,
        help="Chỉ nơi chưa nộp mà còn không quá số ngày này là đến hạn nộp.",
    ),
    click.option(
        "--qua-han",
        "days_over",
        metavar="SỐ_NGÀY",
        type=_Time(_MOST_DAYS),
        default=None,
        help="Chỉ khi đã quá hạn nộp từ số ngày này trở lên.",
    ),
    click.option(
        "--van-ban-ngan",
        "in_short",
        is_flag=True,
        help="Thêm cạnh mỗi công văn một tệp chữ ngắn để chép vào Zalo, SMS.",
    ),
)
_EVERY_LEAF = click.option(
    "--tat-ca",
    "every_leaf",
    is_flag=True,
    help="Ở lần 2: mọi dòng, không chỉ những dòng bị giảm điểm hoặc phải giải trình.",
)
_EXPLANATION_DEADLINE = click.option(
    "--han-giai-trinh",
    "explanation_deadline",
    metavar="NGÀY",
    type=DAY,
    help="Hạn giải trình, ví dụ 20/12/2024 (mặc định: mục Hạn giải trình ở trang Thông tin).",
)
_EARLIER = click.option(
    "--so-voi",
    "earlier_file",
    metavar="TỆP",
    type=PATH,
    help="Tệp tong-hop.xlsx của kỳ trước, năm trước để so sánh.",
)
_MAIL = (
    click.option(
        "--loai",
        "kind",
        metavar="LOẠI",
        required=True,
        type=MAIL_KIND,
        help="Gửi gì: cong-van (công văn giao việc và phiếu), don-doc, giai-trinh.",
    ),
    click.option("--gui-that", "for_real", is_flag=True, help="Gửi thật (mặc định: chỉ soạn)."),
    click.option("--dong-y", "agreed", is_flag=True, help="Không hỏi lại trước khi gửi thật."),
    click.option(
        "--chi", "only", metavar="MÃ", multiple=True, help="Chỉ đơn vị này; dùng được nhiều lần."
    ),
    click.option(
        "--gui-lai",
        "again",
        is_flag=True,
        help="Gửi thêm một thư cho các đơn vị nêu ở --chi, dù đã gửi hay đã giao cách khác.",
    ),
    click.option(
        "--thu-toi",
        "trial",
        metavar="ĐỊA_CHỈ",
        help="Gửi thử một thư (thư đầu, hay của đơn vị ở --chi) đến địa chỉ này, không ghi vào sổ.",
    ),
    click.option(
        "--ban-sua",
        "accepts_old",
        is_flag=True,
        help="Gửi cả văn bản đã sửa tay trên một bản cũ.",
    ),
)
_OWN = {
    "tong-hop": (_EARLIER,),
    "tien-do": (_EARLIER,),
    "gui": (
        *_MAIL,
        _round("Lần thẩm định cần giải trình (mặc định: lần sau cùng đã có)."),
        _EXPLANATION_DEADLINE,
    ),
    "don-doc": (_REMINDER_TIME, *_BY_DAYS),
    "tham-dinh": (_round("Lần thẩm định, 1 hoặc 2 (mặc định: 1)."), _EVERY_LEAF),
    "giai-trinh": (
        _round("Lần thẩm định cần giải trình (mặc định: lần sau cùng đã có)."),
        _EXPLANATION_DEADLINE,
    ),
    "chay": (_EARLIER, _EXPLANATION_DEADLINE),
}
"""What only some commands have."""


def options_of(command: str, *, writes: bool) -> list[_Option]:
    """Return the argument and the options of a command over a campaign."""
    options: list[_Option] = [
        _CAMPAIGN_OR_HERE if command in _WHERE_WE_STAND else _CAMPAIGN,
        click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON."),
        click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật."),
    ]
    if writes:
        options += _writing(with_pdf=command not in _WITHOUT_PDF)
    if command in _READING:
        options += _reading()
    return [*options, *_OWN.get(command, ())]


def _writing(*, with_pdf: bool) -> list[_Option]:
    options = [
        click.option(
            "-o",
            "--ra",
            "output",
            metavar="THƯ_MỤC",
            type=PATH,
            help="Thư mục ghi kết quả (mặc định: output).",
        )
    ]
    if with_pdf:
        text = "Tạo thêm bản PDF để ký (cần LibreOffice)."
        options.append(click.option("--pdf", "as_pdf", is_flag=True, help=text))
    return options


def _reading() -> list[_Option]:
    return [
        click.option(
            "--nhan-ve",
            "returns_folder",
            metavar="THƯ_MỤC",
            type=PATH,
            help="Thư mục có các phiếu gửi về (mặc định: nhan-ve cạnh dot-cham.xlsx).",
        ),
        click.option(
            "--tham-dinh",
            "appraisals_folder",
            metavar="THƯ_MỤC",
            type=PATH,
            help="Thư mục có các bảng thẩm định đã điền (mặc định: tham-dinh cạnh dot-cham.xlsx).",
        ),
        click.option(
            "--ngay",
            "day",
            metavar="NGÀY",
            type=DAY,
            help="Ngày tổng hợp, ví dụ 05/12/2024 (mặc định: hôm nay).",
        ),
        click.option(
            "--mat-khau",
            "passwords",
            metavar="MẬT_KHẨU",
            multiple=True,
            help="Mật khẩu để mở phiếu bị khoá, dùng được nhiều lần; ? để gõ mà không hiện ra.",
        ),
    ]
