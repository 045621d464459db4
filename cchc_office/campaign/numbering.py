"""What the code of a row says of its place: its style, its number, the code that it is under.

Codes are read as offices write them: "I", "1.", "1.1", "a)", "đ)", "A.1", "a1.1.1", "TC1.2",
"Mục 3", "-". Nothing here knows of other rows; which of several readings is meant, the sequence
tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from cchc_office.text.bullets import BULLETS
from cchc_office.text.vietnamese import clean_line, fold, roman

_DASHES = frozenset("-–—−")
_MOST_ROMAN = 39
"""No set has more fields: "L", "C", "D" and "M" are letters."""

_ROMAN = {roman(number): number for number in range(1, _MOST_ROMAN + 1)}
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_WITH_MARKS = {"e": "ê", "ê": "g", "a": "ă", "ă": "â", "â": "b", "o": "ô", "ô": "ơ", "ơ": "p"}
"""What some offices count beside it: which letter may come behind which."""
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_LETTERS = frozenset(_VIETNAMESE + _ENGLISH + "".join(_WITH_MARKS))
_MOST_DIGITS = 9
_PIECE = re.compile(r"\d+|[^\W\d_]+", re.UNICODE)
_AROUND = " .)(:/]["


class CodeKind(Enum):
    """How one part of a code counts."""

    UPPER = "A"
    ROMAN = "I"
    ARABIC = "1"
    LOWER = "a"
    LOWER_ROMAN = "i"
    BULLET = "-"
    WORD = ""
    """It does not count: the "TC" of "TC1"."""


_Part = tuple[CodeKind, str]


@dataclass(frozen=True, slots=True)
class Numeral:
    """One reading of a code: its parts from the left, each with its kind.

    "1.2" has the parts 1 and 2; "a1" the parts a and 1. `style` is what rows beside each other have
    in common, `above` the parts of the row that this one may stand under.
    """

    parts: tuple[_Part, ...]
    sign: str = ""
    """What stands around a code of one part, where that makes another style of it: "1)".

    A point is such a sign only in a set where "1." and "1" are told apart (`with_point`).
    """

    @property
    def style(self) -> tuple[str, ...]:
        """What the codes of rows beside each other have in common."""
        kinds = (
            text if kind in (CodeKind.WORD, CodeKind.BULLET) else kind.value
            for kind, text in self.parts
        )
        return (*kinds, self.sign)

    @property
    def with_point(self) -> Numeral:
        """The same code where a point behind a number is another style: "1." is not "1"."""
        is_number = len(self.parts) == 1 and self.kind is CodeKind.ARABIC and not self.sign
        return replace(self, sign=".") if is_number else self

    @property
    def above(self) -> tuple[_Part, ...]:
        """The parts of the code that this one begins with; none where it has one only."""
        return self.parts[:-1]

    @property
    def is_bullet(self) -> bool:
        """Tell whether the code counts nothing."""
        return self.parts[-1][0] is CodeKind.BULLET

    @property
    def is_dash(self) -> bool:
        """Tell whether it is "-", the outer one of the bullets that offices use."""
        return self.is_bullet and self.parts[-1][1] == "-"

    @property
    def kind(self) -> CodeKind:
        """How the last part counts."""
        return self.parts[-1][0]

    @property
    def number(self) -> int:
        """Where the last part stands in its count, from 1; 0 for what does not count."""
        kind, text = self.parts[-1]
        if kind in (CodeKind.BULLET, CodeKind.WORD):
            return 0
        if kind is CodeKind.ARABIC:
            return int(text)
        if kind in (CodeKind.ROMAN, CodeKind.LOWER_ROMAN):
            return roman_number(text)
        letter = fold(text)
        return _VIETNAMESE.find(text.lower()) + 1 or _ENGLISH.find(letter) + 1

    def follows(self, other: Numeral) -> bool:
        """Tell whether the code is the next after another of its style."""
        if self.is_bullet or other.is_bullet:
            return self.is_bullet and other.is_bullet
        if self.kind in (CodeKind.UPPER, CodeKind.LOWER) and other.kind is self.kind:
            return self.parts[-1][1].lower() in _letters_after(other.parts[-1][1].lower())
        return self.number == other.number + 1

    def goes_on_from(self, other: Numeral) -> bool:
        """Tell whether it is the letter behind another, one of them a capital: "b", "C"."""
        letters = {CodeKind.UPPER, CodeKind.LOWER}
        if len(self.parts) != 1 or len(other.parts) != 1 or {self.kind, other.kind} != letters:
            return False
        return self.parts[0][1].lower() in _letters_after(other.parts[0][1].lower())

    @property
    def is_first(self) -> bool:
        """Tell whether a count begins with the code."""
        return self.is_bullet or self.number <= 1


def roman_number(text: str) -> int:
    """Return the number that a code in Roman numerals counts as; 0 where it is none."""
    return _ROMAN.get(text.upper(), 0)


def _letters_after(letter: str) -> set[str]:
    """Return what may come next: offices leave out "đ", or count "f", "j", "w" and "z" too."""
    following = set()
    for alphabet in (_VIETNAMESE, _ENGLISH):
        at = alphabet.find(letter)
        if at >= 0:
            following.add(alphabet[at + 1 : at + 2])
    if letter == "d":
        following.add("e")
    following.add(_WITH_MARKS.get(letter, ""))
    return following - {""}


@lru_cache(maxsize=4096)
def numerals(code: str) -> tuple[Numeral, ...]:
    """Return the readings of a code, the usual one first; none of what counts nothing."""
    text = clean_line(code)
    if not text:
        return ()
    plain = text.strip(_AROUND)
    if not plain:
        return ()
    if all(sign in BULLETS for sign in plain):
        sign = "-" if plain[0] in _DASHES else plain[0]
        return (Numeral(((CodeKind.BULLET, sign * len(plain)),)),)
    pieces = _PIECE.findall(plain)
    if not pieces:
        return ()
    sign = ")" if len(pieces) == 1 and pieces[0].isdecimal() and text.endswith(")") else ""
    read = (Numeral(parts, sign) for parts in _readings(pieces))
    return tuple(numeral for numeral in read if numeral.kind is not CodeKind.WORD)


def _readings(pieces: list[str]) -> Iterator[tuple[_Part, ...]]:
    """Yield the parts that pieces may be: "I" is a number, or a letter."""
    choices = [_kinds(piece) for piece in pieces]
    for at in (0, -1) if any(len(own) > 1 for own in choices) else (0,):
        yield tuple(
            (own[at], _key(own[at], text)) for own, text in zip(choices, pieces, strict=True)
        )


def _key(kind: CodeKind, text: str) -> str:
    """Return a part as it is compared: "01" is 1, "MỤC" is "Mục"."""
    if kind is CodeKind.ARABIC:
        return str(int(text))
    return fold(text) if kind is CodeKind.WORD else text


def _kinds(piece: str) -> tuple[CodeKind, ...]:
    if piece.isdecimal():
        return (CodeKind.ARABIC,) if len(piece) <= _MOST_DIGITS else (CodeKind.WORD,)
    of_letter = CodeKind.UPPER if piece.isupper() else CodeKind.LOWER
    letter = of_letter if piece.lower() in _LETTERS else CodeKind.WORD
    if piece.upper() not in _ROMAN or not (piece.isupper() or piece.islower()):
        return (letter,)
    counted = CodeKind.ROMAN if piece.isupper() else CodeKind.LOWER_ROMAN
    return (counted, letter) if letter is of_letter else (counted,)
