"""Word documents as sources: their tables as sheets, the paragraphs around them as texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cchc_office.errors import CampaignError
from cchc_office.files.unreadable_file import as_unreadable
from cchc_office.importing.reading.file_content import content_of
from cchc_office.importing.source import (
    PLAIN,
    CellLook,
    LeftOut,
    Reason,
    SourceDocument,
    SourceTable,
    SourceText,
)
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.vietnamese import clean, clean_line
from cchc_office.word.reading import UnreadableDocumentError
from cchc_office.word.reading.contents import read_word_contents
from cchc_office.word.reading.passages import GridCell, Passage, Side, WordContents, WordGrid

_REASONS = {
    Side.FOOTNOTE: Reason.FOOTNOTE,
    Side.COMMENT: Reason.COMMENT,
    Side.TEXT_BOX: Reason.TEXT_BOX,
    Side.HIDDEN: Reason.HIDDEN_TEXT,
}
_KIND = "văn bản Word"
_LONGEST_QUOTE = 40


def read_word_file(path: Path) -> SourceDocument:
    """Return the Word document at `path`; raises CampaignError where there is none to read."""
    return word_source(content_of(path), path.name)


def word_source(content: bytes, file: str, kind: str = _KIND) -> SourceDocument:
    """Return the Word document in `content`, told as the `file` of this `kind`.

    Raises CampaignError where there is none to read.
    """
    try:
        return _Source(file, kind).document(read_word_contents(content))
    except UnreadableDocumentError as error:
        raise CampaignError(f"Không đọc được {file}: {error}.") from error
    except Exception as error:  # damaged files bring up errors of every kind
        sentence = as_unreadable(error).finding(file).sentence
        raise CampaignError(
            f"Không đọc được {file}. {sentence} Mở thử bằng Word, lưu lại thành .docx rồi thử lại."
        ) from error


class _Source:
    """Gathers what a document says, table by table."""

    def __init__(self, file: str, kind: str) -> None:
        self._file, self._kind = file, kind
        self._tables: list[SourceTable] = []
        self._texts: list[SourceText] = []
        self._left_out: list[LeftOut] = []
        self._notes: list[str] = []

    def document(self, contents: WordContents) -> SourceDocument:
        """Return the document."""
        for block in contents.blocks:
            if isinstance(block, WordGrid):
                self._take_table(block)
            else:
                self._take_text(block)
        for edge in contents.page_edges:
            self._leave_out("đầu trang, chân trang", edge, Reason.PAGE_EDGE)
        for side in contents.unplaced:
            self._leave_out("không rõ thuộc chỗ nào", side.text, _REASONS[side.side])
        if contents.embedded:
            self._notes.append(
                f"văn bản chèn {contents.embedded} tệp khác vào trong, nội dung đó không đọc được"
            )
        return SourceDocument(
            self._file,
            self._kind,
            tuple(self._tables),
            tuple(self._texts),
            tuple(self._left_out),
            tuple(self._notes),
        )

    def _leave_out(self, place: str, text: str, reason: Reason) -> None:
        if text := clean_line(text):
            self._left_out.append(LeftOut(place, text, reason))

    # --- paragraphs ---

    def _take_text(self, passage: Passage) -> None:
        before = len(self._tables)
        lines = [clean_line(line) for line in passage.text.split("\n")]
        for line in filter(None, lines):
            self._texts.append(SourceText(line, before, passage.page, _look(passage)))
        place = _with_page(passage.page, _quoted(passage.text) or f"trước Bảng {before + 1}")
        self._leave_out(place, passage.crossed_out, Reason.CROSSED_OUT)
        for side in passage.sides:
            if side.side is Side.TEXT_BOX:
                self._texts.append(SourceText(clean_line(side.text), before, passage.page))
            else:
                self._leave_out(place, side.text, _REASONS[side.side])
        self._note_pictures(place, passage)

    def _note_pictures(self, place: str, passage: Passage) -> None:
        if passage.pictures:
            self._notes.append(f"{place}: có hình, chữ trong hình (nếu có) không đọc được")

    # --- tables ---

    def _take_table(self, grid: WordGrid) -> None:
        name = f"Bảng {len(self._tables) + 1}"
        heads = {cell_name(cell.row, cell.column): cell for row in grid.rows for cell in row}
        looks = {address: _look(cell.passage) for address, cell in heads.items()}
        table = SourceTable(
            _sheet(grid, name),
            {address: look for address, look in looks.items() if look != PLAIN},
            dict(enumerate(grid.pages)),
            frozenset(address for address, cell in heads.items() if cell.passage.number),
        )
        self._tables.append(table)
        for row, text in grid.hidden_rows:
            self._leave_out(f"{name}, dưới dòng {row}", text, Reason.HIDDEN_ROW)
        for row, text in grid.hidden_cells:
            self._leave_out(f"{table.place_of(row).words}, dưới ô gộp", text, Reason.HIDDEN_TEXT)
        for cell in heads.values():
            self._take_sides(cell, table.place_of(cell.row).words)

    def _take_sides(self, cell: GridCell, place: str) -> None:
        for side in cell.passage.sides:
            self._leave_out(place, side.text, _REASONS[side.side])
        self._note_pictures(place, cell.passage)


def _with_page(page: int, place: str) -> str:
    return f"trang {page}, {place}" if page else place


def _quoted(text: str) -> str:
    line = clean_line(text)
    if not line:
        return ""
    short = line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE].rstrip()}…"
    return f"ở “{short}”"


def _look(passage: Passage) -> CellLook:
    return CellLook(passage.bold, passage.italic, passage.centred, passage.indent)


def _sheet(grid: WordGrid, name: str) -> SheetTable:
    """Return a Word table as a sheet: a merged cell is seen all over its area, under one head."""
    width = max(map(len, grid.rows), default=0)
    rows = (tuple(_sheet_cells(row, at, width)) for at, row in enumerate(grid.rows))
    return SheetTable(name, tuple(rows), cell_name(0, width) if grid.is_cut else "")


def _sheet_cells(row: Iterable[GridCell], at: int, width: int) -> Iterator[SheetCell]:
    place = -1
    for place, cell in enumerate(row):
        texts = (cell.passage.text, cell.passage.crossed_out)
        left, crossed_out = (text if clean(text) else None for text in texts)
        head = cell_name(cell.row, cell.column)
        yield SheetCell(left, cell_name(at, place), head, crossed_out=crossed_out)
    for blank in range(place + 1, width):
        address = cell_name(at, blank)
        yield SheetCell(None, address, address)
