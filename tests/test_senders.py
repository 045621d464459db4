"""Returns that came from an address nobody knows: they are told of until a person confirms them."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from cchc_office import open_campaign

from .calls import cchc
from .message_office import SAVED, Office, findings, office_in
from .messages import filled_form, letter

DAY = ("--ngay", "05/12/2024")
STRANGER = "vp.ca.nhan@gmail.example"
WAITS, PASSED_OVER = "phieu-cho-xac-nhan", "phieu-la-khong-tinh"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def run(office: Office, *words: str | Path) -> dict[str, Any]:
    office.read()
    status = cchc(*words, "--json")
    whole: dict[str, Any] = json.loads(office.read())
    assert whole["ma_thoat"] == status
    return whole


def consolidated(office: Office, command: str = "tong-hop") -> dict[str, Any]:
    return run(office, command, office.folder, "-o", office.folder / "ra", *DAY)


def register(office: Office) -> tuple[list[str], dict[str, Any]]:
    """Return the findings that `so` shows, and what it tells of the form of VP."""
    whole = run(office, "so", office.folder, *DAY)
    return findings(whole), {u["ma"]: u for u in whole["don_vi"]}["VP"]["phieu_ve"]


def about_senders(whole: dict[str, Any]) -> list[str]:
    return [code for code in findings(whole) if code in (WAITS, PASSED_OVER)]


def by_stranger(office: Office, form: bytes | None = None) -> None:
    office.put("la.eml", letter(STRANGER, ("a.xlsx", form or office.form), key="<la@b>"))
    office.fetch()


def test_every_run_says_that_nobody_confirmed_the_sender(office: Office) -> None:
    by_stranger(office)
    for command in ("tong-hop", "don-doc", "tong-hop"):
        assert about_senders(consolidated(office, command)) == [WAITS]
    codes, form = register(office)
    assert codes == [WAITS]
    assert (form["nguoi_gui"], form["chua_xac_nhan"]) == (STRANGER, True)
    told = next(f for f in consolidated(office)["phat_hien"] if f["ma"] == WAITS)
    assert (told["tep"], told["don_vi"]) == (SAVED, "VP")
    assert STRANGER in told["noi_dung"]


def test_the_table_marks_and_counts_it(office: Office) -> None:
    by_stranger(office)
    office.read()
    assert cchc("so", office.folder, *DAY) == 1
    shown = office.read()
    assert "25/11 thư?" in shown
    assert "phiếu về 1/4 (1 phiếu có dấu ? chưa rõ người gửi)" in shown
    cchc("so", office.folder, *DAY, "--xlsx", "-o", office.folder / "ra")
    book = openpyxl.load_workbook(office.folder / "ra" / "so" / "so-theo-doi.xlsx")
    cells = {str(c.value): c for row in book["Theo dõi"] for c in row}
    assert STRANGER in cells
    doubted = cells["25/11/2024, thư, chưa rõ người gửi"]
    # Of the row only what is doubted is marked.
    assert doubted.fill.fgColor.rgb != cells["Văn phòng Sở"].fill.fgColor.rgb


@pytest.mark.parametrize("way", [SAVED, f"nhan-ve/{SAVED}"])
def test_a_person_confirms_and_may_take_it_back(office: Office, way: str) -> None:
    by_stranger(office)
    waiting = run(office, "so", "xu-ly", office.folder)
    assert waiting["cho_xac_nhan"] == [{"tep": SAVED, "don_vi": "VP", "nguoi_gui": STRANGER}]
    assert waiting["ma_thoat"] == 1
    done = run(office, "so", "xu-ly", office.folder, way, "--dung-nguoi-gui")
    assert (done["ma_thoat"], done["da_ghi"], done["cho_xac_nhan"]) == (0, [SAVED], [])
    assert about_senders(consolidated(office)) == []
    codes, form = register(office)
    assert (codes, form["chua_xac_nhan"]) == ([], False)
    assert office.fetch()["con_phai_hoi_lai"] == []
    (event,) = (
        e
        for e in run(office, "so", office.folder, *DAY)["nhat_ky"]
        if e["viec"] == "Xác nhận người gửi"
    )
    assert (event["van_ban"], event["dia_chi"]) == (SAVED, STRANGER)
    assert run(office, "so", "xoa", office.folder, "N1")["ma_thoat"] == 0
    assert about_senders(consolidated(office)) == [WAITS]


def test_what_was_not_doubted_cannot_be_confirmed(office: Office) -> None:
    by_stranger(office)
    for words, said in (
        ((), "Chưa nói tệp nào"),
        (("khac.xlsx",), f"Các tệp đang chờ: {SAVED}"),
        ((SAVED, "khac.xlsx"), "khac.xlsx"),
    ):
        whole = run(office, "so", "xu-ly", office.folder, *words, "--dung-nguoi-gui")
        assert whole["ma_thoat"] == 2
        assert said in whole["loi"]
    assert about_senders(consolidated(office)) == [WAITS]


def test_an_address_that_becomes_the_unit_s_confirms(office: Office) -> None:
    by_stranger(office)
    path = office.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Đơn vị"].iter_rows():
        for cell in row:
            if cell.value == "cvp@a.example":
                cell.value = f"cvp@a.example; {STRANGER.upper()}"
    book.save(path)
    assert about_senders(consolidated(office)) == []


def test_the_same_file_from_the_unit_itself_confirms(office: Office) -> None:
    by_stranger(office)
    office.put("vp.eml", letter("vp@a.example", ("b.xlsx", office.form), key="<vp@a>"))
    office.fetch()
    assert about_senders(consolidated(office)) == []


def test_the_unit_s_own_form_goes_before_a_stranger_s_later_one(
    office: Office, tmp_path: Path
) -> None:
    office.put("vp.eml", letter("vp@a.example", ("b.xlsx", office.form), key="<vp@a>"))
    office.fetch()
    later = filled_form(office.campaign, "VP", tmp_path / "la", 0.25)
    by_stranger(office, later)
    whole = consolidated(office)
    assert about_senders(whole) == [PASSED_OVER]
    counted = [f["tep"] for f in whole["tep_doc"] if f.get("duoc_tinh")]
    assert [Path(name).name for name in counted] == [SAVED]
    told = next(f for f in whole["phat_hien"] if f["ma"] == PASSED_OVER)
    assert told["tep"] == "CCHC-2024-VP_2024-11-25_2.xlsx"
    assert SAVED in told["noi_dung"]
    assert not any(code.startswith("gui-nhieu-ban") for code in findings(whole))
    assert register(office)[0] == [PASSED_OVER]
    run(office, "so", "xu-ly", office.folder, told["tep"], "--dung-nguoi-gui")
    whole = consolidated(office)
    assert about_senders(whole) == []
    assert any(code.startswith("gui-nhieu-ban") for code in findings(whole))


def test_a_doubted_file_that_a_clerk_saved_again_is_still_doubted(office: Office) -> None:
    by_stranger(office)
    path = office.folder / "nhan-ve" / SAVED
    openpyxl.load_workbook(path).save(path)
    assert about_senders(consolidated(office)) == [WAITS]
    path.rename(path.with_name("VP.xlsx"))
    path.with_name("VP.xlsx").write_bytes(office.form)
    assert about_senders(consolidated(office)) == [WAITS]
    path.with_name("VP.xlsx").unlink()
    assert about_senders(consolidated(office)) == []


def test_without_its_register_the_consolidation_says_what_it_does_not_know(office: Office) -> None:
    by_stranger(office)
    (office.folder / "cchc.sqlite").write_bytes(b"hong" * 2000)
    assert "so-khong-doc-duoc" in findings(consolidated(office))


# --- messages that are brought, and not fetched ---


def brought(office: Office, name: str, message: bytes) -> dict[str, Any]:
    office.put(name, message)
    return run(office, "nhan-tep", office.folder, office.inbox / name)


def test_a_strangers_message_that_is_brought_waits_as_one_that_was_fetched(office: Office) -> None:
    message = bytes(letter(STRANGER, ("a.xlsx", office.form)))
    assert "nguoi-gui-la" in findings(brought(office, "la.eml", message))
    assert about_senders(consolidated(office)) == [WAITS]
    _, form = register(office)
    assert (form["nguoi_gui"], form["chua_xac_nhan"]) == (STRANGER, True)
    assert cchc("so", "xu-ly", office.folder, "la.eml", "--dung-nguoi-gui") == 0
    assert about_senders(consolidated(office)) == []
    assert "nguoi-gui-la" not in findings(brought(office, "la.eml", message))


def test_a_units_own_message_that_is_brought_is_no_question(office: Office) -> None:
    unit = office.campaign.unit("VP").emails[0]
    told = brought(office, "vp.eml", bytes(letter(unit, ("a.xlsx", office.form))))
    assert "nguoi-gui-la" not in findings(told)
    assert about_senders(consolidated(office)) == []
    _, form = register(office)
    assert (form["nguoi_gui"], form["chua_xac_nhan"]) == (unit, False)


def test_a_message_that_was_confirmed_when_fetched_waits_no_more_when_brought(
    office: Office,
) -> None:
    by_stranger(office)
    assert cchc("so", "xu-ly", office.folder, SAVED, "--dung-nguoi-gui") == 0
    brought(office, "la.eml", bytes(letter(STRANGER, ("a.xlsx", office.form), key="<la@b>")))
    assert about_senders(consolidated(office)) == []


def test_a_strangers_locked_form_waits_when_its_password_is_known_later(office: Office) -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(office.form)).encrypt("bi mat", locked)
    brought(office, "la.eml", bytes(letter(STRANGER, ("a.xlsx", locked.getvalue()))))
    found = open_campaign(office.folder, day=dt.date(2024, 12, 5), passwords="bi mat").state()
    assert found.returns
    assert [(f.counted, f.unconfirmed) for f in found.returns.files] == [(True, STRANGER)]


def test_no_message_is_taken_where_nobody_can_record_its_sender(office: Office) -> None:
    (office.folder / "cchc.sqlite").write_bytes(b"hong" * 500)
    told = brought(office, "la.eml", bytes(letter(STRANGER, ("a.xlsx", office.form))))
    assert findings(told) == ["so-khong-doc-duoc"]
    assert office.returns == []


# --- messages that somebody copied into the folder ---


def copy_in(office: Office, name: str, message: bytes) -> Path:
    folder = office.folder / "nhan-ve"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(message)
    return folder / name


def test_a_strangers_message_that_was_copied_in_waits_too(office: Office) -> None:
    message = bytes(letter(STRANGER, ("a.xlsx", office.form)))
    copy_in(office, "la.eml", message)
    assert about_senders(consolidated(office)) == [WAITS]
    codes, form = register(office)
    assert (codes, form["chua_xac_nhan"]) == ([WAITS], True)
    waiting = run(office, "so", "xu-ly", office.folder)
    assert waiting["cho_xac_nhan"] == [{"tep": "la.eml", "don_vi": "VP", "nguoi_gui": STRANGER}]
    assert cchc("so", "xu-ly", office.folder, "la.eml", "--dung-nguoi-gui") == 0
    assert about_senders(consolidated(office)) == []
    assert run(office, "so", "xu-ly", office.folder)["cho_xac_nhan"] == []


def test_the_unit_s_own_form_goes_before_a_copied_message_of_a_stranger(office: Office) -> None:
    folder = office.folder / "nhan-ve"
    folder.mkdir(exist_ok=True)
    (folder / "VP.xlsx").write_bytes(filled_form(office.campaign, "VP", folder.parent / "x", 0.25))
    copy_in(office, "la.eml", bytes(letter(STRANGER, ("a.xlsx", office.form))))
    assert about_senders(consolidated(office)) == [PASSED_OVER]


def test_a_units_own_message_that_was_copied_in_is_no_question(office: Office) -> None:
    unit = office.campaign.unit("VP").emails[0]
    copy_in(office, "vp.eml", bytes(letter(unit, ("a.xlsx", office.form))))
    assert about_senders(consolidated(office)) == []
    other = office.campaign.unit("TTra").emails[0]
    copy_in(office, "vp.eml", bytes(letter(other, ("a.xlsx", office.form))))
    assert about_senders(consolidated(office)) == [WAITS]


def test_looking_at_copied_messages_writes_nothing(office: Office) -> None:
    path = copy_in(office, "la.eml", bytes(letter(STRANGER, ("a.xlsx", office.form))))
    before = sorted(p for p in office.folder.rglob("*"))
    state = open_campaign(office.folder, day=dt.date(2024, 12, 5)).state()
    assert state.returns
    assert [(f.counted, f.unconfirmed) for f in state.returns.files] == [(True, STRANGER)]
    assert sorted(p for p in office.folder.rglob("*")) == before
    path.write_bytes(bytes(letter("vp@a.example", ("a.xlsx", office.form))))
    state = open_campaign(office.folder, day=dt.date(2024, 12, 5)).state()
    assert state.returns
    assert [f.unconfirmed for f in state.returns.files] == [""]


def test_without_a_register_a_copied_message_of_a_stranger_waits(office: Office) -> None:
    copy_in(office, "la.eml", bytes(letter(STRANGER, ("a.xlsx", office.form))))
    (office.folder / "cchc.sqlite").unlink(missing_ok=True)
    assert about_senders(consolidated(office)) == [WAITS]
    (office.folder / "cchc.sqlite").write_bytes(b"hong" * 2000)
    assert about_senders(consolidated(office)) == [WAITS]


# --- messages that are packed in an archive ---


def packed(**files: bytes) -> bytes:
    """Return an archive of files, which are named after their endings: la_eml."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return whole.getvalue()


