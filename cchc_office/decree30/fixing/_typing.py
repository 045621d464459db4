"""Typing signs anew in a line: as text that was taken out, and text that was put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from lxml import etree

from cchc_office.decree30.checker._parts import Line
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.word.format_editor import PRESERVE
from cchc_office.word.reading import Piece
from cchc_office.word.reading.measures import W

_TEXT = (f"{W}t", f"{W}tab", f"{W}ptab", f"{W}noBreakHyphen", f"{W}sym")


@dataclass(frozen=True)
class Typing:
    """Of a line's text, what is between `start` and `stop` becomes `text`."""

    start: int
    stop: int
    text: str


def difference(before: str, after: str) -> list[Typing]:
    """Return what has to be typed to make one text of another."""
    matched = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Typing(a, b, after[c:d]) for tag, a, b, c, d in matched if tag != "equal"]


def retype(session: FixSession, line: Line, typings: Sequence[Typing]) -> bool:
    """Type signs anew; tell whether all could be."""
    if line.by_tab:
        return False
    placed = [_places(session, line, typing) for typing in typings]
    if not all(placed):
        return False
    # From the end to the beginning: what stands before keeps its place.
    for found in reversed(placed):
        for element, start, stop, text in reversed(found):
            _type(session, element, start, stop, text)
    paragraphs = session.parts.document.paragraphs
    session.typed.add(next(i for i, one in enumerate(paragraphs) if one is line.paragraph))
    session.changed = True
    return True


def _places(session: FixSession, line: Line, typing: Typing) -> list[tuple[Any, int, int, str]]:
    """Return the elements that hold what is typed anew, with the places in each and its new text.

    None are returned where a part of it stands in an element that holds no plain text.
    """
    found: list[tuple[Any, int, int, str]] = []
    at, text = 0, typing.text
    for piece, element in _elements(session, line):
        start, stop = at, at + len(piece.text)
        at = stop
        inserts = typing.start == typing.stop and start <= typing.start <= stop and not found
        if not inserts and not (start < typing.stop and typing.start < stop):
            continue
        if element is None or element.tag != f"{W}t":
            if inserts:
                continue  # the next one may hold the place too
            return []
        begin, end = max(start, typing.start) - start, min(stop, typing.stop) - start
        found.append((element, begin, end, text))
        text = ""
    return found


def _elements(session: FixSession, line: Line) -> Iterator[tuple[Piece, Any]]:
    """Give the pieces of a line with the elements that hold their text, None where unlike it."""
    taken: dict[int, int] = {}
    for source in line.paragraph.lines:
        for piece in source.pieces:
            element = None
            if piece.source >= 0:
                number = taken.get(piece.source, 0)
                taken[piece.source] = number + 1
                texts = [e for e in session.sources.runs[piece.source] if e.tag in _TEXT]
                element = texts[number] if number < len(texts) else None
                if element is not None and element.tag == f"{W}t" and element.text != piece.text:
                    element = None
            if source is line.source:
                yield piece, element


def _type(session: FixSession, element: Any, start: int, stop: int, text: str) -> None:
    editor, run = session.editor, element.getparent()
    editor.touch(element)
    whole = element.text
    if not editor.author or run.getparent().tag != f"{W}p":
        _set_text(element, whole[:start] + text + whole[stop:])
        return
    before, removed, behind = whole[:start], whole[start:stop], whole[stop:]
    rest = [child for child in run if child.tag != f"{W}rPr"]
    following = rest[rest.index(element) + 1 :]
    at = run
    if removed:
        made = editor.tracked("del")
        _append_run(made, editor.like(run), removed, "delText")
        at.addnext(made)
        at = made
    if text:
        made = editor.tracked("ins")
        _append_run(made, editor.like(run), text, "t")
        at.addnext(made)
        at = made
    if behind or following:
        other = editor.like(run)
        if behind:
            _set_text(etree.SubElement(other, f"{W}t"), behind)
        other.extend(following)
        at.addnext(other)
    if before:
        _set_text(element, before)
    else:
        run.remove(element)
    if not any(child.tag != f"{W}rPr" for child in run):
        run.getparent().remove(run)


def _append_run(parent: Any, run: Any, text: str, tag: str) -> None:
    parent.append(run)
    _set_text(etree.SubElement(run, f"{W}{tag}"), text)


def _set_text(element: Any, text: str) -> None:
    element.text = text
    element.set(PRESERVE, "preserve")
