"""What of a result is bonus: it is counted on top, so that a share may pass 100 %."""

from __future__ import annotations

from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, Points
from cchc_office.results.leaf_results import leaf_subtotal
from cchc_office.text import figures


def bonus_achieved(data: Consolidation, above: Criterion | None = None) -> Decimal:
    """Return the bonus in what was achieved, within headings' caps; in all, or below one row."""
    bonus = Decimal(0)
    for row in data.campaign.children(above):
        leaf = data.leaf(row)
        if row.points is Points.BONUS:
            own = leaf_subtotal(leaf) if leaf else data.subtotals.get(row.id)
            bonus += own.achieved if own else Decimal(0)
        elif leaf is None:
            bonus += bonus_achieved(data, row)
    return bonus


def bonus_in_words(data: Consolidation) -> str:
    """Return how bonus is counted in the result, "" where there is none in it."""
    bonus, total = bonus_achieved(data), data.total
    if not bonus or not total.has_score:
        return ""
    return (
        f"Trong {figures.score(total.achieved)} điểm có {figures.score(bonus)} điểm thưởng, được "
        f"cộng thêm; tỷ lệ tính trên {figures.score(total.achieved_max)} điểm áp dụng không kể "
        "điểm thưởng, nên có thể quá 100%."
    )
