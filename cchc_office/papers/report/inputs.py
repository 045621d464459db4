"""What the sheets of the report are made from, and where each unit's rows will stand in it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cchc_office.model import INSIDE, Campaign, Comparison, Consolidation, Source, Unit
from cchc_office.papers.file_links import EvidenceLinks, file_link
from cchc_office.papers.form.layout import FormRow, RowKind, form_rows
from cchc_office.results.progress import Progress, progress
from cchc_office.sheets.addresses import MOST_ROWS, place_in
from cchc_office.sheets.columns import Link
from cchc_office.sheets.table_sheet import first_row

DETAIL_SHEET = "Chi tiết"
MOST_UNIT_SHEETS = 30
"""With more units than this all of them stand on one long sheet."""

UNIT_ROWS_BEGIN = first_row(1)
"""Where rows begin on the sheets of units: they have one remark."""

_MOST_DUE = 2_000
"""Of the open leaves, that many are listed: whoever has more chases by unit."""

_LONGEST_CODE = 28
_MOST_KINDS = 64


class UnitPlaces:
    """Which sheet, and which row on it, a unit's leaves begin at."""

    def __init__(self, data: Consolidation, *, most_rows: int = MOST_ROWS) -> None:
        """Lay out the units of a campaign on sheets of `most_rows` rows."""
        self._campaign: Campaign = data.campaign
        self._kinds: dict[Hashable, tuple[FormRow, ...]] = {}
        units = self._campaign.units
        self.is_long = len(units) > MOST_UNIT_SHEETS
        self.sheets: list[str] = []
        self._starts: dict[str, tuple[int, int]] = {}
        at = most_rows
        for place, unit in enumerate(units, start=1):
            count = len(self.rows_of(unit))
            if not self.is_long:
                self.sheets.append(f"ĐV {_short(unit, place)}")
                at = UNIT_ROWS_BEGIN
            elif not self.sheets or at + count > most_rows:
                number = len(self.sheets) + 1
                self.sheets.append(DETAIL_SHEET if number == 1 else f"{DETAIL_SHEET} {number}")
                at = UNIT_ROWS_BEGIN
            self._starts[unit.code] = (len(self.sheets) - 1, at)
            at += count

    def rows_of(self, unit: Unit) -> tuple[FormRow, ...]:
        """Return the leaves that the unit has a part in."""
        key = self._campaign.parts_key(unit)
        if key not in self._kinds:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()
            rows = form_rows(self._campaign, unit)
            self._kinds[key] = tuple(row for row in rows if row.kind is not RowKind.HEADING)
        return self._kinds[key]

    def sheet_of(self, unit: Unit) -> str:
        """Return the name of the sheet that the unit's rows are on."""
        return self.sheets[self._starts[unit.code][0]]

    def place_of(self, code: str, criterion: str = "") -> str:
        """Return the link target of a unit's row, or of its first; "" for no unit of ours."""
        unit = self._campaign.find_unit(code)
        if unit is None:
            return ""
        sheet, first = self._starts[code]
        for offset, row in enumerate(self.rows_of(unit)) if criterion else ():
            if row.criterion.id == criterion:
                return place_in(self.sheets[sheet], first + offset, 0)
        return place_in(self.sheets[sheet], first if self.is_long else 0, 0)


def _short(unit: Unit, place: int) -> str:
    """Return what a sheet's name has of a unit: with "ĐV " at most 31 characters."""
    if len(unit.code) <= _LONGEST_CODE:
        return unit.code
    return f"{unit.code[: _LONGEST_CODE - 5]}~{place}"


@dataclass(frozen=True)
class Inputs:
    """What a report is made from.

    `returns_path` is the way from the report's folder to that of the returns, for links to files;
    `elsewhere` the ways to the folders of files that do not lie there, by their names, "" where no
    link must lead to them.
    """

    data: Consolidation
    returns_path: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    comparison: Comparison | None = None
    evidence: EvidenceLinks | None = None

    @cached_property
    def units(self) -> UnitPlaces:
        """Where the rows of units stand."""
        return UnitPlaces(self.data)

    @cached_property
    def progress(self) -> Progress:
        """How far everybody is, with the leaves that are due first."""
        return progress(self.data, most_due=_MOST_DUE)

    @property
    def as_of(self) -> str:
        """The line that tells of which day the report is."""
        return f"Tính đến ngày {self.data.as_of:%d/%m/%Y}"

    def unit_link(self, unit: Unit, criterion: str = "") -> Link:
        """Return a unit's code, leading to its rows, or to that of a criterion."""
        return Link(unit.code, self.units.place_of(unit.code, criterion))

    def file_link(self, file: str, sheet: str = "", cell: str = "", *, found: bool = True) -> str:
        """Return a link to a file, "" where there is none; one not `found` is no return."""
        near = self.returns_path if found else ""
        way = self.elsewhere.get(file.partition(INSIDE)[0], near)
        return file_link(way, file, sheet, cell)

    def source_link(self, source: Source) -> str:
        """Return a link to the cell that something was read from."""
        return self.file_link(source.file, source.sheet, source.cell)
