"""Worker processes with a watchdog: one that hangs is ended, one that dies is replaced."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from cchc_office.model import ReturnKind
from fuzzing.cases import make_case
from fuzzing.guards import last_words
from fuzzing.outcomes import MOST_SECONDS, Outcome, Verdict, kind_of_message
from fuzzing.seeds import Seeds
from fuzzing.worker import BEGUN, READY, Task, work

_GRACE = 0.5
_MOST_SECONDS_AROUND = 120.0
_LOOK_EVERY = 0.2


class _Hand:
    """A worker process as its watchdog sees it."""

    def __init__(
        self, folder: Path, seed: int, kinds: tuple[ReturnKind, ...], *, wordy: bool
    ) -> None:
        context = multiprocessing.get_context("spawn")
        folder.mkdir()
        self.folder = folder
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=work, args=(theirs, Task(folder, seed, kinds, wordy)), daemon=True
        )
        self.process.start()
        theirs.close()
        self.number: int | None = None
        self.is_reading = False
        self.is_done = False
        self.since = time.monotonic()

    def give(self, number: int | None) -> None:
        """Hand over the number of a case; None tells that there are no more."""
        self.number, self.is_reading, self.since = number, False, time.monotonic()
        self.connection.send(number)
        if number is None:
            self.process.join()
            self.connection.close()
            self.is_done = True

    def note(self, message: str) -> None:
        self.is_reading, self.since = message == BEGUN, time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.since

    @property
    def hangs(self) -> bool:
        return self.seconds > (MOST_SECONDS + _GRACE if self.is_reading else _MOST_SECONDS_AROUND)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Pool:
    """Hands out the numbers of cases and collects what became of them."""

    def __init__(self, folder: Path, seeds: Seeds, seed: int, workers: int, *, wordy: bool) -> None:
        self._folder = folder
        self._seeds = seeds
        self._seed = seed
        self._wordy = wordy
        self._started = 0
        self._hands = [self._start() for _ in range(workers)]

    def _start(self) -> _Hand:
        self._started += 1
        folder = self._folder / f"worker{self._started}"
        return _Hand(folder, self._seed, self._seeds.kinds, wordy=self._wordy)

    def run(self, numbers: Iterable[int], until: float) -> Iterator[Outcome]:
        """Yield outcomes as they come; from the time `until` on no more cases are begun."""
        waiting = iter(numbers)
        while self._hands:
            wait([hand.connection for hand in self._hands], _LOOK_EVERY)
            for place, hand in enumerate(tuple(self._hands)):
                message = self._message_from(hand)
                if isinstance(message, Outcome):
                    yield message
                    if message.worker_is_lost:
                        self._hands[place] = self._start()
                        continue
                elif message != READY:
                    continue
                number = next(waiting, None) if time.monotonic() < until else None
                hand.give(number)
            self._hands = [hand for hand in self._hands if not hand.is_done]

    def _message_from(self, hand: _Hand) -> Outcome | str:
        try:
            if not hand.connection.poll():
                return self._lost(hand, "hung") if hand.hangs else ""
            message: Outcome | str = hand.connection.recv()
        except (EOFError, OSError):
            hand.process.join()
            words = kind_of_message(last_words(hand.folder))
            return self._lost(hand, f"died with {hand.process.exitcode}: {words}")
        if isinstance(message, str):
            hand.note(message)
        return message

    def _lost(self, hand: _Hand, why: str) -> Outcome:
        seconds = hand.seconds
        hand.end()
        if hand.number is None:
            raise RuntimeError(f"a worker could not start: {why}")
        case = make_case(hand.number, self._seed, self._seeds)
        return Outcome(
            case.number, case.format, case.mutation, Verdict.FAILURE, seconds, failures=(why,),
            worker_is_lost=True,
        )  # fmt: skip
