"""A province ranks its communes: every step through the command line, every score by hand."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.papers.form.layout import HELP_SHEET, SCORE_SHEET

from . import appraised
from .appraised import Table
from .calls import cchc
from .sheets import SETTINGS, campaign_file

D = Decimal
UNITS = """
Mã | Tên đơn vị            | Tên gọi khác | Nhóm  | Thủ trưởng | Email
X1 | Xã Một (minh họa)     |              | các xã |           | x1@a.example
X2 | Xã Hai (minh họa)     |              | các xã |           | x2@a.example
X3 | Xã Ba (minh họa)      |              | các xã |           | x3@a.example
X4 | Xã Bốn (minh họa)     |              | các xã |           | x4@a.example
X5 | Xã Năm (minh họa)     |              | các xã |           | x5@a.example
"""
CRITERIA = """
STT | Tiêu chí            | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách chấm | Cách tổng hợp
1   | Lĩnh vực một        |             |                  |         |           |
1.1 | Ban hành kế hoạch   | 2           | Các xã           |         |           | Có/Không
1.2 | Hồ sơ đúng hạn      | 4           | Các xã           |         |           | Tỷ lệ
1.3 | Giải quyết thủ tục  | 3           | Các xã           |         |           |
1.4 | Ý kiến người dân    | 2           | Các xã           | ĐTXHH   |           |
2   | Lĩnh vực hai        |             |                  |         |           |
2.1 | Sắp xếp tổ chức     | 1           | Các xã           |         |           |
3   | Thưởng              | 1           |                  |         | Thưởng    | | Trung bình
3.1 | Sáng kiến           | 1           | Các xã           |         |           |
4   | Phạt                | 1           |                  |         | Phạt      | | Trung bình
4.1 | Chậm báo cáo        | 1           | Các xã           |         |           |
"""
HEADINGS = {"declared": "Số liệu kê khai", "total": "Trên tổng số", "score": "Điểm tự chấm"}
RETURNED: dict[str, dict[str, Any]] = {
    # 2 + 0,8 × 4 + 2,5 + 1 + 0,5 - 0 = 9,2 of 10
    "X1": {"1.1": "Có", "1.2": (8, 10), "1.3": 2.5, "2.1": 1, "3.1": 0.5, "4.1": 0},
    # 2 + 4 + 3 + 0 - 0,5 = 8,5 of 9: 2.1 does not apply
    "X2": {"1.1": "Có", "1.2": (10, 10), "1.3": 3, "2.1": None, "3.1": 0, "4.1": 0.5},
    # 0 + 2 + 1 + 0,5 = 3,5 of 10
    "X3": {"1.1": "Không", "1.2": (5, 10), "1.3": 1, "2.1": 0.5, "3.1": 0, "4.1": 0},
    # 2 + 3,6 + 2 + 1 + 1 - 0,25 = 9,35 of 10
    "X4": {"1.1": "Có", "1.2": (9, 10), "1.3": 2, "2.1": 1, "3.1": 1, "4.1": 0.25},
}


@dataclass
class Desk:
    """The folders of the campaign, and the commands of whoever sits there."""

    folder: Path
    output: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, command: str, *options: str, day: str = "20/12/2024") -> dict[str, Any]:
        """Run a command, as of `day` if it asks for one; return what it tells as JSON."""
        self.capsys.readouterr()
        as_of = ("--ngay", day) if day else ()
        status = cchc(command, self.folder, "-o", self.output, "--json", *as_of, *options)
        told: dict[str, Any] = json.loads(self.capsys.readouterr().out)
        assert told["ma_thoat"] == status
        assert status in (0, 1)
        return told

    def written(self, name: str) -> Path:
        return self.output / name

    def returned(self, name: str) -> Path:
        return self.folder / "nhan-ve" / name

    def appraised(self, name: str) -> Path:
        return self.folder / "tham-dinh" / name


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    folder = tmp_path / "dot"
    campaign_file(folder, settings=f"{SETTINGS}Xếp hạng | Có\n", units=UNITS, criteria=CRITERIA)
    (folder / "nhan-ve").mkdir()
    (folder / "tham-dinh").mkdir()
    return Desk(folder, tmp_path / "ra", capsys)


def fill(issued: Path, answers: dict[str, Any], saved: Path) -> None:
    """Fill in a score workbook as a unit does, by the headings that it sees."""
    book = openpyxl.load_workbook(issued)
    sheet = book[SCORE_SHEET]
    heading = next(r for r in range(1, 30) if sheet.cell(r, 2).value == "STT")
    columns = {str(c.value): c.column for c in sheet[heading] if c.value}
    rows = {str(sheet.cell(r, 2).value): r for r in range(heading + 1, sheet.max_row + 1)}
    for code, answer in answers.items():
        if answer is None:
            sheet.cell(rows[code], columns["Áp dụng"]).value = "Không áp dụng"
        elif isinstance(answer, tuple):
            sheet.cell(rows[code], columns[HEADINGS["declared"]]).value = answer[0]
            sheet.cell(rows[code], columns[HEADINGS["total"]]).value = answer[1]
        else:
            key = "declared" if isinstance(answer, str) else "score"
            sheet.cell(rows[code], columns[HEADINGS[key]]).value = answer
        sheet.cell(rows[code], columns["Tài liệu kiểm chứng"]).value = "Báo cáo số 1"
    book.save(saved)


def scores_of_units(desk: Desk) -> dict[str, tuple[float | str, float]]:
    """Return points in the end and what they are of, as the report's sheet of units shows them."""
    book = CalamineWorkbook.from_path(desk.written("tong-hop/tong-hop.xlsx"))
    rows = book.get_sheet_by_name("Điểm theo đơn vị").to_python(skip_empty_area=False)
    head = next(row for row in rows if "Tổng điểm" in row)
    total, maximum = head.index("Tổng điểm"), head.index("Tối đa áp dụng")
    return {
        str(row[0]): (_rounded(row[total]), _rounded(row[maximum]))
        for row in rows
        if str(row[0]) in {f"X{n}" for n in range(1, 6)}
    }


