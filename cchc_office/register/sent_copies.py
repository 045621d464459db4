"""The copies of messages that went out, in the folder of mail.

A copy of each message is on the disk before it can arrive, as `….dang-gui.eml`; once the server
took it it is `….eml`. A header in it tells what the register would, should that be lost.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.parser
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from cchc_office.files.being_there import is_there
from cchc_office.files.folders import list_folder
from cchc_office.files.whole_writing import move_patiently, write_whole
from cchc_office.papers.kinds import PaperKind, kind_of
from cchc_office.register.values import Sending, SendState

COPIES_FOLDER = "da-gui"
"""Below the folder of mail, with one folder for each kind."""

MARK = "X-CCHC"

_ON_ITS_WAY, _TAKEN = ".dang-gui.eml", ".eml"
_LONGEST_HEAD = 64 * 1024


@dataclass(frozen=True)
class SentCopies:
    """The copies of one kind, in `folder`."""

    folder: Path

    def check(self) -> None:
        """Raise OSError where no copy can be written."""
        probe = self.folder / ".cchc-thu.tmp"
        write_whole(probe, b"", durable=True)
        probe.unlink()

    def begin(self, name: str, message_id: str, content: bytes) -> None:
        """Keep a message that is about to go out; on the disk when this returns. Raises OSError."""
        write_whole(self.place_of(name, message_id, _ON_ITS_WAY), content, durable=True)

    def taken(self, name: str, message_id: str) -> None:
        """Note that the server took it; raises OSError."""
        source = self.place_of(name, message_id, _ON_ITS_WAY)
        move_patiently(source, self.place_of(name, message_id))

    def drop(self, name: str, message_id: str) -> None:
        """Take away the copy of what did not go out, if that can be done."""
        with contextlib.suppress(OSError):
            self.place_of(name, message_id, _ON_ITS_WAY).unlink(missing_ok=True)

    def place_of(self, name: str, message_id: str, ending: str = _TAKEN) -> Path:
        """Return where the copy of a message lies, or may: that of another one is not written over.

        It is that of one which the server took, unless the `ending` is another one's.
        """
        for number in count(1):
            place = self.folder / f"{name}{f' ({number})' if number > 1 else ''}{ending}"
            if not is_there(place) or _head(place)["Message-ID"] == message_id:
                return place
        raise AssertionError


def mark_of(
    campaign: str, kind: PaperKind, unit: str, reminder: int, again: int, digest: str
) -> str:
    """Return the header by which a message is known without the register; `Sending` has words."""
    return (
        f"dot={campaign}; loai={kind.key}; don-vi={unit}; lan={reminder}; gui-lai={again}; "
        f"van-ban={digest}"
    )


def told_by_copies(mail_folder: Path, campaign: str) -> Iterator[Sending]:
    """Yield what the copies below the folder of mail tell.

    Raises NotSeenError, OSError where some of it cannot be looked at.
    """
    for path in list_folder(mail_folder / COPIES_FOLDER).whole():
        if path.suffix != _TAKEN:
            continue
        head = _head(path)
        when = dt.datetime.fromtimestamp(int(path.stat().st_mtime), dt.UTC)
        # Somebody may have put a message of his own there.
        with contextlib.suppress(ValueError, KeyError):
            sending = _told(head, campaign, when, is_taken=not path.name.endswith(_ON_ITS_WAY))
            if sending:
                yield sending


def _told(
    head: EmailMessage, campaign: str, when: dt.datetime, *, is_taken: bool
) -> Sending | None:
    cells = (cell.partition("=") for cell in str(head[MARK] or "").split(";"))
    mark = {name.strip(): value.strip() for name, _, value in cells}
    if mark.get("dot") != campaign or not head["Message-ID"]:
        return None
    return Sending(
        str(head["Message-ID"]),
        mark["don-vi"],
        kind_of(mark["loai"]),
        mark["van-ban"],
        tuple(a.addr_spec for name in ("To", "Cc") if head[name] for a in head[name].addresses),
        when,
        SendState.SENT if is_taken else SendState.INTENDED,
        int(mark["lan"]),
        when if is_taken else None,
        "theo bản sao thư" if is_taken else "",
        again=int(mark["gui-lai"]),
    )


def _head(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        content = file.read(_LONGEST_HEAD)
    whole = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    parser = email.parser.BytesParser(EmailMessage, policy=email.policy.default)
    return parser.parsebytes(whole, headersonly=True)
