"""The tree of a set of criteria, from the codes of its rows, in sequence.

A style of numbering that stands above is gone back to, a new one goes one deeper; numbers may begin
again under each heading. Codes that begin with another row's code ("1.2" with "1") are under it.
What codes leave open, capitals, bold and indents support; what is open still is a doubt, with
the two readings. Nothing here knows of cells: whoever has rows may ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from cchc_office.campaign.numbering import Numeral, numerals
from cchc_office.text.bullets import BULLETS

_INDENT = 2.0
"""Millimetres by which an indent differs from another."""

_LEAST_CAPITALS = 12
_ITEM = re.compile(rf"\s*([{re.escape(''.join(sorted(BULLETS)))}])(?:\s|[^\W\d])")


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A row as it stands: its code, its name, the level that somebody gave it (1 is a field).

    `is_bold` and `indent` (in millimetres) tell of its name's look, as far as it is known.
    """

    code: str
    name: str
    level: int | None = None
    is_bold: bool = False
    indent: float = 0.0


class OutlineDoubt(Enum):
    """Why the place of a row is not sure."""

    NO_HEADING = "không có dòng mà STT này thuộc về"
    """Other rows of its kind stand under a row whose code theirs begins with; this one does not."""

    REPEATED = "STT lặp lại trong cùng một mục"
    GAP = "STT không nối tiếp dòng trước"
    JUMP = "kiểu đánh số bỏ qua một cấp"
    ORDER = "kiểu đánh số mới đứng sau gạch đầu dòng"
    UNSUPPORTED = "không có STT, và không có gì khác cho biết thuộc mục nào"


@dataclass(frozen=True, slots=True)
class OutlinePlace:
    """Where a row stands: its level (1 is a field), and the index of the row that it is under.

    `doubt` tells why that is not sure, and `other` the second reading; there may be none.
    """

    level: int
    parent: int | None
    doubt: OutlineDoubt | None = None
    other: OutlinePlace | None = None


def outline(rows: Sequence[OutlineRow]) -> tuple[OutlinePlace, ...]:
    """Return the place of each row, in their order.

    `level` of a row settles where it stands: under the nearest row above with a smaller level.
    """
    return _Outline(rows).places()


_Style = tuple[object, ...]
_Look = tuple[bool, bool, int]


@dataclass(slots=True)
class _Open:
    """A row that others may still stand beside or under."""

    index: int
    said: int
    """The level that it was given, or its own: what the levels of other rows are held against."""

    style: _Style
    numeral: Numeral | None
    look: _Look


@dataclass(frozen=True, slots=True)
class _PossiblePlace:
    """A place that a row may have: right under `depth` open rows."""

    depth: int
    numeral: Numeral
    cost: float
    doubt: OutlineDoubt | None = None


# What a reading costs: the cheapest is taken, and one that costs nearly as much is a doubt.
_OTHER_HEADING, _NEW, _OTHER_LOOK, _LATER, _SKIPPED, _AGAIN = 0.3, 0.6, 1.0, 2.0, 3.0, 4.0
_NEARLY, _STILL_POSSIBLE, _BORNE_OUT = 0.5, 3.0, 2.0


