"""The score workbook's layout: the one contract between its writer and its reader.

A form has three sheets: the score sheet, the instructions, and a hidden sheet with what the form
is (campaign, unit, version) and every row as it was issued, by its stable id. The score sheet
carries the same ids in its hidden first column, so that they move with their rows.

Where the unit scores a leaf by figures that it declares, the score sheet has three more columns:
the rule in words, the figure, and what it is a part of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from cchc_office.campaign.layout import CODE, MAX_SCORE, NAME
from cchc_office.model import Answer, Campaign, Criterion, Method, Points, Role, Unit
from cchc_office.rules import Choice, Input, inputs_of
from cchc_office.sheets.columns import Column, places_of
from cchc_office.text.vietnamese import clean_line

FORM_VERSION = "1"

SCORE_SHEET = "Phiếu chấm"
HELP_SHEET = "Hướng dẫn"
HIDDEN_SHEET = "cchc"

NOT_APPLICABLE = Answer.NOT_APPLICABLE.value
MOST_DECIMALS = 2
TOTAL_LABEL = "TỔNG CỘNG"
SIGNATURE_LABEL = "THỦ TRƯỞNG ĐƠN VỊ"


ROW_ID = Column("id", "Mã dòng", 29, is_hidden=True)
filled = partial(Column, is_filled=True, required=True)
"""Declares a column that is filled in by whoever gets the sheet."""

COLUMNS = (
    ROW_ID,
    replace(CODE, width=14),
    replace(NAME, width=66),
    Column("role", "Vai trò", 18, required=True),
    replace(MAX_SCORE, width=15),
    filled("score", "Điểm tự chấm", 15),
    filled("applies", "Áp dụng", 18),
    filled("result", "Kết quả, giải trình", 44),
    filled("evidence", "Tài liệu kiểm chứng", 56),
    filled("note", "Ghi chú", 22),
)
"""The columns of a form without figures to declare."""

PLACES = places_of(COLUMNS)

RULE = Column("rule", "Cách chấm", 54)
"""The column for how rows are scored, where anything is said of it."""

INPUT_COLUMNS = (
    replace(RULE, required=True),
    filled("figure", "Số liệu kê khai", 19),
    filled("second", "Số liệu thứ hai", 16),
    filled("third", "Số liệu thứ ba", 16),
    filled("total", "Trên tổng số", 16),
)
"""The columns between maximum and score of a form with figures to declare.

Those for further counts are only there where a row asks for them.
"""
_FURTHER = frozenset(("second", "third"))

INPUT_PLACES: Mapping[Input, str] = {
    Input.FIGURE: "figure",
    Input.SECOND: "second",
    Input.THIRD: "third",
    Input.DAY: "figure",
    Input.CHOICE: "figure",
    Input.PERCENT: "figure",
    Input.TOTAL: "total",
}
"""The key of the column in which each input stands."""

_NARROWER = {
    "code": 13.0,
    "name": 52.0,
    "role": 17.0,
    "result": 32.0,
    "evidence": 42.0,
    "note": 15.0,
}

FIRST_DAY = dt.date(2000, 1, 1)
"""The first day that a unit can declare: what lies before is no date but a number shown as one."""

REQUIRED_EVIDENCE = "Tài liệu cần có:"
"""What stands before the evidence that the campaign asks for."""

POINTS_LABELS = {Points.BONUS: "Điểm thưởng", Points.PENALTY: "Điểm trừ"}

REVIEWED_MARK = "Thẩm định"
"""What stands in rows that reviewers fill in."""

UNIT_LABEL = "Đơn vị:"
"""What stands before the unit's name above the table."""

META = ("campaign", "unit", "version")
"""Keys of the hidden sheet's first rows: column A the key, column B the value."""

MORE_META = ("kind", "round")
"""Keys of what is no score workbook; a file that does not say what it is is one."""

PROPERTIES = {
    "campaign": "cchc-dot",
    "unit": "cchc-don-vi",
    "version": "cchc-ban",
    "kind": "cchc-loai",
    "round": "cchc-lan",
}
"""Names of the document's custom properties that say the same once more."""

HIDDEN_HEADINGS = ("id", "code", "name", "kind", "max_score")
"""Headings of the hidden sheet's table of rows, two rows under the keys.

Behind a blank cell stands what there is to choose from in a row, where a list cannot name it.
"""

_LONGEST_LIST = 255
"""Excel takes no longer list in a cell's rule."""


