"""Late or in time: by the day on which a form was received, not by the clock of who filled it in."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_office import load_campaign, open_campaign
from cchc_office.model import Arrival, Campaign, FileRead, ReturnKind, Returns, UnitState
from cchc_office.results.consolidation import consolidate

from .appraised import say_when_saved
from .calls import cchc
from .message_office import office_in
from .messages import UNITS, filled_form, letter
from .page_visits import page_of, shown
from .sheets import campaign_file, edit
from .test_consolidation import said

BEFORE, DEADLINE, AFTER = dt.date(2024, 11, 20), dt.date(2024, 11, 30), dt.date(2024, 12, 5)
SAVED_BEFORE, SAVED_AFTER = dt.datetime(2024, 11, 18), dt.datetime(2024, 12, 2)
OFFICE = "Văn phòng Sở <vp@a.example>"
TO_COME = dt.datetime(2026, 11, 29)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


def form(folder: Path, saved: dt.datetime, score: float = 0.5) -> Path:
    """Return a form of TTra that lies outside of the campaign, saved when its clock says."""
    where = folder.parent / "phieu"
    filled_form(load_campaign(folder), "TTra", where, score=score)
    path = next(where.glob(f"TTra-{score}.xlsx"))
    say_when_saved(path, saved)
    return path


def by_hand(folder: Path, path: Path) -> None:
    (folder / "nhan-ve").mkdir(exist_ok=True)
    shutil.copy(path, folder / "nhan-ve" / "a.xlsx")


def told(folder: Path, day: dt.date) -> tuple[UnitState, list[str]]:
    """Return the state of TTra on a day, and what is said of its form's days."""
    results = open_campaign(folder, day=day).state().results
    assert results is not None
    unit = next(one for one in results.units if one.unit.code == "TTra")
    slugs = (
        "nop-muon",
        "nop-lai-sau-han",
        "nop-lai-vi-bo-chi-so-doi",
        "khong-ro-ngay-luu",
        "ngay-luu-chua-den",
    )
    return unit.state, [f.sentence for f in unit.findings if f.code.slug in slugs]


def test_a_form_saved_in_time_and_received_after_the_deadline_is_late(folder: Path) -> None:
    open_campaign(folder, day=AFTER).receive([form(folder, SAVED_BEFORE)])
    state, (sentence,) = told(folder, AFTER)
    assert state is UnitState.LATE
    assert sentence == "Nộp muộn: phiếu nhận ngày 05/12/2024, sau hạn nộp 30/11/2024."


def test_a_form_received_in_time_is_not_late_by_a_clock_that_is_wrong(folder: Path) -> None:
    open_campaign(folder, day=BEFORE).receive([form(folder, TO_COME)])
    for day in (BEFORE, AFTER):
        state, (sentence,) = told(folder, day)
        assert state is UnitState.RETURNED
        assert sentence == (
            "Trong tệp ghi lưu ngày 29/11/2026, sau ngày nhận 20/11/2024: đồng hồ của máy làm "
            "phiếu sai."
        )


@pytest.mark.parametrize(
    ("first", "state", "words"),
    [
        (BEFORE, UnitState.RETURNED, "Bản sửa sau khi trả lại: phiếu nhận ngày 06/12/2024, sau"),
        (AFTER, UnitState.LATE, "Nộp muộn: phiếu nhận ngày 06/12/2024, sau"),
    ],
)
def test_what_replaces_a_form_that_was_sent_back_is_late_where_that_was(
    folder: Path, first: dt.date, state: UnitState, words: str
) -> None:
    open_campaign(folder, day=first).receive([form(folder, SAVED_BEFORE)])
    open_campaign(folder, day=first).send_back_returns(["TTra"], "thiếu chữ ký")
    again = AFTER + dt.timedelta(1)
    open_campaign(folder, day=again).receive([form(folder, SAVED_AFTER, 0.25)])
    found, (sentence,) = told(folder, again)
    assert found is state
    assert sentence.startswith(words)


def test_who_hands_in_again_because_the_office_changed_the_set_is_not_late(folder: Path) -> None:
    open_campaign(folder, day=BEFORE).receive([form(folder, SAVED_BEFORE)])
    row = next(c for c in load_campaign(folder).criteria if c.code == "1.2")
    edit(folder / "dot-cham.xlsx", "Bộ chỉ số", {f"C{row.row}": 3})
    again = form(folder, SAVED_AFTER, 0.25)
    open_campaign(folder, day=AFTER).receive([again])
    state, (sentence,) = told(folder, AFTER)
    assert state is UnitState.RETURNED
    assert sentence == (
        "Bản nộp lại sau khi bộ chỉ số đổi: phiếu nhận ngày 05/12/2024, sau hạn nộp 30/11/2024; "
        "bản trước, theo bộ chỉ số cũ, đã nộp đúng hạn."
    )


