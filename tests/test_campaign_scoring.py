"""How rows are scored, as the campaign workbook says it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Severity
from cchc_office.model import Method, Points
from cchc_office.rules import (
    SELF_SCORED,
    ByDate,
    Choice,
    DayLimit,
    NothingArose,
    PerItem,
    Ratio,
    yes_no,
)

from .calls import cchc
from .scored_campaigns import D, only, rows, said
from .sheets import CRITERIA, SETTINGS, campaign_file


def test_rules_are_understood_leaf_by_leaf(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Cách chấm
        1   | Lĩnh vực |             |
        1.1 | Một      | 1           | Có/Không
        1.2 | Hai      | 1           | Tỷ lệ, dưới 80% được 0; không phát sinh: không áp dụng
        1.3 | Ba       | 2           |
        1.4 | Bốn      | 2           | Tự chấm
        1.5 | Năm      | 2           | ĐTXHH
        """,
    )
    assert campaign.findings == ()
    assert [leaf.scoring for leaf in campaign.leaves] == [
        yes_no(D(1)),
        Ratio(D("0.8"), NothingArose(None)),
        SELF_SCORED,
        SELF_SCORED,
        SELF_SCORED,
    ]
    assert [leaf.method for leaf in campaign.leaves] == [*[Method.SELF] * 4, Method.SURVEY]
    assert campaign.leaves[0].rule == "Có/Không"


def test_a_text_that_is_not_understood_is_noted_and_the_unit_scores(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Cách chấm
        1   | Lĩnh vực |             |
        1.1 | Một      | 1           | ≥90%: 1; tùy tình hình: 0,5; còn lại: 0
        """,
    )
    finding = only(campaign)
    assert (finding.code, finding.cell) == (Code.RULE_NOT_UNDERSTOOD, "D3")
    assert finding.severity is Severity.NOTE
    assert finding.found == "tùy tình hình: 0,5"
    assert finding.about == "1.1 Một"
    leaf = campaign.leaves[0]
    assert (leaf.scoring, leaf.unread) == (SELF_SCORED, "tùy tình hình: 0,5")
    assert leaf.rule == "≥90%: 1; tùy tình hình: 0,5; còn lại: 0"


def test_a_rule_in_our_words_wins_over_the_text_and_is_asked_about(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Cách chấm                | Quy tắc
        1   | Lĩnh vực |             |                          |
        1.1 | Một      | 1           | Theo Quyết định số 5     | Mỗi văn bản 0,5
        1.2 | Hai      | 1           | Có/Không                 | Tự chấm
        1.3 | Ba       | 1           | Có/Không                 | theo Quyết định
        """,
    )
    one, two, three = campaign.leaves
    assert (one.scoring, one.rule, one.unread) == (
        PerItem(D("0.5"), "văn bản"),
        "Theo Quyết định số 5",
        "",
    )
    assert two.scoring == three.scoring == SELF_SCORED
    finding = only(campaign)
    assert (finding.code, finding.cell) == (Code.OWN_RULE_NOT_UNDERSTOOD, "E5")
    assert finding.severity is Severity.ERROR
    assert "“Có/Không”" in finding.expected


def test_the_lines_of_a_text_are_kept(tmp_path: Path) -> None:
    text = "- Ban hành đúng hạn: điểm tối đa\n- Không ban hành: 0 điểm"
    path = campaign_file(tmp_path, criteria=CRITERIA)
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"]["F1"].value = "Cách chấm"
    book["Bộ chỉ số"]["F5"].value = text
    book.save(path)
    leaf = next(leaf for leaf in load_campaign(path).leaves if leaf.row == 5)
    assert leaf.rule == text
    assert isinstance(leaf.scoring, Choice)
    assert leaf.scoring.labels == ("Ban hành đúng hạn", "Không ban hành")


