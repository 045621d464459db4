"""Breaches within the text and the words of the closing, each alone in what else conforms."""

from __future__ import annotations

import copy
import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from cchc_office.catalogue import FindingCode
from cchc_office.catalogue._decree30_text import Decree30TextCodes
from cchc_office.decree30.checker import check_content

from .breaches import BREACHES, Breach
from .changed_papers import (
    DECISION,
    LETTER,
    PLAN,
    REPORT,
    SAMPLES,
    Change,
    aligned,
    body_of,
    letters,
    paragraph,
    removed,
    slugs_of,
    told,
    typed,
)

LEFT = WD_ALIGN_PARAGRAPH.LEFT
PART, TITLE = "Phần I", "TÌNH HÌNH"


def chapter(words: str) -> Change:
    """Call the first part of the report something else."""
    return typed("Phần I", words, PART)


def text(words: str, place: int = 0) -> Change:
    """Type other words in a paragraph of the text."""

    def change(document: Any) -> None:
        found = body_of(document)[place]
        for run in found.runs[1:]:
            found._p.remove(run._r)
        found.runs[0].text = words

    return change


def points(*starts: str) -> Change:
    """Begin the paragraphs of a letter's text as points."""

    def change(document: Any) -> None:
        for place, start in enumerate(starts, 1):
            text(f"{start} {body_of(document)[place].text}", place)(document)

    return change


def light_start(start: str) -> Change:
    """Take the bold from the start of an article."""
    return letters(start, bold=False)


def without_tm(document: Any) -> None:
    """Let the chairman sign for the committee, but without "TM."."""
    typed("KT. CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH")(document)
    typed("PHÓ CHỦ TỊCH", "CHỦ TỊCH")(document)


def decided_by_committee(document: Any) -> None:
    """Let the committee decide, over the bases, and its chairman sign in his own name."""
    typed("CHỦ TỊCH ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN")(document)
    removed("KT. CHỦ TỊCH")(document)
    typed("PHÓ CHỦ TỊCH", "CHỦ TỊCH")(document)


IN_TEXT = (
    Breach("part not bold", REPORT, letters(PART, bold=False), "thieu-dam", "Phần"),
    Breach("part in italics", REPORT, letters(PART, italic=True), "thua-nghieng", "Nội dung văn bản"),
    Breach("part in capitals", REPORT, chapter("PHẦN I"), "thua-in-hoa", "Phần"),
    Breach("part in Arabic", REPORT, chapter("Phần 1"), "so-thu-tu-phan-chuong"),
    Breach("chapter in Arabic", REPORT, chapter("Chương 1"), "so-thu-tu-phan-chuong"),
    Breach("section in Roman", REPORT, chapter("Mục I"), "so-thu-tu-phan-chuong"),
    Breach("chapter with title", REPORT, chapter("Chương I. QUY ĐỊNH"), "tieu-de-khong-dong-rieng"),
    Breach("part on the left", REPORT, aligned(PART, LEFT), "canh-chu", "Phần"),
    Breach(
        "part's title in small letters",
        REPORT,
        typed("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", "Tình hình thực hiện nhiệm vụ"),
        "thieu-in-hoa",
        "Tiêu đề phần",
    ),
    Breach("part's title light", REPORT, letters(TITLE, bold=False), "thieu-dam", "Tiêu đề phần"),
    Breach(
        "article light",
        DECISION,
        light_start("Điều 1."),
        "thieu-dam",
        "Từ “Điều” và số thứ tự",
    ),
    Breach("article with colon", DECISION, typed("Điều 2.", "Điều 2:"), "dieu-khoan-sai-dau"),
    Breach("article in Roman", DECISION, typed("Điều 2.", "Điều II."), "so-thu-tu-phan-chuong"),
    Breach(
        "article in capitals", DECISION, typed("Điều 2.", "ĐIỀU 2."), "thua-in-hoa", "Từ “Điều”"
    ),
    Breach(
        "clause with bracket",
        DECISION,
        typed("Điều 2. Giao", "2) Giao", "Điều 2."),
        "dieu-khoan-sai-dau",
    ),
    Breach("point with dot", REPORT, typed("a) Công", "a. Công"), "diem-sai-dau"),
    Breach("point with comma", REPORT, typed("b) Trong", "b, Trong"), "diem-sai-dau"),
    Breach("points without đ", LETTER, points("c)", "d)", "e)"), "diem-sai-thu-tu"),
    Breach("points with f", LETTER, points("d)", "đ)", "e)", "f)"), "diem-sai-thu-tu"),
    Breach("text in italics", LETTER, letters("Triển khai", italic=True), "thua-nghieng",
           "Nội dung văn bản"),
    Breach("committee, title case", LETTER, text("Ủy Ban Nhân Dân tỉnh có ý kiến."),
           "viet-hoa-ten-co-quan"),
    Breach("committee, small letter", LETTER, text("Theo ủy ban nhân dân tỉnh."),
           "viet-hoa-ten-co-quan"),
    Breach("council", LETTER, text("Hội Đồng Nhân Dân tỉnh có ý kiến."), "viet-hoa-ten-co-quan"),
    Breach("department, title case", LETTER, text("Đề nghị Sở Nội Vụ phối hợp."),
           "viet-hoa-ten-co-quan"),
    Breach("ministry, small letter", LETTER, text("Theo Bộ tài chính hướng dẫn."),
           "viet-hoa-ten-co-quan"),
    Breach("prime minister", LETTER, text("Theo thủ tướng Chính phủ."), "viet-hoa-ten-co-quan"),
    Breach("city", LETTER, text("Tại thành phố Hồ Chí Minh."), "viet-hoa-ten-co-quan"),
    Breach("two blanks", LETTER, text("Đề nghị các  đơn vị báo cáo."), "dau-cach-thua"),
    Breach("blank before a comma", LETTER, text("Đề nghị các phòng , đơn vị báo cáo."),
           "dau-cach-thua"),
    Breach("committee without TM.", DECISION, without_tm,
           "tap-the-thieu-tm"),
    Breach("committee decides, no TM.", DECISION, decided_by_committee, "tap-the-thieu-tm"),
    Breach("no signer", LETTER, removed("Nguyễn Văn A"), "thieu-ho-ten-nguoi-ky"),
    Breach("no signer of a decision", DECISION, removed("Nguyễn Văn A"), "thieu-ho-ten-nguoi-ky"),
    Breach("no Như trên", LETTER, typed("Như trên;", "Sở Tài chính;", "- Như trên"),
           "noi-nhan-thieu-nhu-tren"),
    Breach("no Như trên in a report", REPORT, typed("Như trên;", "Sở Tài chính;", "- Như trên"),
           "noi-nhan-thieu-nhu-tren"),
)  # fmt: skip


