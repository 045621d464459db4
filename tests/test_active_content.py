"""Workbooks that would act when a person opens them, and files of strangers: told, kept apart."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.files.file_kind import ActiveContent, FileKind, active_content
from cchc_office.mail import saved_files
from cchc_office.returns import read_returns

from .binary_files import ods, table
from .compound_files import compound_file
from .message_office import SAVED, Office, findings, office_in
from .messages import letter
from .test_senders import STRANGER, by_stranger, consolidated

MACROS, LINKS = "phieu-co-macro", "phieu-lien-ket-ngoai"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def with_parts(workbook: bytes, **parts: bytes) -> bytes:
    """Return a workbook with more in its package; "__" stands for a slash, "_" for a dot."""
    whole = io.BytesIO(workbook)
    with zipfile.ZipFile(whole, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return whole.getvalue()


DDE = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
BOOK = b'<externalLink><externalBook r:id="rId1"/></externalLink>'


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({}, ()),
        ({"xl__vbaProject_bin": b"x"}, (ActiveContent.MACROS,)),
        ({"xl__macrosheets__sheet1_xml": b"x"}, (ActiveContent.MACROS,)),
        ({"xl__externalLinks__externalLink1_xml": DDE}, (ActiveContent.DDE,)),
        ({"xl__externalLinks__externalLink1_xml": BOOK}, (ActiveContent.LINKS,)),
        ({"xl__activeX__activeX1_bin": b"x"}, (ActiveContent.CONTROLS,)),
        ({"xl__embeddings__oleObject1_bin": b"x"}, (ActiveContent.OBJECTS,)),
        ({"xl__connections_xml": b"x"}, (ActiveContent.CONNECTIONS,)),
    ],
)
def test_what_acts_in_a_package(
    office: Office, parts: dict[str, bytes], found: tuple[ActiveContent, ...]
) -> None:
    assert active_content(with_parts(office.form, **parts), FileKind.XLSX) == found


def test_macros_are_known_by_their_type_where_the_part_has_another_name(office: Office) -> None:
    """A return with macros in a part of another name was saved without a word."""
    made = io.BytesIO()
    named = b'<Override PartName="/xl/so.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    with zipfile.ZipFile(io.BytesIO(office.form)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", named + b"</Types>")
            new.writestr(name, content)
        new.writestr("xl/so.bin", b"x")
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", made.getvalue())))
    assert findings(office.fetch()) == [MACROS]


def test_what_acts_in_an_ods() -> None:
    body = table("") + '<table:dde-links><table:dde-link office:name="x"/></table:dde-links>'
    assert active_content(ods(body), FileKind.ODS) == (ActiveContent.DDE,)
    scripted = with_parts(ods(table("")), Basic__Standard__m_xml=b"x")
    assert active_content(scripted, FileKind.ODS) == (ActiveContent.MACROS,)


def supbook(way: bytes) -> bytes:
    content = struct.pack("<HHB", 1, len(way), 0) + way
    return struct.pack("<HH", 0x01AE, len(content)) + content


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (struct.pack("<4H", 0x01AE, 4, 1, 0x0401), ()),
        (supbook(b"cmd\x03/c calc"), (ActiveContent.DDE,)),
        (supbook(b"\x01khac.xls"), (ActiveContent.LINKS,)),
    ],
)
def test_what_acts_in_an_xls(record: bytes, found: tuple[ActiveContent, ...]) -> None:
    begins = struct.pack("<4H", 0x0809, 4, 0x0600, 0x0005)
    file = compound_file({"Workbook": begins + record})
    assert active_content(file, FileKind.XLS) == found
    scripted = compound_file({"Workbook": begins}, {"_VBA_PROJECT_CUR": {"PROJECT": b"x"}})
    assert active_content(scripted, FileKind.XLS) == (ActiveContent.MACROS,)


@pytest.mark.parametrize("kind", [FileKind.XLSX, FileKind.XLS, FileKind.ODS])
def test_what_is_damaged_is_no_concern_here(kind: FileKind) -> None:
    assert active_content(b"PK\x03\x04 khong phai", kind) == ()


def test_an_xlsm_is_read_and_told_and_keeps_its_name(office: Office) -> None:
    form = with_parts(office.form, xl__vbaProject_bin=b"x")
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsm", form)))
    fetched = office.fetch()
    assert (office.status, findings(fetched)) == (1, [MACROS])
    assert office.returns == [SAVED.replace(".xlsx", ".xlsm")]
    assert (office.folder / "nhan-ve" / office.returns[0]).read_bytes() == form
    (read,) = read_returns(office.folder / "nhan-ve", office.campaign)
    assert read.returned
    total = consolidated(office)
    (told,) = (f for f in total["phat_hien"] if f["ma"] == MACROS)
    assert "Bảng tính này có macro;" in told["noi_dung"]
    # Nobody doubts its sender for it.
    assert "phieu-cho-xac-nhan" not in findings(total)


def test_links_to_other_workbooks_are_a_note(office: Office) -> None:
    form = with_parts(office.form, xl__externalLinks__externalLink1_xml=BOOK)
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", form)))
    office.fetch()
    assert office.status == 0
    assert LINKS in findings(consolidated(office))


# --- files of strangers ---


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let marks be written into a folder, as Windows writes them into streams of the files."""
    folder = tmp_path / "dau"
    folder.mkdir()
    monkeypatch.setattr(saved_files, "stream_of", lambda path: folder / path.name)
    return folder


def test_a_file_of_a_stranger_is_marked_as_downloaded(office: Office, marks: Path) -> None:
    by_stranger(office)
    (mark,) = marks.iterdir()
    assert mark.read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"


def test_a_file_of_the_unit_is_not(office: Office, marks: Path) -> None:
    office.put("1.eml", letter("vp@a.example", ("phieu.xlsx", office.form)))
    office.fetch()
    assert list(marks.iterdir()) == []


def test_where_no_marks_are_kept_the_file_is_saved_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(saved_files, "stream_of", lambda _: tmp_path / "khong" / "co")
    by_stranger(office)
    assert office.returns == [SAVED]


def links_to_returns(office: Office) -> tuple[list[str], set[str]]:
    """Return the links of the report into the folder of returns, and all texts in it."""
    book = openpyxl.load_workbook(office.folder / "ra" / "tong-hop" / "tong-hop.xlsx")
    cells: list[Any] = [cell for sheet in book for row in sheet for cell in row]
    targets = [c.hyperlink.target or "" for c in cells if c.hyperlink]
    return [t for t in targets if "nhan-ve" in t], {str(c.value) for c in cells}


def test_the_report_links_to_no_file_of_a_stranger(office: Office) -> None:
    by_stranger(office)
    consolidated(office)
    links, texts = links_to_returns(office)
    assert links == []
    assert SAVED in texts
    office.put("2.eml", letter("vp@a.example", ("phieu.xlsx", office.form), key="<2@a>"))
    office.fetch()
    consolidated(office)
    assert links_to_returns(office)[0] != []
    assert STRANGER not in str(links_to_returns(office)[0])
