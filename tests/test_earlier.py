"""Reading an earlier report, and holding the rows of a campaign against it."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.limits import MOST_ROWS
from cchc_office.model import Change, Comparison, Consolidation, EarlierReport, Figures
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.report import build_report
from cchc_office.results.comparing import compare
from cchc_office.returns.earlier import read_earlier

from .sheets import add_sheet, campaign_file, put
from .strict_files import strict
from .test_consolidation import said, together

D = Decimal


def earlier_file(folder: Path, text: str, name: str = "Bảng điểm") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    put(book.create_sheet(name), text)
    path = folder / "nam-truoc.xlsx"
    book.save(path)
    return path


def told(earlier: EarlierReport) -> list[Finding]:
    """Return what there is to know, but for what a table of somebody else's was taken as."""
    return [finding for finding in earlier.findings if finding.code is not Code.EARLIER_TAKEN_AS]


def now(tmp_path: Path, criteria: str) -> Consolidation:
    return together(load_campaign(campaign_file(tmp_path / "nay", criteria=criteria)))


def test_our_own_report_is_read_back(tmp_path: Path, example_data: Consolidation) -> None:
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(build_report(example_data, DEFAULT_PROFILE))
    earlier = read_earlier(path)
    assert earlier.findings == ()
    assert "2024" in earlier.title
    assert len(earlier.rows) == len(example_data.campaign.criteria)
    for row, criterion in zip(earlier.rows, example_data.campaign.criteria, strict=True):
        leaf = example_data.leaf(criterion)
        assert row.code == criterion.code
        if leaf is not None:
            assert (row.max_score, row.score) == (criterion.max_score, leaf.score)
    compared = compare(example_data, earlier)
    assert {row.changes for row in compared.rows} == {(Change.SAME,)}
    assert all(row.now and row.then for row in compared.rows)


def test_another_table_is_found_by_its_headings(tmp_path: Path) -> None:
    path = earlier_file(
        tmp_path,
        """
        UBND TỈNH A
        KẾT QUẢ CHỈ SỐ CCHC NĂM 2023 (số liệu minh họa)
        TT  | Nội dung  | Điểm chuẩn | Điểm tự chấm | Điểm thẩm định | Ghi chú
        1   | Lĩnh vực  | 3          |              | 2,25           |
        1.1 | Kế hoạch  | 1          | 1            | 0,75           |
        TT  | Nội dung  | Điểm chuẩn | Điểm tự chấm | Điểm thẩm định | Ghi chú
        1.2 | Báo cáo   | 2          | 2            | chưa có        |
            | Tổng cộng | 3          | 3            | 2,25           |
        """,
        name="Sheet1",
    )
    earlier = read_earlier(path)
    [note] = earlier.findings
    assert (note.code, note.sheet, note.cell) == (Code.EARLIER_TAKEN_AS, "Sheet1", "A3")
    assert note.found == (
        "A “TT” là STT; B “Nội dung” là tên; C “Điểm chuẩn” là điểm tối đa; "
        "E “Điểm thẩm định” là điểm đạt"
    )
    assert earlier.title == "UBND TỈNH A"
    assert [(r.code, r.name, r.max_score, r.score) for r in earlier.rows] == [
        ("1", "Lĩnh vực", D(3), D("2.25")),
        ("1.1", "Kế hoạch", D(1), D("0.75")),
        ("1.2", "Báo cáo", D(2), None),
    ]


def test_a_table_longer_than_what_is_read_is_told(tmp_path: Path) -> None:
    text = "STT | Tiêu chí | Điểm tối đa | Điểm đạt\n1.1 | Kế hoạch | 1 | 0,5"
    path = earlier_file(tmp_path, text)
    book = openpyxl.load_workbook(path)
    book["Bảng điểm"].cell(MOST_ROWS + 1, 1, "1.2")
    book.save(path)
    earlier = read_earlier(path)
    assert [row.code for row in earlier.rows] == ["1.1"]
    assert [(f.code, f.sheet, f.cell) for f in told(earlier)] == [
        (Code.CELLS_BEYOND_CAPS, "Bảng điểm", f"A{MOST_ROWS + 1}")
    ]


