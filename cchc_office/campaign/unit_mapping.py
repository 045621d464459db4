"""Which unit of this year an earlier year's unit is: by the campaign's own word, code or name.

The campaign says it in its sheet "Ghép đơn vị".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from cchc_office.campaign.tables import CellReader
from cchc_office.catalogue.findings import Code
from cchc_office.model import Aggregation, MergedUnit, Unit, units_named
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.abbreviations import USUAL, Abbreviations, expanded
from cchc_office.text.vietnamese import clean_line, fold

WAYS = (Aggregation.MEAN, Aggregation.SUM)
"""How the last year of several units that are one now can be reckoned, the usual way first."""

UnitMapping = Mapping[str, tuple[str, ...]]
"""The codes of the new units of each old one, by its code; none where it is not known."""


def read_merged_units(
    reader: CellReader, units: Sequence[Unit], nearest: Callable[[str], tuple[str, ...]]
) -> tuple[MergedUnit, ...]:
    """Read the sheet; a unit without a new one is gone, what names no unit goes to `reader`."""
    found: list[MergedUnit] = []
    for row in reader.table.rows():
        old, new = (clean_line(reader.text(row[key])) for key in ("old", "new"))
        if not old:
            reader.report(Code.MERGED_UNIT_WITHOUT_OLD, row["new"], found=new)
            continue
        named = units_named(units, new)
        if new and len(named) != 1:
            near = tuple(unit.name for unit in named) or nearest(new)
            code = Code.MERGED_UNIT_UNKNOWN
            reader.report(code, row["new"], about=old, found=new, candidates=near)
            continue
        way, place = _way(row["way"], reader), row["old"].address
        found.append(MergedUnit(old, named[0].code if new else "", place, way))
    return tuple(found)


def _way(cell: SheetCell, reader: CellReader) -> Aggregation | None:
    """Return how the last year of merged units is reckoned, None where the cell does not say."""
    text = clean_line(reader.text(cell))
    way = next((way for way in WAYS if fold(way.value) == fold(text)), None)
    if text and way is None:
        expected = ", ".join(way.value for way in WAYS)
        reader.report(Code.MERGED_UNIT_WAY_UNKNOWN, cell, found=text, expected=expected)
    return way


def map_units(
    old: Iterable[Unit],
    new: Sequence[Unit],
    merged: Iterable[MergedUnit] = (),
    known: Abbreviations = USUAL,
) -> UnitMapping:
    """Map old units to new ones; several old ones may be one new unit.

    What the campaign says of mergers goes first, then a name of one unit only, then the code where
    no name speaks against it.
    """
    said = tuple(merged)
    return {unit.code: _new_of(unit, new, said, known) for unit in old}


def _new_of(
    unit: Unit, new: Sequence[Unit], merged: tuple[MergedUnit, ...], known: Abbreviations
) -> tuple[str, ...]:
    told = [one.new for one in merged if units_named((unit,), one.old)]
    if told:
        return tuple(dict.fromkeys(filter(None, told)))
    named = units_named(new, unit.name) or tuple(
        other for other in new if _is_one(unit.name, other, known)
    )
    named = named or tuple(other for other in new if other.code.casefold() == unit.code.casefold())
    return (named[0].code,) if len(named) == 1 else ()


def _is_one(name: str, other: Unit, known: Abbreviations) -> bool:
    words = expanded(name, known)
    return any(expanded(own, known) == words for own in (other.name, *other.aliases))
