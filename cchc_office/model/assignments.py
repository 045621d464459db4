"""Who has which part in what, with what units share held once.

In a province ten thousand units may each lead a hundred rows: a million pairs that differ in
nothing but the unit and the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, islice
from typing import overload


class Role(Enum):
    """What a unit has to do with a row."""

    LEAD = "Chủ trì"
    SUPPORT = "Phối hợp"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit's part in a row: its role, and the words behind its name in the unit cell.

    `each` tells that the unit leads as a member of a group whose members lead each for itself;
    `group` is the group that the cell names it by, "" where it names the unit itself.
    """

    criterion: str
    unit: str
    role: Role
    duty: str = ""
    each: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class _SharedDuty:
    """What the assignments of neighbours in one row share; `members` numbers their units' list."""

    criterion: str
    members: int
    role: Role
    duty: str
    each: bool
    group: str

    def of(self, unit: str) -> Assignment:
        return Assignment(self.criterion, unit, self.role, self.duty, self.each, self.group)


class Assignments(Sequence[Assignment]):
    """Assignments in their order, made when they are asked for; equal where their order is."""

    def __init__(self, assignments: Iterable[Assignment] = ()) -> None:
        """Take assignments, also from an iterator: they are not kept."""
        self._members: list[tuple[str, ...]] = []
        numbers: dict[tuple[str, ...], int] = {}
        parts: list[_SharedDuty] = []
        for shared, own in groupby(
            assignments, key=lambda a: (a.criterion, a.role, a.duty, a.each, a.group)
        ):
            units = tuple(a.unit for a in own)
            number = numbers.setdefault(units, len(numbers))
            if number == len(self._members):
                self._members.append(units)
            parts.append(_SharedDuty(shared[0], number, *shared[1:]))
        self._parts = tuple(parts)
        self._by_criterion: dict[str, list[_SharedDuty]] = {}
        self._by_members: dict[int, list[int]] = {}
        for place, part in enumerate(parts):
            self._by_criterion.setdefault(part.criterion, []).append(part)
            self._by_members.setdefault(part.members, []).append(place)
        self._keys = self._unit_keys()
        self._by_key: dict[tuple[int, ...], dict[str, _SharedDuty]] = {}

    def _unit_keys(self) -> dict[str, tuple[int, ...]]:
        """Return by unit the lists that it is in; units that are in the same share the value."""
        lists: dict[str, tuple[int, ...]] = {}
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        for number, units in enumerate(self._members):
            for unit in dict.fromkeys(units):
                key = (*lists.get(unit, ()), number)
                lists[unit] = shared.setdefault(key, key)
        return lists

    def __len__(self) -> int:
        """Return how many pairs of unit and row there are."""
        return sum(len(self._members[part.members]) for part in self._parts)

    def __iter__(self) -> Iterator[Assignment]:
        """Yield all assignments in order."""
        for part in self._parts:
            for unit in self._members[part.members]:
                yield part.of(unit)

    @overload
    def __getitem__(self, index: int) -> Assignment: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Assignment, ...]: ...
    def __getitem__(self, index: int | slice) -> Assignment | tuple[Assignment, ...]:
        """Return the assignment at a place, by walking there."""
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index + len(self) if index < 0 else index
        found = next(islice(iter(self), place, None), None) if place >= 0 else None
        if found is None:
            raise IndexError(index)
        return found

    def __eq__(self, other: object) -> bool:
        """Tell whether the same assignments stand in the same order."""
        if not isinstance(other, Assignments):
            return NotImplemented
        return self._parts == other._parts and self._members == other._members

    def __hash__(self) -> int:
        """Return the hash of the assignments in their order."""
        return hash((self._parts, tuple(self._members)))

    def of_criterion(self, criterion: str) -> tuple[Assignment, ...]:
        """Return the assignments of a row, in order."""
        return tuple(
            part.of(unit)
            for part in self._by_criterion.get(criterion, ())
            for unit in self._members[part.members]
        )

    def units_of(self, criterion: str, role: Role) -> tuple[str, ...]:
        """Return the codes of the units with a role in a row, in order."""
        lists = [
            self._members[part.members]
            for part in self._by_criterion.get(criterion, ())
            if part.role is role
        ]
        return lists[0] if len(lists) == 1 else tuple(unit for units in lists for unit in units)

    def of_unit(self, unit: str) -> Mapping[str, Assignment]:
        """Return a unit's assignments by the row's id."""
        return {row: part.of(unit) for row, part in self._of(unit).items()}

    def of_both(self, unit: str, criterion: str) -> Assignment | None:
        """Return a unit's assignment to a row, None where it has none."""
        part = self._of(unit).get(criterion)
        return part.of(unit) if part else None

    def roles_of(self, unit: str) -> Mapping[str, Role]:
        """Return a unit's roles by the row's id."""
        return {row: part.role for row, part in self._of(unit).items()}

    def key_of(self, unit: str) -> tuple[int, ...]:
        """Return what units with the same parts in the same rows share, in this campaign."""
        return self._keys.get(unit, ())

    def _of(self, unit: str) -> dict[str, _SharedDuty]:
        key = self.key_of(unit)
        if key not in self._by_key:
            places = sorted(place for number in key for place in self._by_members[number])
            parts = (self._parts[place] for place in places)
            self._by_key[key] = {part.criterion: part for part in parts}
        return self._by_key[key]
