"""Points that a row has beside those of the rows below it, or of two kinds at once.

Tables of emulation are so: "a1" has 3 points, and the rows below only take some off or add some.
In a campaign a heading comes to what is below it. So each kind of points that a row has of its own
becomes a scored row right below it, and is told; nothing of the file's own rows is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from cchc_office.campaign.maxima import COLUMNS, points_begun_with
from cchc_office.campaign.outline import OutlinePlace
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.importing.taken_row import RowDoubt, TakenRow, quoted
from cchc_office.model import Points
from cchc_office.text import figures
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import clean_line, parse_decimal

_CALLED = {
    Points.NORMAL: "Điểm chuẩn",
    Points.BONUS: "Điểm thưởng",
    Points.PENALTY: "Điểm trừ",
}
_OF_SCORING = ("rule", "own_rule", "method", "evidence")
"""What is said of the standard points of a row, and stands in its row."""

_OF_OTHER_KIND = re.compile(
    r"(?:(?:các|những|nội dung|tiêu chí|phần|mục|trường hợp)\s+)*"
    r"(?:bị\s+|được\s+)?(?:trừ|phạt|thưởng|cộng)\s+điểm\b",
    re.IGNORECASE,
)
_MOST_NAMED = 12

REMARK = (
    "Dòng do chương trình thêm để điểm của dòng trên được chấm, được tính. Không đúng thì xoá cả "
    "dòng này."
)
"""What the comment on an added row says."""

_Kinds = Mapping[Points, tuple[str, Decimal]]
"""The kinds of points that a row has, each with the key of its column and how many they are."""


def with_own_points(
    rows: Sequence[TakenRow], places: Sequence[OutlinePlace], file: str, *, adds: bool = True
) -> tuple[list[TakenRow], list[int], list[Finding]]:
    """Return the rows with one more for points of their own, their levels, and what is told.

    Where the clerk wants none added (not `adds`) a second kind of points is asked about instead.
    """
    family = _Family(rows, places, adds=adds)
    kept: list[TakenRow] = []
    levels: list[int] = []
    told: dict[bool, list[str]] = {True: [], False: []}
    for at, row in enumerate(rows):
        kept.append(row)
        levels.append(places[at].level)
        following = rows[at + 1] if at + 1 < len(rows) else None
        own = family.own_kinds(at)
        if own:
            told[set(own) == {Points.NORMAL}].append(_named(row))
        for kind in own:
            added = _row_of(row, kind, following, places[at].level + 1)
            kept.append(added)
            levels.append(places[at].level + 1)
        row.doubts += family.doubts(at, file)
    return kept, levels, list(_told(told, file))


def _told(named: Mapping[bool, Sequence[str]], file: str) -> Iterator[Finding]:
    for is_standard, labels in named.items():
        if labels:
            code = Code.OWN_POINTS_ADDED if is_standard else Code.POINTS_PARTED
            rows = some_of(labels, _MOST_NAMED, "dòng")
            yield Finding(code, file, found=str(len(labels)), expected=rows)


class _Family:
    """What kinds of points rows have, and those below them."""

    def __init__(
        self, rows: Sequence[TakenRow], places: Sequence[OutlinePlace], *, adds: bool
    ) -> None:
        self._rows = rows
        self._adds = adds
        self._kinds = [_kinds_of(row) for row in rows]
        self._below: dict[int, list[int]] = {}
        self._is_other = [_is_called_otherwise(row) for row in rows]
        for at, place in enumerate(places):
            parent = place.parent
            if parent is not None:
                self._is_other[at] |= self._is_other[parent]
            while parent is not None:
                self._below.setdefault(parent, []).append(at)
                parent = places[parent].parent

    def own_kinds(self, at: int) -> list[Points]:
        """Return the kinds of points of a row that a row of their own has to be made for."""
        own, below = self._kinds[at], self._kinds_below(at)
        if not self._adds or self._is_other[at] or self._rows[at].is_struck or not own:
            return []
        if at not in self._below:
            return list(own) if len(own) > 1 else []
        if Points.NORMAL not in own or not below:
            return []
        return [kind for kind in own if kind not in below and not self._is_cap(at, kind)]

    def doubts(self, at: int, file: str) -> Iterator[RowDoubt]:
        """Yield what is asked about points of a second kind that no row of their own was made for.

        Rows below have points of that kind themselves: whether it is the most of theirs, nothing
        tells.
        """
        row, made = self._rows[at], self.own_kinds(at)
        for kind, (key, score) in list(self._kinds[at].items())[1:]:
            if kind in made:
                continue
            finding = Finding(
                Code.POINTS_BESIDE_ROWS,
                file,
                row.place.table,
                row.address,
                about=row.label,
                found=figures.as_typed(score),
                expected=kind.value,
            )
            yield RowDoubt(key, finding)

    def _kinds_below(self, at: int) -> frozenset[Points]:
        return frozenset(kind for row in self._below.get(at, ()) for kind in self._kinds[row])

    def _is_cap(self, at: int, kind: Points) -> bool:
        """Tell whether points are no more than those of rows below that are all for bonus.

        Then they may be the most that these come to, which is what a heading says.
        """
        if kind is not Points.NORMAL or self._kinds_below(at) != {Points.BONUS}:
            return False
        rows = (self._kinds[row].get(Points.BONUS) for row in self._below[at])
        return self._kinds[at][kind][1] <= sum((one[1] for one in rows if one), Decimal(0))


def _kinds_of(row: TakenRow) -> _Kinds:
    kinds: dict[Points, tuple[str, Decimal]] = {}
    for key, points in COLUMNS.items():
        number = row.max_score if key == "max_score" else None
        if number is None:
            number = parse_decimal(row.texts.get(key, "").lstrip("+ "))
        if number:
            kinds.setdefault(Points.PENALTY if number < 0 else points, (key, abs(number)))
    return kinds


def _is_called_otherwise(row: TakenRow) -> bool:
    """Tell whether a row is for bonus or penalty by its words: its maximum is then a cap."""
    name = clean_line(row.texts.get("name", ""))
    begun = points_begun_with(name) is not Points.NORMAL
    return begun or bool(row.texts.get("points")) or bool(_OF_OTHER_KIND.match(name))


def _row_of(row: TakenRow, kind: Points, following: TakenRow | None, level: int) -> TakenRow:
    """Return a row for points of `row`, which keeps its standard ones: they are a heading's sum."""
    key, score = _kinds_of(row)[kind]
    texts = {"name": f"{_CALLED[kind]}{_of(row)}", "level": str(level)}
    copied = [texts["name"]]
    if kind is Points.NORMAL:
        copied.append(figures.as_typed(score))
        texts |= {k: row.texts.pop(k) for k in _OF_SCORING if row.texts.get(k)}
    elif key in row.texts:
        texts[key] = row.texts.pop(key)
    shares_units = following is not None and row.unit_cell == following.unit_cell
    if row.unit_cell and shares_units:
        texts["units"] = row.texts.get("units", "")
    return TakenRow(
        row.place,
        texts,
        address=row.address,
        max_score=score if kind is Points.NORMAL else None,
        unit_cell=row.unit_cell if shares_units else 0,
        look=row.look,
        copied=tuple(copied),
    )


def _of(row: TakenRow) -> str:
    code = row.code.strip(" .()")
    return f" của mục {code}" if any(map(str.isalnum, code)) else ""


def _named(row: TakenRow) -> str:
    code = row.code.strip(" .()")
    named = code if any(map(str.isalnum, code)) else f"“{quoted(row.texts.get('name', ''))}”"
    return f"{named} (dòng {row.place.number})"