def test_the_last_day_is_in_time(folder: Path) -> None:
    open_campaign(folder, day=DEADLINE).receive([form(folder, SAVED_BEFORE)])
    assert told(folder, AFTER) == (UnitState.RETURNED, [])


def test_what_was_put_there_by_hand_goes_by_its_own_day_and_says_so(folder: Path) -> None:
    by_hand(folder, form(folder, SAVED_AFTER))
    state, (sentence,) = told(folder, AFTER)
    assert state is UnitState.LATE
    assert "trong tệp ghi lưu ngày 02/12/2024, chưa có ngày nhận, sau hạn nộp" in sentence


def test_what_lay_there_on_the_last_day_came_in_time(folder: Path) -> None:
    by_hand(folder, form(folder, TO_COME))
    assert told(folder, DEADLINE)[0] is UnitState.RETURNED
    open_campaign(folder, output=folder / "output", day=DEADLINE).consolidate()
    assert told(folder, AFTER)[0] is UnitState.RETURNED


def test_nobody_is_late_by_a_day_that_has_not_come(folder: Path) -> None:
    by_hand(folder, form(folder, TO_COME))
    state, sentences = told(folder, AFTER)
    assert state is UnitState.RETURNED
    ahead, unclear = sentences
    assert "ghi lưu ngày 29/11/2026, sau ngày tổng hợp 05/12/2024: đồng hồ" in ahead
    assert unclear.endswith("nên không rõ phiếu nộp trước hay sau hạn 30/11/2024.")


