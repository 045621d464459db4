"""The balance of words: each word of a file is in the workbook, or listed as left out.

It is counted from the cells of the file against the workbook as it is read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from cchc_office.campaign.layout import CRITERIA_COLUMNS, CRITERIA_SHEET, SETTINGS_SHEET
from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.files.file_kind import FileKind
from cchc_office.importing.cell_texts import count_words, shown, shown_value, words_of
from cchc_office.importing.source import LeftOut, Reason
from cchc_office.sheets.reading import Sheet, open_spreadsheet
from cchc_office.sheets.sheet_reader import SheetTable
from cchc_office.text.vietnamese import fold


@dataclass(frozen=True)
class WordBalance:
    """How many words a file has, how many of them are left out by reason, which are nowhere.

    `taken` are in the workbook.
    """

    total: int
    left_out: Mapping[Reason, int]
    missing: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """How many words are left out."""
        return sum(self.left_out.values())

    @property
    def taken(self) -> int:
        """How many words are in the workbook."""
        return self.total - self.left - len(self.missing)

    @property
    def told(self) -> str:
        """The balance as it is told."""
        counts = ((count, reason.value) for reason, count in self.left_out.items() if count)
        reasons = "; ".join(f"{count} chữ {reason}" for count, reason in counts)
        nowhere = f", {len(self.missing)} KHÔNG RÕ Ở ĐÂU" if self.missing else ""
        return (
            f"Tất cả {self.total} chữ: {self.taken} vào bảng, {self.left} để lại"
            f"{f' ({reasons})' if reasons else ''}{nowhere}."
        )


def words_of_sheet(sheet: SheetTable, converted: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands in the cells of a sheet, merged ones once, crossed out or not.

    `converted` tells what cells count as whose words are written otherwise.
    """
    for row in sheet.rows:
        for cell in row:
            if cell.address == cell.head:
                yield converted.get(cell.address) or shown(cell)
                if cell.crossed_out is not None:
                    yield shown_value(cell.crossed_out)


def balance(
    source: Iterable[str],
    left_out: Iterable[LeftOut],
    workbook: bytes,
    *,
    settings: Set[str],
    derived: Set[str],
    copied: Iterable[str] = (),
) -> WordBalance:
    """Return the balance of the words of a source: what is left out, what the workbook holds.

    `settings` are the keys of the settings that are lines of the file, `derived` those of the
    columns that say in another way what the file says, and `copied` are texts of the workbook that
    the file does not have, or has once less.
    """
    words = count_words(source)
    by_reason: Counter[Reason] = Counter()
    listed: Counter[str] = Counter()
    for one in left_out:
        own = words_of(one.text)
        listed.update(own)
        by_reason[one.reason] += len(own)
    written = count_words(_in_workbook(workbook, settings, derived)) - count_words(copied)
    missing = words - listed - written
    return WordBalance(words.total(), dict(by_reason), tuple(sorted(missing.elements())))


def _in_workbook(content: bytes, settings: Set[str], derived: Set[str]) -> Iterator[str]:
    not_counted = {fold(c.heading) for c in CRITERIA_COLUMNS if c.key in derived}
    book = open_spreadsheet(content, FileKind.XLSX)
    criteria = book.sheet(CRITERIA_SHEET)
    top = next((r for r, row in enumerate(criteria.rows) if _is_headings(row)), 0)
    headings = [fold(str(value)) for value in criteria.rows[top]] if criteria.rows else []
    struck = criteria.struck_cells
    for index, row in enumerate(criteria.rows[top + 1 :], top + 1):
        for column, (heading, value) in enumerate(zip(headings, row, strict=True)):
            if heading not in not_counted:
                cell = struck.get((index, column))
                yield shown_value(cell.written if cell else value)
    labels = {fold(s.label) for s in SETTINGS if s.key in settings}
    yield from _values_of(book.sheet(SETTINGS_SHEET), labels)


def _is_headings(row: Sequence[object]) -> bool:
    return len(row) > 1 and fold(str(row[0])) == "stt"


def _values_of(sheet: Sheet, labels: set[str]) -> Iterator[str]:
    for row in sheet.rows:
        if len(row) > 1 and fold(str(row[0])) in labels:
            yield shown_value(row[1])
