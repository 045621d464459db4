"""What a document of an older Office program tells of itself ([MS-OLEPS])."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator, Mapping

from cchc_office.files.compound_file import BrokenCompoundFileError, CompoundFile
from cchc_office.sheets.reading.values import NO_PROPERTIES, Properties

_SUMMARY = "\x05SummaryInformation"
_MORE = "\x05DocumentSummaryInformation"
_SUMMARY_SET = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_CUSTOM_SET = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_NAMES, _CODE_PAGE, _TITLE, _LAST_SAVED = 0, 1, 2, 13
_SHORT, _LONG, _REAL, _TRUTH, _TEXT, _WIDE_TEXT, _TIME = 2, 3, 5, 11, 30, 31, 64
_UTF_16 = 1200
_UTF_8 = 65001
_MOST_BYTES = 1024 * 1024
_MOST_SETS = 8
_MOST_PROPERTIES = 500
_MOST_LETTERS = 4_096
_FROM_1601 = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_BELIEVABLE_YEARS = range(1990, 2200)
_STRANGE = (struct.error, OverflowError, ValueError, LookupError, BrokenCompoundFileError)

_Value = str | dt.datetime


def compound_file_properties(file: CompoundFile) -> Properties:
    """Return the properties of a document.

    Properties that cannot be read are as good as none: they never keep a document from being read.
    """
    summary = _one_set(file, _SUMMARY, _SUMMARY_SET)
    values = dict(summary.values()) if summary else {}
    title, saved = values.get(_TITLE, ""), values.get(_LAST_SAVED)
    if not isinstance(saved, dt.datetime) or saved.year not in _BELIEVABLE_YEARS:
        saved = None
    more = _one_set(file, _MORE, _CUSTOM_SET)
    custom = dict(more.named_values()) if more else {}
    title = title.strip() if isinstance(title, str) else ""
    return Properties(title, saved, custom) if title or saved or custom else NO_PROPERTIES


def _one_set(file: CompoundFile, stream: str, wanted: bytes) -> _PropertySet | None:
    try:
        content = file.start_of(stream, _MOST_BYTES) if stream in file else b""
        for number in range(min(struct.unpack_from("<I", content, 24)[0], _MOST_SETS)):
            name, start = struct.unpack_from("<16sI", content, 28 + 20 * number)
            if name == wanted:
                return _PropertySet(content[start:])
    except _STRANGE:
        pass
    return None


class _PropertySet:
    """One set: values by number, and maybe names of the numbers."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        _, count = struct.unpack_from("<II", content)
        self._places: dict[int, int] = {}
        for number in range(min(count, _MOST_PROPERTIES)):
            id_, place = struct.unpack_from("<II", content, 8 + 8 * number)
            self._places.setdefault(id_, place)
        self._encoding = self._declared_encoding()

    def _declared_encoding(self) -> str:
        if _CODE_PAGE not in self._places:
            return "cp1252"
        _, page = struct.unpack_from("<IH", self._content, self._places[_CODE_PAGE])
        return {_UTF_16: "utf-16-le", _UTF_8: "utf-8"}.get(page, f"cp{page}")

    def values(self) -> Iterator[tuple[int, _Value]]:
        """Return what can be read of the values, by number."""
        for id_, place in self._places.items():
            if id_ in {_NAMES, _CODE_PAGE}:
                continue
            try:
                value = self._value(place)
            except _STRANGE:
                continue
            if value is not None:
                yield id_, value

    def named_values(self) -> Iterator[tuple[str, str]]:
        """Return what can be read of the values, as texts by name."""
        try:
            names = self._names()
        except _STRANGE:
            return
        for id_, value in self.values():
            if id_ in names:
                yield names[id_], value if isinstance(value, str) else value.isoformat()

    def _names(self) -> Mapping[int, str]:
        names: dict[int, str] = {}
        if _NAMES not in self._places:
            return names
        place = self._places[_NAMES]
        (count,) = struct.unpack_from("<I", self._content, place)
        place += 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            id_, length = struct.unpack_from("<II", self._content, place)
            place += 8
            if self._encoding == "utf-16-le":
                names[id_] = self._text(place, 2 * length)
                place += -(-2 * length // 4) * 4
            else:
                names[id_] = self._text(place, length)
                place += length
        return names

    def _value(self, place: int) -> _Value | None:
        content = self._content
        (kind,) = struct.unpack_from("<H", content, place)
        if kind == _TEXT:
            return self._text(place + 8, struct.unpack_from("<I", content, place + 4)[0])
        if kind == _WIDE_TEXT:
            (letters,) = struct.unpack_from("<I", content, place + 4)
            found = content[place + 8 : place + 8 + 2 * min(letters, _MOST_LETTERS)]
            return found.decode("utf-16-le").partition("\0")[0]
        if kind == _TIME:
            (ticks,) = struct.unpack_from("<Q", content, place + 4)
            return _FROM_1601 + dt.timedelta(microseconds=ticks // 10)
        if kind == _TRUTH:
            return "true" if struct.unpack_from("<H", content, place + 4)[0] else "false"
        number = {_SHORT: "<h", _LONG: "<i", _REAL: "<d"}.get(kind)
        return str(struct.unpack_from(number, content, place + 4)[0]) if number else None

    def _text(self, place: int, length: int) -> str:
        found = self._content[place : place + min(length, _MOST_LETTERS)]
        return found.decode(self._encoding, "replace").partition("\0")[0]
