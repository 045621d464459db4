"""The cells of one row of a copied table, told by what all rows of the table have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cchc_office.importing.reading.copied_lines import CopiedHeadings
from cchc_office.text.vietnamese import clean_line, fold
from cchc_office.text.widths import text_width

_SIZE = 13.0
_NUMBER = re.compile(r"[-+]?\d{1,4}(?:[.,]\d{1,2})?")
_NUMBER_BEHIND = re.compile(
    r"(?P<name>.*\S)\s+(?P<number>[-+]?\d{1,3}(?:[.,]\d{1,2})?)(?P<rest>\s+\D.*)?"
)
# A unit behind one of these belongs to the sentence: "kế hoạch của Thanh tra".
_GO_ON = frozenset(
    (
        *("của", "tại", "cho", "với", "do", "bởi", "từ", "trong", "ở", "và", "đến", "cấp", "các"),
        *("thuộc", "gửi", "giữa", "về", "là", "trực", "qua", "theo", "để", "được", "hoặc", "mỗi"),
    )
)
_BEGINNINGS = frozenset(
    (
        *("Văn", "Phòng", "Thanh", "Ban", "Các", "Trung", "Chi", "Sở", "UBND", "Bộ", "Tổ", "Hội"),
        *("Đơn", "Cơ", "Công", "P.", "VP", "Lãnh", "Trường", "Trạm", "Toàn"),
    )
)
_NUMBER_HEADINGS = ("diem", "thang diem", "trong so", "ty trong")


@dataclass
class CopiedRow:
    """A row as it stands in the text: its code, its page, and its lines from behind the code on.

    `alone` tells that the code has a line of its own. A row whose code cell is blank has code "".
    """

    code: str
    page: int
    alone: bool
    lines: list[str]
    ends_at_page_edge: bool = False

    @property
    def depth(self) -> int:
        """How deep in the tree its code says it is; a row without code is below all."""
        return self.code.strip(".").count(".") + 1 if self.code else 99

    def awaits_number(self, line: str) -> bool:
        """Tell whether a number alone on a line is the score of this row, which has none yet."""
        if not _NUMBER.fullmatch(line.strip()) or not any(map(str.strip, self.lines)):
            return False
        tokens = _tokens(self)
        texts = [token.text for token in tokens]
        return all(texts) and not any(_NUMBER_BEHIND.fullmatch(f"x {text}") for text in texts)

    def is_below(self, other: CopiedRow) -> bool:
        """Tell whether its code says that it is a part of another row."""
        return bool(other.code) and self.code.startswith(f"{other.code.strip('.')}.")


@dataclass(frozen=True, slots=True)
class _CellLine:
    """A line of a cell, "" for a blank cell; `apart` tells that a blank line stood before it."""

    text: str
    apart: bool


@dataclass
class RowCells:
    """The texts of a row's cells; `is_covered` tells that its unit is that of a cell above.

    `is_sure` tells that the blanks of the text say so. `doubts` has what may be wrong, by column.
    """

    texts: list[str]
    unit_place: int
    is_covered: bool = False
    is_sure: bool = True
    doubts: dict[int, str] = field(default_factory=dict)


def _tokens(row: CopiedRow) -> list[_CellLine]:
    found: list[_CellLine] = []
    apart = False
    for line in row.lines:
        if not line:
            apart = True
            continue
        text = clean_line(line)
        found.append(_CellLine(text, apart))
        if text and not row.alone:
            # Behind a cell's text stands a blank; each one more is a blank cell. Beside a name of
            # several lines, a blank cell has a line of its own.
            found += [_CellLine("", False)] * (len(line) - len(line.rstrip()) - 1)
        apart = False
    if not row.alone or found[:1] != [_CellLine("", False)]:
        return found
    return found[1:]


def _width(text: str) -> float:
    return text_width(text, _SIZE)


def _as_one(lines: Sequence[_CellLine]) -> str:
    """Return the lines of a name as one; a hyphen behind a letter joins what it breaks."""
    text = ""
    for token in lines:
        text = _joined(text, token.text, " ")
    return text


def _joined(text: str, more: str, between: str) -> str:
    if not text:
        return more
    if text[-1] in "-/" and text[-2:-1].isalnum():
        return text + more
    return text + between + more


def _as_unit(lines: Sequence[_CellLine]) -> str:
    """Return the lines of a unit's cell; a capital that begins a line in it begins a new one."""
    text = ""
    for token in lines:
        begins = bool(text) and token.text[:1].isupper() and text[-1].isalnum() and not token.apart
        text = _joined(text, token.text, "\n" if begins else " ")
    return text


