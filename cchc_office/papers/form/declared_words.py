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
    further = [number for number in (declared.second, declared.third) if number is not None]
    counts = [_BLANK if n is None else figures.as_typed(n) for n in (declared.figure, *further)]
    counted = " và ".join(counts)
    if declared.total is not None:
        return f"{counted} trên {figures.as_typed(declared.total)}"
    return counted if further or declared.figure is not None else ""
