"""Ranking against places worked out by hand."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.cli.json_output import results_as_json
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    LeafReturn,
    Place,
    Returns,
    Source,
    Stage,
    UnitReturn,
)
from cchc_office.papers.report import build_report
from cchc_office.papers.upward_report import place_values
from cchc_office.results.consolidation import consolidate
from cchc_office.results.ranking import Ranking, rank_units, why_ranked_so
from cchc_office.steps.brought_back import Made
from cchc_office.text.vietnamese import format_decimal

from . import days
from .sheets import CRITERIA, SETTINGS, add_sheet, campaign_file, grid, leaf_by_code

D = Decimal
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
UNITS = """
Mã | Tên đơn vị | Tên gọi khác | Nhóm     | Thủ trưởng | Email
A  | Sở A       |              | các sở   |            | a@a.example
B  | Sở B       |              | các sở   |            | b@a.example
C  | Sở C       |              | các sở   |            | c@a.example
D  | Sở D       |              | các sở   |            | d@a.example
E  | Sở E       |              | các sở   |            | e@a.example
"""
EVERYBODY = """
STT | Tiêu chí      | Điểm tối đa | Đơn vị thực hiện | Ghi chú | Loại điểm | Cách tổng hợp
1   | Lĩnh vực một  |             |                  |         |
1.1 | Một           | 10          | Các sở           |         |
1.2 | Hai           | 6           | Các sở           |         |
2   | Lĩnh vực hai  |             |                  |         |
2.1 | Ba            | 4           | Các sở           |         |
2.2 | Ý kiến        | 5           | Các sở           | ĐTXHH   |
3   | Thưởng        | 2           | Các sở           |         | Thưởng | Trung bình
3.1 | Sáng kiến     | 2           | Các sở           |         |
3.2 | Giải thưởng   | 2           | Các sở           |         |
4   | Phạt          | 1           | Các sở           |         | Phạt | Trung bình
4.1 | Nộp chậm      | 1           | Các sở           |         |
"""


def campaign_of(
    folder: Path, *, survey: str = "", criteria: str = EVERYBODY, **settings: str
) -> Campaign:
    labels = {"wish": "Xếp hạng", "stage": "Xếp hạng theo"}
    labels |= {"ties": "Khi bằng điểm", "classes": "Xếp loại"}
    lines = [f"{labels[key]} | {value}" for key, value in settings.items()]
    text = "\n".join([SETTINGS.strip(), *lines])
    path = campaign_file(folder, settings=text, units=UNITS, criteria=criteria)
    if survey:
        add_sheet(path, "Kết quả ĐTXHH", survey)
    campaign = load_campaign(path)
    assert campaign.findings == ()
    return campaign


def _answer(text: str) -> tuple[Answer, Decimal | None]:
    if text in ("", "kad"):
        return (Answer.NOT_APPLICABLE if text else Answer.BLANK), None
    return Answer.SCORED, D(text.replace(",", "."))


def returns_of(campaign: Campaign, table: str, *rounds: str) -> Returns:
    """Return what a table of scores says, a column for each code; later ones are appraisals."""
    head, *lines = grid(table)
    returns = []
    for unit, *scores in lines:
        leaves = []
        for code, text in zip(head[1:], scores, strict=True):
            answer, score = _answer(text)
            source = Source(f"{unit}.xlsx", "Phiếu chấm", "F8")
            leaf = leaf_by_code(campaign, code)
            leaves.append(LeafReturn(leaf, unit, answer, source, score, text))
        returns.append(UnitReturn(unit, f"{unit}.xlsx", tuple(leaves)))
    appraisals = tuple(_appraisal(campaign, n, text) for n, text in enumerate(rounds, start=1))
    return Returns(tuple(returns), appraisals=appraisals)


def _appraisal(campaign: Campaign, number: int, table: str) -> AppraisalReturn:
    head, *lines = grid(table)
    leaves = []
    for unit, *scores in lines:
        for code, text in zip(head[1:], scores, strict=True):
            answer, score = _answer(text)
            source = Source("tham-dinh.xlsx", "Thẩm định", "H9")
            leaf = leaf_by_code(campaign, code)
            leaves.append(AppraisedLeaf(leaf, unit, number, answer, source, score, text))
    return AppraisalReturn(number, "tham-dinh.xlsx", tuple(leaves))


def together(campaign: Campaign, table: str, *rounds: str) -> Consolidation:
    returns = returns_of(campaign, table, *rounds)
    return consolidate(campaign, returns, as_of=days.AFTER_DEADLINE)


def shown(places: tuple[Place, ...]) -> list[tuple[str, int | None, str]]:
    return [(p.unit.code, p.place, format_decimal(p.score)) for p in places]


TIES = """
  | 1.1 | 1.2 | 2.1
