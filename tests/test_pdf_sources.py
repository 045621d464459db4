"""PDF files as sources: the tables that lines make on each page, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from cchc_office import Code, import_table
from cchc_office.errors import CampaignError
from cchc_office.importing.reading import read_source
from cchc_office.importing.source import CellLook, Reason, SourceTable
from tests.pdf_files import grid, line, pdf_file, words

Convert = Callable[[Path, str], Path]


def cells(table: SourceTable) -> list[list[str]]:
    return [
        [c.text if c.address == c.head else f"^{c.head}" for c in row] for row in table.sheet.rows
    ]


XS = (50, 100, 350, 450)


def page(*content: str) -> str:
    return "\n".join(content)


def test_a_table_by_its_lines_with_what_stands_around_it(tmp_path: Path) -> None:
    content = page(
        words(250, 60, "PHỤ LỤC", bold=True),
        grid(XS, (100, 120, 140)),
        words(55, 104, "STT"),
        words(105, 104, "Nội dung"),
        words(355, 104, "Đơn vị"),
        words(55, 124, "1"),
        words(105, 124, "Kế hoạch"),
        words(355, 124, "Văn phòng", bold=True),
        words(55, 160, "Nơi nhận"),
        words(290, 800, "3"),
    )
    document = read_source(pdf_file(tmp_path / "a.pdf", content))
    [table] = document.tables
    assert cells(table) == [["STT", "Nội dung", "Đơn vị"], ["1", "Kế hoạch", "Văn phòng"]]
    assert table.looks["C2"] == CellLook(bold=True)
    assert table.pages == {0: 1, 1: 1}
    assert table.columns == XS
    assert [(text.text, text.before) for text in document.texts] == [
        ("PHỤ LỤC", 0),
        ("Nơi nhận", 1),
    ]
    assert [(one.text, one.reason) for one in document.left_out] == [("3", Reason.PAGE_EDGE)]


def test_merged_cells_of_both_directions(tmp_path: Path) -> None:
    content = page(
        *(line(50, y, 450, y) for y in (100, 120, 180)),
        line(50, 140, 350, 140),
        line(50, 160, 350, 160),
        line(50, 100, 50, 180),
        line(450, 100, 450, 180),
        line(100, 120, 100, 180),
        line(350, 120, 350, 180),
        words(200, 104, "I. THE CHE"),
        words(55, 124, "1"),
        words(105, 124, "Mot"),
        words(355, 145, "Thanh tra"),
        words(55, 164, "3"),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [
        ["I. THE CHE", "^A1", "^A1"],
        ["1", "Mot", "Thanh tra"],
        ["", "", "^C2"],
        ["3", "", "^C2"],
    ]


def test_lines_that_only_broke_for_want_of_room_are_one(tmp_path: Path) -> None:
    """A column of 60 points has room for eleven letters beside its margins."""
    xs = (50, 115, 250)
    content = page(
        grid(xs, (100, 200)),
        *(
            words(54, 104 + 12 * n, text)
            for n, text in enumerate(("Phòng KH-", "TC-TH và các", "đơn vị"))
        ),
        *(
            words(119, 104 + 12 * n, text)
            for n, text in enumerate(("- Có: 1", "- Không có văn bản nào cả", "được gửi: 0"))
        ),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [
        ["Phòng KH-TC-TH và các đơn vị", "- Có: 1\n- Không có văn bản nào cả được gửi: 0"]
    ]


def test_a_break_without_the_blank_that_the_file_prints_at_others_is_by_hand(
    tmp_path: Path,
) -> None:
    """A full line tells nothing by its length."""
    cells_of_two = [("Các phòng ", "chuyên môn")] * 12 + [("Văn phòng", "tổng hợp và")]
    ys = [100 + 30 * n for n in range(len(cells_of_two) + 1)]
    content = page(
        grid((50, 110, 200), ys),
        *(
            words(54, ys[n] + 3 + 12 * at, text)
            for n, lines in enumerate(cells_of_two)
            for at, text in enumerate(lines)
        ),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert [row[0].text for row in table.sheet.rows][-2:] == [
        "Các phòng chuyên môn",
        "Văn phòng\ntổng hợp và",
    ]
    assert table.doubtful == {}


def test_a_full_line_before_a_capital_is_doubtful(tmp_path: Path) -> None:
    content = page(
        grid((50, 110, 200), (100, 160)),
        words(54, 104, "Văn phòng"),
        words(54, 116, "Các phòng"),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [["Văn phòng Các phòng", ""]]
    assert "xuống hàng" in table.doubtful["A1"]


def test_a_word_that_is_wider_than_its_cell_is_one_word(tmp_path: Path) -> None:
    content = page(
        grid((50, 110, 200), (100, 160)),
        words(54, 104, "30/2020/N"),
        words(54, 116, "Đ-CP năm"),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [["30/2020/NĐ-CP năm", ""]]


def test_a_word_alone_in_the_middle_of_a_narrow_cell_is_not_cut(tmp_path: Path) -> None:
    content = page(
        grid((50, 95, 250), (100, 140)),
        words(60, 104, "Phòng"),
        words(57.5, 118, "Nội vụ"),
        words(105, 104, "Một"),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [["Phòng Nội vụ", "Một"]]


def test_frames_around_words_in_cells_are_no_table_of_their_own(tmp_path: Path) -> None:
    frames = [grid((x, x + 60), (104, 118, 132)) for x in (60, 140, 220)]
    content = page(
        grid((50, 130, 210, 290), (100, 136, 156)),
        *frames,
        *(words(x, 105, text) for x, text in ((61, "STT"), (141, "Noi dung"), (221, "Diem"))),
        *(words(x, 140, text) for x, text in ((61, "1"), (141, "Mot"), (221, "5"))),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [["STT", "Noi dung", "Diem"], ["1", "Mot", "5"]]


def test_a_merged_cell_as_high_as_the_page_parts_no_table(tmp_path: Path) -> None:
    """No line goes from the columns before it to the one behind."""
    content = page(
        grid((50, 100, 300), (100, 120, 140, 160)),
        grid((400, 500), (100, 120, 140, 160)),
        words(55, 104, "1.1"),
        words(305, 124, "Thanh tra"),
        words(405, 104, "xem"),
    )
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table)[0] == ["1.1", "", "Thanh tra", "xem"]
    assert cells(table)[2] == ["", "", "^C1", ""]


def test_a_unit_that_the_end_of_a_page_cuts_is_one(tmp_path: Path) -> None:
    def half(first: int, unit: str) -> str:
        return page(
            grid((50, 100, 350), (100, 120, 140)),
            grid((350, 450), (100, 140)),
            words(55, 104, f"1.{first}"),
            words(55, 124, f"1.{first + 1}"),
            words(355, 104, unit),
        )

    document = read_source(
        pdf_file(tmp_path / "a.pdf", half(1, "Phòng Kế hoạch và"), half(3, "đầu tư"))
    )
    assert [cells(table)[0][2] for table in document.tables] == ["Phòng Kế hoạch và đầu tư"] * 2
    assert [set(table.doubtful) for table in document.tables] == [{"C1"}, {"C1"}]


def test_a_blank_cell_of_one_row_above_a_merged_one_of_the_next_page_is_asked(
    tmp_path: Path,
) -> None:
    last = page(grid((50, 100, 350, 450), (100, 120)), words(55, 104, "1.1"))
    then = page(
        grid((50, 100, 350), (100, 120, 140)),
        grid((350, 450), (100, 140)),
        words(55, 104, "1.2"),
        words(55, 124, "1.3"),
        words(355, 104, "Thanh tra"),
    )
    first, second = read_source(pdf_file(tmp_path / "a.pdf", last, then)).tables
    assert cells(first) == [["1.1", "", ""]]
    assert set(first.doubtful) == {"C1"}
    assert "“Thanh tra” ở đầu trang sau" in first.doubtful["C1"]
    assert not second.doubtful


def leaf(first: int, *areas: tuple[int, str], bold: bool = False, sides: str = "drawn") -> str:
    """Return a page of a table whose units, its last column, are merged over so many rows each.

    `sides` tells which edges of the page cut a unit without a line: "top", "bottom", "both".
    """
    ys = [100]
    units = []
    for rows, unit in areas:
        units.append(words(355, ys[-1] + 4, unit))
        ys += [ys[-1] + 20 * n for n in range(1, rows + 1)]
    ends = [100]
    for rows, _ in areas:
        ends.append(ends[-1] + 20 * rows)
    if sides in ("top", "both"):
        del ends[0]
    if sides in ("bottom", "both"):
        del ends[-1]
    return page(
        grid((50, 100, 350), ys),
        *(line(350, y, 450, y) for y in ends),
        line(450, ys[0], 450, ys[-1]),
        *(words(55, y + 4, f"1.{first + n}") for n, y in enumerate(ys[:-1])),
        *(words(105, y + 4, "Ban hanh", bold=bold) for y in ys[:-1]),
        *units,
    )


def titled(table: str, y: float = 84) -> str:
    """Return a page of a table, which begins at 100, with its headings."""
    headings = zip(XS, ("STT", "Noi dung", "Don vi"), strict=False)
    return page(grid(XS, (80, 100)), *(words(x + 5, y, text) for x, text in headings), table)


def units(path: Path, *pages: str) -> list[list[tuple[str, bool]]]:
    """Return what each page's rows have as their units, and whether that is doubtful."""
    return [
        [(row[2].text, row[2].address in table.doubtful) for row in table.sheet.rows]
        for table in read_source(pdf_file(path, *pages)).tables
    ]


