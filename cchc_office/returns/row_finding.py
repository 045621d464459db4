"""Where each row of a returned table stands now: by its hidden id, or by what names it.

Rows are sorted, inserted, deleted and retyped. The id is believed unless the row's words are those
of another row: someone sorted the table without its hidden column then, and the words are what
people looked at when they typed. An id is not known any more where a name was corrected since, its
own or one above it: then code and name tell, under the heading that stands above where several rows
have the same, and at last the code, or the name, of one row that is near.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Campaign, Criterion, Unit
from cchc_office.papers.appraisal.layout import row_id
from cchc_office.papers.form.layout import (
    SIGNATURE_LABEL,
    TOTAL_LABEL,
    FormRow,
    RowKind,
    columns_of,
    form_rows,
)
from cchc_office.returns.identity import IssuedRow, IssuedRows
from cchc_office.returns.return_sheet import FindingLog, ReturnRow, ReturnSheet
from cchc_office.returns.typed_cells import read_score
from cchc_office.rules import Input
from cchc_office.sheets.columns import Column
from cchc_office.text import figures
from cchc_office.text.likeness import likeness
from cchc_office.text.vietnamese import fold

Leaf = tuple[Unit, Criterion]
_Label = tuple[str, ...]
_T = TypeVar("_T")
_NO_LABEL = ("", "")
_TOTAL = ("", fold(TOTAL_LABEL))
_MOST_PLANS = 64
"""Kept at a time: units come in groups that do the same."""


def _label_of(code: str, name: str) -> _Label:
    """Return code and name as they are matched; a code that became a number has a comma."""
    return fold(code).replace(",", "."), fold(name)


_NEAR = 0.75
_FIGURE = re.compile(r"\d+|\b[ivx]+\b")


def _are_near(one: str, other: str) -> bool:
    """Tell whether names differ no more than a correction makes them differ.

    "Báo cáo quý I" and "Báo cáo quý II" are two things.
    """
    found = (set(_FIGURE.findall(fold(name))) for name in (one, other))
    if all(own := tuple(found)) and own[0] != own[1]:
        return False
    return likeness(fold(one), fold(other)) >= _NEAR


def _grouped(labelled: Iterable[tuple[_Label, _T]]) -> dict[_Label, list[_T]]:
    found: dict[_Label, list[_T]] = {}
    for label, named in labelled:
        found.setdefault(label, []).append(named)
    return found


def _told_apart(labelled: Iterable[tuple[_Label, _T]]) -> Mapping[_Label, _T]:
    """Return what each label names, of those that name one thing only."""
    return {label: own[0] for label, own in _grouped(labelled).items() if len(own) == 1}


class _RowFinder(ABC):
    """Finds the rows of a table, and tells those that are doubled, strange or mixed up."""

    def __init__(
        self,
        sheet: ReturnSheet,
        log: FindingLog,
        naming: tuple[str, ...],
        twice: FindingCode,
        mixed_up: FindingCode,
    ) -> None:
        """Take the keys of the columns that people know a row by, and two of the findings."""
        self._sheet = sheet
        self._log = log
        self._naming = naming
        self._twice = twice
        self._mixed_up = mixed_up
        self._other_labels = 0

    def find(self) -> dict[str, ReturnRow]:
        """Return the rows that are there by their hidden ids, in the order of the sheet."""
        found: dict[str, ReturnRow] = {}
        for at in range(self._sheet.heading_row + 1, len(self._sheet.sheet.rows)):
            named = self._row_at(at)
            if named is None:
                self._check_strange_row(at)
                continue
            id_, row = named
            if id_ in found:
                first = self._sheet.address(found[id_].at, "name")
                cell = self._sheet.address(at, "name")
                self._log.note(
                    self._twice, cell, criterion=row.criterion, about=row.label, expected=first
                )
            else:
                found[id_] = row
        if self._other_labels:
            self._log.note(self._mixed_up, found=str(self._other_labels))
        return found

    @abstractmethod
    def _row_at(self, at: int) -> tuple[str, ReturnRow] | None:
        """Return the hidden id and the row that stands in a sheet row, None where nothing tells."""

    def _words_at(self, at: int) -> str:
        return " ".join(text for key in self._naming if (text := self._sheet.shown(at, key)))

    def _check_strange_row(self, at: int) -> None:
        filled = [key for key in self._sheet.filled if self._sheet.shown(at, key)]
        if filled and not self._is_ours(at):
            found = self._words_at(at) or self._sheet.shown(at, filled[0])
            self._log.note(self._strange(at), self._sheet.address(at, filled[0]), found=found)

    @abstractmethod
    def _strange(self, at: int) -> FindingCode:
        """Return the finding about a row that was not issued."""

    def _is_ours(self, at: int) -> bool:
        """Tell whether the row is where the head signs, or right below."""
        # Its column may have moved: the place for signing does not move with the table's columns.
        rows = self._sheet.sheet.rows[max(0, at - 1) : at + 1]
        texts = {fold(v) for row in rows for v in row if isinstance(v, str) and v}
        return fold(SIGNATURE_LABEL) in texts


# --- the form of a unit ---


@dataclass(frozen=True)
class FormPlan:
    """The rows of a form, and what is looked up of them by their ids."""

    rows: tuple[FormRow, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
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
    def by_label(self) -> Mapping[_Label, Criterion]:
        """The criteria that their code and name tell apart."""
        return _told_apart((_label_of(c.code, c.name), c) for c in self.by_id.values())

    @cached_property
    def by_name(self) -> Mapping[_Label, Criterion]:
        """The criteria that their name tells apart, where a form has lost its codes."""
        return _told_apart((_label_of("", c.name), c) for c in self.by_id.values())

    @cached_property
    def all_by_label(self) -> Mapping[_Label, list[Criterion]]:
        """The criteria by code and name, by code alone, and by name alone."""
        return _grouped(
            (label, c)
            for c in self.by_id.values()
            for label in {_label_of(c.code, c.name), _label_of(c.code, ""), _label_of("", c.name)}
        )

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


class FormRowFinder(_RowFinder):
    """Finds the rows of a form, and tells what became of them since it was issued."""

    def __init__(
        self, sheet: ReturnSheet, plan: FormPlan, issued: IssuedRows, log: FindingLog
    ) -> None:
        """Take the sheet, what the campaign has for the unit, and the rows issued."""
        codes = Code.FORM_ROW_TWICE, Code.FORM_IDS_MIXED_UP
        super().__init__(sheet, log, ("code", "name"), *codes)
        self._by_id = plan.by_id
        self._plan = plan
        self._last: Criterion | None = None
        self._form_ids: dict[str, str] = {}
        self._has_codes = sheet.has("code")
        self._labelled = plan.by_label if self._has_codes else plan.by_name
        self._maxima = plan.maxima
        self._label_at = sheet.picker("id", "code", "name")
        self._issued = issued

    def _row_at(self, at: int) -> tuple[str, ReturnRow] | None:
        criterion = self._unchanged_at(at) or self._criterion_at(at)
        if criterion is None:
            return None
        self._last = criterion
        return criterion.id, ReturnRow(criterion, at)

    def _unchanged_at(self, row: int) -> Criterion | None:
        """Return the row of the form that stands in a sheet row just as it was issued."""
        id_, code, name = self._label_at(row)
        criterion = self._by_id.get(id_) if isinstance(id_, str) else None
        if criterion is not None and code == criterion.code and name == criterion.name:
            return criterion
        return None

    def _criterion_at(self, row: int) -> Criterion | None:
        sheet = self._sheet
        by_id = self._by_id.get(sheet.shown(row, "id"))
        label = _label_of(sheet.shown(row, "code"), sheet.shown(row, "name"))
        if label == _NO_LABEL:
            return by_id
        if label == _TOTAL:  # whatever id stands beside it: its number is a sum
            self._other_labels += by_id is not None
            return None
        by_label = self._labelled.get(label)
        if by_id is None:
            return self._renamed_at(row, label, by_label)
        if label == _label_of(by_id.code if self._has_codes else "", by_id.name):
            return by_id
        if by_label is not None:
            self._other_labels += 1
            return by_label
        self._tell_changed_name(row, by_id, label)
        return by_id

    def _renamed_at(self, row: int, label: _Label, by_label: Criterion | None) -> Criterion | None:
        """Return the row that stands there under an id that is not known any more."""
        same = by_label or self._in_its_place(self._plan.all_by_label.get(label, ()))
        found = same or self._corrected(row, label)
        if found is None:
            return None
        if id_ := self._sheet.shown(row, "id"):
            self._form_ids[found.id] = id_
        if same is None:
            self._tell_changed_name(row, found, label)
        return found

    def _in_its_place(self, alike: Sequence[Criterion]) -> Criterion | None:
        """Return which of several rows stands under what the last row is, or is under."""
        above = self._last
        while above is not None:
            under = [c for c in alike if c.parent == above.id]
            if under:
                return under[0] if len(under) == 1 else None
            above = self._by_id.get(above.parent)
        top = [c for c in alike if not c.parent]
        return top[0] if len(top) == 1 else None

    def _corrected(self, row: int, label: _Label) -> Criterion | None:
        """Return the one row of the same code whose name is near, or of the same name."""
        name = self._sheet.shown(row, "name")
        every = self._plan.all_by_label
        by_code = every.get((label[0], ""), ()) if label[0] and self._has_codes else ()
        near = [c for c in by_code if _are_near(c.name, name)]
        # A row that the unit added may have any name; one that was issued has an id.
        is_issued = bool(label[1] and self._sheet.shown(row, "id"))
        by_name = every.get(("", label[1]), ()) if is_issued and not near else ()
        alike = [c for c in near or by_name if c.id not in self._ids]
        return alike[0] if len(alike) == 1 else self._in_its_place(alike)

    @cached_property
    def _ids(self) -> frozenset[str]:
        """The ids that stand in the sheet: a row whose own is there is no other row's."""
        sheet = self._sheet
        rows = range(sheet.heading_row + 1, len(sheet.sheet.rows))
        return frozenset(sheet.shown(row, "id") for row in rows)

    def _issued_as(self, criterion: Criterion) -> IssuedRow | None:
        """Return a row as it was issued, under whatever id it had then."""
        form_id = self._form_ids.get(criterion.id, criterion.id)
        return self._issued.get(form_id) or self._issued.named(criterion.code, criterion.name)

    def _tell_changed_name(self, row: int, criterion: Criterion, label: _Label) -> None:
        sheet = self._sheet
        found = self._words_at(row)
        issued = self._issued_as(criterion)
        as_issued = issued is not None and label == _label_of(issued.code, issued.name)
        code = Code.FORM_ROW_CHANGED_SINCE if as_issued else Code.FORM_NAME_CHANGED
        self._log.note(code, sheet.address(row, "name"), criterion=criterion, found=found)

    def check_max_score(self, row: ReturnRow) -> None:
        """Hold the maximum score in a row against the campaign's, and against what was issued."""
        sheet, criterion = self._sheet, row.criterion
        value = sheet.value(row.at, "max_score")
        if value == self._maxima.get(criterion.id) or not sheet.has("max_score"):
            return
        found = read_score(value).score
        if found is not None and found == criterion.max_score:
            return
        shown = sheet.shown(row.at, "max_score")
        issued = self._issued_as(criterion)
        as_issued = issued is not None and (
            issued.max_score == shown
            or (found is not None and read_score(issued.max_score).score == found)
        )
        code = Code.MAX_SCORE_CHANGED_SINCE if as_issued else Code.MAX_SCORE_CHANGED
        expected = "" if criterion.max_score is None else figures.given(criterion.max_score)
        self._log.note_at(code, row, "max_score", shown, expected)

    def missing(self, criterion: Criterion) -> None:
        """Tell that a row is not on the form: taken out, or not yet there when it was issued."""
        is_new = self._issued.are_known and self._issued_as(criterion) is None
        code = Code.FORM_ROW_NOT_YET if is_new else Code.FORM_ROW_MISSING
        self._log.note(code, criterion=criterion)

    def _strange(self, at: int) -> FindingCode:
        was_issued = self._issued.get(self._sheet.shown(at, "id")) is not None
        return Code.FORM_ROW_NO_LONGER if was_issued else Code.FORM_ROW_UNKNOWN

    def _is_ours(self, at: int) -> bool:
        """Tell whether the row is the total or the place for signing, as the form was issued."""
        if fold(self._sheet.shown(at, "name")) == fold(TOTAL_LABEL):
            return True
        return not self._sheet.shown(at, "score") and super()._is_ours(at)


