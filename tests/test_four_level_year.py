"""A set of four levels, from the office's own table to the report upward (số liệu minh họa).

Roman fields, numbers that begin again under each, bonus and deductions in columns of their own,
rules of every kind. What comes of it is reckoned by hand, and by another program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cchc_office import check_documents, open_campaign
from cchc_office.model import Points
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.returns import read_returns

from .appraised import Table
from .calls import cchc
from .four_level_office import (
    ANSWERS,
    DAYS,
    LATE,
    FourLevelOffice,
    by_commands,
    by_library,
    go_through,
    paths,
)
from .test_libreoffice import formula_cells, numbers, without_cached_values
from .validator import errors_of

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
    pytest.mark.slow,
]
Convert = Callable[[Path, str], Path]
D = Decimal

SELF_SCORES = {
    "I/1/1.1/a)": D(1),  # issued late
    "I/1/1.1/b)": D("1.5"),  # the unit's own judgement
    "I/1/1.2": D("4.5"),  # 9 of 10, of 5 points
    "I/2/2.1": D(2),  # 3 less 2 times 0.5
    "I/2/2.2": D(1),  # between 15 and 31 December
    "I/3": D(4),  # 6 less 2 for one person
    "II/1/1.1/a)": D(5),  # the mean of 10 (96 %), 5 (90 %) and 0 (50 %)
    "II/1/1.1/b)": D("3.6"),  # 30 + 20 + 10 of 50 + 25 + 25 is 60 %, of 6 points
    "II/1/1.1/c)": D(0),  # the lowest of 5 (2 of 2), 5 (none was late) and 0 (1 of 2)
    "II/1/1.2": D(2),  # the mean of 3, 0 and 3
    "II/2/2.1": D("7.25"),
    "III/1/1.1/a)": D(4),  # 75 % is at least 70 %
    "III/1/1.1/b)": D(3),  # three meetings
    "III/2/2.1": D(2),  # one part of two
    "IV/1/1.1": D(2),  # 1 + 0.5 + 0 + 0.5 + 0
    "IV/1/1.2": D("1.5"),
    "IV/2/2.1": D(-2),  # 0.5 + 1 + 1.5 is 3, but the row takes 2 at most
    "IV/2/2.2": D("-0.25"),
}
SELF_SUMS = {
    "I/1/1.1": D("2.5"),
    "I/1": D(7),  # 2.5 + 4.5
    "I": D(14),  # 7 + 3 + 4
    "II/1/1.1": D("8.6"),  # 5 + 3.6 + 0
    "II": D("17.85"),  # 8.6 + 2 + 7.25
    "III": D(9),  # 7 + 2
    "IV/1": D(3),  # 2 + 1.5 is 3.5, but no more than 3
    "IV/2": D(-2),  # 2 + 0.25 is 2.25, but no more than 2
    "IV": D(1),
}
SELF_TOTAL = D("41.85")  # 14 + 17.85 + 9 + 1
APPLICABLE = D(84)  # 90, less the 6 of the row that does not apply
FIRST_TOTAL = D("40.05")  # I - 0.5; II/1/1.1/a) is the mean of 10, 2 and 0; b) is 55 % of 6
SECOND_TOTAL = D("40.3")  # I/1/1.1/b) is 1.25 now
ACHIEVED = D("53.5")  # and 6.4 and 6.8 of the surveys
OF_UNITS = {
    "VP": D(26),  # 10 + 7.25 + 7 + 2.5 - 0.75
    "TTra": D("3.5"),  # 4 + 0.5 - 1
    "KHTC": D("20.1"),  # 10 + 3.6 + 5 + 3 - 1.5
    "QLCN": D("17.3"),  # 5 + 4.8 + 5 + 0 + 2 + 0.5
    "QLTM": D("5.4"),  # 0 + 2.4 + 0 + 3
}


def went(folder: Path, driver: Callable[[FourLevelOffice], Any]) -> FourLevelOffice:
    office = FourLevelOffice(folder)
    go_through(office, driver(office))
    return office


@pytest.fixture(scope="module")
def by_clerk(tmp_path_factory: pytest.TempPathFactory) -> FourLevelOffice:
    """The office after its year, gone through command by command."""
    return went(tmp_path_factory.mktemp("lenh"), by_commands)


@pytest.fixture(scope="module")
def by_script(tmp_path_factory: pytest.TempPathFactory) -> FourLevelOffice:
    """The office after its year, gone through by the library."""
    return went(tmp_path_factory.mktemp("thu-vien"), by_library)


@pytest.fixture(params=["by_clerk", "by_script"])
def office(request: pytest.FixtureRequest) -> FourLevelOffice:
    found: FourLevelOffice = request.getfixturevalue(request.param)
    return found


def report(office: FourLevelOffice, stage: str) -> Path:
    return office.made(stage, "tong-hop") / "tong-hop.xlsx"


def scores(office: FourLevelOffice, stage: str, heading: str) -> dict[str, Decimal | None]:
    """Return a column of the table of scores: rows by path, and the total."""
    sheet = openpyxl.load_workbook(report(office, stage), data_only=True)["Bảng điểm"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, line in enumerate(lines) if line[0] == "STT")
    column = lines[at].index(heading)
    places = [place for place, id_ in paths(office.campaign).items() if id_]
    rows = lines[at + 1 : at + 2 + len(places)]
    assert [row[0] for row in rows[: len(places)]] == [p.rpartition("/")[2] for p in places]
    names = [*places, *(str(row[1]) for row in rows[len(places) :])]
    return {
        name: None if row[column] in (None, "") else D(str(row[column]))
        for name, row in zip(names, rows, strict=True)
    }


def table_cells(path: Path) -> list[list[str]]:
    """Return the rows of a Word document's tables."""
    tables = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_the_table_is_brought_in_as_the_office_wrote_it(office: FourLevelOffice) -> None:
    campaign = office.campaign
    assert [f.sentence for f in campaign.findings if f.is_error] == []
    assert list(paths(campaign))[1:9] == [
        "I",
        "I/1",
        "I/1/1.1",
        "I/1/1.1/a)",
        "I/1/1.1/b)",
        "I/1/1.2",
        "I/2",
        "I/2/2.1",
    ]
    assert {row.level for row in campaign.criteria} == {1, 2, 3, 4}
    kinds = {c.name: c.points for c in campaign.criteria if c.points is not Points.NORMAL}
    assert list(kinds.values()) == [Points.BONUS] * 3 + [Points.PENALTY] * 3
    at = paths(campaign)
    leads = {place: campaign.leads_of(campaign.criterion(id_)) for place, id_ in at.items() if id_}
    assert leads["I/1/1.1/a)"] == ("VP",)  # said of the field
    assert leads["II/1/1.1/b)"] == ("KHTC", "QLCN", "QLTM")  # said two rows above
    assert leads["I/3"] == ("TTra",)


