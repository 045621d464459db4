"""Screen 6: figures, the cells that they come from, an earlier period beside, the report."""

from __future__ import annotations

import html
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from cchc_office import open_campaign
from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Criterion, LeafResult, LeafState, Subtotal, scored_rows
from cchc_office.papers.form.writer import build_form
from cchc_office.web.desk import Desk, OpenCampaign
from cchc_office.web.pages.results import _pending

from . import days
from .page_client import done, post
from .page_visits import page_of
from .sheets import campaign_file, fill_form


def text_of(page: str) -> str:
    """Return what a page says, without its tags, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def read(clerk: TestClient, campaign: OpenCampaign, path: str = "ket-qua") -> str:
    answer = clerk.get(f"/d/{campaign.id}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.text


def row_id(campaign: OpenCampaign, code: str) -> str:
    (row,) = campaign.state().campaign.named(code)
    return row.id


def test_totals_fields_and_units_are_those_of_the_library(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    shown = text_of(read(clerk, sample))
    results = open_campaign(sample.folder, day=days.AFTER_DEADLINE).state().results
    assert results is not None
    assert (
        "61,25 trên 69,00 điểm áp dụng 88,77% tỷ lệ đạt 59/62 tiêu chí có đủ mọi đơn vị chấm"
        in shown
    )
    assert "1 tiêu chí mới có 3/4 đơn vị chấm; 2 tiêu chí chưa có điểm" in shown
    assert "3 CẢI CÁCH THỦ TỤC HÀNH CHÍNH 13,00 11,00 84,62%" in shown
    assert "Phòng Quản lý năng lượng (minh họa) … Nộp muộn" in shown
    assert "Thanh tra Sở ▲ Cần xem 14,75 12,25 83,05%" in shown
    assert "Phòng Kỹ thuật an toàn môi trường (minh họa) … Chưa nộp – –" in shown


def test_what_is_missing_is_said(clerk: TestClient, sample: OpenCampaign) -> None:
    shown = text_of(read(clerk, sample))
    assert "7/8 đơn vị đã nộp; ĐTXHH, SIPAS chưa có kết quả (30 điểm)" in shown
    assert "chưa phải kết quả cuối" in shown
    assert "ĐẾN NGƯỜI DÂN, TỔ CHỨC – – còn 10 điểm khảo sát" in shown


def test_a_figure_leads_to_the_cells_that_it_comes_from(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    id_ = row_id(sample, "1.1.2")
    assert f"/d/{sample.id}/ket-qua/dong/{id_}" in read(clerk, sample)
    page = read(clerk, sample, f"ket-qua/dong/{id_}")
    place = "CCHC-2024-VP.xlsx › Phiếu chấm › F9"
    assert f"Văn phòng Sở tự chấm 0,50 {place} · mở ô F9" in text_of(page)
    assert "'Phiếu chấm'!F9" in html.unescape(page)
    book = load_workbook(sample.folder / "nhan-ve" / "CCHC-2024-VP.xlsx")
    assert book["Phiếu chấm"]["F9"].value == 0.5


def test_the_cell_named_belongs_to_a_file_that_can_be_had(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    page = read(clerk, sample, f"ket-qua/dong/{row_id(sample, '1.1.2')}")
    (id_,) = re.findall(rf'action="/d/{sample.id}/mo/(\w+)" class="inline"', page)
    assert desk.file(id_) == sample.folder / "nhan-ve" / "CCHC-2024-VP.xlsx"


def test_a_heading_lists_the_rows_that_are_added_up(
    clerk: TestClient, sample: OpenCampaign
) -> None:
    shown = text_of(read(clerk, sample, f"ket-qua/dong/{row_id(sample, '1.4')}"))
    assert "2,50 trên 2,75 điểm áp dụng" in shown
    assert "1.4.1 Thường xuyên cung cấp thông tin về cải cách hành chính – 1,00 / 1,00" in shown
    assert "1.4.2 Mức độ đa dạng trong hình thức tuyên truyền CCHC – 1,50 / 1,75" in shown


def test_a_unit_lists_its_own_cells_alone(clerk: TestClient, sample: OpenCampaign) -> None:
    shown = text_of(read(clerk, sample, "ket-qua/don-vi/TTra"))
    assert "12,25 trên 14,75 điểm áp dụng" in shown
    assert "CCHC-2024-TTra.xlsx › Phiếu chấm" in shown
    assert "CCHC-2024-VP.xlsx" not in shown


@pytest.mark.parametrize("path", ["ket-qua/dong/khong-co", "ket-qua/don-vi/KHONG"])
def test_a_row_that_is_not_there_is_not_found(
    clerk: TestClient, sample: OpenCampaign, path: str
) -> None:
    assert clerk.get(f"/d/{sample.id}/{path}").status_code == 404


def test_the_report_is_made_as_on_the_command_line(
    clerk: TestClient, desk: Desk, sample: OpenCampaign, tmp_path: Path
) -> None:
    assert "Chưa làm." in read(clerk, sample)
    run = done(desk, post(clerk, sample, "ket-qua/tong-hop"))
    assert run.error == ""
    shown = text_of(read(clerk, sample))
    assert "Mở bao-cao.docx trong Word" in shown
    assert "Mở tong-hop.xlsx trong Excel" in shown
    other = open_campaign(sample.folder, output=sample.folder / "khac", day=days.AFTER_DEADLINE)
    other.consolidate()
    for name in ("tong-hop.xlsx", "bao-cao.docx"):
        made = (sample.folder / folder / "tong-hop" / name for folder in ("output", "khac"))
        assert len({path.read_bytes() for path in made}) == 1


@pytest.fixture
def earlier(desk: Desk, sample: OpenCampaign, tmp_path: Path) -> Path:
    """The report of another campaign that is known, in which a unit gave itself more for 1.1.2."""
    other = tmp_path / "nam-2023"
    shutil.copytree(sample.folder, other)
    form = other / "nhan-ve" / "CCHC-2024-VP.xlsx"
    book = load_workbook(form)
    book["Phiếu chấm"]["F9"] = 0.75
    book.save(form)
    output = desk.open(other).output
    open_campaign(other, output=output, day=days.AFTER_DEADLINE).consolidate()
    return output / "tong-hop" / "tong-hop.xlsx"


def test_an_earlier_report_of_a_known_campaign_stands_beside(
    clerk: TestClient, earlier: Path, sample: OpenCampaign
) -> None:
    (id_,) = re.findall(r'<option value="(\w+)">tong-hop.xlsx – nam-2023', read(clerk, sample))
    answer = post(clerk, sample, "ket-qua/nam-truoc", data={"tep": id_})
    assert answer.status_code == 303
    shown = text_of(read(clerk, sample))
    assert "HÀNH CHÍNH 11,25 9,75 86,67% 88,89% ▼ giảm 2,22 còn 4 điểm khảo sát" in shown
    assert "(92,48% → 92,11%, trên các tiêu chí có điểm ở cả hai kỳ)" in shown
    assert "▼ giảm 0,38 điểm %" in shown
    earlier.unlink()
    assert "▼ giảm" not in read(clerk, sample)


def test_an_earlier_report_can_be_brought_as_a_file(
    clerk: TestClient, earlier: Path, sample: OpenCampaign, tmp_path: Path
) -> None:
    files = {"moi": ("../../ngoài.xlsx", earlier.read_bytes())}
    answer = post(clerk, sample, "ket-qua/nam-truoc", files=files)
    assert answer.status_code == 303
    assert (sample.folder / "nam-truoc" / "tong-hop.xlsx").read_bytes() == earlier.read_bytes()
    assert "▼ giảm 0,38 điểm %" in text_of(read(clerk, sample))
    assert not list(tmp_path.glob("ngoài*"))


def test_what_is_no_report_is_not_kept(clerk: TestClient, sample: OpenCampaign) -> None:
    files = {"moi": ("tong-hop.xlsx", b"khong phai")}
    answer = post(clerk, sample, "ket-qua/nam-truoc", files=files)
    assert answer.status_code == 409
    assert "Tệp này không phải tong-hop.xlsx của một kỳ" in answer.text
    assert not (sample.folder / "nam-truoc").exists()
    assert sample.earlier is None


def test_what_the_last_run_replaced_is_one_press_away(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    done(desk, post(clerk, sample, "ket-qua/tong-hop"))
    report = sample.output / "tong-hop" / "tong-hop.xlsx"
    before = report.read_bytes()
    assert "Lần gần nhất có thay tệp đã thay" not in read(clerk, sample)
    assert "bản cũ" not in read(clerk, sample)
    (sample.folder / "nhan-ve" / "CCHC-2024-VP.xlsx").unlink()
    shown = text_of(read(clerk, sample))
    assert "Số liệu đã đổi sau khi làm các tệp có dấu “bản cũ”" in shown
    assert "bao-cao.docx ▲ làm từ bản cũ" in shown
    assert "tong-hop.xlsx ▲ làm từ bản cũ" in shown
    done(desk, post(clerk, sample, "ket-qua/tong-hop"))
    assert report.read_bytes() != before
    assert "Lần gần nhất có thay tệp đã thay 2 tệp tong-hop/bao-cao.docx" in text_of(
        read(clerk, sample)
    )
    job = desk.runs.of(sample.id)[0]
    shown = clerk.get(f"/d/{sample.id}/viec/{job.id}").text
    assert "Lần gần nhất có thay tệp đã thay 2 tệp" in text_of(shown)
    assert '<input type="hidden" name="ve" value="ket-qua">' in shown
    run = done(desk, post(clerk, sample, "lay-lai"))
    assert run.error == ""
    assert report.read_bytes() == before
    assert "tong-hop.xlsx ▲ làm từ bản cũ" in text_of(read(clerk, sample))
    # What an earlier job replaced is not offered as its own once another one wrote.
    shown = clerk.get(f"/d/{sample.id}/viec/{job.id}").text
    assert "Lần gần nhất có thay tệp đã thay" not in text_of(shown)


def test_nothing_is_had_back_where_nothing_was_replaced(
    clerk: TestClient, desk: Desk, sample: OpenCampaign
) -> None:
    run = done(desk, post(clerk, sample, "lay-lai"))
    assert "Lần chạy trước không thay tệp nào" in run.error


def test_what_a_field_lacks_names_rows_without_a_score_and_surveys() -> None:
    missing = LeafResult(
        Criterion("1", "1", "Một", 1, "", 5), LeafState.MISSING, None, None, expected=1
    )
    total = Subtotal(expected=3, answered=2, survey_pending=Decimal(4))
    expected = "1 tiêu chí chưa có điểm; còn 4 điểm khảo sát"
    assert _pending(total, scored_rows([missing])) == expected
    assert _pending(Subtotal(expected=3, answered=3), scored_rows([])) == ""


EVERY_UNIT = """
STT | Tiêu chí   | Điểm tối đa | Đơn vị thực hiện | Loại điểm | Cách tổng hợp
a   | Nếp sống   |             |                  |           |
a1  | Vệ sinh    | 5           | Các đơn vị       |           |
a2  | Đồng phục  | 3           | ^                |           |
b   | Phong trào |             |                  |           |
b1  | Tham gia   | 2           | Các đơn vị       |           |
b2  | Sáng kiến  | 1           | Các đơn vị       | Thưởng    | Trung bình
"""
THREE_UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm       | Thủ trưởng | Email
A  | Lớp A      |              | các đơn vị |            | a@a.example
B  | Lớp B      |              | các đơn vị |            | b@a.example
C  | Lớp C      |              | các đơn vị |            | c@a.example
"""
"""Số liệu minh họa."""


