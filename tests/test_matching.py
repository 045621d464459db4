"""Matching the rows of two criteria sets."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_office.campaign.matches import Ground, Matching, SetRow
from cchc_office.campaign.matching import match_rows
from cchc_office.text.abbreviations import abbreviations, expanded

from .sheets import grid


def rows(text: str) -> list[SetRow]:
    """Return rows of "code | name", each dot of a code a level deeper."""
    found: list[SetRow] = []
    places: dict[str, int] = {}
    for code, name in grid(text):
        above = places.get(code.rpartition(".")[0]) if code else (len(found) - 1 if found else None)
        found.append(SetRow(code, name, above))
        places[code] = len(found) - 1
    return found


def matched(old: str, new: str) -> Matching:
    return match_rows(rows(old), rows(new))


def shown(matching: Matching) -> list[str]:
    """Return each new row's code, its old one's, why, and "?" where that is a doubt."""
    told = []
    for place, row in enumerate(matching.new):
        own = matching.of_new(place)
        then = "+".join(matching.old[match.old].code or "–" for match in own)
        why = "/".join(dict.fromkeys(match.why for match in own))
        doubt = "" if all(match.is_sure for match in own) else "?"
        told.append(f"{row.code or '–'}: {then or 'mới'}{doubt} {why}".strip())
    return told


OLD = """
1     | Công tác chỉ đạo điều hành CCHC
1.1   | Kế hoạch CCHC năm 2024
1.1.1 | Ban hành kế hoạch kịp thời
1.1.2 | Mức độ hoàn thành kế hoạch
1.2   | Tuyên truyền CCHC
2     | Cải cách thể chế
2.1   | Xây dựng VBQPPL
2.2   | Theo dõi thi hành pháp luật
"""


def test_rows_of_a_heading_that_moved_whole_are_sure_in_every_run() -> None:
    """They were where the heading happened to be matched before them: sets have no order."""
    topics = "Kế hoạch; Báo cáo; Kiểm tra; Tập huấn; Sáng kiến; Đối thoại; Rà soát; Thi đua"
    fields = "1 | Chỉ đạo điều hành của cơ quan", "2 | Cải cách thể chế của cơ quan"

    def with_topics_under(field: int, first: int) -> str:
        lines = list(fields)
        for number, topic in enumerate(topics.split("; "), start=first):
            lines += (
                f"{field}.{number} | Công tác {topic} trong toàn cơ quan, đơn vị",
                f"{field}.{number}.1 | {topic} năm",
            )
        return "\n".join(lines)

    moved = matched(with_topics_under(1, 1), with_topics_under(2, 11))
    assert len(moved.matches) == len(moved.new)
    assert all(match.is_sure for match in moved.matches)


def test_codes_that_moved_on_make_no_row_new() -> None:
    new = """
    1     | Chuyển đổi số
    2     | Công tác chỉ đạo điều hành CCHC
    2.1   | Kế hoạch CCHC năm 2024
    2.1.1 | Ban hành kế hoạch kịp thời
    2.1.2 | Mức độ hoàn thành kế hoạch
    2.2   | Tuyên truyền CCHC
    3     | Cải cách thể chế
    3.1   | Xây dựng VBQPPL
    3.2   | Theo dõi thi hành pháp luật
    """
    assert shown(matched(OLD, new)) == [
        "1: mới",
        "2: 1 cùng tên, cùng mục",
        "2.1: 1.1 cùng tên, cùng mục",
        "2.1.1: 1.1.1 cùng tên, cùng mục",
        "2.1.2: 1.1.2 cùng tên, cùng mục",
        "2.2: 1.2 cùng tên, cùng mục",
        "3: 2 cùng tên, cùng mục",
        "3.1: 2.1 cùng tên, cùng mục",
        "3.2: 2.2 cùng tên, cùng mục",
    ]


def test_short_forms_and_years_are_no_other_name() -> None:
    new = """
    1     | Công tác chỉ đạo điều hành cải cách hành chính
    1.1   | Kế hoạch cải cách hành chính năm 2025
    1.1.1 | Ban hành kế hoạch kịp thời
    1.1.2 | Mức độ hoàn thành kế hoạch
    1.2   | Tuyên truyền CCHC
    2     | CẢI CÁCH THỂ CHẾ
    2.1   | Xây dựng văn bản quy phạm pháp luật (VBQPPL)
    2.2   | Theo dõi thi hành pháp luật
    """
    told = shown(matched(OLD, new))
    assert told[0] == "1: 1 cùng mã và tên khi viết đủ chữ viết tắt"
    assert told[1] == "1.1: 1.1 cùng mã và tên chỉ khác năm"
    assert told[5:7] == [
        "2: 2 cùng mã và tên",
        "2.1: 2.1 cùng mã và tên khi viết đủ chữ viết tắt",
    ]


def test_a_row_under_another_heading_has_moved() -> None:
    new = """
    1     | Công tác chỉ đạo điều hành CCHC
    1.1   | Kế hoạch CCHC năm 2024
    1.1.1 | Ban hành kế hoạch kịp thời
    1.1.2 | Mức độ hoàn thành kế hoạch
    1.2   | Tuyên truyền CCHC
    1.3   | Theo dõi thi hành pháp luật
    2     | Cải cách thể chế
    2.1   | Xây dựng VBQPPL
    """
    matching = matched(OLD, new)
    match = matching.pair(5)
    assert match is not None
    assert (matching.old[match.old].code, match.ground, match.is_sure) == ("2.2", Ground.NAME, True)
    assert matching.has_moved(match)
    assert sum(matching.has_moved(match) for match in matching.matches) == 1


def test_a_short_name_under_another_heading_is_a_doubt() -> None:
    matching = matched(
        "1 | Thể chế\n1.1 | Kế hoạch\n2 | Bộ máy\n2.1 | Sắp xếp các phòng",
        "1 | Thể chế\n2 | Bộ máy\n2.1 | Sắp xếp các phòng\n2.2 | Kế hoạch",
    )
    assert shown(matching)[3] == "2.2: 1.1? cùng tên"


def test_a_name_of_several_rows_is_told_by_its_heading() -> None:
    """Each field has its plan; the one under a new field is new, that under a gone one is gone."""
    old = """
    1   | Thể chế
    1.1 | Ban hành kế hoạch
    2   | Bộ máy
    2.1 | Ban hành kế hoạch
    3   | Tài chính công
    3.1 | Ban hành kế hoạch
    """
    new = """
    1   | Bộ máy
    1.1 | Ban hành kế hoạch
    2   | Thể chế
    2.1 | Ban hành kế hoạch
    3   | Công vụ
    3.1 | Ban hành kế hoạch
    """
    told = shown(matched(old, new))
    assert told[:4] == [
        "1: 2 cùng tên, cùng mục",
        "1.1: 2.1 cùng tên, cùng mục",
        "2: 1 cùng tên, cùng mục",
        "2.1: 1.1 cùng tên, cùng mục",
    ]
    assert told[5].startswith("3.1: 3.1?")


@pytest.mark.parametrize(
    ("then", "now", "is_sure"),
    [
        (
            "Tỷ lệ hồ sơ giải quyết đúng hạn",
            "Tỷ lệ hồ sơ TTHC được giải quyết đúng hạn",
            True,
        ),
        ("Thực hiện chế độ báo cáo CCHC định kỳ", "Thực hiện chế độ báo cáo CCHC định kì", True),
        ("Tỷ lệ hồ sơ giải quyết đúng hạn", "Tỷ lệ hồ sơ giải quyết trước hạn", False),
        ("Không có cán bộ bị kỷ luật", "Có cán bộ bị kỷ luật", False),
        ("Dịch vụ công mức độ 3 được cung cấp", "Dịch vụ công mức độ 4 được cung cấp", False),
        ("Gửi báo cáo kết quả công tác quý I", "Gửi báo cáo kết quả công tác quý II", False),
        ("Công bố thủ tục hành chính nội bộ", "Công bố thủ tục hành chính", False),
    ],
)
def test_near_names_in_one_place(then: str, now: str, is_sure: bool) -> None:
    above = "1 | Lĩnh vực\n1.1 | Tuyên truyền\n1.2 | "
    matching = matched(above + then, above + now)
    match = matching.pair(2)
    assert match is not None
    assert match.ground is Ground.NEAR
    assert match.is_sure is is_sure


def test_which_of_several_years_went_on_is_a_doubt() -> None:
    old = "1 | Lĩnh vực\n1.1 | Kế hoạch cải cách năm 2024\n1.2 | Kế hoạch cải cách năm 2025"
    new = old.replace("2025", "2026").replace("2024", "2025")
    assert all(match.is_sure for match in matched(old, old).matches)
    assert [match.is_sure for match in matched(old, new).matches] == [True, False, False]


def test_of_two_near_names_none_is_chosen_unsaid() -> None:
    matching = matched(
        "1 | Lĩnh vực\n1.1 | Báo cáo kết quả kiểm soát thủ tục hành chính",
        """
        1   | Lĩnh vực
        1.1 | Báo cáo quý kết quả kiểm soát thủ tục hành chính
        1.2 | Báo cáo tháng kết quả kiểm soát thủ tục hành chính
        """,
    )
    [match] = matching.of_old(1)
    assert not match.is_sure
    assert {match.new, *match.others} == {1, 2}


def test_a_heading_is_known_by_its_rows() -> None:
    matching = matched(
        OLD,
        OLD.replace("Cải cách thể chế", "Hoàn thiện hệ thống pháp luật"),
    )
    assert shown(matching)[5] == "2: 2 cùng các dòng con 100%"


def test_merged_and_split_rows_are_shown_as_such() -> None:
    apart = """
    1   | Lĩnh vực
    1.1 | Ban hành kế hoạch kiểm tra công vụ
    1.2 | Xử lý vi phạm sau thanh tra
    1.3 | Tuyên truyền
    """
    whole = """
    1   | Lĩnh vực
    1.1 | Ban hành kế hoạch kiểm tra công vụ và xử lý vi phạm sau thanh tra
    1.2 | Tuyên truyền
    """
    assert shown(matched(apart, whole))[1] == "1.1: 1.1+1.2? gộp lại"
    assert shown(matched(whole, apart))[1:3] == ["1.1: 1.1? tách ra", "1.2: 1.1? tách ra"]


def test_what_has_nothing_in_common_is_new_and_gone() -> None:
    matching = matched(
        "1 | Lĩnh vực\n1.1 | Tuyên truyền", "1 | Lĩnh vực\n1.1 | Đào tạo tin học văn phòng"
    )
    assert shown(matching) == ["1: 1 cùng mã và tên", "1.1: mới"]
    assert matching.of_old(1) == ()


def test_a_heading_and_its_only_row_of_one_name_are_told_apart() -> None:
    text = "1 | Lĩnh vực\n1.1 | Thực hiện báo cáo\n1.1.1 | Thực hiện báo cáo"
    matching = match_rows(rows(text), rows(text.replace("1.1", "1.4")))
    assert [match.old for match in matching.matches] == [0, 1, 2]


def test_short_forms_come_from_the_office_too() -> None:
    known = abbreviations(
        own=[("VNeID", "định danh điện tử")], texts=["Kết quả xử lý (KQXL) hồ sơ"]
    )
    assert expanded("Cấp VNeID", known) == ("cap", "dinh", "danh", "dien", "tu")
    assert expanded("KQXL đúng hạn", known) == ("ket", "qua", "xu", "ly", "dung", "han")
    assert expanded("cải cách hành chính (CCHC)") == ("cai", "cach", "hanh", "chinh")


# --- random sets ---

_TOPICS = "kế hoạch|báo cáo|kiểm tra|tuyên truyền|hồ sơ|thủ tục|văn bản|biên chế|dự toán|tài sản"
_DUTIES = "ban hành|thực hiện|công khai|rà soát|cập nhật|tổng kết|đánh giá|thẩm tra"
_ADDED = "Hội nghị chuyên đề riêng lần thứ"


@st.composite
def changed_sets(draw: st.DrawFn) -> tuple[list[SetRow], list[SetRow], dict[int, int]]:
    """Return a set, what became of it, and which row is which."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    old: list[SetRow] = []
    for field in range(draw(st.integers(1, 5))):
        above = len(old)
        old.append(SetRow(str(field + 1), f"Lĩnh vực {rng.choice(_TOPICS.split('|'))} {field}"))
        for number in range(rng.randint(1, 8)):
            name = (
                f"{rng.choice(_DUTIES.split('|'))} {rng.choice(_TOPICS.split('|'))} CCHC về "
                f"nội dung {len(old)} của năm 2024"
            )
            old.append(SetRow(f"{field + 1}.{number + 1}", name, above))
    new: list[SetRow] = []
    truth: dict[int, int] = {}
    fields = [place for place, row in enumerate(old) if row.parent is None]
    rng.shuffle(fields)
    heads: list[int] = []
    for field in fields:
        truth[field] = len(new)
        heads.append(len(new))
        new.append(SetRow(str(len(heads)), old[field].name))
        for place, row in enumerate(old):
            if row.parent != field or rng.random() < 0.1:
                continue
            if rng.random() < 0.1:
                new.append(SetRow(f"{len(heads)}.{len(new)}", f"{_ADDED} {len(new)}", heads[-1]))
            above = rng.choice(heads) if rng.random() < 0.1 else heads[-1]
            name = row.name.replace("CCHC", rng.choice(["CCHC", "cải cách hành chính"]))
            name = name.replace("2024", rng.choice(["2024", "2025"]))
            truth[place] = len(new)
            new.append(SetRow(f"{len(heads)}.{len(new)}", name, above))
    return old, new, truth


@settings(max_examples=60, deadline=None)
@given(changed_sets())
def test_a_set_with_random_changes_is_told_right(
    sets: tuple[list[SetRow], list[SetRow], dict[int, int]],
) -> None:
    old, new, truth = sets
    matching = match_rows(old, new)
    assert {match.old: match.new for match in matching.matches if match.is_sure} == truth
    assert all(truth.get(match.old) == match.new for match in matching.matches)
    moved = {match.new for match in matching.matches if matching.has_moved(match)}
    assert moved == {
        now
        for then, now in truth.items()
        if (above := old[then].parent) is not None and truth[above] != new[now].parent
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abc đô1 ", max_size=12), max_size=12), st.randoms())
def test_any_names_match_themselves_in_their_order(names: list[str], rng: random.Random) -> None:
    own: list[SetRow] = []
    for name in names:
        above = rng.choice([None, *range(len(own))])
        own.append(SetRow(str(len(own)), name, above))
    matching = match_rows(own, own)
    named = [place for place, row in enumerate(own) if re.search(r"\w", row.name)]
    assert [(m.old, m.new) for m in matching.matches if m.old in named] == [(p, p) for p in named]
