"""The units that texts of real plans name: ministries, groups, papers that say it elsewhere."""

from __future__ import annotations

import pytest

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
