"""Forms come zipped, attached and forwarded: each is found, or it is said why not."""

from __future__ import annotations

import base64
import datetime as dt
import io
import os
import random
import socket
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.file_kind import FileKind
from cchc_office.files.limits import MOST_FILE_BYTES
from cchc_office.returns import containers, message_files
from cchc_office.returns.sources import SourceFile, sources_in
from cchc_office.text.vietnamese import VIETNAM

from .found_files import FORM, PASSWORD, Look, found, locked, message, told, workbook  # noqa: F401 - fixtures
from .test_file_kinds import archive

# ruff: noqa: F811


# --- plain files ---


def test_a_workbook_gives_itself_and_its_time(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(FORM)
    saved = dt.datetime(2024, 11, 20, 9, 30, tzinfo=VIETNAM)
    os.utime(path, (saved.timestamp(), saved.timestamp()))
    assert list(sources_in(path, "a/x.xlsx")) == [
        SourceFile("a/x.xlsx", FileKind.XLSX, FORM, saved)
    ]


def test_a_clock_that_stood_wrong_tells_no_time(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(FORM)
    os.utime(path, (0, 0))
    (source,) = sources_in(path, "x.xlsx")
    assert isinstance(source, SourceFile)
    assert source.saved is None


def test_paths_with_no_file_behind_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dead").symlink_to(tmp_path / "gone")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        names = ("none", "dead", "folder", "pipe", "socket")
        assert told([x for n in names for x in sources_in(tmp_path / n, n)]) == [
            ("none", "FILE_NOT_FOUND"),
            ("dead", "FILE_NOT_FOUND"),
            ("folder", "NOT_A_FILE"),
            ("pipe", "NOT_A_FILE"),
            ("socket", "NOT_A_FILE"),
        ]


def test_a_file_that_the_system_keeps_shut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(FORM)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (finding,) = sources_in(path, "x.xlsx")
    assert isinstance(finding, Finding)
    assert finding.code is Code.FILE_NOT_OPENED
    assert "Excel" in finding.sentence
    assert "Permission" not in finding.sentence


@pytest.mark.parametrize(
    ("start", "code"),
    [(b"PK\x03\x04", "DAMAGED_FILE"), (b"%PDF-1.7", "FILE_IS_PDF"), (b"\x01", "TOO_LARGE")],
)
def test_a_large_file_is_not_read(tmp_path: Path, start: bytes, code: str) -> None:
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        file.write(start)
        file.truncate(MOST_FILE_BYTES + 1)
    read = watched(path)
    assert told(list(sources_in(path, "x.xlsx"))) == [("x.xlsx", code)]
    assert read() < 1024 * 1024


def watched(path: Path) -> Callable[[], int]:
    """Return how many bytes this process has read since now."""

    def count() -> int:
        lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("rchar")).split()[1])

    if not Path("/proc/self/io").exists():
        return lambda: 0
    before = count()
    return lambda: count() - before


# --- archives ---


def test_an_archive_gives_each_file_in_it(found: Look) -> None:
    files = {
        "CCHC-2024-VP.xlsx": FORM,
        "Phòng A/phiếu.xlsx": FORM,
        "Phòng A/": b"",
        "Phòng B\\": b"",
        "hỏng.xlsx": FORM[:-300],
        "trong.zip": archive({"x.xlsx": FORM}),
        "__MACOSX/._CCHC-2024-VP.xlsx": b"x",
        "Phòng A/~$phiếu.xlsx": b"x",
        ".DS_Store": b"x",
        "Phòng A/Thumbs.db": b"x",
    }
    assert told(found(archive(files), "goi.zip")) == [
        ("goi.zip › CCHC-2024-VP.xlsx", "XLSX"),
        ("goi.zip › Phòng A/phiếu.xlsx", "XLSX"),
        ("goi.zip › hỏng.xlsx", "FILE_TRUNCATED"),
        ("goi.zip › trong.zip", "ARCHIVE_IN_ARCHIVE"),
    ]


