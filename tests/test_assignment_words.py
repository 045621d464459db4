from __future__ import annotations

import pytest

from cchc_office.campaign.assignment import Directory, share_out, understand
from cchc_office.model import Campaign, Role, Unit

ALL = "các phòng, đơn vị"
UNITS = (
    Unit("VP", "Văn phòng Sở", ("Văn phòng",), (ALL,)),
    Unit("TTra", "Thanh tra Sở", ("Thanh tra",), (ALL,)),
    Unit(
        "KHTCTH", "Phòng Kế hoạch - Tài chính - Tổng hợp", ("Phòng KH-TC-TH", "P. KHTCTH"), (ALL,)
    ),
    Unit("P1", "Phòng Một", (), ("các phòng chuyên môn", ALL)),
    Unit("DA", "Ban Quản lý dự án", (), (ALL,)),
)
DIRECTORY = Directory(UNITS)
EVERYBODY_ELSE = "TTra KHTCTH P1 DA"


def test_the_number_of_a_decision_is_not_taken_apart() -> None:
    result = understand("Văn phòng; theo Quyết định số 1441/QĐ-UBND ngày 25/9/2025", DIRECTORY)
    assert len(result.unknown) == 1
    assert understood("Văn phòng/Thanh tra") == ("VP", "TTra")


def understood(text: str) -> tuple[str, str]:
    """Return who leads and who supports, codes in their order, or raise what is not understood."""
    result = understand(text, DIRECTORY)
    assert result.shares, result
    lead = " ".join(s.unit for s in result.shares if s.role is Role.LEAD)
    return lead, " ".join(s.unit for s in result.shares if s.role is Role.SUPPORT)


