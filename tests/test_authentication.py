"""Messages whose sender the receiving server did not believe: told, and waiting for a person."""

from __future__ import annotations

import email
from pathlib import Path

import pytest

from cchc_office.mail.incoming import failed_checks

from .calls import cchc
from .delivery_reports import headers_of, recipient, report
from .message_office import SAVED, Office, findings, office_in
from .messages import letter
from .test_bounces import OURS, sent, state, told
from .test_senders import WAITS, about_senders, consolidated, register

FORGED = "nguoi-gui-khong-xac-thuc"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def checked(*results: str) -> str:
    return "; ".join(("mx.a.example 1", *results))


@pytest.mark.parametrize(
    ("results", "failed"),
    [
        ((), ""),
        (("none",), ""),
        (("dmarc=fail (p=none dis=none) header.from=a.example",), "dmarc=fail"),
        (("dmarc=pass header.from=a.example", "spf=fail smtp.mailfrom=a.example"), ""),
        (("spf=fail smtp.mailfrom=vp@a.example",), "spf=fail"),
        (("spf=softfail smtp.mailfrom=vp@a.example",), ""),
        (("dkim=fail (bad; signature) header.d=mail.a.example",), "dkim=fail"),
        (("dkim=pass header.d=a.example", "spf=fail smtp.mailfrom=a.example"), ""),
        (("dkim=pass header.d=other.example", "spf=fail smtp.mailfrom=a.example"), "spf=fail"),
        (("dkim=fail header.i=@list.example", "spf=pass smtp.mailfrom=list.example"), ""),
        (("DMARC/1=FAIL\n header.from=A.example",), "dmarc=fail"),
        (('dkim=temperror reason="x=y; fail"', "spf=none"), ""),
        (("spf=fail", "dkim=fail header.d=a.example"), "spf=fail, dkim=fail"),
        # What a sender may write into the header that the server makes: his own address.
        (('dmarc=fail reason="x; dmarc=pass" header.from=a.example',), "dmarc=fail"),
        (
            (
                'spf=none smtp.mailfrom="q;dkim=pass header.d=a.example"@evil.example',
                "dkim=fail header.d=a.example",
            ),
            "dkim=fail",
        ),
        (
            (
                'spf=none (of "a) ; dmarc=pass header.from=a.example x"@evil.example)',
                "dmarc=fail header.from=a.example",
            ),
            "dmarc=fail",
        ),
    ],
)
def test_what_the_server_found(results: tuple[str, ...], failed: str) -> None:
    message = email.message_from_string(f"Authentication-Results: {checked(*results)}\n\n")
    assert failed_checks(message, "vp@a.example") == failed


def test_only_the_topmost_counts(office: Office) -> None:
    made = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()
    passes = b"Authentication-Results: mx.a.example; dmarc=pass header.from=a.example\r\n"
    fails = b"Authentication-Results: evil.example; dmarc=fail header.from=a.example\r\n"
    office.put("1.eml", passes + fails + made)
    assert findings(office.fetch()) == []
    office.put("2.eml", fails + passes + made.replace(b"<1@", b"<2@"))
    # Just this came before from where it was to be expected.
    assert findings(office.fetch()) == []


def forged(office: Office) -> None:
    made = letter("vp@a.example", ("a.xlsx", office.form)).as_bytes()
    fails = b"Authentication-Results: mx.a.example; dmarc=fail header.from=a.example\r\n"
    office.put("1.eml", fails + made)


def test_a_return_under_a_false_sender_waits_for_a_person(office: Office) -> None:
    forged(office)
    fetched = office.fetch()
    assert (office.status, findings(fetched), office.returns) == (1, [FORGED], [SAVED])
    (words,) = told(fetched, FORGED)
    assert "“vp@a.example”" in words
    assert "“dmarc=fail”" in words
    # Though the address is one of the unit's: everywhere, until somebody says that it is right.
    assert len(office.fetch()["con_phai_hoi_lai"]) == 1
    assert about_senders(consolidated(office)) == [WAITS]
    codes, form = register(office)
    assert (codes, form["chua_xac_nhan"]) == ([WAITS], True)
    (words,) = told(consolidated(office), WAITS)
    assert "máy chủ nhận thư báo không đúng là thư của tên miền này" in words
    assert cchc("so", "xu-ly", office.folder, SAVED, "--dung-nguoi-gui") == 0
    assert about_senders(consolidated(office)) == []
    assert office.fetch()["con_phai_hoi_lai"] == []


def test_a_forged_report_takes_no_letter_back(office: Office) -> None:
    sent(office)
    bounce = report(headers_of(OURS), recipient("p1@a.example"), sender="mailer-daemon@a.example")
    office.put("1.eml", b"Authentication-Results: mx.a.example; spf=fail\n" + bounce)
    assert findings(office.fetch()) == []
    assert state(office)[0].value == "đã gửi"
