"""The head of a document: the words of each part, the rules beneath, number, place and date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import islice

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._breaches import Breaches
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line
from cchc_office.decree30.figures import (
    MOTTO,
    NATIONAL_NAME,
    RULE_SHARE,
    SUBJECT_DISTANCE,
    Part,
    Range,
    clause,
    number_in_words,
)
from cchc_office.text.vietnamese import upper
from cchc_office.word.reading import Paragraph

_NATIONAL_NAMES = {NATIONAL_NAME, NATIONAL_NAME.replace("HÒA", "HOÀ")}
_WHOLE_LINE = Range(0.8, 1.2)  # drawn by eye too
# Rules are drawn by eye: in the decree's own specimens they go down to a quarter.
_PART_OF_LINE = Range(RULE_SHARE.least - 0.1, RULE_SHARE.most + 0.1)
_RULES_BENEATH = (
    (Part.MOTTO, _WHOLE_LINE, "bằng độ dài dòng chữ"),
    (Part.AGENCY, _PART_OF_LINE, "từ 1/3 đến 1/2 độ dài dòng chữ"),
    (Part.SUBJECT, _PART_OF_LINE, "từ 1/3 đến 1/2 độ dài dòng chữ"),
)
_TO_FILL_IN = re.compile(r"_{3,}|…|\.{3,}")
_SUBJECT_START = re.compile(r"V/v(?:\s+[^\s:]|\s*(?:…|\.\.))")
_DIGITS_OF_YEAR, _LEAP_YEAR, _LONGEST_MONTH = 4, 2024, 31
_BLANK = r"[\d…._\s]*"
_NUMBER_LINE = re.compile(rf"Số\s*(:?)\s*({_BLANK}?)(\s*)/(\s*)(\S.*)?$", re.IGNORECASE)
_DATE_LINE = re.compile(
    rf"^(.*?)(\s*,)?\s*\bngày\b({_BLANK})\btháng\b({_BLANK})\bnăm\b({_BLANK})", re.IGNORECASE
)
_SPACED = re.compile(r"\s+[-–—]|[-–—]\s+|\s+/|/\s+")
_NO_SLASH = re.compile(r"Số\s*:\s*\d+\s*[-–]?\s*[A-ZĐ]{2,}[^/]*$")
_TYPES_CERTAIN_IN_LETTERS = frozenset(("QĐ", "TB", "BC", "TTr", "NQ", "BB", "KH"))


def check_head(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold the head's words, rules and numbers against sections II.1 to II.5."""
    _check_names(parts, breaches)
    _check_rules(parts, breaches)
    number, day = parts.first(Part.NUMBER), parts.first(Part.PLACE_DATE)
    if number:
        _check_number(number, parts, breaches)
    if day:
        _check_date(day, breaches)
    if number and day and _are_apart(number, day):
        breaches.add(Code.NUMBER_AND_DATE_APART, day, clause("II.4.c"))
    _check_subject(parts, breaches)


def _check_names(parts: DocumentParts, breaches: Breaches) -> None:
    name, motto = parts.first(Part.NATIONAL_NAME), parts.first(Part.MOTTO)
    if name:
        whole = " ".join(line.text for line in parts.of(Part.NATIONAL_NAME))
        if upper(whole) not in _NATIONAL_NAMES:
            breaches.add(Code.NATIONAL_NAME_WORDS, name, clause("II.1.a"), whole, NATIONAL_NAME)
        if name.columns > 1 and name.column == 0:
            breaches.add(Code.NATIONAL_NAME_PLACE, name, clause("II.1.a"))
    if (
        motto
        and motto.text != MOTTO
        and not (motto.is_capitals and upper(motto.text) == upper(MOTTO))
    ):
        breaches.add(Code.MOTTO_WORDS, motto, clause("II.1.b"), motto.text, MOTTO)


# --- rules ---