def test_a_text_that_fills_its_cell_to_the_end_of_the_page_may_go_on(tmp_path: Path) -> None:
    full = leaf(1, (2, "Ban quan ly"), (1, "Thanh tra"))
    below = leaf(4, (2, "Van phong"), (1, "Ban quan ly"))
    assert units(tmp_path / "a.pdf", full, below) == [
        [("Ban quan ly", False), ("Ban quan ly", False), ("Thanh tra", True)],
        [("Van phong", True), ("Van phong", True), ("Ban quan ly", False)],
    ]
    with_room = leaf(1, (3, "Thanh tra"))
    assert units(tmp_path / "b.pdf", with_room, below) == [
        [("Thanh tra", False)] * 3,
        [("Van phong", False), ("Van phong", False), ("Ban quan ly", False)],
    ]


def test_the_rest_of_a_row_has_the_rest_of_the_unit_above_it(tmp_path: Path) -> None:
    rest = page(
        grid(XS, (100, 120, 140)),
        *(words(x + 5, 104, text) for x, text in ((100, "ke hoach"), (350, "Quan ly"))),
        *(words(x + 5, 124, text) for x, text in ((50, "1.3"), (100, "Ban"), (350, "Thanh tra"))),
    )
    path = pdf_file(tmp_path / "a.pdf", titled(leaf(1, (2, "Van phong"))), rest)
    rows = import_table(path).draft.rows
    assert [(row.name, row.unit_text) for row in rows] == [
        ("Ban hanh", "Van phong\nQuan ly"),
        ("Ban hanh ke hoach", "Van phong\nQuan ly"),
        ("Ban", "Thanh tra"),
    ]
    assert [any(said.key == "units" for said in row.remarks) for row in rows] == [True, True, False]


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("rest", ["công", "một phần"])
def test_what_the_end_of_a_page_cut_off_is_no_heading_and_no_total(
    tmp_path: Path, rest: str, again: bool
) -> None:
    below = page(
        grid(XS, (100, 120, 140)),
        words(105, 104, rest),
        *(words(x + 5, 124, text) for x, text in ((50, "1.3"), (100, "Ban"), (350, "Thanh tra"))),
    )
    above = titled(leaf(1, (1, "Van phong"), (1, "Thanh tra")))
    path = pdf_file(tmp_path / "a.pdf", above, titled(below) if again else below)
    found = import_table(path)
    assert [row.name for row in found.draft.rows] == ["Ban hanh", f"Ban hanh {rest}", "Ban"]
    assert found.words.missing == ()


