"""The project's own templates and the office's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cchc_office.papers.kinds import templates
from cchc_office.papers.templates import (
    check_templates,
    offered_names,
    stray_templates,
    templates_in_use,
)
from cchc_office.word.templates import Kind, ListOf, Record
from cchc_office.word.templates.offers import Plain

from .calls import cchc
from .template_files import (
    paragraphs,
    template_file,
)

# --- the project's own templates, and the office's ---


def test_the_projects_templates_are_sound() -> None:
    used = templates_in_use(None)
    assert {t.path.name for t in used} == set(templates())
    assert not any(t.is_own for t in used)
    assert check_templates(used) == []


def test_letters_are_given_just_the_names_of_the_table(
    letter_values: dict[str, list[Mapping[str, Any]]],
) -> None:
    assert letter_values.keys() == templates().keys()
    for name, letters in letter_values.items():
        for values in letters:
            assert values.keys() == offered_names(name).keys()
            for key, kind in offered_names(name).items():
                assert is_of(values[key], kind), key


def is_of(value: Any, kind: Kind) -> bool:
    if isinstance(kind, ListOf):
        return isinstance(value, list) and all(is_of(item, kind.item) for item in value)
    if isinstance(kind, Record):
        return all(is_of(getattr(value, name), part) for name, part in kind.fields.items())
    return isinstance(kind, Plain) and type(value) is kind.type


def test_a_template_under_another_name_is_told(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    for name in ("cong-van-don-doc.docx", "cong-van-giao viec.docx", "~$cong-van-don-doc.docx"):
        (own / name).write_bytes(b"")
    [finding] = stray_templates(own)
    assert finding.file == "cong-van-giao viec.docx"
    assert finding.candidates == ("cong-van-giao-viec.docx",)
    assert stray_templates(tmp_path / "none") == []


def test_kiem_tra_says_which_templates_are_the_offices_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    own = tmp_path / "dot" / "templates"
    own.mkdir(exist_ok=True)
    template_file(own, paragraphs("Gửi {{ don_vi.tne }}"), "cong-van-don-doc.docx")
    capsys.readouterr()
    assert cchc("kiem-tra", tmp_path / "dot") == 1
    shown = capsys.readouterr().out
    assert "cong-van-don-doc.docx        mẫu riêng của cơ quan" in shown
    assert "cong-van-giao-viec.docx      mẫu có sẵn" in shown
    assert "don_vi.tne: có phải “don_vi.ten”?" in shown
    assert cchc("kiem-tra", tmp_path / "dot", "--json") == 1
    printed = capsys.readouterr().out
    assert '"rieng": true' in printed
    assert '"doan": "Gửi {{ don_vi.tne }}"' in printed
