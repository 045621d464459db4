"""Plain and pasted text: tables whose cells a sign divides, in the encodings of this country."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest

from cchc_office import PastedTable, import_table, load_campaign, start_campaign
from cchc_office.importing.reading import read_source
from cchc_office.importing.reading.plain_text import decoded, read_pasted
from cchc_office.importing.source import SourceDocument

from .calls import cchc

ROWS = [["STT", "Nội dung", "Điểm"], ["1", "Kế hoạch", "1,5"], ["1.1", "Họp giao ban", ""]]


def texts(document: SourceDocument) -> list[list[str]]:
    [found] = document.tables
    return [[cell.text for cell in row] for row in found.sheet.rows]


@pytest.mark.parametrize("sign", ["\t", "|", ";"])
def test_cells_that_a_sign_divides(sign: str) -> None:
    text = "PHỤ LỤC\n" + "\n".join(sign.join(row) for row in ROWS) + "\nNơi nhận"
    document = read_pasted(PastedTable(text))
    assert texts(document) == ROWS
    assert [(one.text, one.before) for one in document.texts] == [("PHỤ LỤC", 0), ("Nơi nhận", 1)]


def test_a_table_as_markdown_shows_it() -> None:
    lines = [f"| {' | '.join(row)} |" for row in ROWS]
    assert (
        texts(read_pasted(PastedTable("\n".join([lines[0], "|---|:--|--:|", *lines[1:]])))) == ROWS
    )


def test_cells_of_several_lines_as_excel_and_word_copy_them() -> None:
    excel = 'STT\tNội dung\tĐiểm\n1\t"Kế hoạch\nnăm"\t1\n'
    word = "STT\tNội dung\tĐiểm\n1\tKế hoạch\nnăm\t1\n"
    expected = [["STT", "Nội dung", "Điểm"], ["1", "Kế hoạch\nnăm", "1"]]
    assert (
        texts(read_pasted(PastedTable(excel))) == texts(read_pasted(PastedTable(word))) == expected
    )


def test_quoted_cells_and_the_sign_that_excel_names() -> None:
    text = 'sep=;\nSTT;Nội dung;Điểm\n1;"Có; không";1,5\n'
    assert texts(read_pasted(PastedTable(text))) == [
        ["STT", "Nội dung", "Điểm"],
        ["1", "Có; không", "1,5"],
    ]


def test_commas_divide_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_text('STT,Nội dung,Điểm\n1,"Kế hoạch, báo cáo","1,5"\n', encoding="utf-8")
    assert texts(read_source(path))[1] == ["1", "Kế hoạch, báo cáo", "1,5"]


def test_sentences_with_commas_are_no_table() -> None:
    text = "Thực hiện kế hoạch, các phòng, đơn vị,\nbáo cáo, gửi về Văn phòng, Thanh tra\n"
    assert read_pasted(PastedTable(text)).tables == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_unicode(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "bang.txt"
    path.write_bytes("\n".join("\t".join(row) for row in ROWS).encode(encoding))
    assert texts(read_source(path)) == ROWS


def test_the_encoding_of_windows_for_vietnamese() -> None:
    """Its tone marks stand behind their letters: "Kế" is K, ê and an acute."""
    assert decoded(b"K\xea\xec hoa\xf2ch") == "Kế hoạch"


def test_a_legacy_font_keeps_its_letters() -> None:
    assert decoded("KÕ ho¹ch, ®¬n vÞ, trong n¨m, ®Þnh kú".encode("cp1252")) == (
        "KÕ ho¹ch, ®¬n vÞ, trong n¨m, ®Þnh kú"
    )


PASTED = (
    "STT\tTiêu chí\tĐiểm tối đa\tĐơn vị thực hiện\n"
    "1\tChỉ đạo\t2\t\n"
    "1.1\tBan hành kế hoạch\t2\tVăn phòng\n"
)
NAMES = ["Chỉ đạo", "Ban hành kế hoạch"]


def test_a_pasted_table_starts_a_campaign_of_a_script(tmp_path: Path) -> None:
    assert [row.name for row in import_table(PastedTable(PASTED)).draft.rows] == NAMES
    started = start_campaign(tmp_path / "dot", PastedTable(PASTED))
    assert [row.name for row in started.campaign.criteria] == NAMES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_pasted_table_starts_a_campaign_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    handed = io.TextIOWrapper(io.BytesIO(PASTED.encode(encoding)), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", handed)
    cchc("khoi-tao", tmp_path / "dot", "--tu", "-")
    workbook = tmp_path / "dot" / "dot-cham.xlsx"
    assert [row.name for row in load_campaign(workbook).criteria] == NAMES
    sheet = openpyxl.load_workbook(workbook)["Nhập từ tệp"]
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(text.endswith("khoi-tao thu-muc-moi --tu -") for text in told)
