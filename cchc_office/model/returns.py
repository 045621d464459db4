"""What came back: forms, appraisals, evidence files; and notices of what did not arrive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.rules import Declared


@dataclass(frozen=True, slots=True)
class Source:
    """The place that a value came from: file name, sheet, cell address."""

    file: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        """Return the place on one line."""
        return f"{self.file} › {self.sheet} › {self.cell}"


class ReturnKind(Enum):
    """What kind of workbook came back, by the word for it in its hidden sheet."""

    FORM = "phieu"
    """A unit's score workbook."""
    APPRAISAL = "tham-dinh"
    """A workbook of the reviewers."""
    SUPPLEMENT = "giai-trinh"
    """A unit's supplementary form: its answers to what the appraisal cut or questioned."""


MOST_ROUNDS = 2
"""Rounds of appraisal that a campaign can have."""


USUAL_REQUEST = "Đề nghị giải trình"
"""What is asked of a unit where the reviewers put no more than a mark."""


class Answer(Enum):
    """What a unit said of one of its leaves. Blank is not 0, "không áp dụng" is neither."""

    SCORED = "Đã chấm"
    NOT_APPLICABLE = "Không áp dụng"
    BLANK = "Chưa có điểm"
    UNUSABLE = "Cần xem"
    CONTRIBUTED = "Phối hợp"
    """A supporting unit's line: text and evidence, no score."""

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is left open: there is a score, or the leaf does not apply."""
        return self in (Answer.SCORED, Answer.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class LeafReturn:
    """What one unit returned for one leaf.

    `score` is set where `answer` is SCORED, and then lies within 0 and the leaf's maximum.
    `typed` is the score cell as found, `source` its place. `declared` holds the figures from which
    the leaf's rule gave the score, None where the unit scores it itself; `declared_at` is the
    address of the first of their cells.
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
    declared: Declared | None = None
    declared_at: str = ""


@dataclass(frozen=True)
class UnitReturn:
    """One returned form. `file` is its name; `saved` the time that the document itself tells."""

    unit: str
    file: str
    leaves: tuple[LeafReturn, ...]
    findings: tuple[Finding, ...] = ()
    saved: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AppraisedLeaf:
    """What the reviewers said of one unit's leaf in one round (1 or 2).

    `answer` is SCORED, NOT_APPLICABLE, UNUSABLE, or BLANK where the round leaves the score as it
    was. `request` is what the unit is asked to explain, `by` and `on` who appraised and when.
    `seen` is the self score that stood beside it in the reviewers' workbook, as text, `seen_before`
    that of the round before; None where nothing tells. `declared` are the figures as the reviewers
    corrected them, where the row pools those of several units; the score is then what its rule
    gives for them.
    """

    criterion: str
    unit: str
    round: int
    answer: Answer
    source: Source
    score: Decimal | None = None
    typed: str = ""
    opinion: str = ""
    request: str = ""
    by: str = ""
    on: dt.date | None = None
    seen: str | None = None
    seen_before: str | None = None
    declared: Declared | None = None


@dataclass(frozen=True)
class AppraisalReturn:
    """One workbook of the reviewers, read back; `saved` is the time that the document tells."""

    round: int
    file: str
    leaves: tuple[AppraisedLeaf, ...]
    findings: tuple[Finding, ...] = ()
    saved: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ExplainedLeaf:
    """What a unit answered about a leaf that the appraisal cut or questioned.

    `score` is what the unit still asks for, None where it asks for none; `answer` tells what stood
    in the score cell. `round` is the round that it answers to, `earlier` what the unit answered to
    a round before it.
    """

    criterion: str
    unit: str
    source: Source
    answer: Answer = Answer.BLANK
    score: Decimal | None = None
    typed: str = ""
    explanation: str = ""
    evidence: str = ""
    round: int = 1
    earlier: ExplainedLeaf | None = None

    def all(self) -> tuple[ExplainedLeaf, ...]:
        """Return this and what the unit answered before it, the last first."""
        return (self, *(self.earlier.all() if self.earlier else ()))

    def to(self, number: int) -> ExplainedLeaf | None:
        """Return what the unit answered to round `number`, None where it did not."""
        return next((answer for answer in self.all() if answer.round == number), None)


@dataclass(frozen=True)
class SupplementReturn:
    """One supplementary form of a unit, read back: its answers to a round of appraisal."""

    unit: str
    file: str
    leaves: tuple[ExplainedLeaf, ...]
    findings: tuple[Finding, ...] = ()
    saved: dt.datetime | None = None
    round: int = 1


