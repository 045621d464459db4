"""`the-thuc --danh-dau`: a copy with a Word comment at every place that breaks the decree."""

from __future__ import annotations

import datetime as dt
import errno
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.run import Run

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.annotating import annotate, annotate_content
from cchc_office.files import copy_beside
from cchc_office.steps.decree_check import check_documents, mark_documents

from .breaches import BREACHES, Breach, with_breach
from .calls import cchc
from .changed_papers import LETTER, SAMPLES, body_of, paragraph, saved
from .strict_files import strict
from .test_text_places import BOX, letter
from .validator import errors_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = dt.date(2026, 3, 9)
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(element: ElementTree.Element, w: str = W) -> str:
    return "".join(text.text or "" for text in element.iter(f"{w}t"))


def comments(content: bytes, w: str = W, author: str = "cchc") -> dict[str, str]:
    """Return what comments say, by the words that they stand at; read without python-docx."""
    files = parts(content)
    said = {
        one.get(f"{w}id"): "\n".join(words_of(line, w) for line in one.iter(f"{w}p"))
        for one in ElementTree.fromstring(files["word/comments.xml"])
        if one.get(f"{w}author") == author
    }
    body = ElementTree.fromstring(files["word/document.xml"])
    found: dict[str, str] = {}
    for number, text in said.items():
        spanned, inside = "", False
        for element in body.iter():
            if element.get(f"{w}id") == number and element.tag == f"{w}commentRangeStart":
                inside = True
            elif element.get(f"{w}id") == number and element.tag == f"{w}commentRangeEnd":
                inside = False
            elif inside and element.tag == f"{w}t":
                spanned += element.text or ""
        references = [r for r in body.iter(f"{w}commentReference") if r.get(f"{w}id") == number]
        assert len(references) == 1
        found[spanned] = found.get(spanned, "") + text
    return found


def text_of(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    return [words_of(p) for p in document.element.body.iter(qn("w:p"))]


def copy_of(content: bytes) -> bytes:
    made = annotate_content(content, "x.docx", day=DAY).content
    assert made is not None
    return made


def with_two_strange_words() -> bytes:
    document = letter()
    for text in [p for p in body_of(document) if len(p.text) > 40][:2]:
        run = text.add_run(f" lạ {text.text[:9]}")
        run.font.name, run.font.size = "Arial", Pt(13)
    return saved(document)


def test_each_place_has_a_comment_with_rule_clause_and_remedy() -> None:
    content = with_two_strange_words()
    copy = copy_of(content)
    (finding,) = annotate_content(content, "x.docx", day=DAY).findings
    assert len(finding.places) == 2
    at = comments(copy)
    for place in finding.places:
        told = next(text for words, text in at.items() if words.strip() == place.words)
        assert "LỖI" in told
        assert finding.sentence in told
        assert finding.clause in told
        assert finding.advice in told
    assert len(at) == 3  # and what stands at the top


def test_comments_are_dated_as_they_are_told() -> None:
    """One without a date is of the year -1 in LibreOffice."""
    (date,) = {
        one.get(f"{W}date")
        for one in ElementTree.fromstring(
            parts(copy_of(with_two_strange_words()))["word/comments.xml"]
        )
    }
    assert date == "2026-03-09T00:00:00Z"


def test_the_text_stays_and_so_does_every_other_part_byte_for_byte() -> None:
    content = with_two_strange_words()
    copy = copy_of(content)
    assert text_of(copy) == text_of(content)
    before, after = parts(content), parts(copy)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"}
    assert after.keys() - before.keys() == {"word/comments.xml"}
    assert [*before] == [name for name in after if name in before]


def test_an_id_that_led_nowhere_does_not_lead_to_the_comments() -> None:
    document = docx.Document(io.BytesIO(with_two_strange_words()))
    free = next(f"rId{n}" for n in range(1, 99) if f"rId{n}" not in document.part.rels)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), free)
    body_of(document)[0]._p.append(link)
    links = ElementTree.fromstring(parts(copy_of(saved(document)))["word/_rels/document.xml.rels"])
    ids = [one.get("Id") for one in links]
    assert len(ids) == len(document.part.rels) + 1
    assert free not in ids


def test_matters_of_the_pages_and_what_is_missing_stand_at_the_first_paragraph() -> None:
    document = letter()
    document.sections[0].left_margin = Mm(10)
    first = next(text for text in text_of(saved(document)) if text)
    at = comments(copy_of(saved(document)))
    assert [*at] == [first]
    assert "Lề trái" in at[first]
    assert "1 điều LỖI, 0 điều cần xem" in at[first]
    assert "Đối chiếu với Phụ lục I" in at[first]


