"""How long each step takes for a province: 150 units that each score 96 leaves.

    uv run python benchmarks/large_campaign.py [UNITS]

Every step is measured in this one run. Reading is held against a bare loop that only opens the same
files with calamine and takes their values, the floor of what reading them can cost.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineWorkbook

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Assignment, Campaign, CampaignInfo, Criterion, Role, Unit
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.report import build_report
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns

Made = TypeVar("Made")


def campaign_of(units: int) -> Campaign:
    """Return a campaign of 8 fields with 4 criteria of 3 sub-criteria, all scored by every unit."""
    criteria: list[Criterion] = []
    for f in range(1, 9):
        criteria.append(Criterion(f"TC-{f}", f"{f}", f"LĨNH VỰC {f}", 1, "", 1))
        for c in range(1, 5):
            above = f"{f}.{c}"
            criteria.append(_row(above, 2, f"TC-{f}", None))
            criteria += [_row(f"{above}.{s}", 3, f"TC-{above}", Decimal(1)) for s in range(1, 4)]
    everybody = tuple(Unit(f"P{n}", f"Phòng số {n}") for n in range(units))
    assignments = tuple(
        Assignment(c.id, unit.code, Role.LEAD, each=True)
        for c in criteria
        if c.level == 3
        for unit in everybody
    )
    info = CampaignInfo(2024, "Sở", "S", "/S-VP", "A", "BẢNG PHÂN CÔNG")
    return Campaign("dot-cham.xlsx", info, everybody, tuple(criteria), assignments)


def _row(code: str, level: int, parent: str, maximum: Decimal | None) -> Criterion:
    name = f"Tiêu chí {code} với một tên dài như trong các bộ chỉ số thật của các tỉnh"
    return Criterion(f"TC-{code}", code, name, level, parent, 1, maximum)


def timed(label: str, work: Callable[[], Made]) -> tuple[Made, float]:
    """Do `work`; print and return how long it took."""
    start = time.perf_counter()
    made = work()
    seconds = time.perf_counter() - start
    print(f"{label:<28}{seconds:8.2f} s")
    return made, seconds


def bare_loop(folder: Path) -> None:
    """Open every file and take its values, nothing more."""
    for path in folder.iterdir():
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def main() -> None:
    """Measure issuing, reading, consolidating and reporting."""
    campaign = campaign_of(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
    print(f"{len(campaign.units)} units, {len(campaign.leaves)} leaves each")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        forms, _ = timed(
            "issue forms",
            lambda: [build_form(campaign, unit, DEFAULT_PROFILE) for unit in campaign.units],
        )
        for unit, form in zip(campaign.units, forms, strict=True):
            (folder / f"{campaign.paper_name(unit)}.xlsx").write_bytes(form)
        returns, reading = timed(
            "read returns", lambda: gather_returns(read_returns(folder, campaign), campaign)
        )
        _, floor = timed("bare calamine loop", lambda: bare_loop(folder))
        day = dt.date(2024, 12, 5)
        data, _ = timed("consolidate", lambda: consolidate(campaign, returns, as_of=day))
        timed("write the report", lambda: build_report(data, DEFAULT_PROFILE))
    print(f"reading / bare loop: {reading / floor:.1f}")


if __name__ == "__main__":
    main()
