"""What the campaign workbook says: settings, units, criteria, who has which part in what."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Protocol

from cchc_office.catalogue.findings import Finding
from cchc_office.errors import UsageError
from cchc_office.model.assignments import Assignment, Assignments, Role
from cchc_office.model.enclosing_paper import THE_DISPATCH, EnclosingPaper
from cchc_office.model.index_name import REFORM_INDEX, IndexName
from cchc_office.rules import SELF_SCORED, Rule, asks, can_be_pooled, counts_things, describe
from cchc_office.text.vietnamese import OfficialDate, fold, spelling, upper

_MOST_WITH_ONE_BOLD = 2
"""Levels of which only the fields are printed in bold."""

_STEPS = re.compile(r"\s*[/›>]\s*")
"""What stands between the codes down to a row."""


class Stage(Enum):
    """Which of the scores that a leaf was given."""

    SELF = "Điểm tự chấm"
    ROUND_1 = "Điểm thẩm định lần 1"
    ROUND_2 = "Điểm thẩm định lần 2"
    FINAL = "Điểm cuối cùng"


class Ties(Enum):
    """Which place follows one that several share."""

    DENSE = "1, 2, 2, 3"
    COMPETITION = "1, 2, 2, 4"


@dataclass(frozen=True, slots=True)
class ClassBand:
    """A class of units ("Tốt") from a limit on; the last of a campaign has none: None.

    `least` is a fraction of what is applicable, or a number of points where classes are by points.
    """

    name: str
    least: Decimal | None


@dataclass(frozen=True, slots=True)
class RankingSettings:
    """How units are ranked.

    With `is_wanted` None they are where all units score the same leaves. Classes are by the rate,
    or with `by_points` by the score itself.
    """

    stage: Stage = Stage.FINAL
    ties: Ties = Ties.DENSE
    is_wanted: bool | None = None
    classes: tuple[ClassBand, ...] = ()
    by_points: bool = False

    @property
    def _limits(self) -> tuple[Decimal, ...]:
        return tuple(band.least for band in self.classes if band.least is not None)

    @property
    def limits(self) -> tuple[Decimal, ...]:
        """The limits in hundredths of classes by the rate."""
        return () if self.by_points else tuple(least * 100 for least in self._limits)

    @property
    def point_limits(self) -> tuple[Decimal, ...]:
        """The limits of classes by points."""
        return self._limits if self.by_points else ()


class TableColumn(Enum):
    """A column that the assignment table can show, by its heading."""

    CODE = "STT"
    NAME = "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"
    MAX_SCORE = "Điểm tối đa"
    RULE = "Cách chấm"
    UNITS = "Đơn vị thực hiện"
    LEADS = "Chủ trì"
    SUPPORTS = "Phối hợp"
    EVIDENCE = "Tài liệu kiểm chứng"
    DEADLINE = "Hạn"
    NOTE = "Ghi chú"


USUAL_COLUMNS = (TableColumn.CODE, TableColumn.NAME, TableColumn.UNITS, TableColumn.NOTE)
"""The columns of the assignment table where the campaign does not say."""


@dataclass(frozen=True)
class CampaignInfo:
    """The sheet "Thông tin": who issues the papers of which year.

    `symbol` is the part of "số và ký hiệu" after the number, with its slash ("/SCT-VP"); `number`
    is blank until the records office gives one. `abbreviations` are the office's own short forms,
    each with what it stands for. `appendix_label` is the line above the table's
    title ("Phụ lục II"). `scale` is what the maxima of the index come to by its own words (100,
    1.000), None where nothing is said. With `penalties_by_reviewers` it is they who enter what is
    taken off, not the units. Texts are empty where the office left them blank.
    """

    year: int
    agency: str
    abbreviation: str
    symbol: str
    place: str
    table_title: str
    period: str = ""
    parent_agency: str = ""
    number: str = ""
    document_date: OfficialDate | None = None
    signing_authority: str = ""
    signer_title: str = ""
    signer: str = ""
    deadline: dt.date | None = None
    supplement_deadline: dt.date | None = None
    explanation_deadline: dt.date | None = None
    contact: str = ""
    recipients: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    appendix_label: str = ""
    enclosed_in: EnclosingPaper = THE_DISPATCH
    table_columns: tuple[TableColumn, ...] = USUAL_COLUMNS
    ranking: RankingSettings = RankingSettings()
    penalties_by_reviewers: bool = False
    index: IndexName = REFORM_INDEX
    scale: Decimal | None = None


@dataclass(frozen=True)
class Unit:
    """A division or affiliated unit, as its row in the campaign workbook (at `cell`) tells.

    `head` is its head's title or name, as the office wrote it. `emails` and `copy_emails` are as
    they stand there, with what is no address.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    head: str = ""
    emails: tuple[str, ...] = ()
    copy_emails: tuple[str, ...] = ()
    cell: str = ""

    def has_address(self, address: str) -> bool:
        """Tell whether an e-mail address is one of the unit's."""
        own = {known.casefold() for known in (*self.emails, *self.copy_emails)}
        return bool(address) and address.casefold() in own


