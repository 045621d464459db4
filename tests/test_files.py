from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.errors import CchcError
from cchc_office.files.output_folder import Fate, OutputFolder, Paper, is_safe_name


def write(folder: Path, name: str, content: bytes) -> tuple[Fate, list[FindingCode]]:
    done = OutputFolder(folder).write_folder("khac", [Paper(name, content)])
    return done.written[0].fate, [f.code for f in done.findings]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_new_same_changed(tmp_path: Path) -> None:
    assert write(tmp_path, "a/x.docx", b"1") == (Fate.NEW, [])
    before = snapshot(tmp_path)
    assert write(tmp_path, "a/x.docx", b"1") == (Fate.SAME, [])
    assert snapshot(tmp_path) == before
    assert write(tmp_path, "a/x.docx", b"2") == (Fate.CHANGED, [])
    assert (tmp_path / "a/x.docx").read_bytes() == b"2"


def test_a_file_that_a_person_changed_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "a/x.docx", b"1")
    (tmp_path / "a/x.docx").write_bytes(b"edited")
    assert write(tmp_path, "a/x.docx", b"2") == (Fate.BESIDE, [Code.FILE_KEPT])
    assert (tmp_path / "a/x.docx").read_bytes() == b"edited"
    assert (tmp_path / "a/x (ban moi).docx").read_bytes() == b"2"
    assert write(tmp_path, "a/x.docx", b"3") == (Fate.BESIDE, [Code.FILE_KEPT])
    assert (tmp_path / "a/x (ban moi).docx").read_bytes() == b"3"


def test_an_edited_new_version_is_kept_too(tmp_path: Path) -> None:
    write(tmp_path, "x.docx", b"1")
    (tmp_path / "x.docx").write_bytes(b"edited")
    write(tmp_path, "x.docx", b"2")
    (tmp_path / "x (ban moi).docx").write_bytes(b"edited too")
    write(tmp_path, "x.docx", b"3")
    assert snapshot(tmp_path).keys() >= {"x.docx", "x (ban moi).docx", "x (ban moi 2).docx"}
    assert (tmp_path / "x (ban moi).docx").read_bytes() == b"edited too"


def test_a_file_that_was_there_before_us_is_kept(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"somebody's")
    assert write(tmp_path, "x.docx", b"1") == (Fate.BESIDE, [Code.FILE_KEPT])
    assert (tmp_path / "x.docx").read_bytes() == b"somebody's"


def test_a_damaged_record_loses_nothing(tmp_path: Path) -> None:
    write(tmp_path, "x.docx", b"1")
    (tmp_path / ".cchc-da-ghi.json").write_text("[", encoding="utf-8")
    assert write(tmp_path, "x.docx", b"2") == (Fate.BESIDE, [Code.FILE_KEPT])


def test_a_file_in_use_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "x.docx", b"1")
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).name == "x.docx":
            raise PermissionError("in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    assert write(tmp_path, "x.docx", b"2") == (Fate.BESIDE, [Code.FILE_IN_USE])
    assert sorted(snapshot(tmp_path)) == [".cchc-da-ghi.json", "x (ban moi).docx", "x.docx"]


def test_a_failed_write_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "x.docx", b"1")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CchcError, match="Không ghi được"):
        OutputFolder(tmp_path).write_folder("khac", [Paper("x.docx", b"2")])
    assert (tmp_path / "x.docx").read_bytes() == b"1"
    assert not list(tmp_path.glob("*.tmp"))


def test_what_is_no_longer_needed_moves_away(tmp_path: Path) -> None:
    output = OutputFolder(tmp_path)
    papers = [Paper("don-doc/a.docx", b"1"), Paper("don-doc/b.docx", b"2")]
    output.write_folder("don-doc", papers)
    output.write_folder("x", [Paper("x/c.docx", b"3")])
    (tmp_path / "don-doc/b.docx").write_bytes(b"edited")
    findings = output.write_folder("don-doc", []).findings
    assert [(f.code, f.file) for f in findings] == [
        (Code.FILE_OUTDATED, "don-doc/a.docx"),
        (Code.FILE_OUTDATED_KEPT, "don-doc/b.docx"),
    ]
    files = snapshot(tmp_path)
    assert files["luu-cu/don-doc/a.docx"] == b"1"
    assert files["don-doc/b.docx"] == b"edited"
    assert "x/c.docx" in files
    assert "don-doc/a.docx" not in files


