"""The sheet of a marked copy that shows how assignments and rules were understood, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cchc_office.campaign.assignment import Groups
from cchc_office.campaign.layout import CRITERIA_SHEET, UNDERSTOOD_SHEET, UNITS_SHEET
from cchc_office.model import Assignment, Campaign, Criterion, Points, Role
from cchc_office.sheets.added_sheet import AddedColumn, AddedRow, AddedSheet
from cchc_office.steps.workbook_outline import OutlinedRow, workbook_outline
from cchc_office.text import figures
from cchc_office.text.shortening import some_of

_COLUMNS = (
    AddedColumn("STT", 9),
    AddedColumn("Lĩnh vực, tiêu chí", 46),
    AddedColumn("Điểm tối đa", 10),
    AddedColumn("Chủ trì", 26),
    AddedColumn("Phối hợp", 26),
    AddedColumn("Cách chấm, như chương trình hiểu", 46),
    AddedColumn("Hạn riêng", 13),
)
_MOST_UNITS = 60
_MOST_GROUPS = 40


def understood_sheet(campaign: Campaign, file: str) -> AddedSheet:
    """Return the sheet: groups with their units above, then each row of the criteria."""
    rows = workbook_outline(campaign).rows
    return AddedSheet(
        UNDERSTOOD_SHEET,
        (*_remarks(campaign, file), *_groups(campaign)),
        _COLUMNS,
        [_row(campaign, row) for row in rows],
    )


def _remarks(campaign: Campaign, file: str) -> Iterator[str]:
    yield (
        f"Chương trình hiểu trang {CRITERIA_SHEET} của {file} như dưới đây. Bấm vào STT để tới "
        "dòng. Trang này chỉ để xem; chỗ nào hiểu chưa đúng thì sửa trong tệp gốc."
    )
    most = figures.given(campaign.most_points(Points.NORMAL))
    yield f"{len(campaign.leaves)} dòng được chấm, {len(campaign.units)} đơn vị; tổng điểm {most}."


def _groups(campaign: Campaign) -> Iterator[str]:
    """Yield each group with the codes of its units."""
    parties = [party for party, _ in Groups(campaign.units).parties()]
    for party in parties[:_MOST_GROUPS]:
        yield f"Nhóm “{party.name}”: {_listed(party.members, campaign)}"
    if len(parties) > _MOST_GROUPS:
        more = len(parties) - _MOST_GROUPS
        yield f"Còn {more} nhóm nữa: xem cột Nhóm ở trang {UNITS_SHEET} của tệp gốc."


def _row(campaign: Campaign, row: OutlinedRow) -> AddedRow:
    criterion = row.criterion
    leads, supports = ("", "") if row.is_heading else _doers(campaign, criterion)
    texts = (
        criterion.code or "→",
        f"{'    ' * (criterion.level - 1)}{criterion.name}",
        _most(criterion),
        leads,
        supports,
        "" if row.is_heading and not row.scoring else _scoring(campaign, row),
        f"{criterion.deadline:%d/%m/%Y}" if criterion.deadline else criterion.deadline_words,
    )
    return AddedRow(texts, bold=row.is_heading, sheet=CRITERIA_SHEET, cell=row.cell)


def _most(criterion: Criterion) -> str:
    if criterion.max_score is None:
        return ""
    most = figures.given(criterion.max_score)
    kind = criterion.points
    return most if kind is Points.NORMAL else f"{kind.value.lower()} {most}"


def _doers(campaign: Campaign, leaf: Criterion) -> tuple[str, str]:
    """Return who leads and who supports; units without a part of their own, from which row."""
    shares = campaign.assignments_of(leaf)
    leads = [a for a in shares if a.role is Role.LEAD]
    supports = [a for a in shares if a.role is Role.SUPPORT]
    said = [_with_duties(leads, campaign)]
    if campaign.is_shared(leaf):
        said.append("mỗi đơn vị tự chấm")
    if leaf.units_from:
        said.append(f"theo dòng {campaign.reference(campaign.criterion(leaf.units_from))}")
    return "; ".join(filter(None, said)), _with_duties(supports, campaign)


def _with_duties(shares: Iterable[Assignment], campaign: Campaign) -> str:
    """Return units, those with the same words about them together."""
    by_duty: dict[str, list[str]] = {}
    for share in shares:
        by_duty.setdefault(share.duty, []).append(share.unit)
    return "; ".join(
        f"{_listed(units, campaign)} ({duty})" if duty else _listed(units, campaign)
        for duty, units in by_duty.items()
    )


def _listed(units: Iterable[str], campaign: Campaign) -> str:
    named = list(units)
    shown = some_of(named, _MOST_UNITS, "đơn vị")
    everybody = 1 < len(named) == len(campaign.units)
    return f"tất cả {len(named)} đơn vị: {shown}" if everybody else shown


def _scoring(campaign: Campaign, row: OutlinedRow) -> str:
    if not campaign.is_shared(row.criterion):
        return row.scoring
    together = campaign.way_of(row.criterion).value
    return f"{row.scoring.removesuffix('.')}; điểm của cơ quan: {together}"
