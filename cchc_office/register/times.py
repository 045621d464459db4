"""Times as the register keeps them: UTC, to the second."""

from __future__ import annotations

import datetime as dt

from cchc_office.text.vietnamese import VIETNAM


def text_of(time: dt.datetime) -> str:
    """Return a time as it is kept: UTC, to the second. Raises ValueError for a naive time."""
    if time.tzinfo is None:
        raise ValueError("a time without its zone cannot be recorded")
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text_or_none(time: dt.datetime | None) -> str | None:
    """Return a time as it is kept; the naive time of a document is that of the office."""
    if time is None:
        return None
    return text_of(time if time.tzinfo else time.replace(tzinfo=VIETNAM))


def time_of(text: str) -> dt.datetime:
    """Return the time that is kept. Raises ValueError for what is none."""
    return dt.datetime.fromisoformat(text)


def time_or_none(text: str | None) -> dt.datetime | None:
    """Return the time that is kept, if one is."""
    return time_of(text) if text else None
