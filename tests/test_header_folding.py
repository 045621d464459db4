"""Headers as a mail program reads them: each word and each space as it was written."""

from __future__ import annotations

import email
import email.header
import email.policy
from email.headerregistry import Address
from email.message import EmailMessage

from hypothesis import example, given
from hypothesis import strategies as st

from cchc_office.mail.header_folding import WHOLE_WORDS

_LONG = (
    "Thường trực Hội đồng nhân dân tỉnh giao thực hiện Bộ tiêu chí đánh giá, xếp loại hoạt động "
    "của Hội đồng nhân dân cấp xã năm 2026"
)
_WORDS = st.lists(
    st.sampled_from(
        [
            "Sở",
            "Nông",
            "nghiệp",
            "và",
            "Môi",
            "trường",
            "tỉnh",
            "2026",
            "Ủy",
            "ban",
            "(I)",
            "TP.",
            "A",
        ]
    )
)


def headers(subject: str, *names: str) -> bytes:
    message = EmailMessage(policy=WHOLE_WORDS)
    message["Subject"] = subject
    message["To"] = tuple(Address(name, f"dv{n}", "so.example") for n, name in enumerate(names))
    return message.as_bytes()


def read(raw: bytes, name: str) -> str:
    """Return a header as RFC 2047 has it read, by the part of Python that did not write it."""
    value = email.message_from_bytes(raw)[name]
    return str(email.header.make_header(email.header.decode_header(value)))


@given(_WORDS)
@example(_LONG.split())
def test_a_subject_keeps_each_space(words: list[str]) -> None:
    subject = " ".join(words)
    raw = headers(subject)
    assert read(raw, "Subject") == subject
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


@given(st.lists(_WORDS.filter(bool), min_size=1, max_size=4))
@example([_LONG.split(), ["Sở", "Nông", "nghiệp", "và", "Môi", "trường", "tỉnh", "Bình", "Dương"]])
def test_names_of_addressees_keep_each_space(names: list[list[str]]) -> None:
    whole = [" ".join(words) for words in names]
    raw = headers("x", *whole)
    told = read(raw, "To")
    for number, name in enumerate(whole):
        assert f"<dv{number}@so.example>" in told
        assert name in told.replace('"', "")


def test_a_name_with_a_comma_stays_one_addressee() -> None:
    raw = headers("x", "Phong A, Phong B", "Văn phòng")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert [a.addr_spec for a in message["To"].addresses] == ["dv0@so.example", "dv1@so.example"]
    assert message["To"].addresses[0].display_name == "Phong A, Phong B"


def test_an_address_without_a_name_has_no_empty_word_before_it() -> None:
    assert b"To: dv0@so.example, =?utf-8?" in headers("x", "", "Sở")
