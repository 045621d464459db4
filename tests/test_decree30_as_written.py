"""Papers as offices write them: what once was called a breach and is none, and its true twin."""

from __future__ import annotations

import copy
import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

from .changed_papers import (
    DECISION,
    LETTER,
    PLAN,
    SAMPLES,
    Change,
    body_of,
    paragraph,
    removed,
    slugs_of,
    told,
    typed,
)


def put_after(start: str, text: str, *, small: bool = False) -> Change:
    """Add letters behind the line that begins with `start`."""

    def change(document: Any) -> None:
        found = paragraph(document, start)
        run = copy.deepcopy(found.runs[-1]._r)
        found._p.append(run)
        found.runs[-1].text = text
        if small:
            found.runs[-1].font.subscript = True
            found.runs[-1].font.size = Pt(8)

    return change


# --- the line "Lưu" ---


@pytest.mark.parametrize(
    ("text", "small"),
    [("An", True), (" (05b)", True), ("An", False), (" An (05 bản).", False), ("A.05", False)],
)
def test_the_drafters_sign_stands_behind_the_dot_of_the_archive_line(
    text: str, small: bool
) -> None:
    assert told(LETTER, put_after("- Lưu", text, small=small)) == []


def test_an_archive_line_without_its_dot_is_told() -> None:
    assert told(LETTER, typed("VP.", "VP", "- Lưu")) == ["noi-nhan-sai-dau"]
    without_dot = (typed("VP.", "VP", "- Lưu"), put_after("- Lưu", "An", small=True))
    assert told(LETTER, *without_dot) == ["noi-nhan-sai-dau"]


# --- placeholders ---


@pytest.mark.parametrize("mark", ["{{{{{}}}}}", "«{}»", "{{{}}}", "[{}]", "<<{}>>", "${{{}}}"])
def test_placeholders_of_templates_are_blanks(mark: str) -> None:
    date = "ngày {} tháng {} năm {}".format(*(mark.format(word) for word in ("d", "m", "y")))
    number = mark.format("so")
    changes = (
        typed("ngày 18 tháng 9 năm 2024", date, "Sơn La,"),
        typed("1234/", f"{number}/", "Số: "),
    )
    assert told(LETTER, *changes) == []


# --- minutes ---


def test_a_day_named_in_the_text_is_not_the_place_and_date() -> None:
    today = typed("Điều 1.", "Hôm nay, ngày 05 tháng 02 năm 2026, tại Sở. Điều 1.", "Điều 1.")
    assert told(DECISION, today) == []


def test_a_type_with_its_subject_on_one_line_is_known() -> None:
    def joined(document: Any) -> None:
        found = paragraph(document, "KẾ HOẠCH")
        found.runs[0].text = "KẾ HOẠCH KIỂM TRA CÔNG TÁC VĂN THƯ"
        removed("Kiểm tra công tác văn thư")(document)

    assert "thieu-thanh-phan" not in told(PLAN, joined)


# --- legal bases ---


def test_only_the_basis_with_a_wrong_end_is_blamed() -> None:
    assert told(DECISION, typed("2020 của Chính phủ về công tác văn thư;",
                                "2020 của Chính phủ về công tác văn thư,",
                                "Căn cứ Nghị định")) == ["can-cu-sai-dau"]  # fmt: skip


def test_a_sentence_of_a_letter_may_begin_as_a_basis_does() -> None:
    def change(document: Any) -> None:
        first = body_of(document)[0]
        first.runs[0].text = "Căn cứ Kế hoạch số 25/KH-SCT ngày 20 tháng 02 năm 2024;"

    assert told(LETTER, change) == []


# --- head ---


