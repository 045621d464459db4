"""The numbers that Word counts by itself before paragraphs (ECMA-376 part 1, 17.9), as text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cchc_office.text.vietnamese import LARGEST_ROMAN, roman
from cchc_office.word.reading.formatting import Formats
from cchc_office.word.reading.measures import W, attribute, is_on, value_of, whole_number
from cchc_office.word.reading.symbols import with_signs

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DEPTH = 4  # lists that name one another by styles; a circle ends here
_MOST_REPEATED = 20
_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class AutomaticNumber:
    """What a list puts before a paragraph: "1.2.", "a)", "-"; `counts` tells a number from a dot.

    `level` is that of the list, from 0.
    """

    text: str
    counts: bool
    level: int


@dataclass(frozen=True, slots=True)
class _ListLevel:
    start: int
    format: str
    text: str
    restarts_after: int
    is_plain: bool

    @property
    def counts(self) -> bool:
        return self.format not in {"bullet", "none"} and "%" in self.text


@dataclass(frozen=True, slots=True)
class _ListNumber:
    """A `w:num`: the list that it counts in, its levels, and where it starts anew."""

    counted_in: str
    levels: dict[int, _ListLevel]
    starts: dict[int, int]


class Counting:
    """Counts the paragraphs of a document's lists; they are to be asked for in their order."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        numbering = formats.numbering
        elements = () if numbering is None else numbering
        self._abstract = {
            attribute(e, "abstractNumId"): e for e in elements if e.tag == f"{W}abstractNum"
        }
        self._given = {attribute(e, "numId"): e for e in elements if e.tag == f"{W}num"}
        self._numbers: dict[str, _ListNumber | None] = {}
        self._counts: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._restarted: set[tuple[str, int]] = set()

    def number(self, properties: Any) -> AutomaticNumber | None:
        """Count the paragraph with the properties `properties`; None where it has no number."""
        if not self._given:
            return None
        number_id, level = self._list_of(properties)
        number = self._number(number_id)
        if number is None or level not in number.levels:
            return None
        self._count(number_id, number, level)
        return self._told(number, level)

    # --- which list, which level ---

    def _list_of(self, properties: Any) -> tuple[str, int]:
        style = self._formats.style_of(properties, "paragraph")
        given = value_of(properties, f"{W}numPr/{W}numId")
        level = value_of(properties, f"{W}numPr/{W}ilvl")
        for element in reversed(self._formats.chain(style)):
            if given is not None:
                break
            own = element.find(f"{W}pPr/{W}numPr")
            given = value_of(own, f"{W}numId")
            if given is not None and level is None:
                name = attribute(element, "styleId") or ""
                level = value_of(own, f"{W}ilvl") or self._level_of_style(given, name)
        return given or "0", min(whole_number(level), _LEVELS - 1)

    def _level_of_style(self, number_id: str, style: str) -> str | None:
        """Return the level that a list keeps for a style."""
        abstract = self._abstract_of(number_id)
        for level in () if abstract is None else abstract.iterfind(f"{W}lvl"):
            if value_of(level, f"{W}pStyle") == style:
                return attribute(level, "ilvl")
        return None

    def _abstract_of(self, number_id: str, depth: int = _DEPTH) -> Any:
        """Return the `w:abstractNum` of a list, found through the style that it may name."""
        abstract = self._abstract.get(value_of(self._given.get(number_id), f"{W}abstractNumId"))
        link = value_of(abstract, f"{W}numStyleLink")
        if link is None or not depth:
            return abstract
        for other in self._abstract.values():
            if value_of(other, f"{W}styleLink") == link:
                return other
        for style in self._formats.chain(link):
            other_id = value_of(style, f"{W}pPr/{W}numPr/{W}numId")
            if other_id is not None:
                return self._abstract_of(other_id, depth - 1)
        return abstract

    def _number(self, number_id: str) -> _ListNumber | None:
        if number_id not in self._numbers:
            self._numbers[number_id] = self._read(number_id)
        return self._numbers[number_id]

    def _read(self, number_id: str) -> _ListNumber | None:
        abstract = self._abstract_of(number_id)
        if number_id == "0" or abstract is None:
            return None
        levels = dict(map(_read_level, abstract.iterfind(f"{W}lvl")))
        starts = {}
        for override in self._given[number_id].iterfind(f"{W}lvlOverride"):
            at = whole_number(attribute(override, "ilvl"))
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[at] = _read_level(own)[1]
            start = value_of(override, f"{W}startOverride")
            if start is not None:
                starts[at] = whole_number(start)
        return _ListNumber(attribute(abstract, "abstractNumId") or "", levels, starts)

    # --- counting ---

    def _count(self, number_id: str, number: _ListNumber, level: int) -> None:
        counts = self._counts[number.counted_in]
        now = counts[level]
        if level in number.starts and (number_id, level) not in self._restarted:
            self._restarted.add((number_id, level))
            counts[level] = number.starts[level]
        else:
            counts[level] = number.levels[level].start if now is None else now + 1
        for deeper in range(level + 1, _LEVELS):
            told = number.levels.get(deeper)
            if told is None or level < told.restarts_after:
                counts[deeper] = None

    def _told(self, number: _ListNumber, level: int) -> AutomaticNumber | None:
        told = number.levels[level]
        counts = self._counts[number.counted_in]

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            of_level = number.levels.get(at)
            if of_level is None:
                return ""
            count = counts[at]
            kind = "decimal" if told.is_plain else of_level.format
            return _written(of_level.start if count is None else count, kind)

        text = _PLACE.sub(shown, told.text).strip()[:_LONGEST_LABEL]
        return AutomaticNumber(text, told.counts, level) if text else None


def _read_level(element: Any) -> tuple[int, _ListLevel]:
    at = min(whole_number(attribute(element, "ilvl")), _LEVELS - 1)
    restart = value_of(element, f"{W}lvlRestart")
    plain = element.find(f"{W}isLgl")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    names = tuple(attribute(fonts, kind) or "" for kind in ("ascii", "hAnsi"))
    return at, _ListLevel(
        start=whole_number(value_of(element, f"{W}start")),
        format=value_of(element, f"{W}numFmt") or "decimal",
        text=with_signs(value_of(element, f"{W}lvlText") or "", names),
        restarts_after=at if restart is None else whole_number(restart),
        is_plain=plain is not None and is_on(plain),
    )


def _letters(number: int) -> str:
    """Return a, b … z, then aa, bb …: Word repeats the letter."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * min(times + 1, _MOST_REPEATED)


def _roman(number: int) -> str:
    return roman(number) if 1 <= number <= LARGEST_ROMAN else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda _: "",
    "bullet": lambda _: "",
}


@cache
def _written(number: int, kind: str) -> str:
    return _FORMATS.get(kind, str)(number)
