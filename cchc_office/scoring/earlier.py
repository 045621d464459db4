"""Against an earlier report: last year's, or an earlier period's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

from cchc_office.findings import Finding
from cchc_office.model import Consolidation, Criterion


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of an earlier report: what it was called, its maximum, what was achieved in the end."""

    code: str
    name: str
    max_score: Decimal | None
    applicable_max: Decimal | None
    score: Decimal | None


@dataclass(frozen=True)
class EarlierReport:
    """An earlier consolidated workbook as it was read; `title` tells which one it is."""

    file: str
    title: str
    rows: tuple[EarlierRow, ...]
    findings: tuple[Finding, ...] = ()


class Change(Enum):
    """How a row of this campaign stands to the earlier set."""

    SAME = ""
    NEW = "Mới"
    GONE = "Không còn"
    RENUMBERED = "Đổi số"
    RENAMED = "Đổi tên"
    MAXIMUM = "Đổi điểm tối đa"


@dataclass(frozen=True)
class ComparedRow:
    """A row of now (None: gone) beside its like of then (None: new)."""

    now: Criterion | None
    then: EarlierRow | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """The rows of a campaign beside those of an earlier report, in the order of the table."""

    earlier: EarlierReport
    rows: tuple[ComparedRow, ...]


def read_earlier(path: Path) -> EarlierReport:
    """Read an earlier tong-hop.xlsx by its headings; never raises for what is in it."""
    raise NotImplementedError


def compare(data: Consolidation, earlier: EarlierReport) -> Comparison:
    """Match rows by code and name, then by name, then by code."""
    raise NotImplementedError
