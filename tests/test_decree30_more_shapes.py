"""More shapes of papers that offices wrote: each once drew a false alarm; its twin is told."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from .breaches import number_below
from .changed_papers import (
    DECISION,
    LETTER,
    MOTTO,
    NAME,
    OTHER_RULES,
    PLAN,
    Change,
    beneath,
    body_of,
    centred,
    drop,
    font,
    paragraph,
    removed,
    retype,
    retyped,
    slugs_of,
    told,
    typed,
    with_pages,
    without_page_numbers,
)


def blank_above(start: str) -> Change:
    """Put a blank paragraph over the one that begins with `start`."""

    def change(document: Any) -> None:
        found = paragraph(document, start)
        found._p.addprevious(copy.deepcopy(found._p))
        retype(paragraph(document, start), "")

    return change


def of_one_page(document: Any) -> None:
    """Cut a letter to few words, and let its properties tell one page."""
    for found in body_of(document)[2:-1]:
        drop(found._p)
    for found in document.paragraphs:
        for broken in list(found._p.iter(qn("w:br"))):
            drop(broken)
    with_pages(document, 1)


# --- head ---


def test_a_subject_may_stand_a_line_under_the_type() -> None:
    assert told(PLAN, blank_above("Kiểm tra công tác")) == []


def test_a_heading_a_line_under_the_type_is_no_subject() -> None:
    part = typed("Kiểm tra công tác văn thư", "Phần thứ nhất", "Kiểm tra công tác")
    assert "thieu-thanh-phan" in told(PLAN, blank_above("Kiểm tra công tác"), part)


def name_and_motto_in_one(*, narrow: bool) -> Change:
    """Type the motto behind the national name, in a cell that breaks the line or does not."""

    def change(document: Any) -> None:
        name, motto = paragraph(document, NAME), paragraph(document, MOTTO)
        blank = copy.deepcopy(name.runs[0]._r)
        name._p.append(blank)
        name.runs[-1].text = " "
        for run in list(motto.runs):
            name._p.append(run._r)
        drop(motto._p)
        if not narrow:
            for run in name.runs:
                run.font.size = Pt(5)

    return change


def test_a_narrow_cell_makes_two_lines_of_name_and_motto() -> None:
    found = told(LETTER, name_and_motto_in_one(narrow=True))
    assert not {"quoc-hieu-sai-chu", "thieu-thanh-phan", "thieu-in-hoa", "co-chu"} & set(found)


def test_name_and_motto_on_one_line_are_told() -> None:
    assert "quoc-hieu-sai-chu" in told(LETTER, name_and_motto_in_one(narrow=False))


def addressed_in_cells(rows: int) -> Change:
    """Set "Kính gửi:" and the name in two cells, of one row or of two."""

    def change(document: Any) -> None:
        label = paragraph(document, "Kính gửi")
        for item in [p for p in document.paragraphs if p.text.startswith("- ")][:3]:
            drop(item._p)
        table = document.add_table(rows=rows, cols=2)
        label._p.addprevious(table._tbl)
        for place, text in (((0, 0), "Kính gửi:"), ((rows - 1, 1), "Sở Nội vụ.")):
            cell = table.cell(*place).paragraphs[0]
            new = copy.deepcopy(label._p)
            cell._p.addnext(new)
            drop(cell._p)
            retype(Paragraph(new, document._body), text)
        drop(label._p)

    return change


@pytest.mark.parametrize(("rows", "is_told"), [(1, False), (2, True)])
def test_an_addressee_in_the_next_cell_is_on_the_same_line(rows: int, is_told: bool) -> None:
    assert ("kinh-gui-xuong-dong" in told(LETTER, addressed_in_cells(rows))) is is_told


def test_a_subject_without_its_sign_is_a_subject_written_wrong() -> None:
    def change(document: Any) -> None:
        number, subject = paragraph(document, "Số:"), paragraph(document, "V/v")
        if subject._p.getparent() is not number._p.getparent():
            number._p.addnext(subject._p)
        retype(subject, "Về kết quả kiểm tra công tác văn thư")

    found = told(LETTER, change)
    assert "trich-yeu-sai-chu" in found
    assert "thieu-thanh-phan" not in found


@pytest.mark.parametrize(("by", "is_told"), [("theo", False), ("năm", True)])
def test_what_is_enclosed_may_say_by_what_it_is_issued(by: str, is_told: bool) -> None:
    issued = (f"(Ban hành {by} Quyết định số …/QĐ-SCT", "ngày … của Giám đốc Sở)")
    document = centred(NAME, MOTTO, "CHƯƠNG TRÌNH ĐÀO TẠO", *issued, bold=True)
    for found in document.paragraphs[-2:]:
        found.runs[0].bold, found.runs[0].italic = False, True
    document.add_paragraph("Nội dung như sau:")
    found = slugs_of(document)
    assert ("thua-nghieng" in found) is is_told, found


def test_a_rule_under_halves_of_one_line_may_stand_beneath_both() -> None:
    def change(document: Any) -> None:
        table = document.tables[0]
        cells = table.rows[0].cells
        lines = [[p for p in cell.paragraphs if p.text] for cell in cells]
        rules = {n: list(c._tc.iter(qn("w:pict"))) for n, c in enumerate(cells)}
        for left, right in zip(*lines, strict=True):
            retype(left, left.text + " " * 20)
            for run in list(right.runs):
                left._p.append(run._r)
            table._tbl.addprevious(left._p)
        beneath_both = copy.deepcopy(left._p)
        table._tbl.addprevious(beneath_both)
        for run in Paragraph(beneath_both, document._body).runs:
            drop(run._r)
        for at, place in ((left._p, 0), (beneath_both, 1)):
            holder = OxmlElement("w:r")
            holder.append(rules[place][0])
            at.append(holder)

    assert "duong-ke-sai-dai" not in told(LETTER, change)


# --- text ---


def begins_with(blanks: str, *stops: tuple[float, WD_TAB_ALIGNMENT]) -> Change:
    """Let the first paragraph of the text begin with blanks and tabs instead of an indent."""

    def change(document: Any) -> None:
        found = body_of(document)[0]
        found.runs[0].text = blanks + found.runs[0].text
        layout = found.paragraph_format
        layout.first_line_indent = Mm(0)
        for at, how in stops:
            layout.tab_stops.add_tab_stop(Mm(at), how)

    return change


@pytest.mark.parametrize("blanks", ["\t", " \t", "\u00a0\t"])
def test_a_tab_brings_the_first_word_to_its_stop(blanks: str) -> None:
    at_stop = (12.7, WD_TAB_ALIGNMENT.LEFT)
    assert told(LETTER, begins_with(blanks, at_stop)) == []
    assert told(LETTER, begins_with(blanks, (30, WD_TAB_ALIGNMENT.LEFT))) == ["lui-dau-dong"]


def test_where_a_text_begins_that_a_stop_sets_to_the_right_no_one_knows() -> None:
    assert told(LETTER, begins_with("\t", (150, WD_TAB_ALIGNMENT.RIGHT))) == []


def test_the_word_that_decides_may_be_centred_by_an_indent() -> None:
    def change(document: Any) -> None:
        found = paragraph(document, "QUYẾT ĐỊNH:")
        found.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        found.paragraph_format.first_line_indent = Mm(67)

    assert told(DECISION, change) == []


@pytest.mark.parametrize(
    "name",
    ["Times New Roman;serif", "TimesNewRomanPSMT", "TimesNewRomanPS-BoldMT;Times New Roman"],
)
def test_a_font_may_be_named_as_its_file_or_another_program_does(name: str) -> None:
    assert told(LETTER, font(name)) == []
    assert told(LETTER, font(name.replace("Times", "Timeless", 1))) == ["phong-chu"]


def test_a_remark_may_stand_under_the_end() -> None:
    def change(document: Any, text: str = "(Gửi kèm danh sách)") -> None:
        beneath(body_of(document)[-1], text).runs[0].italic = text.startswith("(")

    assert told(LETTER, change) == []
    assert told(LETTER, lambda document: change(document, "Gửi kèm danh sách")) == ["thieu-dau-ket"]


def test_a_basis_that_goes_on_to_say_who_decides_ends_the_sentence() -> None:
    def change(document: Any) -> None:
        bases = [p for p in document.paragraphs if p.text.startswith(("Căn cứ", "Theo đề nghị"))]
        first, second = bases[0], bases[-1]
        for between in bases[1:-1]:
            drop(between._p)
        for found, text in (
            (first, "Căn cứ Luật Tổ chức chính quyền địa phương;"),
            (second, "Xét đề nghị của Giám đốc Sở Nội vụ, Chủ tịch có ý kiến như sau:"),
        ):
            retype(found, text)

    assert "can-cu-sai-dau" not in told(DECISION, change)


# --- recipients, appendices, pages ---


def test_what_stands_apart_under_the_line_luu_is_no_recipient() -> None:
    def change(document: Any) -> None:
        archive = paragraph(document, "- Lưu")
        for text in ("Tải tài liệu tại cổng thông tin", ""):
            beneath(archive, text).runs[0].font.size = Pt(13)

    assert "co-chu" not in told(LETTER, change)


def list_in_a_section(*, anew: bool) -> Change:
    """Enclose a list without the word "Phụ lục" in a landscape section, numbered anew or not."""

    def change(document: Any) -> None:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        if anew:
            start = OxmlElement("w:pgNumType")
            start.set(qn("w:start"), "1")
            section._sectPr.find(qn("w:pgMar")).addnext(start)
        for text in ("DANH SÁCH TRÍCH NGANG", "(Kèm theo Quyết định số …/QĐ-SCT ngày … của Sở)"):
            added = document.add_paragraph()
            added.alignment = WD_ALIGN_PARAGRAPH.CENTER
            added.add_run(text).bold = text.isupper()

    return change


@pytest.mark.parametrize("anew", [True, False])
def test_a_list_enclosed_begins_with_its_title(anew: bool) -> None:
    found = told(DECISION, list_in_a_section(anew=anew))
    assert ("phu-luc-so-trang" in found) is not anew


def test_a_number_below_that_the_only_page_does_not_show_is_none() -> None:
    assert "so-trang-o-duoi" not in told(LETTER, number_below, of_one_page)
    assert "so-trang-o-duoi" in told(LETTER, number_below)


@pytest.mark.parametrize(("start", "is_told"), [("UBND TỈNH", False), ("- Lưu", True)])
def test_a_break_in_the_first_cell_makes_no_page(start: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        without_page_numbers(document)
        of_one_page(document)
        paragraph(document, start).runs[0].add_break(WD_BREAK.PAGE)

    assert ("thieu-so-trang" in told(LETTER, change)) is is_told


# --- what other rules are for ---


@pytest.mark.parametrize(
    "lines",
    [
        ("SỞ Y TẾ", "DỰ THẢO HỢP ĐỒNG", "(Kèm theo thư mời ngày 05 tháng 3 năm 2026)"),
        ("MẪU 36", "(Ban hành kèm theo Thông tư số 05/2025)", NAME, MOTTO, "SỔ THEO DÕI CÔNG VIỆC"),
        (NAME, MOTTO, "GIẤY ĐỀ XUẤT", "Kính gửi: Giám đốc"),
        (NAME, MOTTO, "NGHỊ QUYẾT", "giới thiệu đoàn viên công đoàn vào Đảng"),
    ],
)
def test_papers_that_other_rules_are_for_are_left(lines: tuple[str, ...]) -> None:
    document = centred(*lines, bold=True)
    document.add_paragraph("Nội dung như sau:")
    assert slugs_of(document) == [OTHER_RULES]


def test_an_appendix_that_is_a_contract_is_an_appendix() -> None:
    document = centred(
        "Phụ lục", "MẪU HỢP ĐỒNG", "(Kèm theo Kế hoạch số …/KH-SCT ngày … của Sở)", bold=True
    )
    assert OTHER_RULES not in slugs_of(document)


def test_a_specimen_may_hold_placeholders_behind_its_words() -> None:
    agency = typed("SỞ CÔNG THƯƠNG", "TÊN CƠ QUAN, TỔ CHỨC{{SO_LIEU}}")
    assert told(LETTER, agency) == [OTHER_RULES]


def test_a_place_that_names_what_it_is_to_be_makes_a_specimen() -> None:
    place = paragraph_with("tháng", "Tỉnh (thành phố), ngày … tháng … năm …")
    assert told(LETTER, place) == [OTHER_RULES]


def paragraph_with(words: str, text: str) -> Change:
    def change(document: Any) -> None:
        cells = document.tables[0]._tbl.iter(qn("w:p"))
        found = next(p for p in (Paragraph(e, document._body) for e in cells) if words in p.text)
        retype(found, text)

    return change


def test_where_an_indent_sets_a_subject_in_a_head_without_a_table_no_one_judges() -> None:
    def change(document: Any) -> None:
        subject = paragraph(document, "V/v")
        document.tables[0]._tbl.addnext(subject._p)
        subject.alignment = WD_ALIGN_PARAGRAPH.LEFT
        subject.paragraph_format.left_indent = Mm(4)

    assert "canh-chu" not in told(LETTER, change)


def test_a_letterhead_over_nothing_but_placeholders_is_a_specimen() -> None:
    subject = removed("V/v")
    number, addressee = retyped("Số:", "Số: {{so}}"), retyped("Kính gửi", "{{loai_van_ban}}")
    assert told(LETTER, subject, number, addressee) == [OTHER_RULES]
