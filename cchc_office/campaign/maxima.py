"""The maxima of rows: as they are written, what kind of points they tell, what they add up to.

A maximum stands in "Điểm tối đa", or in a column of its own for bonus ("Thưởng") or penalty
("Trừ"); a negative one is a penalty. Those of headings are sums, of bonus and penalty caps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.campaign.tables import CellReader, TableRow, cell_number
from cchc_office.catalogue.findings import Code
from cchc_office.model import Criterion, Points, headings_of
from cchc_office.rules import percent
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, fold, parse_decimal

COLUMNS = {"max_score": Points.NORMAL, "bonus": Points.BONUS, "deduction": Points.PENALTY}
"""The kinds of points whose maxima stand in each column."""

_NOTHING = frozenset(("-", "–", "—", "x"))
_CAP = re.compile(
    r"(?:khong (?:vuot )?qua|toi da(?: khong qua)?|cao nhat(?: khong qua)?)\s*(?:la\s*)?:?\s*"
    r"[-−]?(\d+(?:[.,]\d+)?)\s*diem\b"
)
_POINTS_OF_ONE = re.compile(r"(\d+(?:[.,]\d+)?)\s*diem\b")
_OF_EACH = re.compile(r"\b(?:mỗi|từng|cứ)\b", re.IGNORECASE)
_MORE_THAN_SUM = ", không kể điểm thưởng, điểm trừ"
_MOST_NAMED = 4
_FEWEST_LEVELS = 2
_FEWEST_OF_COLUMN = 2
"""How many rows there are at least where a column, and not a row, is told of as blank."""


@dataclass(frozen=True, slots=True)
class Maximum:
    """What a row's cells say of its maximum: the most points, their kind, and the cell.

    The kind is NORMAL where only "Loại điểm" or a heading above can tell another.
    """

    score: Decimal | None
    points: Points = Points.NORMAL
    cell: SheetCell | None = None


def read_maximum(reader: CellReader, row: TableRow, label: str, *, is_heading: bool) -> Maximum:
    """Return a row's maximum; one of several kinds is asked about."""
    said = [
        maximum
        for key, points in COLUMNS.items()
        if (maximum := _maximum_in(reader, row[key], points, label)) is not None
    ]
    filled = [maximum for maximum in said if maximum.score] or said
    if len(filled) > 1 and is_heading:
        for other in filled[1:]:
            score, cell = figures.given(other.score or Decimal(0)), other.cell or ""
            column = _column_of(other, reader)
            reader.report(Code.POINTS_BESIDE_ROWS, cell, about=label, found=score, expected=column)
    elif len(filled) > 1:
        kinds = " và ".join(
            f"{figures.given(m.score or Decimal(0))} ({_column_of(m, reader)})" for m in filled
        )
        reader.report(Code.MAX_SCORES_SEVERAL, filled[1].cell or "", about=label, found=kinds)
    return filled[0] if filled else Maximum(None)


def _column_of(maximum: Maximum, reader: CellReader) -> str:
    places = reader.table.headings.places
    key = next(key for key, points in COLUMNS.items() if points is maximum.points)
    return reader.table.headings.texts[places[key]] if key in places else maximum.points.value


def _maximum_in(reader: CellReader, cell: SheetCell, points: Points, label: str) -> Maximum | None:
    text = reader.text(cell)
    if not text or clean_line(text) in _NOTHING:
        return None
    value = cell_number(cell)
    if value is not None and cell.is_percent:
        text, value = percent(value), None
    if value is None:
        reader.report(Code.BAD_MAX_SCORE, cell, about=label, found=text)
        return Maximum(Decimal(0), points, cell)
    if value < 0:
        points = Points.PENALTY if points is Points.NORMAL else points
    if value < 0 and points is Points.BONUS:
        column = _column_of(Maximum(value, points, cell), reader)
        reader.report(Code.NEGATIVE_BONUS, cell, about=label, found=text, expected=column)
    return Maximum(abs(value), points, cell)


def cap_in(text: str) -> Decimal | None:
    """Return the most points that a text allows: "tổng điểm trừ không quá 5 điểm"."""
    match = _CAP.search(fold(text))
    return parse_decimal(match[1]) if match else None


def cap_of_steps(text: str, each: Decimal) -> Decimal | None:
    """Return the most that a row gives whose points are for one case of several.

    "Mỗi giếng cộng 0,5 điểm (Điểm cộng tối đa là 1 điểm)", with 0,5 in its column. None where the
    text says none, several, less, or does not say that the points are for each.
    """
    folded = fold(text)
    caps = [parse_decimal(figure) for figure in _CAP.findall(folded)]
    is_one = len(caps) == 1 and caps[0] is not None and caps[0] > each
    steps = (parse_decimal(figure) for figure in _POINTS_OF_ONE.findall(_CAP.sub(" ", folded)))
    return caps[0] if is_one and (_OF_EACH.search(text) or each in steps) else None