def test_a_strangers_message_in_an_archive_waits_as_one_by_itself(office: Office) -> None:
    whole = packed(la_eml=bytes(letter(STRANGER, ("a.xlsx", office.form))))
    told = brought(office, "goi.zip", whole)
    assert "nguoi-gui-la" in findings(told)
    assert about_senders(consolidated(office)) == [WAITS]
    _, form = register(office)
    assert (form["nguoi_gui"], form["chua_xac_nhan"]) == (STRANGER, True)
    assert cchc("so", "xu-ly", office.folder, "goi.zip", "--dung-nguoi-gui") == 0
    assert about_senders(consolidated(office)) == []


@pytest.mark.parametrize("is_brought", [True, False])
def test_of_two_messages_in_an_archive_each_form_waits_for_its_own_sender(
    office: Office, is_brought: bool
) -> None:
    """One form that its unit sent was said to be a stranger's who sent another unit's."""
    of_unit = filled_form(office.campaign, "TTra", office.folder.parent / "phieu")
    own = letter(office.campaign.unit("TTra").emails[0], ("b.xlsx", of_unit), key="<2@a.example>")
    strange = letter(STRANGER, ("a.xlsx", office.form))
    whole = packed(la_eml=bytes(strange), dung_eml=bytes(own))
    if is_brought:
        brought(office, "goi.zip", whole)
    else:
        copy_in(office, "goi.zip", whole)
    assert about_senders(consolidated(office)) == [WAITS]
    returns = open_campaign(office.folder).state().returns
    assert returns is not None
    waiting = {file.unit for file in returns.files if file.unconfirmed}
    assert waiting == {"VP"}


def test_a_strangers_message_in_an_archive_that_was_copied_in_waits_too(office: Office) -> None:
    unit = bytes(letter(office.campaign.unit("VP").emails[0], ("a.xlsx", office.form)))
    path = copy_in(office, "goi.zip", packed(vp_eml=unit))
    assert about_senders(consolidated(office)) == []
    path.write_bytes(packed(la_eml=bytes(letter(STRANGER, ("a.xlsx", office.form)))))
    assert about_senders(consolidated(office)) == [WAITS]
    assert cchc("so", "xu-ly", office.folder, "goi.zip", "--dung-nguoi-gui") == 0
    assert about_senders(consolidated(office)) == []


def test_an_archive_without_messages_is_no_question(office: Office) -> None:
    for broken in (False, True):
        if broken:
            (office.folder / "cchc.sqlite").write_bytes(b"hong" * 500)
        whole = packed(a_xlsx=office.form, doc_txt=b"minh hoa" * (1 + broken))
        told = brought(office, "goi.zip", whole)
        assert "nguoi-gui-la" not in findings(told)
        assert len(office.returns) == 1 + broken
    assert about_senders(consolidated(office)) == []
