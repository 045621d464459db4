"""Number formats of a workbook (ECMA-376 part 1, 18.8.30): which styles show percentages."""

from __future__ import annotations

from cchc_office.findings import Code
from cchc_office.office.limits import MOST_PART_BYTES, MOST_RECORDS
from cchc_office.office.spreadsheet.xml_parts import local_name, parse_xml
from cchc_office.office.unreadable_file import UnreadableFileError

_BUILT_IN = frozenset(("9", "10"))


def percent_styles(part: bytes) -> frozenset[str]:
    """Return the numbers of the cell styles that show a number as a percentage.

    `part` is the styles part; one that cannot be read has none. Raises UnreadableFileError for one
    that is too large: its percentages would count as other numbers.
    """
    if not any(mark in part for mark in (b'numFmtId="9"', b'numFmtId="10"', b"%")):
        return frozenset()
    try:
        styles = parse_xml(part, most_bytes=MOST_PART_BYTES, most_tags=MOST_RECORDS)
    except UnreadableFileError as error:
        if error.code is Code.TOO_LARGE:
            raise
        return frozenset()
    formats = set(_BUILT_IN)
    found = set()
    for element in styles.iter():
        name = local_name(element)
        if name == "numFmt" and "%" in element.get("formatCode", ""):
            formats.add(element.get("numFmtId", ""))
        elif name == "cellXfs":
            found = {str(n) for n, xf in enumerate(element) if xf.get("numFmtId") in formats}
    return frozenset(found)
