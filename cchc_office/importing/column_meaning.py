"""What the columns of an office's table are: by the meaning of their headings, by their content.

A heading names a column surely (the aliases in `campaign/layout.py`), nearly, or not at all; a
column without heading is known by its content. Two columns are never taken for one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cchc_office.campaign.layout import CRITERIA_COLUMNS
from cchc_office.importing.cell_texts import is_code, is_mark, is_number, is_unit
from cchc_office.importing.headed_table import (
    MATRIX,
    SECOND_CODE,
    UPPER_NAME,
    ColumnReading,
    HeadedTable,
    How,
    texts_below,
)
from cchc_office.sheets.columns import Column, heading_key
from cchc_office.sheets.headings import is_remark
from cchc_office.text.likeness import likeness
from cchc_office.text.vietnamese import fold, words

ALIKE = 0.8
"""How like two headings, or which part of a column's cells, leaves hardly a doubt."""

MOST = 0.6
"""Which part of a column's cells tells what it is."""

KNOWN_NEARLY = frozenset(
    ("code", "name", "max_score", "units", "leads", "supports", "rule", "evidence", "deadline")
)
"""The keys of our columns that a heading can name nearly."""

_HALF = 0.5
_BY_WORDS = 0.7
_SHORTEST_NAME = 8
_ABOUT_PERSONS = ("ho va ten", "ho ten", "ho, ten", "ho dem", "ngay sinh", "chuc vu")
_LEVELS = frozenset(
    (
        *("linh vuc", "nhom tieu chi", "nhom chi so", "tieu chi", "chi so", "tieu chuan"),
        *("tieu chi thanh phan", "tctp", "chi so thanh phan", "tru cot", "noi dung"),
        *("chi tieu", "nhom nhiem vu", "nhiem vu", "noi dung thanh phan", "ten tieu chi"),
    )
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
    *("y kien", "gop y", "ket qua thuc hien", "tinh hinh", "diem danh gia", "ten viet tat"),
)
_LEADING = "dau moi"
_OF_RESULTS = ("thu hang", "xep hang", "xep thu")
"""How headings begin that only tables of results have: who came out as which."""

_MEASURES = frozenset(
    (
        *("nguoi", "lan", "so lan", "so luong", "thu bac", "ngay", "gio", "thang", "nam", "phut"),
        *("thoi gian", "buoi", "ho so", "van ban", "ty dong", "trieu dong", "dong", "usd", "diem"),
        *("doanh nghiep", "co so", "to chuc", "xa", "huyen", "ho", "thu tuc", "dich vu", "cuoc"),
        *("de tai", "chuyen de", "bao cao", "cau hoi", "he thong", "ha", "km", "tan", "dich vu"),
    )
)
"""What is counted where "Đơn vị" is said for "Đơn vị tính", folded."""


def _readings_of(lines: tuple[str, ...]) -> list[str]:
    """Return what a heading can be read as: all its lines together, then the lowest alone.

    A line that begins small goes on with the one above: "chuẩn" of "sản phẩm chuẩn" is no heading.
    """
    begins = (at for at, line in enumerate(lines) if not (at and line[:1].islower()))
    together = [" ".join(lines[at:]) for at in begins]
    bare = [text.partition("(")[0].strip() for text in together if "(" in text]
    return [text for text in dict.fromkeys((*together, *bare)) if text]


def surely_named(lines: tuple[str, ...]) -> str:
    """Return the key of the column that a heading surely names, "" for none."""
    for reading in _readings_of(lines):
        for column in CRITERIA_COLUMNS:
            if column.matches(reading):
                return column.key
    return ""


def with_meanings(table: HeadedTable) -> HeadedTable:
    """Return a table with its columns named: by their headings, by what stands in them."""
    for step in (
        _by_heading,
        _as_levels,
        _by_fitting_content,
        _by_nearness,
        _parted_names,
        _as_matrix,
        named_by_content,
    ):
        table = replace(table, columns=step(table))
    return table