class _Outline:
    def __init__(self, rows: Sequence[OutlineRow]) -> None:
        self._rows = rows
        self._readings = _readings_of(rows)
        self._looks = [_look_of(row) for row in rows]
        self._styles = {numeral.style for own in self._readings for numeral in own[:1]}
        self._blank_looks = {
            look for look, own in zip(self._looks, self._readings, strict=True) if not own
        }
        self._open: list[_Open] = []
        self._places: list[OutlinePlace] = []
        self._by_code: dict[tuple[object, ...], int] = {}
        self._last: dict[_Style, Numeral] = {}
        self._under: dict[_Style, _Style] = {}
        self._last_under: dict[tuple[int | None, _Style], Numeral] = {}
        self._last_child: dict[int | None, Numeral] = {}
        self._without_heading: set[_Style] = set()
        self._lacking: set[_Style] = set()

    def places(self) -> tuple[OutlinePlace, ...]:
        for index, row in enumerate(self._rows):
            readings = self._readings[index]
            if row.level is not None:
                self._put_at_level(index, row.level)
            elif readings:
                self._put_coded(index, readings)
            else:
                self._put_blank(index)
        return tuple(self._places)

    # --- putting a row in its place ---

    def _put(
        self,
        index: int,
        depth: int,
        numeral: Numeral | None,
        doubt: OutlineDoubt | None = None,
        other: OutlinePlace | None = None,
        said: int | None = None,
    ) -> None:
        """Put a row right under the first `depth` open ones."""
        place = self._place(depth, doubt, other)
        del self._open[depth:]
        above = self._open[-1] if self._open else None
        style: _Style = numeral.style if numeral else ("", *self._looks[index])
        said = said or (above.said + 1 if above else 1)
        self._under.setdefault(style, above.style if above else ())
        self._open.append(_Open(index, said, style, numeral, self._looks[index]))
        self._places.append(place)
        if numeral and not numeral.is_bullet:
            self._last[style] = self._last_under[place.parent, style] = numeral
            self._last_child[place.parent] = numeral
            self._by_code[numeral.parts, numeral.sign] = index

    def _place(
        self, depth: int, doubt: OutlineDoubt | None = None, other: OutlinePlace | None = None
    ) -> OutlinePlace:
        if not depth:
            return OutlinePlace(1, None, doubt, other)
        above = self._open[depth - 1].index
        return OutlinePlace(self._places[above].level + 1, above, doubt, other)

    def _put_at_level(self, index: int, level: int) -> None:
        """Put a row where its level says: under the nearest above with a smaller one."""
        depth = len(self._open)
        while depth and self._open[depth - 1].said >= level:
            depth -= 1
        readings = self._readings[index]
        styles = {row.style for row in self._open[depth : depth + 1]}
        fitting = (numeral for numeral in readings if numeral.style in styles)
        numeral = next(fitting, readings[0] if readings else None)
        doubt = None
        if numeral and self._stands_already(numeral, depth):
            doubt = OutlineDoubt.REPEATED
        elif level > (self._open[depth - 1].said if depth else 0) + 1:
            doubt = OutlineDoubt.JUMP
        self._put(index, depth, numeral, doubt, said=level)

    def _stands_already(self, numeral: Numeral, depth: int) -> bool:
        """Tell whether the code stands already right under the first `depth` open rows."""
        same = self._by_code.get((numeral.parts, numeral.sign))
        return same is not None and self._places[same].parent == self._place(depth).parent

    # --- rows with a code ---

    def _put_coded(self, index: int, readings: tuple[Numeral, ...]) -> None:
        found = [self._borne_out(index, c) for n in readings for c in self._candidates(index, n)]
        found.sort(key=lambda candidate: (candidate.cost, -candidate.depth))
        best = found[0]
        others = (c for c in found if c.depth != best.depth)
        second = next(others, None)
        doubt, other = best.doubt, None
        if second is not None:
            more = second.cost - best.cost
            doubt = doubt or (OutlineDoubt.GAP if more < _NEARLY else None)
            other = self._place(second.depth) if doubt and more < _STILL_POSSIBLE else None
        self._put(index, best.depth, best.numeral, doubt, other)

    def _candidates(self, index: int, numeral: Numeral) -> Iterator[_PossiblePlace]:
        if numeral.above:
            depth = self._depth_under(numeral)
            if depth is not None:
                doubt = self._doubt_under(numeral, depth)
                yield _PossiblePlace(depth, numeral, 0.0, doubt)
                return
            if self._lacks_heading(numeral):
                self._lacking.add(numeral.style)
                yield from self._without_its_heading(numeral)
                return
            self._without_heading.add(numeral.style)
        look, is_open = self._looks[index], False
        for depth, row in enumerate(self._open):
            if row.style == numeral.style:
                is_open |= row.look == look
                yield self._beside(numeral, depth, look)
            elif row.numeral is None:
                yield from self._beside_blank(numeral, depth, look)
            elif numeral.goes_on_from(row.numeral):
                yield _PossiblePlace(depth, numeral, _OTHER_LOOK, OutlineDoubt.GAP)
        yield from self._deeper(numeral, look, is_open=is_open)

    def _doubt_under(self, numeral: Numeral, depth: int) -> OutlineDoubt | None:
        """Tell what is wrong with a row under the one that its code begins with."""
        if self._stands_already(numeral, depth):
            return OutlineDoubt.REPEATED
        known = self._last_child.get(self._place(depth).parent, numeral)
        is_alike = len(known.parts) != len(numeral.parts) or known.style == numeral.style
        return None if is_alike else OutlineDoubt.GAP

    def _depth_under(self, numeral: Numeral) -> int | None:
        """Return how many rows are open down to the one that a code begins with; None without it.

        A row that another beside it closed is opened again: "1.2" may come behind "2".
        """
        index = self._by_code.get((numeral.above, "."), self._by_code.get((numeral.above, "")))
        if index is None:
            return None
        depths = {row.index: depth for depth, row in enumerate(self._open)}
        depth = depths.get(index)
        if depth is None:
            parent = self._places[index].parent
            if parent is not None and parent not in depths:
                return None
            depth = 0 if parent is None else depths[parent] + 1
        if any(_counts_the_same(row, numeral) for row in self._open[:depth]):
            return None  # rows of the style stand above: that code counts something else
        if index not in depths:
            self._open_again(index, depth)
        return depth + 1

    def _open_again(self, index: int, depth: int) -> None:
        del self._open[depth:]
        numeral = next(
            n for n in self._readings[index] if self._by_code.get((n.parts, n.sign)) == index
        )
        said = self._open[-1].said + 1 if self._open else 1
        self._open.append(_Open(index, said, numeral.style, numeral, self._looks[index]))

    def _lacks_heading(self, numeral: Numeral) -> bool:
        """Tell whether the row is missing that a code begins with: others of its kind are there.

        "1.1" right under "I", in a set where no row is called "1", lacks none.
        """
        above = Numeral(numeral.above)
        if numeral.style in self._lacking:
            return True
        if above.style not in self._styles or numeral.style in self._without_heading:
            return False
        return not self._open or above.style in self._under or self._has_shorter(numeral)

    def _has_shorter(self, numeral: Numeral) -> bool:
        return any((numeral.parts[:n], "") in self._by_code for n in range(1, len(numeral.above)))

    def _without_its_heading(self, numeral: Numeral) -> Iterator[_PossiblePlace]:
        """Yield under which rows a code may stand whose own heading is not there."""
        opened = {row.index: depth for depth, row in enumerate(self._open)}
        for length in range(len(numeral.above) - 1, 0, -1):
            depth = opened.get(self._by_code.get((numeral.parts[:length], ""), -1))
            if depth is not None:
                yield _PossiblePlace(depth + 1, numeral, _SKIPPED, OutlineDoubt.NO_HEADING)
                break
        alike = (numeral.style, Numeral(numeral.above).style)
        same = [depth for depth, row in enumerate(self._open) if row.style in alike]
        depth = same[-1] if same else len(self._open)
        yield _PossiblePlace(depth, numeral, _AGAIN, OutlineDoubt.NO_HEADING)

    def _beside(self, numeral: Numeral, depth: int, look: _Look) -> _PossiblePlace:
        """Return the place beside an open row of the same style."""
        row = self._open[depth]
        cost = 0.0 if row.look == look else _OTHER_LOOK
        before = self._last_under.get((self._place(depth).parent, row.style), row.numeral)
        if before is None or numeral.follows(before):
            return _PossiblePlace(depth, numeral, cost)
        if numeral.above != before.above:
            cost += _OTHER_HEADING
        else:
            cost += _LATER if numeral.number > before.number else _AGAIN
        is_repeated = self._stands_already(numeral, depth)
        return _PossiblePlace(
            depth, numeral, cost, OutlineDoubt.REPEATED if is_repeated else OutlineDoubt.GAP
        )

    def _beside_blank(self, numeral: Numeral, depth: int, look: _Look) -> Iterator[_PossiblePlace]:
        """Yield the place beside an open row without a code, behind which the count goes on."""
        before = self._last_under.get((self._place(depth).parent, numeral.style))
        is_heading = _rank(self._open[depth].look) > _rank(look)
        if before is not None and numeral.follows(before) and not is_heading:
            yield _PossiblePlace(depth, numeral, 0.0)

    def _deeper(self, numeral: Numeral, look: _Look, *, is_open: bool) -> Iterator[_PossiblePlace]:
        """Yield where a style may stand that is not yet there: under the last row."""
        depth = len(self._open)
        is_there = any(row.style == numeral.style for row in self._open)
        outer = next(
            (at for at, row in enumerate(self._open) if self._is_above(numeral, row)), None
        )
        if outer is not None and not is_there:
            yield _PossiblePlace(outer, numeral, _NEW)
            return
        cost, doubt = self._cost_of_beginning(numeral)
        if depth and doubt and not is_there and _rank(look) > _rank(self._open[0].look):
            yield _PossiblePlace(0, numeral, cost, doubt)  # "B." in capitals, "A." is not there
        if is_open:
            cost += _AGAIN
        elif depth and _rank(look) > _rank(self._open[-1].look):
            cost += _OTHER_LOOK
        if is_there and not is_open and not numeral.is_first:
            cost += _NEW  # it goes on with the row that is open rather than under another
        if beside := self._behind_bullets(numeral):
            is_known = self._under.get(numeral.style) == self._style_above(beside - 1)
            yield _PossiblePlace(
                beside - 1, numeral, cost, doubt if is_known else OutlineDoubt.ORDER
            )
            cost, doubt = cost + _LATER, OutlineDoubt.ORDER
        elif doubt is None and self._skips_a_style(numeral):
            doubt = OutlineDoubt.JUMP
        yield _PossiblePlace(depth, numeral, cost, doubt)

    def _is_above(self, numeral: Numeral, row: _Open) -> bool:
        """Tell whether an open row's code lacks a heading of this kind: "1.1", then "2"."""
        if row.numeral is None:
            return False
        size = len(numeral.parts)
        if 1 < size < len(row.numeral.parts) and row.numeral.parts[: size - 1] == numeral.above:
            return True
        if row.style in self._without_heading or (row.numeral.above, ".") in self._by_code:
            return False
        headings = (Numeral(row.numeral.parts[:n]) for n in range(1, len(row.numeral.parts)))
        return any(heading.style == numeral.style for heading in headings)

    def _cost_of_beginning(self, numeral: Numeral) -> tuple[float, OutlineDoubt | None]:
        """Return what it costs to begin a count here; it may go on with that under another row."""
        if numeral.is_first:
            return _NEW, None
        before = self._last.get(numeral.style)
        if before is not None and numeral.follows(before):
            return _OTHER_LOOK, None
        return _SKIPPED, OutlineDoubt.GAP if self._open else None

    def _behind_bullets(self, numeral: Numeral) -> int:
        """Return the place, from 1, of the first of the bullets that the last rows have, or 0.

        Of bullets only a dash stands beside others that came first: it has them below it.
        """
        depth = len(self._open)
        while depth and (last := self._open[depth - 1].numeral) and last.is_bullet:
            depth -= 1
        is_inner = numeral.is_bullet and not numeral.is_dash
        return 0 if is_inner or depth == len(self._open) else depth + 1

    def _style_above(self, depth: int) -> _Style:
        return self._open[depth - 1].style if depth else ()

    def _skips_a_style(self, numeral: Numeral) -> bool:
        """Tell whether the style stood deeper before, with another style between."""
        known, own = self._under.get(numeral.style), self._style_above(len(self._open))
        if not known or known == own or numeral.is_bullet:
            return False
        return self._under.get(known) == own

    def _borne_out(self, index: int, candidate: _PossiblePlace) -> _PossiblePlace:
        """Return a reading cheaper where the next code of its kinds goes on with it."""
        readings = self._readings[index]
        if len(readings) < 2:
            return candidate
        styles = {numeral.style for numeral in readings}
        after = (n for later in self._readings[index + 1 :] for n in later if n.style in styles)
        first = next(after, None)
        numeral = candidate.numeral
        if first is None or first.style != numeral.style or not first.follows(numeral):
            return candidate
        return replace(candidate, cost=candidate.cost - _BORNE_OUT)

    # --- rows without a code ---

    def _put_blank(self, index: int) -> None:
        look, depth = self._looks[index], len(self._open)
        like = [at for at, row in enumerate(self._open) if row.style == ("", *look)]
        if not depth:
            self._put(index, 0, None)
        elif like:
            is_sure = like[-1] == depth - 1 or len(self._blank_looks) > 1
            doubt = None if is_sure else OutlineDoubt.UNSUPPORTED
            self._put(index, like[-1], None, doubt, self._place(depth) if doubt else None)
        elif _rank(look) < _rank(self._open[-1].look):
            self._put(index, depth, None)
        elif any(row.look == look for row in self._open[:-1]) and look != self._open[-1].look:
            self._put(index, [row.look for row in self._open].index(look), None)
        else:
            self._put_plain(index)

    def _put_plain(self, index: int) -> None:
        """Put a row that nothing tells of under a field, or beside the row above."""
        depth = len(self._open)
        is_under = depth == 1
        other = self._place(0 if is_under else depth)
        self._put(index, depth if is_under else depth - 1, None, OutlineDoubt.UNSUPPORTED, other)


