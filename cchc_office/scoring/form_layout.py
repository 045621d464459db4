"""The score workbook's layout: the one contract between its writer and its reader.

A form has three sheets: the score sheet, the instructions, and a hidden sheet with what the form
is (campaign, unit, version) and every row as it was issued, by its stable id. The score sheet
carries the same ids in its hidden first column, so that they move with their rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cchc_office.model import Campaign, Criterion, Method, Role, Unit

FORM_VERSION = "1"

SCORE_SHEET = "Phiếu chấm"
HELP_SHEET = "Hướng dẫn"
HIDDEN_SHEET = "cchc"

NOT_APPLICABLE = "Không áp dụng"
MOST_DECIMALS = 2
TOTAL_LABEL = "TỔNG CỘNG"
SIGNATURE_LABEL = "THỦ TRƯỞNG ĐƠN VỊ"


@dataclass(frozen=True)
class FormColumn:
    """A column of the score sheet: its key, heading and width in millimetres."""

    key: str
    heading: str
    width: float


COLUMNS = (
    FormColumn("id", "Mã dòng", 10),
    FormColumn("code", "STT", 14),
    FormColumn("name", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", 74),
    FormColumn("role", "Vai trò", 19),
    FormColumn("max_score", "Điểm tối đa", 16),
    FormColumn("score", "Điểm tự chấm", 17),
    FormColumn("applies", "Áp dụng", 19),
    FormColumn("result", "Kết quả, giải trình", 47),
    FormColumn("evidence", "Tài liệu kiểm chứng", 43),
    FormColumn("note", "Ghi chú", 22),
)
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}

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
"""Headings of the hidden sheet's table of rows, two rows under the keys."""


class RowKind(Enum):
    """What a row of the form is to the unit that gets it."""

    HEADING = "heading"
    """A field or criterion above the unit's own rows."""
    SCORED = "scored"
    """A leaf that the unit scores."""
    SUPPORTED = "supported"
    """A leaf that another unit scores: this one gives result and evidence."""
    SURVEY = "survey"
    """A leaf scored by survey: nothing to fill in."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form; `role` is None for headings without a part of their own."""

    criterion: Criterion
    kind: RowKind
    role: Role | None


def form_rows(campaign: Campaign, unit: Unit) -> tuple[FormRow, ...]:
    """Return the rows of a unit's form: its own leaves, and the headings above them."""
    parts = campaign.parts_of(unit)
    own = [leaf for leaf in campaign.leaves if leaf.id in parts]
    rows = {leaf.id: _own_row(leaf, parts[leaf.id].role) for leaf in own}
    for leaf in own:
        above = leaf.parent
        while above and above not in rows:
            heading = campaign.criterion(above)
            rows[above] = FormRow(heading, RowKind.HEADING, None)
            above = heading.parent
    return tuple(rows[c.id] for c in campaign.criteria if c.id in rows)


def _own_row(criterion: Criterion, role: Role) -> FormRow:
    if criterion.method is not Method.SELF:
        return FormRow(criterion, RowKind.SURVEY, role)
    return FormRow(criterion, RowKind.SCORED if role is Role.LEAD else RowKind.SUPPORTED, role)
