"""The tables of a PDF whose cells have lines around them: what is printed in each cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cchc_office.importing.reading.pdf_grids import RuledGrid
from cchc_office.importing.reading.pdf_lines import (
    USUAL_MARGIN,
    LineBreak,
    PrintedLine,
    is_centred,
    joined_lines,
    line_breaks,
    printed_lines,
)
from cchc_office.importing.reading.pdf_pages import Glyph
from cchc_office.importing.source import PLAIN, CellLook, SourceTable
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable

_MM_PER_POINT = 25.4 / 72
_ON_LINE = 0.2
_MOST_ROOM = 2.0
"""In lines. Word processors keep the last two of a paragraph together, so that one more may fit."""

_UNCLEAR = "không rõ dòng trong ô xuống hàng vì hết chỗ hay do người gõ; được ghi liền nhau"
_OVERPRINTED = "chữ in chồng lên nhau hoặc tràn khỏi ô, có thể lẫn với ô bên cạnh"

_Slot = tuple[int, int]
_Cell = tuple[Sequence[PrintedLine], Sequence[LineBreak]]


@dataclass(frozen=True)
class RuledTable:
    """A table as it is printed on a page: its grid, and the letters within it."""

    grid: RuledGrid
    glyphs: tuple[Glyph, ...]
    page: int
    number: int

    @cached_property
    def cells(self) -> Mapping[_Slot, _Cell]:
        """The lines of each cell and the breaks between them, by the cell's head."""
        letters: defaultdict[_Slot, list[Glyph]] = defaultdict(list)
        for glyph in self.glyphs:
            letters[self.grid.heads[self._slot(glyph)]].append(glyph)
        rights = self._right_edges()
        found: dict[_Slot, _Cell] = {}
        for head, own in letters.items():
            lines = printed_lines(own)
            left, right = self.grid.xs[head[1]], self.grid.xs[rights[head]]
            found[head] = lines, line_breaks(lines, left, right)
        return found

    @cached_property
    def overprinted(self) -> frozenset[_Slot]:
        """The heads of cells in which letters are printed on others, or on the lines around."""
        found = {h for h, (lines, _) in self.cells.items() if any(x.overprinted for x in lines)}
        for glyph in self.glyphs:
            if not glyph.text.isalnum():
                continue
            middle, reach = (glyph.top + glyph.bottom) / 2, _ON_LINE * glyph.size
            x = (glyph.x0 + glyph.x1) / 2
            heads = {self.grid.heads[self.grid.slot(x, middle + d)] for d in (-reach, reach)}
            if len(heads) > 1:
                found |= heads
        return frozenset(found)

    def is_full(self, column: int) -> bool:
        """Tell whether the last cell of a column may have no room for more lines of its text."""
        bottom = self.grid.ys[-1]
        lines, _ = self.cells.get(self.grid.heads[len(self.grid.ys) - 2, column], ((), ()))
        return any(bottom - x.bottom < _MOST_ROOM * (x.bottom - x.top) for x in lines)

    def source_table(self, with_blanks: frozenset[tuple[bool, bool]]) -> SourceTable:
        """Return it as a table; `with_blanks` has the breaks at which its file prints a blank."""
        rights = self._right_edges()
        texts: dict[_Slot, str] = {}
        looks: dict[str, CellLook] = {}
        doubtful = {cell_name(*head): _OVERPRINTED for head in self.overprinted}
        for head, (lines, breaks) in self.cells.items():
            texts[head], is_unclear = joined_lines(lines, breaks, with_blanks)
            if is_unclear:
                doubtful.setdefault(cell_name(*head), _UNCLEAR)
            look = _look(lines, self.grid.xs[head[1]], self.grid.xs[rights[head]])
            if look != PLAIN:
                looks[cell_name(*head)] = look
        rows = tuple(
            tuple(_sheet_cells(self.grid, row, texts)) for row in range(len(self.grid.ys) - 1)
        )
        return SourceTable(
            SheetTable(f"Bảng {self.number}", rows),
            looks,
            dict.fromkeys(range(len(rows)), self.page),
            columns=self.grid.xs,
            doubtful=doubtful,
        )

    def _slot(self, glyph: Glyph) -> _Slot:
        return self.grid.slot((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)

    def _right_edges(self) -> dict[_Slot, int]:
        """Return the number of the edge at which each cell ends, by its head."""
        rights: dict[_Slot, int] = {}
        for (_, column), head in self.grid.heads.items():
            rights[head] = max(rights.get(head, 0), column + 1)
        return rights


def _look(lines: Sequence[PrintedLine], left: float, right: float) -> CellLook:
    if not lines:
        return PLAIN
    centred = is_centred(lines, left, right)
    indent = max(0.0, (lines[0].x0 - left - USUAL_MARGIN) * _MM_PER_POINT)
    told = [line for line in lines if any(map(str.isalnum, line.text))]
    return CellLook(
        bool(told) and all(line.bold for line in told),
        bool(told) and all(line.italic for line in told),
        centred,
        0.0 if centred or indent < 1 else round(indent, 1),
    )


def _sheet_cells(
    grid: RuledGrid, row: int, texts: dict[tuple[int, int], str]
) -> Iterator[SheetCell]:
    for column in range(len(grid.xs) - 1):
        head = grid.heads[row, column]
        yield SheetCell(texts.get(head) or None, cell_name(row, column), cell_name(*head))
