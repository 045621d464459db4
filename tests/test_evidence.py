"""Evidence files: kept from messages, linked to rows, listed where something does not fit."""

from __future__ import annotations

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.campaign import load_campaign
from cchc_office.files.limits import MOST_FILE_BYTES
from cchc_office.mail.saved_files import safe_stem

from .calls import cchc
from .message_office import Office, fates, findings, office_in
from .messages import letter
from .sheets import fill_form, leaf_by_code
from .test_bounces import blank, run, told
from .test_senders import DAY, STRANGER

PDF = b"%PDF-1.7 ke hoach (so lieu minh hoa)"
PICTURE = b"\x89PNG\r\n" + b"x" * 20_000
LOGO = b"\x89PNG\r\nlogo"


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return office_in(tmp_path, capsys)


def kept(office: Office, unit: str = "VP") -> dict[str, bytes]:
    folder = office.folder / "minh-chung" / unit
    return {p.name: p.read_bytes() for p in sorted(folder.glob("*"))}


# --- from messages ---


def test_other_files_of_a_unit_are_kept_as_evidence(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("thu muc/1.1.2 Bao cao.pdf", PDF + b"2")
        archive.writestr("phieu.xlsx", office.form)
    made = letter(
        "vp@a.example",
        ("1.1.1 Kế hoạch.pdf", PDF),
        ("ảnh.png", PICTURE),
        ("goi.zip", packed.getvalue()),
        ("ghi chu.txt", b"chi la chu"),
    )
    office.put("1.eml", made)
    fetched = office.fetch()
    assert kept(office) == {
        "1.1.1 Kế hoạch.pdf": PDF,
        "1.1.2 Bao cao.pdf": PDF + b"2",
        "ảnh.png": PICTURE,
    }
    assert len(office.returns) == 1
    assert ("1.1.1 Kế hoạch.pdf", "đã giữ làm minh chứng", "1.1.1 Kế hoạch.pdf") in fates(fetched)[
        0
    ]
    assert "tep-kem-theo" not in findings(fetched)
    assert office.fetch("--lai")["thu"] != []
    assert len(kept(office)) == 3
    shown = run(office, "so", *DAY)
    assert findings(shown) == []
    kept_as = "đã giữ làm minh chứng: 1.1.1 Kế hoạch.pdf"
    assert kept_as in [event["ket_qua"] for event in shown["nhat_ky"]]


def test_nothing_is_overwritten_and_nothing_kept_twice(office: Office) -> None:
    mine = office.folder / "minh-chung" / "VP" / "kh.pdf"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"%PDF cua toi")
    for n, content in enumerate((PDF, PDF, b"%PDF cua toi", PDF + b"!")):
        office.put(f"{n}.eml", letter("vp@a.example", ("kh.pdf", content), key=f"<{n}@a>"))
    office.fetch()
    assert kept(office) == {"kh.pdf": b"%PDF cua toi", "kh_2.pdf": PDF, "kh_3.pdf": PDF + b"!"}


def test_evidence_is_kept_of_units_only(office: Office) -> None:
    office.put("1.eml", letter(STRANGER, ("1.1.1 a.pdf", PDF), ("p.xlsx", office.form)))
    forged = letter("vp@a.example", ("1.1.1 a.pdf", PDF), key="<2@a>")
    forged["Authentication-Results"] = "mx.a.example; dmarc=fail header.from=a.example"
    office.put("2.eml", forged)
    office.fetch()
    assert not (office.folder / "minh-chung").exists()


def test_a_workbook_that_is_no_form_is_evidence_and_told(office: Office) -> None:
    book = openpyxl.Workbook()
    content = io.BytesIO()
    book.save(content)
    office.put("1.eml", letter("vp@a.example", ("1.1.1 danh sach.xlsx", content.getvalue())))
    assert findings(office.fetch()) == ["khong-phai-phieu"]
    assert kept(office) == {"1.1.1 danh sach.xlsx": content.getvalue()}


