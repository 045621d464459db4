"""Recognising the parts of a document by their text and their place."""

from __future__ import annotations

from cchc_office.decree30.checker import _part_words as part_words
from cchc_office.decree30.checker._parts import Appendix, DocumentParts, Kind, Line, all_lines
from cchc_office.decree30.figures import Part
from cchc_office.word.reading import Paragraph, WordDocument


def recognise(document: WordDocument) -> DocumentParts:
    """Return the parts of the document, as far as they can be told."""
    parts = DocumentParts(document, all_lines(document))
    parts.closing = len(parts.lines)
    _find_letterhead(parts)
    _find_type_and_subject(parts)
    _find_addressee(parts)
    _find_closing(parts)
    _find_appendices(parts)
    _body(parts)
    parts.kind = _kind(parts)
    if parts.kind is Kind.UNKNOWN:
        parts.body = []  # the rules for a text are those of official documents
    return parts


def _kind(parts: DocumentParts) -> Kind:
    heads = (Part.NATIONAL_NAME, Part.MOTTO, Part.NUMBER, Part.PLACE_DATE)
    if sum(bool(parts.of(part)) for part in heads) >= 2:
        numbered = parts.of(Part.NUMBER) or parts.of(Part.PLACE_DATE)
        if parts.of(Part.APPENDIX_REFERENCE) and not numbered:
            return Kind.ATTACHED
        return Kind.NAMED if parts.of(Part.TYPE_NAME) else Kind.DISPATCH
    if parts.appendices or parts.of(Part.APPENDIX_REFERENCE):
        return Kind.APPENDIX
    return Kind.UNKNOWN


def _body(parts: DocumentParts) -> None:
    if parts.of(Part.APPENDIX_TITLE) and not parts.of(Part.NATIONAL_NAME):
        return
    taken = {id(s.paragraph) for found in parts.parts.values() for s in found}
    first_appendix = min((a.first.index for a in parts.appendices), default=len(parts.lines))
    end = min(parts.closing, first_appendix)
    between = parts.lines[parts.head_end : end]
    paragraphs: list[Paragraph] = []
    for line in between:
        if not paragraphs or paragraphs[-1] is not line.paragraph:
            paragraphs.append(line.paragraph)
    texts = [p for p in paragraphs if not p.place.table and not p.place.text_box]
    parts.body = [p for p in texts if id(p) not in taken and not _is_bare_rule(p)]
    shown = [s for s in between if s.text and not s.is_rule]
    parts.ends_in_text = bool(shown) and not shown[-1].place.table


def _is_bare_rule(paragraph: Paragraph) -> bool:
    return not paragraph.text.strip("_-–— \t\u00a0\n") and bool(paragraph.text.strip())


_PARENT_WORDS = ("ubnd ", "uy ban nhan dan ", "bo ", "so ", "tong cuc ", "cuc ", "tinh uy ")
_FIRST_LINES = 40


_MOST_SUBJECT_LINES = 8


_HALF_A_NAME = len("cong hoa xa hoi")
_LONGEST_TYPE = 60
_LONGEST_TYPE_AND_SUBJECT = 150
_LONGEST_PLACE_DATE = 90


def _find_letterhead(parts: DocumentParts) -> None:
    head = _head_zone(parts)
    texts = [line for line in head if line.text and not line.is_rule]
    for line in texts:
        bare, folded = line.bare, line.folded
        if _is_national_name(line, parts.of(Part.NATIONAL_NAME)):
            parts.take(Part.NATIONAL_NAME, line)
        elif bare == "doc lap tu do hanh phuc" and not parts.of(Part.MOTTO):
            parts.take(Part.MOTTO, line)
        elif ";" in folded:
            continue  # what an electronic signature prints: number; time; zone
        elif part_words.NUMBER.match(folded) and not parts.of(Part.NUMBER):
            parts.take(Part.NUMBER, line)
        elif _is_place_and_date(line) and not parts.of(Part.PLACE_DATE):
            parts.take(Part.PLACE_DATE, line)
        elif part_words.SUBJECT.match(folded) and not parts.of(Part.DISPATCH_SUBJECT):
            parts.take(Part.DISPATCH_SUBJECT, line, *_same_cell_after(line, texts))
    _agencies(parts, texts)
    found = [s.index for p in parts.parts for s in parts.of(p)]
    rules = [line.index for line in head if line.is_rule]
    parts.head_end = max([*found, *rules], default=-1) + 1