class Decision(Enum):
    """What a person says of a form that came back."""

    TAKEN = "nhận"
    """It was looked at, and is taken."""
    SENT_BACK = "trả lại"
    """The unit is to mend it; until then its scores count, and it owes a better one."""
    NOT_COUNTED = "không tính"
    """Another one of the unit is to count."""
    SET_ASIDE = "để sang bên"
    """It is nobody's form, or not of whom it says, and nobody has to look at it again."""


@dataclass(frozen=True, slots=True)
class FormVerdict:
    """A person's word on a form of a unit, or on a file that is none (`unit` is empty), and why.

    `file` is its name in the folder of returns, `digest` that of the file as it lay there: of what
    is saved anew nobody has said anything. `struck` is when it was struck out as a mistake, `id`
    its number in the register, 0 before it is there.
    """

    unit: str
    file: str
    digest: str
    decision: Decision
    reason: str
    recorded: dt.datetime
    struck: dt.datetime | None = None
    id: int = field(default=0, compare=False)

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What one word is told from others by, however its blanks were kept."""
        file, reason = (" ".join(text.split()) for text in (self.file, self.reason))
        return self.unit, file, self.digest, self.decision.name, reason

    @property
    def when(self) -> dt.datetime:
        """When it became what it is."""
        return self.struck or self.recorded


@dataclass(frozen=True, slots=True)
class Arrival:
    """By which `day` a file had come, as the register knows it.

    `is_received` tells that it is the day of its message, or on which it was handed to the program;
    else the file was in the folder of returns when it was first read, and came on that day at last.
    `known` is the time from which on it was there to be looked at.
    """

    day: dt.date
    is_received: bool
    known: dt.datetime | None = None


INSIDE = " › "
"""What stands between an archive or a message and a file in it: "goi.zip › phieu.xlsx"."""


@dataclass(frozen=True)
class ReadFile:
    """What became of one workbook: a return of one of three kinds, or findings why it is none.

    `file` is its name ("goi.zip › phieu.xlsx" inside an archive), `findings` are about the file as
    a whole, `received` is the time that the file itself, the archive or the message gives it.
    `unconfirmed` names who sent it by mail where nobody has confirmed that the sender may; empty
    for every other file. `unfilled` is the form of a unit in which nothing is filled in, which is
    no return. `verdict` is what a person last said of it, `arrival` when it came.
    """

    file: str
    returned: UnitReturn | None
    findings: tuple[Finding, ...] = ()
    received: dt.datetime | None = None
    appraisal: AppraisalReturn | None = None
    supplement: SupplementReturn | None = None
    unconfirmed: str = ""
    unfilled: UnitReturn | SupplementReturn | None = None
    verdict: FormVerdict | None = None
    arrival: Arrival | None = None

    def __repr__(self) -> str:
        found, of_unit = self.document, self.returned or self.supplement
        told = [self.file, of_unit.unit] if of_unit else [self.file]
        told.append(f"{len(found.leaves)} dòng" if found else "không phải phiếu được tính")
        findings = len(self.findings) + (len(found.findings) if found else 0)
        return f"<ReadFile {', '.join(told)}, {findings} điều cần biết>"

    @property
    def is_ruled_out(self) -> bool:
        """Whether a person said that it does not count."""
        return self.verdict is not None and self.verdict.decision is Decision.NOT_COUNTED

    @property
    def is_set_aside(self) -> bool:
        """Whether it is nobody's form and a person said that nobody has to look at it."""
        is_said = self.verdict is not None and self.verdict.decision is Decision.SET_ASIDE
        return is_said and self.document is None

    def judged(self, verdict: FormVerdict) -> ReadFile:
        """Return it with what a person last said of it; one that was set aside is no return."""
        if verdict.decision is not Decision.SET_ASIDE:
            return replace(self, verdict=verdict)
        none = replace(self, returned=None, appraisal=None, supplement=None)
        return replace(none, verdict=verdict, unconfirmed="")

    @property
    def document(self) -> UnitReturn | AppraisalReturn | SupplementReturn | None:
        """The return that it is, of whatever kind; None where it is none."""
        return self.returned or self.appraisal or self.supplement


@dataclass(frozen=True)
class FileRead:
    """A file handed in and what became of it.

    `unit` is whose return it is, empty where it is nobody's or the reviewers'; `kind` is what it
    was taken for, None where it is none of what should come back; `unconfirmed`, `verdict` and
    `arrival` are as for a ReadFile.
    """

    file: str
    unit: str = ""
    counted: bool = False
    kind: ReturnKind | None = None
    unconfirmed: str = ""
    verdict: FormVerdict | None = None
    arrival: Arrival | None = None

    @property
    def may_be_set_aside(self) -> bool:
        """Whether a person may say that nobody needs it.

        Of the forms of a unit one is chosen, so that is none of them but those of senders whom
        nobody confirmed.
        """
        return self.kind is not ReturnKind.FORM or bool(self.unconfirmed)

    @property
    def is_set_aside(self) -> bool:
        """Whether it is no return and a person said that nobody has to look at it."""
        is_said = self.verdict is not None and self.verdict.decision is Decision.SET_ASIDE
        return is_said and self.kind is None


