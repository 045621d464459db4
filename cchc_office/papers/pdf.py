"""Turning documents to PDF with LibreOffice: one start for all of them, with a time limit."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 60.0
SECONDS_PER_FILE = 20.0

_USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


@dataclass(frozen=True)
class PdfResult:
    """What became of one document: the PDF's content, or why there is none."""

    source: Path
    content: bytes | None
    reason: str = ""


def find_libreoffice() -> str | None:
    """Return how to call LibreOffice, or None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((str(place) for place in _USUAL_PLACES if place.is_file()), None)


def make_pdfs(
    sources: list[Path], program: str, *, seconds: float | None = None
) -> tuple[PdfResult, ...]:
    """Return the PDF of each document, in their order; LibreOffice is started once.

    It runs on copies, in a profile folder of its own, so that an open window of the clerk's is
    neither used nor disturbed. After `seconds` it is stopped; what was made by then counts.
    """
    limit = seconds or SECONDS_TO_START + SECONDS_PER_FILE * len(sources)
    with tempfile.TemporaryDirectory(prefix="cchc-pdf-") as folder:
        place = Path(folder)
        copies = [
            Path(shutil.copyfile(source, place / f"{number:06}{source.suffix}"))
            for number, source in enumerate(sources)
        ]
        reason = _run(program, copies, place, limit)
        return tuple(
            _result(source, copy.with_suffix(".pdf"), reason)
            for source, copy in zip(sources, copies, strict=True)
        )


def _run(program: str, copies: list[Path], place: Path, limit: float) -> str:
    """Run LibreOffice over `copies`; return what went wrong, or ""."""
    profile = (place / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(place), *map(str, copies)]
    try:
        done = subprocess.run(  # noqa: S603 - the program found, and file names of our own
            command, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return f"quá {limit:.0f} giây"
    except OSError:
        return "không chạy được"
    return f"mã lỗi {done.returncode}" if done.returncode else ""


def _result(source: Path, pdf: Path, reason: str) -> PdfResult:
    if pdf.is_file() and pdf.read_bytes().rstrip().endswith(b"%%EOF"):
        return PdfResult(source, pdf.read_bytes())
    return PdfResult(source, None, reason or "không có kết quả")
