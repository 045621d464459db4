"""Forms of laws, requests with a number, directives of old: other rules govern them."""

from __future__ import annotations

from typing import Any

import pytest

from .changed_papers import (
    DECISION,
    LETTER,
    OTHER_RULES,
    Change,
    body_of,
    both,
    paragraph,
    retype,
    told,
    typed,
)


@pytest.mark.parametrize(
    ("number", "is_other"),
    [("09/2009/CT-UBND", True), ("09/2019/CT-UBND", False), ("09/CT-UBND", False)],
)
def test_until_2016_directives_with_a_year_were_normative(number: str, is_other: bool) -> None:
    change = both(
        typed("09/QĐ-UBND", number, within="Số"), typed("QUYẾT ĐỊNH", "CHỈ THỊ", "QUYẾT ĐỊNH")
    )
    assert (told(DECISION, change) == [OTHER_RULES]) is is_other


def over_the_head(*lines: str) -> Change:
    """Put lines over everything else."""

    def change(document: Any) -> None:
        for line in lines:
            made = document.add_paragraph(line)
            document.element.body.insert(lines.index(line), made._p)

    return change


@pytest.mark.parametrize(
    ("lines", "is_other"),
    [
        (("Mẫu số 05", "BH theo Thông tư số 61/2017/TT-BCA"), True),
        (("Ban hành kèm theo Nghị định số 30/2020/NĐ-CP",), False),
        (("Mẫu văn bản",), False),
    ],
)
def test_a_form_of_a_law_looks_as_that_law_says(lines: tuple[str, ...], is_other: bool) -> None:
    assert (told(LETTER, over_the_head(*lines)) == [OTHER_RULES]) is is_other


@pytest.mark.parametrize(
    ("line", "is_other"), [("Tôi tên là: Nguyễn Văn B", True), ("Tôi xin cảm ơn.", False)]
)
def test_who_speaks_in_the_first_person_writes_a_request(line: str, is_other: bool) -> None:
    def change(document: Any) -> None:
        retype(paragraph(document, "QUYẾT ĐỊNH"), "ĐỀ XUẤT")
        retype(body_of(document)[0], line)

    assert (told(DECISION, change) == [OTHER_RULES]) is is_other


@pytest.mark.parametrize(
    ("number", "text", "is_other"),
    [
        ("Số: …/SCT-…(1)…", "Căn cứ ……(3)……;", True),
        ("Số: …/SCT-…(1)…", "Căn cứ kế hoạch;", False),
        ("Số: …/SCT-VP", "Căn cứ ……(3)……;", False),
    ],
)
def test_noted_blanks_in_number_and_text_are_a_specimens(
    number: str, text: str, is_other: bool
) -> None:
    def change(document: Any) -> None:
        retype(paragraph(document, "Số:"), number)
        retype(body_of(document)[0], text)

    assert (told(LETTER, change) == [OTHER_RULES]) is is_other
