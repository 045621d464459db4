"""What cannot be looked at is an error that names it; nothing is concluded about what it holds."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.cli import main
from cchc_office.errors import NotSeenError
from cchc_office.files.folders import list_folder
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns, return_files

from . import days
from .calls import cchc
from .conftest import EXAMPLE, ROOT

NOBODY = 65534
LINKS = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")

Shut = Callable[..., None]


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> Shut:
    """Let the system refuse to list a folder, as it does not for root."""
    scandir = os.scandir
    refused: dict[str, OSError] = {}

    def listing(path: Any = ".") -> Any:
        if error := refused.get(os.path.realpath(path)):
            raise error
        return scandir(path)

    monkeypatch.setattr(os, "scandir", listing)

    def refuse(folder: Path, number: int = errno.EACCES) -> None:
        refused[os.path.realpath(folder)] = OSError(number, os.strerror(number), str(folder))

    return refuse


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """The example, the returns of two units in a folder of their own."""
    folder = tmp_path / "dot"
    shutil.copytree(EXAMPLE, folder)
    apart = folder / "nhan-ve" / "đợt 2"
    apart.mkdir()
    for name in ("CCHC-2024-VP.xlsx", "CCHC-2024-TTra.xlsx"):
        (folder / "nhan-ve" / name).rename(apart / name)
    return folder


def run(*words: str | Path) -> int:
    return cchc(*words, "--ngay", "05/12/2024")


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(capsys.readouterr().out)
    return whole


def papers(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).parts[0] for p in folder.glob("*/*"))


# --- returns ---


@pytest.mark.parametrize(
    ("command", "number"),
    [
        ("tong-hop", errno.EACCES),
        ("tong-hop", errno.EIO),
        ("don-doc", errno.ETIMEDOUT),
        ("don-doc", errno.ENOENT),  # of Windows, where the network fails
        ("tham-dinh", errno.EACCES),
        ("giai-trinh", errno.EACCES),
    ],
)
def test_no_paper_tells_who_has_not_returned_where_a_folder_was_not_seen(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str], command: str, number: int
) -> None:
    shut(campaign / "nhan-ve" / "đợt 2", number)
    output = campaign / "ra"
    assert run(command, campaign, "-o", output, "--json") == 3
    whole = told(capsys)
    errors = [f for f in whole["phat_hien"] if f["muc_do"] == "LỖI"]
    assert [(f["ma"], f["tep"]) for f in errors] == [("thu-muc-khong-doc-duoc", "đợt 2")]
    assert "đợt 2" in whole["loi"]
    assert "chưa kết luận" in whole["loi"]
    assert "tong_hop" not in whole
    assert not papers(output)
    # What could be seen is still read and shown.
    read = {f["don_vi"] for f in whole["tep_doc"] if f.get("duoc_tinh")}
    assert read == {"KHTCTH", "QLNL", "QLTM", "TTKC", "QLCN"}
    assert "dien-o-dieu-tra" in [f["ma"] for f in whole["phat_hien"]]


def test_a_folder_that_was_not_seen_is_named_on_the_screen_in_our_own_words(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    shut(campaign / "nhan-ve" / "đợt 2")
    for command in ("tong-hop", "tien-do"):
        words = (command, campaign) if command == "tien-do" else (command, campaign, "-o", "ra")
        assert run(*words) == 3
        shown = capsys.readouterr()
        assert "LỖI  đợt 2" in shown.out
        assert "không có quyền" in shown.out
        assert "Chưa nộp" not in shown.out
        assert "Đã ghi" not in shown.out
        assert "đợt 2 (không có quyền)" in shown.err
        assert "denied" not in (shown.out + shown.err).lower()


def test_the_register_and_the_mail_stop_too(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    output = campaign / "ra"
    assert run("don-doc", campaign, "-o", output) == 1
    shut(campaign / "nhan-ve" / "đợt 2")
    capsys.readouterr()
    assert run("gui", campaign, "-o", output, "--loai", "don-doc") == 3
    assert "đợt 2" in capsys.readouterr().err
    assert not (output / "thu").exists()
    assert run("so", campaign, "-o", output, "--xlsx") == 3
    assert "đợt 2" in capsys.readouterr().err
    assert not (output / "so").exists()


def test_what_needs_no_returns_is_made_all_the_same(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    shut(campaign / "nhan-ve")
    output = campaign / "ra"
    assert run("chay", campaign, "-o", output) == 1
    assert "nhan-ve (không có quyền)" in capsys.readouterr().err
    assert set(papers(output)) == {"phu-luc", "cong-van", "phieu-cham"}


def test_the_folder_of_the_reviewers_is_held_to_the_same(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without their workbooks the scores would be those that units gave themselves."""
    (campaign / "tham-dinh").mkdir()
    shut(campaign / "tham-dinh", errno.EIO)
    assert run("tong-hop", campaign, "-o", campaign / "ra") == 3
    assert "tham-dinh (ổ đĩa báo lỗi" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["nhan-ve", "tham-dinh"])
