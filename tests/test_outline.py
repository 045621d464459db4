"""The tree that codes tell in sequence: any depth, any numbering."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.campaign.outline import OutlineDoubt, OutlinePlace, OutlineRow, outline
from cchc_office.text.vietnamese import roman

LETTERS = "abcdđeghiklmnopqrstuvxy"
NUMBERINGS = {
    "dotted": ("1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1"),
    "roman": ("I", "1", "1.1", "a)", "-"),
    "letters": ("A", "I", "1", "-", "+"),
    "prefixed": ("a", "a1", "a1.1", "a1.1.1", "a1.1.1.1"),
    "roman and dotted": ("I.", "1.", "1.1.", "1.1.1.", "a)"),
    "field in the code": ("1", "1.1", "a)", "-", "+"),
    "words": ("Mục 1", "TC1.1", "TC1.1.1", "a)", "*"),
    "roman under roman": ("I", "I.1", "I.1.1", "a.", "-"),
    "small roman": ("A", "1", "a)", "i)", "-"),
    "letters first": ("A.", "A.1", "A.1.1", "a)", "-"),
}

Tree = list["Tree"]


def trees(depth: int) -> st.SearchStrategy[Tree]:
    if depth == 1:
        return st.just([])
    return st.lists(trees(depth - 1), max_size=4)


def written(style: str, path: tuple[int, ...]) -> str:
    """Return the code of a row in one style; `path` has its places from the field down."""
    last = path[-1]
    if style in ("-", "+", "*"):
        return style
    if style[0] in "ai" and style[1:] in (")", "."):
        of = LETTERS[last - 1] if style[0] == "a" else roman(last).lower()
        return f"{of}{style[1:]}"
    words = style.rstrip(".")
    end = style[len(words) :]
    if words in ("A", "I", "1", "a"):
        return counted(words, last) + end
    head, _, rest = words.partition(".")
    word = head.rstrip("1aAI")
    first = head[len(word) :]
    levels = ([*first] if first else []) + rest.split(".")
    own = path[-len([x for x in levels if x]) :]
    parts = [counted(kind, number) for kind, number in zip(filter(None, levels), own, strict=True)]
    if first in ("a1", "A1"):
        return word + parts[0] + ".".join(parts[1:]) + end
    return word + ".".join(parts) + end


def counted(kind: str, number: int) -> str:
    return {
        "A": LETTERS[number - 1].upper(),
        "I": roman(number),
        "1": str(number),
        "a": LETTERS[number - 1],
    }[kind]


def rows_of(tree: Tree, styles: tuple[str, ...]) -> tuple[list[OutlineRow], list[OutlinePlace]]:
    rows: list[OutlineRow] = []
    places: list[OutlinePlace] = []

    def put(below: Tree, path: tuple[int, ...], parent: int | None) -> None:
        for number, child in zip(count(1), below, strict=False):
            own = (*path, number)
            rows.append(OutlineRow(written(styles[len(path)], own), "Tên dòng"))
            places.append(OutlinePlace(len(own), parent))
            put(child, own, len(rows) - 1)

    put(tree, (), None)
    return rows, places


@pytest.mark.parametrize("name", NUMBERINGS)
@given(tree=st.lists(trees(5), min_size=1, max_size=6))
def test_a_tree_written_in_any_numbering_comes_back(name: str, tree: Tree) -> None:
    rows, places = rows_of(tree, NUMBERINGS[name])
    found = [OutlinePlace(place.level, place.parent) for place in outline(rows)]
    assert found == places, [row.code for row in rows]


def shown(codes: str) -> str:
    """Return codes, each behind the number of its level; what is doubtful with "?"."""
    rows = [OutlineRow(code.replace("_", " "), "Tên dòng") for code in codes.split()]
    places = zip(rows, outline(rows), strict=True)
    return " ".join(f"{p.level}{'?' if p.doubt else ''}:{row.code}" for row, p in places)


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        ("I 1 1.1 a) đ)", "1:I 2:1 3:1.1 4:a) 4?:đ)"),
        ("I 1.1 1.2 II 2.1", "1:I 2:1.1 2:1.2 1:II 2:2.1"),
        ("I 1.1 1 2 1.2 1", "1:I 2:1.1 3:1 3:2 2:1.2 3:1"),
        ("I 1 2 II 3 4", "1:I 2:1 2:2 1:II 2:3 2:4"),
        ("A B C D Đ E", "1:A 1:B 1:C 1:D 1:Đ 1:E"),
        ("A I II B I C", "1:A 2:I 2:II 1:B 2:I 1:C"),
        ("H I K", "1:H 1:I 1:K"),
        ("IV V VI", "1:IV 1:V 1:VI"),
        ("a) b) i) ii)", "1:a) 1:b) 2:i) 2:ii)"),
        ("1 1.1 2 2.1 1.2 3", "1:1 2:1.1 1:2 2:2.1 2:1.2 1:3"),
        ("1 1) 2) 2 1)", "1:1 2:1) 2:2) 1:2 2:1)"),
        ("1 1.1 1.10 1.11", "1:1 2:1.1 2:1.10 2:1.11"),
    ],
)
def test_the_sequence_tells_what_a_code_means(codes: str, wanted: str) -> None:
    assert shown(codes) == wanted


@pytest.mark.parametrize(
    ("codes", "doubt", "other"),
    [
        ("1 1.1 1.1.1 1.3.1", OutlineDoubt.NO_HEADING, (3, 1)),
        ("1 1.1 1.1", OutlineDoubt.REPEATED, None),
        ("1 2 1", OutlineDoubt.REPEATED, (2, 1)),
        ("1 - - a)", OutlineDoubt.ORDER, (3, 2)),
        ("I 1 a) II a)", OutlineDoubt.JUMP, None),
        ("I II IV", OutlineDoubt.GAP, None),
    ],
)
def test_a_doubtful_place_has_its_second_reading(
    codes: str, doubt: OutlineDoubt, other: tuple[int, int | None] | None
) -> None:
    place = outline([OutlineRow(code, "Tên dòng") for code in codes.split()])[-1]
    assert place.doubt is doubt
    assert (place.other and (place.other.level, place.other.parent)) == other


def test_capitals_and_bold_tell_levels_of_one_numbering_apart() -> None:
    rows = [("1", True), ("1", False), ("2", False), ("2", True), ("1", False), ("3", True)]
    places = outline([OutlineRow(code, "Tên dòng", is_bold=bold) for code, bold in rows])
    assert [place.level for place in places] == [1, 2, 2, 1, 2, 1]
    assert not any(place.doubt for place in places)


def test_rows_without_a_code_stand_where_their_look_says() -> None:
    looks = [("LĨNH VỰC THỨ NHẤT", True), ("Tiêu chí", True), ("Dòng", False), ("Dòng", False)]
    places = outline([OutlineRow("", name, is_bold=bold) for name, bold in looks * 2])
    assert [place.level for place in places] == [1, 2, 3, 3] * 2
    assert not any(place.doubt for place in places)


def test_a_level_that_is_given_settles_the_place() -> None:
    rows = [("1", None), ("-", None), ("a)", 2), ("b)", None), ("", 3), ("x", 1)]
    places = outline([OutlineRow(code, "Tên dòng", level) for code, level in rows])
    assert [place.level for place in places] == [1, 2, 2, 2, 3, 1]
    assert not any(place.doubt for place in places)


def test_a_short_name_does_not_put_the_next_field_under_the_last_criterion() -> None:
    """Seven letters are too few to tell capitals by, so its look differs from the other fields'."""
    codes = ("1", "1.1", "1.1.1", "1.2", "2", "2.1")
    names = ("CHỈ ĐẠO, ĐIỀU HÀNH", "Kế hoạch", "Ban hành", "Báo cáo", "THỂ CHẾ", "Rà soát")
    places = outline([OutlineRow(code, name) for code, name in zip(codes, names, strict=True)])
    assert [place.level for place in places] == [1, 2, 3, 2, 1, 2]