def test_the_check_says_what_is_computed_and_what_is_not(
    by_clerk: FourLevelOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("kiem-tra", by_clerk.folder, "--cay", "--cach-cham") == 0
    said = capsys.readouterr().out
    assert "Lĩnh vực: 4 dòng, như I–IV; Cấp 2: 9 dòng, như 1–3; Cấp 3: 16 dòng, như 1.1–1.2" in said
    assert "I › 1.1 › b): đơn vị tự chấm, vì chưa hiểu “Chưa đầy đủ: trừ điểm tương ứng”" in said
    assert said.count("đơn vị tự chấm, vì chưa hiểu") == 2  # in the list, and as a remark
    assert "I › 3: tính theo" in said
    assert "II › 1.1 › c): tính theo" in said
    assert "Mức trần điểm thưởng ở IV › 1: 3,00." in said


def test_what_units_score_comes_to_what_is_reckoned_by_hand(office: FourLevelOffice) -> None:
    found = scores(office, "returned", "Điểm tự chấm")
    assert {place: found[place] for place in SELF_SCORES} == SELF_SCORES
    assert {place: found[place] for place in SELF_SUMS} == SELF_SUMS
    assert found["TỔNG CỘNG"] == SELF_TOTAL
    assert {p for p, score in found.items() if score is None} == {
        "II/2/2.2",
        "III/1/1.2",
        "III/2/2.2",
    }


def test_each_round_comes_to_what_is_reckoned_by_hand(office: FourLevelOffice) -> None:
    first = scores(office, "round-1", "Điểm thẩm định lần 1")
    assert (first["I/1/1.1/b)"], first["II/1/1.1/a)"]) == (D(1), D(4))
    assert (first["II/1/1.1/b)"], first["IV/2/2.2"]) == (D("3.3"), D("-0.5"))
    assert (first["IV/2"], first["TỔNG CỘNG"]) == (D(-2), FIRST_TOTAL)
    assert scores(office, "reported", "Điểm thẩm định lần 2")["TỔNG CỘNG"] == SECOND_TOTAL
    assert scores(office, "reported", "Điểm đạt")["TỔNG CỘNG"] == ACHIEVED
    assert scores(office, "reported", "Tối đa áp dụng")["TỔNG CỘNG"] == APPLICABLE


def test_the_library_gives_the_same_figures(by_script: FourLevelOffice) -> None:
    opened = open_campaign(
        by_script.folder, output=by_script.papers / "again", day=DAYS["reported"]
    )
    results = opened.consolidate().results
    assert results is not None
    total = results.total
    assert (total.score, total.round_1, total.round_2) == (SELF_TOTAL, FIRST_TOTAL, SECOND_TOTAL)
    assert (total.achieved, total.achieved_max) == (ACHIEVED, APPLICABLE)
    assert not [f for f in opened.check().findings if f.is_error]


def test_only_who_owes_is_reminded_and_blank_bonuses_are_no_debt(office: FourLevelOffice) -> None:
    [letter] = office.made("reminded", "don-doc").glob("*.docx")
    assert letter.stem == f"CCHC-2025-{LATE}"
    codes = [row[1] for row in table_cells(letter) if len(row) == 4]
    assert codes == ["Mã", "II › 1.1 › a)", "II › 1.1 › b)", "II › 1.1 › c)", "II › 1.2"]


def test_requests_to_explain_name_each_row_and_say_its_sign(office: FourLevelOffice) -> None:
    letters = sorted(path.stem for path in office.made("round-1", "giai-trinh").glob("*.docx"))
    assert letters == ["CCHC-2025-QLCN", "CCHC-2025-QLTM", "CCHC-2025-TTra", "CCHC-2025-VP"]
    rows = table_cells(office.made("round-1", "giai-trinh") / "CCHC-2025-VP.docx")
    asked = [row[1:6] for row in rows if row[0] in ("1", "2") and len(row) > 5]
    assert asked == [
        [
            "I › 1.1 › b)",
            "Nội dung kế hoạch đầy đủ, có sản phẩm, thời hạn và người thực hiện từng việc",
            "2,00",
            "1,50",
            "1,00",
        ],
        ["IV › 2.2", "Trả lời kiến nghị chậm (điểm trừ)", "−1,00", "−0,25", "−0,50"],
    ]


def lists_of_rows(office: FourLevelOffice) -> Iterator[tuple[str, list[str]]]:
    """Yield the codes that lists of rows out of their tree show."""
    wanted = [
        (office.made("round-1", "tham-dinh") / "tham-dinh-lan-1.xlsx", "Thẩm định"),
        (office.made("round-1", "giai-trinh") / "CCHC-2025-VP-bo-sung.xlsx", "Giải trình"),
        (report(office, "reported"), "Thẩm định"),
        (report(office, "reported"), "Gộp số liệu"),
        (report(office, "reported"), "ĐV VP"),
    ]
    for path, name in wanted:
        lines = list(openpyxl.load_workbook(path, data_only=True)[name].values)
        at, column = next(
            (n, line.index(head))
            for n, line in enumerate(lines)
            for head in ("STT", "STT, mã đơn vị")
            if head in line
        )
        yield f"{path.name} {name}", [str(line[column]) for line in lines[at + 1 :] if line[column]]


def test_rows_out_of_their_tree_are_named_by_the_way_to_them(office: FourLevelOffice) -> None:
    for where, codes in lists_of_rows(office):
        bare = {
            code for code in codes if code in ("a)", "b)", "c)", "1.1", "1.2", "2.1", "2.2", "3")
        }
        assert codes, where
        assert not bare, where


@pytest.mark.parametrize("spoil", ["no ids", "bare codes"])
def test_a_table_of_reviewers_is_read_by_its_words_too(
    by_clerk: FourLevelOffice, tmp_path: Path, spoil: str
) -> None:
    campaign = by_clerk.campaign
    filled = by_clerk.folder / "tham-dinh" / "tham-dinh-lan-1.xlsx"
    [wanted] = read_returns([filled], campaign)
    table = Table(filled.read_bytes())
    for id_, row in table.ids.items():
        if spoil == "no ids":
            table.sheet.cell(row, 1).value = None
        else:  # as tables were given out before
            code = campaign.criterion(id_.partition("|")[2]).code
            table.sheet.cell(row, table.columns["STT"]).value = code
    table.save(tmp_path / filled.name)
    [read] = read_returns([tmp_path / filled.name], campaign)
    assert wanted.appraisal is not None
    assert read.appraisal is not None
    assert read.appraisal.findings == wanted.appraisal.findings == ()
    ruled = [(x.unit, x.criterion, x.score, x.opinion) for x in wanted.appraisal.leaves]
    assert [(x.unit, x.criterion, x.score, x.opinion) for x in read.appraisal.leaves] == ruled


def test_a_name_that_says_its_points_is_not_told_twice(office: FourLevelOffice) -> None:
    names = [row[1] for row in table_cells(office.made("issued", "cong-van") / "CCHC-2025-VP.docx")]
    assert "Điểm thưởng (không quá 3 điểm)" in names
    assert "Trả lời kiến nghị chậm (điểm trừ)" in names


def test_the_report_upward_shows_caps_and_what_is_taken_off(office: FourLevelOffice) -> None:
    rows = table_cells(office.made("reported", "tong-hop") / "bao-cao.docx")
    of_name = {row[1]: row for row in rows if len(row) > 8}
    assert of_name["Điểm thưởng (không quá 3 điểm)"][3] == "+3,00"
    assert of_name["Điểm trừ (không quá 2 điểm)"][3:7] == ["−2,00", "", "−2,00", "−2,00"]
    assert of_name["TỔNG CỘNG"][3:] == [
        *("90,00", "84,00", "41,85", "40,05", "40,30", "13,20", "53,50", "63,69%")
    ]


def test_no_cell_shows_a_hyphen_for_what_is_taken_off(office: FourLevelOffice) -> None:
    book = openpyxl.load_workbook(report(office, "reported"), data_only=True)
    below = [
        (sheet.title, cell.coordinate, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and cell.value < 0
    ]
    assert len(below) > 10
    assert [one for one in below if "−" not in one[2]] == []


def test_papers_are_valid_and_keep_the_decree(office: FourLevelOffice) -> None:
    documents = sorted(office.papers.rglob("*.docx"))
    assert len(documents) > 10
    for path in documents:
        assert [f.sentence for f in check_documents([path]).findings] == [], path.name


@pytest.mark.validator
def test_every_paper_is_what_the_standard_allows(by_clerk: FourLevelOffice) -> None:
    assert errors_of(by_clerk.papers) == []


@pytest.mark.libreoffice
def test_another_program_reckons_the_same_in_every_form(
    by_clerk: FourLevelOffice, libreoffice: Convert, tmp_path: Path
) -> None:
    campaign = by_clerk.campaign
    for code in ANSWERS:
        form = by_clerk.folder / "nhan-ve" / f"{campaign.paper_name(campaign.unit(code))}.xlsx"
        bare = without_cached_values(form, tmp_path / form.name)
        sheet: Any = openpyxl.load_workbook(libreoffice(bare, "xlsx"), data_only=True)[SCORE_SHEET]
        [total] = [row for row in sheet.iter_rows() if row[2].value == "TỔNG CỘNG"]
        heading = next(row for row in sheet.iter_rows() if row[1].value == "STT")
        column = next(n for n, cell in enumerate(heading) if cell.value == "Điểm tự chấm")
        assert abs(D(str(total[column].value)) - OF_UNITS[code]) < D("1e-9"), code


@pytest.mark.libreoffice
def test_another_program_reckons_the_same_in_the_report(
    by_clerk: FourLevelOffice, libreoffice: Convert, tmp_path: Path
) -> None:
    ours = report(by_clerk, "reported")
    bare = without_cached_values(ours, tmp_path / "bare.xlsx")
    theirs, cached = numbers(libreoffice(bare, "xlsx")), numbers(ours)
    checked = [place for place in formula_cells(ours) if place in cached]
    assert len(checked) > 100
    for place in checked:
        assert abs(theirs[place] - cached[place]) < D("1e-12"), place
    sheet: Any = openpyxl.load_workbook(ours, data_only=True)["Bảng điểm"]
    [total] = [row for row in sheet.iter_rows() if row[1].value == "TỔNG CỘNG"]
    of_total = [theirs.get(("Bảng điểm", cell.coordinate)) for cell in total]
    for expected in (SELF_TOTAL, FIRST_TOTAL, SECOND_TOTAL, ACHIEVED, APPLICABLE):
        assert any(x is not None and abs(x - expected) < D("1e-9") for x in of_total), expected


def test_codes_of_listed_rows_stand_in_one_line(office: FourLevelOffice) -> None:
    for path, name in (
        (office.made("round-1", "tham-dinh") / "tham-dinh-lan-1.xlsx", "Thẩm định"),
        (report(office, "reported"), "ĐV VP"),
    ):
        sheet: Any = openpyxl.load_workbook(path)[name]
        [head] = [cell for row in sheet.iter_rows() for cell in row if cell.value == "STT"]
        # Excel's unit is a digit of the usual letters: as many as the longest way has signs.
        assert sheet.column_dimensions[head.column_letter].width >= len("III › 1.1 › a)") - 1


def test_the_chart_of_rates_ends_before_bonus_and_penalty(office: FourLevelOffice) -> None:
    """A field that gathers both is no bonus itself: it was drawn as a bar of no length."""
    sheet: Any = openpyxl.load_workbook(report(office, "reported"))["Kết quả"]
    rates = sheet._charts[0].series[0].val.numRef.f
    last = int(rates.rpartition("$")[2])
    assert [sheet.cell(row, 1).value for row in (last, last + 1)] == ["III", "IV"]