def test_days_without_a_year_are_told_with_theirs(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Cách chấm
        1   | Lĩnh vực |             |
        1.1 | Một      | 1           | trước 15/11: 1; trước 31/01/2025: 0,5; sau: 0
        """,
    )
    finding = only(campaign)
    assert (finding.code, finding.cell) == (Code.RULE_YEAR_ADDED, "D3")
    assert finding.severity is Severity.NOTE
    assert (finding.found, finding.expected) == ("15/11", "15/11/2024")
    assert campaign.leaves[0].scoring == ByDate(
        (DayLimit(dt.date(2024, 11, 15), D(1)), DayLimit(dt.date(2025, 1, 31), D("0.5"))), D(0)
    )


def test_without_a_year_of_the_campaign_no_year_is_told(tmp_path: Path) -> None:
    text = """
    STT | Tiêu chí | Điểm tối đa | Cách chấm
    1   | Lĩnh vực |             |
    1.1 | Một      | 1           | trước 15/11: 1; sau: 0
    """
    campaign = rows(tmp_path, text, SETTINGS.replace("| 2024  ", "|       "))
    assert [f.code for f in campaign.findings] == [Code.MISSING_SETTING]


@pytest.mark.parametrize("rule", ["Tỷ lệ", "≥90%: 1; còn lại: 0"])
def test_a_share_of_nothing_is_asked_about(tmp_path: Path, rule: str) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Cách chấm\n1 | Lĩnh vực | |"
    finding = only(rows(tmp_path, f"{head}\n1.1 | Một | 1 | {rule}"))
    assert (finding.code, finding.severity) == (Code.RULE_NOTHING_UNSAID, Severity.NOTE)
    more = f"{rule}; không phát sinh: điểm tối đa"
    assert rows(tmp_path / "b", f"{head}\n1.1 | Một | 1 | {more}").findings == ()


def test_what_is_left_of_a_step_is_asked_about(tmp_path: Path) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Cách chấm\n1 | Lĩnh vực | |"
    steps = (
        "Tỷ lệ ruộng có kênh từ 40% trở xuống: 1 điểm, trên 40% thì cứ thêm 10% được thêm 1 điểm"
    )
    finding = only(rows(tmp_path, f"{head}\n1.1 | Một | 3 | {steps}"))
    assert (finding.code, finding.severity) == (Code.RULE_REST_OF_STEP_UNSAID, Severity.NOTE)
    assert finding.expected == "10%"
    for rest in ("phần lẻ không tính", "phần lẻ tính theo tỷ lệ"):
        assert rows(tmp_path / rest, f"{head}\n1.1 | Một | 3 | {steps}, {rest}").findings == ()


def test_headings_have_no_rule(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT | Tiêu chí | Điểm tối đa | Cách chấm | Ghi chú
        1   | Lĩnh vực |             | Có/Không  |
        1.1 | Một      | 1           |           |
        2   | Lĩnh vực |             |           | Không áp dụng
        2.1 | Hai      | 1           |           |
        """,
    )
    assert said(campaign) == [(Code.RULE_TEXT_ON_HEADING, "D2"), (Code.RULE_ON_HEADING, "E4")]
    assert campaign.findings[0].severity is Severity.NOTE
    assert campaign.criteria[0].rule == "Có/Không"


