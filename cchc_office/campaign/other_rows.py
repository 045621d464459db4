"""Rows of a table of criteria that are none: sums, numbers of columns, what stands below.

They are known by their words, where nothing in them is scored: "Tổng cộng", "(1) (2) (3)",
"Nơi nhận:" with all that follows. What only explains is none of these, but is printed: a note
("Ghi chú: …"), or what "Cấp" calls so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from cchc_office.campaign.levels import Said, level_in
from cchc_office.campaign.tables import CellReader, TableRow, cell_number
from cchc_office.catalogue.findings import Code
from cchc_office.model import Criterion, Points, headings_of
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text import figures
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import clean_line, fold

_PART = r"(?:[ivx]+|[a-h]|\d{1,2})(?:\.(?:[ivx]+|[a-h]|\d{1,2}))*"
_OF_PARTS = rf"\(?{_PART}(?:\s*[+,;-]\s*{_PART})*\)?"
_TOTAL = re.compile(
    r"(?:tong(?: cong)?|cong)(?: so)?(?: diem)?(?: toi da| chuan| toan bo)?"
    rf"(?: {_OF_PARTS})?(?: \(toi da [^()]*\))?\s*[:.]?"
)
_TOTAL_OF = (
    *("tong cong", "tong diem", "cong diem", "cong muc", "cong phan", "cong nhom", "tong muc"),
    *("muc diem toi da", "diem tong cong", "cong (", "tong ("),
)
"""How sums begin that say of what they are."""

_NO_TOTAL = ("tong diem tru khong", "tong diem thuong")
_LONGEST_TOTAL = 60
_COLUMN_NUMBER = re.compile(
    r"\(?\[?\s*(?P<number>\d{1,2}|[a-z])\s*[)\]]?\s*(?:=.*)?", re.IGNORECASE
)
_NOTE = re.compile(
    r"[*(\s]*(?:ghi chu|chu thich|luu y)\b"
    r"|\*+\s*(?:tong )?diem (?:tru|cong|thuong|phat)\b.*\b(?:khong (?:vuot )?qua|toi da)\b"
)
_FOOTER = re.compile(
    r"(?:noi nhan|nguoi lap|lap bieu|thu truong|(?:pho )?giam doc|(?:pho )?chu tich|truong phong|"
    r"(?:tm|kt|tl|tuq|q)\.|luu:|\(?ky\b|xac nhan|dai dien|nguoi cham|nhan xet|xep loai|"
    r"co van hoc tap|ban can su|y kien cua)"
    r"|(?:.*, )?ngay [\d.…]* ?thang [\d.…]* ?nam\b|.*ky va ghi ro ho ten"
)
_LONGEST_SHOWN = 50
_FEWEST_NUMBERS = 3


class OtherKind(Enum):
    """What a row is that is no criterion."""

    TOTAL = "dòng tổng"
    COLUMN_NUMBERS = "dòng đánh số cột"
    FOOTER = "phần dưới bảng"


@dataclass(frozen=True)
class OtherRow:
    """A row that is no criterion; `after` is how many rows with criteria stand above it."""

    kind: OtherKind
    row: TableRow
    after: int


def is_total(text: str) -> bool:
    """Tell whether a text is all that names a sum: "Tổng cộng", "Cộng (I + II)"."""
    return bool(_TOTAL.fullmatch(fold(text)))


def begins_total(text: str) -> bool:
    """Tell whether a text names a sum, or begins so: "Cộng mục I: 20 điểm"."""
    folded = fold(text).strip(" .:")
    if len(folded) > _LONGEST_TOTAL or folded.startswith(_NO_TOTAL):
        return False
    return is_total(folded) or folded.startswith(_TOTAL_OF)


def counted_as(text: str) -> str:
    """Return what "(3)", "3" or "(5)=(3)-(4)" counts a column as, "" for any other text."""
    match = _COLUMN_NUMBER.fullmatch(clean_line(text))
    return match["number"] if match else ""


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Tell whether the texts of a row only count columns: "(1) (2) (3)", "A B 1 2"."""
    counts = [counted_as(text) for text in texts if text]
    are_numbers = [count.isdecimal() for count in counts]
    # Letters come first: "1 | A | 2" is a row whose name is a letter.
    return len(counts) >= _FEWEST_NUMBERS and all(counts) and are_numbers == sorted(are_numbers)


def is_note(text: str) -> bool:
    """Tell whether a text begins as a note below a table does."""
    return bool(_NOTE.match(fold(text)))


def begins_footer(text: str) -> bool:
    """Tell whether a text begins what stands below a table: recipients, day, signature."""
    return bool(_FOOTER.match(fold(text)))


