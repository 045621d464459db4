"""The second look at a returned .xlsx: cells that calamine reads as blank but that are not.

calamine gives '' for a cell that shows an error and for a formula that was never calculated. Both
are plain in the sheet's XML (ECMA-376 part 1, 18.3.1.4 and 18.3.1.40).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from cchc_office.findings import Code

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_SPECIAL_FORMULA = "(công thức đặc biệt)"


def doubtful_cells(content: bytes, sheet: str) -> dict[str, tuple[Code, str]]:
    """Return what each such cell of a sheet really is, by its address ("F12"): code and text.

    `content` is a workbook whose parts were found to hold no document type before. Where its
    parts cannot be followed there are none: the first look then stands.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _part_of(archive, sheet)
            return dict(_doubtful(archive.read(part))) if part else {}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return {}


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the name of a sheet's part, by the workbook's list and its relationships."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in workbook.iter():
        if element.tag in (f"{_MAIN}sheet", f"{_STRICT}sheet") and element.get("name") == sheet:
            target = targets.get(element.get(_LINK) or element.get(_STRICT_LINK), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _doubtful(part: bytes) -> Iterator[tuple[str, tuple[Code, str]]]:
    for _, cell in ElementTree.iterparse(io.BytesIO(part)):  # noqa: S314
        name = cell.tag.rpartition("}")[2]
        if name == "row":
            cell.clear()
        if name != "c":
            continue
        parts = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
        address, kind = cell.get("r", ""), cell.get("t", "n")
        if kind == "e":
            yield address, (Code.SCORE_ERROR_CELL, parts.get("v", ""))
        elif "f" in parts and not parts.get("v") and kind != "str":
            formula = f"={parts['f']}" if parts["f"] else _SPECIAL_FORMULA
            yield address, (Code.SCORE_FORMULA_WITHOUT_VALUE, formula)