def test_pictures_of_signatures_are_left_and_counted(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    made = letter("vp@a.example", ("p.xlsx", office.form), ("image001.png", LOGO))
    inline = EmailMessage()
    inline.set_content(PICTURE, "image", "png", filename="logo.png", cid="<logo@a>")
    made.attach(inline)
    office.put("1.eml", made)
    (message,) = office.fetch()["thu"]
    assert message["anh_bo_qua"] == 2
    assert not (office.folder / "minh-chung").exists()
    (office.folder / "cchc.sqlite").unlink()
    office.read()
    cchc("nhan", office.folder, "--tep", office.inbox)
    assert "bỏ qua 2 ảnh trong lời thư (chữ ký, biểu tượng)" in office.read()


def test_a_file_too_large_to_be_kept_is_told_as_such(office: Office) -> None:
    """It was called a PDF like those that were kept, or nothing beside a form."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("scan.pdf", b"%PDF-1.4" + bytes(MOST_FILE_BYTES))
        archive.writestr("phieu.xlsx", office.form)
    office.put("1.eml", letter("vp@a.example", ("minh chứng.zip", packed.getvalue())))
    fetched = office.fetch()
    assert [(f["ma"], f["tep"].rpartition(" › ")[2]) for f in fetched["phat_hien"]] == [
        ("tep-qua-lon", "scan.pdf")
    ]
    assert kept(office) == {}


def test_what_a_person_took_away_stays_away(office: Office) -> None:
    office.put("1.eml", letter("vp@a.example", ("a.pdf", PDF), ("b.txt", b"chu")))
    office.fetch()
    (office.folder / "minh-chung" / "VP" / "a.pdf").unlink()
    office.fetch("--lai")
    assert kept(office) == {}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("1.2.1 Kế hoạch.pdf", "1.2.1 Kế hoạch.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\Windows\\a.pdf", "a.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul.pdf"),
        ("com1.bao.pdf", "_com1.bao.pdf"),
        ("hoa\u202edon.exe", "hoadon.exe.pdf"),
        ("a<b>:c|d?e*.pdf", "a-b--c-d-e-.pdf"),
        ("ket thuc. .pdf", "ket thuc.pdf"),
        ("~$tam.pdf", "tam.pdf"),
        (".an", "an.pdf"),
        ("", "tệp không tên.pdf"),
    ],
)
def test_names_are_made_safe(office: Office, name: str, safe: str) -> None:
    office.put("1.eml", letter("vp@a.example", (name, PDF)))
    office.fetch()
    assert list(kept(office)) == [safe]
    assert [p.name for p in (office.folder / "minh-chung").iterdir()] == ["VP"]


@given(st.text(max_size=300))
def test_every_name_is_one_name(text: str) -> None:
    stem = safe_stem(text)
    assert 0 < len(stem.encode()) <= 160
    assert Path(stem).name == stem
    assert not set('<>:"/\\|?*') & set(stem)
    assert stem == stem.rstrip(". ")
    assert all(c.isprintable() for c in stem)


def test_a_name_in_eight_bits(office: Office) -> None:
    raw = (
        b"From: vp@a.example\r\nMessage-ID: <8@a>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="K\xe1\xba\xbf ho\xe1\xba\xa1ch.pdf"\r\n\r\n'
        + base64.encodebytes(PDF)
    )
    office.put("1.eml", raw)
    office.fetch()
    assert list(kept(office)) == ["Kế hoạch.pdf"]


# --- linked to rows ---


def evidence_in(office: Office, unit: str, *names: str) -> None:
    folder = office.folder / "minh-chung" / unit
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(PDF + name.encode())


def returned(office: Office, evidence: dict[str, str]) -> None:
    path = office.folder / "nhan-ve" / "CCHC-2024-VP.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(blank(office, "VP"))
    fill_form(path, {code: {"score": 0.5, "evidence": text} for code, text in evidence.items()})


def consolidated(office: Office, command: str = "tong-hop") -> dict[str, Any]:
    return run(office, command, "-o", office.folder / "ra", *DAY)


def rows_of(office: Office, total: dict[str, Any]) -> dict[str, list[str]]:
    codes = {c.id: c.code for c in load_campaign(office.folder).criteria}
    return {f["tep"]: [codes[c] for c in f["tieu_chi"]] for f in total["minh_chung"]["tep"]}


def test_files_are_linked_by_the_code_at_the_start_of_their_names(office: Office) -> None:
    names = [
        "1.1.1 Ke hoach.pdf",
        "1.1.1_a.pdf",
        "1.1.2.pdf",
        "1.1.1, 1.1.2 chung.pdf",
        "1.1.11 khong co.pdf",
        "bao cao.pdf",
    ]
    evidence_in(office, "VP", *names)
    total = consolidated(office)
    assert rows_of(office, total) == {
        "1.1.1 Ke hoach.pdf": ["1.1.1"],
        "1.1.1_a.pdf": ["1.1.1"],
        "1.1.2.pdf": ["1.1.2"],
        "1.1.1, 1.1.2 chung.pdf": ["1.1.1", "1.1.2"],
        "1.1.11 khong co.pdf": [],
        "bao cao.pdf": [],
    }
    unlinked = [f["tep"] for f in total["phat_hien"] if f["ma"] == "minh-chung-khong-ro-dong"]
    assert unlinked == ["VP/1.1.11 khong co.pdf", "VP/bao cao.pdf"]


def test_files_are_linked_by_the_names_that_the_form_gives(office: Office) -> None:
    returned(
        office,
        {
            "1.1.1": "Xem Báo cáo số 5.pdf và https://so.example/x/khac.pdf",
            "1.1.2": "quyet dinh 12; Kế hoạch 3.docx",
        },
    )
    evidence_in(office, "VP", "bao cao so 5.pdf", "Quyết định 12.pdf")
    total = consolidated(office)
    assert rows_of(office, total) == {
        "bao cao so 5.pdf": ["1.1.1"],
        "Quyết định 12.pdf": ["1.1.2"],
    }
    assert total["minh_chung"]["thieu"] == [
        {
            "don_vi": "VP",
            "tep": "Kế hoạch 3.docx",
            "tieu_chi": leaf_by_code(load_campaign(office.folder), "1.1.2"),
        }
    ]
    (words,) = told(total, "minh-chung-thieu-tep")
    assert "“Kế hoạch 3.docx”" in words


def test_without_the_folder_nothing_is_missed(office: Office) -> None:
    returned(office, {"1.1.1": "Kế hoạch 3.docx"})
    total = consolidated(office)
    assert told(total, "minh-chung-thieu-tep") == []
    assert total["minh_chung"] == {"tep": [], "thieu": []}


def test_files_of_nobody_are_told(office: Office) -> None:
    evidence_in(office, "Phòng khác", "a.pdf", "b.pdf")
    (words,) = told(consolidated(office), "minh-chung-khong-ro-don-vi")
    assert "“Phòng khác”" in words
    assert "(2 tệp)" in words


def links_in(path: Path) -> dict[str, str]:
    """Return where the links of a workbook lead, by the texts of their cells."""
    book = openpyxl.load_workbook(path)
    cells: list[Any] = [cell for sheet in book for row in sheet for cell in row]
    found = {str(c.value): (c.hyperlink.target or "") for c in cells if c.hyperlink}
    ways = {text: target.replace("\\", "/") for text, target in found.items()}
    return {text: way for text, way in ways.items() if "minh-chung" in way}


def test_the_score_table_and_the_sheet_lead_to_the_files(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    returned(office, {"1.1.1": "Báo cáo", "1.1.2": "Kế hoạch 3.docx"})
    evidence_in(office, "VP", "1.1.1 Kế hoạch.pdf", "1.1.2 a.pdf", "1.1.2 b.pdf", "lạ.pdf")
    consolidated(office)
    report = office.folder / "ra" / "tong-hop" / "tong-hop.xlsx"
    links = links_in(report)
    assert links["Tệp: 1.1.1 Kế hoạch.pdf"] == "../../minh-chung/VP/1.1.1%20Kế%20hoạch.pdf"
    assert links["Tệp: 1.1.2 a.pdf; 1.1.2 b.pdf"] == "../../minh-chung/VP"
    assert links["lạ.pdf"] == "../../minh-chung/VP/lạ.pdf"
    sheet = openpyxl.load_workbook(report)["Minh chứng"]
    states = {row[4]: row[5] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert states == {
        "1.1.1 Kế hoạch.pdf": "có tệp",
        "1.1.2 a.pdf": "có tệp",
        "1.1.2 b.pdf": "có tệp",
        "Kế hoạch 3.docx": "nêu tên mà không có tệp",
        "lạ.pdf": "không dòng nào nêu tệp này",
    }
    for target in links.values():
        assert (report.parent / target.replace("%20", " ")).exists()
    office.read()
    cchc("tong-hop", office.folder, "-o", office.folder / "ra", *DAY)
    counted = "Minh chứng: 4 tệp minh chứng, 1 tệp không dòng nào nêu; 1 tệp được nêu mà không có."
    assert counted in capsys.readouterr().out


def test_the_reviewers_are_led_to_the_files(office: Office) -> None:
    returned(office, {"1.1.1": "Báo cáo số 5", "1.1.2": "Không có tệp"})
    evidence_in(office, "VP", "1.1.1 Kế hoạch.pdf")
    consolidated(office, "tham-dinh")
    links = links_in(office.folder / "ra" / "tham-dinh" / "tham-dinh-lan-1.xlsx")
    assert links == {
        "Báo cáo số 5\nTệp: 1.1.1 Kế hoạch.pdf": "../../minh-chung/VP/1.1.1%20Kế%20hoạch.pdf"
    }


def test_without_evidence_the_report_is_as_it_was(office: Office) -> None:
    returned(office, {"1.1.1": "Báo cáo"})
    consolidated(office)
    book = openpyxl.load_workbook(office.folder / "ra" / "tong-hop" / "tong-hop.xlsx")
    assert "Minh chứng" not in book.sheetnames
    assert "Minh chứng" not in [c.value for c in book["Bảng điểm"][4]]
