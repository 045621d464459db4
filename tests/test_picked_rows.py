"""Asking about rows that a person picked: kept with the round, and sent as all its letters are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cchc_office import CampaignFolder, Question, UsageError, open_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET

from . import appraised
from .appraised import Place, Table
from .calls import cchc


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return appraised.start(tmp_path / "dot")


def opened(place: Place) -> CampaignFolder:
    return open_campaign(place.folder, output=place.folder / "output", day=appraised.DAY)


def appraise(place: Place) -> None:
    """Let the reviewers of the first round cut one row of VP."""
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.1", score=0.5, opinion="Ban hành chậm")
    table.save(place.appraisals / "đã thẩm định.xlsx")


def asked(place: Place, unit: str = "VP") -> dict[str, str]:
    """Return what the form asks the unit, by the codes of rows."""
    (form,) = (place.folder / "output" / "giai-trinh").glob(f"*{unit}*.xlsx")
    table = Table(form.read_bytes(), SUPPLEMENT_SHEET)
    column = table.columns["Yêu cầu giải trình"]
    return {
        str(table.sheet.cell(r, 2).value): str(table.sheet.cell(r, column).value or "")
        for r in table.rows.values()
    }


def test_a_picked_row_is_asked_with_a_form_mailed_and_waited_for(place: Place) -> None:
    folder = opened(place)
    made = folder.ask_to_explain({"VP": [Question("1.2", "Vì sao chậm?")]})
    assert {written.path.suffix for written in made.written} == {".docx", ".xlsx"}
    assert asked(place) == {"1.2": "Vì sao chậm?"}
    (message,) = folder.send("giai-trinh").outbox.messages
    assert message.attachments == ("CCHC-2024-VP.docx", "CCHC-2024-VP-bo-sung.xlsx")
    state = folder.state()
    assert state.rounds[0].waiting == ("VP",)
    form = place.folder / "output" / "giai-trinh" / message.attachments[1]
    table = Table(form.read_bytes(), SUPPLEMENT_SHEET)
    table.type("VP|1.2", explanation="Đã bổ sung (minh họa)")
    table.save(place.returns / "giải trình.xlsx")
    state = folder.state()
    assert state.rounds[0].waiting == ()
    assert state.results is not None
    assert state.results.total.final == state.results.total.score


def test_picked_rows_stand_beside_what_the_round_asks(place: Place) -> None:
    appraise(place)
    folder = opened(place)
    folder.ask_to_explain({"VP": [Question("2.1", "")]})
    assert list(asked(place)) == ["1.1", "2.1"]
    folder.ask_to_explain({"VP": [Question("1.2", "Nêu số văn bản")]})
    assert asked(place)["1.2"] == "Nêu số văn bản"
    assert list(asked(place)) == ["1.1", "1.2", "2.1"]
    kept = [path.name for path in place.appraisals.iterdir()]
    assert sorted(kept) == ["hoi-CCHC-2024-VP-lan-1.xlsx", "đã thẩm định.xlsx"]


def test_what_is_asked_already_is_not_asked_twice(place: Place) -> None:
    folder = opened(place)
    folder.ask_to_explain({"VP": [Question("1.2", "Vì sao chậm?")]})
    (file,) = place.appraisals.iterdir()
    before = file.read_bytes()
    for words in ("Vì sao chậm?", ""):
        again = folder.ask_to_explain({"VP": [Question("1.2", words)]})
        assert [f for f in again.findings if f.code is Code.ROWS_PICKED] == []
        assert file.read_bytes() == before
        assert len(again.written) == 2


def test_where_a_person_wrote_more_the_questions_are_kept_beside(place: Place) -> None:
    folder = opened(place)
    folder.ask_to_explain({"VP": [Question("1.2", "Vì sao chậm?")]})
    (file,) = place.appraisals.iterdir()
    table = Table(file.read_bytes())
    table.type("VP|1.2", score=1)
    table.save(file)
    before = file.read_bytes()
    folder.ask_to_explain({"VP": [Question("2.1", "Số nào?")]})
    assert file.read_bytes() == before
    assert list(asked(place)) == ["1.2", "2.1"]


def test_a_question_is_taken_back_where_it_is_kept(place: Place) -> None:
    folder = opened(place)
    made = folder.ask_to_explain({"VP": [Question("1.2", "a?"), Question("2.1", "b?")]})
    (finding,) = (f for f in made.findings if f.code is Code.ROWS_PICKED)
    file = place.folder / finding.file
    book = openpyxl.load_workbook(file)
    table = Table(file.read_bytes())
    column = table.columns["Yêu cầu giải trình"]
    book["Thẩm định"].cell(table.rows["VP|2.1"], column).value = None
    book.save(file)
    folder.explain()
    assert list(asked(place)) == ["1.2"]


def test_letters_to_others_stay_and_each_has_its_own(place: Place) -> None:
    folder = opened(place)
    folder.ask_to_explain({"VP": [Question("1.2", "a?")]})
    folder.ask_to_explain({"P1": [Question("1", "b?")]})
    assert asked(place) == {"1.2": "a?"}
    assert asked(place, "P1") == {"1.3": "b?"}


def test_a_row_that_reviewers_ask_about_in_other_words_is_theirs(place: Place) -> None:
    table = Table(place.issue())
    table.sign()
    table.type("VP|1.2", request="Nêu số văn bản")
    table.save(place.appraisals / "đã thẩm định.xlsx")
    with pytest.raises(UsageError, match="đã hỏi Văn phòng Sở “Nêu số văn bản”"):
        opened(place).ask_to_explain({"VP": [Question("1.2", "Vì sao chậm?")]})
    opened(place).ask_to_explain({"VP": [Question("1.2", "")]})
    assert asked(place) == {"1.2": "Nêu số văn bản"}


def test_words_that_were_picked_can_be_changed(place: Place) -> None:
    opened(place).ask_to_explain({"VP": [Question("1.2", "a?")]})
    opened(place).ask_to_explain({"VP": [Question("1.2", "b?")]})
    assert asked(place) == {"1.2": "b?"}


@pytest.mark.parametrize("words", ["không", "Đồng ý", "-"])
def test_words_that_ask_nothing_are_refused(place: Place, words: str) -> None:
    with pytest.raises(UsageError, match="không hỏi gì"):
        opened(place).ask_to_explain({"VP": [Question("1.2", words)]})
    assert list(place.appraisals.iterdir()) == []


def test_a_question_that_is_refused_leaves_no_other_unit_half_asked(place: Place) -> None:
    questions = {"P1": [Question("1", "a?")], "VP": [Question("1.2", "không")]}
    with pytest.raises(UsageError, match="không hỏi gì"):
        opened(place).ask_to_explain(questions)
    assert list(place.appraisals.iterdir()) == []


def test_a_row_that_the_unit_does_not_score_is_refused(place: Place) -> None:
    with pytest.raises(UsageError, match="Văn phòng Sở không tự chấm dòng"):
        opened(place).ask_to_explain({"VP": [Question("1.2", "a?"), Question("1.3", "b?")]})
    assert list(place.appraisals.iterdir()) == []


def test_the_command_asks_about_rows(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("giai-trinh", place.folder, "-o", place.folder / "output", "--ngay", "05/12/2024")
    asks = ("--chi", "VP", "--hoi", "1.2=Vì sao chậm?", "--hoi", "2.1")
    assert cchc(*command, *asks, "--han-giai-trinh", "20/12/2024") in (0, 1)
    assert asked(place)["1.2"] == "Vì sao chậm?"
    assert list(asked(place)) == ["1.2", "2.1"]
    assert "hoi-CCHC-2024-VP-lan-1.xlsx" in capsys.readouterr().out
    assert cchc(*command, "--hoi", "1.2") == 2
    assert "--hoi cần --chi" in capsys.readouterr().err
