"""The register: which paper was made, sent or handed over to whom and when, and what came back.

One SQLite file in the campaign folder, `cchc.sqlite`. Times are aware datetimes, kept in UTC.
"""

from cchc_office.register.database import *
from cchc_office.register.opening import *
from cchc_office.register.sent_copies import *
from cchc_office.register.store import *
from cchc_office.register.trail import *
from cchc_office.register.values import *
