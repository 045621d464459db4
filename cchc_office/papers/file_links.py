"""Links from papers to files that lie in other folders."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_office.model import INSIDE
from cchc_office.sheets.addresses import quoted_sheet


def file_link(returns_path: str, file: str, sheet: str = "", cell: str = "") -> str:
    """Return a link to a returned file's cell, "" where its name cannot stand in one.

    Of a file in an archive it leads to the archive.
    """
    if not returns_path or not file or any(c in file for c in "#%"):
        return ""
    outer, inside, _ = file.partition(INSIDE)
    link = f"external:{returns_path}/{outer}"
    if sheet and cell and not inside:
        link += f"#{quoted_sheet(sheet)}!{cell}"
    return link


def way_to(file: str, returns_path: str, elsewhere: Mapping[str, str]) -> str:
    """Return the way to the folder of a file: that of the returns, or where else it lies."""
    return elsewhere.get(file.partition(INSIDE)[0], returns_path)
