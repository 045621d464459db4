"""How deep the rows of a table are: by their codes, with how they look in the file.

A workbook keeps no indents: where looks tell more than codes and capitals do, or a place is
doubtful, "Cấp" says what was understood.
"""

from __future__ import annotations

from collections.abc import Sequence

from cchc_office.campaign.outline import OutlinePlace, OutlineRow, outline
from cchc_office.campaign.placing import outline_row
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.importing.cell_texts import shown_value
from cchc_office.importing.taken_row import RowDoubt, TakenRow
from cchc_office.text.vietnamese import clean_line

_MOST_ROUNDS = 4


def settle_levels(rows: Sequence[TakenRow], file: str) -> tuple[OutlinePlace, ...]:
    """Return where rows stand; "Cấp" is written into those that their codes alone misplace."""
    places = outline(
        [
            OutlineRow(
                _code_of(row),
                row.texts.get("name", ""),
                _level_of(row),
                is_bold=row.look.bold,
                indent=row.look.indent,
            )
            for row in rows
        ]
    )
    said: dict[int, int] = {}
    for at, place in enumerate(places):
        is_asked = not rows[at].has_code  # what its code may be is asked already
        if place.other is not None and not (is_asked or rows[at].texts.get("level")):
            said[at] = place.level
            _tell_doubt(rows, at, place, file)
    for _ in range(_MOST_ROUNDS):
        read = outline(
            [
                outline_row(_code_of(row), row.texts.get("name", ""), said.get(at, _level_of(row)))
                for at, row in enumerate(rows)
            ]
        )
        wrong = [at for at, place in enumerate(places) if read[at].level != place.level]
        if not wrong:
            break
        said |= {at: places[at].level for at in wrong}
    for at, level in said.items():
        rows[at].texts["level"] = str(level)
    return places


def _level_of(row: TakenRow) -> int | None:
    text = row.texts.get("level", "")
    return int(text) if text.isdecimal() else None


def _code_of(row: TakenRow) -> str:
    code = row.texts.get("code", "")
    return code or ("" if row.code_value is None else shown_value(row.code_value).replace(",", "."))


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
    return f"cấp {place.level}, dưới “{clean_line(rows[place.parent].label)}”"
