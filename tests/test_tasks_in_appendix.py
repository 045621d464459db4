"""Where a dispatch has a unit's tasks: in its text, or in an appendix, as the office chooses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from cchc_office import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.decree30 import check
from cchc_office.steps.papers import dispatches

from .calls import made
from .sheets import SETTINGS, campaign_file


def letter(tmp_path: Path, settings: str) -> Any:
    campaign = load_campaign(campaign_file(tmp_path, settings=f"{SETTINGS}{settings}"))
    path = made(campaign, tmp_path / "ra", dispatches).written[0].path
    assert check(path) == []
    return docx.Document(str(path))


def words(document: Any) -> list[str]:
    return [" ".join(p.text.split()) for p in document.paragraphs if p.text.strip()]


@pytest.mark.parametrize("said", ["", "trong công văn", "Công văn"])
def test_tasks_are_in_the_text_where_nothing_else_is_wished(tmp_path: Path, said: str) -> None:
    document = letter(tmp_path, f"Bảng nhiệm vụ | {said}\n")
    assert len(document.sections) == 1
    assert not any(line.startswith("Phụ lục") for line in words(document))
    assert any(line.endswith("thực hiện các nội dung sau:") for line in words(document))
    assert [table.cell(0, 0).text for table in document.tables][1] == "STT"


def test_tasks_are_an_appendix_behind_the_signature(tmp_path: Path) -> None:
    document = letter(tmp_path, "Bảng nhiệm vụ | phụ lục\n")
    assert len(document.sections) == 2
    lines = words(document)
    assert any("các nội dung tại Phụ lục kèm theo Công văn này." in line for line in lines)
    at = lines.index("Phụ lục")
    assert lines[at + 1].startswith("CÁC TIÊU CHÍ GIAO ")
    assert lines[at + 2].startswith("(Kèm theo Công văn số /STN-VP ngày")
    # Letterhead, signature, then the tasks.
    assert [table.cell(0, 0).text for table in document.tables][2] == "STT"


def test_two_appendices_of_one_letter_are_numbered(tmp_path: Path) -> None:
    lines = words(letter(tmp_path, "Bảng nhiệm vụ | phụ lục\nPhụ lục | có\n"))
    [giving] = [line for line in lines if "các nội dung tại" in line]
    assert "tại Phụ lục II kèm theo Công văn này" in giving
    assert "(phân công chung tại Phụ lục I kèm theo Công văn này)" in giving
    assert "Phụ lục II" in lines


def test_another_wish_is_refused(tmp_path: Path) -> None:
    settings = f"{SETTINGS}Bảng nhiệm vụ | ngoài bìa\n"
    campaign = load_campaign(campaign_file(tmp_path, settings=settings))
    assert [(f.code, f.found) for f in campaign.findings] == [
        (Code.BAD_PLACE_OF_TASKS, "ngoài bìa")
    ]
