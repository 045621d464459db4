"""The password of a mail account: from the environment, the keyring or the clerk, kept nowhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from cchc_office.mail.settings import Server

PASSWORD_VARIABLE = "CCHC_MAT_KHAU_THU"  # noqa: S105 - the name of a variable
KEYRING_SERVICE = "cchc-office"


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, shown nowhere: not in a repr, not in a log, not in an error."""

    value: str = field(repr=False)


def account_name(server: Server) -> str:
    """Return the name under which the keyring keeps the password of this account."""
    return f"{server.user}@{server.host}" if "@" not in server.user else server.user


def find_password(server: Server, ask: Callable[[str], str]) -> Secret | None:
    """Return the account's password; None where the server is used without logging in.

    `ask` is called with the account's name where neither the environment nor the keyring has it.
    """
    if not server.user:
        return None
    name = account_name(server)
    known = os.environ.get(PASSWORD_VARIABLE) or _from_keyring(name)
    return Secret(known or ask(name))


def _from_keyring(name: str) -> str | None:
    """Return what the system's keyring holds; a keyring that cannot be asked holds nothing."""
    try:
        import keyring

        return keyring.get_password(KEYRING_SERVICE, name)
    except Exception:
        return None
