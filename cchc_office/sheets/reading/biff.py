"""The records of Excel 5 to 2003 workbooks ([MS-XLS] 2.1.4) and the texts in them."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.files.limits import MOST_CELLS
from cchc_office.files.unreadable_file import damaged, too_large
from cchc_office.sheets.reading.cell_grid import Allowance

BEGIN, END = 0x0809, 0x000A
CONTINUE = 0x003C
_HEAD = struct.Struct("<HH")
_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_AT_ONCE = 10_000
_NOT_WHOLE = "nội dung không nguyên vẹn"
_CODE_PAGES = {
    1200: "utf-16-le",
    10000: "mac_roman",
    32768: "mac_roman",
    32769: "cp1252",
    65001: "utf-8",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record; `rest` is what records of the kind CONTINUE add to it."""

    kind: int
    content: bytes
    rest: tuple[bytes, ...] = ()


def records(stream: bytes, start: int, allowance: Allowance) -> Iterator[Record]:
    """Return the records from `start` on; raises UnreadableFileError where the stream ends."""
    place, read = start, 0
    while True:
        kind, content, place = _one(stream, place)
        rest: list[bytes] = []
        while stream.startswith(b"\x3c\x00", place):
            _, more, place = _one(stream, place)
            rest.append(more)
        read += 1 + len(rest)
        if read >= _AT_ONCE:
            allowance.take_records(read)
            read = 0
        yield Record(kind, content, tuple(rest))
        if kind == END:
            allowance.take_records(read)
            read = 0


def _one(stream: bytes, place: int) -> tuple[int, bytes, int]:
    if place < 0 or place + _HEAD.size > len(stream):
        raise damaged(_NOT_WHOLE)
    kind, length = _HEAD.unpack_from(stream, place)
    place += _HEAD.size
    if place + length > len(stream):
        raise damaged(_NOT_WHOLE)
    return kind, stream[place : place + length], place + length


def encoding_of(code_page: int) -> str:
    """Return Python's name of a code page; Western European where there is none."""
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


class Letters:
    """Reads the texts of one record, which may go on in others.

    Where a text goes on, the next record begins with a byte that tells whether its letters take
    one byte or two ([MS-XLS] 2.5.293).
    """

    def __init__(self, record: Record, place: int) -> None:
        self._pieces = (record.content, *record.rest)
        self._number = 0
        self._place = place

    def at_end(self) -> bool:
        """Tell whether everything was read."""
        self._leave_read_pieces()
        return self._number >= len(self._pieces)

    def text(self, length_bytes: int = 2) -> str:
        """Return the next text, whose length takes one byte or two."""
        return self.formatted_text(length_bytes)[0]

    def formatted_text(self, length_bytes: int = 2) -> tuple[str, bytes]:
        """Return the next text and its formatting: where a piece begins, and its font."""
        self._leave_read_pieces()
        length = int.from_bytes(self._taken(length_bytes), "little")
        options = self._taken(1)[0]
        runs = int.from_bytes(self._taken(2), "little") if options & _RICH else 0
        phonetic = int.from_bytes(self._taken(4), "little") if options & _PHONETIC else 0
        text = self._letters(length, options)
        formatting = self._taken_over(4 * runs)
        self._skip(phonetic)
        return text, formatting

    def formatting(self, count_bytes: int, bytes_of_one: int) -> bytes:
        """Return the formatting behind a text of a cell, two bytes for each number."""
        self._leave_read_pieces()
        count = int.from_bytes(self._taken(count_bytes), "little")
        taken = self._taken_over(count * bytes_of_one)
        return taken if bytes_of_one == 4 else bytes(x for n in taken for x in (n, 0))

    def bytes_text(self, encoding: str, length_bytes: int = 2) -> str:
        """Return the next text as Excel 5 and 95 wrote it."""
        length = int.from_bytes(self._taken(length_bytes), "little")
        return self._taken(length).decode(encoding, "replace")

    def _letters(self, length: int, options: int) -> str:
        found = []
        while True:
            size = 2 if options & _WIDE else 1
            piece = self._pieces[self._number]
            count = min(length, (len(piece) - self._place) // size)
            letters = piece[self._place : self._place + count * size]
            found.append(letters.decode("utf-16-le" if size == 2 else "latin-1", "replace"))
            self._place += len(letters)
            length -= count
            if not length:
                return "".join(found)
            self._number += 1
            self._place = 0
            if self._number >= len(self._pieces):
                raise damaged(_NOT_WHOLE)
            options = self._taken(1)[0]

    def _taken(self, size: int) -> bytes:
        taken = self._pieces[self._number][self._place : self._place + size]
        if len(taken) < size:
            raise damaged(_NOT_WHOLE)
        self._place += size
        return taken

    def _skip(self, size: int) -> None:
        self._taken_over(size)

    def _taken_over(self, size: int) -> bytes:
        """Return the next bytes, wherever a record ends among them."""
        taken: list[bytes] = []
        while size:
            if self._number >= len(self._pieces):
                raise damaged(_NOT_WHOLE)
            piece = self._pieces[self._number]
            step = min(size, len(piece) - self._place)
            taken.append(piece[self._place : self._place + step])
            self._place += step
            size -= step
            if size:
                self._number += 1
                self._place = 0
        return b"".join(taken)

    def _leave_read_pieces(self) -> None:
        while self._number < len(self._pieces) and self._place >= len(self._pieces[self._number]):
            self._number += 1
            self._place = 0


def shared_texts(record: Record) -> tuple[list[str], dict[int, tuple[str, bytes]]]:
    """Return the texts that cells share and, by number, those with formatting beside it.

    Raises UnreadableFileError beyond the cap.
    """
    if len(record.content) < 8:
        raise damaged(_NOT_WHOLE)
    count = int.from_bytes(record.content[4:8], "little")
    letters = Letters(record, 8)
    texts: list[str] = []
    formatted: dict[int, tuple[str, bytes]] = {}
    while len(texts) < count and not letters.at_end():
        text, formatting = letters.formatted_text()
        if formatting:
            formatted[len(texts)] = text, formatting
        texts.append(text)
        if len(texts) > MOST_CELLS:
            raise too_large("số đoạn chữ", count, MOST_CELLS)
    return texts, formatted


def number_of_rk(packed: int) -> float:
    """Return a number that was packed into 30 bits ([MS-XLS] 2.5.217), given with sign."""
    if packed & 2:
        number = float(packed >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0])
    return number / 100 if packed & 1 else number
