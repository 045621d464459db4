"""Shares above 100 %: said where the figure stands, with a way to count bonus within the scale."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_office import load_campaign, open_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Points
from cchc_office.papers.form.writer import build_form
from cchc_office.results.bonus import bonus_achieved, bonus_in_words

from .page_visits import page_of, shown
from .sheets import SETTINGS, campaign_file, fill_form
from .test_consolidation import said, together

DAY = dt.date(2024, 11, 28)
CLASSES = "Xếp loại | ≥90%: Xuất sắc; ≥70%: Tốt; còn lại: Khá |\n"
CRITERIA = """
STT | Tiêu chí                 | Điểm tối đa | Đơn vị thực hiện | Loại điểm
1   | Kế hoạch                 | 8           | Văn phòng        |
2   | Điểm thưởng              | 2           |                  | {kind}
2.1 | Sáng kiến                | 2           | Văn phòng        |
2.2 | Được khen                | 1           | Văn phòng        |
"""
SENTENCE = (
    "Trong 9,50 điểm có 2,00 điểm thưởng, được cộng thêm; tỷ lệ tính trên 8,00 điểm áp dụng không "
    "kể điểm thưởng, nên có thể quá 100%."
)


def campaign(folder: Path, kind: str = "", settings: str = "") -> Campaign:
    criteria = CRITERIA.format(kind=kind)
    return load_campaign(campaign_file(folder, settings=SETTINGS + settings, criteria=criteria))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a campaign whose only form gives more points than the scale without bonus has."""
    of = campaign(tmp_path / "dot", settings=CLASSES)
    returned = tmp_path / "dot" / "nhan-ve" / "VP.xlsx"
    returned.parent.mkdir()
    returned.write_bytes(build_form(of, of.unit("VP"), DEFAULT_PROFILE))
    scores = {"1": 7.5, "2.1": 2, "2.2": None}
    fill_form(returned, {code: {"score": score} for code, score in scores.items()})
    return tmp_path / "dot"


def test_the_sentence_counts_bonus_up_to_its_cap(tmp_path: Path) -> None:
    of = campaign(tmp_path)
    data = together(of, said(of, "VP", c1="7.5", c2_1="2", c2_2="1"))
    assert bonus_achieved(data) == 2
    assert bonus_in_words(data) == SENTENCE
    none = together(of, said(of, "VP", c1="7.5", c2_1="", c2_2=""))
    assert bonus_in_words(none) == ""


def test_an_office_counts_bonus_within_its_scale(tmp_path: Path) -> None:
    scale = "Thang điểm | 10 |\n"
    of = campaign(tmp_path / "a", settings=scale)
    (finding,) = [f for f in of.findings if f.code.slug == "diem-thuong-trong-thang-diem"]
    assert "ghi Thường ở cột Loại điểm" in finding.advice
    within = campaign(tmp_path / "b", "Thường", scale)
    assert {leaf.points for leaf in within.leaves} == {Points.NORMAL}
    data = together(within, said(within, "VP", c1="7.5", c2_1="1.5", c2_2="0"))
    assert data.total.rate is not None
    assert data.total.rate < 1
    assert bonus_in_words(data) == ""


def test_where_the_share_stands_it_is_said_what_it_is_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_campaign(folder, output=folder / "output", day=DAY)
    opened.consolidate()
    assert opened.state().steps[5].words == "9,50/8 · gồm 2,00 thưởng"
    text = shown(page_of(folder, monkeypatch, DAY).get("ket-qua"))
    assert SENTENCE in text
    count = "2/2 tiêu chí đã chấm, không kể 1 dòng thưởng, trừ để trống"
    assert count in text
    assert "dòng thưởng, dòng trừ chỉ kể khi có điền" in shown(
        page_of(folder, monkeypatch, DAY).get("nhan-phieu")
    )
    made = folder / "output" / "tong-hop"
    report = openpyxl.load_workbook(made / "tong-hop.xlsx")
    texts = {s.title: "\n".join(str(c.value) for row in s for c in row) for s in report}
    assert [name for name in ("Kết quả", "Xếp hạng") if SENTENCE not in texts[name]] == []
    assert [name for name in ("Kết quả", "Bảng điểm") if count not in texts[name]] == []
    letter = "\n".join(p.text for p in docx.Document(str(made / "bao-cao.docx")).paragraphs)
    assert f"9,50/8,00 điểm, tỷ lệ 118,75%. {SENTENCE}" in letter
    # 3 rows have points, one of them is a bonus that nobody claimed.
    assert "có 3 tiêu chí, tiêu chí thành phần có điểm" in letter
    assert (
        "2/2 tiêu chí tự chấm đã có đủ kết quả (không kể 1 tiêu chí điểm thưởng, điểm trừ để "
        "trống, tính 0 điểm)." in letter
    )


def test_classes_are_shown_where_the_office_filled_them_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units that score different rows were not ranked, so their classes were nowhere."""
    text = shown(page_of(folder, monkeypatch, DAY).get("ket-qua"))
    assert "Xuất sắc" in text
    assert "chưa có điểm" in text
    open_campaign(folder, output=folder / "output", day=DAY).consolidate()
    made = folder / "output" / "tong-hop"
    cells = [c.text for t in docx.Document(str(made / "bao-cao.docx")).tables for c in t._cells]
    assert "Xuất sắc" in cells


def test_why_there_are_no_classes_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign(tmp_path / "dot", settings=f"{CLASSES}Xếp hạng | không |\n")
    text = shown(page_of(tmp_path / "dot", monkeypatch, DAY).get("ket-qua"))
    assert "Không xếp loại: mục Xếp hạng ở trang Thông tin ghi “không”." in text
