"""The sheet "Đơn vị": who does the work, under which names, in which groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_office.campaign.layout import UNIT_COLUMNS
from cchc_office.campaign.tables import CellReader, TableRow
from cchc_office.catalogue.findings import Code
from cchc_office.files.output_folder import is_safe_name
from cchc_office.model import Unit
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text.mail_address import what_is_wrong
from cchc_office.text.vietnamese import clean_line, spelling

_ILLUSTRATIVE = spelling("(minh họa)")
"""What marks a sample's unit, by its spelling: Minh Hóa is a place."""


def read_units(reader: CellReader) -> tuple[Unit, ...]:
    """Read the units in the order of their rows; what is wrong goes to `reader`."""
    table = reader.table
    units: list[Unit] = []
    samples: list[str] = []
    seen: dict[str, str] = {}
    may_have_emails = "email" in table.may_hold(UNIT_COLUMNS)
    for row in table.rows():
        unit = _read_unit(row, reader)
        place = seen.get(unit.code.casefold())
        if unit.code and place:
            reader.report(Code.DUPLICATE_UNIT, row["code"], found=unit.code, expected=f"ô {place}")
        seen[unit.code.casefold()] = row["code"].address
        units.append(unit)
        if unit.name and not (row["email"].text or may_have_emails):
            place = row["email"].address or row["code"].head
            reader.report(Code.MISSING_EMAIL, place, about=unit.name)
        if _ILLUSTRATIVE in spelling(unit.name):
            samples.append(unit.name)
    if samples:
        reader.report(Code.ILLUSTRATIVE, table.first_cell, found="; ".join(samples))
    if not units:
        reader.report(Code.EMPTY_TABLE, table.first_cell, expected="các đơn vị")
    return tuple(units)


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
