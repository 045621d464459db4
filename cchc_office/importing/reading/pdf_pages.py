"""The letters and the ruled lines of a PDF's pages: read by pdfplumber, in a child process.

Pages whose text runs along their long side are turned, so that all text runs from left to right.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from cchc_office.catalogue.findings import Code
from cchc_office.files.child_process import in_child
from cchc_office.files.limits import MOST_LETTERS
from cchc_office.files.unreadable_file import UnreadableFileError, check_cap, damaged
from cchc_office.word.reading.symbols import with_signs

MOST_PAGES = 400
_PAGES_AT_ONCE = 4
_MOST_RULES = 50_000
_WHOLE_PAGE = 0.7
_UNREADABLE = "(cid:"
_SIGN_FONTS = ("Wingdings 2", "Wingdings", "Symbol")


class Glyph(NamedTuple):
    """A letter and where it stands, in points from the upper left corner of its page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool


class Rule(NamedTuple):
    """A straight line: how far down (across) it lies, and from where to where it goes."""

    is_horizontal: bool
    at: float
    start: float
    end: float


class PdfPage(NamedTuple):
    """A page: `unread` counts letters that the file gives no meaning, `is_scan` tells of a picture.

    A scanned page has a picture all over it; its letters, if any, a machine has recognised.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    unread: int = 0
    is_scan: bool = False


def pdf_pages(content: bytes) -> Iterator[PdfPage]:
    """Give the pages of the PDF in `content`, MOST_PAGES of them.

    Raises UnreadableFileError where it is damaged, locked or too large.
    """
    first, count = 0, 1
    while first < min(count, MOST_PAGES):
        count, pages = in_child(_read, content, first, first + _PAGES_AT_ONCE)
        yield from pages
        first += _PAGES_AT_ONCE


def count_pages(content: bytes) -> int:
    """Return how many pages the PDF in `content` has; raises as `pdf_pages`."""
    return in_child(_read, content, 0, 0)[0]


# --- within the child ---


def _read(content: bytes, first: int, end: int) -> tuple[int, list[PdfPage]]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            pages = document.pages
            if not pages:
                raise damaged("không có trang nào")
            return len(pages), [_page(page) for page in pages[first:end]]
    except UnreadableFileError:
        raise
    except Exception as error:
        # Newer releases wrap what the parser raises.
        if any(
            isinstance(one, (PDFPasswordIncorrect, PDFEncryptionError)) for one in _causes(error)
        ):
            raise UnreadableFileError(Code.PASSWORD_PROTECTED) from error
        raise damaged() from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        yield from (arg for arg in error.args if isinstance(arg, BaseException))
        error = error.__cause__ or error.__context__


def _page(page: Any) -> PdfPage:
    letters = page.chars
    check_cap("số chữ trên một trang", len(letters), MOST_LETTERS // 100)
    turn = Counter(_turn(letter) for letter in letters).most_common(1)
    turned = turn[0][0] if turn else 0
    width, height = float(page.width), float(page.height)
    readable = [one for one in letters if not str(one["text"]).startswith(_UNREADABLE)]
    glyphs = (_glyph(one, turned, width, height) for one in readable if _turn(one) == turned)
    rules = (_rule(edge, turned, width, height) for edge in page.edges[:_MOST_RULES])
    if turned:
        width, height = height, width
    return PdfPage(
        page.page_number,
        width,
        height,
        tuple(glyphs),
        tuple(rules),
        len(letters) - len(readable),
        _is_scan(page),
    )


def _turn(letter: dict[str, Any]) -> int:
    """Return 0 for a letter that stands upright, 1 for one turned left, -1 for one turned right."""
    _, along, across, _, _, _ = letter["matrix"]
    if letter["upright"] or abs(along) <= abs(letter["matrix"][0]):
        return 0
    return 1 if along > 0 > across or along > 0 else -1


def _turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    if turn == 1:
        return height - bottom, x0, height - top, x1
    if turn == -1:
        return top, width - x1, bottom, width - x0
    return box


def _glyph(letter: dict[str, Any], turn: int, width: float, height: float) -> Glyph:
    box = tuple(float(letter[name]) for name in ("x0", "top", "x1", "bottom"))
    x0, top, x1, bottom = _turned((box[0], box[1], box[2], box[3]), turn, width, height)
    font = str(letter["fontname"]).rpartition("+")[2]
    signs = tuple(name for name in _SIGN_FONTS if name.replace(" ", "") in font.replace("-", ""))
    return Glyph(
        with_signs(str(letter["text"]), signs[:1]),
        x0,
        x1,
        top,
        bottom,
        bottom - top,
        "Bold" in font or "Black" in font or "Heavy" in font,
        "Italic" in font or "Oblique" in font,
    )


def _rule(edge: dict[str, Any], turn: int, width: float, height: float) -> Rule:
    box = tuple(float(edge[name]) for name in ("x0", "top", "x1", "bottom"))
    x0, top, x1, bottom = _turned((box[0], box[1], box[2], box[3]), turn, width, height)
    if x1 - x0 >= bottom - top:
        return Rule(True, (top + bottom) / 2, x0, x1)
    return Rule(False, (x0 + x1) / 2, top, bottom)


def _is_scan(page: Any) -> bool:
    area = float(page.width) * float(page.height)
    pictures = (
        (float(one["x1"]) - float(one["x0"])) * (float(one["bottom"]) - float(one["top"]))
        for one in page.images
    )
    return any(picture >= _WHOLE_PAGE * area for picture in pictures)
