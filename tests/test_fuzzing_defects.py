"""What feeding in damaged workbooks brought to light (tools/fuzz_returns.py), one by one."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.file_kind import FileKind
from cchc_office.files.limits import MOST_LIST_BYTES, MOST_TAGS
from cchc_office.files.safe_archive import SafeArchive
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.model import Campaign, ReadFile
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns
from cchc_office.returns.containers import wrapped_name
from cchc_office.sheets.reading import open_spreadsheet
from cchc_office.sheets.reading.contents import NumberKind
from cchc_office.sheets.reading.document_properties import package_properties
from cchc_office.sheets.reading.xlsx_cells import read_styles
from cchc_office.sheets.reading.xml_parts import parse_xml, plain_xml
from cchc_office.text.legacy import read_legacy
from cchc_office.text.vietnamese import composed, fold

from .sheets import fill_form
from .test_file_kinds import archive

Read = Callable[[bytes], list[ReadFile]]


@pytest.fixture
def form(small: Campaign) -> bytes:
    return build_form(small, small.unit("VP"), DEFAULT_PROFILE)


@pytest.fixture
def filled(form: bytes, tmp_path: Path) -> bytes:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(form)
    fill_form(path, {"1.1.1": {"score": 0.5}})
    return path.read_bytes()


@pytest.fixture
def read(small: Campaign, tmp_path: Path) -> Read:
    def in_file(content: bytes) -> list[ReadFile]:
        path = tmp_path / "tep"
        path.write_bytes(content)
        return list(read_returns([path], small))

    return in_file


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {n: source.read(n) for n in source.namelist()}
    changed = change(parts[name])
    assert changed != parts[name]
    return archive({**parts, name: changed})


def zipped(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return source.read(name)


def codes(results: Iterable[ReadFile]) -> list[str]:
    return [finding.code.name for result in results for finding in result.findings]


# --- a process that ended: calamine makes room for as many shared texts as the part tells ---

READ_UNDER_A_CAP = """
import resource, sys
from pathlib import Path
from cchc_office.files.file_kind import FileKind
from cchc_office.sheets.reading import open_spreadsheet
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
book = open_spreadsheet(Path(sys.argv[1]).read_bytes(), FileKind.XLSX)
print(ascii(book.sheet(book.sheet_names[0]).value(4, 1)))
"""
STRINGS = "xl/sharedStrings.xml"
COUNT = re.compile(rb'uniqueCount="\d+"')


@pytest.mark.parametrize(
    "count",
    [
        b'uniqueCount="4294967295"',
        b"uniqueCount = '4294967295'",
        b'uniqueCount\n=\n"18446744073709551615"',
    ],
)
def test_no_number_of_shared_texts_ends_the_process(
    form: bytes, tmp_path: Path, count: bytes
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(with_part(form, STRINGS, lambda part: COUNT.sub(count, part)))
    command = [sys.executable, "-c", READ_UNDER_A_CAP, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "'STT'\n", "")


def test_a_text_that_names_the_number_of_texts_stays_as_it_is(form: bytes) -> None:
    words = b'uniqueCount="12"'
    other = with_part(form, STRINGS, lambda part: part.replace(b"STT<", words + b"<"))
    book = open_spreadsheet(other, FileKind.XLSX)
    assert book.sheet(book.sheet_names[0]).value(4, 1) == words.decode()


# --- hours of decoding: Python knows encodings that no program writes XML in ---


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("encoding", [b"punycode", b"idna", b"base64", b"undefined", b"utf-7"])
def test_strange_encodings_are_not_tried(encoding: bytes, mark: bytes) -> None:
    part = mark + b'<?xml version="1.0" encoding="' + encoding + b'"?><a/>-aaaa'
    with pytest.raises(UnreadableFileError):
        plain_xml(part)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_letters_of_four_bytes_are_not_taken_for_others(mark: str) -> None:
    part = f'{mark}<?xml version="1.0" encoding="base64"?><a/>'.encode("utf-32-le")
    with pytest.raises(UnreadableFileError):
        parse_xml(part)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "windows-1258"])
def test_usual_encodings_are_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>Sở</a>'
    if encoding == "windows-1258":
        text = text.replace("Sở", "Sơ")  # the mark would be a letter of its own
    assert parse_xml(text.encode(encoding)).text in ("Sở", "Sơ")


def test_a_byte_order_mark_stands_before_any_declaration() -> None:
    part = b'\xef\xbb\xbf<?xml version="1.0" encoding="iso-8859-1"?><a>S\xf4</a>'
    assert parse_xml(part).text == "Sô"


# --- half a minute of parsing: ten million tags within one another ---


@pytest.mark.parametrize(
    "part", [b"<a>" * (MOST_TAGS + 1), b"<a>" + b" " * MOST_LIST_BYTES + b"</a>"]
)
def test_what_would_take_long_to_parse_is_too_large(part: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        parse_xml(part)
    assert caught.value.code is Code.TOO_LARGE


def test_a_workbook_whose_list_of_sheets_is_too_large_says_so(form: bytes, read: Read) -> None:
    bomb = with_part(form, "xl/workbook.xml", lambda part: part + b" " * MOST_LIST_BYTES)
    (result,) = read(bomb)
    assert codes([result]) == ["TOO_LARGE"]


def test_properties_that_are_too_large_keep_no_form_from_being_read(
    filled: bytes, read: Read
) -> None:
    title = b"<x><title>Phieu</title>" + b" " * MOST_LIST_BYTES + b"</x>"
    bomb = with_part(filled, "docProps/core.xml", lambda _: title)
    assert package_properties(SafeArchive(bomb)).title == ""
    (result,) = read(bomb)
    assert result.returned is not None


def test_styles_too_large_to_tell_percentages_are_not_passed_over() -> None:
    xf = b'<xf numFmtId="9"/>'
    few = b"<styleSheet><cellXfs>" + xf * 2 + b"</cellXfs></styleSheet>"
    assert read_styles(few).kinds == {b"0": NumberKind.PERCENT, b"1": NumberKind.PERCENT}
    with pytest.raises(UnreadableFileError):
        read_styles(few.replace(xf, xf * 600_000))


# --- messages: headers that the standard library takes minutes over, or stumbles on ---


def message(form: bytes, *headers: bytes, name: str = "phieu.xlsx") -> bytes:
    letter = EmailMessage()
    letter["From"] = "vp@a.example"
    letter["Subject"] = "Phiếu"
    letter.set_content("x")
    letter.add_attachment(form, maintype="application", subtype="zip", filename=name)
    content = letter.as_bytes()
    for header in headers:
        key = header.partition(b":")[0]
        content = re.sub(rb"(?m)^" + key + rb":.*\n", b"", content, count=1)
        content = b"Message-ID: <a@b>\n" + content.replace(b"Subject:", header + b"\nSubject:", 1)
    return content


@pytest.mark.parametrize(
    "words",
    [
        b"=?utf-8?q?a?= " * 100_000,
        b"=?punycode?q?x-" + b"a" * 1_000_000 + b"?=",
        b"=?a?q?" * 500_000,
        b"(" * 100_000,
        b"=?idna?q?=FF?= <a@b.example>",
    ],
)
def test_no_sender_takes_long_or_hides_the_form(filled: bytes, read: Read, words: bytes) -> None:
    (result,) = read(message(filled, b"From: " + words))
    assert result.returned is not None


def test_long_names_of_attachments_come_whole(form: bytes, read: Read) -> None:
    name = "Phiếu tự chấm điểm " * 10 + ".xlsx"
    (result,) = read(message(form, name=name))
    assert result.file == f"tep › {name}"


def test_a_boundary_in_a_strange_encoding_is_said_in_vietnamese(read: Read) -> None:
    head = b"From: a@b\nTo: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary*=idna''%ff\n\n"
    (result,) = read(head + b"--x\n\nx\n--x--\n")
    (finding,) = result.findings
    assert finding.code is Code.DAMAGED_FILE
    assert "Error" not in finding.sentence


# --- texts: marks whose order takes minutes, one long text in thousands of cells ---


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0323\u0301", "\u05b0\u0301"])
def test_no_number_of_marks_on_a_letter_takes_long(marks: str) -> None:
    text = "a" + marks * 200_000
    assert len(composed(text)) <= 31
    assert fold(text) == "a"
    assert wrapped_name(f"{text}.xlsx").endswith(".xlsx")
    assert read_legacy(f"{text}µ") is None


@pytest.mark.parametrize("length", [3, 90, 2000])
def test_marks_as_people_type_them_are_composed(length: int) -> None:
    words = "K\u1ebf ho\u1ea1ch "
    decomposed = unicodedata.normalize("NFD", words)
    assert composed(decomposed * length) == words * length
    assert fold(decomposed * length) == ("ke hoach " * length).strip()
    assert fold("שָׁלוֹם " * length) == fold("שלום " * length)


@pytest.mark.parametrize("in_head", [False, True])
def test_a_long_text_in_many_cells_is_too_large(form: bytes, read: Read, in_head: bool) -> None:
    text = b"<si><t>" + b"a" * 100_000 + b"</t></si></sst>"
    place = re.search(rb'uniqueCount="(\d+)"', zipped(form, STRINGS))
    assert place is not None
    first = 1 if in_head else 50
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>%b</v></c></row>' % (n, n, place.group(1))
        for n in range(first, first + 300)
    )
    end = b"<sheetData>" if in_head else b"</sheetData>"
    long = with_part(form, STRINGS, lambda part: part.replace(b"</sst>", text))
    bomb = with_part(
        long,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(end, end + rows if in_head else rows + end),
    )
    (result,) = read(bomb)
    assert "TOO_LARGE" in codes([result])


# --- sentences of a whole cell ---


def test_a_sentence_quotes_the_start_and_the_end_of_what_is_long() -> None:
    found = "Ghi chú " + "rất dài " * 4000 + "hết"
    finding = Finding(Code.DAMAGED_FILE, "x.xlsx", "y" * 5000, found=found)
    assert len(finding.sentence) < 1000
    assert "Ghi chú rất dài" in finding.sentence
    assert "hết" in finding.sentence
    assert len(finding.place) < 1000
    assert finding.found == found