A | 5   | 3   | 1
B | 9   | 3   | 1
C | 8   | 3   | 2
D | 10  | 6   | 4
"""


@pytest.mark.parametrize(
    ("ties", "places"),
    [("", (1, 2, 2, 3)), ("1, 2, 2, 3", (1, 2, 2, 3)), ("1,2,2,4", (1, 2, 2, 4))],
)
def test_ties(tmp_path: Path, ties: str, places: tuple[int, ...]) -> None:
    data = together(campaign_of(tmp_path, ties=ties), TIES)
    first, second, third, fourth = places
    assert shown(rank_units(data)) == [
        ("D", first, "20"),
        ("B", second, "13"),
        ("C", third, "13"),
        ("A", fourth, "9"),
        ("E", None, "0"),
    ]


def test_by_field_and_by_criterion(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path)
    data = together(campaign, TIES)
    two = next(c for c in campaign.criteria if c.code == "2")
    one_two = next(c for c in campaign.criteria if c.code == "1.2")
    by_field = [("D", 1, "4"), ("C", 2, "2"), ("A", 3, "1"), ("B", 3, "1"), ("E", None, "0")]
    by_leaf = [("D", 1, "6"), ("A", 2, "3"), ("B", 2, "3"), ("C", 2, "3"), ("E", None, "0")]
    assert shown(rank_units(data, criterion=two)) == by_field
    assert shown(rank_units(data, criterion=one_two)) == by_leaf
    ranking = Ranking(data, None, (two, one_two))
    assert shown(ranking.places(two)) == by_field
    assert shown(ranking.places(one_two)) == by_leaf
    assert ranking.places() == rank_units(data)


def test_units_are_ranked_by_rate_where_not_all_applies_to_all(tmp_path: Path) -> None:
    table = """
      | 1.1 | 1.2 | 2.1
    A | 9   | 5   | 2
    B | 9   | kad | 3
    C | kad | kad | kad
    """
    data = together(campaign_of(tmp_path), table)
    places = rank_units(data)
    # 12 of 14 is more than 16 of 20
    assert [(p.unit.code, p.place, p.score, p.maximum) for p in places[:2]] == [
        ("B", 1, D(12), D(14)),
        ("A", 2, D(16), D(20)),
    ]
    assert [p.place for p in places[2:]] == [None, None, None]
    assert places[0].rate == D(12) / 14


ABOVE = """
  | 1.1 | 1.2 | 2.1
A | 9   | 5   | 2
B | 9   | kad | 3
"""


@pytest.mark.parametrize(
    ("wish", "best", "words"),
    [
        ("có", "B", "tỷ lệ điểm đạt trên điểm tối đa áp dụng: tối đa áp dụng của các đơn vị không"),
        ("theo tỷ lệ", "B", "tỷ lệ điểm đạt trên điểm tối đa áp dụng: mục Xếp hạng ở trang"),
        ("Theo điểm", "A", "điểm đạt: mục Xếp hạng ở trang Thông tin ghi “theo điểm”. Hạng và tỷ"),
    ],
)
def test_the_campaign_says_whether_by_score_or_by_rate(
    tmp_path: Path, wish: str, best: str, words: str
) -> None:
    """The page told of points alone, where the units were ranked by rate."""
    data = together(campaign_of(tmp_path, wish=wish), ABOVE)
    places = rank_units(data)
    assert places[0].unit.code == best
    told = why_ranked_so(data, places)
    assert told.startswith(f"Xếp theo {words}")
    assert ("ngược nhau: Sở B có tỷ lệ cao hơn" in told) is (wish == "Theo điểm")
    report = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    remark = str(report["Xếp hạng"]["A2"].value)
    assert told in remark


def test_68_32_of_84_is_81_33_percent(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện | Cách chấm
    1   | Lĩnh vực |             |                  |
    1.1 | Một      | 84          | Các sở           |
    1.2 | Hai      | 16          | Các sở           | Không áp dụng
    """
    data = together(campaign_of(tmp_path, criteria=criteria), "  | 1.1\nA | 68,32")
    first = rank_units(data)[0]
    assert (first.score, first.maximum) == (D("68.32"), D(84))
    assert first.rate is not None
    assert format_decimal(first.rate * 100) == "81,33"
    assert data.total.max_score == 100


