"""Where each unit's rows stand in the report, known before any sheet is written."""

from __future__ import annotations

from collections.abc import Hashable

from cchc_office.model import Campaign, Consolidation, Unit
from cchc_office.papers.form.layout import FormRow, RowKind, form_rows
from cchc_office.papers.report.parts import DETAIL_SHEET, place_in
from cchc_office.sheets.row_writer import MOST_ROWS

MOST_UNIT_SHEETS = 30
"""With more units than this all of them stand on one long sheet."""

FIRST_ROW = 3
"""Where rows begin on the sheets of units: below title, remark and headings."""

_LONGEST_CODE = 28
_MOST_KINDS = 64


class Layout:
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
                at = FIRST_ROW
            elif not self.sheets or at + count > most_rows:
                number = len(self.sheets) + 1
                self.sheets.append(DETAIL_SHEET if number == 1 else f"{DETAIL_SHEET} {number}")
                at = FIRST_ROW
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
