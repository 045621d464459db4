"""How sheets look: colours, letters, formats of numbers, said once for all workbooks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from cchc_office.text import figures

Align = Literal["left", "center", "right"]

SIZE = 11.0
"""The letters of tables on the screen, in points."""

MARGINS = (20.0, 15.0, 20.0, 20.0)
"""Left, right, top, bottom of a printed sheet, in millimetres."""

TABLE_MARGINS = (12.0, 10.0, 18.0, 12.0)
"""The same of a wide table, which is printed the larger the narrower they are."""

A3, A4 = 8, 9
"""Sizes of paper, as Excel numbers them."""

HEADING_FILL = "#DDEBF7"
"""Behind headings, and behind sums."""

ATTENTION_FILL = "#FCE4D6"
"""Behind what a person has to look at."""

OPEN_FILL = "#FFF9E5"
"""Behind the cells that are filled in by whoever gets the sheet."""

GREY = "#D9D9D9"
LINK_COLOR = "#0563C1"

SIGN = "▲ "
"""Stands before what needs a look, so that it is seen without colours; not in the value itself."""


@dataclass(frozen=True)
class Style:
    """How a cell looks. Sizes in points; colours as "#RRGGBB"; `fill` "" is none."""

    bold: bool = False
    italic: bool = False
    size: float = 12
    color: str = "#000000"
    fill: str = ""
    align: Align = "left"
    middle: bool = True
    wrap: bool = True
    border: bool = True
    number_format: str = "General"
    locked: bool = True
    underline: bool = False
    indent: int = 0
    strike: bool = False

    @property
    def sign(self) -> str:
        """What the format of numbers shows before a text, though it is not in the value."""
        return SIGN if SIGN in self.number_format else ""


TEXT = Style(size=SIZE)
SMALL_TEXT = replace(TEXT, size=10.0)
CENTRED = replace(TEXT, align="center")
SCORE = replace(CENTRED, number_format=figures.SIGNED_SCORE_CELL)
RATE = replace(CENTRED, number_format=figures.RATE_CELL)
COUNT = replace(CENTRED, number_format=figures.COUNT_CELL)
LINK = replace(TEXT, color=LINK_COLOR, underline=True)
CENTRED_LINK = replace(LINK, align="center")

HEADING = replace(CENTRED, bold=True, fill=HEADING_FILL)
TITLE = Style(size=14, bold=True, align="center", border=False)
REMARK = replace(CENTRED, italic=True, border=False)
ATTENTION = replace(CENTRED, bold=True, fill=ATTENTION_FILL, number_format=f'"{SIGN}"@')


def opened(style: Style) -> Style:
    """Return the style of a cell that is filled in: it has its own colour and no lock."""
    return replace(style, fill=OPEN_FILL, locked=False)
