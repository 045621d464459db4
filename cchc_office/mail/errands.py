"""Errands: which papers each unit should be sent now, and what they would be if made now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cchc_office.documents.decree30 import Profile
from cchc_office.documents.dispatch import TASKS_TEMPLATE, build_dispatch
from cchc_office.documents.reminder import REMINDER_TEMPLATE, build_reminder
from cchc_office.documents.template_figures import with_figures
from cchc_office.documents.templates_in_use import find_template
from cchc_office.files import (
    DISPATCH_FOLDER,
    EXPLANATION_FOLDER,
    FORM_FOLDER,
    REMINDER_FOLDER,
)
from cchc_office.mail.history import Reminded
from cchc_office.mail.register import MadePaper, PaperKind, digest_of
from cchc_office.model import Campaign, Consolidation, MailKind, Returns, Unit, UnitResult
from cchc_office.resources import templates_folder
from cchc_office.scoring import consolidate
from cchc_office.scoring.form_writer import build_form
from cchc_office.templating import DocumentTemplate
from cchc_office.vietnamese import VIETNAM

SUPPLEMENT_ENDING = "-bo-sung.xlsx"


@dataclass(frozen=True)
class WantedPaper:
    """A paper that a unit should be sent: `file` is its place below the output folder.

    `current` holds the digests of what it would be if it were made now; with None nothing tells.
    """

    kind: PaperKind
    file: str
    current: frozenset[str] | None = None


@dataclass(frozen=True)
class Errand:
    """A unit, and the papers of one kind that it should be sent; the letter comes first.

    `reminder` is 0 for what is no reminder.
    """

    unit: Unit
    kind: MailKind
    papers: tuple[WantedPaper, ...]
    reminder: int = 0


@dataclass(frozen=True)
class Office:
    """What letters are made with: the office's own templates, if any, and its figures."""

    own_templates: Path | None
    profile: Profile

    def template(self, name: str) -> DocumentTemplate:
        """Return a template ready to fill. Raises TemplateProblemError where it cannot be used."""
        source = find_template(name, self.own_templates, templates_folder())
        return DocumentTemplate(source, lambda content: with_figures(content, self.profile))


def task_errands(campaign: Campaign, office: Office) -> Iterator[Errand]:
    """Yield each unit with a part in anything: its task dispatch and its score workbook.

    Raises TemplateProblemError where the template cannot be used.
    """
    template = office.template(TASKS_TEMPLATE)
    for unit in campaign.units:
        if not campaign.assigned_to(unit):
            continue
        letter = WantedPaper(
            PaperKind.TASKS,
            f"{DISPATCH_FOLDER}/{campaign.paper_name(unit)}.docx",
            _digests(build_dispatch(campaign, unit, template, office.profile)),
        )
        yield Errand(unit, MailKind.TASKS, (letter, *_form(campaign, unit, office)))


def reminder_errands(
    campaign: Campaign,
    returns: Returns,
    owing: Iterable[UnitResult],
    reminded: Mapping[str, Reminded],
    made: Iterable[MadePaper],
    office: Office,
    today: dt.date,
) -> Iterator[Errand]:
    """Yield each of the units that owe something: the next reminder, and the form if none came.

    `made` tells on which days reminders were made: one says how long ago the deadline was, and is
    current as long as nothing but the day would be different. Raises TemplateProblemError where
    the template cannot be used.
    """
    template = office.template(REMINDER_TEMPLATE)

    @cache
    def as_of(day: dt.date) -> Consolidation:
        return consolidate(campaign, returns, as_of=day)

    days: dict[tuple[str, int], set[dt.date]] = {}
    for paper in made:
        if paper.kind is PaperKind.REMINDER:
            day = paper.made.astimezone(VIETNAM).date()
            days.setdefault((paper.unit, paper.reminder), set()).add(day)
    for result in owing:
        unit = result.unit
        number = reminded[unit.code].next_number if unit.code in reminded else 1
        current = set()
        for day in {today} | days.get((unit.code, number), set()):
            data = as_of(day)
            then = next(r for r in data.units if r.unit.code == unit.code)
            content = build_reminder(data, then, template, office.profile, time=number)
            current.add(digest_of(content))
        file = reminder_file(campaign, unit, number)
        letter = WantedPaper(PaperKind.REMINDER, file, frozenset(current))
        form = () if result.returned else _form(campaign, unit, office)
        yield Errand(unit, MailKind.REMINDER, (letter, *form), number)


def explanation_errands(campaign: Campaign, output: Path) -> Iterator[Errand]:
    """Yield each unit for which a request to explain was made, with its supplementary form."""
    for unit in campaign.units:
        stem = f"{EXPLANATION_FOLDER}/{campaign.paper_name(unit)}"
        letter, form = f"{stem}.docx", f"{stem}{SUPPLEMENT_ENDING}"
        if not (output / letter).exists() and not (output / form).exists():
            continue
        papers = (
            WantedPaper(PaperKind.EXPLANATION, letter),
            WantedPaper(PaperKind.SUPPLEMENT, form),
        )
        yield Errand(unit, MailKind.EXPLANATION, papers)


def reminder_file(campaign: Campaign, unit: Unit, number: int) -> str:
    """Return the place of a unit's reminder of this number below the output folder."""
    ending = f"-lan-{number}.docx" if number > 1 else ".docx"
    return f"{REMINDER_FOLDER}/{campaign.paper_name(unit)}{ending}"


def _form(campaign: Campaign, unit: Unit, office: Office) -> tuple[WantedPaper, ...]:
    if not any(campaign.is_leaf(c) for c in campaign.assigned_to(unit)):
        return ()
    file = f"{FORM_FOLDER}/{campaign.paper_name(unit)}.xlsx"
    content = build_form(campaign, unit, office.profile)
    return (WantedPaper(PaperKind.FORM, file, _digests(content)),)


def _digests(content: bytes) -> frozenset[str]:
    return frozenset({digest_of(content)})
