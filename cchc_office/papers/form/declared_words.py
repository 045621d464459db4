"""Declared figures as people read them."""

from __future__ import annotations

from cchc_office.papers.form.layout import NO, YES
from cchc_office.rules import Declared
from cchc_office.text import figures
from cchc_office.text.vietnamese import official

_BLANK = "(trống)"


def declared_text(declared: Declared) -> str:
    """Return what was declared on one line: "8 trên 10", "05/01/2024", "Có"; "" for nothing."""
    if declared.choice is not None:
        return YES if declared.choice else NO
    if declared.day is not None:
        return official(declared.day).short
    figure, total = (
        None if number is None else figures.as_typed(number)
        for number in (declared.figure, declared.total)
    )
    if total is None:
        return figure or ""
    return f"{figure or _BLANK} trên {total}"
