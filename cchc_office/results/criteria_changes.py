"""Holding a criteria set against an older one: what is new, gone, and changed, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from cchc_office.campaign.matches import Ground, Match, Matching, SetRow
from cchc_office.campaign.matching import match_rows
from cchc_office.campaign.unit_mapping import UnitMapping, map_units
from cchc_office.model import (
    Campaign,
    Change,
    ChangedCriterion,
    CriteriaChanges,
    Criterion,
    Role,
)
from cchc_office.text.abbreviations import abbreviations, expanded
from cchc_office.text.vietnamese import clean_line, fold

_YEAR = re.compile(r"(?:19|20)\d\d")
_Has = Callable[[Criterion], bool]
_ASPECTS: dict[str, _Has] = {
    "điểm tối đa": lambda row: row.max_score is not None,
    "cách chấm": lambda row: bool(row.rule),
    "đơn vị thực hiện": lambda row: bool(row.unit_text),
}
"""What sets have or have not, by how it is called; a table may lack the column."""


def set_rows(criteria: Iterable[Criterion]) -> tuple[SetRow, ...]:
    """Return the rows of a set as they are matched."""
    rows = tuple(criteria)
    places = {row.id: place for place, row in enumerate(rows)}
    return tuple(SetRow(row.code, row.name, places.get(row.parent)) for row in rows)


def criteria_changes(old: Campaign, new: Campaign) -> CriteriaChanges:
    """Match the rows of two sets and tell what changed in each.

    Years in a rule are no change of it. What one of the sets does not have at all is compared in no
    row, and that is said.
    """
    return _SetComparer(old, new).changes()


class _SetComparer:
    """Holds one set against another."""

    def __init__(self, old: Campaign, new: Campaign) -> None:
        self._old, self._new = old, new
        texts = [row.name for campaign in (old, new) for row in campaign.criteria]
        own = (*old.info.abbreviations, *new.info.abbreviations)
        self._known = abbreviations(own, texts)
        self._matching = match_rows(set_rows(old.criteria), set_rows(new.criteria), self._known)
        self._mapping = map_units(old.units, new.units, new.merged_units, self._known)
        self._lacking = {
            about: [
                f"bộ {age} ({campaign.file})"
                for age, campaign in (("cũ", old), ("mới", new))
                if not any(map(has, campaign.criteria))
            ]
            for about, has in _ASPECTS.items()
        }

    def changes(self) -> CriteriaChanges:
        gone = self._matching.gone()
        rows = [*map(self._gone, gone.get(None, ()))]
        for place in range(len(self._new.criteria)):
            rows += [*self._rows(place), *map(self._gone, gone.get(place, ()))]
        said = tuple(
            f"{about}: {sets[0]} không có cột này"
            for about, sets in self._lacking.items()
            if len(sets) == 1
        )
        return CriteriaChanges(_title(self._old), _title(self._new), tuple(rows), said)

    def _gone(self, place: int) -> ChangedCriterion:
        row = self._old.criteria[place]
        units = _units_shown(self._old, row)
        return ChangedCriterion(row, None, (Change.GONE,), old_units=units)

    def _rows(self, place: int) -> Iterator[ChangedCriterion]:
        row = self._new.criteria[place]
        units = _units_shown(self._new, row)
        own = self._matching.of_new(place)
        if not own:
            yield ChangedCriterion(None, row, (Change.NEW,), new_units=units)
        for match in own:
            then = self._old.criteria[match.old]
            yield ChangedCriterion(
                then,
                row,
                tuple(self._changes(match, then, row)) or (Change.SAME,),
                match.why,
                tuple(self._others(match)),
                _units_shown(self._old, then),
                units,
            )

    def _others(self, match: Match) -> Iterator[str]:
        yield from (f"dòng mới {self._new.criteria[place].label}" for place in match.others)
        yield from (f"dòng cũ {self._old.criteria[place].label}" for place in match.rivals)

    def _changes(self, match: Match, old: Criterion, new: Criterion) -> Iterator[Change]:
        yield from changes_of_match(self._matching, match)
        if self._has("điểm tối đa") and self._has_other_maximum(old, new):
            yield Change.MAXIMUM
        if old.points is not new.points:
            yield Change.POINTS
        if self._has("cách chấm") and self._rule(old) != self._rule(new):
            yield Change.RULE
        if self._has("đơn vị thực hiện") and self._has_other_units(old, new):
            yield Change.UNITS

    def _has(self, about: str) -> bool:
        return not self._lacking[about]

    def _has_other_maximum(self, old: Criterion, new: Criterion) -> bool:
        """Tell whether maxima differ; those of headings need not be given."""
        if None in (old.max_score, new.max_score):
            are_leaves = self._old.is_leaf(old) and self._new.is_leaf(new)
            return are_leaves and old.max_score is not new.max_score
        return old.max_score != new.max_score

    def _rule(self, row: Criterion) -> list[str]:
        return [word for word in expanded(row.rule, self._known) if not _YEAR.fullmatch(word)]

    def _has_other_units(self, old: Criterion, new: Criterion) -> bool:
        texts = [expanded(row.unit_text, self._known) for row in (old, new)]
        if texts[0] and texts[0] == texts[1]:
            return False  # a table names groups whose members only a campaign has
        parts = self._parts(self._old, old, self._mapping), self._parts(self._new, new, None)
        return parts[0] != parts[1] if all(parts) else texts[0] != texts[1]

    @staticmethod
    def _parts(
        campaign: Campaign, row: Criterion, mapping: UnitMapping | None
    ) -> set[tuple[str, Role]]:
        return {
            (code, part.role)
            for part in campaign.assignments_of(row)
            for code in (
                mapping.get(part.unit) or (f"cũ {part.unit}",) if mapping else (part.unit,)
            )
        }


def changes_of_match(matching: Matching, match: Match) -> Iterator[Change]:
    """Yield what two rows that are held to be one tell by themselves: by place, code and name."""
    old, new = matching.old[match.old], matching.new[match.new]
    if match.ground is Ground.SPLIT:
        yield Change.SPLIT
    elif match.ground is Ground.MERGED:
        yield Change.MERGED
    elif not match.is_sure:
        yield Change.DOUBTFUL
    if matching.has_moved(match):
        yield Change.MOVED
    if old.code != new.code:
        yield Change.RENUMBERED
    if fold(old.name) != fold(new.name):
        yield Change.RENAMED


def _units_shown(campaign: Campaign, row: Criterion) -> str:
    if row.unit_text:
        return clean_line(row.unit_text)
    names = (part.unit for part in campaign.assignments_of(row))
    return ", ".join(dict.fromkeys(names))


def _title(campaign: Campaign) -> str:
    name = f"{campaign.id}, " if campaign.info.year and campaign.info.abbreviation else ""
    return f"{campaign.file} ({name}{len(campaign.criteria)} dòng)"
