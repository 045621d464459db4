"""STUB."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_office.findings import Code, Finding
from cchc_office.office.file_kind import FileKind


@dataclass(frozen=True)
class SourceFile:
    name: str
    kind: FileKind
    content: bytes
    saved: dt.datetime | None = None
    sender: str = ""
    locked: bool = False


def label(path: Path) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", path.as_posix()) if c.isprintable())


def sources_in(
    path: Path, name: str, passwords: tuple[str, ...] = ()
) -> Iterator[SourceFile | Finding]:
    content = path.read_bytes()
    if content.startswith(b"PK"):
        yield SourceFile(name, FileKind.XLSX, content)
    else:
        yield Finding(Code.NOT_A_WORKBOOK, name)
