"""Named breaches of the decree, each put into a conforming document with python-docx."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .changed_papers import (
    DECISION,
    LETTER,
    MOTTO,
    NAME,
    PLAN,
    SAMPLES,
    Change,
    aligned,
    all_body,
    body_letters,
    body_of,
    font,
    letters,
    page,
    paragraph,
    removed,
    saved,
    typed,
)


@dataclass(frozen=True)
class Breach:
    """A breach: the document it is put into, how, and the finding that must come of it."""

    name: str
    document: str
    change: Change
    slug: str
    about: str = ""


def with_breach(breach: Breach) -> bytes:
    """Return the document with the breach, and nothing else changed."""
    document = docx.Document(str(SAMPLES / breach.document))
    breach.change(document)
    return saved(document)


def without_lines(column: int) -> Change:
    """Take the drawn lines out of one column of the letterhead."""

    def change(document: Any) -> None:
        cell = document.tables[0].rows[0].cells[column]
        for kind in ("w:pict", "w:drawing"):
            for drawing in list(cell._tc.iter(qn(kind))):
                drawing.getparent().remove(drawing)

    return change


def longer_lines(column: int, share: float) -> Change:
    """Stretch the drawn lines in one column of the letterhead."""

    def change(document: Any) -> None:
        cell = document.tables[0].rows[0].cells[column]
        for line in cell._tc.iter("{urn:schemas-microsoft-com:vml}line"):
            start, end = (_points(line.get(name)) for name in ("from", "to"))
            line.set("to", f"{start[0] + (end[0] - start[0]) * share}pt,{end[1]}pt")

    return change


def _points(text: str) -> tuple[float, float]:
    x, y = re.findall(r"-?[\d.]+", text)
    return float(x), float(y)


def number_size(size: float) -> Change:
    """Set the page numbers in another size."""

    def change(document: Any) -> None:
        for element in document.sections[0].header._element.iter(qn("w:r")):
            properties = element.get_or_add_rPr()
            for old in properties.findall(qn("w:sz")):
                properties.remove(old)
            new = OxmlElement("w:sz")
            new.set(qn("w:val"), str(int(size * 2)))
            properties.append(new)

    return change


def number_to_the_right(document: Any) -> None:
    """Put the page number on the right."""
    for found in document.sections[0].header.paragraphs:
        found.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def number_below(document: Any) -> None:
    """Move the page number to the bottom."""
    section = document.sections[0]
    section.footer.is_linked_to_previous = False
    old = section.footer.paragraphs[0]._p
    number = section.header.paragraphs[0]._p
    old.getparent().replace(old, number)


def number_on_page_one(document: Any) -> None:
    """Show the number on the first page too."""
    document.sections[0].different_first_page_header_footer = False


def no_number(document: Any) -> None:
    """Take the page numbers out of a document of two pages."""
    for section in document.sections:
        for element in list(section.header._element):
            if element.tag != qn("w:p"):
                section.header._element.remove(element)
        for found in section.header.paragraphs:
            for child in list(found._p):
                if child.tag != qn("w:pPr"):
                    found._p.remove(child)
    body_of(document)[3].paragraph_format.page_break_before = True


def number_attribute(section: int, name: str, value: str) -> Change:
    """Set an attribute of a section's page numbers."""

    def change(document: Any) -> None:
        properties = document.sections[section]._sectPr
        numbers = properties.find(qn("w:pgNumType"))
        if numbers is None:
            numbers = OxmlElement("w:pgNumType")
            properties.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
        numbers.set(qn(f"w:{name}"), value)

    return change


def numbers_go_on(document: Any) -> None:
    """Let the first appendix go on with the numbers of the text."""
    properties = document.sections[1]._sectPr
    properties.remove(properties.find(qn("w:pgNumType")))


def date_beneath(document: Any) -> None:
    """Move place and date one row further down than the number."""
    table = document.tables[0]
    upper, lower = table.rows[1].cells[1], table.rows[2].cells[1]
    moved, empty = upper.paragraphs[0]._p, lower.paragraphs[0]._p
    lower._tc.replace(empty, moved)
    upper._tc.append(empty)


def swapped_columns(document: Any) -> None:
    """Put the national name on the left and the agency on the right."""
    for row in document.tables[0].rows[:1]:
        left, right = row.cells[0]._tc, row.cells[1]._tc
        left.getparent().remove(right)
        left.addprevious(right)
        for tag in ("w:tcW",):
            a, b = left.tcPr.find(qn(tag)), right.tcPr.find(qn(tag))
            width = a.get(qn("w:w"))
            a.set(qn("w:w"), b.get(qn("w:w")))
            b.set(qn("w:w"), width)


