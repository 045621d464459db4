"""A PDF that a person put beside a letter: whether it is that letter, signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.importing.reading.pdf_pages import pdf_pages
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import fold
from cchc_office.word.reading import UnreadableDocumentError, read_word

_ADDRESSEE = "kinhgui"
_MOST_PAGES = 40
_SHORTEST = 12
"""From how many letters on a paragraph is held against the PDF: shorter ones are anywhere."""
_QUOTED = 60


@dataclass(frozen=True)
class SignedCopy:
    """The text of a PDF by its pages, letters and figures only; `trouble` why there is none."""

    pages: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def is_scan(self) -> bool:
        """Whether no machine can tell what it says: there are pictures, and no letters."""
        return not self.trouble and not any(self.pages)

    def why_not(self, letter: bytes) -> str:
        """Return in Vietnamese why it is not, or not surely, this letter in Word; "" if it is.

        It is where it says all that the letter says from “Kính gửi” on. What stands above, as
        number and day, is filled in when it is signed; lines break elsewhere, and an appendix
        behind the letter is no difference.
        """
        if self.trouble:
            return self.trouble
        if self.is_scan:
            return "là bản quét, không có chữ để đọc"
        try:
            told = list(_told(letter))
        except UnreadableDocumentError as error:
            return f"không so được với bản Word ({error})"
        for text in told:
            if not self._says(_bare(text)):
                return f"không có đoạn “{shortened(text, _QUOTED)}” của bản Word"
        return ""

    def _says(self, bare: str) -> bool:
        """Tell whether a text is on a page, or ends one and begins the next, behind its number."""
        if any(bare in page for page in self.pages):
            return True
        return any(
            bare[:cut] in above and bare[cut:] in below
            for above, below in pairwise(self.pages)
            for cut in range(1, len(bare))
        )


def read_copy(content: bytes) -> SignedCopy:
    """Return what a PDF says, at most so many of its pages."""
    try:
        pages = islice(pdf_pages(content), _MOST_PAGES)
        return SignedCopy(tuple(_bare("".join(g.text for g in page.glyphs)) for page in pages))
    except UnreadableFileError:
        return SignedCopy(trouble="hỏng, có mật khẩu hoặc quá lớn, không đọc được")


def _told(letter: bytes) -> Iterator[str]:
    """Yield what the letter tells, from the addressee on."""
    begun = False
    for paragraph in read_word(letter).paragraphs:
        text = paragraph.text.strip()
        bare = _bare(text)
        begun = begun or bare.startswith(_ADDRESSEE)
        if begun and not paragraph.place.edge and len(bare) >= _SHORTEST:
            yield text


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