def test_rates_that_look_the_same_do_not_share_a_place(tmp_path: Path) -> None:
    table = """
      | 1.1    | 1.2 | 2.1
    A | 8,0001 | 3   | 1
    B | 8      | 3   | 1
    """
    places = rank_units(together(campaign_of(tmp_path), table))
    assert [(p.unit.code, p.place) for p in places[:2]] == [("A", 1), ("B", 2)]


def test_thirds_add_up_to_a_whole(tmp_path: Path) -> None:
    criteria = """
    STT | Tiêu chí | Điểm tối đa | Đơn vị thực hiện
    1   | Lĩnh vực |             |
    1.1 | Một      | 1           | Các sở
    1.2 | Hai      | 1           | Các sở
    1.3 | Ba       | 1           | Các sở
    """
    third = str(D(1) / 3)
    table = f" | 1.1 | 1.2 | 1.3\nA | 1 | 0 | 0\nB | {third} | {third} | {third}"
    campaign = campaign_of(tmp_path, criteria=criteria, classes="≥33,3%: Đạt; còn lại: Chưa")
    places = rank_units(together(campaign, table))
    assert [(p.unit.code, p.place) for p in places[:2]] == [("A", 1), ("B", 1)]


def test_bonus_within_its_cap_and_penalty(tmp_path: Path) -> None:
    table = """
      | 1.1 | 1.2 | 2.1 | 3.1 | 3.2 | 4.1
    A | 10  | 4   | 3   | 2   | 1,5 | 0
    B | 10  | 4   | 3   | 1   | 0,5 | 1
    C | 10  | 4   | 3   | 0   | 0   | 0
    """
    data = together(campaign_of(tmp_path), table)
    # A: 17 + 2 (not 3,5); B: 17 + 1,5 - 1; all of 20
    assert shown(rank_units(data))[:3] == [("A", 1, "19"), ("B", 2, "17,5"), ("C", 3, "17")]
    assert {p.maximum for p in rank_units(data)[:3]} == {D(20)}
    bonus = next(c for c in data.campaign.criteria if c.code == "3")
    assert shown(rank_units(data, criterion=bonus))[:3] == [
        ("A", 1, "2"),
        ("B", 2, "1,5"),
        ("C", 3, "0"),
    ]


SURVEY = """
STT | Đơn vị | Điểm
2.2 | A      | 1
2.2 | B      | 5
2.2 | E      | 4
"""
ROUND_1 = """
  | 1.1 | 1.2 | 2.1
A |     | 1   |
C |     |     | 0
"""
ROUND_2 = """
  | 1.1 | 1.2 | 2.1
A |     | 5   |
"""


def test_stages_and_surveys(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, survey=SURVEY)
    data = together(campaign, TIES, ROUND_1, ROUND_2)
    assert shown(rank_units(data, Stage.SELF))[-2:] == [("A", 3, "9"), ("E", None, "0")]
    assert shown(rank_units(data, Stage.ROUND_1)) == [
        ("D", 1, "20"),
        ("B", 2, "13"),
        ("C", 3, "11"),
        ("A", 4, "7"),
        ("E", None, "0"),
    ]
    assert {p.unit.code: p.score for p in rank_units(data, Stage.ROUND_2)}["A"] == 11
    # In the end with the surveys: A 12 of 25, B 18 of 25, C 11 and D 20 of 20, for want of theirs.
    final = rank_units(data)
    assert [(p.unit.code, p.place, p.score, p.maximum) for p in final[:4]] == [
        ("D", 1, D(20), D(20)),
        ("B", 2, D(18), D(25)),
        ("C", 3, D(11), D(20)),
        ("A", 4, D(12), D(25)),
    ]
    survey = next(c for c in campaign.criteria if c.code == "2.2")
    assert shown(rank_units(data, criterion=survey))[:3] == [
        ("B", 1, "5"),
        ("E", 2, "4"),
        ("A", 3, "1"),
    ]