NOT_SEEN = frozenset((Code.FOLDER_NOT_READ, Code.FILE_NOT_FOUND, Code.FILE_NOT_OPENED))
"""What is found where the system did not let us look: nobody knows whose return lies there."""

OF_OTHER_CAMPAIGN = frozenset((Code.OTHER_CAMPAIGN, Code.OTHER_YEAR))
"""What is found in forms of other campaigns: they came back, and are no unit's of this one."""


@dataclass(frozen=True)
class Returns:
    """Everything handed in: the return that counts for each unit, every file, and findings.

    `appraisals` are in the order in which they count: of what two of a round say of one leaf, the
    later. `findings` are those about files as a whole; each return holds its own. `others` are the
    forms of units that do not count.
    """

    returns: tuple[UnitReturn, ...] = ()
    files: tuple[FileRead, ...] = ()
    findings: tuple[Finding, ...] = ()
    appraisals: tuple[AppraisalReturn, ...] = ()
    supplements: tuple[SupplementReturn, ...] = ()
    others: tuple[UnitReturn, ...] = ()

    @cached_property
    def verdicts(self) -> dict[str, FormVerdict]:
        """What a person last said of the form that counts, by the code of its unit."""
        own = (f for f in self.files if f.counted and f.kind is ReturnKind.FORM)
        return {file.unit: file.verdict for file in own if file.verdict}

    @cached_property
    def arrivals(self) -> dict[str, Arrival]:
        """When the form that counts came, by the code of its unit, as far as that is known."""
        own = (f for f in self.files if f.counted and f.kind is ReturnKind.FORM)
        return {file.unit: file.arrival for file in own if file.arrival}

    def __repr__(self) -> str:
        return f"<Returns {len(self.returns)} phiếu tính, {len(self.files)} tệp>"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file in a unit's folder of evidence.

    `name` is its place below that folder, `criteria` are the ids of the rows that it belongs to:
    by the code at the start of its name, or because the unit's form names it there.
    """

    unit: str
    name: str
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that a unit names as its evidence for a row, and that is not in its folder."""

    unit: str
    criterion: str
    name: str


@dataclass(frozen=True)
class Evidence:
    """All evidence files of a campaign, in the order of units and names."""

    files: tuple[EvidenceFile, ...] = ()
    missing: tuple[MissingFile, ...] = ()

    @cached_property
    def _by_row(self) -> dict[tuple[str, str], list[EvidenceFile]]:
        found: dict[tuple[str, str], list[EvidenceFile]] = {}
        for file in self.files:
            for criterion in file.criteria:
                found.setdefault((file.unit, criterion), []).append(file)
        return found

    def of(self, unit: str, criterion: str) -> tuple[EvidenceFile, ...]:
        """Return the files that belong to a unit's row."""
        return tuple(self._by_row.get((unit, criterion), ()))

    def of_row(self, units: Iterable[str], criterion: str) -> tuple[EvidenceFile, ...]:
        """Return the files of several units that belong to a row."""
        return tuple(file for unit in units for file in self.of(unit, criterion))

    @property
    def unlinked(self) -> tuple[EvidenceFile, ...]:
        """The files of which nothing tells to which row they belong."""
        return tuple(file for file in self.files if not file.criteria)

    @property
    def words(self) -> str:
        """How many files there are, in one Vietnamese sentence."""
        text = f"{len(self.files)} tệp minh chứng"
        if self.unlinked:
            text += f", {len(self.unlinked)} tệp không dòng nào nêu"
        if self.missing:
            text += f"; {len(self.missing)} tệp được nêu mà không có"
        return f"{text}."


class DeliveryAction(Enum):
    """What became of a message for one address (RFC 3464, 2.3.3)."""

    FAILED = "bị trả lại"
    DELAYED = "bị chậm, máy chủ còn thử giao tiếp"
    DELIVERED = "đã tới hộp thư"
    RELAYED = "đã chuyển sang máy chủ khác"
    EXPANDED = "đã chia ra cho một danh sách địa chỉ"


@dataclass(frozen=True, slots=True)
class DeliveryNotice:
    """What a server reports of one address.

    `message_id` is that of the message that went out, `status` the code of RFC 3463 ("5.1.1") or
    "" where none is told, `words` are the server's own.
    """

    message_id: str
    address: str
    action: DeliveryAction
    status: str = ""
    words: str = ""

    @property
    def is_trouble(self) -> bool:
        """Tell whether the message did not come to this address, or has not yet."""
        return self.action in (DeliveryAction.FAILED, DeliveryAction.DELAYED)
