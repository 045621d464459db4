"""A form that comes in beside those that its unit sent before: which counts, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from cchc_office.model import INSIDE, Returns, Unit, UnitReturn
from cchc_office.returns import gather_returns
from cchc_office.returns.copies import cells_apart
from cchc_office.steps.job import Job
from cchc_office.steps.opened import Opened


@dataclass(frozen=True)
class NewVersion:
    """A form in a new `file` of a `unit` that has another one.

    `counted` is the file that counts now, "" for none; `beside` the one that it is held against,
    from which it differs in so many `cells`.
    """

    unit: Unit
    file: str
    counted: str
    beside: str
    cells: int

    @property
    def words(self) -> str:
        """Which counts now and what differs, in a sentence."""
        if not self.cells:
            return f"giống hệt “{self.beside}” đã có của {self.unit.name}"
        apart = f"khác “{self.beside}” ở {self.cells} ô"
        if self.counted == self.file:
            return f"bản này {apart}, và nay được tính cho {self.unit.name} thay cho bản đó"
        if self.counted == self.beside:
            return f"bản này {apart}; được tính cho {self.unit.name} là “{self.beside}”"
        return f"bản này {apart}; chưa bản nào được tính cho {self.unit.name}"


def new_versions(opened: Opened, new: Set[str]) -> Iterator[NewVersion]:
    """Yield the forms in `new` files of the folder of returns of which there were others before.

    Where nothing is new, nothing is read.
    """
    if not new:
        return
    campaign, read = opened.campaign, Job(opened).read_again()
    earlier = [file for file in read if _outer(file.file) not in new]
    before, now = gather_returns(earlier, campaign), gather_returns(read, campaign)
    for form in (*now.returns, *now.others):
        if _outer(form.file) not in new:
            continue
        known, counted = _form(before, form.unit), _form(now, form.unit)
        is_counted = counted is not None and counted.file == form.file
        beside = known if is_counted or counted is None else counted
        if beside is None or beside.file == form.file:
            continue
        cells = cells_apart(form, beside)
        file = counted.file if counted else ""
        yield NewVersion(campaign.unit(form.unit), form.file, file, beside.file, cells)


def _form(returns: Returns, unit: str) -> UnitReturn | None:
    """Return the form of a unit that counts, else any."""
    return next((f for f in (*returns.returns, *returns.others) if f.unit == unit), None)


def _outer(file: str) -> str:
    return file.partition(INSIDE)[0]
