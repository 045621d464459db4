"""What is crossed out in an .ods workbook: by the styles of cells and of pieces of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from cchc_office.sheets.reading.cell_grid import Content, LeftContent
from cchc_office.sheets.reading.ods_cell import runs_of_cell
from cchc_office.sheets.reading.struck_text import Strikes
from cchc_office.sheets.reading.xml_parts import xml_events

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
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
