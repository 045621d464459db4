"""A folder that is read again and again: only what changed is read anew, and nothing is mixed up."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_office import CampaignFolder, Returns, open_campaign
from cchc_office.returns import reader, sources
from cchc_office.returns.read_memory import ReadMemory

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
