"""What the form of a unit should hold, worked out once for all units with the same parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cchc_office.model import Campaign, Criterion, Unit
from cchc_office.papers.form.layout import FormColumn, FormRow, RowKind, columns_of, form_rows
from cchc_office.rules import Input
from cchc_office.text.vietnamese import fold

Label = tuple[str, str]
_MOST_PLANS = 64
"""Kept at a time: units come in groups that do the same."""


def label_of(code: str, name: str) -> Label:
    """Return code and name as they are matched; a code that became a number has a comma."""
    return fold(code).replace(",", "."), fold(name)


@dataclass(frozen=True)
class FormPlan:
    """The rows of a form, and what is looked up of them by their ids."""

    rows: tuple[FormRow, ...]

    @cached_property
    def columns(self) -> tuple[FormColumn, ...]:
        """The columns of the form."""
        return columns_of(self.rows)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the columns."""
        return frozenset(column.key for column in self.columns)

    @cached_property
    def inputs(self) -> Mapping[str, tuple[Input, ...]]:
        """What the unit declares for the leaves that it scores by figures, by their ids."""
        return {row.criterion.id: row.inputs for row in self.rows if row.inputs}

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        """The criteria of the rows."""
        return {row.criterion.id: row.criterion for row in self.rows}

    @cached_property
    def by_label(self) -> Mapping[Label, Criterion]:
        """The criteria that their code and name tell apart."""
        return _told_apart((label_of(c.code, c.name), c) for c in self.by_id.values())

    @cached_property
    def by_name(self) -> Mapping[Label, Criterion]:
        """The criteria that their name tells apart, where a form has lost its codes."""
        return _told_apart((label_of("", c.name), c) for c in self.by_id.values())

    @cached_property
    def maxima(self) -> Mapping[str, float]:
        """The maximum scores as a sheet holds them."""
        return {
            row.criterion.id: float(row.criterion.max_score)
            for row in self.rows
            if row.criterion.max_score is not None
        }

    @cached_property
    def scored(self) -> frozenset[str]:
        """The leaves that the unit scores."""
        return frozenset(row.criterion.id for row in self.rows if row.kind is RowKind.SCORED)


def _told_apart(labelled: Iterable[tuple[Label, Criterion]]) -> Mapping[Label, Criterion]:
    found: dict[Label, list[Criterion]] = {}
    for label, criterion in labelled:
        found.setdefault(label, []).append(criterion)
    return {label: rows[0] for label, rows in found.items() if len(rows) == 1}


class FormPlans:
    """The plans of one campaign's forms."""

    def __init__(self, campaign: Campaign) -> None:
        """Take the campaign that all forms are read for."""
        self.campaign = campaign
        self._plans: dict[Hashable, FormPlan] = {}

    def of(self, unit: Unit) -> FormPlan:
        """Return the plan of a unit's form."""
        key = self.campaign.parts_key(unit)
        if key not in self._plans:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            self._plans[key] = FormPlan(form_rows(self.campaign, unit))
        return self._plans[key]
