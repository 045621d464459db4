"""The live cells and the charts of a report in which there is everything that there can be."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    Campaign,
    ClassBand,
    Consolidation,
    LeafReturn,
    RankingSettings,
    Returns,
    Source,
    SurveyResult,
    UnitReturn,
)
from cchc_office.papers.report import build_report
from cchc_office.results.comparing import compare
from cchc_office.results.consolidation import consolidate
from cchc_office.returns.earlier import read_earlier
from cchc_office.rules import Declared

from . import days
from .appraised_campaigns import SAVED, appraised, units_file
from .sheets import leaf_by_code, put

D = Decimal
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách chấm | Cách tổng hợp
1     | Lĩnh vực một      |     |         |       |        |
1.1   | Mức độ thực hiện  | 2   | mọi nơi |       |        | Tỷ lệ
1.2   | Tiêu chí hai      |     |         |       |        |
1.2.1 | Ban hành kế hoạch | 1   | mọi nơi |       |        | Có/Không
1.2.2 | Văn bản tham mưu  | 1,5 | mọi nơi |       |        | Mỗi văn bản 0,5 | Trung bình
1.3   | Ý kiến người dân  | 3   | mọi nơi | ĐTXHH |        |
2     | Lĩnh vực hai      |     |         |       |        |
2.1   | Giải quyết hồ sơ  | 4   | mọi nơi |       |        |
2.2   | Việc không có     | 1   | mọi nơi |       |        | Không áp dụng
2.3   | Ý kiến công chức  | 2   | mọi nơi | ĐTXHH |        |
3     | Điểm thưởng       | 1   |         |       | Thưởng | | Trung bình
3.1   | Giải thưởng       | 2   | mọi nơi |       |        |
3.2   | Khảo sát thưởng   | 1   | mọi nơi | ĐTXHH |        |
4     | Điểm phạt         | 0,5 |         |       | Phạt   | | Trung bình
4.1   | Chậm báo cáo      | 2   | mọi nơi |       |        |
5     | Sáng kiến chung   | 2   | mọi nơi |       |        |
"""
LAST_YEAR = """
BẢNG ĐIỂM CHỈ SỐ CCHC NĂM 2023 (số liệu minh họa)
STT | Tiêu chí         | Điểm tối đa | Điểm đạt
1   | Lĩnh vực một     | 7,5         | 6
1.1 | Mức độ thực hiện | 2           | 1,5
1.4 | Việc cũ          | 2           | 2
2   | Lĩnh vực hai     | 4           | 3,8
3   | Điểm thưởng      | 1           | 0,5
    | Tổng cộng        | 13,5        | 11,3
"""
CODES = ("1.1", "1.2.1", "1.2.2", "2.1", "3.1", "4.1", "5")
SCORES = {
    "X1": ("1.6", "1", "1.5", "3", "0.8", "0", "1.25"),
    "X2": ("2", "1", "0.5", "3.6", "0.8", "0", "1.25"),
    "X3": ("-", "0", "", "4", "0.8", "2", "2"),
}
DECLARED = {
    ("X1", "1.1"): Declared(D(8), D(10)),
    ("X1", "1.2.1"): Declared(choice="Có"),
    ("X1", "1.2.2"): Declared(D(3)),
}
CLASSES = (ClassBand("Tốt", D("0.8")), ClassBand("Khá", None))


def campaign_of(folder: Path, *, by_unit: bool) -> Campaign:
    campaign = load_campaign(units_file(folder, 3, CRITERIA))
    people, prize = leaf_by_code(campaign, "1.3"), leaf_by_code(campaign, "3.2")
    results: tuple[SurveyResult, ...] = (
        SurveyResult(people, D("2.4"), "C2"),
        SurveyResult(prize, D("0.6"), "C3"),
    )
    if by_unit:
        results = tuple(replace(result, unit="X1") for result in results)
        results += (SurveyResult(people, D("1.8"), "C4", "X2"),)
    ranking = RankingSettings(classes=CLASSES)
    info = replace(campaign.info, ranking=ranking)
    return replace(campaign, info=info, survey_results=results)


