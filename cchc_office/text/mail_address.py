"""What an e-mail address may look like: one rule for the campaign workbook and for sending."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_LOCAL = 64
_LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")


def what_is_wrong(address: str) -> str:
    """Return in Vietnamese why `address` cannot stand in a message; "" where it can."""
    if any(unicodedata.category(c).startswith("C") or c.isspace() for c in address):
        return "có dấu cách, dấu xuống dòng hoặc ký tự không nhìn thấy"
    if not address.isascii():
        odd = "".join(dict.fromkeys(c for c in address if not c.isascii()))
        return f"có chữ có dấu hoặc ký tự lạ ({odd}), nhiều máy chủ thư không nhận"
    local = address.rpartition("@")[0]
    if len(local) > _LONGEST_LOCAL or len(address) > _LONGEST:
        return "quá dài"
    return "" if _ADDRESS.fullmatch(address) else "không đúng dạng ten@co-quan.vn"
