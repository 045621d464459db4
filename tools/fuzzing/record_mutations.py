"""Mutations of binary workbooks: records of .xls and .xlsb, and the compound file around .xls."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import olefile

from fuzzing.byte_mutations import INTERESTING
from tests.compound_files import compound_file

_SECTOR = 512
_HEADER_NUMBERS = (0x18, 0x1A, 0x1C, 0x1E, 0x20, 0x28, 0x2C, 0x30, 0x34, 0x38, 0x3C, 0x40, 0x44,
                   0x48, *range(0x4C, 0x70, 4))  # fmt: skip
_ENTRY = 128
_LINKS_OF_ENTRY = (0x44, 0x48, 0x4C, 0x74, 0x78, 0x7C)
_BEGIN, _SHEET, _CONTINUE = 0x0809, 0x0085, 0x003C
_XLS_KINDS = (
    0x0006, 0x000A, 0x0022, 0x002F, 0x003C, 0x0042, 0x0085, 0x00BD, 0x00D6, 0x00E0, 0x00FC, 0x00FD,
    0x0203, 0x0204, 0x0205, 0x0207, 0x0208, 0x027E, 0x041E, 0x04BC, 0x0809, 0x00FF, 0x0000, 0xFFFF,
)  # fmt: skip
_XLSB_KINDS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 18, 19, 44, 47, 62, 145, 146, 153, 156,
               159, 160, 617, 618, 16383)  # fmt: skip
_MANY = (2, 20, 1000, 10_000)
_MOST_BYTES = 4 * 1024 * 1024
_MOST_STREAM = 60 * 1024


@dataclass
class Record:
    """A record, and the length that it tells where that is a lie."""

    kind: int
    content: bytes
    told: int | None = None

    @property
    def length(self) -> int:
        """The length that stands before the content."""
        return len(self.content) if self.told is None else self.told


# --- records, whatever the format ---


def _mutate(records: list[Record], kinds: tuple[int, ...], random: Random) -> None:
    for _ in range(random.choice((1, 1, 2, 4))):
        if records:
            random.choice(_MUTATIONS)(records, kinds, random)


_Mutation = Callable[[list[Record], tuple[int, ...], Random], None]


def _other_kind(records: list[Record], kinds: tuple[int, ...], random: Random) -> None:
    random.choice(records).kind = random.choice(kinds)


def _lie_of_length(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    record = random.choice(records)
    record.told = random.choice((0, len(record.content) + 1, 8224, 0xFFFF, 0xFFFFFFF))


def _cut(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    record = random.choice(records)
    record.content = record.content[: random.randint(0, len(record.content))]


def _grow(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    record = random.choice(records)
    record.content += random.choice((b"\0", b"\xff" * 8, random.randbytes(100), b"A" * 8000))


def _put_number(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    """Set a field: rows, columns, counts, styles and offsets all lie near the start."""
    record = random.choice(records)
    kind = random.choice("BHHLLd")
    size = struct.calcsize("<" + kind)
    at = random.choice((0, 2, 4, 6, 8, 10, random.randint(0, len(record.content))))
    if kind == "d":
        packed = struct.pack("<d", random.choice((1e308, -1e308, float("nan"), float("inf"), -1)))
    else:
        packed = struct.pack("<" + kind, random.choice(INTERESTING) & (1 << 8 * size) - 1)
    record.content = record.content[:at] + packed + record.content[at + size :]


def _put_number_in_all(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    kind = random.choice(records).kind
    at = random.choice((0, 2, 4, 6, 8))
    packed = struct.pack("<H", random.choice(INTERESTING) & 0xFFFF)
    for record in records:
        if record.kind == kind:
            record.content = record.content[:at] + packed + record.content[at + 2 :]


def _flip(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    record = random.choice(records)
    content = bytearray(record.content or b"\0")
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    record.content = bytes(content)


def _remove(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    del records[random.randrange(len(records))]


def _repeat(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    at = random.randrange(len(records))
    record = records[at]
    count = min(random.choice(_MANY), _MOST_BYTES // (len(record.content) + 4))
    records[at:at] = [record] * count


def _move(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    record = records.pop(random.randrange(len(records)))
    records.insert(random.randint(0, len(records)), record)


def _insert(records: list[Record], kinds: tuple[int, ...], random: Random) -> None:
    record = Record(random.choice(kinds), random.randbytes(random.choice((0, 1, 6, 10, 14, 200))))
    records.insert(random.randint(0, len(records)), record)


def _split(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    """Have a record go on in another one, as .xls does with long ones."""
    at = random.randrange(len(records))
    record = records[at]
    cut = random.randint(0, len(record.content))
    rest = Record(_CONTINUE, record.content[cut:])
    records[at : at + 1] = [Record(record.kind, record.content[:cut]), rest]


def _truncate(records: list[Record], _: tuple[int, ...], random: Random) -> None:
    del records[random.randint(0, len(records)) :]


_MUTATIONS: tuple[_Mutation, ...] = (
    _other_kind, _lie_of_length, _cut, _grow, _put_number, _put_number, _put_number, _put_number,
    _put_number_in_all, _flip, _flip, _remove, _repeat, _move, _insert, _split, _truncate,
)  # fmt: skip


# --- .xlsb ---


def mutate_xlsb_part(part: bytes, random: Random) -> bytes:
    """Return a .bin part with some of its records changed."""
    records = _xlsb_records(part)
    _mutate(records, _XLSB_KINDS, random)
    return b"".join(_xlsb_kind(r.kind) + _xlsb_length(r.length) + r.content for r in records)


def _xlsb_records(part: bytes) -> list[Record]:
    records, at = [], 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | part[at] << 7, at + 1
        length = shift = 0
        while True:
            byte, at = part[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        records.append(Record(kind, part[at : at + length]))
        at += length
    return records


def _xlsb_kind(kind: int) -> bytes:
    kind &= 0x3FFF
    return bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])


def _xlsb_length(length: int) -> bytes:
    packed = bytearray()
    while length > 0x7F:
        packed.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([*packed, length])


# --- .xls ---


def mutate_xls_records(content: bytes, random: Random) -> bytes:
    """Return an .xls workbook with some of its records changed."""
    with olefile.OleFileIO(content) as file:
        records = _xls_records(file.openstream("Workbook").read())
    _mutate(records, _XLS_KINDS, random)
    if random.random() < 0.9:
        _set_starts_of_sheets(records)
    stream = b"".join(struct.pack("<HH", r.kind, r.length & 0xFFFF) + r.content for r in records)
    name = random.choice(("Workbook",) * 9 + ("Book",))
    return compound_file({name: stream[:_MOST_STREAM]})


def _xls_records(stream: bytes) -> list[Record]:
    records, at = [], 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        records.append(Record(kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return records


def _set_starts_of_sheets(records: list[Record]) -> None:
    """Set where sheets start, so that a change of lengths does not hide them all."""
    starts, at = [], 0
    for record in records:
        if record.kind == _BEGIN:
            starts.append(at)
        at += 4 + len(record.content)
    sheets = [record for record in records if record.kind == _SHEET]
    for record, start in zip(sheets, starts[1:], strict=False):
        record.content = struct.pack("<L", start) + record.content[4:]


# --- the compound file ---


def mutate_compound_file(content: bytes, random: Random) -> bytes:
    """Return a compound file whose header, tables or folders lead astray."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 4))):
        random.choice((_header, _table, _table, _folder, _folder, _name_of_stream))(changed, random)
    if random.random() < 0.1:
        del changed[random.randrange(_SECTOR, len(changed)) :]
    return bytes(changed)


