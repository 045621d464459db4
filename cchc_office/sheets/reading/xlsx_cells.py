"""What cells of .xlsx sheets hold: by their type, and by the texts and styles they share."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from xml.etree import ElementTree

from cchc_office.files.limits import MOST_CELLS, MOST_PART_BYTES
from cchc_office.files.unreadable_file import damaged
from cchc_office.sheets.reading.cell_grid import NOT_A_NUMBER, Content
from cchc_office.sheets.reading.number_meanings import (
    BUILT_IN_KINDS,
    NumberKind,
    kind_of_format,
    meant_by,
)
from cchc_office.sheets.reading.struck_text import Runs, Strikes
from cchc_office.sheets.reading.values import Doubt, DoubtfulCell
from cchc_office.sheets.reading.xml_parts import (
    has_one_default,
    parse_xml,
    said_by,
    unescaped,
    vocabulary,
)

# --- what is crossed out: by the fonts of styles, and by runs of texts ---
# Of conditional formats (`dxfs`) nothing is read: what they show changes with the values.

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


# --- what sheets share: texts, and what formats make of numbers ---

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


# --- a cell (ECMA-376 part 1, 18.3.1.4) ---

_SPECIAL_FORMULA = "(công thức đặc biệt)"
_TRUE = (b"1", b"true")


def content_of(kind: bytes, style: bytes, value: bytes, shared: SharedContents) -> Content:
    """Return what a cell holds that has a value.

    `kind` is the cell's type, b"" where it has none, `style` the number of its style. Raises
    UnreadableFileError for a shared text that is not there. A number that is none is its text.
    """
    if kind == b"s":
        return _shared_text(value, shared)
    if kind in (b"", b"n"):
        return _number(style, value, shared)
    text = said_by(unescaped(value.decode("utf-8", "replace")))
    if kind == b"e":
        return DoubtfulCell(Doubt.ERROR, text)
    if kind == b"b":
        return value in _TRUE
    return _day(text) if kind == b"d" else text


def without_value(kind: bytes, formula: bytes) -> Content:
    """Return what a cell holds that has no value: an error, a formula never calculated, nothing.

    `formula` is the formula's element as it is written, b"" without one.
    """
    if kind == b"e":
        return DoubtfulCell(Doubt.ERROR, "")
    # A formula of type str has a result: the empty text.
    if not formula or kind == b"str":
        return ""
    text = formula.partition(b">")[2].partition(b"</")[0].decode("utf-8", "replace")
    shown = f"={unescaped(text)}" if text else _SPECIAL_FORMULA
    return DoubtfulCell(Doubt.NOT_CALCULATED, shown)


def _shared_text(value: bytes, shared: SharedContents) -> str:
    place = value.strip()
    if not place.isdigit() or len(place) > 9 or int(place) >= len(shared.texts):
        raise damaged("chữ của một ô không có trong tệp")
    return shared.texts[int(place)]


def _number(style: bytes, value: bytes, shared: SharedContents) -> Content:
    try:
        number = float(value)
    except ValueError:
        return unescaped(value.decode("utf-8", "replace"))
    if b"_" in value:
        return value.decode("utf-8", "replace")
    if not math.isfinite(number):
        return DoubtfulCell(Doubt.ERROR, NOT_A_NUMBER)
    if style in shared.kinds:
        return meant_by(number, shared.kinds[style], from_1904=shared.from_1904)
    return number


def _day(text: str) -> Content:
    """Return a date or time that is written out (ISO 8601), else its text.

    Midnight is a day, as it is where days are counted; a sheet knows no time zones.
    """
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _time(text)
    return moment if moment.time() > dt.time() else moment.date()


def _time(text: str) -> Content:
    try:
        return dt.time.fromisoformat(text).replace(tzinfo=None) if ":" in text else text
    except ValueError:
        return text
