"""The folders that files from messages are saved to: whole, under safe names, over nothing."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from cchc_office.errors import CchcError, reason_of
from cchc_office.files.file_kind import FileKind
from cchc_office.files.folders import label, list_folder, printable
from cchc_office.files.whole_writing import sync_folder
from cchc_office.model import INSIDE

_LONGEST_STEM = 100
_DRAFT_START, _DRAFT_ENDING = ".cchc-", ".tmp"
_OLD_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the folder: its name there, and whether it was there before."""

    name: str
    is_new: bool


class ReturnsFolder:
    """The folder that returned files are saved to; it is made when the first one comes."""

    def __init__(self, path: Path, safe: Callable[[str], str] | None = None) -> None:
        """Take the folder at `path`, with whatever people put there; `safe` makes names safe."""
        self.path = path
        self._safe = safe or _safe
        self._by_size: dict[int, list[Path]] | None = None

    def has(self, content: bytes) -> bool:
        """Tell whether a file in the folder, whatever it is called, holds just this."""
        return self._find(content) is not None

    def keep(
        self,
        content: bytes,
        stem: str,
        ending: str,
        saved: dt.datetime | None,
        *,
        of_stranger: bool = False,
    ) -> Kept:
        """Save `content` as "STEM.ending", "STEM_2.ending" …, unless the folder has it already.

        `stem` is made safe; `saved` becomes the time of the file. The file is on
        the disk, whole, when this returns. That of a stranger gets the mark of downloaded files.
        Raises CchcError where it cannot be written.
        """
        try:
            there = self._find(content)
            kept = Kept(label(there.relative_to(self.path)), is_new=False) if there else None
            if kept:
                return kept
            return self._write(content, self._safe(stem), ending, saved, of_stranger=of_stranger)
        except OSError as error:
            raise CchcError(
                f"Không ghi được vào {self.path}: {reason_of(error)}. Kiểm tra quyền ghi và "
                "dung lượng ổ đĩa rồi chạy lại; thư chưa lấy xong sẽ được lấy lại."
            ) from error

    def _files(self) -> dict[int, list[Path]]:
        if self._by_size is None:
            self._by_size = {}
            self._clear()
            for path in list_folder(self.path).files:
                with suppress(OSError):
                    self._by_size.setdefault(path.stat().st_size, []).append(path)
        return self._by_size

    def _find(self, content: bytes) -> Path | None:
        """Return the file that holds just this."""
        for path in self._files().get(len(content), ()):
            if _holds(path, content):
                return path
        return None

    def _write(
        self,
        content: bytes,
        stem: str,
        ending: str,
        saved: dt.datetime | None,
        *,
        of_stranger: bool,
    ) -> Kept:
        self.path.mkdir(parents=True, exist_ok=True)
        draft = self._draft(content, saved, of_stranger=of_stranger)
        try:
            for number in count(1):
                path = self.path / f"{stem}{f'_{number}' if number > 1 else ''}{ending}"
                if _publish(draft, path):
                    sync_folder(self.path)
                    self._files().setdefault(len(content), []).append(path)
                    return Kept(path.name, is_new=True)
                # Another run, at the same time, may have saved just this.
                if _holds(path, content):
                    return Kept(path.name, is_new=False)
        finally:
            draft.unlink(missing_ok=True)
        raise AssertionError("counting does not end")

    def _draft(self, content: bytes, saved: dt.datetime | None, *, of_stranger: bool) -> Path:
        """Write content to the disk, whole, under a name that no other run uses."""
        handle, name = tempfile.mkstemp(_DRAFT_ENDING, _DRAFT_START, self.path)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # Made for us alone, but returns are for all who may read the folder.
            Path(name).chmod(0o666 & ~_umask())
            if of_stranger:
                mark_downloaded(Path(name))
            if saved is not None:
                os.utime(name, (saved.timestamp(), saved.timestamp()))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Path(name)

    def _clear(self) -> None:
        """Remove what runs that were killed left long ago."""
        for draft in self.path.glob(f"{_DRAFT_START}*{_DRAFT_ENDING}"):
            with suppress(OSError):
                if time.time() - draft.stat().st_ctime > _OLD_SECONDS:
                    draft.unlink()


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file is just this; one that cannot be read is something else."""
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _publish(draft: Path, target: Path) -> bool:
    """Give the file its name; False where another one has it."""
    if os.path.lexists(target):
        return False
    try:
        os.link(draft, target)
    except FileExistsError:
        return False
    except OSError:
        # Not every file system has links; on Windows a rename takes no name that is taken.
        try:
            draft.rename(target)
        except FileExistsError:
            return False
        return True
    draft.unlink()
    return True


def _safe(stem: str) -> str:
    """Return a name that every system takes: papers are named so already, but for what is not."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in stem)
    return plain[:_LONGEST_STEM].strip("-") or "phieu"


