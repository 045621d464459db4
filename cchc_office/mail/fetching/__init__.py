"""Fetching what comes back: from a mailbox or a folder of messages into the folder of returns."""

from cchc_office.mail.fetching.bounces import *
from cchc_office.mail.fetching.evidence_folders import *
from cchc_office.mail.fetching.fetching import *
from cchc_office.mail.fetching.incoming import *
from cchc_office.mail.fetching.known import *
from cchc_office.mail.fetching.mailbox import *
from cchc_office.mail.fetching.message_folder import *
from cchc_office.mail.fetching.returns_folder import *
from cchc_office.mail.fetching.taking import *