@pytest.mark.parametrize(
    ("cell", "lead", "support"),
    [
        # as in the seed
        ("Văn phòng Sở", "VP", ""),
        ("Văn phòng", "VP", ""),
        ("Phòng KH-TC-TH", "KHTCTH", ""),
        ("KHTCTH", "KHTCTH", ""),
        ("Văn phòng tổng hợp, các phòng, đơn vị đề xuất sáng kiến", "VP", EVERYBODY_ELSE),
        ("Thanh tra tổng hợp. Các phòng, đơn vị thực hiện, báo cáo", "TTra", "VP KHTCTH P1 DA"),
        ("Các phòng chuyên môn", "P1", ""),
        ("Văn phòng tổng hợp\nCác phòng, đơn vị báo cáo", "VP", EVERYBODY_ELSE),
        ("Văn phòng (Các phòng, đơn vị phối hợp)", "VP", EVERYBODY_ELSE),
        ("Văn phòng (Các phòng chuyên môn phối hợp)", "VP", "P1"),
        ("Văn phòng theo dõi", "VP", ""),
        # each unit, without a group of that name
        ("Tất cả các đơn vị", "VP TTra KHTCTH P1 DA", ""),
        ("Toàn thể các cơ quan, đơn vị", "VP TTra KHTCTH P1 DA", ""),
        ("Văn phòng tổng hợp; tất cả đơn vị báo cáo", "VP", EVERYBODY_ELSE),
        ("Tất cả các phòng chuyên môn", "P1", ""),
        # as other offices write it
        ("văn  phòng\u00a0SỞ", "VP", ""),
        ("P.KHTCTH", "KHTCTH", ""),
        ("Phòng Kế hoạch – Tài chính – Tổng hợp", "KHTCTH", ""),
        ("Phòng KH-\nTC-TH", "KHTCTH", ""),
        ("Chủ trì: Văn phòng; phối hợp: Thanh tra, Phòng Một", "VP", "TTra P1"),
        ("Thanh tra phối hợp, Văn phòng chủ trì", "VP", "TTra"),
        ("Văn phòng chủ trì, phối hợp với Thanh tra", "VP", "TTra"),
        ("Các phòng, đơn vị báo cáo; Văn phòng tổng hợp", "VP", EVERYBODY_ELSE),
        ("Văn phòng, Thanh tra", "VP", "TTra"),
        ("Văn phòng và các phòng chuyên môn", "VP", "P1"),
        ("Văn phòng chủ trì, các phòng chuyên môn có liên quan phối hợp", "VP", "P1"),
        ("Văn phòng Sở, các phòng, đơn vị thuộc Sở", "VP", EVERYBODY_ELSE),
        ("Văn phòng là đầu mối, các phòng, đơn vị khác phối hợp", "VP", EVERYBODY_ELSE),
        ("Đơn vị chủ trì: Văn phòng; đơn vị phối hợp: Thanh tra", "VP", "TTra"),
        ("Văn phòng tổng hợp chung; Thanh tra hỗ trợ (nếu có)", "VP", "TTra"),
        ("Chánh Văn phòng", "VP", ""),
        ("Văn phòng tham mưu, trình Lãnh đạo Sở", "VP", ""),
        ("Văn phòng tổng hợp từ báo cáo của các phòng chuyên môn", "VP", "P1"),
        ("Phòng KHTCTH", "KHTCTH", ""),
        ("1. Văn phòng 2. Thanh tra", "VP", "TTra"),
        ("Văn phòng thực hiện theo chức năng, nhiệm vụ", "VP", ""),
    ],
)
def test_cells_that_are_understood(cell: str, lead: str, support: str) -> None:
    assert understood(cell) == (lead, support)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Phòng Ba", "Phòng Ba"),
        ("Văn phòng, Phòng Ba", "Phòng Ba"),
        ("Các phòng chuyên môn (trừ Thanh tra)", "trừ"),
        ("Văn phòng tổng hợp, các phòng, đơn vị báo cáo trừ Thanh tra", "trừ"),
        ("Văn phòng chủ trì, phối hợp với Phòng Kế toán", "Phòng Kế toán"),
        ("Văn phòng chủ trì phối hợp với Thanh trra", "Thanh trra"),
        ("Văn phòng, Tổ chức cán bộ", "cán bộ"),
        ("Thanh tra, Kiểm tra Đảng", "Đảng"),
        ("Văn phòng, CA", "CA"),
        ("Văn phòng Sở Tài chính", "Tài chính"),
        ("Văn phòng phối hợp Ban Quản lý chung cư báo cáo", "Ban Quản lý chung cư"),
        ("Văn phòng, Kế hoạch", "Kế hoạch"),
        ("Văn phòng và Tổ chức", "Tổ chức"),
        ("Văn phòng; Tổng hợp", "Tổng hợp"),
        ("Văn phòng, Thông tin", "Thông tin"),
        ("Thanh trra tổng hợp. Các phòng, đơn vị thực hiện, báo cáo", "Thanh trra"),
        ("đã giao", "đã giao"),
        ("Văn phòng; các chủ thể", "các chủ thể"),
        ("Văn phòng chủ trì, các chủ thể phối hợp", "các chủ thể"),
        ("Văn phòng chủ trì; phối hợp: cơ quan thuế, Sở Nội vụ", "cơ quan thuế"),
        ("Văn phòng chủ trì; phối hợp với Sở Nội vụ", "Sở Nội vụ"),
    ],
)
def test_words_that_name_nobody_known_are_asked_about(cell: str, words: str) -> None:
    result = understand(cell, DIRECTORY)
    assert result.shares == ()
    assert words in [said.words for said in result.unknown]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("TTra, HTX, các chủ thể", ["HTX", "các chủ thể"]),
        ("TTra; Đoàn thể", ["Đoàn thể"]),
        ("TTra; Giao thông", ["Giao thông"]),
        ("TTra; Trưởng ban", ["Trưởng ban"]),
        ("TTra; Văn phòng Đảng ủy", ["Văn phòng Đảng ủy"]),
        ("Thanh tra tỉnh; Phòng Một", ["Thanh tra tỉnh"]),
        ("Nguyên Thanh tra, Phòng Một", ["Nguyên Thanh tra"]),
        ("Phòng Một cùng Sở Nội vụ và các hội", ["Sở Nội vụ", "các hội"]),
        ("giao Sở Nội vụ cùng Thanh tra", ["Sở Nội vụ"]),
        ("các Phòng Một, Phòng Thanh tra", []),
    ],
)
def test_in_a_column_of_names_the_unknown_ones_are_told_as_they_stand(
    cell: str, words: list[str]
) -> None:
    assert [said.words for said in share_out("DA", cell, DIRECTORY).unknown] == words


@pytest.mark.parametrize(
    "cell",
    [
        "Văn phòng chủ trì, Thanh tra chủ trì",
        "Văn phòng phối hợp",
        "Các phòng chuyên môn, Văn phòng",
        "Văn phòng, Thanh tra chủ trì",
    ],
)
def test_cells_that_leave_open_who_leads(cell: str) -> None:
    result = understand(cell, DIRECTORY)
    assert result.no_lead
    assert result.shares == ()


def test_every_member_of_a_group_named_alone_leads_for_itself() -> None:
    units = (*UNITS, Unit("P2", "Phòng Hai", (), ("các phòng chuyên môn",)))
    result = understand("Các phòng chuyên môn", Directory(units))
    assert [(s.unit, s.role, s.each) for s in result.shares] == [
        ("P1", Role.LEAD, True),
        ("P2", Role.LEAD, True),
    ]