def test_units_that_compete_are_shown_apart_and_ranked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = campaign_file(tmp_path / "dot", units=THREE_UNITS, criteria=EVERY_UNIT).parent
    campaign = load_campaign(folder)
    (folder / "nhan-ve").mkdir()
    for code, scores in {"A": (5, 2, 1, 0), "B": (4, 3, 1, 1)}.items():
        form = folder / "nhan-ve" / f"{code}.xlsx"
        form.write_bytes(build_form(campaign, campaign.unit(code), DEFAULT_PROFILE))
        given = zip(("a1", "a2", "b1", "b2"), scores, strict=True)
        fill_form(form, {row: {"score": score, "evidence": "Sổ"} for row, score in given})
    page = page_of(folder, monkeypatch, days.BEFORE_DEADLINE)
    shown = text_of(page.get("ket-qua"))
    # No score is one of all: neither where the step stands, nor above the tables.
    assert "2/3 đơn vị có điểm" in shown
    assert "8,50" not in shown.partition("Trung bình của các đơn vị")[0]
    assert "9,00 cao nhất (Lớp B) 8,00 thấp nhất" in shown
    places = ("Xếp hạng đơn vị", "Điểm từng lĩnh vực của từng đơn vị", "Trung bình của các đơn vị")
    at = [shown.index(words) for words in places]
    assert at == sorted(at)
    assert "a (8,00) b (2,00) Lớp B 7,00 2,00 Lớp A 7,00 1,00 Lớp C – –" in shown
    assert "a Nếp sống 8,00 7,00 7,00 – a1 Vệ sinh 5,00 4,00 5,00 –" in shown

    # The report upward says the same.
    output = tmp_path / "ra"
    open_campaign(folder, output=output, day=days.BEFORE_DEADLINE).consolidate()
    report: Any = docx.Document(str(output / "tong-hop" / "bao-cao.docx"))
    words = "\n".join(p.text for p in report.paragraphs)
    assert "Tổng điểm đạt" not in words
    # Nor is what the mean of all has of the bonus.
    assert "Điểm thưởng, điểm trừ đã tính vào điểm" in words
    assert "điểm thưởng, được cộng thêm" not in words
    assert "Ký hiệu: B: Lớp B; A: Lớp A; C: Lớp C." in words
    tables = [[[c.text for c in row.cells] for row in table.rows] for table in report.tables]
    (by_field,) = (t for t in tables if t[0][0] == "Lĩnh vực, đơn vị")
    assert by_field[1:4] == [
        ["a Nếp sống", "", "8,00", ""],
        ["Lớp B", "7,00", "8,00", "87,50%"],
        ["Lớp A", "7,00", "8,00", "87,50%"],
    ]
    assert by_field[4][:2] == ["Lớp C", "chưa có"]
    (by_row,) = (t for t in tables if t[0][-1] == "Điểm của từng đơn vị")
    assert by_row[2] == ["a1", "Vệ sinh", "5,00", "B\u00a04,00; A\u00a05,00; C\u00a0–"]
