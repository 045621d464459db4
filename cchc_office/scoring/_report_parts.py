"""What the sheets of the report share: looks, names of unit sheets, places of rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from cchc_office.model import Campaign, Consolidation, Unit
from cchc_office.office.addresses import cell_name
from cchc_office.office.text_width import LINE_HEIGHT, lines_in_cell
from cchc_office.office.workbook_writer import SheetWriter, Style, quoted_sheet

SIZE = 11.0
MARGINS = (20.0, 15.0, 20.0, 20.0)
SCORE_FORMAT = "0.00##"
RATE_FORMAT = "0.00%"
HEADING_FILL = "#DDEBF7"
ATTENTION_FILL = "#FCE4D6"

TEXT = Style(size=SIZE)
CENTRED = Style(size=SIZE, align="center")
SCORE = Style(size=SIZE, align="center", number_format=SCORE_FORMAT)
HEADING = Style(size=SIZE, bold=True, align="center", fill=HEADING_FILL)
TITLE = Style(size=14, bold=True, align="center", border=False)
REMARK = Style(size=SIZE, italic=True, align="center", border=False)

SCORES_SHEET = "Bảng điểm"
STATES_SHEET = "Tình trạng đơn vị"
FINDINGS_SHEET = "Cần xem"

_LONGEST_CODE = 28


@dataclass(frozen=True)
class ReportColumn:
    """A column of a sheet of the report: heading and width in millimetres."""

    heading: str
    width: float


@dataclass
class ReportPlaces:
    """Where things stand in the report, for links: filled as the sheets are laid out."""

    unit_sheets: dict[str, str] = field(default_factory=dict)
    rows: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def of(self, unit: str, criterion: str) -> str:
        """Return the link target of a unit's row (or its sheet's top), "" where it has none."""
        sheet = self.unit_sheets.get(unit)
        if sheet is None:
            return ""
        row, column = self.rows.get((unit, criterion), (0, 0))
        return f"{quoted_sheet(sheet)}!{cell_name(row, column)}"


def unit_sheet_names(campaign: Campaign) -> dict[str, str]:
    """Return the sheet name of each unit: "ĐV " and its code, at most 31 characters."""
    return {
        unit.code: f"ĐV {_short(unit, place)}" for place, unit in enumerate(campaign.units, start=1)
    }


def _short(unit: Unit, place: int) -> str:
    if len(unit.code) <= _LONGEST_CODE:
        return unit.code
    return f"{unit.code[: _LONGEST_CODE - 5]}~{place}"


def write_head(
    sheet: SheetWriter,
    title: str,
    remarks: tuple[str, ...],
    columns: tuple[ReportColumn, ...],
) -> int:
    """Write title, remarks and headings, set up printing; return the first row below."""
    last = len(columns) - 1
    sheet.column_widths([column.width for column in columns])
    sheet.merged((0, 0), (0, last), title, TITLE)
    sheet.row_height(0, 26)
    width = sum(column.width for column in columns)
    for row, remark in enumerate(remarks, start=1):
        sheet.merged((row, 0), (row, last), remark, REMARK)
        sheet.row_height(row, _lines(remark, width) * SIZE * LINE_HEIGHT + 5)
    heading_row = len(remarks) + 1
    for place, column in enumerate(columns):
        sheet.text(heading_row, place, column.heading, HEADING)
    fit_row(sheet, heading_row, [(c.heading, c.width) for c in columns], bold=True)
    sheet.raw.freeze_panes(heading_row + 1, 2)
    sheet.print_setup(MARGINS, landscape=True, repeat_rows=(heading_row, heading_row))
    return heading_row + 1


def fit_row(
    sheet: SheetWriter, row: int, texts: list[tuple[str, float]], *, bold: bool = False
) -> None:
    """Make a row as high as its longest text (given with its column's width) needs."""
    lines = max((_lines(text, width, bold=bold) for text, width in texts), default=1)
    sheet.row_height(row, lines * SIZE * LINE_HEIGHT + 5)


def as_of_line(consolidation: Consolidation) -> str:
    """Return the line that tells of which day the report is."""
    return f"Tính đến ngày {consolidation.as_of:%d/%m/%Y}"


def _lines(text: str, width: float, *, bold: bool = False) -> int:
    return lines_in_cell(text, width, SIZE, bold=bold)