def divide(rows: Sequence[TableRow]) -> tuple[tuple[TableRow, ...], tuple[OtherRow, ...]]:
    """Return the rows that may be criteria, and those that are something else."""
    end = _first_below(rows)
    kept: list[TableRow] = []
    others: list[OtherRow] = []
    for at, row in enumerate(rows):
        kind = OtherKind.FOOTER if at >= end else _kind_of(rows, at)
        if kind is None or level_in(row["level"].text) is Said.TEXT:
            kept.append(row)
        else:
            others.append(OtherRow(kind, row, len(kept)))
    return tuple(kept), tuple(others)


def _kind_of(rows: Sequence[TableRow], at: int) -> OtherKind | None:
    row = rows[at]
    if at == 0 and is_column_numbers([own(cell) for cell in row.cells.values()]):
        return OtherKind.COLUMN_NUMBERS
    code, name = own(row["code"]), own(row["name"])
    if is_total(name or code) and (not (code and name) or _is_last(rows, at)):
        return OtherKind.TOTAL
    return None


def is_note_row(row: TableRow) -> bool:
    """Tell whether a row is a note among the criteria: "Ghi chú: …" with nothing to score."""
    code, name = own(row["code"]), own(row["name"])
    return is_note(name or code) and not (code and name) and not _is_scored(row)


def _is_last(rows: Sequence[TableRow], at: int) -> bool:
    """Tell whether no row below has a score; a row with a code may be called "Tổng cộng" too."""
    return not own(rows[at]["units"]) and not any(map(_is_scored, rows[at + 1 :]))


def _first_below(rows: Sequence[TableRow]) -> int:
    """Return the place of the first row of what stands below the table."""
    last = max((at for at, row in enumerate(rows) if _is_scored(row)), default=len(rows))
    below = range(last + 1, len(rows))
    return next((at for at in below if any(map(begins_footer, _texts(rows[at])))), len(rows))


def _texts(row: TableRow) -> Iterator[str]:
    return (text for key, cell in row.cells.items() if key != "level" and (text := own(cell)))


def _is_scored(row: TableRow) -> bool:
    return any(own(row[key]) for key in ("max_score", "bonus", "deduction", "leads"))


def own(cell: SheetCell) -> str:
    """Return what stands in a cell itself, not what a merged cell above it spreads over it."""
    return clean_line(cell.text) if cell.address == cell.head else ""


# --- what is told of them ---


def tell_others(
    others: Sequence[OtherRow], criteria: Sequence[Criterion], reader: CellReader
) -> None:
    """Tell once of the rows that are no criteria, and of each sum that is none of theirs."""
    for other in others:
        if other.kind is OtherKind.TOTAL:
            _check_total(other, criteria, reader)
    if others:
        shown = "; ".join(_shown(others))
        first = next(iter(others[0].row.cells.values())).address
        reader.report(Code.ROWS_WITHOUT_CRITERIA, first, found=shown)


def _shown(others: Sequence[OtherRow]) -> Iterator[str]:
    footer = [other.row for other in others if other.kind is OtherKind.FOOTER]
    for other in others:
        if other.kind is not OtherKind.FOOTER:
            yield f"dòng {other.row.number} “{_text_of(other.row)}” ({other.kind.value})"
    if footer:
        first, last = footer[0].number, footer[-1].number
        where = f"dòng {first}" if first == last else f"dòng {first}–{last}"
        yield f"{where} “{_text_of(footer[0])}” ({OtherKind.FOOTER.value})"


def _text_of(row: TableRow) -> str:
    return shortened(" ".join(_texts(row)), _LONGEST_SHOWN)


def _check_total(other: OtherRow, criteria: Sequence[Criterion], reader: CellReader) -> None:
    """Hold a sum against what it may be the sum of: all rows above it, or those of its field."""
    said = cell_number(other.row["max_score"])
    above = criteria[: other.after]
    if said is None or not above:
        return
    sums = list(_sums(above))
    if said not in sums:
        reader.report(
            Code.TOTAL_DIFFERS,
            other.row["max_score"],
            about=own(other.row["name"]) or own(other.row["code"]),
            found=figures.given(said),
            expected=figures.given(sums[0]),
        )


def _sums(criteria: Sequence[Criterion]) -> Iterator[Decimal]:
    """Yield the sums that a row behind these may mean, the likeliest first."""
    headings = headings_of(criteria)
    leaves = [c for c in criteria if not (c.is_text or c.id in headings)]
    normal = [c for c in leaves if c.points is Points.NORMAL]
    yield _sum(normal)
    yield _sum(c for c in leaves if c.points is not Points.PENALTY)
    by_id = {c.id: c for c in criteria}
    fields = [c for c in criteria if not c.parent]
    last = [c for c in leaves if fields and _field_of(c, by_id) is fields[-1]]
    yield _sum(last)


def _sum(leaves: Iterator[Criterion] | Sequence[Criterion]) -> Decimal:
    return sum((c.max_score or Decimal(0) for c in leaves), Decimal(0))


def _field_of(criterion: Criterion, by_id: dict[str, Criterion]) -> Criterion:
    while criterion.parent in by_id:
        criterion = by_id[criterion.parent]
    return criterion
