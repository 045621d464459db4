"""What an office's file holds, before anybody says what it means: tables, and what stands by them.

Readers of Word, spreadsheets, PDF and text make a `SourceDocument`; what understands tables takes
nothing else. Every word that a person sees in the file is in a table, in a text beside one, or in
what was left out with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from cchc_office.sheets.sheet_reader import SheetTable


class Reason(Enum):
    """Why words of a file are not taken, as a clerk is told."""

    HIDDEN_SHEET = "trang tính bị ẩn"
    HIDDEN_ROW = "dòng bị ẩn"
    HIDDEN_COLUMN = "cột bị ẩn"
    HIDDEN_TEXT = "chữ bị ẩn"
    CROSSED_OUT = "chữ gạch bỏ"
    FOOTNOTE = "chú thích chân trang"
    COMMENT = "lời nhận xét"
    TEXT_BOX = "hộp chữ"
    PAGE_EDGE = "đầu trang, chân trang"
    BESIDE_TABLE = "ngoài bảng"
    OTHER_TABLE = "bảng khác"
    UNUSED_COLUMN = "cột không dùng"
    HEADING = "tiêu đề cột"
    REPEATED_HEADING = "tiêu đề lặp lại"
    COLUMN_NUMBERS = "dòng đánh số cột"
    TOTAL = "dòng tổng cộng"
    FOOTER = "phần dưới bảng"
    MARK = "dấu đã ghi thành tên đơn vị"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that are not taken: where they stand ("trang 3, Bảng 2, dòng 14"), and why."""

    place: str
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell's text looks, as far as it tells levels; `indent` is in millimetres."""

    bold: bool = False
    italic: bool = False
    centred: bool = False
    indent: float = 0.0


PLAIN = CellLook()
_SAME_EDGE = 4.0  # points: a page of a PDF is drawn anew


PASTED = "chữ dán vào"
"""The kind of a document that is no file."""


PDF = "tệp PDF"
"""The kind of a document that was read from a PDF."""


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A table as text, copied out of a page, a document or a sheet; `name` is for people."""

    text: str
    name: str = "bảng dán vào"


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands in the file: its table, its number there, its page (0 where unknown)."""

    table: str
    number: int
    page: int = 0

    @property
    def words(self) -> str:
        """The place as it is told."""
        page = f"trang {self.page}, " if self.page else ""
        return f"{page}{self.table}, dòng {self.number}"


@dataclass(frozen=True)
class SourceTable:
    """One table of the file as it stands there, nothing of it interpreted.

    `sheet` has its cells; merged cells share their head and show its text, down and across; tracked
    insertions are text, deletions are not there. Hidden rows and columns are blank, so that
    addresses are those that the program shows. `looks` has the looks of the heads that are not
    plain, by their addresses; `pages` the page of a row, by its index from 0, where the file tells;
    `numbered` the addresses of cells whose text begins with a number that Word counted by itself.
    `columns` holds the edges of a PDF table's columns, in points from the left; empty elsewhere.
    `doubtful` says in Vietnamese why a cell may be read wrong, by its address, where a reader had
    to choose.
    """

    sheet: SheetTable
    looks: Mapping[str, CellLook] = field(default_factory=dict)
    pages: Mapping[int, int] = field(default_factory=dict)
    numbered: frozenset[str] = frozenset()
    columns: tuple[float, ...] = ()
    doubtful: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people find it by: the name of its sheet, "Bảng 2"."""
        return self.sheet.name

    def place_of(self, index: int) -> RowPlace:
        """Return where a row stands, by its index from 0."""
        return RowPlace(self.name, index + 1, self.pages.get(index, 0))

    def is_on_page_after(self, above: SourceTable) -> bool:
        """Tell whether it stands, with the same columns, on the page after a table of a PDF."""
        pages = max(above.pages.values(), default=0), min(self.pages.values(), default=0)
        return (
            bool(self.columns)
            and pages[1] == pages[0] + 1
            and len(above.columns) == len(self.columns)
            and all(
                abs(a - b) <= _SAME_EDGE for a, b in zip(above.columns, self.columns, strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class SourceText:
    """A line of text outside of the tables; `before` is the index of the table that it precedes.

    Behind the last table it is the number of tables.
    """

    text: str
    before: int
    page: int = 0
    look: CellLook = PLAIN


@dataclass(frozen=True)
class SourceDocument:
    """All that a file holds: its tables in order, the texts around them, what readers left out.

    `kind` says what it was read as ("văn bản Word", "tệp PDF"). `notes` are sentences for the clerk
    about the reading itself ("trang 4 là ảnh quét, không có chữ để đọc"). Only the tables of a
    spreadsheet are sheets, with cells that people know by their addresses.
    """

    file: str
    kind: str
    tables: tuple[SourceTable, ...]
    texts: tuple[SourceText, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    is_spreadsheet: bool = False

    @property
    def is_pdf(self) -> bool:
        """Whether it was read from a PDF."""
        return self.kind == PDF