@dataclass
class TableTexts:
    """What the rows of a table have in common: how wide names are, units and notes that recur."""

    unit_place: int | None
    number_place: int | None
    is_centred: bool
    has_blanks: bool
    capacity: dict[int, float]
    notes: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    first_lines: frozenset[str] = frozenset()
    widest_unit_line: float = 0.0

    @classmethod
    def of(cls, rows: Sequence[CopiedRow], headings: CopiedHeadings) -> TableTexts:
        """Look through the rows once for what is sure in them."""
        tokens = [_tokens(row) for row in rows]
        is_centred = any(row.alone for row in rows)
        capacity: dict[int, float] = {}
        for row, found in zip(rows, tokens, strict=True):
            if found and found[0].text and (row.alone or not is_centred):
                width = _width(found[0].text)
                capacity[row.depth] = max(capacity.get(row.depth, 0.0), width)
        keys = headings.keys
        texts = cls(
            next((n for n, key in enumerate(keys) if n > 1 and key in {"units", "leads"}), None),
            number_place(headings),
            is_centred,
            any(not token.text for found in tokens for token in found),
            capacity,
        )
        texts._take_what_recurs(rows, tokens)
        return texts

    def _take_what_recurs(
        self, rows: Sequence[CopiedRow], every: Sequence[list[_CellLine]]
    ) -> None:
        notes: Counter[str] = Counter()
        units: list[list[_CellLine]] = []
        for row, tokens in zip(rows, every, strict=True):
            tail = tokens[self.name_length(row, tokens) :]
            texts = [token for token in tail if token.text and not _NUMBER.fullmatch(token.text)]
            if not texts:
                continue
            if self.has_blanks and tail[-1].text and not row.ends_at_page_edge:
                notes[texts.pop().text] += 1
            if texts:
                units.append(texts)
        self.notes = frozenset(text for text, times in notes.items() if times > 1)
        units = [u for u in units if u[0].text not in self.notes]
        self.units = frozenset(_as_unit(lines) for lines in units)
        self.first_lines = frozenset(lines[0].text for lines in units)
        self.widest_unit_line = max((_width(t.text) for u in units for t in u), default=0.0)

    def name_length(self, row: CopiedRow, tokens: Sequence[_CellLine]) -> int:
        """Return how many lines a row's name has."""
        run = next((n for n, token in enumerate(tokens) if not token.text), len(tokens))
        if run <= 1:
            return run
        if self.is_centred and row.code and not row.alone:
            return 1
        length = 1
        if row.alone and not self._is_known(tokens[1].text):
            length = 2
        while length < run and not self._ends(
            tokens[length].text, tokens[length - 1].text, row.depth
        ):
            length += 1
        return length

    def _is_known(self, text: str) -> bool:
        return text in self.first_lines or text in self.units or text in self.notes

    def _ends(self, following: str, line: str, depth: int) -> bool:
        """Tell whether a name ends with a line: a unit follows, or what would still fit there."""
        if self._is_known(following):
            return True
        widest = self.capacity.get(depth) or max(self.capacity.values(), default=0.0)
        return _width(f"{line} {following.split()[0]}") <= widest


def number_place(headings: CopiedHeadings) -> int | None:
    """Return the place of the first column of scores, None where there is none."""
    texts = enumerate(headings.texts)
    return next((n for n, text in texts if n > 1 and fold(text).startswith(_NUMBER_HEADINGS)), None)


@dataclass(frozen=True, slots=True)
class _Item:
    """A cell behind the name: blank, a number, a note that recurs, or any other text."""

    kind: str
    text: str = ""


_BLANK = _Item("blank")


