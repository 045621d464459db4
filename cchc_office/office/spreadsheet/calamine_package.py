"""A package of our own around sheets that were looked through, for calamine to parse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_office.office.archive import stored_archive

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

_TOLD_COUNT = re.compile(rb"""uniqueCount(?=\s*=\s*["']([^"']*))""")
_LEAST_TEXT = len(b"<si/>")


def calamine_package(
    sheets: Sequence[bytes], texts: bytes, styles: bytes, *, dates_from_1904: bool
) -> bytes:
    """Return a workbook of these sheets, in their order; empty `texts` or `styles` are left out."""
    parts = {
        "_rels/.rels": _relationships(_link("w", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _workbook(len(sheets), dates_from_1904=dates_from_1904),
        "xl/_rels/workbook.xml.rels": _links(len(sheets)),
    }
    for number, sheet in enumerate(sheets):
        parts[f"xl/{_sheet_part(number)}"] = sheet
    if texts:
        parts["xl/sharedStrings.xml"] = _without_false_count(texts)
    if styles:
        parts["xl/styles.xml"] = styles
    return stored_archive(parts)


def _without_false_count(texts: bytes) -> bytes:
    """Return the shared texts without a number of them that cannot be true.

    calamine makes room for as many texts as the part tells, and a number like 4294967295 ends the
    process. The name is looked for everywhere: calamine believes it wherever it stands.
    """
    most = len(texts) // _LEAST_TEXT

    def checked(told: re.Match[bytes]) -> bytes:
        number = told.group(1)
        believable = number.isdigit() and len(number) < 10 and int(number) <= most
        return told.group() if believable else b"toldCount"

    return _TOLD_COUNT.sub(checked, texts)


def _workbook(count: int, *, dates_from_1904: bool) -> bytes:
    sheets = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="rId{n}"/>' for n in range(count))
    dates = '<workbookPr date1904="1"/>' if dates_from_1904 else ""
    head = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    return f"{head}{dates}<sheets>{sheets}</sheets></workbook>".encode()


def _links(count: int) -> bytes:
    sheets = (_link(f"rId{n}", "worksheet", _sheet_part(n)) for n in range(count))
    texts = _link("t", "sharedStrings", "sharedStrings.xml")
    return _relationships("".join(sheets) + texts + _link("s", "styles", "styles.xml"))


def _sheet_part(number: int) -> str:
    return f"worksheets/sheet{number}.xml"


def _link(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _relationships(links: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode()
