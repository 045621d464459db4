"""A campaign with a row that several units score, and what they declared (số liệu minh họa)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import FindingCode
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    LeafResult,
    LeafReturn,
    Returns,
    Source,
    UnitReturn,
)
from cchc_office.results.consolidation import consolidate
from cchc_office.rules import Declared, compute

from . import days
from .sheets import campaign_file, leaf_by_code

D = Decimal

SAVED = dt.datetime(2024, 11, 25, 2, tzinfo=dt.UTC)

HEAD = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Cách chấm | Loại điểm | Cách tổng hợp\n"

UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm    | Thủ trưởng | Email
A  | Phòng A    |              | mọi nơi |            | a@a.example
B  | Phòng B    |              | mọi nơi |            | b@a.example
C  | Phòng C    |              | mọi nơi |            | c@a.example
"""


def campaign_of(folder: Path, *rows: str) -> Campaign:
    """Return a campaign with rows below one field: what follows their code and name."""
    lines = [f"1.{n} | Dòng {n} | {row}" for n, row in enumerate(rows, start=1)]
    criteria = HEAD + "\n".join(["1 | Lĩnh vực | | | | |", *lines])
    return load_campaign(campaign_file(folder, units=UNITS, criteria=criteria))


def asked(campaign: Campaign) -> list[tuple[FindingCode, str]]:
    return [(f.code, f.cell) for f in campaign.findings if f.is_error]


Said = str | tuple[float | str, ...] | int
"""A share (done, of how many), a count, "-" for not applicable, "" for blank, "?" for unclear."""


def returned(campaign: Campaign, unit: str, *said: Said) -> UnitReturn:
    """Return what a unit declared row by row, each score as its rule gives it."""
    leaves = []
    for n, one in enumerate(said, start=1):
        leaf = campaign.criterion(leaf_by_code(campaign, f"1.{n}"))
        source = Source(f"{unit}.xlsx", "Phiếu chấm", f"H{n + 7}")
        answer, score, declared = Answer.BLANK, None, Declared()
        if isinstance(one, str):
            kinds = {"-": Answer.NOT_APPLICABLE, "?": Answer.UNUSABLE}
            answer = kinds.get(one, Answer.BLANK)
            declared = Declared(D(7)) if one == "?" else declared
        else:
            figures = one if isinstance(one, tuple) else (one,)
            figure, total = (*(D(str(x)) for x in figures), None)[:2]
            declared = Declared(figure, total)
            computed = compute(leaf.scoring, declared, leaf.max_score or D(0))
            score = computed.score
            answer = Answer.SCORED if computed.applies else Answer.NOT_APPLICABLE
        leaves.append(
            LeafReturn(leaf.id, unit, answer, source, score, str(score), declared=declared)
        )
    return UnitReturn(unit, f"{unit}.xlsx", tuple(leaves), (), SAVED)


def ruled(
    campaign: Campaign, unit: str, score: str, code: str = "1.1", number: int = 1
) -> AppraisedLeaf:
    answer = Answer.NOT_APPLICABLE if score == "-" else Answer.SCORED
    given_ = None if score == "-" else D(score)
    place = Source(f"lan-{number}.xlsx", "Thẩm định", "J8")
    return AppraisedLeaf(leaf_by_code(campaign, code), unit, number, answer, place, given_, score)


def together(
    campaign: Campaign, *returns: UnitReturn, appraised: tuple[AppraisedLeaf, ...] = ()
) -> Consolidation:
    rounds = sorted({x.round for x in appraised})
    appraisals = tuple(
        AppraisalReturn(n, f"lan-{n}.xlsx", tuple(x for x in appraised if x.round == n))
        for n in rounds
    )
    everything = Returns(returns, appraisals=appraisals)
    return consolidate(campaign, everything, as_of=days.AFTER_DEADLINE)


def pooled(folder: Path, rule: str, most: str, *said: Said, points: str = "") -> LeafResult:
    """Return one row of which the figures of A, B and C are pooled."""
    campaign = campaign_of(folder, f"{most} | Mọi nơi | {rule} | {points} | Gộp số liệu")
    assert asked(campaign) == []
    back = [returned(campaign, unit, one) for unit, one in zip("ABC", said, strict=False)]
    return together(campaign, *back).leaves[0]


def corrected(
    campaign: Campaign, unit: str, figures: tuple[int, int], code: str = "1.1", number: int = 1
) -> AppraisedLeaf:
    leaf = campaign.criterion(leaf_by_code(campaign, code))
    declared = Declared(D(figures[0]), D(figures[1]))
    score = compute(leaf.scoring, declared, leaf.max_score or D(0)).score
    place = Source(f"lan-{number}.xlsx", "Thẩm định", "L8")
    return AppraisedLeaf(
        leaf.id, unit, number, Answer.SCORED, place, score, str(score), declared=declared
    )
