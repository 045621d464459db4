"""Further shapes of papers that offices wrote: each once drew a false alarm; its twin is told."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from .changed_papers import (
    DECISION,
    LETTER,
    MOTTO,
    NAME,
    PLAN,
    Change,
    beneath,
    body_of,
    centred,
    drop,
    paragraph,
    retype,
    retyped,
    slugs_of,
    told,
)

# --- head ---


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "thieu-thanh-phan"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH", "thieu-thanh-phan"),
        ("PHÊ DUYỆT KẾ HOẠCH KIỂM TRA", "thua-in-hoa"),
    ],
)
def test_who_decides_is_no_subject_where_none_stands_above(line: str, slug: str) -> None:
    def change(document: Any) -> None:
        for found in document.paragraphs[1:5]:
            drop(found._p)
        retype(paragraph(document, "CHỦ TỊCH"), line)

    found = told(DECISION, change)
    assert {"thieu-thanh-phan", "thua-in-hoa"} & set(found) == {slug}


@pytest.mark.parametrize(
    ("bold", "is_told"), [("TRƯỜNG CAO ĐẲNG CÔNG THƯƠNG", False), ("VÀ CÁC XÃ MIỀN NÚI", True)]
)
def test_a_narrow_cell_makes_two_lines_of_the_agencies(bold: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        parent, agency = paragraph(document, "UBND TỈNH"), paragraph(document, "SỞ CÔNG THƯƠNG")
        retype(agency, f" {bold} VÀ KỸ THUẬT")
        for run in list(agency.runs):
            parent._p.append(run._r)
        drop(agency._p)

    assert ("thieu-dam" in told(LETTER, change)) is is_told


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("[DỰ THẢO] QUY CHẾ LÀM VIỆC CỦA SỞ", False),
        ("(DỰ THẢO) QUY CHẾ LÀM VIỆC CỦA SỞ", False),
        ("[DỰ THẢO] NHỮNG VIỆC CẦN LÀM NGAY", True),
    ],
)
def test_a_draft_may_say_so_before_its_type(title: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        label = paragraph(document, "Kính gửi")
        for item in [p for p in document.paragraphs if p.text.startswith("- ")][:3]:
            drop(item._p)
        retype(label, title).alignment = WD_ALIGN_PARAGRAPH.CENTER

    assert ("thieu-thanh-phan" in told(LETTER, change)) is is_told


# --- text ---


def of_one_line(words: str, blanks: str) -> Change:
    """Let the first paragraph of the text fill its one line but for the blanks behind it."""

    def change(document: Any) -> None:
        found = retype(body_of(document)[0], words + blanks)
        found.alignment = WD_ALIGN_PARAGRAPH.LEFT
        found.paragraph_format.first_line_indent = 0
        found.paragraph_format.left_indent = 360_000  # 10 mm, where a first line may begin

    return change


@pytest.mark.parametrize(
    ("behind", "is_told"), [(" " * 40, False), (" và những năm gần đây", True)]
)
def test_blanks_at_the_end_of_a_line_take_no_room(behind: str, is_told: bool) -> None:
    words = "Sở báo cáo kết quả kiểm tra công tác văn thư của các đơn vị năm nay"
    assert ("canh-chu" in told(LETTER, of_one_line(words, behind))) is is_told


@pytest.mark.parametrize(("upright", "is_told"), [(".", False), (" năm 2025.", True)])
def test_the_mark_alone_behind_a_basis_may_be_upright(upright: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        basis = [p for p in document.paragraphs if p.text.startswith("Theo đề nghị")][-1]
        retype(basis, basis.text.rstrip("."))
        basis._p.append(copy.deepcopy(basis.runs[-1]._r))
        basis.runs[-1].text, basis.runs[-1].italic = upright, False

    assert ("thieu-nghieng" in told(DECISION, change)) is is_told


@pytest.mark.parametrize(("behind", "is_told"), [(" " * 17, False), ("", True)])
def test_blanks_may_keep_a_name_off_the_right_edge(behind: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        name = [p for p in document.tables[-1].columns[-1].cells[0].paragraphs if p.text][-1]
        name.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        name.runs[-1].text += behind

    assert ("canh-chu" in told(LETTER, change)) is is_told


@pytest.mark.parametrize(
    ("align", "text", "is_told"),
    [
        (WD_ALIGN_PARAGRAPH.RIGHT, "Hà Nội, ngày … tháng … năm …", False),
        (WD_ALIGN_PARAGRAPH.RIGHT, "Biên bản lập xong lúc 11 giờ.", True),
        (WD_ALIGN_PARAGRAPH.JUSTIFY, "Hà Nội, ngày 02 tháng 3 năm 2026", True),
    ],
)
def test_a_date_over_those_who_sign_is_no_text(
    align: WD_ALIGN_PARAGRAPH, text: str, is_told: bool
) -> None:
    def change(document: Any) -> None:
        beneath(body_of(document)[-1], text, italic=True).alignment = align

    found = told(LETTER, change)
    assert ("thua-nghieng" in found) is is_told
    assert ("thieu-dau-ket" in found) is is_told


@pytest.mark.parametrize(
    ("following", "end", "is_told"),
    [
        ("Thực hiện Kế hoạch số 16/KH-UBND ngày 18 tháng 11 năm 2025 của Ủy ban.", ";", False),
        ("Thực hiện Hướng dẫn của Bộ Nội vụ về bầu cử, Sở yêu cầu như sau:", ";", False),
        ("Thực hiện Hướng dẫn của Bộ Nội vụ về bầu cử, Sở yêu cầu như sau:", ".", False),
        ("Thực hiện Hướng dẫn của Bộ Nội vụ về bầu cử, Sở yêu cầu như sau:", "", True),
        ("Thực hiện nghiêm công tác văn thư.", ";", True),
        ("Sở Nội vụ ban hành Kế hoạch như sau:", ";", True),
    ],
)
def test_the_bases_may_go_on_with_what_is_carried_out(
    following: str, end: str, is_told: bool
) -> None:
    def change(document: Any) -> None:
        bases = [p for p in document.paragraphs if p.text.startswith(("Căn cứ", "Theo đề nghị"))]
        retype(bases[-1], "Căn cứ Hướng dẫn số 13/HD-SNV của Sở Nội vụ" + end)
        beneath(bases[-1], following, italic=False)

    assert ("can-cu-sai-dau" in told(DECISION, change)) is is_told


@pytest.mark.parametrize(("text", "is_told"), [("{{MUC_TIEU}}", False), ("{{A}} và kinh", True)])
def test_what_is_to_be_filled_in_may_be_slanted(text: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        beneath(body_of(document)[0], text, italic=True)

    assert ("thua-nghieng" in told(LETTER, change)) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"), [("V. CHỮ KÝ XÁC NHẬN", False), ("Xác nhận của các bên", True)]
)
def test_a_heading_over_those_who_sign_ends_no_text(text: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        beneath(body_of(document)[-1], text)

    assert ("thieu-dau-ket" in told(LETTER, change)) is is_told


# --- recipients ---


@pytest.mark.parametrize(
    ("archive", "is_told"),
    [
        ("- Lưu: VT, LĐVL.(M.Anh)", False),
        ("- Lưu: VT, LĐVL.(Anh)", False),
        ("- Lưu: VT, LĐVL(M.Anh)", True),
    ],
)
def test_the_drafters_sign_may_stand_in_brackets(archive: str, is_told: bool) -> None:
    assert ("noi-nhan-sai-dau" in told(LETTER, retyped("- Lưu", archive))) is is_told


@pytest.mark.parametrize(
    ("items", "is_told"),
    [
        (("- Ban Thường vụ; (Để", "- Sở Nội vụ;      báo cáo)"), False),
        (("- Ban Thường vụ; (Để", "- Sở Nội vụ; báo cáo"), True),
        (("- Cổng thông tin của tỉnh;     Để đăng", "- Cổng thông tin của Sở;  dự thảo"), False),
        (("- Cổng thông tin của tỉnh;", "- Cổng thông tin của Sở;  dự thảo"), True),
    ],
)
def test_a_remark_may_go_on_to_the_right_of_several_items(
    items: tuple[str, str], is_told: bool
) -> None:
    def change(document: Any) -> None:
        first = retype(paragraph(document, "- Lãnh đạo Sở"), items[0])
        beneath(first, items[1])

    assert ("noi-nhan-sai-dau" in told(LETTER, change)) is is_told


def test_a_list_with_another_heading_is_no_text() -> None:
    def change(document: Any) -> None:
        table = document.tables[-1]
        label, *items = [p for p in table.cell(0, 0).paragraphs if p.text]
        retype(label, "Nơi gửi:")
        for found in (label, *items):
            table._tbl.addprevious(found._p)

    found = told(LETTER, change)
    assert "co-chu" not in found
    assert "thieu-thanh-phan" in found


@pytest.mark.parametrize(
    ("name", "is_told"), [("Nguyễn Văn A", False), ("Đã xem xét", True), ("", True)]
)
def test_a_title_may_stand_under_the_name_too(name: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        cell = document.tables[-1].columns[-1].cells[0]
        found = [p for p in cell.paragraphs if p.text][-1]
        beneath(found, "TRƯỞNG BAN CHỈ ĐẠO")
        retype(found, name)

    assert ("thieu-ho-ten-nguoi-ky" in told(LETTER, change)) is is_told


@pytest.mark.parametrize(
    ("lines", "is_told"),
    [
        (("BÊN GIAO          BÊN NHẬN  (Ký và ghi rõ họ tên)", "(1) Tên cơ quan lập."), False),
        (("BÊN GIAO          BÊN NHẬN", "(Ký và ghi rõ họ tên)", "(1) Tên cơ quan lập."), False),
        (("Kết thúc cuộc họp", "(1) Tên cơ quan lập."), True),
        (("KẾT LUẬN", "(Nêu những gì đã thống nhất)"), True),
    ],
)
def test_titles_of_those_who_sign_minutes_are_no_text(
    lines: tuple[str, ...], is_told: bool
) -> None:
    document = centred(NAME, MOTTO, "BIÊN BẢN", bold=True)
    for run in (run for found in document.paragraphs for run in found.runs):
        run.font.size = Pt(13)
    for text in ("Hai bên thống nhất như sau.", *lines):
        document.add_paragraph().add_run(text).font.size = Pt(13 if "Hai bên" in text else 12)
    assert ("co-chu" in slugs_of(document)) is is_told


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("Hà Nội, ngày … tháng … năm …", False),
        ("{{noi_va_ngay}}", False),
        ("Thay mặt Hội đồng", True),
    ],
)
def test_the_date_over_who_signs_is_no_title(line: str, is_told: bool) -> None:
    def change(document: Any) -> None:
        first = next(p for p in document.tables[-1].columns[-1].cells[0].paragraphs if p.text)
        beneath(first, first.text)
        retype(first, line)

    assert ("thieu-in-hoa" in told(LETTER, change)) is is_told


@pytest.mark.parametrize(("heading", "is_told"), [("PHẦN II. ", True), ("", False)])
def test_the_heading_of_a_part_does_not_begin_the_signature(heading: str, is_told: bool) -> None:
    document = centred(NAME, MOTTO, "BÁO CÁO", bold=True)
    title = f"{heading}CAM KẾT CỦA CHỦ NHIỆM"
    for text in ("Kết quả như sau.", title, "Tôi cam kết thực hiện đúng.", "Nguyễn Văn A"):
        document.add_paragraph().add_run(text)
    for found in document.paragraphs:
        found.runs[0].font.size = Pt(12 if "Tôi" in found.text else 13)
    assert ("co-chu" in slugs_of(document)) is is_told


# --- appendices ---


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Kèm theo Kế hoạch số …/KH-SCT ngày … tháng … năm … của Sở", False),
        ("Ban hành kèm theo Kế hoạch số …/KH-SCT ngày … tháng … năm … của Sở", False),
        ("Theo dõi Kế hoạch số …/KH-SCT ngày … tháng … năm … của Sở", True),
    ],
)
def test_what_an_appendix_belongs_to_may_stand_without_brackets(text: str, is_told: bool) -> None:
    assert ("thieu-thanh-phan" in told(PLAN, retyped("(Kèm theo", text))) is is_told


def over_the_title(text: str, align: WD_ALIGN_PARAGRAPH) -> Change:
    """Put a small line over the title of the appendix."""

    def change(document: Any) -> None:
        beneath(paragraph(document, "Phụ lục"), text, size=Pt(10), bold=False).alignment = align

    return change


@pytest.mark.parametrize(
    ("line", "align", "is_told"),
    [
        ("Biểu số 4", WD_ALIGN_PARAGRAPH.CENTER, False),
        ("Đơn vị: Văn phòng Sở", WD_ALIGN_PARAGRAPH.LEFT, False),
        ("DANH SÁCH", WD_ALIGN_PARAGRAPH.CENTER, True),
    ],
)
def test_what_stands_over_the_title_of_a_form_is_no_title(
    line: str, align: WD_ALIGN_PARAGRAPH, is_told: bool
) -> None:
    assert ("co-chu" in told(PLAN, over_the_title(line, align))) is is_told
