"""What rows say together: which only go on with the one above, which code a row may have."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.importing.taken_row import RowDoubt, TakenRow, shortened

_NEARLY_ALL = 0.9
_CUT_OFF = (",", "(", "-", ":", " và", " hoặc", " của", " về", " theo")


def joined(rows: list[TakenRow], file: str) -> list[TakenRow]:
    """Return the rows with those joined to the one above that only go on with its text."""
    kept: list[TakenRow] = []
    within = [row.has_code for row in rows if not row.is_first]
    has_codes = any(row.has_code for row in rows)
    always = bool(within) and sum(within) >= _NEARLY_ALL * len(within)
    for row in rows:
        if kept and has_codes and _goes_on(kept[-1], row, always=always):
            _join(kept[-1], row, file)
        else:
            kept.append(row)
    return kept


def _goes_on(above: TakenRow, row: TakenRow, *, always: bool) -> bool:
    """Tell whether a row goes on with the one above.

    Where rows `always` have codes, one without at the top of a page is the end of a broken row.
    """
    if row.has_code or row.max_score is not None or row.texts.get("max_score"):
        return False
    name = row.texts.get("name", "")
    own = {key for key in row.own if row.texts.get(key)}
    if not name or "name" not in own:
        return not name and bool(own) and row.is_first
    if always and row.is_first and row.place.page:
        return True
    begins_small = name[0].islower() or above.texts.get("name", "").endswith(_CUT_OFF)
    return begins_small and (row.is_first or own <= {"name", "code"})


def _join(above: TakenRow, row: TakenRow, file: str) -> None:
    for key, text in row.texts.items():
        if not text or key not in row.own:
            continue
        if key == "name" and above.has_rule_in_name:
            key = "rule"
        before = above.texts.get(key, "")
        gap = " " if key == "name" else "\n"
        above.texts[key] = f"{before}{gap}{text}" if before else text
        finding = Finding(
            Code.ROW_JOINED, file, row.place.table, row.address, found=shortened(text)
        )
        above.doubts.append(RowDoubt(key, finding))
    above.doubts += row.doubts


def propose_codes(rows: list[TakenRow], file: str) -> None:
    """Say of the rows without a code which it may be; nothing is filled in."""
    known = {_bare_code(row) for row in rows}
    base, below = "", 0
    for at, row in enumerate(rows):
        if row.has_code:
            base, below = _bare_code(row), 0
            continue
        below += 1
        following = next((_bare_code(later) for later in rows[at + 1 :] if later.has_code), "")
        parent = following.rpartition(".")[0]
        candidates = [parent] if parent and parent not in known else []
        candidates += _codes_after(base, below) if base else [str(below)]
        finding = Finding(
            Code.ROW_CODE_PROPOSED,
            file,
            row.place.table,
            row.address,
            about=row.label,
            candidates=tuple(candidates),
        )
        row.doubts.append(RowDoubt("code", finding))


def _bare_code(row: TakenRow) -> str:
    return row.texts.get("code", "").strip(" .()")


def _codes_after(base: str, below: int) -> Iterator[str]:
    yield f"{base}.{below}"
    stem, _, last = base.rpartition(".")
    if last.isdecimal():
        number = str(int(last) + below)
        yield f"{stem}.{number}" if stem else number
