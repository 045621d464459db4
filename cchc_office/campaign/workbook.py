"""Writing a new campaign workbook, for a clerk to go on from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from cchc_office.campaign import layout
from cchc_office.campaign.filling_help import (
    SPARE_ROWS,
    Choice,
    ChoiceLists,
    colour_blanks,
    comment_heading,
    names_below,
)
from cchc_office.campaign.maxima import COLUMNS as MAXIMUM_COLUMNS
from cchc_office.campaign.scoring import method_of
from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.model import REFORM_INDEX, Method, Unit
from cchc_office.sheets.addresses import column_letters
from cchc_office.sheets.columns import Column, places_of
from cchc_office.sheets.look import ATTENTION_FILL, HEADING_FILL, Align, Style
from cchc_office.sheets.table_sheet import TableSheet
from cchc_office.sheets.workbook_writer import SheetWriter, WorkbookWriter
from cchc_office.text import figures
from cchc_office.text.vietnamese import decimal_of
from cchc_office.text.widths import LINE_HEIGHT, lines_in_cell

_FONT = "Times New Roman"
_SIZE = 12
_CODE_FORMAT = "@"
_HEADING = Style(bold=True, size=_SIZE, fill=HEADING_FILL, align="center")
_REQUIRED = Style(bold=True, size=_SIZE)
_TEXT = Style(size=_SIZE)
_TYPED = Style(size=_SIZE, number_format=_CODE_FORMAT)
_HELP = Style(size=_SIZE, italic=True, color="#595959")
_REMARK = Style(size=_SIZE, italic=True, color="#C00000", border=False, wrap=False)


@dataclass(frozen=True)
class DraftRemark:
    """What is doubtful in a row's cell, by its column's key; `source` is what a file had there."""

    key: str
    text: str
    source: str = ""

    @property
    def whole(self) -> str:
        """The words of the comment on the cell."""
        return f"{self.text}\nNguồn: {self.source}" if self.source else self.text


@dataclass(frozen=True)
class DraftRow:
    """A row for the sheet "Bộ chỉ số". Neighbouring rows of one `unit_cell` share a merged cell."""

    code: str
    name: str
    level: int
    """How deep it is: 1 is a field."""

    unit_text: str = ""
    unit_cell: int = 0
    note: str = ""
    max_score: Decimal | None = None
    is_struck: bool = False
    """Whether code and name are crossed out: then nobody can tell whether the row is to stay."""

    others: tuple[tuple[str, str], ...] = ()
    """Texts of further columns by their keys; an unreadable "max_score" too, as it was typed."""

    code_value: dt.date | float | None = None
    """A code that a spreadsheet made a date or a number of: it stays one, so that it is asked."""

    remarks: tuple[DraftRemark, ...] = ()
    """Each cell with something doubtful is coloured, with a comment."""

    def text(self, key: str) -> str:
        """Return the text of a column, "" where the row has none."""
        own = {"code": self.code, "name": self.name, "units": self.unit_text, "note": self.note}
        return (own | dict(self.others)).get(key, "")

    def value(self, key: str) -> dt.date | float | Decimal | str | None:
        """Return what a column holds: a number, a day or a text."""
        if key == "max_score" and not self.text(key):
            return self.max_score
        if key == "code" and self.code_value is not None:
            return self.code_value
        return self.text(key)

    def remark(self, key: str) -> str:
        """Return what is doubtful in a column, "" where nothing is."""
        return "\n".join(remark.whole for remark in self.remarks if remark.key == key)

    @property
    def is_field(self) -> bool:
        """Tell whether the row is printed in bold as a field."""
        return self.level == 1


@dataclass(frozen=True)
class Draft:
    """What a new campaign workbook holds: settings by key, units, rows, and a remark per sheet.

    What is doubtful of a setting stands by its key in `setting_remarks`, of a unit by its code in
    `unit_remarks`. `more_columns` of the criteria are there in any case: an office's own, whose
    texts the rows have by their keys, and ours that are still to be filled in. `merged_units` has
    the names of last year's units, each with its unit now.
    """

    settings: dict[str, str]
    units: tuple[Unit, ...]
    rows: tuple[DraftRow, ...]
    remarks: dict[str, str]
    setting_remarks: Mapping[str, str] = field(default_factory=dict)
    unit_remarks: Mapping[str, str] = field(default_factory=dict)
    more_columns: tuple[Column, ...] = ()
    merged_units: tuple[tuple[str, str], ...] = ()


def build_campaign_workbook(draft: Draft, *more: TableSheet) -> bytes:
    """Return the bytes of a campaign workbook: three sheets, one for surveys if it has any, `more`.

    What `draft` marks as doubtful is coloured and has a comment. Headings have comments that
    explain them, cells lists to choose from, what is still blank a colour.
    """
    index = draft.settings.get("index_name") or REFORM_INDEX.name
    book = WorkbookWriter(f"Đợt chấm điểm {index}", _FONT)
    lists = ChoiceLists()
    _write_settings(book.sheet(layout.SETTINGS_SHEET), draft, lists)
    _write_units(book.sheet(layout.UNITS_SHEET), draft, lists)
    _write_criteria(book.sheet(layout.CRITERIA_SHEET), draft, lists)
    if surveys := _survey_rows(draft):
        _write_survey(book.sheet(layout.SURVEY_SHEET), draft, surveys)
    if draft.merged_units:
        _write_merged_units(book.sheet(layout.MERGED_UNITS_SHEET), draft, lists)
    for sheet in more:
        sheet.write(book)
    lists.write(book)
    return book.finish()


def first_row(draft: Draft, sheet: str) -> int:
    """Return the number (from 1) of the row that the table of a sheet begins with."""
    return 3 if draft.remarks.get(sheet) else 2


def _start(sheet: SheetWriter, draft: Draft, columns: tuple[Column, ...]) -> int:
    """Write remark and headings; return the first row below."""
    row, widths = first_row(draft, sheet.name) - 2, [column.width for column in columns]
    if remark := draft.remarks.get(sheet.name):
        _write_remark(sheet, remark, sum(widths), len(columns) - 1)
    for place, column in enumerate(columns):
        sheet.text(row, place, column.heading, _HEADING)
        comment_heading(sheet, row, place, column)
    sheet.column_widths(widths)
    sheet.row_height(row, 36)
    sheet.raw.freeze_panes(row + 1, 0)
    sheet.print_setup((20, 15, 20, 20), landscape=True, repeat_rows=(row, row))
    return row + 1


def _write_remark(sheet: SheetWriter, remark: str, width: float, last: int) -> None:
    if "\n" not in remark:
        sheet.text(0, 0, remark, _REMARK)
        return
    sheet.merged((0, 0), (0, last), remark, replace(_REMARK, wrap=True))
    _fit(sheet, 0, [(remark, width)])


def _write_settings(sheet: SheetWriter, draft: Draft, lists: ChoiceLists) -> None:
    first = _start(sheet, draft, layout.SETTINGS_COLUMNS)
    _, value_column, help_column = layout.SETTINGS_COLUMNS
    for row, setting in enumerate(SETTINGS, start=first):
        value = draft.settings.get(setting.key, "")
        help_text = setting.help + (" (bắt buộc)" if setting.required else "")
        sheet.text(row, 0, setting.label, _REQUIRED if setting.required else _TEXT)
        remark = draft.setting_remarks.get(setting.key, "")
        sheet.text(row, 1, value, _marked(_TYPED, remark))
        _comment(sheet, (row, 1), remark)
        place = (row, 1, row, 1)
        lists.offer(sheet, place, setting.choices, only_these=setting.only_these)
        colour_blanks(sheet, [place], must=setting.required)
        sheet.text(row, 2, help_text, _HELP)
        _fit(sheet, row, [(value, value_column.width), (help_text, help_column.width)])


def _write_units(sheet: SheetWriter, draft: Draft, lists: ChoiceLists) -> None:
    first = _start(sheet, draft, layout.UNIT_COLUMNS)
    for row, unit in enumerate(draft.units, start=first):
        texts = [
            unit.code,
            unit.name,
            "; ".join(unit.aliases),
            "; ".join(unit.groups),
            unit.head,
            "; ".join(unit.emails),
            "; ".join(unit.copy_emails),
        ]
        remark = draft.unit_remarks.get(unit.code, "")
        for column, text in enumerate(texts):
            sheet.text(row, column, text, _marked(_TYPED, remark if text else ""))
        _comment(sheet, (row, 0), remark)
        _fit(sheet, row, [(t, c.width) for t, c in zip(texts, layout.UNIT_COLUMNS, strict=True)])
    last = first + len(draft.units) + SPARE_ROWS - 1
    place = _UNIT_PLACES["groups"]
    lists.offer(sheet, (first, place, last, place), _groups(draft))
    # The next row to fill in, too.
    begun = f"COUNTA($A{first}:${column_letters(len(_UNIT_PLACES) - 1)}{first + 1})>0"
    for key, place in _UNIT_PLACES.items():
        must = key in layout.NAMING
        colour_blanks(sheet, [(first, place, last, place)], begun, must=must)


_UNIT_PLACES = places_of(layout.UNIT_COLUMNS)


def _groups(draft: Draft) -> tuple[str, ...]:
    """Return what cells for groups offer: each group, and those that units are in together."""
    together = ("; ".join(unit.groups) for unit in draft.units)
    each = (group for unit in draft.units for group in unit.groups)
    return tuple(filter(None, dict.fromkeys((*each, *together))))


def _doers(draft: Draft, *, with_groups: bool = True) -> tuple[Choice, ...]:
    """Return what cells for units offer: groups, and the units of their sheet as it is edited."""
    groups = dict.fromkeys(g for unit in draft.units for g in unit.groups) if with_groups else ()
    first = first_row(draft, layout.UNITS_SHEET) - 1
    names = [unit.name for unit in draft.units]
    live = names_below(layout.UNITS_SHEET, _UNIT_PLACES["name"], first, names)
    return (*groups, *live)


_MERGED_UNITS_HELP = (
    "Hướng dẫn: đơn vị nào năm nay là đơn vị khác (sáp nhập, đổi tên) thì sửa cột Đơn vị mới; đơn "
    "vị không còn thì để trống."
)


def _write_merged_units(sheet: SheetWriter, draft: Draft, lists: ChoiceLists) -> None:
    """Write which unit of last year is which of this one, for a clerk to go on from."""
    told = replace(draft, remarks=draft.remarks | {sheet.name: _MERGED_UNITS_HELP})
    first = _start(sheet, told, layout.MERGED_UNIT_COLUMNS)
    for row, texts in enumerate(draft.merged_units, start=first):
        for column, text in enumerate((*texts, "")):
            sheet.text(row, column, text, _TYPED)
    last = first + len(draft.merged_units) + SPARE_ROWS - 1
    offered = {"new": _doers(draft, with_groups=False)}
    _offer_columns(sheet, lists, layout.MERGED_UNIT_COLUMNS, (first, last), offered)


def _offer_columns(
    sheet: SheetWriter,
    lists: ChoiceLists,
    columns: Sequence[Column],
    rows: tuple[int, int],
    offered: Mapping[str, tuple[Choice, ...]],
) -> None:
    """Let the cells of columns offer their own choices, or those `offered` by their keys."""
    first, last = rows
    for place, column in enumerate(columns):
        choices = offered.get(column.key, column.choices)
        lists.offer(sheet, (first, place, last, place), choices, only_these=column.only_these)


def _write_criteria(sheet: SheetWriter, draft: Draft, lists: ChoiceLists) -> None:
    columns = _criteria_columns(draft)
    first = _start(sheet, draft, columns)
    cells = Counter(row.unit_cell for row in draft.rows)
    for row, values in enumerate(draft.rows, start=first):
        for place, column in enumerate(columns):
            if column.key != "units":
                _write_criterion_cell(sheet, (row, place), column.key, values)
        is_merged = values.unit_cell and cells[values.unit_cell] > 1
        shown = (c for c in columns if not (is_merged and c.key == "units"))
        _fit(sheet, row, [(values.text(column.key), column.width) for column in shown])
    _write_unit_cells(sheet, draft, first, [c.key for c in columns].index("units"))
    last = first + len(draft.rows) + SPARE_ROWS - 1
    doers = _doers(draft)
    _offer_columns(sheet, lists, columns, (first, last), dict.fromkeys(_DOING, doers))
    _colour_criteria(sheet, draft, columns, first)


_DOING = ("units", "leads", "supports")
_CHOSEN = frozenset((*_DOING, "level", "points", "own_rule", "aggregation", "method"))
"""Columns whose blank cells are coloured: something may be chosen there."""


_MOST_AREAS = 100
"""Of one rule of colour."""


def _colour_criteria(
    sheet: SheetWriter, draft: Draft, columns: Sequence[Column], first: int
) -> None:
    """Colour blank cells: those without which a row cannot be scored otherwise than the others."""
    places = places_of(columns)
    scored = [place for key, place in places.items() if key in MAXIMUM_COLUMNS]
    leaves = (at for at, row in enumerate(draft.rows) if row.name and _is_leaf(draft, at))
    runs = _runs(first + at for at in leaves)
    for begin in range(0, len(runs), _MOST_AREAS):
        some = runs[begin : begin + _MOST_AREAS]
        at = some[0][0] + 1
        others = [f"LEN(TRIM(${column_letters(place)}{at}))=0" for place in scored]
        if (level := places.get("level")) is not None:
            others.append(f'${column_letters(level)}{at}<>"Diễn giải"')
        areas = [(top, scored[0], bottom, scored[0]) for top, bottom in some]
        colour_blanks(sheet, areas, ",".join(others), must=True)
    named = f"LEN(${column_letters(places['name'])}{first + 1})>0"
    for key, place in places.items():
        if key in _CHOSEN:
            last = first + len(draft.rows) - 1
            colour_blanks(sheet, [(first, place, last, place)], named, must=False)


def _is_leaf(draft: Draft, at: int) -> bool:
    rows = draft.rows
    return at + 1 == len(rows) or rows[at + 1].level <= rows[at].level


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of numbers that follow one another."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def cell_of(draft: Draft, row: int, key: str) -> str:
    """Return where a column of a row, counted from 0, stands in the sheet of the criteria."""
    place = places_of(_criteria_columns(draft))[key]
    return f"{column_letters(place)}{first_row(draft, layout.CRITERIA_SHEET) + row}"


_READ_ALONG = frozenset(("name", "rule", "own_rule", "evidence"))
"""Columns of sentences, which begin at the left."""

_SURVEY_HELP = (
    "Hướng dẫn: chưa có kết quả thì để trống. Ghi Điểm, hoặc số phiếu ở từng mức (tiêu đề cột ghi "
    "trọng số)."
)
_CRITERION_KEYS = frozenset(("code", "name", "max_score"))


def _survey_rows(draft: Draft) -> tuple[DraftRow, ...]:
    """Return the rows whose results come from surveys."""
    return tuple(
        row
        for at, row in enumerate(draft.rows)
        if row.name
        and _is_leaf(draft, at)
        and method_of(row.text("method"), row.text("rule"), row.note, row.name) is not Method.SELF
    )


def _write_survey(sheet: SheetWriter, draft: Draft, rows: tuple[DraftRow, ...]) -> None:
    """Write the sheet for results of surveys: its rows are there, the results are not."""
    known = {*_CRITERION_KEYS, "score"}
    columns = (*(c for c in layout.SURVEY_COLUMNS if c.key in known), *layout.ANSWER_COLUMNS)
    remark = draft.remarks.get(sheet.name, _SURVEY_HELP)
    draft = replace(draft, remarks=draft.remarks | {sheet.name: remark})
    first = _start(sheet, draft, columns)
    for at, row in enumerate(rows, start=first):
        without_marks = replace(row, is_struck=False, remarks=())
        for place, column in enumerate(columns):
            if column.key in _CRITERION_KEYS:
                _write_criterion_cell(sheet, (at, place), column.key, without_marks)
            else:
                shown = figures.SCORE_CELL if column.key == "score" else figures.COUNT_CELL
                style = replace(_TYPED, align="center", number_format=shown)
                sheet.number(at, place, None, style)
        _fit(sheet, at, [(row.name, layout.NAME.width)])
    blanks = (first, len(_CRITERION_KEYS), first + len(rows) - 1, len(columns) - 1)
    colour_blanks(sheet, [blanks], must=False)


def _criteria_columns(draft: Draft) -> tuple[Column, ...]:
    """Return the required columns, those that the draft fills, and some to choose from lists."""
    filled = {"note", "own_rule"} | {key for row in draft.rows for key, text in row.others if text}
    filled |= {remark.key for row in draft.rows for remark in row.remarks}
    filled |= {column.key for column in draft.more_columns}
    # What is counted does not come together by itself: how it does has to be said.
    filled |= {"aggregation"} if filled & {"bonus", "deduction", "points"} else set()
    if filled.isdisjoint(("bonus", "deduction")):
        filled.add("points")
    known = tuple(c for c in layout.CRITERIA_COLUMNS if c.required or c.key in filled)
    return (*known, *(c for c in draft.more_columns if c not in known))


def _write_criterion_cell(
    sheet: SheetWriter, place: tuple[int, int], key: str, values: DraftRow
) -> None:
    remark = values.remark(key)
    _comment(sheet, place, remark)
    if key == "max_score" and not values.text(key):
        style = Style(
            size=_SIZE, align="center", number_format=figures.given_cell([values.max_score])
        )
        sheet.number(*place, values.max_score, _marked(style, remark))
        return
    align: Align = "left" if key in _READ_ALONG else "center"
    strike = values.is_struck and key in {"code", "name"}
    bold = values.is_field
    style = Style(bold=bold, size=_SIZE, align=align, number_format=_CODE_FORMAT, strike=strike)
    style = _marked(style, remark)
    if key == "code" and values.code_value is not None:
        _write_code_value(sheet, place, values.code_value, style)
    else:
        sheet.text(*place, values.text(key), style)


def _write_code_value(
    sheet: SheetWriter, place: tuple[int, int], value: dt.date | float, style: Style
) -> None:
    if isinstance(value, dt.date):
        sheet.date(*place, value, replace(style, number_format="dd/mm/yyyy"))
    else:
        sheet.number(*place, decimal_of(value), replace(style, number_format="General"))


def _marked(style: Style, remark: str) -> Style:
    """Return the style of a cell about which there is something to remark."""
    return replace(style, fill=ATTENTION_FILL) if remark else style


def _comment(sheet: SheetWriter, place: tuple[int, int], remark: str) -> None:
    if remark:
        sheet.comment(*place, remark)


def _write_unit_cells(sheet: SheetWriter, draft: Draft, first: int, column: int) -> None:
    """Write each cell once, merged over its rows: XlsxWriter counts a text as often as written."""
    plain = Style(size=_SIZE, align="center", number_format=_CODE_FORMAT)
    at = first
    for cell, group in groupby(draft.rows, key=lambda row: row.unit_cell):
        rows = list(group)
        if cell and len(rows) > 1:
            last = (at + len(rows) - 1, column)
            remark = "\n".join(filter(None, (row.remark("units") for row in rows)))
            sheet.merged((at, column), last, rows[0].unit_text, _marked(plain, remark))
            _comment(sheet, (at, column), remark)
        else:
            for place, row in enumerate(rows, start=at):
                _write_criterion_cell(sheet, (place, column), "units", row)
        at += len(rows)


def _fit(sheet: SheetWriter, row: int, texts: list[tuple[str, float]]) -> None:
    lines = max(lines_in_cell(text, width, _SIZE) for text, width in texts)
    sheet.row_height(row, max(lines, 1) * _SIZE * LINE_HEIGHT + 4)