def test_the_words_behind_a_name_are_kept() -> None:
    result = understand("Thanh tra tổng hợp. Các phòng, đơn vị thực hiện, báo cáo", DIRECTORY)
    assert {s.unit: s.duty for s in result.shares}["TTra"] == "tổng hợp"
    assert {s.unit: s.duty for s in result.shares}["VP"] == "thực hiện, báo cáo"


def test_a_short_code_is_not_found_in_an_ordinary_word() -> None:
    assert understand("Văn phòng báo cáo", DIRECTORY).shares
    assert understood("DA chủ trì") == ("DA", "")


def test_a_shared_name_is_told() -> None:
    units = (*UNITS, Unit("V2", "Văn phòng hai", ("Văn phòng",)))
    names = [name for name, _ in Directory(units).shared()]
    assert names == ["Văn phòng"]


def test_columns_of_codes() -> None:
    result = share_out("VP", "TTra; các phòng chuyên môn", DIRECTORY)
    assert [(s.unit, s.role) for s in result.shares] == [
        ("VP", Role.LEAD),
        ("TTra", Role.SUPPORT),
        ("P1", Role.SUPPORT),
    ]
    assert share_out("", "TTra", DIRECTORY).no_lead
    assert share_out("VP; XX", "", DIRECTORY).unknown[0][0] == "XX"


def test_the_seeds_assignments(example: Campaign) -> None:
    """Leads by row, as domain knowledge has them: the first named leads, a lone group all of it."""
    professional = ["QLCN", "QLTM", "QLNL", "KTAT"]
    leads = {
        "1.1.1": ["VP"],
        "1.4.2": ["KHTCTH"],
        "1.6": ["VP"],
        "2.1.1": ["TTra"],
        "3.2": ["TTra"],
        "3.3.4": professional,
        "4.3.3": ["VP"],
        "6.3": ["KHTCTH"],
        "7.1.5": ["VP"],
        "7.2.1": ["VP"],
        "": ["VP"],
    }
    supports = {
        "1.1.1": 0,
        "1.6.1": 7,
        "2.1.2": 7,
        "3.3.4": 0,
        "4.3.5": 7,
        "7.1.2": 7,
        "7.2.4": 4,
        "": 0,
    }
    rows = {c.code: c for c in example.criteria}
    for code, units in leads.items():
        given = example.assignments_of(rows[code])
        assert [a.unit for a in given if a.role is Role.LEAD] == units, code
    for code, count in supports.items():
        given = example.assignments_of(rows[code])
        assert sum(a.role is Role.SUPPORT for a in given) == count, code
    for code in ("1", "3.3", "7.1", "7.3", "8"):
        assert example.assignments_of(rows[code]) == ()


def test_a_group_named_by_one_word_is_not_found_in_other_names() -> None:
    units = (*UNITS, Unit("P9", "Phòng Chín", (), ("Các phòng",)))
    for cell in ("Phòng Tổ chức cán bộ", "Phòng Kiểm tra", "Phòng Tổng hợp"):
        assert understand(cell, Directory(units)).shares == ()
    assert understand("Các phòng", Directory(units)).shares


def test_a_name_that_is_a_duty_is_told_and_not_used() -> None:
    units = (*UNITS, Unit("TH", "Phòng Tổng hợp", ("Tổng hợp",)))
    directory = Directory(units)
    assert [name for name, _ in directory.duties_as_names] == ["Tổng hợp"]
    shares = understand("Văn phòng tổng hợp", directory).shares
    assert [(s.unit, s.role) for s in shares] == [("VP", Role.LEAD)]


def test_a_group_called_everybody_is_that_group() -> None:
    units = (Unit("A", "Xã A", (), ("Tất cả các đơn vị",)), Unit("B", "Xã B"))
    directory = Directory(units)
    assert [s.unit for s in understand("Tất cả các đơn vị", directory).shares] == ["A"]
    assert list(directory.shared()) == []


def test_everybody_but_one_is_asked_about() -> None:
    assert understand("Tất cả các đơn vị trừ Văn phòng", DIRECTORY).shares == ()


def test_the_nearest_names_look_past_words_that_all_begin_with() -> None:
    assert DIRECTORY.nearest("Phòng KHTC")[0] in ("KHTCTH", "P. KHTCTH", "Phòng KH-TC-TH")


def test_a_name_with_a_remark_is_found_with_and_without_it() -> None:
    units = (*UNITS, Unit("TT", "Trung tâm Khuyến công (minh họa)"))
    for cell in ("Trung tâm Khuyến công (minh họa)", "Trung tâm Khuyến công"):
        assert [s.unit for s in understand(cell, Directory(units)).shares] == ["TT"]