class RowKind(Enum):
    """What a row of the form is to the unit that gets it."""

    HEADING = "heading"
    """A field or criterion above the unit's own rows, or a row that explains any of these."""
    SCORED = "scored"
    """A leaf that the unit scores."""
    SUPPORTED = "supported"
    """A leaf that another unit scores: this one gives result and evidence."""
    SURVEY = "survey"
    """A leaf scored by survey: nothing to fill in."""
    REVIEWED = "reviewed"
    """A penalty that reviewers enter: nothing to fill in."""
    NOT_APPLICABLE = "not applicable"
    """A leaf that does not apply in the whole campaign: nothing to fill in."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form; `role` is None for headings without a part of their own."""

    criterion: Criterion
    kind: RowKind
    role: Role | None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the unit declares in the row, from which its score follows; mostly nothing."""
        return inputs_of(self.criterion.scoring) if self.kind is RowKind.SCORED else ()

    @property
    def long_cases(self) -> tuple[str, ...]:
        """What there is to choose from, where a list cannot name it: it is long, or has commas."""
        rule = self.criterion.scoring
        if not self.inputs or not isinstance(rule, Choice):
            return ()
        together = ",".join(rule.labels)
        fits = len(together) <= _LONGEST_LIST and together.count(",") == len(rule.labels) - 1
        return () if fits else rule.labels

    @property
    def rule_text(self) -> str:
        """How the row is scored: the office's own words, what to fill in, required evidence."""
        criterion = self.criterion
        required = clean_line(criterion.evidence)
        lines = (
            criterion.rule,
            criterion.filling_in_words if self.kind is RowKind.SCORED else "",
            f"{REQUIRED_EVIDENCE} {required}" if required else "",
        )
        return "\n".join(filter(None, lines))

    @property
    def role_text(self) -> str:
        """What the column of roles shows: the unit's role, and whether points come on top."""
        role = self.role.value if self.role else ""
        points = "" if self.criterion.is_text else POINTS_LABELS.get(self.criterion.points, "")
        return "\n".join(filter(None, (role, points)))


def columns_of(rows: Iterable[FormRow]) -> tuple[Column, ...]:
    """Return the columns of a form with these rows."""
    listed = tuple(rows)
    more: tuple[Column, ...] = ()
    if any(row.inputs for row in listed):
        asked = {INPUT_PLACES[wanted] for row in listed for wanted in row.inputs}
        more = tuple(c for c in INPUT_COLUMNS if c.key not in _FURTHER - asked)
    elif any(row.criterion.rule or row.criterion.evidence for row in listed):
        more = (RULE,)
    else:
        return COLUMNS
    base = [replace(c, width=_NARROWER.get(c.key, c.width)) for c in COLUMNS]
    at = PLACES["score"]
    return (*base[:at], *more, *base[at:])


def form_rows(campaign: Campaign, unit: Unit) -> tuple[FormRow, ...]:
    """Return the rows of a unit's form: its own leaves, headings above, and what explains these."""
    parts = campaign.parts_of(unit)
    own = [leaf for leaf in campaign.leaves if leaf.id in parts]
    rows = {leaf.id: _own_row(campaign, leaf, parts[leaf.id].role) for leaf in own}
    for leaf in own:
        above = campaign.rows_above(leaf)
        rows |= {row.id: FormRow(row, RowKind.HEADING, None) for row in above}
    explained = (*(row.criterion for row in rows.values()), None) if rows else ()
    texts = [text for row in explained for text in campaign.texts_under(row)]
    rows |= {text.id: FormRow(text, RowKind.HEADING, None) for text in texts}
    return tuple(rows[c.id] for c in campaign.criteria if c.id in rows)


def sums_leave_out_rows(rows: Iterable[FormRow]) -> bool:
    """Tell whether headings add up scored rows beside others of the unit that do not count."""
    kinds = {row.kind for row in rows}
    return {RowKind.HEADING, RowKind.SCORED} < kinds


def _own_row(campaign: Campaign, criterion: Criterion, role: Role) -> FormRow:
    if not criterion.applies:
        return FormRow(criterion, RowKind.NOT_APPLICABLE, role)
    if criterion.method is not Method.SELF:
        return FormRow(criterion, RowKind.SURVEY, role)
    if campaign.is_left_to_reviewers(criterion):
        return FormRow(criterion, RowKind.REVIEWED, role)
    return FormRow(criterion, RowKind.SCORED if role is Role.LEAD else RowKind.SUPPORTED, role)
