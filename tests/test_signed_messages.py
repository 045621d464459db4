"""Returns wrapped in signatures, in encoded messages, or left behind a link: opened, or told."""

from __future__ import annotations

import base64
import quopri
import shutil
import subprocess
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.catalogue.findings import Code
from cchc_office.files.file_kind import FileKind, kind_of
from cchc_office.files.signed_content import content_of
from cchc_office.files.unreadable_file import UnreadableFileError

from .message_office import SAVED, Office, fates, findings, office_in
from .messages import letter

DATA = bytes.fromhex("06092a864886f70d010701")
SIGNED = bytes.fromhex("06092a864886f70d010702")
ENCRYPTED = bytes.fromhex("06092a864886f70d010703")


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def element(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 128:
        return bytes((tag, len(content))) + content
    length = len(content).to_bytes(4, "big")
    return bytes((tag, 0x84)) + length + content


def endless(tag: int, *parts: bytes) -> bytes:
    """Return an element whose length is not told, as programs write what they stream."""
    return bytes((tag, 0x80)) + b"".join(parts) + b"\0\0"


def signed(content: bytes) -> bytes:
    """Return content with a signature round it that nobody made (RFC 5652, 5.1)."""
    wrapped = element(0x30, DATA, element(0xA0, element(0x04, content)))
    digests, signers = element(0x31), element(0x31)
    data = element(0x30, element(0x02, b"\x01"), digests, wrapped, signers)
    return element(0x30, SIGNED, element(0xA0, data))


def streamed(content: bytes, size: int = 1000) -> bytes:
    pieces = [element(0x04, content[n : n + size]) for n in range(0, len(content), size)]
    wrapped = endless(0x30, DATA, endless(0xA0, endless(0x24, *pieces)))
    data = endless(0x30, element(0x02, b"\x01"), element(0x31), wrapped, element(0x31))
    return endless(0x30, SIGNED, endless(0xA0, data))


# --- signatures ---


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_what_was_wrapped_comes_out(content: bytes, size: int) -> None:
    for whole in (signed(content), streamed(content, size)):
        assert kind_of(whole) is FileKind.CMS
        assert content_of(whole) == content


@given(st.binary(min_size=100, max_size=400), st.data())
def test_what_is_damaged_is_told(content: bytes, data: st.DataObject) -> None:
    whole = bytearray(signed(content) if data.draw(st.booleans()) else streamed(content, 50))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(20, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(20, len(whole)))])
    # Any other exception would fail the test.
    with suppress(UnreadableFileError):
        content_of(cut)


@pytest.mark.parametrize("opening", [b"\x30\x80", b"\x24\x80", b"\xa0\x80"])
def test_endless_nesting_ends(opening: bytes) -> None:
    whole = b"\x30\x80" + SIGNED + opening * 500_000
    with pytest.raises(UnreadableFileError):
        content_of(whole)


def test_a_signature_alone_is_told() -> None:
    data = element(0x30, element(0x02, b"\x01"), element(0x31), element(0x30, DATA), element(0x31))
    with pytest.raises(UnreadableFileError) as told:
        content_of(element(0x30, SIGNED, element(0xA0, data)))
    assert (told.value.code, "chỉ có chữ ký" in told.value.found) == (Code.SIGNED_NOT_OPENED, True)


def smime(body: bytes, kind: str = "signed-data") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "vp@a.example"
    message["Date"] = "Mon, 25 Nov 2024 08:00:00 +0700"
    message["Message-ID"] = "<ky@a.example>"
    message.set_content(body, "application", "pkcs7-mime", filename="smime.p7m")
    message.set_param("smime-type", kind)
    return message.as_bytes()


def body_with(office: Office) -> bytes:
    """Return what a signature in a message is round: its body, without who sent it."""
    whole = letter("", ("phieu.xlsx", office.form), key="", subject="", date="")
    del whole["To"]
    return whole.as_bytes()


@pytest.mark.parametrize("wrap", [signed, streamed])
def test_a_signed_message_gives_its_return(office: Office, wrap: object) -> None:
    assert callable(wrap)
    office.put("1.eml", smime(wrap(body_with(office))))
    fetched = office.fetch()
    assert (office.status, findings(fetched)) == (0, [])
    assert fates(fetched) == [[("smime.p7m › phieu.xlsx", "đã lưu", SAVED)]]


def test_a_signed_workbook_gives_the_workbook(office: Office) -> None:
    office.put("1.eml", letter("vp@a.example", ("CCHC-2024-VP.xlsx.p7m", signed(office.form))))
    fetched = office.fetch()
    assert (office.status, office.returns) == (0, [SAVED])
    assert (office.folder / "nhan-ve" / SAVED).read_bytes() == office.form
    assert fates(fetched) == [[("CCHC-2024-VP.xlsx.p7m", "đã lưu", SAVED)]]


