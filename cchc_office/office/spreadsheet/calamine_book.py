"""Calling calamine: whatever it stumbles over becomes "damaged", never a crash.

calamine allocates every cell up to the last one with a value, and copies a shared text into every
cell that shows it: whoever calls it has checked both before.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from cchc_office.findings import Code
from cchc_office.office.spreadsheet.values import Value
from cchc_office.office.unreadable_file import UnreadableFileError, damaged

_NOT_WHOLE = "nội dung không nguyên vẹn"


class CalamineBook:
    """A workbook in calamine's hands; sheets are named by their place in its list."""

    def __init__(self, content: bytes) -> None:
        """Open `content`; raises UnreadableFileError."""
        from python_calamine import CalamineWorkbook

        self._book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
        self.sheet_names: tuple[str, ...] = tuple(self._book.sheet_names)

    def rows(self, place: int) -> list[list[Value]]:
        """Return the values of a sheet from cell A1 on, blanks as ''."""
        sheet = _guarded(lambda: self._book.get_sheet_by_index(place))
        rows: list[list[Value]] = _guarded(lambda: sheet.to_python(skip_empty_area=False))
        return rows


def _guarded(read: Callable[[], Any]) -> Any:
    from python_calamine import CalamineError, PasswordError

    try:
        return read()
    except PasswordError as error:
        raise UnreadableFileError(Code.PASSWORD_PROTECTED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(_NOT_WHOLE) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(_NOT_WHOLE) from error