def test_the_long_sheets_of_a_report_of_ours_are_no_hindrance(tmp_path: Path) -> None:
    path = earlier_file(
        tmp_path, "STT | Tiêu chí | Điểm tối đa | Điểm đạt\n1.1 | Kế hoạch | 1 | 0,5"
    )
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Chi tiết")
    for _ in range(6_000):
        sheet.append([1] * 60)
    book.save(path)
    earlier = read_earlier(path)
    assert ([row.code for row in earlier.rows], told(earlier)) == (["1.1"], [])


def test_what_was_achieved_in_the_end_goes_before_other_scores(tmp_path: Path) -> None:
    path = earlier_file(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Tối đa áp dụng | Điểm tự chấm | Điểm thẩm định lần 1 | Điểm đạt
        1.1 | Kế hoạch | 2           | 1              | 1            | 0,75                 | 0,5
        """,
    )
    (row,) = read_earlier(path).rows
    assert (row.max_score, row.applicable_max, row.score) == (D(2), D(1), D("0.5"))


def test_numbers_that_are_none_are_told_by_cell(tmp_path: Path) -> None:
    path = earlier_file(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Điểm
        1.1 | Kế hoạch | 2           | khá
        1.2 | Báo cáo  | 1.250       | 0,5
        """,
    )
    earlier = read_earlier(path)
    assert [(f.code, f.cell, f.found) for f in told(earlier)] == [
        (Code.EARLIER_NUMBER_UNREADABLE, "D2", "khá"),
        (Code.EARLIER_NUMBER_UNREADABLE, "C3", "1.250"),
    ]
    assert [(r.max_score, r.score) for r in earlier.rows] == [(D(2), None), (None, D("0.5"))]


def test_formulas_that_were_never_calculated_are_told(tmp_path: Path) -> None:
    path = earlier_file(tmp_path, "STT | Tiêu chí | Điểm tối đa | Điểm\n1.1 | Kế hoạch | 2 |")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D2"].value = "=C2/2"
    book.save(path)
    (finding,) = told(read_earlier(path))
    assert (finding.code, finding.cell) == (Code.EARLIER_NUMBER_UNREADABLE, "D2")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 truncated", "cắt cụt"),
        (None, "Không"),
    ],
)
def test_files_that_are_no_report(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "nam-truoc.xlsx"
    if content is not None:
        path.write_bytes(content)
    earlier = read_earlier(path)
    assert earlier.rows == ()
    (finding,) = earlier.findings
    assert (finding.code, finding.file) == (Code.EARLIER_UNREADABLE, "nam-truoc.xlsx")
    assert told in finding.found
    # What units are asked for when their forms cannot be read is no advice here.
    assert "đơn vị" not in finding.advice


def test_a_campaign_workbook_with_survey_results_is_no_report(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    add_sheet(path, "Kết quả ĐTXHH", "STT | Tiêu chí | Điểm tối đa | Điểm\n1.4 | Ý kiến | 3 | 2")
    assert [f.code for f in read_earlier(path).findings] == [Code.EARLIER_WITHOUT_TABLE]


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ("  | Tổng cộng | 3 | 2,5", (D(3), D("2.5"))),
        ("  | Cộng | 1 | 1\n | Cộng | 3 | 2,5", None),
        ("", None),
    ],
)
def test_the_total_is_the_files_own_if_it_has_one(
    tmp_path: Path, totals: str, expected: tuple[Decimal, Decimal] | None
) -> None:
    text = f"STT | Tiêu chí | Điểm tối đa | Điểm\n1.1 | Kế hoạch | 3 | 2,5\n{totals}"
    total = read_earlier(earlier_file(tmp_path, text)).total
    assert (total and (total.max_score, total.score)) == expected


def test_a_workbook_without_scores(tmp_path: Path) -> None:
    earlier = read_earlier(campaign_file(tmp_path))
    assert earlier.rows == ()
    assert [f.code for f in earlier.findings] == [Code.EARLIER_WITHOUT_TABLE]


