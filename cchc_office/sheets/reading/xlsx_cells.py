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
from cchc_office.sheets.reading import contents, xml_parts
from cchc_office.sheets.reading.cell_grid import CellAllowance
from cchc_office.sheets.reading.values import Doubt, DoubtfulCell

# --- styles: what formats make of numbers, what is crossed out ---
# Of conditional formats (`dxfs`) nothing is read: what they show changes with the values.

_MARK = b"strike"
_OFF = frozenset(("0", "false", "off"))


@dataclass(frozen=True)
class Styles:
    """The cell styles by number that make more of a number than one, and those that cross out."""

    kinds: Mapping[bytes, contents.NumberKind]
    struck: frozenset[bytes]


@lru_cache(maxsize=8)  # forms of one campaign mostly have the same
def read_styles(part: bytes) -> Styles:
    """Return what cell styles mean (ECMA-376 part 1, 18.8); raises UnreadableFileError.

    Where that cannot be told, a day would be taken for a number.
    """
    if not part:
        return Styles({}, frozenset())
    root = xml_parts.parse_xml(part)
    own = xml_parts.vocabulary(root)
    formats = {str(number): kind for number, kind in contents.BUILT_IN_KINDS.items()}
    for element in root.iterfind(f"{own}numFmts/{own}numFmt"):
        formats[element.get("numFmtId", "")] = contents.kind_of_format(
            element.get("formatCode", "")
        )
    fonts = enumerate(root.iterfind(f"{own}fonts/{own}font"))
    struck_fonts = {str(number) for number, font in fonts if _is_on(font, own)}
    kinds: dict[bytes, contents.NumberKind] = {}
    struck: set[bytes] = set()
    for number, style in enumerate(root.iterfind(f"{own}cellXfs/{own}xf")):
        kind = formats.get(style.get("numFmtId", ""), contents.NumberKind.PLAIN)
        if kind is not contents.NumberKind.PLAIN:
            kinds[b"%d" % number] = kind
        if style.get("fontId", "0") in struck_fonts:
            # Cells that name no style have the first.
            struck |= {b"%d" % number} if number else {b"0", b""}
    return Styles(kinds, frozenset(struck))


def strikes_in(styles: Styles, texts: bytes) -> contents.Strikes[bytes]:
    """Return what is crossed out, by the styles and the part of shared texts.

    Where the word does not occur in either, nothing is parsed: so it is with nearly all workbooks.
    """
    strikes = contents.Strikes(set(styles.struck))
    if strikes or _MARK in texts:
        strikes.runs.update(_formatted_texts(texts))
    return strikes


def _formatted_texts(part: bytes) -> Iterator[tuple[int, contents.Runs]]:
    if not part:
        return
    texts = xml_parts.parse_xml(part, most_bytes=MOST_PART_BYTES)
    for number, text in enumerate(texts.iterfind(f"{xml_parts.vocabulary(texts)}si")):
        runs = runs_of_text(text)
        if any(own is not None for _, own in runs):
            yield number, runs


def runs_of_text(element: ElementTree.Element) -> contents.Runs:
    """Return the runs of a shared or inline text (18.4.4), without its phonetic runs.

    Runs without properties look as their cell does; those with properties have a font of their own,
    which crosses out only where it says so.
    """
    own = xml_parts.vocabulary(element)
    runs: list[tuple[str, bool | None]] = []
    for child in element:
        if child.tag == f"{own}t":
            runs.append((xml_parts.said_by(child.text or ""), None))
        elif child.tag == f"{own}r":
            font = child.find(f"{own}rPr")
            is_struck = None if font is None else _is_on(font, own)
            runs += [
                (xml_parts.said_by(text.text or ""), is_struck)
                for text in child.iterfind(f"{own}t")
            ]
    return tuple(runs)


def _is_on(font: ElementTree.Element, own: str) -> bool:
    strike = font.find(f"{own}strike")
    return strike is not None and strike.get("val", "1").strip().lower() not in _OFF


# --- texts that sheets share ---

# The usual text has one run of letters; one with formats inside has several.
_USUAL_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')
_PLACES = tuple(b"%d" % place for place in range(5_000))


