"""How fast returned workbooks are read: cchc beside openpyxl, pandas and bare calamine.

    uv run --with pandas python benchmarks/returns.py [--count 1000] [--rows 110] [--runs 3]
    uv run python benchmarks/returns.py --growth

Each way reads the same filled score workbooks in a process of its own that is measured whole, from
its start to its end. The ways take turns; of the runs of each the fastest counts, and the most
memory that one held. The others only take the cells' values; cchc also finds whose each file is and
says of every leaf what was answered. What it read is held against what was written. Exit status 1
where a target is missed. `--growth` shows cchc alone with ever more workbooks, one a unit.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

# This process stays small and imports nothing of the project: on Linux the peak that is told of a
# child is never below that of the process that started it.

SCORE_SHEET = "Phiếu chấm"
GROWTH = (1_000, 3_000, 10_000)
LEAST_OVER_OPENPYXL = 7.0
MOST_OVER_CALAMINE = 2.0
MOST_MEBIBYTES = 100.0
_UNITS_PER_MEBIBYTE = 1024 * 1024 if sys.platform == "darwin" else 1024

Told = dict[str, int]


# --- the ways; each returns what it counted ---


def with_openpyxl(paths: list[Path], _: int) -> Told:
    """Loop over the rows of every sheet, as openpyxl's documentation advises for speed."""
    import openpyxl

    rows = 0
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows += sum(1 for _ in sheet.iter_rows(values_only=True))
        book.close()
    return {"rows": rows}


def with_pandas_openpyxl(paths: list[Path], _: int) -> Told:
    """Read every sheet into a frame, by pandas' usual engine."""
    return _with_pandas(paths, "openpyxl")


def with_pandas_calamine(paths: list[Path], _: int) -> Told:
    """Read every sheet into a frame, by pandas' fastest engine."""
    return _with_pandas(paths, "calamine")


def _with_pandas(paths: list[Path], engine: str) -> Told:
    pandas = importlib.import_module("pandas")
    rows = 0
    for path in paths:
        frames = pandas.read_excel(path, sheet_name=None, header=None, engine=engine)
        rows += sum(len(frame) for frame in frames.values())
    return {"rows": rows}


def with_calamine(paths: list[Path], _: int) -> Told:
    """Take the values of every sheet: the least that reading them can cost."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            rows += len(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return {"rows": rows}


def with_calamine_one_sheet(paths: list[Path], _: int) -> Told:
    """Take the values of the score sheet only."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in paths:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(SCORE_SHEET)
        rows += len(sheet.to_python(skip_empty_area=False))
    return {"rows": rows}


def with_cchc(paths: list[Path], leaves: int) -> Told:
    """Read the returns of a campaign one by one, holding none."""
    from returned_workbooks import campaign_of

    from cchc_office import read_returns

    campaign = campaign_of(len(paths), leaves)
    read = scored = 0
    for result in read_returns(paths, campaign):
        if result.returned:
            read += 1
            scored += sum(leaf.score is not None for leaf in result.returned.leaves)
    return {"files": read, "scored": scored}


def with_campaign_alone(paths: list[Path], leaves: int) -> Told:
    """Make the campaign, ask for the rows of every unit as reading does, and read nothing."""
    from returned_workbooks import campaign_of

    from cchc_office import read_returns  # noqa: F401 - what it loads is part of the figure

    campaign = campaign_of(len(paths), leaves)
    return {"rows": sum(len(campaign.assigned_to(unit)) for unit in campaign.units)}


CCHC, OPENPYXL, CALAMINE = "cchc", "openpyxl", "calamine"
ONE_SHEET, CAMPAIGN = "calamine-one-sheet", "campaign"
WAYS: dict[str, tuple[str, Callable[[list[Path], int], Told]]] = {
    OPENPYXL: ("openpyxl read_only", with_openpyxl),
    "pandas-openpyxl": ("pandas, openpyxl", with_pandas_openpyxl),
    "pandas-calamine": ("pandas, calamine", with_pandas_calamine),
    CALAMINE: ("bare calamine", with_calamine),
    ONE_SHEET: ("bare calamine, score sheet", with_calamine_one_sheet),
    CCHC: ("cchc", with_cchc),
    CAMPAIGN: ("campaign alone", with_campaign_alone),
}


# --- measuring ---


@dataclass(frozen=True)
class Measured:
    """A process: seconds from start to end, the most mebibytes it held, what it counted."""

    seconds: float
    mebibytes: float
    told: Told


def measured(*arguments: str | Path | int) -> Measured:
    """Run this script anew with the arguments given; stop where it fails."""
    command = [sys.executable, __file__, *map(str, arguments)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdout  # noqa: S101 - asked for above
    with process.stdout:
        output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command[2:])} ended with {process.returncode}")
    return Measured(seconds, usage.ru_maxrss / _UNITS_PER_MEBIBYTE, json.loads(output))


def best_of(runs: list[Measured]) -> Measured:
    """Return the fastest run, with the most memory that any held."""
    fastest = min(runs, key=lambda run: run.seconds)
    return Measured(fastest.seconds, max(run.mebibytes for run in runs), fastest.told)


def read_by(way: str, folder: Path, count: int, rows: int) -> Measured:
    """Let one way read the first `count` workbooks of `folder`, in a process of its own."""
    return measured("--only", way, folder, "--count", count, "--rows", rows)


def make_workbooks(folder: Path, count: int, rows: int) -> int:
    """Write the workbooks in a process of its own; return how many leaves have a score."""
    made = measured("--make", folder, "--count", count, "--rows", rows)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(
        f"{count} workbooks of {rows} leaves made in {made.seconds:.0f} s: "
        f"{size / 1024 / 1024:.0f} MiB, {size / count / 1024:.0f} KiB each",
        flush=True,
    )
    return made.told["scored"]