def _sectors(content: bytearray) -> int:
    return max(1, len(content) // _SECTOR - 1)


def _number(content: bytearray, random: Random) -> int:
    return random.choice((*INTERESTING, random.randrange(_sectors(content))))


def _header(content: bytearray, random: Random) -> None:
    at = random.choice(_HEADER_NUMBERS)
    if at < 0x28:
        number = random.choice((0, 1, 3, 4, 5, 6, 9, 12, 15, 16, 31, 32, 63, 0xFFFF))
        struct.pack_into("<H", content, at, number)
    else:
        struct.pack_into("<L", content, at, _number(content, random))


def _table(content: bytearray, random: Random) -> None:
    """Change an entry of a table of sectors: chains that loop, cross or leave the file."""
    sector = struct.unpack_from("<L", content, random.choice((0x4C, 0x4C, 0x3C)))[0]
    start = (sector + 1) * _SECTOR
    if start + _SECTOR > len(content):
        return
    used = min(_sectors(content), _SECTOR // 4)
    for _ in range(random.choice((1, 2, 20))):
        struct.pack_into(
            "<L", content, start + 4 * random.randrange(used), _number(content, random)
        )


def _folder_entry(content: bytearray, random: Random) -> int | None:
    sector = struct.unpack_from("<L", content, 0x30)[0]
    at = int((sector + 1) * _SECTOR + _ENTRY * random.randrange(_SECTOR // _ENTRY))
    return at if at + _ENTRY <= len(content) else None


def _folder(content: bytearray, random: Random) -> None:
    at = _folder_entry(content, random)
    if at is None:
        return
    number = random.choice((*INTERESTING, 0, 1, 2, 3, 4))
    if random.random() < 0.15:
        content[at + 0x42] = number & 0xFF
    else:
        struct.pack_into("<L", content, at + random.choice(_LINKS_OF_ENTRY), number)


def _name_of_stream(content: bytearray, random: Random) -> None:
    at = _folder_entry(content, random)
    if at is None:
        return
    names = ("Workbook", "Book", "Root Entry", "EncryptedPackage", "WordDocument", "", "\ud800",
             "\x05SummaryInformation")  # fmt: skip
    name = random.choice(names).encode("utf-16-le", "surrogatepass")
    length = random.choice((len(name) + 2, 0, 1, 64, 65, 0xFFFF))
    content[at : at + 64] = name.ljust(64, b"\0")
    struct.pack_into("<H", content, at + 64, length)