@dataclass(frozen=True, slots=True)
class MergedUnit:
    """An earlier year's unit, by its name or code then, and the code of the unit that it is now.

    `way` tells how the year of several that are one now is reckoned: as their mean (None) or sum.
    """

    old: str
    new: str
    cell: str = ""
    way: Aggregation | None = None


def units_named(units: Iterable[Unit], text: str) -> tuple[Unit, ...]:
    """Return the units that a text names, by their names, codes or other names.

    Those spelled so go first: of "Xã Cẩm Phú" and "Xã Cam Phú" each is one unit, and a text without
    diacritics names both.
    """
    known = tuple(units)
    for form in (spelling, fold):
        wanted = form(text)
        named = tuple(u for u in known if wanted and form(u.name) == wanted)
        others = (u for u in known if wanted in map(form, (u.code, *u.aliases)))
        if found := named or (tuple(others) if wanted else ()):
            return found
    return ()


class Method(Enum):
    """How a leaf gets its score."""

    SELF = "tự chấm"
    SURVEY = "ĐTXHH"
    SIPAS = "SIPAS"


class Aggregation(Enum):
    """How a leaf's score comes from those of several units that each lead for themselves."""

    MEAN = "trung bình"
    LOWEST = "thấp nhất"
    HIGHEST = "cao nhất"
    SUM = "tổng"
    POOLED = "gộp số liệu"
    """Not of scores: the figures that units declared are added up, then the rule is applied."""


class Points(Enum):
    """What the points of a row do to the sum above it."""

    NORMAL = ""
    BONUS = "Thưởng"
    """They come on top; their maximum is in no denominator."""
    PENALTY = "Trừ"
    """They are taken off; their maximum is in no denominator."""


@dataclass(frozen=True)
class Criterion:
    """One row of the criteria: a field (level 1), a criterion (2), and so on down.

    `id` is stable: it follows from the names of the row and of those above it, not from its code or
    place. `code` is as the office writes it ("I", "1.", "a)", "-"). `max_score` is what the row's
    own cell says; only leaves must have it. `unit_text` is the unit cell as printed and `unit_cell`
    names that cell ("D12"): rows with the same one share a merged cell. Where it is blank,
    `units_from` is the id of the row above whose units the row has. `row` is the sheet row. `rule`
    is the office's own text of "Cách chấm", its lines kept, and `own_rule` that of "Quy tắc";
    `scoring` is what the second means, without one what the first does. `unread` is the piece of
    `rule` for which units score the row themselves, where it was not understood. `points` is told
    of each row under a heading for bonus or penalty too; the `max_score` of such a heading caps
    what stands under it. `applies` is false for leaves that the whole campaign marks "không áp
    dụng". `aggregation` is what the row says of several units that score it each for itself, or a
    heading above it; None where nothing is said. A row that `is_text` is printed and never scored:
    it explains the row that it is under. `deadline_words` is a deadline that is no day ("Quý I",
    "Thường xuyên"): it is printed, and nothing is reckoned by it.
    """

    id: str
    code: str
    name: str
    level: int
    parent: str
    row: int
    max_score: Decimal | None = None
    unit_text: str = ""
    unit_cell: str = ""
    units_from: str = ""
    note: str = ""
    method: Method = Method.SELF
    rule: str = ""
    own_rule: str = ""
    unread: str = ""
    scoring: Rule = SELF_SCORED
    points: Points = Points.NORMAL
    applies: bool = True
    aggregation: Aggregation | None = None
    is_text: bool = False
    evidence: str = ""
    deadline: dt.date | None = None
    deadline_words: str = ""

    @property
    def label(self) -> str:
        """Code and name, as findings name a row."""
        return f"{self.code} {self.name}".strip()

    @property
    def name_with_points(self) -> str:
        """The name and, in brackets where it does not say so, that points are bonus or penalty."""
        kind = f"điểm {self.points.value.lower()}"
        if self.points is Points.NORMAL or kind in self.name.lower():
            return self.name
        return f"{self.name} ({kind})"

    @property
    def is_optional(self) -> bool:
        """Tell whether nobody owes a score: a bonus or penalty left blank adds or takes nothing."""
        return self.points is not Points.NORMAL

    def signed(self, score: Decimal | None) -> Decimal | None:
        """Return a score of the row as it counts in a sum: a penalty is taken off."""
        return -score if score is not None and self.points is Points.PENALTY else score

    @property
    def scoring_in_words(self) -> str:
        """What to declare for the row and what that gives, or takes off where it is a penalty."""
        maximum = self.max_score or Decimal(0)
        return describe(self.scoring, maximum, deducts=self.points is Points.PENALTY)

    @property
    def filling_in_words(self) -> str:
        """What to fill in for the row; with what that gives, where the text does not say it."""
        if not self.rule or self.own_rule or self.points is Points.PENALTY:
            return self.scoring_in_words
        return asks(self.scoring, self.max_score or Decimal(0))

    @property
    def is_self_scored(self) -> bool:
        """Tell whether units score the row themselves, where it is a leaf."""
        return self.method is Method.SELF and self.applies

    @property
    def is_counted(self) -> bool:
        """Tell whether points come one by one, by how often something happened.

        A mean over units would make less of them than there is: bonus, penalty, points per item.
        """
        return self.points is not Points.NORMAL or counts_things(self.scoring)

    @property
    def must_say_aggregation(self) -> bool:
        """Tell whether scores of several units come together only as the campaign says.

        The office's own text asks for nothing, even where it is understood as a count.
        """
        return self.points is not Points.NORMAL or (bool(self.own_rule) and self.is_counted)

    @property
    def title(self) -> str:
        """Code and name as a heading has them: "1.1. Kế hoạch", "a) Kế hoạch", "Kế hoạch"."""
        stop = "." if self.code[-1:].isalnum() else ""
        return f"{self.code}{stop} {self.name}".strip()

    @property
    def printed_name(self) -> str:
        """The name as it is printed: fields in capitals."""
        return upper(self.name) if self.level == 1 else self.name