@dataclass(frozen=True)
class SharedContents:
    """The shared texts by number, the meaning of styles by number where one is not plain.

    `strikes` tells what of them is crossed out; the texts themselves are whole. All sheets draw on
    one `allowance`.
    """

    texts: list[str]
    kinds: Mapping[bytes, contents.NumberKind]
    from_1904: bool
    strikes: contents.Strikes[bytes]
    allowance: CellAllowance = field(default_factory=CellAllowance)

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
    if count <= MOST_CELLS and xml_parts.has_one_default(part, len(part)):
        found = _USUAL_TEXT.findall(part.decode("utf-8", "replace"))
        if found and len(found) == count:
            texts = [xml_parts.unescaped(text) if "&" in text else text for text in found]
            return list(map(xml_parts.said_by, texts)) if b"_x" in part else texts
    root = xml_parts.parse_xml(part, most_bytes=MOST_PART_BYTES)
    return [text_of(one) for one in root.iterfind(f"{xml_parts.vocabulary(root)}si")]


def text_of(element: ElementTree.Element) -> str:
    """Return the text of a shared or inline string, without its phonetic runs."""
    return "".join(text for text, _ in runs_of_text(element))


# --- a cell (ECMA-376 part 1, 18.3.1.4) ---

_SPECIAL_FORMULA = "(công thức đặc biệt)"
_TRUE = (b"1", b"true")


def content_of(kind: bytes, style: bytes, value: bytes, shared: SharedContents) -> contents.Content:
    """Return what a cell holds that has a value.

    `kind` is the cell's type, b"" where it has none, `style` the number of its style. Raises
    UnreadableFileError for a shared text that is not there. A number that is none is its text.
    """
    if kind == b"s":
        return _shared_text(value, shared)
    if kind in (b"", b"n"):
        return _number(style, value, shared)
    text = xml_parts.said_by(xml_parts.unescaped(value.decode("utf-8", "replace")))
    if kind == b"e":
        return DoubtfulCell(Doubt.ERROR, text)
    if kind == b"b":
        return value in _TRUE
    return _day(text) if kind == b"d" else text


def without_value(kind: bytes, formula: bytes) -> contents.Content:
    """Return what a cell holds that has no value: an error, a formula never calculated, nothing.

    `formula` is the formula's element as it is written, b"" without one.
    """
    if kind == b"e":
        return DoubtfulCell(Doubt.ERROR, "")
    # A formula of type str has a result: the empty text.
    if not formula or kind == b"str":
        return ""
    text = formula.partition(b">")[2].partition(b"</")[0].decode("utf-8", "replace")
    shown = f"={xml_parts.unescaped(text)}" if text else _SPECIAL_FORMULA
    return DoubtfulCell(Doubt.NOT_CALCULATED, shown)


def _shared_text(value: bytes, shared: SharedContents) -> str:
    place = value.strip()
    if not place.isdigit() or len(place) > 9 or int(place) >= len(shared.texts):
        raise damaged("chữ của một ô không có trong tệp")
    return shared.texts[int(place)]


def _number(style: bytes, value: bytes, shared: SharedContents) -> contents.Content:
    try:
        number = float(value)
    except ValueError:
        return xml_parts.unescaped(value.decode("utf-8", "replace"))
    if b"_" in value:
        return value.decode("utf-8", "replace")
    if not math.isfinite(number):
        return DoubtfulCell(Doubt.ERROR, contents.NOT_A_NUMBER)
    if style in shared.kinds:
        return contents.meant_by(number, shared.kinds[style], from_1904=shared.from_1904)
    return number


def _day(text: str) -> contents.Content:
    """Return a date or time that is written out (ISO 8601), else its text.

    Midnight is a day, as it is where days are counted; a sheet knows no time zones.
    """
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _time(text)
    return moment if moment.time() > dt.time() else moment.date()


def _time(text: str) -> contents.Content:
    try:
        return dt.time.fromisoformat(text).replace(tzinfo=None) if ":" in text else text
    except ValueError:
        return text
