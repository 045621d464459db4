"""The stable ids of rows: what a form that went out is known by when it comes back.

An id follows from the names of a row and of those above it. A set that is numbered anew, or whose
rows are moved within their heading, keeps the ids; rows of one name are told apart by their codes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from cchc_office.text.vietnamese import fold

_PREFIX = "TC-"
_DIGITS = 12


def identities(rows: Sequence[tuple[str, str, int | None]]) -> tuple[str, ...]:
    """Return the ids of rows, each given by its code, its name and the index of its parent."""
    names = Counter((parent, fold(name)) for _, name, parent in rows)
    ids: list[str] = []
    times: Counter[str] = Counter()
    for code, name, parent in rows:
        above = ids[parent] if parent is not None else ""
        own = fold(name)
        is_alone = bool(own) and names[parent, own] == 1
        made_of = "\n".join((above, own, "" if is_alone else fold(code)))
        times[made_of] += 1
        again = f"\n{times[made_of]}" if times[made_of] > 1 else ""
        ids.append(_digest(made_of + again))
    return tuple(ids)


def _digest(text: str) -> str:
    return _PREFIX + hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