def _is_place_and_date(line: Line) -> bool:
    is_short = len(line.text) <= _LONGEST_PLACE_DATE
    in_text = part_words.DAY_IN_TEXT.match(line.folded) or line.text.endswith((";", ":"))
    return bool(part_words.DATE.search(line.folded)) and is_short and not in_text


def _is_national_name(line: Line, begun: list[Line]) -> bool:
    """Tell whether a line is the national name, or its beginning or end where it was broken."""
    whole = part_words.HEAD_WORDS[0]
    if begun:
        rest = whole.removeprefix(begun[0].bare).strip()
        return bool(rest) and len(begun) == 1 and line.bare == rest
    return whole in line.bare or (len(line.bare) >= _HALF_A_NAME and whole.startswith(line.bare))


def _head_zone(parts: DocumentParts) -> list[Line]:
    """Return the lines down to the addressee, the type's name or the first line of the text."""
    zone: list[Line] = []
    lines = 0
    in_table = False
    for line in parts.lines:
        folded = line.folded
        if in_table and _stands_below(line):
            break
        in_table |= bool(line.place.table) and any(
            mark in line.bare for mark in part_words.HEAD_WORDS
        )
        if part_words.ADDRESSEE.match(folded) or _is_type_name(line) or lines > _FIRST_LINES:
            break
        if part_words.APPENDIX.fullmatch(folded) or part_words.ENCLOSED.match(folded):
            break
        lines += bool(line.text)
        zone.append(line)
    known = any(any(mark in line.bare for mark in part_words.HEAD_WORDS) for line in zone)
    return zone if known or any(part_words.NUMBER.match(line.folded) for line in zone) else []


def _stands_below(line: Line) -> bool:
    """Tell whether a line stands under a letterhead that is a table, and is no part of it."""
    if line.place.table or line.place.text_box or not line.text or line.is_rule:
        return False
    folded = line.folded
    return not any(
        mark.search(folded) for mark in (part_words.NUMBER, part_words.DATE, part_words.SUBJECT)
    )


def _same_cell_after(line: Line, texts: list[Line]) -> list[Line]:
    """Return the lines beneath in the same cell, into which a long subject was broken."""
    if not line.place.table:
        return []
    return [
        other
        for other in texts
        if other.index > line.index
        and _cell(other) == _cell(line)
        and not other.is_capitals  # a mark of urgency
        and not part_words.REMARK.fullmatch(other.folded)
        and not part_words.DATE.search(other.folded)
    ]


def _cell(line: Line) -> tuple[int, int, int]:
    return line.place.table, line.place.row, line.place.column


def _agencies(parts: DocumentParts, texts: list[Line]) -> None:
    """Find the lines over the number in the left column, and tell the parent from the agency."""
    anchor = parts.first(Part.NATIONAL_NAME) or parts.first(Part.MOTTO)
    number = parts.first(Part.NUMBER)
    if anchor is None:
        return
    taken = {line.index for found in parts.parts.values() for line in found}
    left = anchor.columns > 1
    end = number.index if number and number.column == 0 else len(parts.lines)
    lines = [
        line
        for line in texts
        if line.index not in taken
        and (line.column != anchor.column if left else line.index < anchor.index)
        and (line.index < end or line.place.row < (number.place.row if number else 0))
        and not line.text.startswith("(")
        and (not left or line.by_tab or _beside(anchor, line))
    ]
    at = _where_agency_begins(lines)
    parts.take(Part.PARENT_AGENCY, *lines[:at])
    parts.take(Part.AGENCY, *lines[at:])


def _beside(anchor: Line, line: Line) -> bool:
    return anchor.place.text_box or line.place.table == anchor.place.table


def _where_agency_begins(lines: list[Line]) -> int:
    """Return where the issuing agency's name begins: at the bold, else at a name's first word."""
    bold = [line.is_bold for line in lines]
    if True in bold and not bold[0]:
        return bold.index(True)
    starts = [index for index, line in enumerate(lines) if index and _begins_a_name(line)]
    if not starts:
        return 0
    if not all(bold):
        return starts[-1]
    # Both bold: two names only where the first is that of an agency over others, and whole.
    goes_on = lines[0].bare.endswith(" va") or lines[0].text.endswith((",", "-"))
    is_parent = f"{lines[0].bare} ".startswith(_PARENT_WORDS) and not goes_on
    return starts[0] if is_parent else 0


