"""What records of an .xls workbook tell of how its sheets are shown ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections import defaultdict

from cchc_office.sheets.reading.display import DisplayCollector

_BEGIN, _END, _CONTINUE = 0x0809, 0x000A, 0x003C
_ROW, _COLUMNS = 0x0208, 0x007D
_NOTE, _OBJECT, _TEXT = 0x001C, 0x005D, 0x01B6
_IS_HIDDEN_ROW, _IS_HIDDEN_COLUMNS = 0x20, 0x01
_IS_WIDE = 0x01
_MOST_TEXTS = 10_000


class XlsDisplays:
    """Follows the records of a workbook; what they tell is kept by where a sheet begins."""

    def __init__(self) -> None:
        self.of_sheets: defaultdict[int, DisplayCollector] = defaultdict(DisplayCollector)
        self._open: list[int] = []
        self._object = -1
        self._awaits_text = False
        self._texts: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._noted: set[tuple[int, int]] = set()

    def take(self, kind: int, place: int, content: bytes) -> None:
        """Take a record that begins at `place`; one that is not as it should be tells nothing."""
        if kind == _BEGIN:
            self._open.append(place)
        elif kind == _END and self._open:
            self._close(self._open.pop())
        elif self._open:
            try:
                self._take(kind, self._open[-1], content)
            except (struct.error, IndexError):
                return

    def _take(self, kind: int, sheet: int, content: bytes) -> None:
        shown = self.of_sheets[sheet]
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", content)
            if flags & _IS_HIDDEN_ROW:
                shown.hide_rows(row, row)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", content)
            if flags & _IS_HIDDEN_COLUMNS:
                shown.hide_columns(first, last)
        elif kind == _OBJECT:
            (self._object,) = struct.unpack_from("<6xH", content)
        elif kind == _TEXT:
            self._awaits_text = True
        elif kind == _CONTINUE and self._awaits_text:
            self._awaits_text = False
            if len(self._texts[sheet]) < _MOST_TEXTS:
                self._texts[sheet][self._object] = _decoded(content)
        elif kind == _NOTE:
            row, column, _, number = struct.unpack_from("<4H", content)
            self._noted.add((sheet, number))
            # The text comes before its note; a note without one has none.
            shown.comments.append((row, column, self._texts[sheet].get(number, "")))

    def _close(self, sheet: int) -> None:
        texts = self._texts.pop(sheet, {})
        boxes = (text for number, text in texts.items() if (sheet, number) not in self._noted)
        self.of_sheets[sheet].boxes += boxes


def _decoded(content: bytes) -> str:
    encoding = "utf-16-le" if content[0] & _IS_WIDE else "latin-1"
    return content[1:].decode(encoding, "replace")
