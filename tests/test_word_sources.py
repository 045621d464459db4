"""Word documents as sources: every word that Word shows is in a table, beside it, or left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office.errors import CampaignError
from cchc_office.importing.reading import read_source
from cchc_office.importing.source import CellLook, Reason, SourceDocument, SourceTable
from tests.strict_files import strict
from tests.word_files import cell, level, listed, para, row, run, table, word_file


def shown(table: SourceTable) -> list[list[str]]:
    """Return the cells of a table; "^" is what a merged cell covers."""
    return [
        [("" if c.address == c.head else "^") + c.text for c in cells]
        if any(c.address != c.head for c in cells)
        else [c.text for c in cells]
        for cells in table.sheet.rows
    ]


def read(path: Path, body: str, **parts: str) -> SourceDocument:
    return read_source(word_file(path / "bang.docx", body, **parts))


def only_table(path: Path, body: str, **parts: str) -> list[list[str]]:
    [found] = read(path, body, **parts).tables
    return shown(found)


def left(document: SourceDocument) -> list[tuple[str, str, Reason]]:
    return [(one.place, one.text, one.reason) for one in document.left_out]


def column(cells: Sequence[str]) -> str:
    return table(*(row(one, "việc") for one in cells))


# --- numbers that Word counts by itself ---

OUTLINE = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "%1", "upperRoman")
    + level(1, "%2.")
    + level(2, "%2.%3")
    + level(3, "%4)", "lowerLetter")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    + '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def numbers(path: Path, cells: Sequence[str], numbering: str, styles: str = "") -> list[str]:
    parts = {"numbering": numbering, **({"styles": styles} if styles else {})}
    rows = only_table(path, table(*(row(cell(one), "việc") for one in cells)), **parts)
    return [cells[0] for cells in rows]


def test_lists_of_four_levels_are_counted(tmp_path: Path) -> None:
    levels = (0, 1, 2, 3, 3, 2, 1, 2, 0, 1, 2)
    assert numbers(tmp_path, [listed(level=at) for at in levels], OUTLINE) == (
        ["I", "1.", "1.1", "a)", "b)", "1.2", "2.", "2.1", "II", "1.", "1.1"]
    )


def test_a_list_that_starts_anew_and_one_that_goes_on(tmp_path: Path) -> None:
    cells = [listed(level=1), listed(level=1, number=2), listed(level=1, number=2), listed(level=1)]
    assert numbers(tmp_path, cells, OUTLINE) == ["1.", "5.", "6.", "7."]


def test_levels_that_never_start_anew(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "%1.")
        + level(1, "%1.%2", more='<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    cells = [listed(level=at) for at in (0, 1, 1, 0, 1)]
    assert numbers(tmp_path, cells, numbering) == ["1.", "1.1", "1.2", "2.", "2.3"]


def test_roman_fields_whose_rows_are_counted_in_digits(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "%1.", "upperRoman")
        + level(1, "%1.%2", more="<w:isLgl/>", start=0)
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    cells = [listed(level=at) for at in (0, 0, 1, 1)]
    assert numbers(tmp_path, cells, numbering) == ["I.", "II.", "2.0", "2.1"]


def test_numbers_of_styles_and_paragraphs_that_switch_them_off(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "%1", more='<w:pStyle w:val="LV"/>')
        + level(1, "%1.%2", more='<w:pStyle w:val="TC"/>')
        + '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    )
    of_list = '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}">{of_list}</w:style>'
        for name in ("LV", "TC")
    )
    off = '<w:pStyle w:val="TC"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    styled = [para("", f'<w:pStyle w:val="{name}"/>') for name in ("LV", "TC", "TC")]
    cells = [*styled, para("", off), para("", '<w:pStyle w:val="TC"/>')]
    assert numbers(tmp_path, cells, numbering, styles) == ["1", "1.1", "1.2", "", "1.3"]


def test_a_number_stands_before_the_text_and_is_told(tmp_path: Path) -> None:
    numbering = (
        OUTLINE
        + '<w:abstractNum w:abstractNumId="9">'
        + level(0, "-", "bullet")
        + '</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    )
    body = listed("Phần chung") + table(
        row(
            cell(listed("Kế hoạch", 1)),
            cell(listed("Có: 1", number=9) + listed("Không: 0", number=9)),
        ),
    )
    document = read(tmp_path, body, numbering=numbering)
    [found] = document.tables
    assert shown(found) == [["1. Kế hoạch", "- Có: 1\n- Không: 0"]]
    assert found.numbered == {"A1"}
    assert [text.text for text in document.texts] == ["I Phần chung"]


def test_what_was_deleted_is_not_counted(tmp_path: Path) -> None:
    gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    cells = [
        listed(),
        para("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", gone) + listed("Hai"),
        listed(),
    ]
    assert numbers(tmp_path, cells, OUTLINE) == ["I", "II Hai", "III"]


# --- tracked changes, controls, fields ---


def test_tracked_changes_of_every_kind(tmp_path: Path) -> None:
    body = table(
        row(
            "1",
            cell(
                para(
                    f"<w:ins>{run('Ban hành ')}</w:ins>{run('kế hoạch')}<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
                )
            ),
        ),
        row("2", "bỏ cả dòng", properties="<w:del/>"),
        row("3", "thêm cả dòng", properties="<w:ins/>"),
        row(
            "4",
            cell(
                para(
                    f"<w:moveFrom>{run('chỗ cũ')}</w:moveFrom><w:moveTo>{run('chỗ mới')}</w:moveTo>"
                )
            ),
        ),
        row("5", cell("ô bị xoá", "<w:cellDel/>"), cell("ô còn lại", "<w:cellIns/>")),
        row("6", cell(para("Hai đoạn ", "<w:rPr><w:del/></w:rPr>") + para("nối lại"))),
    )
    assert only_table(tmp_path, body) == [
        ["1", "Ban hành kế hoạch"],
        ["3", "thêm cả dòng"],
        ["4", "chỗ mới"],
        ["5", "ô còn lại"],
        ["6", "Hai đoạn nối lại"],
    ]


def test_controls_links_smart_tags_and_fields(tmp_path: Path) -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("4,5")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    check_box = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = table(
        control(row("1", "dòng trong ô điều khiển")),
        row("2", control(cell("ô trong ô điều khiển"))),
        row("3", cell(control(para("đoạn trong ô điều khiển")))),
        row(
            "4",
            cell(
                para(
                    f"<w:hyperlink>{run('liên kết ')}</w:hyperlink><w:smartTag>{run('thẻ')}</w:smartTag>"
                )
            ),
        ),
        row(cell(para(field)), cell(para(check_box + run("có")))),
    )
    assert only_table(tmp_path, body) == [
        ["1", "dòng trong ô điều khiển"],
        ["2", "ô trong ô điều khiển"],
        ["3", "đoạn trong ô điều khiển"],
        ["4", "liên kết thẻ"],
        ["4,5", "có"],
    ]


# --- columns ---


def test_rows_that_lack_cells_at_either_end(tmp_path: Path) -> None:
    grid = (500, 4000, 900, 2000)
    widths = dict(zip("abcd", grid, strict=True))
    full = [cell(name, width=widths[name]) for name in "abcd"]
    body = table(
        row(*full),
        row(*full[1:], properties='<w:gridBefore w:val="1"/>'),
        row(*full[:2], properties='<w:gridAfter w:val="2"/>'),
        row(*full[1:3]),
        row(*full[:3]),
        grid=grid,
    )
    assert only_table(tmp_path, body) == [
        ["a", "b", "c", "d"],
        ["", "b", "c", "d"],
        ["a", "b", "", ""],
        ["", "b", "c", ""],
        ["a", "b", "c", ""],
    ]


def test_borders_that_lie_a_little_beside_each_other(tmp_path: Path) -> None:
    """Columns of a millimetre are none: cells of two rows stand one below the other."""
    wide = '<w:gridSpan w:val="2"/>'
    body = table(
        row(cell("STT", wide), cell("Nội dung"), cell("Điểm")),
        row(cell("1"), cell("Kế hoạch", wide), cell("2")),
        grid=(800, 60, 5000, 900),
    )
    assert only_table(tmp_path, body) == [["STT", "Nội dung", "Điểm"], ["1", "Kế hoạch", "2"]]


def test_narrow_columns_that_hold_something_stay(tmp_path: Path) -> None:
    assert only_table(tmp_path, table(row("x", "Kế hoạch"), grid=(60, 5000))) == [["x", "Kế hoạch"]]


def test_merged_cells_show_their_head_in_both_directions(tmp_path: Path) -> None:
    starts, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row("1", cell("Lĩnh vực", '<w:gridSpan w:val="2"/>'), cell("VP", starts)),
        row(
            "1.1",
            cell("Việc", '<w:hMerge w:val="restart"/>'),
            cell("", '<w:hMerge w:val="continue"/>'),
            cell("", goes_on),
        ),
        row("1.2", "Khác", "2", cell("Lạc", goes_on)),
        row("1.3", "Nữa", cell("3", goes_on), "TT"),
    )
    document = read(tmp_path, body)
    assert shown(document.tables[0]) == [
        ["1", "Lĩnh vực", "^Lĩnh vực", "VP"],
        ["1.1", "Việc", "^Việc", "^VP"],
        ["1.2", "Khác", "2", "^VP"],
        ["1.3", "Nữa", "3", "TT"],
    ]
    assert left(document) == [("Bảng 1, dòng 3, dưới ô gộp", "Lạc", Reason.HIDDEN_TEXT)]


# --- tables within tables, boxes ---


def test_a_frame_around_everything_and_a_small_table_in_a_cell(tmp_path: Path) -> None:
    bands = table(row("Từ 80%", "1"), row("Dưới 80%", "0"))
    criteria = table(
        row("1", "Kế hoạch", cell(bands + para())), row("2", "Báo cáo", ""), row("3", "Họp", "")
    )
    document = read(tmp_path, table(row(cell(para("PHỤ LỤC") + criteria + para()))))
    frame, found = document.tables
    assert shown(frame) == [["PHỤ LỤC"]]
    assert shown(found) == [
        ["1", "Kế hoạch", "Từ 80% | 1\nDưới 80% | 0"],
        ["2", "Báo cáo", ""],
        ["3", "Họp", ""],
    ]


def test_text_boxes_are_texts_in_the_body_and_told_of_in_cells(tmp_path: Path) -> None:
    def box(content: str) -> str:
        inner = f"<w:txbxContent>{content}</w:txbxContent>"
        return (
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
            f"{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}"
            "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    body = (
        para(run("Trên") + box(para("Phụ lục II")))
        + table(row("1", cell(para(run("Kế hoạch") + box(para("xem mục 2"))))))
        + para(box(table(row("2", "Bảng trong hộp"))))
    )
    document = read(tmp_path, body)
    assert [text.text for text in document.texts] == ["Trên", "Phụ lục II"]
    assert [shown(found) for found in document.tables] == [
        [["1", "Kế hoạch"]],
        [["2", "Bảng trong hộp"]],
    ]
    assert left(document) == [("Bảng 1, dòng 1", "xem mục 2", Reason.TEXT_BOX)]


# --- what is not taken ---


def test_notes_comments_hidden_text_and_page_edges_are_listed(tmp_path: Path) -> None:
    reference = '<w:r><w:{}Reference w:id="2"/></w:r>'
    body = (
        table(
            row(
                "1",
                cell(
                    para(
                        run("Kế hoạch") + reference.format("footnote") + reference.format("comment")
                    )
                ),
            ),
            row(
                "2",
                cell(
                    para(
                        run("Báo cáo ") + run("(nháp)", "<w:vanish/>") + reference.format("endnote")
                    )
                ),
            ),
            row("3", "dòng ẩn", properties="<w:hidden/>"),
            row("4", cell(para(run("Giữ ") + run("bỏ", "<w:strike/>")))),
        )
        + '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/></w:sectPr>'
    )
    document = read(
        tmp_path,
        body,
        footnotes=f'<w:footnote w:type="separator" w:id="0">{para("—")}</w:footnote>'
        f'<w:footnote w:id="2">{para("Theo Nghị quyết 76")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{para("Quý IV")}</w:endnote>',
        comments=f'<w:comment w:id="2">{para("xem lại")}</w:comment><w:comment w:id="3">{para("lạc")}</w:comment>',
        header=para("SỞ A"),
    )
    [found] = document.tables
    assert shown(found) == [["1", "Kế hoạch"], ["2", "Báo cáo"], ["4", "Giữ"]]
    assert found.sheet.rows[2][1].crossed_out == "bỏ"
    assert left(document) == [
        ("Bảng 1, dưới dòng 2", "3 | dòng ẩn", Reason.HIDDEN_ROW),
        ("Bảng 1, dòng 1", "Theo Nghị quyết 76", Reason.FOOTNOTE),
        ("Bảng 1, dòng 1", "xem lại", Reason.COMMENT),
        ("Bảng 1, dòng 2", "Quý IV", Reason.FOOTNOTE),
        ("Bảng 1, dòng 2", "(nháp)", Reason.HIDDEN_TEXT),
        ("đầu trang, chân trang", "SỞ A", Reason.PAGE_EDGE),
        ("không rõ thuộc chỗ nào", "lạc", Reason.COMMENT),
    ]


def test_a_picture_in_a_cell_is_told_of(tmp_path: Path) -> None:
    picture = "<w:r><w:drawing><a:graphic><a:blip/></a:graphic></w:drawing></w:r>"
    document = read(tmp_path, table(row("1", cell(para(picture)))))
    assert document.notes == ("Bảng 1, dòng 1: có hình, chữ trong hình (nếu có) không đọc được",)


# --- looks, pages, signs ---


def test_looks_tell_bold_italic_centred_and_indented(tmp_path: Path) -> None:
    body = para(run("PHỤ LỤC", "<w:b/>"), '<w:jc w:val="center"/>') + table(
        row(
            cell(para(run("1", "<w:b/>") + run(" ", ""))),
            cell(para(run("Kế", "<w:i/>") + run("hoạch"), '<w:ind w:left="567"/>')),
            cell(para(run("In nghiêng", "<w:i/>"))),
        )
    )
    document = read(tmp_path, body)
    assert document.tables[0].looks == {
        "A1": CellLook(bold=True),
        "B1": CellLook(indent=10.0),
        "C1": CellLook(italic=True),
    }
    [text] = document.texts
    assert text.look == CellLook(bold=True, centred=True)


def test_capitals_that_a_format_makes_are_read_as_seen(tmp_path: Path) -> None:
    body = table(row("1", cell(para(run("Cải cách thể chế", "<w:caps/>")))))
    assert only_table(tmp_path, body) == [["1", "CẢI CÁCH THỂ CHẾ"]]


def test_pages_are_those_that_word_broke_last(tmp_path: Path) -> None:
    new_page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        para("Đầu")
        + table(
            row("1", "a"),
            row(cell(para(new_page + run("2"))), cell(para(new_page + run("b")))),
            row("3", cell(para("c") + para(new_page + run("d")))),
            row("4", "e"),
        )
        + para("Cuối")
    )
    document = read(tmp_path, body)
    assert document.tables[0].pages == {0: 1, 1: 2, 2: 2, 3: 3}
    assert [text.page for text in document.texts] == [1, 3]


def test_signs_and_equations_are_read_as_seen(tmp_path: Path) -> None:
    def of(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    equation = f"<m:oMath><m:f><m:num>{of('b')}</m:num><m:den>{of('a+c')}</m:den></m:f>{of(' × 2')}</m:oMath>"
    body = table(
        row(
            cell(para('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 80%"))),
            cell(para('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')),
            cell(para(run("Điểm = ") + equation)),
        )
    )
    assert only_table(tmp_path, body) == [["≥ 80%", "✓", "Điểm = b/(a+c) × 2"]]


def test_a_strict_document_says_the_same(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "bang.docx", table(row(cell(listed("Việc")), "x")), numbering=OUTLINE
    )
    usual = read_source(path)
    path.write_bytes(strict(path.read_bytes()))
    assert read_source(path) == usual


# --- files that cannot be read ---


@pytest.mark.parametrize("kept", [30, 400, 1_000, 2_000])
def test_a_document_that_is_cut_off_is_a_sentence(tmp_path: Path, kept: int) -> None:
    document = docx.Document()
    document.add_table(2, 2)
    path = tmp_path / "bang.docx"
    document.save(str(path))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CampaignError, match=r"^Không đọc được .*bang\.docx"):
        read_source(path)


@pytest.mark.parametrize("content", [b"", bytes(100), b"PK\x03\x04" + b"x" * 500])
def test_what_is_no_document_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bang.docx"
    path.write_bytes(content)
    with pytest.raises(CampaignError, match=r"^Không đọc được bang\.docx"):
        read_source(path)


def test_a_document_whose_xml_is_broken_is_a_sentence(tmp_path: Path) -> None:
    path = word_file(tmp_path / "bang.docx", "<w:tbl><w:tr>")
    with pytest.raises(
        CampaignError, match=r"^Không đọc được bang\.docx: nội dung không nguyên vẹn"
    ):
        read_source(path)


def test_tables_that_are_absurdly_large_are_a_sentence(tmp_path: Path) -> None:
    wide = row(cell("x", '<w:gridSpan w:val="60"/>'))
    path = word_file(tmp_path / "bang.docx", table(*[wide] * 6_000))
    with pytest.raises(CampaignError, match=r"^Không đọc được bang\.docx: các bảng lớn bất thường"):
        read_source(path)


# --- any table ---

TEXTS = st.text("aắđ1.-% \n", max_size=8).map(
    lambda text: "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")
)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(TEXTS, min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_table_through_a_document(tmp_path: Path, rows: list[list[str]]) -> None:
    document = docx.Document()
    made = document.add_table(len(rows), len(rows[0]))
    for cells, texts in zip(made.rows, rows, strict=True):
        for one, text in zip(cells.cells, texts, strict=True):
            one.text = text
    path = tmp_path / "bang.docx"
    document.save(str(path))
    [found] = read_source(path).tables
    assert shown(found) == rows