def returned(campaign: Campaign, unit: str, scores: tuple[str, ...]) -> UnitReturn:
    file = f"{campaign.paper_name(campaign.unit(unit))}.xlsx"
    kinds = {"": Answer.BLANK, "-": Answer.NOT_APPLICABLE}
    leaves = []
    for at, (code, typed) in enumerate(zip(CODES, scores, strict=True), start=8):
        answer = kinds.get(typed, Answer.SCORED)
        leaf = LeafReturn(
            leaf_by_code(campaign, code),
            unit,
            answer,
            Source(file, "Phiếu chấm", f"F{at}"),
            D(typed) if answer is Answer.SCORED else None,
            typed,
            evidence=f"Báo cáo {at}",
            declared=DECLARED.get((unit, code)),
        )
        leaves.append(leaf)
    return UnitReturn(unit, file, tuple(leaves), (), SAVED)


def data_of(campaign: Campaign, scores: Mapping[str, tuple[str, ...]]) -> Consolidation:
    cut = leaf_by_code(campaign, "2.1")
    first = appraised(cut, "X3", 1, D("3.5"), "Thiếu báo cáo", "Bổ sung báo cáo")
    second = appraised(cut, "X3", 2, D("3.75"), "Chấp nhận một phần", "")
    returns = Returns(
        tuple(returned(campaign, unit, own) for unit, own in scores.items()),
        appraisals=(
            AppraisalReturn(1, "tham-dinh-lan-1.xlsx", (first,)),
            AppraisalReturn(2, "tham-dinh-lan-2.xlsx", (second,)),
        ),
    )
    return consolidate(campaign, returns, as_of=days.AFTER_DEADLINE)


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, bytes]:
    """The report, with surveys of the whole campaign and (True) of its units."""
    path = tmp_path_factory.mktemp("truoc") / "tong-hop-2023.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    put(book.create_sheet("Bảng điểm"), LAST_YEAR)
    book.save(path)
    made = {}
    for by_unit in (False, True):
        data = data_of(campaign_of(tmp_path_factory.mktemp("dot"), by_unit=by_unit), SCORES)
        comparison = compare(data, read_earlier(path))
        made[by_unit] = build_report(
            data, DEFAULT_PROFILE, returns_path="../nhan-ve", comparison=comparison
        )
    return made