NOW = """
STT | Tiêu chí                | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực một            |             |
1.1 | Ban hành kế hoạch       | 1           | Văn phòng
1.2 | Báo cáo định kỳ         | 2           | Văn phòng
1.3 | Sáng kiến               | 1           | Văn phòng
1.4 | Tuyên truyền            | 1           | Văn phòng
1.5 | Chuyển đổi số           | 1           | Văn phòng
"""
THEN = """
STT | Tiêu chí                    | Điểm tối đa | Điểm
1   | LĨNH VỰC MỘT                | 6           | 5
1.1 | Ban  hành kế hoạch          | 1           | 1
1.2 | Kiểm tra                    | 1           | 1
1.3 | Báo cáo định kỳ             | 1           | 1
1.4 | Thông tin, tuyên truyền     | 1           | 1
1.6 | Sáng kiến                   | 1           | 0,5
1.7 | Thi đua                     | 1           | 0,5
"""


def compared(tmp_path: Path) -> Comparison:
    return compare(now(tmp_path, NOW), read_earlier(earlier_file(tmp_path, THEN)))


def test_rows_are_matched_and_changes_told(tmp_path: Path) -> None:
    rows = [
        (row.now.code if row.now else "", row.then.code if row.then else "", row.changes)
        for row in compared(tmp_path).rows
    ]
    assert rows == [
        ("1", "1", (Change.SAME,)),
        ("1.1", "1.1", (Change.SAME,)),
        ("", "1.2", (Change.GONE,)),
        ("1.2", "1.3", (Change.RENUMBERED, Change.MAXIMUM)),
        ("1.3", "1.6", (Change.RENUMBERED,)),
        ("", "1.7", (Change.GONE,)),
        ("1.4", "1.4", (Change.RENAMED,)),
        ("1.5", "", (Change.NEW,)),
    ]


def test_a_name_that_several_rows_bear_tells_none_of_them(tmp_path: Path) -> None:
    criteria = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Lĩnh vực | |\n"
    data = now(tmp_path, criteria + "1.1 | Kết quả | 1 | Văn phòng\n1.2 | Kết quả | 1 | Văn phòng")
    text = "STT | Tiêu chí | Điểm tối đa | Điểm\n1.8 | Kết quả | 1 | 1\n1.9 | Kết quả | 1 | 1"
    field, *rows = compare(data, read_earlier(earlier_file(tmp_path, text))).rows
    assert field.changes == (Change.NEW,)
    assert [(Change.DOUBTFUL in row.changes, row.is_alike) for row in rows] == [(True, False)] * 2
    assert rows[0].others == ("1.2 Kết quả", "kỳ trước 1.9 Kết quả")


DOUBTS_NOW = """
STT | Tiêu chí                                                       | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực một                                                   |   |
1.1 | Tuyên truyền                                                   | 2 | Văn phòng
1.2 | Tỷ lệ hồ sơ trước hạn                                          | 2 | Văn phòng
1.3 | Lập kế hoạch kiểm tra và xử lý kiến nghị sau thanh tra         | 4 | Văn phòng
"""
DOUBTS_THEN = """
STT | Tiêu chí                       | Điểm tối đa | Điểm
1   | Lĩnh vực một                   | 8           | 5
1.1 | Tuyên truyền                   | 2           | 1
1.2 | Tỷ lệ hồ sơ đúng hạn           | 2           | 2
1.3 | Lập kế hoạch kiểm tra          | 2           | 1
1.4 | Xử lý kiến nghị sau thanh tra  | 2           | 1
"""