@pytest.mark.parametrize(
    ("codes", "levels"),
    [
        # A field that has no row of its own, its parts beside the other fields.
        ("I 1 2 II 1 IV.A 1 2 IV.B 1 V 1", [1, 2, 2, 1, 2, 1, 2, 2, 1, 2, 1, 2]),
        # A capital among small letters.
        ("1 a a1 b. b1 C C1 d. d1 2", [1, 2, 3, 2, 3, 2, 3, 2, 3, 1]),
        # Headings with a point over rows that are counted through without one.
        (
            "I. 1. 1 2 6 6a 6b 7 2. 2.a) 8 9 2.b) 10 10a II. 1. 11",
            [1, 2, 3, 3, 3, 4, 4, 3, 2, 3, 4, 4, 3, 4, 5, 1, 2, 3],
        ),
        ("1 a) đ) e) ê) g) h) 2 a)", [1, 2, 2, 2, 2, 2, 2, 1, 2]),
        # Fewer numbers are never under more of the same field.
        ("I 3.1.1 3.1.2 3.2 II", [1, 2, 2, 2, 1]),
    ],
)
def test_numberings_that_offices_mix(codes: str, levels: list[int]) -> None:
    rows = [OutlineRow(code, f"Việc {code}") for code in codes.split()]
    assert [place.level for place in outline(rows)] == levels


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        ("A.I.1 A.I.2 B.I.1 B.I.2", "1:A.I.1 1:A.I.2 1?:B.I.1 1:B.I.2"),
        ("A.I.1.a A.I.1.b A.I.2.a A.I.2.b", "1:A.I.1.a 1:A.I.1.b 1?:A.I.2.a 1:A.I.2.b"),
    ],
)
def test_a_count_under_a_heading_that_has_no_row_is_beside_the_one_before(
    codes: str, wanted: str
) -> None:
    """Lists of what is scored alone: the last of one heading has not those of the next below it."""
    assert shown(codes) == wanted


