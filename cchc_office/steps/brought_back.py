"""What jobs bring back: frozen values, short in a console, a table in a notebook."""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cchc_office.catalogue.findings import Finding, has_errors, need_a_person
from cchc_office.errors import CchcError
from cchc_office.files.output_folder import Fate, Outcome, Written
from cchc_office.model import (
    Campaign,
    Comparison,
    Consolidation,
    Evidence,
    Place,
    Returns,
    Unit,
)
from cchc_office.papers.kinds import title_of_folder
from cchc_office.results.bonus import bonus_in_words
from cchc_office.results.progress import Progress, RoundProgress
from cchc_office.results.ranking import rank_units, stand_apart, why_ranked_so
from cchc_office.results.shared_rows import total_in_words
from cchc_office.returns.copies import Copies, copies_of
from cchc_office.steps.tree_outline import TreeOutline, tree_outline

Row = tuple[object, ...]


def html_table(headings: Row, rows: Iterable[Row]) -> str:
    """Return a table of HTML; every text is shown as it stands."""

    def line(cells: Row, tag: str) -> str:
        return "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells)

    body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f"<table><thead><tr>{line(headings, 'th')}</tr></thead><tbody>{body}</tbody></table>"


class JobResult(ABC):
    """What there is to know of a job (`findings`), and how it ended."""

    @property
    @abstractmethod
    def findings(self) -> tuple[Finding, ...]:
        """What there is to know."""

    @property
    def came_out(self) -> bool:
        """Whether anything came of it."""
        return True

    @property
    def is_done(self) -> bool:
        """Whether all of it was done; where part is missing the findings tell why."""
        return self.came_out

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong (LỖI), so that what depends on it was not made."""
        return has_errors(self.findings)

    @property
    def needs_a_person(self) -> bool:
        """Whether a finding asks somebody to look."""
        return need_a_person(self.findings)

    @property
    def exit_status(self) -> int:
        """What the command ends with: 0 done, 1 done but a person has to look, 3 not done."""
        return int(self.needs_a_person) if self.came_out else CchcError.exit_status


@dataclass(frozen=True, kw_only=True, repr=False)
class BroughtBack(JobResult):
    """What every job brings back: the campaign, and what there is to know (`findings`).

    `outcomes` tell what was written, folder by folder.
    """

    campaign: Campaign
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def written(self) -> tuple[Written, ...]:
        """The files: the path of each, and whether it is new, changed, the same, or beside."""
        return tuple(written for outcome in self.outcomes for written in outcome.written)

    @property
    def words(self) -> str:
        """What came of it, in a few Vietnamese words."""
        return ""

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the rows of its own table in a notebook, if it has one."""
        yield from ()

    def __repr__(self) -> str:
        told = [self.campaign.id, self.words, f"{len(self.findings)} điều cần biết"]
        return f"<{type(self).__name__} {', '.join(filter(None, told))}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: its own table, then what asks for somebody's eyes."""
        own = tuple(self.rows())
        told = [f for f in self.findings if not own or need_a_person((f,))]
        notes = len(self.findings) - len(told)
        shown = html_table(own[0], own[1:]) if own else ""
        if told:
            rows = ((f.severity.value, f.place, f.sentence, f.advice) for f in told)
            shown += html_table(("Mức độ", "Chỗ", "Điều cần biết", "Cách xử lý"), rows)
        shown += f"<p>Và {notes} lưu ý: xem findings.</p>" if notes else ""
        caption = " · ".join(filter(None, (self.campaign.id, self.words)))
        return f"<p>{html.escape(caption)}</p>{shown}"


@dataclass(frozen=True, kw_only=True, repr=False)
class Checked(BroughtBack):
    """The campaign as it was understood; `templates` are those in use, and whether they are own."""

    templates: tuple[tuple[Path, bool], ...] = ()

    @property
    def came_out(self) -> bool:
        """Whether there are rows at all."""
        return bool(self.campaign.criteria)

    @property
    def tree(self) -> TreeOutline:
        """The tree of the criteria as it was understood."""
        return tree_outline(self.campaign)


