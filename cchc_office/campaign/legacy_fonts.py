"""Sheets of people as Unicode: what was typed in a font from before Unicode is converted, and told.

A text that can be read in both ways by itself ("THÓ CHÕ" may be "THỂ CHẾ") is read as those around
it in its column or, where nothing else stands there, in its row; where these differ, it is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.sheets.sheet_reader import SheetCell, SheetTable
from cchc_office.text.legacy import (
    LegacyText,
    is_spelled,
    is_unicode,
    read_as,
    read_legacy,
    read_mixed,
)
from cchc_office.text.vietnamese import clean_line, fold

_Place = tuple[int, int]


def in_unicode(
    sheets: tuple[SheetTable, ...], file: str, names: frozenset[str] | None = None
) -> tuple[tuple[SheetTable, ...], list[Finding]]:
    """Return the sheets with legacy fonts converted, and a finding for each such cell.

    Where `names` (folded) are given, the other sheets are let be: their cells are not even made.
    """
    converted = []
    findings: list[Finding] = []
    for sheet in sheets:
        if names is not None and fold(sheet.name) not in names:
            converted.append(sheet)
            continue
        texts = _Texts(sheet)
        readings = dict(texts.readings())
        findings += [_finding(file, sheet, place, readings[place]) for place in sorted(readings)]
        converted.append(_with(sheet, readings) if readings else sheet)
    return tuple(converted), findings


@dataclass(frozen=True, slots=True)
class _LegacyReading:
    """How a text is read, and what is told of that."""

    text: LegacyText
    code: FindingCode


def _finding(file: str, sheet: SheetTable, place: _Place, reading: _LegacyReading) -> Finding:
    text = reading.text
    return Finding(
        reading.code,
        file,
        sheet.name,
        _cell(sheet, place).address,
        found=clean_line(text.original),
        expected=clean_line(text.converted),
        candidates=(text.font.value,),
    )


def _cell(sheet: SheetTable, place: _Place) -> SheetCell:
    return sheet.rows[place[0]][place[1]]


def _with(sheet: SheetTable, readings: Mapping[_Place, _LegacyReading]) -> SheetTable:
    """Return the sheet with what was read; merged cells all show what their head does."""
    heads = {
        _cell(sheet, place).address: reading.text.converted
        for place, reading in readings.items()
        if reading.code is not Code.LEGACY_ASKED
    }
    rows = tuple(
        tuple(replace(c, value=heads[c.head]) if c.head in heads else c for c in row)
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


class _Texts:
    """The texts of a sheet by their places, merged cells once."""

    def __init__(self, sheet: SheetTable) -> None:
        self._sure: dict[_Place, LegacyText] = {}
        self._open: dict[_Place, str] = {}
        self._mixed: dict[_Place, LegacyText] = {}
        self._legacy: Counter[tuple[int, int]] = Counter()
        self._unicode: Counter[tuple[int, int]] = Counter()
        for place, text in _texts_of(sheet):
            if text.isascii():
                continue
            if legacy := read_legacy(text):
                self._sure[place] = legacy
                self._legacy.update(enumerate(place))
            elif is_unicode(text):
                self._unicode.update(enumerate(place))
                if mixed := read_mixed(text):
                    self._mixed[place] = mixed
            else:
                self._open[place] = text

    def readings(self) -> Iterator[tuple[_Place, _LegacyReading]]:
        """Yield how texts in legacy fonts are read, and those about which a person is asked."""
        for place, legacy in self._sure.items():
            yield place, _LegacyReading(legacy, Code.LEGACY_CELL)
        for place, mixed in self._mixed.items():
            yield place, _LegacyReading(mixed, Code.LEGACY_ASKED)
        if not self._sure:
            return
        fonts = Counter(legacy.font for legacy in self._sure.values())
        usual = fonts.most_common(1)[0][0]
        for place, text in self._open.items():
            read = read_as(text, usual)
            if read is not None and (code := self._told_by_others(place, text)):
                yield place, _LegacyReading(read, code)

    def _told_by_others(self, place: _Place, text: str) -> FindingCode | None:
        """Return what is told of a text that may be in a legacy font; None where it is not."""
        row, column = enumerate(place)
        legacy, unicode = self._legacy[column], self._unicode[column]
        in_row = self._legacy[row]
        if legacy or unicode:
            is_likely = legacy > unicode or (legacy and in_row)
            is_likely = is_likely or ((legacy or in_row) and not is_spelled(text))
            return Code.LEGACY_CELL_LIKELY if is_likely else None
        if in_row > self._unicode[row]:
            return Code.LEGACY_CELL_LIKELY
        return Code.LEGACY_ASKED if in_row else None


def _texts_of(sheet: SheetTable) -> Iterator[tuple[_Place, str]]:
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            if isinstance(cell.value, str) and cell.address == cell.head:
                yield (r, c), cell.value
