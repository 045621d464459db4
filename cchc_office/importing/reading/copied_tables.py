"""A table that was copied as text out of a PDF: its cells one after the other, lines as they broke.

Nothing divides its columns. What tells them is how such text comes about: a row begins with its
code; a code alone on its line stands beside a name of several lines; a blank cell leaves a blank
behind, so that a row inside a merged cell has one blank fewer; the texts of units and notes come
back again and again. Where that does not tell for sure, the cell is marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cchc_office.campaign.other_rows import begins_footer, begins_total
from cchc_office.importing.reading.copied_lines import (
    CodeSequence,
    CopiedHeadings,
    begins_with_code,
    find_headings,
)
from cchc_office.importing.reading.copied_rows import (
    CopiedRow,
    CopiedRowReader,
    RowCells,
    TableTexts,
    number_place,
)
from cchc_office.importing.source import LeftOut, Reason, SourceDocument, SourceTable, SourceText
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.vietnamese import clean, clean_line

_MOST_INDENTED = 0.1


def read_copied_table(text: str, file: str, kind: str) -> SourceDocument:
    """Return what a text holds: the table under the first headings in it, and the lines around."""
    lines = text.replace("\f", "\n").split("\n")
    headings = list(find_headings(lines))
    if not headings:
        return SourceDocument(file, kind, (), tuple(_texts(lines, 0)))
    first, *repeated = headings
    rows, behind = _rows(lines, first, repeated)
    if not rows:
        return SourceDocument(file, kind, (), tuple(_texts(lines, 0)))
    table = _CopiedTable(first, rows)
    left_out = (
        LeftOut(
            f"trang {number}",
            clean_line(" ".join(lines[one.top : one.end])),
            Reason.REPEATED_HEADING,
        )
        for number, one in enumerate(repeated, 2)
    )
    return SourceDocument(
        file,
        kind,
        (table.source(),),
        (*_texts(lines[: first.top], 0), *_texts(behind, 1)),
        tuple(left_out),
    )


def _texts(lines: Sequence[str], before: int) -> Iterator[SourceText]:
    for line in lines:
        if text := clean_line(line):
            yield SourceText(text, before)


# --- which lines are which row's ---


def _rows(
    lines: Sequence[str], first: CopiedHeadings, repeated: Sequence[CopiedHeadings]
) -> tuple[list[CopiedRow], list[str]]:
    """Return the rows of a table, and the lines behind it."""
    tops = {one.top: one for one in repeated}
    filled = [line for line in lines[first.end :] if line.strip()]
    indented = sum(line[0] == " " for line in filled)
    tells_by_blank = indented <= _MOST_INDENTED * len(filled)
    sequence = CodeSequence()
    with_numbers = number_place(first) is not None
    rows: list[CopiedRow] = []
    page, at = 1, first.end
    while at < len(lines):
        line = lines[at]
        if at in tops:
            page += 1
            if rows and line[:1] == " ":
                rows[-1].ends_at_page_edge = True
            at = tops[at].end
            continue
        if rows and _may_end(lines[first.end : at], line) and not _more_rows(lines[at:], sequence):
            return rows, list(lines[at:])
        found = begins_with_code(line)
        is_score = bool(found) and with_numbers and bool(rows) and rows[-1].awaits_number(line)
        if found and not is_score and sequence.accepts(found[0]):
            rows.append(CopiedRow(found[0], page, not found[1].strip(), [found[1]]))
        elif tells_by_blank and rows and line[:1] == " " and line[1:2].isupper():
            rows.append(CopiedRow("", page, False, [line]))
        elif rows:
            rows[-1].lines.append(line)
        at += 1
    return rows, []


def _may_end(before: Sequence[str], line: str) -> bool:
    """Tell whether a line may begin what stands below a table; one that recurs is of its rows."""
    ends = begins_footer(line) or begins_total(line)
    return ends and not line.lstrip()[:1].islower() and line not in before


def _more_rows(lines: Sequence[str], sequence: CodeSequence) -> bool:
    return any(sequence.may_follow(found[0]) for line in lines if (found := begins_with_code(line)))


def _mistrust_blank_units(read: Sequence[RowCells]) -> None:
    """Take a blank unit's cell that would be merged with rows below it for one too many a blank."""
    for cells, below in pairwise(read):
        is_blank = not cells.is_covered and not cells.texts[cells.unit_place]
        if is_blank and below.is_covered:
            cells.is_covered = True
            cells.doubts[cells.unit_place] = (
                "nguồn thừa một dấu cách ở đây: hiểu là thuộc ô gộp ở trên, không phải ô trống"
            )


# --- the table ---


@dataclass
class _CopiedTable:
    """A table whose rows are read with what all of them tell together."""

    headings: CopiedHeadings
    rows: list[CopiedRow]
    doubtful: dict[str, str] = field(default_factory=dict)

    def source(self) -> SourceTable:
        """Return it as a sheet with its headings."""
        texts = TableTexts.of(self.rows, self.headings)
        reader = CopiedRowReader(self.headings, texts)
        read = [reader.read(row) for row in self.rows]
        _mistrust_blank_units(read)
        made = [self._cells(0, [*self.headings.texts], {})]
        unit_place = texts.unit_place
        head = -1
        heads: dict[int, str] = {}
        for number, (row, cells) in enumerate(zip(self.rows, read, strict=True), 1):
            if unit_place is not None:
                head = self._unit_head(number, head, row, cells)
                heads = {} if head == number else {unit_place: cell_name(head, unit_place)}
                if head != number and head > 0:
                    cells.texts[unit_place] = made[head][unit_place].text
            made.append(self._cells(number, cells.texts, heads))
            for place, why in cells.doubts.items():
                self.doubtful[cell_name(number, place)] = why
        pages = {number: row.page for number, row in enumerate(self.rows, 1)}
        told = {0: 1, **pages} if max(pages.values()) > 1 else {}
        return SourceTable(SheetTable("Bảng 1", tuple(made)), pages=told, doubtful=self.doubtful)

    def _unit_head(self, number: int, head: int, row: CopiedRow, cells: RowCells) -> int:
        """Return the row in which the unit's cell of a row begins."""
        if not cells.is_covered:
            return number
        if head > 0 and (cells.is_sure or row.is_below(self.rows[head - 1])):
            return head
        if head <= 0 or row.depth < self.rows[head - 1].depth:
            return number
        place = cells.unit_place
        cells.doubts[place] = (
            "không rõ ô này để trống hay thuộc ô gộp ở trên: hiểu là thuộc ô gộp ở trên"
        )
        return head

    @staticmethod
    def _cells(number: int, texts: Sequence[str], heads: dict[int, str]) -> tuple[SheetCell, ...]:
        cells = []
        for place, text in enumerate(texts):
            address = cell_name(number, place)
            head = heads.get(place, address)
            cells.append(SheetCell(clean(text).strip() or None, address, head))
        return tuple(cells)
