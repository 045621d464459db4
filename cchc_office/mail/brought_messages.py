"""Messages that were brought as files and lie whole among the returns: from whom their forms came.

What is fetched is taken out of its message, and the register knows the sender. Of a message that
was brought the register keeps the same, so that a stranger's form waits for a person's word
whichever way it came. One that somebody copied into the folder is looked at where it lies: it
waits too, though nothing is recorded by looking. One that is packed in an archive waits likewise.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import IO

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.file_kind import HEAD_BYTES, FileKind, kind_of
from cchc_office.files.folders import label, list_folder
from cchc_office.files.limits import MOST_CONTAINER_BYTES
from cchc_office.files.output_folder import digest_of
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.mail.incoming import Head, Incoming, message_from, messages_in
from cchc_office.mail.intake import recording
from cchc_office.mail.known_messages import LOCKED, SeenMessages
from cchc_office.mail.senders import sender_findings, units_of
from cchc_office.model import INSIDE, Campaign
from cchc_office.register import FetchedFile, FetchedMessage, FileFate, Register
from cchc_office.returns import SourceFile, read_source
from cchc_office.returns.containers import (
    Allowance,
    WrappedFile,
    archive_files,
    holds_peoples_files,
    open_archive,
)
from cchc_office.returns.sources import sources_in_message


@dataclass(frozen=True)
class _Form:
    """A form in a message: its content's digest, and what is doubtful of who sent it."""

    head: Head
    file: FetchedFile
    digest: str = ""
    doubts: tuple[Finding, ...] = ()


_Forms = tuple[_Form, ...]


class LookedInto:
    """What messages in the folder were found to hold, for who looks again and again."""

    _MOST = 1_000

    def __init__(self) -> None:
        """Begin with nothing looked into."""
        self._known: OrderedDict[object, _Forms] = OrderedDict()

    def find(self, key: object) -> _Forms | None:
        """Return what was found, None where nobody looked."""
        return self._known.get(key)

    def keep(self, key: object, forms: _Forms) -> _Forms:
        """Keep what was found; the oldest is forgotten where it is too much."""
        self._known[key] = forms
        while len(self._known) > self._MOST:
            self._known.popitem(last=False)
        return forms


_looked_into = LookedInto()