def test_a_file_in_an_archive_has_the_time_that_the_archive_tells(found: Look) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr(zipfile.ZipInfo("a.xlsx", (2024, 11, 20, 9, 30, 0)), FORM)
        target.writestr(zipfile.ZipInfo("b.xlsx", (2024, 13, 40, 9, 30, 0)), FORM)
    first, second = found(packed.getvalue())
    assert isinstance(first, SourceFile)
    assert isinstance(second, SourceFile)
    assert first.saved == dt.datetime(2024, 11, 20, 9, 30, tzinfo=VIETNAM)
    assert second.saved is not None  # the archive's own


def test_evidence_beside_a_form_is_a_note_and_alone_it_is_asked_about(found: Look) -> None:
    pdf = {"kế hoạch.pdf": b"%PDF-1.7"}
    assert told(found(archive({**pdf, "a.xlsx": FORM}))) == [
        ("goi › a.xlsx", "XLSX"),
        ("goi › kế hoạch.pdf", "COMPANION_FILE"),
    ]
    assert told(found(archive(pdf))) == [("goi › kế hoạch.pdf", "FILE_IS_PDF")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.xlsx", "etc/a.xlsx"),
        ("/a.xlsx", "a.xlsx"),
        ("C:\\Users\\..\\a.xlsx", "Users/a.xlsx"),
        ("a\u202excod.xlsx", "axcod.xlsx"),
        ("a\nb.xlsx", "ab.xlsx"),
        ("Phie\u0302\u0301u.xlsx", "Phiếu.xlsx"),
        ("C:", "tệp không tên"),
        ("d" * 3000 + ".xlsx", "d" * 120 + "…" + "d" * 115 + ".xlsx"),
    ],
)
def test_names_lead_nowhere_and_nothing_is_written(
    tmp_path: Path, found: Look, monkeypatch: pytest.MonkeyPatch, name: str, shown: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    assert told(found(archive({name: FORM}))) == [(f"goi › {shown}", "XLSX")]
    assert [p.name for p in tmp_path.rglob("*")] == ["goi"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "cp437"])
def test_names_written_by_old_programs_are_read(found: Look, encoding: str) -> None:
    """None of them says what its names are encoded in; Vietnamese Windows uses code page 1258."""
    name = "Phiếu Văn phòng.xlsx" if encoding == "utf-8" else "Vàn phòng.xlsx"
    raw = {"cp1258": "Va\u0300n pho\u0300ng.xlsx"}.get(encoding, name).encode(encoding)
    content = archive({"#" * len(raw): FORM}).replace(b"#" * len(raw), raw)
    (source,) = found(content)
    assert isinstance(source, SourceFile)
    if encoding != "cp437":
        assert source.name == f"goi › {name}"
    assert source.content == FORM


def test_a_name_in_the_extra_field_is_taken(found: Look) -> None:
    raw, real = b"Phi?u.xlsx".replace(b"?", b"\xe2"), "Phiếu.xlsx".encode()
    field = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + real
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        entry = zipfile.ZipInfo("#" * len(raw))
        entry.extra = struct.pack("<2H", 0x7075, len(field)) + field
        target.writestr(entry, FORM)
    items = found(packed.getvalue().replace(b"#" * len(raw), raw))
    assert told(items) == [("goi › Phiếu.xlsx", "XLSX")]


def test_files_with_one_name_stay_apart(found: Look) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("a.xlsx", FORM)
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("a.xlsx", workbook("khác"))
    items = found(packed.getvalue())
    assert told(items) == [("goi › a.xlsx", "XLSX"), ("goi › a.xlsx (2)", "XLSX")]
    assert len({x.content for x in items if isinstance(x, SourceFile)}) == 2


def test_a_file_without_a_name_is_read(found: Look) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr(zipfile.ZipInfo(""), FORM)
    assert told(found(packed.getvalue())) == [("goi › tệp không tên", "XLSX")]


def test_a_damaged_file_does_not_stop_the_others(found: Look) -> None:
    files = {"a.xlsx": FORM, "b.xlsx": workbook("b"), "c.xlsx": workbook("c")}
    content = bytearray(archive(files, zipfile.ZIP_STORED))
    content[content.index(files["b.xlsx"]) + 200] ^= 0xFF
    assert told(found(bytes(content))) == [
        ("goi › a.xlsx", "XLSX"),
        ("goi › b.xlsx", "DAMAGED_FILE"),
        ("goi › c.xlsx", "XLSX"),
    ]


