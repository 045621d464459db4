"""The example holds the real table of 2024 to the letter, and what is printed from it does too.

`data/bang-phan-cong-cchc-2024.txt` is the text taken from the table's PDF: it repeats the heading
at page breaks, wraps names, and puts a unit cell's text somewhere inside the rows that it spans.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from cchc_office.campaign.setting_rows import SETTINGS
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import sample_folder
from cchc_office.model import Campaign, Method
from cchc_office.papers.assignment_table import assignment_table
from cchc_office.papers.table_docx import render_docx
from cchc_office.papers.table_xlsx import render_xlsx

SEED = Path(__file__).parent / "data" / "bang-phan-cong-cchc-2024.txt"
HEADING = "STT Lĩnh vực/Tiêu chí/Tiêu chí thành phần Đơn vị thực hiện Ghi chú"
TITLE = (
    "BẢNG PHÂN CÔNG PHỤ TRÁCH CÁC NỘI DUNG TRONG BỘ CHỈ SỐ CCHC SỞ CÔNG THƯƠNG NĂM 2024 "
    "(Kèm theo Công văn số /SCT-VP ngày /5/2024 của Sở Công Thương)"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# first row – last row: the text of the merged cell, as the office's table has it
UNIT_CELLS = """
1.1 – 1.3.3: Văn phòng Sở
1.4 – 1.4.2: Phòng KH-TC-TH
1.5 – 1.5.4: Văn phòng
1.6 – 1.6.2: Văn phòng tổng hợp, các phòng, đơn vị đề xuất sáng kiến
2.1 – 2.1.2: Thanh tra tổng hợp. Các phòng, đơn vị thực hiện, báo cáo
2.2 – 2.2.2: Thanh tra
2.3 – 2.3.2: Thanh tra
2.4 – 2.4.3: Thanh tra
3.1 – 3.1.6: Thanh tra
3.2 – 3.2: Thanh tra
3.3.1 – 3.3.3: Văn phòng
3.3.4 – 3.3.4: Các phòng chuyên môn
4.1 – 4.2: Văn phòng
4.3 – 4.3.5: Văn phòng tổng hợp / Các phòng, đơn vị báo cáo
4.4 – 4.4.3: Văn phòng
5.1 – 5.6.4: Văn phòng Sở
6.1 – 6.1.3: KHTCTH
6.2 – 6.4.3: KHTCTH
7.1.1 – 7.1.1: KHTCTH
7.1.2 – 7.1.7: Văn phòng (Các phòng, đơn vị phối hợp)
7.2 – 7.2.4: Văn phòng (Các phòng chuyên môn phối hợp)
7.3.1 – 7.3.1: KHTCTH
7.3.2 – 7.3.2: KHTCTH
7.3.3 – 7.3.3: Văn phòng
SIPAS – SIPAS: Văn phòng theo dõi
"""


@dataclass(frozen=True)
class PrintedRow:
    code: str
    name: str
    unit: str
    unit_cell: int
    note: str


def words_of_seed() -> list[str]:
    text = unicodedata.normalize("NFC", SEED.read_text(encoding="utf-8"))
    flat = " ".join(text.split()).replace("KH- TC-TH", "KH-TC-TH")
    assert flat.count(HEADING) == 4
    assert TITLE in flat
    return flat.replace(HEADING, " ").replace(TITLE, " ").split()


def check_words(rows: list[PrintedRow]) -> None:
    """Every word of the seed is there as often as in the seed, and every row's words in order."""
    seed = words_of_seed()
    printed: Counter[str] = Counter()
    cells_seen = set()
    for row in rows:
        printed.update(f"{row.code} {row.name} {row.note}".split())
        if row.unit and row.unit_cell not in cells_seen:
            printed.update(row.unit.split())
        cells_seen.add(row.unit_cell)
    assert printed == Counter(seed)
    place = 0
    for row in rows:
        if row.code:
            place = seed.index(row.code, place)
        rest = iter(seed[place:])
        assert all(word in rest for word in row.name.split()), row


def check_unit_cells(rows: list[PrintedRow]) -> None:
    spans: dict[int, list[PrintedRow]] = {}
    for row in rows:
        if row.unit:
            spans.setdefault(row.unit_cell, []).append(row)
    found = [
        f"{cell[0].code or 'SIPAS'} – {cell[-1].code or 'SIPAS'}: "
        + cell[0].unit.replace("\n", " / ")
        for cell in spans.values()
    ]
    assert found == UNIT_CELLS.strip().splitlines()


