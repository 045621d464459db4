"""PDF files with a layer of text as sources: a table for each one that a page shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from cchc_office.catalogue.findings import Code
from cchc_office.errors import CampaignError
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.importing.reading.file_content import content_of
from cchc_office.importing.reading.pdf_cut_texts import CutLetters, cut_letters
from cchc_office.importing.reading.pdf_grids import RuledGrid, ruled_grids
from cchc_office.importing.reading.pdf_lines import (
    PrintedLine,
    is_centred,
    kinds_with_blanks,
    printed_lines,
)
from cchc_office.importing.reading.pdf_page_ends import with_cells_over_pages
from cchc_office.importing.reading.pdf_pages import (
    MOST_PAGES,
    Glyph,
    PdfPage,
    count_pages,
    pdf_pages,
)
from cchc_office.importing.reading.pdf_ruled_tables import RuledTable
from cchc_office.importing.reading.pdf_tables import unruled_table
from cchc_office.importing.source import (
    PDF,
    CellLook,
    LeftOut,
    Reason,
    SourceDocument,
    SourceTable,
    SourceText,
)

_EDGE = 0.09
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE)
_ADVICE = "Nếu có bản Word hoặc Excel của bảng này thì dùng bản đó."


def read_pdf_file(path: Path) -> SourceDocument:
    """Return the PDF at `path`; raises CampaignError where it holds no text that can be read."""
    content = content_of(path)
    try:
        count = count_pages(content)
        pages = list(pdf_pages(content))
    except UnreadableFileError as error:
        raise CampaignError(_why_unreadable(path.name, error)) from error
    if not any(page.glyphs for page in pages):
        raise CampaignError(
            f"Không đọc được {path.name}: tệp PDF này chỉ có hình (bản quét), không có chữ để đọc. "
            f"{_ADVICE} Không có thì nhận dạng chữ (OCR) rồi soát lại từng ô trước khi nhập."
        )
    return _PdfReading(path.name).document(pages, count)


def _why_unreadable(file: str, error: UnreadableFileError) -> str:
    if error.code is Code.PASSWORD_PROTECTED:
        return (
            f"Không đọc được {file}: tệp PDF có mật khẩu. Lưu lại bản không mật khẩu rồi thử lại."
        )
    return f"Không đọc được {file}. {error.finding(file).sentence} {_ADVICE}"


class _PdfReading:
    """Gathers what the pages of a PDF show."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._tables: list[SourceTable | RuledTable] = []
        self._texts: list[SourceText] = []
        self._left_out: list[LeftOut] = []
        self._notes: list[str] = []
        self._margins = (0.0, 0.0)
        self._scanned: list[int] = []
        self._recognised: list[int] = []
        self._unruled: list[int] = []

    def document(self, pages: Sequence[PdfPage], count: int) -> SourceDocument:
        """Return the document whose first pages these are."""
        grids = [ruled_grids(page.rules) for page in pages]
        for page, own, cut in zip(pages, grids, cut_letters(pages, grids), strict=True):
            self._note(page)
            self._take(page, own, cut)
        if count > len(pages):
            self._notes.append(f"chỉ đọc {MOST_PAGES} trang đầu trong {count} trang")
        return SourceDocument(
            self._file,
            PDF,
            tuple(with_cells_over_pages(self._source_tables(), self._ruled_tables())),
            tuple(self._texts),
            tuple(self._left_out),
            (*self._notes_on_pages(), *self._notes),
        )

    def _source_tables(self) -> list[SourceTable]:
        ruled = filter(None, self._ruled_tables())
        blanks = kinds_with_blanks(cell for table in ruled for cell in table.cells.values())
        return [t.source_table(blanks) if isinstance(t, RuledTable) else t for t in self._tables]

    def _ruled_tables(self) -> list[RuledTable | None]:
        return [table if isinstance(table, RuledTable) else None for table in self._tables]

    def _note(self, page: PdfPage) -> None:
        if page.is_scan:
            (self._recognised if page.glyphs else self._scanned).append(page.number)
        if page.unread:
            self._notes.append(
                f"trang {page.number} có {page.unread} chữ mà tệp không cho biết là chữ gì"
            )

    def _notes_on_pages(self) -> Iterator[str]:
        if self._scanned:
            yield f"trang {_ranges(self._scanned)} là ảnh quét, không có chữ để đọc"
        if self._recognised:
            pages = _ranges(self._recognised)
            yield f"chữ ở trang {pages} do máy nhận dạng từ ảnh quét, có thể sai"
        if self._unruled:
            pages = _ranges(self._unruled)
            yield (
                f"bảng ở trang {pages} không kẻ khung, được đọc theo cách xếp chữ: "
                "so lại từng dòng với tệp gốc"
            )
        overprinted = {t.page for t in self._tables if isinstance(t, RuledTable) and t.overprinted}
        if overprinted:
            yield (
                f"bảng ở trang {_ranges(sorted(overprinted))} có chữ in chồng lên nhau hoặc tràn "
                "khỏi ô (dòng quá thấp), có thể lẫn ô này với ô kia: so lại từng dòng với tệp gốc"
            )

    def _take(self, page: PdfPage, grids: Sequence[RuledGrid], cut: CutLetters) -> None:
        inside: defaultdict[int, list[Glyph]] = defaultdict(list)
        outside: list[Glyph] = []
        by_size = sorted(range(len(grids)), key=lambda n: _area(grids[n]))
        for glyph in page.glyphs:
            if glyph in cut.repeated:
                continue
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            place = next((n for n in by_size if grids[n].holds(x, y)), None)
            if glyph in cut.beyond:
                place = len(grids) - 1
            (outside if place is None else inside[place]).append(glyph)
        lines = printed_lines(outside, in_columns=True)
        self._margins = _margins(page, grids)
        found = None if grids else unruled_table(lines, page.number, len(self._tables) + 1)
        if found is not None:
            table, first, end = found
            for line in lines[:first]:
                self._take_line(page, line)
            self._tables.append(table)
            self._unruled.append(page.number)
            del lines[:end]
        for number, grid in enumerate(grids):
            while lines and lines[0].top < grid.ys[0]:
                self._take_line(page, lines.pop(0))
            letters = tuple(inside[number])
            self._tables.append(RuledTable(grid, letters, page.number, len(self._tables) + 1))
        for line in lines:
            self._take_line(page, line)

    def _take_line(self, page: PdfPage, line: PrintedLine) -> None:
        is_at_edge = line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height
        if is_at_edge and _PAGE_NUMBER.fullmatch(line.text):
            self._left_out.append(LeftOut(f"trang {page.number}", line.text, Reason.PAGE_EDGE))
            return
        middle = is_centred([line], *self._margins)
        look = CellLook(line.bold, line.italic, middle)
        self._texts.append(SourceText(line.text, len(self._tables), page.number, look))


def _ranges(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: "1–3, 5"."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    return ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in ranges)


def _area(grid: RuledGrid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _margins(page: PdfPage, grids: Sequence[RuledGrid]) -> tuple[float, float]:
    """Return between which edges a page is printed on."""
    lefts = [*(grid.xs[0] for grid in grids), *(glyph.x0 for glyph in page.glyphs)]
    rights = [*(grid.xs[-1] for grid in grids), *(glyph.x1 for glyph in page.glyphs)]
    return min(lefts, default=0.0), max(rights, default=page.width)
