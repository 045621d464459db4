"""The screen of what came back: dropped files, whose they are, what is asked of a person."""

from __future__ import annotations

import datetime as dt
import io
import re
import threading
import time
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from cchc_office import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.errors import CchcError
from cchc_office.papers.form.writer import build_form
from cchc_office.register import JOURNAL_FILE
from cchc_office.steps import guards
from cchc_office.steps.brought_back import JobResult
from cchc_office.web.advised_screens import CONFIRM_SENDER

from .appraised import Table, say_when_saved
from .calls import cchc
from .message_office import SAVED, Office, office_in
from .messages import UNITS, campaign_in, filled_form, letter
from .page_visits import PageClient, forms, page_of, shown
from .sheets import CRITERIA, SETTINGS, campaign_file, edit

DAY = dt.date(2024, 11, 28)
LATE = dt.date(2024, 12, 2)
STRANGER = "vp.ca.nhan@gmail.example"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return campaign_file(tmp_path / "dot", units=UNITS).parent


@pytest.fixture
def page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    return page_of(folder, monkeypatch, DAY)


def form_of(folder: Path, unit: str = "VP", score: float = 1) -> bytes:
    return filled_form(campaign_in(folder), unit, folder.parent / "phieu", score=score)


def saved_on(day: int, folder: Path, score: float, unit: str = "VP") -> bytes:
    """Return a form of a unit that was saved on a day of November."""
    form_of(folder, unit, score)
    path = folder.parent / "phieu" / f"{unit}-{score}.xlsx"
    say_when_saved(path, dt.datetime(2024, 11, day, tzinfo=dt.UTC))
    return path.read_bytes()


def drop(page: PageClient, *files: tuple[str, bytes], screen: str = "nhan-phieu") -> str:
    dropped = [("tep", file) for file in files]
    return page.post("nhan-tep", {"ve": screen}, files=dropped)


def test_an_empty_screen_says_what_it_waits_for(page: PageClient) -> None:
    text = shown(page.get("nhan-phieu"))
    assert "0/4 đơn vị đã nộp" in text
    assert "Chưa có phiếu nào. Thả các tệp đơn vị gửi về vào trang này" in text
    assert text.count("… Chưa nộp") == 4


def test_dropped_files_are_told_of_one_by_one(page: PageClient, folder: Path) -> None:
    form = form_of(folder)
    text = shown(
        drop(
            page,
            ("phiếu VP.xlsx", form),
            ("phiếu VP (1).xlsx", form),
            ("anh.exe", b"MZ" + bytes(60)),
            ("ghi chú.txt", b"Kinh gui"),
        )
    )
    assert "đã nhận 2 tệp, 1 tệp đã có từ trước, 1 tệp không nhận" in text
    assert "phiếu VP.xlsx: đã lưu vào nhan-ve; Văn phòng Sở" in text
    assert "phiếu VP (1).xlsx: đã có trong nhan-ve thành phiếu VP.xlsx; Văn phòng Sở" in text
    assert "anh.exe: không nhận" in text
    assert "Đừng mở tệp này" in text
    assert "1/4 đơn vị đã nộp" in text
    assert {path.name for path in (folder / "nhan-ve").iterdir()} == {
        "phiếu VP.xlsx",
        "ghi chú.txt",
    }
    assert "ghi chú.txt ▲ chưa nhận ra là của ai" in text


def test_what_is_dropped_while_a_job_is_at_work_is_taken(page: PageClient, folder: Path) -> None:
    goes_on, begun = threading.Event(), threading.Event()

    def work(_: object) -> JobResult:
        with guards.alone(page.campaign.opened()):
            begun.set()
            assert goes_on.wait(60)
        return page.campaign.opened().make_table()

    run = page.desk.runs.start(page.campaign.id, "Gửi 10 thư", "x", work)
    assert begun.wait(60)
    try:
        text = shown(drop(page, ("phiếu VP.xlsx", form_of(folder))))
        assert run.is_running
        assert "Vừa nhận: đã nhận 1 tệp" in text
        assert "Đang làm: Gửi 10 thư" in text
        assert (folder / "nhan-ve" / "phiếu VP.xlsx").exists()
    finally:
        goes_on.set()
    assert run.ended.wait(60)


