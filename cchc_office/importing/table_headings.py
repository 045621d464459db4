"""The headings of an office's table by their meaning: which column of theirs is which of ours.

A heading names a column surely (the aliases in `campaign/layout.py`), nearly, or not at all; a
column without heading is known by its content. Two columns are never taken for one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cchc_office.campaign.layout import CODE, CRITERIA_COLUMNS
from cchc_office.importing.cell_texts import column_number, is_code, is_mark, is_number, is_unit
from cchc_office.importing.source import SourceTable
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.columns import Column, heading_key
from cchc_office.sheets.headings import is_remark
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean_line, fold, words

LEFT_OUT = "bỏ"
"""What a clerk says of a column that is not to be taken (`--cot "Điểm tự chấm=bỏ"`)."""

MATRIX = "matrix"
"""The key of columns that are a unit each."""

SECOND_CODE = "second code"
"""The key of a second column of codes: letters beside the numbers of fields."""

_MOST_LINES = 3
_ROWS_SEARCHED = 150
_ALIKE = 0.8
_BY_WORDS = 0.7
_MOST = 0.6
_LONGEST_HEADING = 120
_FEWEST = 2
_FEWEST_CODES = 3
_FIRST_CODES = frozenset(("1", "01", "I", "A", "a", "i", "1.1", "I.1", "A.1"))
_LENGTH_OF_NAMES = 12
_SHORTEST_NAME = 8
_ROWS_WITH_HEADINGS = 12
_OF_PERSONS = frozenset(("ho va ten", "ho ten", "ho, ten", "ho", "ngay sinh", "ma sinh vien"))
_ABOUT_PERSONS = ("ho va ten", "ho ten", "ho, ten", "ho dem", "ngay sinh", "chuc vu")
_KNOWN_NEARLY = frozenset(
    ("code", "name", "max_score", "units", "leads", "supports", "rule", "evidence", "deadline")
)
_KNOWN_BY_WORDS = frozenset(("max_score", "units", "leads", "supports", "deadline"))
_MOST_WORDS = 5
_SHORTEST = 6
_SAYS_MORE = 0.05
"""By which "Đơn vị chủ trì" is nearer to "Chủ trì" than to "Đơn vị"."""
# What of a heading says that it is no maximum, no unit of this year: scores that were given.
_OF_OTHERS = (
    *("tu cham", "tu danh gia", "tu cho diem", "tham dinh", "phuc tra", "dat duoc", "diem dat"),
    *("nam truoc", "cung ky", "so voi", "dieu tra", "nguoi cham", "kinh phi", "chenh lech"),
    *("da cham", "hoi dong cham", "duyet", "ty le dat", "diem cham", "don vi tinh", "cham diem"),
)


class How(Enum):
    """How it is known what a column is; the value is what a clerk is told."""

    HEADING = "đúng tên cột"
    NEAR = "tên gần giống"
    CONTENT = "theo nội dung của cột"
    CHOSEN = "theo --cot"
    MATRIX = "mỗi cột một đơn vị"
    CONTINUED = "như bảng trước"
    UNUSED = "không dùng"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column of theirs: its place from 0, its heading on one line, the key of ours ("" for none).

    `lines` are its headings from above; `why` says more of a column that is not used.
    """

    place: int
    heading: str
    key: str = ""
    how: How = How.UNUSED
    why: str = ""
    lines: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its heading, or its letter where it has none."""
        return self.heading or f"cột {column_letters(self.place)}"

    @property
    def ours(self) -> str:
        """The heading of our column, "" where it is left out."""
        return heading_of(self.key)

    @property
    def is_surely_named(self) -> bool:
        """Whether its heading leaves no doubt."""
        return self.how in {How.HEADING, How.CHOSEN, How.CONTINUED}


@dataclass(frozen=True)
class HeadedTable:
    """A table whose columns were named: its headings take the rows from `top` to before `first`.

    `number` counts the tables of the file from 0.
    """

    number: int
    source: SourceTable
    top: int
    first: int
    columns: tuple[ColumnReading, ...]

    @property
    def places(self) -> dict[str, int]:
        """The place of each column of ours that is there."""
        return {
            c.key: c.place for c in self.columns if c.key and c.key not in {MATRIX, SECOND_CODE}
        }

    @property
    def rows(self) -> Sequence[tuple[SheetCell, ...]]:
        """All rows of the table."""
        return self.source.sheet.rows

    @property
    def signature(self) -> tuple[str, ...]:
        """What tables with the same columns have in common."""
        return tuple(fold(column.heading) for column in self.columns)

    def column(self, key: str) -> ColumnReading | None:
        """Return their column that is ours with `key`."""
        return next((column for column in self.columns if column.key == key), None)


def heading_of(key: str) -> str:
    """Return the heading of our column with a key."""
    if key == MATRIX:
        return "Đơn vị thực hiện (mỗi cột một đơn vị)"
    if key == SECOND_CODE:
        return "STT (cột thứ hai)"
    return next((c.heading for c in CRITERIA_COLUMNS if c.key == key), "")


def read_headings(number: int, source: SourceTable) -> HeadedTable | None:
    """Return a table with its columns named by the best headings in it; None where none are.

    Headings name at least two columns of ours, one of them the code or the name, surely; or one of
    these surely and another nearly.
    """
    rows = source.sheet.rows
    best: tuple[float, int, int] | None = None
    for top in range(min(len(rows), _ROWS_SEARCHED)):
        texts = _distinct(rows[top])
        if len(texts) < 2 or max(map(len, texts)) > _LONGEST_HEADING:
            continue
        first = _end_of_headings(rows, top)
        lines = _lines(rows, top, first)
        found = set(filter(None, map(_surely, lines)))
        if not found & {"code", "name"}:
            continue
        weight = len(found) + (_near_names(lines, found) if len(found) == 1 else 0)
        if weight >= _FEWEST and (best is None or weight > best[0]):
            best = (weight, top, first)
    if best is None:
        return None
    _, top, first = best
    table = _named(HeadedTable(number, source, top, first, ()))
    return table if _is_of_criteria(table) else None


def _near_names(lines: Sequence[tuple[str, ...]], found: set[str]) -> float:
    """Return how much headings that are nearly ours count: less than one that is surely."""
    others = [c for c in CRITERIA_COLUMNS if c.key not in found and c.key in _KNOWN_NEARLY]
    columns = [ColumnReading(p, " › ".join(line), lines=line) for p, line in enumerate(lines)]
    near = {o.key for c in columns if c.heading for o in others if _nearness(c, o) >= _ALIKE}
    return _FEWEST - 1 if near else 0


def _is_of_criteria(table: HeadedTable) -> bool:
    """Tell whether the columns of a table are such as rows of criteria or tasks have."""
    keys = {column.key for column in table.columns}
    return "name" in keys and bool(keys & {"code", "max_score", "units", "leads", MATRIX})


def read_by_content(number: int, source: SourceTable) -> HeadedTable | None:
    """Return a table without headings with its columns named by what stands in them, or None."""
    if _has_headings(source):
        return None
    width = max(map(len, source.sheet.rows), default=0)
    columns = tuple(ColumnReading(place, "") for place in range(width))
    table = HeadedTable(number, source, 0, 0, columns)
    table = replace(table, columns=_by_content(table))
    places = table.places
    if not {"code", "name"} <= places.keys() or places["code"] > places["name"]:
        return None
    return table if _lists_criteria(table) else None


def _has_headings(source: SourceTable) -> bool:
    """Tell whether a table has headings of its own, though none that name criteria."""
    return any(
        CODE.matches(cell.text) or fold(cell.text) in _OF_PERSONS
        for row in source.sheet.rows[:_ROWS_WITH_HEADINGS]
        for cell in row
        if cell.text
    )


def _lists_criteria(table: HeadedTable) -> bool:
    """Tell whether codes begin as those of criteria do, and names are long and differ."""
    places = table.places
    codes = [c.text for c in cells_below(table, places["code"]) if is_code(c.text)]
    names = [clean_line(c.text) for c in cells_below(table, places["name"]) if c.text]
    if len(codes) < _FEWEST_CODES or clean_line(codes[0]).strip(" .()") not in _FIRST_CODES:
        return False
    differ = len(set(names)) >= _ALIKE * len(names)
    is_long = sum(map(len, names)) >= _LENGTH_OF_NAMES * len(names)
    is_deep = any("." in clean_line(code).strip(" .") for code in codes)
    return differ and is_long and (is_deep or "units" in places or "max_score" in places)


def as_continued(table: SourceTable, number: int, before: HeadedTable) -> HeadedTable | None:
    """Return a table without headings as one that goes on below `before`; None where it cannot."""
    width = max(map(len, table.sheet.rows), default=0)
    if width != len(before.columns):
        return None
    columns = tuple(replace(c, how=How.CONTINUED if c.key else How.UNUSED) for c in before.columns)
    going_on = HeadedTable(number, table, 0, 0, columns)
    code = before.places.get("code")
    if code is not None:
        codes = [c.text for c in cells_below(going_on, code) if c.text]
        if codes and _part(codes, is_code) < _MOST:
            return None
    points = before.places.get("max_score")
    if points is not None:
        numbers = [c.text for c in cells_below(going_on, points) if c.text]
        if numbers and _part(numbers, is_number) < _MOST:
            return None
    return going_on


def corrected(table: HeadedTable, wanted: Mapping[str, str]) -> HeadedTable:
    """Return the table with the columns that a clerk named: theirs, folded, to our keys.

    A key that was another column's is taken from it.
    """
    chosen: dict[int, str] = {}
    for column in table.columns:
        names = {fold(column.heading), fold(column.name), fold(column_letters(column.place))}
        names |= {fold(line) for line in column.lines[-1:]}
        if (key := next((wanted[n] for n in names if n in wanted), None)) is not None:
            chosen[column.place] = key
    taken = {key for key in chosen.values() if key}
    columns = []
    for column in table.columns:
        if column.place in chosen:
            key = chosen[column.place]
            columns.append(replace(column, key=key, how=How.CHOSEN, why="" if key else "bỏ"))
        elif column.key in taken or (column.key == MATRIX and taken & {"units", "leads"}):
            columns.append(replace(column, key="", how=How.UNUSED, why="nhường cho cột chọn"))
        else:
            columns.append(column)
    return replace(table, columns=tuple(columns))


def cells_below(table: HeadedTable, place: int) -> Iterator[SheetCell]:
    """Yield the cells of a column below the headings, merged ones once."""
    for row in table.rows[table.first :]:
        if place < len(row) and row[place].address == row[place].head:
            yield row[place]


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
    if not own or any(is_number(t) or column_number(t) or len(t) > 60 for t in texts):
        return False
    if any(is_mark(t) for t in texts):
        return False
    begun = {p for p, cell in enumerate(above) if cell.text}
    from_above = any(_is_from_above(rows, top, at, p) for p in range(len(row)))
    blank_below = any(not row[p].text for p in begun if p < len(row))
    if not (from_above or blank_below):
        return False
    # Below the first heading, usually "STT", a further line says nothing new.
    lead = min(begun, default=0)
    return lead < len(row) and (not row[lead].text or _is_from_above(rows, top, at, lead))


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
            over = text or (over if below and not lines[place] else "")
            if over and over not in lines[place]:
                lines[place].append(over)
    return [tuple(line) for line in lines]


def _readings_of(lines: tuple[str, ...]) -> list[str]:
    """Return what a heading can be read as: all its lines together, then the lowest alone."""
    together = [" ".join(lines[at:]) for at in range(len(lines))]
    bare = [text.partition("(")[0].strip() for text in together if "(" in text]
    return [text for text in dict.fromkeys((*together, *bare)) if text]


def _surely(lines: tuple[str, ...]) -> str:
    """Return the key of the column that a heading surely names, "" for none."""
    for reading in _readings_of(lines):
        for column in CRITERIA_COLUMNS:
            if column.matches(reading):
                return column.key
    return ""


# --- what the columns are ---


def _named(table: HeadedTable) -> HeadedTable:
    columns = tuple(
        ColumnReading(place, " › ".join(lines), lines=lines)
        for place, lines in enumerate(_lines(table.rows, table.top, table.first))
    )
    table = replace(table, columns=columns)
    for step in (_by_heading, _by_fitting_content, _by_nearness, _as_matrix, _by_content):
        table = replace(table, columns=step(table))
    return table


def _by_heading(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name the columns whose headings are surely ours; of two for one the first alias is taken."""
    named: dict[str, list[ColumnReading]] = {}
    for column in table.columns:
        if key := _surely(column.lines):
            named.setdefault(key, []).append(column)
    found: dict[int, ColumnReading] = {}
    for key, several in named.items():
        if key == "code" and len(several) == _FEWEST and _complete_each_other(table, several):
            first, second = several
            found[first.place] = replace(first, key=key, how=How.HEADING)
            found[second.place] = replace(second, key=SECOND_CODE, how=How.HEADING)
            continue
        best, *others = sorted(several, key=lambda c: (_rank(c, key), c.place))
        found[best.place] = replace(best, key=key, how=How.HEADING)
        for other in others:
            found[other.place] = replace(other, why=f"cùng nghĩa với cột “{best.heading}”")
    return tuple(found.get(column.place, column) for column in table.columns)