def test_a_blank_cell_below_a_merged_one_of_the_page_before_is_asked(tmp_path: Path) -> None:
    above = leaf(1, (2, "Thanh tra"))
    below = leaf(3, (1, ""), (1, "Van phong"))
    asked = [[("Thanh tra", False)] * 2, [("", True), ("Van phong", False)]]
    assert units(tmp_path / "a.pdf", above, below) == asked
    heading = leaf(3, (1, ""), (1, "Van phong"), bold=True)
    assert units(tmp_path / "b.pdf", above, heading)[1][0] == ("", False)


def test_a_blank_cell_that_is_asked_is_marked_in_its_column(tmp_path: Path) -> None:
    path = pdf_file(
        tmp_path / "a.pdf",
        titled(leaf(1, (1, "Van phong"), (2, "Thanh tra"))),
        leaf(4, (1, ""), (1, "Van phong")),
    )
    rows = import_table(path).draft.rows
    assert [(row.unit_text, {said.key for said in row.remarks} & {"units"}) for row in rows] == [
        ("Van phong", set()),
        ("Thanh tra", set()),
        ("Thanh tra", set()),
        ("", {"units"}),
        ("Van phong", set()),
    ]


def test_each_row_of_a_blank_page_between_two_units_is_doubtful(tmp_path: Path) -> None:
    pages = leaf(1, (1, "Thanh tra")), leaf(2, (3, "")), leaf(5, (2, "Van phong"))
    assert units(tmp_path / "a.pdf", *pages) == [
        [("Thanh tra", False)],
        [("Thanh tra", True)] * 3,
        [("Van phong", False)] * 2,
    ]


