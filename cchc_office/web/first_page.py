"""Which page a start of the program leads to: what was named or dropped on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.errors import CchcError

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_office.web.desk import Desk


def first_page(desk: Desk, path: Path | None) -> str:
    """Return the address of the page for a campaign at `path`; of what is none, all campaigns.

    Who started it by a double-click sees no window but the browser: what is wrong is told there.
    """
    if path is None:
        return "/"
    try:
        return f"/d/{desk.open(path).id}/"
    except CchcError as error:
        desk.told_at_start = str(error)
        return "/"
