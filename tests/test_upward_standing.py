"""What bao-cao.docx says of places and of an earlier period, worked out by hand."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker import check_content
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import Comparison, Consolidation, RankingSettings
from cchc_office.papers.kinds import UPWARD_REPORT
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.comparing import compare
from cchc_office.results.ranking import rank_units
from cchc_office.returns.earlier import read_earlier
from cchc_office.steps.papers import report as report_of
from cchc_office.word.templates import DocumentTemplate

from .calls import made
from .sheets import put
from .test_report_formulas import LAST_YEAR, SCORES, campaign_of, data_of
from .test_upward_report import lines, tables

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture
def data(tmp_path: Path) -> Consolidation:
    return data_of(campaign_of(tmp_path / "dot", by_unit=False), SCORES)


def earlier_file(folder: Path, text: str = LAST_YEAR) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    put(book.create_sheet("Bảng điểm"), text)
    book.save(folder / "tong-hop-2023.xlsx")
    return folder / "tong-hop-2023.xlsx"


def report(data: Consolidation, *, comparison: Comparison | None = None) -> bytes:
    template = DocumentTemplate(templates_folder() / UPWARD_REPORT.template)
    places = rank_units(data)
    return template.fill(upward_values(data, DEFAULT_PROFILE, places=places, comparison=comparison))


def written(data: Consolidation, folder: Path, earlier: Path | None = None) -> list[str]:
    """Return the lines of bao-cao.docx as the step writes it."""
    made(data, folder / "ra", report_of(earlier))
    return lines((folder / "ra/tong-hop/bao-cao.docx").read_bytes())


def test_the_table_of_places(data: Consolidation) -> None:
    content = report(data)
    # 9,15 of 10,5 is 87,142… %; X3 has 3,75 + 0,8 − 0,5 + 2 = 6,05 of 8,5 without 1.1.
    assert tables(content)["Hạng|Đơn vị"] == [
        ["Hạng", "Đơn vị", "Điểm", "Điểm tối đa", "Tỷ lệ", "Xếp loại"],
        ["1", "Phòng số 1", "9,15", "10,50", "87,14%", "Tốt"],
        ["1", "Phòng số 2", "9,15", "10,50", "87,14%", "Tốt"],
        ["2", "Phòng số 3", "6,05", "8,50", "71,18%", "Khá"],
    ]
    told = "Xếp hạng các đơn vị theo tỷ lệ điểm đạt trên điểm tối đa áp dụng:"
    assert told in lines(content)
    assert check_content(content, UPWARD_REPORT.template) == []


def test_surveys_that_only_some_units_have_are_told_as_such(tmp_path: Path) -> None:
    data = data_of(campaign_of(tmp_path / "dot", by_unit=True), SCORES)
    content = report(data)
    text = lines(content)
    [told] = [line for line in text if line.startswith("4. Điểm ĐTXHH")]
    # The mean of 2,4 and 1,8, and of the 0,6 of the prize what 0,8 leaves below its cap of 1.
    assert told == (
        "4. Điểm ĐTXHH: 2,30/3,00 điểm; 1 tiêu chí (2,00 điểm) chưa có kết quả; 1.3 mới có 2/3 đơn vị; "
        "3.2 mới có 1/3 đơn vị có kết quả, điểm là trung bình của các đơn vị đó."
    )
    still_open = "Tiêu chí chấm qua ĐTXHH, SIPAS chưa có đủ kết quả: "
    assert f"{still_open}2.3; 1.3 mới có 2/3 đơn vị; 3.2 mới có 1/3 đơn vị." in text
    rows = tables(content)["STT|Lĩnh vực/Tiêu chí/Tiêu chí thành phần"]
    assert "2,10 (2/3 đơn vị)" in next(row for row in rows if row[0] == "1.3")
    # Only X3 waits for what counts in the maximum.
    places = tables(content)["Hạng|Đơn vị"]
    assert [row[1] for row in places if "(*)" in row[1]] == ["Phòng số 3 (*)"]
    assert any(line.startswith("(*) Đơn vị chưa có đủ kết quả") for line in text)
    assert check_content(content, UPWARD_REPORT.template) == []


def test_the_workbook_tells_which_units_wait_for_their_surveys(tmp_path: Path) -> None:
    data = data_of(campaign_of(tmp_path / "dot", by_unit=True), SCORES)
    book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    table = [[cell.value for cell in row] for row in book["Bảng điểm"].iter_rows(min_row=4)]
    state = table[0].index("Tình trạng")
    states = {row[0]: row[state] for row in table}
    assert (states["1.3"], states["2.3"]) == ("Mới có 2/3 đơn vị", "Điều tra XHH")
    assert "(2 tiêu chí mới có kết quả của một phần đơn vị)" in book["Bảng điểm"]["A3"].value
    places = book["Xếp hạng"]
    [heading] = [row for row in places.iter_rows(max_row=6, values_only=True) if row[0] == "Hạng"]
    notes = {row[1]: row[heading.index("Ghi chú")] for row in places.iter_rows(values_only=True)}
    assert [notes[code] or "" for code in ("X1", "X2", "X3")] == [
        "",
        "",
        "(*) Chưa có 3,00 điểm ĐTXHH, SIPAS",
    ]


def test_without_classes_there_is_no_column_for_them(data: Consolidation) -> None:
    info = replace(data.campaign.info, ranking=RankingSettings())
    plain = replace(data, campaign=replace(data.campaign, info=info))
    heading = tables(report(plain))["Hạng|Đơn vị"][0]
    assert heading == ["Hạng", "Đơn vị", "Điểm", "Điểm tối đa", "Tỷ lệ"]


def test_places_are_told_where_units_are_ranked_and_nowhere_else(
    data: Consolidation, tmp_path: Path
) -> None:
    assert any(line.startswith("Xếp hạng các đơn vị") for line in written(data, tmp_path))
    info = replace(data.campaign.info, ranking=RankingSettings(is_wanted=False))
    unranked = replace(data, campaign=replace(data.campaign, info=info))
    assert not any(line.startswith("Xếp hạng") for line in written(unranked, tmp_path))


def test_the_result_is_held_against_that_of_last_year(data: Consolidation, tmp_path: Path) -> None:
    comparison = compare(data, read_earlier(earlier_file(tmp_path)))
    content = report(data, comparison=comparison)
    text = lines(content)
    # Both have 1.1, field 2 and the bonus: 1,5 + 3,8 + 0,5 then; 1,8 + 3,45 + 1 now; of 2 + 4.
    assert (
        "So với kỳ trước (theo “BẢNG ĐIỂM CHỈ SỐ CCHC NĂM 2023 (số liệu minh họa)”), trên các tiêu "
        "chí có điểm ở cả hai kỳ: kỳ trước đạt 5,80/6,00 điểm, tỷ lệ 96,67%; kỳ này đạt 6,25/6,00 điểm, "
        "tỷ lệ 104,17%, tăng 7,50 điểm phần trăm."
    ) in text
    assert "Lĩnh vực có tỷ lệ tăng: 1. Lĩnh vực một (từ 75,00% lên 90,00%)." in text
    assert "Lĩnh vực có tỷ lệ giảm: 2. Lĩnh vực hai (từ 95,00% xuống 86,25%)." in text
    # Of sixteen rows four were there: 1, 1.1, 2 (of 4, now of 7) and 3.
    changes = "mới: 12; không còn: 1; đổi điểm tối đa: 1"
    assert f"Bộ chỉ số kỳ này có thay đổi so với kỳ trước ({changes})." in text
    assert check_content(content, UPWARD_REPORT.template) == []


def test_where_no_row_has_a_score_in_both_nothing_rose_or_fell(
    data: Consolidation, tmp_path: Path
) -> None:
    earlier = "STT | Tiêu chí | Điểm tối đa | Điểm đạt\n2.3 | Ý kiến công chức | 2 | 1,5"
    text = written(data, tmp_path, earlier_file(tmp_path, earlier))
    [told] = [line for line in text if line.startswith("So với kỳ trước")]
    assert told.endswith(": chưa đủ số liệu để so tổng điểm.")
    assert not any(line.startswith("Lĩnh vực có tỷ lệ") for line in text)


def test_nothing_is_said_of_an_earlier_period_that_was_not_given(
    data: Consolidation, tmp_path: Path
) -> None:
    assert not any("kỳ trước" in line for line in written(data, tmp_path))


def test_this_years_own_report_is_no_earlier_period(data: Consolidation, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(build_report(data, DEFAULT_PROFILE))
    outcome = made(data, tmp_path / "ra", report_of(path))
    [finding] = outcome.findings
    assert (finding.code, finding.found) == (Code.EARLIER_IS_THIS_CAMPAIGN, data.campaign.id)
    folder = tmp_path / "ra/tong-hop"
    assert "So với kỳ trước" in openpyxl.load_workbook(folder / "tong-hop.xlsx").sheetnames
    assert not any("kỳ trước" in line for line in lines((folder / "bao-cao.docx").read_bytes()))


def test_a_table_of_something_else_is_told_and_not_compared(
    data: Consolidation, tmp_path: Path
) -> None:
    other = "STT | Tiêu chí | Điểm tối đa | Điểm\nA | Thi đua | 10 | 9\nB | Nề nếp | 10 | 8"
    outcome = made(data, tmp_path / "ra", report_of(earlier_file(tmp_path, other)))
    assert (Code.EARLIER_NOTHING_ALIKE, "2") in {(f.code, f.found) for f in outcome.findings}
    book = openpyxl.load_workbook(tmp_path / "ra/tong-hop/tong-hop.xlsx")
    assert "So với kỳ trước" not in book.sheetnames


def test_a_field_that_carries_a_score_itself_stands_among_the_fields(data: Consolidation) -> None:
    content = report(data)
    rows = tables(content)["TT|Lĩnh vực"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5", ""]
    assert rows[5] == ["5", "Sáng kiến chung", "2,00", "2,00", "1,50", "1,50", "", "1,50", "75,00%"]
    # Bonus and penalty are no part of 7,5 + 7 + 2.
    assert rows[6][2] == "16,50"
    text = " ".join(lines(content))
    assert "tổng điểm tối đa 16,50 điểm (không kể điểm thưởng, điểm trừ);" in text
