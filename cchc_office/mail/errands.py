"""Errands: which papers each unit should be sent now, and what they would be if made now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path, PurePosixPath

from cchc_office.decree30.figures import Profile
from cchc_office.files.folders import list_folder
from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign, Consolidation, Returns, Unit, UnitResult
from cchc_office.papers.appraisal.supplement import build_supplement
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.dispatch import build_dispatch
from cchc_office.papers.explanation_request import build_explanation_request
from cchc_office.papers.form.writer import build_form
from cchc_office.papers.kinds import (
    DISPATCH,
    EXPLANATION,
    FORM,
    REMINDER,
    SUPPLEMENT,
    TABLE,
    PaperKind,
)
from cchc_office.papers.reminder import build_reminder
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.template_figures import with_figures
from cchc_office.papers.templates import find_template
from cchc_office.register import MadePaper, digest_of
from cchc_office.results.appraisal_rows import asked_of_units
from cchc_office.results.consolidation import consolidate
from cchc_office.text.vietnamese import VIETNAM
from cchc_office.word.reading import UnreadableDocumentError, read_word
from cchc_office.word.templates import DocumentTemplate

_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")


@dataclass(frozen=True)
class WantedPaper:
    """A paper that a unit should be sent: `file` is its place below the output folder.

    `current` holds the digests of what it would be if it were made now.
    """

    kind: PaperKind
    file: str
    current: frozenset[str]


@dataclass(frozen=True)
class Errand:
    """A unit, and the papers of one kind that it should be sent; the letter comes first.

    `reminder` is the number of the reminder, or of the round that is to be explained; 0 for tasks.
    """

    unit: Unit
    kind: PaperKind
    papers: tuple[WantedPaper, ...]
    reminder: int = 0


@dataclass(frozen=True)
class Office:
    """What letters are made with: the office's own templates, if any, and its figures."""

    own_templates: Path | None
    profile: Profile

    def template(self, kind: PaperKind) -> DocumentTemplate:
        """Return a template ready to fill. Raises TemplateProblemError where it cannot be used."""
        source = find_template(kind.template, self.own_templates, templates_folder()).path
        return DocumentTemplate(source, lambda content: with_figures(content, self.profile))


def task_errands(campaign: Campaign, office: Office) -> Iterator[Errand]:
    """Yield each unit with a part in anything: its task dispatch and its score workbook.

    The assignment table goes along where the dispatch says that it does, as an appendix.

    Raises TemplateProblemError where the template cannot be used.
    """
    template = office.template(DISPATCH)
    table = _table(campaign, office)
    for unit in campaign.units:
        if not campaign.assigned_to(unit):
            continue
        letter = WantedPaper(
            DISPATCH,
            DISPATCH.file_of(campaign, unit),
            _digests(build_dispatch(campaign, unit, template, office.profile)),
        )
        yield Errand(unit, DISPATCH, (letter, *table, *_form(campaign, unit, office)))


@dataclass(frozen=True)
class Past:
    """Today, and what the register knows of papers that were made.

    Letters say on which day they were made, or how long ago the deadline was: one made earlier is
    current as long as nothing but the day would be different now.
    """

    today: dt.date
    made: tuple[MadePaper, ...] = ()

    @cached_property
    def _days(self) -> dict[str, set[dt.date]]:
        days: dict[str, set[dt.date]] = {}
        for paper in self.made:
            days.setdefault(paper.file, set()).add(paper.made.astimezone(VIETNAM).date())
        return days

    def days(self, file: str) -> set[dt.date]:
        """Return today, and the days on which this paper was made."""
        return {self.today} | self._days.get(file, set())


