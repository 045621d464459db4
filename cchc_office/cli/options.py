"""The options of the commands, each declared once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cchc_office.cli.day_type import DayType
from cchc_office.model import MOST_REMINDERS, MOST_ROUNDS

Option = Callable[..., Any]

_MOST_DAYS = 365
_PATH = click.Path(path_type=Path, readable=False)
"""The place of a file or folder; whether it can be read is for the job to find and to tell."""


class _Number(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """How often, or for how many days: a number from 1."""

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


class _Numbers(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """One or several numbers from 1, between commas."""

    name = "số"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers that the clerk typed."""
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in str(value).replace("+", ",").split(",")]
        if not all(part.isdecimal() and int(part) for part in parts):
            self.fail(f"“{value}” phải là số từ 1, hoặc nhiều số như 1,2.", param, ctx)
        return tuple(map(int, parts))


class _Same(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Two names of one thing: "Cơ quan thực hiện=Đơn vị thực hiện"."""

    name = "tên=tên"

    def __init__(self, form: str) -> None:
        self._form = form

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the two names that the clerk typed."""
        if isinstance(value, tuple):
            return value
        theirs, sign, ours = (part.strip() for part in str(value).rpartition("="))
        if not (theirs and sign and ours):
            self.fail(f"“{value}” phải có dạng {self._form}.", param, ctx)
        return theirs, ours


class MaybeValued(click.Option):
    """An option that may have a list of names behind it: "--sua", "--sua mot,hai"."""

    _NAMES = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:,[a-z0-9]+(?:-[a-z0-9]+)*)*")

    def takes(self, word: str) -> bool:
        """Tell whether the word behind the option is meant for it, and not a file."""
        return bool(self._NAMES.fullmatch(word)) and not Path(word).exists()


class _Names(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Names between commas."""

    name = "tên"

    def convert(self, value: Any, *_: object) -> tuple[str, ...]:
        """Return the names that the clerk typed."""
        if isinstance(value, tuple):
            return value
        return tuple(filter(None, (part.strip() for part in str(value).split(","))))


_DAY = DayType()
TABLE_NUMBERS = _Numbers()
SAME_COLUMN = _Same("“cột trong tệp=cột của trang Bộ chỉ số”, hoặc “cột=bỏ”")
SAME_UNIT = _Same("“tên trong bảng=tên đơn vị”, hoặc “tên=riêng”")


def flag(*names: str, text: str) -> Option:
    """Return an option that is there or not."""
    return click.option(*names, is_flag=True, help=text)


def valued(*names: str, metavar: str, kind: Any = None, text: str, **more: Any) -> Option:
    """Return an option with a value of a kind, None where it is not given."""
    return click.option(*names, metavar=metavar, type=kind, help=text, **more)


def maybe_valued(*names: str, metavar: str, text: str) -> Option:
    """Return an option that may have names behind it: None where it is not given, else a tuple."""
    return click.option(
        *names,
        cls=MaybeValued,
        metavar=metavar,
        type=_Names(),
        is_flag=False,
        flag_value="",
        help=text,
    )


def folder(*names: str, text: str) -> Option:
    """Return an option that names a folder."""
    return valued(*names, metavar="THƯ_MỤC", kind=_PATH, text=text)


def file(*names: str, text: str) -> Option:
    """Return an option that names a file."""
    return valued(*names, metavar="TỆP", kind=_PATH, text=text)


def day(*names: str, text: str) -> Option:
    """Return an option that is a day."""
    return valued(*names, metavar="NGÀY", kind=_DAY, text=text)


def number(*names: str, most: int, text: str, metavar: str = "SỐ") -> Option:
    """Return an option that is a number."""
    return valued(*names, metavar=metavar, kind=_Number(most), text=text)


def place(name: str, metavar: str, **more: Any) -> Option:
    """Return an argument that is a file or a folder."""
    return click.argument(name, metavar=metavar, type=_PATH, **more)


def words(metavar: str) -> Option:
    """Return an argument of any words: the campaign, where the first names one, and what else."""
    return click.argument("words", metavar=metavar, nargs=-1)


CAMPAIGN = place("campaign", "ĐỢT_CHẤM")
CAMPAIGN_OR_HERE = place("campaign", "[ĐỢT_CHẤM]", required=False, default=Path())
OUTPUT = folder(
    "-o",
    "--ra",
    "output",
    text="Thư mục ghi kết quả (mặc định: output trong đợt chấm; đợt chấm không có output thì ở nơi "
    "đang đứng).",
)
PDF = flag("--pdf", "as_pdf", text="Tạo thêm bản PDF để ký (cần LibreOffice).")
ONE_SEEN = valued(
    "--xem",
    "seen_unit",
    metavar="MÃ",
    text="Chỉ xem thử công văn của đơn vị này, với thể thức của nó; không làm gì trong thư mục kết "
    "quả.",
)
RETURNS = folder(
    "--nhan-ve",
    "returns",
    text="Thư mục có các phiếu gửi về (mặc định: nhan-ve cạnh dot-cham.xlsx).",
)
APPRAISALS = folder(
    "--tham-dinh",
    "appraisals",
    text="Thư mục có các bảng thẩm định đã điền (mặc định: tham-dinh cạnh dot-cham.xlsx).",
)
DAY = day("--ngay", "day", text="Ngày tổng hợp, ví dụ 05/12/2024 (mặc định: hôm nay).")
PASSWORDS = valued(
    "--mat-khau",
    "passwords",
    metavar="MẬT_KHẨU",
    text="Mật khẩu để mở phiếu bị khoá, dùng được nhiều lần; ? để gõ mà không hiện ra.",
    multiple=True,
)
EARLIER = file("--so-voi", "earlier", text="Tệp tong-hop.xlsx của kỳ trước, năm trước để so sánh.")


def round_number(text: str) -> Option:
    """Return the option that tells which round of appraisal is meant."""
    return number("--lan", "round", most=MOST_ROUNDS, text=text)


ROUND = round_number("Lần thẩm định cần giải trình (mặc định: lần sau cùng đã có).")
DEADLINE = day(
    "--han-giai-trinh",
    "deadline",
    text="Hạn giải trình, ví dụ 20/12/2024 (mặc định: mục Hạn giải trình ở trang Thông tin).",
)
ONLY = valued(
    "--chi",
    "only",
    metavar="MÃ",
    text="Chỉ đơn vị này; dùng được nhiều lần.",
    multiple=True,
)
ALL = (
    flag("--json", "as_json", text="In kết quả dạng JSON."),
    click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật."),
)
"""What every command has."""

READING = (RETURNS, APPRAISALS, DAY, PASSWORDS)
"""What the commands have that read what came back."""


def reminder_number(text: str) -> Option:
    """Return the option that tells for the how-manieth time units are reminded."""
    return number("--lan", "number", most=MOST_REMINDERS, text=text)


def mail_kind(text: str, **more: Any) -> Option:
    """Return the option that tells what is sent or handed over."""
    return valued("--loai", "kind", metavar="LOẠI", text=text, **more)


def days_around(name: str, variable: str, text: str) -> Option:
    """Return an option that is a number of days before or after a deadline."""
    return number(name, variable, metavar="SỐ_NGÀY", most=_MOST_DAYS, text=text)
