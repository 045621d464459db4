"""An office whose papers go out by mail, and a server that takes them."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.register import Sending, read_register

from .calls import cchc
from .messages import campaign_in
from .smtp_servers import PASSWORD, USER, Behaviour, Certificates, certificates, smtp_server
from .smtp_servers import Mailbox as ServerMailbox

Shown = pytest.CaptureFixture[str]

CODES = ["P1", "P2", "TTra", "VP"]

IN_TIME = ("--ngay", "15/11/2024")
"""A day before all is due, so that what the day brings is not among what is found."""


class Office:
    """A campaign folder with its output, and the commands over it."""

    def __init__(self, root: Path, capsys: Shown) -> None:
        self.folder, self.output, self._capsys = root / "dot", root / "ra", capsys
        self.campaign = campaign_in(self.folder)

    def make(self, *commands: str) -> None:
        for command in commands or ("cong-van", "phieu-cham"):
            assert cchc(command, self.folder, "-o", self.output) in (0, 1)

    def gui(self, *options: str, kind: str = "cong-van") -> tuple[int, dict[str, Any]]:
        self._capsys.readouterr()
        status = cchc(
            "gui", self.folder, "-o", self.output, "--loai", kind, "--json", *IN_TIME, *options
        )
        return status, json.loads(self._capsys.readouterr().out)

    def said(self, *options: str, kind: str = "cong-van") -> tuple[int, str]:
        self._capsys.readouterr()
        status = cchc("gui", self.folder, "-o", self.output, "--loai", kind, *IN_TIME, *options)
        shown = self._capsys.readouterr()
        return status, shown.out + shown.err

    def draft(self, unit: str, kind: str = "cong-van", ending: str = "") -> EmailMessage:
        path = self.output / "thu" / kind / f"CCHC-2024-{unit}{ending}.eml"
        return parsed(path.read_bytes())

    def paper(self, unit: str, folder: str = "cong-van", ending: str = ".docx") -> Path:
        return self.output / folder / f"CCHC-2024-{unit}{ending}"

    def settings(self, text: str) -> None:
        (self.folder / "thu.toml").write_text(text, encoding="utf-8")

    def sendings(self) -> tuple[Sending, ...]:
        register = read_register(self.folder, self.campaign.id)
        if register is None:
            return ()
        with register:
            return register.sendings()


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def found(whole: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f["ma"], f["don_vi"]) for f in whole["phat_hien"]]


def units(whole: dict[str, Any]) -> list[str]:
    return sorted(message["don_vi"] for message in whole["thu"])


@pytest.fixture
def office(tmp_path: Path, capsys: Shown) -> Office:
    return Office(tmp_path, capsys)


@pytest.fixture
def made(office: Office) -> Office:
    office.make()
    return office


def type_email(folder: Path, unit: str, address: str) -> None:
    path = folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Đơn vị"]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == unit)
    sheet.cell(row, 6).value = address
    book.save(path)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def box(
    made: Office, own: Certificates, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ServerMailbox]:
    """Let a server run that the office's settings name; give what it takes."""
    monkeypatch.setenv("CCHC_MAT_KHAU_THU", PASSWORD)
    shutil.copyfile(own.file, made.folder / "ca.pem")
    with smtp_server(own, behaviour) as (server, taken):
        made.settings(
            f'nguoi_gui = "{USER}"\n[gui]\nmay_chu = "{server.host}"\ncong = {server.port}\n'
            f'nguoi_dung = "{USER}"\ntep_chung_chi = "ca.pem"\nnhip_moi_phut = 100000\n'
        )
        yield taken


def to_units(box: ServerMailbox) -> list[str]:
    return sorted(addresses[0].partition("@")[0].casefold() for addresses in box.addresses)
