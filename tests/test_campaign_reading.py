from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding, FindingCode, Severity
from cchc_office.errors import CampaignError, UsageError
from cchc_office.model import Aggregation, Campaign, Method, Points
from cchc_office.text.vietnamese import OfficialDate

from .importing import draft_of
from .sheets import CRITERIA, SETTINGS, UNITS, campaign_file, edit


def found(campaign: Campaign) -> list[tuple[str, str, str]]:
    return [(f.code.name, f.sheet, f.cell) for f in campaign.findings]


def only(campaign: Campaign) -> Finding:
    assert len(campaign.findings) == 1, [f.sentence for f in campaign.findings]
    return campaign.findings[0]


def test_a_good_workbook_has_no_findings(tmp_path: Path) -> None:
    campaign = load_campaign(campaign_file(tmp_path))
    assert campaign.findings == ()
    assert campaign.id == "CCHC-2024-STN"
    assert campaign.info.symbol == "/STN-VP"
    assert campaign.info.document_date == OfficialDate(None, 5, 2024)
    assert campaign.info.deadline == dt.date(2024, 11, 30)
    assert [u.code for u in campaign.units] == ["VP", "TTra", "P1", "P2"]
    assert [(leaf.code, leaf.max_score) for leaf in campaign.leaves] == [
        ("1.1.1", Decimal(1)),
        ("1.1.2", Decimal("2.5")),
        ("1.2", Decimal("0.5")),
        ("1.3", Decimal(2)),
        ("1.4", Decimal(3)),
    ]
    assert campaign.leaves[-1].method is Method.SURVEY


