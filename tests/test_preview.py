"""A letter looked through before any is made: built, held against the decree, written nowhere."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

import docx
import pytest

from cchc_office import Code, UsageError, open_campaign
from cchc_office.steps.campaign_folder import CampaignFolder

from .calls import cchc
from .sheets import campaign_file

BEFORE, LATE = dt.date(2024, 11, 1), dt.date(2025, 2, 3)


def opened(folder: Path, day: dt.date = BEFORE) -> CampaignFolder:
    if not (folder / "dot-cham.xlsx").exists():
        campaign_file(folder)
    return open_campaign(folder, output=folder / "output", day=day)


def text_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_letter_seen_is_the_one_that_is_made(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    seen = folder.preview_letter("cong-van", "VP")
    assert not (tmp_path / "output").exists()
    assert not (tmp_path / "cchc.sqlite").exists()
    folder.make_dispatches()
    assert (tmp_path / "output" / seen.file).read_bytes() == seen.content
    assert "Văn phòng" in text_of(seen.content)
    assert seen.breaches == ()
    assert seen.words == "không thấy chỗ nào sai thể thức"


def test_what_a_person_made_of_a_letter_is_what_is_seen(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.make_dispatches()
    path = tmp_path / "output" / folder.preview_letter("cong-van", "VP").file
    document = docx.Document(str(path))
    document.paragraphs[0].add_run(" lời thêm của chuyên viên")
    document.sections[0].left_margin = 100
    document.save(str(path))
    seen = folder.preview_letter("cong-van", "VP")
    assert seen.is_edited
    assert seen.content == path.read_bytes()
    assert [f for f in seen.breaches if f.is_error]
    assert "lỗi thể thức" in seen.words


def test_a_reminder_is_seen_with_its_short_words(tmp_path: Path) -> None:
    folder = opened(tmp_path, LATE)
    seen = folder.preview_letter("don-doc", "VP", seen=folder.state())
    assert "đôn đốc" in text_of(seen.content).lower()
    assert "Văn phòng" in seen.short
    assert not (tmp_path / "output").exists()


def test_a_unit_that_was_reminded_lately_gets_none_and_is_told_why(tmp_path: Path) -> None:
    folder = opened(tmp_path, LATE)
    folder.record_handover(["VP"], "giấy", kind="don-doc", day=LATE)
    seen = folder.preview_letter("don-doc", "VP")
    assert not seen.came_out
    assert [f.code for f in seen.findings] == [Code.MAIL_REMINDED_RECENTLY]
    assert folder.preview_letter("don-doc", "TTra").came_out


def test_nothing_is_to_be_explained_before_an_appraisal(tmp_path: Path) -> None:
    seen = opened(tmp_path).preview_letter("giai-trinh", "VP")
    assert not seen.came_out
    assert [f.code for f in seen.findings] == [Code.NOTHING_APPRAISED]


def test_a_template_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "cong-van-giao-viec.docx").write_bytes(b"khong phai Word")
    seen = opened(tmp_path).preview_letter("cong-van", "VP")
    assert not seen.came_out
    assert any(f.is_error for f in seen.findings)


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Không có đơn vị nào mang mã"):
        opened(tmp_path).preview_letter("cong-van", "KHONG-CO")


@pytest.mark.libreoffice
def test_a_letter_is_seen_as_pdf(tmp_path: Path) -> None:
    seen = opened(tmp_path).preview_letter("cong-van", "VP", as_pdf=True)
    assert seen.pdf.startswith(b"%PDF")


def test_without_libreoffice_there_is_no_pdf_and_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_office.steps.preview.find_libreoffice", lambda: None)
    seen = opened(tmp_path).preview_letter("cong-van", "VP", as_pdf=True)
    assert (seen.pdf, seen.came_out) == (b"", True)
    assert [f.code for f in seen.findings] == [Code.NO_LIBREOFFICE]


def test_the_command_shows_one_letter_and_writes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(tmp_path / "dot")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert cchc("cong-van", tmp_path / "dot", "--xem", "VP", "-o", tmp_path / "ra") == 0
    told = capsys.readouterr().out
    assert "Văn phòng Sở: không thấy chỗ nào sai thể thức." in told
    (seen,) = tmp_path.glob("cchc-xem-*/CCHC-2024-VP.docx")
    assert str(seen) in told
    assert not (tmp_path / "ra").exists()
    assert cchc("cong-van", tmp_path / "dot", "--xem", "P1", "-o", tmp_path / "ra") == 0
    assert [path.name for path in tmp_path.glob("cchc-xem-*/*")] == ["CCHC-2024-P1.docx"]
    capsys.readouterr()
    assert cchc("giai-trinh", tmp_path / "dot", "--xem", "VP") == 3
    assert "không có gì để xem" in capsys.readouterr().out
