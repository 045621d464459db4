"""The screens from which work is given out and asked for, and the log of it."""

from __future__ import annotations

import datetime as dt
import html
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from cchc_office import CampaignFolder, open_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.register import SendState, open_register
from cchc_office.steps.brought_back import JobResult
from cchc_office.steps.campaign_state import CampaignState
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.runs import RunFate

from . import days
from .messages import filled_form, letter
from .page_client import clerk, desk, done, door, own_folder, post, sample, stranger
from .sheets import campaign_file, edit

__all__ = ("clerk", "desk", "door", "own_folder", "sample", "stranger")


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> OpenCampaign:
    campaign_file(tmp_path / "dot")
    return desk.open(tmp_path / "dot")


def shown(clerk: TestClient, campaign: OpenCampaign, path: str) -> str:
    answer = clerk.get(f"/d/{campaign.id}/{path}")
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text


def row_of(page: str, name: str) -> str:
    rows = (row.partition("</tr>")[0] for row in page.split("<tr>"))
    return next(row for row in rows if f'class="name">{name}' in row)


def test_who_has_an_old_letter_is_sent_the_new_one(clerk: TestClient, small: OpenCampaign) -> None:
    def at(day: dt.date) -> CampaignFolder:
        return open_campaign(small.folder, output=small.output, day=day)

    given, anew = dt.date(2024, 11, 1), dt.date(2024, 11, 4)
    at(given).make_papers()
    codes = [unit.code for unit in at(given).campaign.units]
    at(given).record_handover(codes, "Zalo", day=given)
    assert "Đã giao cho tất cả" in shown(clerk, small, "giao-viec")
    edit(small.folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 20)})
    at(anew).make_papers()
    page = shown(clerk, small, "giao-viec")
    assert "đang giữ công văn, phiếu bản cũ" in page
    assert "bản cũ" in row_of(page, "Văn phòng Sở")
    [again] = re.findall(rf'href="/d/{small.id}/(gui/cong-van\?[^"]+)"', page)
    listed = shown(clerk, small, html.unescape(again))
    assert "Văn phòng Sở" in listed
    assert "Ghi vào sổ" in listed


def test_who_has_an_old_letter_is_named_beside_who_has_none(
    clerk: TestClient, small: OpenCampaign
) -> None:
    """As long as one unit had nothing, nobody was told that others have an old deadline."""

    def at(day: dt.date) -> CampaignFolder:
        return open_campaign(small.folder, output=small.output, day=day)

    given, anew = dt.date(2024, 11, 1), dt.date(2024, 11, 4)
    at(given).make_papers()
    at(given).record_handover(["VP", "TTra"], "Zalo", day=given)
    edit(small.folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 20)})
    at(anew).make_papers()
    page = shown(clerk, small, "giao-viec")
    assert "Còn 2 đơn vị chưa được giao" in page
    assert "2 đơn vị đang giữ công văn, phiếu bản cũ: Văn phòng Sở, Thanh tra Sở." in page
    assert "Điểm tối đa hay điều khác ghi trong đó đã đổi sau khi giao." in page
    assert "Gửi lại cho 2 đơn vị" in page
    edit(small.folder / "dot-cham.xlsx", "Thông tin", {"B10": dt.date(2024, 12, 20)})
    at(anew).make_papers()
    page = shown(clerk, small, "giao-viec")
    assert "Hạn nộp đã báo là 30/11/2024, nay là 20/12/2024;" in page
    at(anew).record_handover(["VP"], "Zalo", day=anew)
    edit(small.folder / "dot-cham.xlsx", "Thông tin", {"B8": dt.date(2024, 12, 21)})
    at(dt.date(2024, 11, 5)).make_papers()
    page = shown(clerk, small, "giao-viec")
    assert "2 đơn vị đang giữ công văn, phiếu bản cũ" in page
    assert "Hạn nộp đã báo là 30/11/2024 (Thanh tra Sở), nay là 20/12/2024;" in page


