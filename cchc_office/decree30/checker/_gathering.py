"""One finding for each kind of breach, where a document has several values of what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cchc_office.catalogue.findings import Code, Finding, FindingCode, TextPlace

Found = Mapping[Finding, Mapping[TextPlace, None]]
"""Findings in the order in which they were met, each with its places."""

_OF_THE_DOCUMENT = frozenset((Code.FONT, Code.COLOUR))
"""What one rule asks of all parts alike."""

_MEASURED = _OF_THE_DOCUMENT | frozenset(
    (
        Code.LETTER_SIZE,
        Code.ALIGNMENT,
        Code.FIRST_LINE,
        Code.PARAGRAPH_DISTANCE,
        Code.LINE_SPACING,
    )
)
"""What has a value at each place, and one remedy whatever the value is."""

_MOST_VALUES = 8
_MOST_PARTS = 3


def gathered(found: Found) -> list[Finding]:
    """Return the findings with their places, those of one kind as one.

    One that names several values or parts tells at each place which it has.
    """
    kinds: dict[Finding, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(_kind_of(finding), []).append(finding)
    return [_as_one(own, found) for own in kinds.values()]


def _kind_of(finding: Finding) -> Finding:
    if finding.code not in _MEASURED:
        return finding
    whole = finding.code in _OF_THE_DOCUMENT
    return replace(finding, found="", about="" if whole else finding.about)


def _as_one(findings: list[Finding], found: Found) -> Finding:
    first = findings[0]
    if len(findings) == 1:
        places = tuple(found[first])
    else:
        told = (
            replace(place, about=one.about, found=one.found)
            for one in findings
            for place in found[one]
        )
        places = tuple(sorted(told, key=_position))
        first = replace(
            first,
            about=_parts(one.about for one in findings),
            found=_values(first.code, (one.found for one in findings)),
        )
    return replace(first, passage=places[0].passage if places else "", places=places)


def _position(place: TextPlace) -> tuple[bool, str, int, tuple[int, ...]]:
    """Where it comes in the document; the margins of the pages after the text."""
    return bool(place.edge), place.part, place.paragraph or 0, place.runs


def _parts(given: Iterable[str]) -> str:
    names = list(dict.fromkeys(given))
    if len(names) <= _MOST_PARTS:
        return "; ".join(names)
    return f"{'; '.join(names[:_MOST_PARTS])} và {len(names) - _MOST_PARTS} phần khác"


def _values(code: FindingCode, given: Iterable[str]) -> str:
    values = list(dict.fromkeys(given))
    if code not in _OF_THE_DOCUMENT and code is not Code.ALIGNMENT:
        values.sort(key=_number)
    if len(values) > _MOST_VALUES:
        values = [*values[: _MOST_VALUES - 2], "…", values[-1]]
    comma = "; " if any("," in value for value in values) else ", "
    *others, last = values
    if "…" in others or not others:
        return comma.join(values)
    return f"{comma.join(others)} và {last}"


def _number(words: str) -> float:
    return float(words.replace(",", "."))
