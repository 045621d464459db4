"""What headings of a unit's papers come to: what it can have from its own rows, in each the same."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from cchc_office import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.form.layout import SCORE_SHEET
from cchc_office.papers.form.sums import most_of_unit
from cchc_office.papers.form.writer import build_form

from .sheets import campaign_file

UNITS = "Mã | Tên đơn vị\nA | Một\nB | Hai"
CRITERIA = """
STT | Tiêu chí      | Điểm tối đa | Chủ trì | Phối hợp | Loại điểm
I   | Kết quả       |             |         |          |
1   | Nhiệm vụ      |             |         |          |
1.1 | Kế hoạch      | 10          | Hai     | Một      |
1.2 | Báo cáo       | 4           | Một     |          |
2   | Giải ngân     | 6           | Một     |          |
3   | Nhân lực      |             |         |          |
3.1 | Bố trí        | 4           | Hai     | Một      |
II  | Điểm thưởng   | 15          |         |          | Thưởng
1   | Sáng kiến     | 1           | Một     |          | Thưởng
2   | Điểm thưởng đột phá | 2           |         |          | Thưởng
2.1 | Sản phẩm      | 2           | Một     |          | Thưởng
2.2 | Bảo hộ        | 1           | Một     |          | Thưởng
2.3 | Đề xuất       | 5           | Hai     |          | Thưởng
III | Điểm trừ      |             |         |          | Trừ
1   | Không làm     | 1           | Hai     | Một      | Trừ
"""
_SAID = "tổng của các tiêu chí đơn vị tự chấm"


@pytest.fixture
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    folder = tmp_path_factory.mktemp("dot")
    return load_campaign(campaign_file(folder, criteria=CRITERIA, units=UNITS))


def in_dispatch(campaign: Campaign, unit: str) -> list[tuple[str, str]]:
    values = dispatch_values(campaign, campaign.unit(unit), DEFAULT_PROFILE)
    return [(task.ten, task.diem_toi_da) for task in values["nhiem_vu"] if task.la_muc]


def test_headings_are_what_the_unit_can_have_within_the_caps(campaign: Campaign) -> None:
    assert in_dispatch(campaign, "A") == [
        ("Kết quả", "10,00"),
        ("Nhiệm vụ", "4,00"),
        ("Nhân lực", ""),
        ("Điểm thưởng", "+3,00"),
        ("Điểm thưởng đột phá", "+2,00"),
        ("Điểm trừ", ""),
    ]


@pytest.mark.parametrize("unit", ["A", "B"])
def test_form_and_dispatch_of_a_unit_say_the_same(campaign: Campaign, unit: str) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(build_form(campaign, campaign.unit(unit), DEFAULT_PROFILE)), data_only=True
    )
    rows = list(book[SCORE_SHEET].iter_rows(values_only=True))
    heads = next(row for row in rows if "Điểm tối đa" in row)
    name, most = heads.index("Lĩnh vực/Tiêu chí/Tiêu chí thành phần"), heads.index("Điểm tối đa")
    on_form = {str(row[name]): row[most] for row in rows}
    signs = str.maketrans({"+": "", "−": "", ",": "."})
    for heading, shown in in_dispatch(campaign, unit):
        said = on_form[heading]
        assert (f"{Decimal(str(said)):.2f}" if said else "") == shown.translate(signs), heading


def test_the_most_there_can_be_of_a_heading_without_own_rows_is_none(campaign: Campaign) -> None:
    heading = next(c for c in campaign.criteria if c.name == "Nhân lực")
    assert most_of_unit(campaign, heading, set()) is None


@pytest.mark.parametrize(("unit", "is_said"), [("A", True), ("B", False)])
def test_it_is_said_where_rows_stand_there_that_do_not_count(
    campaign: Campaign, unit: str, is_said: bool
) -> None:
    values = dispatch_values(campaign, campaign.unit(unit), DEFAULT_PROFILE)
    assert values["tong_dong_tu_cham"] is is_said
    book = openpyxl.load_workbook(
        io.BytesIO(build_form(campaign, campaign.unit(unit), DEFAULT_PROFILE))
    )
    texts = [str(cell.value) for row in book["Hướng dẫn"].iter_rows() for cell in row]
    assert any(_SAID in text for text in texts) is is_said
