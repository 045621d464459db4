"""How the leaves of a campaign are scored, counted."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.model import Aggregation, Campaign, Criterion, Method, Points
from cchc_office.rules import (
    Bands,
    ByDate,
    Choice,
    Deductions,
    GivenShare,
    PerItem,
    Ratio,
    SelfScored,
    SeveralDeductions,
    Steps,
    WeightedShares,
)

_SURVEY = "Điều tra xã hội học, SIPAS"
_NOT_APPLICABLE = "Không áp dụng"
_UNSAID = "Chưa ghi"
_CLOSED_BY = (Method.SURVEY.value, Method.SIPAS.value, _NOT_APPLICABLE)
_WAYS = {
    SelfScored: "Đơn vị tự chấm",
    Choice: "Theo trường hợp",
    Ratio: "Theo tỷ lệ",
    GivenShare: "Theo một tỷ lệ cho sẵn",
    WeightedShares: "Theo nhiều tỷ lệ",
    Bands: "Theo các mức",
    PerItem: "Theo số lượng",
    Deductions: "Trừ theo số lượng",
    SeveralDeductions: "Trừ theo nhiều số lượng",
    Steps: "Theo từng bước tăng, giảm",
    ByDate: "Theo ngày",
}


@dataclass(frozen=True)
class UnderstoodRow:
    """A leaf whose score has words in the workbook, and how they were understood.

    `row` is its code (or its name), `criterion` its id, `column` where the words stand. `computed`
    reads the rule back, "" where the unit scores itself; then `unread` is the piece that was not
    understood, if any.
    """

    row: str
    criterion: str
    column: str
    computed: str
    unread: str

    @property
    def words(self) -> str:
        """How the row is scored, as a clerk is told."""
        if self.computed:
            return f"tính theo: {self.computed}"
        why = f", vì chưa hiểu “{self.unread}”" if self.unread else ""
        return f"đơn vị tự chấm{why}"


@dataclass(frozen=True)
class ScoringOutline:
    """Counts of leaves: those that apply by the way they are scored, and some by what they are.

    `bonus` and `penalty` are among those of `ways`, those not applicable are not. `with_result` and
    `pending` tell of how many survey leaves results are there. `closed` names the leaves that no
    unit scores, by code (or by name), under what closes them: "ĐTXHH", "SIPAS", "Không áp dụng";
    `shared` those that several units score, under the way in which that gives one score; what has
    to name one and does not is under "Chưa ghi". `rows` tells of each leaf with words of how it
    is scored.
    """

    ways: dict[str, int]
    bonus: int
    penalty: int
    not_applicable: int
    with_result: int
    pending: int
    closed: dict[str, tuple[str, ...]]
    shared: dict[str, tuple[str, ...]]
    rows: tuple[UnderstoodRow, ...]


def scoring_outline(campaign: Campaign) -> ScoringOutline:
    """Count the leaves of a campaign by how they are scored; ways that none has are left out."""
    leaves = [leaf for leaf in campaign.leaves if leaf.applies]
    said = [_way(leaf) for leaf in leaves]
    surveys = {leaf.id for leaf in leaves if leaf.method is not Method.SELF}
    known = surveys & {result.criterion for result in campaign.survey_results}
    return ScoringOutline(
        ways={way: said.count(way) for way in (*_WAYS.values(), _SURVEY) if way in said},
        bonus=sum(leaf.points is Points.BONUS for leaf in leaves),
        penalty=sum(leaf.points is Points.PENALTY for leaf in leaves),
        not_applicable=len(campaign.leaves) - len(leaves),
        with_result=len(known),
        pending=len(surveys) - len(known),
        closed=_closed(campaign),
        shared=_shared(campaign),
        rows=tuple(_understood(campaign, leaf) for leaf in campaign.leaves if _has_words(leaf)),
    )


def _named(campaign: Campaign, leaf: Criterion) -> str:
    named = campaign.reference(leaf)
    return f"“{named}”" if named == leaf.name else named


def _has_words(leaf: Criterion) -> bool:
    return leaf.is_self_scored and bool(leaf.rule or leaf.own_rule)


def _understood(campaign: Campaign, leaf: Criterion) -> UnderstoodRow:
    is_computed = not isinstance(leaf.scoring, SelfScored)
    computed = leaf.scoring_in_words if is_computed else ""
    column = "Quy tắc" if leaf.own_rule else "Cách chấm"
    return UnderstoodRow(_named(campaign, leaf), leaf.id, column, computed, leaf.unread)


def _shared(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    ways = (*(way.value.capitalize() for way in Aggregation), _UNSAID)
    shared: dict[str, list[str]] = {way: [] for way in ways}
    for leaf in filter(campaign.is_shared, campaign.leaves):
        is_unsaid = campaign.must_say_way(leaf)
        way = _UNSAID if is_unsaid else campaign.way_of(leaf).value.capitalize()
        shared[way].append(_named(campaign, leaf))
    return {way: tuple(rows) for way, rows in shared.items() if rows}


def _closed(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    closed: dict[str, list[str]] = {why: [] for why in _CLOSED_BY}
    for leaf in campaign.leaves:
        if not leaf.is_self_scored:
            why = leaf.method.value if leaf.applies else _NOT_APPLICABLE
            closed[why].append(_named(campaign, leaf))
    return {why: tuple(rows) for why, rows in closed.items() if rows}


def _way(leaf: Criterion) -> str:
    return _WAYS[type(leaf.scoring)] if leaf.method is Method.SELF else _SURVEY
