"""The screen of the appraisal: reviewers' workbooks, rows by unit and by criterion, questions."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from html import unescape
from pathlib import Path

import docx
import pytest

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET

from . import appraised
from .appraised import Place, Table
from .page_visits import PageClient, page_of, shown


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return appraised.start(tmp_path / "dot")


@pytest.fixture
def page(place: Place, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    return page_of(place.folder, monkeypatch, appraised.DAY)


def made(page: PageClient, number: int = 1) -> Path:
    return page.campaign.output / "tham-dinh" / f"tham-dinh-lan-{number}.xlsx"


def filled(page: PageClient) -> bytes:
    """Let the reviewers cut one row of VP, and ask about another."""
    page.post("tham-dinh/lan/1")
    table = Table(made(page).read_bytes())
    table.sign()
    keys = [key for key in table.rows if "VP" in key]
    table.type(keys[0], score=0.5, opinion="Ban hành chậm")
    table.type(keys[1], request="Cho biết số hồ sơ")
    return table.content()


def drop(page: PageClient) -> str:
    files = [("tep", ("đã thẩm định.xlsx", filled(page)))]
    return page.post("nhan-tep", {"ve": "tham-dinh"}, files=files)


def test_the_workbook_of_a_round_is_made_and_offered(page: PageClient) -> None:
    assert "Làm bảng lần 1" in shown(page.get("tham-dinh"))
    page.post("tham-dinh/lan/1")
    assert made(page).is_file()
    text = shown(page.get("tham-dinh"))
    assert "Mở bảng đã làm" in text
    assert "Làm lại bảng lần 1" in text
    assert page.client.post(f"/d/{page.campaign.id}/tham-dinh/lan/3").status_code == 404


def test_a_workbook_that_is_dropped_is_read_as_the_round(page: PageClient, place: Place) -> None:
    text = shown(drop(page))
    assert "đã thẩm định.xlsx: đã lưu vào tham-dinh; bảng thẩm định" in text
    assert "1 đơn vị bị giảm điểm hoặc bị hỏi; … 1 chưa hỏi" in text
    assert (place.appraisals / "đã thẩm định.xlsx").is_file()
    assert "Làm bảng lần 2" in text


def test_the_rows_of_a_unit_stand_beside_what_the_round_said(page: PageClient) -> None:
    drop(page)
    text = shown(page.get("tham-dinh/don-vi/VP"))
    assert "Ban hành kế hoạch" in text
    assert "▼ giảm: 0,50 Ban hành chậm" in text
    assert "▲ Cho biết số hồ sơ" in text
    only = shown(page.get("tham-dinh/don-vi/VP?chi=hoi"))
    assert "Chậm báo cáo" in text
    assert "Chậm báo cáo" not in only


def test_a_row_is_shown_unit_by_unit(page: PageClient, place: Place) -> None:
    text = shown(page.get(f"tham-dinh/dong/{place.id('1.3')}"))
    assert "Phòng Một" in text
    assert "Phòng Hai" in text
    assert "Văn phòng Sở" not in text


def test_ticked_rows_become_a_letter_with_the_words_and_the_day(
    page: PageClient, place: Place
) -> None:
    drop(page)
    row = place.id("2.1")
    page.post(
        "tham-dinh/don-vi/VP",
        {"hoi": [row, "khong-co"], f"loi-{row}": "Vì sao chậm?", "han": "2024-12-20"},
    )
    (letter,) = (page.campaign.output / "giai-trinh").glob("*VP*.docx")
    document = docx.Document(str(letter))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    assert "Vì sao chậm?" in text
    assert "20/12/2024" in text or "20 tháng 12 năm 2024" in text
    assert "Ban hành kế hoạch" in text  # the reviewers asked of it: all is in one letter
    assert "Cho biết số hồ sơ" in text


def test_the_last_round_becomes_letters_for_all_that_it_asked(page: PageClient) -> None:
    drop(page)
    page.post("tham-dinh/giai-trinh", {"han": "2024-12-20"})
    names = {path.suffix for path in (page.campaign.output / "giai-trinh").glob("*VP*")}
    assert names == {".docx", ".xlsx"}
    told = shown(page.post("tham-dinh/giai-trinh", {"han": "2024-01-20"}))
    assert "đã qua" in told


def test_a_deadline_that_is_no_day_is_not_left_out_unsaid(page: PageClient) -> None:
    drop(page)
    for wrong in ("31/02/2025", "mai"):
        told = shown(page.post("tham-dinh/giai-trinh", {"han": wrong}))
        assert f"“{wrong}” không phải là ngày" in told
    assert not (page.campaign.output / "giai-trinh").exists()


def test_a_request_to_explain_is_looked_through_before_any_is_made(page: PageClient) -> None:
    drop(page)
    assert '/xem/giai-trinh?don-vi=VP">Xem thử một công văn</a>' in page.get("tham-dinh")
    text = shown(page.get("xem/giai-trinh"))
    assert "Thể thức Nghị định 30" in text
    assert not (page.campaign.output / "giai-trinh").exists()


def test_a_letter_about_rows_that_were_picked_goes_by_mail_as_others_do(
    page: PageClient, place: Place
) -> None:
    """It could not be mailed, brought no form, and nobody knew who was to answer it."""
    told = {"hoi": place.id("1.2"), "han": "2024-12-20"}
    assert "gui/giai-trinh" in page.post("tham-dinh/don-vi/VP", told)
    page.post("gui/giai-trinh")
    draft = page.campaign.output / "thu" / "giai-trinh" / "CCHC-2024-VP.eml"
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    files = [part.get_filename() for part in message.iter_attachments()]
    assert files == ["CCHC-2024-VP.docx", "CCHC-2024-VP-bo-sung.xlsx"]
    assert "1 chưa hỏi" in shown(page.get("tham-dinh"))
    page.post("gui/giai-trinh/cach-khac", {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-05"})
    assert "Zalo" in shown(page.get("so-theo-doi?don-vi=VP"))
    assert "1 đã hỏi, chưa trả lời" in shown(page.get("tham-dinh"))
    html = page.get("tham-dinh/don-vi/VP")
    assert f'value="{place.id("1.2")}"' not in html
    assert f'value="{place.id("1.1")}"' in html


def test_nothing_ticked_makes_no_letter(page: PageClient) -> None:
    assert "Chưa đánh dấu dòng nào" in shown(page.post("tham-dinh/don-vi/VP", {}))
    assert not (page.campaign.output / "giai-trinh").exists()


def test_evidence_opens_by_its_id(page: PageClient, place: Place) -> None:
    file = place.folder / "minh-chung" / "VP" / "1.1 Kế hoạch.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF-1.4 minh hoa")
    html = page.get("tham-dinh/don-vi/VP")
    address = html.partition(">1.1 Kế hoạch.pdf</a>")[0].rpartition('href="')[2].rstrip('"')
    assert page.client.get(address).content == file.read_bytes()
    assert "minh-chung" not in address


def test_what_is_not_there_has_no_page(page: PageClient) -> None:
    for address in ("tham-dinh/don-vi/XX", "tham-dinh/dong/xx"):
        assert page.client.get(f"/d/{page.campaign.id}/{address}").status_code == 404


def test_no_page_has_all_rows_of_all_units(page: PageClient) -> None:
    assert shown(page.get("tham-dinh")).count("Ban hành kế hoạch") == 1


def test_a_request_that_went_by_zalo_is_recorded_where_its_letters_are(page: PageClient) -> None:
    drop(page)
    page.post("tham-dinh/giai-trinh", {"han": "2024-12-20"})
    text = shown(page.get("gui/giai-trinh"))
    assert "Gửi bằng giấy, Zalo…" in text
    told = {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-05"}
    page.post("gui/giai-trinh/cach-khac", told)
    assert "Gửi bằng giấy, Zalo…" not in shown(page.get("gui/giai-trinh"))
    assert "Zalo" in shown(page.get("so-theo-doi?don-vi=VP"))


def test_who_was_not_yet_asked_to_explain_is_marked_where_reminders_are(page: PageClient) -> None:
    drop(page)
    assert "yêu cầu giải trình chưa gửi" in shown(page.get("don-doc"))
    page.post("gui/giai-trinh/cach-khac", {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-05"})
    assert "yêu cầu giải trình chưa gửi" not in shown(page.get("don-doc"))


# --- who was asked to explain, until when, who answered ---

ASK = "Soạn công văn yêu cầu giải trình"
HANDED = {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-05"}


def asked(page: PageClient, until: str = "2024-12-20") -> None:
    drop(page)
    page.post("tham-dinh/giai-trinh", {"don-vi": "VP", "han": until})
    page.post("gui/giai-trinh/cach-khac", HANDED)


def answer(page: PageClient, place: Place) -> None:
    (made_form,) = (page.campaign.output / "giai-trinh").glob("*VP*.xlsx")
    table = Table(made_form.read_bytes(), SUPPLEMENT_SHEET)
    for key in table.rows:
        table.type(key, explanation="Đã bổ sung (minh họa)")
    table.save(place.returns / "giải trình.xlsx")


def test_the_next_step_of_explaining_is_the_main_button(page: PageClient, place: Place) -> None:
    drop(page)
    text = shown(page.get("tham-dinh"))
    assert "1 đơn vị bị giảm điểm hoặc bị hỏi, chưa được yêu cầu giải trình" in text
    assert f"{ASK} 1 đơn vị" in text
    assert "Văn phòng Sở … chưa soạn công văn – – xem các dòng của Văn phòng Sở" in text
    page.post("tham-dinh/giai-trinh", {"don-vi": "VP", "han": "2024-12-20"})
    text = shown(page.get("tham-dinh"))
    assert ASK not in text
    assert "Gửi, hay ghi đã giao…" in text
    assert "Văn phòng Sở … đã soạn, chưa gửi 20/12/2024 –" in text
    page.post("gui/giai-trinh/cach-khac", HANDED)
    text = shown(page.get("tham-dinh"))
    assert "Đang chờ 1 đơn vị trả lời" in text
    assert "Văn phòng Sở ✓ Zalo 05/12/2024 20/12/2024 … chưa trả lời, còn 15 ngày" in text
    assert "… 1 đã hỏi, chưa trả lời" in text
    answer(page, place)
    html = page.get("tham-dinh")
    text = shown(html)
    assert "các đơn vị được hỏi đã trả lời cả" in text.casefold()
    assert "xem trả lời của Văn phòng Sở" in text
    assert '<button class="main">Làm bảng lần 2</button>' in html


def test_the_day_that_was_told_is_the_usual_one_and_stands_with_the_debt(page: PageClient) -> None:
    asked(page)
    assert 'name="han" min="2024-12-05" value="2024-12-20"' in page.get("tham-dinh")
    assert "thẩm định lần 1, hạn 20/12/2024" in shown(page.get("don-doc"))
    assert "hạn trả lời 20/12/2024" in shown(page.get("so-theo-doi"))


def test_a_reminder_is_offered_for_forms_and_not_for_explanations(
    page: PageClient, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(page, "2024-12-10")
    text = shown(page.get("don-doc"))
    assert "nhắc ở Thẩm định : Văn phòng Sở" in text
    assert "Làm công văn đôn đốc" not in text
    assert "Chưa đến lúc đôn đốc ai" not in text
    later = page_of(place.folder, monkeypatch, dt.date(2024, 12, 13))
    assert "▲ 1 đơn vị quá hạn giải trình" in shown(later.get("don-doc"))


def test_who_is_late_to_explain_is_reminded_by_one_more_letter(
    page: PageClient, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(page, "2024-12-10")
    later = page_of(place.folder, monkeypatch, dt.date(2024, 12, 13))
    html = later.get("tham-dinh")
    assert "chưa trả lời, quá hạn 3 ngày" in shown(html)
    (address,) = re.findall(r'href="[^"]*/(gui/giai-trinh[^"]*)">Nhắc 1 đơn vị…', html)
    html = later.get(unescape(address))
    assert "Gửi thêm một thư cho Văn phòng Sở" in shown(html)
    (again,) = re.findall(r'name="gui-lai" value="(1)">', html)
    told = {"don-vi": "VP", "gui-lai": again, "han": "2024-12-20"}
    text = shown(later.post(unescape(address), told))
    assert "1 thư soạn xong" in text
    (letter,) = (later.campaign.output / "giai-trinh").glob("*VP*.docx")
    words = "\n".join(p.text for p in docx.Document(str(letter)).paragraphs)
    assert "20 tháng 12 năm 2024" in words or "20/12/2024" in words


def test_only_units_with_something_new_to_explain_are_asked_again(
    page: PageClient, place: Place
) -> None:
    asked(page)
    table = Table((place.appraisals / "đã thẩm định.xlsx").read_bytes())
    other = next(key for key in table.rows if key.startswith("P2"))
    table.type(other, score=0.5, opinion="Thiếu tài liệu (minh họa)")
    table.save(place.appraisals / "đã thẩm định.xlsx")
    html = page.get("tham-dinh")
    text = shown(html)
    assert "1 đơn vị bị giảm điểm hoặc bị hỏi, chưa được yêu cầu giải trình" in text
    assert 'name="don-vi" value="P2"' in html
    assert 'name="don-vi" value="VP"' not in html
    (first,) = (page.campaign.output / "giai-trinh").glob("*VP*.docx")
    before = first.read_bytes()
    page.post("tham-dinh/giai-trinh", {"don-vi": "P2", "han": "2024-12-25"})
    assert first.read_bytes() == before
    page.post("gui/giai-trinh/cach-khac", HANDED | {"don-vi": "P2"})
    mine = next(key for key in table.rows if key.startswith("VP"))
    table.type(mine, score=0.25)
    table.save(place.appraisals / "đã thẩm định.xlsx")
    html = page.get("tham-dinh")
    assert "1 đơn vị đã được yêu cầu giải trình, nay có điều khác để giải trình" in shown(html)
    assert 'name="don-vi" value="VP"' in html


def test_the_page_of_drafts_asks_by_which_day(page: PageClient) -> None:
    drop(page)
    page.post("tham-dinh/giai-trinh", {"don-vi": "VP", "han": "2024-12-20"})
    assert 'name="han" min="2024-12-05" value="2024-12-20"' in page.get("gui/giai-trinh")
    assert 'name="han"' not in page.get("gui/cong-van")
    page.post("gui/giai-trinh", {"han": "2024-12-31"})
    assert "đã soạn, chưa gửi 31/12/2024" in shown(page.get("tham-dinh"))


# --- what of the reviewers' words is not counted ---


def test_a_score_above_the_maximum_stands_at_its_row_and_in_the_list(
    page: PageClient, place: Place
) -> None:
    page.post("tham-dinh/lan/1")
    table = Table(made(page).read_bytes())
    table.sign()
    table.type("VP|1.1", score=2)
    table.save(place.appraisals / "đã thẩm định.xlsx")
    row = place.id("1.1")
    html = page.get("tham-dinh/don-vi/VP")
    text = shown(html)
    assert "✗ 2: không tính" in text
    assert "vượt điểm tối đa 1" in text
    assert f'id="dong-{row}"' in html
    html = page.get("tham-dinh")
    text = shown(html)
    assert text.index("vượt điểm tối đa") < text.index("Các lần thẩm định")
    assert f'/tham-dinh/don-vi/VP#dong-{row}">xem ở dòng của Văn phòng Sở' in html
    assert "Văn phòng Sở 3 1 0 ▲ 1 dòng cần xem" in text
    assert "✗ 2: không tính" in shown(page.get(f"tham-dinh/dong/{row}"))
    only = shown(page.get("tham-dinh/don-vi/VP?chi=xem"))
    assert "Ban hành kế hoạch" in only
    assert "Mức độ thực hiện" not in only


def test_the_step_counts_what_the_screen_tells_of_rounds_and_explanations(
    page: PageClient, place: Place
) -> None:
    asked(page)
    first = Table((place.appraisals / "đã thẩm định.xlsx").read_bytes())
    first.type([key for key in first.rows if "VP" in key][2], score=12)
    first.save(place.appraisals / "đã thẩm định.xlsx")
    (made_form,) = (page.campaign.output / "giai-trinh").glob("*VP*.xlsx")
    table = Table(made_form.read_bytes(), SUPPLEMENT_SHEET)
    table.type(next(iter(table.rows)), explanation="Đã bổ sung (minh họa)")
    table.save(place.returns / "giải trình.xlsx")
    text = shown(page.get("tham-dinh"))
    assert "CẦN XEM: 2 điều" in text
    assert "▲ 2 dòng cần xem" in text
    assert "phải xem ở Bước 3" not in text
    assert page.campaign.state().steps[4].to_look == 2


def second_round(page: PageClient, place: Place) -> None:
    page.post("tham-dinh/lan/2")
    (path,) = (page.campaign.output / "tham-dinh").glob("*lan-2*")
    table = Table(path.read_bytes())
    key = next(iter(table.rows))
    table.type(key, score=0.75, opinion="Giữ một phần (minh họa)")
    table.save(place.appraisals / "lần hai.xlsx")


def test_who_did_not_explain_stays_named_when_the_next_round_is_there(
    page: PageClient, place: Place
) -> None:
    asked(page)
    second_round(page, place)
    text = shown(page.get("tham-dinh"))
    assert "1 chưa có giải trình" in text
    assert "Lần 1 chưa giải trình: Văn phòng Sở ." in text
    assert "chưa hỏi" not in text


def test_who_was_never_asked_is_told_so_when_the_next_round_is_there(
    page: PageClient, place: Place
) -> None:
    drop(page)
    page.post("tham-dinh/giai-trinh", {"don-vi": "VP", "han": "2024-12-20"})
    second_round(page, place)
    html = page.get("tham-dinh")
    text = shown(html)
    assert "1 đơn vị bị giảm điểm hoặc bị hỏi; … 1 chưa hỏi" in text
    assert "chưa có giải trình" not in text
    assert "Lần 1 chưa giải trình" not in text
    assert "Lần 1 chưa hỏi: Văn phòng Sở ." in text
    assert f'/d/{page.campaign.id}/tham-dinh/don-vi/VP">Văn phòng Sở</a>.' in html
    # The row is no longer asked about by the round: it can be ticked, and becomes a letter.
    row = place.id("1.1")
    assert f'value="{row}"' in page.get("tham-dinh/don-vi/VP")
    assert "gui/giai-trinh" in page.post("tham-dinh/don-vi/VP", {"hoi": row, "han": "2024-12-20"})


def test_a_penalty_has_its_sign_in_the_rows_of_a_unit(page: PageClient, place: Place) -> None:
    page.post("tham-dinh/lan/1")
    table = Table(made(page).read_bytes())
    table.sign()
    key = next(key for key in table.rows if key.endswith("2.1"))
    table.type(key, score=0.5, opinion="Chậm hai lần (minh họa)")
    table.save(place.appraisals / "phạt.xlsx")
    text = shown(page.get("tham-dinh/don-vi/VP"))
    assert "2.1 Chậm báo cáo −1,00 −0,25" in text.replace(" Lời hỏi", "")
    assert "▼ giảm: −0,50" in text


def test_of_two_workbooks_of_a_round_one_is_set_aside(page: PageClient, place: Place) -> None:
    drop(page)
    again = Table((place.appraisals / "đã thẩm định.xlsx").read_bytes())
    key = next(key for key in again.rows if "VP" in key)
    again.sign("Người thẩm định khác (minh họa)")
    again.type(key, score=0.75, opinion="Chấm lại (minh họa)")
    again.save(place.appraisals / "sửa.xlsx")
    html = page.get("tham-dinh")
    assert "bản lưu sau, được tính" in shown(html)
    assert "nút “Để sang bên” ở “Bước 3: Nhận phiếu”" in shown(html)
    assert html.count("nhan-phieu/de-sang-ben") == 2
    other = next(f.file for f in told_of(page) if f.code is Code.APPRAISALS_DIFFER)
    page.post("nhan-phieu/de-sang-ben", {"tep": other})
    assert Code.APPRAISALS_DIFFER not in {f.code for f in told_of(page)}
    returns = page.campaign.state().returns
    assert returns
    assert len(returns.appraisals) == 1
    text = shown(page.get("nhan-phieu"))
    assert "Đã để sang bên: 1 tệp" in text
    page.post("nhan-phieu/xem-lai", {"tep": other})
    assert Code.APPRAISALS_DIFFER in {f.code for f in told_of(page)}


def told_of(page: PageClient) -> tuple[Finding, ...]:
    results = page.campaign.state().results
    assert results
    return results.findings


def test_a_letter_of_the_first_round_still_goes_out_when_the_second_is_there(
    page: PageClient, place: Place
) -> None:
    drop(page)
    page.post("tham-dinh/giai-trinh", {"don-vi": "VP", "han": "2024-12-20"})
    second_round(page, place)
    html = page.get("tham-dinh")
    assert "Gửi công văn lần 1, hay ghi đã giao…" in shown(html)
    (there,) = re.findall(r'href="[^"]*/(gui/giai-trinh\?lan=1)"', html)
    assert "Thư: công văn yêu cầu giải trình lần 1" in shown(page.get(there))
    text = shown(page.post(there))
    assert "1 thư soạn xong, chưa gửi thư nào" in text
    draft = page.campaign.output / "thu" / "giai-trinh" / "CCHC-2024-VP.eml"
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    files = [part.get_filename() for part in message.iter_attachments()]
    assert files == ["CCHC-2024-VP.docx", "CCHC-2024-VP-bo-sung.xlsx"]
    told = {"don-vi": "VP", "cach": "Zalo", "ngay": "2024-12-05"}
    text = shown(page.post("gui/giai-trinh/cach-khac?lan=1", told))
    assert "Lần 1 chưa hỏi" not in text
    assert "Lần 1 chưa giải trình: Văn phòng Sở ." in text


def test_a_letter_of_the_first_round_that_was_never_made_is_made_when_it_is_to_go_out(
    page: PageClient, place: Place
) -> None:
    drop(page)
    second_round(page, place)
    text = shown(page.post("gui/giai-trinh?lan=1", {"han": "2024-12-20"}))
    assert "1 thư soạn xong, chưa gửi thư nào" in text
    letter = page.campaign.output / "giai-trinh" / "CCHC-2024-VP.docx"
    words = "\n".join(p.text for p in docx.Document(str(letter)).paragraphs)
    assert "20/12/2024" in words or "20 tháng 12 năm 2024" in words
    assert "Thư: công văn yêu cầu giải trình Về" in shown(page.get("gui/giai-trinh?lan=9"))


def test_what_is_wrong_with_a_round_stands_in_its_column_below_the_fields_name(
    page: PageClient, place: Place
) -> None:
    asked(page)
    page.post("tham-dinh/lan/2")
    first = Table((place.appraisals / "đã thẩm định.xlsx").read_bytes())
    wrong = next(key for key in first.rows if key.startswith("VP"))
    first.type(wrong, score=12)
    first.save(place.appraisals / "đã thẩm định.xlsx")
    (path,) = (page.campaign.output / "tham-dinh").glob("*lan-2*")
    table = Table(path.read_bytes())
    table.type(next(iter(table.rows)), score=0.75, opinion="Giữ một phần (minh họa)")
    table.save(place.appraisals / "lần hai.xlsx")
    html = page.get("tham-dinh/don-vi/VP")
    assert re.findall(r'<th scope="rowgroup"[^>]*>([^<]+)</th>', html) == [
        "1 Lĩnh vực một",
        "2 Điểm phạt",
    ]
    (row,) = (r for r in html.split("<tr") if "vượt điểm tối đa" in r)
    first_round, second_round = row.split('data-label="Lần 2"')
    assert "vượt điểm tối đa" in first_round
    assert "vượt điểm tối đa" not in second_round


def test_an_explanation_stands_with_the_round_that_it_answers(
    page: PageClient, place: Place
) -> None:
    asked(page)
    answer(page, place)
    text = shown(page.get("tham-dinh/don-vi/VP"))
    assert "Đơn vị giải trình: Đã bổ sung (minh họa)" in text
