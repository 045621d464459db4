"""What the sheets of an .xlsx workbook share: texts, and what formats make of numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from xml.etree import ElementTree

from cchc_office.files.limits import MOST_CELLS, MOST_PART_BYTES
from cchc_office.sheets.reading.number_meanings import BUILT_IN_KINDS, NumberKind, kind_of_format
from cchc_office.sheets.reading.struck_text import Strikes
from cchc_office.sheets.reading.struck_xml import runs_of_text
from cchc_office.sheets.reading.xml_parts import (
    has_one_default,
    parse_xml,
    said_by,
    unescaped,
    vocabulary,
)

# The usual text has one run of letters; one with formats inside has several.
_USUAL_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')
_PLACES = tuple(b"%d" % place for place in range(5_000))
_SMALL_ENOUGH_TO_KEEP = 64 * 1024


@dataclass(frozen=True)
class SharedContents:
    """The shared texts by number, the meaning of styles by number where one is not plain.

    `strikes` tells what of them is crossed out; the texts themselves are whole.
    """

    texts: list[str]
    kinds: Mapping[bytes, NumberKind]
    from_1904: bool
    strikes: Strikes[bytes] = field(default_factory=Strikes)

    @cached_property
    def by_place(self) -> Mapping[bytes, str]:
        """The first texts by their places as cells write them: found without reading a number."""
        return dict(zip(_PLACES, self.texts, strict=False))

    @cached_property
    def longest(self) -> int:
        """How many letters the longest text has."""
        return max(map(len, self.texts), default=0)


def shared_texts(part: bytes) -> list[str]:
    """Return the texts that cells share (ECMA-376 part 1, 18.4); raises UnreadableFileError."""
    if not part:
        return []
    count = part.count(b"<si")
    if count <= MOST_CELLS and has_one_default(part, len(part)):
        found = _USUAL_TEXT.findall(part.decode("utf-8", "replace"))
        if found and len(found) == count:
            texts = [unescaped(text) if "&" in text else text for text in found]
            return list(map(said_by, texts)) if b"_x" in part else texts
    root = parse_xml(part, most_bytes=MOST_PART_BYTES)
    return [text_of(one) for one in root.iterfind(f"{vocabulary(root)}si")]


def text_of(element: ElementTree.Element) -> str:
    """Return the text of a shared or inline string, without its phonetic runs."""
    return "".join(text for text, _ in runs_of_text(element))


def style_kinds(part: bytes) -> Mapping[bytes, NumberKind]:
    """Return what each cell style, by its number, makes of numbers; plain ones are left out.

    Raises UnreadableFileError where that cannot be told: a day would be taken for a number.
    """
    if len(part) <= _SMALL_ENOUGH_TO_KEEP:
        return _kept_style_kinds(part)  # forms of one campaign mostly have the same
    return _style_kinds(part)


@lru_cache(maxsize=32)
def _kept_style_kinds(part: bytes) -> Mapping[bytes, NumberKind]:
    return _style_kinds(part)


def _style_kinds(part: bytes) -> Mapping[bytes, NumberKind]:
    if not part:
        return {}
    styles = parse_xml(part)
    own = vocabulary(styles)
    formats = {str(number): kind for number, kind in BUILT_IN_KINDS.items()}
    for element in styles.iterfind(f"{own}numFmts/{own}numFmt"):
        kind = kind_of_format(element.get("formatCode", ""))
        formats[element.get("numFmtId", "")] = kind
    found = (
        formats.get(xf.get("numFmtId", ""), NumberKind.PLAIN)
        for xf in styles.iterfind(f"{own}cellXfs/{own}xf")
    )
    return {
        str(number).encode("ascii"): kind
        for number, kind in enumerate(found)
        if kind is not NumberKind.PLAIN
    }