def test_a_cell_merged_from_the_heading_down_is_the_rule_of_the_rows(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT   | Tiêu chí | Điểm tối đa | Cách chấm
        1     | Lĩnh vực |             |
        1.1   | Một      |             | Có/Không
        1.1.1 | Một      | 1           | ^
        1.1.2 | Hai      | 1           | ^
        """,
    )
    assert campaign.findings == ()
    assert [leaf.scoring for leaf in campaign.leaves] == [yes_no(D(1)), yes_no(D(1))]


@pytest.mark.parametrize(
    ("rule", "note", "applies"),
    [
        ("Không áp dụng", "", False),
        ("", "KHÔNG ÁP DỤNG", False),
        ("Có/Không", "Không áp dụng năm 2024", False),
        ("", "Không áp dụng (theo hướng dẫn của tỉnh)", False),
        ("Tỷ lệ; không phát sinh: không áp dụng", "", True),
    ],
)
def test_what_does_not_apply(tmp_path: Path, rule: str, note: str, applies: bool) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Cách chấm | Ghi chú\n1 | Lĩnh vực | | |"
    campaign = rows(tmp_path, f"{head}\n1.1 | Một | 1 | {rule} | {note}")
    assert campaign.findings == ()
    assert campaign.leaves[0].applies is applies
    assert campaign.leaves[0].method is Method.SELF
    assert bool(campaign.scored_by(campaign.units[0])) is applies


def test_a_note_that_speaks_of_some_units_only_is_asked_about(tmp_path: Path) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Ghi chú\n1 | Lĩnh vực | |"
    campaign = rows(tmp_path, f"{head}\n1.1 | Một | 1 | Không áp dụng cho các trung tâm")
    assert only(campaign).code is Code.NOT_APPLICABLE_UNCLEAR
    assert campaign.leaves[0].applies


def test_a_rule_in_our_words_for_a_survey_row_is_a_contradiction(tmp_path: Path) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Quy tắc | Ghi chú\n1 | Lĩnh vực | | |"
    campaign = rows(tmp_path, f"{head}\n1.1 | Một | 1 | Có/Không | ĐTXHH")
    assert said(campaign) == [(Code.RULE_AND_SURVEY, "D3")]
    own = rows(tmp_path / "b", f"{head}\n1.1 | Chỉ số SIPAS | 1 | Có/Không |")
    assert own.findings == ()
    assert own.leaves[0].scoring == yes_no(D(1))
    text = rows(
        tmp_path / "c", f"{head.replace('Quy tắc', 'Cách chấm')}\n1.1 | Một | 1 | Có/Không | ĐTXHH"
    )
    assert text.findings == ()
    assert text.leaves[0].method is Method.SURVEY


def test_points_go_on_to_the_rows_below(tmp_path: Path) -> None:
    campaign = rows(
        tmp_path,
        """
        STT   | Tiêu chí     | Điểm tối đa | Loại điểm
        1     | Lĩnh vực     | 3           | Thường
        1.1   | Một          | 3           |
        1.2   | Vượt mức     | 1           | điểm thưởng
        2     | Điểm thưởng  | 2           | Thưởng
        2.1   | Sáng kiến    |             |
        2.1.1 | Cấp tỉnh     | 1,5         |
        2.1.2 | Cấp sở       | 1           | thưởng
        3     | Vi phạm      |             | PHẠT
        3.1   | Nộp chậm     | 0,5         |
        """,
    )
    assert campaign.findings == ()
    assert [(c.code, c.points) for c in campaign.leaves] == [
        ("1.1", Points.NORMAL),
        ("1.2", Points.BONUS),
        ("2.1.1", Points.BONUS),
        ("2.1.2", Points.BONUS),
        ("3.1", Points.PENALTY),
    ]


def test_a_word_without_its_marks_is_no_bonus(tmp_path: Path) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Loại điểm\n1 | Lĩnh vực | |"
    campaign = rows(tmp_path, f"{head}\n1.1 | Một | 1 | Thuong\n1.2 | Hai | 1 | cộng thêm")
    assert said(campaign) == [(Code.UNKNOWN_POINTS, "D3"), (Code.UNKNOWN_POINTS, "D4")]


def test_a_penalty_under_a_bonus_is_a_contradiction(tmp_path: Path) -> None:
    head = "STT | Tiêu chí | Điểm tối đa | Loại điểm\n1 | Lĩnh vực | | Thưởng"
    campaign = rows(tmp_path, f"{head}\n1.1 | Một | 1 | Phạt")
    assert said(campaign) == [(Code.POINTS_CONFLICT, "D3")]


@pytest.mark.parametrize(
    ("own", "points", "expected"),
    [
        ("3", "", []),
        ("4", "", ["3,00, không kể điểm thưởng, điểm trừ"]),
        ("1", "Thưởng", []),
        ("4", "Thưởng", []),
        ("5", "Thưởng", ["4,00"]),
    ],
)
def test_maximums_of_headings_count_no_bonus_and_may_cap_one(
    tmp_path: Path, own: str, points: str, expected: list[str]
) -> None:
    campaign = rows(
        tmp_path,
        f"""
        STT | Tiêu chí | Điểm tối đa | Loại điểm
        1   | Lĩnh vực | {own}       | {points}
        1.1 | Một      | 3           | {points}
        1.2 | Hai      | 1           | Thưởng
        """,
    )
    assert [f.expected for f in campaign.findings] == expected
    assert {f.code for f in campaign.findings} <= {Code.MAX_SCORE_NOT_SUM}


def test_a_number_is_no_rule(tmp_path: Path) -> None:
    path = campaign_file(tmp_path, criteria=CRITERIA)
    book = openpyxl.load_workbook(path)
    book["Bộ chỉ số"]["F1"].value = "Cách chấm"
    book["Bộ chỉ số"]["F5"].value = 0.5
    book.save(path)
    finding = only(load_campaign(path))
    assert (finding.code, finding.cell) == (Code.RULE_NOT_UNDERSTOOD, "F5")


def test_what_rows_give_at_most_is_told_apart_from_bonus_and_penalty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    criteria = """
    STT | Tiêu chí      | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm
    1   | Lĩnh vực một  |             |                  |         |
    1.1 | Kế hoạch      | 9           | Văn phòng        |         |
    1.2 | Ý kiến        | 5           | Văn phòng        | ĐTXHH   |
    2   | Thưởng        | 2           |                  |         | Thưởng
    2.1 | Sáng kiến     | 1,5         | Văn phòng        |         |
    2.2 | Giải thưởng   | 1,5         | Văn phòng        |         |
    3   | Phạt          |             |                  |         | Phạt
    3.1 | Nộp chậm      | 1           | Văn phòng        |         |
    """
    path = campaign_file(tmp_path, criteria=criteria)
    cchc("kiem-tra", path)
    told = capsys.readouterr().out
    assert (
        "5 dòng có điểm (điểm tối đa 14,00; thưởng tối đa 2,00; trừ tối đa 1,00), 4 đơn vị." in told
    )
    cchc("kiem-tra", path, "--json")
    outline = json.loads(capsys.readouterr().out)
    names = ("diem_toi_da", "diem_thuong_toi_da", "diem_tru_toi_da")
    assert [outline[name] for name in names] == ["14", "2", "1"]


def test_rows_that_units_do_not_score_are_listed_by_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    criteria = """
    STT | Tiêu chí                  | Điểm tối đa | Đơn vị thực hiện | Ghi chú
    1   | Lĩnh vực                  |             |                  |
    1.1 | Kế hoạch                  | 9           | Văn phòng        |
    1.2 | Ý kiến                    | 5           | Văn phòng        | Điều tra XHH
    1.3 | Ý kiến doanh nghiệp       | 5           | Văn phòng        | XHH
    1.4 | Đô thị                    | 1           | Văn phòng        | Không áp dụng
        | Kết quả (Chỉ số SIPAS)    | 10          | Văn phòng        |
    """
    path = campaign_file(tmp_path, criteria=criteria)
    cchc("kiem-tra", path)
    told = capsys.readouterr().out
    assert "  ĐTXHH: 1.2, 1.3\n  SIPAS: “Kết quả (Chỉ số SIPAS)”\n  Không áp dụng: 1.4\n" in told
    cchc("kiem-tra", path, "--json")
    assert json.loads(capsys.readouterr().out)["cach_cham"]["khong_tu_cham"] == {
        "ĐTXHH": ["1.2", "1.3"],
        "SIPAS": ["“Kết quả (Chỉ số SIPAS)”"],
        "Không áp dụng": ["1.4"],
    }


def test_how_words_were_understood_is_told_row_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [f"Theo mức độ hoàn thành việc thứ {n}" for n in range(1, 18)]
    criteria = "\n".join(
        [
            "STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Cách chấm",
            "1 | Lĩnh vực | | | |",
            "1.1 | Kế hoạch | 1 | Văn phòng | | Có/Không",
            "1.2 | Báo cáo | 1 | Văn phòng | | Có/Không",
            *(f"1.{n} | Việc {n} | 1 | Văn phòng | | {t}" for n, t in enumerate(texts, start=3)),
        ]
    )
    path = campaign_file(tmp_path, criteria=criteria)
    assert cchc("kiem-tra", path) == 0
    told = capsys.readouterr().out
    assert f"1.3: đơn vị tự chấm, vì chưa hiểu “{texts[0]}”" in told
    assert "… và 4 dòng nữa; xem hết: thêm --cach-cham." in told
    cchc("kiem-tra", path, "--cach-cham")
    told = capsys.readouterr().out
    assert "1.1, 1.2: tính theo: Số liệu kê khai: chọn Có (1 điểm) hoặc Không (0 điểm)." in told
    assert "dòng nữa; xem hết" not in told
    cchc("kiem-tra", path, "--json")
    found = json.loads(capsys.readouterr().out)["cach_cham"]["tung_dong"]
    assert [row["dong"] for row in found] == [f"1.{n}" for n in range(1, 20)]
    assert found[2] == {
        "dong": "1.3",
        "cot": "Cách chấm",
        "tinh_theo": "",
        "chua_hieu": texts[0],
    }
