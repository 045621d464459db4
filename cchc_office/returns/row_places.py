"""Where each row of a form stands now: by its hidden id, or by its code and name.

Rows are sorted, inserted, deleted and retyped. The id is believed unless the row's code and name
are those of another row of the form: someone sorted the table without its hidden column then, and
the words are what the unit looked at when it typed.
"""

from __future__ import annotations

from decimal import Decimal

from cchc_office.catalogue.findings import Code
from cchc_office.model import Criterion
from cchc_office.papers.form.layout import SIGNATURE_LABEL, TOTAL_LABEL
from cchc_office.returns.form_log import FormLog
from cchc_office.returns.form_plan import FormPlan, Label, label_of
from cchc_office.returns.form_sheet import FORM_INPUTS, FormSheet
from cchc_office.returns.identity import IssuedRows
from cchc_office.returns.score_cell import read_score
from cchc_office.sheets.addresses import cell_name
from cchc_office.text import figures
from cchc_office.text.vietnamese import fold

_NO_LABEL = ("", "")
_TOTAL = ("", fold(TOTAL_LABEL))


class RowPlaces:
    """Finds the rows of a form in a sheet, and tells what is doubled, strange or changed."""

    def __init__(
        self,
        form: FormSheet,
        plan: FormPlan,
        issued: IssuedRows,
        log: FormLog,
    ) -> None:
        """Take the sheet, what the campaign has for the unit, and the rows issued."""
        self._form = form
        self._other_labels = 0
        self._plan = plan
        self._by_id = plan.by_id
        self._has_codes = form.has("code")
        self._labelled = plan.by_label if self._has_codes else plan.by_name
        self._maxima = plan.maxima
        self._label_at = form.picker("id", "code", "name")
        self._issued = issued
        self._log = log

    def find(self) -> dict[str, int]:
        """Return the sheet row (from 0) of each row of the form that is there, by id."""
        at: dict[str, int] = {}
        for row in range(self._form.heading_row + 1, len(self._form.sheet.rows)):
            criterion = self._unchanged_at(row) or self._criterion_at(row)
            if criterion is None:
                self._check_strange_row(row)
            elif criterion.id in at:
                first = cell_name(at[criterion.id], self._form.places["name"])
                cell = self._form.address(row, "name")
                self._log.note(Code.FORM_ROW_TWICE, cell, criterion=criterion, expected=first)
            else:
                at[criterion.id] = row
        if self._other_labels:
            self._log.note(Code.FORM_IDS_MIXED_UP, found=str(self._other_labels))
        return at

    def _unchanged_at(self, row: int) -> Criterion | None:
        """Return the row of the form that stands in a sheet row just as it was issued."""
        id_, code, name = self._label_at(row)
        criterion = self._by_id.get(id_) if isinstance(id_, str) else None
        if criterion is not None and code == criterion.code and name == criterion.name:
            return criterion
        return None

    def _criterion_at(self, row: int) -> Criterion | None:
        form = self._form
        by_id = self._by_id.get(form.shown(row, "id"))
        label = label_of(form.shown(row, "code"), form.shown(row, "name"))
        if label == _NO_LABEL:
            return by_id
        if label == _TOTAL:  # whatever id stands beside it: its number is a sum
            self._other_labels += by_id is not None
            return None
        by_label = self._labelled.get(label)
        if by_id is None:
            return by_label
        if label == label_of(by_id.code if self._has_codes else "", by_id.name):
            return by_id
        if by_label is not None:
            self._other_labels += 1
            return by_label
        self._tell_changed_name(row, by_id, label)
        return by_id

    def _tell_changed_name(self, row: int, criterion: Criterion, label: Label) -> None:
        form = self._form
        found = f"{form.shown(row, 'code')} {form.shown(row, 'name')}".strip()
        issued = self._issued.get(criterion.id)
        as_issued = issued is not None and label == label_of(issued.code, issued.name)
        code = Code.FORM_ROW_CHANGED_SINCE if as_issued else Code.FORM_NAME_CHANGED
        self._log.note(code, form.address(row, "name"), criterion=criterion, found=found)

    def check_max_score(self, criterion: Criterion, row: int) -> None:
        """Hold the maximum score in a row against the campaign's, and against what was issued."""
        form = self._form
        value = form.value(row, "max_score")
        if value == self._maxima.get(criterion.id) or not form.has("max_score"):
            return
        found = read_score(value).score
        if found is not None and found == criterion.max_score:
            return
        shown = form.shown(row, "max_score")
        as_issued = self._is_issued_max(criterion, shown, found)
        code = Code.MAX_SCORE_CHANGED_SINCE if as_issued else Code.MAX_SCORE_CHANGED
        cell = form.address(row, "max_score")
        expected = "" if criterion.max_score is None else figures.given(criterion.max_score)
        self._log.note(code, cell, criterion=criterion, found=shown, expected=expected)

    def _is_issued_max(self, criterion: Criterion, shown: str, number: Decimal | None) -> bool:
        issued = self._issued.get(criterion.id)
        if issued is None:
            return False
        return issued.max_score == shown or (
            number is not None and read_score(issued.max_score).score == number
        )

    def missing(self, criterion: Criterion) -> None:
        """Tell that a row is not on the form: taken out, or not yet there when it was issued."""
        is_new = self._issued.are_known and self._issued.get(criterion.id) is None
        code = Code.FORM_ROW_NOT_YET if is_new else Code.FORM_ROW_MISSING
        self._log.note(code, criterion=criterion)

    def _check_strange_row(self, row: int) -> None:
        form = self._form
        filled = [key for key in FORM_INPUTS if form.shown(row, key)]
        if not filled or self._is_ours(row):
            return
        name = form.shown(row, "name")
        found = f"{form.shown(row, 'code')} {name}".strip() or form.shown(row, filled[0])
        was_issued = self._issued.get(form.shown(row, "id")) is not None
        code = Code.FORM_ROW_NO_LONGER if was_issued else Code.FORM_ROW_UNKNOWN
        self._log.note(code, form.address(row, filled[0]), found=found)

    def _is_ours(self, row: int) -> bool:
        """Tell whether the row is the total or the place for signing, as the form was issued."""
        form = self._form
        if fold(form.shown(row, "name")) == fold(TOTAL_LABEL):
            return True
        # Its column may have moved: the place for signing does not move with the table's columns.
        above = (*form.sheet.rows[row - 1], *form.sheet.rows[row])
        texts = {fold(value) for value in above if isinstance(value, str) and value}
        return fold(SIGNATURE_LABEL) in texts and not form.shown(row, "score")