def test_a_later_letter_in_capitals_begins_a_part_of_its_own() -> None:
    rows = [
        OutlineRow("I", "Phẩm chất chính trị"),
        OutlineRow("1", "Chấp hành kỷ luật"),
        OutlineRow("B.", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ"),
        OutlineRow("I", "Nhiệm vụ trực tiếp"),
        OutlineRow("1", "Tỷ lệ hoàn thành"),
    ]
    places = outline(rows)
    assert [place.level for place in places] == [1, 2, 1, 2, 3]
    assert places[2].doubt is OutlineDoubt.GAP


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        ("I 1 _ 2 _ _ 3 II 1", "1:I 2:1 2?:_ 2:2 2?:_ 2:_ 2:3 1:II 2:1"),
        ("A I 1 _ 2 II 1 _ 2", "1:A 2:I 3:1 3?:_ 3:2 2:II 3:1 3?:_ 3:2"),
        ("Mục_1 1.1 _ 1.2 Mục_2 2.1", "1:Mục 1 2:1.1 2?:_ 2:1.2 1:Mục 2 2:2.1"),
        ("I 1 2 _ 1 2 II", "1:I 2:1 2:2 2?:_ 3:1 3:2 1:II"),  # a count of its own
    ],
)
def test_a_count_goes_on_behind_a_row_without_a_code(codes: str, wanted: str) -> None:
    """Real sets put remarks and conditions without a code between their criteria."""
    rows = [OutlineRow(code.strip("_").replace("_", " "), "Tên dòng") for code in codes.split()]
    places = zip(rows, outline(rows), strict=True)
    found = " ".join(f"{p.level}{'?' if p.doubt else ''}:{row.code or '_'}" for row, p in places)
    assert found == wanted


def test_a_heading_without_a_code_has_what_is_counted_on_below_it() -> None:
    rows = [
        OutlineRow("I", "Lĩnh vực"),
        OutlineRow("1", "Việc"),
        OutlineRow("", "Nhóm", None, True),
    ]
    places = outline([*rows, OutlineRow("2", "Việc")])
    assert places[3].parent == 2


def test_a_name_that_begins_with_a_bullet_is_under_the_row_above() -> None:
    """Where the column of codes is left blank for the items of a list, as most real sets do."""
    rows = [
        *[("Tiêu chí 1", "Học tập"), ("1.1", "Kết quả"), ("", "+ Loại giỏi"), ("", "+ Loại khá")],
        *[("", "- Học lại"), ("1.2", "Kỳ thi"), ("", "- Bị trừ:"), ("", "+ Khiển trách")],
        *[("", "+ Cảnh cáo"), ("1.3", "Vượt khó"), ("", "-1 điểm nếu vắng")],
    ]
    places = outline([OutlineRow(code, name) for code, name in rows])
    assert [place.level for place in places] == [1, 2, 3, 3, 3, 2, 3, 4, 4, 2, 2]
    # A dash behind "+" may as well be under it; a number is no item of a list.
    assert [index for index, place in enumerate(places) if place.doubt] == [4, 10]
    assert places[4].other == OutlinePlace(4, 3)


CODES = ["I", "II", "V", "A", "Đ", "a)", "i)", "1", "2", "1.1", "1.2", "2.1", "-", "+", "a1", "1)"]


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(CODES) | st.text(max_size=6),
            st.none() | st.integers(1, 6),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_whatever_stands_in_the_column_of_codes_there_is_a_tree(
    rows: list[tuple[str, int | None, bool]],
) -> None:
    places = outline([OutlineRow(code, "Tên dòng", level, bold) for code, level, bold in rows])
    assert len(places) == len(rows)
    for index, place in enumerate(places):
        above = None if place.parent is None else places[place.parent]
        assert place.level == (1 if above is None else above.level + 1)
        assert place.parent is None or place.parent < index