def test_doubts_and_merged_rows_stand_side_by_side_and_are_in_no_sum(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path / "nay", criteria=DOUBTS_NOW))
    data = together(campaign, said(campaign, "VP", c1_1="2", c1_2="1", c1_3="3"))
    comparison = compare(data, read_earlier(earlier_file(tmp_path, DOUBTS_THEN)))
    shown = [
        (row.now and row.now.code, row.then and row.then.code, row.changes[0], row.rate_change)
        for row in comparison.rows
    ]
    assert shown == [
        ("1", "1", Change.SAME, None),
        ("1.1", "1.1", Change.SAME, D(50)),
        ("1.2", "1.2", Change.DOUBTFUL, None),
        ("1.3", "1.3", Change.MERGED, None),
        (None, "1.4", Change.MERGED, None),
    ]
    # Of 1.1 alone: no sum takes in what may be another row.
    assert (comparison.before, comparison.after) == (
        Figures(D(2), D(2), D(1)),
        Figures(D(2), D(2), D(2)),
    )


def test_the_report_says_why_rows_are_held_to_be_one(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path / "nay", criteria=DOUBTS_NOW))
    data = together(campaign, said(campaign, "VP", c1_1="2"))
    comparison = compare(data, read_earlier(earlier_file(tmp_path, DOUBTS_THEN)))
    content = build_report(data, DEFAULT_PROFILE, comparison=comparison)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["So với kỳ trước"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, line in enumerate(lines) if line[0] == "STT")
    rows = [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 : at + 6]]
    told = [row["Vì sao coi là một dòng"] for row in rows]
    assert re.fullmatch(r"tên giống \d\d%", str(told.pop(2)))
    assert told == [
        "cùng mã và tên",
        "cùng mã và tên",
        "gộp lại",
        "gộp lại: 1.3 Lập kế hoạch kiểm tra và xử lý kiến nghị sau thanh tra",
    ]
    assert any("không vào tổng so sánh: 3 dòng" in str(line[0]) for line in lines[:at])


def test_every_row_of_both_stands_in_the_comparison_once(tmp_path: Path) -> None:
    comparison = compared(tmp_path)
    mine = [row.now.code for row in comparison.rows if row.now]
    theirs = [row.then for row in comparison.rows if row.then]
    assert mine == ["1", "1.1", "1.2", "1.3", "1.4", "1.5"]
    assert sorted(r.code for r in theirs) == sorted(r.code for r in comparison.earlier.rows)


UNIT_SCORES = """
Mã | Đơn vị          | 1 Lĩnh vực một | Tổng điểm | Tối đa áp dụng | Tỷ lệ %
VP | Văn phòng Sở    | 3              | 3         | 6              | 0,5
KH | Phòng Kế hoạch  | 2              | 2         | 4              | 0,5
TC | Phòng Tài chính | 3              | 3         | 4              | 0,75
PC | Phòng Pháp chế  | 1              | 1         | 4              | 0,25
   | Trung bình      | 2              | 2         | 4              |
"""


@pytest.mark.parametrize(
    ("way", "score", "maximum"), [("", "2.5", "4"), ("trung bình", "2.5", "4"), ("Tổng", "5", "8")]
)
def test_a_unit_that_several_became_is_held_against_their_year(
    tmp_path: Path, way: str, score: str, maximum: str
) -> None:
    path = campaign_file(tmp_path / "nay", criteria=NOW)
    merged = f"""
    Đơn vị cũ      | Đơn vị mới | Cách tính năm trước
    Phòng Kế hoạch | P1         | {way}
    TC             | Phòng Một  |
    """
    add_sheet(path, "Ghép đơn vị", merged)
    earlier = earlier_file(tmp_path, THEN)
    add_sheet(earlier, "Điểm theo đơn vị", UNIT_SCORES)
    campaign = load_campaign(path)
    assert [f for f in campaign.findings if f.sheet == "Ghép đơn vị"] == []
    data = together(campaign, said(campaign, "VP", c1_1="1", c1_2="2"))
    units = compare(data, read_earlier(earlier)).units
    shown = [
        (unit.now and unit.now.code, [then.code for then in unit.then], unit.why) for unit in units
    ]
    told = f"{'tổng' if way == 'Tổng' else 'trung bình'} của 2 đơn vị"
    assert shown == [
        ("VP", ["VP"], ""),
        ("TTra", [], "mới"),
        ("P1", ["KH", "TC"], told),
        ("P2", [], "mới"),
        (None, ["PC"], "không còn"),
    ]
    assert units[0].before == Figures(D(6), D(6), D(3))
    assert units[2].before == Figures(D(maximum), D(maximum), D(score))


