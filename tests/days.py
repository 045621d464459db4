"""The days on which the tests take place."""

import datetime as dt

BEFORE_DEADLINE = dt.date(2024, 11, 20)
AFTER_DEADLINE = dt.date(2024, 12, 5)
