"""A campaign folder beside a folder of messages, and `nhan` run over them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from cchc_office.model import Campaign
from cchc_office.register import FetchedMessage, read_register

from .calls import cchc
from .messages import campaign_in, filled_form

SAVED = "CCHC-2024-VP_2024-11-25.xlsx"


@dataclass
class Office:
    """A campaign folder with a folder of messages, and the command run over them."""

    folder: Path
    inbox: Path
    campaign: Campaign
    form: bytes
    read: Callable[[], str]
    status: int = -1

    def put(self, name: str, message: EmailMessage | bytes) -> None:
        content = message if isinstance(message, bytes) else message.as_bytes()
        self.inbox.mkdir(exist_ok=True)
        (self.inbox / name).write_bytes(content)

    def fetch(self, *options: str | Path) -> dict[str, Any]:
        self.read()
        self.status = cchc("nhan", self.folder, "--tep", self.inbox, "--json", *options)
        whole: dict[str, Any] = json.loads(self.read())
        assert whole["ma_thoat"] == self.status
        return whole

    def fetch_status(self) -> int:
        return cchc("nhan", self.folder, "--tep", self.inbox, "--json")

    @property
    def returns(self) -> list[str]:
        return sorted(p.name for p in (self.folder / "nhan-ve").glob("*"))

    @property
    def messages(self) -> tuple[FetchedMessage, ...]:
        register = read_register(self.folder, self.campaign.id)
        assert register
        with register:
            return register.messages()


def office_in(folder: Path, capture: pytest.CaptureFixture[str]) -> Office:
    """Make the office of a test, with a form of VP filled in."""
    campaign = campaign_in(folder / "dot")
    form = filled_form(campaign, "VP", folder / "don-vi")
    return Office(folder / "dot", folder / "thu", campaign, form, lambda: capture.readouterr().out)


def findings(whole: dict[str, Any]) -> list[str]:
    return [f["ma"] for f in whole["phat_hien"]]


def fates(whole: dict[str, Any]) -> list[list[tuple[str, str, str]]]:
    return [
        [(f["ten"], f["ket_qua"], f["luu_thanh"]) for f in message["tep"]]
        for message in whole["thu"]
    ]
