"""What the column "Cấp" says of a row: how deep it stands, or that it only explains."""

from __future__ import annotations

import re
from enum import Enum

from cchc_office.campaign.tables import CellReader, TableRow
from cchc_office.catalogue.findings import Code
from cchc_office.text.vietnamese import clean_line, fold

_LEVEL_WORDS = {
    "linh vuc": 1,
    "tieu chi": 2,
    "tieu chi thanh phan": 3,
    "tctp": 3,
}
_TEXT_WORDS = frozenset(("dien giai", "dong dien giai", "khong cham", "muc cham"))
_NUMBER = re.compile(r"(?:cap )?(\d)")


class Said(Enum):
    """What "Cấp" says beside a level."""

    TEXT = "diễn giải"
    """The row only explains the one that it is under."""


def read_level(reader: CellReader, row: TableRow, label: str) -> int | Said | None:
    """Return what "Cấp" says of a row: its level, or that it only explains; None where nothing."""
    cell = row["level"]
    text = reader.text(cell)
    level = level_in(text)
    if text and level is None:
        reader.report(Code.BAD_LEVEL, cell, about=label, found=clean_line(cell.text))
    return level


def level_in(text: str) -> int | Said | None:
    """Return what a text means as "Cấp"; None where it is empty, or means nothing there."""
    folded = fold(text)
    if folded in _TEXT_WORDS:
        return Said.TEXT
    match = _NUMBER.fullmatch(folded)
    return (int(match[1]) if match else _LEVEL_WORDS.get(folded)) or None