def test_the_folder_and_the_workbook_in_it_mean_the_same(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    assert load_campaign(path) == load_campaign(tmp_path) == load_campaign(str(tmp_path))


def test_a_deadline_in_words_is_printed_and_no_error(tmp_path: Path) -> None:
    criteria = """
    STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Hạn
    1   | Lĩnh vực một                          |             |                  |
    1.1 | Tiêu chí một                          | 1           | Văn phòng        | Thường xuyên, quý I/2024
    1.2 | Tiêu chí hai                          | 1           | Văn phòng        | 05/12/2024
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    rows = {c.code: (c.deadline, c.deadline_words) for c in campaign.criteria}
    assert rows["1.1"] == (None, "Thường xuyên, quý I/2024")
    assert rows["1.2"] == (dt.date(2024, 12, 5), "")
    told = [f for f in campaign.findings if f.cell == "E3"]
    assert [(f.code, f.severity) for f in told] == [(Code.DEADLINE_IN_WORDS, Severity.NOTE)]


def test_everything_wrong_is_reported_at_once(tmp_path: Path) -> None:
    criteria = """
    STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Hạn
    1     | Lĩnh vực một                          |             |                  |
    1.1   | Tiêu chí một                          | 1           | Văn phòng        |
    1.1   | Tiêu chí trùng mã                     | 1           | Văn phòng        |
    2.1   | Không có cha                          | 1           | Văn phòng        |
    1.2   | Thiếu điểm                            |             | Văn phòng        |
    1.3   | Thiếu đơn vị                          | 1           |                  |
    1.4   | Đơn vị lạ                             | 1           | Văn phong Sơ Tài chính |
    1.5   | Ngày sai                              | 1           | Văn phòng        | 31/02/2024
    1.6   | Điểm sai                              | nhiều       | Văn phòng        |
    a.bcd | Mã sai                                | 1           | Văn phòng        |
    1.7   |                                       | 1           | Văn phòng        |
    """
    units = UNITS.replace("vp@a.example", "")
    campaign = load_campaign(campaign_file(tmp_path, units=units, criteria=criteria))
    assert found(campaign) == [
        ("MISSING_EMAIL", "Đơn vị", "F2"),
        ("DUPLICATE_CODE", "Bộ chỉ số", "A4"),
        ("MISSING_PARENT", "Bộ chỉ số", "A5"),
        ("MISSING_MAX_SCORE", "Bộ chỉ số", "C6"),
        ("MISSING_UNIT", "Bộ chỉ số", "D7"),
        ("UNKNOWN_UNIT", "Bộ chỉ số", "D8"),
        ("BAD_DATE", "Bộ chỉ số", "E9"),
        ("BAD_MAX_SCORE", "Bộ chỉ số", "C10"),
        ("BAD_CODE", "Bộ chỉ số", "A11"),
        ("ROW_WITHOUT_CODE", "Bộ chỉ số", "B11"),
        ("MISSING_NAME", "Bộ chỉ số", "B12"),
    ]


def test_a_column_without_units_is_one_thing_to_mend(tmp_path: Path) -> None:
    rows = "".join(f"    1.{n} | Dòng {n} | 1 |\n" for n in range(1, 13))
    criteria = f"STT | Tên tiêu chí | Điểm tối đa | Đơn vị thực hiện\n1 | Nhóm | |\n{rows}"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert found(campaign) == [("MISSING_UNITS", "Bộ chỉ số", "D3")]
    told = campaign.findings[0]
    assert told.sentence.startswith("12 dòng chưa có đơn vị thực hiện: 1.1 (ô D3), 1.2 (ô D4)")
    assert "và 7 dòng khác" in told.sentence
    assert "“Tất cả các đơn vị”" in told.advice


def test_a_sheet_that_the_program_wrote_is_not_told_as_unread(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Nội dung dài")["A1"] = "1. Cách chấm của dòng 1.1"
    book.save(path)
    assert found(load_campaign(path)) == []


def test_papers_without_a_signature_are_told(tmp_path: Path) -> None:
    settings = "\n".join(line for line in SETTINGS.splitlines() if "người ký" not in line)
    assert found(load_campaign(campaign_file(tmp_path, settings=settings))) == [
        ("NO_SIGNER", "Thông tin", "A1")
    ]


def test_an_office_that_sends_nothing_by_mail_is_told_once(tmp_path: Path) -> None:
    units = "Mã | Tên đơn vị | Email\nVP | Văn phòng |\nTTra | Thanh tra |\n"
    criteria = """
    STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
    1   | A                                     | 2           | Văn phòng
    """
    campaign = load_campaign(campaign_file(tmp_path, units=units, criteria=criteria))
    assert found(campaign) == [("NO_EMAILS", "Đơn vị", "C2")]
    assert [row.name for row in campaign.criteria] == ["A"]


@pytest.mark.parametrize(
    ("typed", "points", "most"),
    [("-1", Points.PENALTY, 1), ("−0,5", Points.PENALTY, Decimal("0.5")), ("0", Points.NORMAL, 0)],
)
def test_a_negative_maximum_is_a_penalty(
    tmp_path: Path, typed: str, points: Points, most: Decimal
) -> None:
    criteria = f"""
    STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
    1     | Lĩnh vực một                          |             |
    1.1   | Tiêu chí một                          | {typed}     | Văn phòng
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.findings == ()
    assert (campaign.leaves[0].points, campaign.leaves[0].max_score) == (points, most)


def test_an_unknown_unit_comes_with_the_nearest_names(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("Các phòng chuyên môn", "Thanh ta Sở")
    finding = only(load_campaign(campaign_file(tmp_path, criteria=criteria)))
    assert finding.code is Code.UNKNOWN_UNIT
    assert finding.cell == "D7"
    assert "Thanh tra Sở" in finding.candidates
    assert "“Thanh ta Sở”" in finding.sentence


def test_a_merged_cell_is_reported_once_by_its_first_cell(tmp_path: Path) -> None:
    criteria = CRITERIA.replace(
        "| Văn phòng            |\n1.1.1", "| Phòng không có       |\n1.1.1"
    )
    finding = only(load_campaign(campaign_file(tmp_path, criteria=criteria)))
    assert (finding.code, finding.cell) == (Code.UNKNOWN_UNIT, "D3")


def test_a_missing_sheet_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    finding = only(load_campaign(campaign_file(tmp_path, units="", criteria=CRITERIA)))
    assert finding.code is Code.MISSING_SHEET
    assert finding.expected == "Đơn vị"
    assert finding.found == "Thông tin, Bộ chỉ số"


@pytest.mark.parametrize(
    ("sheet", "name"),
    [("Đơn vị", "Các đơn vị"), ("Đơn vị", "Đơn vi 2025"), ("Thông tin", "Thong tin chung")],
)
def test_a_sheet_that_may_be_the_missing_one_is_named(
    tmp_path: Path, sheet: str, name: str
) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    book[sheet].title = name
    book.save(path)
    finding, *others = [f for f in load_campaign(path).findings if f.sheet == name]
    assert (finding.code, finding.expected, others) == (Code.SHEET_RENAMED, sheet, [])
    assert finding.advice.startswith(f"Đúng là trang ấy thì đổi tên trang thành “{sheet}”")


def test_a_missing_column_is_named_with_the_headings_found(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    edit(path, "Bộ chỉ số", {"C1": None})
    finding, unused = load_campaign(path).findings
    assert (finding.code, finding.cell, finding.expected) == (
        Code.MISSING_COLUMN,
        "A1",
        "Điểm tối đa",
    )
    assert "Đơn vị thực hiện" in finding.found
    assert (unused.code, unused.cell) == (Code.COLUMN_WITHOUT_HEADING, "C4")


def test_a_sheet_without_headings(tmp_path: Path) -> None:
    finding = only(load_campaign(campaign_file(tmp_path, criteria="chỉ có | một dòng")))
    assert (finding.code, finding.sheet) == (Code.MISSING_HEADINGS, "Bộ chỉ số")


def test_headings_are_found_below_a_title_and_repeated_ones_are_left_out(tmp_path: Path) -> None:
    heading, *rest = CRITERIA.strip().splitlines()
    middle = 4  # not inside a merged cell
    lines = ["BẢNG PHÂN CÔNG", heading, *rest[:middle], heading, *rest[middle:], " | Tổng cộng | 9"]
    campaign = load_campaign(campaign_file(tmp_path, criteria="\n".join(lines)))
    assert [(f.code, f.cell) for f in campaign.findings] == [
        (Code.TEXT_ABOVE_TABLE, "A1"),
        (Code.ROWS_WITHOUT_CRITERIA, "A11"),
    ]
    assert len(campaign.criteria) == 7


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        (1.5, Code.CODE_IS_NUMBER, ("1.5", "1.50")),
        (dt.datetime(2024, 3, 1), Code.CODE_IS_DATE, ("1.3", "3.1", "1.3.24", "3.1.24")),
    ],
)
def test_codes_that_excel_changed(
    tmp_path: Path, value: object, code: FindingCode, says: tuple[str, ...]
) -> None:
    path = campaign_file(tmp_path)
    edit(path, "Bộ chỉ số", {"A7": value})
    finding = next(f for f in load_campaign(path).findings if f.code is code)
    assert finding.cell == "A7"
    assert finding.candidates == says


def test_a_whole_number_is_a_plain_code(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    edit(path, "Bộ chỉ số", {"A2": 1})
    assert load_campaign(path).findings == ()


def test_1_10_that_became_1_1_is_read_by_its_place(tmp_path: Path) -> None:
    rows = [f"1.{n} | Tiêu chí {n} | 1 | Văn phòng" for n in range(1, 10)]
    criteria = "\n".join([CRITERIA.strip().splitlines()[0], "1 | Lĩnh vực | |", *rows])
    path = campaign_file(tmp_path, criteria=criteria + "\nx | Tiêu chí 10 | 1 | Văn phòng")
    edit(path, "Bộ chỉ số", {"A12": 1.1})
    campaign = load_campaign(path)
    assert only(campaign).expected == "1.10"
    assert campaign.criteria[-1].code == "1.10"


def test_maximums_of_headings_are_held_against_their_rows(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    edit(path, "Bộ chỉ số", {"C3": 4})
    finding = only(load_campaign(path))
    assert (finding.code, finding.cell) == (Code.MAX_SCORE_NOT_SUM, "C3")
    assert (finding.found, finding.expected) == ("4,00", "3,50")


def test_formulas_without_a_value_and_error_cells(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    edit(path, "Bộ chỉ số", {"C4": "=1+1", "C5": "#N/A"})
    codes = {(f.code, f.cell) for f in load_campaign(path).findings}
    assert (Code.FORMULA_WITHOUT_VALUE, "C4") in codes
    assert (Code.ERROR_CELL, "C5") in codes


def test_horizontally_merged_headings_do_not_fill_the_unit_column(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"].merge_cells("B2:E2")
    book.save(path)
    campaign = load_campaign(path)
    assert campaign.findings == ()
    assert campaign.criteria[0].unit_text == ""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2024                        |", "năm nay |", Code.BAD_YEAR),
        ("30/11/2024 ", "sau Tết ", Code.BAD_DATE),
        ("/STN-VP", "STN VP", Code.BAD_SYMBOL),
        ("| STN ", "| Sở/TN ", Code.BAD_NAME_FOR_FILE),
        ("Địa danh  ", "Địa danhh ", Code.UNKNOWN_SETTING),
        ("Tiêu đề bảng           | BẢNG PHÂN CÔNG", "Tiêu đề bảng | ", Code.MISSING_SETTING),
    ],
)
def test_settings(tmp_path: Path, old: str, new: str, code: FindingCode) -> None:
    assert old in SETTINGS
    campaign = load_campaign(campaign_file(tmp_path, settings=SETTINGS.replace(old, new)))
    assert code in {f.code for f in campaign.findings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("TTra |", "vp |", Code.DUPLICATE_UNIT),
        ("TTra |", "CON |", Code.BAD_UNIT_CODE),
        ("TTra |", "Ttra/1 |", Code.BAD_UNIT_CODE),
        ("TTra |", " |", Code.MISSING_UNIT_CODE),
        ("| Thanh tra Sở ", "| ", Code.MISSING_UNIT_NAME),
        ("tt@a.example", "tt@", Code.BAD_EMAIL),
        ("| Thanh tra      |", "| Thanh tra; Văn phòng |", Code.SHARED_ALIAS),
    ],
)
def test_units(tmp_path: Path, old: str, new: str, code: FindingCode) -> None:
    assert old in UNITS
    campaign = load_campaign(campaign_file(tmp_path, units=UNITS.replace(old, new)))
    assert code in {f.code for f in campaign.findings}


@pytest.mark.parametrize(
    ("typed", "bad"),
    [
        ("văn-phòng@so.example", ["văn-phòng@so.example"]),
        ("x@a.example, Bcc: y@b.example", ["Bcc: y@b.example"]),
        ("x@a.example; y@b", ["y@b"]),
        ("Văn thư <x@a.example>", ["Văn thư <x@a.example>"]),
        ("x@a.example y@b.example,z@c.example;\u00a0t@d.example ;", []),
        ("x..y@a.example", ["x..y@a.example"]),
    ],
)
def test_an_address_that_cannot_be_sent_to_is_told_by_its_cell(
    tmp_path: Path, typed: str, bad: list[str]
) -> None:
    units = UNITS.replace("tt@a.example", typed)
    campaign = load_campaign(campaign_file(tmp_path, units=units))
    told = [f for f in campaign.findings if f.code is Code.BAD_EMAIL]
    assert [f.found for f in told] == bad
    assert all((f.sheet, f.cell) == ("Đơn vị", "F3") for f in told)
    # Nothing that was typed is lost: sending refuses a unit with such an address.
    assert set(bad) <= set(campaign.unit("TTra").emails)


def test_optional_columns(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Chủ trì | Phối hợp | Cách tổng hợp | Hạn | Tài liệu kiểm chứng
    1   | Lĩnh vực |             |                  |         |          |               |     |
    1.1 | Một      | 1           | ai cũng làm      | VP      | TTra; P1 | Thấp nhất     | 05/12/2024 | Kế hoạch
    """
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.findings == ()
    row = campaign.criteria[1]
    assert [(a.unit, a.role.name) for a in campaign.assignments_of(row)] == [
        ("VP", "LEAD"),
        ("TTra", "SUPPORT"),
        ("P1", "SUPPORT"),
    ]
    assert row.aggregation is Aggregation.LOWEST
    assert row.deadline == dt.date(2024, 12, 5)
    assert row.evidence == "Kế hoạch"


def test_a_row_keeps_its_id_when_rows_are_inserted(tmp_path: Path) -> None:
    before = load_campaign(campaign_file(tmp_path / "a"))
    lines = CRITERIA.strip().splitlines()
    lines.insert(2, "1.9 | Dòng mới | 1 | Văn phòng")
    lines.append(" | Kết quả khảo sát (Chỉ số SIPAS) | 5 | Văn phòng theo dõi")
    after = load_campaign(campaign_file(tmp_path / "b", criteria="\n".join(lines)))
    assert after.findings == ()
    assert {c.id for c in before.criteria} < {c.id for c in after.criteria}
    assert len({c.id for c in after.criteria}) == 9


def test_numbers_decompose_no_letters(tmp_path: Path) -> None:
    import unicodedata

    criteria = unicodedata.normalize("NFD", CRITERIA)
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.findings == ()
    assert campaign.criteria[2].name == "Ban hành kế hoạch"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 truncated"])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dot-cham.xlsx").write_bytes(content)
    with pytest.raises(CampaignError, match=r"dot-cham\.xlsx"):
        load_campaign(tmp_path)


def test_a_folder_without_a_workbook_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="khoi-tao"):
        load_campaign(tmp_path)
    with pytest.raises(UsageError, match="Không có thư mục"):
        load_campaign(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "note", "method"),
    [
        ("Kế hoạch nâng cao chỉ số SIPAS của đơn vị", "", Method.SELF),
        ("Kết quả khảo sát (Chỉ số SIPAS)", "", Method.SIPAS),
        ("Chỉ số SIPAS", "", Method.SIPAS),
        ("Mức độ hài lòng", "SIPAS", Method.SIPAS),
        ("Ý kiến", "chấm qua điều tra xã hội học", Method.SURVEY),
    ],
)
def test_how_a_row_is_scored(tmp_path: Path, name: str, note: str, method: Method) -> None:
    criteria = CRITERIA.replace("Ý kiến", name).replace("ĐTXHH", note)
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.leaves[-1].method is method


def test_a_lead_column_can_stand_for_the_unit_column(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("Đơn vị thực hiện", "Đơn vị chủ trì")
    criteria = criteria.replace("Thanh tra tổng hợp. Các phòng, đơn vị báo cáo", "Thanh tra")
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria))
    assert campaign.findings == ()
    assert [a.unit for a in campaign.assignments_of(campaign.criteria[4])] == ["TTra"]


def test_a_duplicate_unit_brings_no_further_errors(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, units=UNITS.replace("TTra |", "vp |"))
    assert only(load_campaign(path)).code is Code.DUPLICATE_UNIT


def test_a_code_with_a_comma_is_asked_about_with_the_likely_one(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, criteria=CRITERIA.replace("1.3   |", "1,3   |"))
    finding = next(f for f in load_campaign(path).findings if f.code is Code.BAD_CODE)
    assert finding.candidates == ("1.3",)


def test_a_pasted_line_break_is_a_line_break(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, criteria=CRITERIA.replace("Ban hành kế", "Ban hành_x000D_ kế"))
    assert load_campaign(path).criteria[2].name == "Ban hành kế hoạch"


def test_a_workbook_with_damaged_parts_is_explained(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(bytes(whole))
    with pytest.raises(CampaignError, match=r"dot-cham\.xlsx"):
        load_campaign(path)


def test_a_unit_column_merged_to_the_end_of_the_sheet_is_read_at_once(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"].merge_cells("D8:D60000")
    book.save(path)
    assert load_campaign(path).findings == ()


@pytest.mark.parametrize(("row", "column", "cell"), [(20_001, 1, "A20001"), (5, 61, "BI5")])
def test_what_lies_beyond_what_is_read_is_told(
    tmp_path: Path, row: int, column: int, cell: str
) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"].cell(row, column).value = "1.9"
    book.save(path)
    [finding] = load_campaign(path).findings
    assert (finding.code, finding.sheet, finding.cell) == (
        Code.CELLS_BEYOND_CAPS,
        "Bộ chỉ số",
        cell,
    )
    with pytest.raises(CampaignError, match=cell):
        draft_of(path)


def test_a_share_is_no_maximum(tmp_path: Path) -> None:
    path = campaign_file(tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [c for row in book["Bộ chỉ số"].iter_rows(max_col=4) for c in row]
    cell = next(c for c in cells if c.value in (2.5, "2,5"))
    cell.value, cell.number_format = 0.02, "0%"
    book.save(path)
    told = [f for f in load_campaign(path).findings if f.code is Code.BAD_MAX_SCORE]
    assert [(f.cell, f.found) for f in told] == [(cell.coordinate, "2%")]


HEAD_OF_MAXIMA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện
"""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            (
                "1 | Điểm trừ | 5 |\n1.1 | Sai phạm | 3 | Văn phòng\n"
                "1.2 | Điểm thưởng | 2 |\n1.2.1 | Sáng kiến | 2 | Văn phòng"
            ),
            ("POINTS_CONFLICT", "B4"),
        ),
        (
            (
                "1 | Nhóm việc (không quá 3 điểm) | |\n1.1 | Việc một | 2 | Văn phòng\n"
                "1.2 | Việc hai | 2 | Văn phòng"
            ),
            ("CAP_DIFFERS", "B2"),
        ),
        (
            "1 | Điểm cộng, điểm trừ | |\n1.1 | Sáng kiến | 2 | Văn phòng",
            ("POINTS_OF_NO_KIND", "B3"),
        ),
        ("1 | Nhóm việc | |\n1.1 | Việc (tối đa 1 điểm) | 2 | Văn phòng", ("CAP_DIFFERS", "B3")),
    ],
)
def test_what_names_say_of_points_is_held_against_the_columns(
    tmp_path: Path, rows: str, told: tuple[str, str]
) -> None:
    campaign = load_campaign(campaign_file(tmp_path, criteria=HEAD_OF_MAXIMA + rows))
    assert told in [(f.code.name, f.cell) for f in campaign.findings]


