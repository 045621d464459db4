"""What a campaign workbook was understood as, row by row, each with the findings about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from cchc_office.campaign.layout import CRITERIA_SHEET, SETTINGS_SHEET, UNITS_SHEET
from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.catalogue.findings import Finding, need_a_person
from cchc_office.model import Campaign, CampaignInfo, Criterion, Method, Points, Role, Unit
from cchc_office.steps.scoring_outline import ScoringOutline, scoring_outline
from cchc_office.text import figures
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import fold

_MOST_UNITS_NAMED = 6

_SHOWN: Mapping[str, Callable[[CampaignInfo], str]] = {
    "year": lambda info: str(info.year or ""),
    "period": lambda info: info.period,
    "index_name": lambda info: info.index.name,
    "scale": lambda info: "" if info.scale is None else figures.given(info.scale),
    "parent_agency": lambda info: info.parent_agency,
    "agency": lambda info: info.agency,
    "abbreviation": lambda info: info.abbreviation,
    "place": lambda info: info.place,
    "symbol": lambda info: info.symbol,
    "signer_title": lambda info: info.signer_title,
    "signer": lambda info: info.signer,
    "deadline": lambda info: f"{info.deadline:%d/%m/%Y}" if info.deadline else "",
    "contact": lambda info: info.contact,
}
"""What of the settings is told of, by their keys."""


@dataclass(frozen=True)
class OutlinedSetting:
    """A setting by its label, with its value ("" where it is blank) and whether papers need it.

    One that `is_wrong` has the text that was written, of which an error is told.
    """

    label: str
    value: str
    required: bool
    is_wrong: bool = False


@dataclass(frozen=True)
class OutlinedRow:
    """A row of the criteria: who does it and how it is scored, in words.

    `unread` is the piece of its words that was not understood, `cell` where the row stands.
    """

    criterion: Criterion
    is_heading: bool
    units: str
    scoring: str
    unread: str
    cell: str
    findings: tuple[Finding, ...]

    @property
    def is_doubtful(self) -> bool:
        """Whether a person has to look at it."""
        return bool(self.unread or self.findings)


@dataclass(frozen=True)
class OutlinedUnit:
    """A unit with how many rows it leads and takes part in."""

    unit: Unit
    leads: int
    supports: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class WorkbookOutline:
    """All of a campaign workbook as understood; `findings` are those of no row of the others."""

    settings: tuple[OutlinedSetting, ...]
    rows: tuple[OutlinedRow, ...]
    units: tuple[OutlinedUnit, ...]
    scoring: ScoringOutline
    findings: tuple[Finding, ...]

    @property
    def below(self) -> Mapping[str, int]:
        """How many findings that need a person stand at rows and units, errors first."""
        at_rows = {id(f): f for row in self.rows for f in row.findings}
        at_rows |= {id(f): f for unit in self.units for f in unit.findings}
        told = sorted(at_rows.values(), key=lambda f: not f.is_error)
        return Counter(f.severity.value for f in told if need_a_person((f,)))


def workbook_outline(campaign: Campaign) -> WorkbookOutline:
    """Tell how each row of a campaign workbook was understood."""
    scoring = scoring_outline(campaign)
    by_row = _findings_by_row(campaign, CRITERIA_SHEET)
    by_unit = _findings_by_row(campaign, UNITS_SHEET)
    rows = tuple(_rows(campaign, scoring, by_row))
    units = tuple(_units(campaign, by_unit))
    told = {id(f) for row in rows for f in row.findings}
    told |= {id(f) for unit in units for f in unit.findings}
    return WorkbookOutline(
        tuple(_settings(campaign)),
        rows,
        units,
        scoring,
        tuple(finding for finding in campaign.findings if id(finding) not in told),
    )


def _findings_by_row(campaign: Campaign, sheet: str) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in campaign.findings:
        if finding.cell and _is_of(finding, sheet):
            found.setdefault(_row_of(finding.cell), []).append(finding)
    return found


def _row_of(cell: str) -> int:
    number = cell.partition(":")[0].lstrip(ascii_uppercase)
    return int(number) if number.isdecimal() else 0


def _settings(campaign: Campaign) -> Iterator[OutlinedSetting]:
    """Yield the usual settings, and all others that are filled in."""
    info = campaign.info
    written = {one.key: one for one in info.written}
    wrong = {f.cell for f in campaign.findings if f.is_error and _is_of(f, SETTINGS_SHEET)}
    for setting in SETTINGS:
        own = written.get(setting.key)
        shown = _SHOWN[setting.key](info) if setting.key in _SHOWN else ""
        is_wrong = own is not None and own.cell in wrong
        if own and (is_wrong or not shown):
            yield OutlinedSetting(setting.label, own.text, setting.required, is_wrong)
        elif setting.key in _SHOWN or setting.required:
            yield OutlinedSetting(setting.label, shown, setting.required)


def _is_of(finding: Finding, sheet: str) -> bool:
    return fold(finding.sheet) == fold(sheet)


# --- rows ---


def _rows(
    campaign: Campaign, scoring: ScoringOutline, findings: Mapping[int, Sequence[Finding]]
) -> Iterator[OutlinedRow]:
    understood = {row.criterion: row for row in scoring.rows}
    for row in campaign.criteria:
        own = understood.get(row.id)
        words = own.words if own else "; ".join(_scoring(campaign, row))
        yield OutlinedRow(
            row,
            bool(campaign.children(row)),
            _units_of(campaign, row),
            words,
            own.unread if own and not own.computed else "",
            f"A{row.row}",
            tuple(findings.get(row.row, ())),
        )


def _scoring(campaign: Campaign, row: Criterion) -> Iterator[str]:
    if row.is_text:
        yield "diễn giải, không chấm"
    elif not campaign.is_leaf(row):
        if row.points is not Points.NORMAL and row.max_score is not None:
            yield f"nhiều nhất {figures.given(row.max_score)} điểm"
    elif not row.applies:
        yield "không áp dụng"
    elif row.method is not Method.SELF:
        yield f"theo kết quả {row.method.value}"
    elif campaign.is_left_to_reviewers(row):
        yield "người thẩm định ghi"
    else:
        yield "đơn vị tự chấm"


def _units_of(campaign: Campaign, row: Criterion) -> str:
    by_role: dict[Role, list[str]] = {}
    for assignment in campaign.assignments_of(row):
        by_role.setdefault(assignment.role, []).append(assignment.unit)
    told = [_named(by_role.pop(Role.LEAD, []), len(campaign.units))]
    told += [
        f"{role.value.lower()}: {_named(codes, len(campaign.units))}"
        for role, codes in by_role.items()
    ]
    if row.units_from:
        told.append(f"theo dòng {campaign.reference(campaign.criterion(row.units_from))}")
    return "; ".join(filter(None, told))


def _named(codes: Sequence[str], all_units: int) -> str:
    if len(codes) == all_units > _MOST_UNITS_NAMED:
        return f"tất cả {all_units} đơn vị"
    return some_of(codes, _MOST_UNITS_NAMED, "đơn vị")


# --- units ---


def _units(campaign: Campaign, findings: Mapping[int, Sequence[Finding]]) -> Iterator[OutlinedUnit]:
    for unit in campaign.units:
        roles = campaign.roles_of(unit)
        own = [role for leaf in campaign.leaves if (role := roles.get(leaf.id))]
        yield OutlinedUnit(
            unit,
            own.count(Role.LEAD),
            len(own) - own.count(Role.LEAD),
            tuple(findings.get(_row_of(unit.cell), ())),
        )
