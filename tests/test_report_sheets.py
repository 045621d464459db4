"""The report of a campaign with rounds, survey, bonus and penalty, read back with openpyxl."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Answer, Consolidation, RankingSettings, Stage
from cchc_office.papers.report import build_report
from cchc_office.results.comparing import compare
from cchc_office.returns.earlier import read_earlier
from cchc_office.sheets.look import SIZE
from cchc_office.text.widths import LINE_HEIGHT

from .appraised_campaigns import SCORES, campaign_of, put_together
from .conftest import ROOT
from .sheets import leaf_by_code

D = Decimal
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
WAY = "../../nhan-ve"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    return put_together(campaign_of(tmp_path_factory.mktemp("dot")))


@pytest.fixture(scope="module")
def content(data: Consolidation, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    earlier = tmp_path_factory.mktemp("truoc") / "tong-hop.xlsx"
    earlier.write_bytes(build_report(data, DEFAULT_PROFILE))
    comparison = compare(data, read_earlier(earlier))
    return build_report(data, DEFAULT_PROFILE, returns_path=WAY, comparison=comparison)


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def table(sheet: Any, *headings: str, key: int = 2) -> dict[Any, list[Any]]:
    """Return the cells under some headings by the text of column `key`."""
    row = next(r for r in range(1, 7) if sheet.cell(r, 3).value in HEADINGS_IN_C)
    found = {sheet.cell(row, c).value: c for c in range(1, sheet.max_column + 1)}
    return {
        sheet.cell(r, key).value: [sheet.cell(r, found[h]).value for h in headings]
        for r in range(row + 1, sheet.max_row + 1)
        if sheet.cell(r, key).value
    }


HEADINGS_IN_C = {"Điểm tối đa", "Đơn vị", "Tình trạng", "Lĩnh vực", "1 Lĩnh vực một", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
                 "Điểm tối đa kỳ trước", "Đã chấm", "STT"}  # fmt: skip


def test_sheets_stand_in_the_order_of_the_manual(book: Any) -> None:
    page = (ROOT / "docs/bao-cao.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE)
    there = [name for name in book.sheetnames if not name.startswith("ĐV ")]
    assert len(there) >= 9
    assert there == [name for name in told if name in there]


def test_the_score_table_shows_every_stage_beside_the_survey(book: Any) -> None:
    rows = table(
        book["Bảng điểm"],
        "Điểm tối đa",
        "Tối đa áp dụng",
        "Điểm tự chấm",
        "Điểm thẩm định lần 1",
        "Điểm thẩm định lần 2",
        "Điểm ĐTXHH, SIPAS",
        "Điểm đạt",
        key=1,
    )
    # Means of X1, X2, X3: X1's 3 for 2.1 was cut to 2; its 1 for 1.1.1 cut and given back.
    assert rows["2.1"] == [
        4,
        4,
        3,
        pytest.approx(8 / 3),
        pytest.approx(8 / 3),
        None,
        pytest.approx(8 / 3),
    ]
    assert rows["1.1.1"][2:5] == [
        pytest.approx(2.5 / 3),
        pytest.approx(1.75 / 3),
        pytest.approx(2.5 / 3),
    ]
    assert rows["1.3"] == [3, 3, None, None, None, 2.4, 2.4]
    assert (rows["1.4"][1], rows["1.4"][5]) == (None, "chưa có")


def test_bonus_keeps_within_its_cap_and_a_penalty_is_negative(
    data: Consolidation, book: Any
) -> None:
    rows = table(book["Bảng điểm"], "Điểm tự chấm", "Điểm đạt", "Tối đa áp dụng", key=1)
    assert rows["3.1"] == [pytest.approx(2 / 3), pytest.approx(2 / 3), None]
    assert rows["4.1"][0] == pytest.approx(-2 / 3)
    assert rows["4"][0] == -0.5
    assert data.subtotals[leaf_by_code(data.campaign, "4")].score == D("-0.5")


def test_totals_are_told_with_and_without_surveys(data: Consolidation, book: Any) -> None:
    rows = table(book["Bảng điểm"], "Điểm tối đa", "Tối đa áp dụng", "Điểm đạt", "Tỷ lệ %")
    total = data.total
    assert rows["TỔNG CỘNG"] == [
        13,
        11,
        *map(pytest.approx, (float(total.achieved), float(total.achieved_rate or 0))),
    ]
    without = rows["Trong đó không kể ĐTXHH, SIPAS"]
    assert without == [
        8,
        8,
        *map(pytest.approx, (float(total.final), float(total.final_rate or 0))),
    ]
    assert float(total.achieved - total.final) == 2.4
    pending = next(row for label, row in rows.items() if "SIPAS chưa có" in label)
    assert pending[0] == 2


def test_every_score_ever_given_stands_side_by_side(book: Any) -> None:
    rows = table(
        book["Thẩm định"],
        "Điểm tự chấm",
        "Điểm thẩm định lần 1",
        "Ý kiến thẩm định lần 1",
        "Yêu cầu giải trình lần 1",
        "Người thẩm định lần 1, ngày",
        "Đơn vị giải trình",
        "Điểm đề nghị",
        "Điểm thẩm định lần 2",
        "Nguồn tự chấm",
        "Nguồn thẩm định lần 1",
        "Nguồn giải trình",
    )
    assert rows == {
        "1.1.1": [
            1, 0.25, "Ban hành muộn", "Giải trình ngày ban hành", "Tổ thẩm định, 10/12/2024",
            "Đã ban hành đúng hạn", 1, 1,
            "CCHC-2024-X1.xlsx › F8", "tham-dinh-lan-1.xlsx › H6", "giai-trinh-X1.xlsx › G5",
        ],
        "2.1": [
            3, 2, "Thiếu báo cáo", "Bổ sung báo cáo quý IV", "Tổ thẩm định, 10/12/2024",
            None, None, None,
            "CCHC-2024-X1.xlsx › F11", "tham-dinh-lan-1.xlsx › H6", None,
        ],
    }  # fmt: skip


def test_two_reviewers_of_one_round_are_both_shown(data: Consolidation) -> None:
    key = ("X1", leaf_by_code(data.campaign, "2.1"))
    first, *rest = data.appraised[key]
    other = replace(first, by="Tổ thẩm định thứ hai", score=D("0.75"), opinion="Đồng ý một phần")
    both = replace(data, appraised={key: (first, other, *rest)})
    sheet = openpyxl.load_workbook(io.BytesIO(build_report(both, DEFAULT_PROFILE)))["Thẩm định"]
    rows = table(sheet, "Điểm thẩm định lần 1", "Ý kiến thẩm định lần 1")
    row = rows[data.campaign.criterion(key[1]).code]
    assert row[0] == 0.75
    assert str(first.score).replace(".", ",") in row[1]
    assert first.by in row[1]
    assert "Đồng ý một phần" in row[1]


def test_what_another_reviewer_wrote_that_is_no_score_is_told_as_typed(data: Consolidation) -> None:
    key = ("X1", leaf_by_code(data.campaign, "2.1"))
    first, *rest = data.appraised[key]
    unread = replace(first, by="Tổ hai", answer=Answer.UNUSABLE, score=None, typed="cỡ 2")
    asks = replace(first, by="Tổ ba", answer=Answer.BLANK, score=None, typed="", request="Gửi sổ")
    both = replace(data, appraised={key: (unread, asks, first, *rest)})
    sheet = openpyxl.load_workbook(io.BytesIO(build_report(both, DEFAULT_PROFILE)))["Thẩm định"]
    words = table(sheet, "Ý kiến thẩm định lần 1")[data.campaign.criterion(key[1]).code][0]
    assert words == (
        "(Cùng lần này, Tổ hai, 10/12/2024 ghi “cỡ 2”, không tính được)\n"
        "(Cùng lần này, Tổ ba, 10/12/2024)\nThiếu báo cáo"
    )


def test_links_lead_to_the_file_and_cell_of_a_score(content: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["ĐV X1"]
    column = next(c for c in range(1, sheet.max_column + 1) if sheet.cell(3, c).value == "Ô")
    cell = sheet.cell(4, column)
    assert cell.value == "F8"
    assert cell.hyperlink is not None
    assert str(cell.hyperlink.target).replace("\\", "/") == f"{WAY}/CCHC-2024-X1.xlsx"
    assert cell.hyperlink.location == "'Phiếu chấm'!F8"


def test_units_by_field_add_up_and_nothing_is_shown_of_who_returned_nothing(
    data: Consolidation, book: Any
) -> None:
    headings = ("1 Lĩnh vực một", "2 Lĩnh vực hai", "3 Điểm thưởng", "4 Điểm phạt", "Tổng điểm")
    rows = table(book["Điểm theo đơn vị"], *headings, key=1)
    assert rows["X1"] == [3.5, 2, 1, 0, 6.5]
    assert rows["X2"] == [3, 4, 0, -0.5, 6.5]
    assert [value or None for value in rows["X4"]] == [None] * 5
    totals = {unit.unit.code: float(unit.total.achieved) for unit in data.units}
    assert {code: rows[code][-1] for code in SCORES} == {code: totals[code] for code in SCORES}


def test_a_unit_without_scores_has_no_sum_of_0(book: Any) -> None:
    """X4 returned nothing: what it scored is not known, and not 0."""
    stages = ("Điểm tự chấm", "Điểm thẩm định lần 1", "Điểm thẩm định lần 2")
    total = table(book["ĐV X4"], "Tối đa áp dụng", *stages)["CỘNG"]
    assert total[0] == 8
    assert set(total[1:]) <= {None, ""}
    assert all(table(book["ĐV X1"], *stages)["CỘNG"])


def test_rows_owed_are_counted_without_the_form_that_they_stand_in(book: Any) -> None:
    """The rows of X4 that nobody scored are tasks, as in the letter and the register.

    There are four, besides a bonus and a penalty, which nobody owes.
    """
    rows = table(book["Tình trạng đơn vị"], "Phải chấm", "Việc còn nợ", key=1)
    assert rows["X4"] == [4, 4]


def test_the_ranking_shares_places(book: Any) -> None:
    rows = table(book["Xếp hạng"], "Hạng", "Điểm", "Hạng: 2 Lĩnh vực hai")
    assert [rows["X1"][0], rows["X1"][2]] == [2, 2]
    assert [rows["X2"][0], rows["X2"][2]] == [1, 1]
    assert rows["X4"] == ["–", None, None]


def test_no_ranking_where_the_campaign_wants_none(data: Consolidation) -> None:
    info = replace(data.campaign.info, ranking=RankingSettings(is_wanted=False, stage=Stage.SELF))
    other = replace(data, campaign=replace(data.campaign, info=info))
    names = openpyxl.load_workbook(io.BytesIO(build_report(other, DEFAULT_PROFILE))).sheetnames
    assert "Xếp hạng" not in names


def test_what_is_open_is_listed_with_its_day(book: Any) -> None:
    sheet = book["Việc chưa xong"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert ["X3", "Phòng số 3", "1.1.2", "Mức độ thực hiện", "30/11/2024", "Quá hạn", 5] in rows
    assert sum(row[0] == "X4" for row in rows) == 4
    assert len(rows) == 5
    progress = table(book["Tiến độ"], "Đã chấm", "Phải chấm", "Còn lại")
    assert progress["TẤT CẢ"] == [17, 22, 5]
    assert progress["Phòng số 3"] == [5, 6, 1]


def test_against_itself_nothing_changed(data: Consolidation, book: Any) -> None:
    headings = ("Điểm đạt kỳ trước", "Điểm đạt kỳ này", "Thay đổi của bộ chỉ số")
    rows = table(book["So với kỳ trước"], *headings, key=1)
    scored = {row.code for row in data.campaign.criteria if row.code}
    assert rows.keys() >= scored
    for code in scored:
        then, now, change = rows[code]
        assert then in (None, "") if now in (None, "") else then == pytest.approx(now)
        assert not change


def test_sources_name_the_round_that_gave_the_score_and_the_survey(
    data: Consolidation, book: Any
) -> None:
    rows = table(book["Bảng điểm"], "Nguồn (tệp › trang tính › ô)", key=1)
    given_back = rows["1.1.1"][0].splitlines()
    assert given_back[0] == "Trung bình của (chưa tính X4):"
    assert given_back[1] == "X1: 1 ← CCHC-2024-X1.xlsx › Phiếu chấm › F8"
    # Of two rounds the second gave X1's score; the others' are their own.
    assert given_back[4:] == [
        "Thẩm định lần 2, X1: 1 ← tham-dinh-lan-2.xlsx › Thẩm định › H7",
    ]
    assert rows["2.1"][0].endswith(
        "\nThẩm định lần 1, X1: 2 ← tham-dinh-lan-1.xlsx › Thẩm định › H6"
    )
    assert rows["1.3"][0].startswith(f"2,40 ← {data.campaign.file} › ")
    assert rows["1.3"][0].endswith(" › C2")


def test_what_a_unit_says_not_to_apply_is_no_blank_source(data: Consolidation) -> None:
    leaf = next(leaf for leaf in data.leaves if leaf.criterion.code == "1.2")
    leads = tuple(replace(a, typed="") for a in leaf.leads)
    leaves = tuple(replace(x, leads=leads) if x is leaf else x for x in data.leaves)
    content = build_report(replace(data, leaves=leaves), DEFAULT_PROFILE)
    book = openpyxl.load_workbook(io.BytesIO(content))
    [text] = table(book["Bảng điểm"], "Nguồn (tệp › trang tính › ô)", key=1)["1.2"]
    assert "X2: Không áp dụng ← CCHC-2024-X2.xlsx" in text


def test_sources_set_no_height_of_the_printed_rows(book: Any) -> None:
    sheet = book["Bảng điểm"]
    at = {sheet.cell(row, 1).value: row for row in range(5, sheet.max_row + 1)}
    heights = {code: sheet.row_dimensions[row].height for code, row in at.items()}
    # 1.1.1 has five lines of sources; its state, "Chấm một phần (3/4)", takes two, 1.3's one.
    wanted = [lines * SIZE * LINE_HEIGHT + 5 for lines in (2, 1)]
    assert [heights["1.1.1"], heights["1.3"]] == pytest.approx(wanted, abs=0.5)


def test_the_minus_of_a_penalty_stands_behind_the_mark(book: Any) -> None:
    formats = {
        rule.dxf.numFmt.formatCode
        for rules in book["Bảng điểm"].conditional_formatting
        for rule in rules.rules
        if rule.dxf and rule.dxf.numFmt
    }
    scores = ("0.00", "0.00#######")
    assert formats == {f'"{sign} "{score};"{sign} −"{score}' for sign in "▲▼" for score in scores}
