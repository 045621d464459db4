"""Text of which parts are crossed out: those parts are no content, and are told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

_BETWEEN = " … "


def parted(pieces: Iterable[tuple[str, bool]]) -> tuple[str, str]:
    """Return what is left of a text, and what is crossed out of it ("" where nothing is).

    `pieces` tell of each whether it is crossed out; blanks by themselves never are. Where all of it
    is, nothing is left.
    """
    told = [(text, struck and bool(text.strip())) for text, struck in pieces]
    merged = [
        ("".join(text for text, _ in group), struck)
        for struck, group in groupby(told, key=itemgetter(1))
    ]
    struck = [text.strip() for text, is_struck in merged if is_struck]
    if not struck:
        return "".join(text for text, _ in merged), ""
    left = "".join(_gap(text) if is_struck else text for text, is_struck in merged).strip()
    if left:
        return left, _BETWEEN.join(struck)
    return "", "".join(text for text, _ in merged).strip()


def _gap(struck: str) -> str:
    """Return what stands for a crossed-out piece: a blank, where it parted words by two."""
    return " " if struck[:1].isspace() and struck[-1:].isspace() else ""
