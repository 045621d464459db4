"""A folder that is read again and again: only what changed is read anew, and nothing is mixed up."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from cchc_office import CampaignFolder, Returns, open_campaign
from cchc_office.files.resources import templates_folder
from cchc_office.papers import planning
from cchc_office.papers.kinds import DISPATCH, Basis, PaperKind
from cchc_office.returns import reader, sources
from cchc_office.returns.read_memory import ReadMemory
from cchc_office.steps import campaign_state
from cchc_office.steps.year_steps import PaperState

from .messages import UNITS, campaign_in, filled_form
from .sheets import campaign_file, edit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are really read, as they are."""
    names: list[str] = []
    inside = sources.sources_in

    def noted(path: Path, name: str, passwords: tuple[str, ...] = ()) -> object:
        names.append(name)
        return inside(path, name, passwords)

    monkeypatch.setattr(reader, "sources_in", noted)
    return names


def put(folder: Path, name: str, unit: str, score: float) -> Path:
    (folder / "nhan-ve").mkdir(exist_ok=True)
    path = folder / "nhan-ve" / name
    path.write_bytes(filled_form(campaign_in(folder), unit, folder.parent / "phieu", score=score))
    return path


def returns_of(folder: Path, memory: ReadMemory | None) -> Returns:
    opened: CampaignFolder = open_campaign(folder, output=folder / "ra")
    found = replace(opened, memory=memory).state().returns
    assert found
    return found


def test_what_is_remembered_is_what_is_read(folder: Path, read: list[str]) -> None:
    memory = ReadMemory()
    put(folder, "a.xlsx", "VP", 1)
    path = put(folder, "b.xlsx", "TTra", 0.5)
    for change in (None, "same", "saved", "more", "copy", "gone"):
        if change == "saved":
            path.write_bytes(put(folder, "c.xlsx", "TTra", 0.25).read_bytes())
            (folder / "nhan-ve" / "c.xlsx").unlink()
        elif change == "more":
            put(folder, "d.xlsx", "P1", 2)
        elif change == "copy":
            shutil.copy2(folder / "nhan-ve" / "a.xlsx", folder / "nhan-ve" / "a (1).xlsx")
        elif change == "gone":
            path.unlink()
        remembered = returns_of(folder, memory)
        assert remembered == returns_of(folder, None), change
    del read[:]
    returns_of(folder, memory)
    assert read == []
    os.utime(folder / "nhan-ve" / "d.xlsx", (1, 1))
    returns_of(folder, memory)
    assert read == ["d.xlsx"]


def test_another_campaign_or_password_forgets_all(folder: Path, read: list[str]) -> None:
    memory = ReadMemory()
    put(folder, "a.xlsx", "VP", 1)
    returns_of(folder, memory)
    edit(folder / "dot-cham.xlsx", "Thông tin", {"B3": "UBND TỈNH B"})
    del read[:]
    assert returns_of(folder, memory) == returns_of(folder, None)
    assert read == ["a.xlsx", "a.xlsx"]
    opened = open_campaign(folder, output=folder / "ra", passwords=["mật khẩu"])
    del read[:]
    replace(opened, memory=memory).state()
    assert read == ["a.xlsx"]


# --- what papers would be made from ---


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return which kinds of papers are really planned, as they are."""
    names: list[str] = []
    plan = planning.planned_papers

    def noted(kind: PaperKind, basis: Basis) -> object:
        names.append(kind.key)
        return plan(kind, basis)

    monkeypatch.setattr(campaign_state, "planned_papers", noted)
    return names


def dispatches(folder: Path, memory: ReadMemory) -> set[PaperState]:
    opened = replace(open_campaign(folder, output=folder / "ra"), memory=memory)
    (there,) = (one for one in opened.state().papers if one.kind is DISPATCH)
    return {paper.state for paper in there.papers}


def test_papers_are_planned_anew_only_where_they_would_be_others(
    folder: Path, planned: list[str]
) -> None:
    memory = ReadMemory()
    put(folder, "a.xlsx", "VP", 1)
    open_campaign(folder, output=folder / "ra").make_papers()
    assert dispatches(folder, memory) == {PaperState.CURRENT}
    planned.clear()
    open_campaign(folder, output=folder / "ra").accept_returns(["VP"])
    assert dispatches(folder, memory) == {PaperState.CURRENT}
    assert planned == []
    edit(folder / "dot-cham.xlsx", "Đơn vị", {"B2": "Văn phòng Ủy ban"})
    assert PaperState.OUTDATED in dispatches(folder, memory)


def test_papers_are_held_against_the_template_that_is_there_now(folder: Path) -> None:
    memory = ReadMemory()
    open_campaign(folder, output=folder / "ra").make_papers()
    assert dispatches(folder, memory) == {PaperState.CURRENT}
    own = folder / "templates" / DISPATCH.template
    own.parent.mkdir()
    document = docx.Document(str(templates_folder() / DISPATCH.template))
    document.add_paragraph("Thêm một câu.")
    document.save(str(own))
    assert dispatches(folder, memory) == {PaperState.OUTDATED}
    own.unlink()
    assert dispatches(folder, memory) == {PaperState.CURRENT}


def test_papers_are_held_against_the_figures_of_the_office(folder: Path) -> None:
    memory = ReadMemory()
    open_campaign(folder, output=folder / "ra").make_papers()
    assert dispatches(folder, memory) == {PaperState.CURRENT}
    (folder / "the-thuc.toml").write_text("le_trai = 35\n", encoding="utf-8")
    assert PaperState.OUTDATED in dispatches(folder, memory)
