"""The values of a campaign: what the campaign workbook says, and what came back.

Everything here is frozen and does no I/O. Scores are `Decimal`. Readers make these values,
builders take them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

from cchc_office.findings import Finding
from cchc_office.vietnamese import OfficialDate


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
    is blank until the records office gives one. `appendix_label` is the line above the table's
    title ("Phụ lục II"). Texts are empty where the office left them blank.
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
    contact: str = ""
    recipients: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    appendix_label: str = ""
    table_columns: tuple[TableColumn, ...] = USUAL_COLUMNS


@dataclass(frozen=True)
class Unit:
    """A division or affiliated unit, as its row in the campaign workbook (at `cell`) tells.

    `head` is its head's title or name, as the office wrote it.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    head: str = ""
    emails: tuple[str, ...] = ()
    copy_emails: tuple[str, ...] = ()
    cell: str = ""


class Level(Enum):
    """The level of a row in the criteria tree."""

    FIELD = 1
    CRITERION = 2
    SUB_CRITERION = 3


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


@dataclass(frozen=True)
class Criterion:
    """One row of the criteria: a field, a criterion or a sub-criterion.

    `id` is stable: it follows from the code (or, without one, the parent and the name), not from
    the row's place. `max_score` is what the row's own cell says; only leaves must have it.
    `unit_text` is the unit cell as printed and `unit_cell` names that cell ("D12"): rows with the
    same one share a merged cell. `row` is the sheet row.
    """

    id: str
    code: str
    name: str
    level: Level
    parent: str
    row: int
    max_score: Decimal | None = None
    unit_text: str = ""
    unit_cell: str = ""
    note: str = ""
    method: Method = Method.SELF
    rule: str = ""
    aggregation: Aggregation = Aggregation.MEAN
    evidence: str = ""
    deadline: dt.date | None = None

    @property
    def label(self) -> str:
        """Code and name, as findings name a row."""
        return f"{self.code} {self.name}".strip()

    @property
    def is_bold(self) -> bool:
        """Tell whether the row is printed in bold: fields and criteria are."""
        return self.level is not Level.SUB_CRITERION


class Role(Enum):
    """What a unit has to do with a row."""

    LEAD = "Chủ trì"
    SUPPORT = "Phối hợp"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit's part in a row: its role, and the words behind its name in the unit cell.

    `each` tells that the unit leads as a member of a group whose members lead each for itself.
    """

    criterion: str
    unit: str
    role: Role
    duty: str = ""
    each: bool = False


@dataclass(frozen=True)
class Campaign:
    """One year's round for one department: settings, units, criteria in table order, assignments.

    `file` is the name of the campaign workbook. `findings` is what reading it brought up; while
    one of them is an error, no papers are made.
    """

    file: str
    info: CampaignInfo
    units: tuple[Unit, ...]
    criteria: tuple[Criterion, ...]
    assignments: tuple[Assignment, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The campaign's name in the forms: "CCHC-2024-SCT", with the period if there is one."""
        period = f"-{self.info.period}" if self.info.period else ""
        return f"CCHC-{self.info.year}{period}-{self.info.abbreviation}"

    def paper_name(self, unit: Unit) -> str:
        """Return the file name, without ending, of this unit's papers."""
        period = f"-{self.info.period}" if self.info.period else ""
        return f"CCHC-{self.info.year}{period}-{unit.code}"

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
            children.setdefault(c.parent, []).append(c)
        return {parent: tuple(rows) for parent, rows in children.items()}

    @cached_property
    def _assignments_by_criterion(self) -> dict[str, tuple[Assignment, ...]]:
        found: dict[str, list[Assignment]] = {}
        for a in self.assignments:
            found.setdefault(a.criterion, []).append(a)
        return {criterion: tuple(rows) for criterion, rows in found.items()}

    @cached_property
    def _assignments_by_unit(self) -> dict[str, dict[str, Assignment]]:
        found: dict[str, dict[str, Assignment]] = {}
        for a in self.assignments:
            found.setdefault(a.unit, {})[a.criterion] = a
        return found

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

    def is_leaf(self, criterion: Criterion) -> bool:
        """Tell whether the row carries a score itself: no rows stand under it."""
        return not self.children(criterion)

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
        return self._assignments_by_criterion.get(criterion.id, ())

    def assignment(self, unit: Unit, criterion: Criterion) -> Assignment | None:
        """Return the unit's part in this row, or None."""
        return self._assignments_by_unit.get(unit.code, {}).get(criterion.id)

    def parts_of(self, unit: Unit) -> Mapping[str, Assignment]:
        """Return the unit's part in each row that it has one in, by the row's id."""
        return self._assignments_by_unit.get(unit.code, {})

    def assigned_to(self, unit: Unit) -> tuple[Criterion, ...]:
        """Return the rows in which the unit has a part, in table order."""
        own = self._assignments_by_unit.get(unit.code, {})
        return tuple(c for c in self.criteria if c.id in own)

    def expects_return(self, unit: Unit) -> bool:
        """Tell whether the unit has anything to fill in: a leaf not scored by survey."""
        own = self._assignments_by_unit.get(unit.code, {})
        return any(c.method is Method.SELF and c.id in own for c in self.leaves)

    def scored_by(self, unit: Unit) -> tuple[Criterion, ...]:
        """Return the self-scored leaves that the unit leads: what it has to score."""
        own = self._assignments_by_unit.get(unit.code, {})
        return tuple(
            c
            for c in self.leaves
            if c.method is Method.SELF and c.id in own and own[c.id].role is Role.LEAD
        )


# --- what came back ---


@dataclass(frozen=True, slots=True)
class Source:
    """The place that a value came from: file name, sheet, cell address."""

    file: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        """Return the place on one line."""
        return f"{self.file} › {self.sheet} › {self.cell}"


