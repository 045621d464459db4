"""The headings of an office's table: which rows they take, and the table that they head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cchc_office.campaign.layout import CODE, CRITERIA_COLUMNS
from cchc_office.campaign.numbering import numerals
from cchc_office.campaign.other_rows import counted_as
from cchc_office.importing.cell_texts import NO_UNITS, is_code, is_mark, is_number
from cchc_office.importing.column_meaning import (
    ALIKE,
    KNOWN_NEARLY,
    MOST,
    is_of_results,
    named_by_content,
    nearness,
    part_of,
    surely_named,
    with_meanings,
)
from cchc_office.importing.headed_table import MATRIX, ColumnReading, HeadedTable, How, texts_below
from cchc_office.importing.source import SourceTable
from cchc_office.sheets.addresses import row_number
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean_line, fold

_MOST_LINES = 3
_LONGEST_MARK = 2
_ROWS_SEARCHED = 150
_LONGEST_HEADING = 120
_LONGEST_END = 20
_LONGEST_UNIT = 80
_FEWEST_UNITS = 3
_UNITS = (
    *("ubnd ", "uy ban nhan dan ", "so ", "xa ", "phuong ", "dac khu ", "huyen ", "cong an "),
    *("thanh tra ", "chi cuc ", "trung tam ", "van phong ", "ban quan ly "),
)
_LONGEST_POINTS = 12
_FEWEST = 2
_FEWEST_CODES = 3
_FIRST_CODES = frozenset(("1", "01", "I", "A", "a", "i", "1.1", "I.1", "A.1"))
_LENGTH_OF_NAMES = 12
_ROWS_WITH_HEADINGS = 12
_OF_PERSONS = frozenset(("ho va ten", "ho ten", "ho, ten", "ho", "ngay sinh", "ma sinh vien"))


def read_headings(number: int, source: SourceTable) -> HeadedTable | None:
    """Return a table with its columns named by the best headings in it; None where none are.

    Headings name at least two columns of ours, one of them the code or the name, surely; or one of
    these surely and another nearly.
    """
    rows = source.sheet.rows
    best: tuple[float, int, int] | None = None
    for top in range(min(len(rows), _ROWS_SEARCHED)):
        texts = _distinct(rows[top])
        if len(texts) < 2 or max(map(len, texts)) > _LONGEST_HEADING or _begin_above(rows, top):
            continue
        first = _end_of_headings(rows, top)
        lines = _lines(rows, top, first)
        found = set(filter(None, map(surely_named, lines)))
        if not found & {"code", "name"}:
            continue
        weight = len(found) + (_near_names(lines, found) if len(found) == 1 else 0)
        if weight >= _FEWEST and (best is None or weight > best[0]):
            best = (weight, top, first)
    if best is None:
        return None
    _, top, first = best
    columns = tuple(
        ColumnReading(place, " › ".join(line), lines=line)
        for place, line in enumerate(_lines(rows, top, first))
    )
    table = with_meanings(HeadedTable(number, source, top, first, columns))
    return table if _is_of_criteria(table) else None


def read_unknown_headings(number: int, source: SourceTable) -> HeadedTable | None:
    """Return a table below the first of the rows with most short words; None where that is none.

    What its columns are is told by headings that are known, of which there are too few.
    """
    rows = source.sheet.rows
    most = [
        (len(texts), -top)
        for top in range(min(len(rows), _ROWS_WITH_HEADINGS))
        if len(texts := _distinct(rows[top])) >= _FEWEST
        if max(map(len, texts)) <= _LONGEST_HEADING and not any(map(is_number, texts))
    ]
    if not most:
        return None
    top = -max(most)[1]
    first = _end_of_headings(rows, top)
    columns = tuple(
        ColumnReading(place, " › ".join(line), lines=line)
        for place, line in enumerate(_lines(rows, top, first))
    )
    if any(fold(line) in _OF_PERSONS for column in columns for line in column.lines):
        return None
    table = HeadedTable(number, source, top, first, columns)
    if any(_are_units(texts_below(table, column.place)) for column in columns):
        return None
    return with_meanings(table)


def _begin_above(rows: Sequence[tuple[SheetCell, ...]], top: int) -> bool:
    """Tell whether headings of a row are merged from above: it is a lower line of them."""
    cells = (c for c in rows[top] if c.text and row_number(c.head) <= top)
    return any(surely_named((clean_line(c.text),)) in {"code", "name"} for c in cells)


def _near_names(lines: Sequence[tuple[str, ...]], found: set[str]) -> float:
    """Return how much headings that are nearly ours count: less than one that is surely."""
    others = [c for c in CRITERIA_COLUMNS if c.key not in found and c.key in KNOWN_NEARLY]
    columns = [ColumnReading(p, " › ".join(line), lines=line) for p, line in enumerate(lines)]
    near = {o.key for c in columns if c.heading for o in others if nearness(c, o) >= ALIKE}
    return _FEWEST - 1 if near else 0


def _is_of_criteria(table: HeadedTable) -> bool:
    """Tell whether the columns of a table are such as rows of criteria or tasks have."""
    if any(is_of_results(line) for column in table.columns for line in column.lines):
        return False
    if _lists_units(table):
        return False
    keys = {column.key for column in table.columns}
    return "name" in keys and bool(keys & {"code", "max_score", "units", "leads", MATRIX})


def _lists_units(table: HeadedTable) -> bool:
    """Tell whether the rows of a table are units with what they achieved, and no criteria."""
    return _are_units(texts_below(table, table.places.get("name")))


def _are_units(names: Sequence[str]) -> bool:
    short = [clean_line(name).casefold() for name in names if len(name) <= _LONGEST_UNIT]
    units = sum(fold(n).startswith(_UNITS) and not n.startswith(NO_UNITS) for n in short)
    return units >= _FEWEST_UNITS and units >= ALIKE * len(names)


def read_by_content(number: int, source: SourceTable) -> HeadedTable | None:
    """Return a table without headings with its columns named by what stands in them, or None."""
    if _has_headings(source):
        return None
    width = max(map(len, source.sheet.rows), default=0)
    columns = tuple(ColumnReading(place, "") for place in range(width))
    table = HeadedTable(number, source, 0, 0, columns)
    table = replace(table, columns=named_by_content(table))
    places = table.places
    if not {"code", "name"} <= places.keys() or places["code"] > places["name"]:
        return None
    return table if _lists_criteria(table) and not _lists_units(table) else None


def _has_headings(source: SourceTable) -> bool:
    """Tell whether a table has headings of its own, though none that name criteria."""
    return any(
        CODE.matches(cell.text) or is_of_results(cell.text) or fold(cell.text) in _OF_PERSONS
        for row in source.sheet.rows[:_ROWS_WITH_HEADINGS]
        for cell in row
        if cell.text
    )


def _lists_criteria(table: HeadedTable) -> bool:
    """Tell whether codes begin as those of criteria do, and names are long and differ."""
    places = table.places
    codes = list(filter(is_code, texts_below(table, places["code"])))
    names = list(map(clean_line, texts_below(table, places["name"])))
    if len(codes) < _FEWEST_CODES or clean_line(codes[0]).strip(" .()") not in _FIRST_CODES:
        return False
    differ = len(set(names)) >= ALIKE * len(names)
    is_long = sum(map(len, names)) >= _LENGTH_OF_NAMES * len(names)
    is_deep = any("." in clean_line(code).strip(" .") for code in codes)
    return differ and is_long and (is_deep or "units" in places or "max_score" in places)


def with_headings_again(table: SourceTable, number: int, before: HeadedTable) -> HeadedTable | None:
    """Return a table as one that goes on below `before` on the next page; None where it does not.

    It begins with the same headings: a short row below them is none, but the end of a broken row.
    """
    headings = before.rows[before.top : before.first]
    own = table.sheet.rows[: len(headings)]
    if not headings or not table.is_on_page_after(before.source):
        return None
    if [_distinct(row) for row in own] != [_distinct(row) for row in headings]:
        return None
    return HeadedTable(number, table, 0, len(headings), before.columns)


def as_continued(table: SourceTable, number: int, before: HeadedTable) -> HeadedTable | None:
    """Return a table without headings as one that goes on below `before`; None where it cannot."""
    width = max(map(len, table.sheet.rows), default=0)
    if width != len(before.columns) and table.columns and before.source.columns:
        columns = _below_the_same(table, before)
    elif before.places.get("name", width) < width <= len(before.columns):
        columns = before.columns  # columns at the end that are blank are not there in a sheet
    else:
        return None
    columns = tuple(replace(c, how=How.CONTINUED if c.key else How.UNUSED) for c in columns)
    going_on = HeadedTable(number, table, 0, 0, columns)
    if before.places.keys() - going_on.places.keys() & {"code", "name", "max_score"}:
        return None
    goes_on = False
    for key, fits in (("code", is_code), ("max_score", _has_digit)):
        texts = texts_below(going_on, going_on.places.get(key))
        if key == "max_score" and goes_on:
            continue  # "III.3" begins no other table, whatever its points say
        if texts and part_of(texts, fits) < MOST:
            return None
        goes_on = key == "code" and any(not n.is_first for t in texts[:1] for n in numerals(t)[:1])
        if key == "code" and not texts and width != len(before.columns):
            return None
    return going_on


def _below_the_same(table: SourceTable, before: HeadedTable) -> tuple[ColumnReading, ...]:
    """Return the columns of a PDF table by the heading that each stands below on the page before.

    Double lines make three columns of one under merged headings, and one on the next page.
    """
    edges = before.source.columns
    spans: dict[str, list[float]] = {}
    named: dict[str, ColumnReading] = {}
    for column, left, right in zip(before.columns, edges, edges[1:], strict=False):
        span = spans.setdefault(column.heading, [left, right])
        span[1] = right
        if column.key or column.heading not in named:
            named[column.heading] = column
    found: list[ColumnReading] = []
    for place, (left, right) in enumerate(pairwise(table.columns)):
        middle = (left + right) / 2
        headings = [h for h, (start, end) in spans.items() if start <= middle <= end]
        found.append(
            replace(named[headings[0]], place=place) if headings else ColumnReading(place, "")
        )
    going_on = HeadedTable(0, table, 0, 0, tuple(found))
    filled = [len(texts_below(going_on, c.place)) for c in found]
    fullest = {c.key: -1 for c in found}
    for column in found:
        if fullest[column.key] < 0 or filled[column.place] > filled[fullest[column.key]]:
            fullest[column.key] = column.place
    return tuple(c if fullest[c.key] == c.place else replace(c, key="") for c in found)


def _has_digit(text: str) -> bool:
    """Tell whether a text may say points, be it "5", "≤300" or "10 điểm"."""
    return is_number(text) or (len(text) <= _LONGEST_POINTS and any(c.isdigit() for c in text))


# --- which rows are headings ---


def _distinct(row: Sequence[SheetCell]) -> list[str]:
    """Return the texts of a row, those of merged cells once."""
    return list({cell.head: clean_line(cell.text) for cell in row if cell.text}.values())


def _end_of_headings(rows: Sequence[tuple[SheetCell, ...]], top: int) -> int:
    """Return the row below headings that begin at `top` and take up to three rows."""
    first = top + 1
    while first < min(len(rows), top + _MOST_LINES) and _goes_on(rows, top, first):
        first += 1
    return first


def _goes_on(rows: Sequence[tuple[SheetCell, ...]], top: int, at: int) -> bool:
    """Tell whether a row is a further line of the headings above it, and no row of the table."""
    above, row = rows[at - 1], rows[at]
    own = [p for p, cell in enumerate(row) if cell.text and not _is_from_above(rows, top, at, p)]
    texts = [clean_line(row[p].text) for p in own]
    if not own or any(is_number(t) or counted_as(t) or len(t) > 60 for t in texts):
        return False
    if any(is_mark(t) and len(t) <= _LONGEST_MARK for t in texts):
        return False
    begun = {p for p, cell in enumerate(above) if cell.text}
    if any(_is_from_above(rows, top, at - 1, p) for p in own if p in begun):
        return False  # the heading above it took two lines, and ended
    from_above = any(_is_from_above(rows, top, at, p) for p in range(len(row)))
    blank_below = any(not row[p].text for p in begun if p < len(row))
    whole = {p for p in begun if sum(cell.head == above[p].head for cell in above) == 1}
    if not from_above and whole.issuperset(own) and not all(map(_ends_a_heading, texts)):
        return False  # a title over rows, or what goes on from the page before
    if not (from_above or blank_below):
        return False
    # Below the first heading, usually "STT", a further line says nothing new.
    lead = min(begun, default=0)
    return lead < len(row) and (not row[lead].text or _is_from_above(rows, top, at, lead))


def _ends_a_heading(text: str) -> bool:
    """Tell whether a text may be the end of the heading above it: "tối đa", "(điểm)"."""
    return len(text) <= _LONGEST_END and (text[0] == "(" or text[0].islower())


def _is_from_above(rows: Sequence[tuple[SheetCell, ...]], top: int, at: int, place: int) -> bool:
    heads = {row[place].head for row in rows[top:at] if place < len(row) and row[place].text}
    return place < len(rows[at]) and rows[at][place].head in heads


def _lines(rows: Sequence[tuple[SheetCell, ...]], top: int, first: int) -> list[tuple[str, ...]]:
    """Return the headings of each column from above, those merged over columns for each of them."""
    width = max(len(row) for row in rows[top:first])
    lines: list[list[str]] = [[] for _ in range(width)]
    for at in range(top, first):
        over = ""
        for place in range(width):
            cell = rows[at][place] if place < len(rows[at]) else None
            text = clean_line(cell.text) if cell else ""
            below = any(
                place < len(rows[lower]) and rows[lower][place].text
                for lower in range(at + 1, first)
            )
            is_under_same = place > 0 and lines[place] == lines[place - 1][: len(lines[place])]
            over = text or (over if below and is_under_same else "")
            if over and over not in lines[place]:
                lines[place].append(over)
    return [tuple(line) for line in lines]