def test_a_remark_under_the_subject_of_a_letter_has_letters_of_its_own() -> None:
    def change(document: Any) -> None:
        subject = paragraph(document, "V/v")
        below = copy.deepcopy(subject._p)
        subject._p.addnext(below)
        added = Paragraph(below, document._body)
        for run in added.runs[1:]:
            below.remove(run._r)
        added.runs[0].text = "(Dự thảo)"
        added.runs[0].font.italic = True
        added.alignment = WD_ALIGN_PARAGRAPH.CENTER

    assert told(LETTER, change) == []


# --- documents with rules of their own ---


def test_a_party_document_is_named_and_not_judged() -> None:
    party = (
        typed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "ĐẢNG CỘNG SẢN"),
        removed("Độc lập"),
        typed("TL. GIÁM ĐỐC", "T/M BAN THƯỜNG VỤ"),
    )
    assert told(LETTER, *party) == ["the-thuc-theo-quy-dinh-khac"]


def test_of_a_party_document_the_rules_that_hold_are_named() -> None:
    document = docx.Document()
    document.add_paragraph("ĐẢNG CỘNG SẢN VIỆT NAM")
    buffer = io.BytesIO()
    document.save(buffer)
    (finding,) = check_content(buffer.getvalue(), "x.docx")
    assert "399-QĐ/TW" in finding.sentence
    assert "05-HD/VPTW" in finding.sentence


@pytest.mark.parametrize("number", ["Số: 09/2024/QĐ-UBND", "Số:      /2024/QĐ-UBND"])
def test_a_normative_document_is_named_and_not_judged(number: str) -> None:
    changes = (typed("Số: 09/QĐ-UBND", number), typed("KT.", "KT"))
    assert told(DECISION, *changes) == ["the-thuc-theo-quy-dinh-khac"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("ĐƠN ĐỀ NGHỊ XÁC NHẬN CƯ TRÚ", "Tôi tên là: ……"),
        ("HỢP ĐỒNG MUA BÁN HÀNG HÓA", "Hôm nay, ngày … tháng … năm …, chúng tôi gồm:"),
        ("TỜ KHAI", "Họ và tên: ……"),
    ],
)
def test_citizens_forms_and_contracts_are_named_and_not_judged(heading: str, text: str) -> None:
    document = docx.Document()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", heading):
        document.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(text)
    assert slugs_of(document) == ["the-thuc-theo-quy-dinh-khac"]


def test_a_letter_about_a_contract_or_form_is_judged() -> None:
    about = typed("đôn đốc thực hiện", "mẫu đơn và hợp đồng", "V/v")
    assert told(LETTER, about, typed("VP.", "VP", "- Lưu")) == ["noi-nhan-sai-dau"]


# --- head and closing without tables ---


def _line(document: Any, *runs: tuple[str, float, bool, bool]) -> Any:
    added = document.add_paragraph()
    for text, size, bold, italic in runs:
        run = added.add_run(text)
        run.font.name, run.font.size, run.font.bold, run.font.italic = (
            "Times New Roman",
            Pt(size),
            bold,
            italic,
        )
    return added


