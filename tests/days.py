"""The days on which the tests take place."""

import datetime as dt

from cchc_office.text.vietnamese import VIETNAM

BEFORE_DEADLINE = dt.date(2024, 11, 20)
AFTER_DEADLINE = dt.date(2024, 12, 5)


def at_noon(day: dt.date) -> dt.datetime:
    """Return the noon of a day where the office is."""
    return dt.datetime.combine(day, dt.time(12), VIETNAM)
