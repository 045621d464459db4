"""Declared figures as people read them."""

from __future__ import annotations

from cchc_office.rules import Declared, percent
from cchc_office.text import figures
from cchc_office.text.vietnamese import official

_BLANK = "(trống)"


def declared_text(declared: Declared) -> str:
    """Return what was declared: "8 trên 10", "05/01/2024", "Có", "85,4%"; "" for nothing."""
    if declared.choice is not None:
        return declared.choice
    if declared.percent is not None:
        return percent(declared.percent)
    if declared.day is not None:
        return official(declared.day).short
    figure, total = (
        None if number is None else figures.as_typed(number)
        for number in (declared.figure, declared.total)
    )
    if total is None:
        return figure or ""
    return f"{figure or _BLANK} trên {total}"
