"""`the-thuc --sua`: a mended copy beside the document, its words as they were."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from lxml import etree

from cchc_office import decree30
from cchc_office.cli.group import cli
from cchc_office.decree30.checker import check_content
from cchc_office.decree30.fixing.kinds import NAMED_FIXES, FixKind
from cchc_office.decree30.fixing.mending import FixedContent, fix_content
from cchc_office.steps.decree_fixing import fix_documents

from . import breaches, changed_papers
from .breaches import BREACHES, Breach, with_breach
from .calls import cchc
from .changed_papers import DECISION, LETTER, SAMPLES, saved
from .conftest import ROOT
from .validator import errors_of

DAY = dt.date(2026, 11, 29)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAFE_SLUGS = {
    "kho-giay",
    "le-trang",
    "phong-chu",
    "mau-chu",
    "co-chu",
    "thieu-dam",
    "thua-dam",
    "thieu-nghieng",
    "thua-nghieng",
    "canh-chu",
    "trich-yeu-sat-so",
    "duong-ke-sai-dai",
    "so-trang-o-duoi",
    "so-trang-lech",
    "so-trang-thu-nhat",
    "so-trang-kieu-so",
    "so-trang-bat-dau",
    "thieu-so-trang",
    "phu-luc-so-trang",
}
MENDED = [one for one in BREACHES if one.slug in SAFE_SLUGS]


def fixed(content: bytes, *asked_for: FixKind, tracked: bool = True) -> FixedContent:
    return fix_content(content, "a.docx", asked_for=asked_for, day=DAY, tracked=tracked)


def part(content: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def texts(content: bytes) -> list[str]:
    paragraphs = part(content).iter(f"{W}p")
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs]


def slugs(content: bytes) -> Counter[str]:
    return Counter(finding.code.slug for finding in check_content(content, "a.docx"))


@pytest.mark.parametrize("breach", MENDED, ids=lambda breach: breach.name)
def test_a_breach_of_looks_is_mended(breach: Breach) -> None:
    before = with_breach(breach)
    assert slugs(before)[breach.slug]
    made = fixed(before)
    assert made.content is not None
    assert slugs(made.content)[breach.slug] == 0
    assert texts(made.content) == texts(before)
    assert fixed(made.content).changes == ()
    assert slugs(made.content) <= slugs(before)


ASKED = {
    FixKind.PADDING: {"so-thieu-so-khong", "ngay-thang-thieu-so-khong"},
    FixKind.NUMBER_BLANKS: {"so-ky-hieu-cach-chu"},
    FixKind.COLONS: {"so-thieu-hai-cham", "kinh-gui-thieu-hai-cham", "noi-nhan-thieu-hai-cham"},
    FixKind.PLACE_COMMA: {"dia-danh-thieu-phay"},
    FixKind.LIST_ENDS: {"kinh-gui-sai-dau", "noi-nhan-sai-dau", "can-cu-sai-dau"},
    FixKind.END_MARK: {"thieu-dau-ket"},
    FixKind.CAPITALS: {"thieu-in-hoa"},
    FixKind.FIRST_LINE: {"lui-dau-dong"},
    FixKind.PARAGRAPH_DISTANCE: {"cach-doan"},
    FixKind.LINE_SPACING: {"cach-dong"},
    FixKind.MOTTO_HYPHENS: {"tieu-ngu-sai-chu"},
}
ASKED_BREACHES = [
    *(
        (kind, breach)
        for kind, slugs in ASKED.items()
        for breach in BREACHES
        if breach.slug in slugs
    ),
    (
        FixKind.BLANKS,
        Breach(
            "blanks twice",
            LETTER,
            changed_papers.typed("Đề nghị các", "Đề nghị  các", "Đề nghị"),
            "dau-cach-thua",
        ),
    ),
]
WORD = re.compile(r"[^\W\d_]+|\d+")


def words(content: bytes) -> list[str]:
    """Return the words of a document as it is once its tracked changes are accepted."""
    runs = [t for t in part(content).iter(f"{W}t") if t.getparent().getparent().tag != f"{W}del"]
    return [w.lstrip("0") for w in WORD.findall(" ".join(t.text or "" for t in runs))]


@pytest.mark.parametrize(
    ("kind", "breach"), ASKED_BREACHES, ids=lambda one: getattr(one, "name", "")
)
def test_what_is_asked_for_by_its_name_is_mended(kind: FixKind, breach: Breach) -> None:
    before = with_breach(breach)
    asked = () if kind.is_safe else (kind,)
    if asked:
        assert fixed(before).content is None
    made = fixed(before, *asked)
    assert made.content is not None
    assert slugs(made.content)[breach.slug] == 0
    assert {change.kind for change in made.changes} == {kind}
    assert fixed(made.content, *asked).changes == ()
    assert "".join(words(made.content)) == "".join(words(before))
    plain = fixed(before, *asked, tracked=False)
    assert plain.content is not None
    assert slugs(plain.content) == slugs(made.content)


def test_each_kind_that_is_asked_for_is_tried() -> None:
    assert {kind for kind, _ in ASKED_BREACHES} - {FixKind.MOTTO_HYPHENS} == set(NAMED_FIXES)


def test_signs_are_typed_as_a_tracked_change() -> None:
    breach = next(b for b in BREACHES if b.name == "motto, dashes")
    content = fixed(with_breach(breach)).content
    assert content is not None
    root = part(content)
    assert [e.text for e in root.iter(f"{W}delText")] == ["–"]
    assert ["".join(e.itertext()) for e in root.iter(f"{W}ins")] == ["-"]


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("wor*.docx")))
def test_a_conforming_document_is_left_alone(name: str) -> None:
    made = fixed((SAMPLES / name).read_bytes())
    assert (made.content, made.changes) == (None, ())


def test_each_change_of_letters_is_tracked() -> None:
    before = with_breach(next(b for b in BREACHES if b.name == "name not bold"))
    content = fixed(before).content
    assert content is not None
    looks = [c.getparent() for c in part(content).iter(f"{W}rPrChange")]
    assert looks
    for look in looks:
        change = look[-1]
        assert change.get(f"{W}author") == "cchc the-thuc"
        assert change.get(f"{W}date") == "2026-11-29T00:00:00Z"
        assert change.find(f"{W}rPr/{W}b").get(f"{W}val") in {"0", "false"}
        assert look.find(f"{W}b").get(f"{W}val") is None


def test_margins_and_alignment_are_tracked_too() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    changed_papers.page(left_margin=docx.shared.Mm(10))(document)
    changed_papers.aligned("V/v", breaches.LEFT)(document)
    buffer = io.BytesIO()
    document.save(buffer)
    made = fixed(buffer.getvalue())
    assert made.content is not None
    root = part(made.content)
    (old,) = root.iterfind(f".//{W}sectPrChange/{W}sectPr/{W}pgMar")
    assert int(old.get(f"{W}left")) == 567
    assert root.find(f".//{W}pPrChange/{W}pPr/{W}jc").get(f"{W}val") == "left"
    told = [(c.kind, c.about, c.before, c.after) for c in made.changes]
    assert (FixKind.MARGINS, "Lề trái", "10 mm", "30 mm") in told
    assert (FixKind.ALIGNMENT, "Trích yếu công văn", "canh trái", "canh giữa") in told


def bold_texts(content: bytes, start: str) -> list[str]:
    found = changed_papers.paragraph(docx.Document(io.BytesIO(content)), start)
    return [run.text for run in found.runs if run.bold and run.text.strip()]


def test_of_a_run_only_what_is_meant_becomes_bold() -> None:
    document = docx.Document(str(SAMPLES / DECISION))
    changed_papers.typed("Điều 1.", "Điều 1.")(document)
    changed_papers.letters("Điều 1.", bold=False)(document)
    made = fixed(saved(document))
    assert made.content is not None
    assert bold_texts(made.content, "Điều 1.") == ["Điều 1."]
    assert texts(made.content) == texts(saved(document))
    assert fixed(made.content).changes == ()


def test_of_two_columns_on_one_line_only_one_is_mended() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    table = document.tables[0]._tbl
    lines = ("SỞ CÔNG THƯƠNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\tĐộc lập - Tự do - Hạnh phúc")
    for text in (*lines, "Số: 12/SCT-VP\tSơn La, ngày 18 tháng 9 năm 2024"):
        added = document.add_paragraph()
        run = added.add_run(text)
        run.font.size, run.font.name, run.bold = (
            Pt(13),
            "Times New Roman",
            not text.startswith("Số"),
        )
        table.addprevious(added._p)
    document.element.body.remove(table)
    made = fixed(saved(document))
    assert made.content is not None
    found = changed_papers.paragraph(docx.Document(io.BytesIO(made.content)), "Số: 12")
    assert [r.text.strip() for r in found.runs if r.italic] == ["Sơn La, ngày 18 tháng 9 năm 2024"]
    assert texts(made.content) == texts(saved(document))


def test_a_paragraph_set_to_the_right_keeps_nothing_else_from_being_mended() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    paragraph = changed_papers.body_of(document)[0]
    paragraph.alignment = breaches.RIGHT
    paragraph.paragraph_format.first_line_indent = 0
    changed_papers.page(left_margin=docx.shared.Mm(10))(document)
    made = fixed(saved(document))
    assert made.content is not None
    assert {change.kind for change in made.changes} == {FixKind.MARGINS}


@pytest.mark.parametrize("name", ["right", "end"])
def test_the_right_indent_stays_where_the_first_line_is_mended(name: str) -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    paragraph = changed_papers.body_of(document)[1]
    paragraph.paragraph_format.first_line_indent = Mm(20)
    indents_of(paragraph).set(f"{W}{name}", "567")
    made = fixed(saved(document), FixKind.FIRST_LINE)
    assert [change.kind for change in made.changes] == [FixKind.FIRST_LINE]
    assert made.content is not None
    after = changed_papers.body_of(docx.Document(io.BytesIO(made.content)))[1]
    assert indents_of(after).get(f"{W}{name}") == "567"


def indents_of(paragraph: Any) -> Any:
    return paragraph._p.pPr.find(f"{W}ind")


def test_rules_of_a_head_without_two_columns_are_left() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    breaches.longer_lines(0, 2.4)(document)
    breaches.longer_lines(1, 0.5)(document)
    changed_papers.page(left_margin=docx.shared.Mm(10))(document)
    table = document.tables[0]._tbl
    for paragraph in list(table.iter(f"{W}p")):
        table.addprevious(paragraph)
    document.element.body.remove(table)
    made = fixed(saved(document))
    assert made.content is not None
    assert FixKind.RULE_LENGTH not in {change.kind for change in made.changes}
    assert fixed(made.content).changes == ()


def test_plain_changes_leave_no_trace() -> None:
    before = with_breach(next(b for b in BREACHES if b.name == "name not bold"))
    content = fixed(before, tracked=False).content
    assert content is not None
    assert not list(part(content).iter(f"{W}rPrChange"))
    assert slugs(content)["thieu-dam"] == 0


def test_a_signed_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(with_breach(next(b for b in BREACHES if b.name == "name not bold")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    (made,) = fix_documents(path).documents
    assert [one.name for one in tmp_path.iterdir()] == ["a.docx"]
    assert made.findings[0].code.slug == "sua-van-ban-da-ky-so"
    assert made.verdict == "không sửa"


def test_another_regime_is_left_with_a_sentence() -> None:
    document = docx.Document()
    centred(document, "HỢP ĐỒNG KINH TẾ")
    centred(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    centred(document, "Độc lập - Tự do - Hạnh phúc")
    buffer = io.BytesIO()
    document.save(buffer)
    made = fixed(buffer.getvalue())
    assert (made.content, made.changes) == (None, ())
    assert [f.code.slug for f in made.findings] == ["the-thuc-theo-quy-dinh-khac"]


@pytest.mark.parametrize(
    ("font", "text", "after"),
    [
        (".VnTime", "V¨n phßng Së C«ng Th¬ng triÓn khai kÕ ho¹ch", ".VnTime"),
        ("VNI-Times", "Vaên phoøng Sôû trieån khai keá hoaïch", "VNI-Times"),
        ("Symbol", "abc", "Symbol"),
        (".VnTimeH", "Văn phòng Sở", ".VnTimeH"),
        (".VnTime", "Văn phòng Sở triển khai kế hoạch", "Times New Roman"),
        (".VnTime", "125.712", "Times New Roman"),
        ("Verdana", "Văn phòng Sở triển khai kế hoạch", "Times New Roman"),
    ],
)
def test_letters_that_are_others_in_another_font_keep_it(font: str, text: str, after: str) -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    run = changed_papers.body_of(document)[1].add_run(text)
    run.font.name, run.font.size = font, changed_papers.body_of(document)[1].runs[0].font.size
    content = fixed(saved(document)).content or saved(document)
    runs = [r for p in docx.Document(io.BytesIO(content)).paragraphs for r in p.runs]
    assert {r.font.name for r in runs if r.text == text} == {after}


def test_what_an_office_chose_is_taken() -> None:
    breach = next(b for b in BREACHES if b.name == "left margin")
    profile = decree30.Profile(margin_left=35, chosen=frozenset(("margin_left",)))
    made = fix_content(with_breach(breach), "a.docx", profile=profile, day=DAY)
    assert [(c.before, c.after) for c in made.changes] == [("10 mm", "35 mm")]


# --- copies ---


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Công văn.docx"
    path.write_bytes(with_breach(next(b for b in BREACHES if b.name == "body in Arial")))
    return path


def test_the_copy_stands_beside_the_original(paper: Path) -> None:
    before = paper.read_bytes()
    made = decree30.fix(paper, day=DAY)
    assert made.copy == paper.with_name("Công văn-da-sua.docx")
    assert paper.read_bytes() == before
    again = decree30.fix(made.copy, day=DAY)
    assert (again.copy, again.changes) == (None, ())


def test_a_copy_that_a_person_saved_stays(paper: Path) -> None:
    first = decree30.fix(paper, day=DAY).copy
    assert first is not None
    assert decree30.fix(paper, day=DAY).copy == first
    document = docx.Document(str(first))
    document.core_properties.last_modified_by = "Văn thư"
    document.save(str(first))
    saved = first.read_bytes()
    second = decree30.fix(paper, day=DAY)
    assert second.copy == first.with_name("Công văn-da-sua (2).docx")
    assert first.read_bytes() == saved
    assert [f.code.slug for f in second.findings] == ["ban-sao-da-sua"]


def run(*words: object) -> Any:
    return CliRunner().invoke(cli, ["the-thuc", *map(str, words)])


def centred(document: Any, text: str) -> None:
    document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER


def test_an_appendix_whose_label_is_plain_capitals_is_mended() -> None:
    """Made bold and centred, "PHỤ LỤC II" must not turn out to be what it was not before."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Cambria"
    for text in ("PHỤ LỤC II", "DANH MỤC CÁC NHIỆM VỤ"):
        document.add_paragraph(text)
    document.add_paragraph("(Kèm theo Chương trình hành động số 03/CTr-UBND)")
    document.add_table(1, 1).rows[0].cells[0].text = "Nhiệm vụ (số liệu minh họa)"
    before = saved(document)
    assert "thua-in-hoa" in slugs(before)
    made = fixed(before)
    assert made.content is not None
    assert [p.alignment for p in docx.Document(io.BytesIO(made.content)).paragraphs[:3]] == [
        WD_ALIGN_PARAGRAPH.CENTER
    ] * 3


