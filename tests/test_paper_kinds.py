"""A paper is declared once: what the house does with one that it has never heard of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import ModuleType

import docx
import pytest

from cchc_office.cli import group
from cchc_office.papers import kinds
from cchc_office.papers.kinds import FORM, Along, Basis, Mailing, PaperKind
from cchc_office.papers.letter_values import LETTER_NAMES, unit_values
from cchc_office.papers.planning import LetterTemplate, PlannedPaper
from cchc_office.word.templates import TEXT

from .calls import cchc
from .messages import campaign_in
from .template_files import paragraphs, template_file

INVITATION = PaperKind(
    "INVITATION",
    "giấy mời",
    "giay-moi",
    "{unit}-moi.docx",
    builder="invitation",
    template="giay-moi.docx",
    mailing=Mailing(
        "mời họp", "mời họp về Chỉ số CCHC năm {year}", "la_giay_moi", "Mời họp", (Along(FORM),)
    ),
)
Shown = pytest.CaptureFixture[str]


def plan(basis: Basis) -> Iterator[PlannedPaper]:
    template = LetterTemplate(basis, INVITATION)
    for unit in basis.units():
        yield template.plan(unit, unit_values(basis.campaign, unit) | {"phong": "Phòng họp 1"})


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign with a paper that is declared, has a builder and a template, and nothing else."""
    builder = ModuleType("cchc_office.papers.invitation")
    vars(builder).update(OFFERS={**LETTER_NAMES, "phong": TEXT}, plan=plan)
    monkeypatch.setitem(sys.modules, builder.__name__, builder)
    monkeypatch.setattr(kinds, "PAPERS", (*kinds.PAPERS, INVITATION))
    folder = tmp_path / "dot"
    campaign_in(folder)
    own = folder / "templates"
    own.mkdir()
    invitation = paragraphs("Kính gửi: {{ don_vi.kinh_gui }}", "Mời {{ don_vi.ten }}: {{ phong }}")
    template_file(own, invitation, INVITATION.template)
    return folder


def make(office: Path, output: Path) -> None:
    for command in ("giay-moi", "phieu-cham"):
        assert cchc(command, office, "-o", output) == 0


def test_it_is_written_to_its_folder_under_its_name(office: Path, tmp_path: Path) -> None:
    make(office, tmp_path / "ra")
    written = tmp_path / "ra" / "giay-moi" / "CCHC-2024-TTra-moi.docx"
    texts = [paragraph.text for paragraph in docx.Document(str(written)).paragraphs]
    assert "Mời Thanh tra Sở: Phòng họp 1" in texts


def test_its_command_says_what_it_makes(office: Path, tmp_path: Path, capsys: Shown) -> None:
    assert cchc("giay-moi", office, "-o", tmp_path / "ra") == 0
    assert "giay-moi/    giấy mời               4 tệp (4 mới)" in capsys.readouterr().out
    assert cchc("giay-moi", "--help") == 0
    assert "Giấy mời cho từng đơn vị." in capsys.readouterr().out
    assert cchc("giay-la", office) == 2


def test_a_line_of_help_leaves_its_command(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(group._COMMANDS, "giay-moi", "Giấy mời.")
    monkeypatch.delitem(group.cli.commands, "giay-moi", raising=False)
    assert cchc("giay-moi", office, "-o", tmp_path / "ra") == 0


def test_made_from_returns_its_command_reads_them_as_others_do(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    one = replace(INVITATION, from_returns=True)
    monkeypatch.setattr(kinds, "PAPERS", (*kinds.PAPERS[:-1], one))
    monkeypatch.delitem(group.cli.commands, "giay-moi", raising=False)
    assert cchc("giay-moi", office, "-o", tmp_path / "ra", "--ngay", "05/12/2024") == 1
    assert "Phiếu nhận về (tính đến 05/12/2024): 0/4 đơn vị" in capsys.readouterr().out


def test_its_template_is_listed_and_checked(office: Path, capsys: Shown) -> None:
    assert cchc("kiem-tra", office) == 0
    assert "giay-moi.docx                mẫu riêng của cơ quan" in capsys.readouterr().out
    template_file(office / "templates", paragraphs("{{ phong_hop }}"), INVITATION.template)
    cchc("kiem-tra", office)
    assert "phong_hop" in capsys.readouterr().out


def test_it_goes_out_by_mail_with_what_it_brings(
    office: Path, tmp_path: Path, capsys: Shown
) -> None:
    make(office, tmp_path / "ra")
    capsys.readouterr()
    assert cchc("gui", office, "-o", tmp_path / "ra", "--loai", "giay-moi") == 0
    shown = capsys.readouterr().out
    assert "mời họp về Chỉ số CCHC năm 2024" in shown
    assert "Gửi kèm:   CCHC-2024-VP-moi.docx, CCHC-2024-VP.xlsx" in shown
    folder = tmp_path / "ra" / "thu" / "giay-moi"
    words = message_from_bytes((folder / "CCHC-2024-VP.eml").read_bytes(), policy=default)
    body = words.get_body(("plain",))
    assert body is not None
    assert "gửi Văn phòng Sở văn bản kèm theo thư này" in body.get_content()
    assert "giải trình" not in body.get_content()
    drafts = sorted(path.name for path in folder.iterdir())
    assert drafts == [f"CCHC-2024-{code}.eml" for code in ("P1", "P2", "TTra", "VP")]


def test_it_is_old_when_what_it_is_made_from_changed(
    office: Path, tmp_path: Path, capsys: Shown
) -> None:
    make(office, tmp_path / "ra")
    template_file(
        office / "templates", paragraphs("Hoãn họp {{ don_vi.ten }}"), INVITATION.template
    )
    capsys.readouterr()
    assert cchc("gui", office, "-o", tmp_path / "ra", "--loai", "giay-moi") == 1
    shown = capsys.readouterr().out
    assert "[thu-van-ban-cu]" in shown
    assert "cchc giay-moi" in shown


def test_the_register_knows_it(office: Path, tmp_path: Path, capsys: Shown) -> None:
    make(office, tmp_path / "ra")
    told = ("--cach", "Zalo", "--loai", "giay-moi", "--ngay", "05/12/2024")
    assert cchc("so", "ghi", office, "VP", *told) == 0
    assert "Văn phòng Sở, mời họp, ngày 05/12/2024: Zalo" in capsys.readouterr().out
    cchc("so", office, "-o", tmp_path / "ra")
    shown = capsys.readouterr().out
    assert "Mời họp" in shown
    assert "05/12 Zalo" in shown
    assert "mới làm" in shown
    cchc("gui", office, "-o", tmp_path / "ra", "--loai", "giay-moi")
    assert "[thu-da-giao]" in capsys.readouterr().out


def test_the_options_offer_it(office: Path, capsys: Shown) -> None:
    assert cchc("gui", office, "--loai", "giay-mời") == 2
    assert ", ".join(letter.folder for letter in kinds.letters()) in capsys.readouterr().err


def test_every_kind_has_its_own_key_and_place() -> None:
    keys = [kind.key for kind in kinds.PAPERS]
    places = [(kind.folder, kind.file) for kind in kinds.PAPERS]
    assert len(set(keys)) == len(set(places)) == len(kinds.PAPERS)


def test_help_calls_what_each_command_makes_as_it_was_declared() -> None:
    """`--help` imports no declaration, which would take longer than all the rest of it."""
    first = {kind.folder: kind for kind in reversed(kinds.PAPERS)}
    for command, said in group._COMMANDS.items():
        if kind := first.get(command):
            assert kind.title.casefold() in said.casefold()