def _by_heading(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name the columns whose headings are surely ours; of two for one the first alias is taken.

    A second one of how points are given is taken for remarks where the table has none.
    """
    named: dict[str, list[ColumnReading]] = {}
    for column in table.columns:
        if key := surely_named(column.lines):
            named.setdefault(key, []).append(column)
    found: dict[int, ColumnReading] = {}
    has_remarks = "note" in named
    for key, several in named.items():
        for column in [c for c in several if key == "units" and _holds_measures(table, c)]:
            found[column.place] = replace(column, why="là đơn vị tính")
            several.remove(column)
        if not several:
            continue
        if key == "code" and len(several) == 2 and _complete_each_other(table, several):
            first, second = several
            found[first.place] = replace(first, key=key, how=How.HEADING)
            found[second.place] = replace(second, key=SECOND_CODE, how=How.HEADING)
            continue
        best, *others = sorted(several, key=lambda c: (_rank(c, key), c.place))
        found[best.place] = replace(best, key=key, how=How.HEADING)
        for other in others:
            second = replace(other, why=f"cùng nghĩa với cột “{best.heading}”")
            if key == "rule" and not has_remarks and texts_below(table, other.place):
                second, has_remarks = replace(second, key="note", how=How.SECOND), True
            found[other.place] = second
    return tuple(found.get(column.place, column) for column in table.columns)


def _holds_measures(table: HeadedTable, column: ColumnReading) -> bool:
    """Tell whether a column counts in "%", "người", "lần": "Đơn vị" is short for "Đơn vị tính"."""
    texts = texts_below(table, column.place)
    return part_of(texts, is_measure) >= _HALF


def is_measure(text: str) -> bool:
    """Tell whether a text is a unit of measure."""
    return "%" in text or fold(text).strip(" .()") in _MEASURES


def is_of_results(heading: str) -> bool:
    """Tell whether a heading is one that only tables of results have: "Thứ hạng"."""
    return fold(heading).startswith(_OF_RESULTS)


def _as_levels(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name neighbours that name a level each: "Lĩnh vực", "Tiêu chí", "Tiêu chí thành phần".

    The last is the name of the rows; what stands in the others begins less often.
    """
    levels: list[ColumnReading] = []
    for column in table.columns:
        if heading_key(column.lines[-1] if column.lines else "") in _LEVELS:
            if levels and levels[-1].place != column.place - 1:
                break
            levels.append(column)
    filled = [len(texts_below(table, column.place)) for column in levels]
    if len(levels) < 2 or min(filled[0], filled[-1]) == 0 or filled[0] >= filled[-1]:
        return table.columns
    named = {c.place: replace(c, key=UPPER_NAME, how=How.LEVELS, why="") for c in levels[:-1]}
    last = levels[-1]
    named[last.place] = replace(last, key="name", how=How.LEVELS, why="")
    return tuple(named.get(column.place, column) for column in table.columns)


def _complete_each_other(table: HeadedTable, columns: Sequence[ColumnReading]) -> bool:
    """Tell whether two neighbours hold codes, mostly one of them in a row: "A" or "1"."""
    first, second = (column.place for column in columns)
    if second != first + 1:
        return False
    rows = [row for row in table.rows[table.first :] if second < len(row)]
    both = sum(bool(row[first].text and row[second].text) for row in rows)
    either = sum(bool(row[first].text or row[second].text) for row in rows)
    texts = [row[second].text for row in rows if row[second].text]
    return both <= either / 2 and part_of(texts, is_code) >= ALIKE


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
            texts = texts_below(table, column.place)
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
        (nearness(column, ours), column.place, ours.key)
        for column in table.columns
        if column.heading and not column.key and not column.why and not is_remark(column.heading)
        for ours in CRITERIA_COLUMNS
        if ours.key not in taken and ours.key in KNOWN_NEARLY
        if ours.required or texts_below(table, column.place)
    ]
    near: dict[int, str] = {}
    for how_near, place, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        fits = how_near > _BY_WORDS or _fits(table, place, key)
        if how_near and fits and place not in near and key not in near.values():
            near[place] = key
    return tuple(
        replace(column, key=near[column.place], how=How.NEAR) if column.place in near else column
        for column in table.columns
    )


