"""What a received template carries unseen is told, and reaches no unit."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding, FindingCode, Severity
from cchc_office.steps.papers import dispatches
from cchc_office.word.templates import TEXT, Names, check_template, record_of

from .calls import cchc, made
from .conftest import EXAMPLE
from .template_files import Build, both, document_file, notes, paragraphs, template_file

NAMES: Names = {
    "ten": TEXT,
    "don_vi": record_of(type("Unit", (), {"__annotations__": {"ten": str}})),
}
W = nsdecls("w")


def _raw(xml: str) -> Build:
    """A paragraph of the XML given."""

    def build(document: Document) -> None:
        paragraph = parse_xml(f"<w:p {W}>{xml}</w:p>")
        body = document.element.body
        body.insert(len(body) - 1, paragraph)

    return build


def _text(words: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _field(instruction: str) -> str:
    """A field as Word writes it, its instruction cut in two runs."""
    half = len(instruction) // 2
    parts = (instruction[:half], instruction[half:])
    texts = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in parts
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{texts}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_text("«kết quả»")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _tracked(kind: str, words: str) -> str:
    name = "delText" if kind == "del" else "t"
    inner = f"<w:r><w:{name}>{words}</w:{name}></w:r>"
    return f'<w:{kind} w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z">{inner}</w:{kind}>'


def _found(folder: Path, *builds: Build) -> list[Finding]:
    return check_template(template_file(folder, both(*builds)), NAMES)


@pytest.mark.parametrize(
    ("xml", "code", "found"),
    [
        (
            _text("Gửi ") + _tracked("del", "nơi làm kém"),
            Code.TEMPLATE_TRACKED_CHANGE,
            "nơi làm kém",
        ),
        (_text("Gửi ") + _tracked("ins", "đơn vị"), Code.TEMPLATE_TRACKED_CHANGE, "đơn vị"),
        (_text("Gửi ") + _tracked("moveFrom", "đơn vị"), Code.TEMPLATE_TRACKED_CHANGE, "đơn vị"),
        (
            _text("Gửi", '<w:b/><w:rPrChange w:id="2" w:author="x"><w:rPr/></w:rPrChange>'),
            Code.TEMPLATE_TRACKED_CHANGE,
            "định dạng",
        ),
        (_text("chưa duyệt", "<w:vanish/>"), Code.TEMPLATE_HIDDEN_TEXT, "chưa duyệt"),
        (
            _field(" MERGEFIELD Ten_don_vi \\* MERGEFORMAT "),
            Code.TEMPLATE_MERGE_FIELD,
            "Ten_don_vi",
        ),
        (
            f'<w:fldSimple w:instr=" MERGEFIELD &quot;Ten&quot; ">{_text("«Ten»")}</w:fldSimple>',
            Code.TEMPLATE_MERGE_FIELD,
            "Ten",
        ),
        (_field(' DDEAUTO cmd "/c calc" '), Code.TEMPLATE_ACTIVE, "trường DDEAUTO"),
        (_field(' INCLUDETEXT "c:\\x.docx" '), Code.TEMPLATE_ACTIVE, "trường INCLUDETEXT"),
        (
            _field(' INCLUDEPICTURE "http://x.example/a.png" '),
            Code.TEMPLATE_ACTIVE,
            "trường INCLUDEPICTURE",
        ),
        (_text("Kính gửi «Ten_don_vi»"), Code.TEMPLATE_OTHER_BRACKETS, "«Ten_don_vi»"),
        (
            _text("Kính gửi &lt;&lt;tên đơn vị&gt;&gt;"),
            Code.TEMPLATE_OTHER_BRACKETS,
            "<<tên đơn vị>>",
        ),
        (_text("Kính gửi [[tên đơn vị]]"), Code.TEMPLATE_OTHER_BRACKETS, "[[tên đơn vị]]"),
        (_text("Kính gửi ｛｛ten｝｝"), Code.TEMPLATE_OTHER_BRACKETS, "｛｛ten｝｝"),
        (_text("Kính gửi ${ten}"), Code.TEMPLATE_OTHER_BRACKETS, "${ten}"),
        (_text("Kính gửi {") + _text(" ten }"), Code.TEMPLATE_OTHER_BRACKETS, "{ ten }"),
        (
            _text("cơ chế «một cửa liên thông»"),
            Code.TEMPLATE_MAYBE_BRACKETS,
            "«một cửa liên thông»",
        ),
    ],
)
def test_what_nobody_sees_is_told(tmp_path: Path, xml: str, code: FindingCode, found: str) -> None:
    [finding] = _found(tmp_path, paragraphs("{{ ten }}"), _raw(xml))
    assert (finding.code, finding.found) == (code, found)
    assert finding.passage or code in {Code.TEMPLATE_HIDDEN_TEXT, Code.TEMPLATE_TRACKED_CHANGE}


def test_a_name_of_other_brackets_is_told_with_the_nearest_of_ours(tmp_path: Path) -> None:
    [finding] = _found(tmp_path, paragraphs("Gửi «ten»"))
    assert "ten" in finding.candidates


@pytest.mark.parametrize(
    "line",
    [
        "{{ ten }} {% if ten %}x{% endif %} {# ghi chú #}",
        "{_{ ten }_}",
        "Điều 5 [1], khoản 2 {3} <4>",
        "a << 2 >> b",
        "{% raw %}{{ ten }}{% endraw %}",
    ],
)
def test_what_is_no_place_to_fill_in_is_left_alone(tmp_path: Path, line: str) -> None:
    assert _found(tmp_path, paragraphs(line)) == []


def test_what_is_no_longer_hidden_or_deleted_is_left_alone(tmp_path: Path) -> None:
    shown = _text("hiện", '<w:vanish w:val="0"/>')
    assert _found(tmp_path, paragraphs("{{ ten }}"), _raw(shown)) == []


def test_a_comment_is_told_beside_the_words_that_it_stands_at(tmp_path: Path) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Đề nghị báo cáo")
        document.add_comment(paragraph.runs, "Sếp chưa duyệt câu này", "x", "x")

    [finding] = _found(tmp_path, build)
    assert (finding.code, finding.found) == (Code.TEMPLATE_COMMENT, "Sếp chưa duyệt câu này")
    assert finding.passage == "Đề nghị báo cáo"


def test_what_the_office_wants_to_keep_is_a_note(tmp_path: Path) -> None:
    found = _found(
        tmp_path,
        paragraphs("{# Giữ nhận xét của lãnh đạo #}", "{{ ten }}"),
        notes("comment", "Xem lại"),
        _raw(_text("Gửi ") + _tracked("del", "cũ")),
        _raw(_field(" MERGEFIELD Ten ")),
    )
    kept = [f for f in found if f.code is Code.TEMPLATE_LEFT_AS_IT_IS]
    assert [f.found for f in kept] == ["cũ", "Xem lại"]
    assert all(f.severity is Severity.NOTE for f in kept)
    assert Code.TEMPLATE_MERGE_FIELD in {f.code for f in found}


_MAIN_RELATIONS = "word/_rels/document.xml.rels"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _with_relation(kind: str, target: str, part: str = _MAIN_RELATIONS) -> bytes:
    relation = (
        f'<Relationship Id="rIdX" Type="{_TYPE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return _changed(
        part, lambda text: text.replace("</Relationships>", f"{relation}</Relationships>")
    )


def _changed(part: str, change: object, **more: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document_file(paragraphs("{{ ten }}")))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == part and callable(change):
                content = change(content.decode("utf-8")).encode("utf-8")
            new.writestr(name, content)
        if part.startswith("word/_rels/settings") and part not in old.namelist():
            new.writestr(part, _settings_relations())
        for name, content in more.items():
            new.writestr(name, content)
    return made.getvalue()


def _settings_relations() -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_TYPE}/attachedTemplate" '
        'Target="http://may-la.example/mau.dotm" TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (_with_relation("image", "http://may-la.example/a.png"), "ảnh lấy từ nơi khác"),
        (_with_relation("oleObject", "file:///c:/a.xlsx"), "đối tượng liên kết"),
        (_changed("word/_rels/settings.xml.rels", None), "attachedTemplate"),
        (_changed("", None, **{"word/vbaProject.bin": b"x"}), "macro (VBA)"),
        (_changed("", None, **{"word/embeddings/oleObject1.bin": b"x"}), "đối tượng nhúng (OLE)"),
        (_changed("", None, **{"word/activeX/activeX1.bin": b"x"}), "ActiveX"),
    ],
)
def test_what_is_active_or_remote_goes_into_no_letter(
    tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(content)
    [finding] = check_template(path, NAMES)
    assert finding.code is Code.TEMPLATE_ACTIVE
    assert finding.is_error
    assert found in finding.found


def test_a_hyperlink_is_nothing_remote(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(_with_relation("hyperlink", "https://so.example/"))
    assert check_template(path, NAMES) == []


def test_leftovers_of_an_own_template_reach_no_unit(tmp_path: Path) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Kính gửi: ")
        run = OxmlElement("w:r")
        text = OxmlElement("w:delText")
        text.text = "đơn vị làm kém"
        run.append(text)
        deleted = OxmlElement("w:del")
        deleted.set(qn("w:id"), "5")
        deleted.set(qn("w:author"), "x")
        deleted.append(run)
        paragraph._p.append(deleted)
        document.add_comment(document.add_paragraph("x").runs, "chưa duyệt", "x", "x")

    own = tmp_path / "templates"
    own.mkdir()
    template_file(own, build, "cong-van-giao-viec.docx")
    campaign = load_campaign(EXAMPLE)
    outcome = made(campaign, tmp_path / "ra", dispatches)
    assert outcome.written == ()
    assert {f.code for f in outcome.findings} == {
        Code.TEMPLATE_TRACKED_CHANGE,
        Code.TEMPLATE_COMMENT,
    }
    assert not list((tmp_path / "ra").rglob("*.docx"))


@pytest.mark.parametrize(
    "name", ["cong-van-giao-viec.dotx", "cong-van-giao-viec.doc", "Cong van giao viec.docx"]
)
def test_a_template_of_another_kind_or_name_is_told_by_the_command_that_would_use_it(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    own = tmp_path / "dot" / "templates"
    own.mkdir(exist_ok=True)
    (own / name).write_bytes(document_file(paragraphs("Gửi {{ don_vi.ten }}")))
    capsys.readouterr()
    assert cchc("cong-van", tmp_path / "dot", "-o", tmp_path / "ra") == 1
    shown = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert name in shown
    assert "cong-van-giao-viec.docx" in shown
    if not name.endswith(".docx"):
        assert "Save As" in shown
    assert list((tmp_path / "ra" / "cong-van").glob("*.docx"))
    assert cchc("phieu-cham", tmp_path / "dot", "-o", tmp_path / "ra") == 0
    assert docx.Document(str(next((tmp_path / "ra" / "cong-van").glob("*.docx"))))


_AUTHOR = 'w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"'


def _body(xml: str) -> Build:
    """What stands in the body beside its paragraphs."""

    def build(document: Document) -> None:
        body = document.element.body
        for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
            body.insert(len(body) - 1, element)

    return build


def _row(of_row: str = "", of_cell: str = "") -> str:
    return (
        f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr>{of_row}<w:tc>'
        f"<w:tcPr>{of_cell}</w:tcPr><w:p>{_text('dòng này')}</w:p></w:tc></w:tr></w:tbl>"
    )


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (_row(f"<w:trPr><w:del {_AUTHOR}/></w:trPr>"), "dòng này"),
        (_row(f"<w:trPr><w:ins {_AUTHOR}/></w:trPr>"), "dòng này"),
        (_row(of_cell=f"<w:cellDel {_AUTHOR}/>"), "dòng này"),
        (f"<w:ins {_AUTHOR}><w:p>{_text('cả đoạn')}</w:p></w:ins>", "cả đoạn"),
        (
            f"<w:sectPr><w:sectPrChange {_AUTHOR}><w:sectPr/></w:sectPrChange></w:sectPr>",
            "định dạng",
        ),
    ],
)
def test_changes_of_rows_and_sections_are_told(tmp_path: Path, xml: str, found: str) -> None:
    """Only those inside paragraphs were looked for."""
    [finding] = _found(tmp_path, paragraphs("{{ ten }}"), _body(xml))
    assert (finding.code, finding.found) == (Code.TEMPLATE_TRACKED_CHANGE, found)


@pytest.mark.parametrize("kind", ["character", "paragraph"])
def test_text_that_a_style_hides_is_told(tmp_path: Path, kind: str) -> None:
    def build(document: Document) -> None:
        styles = document.styles.element
        for name, inside in (("An", "<w:rPr><w:vanish/></w:rPr>"), ("An2", "")):
            based = '<w:basedOn w:val="An"/>' if name == "An2" else ""
            style = f'<w:style {W} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
            styles.append(parse_xml(f"{style}{based}{inside}</w:style>"))

    of_run, of_paragraph = '<w:rPr><w:rStyle w:val="An2"/>{}</w:rPr>', ""
    if kind == "paragraph":
        of_run, of_paragraph = "<w:rPr>{}</w:rPr>", '<w:pPr><w:pStyle w:val="An2"/></w:pPr>'
    shown = of_run.format('<w:vanish w:val="0"/>')
    xml = f"{of_paragraph}<w:r>{of_run.format('')}<w:t>chưa duyệt</w:t></w:r>"
    xml += f"<w:r>{shown}<w:t>hiện</w:t></w:r>"
    [finding] = _found(tmp_path, paragraphs("{{ ten }}"), build, _raw(xml))
    assert (finding.code, finding.found) == (Code.TEMPLATE_HIDDEN_TEXT, "chưa duyệt")


@pytest.mark.parametrize(
    ("kind", "target", "found"),
    [
        (f"{_TYPE}/oleObject", "media/hinh.xml", "đối tượng nhúng (OLE): hinh.xml"),
        (f"{_TYPE}/package", "embeddings/bang.xml", "tệp nhúng: bang.xml"),
        (f"{_TYPE}/aFChunk", "phan.xml", "tệp chèn nguyên (altChunk): phan.xml"),
        (
            "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
            "phan.xml",
            "macro (VBA): phan.xml",
        ),
    ],
)
def test_what_acts_is_known_whatever_its_part_is_called(
    tmp_path: Path, kind: str, target: str, found: str
) -> None:
    """An embedded workbook, and objects under other names than Word gives, went out unsaid."""
    path = tmp_path / "mau.docx"
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"/></Relationships>'
    content = _changed(
        _MAIN_RELATIONS,
        lambda text: text.replace("</Relationships>", relation),
        **{f"word/{target}": b"x"},
    )
    path.write_bytes(content)
    [finding] = check_template(path, NAMES)
    assert (finding.code, finding.found) == (Code.TEMPLATE_ACTIVE, found)


def test_parts_in_other_folders_are_looked_through(tmp_path: Path) -> None:
    """Word finds a header by its relationship, and building blocks lie in a folder of their own."""
    path = template_file(tmp_path, paragraphs("{{ ten }}"))
    words = f"<w:p>{_tracked('ins', 'thêm sau')}</w:p>"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/khac/dau-trang.xml", f"<w:hdr {W}>{words}</w:hdr>")
    [finding] = check_template(path, NAMES)
    assert (finding.code, finding.found) == (Code.TEMPLATE_TRACKED_CHANGE, "thêm sau")


@pytest.mark.parametrize("mark", ["«Ten_don_vi»", "[[ten]]", "${ten}", "<<tên đơn vị>>"])
def test_brackets_of_other_programs_are_told_in_templates_of_text_too(
    tmp_path: Path, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    own = tmp_path / "dot" / "templates"
    own.mkdir(exist_ok=True)
    (own / "thu-gui-kem.txt").write_text(f"Kính gửi {mark}\n{{{{ co_quan }}}}\n", encoding="utf-8")
    where = (tmp_path / "dot", "-o", tmp_path / "ra")
    assert cchc("cong-van", *where) == 0
    assert cchc("phieu-cham", *where) == 0
    capsys.readouterr()
    assert cchc("gui", *where, "--loai", "cong-van") != 0
    assert "mau-dung-ngoac-khac" in capsys.readouterr().out
    assert not list((tmp_path / "ra" / "thu").rglob("*.eml"))
