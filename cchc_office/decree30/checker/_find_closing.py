"""Finding the end of a document: recipients, signature, and the heads of appendices."""

from __future__ import annotations

from cchc_office.decree30.checker._marks import (
    APPENDIX,
    APPENDIX_WITH_TITLE,
    AUTHORITY,
    ENCLOSED,
    HEAD_WORDS,
    RECIPIENTS,
    RECIPIENTS_WITH_ITEM,
    TITLE_WORDS,
    TYPE_NAMES,
    is_item,
)
from cchc_office.decree30.checker._parts import Appendix, DocumentParts
from cchc_office.decree30.checker._spots import Spot
from cchc_office.decree30.figures import Part

_MOST_COLUMNS = 3
_HEAD_SPOTS = 40


def find_closing(parts: DocumentParts) -> None:
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
        parts.take(Part.AUTHORITY, parts.spots[label.index + 1])
    else:
        _signature_alone(parts)


def _label(parts: DocumentParts) -> Spot | None:
    """Return the line "Nơi nhận": the one with a list under it, else the last outside wide tables.

    A table of the text may have a column with that heading.
    """
    rest = parts.spots[parts.head_end :]
    found = [s for s in rest if RECIPIENTS.fullmatch(s.folded) or _holds_first_item(s)]
    listed = [s for s in found if _holds_first_item(s) or _is_followed_by_item(parts, s)]
    if listed:
        return listed[0]
    narrow = [s for s in found if s.columns <= _MOST_COLUMNS]
    return narrow[-1] if narrow else None


def _holds_first_item(spot: Spot) -> bool:
    return bool(RECIPIENTS_WITH_ITEM.match(spot.folded))


def _is_followed_by_item(parts: DocumentParts, label: Spot) -> bool:
    below = (
        spot
        for spot in parts.spots[label.index + 1 : label.index + 40]
        if spot.text and spot.column == label.column
    )
    following = next(below, None)
    return following is not None and is_item(following)


def _recipients(parts: DocumentParts, label: Spot) -> None:
    for spot in parts.spots[label.index + 1 :]:
        inside = label.place.table and spot.place.table == label.place.table
        if inside and spot.column != label.column:
            continue
        if not spot.text:
            if parts.of(Part.RECIPIENTS) and not inside:
                break
            continue
        if not inside and not is_item(spot):
            if label.by_tab and spot.by_tab:
                continue
            break
        if label.place.table and not inside:
            break
        parts.take(Part.RECIPIENTS, spot)


def _signature_beside(parts: DocumentParts, label: Spot) -> None:
    """Read the signer's block in the columns to the right of "Nơi nhận"."""
    block = [
        spot
        for spot in parts.spots
        if spot.place.table == label.place.table and spot.column > label.column
    ]
    first = min((spot.index for spot in block), default=label.index)
    parts.closing = min(parts.closing, first)
    for column in sorted({spot.column for spot in block}):
        _signer(parts, [spot for spot in block if spot.column == column])


def _signature_alone(parts: DocumentParts) -> None:
    """Look for a signature that stands without a table."""
    end = next(
        (
            spot.index
            for spot in parts.spots
            if spot.index > parts.head_end and APPENDIX.fullmatch(spot.folded)
        ),
        len(parts.spots),
    )
    tail = [s for s in parts.spots[parts.head_end : end] if s.text and not is_item(s)][-12:]
    at = next((i for i, spot in enumerate(tail) if AUTHORITY.match(spot.folded)), None)
    if at is None:
        at = next((i for i, s in enumerate(tail) if s.is_capitals and _is_title(s)), None)
    if at is None:
        return
    start = tail[at].index
    parts.closing = min(parts.closing, start)
    taken = {spot.index for spot in parts.of(Part.RECIPIENTS)}
    _signer(parts, [spot for spot in parts.spots[start:end] if spot.index not in taken])


def _is_title(spot: Spot) -> bool:
    return bool(TITLE_WORDS.search(spot.bare))


