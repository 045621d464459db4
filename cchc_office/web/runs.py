"""Jobs that were started on the page: one at a time for a campaign, with progress and a stop."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from cchc_office.errors import CampaignError, CchcError, StoppedError, not_done, unforeseen

if TYPE_CHECKING:
    from cchc_office.catalogue.findings import Finding
    from cchc_office.steps.brought_back import JobResult
    from cchc_office.steps.opened import OnProgress

Work = Callable[["OnProgress"], "JobResult"]

_LONGEST_WAIT = 0.4
"""For how many seconds a page waits for a job before it shows progress instead of the result."""


class RunFate(Enum):
    """Where a run is."""

    RUNNING = "đang làm"
    DONE = "xong"
    STOPPED = "đã dừng"
    FAILED = "chưa làm được"


@dataclass
class Run:
    """One job, from its start on: `title` in words, `back` the page to go on from.

    `what`, `done` and `total` tell how far it is; `result` what it brought back, `error` and
    `findings` why it did not. One that `leads_on` goes there by itself once it is done. One that
    `goes_beside` others neither waits for them nor keeps them from beginning.
    """

    id: str
    campaign: str
    title: str
    back: str
    leads_on: bool = False
    goes_beside: bool = False
    fate: RunFate = RunFate.RUNNING
    what: str = ""
    done: int = 0
    total: int = 0
    result: JobResult | None = None
    error: str = ""
    findings: tuple[Finding, ...] = ()
    ended: threading.Event = field(default_factory=threading.Event, repr=False)
    stop_wanted: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.fate is RunFate.RUNNING

    @property
    def outcome(self) -> str:
        """Where it is, in words: of one that ended, how much of it was done."""
        if self.fate is RunFate.DONE and self.result:
            if not self.result.came_out:
                return RunFate.FAILED.value
            return self.fate.value if self.result.is_done else "xong một phần"
        return self.fate.value

    def tell(self, what: str, done: int, total: int) -> None:
        """Take how far the job is. Raises StoppedError where the clerk wants it to stop."""
        self.what, self.done, self.total = what, done, total
        if self.stop_wanted.is_set():
            raise StoppedError(f"Đã dừng theo yêu cầu: {what}, {done - 1}/{total} đã xong.")


class Runs:
    """The runs of a running page; what ended is kept as long as the page."""

    def __init__(self) -> None:
        """Begin with none."""
        self._runs: dict[str, Run] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def start(
        self,
        campaign: str,
        title: str,
        back: str,
        work: Work,
        *,
        leads_on: bool = False,
        goes_beside: bool = False,
    ) -> Run:
        """Start a job in a thread of its own.

        Raises CchcError where one is running, but for one that `goes_beside` others.
        """
        with self._lock:
            runs = (r for r in self._runs.values() if r.is_running and not r.goes_beside)
            other = next((run for run in runs if run.campaign == campaign), None)
            if other and not goes_beside:
                raise CchcError(f"Đang làm việc khác của đợt này: {other.title}. Đợi xong đã.")
            run = Run(str(next(self._numbers)), campaign, title, back, leads_on, goes_beside)
            self._runs[run.id] = run
        try:
            threading.Thread(target=_do, args=(run, work), daemon=True).start()
        except RuntimeError as error:
            run.fate = RunFate.FAILED
            run.ended.set()
            raise CchcError(
                f"Máy đang bận quá, chưa bắt đầu được: {title}. Đóng bớt chương trình rồi làm lại."
            ) from error
        run.ended.wait(_LONGEST_WAIT)
        return run

    def find(self, run: str) -> Run | None:
        """Return a run by its id."""
        return self._runs.get(run)

    def of(self, campaign: str) -> list[Run]:
        """Return the runs of a campaign, the last one first."""
        return [run for run in reversed(list(self._runs.values())) if run.campaign == campaign]

    def forget(self, campaign: str, *, but: Run) -> None:
        """Keep nothing of the runs of a campaign but one."""
        with self._lock:
            kept = [run for run in self._runs.values() if run is but or run.campaign != campaign]
            self._runs = {run.id: run for run in kept}

    def running(self, campaign: str = "") -> Run | None:
        """Return the run of a campaign, or any, that has not ended."""
        runs = (r for r in self._runs.values() if r.is_running)
        return next((r for r in runs if not campaign or r.campaign == campaign), None)

    def stop_all(self, patience: float) -> None:
        """Ask all to stop, and wait for them for so many seconds."""
        end = time.monotonic() + patience
        for run in list(self._runs.values()):
            run.stop_wanted.set()
            run.ended.wait(max(0.0, end - time.monotonic()))


def _do(run: Run, work: Work) -> None:
    try:
        run.result = work(run.tell)
        run.findings = run.result.findings
        run.fate = RunFate.DONE
    except StoppedError as error:
        run.error, run.fate = str(error), RunFate.STOPPED
    except CampaignError as error:
        run.error, run.findings, run.fate = str(error), error.findings, RunFate.FAILED
    except CchcError as error:
        run.error, run.fate = str(error), RunFate.FAILED
    except OSError as error:
        run.error, run.fate = not_done(error), RunFate.FAILED
    except Exception as error:
        run.error = (
            f"{unforeseen(error)} Những gì đã xong vẫn còn. Hãy gửi dòng này cho người phát triển."
        )
        run.fate = RunFate.FAILED
    finally:
        if run.is_running:  # what ends a thread is no Exception; no other job would begin
            run.error, run.fate = "Việc này bị ngắt giữa chừng.", RunFate.FAILED
        run.ended.set()
