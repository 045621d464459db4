"""A PDF that a person put beside a letter: whether it is that letter, signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.importing.reading.pdf_pages import pdf_pages
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import fold
from cchc_office.word.reading import WordDocument

_ADDRESSEE = "kinhgui"
_MOST_PAGES = 40
_SHORTEST = 12
"""From how many letters on a paragraph is held against the PDF: shorter ones are anywhere."""
_QUOTED = 60


@dataclass(frozen=True)
class CopyMatch:
    """How a PDF compares with a letter: `why_not` is "" where it says all that the letter says.

    `is_scan` tells that a machine cannot say it: there are no letters.
    """

    why_not: str = ""
    is_scan: bool = False


def match_copy(content: bytes, letter: WordDocument) -> CopyMatch:
    """Hold the text of a PDF against a letter's, from “Kính gửi” on.

    What stands above, as number and day, is filled in when it is signed. Only letters and figures
    are compared: lines break elsewhere, and an appendix behind the letter is no difference.
    """
    try:
        pages = [
            _bare("".join(glyph.text for glyph in page.glyphs))
            for page in islice(pdf_pages(content), _MOST_PAGES)
        ]
    except UnreadableFileError:
        return CopyMatch("hỏng, có mật khẩu hoặc quá lớn, không đọc được")
    if not any(pages):
        return CopyMatch("là bản quét, không có chữ để đọc", is_scan=True)
    for text in _told(letter):
        if not _stands_in(_bare(text), pages):
            return CopyMatch(f"không có đoạn “{shortened(text, _QUOTED)}” của bản Word")
    return CopyMatch()


def _told(letter: WordDocument) -> Iterator[str]:
    """Yield what the letter tells, from the addressee on."""
    begun = False
    for paragraph in letter.paragraphs:
        text = paragraph.text.strip()
        bare = _bare(text)
        begun = begun or bare.startswith(_ADDRESSEE)
        if begun and not paragraph.place.edge and len(bare) >= _SHORTEST:
            yield text


def _stands_in(bare: str, pages: list[str]) -> bool:
    """Tell whether a text is on a page, or ends one and begins the next, behind its number."""
    if any(bare in page for page in pages):
        return True
    return any(
        bare[:cut] in above and bare[cut:] in below
        for above, below in pairwise(pages)
        for cut in range(1, len(bare))
    )


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
