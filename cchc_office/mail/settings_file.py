"""Writing `thu.toml`: a new one, or the lines that change in the one that is there.

Whatever else the file says stays as a person wrote it, comments too.
"""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from cchc_office.mail.settings import KEYS, is_host

HEAD = """\
# Máy chủ thư của đợt chấm này. Giải thích từng dòng: docs/gui-thu.md, docs/nhan-thu.md.
# Không ghi mật khẩu vào đây: chương trình hỏi khi gửi, hoặc lấy ở kho mật khẩu của máy.
"""
"""How a new file begins."""

_PART = re.compile(r"\s*\[\s*(?P<part>[A-Za-z0-9_-]+)\s*\]\s*(?:#.*)?")
_VALUE = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#\[{][^\s#]*)"""
_LINE = re.compile(
    rf"""(?P<before>\s*["']?(?P<name>[A-Za-z0-9_-]+)["']?\s*=\s*){_VALUE}(?P<after>\s*(?:\#.*)?)"""
)


class NotInLinesError(Exception):
    """The file says what is to change in a way that is not one line for each name."""


def values_in(given: Mapping[str, Any]) -> dict[str, str]:
    """Return each setting of a file as a form shows it, "" for what is missing or is no value.

    What cannot be the name of a server is not shown: it may hold a password.
    """
    values = {key: _shown(_value(given, key)) for key in KEYS}
    hosts = {key for key in KEYS if key.endswith(".may_chu")}
    return {k: "" if k in hosts and not is_host(v) else v for k, v in values.items()}


def changed(text: str, values: Mapping[str, str | int]) -> str:
    """Return the text of a file with these values, "" for a name that is to be gone.

    Raises NotInLinesError where that takes more than changing lines.
    """
    given = tomllib.loads(text)
    file = _Lines(text)
    for key, value in values.items():
        part, _, name = key.rpartition(".")
        own = given.get(part, {}) if part else given
        if not isinstance(own, dict):
            raise NotInLinesError
        if own.get(name, "") == value and type(own.get(name, "")) is type(value):
            continue
        file.set(part, name, value)
        _set(given, part, name, value)
    for part in [name for name, own in given.items() if own == {}]:
        file.drop(part)
        del given[part]
    if _read(file.text) != given:
        raise NotInLinesError
    return file.text


class _Lines:
    """A file by its lines, each with its end."""

    def __init__(self, text: str) -> None:
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._lines = list(io.StringIO(text, newline=""))
        if self._lines and not self._lines[-1].endswith(("\n", "\r")):
            self._lines[-1] += self._end

    @property
    def text(self) -> str:
        return "".join(self._lines)

    def set(self, part: str, name: str, value: str | int) -> None:
        """Write a value in its line, or a new one; take the line of what is to be gone out."""
        at = next((i for i, own in self._of(part) if own == name), None)
        if at is None:
            if value != "":
                self._add(part, f"{name} = {_written(value)}{self._end}")
        elif value == "":
            del self._lines[at]
        else:
            line = self._lines[at]
            match = _LINE.fullmatch(line.rstrip("\r\n"))
            if match is None:
                raise NotInLinesError
            end = line[len(line.rstrip("\r\n")) :]
            self._lines[at] = f"{match['before']}{_written(value)}{match['after']}{end}"

    def drop(self, part: str) -> None:
        """Take the heading of a part out in which nothing is set any more."""
        at = (i for i, line in enumerate(self._lines) if _part_of(line) == part)
        if (first := next(at, None)) is not None:
            del self._lines[first]

    def _of(self, part: str) -> Iterator[tuple[int, str]]:
        """Yield the place and the name of each line of a part that sets something."""
        for at, own, name in self._all():
            if own == part and name:
                yield at, name

    def _all(self) -> Iterator[tuple[int, str, str]]:
        """Yield each line that is more than a comment: its place, its part, what it sets if any."""
        here = ""
        for at, line in enumerate(self._lines):
            if part := _part_of(line):
                here = part
            elif line.lstrip().startswith("["):
                here = "["  # a part that is none of ours
            elif not line.strip() or line.lstrip().startswith("#"):
                continue
            match = _LINE.fullmatch(line.rstrip("\r\n"))
            yield at, here, match["name"] if match else ""

    def _add(self, part: str, line: str) -> None:
        last = max((at for at, own, _ in self._all() if own == part), default=None)
        if last is not None:
            self._lines.insert(last + 1, line)
        elif part:
            between = [self._end] if self._lines else []
            self._lines += [*between, f"[{part}]{self._end}", line]
        else:
            first = min((at for at, _, _ in self._all()), default=len(self._lines))
            after = [self._end] if first < len(self._lines) else []
            self._lines[first:first] = [line, *after]


def _part_of(line: str) -> str:
    """Return which part begins with a line, "" for any other line."""
    match = _PART.fullmatch(line.rstrip("\r\n"))
    return match["part"] if match else ""


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise NotInLinesError from None


def _value(given: Mapping[str, Any], key: str) -> Any:
    part, _, name = key.rpartition(".")
    own = given.get(part) if part else given
    return own.get(name) if isinstance(own, Mapping) else None


def _set(given: dict[str, Any], part: str, name: str, value: str | int) -> None:
    own = given if not part else given.setdefault(part, {}) if value != "" else given.get(part, {})
    if value == "":
        own.pop(name, None)
    else:
        own[name] = value


def _shown(value: Any) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if isinstance(value, str) or is_number else ""


def _written(value: str | int) -> str:
    """Return a value of TOML; a basic string is written as one of JSON."""
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
