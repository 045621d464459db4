"""Columns of a filled document's tables, read back from the XML itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cchc_office.text.widths import count_lines, text_width
from cchc_office.word.fitted_columns import with_fitted_columns

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAD = ("TT", "Lĩnh vực", "Điểm tối đa", "Điểm thẩm định", "Tỷ lệ")
ROWS = (
    ("1", "Công tác chỉ đạo, điều hành cải cách hành chính", "15,25", "11,25", "100,00%"),
    ("2", "Cải cách thể chế", "9,50", "6,50", "65,38%"),
)
NARROW = (15, 20, 40, 40, 50)
SIZE = 13
BESIDE = 11.0
"""What Word keeps free beside a cell's text, in points: 0.19 cm on each side."""


def with_table(*, heading: bool = True, joined: bool = False) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(SIZE)
    table = document.add_table(1 + len(ROWS), len(HEAD))
    table.autofit = False
    for column, width in zip(table.columns, NARROW, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, (HEAD, *ROWS), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if heading:
        table.rows[0]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))
    if joined:
        table.cell(1, 2).merge(table.cell(1, 3))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def part(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def widths(content: bytes) -> list[float]:
    """Return the widths of the columns of a document's table, in points."""
    return [int(c.get(f"{W}w")) / 20 for c in part(content).iter(f"{W}gridCol")]


def texts(content: bytes) -> list[str]:
    return [t.text or "" for t in part(content).iter(f"{W}t")]


def test_long_texts_get_the_room_that_figures_do_not_need() -> None:
    before = with_table()
    after = with_fitted_columns(before)
    assert round(sum(widths(after)), 2) == round(sum(widths(before)), 2)
    assert texts(after) == texts(before)
    for name, width in zip(zip(*(HEAD, *ROWS), strict=True), widths(after), strict=True):
        words = [word for text in name for word in text.split()]
        assert max(text_width(word, SIZE) for word in words) <= width - BESIDE, words
    longest = ROWS[0][1]
    assert count_lines(longest, widths(before)[1] - BESIDE, SIZE) >= 6
    assert count_lines(longest, widths(after)[1] - BESIDE, SIZE) <= 2


def test_each_cell_is_as_wide_as_its_column() -> None:
    after = with_fitted_columns(with_table())
    for row in part(after).iter(f"{W}tr"):
        own = [int(w.get(f"{W}w")) / 20 for w in row.iter(f"{W}tcW")]
        assert own == widths(after)


def test_what_is_no_plain_table_stays_as_it_is() -> None:
    for content in (with_table(heading=False), with_table(joined=True)):
        assert with_fitted_columns(content) == content


def test_a_table_that_fits_stays_as_it_is() -> None:
    once = with_fitted_columns(with_table())
    assert with_fitted_columns(once) == once


def test_a_style_tells_how_large_letters_are() -> None:
    document = docx.Document(io.BytesIO(with_table()))
    document.styles["Normal"].font.size = Pt(26)
    stream = io.BytesIO()
    document.save(stream)
    large = widths(with_fitted_columns(stream.getvalue()))
    usual = widths(with_fitted_columns(with_table()))
    assert large[4] > usual[4]


def test_page_widths_are_whole_twips() -> None:
    grid = part(with_fitted_columns(with_table())).iter(qn("w:gridCol"))
    assert all(column.get(qn("w:w")).isdecimal() for column in grid)
