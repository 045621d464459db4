"""Why a file cannot be read, as the finding that it becomes."""

from __future__ import annotations

from cchc_office.catalogue.findings import Code, Finding, FindingCode


class UnreadableFileError(Exception):
    """A file, or a part of it, cannot be read; `code` says which finding that is.

    `found` and `expected` fill the finding's sentence.
    """

    def __init__(self, code: FindingCode, found: str = "", expected: str = "") -> None:
        super().__init__(code, found, expected)  # whole, so that it can be pickled
        self.code = code
        self.found = found
        self.expected = expected

    def finding(self, file: str, sheet: str = "", unit: str = "") -> Finding:
        """Return what is told of a file, or of a sheet in it."""
        return Finding(self.code, file, sheet, found=self.found, expected=self.expected, unit=unit)


def damaged(what: str = "nội dung không nguyên vẹn") -> UnreadableFileError:
    """Return the error for a file that is not whole; `what` says in Vietnamese what is wrong."""
    return UnreadableFileError(Code.DAMAGED_FILE, what)


def as_unreadable(error: Exception) -> UnreadableFileError:
    """Return an error as why a file cannot be read: what came up unforeseen is damage.

    That is told in no library's words; the kind of the error stands with it, for whoever mends the
    program.
    """
    if isinstance(error, UnreadableFileError):
        return error
    return damaged(f"nội dung lạ, {type(error).__name__}")


def too_large(what: str, found: int, limit: int) -> UnreadableFileError:
    """Return the error for a file that reaches a cap: what was counted, how many, how many may."""
    return UnreadableFileError(Code.TOO_LARGE, f"{what} {_grouped(found)}", _grouped(limit))


def check_cap(what: str, found: int, limit: int) -> None:
    """Raise UnreadableFileError where more was counted than may be."""
    if found > limit:
        raise too_large(what, found, limit)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
