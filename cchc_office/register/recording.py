"""Recording what a command made and read, and what a person says was handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.errors import UsageError
from cchc_office.files.folders import label, list_folder
from cchc_office.files.output_folder import Fate, Outcome, OutputFolder, Written, digest_of
from cchc_office.model import INSIDE, MOST_ROUNDS, Campaign, Returns, Unit
from cchc_office.papers import kinds
from cchc_office.papers.kinds import (
    DISPATCH,
    EXPLANATION,
    MESSAGE,
    REMINDER,
    PaperKind,
    letters,
    whose_paper,
)
from cchc_office.papers.planning import answer_by, digest_of_value
from cchc_office.register import (
    Handover,
    MadePaper,
    ReadReturn,
    Register,
    ToldMaximum,
    open_if_writable,
)
from cchc_office.register.history import History
from cchc_office.results.progress import Completion, completion_of
from cchc_office.text.command_line import advised


def record_work(
    folder: Path,
    campaign: Campaign,
    outcomes: Iterable[Outcome],
    returns: tuple[Returns, Path] | None,
    output: OutputFolder,
    now: dt.datetime,
    recorded: dt.datetime | None = None,
) -> tuple[Finding, ...]:
    """Record in the register of the campaign's `folder` the papers made and the returns read.

    Where `now` is of a day that a person gave, `recorded` is the time all the same. `returns` are
    what was read and the folder it was read from. Where the register cannot be written the work
    stands all the same, and the finding says so.
    """
    register, findings = open_if_writable(folder, campaign.id, output.path / MESSAGE.folder)
    if register is None:
        return findings
    with register:
        made = tuple(outcomes)
        register.record_papers(made_papers(campaign, made, output, now, recorded))
        if any(outcome.written for outcome in made):
            register.record_output(output.path)
        if returns:
            read, where = returns
            register.record_returns(read_returns_of(read, campaign, where, now, recorded))
    return findings


def made_papers(
    campaign: Campaign,
    outcomes: Iterable[Outcome],
    output: OutputFolder,
    now: dt.datetime,
    recorded: dt.datetime | None = None,
    *,
    is_made_now: bool = True,
) -> Iterator[MadePaper]:
    """Yield the papers among what was written that are one unit's own.

    What was made some other time may tell other maxima than there are now.
    """
    units = {campaign.paper_name(unit): unit for unit in campaign.units}
    for outcome in outcomes:
        for written in outcome.written:
            name = written.path.relative_to(output.path).as_posix()
            if known := whose_paper(name, units):
                kind, unit, number = known
                digest = digest_of(written.path.read_bytes())
                day = answer_by(output.made_from(digest))
                maxima = told_maxima(campaign, unit) if is_made_now and kind is DISPATCH else ()
                yield MadePaper(kind, unit.code, name, digest, now, number, day, recorded, maxima)


def told_maxima(campaign: Campaign, unit: Unit) -> tuple[ToldMaximum, ...]:
    """Return the maxima of a unit's rows with points, as its papers of now tell them."""
    return tuple(
        ToldMaximum(row.id, digest_of_value(row.name)[:12], str(row.max_score))
        for row in campaign.assigned_to(unit)
        if campaign.is_leaf(row) and row.max_score is not None
    )


def papers_there(campaign: Campaign, output: OutputFolder) -> Iterator[MadePaper]:
    """Yield the papers that lie in the output folder, each as made when it was last written."""
    for folder in dict.fromkeys(kind.folder for kind in kinds.PAPERS):
        for path in sorted((output.path / folder).glob("*")):
            if path.suffix in (".docx", ".xlsx") and path.is_file():
                when = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
                there = Outcome(folder, (Written(path, Fate.SAME),))
                yield from made_papers(campaign, (there,), output, when, is_made_now=False)