def test_what_a_round_finds_not_to_apply_leaves_its_denominator_and_no_earlier_one(
    tmp_path: Path,
) -> None:
    campaign = campaign_of(tmp_path)
    data = together(
        campaign,
        "  | 1.1 | 1.2 | 2.1\nA | 5 | 3 | kad",
        "  | 1.1 | 1.2 | 2.1\nA |   | kad | 1",
        "  | 1.1 | 1.2 | 2.1\nA | kad |  |",
    )
    stages = (Stage.SELF, Stage.ROUND_1, Stage.ROUND_2, Stage.FINAL)
    places = [rank_units(data, stage)[0] for stage in stages]
    # A: 5 + 3 of 10 + 6; then 5 + 1 of 10 + 4 (1.2 out, 2.1 in); then 1 of 4 (1.1 out as well).
    assert [(p.unit.code, p.score, p.maximum) for p in places] == [
        ("A", D(8), D(16)),
        ("A", D(6), D(14)),
        ("A", D(1), D(4)),
        ("A", D(1), D(4)),
    ]


def test_a_round_that_was_not_made_ranks_by_the_last_that_was(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, stage="Điểm thẩm định lần 2", wish="có")
    for rounds, stage, words in (
        ((), Stage.SELF, "điểm tự chấm"),
        ((ROUND_1,), Stage.ROUND_1, "điểm thẩm định lần 1"),
    ):
        data = together(campaign, TIES, *rounds)
        assert rank_units(data) == rank_units(data, stage)
        assert (data.ranked_by.words, data.ranked_by.missing) == (
            words,
            "chưa có thẩm định lần 2",
        )
        [note] = [f for f in data.findings if f.code is Code.RANKED_BY_EARLIER_SCORES]
        assert f"được xếp hạng theo {words}." in note.sentence
        book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
        remark = book["Xếp hạng"]["A2"].value
        assert f"Xếp theo {words} (chưa có thẩm định lần 2)." in remark
        told = place_values(data, rank_units(data))["xep_hang_theo"]
        assert told == f"{words} (chưa có thẩm định lần 2)"
        places = results_as_json(Made(campaign=campaign, results=data))["xep_hang"]
        assert (places["theo"], places["con_thieu"]) == (words, "chưa có thẩm định lần 2")
        assert places["don_vi"][0] == {
            "ma": "D", "hang": 1, "diem": "20", "toi_da_ap_dung": "20", "xep_loai": "",
        }  # fmt: skip
    made = together(campaign, TIES, ROUND_1, ROUND_2)
    assert (made.ranked_by.words, made.ranked_by.missing) == ("điểm thẩm định lần 2", "")
    assert Code.RANKED_BY_EARLIER_SCORES not in {f.code for f in made.findings}


def test_a_unit_to_which_nothing_of_a_row_applies_has_no_place_there(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, wish="có")
    two = next(c for c in campaign.criteria if c.code == "2")
    alone = together(campaign, "  | 1.1 | 2.1\nA | 5 | kad")
    assert {p.place for p in rank_units(alone, criterion=two)} == {None}
    assert rank_units(alone)[0].place == 1
    beside = together(campaign, "  | 1.1 | 2.1\nA | 5 | kad\nB | 5 | 0")
    assert [(p.unit.code, p.place) for p in rank_units(beside, criterion=two)][:2] == [
        ("B", 1),
        ("A", None),
    ]


def test_the_campaign_says_by_which_stage(tmp_path: Path) -> None:
    campaign = campaign_of(tmp_path, stage="Điểm tự chấm")
    data = together(campaign, TIES, ROUND_1)
    assert rank_units(data) == rank_units(data, Stage.SELF) != rank_units(data, Stage.ROUND_1)


def test_classes_begin_at_their_limits(tmp_path: Path) -> None:
    classes = "≥90%: Xuất sắc; ≥80%: Tốt; còn lại: Trung bình"
    table = """
      | 1.1  | 1.2 | 2.1
    A | 8    | 6   | 4
    B | 7,99 | 6   | 4
    C | 6    | 6   | 4
    D | 5,99 | 6   | 4
    """
    places = rank_units(together(campaign_of(tmp_path, classes=classes), table))
    assert [(p.unit.code, p.class_name) for p in places] == [
        ("A", "Xuất sắc"),
        ("B", "Tốt"),
        ("C", "Tốt"),
        ("D", "Trung bình"),
        ("E", ""),
    ]