def _signer(parts: DocumentParts, block: list[Spot]) -> None:
    """Tell the lines of authority and title from the name, which stands below the gap."""
    shown = [spot for spot in block if spot.text and not spot.text.startswith("(")]
    shown = [s for s in shown if not s.text.endswith(")") or "(" in s.text]
    if not shown:
        return
    last = shown[-1]
    gap = any(s.is_blank for s in block if shown[0].index < s.index < last.index)
    alone = len(shown) == 1 and _is_title(last)
    is_name = not alone and not AUTHORITY.match(last.folded)
    if is_name and (not last.is_capitals or (gap and not _is_title(last))):
        parts.take(Part.SIGNER, last)
        shown = shown[:-1]
    names = [spot for spot in shown if spot.is_capitals or _is_title(spot) or spot in shown[:1]]
    parts.take(Part.AUTHORITY, *names)


def find_appendices(parts: DocumentParts) -> None:
    """Find the heads of the appendices behind the signature, or at the start of the file."""
    closing = [s.index for p in (Part.SIGNER, Part.AUTHORITY, Part.RECIPIENTS) for s in parts.of(p)]
    start = max(closing, default=-1) + 1 if closing else parts.head_end
    rest = parts.spots[start:]
    for at, spot in enumerate(rest):
        if not _may_be_label(spot):
            continue
        if APPENDIX.fullmatch(spot.folded):
            parts.take(Part.APPENDIX_LABEL, spot)
            parts.appendices.append(Appendix(spot, spot, _numeral(spot.text)))
            _appendix_head(parts, rest[at + 1 : at + _HEAD_SPOTS])
        elif APPENDIX_WITH_TITLE.match(spot.folded) and spot.columns == 1:
            parts.joined_labels.append(spot)
            _appendix_head(parts, rest[at + 1 : at + _HEAD_SPOTS])
    if not parts.appendices and not parts.joined_labels:
        _unlabelled(parts, rest[:_HEAD_SPOTS], behind_text=bool(closing))


def _unlabelled(parts: DocumentParts, rest: tuple[Spot, ...], *, behind_text: bool) -> None:
    """Find an appendix that has no line "Phụ lục", by its "(Kèm theo …)"."""
    lines = [spot for spot in rest if spot.text and not spot.is_rule][:12]
    if not any(ENCLOSED.match(spot.folded) for spot in lines):
        return
    parts.attached = any(
        any(word in spot.bare for word in HEAD_WORDS) or spot.bare in TYPE_NAMES for spot in lines
    )
    if parts.attached and behind_text:
        return  # a document of its own, with a head of its own
    _appendix_head(parts, rest)
    if behind_text or not parts.of(Part.NATIONAL_NAME):
        first = (parts.of(Part.APPENDIX_TITLE) or parts.of(Part.APPENDIX_REFERENCE))[0]
        parts.appendices.append(Appendix(first, None, ""))


def _may_be_label(spot: Spot) -> bool:
    if spot.columns > 1:
        return False  # a cell that refers to an appendix
    return spot.paragraph.layout.align in {"center", "right"} or spot.is_bold


def _numeral(text: str) -> str:
    parts = text.rstrip(".:… ").split()
    return parts[-1] if len(parts) > 2 and "…" not in text else ""


def _appendix_head(parts: DocumentParts, rest: tuple[Spot, ...]) -> None:
    """Read title and "(Kèm theo …)" from the first lines of `rest`."""
    lines = [spot for spot in rest if spot.text or spot.is_rule][:8]
    at = next((i for i, s in enumerate(lines) if ENCLOSED.match(s.folded)), None)
    before = lines[:at] if at is not None else _title_lines(lines)
    titles = [s for s in before if s.text and not s.is_rule and not s.place.table]
    if parts.of(Part.TYPE_NAME) and not (parts.appendices or parts.joined_labels):
        titles = []  # what is enclosed has a type and subject, not a title
    parts.take(Part.APPENDIX_TITLE, *titles)
    for spot in [] if at is None else lines[at:]:
        parts.take(Part.APPENDIX_REFERENCE, spot)
        if ")" in spot.text:
            break


def _title_lines(lines: list[Spot]) -> list[Spot]:
    """Return the centred lines right under "Phụ lục" where no "(Kèm theo …)" ends them."""
    found: list[Spot] = []
    for spot in lines:
        centred = spot.paragraph.layout.align == "center"
        if spot.place.table or not centred or not (spot.is_bold or spot.is_capitals):
            break
        found.append(spot)
    return found
