"""Every sheet, paper and screen of whole campaigns shows scores, rates and counts in one way."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cchc_office.text import figures

from .calls import cchc
from .conftest import EXAMPLE
from .sheets import SETTINGS, add_sheet, campaign_file
from .whole_year import Office

# Số liệu minh họa: thirds and sevenths, so that nothing comes out even.
CRITERIA = """
STT | Tiêu chí              | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách chấm | Cách tổng hợp
1   | Lĩnh vực một          |       |                  |         |           |
1.1 | Hồ sơ đúng hạn        | 2     | mọi nơi          |         |           | Tỷ lệ |
1.2 | Giải quyết thủ tục    | 1,7   | mọi nơi          |         |           |
1.3 | Ý kiến người dân      | 2     | mọi nơi          | ĐTXHH   |           |
2   | Lĩnh vực hai          |       |                  |         |           |
2.1 | Kế hoạch              | 0,125 | Phòng Một        |         |           |
3   | Điểm phạt             | 1     |                  |         | Phạt      | | Tổng
3.1 | Chậm báo cáo          | 2     | mọi nơi          |         | Phạt      |
"""
SURVEY = """
STT | Tiêu chí         | Điểm | Mức 1 | Mức 2 | Mức 3 | Mức 4
1.3 | Ý kiến người dân |      | 3     | 2     | 1     | 1
"""
UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm    | Thủ trưởng | Email
X1 | Phòng Một  |              | mọi nơi |            | x1@a.example
X2 | Phòng Hai  |              | mọi nơi |            | x2@a.example
X3 | Phòng Ba   |              | mọi nơi |            | x3@a.example
X4 | Phòng Bốn  |              | mọi nơi |            | x4@a.example
"""