# --- the table of a round ---


def _leaves_of(campaign: Campaign, units: Iterable[Unit]) -> dict[str, Leaf]:
    """Return the leaves that these units score, by the hidden ids of their rows."""
    return {
        row_id(unit.code, leaf.id): (unit, leaf)
        for unit in units
        for leaf in campaign.scored_by(unit)
    }


class RoundRowFinder(_RowFinder):
    """Finds the rows of an appraisal workbook, or of one unit's supplementary form."""

    def __init__(
        self,
        sheet: ReturnSheet,
        campaign: Campaign,
        log: FindingLog,
        of_unit: Unit | None = None,
    ) -> None:
        """Take the sheet, whose rows may stand in it (None: those of all units), and a log."""
        codes = Code.APPRAISAL_ROW_TWICE, Code.APPRAISAL_IDS_MIXED_UP
        super().__init__(sheet, log, ("code", "name", "unit"), *codes)
        self._campaign = campaign
        self._leaves = leaves = _leaves_of(campaign, [of_unit] if of_unit else campaign.units)
        self._of_one_unit = of_unit is not None
        named = [
            (leaf, unit.code if names_unit else "", id_)
            for id_, (unit, leaf) in leaves.items()
            for names_unit in ((False,) if of_unit else (False, True))
        ]
        self._by_label = _told_apart(
            (label, id_) for c, unit, id_ in named for label in self._labels(c, unit)
        )
        self._by_code = _grouped(
            ((*_label_of(code, ""), fold(unit)), id_)
            for c, unit, id_ in named
            for code in {c.code, campaign.listed_code(c)}
        )

    def _labels(self, leaf: Criterion, unit: str) -> set[_Label]:
        """Return what a leaf's row may be named by; without a unit where the row shows none."""
        name = leaf.name.partition(_POINTS_BEHIND)[0]
        codes = {leaf.code, self._campaign.listed_code(leaf)}
        return {(*_label_of(code, name), fold(unit)) for code in codes}

    def _row_at(self, at: int) -> tuple[str, ReturnRow] | None:
        id_ = self._id_at(at)
        if id_ is None:
            return None
        unit, criterion = self._leaves[id_]
        return id_, ReturnRow(criterion, at, "" if self._of_one_unit else unit.code)

    def _id_at(self, at: int) -> str | None:
        sheet = self._sheet
        id_ = sheet.shown(at, "id")
        unit = "" if self._of_one_unit else sheet.shown(at, "unit")
        name = sheet.shown(at, "name").partition(_POINTS_BEHIND)[0]
        label = (*_label_of(sheet.shown(at, "code"), name), fold(unit))
        if id_ in self._leaves:
            of_unit, leaf = self._leaves[id_]
            of_row = self._labels(leaf, of_unit.code if unit else "")
            if label == ("", "", "") or label in of_row:
                return id_
        by_label = self._by_label.get(label)
        if by_label is not None:
            self._other_labels += id_ in self._leaves
            return by_label
        known = id_ if id_ in self._leaves else self._corrected(label, name)
        if known is None:
            return None
        of_unit, leaf = self._leaves[known]
        cell, found = sheet.address(at, "name"), self._words_at(at)
        self._log.note(Code.FORM_NAME_CHANGED, cell, criterion=leaf, found=found, unit=of_unit.code)
        return known

    def _corrected(self, label: _Label, name: str) -> str | None:
        """Return the one row of the same code and unit whose name is near."""
        code, _, unit = label
        alike = self._by_code.get((code, "", unit), ()) if code else ()
        near = [id_ for id_ in alike if _are_near(self._leaves[id_][1].name, name)]
        return near[0] if len(near) == 1 else None

    def _strange(self, at: int) -> FindingCode:  # noqa: ARG002
        return Code.APPRAISAL_ROW_UNKNOWN


_POINTS_BEHIND = " (điểm "
"""How what stands behind the name of a row with bonus or penalty begins."""