def test_a_place_in_a_header_is_told_of_at_the_nearest_paragraph() -> None:
    document = letter()
    edge = document.sections[0].header
    for run in edge._element.xpath(".//w:r"):
        Run(run, edge).font.size = Pt(9)
    (told,) = comments(copy_of(saved(document))).values()
    assert "Số trang có cỡ chữ 9" in told
    assert "Chỗ này ở đầu trang" in told


def test_a_place_in_a_text_box_is_told_of_at_the_paragraph_that_holds_it() -> None:
    document = letter()
    held = next(p for p in body_of(document) if len(p.text) > 40)
    held._p.append(parse_xml(BOX))
    at = comments(copy_of(saved(document)))
    (told,) = (text for words, text in at.items() if words == "KHẨN")
    assert "Chỗ này ở khung chữ “KHẨN”" in told
    body = docx.Document(io.BytesIO(copy_of(saved(document)))).element.body
    assert not body.xpath(".//w:txbxContent//w:commentRangeStart")


def test_words_in_a_hyperlink_and_an_insertion_are_spanned_whole() -> None:
    document = letter()
    text = next(p for p in body_of(document) if len(p.text) > 40)
    for tag in ("w:hyperlink", "w:ins"):
        holder = OxmlElement(tag)
        if tag == "w:ins":
            holder.set(qn("w:id"), "900")
            holder.set(qn("w:author"), "người sửa")
        run = text.add_run(f" trong {tag[2:]}")
        run.font.name, run.font.size = "Arial", Pt(13)
        holder.append(run._r)
        text._p.append(holder)
    at = comments(copy_of(saved(document)))
    assert " trong hyperlink trong ins" in at


def test_comments_of_others_are_kept_and_ours_have_other_numbers() -> None:
    document = docx.Document(io.BytesIO(with_two_strange_words()))
    theirs = body_of(document)[0]
    document.add_comment(theirs.runs, "Xem lại câu này", author="Người duyệt", initials="ND")
    content = saved(document)
    copy = copy_of(content)
    assert [*comments(copy, author="Người duyệt").values()] == ["Xem lại câu này"]
    numbers = [
        one.get(f"{W}id") for one in ElementTree.fromstring(parts(copy)["word/comments.xml"])
    ]
    assert len(numbers) == len(set(numbers)) == 4
    assert len(comments(copy)) == 3


def test_marking_again_gives_the_same_and_marks_of_before_go() -> None:
    content = with_two_strange_words()
    copy = copy_of(content)
    assert copy_of(content) == copy
    assert copy_of(copy) == copy
    mended = docx.Document(io.BytesIO(copy))
    for text in body_of(mended):
        for run in text.runs:
            if " lạ " in run.text:
                text._p.remove(run._r)
    again = annotate_content(saved(mended), "x.docx", day=DAY, even_clean=True)
    assert again.findings == ()
    assert again.content is not None
    (told,) = comments(again.content).values()
    assert "không thấy chỗ nào sai thể thức" in told


@pytest.mark.parametrize("breach", BREACHES[::6], ids=lambda b: b.name)
def test_copies_have_a_comment_for_each_breach(breach: Breach) -> None:
    content = with_breach(breach)
    made = annotate_content(content, "x.docx", day=DAY)
    assert made.content is not None
    assert text_of(made.content) == text_of(content)
    (finding,) = made.findings
    told = [text for text in comments(made.content).values() if finding.sentence in text]
    assert sum(text.count(finding.sentence) for text in told) == max(1, len(finding.places))


def test_a_document_of_the_strict_kind_gets_strict_comments() -> None:
    content = strict(with_two_strange_words())
    copy = copy_of(content)
    assert len(comments(copy, STRICT)) == 3
    assert b"schemas.openxmlformats.org/wordprocessingml" not in parts(copy)["word/comments.xml"]
    before, after = parts(content), parts(copy)
    assert before["word/styles.xml"] == after["word/styles.xml"]


SIGNATURE = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"


def signed(content: bytes) -> bytes:
    """Return a document with the parts of a digital signature, as Word lays them."""
    files = parts(content)
    files["_xmlsignatures/origin.sigs"] = b""
    files["_xmlsignatures/sig1.xml"] = b"<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>"
    link = f'<Relationship Id="rIdS" Type="{SIGNATURE}" Target="_xmlsignatures/origin.sigs"/>'
    files["_rels/.rels"] = files["_rels/.rels"].replace(
        b"</Relationships>", f"{link}</Relationships>".encode()
    )
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/_xmlsignatures/sig1.xml" ContentType='
        b'"application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/></Types>',
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return whole.getvalue()


def test_the_copy_of_a_signed_document_is_without_the_signature_and_that_is_told(
    tmp_path: Path,
) -> None:
    original = tmp_path / "a.docx"
    original.write_bytes(signed(with_two_strange_words()))
    before = original.read_bytes()
    made = annotate(original)
    assert [told.code for told in made.told] == [Code.MARKS_WITHOUT_SIGNATURE]
    assert made.copy is not None
    files = parts(made.copy.read_bytes())
    assert not [name for name in files if "signature" in name]
    assert b"signature" not in files["_rels/.rels"] + files["[Content_Types].xml"]
    assert original.read_bytes() == before