def test_a_maximum_that_a_name_says_too_is_no_question(tmp_path: Path) -> None:
    rows = "1 | Nhóm việc (tối đa 3 điểm) | |\n1.1 | Việc (mỗi lần tối đa 1 điểm) | 3 | Văn phòng"
    campaign = load_campaign(campaign_file(tmp_path, criteria=HEAD_OF_MAXIMA + rows))
    assert Code.CAP_DIFFERS not in [f.code for f in campaign.findings]


def test_a_blank_column_of_maxima_is_told_once_at_its_heading(tmp_path: Path) -> None:
    blank = "\n".join(
        "|".join("" if at == 2 and "STT" not in line else cell for at, cell in enumerate(cells))
        for line in CRITERIA.splitlines()
        for cells in [line.split("|")]
    )
    campaign = load_campaign(campaign_file(tmp_path, criteria=blank))
    assert found(campaign) == [("MAX_SCORES_BLANK", "Bộ chỉ số", "C1")]
    (finding,) = campaign.findings
    assert finding.sentence == (
        "Cột “Điểm tối đa” để trống cả: 5 dòng cần điểm tối đa, chưa dòng nào có."
    )


def test_of_a_column_of_maxima_that_is_not_there_nothing_else_is_told(tmp_path: Path) -> None:
    without = CRITERIA.replace("Điểm tối đa", "Thưởng").replace("| 0.5  ", "|      ")
    for score in ("1  ", "2,5", "2  ", "3  "):
        without = without.replace(f"| {score}  ", "|      ", 1)
    codes = [code for code, *_ in found(load_campaign(campaign_file(tmp_path, criteria=without)))]
    assert codes.count("MISSING_MAX_SCORE") == 0
    assert "MISSING_COLUMN" in codes


def test_one_blank_cell_of_maxima_is_told_where_it_is(tmp_path: Path) -> None:
    criteria = CRITERIA.replace("| 0.5  ", "|      ")
    codes = found(load_campaign(campaign_file(tmp_path, criteria=criteria)))
    assert codes == [("MISSING_MAX_SCORE", "Bộ chỉ số", "C6")]
