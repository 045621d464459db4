"""The tree of a campaign's criteria as it was understood: its levels, and what headings pass on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.campaign.numbering import numerals
from cchc_office.model import Campaign, Criterion, Method, Points
from cchc_office.text import figures

_MOST_STYLES = 3
_NO_CODE = "không có STT"


@dataclass(frozen=True)
class LevelOutline:
    """A level of the tree: 1 are fields. `codes` are samples of how its rows are numbered."""

    level: int
    rows: int
    codes: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the level is called."""
        return "Lĩnh vực" if self.level == 1 else f"Cấp {self.level}"


@dataclass(frozen=True)
class InheritedUnits:
    """A row whose units others have too, by its code, and how many leaves these are."""

    row: str
    units: tuple[str, ...]
    leaves: int


@dataclass(frozen=True)
class PointsCap:
    """The most that a heading for bonus or penalty gives or takes, by its code."""

    row: str
    points: Points
    most: Decimal


@dataclass(frozen=True)
class TreeOutline:
    """What `kiem-tra` tells of the tree; `texts` counts the rows that only explain others."""

    levels: tuple[LevelOutline, ...]
    inherited: tuple[InheritedUnits, ...]
    caps: tuple[PointsCap, ...]
    texts: int
    lines: tuple[str, ...]
    """The whole tree, a line a row, indented by level."""


def tree_outline(campaign: Campaign) -> TreeOutline:
    """Tell how the rows of a campaign were understood as a tree."""
    return TreeOutline(
        levels=tuple(_levels(campaign)),
        inherited=tuple(_inherited(campaign)),
        caps=tuple(_caps(campaign)),
        texts=sum(c.is_text for c in campaign.criteria),
        lines=tuple(_line(campaign, c) for c in campaign.criteria),
    )


def _levels(campaign: Campaign) -> Iterator[LevelOutline]:
    scored = [c for c in campaign.criteria if not c.is_text]
    depth = max((c.level for c in scored), default=0)
    for level in range(1, depth + 1):
        rows = [c for c in scored if c.level == level]
        yield LevelOutline(level, len(rows), tuple(_samples(rows)))


def _samples(rows: Sequence[Criterion]) -> Iterator[str]:
    """Yield for each style of numbering what its longest count under one heading goes over."""
    counts: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for row in rows:
        style = numerals(row.code)[0].style if numerals(row.code) else ()
        counts.setdefault(style, {}).setdefault(row.parent, []).append(row.code)
    shown = []
    for style, by_parent in counts.items():
        codes = max(by_parent.values(), key=len)
        first, last = codes[0], codes[-1]
        text = first if first == last else f"{first}–{last}"
        shown.append(text if style else _NO_CODE)
    unlike = list(dict.fromkeys(shown))
    yield from unlike[:_MOST_STYLES]
    if len(unlike) > _MOST_STYLES:
        yield "…"


def _inherited(campaign: Campaign) -> Iterator[InheritedUnits]:
    heads: dict[str, int] = {}
    for leaf in campaign.leaves:
        if leaf.units_from:
            heads[leaf.units_from] = heads.get(leaf.units_from, 0) + 1
    for head, leaves in heads.items():
        row = campaign.criterion(head)
        units = dict.fromkeys(a.unit for a in campaign.assignments_of(row))
        yield InheritedUnits(campaign.reference(row), tuple(units), leaves)


def _caps(campaign: Campaign) -> Iterator[PointsCap]:
    for row in campaign.criteria:
        is_capped = row.points is not Points.NORMAL and row.max_score is not None
        if is_capped and campaign.children(row):
            yield PointsCap(campaign.reference(row), row.points, row.max_score or Decimal(0))


def _line(campaign: Campaign, row: Criterion) -> str:
    told = "; ".join(_told(campaign, row))
    return f"{'    ' * (row.level - 1)}{row.label}" + (f" [{told}]" if told else "")


def _told(campaign: Campaign, row: Criterion) -> Iterator[str]:
    if row.is_text:
        yield "diễn giải"
        return
    if row.max_score is not None:
        most = figures.given(row.max_score)
        yield most if row.points is Points.NORMAL else f"{row.points.value.lower()} {most}"
    if campaign.is_leaf(row) and row.method is not Method.SELF:
        yield row.method.value
    leads = campaign.leads_of(row)
    if campaign.is_leaf(row) and leads:
        yield ", ".join(leads)
    if row.units_from and campaign.is_leaf(row):
        yield f"theo {campaign.reference(campaign.criterion(row.units_from))}"
