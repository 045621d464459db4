"""Finding a table in a sheet by its headings, wherever it begins and whatever stands in between.

What is sought are declared columns (`sheets/columns.py`); what was found says where each is, which
are missing or doubled, and which heading may be a missing one under another name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cchc_office.sheets.columns import Column, heading_key
from cchc_office.text.likeness import likeness
from cchc_office.text.vietnamese import clean_line, fold

_ALIKE = 0.6
_NEAREST = 3
_FEWEST = 2

Below = Callable[[int, int], Iterable[str]]
"""Gives the texts under a heading by its row and column, from 0."""


_Line = tuple[tuple[str, ...], ...]
"""What each cell of a line can be read as: its own text first, then that with what is above it."""


@dataclass(frozen=True)
class Headings:
    """The headings of a table, rows and columns counted from 0.

    `row` is that right above the table, the lower one where the headings take two lines: then `top`
    is the row before it. `places` tells where each column is by its key, from left to right;
    `doubled` which column a heading names once more, `missing` which required columns are not
    there, `renamed` which of these a heading with another text may be.
    """

    top: int
    row: int
    line: _Line
    places: Mapping[str, int]
    doubled: Mapping[int, Column]
    missing: tuple[Column, ...]
    renamed: Mapping[int, Column]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The headings from left to right, each on one line, "" where there is none."""
        return tuple(clean_line(heading[-1]) if heading else "" for heading in self.line)

    @property
    def present(self) -> str:
        """All headings, as a finding names them."""
        return ", ".join(filter(None, self.texts))

    def against(self, columns: Sequence[Column]) -> Headings:
        """Return the same headings, held against other columns."""
        return _surely_named(self.top, self.row, self.line, tuple(columns))


def find_headings(
    rows: Iterable[Sequence[str]],
    columns: Sequence[Column],
    *,
    needed: Collection[str] = (),
    fewest: int = _FEWEST,
    below: Below | None = None,
) -> Headings | None:
    """Return the headings in the row, or two rows, of `rows` that name most of `columns`.

    They name at least `fewest`, and those with the keys `needed`; None where nothing does. A row
    that names all required columns and all that are filled in ends the search, but for its second
    line. `below` is asked where a column is known by what stands in it (`Column.maybe`).
    """
    wanted = {c.key for c in columns if c.required or c.is_filled}
    columns = tuple(columns)
    names = _names_of(columns)
    found: tuple[int, int, _Line] | None = None
    most, is_last = fewest - 1, False
    above: Sequence[str] = ()
    for number, texts in enumerate(rows):
        if not is_last and sum(map(bool, (*above, *texts))) <= most:
            above = texts
            continue
        one_line = tuple((text,) if text else () for text in texts)
        for top, line in ((number, one_line), (number - 1, _second_line(above, texts))):
            keys = set(filter(None, (_name_of(heading, names) for heading in line)))
            if len(keys) > most and keys.issuperset(needed):
                found, most = (top, number, line), len(keys)
        if is_last:
            break
        is_last = found is not None and found[1] == number and keys.issuperset(wanted)
        above = texts
    if found is None:
        return None
    return _named(*found, columns, below) if below else _surely_named(*found, columns)