_NAMED_POINTS = re.compile(
    r"(?:(?:các|nội dung|tiêu chí|phần|mục)\s+)*(?:tổng\s+)?điểm\s+"
    r"(?P<kind>thưởng|cộng(?:\s+(?:thêm|thưởng))?|trừ|phạt)"
    r"(?:\s*[(:;,.–-].*|\s+(?:không|tối đa).*)?",
    re.DOTALL,
)
_OF_BOTH_KINDS = re.compile(
    r"(?:(?:các|nội dung|tiêu chí|phần|mục)\s+)*(?:tổng\s+)?điểm\s+(?:thưởng|cộng|trừ|phạt)\b.*",
    re.DOTALL,
)
_BEGINS_WITH = re.compile(
    r"(?:(?:các|nội dung|tiêu chí|phần|mục)\s+)*(?:tổng\s+)?điểm\s+"
    r"(?P<kind>thưởng|cộng(?!\s+(?:đồng|tác|gộp|dồn|lại))|trừ|phạt)\b"
)
_WITHIN = re.compile(r"(?:điểm|mức)\s+(?:cộng\s+)?(?:thưởng|trừ|phạt)")
_PENALTIES = ("trừ", "phạt")
_KINDS = re.compile(r"\b(?:thưởng|cộng|trừ|phạt)\b")


def points_named(name: str) -> Points:
    """Return the kind of points that a row is by its name: "ĐIỂM TRỪ (tối đa 5 điểm)"."""
    return _kind_of(_NAMED_POINTS.fullmatch, name)


def points_begun_with(name: str) -> Points:
    """Return the kind of points that a name begins with: "ĐIỂM THƯỞNG ĐỔI MỚI SÁNG TẠO".

    A heading is called so; of a row below it may be what is looked at: "Điểm thưởng được công khai
    đúng hạn".
    """
    return _kind_of(_BEGINS_WITH.match, name)


def _kind_of(matching: Callable[[str], re.Match[str] | None], name: str) -> Points:
    text = clean_line(name).casefold()
    match = matching(text)
    kinds = {kind in _PENALTIES for kind in _KINDS.findall(text)}
    if match is None or len(kinds) > 1:
        return Points.NORMAL
    return Points.PENALTY if match["kind"] in _PENALTIES else Points.BONUS


def names_both_kinds(name: str) -> bool:
    """Tell whether a row is called bonus and penalty at once: "ĐIỂM CỘNG, ĐIỂM TRỪ"."""
    text = clean_line(name).casefold()
    kinds = {kind in _PENALTIES for kind in _KINDS.findall(text)}
    return len(kinds) > 1 and bool(_OF_BOTH_KINDS.fullmatch(text))


def points_within(text: str) -> bool:
    """Tell whether a text speaks of points for bonus or penalty."""
    return bool(_WITHIN.search(clean_line(text).casefold()))


# --- what they add up to ---


def check_maxima(
    criteria: Sequence[Criterion], cells: Mapping[str, TableRow], reader: CellReader
) -> None:
    """Report leaves without a maximum, and headings whose maximum is not what is under them."""
    places = reader.table.headings.places
    known = [key for key in COLUMNS if key in places]
    if known and not _is_told_of_column(criteria, cells, reader):
        _Maxima(criteria, cells, reader, column_letters(places[known[0]])).check()


def _is_told_of_column(
    criteria: Sequence[Criterion], cells: Mapping[str, TableRow], reader: CellReader
) -> bool:
    """Tell of the column as a whole where no row has a maximum, rather than of each row.

    Of a column that is not there the table's headings tell.
    """
    parents = headings_of(criteria)
    leaves = [c for c in criteria if not c.is_text and c.id not in parents]
    is_blank = all(_is_blank(cells[c.id][key]) for c in criteria for key in COLUMNS)
    if len(leaves) < _FEWEST_OF_COLUMN or not is_blank:
        return False
    places = reader.table.headings.places
    if "max_score" in places:
        place = places["max_score"]
        reader.report(
            Code.MAX_SCORES_BLANK,
            reader.table.heading(place).address,
            found=figures.count(len(leaves)),
            expected=reader.table.headings.texts[place],
        )
    return True


