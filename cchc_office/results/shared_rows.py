"""What a total is made of where several units score one row."""

from __future__ import annotations

from decimal import Decimal

from cchc_office.model import Aggregation, Consolidation
from cchc_office.text import figures


def total_in_words(data: Consolidation) -> str:
    """Return what the total is made of where units share rows, "" where none does.

    The total adds up the rows; where units left rows open it is not the mean of their totals, and
    that mean is told beside it. That is only so where all of them score the same.
    """
    campaign = data.campaign
    shared = [x for x in data.leaves if x.expected > 1 and x.criterion.is_self_scored]
    if not shared or not data.total.has_score:
        return ""
    ways = [campaign.way_of(leaf.criterion) for leaf in shared]
    told = [f"Điểm này cộng từng tiêu chí; tiêu chí nhiều đơn vị cùng chấm {_of(ways)}."]
    mean = _mean_of_totals(data) if set(ways) == {Aggregation.MEAN} else None
    if mean is not None and figures.rounded(mean) != figures.rounded(data.total.final):
        count = sum(unit.returned is not None for unit in data.units)
        told.append(
            f"Trung bình tổng điểm của {count} đơn vị đã nộp là {figures.score(mean)}, vì ở đó "
            "những ô ấy cộng 0."
        )
    if any(leaf.criterion.is_optional for leaf in shared):
        told.append("Dòng thưởng, trừ mà đơn vị đã nộp để trống thì tính 0.")
    return " ".join(told)


def _of(ways: list[Aggregation]) -> str:
    if set(ways) == {Aggregation.MEAN}:
        how = "lấy trung bình của những đơn vị đã có điểm ở đó"
    else:
        counts = [f"{way.value} ({ways.count(way)} tiêu chí)" for way in Aggregation if way in ways]
        how = f"lấy theo Cách tổng hợp – {', '.join(counts)} – của những đơn vị đã có điểm ở đó"
    return f"{how} (chưa nộp, để trống, cần xem, không áp dụng thì đứng ngoài, không phải 0)"


def _mean_of_totals(data: Consolidation) -> Decimal | None:
    """Return the mean of the totals of the units that returned, None where it tells nothing."""
    campaign = data.campaign
    own = [unit for unit in data.units if campaign.scored_by(unit.unit)]
    scored = {tuple(leaf.id for leaf in campaign.scored_by(unit.unit)) for unit in own}
    totals = [unit.total.final for unit in own if unit.returned is not None]
    rows = sum(leaf.is_self_scored for leaf in campaign.leaves)
    if len(scored) != 1 or len(scored.pop()) != rows or not totals:
        return None
    return sum(totals, Decimal(0)) / len(totals)