def _check_rules(parts: DocumentParts, breaches: Breaches) -> None:
    for part, allowed, expected in _RULES_BENEATH:
        lines = parts.of(part)
        if not lines or (part is Part.SUBJECT and parts.kind is not Kind.NAMED):
            continue
        if part is Part.SUBJECT and lines[-1].is_capitals and not parts.type_is_bare:
            continue  # the rest of the type, not a subject
        if _TO_FILL_IN.search(lines[-1].with_blanks):
            continue  # how long the line will be, no one knows yet
        length = _rule_length(parts, lines)
        if length is None:
            breaches.add(Code.RULE_MISSING, lines[-1], part, expected=expected)
            continue
        seen = [_seen_width(line) for line in lines]
        # A line in capitals that is not to be is a breach of its own, not one of the rule.
        widths = (seen[-1], max(seen), min(lines[-1].typed_width, seen[-1]))
        shares = [length / width for width in widths if width]
        if lines[-1].place.width and lines[-1].width > lines[-1].place.width:
            # Broken by Word: how long its last line is, the file does not tell.
            allowed = replace(allowed, least=0.0)
        if length and shares and not any(allowed.holds(share) for share in shares):
            found = f"{shares[0]:.2f}".replace(".", ",")
            breaches.add(Code.RULE_LENGTH, lines[-1], part, found, expected)


def _seen_width(line: Line) -> float:
    """Return the length of the line as it is seen: no longer than its room."""
    room = line.place.width
    return min(line.width, room) if room else line.width


def _rule_length(parts: DocumentParts, lines: list[Line]) -> float | None:
    """Return the length in mm of the rule under `lines`: 0 if not known, None if there is none."""
    last = lines[-1]
    if last.pieces and all(piece.letters.underline for piece in last.pieces):
        return last.width
    beneath = _beneath(parts, last)
    around = [line.paragraph for line in (*lines, *beneath)]
    drawn = [width for paragraph in around for width in paragraph.drawn_lines]
    if not drawn:
        drawn = _anchored_beneath(parts, last, beneath)
    for line in beneath:
        if line.is_rule and line.is_solid:
            return 0.0 if line.by_tab else line.width  # blanks decide where its ends are
    of_both = last.by_tab or (last.columns > 1 and len(drawn) > 1)
    if drawn and of_both and not last.column:
        return min(drawn)  # the other half's rule, drawn here as well, is the longer one
    if drawn:
        return min(drawn, key=lambda width: abs(width - last.width))
    for paragraph in around:
        border = paragraph.layout.border_below or paragraph.layout.border_above
        if border and (paragraph is not last.paragraph or paragraph.layout.border_below):
            return _border_length(paragraph)
    # A shape may be anchored anywhere near; then its place is Word's affair.
    return 0.0 if _stray_lines(parts, last) else None


def _anchored_beneath(parts: DocumentParts, last: Line, beneath: list[Line]) -> list[float]:
    """Return the lengths of lines drawn from the paragraph under `last`."""
    after = beneath[-1].index + 1 if beneath else last.index + 1
    following = (
        line for line in parts.lines[after:] if last.columns == 1 or line.column == last.column
    )
    return list(next((line.paragraph.drawn_lines for line in following), ()))


def paragraphs_with_rule(parts: DocumentParts, last: Line) -> list[Paragraph]:
    """Return the paragraphs in which a rule under `last` may stand, or be anchored."""
    beneath = _beneath(parts, last)
    after = (beneath[-1] if beneath else last).index + 1
    following = (s for s in parts.lines[after:] if last.columns == 1 or s.column == last.column)
    found = [last, *beneath, *islice(following, 1)]
    return list({id(line.paragraph): line.paragraph for line in found}.values())


def _beneath(parts: DocumentParts, last: Line) -> list[Line]:
    """Return the lines under `last` in its column, down to the next one with text."""
    found: list[Line] = []
    for line in parts.lines[last.index + 1 :]:
        beneath_both = last.by_tab and line.columns == 1
        if last.columns > 1 and line.column != last.column and not beneath_both:
            if line.place.table != last.place.table:
                break
            continue
        if line.text and not line.is_rule:
            # A border over the next line's paragraph is a rule under this one.
            if line.paragraph.layout.border_above:
                found.append(line)
            break
        found.append(line)
    return found


