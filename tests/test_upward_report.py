"""bao-cao.docx, the report upward, read back with python-docx."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from cchc_office import load_campaign
from cchc_office.decree30.checker import check_content
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Assignment,
    Campaign,
    CampaignInfo,
    Consolidation,
    Criterion,
    ExplainedLeaf,
    LeafReturn,
    LeafState,
    Method,
    Returns,
    Role,
    Source,
    SupplementReturn,
    SurveyResult,
    Unit,
    UnitReturn,
)
from cchc_office.papers.kinds import UPWARD_REPORT
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_remarks import RemarkKind, remarks_in
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.consolidation import consolidate
from cchc_office.steps.papers import report as report_of
from cchc_office.word.bar_chart import _font
from cchc_office.word.templates import DocumentTemplate

from .calls import cchc, made
from .conftest import EXAMPLE
from .sheets import campaign_file, leaf_by_code

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
DAY = dt.date(2024, 12, 20)
MARKS = "\u0300\u0301\u0303\u0309\u0323"
SOURCE = Source("phieu.xlsx", "Phiếu chấm", "F9")


def report(data: Consolidation) -> bytes:
    template = DocumentTemplate(templates_folder() / UPWARD_REPORT.template)
    return template.fill(upward_values(data, DEFAULT_PROFILE))


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def lines(content: bytes) -> list[str]:
    shown = (" ".join(p.text.split()) for p in opened(content).paragraphs)
    return [line for line in shown if line]


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """Return the rows of each table with headings, by its first two headings."""
    found = {}
    for table in opened(content).tables:
        rows = [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table._tbl.iter(qn("w:tr"))
        ]
        found["|".join(rows[0][:2])] = rows
    return found


# --- a small campaign, by hand ---


def answer(campaign: Campaign, unit: str, code: str, score: str, note: str = "") -> LeafReturn:
    criterion, number = leaf_by_code(campaign, code), Decimal(score)
    return LeafReturn(criterion, unit, Answer.SCORED, SOURCE, number, score, note=note)


def data_of(
    campaign: Campaign,
    answers: Sequence[LeafReturn],
    appraised: Sequence[AppraisedLeaf] = (),
    explained: Sequence[ExplainedLeaf] = (),
) -> Consolidation:
    units = dict.fromkeys(a.unit for a in answers)
    returns = tuple(
        UnitReturn(u, f"{u}.xlsx", tuple(a for a in answers if a.unit == u)) for u in units
    )
    rounds = sorted({leaf.round for leaf in appraised})
    appraisals = tuple(
        AppraisalReturn(n, f"lan-{n}.xlsx", tuple(x for x in appraised if x.round == n))
        for n in rounds
    )
    supplements = tuple(SupplementReturn(x.unit, "bo-sung.xlsx", (x,)) for x in explained)
    everything = Returns(returns, appraisals=appraisals, supplements=supplements)
    return consolidate(campaign, everything, as_of=DAY)


def scored(campaign: Campaign) -> list[LeafReturn]:
    return [
        answer(campaign, "VP", "1.1.1", "1"),
        answer(campaign, "VP", "1.1.2", "1.25"),
        answer(campaign, "P1", "1.3", "2"),
        answer(campaign, "P2", "1.3", "1"),
    ]


def appraised(
    campaign: Campaign, number: int, code: str, score: str, request: str = ""
) -> AppraisedLeaf:
    criterion = leaf_by_code(campaign, code)
    given = Decimal(score)
    return AppraisedLeaf(
        criterion, "VP", number, Answer.SCORED, SOURCE, given, score, request=request
    )


# --- figures ---


def test_the_sentences_have_the_figures_worked_out_by_hand(small: Campaign) -> None:
    # 1 + 1,25 + mean of 2 and 1 = 3,75 of 1 + 2,5 + 0,5 + 2 = 6, which is 62,5 %.
    text = " ".join(lines(report(data_of(small, scored(small)))))
    assert (
        "Bộ chỉ số có 5 tiêu chí, tiêu chí thành phần có điểm, tổng điểm tối đa 9,00 điểm" in text
    )
    assert "trong đó 1 tiêu chí chấm qua điều tra xã hội học" in text
    assert "3/4 đơn vị đã gửi phiếu tự chấm điểm; 3/4 tiêu chí tự chấm đã có đủ kết quả" in text
    assert "Điểm tự chấm: 3,75/6,00 điểm, đạt 62,50%" in text
    assert "3. Điểm ĐTXHH: chưa có kết quả (3,00 điểm, không nằm trong tổng dưới đây)." in text
    assert "Tổng điểm đạt: 3,75/6,00 điểm, tỷ lệ 62,50%." in text
    assert "thẩm định" not in text.lower()


def test_rates_are_rounded_half_up_only_when_shown(small: Campaign) -> None:
    # 0,999 of 6 is 16,65 %; 0,9993 is 16,655 %, which is shown as 16,66 %.
    values = upward_values(
        data_of(small, [answer(small, "VP", "1.1.1", "0.9993")]), DEFAULT_PROFILE
    )
    assert (values["diem_tu_cham"], values["ty_le_tu_cham"]) == ("1,00", "16,66%")


def test_survey_results_are_told_with_and_without(small: Campaign) -> None:
    result = SurveyResult(leaf_by_code(small, "1.4"), Decimal("2.4"), "C2")
    text = " ".join(lines(report(data_of(replace(small, survey_results=(result,)), scored(small)))))
    assert "Điểm tự chấm: 3,75/6,00 điểm" in text
    assert "Điểm ĐTXHH: 2,40/3,00 điểm." in text
    # 6,15 of 9
    assert "Tổng điểm đạt, gồm cả điểm ĐTXHH: 6,15/9,00 điểm, tỷ lệ 68,33%." in text


def test_the_table_of_scores_is_that_of_the_workbook(example_data: Consolidation) -> None:
    workbook = build_report(example_data, DEFAULT_PROFILE)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)["Bảng điểm"]
    shown = [r[:5] for r in sheet.iter_rows(min_row=5, values_only=True) if r[1]]
    labels = [row[1] for row in shown]
    del shown[labels.index("TỔNG CỘNG") + 1 :]
    heading = ["STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần"]
    rows = tables(report(example_data))["|".join(heading)]
    columns = rows[0]
    assert columns[2:6] == ["Đơn vị chấm", "Điểm tối đa", "Tối đa áp dụng", "Điểm tự chấm"]
    assert len(rows) - 1 == len(shown) == 116
    for row, (code, name, maximum, applicable, score) in zip(rows[1:], shown, strict=True):
        assert row[:2] == [code or "", name]
        assert Decimal(row[3].replace(",", ".")) == Decimal(str(maximum))
        assert Decimal(row[4].replace(",", ".") or 0) == Decimal(str(applicable or 0))
        said = row[5]
        if score in (None, ""):
            assert not re.search(r"\d", said)
        else:
            assert Decimal(said.replace(",", ".")) == round(Decimal(str(score)), 2)


def test_the_fields_add_up_to_the_total(example_data: Consolidation) -> None:
    rows = tables(report(example_data))["TT|Lĩnh vực"]
    columns = ["Điểm tối đa", "Tối đa áp dụng", "Điểm tự chấm", "Điểm ĐTXHH", "Điểm đạt", "Tỷ lệ"]
    assert rows[0][2:] == columns
    *fields, total = rows[1:]
    assert [row[0] for row in fields] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    for place in (2, 3, 4, 6):
        numbers = [Decimal(row[place].replace(",", ".")) for row in fields if row[place]]
        assert sum(numbers) == Decimal(total[place].replace(",", "."))
    assert total[1] == "Tổng cộng"


@pytest.mark.parametrize("rounds", [0, 1, 2])
@pytest.mark.parametrize("note", ["", "ĐTXHH"])
def test_surveys_have_a_column_where_the_index_has_some(
    tmp_path: Path, rounds: int, note: str
) -> None:
    criteria = f"""
