"""On which page each place of a document stands, as LibreOffice lays it out."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from cchc_office.catalogue.findings import Finding, TextPlace
from cchc_office.decree30.annotating import NOT_WRITABLE
from cchc_office.files.libreoffice import run_libreoffice
from cchc_office.word.remarks import Remark, with_remarks, without_remarks

_TO_PDF = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
_NUMBER = re.compile(r"cchc-cho-(\d+)")
_NO_DAY = dt.date(2020, 1, 1)
Found = tuple[Finding, ...]


def with_pages(program: str, documents: Sequence[tuple[bytes, Found]]) -> tuple[list[Found], str]:
    """Return the findings of documents with the pages of their places, and what went wrong.

    `program` is LibreOffice. A comment at each place, exported as a note of the PDF, tells where
    the place came to stand. Findings of a document that it does not lay out stay as they are.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        places: dict[int, list[TextPlace]] = {}
        for at, (content, findings) in enumerate(documents):
            shown = [*dict.fromkeys(p for f in findings for p in f.places if _has_page(p))]
            copy = _numbered(content, shown) if shown else None
            if copy is not None:
                (folder / f"{at}.docx").write_bytes(copy)
                places[at] = shown
        if not places:
            return [findings for _, findings in documents], ""
        files = [folder / f"{at}.docx" for at in places]
        wrong = run_libreoffice(program, files, _TO_PDF, folder)
        missing = sum(not (folder / f"{at}.pdf").exists() for at in places)
        if missing and not wrong:
            wrong = f"không dàn trang được {missing} văn bản"
        pages = {at: _pages(folder / f"{at}.pdf", shown) for at, shown in places.items()}
    return [
        tuple(_placed(finding, pages.get(at, {})) for finding in findings)
        for at, (_, findings) in enumerate(documents)
    ], wrong


def _has_page(place: TextPlace) -> bool:
    return place.paragraph is not None and not place.edge


def _numbered(content: bytes, places: Iterable[TextPlace]) -> bytes | None:
    remarks = [Remark(place, f"cchc-cho-{at}", ()) for at, place in enumerate(places)]
    try:
        return with_remarks(without_remarks(content), remarks, _NO_DAY)
    except NOT_WRITABLE:
        return None


def _pages(pdf: Path, places: Sequence[TextPlace]) -> dict[TextPlace, int]:
    found: dict[TextPlace, int] = {}
    if not pdf.exists():
        return found
    with pdfplumber.open(pdf) as opened:
        for page in opened.pages:
            # What pdfplumber makes of notes asks each for an area, which popups have none of.
            for note in resolve1(page.page_obj.annots) or ():
                said = resolve1(resolve1(note).get("Contents")) or b""
                for number in _NUMBER.findall(decode_text(said)):
                    found.setdefault(places[int(number)], page.page_number)
    return found


def _placed(finding: Finding, pages: Mapping[TextPlace, int]) -> Finding:
    places = tuple(replace(place, page=pages.get(place, 0)) for place in finding.places)
    return replace(finding, places=places)
