"""How long the consolidated report of a province takes, and how much memory.

    uv run python benchmarks/report.py [UNITS]

UNITS (1,000) units that each score 110 leaves: the report as this package writes it, beside
openpyxl writing the same cells, formats and formulas from the same code, once with the whole
workbook in memory and once in its write-only mode. Each runs in a process of its own, one after the
other; the times are those of writing, after the same preparation.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Answer,
    Assignment,
    Assignments,
    Campaign,
    CampaignInfo,
    Consolidation,
    Criterion,
    LeafReturn,
    Returns,
    Role,
    Source,
    Unit,
    UnitReturn,
)
from cchc_office.papers.report import build_report
from cchc_office.results.consolidation import consolidate

FIELDS, CRITERIA = 10, 11
SAVED = dt.datetime(2024, 11, 25, 2, tzinfo=dt.UTC)
DAY = dt.date(2024, 12, 5)


def campaign_of(units: int) -> Campaign:
    """Return a campaign of 10 fields with 11 criteria each, all scored by every unit."""
    criteria: list[Criterion] = []
    for f in range(1, FIELDS + 1):
        field = Criterion(f"TC-{f}", f"{f}", f"Lĩnh vực số {f}", 1, "", 1)
        criteria.append(field)
        for c in range(1, CRITERIA + 1):
            name = f"Tiêu chí {f}.{c} với một tên dài như trong các bộ chỉ số thật của các tỉnh"
            row = Criterion(f"TC-{f}.{c}", f"{f}.{c}", name, 2, field.id, 1, Decimal(1))
            criteria.append(row)
    everybody = tuple(Unit(f"X{n:05}", f"Ủy ban nhân dân xã số {n}") for n in range(1, units + 1))
    assignments = Assignments(
        Assignment(c.id, unit.code, Role.LEAD, each=True)
        for c in criteria
        if c.level == 2
        for unit in everybody
    )
    info = CampaignInfo(
        2024, "Sở Nội vụ", "SNV", "/SNV-CCHC", "Tỉnh A", "BẢNG PHÂN CÔNG",
        deadline=dt.date(2024, 11, 30),
    )  # fmt: skip
    return Campaign("dot-cham.xlsx", info, everybody, tuple(criteria), assignments)


def returns_of(campaign: Campaign) -> Iterator[UnitReturn]:
    """Yield what each unit returned (số liệu minh họa): score, result, evidence of each leaf."""
    for number, unit in enumerate(campaign.units):
        file = f"{campaign.paper_name(unit)}.xlsx"
        leaves = []
        for place, leaf in enumerate(campaign.scored_by(unit)):
            score = Decimal((number * 7 + place * 13) % 101) / 100
            leaves.append(
                LeafReturn(
                    leaf.id,
                    unit.code,
                    Answer.SCORED,
                    Source(file, "Phiếu chấm", f"F{place + 8}"),
                    score,
                    str(score).replace(".", ","),
                    f"Đã thực hiện {(number + place) % 97} nhiệm vụ theo kế hoạch đã ban hành",
                    f"Báo cáo số {(number * 31 + place) % 997}/BC-UBND (số liệu minh họa)",
                )
            )
        yield UnitReturn(unit.code, file, tuple(leaves), (), SAVED)


def prepared(units: int) -> Consolidation:
    """Return the consolidation of a campaign in which every unit returned everything."""
    campaign = campaign_of(units)
    return consolidate(campaign, Returns(tuple(returns_of(campaign))), as_of=DAY)


def _ours(data: Consolidation, into: BinaryIO) -> None:
    into.write(build_report(data, DEFAULT_PROFILE, returns_path="../../nhan-ve"))


def _with_openpyxl(*, write_only: bool) -> Callable[[Consolidation, BinaryIO], None]:
    def write(data: Consolidation, into: BinaryIO) -> None:
        from openpyxl_twin import save_with_openpyxl

        save_with_openpyxl(data, into, write_only=write_only)

    return write


WAYS: dict[str, Callable[[Consolidation, BinaryIO], None]] = {
    "cchc": _ours,
    "openpyxl": _with_openpyxl(write_only=False),
    "openpyxl, write-only": _with_openpyxl(write_only=True),
}


def measure(way: str, units: int) -> None:
    """Prepare and write once; print what it took."""
    start = time.perf_counter()
    data = prepared(units)
    middle = time.perf_counter()
    with tempfile.TemporaryFile() as file:
        WAYS[way](data, file)
        size = file.seek(0, 2)
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"prepare": middle - start, "write": end - middle, "peak": peak, "size": size}
    print(json.dumps(found))


def in_a_process(way: str, units: int) -> dict[str, Any]:
    """Measure in a process of its own; print and return what it took."""
    command = [sys.executable, str(Path(__file__)), "--measure", way, str(units)]
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    found["whole"] = time.perf_counter() - start
    print(
        f"{way:<22}{units:>7} units  prepare {found['prepare']:6.1f} s"
        f"  write {found['write']:6.1f} s  whole process {found['whole']:6.1f} s"
        f"  peak {found['peak']:5.0f} MiB  file {found['size'] / 2**20:5.1f} MiB",
        flush=True,
    )
    return found


def main() -> None:
    """Measure all ways side by side."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
        return
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    found = {way: in_a_process(way, units) for way in WAYS}
    ours = found.pop("cchc")["write"]
    for way, other in found.items():
        print(f"{way} / cchc: {other['write'] / ours:.1f}")


if __name__ == "__main__":
    main()