def blue_text(document: Any) -> None:
    """Set a paragraph of the text in blue."""
    for run in body_of(document)[1].runs:
        run.font.color.rgb = RGBColor(0, 0, 255)


def subject_close(document: Any) -> None:
    """Take away the distance between the number and the subject."""
    paragraph(document, "V/v").paragraph_format.space_before = Pt(0)


def without_recipients(document: Any) -> None:
    """Take away "Nơi nhận" with its list."""
    for start in ("Nơi nhận", "- Như trên", "- Lãnh đạo", "- Lưu"):
        removed(start)(document)


def dashes_for_rule(document: Any) -> None:
    """Type dashes under the agency's name instead of the drawn line."""
    without_lines(0)(document)
    document.tables[0].rows[0].cells[0].paragraphs[2].add_run(
        "----------"
    ).font.name = "Times New Roman"


def no_reference_number(document: Any) -> None:
    """Leave only the name of the agency in the first "(Kèm theo …)"."""
    found = paragraph(document, "(Kèm theo")
    first, *others = found.runs
    for run in others:
        found._p.remove(run._r)
    first.text = "(Kèm theo Kế hoạch của Sở Công Thương)"


def no_decision_subject(document: Any) -> None:
    """Take away the subject of a decision with its rule."""
    for start in ("Về việc phê duyệt", "công tác văn thư (số"):
        removed(start)(document)


LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT

