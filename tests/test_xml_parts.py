"""XML parts from outside: whatever they are encoded in, what they hide, how long they take."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import xlsxwriter

from cchc_office.catalogue.findings import Code
from cchc_office.files.file_kind import FileKind
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.sheets.reading import open_spreadsheet
from cchc_office.sheets.reading.xlsx_cells import shared_texts
from cchc_office.sheets.reading.xml_parts import (
    parse_xml,
    plain_xml,
    said_by,
    unescaped,
    xml_events,
)

LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha">]>'


def refusal(part: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as raised:
        parse_xml(part)
    return raised.value


@pytest.mark.parametrize(
    "before",
    [
        "",
        '<?xml version="1.0"?>',
        '<?xml version="1.0"?>\n<!-- <a> -->',
        "<?x <a ?>",
        "<!--<a--><?x?>\n\t<!---->",
        "<!-->--><!-- -->",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_whatever_stands_before_it(before: str, encoding: str) -> None:
    assert refusal(f"{before}{LAUGHS}<x>&a;</x>".encode(encoding)).code is Code.DAMAGED_FILE


def test_words_that_look_like_a_document_type_are_text() -> None:
    part = "<x><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE y>]]></x>"
    assert parse_xml(part.encode()).text == "<!DOCTYPE y>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("windows-1258", "cp1258"),
        ("ISO-8859-1", "latin-1"),
    ],
)
def test_parts_are_read_in_the_encoding_that_they_name(declared: str, encoding: str) -> None:
    name = f' encoding="{declared}"' if declared else ""
    part = f'<?xml version="1.0"{name}?><x>điểm é</x>'.encode(encoding, "xmlcharrefreplace")
    assert parse_xml(part).text == "điểm é"


@pytest.mark.parametrize(
    "declared", ["undefined", "punycode", "idna", "cp037", "hex", "utf-7", "unicode_escape", "la"]
)
def test_parts_in_what_office_programs_never_write_are_damaged(declared: str) -> None:
    part = f'<?xml version="1.0" encoding="{declared}"?><x/>'
    assert refusal(part.encode()).code is Code.DAMAGED_FILE


def test_the_parser_is_not_told_of_another_encoding_than_was_checked() -> None:
    start = b"""<?xml version=' encoding="utf-8"' encoding="cp037"?>"""
    part = start + f"{LAUGHS}<x>&a;</x>".encode("cp037")
    assert not plain_xml(part).startswith(b"<?xml")
    assert refusal(part).code is Code.DAMAGED_FILE


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"' + b' encoding="a"' * 100_000 + b"<x/>",
        b"<?xml " + b" " * 3_000_000 + b"?><x/>",
        b"<!--" * 400_000 + b"<x/>",
        b" " * 3_000_000 + b"<",
    ],
    ids=["declarations", "blanks", "comments", "nothing"],
)
def test_starts_that_never_end_are_refused_in_time(part: bytes) -> None:
    began = time.perf_counter()
    assert refusal(part).code is Code.DAMAGED_FILE
    assert time.perf_counter() - began < 2


def test_elements_are_told_in_order_however_long_they_are() -> None:
    part = b'<x><y z="' + b"z" * 9_000_000 + b'"/></x>'
    began = time.perf_counter()
    told = [(event, element.tag) for event, element in xml_events(part)]
    assert told == [("start", "x"), ("start", "y"), ("end", "y"), ("end", "x")]
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a&#262143;b", "a\U0003ffffb"),  # HTML drops it
        ("&#150;", "\x96"),  # HTML makes a dash of it
        ("&#x1EA1;&amp;lt;&apos;&quot;&gt;", "ạ&lt;'\">"),
        ("&copy; &nbsp; &amp &#99999999;", "&copy; &nbsp; &amp &#99999999;"),
    ],
)
def test_references_are_those_of_xml_not_of_html(written: str, text: str) -> None:
    assert unescaped(written) == text
    assert shared_texts(f"<sst><si><t>{written}</t></si></sst>".encode()) == [text]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("dòng một_x000D_\ndòng hai", "dòng một\r\ndòng hai"),
        ("A_x0030_B", "A0B"),
        ("A_x005F_x0030_B", "A_x0030_B"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("mau_xanh _x_ _x12_ _xGGGG_", "mau_xanh _x_ _x12_ _xGGGG_"),
    ],
)
def test_characters_that_a_workbook_writes_out_are_read(written: str, said: str) -> None:
    assert said_by(written) == said


def test_written_out_characters_are_read_wherever_a_text_stands(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Một")
    sheet.write_string("A1", "mã _x0031_ giữ nguyên")
    sheet.write_formula("A2", "=1", None, "bốn\rnăm")
    book.close()
    opened = open_spreadsheet((tmp_path / "a.xlsx").read_bytes(), FileKind.XLSX)
    texts = [row[0] for row in opened.sheet("Một").rows]
    assert texts == ["mã _x0031_ giữ nguyên", "bốn\rnăm"]
    runs = "<sst><si><r><t>một_x000D_</t></r><r><rPr><b/></rPr><t>hai</t></r></si></sst>"
    assert shared_texts(runs.encode("utf-8")) == ["một\rhai"]
