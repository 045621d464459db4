"""What XlsxWriter has no call for: all that reaches into its own parts stands here.

- Rows that were written beside a sheet stand in it between its other rows (see `row_writer`).
- The header is left out on the first page (its issue 454).
- The package says that its language is Vietnamese: XlsxWriter writes "en-US" into every text of a
  chart, by which programs mark Vietnamese as misspelt, and has no property for the language.

`tests/test_patched_xlsxwriter.py` is red where a new version of it does otherwise.
"""

from __future__ import annotations

from io import StringIO
from typing import Any, Protocol, TextIO

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from cchc_office.files.archive import LANGUAGE

_MOST_SHARED, _LONGEST_SHARED = 20_000, 200
_PROPERTIES, _CHARTS = "docProps/core.xml", "xl/charts/"
_END = "</cp:coreProperties>"


class WrittenRows(Protocol):
    """Rows `first` to before `end`, as XML."""

    first: int
    end: int

    def copy_to(self, target: TextIO) -> None:
        """Write the XML."""


class OwnWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose rows may come from elsewhere; without a header on its first page."""

    dim_rowmin: int | None
    dim_rowmax: int | None
    _written: WrittenRows | None = None

    def take_in(self, rows: WrittenRows) -> None:
        """Take in rows, when all of them are written."""
        self._written = rows

    def stretch(self, first: int, last: int, columns: int) -> None:
        """Tell how far the rows go."""
        self._check_dimensions(first, 0)
        self._check_dimensions(last, columns - 1)

    def shared(self, text: str) -> int | None:
        """Return a text's number in the table of shared texts; None where it is not to be there."""
        known = self.str_table.string_table
        if text in known or (len(known) < _MOST_SHARED and len(text) <= _LONGEST_SHARED):
            return int(self.str_table._get_shared_string_index(text))
        return None

    def link(self, row: int, column: int, target: str, text: str) -> None:
        """Make a cell that is written elsewhere lead to a target."""
        url = Url(target if target.startswith("external:") else f"internal:{target}")
        url.text = text
        self.hyperlinks[row][column] = url

    def _write_rows(self) -> None:
        rows, last = self._written, self.dim_rowmax
        if rows is None:
            super()._write_rows()
            return
        self.dim_rowmax = rows.first - 1
        super()._write_rows()
        rows.copy_to(self.fh)
        first, self.dim_rowmin, self.dim_rowmax = self.dim_rowmin, rows.end, last
        super()._write_rows()
        self.dim_rowmin = first

    def _write_header_footer(self) -> None:
        if not self.header:
            return
        self._xml_start_tag("headerFooter", [("differentFirst", 1)])
        self._write_odd_header()
        self._xml_end_tag("headerFooter")


def index_of(cell_format: Any) -> int:
    """Return the number by which cells of a sheet's XML name a format."""
    return int(cell_format._get_xf_index())


class OwnWorkbook(Workbook):  # type: ignore[misc]
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
