"""What "Cách tổng hợp" has to say: of rows that count things and that several units score."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.campaign.criteria import CriterionRow
from cchc_office.campaign.tables import CellReader
from cchc_office.catalogue.findings import Code
from cchc_office.model import Aggregation, Assignments, Criterion, Method, Points, Role
from cchc_office.rules import ByDate, YesNo, can_be_pooled

_POINTS = {Points.BONUS: "dòng điểm thưởng", Points.PENALTY: "dòng điểm phạt"}


def check_aggregation(
    rows: tuple[CriterionRow, ...], assignments: Assignments, reader: CellReader
) -> None:
    """Report at its cell where a way is missing, or is one that the row's rule does not allow.

    The mean is meant for scores and shares. Of what is counted it is not taken unsaid: one
    incident in one of five units would cost a fifth of its points.
    """
    parents = {row.criterion.parent for row in rows}
    unclear = {f.cell for f in reader.findings if f.code is Code.RULE_NOT_UNDERSTOOD}
    for row in rows:
        criterion = row.criterion
        if criterion.id in parents or not criterion.applies or row.scoring.rule.head in unclear:
            continue
        leads = len(assignments.units_of(criterion.id, Role.LEAD))
        is_shared = leads > 1 and criterion.is_self_scored
        place = row.aggregation.head or row.code_cell or f"A{criterion.row}"
        is_pooled = criterion.aggregation is Aggregation.POOLED
        if is_pooled and not can_be_pooled(criterion.scoring):
            if is_shared or row.aggregation.text:
                reader.report(
                    Code.AGGREGATION_NOT_POOLABLE,
                    place,
                    about=criterion.label,
                    found=_way_of_scoring(criterion),
                    candidates=tuple(_ways(criterion)),
                )
        elif is_shared and criterion.aggregation is None and criterion.is_counted:
            reader.report(
                Code.AGGREGATION_UNSAID,
                place,
                about=criterion.label,
                found=str(leads),
                expected=_POINTS.get(criterion.points, "dòng đếm số lượng"),
                candidates=tuple(_ways(criterion)),
            )


def _ways(criterion: Criterion) -> Iterator[str]:
    """Yield the ways that a row's rule allows, as they are written."""
    for way in Aggregation:
        if way is not Aggregation.POOLED or can_be_pooled(criterion.scoring):
            yield way.value.capitalize()


def _way_of_scoring(criterion: Criterion) -> str:
    if criterion.method is not Method.SELF:
        return "chấm bằng điều tra"
    if isinstance(criterion.scoring, ByDate):
        return "chấm theo ngày"
    return "chấm Có/Không" if isinstance(criterion.scoring, YesNo) else "do đơn vị tự chấm"