def test_a_table_made_narrower_keeps_room_for_the_words_of_its_columns() -> None:
    document = docx.Document(str(SAMPLES / LETTER))
    section = document.sections[0]
    section.left_margin, section.right_margin = Mm(15), Mm(10)
    table = document.add_table(2, 3)
    signature = document.tables[1]._tbl
    signature.addprevious(table._tbl)
    signature.addprevious(document.add_paragraph("Số liệu minh họa.")._p)
    widths = (Mm(11), Mm(84), Mm(90))
    for row, texts in zip(
        table.rows, (("STT", "Nội dung", "Ghi chú"), ("1", "a", "b")), strict=True
    ):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = text, width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    heading = table.rows[0].cells[0].paragraphs[0]
    heading.runs[0].text = "ST"
    heading.add_run("T")
    made = fixed(saved(document))
    assert made.content is not None
    tables = docx.Document(io.BytesIO(made.content)).tables
    mended = next(one for one in tables if one.rows[0].cells[0].text == "STT")
    after = [column.width for column in mended.columns]
    assert [cell.width for cell in mended.rows[1].cells] == after
    assert abs(after[0] - widths[0]) < Mm(0.1)  # no wider, and "STT" still in one piece
    assert after[1] < Mm(78)
    assert after[2] < Mm(84)
    assert abs(sum(after) - Mm(165) * sum(widths) / Mm(185)) < Mm(0.2)


