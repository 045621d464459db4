"""A campaign in which several units score the same: rounds, survey, bonus (số liệu minh họa)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from cchc_office.campaign import load_campaign
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    ExplainedLeaf,
    LeafReturn,
    Returns,
    Source,
    SupplementReturn,
    SurveyResult,
    Unit,
    UnitReturn,
)
from cchc_office.results.consolidation import consolidate

from . import days
from .sheets import campaign_file, leaf_by_code

D = Decimal
CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách tổng hợp
1     | Lĩnh vực một         |     |         |       |
1.1   | Tiêu chí một         |     |         |       |
1.1.1 | Ban hành kế hoạch    | 1   | mọi nơi |       |
1.1.2 | Mức độ thực hiện     | 2,5 | mọi nơi |       |
1.2   | Sáng kiến            | 0,5 | mọi nơi |       |
1.3   | Ý kiến người dân     | 3   | mọi nơi | ĐTXHH |
1.4   | Ý kiến công chức     | 2   | mọi nơi | ĐTXHH |
2     | Lĩnh vực hai         |     |         |       |
2.1   | Giải quyết hồ sơ     | 4   | mọi nơi |       |
3     | Điểm thưởng          | 1   |         |       | Thưởng | Trung bình
3.1   | Giải thưởng          | 2   | mọi nơi |       |
4     | Điểm phạt            | 0,5 |         |       | Phạt | Trung bình
4.1   | Chậm báo cáo         | 2   | mọi nơi |       |
"""
SAVED = dt.datetime(2024, 11, 25, 2, tzinfo=dt.UTC)
CODES = ("1.1.1", "1.1.2", "1.2", "2.1", "3.1", "4.1")
SCORES = {  # in the order of CODES; "-" is not applicable, "" blank
    "X1": ("1", "2", "0.5", "3", "2", "0"),
    "X2": ("0.5", "2.5", "-", "4", "0", "2"),
    "X3": ("1", "", "0.25", "2", "0", "0"),
}


def units_file(folder: Path, count: int = 4, criteria: str = CRITERIA) -> Path:
    """Save a campaign with units X1, X2, … that all score everything; return its path."""
    rows = [f"X{n} | Phòng số {n} | | mọi nơi | |" for n in range(1, count + 1)]
    units = "\n".join(["Mã | Tên đơn vị | Tên gọi khác | Nhóm | Thủ trưởng | Email", *rows])
    return campaign_file(folder, units=units, criteria=criteria)


def campaign_of(folder: Path, count: int = 4) -> Campaign:
    """Return it with what a survey found of 1.3, and nothing known of 1.4."""
    campaign = load_campaign(units_file(folder, count))
    result = SurveyResult(leaf_by_code(campaign, "1.3"), D("2.4"), "C2")
    return replace(campaign, survey_results=(result,))


def returned(campaign: Campaign, unit: Unit, scores: tuple[str, ...]) -> UnitReturn:
    """Return what a unit returned, a file of its own behind it."""
    file = f"{campaign.paper_name(unit)}.xlsx"
    leaves = []
    for at, (code, typed) in enumerate(zip(CODES, scores, strict=True), start=8):
        answer = {"": Answer.BLANK, "-": Answer.NOT_APPLICABLE}.get(typed, Answer.SCORED)
        leaves.append(
            LeafReturn(
                leaf_by_code(campaign, code),
                unit.code,
                answer,
                Source(file, "Phiếu chấm", f"F{at}"),
                D(typed) if answer is Answer.SCORED else None,
                typed,
                f"Kết quả {code} của {unit.code}",
                f"Báo cáo {at}",
            )
        )
    return UnitReturn(unit.code, file, tuple(leaves), (), SAVED)


def returns_of(campaign: Campaign) -> Returns:
    """Return the returns of X1, X2 and X3 (X4 returned nothing), two rounds and an answer."""
    cut, restored = leaf_by_code(campaign, "2.1"), leaf_by_code(campaign, "1.1.1")
    first = (
        appraised(cut, "X1", 1, D(2), "Thiếu báo cáo", "Bổ sung báo cáo quý IV"),
        appraised(restored, "X1", 1, D("0.25"), "Ban hành muộn", "Giải trình ngày ban hành"),
    )
    second = (appraised(restored, "X1", 2, D(1), "Chấp nhận giải trình", ""),)
    answer = ExplainedLeaf(
        restored,
        "X1",
        Source("giai-trinh-X1.xlsx", "Phiếu bổ sung", "G5"),
        Answer.SCORED,
        D(1),
        "1",
        "Đã ban hành đúng hạn",
        "Quyết định số 5",
    )
    return Returns(
        tuple(returned(campaign, campaign.unit(unit), own) for unit, own in SCORES.items()),
        appraisals=(
            AppraisalReturn(1, "tham-dinh-lan-1.xlsx", first),
            AppraisalReturn(2, "tham-dinh-lan-2.xlsx", second),
        ),
        supplements=(SupplementReturn("X1", "giai-trinh-X1.xlsx", (answer,)),),
    )


def appraised(
    criterion: str, unit: str, number: int, score: Decimal, opinion: str, request: str
) -> AppraisedLeaf:
    """Return what the reviewers said of a leaf in a round."""
    return AppraisedLeaf(
        criterion,
        unit,
        number,
        Answer.SCORED,
        Source(f"tham-dinh-lan-{number}.xlsx", "Thẩm định", f"H{number + 5}"),
        score,
        str(score),
        opinion,
        request,
        "Tổ thẩm định",
        dt.date(2024, 12, 10 * number),
    )


def put_together(campaign: Campaign) -> Consolidation:
    """Return everything put together the day after the forms were due."""
    return consolidate(campaign, returns_of(campaign), as_of=days.AFTER_DEADLINE)
