"""Looking for forms among files that a test made."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import msoffcrypto
import msoffcrypto.format.ooxml
import msoffcrypto.method.rc4
import openpyxl
import pytest

from cchc_office.catalogue.findings import Finding
from cchc_office.returns.sources import SourceFile, sources_in

Found = SourceFile | Finding

PASSWORD = "Sở Công Thương 2024"


def workbook(word: str = "x") -> bytes:
    packed = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = word  # type: ignore[index]
    book.save(packed)
    return packed.getvalue()


FORM = workbook()


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[Found]]:
    def look(content: bytes, name: str = "goi", *passwords: str) -> list[Found]:
        path = tmp_path / name
        path.write_bytes(content)
        return list(sources_in(path, name, passwords))

    return look


Look = Callable[..., list[Found]]


def told(items: list[Found]) -> list[tuple[str, str]]:
    """Return each name with the kind of the workbook, or the code of the finding."""
    return [
        (x.name, x.kind.name) if isinstance(x, SourceFile) else (x.file, x.code.name) for x in items
    ]


def message(files: Mapping[str, bytes] | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Phòng Quản lý <ql@so.example>"
    made["Date"] = "Wed, 20 Nov 2024 02:30:00 +0000"
    made["Subject"] = "Phiếu tự chấm điểm"
    made.set_content("Kính gửi Văn phòng")
    for name, content in (files or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def locked(password: str = PASSWORD, content: bytes = FORM) -> bytes:
    packed = io.BytesIO()
    file = msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(content))
    file.encrypt(password, packed)
    return packed.getvalue()