def _border_length(paragraph: Paragraph) -> float:
    room = paragraph.place.width
    layout = paragraph.layout
    return max(0.0, room - layout.left - layout.right) if room else 0.0


def _stray_lines(parts: DocumentParts, last: Line) -> bool:
    """Tell whether lines are drawn from elsewhere in the head, more than the other part needs."""
    head = parts.lines[: min(parts.head_end + 3, len(parts.lines))]
    outside = [s for s in head if not s.place.table and s.paragraph.drawn_lines]
    beside = sum(len(s.paragraph.drawn_lines) for s in head if s.column != last.column)
    return bool(outside) or beside > 1


# --- number and date ---


def _check_number(line: Line, parts: DocumentParts, breaches: Breaches) -> None:
    text = line.with_blanks
    match = _NUMBER_LINE.match(text)
    law = clause("II.3.c")
    if match is None:
        if ":" not in text:
            breaches.add(Code.NUMBER_COLON, line, law, line.text, "Số: …/…")
        elif _NO_SLASH.match(text):
            breaches.add(Code.NUMBER_SLASH, line, law, line.text)
        return
    colon, blank, before, after, symbol = match.groups()
    number, symbol = blank.strip(), (symbol or "").strip()
    is_dispatch = parts.kind is Kind.DISPATCH
    said = {"found": line.text, "expected": _right_number(number, symbol, is_dispatch)}
    if not colon:
        breaches.add(Code.NUMBER_COLON, line, law, **said)
    if number.isdecimal() and len(number) == 1:
        breaches.add(Code.NUMBER_PADDING, line, law, **said)
    around = number.isdecimal() and (before or blank != blank.rstrip())
    if around or (after and symbol) or _SPACED.search(symbol):
        breaches.add(Code.NUMBER_SPACES, line, law, **said)
    letters = [c for c in symbol if c.isalpha()]
    if (letters and all(c.islower() for c in letters)) or _is_type_in_wrong_letters(symbol):
        breaches.add(Code.SYMBOL_LETTERS, line, law, **said)
    if is_dispatch and "CV" in re.split(r"[-/\s]+", symbol.upper()):
        breaches.add(Code.SYMBOL_OF_DISPATCH, line, clause("II.3.b"), **said)
    _check_symbol_of_type(line, symbol, parts, breaches)


def _first_group(symbol: str) -> str:
    return re.split(r"\s*[-–—/]\s*", symbol)[0].strip()


def _is_type_in_wrong_letters(symbol: str) -> bool:
    """Tell whether it begins with "Qđ" or the like, where the decree has QĐ."""
    group = _first_group(symbol)
    codes = part_words.TYPE_CODES.values()
    return group not in codes and any(group.upper() == c == c.upper() for c in codes)


def _check_symbol_of_type(
    line: Line, symbol: str, parts: DocumentParts, breaches: Breaches
) -> None:
    """Hold the symbol's first letters against the type's, as Appendix III, I, gives them."""
    group = _first_group(symbol)
    if not group.isalpha():
        return  # left to be filled in, or a year
    law = clause("II.3.b")
    if parts.kind is Kind.DISPATCH:
        if group in _TYPES_CERTAIN_IN_LETTERS and re.search(r"[-–—/]", symbol):
            breaches.add(Code.SYMBOL_OF_TYPE, line, law, line.text, "cơ quan và đơn vị soạn thảo")
        return
    wanted = part_words.TYPE_CODES.get(parts.type_name, "")
    certain = parts.kind is Kind.NAMED and parts.type_is_bare and bool(wanted)
    if certain and group.upper() != wanted.upper():
        breaches.add(Code.SYMBOL_OF_TYPE, line, law, line.text, wanted)


def _right_number(number: str, symbol: str, is_dispatch: bool) -> str:
    """Return the whole line as it should be, whichever of its faults is spoken of."""
    groups = [group for group in re.split(r"\s*[-–—/]\s*", symbol) if group]
    if is_dispatch:
        groups = [group for group in groups if group.upper() != "CV"]
    if all(not any(c.isupper() for c in group) for group in groups):
        groups = [upper(group) for group in groups]
    elif _is_type_in_wrong_letters(symbol):
        groups[0] = upper(groups[0])
    padded = f"0{number}" if number.isdecimal() and len(number) == 1 else number or "…"
    return f"Số: {padded}/{'-'.join(groups)}"


