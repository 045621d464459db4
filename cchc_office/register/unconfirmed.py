"""Files that came by mail from somebody whom nobody has confirmed yet, as the register knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Code
from cchc_office.files.folders import label, list_folder
from cchc_office.model import Campaign
from cchc_office.register import FetchedFile, FetchedMessage, Register, digest_of

NOBODY_KNOWN = "người không rõ địa chỉ"
FORGED = " (máy chủ nhận thư báo không đúng là thư của tên miền này)"
_NOT_AUTHENTIC = Code.SENDER_NOT_AUTHENTIC.slug


@dataclass(frozen=True, slots=True)
class UnconfirmedFile:
    """A file whose sender is not known to be its unit: whom its message names, where it was saved.

    `unit` is empty for a workbook of the reviewers.
    """

    digest: str
    unit: str
    sender: str
    saved_as: str
    is_forged: bool = False
    """Whether the receiving server found that the sender's domain did not send it."""

    @property
    def who(self) -> str:
        """The sender, in words."""
        return f"{self.sender}{FORGED if self.is_forged else ''}"


class UnconfirmedFiles:
    """What still waits for a person's word.

    That is over when a person gives it, when the address is one of the unit's (and it is not known
    to be forged), or when the unit sends the same itself.
    """

    def __init__(self, register: Register | None, campaign: Campaign) -> None:
        """Take everything out of the register at once; None is one without anything in it."""
        taken = list(_taken(register.messages())) if register else []
        settled = {c.digest for c in register.confirmations()} if register else set()
        settled |= {f.digest for m, f in taken if not is_doubted(campaign, m, f)}
        open_ = [
            UnconfirmedFile(
                file.digest,
                file.unit,
                message.sender or NOBODY_KNOWN,
                file.saved_as,
                file.finding == _NOT_AUTHENTIC,
            )
            for message, file in taken
            if file.digest not in settled
        ]
        self._settled = settled
        self._by_digest = {doubt.digest: doubt for doubt in open_}
        self._by_name = {doubt.saved_as: doubt for doubt in open_}

    def in_folder(self, folder: Path) -> dict[str, UnconfirmedFile]:
        """Return the files in the folder of returns that are doubted, by the names they go by.

        A file is known by its content, or by the name that it was saved under: a clerk may have
        opened and saved it. What of the folder cannot be looked at is passed over.
        """
        if not self._by_digest:
            return {}
        found: dict[str, UnconfirmedFile] = {}
        for path in list_folder(folder).files:
            name = label(path.relative_to(folder))
            if doubt := self._of(name, path):
                found[name] = doubt
        return found

    def _of(self, name: str, path: Path) -> UnconfirmedFile | None:
        try:
            digest = digest_of(path.read_bytes())
        except OSError:
            return self._by_name.get(name)
        if digest in self._settled:
            return None
        return self._by_digest.get(digest) or self._by_name.get(name)


def _taken(messages: Iterable[FetchedMessage]) -> Iterable[tuple[FetchedMessage, FetchedFile]]:
    return ((message, file) for message in messages for file in message.files if file.is_return)


def is_doubted(campaign: Campaign, message: FetchedMessage, file: FetchedFile) -> bool:
    """Tell whether a file that was saved did not come from where it was to be expected."""
    if file.finding == _NOT_AUTHENTIC:
        return True
    unit = campaign.find_unit(file.unit) if file.unit else None
    return bool(file.finding) and not (unit and unit.has_address(message.sender))
