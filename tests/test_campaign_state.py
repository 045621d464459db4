"""Where a campaign stands: its six steps from what lies in the folder, and what is next."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from cchc_office import CampaignFolder, NotSeenError, open_campaign, start_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.files.output_folder import OutputFolder, Paper
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.kinds import DISPATCH
from cchc_office.register import Handover, Sending, SendState, open_register
from cchc_office.steps import job as jobs
from cchc_office.steps.campaign_state import CampaignState
from cchc_office.steps.year_steps import PaperState, StepState
from cchc_office.text.vietnamese import VIETNAM

from .appraised import ANSWERS, Table, start
from .calls import example_in
from .messages import UNITS, campaign_in, filled_form
from .sheets import CRITERIA, campaign_file, edit, fill_form
from .test_letters import lines as drawn_lines

TWO_UNITS = """
Mã   | Tên đơn vị   | Tên gọi khác | Nhóm              | Thủ trưởng | Email
VP   | Văn phòng Sở | Văn phòng    | các phòng, đơn vị |            | vp@a.example
TTra | Thanh tra Sở | Thanh tra    | các phòng, đơn vị |            | tt@a.example
"""
THREE_ROWS = """
STT | Tiêu chí     | Điểm tối đa | Đơn vị thực hiện
1   | Lĩnh vực một |             |
1.1 | Kế hoạch     | 1           | Văn phòng
1.2 | Báo cáo      | 2           | Văn phòng
1.3 | Sáng kiến    | 1           | Thanh tra
"""
BEFORE, AFTER = dt.date(2024, 11, 1), dt.date(2024, 12, 5)


def opened(folder: Path, day: dt.date = BEFORE) -> CampaignFolder:
    return open_campaign(folder, output=folder / "ra", day=day)


def steps(state: CampaignState) -> dict[str, tuple[StepState, str]]:
    return {step.title: (step.state, step.words) for step in state.steps}


def returned(folder: Path, *units: str) -> None:
    campaign = campaign_in(folder)
    for unit in units:
        (folder / "nhan-ve").mkdir(exist_ok=True)
        form = filled_form(campaign, unit, folder.parent / "phieu", score=0.5)
        (folder / "nhan-ve" / f"{unit}.xlsx").write_bytes(form)


def of_two_units(tmp_path: Path) -> Path:
    """Return the folder of a small campaign whose two forms are there."""
    folder = campaign_file(tmp_path / "dot", units=TWO_UNITS, criteria=THREE_ROWS).parent
    opened(folder).make_papers()
    campaign = opened(folder).campaign
    (folder / "nhan-ve").mkdir()
    given: dict[str, dict[str, float]] = {"VP": {"1.1": 1, "1.2": 2}, "TTra": {"1.3": 0.5}}
    for unit, scores in given.items():
        form = folder / "nhan-ve" / f"{campaign.paper_name(campaign.unit(unit))}.xlsx"
        form.write_bytes((folder / "ra" / "phieu-cham" / form.name).read_bytes())
        fill_form(form, {c: {"score": s, "evidence": "Báo cáo"} for c, s in scores.items()})
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


def test_a_sample_of_years_ago_is_called_so_and_counts_no_days(tmp_path: Path) -> None:
    start_campaign(tmp_path / "dot")
    later = dt.date(2026, 12, 5)
    state = open_campaign(tmp_path / "dot", output=tmp_path / "ra", day=later).state()
    assert state.sample == "đợt mẫu, số liệu minh họa"
    assert state.days_to_tell is None
    then = open_campaign(tmp_path / "dot", output=tmp_path / "ra", day=dt.date(2024, 12, 5)).state()
    assert then.days_to_tell == -5


def test_a_campaign_of_years_ago_has_its_days_counted_in_years(folder: Path) -> None:
    state = open_campaign(folder, day=dt.date(2026, 12, 5)).state()
    assert state.sample == ""
    assert state.results
    told = {f.sentence for f in state.results.findings if f.code is Code.OVERDUE}
    assert told
    assert all("hạn nộp 30/11/2024: hạn đã qua hơn 2 năm." in sentence for sentence in told)


def test_a_new_campaign_begins_with_its_papers(folder: Path) -> None:
    state = opened(folder).state()
    assert steps(state) == {
        "Bộ chỉ số": (StepState.DONE, "5 dòng có điểm"),
        "Giao việc": (StepState.NOT_BEGUN, "chưa làm"),
        "Nhận phiếu": (StepState.NOT_BEGUN, "chưa làm"),
        "Đôn đốc": (StepState.NOT_BEGUN, "chưa làm"),
        "Thẩm định": (StepState.NOT_BEGUN, "chưa làm"),
        "Kết quả": (StepState.NOT_BEGUN, "chưa làm"),
    }
    assert state.next_step.step == 2
    assert state.next_step.words == ("Làm bảng phân công, công văn giao việc, phiếu tự chấm điểm.")
    assert f" chay {folder} -o {folder / 'ra'}" in state.next_step.command
    assert state.days_left == 29
    assert [p.name for p in folder.iterdir()] == ["dot-cham.xlsx"]


def test_papers_are_given_out_and_old_ones_made_again(folder: Path) -> None:
    opened(folder).make_papers()
    state = opened(folder).state()
    assert all(papers.are_made for papers in state.papers)
    assert steps(state)["Giao việc"] == (StepState.WAITING, "đã làm, chưa giao")
    assert state.next_step.words.startswith("Gửi công văn, phiếu cho 4 đơn vị;")
    assert f" gui {folder} --loai cong-van -o " in state.next_step.command

    edit(folder / "dot-cham.xlsx", "Bộ chỉ số", {"B5": "Mức độ hoàn thành"})
    state = opened(folder).state()
    # The row is in everybody's table, in the papers of one unit alone.
    assert [(p.there, p.outdated) for p in state.papers] == [(1, 1), (4, 1), (4, 1)]
    assert steps(state)["Giao việc"][0] is StepState.LOOK
    assert state.next_step.words.startswith("Làm lại ")


def test_nobody_is_to_be_reminded_of_what_was_not_given_out(folder: Path) -> None:
    state = opened(folder, AFTER).state()
    assert steps(state)["Đôn đốc"] == (StepState.NOT_BEGUN, "chưa làm")
    assert state.next_step.step == 2
    opened(folder, AFTER).make_papers()
    opened(folder, AFTER).record_handover(["VP"], "Zalo", day=BEFORE)
    state = opened(folder, AFTER).state()
    assert steps(state)["Đôn đốc"] == (StepState.LOOK, "4 còn nợ")
    assert state.steps[3].to_look == 1


def test_who_has_the_tasks_is_waited_for_and_reminded_after_the_deadline(folder: Path) -> None:
    opened(folder).make_papers()
    opened(folder).record_handover(["VP", "TTra"], "Zalo", day=BEFORE)
    state = opened(folder).state()
    assert steps(state)["Giao việc"] == (StepState.WAITING, "2/4 đã giao")
    assert "Phòng Một, Phòng Hai" in state.next_step.words
    # Who was not asked for anything owes nothing.
    assert steps(state)["Đôn đốc"] == (StepState.WAITING, "2 còn nợ")

    opened(folder).record_handover(["P1", "P2"], "Zalo", day=BEFORE)
    state = opened(folder).state()
    assert steps(state)["Giao việc"] == (StepState.DONE, "4/4 đã giao")
    assert steps(state)["Nhận phiếu"] == (StepState.WAITING, "0/4")
    assert steps(state)["Đôn đốc"] == (StepState.WAITING, "4 còn nợ")
    assert "(hạn nộp 30/11/2024)" in state.next_step.words

    late = opened(folder, AFTER).state()
    assert late.days_left == -5
    assert steps(late)["Đôn đốc"] == (StepState.LOOK, "4 còn nợ")
    assert late.next_step.words == "Làm công văn đôn đốc cho 4 đơn vị còn nợ."
    opened(folder, AFTER).remind()
    late = opened(folder, AFTER).state()
    assert late.next_step.words == "Gửi công văn đôn đốc cho 4 đơn vị còn nợ."
    opened(folder, AFTER).record_handover(
        ["VP", "TTra", "P1", "P2"], "giấy", kind="don-doc", day=AFTER
    )
    # Who was reminded today is waited for.
    late = opened(folder, AFTER).state()
    assert steps(late)["Đôn đốc"] == (StepState.WAITING, "4 còn nợ")
    assert late.next_step.words == (
        "Đợi phiếu của 4 đơn vị (hạn nộp 30/11/2024); phiếu về thì thả vào trang Nhận phiếu, hay "
        "để vào thư mục nhan-ve."
    )


def test_once_all_forms_are_there_the_year_goes_on(folder: Path) -> None:
    opened(folder, AFTER).make_papers()
    returned(folder, "VP", "TTra", "P1", "P2")
    owing = opened(folder, AFTER).state()
    assert owing.next_step.words == "Làm công văn đôn đốc cho 1 đơn vị còn nợ."
    opened(folder, AFTER).record_handover(["VP"], "giấy", kind="don-doc", day=AFTER)
    state = opened(folder, AFTER).state()
    assert state.next_step.words == "Làm bảng thẩm định lần 1; 1 đơn vị còn nợ, đã đôn đốc."


def test_who_has_papers_that_were_made_anew_since_is_told_of(folder: Path) -> None:
    made_anew, told = BEFORE + dt.timedelta(days=3), BEFORE + dt.timedelta(days=4)
    opened(folder).make_papers()
    opened(folder).record_handover(["VP", "TTra", "P1", "P2"], "Zalo", day=BEFORE)
    returned(folder, "P2")
    edit(folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 20)})
    opened(folder, made_anew).make_papers()

    state = opened(folder, made_anew).state()
    assert state.with_old == ("VP", "TTra", "P1")
    assert steps(state)["Giao việc"][0] is StepState.LOOK
    assert steps(state)["Giao việc"][1] == "4/4 đã giao · 3 đang giữ bản cũ · 3 cần xem"
    assert state.next_step.words.startswith("3 đơn vị đang giữ công văn, phiếu bản cũ")
    assert " --gui-lai --chi VP --chi TTra --chi P1" in state.next_step.command

    opened(folder, told).record_handover(["VP", "TTra", "P1"], "điện thoại", day=told)
    state = opened(folder, told).state()
    assert state.with_old == ()
    assert steps(state)["Giao việc"] == (StepState.DONE, "4/4 đã giao")


def test_what_was_given_out_before_anything_was_made_here_is_no_old_paper(folder: Path) -> None:
    opened(folder, AFTER).make_papers()
    opened(folder, AFTER).record_handover(["VP"], "Zalo", day=BEFORE)
    assert opened(folder, AFTER).state().with_old == ()


def test_who_was_sent_papers_that_were_made_anew_since_is_told_of(folder: Path) -> None:
    opened(folder).make_papers()
    campaign = opened(folder).campaign.id
    first = dt.datetime.combine(BEFORE, dt.time(15), VIETNAM)

    def send(number: int, time: dt.datetime) -> None:
        id_, to = f"<{number}@a.example>", ("vp@a.example",)
        with open_register(folder, campaign) as register:
            one = Sending(id_, "VP", DISPATCH, f"{number}" * 64, to, time, again=number)
            assert register.intend(one)
            register.settle(id_, SendState.SENT, time)

    send(0, first)
    edit(folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 20)})
    opened(folder, AFTER).make_papers()
    assert opened(folder, AFTER).state().with_old == ("VP",)
    send(1, first + (AFTER - BEFORE))
    assert opened(folder, AFTER).state().with_old == ()


def test_papers_that_say_the_same_again_are_no_other_ones(folder: Path) -> None:
    opened(folder).make_papers()
    opened(folder).record_handover(["VP"], "Zalo", day=BEFORE)
    shutil.rmtree(folder / "ra")
    opened(folder, AFTER).make_papers()
    assert opened(folder, AFTER).state().with_old == ()


def test_a_file_that_is_nobody_s_is_to_be_looked_at(folder: Path) -> None:
    opened(folder).make_papers()
    returned(folder, "TTra", "P1", "P2")
    (folder / "nhan-ve" / "la.xlsx").write_bytes(b"khong phai bang tinh")
    state = opened(folder).state()
    assert steps(state)["Nhận phiếu"] == (StepState.LOOK, "3/4 · 1 cần xem")
    assert steps(state)["Giao việc"] == (StepState.WAITING, "3/4 đã giao")
    (folder / "nhan-ve" / "la.xlsx").unlink()
    assert steps(opened(folder).state())["Nhận phiếu"] == (StepState.WAITING, "3/4")


def test_a_whole_year_ends_with_its_results(tmp_path: Path) -> None:
    folder = of_two_units(tmp_path)
    state = opened(folder).state()
    assert steps(state)["Nhận phiếu"] == (StepState.DONE, "2/2")
    assert steps(state)["Đôn đốc"] == (StepState.DONE, "không còn nợ")
    assert steps(state)["Kết quả"] == (StepState.WAITING, "3,50/4")
    assert (state.next_step.step, state.next_step.words) == (5, "Làm bảng thẩm định lần 1.")
    opened(folder).appraise()
    state = opened(folder).state()
    assert steps(state)["Thẩm định"][0] is StepState.WAITING
    made = folder / "ra" / "tham-dinh" / "tham-dinh-lan-1.xlsx"
    (folder / "tham-dinh").mkdir()
    (folder / "tham-dinh" / made.name).write_bytes(made.read_bytes())
    opened(folder).consolidate()
    state = opened(folder).state()
    assert steps(state)["Kết quả"] == (StepState.DONE, "3,50/4")
    # On another day it tells of the same.
    assert steps(opened(folder, AFTER).state())["Kết quả"] == (StepState.DONE, "3,50/4")


def test_a_report_of_figures_that_changed_since_is_an_old_one(tmp_path: Path) -> None:
    folder = of_two_units(tmp_path)
    opened(folder).appraise()
    opened(folder).consolidate()
    there = {
        "tong-hop/tong-hop.xlsx": PaperState.CURRENT,
        "tong-hop/bao-cao.docx": PaperState.CURRENT,
    }
    state = opened(folder).state()
    assert (state.report, state.appraisals) == (there, {1: PaperState.CURRENT})
    report = folder / "ra" / "tong-hop" / "bao-cao.docx"
    OutputFolder(folder / "ra").write_copy(Paper("tong-hop/bao-cao.pdf", b"%PDF-1.7"), report)
    to_sign = opened(folder).state().report["tong-hop/bao-cao.pdf"]
    assert to_sign is PaperState.CURRENT
    report.write_bytes(report.read_bytes() + b"\0")
    state = opened(folder).state()
    assert state.report["tong-hop/bao-cao.docx"] is PaperState.EDITED
    # It does not say what the document says since.
    assert state.report["tong-hop/bao-cao.pdf"] is PaperState.OUTDATED

    fill_form(next((folder / "nhan-ve").glob("*TTra.xlsx")), {"1.3": {"score": 0.25}})
    state = opened(folder).state()
    assert state.report == {
        "tong-hop/tong-hop.xlsx": PaperState.OUTDATED,
        "tong-hop/bao-cao.docx": PaperState.EDITED_OUTDATED,
        "tong-hop/bao-cao.pdf": PaperState.OUTDATED,
    }
    assert state.appraisals == {1: PaperState.OUTDATED}
    assert "báo cáo bản cũ" in steps(state)["Kết quả"][1]
    # What reviewers write makes their own workbook no old one, but the report.
    opened(folder).appraise()
    opened(folder).consolidate()
    made = folder / "ra" / "tham-dinh" / "tham-dinh-lan-1.xlsx"
    (folder / "tham-dinh").mkdir()
    table = Table(made.read_bytes())
    table.sign()
    table.type(next(key for key in table.rows if "VP" in key), score=0.25, opinion="Chậm")
    (folder / "tham-dinh" / made.name).write_bytes(table.content())
    state = opened(folder).state()
    assert state.appraisals == {1: PaperState.CURRENT}
    assert state.report["tong-hop/tong-hop.xlsx"] is PaperState.OUTDATED
    opened(folder).consolidate()
    assert opened(folder).state().report["tong-hop/tong-hop.xlsx"] is PaperState.CURRENT


def test_errors_in_the_workbook_are_all_that_is_told(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("Các phòng chuyên môn", "Phòng không có")
    folder = campaign_file(tmp_path / "dot", criteria=criteria).parent
    state = opened(folder).state()
    assert steps(state)["Bộ chỉ số"] == (StepState.LOOK, "1 lỗi")
    assert state.steps[0].to_look == 1
    assert {step.state for step in state.steps[1:]} == {StepState.NOT_BEGUN}
    assert state.next_step.words.startswith("Sửa 1 lỗi trong dot-cham.xlsx")
    assert state.next_step.command.endswith(f"kiem-tra {folder}")
    assert state.standing is None
    assert any(finding.is_error for finding in state.findings)


def test_a_register_that_cannot_be_read_hides_nothing_else(folder: Path) -> None:
    returned(folder, "TTra")
    (folder / "cchc.sqlite").write_bytes(b"khong phai so" * 100)
    state = opened(folder).state()
    assert steps(state)["Nhận phiếu"] == (StepState.WAITING, "1/4")
    assert [f.code for f in state.findings].count(Code.REGISTER_NOT_READ) == 1


def test_what_cannot_be_looked_at_is_said_and_nothing_concluded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unseen(*_: object, **__: object) -> None:
        raise NotSeenError("Chưa xem được nhan-ve.")

    monkeypatch.setattr(jobs, "consolidate", unseen)
    state = opened(folder).state()
    assert state.stopped == "Chưa xem được nhan-ve."
    assert steps(state)["Nhận phiếu"] == (StepState.LOOK, "chưa xem được hết · 1 cần xem")
    assert state.next_step.step == 3


def test_an_unclear_message_comes_first(folder: Path) -> None:
    opened(folder).make_papers()
    opened(folder).record_handover(["VP"], "Zalo", day=BEFORE)
    campaign = opened(folder).campaign
    time = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
    sending = Sending("<1@a.example>", "TTra", DISPATCH, "d" * 64, ("tt@a.example",), time)
    with open_register(folder, campaign.id) as book:
        assert book.intend(sending)
    state = opened(folder).state()
    assert steps(state)["Giao việc"] == (StepState.LOOK, "1/4 đã giao · 1 cần xem")
    assert state.next_step.command.endswith(f"so xu-ly {folder}")


def test_the_example_stands_where_its_returns_say(tmp_path: Path) -> None:
    folder = example_in(tmp_path / "dot")
    state = open_campaign(folder, output=tmp_path / "ra", day=AFTER).state()
    assert steps(state)["Bộ chỉ số"] == (StepState.DONE, "83 dòng có điểm")
    assert steps(state)["Nhận phiếu"] == (StepState.LOOK, "7/8 · 3 cần xem")
    assert steps(state)["Đôn đốc"] == (StepState.LOOK, "4 còn nợ")
    assert steps(state)["Kết quả"] == (StepState.WAITING, "61,25/69")
    assert state.standing is not None
    assert state.results is not None
    assert "việc tiếp theo" in repr(state)
    assert state._repr_html_().count("<tr>") > 6


def test_rounds_of_appraisal_are_gone_through(tmp_path: Path) -> None:
    place = start(tmp_path / "dot")
    folder = place.folder

    def at(day: int) -> CampaignState:
        return opened(folder, dt.date(2024, 12, day)).state()

    opened(folder, AFTER).make_papers()
    state = at(5)
    assert state.next_step.command.endswith(f"tham-dinh {folder} -o {folder / 'ra'}")
    opened(folder, AFTER).appraise()
    state = at(5)
    assert steps(state)["Thẩm định"] == (StepState.WAITING, "lần 1: chưa có bảng điền")
    assert state.next_step.words.startswith("Đợi người thẩm định điền")

    made = folder / "ra" / "tham-dinh" / "tham-dinh-lan-1.xlsx"
    table = Table(made.read_bytes())
    table.sign()
    table.type("VP|1.2", score=1, opinion="Thiếu hồ sơ", request="Bổ sung báo cáo")
    table.save(place.appraisals / made.name)
    state = at(11)
    assert steps(state)["Thẩm định"] == (StepState.WAITING, "lần 1 · 1 cần yêu cầu giải trình")
    assert state.next_step.words == "Yêu cầu 1 đơn vị giải trình thẩm định lần 1."

    opened(folder, dt.date(2024, 12, 11)).explain(deadline=dt.date(2024, 12, 26))
    state = at(11)
    assert state.next_step.words == "Gửi yêu cầu giải trình cho 1 đơn vị."
    day = dt.date(2024, 12, 11)
    opened(folder, day).record_handover(["VP"], "Zalo", kind="giai-trinh", day=day)
    state = at(12)
    assert state.next_step.words.startswith("Đợi phiếu giải trình của 1 đơn vị")
    # What has a day yet to come is no reason to look.
    assert steps(state)["Đôn đốc"] == (StepState.WAITING, "1 chờ giải trình")
    assert opened(folder, dt.date(2024, 12, 12)).standings().words == "còn nợ: 0 đơn vị"
    assert steps(state)["Thẩm định"] == (StepState.WAITING, "lần 1 · 1 chưa giải trình")
    # A report does not end the year while units have yet to explain.
    opened(folder, dt.date(2024, 12, 12)).consolidate()
    assert steps(at(12))["Kết quả"][0] is StepState.WAITING
    shutil.rmtree(folder / "ra" / "tong-hop")
    late = at(27)
    assert late.next_step.words == "Nhắc 1 đơn vị quá hạn giải trình."
    assert steps(late)["Đôn đốc"] == (StepState.LOOK, "1 còn nợ")

    asked = folder / "ra" / "giai-trinh" / "CCHC-2024-VP-bo-sung.xlsx"
    answer = Table(asked.read_bytes(), SUPPLEMENT_SHEET)
    answer.type("VP|1.2", explanation="Đã đủ hồ sơ", evidence="Công văn 7", wanted=2)
    answer.save(place.returns / asked.name)
    state = at(13)
    assert steps(state)["Thẩm định"] == (StepState.WAITING, "lần 1")
    assert state.next_step.words == "Làm bảng thẩm định lần 2."
    assert f"tham-dinh {folder} --lan 2 -o" in state.next_step.command
    opened(folder, dt.date(2024, 12, 13)).appraise(2)
    assert at(13).next_step.words.startswith("Đợi bảng thẩm định lần 2")

    made = made.with_name("tham-dinh-lan-2.xlsx")
    table = Table(made.read_bytes())
    table.sign()
    table.type("VP|1.2", score=2, opinion="Đủ")
    table.save(place.appraisals / made.name)
    state = at(14)
    assert steps(state)["Thẩm định"] == (StepState.DONE, "lần 2")
    assert state.next_step.words == "Làm tổng hợp, báo cáo gửi cấp trên."
    opened(folder, dt.date(2024, 12, 14)).consolidate()
    assert steps(at(14))["Kết quả"][0] is StepState.DONE


def test_what_was_judged_is_asked_about_though_a_form_is_missing(tmp_path: Path) -> None:
    place = start(tmp_path / "dot", {"VP": ANSWERS["VP"], "P1": ANSWERS["P1"]})
    folder = place.folder
    opened(folder, AFTER).make_papers()
    opened(folder, AFTER).record_handover(["VP", "P1", "P2"], "Zalo", day=BEFORE)
    opened(folder, AFTER).record_handover(["P2"], "giấy", kind="don-doc", day=AFTER)
    assert opened(folder, AFTER).state().next_step.words.startswith("Đợi phiếu của Phòng Hai")
    opened(folder, AFTER).appraise()
    made = folder / "ra" / "tham-dinh" / "tham-dinh-lan-1.xlsx"
    table = Table(made.read_bytes())
    table.sign()
    table.type("VP|1.2", score=1, opinion="Thiếu hồ sơ", request="Bổ sung báo cáo")
    table.save(place.appraisals / made.name)
    words = opened(folder, AFTER).state().next_step.words
    missing = "; còn đợi phiếu của Phòng Hai."
    assert words == f"Yêu cầu 1 đơn vị giải trình thẩm định lần 1{missing}"
    opened(folder, AFTER).explain(deadline=dt.date(2024, 12, 26))
    words = opened(folder, AFTER).state().next_step.words
    assert words == f"Gửi yêu cầu giải trình cho 1 đơn vị{missing}"


def test_a_unit_without_an_address_is_no_doubt_about_the_criteria(tmp_path: Path) -> None:
    units = UNITS.replace("ttra@a.example", "")
    folder = campaign_file(tmp_path / "dot", units=units).parent
    state = opened(folder).state()
    assert steps(state)["Bộ chỉ số"] == (
        StepState.DONE,
        "5 dòng có điểm · 1 đơn vị chưa có email",
    )


def test_who_was_handed_papers_on_the_day_they_were_changed_has_old_ones(folder: Path) -> None:
    """Of paper only the day counted: what was changed that noon passed for given in the morning."""
    opened(folder, BEFORE - dt.timedelta(days=1)).make_papers()
    morning = dt.datetime.combine(BEFORE, dt.time(9), VIETNAM)
    with open_register(folder, opened(folder).campaign.id) as register:
        register.record_handover(Handover("VP", DISPATCH, "bản giấy", BEFORE, morning))
    edit(folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 20)})
    opened(folder).make_papers()
    assert opened(folder).state().with_old == ("VP",)


def test_who_must_return_its_form_again_is_told_of_an_old_one(folder: Path) -> None:
    """It had returned a form, so nobody was told that the one to be filled in again is old."""
    opened(folder).make_papers()
    opened(folder).record_handover(["VP", "P1"], "Zalo", day=BEFORE)
    returned(folder, "VP", "P1")
    opened(folder).send_back_returns(["VP"], "Thiếu tài liệu kiểm chứng")
    edit(folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 20)})
    opened(folder, AFTER).make_papers()
    assert opened(folder, AFTER).state().with_old == ("VP",)


def test_a_reminder_tells_what_was_changed_after_forms_went_out(folder: Path) -> None:
    """It claimed a deadline that the unit never was told, and blamed it for an older maximum."""
    opened(folder).make_papers()
    opened(folder).record_handover(["VP", "TTra"], "Zalo", day=BEFORE)
    returned(folder, "VP")
    edit(folder / "dot-cham.xlsx", "Thông tin", {"B10": dt.date(2024, 11, 25)})
    edit(folder / "dot-cham.xlsx", "Bộ chỉ số", {"C4": 0.25, "C5": 3})
    reminding = opened(folder, AFTER)
    reminding.remind()
    letters = sorted((folder / "ra/don-doc").glob("*.docx"))
    told = {
        path.stem.removeprefix("CCHC-2024-"): "\n".join(drawn_lines(path.read_bytes()))
        for path in letters
    }
    asked = "gửi về chậm nhất ngày 30 tháng 11 năm 2024; hạn nộp nay đổi thành ngày 25"
    assert asked in told["VP"]
    assert asked in told["TTra"]
    assert "chậm nhất ngày 25 tháng 11 năm 2024." in told["P1"]
    assert "sau khi phát phiếu, điểm tối đa đã sửa thành 0,25; cần chấm lại" in told["VP"]
    assert "- 1.1.2 Mức độ thực hiện: từ 2,50 thành 3,00 điểm." in told["VP"]
    assert "vượt điểm tối đa" not in told["VP"]
    assert "đã sửa điểm tối đa" not in told["TTra"]
