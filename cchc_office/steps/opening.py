"""Which files may be opened in their own programs: documents, and nothing that would act.

What units send lies beside the office's own files, and a double-click on a program, a script or a
shortcut starts it, whatever it calls itself.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cchc_office.errors import CchcError, reason_of
from cchc_office.files.file_kind import HEAD_BYTES, FileKind, kind_of
from cchc_office.mail.saved_files import ENDINGS

_OPENED = frozenset(
    (
        *(ending for endings in ENDINGS.values() for ending in endings),
        *(".csv", ".tsv", ".txt", ".toml", ".eml", ".msg", ".fods", ".jfif", ".odg"),
    )
)
_ACT = (FileKind.PROGRAM, FileKind.LINK, FileKind.HTML)


def can_be_seen(path: Path) -> bool:
    """Tell whether there is a file at `path`, as far as can be told; in a shut folder it cannot."""
    with suppress(OSError):
        return path.is_file()
    return False


def folder_can_be_seen(path: Path) -> bool:
    """Tell whether there is a folder at `path`, as far as can be told."""
    with suppress(OSError):
        return path.is_dir()
    return False


def require_inside(path: Path, folder: Path) -> None:
    """Raise CchcError where a file is gone, or no longer in the campaign's folder.

    A link that somebody put in its place may lead anywhere on this computer.
    """
    if not path.exists():
        raise CchcError(f"{path.name} không còn ở đó.")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CchcError(
            f"{path.name} là liên kết dẫn ra ngoài thư mục đợt chấm, nên không mở. Xem lại thư mục "
            f"{path.parent}."
        )


def require_document(path: Path, folder: Path) -> None:
    """Raise CchcError where a file is no document of the campaign's folder; folders may be opened.

    Whatever acts when it is opened is none: a program, a script, a page, a shortcut.
    """
    try:
        require_inside(path, folder)
        if path.is_dir() or (path.suffix.lower() in _OPENED and _kind_of(path) not in _ACT):
            return
    except OSError as error:
        raise CchcError(f"Không mở được {path.name}: {reason_of(error)}.") from error
    raise CchcError(
        f"{path.name} không phải văn bản, bảng tính, ảnh hay PDF, nên không mở từ đây: mở một tệp "
        f"lạ có thể là chạy nó. Hỏi lại đơn vị đã gửi. Tệp nằm ở: {path.parent}"
    )


def _kind_of(path: Path) -> FileKind:
    with path.open("rb") as file:
        return kind_of(file.read(HEAD_BYTES))
