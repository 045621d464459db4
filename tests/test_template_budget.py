"""A template that would go on for ever, or fill the memory, ends with a finding at its tag."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates import DocumentTemplate, TemplateProblemError, TextTemplate

from .template_files import paragraphs, template_file

_ROWS = [{"ten": f"Việc {n}", "con": ()} for n in range(50)]
_VALUES = {
    "ten": "Văn phòng",
    "diem": Decimal("1.5"),
    "ngay": dt.date(2024, 12, 5),
    "dong": _ROWS,
}
_DOUBLING = "{% set s = 'Văn phòng' %}" + "{% set s = s ~ s %}" * 60
_ADDING = "{% set s = 'Văn phòng' %}" + "{% set s = s + s %}" * 60
_BLOCKS = "{% set s = 'Văn phòng' %}" + "{% set s %}{{ s }}{{ s }}{% endset %}" * 60
_SQUARES = "{% set s = 99999 ** 90 %}" + "{% set s = s * s %}" * 40
_LISTS = "{% set s = [1] * 1000 %}" + "{% set s = s + s %}" * 40
_WITHIN = "{% for a in range(1000) %}" * 4 + "{% endfor %}" * 4
_TEXT_WITHIN = "{% for a in range(1000) %}" * 3 + "chữ " * 1000 + "{% endfor %}" * 3
_OVER_VALUES = "{% for a in dong %}" * 7 + "{% endfor %}" * 7


def _problem(folder: Path, text: str) -> Finding:
    path = folder / "mau.txt"
    path.write_text(f"Dòng đầu\nchỗ này {text} hết", encoding="utf-8")
    with pytest.raises(TemplateProblemError) as raised:
        TextTemplate(path).fill(_VALUES)
    return raised.value.finding


@pytest.mark.parametrize(
    "text",
    [
        _WITHIN,
        _TEXT_WITHIN,
        _OVER_VALUES,
        "{% for a in [1] recursive %}{{ loop([1]) }}{{ loop([1]) }}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m(s, n) %}{{ m(s ~ s, n - 1) if n else s }}{% endmacro %}{{ m(ten, 60) }}",
        _DOUBLING,
        _ADDING,
        _BLOCKS,
        _SQUARES,
        _LISTS,
        "{{ 1.5|round(100000000, 'floor') }}",
        "{{ 1.5|round(precision=100000000) }}",
        "{{ diem|so_thap_phan(100000000) }}",
        "{{ diem|so_thap_phan(places=100000000) }}",
        "{{ ten.encode().ljust(10**9) }}",
        "{{ ten|replace('', 'a' * 100000)|replace('a', 'a' * 100000) }}",
        "{{ (['a' * 100000] * 100000)|join }}",
        "{{ ([''] * 100000)|join('a' * 100000) }}",
        "{{ ([[1] * 1000] * 100000)|sum(start=[])|length }}",
        "{{ ([[1] * 1000] * 100000)|sum(none, [])|length }}",
        "{{ diem.scaleb(99999999)|int }}",
        "{{ ngay.strftime('%999999999d') }}",
        "{{ (99999).to_bytes(10**9) }}",
    ],
)
def test_a_boundless_template_ends_at_its_tag(tmp_path: Path, text: str) -> None:
    finding = _problem(tmp_path, text)
    codes = (Code.TEMPLATE_TOO_MUCH, Code.TEMPLATE_FORBIDDEN, Code.TEMPLATE_CALCULATION)
    assert finding.code in codes
    assert finding.about in text


def test_a_boundless_word_template_names_the_tag(tmp_path: Path) -> None:
    row = "{% for a in range(1000) %}{% for b in range(1000) %}{{ ten }}{% endfor %}{% endfor %}"
    path = template_file(tmp_path, paragraphs("Kính gửi", row))
    with pytest.raises(TemplateProblemError) as raised:
        DocumentTemplate(path).fill(_VALUES)
    finding = raised.value.finding
    assert (finding.code, finding.file) == (Code.TEMPLATE_TOO_MUCH, path.name)
    assert finding.about.startswith("{")


def test_each_letter_has_a_budget_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mau.txt"
    path.write_text("{% for a in range(1000) %}{{ ten }}{% endfor %}", encoding="utf-8")
    template = TextTemplate(path)
    letters = {template.fill({"ten": "x" * 5_000}) for _ in range(8)}
    assert [len(letter.strip()) for letter in letters] == [5_000_000]


def test_a_long_table_stays_within_the_budget(tmp_path: Path) -> None:
    row = "{% for d in dong %}{{ loop.index }}. {{ d.ten ~ ', ' ~ ten }}\n{% endfor %}"
    path = tmp_path / "mau.txt"
    path.write_text(row, encoding="utf-8")
    made = TextTemplate(path).fill({**_VALUES, "dong": _ROWS * 200})
    assert made.splitlines()[-1] == "10000. Việc 49, Văn phòng"