BREACHES = (
    Breach(
        "paper", LETTER, page(page_width=Mm(216), page_height=Mm(279)), "kho-giay", "Trang giấy"
    ),
    Breach("left margin", LETTER, page(left_margin=Mm(10)), "le-trang", "Lề trái"),
    Breach("top margin", LETTER, page(top_margin=Mm(28)), "le-trang", "Lề trên"),
    Breach("name not bold", LETTER, letters(NAME, bold=False), "thieu-dam", "Quốc hiệu"),
    Breach("name too large", LETTER, letters(NAME, size=Pt(14)), "co-chu", "Quốc hiệu"),
    Breach("name misspelt", LETTER, typed("NGHĨA", "NGHIÃ", NAME), "quoc-hieu-sai-chu"),
    Breach("name on the left", LETTER, swapped_columns, "quoc-hieu-sai-cho"),
    Breach("motto, short hyphens", LETTER, typed(" - ", "-", MOTTO), "tieu-ngu-sai-chu"),
    Breach("motto, dashes", LETTER, typed(" - ", " – ", MOTTO), "tieu-ngu-sai-chu"),
    Breach("motto in capitals", LETTER, letters(MOTTO, all_caps=True), "thua-in-hoa", "Tiêu ngữ"),
    Breach("motto in italics", LETTER, letters(MOTTO, italic=True), "thua-nghieng", "Tiêu ngữ"),
    Breach("motto without rule", LETTER, without_lines(1), "thieu-duong-ke", "Tiêu ngữ"),
    Breach("motto, short rule", LETTER, longer_lines(1, 0.5), "duong-ke-sai-dai", "Tiêu ngữ"),
    Breach("agency without rule", LETTER, without_lines(0), "thieu-duong-ke", "Cơ quan ban hành"),
    Breach(
        "agency, long rule", LETTER, longer_lines(0, 2.4), "duong-ke-sai-dai", "Cơ quan ban hành"
    ),
    Breach("parent bold", LETTER, letters("UBND", bold=True), "thua-dam", "Cơ quan chủ quản"),
    Breach(
        "agency not bold", LETTER, letters("SỞ CÔNG", bold=False), "thieu-dam", "Cơ quan ban hành"
    ),
    Breach(
        "agency in small letters",
        LETTER,
        typed("SỞ CÔNG THƯƠNG", "Sở Công Thương"),
        "thieu-in-hoa",
        "Cơ quan ban hành",
    ),
    Breach("number not padded", LETTER, typed("1234", "5", "Số"), "so-thieu-so-khong"),
    Breach(
        "number, spaces", LETTER, typed("1234/SCT-VP", "1234/SCT - VP", "Số"), "so-ky-hieu-cach-chu"
    ),
    Breach("number, no colon", LETTER, typed("Số:", "Số"), "so-thieu-hai-cham"),
    Breach("symbol with CV", LETTER, typed("SCT-VP", "CV-SCT", "Số"), "ky-hieu-cong-van"),
    Breach("symbol, small letters", LETTER, typed("SCT-VP", "sct-vp", "Số"), "ky-hieu-chu-thuong"),
    Breach("number size", LETTER, letters("Số:", size=Pt(14)), "co-chu", "Số và ký hiệu"),
    Breach("no comma", LETTER, typed("Sơn La,", "Sơn La"), "dia-danh-thieu-phay"),
    Breach("no place", LETTER, typed("Sơn La, ", "", "Sơn La,"), "thieu-dia-danh"),
    Breach("place, small letter", LETTER, typed("Sơn La", "Sơn la"), "dia-danh-chu-thuong"),
    Breach(
        "day not padded", LETTER, typed("ngày 18", "ngày 8", "Sơn La,"), "ngay-thang-thieu-so-khong"
    ),
    Breach(
        "month not padded",
        LETTER,
        typed("tháng 9", "tháng 2", "Sơn La,"),
        "ngay-thang-thieu-so-khong",
    ),
    Breach(
        "date in figures",
        LETTER,
        typed("18 tháng 9 năm 2024", "18/9/2024", "Sơn La,"),
        "ngay-thang-viet-tat",
    ),
    Breach(
        "date upright",
        LETTER,
        letters("Sơn La,", italic=False),
        "thieu-nghieng",
        "Địa danh và ngày tháng",
    ),
    Breach("date beneath", LETTER, date_beneath, "so-ngay-khac-dong"),
    Breach("subject bold", LETTER, letters("V/v", bold=True), "thua-dam", "Trích yếu công văn"),
    Breach("subject close", LETTER, subject_close, "trich-yeu-sat-so"),
    Breach("subject on the left", LETTER, aligned("V/v", LEFT), "canh-chu", "Trích yếu công văn"),
    Breach(
        "addressees, no colon", LETTER, typed("Kính gửi:", "Kính gửi"), "kinh-gui-thieu-hai-cham"
    ),
    Breach(
        "addressees, comma",
        LETTER,
        typed("thuộc Sở;", "thuộc Sở,", "- Các phòng"),
        "kinh-gui-sai-dau",
    ),
    Breach("addressees small", LETTER, letters("- Trung tâm", size=Pt(12)), "co-chu", "Kính gửi"),
    Breach("body in Arial", LETTER, font("Arial"), "phong-chu", "Nội dung văn bản"),
    Breach("body in an old font", LETTER, font(".VnTime"), "phong-chu", "Nội dung văn bản"),
    Breach("body at 12", LETTER, body_letters(size=Pt(12)), "co-chu", "Nội dung văn bản"),
    Breach("body blue", LETTER, blue_text, "mau-chu", "Nội dung văn bản"),
    Breach(
        "body in italics",
        LETTER,
        letters("Trong 6 tháng", italic=True),
        "thua-nghieng",
        "Nội dung văn bản",
    ),
    Breach("body to the left", LETTER, all_body(alignment=LEFT), "canh-chu", "Nội dung văn bản"),
    Breach(
        "no indent", LETTER, all_body(first_line_indent=Mm(0)), "lui-dau-dong", "Nội dung văn bản"
    ),
    Breach(
        "paragraphs close", LETTER, all_body(space_after=Pt(3)), "cach-doan", "Nội dung văn bản"
    ),
    Breach("lines wide", LETTER, all_body(line_spacing=2.0), "cach-dong", "Nội dung văn bản"),
    Breach(
        "lines narrow",
        LETTER,
        all_body(line_spacing_rule=WD_LINE_SPACING.EXACTLY, line_spacing=Pt(13)),
        "cach-dong",
        "Nội dung văn bản",
    ),
    Breach("no end mark", LETTER, typed("thực hiện./.", "thực hiện.", "Đề nghị"), "thieu-dau-ket"),
    Breach("label upright", LETTER, letters("Nơi nhận", italic=False), "thieu-nghieng", "Nơi nhận"),
    Breach("label, no colon", LETTER, typed("Nơi nhận:", "Nơi nhận"), "noi-nhan-thieu-hai-cham"),
    Breach(
        "recipients at 13",
        LETTER,
        letters("- Lãnh đạo", size=Pt(13)),
        "co-chu",
        "Danh sách nơi nhận",
    ),
    Breach("recipients, comma", LETTER, typed("Sở;", "Sở,", "- Lãnh đạo"), "noi-nhan-sai-dau"),
    Breach(
        "no archive", LETTER, typed("Lưu: VT, VP.", "Phòng Một.", "- Lưu"), "noi-nhan-thieu-luu"
    ),
    Breach("authority, no dot", LETTER, typed("TL. ", "TL "), "quyen-han-sai"),
    Breach(
        "title not bold", LETTER, letters("CHÁNH", bold=False), "thieu-dam", "Quyền hạn và chức vụ"
    ),
    Breach(
        "signer with a degree", LETTER, typed("Nguyễn Văn A", "TS. Nguyễn Văn A"), "nguoi-ky-hoc-vi"
    ),
    Breach(
        "signer in capitals",
        LETTER,
        typed("Nguyễn Văn A", "NGUYỄN VĂN A"),
        "thua-in-hoa",
        "Họ tên người ký",
    ),
    Breach(
        "signer to the right", LETTER, aligned("Nguyễn Văn A", RIGHT), "canh-chu", "Họ tên người ký"
    ),
    Breach("no recipients", LETTER, without_recipients, "thieu-thanh-phan", "Nơi nhận"),
    Breach("subject in words", LETTER, typed("V/v", "Về việc"), "trich-yeu-sai-chu"),
    Breach("subject, small v", LETTER, typed("V/v", "v/v"), "trich-yeu-sai-chu"),
    Breach("dashes for a rule", LETTER, dashes_for_rule, "thieu-duong-ke", "Cơ quan ban hành"),
    Breach("archive, no colon", LETTER, typed("Lưu:", "Lưu", "- Lưu"), "noi-nhan-thieu-luu"),
    Breach(
        "label with item",
        LETTER,
        typed("Nơi nhận:", "Nơi nhận: - Sở A;"),
        "noi-nhan-khong-dong-rieng",
    ),
    Breach("no subject", LETTER, removed("V/v"), "thieu-thanh-phan", "Trích yếu công văn"),
    Breach("no date", LETTER, removed("Sơn La,"), "thieu-thanh-phan", "Địa danh và ngày tháng"),
    Breach("number below", LETTER, number_below, "so-trang-o-duoi"),
    Breach("number right", LETTER, number_to_the_right, "so-trang-lech"),
    Breach("number at 10", LETTER, number_size(10), "co-chu", "Số trang"),
    Breach("number on page one", LETTER, number_on_page_one, "so-trang-thu-nhat"),
    Breach("number in Roman", LETTER, number_attribute(0, "fmt", "lowerRoman"), "so-trang-kieu-so"),
    Breach("number from 5", LETTER, number_attribute(0, "start", "5"), "so-trang-bat-dau"),
    Breach("no page number", LETTER, no_number, "thieu-so-trang"),
    Breach(
        "bases upright",
        DECISION,
        letters("Căn cứ Nghị định", italic=False),
        "thieu-nghieng",
        "Căn cứ",
    ),
    Breach("bases, dot", DECISION, typed("2015;", "2015.", "Căn cứ Luật"), "can-cu-sai-dau"),
    Breach(
        "type in small letters",
        DECISION,
        typed("QUYẾT ĐỊNH", "Quyết định"),
        "thieu-in-hoa",
        "Tên loại văn bản",
    ),
    Breach(
        "type not centred", DECISION, aligned("QUYẾT ĐỊNH", LEFT), "canh-chu", "Tên loại văn bản"
    ),
    Breach("subject light", DECISION, letters("Về việc", bold=False), "thieu-dam", "Trích yếu"),
    Breach("appendix in Arabic", PLAN, typed("Phụ lục II", "Phụ lục 2"), "phu-luc-so-thu-tu"),
    Breach("appendix label at 13", PLAN, letters("Phụ lục I", size=Pt(13)), "co-chu", "Phụ lục"),
    Breach(
        "appendix label in capitals",
        PLAN,
        typed("Phụ lục II", "PHỤ LỤC II"),
        "thua-in-hoa",
        "Phụ lục",
    ),
    Breach("appendix title light", PLAN, letters("LỊCH", bold=False), "thieu-dam", "Tên phụ lục"),
    Breach(
        "reference upright",
        PLAN,
        letters("(Kèm theo", italic=False),
        "thieu-nghieng",
        "Thông tin kèm theo",
    ),
    Breach(
        "appendix label with title",
        PLAN,
        typed("Phụ lục II", "Phụ lục II. LỊCH"),
        "phu-luc-khong-dong-rieng",
    ),
    Breach("no reference", PLAN, removed("(Kèm theo"), "thieu-thanh-phan", "Thông tin kèm theo"),
    Breach("reference, no number", PLAN, no_reference_number, "kem-theo-thieu"),
    Breach(
        "decision without subject", DECISION, no_decision_subject, "thieu-thanh-phan", "Trích yếu"
    ),
    Breach("appendix numbers go on", PLAN, numbers_go_on, "phu-luc-so-trang"),
)
