"""Folders of saved messages: as mail programs, web mails and disks leave them."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from .message_office import SAVED, Office, fates, findings, office_in
from .messages import filled_form, letter, raw_letter

ENVELOPE = b"From x@y Mon Nov 25 08:00:00 2024\n"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def test_a_mailbox_file_gives_each_of_its_messages(office: Office, tmp_path: Path) -> None:
    other = filled_form(office.campaign, "TTra", tmp_path / "don-vi")
    first = letter("vp@a.example", ("a.xlsx", office.form), text="Từ đầu\n\n>From day\n")
    second = letter("ttra@a.example", ("b.xlsx", other), key="<2@a>")
    parts = (b"From x@y Mon Nov 25 08:00:00 2024\n" + m.as_bytes() for m in (first, second))
    office.put("hop-thu.mbox", b"\n".join(parts))
    assert findings(office.fetch()) == []
    assert office.returns == ["CCHC-2024-TTra_2024-11-25.xlsx", SAVED]
    assert office.fetch()["so_thu_da_xem_truoc"] == 2


def test_what_is_no_message_is_told(office: Office) -> None:
    office.put("phieu.xlsx", office.form)
    office.put("thu.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    office.put("~$thu.eml", b"x")
    whole = office.fetch()
    assert findings(whole) == ["khong-phai-thu"]
    assert (office.status, office.returns) == (0, [SAVED])


def test_a_folder_that_is_not_there_is_wrong_usage(office: Office) -> None:
    assert "Không có thư mục" in office.fetch()["loi"]
    office.inbox.write_bytes(letter().as_bytes())
    assert "là một tệp" in office.fetch()["loi"]
    assert office.status == 2


@pytest.mark.parametrize("name", ["rac.eml", "rac.mbox"])
@pytest.mark.parametrize(
    "content", [b"\x00\xff\x80" * 50, b"xin chao\n", bytes(range(1, 256)) * 40, "Kính gửi".encode()]
)
def test_rubbish_with_the_name_of_a_message_is_no_message(
    office: Office, name: str, content: bytes
) -> None:
    office.put(name, content)
    office.put("tot.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    for count in (1, 0):
        whole = office.fetch()
        assert office.status == 1
        told = [(f["ma"], f["tep"].partition(" ")[0]) for f in whole["phat_hien"]]
        assert told == [("eml-khong-doc-duoc", name)]
        assert len(whole["thu"]) == count
    assert office.returns == [SAVED]


# --- strange, but whole ---


def one_part(form: bytes, encoding: str, content: bytes, kind: str = "octet-stream") -> bytes:
    head = (
        f"From: vp@a.example\r\nDate: Mon, 25 Nov 2024 08:00:00 +0700\r\nContent-Type: {kind}\r\n"
    )
    return f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content


def usual(form: bytes) -> bytes:
    return letter("vp@a.example", ("a.xlsx", form)).as_bytes()


def by_hand(form: bytes) -> bytes:
    return raw_letter(
        "Message-ID: <1@a>\r\nDate: Mon, 25 Nov 2024 08:00:00 +0700\r\n", b"a.xlsx", form
    )


def uuencoded(form: bytes) -> bytes:
    lines = (binascii.b2a_uu(form[at : at + 45]) for at in range(0, len(form), 45))
    return b"begin 644 a.xlsx\n" + b"".join(lines) + b"`\nend\n"


WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "lines end as on Unix": lambda f: usual(f).replace(b"\r\n", b"\n"),
    "lines end as on old Macs": lambda f: usual(f).replace(b"\r\n", b"\r"),
    "lines end both ways": lambda f: usual(f).replace(b"\r\n", b"\n", 40),
    "lines end as text written as text": lambda f: usual(f).replace(b"\r\n", b"\r\r\n"),
    "in UTF-16": lambda f: usual(f).decode("latin-1").encode("utf-16"),
    "with the mark of UTF-8": lambda f: b"\xef\xbb\xbf" + usual(f),
    "blank lines before": lambda f: b"\r\n\r\n" + usual(f),
    "a blank beside the encoding": lambda f: one_part(
        f, " BASE64 ", base64.encodebytes(f), "application/octet-stream"
    ),
    "letters for printing": lambda f: one_part(
        f,
        "quoted-printable",
        binascii.b2a_qp(f, istext=False),  # as text, an end of line in the file would be one
        "application/octet-stream; name=a.xlsx",
    ),
    "as Unix once did": lambda f: one_part(
        f, "x-uuencode", uuencoded(f), "application/octet-stream; name=a.xlsx"
    ),
    "a named text": lambda f: one_part(
        f, "base64", base64.encodebytes(f), "text/plain; name=a.xlsx"
    ),
    "the text of a mailing list after it": lambda f: one_part(
        f, "base64", base64.encodebytes(f) + b"\r\n-- \r\n", "application/octet-stream"
    ),
    "no end of the parts": lambda f: by_hand(f).replace(b"--x--\r\n", b""),
    "no blank line after the head": lambda f: by_hand(f).replace(b"x\r\n\r\n--x", b"x\r\n--x", 1),
    "a name and a subject in one byte a letter": lambda f: (
        by_hand(f)
        .replace(b"From:", "Subject: Tổ một\r\nFrom:".encode("cp1258", "ignore"), 1)
        .replace(b"=a.xlsx", '="tổ một.xlsx"'.encode("cp1258", "ignore"))
    ),
    "as Thunderbird's file": lambda f: ENVELOPE + usual(f).replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_return_in_a_strange_message_is_taken(office: Office, case: str) -> None:
    office.put("1.eml", WHOLE[case](office.form))
    whole = office.fetch()
    assert (findings(whole), office.returns) == ([], [SAVED])
    assert (office.folder / "nhan-ve" / SAVED).read_bytes() == office.form
    assert office.fetch()["so_thu_da_xem_truoc"] == 1


# --- not whole, or too deep: told, and no other is lost ---


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def cut_off(form: bytes, letters: int) -> bytes:
    """Return a message without its last lines but for some letters of the first of them."""
    lines = usual(form).split(b"\r\n")
    return b"\r\n".join((*lines[:-40], lines[-40][:letters]))


def forwarded(message: EmailMessage, times: int) -> bytes:
    for n in range(times):
        outer = letter("vp@a.example", key=f"<{n}@b>", subject=f"Fw {n}")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def in_parts(times: int) -> bytes:
    part = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
    return b"From: vp@a.example\r\n" + b"".join(part % (n, n) for n in range(times))


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off between two lines": (lambda f: cut_off(f, 0), "tep-cut"),
    "cut off within four letters": (lambda f: cut_off(f, 1), "tep-hong"),
    "forwarded thirty times": (
        lambda f: forwarded(letter("vp@a.example", ("a.xlsx", f)), 30),
        "thu-trong-thu",
    ),
    "a message in a message, for ever": (
        lambda _: b"From: vp@a.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
        "tep-hong",
    ),
    "parts in parts, for ever": (lambda _: in_parts(3000), "tep-hong"),
    "an archive in an archive": (
        lambda f: letter(
            "vp@a.example", ("g.zip", zipped("h.zip", zipped("a.xlsx", f)))
        ).as_bytes(),
        "nen-trong-nen",
    ),
    "an archive in a message in an archive": (
        lambda f: letter(
            "vp@a.example",
            ("g.zip", zipped("b.eml", usual(zipped("a.xlsx", f)))),
        ).as_bytes(),
        "nen-trong-nen",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_message_that_cannot_be_read_is_told_beside_the_others(office: Office, case: str) -> None:
    make, code = BROKEN[case]
    office.put("1.eml", make(office.form))
    office.put("2.eml", letter("vp@a.example", ("a.xlsx", office.form), key="<whole@a>"))
    whole = office.fetch()
    assert office.status == 1
    assert [(f["ma"], f["tep"].partition(" ")[0]) for f in whole["phat_hien"]] == [(code, "1.eml")]
    assert office.returns == [SAVED]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("between", [b"", b"\n"])
def test_a_mailbox_file_is_divided_where_its_messages_begin(
    office: Office, tmp_path: Path, ending: bytes, between: bytes
) -> None:
    """Some programs leave out the blank line between two, or the ">" before a sentence's "From"."""
    text = "Kính gửi.\n\nFrom đầu năm: đủ.\n"
    forms = [filled_form(office.campaign, "VP", tmp_path / "don-vi", n / 8) for n in (1, 2)]
    whole = between.join(
        ENVELOPE + letter("vp@a.example", ("a.xlsx", f), key=f"<{n}@a>", text=text).as_bytes()
        for n, f in enumerate(forms)
    )
    office.put("Inbox", whole.replace(b"\r\n", b"\n").replace(b"\n", ending))
    assert fates(office.fetch()) == [
        [("a.xlsx", "đã lưu", SAVED)],
        [("a.xlsx", "đã lưu", SAVED.replace(".xlsx", "_2.xlsx"))],
    ]


def test_every_file_of_the_folder_is_told_of(office: Office) -> None:
    office.put("a.eml", letter("vp@a.example", ("a.xlsx", office.form)))
    office.put("b.rar", b"Rar!\x1a\x07")
    office.fetch()
    again = office.fetch()
    assert [f["tep"] for f in again["tep_doc"] if f["loai"] == "thu"] == ["a.eml", "b.rar"]
