"""Reminders by the days to the deadline, and their few words for a telephone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.model import Campaign, Consolidation, Returns
from cchc_office.register.history import Reminded, plan_reminders
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns
from cchc_office.steps.owing import Due, owing

from .calls import cchc
from .conftest import EXAMPLE

# The example's forms are due on 30/11/2024; KTAT returned nothing, VP, TTra and KHTCTH owe something.
LATE = {"VP", "TTra", "KHTCTH"}


@pytest.fixture(scope="module")
def returns(example: Campaign) -> Returns:
    return gather_returns(read_returns(EXAMPLE / "nhan-ve", example), example)


def _on(day: dt.date, example: Campaign, returns: Returns) -> Consolidation:
    return consolidate(example, returns, as_of=day)


@pytest.mark.parametrize(
    ("day", "due", "reminded"),
    [
        (dt.date(2024, 11, 20), Due(days_left=7), set()),
        (dt.date(2024, 11, 23), Due(days_left=7), {"KTAT"}),
        (dt.date(2024, 11, 30), Due(days_left=7), {"KTAT"}),
        (dt.date(2024, 12, 1), Due(days_left=7), set()),
        (dt.date(2024, 12, 2), Due(days_over=3), set()),
        (dt.date(2024, 12, 3), Due(days_over=3), LATE | {"KTAT"}),
        (dt.date(2024, 11, 20), Due(before_deadline=False), LATE),
        (dt.date(2024, 11, 20), Due(), LATE | {"KTAT"}),
    ],
)
def test_who_is_reminded(
    example: Campaign, returns: Returns, day: dt.date, due: Due, reminded: set[str]
) -> None:
    data = _on(day, example, returns)
    assert {result.unit.code for result in owing(data, due)} == reminded


def _letters(folder: Path) -> set[str]:
    return {path.name.removeprefix("CCHC-2024-") for path in (folder / "don-doc").iterdir()}


def test_letters_before_the_deadline_only_for_those_due_soon(tmp_path: Path) -> None:
    where = ("-o", tmp_path / "ra")
    assert cchc("don-doc", EXAMPLE, *where, "--ngay", "25/11/2024", "--truoc-han", "7") == 1
    assert _letters(tmp_path / "ra") == {"KTAT.docx"}
    # Later ones come beside it, and it stays while the unit owes something.
    assert cchc("don-doc", EXAMPLE, *where, "--ngay", "05/12/2024", "--qua-han", "3") == 1
    assert _letters(tmp_path / "ra") == {"KTAT.docx", "VP.docx", "TTra.docx", "KHTCTH.docx"}


def test_who_is_not_reminded_for_the_days_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of six days before the deadline "không có tệp nào" alone said nothing of why."""
    cchc("don-doc", EXAMPLE, "-o", tmp_path, "--ngay", "24/11/2024", "--truoc-han", "5")
    shown = " ".join(capsys.readouterr().out.split())
    assert "VP, TTra, KHTCTH, KTAT; hạn nộp: còn 6 ngày, chỉ nhắc nơi chưa" in shown
    assert "khi còn không quá 5 ngày. " in shown
    cchc("don-doc", EXAMPLE, "-o", tmp_path, "--ngay", "02/12/2024", "--qua-han", "3")
    shown = " ".join(capsys.readouterr().out.split())
    assert "hạn nộp: quá hạn 2 ngày, chỉ nhắc khi đã quá hạn từ 3 ngày. " in shown
    cchc("don-doc", EXAMPLE, "-o", tmp_path, "--ngay", "03/12/2024", "--qua-han", "3")
    assert Code.REMINDER_NOT_DUE.slug not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "more", "words"),
    [
        (
            "25/11/2024",
            ("--truoc-han", "7"),
            (
                "Sở Công Thương: chưa nhận được Phiếu tự chấm điểm Chỉ số CCHC năm 2024 của Phòng Kỹ "
                "thuật an toàn môi trường (minh họa), còn 5 ngày là đến hạn (ngày 30 tháng 11 năm "
                "2024). Đề nghị gửi về Văn phòng Sở, thư điện tử van-phong@so-cong-thuong.example."
            ),
        ),
        (
            "03/12/2024",
            ("--lan", "2"),
            (
                "Sở Công Thương nhắc lần 2: chưa nhận được Phiếu tự chấm điểm Chỉ số CCHC năm 2024 "
                "của Phòng Kỹ thuật an toàn môi trường (minh họa), đã quá hạn 3 ngày. Đề nghị gửi về "
                "Văn phòng Sở, thư điện tử van-phong@so-cong-thuong.example."
            ),
        ),
        (
            "30/11/2024",
            (),
            (
                "Sở Công Thương: chưa nhận được Phiếu tự chấm điểm Chỉ số CCHC năm 2024 của Phòng Kỹ "
                "thuật an toàn môi trường (minh họa), hôm nay là hạn cuối. Đề nghị gửi về Văn phòng "
                "Sở, thư điện tử van-phong@so-cong-thuong.example."
            ),
        ),
    ],
)
def test_the_few_words_for_a_telephone(
    tmp_path: Path, day: str, more: tuple[str, ...], words: str
) -> None:
    assert cchc("don-doc", EXAMPLE, "-o", tmp_path, "--ngay", day, "--van-ban-ngan", *more) == 1
    [path] = (tmp_path / "don-doc").glob("CCHC-2024-KTAT*-tin-nhan.txt")
    assert path.read_text("utf-8-sig").strip() == words
    assert path.with_name(path.name.replace("-tin-nhan.txt", ".docx")).exists()


def test_few_words_that_cannot_be_made_keep_no_letter_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    own = tmp_path / "dot" / "templates"
    own.mkdir(exist_ok=True)
    (own / "tin-nhan-don-doc.txt").write_text("{{ don_vi.tne }}", encoding="utf-8")
    where = (tmp_path / "dot", "-o", tmp_path / "ra")
    capsys.readouterr()
    assert cchc("don-doc", *where, "--ngay", "05/12/2024", "--van-ban-ngan") == 1
    assert Code.TEMPLATE_NAME_MISSPELT.slug in capsys.readouterr().out
    assert len(list((tmp_path / "ra" / "don-doc").glob("*.docx"))) == 8
    assert not list((tmp_path / "ra" / "don-doc").glob("*.txt"))


@pytest.mark.parametrize("more", [("--truoc-han", "7", "--qua-han", "3"), ("--truoc-han", "x")])
def test_days_that_make_no_sense_are_wrong_usage(tmp_path: Path, more: tuple[str, ...]) -> None:
    assert cchc("don-doc", EXAMPLE, "-o", tmp_path, *more) == 2


@pytest.mark.parametrize(
    ("days_ago", "days_between", "waits"),
    [(0, 1, True), (1, 1, False), (1, 2, True), (2, 2, False), (1, 3, True), (3, 3, False)],
)
def test_after_a_reminder_as_many_days_pass_as_the_office_wants(
    example: Campaign, returns: Returns, days_ago: int, days_between: int, waits: bool
) -> None:
    today = dt.date(2024, 12, 5)
    units = owing(_on(today, example, returns), Due())
    last = Reminded(1, today - dt.timedelta(days=days_ago))
    plan = plan_reminders(units, {"KTAT": last}, today, days_between)
    assert plan.waiting == ({"KTAT"} if waits else set())
    assert [(f.code, f.unit) for f in plan.findings] == (
        [(Code.MAIL_REMINDED_RECENTLY, "KTAT")] if waits else []
    )
    assert plan.numbers == dict.fromkeys(LATE, 1) | {"KTAT": 2}
