"""The sheets "Thông tin", one setting a row, and "Đơn vị": who does the work, by which names."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cchc_office.campaign.enclosing import parse_enclosing
from cchc_office.campaign.layout import CRITERIA_COLUMNS, UNIT_COLUMNS
from cchc_office.campaign.ranking import read_ranking
from cchc_office.campaign.setting_rows import SETTINGS, Setting
from cchc_office.campaign.tables import BLANK, CellReader, TableRow, cell_date
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.files.output_folder import is_safe_name
from cchc_office.model import (
    ENCLOSING_PAPERS,
    REFORM_INDEX,
    THE_DISPATCH,
    USUAL_COLUMNS,
    CampaignInfo,
    EnclosingPaper,
    IndexName,
    TableColumn,
    Unit,
    WrittenSetting,
    abbreviation_of,
)
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.abbreviations import read_abbreviations
from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.many import many_of
from cchc_office.text.vietnamese import (
    OfficialDate,
    clean,
    clean_line,
    fold,
    parse_decimal,
    roman,
    spelling,
)

_SYMBOL = re.compile(r"(?:Số\s*:)?\s*(\d*)\s*(/[^\s/]+)", re.IGNORECASE)
_ON_ONE_LINE = (
    *("parent_agency", "agency", "place", "contact", "index_name"),
    *("signing_authority", "signer_title", "signer"),
)
_SCALE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)(?: điểm)?", re.IGNORECASE)
_APPENDIX, _LAST_APPENDIX = "Phụ lục", 39

_IN_TEXT, _IN_APPENDIX = frozenset(("", "cong van")), frozenset(("phu luc", "phu luc cong van"))
_UNITS_ENTER = frozenset(("", "don vi", "cac don vi"))
_REVIEWERS_ENTER = frozenset(
    f"{who}tham dinh" for who in ("", "nguoi ", "bo phan ", "to ", "co quan ", "hoi dong ", "doan ")
)


def read_settings(reader: CellReader) -> CampaignInfo:
    """Read the settings; what is wrong goes to `reader`, and a stand-in takes its place."""
    cells = cells_by_key(reader)
    texts = {key: reader.text(cell) for key, cell in cells.items()}
    for setting in SETTINGS:
        if setting.required and not texts.get(setting.key):
            cell = cells.get(setting.key, reader.table.first_cell)
            reader.report(Code.MISSING_SETTING, cell, expected=setting.label)
    values: dict[str, Any] = {key: clean_line(texts.get(key, "")) for key in _ON_ONE_LINE}
    if not (values["signer_title"] or values["signer"]):
        cell = cells.get("signer_title", reader.table.first_cell)
        reader.report(Code.NO_SIGNER, cell)
    for key, read in _READERS.items():
        values[key] = read(key, cells.get(key, BLANK), reader)
    number, symbol = _read_symbol(cells.get("symbol", BLANK), reader)
    ranking = read_ranking(cells, reader)
    index = _read_index(values.pop("index_name"), cells, reader)
    written = tuple(
        WrittenSetting(key, clean(texts[key]), cell.head)
        for key, cell in cells.items()
        if texts[key]
    )
    info = CampaignInfo(
        **values, number=number, symbol=symbol, ranking=ranking, index=index, written=written
    )
    if info.tasks_in_appendix and info.is_table_in_dispatch and info.appendix_label == _APPENDIX:
        return replace(info, appendix_label=f"{_APPENDIX} {roman(1)}")
    return info


def cells_by_key(reader: CellReader) -> dict[str, SheetCell]:
    """Return the cells of the settings by their keys; what is no setting goes to `reader`."""
    cells: dict[str, SheetCell] = {}
    for row in reader.table.rows():
        label = clean_line(row["key"].text)
        if not label:
            if text := clean_line(reader.text(row["value"])):
                reader.report(Code.SETTING_WITHOUT_LABEL, row["value"], found=text)
            continue
        setting = _setting_named(label)
        if setting is None:
            names = [s.label for s in SETTINGS]
            near = difflib.get_close_matches(label, names, n=2, cutoff=0.4)
            reader.report(Code.UNKNOWN_SETTING, row["key"], found=label, candidates=tuple(near))
        elif setting.key in cells and row["value"].text != cells[setting.key].text:
            reader.report(Code.DUPLICATE_SETTING, row["key"], found=label)
        else:
            cells.setdefault(setting.key, row["value"])
    return cells


def _setting_named(label: str) -> Setting | None:
    folded = fold(label)
    return next(
        (s for s in SETTINGS if folded in {fold(name) for name in (s.label, *s.others)}), None
    )


def _read_year(_key: str, cell: SheetCell, reader: CellReader) -> int:
    text = cell.text
    if not text:
        return 0
    if re.fullmatch(r"(?:19|20|21)\d\d", text):
        return int(text)
    reader.report(Code.BAD_YEAR, cell, found=text)
    return 0


def _read_name(_key: str, cell: SheetCell, reader: CellReader) -> str:
    text = clean_line(cell.text)
    if text and not is_safe_name(text):
        reader.report(Code.BAD_NAME_FOR_FILE, cell, found=text)
        return ""
    return text


def _read_index(name: str, cells: Mapping[str, SheetCell], reader: CellReader) -> IndexName:
    """Return what the index is called; a short form that nobody gave is made, and told."""
    cell = cells.get("index_abbreviation", BLANK)
    usual, short = REFORM_INDEX, _read_name("index_abbreviation", cell, reader)
    if not name:
        if short and short != usual.abbreviation:
            label = next(s.label for s in SETTINGS if s.key == "index_name")
            reader.report(Code.MISSING_SETTING, cell, expected=label)
        return usual
    if short or fold(name) == fold(usual.name):
        return IndexName(name, short or usual.abbreviation)
    short = abbreviation_of(name) or usual.abbreviation
    at = cells.get("index_name", BLANK)
    reader.report(Code.ABBREVIATION_MADE, at, found=name, expected=short)
    return IndexName(name, short)


def _read_scale(_key: str, cell: SheetCell, reader: CellReader) -> Decimal | None:
    text = clean_line(cell.text)
    if not text:
        return None
    found = _SCALE.fullmatch(text)
    scale = parse_decimal(found[1].replace(".", "")) if found else None
    if not scale:
        reader.report(Code.BAD_SCALE, cell, found=text)
    return scale or None


def _read_symbol(cell: SheetCell, reader: CellReader) -> tuple[str, str]:
    text = clean_line(cell.text)
    if not text:
        return "", ""
    match = _SYMBOL.fullmatch(text)
    if match is None:
        reader.report(Code.BAD_SYMBOL, cell, found=text)
        return "", text
    return match.group(1), match.group(2)


def _read_date(key: str, cell: SheetCell, reader: CellReader) -> OfficialDate | None:
    """Return a date, whole but for that of the papers, whose day may be left blank."""
    if not cell.text:
        return None
    date = cell_date(cell)
    if date is None or (key != "document_date" and date.complete is None):
        label = next(s.label for s in SETTINGS if s.key == key)
        reader.report(Code.BAD_DATE, cell, found=cell.text, about=f"mục {label}")
        return None
    return date


def _read_day(key: str, cell: SheetCell, reader: CellReader) -> dt.date | None:
    date = _read_date(key, cell, reader)
    return date.complete if date else None


def _read_items(_key: str, cell: SheetCell, _reader: CellReader) -> tuple[str, ...]:
    return _items(cell.text, r"[;\n]")


def _read_text(_key: str, cell: SheetCell, _reader: CellReader) -> str:
    return cell.text


def _read_appendix_label(_key: str, cell: SheetCell, reader: CellReader) -> str:
    """Return the line "Phụ lục" above the title of the assignment table, "" for none.

    "có" is one appendix without a number; "2", "II" and "Phụ lục II" are the second of several:
    two or more are numbered, with Roman numerals (Decree 30/2020/NĐ-CP, Appendix I, III.1.a).
    """
    text = clean_line(cell.text)
    folded, word = fold(text), fold(_APPENDIX)
    if folded in {"", "khong"}:
        return ""
    if folded in {"co", word}:
        return _APPENDIX
    given = folded.removeprefix(word).strip(" .:").upper()
    for number in range(1, _LAST_APPENDIX + 1):
        if given in {str(number), f"0{number}", roman(number)}:
            return f"{_APPENDIX} {roman(number)}"
    reader.report(Code.BAD_APPENDIX_LABEL, cell, found=text)
    return ""


def _read_enclosing(_key: str, cell: SheetCell, reader: CellReader) -> EnclosingPaper:
    if not (text := clean_line(cell.text)):
        return THE_DISPATCH
    paper = parse_enclosing(text)
    if paper is None:
        kinds = ", ".join(ENCLOSING_PAPERS)
        reader.report(Code.BAD_ENCLOSING, cell, found=text, expected=kinds)
    return paper or THE_DISPATCH


def _read_place_of_tasks(_key: str, cell: SheetCell, reader: CellReader) -> bool:
    """Tell whether a unit's tasks are an appendix of its dispatch, and not in its text."""
    where = re.sub(r"^(?:o|tai|trong) ", "", fold(clean_line(cell.text)))
    return _is_second(where, _IN_TEXT, _IN_APPENDIX, Code.BAD_PLACE_OF_TASKS, cell, reader)


