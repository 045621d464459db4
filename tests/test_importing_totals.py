"""What a table says that its rows come to, held against what was understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from cchc_office import Code, load_campaign, start_campaign
from cchc_office.catalogue.findings import Finding
from cchc_office.cli.group import cli

from .importing import imported, put_tables
from .test_page_import_preview import preview_of

HEADING = "STT | Tiêu chí | Điểm tối đa | Đơn vị"
LEVELS = """
1   | Thu gom rác           | 5  | Văn phòng
1.1 | Đạt từ 98%            | 5  |
1.2 | Đạt từ 96% đến 98%    | 4  |
2   | Báo cáo               | 3  | Thanh tra
"""
"""The figures are only for illustration."""


def table(*, first: str = "", rows: str = LEVELS, last: str = "") -> str:
    return "\n".join(filter(None, (HEADING, first, rows.strip("\n"), last)))


def told(path: Path) -> list[Finding]:
    return [f for f in imported(path).findings if f.code is Code.TOTAL_NOT_UNDERSTOOD]


@pytest.mark.parametrize(
    ("ends", "cell"),
    [({"first": "  | Tổng cộng | 8 | "}, "C2"), ({"last": "  | Tổng cộng | 8 điểm | "}, "C6")],
)
def test_a_total_that_the_rows_do_not_come_to_is_told_first(
    tmp_path: Path, ends: dict[str, str], cell: str
) -> None:
    path = put_tables(tmp_path / "bang.xlsx", table(**ends))
    first = imported(path).findings[0]
    assert (first.code, first.cell) == (Code.TOTAL_NOT_UNDERSTOOD, cell)
    assert (first.expected, first.found) == ("8", "12")
    assert first.about == "1 ghi 5, các dòng dưới cộng 9"


def test_the_total_is_held_against_the_rows_until_they_come_to_it(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.xlsx", table(last="| Tổng cộng | 8 |"))
    start_campaign(tmp_path / "dot", path)
    campaign = load_campaign(tmp_path / "dot")
    assert campaign.info.scale == 8
    [scale] = [f for f in campaign.findings if f.code is Code.SCALE_NOT_SUM]
    assert "là 8, tổng điểm tối đa của các dòng là 12" in scale.sentence
    assert "1 ghi 5, các dòng dưới cộng 9" in scale.sentence


def test_rows_without_points_are_named_where_less_was_understood(tmp_path: Path) -> None:
    rows = "1 | Kế hoạch | 5 | Văn phòng\n2 | Báo cáo | | Thanh tra\n3 | Sáng kiến | 1 | Thanh tra"
    path = put_tables(tmp_path / "bang.xlsx", table(rows=rows, last="| Tổng số | 10 |"))
    [finding] = told(path)
    assert (finding.expected, finding.found) == ("10", "6")
    assert finding.about == "1 dòng chưa có điểm tối đa"


@pytest.mark.parametrize(
    "last",
    [
        "| Tổng cộng | 12 |",
        "| Tổng cộng | 100% |",
        "| Tổng cộng | |",
        "| Cộng mục II | 3 |",
    ],
)
def test_totals_that_fit_or_say_nothing_of_all_rows_are_no_question(
    tmp_path: Path, last: str
) -> None:
    assert told(put_tables(tmp_path / "bang.xlsx", table(last=last))) == []


def test_sums_of_parts_are_not_taken_for_that_of_all(tmp_path: Path) -> None:
    rows = "I | Một | | \n1 | Kế hoạch | 5 | A\n | Cộng | 5 | \nII | Hai | | \n1 | Báo cáo | 3 | B"
    found = imported(put_tables(tmp_path / "bang.xlsx", table(rows=rows, last=" | Cộng | 3 | ")))
    assert "scale" not in found.draft.settings
    assert found.apart == ()


def test_the_preview_begins_with_it(clerk: TestClient) -> None:
    text = "STT\tTiêu chí\tĐiểm chuẩn\n1\tKế hoạch\t2\n2\tBáo cáo\t1\n\tTổng cộng\t9\n"
    shown = preview_of(clerk, text)
    said = "Tệp gốc ghi tổng 9 điểm, các dòng hiện được hiểu là 3"
    assert shown.index(said) < shown.index("Chưa có gì được ghi")
    assert shown.count(said) == 1


def test_the_command_begins_with_it(tmp_path: Path) -> None:
    path = put_tables(tmp_path / "bang.xlsx", table(last="| Tổng cộng | 8 |"))
    command = ["khoi-tao", str(tmp_path / "dot"), "--tu", str(path), "--xem"]
    shown = " ".join(CliRunner().invoke(cli, command).output.split())
    assert shown.index("Tệp gốc ghi tổng 8 điểm") < shown.index("Các bảng nhận ra")
    assert shown.count("Tệp gốc ghi tổng") == 1
