"""Units whose names differ only by their diacritics are two; a text without any could mean both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding, FindingCode, Severity
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.mail.attachments import why_not_of
from cchc_office.model import Campaign, ReadFile, Role
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.form.layout import HIDDEN_SHEET, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.kinds import DISPATCH
from cchc_office.returns import read_returns
from cchc_office.text.vietnamese import spelling
from cchc_office.word.templates import DocumentTemplate

from .sheets import add_sheet, campaign_file, fill_form

UNITS = """
Mã  | Tên đơn vị    | Tên gọi khác | Nhóm    | Thủ trưởng | Email
VP  | Văn phòng Sở  | Văn phòng    |         |            | vp@a.example
CP1 | Xã Cẩm Phú    |              | các xã  |            | cp1@a.example
CP2 | Xã Cam Phú    |              | các xã  |            | cp2@a.example
"""
CRITERIA = """
STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Ghi chú
1   | Lĩnh vực |             |                  |
1.1 | Một      | 1           | {}               |
1.2 | Hai      | 1           | Xã Cẩm Phú; các xã báo cáo |
1.3 | Ý kiến   | 2           | các xã           | ĐTXHH
"""


def campaign(tmp_path: Path, text: str = "Xã Cam Phú", units: str = UNITS) -> Campaign:
    return load_campaign(campaign_file(tmp_path, units=units, criteria=CRITERIA.format(text)))


def only(campaign: Campaign) -> Finding:
    assert len(campaign.findings) == 1, [f.sentence for f in campaign.findings]
    return campaign.findings[0]


def parts(campaign: Campaign, code: str) -> dict[str, Role]:
    row = next(c for c in campaign.criteria if c.code == code)
    return {a.unit: a.role for a in campaign.assignments_of(row)}


def test_spelling_keeps_marks_but_not_their_place() -> None:
    assert spelling("Xã Cẩm Phú") != spelling("Xã Cam Phú") != spelling("Xã Cam Phù")
    assert spelling("HOÀ BÌNH") == spelling("Hòa  Bình")
    assert spelling("Thuỷ – Nguyên") == spelling("thủy-nguyên")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("Xã Cẩm Phú", "CP1"), ("Xã Cam Phú", "CP2"), ("XÃ CẨM PHÚ", "CP1"), ("CP2", "CP2")],
)
def test_each_of_two_such_units_is_meant_by_its_full_spelling(
    tmp_path: Path, text: str, unit: str
) -> None:
    read = campaign(tmp_path, text)
    assert read.findings == ()
    assert parts(read, "1.1") == {unit: Role.LEAD}
    assert parts(read, "1.2") == {"CP1": Role.LEAD, "CP2": Role.SUPPORT}


@pytest.mark.parametrize(
    "text", ["Xa Cam Phu", "Xã Cầm Phú", "Văn phòng chủ trì, xa cam phu phối hợp"]
)
def test_a_text_that_could_mean_both_is_asked_about(tmp_path: Path, text: str) -> None:
    finding = only(campaign(tmp_path, text))
    assert (finding.code, finding.cell) == (Code.UNKNOWN_UNIT, "D3")
    assert finding.candidates == ("Xã Cẩm Phú", "Xã Cam Phú")


def test_the_columns_for_lead_and_support_ask_too(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Chủ trì    | Phối hợp
    1   | Lĩnh vực |             |            |
    1.1 | Một      | 1           | Xã Cam Phú | Xã Cẩm Phú
    1.2 | Hai      | 1           | xa cam phu |
    """
    read = load_campaign(campaign_file(tmp_path, units=UNITS, criteria=criteria))
    assert (only(read).code, only(read).cell) == (Code.UNKNOWN_UNIT, "D4")
    assert parts(read, "1.1") == {"CP2": Role.LEAD, "CP1": Role.SUPPORT}


