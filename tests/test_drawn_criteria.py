"""Criteria sets of up to 400 rows and five levels, through every kind of file: nothing changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office import import_table, load_campaign, start_campaign

from .criteria_sets import CriteriaSet, criteria_set, differences, write_docx, write_xlsx
from .importing import imported
from .test_outline import NUMBERINGS

Convert = Callable[[Path, str], Path]
WRITERS = {"docx": write_docx, "xlsx": write_xlsx}
DRAWN = st.builds(
    criteria_set, st.integers(0, 10**9), st.integers(2, 400), st.sampled_from(list(NUMBERINGS))
)
each_writer = pytest.mark.parametrize("ending", WRITERS)


@each_writer
@given(drawn=DRAWN)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_set_in_an_office_file_comes_back_as_it_was(ending: str, drawn: CriteriaSet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = imported(WRITERS[ending](Path(folder) / f"bo.{ending}", drawn))
    assert differences(drawn, found) == []


def test_a_campaign_that_is_started_with_it_has_its_rows(tmp_path: Path) -> None:
    drawn = criteria_set(17, 120, "roman and dotted")
    start_campaign(tmp_path / "dot", write_docx(tmp_path / "bo.docx", drawn))
    criteria = load_campaign(tmp_path / "dot").criteria
    assert [(c.code, c.name) for c in criteria] == [row[:2] for row in drawn.rows]
    assert [c.level for c in criteria] == list(drawn.levels)


@pytest.mark.libreoffice
@pytest.mark.parametrize("headings_again", [False, True])
@pytest.mark.parametrize(
    ("ending", "seed", "count", "numbering"),
    [
        ("docx", 2, 60, "letters"),
        ("docx", 1114, 204, "roman and dotted"),
        ("xlsx", 4, 60, "roman and dotted"),
        ("xlsx", 5026, 372, "words"),
    ],
)
def test_printed_it_comes_back_or_is_marked(
    tmp_path: Path,
    libreoffice: Convert,
    ending: str,
    seed: int,
    count: int,
    numbering: str,
    headings_again: bool,
) -> None:
    drawn = criteria_set(seed, count, numbering)
    write = WRITERS[ending]
    written = write(tmp_path / f"bo.{ending}", drawn, headings_again=headings_again)
    found = import_table(libreoffice(written, "pdf"))
    assert found.words.missing == ()
    assert differences(drawn, found) == []