def reminder_errands(
    data: Consolidation,
    returns: Returns,
    owing: Iterable[UnitResult],
    numbers: Mapping[str, int],
    past: Past,
    office: Office,
) -> Iterator[Errand]:
    """Yield each of the units that owe something: its reminder, and the form if none came.

    `numbers` are those of the reminders, by the units' codes. Raises TemplateProblemError where
    the template cannot be used.
    """
    campaign = data.campaign
    template = office.template(REMINDER)
    as_of = _days_of(campaign, returns)
    for result in owing:
        unit, number = result.unit, numbers[result.unit.code]
        file = REMINDER.file_of(campaign, unit, number)
        current = set()
        for day in past.days(file):
            then = next(r for r in as_of(day).units if r.unit.code == unit.code)
            content = build_reminder(as_of(day), then, template, office.profile, time=number)
            current.add(digest_of(content))
        letter = WantedPaper(REMINDER, file, frozenset(current))
        form = () if result.returned else _form(campaign, unit, office)
        yield Errand(unit, REMINDER, (letter, *form), number)


def explanation_errands(
    data: Consolidation,
    returns: Returns,
    number: int,
    deadlines: Iterable[dt.date | None],
    past: Past,
    office: Office,
) -> Iterator[Errand]:
    """Yield each unit that is to explain what a round of appraisal said: the letter and its form.

    Papers that give any of the `deadlines` are current. Raises TemplateProblemError where the
    template cannot be used.
    """
    campaign = data.campaign
    template = office.template(EXPLANATION)
    given = tuple(dict.fromkeys(deadlines))
    as_of = _days_of(campaign, returns)
    for code, asked in asked_of_units(data, number).items():
        unit = campaign.unit(code)
        letter, form = (k.file_of(campaign, unit, number) for k in (EXPLANATION, SUPPLEMENT))
        current, forms = set(), set()
        for day, deadline in product(past.days(letter), given):
            then = asked_of_units(as_of(day), number).get(code, ())
            content = build_explanation_request(
                campaign,
                unit,
                [one.question for one in then],
                template,
                office.profile,
                as_of=day,
                deadline=deadline,
                form=PurePosixPath(form).name,
            )
            current.add(digest_of(content))
        for deadline in given:
            content = build_supplement(campaign, unit, asked, number, office.profile, deadline)
            forms.add(digest_of(content))
        papers = (
            WantedPaper(EXPLANATION, letter, frozenset(current)),
            WantedPaper(SUPPLEMENT, form, frozenset(forms)),
        )
        yield Errand(unit, EXPLANATION, papers, number)


def days_in_letters(folder: Path) -> Iterator[dt.date]:
    """Yield the whole days that letters in a folder name in words; what is no letter has none.

    Raises NotSeenError where the folder cannot be read.
    """
    letters = (p for p in list_folder(folder, below=False).whole() if p.suffix == ".docx")
    for path in letters:
        try:
            document = read_word(path.read_bytes())
        except (OSError, UnreadableDocumentError):
            continue
        for paragraph in document.paragraphs:
            for day, month, year in _DAY.findall(paragraph.text):
                with suppress(ValueError):
                    yield dt.date(int(year), int(month), int(day))


def _days_of(campaign: Campaign, returns: Returns) -> Callable[[dt.date], Consolidation]:
    """Return what puts the returns together as of a day, once for each."""
    return cache(lambda day: consolidate(campaign, returns, as_of=day))


def _table(campaign: Campaign, office: Office) -> tuple[WantedPaper, ...]:
    if not campaign.info.appendix_label:
        return ()
    content = render_docx(assignment_table(campaign, office.profile), office.profile)
    return (WantedPaper(TABLE, TABLE.file_of(campaign), _digests(content)),)


def _form(campaign: Campaign, unit: Unit, office: Office) -> tuple[WantedPaper, ...]:
    if not any(campaign.is_leaf(c) for c in campaign.assigned_to(unit)):
        return ()
    file = FORM.file_of(campaign, unit)
    content = build_form(campaign, unit, office.profile)
    return (WantedPaper(FORM, file, _digests(content)),)


def _digests(content: bytes) -> frozenset[str]:
    return frozenset({digest_of(content)})
