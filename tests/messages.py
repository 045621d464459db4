"""Messages as units and their programs write them, made in code."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.form.writer import build_form

from .sheets import campaign_file, fill_form

DATE = "Mon, 25 Nov 2024 08:00:00 +0700"

UNITS = """
Mã   | Tên đơn vị    | Tên gọi khác | Nhóm                                    | Thủ trưởng | Email          | Email đồng gửi
VP   | Văn phòng Sở  | Văn phòng    | các phòng, đơn vị                       |            | VP@a.example   | cvp@a.example
TTra | Thanh tra Sở  | Thanh tra    | các phòng, đơn vị                       |            | ttra@a.example |
P1   | Phòng Một     |              | các phòng chuyên môn; các phòng, đơn vị |            | p1@a.example   |
P2   | Phòng Hai     |              | các phòng chuyên môn; các phòng, đơn vị |            | p2@a.example   |
"""


def campaign_in(folder: Path) -> Campaign:
    """Make a campaign folder; return its campaign."""
    return load_campaign(campaign_file(folder, units=UNITS))


def filled_form(campaign: Campaign, unit: str, folder: Path, score: float = 1) -> bytes:
    """Return the form of a unit with its first score filled in."""
    path = folder / f"{unit}-{score}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_form(campaign, campaign.unit(unit), DEFAULT_PROFILE))
    codes = {"VP": "1.1.1", "TTra": "1.2", "P1": "1.3", "P2": "1.3"}
    fill_form(path, {codes[unit]: {"score": score, "evidence": "Báo cáo (số liệu minh họa)"}})
    return path.read_bytes()


def letter(
    sender: str = "Văn phòng Sở <vp@a.example>",
    *files: tuple[str, bytes],
    key: str = "<1@a.example>",
    subject: str = "Phiếu tự chấm điểm",
    date: str = DATE,
    text: str = "Kính gửi phiếu (số liệu minh họa).",
) -> EmailMessage:
    """Return a message as most programs write it; names that are not ASCII go by RFC 2231."""
    message = EmailMessage(policy=SMTP)
    for name, value in (
        ("From", sender),
        ("To", "van-phong@a.example"),
        ("Subject", subject),
        ("Date", date),
        ("Message-ID", key),
    ):
        if value:
            message[name] = value
    message.set_content(text)
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message


def raw_letter(headers: str, name: bytes, content: bytes, sender: bytes = b"vp@a.example") -> bytes:
    """Return a message written by hand: the attachment's header is `name` as it stands."""
    return b"".join(
        (
            headers.encode(),
            b"From: " + sender + b"\r\n",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
            b"--x\r\nContent-Type: text/plain\r\n\r\nphieu\r\n",
            b"--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n",
            b"Content-Disposition: attachment; filename=" + name + b"\r\n\r\n",
            base64.encodebytes(content).replace(b"\n", b"\r\n"),
            b"--x--\r\n",
        )
    )
