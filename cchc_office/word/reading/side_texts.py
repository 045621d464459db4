"""What belongs to paragraphs of a Word document, not in them: notes, comments, text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cchc_office.word.reading.measures import MC, A, V, W, attribute
from cchc_office.word.reading.package import WordPackage
from cchc_office.word.reading.passages import Side, SideText
from cchc_office.word.reading.transparent import chosen

_PARTS = (
    ("footnotes", "footnote", Side.FOOTNOTE),
    ("endnotes", "endnote", Side.FOOTNOTE),
    ("comments", "comment", Side.COMMENT),
)
_REFERENCES = {f"{W}{name}Reference": name for _, name, _ in _PARTS}
_BOX, _CHOICE = f"{W}txbxContent", f"{MC}AlternateContent"
_PICTURES = frozenset((f"{A}blip", f"{V}imagedata"))
_WORD_ART = f"{V}textpath"
_ANY = (*_REFERENCES, _BOX, *_PICTURES, _WORD_ART)
_GONE = frozenset((f"{W}del", f"{W}moveFrom"))


class SideTexts:
    """The notes and comments of a document, and what stands beside a paragraph."""

    def __init__(self, package: WordPackage, text_of: Callable[[Any], str]) -> None:
        """Read the notes; `text_of` gives the text of an element that holds paragraphs."""
        self._text_of = text_of
        self._notes: dict[tuple[str, str], SideText] = {}
        for part, name, side in _PARTS:
            notes = package.related(package.main, part)
            for note in () if notes is None else notes.iterfind(f"{W}{name}"):
                text = text_of(note)
                # Separators between text and notes are notes too; they have a type.
                if text and attribute(note, "type") in {None, "normal"}:
                    self._notes[name, attribute(note, "id") or ""] = SideText(side, text)

    def beside(self, paragraph: Any) -> tuple[list[SideText], list[Any], int]:
        """Return the words beside a paragraph, its text boxes, and how many pictures it has."""
        sides: list[SideText] = []
        boxes: list[Any] = []
        pictures = 0
        if next(paragraph.iter(*_ANY), None) is None:
            return sides, boxes, pictures
        for element in _those_shown(paragraph):
            name = _REFERENCES.get(element.tag)
            if name is not None:
                note = self._notes.pop((name, attribute(element, "id") or ""), None)
                sides += [] if note is None else [note]
            elif element.tag == _BOX:
                boxes.append(element)
            elif element.tag == _WORD_ART:
                sides.append(SideText(Side.TEXT_BOX, str(element.get("string") or "")))
            else:
                pictures += 1
        return [side for side in sides if side.text.strip()], boxes, pictures

    def in_box(self, box: Any) -> list[SideText]:
        """Return the text of a text box."""
        text = self._text_of(box)
        return [SideText(Side.TEXT_BOX, text)] if text else []

    def belonging_nowhere(self) -> tuple[SideText, ...]:
        """Return the notes and comments to which nothing that was read refers."""
        return tuple(self._notes.values())


def _those_shown(element: Any) -> Iterator[Any]:
    """Give what matters within an element, of several ways to say a thing the one Word shows."""
    for child in element:
        if child.tag in _ANY:
            yield child
        elif child.tag == _CHOICE:
            yield from _those_shown(chosen(child))
        if child.tag not in {_CHOICE, _BOX} and child.tag not in _GONE:
            yield from _those_shown(child)
