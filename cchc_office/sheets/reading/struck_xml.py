"""What is crossed out in an .xlsx workbook: by the fonts of its styles, and by runs of its texts.

Of conditional formats (`dxfs`) nothing is read: what they show changes with the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

from cchc_office.files.limits import MOST_PART_BYTES
from cchc_office.sheets.reading.struck_text import Runs, Strikes
from cchc_office.sheets.reading.xml_parts import parse_xml, said_by, vocabulary

_MARK = b"strike"
_OFF = frozenset(("0", "false", "off"))


def strikes_in(styles: bytes, texts: bytes) -> Strikes[bytes]:
    """Return what is crossed out, by the parts of styles and of shared texts.

    Where the word does not occur in either, nothing is parsed: so it is with nearly all workbooks.
    Raises UnreadableFileError for parts that cannot be read.
    """
    struck = _struck_styles(styles) if _MARK in styles else frozenset()
    strikes = Strikes(set(struck))
    if struck or _MARK in texts:
        strikes.runs.update(_formatted_texts(texts))
    return strikes


@lru_cache(maxsize=8)  # forms of one campaign mostly have the same
def _struck_styles(part: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell styles whose font crosses out (ECMA-376 part 1, 18.8)."""
    styles = parse_xml(part)
    own = vocabulary(styles)
    fonts = [_is_on(font, own) for font in styles.iterfind(f"{own}fonts/{own}font")]
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    numbers = (
        number
        for number, style in enumerate(styles.iterfind(f"{own}cellXfs/{own}xf"))
        if style.get("fontId", "0") in struck
    )
    # Cells that name no style have the first.
    return frozenset(name for n in numbers for name in (b"%d" % n, b"")[: 1 if n else 2])


def _formatted_texts(part: bytes) -> Iterator[tuple[int, Runs]]:
    if not part:
        return
    texts = parse_xml(part, most_bytes=MOST_PART_BYTES)
    for number, text in enumerate(texts.iterfind(f"{vocabulary(texts)}si")):
        runs = runs_of_text(text)
        if any(own is not None for _, own in runs):
            yield number, runs


def runs_of_text(element: ElementTree.Element) -> Runs:
    """Return the runs of a shared or inline text (18.4.4), without its phonetic runs.

    Runs without properties look as their cell does; those with properties have a font of their own,
    which crosses out only where it says so.
    """
    own = vocabulary(element)
    runs: list[tuple[str, bool | None]] = []
    for child in element:
        if child.tag == f"{own}t":
            runs.append((said_by(child.text or ""), None))
        elif child.tag == f"{own}r":
            font = child.find(f"{own}rPr")
            is_struck = None if font is None else _is_on(font, own)
            runs += [(said_by(text.text or ""), is_struck) for text in child.iterfind(f"{own}t")]
    return tuple(runs)


def _is_on(font: ElementTree.Element, own: str) -> bool:
    strike = font.find(f"{own}strike")
    return strike is not None and strike.get("val", "1").strip().lower() not in _OFF