def test_a_file_where_a_folder_is_expected(
    campaign: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    shutil.rmtree(campaign / folder, ignore_errors=True)
    (campaign / folder).write_bytes(b"")
    assert run("tong-hop", campaign, "-o", campaign / "ra") == 3
    assert f"{folder} (là một tệp, không phải thư mục)" in capsys.readouterr().err
    option = f"--{folder}"
    assert run("tong-hop", campaign, "-o", campaign / "ra", option, campaign / folder) == 2
    assert "là một tệp" in capsys.readouterr().err


def test_a_name_that_is_too_long(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = campaign / ("x" * 300)
    assert run("tong-hop", campaign, "-o", campaign / "ra", "--nhan-ve", named) == 3
    shown = capsys.readouterr()
    assert "quá dài" in shown.err
    assert "ngoài dự kiến" not in shown.err


@pytest.mark.skipif(sys.platform != "linux", reason="the longest path is another elsewhere")
def test_folders_too_deep_for_the_system(tmp_path: Path) -> None:
    """Made step by step, they cannot be named from the top."""
    (tmp_path / "a.xlsx").write_bytes(b"")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(17):
            Path("y" * 250).mkdir()
            os.chdir("y" * 250)
        Path("b.xlsx").write_bytes(b"")
    finally:
        os.chdir(before)
    listing = list_folder(tmp_path)
    assert [p.name for p in listing.files] == ["a.xlsx"]
    assert [one.reason for one in listing.unseen] == ["tên hoặc đường dẫn quá dài"]
    shutil.rmtree(tmp_path / ("y" * 250))


def test_a_file_that_the_system_keeps_shut_may_be_anybodys_return(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A network drive goes away in the middle: whoever is read later has not failed to return."""
    read = Path.read_bytes

    def gone(path: Path) -> bytes:
        if path.name == "CCHC-2024-VP.xlsx":
            raise OSError(errno.EHOSTDOWN, "Host is down")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert run("don-doc", campaign, "-o", campaign / "ra", "--json") == 3
    whole = told(capsys)
    assert "đợt 2/CCHC-2024-VP.xlsx" in whole["loi"]
    assert "Host" not in json.dumps(whole)
    assert not papers(campaign / "ra")


def test_scripts_are_stopped_like_commands(campaign: Path, shut: Shut) -> None:
    shut(campaign / "nhan-ve" / "đợt 2")
    loaded = load_campaign(campaign)
    read = list(read_returns(campaign / "nhan-ve", loaded))
    assert [f.code for r in read for f in r.findings if f.is_error] == [Code.FOLDER_NOT_READ]
    returns = gather_returns(read, loaded)
    with pytest.raises(NotSeenError, match="đợt 2"):
        consolidate(loaded, returns, as_of=days.AFTER_DEADLINE)
    with pytest.raises(NotSeenError, match="đợt 2"):
        return_files(campaign / "nhan-ve")


# --- links ---


@LINKS
def test_a_linked_folder_is_read_like_its_own(campaign: Path, tmp_path: Path) -> None:
    """Left out, its two units would be told that they have not returned."""
    (campaign / "nhan-ve" / "đợt 2").rename(tmp_path / "ổ chung")
    (campaign / "nhan-ve" / "đợt 2").symlink_to(tmp_path / "ổ chung")
    loaded = load_campaign(campaign)
    returns = gather_returns(read_returns(campaign / "nhan-ve", loaded), loaded)
    assert {r.unit for r in returns.returns} >= {"VP", "TTra"}
    assert "đợt 2/CCHC-2024-VP.xlsx" in {f.file for f in returns.files}


@LINKS
def test_links_that_lead_round_in_a_circle_give_each_file_once(tmp_path: Path) -> None:
    inside = tmp_path / "nhan-ve"
    (inside / "z" / "deep").mkdir(parents=True)
    (inside / "z" / "deep" / "b.xlsx").write_bytes(b"")
    (inside / "a.xlsx").write_bytes(b"")
    (inside / "again").symlink_to(inside)
    (inside / "a-link").symlink_to(inside / "z")
    (inside / "z" / "deep" / "back").symlink_to(inside / "z")
    listing = list_folder(inside)
    assert [p.relative_to(inside).as_posix() for p in listing.files] == ["a.xlsx", "z/deep/b.xlsx"]
    assert listing.unseen == ()


@LINKS
def test_links_that_lead_nowhere_or_upward_are_named(tmp_path: Path) -> None:
    inside = tmp_path / "dot" / "nhan-ve"
    inside.mkdir(parents=True)
    (tmp_path / "dot" / "phieu.xlsx").write_bytes(b"")
    (inside / "gone").symlink_to(tmp_path / "none")
    (inside / "self").symlink_to(inside / "self")
    (inside / "up").symlink_to(tmp_path / "dot")
    listing = list_folder(inside)
    assert listing.files == ()
    assert [(one.path.name, one.reason) for one in listing.unseen] == [
        ("gone", "liên kết hỏng, nơi nó dẫn đến không còn"),
        ("self", "liên kết dẫn vòng tròn"),
        ("up", "liên kết dẫn ngược lên thư mục chứa nó"),
    ]
    with pytest.raises(NotSeenError, match="liên kết hỏng"):
        listing.whole()


@LINKS
def test_the_usual_folder_as_a_link_that_leads_nowhere_is_not_an_empty_one(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(campaign / "nhan-ve")
    (campaign / "nhan-ve").symlink_to(tmp_path / "ổ mạng")
    assert run("don-doc", campaign, "-o", campaign / "ra") == 3
    assert "nhan-ve (liên kết hỏng" in capsys.readouterr().err


def test_what_systems_leave_holds_no_returns(tmp_path: Path, shut: Shut) -> None:
    """The root of a USB stick has a folder that nobody may open."""
    for name in ("System Volume Information", "$RECYCLE.BIN", ".Trash-1000", "__MACOSX"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old.xlsx").write_bytes(b"")
        shut(tmp_path / name)
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert list_folder(tmp_path).whole() == (tmp_path / "a.xlsx",)


@pytest.fixture
def folder_of_somebody() -> Iterator[Path]:
    """Give a folder to somebody whom its mode binds: nothing binds root."""
    with tempfile.TemporaryDirectory() as name:
        folder, is_root = Path(name), os.geteuid() == 0
        (folder / "in").mkdir()
        (folder / "in" / "a.xlsx").write_bytes(b"")
        (folder / "b.xlsx").write_bytes(b"")
        if is_root:
            for path in (folder, folder / "in"):
                os.chown(path, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            (folder / "in").chmod(0o755)
            if is_root:
                os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_its_owner_shut(folder_of_somebody: Path) -> None:
    (folder_of_somebody / "in").chmod(0)
    listing = list_folder(folder_of_somebody)
    assert [p.name for p in listing.files] == ["b.xlsx"]
    assert [(one.path.name, one.reason) for one in listing.unseen] == [("in", "không có quyền")]


# --- messages, templates, documents ---


def test_messages_beside_a_folder_that_was_not_seen_are_taken_and_it_is_named(
    campaign: Path, tmp_path: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "thu"
    (inbox / "kín").mkdir(parents=True)
    (inbox / "a.eml").write_bytes(b"From: a@b.example\nSubject: x\n\nx\n")
    shut(inbox / "kín")
    assert cchc("nhan", campaign, "--tep", inbox, "--json") == 1
    whole = told(capsys)
    assert len(whole["thu"]) == 1
    assert [(f["ma"], f["tep"]) for f in whole["phat_hien"]] == [("thu-muc-khong-doc-duoc", "kín")]
    shut(inbox)
    assert cchc("nhan", campaign, "--tep", inbox, "--json") == 3
    assert "không có quyền" in told(capsys)["loi"]


def refuse_status(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the system refuse to tell whether a file is there."""
    stat = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == name:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)


@pytest.mark.parametrize("name", ["cong-van-giao-viec.docx", "the-thuc.toml"])
def test_the_offices_own_template_is_not_passed_over_where_it_is_shut(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    refuse_status(monkeypatch, name)
    assert cchc("cong-van", campaign, "-o", campaign / "ra") == 3
    shown = capsys.readouterr().err
    assert name in shown
    assert "không có quyền" in shown
    assert not papers(campaign / "ra")


def test_templates_as_a_file_or_a_shut_folder_are_told(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    own = campaign / "templates"
    own.write_bytes(b"")
    for words in (("kiem-tra", campaign), ("cong-van", campaign, "-o", campaign / "ra")):
        assert cchc(*words) == 3
        assert "là một tệp, không phải thư mục" in capsys.readouterr().err
    own.unlink()
    own.mkdir()
    shut(own)
    assert cchc("kiem-tra", campaign) == 3
    assert "templates (không có quyền)" in capsys.readouterr().err


def test_a_register_that_is_shut_is_not_an_empty_one(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Taken for none, every unit would be sent everything again."""
    refuse_status(monkeypatch, "cchc.sqlite")
    assert cchc("gui", campaign, "-o", campaign / "ra", "--loai", "cong-van") == 3
    assert "cchc.sqlite" in capsys.readouterr().err


def test_a_folder_of_sent_mail_that_is_shut_is_not_an_empty_one(
    campaign: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    output = campaign / "ra"
    assert cchc("cong-van", campaign, "-o", output) in (0, 1)
    (output / "thu" / "da-gui" / "cong-van").mkdir(parents=True)
    shut(output / "thu" / "da-gui" / "cong-van")
    assert cchc("gui", campaign, "-o", output, "--loai", "cong-van") == 3
    assert "da-gui/cong-van (không có quyền)" in capsys.readouterr().err


def test_a_record_of_what_was_written_that_is_shut_is_not_an_empty_one(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Taken for none, another campaign's folder would be written to, all of it beside."""
    record = campaign / "ra" / ".cchc-da-ghi.json"
    record.mkdir(parents=True)  # nobody can read it, not even root
    assert cchc("cong-van", campaign, "-o", campaign / "ra") == 3
    shown = capsys.readouterr().err
    assert ".cchc-da-ghi.json" in shown
    assert "của đợt nào" in shown


def test_documents_beside_a_folder_that_was_not_seen_are_checked_and_it_is_named(
    tmp_path: Path, shut: Shut, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kín").mkdir()
    shut(tmp_path / "kín")
    assert cchc("the-thuc", tmp_path) == 3
    assert "kín: chưa kiểm tra được" in capsys.readouterr().out
    shutil.copy(next((ROOT / "templates").glob("cong-van*.docx")), tmp_path)
    assert cchc("the-thuc", tmp_path, "--json") == 1
    whole = told(capsys)
    assert len(whole["tep_doc"]) == 2
    assert "thu-muc-khong-doc-duoc" in [f["ma"] for f in whole["phat_hien"]]


def test_a_campaign_folder_that_is_shut_is_told_in_our_own_words(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse_status(monkeypatch, "dot-cham.xlsx")
    with pytest.raises(SystemExit) as stopped:
        main(["kiem-tra", str(campaign)])
    assert stopped.value.code == 3
    shown = capsys.readouterr().err
    assert "không có quyền" in shown
    assert "ngoài dự kiến" not in shown


def test_a_folder_that_is_shut_is_not_told_in_the_words_of_a_library(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The parser of the command line said "Path … is not readable"."""
    output = campaign / "ra"
    output.mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != output)
    assert cchc("phu-luc", campaign, "-o", output) in (0, 1)
    assert "readable" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["thu.toml", "the-thuc.toml"])
def test_settings_that_are_shut_are_not_said_to_be_in_another_encoding(
    campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = campaign / name
    path.write_text("", encoding="utf-8")

    def refusing(read: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(self: Path, *arguments: Any, **keywords: Any) -> Any:
            if self == path:
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
            return read(self, *arguments, **keywords)

        return refuse

    for way in ("read_text", "read_bytes"):
        monkeypatch.setattr(Path, way, refusing(getattr(Path, way)))
    output = campaign / "ra"
    assert cchc("cong-van", campaign, "-o", output) in (0, 1)
    assert cchc("gui", campaign, "-o", output, "--loai", "cong-van") == 1
    told = "".join(capsys.readouterr())
    assert "Không đọc được tệp này (không có quyền)" in told
