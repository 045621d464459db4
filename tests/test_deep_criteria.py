"""Campaigns whose criteria are numbered as offices do, through all that is made of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.campaign.identities import identities
from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Criterion, Points, Role
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.form.layout import PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns
from cchc_office.returns.evidence import read_evidence
from cchc_office.steps.tree_outline import tree_outline

from .appraised import Table
from .calls import cchc
from .deep_campaigns import FOUR_LEVELS, LEVELS, SHAPES
from .sheets import campaign_file
from .whole_year import type_answers

D = Decimal


@pytest.fixture
def deep(tmp_path: Path) -> Campaign:
    return load_campaign(campaign_file(tmp_path / "dot", criteria=FOUR_LEVELS))


def row(campaign: Campaign, *codes: str) -> Criterion:
    """Return the row that these codes lead to, from the field down."""
    found: Criterion | None = None
    for code in codes:
        rows = [c for c in campaign.criteria if c.parent == (found.id if found else "")]
        found = next(c for c in rows if c.code == code)
    assert found
    return found


def told(campaign: Campaign) -> list[tuple[str, str]]:
    return [(repr(f.code).removeprefix("Code."), f.cell) for f in campaign.findings]


# --- the tree ---


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_taken_without_a_question(tmp_path: Path, shape: str) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=SHAPES[shape]))
    assert told(campaign) == []
    assert [c.level for c in campaign.criteria] == LEVELS[shape]
    assert all(campaign.leads_of(leaf) == ("VP",) for leaf in campaign.leaves)


def test_a_set_of_four_levels_is_understood_as_it_stands(deep: Campaign) -> None:
    assert told(deep) == [("ROWS_WITHOUT_CRITERIA", "A17")]
    assert [(c.level, c.code) for c in deep.criteria] == [
        (1, "I"),
        (2, "1"),
        (3, "1.1"),
        (4, "a)"),
        (4, "b)"),
        (3, "1.2"),
        (2, "2"),
        (1, "II"),
        (2, "1"),
        (3, "-"),
        (3, "-"),
        (2, "2"),
        (1, "III"),
        (2, "1"),
        (2, "2"),
    ]
    assert len({c.id for c in deep.criteria}) == len(deep.criteria)
    kinds = {c.name: c.points for c in deep.criteria if c.points is not Points.NORMAL}
    assert kinds == {"Sáng kiến": Points.BONUS, "Báo cáo chậm": Points.PENALTY}


def test_a_row_knows_the_rows_above_it_nearest_first(deep: Campaign) -> None:
    leaf = row(deep, "I", "1", "1.1", "a)")
    above = [row(deep, "I", "1", "1.1"), row(deep, "I", "1"), row(deep, "I")]
    assert list(deep.rows_above(leaf)) == above
    assert deep.field_of(leaf) == above[-1]
    assert deep.rows_above(above[-1]) == ()
    assert deep.field_of(above[-1]) == above[-1]


def test_units_are_those_of_the_nearest_row_above(deep: Campaign) -> None:
    leads = {deep.reference(leaf): deep.leads_of(leaf) for leaf in deep.leaves}
    assert leads == {
        "a)": ("VP",),
        "b)": ("TTra",),
        "1.2": ("VP",),
        "I › 2": ("P1", "P2"),
        "II › 1": ("TTra",),
        "II › 2": ("TTra",),
        "III › 1": ("VP",),
        "III › 2": ("VP",),
    }
    inherited = {one.row: (one.units, one.leaves) for one in tree_outline(deep).inherited}
    assert inherited == {"I": (("VP",), 2), "II": (("TTra",), 2), "III": (("VP",), 2)}


def test_the_tree_is_told_by_its_levels_and_whole(
    deep: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("kiem-tra", tmp_path / "dot", "--cay") == 0
    shown = capsys.readouterr().out
    told = "Lĩnh vực: 3 dòng, như I–III; Cấp 2: 6 dòng, như 1–2; Cấp 3: 2 dòng, như 1.1–1.2; Cấp 4"
    assert told in " ".join(shown.split())
    assert "            a) Ban hành đúng thời gian [1,50; VP; theo I]" in shown
    assert "(theo II)" in shown


# --- the whole round ---


def fill(path: Path, campaign: Campaign, scores: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    ids = {str(sheet.cell(at, 1).value): at for at in range(1, sheet.max_row + 1)}
    for reference, score in scores.items():
        leaf = next(c for c in campaign.leaves if campaign.reference(c) == reference)
        at = ids[leaf.id]
        sheet.cell(at, PLACES["score"] + 1).value = score
        sheet.cell(at, PLACES["evidence"] + 1).value = "Báo cáo số 1"
    book.save(path)


SCORES: dict[str, dict[str, float]] = {
    "VP": {"a)": 1, "1.2": 2, "III › 1": 1.5, "III › 2": 0.5},
    "TTra": {"b)": 2, "II › 1": 3, "II › 2": 1},
    "P1": {"I › 2": 4},
    "P2": {"I › 2": 2},
}


def test_four_levels_go_the_whole_round(tmp_path: Path) -> None:
    folder = tmp_path / "dot"
    campaign_file(folder, criteria=FOUR_LEVELS)
    campaign = load_campaign(folder)
    out = tmp_path / "ra"
    assert cchc("chay", folder, "-o", out, "--ngay", "20/12/2024") in (0, 1)
    table = docx.Document(str(out / "phu-luc" / "phu-luc.docx")).tables
    printed = [r.cells[0].text for t in table for r in t.rows if r.cells[0].text]
    codes = [c.code for c in campaign.criteria]
    at = printed.index("I")
    assert printed[at : at + len(codes)] == codes
    returned = folder / "nhan-ve"
    returned.mkdir(exist_ok=True)
    for unit, scores in SCORES.items():
        form = out / "phieu-cham" / f"CCHC-2024-{unit}.xlsx"
        (returned / form.name).write_bytes(form.read_bytes())
        fill(returned / form.name, campaign, scores)
    data = consolidate(
        campaign,
        gather_returns(read_returns(returned, campaign), campaign),
        as_of=dt.date(2024, 12, 20),
    )
    # a) 1 + b) 2 + 1.2: 2 + (4 + 2)/2; 3 + 1; 1.5 on top, 0.5 off
    sums = {code: data.subtotals[row(campaign, code).id].score for code in ("I", "II", "III")}
    assert sums == {"I": D(8), "II": D(4), "III": D(1)}
    assert (data.total.score, data.total.applicable_max) == (D(13), D(15))
    assert data.subtotals[row(campaign, "I", "1", "1.1").id].score == D(3)
    assert cchc("tham-dinh", folder, "-o", out, "--ngay", "20/12/2024") in (0, 1)
    workbook = next(out.rglob("tham-dinh-lan-1*.xlsx"))
    reviewed = Table(workbook.read_bytes())
    reviewed.sign()
    reviewed.type("TTra|b)", score=1.5, opinion="Thiếu phụ lục")
    (folder / "tham-dinh").mkdir(exist_ok=True)
    reviewed.save(folder / "tham-dinh" / workbook.name)
    for command in ("tong-hop", "don-doc", "giai-trinh"):
        assert cchc(command, folder, "-o", out, "--ngay", "20/12/2024") in (0, 1)
    report = openpyxl.load_workbook(next(out.rglob("tong-hop.xlsx")))["Bảng điểm"]
    shown = [r[0].value for r in report.iter_rows() if r[0].value is not None]
    at = shown.index("I")
    assert shown[at : at + len(codes)] == codes


def test_letters_name_rows_under_their_headings(deep: Campaign) -> None:
    values = dispatch_values(deep, deep.unit("TTra"), DEFAULT_PROFILE)
    assert [(t.ma, t.vai_tro, t.diem_toi_da, t.han) for t in values["nhiem_vu"]] == [
        ("I", "", "2,50", ""),
        ("1", "", "2,50", ""),
        ("1.1", "", "2,50", ""),
        ("b)", "Chủ trì", "2,50", "30/11/2024"),
        ("II", "", "5,00", ""),
        ("1", "Chủ trì", "3,00", "30/11/2024"),
        ("2", "Chủ trì", "2,00", "30/11/2024"),
    ]
    listed = [deep.listed_code(leaf) for leaf in deep.leaves]
    assert listed == ["a)", "b)", "1.2", "I › 2", "II › 1", "II › 2", "III › 1", "III › 2"]


def test_evidence_names_its_row_by_the_codes_down_to_it(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path / "dot", criteria=FOUR_LEVELS))
    folder = tmp_path / "minh-chung"
    for name in ("II.1 Ke hoach.pdf", "1 Ke hoach.pdf", "II.2. Ra soat.pdf"):
        (folder / "TTra").mkdir(parents=True, exist_ok=True)
        (folder / "TTra" / name).write_bytes(b"%PDF-1.7")
    nothing = consolidate(campaign, gather_returns([], campaign), as_of=dt.date(2024, 12, 20))
    evidence, _ = read_evidence(folder, nothing)
    linked = {
        file.name: [campaign.reference(campaign.criterion(c)) for c in file.criteria]
        for file in evidence.files
    }
    assert linked == {
        "1 Ke hoach.pdf": ["II › 1"],  # the only row of this unit with that code
        "II.1 Ke hoach.pdf": ["II › 1"],
        "II.2. Ra soat.pdf": ["II › 2"],
    }


def test_a_row_is_named_by_its_code_or_the_way_to_it(deep: Campaign) -> None:
    assert [c.name for c in deep.named("1.2")] == ["Thực hiện kế hoạch"]
    assert [c.name for c in deep.named("II/2")] == ["Rà soát văn bản"]
    assert [c.name for c in deep.named("II › 2")] == ["Rà soát văn bản"]
    assert len(deep.named("1")) == 3
    assert [c.title for c in deep.criteria[:4]] == [
        "I. Công tác chỉ đạo, điều hành",
        "1. Kế hoạch cải cách hành chính",
        "1.1. Ban hành kế hoạch năm",
        "a) Ban hành đúng thời gian",
    ]


def test_ids_follow_names_and_tell_twins_apart() -> None:
    rows = [("1", "Lĩnh vực", None), ("1.1", "Dòng", 0), ("1.2", "Dòng", 0), ("", "Dòng", 0)]
    ids = identities(rows)
    assert len(set(ids)) == 4
    other_codes = [("I", "Lĩnh vực", None), ("-", "Dòng khác", 0), ("-", "Dòng khác", 0)]
    again = identities(other_codes)
    assert again[0] == ids[0]
    assert len(set(again)) == 3


# --- forms that were issued before the set was changed ---


def returned_after(
    tmp_path: Path, before: str, after: str, scores: dict[str, Any]
) -> tuple[Campaign, dict[str, Any], list[Any]]:
    """Return what a form of VP that was issued before gives afterwards, by code."""
    first = load_campaign(campaign_file(tmp_path / "truoc", criteria=before))
    unit = first.unit("VP")
    form = tmp_path / f"{first.paper_name(unit)}.xlsx"
    form.write_bytes(build_form(first, unit, DEFAULT_PROFILE))
    fill(form, first, scores)
    second = load_campaign(campaign_file(tmp_path / "sau", criteria=after))
    (read,) = read_returns([form], second)
    assert read.returned
    by_code = {
        second.reference(second.criterion(x.criterion)): x.score for x in read.returned.leaves
    }
    codes = [f.code for f in read.returned.findings]
    return second, by_code, codes


SMALL = """
STT | Tiêu chí           | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực một       |             | Văn phòng
1.1 | Ban hành kế hoạch  | 1           |
1.2 | Nộp báo cáo        | 2           |
2   | Lĩnh vực hai       |             | Văn phòng
2.1 | Ban hành kế hoạch  | 3           |
"""
TYPED = {"1.1": 0.5, "1.2": 1, "2.1": 2}


def test_a_set_that_is_numbered_anew_still_knows_its_forms(tmp_path: Path) -> None:
    after = (
        (SMALL.replace("1.1 |", "a)  |").replace("1.2 |", "b)  |").replace("2.1 |", "a)  |"))
        .replace("\n1   |", "\nI   |")
        .replace("\n2   |", "\nII  |")
    )
    _, scores, codes = returned_after(tmp_path, SMALL, after, TYPED)
    assert scores == {"I › a)": D("0.5"), "I › b)": D(1), "II › a)": D(2)}
    assert set(codes) == {Code.FORM_ROW_CHANGED_SINCE}


def test_a_corrected_name_is_told_and_counted(tmp_path: Path) -> None:
    after = SMALL.replace("Nộp báo cáo ", "Nộp các báo cáo")
    _, scores, codes = returned_after(tmp_path, SMALL, after, TYPED)
    assert scores == {"1.1": D("0.5"), "1.2": D(1), "2.1": D(2)}
    assert codes == [Code.FORM_ROW_CHANGED_SINCE]


def test_a_row_that_is_gone_gives_its_score_to_no_near_one(tmp_path: Path) -> None:
    quarters = """
    STT | Tiêu chí           | Điểm tối đa | Đơn vị thực hiện
    1   | Lĩnh vực một       |             | Văn phòng
    1.1 | Báo cáo quý I      | 1           |
    1.2 | Báo cáo quý II     | 1           |
    """
    after = quarters.replace("1.1 | Báo cáo quý I      | 1           |", "").replace("1.2", "1.1")
    _, scores, codes = returned_after(tmp_path, quarters, after, {"1.1": 0.25, "1.2": 0.75})
    assert scores == {"1.1": D("0.75")}
    assert set(codes) == {Code.FORM_ROW_NO_LONGER, Code.FORM_ROW_CHANGED_SINCE}


def test_rows_below_a_corrected_heading_are_known_by_code_and_name(tmp_path: Path) -> None:
    after = SMALL.replace("Lĩnh vực một", "Lĩnh vực 1  ").replace("Lĩnh vực hai", "Lĩnh vực 2  ")
    _, scores, _ = returned_after(tmp_path, SMALL, after, TYPED)
    assert scores == {"1.1": D("0.5"), "1.2": D(1), "2.1": D(2)}


@pytest.mark.parametrize(
    ("typed", "code"), [(2, Code.SCORE_ABOVE_MAX_SINCE), (2.5, Code.SCORE_ABOVE_MAX)]
)
def test_a_score_within_the_maximum_of_its_form_is_no_mistake_of_the_unit(
    tmp_path: Path, typed: float, code: Any
) -> None:
    """A unit was blamed for 2 points on a form that gave 2, when the office had since made it 1."""
    after = SMALL.replace("báo cáo        | 2", "báo cáo        | 1")
    campaign, scores, codes = returned_after(tmp_path, SMALL, after, {"1.2": typed})
    assert scores["1.2"] is None
    assert [c for c in codes if "vuot-diem" in c.slug] == [code]
    assert campaign.named("1.2")[0].max_score == 1


def test_rows_of_one_code_and_name_are_told_apart_by_the_heading_above(tmp_path: Path) -> None:
    before = SHAPES["numbers again"]
    after = before.replace("Lĩnh vực một", "Lĩnh vực thứ một").replace("hai ", "hai nữa")
    scores = {"I › 1": 1, "I › 2": 0.5, "II › 1": 2, "II › 2": 3}
    _, found, codes = returned_after(tmp_path, before, after, scores)
    assert found == {"I › 1": D(1), "I › 2": D("0.5"), "II › 1": D(2), "II › 2": D(3)}
    assert Code.FORM_ROW_MISSING not in codes


# --- what is asked ---


def findings_of(tmp_path: Path, criteria: str) -> list[tuple[str, str]]:
    return told(load_campaign(campaign_file(tmp_path, criteria=criteria)))


HEAD = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Cấp | Ghi chú | Loại điểm\n"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("1|A|||| \n-|B|1|Văn phòng\n-|C|1|Văn phòng\na)|D|1|Văn phòng", [("PLACE_UNSURE", "A5")]),
        ("1|A||||\n-|B|1|Văn phòng\n-|C|1|Văn phòng\na)|D|1|Văn phòng|2", []),
        ("I|A||||\n1|B|1|Văn phòng\n3|C|1|Văn phòng", [("CODE_GAP", "A4")]),
        ("1|A||||\n1.1|B|1|Văn phòng\n1.1|C|1|Văn phòng", [("DUPLICATE_CODE", "A4")]),
        ("1|A||||\n1.1|B|1|Văn phòng|cấp hai", [("BAD_LEVEL", "E3")]),
        ("I|A||||\nII|B|1|Văn phòng|Tiêu chí", []),
        ("1|A|2|Văn phòng||\na)|Có|||\nb)|Không|||", [("MAX_SCORE_ONLY_ABOVE", "C2")]),
        ("1|A|2|Văn phòng||\na)|Có|||Diễn giải\nb)|Không|||Diễn giải", []),
        ("1|Điểm trừ||Văn phòng||Không quá 2 điểm|\n1.1|B|3|", [("POINTS_BY_NAME", "B2")]),
        (
            "I|A||Văn phòng\n1|B|1\nII|ĐIỂM THƯỞNG ĐỔI MỚI SÁNG TẠO||Văn phòng\n1|C|3",
            [("POINTS_BY_NAME", "B4")],
        ),
        ("I|A||Văn phòng\n1|Điểm trừ do nộp muộn|1", [("POINTS_MAYBE_BY_NAME", "B3")]),
        ("I|A||Văn phòng\n1|Điểm trừ do nộp muộn|1||||Thường", []),
        ("I|ĐIỂM CỘNG ĐỒNG DÂN CƯ||Văn phòng\n1|B|1", []),
        (
            "1|A|2|Văn phòng||\n|Tổng cộng|3",
            [("TOTAL_DIFFERS", "C3"), ("ROWS_WITHOUT_CRITERIA", "A3")],
        ),
        ("1|A|2|Văn phòng||\n|Ghi chú: mỗi năm một lần", []),
        ("(1)|(2)|(3)|(4)\n1|A|2|Văn phòng", [("ROWS_WITHOUT_CRITERIA", "A2")]),
        (
            "1|A|3|Văn phòng\nIX|TỔNG ĐIỂM|2",
            [("TOTAL_DIFFERS", "C3"), ("ROWS_WITHOUT_CRITERIA", "A3")],
        ),
    ],
)
def test_what_is_doubtful_is_asked_at_its_cell(
    tmp_path: Path, rows: str, wanted: list[tuple[str, str]]
) -> None:
    assert findings_of(tmp_path, HEAD + rows) == wanted


def test_a_cap_in_words_holds_what_stands_under_it(tmp_path: Path) -> None:
    criteria = HEAD + (
        "1|A|5|Văn phòng\n2|Các khoản trừ||Văn phòng||Tổng điểm trừ không quá 2 điểm|Trừ\n"
        "2.1|Chậm báo cáo|1,5\n2.2|Bị phê bình|1,5"
    )
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert told(campaign) == []
    heading = row(campaign, "2")
    assert (heading.points, heading.max_score) == (Points.PENALTY, D(2))
    assert [(cap.row, cap.most) for cap in tree_outline(campaign).caps] == [("2", D(2))]


def test_two_lines_of_headings_name_the_kinds_of_points(tmp_path: Path) -> None:
    criteria = (
        "STT | Tiêu chí | Điểm | | | Đơn vị thực hiện\n | | Chuẩn | Thưởng | Trừ | \n"
        "1|A||||Văn phòng\n1.1|B|3\n1.2|C||1\n1.3|D|||0,5\n1.4|E|1|1"
    )
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert [(leaf.points, leaf.max_score) for leaf in campaign.leaves][:3] == [
        (Points.NORMAL, D(3)),
        (Points.BONUS, D(1)),
        (Points.PENALTY, D("0.5")),
    ]
    assert told(campaign) == [("MAX_SCORES_SEVERAL", "D7")]


def test_a_title_across_code_and_name_is_both(tmp_path: Path) -> None:
    criteria = HEAD + "I. CẢI CÁCH THỂ CHẾ| | |Văn phòng\n1|Kế hoạch|1"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert told(campaign) == []
    assert [(c.code, c.name) for c in campaign.criteria] == [
        ("I.", "CẢI CÁCH THỂ CHẾ"),
        ("1", "Kế hoạch"),
    ]
    assert campaign.assignments_of(campaign.leaves[0])[0].role is Role.LEAD


BULLETS = """
STT | Tiêu chí               | Điểm tối đa | Đơn vị thực hiện
A   | Phần thứ nhất          |             | Văn phòng
I   | Chỉ đạo, điều hành     |             |
1   | Thực hiện kế hoạch     |             |
-   | Ban hành kế hoạch      | 1           |
-   | Kết quả thực hiện      | 1           |
B   | Phần thứ hai           |             | Văn phòng
I   | Thể chế                |             |
1   | Rà soát văn bản        |             |
-   | Ban hành kế hoạch      | 2           |
"""


def test_rows_with_dashes_are_named_by_where_they_stand(tmp_path: Path) -> None:
    """Reminders had "-" for rows of one name in two parts."""
    of = load_campaign(campaign_file(tmp_path, criteria=BULLETS))
    assert [of.listed_code(leaf) for leaf in of.leaves] == [
        *("A › I › 1 › -", "A › I › 1 › -", "B › I › 1 › -")
    ]
    assert [of.reference(leaf) for leaf in of.leaves] == [
        *("A › I › 1 › Ban hành kế hoạch", "Kết quả thực hiện", "B › I › 1 › Ban hành kế hoạch")
    ]


def test_the_report_upward_names_rows_with_dashes_in_sentences(tmp_path: Path) -> None:
    """Difficulties were those of "tiêu chí -", whichever row it was."""
    of = load_campaign(campaign_file(tmp_path, criteria=BULLETS))
    form = tmp_path / f"{of.paper_name(of.unit('VP'))}.xlsx"
    form.write_bytes(build_form(of, of.unit("VP"), DEFAULT_PROFILE))
    told = {"score": 1, "note": "Khó khăn: thiếu người"}
    type_answers(form, {leaf.id: told for leaf in of.leaves}, form)
    returns = gather_returns(read_returns([form], of), of)
    data = consolidate(of, returns, as_of=dt.date(2024, 12, 5))
    values = upward_values(data, DEFAULT_PROFILE)
    named = [
        ("", "A › I › 1 › Ban hành kế hoạch"),
        ("", "Kết quả thực hiện"),
        ("", "B › I › 1 › Ban hành kế hoạch"),
    ]
    assert [(said.ma, said.ten) for said in values["kho_khan"]] == named
    assert [(lacking.ma, lacking.ten) for lacking in values["giai_trinh"]] == named
