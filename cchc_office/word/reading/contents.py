"""Reading all that a Word document says: its paragraphs and tables in order, with their looks.

As everywhere, what tracked changes deleted is not there and what they inserted is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_office.files.limits import MOST_CELLS, MOST_TABLE_COLUMNS
from cchc_office.text.vietnamese import clean_line
from cchc_office.word.reading.formatting import Formats
from cchc_office.word.reading.grid_columns import RowShape, columns_of
from cchc_office.word.reading.measures import (
    MC,
    R,
    W,
    attribute,
    is_on,
    twips_as_mm,
    value_of,
    whole_number,
)
from cchc_office.word.reading.numbering import Counting
from cchc_office.word.reading.package import UnreadableDocumentError, WordPackage
from cchc_office.word.reading.page_counting import PageCounter
from cchc_office.word.reading.passage_gathering import PassageGatherer
from cchc_office.word.reading.passages import (
    GridCell,
    Passage,
    SideText,
    WordContents,
    WordGrid,
)
from cchc_office.word.reading.reader import Walk, cell_width
from cchc_office.word.reading.side_texts import SideTexts
from cchc_office.word.reading.transparent import THROUGH, chosen, through
from cchc_office.word.reading.values import Paragraph, ParagraphPlace

_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
_EDGES = (f"{W}headerReference", f"{W}footerReference")
_BETWEEN_CELLS = " | "
_NOTHING = Passage("")
_ENDS_GONE = ("del", "moveFrom")


def read_word_contents(content: bytes) -> WordContents:
    """Return what the document in `content` says.

    Raises UnreadableDocumentError where it is none, or unusually large.
    """
    package = WordPackage(content)
    body = package.main.element.find(f"{W}body")
    if body is None:
        return WordContents(())
    reader = _ContentsReader(package, body)
    blocks = tuple(reader.blocks(body))
    return WordContents(
        blocks,
        tuple(dict.fromkeys(_page_edges(package, reader))),
        reader.belonging_nowhere(),
        sum(1 for _ in body.iter(f"{W}altChunk")),
    )


def _page_edges(package: WordPackage, reader: _ContentsReader) -> Iterator[str]:
    for reference in package.main.element.iter(*_EDGES):
        part = package.part(package.main.by_id.get(_link(reference), ""))
        if part is not None and (text := reader.text_of(part.element)):
            yield text


def _link(reference: Any) -> str:
    return str(reference.get(f"{R}id") or "")


class _ContentsReader:
    """Reads one document from its beginning to its end: numbers and pages are counted."""

    def __init__(self, package: WordPackage, body: Any) -> None:
        self.formats = Formats.of(package)
        self._counting = Counting(self.formats)
        self._walk = Walk(self.formats, [0.0])
        self._pages = PageCounter(body)
        self._places = 0
        self._sides = SideTexts(package, self.text_of)

    def belonging_nowhere(self) -> tuple[SideText, ...]:
        """Return the notes to which nothing that was read refers."""
        return self._sides.belonging_nowhere()

    def blocks(self, parent: Any) -> Iterator[Passage | WordGrid]:
        """Give the paragraphs and tables of a body or a text box."""
        gathered: PassageGatherer | None = None
        boxes: list[Any] = []
        for element in _flat(parent):
            if element.tag == _TABLE:
                yield from self.grids(element)
                continue
            page = self._pages.paragraph(element)
            goes_on, gathered = gathered is not None, gathered or PassageGatherer()
            boxes += self._gather(element, gathered, "", goes_on=goes_on)
            if _end_is_deleted(element):
                continue
            yield gathered.passage(page)
            for box in boxes:
                yield from self._in_box(box)
            gathered, boxes = None, []
        if gathered is not None:
            yield gathered.passage()

    def grids(self, table: Any, *, within: bool = False) -> Iterator[WordGrid]:
        """Give a table, and those within it that are more than a part of a cell's text."""
        grid = _GridReader(self, table, within=within)
        found = grid.read()
        self._places += len(found.rows) * max(map(len, found.rows), default=0)
        if found.rows or found.hidden_rows:
            yield found
        for inner in grid.inner_tables:
            yield from self.grids(inner, within=True)

    def _in_box(self, box: Any) -> Iterator[Passage | WordGrid]:
        if any(element.tag == _TABLE for element in _flat(box)):
            yield from self.blocks(box)
        else:
            yield Passage("", sides=tuple(self._sides.in_box(box)))

    def check_size(self, places: int) -> None:
        """Raise UnreadableDocumentError where that many more cells are too many."""
        if self._places + places > MOST_CELLS:
            raise UnreadableDocumentError("các bảng lớn bất thường")

    def row_page(self, row: Any) -> int:
        """Return the page on which a row begins."""
        return self._pages.row(row)

    def passage(self, cell: Any, style: str, inner: Iterable[Any] = ()) -> Passage:
        """Return what stands in a cell; tables of `inner` are no part of it."""
        gathered = PassageGatherer()
        goes_on = False
        for element in _flat(cell):
            if element.tag == _PARAGRAPH:
                boxes = self._gather(element, gathered, style, goes_on=goes_on)
                goes_on = _end_is_deleted(element)
                for box in boxes:
                    gathered.take_sides(self._sides.in_box(box))
            elif not any(element is one for one in inner):
                self._take_as_text(element, gathered)
        return gathered.passage()

    def _take_as_text(self, table: Any, gathered: PassageGatherer) -> None:
        """Take a small table within a cell as lines of the cell's text."""
        for row in _GridReader(self, table, within=True).read().rows:
            cells = dict.fromkeys(row)
            texts = (clean_line(cell.passage.text) for cell in cells)
            if line := _BETWEEN_CELLS.join(filter(None, texts)):
                gathered.take_text(line)
            for cell in cells:
                gathered.take_sides(cell.passage.sides)

    def _gather(
        self, element: Any, gathered: PassageGatherer, style: str, *, goes_on: bool
    ) -> list[Any]:
        """Gather a paragraph; return the text boxes that are anchored in it."""
        properties = element.find(f"{W}pPr")
        number = None if _end_is_deleted(element) else self._counting.number(properties)
        mark = None if properties is None else properties.find(f"{W}rPr")
        look = self.formats.letters(mark, self.formats.style_of(properties, "paragraph"), "", "")
        gathered.take(
            self._paragraph(element, style), number, goes_on=goes_on, struck_number=look.struck
        )
        sides, boxes, pictures = self._sides.beside(element)
        gathered.take_sides(sides)
        gathered.pictures += pictures
        return boxes

    def _paragraph(self, element: Any, style: str) -> Paragraph:
        return next(self._walk.blocks((element,), ParagraphPlace(), style))

    def text_of(self, element: Any) -> str:
        """Return the text of a note, a box, the edge of a page on one line."""
        paragraphs = self._walk.blocks(element, ParagraphPlace())
        gathered = PassageGatherer()
        for paragraph in paragraphs:
            gathered.take(paragraph)
        return clean_line(gathered.passage().text)


