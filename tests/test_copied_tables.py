"""Tables copied out of a PDF as text: rows, names, notes and the cells that units span."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office.importing.reading import read_source
from cchc_office.importing.reading.plain_text import read_pasted
from cchc_office.importing.source import PastedTable, Reason, SourceTable
from tests.test_seed import SEED, UNIT_CELLS

SIPAS = "SIPAS"


def cells(table: SourceTable) -> list[list[str]]:
    return [
        [c.text if c.address == c.head else f"^{c.head}" for c in row] for row in table.sheet.rows
    ]


def test_the_office_s_own_table_of_2024(tmp_path: Path) -> None:
    document = read_source(SEED)
    [table] = document.tables
    head, *rows = table.sheet.rows
    assert [cell.text for cell in head] == [
        "STT",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Đơn vị thực hiện",
        "Ghi chú",
    ]
    assert len(rows) == 115
    codes = [row[0].text for row in rows]
    assert len(set(codes)) == 115
    assert codes.index("") == 114
    flat = " ".join(SEED.read_text(encoding="utf-8").split())
    for code, name, *_ in rows:
        assert f"{code.text} {name.text}".strip() in flat
    assert [row[3].text for row in rows].count("ĐTXHH") == 20
    assert {row[3].text for row in rows} == {"", "ĐTXHH"}
    assert len(table.doubtful) <= 5
    assert [one.reason for one in document.left_out] == [Reason.REPEATED_HEADING] * 3
    assert [text.text for text in document.texts][1:] == [
        "CCHC SỞ CÔNG THƯƠNG NĂM 2024",
        "(Kèm theo Công văn số /SCT-VP ngày /5/2024 của Sở Công Thương)",
    ]


def test_each_word_of_it_is_somewhere() -> None:
    document = read_source(SEED)
    [table] = document.tables
    words = [
        text
        for row in table.sheet.rows
        for c in row
        if c.address == c.head
        for text in c.text.split()
    ]
    words += [word for text in document.texts for word in text.text.split()]
    words += [word for one in document.left_out for word in one.text.split()]
    flat = SEED.read_text(encoding="utf-8").replace("KH-\n\nTC-TH", "KH-TC-TH")
    assert sorted(words) == sorted(flat.split())


def test_the_cells_that_its_units_span() -> None:
    [table] = read_source(SEED).tables
    rows = {row[0].text or SIPAS: row for row in table.sheet.rows[1:]}
    codes = list(rows)
    spans: dict[str, tuple[str, str]] = {}
    for line in UNIT_CELLS.strip().splitlines():
        span, _, text = line.partition(": ")
        first, last = span.split(" – ")
        spanned = codes[codes.index(first) : codes.index(last) + 1]
        spans |= dict.fromkeys(spanned, (rows[first][2].address, text))
    for code, row in rows.items():
        head, text = spans.get(code, (row[2].address, ""))
        assert (row[2].head, row[2].text.replace("\n", " / ")) == (head, text), code


PAGE = """
PHỤ LỤC I

Stt Nội dung tiêu chí Điểm tối đa Đơn vị chủ trì Ghi chú

I KẾ HOẠCH   \x20

1 Ban hành kế hoạch 1,0 Phòng Tổ chức \x20

2\x20
Báo cáo định kỳ về tình hình thực hiện kế hoạch của năm, gửi đúng
thời hạn quy định\x20
2,5\x20
Văn phòng\x20
\x20

II TUYÊN TRUYỀN   \x20

1\x20
Đăng tin, bài về công tác cải cách hành chính trên trang thông tin
điện tử của xã\x20
1\x20
Phòng Tổ chức\x20
\x20
Nơi nhận:
"""


def test_another_table_with_maxima_and_roman_fields() -> None:
    document = read_pasted(PastedTable(PAGE, "dán"))
    [table] = document.tables
    assert cells(table) == [
        ["Stt", "Nội dung tiêu chí", "Điểm tối đa", "Đơn vị chủ trì", "Ghi chú"],
        ["I", "KẾ HOẠCH", "", "", ""],
        ["1", "Ban hành kế hoạch", "1,0", "Phòng Tổ chức", ""],
        [
            "2",
            "Báo cáo định kỳ về tình hình thực hiện kế hoạch của năm, gửi đúng thời hạn quy định",
            "2,5",
            "Văn phòng",
            "",
        ],
        ["II", "TUYÊN TRUYỀN", "", "", ""],
        [
            "1",
            "Đăng tin, bài về công tác cải cách hành chính trên trang thông tin điện tử của xã",
            "1",
            "Phòng Tổ chức",
            "",
        ],
    ]
    assert [text.text for text in document.texts] == ["PHỤ LỤC I", "Nơi nhận:"]


@pytest.mark.parametrize("below", ["CHỦ TỊCH", "TL. BỘ TRƯỞNG", "Ngày 5 tháng 5 năm 2026"])
def test_what_stands_below_a_copied_table_is_no_part_of_its_last_row(below: str) -> None:
    document = read_pasted(PastedTable(PAGE.replace("Nơi nhận:", below), "dán"))
    assert [text.text for text in document.texts] == ["PHỤ LỤC I", below]


def test_a_unit_that_a_signature_may_begin_with_stays_in_the_last_row() -> None:
    text = PAGE.replace("Phòng Tổ chức", "Chủ tịch xã").replace("Văn phòng", "Chủ tịch xã")
    [table] = read_pasted(PastedTable(text, "dán")).tables
    assert [row[3] for row in cells(table) if row[2]][1:] == ["Chủ tịch xã"] * 3


def test_a_text_whose_blanks_an_editor_took_away_is_marked() -> None:
    """Without them nothing tells where a unit's cell ends: that is asked, not guessed unsaid."""
    bare = "\n".join(line.rstrip() for line in SEED.read_text(encoding="utf-8").split("\n"))
    [table] = read_pasted(PastedTable(bare, "dán")).tables
    rows = table.sheet.rows[1:]
    codes = [row[0].text for row in rows]
    assert len(codes) == 115
    [doubted] = [row for row in rows if row[0].text == "3.3"]
    assert doubted[2].address in table.doubtful


@pytest.mark.parametrize("text", ["", "\n\n", "Kính gửi các đơn vị\n1. Việc một\n2. Việc hai\n"])
def test_a_text_without_a_table_is_only_lines(text: str) -> None:
    document = read_pasted(PastedTable(text, "dán"))
    assert document.tables == ()
    assert " ".join(one.text for one in document.texts).split() == text.split()
