"""What the engine makes is what docxtpl makes, part by part, whichever way it takes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docxtpl
import jinja2
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm

from cchc_office.catalogue.findings import Code
from cchc_office.files.resources import templates_folder
from cchc_office.papers.kinds import UPWARD_REPORT
from cchc_office.word.templates import (
    ANYTHING,
    FILTERS,
    DocumentTemplate,
    Picture,
    check_template,
    filling,
)

from .template_files import (
    PNG,
    Build,
    body_xml,
    both,
    document_file,
    headed,
    notes,
    paragraphs,
    parts,
    picture,
    properties,
    runs,
    table,
    template_file,
)

Values = dict[str, Any]
TASKS = [
    SimpleNamespace(ma=f"1.{n}", ten=f"Tiêu chí {n} & <{n}>", diem=n / 2, con=["a", "b"][: n % 3])
    for n in range(1, 4)
]
VALUES: dict[str, Any] = {
    "ten": "Sở Nội vụ & \"Ủy ban\" <tỉnh> 'A'",
    "nhieu_dong": "một\nhai\tba\n\nbốn",
    "co": True,
    "khong": False,
    "trong": [],
    "viec": TASKS,
    "cot": ["A", "B", "C", "D", "E"],
    "mau": "FF0000",
    "so": 3,
}


def reference(content: bytes, values: Values, more: Callable[[Any], Values]) -> dict[str, bytes]:
    """What docxtpl makes, on its own."""
    made = docxtpl.DocxTemplate(io.BytesIO(content))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters |= FILTERS
    made.render({**values, **more(made)}, environment, autoescape=True)
    written = io.BytesIO()
    made.save(written)
    return parts(written.getvalue())


@dataclass
class Case:
    name: str
    build: Build
    values: Values = field(default_factory=dict)
    docxtpl_values: Callable[[Any], Values] = lambda _: {}
    """What docxtpl needs for the same: its own objects, bound to its document."""
    is_fast: bool = True


def rich_text() -> docxtpl.RichText:
    text = docxtpl.RichText("thường ")
    text.add("đậm & <nghiêng>", bold=True, italic=True, color="#FF0000")
    text.add("\tsau dấu tab\nxuống dòng", size=28, underline="double", font="Arial")
    return text


def rich_paragraphs() -> docxtpl.RichTextParagraph:
    text = docxtpl.RichTextParagraph("một đoạn")
    text.add(rich_text(), parastyle="Normal")
    return text


def two_sections(document: Document) -> None:
    document.sections[0].header.is_linked_to_previous = False
    document.sections[0].header.paragraphs[0].text = "{{ ten }}"
    document.add_section(WD_SECTION.NEW_PAGE)
    document.sections[1].header.is_linked_to_previous = False
    document.sections[1].header.add_table(1, 2, Mm(100)).rows[0].cells[0].text = "{{ so }}"


def nested_table(document: Document) -> None:
    outer = document.add_table(1, 2)
    inner = outer.rows[0].cells[0].add_table(3, 2)
    for row, text in zip(
        inner.rows, ("{%tr for v in viec %}", "{{ v.ten }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = text


def merged_heading(document: Document) -> None:
    made = document.add_table(4, 3)
    made.rows[0].cells[0].merge(made.rows[0].cells[1]).text = "{{ ten }}"
    for row, text in zip(
        made.rows[1:], ("{%tr for v in viec %}", "{{ v.ma }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = text


ROW_LOOP = table(
    ["STT", "Tiêu chí", "Điểm"],
    ["{%tr for v in viec %}"],
    ["{{ v.ma }}", "{{ v.ten }}", "{{ v.diem|so_thap_phan }}"],
    ["{%tr endfor %}"],
)
BOX = (
    "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>Hộp: {{ ten }}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
CONTENT_CONTROL = (
    "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Ô: {{ ten }}</w:t></w:r></w:p>"
    "</w:sdtContent></w:sdt>"
)

CASES = [
    Case("text", paragraphs("Kính gửi: {{ ten }}", "{{ten}}{{ so }}", "không có thẻ")),
    Case("breaks in values", paragraphs("{{ nhieu_dong }}", "trước {{ nhieu_dong }} sau")),
    Case("row loop", ROW_LOOP),
    Case("row loop over nothing", ROW_LOOP, {"viec": []}),
    Case(
        "row loop with conditions",
        table(
            ["A", "B"],
            ["{%tr for v in viec %}"],
            ["{%tr if v.diem > 1 %}"],
            ["{{ v.ma }}", "lớn"],
            ["{%tr else %}"],
            ["{{ v.ma }}", "nhỏ"],
            ["{%tr endif %}"],
            ["{%tr endfor %}"],
        ),
    ),
    Case(
        "table whose widest row goes",
        body_xml(
            "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='1000'/><w:gridCol w:w='2000'/>"
            "<w:gridCol w:w='3000'/></w:tblGrid>"
            "<w:tr><w:tc><w:p><w:r><w:t>{%tr if khong %}</w:t></w:r></w:p></w:tc></w:tr>"
            "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
            "<w:tr><w:tc><w:p><w:r><w:t>{%tr endif %}</w:t></w:r></w:p></w:tc></w:tr>"
            "<w:tr><w:tc><w:p><w:r><w:t>{{ ten }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
        ),
    ),
    Case(
        "column loop",
        table(
            ["{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"],
            ["{%tc for c in cot %}", "{{ loop.index }}", "{%tc endfor %}"],
        ),
    ),
    Case(
        "paragraph loop",
        paragraphs("{%p for v in viec %}", "- {{ v.ten }};", "{%p endfor %}", "{{ so }}"),
    ),
    Case(
        "paragraph conditions",
        paragraphs("{%p if khong %}", "A", "{%p elif co %}", "B {{ so }}", "{%p else %}", "C", "{%p endif %}"),
    ),
    Case(
        "nested loops",
        paragraphs(
            "{%p for v in viec %}",
            "{{ loop.index }}. {{ v.ten }}: {% for c in v.con %}{{ c }}{% if not loop.last %}, {% endif %}{% else %}không{% endfor %}",
            "{%p for c in v.con %}",
            "+ {{ c }} ({{ loop.length }})",
            "{%p endfor %}",
            "{%p endfor %}",
        ),
    ),
    Case(
        "vertical merge",
        table(
            ["{%tr for v in viec %}"],
            ["{% vm %}Nhóm", "{{ v.ma }}", "{{ v.ten }}"],
            ["{%tr endfor %}"],
        ),
    ),
    Case(
        "horizontal merge",
        table(
            ["{%tc for c in cot %}", "{% hm %}Tiêu đề chung", "{%tc endfor %}"],
            ["{%tc for c in cot %}", "{{ c }}", "{%tc endfor %}"],
        ),
    ),
    Case("spanning columns", table(["{% colspan so %}{{ ten }}"], ["a", "b", "c"])),
    Case(
        "coloured cells",
        table(["{%tr for v in viec %}"], ["{% cellbg mau %}{{ v.ma }}", "x"], ["{%tr endfor %}"]),
    ),
    Case("merged cells", merged_heading),
    Case("table in a table", nested_table),
    Case(
        "header and footer",
        both(headed("Đầu: {{ ten }}", "{% if co %}Chân {{ so }}{% endif %}"), paragraphs("{{ ten }}")),
    ),
    Case("two sections", both(paragraphs("{{ so }}"), two_sections)),
    Case("rich text", paragraphs("Trước {{r giau }} sau", "{{ giau }}"), {"giau": rich_text()}),
    Case("rich paragraphs", paragraphs("{{p giau }}", "sau"), {"giau": rich_paragraphs()}),
    Case(
        "listing",
        paragraphs("{{ danh_sach }}", "x {{ danh_sach }} y"),
        {"danh_sach": docxtpl.Listing("một & <hai>\nba\tbốn\ađoạn mới\ftrang mới")},
    ),
    Case("footnotes", both(paragraphs("{{ ten }}"), notes("footnote", "Xem {{ ten }}", "{{ nhieu_dong }}"))),
    Case("comments", both(paragraphs("{{ ten }}"), notes("comment", "ghi chú {{ ten }}"))),
    Case("endnotes", both(paragraphs("{{ ten }}"), notes("endnote", "ghi chú {{ ten }}"))),
    Case(
        "white space",
        paragraphs("a", "{%- if co -%}", "b {{ so }}", "{%- endif -%}", "c", "x {%- if co %} y{% endif -%} z"),
    ),
    Case("properties", properties(title="Công văn số {{ so }}", subject="{% if co %}có{% endif %}", keywords="{{ ten }}")),
    Case("tags split over runs", runs("Kính {", "{ t", "en }", "} và {% i", "f co %}", "có{% endif %}", ".")),
    Case("marks of tags as text", paragraphs("{_{ ten }_} {_% if %_} {{ ten }}")),
    Case(
        "statements",
        paragraphs("{% set x = so * 2 %}{{ x }}{# ghi chú #}{% raw %}{{ ten }}{% endraw %}{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(x) }}"),
    ),
    Case("filters", paragraphs("{{ ten|upper|replace('SỞ', 'x') }} {{ so|la_ma }} {{ cot|join('; ') }} {{ 'á'|chu_hoa }}")),
    Case("curly quotes", paragraphs("{{ “ẩn” if ten == ‘’ else “hiện” }}")),
    Case("text box", body_xml(BOX)),
    Case("content control", body_xml(CONTENT_CONTROL)),
    Case("drawing in the template", both(picture, paragraphs("{{ ten }}"), picture)),
    Case(
        "picture",
        both(paragraphs("Ảnh: {{ anh }}"), headed("Đầu {{ ten }}", "Chân")),
        {"anh": Picture(Path("anh.png"), width_mm=10)},
        lambda made: {"anh": docxtpl.InlineImage(made, "anh.png", width=Mm(10))},
        is_fast=False,
    ),
    Case(
        "pictures in rows and footer",
        both(
            table(["{%tr for a in anh %}"], ["{{ a }}", "{{ ten }}"], ["{%tr endfor %}"]),
            headed("x", "{{ anh[0] }}"),
            notes("footnote", "Xem {{ so }}"),
            properties(title="{{ so }}"),
        ),
        {"anh": [Picture(Path("anh.png")), Picture(Path("anh.png"), height_mm=5)]},
        lambda made: {
            "anh": [
                docxtpl.InlineImage(made, "anh.png"),
                docxtpl.InlineImage(made, "anh.png", height=Mm(5)),
            ]
        },
        is_fast=False,
    ),
]  # fmt: skip


@pytest.fixture
def slow_ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made through docxtpl's document, noted as it happens."""
    taken: list[str] = []
    plain = filling.PreparedTemplate._through_docxtpl

    def noted(*given: Any) -> Any:
        taken.append("docxtpl")
        return plain(*given)

    monkeypatch.setattr(filling.PreparedTemplate, "_through_docxtpl", noted)
    return taken


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_result_is_that_of_docxtpl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow_ways: list[str], case: Case
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "anh.png").write_bytes(PNG)
    content = document_file(case.build)
    (tmp_path / "mau.docx").write_bytes(content)
    values = {**VALUES, **case.values}
    made = DocumentTemplate(tmp_path / "mau.docx")
    first, second = made.fill(values), made.fill(values)
    assert first == second
    assert slow_ways == ([] if case.is_fast else ["docxtpl"] * 2)
    ours, theirs = parts(first), reference(content, values, case.docxtpl_values)
    assert list(ours) == list(theirs)
    for name in theirs:
        assert ours[name] == theirs[name], name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_is_said_of_what_docxtpl_can_do(tmp_path: Path, case: Case) -> None:
    path = template_file(tmp_path, case.build)
    names = dict.fromkeys({**VALUES, **case.values}, ANYTHING)
    # docxtpl passes comments on; whether they may go out is a matter of their own.
    found = [f for f in check_template(path, names) if f.code is not Code.TEMPLATE_COMMENT]
    assert [f for f in found if f.is_error] == []


def test_nothing_is_left_over_from_the_letter_before(tmp_path: Path) -> None:
    content = document_file(both(ROW_LOOP, paragraphs("{{ ten }}")))
    (tmp_path / "mau.docx").write_bytes(content)
    made = DocumentTemplate(tmp_path / "mau.docx")
    first = made.fill(VALUES)
    made.fill(VALUES | {"viec": TASKS * 20, "ten": "khác\nhẳn"})
    assert made.fill(VALUES) == first


# The report upward has pictures, and those have words for who cannot see them: docxtpl has none.
LETTERS = {path.name for path in templates_folder().glob("*.docx")} - {UPWARD_REPORT.template}


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_the_projects_own_letters_are_those_of_docxtpl(
    letter_values: dict[str, list[Mapping[str, Any]]], slow_ways: list[str], name: str
) -> None:
    path = templates_folder() / name
    made = DocumentTemplate(path)
    letters = letter_values[name]
    assert len(letters) > 5
    for values in letters:
        theirs = reference(path.read_bytes(), dict(values), lambda _: {})
        assert parts(made.fill(values)) == theirs
    assert slow_ways == []