class CopiedRowReader:
    """Reads the rows of one table."""

    def __init__(self, headings: CopiedHeadings, texts: TableTexts) -> None:
        self._texts = texts
        self._width = len(headings.texts)
        self._behind = range(2, self._width)

    def read(self, row: CopiedRow) -> RowCells:
        """Return a row's cells."""
        tokens = _tokens(row)
        length = self._texts.name_length(row, tokens)
        name = _as_one(tokens[:length])
        items = list(self._items(tokens[length:]))
        if row.ends_at_page_edge and items[-1:] != [_BLANK]:
            items.append(_BLANK)
        cells = RowCells(["" for _ in range(self._width)], self._texts.unit_place or 0)
        if length <= 1 and len(items) < len(self._behind) + 1:
            rest = tokens[length] if length < len(tokens) else None
            name, items = self._with_what_stands_behind(name, items, rest, cells)
        cells.texts[:2] = row.code, name
        self._place(items, cells)
        return cells

    def _items(self, tokens: Sequence[_CellLine]) -> Iterator[_Item]:
        held: list[_CellLine] = []
        blanks = 0
        for token in tokens:
            kind = self._kind(token.text)
            if kind == "text":
                if not held:
                    yield from [_BLANK] * blanks
                held.append(token)
                blanks = 0  # within a text, blanks only part its lines
            elif kind == "blank":
                blanks += 1
            else:
                if held:
                    yield _Item("text", _as_unit(held))
                    held = []
                yield from [_BLANK] * blanks
                yield _Item(kind, token.text)
                blanks = 0
        if held:
            yield _Item("text", _as_unit(held))
        yield from [_BLANK] * blanks

    def _kind(self, text: str) -> str:
        if not text:
            return "blank"
        if self._texts.number_place is not None and _NUMBER.fullmatch(text):
            return "number"
        return "note" if text in self._texts.notes else "text"

    # --- what stands behind the name on its line ---

    def _with_what_stands_behind(
        self, name: str, items: list[_Item], rest: _CellLine | None, cells: RowCells
    ) -> tuple[str, list[_Item]]:
        note = next((n for n in self._texts.notes if name.endswith(f" {n}")), "")
        if note and not any(item.kind == "note" for item in items):
            name = name.removesuffix(note).rstrip()
            items = [_Item("note", note), *items]
        goes_on = rest is not None and bool(items) and items[0].kind == "text"
        if goes_on and rest is not None and (rest.text[0].islower() or rest.text[0] == "("):
            unit, name = self._beginning_of_unit(name)
            if unit:
                items[0] = _Item("text", f"{unit} {items[0].text}")
        elif len(items) < len(self._behind) and not goes_on and (unit := self._unit_behind(name)):
            name = name.removesuffix(unit).rstrip()
            items = [_Item("text", unit), *items]
            if not unit.isupper():
                cells.doubts[cells.unit_place] = (
                    f"“{unit}” đứng liền sau tên tiêu chí trong nguồn: hiểu là ô đơn vị"
                )
        if self._texts.number_place == 2 and not any(item.kind == "number" for item in items):
            name, items = _with_number(name, items)
        return name, items

    def _beginning_of_unit(self, name: str) -> tuple[str, str]:
        """Return the first line of a unit's cell that goes on below, and the name before it."""
        words = name.split()
        for at in range(len(words) - 1, 0, -1):
            unit = " ".join(words[at:])
            if _width(unit) > 1.3 * self._texts.widest_unit_line:
                break
            if words[at] in _BEGINNINGS or unit in self._texts.first_lines:
                return unit, " ".join(words[:at])
        return "", name

    def _unit_behind(self, name: str) -> str:
        known = sorted(self._texts.units, key=len, reverse=True)
        for unit in known:
            before = name.removesuffix(f" {unit}")
            if before != name and before.split()[-1].lower() not in _GO_ON:
                return unit
        return ""

    # --- which column each is of ---

    def _place(self, items: list[_Item], cells: RowCells) -> None:
        texts, columns = self._texts, list(self._behind)
        unit = texts.unit_place
        is_unit = len(items) == 1 and items[0].text in texts.units
        if unit is not None and not is_unit and len(items) == len(columns) - 1:
            columns.remove(unit)
            cells.is_covered = True
        if len(items) == len(columns) and self._fit(items, columns):
            for item, column in zip(items, columns, strict=True):
                cells.texts[column] = item.text
            return
        cells.is_covered, cells.is_sure = unit is not None, False
        self._place_by_kind([item for item in items if item is not _BLANK], cells)

    def _fit(self, items: Sequence[_Item], columns: Sequence[int]) -> bool:
        texts = self._texts
        for item, column in zip(items, columns, strict=True):
            if item.kind == "number" and column == texts.unit_place:
                return False
            if item.kind in {"note", "text"} and column == texts.number_place:
                return False
            if item.kind == "note" and column == texts.unit_place:
                return False
        return True

    def _place_by_kind(self, items: Sequence[_Item], cells: RowCells) -> None:
        """Place cells whose number does not tell their columns, by what they hold."""
        texts = self._texts
        last = self._width - 1
        for item in items:
            place = last
            if item.kind == "number" and texts.number_place is not None:
                place = texts.number_place
            elif item.kind == "text" and texts.unit_place is not None:
                place = texts.unit_place
                cells.is_covered = False
            if cells.texts[place]:
                cells.doubts[place] = "không rõ chữ ở đây thuộc cột nào"
            cells.texts[place] = "\n".join(filter(None, (cells.texts[place], item.text)))
        if not texts.has_blanks:
            return
        if items and texts.unit_place is not None and len(items) > 1:
            cells.doubts.setdefault(texts.unit_place, "không rõ chữ ở đây thuộc cột nào")


def _with_number(name: str, items: list[_Item]) -> tuple[str, list[_Item]]:
    """Split a maximum, and what stands behind it, off the line of a name."""
    match = _NUMBER_BEHIND.fullmatch(name)
    if match is None:
        return name, items
    rest = (match["rest"] or "").strip()
    behind = [_Item("text", rest)] if rest else []
    return match["name"], [_Item("number", match["number"]), *behind, *items]