def _read_penalties(_key: str, cell: SheetCell, reader: CellReader) -> bool:
    """Tell whether reviewers enter penalties; units do where nothing is said."""
    who = re.sub(r" (?:tu cham|cham|ghi|nhap|tu ghi)$", "", fold(clean_line(cell.text)))
    return _is_second(who, _UNITS_ENTER, _REVIEWERS_ENTER, Code.BAD_PENALTY_SCORER, cell, reader)


def _is_second(
    said: str,
    first: frozenset[str],
    second: frozenset[str],
    code: FindingCode,
    cell: SheetCell,
    reader: CellReader,
) -> bool:
    """Tell whether the second of two was said; what is neither is told, and taken for the first."""
    if said not in first | second:
        reader.report(code, cell, found=clean_line(cell.text))
    return said in second


def _read_table_columns(_key: str, cell: SheetCell, reader: CellReader) -> tuple[TableColumn, ...]:
    """Return the columns named, in the order given; code and name stand first in any case."""
    names = _items(cell.text, r"[;,\n]")
    if not names:
        return USUAL_COLUMNS
    columns = [TableColumn.CODE, TableColumn.NAME]
    for name in names:
        column = _table_column_named(name)
        if column:
            columns.append(column)
            continue
        headings = [c.value for c in TableColumn]
        near = tuple(difflib.get_close_matches(name, headings, n=2, cutoff=0.4))
        reader.report(
            Code.UNKNOWN_TABLE_COLUMN,
            cell,
            found=name,
            expected="; ".join(headings),
            candidates=near,
        )
    return tuple(dict.fromkeys(columns))


