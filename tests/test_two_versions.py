"""A paper that a person edited and that has a new version beside it: one is kept, none is lost."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from starlette.testclient import TestClient

from cchc_office import CampaignFolder, Code, open_campaign
from cchc_office.errors import UsageError
from cchc_office.steps.year_steps import PaperState
from cchc_office.web.desk import Desk, OpenCampaign

from .calls import cchc, example_in
from .page_client import done, post
from .sheets import edit

LETTER = "cong-van/CCHC-2024-VP.docx"
BESIDE = "cong-van/CCHC-2024-VP (ban moi).docx"


def add_words(path: Path) -> bytes:
    document: Any = docx.Document(str(path))
    document.add_paragraph("Lời thêm bằng tay (minh họa)")
    document.save(str(path))
    return path.read_bytes()


def opened(folder: Path) -> CampaignFolder:
    return open_campaign(folder, output=folder / "output")


def twice_made(folder: Path) -> tuple[Path, bytes, bytes]:
    """Make the papers, edit one, change the workbook, make them again; return both versions."""
    output = folder / "output"
    opened(folder).make_papers()
    mine = add_words(output / LETTER)
    edit(folder / "dot-cham.xlsx", "Bộ chỉ số", {"B3": "Kế hoạch CCHC của năm"})
    again = opened(folder).make_papers()
    (told,) = (f for f in again.findings if f.code is Code.FILE_KEPT)
    assert (told.file, told.found) == (LETTER, BESIDE)
    assert "chon-ban" in told.advice
    return output, mine, (output / BESIDE).read_bytes()


def state_of_letter(folder: Path) -> PaperState:
    papers = next(p for p in opened(folder).state().papers if p.kind.folder == "cong-van")
    return next(p.state for p in papers.papers if p.file == LETTER)


def test_ones_own_version_is_kept_and_nothing_is_written_beside_it_again(tmp_path: Path) -> None:
    folder = example_in(tmp_path / "dot")
    output, mine, new = twice_made(folder)
    assert state_of_letter(folder) is PaperState.TO_CHOOSE
    made = opened(folder).choose_versions([LETTER])
    assert [f.code for f in made.findings if f.file == LETTER] == [Code.OWN_VERSION_KEPT]
    assert (output / LETTER).read_bytes() == mine
    assert not (output / BESIDE).exists()
    assert (output / "luu-cu" / BESIDE).read_bytes() == new
    assert state_of_letter(folder) is PaperState.EDITED
    again = opened(folder).make_papers()
    assert Code.FILE_KEPT not in {f.code for f in again.findings}
    assert not (output / BESIDE).exists()
    edit(folder / "dot-cham.xlsx", "Bộ chỉ số", {"B3": "Kế hoạch khác của năm"})
    third = opened(folder).make_papers()
    assert Code.FILE_KEPT in {f.code for f in third.findings}
    assert state_of_letter(folder) is PaperState.TO_CHOOSE


def test_the_new_version_takes_the_place_and_the_edited_one_is_archived(tmp_path: Path) -> None:
    folder = example_in(tmp_path / "dot")
    output, mine, new = twice_made(folder)
    opened(folder).choose_versions(["CCHC-2024-VP.docx"], take_new=True)
    assert (output / LETTER).read_bytes() == new
    assert not (output / BESIDE).exists()
    assert (output / "luu-cu" / LETTER).read_bytes() == mine
    assert state_of_letter(folder) is PaperState.CURRENT


def test_what_has_no_two_versions_is_refused(tmp_path: Path) -> None:
    folder = example_in(tmp_path / "dot")
    twice_made(folder)
    with pytest.raises(UsageError, match=r"cong-van/CCHC-2024-VP\.docx"):
        opened(folder).choose_versions(["CCHC-2024-KHTC.docx"])


def test_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = example_in(tmp_path / "dot")
    output, mine, _ = twice_made(folder)
    to = ("-o", output)
    assert cchc("chon-ban", folder, "CCHC-2024-VP.docx", *to) == 2
    capsys.readouterr()
    cchc("chon-ban", folder, *to)
    assert "CCHC-2024-VP (ban moi).docx" in capsys.readouterr().out
    assert cchc("chon-ban", folder, "CCHC-2024-VP.docx", "--cua-toi", *to) == 0
    assert "luu-cu" in capsys.readouterr().out
    assert (output / LETTER).read_bytes() == mine


def test_on_the_page(clerk: TestClient, desk: Desk, sample: OpenCampaign) -> None:
    twice_made(sample.folder)
    screen = f"/d/{sample.id}/giao-viec"
    page = clerk.get(screen).text
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "1 văn bản đã sửa tay, nay có bản mới bên cạnh." in shown
    assert "Làm tất cả" not in shown
    assert "mở bản của tôi" in shown
    assert "mở bản mới" in shown
    (file,) = re.findall(r'name="tep" value="([^"]+)"', page)
    choice = {"tep": file, "lay": "cua-toi"}
    run = done(desk, post(clerk, sample, "giao-viec/chon-ban", data=choice))
    assert run.error == ""
    shown = clerk.get(screen).text
    assert "nay có bản mới bên cạnh" not in shown
    assert "Làm tất cả" not in shown