STT | Tiêu chí    | Điểm tối đa | Đơn vị thực hiện | Ghi chú
1   | Kế hoạch    |             |                  |
1.1 | Một         | 2           | Văn phòng        |
1.2 | Hai         | 1           | Văn phòng        | {note}
"""
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    rulings = [appraised(campaign, number, "1.1", "1") for number in range(1, rounds + 1)]
    content = report(data_of(campaign, [answer(campaign, "VP", "1.1", "2")], rulings))
    found = tables(content)
    for first in ("TT|Lĩnh vực", "STT|Lĩnh vực/Tiêu chí/Tiêu chí thành phần"):
        heading, *below = found[first]
        assert ("Điểm ĐTXHH" in heading) is bool(note)
        assert sum("hẩm định" in text for text in heading) == min(rounds, 1 + first.startswith("S"))
        assert {len(row) for row in below} == {len(heading)}
        assert below[-1][heading.index("Điểm đạt")] == ("1,00" if rounds else "2,00")
    assert any("ĐTXHH" in line for line in lines(content)) is bool(note)


def test_what_is_not_known_is_never_shown_as_nought(example_data: Consolidation) -> None:
    rows = tables(report(example_data))["STT|Lĩnh vực/Tiêu chí/Tiêu chí thành phần"]
    by_code = {row[0]: row for row in rows[:-1]}
    for leaf in example_data.leaves:
        row = by_code[leaf.criterion.code]
        if leaf.state is LeafState.SURVEY:
            assert row[4:9] == ["", "", "chưa có", "", ""]
        elif leaf.score is None:
            assert row[5] in ("chưa có", "không áp dụng")
            assert row[7] == row[8] == ""


def test_a_field_without_any_score_has_words_and_no_nought(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí       | Điểm tối đa | Đơn vị thực hiện
    1   | Lĩnh vực một   |             |
    1.1 | Kế hoạch       | 6           | Văn phòng
    2   | Lĩnh vực hai   |             |
    2.1 | Không phát sinh | 5          | Thanh tra
    3   | Lĩnh vực ba    |             |
    3.1 | Chưa ai chấm   | 2           | Thanh tra
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    out = LeafReturn(leaf_by_code(campaign, "2.1"), "TTra", Answer.NOT_APPLICABLE, SOURCE)
    data = data_of(campaign, [answer(campaign, "VP", "1.1", "3"), out])
    rows = tables(report(data))["TT|Lĩnh vực"]
    assert rows[1:] == [
        ["1", "Lĩnh vực một", "6,00", "6,00", "3,00", "3,00", "50,00%"],
        ["2", "Lĩnh vực hai", "5,00", "0,00", "không áp dụng", "", ""],
        ["3", "Lĩnh vực ba", "2,00", "2,00", "chưa có", "", ""],
        ["", "Tổng cộng", "13,00", "8,00", "3,00", "3,00", "37,50%"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    units = {row[0].value: [cell.value for cell in row] for row in book["Điểm theo đơn vị"].rows}
    # The inspectors said that 2.1 does not apply: that is no score of 0.
    assert [value or None for value in units["TTra"][2:5]] == [None, None, None]


# --- rounds of appraisal ---


def test_after_a_round_both_scores_stand_side_by_side(small: Campaign) -> None:
    data = data_of(small, scored(small), [appraised(small, 1, "1.1.2", "0.75")])
    content = report(data)
    text = " ".join(lines(content))
    assert "3. Điểm sau thẩm định (1 lần): 3,25/6,00 điểm, đạt 54,17%." in text
    assert "4. Điểm ĐTXHH" in text
    assert "Tổng điểm đạt: 3,25/6,00 điểm, tỷ lệ 54,17%." in text
    rows = tables(content)["STT|Lĩnh vực/Tiêu chí/Tiêu chí thành phần"]
    assert rows[0][5:7] == ["Điểm tự chấm", "Thẩm định"]
    [row] = [row for row in rows if row[0] == "1.1.2"]
    assert row[5:7] == ["1,25", "0,75"]
    assert len(opened(content).inline_shapes) == 2


def test_two_rounds_have_a_column_each(small: Campaign) -> None:
    both = [appraised(small, 1, "1.1.2", "0.75"), appraised(small, 2, "1.1.2", "1")]
    content = report(data_of(small, scored(small), both))
    rows = tables(content)["STT|Lĩnh vực/Tiêu chí/Tiêu chí thành phần"]
    assert rows[0][5:8] == ["Điểm tự chấm", "Thẩm định lần 1", "Thẩm định lần 2"]
    [row] = [row for row in rows if row[0] == "1.1.2"]
    assert row[5:8] == ["1,25", "0,75", "1,00"]
    assert check_content(content, "bao-cao.docx") == []


def test_what_the_appraisal_asked_is_told_with_the_units_answer(small: Campaign) -> None:
    asked = appraised(small, 1, "1.1.2", "0.75", request="Thiếu báo cáo quý IV")
    said = ExplainedLeaf(
        leaf_by_code(small, "1.1.2"), "VP", SOURCE,
        explanation="Báo cáo ban hành sau", evidence="Báo cáo 12/BC-VP",
    )  # fmt: skip
    content = report(data_of(small, scored(small), [asked], [said]))
    [row] = tables(content)["TT|Tiêu chí"][1:]
    assert row[:4] == ["1", "1.1.2 Mức độ thực hiện", "Văn phòng Sở", "Thiếu báo cáo quý IV"]
    assert row[4].startswith("Báo cáo ban hành sau")
    assert "Tài liệu bổ sung: Báo cáo 12/BC-VP" in row[4]


# --- explanations, difficulties, what is open ---


def test_missing_evidence_is_told_with_what_the_unit_says(example_data: Consolidation) -> None:
    [row] = tables(report(example_data))["TT|Tiêu chí"][1:]
    assert row[1].startswith("6.1.2 ")
    assert row[2:4] == ["Phòng Kế hoạch - Tài chính - Tổng hợp", "Chưa ghi tài liệu kiểm chứng"]


def test_a_campaign_without_gaps_says_so(small: Campaign) -> None:
    text = " ".join(lines(report(data_of(small, scored(small)))))
    assert "Các tiêu chí đã chấm điểm đều có tài liệu kiểm chứng." in text
    # One unit of four returned nothing: the report speaks for the others.
    assert "Các đơn vị đã gửi phiếu không nêu khó khăn, vướng mắc." in text
    assert "Các đơn vị đã gửi phiếu không nêu kiến nghị, đề xuất." in text


def test_where_no_form_came_back_nothing_is_said_of_what_is_in_them(small: Campaign) -> None:
    """It read "0,00 … đạt 0,00%", evidence for everything, and no difficulties anywhere."""
    text = " ".join(lines(report(data_of(small, []))))
    assert "2. Điểm tự chấm: chưa có, trên " in text
    assert "0,00%" not in text
    assert text.count("Chưa có phiếu tự chấm điểm nào gửi về.") == 3
    assert "đều có tài liệu" not in text
    assert "không nêu" not in text


def test_where_all_forms_came_back_it_speaks_for_all_units(small: Campaign) -> None:
    answers = [answer(small, unit.code, "1.3", "1") for unit in small.units]
    text = " ".join(lines(report(data_of(small, answers))))
    assert "4/4 đơn vị đã gửi phiếu" in text
    assert "Các đơn vị không nêu khó khăn, vướng mắc." in text


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Khó khăn: thiếu kinh phí", [("D", "thiếu kinh phí")]),
        ("kho khan:thiếu kinh phí", [("D", "thiếu kinh phí")]),
        ("- VƯỚNG MẮC : hệ thống\nhay lỗi", [("D", "hệ thống hay lỗi")]),
        ("Khó khăn, vướng mắc: a\nKiến nghị, đề xuất: b", [("D", "a"), ("P", "b")]),
        ("Kiến nghị và đề xuất: b; c", [("P", "b; c")]),
        ("Đề xuất: cấp máy\n\nĐã gọi điện", [("P", "cấp máy")]),
        ("Đã làm xong\nĐề xuất: cấp máy", [("P", "cấp máy")]),
        ("Khó khăn:", []),
        ("Không có khó khăn: đã xong", []),
        ("Gặp khó khăn về kinh phí", []),
        ("", []),
    ],
)
def test_remarks_are_known_by_how_they_begin(note: str, expected: list[tuple[str, str]]) -> None:
    kinds = {RemarkKind.DIFFICULTY: "D", RemarkKind.PROPOSAL: "P"}
    assert [(kinds[kind], text) for kind, text in remarks_in(note)] == expected


def test_remarks_name_unit_and_criterion_and_the_same_stands_once(small: Campaign) -> None:
    answers = [
        answer(small, "P1", "1.3", "2", note="Khó khăn: thiếu máy & <mạng>\nĐề xuất: cấp thêm."),
        answer(small, "P2", "1.3", "1", note="KHÓ KHĂN: Thiếu máy & <mạng>"),
    ]
    shown = lines(report(data_of(small, answers)))
    assert "- thiếu máy & <mạng> (Phòng Một; Phòng Hai, tiêu chí 1.3)." in shown
    assert "- cấp thêm (Phòng Một, tiêu chí 1.3)." in shown


def test_units_and_leaves_that_lack_are_named(small: Campaign) -> None:
    answers = [answer(small, "VP", "1.1.1", "1"), answer(small, "P1", "1.3", "2")]
    content = report(data_of(small, answers))
    text = " ".join(lines(content))
    assert "Đơn vị chưa gửi phiếu tự chấm điểm: Thanh tra Sở; Phòng Hai." in text
    rows = tables(content)["TT|Mã"][1:]
    assert [row[1:] for row in rows] == [
        ["1.1.2", "Mức độ thực hiện", "Văn phòng Sở", "Chưa có điểm"],
        ["1.2", "Sáng kiến", "Thanh tra Sở", "Chưa có điểm"],
        ["1.3", "Giải quyết thủ tục", "Phòng Hai", "Còn đơn vị chưa chấm"],
    ]


# --- the document ---


def test_it_is_a_report_that_conforms(example_data: Consolidation) -> None:
    content = report(example_data)
    assert check_content(content, "bao-cao.docx") == []
    shown = lines(content)
    assert "BÁO CÁO" in shown
    assert "Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm 2024" in shown
    assert "Kính gửi: UBND tỉnh A" in shown
    document = opened(content)
    head = document.tables[0]
    assert "/BC-SCT" in head.rows[1].cells[0].text
    upright, wide = document.sections
    assert upright.orientation == WD_ORIENT.PORTRAIT
    assert wide.orientation == WD_ORIENT.LANDSCAPE


def test_pictures_fit_the_page_and_can_be_read_out(example_data: Consolidation) -> None:
    document = opened(report(example_data))
    [picture] = document.inline_shapes
    assert picture.width <= Mm(DEFAULT_PROFILE.text_width)
    told = picture._inline.docPr.get("descr")
    assert told.startswith("Biểu đồ: Điểm đạt của từng lĩnh vực so với điểm tối đa. 1. ")
    field = example_data.campaign.children(None)[1]
    sums = example_data.subtotals[field.id]
    assert f"2. {field.name}: {sums.achieved:.2f}".replace(".", ",").replace("2,", "2.", 1) in told
    [part] = [p for p in document.part.package.parts if p.partname.endswith(".png")]
    with Image.open(io.BytesIO(part.blob)) as image:
        assert image.mode == "L"
        assert image.info == {}
        assert image.width / picture.width == pytest.approx(image.height / picture.height, rel=0.01)


def test_a_field_that_carries_a_score_itself_is_in_the_picture(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí       | Điểm tối đa | Đơn vị thực hiện
    1   | Lĩnh vực một   |             |
    1.1 | Kế hoạch       | 6           | Văn phòng
    2   | Sáng kiến      | 4           | Văn phòng
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    data = data_of(campaign, [answer(campaign, "VP", code, "3") for code in ("1.1", "2")])
    [picture] = opened(report(data)).inline_shapes
    told = picture._inline.docPr.get("descr")
    assert "1. Lĩnh vực một: 3,00/6,00 (50,00%)" in told
    assert "2. Sáng kiến: 3,00/4,00 (75,00%)" in told


def test_the_font_of_the_charts_has_every_vietnamese_letter() -> None:
    vowels = [unicodedata.normalize("NFC", v + m) for v in "aăâeêioôơuưy" for m in ("", *MARKS)]
    letters = "".join(vowels) + "đ"
    drawn = {c: bytes(_font().getmask(c)) for c in letters + letters.upper() + "\ue000"}
    missing = drawn.pop("\ue000")
    assert len(drawn) == 2 * (12 * 6 + 1)
    assert [c for c, mask in drawn.items() if mask == missing] == []


def test_the_same_returns_give_the_same_bytes(example_data: Consolidation) -> None:
    assert report(example_data) == report(example_data)


# --- the command ---


def test_the_offices_own_template_is_used(example_data: Consolidation, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    document: Any = docx.Document(str(templates_folder() / UPWARD_REPORT.template))
    [paragraph] = [p for p in document.paragraphs if p.text.startswith("Kính gửi")]
    paragraph.runs[0].text = "Kính gửi: Sở Nội vụ tỉnh A"
    document.save(str(own / UPWARD_REPORT.template))
    outcome = made(example_data, tmp_path / "ra", report_of())
    assert outcome.findings == ()
    content = (tmp_path / "ra/tong-hop/bao-cao.docx").read_bytes()
    assert "Kính gửi: Sở Nội vụ tỉnh A" in lines(content)


def test_a_wrong_template_keeps_back_the_report_alone(
    example_data: Consolidation, tmp_path: Path
) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    document: Any = docx.Document(str(templates_folder() / UPWARD_REPORT.template))
    document.add_paragraph("{{ diem_tu_chm }}")
    document.save(str(own / UPWARD_REPORT.template))
    outcome = made(example_data, tmp_path / "ra", report_of())
    assert [w.path.name for w in outcome.written] == ["tong-hop.xlsx"]
    [finding] = outcome.findings
    assert (finding.file, finding.found) == (UPWARD_REPORT.template, "diem_tu_chm")
    assert "diem_tu_cham" in finding.candidates


def test_tong_hop_takes_the_template_beside_the_workbook(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "dot")
    own = tmp_path / "dot" / "templates"
    own.mkdir(exist_ok=True)
    document: Any = docx.Document(str(templates_folder() / UPWARD_REPORT.template))
    document.paragraphs[0].insert_paragraph_before("Bản của cơ quan")
    document.save(str(own / UPWARD_REPORT.template))
    assert cchc("tong-hop", tmp_path / "dot", "-o", tmp_path / "ra", "--ngay", "20/12/2024") == 1
    content = (tmp_path / "ra/tong-hop/bao-cao.docx").read_bytes()
    assert "Bản của cơ quan" in lines(content)


# --- many units ---


def many(units: int, fields: int, leaves: int) -> Consolidation:
    """A campaign in which every unit scores every leaf (số liệu minh họa)."""
    people = tuple(Unit(f"X{n}", f"Xã số {n}") for n in range(1, units + 1))
    criteria = [
        Criterion(f"F{f}", str(f), f"Lĩnh vực số {f}", 1, "", f) for f in range(1, fields + 1)
    ]
    for n in range(1, leaves + 1):
        f = (n - 1) * fields // leaves + 1
        criteria.append(
            Criterion(f"L{n}", f"{f}.{n}", f"Tiêu chí số {n} về cải cách hành chính", 2,
                      f"F{f}", 100 + n, Decimal(1), method=Method.SELF)
        )  # fmt: skip
    rows = [c for c in criteria if c.id.startswith("L")]
    parts = tuple(Assignment(c.id, u.code, Role.LEAD, each=True) for c in rows for u in people)
    info = CampaignInfo(
        2024, "UBND tỉnh A", "UBND", "/UBND-NC", "Tỉnh A", "BẢNG", signer_title="CHỦ TỊCH"
    )
    order = sorted(criteria, key=lambda c: (int(c.code.split(".")[0]), c.level, c.row))
    campaign = Campaign("dot-cham.xlsx", info, people, tuple(order), parts)
    answers = [
        LeafReturn(c.id, u.code, Answer.SCORED, SOURCE, Decimal((i + j) % 5) / 4,
                   note="Đề xuất: cấp kinh phí" if (i * j) % 7 == 1 else "")
        for i, u in enumerate(people)
        for j, c in enumerate(rows)
        if i % 10 != 9
    ]  # fmt: skip
    return data_of(campaign, answers)


def test_a_hundred_and_fifty_units_share_lines(tmp_path: Path) -> None:
    data = many(150, 8, 83)
    content = report(data)
    text = lines(content)
    [missing] = [line for line in text if line.startswith("Đơn vị chưa gửi phiếu")]
    assert missing.count("Xã số") == 15
    proposals = [line for line in text if line.startswith("- cấp kinh phí")]
    assert 0 < len(proposals) <= 83
    assert any("đơn vị khác" in line for line in proposals)
    assert check_content(content, "bao-cao.docx") == []


@pytest.fixture
def pages(
    example_data: Consolidation, tmp_path: Path, libreoffice: Callable[[Path, str], Path]
) -> list[str]:
    """The words of the example's report, page by page, as LibreOffice lays them out."""
    source = tmp_path / "bao-cao.docx"
    source.write_bytes(report(example_data))
    command = ["pdftotext", "-layout", str(libreoffice(source, "pdf")), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    *pages, end = done.stdout.decode("utf-8").split("\f")
    assert end == ""
    return pages


@pytest.mark.libreoffice
def test_no_page_is_left_empty(pages: list[str]) -> None:
    assert all(len(page.split()) > 20 for page in pages)
    assert sum("BẢNG ĐIỂM CHỈ SỐ" in page for page in pages) == 1


@pytest.mark.libreoffice
def test_a_full_score_stands_on_one_line_in_the_table_of_fields(pages: list[str]) -> None:
    total = r"Tổng cộng\s+100,00\s+69,00\s+61,25\s+chưa có\s+61,25\s+88,77%"
    assert re.search(total, "".join(pages))
    assert re.search(r"TT\s+Lĩnh vực", "".join(pages))


def test_a_row_that_all_units_score_names_them_so(tmp_path: Path) -> None:
    units = (
        "Mã | Tên đơn vị | Nhóm\nA | Phòng A | cả; ba\nB | Phòng B | cả; ba\n"
        "C | Phòng C | cả; ba\nD | Phòng D | cả"
    )
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n"
        "1 | Lĩnh vực | |\n1.1 | Kế hoạch | 1 | cả\n1.2 | Báo cáo | 1 | ba"
    )
    path = campaign_file(tmp_path / "dot", units=units, criteria=criteria)
    data = data_of(load_campaign(path), ())
    rows = {row.ma: row.don_vi for row in upward_values(data, DEFAULT_PROFILE)["bang_diem"]}
    assert rows["1.1"] == "Tất cả 4 đơn vị"
    assert rows["1.2"] == "Phòng A và 2 đơn vị khác"
