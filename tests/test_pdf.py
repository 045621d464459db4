"""PDFs for signing: made once, kept while nothing changes, explained where they cannot be made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.files import libreoffice
from cchc_office.files.libreoffice import find_libreoffice
from cchc_office.files.output_folder import Fate
from cchc_office.papers.pdf import make_pdfs
from cchc_office.steps import papers

from .calls import made
from .sheets import campaign_file

Fake = Callable[[str], str]


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Return a program that stands for LibreOffice and runs this code over its arguments."""

    def make(code: str) -> str:
        script = tmp_path / "soffice"
        body = f"import sys, time, pathlib\n{code}\n"
        script.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
        script.chmod(0o755)
        return str(script)

    return make


WRITE_ALL = """
for name in sys.argv[1:]:
    path = pathlib.Path(name)
    if path.suffix in (".docx", ".xlsx"):
        path.with_suffix(".pdf").write_bytes(b"%PDF-1.7 " + path.read_bytes()[-9:] + b"%%EOF")
"""


def test_one_start_for_all_files(tmp_path: Path, fake: Fake) -> None:
    log = tmp_path / "log"
    program = fake(f"open({str(log)!r}, 'a').write('start ')\n{WRITE_ALL}")
    sources = []
    for folder in ("a", "b"):
        source = tmp_path / folder / "CCHC-2024-VP.docx"
        source.parent.mkdir()
        source.write_bytes(f"content {folder}".encode())
        sources.append(source)
    results = make_pdfs(sources, program)
    assert [r.source for r in results] == sources
    assert [r.content for r in results] == [b"%PDF-1.7 content a%%EOF", b"%PDF-1.7 content b%%EOF"]
    assert log.read_text(encoding="utf-8") == "start "


def test_after_the_time_limit_what_was_made_counts(tmp_path: Path, fake: Fake) -> None:
    program = fake(
        "first = next(a for a in sys.argv if a.endswith('.docx'))\n"
        "pathlib.Path(first).with_suffix('.pdf').write_bytes(b'%PDF %%EOF')\n"
        "time.sleep(60)"
    )
    sources = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for source in sources:
        source.write_bytes(b"x")
    first, second = make_pdfs(sources, program, seconds=2)
    assert first.content == b"%PDF %%EOF"
    assert (second.content, second.reason) == (None, "quá 2 giây")


def test_a_half_written_pdf_is_none(tmp_path: Path, fake: Fake) -> None:
    program = fake(WRITE_ALL.replace('+ b"%%EOF"', ""))
    source = tmp_path / "a.docx"
    source.write_bytes(b"x")
    assert make_pdfs([source], program)[0].content is None


def test_pdfs_are_kept_while_their_papers_do_not_change(
    tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake(WRITE_ALL)
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    campaign = load_campaign(campaign_file(tmp_path / "dot"))
    _, first = made(campaign, tmp_path / "ra", papers.table, papers.pdfs).outcomes
    assert [w.fate for w in first.written] == [Fate.NEW]
    assert [w.path.name for w in first.written] == ["phu-luc.pdf"]
    made(campaign, tmp_path / "ra", papers.table)
    assert (tmp_path / "ra/phu-luc/phu-luc.pdf").exists()
    _, second = made(campaign, tmp_path / "ra", papers.table, papers.pdfs).outcomes
    assert [w.fate for w in second.written] == [Fate.SAME]


def test_a_pdf_of_older_content_moves_away(
    tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake(WRITE_ALL)
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    campaign = load_campaign(campaign_file(tmp_path / "dot"))
    made(campaign, tmp_path / "ra", papers.table, papers.pdfs)
    criteria = "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Khác | 1 | Văn phòng"
    changed = load_campaign(campaign_file(tmp_path / "dot", criteria=criteria))
    made(changed, tmp_path / "ra", papers.table)
    assert not (tmp_path / "ra/phu-luc/phu-luc.pdf").exists()
    assert (tmp_path / "ra/luu-cu/phu-luc/phu-luc.pdf").exists()


def test_without_libreoffice_the_papers_stand_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    campaign = load_campaign(campaign_file(tmp_path / "dot"))
    _, outcome = made(campaign, tmp_path / "ra", papers.table, papers.pdfs).outcomes
    assert outcome.written == ()
    assert [f.code for f in outcome.findings] == [Code.NO_LIBREOFFICE]
    assert (tmp_path / "ra/phu-luc/phu-luc.docx").exists()


@pytest.mark.libreoffice
def test_libreoffice_makes_them(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path / "dot"))
    stages = (papers.table, papers.dispatches, papers.pdfs)
    *_, outcome = made(campaign, tmp_path / "ra", *stages).outcomes
    assert outcome.findings == ()
    assert len(outcome.written) == 5
    assert all(w.path.read_bytes().startswith(b"%PDF") for w in outcome.written)
    assert find_libreoffice()