@dataclass(frozen=True)
class _Row:
    """A row as it stands in the document: its element, its cells, and how it lies."""

    element: Any
    cells: list[Any]
    shape: RowShape


class _GridReader:
    """Reads one table; one that is `within` another has no pages of its own."""

    def __init__(self, contents: _ContentsReader, table: Any, *, within: bool) -> None:
        self._contents = contents
        self._within = within
        self._style = contents.formats.style_of(table.find(f"{W}tblPr"), "table")
        self._grid = [
            twips_as_mm(attribute(column, "w")) or 0.0
            for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
        ]
        rows = through(table, "tr")
        self._rows = [_row(row) for row in rows if row.find(f"{W}trPr/{W}del") is None]
        self.inner_tables = [*self._tables_of_their_own()]
        self._hidden_rows: list[tuple[int, str]] = []
        self._hidden_cells: list[tuple[int, str]] = []

    def _tables_of_their_own(self) -> Iterator[Any]:
        """Give the tables within cells around which this one is but a frame."""
        for row in self._rows:
            for cell in row.cells:
                for element in _flat(cell):
                    rows = through(element, "tr") if element.tag == _TABLE else ()
                    if sum(1 for _ in rows) >= max(2, len(self._rows)):
                        yield element

    def read(self) -> WordGrid:
        """Return the table; raises UnreadableDocumentError where it is unusually large."""
        columns = columns_of(self._grid, [row.shape for row in self._rows])
        width = max((spans[-1][1] for spans in columns if spans), default=0)
        self._contents.check_size(len(self._rows) * min(width, MOST_TABLE_COLUMNS))
        rows: list[tuple[GridCell, ...]] = []
        pages: list[int] = []
        merged: dict[int, GridCell] = {}
        for row, spans in zip(self._rows, columns, strict=True):
            page = 0 if self._within else self._contents.row_page(row.element)
            if _is_on(row.element, f"{W}trPr/{W}hidden"):
                self._hide(self._hidden_rows, len(rows), row.cells)
                continue
            cells, merged = self._cells(row, spans, len(rows), merged)
            rows.append(cells)
            pages.append(page)
        return WordGrid(
            tuple(rows),
            tuple(pages) if any(pages) else (),
            tuple(self._hidden_rows),
            tuple(self._hidden_cells),
            width > MOST_TABLE_COLUMNS,
        )

    def _hide(self, hidden: list[tuple[int, str]], at: int, cells: Iterable[Any]) -> None:
        texts = (self._contents.text_of(cell) for cell in cells)
        if text := _BETWEEN_CELLS.join(filter(None, texts)):
            hidden.append((at, text))

    def _cells(
        self,
        row: _Row,
        spans: Sequence[tuple[int, int]],
        at: int,
        above: dict[int, GridCell],
    ) -> tuple[tuple[GridCell, ...], dict[int, GridCell]]:
        """Return a row's cells, and those by column that may go on below it."""
        cells: list[GridCell] = []
        merged: dict[int, GridCell] = {}
        for element, (start, end) in zip(row.cells, spans, strict=True):
            blanks = range(len(cells), min(start, MOST_TABLE_COLUMNS))
            cells += [GridCell(_NOTHING, at, column) for column in blanks]
            properties = element.find(f"{W}tcPr")
            down = _merge(properties, "vMerge")
            across = _merge(properties, "hMerge")
            if across == "continue" and cells:
                cell = cells[-1]
                self._hide(self._hidden_cells, at, (element,))
            elif down == "continue" and start in above:
                cell = above[start]
                self._hide(self._hidden_cells, at, (element,))
            else:
                passage = self._contents.passage(element, self._style, self.inner_tables)
                cell = GridCell(passage, at, start)
            if down:
                merged[start] = cell
            cells += [cell] * (min(end, MOST_TABLE_COLUMNS) - len(cells))
        return tuple(cells), merged


