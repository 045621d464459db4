"""A table that is brought in, side by side: each row of the file, and what it was understood as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cchc_office.campaign.layout import CRITERIA_COLUMNS, CRITERIA_SHEET, NAME
from cchc_office.campaign.workbook import DraftRow, first_row
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.importing.cell_texts import shown, words_of
from cchc_office.importing.headed_table import LEFT_OUT, How
from cchc_office.importing.preview import ImportedRow, ImportPreview
from cchc_office.importing.source import Reason, RowPlace
from cchc_office.importing.unit_names import OWN_UNIT
from cchc_office.sheets.addresses import column_letters, row_number
from cchc_office.text.command_line import on_any_computer
from cchc_office.text.figures import as_typed

COLUMN_CHOICES = (*(column.heading for column in CRITERIA_COLUMNS), LEFT_OUT)
"""What a column of theirs can be: one of ours, or none."""

NAME_COLUMN = NAME.heading
"""What one column of theirs has to be: the names of the rows."""

_WHOLE_ROWS = frozenset(
    (
        *(Reason.HEADING, Reason.REPEATED_HEADING, Reason.COLUMN_NUMBERS),
        *(Reason.TOTAL, Reason.FOOTER, Reason.HIDDEN_ROW),
    )
)
"""Why whole rows of a table are not taken."""

_JOINED = "nối vào dòng trên"
_COLUMN = ", cột “"
_DOERS = ("units", "leads", "supports")
_SHOWN_APART = frozenset(("code", "name", "max_score", "level", *_DOERS))
_HEADINGS = {column.key: column.heading for column in CRITERIA_COLUMNS}
_ASKED_OF_COLUMNS = frozenset(
    (Code.COLUMN_NEAR, Code.COLUMN_SAME, Code.COLUMN_NOT_TAKEN, Code.UNITS_NOT_IN_TABLE)
)
_ASKED_ELSEWHERE = frozenset(
    (Code.SEVERAL_TABLES, Code.UNITS_GROUPED, Code.UNITS_NEAR, Code.TOTAL_NOT_UNDERSTOOD)
)


@dataclass(frozen=True)
class SourceColumn:
    """A column of the file: what it was understood as ("" for none) and how that is known.

    `name` is what `columns` of `import_table` calls it by; `chosen` tells that somebody said so.
    """

    name: str
    heading: str
    ours: str
    told: str
    chosen: bool
    is_doubtful: bool


@dataclass(frozen=True)
class DraftedRow:
    """A row of the new workbook; `others` are its further columns, `questions` what is doubtful.

    `doers` says who does it, each text with the heading of its column.
    """

    code: str
    name: str
    level: int
    points: str
    doers: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class SourceRow:
    """A row of the file, with the rows that were made of it; `why_none` tells why there is none."""

    place: RowPlace
    cells: tuple[str, ...]
    drafted: tuple[DraftedRow, ...]
    why_none: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether a person has to look at it."""
        return any(row.questions for row in self.drafted)


@dataclass(frozen=True)
class UnitQuestion:
    """Whether two names are one unit's: as proposed, `name` is one of `unit`'s or one like it.

    `answer` is what a clerk said: the name of the unit, "riêng", or "" where nothing was said.
    """

    name: str
    unit: str
    is_one: bool
    answer: str = ""


@dataclass(frozen=True)
class ImportOutline:
    """A preview side by side; `findings` are those that no row, column or unit question shows.

    Nor are those among them that the preview tells first.
    """

    columns: tuple[SourceColumn, ...]
    rows: tuple[SourceRow, ...]
    unit_questions: tuple[UnitQuestion, ...]
    left_out: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]
    """What is left out by reason: how many words, the places, each with its text."""

    findings: tuple[Finding, ...]
    lacks_units: bool = False
    """Whether no column tells who does what."""

    lacks_scores: bool = False
    """Whether no column tells how many points a row has."""

    still_wrong: tuple[Finding, ...] = ()
    """What would have to be mended in the workbook made of it; its rows say so too."""

    @property
    def doubtful(self) -> int:
        """How many rows of the file a person has to look at."""
        return sum(row.is_doubtful for row in self.rows)


def import_outline(preview: ImportPreview, still_wrong: Sequence[Finding] = ()) -> ImportOutline:
    """Return the rows and columns of the file with what was understood of them.

    `still_wrong` is what the workbook made of it would be told of, at its cells; rows ask it.
    """
    rows = tuple(_rows(preview, _by_draft_row(preview, still_wrong)))
    asked = {text for row in rows for drafted in row.drafted for text in drafted.questions}
    elsewhere = _ASKED_OF_COLUMNS | _ASKED_ELSEWHERE
    return ImportOutline(
        tuple(_columns(preview)),
        rows,
        tuple(_unit_questions(preview)),
        tuple(_left_out(preview)),
        tuple(
            finding
            for finding in preview.findings
            if finding.code not in elsewhere and _said(finding) not in asked
        ),
        any(finding.code is Code.UNITS_NOT_IN_TABLE for finding in preview.findings),
        not any(r.text("max_score") or r.max_score is not None for r in preview.draft.rows),
        tuple(still_wrong),
    )


