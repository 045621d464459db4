"""How like two texts are, letter by letter: names and headings with a slip, or near each other."""

from __future__ import annotations

from difflib import SequenceMatcher


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same, from 0 to 1; texts are compared as they are."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