def _row(element: Any) -> _Row:
    cells = [c for c in through(element, "tc") if c.find(f"{W}tcPr/{W}cellDel") is None]
    properties = element.find(f"{W}trPr")
    return _Row(
        element,
        cells,
        RowShape(
            min(whole_number(value_of(properties, f"{W}gridBefore")), MOST_TABLE_COLUMNS),
            min(whole_number(value_of(properties, f"{W}gridAfter")), MOST_TABLE_COLUMNS),
            tuple(_span(cell) for cell in cells),
            tuple(cell_width(cell) for cell in cells),
        ),
    )


def _span(cell: Any) -> int:
    span = whole_number(value_of(cell, f"{W}tcPr/{W}gridSpan"), 1)
    return max(1, min(span, MOST_TABLE_COLUMNS + 1))


def _merge(properties: Any, direction: str) -> str:
    """Return "restart" or "continue" for a merged cell, "" for any other."""
    merged = None if properties is None else properties.find(f"{W}{direction}")
    return "" if merged is None else attribute(merged, "val") or "continue"


def _is_on(element: Any, path: str) -> bool:
    found = element.find(path)
    return found is not None and is_on(found)


def _end_is_deleted(paragraph: Any) -> bool:
    """Tell whether tracked changes joined a paragraph to the one behind it."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in _ENDS_GONE)


def _flat(parent: Any) -> Iterator[Any]:
    """Give the paragraphs and tables of a body or cell, those within content controls too."""
    for element in parent:
        if element.tag in {_PARAGRAPH, _TABLE}:
            yield element
        elif element.tag in THROUGH:
            yield from _flat(element)
        elif element.tag == f"{MC}AlternateContent":
            yield from _flat(chosen(element))
