"""The job of trying the mail servers: connecting and logging in, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from cchc_office.catalogue.findings import Code, Finding, has_errors
from cchc_office.mail.connecting import CannotConnectError, connect
from cchc_office.mail.mailbox import open_mailbox
from cchc_office.mail.settings import Server, find_password, read_mail_settings
from cchc_office.steps.brought_back import BroughtBack
from cchc_office.steps.mail_access import mail_access
from cchc_office.steps.opened import Opened, password_of


@dataclass(frozen=True, kw_only=True, repr=False)
class MailTried(BroughtBack):
    """Whether a server of `thu.toml` lets the office in: `server` is "" where it does not.

    `incoming` tells that it is the one that keeps what comes in, `user` who logs in, "" for nobody.
    """

    incoming: bool = False
    server: str = ""
    user: str = ""

    @property
    def came_out(self) -> bool:
        """Whether it does."""
        return bool(self.server)

    @property
    def words(self) -> str:
        """Where somebody was let in."""
        kind = "nhận" if self.incoming else "gửi"
        if not self.server:
            return f"chưa nối được với máy chủ {kind} thư"
        place = f"máy chủ {kind} thư {self.server}"
        if not self.user:
            return f"đã nối được với {place}, không đăng nhập"
        return f"đã nối, đăng nhập được vào {place}"


def try_mail(opened: Opened, *, incoming: bool = False) -> MailTried:
    """Connect to the server and log in, if anybody does.

    Raises CchcError where nobody tells the password, and MailboxError for what is wrong with the
    mailbox.
    """
    access = mail_access(opened, incoming=incoming)
    settings, _ = read_mail_settings(opened.folder)
    server = settings.incoming if incoming else settings.outgoing
    findings = access.findings
    if server is None or has_errors(findings):
        return MailTried(campaign=opened.campaign, findings=findings, incoming=incoming)
    sender = settings.sender.domain if settings.sender else ""
    if problem := _problem(opened, server, sender):
        return MailTried(campaign=opened.campaign, findings=(*findings, problem), incoming=incoming)
    return MailTried(
        campaign=opened.campaign,
        findings=findings,
        incoming=incoming,
        server=server.place,
        user=server.user,
    )


def _problem(opened: Opened, server: Server, own_name: str) -> Finding | None:
    """Return why the server cannot be used, None where it can."""
    secret = find_password(server, partial(password_of, opened))
    try:
        if server.part == "nhan":
            with open_mailbox(server, secret):
                return None
        connection = connect(server, secret, own_name or "localhost")
        connection.close()
    except CannotConnectError as error:
        return Finding(Code.MAIL_NOT_CONNECTED, found=error.why, expected=error.what_to_do)
    return None