def nearest(heading: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return up to three columns that an unknown heading is most like: by letters, by words."""
    if not heading:
        return ()
    likeness = {column.key: _likeness(heading, column) for column in columns}
    alike = sorted(
        (c for c in columns if likeness[c.key] >= _ALIKE), key=lambda c: -likeness[c.key]
    )
    by_words = (column for column in columns if column.asks_about(heading))
    return tuple({c.key: c for c in (*alike[:1], *by_words)}.values())[:_NEAREST]


def _second_line(above: Sequence[str], texts: Sequence[str]) -> _Line:
    """Return a row as the second line of headings; a heading spreads over blanks on its right."""
    line: list[tuple[str, ...]] = []
    over = ""
    for place, text in enumerate(texts):
        own = above[place] if place < len(above) else ""
        over = own or (over if text else "")
        both = f"{over} {text}" if over and text and over != text else ""
        line.append(tuple(filter(None, (text or own, both))))
    return tuple(line)


@lru_cache(maxsize=16)
def _names_of(columns: tuple[Column, ...]) -> Mapping[str, str]:
    """Return which column, by its key, each heading surely names, as headings are matched."""
    return {heading: column.key for column in columns for heading in column.heading_keys}


def _name_of(heading: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Return the key of the column that a heading surely names, "" for none."""
    return next((names[key] for text in heading if (key := heading_key(text)) in names), "")


@lru_cache(maxsize=64)  # most forms of a campaign come back with the headings they went out with
def _surely_named(top: int, row: int, line: _Line, columns: tuple[Column, ...]) -> Headings:
    return _named(top, row, line, columns, lambda _row, _place: ())


def _named(top: int, row: int, line: _Line, columns: tuple[Column, ...], below: Below) -> Headings:
    names = _names_of(columns)
    named: dict[str, list[int]] = {}
    for place, heading in enumerate(line):
        if heading:
            named.setdefault(_name_of(heading, names), []).append(place)
    free = named.pop("", [])
    places: dict[str, int] = {}
    doubled: dict[int, Column] = {}
    for column in columns:
        if sure := named.get(column.key):
            places[column.key], *others = sorted(sure, key=lambda p: _rank(line[p], column))
            doubled |= dict.fromkeys(others, column)
        elif fitting := [p for p in free if _fits(line[p], column, below(row, p))]:
            places[column.key] = fitting[0]
            free.remove(fitting[0])
    missing = tuple(
        c for c in columns if c.required and c.key not in places and c.unless not in places
    )
    unknown = {place: line[place][-1] for place in free}
    renamed = dict(_renamed(missing, unknown, columns, places)) if missing and free else {}
    ordered = dict(sorted(places.items(), key=lambda item: item[1]))
    return Headings(top, row, line, ordered, doubled, missing, renamed)


def _rank(heading: tuple[str, ...], column: Column) -> int:
    """Return where a heading stands among those that name a column, the one that is shown first."""
    said = set(map(heading_key, heading))
    keys = map(heading_key, column.headings)
    return next(rank for rank, key in enumerate(keys) if key in said)


def _fits(heading: tuple[str, ...], column: Column, content: Iterable[str]) -> bool:
    return any(map(column.may_match, heading)) and all(column.fits(t) for t in content if t)


def _renamed(
    missing: Sequence[Column],
    free: Mapping[int, str],
    columns: Sequence[Column],
    places: Mapping[str, int],
) -> Iterator[tuple[int, Column]]:
    """Yield which unknown heading may be which missing column: by its words, by where it stands."""
    left, wanted = dict(free), {column.key: column for column in missing}
    pairs = [(_meaning(text, c), p, c) for p, text in free.items() for c in missing]
    for meaning, place, column in sorted(pairs, key=lambda pair: -pair[0]):
        if meaning >= _ALIKE and place in left and column.key in wanted:
            del left[place], wanted[column.key]
            yield place, column
    for column in wanted.values():
        gap = _gap_of(column, columns, places)
        there = [place for place, text in left.items() if place in gap and not is_remark(text)]
        if len(there) == 1:
            del left[there[0]]
            yield there[0], column


def _meaning(heading: str, column: Column) -> float:
    return max(_likeness(heading, column), _ALIKE if column.asks_about(heading) else 0)


def _gap_of(column: Column, columns: Sequence[Column], places: Mapping[str, int]) -> range:
    """Return the places between those columns that are declared around one and are there."""
    keys = [c.key for c in columns]
    at = keys.index(column.key)
    before = [places[key] for key in keys[:at] if key in places]
    behind = [places[key] for key in keys[at:] if key in places]
    return range(before[-1] + 1 if before else 0, behind[0] if behind else 1_000_000)


def _likeness(heading: str, column: Column) -> float:
    """Return how like a heading is to those of a column, 1 where it holds all words of one."""
    key = heading_key(heading)
    words = set(key.split())
    if any(words >= set(other.split()) for other in column.heading_keys):
        return 1.0
    return max(likeness(key, other) for other in column.heading_keys)


def is_remark(heading: str) -> bool:
    """Tell whether a heading says that its column is for people only: "Ghi chú: Loại"."""
    return fold(heading).startswith("ghi chu")
