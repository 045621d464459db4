"""What is wrong with a template is said, with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code, Finding, FindingCode, Severity
from cchc_office.word.templates import DocumentTemplate, TemplateProblemError

from .template_files import (
    VALUES,
    both,
    checked,
    headed,
    notes,
    paragraphs,
    problem,
    properties,
    runs,
    table,
)

# --- names ---


def test_an_unknown_name_is_told_with_its_place_and_the_nearest(tmp_path: Path) -> None:
    finding = problem(tmp_path, "Điều 1.", "Kính gửi: {{ don_vi.tne }}, để thực hiện")
    assert finding == Finding(
        Code.TEMPLATE_NAME_MISSPELT,
        file="mau.docx",
        about="{{ don_vi.tne }}",
        found="don_vi.tne",
        candidates=("don_vi.ten",),
        passage="Kính gửi: {{ don_vi.tne }}, để thực hiện",
    )
    assert finding.sentence.startswith("don_vi.tne: có phải “don_vi.ten”?")
    assert finding.place == "mau.docx, đoạn “Kính gửi: {{ don_vi.tne }}, để thực hiện”"


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
    assert [f.code for f in findings] == [
        Code.TEMPLATE_COMMENT,
        *[Code.TEMPLATE_TAG_NOT_FILLED] * 2,
    ]
    assert {f.passage for f in findings[1:]} == {"Xem {{ ten }}", "thẻ {{ ten }}"}


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
def test_what_word_does_to_tags(
    tmp_path: Path, lines: list[str], code: FindingCode, shown: str
) -> None:
    finding = next(f for f in checked(tmp_path, paragraphs(*lines)) if f.code is code)
    assert shown in f"{finding.sentence} {finding.advice}"
    assert "{{{" not in f"{finding.sentence}{finding.advice}"
    assert any(finding.passage.strip("…") in line or line in finding.passage for line in lines)


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


def test_notes_alone_need_nobody(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, paragraphs("{{ “a” }}"))
    assert finding.severity is Severity.NOTE
