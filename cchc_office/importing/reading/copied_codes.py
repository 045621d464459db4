"""Which lines of a copied table begin a row: those whose code may come next."""

from __future__ import annotations

import re

_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?")
_ROMAN = re.compile(r"([IVX]{1,6})[.)]?")
_LETTER = re.compile(r"([A-HK-Z]|[a-zđ])[.)]")
_CODE = re.compile(
    r"\s?(?P<code>\d{1,3}(?:\.\d{1,3})*\.?|[IVX]{1,6}[.)]?|[A-HK-Z][.)]|[a-zđ]\))(?:\s+(?P<rest>.*))?"
)
_MOST_SKIPPED = 3
_VALUES = {"I": 1, "V": 5, "X": 10}


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
        kept = self._dotted, self._roman, self._letter, self._began_anew
        accepted = self.accepts(code)
        self._dotted, self._roman, self._letter, self._began_anew = kept
        return accepted

    def accepts(self, code: str) -> bool:
        """Take a code over where it may come next."""
        if match := _DOTTED.fullmatch(code):
            parts = tuple(map(int, match[1].split(".")))
            if not _follows(self._dotted, parts, anew=self._began_anew):
                return False
            self._dotted, self._letter, self._began_anew = parts, "", False
            return True
        if match := _ROMAN.fullmatch(code):
            number = _roman_value(match[1])
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


def _roman_value(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
