"""What helps a clerk to fill in a new workbook: comments on headings, lists in cells, colours.

Lists only offer: what the reader takes may be typed, several units in a cell too. Comments, lists
and colours are beside the cells' content; nothing of them is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cchc_office.campaign.layout import CHOICES_SHEET
from cchc_office.sheets.addresses import cell_name, column_letters, quoted_sheet
from cchc_office.sheets.columns import Column, Live
from cchc_office.sheets.look import ATTENTION_FILL, HEADING, OPEN_FILL, TEXT
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter

SPARE_ROWS = 200
"""How many rows below a table may still be filled in with the same lists."""

_MOST_IN_MESSAGE = 255
_LIST_WIDTH = 60.0

Choice = str | Live
"""A text, or a formula that gives one."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


def comment_heading(sheet: SheetWriter, row: int, place: int, column: Column) -> None:
    """Say in a comment on a heading what the column is for, with an example."""
    if column.help:
        must = " (bắt buộc)" if column.required else ""
        sheet.comment(row, place, f"{column.heading}{must}\n{column.help}")


def colour_blanks(
    sheet: SheetWriter, areas: Sequence[Area], condition: str = "", *, must: bool
) -> None:
    """Colour cells while they are blank and `condition` holds, "" for always.

    `condition` is a formula as of the first cell of the first area.
    """
    if not areas:
        return
    first = cell_name(*areas[0][:2])
    blank = f"LEN(TRIM({first}))=0"
    formula = f"=AND({blank},{condition})" if condition else f"={blank}"
    fill = sheet.book.conditional({"bg_color": ATTENTION_FILL if must else OPEN_FILL})
    options = {"type": "formula", "criteria": formula, "format": fill}
    if len(areas) > 1:
        named = (f"{cell_name(*area[:2])}:{cell_name(*area[2:])}" for area in areas)
        options["multi_range"] = " ".join(named)
    sheet.raw.conditional_format(*areas[0], options)


@dataclass
class ChoiceLists:
    """The lists of a workbook: what its cells offer stands in a hidden sheet."""

    _lists: dict[tuple[Choice, ...], int] = field(default_factory=dict)

    def offer(
        self, sheet: SheetWriter, area: Area, choices: Sequence[Choice], *, only_these: bool = False
    ) -> None:
        """Let the cells of an area offer `choices`.

        Other words are taken without a question, or, with `only_these`, after one.
        """
        if not choices:
            return
        place = self._lists.setdefault(tuple(choices), len(self._lists))
        letters, last = column_letters(place), len(choices) + 1
        source = f"{quoted_sheet(CHOICES_SHEET)}!${letters}$2:${letters}${last}"
        if any(isinstance(choice, Live) for choice in choices):
            source = _without_blanks_at_its_end(source)
        options = {"validate": "list", "source": f"={source}", "show_error": only_these}
        if only_these:
            told = f"Chương trình hiểu: {'; '.join(map(str, choices))}."
            options |= {
                "error_type": "warning",
                "error_title": "Chữ ngoài danh sách",
                "error_message": f"{told} Chữ khác có thể bị hỏi lại khi kiểm tra."[
                    :_MOST_IN_MESSAGE
                ],
            }
        sheet.raw.data_validation(*area, options)

    def write(self, book: WorkbookWriter) -> None:
        """Write the hidden sheet, where there are any lists."""
        if not self._lists:
            return
        sheet = book.sheet(CHOICES_SHEET)
        sheet.column_widths([_LIST_WIDTH] * len(self._lists))
        for choices, place in self._lists.items():
            sheet.text(0, place, f"Danh sách {place + 1}", HEADING)
            for row, choice in enumerate(choices, start=1):
                if isinstance(choice, Live):
                    sheet.formula(row, place, choice.formula, choice.value, TEXT)
                else:
                    sheet.text(row, place, choice, TEXT)
        sheet.raw.hide()


def names_below(sheet_name: str, column: int, first: int, names: Sequence[str]) -> Iterator[Live]:
    """Yield choices that follow a column of a sheet, from its row `first` on, as it is edited.

    `names` are what stands there now.
    """
    letters, last = column_letters(column), first + len(names) + SPARE_ROWS
    area = f"{quoted_sheet(sheet_name)}!${letters}${first + 1}:${letters}${last}"
    for place in range(len(names) + SPARE_ROWS):
        found = f"INDEX({area},{place + 1})"
        value = names[place] if place < len(names) else ""
        yield Live(f'=IF({found}="","",{found})', value)


def _without_blanks_at_its_end(source: str) -> str:
    """Return a source that ends with the last cell that is not blank."""
    sheet, _, cells = source.rpartition("!")
    first = cells.partition(":")[0]
    count = f"SUMPRODUCT(MAX((LEN({source})>0)*ROW({source})))-1"
    return f"OFFSET({sheet}!{first},0,0,{count},1)"
