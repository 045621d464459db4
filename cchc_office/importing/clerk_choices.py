"""What a clerk chooses: which of several tables (`--bang`), which column is which (`--cot`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cchc_office.campaign.layout import CRITERIA_COLUMNS
from cchc_office.errors import UsageError
from cchc_office.importing.headed_table import LEFT_OUT, MATRIX, ColumnReading, HeadedTable, How
from cchc_office.importing.source import SourceDocument
from cchc_office.importing.table_choice import TableOffer
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.headings import nearest
from cchc_office.text.vietnamese import fold

# --- which column is which ---


def wanted_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of our columns by the folded headings of theirs.

    Raises UsageError for a column that is none of ours, and where two would be one.
    """
    wanted: dict[str, str] = {}
    by_key: dict[str, str] = {}
    for theirs, ours in columns.items():
        key = _key_of(ours)
        if key and key in by_key:
            raise UsageError(
                f"Cột “{by_key[key]}” và cột “{theirs}” không cùng là “{ours}” được: chỉ một cột "
                "vào một chỗ. Gộp hai cột trong tệp gốc, hoặc bỏ một cột."
            )
        by_key[key] = theirs
        wanted[fold(theirs)] = key
    return wanted


def _key_of(ours: str) -> str:
    if fold(ours) == fold(LEFT_OUT):
        return ""
    for column in CRITERIA_COLUMNS:
        if column.matches(ours):
            return column.key
    near = ", ".join(f"“{c.heading}”" for c in nearest(ours, CRITERIA_COLUMNS))
    known = ", ".join(f"“{c.heading}”" for c in CRITERIA_COLUMNS)
    raise UsageError(
        f"Trang Bộ chỉ số không có cột “{ours}”. Gần giống: {near or 'không có'}. Các cột có thể "
        f"ghi sau dấu bằng: {known}, hoặc “{LEFT_OUT}”."
    )


def with_columns(offer: TableOffer, wanted: Mapping[str, str]) -> TableOffer:
    """Return a table with its columns as the clerk named them."""
    return replace(offer, tables=tuple(_corrected(table, wanted) for table in offer.tables))


def check_wanted(chosen: TableOffer, wanted: Iterable[str]) -> None:
    """Raise UsageError for a heading that the clerk named and the table has not."""
    columns = chosen.tables[0].columns
    names = {name for column in columns for name in _names_of(column)}
    if unknown := [theirs for theirs in wanted if fold(theirs) not in names]:
        seen = ", ".join(f"“{column.name}”" for column in columns)
        raise UsageError(f"Bảng không có cột “{unknown[0]}”. Các cột của bảng: {seen}.")


def _names_of(column: ColumnReading) -> tuple[str, ...]:
    """Return by what a clerk can name a column, folded: its heading, the end of it, its letter."""
    names = (column.heading, *column.lines[-1:], column.name, column_letters(column.place))
    return tuple(map(fold, names))


def _corrected(table: HeadedTable, wanted: Mapping[str, str]) -> HeadedTable:
    """Return the table with the columns that a clerk named: theirs, folded, to our keys.

    A key that was another column's is taken from it.
    """
    chosen: dict[int, str] = {}
    for column in table.columns:
        if (name := next(filter(wanted.__contains__, _names_of(column)), None)) is not None:
            chosen[column.place] = wanted[name]
    taken = {key for key in chosen.values() if key}
    columns = []
    for column in table.columns:
        if column.place in chosen:
            key = chosen[column.place]
            columns.append(replace(column, key=key, how=How.CHOSEN, why="" if key else LEFT_OUT))
        elif column.key in taken or (column.key == MATRIX and taken & {"units", "leads"}):
            columns.append(replace(column, key="", how=How.UNUSED, why="nhường cho cột chọn"))
        else:
            columns.append(column)
    return replace(table, columns=tuple(columns))


# --- which table ---


def chosen_table(
    offers: tuple[TableOffer, ...], choose: Sequence[int], document: SourceDocument
) -> TableOffer:
    """Return the table, or several joined, that the clerk chose by number; else the likeliest.

    Raises UsageError for a number that no table has.
    """
    if not choose:
        best = _proposed(offers)
        why = f"nhiều dòng nhất ({best.rows}), có cột {', '.join(_columns_told(best))}"
        return replace(best, why=why)
    unknown = [number for number in choose if not 1 <= number <= len(offers)]
    if unknown:
        raise UsageError(
            f"{document.file} không có bảng số {unknown[0]}; các bảng nhận ra: "
            + "; ".join(f"{o.number}. {o.name} ({o.rows} dòng)" for o in offers)
            + "."
        )
    picked = [offers[number - 1] for number in dict.fromkeys(choose)]
    tables = tuple(table for offer in picked for table in offer.tables)
    rows = sum(offer.rows for offer in picked)
    return replace(picked[0], tables=tables, rows=rows, why="theo --bang")


def _proposed(offers: tuple[TableOffer, ...]) -> TableOffer:
    """Return the table that is most likely meant: the most rows with the most columns of ours."""
    return max(offers, key=lambda offer: (offer.weight, -offer.number))


def _columns_told(offer: TableOffer) -> Iterator[str]:
    """Yield what speaks for a table: which columns of ours it has."""
    keys = {c.key for table in offer.tables for c in table.columns}
    for key, words in (
        ("code", "mã"),
        ("name", "nội dung"),
        ("max_score", "điểm tối đa"),
        ("units", "đơn vị"),
        ("leads", "chủ trì"),
        (MATRIX, "cột cho từng đơn vị"),
    ):
        if key in keys:
            yield words
