"""What the campaign workbook says, as a whole: its settings, units, criteria and assignments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from cchc_office.catalogue.findings import Finding
from cchc_office.errors import UsageError
from cchc_office.model.assignments import Assignment, Assignments, Role
from cchc_office.model.criteria import Aggregation, Criterion, Points, bold_levels
from cchc_office.model.settings import CampaignInfo
from cchc_office.model.units import MergedUnit, Unit
from cchc_office.rules import can_be_pooled

STEP = " › "
"""What stands between the codes down to a row: "II › 1"."""

_STEPS = re.compile(r"\s*[/›>]\s*")
_FEWEST_OF_TABLE = 2
"""How many rows a table has at least that units score each the whole of."""

"""The same as people type it."""


def _begins_with(code: str, above: str) -> bool:
    """Tell whether a code begins with another, whatever stands behind that one."""
    start = above.rstrip(". )")
    return bool(start) and code.startswith(start) and code[len(start) :][:1] in ".0123456789"


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """A leaf's result by survey, of the whole campaign or (with its code) of one unit.

    `score` is on the scale of the leaf; `sheet` and `cell` tell where it stands, `detail` how it
    came about ("120 phiếu: 60, 40, 15, 5").
    """

    criterion: str
    score: Decimal
    cell: str
    unit: str = ""
    detail: str = ""
    sheet: str = ""


class OfCampaign(Protocol):
    """What is of a campaign, as its opened folder is."""

    @property
    def campaign(self) -> Campaign:
        """The campaign as its workbook tells it."""


def campaign_of(given: Campaign | OfCampaign) -> Campaign:
    """Return the campaign that is meant: itself, or that of its opened folder.

    Raises UsageError for anything else.
    """
    found = given if isinstance(given, Campaign) else getattr(given, "campaign", None)
    if not isinstance(found, Campaign):
        raise UsageError(
            "Đợt chấm (campaign): cần giá trị của load_campaign hoặc open_campaign, không phải "
            f"{given!r}."
        )
    return found


@dataclass(frozen=True)
class Campaign:
    """One year's round for one department: settings, units, criteria in table order, assignments.

    `file` is the name of the campaign workbook. `assignments` may be `Assignments`, which hold what
    units share only once, and are what a large campaign should be made with. `findings` is what
    reading it brought up; while one of them is an error, no papers are made. `merged_units` tells
    which units of last year are which of this one.
    """

    file: str
    info: CampaignInfo
    units: tuple[Unit, ...]
    criteria: tuple[Criterion, ...]
    assignments: Sequence[Assignment]
    findings: tuple[Finding, ...] = ()
    survey_results: tuple[SurveyResult, ...] = ()
    merged_units: tuple[MergedUnit, ...] = ()

    def __repr__(self) -> str:
        return f"<Campaign {self.id}, {len(self.units)} đơn vị, {len(self.criteria)} dòng>"

    @property
    def id(self) -> str:
        """The campaign's name in the forms: "CCHC-2024-SCT", "DTI-2025-6T-SCT"."""
        return f"{self._numbered}-{self.info.abbreviation}"

    def paper_name(self, unit: Unit) -> str:
        """Return the file name, without ending, of this unit's papers."""
        return f"{self._numbered}-{unit.code}"

    @property
    def _numbered(self) -> str:
        """The index and its time as names begin with them: "CCHC-2024", "DTI-2025-6T"."""
        info = self.info
        return "-".join(filter(None, (info.index.abbreviation, str(info.year), info.period)))

    @cached_property
    def _by_id(self) -> dict[str, Criterion]:
        return {c.id: c for c in self.criteria}

    @cached_property
    def _unit_by_code(self) -> dict[str, Unit]:
        return {u.code: u for u in self.units}

    @cached_property
    def _children(self) -> dict[str, tuple[Criterion, ...]]:
        children: dict[str, list[Criterion]] = {}
        for c in self.criteria:
            if not c.is_text:
                children.setdefault(c.parent, []).append(c)
        return {parent: tuple(rows) for parent, rows in children.items()}

    @cached_property
    def _texts(self) -> dict[str, tuple[Criterion, ...]]:
        texts: dict[str, list[Criterion]] = {}
        explained: dict[str, str] = {}
        for c in self.criteria:
            if c.is_text:
                explained[c.id] = explained.get(c.parent, c.parent)
                texts.setdefault(explained[c.id], []).append(c)
        return {criterion: tuple(rows) for criterion, rows in texts.items()}

    @cached_property
    def _assigned(self) -> Assignments:
        given = self.assignments
        return given if isinstance(given, Assignments) else Assignments(given)

    @cached_property
    def _surveys_by_unit(self) -> dict[str, dict[str, SurveyResult]]:
        found: dict[str, dict[str, SurveyResult]] = {}
        for result in self.survey_results:
            found.setdefault(result.unit, {})[result.criterion] = result
        return found

    @cached_property
    def surveyed_by_unit(self) -> frozenset[str]:
        """The ids of the leaves for which units have survey results of their own."""
        return frozenset(result.criterion for result in self.survey_results if result.unit)

    @cached_property
    def _scored_by(self) -> dict[Hashable, tuple[Criterion, ...]]:
        return {}

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the row with this id; raises KeyError."""
        return self._by_id[criterion_id]

    def unit(self, code: str) -> Unit:
        """Return the unit with this code; raises KeyError."""
        return self._unit_by_code[code]

    def find_unit(self, code: str) -> Unit | None:
        """Return the unit with this code, or None."""
        return self._unit_by_code.get(code)

    def name_of(self, code: str) -> str:
        """Return a unit's name; its code where the campaign has it no longer."""
        unit = self.find_unit(code)
        return unit.name if unit else code

    def children(self, criterion: Criterion | None) -> tuple[Criterion, ...]:
        """Return the rows right under this one (under None: the fields), in table order."""
        return self._children.get(criterion.id if criterion else "", ())

    @cached_property
    def _bold_levels(self) -> int:
        return bold_levels(self.criteria)

    def is_bold(self, criterion: Criterion) -> bool:
        """Tell whether a row is printed in bold, by its level; one that explains another never."""
        return criterion.level <= self._bold_levels and not criterion.is_text

    @cached_property
    def _ways(self) -> dict[str, str]:
        """The codes down to each row that has one, or its own alone where that is enough."""
        codes = Counter(c.code for c in self.criteria if c.code)
        # A row whose own code is one by chance only is named as those beside it are.
        repeated = {c.level for c in self.criteria if codes[c.code] > 1 and not c.is_text}
        return {
            c.id: STEP.join(self._codes_down_to(c))
            if c.level in repeated or codes[c.code] > 1
            else c.code
            for c in self.criteria
            if c.code
        }

    @cached_property
    def _references(self) -> dict[str, str]:
        """What names each row where its own name does not stand beside it."""
        ways, names = Counter(self._ways.values()), Counter(c.name for c in self.criteria)
        found: dict[str, str] = {}
        for row in self.criteria:
            way = self._ways.get(row.id, "")
            if ways[way] == 1 and any(map(str.isalnum, row.code)):
                found[row.id] = way
                continue
            above = found.get(row.parent, "") if names[row.name] > 1 else ""
            found[row.id] = f"{above}{STEP}{row.name}".removeprefix(STEP)
        return found

    def _codes_down_to(self, criterion: Criterion) -> list[str]:
        """Return the codes of a row and those above it, but for those that another begins with."""
        codes = [criterion.code or criterion.name]
        for above in self.rows_above(criterion):
            if not _begins_with(codes[0], above.code):
                codes.insert(0, above.code or above.name)
        return codes

    @cached_property
    def _above(self) -> dict[str, tuple[Criterion, ...]]:
        found: dict[str, tuple[Criterion, ...]] = {}
        for row in self.criteria:
            above = self._by_id.get(row.parent)
            found[row.id] = (above, *found[above.id]) if above else ()
        return found

    def rows_above(self, criterion: Criterion) -> tuple[Criterion, ...]:
        """Return the rows that a row stands under, the nearest first."""
        return self._above[criterion.id]

    def field_of(self, criterion: Criterion) -> Criterion:
        """Return the row of the first level that a row stands under, or that it is."""
        return (criterion, *self.rows_above(criterion))[-1]

    def listed_code(self, criterion: Criterion) -> str:
        """Return the code of a row as a list beside its name has it: the whole way where needed."""
        return self._ways.get(criterion.id, "")

    def named(self, text: str) -> tuple[Criterion, ...]:
        """Return the rows that a text names: by id, by code, or by the codes down to one."""
        if text in self._by_id:
            return (self._by_id[text],)
        wanted = _STEPS.sub("/", text.strip()).rstrip(".")
        by_way = [c for c in self.criteria if c.code and self._way_to(c) == wanted]
        return tuple(by_way or (c for c in self.criteria if c.code.rstrip(".") == wanted != ""))

    def _way_to(self, criterion: Criterion) -> str:
        return "/".join(code.rstrip(".") for code in self._codes_down_to(criterion))

    def reference(self, criterion: Criterion) -> str:
        """Return by what a row is named in a list: its code, or the codes down to it.

        The codes are those of the rows above too ("II › 1") where several rows have its own. The
        name stands for a row without a code or with a dash for one, or where even these do not tell
        it: behind what names the row above where several rows have that name.
        """
        return self._references[criterion.id]

    def is_leaf(self, criterion: Criterion) -> bool:
        """Tell whether the row carries a score itself: no rows that do stand under it."""
        return not (criterion.is_text or self.children(criterion))

    def most_points(self, points: Points, above: Criterion | None = None) -> Decimal:
        """Return what rows of a kind give (penalties: take) at most, within headings' caps.

        In all, or below one row. Those for bonus and penalty are parts of no other maximum.
        """
        most = Decimal(0)
        for row in self.children(above):
            own = row.max_score if row.points is points else None
            if self.is_leaf(row):
                most += own or Decimal(0)
                continue
            below = self.most_points(points, row)
            cap = None if points is Points.NORMAL else own
            most += below if cap is None else min(cap, below)
        return most

    def texts_under(self, criterion: Criterion | None) -> tuple[Criterion, ...]:
        """Return the rows that only explain this one (None: the whole table), in table order."""
        return self._texts.get(criterion.id if criterion else "", ())

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The rows that carry a score, in table order."""
        return tuple(c for c in self.criteria if self.is_leaf(c))

    @cached_property
    def _leaves_by_id(self) -> dict[str, tuple[Criterion, ...]]:
        found: dict[str, list[Criterion]] = {}
        for leaf in self.leaves:
            for above in self.rows_above(leaf):
                found.setdefault(above.id, []).append(leaf)
        return {criterion: tuple(leaves) for criterion, leaves in found.items()}

    def leaves_under(self, criterion: Criterion) -> tuple[Criterion, ...]:
        """Return the leaves below this row, in table order; a leaf has none."""
        return self._leaves_by_id.get(criterion.id, ())

    def assignments_of(self, criterion: Criterion) -> tuple[Assignment, ...]:
        """Return who has which part in this row, in the order of the words."""
        return self._assigned.of_criterion(criterion.id)

    def leads_of(self, criterion: Criterion) -> tuple[str, ...]:
        """Return the codes of the units that lead this row, in the order of the words."""
        return self._assigned.units_of(criterion.id, Role.LEAD)

    def way_of(self, criterion: Criterion) -> Aggregation:
        """Return how a leaf's score comes from those of the units that lead it.

        The mean where the campaign does not say. The score of a unit that leads alone stands: its
        figures are not pooled with anything.
        """
        way = criterion.aggregation or Aggregation.MEAN
        is_pooled = way is Aggregation.POOLED
        if is_pooled and not (can_be_pooled(criterion.scoring) and self.is_shared(criterion)):
            return Aggregation.MEAN
        return way

    def is_shared(self, criterion: Criterion) -> bool:
        """Tell whether several units score a leaf, each for itself."""
        return criterion.is_self_scored and len(self.leads_of(criterion)) > 1

    def must_say_way(self, criterion: Criterion) -> bool:
        """Tell whether a leaf's scores come together only as the campaign says, which it does not.

        Where every unit scores the whole table for itself the mean is that of their tables.
        """
        is_asked = criterion.aggregation is None and criterion.must_say_aggregation
        return is_asked and not self.is_scored_by_each

    @cached_property
    def is_scored_by_each(self) -> bool:
        """Whether several units score the same table, each the whole of it for itself."""
        return is_scored_by_each(self.leaves, self._assigned)

    def assignment(self, unit: Unit, criterion: Criterion) -> Assignment | None:
        """Return the unit's part in this row, or None."""
        return self._assigned.of_both(unit.code, criterion.id)

    def parts_of(self, unit: Unit) -> Mapping[str, Assignment]:
        """Return the unit's part in each row that it has one in, by the row's id."""
        return self._assigned.of_unit(unit.code)

    def parts_key(self, unit: Unit) -> Hashable:
        """Return what the units of this campaign with the same parts in the same rows share."""
        return self._assigned.key_of(unit.code)

    def roles_of(self, unit: Unit) -> Mapping[str, Role]:
        """Return the unit's role in each row that it has a part in, by the row's id."""
        return self._assigned.roles_of(unit.code)

    def assigned_to(self, unit: Unit) -> tuple[Criterion, ...]:
        """Return the rows in which the unit has a part, in table order."""
        own = self._assigned.roles_of(unit.code)
        return tuple(c for c in self.criteria if c.id in own)

    def expects_return(self, unit: Unit) -> bool:
        """Tell whether the unit has anything to fill in: a leaf that units score."""
        own = self._assigned.roles_of(unit.code)
        return any(
            c.is_self_scored and c.id in own and not self.is_left_to_reviewers(c)
            for c in self.leaves
        )

    def is_left_to_reviewers(self, criterion: Criterion) -> bool:
        """Tell whether reviewers, not units, enter what a leaf takes off."""
        is_penalty = criterion.points is Points.PENALTY and criterion.is_self_scored
        return self.info.penalties_by_reviewers and is_penalty

    @property
    def ranks_units(self) -> bool:
        """Whether units are ranked: the campaign says so, or all of them score the same rows.

        Where the campaign has classes units are classed and ranked unless it says that they are
        not.
        """
        ranking = self.info.ranking
        if ranking.is_wanted is not None or ranking.classes:
            return ranking.is_wanted is not False
        if len(self.units) < 2:
            return False
        first = self.scored_by(self.units[0])
        return bool(first) and all(self.scored_by(unit) == first for unit in self.units)

    def scored_by(self, unit: Unit) -> tuple[Criterion, ...]:
        """Return the self-scored leaves that the unit leads: what it has to score."""
        key = self.parts_key(unit)
        if key not in self._scored_by:
            own = self._assigned.roles_of(unit.code)
            self._scored_by[key] = tuple(
                c for c in self.leaves if c.is_self_scored and own.get(c.id) is Role.LEAD
            )
        return self._scored_by[key]

    def surveys_of(self, unit: Unit) -> Mapping[str, SurveyResult]:
        """Return the survey results of this unit, by the leaf's id."""
        return self._surveys_by_unit.get(unit.code, {}) if unit.code else {}


def is_scored_by_each(leaves: Iterable[Criterion], assignments: Assignments) -> bool:
    """Tell whether several units score the same table, each the whole of it for itself."""
    leads = [assignments.units_of(leaf.id, Role.LEAD) for leaf in leaves if leaf.is_self_scored]
    same = {frozenset(units) for units in leads}
    return len(leads) >= _FEWEST_OF_TABLE and len(same) == 1 and len(leads[0]) > 1
