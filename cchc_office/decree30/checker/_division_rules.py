"""Parts, chapters, sections, articles, clauses and points of a text: II.6.đ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._breaches import Breaches, SomeOfLine
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line
from cchc_office.decree30.figures import clause
from cchc_office.word.reading import Paragraph, Piece

_LAW = clause("II.6.đ")
_ROMAN = ("phần", "chương")
_ARTICLE = re.compile(r"(Điều)\s+(\d{1,3}[a-zđ]?|[IVXL]+)\s*([.:)/–-])(?=\s|$)", re.IGNORECASE)
_CLAUSE = re.compile(r"(\d{1,2})\s*([)/:–-])\s+(?=[^\W\d_])")
_POINT = re.compile(r"([a-zđ])\s*([).,/:–-])\s")
# In the order of the Vietnamese alphabet, without the letters that bear marks but đ.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ALIEN = "fjwz"


def check_divisions(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold the headings and numbers within the text against II.6.đ."""
    shown = [p for p in parts.body if parts.lines_of(p)]
    if parts.kind in {Kind.NAMED, Kind.ATTACHED}:
        _check_headings(parts, shown, breaches)
        _check_articles(parts, shown, breaches)
    _check_points(parts, shown, breaches)


def _check_headings(parts: DocumentParts, shown: Sequence[Paragraph], breaches: Breaches) -> None:
    first_of: dict[str, tuple[str, str]] = {}  # a title on the line is told once, by its first
    for place, paragraph in enumerate(shown):
        line = parts.lines_of(paragraph)[0]
        match = part_words.DIVISION.fullmatch(line.text)
        centred = paragraph.layout.align == "center"
        if match is None or not (centred or line.is_bold):
            continue
        word, number, title = match.group(1), match.group(2), match.group("title")
        about = word.capitalize()
        if title is not None:
            if centred or title == title.upper():
                told = first_of.setdefault(about, (line.text, f"{about} {number}"))
                breaches.add(Code.DIVISION_LINE, line, _LAW, *told)
            continue
        wanted = "chữ số La Mã" if about.casefold() in _ROMAN else "chữ số Ả Rập"
        if number.isdecimal() is (about.casefold() in _ROMAN):
            breaches.add(Code.DIVISION_NUMBER, line, _LAW, line.text, wanted)
        _check_look(line, about, breaches, capitals=False)
        beneath = parts.lines_of(shown[place + 1]) if place + 1 < len(shown) else []
        if beneath and _may_be_title(beneath[0]):
            _check_look(beneath[0], f"Tiêu đề {about.casefold()}", breaches, capitals=True)


def _may_be_title(line: Line) -> bool:
    if part_words.DIVISION.fullmatch(line.text) or _ARTICLE.match(line.text):
        return False
    return line.paragraph.layout.align == "center" or line.is_capitals


def _check_look(line: Line, about: str, breaches: Breaches, *, capitals: bool) -> None:
    if not line.is_bold:
        breaches.add(Code.NOT_BOLD, line, _LAW, about=about)
    align = line.paragraph.layout.align
    if align != "center" and not line.is_set_in:
        words = {"left": "canh trái", "right": "canh phải"}.get(align, "canh đều hai lề")
        breaches.add(Code.ALIGNMENT, line, _LAW, words, "canh giữa", about=about)
    if capitals and not line.is_capitals:
        breaches.add(Code.NOT_CAPITALS, line, _LAW, about=about)
    if not capitals and line.text.split()[0].isupper():
        breaches.add(Code.IS_CAPITALS, line, _LAW, about=about)


def _check_articles(parts: DocumentParts, shown: Sequence[Paragraph], breaches: Breaches) -> None:
    has_articles = False
    first_with: dict[str, str] = {}
    first_article: dict[str, tuple[str, str]] = {}
    for paragraph in shown:
        line = parts.lines_of(paragraph)[0]
        article = _ARTICLE.match(line.text)
        if article:
            has_articles = True
            _check_article(line, article, breaches, first_article)
            continue
        start = _CLAUSE.match(_numbered(line))
        if has_articles and start:
            first = first_with.setdefault(start.group(2), start.group(1))
            breaches.add(Code.ARTICLE_DOT, line, _LAW, f"{first}{start.group(2)}", f"{first}.")


def _check_article(
    line: Line,
    match: re.Match[str],
    breaches: Breaches,
    first_with: dict[str, tuple[str, str]],
) -> None:
    word, number, mark = match.groups()
    found = match.group(0)
    if not number[0].isdecimal():
        breaches.add(Code.DIVISION_NUMBER, line, _LAW, found, "chữ số Ả Rập")
    if mark != ".":
        told = first_with.setdefault(mark, (found, f"{word.capitalize()} {number}."))
        breaches.add(Code.ARTICLE_DOT, line, _LAW, *told)
    if word.isupper():
        breaches.add(Code.IS_CAPITALS, line, _LAW, about="Từ “Điều”")
    light = [piece for piece in _pieces_of(line, len(found)) if not piece.letters.bold]
    if light:
        at = SomeOfLine(line, tuple(light))
        breaches.add(Code.NOT_BOLD, at, _LAW, about="Từ “Điều” và số thứ tự")


def _pieces_of(line: Line, length: int) -> list[Piece]:
    """Return the pieces that hold letters or figures among the first characters of a line."""
    found: list[Piece] = []
    seen = 0
    for piece in line.source.pieces:
        if seen >= length:
            break
        inside = piece.text[: length - seen] if found else piece.text.lstrip()[: length - seen]
        seen += len(inside)
        if any(c.isalnum() for c in inside):
            found.append(piece)
    return found


def _numbered(line: Line) -> str:
    """Return a line with the number that Word gives its paragraph."""
    label = line.paragraph.layout.label
    return f"{label} {line.text}" if label else line.text


def _check_points(parts: DocumentParts, shown: Sequence[Paragraph], breaches: Breaches) -> None:
    last = ""
    first_with: dict[str, str] = {}  # each wrong mark is told once, by its first letter
    for paragraph in shown:
        line = parts.lines_of(paragraph)[0]
        match = _POINT.match(_numbered(line))
        if match is None:
            last = last if line.is_item else ""
            continue
        letter, mark = match.groups()
        if mark != ")":
            first = first_with.setdefault(mark, letter)
            breaches.add(Code.POINT_MARK, line, _LAW, f"{first}{mark}", f"{first})")
        right = _after(last) if last else ""
        skipped = letter in _ALIEN or (last == "d" and letter == "e")
        if skipped and right and right != letter:
            breaches.add(Code.POINT_ORDER, line, _LAW, f"{letter})", f"{right})")
        last = letter


def _after(letter: str) -> str:
    at = _LETTERS.find(letter)
    return _LETTERS[at + 1] if 0 <= at < len(_LETTERS) - 1 else ""
