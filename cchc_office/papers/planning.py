"""Papers before they are made: for whom each is, what it is made from, how it is built.

The output folder remembers of each paper what it was made from. Whether it is still current is told
by holding that against what it would be made from now; nothing is built for it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from cchc_office.files.output_folder import Paper
from cchc_office.model import Unit
from cchc_office.papers.kinds import DISPATCH, Basis, PaperKind
from cchc_office.papers.templates import find_template, with_figures
from cchc_office.text.widths import text_width
from cchc_office.word.templates import DocumentTemplate, TextTemplate

_CODE_SIZE, _ROOM_FOR_CODES = 13.0, 30.0
"""Points: the letters of codes in templates, and what the narrowest of their columns has room for.
"""

NO_DAY = dt.date.min
"""The day of what is told of no day."""


@dataclass(frozen=True)
class PlannedPaper:
    """A paper that is to be made, for a unit or (None) for all of them together.

    `file` is its place below the output folder. `made_from` stands for all that it is made from
    but the day: letters say on which day they were made, and are current as long as nothing else
    would be different. Behind that stands the day by which it wants an answer, if it names one.
    """

    kind: PaperKind
    unit: Unit | None
    file: str
    made_from: str
    build: Callable[[], bytes]
    number: int = 0

    def written(self) -> Paper:
        """Build it. Raises TemplateProblemError where its template cannot be filled."""
        return Paper(self.file, self.build(), self.made_from)

    def is_made_from(self, recorded: str) -> bool:
        """Tell whether what a paper was made from is what this one would be made from.

        Where this one names no deadline, any does.
        """
        return bool(recorded) and recorded.startswith(self.made_from)


def planned_papers(kind: PaperKind, basis: Basis) -> Iterator[PlannedPaper]:
    """Yield the papers of a kind that are to be made.

    Raises TemplateProblemError where the template cannot be used.
    """
    return (paper for paper in kind.module().plan(basis) if paper.kind is kind)


def plan_paper(
    basis: Basis,
    kind: PaperKind,
    unit: Unit | None,
    made_from: object,
    build: Callable[[], bytes],
    number: int = 0,
) -> PlannedPaper:
    """Return a paper of a kind; `made_from` is any value that holds all that it is made from."""
    day = basis.deadline if kind.wants_answer else None
    day = basis.campaign.info.deadline if kind is DISPATCH else day
    answer = f" {day.isoformat()}" if day else ""
    file = kind.file_of(basis.campaign, unit, number)
    return PlannedPaper(kind, unit, file, f"{digest_of_value(made_from)}{answer}", build, number)


class LetterTemplate:
    """A template that letters, or a report, are planned with."""

    def __init__(self, basis: Basis, kind: PaperKind) -> None:
        """Read the template. Raises TemplateProblemError where it cannot be used."""
        path = find_template(kind.template, basis.own_templates).path
        self._basis, self._kind = basis, kind
        self._template: DocumentTemplate | TextTemplate
        if path.suffix == ".txt":
            self._template = TextTemplate(path)
        else:
            self._template = DocumentTemplate(path, lambda c: with_figures(c, basis.profile))
        self._read_from = hashlib.sha256(path.read_bytes()).hexdigest()

    def plan(
        self,
        unit: Unit | None,
        values: Mapping[str, Any],
        number: int = 0,
        *,
        lasting: Mapping[str, Any] | None = None,
    ) -> PlannedPaper:
        """Return the letter with these values; `lasting` are the same without a day, if they have.

        What the template does not use is nothing that the letter is made from.
        """
        used = (lasting or values).items()
        own = {name: value for name, value in used if name in self._template.names}
        made_from = (self._read_from, self._basis.profile, own)
        return plan_paper(
            self._basis, self._kind, unit, made_from, lambda: self._filled(values), number
        )

    def _filled(self, values: Mapping[str, Any]) -> bytes:
        filled = self._template.fill(values)
        if isinstance(filled, bytes) and _has_long_codes(values):
            from cchc_office.word.fitted_columns import with_fitted_columns  # loads python-docx

            return with_fitted_columns(filled)
        # Notepad of any age knows a text by its mark.
        return filled.encode("utf-8-sig") if isinstance(filled, str) else filled


def _has_long_codes(values: Mapping[str, Any]) -> bool:
    """Tell whether a list has a code that the columns of templates are too narrow for."""
    lists = (value for value in values.values() if isinstance(value, list | tuple))
    codes = (str(getattr(row, "ma", "")) for rows in lists for row in rows)
    return any(text_width(code, _CODE_SIZE, bold=True) > _ROOM_FOR_CODES for code in codes)


def answer_by(recorded: str) -> dt.date | None:
    """Return the day by which a paper wants an answer, from what was recorded of its making."""
    _, _, day = recorded.partition(" ")
    with suppress(ValueError):
        return dt.date.fromisoformat(day)
    return None


def digest_of_value(value: object) -> str:
    """Return what stands for a value: dataclasses, collections and what they are made of."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _is_said(field: dataclasses.Field[Any], value: object) -> bool:
    """Tell whether a field says more than if it were not there, as in programs of before it."""
    own = getattr(value, field.name)
    made = field.default_factory
    return not (own == field.default or (made is not dataclasses.MISSING and own == made()))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        own = {
            f.name: getattr(value, f.name) for f in dataclasses.fields(value) if _is_said(f, value)
        }
        return [type(value).__name__, _plain(own)]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(_plain(item)) for item in value)
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, bool | int | str) else str(value)