def test_what_is_dropped_is_kept_though_the_workbook_has_errors(
    page: PageClient, folder: Path
) -> None:
    form = form_of(folder)
    edit(folder / "dot-cham.xlsx", "Bộ chỉ số", {"D6": "Phòng không có"})
    text = shown(drop(page, ("phiếu VP.xlsx", form)))
    assert "phiếu VP.xlsx: đã lưu vào nhan-ve; chưa đọc: dot-cham.xlsx còn lỗi" in text
    assert (folder / "nhan-ve" / "phiếu VP.xlsx").read_bytes() == form
    edit(
        folder / "dot-cham.xlsx",
        "Bộ chỉ số",
        {"D6": "Thanh tra tổng hợp. Các phòng, đơn vị báo cáo"},
    )
    assert "1/4 đơn vị đã nộp" in shown(page.get("nhan-phieu"))


def test_the_page_of_a_job_is_told_of_that_job(page: PageClient) -> None:
    goes_on = threading.Event()

    def work(_: object) -> JobResult:
        assert goes_on.wait(60)
        return page.campaign.opened().make_table()

    run = page.desk.runs.start(page.campaign.id, "Gửi 10 thư", "x", work)
    try:
        assert f"su-kien?viec={run.id}" in page.get(f"viec/{run.id}")
        with pytest.raises(CchcError, match="Đang làm việc khác của đợt này: Gửi 10 thư"):
            page.desk.runs.start(page.campaign.id, "Làm", "x", work)
    finally:
        goes_on.set()
    assert run.ended.wait(60)


