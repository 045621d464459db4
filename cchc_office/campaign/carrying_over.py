"""Giving the rows of a new table the units that last year's workbook gave theirs.

Only where a row is surely the same one does its unit stand as it did; where that is a doubt the
cell says so, in words that keep papers waiting, and where a row is gone that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count

from cchc_office.campaign.layout import TO_CONFIRM
from cchc_office.campaign.matches import Match, Matching, SetRow
from cchc_office.campaign.matching import match_rows
from cchc_office.campaign.outline import OutlineRow, outline
from cchc_office.campaign.workbook import Draft, DraftRemark, DraftRow
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Unit, units_named
from cchc_office.text.abbreviations import abbreviations, read_abbreviations
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import clean_line

_DUTIES = ("units", "leads", "supports")
"""The columns that say who does a row; a row that has one of them says it itself."""

_MOST_SHOWN = 4
_CARRIED = (*_DUTIES, "aggregation")


@dataclass(frozen=True)
class CarriedOver:
    """A draft with last year's units, and what became of them.

    `findings` tell of each doubt, and of the rows that are gone together; `gone` of each of those.
    """

    draft: Draft
    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def carry_over(draft: Draft, last: Draft, file: str) -> CarriedOver:
    """Return a draft with units, settings and assignments of last year's, called by its `file`.

    What the new table says itself stands: its rows with a unit, its settings.
    """
    return _Carrier(draft, last, file).carried()


@dataclass
class _Carrier:
    """Carries over row by row."""

    draft: Draft
    last: Draft
    file: str
    findings: list[Finding] = field(default_factory=list)
    sure: int = 0
    doubtful: int = 0

    def __post_init__(self) -> None:
        old, new = set_rows_of(self.last), set_rows_of(self.draft)
        said = (draft.settings.get("abbreviations", "") for draft in (self.last, self.draft))
        own = [pair for text in said for pair in read_abbreviations(text)[0]]
        known = abbreviations(own, [row.name for row in (*old, *new)])
        self._matching: Matching = match_rows(old, new, known)

    def carried(self) -> CarriedOver:
        rows = tuple(self._row(place, row) for place, row in enumerate(self.draft.rows))
        gone = tuple(self._gone())
        own = self._own_units()
        units = (*self.last.units, *(unit for unit, _ in own))
        # Which columns the assignment table has no file says: last year's stand, usual ones too.
        given = self.draft.settings, self.draft.setting_remarks
        settings, remarks = ({k: v for k, v in d.items() if k != "table_columns"} for d in given)
        draft = replace(
            self.draft,
            rows=rows,
            units=units,
            settings={**self.last.settings, **settings},
            remarks={**self.last.remarks, **self.draft.remarks},
            setting_remarks=remarks,
            unit_remarks={unit.code: remark for unit, remark in own},
            merged_units=self.last.merged_units,
        )
        counts = f"{self.sure} dòng chắc chắn, {self.doubtful} dòng cần xem lại"
        told = [Finding(Code.ASSIGNMENTS_CARRIED, self.file, found=counts), *self.findings]
        if gone:
            labels = some_of([one.about for one in gone], _MOST_SHOWN, "dòng", between="; ")
            code, found = Code.ASSIGNMENTS_GONE, str(len(gone))
            told.append(Finding(code, self.file, about=labels, found=found))
        return CarriedOver(draft, tuple(told), gone)

    def _gone(self) -> Iterator[Finding]:
        for place, row in enumerate(self.last.rows):
            if not self._matching.of_old(place) and (duties := _shown(_duties(row))):
                code, about = Code.ASSIGNMENT_OF_GONE_ROW, self._matching.old[place].label
                yield Finding(code, self.file, about=about, found=duties)

    def _own_units(self) -> tuple[tuple[Unit, str], ...]:
        """Return the units of the table that last year did not have, with what is remarked of them.

        Their codes are proposals: one that is another unit's has a number behind it.
        """
        last = self.last.units
        codes = {unit.code.casefold() for unit in last}
        found = []
        for unit in self.draft.units:
            if any(units_named(last, name) for name in (unit.name, *unit.aliases)):
                continue
            numbered = (f"{unit.code}{number}" for number in count(2))
            code = next(c for c in chain((unit.code,), numbered) if c.casefold() not in codes)
            codes.add(code.casefold())
            remark = self.draft.unit_remarks.get(unit.code, "")
            found.append((replace(unit, code=code), remark))
        return tuple(found)

    def _row(self, place: int, row: DraftRow) -> DraftRow:
        own = self._matching.of_new(place)
        if any(_duties(row).values()) or not own:
            return row
        pair = self._matching.pair(place)
        if pair and pair.is_sure:
            told = self._told(pair)
            self.sure += bool(told)
            return _with(row, told, self._cell(pair) if told else 0)
        return self._doubtful(row, own)

    def _cell(self, match: Match) -> int:
        return self.last.rows[match.old].unit_cell

    def _told(self, match: Match) -> dict[str, str]:
        """Return who did a row: what it says, or a heading above it that it is no longer under."""
        old = self.last.rows[match.old]
        told = {key: old.text(key) for key in _CARRIED if old.text(key)}
        above = self._matching.old[match.old].parent
        if any(key in told for key in _DUTIES) or not self._matching.has_moved(match):
            return told
        while above is not None:
            if any(_duties(self.last.rows[above]).values()):
                return _duties(self.last.rows[above])
            above = self._matching.old[above].parent
        return told

    def _doubtful(self, row: DraftRow, own: tuple[Match, ...]) -> DraftRow:
        """Return a row whose cell proposes what was, in words that are no assignment."""
        told = [self._told(match) for match in own]
        shown = list(dict.fromkeys(filter(None, map(_shown, told))))
        if not shown:
            return row
        self.doubtful += 1
        reasons = [
            self._reason(match, _shown(duties)) for match, duties in zip(own, told, strict=True)
        ]
        about = self._matching.new[own[0].new].label
        code, found = Code.ASSIGNMENT_DOUBTFUL, "; ".join(reasons)
        self.findings.append(Finding(code, self.file, about=about, found=found))
        key = "units" if any("units" in duties for duties in told) else "leads"
        texts = [duties.get(key, "") for duties in told]
        proposed = f"{TO_CONFIRM} {'; '.join(dict.fromkeys(filter(None, texts)))}"
        rest = {} if len(told) > 1 else {k: v for k, v in told[0].items() if k != key}
        remark = f"Năm trước: {'; '.join(reasons)}. Đúng thì xoá chữ “{TO_CONFIRM}”."
        marked = _with(row, {key: proposed, **rest}, 0)
        return replace(marked, remarks=(*marked.remarks, DraftRemark(key, remark)))

    def _reason(self, match: Match, duties: str) -> str:
        said = f"dòng “{self._matching.old[match.old].label}” ({match.why}) giao {duties or '–'}"
        others = [self._matching.old[place].label for place in match.rivals]
        return f"{said}; cũng có thể là {', '.join(others)}" if others else said


def set_rows_of(draft: Draft) -> tuple[SetRow, ...]:
    """Return the rows of a draft as they are matched, under the headings that they are under."""
    rows = draft.rows
    places = outline([OutlineRow(row.code, row.name, row.level) for row in rows])
    return tuple(
        SetRow(row.code, row.name, place.parent) for row, place in zip(rows, places, strict=True)
    )


def _duties(row: DraftRow) -> dict[str, str]:
    return {key: row.text(key) for key in _DUTIES if row.text(key)}


def _shown(duties: dict[str, str]) -> str:
    return clean_line("; ".join(text for key, text in duties.items() if key in _DUTIES))


def _with(row: DraftRow, texts: dict[str, str], cell: int) -> DraftRow:
    """Return a row with texts of its columns; rows of one old `cell` share a merged one."""
    others = dict(row.others) | {key: text for key, text in texts.items() if key != "units"}
    units = texts.get("units", row.unit_text)
    return replace(
        row, unit_text=units, unit_cell=cell if units else 0, others=tuple(others.items())
    )