def test_what_is_unknown_is_told_at_the_cell_it_stands_in(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Chủ trì    | Phối hợp
    1   | Lĩnh vực |             |            |
    1.1 | Một      | 1           | Xã Cam Phú | Văn phòng; các chủ thể
    1.2 | Hai      | 1           | Hội A      | Hội B; xa cam phu
    """
    read = load_campaign(campaign_file(tmp_path, units=UNITS, criteria=criteria))
    assert [(f.cell, f.found, f.about) for f in read.findings] == [
        ("E3", "các chủ thể", "Văn phòng; các chủ thể"),
        ("D4", "Hội A", "Hội A"),
        ("E4", "xa cam phu", "Hội B; xa cam phu"),
        ("E4", "Hội B", "Hội B; xa cam phu"),
    ]


def test_a_name_shared_as_it_is_spelled_stays_an_error(tmp_path: Path) -> None:
    units = UNITS.replace("Xã Cam Phú ", "Xã Cẩm  Phú")
    assert Code.SHARED_ALIAS in [f.code for f in campaign(tmp_path, units=units).findings]


def test_survey_results_of_such_units(tmp_path: Path) -> None:
    campaign(tmp_path)
    path = tmp_path / "dot-cham.xlsx"
    results = (
        "STT | Đơn vị | Điểm\n1.3 | Xã Cẩm Phú | 1\n1.3 | Xã Cam Phú | 2\n1.3 | xa cam phu | 1"
    )
    read = load_campaign(add_sheet(path, "Kết quả ĐTXHH", results))
    assert {r.unit: int(r.score) for r in read.survey_results} == {"CP1": 1, "CP2": 2}
    finding = only(read)
    assert (finding.code, finding.cell) == (Code.SURVEY_UNIT_UNKNOWN, "B4")
    assert finding.candidates == ("Xã Cẩm Phú", "Xã Cam Phú")


def returned(read: Campaign, tmp_path: Path, named: str, *, marks: bool) -> ReadFile:
    """Return what is read of the first unit's form, with another name above its table."""
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(build_form(read, read.unit("CP1"), DEFAULT_PROFILE))
    fill_form(path, {"1.2": {"score": 1, "evidence": "KH 1"}})
    book: Any = openpyxl.load_workbook(path)
    for row in book[SCORE_SHEET].iter_rows(max_row=6):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("Xã Cẩm Phú", named)
    if not marks:
        del book[HIDDEN_SHEET]
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        book.properties.title = None
    book.save(path)
    (result,) = read_returns([path], read)
    return result


@pytest.mark.parametrize(
    ("named", "unit", "code"),
    [
        ("Xã Cẩm Phú", "CP1", Code.KNOWN_BY_TITLE),
        ("Xã Cam Phú", "CP2", Code.KNOWN_BY_TITLE),
        ("Xa Cam Phu", "", Code.SENDER_UNCLEAR),
    ],
)
def test_forms_that_lost_their_marks(
    tmp_path: Path, named: str, unit: str, code: FindingCode
) -> None:
    result = returned(campaign(tmp_path / "dot"), tmp_path, named, marks=False)
    assert [f.code for f in result.findings] == [code]
    assert (result.returned.unit if result.returned else "") == unit


def test_a_form_with_the_other_name_above_its_table_is_told(tmp_path: Path) -> None:
    read = campaign(tmp_path / "dot")
    assert [f.code for f in returned(read, tmp_path, "Xã Cam Phú", marks=True).findings] == [
        Code.FORM_OF_OTHER_UNIT
    ]
    assert returned(read, tmp_path, "Xa Cam Phu", marks=True).findings == ()


def test_a_letter_to_the_one_is_none_to_the_other(tmp_path: Path) -> None:
    read = campaign(tmp_path)
    tasks = DocumentTemplate(templates_folder() / DISPATCH.template)
    letter = tasks.fill(dispatch_values(read, read.unit("CP1"), DEFAULT_PROFILE))
    assert why_not_of(letter, "cong-van.docx", read, read.unit("CP1")) == ""
    why = why_not_of(letter, "cong-van.docx", read, read.unit("CP2"))
    assert "Xã Cẩm Phú" in why


GROUPS = """
Mã | Tên đơn vị   | Tên gọi khác | Nhóm  | Thủ trưởng | Email
A  | Văn phòng Sở | Văn phòng    | {}    |            | a@a.example
B  | Phòng Hai    |              | {}    |            | b@a.example
C  | Phòng Ba     |              | {}    |            | c@a.example
"""
OF_GROUPS = """
STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực |             |
1.1 | Một      | 1           | các xã cẩm
"""


@pytest.mark.parametrize(
    ("groups", "members", "code"),
    [
        (("các xã Cẩm", "cac xa cam", ""), {"A", "B"}, None),
        (("các xã Cẩm", "các xã Cam", ""), {"A"}, Code.GROUPS_ALIKE),
        (("các xã Cẩm", "các xã Cam", "cac xa cam"), {"A"}, Code.GROUP_UNCLEAR),
    ],
)
def test_groups_whose_names_differ_by_their_marks(
    tmp_path: Path, groups: tuple[str, ...], members: set[str], code: FindingCode | None
) -> None:
    units = GROUPS.format(*groups)
    read = load_campaign(campaign_file(tmp_path, units=units, criteria=OF_GROUPS))
    assert set(parts(read, "1.1")) == members
    assert [f.code for f in read.findings] == [code] * (code is not None)


def test_a_place_that_sounds_like_sample_is_no_sample(tmp_path: Path) -> None:
    units = UNITS.replace("Xã Cam Phú", "Hạt kiểm lâm (Minh Hóa)")
    read = campaign(tmp_path, "Văn phòng", units)
    assert read.findings == ()
    marked = campaign(tmp_path / "b", "Văn phòng", UNITS.replace("Xã Cam Phú", "Xã X (minh hoạ)"))
    assert (only(marked).code, only(marked).severity) == (Code.ILLUSTRATIVE, Severity.NOTE)