def test_classes_by_points_are_points_whatever_applies(tmp_path: Path) -> None:
    classes = "≥18 điểm: Xuất sắc; ≥16 điểm: Tốt; còn lại: Trung bình"
    table = """
      | 1.1  | 1.2 | 2.1
    A | 8    | 6   | 4
    B | 7,99 | 6   | 4
    C | 9    | 6   | kad
    """
    data = together(campaign_of(tmp_path, classes=classes), table)
    assert {p.unit.code: p.class_name for p in rank_units(data)} == {
        "A": "Xuất sắc",
        "B": "Tốt",
        "C": "Trung bình",
        "D": "",
        "E": "",
    }
    values = place_values(data, rank_units(data))
    shown = {p.ma: (p.diem, p.ty_le, p.xep_loai) for p in values["xep_hang"]}
    assert shown["B"] == ("17,99", "89,95%", "Tốt")


def test_a_blank_form_has_no_place_and_a_zero_has_one(tmp_path: Path) -> None:
    table = " | 1.1 | 1.2 | 2.1\nA | | | \nB | 0 | | "
    places = rank_units(together(campaign_of(tmp_path), table))
    assert [(p.unit.code, p.place) for p in places[:2]] == [("B", 1), ("A", None)]


def test_units_are_ranked_where_all_score_the_same_or_the_campaign_wants_it(
    tmp_path: Path,
) -> None:
    same = campaign_of(tmp_path / "a")
    assert together(same, TIES).campaign.ranks_units
    assert not together(campaign_of(tmp_path / "b", wish="không"), TIES).campaign.ranks_units
    text = " | 1.1.1\nVP | 1"
    differ = load_campaign(campaign_file(tmp_path / "c", criteria=CRITERIA))
    assert not together(differ, text).campaign.ranks_units
    wanted = SETTINGS.strip() + "\nXếp hạng | có"
    asked = load_campaign(campaign_file(tmp_path / "d", settings=wanted))
    assert together(asked, text).campaign.ranks_units


def test_what_does_not_apply_since_the_first_round_leaves_the_denominator_of_that_round(
    tmp_path: Path,
) -> None:
    campaign = campaign_of(tmp_path, stage="thẩm định lần 1")
    scores = " | 1.1 | 1.2 | 2.1\nA | 5 | 3 | 1\nB | 9 | 3 | 2"
    data = together(campaign, scores, " | 2.1\nA | kad", " | 1.2\nB | kad")
    a, b = (unit.total for unit in data.units[:2])
    assert [a.max_at(stage) for stage in (Stage.SELF, Stage.ROUND_1, Stage.FINAL)] == [20, 16, 16]
    assert [b.max_at(stage) for stage in (Stage.SELF, Stage.ROUND_1, Stage.FINAL)] == [20, 20, 14]
    places = rank_units(data, Stage.ROUND_1)
    assert [(p.unit.code, p.score, p.rate) for p in places[:2]] == [
        ("B", D(14), D("0.7")),
        ("A", D(8), D("0.5")),
    ]


@pytest.mark.parametrize(("units", "is_named"), [(10, False), (11, True)])
def test_many_units_without_a_place_are_named_below_instead_of_filling_pages(
    tmp_path: Path, units: int, is_named: bool
) -> None:
    lines = ["Mã | Tên đơn vị | Nhóm", "A | Phòng A | Các sở", "B | Phòng B | Các sở"]
    lines += [f"N{n} | Phòng N{n} | Các sở" for n in range(units)]
    settings = SETTINGS.strip() + "\nXếp hạng | có"
    path = campaign_file(
        tmp_path / "dot", settings=settings, units="\n".join(lines), criteria=EVERYBODY
    )
    data = together(load_campaign(path), "Mã | 1.1 | 1.2 | 2.1\nA | 1 | 1 | 1\nB | 2 | 1 | 1")
    book = openpyxl.load_workbook(io.BytesIO(build_report(data, DEFAULT_PROFILE)))
    for name, place in (("Xếp hạng", 0), ("Hạng theo tiêu chí", 2)):
        rows = list(book[name].iter_rows(values_only=True))
        assert sum(row[place] == "–" for row in rows) == (0 if is_named else units)
        told = "\n".join(str(row[0]) for row in rows)
        assert (f"Chưa có điểm, chưa xếp hạng: {units} đơn vị" in told) == is_named
        assert all((f"Phòng N{n} (N{n})" in told) == is_named for n in range(units))