@dataclass(frozen=True, kw_only=True, repr=False)
class FromReturns(BroughtBack):
    """What a job brings back that reads what came back.

    `returns` are that and `results` what it comes to, where the job reads them; `rounds` tells how
    far appraising is. `stopped` says what could not be looked at, so that the rest was left.
    """

    returns: Returns | None = None
    results: Consolidation | None = None
    rounds: tuple[RoundProgress, ...] = ()
    stopped: str = ""

    def copies_of(self, unit: Unit) -> Copies | None:
        """Return the forms of a unit side by side, None where there are not two."""
        return copies_of(self.campaign, self.returns, unit) if self.returns else None

    @cached_property
    def places(self) -> tuple[Place, ...] | None:
        """The places of units, None where they are not ranked."""
        results = self.results
        return rank_units(results) if results and results.campaign.ranks_units else None

    @property
    def stands_apart(self) -> bool:
        """Whether each unit scores the whole table for itself, and no score is one of all."""
        return stand_apart(self.campaign)

    @property
    def ranking_words(self) -> str:
        """By what units are ranked and why, "" where they are not."""
        places = self.places
        return why_ranked_so(self.results, places) if self.results and places else ""

    @property
    def total_words(self) -> str:
        """What the total is made of where several units score one row, "" where none does."""
        return total_in_words(self.results) if self.results else ""

    @property
    def bonus_words(self) -> str:
        """How bonus is counted in the result, "" where there is none in it."""
        return bonus_in_words(self.results) if self.results else ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Made(FromReturns):
    """The papers that were made, and what they were made from.

    `held_back` are the kinds of paper, by title, of which none or not all could be made.
    """

    evidence: Evidence | None = None
    held_back: tuple[str, ...] = ()

    @property
    def came_out(self) -> bool:
        """Whether anything came out, where errors were found."""
        tried = self.outcomes or self.stopped
        return bool(self.written) or not (tried and has_errors(self.findings))

    @property
    def is_done(self) -> bool:
        """Whether all papers came out."""
        return self.came_out and not (self.held_back or self.stopped)

    @property
    def words(self) -> str:
        """How many files there are, and what is missing."""
        lacking = f", chưa có {', '.join(self.held_back)}" if self.held_back else ""
        return f"{len(self.written)} tệp{lacking}"

    def by_folder(self) -> Iterator[tuple[str, str, str]]:
        """Yield of each folder how it is shown, what is in it, and how many files fared how."""
        for outcome in self.outcomes:
            counts = Counter(written.fate for written in outcome.written)
            parts = ", ".join(f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate])
            files = f"{_files(outcome.written)} ({parts})" if parts else "không có tệp nào"
            # PDFs lie beside what they were made of.
            folder = f"{outcome.folder}/" if outcome.folder else "cùng chỗ"
            what = title_of_folder(outcome.folder) if outcome.folder else "bản PDF để ký"
            yield folder, what, files

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the files."""
        yield "Thư mục", "Tệp", "Kết quả"
        for outcome in self.outcomes:
            for written in outcome.written:
                yield outcome.folder, written.path.name, written.fate.value


_WORDS_OF_ENDINGS = {
    ".docx": "văn bản Word",
    ".xlsx": "bảng Excel",
    ".pdf": "bản PDF",
    ".txt": "tin nhắn",
    ".eml": "thư",
}


def _files(written: Sequence[Written]) -> str:
    """Return how many files there are; of several kinds, how many of each."""
    kinds = Counter(_WORDS_OF_ENDINGS.get(one.path.suffix, "tệp khác") for one in written)
    if len(kinds) < 2:
        return f"{len(written)} tệp"
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items())


@dataclass(frozen=True, kw_only=True, repr=False)
class HowFar(FromReturns):
    """How far the campaign is (`found`), beside an earlier period where one was named.

    `about_earlier` are the findings that concern that. `found` is None where it could not be told.
    """

    found: Progress | None = None
    comparison: Comparison | None = None
    about_earlier: tuple[Finding, ...] = ()

    @property
    def came_out(self) -> bool:
        """Whether it can be told."""
        return self.found is not None

    @property
    def words(self) -> str:
        """How many rows are scored."""
        return f"đã chấm {self.found.total.done}/{self.found.total.total}" if self.found else ""

    def rows(self) -> Iterator[Row]:
        """Yield the headings and how far each unit is."""
        yield "Mã", "Đơn vị", "Đã chấm", "Phải chấm"
        for unit, share in self.found.units if self.found else ():
            yield unit.code, unit.name, share.done, share.total
