"""The lines of a table that was copied as text: which are its headings, which begin a row.

Headings are words in a row, each of some column; a row begins with a code that may come next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache

from cchc_office.campaign.layout import CRITERIA_COLUMNS
from cchc_office.campaign.numbering import roman_number
from cchc_office.text.vietnamese import clean_line, fold

_FIRST = frozenset(("stt", "tt", "so tt"))
_MOST_LINES = 12
_MOST_WORDS = 60
_FEWEST_COLUMNS = 2
_OTHERS = ("Điểm tự chấm", "Điểm thẩm định", "Tự chấm", "Thẩm định", "Kết quả")
"""Headings of columns that are none of ours."""

_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?")
_ROMAN = re.compile(r"([IVX]{1,6})[.)]?")
_LETTER = re.compile(r"([A-HK-Z]|[a-zđ])[.)]")
_CODE = re.compile(
    r"\s?(?P<code>\d{1,3}(?:\.\d{1,3})*\.?|[IVX]{1,6}[.)]?|[A-HK-Z][.)]|[a-zđ]\))(?:\s+(?P<rest>.*))?"
)
_MOST_SKIPPED = 3


# --- headings ---


@dataclass(frozen=True, slots=True)
class CopiedHeadings:
    """The headings in order, their keys among ours ("" where it is none), and lines [top, end)."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    top: int
    end: int


@cache
def _known() -> dict[tuple[str, ...], str]:
    """Return the words of the headings that are known, with their keys."""
    known = {tuple(fold(text).split()): "" for text in _OTHERS}
    for column in CRITERIA_COLUMNS:
        for text in column.headings:
            known[tuple(fold(text).split())] = column.key
    return known


def find_headings(lines: Sequence[str]) -> Iterator[CopiedHeadings]:
    """Give the headings in the lines of a text, the first ones and where they are repeated."""
    at = 0
    first: CopiedHeadings | None = None
    while at < len(lines):
        found = _headings_at(lines, at) if first is None else _repeated_at(lines, at, first)
        if found is None:
            at += 1
            continue
        first = first or found
        yield found
        at = found.end


def _begins(line: str) -> bool:
    folded = fold(line)
    return any(folded == word or folded.startswith(f"{word} ") for word in _FIRST)


def _headings_at(lines: Sequence[str], top: int) -> CopiedHeadings | None:
    if not _begins(lines[top]):
        return None
    tokens: list[str] = []
    best: CopiedHeadings | None = None
    for end in range(top, min(len(lines), top + _MOST_LINES)):
        tokens += lines[end].split()
        if len(tokens) > _MOST_WORDS:
            break
        columns = list(_columns(tokens))
        # Lines that only lengthen what stands behind the last heading are rows already.
        if columns and columns[-1][2] and len(columns) >= _FEWEST_COLUMNS:
            texts, keys = zip(*((text, key) for text, key, _ in columns), strict=True)
            best = CopiedHeadings(texts, keys, top, end + 1)
    return best


def _columns(tokens: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Give headings, their keys, and whether they are known, of the words of a line of headings."""
    known = _known()
    words = [fold(token) for token in tokens]
    unknown: list[str] = []
    at = 0
    while at < len(tokens):
        length = next(
            (
                n
                for n in range(min(12, len(tokens) - at), 0, -1)
                if tuple(words[at : at + n]) in known
            ),
            0,
        )
        if not length:
            unknown.append(tokens[at])
            at += 1
            continue
        if unknown:
            yield clean_line(" ".join(unknown)), "", False
            unknown = []
        yield (
            clean_line(" ".join(tokens[at : at + length])),
            known[tuple(words[at : at + length])],
            True,
        )
        at += length
    if unknown:
        yield clean_line(" ".join(unknown)), "", False


def _repeated_at(lines: Sequence[str], top: int, first: CopiedHeadings) -> CopiedHeadings | None:
    """Return the same headings again, as at the top of each page."""
    if not _begins(lines[top]):
        return None
    wanted = fold(" ".join(first.texts)).split()
    words: list[str] = []
    for end in range(top, min(len(lines), top + _MOST_LINES)):
        words += fold(lines[end]).split()
        if words == wanted:
            return CopiedHeadings(first.texts, first.keys, top, end + 1)
        if words != wanted[: len(words)]:
            return None
    return None


# --- codes ---


def begins_with_code(line: str) -> tuple[str, str] | None:
    """Return the code that a line begins with and what stands behind it, None without one."""
    match = _CODE.fullmatch(line.rstrip("\n"))
    if match is None:
        return None
    rest = match["rest"] or ""
    first = rest.lstrip(' "“(')[:1]
    if first and not (first.isupper() or first.isdigit()):
        return None  # a number that goes on with small letters is a part of a sentence
    return match["code"], rest


class CodeSequence:
    """Tells whether a code may come next, by those before it."""

    def __init__(self) -> None:
        self._dotted: tuple[int, ...] = ()
        self._roman = 0
        self._letter = ""
        self._began_anew = False

    def may_follow(self, code: str) -> bool:
        """Tell whether a code may come next, without taking it over."""
        return copy(self).accepts(code)

    def accepts(self, code: str) -> bool:
        """Take a code over where it may come next."""
        if match := _DOTTED.fullmatch(code):
            parts = tuple(map(int, match[1].split(".")))
            if not _follows(self._dotted, parts, anew=self._began_anew):
                return False
            self._dotted, self._letter, self._began_anew = parts, "", False
            return True
        if match := _ROMAN.fullmatch(code):
            number = roman_number(match[1])
            if not self._roman < number <= self._roman + _MOST_SKIPPED:
                return False
            self._roman, self._letter, self._began_anew = number, "", True
            return True
        if match := _LETTER.fullmatch(code):
            letter = match[1]
            is_first = letter in "aA"
            if not is_first and not (
                self._letter
                and self._letter < letter
                and letter.islower() == self._letter.islower()
            ):
                return False
            self._letter, self._began_anew = letter, self._began_anew or letter.isupper()
            return True
        return False


def _follows(before: tuple[int, ...], code: tuple[int, ...], *, anew: bool) -> bool:
    if not before:
        return all(part <= 2 for part in code)
    if code[:-1] == before and code[-1] <= 2:
        return True
    if anew and all(part == 1 for part in code):
        return True
    depth = len(code) - 1
    if depth >= len(before):
        return False
    return code[:depth] == before[:depth] and 0 < code[-1] - before[depth] <= _MOST_SKIPPED