def _begins_a_name(line: Line) -> bool:
    return f"{line.bare} ".startswith(part_words.AGENCY_WORDS)


def _is_type_name(line: Line) -> bool:
    if line.place.columns > 1:
        return False
    centred = line.paragraph.layout.align == "center"
    if line.bare in part_words.TYPE_NAMES:
        return line.is_capitals or line.is_bold or centred
    short = len(line.text) <= _LONGEST_TYPE_AND_SUBJECT
    return short and centred and line.is_capitals and bool(_type_at_start(line))


def _type_at_start(line: Line) -> str:
    """Return the type that a line begins with, "" where it begins with none."""
    bare = f"{line.bare} "
    return next((name for name in part_words.TYPE_NAMES if bare.startswith(f"{name} ")), "")


def _is_some_heading(first: list[Line]) -> bool:
    return any(
        line.paragraph.layout.align == "center"
        and line.is_capitals
        and not line.place.table
        and len(line.text) <= _LONGEST_TYPE
        and not part_words.ADDRESSEE.match(line.folded)
        for line in first
    )


def _find_type_and_subject(parts: DocumentParts) -> None:
    start = parts.head_end
    following = [line for line in parts.lines[start:] if line.text or line.is_rule][:_FIRST_LINES]
    at = next((i for i, line in enumerate(following[:6]) if _is_type_name(line)), None)
    has_head = bool(parts.of(Part.NATIONAL_NAME) or parts.of(Part.MOTTO))
    named_otherwise = has_head and not parts.of(Part.DISPATCH_SUBJECT)
    if at is None and named_otherwise and _is_some_heading(following[:1]):
        at = 0  # a type that the decree's list does not have
    if at is None:
        return
    parts.type_name = _type_at_start(following[at]) or following[at].bare
    parts.type_is_bare = following[at].bare in part_words.TYPE_NAMES
    parts.take(Part.TYPE_NAME, following[at])
    parts.head_end = following[at].index + 1
    for line in following[at + 1 : at + 1 + _MOST_SUBJECT_LINES]:
        if not _goes_on_as_subject(line, parts):
            break
        parts.take(Part.SUBJECT, line)
        parts.head_end = line.index + 1


def _goes_on_as_subject(line: Line, parts: DocumentParts) -> bool:
    if (
        line.is_rule
        or part_words.ADDRESSEE.match(line.folded)
        or len(line.text) > part_words.LONGEST_LINE
    ):
        return False
    if part_words.ENCLOSED.match(line.folded) or part_words.LEGAL_BASIS.match(line.folded):
        return False
    before = parts.lines[line.index - 1]
    if before.is_blank or before.is_rule:
        return False
    begins = not parts.of(Part.SUBJECT)
    if line.is_capitals and not begins:
        return False
    centred = line.paragraph.layout.align == "center"
    return centred or (begins and line.is_bold)


def _find_addressee(parts: DocumentParts) -> None:
    following = [line for line in parts.lines[parts.head_end :] if line.text][:12]
    label = next((s for s in following if part_words.ADDRESSEE.match(s.folded)), None)
    if label is None:
        return
    parts.take(Part.ADDRESSEE, label)
    parts.head_end = label.index + 1
    named = bool(label.folded.removeprefix("kinh gui").strip(" :."))
    for line in parts.lines[label.index + 1 :]:
        if not line.text:
            continue
        above = parts.of(Part.ADDRESSEE)[-1]
        goes_on = above.is_item and not above.text.endswith((";", ".")) and _may_be_addressee(line)
        listed = line.is_item or goes_on
        alone = not named and len(parts.of(Part.ADDRESSEE)) == 1 and _may_be_addressee(line)
        if not listed and not alone:
            break
        parts.take(Part.ADDRESSEE, line)
        parts.head_end = line.index + 1
        if alone and not listed:
            break