def test_the_option_before_the_file_takes_no_file(paper: Path) -> None:
    result = run("--sua", paper)
    assert "Arial → Times New Roman" in result.output
    assert paper.with_name("Công văn-da-sua.docx").exists()


def test_copies_in_a_folder_are_not_mended_again(paper: Path) -> None:
    run(paper.parent, "--sua")
    result = run(paper.parent, "--sua", "--json")
    told = json.loads(result.output)
    assert [Path(one["tep"]).name for one in told["tep_doc"]] == ["Công văn.docx"]
    (change,) = told["tep_doc"][0]["thay_doi"]
    assert (change["loai"], change["tu"], change["thanh"]) == (
        "phong-chu",
        "Arial",
        "Times New Roman",
    )
    assert len(change["doan"]) > 1


def test_an_unknown_kind_is_told(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cchc("the-thuc", paper, "--sua", "so-khogn") == 2
    assert "Không có loại sửa “so-khogn”" in capsys.readouterr().err


def test_how_to_mend_is_not_said_without_mending(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("the-thuc", paper, "--sua-thang") == 2
    assert "chỉ dùng cùng --sua" in capsys.readouterr().err


def test_each_kind_is_in_the_manual() -> None:
    page = (ROOT / "docs" / "the-thuc.md").read_text(encoding="utf-8")
    for kind in FixKind:
        assert f"| `{kind.slug}` |" in page, kind
    assert all(not kind.is_safe for kind in NAMED_FIXES)


@pytest.mark.validator
def test_mended_copies_have_no_error_of_their_own(tmp_path: Path) -> None:
    by_slug = {breach.slug: breach for breach in MENDED}
    for at, breach in enumerate(by_slug.values()):
        content = fixed(with_breach(breach)).content
        assert content is not None
        for name, whole in (("goc", with_breach(breach)), ("sua", content)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / f"{at:02}.docx").write_bytes(whole)
    before, after = (Counter(errors_of(tmp_path / name)) for name in ("goc", "sua"))
    assert after - before == {}
