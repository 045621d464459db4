"""Reading the campaign workbook: `load_campaign`."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from cchc_office.campaign._aggregation import check_aggregation
from cchc_office.campaign._legacy import in_unicode
from cchc_office.campaign._marks import mentions_survey
from cchc_office.campaign._row_scoring import says_how_scored
from cchc_office.campaign.assignment import Directory, Understanding, share_out, understand
from cchc_office.campaign.criteria import CriterionRow, read_criteria
from cchc_office.campaign.layout import (
    CRITERIA_COLUMNS,
    CRITERIA_SHEET,
    NAMING,
    READ_SHEETS,
    SETTINGS_COLUMNS,
    SETTINGS_SHEET,
    SURVEY_SHEETS,
    UNIT_COLUMNS,
    UNITS_SHEET,
)
from cchc_office.campaign.settings import read_settings
from cchc_office.campaign.survey import read_survey, survey_columns
from cchc_office.campaign.tables import (
    CellReader,
    FoundTable,
    find_table,
    is_content,
    report_unread,
    settle_struck,
)
from cchc_office.campaign.units import read_units
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CampaignError, reason_of
from cchc_office.files.folders import is_file_there, look
from cchc_office.model import (
    Assignment,
    Assignments,
    Campaign,
    CampaignInfo,
    Criterion,
    SurveyResult,
    Unit,
)
from cchc_office.sheets.columns import Column
from cchc_office.sheets.headings import is_remark
from cchc_office.sheets.sheet_reader import SheetTable, read_workbook
from cchc_office.text.vietnamese import clean_line, fold

CAMPAIGN_FILE = "dot-cham.xlsx"

_NEEDED = NAMING | {"value"}
"""The columns without which no row of a sheet means anything."""

_NOTHING = CampaignInfo(0, "", "", "", "", "")


def find_campaign_file(path: Path) -> Path:
    """Return the campaign workbook that `path` means: itself, or `dot-cham.xlsx` in the folder.

    Raises CampaignError where there is none, NotSeenError where that cannot be told.
    """
    try:
        status = look(path)
    except OSError as error:
        raise CampaignError(f"Không mở được {path}: {reason_of(error)}.") from error
    if status is None:
        raise CampaignError(f"Không có thư mục hay tệp {path}.")
    if stat.S_ISREG(status.st_mode):
        return path
    workbook = path / CAMPAIGN_FILE
    if not is_file_there(workbook):
        raise CampaignError(
            f"Thư mục {path} không có tệp {CAMPAIGN_FILE}. Tạo bằng lệnh: cchc khoi-tao {path}"
        )
    return workbook


def load_campaign(path: Path | str) -> Campaign:
    """Read the campaign at `path`: the folder, or the workbook in it.

    Everything wrong is in the campaign's `findings`, by sheet and cell; nothing is guessed.
    Raises CampaignError where there is no readable workbook at all.
    """
    workbook = find_campaign_file(Path(path))
    sheets, in_legacy_fonts = in_unicode(
        read_workbook(workbook), workbook.name, frozenset(map(fold, READ_SHEETS))
    )
    findings: list[Finding] = []
    info = _NOTHING
    units: tuple[Unit, ...] = ()
    rows: tuple[CriterionRow, ...] = ()
    if found := _open(workbook.name, sheets, SETTINGS_SHEET, SETTINGS_COLUMNS, findings):
        info = read_settings(*found)
        report_unread(found[0], SETTINGS_COLUMNS, found[1])
        findings += found[1].findings
    if found := _open(workbook.name, sheets, UNITS_SHEET, UNIT_COLUMNS, findings):
        units = read_units(*found)
        report_unread(found[0], UNIT_COLUMNS, found[1])
        findings += found[1].findings
    directory = Directory(units)
    knows_all_names = not (found and found[0].may_hold(UNIT_COLUMNS) & {"aliases", "groups"})
    findings += _shared_names(workbook.name, directory, units)
    assignments = Assignments()
    if found := _open(workbook.name, sheets, CRITERIA_SHEET, CRITERIA_COLUMNS, findings):
        rows = read_criteria(*found, info.year)
        report_unread(
            found[0],
            CRITERIA_COLUMNS,
            found[1],
            decides=lambda text: says_how_scored(text) or directory.is_name(text),
        )
        if units:
            shares = _shares(rows, units, directory, *found, knows_all_names=knows_all_names)
            assignments = Assignments(shares)
            check_aggregation(rows, assignments, found[1])
        findings += sorted(found[1].findings, key=_by_row)
    criteria = tuple(row.criterion for row in rows)
    results: tuple[SurveyResult, ...] = ()
    if rows:
        results = _survey_results(workbook.name, sheets, criteria, units, assignments, findings)
    findings += in_legacy_fonts
    findings += _unread_sheets(workbook.name, sheets)
    return Campaign(workbook.name, info, units, criteria, assignments, tuple(findings), results)


def _survey_results(
    file: str,
    sheets: tuple[SheetTable, ...],
    criteria: tuple[Criterion, ...],
    units: tuple[Unit, ...],
    assignments: Assignments,
    findings: list[Finding],
) -> tuple[SurveyResult, ...]:
    """Read the results of surveys, where the workbook has a sheet for them."""
    wanted = [fold(name) for name in SURVEY_SHEETS]
    tables = [
        found
        for sheet in sheets
        if fold(sheet.name) in wanted
        and (found := _open(file, sheets, sheet.name, survey_columns(sheet), findings))
    ]
    results = read_survey(tables, criteria, units, assignments)
    for _, reader in tables:
        findings += sorted(reader.findings, key=_by_row)
    return results


def _unread_sheets(file: str, sheets: tuple[SheetTable, ...]) -> list[Finding]:
    """Name the sheets with content that are not read.

    One that may hold results of surveys is an error where no other does.
    """
    names = {fold(sheet.name) for sheet in sheets}
    has_survey = not names.isdisjoint(map(fold, SURVEY_SHEETS))
    read = set(map(fold, READ_SHEETS))
    findings = []
    for sheet in sheets:
        if fold(sheet.name) in read or not any(is_content(c) for row in sheet.rows for c in row):
            continue
        may_be_survey = not has_survey and not is_remark(sheet.name) and mentions_survey(sheet.name)
        code = Code.SHEET_ASKED if may_be_survey else Code.SHEET_NOT_READ
        findings.append(Finding(code, file, sheet.name, found=sheet.name))
    return findings


def _open(
    file: str,
    sheets: tuple[SheetTable, ...],
    name: str,
    columns: tuple[Column, ...],
    findings: list[Finding],
) -> tuple[FoundTable, CellReader] | None:
    sheet = next((s for s in sheets if fold(s.name) == fold(name)), None)
    if sheet is None:
        names = ", ".join(s.name for s in sheets)
        findings.append(Finding(Code.MISSING_SHEET, file, found=names, expected=name))
        return None
    if sheet.beyond:
        findings.append(Finding(Code.CELLS_BEYOND_CAPS, file, sheet.name, sheet.beyond))
    table, problems = find_table(sheet, columns, file)
    findings += problems
    if table is None or any(c.key in _NEEDED for c in table.headings.missing):
        return None  # what a sheet without them says would be told row by row
    settled = settle_struck(table, NAMING, file)
    reader = CellReader(file, sheet.name)
    reader.findings += (*settled.rows.values(), *settled.cells)
    return settled.table, reader


def _shared_names(file: str, directory: Directory, units: tuple[Unit, ...]) -> list[Finding]:
    cells = {unit.code: unit.cell for unit in units}
    duties = [
        Finding(
            Code.ALIAS_IS_DUTY,
            file,
            UNITS_SHEET,
            cells.get(party.members[0], "") if party.members else "",
            about=party.name,
            found=name,
        )
        for name, party in directory.duties_as_names
    ]
    groups = [
        Finding(
            Code.GROUP_UNCLEAR if unmarked else Code.GROUPS_ALIKE,
            file,
            UNITS_SHEET,
            found=unmarked,
            candidates=marked,
        )
        for marked, unmarked in directory.groups.alike()
    ]
    return (
        duties
        + groups
        + [
            Finding(
                Code.SHARED_ALIAS,
                file,
                UNITS_SHEET,
                cells.get(parties[-1].members[0], ""),
                about=parties[0].name,
                found=name,
                expected=parties[1].name,
            )
            for name, parties in directory.shared()
            if len({code.casefold() for party in parties for code in party.members}) > 1
        ]
    )


def _shares(
    rows: tuple[CriterionRow, ...],
    units: tuple[Unit, ...],
    directory: Directory,
    table: FoundTable,
    reader: CellReader,
    *,
    knows_all_names: bool,
) -> Iterator[Assignment]:
    parents = {row.criterion.parent for row in rows}
    order = {unit.code: place for place, unit in enumerate(units)}
    for row in rows:
        understanding = _understand_row(row, directory, reader, tells_unknown=knows_all_names)
        if understanding is None:
            if row.criterion.id not in parents and "units" in table.headings.places:
                cell = row.units.head or f"A{row.criterion.row}"
                reader.report(Code.MISSING_UNIT, cell, about=row.criterion.label)
            continue
        shares = sorted(understanding.shares, key=lambda s: (s.role.name, order.get(s.unit, 0)))
        for s in shares:
            yield Assignment(row.criterion.id, s.unit, s.role, s.duty, s.each)


def _understand_row(
    row: CriterionRow, directory: Directory, reader: CellReader, *, tells_unknown: bool
) -> Understanding | None:
    leads, supports = reader.text(row.leads), reader.text(row.supports)
    if leads or supports:
        cell, text = row.leads if leads else row.supports, f"{leads}; {supports}".strip("; ")
        understanding = share_out(leads, supports, directory)
    elif row.units.text:
        cell, text = row.units, clean_line(row.units.text)
        understanding = understand(row.units.text, directory)
    else:
        return None
    for words, near in understanding.unknown if tells_unknown else ():
        reader.report(Code.UNKNOWN_UNIT, cell, about=text, found=words, candidates=near)
    for group in understanding.empty_groups:
        reader.report(Code.EMPTY_GROUP, cell, about=text, found=group)
    if understanding.no_lead and not understanding.unknown:
        reader.report(Code.NO_LEAD, cell, about=text)
    return understanding


def _by_row(finding: Finding) -> int:
    digits = "".join(c for c in finding.cell if c.isdecimal())
    return int(digits) if digits else 0