def _complete_each_other(table: HeadedTable, columns: Sequence[ColumnReading]) -> bool:
    """Tell whether two neighbours hold codes, mostly one of them in a row: "A" or "1"."""
    first, second = (column.place for column in columns)
    if second != first + 1:
        return False
    rows = [row for row in table.rows[table.first :] if second < len(row)]
    both = sum(bool(row[first].text and row[second].text) for row in rows)
    either = sum(bool(row[first].text or row[second].text) for row in rows)
    texts = [row[second].text for row in rows if row[second].text]
    return both <= either / 2 and _part(texts, is_code) >= _ALIKE


def _rank(column: ColumnReading, key: str) -> int:
    ours = next(c for c in CRITERIA_COLUMNS if c.key == key)
    said = set(map(heading_key, _readings_of(column.lines)))
    keys = list(map(heading_key, ours.headings))
    return next((rank for rank, own in enumerate(keys) if own in said), len(keys))


def _by_fitting_content(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name columns known by headings of several meanings where all that stands below fits one."""
    taken = {column.key for column in table.columns}
    found = []
    for column in table.columns:
        for ours in CRITERIA_COLUMNS:
            texts = [c.text for c in cells_below(table, column.place) if c.text]
            if (
                not (column.key or column.why)
                and ours.key not in taken
                and any(map(ours.may_match, _readings_of(column.lines)))
                and texts
                and all(map(ours.fits, texts))
            ):
                column = replace(column, key=ours.key, how=How.HEADING)
                taken.add(ours.key)
        found.append(column)
    return tuple(found)


def _by_nearness(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name columns whose headings are nearly ours, the nearest first, each of ours once.

    A column in which nothing stands is named only where ours has to be there.
    """
    taken = {column.key for column in table.columns}
    pairs = [
        (_nearness(column, ours), column.place, ours.key)
        for column in table.columns
        if column.heading and not column.key and not column.why and not is_remark(column.heading)
        for ours in CRITERIA_COLUMNS
        if ours.key not in taken and ours.key in _KNOWN_NEARLY
        if ours.required or any(cell.text for cell in cells_below(table, column.place))
    ]
    near: dict[int, str] = {}
    for likeness, place, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        fits = likeness > _BY_WORDS or _fits(table, place, key)
        if likeness and fits and place not in near and key not in near.values():
            near[place] = key
    return tuple(
        replace(column, key=near[column.place], how=How.NEAR) if column.place in near else column
        for column in table.columns
    )


def _fits(table: HeadedTable, place: int, key: str) -> bool:
    """Tell whether what stands in a column is such as ours holds."""
    texts = [cell.text for cell in cells_below(table, place) if cell.text]
    tells = {"max_score": is_number, "units": is_unit, "leads": is_unit, "supports": is_unit}
    return key not in tells or not texts or _part(texts, tells[key]) >= _MOST


def _nearness(column: ColumnReading, ours: Column) -> float:
    """Return how near a heading is to one of ours, 0 where it is not: most for more words alike."""
    folded = fold(column.heading)
    if any(said in folded for said in _OF_OTHERS):
        return 0.0
    best = 0.0
    for reading in _readings_of(column.lines):
        said = [word.folded for word in words(reading)]
        for alias in ours.headings:
            own = [word.folded for word in words(alias)]
            if _holds(said, own) and (len(own) > 1 or len(said) <= len(own) + 2):
                best = max(best, 1 + len(own) / 10 - len(said) / 1000)
        key = heading_key(reading)
        if len(key) >= _SHORTEST:
            ratios = (
                difflib.SequenceMatcher(None, key, other).ratio() for other in ours.heading_keys
            )
            ratio = max(ratios)
            best = max(best, ratio if ratio >= _ALIKE else 0.0)
    if best and ours.key in {"leads", "supports"}:
        return best + _SAYS_MORE
    by_words = ours.key in _KNOWN_BY_WORDS and len(words(column.lines[-1])) <= _MOST_WORDS
    if not best and by_words and any(map(ours.asks_about, column.lines)):
        return _BY_WORDS
    return best


def _holds(said: Sequence[str], own: Sequence[str]) -> bool:
    """Tell whether all words of a heading of ours stand in another, one behind the other."""
    size = len(own)
    return any(said[at : at + size] == list(own) for at in range(len(said) - size + 1))


def _as_matrix(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name columns as one unit each, where nothing but marks stands in several of them."""
    blocks: list[ColumnReading] = []
    for column in table.columns:
        texts = [c.text for c in cells_below(table, column.place) if c.text]
        is_free = not column.key or column.how is How.NEAR
        if is_free and column.heading and texts and all(map(is_mark, texts)):
            blocks.append(column)
    if len(blocks) < 2:
        return table.columns
    first, last = blocks[0].place, blocks[-1].place
    places = {column.place for column in blocks} | {
        c.place
        for c in table.columns
        if first < c.place < last
        and not c.key
        and c.heading
        and not any(cell.text for cell in cells_below(table, c.place))
    }
    if table.places.keys() & {"units", "leads"} - {c.key for c in blocks}:
        return tuple(
            replace(c, key="", how=How.UNUSED, why="đã có cột đơn vị") if c.place in places else c
            for c in table.columns
        )
    return tuple(
        replace(c, key=MATRIX, how=How.MATRIX) if c.place in places else c for c in table.columns
    )


def _by_content(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name columns without heading, of those that are still missing, by what stands in them."""
    free = {
        column.place: [c.text for c in cells_below(table, column.place) if c.text]
        for column in table.columns
        if not column.heading and not column.key
    }
    free = {place: texts for place, texts in free.items() if texts}
    places = dict(table.places)
    if "name" not in places and places:
        free |= _maybe_names(table)
    found: dict[int, str] = {}

    def take(key: str, fitting: list[int]) -> None:
        if key not in places and fitting:
            place = fitting[0]
            places[key], found[place] = place, key
            del free[place]

    take("code", [p for p, texts in free.items() if _part(texts, is_code) >= _ALIKE])
    longest = sorted(free, key=lambda p: -sum(map(len, free[p])))
    take("name", [p for p in longest if _part(free[p], _is_sentence) >= _MOST])
    take("units", [p for p, texts in free.items() if _part(texts, is_unit) >= _MOST])
    take("max_score", [p for p, texts in free.items() if _part(texts, is_number) >= _ALIKE])
    code = places.get("code")
    if code is not None and code + 1 in free:
        beside = [ColumnReading(code, ""), ColumnReading(code + 1, "")]
        if _complete_each_other(table, beside):
            found[code + 1] = SECOND_CODE
    return tuple(
        replace(c, key=found[c.place], how=How.CONTENT) if c.place in found else c
        for c in table.columns
    )


def _maybe_names(table: HeadedTable) -> dict[int, list[str]]:
    """Return what stands in columns with unknown headings, where a table is not about people."""
    if any(fold(column.heading).startswith(_ABOUT_PERSONS) for column in table.columns):
        return {}
    if not table.places.keys() & {"max_score", "units", "leads"}:
        return {}
    found = {
        column.place: [c.text for c in cells_below(table, column.place) if c.text]
        for column in table.columns
        if column.heading and not (column.key or column.why)
        if not any(said in fold(column.heading) for said in _OF_OTHERS)
    }
    return {place: texts for place, texts in found.items() if _part(texts, _is_sentence) >= _MOST}


def _is_sentence(text: str) -> bool:
    """Tell whether a text can be the name of a row: words, no date, no mark."""
    return len(text) >= _SHORTEST_NAME and sum(w.folded.isalpha() for w in words(text)) > 1


def _part(texts: Sequence[str], tells: object) -> float:
    """Return what part of texts something holds of."""
    test = tells if callable(tells) else bool
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0