@pytest.fixture(scope="module", params=["example", "thirds"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "example":
        shutil.copytree(EXAMPLE, folder / "dot")
        office = Office(folder / "dot", folder / "ra")
        office.whole_year()
        return office
    settings = f"{SETTINGS}Xếp hạng | Có\nXếp loại | ≥90%: Tốt; ≥50%: Khá; còn lại: Yếu\n"
    path = campaign_file(folder / "dot", settings=settings, units=UNITS, criteria=CRITERIA)
    add_sheet(path, "Kết quả ĐTXHH", SURVEY)
    office = Office(path.parent, folder / "ra")
    office.whole_year(returned=3)
    return office


# --- sheets ---

SIGNED = re.compile(r'^(?:"[^"]*"-?)?(.*)$')
SCORE = re.compile(r"0\.00(?:0*|#*)")
RATE = re.compile(r"0\.00(?:0*)%")


def is_shown_rightly(heading: str, number_format: str) -> bool:
    """Tell whether a cell's format is that of what its column holds."""
    plain = [SIGNED.sub(r"\1", part) for part in number_format.split(";")]
    if heading.startswith("Hạng: "):
        return number_format == "General"
    if "Tỷ lệ %" in heading:
        return all(RATE.fullmatch(part) for part in plain)
    if re.search(r"[Đđ]iểm|[Tt]ối đa", heading):
        return all(SCORE.fullmatch(part) for part in plain)
    return True


CHARTS = "Biểu đồ"
"""Its figures stand beside the charts: rates, too, under the names of scores."""


def cells_of(path: Path) -> Iterator[tuple[str, str, str, Any]]:
    """Yield place, heading, format and value of each cell with a number."""
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        headings: dict[int, str] = {}
        for row in sheet.iter_rows():
            texts = {c.column: c.value for c in row if isinstance(c.value, str)}
            if len(texts) > 3 and not any(isinstance(c.value, int | float) for c in row):
                headings = texts
            for cell in row:
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                    heading = headings.get(cell.column, "")
                    place = f"{path.name} {sheet.title}!{cell.coordinate} {heading}"
                    yield place, heading, cell.number_format, cell.value


def test_no_cell_shows_a_score_or_a_rate_otherwise(office: Office) -> None:
    cells = [cell for path in office.papers.rglob("*.xlsx") for cell in cells_of(path)]
    scores = [cell for cell in cells if "iểm" in cell[1]]
    assert len(scores) > 100
    wrong = [
        (place, f)
        for place, heading, f, _ in cells
        if not is_shown_rightly(heading, f) and not (CHARTS in place and RATE.fullmatch(f))
    ]
    assert wrong == []
    # What no heading tells of is a count, or has a format that tells what it is.
    bare = [p for p, _, f, value in cells if f == "General" and value != int(value)]
    assert bare == []


def test_a_maximum_is_shown_as_it_was_given(office: Office) -> None:
    cells = [cell for path in office.papers.rglob("*.xlsx") for cell in cells_of(path)]
    shown = {f.partition(";")[0] for _, heading, f, v in cells if v == 0.125 and "ối đa" in heading}
    # A field is the sum of its rows, and has two decimals like every sum.
    assert shown == ({"0.000", "0.00"} if len(office.campaign.units) == 4 else set())


def test_cells_hold_all_digits(office: Office) -> None:
    """The format rounds, never the value: sums are those of exact values."""
    values = [v for p in office.papers.rglob("tong-hop.xlsx") for *_, v in cells_of(p)]
    assert any(round(v, 2) != v for v in values)


# --- papers and screens ---

DECIMAL = re.compile(r"(?<![\w.,])-?\d+,(\d+)(?![\d,]|\.\d)")
WITH_POINT = re.compile(r"(?<![\w.,/])\d+\.\d+ ?(?:%|điểm)")
GIVEN = {"0,125", "0,0625"}
"""A maximum with three decimals is shown as it was given, and a score that is told to be fine."""


def wrong_in(text: str) -> list[str]:
    text = re.sub("“[^”]*”", "", text)  # what somebody wrote
    found = [m[0] for m in DECIMAL.finditer(text) if len(m[1]) != 2 and m[0] not in GIVEN]
    return found + WITH_POINT.findall(text)


def texts_of(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    yield from (p.text for p in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def test_no_paper_shows_a_figure_otherwise(office: Office) -> None:
    papers = list(office.papers.rglob("*.docx"))
    assert papers
    assert {p.name: w for p in papers for text in texts_of(p) if (w := wrong_in(text))} == {}


def test_no_screen_shows_a_figure_otherwise(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = ("--ngay", "20/12/2024")
    earlier = office.papers / "before/tong-hop/tong-hop.xlsx"
    for words in (
        ("tong-hop", office.folder, "-o", tmp_path, *day),
        ("tien-do", office.folder, "--so-voi", earlier, *day),
        ("so", office.folder, "-o", tmp_path, *day),
        ("chay", office.folder, "-o", tmp_path / "all", *day),
    ):
        assert cchc(*words) in (0, 1)
        shown = capsys.readouterr().out
        assert wrong_in(shown) == []
        assert re.findall(r"\d ?%", shown) == re.findall(r"(?<=,\d)\d%", shown)


def test_a_total_is_the_same_on_every_screen(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = ("--ngay", "20/12/2024")
    cchc("tong-hop", office.folder, "-o", tmp_path, *day)
    [own] = re.findall(r"Điểm tự chấm: (\d+,\d\d/\d+,\d\d) ", capsys.readouterr().out)
    text = " ".join(texts_of(tmp_path / "tong-hop" / "bao-cao.docx"))
    assert f"Điểm tự chấm: {own} điểm" in text
    book = openpyxl.load_workbook(tmp_path / "tong-hop" / "tong-hop.xlsx")
    assert f"điểm tự chấm {own}" in str([c.value for c in book["Bảng điểm"]["A"][:5]])


# --- counts ---


def counts_of(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[Any]:
    day = ("--ngay", "20/12/2024", "--json")
    cchc("so", office.folder, "-o", tmp_path, *day)
    standing = {u["ma"]: u for u in json.loads(capsys.readouterr().out)["don_vi"]}
    cchc("tien-do", office.folder, *day)
    progress = json.loads(capsys.readouterr().out)["tien_do"]
    return [(standing[u["ma"]], u) for u in progress["don_vi"]]


def test_what_is_done_is_counted_once(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for standing, progress in counts_of(office, tmp_path, capsys):
        done, total = progress["da_cham"], progress["phai_cham"]
        assert (standing["da_cham"], standing["phai_cham"]) == (done, total)


def test_a_form_that_is_owed_is_no_task_beside_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`so` counted five tasks where `tien-do` counted four: the form itself was one of them."""
    path = campaign_file(tmp_path / "dot", units=UNITS, criteria=CRITERIA)
    counted = counts_of(Office(path.parent, tmp_path / "ra"), tmp_path, capsys)
    # 1.1, 1.2 and 2.1 for X1; the others do not score 2.1. Nobody owes the penalty 3.1.
    assert [s["so_viec_con_no"] for s, _ in counted] == [3, 2, 2, 2]
    assert [p["phai_cham"] - p["da_cham"] for _, p in counted] == [3, 2, 2, 2]
    assert "chưa gửi phiếu tự chấm điểm" in counted[0][0]["con_no"]


def column_of(path: Path, sheet: str, heading: str) -> dict[str, Any]:
    """Return a column of a sheet of units, by their codes."""
    lines = [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]
    at = next(n for n, line in enumerate(lines) if line[0] == "Mã")
    return {str(line[0]): line[lines[at].index(heading)] for line in lines[at + 1 :]}


def test_what_a_unit_without_a_row_owes_is_counted_alike(tmp_path: Path) -> None:
    """The register counted nothing owed beside "chưa gửi phiếu", where the report counted 1."""
    folder = shutil.copytree(EXAMPLE, tmp_path / "dot", ignore=shutil.ignore_patterns("nhan-ve"))
    for words in (("so", folder, "--xlsx"), ("tong-hop", folder)):
        assert cchc(*words, "-o", tmp_path / "ra", "--ngay", "20/12/2024") in (0, 1)
    register = column_of(tmp_path / "ra/so/so-theo-doi.xlsx", "Theo dõi", "Số việc còn nợ")
    report = column_of(tmp_path / "ra/tong-hop/tong-hop.xlsx", "Tình trạng đơn vị", "Việc còn nợ")
    assert register == report
    assert register["TTKC"] == 1


def test_no_survey_is_spoken_of_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sums were said to be "chưa tính ĐTXHH" in an index that has no row of that kind."""
    leaves = [line for line in CRITERIA.splitlines() if "ĐTXHH" not in line]
    for criteria, spoken in ((CRITERIA, True), ("\n".join(leaves), False)):
        path = campaign_file(tmp_path / str(spoken), units=UNITS, criteria=criteria)
        cchc("tong-hop", path.parent, "-o", path.parent, "--ngay", "20/12/2024")
        assert ("chưa tính ĐTXHH" in capsys.readouterr().out) is spoken


def test_the_constants_are_those_of_the_sheets() -> None:
    assert SCORE.fullmatch(figures.SCORE_CELL)
    assert RATE.fullmatch(figures.RATE_CELL)