def _table_column_named(name: str) -> TableColumn | None:
    """Return the column by its heading, or by another that the sheet "Bộ chỉ số" accepts for it."""
    heading = next((c.heading for c in CRITERIA_COLUMNS if c.matches(name)), name)
    return next((c for c in TableColumn if fold(c.value) == fold(heading)), None)


def _items(text: str, separators: str) -> tuple[str, ...]:
    parts = (clean_line(part).strip(" -–.") for part in re.split(separators, text))
    return tuple(part for part in parts if part)


def _read_abbreviations(
    _key: str, cell: SheetCell, reader: CellReader
) -> tuple[tuple[str, str], ...]:
    pairs, others = read_abbreviations(cell.text)
    for other in others:
        reader.report(Code.BAD_ABBREVIATION, cell, found=other)
    return pairs


_READERS: dict[str, Callable[[str, SheetCell, CellReader], object]] = {
    "year": _read_year,
    "period": _read_name,
    "abbreviation": _read_name,
    "scale": _read_scale,
    "document_date": _read_date,
    "deadline": _read_day,
    "supplement_deadline": _read_day,
    "explanation_deadline": _read_day,
    "recipients": _read_items,
    "legal_bases": _read_items,
    "abbreviations": _read_abbreviations,
    "table_title": _read_text,
    "appendix_label": _read_appendix_label,
    "enclosed_in": _read_enclosing,
    "penalties_by_reviewers": _read_penalties,
    "tasks_in_appendix": _read_place_of_tasks,
    "table_columns": _read_table_columns,
}
"""How those settings are read that are no plain line of text."""


