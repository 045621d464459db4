"""Every file that a command writes, held against the schema by Microsoft's own validator."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement

from cchc_office.word.templates import DocumentTemplate

from .appraised_campaigns import units_file
from .calls import cchc
from .conftest import EXAMPLE, ROOT
from .four_level_office import FourLevelOffice, by_commands, go_through
from .sheets import SETTINGS, add_sheet, campaign_file
from .template_files import (
    both,
    headed,
    paragraphs,
    picture,
    runs,
    table,
    template_file,
)
from .test_other_indexes import DTI, DTI_CRITERIA, went
from .validator import ENDINGS, errors_of
from .whole_year import Office

pytestmark = pytest.mark.validator

RULES = """
STT | Tiêu chí                | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách chấm | Cách tổng hợp
1   | Lĩnh vực “một” & <hai>  |             |                  |         |           |
1.1 | Ban hành kế hoạch       | 2           | mọi nơi          |         |           | Có/Không
1.2 | Hồ sơ đúng hạn          | 4           | mọi nơi          |         |           | Tỷ lệ, dưới 50% được 0; không phát sinh: không áp dụng | Gộp số liệu
1.3 | Mức độ hoàn thành       | 3           | mọi nơi          |         |           | từ 90% trở lên: 3; từ 70% đến dưới 90%: 1,5; còn lại: 0; không phát sinh: điểm tối đa
1.4 | Tin, bài tuyên truyền   | 2           | mọi nơi          |         |           | Mỗi tin bài 0,5 | Gộp số liệu
1.5 | Gửi báo cáo             | 1           | mọi nơi          |         |           | trước 15/01/2024: 1; đến hết ngày 31/01/2024: 0,5; sau: 0
1.6 | Giải quyết thủ tục      | 3           | mọi nơi          |         |           | đúng hạn, đủ hồ sơ: 3; đúng hạn, thiếu hồ sơ: 1; không giải quyết: 0
1.9 | Hài lòng của người dân  | 2           | mọi nơi          |         |           | Chỉ số hài lòng (%) x 2
1.10 | Chế độ báo cáo         | 2           | mọi nơi          |         |           | Mỗi báo cáo chậm trừ 0,5
1.7 | Ý kiến người dân        | 2           | mọi nơi          | ĐTXHH   |           |
1.8 | Ý kiến công chức        | 2           | mọi nơi          | ĐTXHH   |           |
2   | Điểm thưởng             | 1           |                  |         | Thưởng    | | Tổng
2.1 | Sáng kiến               | 2           | mọi nơi          |         | Thưởng    | Mỗi sáng kiến 0,5
3   | Điểm phạt               | 1           |                  |         | Phạt      | | Tổng
3.1 | Chậm báo cáo            | 2           | mọi nơi          |         | Phạt      |
"""
SURVEY = """
STT | Tiêu chí         | Điểm | Mức 1 | Mức 2 | Mức 3 | Mức 4
1.7 | Ý kiến người dân |      | 60    | 40    | 15    | 5
"""
UNITS = """
Mã | Tên đơn vị                | Tên gọi khác | Nhóm    | Thủ trưởng | Email
X1 | Phòng Một & Hai (minh họa) |              | mọi nơi |            | x1@a.example
X2 | Phòng Ba (minh họa)        |              | mọi nơi |            | x2@a.example
X3 | Phòng Bốn (minh họa)       |              | mọi nơi |            | x3@a.example
X4 | Phòng Năm (minh họa)       |              | mọi nơi |            | x4@a.example
"""

TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))


def test_the_validator_says_what_is_wrong(tmp_path: Path) -> None:
    document = docx.Document(str(TEMPLATES[0]))
    document.sections[0]._sectPr.append(OxmlElement("w:pgNumType"))
    document.save(str(tmp_path / "sai.docx"))
    [error] = errors_of(tmp_path)
    assert error.startswith("sai.docx /word/document.xml ")
    assert "pgNumType" in error


def test_templates() -> None:
    assert len(TEMPLATES) == 4
    assert errors_of(*TEMPLATES) == []


KINDS = {
    *("phu-luc.xlsx", "phu-luc.docx", "cong-van.docx", "phieu-cham.xlsx"),
    *("tong-hop.xlsx", "tong-hop.docx", "don-doc.docx", "tham-dinh.xlsx"),
    *("giai-trinh.docx", "giai-trinh.xlsx", "so.xlsx"),
}
"""Every kind of paper, by its folder and ending."""


def written(office: Office | FourLevelOffice) -> Counter[str]:
    """Return how many files there are of each kind, all stages together."""
    files = (path for path in office.papers.rglob("*") if path.suffix in ENDINGS)
    return Counter(f"{path.parent.name}{path.suffix}" for path in files)


def test_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "dot"
    shutil.copytree(EXAMPLE, folder)
    office = Office(folder, tmp_path / "ra")
    office.run("all", "chay")
    office.whole_year()
    assert set(written(office)) == KINDS
    assert errors_of(office.papers) == []


def test_rules_bonus_penalties_surveys_and_places(tmp_path: Path) -> None:
    settings = f"{SETTINGS}Xếp hạng | Có\nXếp loại | ≥90%: Tốt; ≥50%: Khá; còn lại: Yếu\n"
    path = campaign_file(tmp_path / "dot", settings=settings, units=UNITS, criteria=RULES)
    add_sheet(path, "Kết quả ĐTXHH", SURVEY)
    office = Office(path.parent, tmp_path / "ra")
    office.whole_year(returned=3)
    assert set(written(office)) == KINDS
    assert errors_of(office.papers) == []


def test_four_levels_from_a_word_table_and_the_year_after(tmp_path: Path) -> None:
    office = FourLevelOffice(tmp_path)
    go_through(office, by_commands(office))
    report = office.made("reported", "tong-hop") / "tong-hop.xlsx"
    cchc("tong-hop", office.folder, "-o", office.papers / "after", "--so-voi", report)
    assert set(written(office)) == KINDS
    sheets = sheets_of(office.made("after", "tong-hop") / "tong-hop.xlsx")
    assert {"So với kỳ trước", "Đơn vị so kỳ trước"} <= set(sheets)

    next_year, other = tmp_path / "nam-sau", tmp_path / "bo-moi"
    assert cchc("khoi-tao", next_year, "--tu", office.folder / "dot-cham.xlsx") in (0, 1)
    first, table = tmp_path / "lan-dau", "phu-luc/phu-luc.xlsx"
    assert cchc("khoi-tao", first, "--tu", office.source) in (0, 1)
    assert cchc("phu-luc", EXAMPLE, "-o", tmp_path) == 0
    options = ("--tu", tmp_path / table, "--phan-cong-tu", office.folder)
    assert cchc("khoi-tao", other, *options) in (0, 1)
    for taken in (first, other):
        assert "Nhập từ tệp" in sheets_of(taken / "dot-cham.xlsx")
    assert cchc("so-sanh", office.folder, other, "-o", tmp_path) in (0, 1)
    compared = tmp_path / "so-sanh/so-sanh.xlsx"
    assert errors_of(office.papers, first, next_year, other, compared) == []


def test_another_index(tmp_path: Path) -> None:
    office = went(tmp_path, DTI, DTI_CRITERIA)
    assert set(written(office)) == KINDS
    assert errors_of(office.papers) == []


def test_sixty_units(tmp_path: Path) -> None:
    office = Office(units_file(tmp_path / "dot", 60).parent, tmp_path / "ra")
    office.whole_year(returned=50)
    made = written(office)
    assert set(made) == KINDS
    assert (made["cong-van.docx"], made["phieu-cham.xlsx"]) == (60, 60)
    assert made["don-doc.docx"] == 2 * 10  # ten units returned nothing
    assert errors_of(office.papers) == []


def test_campaign_workbooks_to_begin_with(tmp_path: Path) -> None:
    table = tmp_path / "phu-luc/phu-luc"
    assert cchc("phu-luc", EXAMPLE, "-o", tmp_path) == 0
    assert cchc("khoi-tao", tmp_path / "mau") == 0
    for ending in ("xlsx", "docx"):
        assert cchc("khoi-tao", tmp_path / ending, "--tu", f"{table}.{ending}") == 1
    made = [tmp_path / name / "dot-cham.xlsx" for name in ("mau", "xlsx", "docx")]
    assert errors_of(*made) == []


BROKEN_LINES = "một & <hai>\nba\tbốn\ađoạn mới\ftrang mới"


def test_values_with_breaks_tabs_and_pages_wherever_a_tag_may_stand(tmp_path: Path) -> None:
    loop = ["a", "{%tc for x in can_cu %}", "{{ x }}", "{%tc endfor %}"]
    build = both(
        paragraphs("{{ ten }}", "trước {{ ten }} sau"),
        table(["{{ ten }}", "trước {{ ten }}"]),
        table(loop),
        headed("{{ ten }}", "{{ ten }}"),
        runs("{{ te", "n }}"),
        picture,
        picture,
    )
    template = DocumentTemplate(template_file(tmp_path, build))
    for bases in ([], ["Luật A", BROKEN_LINES]):
        made = template.fill({"ten": BROKEN_LINES, "can_cu": bases})
        (tmp_path / f"{len(bases)}.docx").write_bytes(made)
    assert errors_of(tmp_path) == []


@pytest.mark.libreoffice
def test_papers_made_with_templates_that_writer_saved(tmp_path: Path, libreoffice: Any) -> None:
    """What Writer itself brings into a template stands in the papers too, and nothing else."""
    path = campaign_file(tmp_path / "dot", units=UNITS, criteria=RULES)
    own = path.parent / "templates"
    own.mkdir()
    for template in TEMPLATES:
        shutil.copy(libreoffice(template, "docx:MS Word 2007 XML"), own)
    office = Office(path.parent, tmp_path / "ra")
    office.whole_year(returned=3)
    assert set(written(office)) == KINDS
    theirs = {without_places(error) for error in errors_of(own)}
    ours = {without_places(error) for error in errors_of(office.papers)}
    assert theirs
    assert ours - theirs == set()


def without_places(error: str) -> str:
    """Return an error without the name of the file and the numbers of the elements."""
    return re.sub(r"\[\d+\]", "", error.partition(" ")[2])


def sheets_of(path: Path) -> list[str]:
    return openpyxl.load_workbook(path, read_only=True).sheetnames
