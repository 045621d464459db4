"""Turning documents to PDF with LibreOffice: one start for all of them, with a time limit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cchc_office.files.libreoffice import run_libreoffice


@dataclass(frozen=True)
class PdfResult:
    """What became of one document: the PDF's content, or why there is none."""

    source: Path
    content: bytes | None
    reason: str = ""


def make_pdfs(
    sources: list[Path],
    program: str,
    *,
    seconds: float | None = None,
    tell: Callable[[int], object] = lambda _: None,
) -> tuple[PdfResult, ...]:
    """Return the PDF of each document, in their order; LibreOffice is started once.

    It runs on copies. After `seconds` it is stopped; what was made by then counts. Meanwhile `tell`
    is called with how many there are; what that raises ends it, and nothing is made.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-pdf-") as folder:
        place = Path(folder)
        copies = [
            Path(shutil.copyfile(source, place / f"{number:06}{source.suffix}"))
            for number, source in enumerate(sources)
        ]
        pdfs = [copy.with_suffix(".pdf") for copy in copies]
        reason = run_libreoffice(
            *(program, copies, "pdf", place),
            seconds=seconds,
            watch=lambda: tell(sum(pdf.exists() for pdf in pdfs)),
        )
        return tuple(
            _result(source, pdf, reason) for source, pdf in zip(sources, pdfs, strict=True)
        )


def _result(source: Path, pdf: Path, reason: str) -> PdfResult:
    if pdf.is_file() and pdf.read_bytes().rstrip().endswith(b"%%EOF"):
        return PdfResult(source, pdf.read_bytes())
    return PdfResult(source, None, reason or "không có kết quả")
