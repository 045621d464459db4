"""Shapes of papers that offices wrote: each once drew a false alarm; its twin is still told."""

from __future__ import annotations

import copy
import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

from .changed_papers import (
    DECISION,
    LETTER,
    MOTTO,
    NAME,
    OTHER_RULES,
    PLAN,
    REPORT,
    SAMPLES,
    Change,
    aligned,
    body_of,
    centred,
    font,
    letters,
    paragraph,
    put_beneath,
    removed,
    slugs_of,
    told,
    typed,
    with_pages,
    without_page_numbers,
)

# --- the line "Lưu" ---


def signed(*, dot: str) -> Change:
    """End the line "Lưu" in the drafter's sign, small; `dot` is small too or not."""

    def change(document: Any) -> None:
        typed("VP.", "VP" + ("." if dot == "usual" else ""), "- Lưu")(document)
        line = paragraph(document, "- Lưu")
        run = copy.deepcopy(line.runs[0]._r)
        line._p.append(run)
        line.runs[-1].text = "An (05b)" if dot == "usual" else f"{dot}An (05b)"
        line.runs[-1].font.size = Pt(8)

    return change


@pytest.mark.parametrize("dot", ["usual", ".", " ."])
def test_the_drafters_sign_may_be_small_with_its_dot(dot: str) -> None:
    assert told(LETTER, signed(dot=dot)) == []


def test_blanks_in_a_line_of_several_pieces_are_kept() -> None:
    def change(document: Any) -> None:
        line = paragraph(document, "- Lưu")
        for run in line.runs[1:]:
            line._p.remove(run._r)
        first = line.runs[0]
        for text, size in ((" ", 11), ("VP", 11), (".An", 9)):
            line._p.append(copy.deepcopy(first._r))
            line.runs[-1].text = text
            line.runs[-1].font.size = Pt(size)
        first.text = "- Lưu: VT,"

    assert told(LETTER, change) == []


def test_a_small_sign_may_stand_before_the_dot() -> None:
    def change(document: Any) -> None:
        typed("VT, VP.", "VT, VP", "- Lưu")(document)
        line = paragraph(document, "- Lưu")
        for text, size in (("(An)", 7), (".", 11)):
            line._p.append(copy.deepcopy(line.runs[0]._r))
            line.runs[-1].text = text
            line.runs[-1].font.size = Pt(size)

    assert told(LETTER, change) == []


def test_a_line_that_is_to_be_filled_in_may_name_the_records() -> None:
    assert told(LETTER, typed("VT, VP.", "_____.", "- Lưu")) == []


def test_a_small_sign_behind_no_dot_is_told() -> None:
    assert told(LETTER, signed(dot="")) == ["noi-nhan-sai-dau"]


def test_a_remark_beside_the_items_is_none_of_them() -> None:
    assert told(LETTER, typed("- Như trên;", "- Như trên;\tĐể báo cáo", "- Như trên")) == []
    assert told(LETTER, typed("- Như trên;", "- Như trên", "- Như trên")) != []


# --- head ---


def test_a_subject_that_names_a_day_is_no_place_and_date() -> None:
    about = typed("đôn đốc", "góp ý Công văn số 5/UBND ngày 11/11/2016 đôn đốc", "V/v")
    assert told(LETTER, about) == []


def test_a_long_subject_is_a_subject() -> None:
    longer = "Kiểm tra công tác văn thư " + "và việc lập hồ sơ, nộp lưu hồ sơ của các đơn vị " * 5
    subject = typed("Kiểm tra công tác văn thư", longer.strip(), "Kiểm tra công tác")
    assert told(PLAN, subject) == []


def test_a_subject_set_to_the_margin_is_a_subject_set_wrong() -> None:
    change = typed("Kiểm tra", "V/v kiểm tra", "Kiểm tra công tác")
    left = aligned("V/v kiểm tra", WD_ALIGN_PARAGRAPH.JUSTIFY)
    assert "thieu-thanh-phan" not in told(PLAN, change, left)


