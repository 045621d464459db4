"""What cells of an OpenDocument sheet hold (OpenDocument 1.3, part 3, 9.1.4 and 19.385)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from cchc_office.files.limits import MOST_CELL_LETTERS
from cchc_office.files.unreadable_file import too_large
from cchc_office.sheets.reading.cell_grid import ERROR_NAMES, Content, LeftContent
from cchc_office.sheets.reading.number_meanings import Percentage, time_of_day
from cchc_office.sheets.reading.struck_text import Runs, Strikes
from cchc_office.sheets.reading.values import Doubt, DoubtfulCell, Value
from cchc_office.sheets.reading.xml_parts import xml_events

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
TABLE = f"{{{_NAMES}:table:1.0}}"
_OFFICE = f"{{{_NAMES}:office:1.0}}"
_TEXT = f"{{{_NAMES}:text:1.0}}"
_OF_LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_STYLE_NAME = f"{_TEXT}style-name"
_NUMBERS = frozenset(("float", "currency"))
_ERRORS = frozenset(ERROR_NAMES.values())
# LibreOffice writes what Excel calls TRUE as a formula whose value is 1.
_TRUTH = {"of:=TRUE()": True, "of:=FALSE()": False}
_NOT_SHOWN = frozenset(
    (f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note", f"{_TEXT}ruby-text")
)
# The standard makes one space of several; LibreOffice writes and reads several as they are in
# texts of many lines. Line ends only come from programs that lay out their XML. One blank more or
# less before them does not matter: to look for any number takes a time that grows with its square.
_WHITE = re.compile(r" ?[\t\r\n][ \t\r\n]*")
_DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,12})?)S)?"
)
_FRACTION = re.compile(r"([.,]\d{6})\d+")
_REFERENCE = re.compile(r"\[\.?([^\[\]]*)\]")


def cell_content(cell: ElementTree.Element) -> Content:
    """Return what a cell holds, '' where it is blank; raises ValueError where that is no value."""
    if not cell.attrib and not len(cell):
        return ""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{TABLE}formula", "")
    # Excel reads the text of a formula first, whatever kind its result is said to be.
    if formula and kind != "string" and (shown := _shown(cell)) in _ERRORS:
        return DoubtfulCell(Doubt.ERROR, shown)
    if kind == "percentage":
        return Percentage(float(cell.get(f"{_OFFICE}value", "")))
    if kind in _NUMBERS:
        truth = _TRUTH.get(formula)
        return float(cell.get(f"{_OFFICE}value", "")) if truth is None else truth
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    shown = _shown(cell)
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""), shown)
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""), shown)
    return _text(cell, formula, shown, kind)


def _text(cell: ElementTree.Element, formula: str, shown: str | None, kind: str) -> Content:
    is_error = cell.get(f"{_OF_LIBREOFFICE}value-type") == "error"
    # Other programs write an error as a text that a formula has for its result.
    if is_error or (formula and shown in _ERRORS):
        return DoubtfulCell(Doubt.ERROR, shown or "")
    if formula and not kind and shown is None:
        return DoubtfulCell(Doubt.NOT_CALCULATED, _as_typed(formula))
    return cell.get(f"{_OFFICE}string-value") or shown or ""


def _as_typed(formula: str) -> str:
    """Return "of:=[.A1]/[.B1]" as a person would type it."""
    return "=" + _REFERENCE.sub(r"\1", formula.partition("=")[2] or formula)


def _date(text: str, shown: str | None) -> Value:
    try:
        if "T" in text:
            # A sheet knows no time zones.
            return dt.datetime.fromisoformat(_FRACTION.sub(r"\1", text)).replace(tzinfo=None)
        return dt.date.fromisoformat(text)
    except ValueError:
        # Before year 1, or after 9999.
        return shown or text


def _time(text: str, shown: str | None) -> Value:
    match = _DURATION.fullmatch(text)
    if match is None:
        return shown or text
    sign, days, hours, minutes, seconds = match.groups("0")
    try:
        duration = dt.timedelta(
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            seconds=float(seconds.replace(",", ".")),
        )
    except OverflowError:
        return shown or text
    if sign == "-":
        return -duration
    return time_of_day(duration) if duration < dt.timedelta(days=1) else duration


def _shown(cell: ElementTree.Element) -> str | None:
    """Return the paragraphs of a cell, None where it has none; comments are not among them."""
    if all(child.tag != f"{_TEXT}p" for child in cell):
        return None
    return "".join(text for text, _ in runs_of_cell(cell, {}))


def runs_of_cell(cell: ElementTree.Element, styles: Mapping[str, bool]) -> Runs:
    """Return the pieces of a cell's paragraphs; `styles` says which styles cross out or not.

    Raises UnreadableFileError where they have too many letters.
    """
    runs: list[tuple[str, bool | None]] = []
    letters = 0
    for number, paragraph in enumerate(child for child in cell if child.tag == f"{_TEXT}p"):
        if number:
            runs.append(("\n", None))
        for run in _pieces(paragraph, styles, None):
            letters += len(run[0])
            if letters > MOST_CELL_LETTERS:
                raise too_large("số chữ trong một ô", letters, MOST_CELL_LETTERS)
            runs.append(run)
    return tuple(runs)


def _pieces(
    element: ElementTree.Element, styles: Mapping[str, bool], around: bool | None
) -> Iterator[tuple[str, bool | None]]:
    own = styles.get(element.get(_STYLE_NAME, ""), around) if styles else None
    if element.text:
        yield _WHITE.sub(" ", element.text), own
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_count(child), MOST_CELL_LETTERS + 1), own
        elif child.tag == f"{_TEXT}tab":
            yield "\t", own
        elif child.tag == f"{_TEXT}line-break":
            yield "\n", own
        elif child.tag not in _NOT_SHOWN:
            yield from _pieces(child, styles, own)
        if child.tail:
            yield _WHITE.sub(" ", child.tail), own


def _count(spaces: ElementTree.Element) -> int:
    text = spaces.get(f"{_TEXT}c", "1")
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


# --- what is crossed out: by the styles of cells and of pieces of text ---

_STYLE = f"{{{_NAMES}:style:1.0}}"
_BODY = f"{{{_NAMES}:office:1.0}}body"
_OF_STYLES = frozenset((f"{_STYLE}style", f"{_STYLE}default-style"))
_MARK = re.compile(rb"""text-line-through-(?:style|type)\s*+=\s*+["'](?!none["'])""")
_DEPTH = 40  # styles based on one another; a circle ends here

_Key = tuple[str, str]


@dataclass(frozen=True)
class OdsStrikes:
    """The styles that cross out: of cells by name, and of pieces of text, which say it or not."""

    cells: Strikes[str]
    pieces: Mapping[str, bool]

    def left_of(self, cell: ElementTree.Element, content: Content, style: str) -> LeftContent:
        """Return what is left of a cell's content; `style` is the name of its style."""
        if isinstance(content, str):
            runs = runs_of_cell(cell, self.pieces)
            if content == "".join(text for text, _ in runs):
                return self.cells.left_of_runs(runs, style)
        return self.cells.left_of(content, style)


def strikes_in(content: bytes, styles: bytes) -> OdsStrikes | None:
    """Return what is crossed out by the styles of both parts; None where nothing is: as mostly.

    Raises xml.etree.ElementTree.ParseError.
    """
    if not (_MARK.search(content) or _MARK.search(styles)):
        return None
    found = dict([*_styles_in(styles), *_styles_in(content)])
    told = {key: told for key in found if (told := _told(found, key)) is not None}
    cells = {name for (family, name), on in told.items() if family == "table-cell" and on}
    pieces = {name: on for (family, name), on in told.items() if family == "text"}
    return OdsStrikes(Strikes(cells), pieces)


def _styles_in(part: bytes) -> Iterator[tuple[_Key, tuple[bool | None, str]]]:
    """Yield what each style says of itself, and the name of the one that it is based on."""
    if not part:
        return
    key, parent = ("", ""), ""
    for event, element in xml_events(part):
        if event != "start":
            continue
        if element.tag == _BODY:
            return
        if element.tag in _OF_STYLES:
            key = element.get(f"{_STYLE}family", ""), element.get(f"{_STYLE}name", "")
            parent = element.get(f"{_STYLE}parent-style-name", "")
            yield key, (None, parent)
        elif element.tag == f"{_STYLE}text-properties":
            kinds = [element.get(f"{_STYLE}text-line-through-{name}") for name in ("style", "type")]
            said = [kind != "none" for kind in kinds if kind]
            yield key, (all(said) if said else None, parent)


def _told(styles: Mapping[_Key, tuple[bool | None, str]], key: _Key) -> bool | None:
    """Return whether a style crosses out; None where neither it nor what it is based on says so."""
    family, name = key
    for _ in range(_DEPTH):
        own, parent = styles.get((family, name), (None, ""))
        if own is not None or not name:
            return own
        name = parent
    return None
