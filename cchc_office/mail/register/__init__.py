"""The register: which paper was made, sent or handed over to whom and when, and what came back.

One SQLite file in the campaign folder, `cchc.sqlite`. Times are aware datetimes, kept in UTC.
"""

from cchc_office.mail.register.errors import RegisterError
from cchc_office.mail.register.opening import (
    REGISTER_FILE,
    open_if_writable,
    open_register,
    read_register,
)
from cchc_office.mail.register.store import Register
from cchc_office.mail.register.values import (
    LIVE_STATES,
    Confirmation,
    FetchedFile,
    FetchedMessage,
    FileFate,
    Handover,
    MadePaper,
    MailboxPlace,
    PaperKind,
    ReadReturn,
    Sending,
    SendState,
    digest_of,
)

__all__ = [
    "LIVE_STATES",
    "REGISTER_FILE",
    "Confirmation",
    "FetchedFile",
    "FetchedMessage",
    "FileFate",
    "Handover",
    "MadePaper",
    "MailboxPlace",
    "PaperKind",
    "ReadReturn",
    "Register",
    "RegisterError",
    "SendState",
    "Sending",
    "digest_of",
    "open_if_writable",
    "open_register",
    "read_register",
]