def _is_blank(cell: SheetCell) -> bool:
    text = clean_line(cell.text)
    return not (cell.formula or cell.error) and (not text or text in _NOTHING)


class _Maxima:
    def __init__(
        self,
        criteria: Sequence[Criterion],
        cells: Mapping[str, TableRow],
        reader: CellReader,
        letter: str,
    ) -> None:
        self._criteria = criteria
        self._cells = cells
        self._reader = reader
        self._letter = letter
        self._below: dict[str, list[Criterion]] = {}
        for criterion in criteria:
            if not criterion.is_text:
                self._below.setdefault(criterion.parent, []).append(criterion)
        self._told: set[str] = set()

    def check(self) -> None:
        for criterion in self._criteria:
            below = self._below.get(criterion.id, [])
            if criterion.is_text or criterion.id in self._told:
                continue
            if not below and criterion.max_score is None:
                self._reader.report(
                    Code.MISSING_MAX_SCORE, self._place(criterion), about=criterion.label
                )
            elif below and criterion.max_score is not None:
                self._check_heading(criterion, below)
            self._check_named(criterion)

    def _check_named(self, criterion: Criterion) -> None:
        """Hold the one maximum that a name says against what the row has, or what is under it."""
        cell = self._cells[criterion.id]["name"]
        said = [parse_decimal(figure) for figure in _CAP.findall(fold(cell.text))]
        total = self._total(criterion)
        is_said = len(said) == 1 and not _OF_EACH.search(cell.text)
        if not is_said or not total or said[0] == total or criterion.points is not Points.NORMAL:
            return
        self._reader.report(
            Code.CAP_DIFFERS,
            cell,
            about=criterion.label,
            found=clean_line(cell.text),
            expected=figures.given(total),
        )

    def _check_heading(self, heading: Criterion, below: list[Criterion]) -> None:
        blank = [c for c in below if c.max_score is None and not self._below.get(c.id)]
        if len(blank) == len(below):
            self._told |= {c.id for c in blank}
            self._tell_only_above(heading, blank)
        else:
            self._check_sum(heading, below)

    def _tell_only_above(self, heading: Criterion, blank: list[Criterion]) -> None:
        named = [c.code or f"“{c.name}”" for c in blank[:_MOST_NAMED]]
        more = ", …" if len(blank) > _MOST_NAMED else ""
        self._reader.report(
            Code.MAX_SCORE_ONLY_ABOVE,
            self._place(heading),
            about=heading.label,
            found=figures.given(heading.max_score or Decimal(0)),
            expected=f"{len(blank)} dòng dưới ({', '.join(named)}{more})",
        )

    def _check_sum(self, heading: Criterion, below: list[Criterion]) -> None:
        total = self._total(heading)
        if heading.max_score == total:
            return
        if self._may_be_levels(heading, below):
            scored = (b.max_score for b in below if b.points is heading.points and b.max_score)
            scores = ", ".join(map(figures.given, scored))
            self._reader.report(
                Code.ROWS_MAYBE_LEVELS,
                self._place(heading),
                about=heading.label,
                found=scores,
                expected=figures.given(heading.max_score or Decimal(0)),
            )
            return
        others = any(b.points is not heading.points for b in below)
        self._reader.report(
            Code.MAX_SCORE_NOT_SUM,
            self._place(heading),
            about=heading.label,
            found=figures.given(heading.max_score or Decimal(0)),
            expected=figures.given(total) + (_MORE_THAN_SUM if others else ""),
        )

    def _may_be_levels(self, heading: Criterion, below: list[Criterion]) -> bool:
        """Tell whether rows may be levels of which one is chosen: 5, 4 and 3 below 5 points."""
        if heading.points is not Points.NORMAL or any(self._below.get(b.id) for b in below):
            return False
        scores = [b.max_score for b in below if b.points is Points.NORMAL and b.max_score]
        are_steps = len(scores) >= _FEWEST_LEVELS and len(set(scores)) == len(scores)
        return are_steps and max(scores) == heading.max_score

    def _total(self, criterion: Criterion) -> Decimal:
        below = self._below.get(criterion.id)
        if not below:
            return criterion.max_score or Decimal(0)
        together = sum((self._total(b) for b in below if b.points is criterion.points), Decimal(0))
        is_capped = criterion.points is not Points.NORMAL and criterion.max_score is not None
        return min(together, criterion.max_score or Decimal(0)) if is_capped else together

    def _place(self, criterion: Criterion) -> str:
        row = self._cells[criterion.id]
        filled = (row[key].address for key in COLUMNS if row[key].text)
        return next(filled, f"{self._letter}{criterion.row}")
