"""Messages that were brought as files and lie whole among the returns: from whom their forms came.

What is fetched is taken out of its message, and the register knows the sender. Of a message that
was brought the register keeps the same, so that a stranger's form waits for a person's word
whichever way it came.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.folders import label
from cchc_office.files.output_folder import digest_of
from cchc_office.mail.incoming import Head, Incoming, messages_in
from cchc_office.mail.intake import recording
from cchc_office.mail.known_messages import LOCKED, SeenMessages
from cchc_office.mail.senders import sender_findings, units_of
from cchc_office.model import INSIDE, Campaign
from cchc_office.register import FetchedFile, FetchedMessage, FileFate, Register
from cchc_office.returns import SourceFile, read_source
from cchc_office.returns.sources import sources_in_message


@dataclass(frozen=True)
class BroughtMessages:
    """Records who sent the messages in files of the folder of returns.

    `passwords` are tried on locked workbooks.
    """

    campaign: Campaign
    folder: Path
    register: Register
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def record(self, path: Path) -> tuple[Finding, ...]:
        """Record the messages in a file that hold forms; return what is doubtful of their senders.

        The file stands for all that is in it: where one of its forms is doubted, it waits.
        """
        digest, saved_as = digest_of(path.read_bytes()), label(path.relative_to(self.folder))
        known = SeenMessages(
            self.register.messages(),
            confirmed=(confirmed.digest for confirmed in self.register.confirmations()),
        )
        brought = [
            (incoming.head, file, doubts)
            for incoming in messages_in(path, self.folder)
            if isinstance(incoming, Incoming)
            for file, doubts in self._forms(incoming, known)
        ]
        is_doubted = any(file.finding for _, file, _ in brought)
        for head, file, _ in brought:
            if file.finding or not is_doubted:
                self._keep(known, head, replace(file, digest=digest, saved_as=saved_as))
        if known.is_confirmed(digest):
            return ()
        return tuple(replace(d, expected=saved_as) for _, _, doubts in brought for d in doubts)

    def _forms(
        self, incoming: Incoming, known: SeenMessages
    ) -> Iterator[tuple[FetchedFile, list[Finding]]]:
        """Yield each form in a message, and what is doubtful of its sender."""
        head = incoming.head
        is_stranger = not units_of(self.campaign, head.sender)
        for source in sources_in_message(incoming.content(), head.name, self.passwords):
            if isinstance(source, SourceFile):
                yield from self._form(source, head, known)
            elif is_stranger and isinstance(source, Finding) and source.code in LOCKED:
                # What it is shows with a password, and nobody looks at the sender again then.
                yield _file(source.file, "", Code.SENDER_UNKNOWN.slug), []

    def _form(
        self, source: SourceFile, head: Head, known: SeenMessages
    ) -> Iterator[tuple[FetchedFile, list[Finding]]]:
        read = read_source(source, self.campaign)
        if read.document is None:
            return
        code = getattr(read.document, "unit", "")
        unit = self.campaign.unit(code) if code else None
        is_known = known.is_confirmed(digest_of(source.locked_content or source.content))
        doubts = [] if is_known else sender_findings(self.campaign, head, unit, read.file)
        yield _file(source.name, code, doubts[0].code.slug if doubts else ""), doubts

    def _keep(self, known: SeenMessages, head: Head, file: FetchedFile) -> None:
        key, now = known.key_of(head), dt.datetime.now(dt.UTC)
        earlier = next((m for m in self.register.messages() if m.key == key), None)
        message = earlier or FetchedMessage(
            key, head.sender, now, head.sent, head.subject, self.folder.name, size=head.size
        )
        if file not in message.files:
            with recording():
                self.register.record_message(replace(message, files=(*message.files, file)))


def _file(name: str, unit: str, doubt: str) -> FetchedFile:
    own = name.partition(INSIDE)[2] or name
    return FetchedFile(own, FileFate.SAVED, unit=unit, finding=doubt)