def test_a_line_that_fills_its_room_may_be_set_in_any_way() -> None:
    filling = typed("UBND TỈNH SƠN LA", "ỦY BAN NHÂN DÂN TỈNH SƠN LA")
    assert told(LETTER, filling, aligned("ỦY BAN NHÂN DÂN", WD_ALIGN_PARAGRAPH.LEFT)) == []
    assert told(LETTER, aligned("SỞ CÔNG THƯƠNG", WD_ALIGN_PARAGRAPH.LEFT)) == ["canh-chu"]


def test_number_and_day_in_one_cell_over_all_columns_are_read_apart() -> None:
    def change(document: Any) -> None:
        row = document.tables[0].rows[1]
        number, day = row.cells[0].paragraphs[0], row.cells[1].paragraphs[0]
        assert number.text.startswith("Số")
        gap = copy.deepcopy(number.runs[0]._r)
        number._p.append(gap)
        number.runs[-1].text = " " * 20
        for run in list(day.runs):
            number._p.append(run._r)
        cell = row.cells[0]._tc
        row._tr.remove(row.cells[1]._tc)
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), "2")
        cell.get_or_add_tcPr().append(span)

    found = told(LETTER, change)
    assert "thieu-thanh-phan" not in found
    assert "thua-nghieng" not in found


def test_a_remark_in_brackets_is_no_subject() -> None:
    def change(document: Any) -> None:
        typed("KẾ HOẠCH", "KẾ HOẠCH KIỂM TRA CÔNG TÁC VĂN THƯ", "KẾ HOẠCH")(document)
        subject = paragraph(document, "Kiểm tra công tác văn thư")
        for run in subject.runs[1:]:
            subject._p.remove(run._r)
        subject.runs[0].text = "(Từ ngày 01/6 đến ngày 30/6)"
        subject.runs[0].italic = True
        subject.runs[0].bold = False

    assert told(PLAN, change) == []


def test_a_type_that_goes_on_in_the_next_line_is_in_capitals_there_too() -> None:
    def change(document: Any) -> None:
        typed("KẾ HOẠCH", "KẾ HOẠCH KIỂM TRA", "KẾ HOẠCH")(document)
        typed("Kiểm tra", "CÔNG TÁC VĂN THƯ", "Kiểm tra công tác")(document)
        subject = paragraph(document, "CÔNG TÁC")
        subject.runs[0].text = "CÔNG TÁC VĂN THƯ, LƯU TRỮ"

    assert told(PLAN, change) == []


@pytest.mark.parametrize(("start", "at"), [("Nơi nhận", "Nơi nhận"), ("Độc lập", "Độc lập ")])
def test_how_a_mark_beside_the_words_looks_no_one_sees(start: str, at: str) -> None:
    def change(document: Any) -> None:
        line = paragraph(document, start)
        text = line.text
        for run in line.runs[1:]:
            line._p.remove(run._r)
        for part in (text[len(at) : len(at) + 1], text[len(at) + 1 :]):
            line._p.append(copy.deepcopy(line.runs[0]._r))
            line.runs[-1].text = part
        line.runs[0].text = at
        line.runs[1].bold = line.runs[1].italic = False
        line.runs[1].font.size = Pt(15)

    assert told(LETTER, change) == []


def test_a_name_to_be_filled_in_has_no_length_yet() -> None:
    assert told(LETTER, typed("SỞ CÔNG THƯƠNG", "SỞ ________")) == []


def test_how_far_a_subject_in_a_text_box_is_no_one_can_tell() -> None:
    def change(document: Any) -> None:
        subject = paragraph(document, "V/v")
        subject.paragraph_format.space_before = Pt(0)
        subject._p.addnext(OxmlElement("w:p"))  # a cell has a paragraph
        box = parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r>"
        )
        paragraph(document, "Số:")._p.append(box)
        next(box.iter(qn("w:txbxContent"))).append(subject._p)

    assert "trich-yeu-sat-so" not in told(LETTER, change)


# --- letters ---


@pytest.mark.parametrize("name", ["Times New Roman Bold", "Times New Roman,Bold Italic"])
def test_the_full_name_of_a_face_is_its_font(name: str) -> None:
    assert told(LETTER, font(name)) == []
    assert told(LETTER, font(name.replace("Times", "Timeless"))) == ["phong-chu"]


