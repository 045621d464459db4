"""Compound files (the container of old Office files) made for tests, as small as they can be."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM, _FOLDER, _ROOT = 2, 1, 5
_LARGE = 4096

Streams = Mapping[str, bytes]


def compound_file(streams: Streams, folders: Mapping[str, Streams] | None = None) -> bytes:
    """Return a file with `streams` at its top, and folders with streams of their own."""
    names = list(streams)
    entries = [["Root Entry", _ROOT, _FREE, 1, b""]]
    top = [[name, _STREAM, _FREE, _FREE, streams[name]] for name in names]
    top += [[name, _FOLDER, _FREE, _FREE, b""] for name in folders or {}]
    for number, entry in enumerate(top[:-1], start=2):
        entry[2] = number
    entries += top
    for folder, inner in (folders or {}).items():
        entry = next(e for e in top if e[0] == folder)
        entry[3] = len(entries)
        inside = [[name, _STREAM, _FREE, _FREE, content] for name, content in inner.items()]
        for number, item in enumerate(inside[:-1], start=len(entries) + 1):
            item[2] = number
        entries += inside
    return _written(entries)


def _written(entries: list[list[object]]) -> bytes:
    table: list[int] = [_TABLE]
    sectors: list[bytes] = []
    records = b""

    def place(content: bytes) -> int:
        count = -(-len(content) // _SECTOR)
        first = len(table)
        table.extend(range(first + 1, first + count))
        table.append(_END)
        sectors.append(content.ljust(count * _SECTOR, b"\0"))
        return first

    for name, kind, right, child, content in entries:
        assert isinstance(name, str)
        assert isinstance(content, bytes)
        padded = content.ljust(_LARGE, b"\0") if content else b""
        start = place(padded) if padded else _END
        letters = (name + "\0").encode("utf-16-le")
        records += letters.ljust(64, b"\0")
        records += struct.pack("<HBB3L", len(letters), kind, 1, _FREE, right, child)
        records += bytes(36) + struct.pack("<LQ", start, len(padded))
    directory = place(records + bytes(-len(records) % _SECTOR))
    assert len(table) <= _SECTOR // 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10L", 0, 1, directory, 0, _LARGE, _END, 0, _END, 0, 0)
    header += struct.pack("<108L", *[_FREE] * 108)
    free = [_FREE] * (_SECTOR // 4 - len(table))
    return header + struct.pack("<128L", *table, *free) + b"".join(sectors)
