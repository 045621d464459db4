"""Papers as offices write them: what once was called a breach and is none, and its true twin."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cchc_office.decree30.checker import check_content

from .breaches import DECISION, LETTER, PLAN, SAMPLES, body_of, paragraph, removed, typed

Change = Callable[[Any], None]


def told(name: str, *changes: Change) -> list[str]:
    """Return the codes of what is found in a sample once it was changed."""
    document = docx.Document(str(SAMPLES / name))
    for change in changes:
        change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return [finding.code.slug for finding in check_content(buffer.getvalue(), "x.docx")]


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
