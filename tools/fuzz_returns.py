"""Feeds the reader of returned workbooks damaged ones: each has to be read or explained.

    uv run python tools/fuzz_returns.py [--count 100000] [--seed 1] [--workers 2]
        [--seconds LIMIT] [--keep DIR] [--allow-internal] [--kind tham-dinh]
    uv run python tools/fuzz_returns.py --case NUMBER
    uv run python tools/fuzz_returns.py --check

Filled score forms, reviewers' workbooks and supplementary forms of a small campaign (số liệu minh
họa) in every format that is sent are damaged in their bytes and in their structure. A case follows
from the seed, the kinds and its number alone. A failure is
an exception that escapes, a file of which nothing is said, more than 5 seconds, more than 512 MiB,
a process that dies, a deed outside the process (a file, a connection), anything printed. A finding
that quotes an exception is listed too: it explains nothing to a clerk. Exit status 1 for either,
unless --allow-internal is given for the latter. --keep saves the failing cases, --check does on
purpose everything that is a failure and tells whether it was noticed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fuzzing.cases import make_case
from fuzzing.misdeeds import MISDEEDS
from fuzzing.outcomes import Outcome, Verdict
from fuzzing.pool import Pool
from fuzzing.seeds import Seeds, make_seeds

from cchc_office.model import ReturnKind

_SLOWEST = 5
_NUMBERS_OF_A_KIND = 6
_PROGRESS_EVERY = 30


@dataclass
class Summary:
    """What became of the cases so far."""

    counts: Counter[tuple[str, str, Verdict]] = field(default_factory=Counter)
    failures: list[Outcome] = field(default_factory=list)
    internal: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    slowest: list[Outcome] = field(default_factory=list)
    largest: Outcome | None = None

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.format.value, outcome.mutation.value, outcome.verdict] += 1
        if outcome.verdict is Verdict.FAILURE:
            self.failures.append(outcome)
        for kind in outcome.internal:
            self.internal[kind.partition("  [")[0]].append(outcome.number)
            self.places.setdefault(kind.partition("  [")[0], kind.partition("  ")[2])
        ordered = sorted((*self.slowest, outcome), key=lambda o: -o.seconds)
        self.slowest = ordered[:_SLOWEST]
        if self.largest is None or outcome.mebibytes > self.largest.mebibytes:
            self.largest = outcome

    places: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many cases there were."""
        return self.counts.total()

    def lines(self, seconds: float) -> Iterator[str]:
        """Yield the summary in words and figures."""
        yield from self._table()
        yield from self._failures()
        yield ""
        yield "slowest:"
        for outcome in self.slowest:
            yield f"  {outcome.seconds:6.2f} s  {_described(outcome)}"
        if self.largest:
            yield f"most memory: {self.largest.mebibytes:.0f} MiB  {_described(self.largest)}"
        rate = self.total / seconds if seconds else 0
        yield f"{self.total} cases in {seconds:.0f} s, {rate:.0f} a second"

    def _table(self) -> Iterator[str]:
        yield f"{'format':<14}{'mutation':<16}" + "".join(f"{v.value:>11}" for v in Verdict)
        for format_, mutation in sorted({key[:2] for key in self.counts}):
            counts = [self.counts[format_, mutation, verdict] for verdict in Verdict]
            yield f"{format_:<14}{mutation:<16}" + "".join(f"{count:>11}" for count in counts)
        sums = [sum(n for key, n in self.counts.items() if key[2] is v) for v in Verdict]
        yield f"{'all':<30}" + "".join(f"{count:>11}" for count in sums)

    def _failures(self) -> Iterator[str]:
        kinds: dict[str, list[int]] = defaultdict(list)
        for outcome in self.failures:
            for why in outcome.failures:
                kinds[why].append(outcome.number)
        for title, found in (("failures:", kinds), ("told badly:", self.internal)):
            if found:
                yield ""
                yield title
            for kind, numbers in sorted(found.items(), key=lambda item: -len(item[1])):
                some = ", ".join(map(str, sorted(numbers)[:_NUMBERS_OF_A_KIND]))
                yield f"  {len(numbers):>6}  {kind} {self.places.get(kind, '')}: {some}"


def _described(outcome: Outcome) -> str:
    return f"case {outcome.number}, {outcome.format.value}, {outcome.mutation.value}"


def main() -> int:
    """Run the cases; return the exit status."""
    arguments = _arguments()
    seeds = make_seeds(tuple(map(ReturnKind, arguments.kind or [k.value for k in ReturnKind])))
    if arguments.check:
        return _check(seeds)
    if arguments.case is not None:
        return _one(arguments.case, arguments.seed, seeds, arguments.keep)
    summary = Summary()
    start = time.monotonic()
    told = start
    until = start + arguments.seconds if arguments.seconds else float("inf")
    with tempfile.TemporaryDirectory() as folder:
        pool = Pool(Path(folder), seeds, arguments.seed, arguments.workers, wordy=False)
        for outcome in pool.run(range(arguments.first, arguments.first + arguments.count), until):
            summary.add(outcome)
            if arguments.keep and outcome.verdict is Verdict.FAILURE:
                _keep(arguments.keep, outcome.number, arguments.seed, seeds)
            if time.monotonic() - told > _PROGRESS_EVERY:
                told = time.monotonic()
                failing = len(summary.failures)
                print(f"… {summary.total} cases, {failing} failures", file=sys.stderr, flush=True)
    print("\n".join(summary.lines(time.monotonic() - start)))
    if summary.failures or (summary.internal and not arguments.allow_internal):
        return 1
    return 0


def _one(number: int, seed: int, seeds: Seeds, folder: Path | None) -> int:
    case = make_case(number, seed, seeds)
    print(f"{case.name}: {case.format.value}, {case.mutation.value}, {len(case.content)} bytes")
    if folder:
        _keep(folder, number, seed, seeds)
    with tempfile.TemporaryDirectory() as name:
        pool = Pool(Path(name), seeds, seed, 1, wordy=True)
        (outcome,) = pool.run([number], float("inf"))
    print("\n".join(outcome.said))
    for told in (*outcome.failures, *outcome.internal):
        print(f"! {told}")
    print(f"{outcome.verdict.value}, {outcome.seconds:.2f} s, {outcome.mebibytes:.0f} MiB")
    return 1 if outcome.verdict is Verdict.FAILURE or outcome.internal else 0


def _check(seeds: Seeds) -> int:
    names = {-1 - place: name for place, name in enumerate(MISDEEDS)}
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        pool = Pool(Path(folder), seeds, 1, 2, wordy=False)
        for outcome in pool.run(names, float("inf")):
            name = names[outcome.number]
            _, told = MISDEEDS[name]
            noticed = any(why.startswith(told) for why in outcome.failures)
            missed += not noticed
            print(f"{name}: {'; '.join(outcome.failures)}{'' if noticed else '  NOT NOTICED'}")
    return 1 if missed else 0


def _keep(folder: Path, number: int, seed: int, seeds: Seeds) -> None:
    case = make_case(number, seed, seeds)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number}-{case.name}").write_bytes(case.content)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000, help="how many cases")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other cases")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seconds", type=float, help="begin no case after this time")
    parser.add_argument(
        "--kind",
        action="append",
        choices=[kind.value for kind in ReturnKind],
        help="damage only files of this kind; several are allowed",
    )
    parser.add_argument("--keep", type=Path, help="a folder to save failing cases in")
    parser.add_argument("--case", type=int, help="the number of one case to run")
    parser.add_argument("--check", action="store_true", help="do misdeeds: are they noticed?")
    parser.add_argument("--allow-internal", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
