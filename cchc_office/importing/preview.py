"""What a table is understood as, before or after it is written: frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.campaign.workbook import Draft
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.importing.headed_table import ColumnReading
from cchc_office.importing.source import PASTED, LeftOut, RowPlace
from cchc_office.importing.table_choice import TableOffer
from cchc_office.importing.word_balance import WordBalance


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """Where a row of the draft stands in the file, its code there, how deep it is (1: a field).

    A code that a spreadsheet turned into a date or a number is as people see it there.
    """

    place: RowPlace
    code: str
    level: int


@dataclass(frozen=True)
class ImportPreview:
    """All that is known of a table that is brought in.

    `offers` are the tables that qualify and `chosen` the one that is taken. `draft` is what the
    workbook is made of (rows, settings, units), `content` the workbook itself; `rows` belong to the
    rows of the draft. `left_out` has all that is not taken, `findings` what is doubtful, `words`
    the balance. `units_chosen` tells of names which unit they are, as the clerk said, and
    `rows_as_they_are` that no row was to be added for points of rows above others.
    """

    file: str
    kind: str
    offers: tuple[TableOffer, ...]
    chosen: TableOffer
    rows: tuple[ImportedRow, ...]
    draft: Draft
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    words: WordBalance
    content: bytes
    units_chosen: tuple[tuple[str, str], ...] = ()
    rows_as_they_are: bool = False

    @property
    def is_pasted(self) -> bool:
        """Tell whether the table came as text, from no file."""
        return self.kind == PASTED

    @property
    def without_units(self) -> tuple[str, ...]:
        """The groups that stand among the units because the table names no unit of theirs."""
        return tuple(f.found for f in self.findings if f.code is Code.GROUP_WITHOUT_UNITS)

    @property
    def asks_of_own_points(self) -> bool:
        """Whether rows were added for points of rows above others, or would have been."""
        added = (Code.OWN_POINTS_ADDED, Code.POINTS_PARTED)
        return self.rows_as_they_are or any(f.code in added for f in self.findings)

    @property
    def apart(self) -> tuple[Finding, ...]:
        """What is told first: that the rows do not come to what the table says they do."""
        return tuple(f for f in self.findings if f.code is Code.TOTAL_NOT_UNDERSTOOD)

    @property
    def columns(self) -> tuple[ColumnReading, ...]:
        """Which of ours each column of the table is; of joined ones, of the first."""
        return self.chosen.tables[0].columns

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """What was taken from around the table: labels of settings with their values."""
        own = self.draft.settings
        return tuple((s.label, own[s.key]) for s in SETTINGS if s.key in own)
