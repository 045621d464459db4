"""Two criteria sets side by side as a workbook: `so-sanh.xlsx`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.model import Change, ChangedCriterion, CriteriaChanges, Criterion, bold_levels
from cchc_office.papers.signs import given_style
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import ATTENTION
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.sheets.workbook_writer import WorkbookWriter

CHANGES_FILE = "so-sanh.xlsx"
CHANGES_SHEET = "So sánh"

_COLUMNS = (
    Column("changes", "Thay đổi", 34),
    Column("old_code", "STT cũ", 14, Holds.MARK),
    Column("old_name", "Tên cũ", 70),
    Column("new_code", "STT mới", 14, Holds.MARK),
    Column("new_name", "Tên mới", 70),
    Column("old_max", "Điểm tối đa cũ", 16, Holds.SCORE),
    Column("new_max", "Điểm tối đa mới", 16, Holds.SCORE),
    Column("old_points", "Loại điểm cũ", 16, Holds.MARK),
    Column("new_points", "Loại điểm mới", 16, Holds.MARK),
    Column("old_units", "Đơn vị cũ", 36),
    Column("new_units", "Đơn vị mới", 36),
    Column("old_rule", "Cách chấm cũ", 56),
    Column("new_rule", "Cách chấm mới", 56),
    Column("why", "Vì sao coi là một dòng", 34),
    Column("others", "Cũng có thể là", 50),
)


def build_criteria_changes(changes: CriteriaChanges, profile: Profile = DEFAULT_PROFILE) -> bytes:
    """Return the workbook: a row for each criterion, old and new side by side."""
    told = count_words(changes)
    remarks = (
        f"Bộ cũ: {changes.old}. Bộ mới: {changes.new}.",
        told[:1].upper() + told[1:] + ".",
        *(f"Không so sánh được {said}." for said in changes.not_compared),
        "Lọc cột Thay đổi để xem riêng từng loại; ô trống ở cột này là dòng không đổi.",
    )
    rows = list(_rows(changes))
    book = WorkbookWriter("So sánh hai bộ chỉ số", profile.font)
    columns = tuple(column for column in _COLUMNS if _is_said(column.key, rows))
    TableSheet(
        CHANGES_SHEET, "SO SÁNH HAI BỘ CHỈ SỐ", remarks, columns, rows, len(rows), frozen=1
    ).write(book)
    return book.finish()


def count_words(changes: CriteriaChanges) -> str:
    """Return how many rows there are of each change, in words."""
    counts = {change: len(changes.with_change(change)) for change in Change}
    same = f"giữ nguyên: {counts.pop(Change.SAME)} dòng"
    return "; ".join([same, *(f"{c.value.lower()}: {n}" for c, n in counts.items() if n)])


def _is_said(key: str, rows: list[SheetRow]) -> bool:
    """Tell whether a column says anything; old and new stand together or not at all."""
    side, _, about = key.partition("_")
    keys = (f"old_{about}", f"new_{about}") if side in ("old", "new") else (key,)
    needed = about in ("code", "name") or key == "changes"
    return needed or any(row.values.get(k) not in (None, "") for row in rows for k in keys)


def _rows(changes: CriteriaChanges) -> Iterator[SheetRow]:
    bold = bold_levels(c for row in changes.rows if (c := row.new or row.old))
    for row in changes.rows:
        values: dict[str, Value] = {
            "changes": "; ".join(change.value for change in row.changes if change.value),
            "old_units": row.old_units,
            "new_units": row.new_units,
            "why": row.why,
            "others": "; ".join(row.others),
            **_side("old", row.old),
            **_side("new", row.new),
        }
        styles = {
            f"{side}_max": given_style([criterion.max_score])
            for side, criterion in (("old", row.old), ("new", row.new))
            if criterion
        }
        if row.changes != (Change.SAME,):
            styles["changes"] = replace(ATTENTION, align="left")
        yield SheetRow(values, styles, bold=_level(row) <= bold)


def _side(side: str, row: Criterion | None) -> dict[str, Value]:
    if row is None:
        return {}
    return {
        f"{side}_code": row.code,
        f"{side}_name": row.name,
        f"{side}_max": row.max_score,
        f"{side}_points": row.points.value,
        f"{side}_rule": row.rule,
    }


def _level(row: ChangedCriterion) -> int:
    shown = row.new or row.old
    return shown.level if shown else 0