def read_returns_of(
    returns: Returns,
    campaign: Campaign,
    folder: Path,
    now: dt.datetime,
    recorded: dt.datetime | None = None,
) -> Iterator[ReadReturn]:
    """Yield the returns of units among what was read from `folder`, as the register keeps them."""
    paths = {label(path.relative_to(folder)): path for path in list_folder(folder).files}
    counted = {found.file: found for found in returns.returns}
    for file in returns.files:
        path = paths.get(file.file.partition(INSIDE)[0])
        if not file.unit or path is None:
            continue
        found = counted.get(file.file)
        done = completion_of(campaign, found) if found else Completion(0, 0)
        yield ReadReturn(
            file.unit,
            file.file,
            digest_of(path.read_bytes()),
            now,
            found.saved if found else None,
            done.done,
            done.total,
            file.counted,
            recorded,
        )


@dataclass(frozen=True)
class ToldHandover:
    """What a person tells: what was handed over, how, on which day, for the how-manieth time.

    `number` is None where it was not said.
    """

    kind: PaperKind
    way: str
    day: dt.date
    number: int | None = None


def check_told(told: ToldHandover, campaign: Campaign, today: dt.date) -> None:
    """Raise UsageError for what can be true of no unit."""
    if not told.way:
        raise UsageError("Cách giao (--cach) cần nói rõ, ví dụ “bản giấy, ông A nhận”.")
    check_day("Ngày giao", told.day, campaign, today)
    if told.number and not told.kind.most:
        numbered = " hoặc ".join(f"“{letter.folder}”" for letter in letters() if letter.most)
        raise UsageError(f"Lần thứ mấy (--lan) chỉ dùng với loại {numbered}.")
    if told.number and told.kind is EXPLANATION and told.number > MOST_ROUNDS:
        raise UsageError(f"Chỉ có thẩm định lần 1 đến lần {MOST_ROUNDS}.")


def check_day(what: str, day: dt.date, campaign: Campaign, today: dt.date) -> None:
    """Raise UsageError for a day on which nothing can have happened: a year was mistyped."""
    year = campaign.info.year
    if day > today:
        raise UsageError(f"{what} {day:%d/%m/%Y} chưa đến.")
    if day < dt.date(year - 1, 1, 1):
        raise UsageError(
            f"{what} {day:%d/%m/%Y} quá xa đợt chấm năm {year}; viết ngày như 05/12/{year}."
        )


def handovers_of(
    told: ToldHandover, units: Sequence[Unit], register: Register, now: dt.datetime
) -> list[Handover]:
    """Return what is to be recorded of each unit.

    Raises UsageError where it is recorded already, or where nobody can tell which reminder it was:
    nothing is recorded of any unit then.
    """
    history = History.of(register)
    return [_handover(told, unit, history, register, now) for unit in units]


def _handover(
    told: ToldHandover, unit: Unit, history: History, register: Register, now: dt.datetime
) -> Handover:
    number = told.number or _number(told, unit, history, register)
    for before in history.handovers_of((unit.code, told.kind, number)):
        if (before.day, before.way.casefold()) == (told.day, told.way.casefold()):
            raise UsageError(
                f"Sổ đã có: {unit.code}, {told.kind.numbered(number)}, "
                f"ngày {told.day:%d/%m/%Y}: {before.way}. Không ghi thêm. Ghi nhầm thì gạch bỏ: "
                f"{advised('so xoa')}."
            )
    return Handover(unit.code, told.kind, told.way, told.day, now, number)


def _number(told: ToldHandover, unit: Unit, history: History, register: Register) -> int:
    """Return which reminder, or which round's request to explain, was handed over."""
    if not told.kind.most:
        return 0
    if told.kind is REMINDER:
        return _reminder(told, unit, history)
    made = register.papers()
    rounds = [p.reminder for p in made if p.unit == unit.code and p.kind is told.kind]
    return max(rounds, default=1)


def _reminder(told: ToldHandover, unit: Unit, history: History) -> int:
    before = history.reminded().get(unit.code)
    if before is None:
        return 1
    if told.day <= before.last:
        raise UsageError(
            f"{unit.code} đã được đôn đốc lần {before.number} ngày {before.last:%d/%m/%Y}, nên "
            f"không rõ việc giao ngày {told.day:%d/%m/%Y} là lần mấy. Thêm --lan {before.number} "
            "nếu vẫn là lần đó, giao thêm cách khác; thêm --lan với số khác nếu là lần khác."
        )
    return before.next_number