def _may_be_addressee(line: Line) -> bool:
    ends_as_text = line.text.endswith((":", "./.")) or len(line.text) > part_words.LONGEST_LINE
    return not ends_as_text and (line.paragraph.layout.align != "both" or bool(line.place.table))


_MOST_COLUMNS = 3
_HEAD_LINES = 40


def _find_closing(parts: DocumentParts) -> None:
    """Find "Nơi nhận" with its list, and the signature beside or beneath it."""
    label = _label(parts)
    if label is None:
        _signature_alone(parts)
        return
    parts.take(Part.RECIPIENTS_LABEL, label)
    parts.closing = label.index
    _recipients(parts, label)
    if label.place.table:
        _signature_beside(parts, label)
    elif label.by_tab:
        beside = [
            s for s in parts.lines[label.index :] if s.column > 0 or s.is_blank or s.is_set_in
        ]
        _signer(parts, beside)
    else:
        _signature_alone(parts)


def _label(parts: DocumentParts) -> Line | None:
    """Return the line "Nơi nhận": the one with a list under it, else the last outside wide tables.

    A table of the text may have a column with that heading.
    """
    rest = parts.lines[parts.head_end :]
    found = [s for s in rest if part_words.RECIPIENTS.fullmatch(s.folded) or _holds_first_item(s)]
    listed = [s for s in found if _holds_first_item(s) or _is_followed_by_item(parts, s)]
    if listed:
        return listed[0]
    narrow = [s for s in found if s.columns <= _MOST_COLUMNS]
    return narrow[-1] if narrow else None


def _holds_first_item(line: Line) -> bool:
    return bool(part_words.RECIPIENTS_WITH_ITEM.match(line.folded))


def _is_followed_by_item(parts: DocumentParts, label: Line) -> bool:
    below = (
        line
        for line in parts.lines[label.index + 1 : label.index + 40]
        if line.text and line.column == label.column
    )
    following = next(below, None)
    return following is not None and following.is_item


def _recipients(parts: DocumentParts, label: Line) -> None:
    for line in parts.lines[label.index + 1 :]:
        inside = label.place.table and line.place.table == label.place.table
        if inside and line.column != label.column:
            continue
        if not line.text:
            if parts.of(Part.RECIPIENTS) and not inside:
                break
            continue
        if not inside and not line.is_item:
            if label.by_tab and line.by_tab:
                continue
            break
        if label.place.table and not inside:
            break
        parts.take(Part.RECIPIENTS, line)


def _signature_beside(parts: DocumentParts, label: Line) -> None:
    """Read the signer's block in the columns to the right of "Nơi nhận"."""
    block = [
        line
        for line in parts.lines
        if line.place.table == label.place.table and line.column > label.column
    ]
    first = min((line.index for line in block), default=label.index)
    parts.closing = min(parts.closing, first)
    for column in sorted({line.column for line in block}):
        _signer(parts, [line for line in block if line.column == column])


def _signature_alone(parts: DocumentParts) -> None:
    """Look for a signature that stands without a table."""
    end = next(
        (
            line.index
            for line in parts.lines
            if line.index > parts.head_end and part_words.APPENDIX.fullmatch(line.folded)
        ),
        len(parts.lines),
    )
    tail = [s for s in parts.lines[parts.head_end : end] if s.text and not s.is_item][-12:]
    at = next((i for i, line in enumerate(tail) if part_words.AUTHORITY.match(line.folded)), None)
    if at is None:
        at = next((i for i, s in enumerate(tail) if s.is_capitals and _is_title(s)), None)
    if at is None:
        return
    start = tail[at].index
    parts.closing = min(parts.closing, start)
    named = (*parts.of(Part.RECIPIENTS_LABEL), *parts.of(Part.RECIPIENTS))
    taken = {line.index for line in named}
    block = [line for line in parts.lines[start:end] if line.index not in taken]
    table = tail[at].place.table
    if not table:
        _signer(parts, block)
        return
    for column in sorted({line.column for line in block if line.place.table == table}):
        _signer(parts, [s for s in block if s.place.table == table and s.column == column])


def _is_title(line: Line) -> bool:
    return bool(part_words.TITLE_WORDS.search(line.bare))