@dataclass(frozen=True)
class BroughtMessages:
    """Tells, and records, who sent the messages in files of the folder of returns.

    `passwords` are tried on locked workbooks. Without a register nothing is known before.
    """

    campaign: Campaign
    folder: Path
    register: Register | None
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def record(self, path: Path) -> tuple[Finding, ...]:
        """Record the messages in a file that hold forms; return what is doubtful of their senders.

        The file stands for all that is in it: where one of its forms is doubted, it waits.
        """
        digest, known = digest_of(path.read_bytes()), self._seen()
        forms = [self._said(form, known) for form in self._forms_in(path)]
        for head, file in self._files(forms, path, digest):
            self._keep(known, head, file)
        if known.is_confirmed(digest):
            return ()
        saved_as = label(path.relative_to(self.folder))
        return tuple(replace(d, expected=saved_as) for form in forms for d in form.doubts)

    def copied(self, basis: object) -> tuple[FetchedMessage, ...]:
        """Return the messages in the folder that hold doubted forms, and that nobody recorded.

        They are as they would be recorded. What a message holds is remembered for a `basis`, which
        changes where the campaign or the passwords do.
        """
        known, recorded = self._seen(), self._recorded()
        found: list[FetchedMessage] = []
        for path in list_folder(self.folder).files:
            content = _content(path)
            digest = digest_of(content) if content else ""
            if not digest or digest in recorded:
                continue
            key = basis, digest, label(path.relative_to(self.folder))
            forms = _looked_into.find(key)
            if forms is None:
                forms = _looked_into.keep(key, tuple(self._forms_in(path)))
            said = [self._said(form, known) for form in forms]
            if any(form.file.finding for form in said):
                found += (
                    replace(self._message(known.key_of(head), head), files=(file,))
                    for head, file in self._files(said, path, digest)
                )
        return tuple(found)

    def _seen(self) -> SeenMessages:
        register = self.register
        return SeenMessages(
            register.messages() if register else (),
            confirmed=(c.digest for c in register.confirmations()) if register else (),
        )

    def _recorded(self) -> set[str]:
        messages = self.register.messages() if self.register else ()
        return {file.digest for message in messages for file in message.files}

    def _files(
        self, forms: list[_Form], path: Path, digest: str
    ) -> Iterator[tuple[Head, FetchedFile]]:
        """Yield what the register keeps of a file: of one message with doubted forms, only those.

        Of an archive that is all of them: each came with its own message.
        """
        saved_as, is_archive = label(path.relative_to(self.folder)), _is_archive(path)
        is_doubted = any(form.file.finding for form in forms)
        for form in forms:
            if form.file.finding or is_archive or not is_doubted:
                name = f"{saved_as}{INSIDE}{form.file.name}" if is_archive else form.file.name
                yield form.head, replace(form.file, name=name, digest=digest, saved_as=saved_as)

    def _said(self, form: _Form, known: SeenMessages) -> _Form:
        """Return a form without doubts where just this came from its unit, or was vouched for."""
        if form.digest and known.is_confirmed(form.digest):
            return replace(form, doubts=(), file=replace(form.file, finding=""))
        return form

    def _forms_in(self, path: Path) -> Iterator[_Form]:
        found = self._packed(path) if _is_archive(path) else messages_in(path, self.folder)
        for incoming in found:
            if isinstance(incoming, Incoming):
                yield from self._forms(incoming)

    def _packed(self, path: Path) -> Iterator[Incoming]:
        """Yield the messages in an archive, as far as it can be read."""
        name = label(path.relative_to(self.folder))
        with suppress(OSError), path.open("rb") as file:
            for one in _messages_packed_in(file, self.passwords):
                yield message_from(one.content, f"{name}{INSIDE}{one.name}")

    def _forms(self, incoming: Incoming) -> Iterator[_Form]:
        """Yield each form in a message, and what is doubtful of its sender."""
        head = incoming.head
        is_stranger = not units_of(self.campaign, head.sender)
        for source in sources_in_message(incoming.content(), head.name, self.passwords):
            if isinstance(source, SourceFile):
                yield from self._form(source, head)
            elif is_stranger and isinstance(source, Finding) and source.code in LOCKED:
                # What it is shows with a password, and nobody looks at the sender again then.
                yield _Form(head, _file(source.file, "", Code.SENDER_UNKNOWN.slug))

    def _form(self, source: SourceFile, head: Head) -> Iterator[_Form]:
        read = read_source(source, self.campaign)
        if read.document is None:
            return
        code = getattr(read.document, "unit", "")
        unit = self.campaign.unit(code) if code else None
        doubts = tuple(sender_findings(self.campaign, head, unit, read.file))
        file = _file(source.name, code, doubts[0].code.slug if doubts else "")
        yield _Form(head, file, digest_of(source.locked_content or source.content), doubts)

    def _keep(self, known: SeenMessages, head: Head, file: FetchedFile) -> None:
        if self.register is None:
            raise AssertionError("nothing is recorded where there is no register")
        key = known.key_of(head)
        earlier = next((m for m in self.register.messages() if m.key == key), None)
        message = earlier or self._message(key, head)
        if file not in message.files:
            with recording():
                self.register.record_message(replace(message, files=(*message.files, file)))

    def _message(self, key: str, head: Head) -> FetchedMessage:
        now, place = dt.datetime.now(dt.UTC), self.folder.name
        return FetchedMessage(key, head.sender, now, head.sent, head.subject, place, size=head.size)


def _content(path: Path) -> bytes:
    """Return what is in a file that is one message or may hold some, b"" for any other."""
    try:
        if _is_archive(path):
            return path.read_bytes()
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if head.startswith(_OTHERS) or kind_of(head) is not FileKind.EML:
                return b""
            return head + file.read()
    except OSError:
        return b""


def packs_messages(content: bytes, passwords: tuple[str, ...] = ()) -> bool:
    """Tell whether an archive has a message among its files, as far as it can be read."""
    return next(_messages_packed_in(io.BytesIO(content), passwords), None) is not None


def _messages_packed_in(file: IO[bytes], passwords: tuple[str, ...]) -> Iterator[WrappedFile]:
    with suppress(UnreadableFileError), open_archive(file) as archive:
        for one in archive_files(archive, passwords, Allowance()):
            if not isinstance(one, WrappedFile) or one.is_start:
                continue
            if kind_of(one.content) is FileKind.EML:
                yield one


def _is_archive(path: Path) -> bool:
    """Tell whether a file is an archive of people's files, as no workbook is."""
    with suppress(OSError):
        status = path.stat()
        return _has_peoples_files(path, status.st_mtime_ns, status.st_size)
    return False


@lru_cache(maxsize=10_000)
def _has_peoples_files(path: Path, _mtime: int, size: int) -> bool:
    if size > MOST_CONTAINER_BYTES:
        return False
    with suppress(OSError, UnreadableFileError), path.open("rb") as file:
        if file.read(len(_ARCHIVE)) != _ARCHIVE:
            return False
        with open_archive(file) as archive:
            return holds_peoples_files(archive)
    return False


_ARCHIVE = b"PK"
_OTHERS = (_ARCHIVE, b"\xd0\xcf\x11\xe0", b"%PDF")
"""How most files begin that are no messages."""


def _file(name: str, unit: str, doubt: str) -> FetchedFile:
    own = name.partition(INSIDE)[2] or name
    return FetchedFile(own, FileFate.SAVED, unit=unit, finding=doubt)