def test_maxima_that_units_with_old_letters_were_not_told_are_named(
    clerk: TestClient, small: OpenCampaign
) -> None:
    def at(day: dt.date) -> CampaignFolder:
        return open_campaign(small.folder, output=small.output, day=day)

    given, anew = dt.date(2024, 11, 1), dt.date(2024, 11, 4)
    at(given).make_papers()
    at(given).record_handover(["VP", "TTra"], "Zalo", day=given)
    edit(small.folder / "dot-cham.xlsx", "Bộ chỉ số", {"C4": 1.5, "C6": 0.25})
    at(anew).make_papers()
    page = html.unescape(shown(clerk, small, "giao-viec"))
    assert re.findall(r"<li>([^<]*điểm tối đa đã báo[^<]*)</li>", page) == [
        "1.1.1 Ban hành kế hoạch: điểm tối đa đã báo 1,00, nay là 1,50 (Văn phòng Sở)",
        "1.2 Sáng kiến: điểm tối đa đã báo 0,50, nay là 0,25 (Văn phòng Sở, Thanh tra Sở)",
    ]
    at(anew).record_handover(["VP"], "Zalo", day=anew)
    page = html.unescape(shown(clerk, small, "giao-viec"))
    assert "nay là 0,25 (Thanh tra Sở)" in page
    assert "1.1.1 Ban hành kế hoạch: điểm" not in page