def test_what_is_encrypted_is_told(office: Office) -> None:
    body = element(0x30, ENCRYPTED, element(0xA0, element(0x30, b"x" * 200)))
    office.put("1.eml", smime(body, "enveloped-data"))
    assert findings(office.fetch()) == ["tep-ma-hoa"]
    assert office.status == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
@pytest.mark.parametrize("streams", [(), ("-stream",)])
def test_what_openssl_signs_and_encrypts(
    office: Office, tmp_path: Path, streams: tuple[str, ...]
) -> None:
    key, certificate = tmp_path / "k.pem", tmp_path / "c.pem"
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=vp", "-days", "1")
    openssl(*made, "-keyout", str(key), "-out", str(certificate))
    body = tmp_path / "body"
    body.write_bytes(body_with(office))
    common = ("-in", str(body), "-outform", "DER", "-binary", *streams)
    signer = ("-signer", str(certificate), "-inkey", str(key))
    whole = openssl("cms", "-sign", "-nodetach", *signer, *common)
    assert content_of(whole) == body.read_bytes()
    locked = openssl("cms", "-encrypt", "-aes256", *common, str(certificate))
    with pytest.raises(UnreadableFileError) as told:
        content_of(locked)
    assert told.value.code is Code.CONTENT_ENCRYPTED


def openssl(*words: str) -> bytes:
    return subprocess.run(("openssl", *words), check=True, capture_output=True).stdout


# --- encoded messages ---


def forwarded(inner: bytes, encoding: str) -> bytes:
    encoded = base64.encodebytes(inner) if encoding == "base64" else quopri.encodestring(inner)
    return (
        b"From: vp@a.example\r\nDate: Mon, 25 Nov 2024 08:00:00 +0700\r\nMessage-ID: <f@a>\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=BB\r\n\r\n--BB\r\n"
        b"Content-Type: text/plain\r\n\r\nchuyen tiep\r\n--BB\r\nContent-Type: message/rfc822\r\n"
        b"Content-Transfer-Encoding: "
        + encoding.encode()
        + b"\r\n\r\n"
        + encoded
        + b"\r\n--BB--\r\n"
    )


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_forwarded_message_that_is_encoded_gives_its_return(
    office: Office, encoding: str
) -> None:
    inner = letter("vp@a.example", ("phieu.xlsx", office.form), subject="x" * 200)
    office.put("1.eml", forwarded(inner.as_bytes(), encoding))
    fetched = office.fetch()
    assert (office.status, findings(fetched), office.returns) == (0, [], [SAVED])


def test_encoded_messages_in_each_other_end(office: Office) -> None:
    whole = letter("vp@a.example", ("phieu.xlsx", office.form)).as_bytes()
    for _ in range(5):
        whole = forwarded(whole, "base64")
    office.put("1.eml", whole)
    assert findings(office.fetch()) == ["thu-trong-thu"]


# --- links instead of files ---

LINKS = {
    "https://drive.google.com/file/d/1AbC/view?usp=drive_web": "Google Drive",
    "https://so-my.sharepoint.com/:x:/g/personal/vp/EY?e=a": "OneDrive",
    "https://we.tl/t-abc": "WeTransfer",
    "https://www.fshare.vn/file/ABC": "Fshare",
}


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("is_html", [False, True])
def test_a_link_instead_of_a_file_is_told(office: Office, link: str, is_html: bool) -> None:
    made = letter("vp@a.example", text=f"Phiếu ở đây: <{link}>.")
    if is_html:
        escaped = link.replace("&", "&amp;")
        made.set_content(f'<p>Phiếu: <a href="{escaped}">phiếu</a></p>', "html")
    office.put("1.eml", made)
    fetched = office.fetch()
    assert (office.status, findings(fetched)) == (1, ["duong-dan-thay-tep"])
    told = fetched["phat_hien"][0]
    assert told["don_vi"] == "VP"
    assert (
        f"Văn phòng Sở không kèm phiếu mà có đường dẫn tới tệp trên {LINKS[link]}"
        in (told["noi_dung"])
    )
    assert f"“{link}”" in told["noi_dung"]


def test_links_of_strangers_and_beside_a_return_are_nobodys_concern(office: Office) -> None:
    text = "https://drive.google.com/file/d/1AbC/view và https://example.com/khong-phai"
    office.put("1.eml", letter("tin@bao.example", text=text))
    office.put("2.eml", letter("vp@a.example", ("p.xlsx", office.form), key="<2@a>", text=text))
    office.put("3.eml", letter("vp@a.example", key="<3@a>", text="https://drive.google.com.evil/x"))
    assert (findings(office.fetch()), office.status) == ([], 0)


def test_a_link_in_an_answer_from_another_address_is_told(office: Office) -> None:
    subject = "Re: [CCHC-2024-VP] Sở Thử Nghiệm giao thực hiện"
    text = "https://drive.google.com/file/d/1AbC/view"
    office.put("1.eml", letter("rieng@b.example", subject=subject, text=text))
    assert findings(office.fetch()) == ["duong-dan-thay-tep"]