def test_nothing_is_reckoned_of_a_unit_whose_score_is_not_known(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "nay", criteria=NOW)
    add_sheet(path, "Ghép đơn vị", "Đơn vị cũ | Đơn vị mới\nKH | P1\nTC | P1")
    earlier = earlier_file(tmp_path, THEN)
    text = UNIT_SCORES.replace(
        "TC | Phòng Tài chính | 3              | 3 ", "TC | Phòng Tài chính | | "
    )
    add_sheet(earlier, "Điểm theo đơn vị", text)
    units = compare(together(load_campaign(path)), read_earlier(earlier)).units
    merged = next(unit for unit in units if unit.now and unit.now.code == "P1")
    assert (merged.before.score, merged.why) == (None, "chưa có điểm kỳ trước của Phòng Tài chính")


def test_the_units_of_a_report_of_ours_are_read_back(
    tmp_path: Path, example_data: Consolidation
) -> None:
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(build_report(example_data, DEFAULT_PROFILE))
    comparison = compare(example_data, read_earlier(path))
    assert [unit.now.code for unit in comparison.units if unit.now] == [
        unit.code for unit in example_data.campaign.units
    ]
    assert all(unit.before.score == unit.after.score for unit in comparison.units)
    content = build_report(example_data, DEFAULT_PROFILE, comparison=comparison)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Đơn vị so kỳ trước"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, line in enumerate(lines) if line[0] == "Mã")
    assert [line[2] for line in lines[at + 1 :]] == [u.name for u in example_data.campaign.units]


def test_an_empty_report_makes_everything_new(tmp_path: Path) -> None:
    data = now(tmp_path, NOW)
    comparison = compare(data, EarlierReport("x", "", ()))
    assert [row.changes for row in comparison.rows] == [(Change.NEW,)] * 6


def test_a_zip_with_one_report_is_looked_into(tmp_path: Path) -> None:
    import zipfile

    inner = earlier_file(tmp_path, THEN).read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("tong-hop.xlsx", inner)
    path = tmp_path / "goi.zip"
    path.write_bytes(buffer.getvalue())
    assert len(read_earlier(path).rows) == 7


def test_scores_of_then_stand_beside_those_of_now(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path / "nay", criteria=NOW))
    data = together(campaign, said(campaign, "VP", c1_3="0.75"))
    comparison = compare(data, read_earlier(earlier_file(tmp_path, THEN)))
    row = next(r for r in comparison.rows if r.now and r.now.code == "1.3")
    assert row.now is not None
    assert row.then is not None
    leaf = data.leaf(row.now)
    assert leaf is not None
    assert (row.then.score, leaf.achieved) == (D("0.5"), D("0.75"))


