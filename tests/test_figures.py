"""One place decides how a score, a rate and a count are shown."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns
from cchc_office.text import figures

from .sheets import campaign_file, fill_form

D = Decimal


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2", "2,00"),
        ("0.5", "0,50"),
        ("62.4867", "62,49"),
        ("1.916666666666666666666666667", "1,92"),
        ("0.005", "0,01"),  # half up
        ("-0.001", "0,00"),
        ("-1.25", "−1,25"),
        ("1234.5", "1234,50"),
    ],
)
def test_a_score_has_two_decimals_and_a_comma(value: str, shown: str) -> None:
    assert figures.score(D(value)) == shown


def test_what_a_person_gave_is_shown_whole() -> None:
    assert figures.given(D("2")) == "2,00"
    assert figures.given(D("0.125")) == "0,125"
    assert figures.as_typed(D("2.0000001")) == "2,0000001"
    assert figures.as_typed(D("2.50")) == "2,5"
    assert figures.as_typed(D("1200")) == "1200"


def test_a_rate_is_a_score_in_hundredths() -> None:
    assert figures.rate(D(2) / 3) == "66,67%"
    assert figures.rate(D(1)) == "100,00%"
    assert figures.rate_of(2, 3) == "66,67%"
    assert figures.rate_of(0, 3) == "0,00%"


def test_a_rate_that_is_not_all_is_never_shown_as_all() -> None:
    assert figures.rate_of(3, 3) == "100,00%"
    assert figures.rate_of(99_999, 100_000) == "99,999%"


def test_counts_are_grouped() -> None:
    assert figures.count(9_990) == "9.990"
    assert figures.count(D("12.0")) == "12"


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("2.0000001", "2", ("2,0000001", "2,00")),
        ("1.916666666666667", "1.92", ("1,917", "1,92")),
        ("5", "1.25", ("5,00", "1,25")),
        ("2", "2.00", ("2,00", "2,00")),
        ("89.996", "90", ("89,996", "90,00")),
    ],
)
def test_figures_told_to_differ_are_seen_to(one: str, other: str, shown: tuple[str, str]) -> None:
    assert figures.apart(D(one), D(other)) == shown


@given(
    strategies.decimals(-1000, 1000, places=9),
    strategies.decimals(-1000, 1000, places=9),
)
def test_different_figures_never_look_alike(one: Decimal, other: Decimal) -> None:
    first, second = figures.apart(one, other)
    assert (first == second) == (one == other)
    assert all(len(shown.partition(",")[2]) >= figures.PLACES for shown in (first, second))


def test_neighbours_in_a_ranking_have_as_many_decimals_as_tell_them_apart() -> None:
    values = [D("62.48671"), D("62.48667"), D("62.4"), D("62.4"), None, D("1")]
    assert figures.places_among(values) == (5, 5, 2, 2, 2, 2)
    assert figures.places_among([D("89.996")], [D(90), D(80)]) == (3,)
    assert figures.places_among([]) == ()


def test_the_formats_of_cells_follow_the_same_rule() -> None:
    assert figures.given_cell([D("0.5"), None, D("2")]) == figures.SCORE_CELL == "0.00"
    assert figures.given_cell([D("0.125")]) == "0.000"
    assert figures.rate_cell(4) == "0.0000%"


def test_a_score_just_above_its_maximum_does_not_look_like_it(tmp_path: Path) -> None:
    """It was told as "2 vượt điểm tối đa 2"."""
    campaign = load_campaign(campaign_file(tmp_path / "dot"))
    form = tmp_path / "phieu.xlsx"
    form.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
    leaf = next(c for c in campaign.scored_by(campaign.unit("VP")) if c.max_score)
    assert leaf.max_score is not None
    fill_form(form, {leaf.code: {"score": float(leaf.max_score) + 0.0000001}})
    [read] = read_returns([form], campaign)
    assert read.returned
    [finding] = [f for f in read.returned.findings if f.code is Code.SCORE_ABOVE_MAX]
    assert finding.expected == figures.given(leaf.max_score)
    assert finding.found == f"{finding.expected.rstrip('0').rstrip(',')},0000001"
