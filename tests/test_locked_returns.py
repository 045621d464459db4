"""Forms come with a password: each is opened, or it is said why not."""

from __future__ import annotations

import io
import struct
import unicodedata
from hashlib import md5
from typing import Any, Literal

import click
import msoffcrypto
import msoffcrypto.format.ooxml
import msoffcrypto.method.rc4
import pytest

from cchc_office import open_campaign
from cchc_office.catalogue.findings import Finding
from cchc_office.cli.command import Call
from cchc_office.cli.group import cli
from cchc_office.files.file_kind import FileKind
from cchc_office.returns import containers
from cchc_office.returns.sources import SourceFile

from .compound_files import compound_file
from .conftest import EXAMPLE
from .found_files import FORM, PASSWORD, Look, found, locked, message, told, workbook  # noqa: F401 - fixtures
from .test_file_kinds import BIFF8, archive, letter

# ruff: noqa: F811


def locked_xls(password: str) -> tuple[bytes, bytes]:
    """Return an .xls file locked with RC4 ([MS-XLS] 2.2.10), and a piece of what is locked in it."""
    rc4 = msoffcrypto.method.rc4.DocumentRC4
    salt, verifier = bytes(range(16)), b"0123456789abcdef"
    known = rc4.decrypt(password, salt, io.BytesIO(verifier + md5(verifier).digest())).read()
    lock_record = struct.pack("<HH3H", 0x2F, 54, 1, 1, 1) + salt + known
    secret = "ĐIỂM".encode("utf-16-le")
    end = struct.pack("<HH", 0x0A, 0)
    record = struct.pack("<HH", 0x5C, 4050)
    body = secret.ljust(4050, b" ")
    start = len(BIFF8) + len(lock_record) + len(record)
    stream = rc4.decrypt(password, salt, io.BytesIO(bytes(start) + body), blocksize=1024).read()
    book = BIFF8 + lock_record + record + stream[start:] + end
    return compound_file({"Workbook": book}), secret


def test_a_password_opens_a_workbook(found: Look) -> None:
    (source,) = found(locked(), "x.xlsx", "sai", "", PASSWORD)
    assert isinstance(source, SourceFile)
    assert (source.kind, source.content, source.locked) == (FileKind.XLSX, FORM, True)


def test_a_password_opens_an_old_workbook(found: Look) -> None:
    content, secret = locked_xls("mat khau")
    assert secret not in content
    assert told(found(content)) == [("goi", "PASSWORD_PROTECTED")]
    assert told(found(content, "goi", "sai")) == [("goi", "WRONG_PASSWORD")]
    (source,) = found(content, "goi", "sai", "mat khau")
    assert isinstance(source, SourceFile)
    assert (source.kind, source.locked) == (FileKind.XLS, True)
    assert secret in source.content


def test_what_excel_opens_without_asking_is_opened(found: Look) -> None:
    (source,) = found(locked("VelvetSweatshop"))
    assert isinstance(source, SourceFile)
    assert (source.content, source.locked) == (FORM, False)


def test_each_way_of_not_opening_has_its_own_advice(found: Look) -> None:
    content = locked()
    none, wrong = found(content), found(content, "goi", "sai", "cũng sai")
    assert [told(x)[0][1] for x in (none, wrong)] == ["PASSWORD_PROTECTED", "WRONG_PASSWORD"]
    findings = [x for items in (none, wrong) for x in items if isinstance(x, Finding)]
    assert len({f.advice for f in findings}) == 2
    assert not any("cũng sai" in f"{f}{f.sentence}{f.advice}" for f in findings)


def test_locked_workbooks_inside_of_others(found: Look) -> None:
    inner = archive({"a.xlsx": locked(), "b.docx": locked(content=letter())})
    items = found(message({"goi.zip": inner}).as_bytes(), "thu.eml", PASSWORD)
    assert told(items) == [
        ("thu.eml › goi.zip › a.xlsx", "XLSX"),
        ("thu.eml › goi.zip › b.docx", "COMPANION_FILE"),
    ]


