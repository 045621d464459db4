"""Holding Word documents against Decree 30."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cchc_office.catalogue import FindingCode
from cchc_office.catalogue._decree30 import Decree30Codes
from cchc_office.catalogue.findings import Finding, Severity
from cchc_office.decree30 import check
from cchc_office.decree30.checker import check_content
from cchc_office.model import Consolidation
from cchc_office.steps.papers import table

from .breaches import BREACHES, Breach, with_breach
from .calls import cchc, made
from .changed_papers import (
    LETTER,
    SAMPLES,
    body_of,
    paragraph,
    removed,
    slugs_of,
    typed,
    with_properties,
    without_page_numbers,
)
from .strict_files import strict

CONFORMING = sorted(p for p in SAMPLES.glob("*.docx") if not p.name.startswith("sai-"))


def said(findings: list[Finding]) -> list[str]:
    return [f"{f.code.slug} {f.about}: {f.sentence}" for f in findings]


@pytest.mark.parametrize("path", CONFORMING, ids=lambda p: p.stem)
def test_documents_of_other_programs_give_no_false_alarm(path: Path) -> None:
    assert said(check(path)) == []


@pytest.mark.parametrize("breach", BREACHES, ids=lambda b: b.name)
def test_a_single_breach_is_found_and_nothing_else(breach: Breach) -> None:
    findings = check_content(with_breach(breach), "x.docx")
    assert [(f.code.slug, f.about) for f in findings] == [(breach.slug, breach.about)], said(
        findings
    )
    assert findings[0].clause in findings[0].sentence


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("sai-writer-le-trang", {"le-trang", "so-trang-o-duoi"}),
        ("sai-writer-dia-danh", {"dia-danh-thieu-phay", "ngay-thang-thieu-so-khong", "co-chu"}),
        ("sai-writer-can-trai", {"canh-chu", "nguoi-ky-hoc-vi"}),
        ("sai-word-phong-chu", {"phong-chu"}),
        ("sai-word-quoc-hieu", {"thieu-dam", "tieu-ngu-sai-chu"}),
        ("sai-word-so-trang", {"so-thieu-so-khong", "so-trang-o-duoi"}),
        ("sai-word-phu-luc", {"phu-luc-so-thu-tu"}),
        ("sai-word-gian-dong", {"cach-dong", "cach-doan"}),
    ],
)
def test_breaches_that_other_programs_saved_are_found(name: str, slugs: set[str]) -> None:
    assert {f.code.slug for f in check(SAMPLES / f"{name}.docx")} == slugs


@pytest.mark.parametrize(
    ("side", "about", "allowed", "forbidden"),
    [
        ("left_margin", "Lề trái", (29.8, 35.2), (29.6, 35.4)),
        ("right_margin", "Lề phải", (14.8, 20.2), (14.6, 20.4)),
        ("top_margin", "Lề trên", (19.8, 25.2), (19.6, 25.4)),
        ("bottom_margin", "Lề dưới", (19.8, 25.2), (19.6, 25.4)),
    ],
)
def test_margins_may_be_off_by_what_rounding_makes(
    side: str, about: str, allowed: tuple[float, ...], forbidden: tuple[float, ...]
) -> None:
    # Inches and twips do not give whole millimetres: 0.3 mm are not told, more is.
    def told(margin: float) -> list[str]:
        def change(document: Any) -> None:
            setattr(document.sections[0], side, Mm(margin))

        findings = check_content(with_breach(Breach("", LETTER, change, "")), "x.docx")
        return [f.about for f in findings if f.code.slug == "le-trang"]

    assert [told(margin) for margin in allowed] == [[], []]
    assert [told(margin) for margin in forbidden] == [[about], [about]]


# --- what could not be told ---

DOUBTS = (
    Breach(
        "several on one line",
        "word-cong-van-mot-noi.docx",
        typed("Kính gửi: ", "Kính gửi: Văn phòng Sở, Thanh tra Sở, ", "Kính gửi"),
        "kinh-gui-nhieu-noi-mot-dong",
    ),
    Breach("month padded", LETTER, typed("tháng 9", "tháng 09", "Sơn La,"), "thang-thua-so-khong"),
    Breach(
        "indent of blanks",
        LETTER,
        lambda document: _typed_indent(body_of(document)[1]),
        "lui-dau-dong-bang-dau-cach",
        "Nội dung văn bản",
    ),
)


def _typed_indent(paragraph: Any) -> None:
    paragraph.paragraph_format.first_line_indent = Mm(0)
    paragraph.runs[0].text = "        " + paragraph.runs[0].text


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda b: b.name)
def test_what_is_not_certain_is_not_called_a_breach(doubt: Breach) -> None:
    [finding] = check_content(with_breach(doubt), "x.docx")
    assert (finding.code.slug, finding.about) == (doubt.slug, doubt.about)
    assert finding.severity is Severity.WARNING


def test_a_paper_that_is_no_official_document_is_told_so() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    document.add_paragraph("Danh sách mua sắm")
    assert said_slugs(document) == {"khong-nhan-ra-the-thuc"}


def said_slugs(document: Any) -> set[str]:
    return set(slugs_of(document))


def test_a_signature_without_a_name_or_title_is_not_certain() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    for start in ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nguyễn Văn A"):
        removed(start)(document)
    assert said_slugs(document) == {"khong-ro-phan-ky"}


def test_whether_numbers_are_needed_is_asked_of_the_length(tmp_path: Path) -> None:
    short = docx.Document(str(SAMPLES / "word-giay-moi.docx"))
    assert said_slugs(without_page_numbers(with_properties(short, "<Properties/>"))) == set()
    medium = docx.Document(str(SAMPLES / LETTER))
    assert said_slugs(without_page_numbers(with_properties(medium, "<Properties/>"))) == {
        "khong-ro-so-trang"
    }
    for _ in range(20):
        last = body_of(medium)[0]
        last._p.addnext(copy.deepcopy(last._p))
    assert said_slugs(medium) == {"thieu-so-trang"}


def test_every_code_of_the_decree_is_shown_by_a_test() -> None:
    shown = {b.slug for b in (*BREACHES, *DOUBTS)}
    shown |= {"khong-nhan-ra-the-thuc", "khong-ro-phan-ky", "khong-ro-so-trang"}
    elsewhere = {
        "van-ban-khong-doc-duoc",
        "van-ban-co-mat-khau",
        "the-thuc-theo-quy-dinh-khac",
        "so-thieu-gach-cheo",
        "ky-hieu-khac-ten-loai",
        "ngay-thang-khong-co",
        "cap-pho-thieu-kt",
        "huong-giay",
        "kinh-gui-xuong-dong",
        "khong-tim-duoc-so-trang",
        "ban-danh-dau-khong-con-chu-ky-so",
        "khong-danh-dau-duoc-van-ban",
        "khong-ghi-duoc-ban-danh-dau",
    }
    rules = {c.slug for c in vars(Decree30Codes).values() if isinstance(c, FindingCode)}
    assert rules == shown | elsewhere


def test_a_wide_page_is_for_tables() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    assert said_slugs(document) == set()  # the letterhead is a table of the text
    assert "huong-giay" in said_slugs_of_text("Không có bảng nào", landscape=True)


def said_slugs_of_text(text: str, *, landscape: bool) -> set[str]:
    document = docx.Document()
    document.add_paragraph("Phụ lục").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(text)
    section = document.sections[0]
    section.page_width, section.page_height = (
        (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    )
    return said_slugs(document)


def test_one_addressee_stands_on_the_line_of_the_words() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    for start in ("- Các phòng chuyên", "- Trung tâm"):
        element = paragraph(document, start)._p
        document.element.body.remove(element)
    assert said_slugs(document) == {"kinh-gui-xuong-dong"}


# --- formatting as Word works it out ---


def restyled(change: Any) -> set[str]:
    document = docx.Document(str(SAMPLES / LETTER))
    change(document)
    return said_slugs(document)


def test_bold_from_two_styles_cancels_itself() -> None:
    """ECMA-376 part 1, 17.7.3: a toggle that both styles set is off."""

    def change(document: Any, both: bool) -> None:
        found = paragraph(document, "CỘNG HÒA")
        own = document.styles.add_style("Đậm đoạn", 1)
        own.font.bold = both
        own.paragraph_format.alignment = 1
        mark = document.styles.add_style("Đậm chữ", 2)
        mark.font.bold = True
        found.style = own
        for run in found.runs:
            run.style = mark
            run.font.bold = None

    assert restyled(lambda d: change(d, both=True)) == {"thieu-dam"}
    assert restyled(lambda d: change(d, both=False)) == set()


def test_what_a_style_is_based_on_counts() -> None:
    def change(document: Any) -> None:
        base = document.styles.add_style("Gốc", 1)
        base.font.size = Pt(12)
        own = document.styles.add_style("Con", 1)
        own.base_style = base
        for found in body_of(document):
            found.style = own
            for run in found.runs:
                run.font.size = None

    assert restyled(change) == {"co-chu"}


def test_a_font_of_the_theme_is_looked_up() -> None:
    def change(document: Any) -> None:
        for run in body_of(document)[0].runs:
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme"):
                fonts.set(qn(f"w:{kind}"), "majorHAnsi")

    document = docx.Document(str(SAMPLES / LETTER))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    [finding] = check_content(buffer.getvalue(), "x.docx")
    theme = next(
        part.blob.decode()
        for part in document.part.package.iter_parts()
        if part.partname.endswith("theme1.xml")
    )
    [font] = re.findall(r"<a:majorFont>\s*<a:latin typeface=\"([^\"]+)\"", theme)
    assert (finding.code.slug, finding.found) == ("phong-chu", font)


def test_accepted_text_only_is_read() -> None:
    def change(document: Any) -> None:
        run = paragraph(document, "CỘNG HÒA").runs[0]._r
        gone = OxmlElement("w:del")
        text = OxmlElement("w:r")
        words = OxmlElement("w:delText")
        words.text = " VÀ"
        text.append(words)
        gone.append(text)
        run.addnext(gone)

    assert restyled(change) == set()


def test_strict_open_xml_is_read_too() -> None:
    content = (SAMPLES / LETTER).read_bytes()
    assert said(check_content(strict(content), "x.docx")) == []


# --- files that cannot be read ---


@pytest.mark.parametrize(
    ("content", "slug", "words"),
    [
        (b"", "van-ban-khong-doc-duoc", "tệp rỗng"),
        (b"%PDF-1.7", "van-ban-khong-doc-duoc", "PDF"),
        (b"{\\rtf1", "van-ban-khong-doc-duoc", ".rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "van-ban-khong-doc-duoc", ".doc"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "van-ban-co-mat-khau",
            "mật khẩu",
        ),
        ((SAMPLES / LETTER).read_bytes()[:9000], "van-ban-khong-doc-duoc", "hỏng"),
        (b"\1\2\3", "van-ban-khong-doc-duoc", "không nhận ra"),
    ],
    ids=["empty", "pdf", "rtf", "doc", "locked", "cut off", "other"],
)
def test_other_files_are_told_by_what_they_are(content: bytes, slug: str, words: str) -> None:
    [finding] = check_content(content, "x.docx")
    assert finding.code.slug == slug
    assert words in finding.sentence


def test_archives_of_other_kinds_are_told(example_data: Consolidation, tmp_path: Path) -> None:
    made(example_data.campaign, tmp_path / "ra", table)
    [finding] = check(tmp_path / "ra/phu-luc/phu-luc.xlsx")
    assert "bảng tính Excel" in finding.sentence


def test_entities_are_not_followed() -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(SAMPLES / LETTER) as source,
        zipfile.ZipFile(made, "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                head, _, rest = part.partition(b"?>")
                bomb = b'<!DOCTYPE x [<!ENTITY a "%s">]>' % (b"lol" * 10)
                part = head + b"?>" + bomb + rest.replace(b"<w:t>", b"<w:t>&a;", 1)
            target.writestr(name, part)
    findings = check_content(made.getvalue(), "x.docx")
    assert not any("lol" in f.passage for f in findings)


# --- the command ---


def test_the_command_names_each_file_and_leaves_it_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "đúng.docx", tmp_path / "sai.docx"
    good.write_bytes((SAMPLES / LETTER).read_bytes())
    bad.write_bytes((SAMPLES / "sai-writer-le-trang.docx").read_bytes())
    before = bad.read_bytes()
    assert cchc("the-thuc", good) == 0
    assert cchc("the-thuc", good, bad) == 1
    shown = capsys.readouterr().out
    assert "đúng.docx: không thấy chỗ nào sai thể thức" in shown
    assert "sai.docx: 2 lỗi thể thức" in shown
    assert "Đối chiếu với Phụ lục I Nghị định 30/2020/NĐ-CP ngày 05/3/2020" in shown
    assert "khoản 3 mục I phần I Phụ lục I, Nghị định 30/2020/NĐ-CP" in shown
    assert bad.read_bytes() == before


def test_the_command_looks_into_folders_and_answers_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "con").mkdir()
    (tmp_path / "con/sai.docx").write_bytes((SAMPLES / "sai-word-quoc-hieu.docx").read_bytes())
    (tmp_path / "~$sai.docx").write_bytes(b"lock")
    assert cchc("the-thuc", tmp_path, "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert [Path(file["tep"]).name for file in answer["tep_doc"]] == ["sai.docx"]
    [first, _] = sorted(answer["phat_hien"], key=lambda f: str(f["ma"]))
    assert first["ma"] == "thieu-dam"
    assert first["doan"].startswith("CỘNG HÒA")
    assert first["can_cu"].startswith("điểm a khoản 1 mục II")


def test_the_command_tells_what_it_cannot_do(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"nothing")
    assert cchc("the-thuc", tmp_path / "x.docx") == 3
    assert cchc("the-thuc", tmp_path / "none.docx") == 2
    assert cchc("the-thuc") == 2