def test_a_unit_over_three_pages_is_on_each_where_the_last_has_it(tmp_path: Path) -> None:
    pages = leaf(1, (2, "")), leaf(3, (3, "")), leaf(6, (2, "Van phong"))
    found = units(tmp_path / "a.pdf", *pages)
    assert {unit for rows in found for unit, _ in rows} == {"Van phong"}
    assert [rows[0][1] for rows in found] == [True, True, False]


def test_where_no_line_ends_a_cell_at_the_end_of_a_page_it_goes_on(tmp_path: Path) -> None:
    """Other cells end there: what is blank beside them is blank."""
    pages = (
        leaf(1, (1, "Van phong"), (1, ""), sides="bottom"),
        leaf(3, (1, "Thanh tra"), (1, ""), (2, "Van phong"), sides="top"),
        leaf(7, (2, ""), (1, "Thanh tra")),
    )
    assert units(tmp_path / "a.pdf", *pages) == [
        [("Van phong", False), ("Thanh tra", False)],
        [("Thanh tra", False), ("", False), *[("Van phong", False)] * 2],
        [("", False), ("", False), ("Thanh tra", False)],
    ]


def test_where_a_line_is_only_missing_between_two_texts_no_cell_goes_on(tmp_path: Path) -> None:
    pages = leaf(1, (3, "Thanh tra"), sides="bottom"), leaf(4, (1, "Van phong"), sides="top")
    assert units(tmp_path / "a.pdf", *pages) == [[("Thanh tra", False)] * 3, [("Van phong", False)]]


@pytest.mark.parametrize("titles", [False, True])
def test_a_text_that_the_end_of_a_page_cuts_off_is_whole(tmp_path: Path, titles: bool) -> None:
    """Calc writes it on both pages, beyond the table, and on headings that are repeated.

    "Don vi" stands so near to "Van phong" that letters of both nearly lie on each other.
    """
    unseen = words(355, 148, "Van phong"), words(355, 162, "Thanh tra")
    again = words(355, 88, "Van phong"), words(355, 102, "Thanh tra")
    above = page(leaf(1, (1, "Van phong"), (2, ""), sides="bottom"), *unseen)
    below = page(leaf(4, (2, ""), (1, "Thanh tra"), sides="drawn" if titles else "top"), *again)
    pages = (titled(above, 87.2), titled(below, 87.2)) if titles else (above, below)
    path = pdf_file(tmp_path / "a.pdf", *pages)
    document = read_source(path)
    first, second = document.tables
    assert document.texts == ()
    assert [row[2].text for row in first.sheet.rows][-2:] == ["Van phong\nThanh tra"] * 2
    assert [row[2].text for row in second.sheet.rows] == [
        *(["Don vi"] if titles else []),
        *["Van phong\nThanh tra"] * 2,
        "Thanh tra",
    ]


def test_a_unit_cut_with_its_row_is_one_whatever_it_goes_on_with(tmp_path: Path) -> None:
    last = leaf(1, (1, "Van phong"))
    rest = page(
        grid((50, 100, 350), (100, 120, 140)),
        grid((350, 450), (100, 140)),
        words(105, 104, "ke hoach"),
        words(55, 124, "1.2"),
        words(355, 104, "Thanh tra"),
    )
    whole = ("Van phong\nThanh tra", True)
    assert units(tmp_path / "a.pdf", last, rest) == [[whole], [whole, whole]]


