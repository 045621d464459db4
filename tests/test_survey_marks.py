"""Which rows a survey scores, by marks in notes and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code, Severity
from cchc_office.model import Method
from cchc_office.rules import Choice

from .scored_campaigns import only, rows, said

ONE_ROW = "STT | Tiêu chí | Điểm tối đa | {} | Ghi chú\n1 | Lĩnh vực | | |\n1.1 | Một | 6 | {} | {}"


@pytest.mark.parametrize(
    "note",
    [
        *("Điều tra XHH", "ĐT XHH", "XHH", "Khảo sát", "kết quả khảo sát", "Điểm ĐTXHH"),
        *("ĐTXHH: 6 điểm", "ĐTXHH (6đ)", "6,0 điểm ĐTXHH", "Qua điều tra XHH", "- ĐTXHH."),
        *("\u00d0TXHH", "Đ.T.X.H.H"),
        *("Theo kết quả điều tra xã hội học của tỉnh", "Chấm qua phiếu khảo sát", "(ĐTXHH)"),
    ],
)
def test_a_note_that_is_a_mark_makes_a_survey_row(tmp_path: Path, note: str) -> None:
    campaign = rows(tmp_path, ONE_ROW.format("Hạn", "", note))
    assert campaign.findings == ()
    assert campaign.leaves[0].method is Method.SURVEY


@pytest.mark.parametrize(
    "note",
    [
        "Không đánh giá qua điều tra xã hội học",
        "Xem thêm kết quả ĐTXHH ở mục 8",
        "Tự chấm, có kết hợp khảo sát",
        "SIPAS năm trước tăng 2 bậc",
        "(Qua điều tra)",
    ],
)
def test_a_note_that_only_mentions_a_survey_is_asked_about(tmp_path: Path, note: str) -> None:
    campaign = rows(tmp_path, ONE_ROW.format("Hạn", "", note))
    finding = only(campaign)
    assert (finding.code, finding.cell, finding.found) == (Code.SURVEY_UNCLEAR, "E3", note)
    assert finding.severity is Severity.ERROR
    assert campaign.leaves[0].method is Method.SELF


@pytest.mark.parametrize("heading", ["Cách chấm", "Phương pháp", "Cách đánh giá"])
@pytest.mark.parametrize(
    ("said", "method"), [("Tự chấm", Method.SELF), ("Điều tra XHH", Method.SURVEY)]
)
def test_a_column_says_what_a_note_leaves_open(
    tmp_path: Path, heading: str, said: str, method: Method
) -> None:
    note = "Không đánh giá qua điều tra xã hội học"
    campaign = rows(tmp_path, ONE_ROW.format(heading, said, note))
    assert campaign.findings == ()
    assert campaign.leaves[0].method is method


def test_a_rule_that_speaks_of_a_survey_is_no_mark(tmp_path: Path) -> None:
    rule = "Có tổ chức điều tra xã hội học: 6; không: 0"
    campaign = rows(tmp_path, ONE_ROW.format("Cách chấm", rule, ""))
    assert campaign.leaves[0].method is Method.SELF
    assert isinstance(campaign.leaves[0].scoring, Choice)
    assert campaign.findings == ()


def test_a_text_of_a_survey_that_is_not_understood_is_told(tmp_path: Path) -> None:
    text = "Quy đổi từ kết quả điều tra xã hội học, theo hướng dẫn riêng"
    campaign = rows(tmp_path, ONE_ROW.format("Cách chấm", text, ""))
    assert [(f.code, f.severity) for f in campaign.findings] == [
        (Code.RULE_NOT_UNDERSTOOD, Severity.NOTE),
        (Code.RULE_TEXT_OF_SURVEY, Severity.WARNING),
    ]
    assert campaign.leaves[0].is_self_scored
    two = ONE_ROW.replace("Ghi chú", "Phương pháp").format("Cách chấm", text, "Tự chấm")
    assert only(rows(tmp_path / "b", two)).code is Code.RULE_NOT_UNDERSTOOD


def test_an_unknown_method_and_columns_that_contradict(tmp_path: Path) -> None:
    unknown = only(rows(tmp_path, ONE_ROW.format("Phương pháp", "Hội đồng", "")))
    assert (unknown.code, unknown.cell) == (Code.METHOD_UNKNOWN, "D3")
    against = only(rows(tmp_path / "b", ONE_ROW.format("Phương pháp", "Tự chấm", "ĐTXHH")))
    assert (against.code, against.cell) == (Code.RULE_AND_SURVEY, "D3")
    assert (against.found, against.expected) == ("Tự chấm", "ĐTXHH")


def test_a_mark_of_a_part_of_the_points_is_asked_about(tmp_path: Path) -> None:
    finding = only(rows(tmp_path, ONE_ROW.format("Hạn", "", "ĐTXHH: 2 điểm")))
    assert (finding.code, finding.cell, finding.expected) == (
        Code.SURVEY_POINTS_DIFFER,
        "E3",
        "6,00",
    )


def test_a_heading_marked_as_survey_is_asked_about_unless_a_row_below_is(tmp_path: Path) -> None:
    text = """
    STT | Tiêu chí | Điểm tối đa | Ghi chú
    1   | Lĩnh vực |             | ĐTXHH: 6 điểm
    1.1 | Một      | 6           | {}
    """
    assert said(rows(tmp_path, text.format(""))) == [(Code.RULE_ON_HEADING, "D2")]
    assert rows(tmp_path / "b", text.format("ĐTXHH")).findings == ()


@pytest.mark.parametrize(
    "name",
    [
        "Mức độ hài lòng của người dân (ĐTXHH)",
        "Kết quả đo lường sự hài lòng (SIPAS)",
        "Chỉ số SIPAS được công bố đúng hạn",
    ],
)
def test_a_name_that_may_be_a_mark_is_asked_about(tmp_path: Path, name: str) -> None:
    text = "STT | Tiêu chí | Điểm tối đa | Phương pháp\n1 | Lĩnh vực | |\n1.1 | {} | 6 | {}"
    campaign = rows(tmp_path, text.format(name, ""))
    finding = only(campaign)
    assert (finding.code, finding.cell) == (Code.SURVEY_UNCLEAR, "B3")
    assert campaign.leaves[0].method is Method.SELF
    assert rows(tmp_path / "b", text.format(name, "Tự chấm")).findings == ()


@pytest.mark.parametrize(
    "note",
    [
        "Không áp dụng, trừ các trung tâm",
        "Không áp dụng: các đơn vị sự nghiệp",
        "Không áp dụng năm 2023",
        "Không áp dụng theo Công văn 12, trừ Trung tâm A",
        "Không đánh giá",
    ],
)
def test_what_does_not_surely_close_a_row_is_asked_about(tmp_path: Path, note: str) -> None:
    campaign = rows(tmp_path, ONE_ROW.format("Hạn", "", note))
    assert [f.code for f in campaign.findings] == [Code.NOT_APPLICABLE_UNCLEAR]
    assert campaign.leaves[0].applies
