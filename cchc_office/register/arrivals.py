"""When files came: the day of the message that brought one, or on which it was handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cchc_office.files.folders import label, list_folder
from cchc_office.files.output_folder import digest_of
from cchc_office.model import INSIDE, Arrival
from cchc_office.register.store import Register
from cchc_office.text.vietnamese import local_day


class Arrivals:
    """Tells by its content when a file came. Of several days the first counts.

    Of an archive of messages each form came on the day of its own message. Where a person named the
    day, nothing is made of the day on which the file was first read: that clock was wrong, too.
    """

    def __init__(self, register: Register | None) -> None:
        """Take everything out of the register at once; None is one without anything in it."""
        self._by_digest: dict[str, list[_Told]] = {}
        for told in _told(register) if register else ():
            self._by_digest.setdefault(told.digest, []).append(told)

    def of(self, digest: str, file: str) -> Arrival | None:
        """Return when a file came, None where nothing tells.

        It is known by the digest of what lies in the folder, and `file`, its name from there on.
        """
        inner = _blanks_as_one(file.partition(INSIDE)[2])
        told = [t for t in self._by_digest.get(digest, ()) if t.inner in ("", inner)]
        if not told:
            return None
        known = min(one.known for one in told)
        if any(one.is_named for one in told):
            told = [one for one in told if one.is_received]
        day = min(local_day(one.time) for one in told)
        return Arrival(day, any(one.is_received for one in told), known)

    def in_folder(self, folder: Path) -> dict[str, str]:
        """Return the digests of the files in a folder that came some day, by their names.

        What cannot be looked at is passed over.
        """
        if not self._by_digest:
            return {}
        found: dict[str, str] = {}
        for path in list_folder(folder).files:
            with suppress(OSError):
                digest = digest_of(path.read_bytes())
                if digest in self._by_digest:
                    found[label(path.relative_to(folder))] = digest
        return found


@dataclass(frozen=True)
class _Told:
    """A time by which a file was there, and whether it came then, as a person said (`is_named`).

    `known` is when the program got it, by its own clock.
    `inner` names the one form in an archive that this is true of, "" for all that is in it.
    """

    digest: str
    time: dt.datetime
    known: dt.datetime
    is_received: bool
    inner: str = ""
    is_named: bool = False


def _told(register: Register) -> Iterator[_Told]:
    for message in register.messages():
        # A clock that runs ahead does not make a message come after it was fetched.
        sent = min(message.sent, message.fetched) if message.sent else message.fetched
        own = (file for file in message.files if file.digest)
        yield from (
            _Told(f.digest, sent, message.fetched, True, _blanks_as_one(f.packed_as)) for f in own
        )
    for handed in register.received():
        # What is handed over without a word came on the day on which it is recorded.
        is_named = local_day(handed.received) != local_day(handed.recorded)
        yield _Told(handed.digest, handed.received, handed.recorded, True, is_named=is_named)
    yield from (_Told(read.digest, read.read, read.read, False) for read in register.returns())


def _blanks_as_one(name: str) -> str:
    return " ".join(name.split())
