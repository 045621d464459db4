"""The line "Lưu: VT, …" and the drafter's sign behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._parts import Line
from cchc_office.word.reading import Piece


def is_archive(line: Line) -> bool:
    """Tell whether it is the line that names where the document is kept."""
    return bool(part_words.ARCHIVE.match(line.folded))


def without_drafter(line: Line) -> Line:
    """Return the line without the drafter's sign, as far as its letters tell it apart."""
    pieces = tuple(pieces_before_drafter(line.source.pieces))
    return replace(line, source=replace(line.source, pieces=pieces))


def pieces_before_drafter(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without those at the end that are raised, lowered or small.

    Offices so write the drafter's sign and the number of copies (III.3).
    """
    shown = list(pieces)
    usual = max((piece.letters.size for piece in pieces if piece.text.strip()), default=0.0)
    while len(shown) > 1:
        at = max((i for i, p in enumerate(shown) if any(c.isalnum() for c in p.text)), default=0)
        behind = shown[at + 1 :]  # a dot may follow in letters of the usual size
        if not at or not _is_small(shown[at], usual):
            break
        shown = shown[:at] + [piece for piece in behind if not _is_small(piece, usual)]
    while len(shown) > 1 and _is_small(shown[-1], usual):
        shown.pop()
    return shown


def _is_small(piece: Piece, usual: float) -> bool:
    return piece.letters.raised or piece.letters.size < usual
