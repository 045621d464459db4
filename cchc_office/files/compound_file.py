"""Compound files, the container of old and of locked Office files ([MS-CFB]), read in a child.

olefile reads what lies in them, msoffcrypto-tool opens what has a password. How often a password is
hashed stands in the file itself, and a hostile one asks for minutes: so the parts that the library
will read are looked at first.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from cchc_office.catalogue.findings import Code
from cchc_office.files import limits
from cchc_office.files.child_process import in_child
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged

if TYPE_CHECKING:
    import olefile

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOKED_AT = ("Workbook", "Book", "EncryptionInfo")
_MOST_OF_A_STREAM = limits.MEBIBYTE


@dataclass(frozen=True)
class CompoundFile:
    """What lies at the top level of a compound file, by names in small letters.

    `sizes` are as the directory tells them, `starts` the first mebibyte of a few streams.
    """

    sizes: Mapping[str, int]
    starts: Mapping[str, bytes]

    def __contains__(self, name: str) -> bool:
        """Tell whether a stream or a folder of this name is there."""
        return name.lower() in self.sizes

    def start_of(self, name: str) -> bytes:
        """Return the start of a stream of a workbook or of a lock, b"" where it is not there."""
        return self.starts.get(name.lower(), b"")


def look_into(content: bytes) -> CompoundFile:
    """Return what lies in `content`; raises UnreadableFileError where its tables lead nowhere."""
    return in_child(_look_into, content)


def _look_into(content: bytes) -> CompoundFile:
    with opened(content) as file:
        sizes = {entry.name.lower(): entry.size for entry in file.root.kids}
        if len(sizes) < len(file.root.kids):
            # Whoever reads the file next could take the other of two with one name.
            raise damaged()
        starts = {n.lower(): start_of_stream(file, n, _MOST_OF_A_STREAM) for n in _LOOKED_AT}
    return CompoundFile(sizes, starts)


def opened(content: bytes) -> olefile.OleFileIO:
    """Return `content` opened, within the child; raises UnreadableFileError."""
    import olefile

    try:
        return olefile.OleFileIO(io.BytesIO(content))
    except Exception as error:  # the library checks little of what it reads
        raise damaged() from error


def start_of_stream(file: olefile.OleFileIO, name: str, most: int) -> bytes:
    """Return the first bytes of a stream, as far as they are there; b"" where it is not."""
    if file.get_type(name) != 2:
        return b""
    return bytes(file.openstream(name).read(most))


# --- what a password locks ---

_OPENS_WITHOUT_ASKING = "VelvetSweatshop"
"""Excel tries this itself: workbooks whose structure alone is protected are encrypted with it."""

_INFO, _PACKAGE, _WORKBOOK = "EncryptionInfo", "EncryptedPackage", "Workbook"
_BY_PASSWORD = b"\x04\x00\x04\x00"  # version 4.4, which says everything in XML
_VERSION_SIZE = 8
_MOST_INFO_BYTES = 64 * 1024
_ZIP = b"PK\x03\x04"
_UNKNOWN_LOCK = "cách khoá lạ"
_ROUNDS_BEFORE_2010 = 50_000


@dataclass(frozen=True)
class Unlocked:
    """What was inside, and whether it took a password that a person gave."""

    content: bytes
    by_password: bool


def unlock(
    content: bytes, passwords: tuple[str, ...], take_steps: Callable[[int], None]
) -> Unlocked:
    """Return what an encrypted office file holds; raises UnreadableFileError.

    `take_steps` is told before each try how many slow steps it takes, and may raise to stop.
    """
    steps = _steps_of_a_try(content)
    for password in (_OPENS_WITHOUT_ASKING, *_spellings(passwords)):
        take_steps(steps)
        opened = in_child(_unlocked, content, password)
        if opened is not None:
            check_cap("dung lượng", len(opened), limits.MOST_FILE_BYTES)
            return Unlocked(opened, password != _OPENS_WITHOUT_ASKING)
    if not passwords:
        raise UnreadableFileError(Code.PASSWORD_PROTECTED)
    raise UnreadableFileError(Code.WRONG_PASSWORD, str(len(passwords)))


def _spellings(passwords: tuple[str, ...]) -> dict[str, None]:
    """Return the passwords as given, then composed and decomposed: keyboards write both."""
    forms = [*passwords]
    forms += (unicodedata.normalize("NFC", p) for p in passwords)
    forms += (unicodedata.normalize("NFD", p) for p in passwords)
    return dict.fromkeys(filter(None, forms))


def _unlocked(content: bytes, password: str) -> bytes | None:
    """Return what `password` opens; None where it is another."""
    import msoffcrypto

    opened = io.BytesIO()
    is_package = False
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        is_package = file.format == "ooxml"
        file.load_key(password=password)
        file.decrypt(opened)
    except msoffcrypto.exceptions.InvalidKeyError:
        # Newer versions say so of a package that is cut off, too: its first bytes tell.
        pass
    except msoffcrypto.exceptions.DecryptionError as error:
        raise UnreadableFileError(Code.LOCK_UNKNOWN, _UNKNOWN_LOCK) from error
    except Exception as error:  # the library checks little of what it reads
        # The old lock takes 15 letters that fit in a byte each; others cannot be its password.
        if isinstance(error, IndexError | OverflowError) and not is_package:
            return None
        raise damaged("phần khoá không nguyên vẹn") from error
    found = opened.getvalue()
    return None if is_package and not found.startswith(_ZIP) else found or None


def _steps_of_a_try(content: bytes) -> int:
    """Return how many slow steps a password takes; raises UnreadableFileError for too many."""
    file = look_into(content)
    if _INFO in file:
        _check_sizes(file, content, (_INFO, _PACKAGE))
        return _checked_rounds(file.start_of(_INFO)[:_MOST_INFO_BYTES])
    if _WORKBOOK in file:
        _check_sizes(file, content, (_WORKBOOK,))
        check_cap("dung lượng tệp khoá", len(content), limits.MOST_LOCKED_XLS_BYTES)
        return len(content)
    raise UnreadableFileError(Code.LOCK_UNKNOWN, _UNKNOWN_LOCK)


def _check_sizes(file: CompoundFile, content: bytes, streams: tuple[str, ...]) -> None:
    if any(file.sizes.get(name.lower(), 0) > len(content) or name not in file for name in streams):
        raise damaged("phần khoá không nguyên vẹn")


def _checked_rounds(info: bytes) -> int:
    if not info.startswith(_BY_PASSWORD):
        return _ROUNDS_BEFORE_2010
    text = info[_VERSION_SIZE:].rstrip(b"\0")
    # The library's parser reads more than one encoding, and expands entities.
    if b"<!" in text or b"\0" in text:
        raise UnreadableFileError(Code.LOCK_UNKNOWN, _UNKNOWN_LOCK)
    try:
        rounds = max(_rounds(ElementTree.fromstring(text)), default=0)  # noqa: S314 - see above
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise damaged("phần khoá không nguyên vẹn") from error
    check_cap("số vòng tính khoá", rounds, limits.MOST_KEY_ROUNDS)
    return rounds


def _rounds(root: ElementTree.Element) -> Iterator[int]:
    for element in root.iter():
        if "spinCount" in element.attrib:
            yield int(element.attrib["spinCount"])
