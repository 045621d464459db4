"""Which page a start of the program leads to: what was named or dropped on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.errors import CchcError, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_office.web.desk import Desk


def first_page(desk: Desk, path: Path | None) -> str:
    """Return the address of the page for what is at `path`: a campaign, or a table to begin with.

    Of anything else it is that of all campaigns. Who started it by a double-click sees no window
    but the browser: what is wrong is told there.
    """
    if path is None:
        return "/"
    from cchc_office.steps.campaign_folder import CAMPAIGN_FILE  # loads the library

    try:
        if path.is_file() and path.name.lower() != CAMPAIGN_FILE:
            with path.open("rb") as content:
                return f"/moi/{desk.brought.keep_file(path.name, content).id}"
        return f"/d/{desk.open(path).id}/"
    except OSError as error:
        desk.told_at_start = f"Không mở được {path}: {reason_of(error)}."
    except CchcError as error:
        desk.told_at_start = str(error)
    return "/"