def test_too_many_files_are_not_read(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_FILES_IN_ARCHIVE", 2)
    files = {"a.xlsx": FORM, "b.xlsx": FORM}
    assert [code for _, code in told(found(archive(files)))] == ["XLSX", "XLSX"]
    items = found(archive({**files, "c.xlsx": FORM}))
    assert told(items) == [("goi", "CONTAINER_TOO_MANY_FILES")]


def test_a_bomb_stops_at_the_cap(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = bytes(3_000_000)
    content = archive({"a.xlsx": FORM, "b": zeros, "c": zeros, "d.xlsx": FORM})
    assert len(content) < 50_000
    monkeypatch.setattr(containers, "MOST_INFLATED_CONTAINER_BYTES", 5_000_000)
    assert told(found(content)) == [
        ("goi › a.xlsx", "XLSX"),
        ("goi › b", "FILE_EMPTY"),
        ("goi", "TOO_LARGE"),
    ]
    monkeypatch.setattr(containers, "MOST_FILE_BYTES", 1_000_000)
    assert [code for _, code in told(found(content))] == ["XLSX", "TOO_LARGE", "TOO_LARGE", "XLSX"]


def test_a_directory_of_a_million_names_is_not_read(found: Look) -> None:
    name = b"a" * 200
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 9, len(name), *[0] * 4, 0, 0) + name
    directory = entry * 20_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20_000, 20_000, len(directory), 4, 0)
    assert told(found(b"PK\x03\x04" + directory + end)) == [("goi", "TOO_LARGE")]


def test_a_large_archive_is_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "goi.zip"
    noise = random.Random(1).randbytes(MOST_FILE_BYTES + 1)
    path.write_bytes(archive({"phim.bin": noise, "a.xlsx": FORM}, zipfile.ZIP_STORED))
    assert told(list(sources_in(path, "goi.zip"))) == [
        ("goi.zip › phim.bin", "TOO_LARGE"),
        ("goi.zip › a.xlsx", "XLSX"),
    ]


def lock(files: Mapping[str, bytes], password: bytes) -> bytes:
    """Return an archive of which each entry is locked in the traditional way (APPNOTE 6.1)."""
    content = bytearray(archive(files, zipfile.ZIP_STORED))
    packed, directory, offsets = b"", b"", []
    for entry in zipfile.ZipFile(io.BytesIO(content)).infolist():
        keys = [0x12345678, 0x23456789, 0x34567890]

        def step(byte: int, keys: list[int] = keys) -> None:
            keys[0] = crc_step(keys[0], byte)
            keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
            keys[2] = crc_step(keys[2], keys[1] >> 24)

        for byte in password:
            step(byte)
        plain = bytes(11) + bytes([entry.CRC >> 24]) + files[entry.filename]
        locked = bytearray()
        for byte in plain:
            word = (keys[2] & 0xFFFF) | 2
            locked.append(byte ^ ((word * (word ^ 1) >> 8) & 0xFF))
            step(byte)
        name = entry.filename.encode()
        figures = (20, 1, 0, 0, 0x5821, entry.CRC, len(locked), entry.file_size, len(name), 0)
        offsets.append(len(packed))
        packed += struct.pack("<4s5H3L2H", b"PK\x03\x04", *figures) + name + locked
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, *figures, 0, 0, 0, 0, offsets[-1]
        )
        directory += name
    end = (0, 0, len(files), len(files), len(directory), len(packed), 0)
    return packed + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", *end)


def crc_step(crc: int, byte: int) -> int:
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def test_an_archive_with_a_password(found: Look) -> None:
    content = lock({"a.xlsx": FORM}, PASSWORD.encode())
    assert told(found(content)) == [("goi › a.xlsx", "ARCHIVE_LOCKED")]
    assert told(found(content, "goi", "sai")) == [("goi › a.xlsx", "ARCHIVE_WRONG_PASSWORD")]
    (source,) = found(content, "goi", "sai", PASSWORD)
    assert isinstance(source, SourceFile)
    assert (source.content, source.locked) == (FORM, True)