def _begins_with(code: str, above: str) -> bool:
    """Tell whether a code begins with another, whatever stands behind that one."""
    start = above.rstrip(". )")
    return bool(start) and code.startswith(start) and code[len(start) :][:1] in ".0123456789"


def bold_levels(criteria: Iterable[Criterion]) -> int:
    """Return how many levels, from the fields down, are printed in bold.

    Of a set with three levels and more these are two, of one with fewer only its fields.
    """
    return 2 if max((c.level for c in criteria), default=0) > _MOST_WITH_ONE_BOLD else 1


def headings_of(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Return the ids of the rows that others stand under which are scored, or are headings too."""
    return frozenset(c.parent for c in criteria if not c.is_text) - {""}


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
            c.id: " › ".join(self._codes_down_to(c))
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
            found[row.id] = f"{above} › {row.name}".removeprefix(" › ")
        return found

    def _codes_down_to(self, criterion: Criterion) -> list[str]:
        """Return the codes of a row and those above it, but for those that another begins with."""
        codes = [criterion.code or criterion.name]
        above = self._by_id.get(criterion.parent)
        while above is not None:
            if not _begins_with(codes[0], above.code):
                codes.insert(0, above.code or above.name)
            above = self._by_id.get(above.parent)
        return codes

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

    @cached_property
    def codes_tell_headings(self) -> bool:
        """Whether each code begins with that of the row above it, as "1.2" does with "1"."""
        coded = (c for c in self.criteria if c.code and c.parent and not c.is_text)
        return all(_begins_with(c.code, self._by_id[c.parent].code) for c in coded)

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

    def texts_under(self, criterion: Criterion) -> tuple[Criterion, ...]:
        """Return the rows under this one that only explain it, in table order."""
        return self._texts.get(criterion.id, ())

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The rows that carry a score, in table order."""
        return tuple(c for c in self.criteria if self.is_leaf(c))

    @cached_property
    def _leaves_by_id(self) -> dict[str, tuple[Criterion, ...]]:
        found: dict[str, list[Criterion]] = {}
        for leaf in self.leaves:
            above = leaf.parent
            while above:
                found.setdefault(above, []).append(leaf)
                above = self._by_id[above].parent
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

    def assignment(self, unit: Unit, criterion: Criterion) -> Assignment | None:
        """Return the unit's part in this row, or None."""
        return self._assigned.of_unit(unit.code).get(criterion.id)

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
        """Whether units are ranked: the campaign says so, or all of them score the same rows."""
        if self.info.ranking.is_wanted is not None:
            return self.info.ranking.is_wanted
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
