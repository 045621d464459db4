"""The rows of an office's table: which are rows of criteria, and what each of them says.

What is no row (headings again, column numbers, totals, what stands below) is left out with its
reason; what could be understood in two ways is taken in one of them and told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cchc_office.campaign.codes import codes_behind, is_next_code
from cchc_office.campaign.other_rows import begins_footer, begins_total, counted_as, is_note
from cchc_office.campaign.tables import cell_number
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.importing.cell_texts import MARKS, is_code, is_mark, shown, shown_value, split_code
from cchc_office.importing.headed_table import (
    MATRIX,
    SECOND_CODE,
    UPPER_NAME,
    ColumnReading,
    HeadedTable,
)
from cchc_office.importing.source import PLAIN, CellLook, LeftOut, Reason
from cchc_office.importing.source_total import SourceTotal
from cchc_office.importing.taken_row import RowDoubt, TakenRow, quoted
from cchc_office.sheets.addresses import cell_name, row_number
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import clean_line, fold, parse_decimal

_UNUSUAL_NUMBER = re.compile(
    r"(\d{1,3}[.,]\d) (\d)"
    r"|(?:≤|<=|(?:từ\s+)?0+\s*(?:điểm\s*)?(?:[-–—÷]|đến))\s*(\d{1,4}(?:[.,]\d{1,2})?)(?:\s*(?:điểm|đ))?",
    re.IGNORECASE,
)
"""A number in which a PDF has a blank that is not there ("0.2 5"), or the most that it may be:
"≤ 5", "0 - 20", "Từ 0 đến 20 điểm"."""

_SAYS_RULES = ("huong dan", "cach danh gia", "cach cham", "cach tinh", "phuong phap")
_BEFORE_RULE = re.compile(
    r"\s*\n(?=\s*(?:Yêu cầu|Cách (?:chấm|tính|đánh giá)|[-+•*]\s|Điểm (?:đánh giá|đạt)|Nếu |Tính ))"
)
"""Where in such a cell the name ends: before a line that begins as scoring does."""

_BEGINS_AS_RULE = re.compile(
    r"\s*(?:[-+•*▪]\s*)?(?:Yêu cầu\s*:|Cách (?:chấm|tính|đánh giá)(?: điểm)?\s*:"
    r"|Điểm (?:đánh giá|đạt)\b|Tính (?:điểm|tỷ lệ|tỉ lệ)\b|Nếu\b)"
)
"""How a cell begins that says how a row is scored, where its name is to be expected."""

_SIGN_APART = re.compile(r"([-+−–])\s+(?=\d)")


class RowReader:
    """Reads the rows of one table of `file`; what is left out and converted is gathered.

    `goes_on` tells that the table goes on on the next page: then nothing stands below it.
    """

    def __init__(
        self, table: HeadedTable, file: str, struck: frozenset[int], *, goes_on: bool = False
    ) -> None:
        self._table = table
        self._goes_on = goes_on
        self._file = file
        self._struck = struck
        self._columns = {column.place: column for column in table.columns}
        self._headings = [
            tuple(map(fold, distinct_texts(row))) for row in table.rows[table.top : table.first]
        ]
        self._first = self._first_rows()
        self._says_rules_in_names = _says_rules_in_names(table)
        self._codes: set[str] = set()
        self.left_out: list[LeftOut] = []
        self.totals: list[SourceTotal] = []
        self.converted: dict[str, str] = {}
        """What cells count as, by address, whose words are written otherwise in the workbook."""

    def rows(self) -> list[TakenRow]:
        """Return the rows of criteria in their order."""
        found: list[TakenRow | None] = []
        for index in range(self._table.first, len(self._table.rows)):
            row = self._table.rows[index]
            texts = distinct_texts(row)
            if not texts:
                found.append(None)
                continue
            if reason := self._reason_for_none(index, texts):
                self._leave(index, reason)
                if reason is Reason.TOTAL:
                    self._note_total(index, texts[0], is_first=not any(found))
                found.append(None)
                continue
            above = [self._upper(index, cell) for cell in self._uppers(row)]
            taken = self._taken(index, row)
            if above and taken is not None and not (taken.texts.get("name") or taken.has_code):
                # What stands in no deeper column is said of the last level itself.
                taken.texts |= {key: above[-1].texts[key] for key in ("code", "name")}
                above.pop()
            found += above
            if taken is not None:
                taken.is_first = index in self._first
                found.append(taken)
        last = max((row.place.number for row in found if row and row.is_solid), default=0)
        self.totals = [
            replace(one, is_at_edge=one.is_at_edge or row_number(one.address) > last)
            for one in self.totals
        ]
        return self._without_foot(found)

    def _note_total(self, index: int, name: str, *, is_first: bool) -> None:
        """Keep what a sum says; a share of all is none."""
        place = self._table.places.get("max_score")
        cell = self._table.rows[index][place] if place is not None else None
        score = None if cell is None or cell.is_percent else cell_number(cell)
        if cell is not None and score:
            sheet = self._table.source.name
            self.totals.append(SourceTotal(sheet, cell.address, name, score, is_first))

    # --- what is no row ---

    def _first_rows(self) -> frozenset[int]:
        """Return the first row of each page, or of the table, behind the headings."""
        first: dict[int, int] = {}
        for index in range(self._table.first, len(self._table.rows)):
            if not self._heading_again(distinct_texts(self._table.rows[index])):
                first.setdefault(self._table.source.pages.get(index, 0), index)
        return frozenset(first.values())

    def _heading_again(self, texts: Sequence[str]) -> Reason | None:
        if tuple(map(fold, texts)) in self._headings:
            return Reason.REPEATED_HEADING
        numbers = [counted_as(text) for text in texts]
        if len(texts) > 1 and all(numbers) and _are_in_order(numbers):
            return Reason.COLUMN_NUMBERS
        return None

    def _reason_for_none(self, index: int, texts: Sequence[str]) -> Reason | None:
        # "công" of "công khai" that the end of a page cut off is not "Cộng".
        is_rest = index in self._first and texts[0][:1].islower()
        is_total = begins_total(texts[0]) and not is_rest
        return self._heading_again(texts) or (Reason.TOTAL if is_total else None)

    def _leave(self, index: int, reason: Reason) -> None:
        text = " | ".join(distinct_texts(self._table.rows[index], own=True))
        if text:
            self.left_out.append(LeftOut(self._table.source.place_of(index).words, text, reason))

    def _without_foot(self, found: list[TakenRow | None]) -> list[TakenRow]:
        """Return the rows without what stands below the table."""
        if self._goes_on:
            return [row for row in found if row is not None]
        solid = [at for at, row in enumerate(found) if row is not None and row.is_solid]
        end = len(found)
        if solid:
            gap = False
            for at in range(solid[-1] + 1, len(found)):
                row = found[at]
                if row is None:
                    gap = True
                    continue
                texts = filter(None, row.texts.values())
                if gap or any(begins_footer(text) or is_note(text) for text in texts):
                    end = at
                    break
        for row in found[end:]:
            if row is not None:
                text = " | ".join(text for text in row.texts.values() if text)
                self.left_out.append(LeftOut(row.place.words, text, Reason.FOOTER))
        rows = [row for row in found[:end] if row is not None]
        last = max((at for at, row in enumerate(rows) if row.is_solid), default=len(rows))
        for row in rows[last + 1 :]:
            if not row.texts.get("units"):
                self._doubt(row, "name", Code.ROW_BELOW_TABLE, about=row.label)
        return rows

    # --- what a row says ---

    def _uppers(self, row: tuple[SheetCell, ...]) -> Iterator[SheetCell]:
        """Yield the cells that name a level above the row, which begins with it."""
        for column in self._table.columns:
            if column.key == UPPER_NAME and column.place < len(row):
                cell = row[column.place]
                if cell.text and cell.head == cell.address:
                    yield cell

    def _upper(self, index: int, cell: SheetCell) -> TakenRow:
        taken = TakenRow(
            self._table.source.place_of(index), {"name": shown(cell)}, address=cell.address
        )
        self._read_code(taken, {})
        return taken

    def _taken(self, index: int, row: tuple[SheetCell, ...]) -> TakenRow | None:
        cells = self._cells_by_key(index, row)
        if not cells or all(map(_begins_above, (*cells.values(), *self._of_units(row)))):
            return None  # only what is not taken is parted here
        texts = {key: shown(cell) for key, cell in cells.items()}
        code = cells.get("code")
        taken = TakenRow(
            self._table.source.place_of(index),
            texts,
            address=code.address if code else cell_name(index, 0),
            is_struck=index + 1 in self._struck,
            look=self._look(cells),
            own=frozenset(k for k, c in cells.items() if c.text and not _begins_above(c)),
        )
        for key in ("max_score", "bonus", "deduction"):
            if _SIGN_APART.match(text := texts.get(key, "")):
                texts[key] = _SIGN_APART.sub(r"\1", text).replace("–", "-")
        if code and _begins_above(code):
            texts["code"] = ""  # that of the row above, merged: this one has none of its own
            taken.code_above = code.head
            del cells["code"]
        self._read_code(taken, cells)
        self._read_score(taken, cells, index)
        self._read_units(taken, cells, row)
        self._note_merged_cells(taken, cells)
        self._note_doubtful_cells(taken, cells | self._doubtful_blanks(row))
        return taken

    def _of_units(self, row: tuple[SheetCell, ...]) -> Iterator[SheetCell]:
        """Yield the marks of a row in columns that are a unit each."""
        for column in self._table.columns:
            if column.key == MATRIX and column.place < len(row) and row[column.place].text:
                yield row[column.place]

    def _cells_by_key(self, index: int, row: tuple[SheetCell, ...]) -> dict[str, SheetCell]:
        """Return the cells of our columns; one merged over columns belongs to one of them."""
        spans: dict[str, list[int]] = {}
        for place, cell in enumerate(row):
            of_heading = self._table.top < row_number(cell.head) <= self._table.first
            if (cell.text or cell.formula or cell.error) and not of_heading:
                spans.setdefault(cell.head, []).append(place)
        cells: dict[str, SheetCell] = {}
        for places in spans.values():
            place = self._column_of(row, places)
            column = self._columns.get(place)
            key = column.key if column else ""
            if key in {MATRIX, UPPER_NAME}:
                continue
            if key:
                cells[key] = row[place]
            elif not _begins_above(row[place]):
                self._leave_cell(index, column, row[place])
        return cells

    def _column_of(self, row: tuple[SheetCell, ...], places: list[int]) -> int:
        """Return which column a cell belongs to: a title over all of them is a name."""
        keys = {self._key(place): place for place in reversed(places) if self._key(place)}
        if len(places) == 1 or not keys:
            return places[0]
        text = row[places[0]].text
        if "code" in keys and "name" in keys:
            return keys["code"] if is_code(text) else keys["name"]
        if "name" in keys:
            return keys["name"]
        return next(iter(sorted(keys.values())))

    def _key(self, place: int) -> str:
        column = self._columns.get(place)
        return column.key if column else ""

    def _leave_cell(self, index: int, column: ColumnReading | None, cell: SheetCell) -> None:
        name = column.name if column else cell.address
        place = f"{self._table.source.place_of(index).words}, cột “{name}”"
        self.left_out.append(LeftOut(place, shown(cell), Reason.UNUSED_COLUMN))

    def _doubtful_blanks(self, row: tuple[SheetCell, ...]) -> dict[str, SheetCell]:
        """Return the blank cells of our columns that may have a text, as their reader says."""
        return {
            "units" if column.key == MATRIX else column.key: row[place]
            for place, column in self._columns.items()
            if column.key not in {"", UPPER_NAME}
            and place < len(row)
            and row[place].address in self._table.source.doubtful
            and not row[place].text
        }

    def _look(self, cells: dict[str, SheetCell]) -> CellLook:
        looks = self._table.source.looks
        heads = (cells[key].head for key in ("name", "code") if key in cells)
        return next((looks[head] for head in heads if head in looks), PLAIN)

    def _read_code(self, row: TakenRow, cells: dict[str, SheetCell]) -> None:
        cell = cells.get("code")
        code, name = clean_line(row.texts.get("code", "")), row.texts.get("name", "")
        if cell is not None and isinstance(cell.value, dt.date | dt.time | float):
            self._keep_value(row, cell)
            code = row.texts["code"]
        if second := clean_line(row.texts.pop(SECOND_CODE, "")):
            code = self._with_second(row, code, second)
        if code and not is_code(code) and not name:
            code, name = "", code
        if not code and row.code_value is None and (parts := split_code(name)):
            code, rest = parts
            self._doubt(
                row, "code", Code.CODE_SPLIT, found=quoted(name), expected=code, marks=False
            )
            name = rest
        elif code and not is_code(code):
            self._doubt(row, "code", Code.CODE_NOT_USUAL, found=code)
        is_rule = _BEGINS_AS_RULE.match(name) if code or row.code_value is not None else None
        if self._says_rules_in_names and (end := is_rule or _BEFORE_RULE.search(name)):
            name, row.texts["rule"] = ("", name) if is_rule else _parted(name, end)
            row.has_rule_in_name, row.own = True, row.own | {"rule"}
        elif is_rule:
            self._ask_name(row, cells, Code.NAME_LIKE_RULE, code or row.code, name)
        if code and not name and (said := clean_line(row.texts.get("rule", ""))):
            name = said
            self._ask_name(row, cells, Code.NAME_FROM_RULE, code, said)
        row.texts |= {"code": code, "name": clean_line(name)}
        self._codes.add(code)

    def _ask_name(
        self, row: TakenRow, cells: dict[str, SheetCell], why: FindingCode, code: str, text: str
    ) -> None:
        place = cells["name"].address if "name" in cells else ""
        self._doubt(row, "name", why, about=code, found=quoted(text), address=place)

    def _keep_value(self, row: TakenRow, cell: SheetCell) -> None:
        """Keep a code that is a date or a number as it is, so that nobody forgets what it was."""
        value = cell.value
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            value = value.date()
        if isinstance(value, float):
            if value.is_integer():
                return
            text = format(value, ".15g")
            if is_next_code(text, self._codes):
                row.texts["code"] = text
                return
            candidates: tuple[str, ...]
            told, candidates = "số", (text, f"{text}0")
        elif isinstance(value, dt.date):
            told, candidates = "ngày", codes_behind(value)
        else:
            told, candidates = "giờ", ()
        if isinstance(value, dt.date | float):
            row.code_value = value
            row.texts["code"] = ""
        self._doubt(
            row,
            "code",
            Code.CODE_LOST_TYPE,
            about=told,
            found=shown_value(value),
            candidates=tuple(candidates),
        )

    def _with_second(self, row: TakenRow, code: str, second: str) -> str:
        if not code:
            return second
        joined = f"{code.rstrip('.')}.{second}"
        found = f"“{code}”, “{second}”"
        self._doubt(row, "code", Code.CODE_IN_TWO_COLUMNS, found=found, expected=joined)
        return joined

    def _read_score(self, row: TakenRow, cells: dict[str, SheetCell], index: int) -> None:
        cell = cells.get("max_score")
        if cell is None:
            return
        if _begins_above(cell):
            row.texts["max_score"] = ""
            return
        if self._reaches_down(cell, index):
            self._doubt(row, "max_score", Code.SCORE_MERGED, found=shown(cell))
        if unusual := _UNUSUAL_NUMBER.fullmatch(row.texts["max_score"]):
            found = row.texts["max_score"]
            row.texts["max_score"] = "".join(filter(None, unusual.groups()))
            self._doubt(
                row, "max_score", Code.NUMBER_UNUSUAL, found=found, expected=row.texts["max_score"]
            )
        if cell.is_percent:
            return  # a share is no number of points: it stands as it is shown, and is asked about
        number = cell_number(cell) or parse_decimal(row.texts["max_score"])
        plain = clean_line(row.texts["max_score"])
        is_plain = re.fullmatch(r"[-+−]?\d+(?:[.,]\d+)?", plain)
        if number is not None and (unusual or is_plain):
            row.max_score = number
            row.texts["max_score"] = ""
            self.converted[cell.address] = shown_value(float(number))

    def _reaches_down(self, cell: SheetCell, index: int) -> bool:
        below = self._table.rows[index + 1 : index + 2]
        return any(other.head == cell.head for row in below for other in row)

    def _read_units(
        self, row: TakenRow, cells: dict[str, SheetCell], whole: tuple[SheetCell, ...]
    ) -> None:
        matrix = [column for column in self._table.columns if column.key == MATRIX]
        if matrix:
            self._read_marks(row, matrix, whole)
        elif "units" in cells:
            head = row_number(cells["units"].head)
            row.unit_cell = (self._table.number + 1) * 1_000_000 + head

    def _read_marks(
        self, row: TakenRow, matrix: list[ColumnReading], whole: tuple[SheetCell, ...]
    ) -> None:
        """Make unit texts of the marks in columns that are a unit each."""
        by_duty: dict[str, list[str]] = {}
        marks = []
        for column in matrix:
            cell = whole[column.place]
            text = clean_line(cell.text)
            if not text:
                continue
            if not _begins_above(cell):
                marks.append(text)
            if is_mark(text):
                duty = MARKS[fold(text).strip(" .()")]
                by_duty.setdefault(duty, []).append(column.lines[-1])
            else:
                row.texts["note"] = "\n".join(filter(None, (row.texts.get("note", ""), text)))
        if marks:
            place = f"{row.place.words}, các cột đơn vị"
            self.left_out.append(LeftOut(place, " ".join(marks), Reason.MARK))
        plain = by_duty.pop("", []) + by_duty.pop("Thực hiện", [])
        leads, supports = by_duty.get("Chủ trì", []), by_duty.get("Phối hợp", [])
        if leads or supports:
            (supports if leads else leads).extend(plain)
            row.texts["leads"] = "; ".join(leads)
            row.texts["supports"] = "; ".join(supports)
        elif plain:
            row.texts["units"] = "\n".join(plain)
            if len(plain) > 1:
                self._doubt(
                    row,
                    "units",
                    Code.DUTIES_BY_MARKS,
                    about=row.label,
                    found=marks[0] if marks else "",
                )

    def _note_merged_cells(self, row: TakenRow, cells: dict[str, SheetCell]) -> None:
        if "name" in cells and _begins_above(cells["name"]):
            self._doubt(row, "name", Code.NAME_MERGED, about=quoted(row.texts["name"]))
        if "rule" in cells and _begins_above(cells["rule"]):
            self._doubt(row, "rule", Code.RULE_MERGED, about=row.label)

    def _note_doubtful_cells(self, row: TakenRow, cells: dict[str, SheetCell]) -> None:
        for key, cell in cells.items():
            if cell.formula or cell.error:
                code = Code.FORMULA_WITHOUT_VALUE if cell.formula else Code.ERROR_CELL
                self._doubt(row, key, code, found=cell.formula or cell.error, address=cell.address)
            if why := self._table.source.doubtful.get(cell.address):
                self._doubt(row, key, Code.READ_DOUBTFULLY, about=row.label, found=why)

    def _doubt(
        self,
        row: TakenRow,
        key: str,
        code: FindingCode,
        *,
        about: str = "",
        found: str = "",
        expected: str = "",
        candidates: tuple[str, ...] = (),
        marks: bool = True,
        address: str = "",
    ) -> None:
        finding = Finding(
            code,
            self._file,
            row.place.table,
            address or row.address,
            about=about,
            found=found,
            expected=expected,
            candidates=candidates,
        )
        row.doubts.append(RowDoubt(key if marks else "", finding))


def _begins_above(cell: SheetCell) -> bool:
    """Tell whether what a cell shows stands in a merged cell that begins in a row above."""
    return row_number(cell.head) < row_number(cell.address)


def _parted(text: str, gap: re.Match[str]) -> tuple[str, str]:
    return text[: gap.start()], text[gap.end() :]


def _says_rules_in_names(table: HeadedTable) -> bool:
    """Tell whether one column has names and how they are scored, as its heading says."""
    column = table.column("name")
    heading = fold(column.heading) if column else ""
    return "rule" not in table.places and any(said in heading for said in _SAYS_RULES)


def distinct_texts(row: Sequence[SheetCell], *, own: bool = False) -> list[str]:
    """Return what stands in a row, of merged cells once; `own` leaves out what began above."""
    cells = {c.head: c for c in row if c.text or c.formula or c.error}
    return [shown(c) for c in cells.values() if not (own and _begins_above(c))]


def _are_in_order(numbers: Sequence[str]) -> bool:
    """Tell whether texts number columns, each the next one: "A", "B", "1", "2"."""
    letters = [ord(n.casefold()) for n in numbers if not n.isdecimal()]
    digits = [int(n) for n in numbers if n.isdecimal()]
    if any(n.isdecimal() for n in numbers[: len(letters)]):
        return False
    begins = (not letters or letters[0] == ord("a")) and (not digits or digits[0] <= 3)
    return begins and all(b == a + 1 for run in (letters, digits) for a, b in pairwise(run))
