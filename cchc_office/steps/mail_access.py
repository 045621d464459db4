"""What there is to know of the mail servers before anything goes out or comes in."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.catalogue.findings import Code, Finding, has_errors
from cchc_office.mail.settings import (
    SETTINGS_FILE,
    MailSettings,
    account_name,
    is_password_known,
    read_mail_settings,
)
from cchc_office.steps.mailing import lacking_settings
from cchc_office.steps.opened import Opened


@dataclass(frozen=True)
class MailAccess:
    """How mail goes out, or comes in: the server and the account, each "" where none is named.

    `sender` is in whose name it goes out. `asks_password` tells that nothing on this computer knows
    the account's password, so that somebody will be asked. `findings` are what `thu.toml` lacks.
    """

    server: str = ""
    account: str = ""
    sender: str = ""
    asks_password: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether the settings allow it."""
        return bool(self.server) and not has_errors(self.findings)


def mail_access(opened: Opened, *, incoming: bool = False) -> MailAccess:
    """Tell how mail goes out, or where it comes in; no server is asked."""
    settings, findings = read_mail_settings(opened.folder)
    server = settings.incoming if incoming else settings.outgoing
    if not has_errors(findings):
        findings = (*findings, *(_not_named(settings) if incoming else lacking_settings(settings)))
    return MailAccess(
        server=server.place if server else "",
        account=account_name(server) if server and server.user else "",
        sender=_shown(settings),
        asks_password=bool(server and not is_password_known(server)),
        findings=findings,
    )


def _not_named(settings: MailSettings) -> tuple[Finding, ...]:
    if settings.incoming:
        return ()
    return (Finding(Code.MAILBOX_NOT_NAMED, SETTINGS_FILE),)


def _shown(settings: MailSettings) -> str:
    sender = settings.sender
    if sender is None:
        return ""
    return f"{sender.name} <{sender.address}>" if sender.name else sender.address
