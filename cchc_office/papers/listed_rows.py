"""Lists of rows out of their tree: the codes down to them stand in one line where they can."""

from __future__ import annotations

from dataclasses import replace

from cchc_office.model import Campaign
from cchc_office.sheets.columns import Column
from cchc_office.sheets.look import SIZE
from cchc_office.text.widths import lines_in_cell

_WIDEST = 28.0
"""Millimetres: "III › 1.1 › a)" has room, a way of five codes may take a second line."""


def with_room_for_codes(columns: tuple[Column, ...], campaign: Campaign) -> tuple[Column, ...]:
    """Return the columns, that with codes as wide as those of the campaign's leaves need."""
    codes = {campaign.listed_code(leaf) for leaf in campaign.leaves}
    return tuple(
        replace(column, width=_width_for(codes, column.width)) if column.key == "code" else column
        for column in columns
    )


def _width_for(codes: set[str], width: float) -> float:
    while width < _WIDEST and any(lines_in_cell(code, width, SIZE) > 1 for code in codes):
        width += 1
    return width
