"""What became of a case: read, explained, or a failure; and what is told badly."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cchc_office.catalogue.findings import Finding
from cchc_office.model import ReadFile
from fuzzing.cases import Mutation
from fuzzing.seeds import Format

MOST_SECONDS = 5.0
MOST_MEBIBYTES = 512
_LONGEST_SENTENCE = 2_000
_INTERNAL = re.compile(
    r"(?:\w+\.)*\w*(?:Error|Exception|Exit|Interrupt|Iteration|Warning|struct\.error)\b(?::|$)"
)
_VARYING = (
    (re.compile(r"'[^']*'|\"[^\"]*\""), "'…'"),
    (re.compile(r"0x[0-9a-fA-F]+|\d+"), "N"),
)


class Verdict(Enum):
    """What became of a case; the value stands in tables."""

    READ = "read"
    EXPLAINED = "explained"
    FAILURE = "failures"


@dataclass(frozen=True)
class Outcome:
    """What became of a case.

    `failures` say why it is one. `internal` are the findings that quote an exception to the clerk
    or print something, by kinds. `said` is all that came out, where it was asked for. A worker is
    lost that hung or died.
    """

    number: int
    format: Format
    mutation: Mutation
    verdict: Verdict
    seconds: float = 0.0
    mebibytes: float = 0.0
    failures: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    worker_is_lost: bool = False


def verdict_on(results: Iterable[ReadFile], failures: Iterable[str]) -> Verdict:
    """Tell what became of a case that gave these results."""
    results = tuple(results)
    if any(failures) or not results:
        return Verdict.FAILURE
    return Verdict.READ if any(r.document for r in results) else Verdict.EXPLAINED


def failures_in(results: Iterable[ReadFile]) -> Iterator[str]:
    """Yield what is wrong with results: files that nothing is said of, texts nobody can print."""
    results = tuple(results)
    if not results:
        yield "nothing came of the file"
    for result in results:
        if result.document is None and not result.findings:
            yield "neither read nor explained"
        for text in _texts(result):
            if not _is_printable(text):
                yield f"a text that cannot be written: {text[:60]!a}"
                break


def internal_in(results: Iterable[ReadFile]) -> Iterator[str]:
    """Yield the kinds of findings that tell a clerk what only a programmer understands."""
    for result in results:
        for finding in _findings(result):
            if _INTERNAL.match(finding.found):
                yield kind_of_message(finding.found)
            if len(finding.sentence) > _LONGEST_SENTENCE:
                yield f"a sentence of more than {_LONGEST_SENTENCE} letters: {finding.code.slug}"


def kind_of_message(message: str) -> str:
    """Return a message without what differs from case to case."""
    for pattern, instead in _VARYING:
        message = pattern.sub(instead, message)
    return ascii(message.strip().partition("\n")[0][:100])[1:-1]


def said_in(results: Iterable[ReadFile]) -> Iterator[str]:
    """Yield in words what came of each file."""
    for result in results:
        yield f"{result.file}: {_what_was_read(result)}"
        for finding in _findings(result):
            yield f"    {finding.code.slug} [{finding.place}] {finding.sentence}"


def _what_was_read(result: ReadFile) -> str:
    if result.appraisal:
        return f"{len(result.appraisal.leaves)} rows of round {result.appraisal.round}"
    units = result.returned or result.supplement
    return units.unit if units else "-"


def _findings(result: ReadFile) -> tuple[Finding, ...]:
    own = result.document.findings if result.document else ()
    return (*result.findings, *own)


def _is_printable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Finding):
        yield from (value.sentence, value.advice, value.demand, value.place)
        yield from (value.found, value.expected, *value.candidates)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            yield from _texts(inner)
