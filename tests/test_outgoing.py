"""What papers are made from: it tells, without building anything, which papers are current."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, make_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.model import (
    Aggregation,
    Campaign,
    CampaignInfo,
    Criterion,
    EnclosingPaper,
    IndexName,
    Method,
    Points,
    RankingSettings,
    Returns,
    TableColumn,
    Unit,
)
from cchc_office.papers.kinds import (
    DISPATCH,
    EXPLANATION,
    FORM,
    REMINDER,
    SUPPLEMENT,
    TABLE,
    Basis,
)
from cchc_office.papers.planning import PlannedPaper, digest_of_value, planned_papers
from cchc_office.results.consolidation import consolidate
from cchc_office.rules import yes_no
from cchc_office.text.vietnamese import OfficialDate

from .appraised import DAY, Place, Table, start
from .sheets import leaf_by_code

KINDS = (TABLE, DISPATCH, FORM, REMINDER, EXPLANATION, SUPPLEMENT)
CHANGED: dict[str, dict[str, Any]] = {
    "CampaignInfo": {
        "year": 2025,
        "document_date": OfficialDate(3, 5, 2024),
        "deadline": dt.date(2024, 12, 30),
        "supplement_deadline": dt.date(2024, 12, 30),
        "explanation_deadline": dt.date(2024, 12, 30),
        "recipients": ("Lãnh đạo Sở",),
        "legal_bases": ("Quyết định số 1",),
        "table_columns": (TableColumn.CODE, TableColumn.NAME, TableColumn.MAX_SCORE),
        "ranking": RankingSettings(is_wanted=True),
        "index": IndexName("Chỉ số chuyển đổi số", "DTI"),
        "enclosed_in": EnclosingPaper("Quyết định", "12", "/QĐ-UBND"),
    },
    "Unit": {
        "aliases": ("Tên khác",),
        "groups": ("nhóm khác",),
        "emails": ("khac@a.example",),
        "copy_emails": ("khac@a.example",),
    },
    "Criterion": {
        "row": 99,
        "level": 3,
        "max_score": Decimal("1.5"),
        "method": Method.SURVEY,
        "scoring": yes_no(Decimal(1)),
        "points": Points.BONUS,
        "applies": False,
        "is_text": True,
        "aggregation": Aggregation.SUM,
        "deadline": dt.date(2024, 12, 30),
    },
}
"""What a field is changed to; a text to another text."""
KEYS = {"code", "id", "parent"}
"""What a thing is known by: under another one it is another thing."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A campaign in which a unit owes something and has scores to explain."""
    answers = {"VP": {"1.1": 1.0}, "P1": {"1.3": 2.0}, "P2": {"1.3": 1.0}}
    place = start(tmp_path_factory.mktemp("dot") / "dot", answers)
    table = Table(place.issue())
    table.type("VP|1.1", score=0.5, request="Nêu số văn bản")
    table.sign()
    table.save(place.appraisals / "tham-dinh-lan-1.xlsx")
    return place


@pytest.fixture(scope="module")
def returns(place: Place) -> Returns:
    return place.gathered()


def planned(
    campaign: Campaign,
    returns: Returns,
    *,
    day: dt.date = DAY,
    profile: Profile = DEFAULT_PROFILE,
    deadline: dt.date | None = None,
) -> dict[str, PlannedPaper]:
    """Return the papers of the unit VP, and that of all units, by their kinds."""
    data = consolidate(campaign, returns, as_of=day)
    basis = Basis(campaign, profile, None, data, deadline=deadline)
    return {
        kind.key: paper
        for kind in KINDS
        for paper in planned_papers(kind, basis)
        if paper.unit is None or paper.unit.code == "VP"
    }


def changes() -> Iterator[tuple[str, str]]:
    for kind in (CampaignInfo, Unit, Criterion):
        yield from ((kind.__name__, field.name) for field in fields(kind))


def changed(campaign: Campaign, what: str, name: str) -> Campaign:
    """Return the campaign with one thing changed of it, of VP or of a leaf that VP scores."""
    thing: Any = {
        "CampaignInfo": campaign.info,
        "Unit": campaign.unit("VP"),
        "Criterion": campaign.criterion(leaf_by_code(campaign, "1.1")),
    }[what]
    value = CHANGED[what].get(name, f"{getattr(thing, name)} khác")
    if name == "units_from":  # names a row that is there
        value = leaf_by_code(campaign, "1.3")
    other = replace(thing, **{name: value})
    return replace(
        campaign,
        info=other if thing is campaign.info else campaign.info,
        units=tuple(other if unit is thing else unit for unit in campaign.units),
        criteria=tuple(other if one is thing else one for one in campaign.criteria),
    )


@pytest.mark.parametrize(("what", "name"), [c for c in changes() if c[1] not in KEYS])
def test_a_change_makes_those_papers_old_that_would_come_out_otherwise(
    place: Place, returns: Returns, what: str, name: str
) -> None:
    # With an appendix, as letters say what encloses it.
    info = replace(place.campaign.info, appendix_label="Phụ lục I")
    campaign = replace(place.campaign, info=info)
    before, after = (planned(each, returns) for each in (campaign, changed(campaign, what, name)))
    assert before.keys() == {kind.key for kind in KINDS}
    for key in before.keys() & after.keys():
        paper = before[key]
        comes_out_alike = paper.build() == after[key].build()
        assert after[key].is_made_from(paper.made_from) == comes_out_alike, key


def test_a_day_that_went_by_makes_no_paper_old(place: Place, returns: Returns) -> None:
    before = planned(place.campaign, returns)
    after = planned(place.campaign, returns, day=DAY + dt.timedelta(days=40))
    assert after["REMINDER"].build() != before["REMINDER"].build()
    assert all(after[key].is_made_from(paper.made_from) for key, paper in before.items())


def test_another_deadline_makes_letters_old_only_where_one_is_asked_for(
    place: Place, returns: Returns
) -> None:
    first, second = dt.date(2024, 12, 20), dt.date(2024, 12, 27)
    made, other = (planned(place.campaign, returns, deadline=day) for day in (first, second))
    usual = planned(place.campaign, returns)
    for key in ("EXPLANATION", "SUPPLEMENT"):
        assert made[key].is_made_from(made[key].made_from)
        assert not made[key].is_made_from(other[key].made_from)
        assert not made[key].is_made_from(usual[key].made_from)
        assert usual[key].is_made_from(made[key].made_from)


def test_the_office_s_figures_make_those_papers_old_that_they_change(
    place: Place, returns: Returns
) -> None:
    profile = replace(DEFAULT_PROFILE, body_size=13.5, chosen=frozenset(("body_size",)))
    before, after = (
        planned(place.campaign, returns, profile=each) for each in (DEFAULT_PROFILE, profile)
    )
    old = {key for key, paper in before.items() if not after[key].is_made_from(paper.made_from)}
    assert old == {"TABLE", "TASKS", "REMINDER", "EXPLANATION"}


def test_nothing_known_of_a_paper_is_not_current(place: Place, returns: Returns) -> None:
    assert not planned(place.campaign, returns)["TASKS"].is_made_from("")


def test_what_a_newer_program_knows_of_besides_makes_nothing_old() -> None:
    old, new = (
        make_dataclass("Row", [("name", str), *more], frozen=True)
        for more in ([], [("watched_by", str, "")])
    )
    assert digest_of_value(old("A")) == digest_of_value(new("A"))
    assert digest_of_value(new("A", "B")) != digest_of_value(new("A"))
