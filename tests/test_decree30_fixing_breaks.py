"""A paragraph that line breaks divide is not justified: its short lines would be stretched."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from .changed_papers import LETTER, SAMPLES, body_of, retype, saved
from .test_decree30_fixing import fixed, slugs


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        ("Hiệu lực thi hành:\nVăn bản này có hiệu lực kể từ ngày ký.", True),
        ("Hiệu lực thi hành: văn bản này có hiệu lực kể từ ngày ký.", False),
    ],
)
def test_only_a_paragraph_without_line_breaks_is_justified(text: str, is_left: bool) -> None:
    document: Any = docx.Document(str(SAMPLES / LETTER))
    changed = retype(body_of(document)[2], f"{text} {body_of(document)[2].text}")
    changed.alignment = WD_ALIGN_PARAGRAPH.LEFT
    before = saved(document)
    assert "canh-chu" in slugs(before)
    after = fixed(before).content or before
    assert ("canh-chu" in slugs(after)) is is_left
