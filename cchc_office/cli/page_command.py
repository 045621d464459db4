"""`cchc mo`: the page in the browser on this computer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from cchc_office.cli.day_type import DayType
from cchc_office.cli.group import VietnameseCommand, cli
from cchc_office.cli.saying import say

_WHAT = (
    "ĐỢT_CHẤM là thư mục của đợt chấm, hoặc tệp dot-cham.xlsx trong đó; tệp khác (Word, Excel, "
    "PDF…) là bảng để bắt đầu một đợt mới. Không nêu thì chọn trên trang. Trang chỉ mở được trên "
    "máy này, không dùng mạng; đóng trang không mất gì."
)


@cli.command("mo", cls=VietnameseCommand, epilog=_WHAT)
@click.argument("campaign", metavar="[ĐỢT_CHẤM]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--khong-mo-trinh-duyet",
    "hides",
    is_flag=True,
    help="Chỉ in địa chỉ, không mở trình duyệt.",
)
@click.option(
    "--ngay",
    "day",
    metavar="NGÀY",
    type=DayType(),
    help="Làm việc như vào ngày này, ví dụ 05/12/2024 (mặc định: hôm nay).",
)
@click.option("--debug", is_flag=True, expose_value=False, hidden=True)
def open_page(campaign: Path | None, *, hides: bool, day: dt.date | None) -> int:
    """Start the page, or show the one that runs."""
    from cchc_office.web import launch

    launch.open_page(campaign, say=say, shows=not hides, day=day)
    return 0
