"""Mutations of a zip archive: its parts and their names, and every figure that it tells."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_METHODS = (0, 1, 6, 9, 12, 14, 93, 95, 98, 99, 0xFFFF)
_FLAGS = (0x1, 0x8, 0x20, 0x40, 0x800, 0x2000, 0x41, 0xFFFF)
_SIZES = (0, 1, 21, 1000, 33_554_433, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_NAMES = (
    "../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "", "/", ".", "x" * 60_000, "\x00", "a\x00b",
    "xl/workbook.xml", "XL/WORKBOOK.XML", "xl\\workbook.xml", "/xl/workbook.xml", "content.xml",
    "xl/workbook.bin", "mimetype", "[Content_Types].xml", "META-INF/manifest.xml", "word/x.xml",
    "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "~$x.xlsx",
    "\u202exslx", "con", "e\u0301" * 200, "\ud800", "xl/./workbook.xml", "xl//workbook.xml",
)  # fmt: skip
_EXTRAS = (
    b"\x01\x00\x10\x00" + b"\xff" * 16, b"\x01\x00\x18\x00" + bytes(24), b"\x01\x00\xff\xff",
    b"\x01\x00\x08\x00" + struct.pack("<Q", 2**63), b"\x75\x70\x06\x00\x01" + bytes(5),
    b"\x01\x99\x07\x00\x02\x00AE\x03\x08\x00", b"\x00" * 3, bytes(65_000),
)  # fmt: skip
_BOMB_BYTES = 80 * 1024 * 1024


@dataclass
class Part:
    """An entry of an archive and what it tells of itself, true where nothing is set."""

    name: str
    content: bytes
    method: int = 8
    flags: int = 0
    told: dict[str, int] = field(default_factory=dict)
    extra: bytes = b""
    packed: bytes | None = None
    only_listed: bool = False


@dataclass
class Package:
    """The parts of an archive, and what its end tells where that is not the truth."""

    parts: list[Part]
    end: dict[int, int] = field(default_factory=dict)
    before: bytes = b""
    comment: bytes = b""

    def content(self) -> bytes:
        """Return the archive's bytes."""
        pieces, directory, offset = [self.before], [], len(self.before)
        place = 0
        for part in self.parts:
            packed = _packed(part)
            name = part.name.encode("utf-8", "surrogatepass")[:0xFFFF]
            figures = _figures(part, packed)
            extra = part.extra[:0xFFFF]
            if not part.only_listed:
                place = offset
                head = _LOCAL.pack(b"PK\x03\x04", 20, *figures, len(name), len(extra))
                pieces += [head, name, extra, packed]
                offset += len(head) + len(name) + len(extra) + len(packed)
            at = part.told.get("offset", place) & 0xFFFFFFFF
            sizes = (len(name), len(extra), 0, 0, 0, 0, at)
            directory.append(_CENTRAL.pack(b"PK\x01\x02", 20, 20, *figures, *sizes) + name + extra)
        central = b"".join(directory)
        count = len(directory) & 0xFFFF
        end = [0, 0, count, count, len(central), offset, len(self.comment)]
        for n, number in self.end.items():
            end[n] = number & (0xFFFFFFFF if n in (4, 5) else 0xFFFF)
        return b"".join((*pieces, central, _END.pack(b"PK\x05\x06", *end), self.comment))


def _packed(part: Part) -> bytes:
    if part.packed is not None:
        return part.packed
    if part.method != 8:
        return part.content
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part.content) + packer.flush()


def _figures(part: Part, packed: bytes) -> tuple[int, ...]:
    told = part.told
    figures = (
        told.get("crc", zlib.crc32(part.content)),
        told.get("packed", len(packed)),
        told.get("size", len(part.content)),
    )
    flags = part.flags | (0 if part.name.isascii() else 0x800)
    return (flags & 0xFFFF, part.method & 0xFFFF, 0, 33, *(f & 0xFFFFFFFF for f in figures))


