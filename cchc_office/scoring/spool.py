"""What is too much to hold, put on disk: results of units, read back as they are asked for.

A spool is a file without a name that goes with the process. It holds nothing that came from
outside but as values of ours, so that reading it back is safe.
"""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, overload

from cchc_office.findings import Finding
from cchc_office.model import LeafReturn, UnitResult


class Spool:
    """Values on disk, in the order in which they were put there."""

    def __init__(self) -> None:
        """Open an empty spool in the system's folder for temporary files."""
        self._file = tempfile.TemporaryFile(prefix="cchc-")  # noqa: SIM115 - lives as long as we
        self._places = array("Q")
        self._end = 0

    def put(self, value: Any) -> int:
        """Put a value at the end; return its number."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(content)
        self._places.append(self._end)
        self._end += len(content)
        return len(self._places) - 1

    def get(self, number: int) -> Any:
        """Read a value back."""
        place = self._places[number]
        following = number + 1
        end = self._places[following] if following < len(self._places) else self._end
        self._file.seek(place)
        return pickle.loads(self._file.read(end - place))  # noqa: S301 - our own file


class _SpooledLeaves(Sequence[LeafReturn]):
    def __init__(self, spool: Spool, number: int, length: int) -> None:
        self._spool, self._number, self._length = spool, number, length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[LeafReturn]:
        return iter(self._spool.get(self._number))

    @overload
    def __getitem__(self, index: int) -> LeafReturn: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[LeafReturn, ...]: ...
    def __getitem__(self, index: int | slice) -> LeafReturn | tuple[LeafReturn, ...]:
        leaves: tuple[LeafReturn, ...] = self._spool.get(self._number)
        return leaves[index]


class UnitSpool:
    """Takes results of units, in any order; `in_order` gives them back in that of the campaign."""

    def __init__(self) -> None:
        """Open an empty spool."""
        self._results, self._leaves = Spool(), Spool()
        self._numbers: dict[str, int] = {}

    def put(self, result: UnitResult) -> None:
        """Take a unit's result; what it returned lies apart, to be read only where it is needed."""
        returned = result.returned
        light = replace(returned, leaves=()) if returned else None
        leaves = tuple(returned.leaves) if returned else ()
        self._leaves.put(leaves)
        own = (replace(result, returned=light), len(leaves))
        self._numbers[result.unit.code] = self._results.put(own)

    def in_order(self, codes: Sequence[str]) -> SpooledUnits:
        """Return the results of the units with these codes."""
        numbers = array("Q", [self._numbers[code] for code in codes])
        return SpooledUnits(self._results, self._leaves, numbers)


class SpooledUnits(Sequence[UnitResult]):
    """Results of units, each read from disk when it is asked for, and so are its leaves."""

    def __init__(self, results: Spool, leaves: Spool, numbers: array[int]) -> None:
        """Take the spools and which of their values stand where; made by `UnitSpool`."""
        self._results, self._leaves, self._numbers = results, leaves, numbers

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[UnitResult]:
        """Read one after the other."""
        return (self._get(number) for number in self._numbers)

    @overload
    def __getitem__(self, index: int) -> UnitResult: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[UnitResult, ...]: ...
    def __getitem__(self, index: int | slice) -> UnitResult | tuple[UnitResult, ...]:
        """Read the unit at a place."""
        if isinstance(index, slice):
            return tuple(self._get(number) for number in self._numbers[index])
        return self._get(self._numbers[index])

    def _get(self, number: int) -> UnitResult:
        result, count = self._results.get(number)
        own: UnitResult = result
        if own.returned is None:
            return own
        leaves = _SpooledLeaves(self._leaves, number, count)
        return replace(own, returned=replace(own.returned, leaves=leaves))


class SpooledFindings(Sequence[Finding]):
    """Findings of which those of units are read from disk with them."""

    def __init__(
        self, first: tuple[Finding, ...], units: Sequence[UnitResult], last: tuple[Finding, ...]
    ) -> None:
        """Take what stands before and after the findings of the units."""
        self._first, self._units, self._last = first, units, last
        own = sum(len(unit.findings) for unit in units)
        self._length = len(first) + own + len(last)

    def __len__(self) -> int:
        """Return how many findings there are."""
        return self._length

    def __iter__(self) -> Iterator[Finding]:
        """Read one after the other."""
        yield from self._first
        for unit in self._units:
            yield from unit.findings
        yield from self._last

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """Return the finding at a place, by walking there."""
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            if step > 0:
                return tuple(islice(iter(self), start, stop, step))
            return tuple(self)[index]
        place = index + self._length if index < 0 else index
        found = next(islice(iter(self), place, None), None) if place >= 0 else None
        if found is None:
            raise IndexError(index)
        return found
