"""What once lost words, broke files or slipped through the check of templates."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cchc_office.catalogue.findings import Code
from cchc_office.word.templates import (
    FLAG,
    TEXT,
    DocumentTemplate,
    ListOf,
    TemplateProblemError,
    TextTemplate,
    check_template,
)
from cchc_office.word.templates.offers import Names, Record

from .calls import cchc
from .conftest import EXAMPLE
from .template_files import paragraphs, table, template_file

NAMES: Names = {
    "ten": TEXT,
    "lan": TEXT,
    "co": FLAG,
    "dong": ListOf(TEXT),
    "viec": ListOf(Record({"ten": TEXT})),
}


def made(folder: Path, *lines: str, **values: Any) -> str:
    content = DocumentTemplate(template_file(folder, paragraphs(*lines))).fill(values)
    return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ viec|chu_hoa }}",
        "{{ viec|join(', ') }}",
        "{{ 'Gồm: ' ~ dong }}",
        "{{ dong|string }}",
        "{{ co|chu_hoa }}",
        "{% if lan == 2 %}x{% endif %}",
        "{% if lan > 2 %}x{% endif %}",
        "{% if co == 'có' %}x{% endif %}",
        "{{ ten - lan }}",
        "{{ ten + 1 }}",
        "{{ ten() }}",
        "{% for x in ten %}{{ x }}{% endfor %}",
    ],
)
def test_values_of_the_wrong_kind_are_found_in_branches_nobody_takes(
    tmp_path: Path, tag: str
) -> None:
    path = template_file(tmp_path, paragraphs("{% if co %}" + tag + "{% endif %}"))
    assert [f.code for f in check_template(path, NAMES)] == [Code.TEMPLATE_WRONG_KIND]


@pytest.mark.parametrize("tag", ["{{ none }}", "{{ true }}", "{{ [1, 2] }}", "{{ (1, 2) }}"])
def test_literals_that_are_no_words_are_refused(tmp_path: Path, tag: str) -> None:
    with pytest.raises(TemplateProblemError) as caught:
        made(tmp_path, f"a {tag} b")
    assert caught.value.finding.code is Code.VALUE_NOT_TEXT


def test_an_ampersand_in_a_tag_is_a_character(tmp_path: Path) -> None:
    line = '{{ "R & D" }} {% if ten == "R & D" %}đúng{% else %}sai{% endif %}'
    assert made(tmp_path, line, ten="R & D") == "R & D đúng"


def test_escaped_text_is_changed_as_text(tmp_path: Path) -> None:
    lines = ("{% set q %}{{ ten }}{% endset %}{{ q|chu_hoa }}|{{ q|upper }}",)
    assert made(tmp_path, *lines, ten="a & b <x>") == "A & B <X>|A & B <X>"


def test_an_emptied_header_leaves_no_damaged_file(tmp_path: Path) -> None:
    document: Any = docx.Document()
    header = document.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "{%p if co %}"
    header.add_paragraph("a")
    header.add_paragraph("{%p endif %}")
    document.save(str(tmp_path / "o.docx"))
    content = DocumentTemplate(tmp_path / "o.docx").fill({"co": False})
    header = docx.Document(io.BytesIO(content)).sections[0].header
    assert [p.text for p in header.paragraphs] == [""]


@pytest.mark.parametrize("kind", ["w:drawing", "w:footnoteReference", "w:sectPr"])
def test_what_is_no_word_is_lost_with_its_paragraph_too(tmp_path: Path, kind: str) -> None:
    path = template_file(tmp_path, paragraphs("{%p if co %}", "a", "{%p endif %}"))
    document: Any = docx.Document(str(path))
    document.paragraphs[0].runs[0]._r.append(OxmlElement(kind))
    document.save(str(path))
    assert Code.TEMPLATE_TAG_NOT_ALONE in {f.code for f in check_template(path, NAMES)}


def test_emptied_cells_and_tables_leave_no_damaged_file(tmp_path: Path) -> None:
    path = template_file(
        tmp_path, table(["{%tr for x in dong %}"], ["{{ x }}"], ["{%tr endfor %}"])
    )
    content = DocumentTemplate(path).fill({"dong": []})
    assert not docx.Document(io.BytesIO(content)).tables
    document: Any = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "{%p if co %}"
    cell.add_paragraph("a")
    cell.add_paragraph("{%p endif %}")
    document.save(str(tmp_path / "o.docx"))
    content = DocumentTemplate(tmp_path / "o.docx").fill({"co": False})
    [cell] = docx.Document(io.BytesIO(content)).element.body.iter(qn("w:tc"))
    assert cell.findall(qn("w:p"))


def test_a_row_without_any_column_leaves_no_damaged_file(tmp_path: Path) -> None:
    loop = ["{%tc for x in dong %}", "{{ x }}", "{%tc endfor %}"]
    path = template_file(tmp_path, table(loop, ["a", "b", "c"]))
    content = DocumentTemplate(path).fill({"dong": []})
    [rows] = [made.rows for made in docx.Document(io.BytesIO(content)).tables]
    assert [[cell.text for cell in row.cells] for row in rows] == [["a", "b", "c"]]
    path = template_file(tmp_path, table(loop))
    content = DocumentTemplate(path).fill({"dong": []})
    assert not docx.Document(io.BytesIO(content)).tables


def test_the_text_of_an_email_is_kept_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("    a\tb  c\n-- \n{{ ten }}\n", encoding="utf-8")
    assert TextTemplate(path).fill({"ten": "x\t1\u00a02"}) == "    a\tb  c\n-- \nx\t1\u00a02\n"


@pytest.mark.parametrize(
    "line",
    ["{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "{% if co %}" * 120 + "{% endif %}" * 120],
)
def test_tags_nested_too_deep_are_a_finding(tmp_path: Path, line: str) -> None:
    path = template_file(tmp_path, paragraphs(line))
    assert [f.is_error for f in check_template(path, NAMES)] == [True]
    with pytest.raises(TemplateProblemError):
        DocumentTemplate(path)


@pytest.mark.parametrize(
    "tag",
    [
        '{{ "{:>400000000}".format("x") }}',
        '{{ "x"|replace("x", "y" * 100000)|replace("y", "z" * 10000)|length }}',
        "{{ (1).to_bytes(500000000)|length }}",
    ],
)
def test_no_tag_fills_the_memory(tmp_path: Path, tag: str) -> None:
    with pytest.raises(TemplateProblemError):
        made(tmp_path, tag)


@pytest.mark.parametrize("number", ["0", "100", "-1", "hai"])
def test_an_odd_count_of_reminders_is_told_in_vietnamese(
    tmp_path: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("don-doc", EXAMPLE, "-o", tmp_path, f"--lan={number}") == 2
    assert "phải là một số từ 1 đến 99" in capsys.readouterr().err