def without_tables(gap: str) -> Any:
    """Make the letter's head and closing as paragraphs whose halves `gap` sets apart."""
    document = docx.Document(str(SAMPLES / LETTER))
    body = document.element.body
    head, closing = document.tables[0]._tbl, document.tables[-1]._tbl
    rows: list[tuple[str, float, bool, bool, str, float, bool, bool]] = [
        ("UBND TỈNH SƠN LA", 12, False, False, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("SỞ CÔNG THƯƠNG", 12, True, False, "Độc lập - Tự do - Hạnh phúc", 13, True, False),
        ("________", 13, False, False, "__________________________", 13, False, False),
        ("Số: 12/SCT-VP", 13, False, False, "Sơn La, ngày 18 tháng 9 năm 2024", 13, False, True),
        ("Nơi nhận:", 12, True, True, "GIÁM ĐỐC", 13, True, False),
    ]  # fmt: skip
    made = [_line(document, row[:4], (gap, 13, False, False), row[4:]) for row in rows]
    for line in made[:4]:
        head.addprevious(line._p)
    subject = _line(document, ("V/v đôn đốc", 12, False, False))
    subject.paragraph_format.space_before = Pt(6)
    subject.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.addprevious(subject._p)
    body.remove(head)
    closing.addprevious(made[4]._p)
    for text in ("- Như trên;", "- Lưu: VT, VP."):
        closing.addprevious(_line(document, (text, 11, False, False))._p)
    closing.addprevious(_line(document, ("", 13, False, False))._p)
    closing.addprevious(_line(document, (f"{gap}{gap}Nguyễn Văn A", 13, True, False))._p)
    body.remove(closing)
    return document


@pytest.mark.parametrize("gap", [" " * 12, "\t", "\u00a0" * 10, "  \t\t "])
def test_both_halves_of_a_line_set_with_blanks_are_read(gap: str) -> None:
    document = without_tables(gap)
    assert slugs_of(document) == []
    wrong = without_tables(gap)
    for line in wrong.paragraphs:
        for run in line.runs:
            run.text = run.text.replace("Tự do", "Tự Do").replace("12/SCT", "12 /SCT")
    assert "so-ky-hieu-cach-chu" in slugs_of(wrong)


def test_recipients_beneath_two_signers_are_no_signer() -> None:
    def change(document: Any) -> None:
        table = document.tables[-1]
        left, right = table.rows[0].cells
        recipients = [p._p for p in left.paragraphs]
        for element in [p._p for p in right.paragraphs]:
            left._tc.append(copy.deepcopy(element))
        for element in reversed(recipients):
            table._tbl.addnext(element)

    assert told(LETTER, change) == []
    academic = typed("Nguyễn Văn A", "TS. Nguyễn Văn A")
    assert told(LETTER, academic, change) == ["nguoi-ky-hoc-vi"]


# --- breaches of the words, each beside what conforms ---


@pytest.mark.parametrize(
    ("name", "change", "slug"),
    [
        (LETTER, typed("Tự do", "Tự Do", "Độc lập"), "tieu-ngu-sai-chu"),
        (DECISION, typed("QĐ-UBND", "QĐ – UBND", "Số: 09"), "so-ky-hieu-cach-chu"),
        (DECISION, typed("QĐ-UBND", "Qđ-UBND", "Số: 09"), "ky-hieu-chu-thuong"),
        (DECISION, typed("09/QĐ", "09 QĐ", "Số: 09"), "so-thieu-gach-cheo"),
        (DECISION, typed("QĐ-UBND", "TB-UBND", "Số: 09"), "ky-hieu-khac-ten-loai"),
        (DECISION, typed("QĐ-UBND", "UBND-NC", "Số: 09"), "ky-hieu-khac-ten-loai"),
        (LETTER, typed("SCT-VP", "KH-SCT", "Số: 1234"), "ky-hieu-khac-ten-loai"),
        (LETTER, typed("ngày 18 tháng 9", "ngày 31 tháng 9", "Sơn La,"), "ngay-thang-khong-co"),
        (LETTER, typed("năm 2024", "năm 24", "Sơn La,"), "ngay-thang-khong-co"),
        (DECISION, removed("KT. CHỦ TỊCH"), "cap-pho-thieu-kt"),
        (LETTER, typed("VT, VP.", "VP.", "- Lưu"), "noi-nhan-thieu-luu"),
    ],
)
def test_a_breach_of_the_words_is_found_alone(name: str, change: Change, slug: str) -> None:
    assert told(name) == []
    assert told(name, change) == [slug]


@pytest.mark.parametrize(
    "day", ["29 tháng 02 năm 2024", "31 tháng 12 năm 2024", "… tháng 02 năm …"]
)
def test_days_that_there_are_give_no_finding(day: str) -> None:
    assert told(LETTER, typed("18 tháng 9 năm 2024", day, "Sơn La,")) == []