@pytest.mark.parametrize(
    "text",
    [
        "“1. Trích một đoạn của văn bản khác.”",
        "[Đơn vị có thể ghi thêm]",
        "Bảng 01: Kết quả thực hiện",
        "……………………………",
        "Ghi chú: số liệu minh họa.",
    ],
)
def test_what_is_no_text_of_its_own_may_be_slanted(text: str) -> None:
    assert told(LETTER, put_beneath("Triển khai", text, italic=True)) == []


def test_a_slanted_paragraph_of_the_text_is_told() -> None:
    slanted = put_beneath("Triển khai", "Đề nghị các đơn vị báo cáo.", italic=True)
    assert told(LETTER, slanted) == ["thua-nghieng"]


# --- what has no listed type, and what other rules are for ---


def test_a_paper_of_no_listed_type_need_not_have_what_listed_ones_have() -> None:
    other = typed("BÁO CÁO", "DANH SÁCH THAM LUẬN", "BÁO CÁO")
    assert told(REPORT, other, removed("Số:")) == []
    assert told(REPORT, removed("Số:")) == ["thieu-thanh-phan"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((NAME, MOTTO, "BIÊN BẢN NGHIỆM THU"), ("I. Chủ đầu tư (Bên A)", "II. Nhà thầu (Bên B)")),
        ((NAME, MOTTO, "VĂN BẢN THỎA THUẬN CHIA TÀI SẢN"), ("Chúng tôi gồm:",)),
        ((NAME, MOTTO, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"), ("Bộ phận một cửa",)),
        (("PHIẾU TRÌNH", "Kính gửi: Chủ tịch", NAME, MOTTO), ("Vấn đề trình:",)),
    ],
)
def test_papers_with_forms_of_their_own_are_left(
    lines: tuple[str, ...], text: tuple[str, ...]
) -> None:
    document = centred(*lines)
    for words in text:
        document.add_paragraph(words)
    assert slugs_of(document) == [OTHER_RULES]


def test_an_internal_paper_with_a_number_is_left_too() -> None:
    assert told(REPORT, typed("BÁO CÁO", "PHIẾU TRÌNH", "BÁO CÁO")) == [OTHER_RULES]


def test_an_empty_specimen_of_the_decree_is_left() -> None:
    agency = typed("SỞ CÔNG THƯƠNG", "TÊN CƠ QUAN, TỔ CHỨC2")
    assert told(LETTER, agency, typed("VT", "", "- Lưu")) == [OTHER_RULES]


def test_a_motto_alone_makes_no_official_letter() -> None:
    document = centred(NAME, MOTTO, "Góp ý hoàn thiện phần mềm")
    document.add_paragraph("Các ý kiến như sau:")
    assert slugs_of(document) == ["khong-nhan-ra-the-thuc"]


def test_an_appendix_at_the_end_of_a_book_makes_no_official_document() -> None:
    document = docx.Document()
    for index in range(30):
        document.add_paragraph(f"Đoạn {index} của một cuốn sách.")
    document.add_paragraph("PHỤ LỤC").alignment = WD_ALIGN_PARAGRAPH.CENTER
    assert slugs_of(document) == ["khong-nhan-ra-the-thuc"]


def test_a_table_of_contents_holds_no_appendix() -> None:
    contents = put_beneath("Triển khai", "PHỤ LỤC I: DANH MỤC\t129", bold=True)
    assert told(LETTER, contents) == []


def test_a_label_that_holds_its_title_has_none_beneath() -> None:
    joined = typed("Phụ lục II", "Phụ lục II. LỊCH KIỂM TRA", "Phụ lục II")
    beneath = typed("LỊCH KIỂM TRA", "Dự toán: năm 2024", "LỊCH KIỂM TRA")
    assert told(PLAN, joined, beneath) == ["phu-luc-khong-dong-rieng"]


def test_a_heading_over_bases_is_none_of_them() -> None:
    heading = typed("I. MỤC ĐÍCH, YÊU CẦU", "Căn cứ pháp lý", "I. MỤC")
    assert told(PLAN, heading) == []


def test_a_receipt_with_a_number_is_no_letter() -> None:
    document = centred(NAME, MOTTO, "Số: {soBienLai}")
    document.add_paragraph("Đơn vị thu: Bưu điện tỉnh")
    assert slugs_of(document) == ["khong-nhan-ra-the-thuc"]


def test_a_signer_to_be_filled_in_is_in_no_letters_yet() -> None:
    assert told(LETTER, typed("Nguyễn Văn A", "{{HO_TEN}}")) == []


def test_what_has_no_number_is_named_by_its_day() -> None:
    def enclosed(words: str) -> Change:
        def change(document: Any) -> None:
            found = paragraph(document, "(Kèm theo")
            for run in found.runs[1:]:
                found._p.remove(run._r)
            found.runs[0].text = f"(Kèm theo {words} của Sở Công Thương)"

        return change

    assert told(PLAN, enclosed("Biên bản họp ngày 30 tháng 3 năm 2026")) == []
    assert told(PLAN, typed("(Kèm theo", "(Đính kèm", "(Kèm theo")) == []
    assert told(PLAN, enclosed("Kế hoạch ngày 30 tháng 3 năm 2026")) == ["kem-theo-thieu"]


def test_an_agency_in_a_table_within_the_letterhead_is_read() -> None:
    def change(document: Any) -> None:
        cell = document.tables[0].rows[0].cells[0]
        agency = next(p for p in cell.paragraphs if p.text == "SỞ CÔNG THƯƠNG")
        inner = cell.add_table(1, 1)
        inner.rows[0].cells[0].paragraphs[0]._p.getparent().replace(
            inner.rows[0].cells[0].paragraphs[0]._p, agency._p
        )
        agency.alignment = WD_ALIGN_PARAGRAPH.LEFT

    assert not {"thieu-dam", "canh-chu"} & set(told(LETTER, change))


def test_an_empty_wide_page_is_no_text_set_wide() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    section = document.add_section()
    section.page_width, section.page_height = section.page_height, section.page_width
    assert "huong-giay" not in slugs_of(document)
    document.add_paragraph("Nội dung trên trang ngang.")
    assert "huong-giay" in slugs_of(document)


def test_who_signs_side_by_side_in_capitals_is_no_text() -> None:
    document = docx.Document(str(SAMPLES / REPORT))
    typed("BÁO CÁO", "BIÊN BẢN", "BÁO CÁO")(document)
    document.element.body.remove(document.tables[-1]._tbl)
    last = copy.deepcopy(body_of(document)[-1]._p)
    body_of(document)[-1]._p.addnext(last)
    Paragraph(last, document._body).runs[0].text = "PHÒNG KẾ HOẠCH      VĂN PHÒNG"
    for run in Paragraph(last, document._body).runs[1:]:
        last.remove(run._r)
    Paragraph(last, document._body).paragraph_format.first_line_indent = Mm(0)
    assert "lui-dau-dong" not in slugs_of(document)


def test_a_note_of_what_is_enclosed_is_no_appendix() -> None:
    note = put_beneath("Triển khai", "(Kèm theo: bảng kê chứng từ)")
    assert told(LETTER, note) == []


# --- signature ---


@pytest.mark.parametrize("agency", ["CÔNG AN TỈNH SƠN LA", "BỆNH VIỆN ĐA KHOA TỈNH"])
def test_ranks_and_degrees_stand_where_a_ministry_may_allow_them(agency: str) -> None:
    doctor = typed("Nguyễn Văn A", "BS. Nguyễn Văn A")
    assert told(LETTER, typed("SỞ CÔNG THƯƠNG", agency), doctor) == []
    assert told(LETTER, doctor) == ["nguoi-ky-hoc-vi"]


def test_minutes_are_known_by_their_number_and_type() -> None:
    change = (typed("KẾ HOẠCH", "BIÊN BẢN", "KẾ HOẠCH"), removed("CỘNG HÒA"), removed("Độc lập"))
    found = told(PLAN, *change, removed("Sơn La,"))
    assert "khong-nhan-ra-the-thuc" not in found
    assert found.count("thieu-thanh-phan") == len(("Quốc hiệu", "Tiêu ngữ", "Cơ quan ban hành"))


def test_bases_beneath_a_subject_set_wrong_are_bases() -> None:
    upright = letters("Căn cứ Nghị định", italic=False)
    assert told(DECISION, upright) == ["thieu-nghieng"]


# --- pages ---


def test_a_margin_wrong_in_several_sections_is_told_once() -> None:
    document = docx.Document(str(SAMPLES / PLAN))
    for _ in range(2):
        document.add_section()
    for section, left in zip(document.sections[-3:], (20, 20, 25), strict=True):
        section.left_margin = Mm(left)
    buffer = io.BytesIO()
    document.save(buffer)
    [finding] = [f for f in check_content(buffer.getvalue(), "x.docx") if f.code.slug == "le-trang"]
    last = len(document.sections)
    assert finding.about == f"Lề trái (phần {last - 2}, {last - 1}, {last})"
    assert finding.found == "20 và 25"
    assert [place.section for place in finding.places] == [last - 3, last - 2, last - 1]


def test_blank_paragraphs_behind_the_end_make_no_second_page() -> None:
    def paged(document: Any) -> Any:
        return without_page_numbers(with_pages(document, 2))

    short = paged(docx.Document(str(SAMPLES / "word-giay-moi.docx")))
    for _ in range(60):
        short.add_paragraph("")
    assert "thieu-so-trang" not in slugs_of(short)
    whole = paged(docx.Document(str(SAMPLES / LETTER)))
    for _ in range(20):
        last = body_of(whole)[0]
        last._p.addnext(copy.deepcopy(last._p))
    assert "thieu-so-trang" in slugs_of(whole)


def numbered_below(document: Any, kind: str) -> None:
    """Put a page number at the bottom of first or even pages."""
    section = document.sections[0]
    footer = section.first_page_footer if kind == "first" else section.even_page_footer
    footer.is_linked_to_previous = False
    number = copy.deepcopy(section.header.paragraphs[0]._p)
    old = footer.paragraphs[0]._p
    old.getparent().replace(old, number)


@pytest.mark.parametrize("kind", ["first", "even"])
def test_a_number_below_on_pages_that_are_not_told_apart_is_not_shown(kind: str) -> None:
    def shown(document: Any, *, told_apart: bool) -> None:
        numbered_below(document, kind)
        if kind == "even":
            document.settings.odd_and_even_pages_header_footer = told_apart
        else:
            document.sections[0].different_first_page_header_footer = told_apart

    hidden = told(LETTER, lambda document: shown(document, told_apart=False))
    assert "so-trang-o-duoi" not in hidden
    visible = told(LETTER, lambda document: shown(document, told_apart=True))
    assert "so-trang-o-duoi" in visible


# --- fonts of the theme ---


@pytest.mark.parametrize(
    ("language", "theme", "found"),
    [
        ("vi-VN", "majorHAnsi", []),
        ("vi-VN", "minorHAnsi", ["Arial"]),
        ("en-US", "majorHAnsi", ["Calibri"]),
        (None, "majorHAnsi", ["Calibri"]),
    ],
)
def test_a_font_of_the_theme_is_that_for_the_language_of_the_settings(
    language: str | None, theme: str, found: list[str]
) -> None:
    """ISO/IEC 29500-1, 17.15.1.88 (themeFontLang) with 20.1.4.1.16 (font)."""
    document = docx.Document(str(SAMPLES / LETTER))
    for run in body_of(document)[0].runs:
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme"):
            fonts.set(qn(f"w:{kind}"), theme)
    settings = document.settings.element
    for element in settings.findall(qn("w:themeFontLang")):
        if language is None:
            settings.remove(element)
        else:
            element.set(qn("w:val"), language)
    part = next(
        part for part in document.part.package.iter_parts() if part.partname.endswith("theme1.xml")
    )
    assert b'script="Viet" typeface="Times New Roman"' in part.blob
    buffer = io.BytesIO()
    document.save(buffer)
    fonts_told = [
        f.found for f in check_content(buffer.getvalue(), "x.docx") if f.code.slug == "phong-chu"
    ]
    assert fonts_told == found
