"""Workbooks whose package says that its language is Vietnamese.

XlsxWriter writes "en-US" into every text of a chart, by which programs mark Vietnamese as
misspelt, and has no property for the document's language. Its packager, which it allows to be
another's, gives the parts as they were written: the few that name a language are put right there.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

from cchc_office.files.archive import LANGUAGE

_PROPERTIES, _CHARTS = "docProps/core.xml", "xl/charts/"
_END = "</cp:coreProperties>"


class VietnameseWorkbook(Workbook):  # type: ignore[misc]
    """A workbook of XlsxWriter's with `LANGUAGE` in its properties and charts."""

    def _get_packager(self) -> Packager:
        return _VietnamesePackager()


class _VietnamesePackager(Packager):  # type: ignore[misc]
    def _create_package(self) -> Any:
        files = super()._create_package()
        for part, name, _ in files:
            if name == _PROPERTIES:
                _replace(part, _END, f"<dc:language>{LANGUAGE}</dc:language>{_END}")
            elif name.startswith(_CHARTS):
                _replace(part, '"en-US"', f'"{LANGUAGE}"')
        return files


def _replace(part: StringIO, old: str, new: str) -> None:
    changed = part.getvalue().replace(old, new)
    part.seek(0)
    part.truncate()
    part.write(changed)
