"""Returns that come by other ways than mail: saved whole, over nothing, told whose they are."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from cchc_office import CampaignFolder, GivenFile, UsageError, open_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.register import JOURNAL_FILE, REGISTER_FILE
from cchc_office.steps import receiving

from .appraised import Table
from .calls import cchc
from .messages import UNITS, campaign_in, filled_form
from .sheets import campaign_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


@pytest.fixture
def form(folder: Path, tmp_path: Path) -> bytes:
    return filled_form(campaign_in(folder), "VP", tmp_path / "phieu")


def opened(folder: Path) -> CampaignFolder:
    return open_campaign(folder, output=folder / "ra")


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "nhan-ve").iterdir())}


def test_a_form_is_saved_under_its_own_name_and_known_as_its_units(
    folder: Path, form: bytes
) -> None:
    found = opened(folder).receive([GivenFile("C:\\Zalo\\Phiếu của Sở.xlsx", form)])
    (file,) = found.files
    assert (file.saved_as, file.is_new, file.units) == ("Phiếu của Sở.xlsx", True, ("VP",))
    assert there(folder) == {"Phiếu của Sở.xlsx": form}
    assert found.words == "đã nhận 1 tệp"


def test_a_form_with_nothing_filled_in_is_known_as_its_units(folder: Path) -> None:
    """It was said to be nobody's, and in the next sentence whose it is."""
    opened(folder).make_forms()
    (blank,) = (folder / "ra" / "phieu-cham").glob("*VP*")
    found = opened(folder).receive([blank])
    told = found.whose(found.files[0])
    assert told.startswith("Văn phòng Sở. ")
    assert "chưa điền" in told
    assert receiving.NOBODYS not in told


def test_the_same_again_is_there_already_and_another_of_the_name_gets_a_number(
    folder: Path, form: bytes, tmp_path: Path
) -> None:
    other = filled_form(campaign_in(folder), "VP", tmp_path / "phieu", score=0.5)
    files = [GivenFile("a.xlsx", form), GivenFile("b.xlsx", form), GivenFile("a.xlsx", other)]
    found = opened(folder).receive(files)
    assert [(f.saved_as, f.is_new) for f in found.files] == [
        ("a.xlsx", True),
        ("a.xlsx", False),
        ("a_2.xlsx", True),
    ]
    assert there(folder) == {"a.xlsx": form, "a_2.xlsx": other}


@pytest.mark.parametrize(
    "name", ["../../thoat.xlsx", "/etc/thoat.xlsx", "..\\thoat.xlsx", "thoat.xlsx\x00", "t\n.xlsx"]
)
def test_a_name_leads_nowhere_else(folder: Path, form: bytes, name: str) -> None:
    before = {p for p in folder.parent.rglob("*") if p.parent != folder / "nhan-ve"}
    opened(folder).receive([GivenFile(name, form)])
    after = {p for p in folder.parent.rglob("*") if p.parent != folder / "nhan-ve"}
    own = (REGISTER_FILE, JOURNAL_FILE)
    new = {path for path in after - before if not path.name.startswith(own)}
    assert new == {folder / "nhan-ve"}
    assert len(there(folder)) == 1


@pytest.mark.parametrize("name", ["CON.xlsx", "a:b?.xlsx", ". ~.xlsx", "x" * 300 + ".xlsx", ""])
def test_a_name_that_some_system_refuses_is_made_safe(folder: Path, form: bytes, name: str) -> None:
    found = opened(folder).receive([GivenFile(name, form)])
    saved = found.files[0].saved_as
    assert saved.endswith(".xlsx") or not saved
    assert not set(saved) & set('<>:"/\\|?*')
    assert len(saved.encode()) < 200
    assert saved.partition(".")[0].upper() != "CON"


def test_programs_are_not_saved_and_scripts_cannot_be_started(folder: Path, form: bytes) -> None:
    found = opened(folder).receive(
        [
            GivenFile("phieu.xlsx", b"MZ\x90\x00" + bytes(80)),
            GivenFile("phieu.bat", b"del *.*\r\n"),
            GivenFile("phieu.xlsx.js", b"alert('a')\n"),
            GivenFile("phieu.exe", form),
        ]
    )
    assert [f.saved_as for f in found.files] == [
        "",
        "phieu.bat.txt",
        "phieu.xlsx.js.txt",
        "phieu.exe.xlsx",
    ]
    assert Code.FILE_IS_PROGRAM in {f.code for f in found.findings}
    assert found.came_out
    assert not found.is_done


def test_what_is_too_large_is_not_saved(
    folder: Path, form: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_FILE_BYTES", len(form) - 1)
    found = opened(folder).receive([GivenFile("a.xlsx", form)])
    assert [f.code for f in found.findings] == [Code.TOO_LARGE]
    assert not (folder / "nhan-ve").exists() or there(folder) == {}


def test_forms_in_an_archive_are_known(folder: Path, form: bytes, tmp_path: Path) -> None:
    other = filled_form(campaign_in(folder), "TTra", tmp_path / "phieu")
    archive = tmp_path / "goi.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("a.xlsx", form)
        zipped.writestr("b.xlsx", other)
    (file,) = opened(folder).receive([archive]).files
    assert (file.saved_as, file.units) == ("goi.zip", ("VP", "TTra"))


def test_a_reviewers_workbook_goes_into_its_own_folder(
    folder: Path, form: bytes, tmp_path: Path
) -> None:
    opened(folder).receive([GivenFile("a.xlsx", form)])
    (made,) = opened(folder).appraise().written
    table = Table(made.path.read_bytes())
    table.type(next(iter(table.rows)), score=0, opinion="Thiếu hồ sơ")
    book = tmp_path / "tham định.xlsx"
    table.save(book)
    (file,) = opened(folder).receive([book]).files
    assert (file.folder, file.is_appraisal) == ("tham-dinh", True)
    assert (folder / "tham-dinh" / file.saved_as).read_bytes() == book.read_bytes()


def test_what_is_not_there_is_refused_before_anything_is_saved(
    folder: Path, form: bytes, tmp_path: Path
) -> None:
    own = tmp_path / "a.xlsx"
    own.write_bytes(form)
    with pytest.raises(UsageError, match=r"Không có tệp .*b\.xlsx"):
        opened(folder).receive([own, tmp_path / "b.xlsx"])
    with pytest.raises(UsageError, match="Chưa nói tệp nào"):
        opened(folder).receive([])
    with pytest.raises(UsageError, match="GivenFile"):
        opened(folder).receive([3])  # type: ignore[list-item]
    assert not (folder / "nhan-ve").exists()


def test_the_command_takes_files_and_folders(
    folder: Path, form: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "usb"
    own.mkdir()
    (own / "phieu.xlsx").write_bytes(form)
    (own / "~$phieu.xlsx").write_bytes(b"lock")
    capsys.readouterr()
    status = cchc("nhan-tep", folder, own, own / "phieu.xlsx", "--json")
    whole = json.loads(capsys.readouterr().out)
    assert whole["ma_thoat"] == status
    assert [(f["ket_qua"], f["don_vi"]) for f in whole["tep_nhan"]] == [
        ("đã lưu vào nhan-ve", ["VP"]),
        ("đã có trong nhan-ve", ["VP"]),
    ]
    cchc("nhan-tep", folder, own)
    shown = capsys.readouterr().out
    assert "phieu.xlsx: đã có trong nhan-ve; Văn phòng Sở." in shown
    assert "Đã nhận 0 tệp, 1 tệp đã có từ trước." in shown
