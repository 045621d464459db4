"""Lists of cells as they are told: those below one another by the first and the last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


def cell_runs(places: Iterable[str]) -> Iterator[str]:
    """Yield addresses, those of cells right below one another as "C4–C7"; other texts as they are.

    The order is kept: only what stands side by side in it is joined.
    """
    first = last = ""
    for place in places:
        before, here = _ADDRESS.fullmatch(last), _ADDRESS.fullmatch(place)
        if before and here and here[1] == before[1] and int(here[2]) == int(before[2]) + 1:
            last = place
            continue
        if first:
            yield first if first == last else f"{first}–{last}"
        first = last = place
    if first:
        yield first if first == last else f"{first}–{last}"
