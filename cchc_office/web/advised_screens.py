"""Where on the page a clerk does what a finding advises by the name of a command."""

from __future__ import annotations

import re

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


def advised_screens(advice: str) -> list[tuple[str, str]]:
    """Return the screens for the commands that an advice names, each once, in order."""
    named = (_SCREENS[word] for word in _COMMAND.findall(advice) if word in _SCREENS)
    return list(dict.fromkeys(named))