def _by_draft_row(
    preview: ImportPreview, still_wrong: Sequence[Finding]
) -> Mapping[int, Sequence[str]]:
    """Return what is told of the new workbook's criteria, by their places in the draft."""
    first = first_row(preview.draft, CRITERIA_SHEET)
    told: dict[int, list[str]] = {}
    for finding in still_wrong:
        words = f"Tạo xong phải sửa ô {finding.cell}: {_said(finding)}"
        told.setdefault(row_number(finding.cell) - first, []).append(words)
    return told


def _said(finding: Finding) -> str:
    return on_any_computer(f"{finding.sentence} {finding.advice}")


# --- columns ---


def _columns(preview: ImportPreview) -> Iterator[SourceColumn]:
    names = [column.name for column in preview.columns]
    asked = {f.found for f in preview.findings if f.code is Code.COLUMN_SAME}
    left = _words_left(preview)
    for column in preview.columns:
        is_only = names.count(column.name) == 1
        told = column.told
        if words := left[column.name]:
            told = f"{told}; {words} chữ để lại"
        yield SourceColumn(
            column.name if is_only else column_letters(column.place),
            column.name,
            column.ours,
            told,
            column.how is How.CHOSEN,
            not column.is_surely_named if column.key else column.name in asked,
        )


def _words_left(preview: ImportPreview) -> Counter[str]:
    """Return how many words of each column that is not taken are left out."""
    left: Counter[str] = Counter()
    for one in preview.left_out:
        if one.reason is Reason.UNUSED_COLUMN:
            left[one.place.partition(_COLUMN)[2].removesuffix("”")] += len(words_of(one.text))
    return left


# --- rows ---


def _rows(preview: ImportPreview, still_wrong: Mapping[int, Sequence[str]]) -> Iterator[SourceRow]:
    drafted: dict[tuple[str, int], list[DraftedRow]] = {}
    for number, (row, where) in enumerate(zip(preview.draft.rows, preview.rows, strict=True)):
        at = where.place.table, where.place.number
        drafted.setdefault(at, []).append(_drafted(row, where, still_wrong.get(number, ())))
    reasons = {one.place: one.reason.value for one in preview.left_out if one.reason in _WHOLE_ROWS}
    unused = {
        (one.place.partition(_COLUMN)[0], one.text)
        for one in preview.left_out
        if one.reason is Reason.UNUSED_COLUMN
    }
    for table in preview.chosen.tables:
        for index, cells in enumerate(table.rows):
            texts = tuple(shown(cell) if cell.address == cell.head else "" for cell in cells)
            place = table.source.place_of(index)
            found = tuple(drafted.get((place.table, place.number), ()))
            if found or any(texts):
                why = "" if found else _why_none(place.words, reasons, is_above=index < table.first)
                if why == _JOINED and all((place.words, text) in unused for text in texts if text):
                    why = Reason.UNUSED_COLUMN.value
                yield SourceRow(place, texts, found, why)


def _why_none(place: str, reasons: Mapping[str, str], *, is_above: bool) -> str:
    return reasons.get(place) or (Reason.BESIDE_TABLE.value if is_above else _JOINED)


def _drafted(row: DraftRow, where: ImportedRow, still_wrong: Sequence[str]) -> DraftedRow:
    return DraftedRow(
        where.code,
        row.name,
        where.level,
        row.text("max_score") or ("" if row.max_score is None else as_typed(row.max_score)),
        tuple(_said_of(row, _DOERS)),
        tuple(_said_of(row, [key for key in _HEADINGS if key not in _SHOWN_APART])),
        (*(remark.text for remark in row.remarks), *still_wrong),
    )


def _said_of(row: DraftRow, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((_HEADINGS[key], text) for key in keys if (text := row.text(key)))


# --- units ---


def _unit_questions(preview: ImportPreview) -> Iterator[UnitQuestion]:
    for name, other in preview.units_chosen:
        yield UnitQuestion(name, "" if other == OWN_UNIT else other, False, other)
    for finding in preview.findings:
        if finding.code in (Code.UNITS_GROUPED, Code.UNITS_NEAR):
            is_one = finding.code is Code.UNITS_GROUPED
            yield UnitQuestion(finding.found, finding.about, is_one)


# --- what is left out ---


def _left_out(preview: ImportPreview) -> Iterator[tuple[str, int, tuple[tuple[str, str], ...]]]:
    by_reason: dict[Reason, list[tuple[str, str]]] = {}
    for one in preview.left_out:
        by_reason.setdefault(one.reason, []).append((one.place, one.text))
    for reason, places in by_reason.items():
        yield reason.value, preview.words.left_out.get(reason, 0), tuple(places)
