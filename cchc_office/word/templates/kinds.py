"""What kind of value stands behind a name that templates are offered.

A template is checked against these before any letter is made.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True)
class Picture:
    """A picture, set in the line where its tag stands: a file, or its bytes.

    `alt` is what is read out, or shown where pictures are not.
    """

    source: Path | bytes = field(repr=False)
    width_mm: float | None = None
    height_mm: float | None = None
    alt: str = ""


@dataclass(frozen=True)
class Plain:
    """A value without parts: `type` tells what can be asked of it."""

    type: type


@dataclass(frozen=True)
class ListOf:
    """A list, to be gone through with `for`."""

    item: Kind


@dataclass(frozen=True)
class Record:
    """An object whose parts are reached with a dot."""

    fields: Mapping[str, Kind]


@dataclass(frozen=True)
class Anything:
    """A value of which nothing is known, so that nothing about it can be wrong."""


Kind: TypeAlias = Plain | ListOf | Record | Anything
Names: TypeAlias = Mapping[str, Kind]

TEXT = Plain(str)
FLAG = Plain(bool)
NUMBER = Plain(int)
PICTURE = Plain(Picture)
ANYTHING = Anything()


def record_of(cls: type) -> Record:
    """Return the record that a dataclass of plain fields makes."""
    return Record({name: Plain(hint) for name, hint in typing.get_type_hints(cls).items()})


def dotted_names(names: Names) -> tuple[str, ...]:
    """Return every name that can be written, parts with their dots: `don_vi`, `don_vi.ten`."""
    found = []
    for name, kind in names.items():
        found.append(name)
        if isinstance(kind, Record):
            found += [f"{name}.{part}" for part in dotted_names(kind.fields)]
    return tuple(found)
