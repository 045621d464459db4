"""Files that are nobody's forms, of which a person says that nobody has to look at them again."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from cchc_office import CampaignFolder, UsageError, open_campaign
from cchc_office.catalogue.findings import Code, FindingCode, Severity
from cchc_office.register import REGISTER_FILE

from .calls import cchc
from .messages import UNITS, campaign_in, filled_form
from .page_visits import page_of, shown
from .sheets import campaign_file

DAY = dt.date(2024, 11, 28)
RUBBISH = b"PK\x03\x04hong"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = campaign_file(tmp_path / "dot", units=UNITS).parent
    (folder / "nhan-ve").mkdir()
    put(folder, "la.xlsx", RUBBISH)
    return folder


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / "nhan-ve" / name
    path.write_bytes(content)
    return path


def opened(folder: Path) -> CampaignFolder:
    return open_campaign(folder, output=folder / "ra", day=DAY)


def to_look(folder: Path) -> set[str]:
    return set(opened(folder).state().to_look.files)


def about(folder: Path, name: str) -> set[tuple[FindingCode, Severity]]:
    found = opened(folder).consolidate().findings
    return {(f.code, f.severity) for f in found if f.file == name}


def test_nobody_has_to_look_at_a_file_that_was_set_aside(folder: Path) -> None:
    before = (folder / "nhan-ve" / "la.xlsx").read_bytes()
    assert to_look(folder) == {"la.xlsx"}
    done = opened(folder).set_files_aside(["la.xlsx"], "ảnh chụp gửi nhầm")
    assert done.words == "la.xlsx: để sang bên: ảnh chụp gửi nhầm"
    assert to_look(folder) == set()
    assert about(folder, "la.xlsx") == {(Code.FILE_SET_ASIDE, Severity.NOTE)}
    assert (folder / "nhan-ve" / "la.xlsx").read_bytes() == before


def test_it_is_looked_at_again_once_the_word_is_struck_out_or_the_file_changed(
    folder: Path,
) -> None:
    opened(folder).set_files_aside(["la.xlsx"])
    assert "la.xlsx: để sang bên" in opened(folder).strike().left[0].text
    opened(folder).strike(["P1"])
    assert to_look(folder) == {"la.xlsx"}
    opened(folder).set_files_aside([str(folder / "nhan-ve" / "la.xlsx")])
    assert to_look(folder) == set()
    put(folder, "la.xlsx", RUBBISH + b"khac")
    assert to_look(folder) == {"la.xlsx"}


def test_of_two_files_in_an_archive_each_is_set_aside_by_itself(folder: Path) -> None:
    with zipfile.ZipFile(folder / "nhan-ve" / "goi.zip", "w") as archive:
        archive.writestr("mot.xlsx", RUBBISH)
        archive.writestr("hai.xlsx", RUBBISH)
    opened(folder).set_files_aside(["goi.zip › mot.xlsx"])
    assert to_look(folder) == {"la.xlsx", "goi.zip › hai.xlsx"}


def test_an_archive_by_its_name_is_all_that_is_of_no_use_in_it(folder: Path) -> None:
    with zipfile.ZipFile(folder / "nhan-ve" / "goi.zip", "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.xlsx", RUBBISH)
    with pytest.raises(UsageError, match="và 11 tệp khác"):
        opened(folder).set_files_aside([])
    assert len(opened(folder).set_files_aside(["goi.zip"]).verdicts) == 30
    assert to_look(folder) == {"la.xlsx"}


def test_a_workbook_of_the_reviewers_that_is_cut_off_can_be_set_aside_too(folder: Path) -> None:
    (folder / "tham-dinh").mkdir()
    (folder / "tham-dinh" / "cut.xlsx").write_bytes(RUBBISH)
    opened(folder).set_files_aside(["la.xlsx", "cut.xlsx"])
    assert to_look(folder) == set()


def test_a_form_cannot_be_set_aside_and_nothing_is_recorded_then(folder: Path) -> None:
    put(folder, "a.xlsx", filled_form(campaign_in(folder), "TTra", folder.parent / "phieu"))
    for names, words in (
        (["la.xlsx", "a.xlsx"], "a.xlsx là phiếu của Thanh tra Sở"),
        (["khong-co.xlsx"], "chưa dùng được: la.xlsx."),
        ([], "Chưa nói tệp nào. Các tệp chưa dùng được: la.xlsx."),
    ):
        with pytest.raises(UsageError, match=words):
            opened(folder).set_files_aside(names)
    assert to_look(folder) == {"la.xlsx"}


def test_a_register_that_was_lost_has_it_again_from_the_journal(folder: Path) -> None:
    opened(folder).set_files_aside(["la.xlsx"], "tệp rác")
    (folder / REGISTER_FILE).unlink()
    opened(folder).rebuild_register()
    assert to_look(folder) == set()


def test_the_command_says_what_it_recorded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("so", "de-sang-ben", folder, "la.xlsx", "--vi-sao", "tệp rác") == 0
    assert "Đã ghi: la.xlsx: để sang bên: tệp rác." in capsys.readouterr().out
    assert cchc("so", "de-sang-ben", folder, "la.xlsx") == 0
    assert "Các tệp này đã để sang bên từ trước: không cần ghi" in capsys.readouterr().out


def test_the_page_sets_a_file_aside_and_shows_it_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(folder, monkeypatch, DAY)
    assert "la.xlsx ▲ chưa nhận ra là của ai" in shown(page.get("nhan-phieu"))
    text = shown(page.post("nhan-phieu/de-sang-ben", {"tep": "la.xlsx"}))
    assert "Các tệp khác" not in text
    assert "Đã để sang bên: 1 tệp" in text
    assert page.campaign.state().steps[2].to_look == 0
    assert "la.xlsx để sang bên" in shown(page.get("so-theo-doi"))
    text = shown(page.post("nhan-phieu/xem-lai", {"tep": "la.xlsx"}))
    assert "Đã để sang bên" not in text
    assert "la.xlsx ▲ chưa nhận ra là của ai" in text
