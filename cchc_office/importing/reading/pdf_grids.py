"""Tables by the lines that are drawn around their cells, with the merged ones among them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc_office.importing.reading.pdf_pages import Rule

_NEAR = 3.0
"""Lines that lie nearer to each other are one, and meet where they come as near (points)."""

_SHORTEST = 4.0
_NARROWEST = 5.0
_MOST_ROUNDS = 8
_FEWEST_SAME_ROWS = 3

_Slot = tuple[int, int]


@dataclass(frozen=True)
class RuledGrid:
    """A grid by its columns' and rows' edges, in points; `heads` has the head of each slot.

    Slots of one cell, a merged one, have one head: its uppermost and leftmost slot. `open_above`
    and `open_below` are the columns that have no line along the first and the last edge.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    heads: dict[_Slot, _Slot]
    open_above: frozenset[int] = frozenset()
    open_below: frozenset[int] = frozenset()

    @property
    def is_table(self) -> bool:
        """Tell whether it is more than a frame around one cell, or a row of frames."""
        return len(set(self.heads.values())) > 1 and len(self.xs) > 2

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def slot(self, x: float, y: float) -> _Slot:
        """Return the slot in which a point within the grid lies."""
        row = min(max(bisect_left(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_left(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column

    def has_columns_of(self, other: RuledGrid) -> bool:
        """Tell whether the columns of another stand where its own do."""
        return len(self.xs) == len(other.xs) and all(
            abs(a - b) <= _NEAR for a, b in zip(self.xs, other.xs, strict=True)
        )

    def goes_on(self, column: int, below: RuledGrid, *, has_headings: bool) -> bool | None:
        """Tell whether the last cell of a column goes on in a grid on the next page.

        It does where no line ends it on either page; `has_headings` tells that other rows stand
        between on the next one. None where the grids do not tell, as an edge without any line.
        """
        if not self.has_columns_of(below):
            return None
        edges = [self.open_below] if has_headings else [self.open_below, below.open_above]
        told = [column in edge for edge in edges if len(edge) < len(self.xs) - 1]
        return None if all(told) and len(told) < len(edges) else all(told)


def ruled_grids(rules: Iterable[Rule]) -> list[RuledGrid]:
    """Return the grids that lines make, from above."""
    rules = tuple(rules)
    across = _merged(rule for rule in rules if rule.is_horizontal)
    down = _merged(rule for rule in rules if not rule.is_horizontal)
    across, down = _that_meet_twice(across, down)
    grids = (_grid(*group) for group in _beside_each_other(_groups(across, down)))
    found = [grid for grid in grids if grid is not None and grid.is_table]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return lines of one direction with those that lie on each other, or go on, made one."""
    by_place = sorted(rules)
    groups: list[list[Rule]] = []
    for rule in by_place:
        if groups and rule.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    merged: list[Rule] = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        spans: list[list[float]] = []
        for rule in sorted(group, key=lambda rule: rule.start):
            if spans and rule.start <= spans[-1][1] + _NEAR:
                spans[-1][1] = max(spans[-1][1], rule.end)
            else:
                spans.append([rule.start, rule.end])
        is_horizontal = group[0].is_horizontal
        merged += [Rule(is_horizontal, at, a, b) for a, b in spans if b - a >= _SHORTEST]
    return merged


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.start - _NEAR <= other.at <= one.end + _NEAR
        and other.start - _NEAR <= one.at <= other.end + _NEAR
    )


def _that_meet_twice(across: list[Rule], down: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Return the lines that are sides of cells: those under words meet no others."""
    for _ in range(_MOST_ROUNDS):
        kept_across = [a for a in across if sum(_meet(a, d) for d in down) > 1]
        kept_down = [d for d in down if sum(_meet(d, a) for a in kept_across) > 1]
        if len(kept_across) == len(across) and len(kept_down) == len(down):
            break
        across, down = kept_across, kept_down
    return across, down


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the lines that hang together."""
    parents = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for n, a in enumerate(across):
        for m, d in enumerate(down):
            if _meet(a, d):
                parents[root(len(across) + m)] = root(n)
    groups: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for n, a in enumerate(across):
        groups[root(n)][0].append(a)
    for m, d in enumerate(down):
        groups[root(len(across) + m)][1].append(d)
    return [group for group in groups.values() if group[0] and group[1]]


def _beside_each_other(
    groups: Sequence[tuple[list[Rule], list[Rule]]],
) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the groups with those made one that are parts of one table, of the same rows.

    Where a merged cell fills a whole page, no line goes from the columns before it to those behind.
    Frames in the cells of a table are none of its parts.
    """
    whole: list[tuple[list[Rule], list[Rule]]] = []
    for group in sorted(groups, key=lambda lines: min(rule.start for rule in lines[0])):
        is_frame = any(_lies_within(group, other) for other in groups)
        parts = () if is_frame else whole
        found = next((one for one in parts if _has_same_rows(one[0], group[0])), None)
        if found is None:
            whole.append((list(group[0]), list(group[1])))
        else:
            found[0].extend(group[0])
            found[1].extend(group[1])
    return whole


def _lies_within(
    group: tuple[list[Rule], list[Rule]], other: tuple[list[Rule], list[Rule]]
) -> bool:
    """Tell whether lines lie between the outermost ones of others."""
    (left, top, right, bottom), around = _ends(group), _ends(other)
    return around[0] < left and around[1] < top and right < around[2] and bottom < around[3]


def _ends(group: tuple[list[Rule], list[Rule]]) -> tuple[float, float, float, float]:
    across, down = group
    return (
        min(rule.start for rule in across),
        min(rule.start for rule in down),
        max(rule.end for rule in across),
        max(rule.end for rule in down),
    )


def _has_same_rows(left: Sequence[Rule], right: Sequence[Rule]) -> bool:
    own, other = ({rule.at for rule in lines} for lines in (left, right))
    same = [at for at in other if any(abs(at - one) <= _NEAR for one in own)]
    ends = (min(own) - min(other), max(own) - max(other))
    apart = min(rule.start for rule in right) >= max(rule.end for rule in left)
    return apart and len(same) == len(other) >= _FEWEST_SAME_ROWS and max(map(abs, ends)) <= _NEAR


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """Return places in order, those that leave no room between them made one."""
    edges: list[list[float]] = []
    for place in sorted(places):
        if edges and place - edges[-1][0] < _NARROWEST:
            edges[-1].append(place)
        else:
            edges.append([place])
    return tuple(sum(near) / len(near) for near in edges)


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> RuledGrid | None:
    # A side that is not drawn is where the lines across it end.
    ends = [end for rule in across for end in (rule.start, rule.end)]
    tops = [end for rule in down for end in (rule.start, rule.end)]
    xs = _edges([*(rule.at for rule in down), min(ends), max(ends)])
    ys = _edges([*(rule.at for rule in across), min(tops), max(tops)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    parents = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(slot: _Slot) -> _Slot:
        while parents[slot] != slot:
            slot = parents[slot]
        return slot

    def join(one: _Slot, other: _Slot) -> None:
        first, second = sorted((root(one), root(other)))
        parents[second] = first

    walls = _walls(down, xs, ys)
    floors = _walls(across, ys, xs)
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and (column + 1, row) not in walls:
                join((row, column), (row, column + 1))
            if row + 1 < rows and (row + 1, column) not in floors:
                join((row, column), (row + 1, column))
    above, below = (
        frozenset(column for column in range(columns) if (edge, column) not in floors)
        for edge in (0, rows)
    )
    return RuledGrid(xs, ys, {slot: root(slot) for slot in parents}, above, below)


def _walls(
    rules: Sequence[Rule], places: Sequence[float], bands: Sequence[float]
) -> set[tuple[int, int]]:
    """Return which bands have a line at which place, by the numbers of place and band."""
    found: set[tuple[int, int]] = set()
    middles = [(start + end) / 2 for start, end in pairwise(bands)]
    for rule in rules:
        place = min(range(len(places)), key=lambda n: abs(places[n] - rule.at))
        first = bisect_left(middles, rule.start)
        last = bisect_left(middles, rule.end)
        found.update((place, band) for band in range(first, last))
    return found
