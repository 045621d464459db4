"""What a running page knows: the campaigns that are open, what they were last read as, its runs.

The browser names campaigns and files by ids that were given out here, never by a path.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cchc_office.errors import UsageError
from cchc_office.text.vietnamese import VIETNAM
from cchc_office.web import places
from cchc_office.web.runs import Run, Runs

if TYPE_CHECKING:
    from cchc_office.model import CampaignInfo
    from cchc_office.steps.campaign_folder import CampaignFolder
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.steps.opened import OnProgress
    from cchc_office.steps.presence import Presence
    from cchc_office.steps.values import ReadMemory
    from cchc_office.web.brought import BroughtTables

OUTPUT_FOLDER = "output"
_NOT_WATCHED = (OUTPUT_FOLDER, ".git", "luu-cu")
_COMES_BY_READING = (".khoa", ".giu", ".tmp", "-shm")
"""Endings of files that come, or change, where somebody only looks."""
_LOG_OF_REGISTER = "-wal"
"""Who only reads the register leaves this behind, empty; who writes takes it away again."""
_MOST_FOLDERS = 20_000

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]


class OpenCampaign:
    """A campaign folder that the page works in; its files are read anew when they change.

    `earlier` is the report of an earlier period that a clerk put beside, as long as the page runs.
    `looked_at` is what its files were when they were last read, or tried to be.
    """

    def __init__(self, id_: str, folder: Path, day: dt.date | None = None) -> None:
        """Take where it is, and as of which day it is worked on (None: today)."""
        self.id = id_
        self._day = day
        self.folder = folder
        self._one_presence = threading.Lock()
        self._presence: Presence | None = None
        self._passwords: tuple[str, ...] = ()
        self._memory: ReadMemory | None = None
        self._lock = threading.Lock()
        self._read: tuple[Stamp, dt.date, CampaignState] | None = None
        self.looked_at: Stamp | None = None
        self._kept: dict[str, tuple[CampaignState, object, Any]] = {}
        self.earlier: Path | None = None
        self._info: tuple[tuple[int, int], CampaignInfo] | None = None

    @property
    def presence(self) -> Presence:
        """What tells others that somebody works here; a list of campaigns has no use for it."""
        from cchc_office.steps.presence import Presence

        with self._one_presence:  # of two, each would take the other for somebody else
            self._presence = self._presence or Presence(self.folder)
            return self._presence

    @property
    def output(self) -> Path:
        """Where its papers are, as on the command line in this folder."""
        return self.folder / OUTPUT_FOLDER

    def opened(self, on_progress: OnProgress | None = None) -> CampaignFolder:
        """Open the folder as it is now. Raises CampaignError where it cannot be read."""
        from cchc_office.steps.campaign_folder import open_campaign  # loads the library

        opened = open_campaign(
            self.folder, output=self.output, day=self._day, passwords=self._passwords
        )
        if self._memory is None:
            from cchc_office.steps.values import ReadMemory  # loads more than the first page needs

            self._memory = ReadMemory()
        opened = replace(opened, memory=self._memory)
        return replace(opened, on_progress=on_progress) if on_progress else opened

    def try_password(self, password: str) -> None:
        """Try a password on locked files too, as long as the page runs."""
        with self._lock:
            self._passwords, self._read = (*self._passwords, password), None

    def state(self) -> CampaignState:
        """Return where the campaign stands; it is read again only where a file changed."""
        with self._lock:
            stamp, day = self.stamp(), self._day or dt.datetime.now(tz=VIETNAM).date()
            self.looked_at = stamp
            if self._read is None or self._read[:2] != (stamp, day):
                self._read = (stamp, day, self.opened().state())
            return self._read[2]

    def kept(self, name: str, state: CampaignState, of: object, make: Callable[[], T]) -> T:
        """Return what was made of a state (and what else it depends on), made when first asked."""
        found = self._kept.get(name)
        if found is None or found[0] is not state or found[1] != of:
            found = self._kept[name] = (state, of, make())
        made: T = found[2]
        return made

    def last_state(self) -> CampaignState | None:
        """Return where it stood when it was last read, without reading anything."""
        return self._read[2] if self._read else None

    def info(self) -> CampaignInfo:
        """Return whose campaign of which year it is: the workbook alone is read, when it changed.

        Raises CampaignError where it cannot be read.
        """
        from cchc_office.steps.campaign_folder import CAMPAIGN_FILE

        try:
            status = (self.folder / CAMPAIGN_FILE).stat()
            stamp = status.st_mtime_ns, status.st_size
        except OSError:
            stamp = 0, 0
        if self._info is None or self._info[0] != stamp:
            self._info = (stamp, self.opened().campaign.info)
        return self._info[1]

    def stamp(self) -> Stamp:
        """Return what changes when a file of the campaign does, or a paper comes or goes."""
        return tuple(sorted(_stamps(self.folder)))


class Desk:
    """All that the pages share.

    `told_at_start` is why what was named or dropped on the program could not be opened, until it is
    shown; `begins_at` is the address of the first page. `erased` are the folders of campaigns whose
    data was erased here, by the ids that they had.
    """

    def __init__(self, day: dt.date | None = None) -> None:
        """Begin with nothing open; jobs are done as of a `day`, None for today."""
        self._day = day
        self.runs = Runs()
        self._secret = secrets.token_bytes(32)
        self._campaigns: dict[str, OpenCampaign] = {}
        self._files: dict[str, Path] = {}
        self.erased: dict[str, Path] = {}
        self.closing = threading.Event()
        self.last_seen = 0.0
        self.told_at_start = ""
        self.begins_at = "/"
        self.watchers = 0

    @property
    def day(self) -> dt.date:
        """The day as of which work is done."""
        return self._day or dt.datetime.now(tz=VIETNAM).date()

    @cached_property
    def brought(self) -> BroughtTables:
        """The tables that were brought to the page, and are no campaign yet."""
        from cchc_office.web.brought import BroughtTables  # loads what imports tables

        return BroughtTables()

    def open(self, path: Path) -> OpenCampaign:
        """Open a campaign folder, or the workbook in it. Raises UsageError where there is none."""
        from cchc_office.steps.campaign_folder import is_campaign

        folder = path.parent if path.is_file() else path
        folder = folder.absolute()
        if not is_campaign(folder):
            raise UsageError(f"Không có đợt chấm ở {path}: thư mục không có tệp dot-cham.xlsx.")
        id_ = self._id_of(folder)
        if id_ not in self._campaigns:
            self._campaigns[id_] = OpenCampaign(id_, folder, self._day)
        places.remember(folder)
        return self._campaigns[id_]

    def campaign(self, id_: str) -> OpenCampaign | None:
        """Return an open campaign by its id."""
        return self._campaigns.get(id_)

    def known(self) -> list[OpenCampaign]:
        """Return the campaigns that were opened lately or lie where new ones are made."""
        found = []
        for folder in places.known_campaigns():
            id_ = self._id_of(folder)
            found.append(self._campaigns.setdefault(id_, OpenCampaign(id_, folder, self._day)))
        return found

    def forget(self, campaign: OpenCampaign, *, but: Run) -> None:
        """Know a campaign no longer, nor its files, nor what its jobs brought back but for one."""
        campaign.presence.leave()
        self._campaigns.pop(campaign.id, None)
        self.erased[campaign.id] = campaign.folder
        self.runs.forget(campaign.id, but=but)
        within = campaign.folder
        self._files = {i: p for i, p in self._files.items() if not p.is_relative_to(within)}
        places.forget(within)

    def file_id(self, path: Path) -> str:
        """Return the id by which the browser may ask for a file or folder."""
        id_ = self._id_of(path)
        self._files[id_] = path
        return id_

    def file(self, id_: str) -> Path | None:
        """Return the file or folder of an id that was given out."""
        return self._files.get(id_)

    def leave(self) -> None:
        """Tell no longer that campaigns are open here, and keep nothing that was brought."""
        self.brought.drop_all()
        for campaign in self._campaigns.values():
            campaign.presence.leave()

    def _id_of(self, path: Path) -> str:
        whole = os.fsencode(path.absolute())
        return hashlib.blake2b(whole, key=self._secret, digest_size=12).hexdigest()


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    left, waiting = _MOST_FOLDERS, [folder]
    while waiting and left:
        here = waiting.pop()
        left -= 1
        for entry in _entries(here):
            if here == folder and entry.name in _NOT_WATCHED:
                if entry.name == OUTPUT_FOLDER:
                    yield from _record_stamp(Path(entry.path))
                continue
            try:
                status = entry.stat()
                if entry.is_dir():
                    waiting.append(Path(entry.path))
                elif not comes_by_reading(entry.name, status.st_size):
                    yield entry.path, status.st_mtime_ns, status.st_size
            except OSError:
                continue


def comes_by_reading(name: str, size: int) -> bool:
    """Tell whether a file comes, or changes, where somebody only looks."""
    return name.endswith(_COMES_BY_READING) or (name.endswith(_LOG_OF_REGISTER) and not size)


def _record_stamp(output: Path) -> Iterator[tuple[str, int, int]]:
    """Yield what changes when papers are made or edited: the folders, and the files in them."""
    yield from _stamp(str(output))
    for entry in _entries(output):
        with suppress(OSError):
            if entry.is_dir() and entry.name not in _NOT_WATCHED:
                yield from _stamp(entry.path)
                for paper in _entries(entry.path):
                    yield from _stamp(paper.path)
            elif entry.name.startswith("."):
                yield from _stamp(entry.path)


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, nothing of one that is gone or shut."""
    try:
        return list(os.scandir(folder))
    except OSError:
        return []


def _stamp(path: str) -> Iterator[tuple[str, int, int]]:
    with suppress(OSError):
        status = Path(path).stat()
        yield path, status.st_mtime_ns, status.st_size
