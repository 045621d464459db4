"""Tables of emulation: rows with points of their own above rows that only add and take off."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cchc_office import (
    Campaign,
    Code,
    ImportPreview,
    import_table,
    load_campaign,
    start_campaign,
)
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.importing import own_points
from cchc_office.importing.import_sheet import import_sheet
from cchc_office.importing.taken_row import TakenRow
from cchc_office.model import Assignments, Points, Role
from cchc_office.papers.assignment_table import assignment_table

from .importing import imported, put_tables
from .page_client import OWN

EMULATION = """
STT  | Tiêu chuẩn thi đua                | Chuẩn | Thưởng | Trừ  | Đơn vị
1    | Nhiệm vụ chuyên môn               | 10    |        |      | Văn phòng
a1   | Triển khai kịp thời               | 3     |        |      |
a1.1 | Mỗi việc chậm: trừ 0,5 điểm       |       |        | -0,5 |
a1.2 | Mỗi việc không làm: trừ 1 điểm    |       |        | -1   |
     | Ghi chú: trừ không quá 1,5 điểm   |       |        |      |
a2   | Lập kế hoạch đúng hạn             | 3     | 0,5    |      | Thanh tra
a2.1 | Mỗi lần trễ: trừ 1 điểm           |       |        | -1   |
a3   | Báo cáo                           | 4     |        |      |
a3.1 | Báo cáo quý                       | 1     |        |      |
a3.2 | Báo cáo năm                       | 3     |        |      |
"""
"""A table as emulation councils make it; its figures are only for illustration."""


def campaign_of(folder: Path, table: str) -> Campaign:
    start_campaign(folder / "dot", put_tables(folder / "bang.xlsx", table))
    return load_campaign(folder / "dot")


def told(found: ImportPreview, code: object) -> list[str]:
    return [f.sentence for f in found.findings if f.code is code]


def test_points_of_a_row_above_penalties_count(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, EMULATION)
    assert campaign.most_points(Points.NORMAL) == Decimal(10)
    assert campaign.most_points(Points.BONUS) == Decimal("0.5")
    rows = {c.id: c for c in campaign.criteria}
    assert [
        (c.name, rows[c.parent].code, c.max_score, c.points.value)
        for c in campaign.leaves
        if not c.code
    ] == [
        ("Điểm chuẩn của mục a1", "a1", Decimal(3), ""),
        ("Điểm chuẩn của mục a2", "a2", Decimal(3), ""),
        ("Điểm thưởng của mục a2", "a2", Decimal("0.5"), "Thưởng"),
    ]
    named = {f.code for f in campaign.findings}
    assert named.isdisjoint((Code.MAX_SCORE_NOT_SUM, Code.ROW_WITHOUT_CODE, Code.PLACE_UNSURE))


@pytest.mark.parametrize("heading", ["Đơn vị", "Cơ quan chủ trì"])
def test_added_rows_are_done_by_the_units_of_their_row(tmp_path: Path, heading: str) -> None:
    campaign = campaign_of(tmp_path, EMULATION.replace("Đơn vị", heading))
    names = {unit.code: unit.name for unit in campaign.units}
    added = [c for c in campaign.leaves if not c.code]
    leads = [Assignments(campaign.assignments).units_of(c.id, Role.LEAD) for c in added]
    assert [[names[unit] for unit in units] for units in leads] == [
        ["Văn phòng"],
        ["Thanh tra"],
        ["Thanh tra"],
    ]


def test_added_rows_are_told_once_with_their_places(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", EMULATION))
    [own] = told(found, Code.OWN_POINTS_ADDED)
    assert own.startswith("1 dòng có điểm chuẩn")
    assert ": a1 (dòng 3). " in own
    [two] = told(found, Code.POINTS_PARTED)
    assert two.startswith("1 dòng ghi điểm ở hai cột")
    assert ": a2 (dòng 7). " in two
    added = [row for row in found.draft.rows if row.name.startswith("Điểm ")]
    assert [[remark.key for remark in row.remarks] for row in added] == [["name"]] * 3


def test_words_of_added_rows_hide_none_that_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(row: TakenRow, *more: Any) -> TakenRow:
        added = row_of(row, *more)
        row.texts["name"] = ""
        return added

    row_of = own_points._row_of
    monkeypatch.setattr(own_points, "_row_of", losing)
    table = EMULATION.replace("Triển khai kịp thời", "Chuẩn mục")
    found = import_table(put_tables(tmp_path / "bang.xlsx", table))
    assert {"chuẩn", "mục"} <= set(found.words.missing)


def test_who_wants_no_row_added_has_none(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", EMULATION), rows_as_they_are=True)
    assert not [row for row in found.draft.rows if row.name.startswith("Điểm ")]
    [asked] = told(found, Code.POINTS_BESIDE_ROWS)
    assert asked.startswith("a2 Lập kế hoạch đúng hạn còn ghi 0,5 ở cột Thưởng")
    texts = [str(row.values.get("text", "")) for row in import_sheet(found).rows]
    assert any(text.endswith("--khong-them-dong") for text in texts)


def test_the_page_lets_a_clerk_have_no_row_added(clerk: TestClient) -> None:
    table = "\n".join(
        "\t".join(cell.strip() for cell in line.split("|"))
        for line in EMULATION.strip().splitlines()
    )
    answer = clerk.post("/moi", headers=OWN, files={"tep": ("bảng.txt", table.encode())})
    address = answer.headers["location"]
    assert "Điểm chuẩn của mục a1" in clerk.get(address).text
    clerk.post(f"{address}/xem", headers=OWN, data={"nguyen-dong": "1", "ten": "thi đua"})
    shown = clerk.get(address).text
    assert "Điểm chuẩn của mục a1" not in shown
    assert re.search(r'name="nguyen-dong" value="1" checked', shown)


BESIDE = """
STT  | Tiêu chuẩn                        | Chuẩn | Thưởng | Trừ
1    | Cấp giấy chứng nhận               | 3,5   | 2      |
1.1  | Mỗi hồ sơ trễ                     |       |        | -0,5
1.2  | Đạt từ 99%                        |       | 1      |
1.3  | Đạt từ 99% cả ba loại             |       | 2      |
2    | Chấp hành nội quy                 | 1     | 0,5    |
"""


def test_points_of_which_rows_below_have_some_are_asked_at_their_cell(tmp_path: Path) -> None:
    found = imported(put_tables(tmp_path / "bang.xlsx", BESIDE))
    [asked] = told(found, Code.POINTS_BESIDE_ROWS)
    assert asked.startswith("1 Cấp giấy chứng nhận còn ghi 2 ở cột Thưởng")
    [row] = [row for row in found.draft.rows if row.code == "1"]
    assert (row.text("bonus"), [r.key for r in row.remarks]) == ("2", ["bonus"])


def test_both_points_of_a_row_without_rows_below_are_scored(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, BESIDE)
    leaves = [(c.name, c.max_score, c.points.value) for c in campaign.leaves]
    assert leaves[-2:] == [
        ("Điểm chuẩn của mục 2", Decimal(1), ""),
        ("Điểm thưởng của mục 2", Decimal("0.5"), "Thưởng"),
    ]
    assert Code.MAX_SCORES_SEVERAL not in {f.code for f in campaign.findings}


@pytest.mark.parametrize(
    "rows",
    [
        # A heading for penalty or bonus has the most that its rows come to.
        "1 | Điểm trừ | 5 | | \n1.1 | Trễ hạn | | | -2\n1.2 | Bỏ sót | | | -3",
        "1 | Các nội dung cộng điểm | 5 | | \n1.1 | Sáng kiến | | 2 |\n1.2 | Khen | | 3 |",
        "1 | Thành tích | 4 | | \n1.1 | Sáng kiến | | 2 |\n1.2 | Khen | | 3 |",
        # One with standard points below is their sum.
        "1 | Kế hoạch | 2 | | \n1.1 | Ban hành | 2 | |\n1.2 | Trễ | | | -1",
        "1 | Kế hoạch | 2 | | \n1.1 | Ban hành | | |\n1.2 | Thực hiện | | |",
    ],
)
def test_ordinary_headings_stay_as_they_are(tmp_path: Path, rows: str) -> None:
    heading = "STT | Tiêu chuẩn | Chuẩn | Thưởng | Trừ"
    last = "2 | Báo cáo | 3 | | \n2.1 | Báo cáo trễ | | | \n2.2 | Báo cáo đủ | 3 | |"
    found = imported(put_tables(tmp_path / "bang.xlsx", f"{heading}\n{rows}\n{last}"))
    assert [row.code for row in found.draft.rows] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert not told(found, Code.OWN_POINTS_ADDED)


MERGED_CODES = """
STT  | Tiêu chuẩn                  | Chuẩn | Trừ | Đơn vị
1    | Rác thải                    | 4     |     | Văn phòng
1.1  | Thu gom rác thải nhựa       | 2     |     |
^    | Toàn bộ các xã đã thu gom   | 2     |     |
^    | Chưa đủ các xã              | 0     |     |
1.2  | Xử lý rác thải              | 2     |     |
"""


def test_rows_that_share_the_cell_of_a_code_are_its_parts_where_points_say_so(
    tmp_path: Path,
) -> None:
    campaign = campaign_of(tmp_path, MERGED_CODES)
    assert [(c.code, c.level) for c in campaign.criteria] == [
        *(("1", 1), ("1.1", 2), ("", 3), ("", 3), ("1.2", 2)),
    ]
    assert campaign.most_points(Points.NORMAL) == Decimal(4)


def test_rows_that_share_the_cell_of_a_code_stay_beside_it_where_points_say_nothing(
    tmp_path: Path,
) -> None:
    table = MERGED_CODES.replace("xã đã thu gom   | 2", "xã đã thu gom   | 1")
    assert [c.level for c in campaign_of(tmp_path, table).criteria] == [1, 2, 2, 2, 2]


MERGED_UNITS = """
STT  | Tiêu chuẩn          | Chuẩn | Trừ  | Cách chấm              | Đơn vị
1    | Kế hoạch            | 2     |      | Có: 2; không có: 0     | Văn phòng
1.1  | Trễ hạn             |       | -0,5 | Mỗi ngày trừ 0,5       | ^
2    | Báo cáo             | 3     |      |                        | Thanh tra
"""


def test_what_says_how_points_are_scored_goes_with_them(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, MERGED_UNITS)
    heading, own = campaign.criteria[:2]
    assert (heading.rule, own.rule) == ("", "Có: 2; không có: 0")
    assert own.unit_cell == heading.unit_cell == campaign.criteria[2].unit_cell


@pytest.mark.parametrize(("heading", "has_points"), [("Điểm tối đa", True), ("Ghi chú", False)])
def test_a_table_with_points_is_given_out_with_its_points(
    tmp_path: Path, heading: str, has_points: bool
) -> None:
    text = f"""
    STT | Tiêu chí   | {heading} | Đơn vị thực hiện
    1   | Kế hoạch   | 3         | Văn phòng
    2   | Báo cáo    | 2         | Phòng Một
    """
    table = put_tables(tmp_path / "bang.xlsx", text)
    campaign = start_campaign(tmp_path / "moi", table).campaign
    headings = [column.heading for column in assignment_table(campaign, DEFAULT_PROFILE).columns]
    assert ("Điểm tối đa" in headings) is has_points
