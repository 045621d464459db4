"""What lets a job begin: arguments that make sense, a workbook that may be used, nobody else at it.

One job at a time works at a campaign, on whichever machine and from whichever face it was started.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from cchc_office.decree30.profile_file import PROFILE_FILE
from cchc_office.errors import BusyError, CampaignError
from cchc_office.files.locking import HeldElsewhereError, Lock, who_holds
from cchc_office.steps.arguments import checked
from cchc_office.steps.erased_mark import ERASED_FILE, erased_on
from cchc_office.steps.opened import Opened, stamp_of

_P = ParamSpec("_P")
_R = TypeVar("_R")
_OpenedT = TypeVar("_OpenedT", bound=Opened)
_Job = Callable[Concatenate[_OpenedT, _P], _R]

LOCK_FILE = ".cchc-dang-lam.khoa"
_PATIENCE = 2.0
"""For how many seconds a job waits for another: one that records a word is over by then."""


def job(method: _Job[_OpenedT, _P, _R]) -> _Job[_OpenedT, _P, _R]:
    """Let a job begin only with arguments that make sense, and a workbook that may be used."""
    call = checked(method)

    @wraps(method)
    def do(self: _OpenedT, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        require_as_opened(self)
        require_no_errors(self)
        return call(self, *args, **kwargs)

    return do


def saving_job(method: _Job[_OpenedT, _P, _R]) -> _Job[_OpenedT, _P, _R]:
    """Let a job begin that only saves what is brought: a workbook with errors keeps out nothing."""
    call = checked(method)

    @wraps(method)
    def do(self: _OpenedT, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        require_as_opened(self)
        return call(self, *args, **kwargs)

    return do


def writing_job(method: _Job[_OpenedT, _P, _R]) -> _Job[_OpenedT, _P, _R]:
    """Let a job that writes begin as others do, and only while no other one is at work."""

    @job
    @wraps(method)
    def do(self: _OpenedT, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        require_not_erased(self)
        with alone(self):
            return method(self, *args, **kwargs)

    return do


@contextmanager
def alone(opened: Opened) -> Iterator[Lock | None]:
    """Work alone at a campaign; None where its folder cannot be written, so that nobody can tell.

    Raises BusyError, which says who is at work, where somebody else is.
    """
    lock = Lock(opened.folder / LOCK_FILE, _PATIENCE)
    held = None
    try:
        held = lock.__enter__()
    except HeldElsewhereError as error:
        raise BusyError(str(error)) from None
    except OSError:
        pass  # who only makes papers need not be able to write there
    try:
        yield held
    finally:
        if held:
            held.__exit__(None, None, None)


def who_works(opened: Opened) -> str:
    """Return who is at work at a campaign, since when; "" for nobody. Nothing is written."""
    return who_holds(opened.folder / LOCK_FILE)


def require_as_opened(opened: Opened) -> None:
    """Raise CampaignError where the files that the campaign was read from are others now."""
    if opened.stamp != stamp_of(opened.file):
        raise CampaignError(
            f"{opened.file.name} hoặc {PROFILE_FILE} đã đổi từ khi mở đợt chấm, nên chưa làm gì. "
            "Mở lại bằng reload() (hoặc chạy lại lệnh) rồi làm tiếp."
        )


def require_not_erased(opened: Opened) -> None:
    """Raise CampaignError where a campaign's data was erased: what was kept would be lost."""
    if day := erased_on(opened.folder):
        raise CampaignError(
            f"Dữ liệu cá nhân của đợt này đã xoá ngày {day}, nên chưa làm gì: làm lại thì bản mới "
            "trống, thay mất kết quả đã giữ. Đợt mới thì tạo thư mục mới; vẫn muốn dùng thư mục "
            f"này thì xoá tệp {ERASED_FILE}."
        )


def require_no_errors(opened: Opened) -> None:
    """Raise CampaignError where the workbook has errors: nothing may be made of it."""
    errors = [finding for finding in opened.campaign.findings if finding.is_error]
    if errors:
        raise CampaignError(
            f"{opened.file.name} còn {len(errors)} lỗi, nên chưa làm được gì. Sửa rồi chạy lại. "
            f"Lỗi đầu tiên: {errors[0].place}: {errors[0].sentence}",
            opened.findings,
        )
