"""Closings set by tabs, with remarks beside them, in two languages: as old files have them."""

from __future__ import annotations

from typing import Any

import docx
import pytest

from cchc_office.decree30.checker import check_content

from .changed_papers import (
    DECISION,
    LETTER,
    SAMPLES,
    drop,
    paragraph,
    retyped,
    saved,
    slugs_of,
    told,
    typed,
)

UNKNOWN_CLOSING = "khong-ro-phan-ky"


def without_closing() -> Any:
    """Return the decision without the table of its recipients and who signed."""
    document: Any = docx.Document(str(SAMPLES / DECISION))
    table: Any = paragraph(document, "Nơi nhận")._p
    while not table.tag.endswith("}tbl"):
        table = table.getparent()
    drop(table)
    return document


@pytest.mark.parametrize(
    ("last", "is_told"), [("- Lưu: VT, KSĐH.", False), ("- Lãnh đạo Sở.", True)]
)
def test_recipients_go_on_beneath_a_name_set_beside_them(last: str, is_told: bool) -> None:
    document = without_closing()
    for text in ("\tGIÁM ĐỐC", "Nơi nhận:", "- Như Điều 3;\t(đã ký) Nguyễn Văn A", last):
        document.add_paragraph().add_run(text).font.bold = True
    assert ("noi-nhan-thieu-luu" in slugs_of(document)) is is_told


def test_recipients_set_by_tabs_are_not_who_signed() -> None:
    document = without_closing()
    for text in (
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN",
        "- Như Điều 3;\tCHỦ TỊCH",
        "- Bộ Nội vụ;\tNguyễn Văn A",
        "- Lưu VT.\t",
    ):
        document.add_paragraph().add_run(text)
    found = check_content(saved(document), "x.docx")
    signer = [f for f in found if "Họ tên người ký" in f.sentence]
    assert signer
    assert not [f for f in signer if "Lưu" in f.passage]


def test_who_signed_stands_before_the_same_in_another_language() -> None:
    document = without_closing()
    much = (f"Item {number} of the same in another language" for number in range(14))
    closing = ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, NC.", "GIÁM ĐỐC", "", "Nguyễn Văn A")
    for text in (*closing, "SOCIALIST REPUBLIC OF VIETNAM", *much):
        document.add_paragraph(text)
    assert UNKNOWN_CLOSING not in slugs_of(document)


@pytest.mark.parametrize(
    ("name", "is_told"), [("(Đã ký) Nguyễn Văn A", False), ("(Đã ký) ThS Nguyễn Văn A", True)]
)
def test_a_copy_says_before_the_name_that_it_was_signed(name: str, is_told: bool) -> None:
    found = told(LETTER, retyped("Nguyễn Văn A", name))
    assert ("nguoi-ky-hoc-vi" in found) is is_told
    assert UNKNOWN_CLOSING not in found


@pytest.mark.parametrize(
    ("archive", "slug", "is_told"),
    [
        ("- Lưu: (8).", "noi-nhan-thieu-luu", False),
        ("- Lưu: P8.", "noi-nhan-thieu-luu", True),
        ("- Lưu: VT, NC (3).23", "noi-nhan-sai-dau", False),
        ("- Lưu: VT, NC (3);", "noi-nhan-sai-dau", True),
    ],
)
def test_the_archive_may_have_a_note_or_its_copies_in_brackets(
    archive: str, slug: str, is_told: bool
) -> None:
    assert (slug in told(LETTER, typed("- Lưu: VT, VP.", archive))) is is_told
