"""What makes going on pointless, each with the exit status it ends the command with."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from cchc_office.text.command_line import with_arguments

if TYPE_CHECKING:
    from cchc_office.catalogue.findings import Finding

_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không còn ở đó",
    errno.ENOTDIR: "là một tệp, không phải thư mục",
    errno.EISDIR: "là một thư mục, không phải tệp",
    errno.ELOOP: "liên kết dẫn vòng tròn",
    errno.ENAMETOOLONG: "tên hoặc đường dẫn quá dài",
    errno.EINVAL: "tên có ký tự không dùng được",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EBUSY: "đang có chương trình khác dùng",
    errno.EMFILE: "máy đang mở quá nhiều tệp",
    errno.EIO: "ổ đĩa báo lỗi khi đọc, ghi",
}
_NO_NETWORK = frozenset((53, 59, 64, 67, 121, 1222, 1231, 1232))
"""Numbers of Windows; for several of them Python says that a file is not there."""


def is_of_network(error: OSError) -> bool:
    """Tell whether the way to a file failed, whatever it is called."""
    return getattr(error, "winerror", None) in _NO_NETWORK


def reason_of(error: OSError) -> str:
    """Return in Vietnamese why the system refused; its own words are in its own language."""
    if is_of_network(error):
        return "đường mạng không trả lời"
    return _REASONS.get(error.errno or 0, "ổ đĩa hoặc đường mạng không trả lời")


def not_done(error: OSError) -> str:
    """Return in Vietnamese what the system did not do, where nothing nearer to it tells."""
    of = f" {os.fsencode(error.filename).decode(errors='replace')}" if _is_named(error) else ""
    return (
        f"Máy không đọc, ghi được{of}: {reason_of(error)}. Những gì đã xong vẫn còn. Xem lại chỗ "
        "trống, quyền ghi của ổ đĩa rồi làm lại."
    )


def unforeseen(error: BaseException) -> str:
    """Return in Vietnamese that the program failed, with a code that tells developers where.

    What the error itself says is a library's, in words and of data that nobody can foresee.
    """
    where = ""
    frame = error.__traceback__
    while frame:
        module = str(frame.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("cchc_office"):
            where = f", {module.removeprefix('cchc_office.')}:{frame.tb_lineno}"
        frame = frame.tb_next
    return f"Chương trình gặp lỗi ngoài dự kiến (mã lỗi {type(error).__name__}{where})."


def _is_named(error: OSError) -> bool:
    return isinstance(error.filename, (str, bytes))


class CchcError(Exception):
    """A reason to stop, told to the clerk in one Vietnamese sentence.

    What concerns one cell, one file or one unit is a `Finding` instead, and stops nothing.
    """

    exit_status = 3

    def __str__(self) -> str:
        """Return the sentence, as it fits how the program was started."""
        return with_arguments(super().__str__())


class UsageError(CchcError):
    """The command was called with something that is not what it takes."""

    exit_status = 2


class CampaignError(CchcError):
    """The campaign workbook is not there, cannot be opened, or has errors that block its papers.

    `findings` are what is wrong in it, where it could be read.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class NotSeenError(CchcError):
    """What was to be concluded from could not all be looked at, so that nothing is concluded."""


class StoppedError(CchcError):
    """Somebody asked a job to stop: `on_progress` raises this between two items of it.

    What was finished by then is whole and recorded; doing the job again does the rest.
    """


class BusyError(CchcError):
    """Somebody else is working at the campaign, so that nothing was done; `who` tells it."""

    def __init__(self, who: str) -> None:
        super().__init__(
            f"Đợt chấm này đang có việc khác làm dở ({who}), nên chưa làm gì. Đợi việc đó xong "
            "rồi làm lại."
        )
        self.who = who