def open_package(content: bytes) -> Package:
    """Return the parts of a whole archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return Package([Part(name, source.read(name)) for name in source.namelist()])


def mutate_package(package: Package, other: Package, random: Random) -> None:
    """Change what parts there are, under which names and with what inside."""
    random.choice(_ON_PARTS)(package, other, random)


def mutate_figures(package: Package, random: Random) -> None:
    """Have the archive tell lies about itself."""
    for _ in range(random.choice((1, 1, 2, 3))):
        random.choice(_ON_FIGURES)(package, random)


# --- parts ---


def _any(package: Package, random: Random) -> Part:
    return random.choice(package.parts) if package.parts else Part("x", b"")


def _rename(package: Package, _other: Package, random: Random) -> None:
    part = _any(package, random)
    changed = (part.name.upper(), "/" + part.name, part.name.replace("/", "\\"), part.name + "x")
    part.name = random.choice((*_NAMES, *changed))


def _remove(package: Package, _other: Package, random: Random) -> None:
    if package.parts:
        package.parts.remove(_any(package, random))


def _swap(package: Package, _other: Package, random: Random) -> None:
    one, two = _any(package, random), _any(package, random)
    one.content, two.content = two.content, one.content


def _take_from_other(package: Package, other: Package, random: Random) -> None:
    part = _any(package, random)
    same = [p for p in other.parts if p.name.rpartition(".")[2] == part.name.rpartition(".")[2]]
    part.content = random.choice(same or other.parts).content


def _mix(package: Package, other: Package, random: Random) -> None:
    package.parts += other.parts
    random.shuffle(package.parts)


def _double(package: Package, _other: Package, random: Random) -> None:
    part = _any(package, random)
    content = random.choice((part.content, b"", b"<a/>", _any(package, random).content))
    package.parts.insert(random.randint(0, len(package.parts)), Part(part.name, content))


def _many(package: Package, _other: Package, random: Random) -> None:
    count = random.choice((100, 999, 2001, 20_000))
    content = random.choice((b"", b"x", package.parts[0].content[:50] if package.parts else b""))
    name = random.choice(("a{}", "xl/worksheets/sheet{}.xml", "{}.xlsx", "a"))
    package.parts += [Part(name.format(n), content, 0) for n in range(count)]


def _many_of_one(package: Package, _other: Package, random: Random) -> None:
    """List one part very often: entries that lie over one another."""
    part = _any(package, random)
    at = next((n for n, p in enumerate(package.parts, start=1) if p is part), 0)
    packed = _packed(part)
    told = {"crc": zlib.crc32(part.content)}
    package.parts[at:at] = [
        Part(f"{n}{part.name[-40:]}", part.content, told=told, packed=packed, only_listed=True)
        for n in range(random.choice((10, 500, 1990)))
    ]


@cache
def _bomb(piece: bytes, size: int) -> tuple[bytes, bytes, int]:
    content = piece * (size // len(piece))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return content[:1], packer.compress(content) + packer.flush(), zlib.crc32(content)


def _explode(package: Package, _other: Package, random: Random) -> None:
    part = _any(package, random)
    piece = random.choice((b"\0", b" ", b"<a>", b"<row/>", b"<c><v>1</v></c>", b"<si/>"))
    size = random.choice((1024 * 1024, 31 * 1024 * 1024, _BOMB_BYTES))
    _, packed, crc = _bomb(piece, size)
    honest = random.random() < 0.5
    size -= size % len(piece)
    part.packed = packed
    part.told |= {"crc": crc, "size": size if honest else len(part.content)}


def _cut_content(package: Package, _other: Package, random: Random) -> None:
    part = _any(package, random)
    part.content = part.content[: random.randint(0, len(part.content))]


def _fill(package: Package, _other: Package, random: Random) -> None:
    fillings = (b"", b"\0", b"<", b"<a/>", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b" " * 9999)
    _any(package, random).content = random.choice(fillings)


def _damage_content(package: Package, other: Package, random: Random) -> None:
    from fuzzing.byte_mutations import mutate_bytes

    part = _any(package, random)
    part.content = mutate_bytes(part.content, _any(other, random).content or b"\0", random)


# --- figures ---


def _tell(package: Package, random: Random) -> None:
    part = _any(package, random)
    key = random.choice(("crc", "size", "packed", "offset"))
    near = len(part.content) + random.choice((-1, 1, 100))
    part.told[key] = max(0, random.choice((*_SIZES, near)))


def _method(package: Package, random: Random) -> None:
    _any(package, random).method = random.choice(_METHODS)


def _method_only_told(package: Package, random: Random) -> None:
    part = _any(package, random)
    part.packed = _packed(part)
    part.told["packed"] = len(part.packed)
    part.method = random.choice(_METHODS)


def _all_stored(package: Package, _random: Random) -> None:
    for part in package.parts:
        part.method = 0


def _flags(package: Package, random: Random) -> None:
    for part in package.parts if random.random() < 0.3 else [_any(package, random)]:
        part.flags = random.choice(_FLAGS)


def _extra(package: Package, random: Random) -> None:
    part = _any(package, random)
    part.extra = random.choice(_EXTRAS)
    if random.random() < 0.5:
        part.told |= {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF}


def _damage_packed(package: Package, random: Random) -> None:
    part = _any(package, random)
    packed = bytearray(_packed(part)) or bytearray(1)
    packed[random.randrange(len(packed))] ^= 1 << random.randrange(8)
    part.packed = bytes(
        packed[: random.randint(1, len(packed))] if random.random() < 0.3 else packed
    )


def _end_record(package: Package, random: Random) -> None:
    package.end[random.randrange(7)] = random.choice((*_SIZES, 2, 0xFFFF))


def _around(package: Package, random: Random) -> None:
    package.before = random.choice((b"\0", b"MZ" + bytes(100), b"PK\x03\x04", b" " * 70_000))
    package.comment = random.choice((b"", b"x", b"PK\x05\x06" + bytes(18), b"\0" * 65_535))


def _order(package: Package, random: Random) -> None:
    random.shuffle(package.parts)


_ON_PARTS: tuple[Callable[[Package, Package, Random], None], ...] = (
    _rename, _rename, _remove, _remove, _swap, _take_from_other, _mix, _double, _many,
    _many_of_one, _explode, _cut_content, _fill, _damage_content, _damage_content,
)  # fmt: skip
_ON_FIGURES: tuple[Callable[[Package, Random], None], ...] = (
    _tell, _tell, _tell, _method, _method_only_told, _all_stored, _flags, _extra, _damage_packed,
    _end_record, _around, _order,
)  # fmt: skip