@pytest.mark.parametrize("breach", IN_TEXT, ids=lambda b: b.name)
def test_a_breach_in_the_text_is_found_alone(breach: Breach) -> None:
    assert told(breach.document) == []
    assert told(breach.document, breach.change) == [breach.slug]


def test_more_than_a_hundred_planted_breaches_are_found() -> None:
    planted = {(b.document, b.name) for b in (*BREACHES, *IN_TEXT)}
    assert len(planted) == len(BREACHES) + len(IN_TEXT) > 100


def test_every_code_of_the_text_is_shown_by_a_test() -> None:
    codes = {c.slug for c in vars(Decree30TextCodes).values() if isinstance(c, FindingCode)}
    assert codes == {b.slug for b in IN_TEXT} & codes | {"van-ban-khong-dau"}


# --- what is like a breach, and is none ---


@pytest.mark.parametrize(
    "words",
    [
        "Theo Ủy ban nhân dân tỉnh, Uỷ ban nhân dân xã và UBND phường.",
        "Đề nghị Sở Nội vụ, Sở Y tế, Sở Công Thương phối hợp.",
        "Tại các cơ sở y tế và trụ sở tài chính của địa phương.",
        "Cán bộ tài chính, cán bộ tư pháp, cán bộ y tế.",
        "Thành phố Hồ Chí Minh và Thủ đô Hà Nội.",
        "Báo cáo trước ngày   tháng   năm 2026.",
        "Theo Điều 5 của Luật và điểm a khoản 2 Điều 103 Mục 5 Chương XII.",
        "Giai đoạn 2021 - 2025; kết quả: đạt.",
    ],
)
def test_words_that_are_right_give_no_finding(words: str) -> None:
    assert told(LETTER, text(words)) == []


def test_points_in_order_give_no_finding() -> None:
    assert told(LETTER, points("d)", "đ)", "e)", "g)")) == []
    assert told(LETTER, points("a)", "b)", "a)", "b)")) == []


@pytest.mark.parametrize("words", ["Chương I", "Phần IV", "Mục 1", "Tiểu mục 2"])
def test_headings_of_divisions_that_are_right_give_no_finding(words: str) -> None:
    assert told(REPORT, chapter(words)) == []


def test_who_signs_for_a_committee_writes_so() -> None:
    assert told(DECISION, typed("KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN")) == []


def test_a_draft_without_number_needs_no_signer() -> None:
    assert told(PLAN, removed("Nguyễn Văn A")) == []


def test_a_letter_to_those_named_as_above_may_say_so_in_other_words() -> None:
    assert told(LETTER, typed("Như trên;", "Như Kính gửi;", "- Như trên")) == []


def test_a_text_without_diacritics_is_told_once() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    plain = "De nghi cac don vi thuc hien theo ke hoach va bao cao ket qua cua don vi ve So. "
    for place in range(len(body_of(document))):
        text(plain * 3 + ("./." if place == len(body_of(document)) - 1 else ""), place)(document)
    typed("Độc lập - Tự do - Hạnh phúc", "Doc lap - Tu do - Hanh phuc")(document)
    typed("Kính gửi", "Kinh gui")(document)
    typed("- Lưu", "- Luu")(document)
    assert slugs_of(document) == ["van-ban-khong-dau"]


def test_the_words_of_a_place_keep_their_blanks() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    line = paragraph(document, "- Như trên")
    line.runs[0].text = "- Sở"
    for words in (" (", "Nội vụ;"):
        line._p.append(copy.deepcopy(line.runs[0]._r))
        line.runs[-1].text = words
    line.runs[-1].italic = True
    buffer = io.BytesIO()
    document.save(buffer)
    [finding] = [
        f for f in check_content(buffer.getvalue(), "x.docx") if f.code.slug == "thua-nghieng"
    ]
    assert finding.passage == "- Sở (Nội vụ;"


def test_minutes_that_end_in_a_table_need_no_end_mark() -> None:
    document = docx.Document(str(SAMPLES / REPORT))
    typed("BÁO CÁO", "BIÊN BẢN", "BÁO CÁO")(document)
    text("Danh sách người dự như sau:", len(body_of(document)) - 1)(document)
    assert "thieu-dau-ket" not in slugs_of(document)


def test_lines_of_dots_for_remarks_are_no_text() -> None:
    def change(document: Any) -> None:
        found = body_of(document)[1]
        text("." * 90, 1)(document)
        found.paragraph_format.first_line_indent = 0
        found.paragraph_format.space_before = 0
        found.paragraph_format.space_after = 0

    assert told(LETTER, change) == []