def test_what_a_person_put_there_is_never_moved(tmp_path: Path) -> None:
    output = OutputFolder(tmp_path)
    output.write_folder("don-doc", [Paper("don-doc/a.docx", b"1")])
    (tmp_path / "don-doc/cua-toi.docx").write_bytes(b"mine")
    output.write_folder("don-doc", [])
    assert (tmp_path / "don-doc/cua-toi.docx").read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_get_the_usual_rights(tmp_path: Path) -> None:
    write(tmp_path, "x.docx", b"1")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "x.docx").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("name", ["VP", "P-1", "KH_TC", "a" * 30])
def test_safe_names(name: str) -> None:
    assert is_safe_name(name)


@pytest.mark.parametrize("name", ["", "con", "LPT1", "a/b", "..", "a.", "Đ", "a b", "a" * 31])
def test_unsafe_names(name: str) -> None:
    assert not is_safe_name(name)


def test_what_was_written_before_a_failure_is_known_as_ours(tmp_path: Path) -> None:
    (tmp_path / "a/y.docx").mkdir(parents=True)
    with pytest.raises(CchcError):
        OutputFolder(tmp_path).write_folder("a", [Paper("a/x.docx", b"1"), Paper("a/y.docx", b"1")])
    assert write(tmp_path, "a/x.docx", b"2") == (Fate.CHANGED, [])


def test_a_record_that_is_no_text_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / ".cchc-da-ghi.json").write_bytes(b"\xff\xfe\xff")
    assert write(tmp_path, "x.docx", b"1") == (Fate.NEW, [])


def test_a_folder_belongs_to_one_campaign(tmp_path: Path) -> None:
    output = OutputFolder(tmp_path)
    output.claim("CCHC-2024-A")
    output.write_folder("a", [Paper("a/x.docx", b"1")])
    OutputFolder(tmp_path).claim("CCHC-2024-A")
    with pytest.raises(CchcError, match="CCHC-2024-A"):
        OutputFolder(tmp_path).claim("CCHC-2025-A")


def test_a_kill_in_between_blames_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before the program was killed is known as ours on the next run."""
    papers = [Paper("a/x.docx", b"1"), Paper("a/y.docx", b"1")]
    code = (
        "import os; from pathlib import Path; from cchc_office.files import output_folder as files\n"
        "put = files.write_whole\n"
        "def killed(path, content):\n"
        "    put(path, content)\n"
        "    if path.name == 'x.docx': os._exit(9)\n"
        "files.write_whole = killed\n"
        f"papers = [files.Paper('a/x.docx', b'1'), files.Paper('a/y.docx', b'1')]\n"
        f"files.OutputFolder(Path({str(tmp_path)!r})).write_folder('a', papers)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    changed = [Paper(p.name, b"2") for p in papers]
    done = OutputFolder(tmp_path).write_folder("a", changed)
    assert [w.fate for w in done.written] == [Fate.CHANGED, Fate.NEW]
    assert done.findings == ()


def test_a_path_that_windows_cannot_open_is_told(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 120) / ("b" * 120)
    outcome = OutputFolder(deep).write_folder("cong-van", [Paper("cong-van/x.docx", b"x")])
    [finding] = outcome.findings
    assert finding.code.slug == "duong-dan-dai"
    assert finding.found == str(len(str(deep / "cong-van/x.docx")))
    short = OutputFolder(tmp_path / "c").write_folder("cong-van", [Paper("cong-van/x.docx", b"x")])
    assert short.findings == ()


class _Holding:
    """Another program that holds files of a name: what is done with them fails so many times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, times: float) -> None:
        self.left = times
        replace = Path.replace

        def replacing(source: Path, target: Path) -> Path:
            if Path(target).name == name and self.left > 0:
                self.left -= 1
                raise PermissionError(13, "Access is denied", str(target))
            return replace(source, target)

        monkeypatch.setattr(Path, "replace", replacing)
        monkeypatch.setattr("cchc_office.files.whole_writing.time.sleep", lambda _: None)


