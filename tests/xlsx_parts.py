"""Workbooks of the XML kind made part by part, for what no library writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet_xml(rows: str, after: str = "", *, main: str = MAIN, before: str = "") -> str:
    """Return a worksheet with these rows ('<row r="1">…</row>')."""
    data = f"<sheetData>{rows}</sheetData>"
    return f'<worksheet xmlns="{main}">{before}{data}{after}</worksheet>'


def styles_xml(*formats: int, main: str = MAIN, before: str = "") -> str:
    """Return styles by the numbers of their number formats."""
    listed = "".join(f'<xf numFmtId="{number}"/>' for number in formats)
    return f'<styleSheet xmlns="{main}">{before}<cellXfs>{listed}</cellXfs></styleSheet>'


def workbook_xml(
    sheets: Mapping[str, str], inside: str = "", *, main: str = MAIN, links: str = LINKS
) -> str:
    """Return a workbook's list of sheets; the values are more attributes of their elements."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" {more} r:id="r{n}"/>'
        for n, (name, more) in enumerate(sheets.items(), start=1)
    )
    return (
        f'<workbook xmlns="{main}" xmlns:r="{links}">{inside}<sheets>{listed}</sheets></workbook>'
    )


def xlsx(
    *sheets: str,
    workbook: str = "",
    shared: str = "",
    styles: str = "",
    others: Mapping[str, str | bytes] | None = None,
    links: str = LINKS,
) -> bytes:
    """Return a workbook of these sheets' XML, named "1", "2" …."""
    names = {str(n): "" for n in range(1, len(sheets) + 1)}
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{links}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": workbook or workbook_xml(names),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_LINKS}">{targets}'
        "</Relationships>",
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, start=1)},
        "xl/sharedStrings.xml": shared,
        "xl/styles.xml": styles,
        **(others or {}),
    }
    return archive({name: part for name, part in parts.items() if part})


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return packed.getvalue()