# --- units ---

_ILLUSTRATIVE = spelling("(minh họa)")
"""What marks a sample's unit, by its spelling: Minh Hóa is a place."""


def read_units(reader: CellReader) -> tuple[Unit, ...]:
    """Read the units in the order of their rows; what is wrong goes to `reader`."""
    table = reader.table
    units: list[Unit] = []
    samples: list[str] = []
    seen: dict[str, str] = {}
    without_email: list[tuple[str, str]] = []
    for row in table.rows():
        unit = _read_unit(row, reader)
        place = seen.get(unit.code.casefold())
        if unit.code and place:
            reader.report(Code.DUPLICATE_UNIT, row["code"], found=unit.code, expected=f"ô {place}")
        seen[unit.code.casefold()] = row["code"].address
        units.append(unit)
        if many_of(unit.name) is not None:
            reader.report(Code.UNIT_NAMES_MANY, row["name"], found=unit.name)
        if unit.name and not row["email"].text:
            without_email.append((row["email"].address or row["code"].head, unit.name))
        if _ILLUSTRATIVE in spelling(unit.name):
            samples.append(unit.name)
    if "email" not in table.may_hold(UNIT_COLUMNS):
        _tell_missing_emails(without_email, len(units), reader)
    if samples:
        reader.report(Code.ILLUSTRATIVE, table.first_cell, found="; ".join(samples))
    if not units:
        reader.report(Code.EMPTY_TABLE, table.first_cell, expected="các đơn vị")
    return tuple(units)


def _tell_missing_emails(without: list[tuple[str, str]], units: int, reader: CellReader) -> None:
    """Tell which units have no address; where none has, the office sends nothing by mail."""
    if without and len(without) == units:
        reader.report(Code.NO_EMAILS, without[0][0])
        return
    for place, name in without:
        reader.report(Code.MISSING_EMAIL, place, about=name)


def _read_unit(row: TableRow, reader: CellReader) -> Unit:
    code, name = clean_line(reader.text(row["code"])), clean_line(reader.text(row["name"]))
    if not code:
        reader.report(Code.MISSING_UNIT_CODE, row["code"], about=name)
    elif not is_safe_name(code):
        reader.report(Code.BAD_UNIT_CODE, row["code"], found=code)
    if not name:
        reader.report(Code.MISSING_UNIT_NAME, row["name"], about=code)
    return Unit(
        code=code,
        name=name,
        aliases=_split(reader.text(row["aliases"])),
        groups=_split(reader.text(row["groups"])),
        head=clean_line(reader.text(row["head"])),
        emails=_read_emails(row["email"], reader),
        copy_emails=_read_emails(row["copy_email"], reader),
        cell=row["code"].address,
    )


def _read_emails(cell: SheetCell, reader: CellReader) -> tuple[str, ...]:
    """Return what stands in a cell of addresses, also what is none: that unit is sent nothing."""
    addresses = tuple(_addresses(reader.text(cell)))
    for address in addresses:
        if wrong := what_is_wrong(address):
            reader.report(Code.BAD_EMAIL, cell, found=address, expected=wrong)
    return addresses


def _addresses(text: str) -> Iterator[str]:
    """Yield what stands between semicolons, commas and ends of lines; addresses between blanks."""
    for part in re.split(r"[;,\n]", text):
        words = part.split()
        if any(map(what_is_wrong, words)):
            yield clean_line(part)
        else:
            yield from words


def _split(text: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for part in re.split(r"[;\n]", text):
        if name := clean_line(part):
            found.setdefault(spelling(name), name)
    return tuple(found.values())
