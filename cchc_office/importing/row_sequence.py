"""What rows say together: which go on with the one above or say how it is scored, codes, levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_office.campaign.levels import level_in
from cchc_office.campaign.other_rows import is_note
from cchc_office.campaign.outline import OutlinePlace, OutlineRow, outline
from cchc_office.campaign.placing import outline_row
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CampaignError
from cchc_office.importing.taken_row import RowDoubt, TakenRow, quoted
from cchc_office.text.vietnamese import clean_line

_NEARLY_ALL = 0.9
_FEWEST_MIXED = 3
_MOST_MIXED = 5
"""One row in so many."""

_CUT_OFF = (",", "(", "-", ":", " và", " hoặc", " của", " về", " theo")
_SAYS_POINTS = re.compile(
    r".*[:=]\s*[-+]?\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[.;]?|.*\btính điểm\b.*|.*\bđiểm tối đa\b.*",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST_LINES = 5
_MOST_OF_LINES = 0.6
_MOST_ROUNDS = 4


# --- rows that only go on, codes that rows may have ---


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
        if key == "units" and text == before:
            continue  # a merged cell of both
        gap = " " if key == "name" else "\n"
        above.texts[key] = f"{before}{gap}{text}" if before else text
        finding = Finding(Code.ROW_JOINED, file, row.place.table, row.address, found=quoted(text))
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
        if is_note(row.texts.get("name", "")) and not row.is_solid:
            continue  # what is no criterion needs no code
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


# --- rows that say how the row above is scored ---


def with_scoring_lines(rows: Sequence[TakenRow], file: str) -> tuple[list[TakenRow], list[Finding]]:
    """Return the rows with lines that say how they are scored in "Cách chấm", and what is told.

    The Ministry's own sets are printed so: below "1.2." with its points stand "Đầy đủ: 0,5" and
    "Không đầy đủ: 0", rows without a code and without points in their column.
    Rows stay as they are where only some of those without a code say points, or where the table
    has a column that says how it is scored.
    """
    lines = [at for at, row in enumerate(rows) if _may_be_line(row)]
    saying = sum(bool(_SAYS_POINTS.fullmatch(rows[at].texts["name"])) for at in lines)
    has_rules = any(row.texts.get("rule") for row in rows)
    if has_rules or saying < _FEWEST_LINES or saying < _MOST_OF_LINES * len(lines):
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


# --- how deep rows are ---


def settle_places(rows: Sequence[TakenRow], file: str) -> tuple[OutlinePlace, ...]:
    """Return where rows stand; "Cấp" is written into those whose place is doubtful."""
    places = _outlined(rows)
    if within := _within_codes(rows, places):
        for at, level in within.items():
            rows[at].write_level(level)
        places = _outlined(rows)
    for at, place in enumerate(places):
        is_asked = not rows[at].has_code  # what its code may be is asked already
        if place.other is not None and not (is_asked or rows[at].texts.get("level")):
            _tell_doubt(rows, at, place, file)
            rows[at].write_level(place.level)
    return places


def _outlined(rows: Sequence[TakenRow]) -> tuple[OutlinePlace, ...]:
    return outline(
        [replace(_outline_row(row), is_bold=row.look.bold, indent=row.look.indent) for row in rows]
    )


def _within_codes(rows: Sequence[TakenRow], places: Sequence[OutlinePlace]) -> dict[int, int]:
    """Return the levels of rows that share the cell of a code and are not read as under its row.

    They are its parts where their points come to those of its row: 2 above 1,5 and 0,5.
    """
    levels: dict[int, int] = {}
    for at, row in enumerate(rows):
        parts = []
        for below in range(at + 1, len(rows)):
            other = rows[below]
            if other.code_above != row.address or other.place.table != row.place.table:
                break
            parts.append(below)
        points = sum((rows[part].max_score or Decimal(0) for part in parts), Decimal(0))
        if parts and points and points == row.max_score:
            under = dict.fromkeys(parts, places[at].level + 1)
            levels |= {part: own for part, own in under.items() if places[part].level < own}
    return levels


def write_levels(rows: Sequence[TakenRow], levels: Sequence[int]) -> None:
    """Write "Cấp" into the rows that their codes alone misplace.

    A workbook keeps no indents: where looks tell more than codes and capitals do, "Cấp" says what
    was understood.
    """
    for _ in range(_MOST_ROUNDS):
        read = outline(list(map(_outline_row, rows)))
        wrong = [at for at, level in enumerate(levels) if read[at].level != level]
        if not wrong:
            break
        for at in wrong:
            rows[at].write_level(levels[at])


def _outline_row(row: TakenRow) -> OutlineRow:
    level = level_in(row.texts.get("level", ""))
    return outline_row(_code_of(row), row.texts.get("name", ""), level)


def _code_of(row: TakenRow) -> str:
    return row.texts.get("code") or row.code.replace(",", ".")


def _tell_doubt(rows: Sequence[TakenRow], at: int, place: OutlinePlace, file: str) -> None:
    row, other = rows[at], place.other
    finding = Finding(
        Code.ROW_PLACE_DOUBTFUL,
        file,
        row.place.table,
        row.address,
        about=row.label,
        found=place.doubt.value if place.doubt else "",
        expected=_under(rows, place),
        candidates=(_under(rows, other),) if other else (),
    )
    row.doubts.append(RowDoubt("level", finding))


def _under(rows: Sequence[TakenRow], place: OutlinePlace) -> str:
    if place.parent is None:
        return "cấp 1"
    return f"cấp {place.level}, dưới {clean_line(rows[place.parent].label)}"


def refuse_mixed_rows(rows: Sequence[TakenRow], file: str) -> None:
    """Refuse a text in which the points of several rows stand one under another.

    Raises CampaignError: which of them is whose, nothing tells, and guessing would lose rows.
    """
    mixed = [row for row in rows if "\n" in row.texts.get("max_score", "")]
    if len(mixed) >= _FEWEST_MIXED and len(mixed) * _MOST_MIXED >= len(rows):
        raise CampaignError(
            f"Chữ trong {file} không cho biết điểm nào của dòng nào: {len(mixed)} dòng có nhiều "
            f"điểm chép liền nhau (đầu tiên: {mixed[0].place.words}). Dùng chính tệp Word, Excel, "
            "PDF mà chữ này được chép ra, hoặc chép lại từng cột."
        )
