"""The units that texts of real plans name: ministries, groups, papers that say it elsewhere."""

from __future__ import annotations

import pytest

from cchc_office.errors import UsageError
from cchc_office.importing.unit_names import gather_units, names_in


@pytest.mark.parametrize(
    ("text", "names", "groups"),
    [
        (
            "Bộ Khoa học và Công nghệ; Các bộ, ngành có liên quan",
            ["Bộ Khoa học và Công nghệ"],
            ["Các bộ, ngành có liên quan"],
        ),
        (
            "Bộ Lao động - Thương binh và Xã hội, Bộ Tài chính",
            ["Bộ Lao động - Thương binh và Xã hội", "Bộ Tài chính"],
            [],
        ),
        ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"], []),
        ("Viện KHGD, Vụ GDTH", ["Viện KHGD", "Vụ GDTH"], []),
        (
            "Sở Tư pháp; UBND các xã, phường, đặc khu",
            ["Sở Tư pháp"],
            ["UBND các xã, phường, đặc khu"],
        ),
        ("Bộ Tài chính, bộ, ngành liên quan", ["Bộ Tài chính"], ["bộ, ngành liên quan"]),
        (
            "Phòng Văn hóa; Các cơ quan, ban ngành, đoàn thể xã",
            ["Phòng Văn hóa"],
            ["Các cơ quan, ban ngành, đoàn thể xã"],
        ),
        ("Theo phân công tại Quyết định số 12/QĐ-UBND ngày 25/9/2025 của UBND tỉnh", [], []),
        (
            "Văn phòng HĐND-UBND xã, Phòng Kinh tế",
            ["Văn phòng HĐND-UBND xã", "Phòng Kinh tế"],
            [],
        ),
        ("Công an tỉnh; các đảng ủy trực thuộc", ["Công an tỉnh"], ["các đảng ủy trực thuộc"]),
        ("False", [], []),
        ("Tất cả các lớp; Đoàn trường", ["Đoàn trường"], ["Tất cả các lớp"]),
        ("Đoàn trường; các lớp", ["Đoàn trường"], ["các lớp"]),
        ("Toàn thể đơn vị", [], ["Toàn thể đơn vị"]),
        ("Mọi tổ chuyên môn thực hiện", [], ["Mọi tổ chuyên môn"]),
        ("Cả 12 lớp", [], ["Cả 12 lớp"]),
        ("Toàn trường", [], ["Toàn trường"]),
        ("Công ty Toàn Thắng", ["Công ty Toàn Thắng"], []),
    ],
)
def test_names_and_groups_in_a_text(text: str, names: list[str], groups: list[str]) -> None:
    assert names_in(text) == (names, groups)


def test_a_group_without_units_is_a_line_to_be_replaced() -> None:
    found = gather_units(["Sở Tài chính; các sở, ban, ngành", "UBND xã, phường; Vụ GDTrH"])
    assert [(unit.code, unit.name, unit.groups) for unit in found.units] == [
        ("TC", "Sở Tài chính", ("các sở, ban, ngành",)),
        ("GDTrH", "Vụ GDTrH", ()),
        ("UBND", "UBND xã, phường", ()),
    ]
    assert found.without_units == ("UBND xã, phường",)
    assert "nhóm" in found.remarks[2]


@pytest.mark.parametrize("every", ["Tất cả các lớp", "Mọi lớp", "Toàn trường", "Tất cả đơn vị"])
def test_what_every_unit_does_is_no_unit_of_its_own(every: str) -> None:
    alone = gather_units([every])
    assert alone.without_units == (every,)
    beside = gather_units(["Lớp 10A1", every, "Lớp 10A2"])
    assert [(u.name, u.groups) for u in beside.units] == [
        ("Lớp 10A1", (every,)),
        ("Lớp 10A2", (every,)),
    ]


def test_a_group_has_only_units_of_its_kind() -> None:
    found = gather_units(["Đoàn trường", "Lớp 10A1", "Tất cả các lớp"])
    assert [(u.name, u.groups) for u in found.units] == [
        ("Đoàn trường", ()),
        ("Lớp 10A1", ("Tất cả các lớp",)),
    ]


TEXTS = ["Phòng Tài chính - Kế hoạch", "TCKH", "Phòng Quản lý đô thị", "Phòng Quản lí đô thị"]


def names_of(chosen: dict[str, str] | None = None) -> list[tuple[str, ...]]:
    found = gather_units(TEXTS, chosen)
    assert not found.near or chosen is None
    return [(unit.name, *unit.aliases) for unit in found.units]


def test_near_names_are_two_units_until_a_clerk_says_that_they_are_one() -> None:
    finance, first, second, third = TEXTS
    assert names_of() == [(finance, first), (second,), (third,)]
    assert gather_units(TEXTS).near == ((second, third),)
    assert names_of({third: second}) == [(finance, first), (second, third)]
    assert names_of({second: third, first: "riêng"}) == [(finance,), (first,), (third, second)]
    assert names_of({third: "riêng"}) == names_of()


def test_a_unit_that_becomes_another_brings_its_other_names() -> None:
    finance, first, second, third = TEXTS
    assert names_of({finance: second, third: "riêng"}) == [(second, finance, first), (third,)]
    found = gather_units(TEXTS, {first: "riêng", third: "riêng"})
    assert found.grouped == ()


@pytest.mark.parametrize("chosen", [{"Phòng Nội vụ": "TCKH"}, {"TCKH": "Phòng Nội vụ"}])
def test_a_unit_that_the_table_does_not_name_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="không nêu đơn vị “Phòng Nội vụ”"):
        gather_units(TEXTS, chosen)