def test_papers_are_made_looked_at_and_kept_when_edited(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    page = shown(clerk, small, "giao-viec")
    assert "Làm tất cả" in page
    assert "chưa làm" in row_of(page, "Văn phòng Sở")
    assert done(desk, post(clerk, small, "giao-viec/lam")).fate is RunFate.DONE
    page = shown(clerk, small, "giao-viec")
    assert "Làm tất cả" not in page
    assert row_of(page, "Văn phòng Sở").count("đã làm") == 2
    letter = small.output / "cong-van" / "CCHC-2024-VP.docx"
    letter.write_bytes(letter.read_bytes() + b"sua tay")
    assert "đã sửa tay" in row_of(shown(clerk, small, "giao-viec"), "Văn phòng Sở")


def test_looking_reads_the_files_once(clerk: TestClient, desk: Desk, small: OpenCampaign) -> None:
    done(desk, post(clerk, small, "giao-viec/lam"))
    with open_register(small.folder, small.state().campaign.id):
        first = small.state()
        shown(clerk, small, "giao-viec")
        assert small.state() is first


def test_one_letter_is_seen_before_any_is_made(clerk: TestClient, small: OpenCampaign) -> None:
    page = shown(clerk, small, "xem/cong-van?don-vi=P1")
    assert "Phòng Một" in page
    assert "Thể thức Nghị định 30: không thấy chỗ nào sai thể thức" in page
    document = clerk.get(f"/d/{small.id}/xem/cong-van/docx?don-vi=P1")
    assert document.content.startswith(b"PK")
    assert "CCHC-2024-P1.docx" in document.headers["content-disposition"]
    assert not small.output.exists()
    assert clerk.get(f"/d/{small.id}/xem/cong-van?don-vi=KHONG").status_code == 404


@pytest.mark.libreoffice
def test_the_letter_is_seen_as_pdf(clerk: TestClient, small: OpenCampaign) -> None:
    answer = clerk.get(f"/d/{small.id}/xem/cong-van/pdf?don-vi=P1")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")


def test_without_libreoffice_the_word_document_is_offered(
    clerk: TestClient, small: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_office.steps.preview.find_libreoffice", lambda: None)
    page = shown(clerk, small, "xem/cong-van?don-vi=P2")
    assert "không có LibreOffice" in page
    assert "Tải bản Word" in page
    assert "<iframe" not in page
    assert clerk.get(f"/d/{small.id}/xem/cong-van/pdf?don-vi=P2").status_code == 409


def test_work_given_by_another_way_is_recorded_and_struck_out(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    done(desk, post(clerk, small, "giao-viec/lam"))
    told: dict[str, Any] = {"don-vi": ["VP", "P1"], "cach": "bản giấy", "ngay": "2024-12-02"}
    assert post(clerk, small, "gui/cong-van/cach-khac", data=told).status_code == 303
    page = shown(clerk, small, "giao-viec")
    assert "bản giấy 02/12/2024" in row_of(page, "Văn phòng Sở")
    assert "bản giấy" not in row_of(page, "Phòng Hai")
    assert "4 đơn vị, 2 đã giao" in page
    left = shown(clerk, small, "giao-viec?xem=chua-giao").partition("<tbody>")[2]
    assert "Phòng Hai" in left
    assert "Văn phòng Sở" not in left
    log = shown(clerk, small, "so-theo-doi?don-vi=VP")
    assert "Giao cách khác" in log
    assert "Gạch bỏ G1" in log
    post(clerk, small, "so-theo-doi/gach-bo", data={"so": "G1"})
    assert "đã gạch bỏ" in shown(clerk, small, "so-theo-doi?don-vi=VP")
    assert "bản giấy" not in row_of(shown(clerk, small, "giao-viec"), "Văn phòng Sở")


def test_all_who_were_not_given_it_are_recorded_at_once(
    clerk: TestClient, small: OpenCampaign
) -> None:
    told = {"tat-ca": "1", "cach": "hệ thống văn bản", "ngay": "2024-12-02"}
    post(clerk, small, "gui/cong-van/cach-khac", data=told)
    assert "4 đơn vị, 4 đã giao" in shown(clerk, small, "giao-viec")


def test_a_handover_has_a_day_and_no_time_in_the_log(
    clerk: TestClient, small: OpenCampaign
) -> None:
    told = {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-02"}
    post(clerk, small, "gui/cong-van/cach-khac", data=told)
    log = shown(clerk, small, "so-theo-doi?don-vi=VP")
    assert "02/12/2024" in log
    assert "00:00" not in log


def test_a_job_tells_its_own_findings_and_folds_those_of_other_pages(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    run = done(desk, post(clerk, sample, "don-doc/lam"))
    known = [f for f in run.findings if f in sample.state().findings]
    assert known
    page = shown(clerk, sample, f"viec/{run.id}")
    assert f"Không phải do việc vừa làm: {len(known)} điều" in page
    own = page.partition("Không phải do việc vừa làm")[0]
    assert not any(f.sentence in html.unescape(own) for f in known)


def test_a_handover_to_nobody_or_in_the_future_is_refused(
    clerk: TestClient, small: OpenCampaign
) -> None:
    nobody = post(clerk, small, "gui/cong-van/cach-khac", data={"cach": "Zalo"})
    assert (nobody.status_code, "chưa chọn đơn vị nào" in nobody.text) == (409, True)
    later = {"don-vi": "VP", "cach": "Zalo", "ngay": "2999-01-01"}
    refused = post(clerk, small, "gui/cong-van/cach-khac", data=later)
    assert refused.status_code == 409
    assert "Traceback" not in refused.text


def test_who_owes_is_told_reminded_and_seen(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    page = shown(clerk, sample, "don-doc")
    assert "đến lúc phải đôn đốc" in page
    assert "chưa lần nào" in row_of(page, "Văn phòng Sở")
    seen = shown(clerk, sample, "xem/don-doc")
    assert "Chép tin nhắn" in seen
    run = done(desk, post(clerk, sample, "don-doc/lam", data={"tin-nhan": "1"}))
    assert run.fate is RunFate.DONE
    made = {path.suffix for path in (sample.output / "don-doc").iterdir()}
    assert made == {".docx", ".txt"}
    assert "Soạn thư" in shown(clerk, sample, "don-doc")
    told = {"don-vi": "VP", "cach": "điện thoại", "ngay": desk_day(sample)}
    post(clerk, sample, "gui/don-doc/cach-khac", data=told)
    row = row_of(shown(clerk, sample, "don-doc"), "Văn phòng Sở")
    assert "điện thoại" in row
    assert "lần 2" in row


def test_a_reminder_of_long_ago_is_made_again_before_it_goes_out(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    today = sample.state().day
    made = today - dt.timedelta(days=12)

    def at(day: dt.date) -> CampaignFolder:
        return open_campaign(sample.folder, output=sample.output, day=day)

    at(made).remind()
    page = shown(clerk, sample, "don-doc")
    assert f"làm ngày {made:%d/%m/%Y}, nay là {today:%d/%m/%Y}" in page
    assert ">Làm lại công văn đôn đốc<" in page
    told = [f for f in at(today).send("don-doc").findings if f.code is Code.REMINDER_OLD]
    assert {(f.found, f.expected) for f in told} == {(f"{made:%d/%m/%Y}", f"{today:%d/%m/%Y}")}
    done(desk, post(clerk, sample, "don-doc/lam", data={"cho": "due_only"}))
    page = shown(clerk, sample, "don-doc")
    assert "Làm lại công văn đôn đốc" not in page
    assert ">Soạn thư<" in page
    assert Code.REMINDER_OLD not in {f.code for f in at(today).send("don-doc").findings}


def test_what_was_not_given_out_is_given_before_anybody_is_reminded(
    clerk: TestClient, small: OpenCampaign
) -> None:
    page = shown(clerk, small, "don-doc")
    box = page.partition('<div class="next">')[2].partition("</div>")[0]
    assert "4 đơn vị quá hạn nộp mà chưa được giao việc" in box
    assert f'class="button main" href="/d/{small.id}/giao-viec"' in box
    assert "Xem thử một công văn" not in page
    told = {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-02"}
    post(clerk, small, "gui/cong-van/cach-khac", data=told)
    page = shown(clerk, small, "don-doc")
    assert "Xem thử một công văn" in page
    assert "3 đơn vị trong số này chưa được giao việc" in page


def test_a_form_that_is_missing_is_one_thing_owed(clerk: TestClient, small: OpenCampaign) -> None:
    row = row_of(shown(clerk, small, "don-doc"), "Văn phòng Sở")
    assert "<summary>chưa gửi phiếu tự chấm điểm (2&nbsp;dòng)</summary>" in row
    assert "3 điều" not in row


def test_nobody_who_still_has_time_is_reminded_with_those_who_are_due(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    path = sample.folder / "dot-cham.xlsx"
    book = load_workbook(path)
    (cell,) = [c[1] for c in book["Thông tin"].iter_rows() if c[0].value == "Hạn nộp"]
    cell.value = f"{sample.state().day + dt.timedelta(days=1):%d/%m/%Y}"
    book.save(path)
    (sample.folder / "nhan-ve" / "CCHC-2024-QLTM.xlsx").unlink()
    told = {"don-vi": "QLTM", "cach": "Zalo", "ngay": desk_day(sample)}
    post(clerk, sample, "gui/cong-van/cach-khac", data=told)
    due = len(sample.state().remind)
    page = shown(clerk, sample, "don-doc")
    assert f"<b>{due} đơn vị đến lúc phải đôn đốc.</b>" in page
    assert f"Mọi đơn vị còn nợ phiếu ({due})" not in page
    box = page.partition('<div class="next">')[2].partition("</div>")[0]
    fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', box))
    done(desk, post(clerk, sample, "don-doc/lam", data=fields))
    made = [path for path in (sample.output / "don-doc").iterdir() if path.suffix == ".docx"]
    assert len(made) == due
    done(desk, post(clerk, sample, "don-doc/lam"))
    assert "chưa đến lúc cũng có công văn làm từ trước" in shown(clerk, sample, "don-doc")


def desk_day(campaign: OpenCampaign) -> str:
    return campaign.state().day.isoformat()


def test_a_number_of_days_chooses_who_is_reminded(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    run = done(
        desk,
        post(clerk, small, "don-doc/lam", data={"cho": "days_over", "qua-ngay": "365"}),
    )
    assert run.fate is RunFate.DONE
    assert "REMINDER_NOT_DUE" in {f.code.name for f in run.findings}


@pytest.mark.parametrize(
    ("state", "words", "is_told"),
    [(SendState.SENT, "250 2.0.0 OK", False), (SendState.REFUSED, "550 không có hộp thư", True)],
)
def test_what_a_server_says_stands_in_the_log_where_it_took_no_letter(
    clerk: TestClient, small: OpenCampaign, state: SendState, words: str, is_told: bool
) -> None:
    unclear(small, state, words)
    log = shown(clerk, small, "so-theo-doi").partition("mới nhất trước")[2]
    assert state.value in log
    assert (words in log) is is_told
    journal = (small.folder / "nhat-ky-gui.txt").read_text(encoding="utf-8")
    assert words in journal


def unclear(
    campaign: OpenCampaign, state: SendState = SendState.UNKNOWN, words: str = "im lặng"
) -> str:
    """Leave a message in the register of which it is known so much, by default nothing."""
    from cchc_office.papers.kinds import DISPATCH
    from cchc_office.register import Sending

    id_ = "<VP.1@a.example>"
    with open_register(campaign.folder, campaign.state().campaign.id) as register:
        when = dt.datetime(2024, 11, 25, 8, 0, tzinfo=dt.UTC)
        register.intend(Sending(id_, "VP", DISPATCH, "x" * 64, ("vp@a.example",), when))
        register.settle(id_, state, when, words)
    return id_


@pytest.mark.parametrize(("said", "told"), [("co", "đã gửi"), ("khong", "chưa gửi")])
def test_a_message_that_nobody_knows_of_is_settled(
    clerk: TestClient, small: OpenCampaign, said: str, told: str
) -> None:
    id_ = unclear(small)
    assert "1 thư không rõ" in shown(clerk, small, "giao-viec")
    log = shown(clerk, small, "so-theo-doi")
    assert "1 thư không rõ đã đến chưa" in log
    post(clerk, small, "so-theo-doi/thu", data={"thu": id_, "den": said})
    log = shown(clerk, small, "so-theo-doi")
    assert "thư không rõ đã đến chưa" not in log
    assert f"{told}; người dùng ghi" in log


def test_the_log_is_newest_first_and_goes_by_pages(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    assert "Sổ còn trống" in shown(clerk, small, "so-theo-doi")
    done(desk, post(clerk, small, "giao-viec/lam"))
    for day in ("2024-12-02", "2024-12-04", "2024-12-03"):
        told = {"don-vi": "VP", "cach": f"Zalo {day}", "ngay": day}
        post(clerk, small, "gui/cong-van/cach-khac", data=told)
    log = shown(clerk, small, "so-theo-doi?loai=Giao+cách+khác").partition("mới nhất trước")[2]
    assert re.findall(r">Zalo (2024-\d\d-\d\d)", log) == ["2024-12-04", "2024-12-03", "2024-12-02"]
    assert "Không có dòng nào như vậy" in shown(clerk, small, "so-theo-doi?don-vi=KHONG")
    assert "trang" not in shown(clerk, small, "so-theo-doi?trang=x").split("<table")[0].lower()


def test_what_was_done_on_another_day_stands_in_the_order_of_the_work(
    clerk: TestClient, desk: Desk, small: OpenCampaign, tmp_path: Path
) -> None:
    form = filled_form(small.state().campaign, "P1", tmp_path / "don-vi")
    (small.folder / "nhan-ve").mkdir(exist_ok=True)
    (small.folder / "nhan-ve" / "a.xlsx").write_bytes(form)
    done(desk, post(clerk, small, "giao-viec/lam"))
    done(desk, post(clerk, small, "ket-qua/tong-hop"))
    log = shown(clerk, small, "so-theo-doi").partition("mới nhất trước")[2]
    kinds = re.findall(r'data-label="Việc">([^<]+)<', log)
    assert kinds == ["Đọc phiếu", *["Làm văn bản"] * (len(kinds) - 1)]


def test_what_is_told_of_a_day_stands_where_it_was_told(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    done(desk, post(clerk, small, "giao-viec/lam"))
    told = {"don-vi": "VP", "cach": "bản giấy", "ngay": f"{days.AFTER_DEADLINE:%Y-%m-%d}"}
    post(clerk, small, "gui/cong-van/cach-khac", data=told)
    first = shown(clerk, small, "so-theo-doi").partition("mới nhất trước")[2]
    row = first.partition("<tbody>")[2].partition("</tr>")[0]
    assert "bản giấy" in row
    assert "ghi lúc" in row


def test_what_is_done_as_of_a_given_day_is_told_so(
    clerk: TestClient, desk: Desk, small: OpenCampaign
) -> None:
    """Papers made as of another day stood in the log at its noon, as if made just then."""
    done(desk, post(clerk, small, "giao-viec/lam"))
    log = shown(clerk, small, "so-theo-doi").partition("mới nhất trước")[2]
    assert re.search(
        r"\d\d/\d\d/\d{4} <span class=\"note\">ngày do người nêu, ghi lúc \d\d:\d\d ", log
    )
    assert "12:00" not in log


def test_a_letter_and_its_short_text_are_told_apart(small: OpenCampaign) -> None:
    made = small.opened().remind(in_short=True)
    files = {folder: files for folder, _, files in made.by_folder()}
    count = len(made.written) // 2
    assert files["don-doc/"].startswith(f"{count} văn bản Word, {count} tin nhắn ")


def test_a_file_of_a_stranger_is_confirmed(
    clerk: TestClient, small: OpenCampaign, tmp_path: Path
) -> None:
    form = filled_form(small.state().campaign, "VP", tmp_path / "don-vi")
    (tmp_path / "thu").mkdir()
    message = letter("la@b.example", ("a.xlsx", form))
    (tmp_path / "thu" / "1.eml").write_bytes(message.as_bytes())
    small.opened().fetch(messages=tmp_path / "thu")
    log = shown(clerk, small, "so-theo-doi")
    assert "1 tệp chưa rõ người gửi" in log
    assert "la@b.example" in log
    (id_,) = re.findall(r'name="tep" value="(\w+)"', log)
    assert post(clerk, small, "so-theo-doi/nguoi-gui", data={"tep": id_}).status_code == 303
    log = shown(clerk, small, "so-theo-doi")
    assert "tệp chưa rõ người gửi" not in log
    assert "Xác nhận người gửi" in log
    assert "Gạch bỏ N1" in log


def test_a_file_that_nobody_doubts_cannot_be_confirmed(
    clerk: TestClient, small: OpenCampaign
) -> None:
    answer = post(clerk, small, "so-theo-doi/nguoi-gui", data={"tep": "../../etc/passwd"})
    assert answer.status_code == 409
    assert "không còn chờ xác nhận" in answer.text


def test_a_workbook_with_errors_shows_the_screens_and_makes_nothing(
    clerk: TestClient, desk: Desk, tmp_path: Path
) -> None:
    campaign_file(tmp_path / "dot", units="Mã | Tên đơn vị\nVP | Văn phòng Sở")
    campaign = desk.open(tmp_path / "dot")
    assert campaign.state().campaign.findings
    for path in ("giao-viec", "don-doc", "so-theo-doi", "gui/cong-van"):
        shown(clerk, campaign, path)
    run = done(desk, post(clerk, campaign, "giao-viec/lam"))
    assert run.fate is RunFate.FAILED


def test_a_template_that_cannot_be_used_is_told_where_letters_are_made(
    clerk: TestClient, small: OpenCampaign
) -> None:
    (small.folder / "templates").mkdir()
    (small.folder / "templates" / "cong-van-giao-viec.docx").write_bytes(b"khong phai Word")
    page = shown(clerk, small, "giao-viec")
    assert "Mẫu công văn của cơ quan" in page
    assert "Soạn thư" not in page
    assert "cong-van-giao-viec.docx" in page
    assert "Không có công văn giao việc nào để xem" in shown(clerk, small, "xem/cong-van")


def test_a_job_that_ends_while_its_page_is_drawn_is_not_shown_as_one_that_said_nothing(
    desk: Desk, clerk: TestClient, sample: OpenCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def work(_: object) -> JobResult:
        goes_on.wait(30)
        return sample.opened().make_papers()

    run = desk.runs.start(sample.id, "Làm văn bản", f"/d/{sample.id}/giao-viec", work)
    read = OpenCampaign.state

    def read_slowly(campaign: OpenCampaign) -> CampaignState:
        goes_on.set()
        assert run.ended.wait(30)
        return read(campaign)

    monkeypatch.setattr(OpenCampaign, "state", read_slowly)
    page = clerk.get(f"/d/{sample.id}/viec/{run.id}").text
    assert "data-run-page" in page  # it asks again, and is told all that came of the job
    assert "Đã ghi vào thư mục kết quả" in clerk.get(f"/d/{sample.id}/viec/{run.id}").text
