"""How the sentences of findings end, whatever they quote."""

from __future__ import annotations

import pytest

from cchc_office.catalogue import every_code
from cchc_office.catalogue.findings import Code, Finding, FindingCode


@pytest.mark.parametrize("code", every_code(), ids=lambda code: code.slug)
def test_what_ends_in_a_full_stop_brings_no_second_one(code: FindingCode) -> None:
    name = "dòng 1.5 Việc thực hiện cải cách hành chính."
    told = Finding(code, about=name, found=name, expected=name, clause=name)
    for said in (told.sentence, told.advice, told.demand):
        assert ".." not in said


def test_a_sentence_that_quotes_a_row_ends_in_one_full_stop() -> None:
    told = Finding(Code.EXPLANATION_MISSING, about="dòng 1.5 Cải cách hành chính.")
    assert told.sentence == (
        "Phiếu giải trình của đơn vị chưa ghi gì cho dòng 1.5 Cải cách hành chính."
    )
    listed = Finding(Code.EXPLANATION_MISSING, about="dòng 1.5 Tổ chức thi đua...")
    assert listed.sentence.endswith("thi đua...")
