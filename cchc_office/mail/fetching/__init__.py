"""Fetching what comes back: from a mailbox or a folder of messages into the folder of returns."""

from cchc_office.mail.fetching.bounces import Outgoing
from cchc_office.mail.fetching.evidence_folders import EvidenceFolders
from cchc_office.mail.fetching.fetching import fetch, first_day, left_to_fetch
from cchc_office.mail.fetching.incoming import Head, Incoming, shown_time
from cchc_office.mail.fetching.known import Known
from cchc_office.mail.fetching.mailbox import Mailbox, MailboxError, open_mailbox
from cchc_office.mail.fetching.message_folder import messages_in
from cchc_office.mail.fetching.returns_folder import ReturnsFolder
from cchc_office.mail.fetching.taking import Taken, Taker

__all__ = [
    "EvidenceFolders",
    "Head",
    "Incoming",
    "Known",
    "Mailbox",
    "MailboxError",
    "Outgoing",
    "ReturnsFolder",
    "Taken",
    "Taker",
    "fetch",
    "first_day",
    "left_to_fetch",
    "messages_in",
    "open_mailbox",
    "shown_time",
]
