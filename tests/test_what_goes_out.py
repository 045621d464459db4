"""What goes out is all that a letter says is attached; a trial goes to the clerk alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from .calls import cchc
from .outbox_office import Office, Shown, found, parsed, units
from .smtp_servers import (
    PASSWORD,
    USER,
    Behaviour,
    Certificates,
    Mailbox,
    certificates,
    smtp_server,
)

__all__ = ["certificates"]
TABLE = "phu-luc/phu-luc.docx"


@pytest.fixture
def office(tmp_path: Path, capsys: Shown) -> Office:
    return Office(tmp_path, capsys)


def _with_appendix(office: Office) -> None:
    """Have the dispatches name the assignment table as their appendix."""
    path = office.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    book["Thông tin"].append(["Phụ lục", "có"])
    book.save(path)


# --- the appendix ---


def test_the_table_goes_along_where_the_letter_says_so(office: Office) -> None:
    _with_appendix(office)
    office.make("phu-luc", "cong-van", "phieu-cham")
    status, whole = office.gui()
    assert (status, units(whole)) == (0, ["P1", "P2", "TTra", "VP"])
    attached = {a.get_filename(): a.get_content() for a in office.draft("P1").iter_attachments()}
    assert list(attached) == ["CCHC-2024-P1.docx", "phu-luc.docx", "CCHC-2024-P1.xlsx"]
    assert attached["phu-luc.docx"] == (office.output / TABLE).read_bytes()


def test_where_no_letter_speaks_of_an_appendix_none_goes_along(office: Office) -> None:
    office.make("phu-luc", "cong-van", "phieu-cham")
    office.gui()
    names = [a.get_filename() for a in office.draft("P1").iter_attachments()]
    assert names == ["CCHC-2024-P1.docx", "CCHC-2024-P1.xlsx"]


def test_without_the_table_no_letter_goes_that_speaks_of_it(office: Office) -> None:
    _with_appendix(office)
    office.make()
    status, whole = office.gui()
    assert (status, units(whole)) == (1, [])
    assert {code for code, _ in found(whole)} == {"thu-thieu-van-ban"}
    assert all("cchc phu-luc" in f["can_lam"] for f in whole["phat_hien"])


def test_a_table_of_an_older_workbook_goes_to_nobody(office: Office) -> None:
    _with_appendix(office)
    office.make("phu-luc", "cong-van", "phieu-cham")
    path = office.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Bộ chỉ số"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "Ban hành kế hoạch":
                cell.value = "Ban hành kế hoạch năm"
    book.save(path)
    office.make("cong-van", "phieu-cham")
    _, whole = office.gui()
    assert units(whole) == []
    assert {f["tep"] for f in whole["phat_hien"]} == {TABLE}


# --- a trial ---


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour(rcpt=lambda a: "550 5.1.1 nobody" if a.startswith("khong-co") else None)


@pytest.fixture
def box(
    office: Office, own: Certificates, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mailbox]:
    office.make()
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", PASSWORD)
    shutil.copyfile(own.file, office.folder / "ca.pem")
    with smtp_server(own, behaviour) as (server, taken):
        office.settings(
            f'nguoi_gui = "{USER}"\n[gui]\nmay_chu = "{server.host}"\ncong = {server.port}\n'
            f'nguoi_dung = "{USER}"\ntep_chung_chi = "ca.pem"\nnhip_moi_phut = 100000\n'
        )
        yield taken


def _everything(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    # What SQLite keeps beside a database while it is read.
    return {str(p): p.read_bytes() for p in files if not p.name.endswith(("-shm", "-wal"))}


def test_a_trial_goes_to_the_clerk_alone_and_leaves_no_trace(office: Office, box: Mailbox) -> None:
    before = _everything(office.folder.parent)
    status, shown = office.said("--thu-toi", "toi@so.example", "--chi", "P1")
    assert status == 0
    assert "Đã gửi thử thư cong-van của Phòng Một đến toi@so.example" in shown
    assert box.addresses == [("toi@so.example",)]
    message = parsed(box.messages[0].as_bytes())
    assert [a.addr_spec for a in message["To"].addresses] == ["toi@so.example"]
    assert message["Cc"] is None
    assert message["X-CCHC"] is None
    assert message["Subject"].startswith("[GỬI THỬ] [CCHC-2024-P1]")
    names = [a.get_filename() for a in message.iter_attachments()]
    assert names == ["CCHC-2024-P1.docx", "CCHC-2024-P1.xlsx"]
    assert _everything(office.folder.parent) == before
    # Afterwards everybody still gets the real one.
    assert office.gui("--gui-that", "--dong-y")[0] == 0
    assert len(box.messages) == 1 + 4


def test_what_went_out_before_can_be_tried_again(office: Office, box: Mailbox) -> None:
    assert office.gui("--gui-that", "--dong-y")[0] == 0
    sent = len(office.sendings())
    assert office.said("--thu-toi", "toi@so.example", "--chi", "VP")[0] == 0
    assert box.addresses[-1] == ("toi@so.example",)
    assert len(office.sendings()) == sent


def test_a_trial_that_is_refused_is_told(office: Office, box: Mailbox) -> None:
    status, whole = office.gui("--thu-toi", "khong-co@so.example")
    assert (status, whole["gui_thu"]) == (3, "")
    assert any("khong-co@so.example" in f["noi_dung"] for f in whole["phat_hien"])
    assert box.messages == []


def test_the_first_digit_tells_that_a_trial_was_taken(
    office: Office, box: Mailbox, behaviour: Behaviour
) -> None:
    """A trial that arrived was told as one that did not: 252 and 251 were taken for a no."""
    behaviour.rcpt = lambda _: "252 cannot verify"
    behaviour.after = lambda _: "251 taken"
    status, shown = office.said("--thu-toi", "toi@so.example", "--chi", "P1")
    assert box.addresses == [("toi@so.example",)]
    assert status == 0
    assert "Đã gửi thử" in shown
    behaviour.after = lambda _: "554 no"
    status, shown = office.said("--thu-toi", "toi@so.example", "--chi", "P1")
    assert (status, "“554 no”" in shown) == (3, True)


@pytest.mark.parametrize(
    "options", [("--thu-toi", "toi"), ("--thu-toi", "toi@so.example", "--gui-that")]
)
def test_a_trial_that_makes_no_sense_is_wrong_usage(
    office: Office, options: tuple[str, ...]
) -> None:
    where = ("gui", office.folder, "-o", office.output, "--loai", "cong-van")
    assert cchc(*where, *options) == 2


def test_a_trial_without_a_server_says_what_is_missing(office: Office) -> None:
    office.make()
    status, shown = office.said("--thu-toi", "toi@so.example")
    assert status == 3
    assert "thu.toml" in shown
    assert "Chưa gửi thử được thư nào." in shown


@pytest.mark.parametrize("damage", ["tabs", "ansi"])
def test_a_journal_that_nobody_can_read_holds_every_letter(
    office: Office, box: Mailbox, damage: str
) -> None:
    assert office.gui("--gui-that", "--dong-y")[0] == 0
    for path in office.folder.parent.rglob("nhat-ky-gui.txt"):
        text = path.read_text("utf-8")
        broken = text.replace("\t", "    ") if damage == "tabs" else text
        path.write_bytes(broken.encode("cp1258" if damage == "ansi" else "utf-8", "replace"))
    (office.folder / "cchc.sqlite").unlink()
    shutil.rmtree(office.output / "thu" / "da-gui")
    for _ in range(2):  # other commands make the register again meanwhile
        status, whole = office.gui("--gui-that", "--dong-y")
        assert status == 3
        assert "nhat-ky-khong-doc-duoc" in [code for code, _ in found(whole)]
        assert len(box.messages) == 4
        office.make()
    # A person who has looked says so.
    assert cchc("so", "dung-lai", office.folder, "-o", office.output) == 1
    assert office.gui("--gui-that", "--dong-y", "--chi", "P1")[0] == 0
    assert len(box.messages) == 5
