"""When files came: the day of the message that brought one, or on which it was handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cchc_office.files.folders import label, list_folder
from cchc_office.files.output_folder import digest_of
from cchc_office.model import Arrival
from cchc_office.register.store import Register
from cchc_office.text.vietnamese import local_day


class Arrivals:
    """Tells by its content when a file came. Of several days the first counts."""

    def __init__(self, register: Register | None) -> None:
        """Take everything out of the register at once; None is one without anything in it."""
        self._by_digest: dict[str, Arrival] = {}
        for digest, time, is_received in _told(register) if register else ():
            day, known = local_day(time), self._by_digest.get(digest)
            if known:
                day, is_received = min(day, known.day), is_received or known.is_received
            self._by_digest[digest] = Arrival(day, is_received)

    def of(self, digest: str) -> Arrival | None:
        """Return when a file of this digest came, None where nothing tells."""
        return self._by_digest.get(digest)

    def in_folder(self, folder: Path) -> dict[str, Arrival]:
        """Return when the files in a folder came, by the names they go by.

        What cannot be looked at is passed over.
        """
        if not self._by_digest:
            return {}
        found: dict[str, Arrival] = {}
        for path in list_folder(folder).files:
            with suppress(OSError):
                if arrival := self.of(digest_of(path.read_bytes())):
                    found[label(path.relative_to(folder))] = arrival
        return found


def _told(register: Register) -> Iterator[tuple[str, dt.datetime, bool]]:
    """Yield digests, each with a time by which the file was there, and whether it came then."""
    for message in register.messages():
        # A clock that runs ahead does not make a message come after it was fetched.
        sent = min(message.sent, message.fetched) if message.sent else message.fetched
        yield from ((file.digest, sent, True) for file in message.files if file.digest)
    yield from ((handed.digest, handed.received, True) for handed in register.received())
    yield from ((read.digest, read.read, False) for read in register.returns())
