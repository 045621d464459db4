"""Papers before they are made: for whom each is, what it is made from, how it is built.

The output folder remembers of each paper what it was made from. Whether it is still current is told
by holding that against what it would be made from now; nothing is built for it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.files.output_folder import Paper
from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign, Consolidation, Unit, UnitResult
from cchc_office.papers.kinds import PaperKind
from cchc_office.papers.template_figures import with_figures
from cchc_office.papers.templates import find_template
from cchc_office.word.templates import DocumentTemplate, TextTemplate

NO_DAY = dt.date.min
"""The day of what is told of no day."""


@dataclass(frozen=True)
class Basis:
    """What papers are made from.

    `own_templates` is the folder of the office's own templates. `results` is what came back, put
    together, where papers tell of it. `number` is that of the papers: of the round, or of reminders
    for all or by the codes of units. `deadline` is the day by which units shall answer. `only`
    names the units, by their codes, that papers are made for; None means all.
    """

    campaign: Campaign
    profile: Profile = DEFAULT_PROFILE
    own_templates: Path | None = None
    results: Consolidation | None = None
    number: int | Mapping[str, int] = 1
    deadline: dt.date | None = None
    only: Collection[str] | None = None

    @property
    def consolidation(self) -> Consolidation:
        """What came back. Raises ValueError for papers that are made without it."""
        if self.results is None:
            raise ValueError("results")
        return self.results

    def units(self) -> Iterator[Unit]:
        """Yield the units that papers are made for."""
        yield from (unit for unit in self.campaign.units if self._is_for(unit))

    def owing(self) -> Iterator[UnitResult]:
        """Yield those among the units that owe something, with what that is."""
        results = self.consolidation.units
        yield from (one for one in results if one.debts and self._is_for(one.unit))

    def has_returned(self, unit: Unit) -> bool:
        """Tell whether a form of the unit came back."""
        own = (one for one in self.consolidation.units if one.unit.code == unit.code)
        return any(one.returned for one in own)

    @property
    def round(self) -> int:
        """The round of appraisal, which is one for all."""
        if not isinstance(self.number, int):
            raise TypeError("number")
        return self.number

    def number_for(self, unit: Unit) -> int:
        """Return the number of the unit's paper."""
        return self.number if isinstance(self.number, int) else self.number[unit.code]

    def _is_for(self, unit: Unit) -> bool:
        return self.only is None or unit.code in self.only


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


def plan_paper(
    basis: Basis,
    kind: PaperKind,
    unit: Unit | None,
    made_from: object,
    build: Callable[[], bytes],
    number: int = 0,
) -> PlannedPaper:
    """Return a paper of a kind; `made_from` is any value that holds all that it is made from."""
    answer = f" {basis.deadline.isoformat()}" if kind.wants_answer and basis.deadline else ""
    file = kind.file_of(basis.campaign, unit, number)
    return PlannedPaper(kind, unit, file, f"{digest_of_value(made_from)}{answer}", build, number)


class LetterTemplate:
    """A template that letters, or a report, are planned with."""

    def __init__(self, basis: Basis, kind: PaperKind) -> None:
        """Read the template. Raises TemplateProblemError where it cannot be used."""
        path = find_template(kind.template, basis.own_templates, templates_folder()).path
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
        # Notepad of any age knows a text by its mark.
        return filled.encode("utf-8-sig") if isinstance(filled, str) else filled


def digest_of_value(value: object) -> str:
    """Return what stands for a value: dataclasses, collections and what they are made of."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        own = {field.name: _plain(getattr(value, field.name)) for field in fields}
        return [type(value).__name__, own]
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