def test_a_wrong_password_that_the_check_byte_lets_through(found: Look) -> None:
    content = lock({"a.xlsx": FORM}, b"dung")
    wrong = tuple(f"sai{i}" for i in range(600))
    assert told(found(content, "goi", *wrong)) == [("goi › a.xlsx", "ARCHIVE_WRONG_PASSWORD")]
    assert told(found(content, "goi", *wrong, "dung")) == [("goi › a.xlsx", "XLSX")]


def test_locked_entries_are_capped(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_LOCKED_ENTRY_BYTES", len(FORM) + 100)
    content = lock({"a.xlsx": FORM, "b.xlsx": FORM}, b"dung")
    assert [code for _, code in told(found(content, "goi", "dung"))] == ["XLSX", "TOO_LARGE"]


def test_a_lock_of_another_kind_in_an_archive(found: Look) -> None:
    content = lock({"a.xlsx": FORM}, b"dung").replace(b"\x14\0\x01\0\0\0", b"\x14\0\x01\0\x63\0")
    assert told(found(content, "goi", "dung")) == [("goi › a.xlsx", "LOCK_UNKNOWN")]


# --- messages ---


def test_a_message_gives_its_attachments_and_who_sent_it(found: Look) -> None:
    made = message({"Phiếu tự chấm điểm của phòng.xlsx": FORM, "scan.pdf": b"%PDF-1.7"})
    first, second = found(made.as_bytes(), "thu.eml")
    assert first == SourceFile(
        "thu.eml › Phiếu tự chấm điểm của phòng.xlsx",
        FileKind.XLSX,
        FORM,
        dt.datetime(2024, 11, 20, 9, 30, tzinfo=VIETNAM),
        "ql@so.example",
    )
    assert told([second]) == [("thu.eml › scan.pdf", "COMPANION_FILE")]


def test_an_archive_in_a_message_is_opened_and_one_in_that_is_not(found: Look) -> None:
    inner = archive({"a.xlsx": FORM, "b.zip": archive({"c.xlsx": FORM})})
    items = found(message({"goi.zip": inner}).as_bytes(), "thu.eml")
    assert told(items) == [
        ("thu.eml › goi.zip › a.xlsx", "XLSX"),
        ("thu.eml › goi.zip › b.zip", "ARCHIVE_IN_ARCHIVE"),
    ]
    assert isinstance(items[0], SourceFile)
    assert items[0].sender == "ql@so.example"


def test_forwarded_messages_are_opened_one_level_deep(found: Look) -> None:
    deepest = message({"c.xlsx": FORM})
    middle = message({"b.xlsx": FORM})
    middle.replace_header("From", "b@so.example")
    middle.add_attachment(deepest)
    outer = message({"a.xlsx": FORM})
    outer.add_attachment(middle)
    items = found(outer.as_bytes(), "thu.eml")
    inner = "thu.eml › Phiếu tự chấm điểm"
    assert told(items) == [
        ("thu.eml › a.xlsx", "XLSX"),
        (f"{inner} › b.xlsx", "XLSX"),
        (f"{inner} › Phiếu tự chấm điểm", "MESSAGE_IN_MESSAGE"),
    ]
    assert [x.sender for x in items if isinstance(x, SourceFile)] == [
        "ql@so.example",
        "b@so.example",
    ]


def test_logos_of_signatures_are_passed_over_and_photos_are_not(found: Look) -> None:
    made = message({"a.xlsx": FORM})
    logo, photo = b"\x89PNG\r\n\x1a\n" + bytes(4000), b"\xff\xd8\xff\xe0" + bytes(400_000)
    for name, content in (("logo.png", logo), ("IMG_0001.jpeg", photo)):
        made.add_attachment(
            content, maintype="image", subtype="png", filename=name, disposition="inline", cid="<1>"
        )
    items = found(made.as_bytes())
    assert told(items) == [("goi › a.xlsx", "XLSX"), ("goi › IMG_0001.jpeg", "COMPANION_FILE")]


def test_a_message_with_nothing_but_a_logo_has_no_files(found: Look) -> None:
    made = message()
    made.add_attachment(
        b"\x89PNG\r\n", maintype="image", subtype="png", disposition="inline", cid="<1>"
    )
    assert told(found(made.as_bytes())) == [("goi", "MESSAGE_WITHOUT_FILES")]


def raw_message(disposition: bytes, body: bytes = b"", head: bytes = b"") -> bytes:
    return (
        head + b"From: a@so.example\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        + disposition
        + b"\r\n\r\n"
        + (body or base64.encodebytes(FORM))
        + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"Content-Disposition: attachment; filename*=utf-8''Phi%E1%BA%BFu.xlsx", "Phiếu.xlsx"),
        (
            b"Content-Disposition: attachment; filename*0*=utf-8''Phi%E1%BA;\r\n filename*1*=%BFu.xlsx",
            "Phiếu.xlsx",
        ),
        (
            b'Content-Disposition: attachment; filename="=?utf-8?B?UGhp4bq/?=\r\n =?utf-8?Q?u.xlsx?="',
            "Phiếu.xlsx",
        ),
        ('Content-Disposition: attachment; filename="Phiếu.xlsx"'.encode(), "Phiếu.xlsx"),
        (b'Content-Disposition: attachment; filename="V\xe0n.xlsx"', "Vàn.xlsx"),
        (b'Content-Disposition: attachment; filename="=?x-none?B?YQ==?="', "a"),
        (b'Content-Disposition: attachment; filename="C:\\\\tmp\\\\a.xlsx"', "tmp/a.xlsx"),
        (b"Content-Disposition: attachment", "tệp không tên"),
        (b'X-Other: 1\r\nContent-Type: application/x; name="a.xlsx"', "tệp không tên"),
    ],
)
def test_names_of_attachments_in_every_spelling(found: Look, disposition: bytes, name: str) -> None:
    assert told(found(raw_message(disposition))) == [(f"goi › {name}", "XLSX")]


