"""The evidence files of units: which rows they belong to, which of those named are not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file in a unit's folder of evidence.

    `name` is its place below that folder, `criteria` are the ids of the rows that it belongs to:
    by the code at the start of its name, or because the unit's form names it there.
    """

    unit: str
    name: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that a unit names as its evidence for a row, and that is not in its folder."""

    unit: str
    criterion: str
    name: str


@dataclass(frozen=True)
class Evidence:
    """All evidence files of a campaign, in the order of units and names."""

    files: tuple[EvidenceFile, ...] = ()
    missing: tuple[MissingFile, ...] = ()

    @cached_property
    def _by_row(self) -> dict[tuple[str, str], list[EvidenceFile]]:
        found: dict[tuple[str, str], list[EvidenceFile]] = {}
        for file in self.files:
            for criterion in file.criteria:
                found.setdefault((file.unit, criterion), []).append(file)
        return found

    def of(self, unit: str, criterion: str) -> tuple[EvidenceFile, ...]:
        """Return the files that belong to a unit's row."""
        return tuple(self._by_row.get((unit, criterion), ()))

    def of_row(self, units: Iterable[str], criterion: str) -> tuple[EvidenceFile, ...]:
        """Return the files of several units that belong to a row."""
        return tuple(file for unit in units for file in self.of(unit, criterion))

    @property
    def unlinked(self) -> tuple[EvidenceFile, ...]:
        """The files of which nothing tells to which row they belong."""
        return tuple(file for file in self.files if not file.criteria)