class Answer(Enum):
    """What a unit said of one of its leaves. Blank is not 0, "không áp dụng" is neither."""

    SCORED = "Đã chấm"
    NOT_APPLICABLE = "Không áp dụng"
    BLANK = "Chưa có điểm"
    UNUSABLE = "Cần xem"
    CONTRIBUTED = "Phối hợp"
    """A supporting unit's line: text and evidence, no score."""


@dataclass(frozen=True, slots=True)
class LeafReturn:
    """What one unit returned for one leaf.

    `score` is set where `answer` is SCORED, and then lies within 0 and the leaf's maximum.
    `typed` is the score cell as found, `source` its place.
    """

    criterion: str
    unit: str
    answer: Answer
    source: Source
    score: Decimal | None = None
    typed: str = ""
    result: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class UnitReturn:
    """One returned form. `file` is its name; `saved` the time that the document itself tells."""

    unit: str
    file: str
    leaves: tuple[LeafReturn, ...]
    findings: tuple[Finding, ...] = ()
    saved: dt.datetime | None = None


INSIDE = " › "
"""What stands between an archive or a message and a file in it: "goi.zip › phieu.xlsx"."""


@dataclass(frozen=True)
class ReadFile:
    """What became of one workbook: a return, or findings that say why it is none.

    `file` is its name ("goi.zip › phieu.xlsx" inside an archive), `findings` are about the file as
    a whole, `received` is the time that the file itself, the archive or the message gives it.
    """

    file: str
    returned: UnitReturn | None
    findings: tuple[Finding, ...] = ()
    received: dt.datetime | None = None


@dataclass(frozen=True)
class FileRead:
    """A file handed in and what became of it: whose return it is, or empty where it is none."""

    file: str
    unit: str = ""
    counted: bool = False


@dataclass(frozen=True)
class Returns:
    """Everything handed in: the return that counts for each unit, every file, and findings.

    `findings` are those about files as a whole; each return holds its own.
    """

    returns: tuple[UnitReturn, ...] = ()
    files: tuple[FileRead, ...] = ()
    findings: tuple[Finding, ...] = ()


class LeafState(Enum):
    """Where a leaf stands in the consolidation."""

    SCORED = "Đã chấm"
    PARTLY = "Chấm một phần"
    NOT_APPLICABLE = "Không áp dụng"
    MISSING = "Chưa có điểm"
    UNUSABLE = "Cần xem"
    SURVEY = "Điều tra XHH"


@dataclass(frozen=True)
class LeafResult:
    """The consolidated leaf: its score from those of its lead units, and what each returned.

    `score` is None where nothing usable came back; `applicable_max` is None for survey leaves and
    leaves that do not apply, which leave the denominator.
    """

    criterion: Criterion
    state: LeafState
    score: Decimal | None
    applicable_max: Decimal | None
    leads: tuple[LeafReturn, ...] = ()
    supports: tuple[LeafReturn, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True)
class Subtotal:
    """Sums over the leaves under a row (or all): maximum, applicable self-scored maximum, score.

    `answered` and `expected` count self-scored leaves with an answer and in all.
    """

    max_score: Decimal = Decimal(0)
    applicable_max: Decimal = Decimal(0)
    score: Decimal = Decimal(0)
    answered: int = 0
    expected: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Score over applicable maximum as a fraction, or None where nothing applies."""
        return self.score / self.applicable_max if self.applicable_max else None

    def __add__(self, other: Subtotal) -> Subtotal:
        """Return the sum, part by part."""
        return Subtotal(
            self.max_score + other.max_score,
            self.applicable_max + other.applicable_max,
            self.score + other.score,
            self.answered + other.answered,
            self.expected + other.expected,
        )


class UnitState(Enum):
    """Where a unit's return stands."""

    NOT_RETURNED = "Chưa nộp"
    RETURNED = "Đã nộp"
    LATE = "Nộp muộn"
    NEEDS_ATTENTION = "Cần xem"


@dataclass(frozen=True)
class Debt:
    """One thing a unit still owes: for which row (empty: the form as a whole), and what."""

    what: str
    criterion: str = ""


class MailKind(Enum):
    """What an e-mail to a unit brings: its tasks, a reminder, or a request to explain."""

    TASKS = "giao việc"
    REMINDER = "đôn đốc"
    EXPLANATION = "giải trình"


@dataclass(frozen=True)
class Question:
    """A score that the appraisal cut or questions: of which row, and what is to be explained.

    `self_score` is what the unit gave itself, `appraised_score` what the appraisal would give;
    None where there is none.
    """

    criterion: str
    what: str
    self_score: Decimal | None = None
    appraised_score: Decimal | None = None


@dataclass(frozen=True)
class UnitResult:
    """The consolidated unit: its state, its return if there is one, its sums and what it owes."""

    unit: Unit
    state: UnitState
    total: Subtotal
    returned: UnitReturn | None = None
    debts: tuple[Debt, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Consolidation:
    """All returns of a campaign put together, as of a day.

    `leaves` are in table order, `subtotals` by row id for every row with leaves under it, `total`
    over everything. `findings` holds all findings: of the campaign, the files and the returns.
    """

    campaign: Campaign
    as_of: dt.date
    leaves: tuple[LeafResult, ...]
    subtotals: dict[str, Subtotal] = field(hash=False)
    total: Subtotal
    units: tuple[UnitResult, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def _leaf_by_id(self) -> dict[str, LeafResult]:
        return {leaf.criterion.id: leaf for leaf in self.leaves}

    def leaf(self, criterion: Criterion) -> LeafResult | None:
        """Return the result of this row if it is a leaf."""
        return self._leaf_by_id.get(criterion.id)
