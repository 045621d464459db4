"""What jobs are called with: each argument is checked, by its name, before anything is done."""

from __future__ import annotations

import datetime as dt
import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from cchc_office.errors import UsageError
from cchc_office.importing.source import PastedTable
from cchc_office.model import MOST_REMINDERS, MOST_ROUNDS, Question, campaign_of
from cchc_office.papers.kinds import PaperKind
from cchc_office.steps.given_file import GivenFile

_P = ParamSpec("_P")
_R = TypeVar("_R")
_MOST_DAYS = 365
_MOST_TABLES = 10_000


@dataclass(frozen=True)
class _Kind:
    """What an argument has to be, in words, and what takes it; that raises ValueError."""

    wanted: str
    take: Callable[[Any], Any]


def _day(given: Any) -> dt.date:
    if not isinstance(given, dt.date):
        raise ValueError
    return given.date() if isinstance(given, dt.datetime) else given


def _number(least: int, most: int) -> _Kind:
    def take(given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise ValueError
        return given

    return _Kind(f"phải là một số từ {least} đến {most}", take)


def _one(*kinds: type) -> Callable[[Any], Any]:
    def take(given: Any) -> Any:
        if not isinstance(given, kinds):
            raise ValueError
        return given

    return take


def _path(given: Any) -> Path:
    if not isinstance(given, str | os.PathLike) or not str(given):
        raise ValueError
    return Path(given)


def _given_file(given: Any) -> Any:
    """Return a path to a file, or a file that was handed in."""
    return given if isinstance(given, GivenFile) else _path(given)


def _table(given: Any) -> Any:
    """Return a path to a file with a table, or a table that was pasted."""
    return given if isinstance(given, PastedTable) else _path(given)


def _set(given: Any) -> Any:
    """Return a path to a criteria set, or what has one."""
    if isinstance(given, str | os.PathLike):
        return _path(given)
    try:
        return campaign_of(given)
    except UsageError:
        raise ValueError from None


def _several(take: Callable[[Any], Any], *lone: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes one or several; one alone, of a kind in `lone`, is meant by itself."""

    def take_all(given: Any) -> tuple[Any, ...]:
        if isinstance(given, lone):
            return (take(given),)
        if isinstance(given, bytes) or not isinstance(given, Iterable):
            raise ValueError
        return tuple(take(one) for one in given)

    return take_all


def _questions(given: Any) -> dict[str, tuple[Question, ...]]:
    if not isinstance(given, Mapping):
        raise ValueError
    take = _several(_one(Question), Question)
    return {_one(str)(code): take(asked) for code, asked in given.items()}


def _names(given: Any) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise ValueError
    take = _one(str)
    return {take(name): take(other) for name, other in given.items()}


_A_DAY = _Kind("cần một ngày (datetime.date)", _day)
_A_PATH = _Kind("cần một đường dẫn (str hoặc Path)", _path)
_A_SET = _Kind("cần một đợt chấm, hoặc đường dẫn (str hoặc Path)", _set)
_A_TEXT = _Kind("cần một chuỗi (str)", _one(str))
_TEXTS = _Kind("cần một hay nhiều chuỗi (str)", _several(_one(str), str))
_GIVEN_FILES = _Kind(
    "cần một hay nhiều đường dẫn (str, Path) hoặc GivenFile",
    _several(_given_file, str, os.PathLike, GivenFile),
)
_DAYS = _number(0, _MOST_DAYS)
_CHECKS: dict[str, tuple[str, _Kind]] = {
    "day": ("Ngày", _A_DAY),
    "deadline": ("Hạn giải trình", _A_DAY),
    "since": ("Từ ngày", _A_DAY),
    "round": ("Lần thẩm định", _number(1, MOST_ROUNDS)),
    "number": ("Lần", _number(1, MOST_REMINDERS)),
    "days_left": ("Số ngày trước hạn", _DAYS),
    "days_over": ("Số ngày quá hạn", _DAYS),
    "path": ("Đợt chấm", _A_PATH),
    "folder": ("Thư mục", _A_PATH),
    "table": ("Bảng phân công", _Kind(f"{_A_PATH.wanted} hay PastedTable", _table)),
    "assignments": ("Phân công năm trước", _A_PATH),
    "output": ("Thư mục ghi kết quả", _A_PATH),
    "returns": ("Thư mục phiếu gửi về", _A_PATH),
    "appraisals": ("Thư mục bảng thẩm định", _A_PATH),
    "old": ("Bộ chỉ số cũ", _A_SET),
    "new": ("Bộ chỉ số mới", _A_SET),
    "earlier": ("Tệp kỳ trước", _A_PATH),
    "messages": ("Thư mục thư", _A_PATH),
    "into": ("Thư mục lưu phiếu", _A_PATH),
    "paths": (
        "Tệp, thư mục",
        _Kind("cần một hay nhiều đường dẫn (str, Path)", _several(_path, str, os.PathLike)),
    ),
    "received": ("Các tệp nhận về", _GIVEN_FILES),
    "signed": ("Các bản đã ký", _GIVEN_FILES),
    "unit": ("Mã đơn vị", _A_TEXT),
    "reason": ("Lý do", _A_TEXT),
    "file": ("Tệp", _A_TEXT),
    "way": ("Cách giao", _A_TEXT),
    "address": ("Địa chỉ", _A_TEXT),
    "kind": ("Loại thư", _Kind("cần một chuỗi, ví dụ “cong-van”", _one(str, PaperKind))),
    "only": ("Các đơn vị", _TEXTS),
    "units": ("Các đơn vị", _TEXTS),
    "named": ("Các thư", _TEXTS),
    "files": ("Các tệp", _TEXTS),
    "names": ("Các số", _TEXTS),
    "kinds": ("Các loại sửa", _TEXTS),
    "attachments": ("Tệp gửi kèm", _TEXTS),
    "passwords": ("Mật khẩu", _TEXTS),
    "choose": (
        "Các bảng",
        _Kind("cần một hay nhiều số từ 1", _several(_number(1, _MOST_TABLES).take, int)),
    ),
    "columns": (
        "Các cột",
        _Kind("cần một dict: cột trong tệp với cột của trang Bộ chỉ số", _names),
    ),
    "settings": ("Các mục", _Kind("cần một dict: tên mục trong thu.toml với giá trị", _names)),
    "same_units": (
        "Tên đơn vị",
        _Kind("cần một dict: tên trong bảng với tên đơn vị, hoặc “riêng”", _names),
    ),
    "questions": (
        "Câu hỏi",
        _Kind("cần một dict: mã đơn vị với những Question của đơn vị đó", _questions),
    ),
}


def checked(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let a function be called with what it takes only; anything else raises UsageError.

    None is taken where it is what an argument is without being given; a text alone stands for a
    list of one, a time for its day.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        bound = signature.bind(*args, **kwargs)
        for name, given in bound.arguments.items():
            is_left_out = given is None and signature.parameters[name].default is None
            if is_left_out or name not in _CHECKS:
                continue
            title, kind = _CHECKS[name]
            try:
                bound.arguments[name] = kind.take(given)
            except ValueError:
                told = f"{title} ({name}): {kind.wanted}, không phải {given!r}."
                raise UsageError(told) from None
        return function(*bound.args, **bound.kwargs)

    return call