def _check_date(line: Line, breaches: Breaches) -> None:
    text = line.with_blanks
    match = _DATE_LINE.match(text)
    law = clause("II.4.b")
    if match is None:
        breaches.add(Code.DATE_WORDS, line, law, line.text)
        return
    place, comma, day, month, year = ((group or "").strip() for group in match.groups())
    right_day = f"0{day}" if day.isdecimal() and len(day) == 1 else day or "…"
    right_month = f"0{month}" if month in {"1", "2"} else month or "…"
    if re.fullmatch("0[3-9]", month):
        right_month = month[1:]
    right_date = f"ngày {right_day} tháng {right_month} năm {year or '…'}"
    said = {"found": line.text, "expected": f"{place or '…'}, {right_date}"}
    _check_place(line, place, bool(comma), said, breaches)
    if not _may_be_date(day, month, year):
        breaches.add(Code.DATE_IMPOSSIBLE, line, law, line.text)
    is_short_day = day.isdecimal() and len(day) == 1
    if is_short_day or month in {"1", "2"}:
        breaches.add(Code.DATE_PADDING, line, law, **said)
    if re.fullmatch("0[3-9]", month):
        breaches.add(Code.MONTH_PADDING, line, law, **said)


def _may_be_date(day: str, month: str, year: str) -> bool:
    """Tell whether what is filled in of a date can be one."""
    if year.isdecimal() and len(year) != _DIGITS_OF_YEAR:
        return False
    if not month.isdecimal():
        return not day.isdecimal() or 1 <= int(day[:4]) <= _LONGEST_MONTH
    try:
        date(
            int(year) if year.isdecimal() else _LEAP_YEAR,
            int(month[:4]),
            int(day[:4]) if day.isdecimal() else 1,
        )
    except ValueError:
        return False
    return True


def _check_place(
    line: Line, place: str, has_comma: bool, said: dict[str, str], breaches: Breaches
) -> None:
    law = clause("II.4.c")
    if not place:
        breaches.add(Code.PLACE_MISSING, line, law)
        return
    if not has_comma:
        breaches.add(Code.PLACE_COMMA, line, law, **said)
    words = [word for word in place.split() if word[:1].isalpha()]
    if words and any(not word[0].isupper() for word in (words[0], words[-1])):
        breaches.add(Code.PLACE_CAPITALS, line, law, place)


def _are_apart(number: Line, day: Line) -> bool:
    """Tell whether number and date are on lines of different height, as far as rows tell."""
    a, b = number.place, day.place
    if a.table and a.table == b.table and a.column != b.column:
        return a.row != b.row
    same_line = number.paragraph is day.paragraph
    return not a.table and not b.table and not a.text_box and not b.text_box and not same_line


def _check_subject(parts: DocumentParts, breaches: Breaches) -> None:
    subject, number = parts.first(Part.DISPATCH_SUBJECT), parts.first(Part.NUMBER)
    if subject is not None and not _SUBJECT_START.match(subject.text):
        found = " ".join(subject.text.split()[:2])
        breaches.add(Code.SUBJECT_WORDS, subject, clause("II.5.b"), found)
    if subject is None or number is None or subject.column != number.column:
        return
    if subject.place.text_box != number.place.text_box:
        return  # a box stands where it was drawn
    between = parts.lines[number.index + 1 : subject.index]
    if any(s.column == number.column and s.is_blank for s in between):
        return  # a blank line parts them; how high it is, Word decides
    distance = subject.paragraph.layout.before + number.paragraph.layout.after
    if subject.paragraph is number.paragraph:
        distance = 0.0
    if distance < SUBJECT_DISTANCE - 0.5:
        breaches.add(
            Code.SUBJECT_DISTANCE,
            subject,
            clause("II.5.b"),
            number_in_words(distance),
            f"{SUBJECT_DISTANCE:g}",
        )
