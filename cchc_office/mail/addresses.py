"""Addresses and header texts: what may stand in a message, and what never may."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address

from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.vietnamese import clean_line

_LONGEST = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True)
class SenderAddress:
    """Who sends: a plain address, and the name shown beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


def is_host(text: str) -> bool:
    """Tell whether `text` can be the name or the number of a server, and nothing besides."""
    return len(text) <= _LONGEST and bool(_HOST.fullmatch(text))


def read_mailbox(text: str) -> SenderAddress | None:
    """Return the one sender that "Tên <dia-chi@co-quan.vn>" names; None where it is not just one.

    A comma in the name needs no quotes, as clerks write it; an address in it does not pass.
    """
    if any(unicodedata.category(c).startswith("C") for c in text):
        return None
    name, bracket, rest = text.strip().partition("<")
    address = rest.removesuffix(">") if bracket else name
    name = name.strip().strip('"') if bracket else ""
    if "@" in name or (bracket and not rest.endswith(">")) or what_is_wrong(address):
        return None
    return SenderAddress(address, header_text(name))


def header_text(text: str) -> str:
    """Return a text that may stand in a header: one line, nothing invisible."""
    shown = "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)
    return clean_line(shown)


def header_address(mailbox: SenderAddress) -> Address:
    """Return an address as messages hold it. Raises ValueError where it may not stand there."""
    if what_is_wrong(mailbox.address):
        raise ValueError(mailbox.address)
    return Address(header_text(mailbox.name), addr_spec=mailbox.address)