@pytest.mark.parametrize("below", [3, 12])
def test_letters_on_each_other_or_over_the_end_of_a_row_are_told(
    tmp_path: Path, below: float
) -> None:
    content = page(
        grid(XS, (100, 120, 140)),
        words(105, 104, "Ban hành kế hoạch"),
        words(107, 104 + below, "đúng thời gian"),
    )
    document = read_source(pdf_file(tmp_path / "a.pdf", content))
    [table] = document.tables
    assert "B1" in table.doubtful
    [note] = document.notes
    assert note.startswith("bảng ở trang 1 có chữ in chồng lên nhau")


def test_words_that_are_underlined_or_framed_make_no_table(tmp_path: Path) -> None:
    content = page(
        words(250, 60, "KH"),
        line(250, 72, 260, 72),
        grid((245, 300), (80, 100)),
        grid(XS, (120, 140)),
        words(105, 124, "abc"),
        line(105, 134, 120, 134),
    )
    document = read_source(pdf_file(tmp_path / "a.pdf", content))
    assert [cells(table) for table in document.tables] == [[["", "abc", ""]]]


def test_each_page_has_its_table(tmp_path: Path) -> None:
    pages = [page(grid(XS, (100, 120)), words(55, 104, str(n))) for n in range(6)]
    document = read_source(pdf_file(tmp_path / "a.pdf", *pages))
    assert [cells(table)[0][0] for table in document.tables] == list("012345")
    assert [table.pages for table in document.tables] == [{0: n} for n in range(1, 7)]


def test_a_table_without_lines_is_read_by_what_stands_below_each_other(tmp_path: Path) -> None:
    rows = (
        ("STT", "Noi dung", "Don vi"),
        ("1", "Ke hoach", "Van phong"),
        ("", "nam", ""),
        ("2", "Bao cao", "Thanh tra"),
        ("3", "Hop", "Van phong"),
    )
    content = page(
        words(200, 60, "PHU LUC"),
        *(
            words(x, 100 + 14 * n, text)
            for n, row in enumerate(rows)
            for x, text in zip((50, 100, 350), row, strict=True)
            if text
        ),
        words(50, 300, "Noi nhan"),
    )
    document = read_source(pdf_file(tmp_path / "a.pdf", content))
    [table] = document.tables
    assert cells(table) == [
        ["STT", "Noi dung", "Don vi"],
        ["1", "Ke hoach nam", "Van phong"],
        ["2", "Bao cao", "Thanh tra"],
        ["3", "Hop", "Van phong"],
    ]
    assert [text.text for text in document.texts] == ["PHU LUC", "Noi nhan"]
    [note] = document.notes
    assert "trang 1 không kẻ khung" in note


def test_a_merged_cell_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    def half(first: int, unit: str, note: str) -> str:
        return page(
            *(line(50, y, 350, y) for y in (120, 140)),
            *(line(50, y, 500, y) for y in (100, 160)),
            *(line(x, 100, x, 160) for x in (50, 100, 350, 450, 500)),
            *(words(55, 104 + 20 * n, f"1.{first + n}") for n in range(3)),
            words(355, 104, unit),
            words(455, 104, note),
        )

    document = read_source(
        pdf_file(tmp_path / "a.pdf", half(1, "Thanh tra", ""), half(4, "", "xem lại"))
    )
    first, second = document.tables
    assert cells(second)[0] == ["1.4", "", "Thanh tra", "xem lại"]
    assert cells(second)[1] == ["1.5", "", "^C1", "^D1"]
    assert set(second.doubtful) == {"C1"}
    assert "“Thanh tra” của trang trước" in second.doubtful["C1"]
    assert [row[3].text for row in first.sheet.rows] == ["xem lại"] * 3
    assert set(first.doubtful) == {"D1"}


def test_a_table_that_lies_on_its_side(tmp_path: Path) -> None:
    turned = "0 1 -1 0 595 0 cm\n"
    content = turned + page(grid(XS, (100, 120)), words(55, 104, "1"), words(105, 104, "Việc"))
    [table] = read_source(pdf_file(tmp_path / "a.pdf", content)).tables
    assert cells(table) == [["1", "Việc", ""]]


