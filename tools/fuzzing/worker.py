"""A process that makes cases and reads them, one after the other, under guard."""

from __future__ import annotations

import faulthandler
import os
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from cchc_office.model import Campaign, ReadFile, ReturnKind
from cchc_office.returns import gather_returns, read_returns
from fuzzing.cases import Case, make_case
from fuzzing.guards import Deeds, PeakMemory, Printed, Raised, limit_memory
from fuzzing.misdeeds import misdeed
from fuzzing.outcomes import (
    MOST_MEBIBYTES,
    MOST_SECONDS,
    Outcome,
    failures_in,
    internal_in,
    kind_of_message,
    said_in,
    verdict_on,
)
from fuzzing.seeds import PASSWORD, make_seeds

READY, BEGUN, MEASURED = "ready", "begun", "measured"
_TRACED_KINDS = 40


@dataclass(frozen=True)
class Task:
    """What a worker is to do: its own folder, the run's seed and kinds, whether to say all."""

    folder: Path
    seed: int
    kinds: tuple[ReturnKind, ...]
    wordy: bool = False


def work(connection: Connection, task: Task) -> None:
    """Read the cases whose numbers come through `connection`, and send an outcome for each."""
    os.chdir(task.folder)
    sys.dont_write_bytecode = True
    faulthandler.enable()
    worker = _Worker(connection, task)
    connection.send(READY)
    while (number := connection.recv()) is not None:
        connection.send(worker.outcome(number))


class _Worker:
    def __init__(self, connection: Connection, task: Task) -> None:
        self._connection = connection
        self._task = task
        self._seeds = make_seeds(task.kinds)
        self._file = task.folder / "case"
        self._memory = PeakMemory()
        self._printed = Printed(task.folder)
        self._deeds = Deeds(task.folder)
        self._traced: set[str] = set()
        self._warm_up()
        limit_memory()

    def _warm_up(self) -> None:
        """Read a sound file of each format, so that no case pays for imports."""
        for seeds in self._seeds.by_format.values():
            for seed in seeds:
                self._file.write_bytes(seed.content)
                if not any(r.document for r in _read(self._file, self._seeds.campaign)):
                    message = f"a sound {seed.format.value} is not read"
                    raise RuntimeError(message)
        self._printed.new()

    def outcome(self, number: int) -> Outcome:
        case = make_case(number, self._task.seed, self._seeds)
        path = self._file.with_name(case.name)
        path.write_bytes(case.content)
        try:
            return self._read(case, path)
        finally:
            path.unlink()

    def _read(self, case: Case, path: Path) -> Outcome:
        results: list[ReadFile] = []
        failures: list[str] = []
        self._memory.start()
        self._connection.send(BEGUN)
        start = time.perf_counter()
        with self._deeds.watched(path) as deeds:
            try:
                results = self._results(case.number, path)
            except BaseException as error:
                failures.append(f"escaped: {kind_of_message(f'{type(error).__name__}: {error}')}")
        seconds = time.perf_counter() - start
        mebibytes = self._memory.peak()
        self._connection.send(MEASURED)
        output, errors = self._printed.new()
        failures += failures_in(results) if not failures else ()
        failures += deeds
        failures += [f"printed: {kind_of_message(output)}"] if output else []
        failures += [f"took {seconds:.1f} s"] if seconds > MOST_SECONDS else []
        failures += [f"held {mebibytes:.0f} MiB"] if mebibytes > MOST_MEBIBYTES else []
        internal = list(internal_in(results))
        internal += [f"stderr: {kind_of_message(errors)}"] if errors else []
        return Outcome(
            case.number, case.format, case.mutation, verdict_on(results, failures), seconds,
            mebibytes, tuple(failures), tuple(self._with_places(internal, path)),
            tuple(said_in(results)) if self._task.wordy else (),
        )  # fmt: skip

    def _results(self, number: int, path: Path) -> list[ReadFile]:
        return misdeed(number)() if number < 0 else _read(path, self._seeds.campaign)

    def _with_places(self, internal: list[str], path: Path) -> list[str]:
        """Add to kinds that are new where in the code they arise."""
        new = set(internal) - self._traced
        if not new or len(self._traced) > _TRACED_KINDS:
            return internal
        self._traced |= new
        raised = Raised()
        with raised.watched():
            _read(path, self._seeds.campaign)
        places = {kind_of_message(message): place for message, place in raised.places}
        self._printed.new()
        return [f"{kind}  [{places[kind]}]" if kind in places else kind for kind in internal]


def _read(path: Path, campaign: Campaign) -> list[ReadFile]:
    results = list(read_returns([path], campaign, passwords=("sai", PASSWORD)))
    gather_returns(results, campaign)
    return results
