"""Where papers go by themselves, and that nobody has two sets of them unsaid."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import cchc_office
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.web.desk import OpenCampaign

from .calls import cchc
from .sheets import campaign_file


def told(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.about, f.found) for f in found if f.code is Code.PAPERS_ELSEWHERE]


@pytest.fixture
def desk_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that is no campaign's."""
    (tmp_path / "ban").mkdir()
    monkeypatch.chdir(tmp_path / "ban")
    return tmp_path / "ban"


def test_papers_of_a_started_campaign_lie_in_it_wherever_the_command_is_given(
    desk_elsewhere: Path, tmp_path: Path
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    for place in (tmp_path / "dot", tmp_path / "dot" / "dot-cham.xlsx"):
        assert cchc("phu-luc", place) in (0, 1)
    assert (tmp_path / "dot" / "output" / "phu-luc" / "phu-luc.xlsx").is_file()
    assert list(desk_elsewhere.iterdir()) == []
    compared = ("so-sanh", tmp_path / "dot", tmp_path / "dot")
    assert cchc(*compared) in (0, 1)
    assert (tmp_path / "dot" / "output" / "so-sanh" / "so-sanh.xlsx").is_file()
    assert list(desk_elsewhere.iterdir()) == []


def test_papers_of_a_campaign_without_a_place_of_its_own_lie_where_the_command_is_given(
    desk_elsewhere: Path, tmp_path: Path
) -> None:
    workbook = campaign_file(tmp_path / "dot")
    assert cchc("phu-luc", workbook.parent) == 0
    assert (desk_elsewhere / "output" / "phu-luc" / "phu-luc.xlsx").is_file()
    assert not (tmp_path / "dot" / "output").exists()


def test_a_second_set_of_papers_is_told_of_and_where(
    desk_elsewhere: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    assert cchc("phu-luc", folder) == 0
    first, own = desk_elsewhere / "output", folder / "output"
    opened = cchc_office.open_campaign(folder, output=own)
    assert told(opened.state().findings) == [(str(own), str(first))]
    assert told(opened.make_forms().findings) == [(str(own), str(first))]
    capsys.readouterr()
    # From now on the campaign has a place of its own, which commands take by themselves.
    assert cchc("phu-luc", folder) == 1
    assert str(first) in capsys.readouterr().out
    assert told(cchc_office.open_campaign(folder, output=first).state().findings) == [
        (str(first), str(own))
    ]
    shutil.rmtree(first)
    assert told(cchc_office.open_campaign(folder).state().findings) == []
    assert cchc("phu-luc", folder) == 0


def test_a_second_set_is_known_wherever_one_stands(
    desk_elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    assert cchc("phu-luc", folder) == 0
    monkeypatch.chdir(tmp_path)
    opened = cchc_office.open_campaign(folder, output=folder / "output")
    assert told(opened.state().findings) == [
        (str(folder / "output"), str(desk_elsewhere / "output"))
    ]
    assert told(opened.make_table().findings) != []
    assert told(opened.send("cong-van").findings) != []
    monkeypatch.chdir(desk_elsewhere)
    (left,) = (
        f.file for f in opened.personal_data().findings if f.code is Code.ERASING_LEFT_OUTSIDE
    )
    assert left == str(desk_elsewhere / "output")


def test_a_campaign_folder_that_moved_has_one_set(tmp_path: Path) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    cchc_office.open_campaign(folder, output=folder / "output").make_table()
    folder = folder.rename(tmp_path / "nơi khác")
    opened = cchc_office.open_campaign(folder)
    assert opened.output == folder / "output"
    assert told(opened.state().findings) == []


def test_papers_of_another_campaign_are_no_second_set(desk_elsewhere: Path, tmp_path: Path) -> None:
    assert cchc("khoi-tao", tmp_path / "mau") == 0
    assert cchc("phu-luc", tmp_path / "mau", "-o", desk_elsewhere / "output") in (0, 1)
    folder = campaign_file(tmp_path / "dot").parent
    opened = cchc_office.open_campaign(folder, output=folder / "output")
    assert told(opened.make_table().findings) == []


def test_the_page_tells_of_papers_that_a_command_made_elsewhere(
    clerk: TestClient, sample: OpenCampaign, desk_elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cchc("phu-luc", sample.folder, "-o", desk_elsewhere) in (0, 1)
    monkeypatch.chdir(sample.folder)
    shown = clerk.get(f"/d/{sample.id}/giao-viec").text
    assert "Đợt này còn một bộ văn bản ở" in shown
    assert str(desk_elsewhere) in shown


def test_papers_of_a_copy_of_the_campaign_are_no_second_set(
    desk_elsewhere: Path, tmp_path: Path
) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    shutil.copytree(folder, tmp_path / "bản chép")
    assert cchc("phu-luc", tmp_path / "bản chép") == 0
    assert (desk_elsewhere / "output" / "phu-luc").is_dir()
    opened = cchc_office.open_campaign(folder, output=folder / "output")
    assert told(opened.make_table().findings) == []