def test_a_page_that_the_file_says_to_turn(tmp_path: Path) -> None:
    turned = "0 1 -1 0 595 0 cm\n"
    content = turned + page(grid(XS, (100, 120)), words(55, 104, "1"), words(105, 104, "Việc"))
    path = pdf_file(tmp_path / "a.pdf", content, extra="/Rotate 90")
    [table] = read_source(path).tables
    assert cells(table) == [["1", "Việc", ""]]


def test_a_file_without_letters_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"^Không đọc được a\.pdf: .*bản quét"):
        read_source(pdf_file(tmp_path / "a.pdf", grid(XS, (100, 120))))


@pytest.mark.parametrize("kept", [20, 300, 900])
def test_a_file_that_is_cut_off_is_a_sentence(tmp_path: Path, kept: int) -> None:
    path = pdf_file(tmp_path / "a.pdf", words(55, 104, "1"))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CampaignError, match=r"^Không đọc được a\.pdf"):
        read_source(path)


@pytest.mark.libreoffice
def test_a_table_over_pages_as_writer_prints_it(tmp_path: Path, libreoffice: Convert) -> None:
    document = docx.Document()
    made = document.add_table(0, 3)
    made.style = "Table Grid"
    rows = [
        (
            f"1.{n}",
            f"Tiêu chí thứ {n} của bộ chỉ số cải cách hành chính, " * (1 + n % 4),
            f"Phòng {n % 5}",
        )
        for n in range(1, 41)
    ]
    for texts in rows:
        for one, text in zip(made.add_row().cells, texts, strict=True):
            one.text = text.strip()
    path = tmp_path / "a.docx"
    document.save(str(path))
    found = read_source(libreoffice(path, "pdf"))
    assert len(found.tables) > 2
    printed = [tuple(c.text for c in row) for table in found.tables for row in table.sheet.rows]
    whole = [tuple(text.strip() for text in texts) for texts in rows]
    assert [row[0] for row in printed if row[0]] == [row[0] for row in whole]
    assert " ".join(row[1] for row in printed).split() == " ".join(row[1] for row in whole).split()


def test_codes_that_begin_again_at_the_top_of_a_page_part_no_table(tmp_path: Path) -> None:
    def leaf(codes: list[str], first: str, more: str = "") -> str:
        rows = [first, *(f"{code} ke hoach" for code in codes)]
        return page(
            grid((50, 100, 350, 450), [100 + 20 * n for n in range(len(rows) + 1)]),
            *(
                words(x, 104 + 20 * n, text)
                for n, row in enumerate(rows)
                for x, text in zip((55, 105), row.split(" ", 1), strict=True)
            ),
            words(355, 104, "Don vi") if first.startswith("STT") else "",
            more,
        )

    pages = leaf(["1", "1.1", "1.2"], "STT Noi dung"), leaf(["1.1", "1.2"], "1 bao cao")
    whole = import_table(pdf_file(tmp_path / "a.pdf", *pages))
    assert [len(offer.tables) for offer in whole.offers] == [2]
    titled = pages[0], leaf(["1.1", "1.2"], "1 bao cao", words(55, 60, "BANG HAI"))
    parted = import_table(pdf_file(tmp_path / "b.pdf", *titled))
    assert len(parted.chosen.tables) == 1


def test_the_end_of_a_page_is_not_the_end_of_the_table(tmp_path: Path) -> None:
    """A remark that stands last on a page is no foot of a table that goes on on the next one."""
    note = page(
        leaf(1, (1, "Van phong")),
        grid(XS, (120, 140)),
        words(105, 124, "Ghi chu: tru khong qua 1 diem"),
    )
    below = page(
        grid(XS, (100, 120)),
        *(words(x + 5, 104, text) for x, text in ((50, "1.3"), (100, "Ban"), (350, "Thanh tra"))),
    )
    found = import_table(pdf_file(tmp_path / "a.pdf", titled(note), below))
    assert [row.name for row in found.draft.rows][-2:] == ["Ghi chu: tru khong qua 1 diem", "Ban"]
    assert Reason.FOOTER not in {one.reason for one in found.left_out}
    assert Code.ROW_BELOW_TABLE not in {one.code for one in found.findings}
