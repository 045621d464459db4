"""The folders of evidence, one for each unit, as files are added to them from messages."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from cchc_office.files.file_kind import FileKind
from cchc_office.files.folders import printable
from cchc_office.mail.fetching.returns_folder import Kept, ReturnsFolder
from cchc_office.model import INSIDE

_ENDINGS = {
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
"""What units send as evidence, and the endings that such files may have; the first is added."""

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
        return kind in _ENDINGS

    def has(self, unit: str, content: bytes) -> bool:
        """Tell whether a unit's folder holds just this, whatever it is called."""
        return self._folder(unit).has(content)

    def keep(self, unit: str, name: str, kind: FileKind, content: bytes) -> Kept:
        """Save a file under its own name made safe, unless the unit's folder has it already.

        Nothing is overwritten: another file of that name gets a number. Raises CchcError where it
        cannot be written.
        """
        own = PurePosixPath(name.rpartition(INSIDE)[2]).name
        endings = _ENDINGS[kind]
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
