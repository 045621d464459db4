"""Changing the formatting of a document's elements, so that Word shows each change.

A change is tracked (ECMA-376 part 1, 17.13.5): the properties as they were stand within the new
ones (`w:rPrChange`, `w:pPrChange`, `w:sectPrChange`), and a person accepts or rejects them. What
another author tracked already stays as it is: there is one state to go back to, the oldest.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cchc_office.word.reading.measures import W


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_LETTERS = _names(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
_MARK = ("ins", "del", "moveFrom", "moveTo")
_LAYOUT = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr"
)
_SECTION = _names(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
    "docGrid printerSettings"
)
_ORDERS: Mapping[str, Mapping[str, int]] = {
    name: {f"{W}{tag}": place for place, tag in enumerate(order)}
    for name, order in (
        ("rPr", (*_MARK, *_LETTERS)),
        ("pPr", _LAYOUT),
        ("sectPr", _SECTION),
    )
}
# What the remembered state of the properties does not hold (CT_PPrBase, CT_SectPrBase).
_NOT_REMEMBERED = {
    "rPr": frozenset(f"{W}{tag}" for tag in (*_MARK, "rPrChange")),
    "pPr": frozenset(f"{W}{tag}" for tag in ("rPr", "sectPr", "pPrChange")),
    "sectPr": frozenset(
        f"{W}{tag}" for tag in ("headerReference", "footerReference", "sectPrChange")
    ),
}
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_DIVIDERS = frozenset(f"{W}{tag}" for tag in ("br", "cr", "tab"))
_UNKNOWN = 1000
"""Properties of later versions of Word stand behind all others."""


@dataclass
class FormatEditor:
    """Changes properties where they stand in the schema's order; `roots` are the changed trees.

    `author` and `date` (as XML Schema writes it) are those of the tracked changes; without an
    author nothing is tracked. `next_id` is the number of the next tracked change.
    """

    author: str
    date: str
    next_id: int = 1
    roots: dict[Any, None] = field(default_factory=dict)

    def letters(self, run: Any) -> Any:
        """Return the properties of a `w:r`, ready to be changed."""
        return self._ready(run, "rPr")

    def layout(self, paragraph: Any) -> Any:
        """Return the properties of a `w:p`, ready to be changed."""
        return self._ready(paragraph, "pPr")

    def mark(self, paragraph: Any) -> Any:
        """Return the properties of a paragraph's mark, by which its number looks."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = _first(paragraph, "pPr")
        found = put(properties, "rPr")
        return self._remembered(found, "rPr")

    def section(self, properties: Any) -> Any:
        """Return a `w:sectPr`, ready to be changed."""
        return self._remembered(properties, "sectPr")

    def like(self, run: Any) -> Any:
        """Return a run without text that looks as another, and was changed as it was."""
        made = etree.Element(run.tag, run.attrib)
        properties = run.find(f"{W}rPr")
        if properties is not None:
            made.append(sound_copy(properties))
            for change in made.iter(f"{W}rPrChange"):
                change.set(f"{W}id", str(self.next_id))
                self.next_id += 1
        return made

    def divide(self, run: Any, texts: Sequence[str] = ()) -> int:
        """Divide a run at its tabs and line breaks, else around `texts`; return how many it is now.

        Each has the same properties: nothing looks otherwise.
        """
        groups: list[list[Any]] = [[]]
        for child in run:
            if child.tag in _DIVIDERS:
                groups += [[child], []]
            elif child.tag != f"{W}rPr":
                groups[-1].append(child)
        groups = [group for group in groups if group]
        if len(groups) == 1:
            groups = _around(groups[0], texts)
        at = run
        for group in groups[1:]:
            made = self.like(run)
            made.extend(group)
            at.addnext(made)
            at = made
        self.touch(run)
        return len(groups)

    def touch(self, element: Any) -> None:
        """Note that the tree of an element was changed."""
        self.roots[element.getroottree().getroot()] = None

    def tracked(self, name: str) -> Any:
        """Return a new element of a tracked change, with its author and date."""
        element = etree.Element(f"{W}{name}")
        element.set(f"{W}id", str(self.next_id))
        element.set(f"{W}author", self.author)
        element.set(f"{W}date", self.date)
        self.next_id += 1
        return element

    def _ready(self, parent: Any, name: str) -> Any:
        found = parent.find(f"{W}{name}")
        return self._remembered(_first(parent, name) if found is None else found, name)

    def _remembered(self, properties: Any, name: str) -> Any:
        self.touch(properties)
        if self.author and properties.find(f"{W}{name}Change") is None:
            change = self.tracked(f"{name}Change")
            before = etree.SubElement(change, f"{W}{name}")
            kept = (c for c in properties if c.tag not in _NOT_REMEMBERED[name])
            before.extend(copy.deepcopy(child) for child in kept)
            _put_right(before)
            properties.append(change)
        return properties


