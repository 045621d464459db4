"""The last day for something is worded alike wherever a unit reads of it."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign
from cchc_office.papers.form.layout import HELP_SHEET, SCORE_SHEET
from cchc_office.steps.papers import forms
from cchc_office.text.vietnamese import NO_LATER_THAN

from .calls import made

_LAST_DAY = re.compile(r"\{\{ han_(?:nop|bo_sung|giai_trinh) \}\}")
_CHANGED = "hạn nộp nay đổi thành "
_WORDS_BEFORE = re.compile(rf"(?:{NO_LATER_THAN} |là đến hạn \(|{_CHANGED})$")


def words(path: Path) -> str:
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("path", sorted(templates_folder().iterdir()), ids=lambda p: str(p.name))
def test_letters_and_messages_say_no_later_than(path: Path) -> None:
    text = words(path)
    for day in _LAST_DAY.finditer(text):
        assert _WORDS_BEFORE.search(text[: day.start()]), text[day.start() - 60 : day.end()]


@pytest.mark.parametrize("sheet", [SCORE_SHEET, HELP_SHEET])
def test_forms_say_it_too(example: Campaign, tmp_path: Path, sheet: str) -> None:
    [form] = [w.path for w in made(example, tmp_path, forms).written if "-VP." in w.path.name]
    cells = openpyxl.load_workbook(form)[sheet].iter_rows(values_only=True)
    assert f"{NO_LATER_THAN} ngày 30/11/2024." in str([*cells])