def _rounded(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value


def appraise_first_round(desk: Desk) -> None:
    """Have two reviewers fill in copies of the first round's workbook, each its own units."""
    issued = desk.written("tham-dinh/tham-dinh-lan-1.xlsx").read_bytes()
    first = Table(issued)
    first.sign("Tổ 1")
    first.type("X1|1.3", score=2, opinion="Thiếu hồ sơ")
    first.type("X2|2.1", score=0.5, opinion="Có sắp xếp", request="Nêu số đề án")
    first.save(desk.appraised("to-1.xlsx"))
    second = Table(issued)
    second.sign("Tổ 2", "11/12/2024")
    second.type("X3|1.3", request="Nêu số văn bản")
    second.type("X4|4.1", score=0.5, opinion="Chậm hai lần")
    second.type("X5|1.3", score=1, opinion="Theo số liệu của tỉnh")
    second.save(desk.appraised("to-2 (ban cuoi).xlsx"))


def test_from_the_first_form_to_the_last_place(desk: Desk) -> None:
    desk.run("phieu-cham", day="")
    for unit, answers in RETURNED.items():
        name = f"CCHC-2024-{unit}.xlsx"
        fill(desk.written(f"phieu-cham/{name}"), answers, desk.returned(name))
    desk.run("tong-hop")
    assert scores_of_units(desk) == {
        "X1": (9.2, 10),
        "X2": (8.5, 9),
        "X3": (3.5, 10),
        "X4": (9.35, 10),
        "X5": ("", 10),
    }

    told = desk.run("tham-dinh")
    assert [Path(w["tep"]).name for w in told["tep_ghi"]] == ["tham-dinh-lan-1.xlsx"]
    table = Table(desk.written("tham-dinh/tham-dinh-lan-1.xlsx").read_bytes())
    assert len(table.rows) == 5 * 6
    shown = {key: table.cell("X1|1.2", key).value for key in ("Số liệu kê khai", "Điểm tự chấm")}
    assert shown == {"Số liệu kê khai": "8 trên 10", "Điểm tự chấm": 3.2}
    assert table.cell("X2|2.1", "Điểm tự chấm").value == "Không áp dụng"
    assert table.cell("X5|1.1", "Nguồn").value == "Chưa nộp phiếu"
    appraise_first_round(desk)

    told = desk.run("giai-trinh", "--han-giai-trinh", "27/12/2024")
    kinds = {f["tep"]: (f["loai"], f["duoc_tinh"]) for f in told["tep_doc"][1:]}
    assert kinds["to-1.xlsx"] == kinds["to-2 (ban cuoi).xlsx"] == ("tham-dinh", True)
    [first] = told["tong_hop"]["tham_dinh"]["cac_lan"]
    assert (first["dong_cho_diem"], first["phai_giai_trinh"]) == (4, ["X1", "X2", "X3", "X4"])
    assert first["chua_giai_trinh"] == ["X1", "X2", "X3", "X4"]
    assert len(told["tep_ghi"]) == 8
    letter = docx.Document(str(desk.written("giai-trinh/CCHC-2024-X2.docx")))
    text = "\n".join(p.text for p in letter.paragraphs)
    assert "tệp CCHC-2024-X2-bo-sung.xlsx" in text
    assert "chậm nhất ngày 27 tháng 12 năm 2024" in text
    [row] = [t.rows[1] for t in letter.tables if t.rows[0].cells[0].text == "TT"]
    assert [cell.text for cell in row.cells] == [
        *("1", "2.1", "Sắp xếp tổ chức", "1,00", "", "0,50"),
        "Đơn vị ghi không áp dụng. Có sắp xếp. Nêu số đề án.",
    ]
    for unit, typed in (
        ("X1", {"wanted": 2.5, "explanation": "Đã đủ hồ sơ", "evidence": "Công văn 7"}),
        ("X4", {"explanation": "Đồng ý"}),
    ):
        path = desk.written(f"giai-trinh/CCHC-2024-{unit}-bo-sung.xlsx")
        form = Table(path.read_bytes(), SUPPLEMENT_SHEET)
        [key] = form.rows
        help_cells = openpyxl.load_workbook(path)[HELP_SHEET].iter_rows(values_only=True)
        assert "chậm nhất ngày 27/12/2024." in str([*help_cells])
        form.type(key, **typed)
        form.save(desk.returned(f"{unit} giải trình.xlsx"))
    desk.run("tong-hop")
    assert scores_of_units(desk) == {
        "X1": (8.7, 10),
        "X2": (9, 10),
        "X3": (3.5, 10),
        "X4": (9.1, 10),
        "X5": (1, 10),
    }

    told = desk.run("tham-dinh", "--lan", "2")
    [first] = told["tong_hop"]["tham_dinh"]["cac_lan"]
    assert first["chua_giai_trinh"] == ["X2", "X3"]
    table = Table(desk.written("tham-dinh/tham-dinh-lan-2.xlsx").read_bytes())
    assert list(table.rows) == ["X1|1.3", "X3|1.3", "X2|2.1", "X4|4.1"]
    explained = {key: table.cell(key, "Giải trình của đơn vị").value for key in table.rows}
    assert explained == {
        "X1|1.3": "Đã đủ hồ sơ",
        "X3|1.3": "(chưa giải trình)",
        "X2|2.1": "(chưa giải trình)",
        "X4|4.1": "Đồng ý",
    }
    table.sign("Hội đồng", dt.datetime(2024, 12, 28))
    table.type("X1|1.3", score=2.25, opinion="Chấp nhận một phần")
    table.save(desk.returned("hội đồng.xlsx"))
    told = desk.run("tong-hop", day="29/12/2024")
    assert told["tong_hop"]["tham_dinh"]["so_lan"] == 2
    assert scores_of_units(desk) == {
        "X1": (8.95, 10),
        "X2": (9, 10),
        "X3": (3.5, 10),
        "X4": (9.1, 10),
        "X5": (1, 10),
    }
    assert every_score_ever_given(desk)["X1", "1.3"] == (2.5, 2, 2.25)
    assert every_score_ever_given(desk)["X2", "2.1"] == ("Không áp dụng", 0.5, "")
    assert every_score_ever_given(desk)["X4", "4.1"] == (-0.25, -0.5, "")
    # Only what somebody spoke of stands there, and each source leads to a file that is there.
    assert len(every_score_ever_given(desk)) == 5
    assert_links_lead_somewhere(desk)


def every_score_ever_given(desk: Desk) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return the scores side by side in the report's sheet of appraisals, by unit and code."""
    book = CalamineWorkbook.from_path(desk.written("tong-hop/tong-hop.xlsx"))
    rows = book.get_sheet_by_name("Thẩm định").to_python(skip_empty_area=False)
    head = next(row for row in rows if "STT" in row)
    names = ("Điểm tự chấm", "Điểm thẩm định lần 1", "Điểm thẩm định lần 2")
    places = [head.index(name) for name in names]
    body = [row for row in rows[rows.index(head) + 1 :] if row[0]]
    return {(str(row[0]), str(row[1])): tuple(row[p] for p in places) for row in body}


def assert_links_lead_somewhere(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(desk.written("tong-hop/tong-hop.xlsx"))["Thẩm định"]
    links = [c.hyperlink.target for row in sheet.iter_rows() for c in row if c.hyperlink]
    files = {link.replace("\\", "/").replace("%20", " ") for link in links if link}
    there = [(desk.written("tong-hop") / file).resolve() for file in files]
    assert {path.parent.name for path in there} == {"nhan-ve", "tham-dinh"}
    assert [path for path in there if not path.is_file()] == []


def test_what_a_reviewer_types_that_cannot_count_is_told_where(desk: Desk) -> None:
    desk.run("phieu-cham", day="")
    name = "CCHC-2024-X1.xlsx"
    fill(desk.written(f"phieu-cham/{name}"), RETURNED["X1"], desk.returned(name))
    desk.run("tham-dinh")
    table = Table(desk.written("tham-dinh/tham-dinh-lan-1.xlsx").read_bytes())
    table.sign()
    table.type("X1|1.3", score=5, opinion="Cao")
    table.type("X1|2.1", score="khá", opinion="Chưa rõ")
    table.save(desk.appraised("a.xlsx"))
    told = desk.run("tong-hop")
    assert told["ma_thoat"] == 1
    found = {f["ma"]: (f["tep"], f["trang_tinh"], f["o"]) for f in told["phat_hien"]}
    for key, code in (
        ("X1|1.3", "diem-tham-dinh-vuot-toi-da"),
        ("X1|2.1", "diem-tham-dinh-khong-ro"),
    ):
        cell = table.cell(key, "Điểm thẩm định").coordinate
        assert found[code] == ("a.xlsx", "Thẩm định", cell)
    assert scores_of_units(desk)["X1"] == (9.2, 10)


def test_bonus_and_penalty_are_not_told_as_points_to_be_had(desk: Desk) -> None:
    assert cchc("kiem-tra", desk.folder) in (0, 1)
    assert (
        "7 dòng có điểm (điểm tối đa 12,00; thưởng tối đa 1,00; trừ tối đa 1,00)"
        in desk.capsys.readouterr().out
    )


def test_a_row_that_a_returned_form_lacks_is_not_called_a_form_that_did_not_come(
    tmp_path: Path,
) -> None:
    place = appraised.start(tmp_path / "dot")
    path = place.returns / "CCHC-2024-VP.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book[SCORE_SHEET]
    row = next(r for r in range(6, sheet.max_row + 1) if sheet.cell(r, 1).value == place.id("1.1"))
    sheet.delete_rows(row)
    book.save(path)
    source = Table(place.issue()).cell("VP|1.1", "Nguồn").value
    assert source == "Phiếu gửi về không có dòng này"