def _around(group: list[Any], texts: Sequence[str]) -> list[list[Any]]:
    """Divide the one text of a run around the first of `texts` that is a part of it."""
    if len(group) != 1 or group[0].tag != f"{W}t":
        return [group]
    element, whole = group[0], group[0].text or ""
    for text in texts:
        at = whole.find(text)
        pieces = [whole[:at], text, whole[at + len(text) :]] if text and at >= 0 else []
        pieces = [piece for piece in pieces if piece]
        if len(pieces) > 1:
            element.text = pieces[0]
            element.set(PRESERVE, "preserve")
            return [[element], *([_text(piece)] for piece in pieces[1:])]
    return [group]


def _text(text: str) -> Any:
    made = etree.Element(f"{W}t")
    made.text = text
    made.set(PRESERVE, "preserve")
    return made


def _first(parent: Any, name: str) -> Any:
    made = etree.Element(f"{W}{name}")
    parent.insert(0, made)
    return made


def sound_copy(element: Any) -> Any:
    """Return a copy that has each property of letters once and in the schema's order.

    What a program wrote wrong stands once more otherwise, and Word may refuse the file for it.
    """
    made = copy.deepcopy(element)
    for properties in made.iter(f"{W}rPr"):
        _put_right(properties)
    return made


def _put_right(properties: Any) -> None:
    """Order properties as the schema does; of one that is said twice the later word holds."""
    order = _ORDERS.get(etree.QName(properties).localname, {})
    told: dict[Any, Any] = {}
    for child in list(properties):
        first = told.setdefault(child.tag, child)
        if first is not child and child.tag in order and not len(child):
            if child.tag != f"{W}rFonts":
                first.attrib.clear()
            first.attrib.update(child.attrib)
            properties.remove(child)
    properties[:] = sorted(properties, key=lambda child: order.get(child.tag, _UNKNOWN))


def put(properties: Any, tag: str) -> Any:
    """Return the property of this name, put where the schema has it where it was missing."""
    found = properties.find(f"{W}{tag}")
    if found is not None:
        return found
    made = etree.Element(f"{W}{tag}")
    order = _ORDERS[etree.QName(properties).localname]
    place = order[made.tag]
    for at, child in enumerate(properties):
        known = _UNKNOWN if isinstance(child.tag, str) else -1
        if order.get(child.tag, known) > place:
            properties.insert(at, made)
            return made
    properties.append(made)
    return made


def set_attributes(element: Any, **values: object) -> None:
    """Set `w:` attributes; those of which the value is None are taken away."""
    for name, value in values.items():
        if value is None:
            element.attrib.pop(f"{W}{name}", None)
        else:
            element.set(f"{W}{name}", str(value))


def set_indents(properties: Any, *, left: int = 0, right: int = 0) -> None:
    """Give a paragraph's properties these indents, in twips, and no others."""
    indents = put(properties, "ind")
    indents.attrib.clear()
    set_attributes(indents, left=left, right=right, firstLine=0)


def set_switch(properties: Any, tag: str, *, on: bool) -> None:
    """Turn an on/off property on or off, whatever styles say."""
    set_attributes(put(properties, tag), val=None if on else "0")


def free_id(trees: Iterable[Any]) -> int:
    """Return a number that no mark, comment or tracked change in the trees has."""
    numbers = [
        int(value)
        for tree in trees
        for element in tree.iter()
        if (value := element.get(f"{W}id")) and value.isdecimal() and len(value) <= 9
    ]
    return max(numbers, default=0) + 1
