"""`from cchc_office import decree30`: what scripts and hooks call, as its page says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import docx
import pytest

import cchc_office
from cchc_office import decree30
from cchc_office.catalogue.findings import Code

from .changed_papers import LETTER, SAMPLES
from .conftest import ROOT
from .test_annotated_copy import with_two_strange_words

NAME = "Công văn 1234.docx"


def test_the_example_of_the_page_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "the-thuc.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    original = with_two_strange_words()
    (tmp_path / NAME).write_bytes(original)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(example, names)
    shown = capsys.readouterr().out
    assert "LỖI" in shown
    assert shown.count("lạ ") >= 2
    assert (tmp_path / NAME).read_bytes() == original
    assert {path.name for path in tmp_path.iterdir()} == {
        NAME,
        "Công văn 1234-danh-dau.docx",
        "Công văn 1234-da-sua.docx",
    }
    assert docx.Document("Công văn 1234-danh-dau.docx").comments


def test_what_conforms_is_silent_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes((SAMPLES / LETTER).read_bytes())
    assert decree30.check(str(path)) == []
    assert decree30.annotate(str(path)).copy is None
    assert [one.name for one in tmp_path.iterdir()] == [NAME]


def test_a_file_that_is_not_there_is_the_callers_matter(tmp_path: Path) -> None:
    for job in (decree30.check, decree30.annotate, decree30.fix):
        with pytest.raises(FileNotFoundError):
            job(tmp_path / "khong-co.docx")


def test_a_file_of_another_kind_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("chữ thường", encoding="utf-8")
    (found,) = decree30.check(tmp_path / "a.docx")
    assert found.code is Code.DOCUMENT_UNREADABLE


def test_the_figures_are_data_with_their_clauses() -> None:
    for figure in decree30.FIGURES:
        value = getattr(decree30.DEFAULT_PROFILE, figure.field)
        assert figure.allowed.holds(value)
        assert decree30.DECREE in figure.clause
    assert all(decree30.DECREE in rule.clause for rule in decree30.RULES.values())


def test_opening_the_door_loads_no_reader() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import cchc_office.decree30, sys; print('lxml' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert told.stdout.strip() == "False"


def test_the_hook_runs_the_command_on_word_documents_only() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^  entry: (.*)$", hooks, re.MULTILINE)
    (files,) = re.findall(r"^  files: (.*)$", hooks, re.MULTILINE)
    (name,) = re.findall(r"^- id: (.*)$", hooks, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program, command = entry.split()
    assert program in project["scripts"]
    assert command == "the-thuc"
    shown = ("văn bản/a.docx", "b.docm", "C.DOCX", "d.doc", "e.docx.txt", "f.xlsx", "h/~$g.docx")
    assert [one for one in shown if re.search(files, one)] == ["văn bản/a.docx", "b.docm", "C.DOCX"]
    assert f"- id: {name}" in (ROOT / "docs" / "the-thuc.md").read_text(encoding="utf-8")


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    """A hook names many files at once."""
    paths = [tmp_path / folder / NAME for folder in ("2025", "2026")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(with_two_strange_words())
    found = cchc_office.check_documents([*paths, SAMPLES / LETTER])
    assert [one.name for one in found.documents] == [*(p.as_posix() for p in paths), LETTER]
    assert [finding.file for finding in found.findings] == [p.as_posix() for p in paths]
