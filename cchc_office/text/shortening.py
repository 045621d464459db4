"""Texts cut to what there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_office.text import figures


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters (not below 1); one that was cut ends in "…"."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def some_of(
    names: Sequence[str], most: int, what: str, *, between: str = ", ", among: int = 0
) -> str:
    """Return at most so many things in words, the last of them standing for what is not named.

    Of `what` they are: "A, B và 3 đơn vị khác". `names` may be the first of so many (`among`).
    """
    count = max(among, len(names))
    if count <= most:
        return between.join(names)
    more = figures.count(count - most + 1)
    return f"{between.join(names[: most - 1])} và {more} {what} khác"