def opened(content: bytes, *, formulas: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def table(sheet: Any, key: str, *headings: str) -> dict[Any, list[Any]]:
    """Return the cells under some headings by what stands under `key`; blank cells are None."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if key in row)
    places = [rows[at].index(heading) for heading in (key, *headings)]
    found: dict[Any, list[Any]] = {}
    for row in rows[at + 1 :]:
        name, *cells = (None if row[place] == "" else row[place] for place in places)
        found.setdefault(name, cells)
    return found


STAGES = ("Điểm tự chấm", "Điểm thẩm định lần 1", "Điểm thẩm định lần 2", "Điểm ĐTXHH, SIPAS")
NAME = "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"


def about(*numbers: float | None) -> list[Any]:
    return [None if number is None else pytest.approx(number) for number in numbers]


# --- values worked out by hand ---


def test_a_cap_holds_scores_and_surveys_together(contents: dict[bool, bytes]) -> None:
    rows = table(opened(contents[False])["Bảng điểm"], "STT", *STAGES, "Điểm đạt", "Tỷ lệ %")
    # 0.8 by the units and 0.6 by the survey are 1.4; the heading gives no more than 1.
    assert rows["3.1"] == about(0.8, 0.8, 0.8, None, 0.8, None)
    assert rows["3.2"] == about(None, None, None, 0.6, 0.6, None)
    assert rows["3"] == about(0.8, 0.8, 0.8, 0.2, 1, None)
    assert rows["4"] == about(-0.5, -0.5, -0.5, None, -0.5, None)


def test_every_sum_of_the_score_table(contents: dict[bool, bytes]) -> None:
    sheet = opened(contents[False])["Bảng điểm"]
    rows = table(sheet, NAME, "Điểm tối đa", "Tối đa áp dụng", *STAGES, "Điểm đạt")
    one = 1.8 + 2 / 3 + 1
    two = (3 + 3.6 + 4) / 3
    cut, back = two - 0.5 / 3, two - 0.25 / 3
    own = [one + number + 0.8 - 0.5 + 1.5 for number in (two, cut, back)]
    assert rows["LĨNH VỰC MỘT"] == about(7.5, 7.5, one, one, one, 2.4, one + 2.4)
    assert rows["LĨNH VỰC HAI"] == about(7, 4, two, cut, back, None, back)
    assert rows["TỔNG CỘNG"] == about(16.5, 13.5, *own, 2.6, own[2] + 2.6)
    without = about(11.5, 10.5, *own, None, own[2])
    assert rows["Trong đó không kể ĐTXHH, SIPAS"] == without
    assert rows["ĐTXHH, SIPAS chưa có (ngoài tổng)"] == about(2, *[None] * 6)


def test_nothing_pending_is_no_row(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, by_unit=False)
    last = SurveyResult(leaf_by_code(campaign, "2.3"), D(2), "C5")
    campaign = replace(campaign, survey_results=(*campaign.survey_results, last))
    content = build_report(data_of(campaign, SCORES), DEFAULT_PROFILE)
    rows = table(opened(content)["Bảng điểm"], NAME, "Điểm tối đa")
    assert "Trong đó không kể ĐTXHH, SIPAS" in rows
    assert not [name for name in rows if name and "chưa có" in name]


def test_ties_share_a_place_and_classes_follow_rates(contents: dict[bool, bytes]) -> None:
    rows = table(
        opened(contents[False])["Xếp hạng"],
        "Mã",
        *("Hạng", "Điểm", "Tối đa áp dụng", "Tỷ lệ %", "Xếp loại", "Hạng: 1 Lĩnh vực một"),
    )
    # 1.6+1+1.5+3+0.8+1.25 and 2+1+0.5+3.6+0.8+1.25 are the same; X3 is without 1.1.
    assert rows["X1"] == [1, 9.15, 10.5, pytest.approx(9.15 / 10.5), "Tốt", 1]
    assert rows["X2"] == [1, 9.15, 10.5, pytest.approx(9.15 / 10.5), "Tốt", 2]
    last = 3.75 + 0.8 - 0.5 + 2
    assert rows["X3"] == [2, pytest.approx(last), 8.5, pytest.approx(last / 8.5), "Khá", 3]


def test_places_by_criterion(contents: dict[bool, bytes]) -> None:
    sheet = opened(contents[False])["Hạng theo tiêu chí"]
    rows = table(sheet, "Mã", "Hạng chung", "1.1", "1.2", "2.1", "3.1", "4.1")
    # 1.1: 1,6 and 2 of 2, X3 not applicable; 1.2: 2,5, 1,5 and 0 of 2,5; a penalty of 2 is worst.
    assert rows == {
        "X1": [1, 2, 1, 3, 1, 1],
        "X2": [1, 1, 2, 2, 1, 1],
        "X3": [2, None, 3, 1, 1, 2],
    }
    # Surveys of the whole campaign say nothing of its units, and what applies to nobody neither.
    heading = [cell.value for cell in sheet[3]]
    assert not {"1.3", "2.2", "2.3", "3.2"} & set(heading)
    own = opened(contents[True])["Hạng theo tiêu chí"]
    assert table(own, "Mã", "1.3")["X1"] == [1]
    assert table(own, "Mã", "1.3")["X2"] == [2]


def test_points_of_units_have_their_own_surveys(contents: dict[bool, bytes]) -> None:
    book = opened(contents[True])
    headings = ("3 Điểm thưởng", "5 Sáng kiến chung", "Tổng điểm", "Tối đa áp dụng")
    rows = table(book["Điểm theo đơn vị"], "Mã", *headings)
    assert rows["X1"] == about(1, 1.25, 9.15 + 2.4 + 0.2, 13.5)
    assert rows["X2"] == about(0.8, 1.25, 9.15 + 1.8, 13.5)
    total = table(book["ĐV X1"], NAME, *STAGES)["CỘNG"]
    assert total == about(9.15, 9.15, 9.15, 2.6)


def test_what_rules_were_given_stands_beside_the_scores(contents: dict[bool, bytes]) -> None:
    rows = table(opened(contents[False])["ĐV X1"], "STT", "Số liệu kê khai", "Điểm tự chấm")
    assert rows["1.1"] == ["8 trên 10", 1.6]
    assert rows["1.2.1"] == ["Có", 1]
    assert rows["1.2.2"] == ["3", 1.5]


def test_progress_counts_what_each_unit_has_to_do(contents: dict[bool, bytes]) -> None:
    sheet = opened(contents[False])["Tiến độ"]
    headings = ("Đã chấm", "Phải chấm", "Còn lại", "Tỷ lệ %")
    rows = table(sheet, "Lĩnh vực, đơn vị, tiêu chí", *headings)
    assert rows["TẤT CẢ"] == [20, 21, 1, pytest.approx(20 / 21)]
    assert rows["LĨNH VỰC MỘT"] == [8, 9, 1, pytest.approx(8 / 9)]
    assert rows["Phòng số 1"] == [7, 7, 0, 1]
    assert rows["Phòng số 3"] == [6, 7, 1, pytest.approx(6 / 7)]


def test_rows_beside_those_of_last_year(contents: dict[bool, bytes]) -> None:
    sheet = opened(contents[False])["So với kỳ trước"]
    headings = ("Tỷ lệ % kỳ trước", "Tỷ lệ % kỳ này", "Tăng, giảm tỷ lệ (điểm %)",
                "Thay đổi của bộ chỉ số")  # fmt: skip
    rows = table(sheet, "STT", *headings)
    one = (1.8 + 2 / 3 + 1 + 2.4) / 7.5
    [whole, alike] = [
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=6) if row[0].value == "1"
    ]
    # Of field 1 only 1.1 has a score in both: its rates as a whole have neither risen nor fallen.
    assert [whole[at] for at in (4, 7, 8)] == [0.8, pytest.approx(one), None]
    assert alike[2:9] == [2, 1.5, 0.75, 2, 1.8, 0.9, 15]
    by_name = table(sheet, "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa kỳ trước",
                    "Điểm đạt kỳ trước", "Điểm đạt kỳ này", "Tăng, giảm tỷ lệ (điểm %)")  # fmt: skip
    # 1.1, field 2 as a whole, and the bonus: 1,5 + 3,8 + 0,5 of 6; 1,8 + 3,45 + 1 now.
    assert by_name["TỔNG CỘNG"] == [6, 5.8, 6.25, 7.5]
    both = by_name["Tổng của từng bảng, gồm cả tiêu chí chỉ một kỳ có điểm"]
    assert both == [13.5, 11.3, pytest.approx(11.316666666666667), None]
    assert rows["1.1"] == [0.75, 0.9, 15, None]
    assert rows["1.4"] == [1, None, None, "Không còn"]
    assert rows["1.2"][3] == "Mới"
    # Bonus is a part of nothing, in either year: 0.5 of 1 is no 50 %.
    assert rows["3"] == [None, None, None, None]


def test_what_did_not_change_is_shown_as_no_change(tmp_path: Path) -> None:
    data = data_of(campaign_of(tmp_path, by_unit=False), SCORES)
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(build_report(data, DEFAULT_PROFILE))
    again = build_report(data, DEFAULT_PROFILE, comparison=compare(data, read_earlier(path)))
    rows = table(opened(again)["So với kỳ trước"], "STT", "Tăng, giảm tỷ lệ (điểm %)")
    # 2/3 has fifteen digits in the file: what is left of it must not be an arrow.
    assert {row[0] for row in rows.values()} == {0, None}


# --- charts ---

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def charts_of(content: bytes) -> dict[str, Any]:
    """Return the charts by their titles."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if re.search(r"charts/chart\d+\.xml", name)]
        found = [ElementTree.fromstring(package.read(name)) for name in names]
    return {
        "".join(t.text or "" for t in chart.findall(f"{C}chart/{C}title//{A}t")): chart
        for chart in found
    }


def drawn(chart: Any, book: Any) -> dict[str, dict[str, Any]]:
    """Return what a chart draws, by series and label, read from the cells that it points at."""

    def cells(element: Any) -> list[Any]:
        sheet, _, span = element.find(f".//{C}f").text.rpartition("!")
        area = book[sheet.strip("'")][span.replace("$", "")]
        rows = area if isinstance(area, tuple) else ((area,),)
        return [row[0].value for row in rows]

    return {
        cells(series.find(f"{C}tx"))[0]: dict(
            zip(cells(series.find(f"{C}cat")), cells(series.find(f"{C}val")), strict=True)
        )
        for series in chart.iter(f"{C}ser")
    }


AGAINST = "Tỷ lệ đạt so với kỳ trước, trên các tiêu chí có điểm ở cả hai kỳ"


def test_charts_draw_the_figures_of_the_sheets(contents: dict[bool, bytes]) -> None:
    book = opened(contents[False])
    charts = {title: drawn(chart, book) for title, chart in charts_of(contents[False]).items()}
    assert set(charts) == {
        "Điểm đạt so với điểm tối đa theo lĩnh vực",
        "Tỷ lệ đạt của các đơn vị",
        "Điểm tự chấm và điểm thẩm định theo lĩnh vực",
        "Tỷ lệ đạt của từng lĩnh vực",  # on the first sheet
        AGAINST,
    }
    rows = table(book["Bảng điểm"], "STT", "Tối đa áp dụng", *STAGES[:3], "Điểm đạt", "Tỷ lệ %")
    labels = {"1": "1. Lĩnh vực một", "2": "2. Lĩnh vực hai", "3": "3. Điểm thưởng",
              "4": "4. Điểm phạt", "5": "5. Sáng kiến chung"}  # fmt: skip

    def column(place: int) -> dict[str, Any]:
        return {label: rows[code][place] or 0 for code, label in labels.items()}

    assert charts["Điểm đạt so với điểm tối đa theo lĩnh vực"] == {
        "Tối đa áp dụng": column(0),
        "Điểm đạt": column(4),
    }
    assert charts["Điểm tự chấm và điểm thẩm định theo lĩnh vực"] == {
        heading: column(place) for place, heading in enumerate(STAGES[:3], start=1)
    }
    rates = table(book["Điểm theo đơn vị"], "Đơn vị", "Tỷ lệ %")
    assert charts["Tỷ lệ đạt của các đơn vị"] == {
        "Tỷ lệ đạt": {f"Phòng số {n}": rates[f"Phòng số {n}"][0] for n in (1, 2, 3)}
    }
    assert charts[AGAINST] == {
        "Kỳ trước": {labels["1"]: 0.75, labels["2"]: 0.95},
        "Kỳ này": {labels["1"]: 0.9, labels["2"]: 0.8625},
    }


def test_no_two_series_of_a_chart_look_alike_without_colours(contents: dict[bool, bytes]) -> None:
    for title, chart in charts_of(contents[False]).items():
        looks = []
        for series in chart.iter(f"{C}ser"):
            fill = series.find(f"{C}spPr/{A}solidFill/{A}srgbClr")
            looks.append(None if fill is None else _lightness(fill.get("val")))
        assert looks.count(None) <= 1, title
        shades = sorted(look for look in looks if look is not None)
        assert all(b - a > 0.3 for a, b in pairwise(shades)), title


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue


# --- links, sources, formulas ---


def test_every_link_within_the_report_leads_somewhere(contents: dict[bool, bytes]) -> None:
    book = opened(contents[False], formulas=True)
    links = [
        (sheet.title, cell.coordinate, cell.hyperlink.location)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and not cell.hyperlink.target
    ]
    assert len(links) > 20
    for sheet, place, location in links:
        name, _, address = location.rpartition("!")
        target = book[name.strip("'")][address]
        assert target.value not in (None, ""), (sheet, place, location)


def scores() -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    """What three units type, each score below the least maximum and told apart from all others."""
    numbers = st.integers(1, 79).map(lambda n: str(D(n) / 100))
    typed = st.one_of(numbers, st.sampled_from(("", "-")))
    own = st.tuples(*(typed for _ in CODES))
    return st.fixed_dictionaries({"X1": own, "X2": own, "X3": own})


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return campaign_of(tmp_path_factory.mktemp("dot"), by_unit=False)


@settings(max_examples=20, deadline=None)
@given(scores())
def test_no_score_is_shown_that_was_not_in_a_file(
    campaign: Campaign, typed: dict[str, tuple[str, ...]]
) -> None:
    book = opened(build_report(data_of(campaign, typed), DEFAULT_PROFILE))
    for unit, own in typed.items():
        said = {f"F{at}": text for at, text in enumerate(own, start=8)}
        rows = table(book[f"ĐV {unit}"], "STT", "Điểm tự chấm", "Tệp", "Trang tính", "Ô")
        for code, (score, file, sheet, cell) in rows.items():
            if code is None:
                continue
            text = said[cell] if cell else ""
            shown = None if text in ("", "-") else D(text)
            if shown and code == "4.1":
                shown = -shown
            assert (None if score is None else D(str(score))) == shown
            if cell:
                assert (file, sheet) == (f"CCHC-2024-{unit}.xlsx", "Phiếu chấm")
    together = table(book["Bảng điểm"], "STT", "Điểm tự chấm", "Điểm ĐTXHH, SIPAS")
    for at, code in enumerate(CODES):
        given_to = [D(own[at]) for own in typed.values() if own[at] not in ("", "-")]
        if given_to and code in ("3.1", "4.1"):  # a bonus or penalty left blank is 0
            given_to += [D(0) for own in typed.values() if own[at] == ""]
        mean = sum(given_to) / len(given_to) if given_to else None
        sign = -1 if code == "4.1" else 1
        assert together[code][0] == (None if mean is None else pytest.approx(float(sign * mean)))
    surveys = {code: row[1] for code, row in together.items() if code in ("1.3", "2.3", "3.2")}
    assert surveys == {"1.3": 2.4, "2.3": "chưa có", "3.2": 0.6}


@pytest.mark.libreoffice
@pytest.mark.parametrize("by_unit", [False, True])
def test_every_formula_holds_what_libreoffice_computes(
    by_unit: bool,
    contents: dict[bool, bytes],
    tmp_path: Path,
    libreoffice: Callable[[Path, str], Path],
) -> None:
    ours = opened(contents[by_unit])
    bare = tmp_path / "khong-gia-tri.xlsx"
    opened(contents[by_unit], formulas=True).save(bare)  # openpyxl writes no values of formulas
    theirs = openpyxl.load_workbook(libreoffice(bare, "xlsx"), data_only=True)
    with_formulas = set()
    for sheet, cell in _formulas(opened(contents[by_unit], formulas=True)):
        with_formulas.add(sheet)
        mine, other = (book[sheet][cell.coordinate].value for book in (ours, theirs))
        place = f"{sheet}!{cell.coordinate} {cell.value}"
        if mine in (None, ""):
            assert other in (None, ""), place
        else:
            assert other == pytest.approx(mine), place
    assert with_formulas >= {
        *("Bảng điểm", "Biểu đồ", "Điểm theo đơn vị", "Xếp hạng", "So với kỳ trước", "Tiến độ"),
        *("Tình trạng đơn vị", "ĐV X1", "ĐV X3"),
    }


def _formulas(book: Any) -> Iterator[tuple[str, Any]]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell) for cell in row if cell.data_type == "f")


def test_the_maximum_of_a_unit_is_the_same_wherever_it_is_told(contents: dict[bool, bytes]) -> None:
    book = opened(contents[True])
    matrix = book["Điểm theo đơn vị"]
    units = table(matrix, "Mã", "Tối đa áp dụng")
    name = "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"
    for code in ("X1", "X2", "X3"):
        assert table(book[f"ĐV {code}"], name, "Tối đa áp dụng")["CỘNG"] == units[code]
    # X1: 2 + 1 + 1,5 + 4 + 2 of its own and 3 of a survey.
    assert units["X1"] == [13.5]
    states = table(book["Tình trạng đơn vị"], "Mã", "Tối đa phần tự chấm")
    assert states["X1"] == [10.5]
    # The caps hold for each unit here.
    assert "Mức trần điểm thưởng, điểm trừ" in matrix["A3"].value