def test_no_copy_where_nothing_is_found_or_nothing_can_be_looked_at(tmp_path: Path) -> None:
    clean, old = tmp_path / "a.docx", tmp_path / "b.doc"
    clean.write_bytes((SAMPLES / LETTER).read_bytes())
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    found = mark_documents([clean, old])
    assert found.written == ()
    assert [finding.code for finding in found.findings] == [Code.DOCUMENT_UNREADABLE]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.doc"]


def test_a_document_whose_package_is_not_whole_gets_no_copy() -> None:
    files = parts(with_two_strange_words())
    del files["[Content_Types].xml"]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    made = annotate_content(whole.getvalue(), "x.docx", day=DAY)
    assert made.content is None
    assert [told.code for told in made.told] == [Code.MARKS_IMPOSSIBLE]
    assert made.findings


def test_where_no_copy_can_be_written_the_findings_are_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(copy_beside, "write_whole", full)
    (tmp_path / "a.docx").write_bytes(with_two_strange_words())
    (tmp_path / "b.docx").write_bytes((SAMPLES / LETTER).read_bytes())
    found = mark_documents(tmp_path)
    assert (found.findings[0].code, found.findings[0].file) == (Code.MARKS_NOT_WRITTEN, "a.docx")
    assert "đĩa đã đầy" in found.findings[0].sentence
    assert len(found.findings) == 2
    assert [one.verdict for one in found.documents] == [
        "1 lỗi thể thức",
        "không thấy chỗ nào sai thể thức",
    ]


def test_a_folder_leaves_its_marked_copies_out_until_somebody_saved_them(tmp_path: Path) -> None:
    (tmp_path / "con").mkdir()
    (tmp_path / "con" / "a.docx").write_bytes(with_two_strange_words())
    made = mark_documents(tmp_path)
    (written,) = made.written
    assert written.path == tmp_path / "con" / "a-danh-dau.docx"
    assert [one.name for one in check_documents(tmp_path).documents] == ["con/a.docx"]
    edited = docx.Document(str(written.path))
    edited.paragraphs[0].add_run("sửa")
    edited.save(str(written.path))
    kept = written.path.read_bytes()
    again = mark_documents(tmp_path / "con" / "a.docx")
    assert written.path.read_bytes() == kept
    assert [one.path.name for one in again.written] == ["a-danh-dau (2).docx"]
    assert Code.COPY_KEPT in {finding.code for finding in again.findings}
    assert len(check_documents(tmp_path).documents) == 2


def test_what_is_called_as_a_copy_may_be_any_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a-danh-dau.docx", "w") as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
    (found,) = check_documents(tmp_path).findings
    assert (found.code, found.file) == (Code.DOCUMENT_UNREADABLE, "a-danh-dau.docx")


def test_a_copy_of_before_says_so_when_all_was_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(with_two_strange_words())
    assert annotate(path).copy is not None
    path.write_bytes((SAMPLES / LETTER).read_bytes())
    made = annotate(path)
    assert made.copy is not None
    (told,) = comments(made.copy.read_bytes()).values()
    assert "không thấy chỗ nào sai thể thức" in told


def test_the_command_names_the_copies(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(with_two_strange_words())
    assert cchc("the-thuc", path, "--danh-dau") == 1
    assert "a-danh-dau.docx" in capsysbinary.readouterr().out.decode()
    assert cchc("the-thuc", path, "--danh-dau", "--json") == 1
    (written,) = json.loads(capsysbinary.readouterr().out)["tep_ghi"]
    assert written == {
        "tep": (tmp_path / "a-danh-dau.docx").as_posix(),
        "trang_thai": "cập nhật",
    }


def test_marking_and_mending_are_asked_for_one_at_a_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(with_two_strange_words())
    assert cchc("the-thuc", tmp_path / "a.docx", "--danh-dau", "--sua") == 2
    assert "--danh-dau hoặc --sua" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.validator
def test_the_validator_finds_nothing_in_copies(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(with_two_strange_words()))
    document.sections[0].left_margin = Mm(10)
    paragraph(document, "Kính gửi").runs[0].font.size = Pt(9)
    body_of(document)[0]._p.append(parse_xml(BOX))
    plain = tmp_path / "a.docx"
    plain.write_bytes(saved(document))
    commented = tmp_path / "b.docx"
    document.add_comment(body_of(document)[0].runs, "Xem lại", author="Người duyệt")
    commented.write_bytes(saved(document))
    for path in (plain, commented):
        copy = annotate(path).copy
        assert copy is not None
        assert len(errors_of(copy)) == len(errors_of(path))