ENDINGS = {
    FileKind.PDF: (".pdf",),
    FileKind.PICTURE: tuple(
        f".{e}" for e in ["jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp", "heic", "heif"]
    ),
    FileKind.WORD: (".docx", ".docm"),
    FileKind.OLD_WORD: (".doc", ".rtf"),
    FileKind.ODT: (".odt",),
    FileKind.POWERPOINT: (".pptx", ".ppt", ".ppsx", ".odp"),
    FileKind.RAR: (".rar",),
    FileKind.SEVEN_ZIP: (".7z",),
    FileKind.ZIP: (".zip",),
    FileKind.CMS: (".p7m",),
    FileKind.XLSX: (".xlsx", ".xlsm"),
    FileKind.XLSB: (".xlsb",),
    FileKind.XLS: (".xls",),
    FileKind.ODS: (".ods",),
}
"""What units send, as returns and as evidence, and the endings that such files may have.

The first is added where a file has another one.
"""

_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*#%', "-"))
_PORTS = tuple(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")
_RESERVED = frozenset(("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *_PORTS))
"""Names that Windows gives to devices, whatever ending they have."""

_LONGEST_STEM_BYTES = 150


class EvidenceFolders:
    """The folder of evidence with a folder for each unit, named by its code."""

    def __init__(self, path: Path) -> None:
        """Take the folder at `path`, which is made when the first file comes."""
        self.path = path
        self._of: dict[str, ReturnsFolder] = {}

    def takes(self, kind: FileKind) -> bool:
        """Tell whether files of a kind are kept as evidence."""
        return kind in ENDINGS

    def has(self, unit: str, content: bytes) -> bool:
        """Tell whether a unit's folder holds just this, whatever it is called."""
        return self._folder(unit).has(content)

    def keep(self, unit: str, name: str, kind: FileKind, content: bytes) -> Kept:
        """Save a file under its own name made safe, unless the unit's folder has it already.

        Nothing is overwritten: another file of that name gets a number. Raises CchcError where it
        cannot be written.
        """
        own = PurePosixPath(name.rpartition(INSIDE)[2]).name
        endings = ENDINGS[kind]
        given = PurePosixPath(own).suffix
        fits = given.lower() in endings
        stem, ending = (own[: -len(given)], given) if fits else (own, endings[0])
        return self._folder(unit).keep(content, stem, ending, None)

    def _folder(self, unit: str) -> ReturnsFolder:
        if unit not in self._of:
            self._of[unit] = ReturnsFolder(self.path / unit, safe_stem)
        return self._of[unit]


def safe_stem(stem: str) -> str:
    """Return a name that no system takes for anything else: its Vietnamese letters stay."""
    plain = printable(stem).translate(_FORBIDDEN).lstrip("~$. -").rstrip(". ")
    if plain.partition(".")[0].rstrip().upper() in _RESERVED:
        plain = f"_{plain}"
    cut = plain.encode("utf-8")[:_LONGEST_STEM_BYTES].decode("utf-8", "ignore")
    return cut.rstrip(". ") or "tai-lieu"


_MARK = b"[ZoneTransfer]\r\nZoneId=3\r\n"
"""Zone 3 is the Internet ([MS-FSCC] 5.6.1)."""


def stream_of(path: Path) -> Path | None:
    """Return where the mark of a file is written; None on systems that have none."""
    return Path(f"{path}:Zone.Identifier") if os.name == "nt" else None


def mark_downloaded(path: Path) -> None:
    """Mark a file as one from outside, where the file system keeps such marks."""
    stream = stream_of(path)
    if stream is not None:
        with suppress(OSError):
            stream.write_bytes(_MARK)
