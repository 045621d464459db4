"""The register: which paper was made, sent or handed over to whom and when, and what came back.

One SQLite file in the campaign folder, `cchc.sqlite`. Times are aware datetimes, kept in UTC.
"""

from cchc_office.register.copies import COPIES_FOLDER, MARK, SentCopies, mark_of
from cchc_office.register.errors import DamagedRegisterError, RegisterError
from cchc_office.register.journal import JOURNAL_FILE
from cchc_office.register.opening import (
    REGISTER_FILE,
    open_if_writable,
    open_register,
    read_register,
)
from cchc_office.register.rebuilding import rebuild_register
from cchc_office.register.store import Register
from cchc_office.register.values import (
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
    "COPIES_FOLDER",
    "JOURNAL_FILE",
    "LIVE_STATES",
    "MARK",
    "REGISTER_FILE",
    "Confirmation",
    "DamagedRegisterError",
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
    "SentCopies",
    "digest_of",
    "mark_of",
    "open_if_writable",
    "open_register",
    "read_register",
    "rebuild_register",
]