def test_a_file_that_is_held_for_a_moment_only_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner looked into what was written, and the paper was written beside."""
    write(tmp_path, "a/x.docx", b"1")
    _Holding(monkeypatch, "x.docx", 3)
    assert write(tmp_path, "a/x.docx", b"2") == (Fate.CHANGED, [])
    assert (tmp_path / "a/x.docx").read_bytes() == b"2"


def test_a_record_that_is_held_stops_no_paper_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/x.docx", b"1")
    holding = _Holding(monkeypatch, ".cchc-da-ghi.json", float("inf"))
    assert write(tmp_path, "a/x.docx", b"2") == (Fate.CHANGED, [Code.RECORD_NOT_SAVED])
    assert (tmp_path / "a/x.docx").read_bytes() == b"2"
    assert not list(tmp_path.glob("*.tmp"))
    holding.left = 2
    assert write(tmp_path, "a/x.docx", b"2") == (Fate.SAME, [])
    assert write(tmp_path, "a/x.docx", b"3") == (Fate.CHANGED, [])


def test_a_record_that_cannot_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a/x.docx", b"1")
    before = (tmp_path / ".cchc-da-ghi.json").read_bytes()
    read, held = Path.read_bytes, True

    def reading(path: Path) -> bytes:
        if held and path.name == ".cchc-da-ghi.json":
            raise PermissionError(13, "Access is denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", reading)
    monkeypatch.setattr("cchc_office.files.whole_writing.time.sleep", lambda _: None)
    # What nobody knows to be ours is kept.
    assert write(tmp_path, "a/x.docx", b"2") == (
        Fate.BESIDE,
        [Code.FILE_KEPT, Code.RECORD_NOT_SAVED],
    )
    held = False
    assert (tmp_path / ".cchc-da-ghi.json").read_bytes() == before


# --- what the last run replaced ---


def test_what_a_run_replaced_can_be_had_back_and_given_up_again(tmp_path: Path) -> None:
    write(tmp_path, "khac/x.docx", b"1")
    write(tmp_path, "khac/x.docx", b"2")
    assert (tmp_path / "luu-cu/lan-truoc/khac/x.docx").read_bytes() == b"1"
    output = OutputFolder(tmp_path)
    assert output.replaced == ("khac/x.docx",)
    (done,) = output.take_back()
    assert [(w.fate, w.path.name) for w in done.written] == [(Fate.CHANGED, "x.docx")]
    assert (tmp_path / "khac/x.docx").read_bytes() == b"1"
    OutputFolder(tmp_path).take_back()
    assert (tmp_path / "khac/x.docx").read_bytes() == b"2"


def test_what_was_had_back_is_as_old_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    times = (1_700_000_000, 1_700_003_600)
    for content, made in zip((b"1", b"2"), times, strict=True):
        write(tmp_path, "x.docx", content)
        os.utime(file, (made, made))
    for had_back in times:
        OutputFolder(tmp_path).take_back()
        assert file.stat().st_mtime == had_back


def test_what_was_had_back_is_ours_and_may_be_replaced(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        write(tmp_path, "x.docx", content)
    OutputFolder(tmp_path).take_back()
    assert write(tmp_path, "x.docx", b"3") == (Fate.CHANGED, [])


def test_only_what_the_last_run_replaced_is_kept(tmp_path: Path) -> None:
    first = OutputFolder(tmp_path)
    first.write_folder("a", [Paper("a/x.docx", b"1")])
    first.write_folder("b", [Paper("b/y.docx", b"1")])
    write(tmp_path, "a/x.docx", b"2")
    write(tmp_path, "a/x.docx", b"2")
    assert OutputFolder(tmp_path).replaced == ("a/x.docx",)
    write(tmp_path, "b/y.docx", b"2")
    assert OutputFolder(tmp_path).replaced == ("b/y.docx",)
    assert not (tmp_path / "luu-cu/lan-truoc/a/x.docx").exists()


def test_what_moved_away_comes_back_to_its_place(tmp_path: Path) -> None:
    OutputFolder(tmp_path).write_folder("don-doc", [Paper("don-doc/a.docx", b"1")])
    OutputFolder(tmp_path).write_folder("don-doc", [])
    OutputFolder(tmp_path).take_back()
    assert (tmp_path / "don-doc/a.docx").read_bytes() == b"1"
    assert not (tmp_path / "luu-cu/don-doc/a.docx").exists()


def test_what_a_person_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        write(tmp_path, "khac/x.docx", content)
    (tmp_path / "khac/x.docx").write_bytes(b"mine")
    (done,) = OutputFolder(tmp_path).take_back()
    assert [f.code for f in done.findings] == [Code.FILE_NOT_TAKEN_BACK]
    assert (tmp_path / "khac/x.docx").read_bytes() == b"mine"
    assert (tmp_path / "luu-cu/lan-truoc/khac/x.docx").read_bytes() == b"1"


def test_a_message_that_went_out_is_no_draft_again(tmp_path: Path) -> None:
    OutputFolder(tmp_path).write_folder("thu/cong-van", [Paper("thu/cong-van/a.eml", b"1")])
    OutputFolder(tmp_path).write_folder("thu/cong-van", [])
    assert (tmp_path / "luu-cu/thu/cong-van/a.eml").exists()
    assert OutputFolder(tmp_path).replaced == ()
