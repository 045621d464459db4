"""Where each row of an appraisal workbook or a supplementary form stands now.

As in score workbooks the hidden id is believed, unless code, name and unit are those of another
row: then someone sorted the table without its hidden column, and the words are what people saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cchc_office.catalogue.findings import Code
from cchc_office.model import Campaign, Criterion, Unit
from cchc_office.papers.appraisal.layout import row_id
from cchc_office.papers.form.layout import SIGNATURE_LABEL
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_plan import label_of
from cchc_office.returns.form_sheet import FormSheet
from cchc_office.returns.round_cells import TableRow
from cchc_office.text.vietnamese import fold

Leaf = tuple[Unit, Criterion]
_Label = tuple[str, str, str]


def leaves_of(campaign: Campaign, units: Iterable[Unit]) -> dict[str, Leaf]:
    """Return the leaves that these units score, by the hidden ids of their rows."""
    return {
        row_id(unit.code, leaf.id): (unit, leaf)
        for unit in units
        for leaf in campaign.scored_by(unit)
    }


class RoundRows:
    """Finds rows in a sheet, and tells those that are doubled, strange or mixed up."""

    def __init__(
        self,
        form: FormSheet,
        leaves: Mapping[str, Leaf],
        log: FormLog,
        inputs: tuple[str, ...],
        *,
        of_one_unit: bool = False,
    ) -> None:
        """Take the sheet, what may stand in it, where findings go, and the keys of its inputs."""
        self._form = form
        self._leaves = leaves
        self._log = log
        self._inputs = inputs
        self._of_one_unit = of_one_unit
        self._by_label = _told_apart(leaves, of_one_unit=of_one_unit)
        self._mixed_up = 0

    def find(self) -> list[TableRow]:
        """Return the rows that are there, in the order of the sheet."""
        found: dict[str, TableRow] = {}
        for at in range(self._form.heading_row + 1, len(self._form.sheet.rows)):
            key = self._key_at(at)
            if key is None:
                self._check_strange_row(at)
                continue
            unit, criterion = self._leaves[key]
            label = criterion.label if self._of_one_unit else f"{criterion.label} ({unit.code})"
            row = TableRow(criterion, unit.code, at, label)
            if key in found:
                first = self._form.address(found[key].at, "name")
                cell, code = self._form.address(at, "name"), Code.APPRAISAL_ROW_TWICE
                self._log.note(code, cell, about=label, expected=first)
            else:
                found[key] = row
        if self._mixed_up:
            self._log.note(Code.APPRAISAL_IDS_MIXED_UP, found=str(self._mixed_up))
        return list(found.values())

    def _key_at(self, at: int) -> str | None:
        """Return the hidden id of the leaf that a row is about, None where nothing tells."""
        form = self._form
        id_ = form.shown(at, "id")
        unit = "" if self._of_one_unit else form.shown(at, "unit")
        label = _label(form.shown(at, "code"), form.shown(at, "name"), unit)
        if id_ in self._leaves and label in (_label_of(self._leaves[id_], unit), ("", "", "")):
            return id_
        by_label = self._by_label.get(label)
        if by_label is not None:
            self._mixed_up += id_ in self._leaves
            return by_label
        if id_ not in self._leaves:
            return None
        self._tell_changed_name(at, *self._leaves[id_])
        return id_

    def _tell_changed_name(self, at: int, unit: Unit, criterion: Criterion) -> None:
        form, keys = self._form, ("code", "name", "unit")
        found = " ".join(text for key in keys if (text := form.shown(at, key)))
        cell = form.address(at, "name")
        code = Code.FORM_NAME_CHANGED
        self._log.note(code, cell, criterion=criterion, found=found, unit=unit.code)

    def _check_strange_row(self, at: int) -> None:
        form = self._form
        filled = [key for key in self._inputs if form.shown(at, key)]
        if not filled or self._is_signature(at):
            return
        shown = [form.shown(at, key) for key in ("code", "name", "unit")]
        found = " ".join(filter(None, shown)) or form.shown(at, filled[0])
        self._log.note(Code.APPRAISAL_ROW_UNKNOWN, form.address(at, filled[0]), found=found)

    def _is_signature(self, at: int) -> bool:
        """Tell whether the row is where the head signs, or right below."""
        rows = self._form.sheet.rows[max(0, at - 1) : at + 1]
        texts = {fold(v) for row in rows for v in row if isinstance(v, str) and v}
        return fold(SIGNATURE_LABEL) in texts


def _label(code: str, name: str, unit: str) -> _Label:
    return (*label_of(code, name.partition(" (điểm ")[0]), fold(unit))


def _label_of(leaf: Leaf, unit: str) -> _Label:
    """Return the label of a leaf; without a unit where the row shows none."""
    return _label(leaf[1].code, leaf[1].name, leaf[0].code if unit else "")


def _told_apart(leaves: Mapping[str, Leaf], *, of_one_unit: bool) -> dict[_Label, str]:
    found: dict[_Label, list[str]] = {}
    for key, label in _labels(leaves, of_one_unit=of_one_unit):
        found.setdefault(label, []).append(key)
    return {label: keys[0] for label, keys in found.items() if len(keys) == 1}


def _labels(leaves: Mapping[str, Leaf], *, of_one_unit: bool) -> Iterator[tuple[str, _Label]]:
    for key, (unit, criterion) in leaves.items():
        yield key, _label(criterion.code, criterion.name, "")
        if not of_one_unit:
            yield key, _label(criterion.code, criterion.name, unit.code)
