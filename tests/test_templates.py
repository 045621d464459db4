"""Templates: what is wrong with them is said, what goes into them comes out as typed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_office.documents.decree30 import DEFAULT_PROFILE
from cchc_office.documents.dispatch import build_dispatch, build_reminder
from cchc_office.documents.offered_names import OFFERED_NAMES
from cchc_office.documents.templates_in_use import check_templates, templates_in_use
from cchc_office.findings import Code, Finding, Severity
from cchc_office.model import Campaign, Consolidation
from cchc_office.office.archive import PreparedArchive
from cchc_office.resources import templates_folder
from cchc_office.templating import (
    FLAG,
    NUMBER,
    TEXT,
    DocumentTemplate,
    Kind,
    Link,
    ListOf,
    Names,
    Picture,
    Record,
    TemplateProblemError,
    check_template,
    record_of,
)
from cchc_office.templating.kinds import Plain
from cchc_office.vietnamese import official

from . import days
from .calls import cchc
from .template_files import (
    Build,
    body_xml,
    both,
    headed,
    notes,
    paragraphs,
    parts,
    properties,
    runs,
    table,
    template,
    template_file,
    words,
)


@dataclass(frozen=True)
class Task:
    ma: str = "1.1"
    ten: str = "Ban hành kế hoạch"
    diem: int = 2
    la_muc: bool = False


@dataclass(frozen=True)
class Office:
    ma: str = "VP"
    ten: str = "Văn phòng"


NAMES: Names = {
    "ten": TEXT,
    "nam": NUMBER,
    "gap": FLAG,
    "han_nop": TEXT,
    "don_vi": record_of(Office),
    "nhiem_vu": ListOf(record_of(Task)),
    "can_cu": ListOf(TEXT),
    "lanh_dao": Record({"ten": TEXT, "phong": record_of(Office)}),
}
VALUES: dict[str, Any] = {
    "ten": "Sở A",
    "nam": 2024,
    "gap": False,
    "han_nop": "05/12/2024",
    "don_vi": Office(),
    "nhiem_vu": [Task(), Task("1.2")],
    "can_cu": ["Luật A", "Luật B"],
    "lanh_dao": {"ten": "B", "phong": Office()},
}


def checked(folder: Path, build: Build) -> list[Finding]:
    return check_template(template_file(folder, build), NAMES)


def problem(folder: Path, *lines: str, values: Mapping[str, Any] = VALUES) -> Finding:
    with pytest.raises(TemplateProblemError) as caught:
        template(folder, *lines).fill(values)
    return caught.value.finding


# --- names ---


def test_an_unknown_name_is_told_with_its_place_and_the_nearest(tmp_path: Path) -> None:
    finding = problem(tmp_path, "Điều 1.", "Kính gửi: {{ don_vi.tne }}, để thực hiện")
    assert finding == Finding(
        Code.TEMPLATE_NAME_MISSPELT,
        file="mau.docx",
        about="{{ don_vi.tne }}",
        found="don_vi.tne",
        candidates=("don_vi.ten",),
        near="Kính gửi: {{ don_vi.tne }}, để thực hiện",
    )
    assert finding.sentence.startswith("don_vi.tne: có phải “don_vi.ten”?")
    assert finding.place == "mau.docx, chỗ “Kính gửi: {{ don_vi.tne }}, để thực hiện”"


@pytest.mark.parametrize(
    ("tag", "name", "candidates"),
    [
        ("{{ han_npo }}", "han_npo", ("han_nop",)),
        ("{{ hạn_nộp }}", "hạn_nộp", ("han_nop",)),
        ("{{ lanh_dao.phong.tenn }}", "lanh_dao.phong.tenn", ("lanh_dao.phong.ten",)),
        ("{{ don_vi['tne'] }}", "don_vi.tne", ("don_vi.ten",)),
        ("{% for v in nhiem_vu %}{{ v.tne }}{% endfor %}", "v.tne", ("v.ten",)),
        ("{{ khong_he_co }}", "khong_he_co", ()),
    ],
)
def test_names_are_checked_and_refused_alike(
    tmp_path: Path, tag: str, name: str, candidates: tuple[str, ...]
) -> None:
    refused = problem(tmp_path, tag)
    assert (refused.found, refused.candidates) == (name, candidates)
    (found,) = checked(tmp_path, paragraphs(tag))
    assert (found.found, found.candidates) == (name, candidates)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("{% if gap %}{{ don_vi.tne }}{% endif %}", "don_vi.tne"),
        ("{% for v in nhiem_vu if v.la_muk %}{% endfor %}", "v.la_muk"),
        ("{% for v in nhiem_vu %}{{ loop.frist }}{% endfor %}", "loop.frist"),
        ("{% for v in nhiem_vu|sort(attribute='maa') %}{% endfor %}", "maa"),
        ("{{ nhiem_vu|selectattr('la_muk')|list|length }}", "la_muk"),
        ("{{ nhiem_vu|map(attribute='tne')|join }}", "tne"),
        ("{{ (nhiem_vu|first).tne }}", "tne"),
        ("{{ nhiem_vu[0].tne }}", "nhiem_vu[0].tne"),
        ("{{ nhiem_vu.ten }}", "nhiem_vu.ten"),
        ("{{ ten.abc }}", "ten.abc"),
        ("{{ 'a' if gap else tne }}", "tne"),
        ("{% set x = don_vi %}{{ x.tne }}", "x.tne"),
        ("{% with x = don_vi %}{{ x.tne }}{% endwith %}{{ x }}", "x.tne"),
        ("{% macro m(a) %}{{ a.gi }}{{ tne }}{% endmacro %}{{ m(1) }}", "tne"),
        ("{% for v in nhiem_vu %}{% endfor %}{{ v }}", "v"),
        ("{% for v in [] %}{% else %}{{ tne }}{% endfor %}", "tne"),
        ("{{ ten|replace('a', tne) }}", "tne"),
        ("{{ 'x' ~ tne }}", "tne"),
        ("{% if gap and tne %}{% endif %}", "tne"),
        ("{{ [don_vi][0].tne }}", "tne"),
        ("{{ (don_vi or don_vi).tne }}", "tne"),
    ],
)
def test_names_in_branches_that_nobody_takes(tmp_path: Path, tag: str, name: str) -> None:
    assert name in [finding.found for finding in checked(tmp_path, paragraphs(tag))]


@pytest.mark.parametrize(
    "tag",
    [
        "{% for v in nhiem_vu %}{{ loop.index }}{{ v.ma }}{{ v.ten.upper() }}{% endfor %}",
        "{% for a, b in can_cu %}{{ a.x }}{{ b.y }}{% endfor %}",
        "{% set x %}{{ ten }}{% endset %}{{ x|upper }}",
        "{% macro m(a, b=ten) %}{{ a.x }}{{ caller() }}{% endmacro %}{% call m(1) %}{% endcall %}",
        "{{ nhiem_vu|selectattr('la_muc')|map(attribute='ten')|join(', ') }}",
        "{{ nhiem_vu[0].ten }}{{ nhiem_vu[:2]|length }}{{ (nhiem_vu|last).ma }}",
        "{{ nam + 1 }}{{ nam|la_ma }}{{ ten|default('x') }}{% if ten is defined %}{% endif %}",
        "{% for i in range(3) %}{{ i }}{% endfor %}{{ lanh_dao.phong.ten|chu_hoa }}",
        "{{ (don_vi if gap else don_vi).ten }}{# chú thích #}",
        "{% raw %}{{ khong_co }}{% if %}{% endraw %}",
    ],
)
def test_nothing_is_said_of_a_sound_template(tmp_path: Path, tag: str) -> None:
    assert checked(tmp_path, paragraphs(tag)) == []


def test_every_part_of_the_file_is_checked(tmp_path: Path) -> None:
    build = both(
        headed("{{ a1 }}", "{{ a2 }}"),
        paragraphs("{{ a3 }}"),
        notes("footnote", "{{ a4 }}"),
        properties(title="{{ a5 }}"),
    )
    assert sorted(f.found for f in checked(tmp_path, build)) == ["a1", "a2", "a3", "a4", "a5"]
    with pytest.raises(TemplateProblemError):
        DocumentTemplate(tmp_path / "mau.docx").fill(VALUES)


def test_tags_that_stay_as_they_are(tmp_path: Path) -> None:
    build = both(notes("endnote", "Xem {{ ten }}"), notes("comment", "thẻ {{ ten }}"))
    findings = checked(tmp_path, build)
    assert [f.code for f in findings] == [Code.TEMPLATE_TAG_NOT_FILLED] * 2
    assert {f.near for f in findings} == {"Xem {{ ten }}", "thẻ {{ ten }}"}


# --- what Word and hurried hands do ---


@pytest.mark.parametrize(
    ("lines", "code", "shown"),
    [
        (["{% tr for v in nhiem_vu %}"], Code.TEMPLATE_TAG_SPACE, "{%tr for v in nhiem_vu %}"),
        (["{%p\u00a0if gap %}"], Code.TEMPLATE_TAG_SPACE, "{%p if gap %}"),
        (["{%pif gap %}"], Code.TEMPLATE_TAG_SPACE, "{%p if gap %}"),
        (["{{ r ten }}"], Code.TEMPLATE_TAG_SPACE, "{{r ten }}"),
        (["{{ nam – 1 }}"], Code.TEMPLATE_TAG_CHARACTER, "–"),
        (["{{ „ten“ }}"], Code.TEMPLATE_TAG_CHARACTER, "„"),
        (["{{ te\u200bn }}"], Code.TEMPLATE_TAG_CHARACTER, "U+200B"),
        (["{%p if nam % 2 %}", "a", "{%p endif %}"], Code.TEMPLATE_TAG_CHARACTER, "%"),
        (["{{ “a” }}"], Code.TEMPLATE_TAG_WORD_CHARACTER, "“ ”"),
        (["{{ ten\u00a0}}"], Code.TEMPLATE_TAG_WORD_CHARACTER, "dấu cách không ngắt"),
        (["{%p if gap %} mất", "{%p endif %}"], Code.TEMPLATE_TAG_NOT_ALONE, "mất"),
        (["{%p if gap %}{%p if ten %}"], Code.TEMPLATE_TAG_NOT_ALONE, "{%p if ten %}"),
        (["a {{ ten"], Code.TEMPLATE_TAG_UNCLOSED, "{{"),
        (["ten }} b"], Code.TEMPLATE_TAG_UNCLOSED, "}}"),
        (["{ { ten }}"], Code.TEMPLATE_TAG_UNCLOSED, "{ {"),
        (["{% if gap %}"], Code.TEMPLATE_BLOCK_OPEN, "{% endif %}"),
        (["{%p for v in can_cu %}", "a"], Code.TEMPLATE_BLOCK_OPEN, "{% endfor %}"),
        (["{% endfor %}"], Code.TEMPLATE_BLOCK_UNOPENED, "{% endfor %}"),
        (["{% else %}"], Code.TEMPLATE_BLOCK_UNOPENED, "{% else %}"),
        (["{% if gap %}{% for v in can_cu %}{% endif %}"], Code.TEMPLATE_BLOCK_OPEN, "endfor"),
        (["{{ ten|upperr }}"], Code.TEMPLATE_FILTER_UNKNOWN, "“upper”"),
        (["{% if ten is defind %}{% endif %}"], Code.TEMPLATE_FILTER_UNKNOWN, "“defined”"),
        (["{{ ten|safe }}"], Code.TEMPLATE_FILTER_UNKNOWN, "safe"),
        (["{{ }}"], Code.TEMPLATE_SYNTAX, "thẻ chưa có nội dung"),
        (["{{ ten nam }}"], Code.TEMPLATE_SYNTAX, "thừa “nam”"),
        (["{{ nam + }}"], Code.TEMPLATE_SYNTAX, "thẻ dừng giữa chừng"),
        (["{% lap v in nhiem_vu %}"], Code.TEMPLATE_SYNTAX, "“lap”"),
        (["{{ (ten }}"], Code.TEMPLATE_SYNTAX, ""),
        (["{{ ten ? 1 }}"], Code.TEMPLATE_SYNTAX, ""),
        (["{# không đóng"], Code.TEMPLATE_TAG_UNCLOSED, "{#"),
        (["{%tr if gap %}", "a", "{%tr endif %}"], Code.TEMPLATE_SYNTAX, "chỉ dùng trong bảng"),
    ],
)
def test_what_word_does_to_tags(tmp_path: Path, lines: list[str], code: Code, shown: str) -> None:
    finding = next(f for f in checked(tmp_path, paragraphs(*lines)) if f.code is code)
    assert shown in f"{finding.sentence} {finding.advice}"
    assert "{{{" not in f"{finding.sentence}{finding.advice}"
    assert any(finding.near.strip("…") in line or line in finding.near for line in lines)


def test_a_row_tag_takes_the_whole_row(tmp_path: Path) -> None:
    build = table(["{%tr for v in nhiem_vu %}", "mất"], ["{{ v.ma }}"], ["{%tr endfor %}"])
    (finding,) = checked(tmp_path, build)
    assert finding.code is Code.TEMPLATE_TAG_NOT_ALONE
    assert finding.found == "mất"


def test_a_loop_from_one_cell_to_another(tmp_path: Path) -> None:
    build = table(["{% for v in nhiem_vu %}{{ v.ma }}", "{{ v.ten }}{% endfor %}"])
    (finding,) = checked(tmp_path, build)
    assert finding.code is Code.TEMPLATE_BLOCK_ACROSS_CELLS
    assert finding.found == "{% endfor %}"
    assert "{%tr … %}" in finding.advice


def test_a_block_that_begins_inside_a_table(tmp_path: Path) -> None:
    build = both(table(["{% if gap %}a"]), paragraphs("b{% endif %}"))
    assert [f.code for f in checked(tmp_path, build)] == [Code.TEMPLATE_BLOCK_ACROSS_CELLS]
    assert problem_of(tmp_path).code is Code.TEMPLATE_BROKEN_RESULT


def problem_of(folder: Path) -> Finding:
    with pytest.raises(TemplateProblemError) as caught:
        DocumentTemplate(folder / "mau.docx").fill(VALUES)
    return caught.value.finding


def test_tags_split_over_runs_and_comments_over_paragraphs_are_sound(tmp_path: Path) -> None:
    build = both(runs("{", "{ te", "n }", "}"), paragraphs("{# một", "hai", "ba #}"))
    assert checked(tmp_path, build) == []


def test_a_syntax_error_is_told_by_what_word_did(tmp_path: Path) -> None:
    finding = problem(tmp_path, "{% tr for v in nhiem_vu %}", "{% tr endfor %}")
    assert finding.code is Code.TEMPLATE_TAG_SPACE


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
    assert finding.near.startswith("chỗ này")


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
        assert finding.near == "Gửi {{ v }}"


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


def test_markup_of_another_document_is_a_finding(tmp_path: Path) -> None:
    rich = docxtpl.RichText("a", url_id="rId7")
    assert "văn bản khác" in problem(tmp_path, "{{r v }}", values={"v": rich}).sentence


def test_a_picture_that_is_none(tmp_path: Path) -> None:
    values = {"v": Picture(tmp_path / "khong-co.png")}
    assert "tệp ảnh" in problem(tmp_path, "{{ v }}", values=values).sentence
    (tmp_path / "chu.png").write_text("không phải ảnh")
    values = {"v": Picture(tmp_path / "chu.png")}
    assert "tệp ảnh" in problem(tmp_path, "{{ v }}", values=values).sentence


def test_a_link_beside_other_values(tmp_path: Path) -> None:
    made = template(tmp_path, "{{ ten }} {{r v }}")
    content = made.fill({"ten": "{_{ A & B", "v": Link("đây", "https://example.org")})
    assert words(content)[0] == "{_{ A & B đây"


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


# --- the project's own templates, and the office's ---


def test_the_projects_templates_are_sound() -> None:
    used = templates_in_use(None, templates_folder())
    assert {t.path.name for t in used} == set(OFFERED_NAMES)
    assert not any(t.is_own for t in used)
    assert check_templates(used) == []


def test_letters_are_given_just_the_names_of_the_table(
    example: Campaign, example_data: Consolidation
) -> None:
    given: list[tuple[str, Mapping[str, Any]]] = []

    class Recorder(DocumentTemplate):
        def __init__(self, name: str) -> None:
            self.name = name

        def fill(self, values: Mapping[str, Any]) -> bytes:
            given.append((self.name, values))
            return b""

    for unit in example.units:
        build_dispatch(example, unit, Recorder("cong-van-giao-viec.docx"), DEFAULT_PROFILE)
    for result in example_data.units:
        build_reminder(example_data, result, Recorder("cong-van-don-doc.docx"), DEFAULT_PROFILE)
    for name, values in given:
        assert values.keys() == OFFERED_NAMES[name].keys()
        for key, kind in OFFERED_NAMES[name].items():
            assert is_of(values[key], kind), key


def is_of(value: Any, kind: Kind) -> bool:
    if isinstance(kind, ListOf):
        return isinstance(value, list) and all(is_of(item, kind.item) for item in value)
    if isinstance(kind, Record):
        return all(is_of(getattr(value, name), part) for name, part in kind.fields.items())
    return isinstance(kind, Plain) and type(value) is kind.type


def test_kiem_tra_says_which_templates_are_the_offices_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("khoi-tao", tmp_path / "dot") == 0
    own = tmp_path / "dot" / "templates"
    own.mkdir(exist_ok=True)
    template_file(own, paragraphs("Gửi {{ don_vi.tne }}"), "cong-van-don-doc.docx")
    capsys.readouterr()
    assert cchc("kiem-tra", tmp_path / "dot") == 1
    shown = capsys.readouterr().out
    assert "cong-van-don-doc.docx        mẫu riêng của cơ quan" in shown
    assert "cong-van-giao-viec.docx      mẫu có sẵn" in shown
    assert "don_vi.tne: có phải “don_vi.ten”?" in shown
    assert cchc("kiem-tra", tmp_path / "dot", "--json") == 1
    printed = capsys.readouterr().out
    assert '"rieng": true' in printed
    assert '"gan": "Gửi {{ don_vi.tne }}"' in printed


def test_notes_alone_need_nobody(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, paragraphs("{{ “a” }}"))
    assert finding.severity is Severity.NOTE


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
