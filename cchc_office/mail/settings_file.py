"""Writing `thu.toml`: a new one, or what changes in the one that is there.

Whatever else the file says stays as a person wrote it, comments too.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import tomlkit

from cchc_office.mail.settings import KEYS, is_host

HEAD = """\
# Máy chủ thư của đợt chấm này. Giải thích từng dòng: docs/gui-thu.md, docs/nhan-thu.md.
# Không ghi mật khẩu vào đây: chương trình hỏi khi gửi, hoặc lấy ở kho mật khẩu của máy.
"""
"""How a new file begins."""


class NotAPartError(Exception):
    """What is to hold settings is a value in the file: "gui = 3"."""


def values_in(given: Mapping[str, Any]) -> dict[str, str]:
    """Return each setting of a file as a form shows it, "" for what is missing or is no value.

    What cannot be the name of a server is not shown: it may hold a password.
    """
    values = {key: _shown(_value(given, key)) for key in KEYS}
    hosts = {key for key in KEYS if key.endswith(".may_chu")}
    return {k: "" if k in hosts and not is_host(v) else v for k, v in values.items()}


def changed(text: str, values: Mapping[str, str | int]) -> str:
    """Return the text of a file with these values, "" for a name that is to be gone.

    Raises NotAPartError where a name stands in what is a value in the file.
    """
    file = tomlkit.parse(text.replace("\r\n", "\n"))
    for key, value in values.items():
        part, _, name = key.rpartition(".")
        own = _part(file, part)
        if value == "":
            own.pop(name, None)
        elif own.get(name) != value:
            own[name] = value
        if part and not own:
            file.pop(part)
    written = tomlkit.dumps(file)
    return written.replace("\n", "\r\n") if "\r\n" in text else written


def _part(file: tomlkit.TOMLDocument, part: str) -> MutableMapping[str, Any]:
    if not part:
        return file
    own = file.setdefault(part, tomlkit.table())
    if not isinstance(own, MutableMapping):
        raise NotAPartError(part)
    return own


def _value(given: Mapping[str, Any], key: str) -> Any:
    part, _, name = key.rpartition(".")
    own = given.get(part) if part else given
    return own.get(name) if isinstance(own, Mapping) else None


def _shown(value: Any) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if isinstance(value, str) or is_number else ""