def test_many_locks_in_one_container_do_not_take_minutes(
    found: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two tries of 100,000 rounds each: the one that Excel makes itself, and the given one.
    monkeypatch.setattr(containers, "MOST_LOCK_STEPS", 450_000)
    content = locked()
    items = found(archive(dict.fromkeys(("a", "b", "c"), content) | {"d": FORM}), "g", PASSWORD)
    assert told(items) == [
        ("g › a", "XLSX"),
        ("g › b", "XLSX"),
        ("g › c", "LOCKS_TAKE_LONG"),
        ("g › d", "XLSX"),
    ]


def test_old_locks_count_by_their_bytes(found: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    content, _ = locked_xls("mat khau")
    monkeypatch.setattr(containers, "MOST_LOCK_STEPS", 3 * len(content))
    items = found(archive({"a.xls": content, "b.xls": content}), "g", "mat khau")
    assert told(items) == [("g › a.xls", "XLS"), ("g › b.xls", "LOCKS_TAKE_LONG")]


@pytest.mark.parametrize(("typed", "given"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_password_opens_however_its_letters_are_composed(
    found: Look, typed: Literal["NFC", "NFD"], given: Literal["NFC", "NFD"]
) -> None:
    content = locked(unicodedata.normalize(typed, PASSWORD))
    assert told(found(content, "goi", unicodedata.normalize(given, PASSWORD))) == [("goi", "XLSX")]


def test_a_lock_that_would_take_minutes_is_not_tried(
    found: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = locked()
    monkeypatch.setattr("cchc_office.files.limits.MOST_KEY_ROUNDS", 99_999)
    assert told(found(content, "goi", PASSWORD)) == [("goi", "TOO_LARGE")]


@pytest.mark.parametrize(
    "info",
    [
        b"\x04\0\x04\0\x40\0\0\0<!DOCTYPE a []><encryption/>",
        b"\x04\0\x04\0\x40\0\0\0" + "<a spinCount='9'/>".encode("utf-16"),
        b"\x04\0\x04\0\x40\0\0\0<a spinCount='many'/>",
        b"\x04\0\x04\0\x40\0\0\0<a",
        b"\x03\0\x03\0" + bytes(40),
        b"\x03\0\x02\0" + b"\xff" * 300,
        b"",
    ],
)
def test_locks_that_make_no_sense(found: Look, info: bytes) -> None:
    content = compound_file({"EncryptionInfo": info, "EncryptedPackage": b"x" * 5000})
    ((_, code),) = told(found(content, "goi", PASSWORD))
    assert code in {"LOCK_UNKNOWN", "DAMAGED_FILE"}


def test_a_locked_file_that_is_cut_off_is_not_a_wrong_password(found: Look) -> None:
    content = locked(content=workbook("x" * 3000) + bytes(60_000))
    cut = compound_file(
        {
            "EncryptionInfo": stream(content, "EncryptionInfo").ljust(4096),
            "EncryptedPackage": stream(content, "EncryptedPackage")[:4104],
        }
    )
    assert told(found(cut, "goi", PASSWORD)) == [("goi", "FILE_TRUNCATED")]


def stream(content: bytes, name: str) -> bytes:
    file: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
    return bytes(file.file.openstream(name).read())


# --- the command line ---


@pytest.mark.parametrize("name", ["tong-hop", "don-doc", "chay"])
def test_commands_that_read_returns_take_passwords(name: str) -> None:
    assert "--mat-khau" in options_of(name)
    assert "--mat-khau" not in options_of("cong-van")


def options_of(name: str) -> set[str]:
    command = cli.get_command(click.Context(cli), name)
    assert command
    return {option for parameter in command.params for option in parameter.opts}


def test_a_password_can_be_typed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def prompt(text: str, **options: Any) -> str:
        seen.append(options)
        return "gõ vào"

    monkeypatch.setattr("click.prompt", prompt)
    given = {"campaign": EXAMPLE, "as_json": False, "passwords": ("trên dòng lệnh", "?")}
    assert Call("chay", given).open().passwords == ("trên dòng lệnh", "gõ vào")
    assert [(o["hide_input"], o["err"]) for o in seen] == [(True, True)]


def test_passwords_are_not_in_what_is_shown_of_a_campaign() -> None:
    assert "bí mật" not in repr(open_campaign(EXAMPLE, passwords=["bí mật"]))