@pytest.mark.parametrize(
    "head", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"From a@so.example Wed Nov 20 02:30:00 2024\r\n"]
)
def test_messages_are_known_by_their_headers(found: Look, head: bytes) -> None:
    disposition = b'Content-Disposition: attachment; filename="a.xlsx"'
    assert told(found(raw_message(disposition, head=head))) == [("goi › a.xlsx", "XLSX")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (base64.encodebytes(FORM)[:1000], "FILE_TRUNCATED"),
        (base64.b64encode(FORM[:3000]) + b"A", "DAMAGED_FILE"),
        (b"\xff\xfe!!!!", "FILE_EMPTY"),
    ],
)
def test_attachments_that_arrived_broken(found: Look, body: bytes, code: str) -> None:
    items = found(raw_message(b'Content-Disposition: attachment; filename="a.xlsx"', body))
    assert told(items) == [("goi › a.xlsx", code)]


def test_a_text_in_letters_of_no_kind_does_not_hide_the_attachment(found: Look) -> None:
    body = b'Content-Type: text/plain; charset="\xff"\r\n\r\n\xfe\xff\r\n--x\r\n'
    made = raw_message(b'Content-Disposition: attachment; filename="a.xlsx"')
    made = made.replace(b"--x\r\n", b"--x\r\n" + body, 1)
    assert told(found(made)) == [("goi › a.xlsx", "XLSX")]


def test_outlooks_own_wrapping_is_told(found: Look) -> None:
    made = message({"winmail.dat": b"\x78\x9f\x3e\x22" + bytes(100)})
    assert told(found(made.as_bytes())) == [("goi › winmail.dat", "FILE_IS_WINMAIL")]


def test_signatures_of_mail_programs_are_passed_over(found: Look) -> None:
    made = message({"a.xlsx": FORM})
    made.add_attachment(
        b"0\x80", maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    assert told(found(made.as_bytes())) == [("goi › a.xlsx", "XLSX")]


def test_a_message_that_wraps_a_thousand_parts_ends(found: Look) -> None:
    head = b"From: a@so.example\r\nMIME-Version: 1.0\r\n"
    part = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
    items = found(head + b"".join(part % (i, i) for i in range(3000)))
    assert told(items) in ([("goi", "DAMAGED_FILE")], [("goi", "MESSAGE_WITHOUT_FILES")])
    assert "Error" not in "".join(x.found for x in items if isinstance(x, Finding))


def test_a_large_attachment_is_not_handed_on(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_files, "MOST_FILE_BYTES", 100)
    assert told(found(message({"a.xlsx": FORM}).as_bytes())) == [("goi › a.xlsx", "TOO_LARGE")]
