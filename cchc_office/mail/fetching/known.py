"""What was fetched before: by it a message is taken in once, however often it is met."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from cchc_office.catalogue.findings import Code
from cchc_office.mail.fetching.incoming import Head
from cchc_office.register import FetchedFile, FetchedMessage, FileFate

_TAKEN = (FileFate.SAVED, FileFate.ALREADY_THERE, FileFate.EVIDENCE)
_LOCKED = frozenset(
    code.slug
    for code in (
        Code.PASSWORD_PROTECTED,
        Code.WRONG_PASSWORD,
        Code.LOCK_UNKNOWN,
        Code.LOCKS_TAKE_LONG,
        Code.ARCHIVE_LOCKED,
        Code.ARCHIVE_WRONG_PASSWORD,
    )
)


class Known:
    """The messages that were taken in, those of this run too."""

    def __init__(
        self,
        messages: Iterable[FetchedMessage] = (),
        *,
        confirmed: Iterable[str] = (),
        again: bool = False,
        with_passwords: bool = False,
    ) -> None:
        """Take what the register has; `confirmed` are the digests that a person vouched for.

        With `again`, earlier messages in which something was no return or could not be read are
        looked at again; with passwords, those with something locked.
        """
        self._messages = {m.key: m for m in messages}
        self._again = again
        self._with_passwords = with_passwords
        self._done: set[str] = set()
        self._confirmed = {d for m in self._messages.values() for d in _undoubted(m)}
        self._confirmed.update(confirmed)

    def key_of(self, head: Head) -> str:
        """Return the key of a message; one whose Message-ID another one has gets its own."""
        earlier = self._messages.get(head.key)
        if earlier is None or _is_same(earlier, head):
            return head.key
        told = f"{head.sender}\n{head.sent}\n{head.subject}\n{head.size}"
        return f"{head.key} {hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:12]}"

    def is_done(self, key: str) -> bool:
        """Tell whether there is nothing to do about the message any more."""
        earlier = self._messages.get(key)
        if earlier is None:
            return False
        if key in self._done:
            return True
        if self._again and any(map(_is_open, earlier.files)):
            return False
        return not (self._with_passwords and any(f.finding in _LOCKED for f in earlier.files))

    def saved_from(self, key: str) -> dict[str, FetchedFile]:
        """Return what was saved of a message before, by the digest of its content."""
        earlier = self._messages.get(key)
        return {f.digest: f for f in earlier.files if f.is_return} if earlier else {}

    def evidence_from(self, key: str) -> set[str]:
        """Return the digests of what was kept of a message as evidence before."""
        earlier = self._messages.get(key)
        files = earlier.files if earlier else ()
        return {f.digest for f in files if f.fate is FileFate.EVIDENCE}

    def is_confirmed(self, digest: str) -> bool:
        """Tell whether just this came before, from where it was to be expected."""
        return digest in self._confirmed

    def doubted(self) -> Iterator[tuple[FetchedMessage, FetchedFile]]:
        """Yield what earlier runs saved, but did not come from where it was to be expected."""
        for message in self._messages.values():
            for file in message.files:
                doubted = file.is_return and file.finding and file.digest not in self._confirmed
                if doubted and message.key not in self._done:
                    yield message, file

    def add(self, message: FetchedMessage) -> None:
        """Remember a message that was taken in."""
        self._messages[message.key] = message
        self._done.add(message.key)
        self._confirmed |= _undoubted(message)


def _is_open(file: FetchedFile) -> bool:
    """Tell whether a file may still turn out to be a return."""
    return file.fate not in _TAKEN or (file.fate is FileFate.EVIDENCE and bool(file.finding))


def _undoubted(message: FetchedMessage) -> set[str]:
    return {f.digest for f in message.files if f.is_return and f.unit and not f.finding}


def _is_same(earlier: FetchedMessage, head: Head) -> bool:
    """Tell whether two messages of one Message-ID are one: some programs use an id twice.

    A filter may deliver a message without its file first and whole later. Beside one that brought a
    return the size does not matter: the same message in a file has other ends of lines.
    """
    sent = head.sent.replace(microsecond=0) if head.sent else None
    if (earlier.sender, earlier.subject, earlier.sent) != (head.sender, head.subject, sent):
        return False
    return earlier.size in (0, head.size) or any(f.saved_as for f in earlier.files)
