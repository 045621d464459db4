"""Texts that name each of many, "Tất cả các lớp": a group, whatever it is of, and never one."""

from __future__ import annotations

import re

_EVERY = re.compile(
    r"(?:tất\s+cả|toàn\s+(?:thể|bộ)|mọi|mỗi|từng|các|cả(?=\s+\d))(?=\s|$)"
    r"(?:\s+(?:các|những|\d+)(?=\s|$))*\s*"
    r"|toàn\s+(?:ngành|trường|sở|xã|phường|tỉnh|huyện|cơ\s+quan|đơn\s+vị)(?=\s|$)",
    re.IGNORECASE,
)


def many_of(text: str) -> str | None:
    """Return of what a text names each one, "" where it names simply all; None where it does not.

    "Tất cả các lớp" is of "lớp", "Toàn trường" of all.
    """
    match = _EVERY.match(text)
    return text[match.end() :].strip() if match else None
