"""The library as a script calls it: the jobs of the year, and what each refuses."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Callable
from functools import partial
from inspect import isfunction
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm

import cchc_office
from cchc_office import (
    CampaignError,
    CampaignFolder,
    CchcError,
    Question,
    UsageError,
    open_campaign,
)
from cchc_office.catalogue.findings import need_a_person
from cchc_office.papers.kinds import DISPATCH
from cchc_office.steps.brought_back import BroughtBack
from cchc_office.steps.opened import Opened

from .calls import example_in
from .conftest import ROOT
from .sheets import CRITERIA, SETTINGS, campaign_file

DAY = dt.date(2024, 12, 5)
JOBS: dict[str, Callable[[CampaignFolder], Any]] = {
    "make_papers": CampaignFolder.make_papers,
    "make_table": CampaignFolder.make_table,
    "make_dispatches": CampaignFolder.make_dispatches,
    "make_forms": CampaignFolder.make_forms,
    "consolidate": CampaignFolder.consolidate,
    "progress": CampaignFolder.progress,
    "remind": CampaignFolder.remind,
    "appraise": CampaignFolder.appraise,
    "explain": CampaignFolder.explain,
    "do_all": CampaignFolder.do_all,
    "send": lambda folder: folder.send("cong-van", for_real=True),
    "fetch": CampaignFolder.fetch,
    "mail_text": lambda folder: folder.mail_text("VP", "cong-van"),
    "standings": CampaignFolder.standings,
    "unsettled": CampaignFolder.unsettled,
    "record_handover": lambda folder: folder.record_handover(["VP"], "Zalo"),
    "strike": CampaignFolder.strike,
    "rebuild_register": CampaignFolder.rebuild_register,
}
WRITING = ("make_papers", "consolidate", "remind", "appraise", "do_all", "send")


@pytest.fixture
def year(tmp_path: Path) -> CampaignFolder:
    """The example, after its forms came back."""
    return open_campaign(example_in(tmp_path / "dot"), output=tmp_path / "ra", day=DAY)


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# --- what is refused ---


@pytest.mark.parametrize("job", JOBS)
def test_a_campaign_with_errors_is_left_alone(tmp_path: Path, job: str) -> None:
    criteria = CRITERIA.replace("Các phòng chuyên môn", "Phòng không có")
    path = campaign_file(tmp_path / "dot", criteria=criteria)
    folder = open_campaign(path, output=tmp_path / "ra")
    before = files_in(tmp_path)
    with pytest.raises(CampaignError, match=r"dot-cham\.xlsx còn 1 lỗi.*ô D7") as refused:
        JOBS[job](folder)
    assert [finding.cell for finding in refused.value.findings if finding.is_error] == ["D7"]
    assert files_in(tmp_path) == before
    assert folder.check().needs_a_person


@pytest.mark.parametrize("job", WRITING)
def test_an_output_folder_belongs_to_one_campaign(tmp_path: Path, job: str) -> None:
    example = open_campaign(example_in(tmp_path / "dot"), output=tmp_path / "ra")
    example.make_table()
    before = files_in(tmp_path / "ra")
    settings = SETTINGS.replace("2024  ", "2025  ")
    other = open_campaign(
        campaign_file(tmp_path / "khac", settings=settings), output=example.output
    )
    with pytest.raises(CchcError, match="đang có kết quả của đợt CCHC-2024-SCT"):
        JOBS[job](other)
    assert files_in(tmp_path / "ra") == before


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path, year: CampaignFolder) -> None:
    missing = tmp_path / "nhan-vee"
    with pytest.raises(UsageError, match="Không có thư mục"):
        open_campaign(str(missing))
    with pytest.raises(UsageError, match="Không có thư mục"):
        open_campaign(year.folder, returns=str(missing))
    with pytest.raises(UsageError, match="Không có thư mục"):
        open_campaign(year.folder, appraisals=missing)
    with pytest.raises(UsageError, match="là một tệp"):
        open_campaign(year.folder, returns=year.file)
    with pytest.raises(UsageError, match="Không có thư mục"):
        year.fetch(messages=missing)
    with pytest.raises(UsageError, match="Không có tệp"):
        year.consolidate(earlier=missing)
    with pytest.raises(UsageError, match="Không có tệp"):
        cchc_office.check_documents(missing)
    with pytest.raises(UsageError, match="Không có thư mục"):
        list(cchc_office.read_returns(missing, year.campaign))


def test_what_makes_no_sense_is_refused(year: CampaignFolder) -> None:
    with pytest.raises(UsageError, match="không phải là một loại thư"):
        year.send("cong van")
    with pytest.raises(UsageError, match="gửi lại cho đơn vị nào"):
        year.send("cong-van", again=True)
    with pytest.raises(UsageError, match="Gần giống: VP"):
        year.send("cong-van", only=["VPP"])
    with pytest.raises(UsageError, match="không dùng được"):
        year.send_to_oneself("cong-van", "a@b")
    with pytest.raises(UsageError, match="đã qua"):
        year.explain(deadline=dt.date(2024, 12, 1))
    with pytest.raises(UsageError, match="mã “X”"):
        year.ask_to_explain({"X": []})
    with pytest.raises(UsageError, match="mã “X”"):
        year.mail_text("X", "cong-van")
    with pytest.raises(UsageError, match="Chỉ dùng một trong hai"):
        year.remind(days_left=1, days_over=1)


A_DAY = "cần một ngày"
WRONG: dict[str, tuple[Callable[[CampaignFolder], object], str]] = {
    "day": (lambda c: open_campaign(c.folder, day="2024-12-05"), A_DAY),  # type: ignore[arg-type]
    "path": (lambda _: open_campaign(""), "Đợt chấm"),
    "path of bytes": (lambda _: open_campaign(b"dot"), "Đợt chấm"),  # type: ignore[arg-type]
    "output": (lambda c: open_campaign(c.folder, output=5), "kết quả"),  # type: ignore[arg-type]
    "passwords": (lambda c: open_campaign(c.folder, passwords=[5]), "Mật khẩu"),  # type: ignore[list-item]
    "started": (lambda _: cchc_office.start_campaign(""), "Thư mục"),
    "documents": (lambda _: cchc_office.check_documents([None]), "Tệp, thư mục"),  # type: ignore[list-item]
    "deadline": (lambda c: c.explain(deadline="27/12"), A_DAY),  # type: ignore[arg-type]
    "days left": (lambda c: c.remind(days_left=-1), "từ 0 đến 365"),
    "days over": (lambda c: c.remind(days_over=-1), "từ 0 đến 365"),
    "handover of none": (lambda c: c.record_handover(None, "Zalo"), "đơn vị"),  # type: ignore[arg-type]
    "day of a handover": (
        lambda c: c.record_handover("VP", "Zalo", day="2/12"),  # type: ignore[arg-type]
        A_DAY,
    ),
    "mail to none": (lambda c: c.mail_text(None, "cong-van"), "Mã đơn vị"),  # type: ignore[arg-type]
    "kind": (lambda c: c.send(5), "Loại thư"),  # type: ignore[arg-type]
    "questions": (lambda c: c.ask_to_explain(["VP"]), "cần một dict"),  # type: ignore[arg-type]
    "question": (lambda c: c.ask_to_explain({"VP": "1.1.1"}), "cần một dict"),  # type: ignore[dict-item]
    "no row": (lambda c: c.ask_to_explain({"VP": [Question("9.9", "?")]}), "Không có dòng nào"),
    "row of others": (
        lambda c: c.ask_to_explain({other_than(c, "1.1.1"): [Question("1.1.1", "?")]}),
        "không tự chấm",
    ),
    "past deadline": (
        lambda c: c.ask_to_explain({"VP": [Question("1.1.1", "?")]}, deadline=dt.date(2024, 12, 1)),
        "đã qua",
    ),
    **{
        f"round {wrong!r}": (lambda c, w=wrong: c.appraise(w), "từ 1 đến 2")  # type: ignore[misc]
        for wrong in (0, -1, 3, True, 1.5, "1", None)
    },
    **{
        f"round to explain {wrong!r}": (lambda c, w=wrong: c.explain(w), "từ 1 đến 2")  # type: ignore[misc]
        for wrong in (0, 3, True, "1")
    },
    **{
        f"reminder {wrong!r}": (lambda c, w=wrong: c.remind(number=w), "từ 1 đến 99")  # type: ignore[misc]
        for wrong in (0, -1, 100, "2")
    },
}


def other_than(folder: CampaignFolder, code: str) -> str:
    """Return a unit that has no part in a row."""
    campaign = folder.campaign
    row = next(row for row in campaign.criteria if row.code == code)
    own = {part.unit for part in campaign.assignments_of(row)}
    return next(unit.code for unit in campaign.units if unit.code not in own)


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_arguments_are_refused_before_anything_is_written(
    tmp_path: Path, year: CampaignFolder, wrong: str
) -> None:
    call, why = WRONG[wrong]
    before = files_in(tmp_path)
    with pytest.raises(UsageError, match=why):
        call(year)
    assert files_in(tmp_path) == before


def test_a_workbook_that_changed_since_is_opened_again(
    tmp_path: Path, year: CampaignFolder
) -> None:
    campaign_file(year.file.parent)
    before = files_in(tmp_path)
    for job in (*JOBS.values(), CampaignFolder.check):
        with pytest.raises(CampaignError, match=r"đã đổi từ khi mở.*reload"):
            job(year)
    assert files_in(tmp_path) == before
    again = year.reload()
    assert again.check().campaign.units != year.campaign.units
    assert (again.day, again.output) == (year.day, year.output)


def test_returns_are_read_with_an_opened_folder_or_not_at_all(year: CampaignFolder) -> None:
    read = list(cchc_office.read_returns(year.returns, year))
    returns = cchc_office.gather_returns(read, year)
    assert returns == cchc_office.gather_returns(
        cchc_office.read_returns(year.returns, year.campaign), year.campaign
    )
    results = cchc_office.consolidate(year, returns, as_of=DAY)
    assert results.total.score
    assert all(len(repr(value)) < 100 for value in (returns, results, year.campaign))
    text: Any = str(year.folder)
    for refused in (
        lambda: cchc_office.read_returns(year.returns, text),
        lambda: cchc_office.gather_returns([], text),
        lambda: cchc_office.consolidate(text, returns, as_of=DAY),
    ):
        with pytest.raises(UsageError, match="Đợt chấm"):
            refused()


def test_a_register_that_was_closed_says_so(year: CampaignFolder) -> None:
    year.record_handover("VP", "Zalo", day=dt.date(2024, 12, 2))
    register = cchc_office.read_register(year.folder, year.campaign.id)
    assert register
    with register:
        assert register.handovers()
    with pytest.raises(CchcError, match="đã đóng") as closed:
        register.handovers()
    assert "dung-lai" not in str(closed.value)


def test_a_register_is_not_made_again_of_another_campaigns_mail(
    tmp_path: Path, year: CampaignFolder
) -> None:
    year.make_table()
    settings = SETTINGS.replace("2024  ", "2025  ")
    other = open_campaign(campaign_file(tmp_path / "khac", settings=settings), output=year.output)
    with pytest.raises(CchcError, match="đang có kết quả của đợt CCHC-2024-SCT"):
        other.rebuild_register()


# --- what is used ---


def test_a_time_is_its_day_and_a_text_alone_a_list_of_one(year: CampaignFolder) -> None:
    folder = open_campaign(year.folder, day=dt.datetime(2024, 12, 5, 8), passwords="mở")
    assert (folder.day, folder.passwords) == (DAY, ("mở",))
    year.make_papers()
    assert {m.unit.code for m, _, _ in year.send("cong-van", only="VP").fates()} <= {"VP"}
    year.record_handover("VP", "Zalo", day=dt.date(2024, 12, 2))
    assert [entry.name for entry in year.strike("G1").struck] == ["G1"]


def test_letters_to_units_asked_before_stay(year: CampaignFolder) -> None:
    scored = {unit.code: year.campaign.scored_by(unit) for unit in year.campaign.units}
    leaves = {code: own[0] for code, own in scored.items() if own}
    assert len(leaves) > 1
    for unit, leaf in leaves.items():
        year.ask_to_explain({unit: [Question(leaf.id, "Vì sao?")]})
    letters = {path.stem.removeprefix("CCHC-2024-") for path in year.output.rglob("*.docx")}
    assert letters == set(leaves)
    assert not (year.output / "luu-cu").exists()


def test_own_templates_and_figures_are_used(year: CampaignFolder) -> None:
    own = year.folder / "templates"
    own.mkdir()
    letter = docx.Document(str(ROOT / "templates" / "cong-van-giao-viec.docx"))
    letter.add_paragraph("Mẫu riêng của Sở")
    letter.save(str(own / "cong-van-giao-viec.docx"))
    (year.folder / "the-thuc.toml").write_text("le_trai = 35\n", encoding="utf-8")
    folder = open_campaign(year.folder, output=year.output)
    folder.make_papers()
    made = docx.Document(str(year.output / "cong-van/CCHC-2024-VP.docx"))
    assert made.paragraphs[-1].text == "Mẫu riêng của Sở"
    margin = made.sections[0].left_margin
    assert margin
    assert round(margin / Mm(1)) == 35


def test_a_broken_own_template_keeps_its_letters_back(year: CampaignFolder) -> None:
    (year.folder / "templates").mkdir()
    (year.folder / "templates/cong-van-giao-viec.docx").write_bytes(b"broken")
    made = year.make_dispatches()
    assert (made.is_done, made.has_errors, made.exit_status, made.written) == (False, True, 3, ())
    some = year.make_papers()
    assert (some.is_done, some.came_out, some.has_errors, some.exit_status) == (
        False,
        True,
        True,
        1,
    )
    assert some.held_back == (DISPATCH.title,)
    assert repr(some).count("tệp, chưa có ") == 1
    assert {finding.file for finding in made.findings} >= {"cong-van-giao-viec.docx"}


def test_what_was_made_and_came_back_is_in_the_register(year: CampaignFolder) -> None:
    year.make_papers()
    year.consolidate()
    register = cchc_office.read_register(str(year.folder), year.campaign.id)
    assert register
    with register:
        assert {paper.kind.key for paper in register.papers()} == {"TASKS", "FORM"}
        assert len({returned.unit for returned in register.returns()}) == 7


def test_progress_is_told(year: CampaignFolder) -> None:
    told: list[tuple[str, int, int]] = []
    folder = open_campaign(
        str(year.file),
        output=str(year.output),
        on_progress=lambda *progress: told.append(progress),
    )
    folder.make_forms()
    assert told == [("Phiếu chấm", number, 8) for number in range(1, 9)]


def test_mail_is_planned_and_nothing_goes_out(year: CampaignFolder) -> None:
    year.make_papers()
    mailed = year.send("cong-van")
    assert mailed.is_done
    assert {fate for _, fate, _ in mailed.fates()} == {"đã soạn"}
    assert len(list(mailed.drafts.glob("*.eml"))) == len(mailed.outbox.messages) > 0
    assert not year.send("cong-van", for_real=True).is_done  # there is no thu.toml


def test_whether_to_send_is_asked_with_the_messages(year: CampaignFolder) -> None:
    seen: list[tuple[int, str]] = []
    year.make_papers()

    def no(outbox: object, server: str) -> bool:
        seen.append((len(outbox.messages), server))  # type: ignore[attr-defined]
        return False

    mailed = year.send("cong-van", confirm=no)
    assert seen == [(len(mailed.outbox.messages), "")]


def test_a_handover_is_recorded_and_struck(year: CampaignFolder) -> None:
    recorded = year.record_handover(["VP"], "Zalo", day=dt.date(2024, 12, 2))
    assert list(recorded.lines()) == ["Văn phòng Sở, giao việc, ngày 02/12/2024: Zalo"]
    assert [entry.name for entry in year.strike().left] == ["G1"]
    assert year.strike(["G1"]).left == ()


# --- how it looks ---


@pytest.mark.parametrize("job", [job for job in JOBS if job not in ("fetch", "mail_text")])
def test_results_are_frozen_and_show_themselves_shortly(year: CampaignFolder, job: str) -> None:
    found: BroughtBack = JOBS[job](year)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.findings = ()  # type: ignore[misc]
    assert len(repr(found)) < 160
    assert re.fullmatch(r"<[A-Z]\w+ CCHC-2024-SCT, .*>", repr(found))
    shown = found._repr_html_()
    assert shown.count("<table>") == shown.count("</table>") <= 2
    asking = [f for f in found.findings if need_a_person((f,))]
    assert all(html.escape(finding.sentence) in shown for finding in asking)
    assert "<script" not in shown


def test_what_came_from_outside_is_text_in_a_notebook(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("Các phòng chuyên môn", "<script>alert(1)</script>")
    folder = open_campaign(campaign_file(tmp_path / "dot", criteria=criteria))
    shown = folder.check()._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_names_are_offered_and_help_begins_in_vietnamese() -> None:
    assert dir(cchc_office) == sorted(cchc_office.__all__)
    assert {"open_campaign", "start_campaign", "CampaignFolder", "CchcError"} <= set(
        cchc_office.__all__
    )
    assert {"open_campaign", "OutputFolder"} & set(vars(cchc_office)) == set()
    own = [one for one in CampaignFolder.__mro__ if one is not Opened and issubclass(one, Opened)]
    jobs = [name for one in own for name in vars(one) if not name.startswith("_")]
    assert set(JOBS) <= set(jobs)
    functions = [f for f in map(partial(getattr, cchc_office), dir(cchc_office)) if isfunction(f)]
    assert len(functions) >= 9
    for told in (*(getattr(CampaignFolder, name) for name in jobs), *functions, CampaignFolder):
        first, _, rest = (told.__doc__ or "").partition("\n\n")
        assert re.search(r"[ạ-ỹăâđêôơư]", first), told
        assert re.match(r"\s*[A-Z][a-z ]+", rest), told
    page = (ROOT / "docs/thu-vien.md").read_text(encoding="utf-8")
    assert [name for name in jobs if f"{name}(" not in page] == []
