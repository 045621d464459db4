"""The sheet "Thông tin": one setting a row (Mục | Nội dung | Hướng dẫn)."""

from __future__ import annotations

import difflib
import re

from cchc_office.campaign._appendix_label import appendix_label
from cchc_office.campaign._ranking_settings import read_ranking
from cchc_office.campaign.layout import CRITERIA_COLUMNS, SETTINGS, Setting
from cchc_office.campaign.tables import CellReader, FoundTable, cell_date
from cchc_office.catalogue.findings import Code
from cchc_office.files.output_folder import is_safe_name
from cchc_office.model import USUAL_COLUMNS, CampaignInfo, TableColumn
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.vietnamese import OfficialDate, clean_line, fold

_SYMBOL = re.compile(r"(?:Số\s*:)?\s*(\d*)\s*(/[^\s/]+)", re.IGNORECASE)


def read_settings(table: FoundTable, reader: CellReader) -> CampaignInfo:
    """Read the settings; what is wrong goes to `reader`, and a stand-in takes its place."""
    cells = _cells_by_key(table, reader)
    texts = {key: reader.text(cell) for key, cell in cells.items()}
    for setting in SETTINGS:
        if setting.required and not texts.get(setting.key):
            cell = cells.get(setting.key, table.first_cell)
            reader.report(Code.MISSING_SETTING, cell, expected=setting.label)
    number, symbol = _read_symbol(cells.get("symbol"), reader)
    deadline = _read_date("deadline", cells, reader)
    supplement = _read_date("supplement_deadline", cells, reader)
    explanation = _read_date("explanation_deadline", cells, reader)
    return CampaignInfo(
        year=_read_year(cells.get("year"), reader),
        period=_read_name("period", cells, reader),
        parent_agency=clean_line(texts.get("parent_agency", "")),
        agency=clean_line(texts.get("agency", "")),
        abbreviation=_read_name("abbreviation", cells, reader),
        place=clean_line(texts.get("place", "")),
        number=number,
        symbol=symbol,
        document_date=_read_date("document_date", cells, reader),
        signing_authority=clean_line(texts.get("signing_authority", "")),
        signer_title=clean_line(texts.get("signer_title", "")),
        signer=clean_line(texts.get("signer", "")),
        deadline=deadline.complete if deadline else None,
        supplement_deadline=supplement.complete if supplement else None,
        explanation_deadline=explanation.complete if explanation else None,
        contact=clean_line(texts.get("contact", "")),
        recipients=_items(texts.get("recipients", ""), r"[;\n]"),
        legal_bases=_items(texts.get("legal_bases", ""), r"[;\n]"),
        table_title=texts.get("table_title", ""),
        appendix_label=_read_appendix_label(cells.get("appendix_label"), reader),
        table_columns=_read_table_columns(cells.get("table_columns"), reader),
        ranking=read_ranking(cells, reader),
    )


def _cells_by_key(table: FoundTable, reader: CellReader) -> dict[str, SheetCell]:
    cells: dict[str, SheetCell] = {}
    for row in table.rows():
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


def _read_year(cell: SheetCell | None, reader: CellReader) -> int:
    text = cell.text if cell else ""
    if cell is None or not text:
        return 0
    if re.fullmatch(r"(?:19|20|21)\d\d", text):
        return int(text)
    reader.report(Code.BAD_YEAR, cell, found=text)
    return 0


def _read_name(key: str, cells: dict[str, SheetCell], reader: CellReader) -> str:
    text = clean_line(cells[key].text) if key in cells else ""
    if text and not is_safe_name(text):
        reader.report(Code.BAD_NAME_FOR_FILE, cells[key], found=text)
        return ""
    return text


def _read_symbol(cell: SheetCell | None, reader: CellReader) -> tuple[str, str]:
    text = clean_line(cell.text) if cell else ""
    if cell is None or not text:
        return "", ""
    match = _SYMBOL.fullmatch(text)
    if match is None:
        reader.report(Code.BAD_SYMBOL, cell, found=text)
        return "", text
    return match.group(1), match.group(2)


def _read_date(key: str, cells: dict[str, SheetCell], reader: CellReader) -> OfficialDate | None:
    cell = cells.get(key)
    if cell is None or not cell.text:
        return None
    date = cell_date(cell)
    label = next(s.label for s in SETTINGS if s.key == key)
    if date is None or (key != "document_date" and date.complete is None):
        reader.report(Code.BAD_DATE, cell, found=cell.text, about=f"mục {label}")
        return None
    return date


def _read_appendix_label(cell: SheetCell | None, reader: CellReader) -> str:
    text = clean_line(cell.text) if cell else ""
    label = appendix_label(text)
    if cell is not None and label is None:
        reader.report(Code.BAD_APPENDIX_LABEL, cell, found=text)
    return label or ""


def _read_table_columns(cell: SheetCell | None, reader: CellReader) -> tuple[TableColumn, ...]:
    """Return the columns named, in the order given; code and name stand first in any case."""
    names = _items(cell.text, r"[;,\n]") if cell else ()
    if cell is None or not names:
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
