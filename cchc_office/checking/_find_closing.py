"""Finding the end of a document: recipients, signature, and the heads of appendices."""

from __future__ import annotations

from cchc_office.checking._marks import (
    APPENDIX,
    AUTHORITY,
    ENCLOSED,
    RECIPIENTS,
    TITLE_WORDS,
    is_item,
)
from cchc_office.checking._parts import Appendix, DocumentParts
from cchc_office.checking._spots import Spot
from cchc_office.documents.decree30 import Part
from cchc_office.vietnamese import fold


def find_closing(parts: DocumentParts) -> None:
    label = next(
        (
            spot
            for spot in parts.spots
            if spot.index >= parts.head_end and RECIPIENTS.fullmatch(fold(spot.text))
        ),
        None,
    )
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
    _signer(parts, block)


def _signature_alone(parts: DocumentParts) -> None:
    """Look for a signature that stands without a table."""
    end = next(
        (
            spot.index
            for spot in parts.spots
            if spot.index > parts.head_end and APPENDIX.fullmatch(fold(spot.text))
        ),
        len(parts.spots),
    )
    tail = [s for s in parts.spots[parts.head_end : end] if s.text and not is_item(s)][-12:]
    at = next((i for i, spot in enumerate(tail) if AUTHORITY.match(fold(spot.text))), None)
    if at is None:
        at = next((i for i, s in enumerate(tail) if s.is_capitals and _is_title(s)), None)
    if at is None:
        return
    start = tail[at].index
    parts.closing = min(parts.closing, start)
    _signer(parts, [s for s in parts.spots[start:end] if s not in parts.of(Part.RECIPIENTS)])


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
    is_name = not alone and not AUTHORITY.match(fold(last.text))
    if is_name and (not last.is_capitals or (gap and not _is_title(last))):
        parts.take(Part.SIGNER, last)
        shown = shown[:-1]
    names = [spot for spot in shown if spot.is_capitals or _is_title(spot) or spot in shown[:1]]
    parts.take(Part.AUTHORITY, *names)


def find_appendices(parts: DocumentParts) -> None:
    closing = [s.index for p in (Part.SIGNER, Part.AUTHORITY, Part.RECIPIENTS) for s in parts.of(p)]
    start = max(closing, default=-1) + 1
    if not closing:
        start = parts.head_end
    rest = list(parts.spots[start:])
    for at, spot in enumerate(rest):
        match = APPENDIX.fullmatch(fold(spot.text))
        if match and _may_be_label(spot):
            parts.take(Part.APPENDIX_LABEL, spot)
            parts.appendices.append(Appendix(spot, spot, _numeral(spot)))
            _appendix_head(parts, rest[at + 1 :], needs_reference=False)
    found = not parts.appendices and _appendix_head(parts, rest, needs_reference=True)
    if found and (closing or not parts.of(Part.NATIONAL_NAME)):
        first = (parts.of(Part.APPENDIX_TITLE) or parts.of(Part.APPENDIX_REFERENCE))[0]
        parts.appendices.append(Appendix(first, None, ""))


def _may_be_label(spot: Spot) -> bool:
    return spot.paragraph.layout.align in {"center", "right"} or spot.is_bold


def _numeral(spot: Spot) -> str:
    parts = spot.text.rstrip(".:… ").split()
    return parts[-1] if len(parts) > 2 and "…" not in spot.text else ""


def _appendix_head(parts: DocumentParts, rest: list[Spot], *, needs_reference: bool) -> bool:
    """Read title and "(Kèm theo …)" from the first lines of `rest`; tell whether they are there."""
    lines = [spot for spot in rest if spot.text or spot.is_rule][:8]
    at = next((i for i, s in enumerate(lines) if ENCLOSED.match(fold(s.text))), None)
    if at is None and needs_reference:
        return False
    before = lines[:at] if at is not None else _title_lines(lines)
    titles = [s for s in before if s.text and not s.is_rule and not s.place.table]
    if parts.of(Part.TYPE_NAME) and not parts.appendices:
        titles = []  # what is enclosed has a type and subject, not a title
    parts.take(Part.APPENDIX_TITLE, *titles)
    for spot in [] if at is None else lines[at:]:
        parts.take(Part.APPENDIX_REFERENCE, spot)
        if ")" in spot.text:
            break
    return True


def _title_lines(lines: list[Spot]) -> list[Spot]:
    """Return the centred lines right under "Phụ lục" where no "(Kèm theo …)" ends them."""
    found: list[Spot] = []
    for spot in lines:
        centred = spot.paragraph.layout.align == "center"
        if spot.place.table or not centred or not (spot.is_bold or spot.is_capitals):
            break
        found.append(spot)
    return found
