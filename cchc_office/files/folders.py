"""Looking into folders: what is there, and what could not be looked at.

`Path.rglob`, `exists` and `is_file` take what the system refuses for what is not there. Where
somebody's return is looked for the two differ: of a folder that cannot be read nobody knows what
it holds.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import NotSeenError, reason_of
from cchc_office.files.being_there import is_there, look
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import composed

_LEFT_BY_SYSTEMS = frozenset(
    (
        "thumbs.db",
        "desktop.ini",
        "icon\r",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "__macosx",
    )
)
_MOST_NAMED = 4
_BROKEN_LINK = "liên kết hỏng, nơi nó dẫn đến không còn"
_LINK_UPWARD = "liên kết dẫn ngược lên thư mục chứa nó"
_NEITHER = "không phải là tệp hay thư mục"


@dataclass(frozen=True, slots=True)
class Unseen:
    """What could not be looked at, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Listing:
    """The files in `folder` by name, the folders in it, what of it could not be looked at."""

    folder: Path
    files: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    unseen: tuple[Unseen, ...] = ()

    def whole(self) -> tuple[Path, ...]:
        """Return the files. Raises NotSeenError where they may not be all."""
        if self.unseen:
            raise NotSeenError(f"Không xem được hết {self.folder}: {in_words(self.unseen)}.")
        return self.files


def not_read(listing: Listing) -> tuple[Finding, ...]:
    """Return a finding for each thing that could not be looked at, by its name in the folder."""
    folder = listing.folder
    return tuple(
        Finding(
            Code.FOLDER_NOT_READ,
            label(one.path.relative_to(folder)) if one.path != folder else folder.name,
            found=one.reason,
        )
        for one in listing.unseen
    )


def in_words(unseen: tuple[Unseen, ...]) -> str:
    """Return what could not be looked at, and why, on one line."""
    return some_of([f"{one.path} ({one.reason})" for one in unseen], _MOST_NAMED, "chỗ")


def is_left_behind(name: str) -> bool:
    """Tell whether a file or folder is what Office and systems leave beside people's files."""
    *folders, last = name.replace("\\", "/").lower().split("/")
    return (
        last.startswith(("~$", "."))
        or last in _LEFT_BY_SYSTEMS
        or not _LEFT_BY_SYSTEMS.isdisjoint(folders)
    )


def label(path: Path) -> str:
    """Return a file's name for people and links: in NFC, its spaces kept, on one line."""
    return printable(path.as_posix())


def printable(text: str) -> str:
    """Return `text` in NFC without what has no place on a line."""
    return "".join(c for c in composed(text) if c.isprintable())


def is_file_there(path: Path) -> bool:
    """Tell whether there is a file at `path`.

    Raises NotSeenError where that cannot be told, or where something else has its name.
    """
    try:
        status = look(path)
    except OSError as error:
        raise NotSeenError(f"Không xem được {path}: {_why(error, path)}.") from error
    if status is None:
        return False
    if not stat.S_ISREG(status.st_mode):
        raise NotSeenError(f"{path} phải là một tệp, nhưng ở đó là một thư mục hoặc thiết bị.")
    return True


def list_folder(folder: Path, *, below: bool = True) -> Listing:
    """Return the files in `folder` and (`below`) in its folders, linked ones too, each once.

    What systems leave is passed over. A folder that is not there holds nothing; whatever cannot
    be listed, and a link that leads nowhere or up to a folder around this one, is in `unseen`.
    """
    try:
        if not is_there(folder):
            return Listing(folder)
    except OSError as error:
        return Listing(folder, unseen=(Unseen(folder, _why(error, folder)),))
    walk = _Walk(folder)
    place = walk.next_folder()
    while place:
        walk.enter(place)
        place = walk.next_folder() if below else None
    files = sorted(walk.files, key=lambda path: label(path.relative_to(folder)))
    return Listing(folder, tuple(files), tuple(walk.folders), tuple(walk.unseen))


class _Walk:
    """A way through folders: the real ones first, so that a file's name is that of its place."""

    def __init__(self, folder: Path) -> None:
        self.files: list[Path] = []
        self.folders: list[Path] = []
        self.unseen: list[Unseen] = []
        self._above = Path(os.path.realpath(folder)).parents
        self._entered: set[str] = set()
        self._real, self._linked = deque([folder]), deque[Path]()

    def next_folder(self) -> Path | None:
        """Return a folder that was not entered yet."""
        while waiting := self._real or self._linked:
            place = waiting.popleft()
            real = os.path.realpath(place)
            if Path(real) in self._above:
                self.unseen.append(Unseen(place, _LINK_UPWARD))
            elif real not in self._entered:
                self._entered.add(real)
                return place
        return None

    def enter(self, place: Path) -> None:
        """Take note of what is in a folder."""
        try:
            with os.scandir(place) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.unseen.append(Unseen(place, _why(error, place)))
            return
        for entry in inside:
            if not is_left_behind(entry.name):
                self._take(place / entry.name, entry)

    def _take(self, path: Path, entry: os.DirEntry[str]) -> None:
        try:
            if entry.is_dir():
                self.folders.append(path)
                (self._linked if entry.is_symlink() else self._real).append(path)
            elif entry.is_file():
                self.files.append(path)
            else:
                entry.stat()
                self.unseen.append(Unseen(path, _NEITHER))
        except OSError as error:
            self.unseen.append(Unseen(path, _why(error, path)))


def _why(error: OSError, path: Path) -> str:
    if error.errno == errno.ENOENT and path.is_symlink():
        return _BROKEN_LINK
    return reason_of(error)