def test_a_form_first_read_after_the_deadline_stands_as_it_did_before_that(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand(folder, form(folder, SAVED_BEFORE))
    assert told(folder, AFTER) == (UnitState.RETURNED, [])
    open_campaign(folder, output=folder / "output", day=AFTER).consolidate()
    assert told(folder, AFTER + dt.timedelta(3)) == (UnitState.RETURNED, [])
    page = page_of(folder, monkeypatch, AFTER + dt.timedelta(3))
    came = "có từ 05/12/2024, chưa có ngày nhận; trong tệp ghi lưu 18/11/2024"
    assert came in shown(page.get("nhan-phieu"))


def test_a_person_tells_the_day_of_what_lies_there(folder: Path) -> None:
    path = form(folder, SAVED_AFTER)
    by_hand(folder, path)
    open_campaign(folder, day=BEFORE).receive([path])
    assert [p.name for p in (folder / "nhan-ve").iterdir()] == ["a.xlsx"]
    state, (sentence,) = told(folder, AFTER)
    assert state is UnitState.RETURNED
    assert sentence.startswith("Trong tệp ghi lưu ngày 02/12/2024, sau ngày nhận 20/11/2024")


def test_a_message_tells_the_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = office_in(tmp_path, capsys)
    date = "Mon, 02 Dec 2024 08:00:00 +0700"
    office.put("1.eml", letter(OFFICE, ("phieu.xlsx", office.form), date=date))
    office.fetch()
    results = open_campaign(office.folder, day=AFTER).state().results
    assert results is not None
    assert results.units[0].received == dt.date(2024, 12, 2)
    late = [f for f in results.units[0].findings if f.code.slug == "nop-muon"]
    assert [f.found for f in late] == ["nhận ngày 02/12/2024"]


def test_each_message_in_an_archive_tells_its_own_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A unit was late by the day of a stranger's message, or in time by that of another unit's."""
    office = office_in(tmp_path, capsys)
    days = {
        "VP": ("vp.rieng@gmail.example", "Mon, 02 Dec 2024 08:00:00 +0700"),
        "TTra": ("ttra@a.example", "Sat, 30 Nov 2024 23:59:00 +0700"),
        "P1": ("p1@a.example", "Sun, 01 Dec 2024 00:01:00 +0700"),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for code, (sender, date) in days.items():
            form_file = ("a.xlsx", filled_form(office.campaign, code, tmp_path / "phieu", 0.25))
            message = letter(sender, form_file, key=f"<{code}@a.example>", date=date)
            archive.writestr(f"{code}.eml", bytes(message))
    (tmp_path / "goi.zip").write_bytes(whole.getvalue())
    open_campaign(office.folder, day=AFTER).receive([tmp_path / "goi.zip"])
    state = open_campaign(office.folder, day=AFTER).state()
    assert state.results is not None
    assert state.standing is not None
    units = {one.unit.code: one for one in state.results.units}
    assert units["TTra"].received == DEADLINE
    assert units["TTra"].state is UnitState.RETURNED
    assert units["P1"].received == dt.date(2024, 12, 1)
    assert units["P1"].state is UnitState.LATE
    receipts = {one.unit.code: one.receipt for one in state.standing.units() if one.receipt}
    assert receipts["TTra"].sender == "ttra@a.example"
    assert receipts["TTra"].unconfirmed == ""
    assert receipts["VP"].unconfirmed


def test_what_was_received_is_not_called_a_paper_where_its_day_is_not_recorded(
    folder: Path,
) -> None:
    path = form(folder, SAVED_BEFORE)
    (folder / "cchc.sqlite").mkdir()  # nobody can open it, not even root
    received = open_campaign(folder, day=BEFORE).receive([path])
    assert received.is_done
    (told,) = (f for f in received.findings if f.code.slug == "so-khong-ghi-duoc")
    assert "văn bản" not in told.advice
    assert "ngày nhận" in told.advice


def test_a_day_of_another_year_is_shown_with_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = form(folder, SAVED_BEFORE)
    for day, shown_as in ((dt.date(2025, 1, 10), " 10/01/2025 "), (BEFORE, " 20/11 ")):
        open_campaign(folder, day=day).receive([path])
        capsys.readouterr()
        cchc("so", folder, "--ngay", "11/01/2025")
        assert shown_as in capsys.readouterr().out


def test_nothing_is_overdue_once_every_form_has_come(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_campaign(folder, day=BEFORE)
    where = folder.parent / "phieu"
    for codes, is_told in ((("VP", "TTra", "P1"), True), (("P2",), False)):
        for code in codes:
            filled_form(opened.campaign, code, where)
        opened.receive(sorted(where.iterdir()))
        page = page_of(folder, monkeypatch, AFTER)
        for screen in ("bo-chi-so", "don-doc"):
            assert ("quá hạn 5 ngày" in page.get(screen)) is is_told, screen
            assert "30/11/2024" in page.get(screen)


def test_the_last_day_is_called_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page said "còn 0 ngày", the command that it is today."""
    page = page_of(folder, monkeypatch, dt.date(2024, 11, 30))
    told = {
        screen: "hôm nay là ngày cuối" in page.get(screen) for screen in ("bo-chi-so", "don-doc")
    }
    assert told == {"bo-chi-so": True, "don-doc": True}
    cchc("dang-dau", folder, "--ngay", "30/11/2024")
    assert "hạn nộp 30/11/2024 (hôm nay là ngày cuối)" in capsys.readouterr().out


def test_the_day_does_not_wander(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = form(folder, SAVED_BEFORE)
    page = page_of(folder, monkeypatch, BEFORE)
    page.post("nhan-tep", {"ve": "nhan-phieu"}, files=[("tep", ("a.xlsx", path.read_bytes()))])
    by_hand(folder, form(folder, SAVED_BEFORE, 0.25))
    (folder / "nhan-ve" / "a.xlsx").rename(folder / "nhan-ve" / "b.xlsx")
    page = page_of(folder, monkeypatch, AFTER)
    text = shown(page.get("nhan-phieu"))
    assert "05/12/2024" not in text
    assert "chưa có ngày nhận" in text


def test_the_received_day_is_in_the_reminder_and_in_the_report(folder: Path) -> None:
    open_campaign(folder, day=BEFORE).receive([form(folder, TO_COME, 99)])
    opened = open_campaign(folder, output=folder / "output", day=AFTER)
    opened.remind()
    opened.consolidate()
    (letter_made,) = (folder / "output" / "don-doc").glob("*TTra*.docx")
    text = "\n".join(p.text for p in docx.Document(str(letter_made)).paragraphs)
    assert "đã nhận Phiếu tự chấm điểm của Thanh tra Sở ngày 20 tháng 11 năm 2024. Đến" in text
    assert "2026" not in text
    report = openpyxl.load_workbook(folder / "output" / "tong-hop" / "tong-hop.xlsx")
    rows = [[str(c.value) for c in row] for row in report["Tình trạng đơn vị"]]
    heading = next(row for row in rows if "Ngày nhận" in row)
    own = next(row for row in rows if "TTra" in row)
    assert own[heading.index("Ngày nhận")] == "20/11/2024"


@pytest.mark.parametrize(
    ("arrival", "state"),
    [
        (Arrival(DEADLINE, is_received=True), UnitState.RETURNED),
        (Arrival(AFTER, is_received=True), UnitState.LATE),
        (Arrival(AFTER, is_received=False), UnitState.RETURNED),
        (None, UnitState.RETURNED),
    ],
)
def test_a_script_says_when_forms_came(
    small: Campaign, arrival: Arrival | None, state: UnitState
) -> None:
    own = said(small, "TTra", SAVED_BEFORE, c1_2="0.5")
    file = FileRead(own.file, "TTra", counted=True, kind=ReturnKind.FORM, arrival=arrival)
    data = consolidate(small, Returns((own,), (file,)), as_of=AFTER)
    assert data.units[1].state is state