def test_surveys_that_are_there_in_one_year_only_are_compared_in_none(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí         | Điểm tối đa | Đơn vị thực hiện | Ghi chú
    1   | Lĩnh vực một     |             |                  |
    1.1 | Kế hoạch         | 2           | Văn phòng        |
    1.2 | Ý kiến           | 3           | Văn phòng        | ĐTXHH
    """
    then = """
    STT | Tiêu chí         | Điểm tối đa | Điểm đạt
    1   | Lĩnh vực một     | 5           | 4,5
    1.1 | Kế hoạch         | 2           | 1,5
    1.2 | Ý kiến           | 3           | 3
        | Tổng cộng        | 5           | 4,5
    """
    campaign = load_campaign(campaign_file(tmp_path / "nay", criteria=criteria))
    data = together(campaign, said(campaign, "VP", c1_1="1.75"))
    comparison = compare(data, read_earlier(earlier_file(tmp_path, then)))
    # 90 % with the survey then and 87,5 % without it now: but 1.1 alone rose from 75 %.
    assert (comparison.before, comparison.after) == (
        Figures(D(2), D(2), D("1.5")),
        Figures(D(2), D(2), D("1.75")),
    )
    assert comparison.rate_change == D("12.5")
    [field] = comparison.fields
    assert field.rate_change == D("12.5")
    whole = comparison.rows[0]
    assert (whole.before.score, whole.after.score, whole.rate_change) == (
        D("4.5"),
        D("1.75"),
        None,
    )
    assert (comparison.whole_before.score, comparison.whole_after.score) == (D("4.5"), D("1.75"))


def test_another_row_with_the_same_code_is_another_row(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí          | Điểm tối đa | Đơn vị thực hiện
    2   | Lĩnh vực hai      |             |
    2.1 | Kế hoạch          | 1           | Văn phòng
    2.2 | Chỉ tiêu khác hẳn | 3           | Văn phòng
    """
    then = """
    STT | Tiêu chí     | Điểm tối đa | Điểm
    2   | Lĩnh vực hai | 2           | 2
    2.1 | Kế hoạch     | 1           | 1
    2.2 | Ngày         | 1           | 1
    """
    comparison = compare(now(tmp_path, criteria), read_earlier(earlier_file(tmp_path, then)))
    changes = [(row.now and row.now.code, row.changes) for row in comparison.rows]
    assert changes == [
        ("2", (Change.MAXIMUM,)),
        ("2.1", (Change.SAME,)),
        (None, (Change.GONE,)),
        ("2.2", (Change.NEW,)),
    ]


@pytest.mark.parametrize("saved_elsewhere", [False, True])
def test_a_form_of_a_unit_or_of_the_reviewers_is_no_earlier_report(
    example_data: Consolidation, tmp_path: Path, *, saved_elsewhere: bool
) -> None:
    campaign = example_data.campaign
    unit = campaign.units[0]
    papers = {
        "phiếu tự chấm điểm của một đơn vị": build_form(campaign, unit, DEFAULT_PROFILE),
        "bảng thẩm định": build_appraisal(example_data, 1, DEFAULT_PROFILE),
    }
    for words, content in papers.items():
        path = tmp_path / "tong-hop.xlsx"
        path.write_bytes(content)
        if saved_elsewhere:
            book: Any = openpyxl.load_workbook(path)
            del book["cchc"]
            for name in book.custom_doc_props.names:
                del book.custom_doc_props[name]
            book.save(path)
        earlier = read_earlier(path)
        [finding] = earlier.findings
        assert (finding.code, finding.found) == (Code.EARLIER_IS_ANOTHER_PAPER, words)
        assert earlier.rows == ()


def test_scores_above_the_maximum_are_told_and_left_out(tmp_path: Path) -> None:
    path = earlier_file(
        tmp_path,
        """
        STT   | Tiêu chí  | Điểm tối đa | Điểm
        1     | Lĩnh vực  | 3           | 3,5
        1.1   | Kế hoạch  | 1           | 1
        1.2   | Báo cáo   | 2           | 2,01
        """,
    )
    earlier = read_earlier(path)
    [finding] = told(earlier)
    assert (finding.code, finding.sheet, finding.cell) == (
        Code.EARLIER_SCORE_ABOVE_MAX,
        "Bảng điểm",
        "D4",
    )
    assert "Điểm 2,01 của 1.2 Báo cáo ở kỳ trước lớn hơn điểm tối đa 2" in finding.sentence
    assert [row.score for row in earlier.rows] == [D("3.5"), D(1), None]


def test_a_report_saved_as_strict_open_xml_is_read(tmp_path: Path) -> None:
    path = earlier_file(tmp_path, THEN)
    expected = read_earlier(path)
    path.write_bytes(strict(path.read_bytes()))
    assert len(expected.rows) == 7
    assert read_earlier(path) == expected


def test_what_comes_up_unforeseen_is_told_in_no_library_s_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise KeyError("There is no item named 'x' in the archive")

    path = earlier_file(tmp_path, THEN)
    monkeypatch.setattr("cchc_office.returns.earlier.open_spreadsheet", break_down)
    [finding] = read_earlier(path).findings
    assert "There is no item" not in finding.sentence
    assert "nội dung lạ, KeyError" in finding.sentence