def _signer(parts: DocumentParts, block: list[Line]) -> None:
    """Tell the lines of authority and title from the name, which stands below the gap."""
    shown = [line for line in block if line.text and not line.text.startswith("(")]
    shown = [s for s in shown if not s.text.endswith(")") or "(" in s.text]
    if not shown:
        return
    last = shown[-1]
    gap = any(s.is_blank for s in block if shown[0].index < s.index < last.index)
    alone = len(shown) == 1 and _is_title(last)
    is_name = not alone and not part_words.AUTHORITY.match(last.folded)
    if is_name and (not last.is_capitals or (gap and not _is_title(last))):
        parts.take(Part.SIGNER, last)
        shown = shown[:-1]
    names = [line for line in shown if line.is_capitals or _is_title(line) or line in shown[:1]]
    parts.take(Part.AUTHORITY, *names)


def _find_appendices(parts: DocumentParts) -> None:
    """Find the heads of the appendices behind the signature, or at the start of the file."""
    closing = [s.index for p in (Part.SIGNER, Part.AUTHORITY, Part.RECIPIENTS) for s in parts.of(p)]
    start = max(closing, default=-1) + 1 if closing else parts.head_end
    rest = parts.lines[start:]
    for at, line in enumerate(rest):
        if not _may_be_label(line):
            continue
        if part_words.APPENDIX.fullmatch(line.folded):
            parts.take(Part.APPENDIX_LABEL, line)
            parts.appendices.append(Appendix(line, line, _numeral(line.text)))
            _appendix_head(parts, rest[at + 1 : at + _HEAD_LINES])
        elif part_words.APPENDIX_WITH_TITLE.match(line.folded) and line.columns == 1:
            parts.joined_labels.append(line)
            _appendix_head(parts, rest[at + 1 : at + _HEAD_LINES])
    if not parts.appendices and not parts.joined_labels:
        _unlabelled(parts, rest[:_HEAD_LINES], behind_text=bool(closing))


def _unlabelled(parts: DocumentParts, rest: tuple[Line, ...], *, behind_text: bool) -> None:
    """Find an appendix that has no line "Phụ lục", by its "(Kèm theo …)"."""
    lines = [line for line in rest if line.text and not line.is_rule][:12]
    if not any(part_words.ENCLOSED.match(line.folded) for line in lines):
        return
    parts.attached = any(
        any(word in line.bare for word in part_words.HEAD_WORDS)
        or line.bare in part_words.TYPE_NAMES
        for line in lines
    )
    if parts.attached and behind_text:
        return  # a document of its own, with a head of its own
    _appendix_head(parts, rest)
    if behind_text or not parts.of(Part.NATIONAL_NAME):
        first = (parts.of(Part.APPENDIX_TITLE) or parts.of(Part.APPENDIX_REFERENCE))[0]
        parts.appendices.append(Appendix(first, None, ""))


def _may_be_label(line: Line) -> bool:
    if line.columns > 1:
        return False  # a cell that refers to an appendix
    return line.paragraph.layout.align in {"center", "right"} or line.is_bold


def _numeral(text: str) -> str:
    parts = text.rstrip(".:… ").split()
    return parts[-1] if len(parts) > 2 and "…" not in text else ""


def _appendix_head(parts: DocumentParts, rest: tuple[Line, ...]) -> None:
    """Read title and "(Kèm theo …)" from the first lines of `rest`."""
    lines = [line for line in rest if line.text or line.is_rule][:8]
    at = next((i for i, s in enumerate(lines) if part_words.ENCLOSED.match(s.folded)), None)
    before = lines[:at] if at is not None else _title_lines(lines)
    titles = [s for s in before if s.text and not s.is_rule and not s.place.table]
    if parts.of(Part.TYPE_NAME) and not (parts.appendices or parts.joined_labels):
        titles = []  # what is enclosed has a type and subject, not a title
    parts.take(Part.APPENDIX_TITLE, *titles)
    for line in [] if at is None else lines[at:]:
        parts.take(Part.APPENDIX_REFERENCE, line)
        if ")" in line.text:
            break


def _title_lines(lines: list[Line]) -> list[Line]:
    """Return the centred lines right under "Phụ lục" where no "(Kèm theo …)" ends them."""
    found: list[Line] = []
    for line in lines:
        centred = line.paragraph.layout.align == "center"
        if line.place.table or not centred or not (line.is_bold or line.is_capitals):
            break
        found.append(line)
    return found
