"""What templates may do, and that what goes into them comes out as typed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docxtpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_office.catalogue.findings import Code
from cchc_office.files.archive import PreparedArchive
from cchc_office.text.vietnamese import official
from cchc_office.word.templates import (
    DocumentTemplate,
    Picture,
    TemplateProblemError,
    check_template,
)

from . import days
from .template_files import (
    NAMES,
    body_xml,
    both,
    checked,
    headed,
    notes,
    paragraphs,
    parts,
    problem,
    properties,
    table,
    template,
    template_file,
    words,
)

# --- what templates may not do ---


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ten.__class__ }}",
        "{{ ten['__class__'] }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ cycler('a') }}",
        "{{ joiner() }}",
        "{{ lipsum() }}",
        "{{ dict(a=1) }}",
        "{% set n = namespace(x=1) %}",
        "{{ self }}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% from 'a' import b %}",
        "{% extends 'a' %}",
        "{% block a %}{% endblock %}",
        "{% autoescape false %}{{ ten }}{% endautoescape %}",
        "{{ range(10**9)|list }}",
        "{% for i in range(10**9) %}{% endfor %}",
        "{{ range(0, 10**30)|length }}",
        "{{ 'a' * 10**9 }}",
        "{{ [1] * 10**9 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ ten.ljust(10**9) }}",
        "{{ can_cu.append('x') }}",
        "{{ ten['__cl' ~ 'ass__'] }}",
        "{% if gap %}{{ ten.__class__ }}{% endif %}",
    ],
)
def test_what_templates_may_not_do(tmp_path: Path, tag: str) -> None:
    finding = problem(tmp_path, "Trước", f"chỗ này {tag}")
    assert finding.code is Code.TEMPLATE_FORBIDDEN
    assert finding.found
    assert finding.passage.startswith("chỗ này")


@pytest.mark.parametrize(
    ("tag", "words_found"),
    [
        ("{{ 1 / 0 }}", "phép chia cho 0"),
        ("{{ ten + 1 }}", "không đúng loại"),
        ("{{ ten|ngay_bang_chu }}", "“Sở A” không phải là một ngày"),
        ("{{ ten|so_thap_phan }}", "“Sở A” không phải là một số"),
        ("{{ gap|so_thap_phan }}", "“False” không phải là một số"),
        ("{{ 0|la_ma }}", "La Mã"),
        ("{{ 1.5|la_ma }}", "La Mã"),
        ("{% for i in nam %}{% endfor %}", "không đúng loại"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "không dừng"),
    ],
)
def test_what_cannot_be_calculated(tmp_path: Path, tag: str, words_found: str) -> None:
    finding = problem(tmp_path, tag)
    assert finding.code is Code.TEMPLATE_CALCULATION
    assert words_found in finding.sentence


def test_filters(tmp_path: Path) -> None:
    lines = {
        "{{ han_nop|ngay_bang_chu }}": "ngày 05 tháng 12 năm 2024",
        "{{ ngay|ngay_bang_chu }}": "ngày 06 tháng 12 năm 2024",
        "{{ ngay_van_ban|ngay_ngan }}": "06/12/2024",
        "{{ 1.25|so_thap_phan }} {{ 2|so_thap_phan }} {{ 0.126|so_thap_phan(1) }}": "1,25 2 0,1",
        "{{ '0,5'|so_thap_phan }}": "0,5",
        "{{ 4|la_ma }} {{ 2024|la_ma }} {{ 49|la_ma }}": "IV MMXXIV XLIX",
        "{{ 'sở y tế'|chu_hoa }} {{ 'đề nghị'|chu_hoa_dau }}": "SỞ Y TẾ Đề nghị",
    }
    values = {
        "han_nop": "05/12/2024",
        "ngay": days.AFTER_DEADLINE.replace(day=6),
        "ngay_van_ban": official(days.AFTER_DEADLINE.replace(day=6)),
    }
    content = template(tmp_path, *lines).fill(values)
    assert words(content)[: len(lines)] == list(lines.values())


# --- values ---


@pytest.mark.parametrize(
    "value",
    [
        "A & B",
        "điểm < 5 > 3",
        "\"'`",
        "{{ ten }}",
        "{% if %}",
        "{# #}",
        "{_{ ten }_} {_% x %_}",
        "=1+1",
        "🙂 𝔸",
        "a\u00a0b\u202fc",
        "\tđầu\ncuối\n",
        "a\n\nb",
        "  hai  dấu  cách  ",
        "</w:t></w:r>",
        "&amp; &#65; ]]>",
        "\u0085\u2028\ufeff\u200b",
        "x" * 5000,
        "Tiếng Việt " * 500,
        "",
        "$& \\1 \\g<0>",
    ],
)
def test_values_come_out_as_typed_everywhere(tmp_path: Path, value: str) -> None:
    build = both(
        paragraphs("{{ v }}", "a{{ v }}b"),
        table(["{%tr for x in [v] %}"], ["{{ x }}"], ["{%tr endfor %}"]),
        headed("{{ v }}", "{{ v }}"),
        notes("footnote", "{{ v }}"),
    )
    content = DocumentTemplate(template_file(tmp_path, build)).fill({"v": value})
    body = words(content)
    assert body[:3] == [value, f"a{value}b", value]
    assert words(content, "word/footnotes.xml") == [value]
    headers = [name for name in parts(content) if name.startswith(("word/head", "word/foot"))]
    assert [words(content, name) for name in headers] == [[value]] * 3


def test_line_ends_of_every_system_are_line_breaks(tmp_path: Path) -> None:
    content = template(tmp_path, "{{ v }}").fill({"v": "a\r\nb\rc\nd"})
    assert words(content)[0] == "a\nb\nc\nd"


def test_properties_hold_what_was_typed(tmp_path: Path) -> None:
    build = properties(title="Số {{ v }} & <x>", subject="{{ 'a' if v < 'b' else 'c' }}")
    content = DocumentTemplate(template_file(tmp_path, build)).fill({"v": "A & <B>" + "x" * 300})
    core = parts(content)["docProps/core.xml"].decode("utf-8")
    assert f"Số A &amp; &lt;B&gt;{'x' * 300} &amp; &lt;x&gt;" in core
    assert "<dc:subject>a</dc:subject>" in core


@pytest.mark.parametrize("value", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_no_file_can_hold_is_a_finding(tmp_path: Path, value: str) -> None:
    for offered in (f"a{value}b", docxtpl.Listing(f"a{value}b")):
        finding = problem(tmp_path, "Gửi {{ v }}", values={"v": offered})
        assert finding.code is Code.VALUE_UNPRINTABLE
        assert finding.found == f"U+{ord(value):04X}"
        assert finding.passage == "Gửi {{ v }}"


def test_a_missing_value_is_a_finding(tmp_path: Path) -> None:
    finding = problem(tmp_path, "Gửi {{ v }}", values={"v": None})
    assert finding.code is Code.VALUE_EMPTY
    assert finding.about == "{{ v }}"


@pytest.mark.parametrize("tag", ["{{ can_cu }}", "{{ don_vi }}", "{{ gap }}", "{{ nhiem_vu[0] }}"])
def test_what_is_no_text_is_a_finding(tmp_path: Path, tag: str) -> None:
    finding = problem(tmp_path, f"Gửi {tag}")
    assert finding.code is Code.VALUE_NOT_TEXT
    assert checked(tmp_path, paragraphs(f"Gửi {tag}")) == [finding]
    assert problem(tmp_path, "{{ ten.upper }}").code is Code.VALUE_NOT_TEXT


def test_markup_that_would_break_the_file_is_a_finding(tmp_path: Path) -> None:
    rich = docxtpl.RichText("a")
    rich.xml = "<w:r><w:t>hở"
    assert problem(tmp_path, "x {{r v }}", values={"v": rich}).code is Code.TEMPLATE_BROKEN_RESULT
    rich.xml = "<x:a>lạ</x:a>"
    assert problem(tmp_path, "x {{r v }}", values={"v": rich}).code is Code.TEMPLATE_BROKEN_RESULT


def test_columns_that_are_no_number_are_a_finding(tmp_path: Path) -> None:
    path = template_file(tmp_path, table(["{% colspan v %}a", "b"]))
    with pytest.raises(TemplateProblemError) as caught:
        DocumentTemplate(path).fill({"v": "hai"})
    assert caught.value.finding.code is Code.TEMPLATE_BROKEN_RESULT


def test_markup_of_another_document_is_a_finding(tmp_path: Path) -> None:
    rich = docxtpl.RichText("a", url_id="rId7")
    assert "văn bản khác" in problem(tmp_path, "{{r v }}", values={"v": rich}).sentence


def test_a_picture_that_is_none(tmp_path: Path) -> None:
    values = {"v": Picture(tmp_path / "khong-co.png")}
    assert "tệp ảnh" in problem(tmp_path, "{{ v }}", values=values).sentence
    (tmp_path / "chu.png").write_text("không phải ảnh")
    values = {"v": Picture(tmp_path / "chu.png")}
    assert "tệp ảnh" in problem(tmp_path, "{{ v }}", values=values).sentence


_NEVER_IN_A_FILE = {*map(chr, range(32)), "\ufffe", "\uffff"} - {*"\t\n\r\a\f"}
_TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> DocumentTemplate:
    build = both(
        paragraphs("{{ v }}", "{% for x in l %}[{{ x }}]{% endfor %}"),
        table(["{%tr for x in l %}"], ["{{ x }}", "{{ v }}"], ["{%tr endfor %}"]),
    )
    return DocumentTemplate(template_file(tmp_path_factory.mktemp("mau"), build))


@settings(deadline=None)
@given(value=_TYPED, values=st.lists(_TYPED, max_size=4))
def test_no_text_is_ever_lost(everywhere: DocumentTemplate, value: str, values: list[str]) -> None:
    if _NEVER_IN_A_FILE & set("".join([value, *values])):
        with pytest.raises(TemplateProblemError) as caught:
            everywhere.fill({"v": value, "l": values})
        assert caught.value.finding.code is Code.VALUE_UNPRINTABLE
        return
    content = everywhere.fill({"v": value, "l": values})
    cells = [text for x in values for text in (x, value)]
    lines = [value, "".join(f"[{x}]" for x in values), *cells]
    typed = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
    found = "".join(words(content))
    if "\f" in typed:
        # A new page, which is a break in a paragraph of its own.
        typed, found = typed.replace("\n", "").replace("\f", ""), found.replace("\n", "")
    # A new paragraph has no character of its own.
    assert found == typed.replace("\a", "")


# --- files ---


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04" + b"x" * 40])
def test_a_damaged_file_is_a_finding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateProblemError) as caught:
        DocumentTemplate(path)
    assert caught.value.finding.code is Code.TEMPLATE_UNREADABLE
    assert check_template(path, NAMES) == list(caught.value.findings)


def test_a_document_cut_short_is_a_finding(tmp_path: Path) -> None:
    path = template_file(tmp_path, paragraphs("{{ ten }}"))
    whole = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    for broken in (b"<w:document", b"", texts["word/document.xml"][:-20]):
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in texts.items():
                archive.writestr(name, broken if name == "word/document.xml" else text)
        assert [f.code for f in check_template(path, NAMES)] == [Code.TEMPLATE_UNREADABLE]
    path.write_bytes(whole[: len(whole) // 2])
    assert [f.code for f in check_template(path, NAMES)] == [Code.TEMPLATE_UNREADABLE]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (finding,) = check_template(tmp_path / "mau.docx", NAMES)
    assert "không có tệp này" in finding.sentence


def test_archives_are_written_as_zipfile_writes_them() -> None:
    packed = io.BytesIO()
    texts = {"a.xml": b"<a/>" * 100, "thư/ờ.bin": bytes(range(256)), "c": b""}
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    prepared = PreparedArchive(packed.getvalue())
    written = prepared.with_files({"a.xml": b"<b/>"})
    assert written == prepared.with_files({"a.xml": b"<b/>"})
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert {n: archive.read(n) for n in archive.namelist()} == texts | {"a.xml": b"<b/>"}
        assert archive.namelist() == list(texts)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with pytest.raises(KeyError):
        prepared.with_files({"d": b""})


def test_elements_of_word_around_a_tag(tmp_path: Path) -> None:
    xml = (
        "<w:p><w:hyperlink><w:r><w:t>{{ v }}</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:r><w:t>{{ w }}</w:t></w:r></w:p>"
    )
    made = DocumentTemplate(template_file(tmp_path, body_xml(xml)))
    assert words(made.fill({"v": "a\nb", "w": "c\ad"}))[:3] == ["a\nb", "c", "d"]
    with pytest.raises(TemplateProblemError) as caught:
        made.fill({"v": "a\ab", "w": ""})
    assert caught.value.finding.code is Code.TEMPLATE_BROKEN_RESULT
