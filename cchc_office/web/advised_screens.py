"""Where on the page a clerk does what a finding advises by the name of a command."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cchc_office.text.command_line import program

_SCREENS = {
    "khoi-tao": ("", "Chọn đợt chấm"),
    "don-doc": ("don-doc", "Bước 4: Đôn đốc"),
    "tham-dinh": ("tham-dinh", "Bước 5: Thẩm định"),
    "gui": ("giao-viec", "Bước 2: Giao việc"),
    "nhan": ("nhan-phieu", "Bước 3: Nhận phiếu"),
    "so chon": ("nhan-phieu", "Bước 3: Nhận phiếu"),
    "so ghi": ("giao-viec", "Bước 2: Giao việc"),
    "so xoa": ("so-theo-doi", "Sổ theo dõi"),
    "so xu-ly": ("so-theo-doi", "Sổ theo dõi"),
}
"""The last part of the address of a campaign's page ("": that of all campaigns), and its name."""

_COMMAND = re.compile(r"\b(so [a-z-]+|[a-z]+-[a-z]+|gui|nhan)\b(?!/)")


Screens = Mapping[str, tuple[str, str]]


def advised_screens(advice: str, nearer: Screens | None = None) -> list[tuple[str, str]]:
    """Return the screens for the commands that an advice names, each once, in order.

    `nearer` are places on the page itself ("#…") where it has some of them.
    """
    screens = _SCREENS | dict(nearer or {})
    named = (screens[word] for word in _COMMAND.findall(advice) if word in screens)
    return list(dict.fromkeys(named))


_LINKED = {"bằng": "ở", "chạy": "vào", "Chạy": "Vào"}


def on_the_page(advice: str, nearer: Screens | None = None) -> str:
    """Return an advice with the names of screens in the place of commands to type."""
    screens = _SCREENS | dict(nearer or {})

    def named(match: re.Match[str]) -> str:
        before, command = match.group(1) or "", match.group(2)
        if command not in screens:
            return match.group()
        return f"{_LINKED.get(before, before)} “{screens[command][1]}”".lstrip()

    typed = rf"(?:(bằng|chạy|Chạy) )?{re.escape(program())} (so [a-z-]+|[a-z]+(?:-[a-z]+)*)"
    return re.sub(typed, named, advice)