def from_campaign(campaign: Campaign) -> list[PrintedRow]:
    return [
        PrintedRow(c.code, c.name, c.unit_text, int(re.sub(r"\D", "", c.unit_cell)), c.note)
        for c in campaign.criteria
    ]


def from_xlsx(path: Path) -> list[PrintedRow]:
    sheet: Any = openpyxl.load_workbook(path).active
    first = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "STT") + 1
    heads = {}
    for merged in sheet.merged_cells.ranges:
        for r in range(merged.min_row, merged.max_row + 1):
            heads[r, merged.min_col] = merged.min_row
    rows = []
    for r in range(first, sheet.max_row + 1):
        head = heads.get((r, 3), r)
        texts = [sheet.cell(at, c).value or "" for c, at in ((1, r), (2, r), (3, head), (4, r))]
        rows.append(PrintedRow(texts[0], texts[1], texts[2], head, texts[3]))
    return rows


def from_docx(path: Path) -> list[PrintedRow]:
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    table = body.find(f".//{W}tbl")
    assert table is not None
    rows: list[PrintedRow] = []
    unit, head = "", 0
    for number, row in enumerate(table.iterfind(f"{W}tr")):
        if number == 0:
            assert row.find(f"{W}trPr/{W}tblHeader") is not None
            continue
        cells = row.findall(f"{W}tc")
        assert len(cells) == 4
        merge = cells[2].find(f"{W}tcPr/{W}vMerge")
        if merge is None or merge.get(f"{W}val") == "restart":
            unit, head = docx_text(cells[2]), number
        rows.append(
            PrintedRow(docx_text(cells[0]), docx_text(cells[1]), unit, head, docx_text(cells[3]))
        )
    return rows


def docx_text(element: Any) -> str:
    nodes = element.iter(f"{W}t", f"{W}br")
    return "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in nodes)


def test_the_example_is_the_seed_to_the_letter(example: Campaign) -> None:
    rows = from_campaign(example)
    assert len(rows) == 115
    assert sum(row.note == "ĐTXHH" for row in rows) == 20
    check_words(rows)
    check_unit_cells(rows)


def test_the_tree_has_the_seeds_shape(example: Campaign) -> None:
    levels = Counter(c.level for c in example.criteria if c.code)
    assert levels == {1: 8, 2: 30, 3: 76}
    methods = Counter(leaf.method for leaf in example.leaves)
    assert methods == {Method.SELF: 62, Method.SURVEY: 20, Method.SIPAS: 1}


def test_the_illustrative_maximums_add_up_to_100_in_quarters(example: Campaign) -> None:
    scores = [leaf.max_score for leaf in example.leaves]
    assert all(s is not None and s > 0 and s % 1 in (0, s % 1) for s in scores)
    assert all(s is not None and (s * 4) % 1 == 0 for s in scores)
    assert sum(s or 0 for s in scores) == 100


def test_the_example_only_says_that_it_is_an_example(example: Campaign) -> None:
    assert [f.code.name for f in example.findings] == ["ILLUSTRATIVE"]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_printed_table_is_the_seed(example: Campaign, tmp_path: Path, ending: str) -> None:
    table = assignment_table(example, DEFAULT_PROFILE)
    path = tmp_path / f"phu-luc.{ending}"
    if ending == "xlsx":
        path.write_bytes(render_xlsx(table, DEFAULT_PROFILE, "Bảng phân công"))
        rows = from_xlsx(path)
    else:
        path.write_bytes(render_docx(table, DEFAULT_PROFILE))
        rows = from_docx(path)
    assert len(rows) == 115
    rows = without_repeats(rows, from_campaign(example))
    check_words(rows)
    check_unit_cells(rows)


def without_repeats(rows: list[PrintedRow], meant: list[PrintedRow]) -> list[PrintedRow]:
    """Return printed rows, each unit cell that is said again on its next page as one."""
    found = rows[:1]
    for row, (above, here) in zip(rows[1:], pairwise(meant), strict=True):
        goes_on = above.unit_cell == here.unit_cell and row.unit == found[-1].unit
        found.append(replace(row, unit_cell=found[-1].unit_cell) if goes_on else row)
    assert len({r.unit_cell for r in rows}) - len({r.unit_cell for r in found}) <= 4
    return found


def test_the_sample_campaign_has_a_row_for_every_setting() -> None:
    sheet = openpyxl.load_workbook(sample_folder() / "dot-cham.xlsx")["Thông tin"]
    labels = {row[0] for row in sheet.iter_rows(values_only=True)}
    assert [setting.label for setting in SETTINGS if setting.label not in labels] == []