def test_what_is_dropped_is_what_the_command_saves(
    page: PageClient, folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "phiếu VP.xlsx"
    own.write_bytes(form_of(folder))
    drop(page, (own.name, own.read_bytes()))
    on_page = (folder / "nhan-ve" / own.name).read_bytes()
    (folder / "nhan-ve" / own.name).unlink()
    cchc("nhan-tep", folder, own)
    assert (folder / "nhan-ve" / own.name).read_bytes() == on_page


def test_a_file_copied_into_the_folder_is_seen(page: PageClient, folder: Path) -> None:
    page.get("nhan-phieu")
    (folder / "nhan-ve").mkdir(exist_ok=True)
    (folder / "nhan-ve" / "a.xlsx").write_bytes(form_of(folder))
    text = shown(page.get("nhan-phieu"))
    assert "1/4 đơn vị đã nộp" in text
    assert "Cần bổ sung" in text
    assert "1.1.2 Mức độ thực hiện chưa có điểm tự chấm" in text


def test_a_finding_opens_the_file_and_names_its_cell(page: PageClient, folder: Path) -> None:
    html = drop(page, ("a.xlsx", form_of(folder)))
    sheet = openpyxl.load_workbook(folder / "nhan-ve" / "a.xlsx")["Phiếu chấm"]
    assert "mở ô F" in html
    assert f'data-copy="&#39;{sheet.title}&#39;!F' in html


def test_filters_show_the_units_that_they_name(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", form_of(folder, "TTra", 99)))
    text = shown(page.get("nhan-phieu?xem=chua-nop"))
    assert "Chưa nộp (3)" in text
    assert "Thanh tra Sở" not in text
    assert "Thanh tra Sở" in shown(page.get("nhan-phieu?xem=can-xem"))
    assert "Thanh tra Sở" not in shown(page.get("nhan-phieu?xem=du"))
    assert "Thanh tra Sở" in shown(page.get("nhan-phieu?xem=khong-co"))


def test_a_form_that_only_came_late_counts_as_whole_as_the_bar_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(folder, monkeypatch, LATE)
    drop(page, ("a.xlsx", form_of(folder, "TTra", 0.5)))
    text = shown(page.get("nhan-phieu?xem=du"))
    assert "Thanh tra Sở" in text
    assert "✓ Đủ … Nộp muộn: nhận ngày 02/12/2024" in text
    assert "Cần xem (0)" in text
    assert "1/4 · " not in text


def test_a_form_with_a_score_that_does_not_count_is_not_called_whole(
    page: PageClient, folder: Path
) -> None:
    drop(page, ("a.xlsx", form_of(folder, "TTra", 9)))
    page.campaign.opened().appraise()
    (path,) = (page.campaign.output / "tham-dinh").glob("*.xlsx")
    table = Table(path.read_bytes())
    table.sign()
    for key in table.rows:
        table.type(key, score=0.5, opinion="Theo kế hoạch")
    drop(page, ("tham dinh.xlsx", table.content()))
    text = shown(page.get("nhan-phieu"))
    assert "▲ Có điểm tự chấm không được tính" in text
    assert "✓ Đủ" not in text


def test_a_unit_that_only_assists_has_no_rows_to_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    criteria = CRITERIA.replace("Các phòng chuyên môn |", "Phòng Một chủ trì, Phòng Hai phối hợp |")
    folder = campaign_file(tmp_path / "dot", units=UNITS, criteria=criteria).parent
    page = page_of(folder, monkeypatch, DAY)
    assert page.campaign.state().campaign.findings == ()
    text = shown(page.get("nhan-phieu"))
    assert "0/0" not in text
    assert "Phòng Hai chưa giao – chỉ phối hợp – … Chưa nộp" in text


def test_nothing_chosen_is_told(page: PageClient) -> None:
    text = shown(drop(page, ("", b"")))
    assert "Chưa chọn tệp nào" in text


def test_only_an_own_screen_is_led_back_to(page: PageClient, folder: Path) -> None:
    answer = page.client.post(
        f"/d/{page.campaign.id}/nhan-tep",
        data={"ve": "//ngoai.example"},
        files=[("tep", ("a.xlsx", form_of(folder)))],
        follow_redirects=False,
    )
    assert answer.headers["location"].startswith(f"/d/{page.campaign.id}/nhan-phieu")


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def test_an_unknown_sender_is_asked_about_and_confirmed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("la.eml", letter(STRANGER, ("a.xlsx", office.form), key="<la@b>"))
    office.fetch()
    page = page_of(office.folder, monkeypatch, DAY)
    html = page.get("nhan-phieu")
    assert "▲ Chưa rõ người gửi" in shown(html)
    assert f"nhận 25/11/2024 qua thư của {STRANGER}" in shown(html)
    assert f"nút “{CONFIRM_SENDER}”" in shown(html)
    assert f">{CONFIRM_SENDER}</button>" in html
    assert "Giao việc</a>" not in html.partition("Phiếu của từng đơn vị")[2]
    (confirm,) = [form for form in forms(html) if "dung-nguoi-gui" in form]
    text = shown(page.post(confirm))
    assert "Chưa rõ người gửi" not in text
    assert "không phải địa chỉ của đơn vị" not in text


def test_a_form_of_a_stranger_is_set_aside_and_counts_no_longer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("la.eml", letter(STRANGER, ("a.xlsx", office.form), key="<la@b>"))
    office.fetch()
    page = page_of(office.folder, monkeypatch, DAY)
    html = page.get("nhan-phieu")
    assert "1/4 đơn vị đã nộp" in shown(html)
    assert "nhan-phieu/de-sang-ben" in forms(html)
    text = shown(page.post("nhan-phieu/de-sang-ben", {"tep": SAVED}))
    assert "0/4 đơn vị đã nộp" in text
    assert "Chưa rõ người gửi" not in text
    assert "Đã để sang bên: 1 tệp" in text
    assert "không phải xem nữa: người gửi lạ, không phải của đơn vị" in text
    assert len(page.campaign.state().to_look) == 0
    assert "chưa rõ người gửi" not in shown(page.get("so-theo-doi"))
    assert office.fetch()["con_phai_hoi_lai"] == []
    assert office.returns == [SAVED]
    text = shown(page.post("nhan-phieu/xem-lai", {"tep": SAVED}))
    assert "1/4 đơn vị đã nộp" in text
    assert "▲ Chưa rõ người gửi" in text


def test_a_form_that_was_set_aside_counts_where_its_unit_sends_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("la.eml", letter(STRANGER, ("a.xlsx", office.form), key="<la@b>"))
    office.fetch()
    page = page_of(office.folder, monkeypatch, DAY)
    page.post("nhan-phieu/de-sang-ben", {"tep": SAVED})
    office.put("vp.eml", letter("vp@a.example", ("a.xlsx", office.form), key="<vp@b>"))
    office.fetch()
    text = shown(page.get("nhan-phieu"))
    assert "1/4 đơn vị đã nộp" in text
    assert "Chưa rõ người gửi" not in text


def test_a_file_of_a_stranger_is_set_aside_in_the_log_too(page: PageClient, folder: Path) -> None:
    message = bytes(letter(STRANGER, ("a.xlsx", form_of(folder, "TTra", 0.5)), key="<la@b>"))
    drop(page, ("la.eml", message))
    html = page.get("so-theo-doi")
    assert "1 tệp chưa rõ người gửi" in shown(html)
    assert "nhan-phieu/de-sang-ben" in forms(html)
    assert "0/4 đơn vị đã nộp" in shown(page.post("nhan-phieu/de-sang-ben", {"tep": "la.eml"}))
    assert "chưa rõ người gửi" not in shown(page.get("so-theo-doi"))


def test_the_notice_of_what_came_names_a_sender_whom_nobody_knows(
    page: PageClient, folder: Path
) -> None:
    message = bytes(letter(STRANGER, ("a.xlsx", form_of(folder, "TTra", 0.5)), key="<la@b>"))
    told = shown(drop(page, ("la.eml", message))).partition("Thả phiếu vào đây")[0]
    assert "la.eml: đã lưu vào nhan-ve; Thanh tra Sở. Phiếu của Thanh tra Sở" in told
    assert STRANGER in told


def test_a_locked_file_opens_with_its_password(page: PageClient, folder: Path) -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(form_of(folder))).encrypt("bi mat", locked)
    html = drop(page, ("khoa.xlsx", locked.getvalue()))
    assert "bị khoá bằng mật khẩu" in shown(html)
    assert "1/4" not in shown(page.post("nhan-phieu/mat-khau", {"mat-khau": "sai"}))
    text = shown(page.post("nhan-phieu/mat-khau", {"mat-khau": "bi mat"}))
    assert "1/4 đơn vị đã nộp" in text
    assert "Mật khẩu của tệp bị khoá" not in text


def test_a_form_is_sent_back_with_words_that_the_unit_will_read(
    page: PageClient, folder: Path
) -> None:
    drop(page, ("a.xlsx", form_of(folder)))
    html = page.get("nhan-phieu/VP")
    assert "1.1.2: chưa có điểm tự chấm</textarea>" in html
    assert "Chưa nói trả lại vì sao" in page.post("nhan-phieu/VP/tra-lai", {"vi-sao": "  "})
    text = shown(page.post("nhan-phieu/VP/tra-lai", {"vi-sao": "thiếu chữ ký <b>"}))
    assert "▲ Đã trả lại" in text
    assert "Trả lại vì: thiếu chữ ký &lt;b&gt;" in text
    assert "đã trả lại lúc" in shown(page.get("nhan-phieu/VP"))
    text = shown(page.post("nhan-phieu/VP/bo-loi"))
    assert "Gạch bỏ lời này" not in text


def test_a_form_is_taken_until_another_one_comes(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", saved_on(20, folder, 1)))
    assert "✓ Đã nhận" in shown(page.post("nhan-phieu/VP/nhan"))
    drop(page, ("b.xlsx", saved_on(25, folder, 0.5)))
    assert "Đã nhận" not in shown(page.get("nhan-phieu"))


def test_of_two_forms_that_differ_a_person_chooses(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", form_of(folder, score=0.5)))
    drop(page, ("b.xlsx", form_of(folder, score=0.25)))
    assert "▲ 2 bản khác nhau" in shown(page.get("nhan-phieu"))
    text = shown(page.get("nhan-phieu/VP"))
    assert "1.1.1 Ban hành kế hoạch" in text
    assert "0,25" in text
    for name in ("a.xlsx", "b.xlsx", "a.xlsx"):
        page.post("nhan-phieu/VP/chon", {"ban": name})
        returns = page.campaign.state().returns
        assert returns
        assert [form.file for form in returns.returns] == [name]
    assert "2 bản khác nhau" not in shown(page.get("nhan-phieu"))
    told = shown(page.post("nhan-phieu/VP/chon", {"ban": "../../x.xlsx"}))
    assert "không phải là mã đơn vị" in told


def test_a_form_that_was_taken_stays_where_another_was_saved_in_the_same_second(
    page: PageClient, folder: Path
) -> None:
    drop(page, ("b.xlsx", saved_on(25, folder, 0.5, "TTra")))
    page.post("nhan-phieu/TTra/nhan")
    drop(page, ("z.xlsx", saved_on(25, folder, 0.25, "TTra")))
    returns = page.campaign.state().returns
    assert returns
    assert [form.file for form in returns.returns] == ["b.xlsx"]
    text = shown(page.get("nhan-phieu/TTra"))
    assert "✓ được tính: đã nhận bản này ngày" in text


def test_a_form_that_comes_after_another_was_taken_is_asked_about_on_the_same_day(
    page: PageClient, folder: Path
) -> None:
    """A unit mends its form an hour later: by days alone it was set aside without a word."""
    drop(page, ("b.xlsx", saved_on(25, folder, 0.5, "TTra")))
    page.post("nhan-phieu/TTra/nhan")
    time.sleep(1.1)  # the register tells whole seconds
    drop(page, ("a.xlsx", saved_on(20, folder, 0.25, "TTra")))
    assert "▲ 2 bản khác nhau" in shown(page.get("nhan-phieu"))
    page.post("nhan-phieu/TTra/chon", {"ban": "a.xlsx"})
    returns = page.campaign.state().returns
    assert returns
    assert [form.file for form in returns.returns] == ["a.xlsx"]


def test_both_of_two_forms_say_which_counts_and_why(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", saved_on(20, folder, 0.5)), ("b.xlsx", saved_on(25, folder, 0.25)))
    for screen in ("nhan-phieu", "nhan-phieu/VP"):
        text = shown(page.get(screen))
        assert "được tính: lưu sau cùng, 25/11/2024 07:00" in text
        assert "không được tính: có bản lưu sau" in text
    page.post("nhan-phieu/VP/chon", {"ban": "a.xlsx"})
    for screen in ("nhan-phieu", "nhan-phieu/VP"):
        text = shown(page.get(screen))
        assert re.search(r" được tính: đã chọn bản này ngày \d\d/", text)
        assert re.search(r"không được tính: đã chọn bản khác ngày \d\d/", text)
    assert "✓ được tính: đã chọn bản này" in shown(page.get("nhan-phieu/VP"))


def test_a_form_that_is_taken_is_the_one_of_two_that_counts(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", form_of(folder, "TTra", score=0.5)))
    drop(page, ("b.xlsx", form_of(folder, "TTra", score=0.25)))
    assert page.campaign.state().steps[2].to_look == 1
    text = shown(page.post("nhan-phieu/TTra/nhan"))
    assert "2 bản khác nhau" not in text
    assert "không được tính: đã nhận bản khác" in text
    assert page.campaign.state().steps[2].to_look == 0
    drop(page, ("c.xlsx", saved_on(27, folder, 0.4, "TTra")))
    page.post("nhan-phieu/TTra/bo-loi")
    assert "▲ 3 bản khác nhau" in shown(page.get("nhan-phieu"))


def test_a_form_that_was_sent_back_is_replaced_by_the_next(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", saved_on(20, folder, 0.5, "TTra")))
    page.post("nhan-phieu/TTra/tra-lai", {"vi-sao": "thiếu chữ ký"})
    drop(page, ("b.xlsx", saved_on(25, folder, 0.25, "TTra")))
    text = shown(page.get("nhan-phieu"))
    assert "bản khác nhau" not in text
    assert "Đã trả lại" not in text
    assert "không được tính: đã trả lại" in text
    assert page.campaign.state().steps[2].to_look == 0
    assert "Các bản khác nhau ở 1 dòng" in shown(page.get("nhan-phieu/TTra"))


def test_an_older_form_of_a_unit_is_its_units_matter_and_no_useless_file(
    page: PageClient, folder: Path
) -> None:
    drop(page, ("a.xlsx", form_of(folder, score=0.5)))
    drop(page, ("b.xlsx", form_of(folder, score=0.25)))
    drop(page, ("la.xlsx", b"PK\x03\x04hong"))
    text = shown(page.get("nhan-phieu"))
    assert "Cần xem (2: 1 đơn vị, 1 tệp)" in text
    assert page.campaign.state().steps[2].to_look == 2


def test_the_filter_shows_what_the_bar_counts(page: PageClient, folder: Path) -> None:
    drop(page, ("a.xlsx", form_of(folder, "TTra", 99)))
    cut, strange = form_of(folder)[:2000], b"PK\x03\x04hong"
    drop(page, ("cut.xlsx", cut), ("la.xlsx", strange), ("ghi chu.txt", b"Kinh gui"))
    step = page.campaign.state().steps[2]
    assert step.to_look == 4
    text = shown(page.get("nhan-phieu?xem=can-xem"))
    assert f"Cần xem ({step.to_look}: 1 đơn vị, 3 tệp)" in text
    assert "Tất cả (7: 4 đơn vị, 3 tệp)" in text
    assert all(name in text for name in ("Thanh tra Sở", "cut.xlsx", "la.xlsx", "ghi chu.txt"))
    assert len(page.campaign.state().to_look.unusable) == 3
    text = shown(page.get("nhan-phieu?xem=du"))
    assert "Thanh tra Sở" not in text
    assert "la.xlsx" not in text


def test_what_is_told_of_a_file_that_is_no_form_stands_with_that_file_alone(
    page: PageClient, folder: Path
) -> None:
    drop(page, ("a.xlsx", form_of(folder, "TTra", 0.5)))
    campaign = campaign_in(folder)
    blank = build_form(campaign, campaign.unit("TTra"), DEFAULT_PROFILE)
    drop(page, ("trang.xlsx", blank))
    text = shown(page.get("nhan-phieu?xem=du"))
    assert "Thanh tra Sở" in text
    assert "chưa điền gì" not in text
    text = shown(page.get("nhan-phieu?xem=can-xem"))
    assert "Cần xem (1 tệp)" in text
    assert "chưa điền gì" in text


def test_a_unit_that_is_not_there_has_no_page(page: PageClient) -> None:
    address = f"/d/{page.campaign.id}/nhan-phieu/KHONG-CO"
    assert page.client.get(address).status_code == 404


def test_a_late_form_that_was_taken_is_no_open_question(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(folder, monkeypatch, LATE)
    drop(page, ("a.xlsx", form_of(folder, "TTra", 0.5)))
    assert "… Nộp muộn: nhận ngày 02/12/2024" in shown(page.get("nhan-phieu"))
    assert "Xem có chấp nhận phiếu nộp muộn" in shown(page.post("ket-qua/tong-hop"))
    page.post("nhan-phieu/TTra/nhan")
    text = shown(page.get("nhan-phieu"))
    assert "✓ Đã nhận, dù nộp muộn" in text
    assert "▲ Nộp muộn" not in text
    text = shown(page.post("ket-qua/tong-hop"))
    assert "Xem có chấp nhận phiếu nộp muộn" not in text
    assert "sau hạn nộp 30/11/2024; đã xem và nhận." in text


def test_a_day_that_was_recorded_wrong_is_mended_on_the_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(folder, monkeypatch, LATE)
    drop(page, ("a.xlsx", form_of(folder, "TTra", 0.5)))
    html = page.get("nhan-phieu/TTra")
    assert "nhận 02/12/2024" in shown(html)
    (day_of,) = [form for form in forms(html) if "ngay-nhan" in form]
    text = shown(page.post(day_of, {"ngay": "2024-11-29"}))
    assert "nhận 29/11/2024" in text
    assert "Nộp muộn: " not in text
    text = shown(page.post(day_of, {"ngay": "2024-12-05"}))
    assert "Nộp muộn: nhận ngày 05/12/2024" in text
    journal = (folder / JOURNAL_FILE).read_text("utf-8")
    assert journal.count("nhận tệp") == 3
    for wrong, why in (("", "chưa chọn ngày"), ("2094-12-05", "chưa đến"), ("mai", "không phải")):
        assert why in shown(page.post(day_of, {"ngay": wrong}))


def test_a_file_that_was_copied_by_hand_is_given_the_day_on_which_it_came(
    page: PageClient, folder: Path
) -> None:
    (folder / "nhan-ve").mkdir()
    (folder / "nhan-ve" / "a.xlsx").write_bytes(form_of(folder))
    html = page.get("nhan-phieu/VP")
    assert "chưa có ngày nhận" in shown(html)
    assert "ghi ngày nhận của a.xlsx" in shown(html)
    (day_of,) = [form for form in forms(html) if "ngay-nhan" in form]
    assert "nhận 20/11/2024" in shown(page.post(day_of, {"ngay": "2024-11-20"}))
    assert "sửa ngày nhận của a.xlsx" in shown(page.get("nhan-phieu/VP"))


def test_the_day_of_a_form_that_came_by_mail_is_that_of_its_message(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("vp.eml", letter("vp@a.example", ("a.xlsx", office.form), key="<vp@b>"))
    office.fetch()
    page = page_of(office.folder, monkeypatch, DAY)
    html = page.get("nhan-phieu/VP")
    assert "nhận 25/11/2024" in shown(html)
    assert "ngay-nhan" not in html


def test_what_comes_after_the_deadline_for_one_sent_back_is_no_late_form(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(folder, monkeypatch, DAY)
    drop(page, ("a.xlsx", saved_on(20, folder, 0.5, "TTra")))
    page.post("nhan-phieu/TTra/tra-lai", {"vi-sao": "thiếu chữ ký"})
    page = page_of(folder, monkeypatch, LATE)
    drop(page, ("b.xlsx", saved_on(29, folder, 0.25, "TTra")))
    text = shown(page.get("nhan-phieu"))
    assert "✓ Đủ ✓ Nộp lại sau khi trả lại: nhận ngày 02/12/2024" in text
    assert "Nộp muộn:" not in text


def test_the_log_counts_the_rows_of_a_form_as_the_screen_does(
    page: PageClient, folder: Path
) -> None:
    path = folder / "nhan-ve" / "a.xlsx"
    drop(page, ("a.xlsx", form_of(folder)))
    book = openpyxl.load_workbook(path)
    sheet = book["Phiếu chấm"]
    rows = list(sheet.iter_rows(values_only=True))
    sheet.delete_rows(next(n for n, row in enumerate(rows, start=1) if "1.1.2" in row))
    book.save(path)
    assert "1/2" in shown(page.get("nhan-phieu"))
    assert "đã chấm 1/2, được tính" in shown(page.get("so-theo-doi"))


def test_the_register_is_made_again_on_the_screen_that_findings_name(page: PageClient) -> None:
    page.get("so-theo-doi")
    text = shown(page.post("so-theo-doi/dung-lai"))
    assert "Dựng lại sổ theo dõi: xong" in text
    assert "0 thư, 0 lần giao cách khác" in text


@pytest.mark.parametrize("screen", ["nhan-phieu", "tham-dinh"])
def test_what_just_came_is_told_in_the_words_of_the_table(
    page: PageClient, folder: Path, screen: str
) -> None:
    form = form_of(folder)
    text = shown(drop(page, ("vp.xlsx", form[: len(form) // 2]), screen=screen))
    assert "không phải phiếu của đơn vị nào" not in text
    assert "vp.xlsx: đã lưu vào nhan-ve; chưa nhận ra là của ai. Tệp này bị cắt cụt" in text
    text = shown(page.get("nhan-phieu"))
    assert "chưa nhận ra là của ai" in text
    assert "Tệp này bị cắt cụt" in text


@pytest.mark.parametrize(
    ("own", "other", "words"),
    [
        (" STN ", " SCT ", "CCHC-2024-SCT"),
        (" 2024 ", " 2023 ", "năm 2023"),
    ],
)
def test_a_form_of_another_campaign_is_not_in_the_row_of_a_unit_with_the_same_code(
    page: PageClient, folder: Path, tmp_path: Path, own: str, other: str, words: str
) -> None:
    settings = SETTINGS.replace(own, other, 1)
    elsewhere = load_campaign(campaign_file(tmp_path / "khac", settings=settings, units=UNITS))
    form = filled_form(elsewhere, "VP", tmp_path / "phieu-khac")
    what = f"phiếu của đợt khác ({words})"
    told = drop(page, ("a.xlsx", form))
    assert f"a.xlsx: đã lưu vào nhan-ve; {what}. Phiếu này" in shown(told)
    assert "chưa nhận ra là của ai" not in told
    rows, _, others = shown(page.get("nhan-phieu")).partition("Các tệp khác")
    assert "a.xlsx" not in rows
    assert "Phiếu này" not in rows
    assert rows.count("… Chưa nộp") == 4
    assert "0/4 đơn vị đã nộp" in rows
    assert f"a.xlsx ▲ {what} " in others
    assert "Phiếu này" in others


def test_a_second_version_says_what_it_replaces(page: PageClient, folder: Path) -> None:
    old = saved_on(26, folder, 0.5)
    new = saved_on(27, folder, 0.25)
    assert "bản này" not in shown(drop(page, ("a.xlsx", old)))
    answer = drop(page, ("b.xlsx", new))
    told = "bản này khác “a.xlsx” ở 1 ô, và nay được tính cho Văn phòng Sở thay cho bản đó"
    assert f"b.xlsx: đã lưu vào nhan-ve; Văn phòng Sở; {told}" in shown(answer)
    assert f'href="/d/{page.campaign.id}/nhan-phieu/VP">So từng ô, chọn bản được tính' in answer
    older = saved_on(25, folder, 1)
    told = "bản này khác “b.xlsx” ở 1 ô; được tính cho Văn phòng Sở là “b.xlsx”"
    assert told in shown(drop(page, ("c.xlsx", older)))
    page.post("nhan-phieu/VP/chon", {"ban": "c.xlsx"})
    latest = saved_on(28, folder, 0.75)
    told = "bản này khác “c.xlsx” ở 1 ô, và nay được tính"
    assert told in shown(drop(page, ("d.xlsx", latest)))


def test_two_versions_that_come_together_say_which_counts(page: PageClient, folder: Path) -> None:
    old = saved_on(26, folder, 0.5)
    new = saved_on(27, folder, 0.25)
    text = shown(drop(page, ("a.xlsx", old), ("b.xlsx", new)))
    assert "bản này khác “b.xlsx” ở 1 ô; được tính cho Văn phòng Sở là “b.xlsx”" in text


def test_the_command_tells_of_a_second_version_too(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, score in (("a.xlsx", 0.5), ("b.xlsx", 0.25)):
        (tmp_path / name).write_bytes(form_of(folder, score=score))
        cchc("nhan-tep", folder, tmp_path / name)
    told = " ".join(capsys.readouterr().out.split())
    assert "khác “a.xlsx” ở 1 ô" in told
