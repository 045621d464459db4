"""Rows that are no criteria but say how the row above is scored, each line a row of its own.

The Ministry's own sets are printed so: below "1.2." with its points stand "Đầy đủ: 0,5" and "Không
đầy đủ: 0", without a code and without points in their column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.importing.taken_row import TakenRow

_SAYS_POINTS = re.compile(
    r".*[:=]\s*[-+]?\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[.;]?|.*\btính điểm\b.*|.*\bđiểm tối đa\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LEAST = 5
_MOST = 0.6


def with_scoring_lines(rows: Sequence[TakenRow], file: str) -> tuple[list[TakenRow], list[Finding]]:
    """Return the rows with such lines in the column "Cách chấm" of the row above, and what is told.

    Rows stay as they are where only some of those without a code say points, or where the table
    has a column that says how it is scored.
    """
    lines = [at for at, row in enumerate(rows) if _may_be_line(row)]
    saying = sum(bool(_SAYS_POINTS.fullmatch(rows[at].texts["name"])) for at in lines)
    has_rules = any(row.texts.get("rule") for row in rows)
    if has_rules or saying < _LEAST or saying < _MOST * len(lines):
        return list(rows), []
    kept: list[TakenRow] = []
    taken: list[str] = []
    for row in rows:
        above = kept[-1] if kept else None
        if above is None or not (_may_be_line(row) and above.has_code):
            kept.append(row)
            continue
        before = above.texts.get("rule", "")
        above.texts["rule"] = f"{before}\n{row.texts['name']}" if before else row.texts["name"]
        above.doubts += [doubt for doubt in row.doubts if doubt.key]
        if note := row.texts.get("note", ""):
            own = above.texts.get("note", "")
            above.texts["note"] = f"{own}\n{note}" if own else note
        taken.append(row.place.words)
    found = Finding(
        Code.SCORING_LINES_TAKEN, file, found=str(len(taken)), about=taken[0] if taken else ""
    )
    return kept, [found]


def _may_be_line(row: TakenRow) -> bool:
    """Tell whether a row has a text and nothing else, but perhaps a note."""
    others = {key for key, text in row.texts.items() if text} - {"name", "note"}
    is_bare = not row.has_code and row.max_score is None and not others
    return is_bare and bool(row.texts.get("name")) and not row.texts["name"].isupper()
