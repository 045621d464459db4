"""A column of a sheet, declared once, and what its cells hold.

By its columns a sheet is written, found again, read and explained.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache

from cchc_office.sheets.look import (
    CENTRED,
    CENTRED_LINK,
    COUNT,
    LINK,
    RATE,
    SCORE,
    TEXT,
    Style,
    opened,
)
from cchc_office.text.vietnamese import clean_line, fold

_NUMBER_BEHIND = re.compile(r"\s*\((?:\d{1,2}|diem)\)\s*$")
_AROUND_MARKS = re.compile(r"\s*([/,])\s*")
_WORD = r"[^\W_]+"
# Words that merely have one of those that are asked about in them.
_OTHER_WORDS = (
    *("địa điểm", "thời điểm", "đặc điểm", "quan điểm", "hạn chế", "cải cách", "ban hành"),
    *("phòng chống", "phòng ngừa"),
)


@dataclass(frozen=True, slots=True)
class Live:
    """A formula ("=…") with the value that we computed for it; "" is an empty result."""

    formula: str
    value: Decimal | int | str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a place in the workbook ("'Sheet'!B2") or to an "external:" file.

    Without a target it is text.
    """

    text: str
    target: str


Value = str | Decimal | int | Live | Link | None


class Holds(Enum):
    """What the cells of a column hold; its value is how they look where nothing else is said."""

    TEXT = ("text", TEXT)
    """Words of any length."""
    MARK = ("mark", CENTRED)
    """A code, a state, a choice: short, in the middle of its cell."""
    SCORE = ("score", SCORE)
    RATE = ("rate", RATE)
    COUNT = ("count", COUNT)
    DAY = ("day", CENTRED)
    LINK = ("link", LINK)
    """Words that lead somewhere: to a file, to another sheet."""
    MARK_LINK = ("mark link", CENTRED_LINK)

    @property
    def look(self) -> Style:
        """How cells with this look."""
        return self.value[1]


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its key in the code, its heading as shown, its width in millimetres.

    Each declaration is a column of its own: two are never equal.

    Written: `holds` and `style` (where it looks otherwise) tell its look, `is_filled` that whoever
    gets the sheet writes into it, `formula` what computes it from cells of its row, each named by
    its column's key in braces. A column that is not `is_printed` stands behind those that are, to
    look things up; one that `is_hidden` is there for our reader; where it does not `grow`, rows are
    not made higher for its texts.

    Found: by `heading` or one of `aliases`; by `maybe` only where all that stands below `fits`. One
    that is `required` may be missing where the one with the key `unless` is there. `asks` are
    words of an unknown heading that may mean this column; such a column decides scores or duties.

    Explained: `help` says what is written into it. Chosen: `choices` is what its cells offer in a
    list; `only_these` tells that other words are hardly meant, so that typing one asks.
    """

    key: str
    heading: str
    width: float = 30.0
    holds: Holds = Holds.TEXT
    _: KW_ONLY
    style: Style | None = None
    is_filled: bool = False
    formula: str = ""
    is_printed: bool = True
    is_hidden: bool = False
    grows: bool = True
    aliases: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    fits: Callable[[str], bool] = bool
    required: bool = False
    unless: str = ""
    asks: tuple[str, ...] = ()
    help: str = ""
    choices: tuple[str, ...] = ()
    only_these: bool = False

    @cached_property
    def look(self) -> Style:
        """How the column's cells look, where their row does not say otherwise."""
        style = self.style or self.holds.look
        return opened(style) if self.is_filled else style

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that surely name this column, the one that is shown first."""
        return (self.heading, *self.aliases)

    @cached_property
    def heading_keys(self) -> frozenset[str]:
        """The headings that surely name this column, as they are matched."""
        return frozenset(map(heading_key, self.headings))

    def matches(self, text: str) -> bool:
        """Tell whether a heading cell surely names this column."""
        return heading_key(text) in self.heading_keys

    def may_match(self, text: str) -> bool:
        """Tell whether a heading names this column where what stands below fits."""
        return heading_key(text) in map(heading_key, self.maybe)

    def asks_about(self, text: str) -> bool:
        """Tell whether an unknown heading may mean this column by one of its words.

        Words are told apart by their marks ("phạt", "phát"), unless the heading is typed without.
        """
        said = f" {' '.join(re.findall(_WORD, clean_line(text).casefold()))} "
        as_typed = fold if fold(said) == said.strip() else str
        for other in _OTHER_WORDS:
            said = said.replace(f" {as_typed(other)} ", " ")
        return any(f" {as_typed(word)} " in said for word in self.asks)


@lru_cache(maxsize=65_536)
def heading_key(text: str) -> str:
    """Return the form by which headings are matched: "Điểm tối đa (1)" is "Điểm tối đa"."""
    folded = _NUMBER_BEHIND.sub("", fold(text)).rstrip(" .:*")
    return _AROUND_MARKS.sub(lambda match: f"{match[1]} ", folded)


def places_of(columns: Iterable[Column]) -> dict[str, int]:
    """Return the place of each column by its key, counted from 0."""
    return {column.key: place for place, column in enumerate(columns)}
