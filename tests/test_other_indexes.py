"""Indexes other than that of administrative reform go the whole year under their own names."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cchc_office.decree30 import check

from .calls import cchc
from .sheets import campaign_file
from .whole_year import Office

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
    pytest.mark.slow,
]
SETTINGS = """
Mục                    | Nội dung                    | Hướng dẫn
Năm                    | 2025                        |
Cơ quan chủ quản       | UBND TỈNH A                 |
Cơ quan ban hành       | Sở Thử Nghiệm               |
Tên viết tắt           | STN                         |
Địa danh               | Tỉnh A                      |
Số và ký hiệu văn bản  | /STN-VP                     |
Ngày văn bản           | /5/2025                     |
Chức vụ người ký       | GIÁM ĐỐC                    |
Hạn nộp                | 30/11/2025                  |
Phụ lục                | có                          |
Xếp hạng               | có                          |
"""
UNITS = """
Mã | Tên đơn vị         | Nhóm       | Thủ trưởng   | Email
VP | Văn phòng Sở       | các đơn vị | Chánh Văn phòng | vp@a.example
P1 | Phòng Một          | các đơn vị |              | p1@a.example
P2 | Phòng Hai          | các đơn vị |              | p2@a.example
"""
DTI = """
Tên bộ chỉ số | Chỉ số chuyển đổi số (DTI)                                  |
Tên gọi tắt   | DTI                                                         |
Thang điểm    | 1.000                                                       |
Tiêu đề bảng  | PHÂN CÔNG THỰC HIỆN CHỈ SỐ DTI NĂM 2025                     |
Kèm theo      | Quyết định số 15/QĐ-UBND ngày 05/01/2025 của UBND tỉnh A    |
Xếp loại      | ≥900 điểm: Xuất sắc; ≥400 điểm: Tốt; còn lại: Trung bình    |
Điểm trừ do   | người thẩm định                                             |
Cột bảng phân công | Điểm tối đa; Đơn vị thực hiện; Hạn; Ghi chú            |
"""
DTI_CRITERIA = """
STT | Tiêu chí                                 | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách tổng hợp
1   | Nhận thức số                             | 300         |                  |         |        |
1.1 | Người đứng đầu chủ trì chuyển đổi số     | 100         | Các đơn vị       |         |        |
1.2 | Chuyên mục về chuyển đổi số              | 200         | Các đơn vị       |         |        |
2   | Hạ tầng số                               | 700         |                  |         |        |
2.1 | Hạ tầng, nền tảng số                     | 500         | Các đơn vị       |         |        |
2.2 | Ý kiến người dân, doanh nghiệp           | 200         | Văn phòng Sở     | ĐTXHH   |        |
3   | Điểm thưởng                              | 50          |                  |         | Thưởng |
3.1 | Sáng kiến chuyển đổi số                  | 50          | Các đơn vị       |         |        | Trung bình
4   | Điểm trừ                                 | 20          |                  |         | Trừ    |
4.1 | Để lộ, lọt dữ liệu                       | 20          | Các đơn vị       |         |        | Trung bình
"""
EMULATION = """
Tên bộ chỉ số | Bộ tiêu chí thi đua                       |
Tên gọi tắt   | THIDUA                                    |
Thang điểm    | 100                                       |
Tiêu đề bảng  | PHÂN CÔNG THEO DÕI BỘ TIÊU CHÍ THI ĐUA    |
Kèm theo      | Kế hoạch                                  |
Xếp loại      | ≥90%: Xuất sắc; còn lại: Tốt              |
"""
EMULATION_CRITERIA = """
STT | Tiêu chí                        | Điểm tối đa | Đơn vị thực hiện | Loại điểm | Cách tổng hợp
1   | Thực hiện nhiệm vụ chuyên môn   |             |                  |        |
1.1 | Hoàn thành kế hoạch công tác    | 60          | Các đơn vị       |        |
1.2 | Chế độ báo cáo                  | 40          | Các đơn vị       |        |
2   | Vi phạm kỷ luật lao động        | 5           | Các đơn vị       | Trừ    | Trung bình
"""


def went(tmp_path: Path, settings: str, criteria: str) -> Office:
    """Have an office go through its year, with messages for all letters."""
    path = campaign_file(
        tmp_path / "dot", settings=SETTINGS + settings, units=UNITS, criteria=criteria
    )
    office = Office(path.parent, tmp_path / "ra")
    assert office.campaign.findings == ()
    office.whole_year(returned=2)
    for stage, letter in (("issued", "cong-van"), ("round-2", "giai-trinh")):
        assert cchc("gui", path.parent, "--loai", letter, "-o", office.papers / stage) in (0, 1)
    office.run("after", "don-doc", "--van-ban-ngan")
    return office


@pytest.fixture(scope="module")
def digital(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return went(tmp_path_factory.mktemp("dti"), DTI, DTI_CRITERIA)


@pytest.fixture(scope="module")
def emulation(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return went(tmp_path_factory.mktemp("thi-dua"), EMULATION, EMULATION_CRITERIA)


def all_words(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the name of each paper, and whatever is in it, also where nobody looks."""
    for path in sorted(office.papers.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        yield path.name, path.name
        content = path.read_bytes()
        if path.suffix == ".eml":
            message = email.message_from_bytes(content, policy=email.policy.default)
            yield path.name, f"{message['Subject']}\n{message['Message-ID']}"
            for part in message.walk():
                if part.get_content_maintype() == "text":
                    yield path.name, part.get_content()
                yield path.name, part.get_filename() or ""
        elif zipfile.is_zipfile(io.BytesIO(content)):
            book = zipfile.ZipFile(io.BytesIO(content))
            for name in book.namelist():
                yield f"{path.name} › {name}", book.read(name).decode("utf-8", "replace")
        else:
            yield path.name, content.decode()


@pytest.mark.parametrize("which", ["digital", "emulation"])
def test_nothing_of_another_index_is_in_any_paper_mail_or_name(
    which: str, request: pytest.FixtureRequest
) -> None:
    office: Office = request.getfixturevalue(which)
    kinds = {path.suffix for path in office.papers.rglob("*") if path.is_file()}
    assert kinds >= {".docx", ".xlsx", ".eml", ".txt"}
    found = [
        (name, words[max(0, words.find(word) - 40) :][:90])
        for name, words in all_words(office)
        for word in ("CCHC", "ải cách", "ẢI CÁCH")
        if word in words
    ]
    assert found == []


def title(path: Path) -> tuple[str, str]:
    """Return the title above a form, and that of the document."""
    book = openpyxl.load_workbook(path)
    table: Any = book["Bảng điểm"] if "Bảng điểm" in book.sheetnames else book.worksheets[0]
    texts = [cell.value for row in table.iter_rows(max_row=4) for cell in row if cell.value]
    return next(t for t in texts if "ĐIỂM" in t), book.properties.title or ""


def test_forms_letters_and_reports_bear_the_name(digital: Office, emulation: Office) -> None:
    assert title(digital.papers / "issued/phieu-cham/DTI-2025-VP.xlsx") == (
        "PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CHUYỂN ĐỔI SỐ (DTI) NĂM 2025",
        "Phiếu tự chấm điểm Chỉ số DTI năm 2025 - Văn phòng Sở",
    )
    assert title(emulation.papers / "issued/phieu-cham/THIDUA-2025-VP.xlsx") == (
        "PHIẾU TỰ CHẤM ĐIỂM BỘ TIÊU CHÍ THI ĐUA NĂM 2025",
        "Phiếu tự chấm điểm Bộ tiêu chí thi đua năm 2025 - Văn phòng Sở",
    )
    assert title(digital.papers / "round-1/tham-dinh/tham-dinh-lan-1.xlsx")[0] == (
        "THẨM ĐỊNH ĐIỂM CHỈ SỐ CHUYỂN ĐỔI SỐ (DTI) NĂM 2025 - LẦN 1"
    )
    assert title(emulation.papers / "after/tong-hop/tong-hop.xlsx")[0] == (
        "BẢNG TỔNG HỢP ĐIỂM THẨM ĐỊNH BỘ TIÊU CHÍ THI ĐUA SỞ THỬ NGHIỆM NĂM 2025"
    )
    for office, name, together, dispatch in (
        (
            *(digital, "Chỉ số chuyển đổi số (DTI)", "Bộ chỉ số chuyển đổi số (DTI)"),
            "Quyết định số 15/QĐ-UBND ngày 05/01/2025 của UBND tỉnh A",
        ),
        (
            *(emulation, "Bộ tiêu chí thi đua", "Bộ tiêu chí thi đua"),
            f"Kế hoạch số {' ' * 8}/KH-STN",
        ),
    ):
        short = office.campaign.info.index.abbreviation
        issued = words_of(office.papers / f"issued/cong-van/{short}-2025-P1.docx")
        assert f"V/v thực hiện {together} năm 2025" in issued
        assert f"(phân công chung tại Phụ lục kèm theo {dispatch}" in issued
        reminded = words_of(office.papers / f"round-2/don-doc/{short}-2025-P2-lan-2.docx")
        assert f"V/v đôn đốc lần 2 tự chấm điểm {name} năm 2025" in reminded
        about = office.campaign.info.index.subject
        assert f"khi đánh giá kết quả {about}./." in reminded
        report = words_of(office.papers / "after/tong-hop/bao-cao.docx")
        assert f"Kết quả tự đánh giá, chấm điểm {name} năm 2025" in report
        assert f"BẢNG ĐIỂM {name.upper()} NĂM 2025" in report
        kind = office.campaign.info.index.kind_of_set
        assert f"1. {kind} có " in report
        book = openpyxl.load_workbook(office.papers / "after/tong-hop/tong-hop.xlsx")
        assert f"{kind} không thay đổi." in remarks_of(book["So với kỳ trước"])
        assert f"{kind} hai kỳ có thể khác nhau." in remarks_of(book["Đơn vị so kỳ trước"])


def remarks_of(sheet: Any) -> str:
    """Return what stands above a table."""
    return " ".join(str(row[0]) for row in sheet.iter_rows(max_row=5, values_only=True) if row[0])


def test_messages_bear_the_name(digital: Office, emulation: Office) -> None:
    subjects = {
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"]
        for office in (digital, emulation)
        for path in office.papers.rglob("*-P1*.eml")
    }
    begin = "[DTI-2025-P1] Sở Thử Nghiệm"
    assert subjects >= {
        f"{begin} giao thực hiện Bộ chỉ số DTI năm 2025 và phiếu tự chấm điểm",
        f"{begin} đề nghị giải trình kết quả tự chấm điểm Chỉ số DTI năm 2025",
        begin.replace("DTI", "THIDUA")
        + " giao thực hiện Bộ tiêu chí thi đua năm 2025 và phiếu tự chấm điểm",
    }
    (short,) = (digital.papers / "after").rglob("*P2*tin-nhan.txt")
    assert "chưa nhận được Phiếu tự chấm điểm Chỉ số DTI năm 2025" in short.read_text("utf-8")


def test_papers_of_other_names_keep_the_decree(digital: Office, emulation: Office) -> None:
    for office in (digital, emulation):
        papers = sorted((office.papers / "issued").rglob("*.docx"))
        assert len(papers) == 4
        for path in papers:
            assert check(path) == [], path.name


def test_units_are_classed_by_points(digital: Office) -> None:
    sheet = openpyxl.load_workbook(
        digital.papers / "before/tong-hop/tong-hop.xlsx", data_only=True
    )["Xếp hạng"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "Xếp loại" in row)
    classes = {row[1]: (row[head.index("Điểm")], row[head.index("Xếp loại")]) for row in rows}
    # Half of 100, 200 and 500, and half the bonus of 50.
    assert classes["VP"] == (425, "Tốt")
    assert classes["P2"][1] in (None, "")
    said = "Xếp loại theo điểm – Xuất sắc: từ 900 điểm; Tốt: từ 400 điểm; Trung bình: còn lại."
    assert said in [row[0] for row in rows]


def words_of(path: Path) -> str:
    """Return the words of a document, blanks between which no line breaks like any other."""
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace("\xa0", " ")
