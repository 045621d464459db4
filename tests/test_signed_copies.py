"""Signed copies: the PDF that a person puts beside a letter goes out in the letter's place."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_office import open_campaign
from cchc_office.errors import UsageError
from cchc_office.steps.given_file import GivenFile

from .outbox_office import CODES, Office, found, units
from .pdf_files import pdf_file, words

WIDE = 90


@pytest.fixture
def made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office(tmp_path, capsys)
    office.make()
    return office


def texts_of(letter: Path) -> list[str]:
    """Return all that the letter says, cell by cell where it has tables, as a printer gets it."""
    body = docx.Document(str(letter)).element.body
    kind = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{kind}t")) for p in body.iter(f"{kind}p")]
    return [text for text in paragraphs if text.strip()]


def signed(letter: Path, *, instead: tuple[str, str] = ("", ""), lines_a_page: int = 60) -> Path:
    """Write what a person gets who prints, signs and saves a letter as a PDF of its name."""
    texts = [text.replace(*instead) if instead[0] else text for text in texts_of(letter)]
    lines = [text[start : start + WIDE] for text in texts for start in range(0, len(text), WIDE)]
    lines = ["Số: 123/SCT-VP", *lines, "(đã ký, đóng dấu)"]
    pages = [lines[start : start + lines_a_page] for start in range(0, len(lines), lines_a_page)]
    drawn = [
        "\n".join(words(40, 20 + 12 * row, text) for row, text in enumerate([str(number), *page]))
        for number, page in enumerate(pages, 1)
    ]
    return pdf_file(letter.with_suffix(".pdf"), *drawn)


def attached(office: Office, unit: str) -> dict[str, bytes]:
    parts = office.draft(unit).iter_attachments()
    return {part.get_filename() or "": part.get_payload(decode=True) for part in parts}  # type: ignore[misc]


def test_a_signed_copy_goes_out_in_place_of_the_word_letter(made: Office) -> None:
    copy = signed(made.paper("VP"))
    status, whole = made.gui()
    assert status == 0
    assert found(whole) == [("thu-ban-da-ky", "VP")]
    assert sorted(attached(made, "VP")) == ["CCHC-2024-VP.pdf", "CCHC-2024-VP.xlsx"]
    assert attached(made, "VP")["CCHC-2024-VP.pdf"] == copy.read_bytes()
    assert "CCHC-2024-P1.docx" in attached(made, "P1")


def test_a_paragraph_that_goes_over_a_page_is_the_same_paragraph(made: Office) -> None:
    signed(made.paper("VP"), lines_a_page=7)
    assert found(made.gui()[1]) == [("thu-ban-da-ky", "VP")]


def test_the_signed_copy_of_another_unit_s_letter_stays_here(made: Office) -> None:
    copy = signed(made.paper("TTra"))
    copy.rename(made.paper("VP", ending=".pdf"))
    status, whole = made.gui()
    assert status == 1
    assert found(whole) == [("thu-pdf-khac", "VP")]
    assert "Kính gửi" in whole["phat_hien"][0]["noi_dung"]
    assert units(whole) == ["P1", "P2", "TTra"]


def test_a_copy_that_was_signed_with_another_deadline_stays_here(made: Office) -> None:
    """A day was changed after it was signed: the unit would hold the old one."""
    signed(made.paper("VP"), instead=("30", "15"))
    assert ("thu-pdf-khac", "VP") in found(made.gui()[1])


def test_a_scan_goes_out_on_a_person_s_word_only(made: Office) -> None:
    scan = pdf_file(made.paper("VP", ending=".pdf"), "0 0 m 10 10 l S")
    status, whole = made.gui()
    assert (status, found(whole)) == (1, [("thu-ban-quet", "VP")])
    assert units(whole) == ["P1", "P2", "TTra"]
    status, whole = made.gui("--ban-quet")
    assert (status, found(whole)) == (0, [("thu-ban-da-ky", "VP")])
    assert attached(made, "VP")["CCHC-2024-VP.pdf"] == scan.read_bytes()


def test_what_is_no_pdf_is_told_of_and_stays_here(made: Office) -> None:
    made.paper("VP", ending=".pdf").write_bytes(b"%PDF-1.4 of something else")
    status, whole = made.gui("--ban-quet")
    assert (status, found(whole)) == (1, [("thu-pdf-khac", "VP")])
    assert "hỏng" in whole["phat_hien"][0]["noi_dung"]


def test_the_signed_copy_of_a_letter_that_is_old_does_not_go_out(made: Office) -> None:
    signed(made.paper("VP"))
    path = made.folder / "dot-cham.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Thông tin"]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "Hạn nộp")
    sheet.cell(row, 2).value = "20/12/2024"
    book.save(path)
    made.make()
    assert ("thu-pdf-khac", "VP") in found(made.gui()[1])


def test_signing_a_letter_that_went_out_is_no_second_letter(made: Office) -> None:
    """The papers are the same: the message keeps the ID by which it is never sent twice."""
    made.gui()
    before = made.draft("VP")["Message-ID"]
    signed(made.paper("VP"))
    made.gui()
    assert made.draft("VP")["Message-ID"] == before


# --- taking them in ---


def given(path: Path, name: str) -> GivenFile:
    content = path.read_bytes()
    path.unlink()
    return GivenFile(name, content)


def test_signed_copies_find_their_letters_by_what_they_say(made: Office) -> None:
    """Names that a scanner or another program gave tell nothing."""
    copies = [given(signed(made.paper(code)), f"{n}_signed.pdf") for n, code in enumerate(CODES)]
    taken = open_campaign(made.folder, output=made.output).take_signed("cong-van", copies)
    assert taken.is_done
    assert [(one.name, one.unit.code) for one in taken.signed] == [
        ("0_signed.pdf", "P1"),
        ("1_signed.pdf", "P2"),
        ("2_signed.pdf", "TTra"),
        ("3_signed.pdf", "VP"),
    ]
    assert sorted(found(made.gui()[1])) == [("thu-ban-da-ky", code) for code in CODES]


def test_a_scan_is_placed_by_its_name_and_waits_for_a_person(made: Office) -> None:
    scan = pdf_file(made.folder / "x.pdf", "0 0 m 10 10 l S")
    named = given(scan, "CCHC-2024-vp.pdf")
    taken = open_campaign(made.folder, output=made.output).take_signed("cong-van", [named])
    assert [one.saved_as for one in taken.signed] == ["cong-van/CCHC-2024-VP.pdf"]
    assert found(made.gui()[1]) == [("thu-ban-quet", "VP")]


def test_what_is_no_letter_of_ours_is_told_of_and_lies_nowhere(made: Office) -> None:
    other = pdf_file(made.folder / "x.pdf", words(40, 40, "Kính gửi: Sở Nội vụ"))
    files = [
        given(other, "den.pdf"),
        GivenFile("CCHC-2024-VP.pdf", b"PK not a PDF"),
        given(pdf_file(made.folder / "y.pdf", "0 0 m 10 10 l S"), "scan0001.pdf"),
    ]
    taken = open_campaign(made.folder, output=made.output).take_signed("cong-van", files)
    assert not taken.came_out
    assert [(f.code.slug, f.file) for f in taken.findings] == [
        ("ban-da-ky-cua-ai", "den.pdf"),
        ("ban-da-ky-cua-ai", "CCHC-2024-VP.pdf"),
        ("ban-da-ky-cua-ai", "scan0001.pdf"),
    ]
    assert not list((made.output / "cong-van").glob("*.pdf"))


def test_a_copy_that_lay_there_before_is_kept(made: Office) -> None:
    first = pdf_file(made.paper("VP", ending=".pdf"), "0 0 m 10 10 l S").read_bytes()
    again = GivenFile(
        "CCHC-2024-VP.pdf", pdf_file(made.folder / "x.pdf", "0 0 m 9 9 l S").read_bytes()
    )
    folder = open_campaign(made.folder, output=made.output)
    folder.take_signed("cong-van", [again])
    folder.take_signed("cong-van", [again])
    kept = {path.name: path.read_bytes() for path in (made.output / "cong-van").glob("*.pdf")}
    assert kept == {
        "CCHC-2024-VP.pdf": again.content,
        "CCHC-2024-VP (bản trước 1).pdf": first,
    }


def test_before_there_are_letters_nothing_is_taken(made: Office) -> None:
    folder = open_campaign(made.folder, output=made.output)
    with pytest.raises(UsageError, match="Chưa có công văn đôn đốc"):
        folder.take_signed("don-doc", [GivenFile("a.pdf", b"%PDF-1.4")])
