"""Mutations that know nothing of what they damage: a bad disk, a broken transfer."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

INTERESTING = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFF, 0x100000,
               0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)  # fmt: skip
_MOST_AT_ONCE = 24


def mutate_bytes(content: bytes, other: bytes, random: Random) -> bytes:
    """Return `content` damaged in up to four places; some mutations take bytes from `other`."""
    damaged = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        if not damaged:
            break
        random.choice(_MUTATIONS)(damaged, other, random)
    return bytes(damaged)


def _place(content: bytearray, random: Random) -> int:
    """Return a place in `content`; the start and the end, where formats keep lists, come often."""
    last = len(content) - 1
    near = min(512, last)
    return random.choice(
        (random.randint(0, last), random.randint(0, near), last - random.randint(0, near))
    )


def _range(content: bytearray, random: Random) -> tuple[int, int]:
    start = _place(content, random)
    return start, min(len(content), start + random.choice((1, 2, 4, 16, 100, 512, 4096)))


def _flip_bits(content: bytearray, _other: bytes, random: Random) -> None:
    for _ in range(random.randint(1, _MOST_AT_ONCE)):
        content[_place(content, random)] ^= 1 << random.randrange(8)


def _overwrite(content: bytearray, _other: bytes, random: Random) -> None:
    start, end = _range(content, random)
    content[start:end] = random.randbytes(end - start)


def _zero(content: bytearray, _other: bytes, random: Random) -> None:
    start, end = _range(content, random)
    content[start:end] = bytes(end - start)


def _remove(content: bytearray, _other: bytes, random: Random) -> None:
    start, end = _range(content, random)
    del content[start:end]


def _truncate(content: bytearray, _other: bytes, random: Random) -> None:
    del content[_place(content, random) :]


def _cut_start(content: bytearray, _other: bytes, random: Random) -> None:
    del content[: _place(content, random)]


def _double(content: bytearray, _other: bytes, random: Random) -> None:
    start, end = _range(content, random)
    content[start:start] = content[start:end] * random.choice((1, 2, 100))


def _double_whole(content: bytearray, _other: bytes, _random: Random) -> None:
    content += bytes(content)


def _splice(content: bytearray, other: bytes, random: Random) -> None:
    content[_place(content, random) :] = other[random.randrange(len(other)) :]


def _take_range(content: bytearray, other: bytes, random: Random) -> None:
    start, end = _range(content, random)
    at = random.randrange(len(other))
    content[start:end] = other[at : at + end - start]


def _put_number(content: bytearray, _other: bytes, random: Random) -> None:
    for _ in range(random.randint(1, 4)):
        at = _place(content, random)
        size, kind = random.choice(((1, "B"), (2, "H"), (4, "L"), (8, "Q")))
        order = random.choice("<>")
        number = random.choice(INTERESTING) & (1 << 8 * size) - 1
        content[at : at + size] = struct.pack(f"{order}{kind}", number)


def _insert(content: bytearray, _other: bytes, random: Random) -> None:
    at = _place(content, random)
    content[at:at] = random.randbytes(random.choice((1, 3, 64, 1000)))


_MUTATIONS: tuple[Callable[[bytearray, bytes, Random], None], ...] = (
    _flip_bits,
    _flip_bits,
    _overwrite,
    _zero,
    _remove,
    _truncate,
    _cut_start,
    _double,
    _double_whole,
    _splice,
    _take_range,
    _put_number,
    _put_number,
    _insert,
)