def _readings_of(rows: Sequence[OutlineRow]) -> list[tuple[Numeral, ...]]:
    """Return what codes may say; "1." is another style than "1" where one follows on the other."""
    readings = [numerals(row.code or _bullet_of(row.name)) for row in rows]
    points = [row.code.rstrip().endswith(".") for row in rows]
    are_apart = any(
        above and own and points[at] and not points[at + 1] and above[0] == own[0]
        for at, (above, own) in enumerate(pairwise(readings))
    )
    if not are_apart:
        return readings
    return [
        tuple(n.with_point for n in own) if has_point else own
        for own, has_point in zip(readings, points, strict=True)
    ]


def _bullet_of(name: str) -> str:
    """Return the sign that a name begins with as an item of a list: it is under the row above."""
    match = _ITEM.match(name)
    return match[1] if match else ""


def _counts_the_same(row: _Open, numeral: Numeral) -> bool:
    """Tell whether a code may go on with an open row: "2.1" with "1.2", not "27a" with "2c"."""
    if row.style != numeral.style or row.numeral is None:
        return False
    own, before = Numeral(numeral.above).number, Numeral(row.numeral.above).number
    return own in (before, before + 1)


def _look_of(row: OutlineRow) -> _Look:
    letters = [sign for sign in row.name if sign.isalpha()]
    is_capitals = len(letters) >= _LEAST_CAPITALS and all(sign.isupper() for sign in letters)
    return is_capitals, row.is_bold, round(row.indent / _INDENT)


def _rank(look: _Look) -> tuple[int, int, int]:
    """Return how much of a heading a look is: capitals, bold, what stands further left."""
    is_capitals, is_bold, indent = look
    return int(is_capitals), int(is_bold), -indent
