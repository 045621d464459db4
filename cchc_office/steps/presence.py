"""Who has a campaign open on a page: two clerks on one shared folder know of each other."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cchc_office.files.locking import HeldElsewhereError, Lock

PRESENCE_FILE = ".cchc-dang-mo.khoa"


class Presence:
    """Tells others that this campaign folder is looked at here, until `leave`."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is told yet."""
        self._lock = Lock(folder / PRESENCE_FILE)
        self._is_ours = False

    def other(self) -> str:
        """Return who else has it open, in words ("máy KT-02, người dùng lan, từ …"), or "".

        Where nobody has, it is told from now on that we do. A folder that cannot be written tells
        nobody of anybody.
        """
        if self._is_ours:
            return ""
        try:
            self._lock.__enter__()
        except HeldElsewhereError as error:
            return str(error)
        except OSError:
            return ""
        self._is_ours = True
        return ""

    def leave(self) -> None:
        """Tell no longer that it is open here."""
        if self._is_ours:
            self._is_ours = False
            with suppress(OSError):
                self._lock.__exit__(None, None, None)
