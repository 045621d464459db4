"""The six steps of a campaign's year, and how each of them stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from cchc_office.catalogue.findings import Code, need_a_person
from cchc_office.model import Campaign, Consolidation, Returns, Unit
from cchc_office.papers.kinds import DISPATCH, FORM, TABLE, PaperKind
from cchc_office.register.tracking import ExplanationState, UnitStatus
from cchc_office.results.bonus import bonus_achieved
from cchc_office.results.progress import RoundProgress
from cchc_office.results.ranking import stand_apart
from cchc_office.steps.to_look_at import ToLookAt, files_of_appraisals, to_look_at
from cchc_office.text import figures

CRITERIA_SET, TASKS, RETURNED, REMINDING, APPRAISING, RESULTS = range(1, 7)
"""The numbers of the steps."""

_TITLES = {
    CRITERIA_SET: "Bộ chỉ số",
    TASKS: "Giao việc",
    RETURNED: "Nhận phiếu",
    REMINDING: "Đôn đốc",
    APPRAISING: "Thẩm định",
    RESULTS: "Kết quả",
}
GIVEN_OUT = (TABLE, DISPATCH, FORM)
"""The papers that a campaign begins with."""


class StepState(Enum):
    """How a step of the year stands, in words."""

    NOT_BEGUN = "chưa làm"
    WAITING = "đang chờ"
    LOOK = "cần xem"
    DONE = "xong"


@dataclass(frozen=True, slots=True)
class YearStep:
    """One of the six steps: what it is called, how it stands, in a few words ("7/8 đã nộp").

    `to_look` is how many places in it a person has to look at.
    """

    number: int
    title: str
    state: StepState
    to_look: int = 0
    words: str = StepState.NOT_BEGUN.value


class PaperState(Enum):
    """How a paper that is wanted stands in the output folder, in words.

    One that a person edited is current where it was made of what the workbook says now; where the
    version for that lies beside it, a person has to choose.
    """

    MISSING = "chưa làm"
    CURRENT = "đã làm"
    EDITED = "đã sửa tay"
    OUTDATED = "làm từ bản cũ"
    EDITED_OUTDATED = "sửa tay trên bản cũ"
    TO_CHOOSE = "sửa tay, có bản mới"

    @property
    def is_current(self) -> bool:
        """Whether it is there and made of what the workbook says now."""
        return self in (PaperState.CURRENT, PaperState.EDITED)

    @property
    def is_outdated(self) -> bool:
        """Whether it is there, and was made of something else."""
        return self in (PaperState.OUTDATED, PaperState.EDITED_OUTDATED)


@dataclass(frozen=True, slots=True)
class PaperThere:
    """A paper that is wanted: whose it is (None: of all), its place below the output folder.

    `beside` is the place of the new version of one that a person edited, "" for none.
    """

    unit: Unit | None
    file: str
    state: PaperState
    beside: str = ""


@dataclass(frozen=True, slots=True)
class PapersThere:
    """The papers of a kind that are wanted, and how each of them stands in the output folder."""

    kind: PaperKind
    papers: tuple[PaperThere, ...]

    @property
    def wanted(self) -> int:
        """How many are wanted."""
        return len(self.papers)

    @property
    def there(self) -> int:
        """How many are there."""
        return sum(paper.state is not PaperState.MISSING for paper in self.papers)

    @property
    def current(self) -> int:
        """How many are there and made of what the workbook says now."""
        return sum(paper.state.is_current for paper in self.papers)

    def of(self, unit: Unit) -> PaperThere | None:
        """Return the paper of a unit, None where it gets none."""
        return next((p for p in self.papers if p.unit and p.unit.code == unit.code), None)

    @property
    def to_choose(self) -> int:
        """How many were edited and have a version beside them of what the workbook says now."""
        return sum(paper.state is PaperState.TO_CHOOSE for paper in self.papers)

    @property
    def are_made(self) -> bool:
        """Whether all of them are there, or beside it, made of what the workbook says now."""
        return self.current + self.to_choose == self.wanted

    @property
    def outdated(self) -> int:
        """How many are there and were made of something else."""
        return self.there - self.current - self.to_choose


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """What the steps are told from.

    `units` is where each unit stands, empty where that is not known; `papers` those of GIVEN_OUT;
    `with_old` the codes of the units that have these as they were before they were made anew,
    `remind` of those that are to be reminded now, `reminders_made` that the letters for that are
    there, `old_reminders` on which days those were made that are too old to go out. `appraisals` is
    how the workbooks for reviewers are, by round, `report_made` that a report is, `report` how its
    files stand. `unclear` counts messages of which a person has to say whether they arrived.
    `stopped` says why what came back could not be looked at, `erased_on` on which day its personal
    data was erased, "" where it was not.
    """

    campaign: Campaign
    day: dt.date
    results: Consolidation | None = None
    returns: Returns | None = None
    rounds: tuple[RoundProgress, ...] = ()
    units: tuple[UnitStatus, ...] = ()
    papers: tuple[PapersThere, ...] = ()
    with_old: tuple[str, ...] = ()
    remind: Collection[str] = ()
    reminders_made: bool = False
    old_reminders: Mapping[str, dt.date] = field(default_factory=dict)
    appraisals: Mapping[int, PaperState] = field(default_factory=dict)
    report_made: bool = False
    report: Mapping[str, PaperState] = field(default_factory=dict)
    unclear: int = 0
    stopped: str = ""
    erased_on: str = ""

    @cached_property
    def errors(self) -> int:
        """How many errors the workbook has; with one, nothing else is known."""
        return sum(finding.is_error for finding in self.campaign.findings)

    @property
    def appraisal_made(self) -> int:
        """The last round whose workbook for reviewers is there, 0 for none."""
        return max(self.appraisals, default=0)

    @property
    def report_is_old(self) -> bool:
        """Whether a file of the report was made of other figures than there are now."""
        return any(state.is_outdated for state in self.report.values())

    # --- tasks ---

    @cached_property
    def tasked(self) -> tuple[UnitStatus, ...]:
        """The units that have a part in any row."""
        return tuple(unit for unit in self.units if self.campaign.assigned_to(unit.unit))

    @cached_property
    def untold(self) -> tuple[UnitStatus, ...]:
        """Those that were not given their tasks; who returned a form surely was."""
        return tuple(unit for unit in self.tasked if not unit.has_tasks)

    @cached_property
    def to_make(self) -> tuple[PapersThere, ...]:
        """The papers that are missing, or were made of something else."""
        given = bool(self.tasked) and not self.untold
        # Who has the tasks needs no paper that lies elsewhere.
        return tuple(p for p in self.papers if (p.outdated if given else not p.are_made))

    @cached_property
    def to_choose(self) -> int:
        """How many papers were edited and have a new version beside them."""
        return sum(papers.to_choose for papers in self.papers)

    # --- returns ---

    @cached_property
    def expected(self) -> tuple[UnitStatus, ...]:
        """The units that a form is expected of."""
        return tuple(unit for unit in self.units if self.campaign.expects_return(unit.unit))

    @cached_property
    def missing(self) -> tuple[UnitStatus, ...]:
        """Those of which none came."""
        return tuple(unit for unit in self.expected if unit.receipt is None)

    @cached_property
    def to_look_at(self) -> ToLookAt:
        """What a person has to look at in what came back from units."""
        return to_look_at(self.results, self.returns)

    @cached_property
    def owing(self) -> tuple[UnitStatus, ...]:
        """The units that owe something."""
        return tuple(unit for unit in self.units if unit.owes)

    # --- appraisal ---

    @cached_property
    def in_appraisals(self) -> int:
        """How many things a person has to look at in what reviewers and explaining units wrote.

        Without what is in files that are counted where forms come back.
        """
        answers = self.returns.supplements if self.returns else ()
        files = files_of_appraisals(self.returns) | {answer.file for answer in answers}
        files -= self.to_look_at.files
        found = self.results.findings if self.results else ()
        return sum(f.file in files and need_a_person((f,)) for f in found)

    @cached_property
    def unasked(self) -> tuple[str, ...]:
        """The units that are to explain the last round and for which no letter says so yet."""
        return self._explaining(ExplanationState.TO_WRITE)

    @cached_property
    def unsent(self) -> tuple[str, ...]:
        """The units that are to explain the last round and to which no letter went out yet."""
        return self._explaining(ExplanationState.TO_WRITE, ExplanationState.TO_SEND)

    @cached_property
    def late_to_explain(self) -> tuple[str, ...]:
        """The units that were asked to explain by a day that is over, and did not."""
        return self._explaining(ExplanationState.LATE)

    @property
    def wants_another_round(self) -> bool:
        """Whether units answered the first round, so that a second judges what they answered."""
        return len(self.rounds) == 1 and bool(self.rounds[0].asked)

    def _explaining(self, *states: ExplanationState) -> tuple[str, ...]:
        """Return the units that are that far with what the last round asks."""
        return tuple(
            unit.unit.code
            for unit in self.units
            if unit.explanation and unit.explanation.state in states
        )


# --- how each step stands ---


def year_steps(facts: YearFacts) -> tuple[YearStep, ...]:
    """Return how the six steps stand; with errors in the workbook none but the first has begun."""
    first = _criteria(facts)
    if facts.errors:
        rest = (YearStep(number, _TITLES[number], StepState.NOT_BEGUN) for number in range(2, 7))
        return first, *rest
    others = (_tasks, _returned, _reminding, _appraising, _results)
    return first, *(step(facts) for step in others)


def _step(number: int, state: StepState, *words: str, to_look: int = 0) -> YearStep:
    told = [*filter(None, words), *([f"{to_look} cần xem"] if to_look else [])]
    state = StepState.LOOK if to_look else state
    return YearStep(number, _TITLES[number], state, to_look, " · ".join(told) or state.value)


def _criteria(facts: YearFacts) -> YearStep:
    if facts.errors:
        words = f"{facts.errors} lỗi"
        return YearStep(CRITERIA_SET, _TITLES[1], StepState.LOOK, facts.errors, words)
    found = facts.campaign.findings
    # Whether letters go by mail is not known yet: giving out the tasks tells of addresses again.
    unaddressed = sum(finding.code is Code.MISSING_EMAIL for finding in found)
    to_look = sum(need_a_person((finding,)) for finding in found) - unaddressed
    words = f"{figures.count(len(facts.campaign.leaves))} dòng có điểm"
    no_email = f"{unaddressed} đơn vị chưa có email" if unaddressed else ""
    return _step(CRITERIA_SET, StepState.DONE, words, no_email, to_look=to_look)


def _tasks(facts: YearFacts) -> YearStep:
    told = len(facts.tasked) - len(facts.untold)
    sent_back = sum(unit.is_sent_back for unit in facts.untold)
    outdated = sum(papers.outdated for papers in facts.to_make)
    to_look = facts.unclear + sent_back + outdated + len(facts.with_old) + facts.to_choose
    if told:
        state = StepState.WAITING if facts.untold else StepState.DONE
        old = f"{len(facts.with_old)} đang giữ bản cũ" if facts.with_old else ""
        return _step(TASKS, state, f"{told}/{len(facts.tasked)} đã giao", old, to_look=to_look)
    made = any(papers.there for papers in facts.papers)
    state = StepState.WAITING if made else StepState.NOT_BEGUN
    return _step(TASKS, state, "đã làm, chưa giao" if made else "", to_look=to_look)


def _returned(facts: YearFacts) -> YearStep:
    if facts.stopped:
        return _step(RETURNED, StepState.LOOK, "chưa xem được hết", to_look=1)
    came = len(facts.expected) - len(facts.missing)
    to_look = len(facts.to_look_at)
    if came or to_look:
        state = StepState.WAITING if facts.missing else StepState.DONE
        return _step(RETURNED, state, f"{came}/{len(facts.expected)}", to_look=to_look)
    if not facts.expected or len(facts.untold) == len(facts.tasked):
        return _step(RETURNED, StepState.NOT_BEGUN)
    return _step(RETURNED, StepState.WAITING, f"0/{len(facts.expected)}")


def _reminding(facts: YearFacts) -> YearStep:
    has_begun = len(facts.missing) < len(facts.expected) or len(facts.untold) < len(facts.tasked)
    if not has_begun:
        return _step(REMINDING, StepState.NOT_BEGUN)
    if not facts.owing:
        if facts.missing:
            return _step(REMINDING, StepState.WAITING, "chưa ai nợ")
        return _step(REMINDING, StepState.DONE, "không còn nợ")
    untold = {unit.unit.code for unit in facts.untold}
    to_look = len(set(facts.remind) - untold) + len(facts.late_to_explain)
    explaining = sum(unit.only_explains for unit in facts.owing)
    owing = len(facts.owing) - explaining
    told = (
        f"{owing} còn nợ" if owing else "",
        f"{explaining} chờ giải trình" if explaining else "",
    )
    state = StepState.LOOK if to_look else StepState.WAITING
    words = " · ".join(filter(None, told))
    return YearStep(REMINDING, _TITLES[REMINDING], state, to_look, words)


def _appraising(facts: YearFacts) -> YearStep:
    if not facts.rounds:
        state = StepState.WAITING if facts.appraisal_made else StepState.NOT_BEGUN
        words = f"lần {facts.appraisal_made}: chưa có bảng điền" if facts.appraisal_made else ""
        return _step(APPRAISING, state, words)
    last, to_look = facts.rounds[-1], facts.in_appraisals
    if last.waiting:
        unsent = len(facts.unsent)
        told = (
            f"{unsent} cần yêu cầu giải trình" if unsent else f"{len(last.waiting)} chưa giải trình"
        )
        words = f"lần {last.number} · {told}"
        return _step(APPRAISING, StepState.WAITING, words, to_look=to_look)
    state = StepState.WAITING if facts.wants_another_round else StepState.DONE
    return _step(APPRAISING, state, f"lần {last.number}", to_look=to_look)


def _results(facts: YearFacts) -> YearStep:
    total = facts.results.total if facts.results else None
    if total is None or not total.has_score:
        return _step(RESULTS, StepState.NOT_BEGUN)
    most = figures.as_typed(total.achieved_max)
    is_open = facts.owing or facts.missing or any(one.waiting for one in facts.rounds[-1:])
    is_old = facts.report_is_old
    is_whole = not is_open and facts.report_made and not is_old
    state = StepState.DONE if is_whole else StepState.WAITING
    bonus = bonus_achieved(facts.results) if facts.results else None
    told = f" · gồm {figures.score(bonus)} thưởng" if bonus else ""
    score = f"{figures.score(total.achieved)}/{most}{told}"
    if facts.results and stand_apart(facts.campaign):
        scored = sum(unit.total.has_score for unit in facts.results.units)
        score = f"{scored}/{len(facts.results.units)} đơn vị có điểm"
    # While forms still come in, every report is soon an old one: nobody has to look at that yet.
    old = "báo cáo bản cũ" if is_old else ""
    return _step(RESULTS, state, score, old, to_look=int(is_old and not is_open))
