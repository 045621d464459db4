"""Reading supplementary forms, and both kinds as other programs saved them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import USUAL_REQUEST, Answer, AppraisalReturn
from cchc_office.papers.appraisal.layout import APPRAISAL_SHEET
from cchc_office.returns import read_returns

from .appraisal_files import (  # noqa: F401 - fixtures
    SAVED,
    D,
    asked,
    codes,
    filled,
    is_as_filled,
    marked,
    place,
    said,
    supplement,
    told_of,
    without_marks,
)
from .appraised import Place

# ruff: noqa: F811


@pytest.mark.parametrize(
    ("typed", "answer", "score", "code"),
    [
        (0.75, Answer.SCORED, "0.75", None),
        (None, Answer.BLANK, None, None),
        ("Không áp dụng", Answer.NOT_APPLICABLE, None, None),
        (2, Answer.UNUSABLE, None, Code.SCORE_ABOVE_MAX),
        ("giữ nguyên", Answer.UNUSABLE, None, Code.SCORE_UNREADABLE),
    ],
)
def test_what_a_unit_answers(
    place: Place,
    tmp_path: Path,
    typed: Any,
    answer: Answer,
    score: str | None,
    code: FindingCode | None,
) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", wanted=typed, explanation="Đã ban hành", evidence="Số 5")
    form.type("VP|1.2", explanation="Số 6")
    result = supplement(place, form)
    assert result.supplement
    leaf, other = result.supplement.leaves
    assert (leaf.answer, leaf.score) == (answer, None if score is None else D(score))
    assert (leaf.explanation, leaf.evidence, other.explanation) == ("Đã ban hành", "Số 5", "Số 6")
    assert [f.code for f in result.supplement.findings] == ([code] if code else [])


def test_what_a_unit_left_blank_or_took_out_is_told(place: Place, tmp_path: Path) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", explanation="Đã ban hành")
    assert told_of(supplement(place, form)) == [(Code.EXPLANATION_MISSING, place.id("1.2"))]
    form.sheet.delete_rows(form.rows["VP|1.2"])
    assert told_of(supplement(place, form)) == [(Code.SUPPLEMENT_ROW_MISSING, place.id("1.2"))]


@pytest.mark.parametrize("wanted", [0.75, "Không áp dụng"])
def test_a_score_that_is_asked_for_without_a_word_is_told(
    place: Place, tmp_path: Path, wanted: Any
) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", wanted=wanted)
    form.type("VP|1.2", wanted=0.5, evidence="Số 6")
    result = supplement(place, form)
    assert told_of(result) == [(Code.EXPLANATION_SCORE_ALONE, place.id("1.1"))]
    assert result.supplement
    (told,) = result.supplement.findings
    shown = str(wanted).replace(".", ",")
    assert f"là {shown} mà không ghi giải trình, tài liệu." in told.sentence


def test_a_supplementary_form_as_it_was_issued_answers_nothing(
    place: Place, tmp_path: Path
) -> None:
    result = supplement(place, asked(place, tmp_path))
    assert (result.document, [f.code for f in result.findings]) == (None, [Code.FORM_UNFILLED])
    # Not to be taken for the unit's score workbook, which may well have come back.
    assert result.findings[0].sentence.startswith("Phiếu giải trình này của ")


def test_a_supplementary_form_without_marks_is_known_by_title_and_unit(
    place: Place, tmp_path: Path
) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", explanation="Đã ban hành")
    form.type("VP|1.2", explanation="Số 6")
    result = supplement(place, without_marks(form))
    assert result.supplement
    assert (result.supplement.unit, result.supplement.round) == ("VP", 1)
    assert [f.code for f in result.findings] == [Code.KNOWN_BY_TITLE]


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"campaign": "CCHC-2023-STN"}, Code.OTHER_YEAR),
        ({"campaign": "CCHC-2024-SKH"}, Code.OTHER_CAMPAIGN),
        ({"version": "0"}, Code.OTHER_FORM_VERSION),
        ({"unit": "P9"}, Code.UNIT_NOT_IN_CAMPAIGN),
        ({"round": ""}, None),
        ({"round": "3"}, Code.APPRAISAL_ROUND_UNKNOWN),
    ],
)
def test_a_supplementary_form_of_something_else_does_not_count(
    place: Place, tmp_path: Path, marks: dict[str, str], code: FindingCode | None
) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", explanation="Đã ban hành")
    form.type("VP|1.2", explanation="Số 6")
    result = supplement(place, marked(form, **marks))
    # A round that the hidden sheet does not tell is told by the title.
    assert (result.supplement is None) == (code is not None)
    assert [f.code for f in result.findings] == ([code] if code else [])


def test_rows_that_a_unit_added_to_its_answers_are_told(place: Place, tmp_path: Path) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", explanation="Đã ban hành")
    form.type("VP|1.2", explanation="Số 6")
    row = form.rows["VP|1.2"] + 1
    form.sheet.cell(row, 3).value = "Việc khác"
    form.sheet.cell(row, form.columns["Giải trình"]).value = "Đề nghị cộng điểm"
    result = supplement(place, form)
    assert result.supplement
    assert len(result.supplement.leaves) == 2
    [finding] = result.supplement.findings
    assert (finding.code, finding.found) == (Code.APPRAISAL_ROW_UNKNOWN, "Việc khác")


def test_a_column_that_a_unit_added_to_its_answers_is_told(place: Place, tmp_path: Path) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.1", explanation="Đã ban hành")
    form.type("VP|1.2", explanation="Số 6")
    added = form.sheet.max_column + 1
    form.sheet.cell(form.heading, added).value = "Đề nghị"
    form.sheet.cell(form.rows["VP|1.2"], added).value = "xem lại"
    result = supplement(place, form)
    assert result.supplement
    [finding] = result.supplement.findings
    assert (finding.code, finding.found) == (Code.FORM_COLUMN_ADDED, "Đề nghị")


def test_of_two_answers_of_a_unit_the_last_saved_counts(place: Place, tmp_path: Path) -> None:
    form = asked(place, tmp_path)
    form.type("VP|1.2", explanation="Số 6")
    for name, words, hours in (("b truoc.xlsx", "Cũ", 0), ("a sau.xlsx", "Mới", 1)):
        form.type("VP|1.1", explanation=words)
        form.save(place.returns / name, SAVED + dt.timedelta(hours=hours))
    gathered = place.gathered()
    assert [s.file for s in gathered.supplements] == ["a sau.xlsx"]
    [finding] = [f for f in gathered.findings if f.code is Code.SEVERAL_RETURNS]
    assert (finding.file, finding.expected) == ("b truoc.xlsx", "a sau.xlsx")
    assert place.data().explained["VP", place.id("1.1")].explanation == "Mới"


# --- other programs ---


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saved_reads_the_same(
    place: Place, tmp_path: Path, libreoffice: Callable[[Path, str], Path], ending: str
) -> None:
    source = tmp_path / "tham-dinh.xlsx"
    table = filled(place)
    table.type("VP|1.1", request="x")
    table.save(source)
    [result] = read_returns([libreoffice(source, ending)], place.campaign)
    assert is_as_filled(place, result)
    assert said(place, result)["VP|1.1"].request == USUAL_REQUEST
    assert said(place, result)["VP|1.1"].on == dt.date(2024, 12, 10)
    assert codes(result) == []
    form = asked(place, tmp_path)
    form.type("VP|1.1", wanted=0.75, explanation="Đã ban hành")
    form.type("VP|1.2", explanation="Số 6")
    path = tmp_path / "bo-sung.xlsx"
    form.save(path)
    [result] = read_returns([libreoffice(path, ending)], place.campaign)
    assert result.supplement
    assert [(x.score, x.explanation) for x in result.supplement.leaves] == [
        (D("0.75"), "Đã ban hành"),
        (None, "Số 6"),
    ]
    assert result.supplement.findings == ()


def test_a_score_form_is_no_appraisal_and_the_other_way_round(place: Place) -> None:
    table = filled(place)
    table.save(place.returns / "CCHC-2024-VP (1).xlsx")
    gathered = place.gathered()
    assert len(gathered.returns) == 3
    [appraisal] = gathered.appraisals
    assert isinstance(appraisal, AppraisalReturn)
    book = openpyxl.load_workbook(io.BytesIO(table.content()))
    assert book.sheetnames[0] == APPRAISAL_SHEET
