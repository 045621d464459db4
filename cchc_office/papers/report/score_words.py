"""The words of the score table: who scores a row, how far it is, where its score was read."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.model import (
    Aggregation,
    Answer,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    Criterion,
    LeafResult,
    LeafReturn,
    LeafState,
    Method,
    Source,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.report.appraisals import APPRAISALS_SHEET
from cchc_office.papers.report.inputs import UnitPlaces
from cchc_office.text import figures
from cchc_office.text.shortening import some_of

_MOST_NAMED = 4
_MOST_SOURCES = 12


def lead_names(campaign: Campaign, criterion: Criterion, most: int = _MOST_NAMED) -> str:
    """Return which units score a row: all, or some by name and how many besides."""
    if not criterion.is_self_scored:
        return ""
    leads = campaign.leads_of(criterion)
    if len(leads) == len(campaign.units) > 1:
        return f"Tất cả {figures.count(len(leads))} đơn vị"
    names = [campaign.unit(code).name for code in leads]
    return some_of(names, most, "đơn vị", between="; ")


def state_text(leaf: LeafResult) -> str:
    """Return how far a leaf is, and which units are not counted yet."""
    done, expected = figures.count(leaf.done), figures.count(leaf.expected)
    if leaf.is_partly_surveyed:
        return f"Mới có {done}/{expected} đơn vị"
    if leaf.criterion.method is Method.SIPAS:
        return "SIPAS"
    text = str(leaf.state.value)
    if leaf.state not in (LeafState.PARTLY, LeafState.UNUSABLE):
        return text
    text += f" ({done}/{expected})" if 0 < leaf.done < leaf.expected else ""
    is_shared = leaf.expected > 1 and leaf.criterion.is_counted
    return f"{text}; chưa tính: {_lacking_codes(leaf)}" if is_shared else text


def last_appraisals(data: Consolidation) -> dict[str, list[AppraisedLeaf]]:
    """Return by row what gives each unit's last score, where that is an appraisal."""
    found: dict[str, list[AppraisedLeaf]] = {}
    for (_, criterion), said in data.appraised.items():
        scores = [x for x in said if x.answer.is_settled]
        found.setdefault(criterion, []).extend(scores[-1:])
    return found


def source_text(
    campaign: Campaign, leaf: LeafResult, appraised: list[AppraisedLeaf], units: UnitPlaces
) -> str:
    """Return a line for each unit's cell; of many units where theirs are told.

    `appraised` gives the last scores. A row as high as all lines would make it leaves a printed
    page room for little else.
    """
    if leaf.state is LeafState.SURVEY:
        return "\n".join(_survey_sources(campaign, leaf))
    way = campaign.way_of(leaf.criterion)
    how, count = way.value.capitalize(), len(leaf.leads)
    if count + len(appraised) > _MOST_SOURCES:
        where = units.sheets[0] if units.is_long else "của từng đơn vị"
        text = f"{how} của {figures.count(count)} đơn vị đã gửi phiếu, xem trang {where}"
        return f"{text}; thẩm định: xem trang {APPRAISALS_SHEET}" if appraised else text
    is_pooled = way is Aggregation.POOLED
    lines = [f"{a.unit}: {_said(a, figures=is_pooled)} ← {a.source}" for a in leaf.leads]
    if leaf.leads and leaf.expected > 1:
        without = f" (chưa tính {_lacking_codes(leaf)})" if leaf.lacking else ""
        lines = [f"{how} của{without}:", *lines]
    lines += [
        f"Thẩm định lần {a.round}, {a.unit}: {_said(a, figures=is_pooled)} ← {a.source}"
        for a in appraised
    ]
    return "\n".join(lines)


def _survey_sources(campaign: Campaign, leaf: LeafResult) -> Iterator[str]:
    """Yield where the results that give a survey's score stand in the campaign workbook."""
    results = [x for x in campaign.survey_results if x.criterion == leaf.criterion.id]
    for result in [x for x in results if not x.unit] or results[:_MOST_SOURCES]:
        where = Source(campaign.file, result.sheet, result.cell)
        score = figures.score(result.score)
        yield f"{result.unit}: {score} ← {where}" if result.unit else f"{score} ← {where}"


def _said(said: LeafReturn | AppraisedLeaf, *, figures: bool = False) -> str:
    if figures and said.declared and not said.declared.is_blank:
        return declared_text(said.declared)
    if said.typed:
        return said.typed
    return "trống" if said.answer is Answer.BLANK else said.answer.value


def _lacking_codes(leaf: LeafResult) -> str:
    """Return of which units nothing is counted: the codes of a few, and how many besides."""
    return some_of(leaf.lacking, _MOST_NAMED, "đơn vị", among=leaf.expected - leaf.done)
