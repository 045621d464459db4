"""The office's own figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cchc_office.decree30.figures import DEFAULT_PROFILE, FIGURES
from cchc_office.decree30.profile_file import PROFILE_FILE, read_profile

from .calls import cchc
from .conftest import ROOT
from .sheets import campaign_file


def write(folder: Path, text: str) -> None:
    (folder / PROFILE_FILE).write_text(text, encoding="utf-8")


def test_without_a_file_the_projects_figures_are_used(tmp_path: Path) -> None:
    assert read_profile(tmp_path) == (DEFAULT_PROFILE, ())


def test_the_projects_figures_lie_within_the_decree() -> None:
    for figure in FIGURES:
        assert figure.allowed.holds(getattr(DEFAULT_PROFILE, figure.field))


def test_single_values_are_overridden(tmp_path: Path) -> None:
    write(tmp_path, "le_trai = 35\nco_chu_bang = 13.5\n")
    profile, findings = read_profile(tmp_path)
    assert findings == ()
    assert (profile.margin_left, profile.table_size) == (35, 13.5)
    assert profile.margin_right == DEFAULT_PROFILE.margin_right


@pytest.mark.parametrize(
    ("text", "slug", "left"),
    [
        ("le_trai = 25", "the-thuc-ngoai-khung", 25),
        ("le_trai = '35'", "the-thuc-khong-phai-so", 30),
        ("le_trai = nan", "the-thuc-khong-phai-so", 30),
        ("le_trai = true", "the-thuc-khong-phai-so", 30),
        ("le_trai = -1", "the-thuc-khong-phai-so", 30),
        ("le_tria = 35", "the-thuc-muc-la", 30),
        ("le_trai : 35", "the-thuc-khong-doc-duoc", 30),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, slug: str, left: float) -> None:
    write(tmp_path, text)
    profile, findings = read_profile(tmp_path)
    assert [f.code.slug for f in findings] == [slug]
    assert profile.margin_left == left


def test_the_table_is_drawn_with_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = campaign_file(tmp_path / "dot")
    write(path.parent, "le_trai = 28\nco_chu_bang = 14")
    assert cchc("phu-luc", path, "-o", tmp_path / "ra") == 1
    assert "le_trai = 28" in capsys.readouterr().out
    sheet: Any = openpyxl.load_workbook(tmp_path / "ra/phu-luc/phu-luc.xlsx").active
    assert round(sheet.page_margins.left * 25.4) == 28
    assert sheet.cell(6, 2).font.size == 14


def test_every_figure_is_documented_with_its_range() -> None:
    page = (ROOT / "docs/mau-van-ban.md").read_text(encoding="utf-8")
    for figure in FIGURES:
        shown = f"{getattr(DEFAULT_PROFILE, figure.field):g}".replace(".", ",")
        row = f"{figure.allowed.words} {figure.unit} | {shown} |"
        assert re.search(rf"^\|.*`{figure.name}`.*\| {re.escape(row)}$", page, re.MULTILINE), row


def test_the_letters_follow_them_too(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "dot")
    write(path.parent, "co_chu_noi_dung = 14\nlui_dau_dong = 10\nle_trai = 35\ncach_dong = 1.5")
    assert cchc("cong-van", path, "-o", tmp_path / "ra") == 0
    letter = docx.Document(str(next((tmp_path / "ra/cong-van").glob("*.docx"))))
    [body] = [p for p in letter.paragraphs if p.text.startswith("Để thực hiện")]
    style: Any = body.style
    assert style.font.size.pt == 14
    assert round(style.paragraph_format.first_line_indent.mm, 1) == 10
    assert style.paragraph_format.line_spacing == 1.5
    assert style.paragraph_format.space_before.pt == DEFAULT_PROFILE.paragraph_distance
    left: Any = letter.sections[0].left_margin
    assert round(left.mm) == 35
    widths = [sum(cell.width.mm for cell in table.rows[0].cells) for table in letter.tables]
    assert [round(width) for width in widths] == [160] * len(letter.tables)


def test_an_offices_own_formatting_stays(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "dot")
    own = docx.Document(str(ROOT / "templates/cong-van-giao-viec.docx"))
    own.styles["Nội dung văn bản"].font.size = Pt(14)
    (path.parent / "templates").mkdir()
    own.save(str(path.parent / "templates/cong-van-giao-viec.docx"))
    write(path.parent, "le_trai = 35")
    cchc("cong-van", path, "-o", tmp_path / "ra")
    letter = docx.Document(str(next((tmp_path / "ra/cong-van").glob("*.docx"))))
    assert letter.styles["Nội dung văn bản"].font.size == Pt(14)


def own_letter(path: Path, change: Any) -> Any:
    """Make a letter from an own template that `change` was made to; return it."""
    own = docx.Document(str(ROOT / "templates/cong-van-giao-viec.docx"))
    change(own)
    (path.parent / "templates").mkdir(exist_ok=True)
    own.save(str(path.parent / "templates/cong-van-giao-viec.docx"))
    assert cchc("cong-van", path, "-o", path.parent / "ra") == 0
    return docx.Document(str(next((path.parent / "ra/cong-van").glob("*.docx"))))


def test_one_margin_leaves_the_other_measures_of_a_page_alone(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for section in document.sections:  # as Word does for "Whole document"
            section.right_margin = Mm(20)
            section.page_height = Mm(279)

    path = campaign_file(tmp_path / "dot")
    write(path.parent, "le_trai = 35")
    section: Any = own_letter(path, change).sections[0]
    measures = (section.left_margin, section.right_margin, section.page_height)
    assert [round(m.mm) for m in measures] == [35, 20, 279]


def test_a_figure_that_is_the_projects_own_is_set_too(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.styles["Nội dung văn bản"].font.size = Pt(14)
        document.sections[0].left_margin = Mm(35)

    path = campaign_file(tmp_path / "dot")
    write(path.parent, "le_trai = 30\nco_chu_noi_dung = 13")
    letter = own_letter(path, change)
    left: Any = letter.sections[0].left_margin
    assert (letter.styles["Nội dung văn bản"].font.size, round(left.mm)) == (Pt(13), 30)


def test_a_style_is_known_by_its_name(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        text = document.styles.element
        for style in text.iter(qn("w:style")):
            if style.get(qn("w:styleId")) == "NoiDungVanBan":
                style.set(qn("w:styleId"), "Nidungvnbn")
        for used in document.element.body.iter(qn("w:pStyle")):
            if used.get(qn("w:val")) == "NoiDungVanBan":
                used.set(qn("w:val"), "Nidungvnbn")

    path = campaign_file(tmp_path / "dot")
    write(path.parent, "co_chu_noi_dung = 14")
    assert own_letter(path, change).styles["Nội dung văn bản"].font.size == Pt(14)


EARLIER_NAMES = {
    "Số và ký hiệu": "Số, ký hiệu",
    "Địa danh và ngày tháng": "Địa danh, ngày tháng",
    "Quyền hạn và chức vụ": "Quyền hạn, chức vụ",
}
"""Names of styles in templates of an earlier form, by those of today."""


def with_names(rename: Callable[[Any, str], None]) -> Callable[[Any], None]:
    """Give three styles the names of an earlier form, as `rename` writes them, and other ids."""

    def change(document: Any) -> None:
        for number, (now, earlier) in enumerate(EARLIER_NAMES.items()):
            style = document.styles[now].element
            old_id, new_id = style.get(qn("w:styleId")), f"a{number}"
            style.set(qn("w:styleId"), new_id)
            rename(style, earlier)
            for used in document.element.body.iter(qn("w:pStyle")):
                if used.get(qn("w:val")) == old_id:
                    used.set(qn("w:val"), new_id)

    return change


def as_made(style: Any, name: str) -> None:
    style.find(qn("w:name")).set(qn("w:val"), name)


def as_word_saves_it(style: Any, name: str) -> None:
    first, _, rest = name.partition(",")
    as_made(style, first)
    aliases = OxmlElement("w:aliases")
    aliases.set(qn("w:val"), rest)
    style.find(qn("w:name")).addnext(aliases)


@pytest.mark.parametrize("rename", [as_made, as_word_saves_it])
def test_styles_with_a_comma_in_their_name_are_still_known(tmp_path: Path, rename: Any) -> None:
    path = campaign_file(tmp_path / "dot")
    write(path.parent, "co_chu_dia_danh = 14\nco_chu_nguoi_ky = 14")
    letter = own_letter(path, with_names(rename))
    cells = [cell for table in letter.tables for row in table.rows for cell in row.cells]
    paragraphs = [paragraph for cell in cells for paragraph in cell.paragraphs]
    begin = ("Tỉnh A, ngày", "GIÁM ĐỐC")
    sizes = [p.style.font.size for p in paragraphs if p.text.startswith(begin)]
    assert sizes == [Pt(14), Pt(14)]


def test_measures_with_decimals_and_missing_pages_stop_nothing(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for width in document.element.body.iter(qn("w:tblW"), qn("w:gridCol")):
            width.set(qn("w:w"), f"{width.get(qn('w:w'))}.0")
        size = document.sections[0]._sectPr.find(qn("w:pgSz"))
        size.getparent().remove(size)

    path = campaign_file(tmp_path / "dot")
    write(path.parent, "le_trai = 35")
    assert own_letter(path, change).tables
