"""Signs that are no words: the motto's hyphens, and what is asked for by its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.decree30.checker._breaches import Judgement
from cchc_office.decree30.checker._parts import Line
from cchc_office.decree30.checker._spelling_rules import extra_blanks
from cchc_office.decree30.figures import MOTTO
from cchc_office.decree30.fixing._session import FixSession
from cchc_office.decree30.fixing._texts import words
from cchc_office.decree30.fixing._typing import Typing, difference, retype
from cchc_office.decree30.fixing.kinds import FixKind
from cchc_office.text.vietnamese import clean_line

_LONGEST_SHOWN = 80
_Rule = Callable[[Judgement, str], list[Typing]]


def fix_signs(session: FixSession) -> None:
    """Type the signs anew that are wrong."""
    for kind, codes, rule in _RULES:
        for one in session.judged(kind, *codes):
            line = _line(session, one)
            if line is not None:
                _fix(session, kind, one, line, rule)


def _line(session: FixSession, one: Judgement) -> Line | None:
    """Return the line that is spoken of; of a paragraph it is the last."""
    if one.line is not None or one.paragraph is None:
        return one.line
    lines = session.parts.lines_of(one.paragraph)
    return lines[-1] if lines else None


def _fix(session: FixSession, kind: FixKind, one: Judgement, line: Line, rule: _Rule) -> None:
    before = line.source.text
    typings = rule(one, before)
    after = before
    for typing in reversed(typings):
        after = after[: typing.start] + typing.text + after[typing.stop :]
    if typings and words(after) == words(before) and retype(session, line, typings):
        old, new = (_shown(clean_line(text)) for text in (before, after))
        session.tell(kind, session.part_of(line), old, new, line)


def _shown(text: str) -> str:
    """Return a line as it is told; of a long one the end, where the sign is."""
    return f"“{text}”" if len(text) <= _LONGEST_SHOWN else f"“…{text[-_LONGEST_SHOWN // 2 :]}”"


def _motto(_one: Judgement, text: str) -> list[Typing]:
    """Put one hyphen with a blank on both sides between the words of the motto."""
    is_motto = words(text) == words(MOTTO)
    start = len(text) - len(text.lstrip())
    return difference(text, text[:start] + MOTTO) if is_motto else []


def _padding(_one: Judgement, text: str) -> list[Typing]:
    """Put a zero before a number below 10, a day below 10, months 1 and 2."""
    places = [m.start(1) for m in re.finditer(r"Số\s*:?\s*(\d)(?=\s*/)", text, re.IGNORECASE)]
    places += [m.start(1) for m in re.finditer(r"\bngày\s+(\d)(?!\d)", text, re.IGNORECASE)]
    places += [m.start(1) for m in re.finditer(r"\btháng\s+([12])(?!\d)", text, re.IGNORECASE)]
    return [Typing(place, place, "0") for place in sorted(places)]


def _number_blanks(_one: Judgement, text: str) -> list[Typing]:
    """Take the blanks around "/" and "-" out of number and symbol."""
    start = re.match(r"\s*Số\s*:?\s*", text, re.IGNORECASE)
    begin = start.end() if start else 0
    return difference(text, text[:begin] + re.sub(r"\s*([/–—-])\s*", r"\1", text[begin:]))


def _colon(_one: Judgement, text: str) -> list[Typing]:
    """Put a colon behind "Số", "Kính gửi", "Nơi nhận"."""
    match = re.match(r"\s*(?:Số|Kính\s+gửi|Nơi\s+nhận)\b(?!\s*:)", text, re.IGNORECASE)
    return [Typing(match.end(), match.end(), ":")] if match else []


def _comma(_one: Judgement, text: str) -> list[Typing]:
    """Put a comma between the place and the day."""
    match = re.search(r"(\w)(\s*)(?=\bngày\b)", text, re.IGNORECASE)
    return [Typing(match.end(1), match.end(1), ",")] if match else []


def _end_of_item(one: Judgement, text: str) -> list[Typing]:
    """Put a dash before an item of a list, and its sign behind it."""
    line = one.line
    if line is None or clean_line(text) != one.found:
        return []  # an item that goes on beneath
    ended = re.sub(r"[\s;.,:]*$", one.expected[-1:], text)
    dashed = line.paragraph.layout.label == "-" or text.lstrip().startswith("-")
    return difference(text, ended if dashed else re.sub(r"^\s*(?:[–—•+*]\s*)?", "- ", ended))


def _end_of_basis(one: Judgement, text: str) -> list[Typing]:
    """Put the right sign behind a legal basis."""
    return difference(text, re.sub(r"[\s;.,:]*$", one.expected, text))


def _blanks(_one: Judgement, text: str) -> list[Typing]:
    """Leave one blank between words, and none before a comma or the like."""
    found = []
    for match in extra_blanks(text):
        blanks = re.search(" +", match.group())
        if blanks is not None:
            start, stop = (match.start() + place for place in blanks.span())
            found.append(Typing(start + 1 if stop == match.end() else start, stop, ""))
    return found


def _end_of_text(_one: Judgement, text: str) -> list[Typing]:
    """Put "./." behind the last sentence."""
    return difference(text, re.sub(r"[\s;.,:/]*$", "./.", text))


_RULES: tuple[tuple[FixKind, tuple[FindingCode, ...], _Rule], ...] = (
    (FixKind.MOTTO_HYPHENS, (Code.MOTTO_WORDS,), _motto),
    (FixKind.PADDING, (Code.NUMBER_PADDING, Code.DATE_PADDING), _padding),
    (FixKind.NUMBER_BLANKS, (Code.NUMBER_SPACES,), _number_blanks),
    (
        FixKind.COLONS,
        (Code.NUMBER_COLON, Code.ADDRESSEE_COLON, Code.RECIPIENTS_COLON),
        _colon,
    ),
    (FixKind.PLACE_COMMA, (Code.PLACE_COMMA,), _comma),
    (FixKind.LIST_ENDS, (Code.ADDRESSEE_LIST, Code.RECIPIENTS_LIST), _end_of_item),
    (FixKind.LIST_ENDS, (Code.LEGAL_BASIS_END,), _end_of_basis),
    (FixKind.BLANKS, (Code.EXTRA_BLANKS,), _blanks),
    (FixKind.END_MARK, (Code.END_MARK,), _end_of_text),
)