# --- the comparison ---


def compare(folder: Path, count: int, rows: int, runs: int) -> bool:
    """Print the time and memory of each way; tell whether the targets are met."""
    expected = {"files": count, "scored": make_workbooks(folder, count, rows)}
    ways = [way for way in WAYS if way != CAMPAIGN]
    if not importlib.util.find_spec("pandas"):
        print("pandas is left out: run with `uv run --with pandas`.")
        ways = [way for way in ways if not way.startswith("pandas")]
    rounds = [{way: read_by(way, folder, count, rows) for way in ways} for _ in range(runs)]
    best = {way: best_of([one[way] for one in rounds]) for way in ways}
    _check(best, expected)
    print(f"{_versions(ways)}; whole processes, best of {runs}")
    _print_table(best, count)
    return _print_targets(best)


def _check(best: dict[str, Measured], expected: Told) -> None:
    """Stop where speed came from not reading."""
    if best[CCHC].told != expected:
        sys.exit(f"cchc read {best[CCHC].told}, written were {expected}")
    every_sheet = {w: m.told["rows"] for w, m in best.items() if w not in (CCHC, ONE_SHEET)}
    print(f"cchc read all {expected['files']} files and {expected['scored']} scored leaves")
    print(f"rows seen: {', '.join(f'{way} {rows}' for way, rows in every_sheet.items())}")


def _versions(ways: list[str]) -> str:
    libraries = ["openpyxl", "python-calamine"]
    if any(way.startswith("pandas") for way in ways):
        libraries.append("pandas")
    found = [f"{library} {version(library)}" for library in libraries]
    return ", ".join([f"Python {sys.version.split()[0]}", *found])


def _print_table(best: dict[str, Measured], count: int) -> None:
    heads = ("s", "ms each", "/ cchc", "/ calamine", "peak MiB")
    print(f"{'':<28}{''.join(f'{head:>12}' for head in heads)}")
    for way, one in best.items():
        figures = (
            f"{one.seconds:.2f}",
            f"{1000 * one.seconds / count:.2f}",
            f"{one.seconds / best[CCHC].seconds:.2f}",
            f"{one.seconds / best[CALAMINE].seconds:.2f}",
            f"{one.mebibytes:.1f}",
        )
        print(f"{WAYS[way][0]:<28}{''.join(f'{figure:>12}' for figure in figures)}")


def _print_targets(best: dict[str, Measured]) -> bool:
    cchc = best[CCHC]
    over_openpyxl = best[OPENPYXL].seconds / cchc.seconds
    over_calamine = cchc.seconds / best[CALAMINE].seconds
    targets = (
        (
            f"at least {LEAST_OVER_OPENPYXL:g} times as fast as openpyxl read_only",
            f"{over_openpyxl:.2f}",
            over_openpyxl >= LEAST_OVER_OPENPYXL,
        ),
        (
            f"at most {MOST_OVER_CALAMINE:g} times bare calamine",
            f"{over_calamine:.2f}",
            over_calamine <= MOST_OVER_CALAMINE,
        ),
        (
            f"under {MOST_MEBIBYTES:g} MiB",
            f"{cchc.mebibytes:.1f}",
            cchc.mebibytes < MOST_MEBIBYTES,
        ),
    )
    shown = (f"{what}: {figure}, {'met' if met else 'MISSED'}" for what, figure, met in targets)
    print(f"targets of cchc: {'; '.join(shown)}")
    return all(met for _, _, met in targets)


def show_growth(folder: Path, rows: int) -> None:
    """Print time and memory for ever more workbooks, and what the campaign alone takes of both."""
    make_workbooks(folder, max(GROWTH), rows)
    print("best of 1, whole processes; the campaign grows too: a unit for each workbook")
    heads = ("s", "ms each", "peak MiB", "campaign s", "campaign MiB", "reading MiB")
    print(f"{'workbooks':>10}{''.join(f'{head:>14}' for head in heads)}")
    for count in GROWTH:
        one, campaign = (read_by(way, folder, count, rows) for way in (CCHC, CAMPAIGN))
        if one.told["files"] != count:
            sys.exit(f"cchc read {one.told['files']} of {count} files")
        figures = (
            f"{one.seconds:.2f}",
            f"{1000 * one.seconds / count:.2f}",
            f"{one.mebibytes:.1f}",
            f"{campaign.seconds:.2f}",
            f"{campaign.mebibytes:.1f}",
            f"{one.mebibytes - campaign.mebibytes:.1f}",
        )
        print(f"{count:>10}{''.join(f'{figure:>14}' for figure in figures)}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=1_000, help="workbooks, one a unit")
    parser.add_argument("--rows", type=int, default=110, help="leaves that every unit scores")
    parser.add_argument("--runs", type=int, default=3, help="how often each way reads them all")
    parser.add_argument("--growth", action="store_true", help="cchc with ever more workbooks")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("folder", type=Path, nargs="?", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Do what the command line asks for."""
    given = _arguments()
    if given.make:
        from returned_workbooks import write_workbooks

        print(json.dumps({"scored": write_workbooks(given.make, given.count, given.rows)}))
        return
    if given.only:
        paths = sorted(given.folder.iterdir())[: given.count]
        print(json.dumps(WAYS[given.only][1](paths, given.rows)))
        return
    with tempfile.TemporaryDirectory() as name:
        if given.growth:
            show_growth(Path(name), given.rows)
        elif not compare(Path(name), given.count, given.rows, given.runs):
            sys.exit(1)


if __name__ == "__main__":
    main()
