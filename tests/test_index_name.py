"""The name of the index is the office's: in titles, letters, mails, file names and what comes back."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.campaign.enclosing import parse_enclosing
from cchc_office.catalogue.findings import Code
from cchc_office.decree30 import DEFAULT_PROFILE, check
from cchc_office.model import Campaign, EnclosingPaper, IndexName, abbreviation_of
from cchc_office.papers.assignment_table import assignment_table, reference_line
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.letter_values import letter_values
from cchc_office.papers.table_docx import render_docx
from cchc_office.returns import read_returns
from cchc_office.text.vietnamese import OfficialDate

from .sheets import SETTINGS, campaign_file

DTI = "Tên bộ chỉ số | Chỉ số chuyển đổi số (DTI) |\nTên gọi tắt | DTI |\n"
EMULATION = "Tên bộ chỉ số | Bộ tiêu chí thi đua |\nTên gọi tắt | THIDUA |\n"


def campaign(folder: Path, more: str = "") -> Campaign:
    return load_campaign(campaign_file(folder, settings=SETTINGS + more))


@pytest.mark.parametrize(
    ("name", "short", "shown", "together", "kind", "about"),
    [
        (
            *("Chỉ số cải cách hành chính", "CCHC", "Chỉ số CCHC"),
            *("Bộ chỉ số cải cách hành chính", "Bộ chỉ số", "cải cách hành chính"),
        ),
        (
            *("Chỉ số chuyển đổi số (DTI)", "DTI", "Chỉ số DTI"),
            *("Bộ chỉ số chuyển đổi số (DTI)", "Bộ chỉ số", "chuyển đổi số"),
        ),
        (
            *("Bộ tiêu chí thi đua", "THIDUA", "Bộ tiêu chí thi đua"),
            *("Bộ tiêu chí thi đua", "Bộ tiêu chí", "thi đua"),
        ),
        (
            *("Chỉ số thi đua", "THIDUA", "Chỉ số thi đua"),
            *("Bộ chỉ số thi đua", "Bộ chỉ số", "thi đua"),
        ),
        ("KPI", "KPI", "KPI", "Bộ chỉ số KPI", "Bộ chỉ số", "thực hiện Bộ chỉ số KPI"),
        (
            *("Mức độ hoàn thành nhiệm vụ", "HTNV", "Mức độ hoàn thành nhiệm vụ"),
            *("Bộ tiêu chí đánh giá Mức độ hoàn thành nhiệm vụ", "Bộ tiêu chí"),
            "thực hiện Bộ tiêu chí đánh giá Mức độ hoàn thành nhiệm vụ",
        ),
    ],
)
def test_the_name_stands_in_sentences(
    name: str, short: str, shown: str, together: str, kind: str, about: str
) -> None:
    index = IndexName(name, short)
    assert (index.short, index.full_set, index.kind_of_set, index.subject) == (
        *(shown, together, kind, about),
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Chỉ số chuyển đổi số (DTI)", "DTI"),
        ("Bộ tiêu chí KPI công chức", "KPI"),
        ("Bộ tiêu chí thi đua, khen thưởng", "TDKT"),
        ("Chỉ số đổi mới sáng tạo", "DMST"),
    ],
)
def test_a_short_form_that_nobody_gave_is_made_and_told(
    tmp_path: Path, name: str, made: str
) -> None:
    assert abbreviation_of(name) == made
    of = campaign(tmp_path, f"Tên bộ chỉ số | {name} |\n")
    assert of.id == f"{made}-2024-STN"
    told = [(f.code, f.found, f.expected) for f in of.findings]
    assert told == [(Code.ABBREVIATION_MADE, name, made)]


def test_a_short_form_without_its_name_is_asked_for(tmp_path: Path) -> None:
    of = campaign(tmp_path, "Tên gọi tắt | DTI |\n")
    assert [(f.code, f.expected) for f in of.findings] == [(Code.MISSING_SETTING, "Tên bộ chỉ số")]
    assert not campaign(tmp_path, "Tên gọi tắt | CCHC |\n").findings


@pytest.mark.parametrize("text", ["9", "9,0", "9 điểm"])
def test_a_scale_that_its_rows_come_to_says_nothing(tmp_path: Path, text: str) -> None:
    of = campaign(tmp_path, f"Thang điểm | {text} |\n")
    assert of.info.scale == 9
    assert not of.findings


def test_a_scale_is_held_against_the_sum_of_maxima(tmp_path: Path) -> None:
    of = campaign(tmp_path, "Thang điểm | 1.000 |\n")
    assert of.info.scale == 1000
    (finding,) = of.findings
    assert (finding.code, finding.found, finding.expected) == (Code.SCALE_NOT_SUM, "9", "1000")
    (finding,) = campaign(tmp_path, "Thang điểm | một trăm |\n").findings
    assert (finding.code, finding.found) == (Code.BAD_SCALE, "một trăm")


CAPPED_BONUS = """
STT | Tiêu chí      | Điểm tối đa | Loại điểm | Đơn vị thực hiện
1   | Kế hoạch      | 4           |           | Văn phòng Sở
2   | Điểm thưởng   | 2           | Thưởng    |
2.1 | Sáng kiến     | 2           | Thưởng    | Văn phòng Sở
2.2 | Được khen     | 1           | Thưởng    | Văn phòng Sở
"""


@pytest.mark.parametrize(("scale", "said"), [("6", ["diem-thuong-trong-thang-diem"]), ("4", [])])
def test_a_scale_that_holds_the_bonus_too_is_asked_about(
    tmp_path: Path, scale: str, said: list[str]
) -> None:
    """The result of an office came to 102 % without a word of why."""
    settings = f"{SETTINGS}Thang điểm | {scale} |\n"
    of = load_campaign(campaign_file(tmp_path, settings=settings, criteria=CAPPED_BONUS))
    assert [f.code.slug for f in of.findings if "thang" in f.code.slug] == said


@pytest.mark.parametrize(("least", "said"), [("6", []), ("6,5", ["6"])])
def test_no_class_is_reached_by_more_bonus_than_its_heading_lets_count(
    tmp_path: Path, least: str, said: list[str]
) -> None:
    settings = f"{SETTINGS}Xếp loại | ≥{least} điểm: Tốt; còn lại: Khá |\n"
    of = load_campaign(campaign_file(tmp_path, settings=settings, criteria=CAPPED_BONUS))
    assert [f.found for f in of.findings if f.code is Code.CLASS_OUT_OF_REACH] == said


def test_a_form_of_another_index_is_no_return(tmp_path: Path) -> None:
    reform, digital = campaign(tmp_path / "a"), campaign(tmp_path / "b", DTI)
    unit = digital.unit("VP")
    assert digital.paper_name(unit) == "DTI-2024-VP"
    form = tmp_path / "DTI-2024-VP.xlsx"
    form.write_bytes(build_form(digital, unit, DEFAULT_PROFILE))
    (read,) = read_returns([form], reform)
    assert [(f.code, f.found, f.expected) for f in read.findings] == [
        (Code.OTHER_CAMPAIGN, "DTI-2024-STN", "CCHC-2024-STN")
    ]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CHUYỂN ĐỔI SỐ (DTI) NĂM 2024", Code.KNOWN_BY_TITLE),
        ("Phiếu tự chấm điểm Chỉ số DTI năm 2024", Code.KNOWN_BY_TITLE),
        ("PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CHUYỂN ĐỔI SỐ (DTI) NĂM 2023", Code.OTHER_YEAR),
        ("PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2024", Code.OTHER_CAMPAIGN),
    ],
)
def test_a_form_without_marks_is_known_by_its_index(
    tmp_path: Path, title: str, code: object
) -> None:
    of = campaign(tmp_path, DTI)
    form = tmp_path / "phieu.xlsx"
    form.write_bytes(build_form(of, of.unit("VP"), DEFAULT_PROFILE))
    book = openpyxl.load_workbook(form)
    sheet = book[SCORE_SHEET]
    for row in sheet.iter_rows(max_row=4):
        for cell in row:
            if "CHUYỂN ĐỔI SỐ (DTI) NĂM 2024" in str(cell.value):
                cell.value = title
    copy = openpyxl.Workbook()
    only = copy.active
    assert only is not None
    for values in sheet.iter_rows(values_only=True):
        only.append(values)
    copy.save(form)
    (read,) = read_returns([form], of)
    assert code in [finding.code for finding in read.findings]


# --- the document that the assignment table goes with ---


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Công văn", EnclosingPaper()),
        ("quyết định", EnclosingPaper("Quyết định")),
        (
            "(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 05 tháng 01 năm 2025 của UBND tỉnh A)",
            EnclosingPaper("Quyết định", "15", "/QĐ-UBND", OfficialDate(5, 1, 2025), "UBND tỉnh A"),
        ),
        (
            "Kế hoạch số …/KH-STN ngày   /02/2024",
            EnclosingPaper("Kế hoạch", "", "/KH-STN", OfficialDate(None, 2, 2024)),
        ),
        ("Thông báo của Sở Thử Nghiệm", EnclosingPaper("Thông báo", issuer="Sở Thử Nghiệm")),
        ("Quyết định số mười lăm", None),
        ("Quyết định số 15/QĐ-UBND ngày 31/02/2025", None),
        (
            "Nghị quyết số 15/2025/NQ-HĐND, ngày 5/1/2025",
            EnclosingPaper("Nghị quyết", "15", "/2025/NQ-HĐND", OfficialDate(5, 1, 2025)),
        ),
        ("(Kèm theo Công văn số 100/STN-VP)", EnclosingPaper("Công văn", "100", "/STN-VP")),
        ("Hợp đồng", None),
    ],
)
def test_the_enclosing_paper_is_read_whole_or_not(text: str, paper: EnclosingPaper | None) -> None:
    assert parse_enclosing(text) == paper


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("", "(Kèm theo Công văn số _/STN-VP ngày _/5/2024 của Sở Thử Nghiệm)"),
        (
            "(Kèm theo Công văn số        /STN-VP ngày     /5/2024 của Sở Thử Nghiệm)",
            "(Kèm theo Công văn số _/STN-VP ngày _/5/2024 của Sở Thử Nghiệm)",
        ),
        ("Quyết định", "(Kèm theo Quyết định số _/QĐ-STN ngày _/_/2024 của Sở Thử Nghiệm)"),
        (
            "Quyết định số 15/QĐ-UBND ngày 05/01/2024 của UBND tỉnh A",
            "(Kèm theo Quyết định số 15/QĐ-UBND ngày 05/01/2024 của UBND tỉnh A)",
        ),
    ],
)
def test_the_table_says_what_it_goes_with(tmp_path: Path, said: str, line: str) -> None:
    of = campaign(tmp_path, f"Kèm theo | {said} |\nPhụ lục | có |\n")
    assert " ".join(reference_line(of.info).replace("\xa0", "_").split()) == _blanks(line)
    values = letter_values(of, of.unit("VP"), DEFAULT_PROFILE)
    own = "Công văn này" if "Công văn" in line else reference_line(of.info)[len("(Kèm theo ") : -1]
    assert values["van_ban_giao"] == own
    path = tmp_path / "phu-luc.docx"
    path.write_bytes(render_docx(assignment_table(of, DEFAULT_PROFILE), DEFAULT_PROFILE))
    assert reference_line(of.info) in [p.text for p in docx.Document(str(path)).paragraphs]
    assert check(path) == []


def _blanks(line: str) -> str:
    """Return a line with the blanks that the records office fills in as long as they are made."""
    return (
        line.replace("số _/", f"số {'_' * 8}/")
        .replace("_/_/", f"{'_' * 5}/{'_' * 5}/")
        .replace("ngày _/", f"ngày {'_' * 5}/")
    )


def test_an_enclosing_paper_that_is_not_understood_holds_the_papers(tmp_path: Path) -> None:
    (finding,) = campaign(tmp_path, "Kèm theo | theo quyết định của tỉnh |\n").findings
    assert (finding.code, finding.cell) == (Code.BAD_ENCLOSING, "B12")
    assert finding.code.severity.name == "ERROR"