def _parted_names(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Tell columns under one heading apart, where the first has codes and another the names."""
    name = table.column("name")
    if name is None or part_of(texts_below(table, name.place), is_code) < ALIKE:
        return table.columns
    alike = [c for c in table.columns if not c.key and c.lines == name.lines]
    texts = {c.place: texts_below(table, c.place) for c in alike}
    named = [c.place for c in alike if part_of(texts[c.place], _is_sentence) >= MOST]
    if not named:
        return table.columns
    found = {named[0]: "name", name.place: "" if "code" in table.places else "code"}
    points = [c.place for c in alike if part_of(texts[c.place], is_number) >= MOST]
    if points and "max_score" not in table.places:
        found[points[0]] = "max_score"
    return tuple(
        replace(c, key=key, how=How.CONTENT if key else How.UNUSED, why="")
        if (key := found.get(c.place)) is not None
        else c
        for c in table.columns
    )


def _fits(table: HeadedTable, place: int, key: str) -> bool:
    """Tell whether what stands in a column is such as ours holds."""
    texts = texts_below(table, place)
    tells = {"max_score": is_number, "units": is_unit, "leads": is_unit, "supports": is_unit}
    return key not in tells or not texts or part_of(texts, tells[key]) >= MOST


def nearness(column: ColumnReading, ours: Column) -> float:
    """Return how near a heading is to one of ours, 0 where it is not: most for more words alike."""
    folded = fold(column.heading)
    if any(said in folded for said in _OF_OTHERS) or _is_given(folded):
        return 0.0
    says_role = _LEADING in folded
    if ours.key == "units" and says_role:
        return 0.0
    best = 1.0 if ours.key == "leads" and says_role else 0.0
    for reading in _readings_of(column.lines):
        said = [word.folded for word in words(reading)]
        for alias in ours.headings:
            own = [word.folded for word in words(alias)]
            if _holds(said, own) and (len(own) > 1 or len(said) <= len(own) + 2):
                best = max(best, 1 + len(own) / 10 - len(said) / 1000)
        key = heading_key(reading)
        if len(key) >= _SHORTEST:
            ratio = max(likeness(key, other) for other in ours.heading_keys)
            best = max(best, ratio if ratio >= ALIKE else 0.0)
    if best and ours.key in {"leads", "supports"}:
        return best + _SAYS_MORE
    by_words = ours.key in _KNOWN_BY_WORDS and len(words(column.lines[-1])) <= _MOST_WORDS
    if not best and by_words and any(map(ours.asks_about, column.lines)):
        return _BY_WORDS
    return best


def _is_given(folded: str) -> bool:
    """Tell whether a heading is of the points that somebody gave: "BGH chấm", "Lớp đánh giá"."""
    if any(said in folded for said in ("cach ", "huong dan", "phuong phap", "hinh thuc")):
        return False
    return folded.endswith((" cham", " cham diem")) and not folded.startswith(("tieu chi", "noi"))


def _holds(said: Sequence[str], own: Sequence[str]) -> bool:
    """Tell whether all words of a heading of ours stand in another, one behind the other."""
    size = len(own)
    return bool(own) and any(
        said[at : at + size] == list(own) for at in range(len(said) - size + 1)
    )


def _as_matrix(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name columns as one unit each, where nothing but marks stands in several of them."""
    blocks: list[ColumnReading] = []
    for column in table.columns:
        texts = texts_below(table, column.place)
        is_free = not column.key or column.how is How.NEAR
        if is_free and column.heading and texts and all(map(is_mark, texts)):
            blocks.append(column)
    if len(blocks) < 2:
        return table.columns
    first, last = blocks[0].place, blocks[-1].place
    places = {column.place for column in blocks} | {
        c.place
        for c in table.columns
        if first < c.place < last and not c.key and c.heading and not texts_below(table, c.place)
    }
    if table.places.keys() & {"units", "leads"} - {c.key for c in blocks}:
        return tuple(
            replace(c, key="", how=How.UNUSED, why="đã có cột đơn vị") if c.place in places else c
            for c in table.columns
        )
    return tuple(
        replace(c, key=MATRIX, how=How.MATRIX) if c.place in places else c for c in table.columns
    )


def named_by_content(table: HeadedTable) -> tuple[ColumnReading, ...]:
    """Name columns without heading, of those that are still missing, by what stands in them."""
    free = {
        column.place: texts_below(table, column.place)
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

    take("code", [p for p, texts in free.items() if part_of(texts, is_code) >= ALIKE])
    longest = sorted(free, key=lambda p: -sum(map(len, free[p])))
    take("name", [p for p in longest if part_of(free[p], _is_sentence) >= MOST])
    take("units", [p for p, texts in free.items() if part_of(texts, is_unit) >= MOST])
    take("max_score", [p for p, texts in free.items() if part_of(texts, is_number) >= ALIKE])
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
    if not table.places.keys() & {"max_score", "leads"}:
        return {}
    found = {
        column.place: texts_below(table, column.place)
        for column in table.columns
        if column.heading and not (column.key or column.why)
        if not any(said in fold(column.heading) for said in _OF_OTHERS)
    }
    return {place: texts for place, texts in found.items() if part_of(texts, _is_sentence) >= MOST}


def _is_sentence(text: str) -> bool:
    """Tell whether a text can be the name of a row: words, no date, no mark."""
    return len(text) >= _SHORTEST_NAME and sum(w.folded.isalpha() for w in words(text)) > 1


def part_of(texts: Sequence[str], tells: Callable[[str], bool]) -> float:
    """Return what part of texts something holds of."""
    return sum(map(tells, texts)) / len(texts) if texts else 0.0
