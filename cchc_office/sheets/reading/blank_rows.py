"""Leaving out the rows without content of a sheet that was formatted down to its last row.

Someone draws borders over whole columns, and the sheet holds ten million blank cells: hundreds of
megabytes of XML for a form of a hundred rows. They go piece by piece, before anything is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cchc_office.files.limits import MOST_PART_BYTES
from cchc_office.files.unreadable_file import too_large

# Rows and cells with an address of their own: leaving them out moves no other.
_BLANK_ROWS = re.compile(
    rb'(?:<row r="\d{1,7}"(?:/>|[^<>]*/>|[^<>]*>(?:<c r="[A-Z]{1,3}\d{1,7}"[^<>]*/>)*+</row>))++'
)
_END_OF_ROW = b"</row>"


def without_blank_rows(pieces: Iterable[bytes]) -> bytes:
    """Return the sheet whose XML comes in `pieces`, without its blank rows.

    Raises UnreadableFileError where what is left is larger than a part may be.
    """
    kept: list[bytes] = []
    size = 0
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(_END_OF_ROW) + len(_END_OF_ROW)
        whole, rest = (text[:end], text[end:]) if end >= len(_END_OF_ROW) else (b"", text)
        kept.append(_BLANK_ROWS.sub(b"", whole))
        size += len(kept[-1])
        if size + len(rest) > MOST_PART_BYTES:
            raise too_large("dung lượng khi giải nén", size + len(rest), MOST_PART_BYTES)
    return b"".join((*kept, _BLANK_ROWS.sub(b"", rest)))
