"""Texts cut to what there is room for."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters (not below 1); one that was cut ends in "…"."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
