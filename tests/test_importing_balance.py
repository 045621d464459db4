"""The balance of words, and tables of any size, for whatever is drawn."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office import Code, import_table
from cchc_office.importing import word_balance
from cchc_office.importing.word_balance import balance

from .importing import imported, put_tables, rows_of
from .test_importing_tables import TABLE

WORDS = st.sampled_from(
    [
        "kế",
        "hoạch",
        "ban",
        "hành",
        "cải",
        "cách",
        "thủ",
        "tục",
        "hành",
        "chính",
        "báo",
        "cáo",
        "kiểm",
        "tra",
        "xử",
        "lý",
        "văn",
        "bản",
        "số",
        "liệu",
    ]
)
NAMES = st.lists(WORDS, min_size=2, max_size=8).map(lambda words: " ".join(words).capitalize())
UNITS = st.sampled_from(
    ["", "Văn phòng Sở", "Thanh tra", "Phòng Kế hoạch", "Các phòng chuyên môn", "P. Tổ chức cán bộ"]
)
SCORES = st.sampled_from(["", "1", "0,5", "2,25", "10", "1,5 điểm", "½"])
Row = tuple[str, str, str, str]


@st.composite
def criteria(draw: st.DrawFn) -> list[Row]:
    """Return rows with codes of up to five levels, in order."""
    rows: list[Row] = []
    path: list[int] = []
    for _ in range(draw(st.integers(2, 40))):
        depth = draw(st.integers(1, min(len(path) + 1, 5)))
        path = [*path[: depth - 1], (path[depth - 1] if len(path) >= depth else 0) + 1]
        code = ".".join(map(str, path))
        rows.append((code, draw(NAMES), draw(SCORES), draw(UNITS)))
    return rows


HEADINGS = ("STT", "Tiêu chí", "Điểm tối đa", "Đơn vị thực hiện", "Kinh phí")
NUMBERS = ("(1)", "(2)", "(3)", "(4)", "(5)")
TOTAL = ("", "Tổng cộng", "100", "", "5")


@st.composite
def sources(draw: st.DrawFn) -> tuple[list[Row], list[str]]:
    """Return rows, and the tables in which an office has them with what is no row."""
    rows = draw(criteria())
    cut = draw(st.integers(1, len(rows)))
    repeats = draw(st.booleans())
    tables = []
    for number, part in enumerate((rows[:cut], rows[cut:])):
        lines = [HEADINGS] if number == 0 or repeats else []
        lines += [NUMBERS] if number == 0 and draw(st.booleans()) else []
        lines += [(*row, draw(st.sampled_from(("", "100 triệu")))) for row in part]
        lines += [TOTAL] if draw(st.booleans()) and part else []
        if part:
            tables.append("\n".join(" | ".join(line) for line in lines))
    return rows, tables


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@given(source=sources())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_table_holds_is_taken_or_listed(
    ending: str, source: tuple[list[Row], list[str]]
) -> None:
    rows, tables = source
    with tempfile.TemporaryDirectory() as folder:
        found = imported(put_tables(Path(folder) / f"bang.{ending}", *tables))
    assert [(row[0], row[1], row[3]) for row in rows_of(found)] == [
        (code, name, unit) for code, name, _, unit in rows
    ]
    assert [where.level for where in found.rows] == [row[0].count(".") + 1 for row in rows]
    assert [one.text for one in found.left_out].count("100 triệu") == sum(
        line.endswith("100 triệu") for table in tables for line in table.split("\n")
    )


def forget(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Let whatever has a word be left out without being listed."""
    real = word_balance.balance

    def forgetful(source, left_out, workbook, **keys):  # type: ignore[no-untyped-def]
        return real(source, [one for one in left_out if word not in one.text], workbook, **keys)

    monkeypatch.setattr("cchc_office.importing.table_import.balance", forgetful)


def test_a_word_that_is_nowhere_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If a reader of rows forgot a column the balance tells, since it reads the workbook."""
    real = word_balance.balance
    forget(monkeypatch, "hằng")
    path = put_tables(tmp_path / "bang.xlsx", TABLE.replace("Ghi chú", "Ngân sách"))
    found = import_table(path)
    [lost] = [f for f in found.findings if f.code is Code.WORDS_NOT_ACCOUNTED_FOR]
    assert lost.found == "“hằng”, “quý”"
    assert found.words.total == found.words.taken + found.words.left + 2
    assert balance is real


def test_a_setting_that_repeats_a_part_of_a_line_makes_up_for_no_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The agency is a part of "Kèm theo …", which is itself in the workbook."""
    forget(monkeypatch, "Sở Thử Nghiệm chi")
    above = "(Kèm theo Công văn số 5/STN-VP ngày 6/5/2026 của Sở Thử Nghiệm) | | |"
    table = TABLE.replace("Ghi chú", "Ngân sách").replace("hằng quý", "Sở Thử Nghiệm chi")
    found = import_table(put_tables(tmp_path / "bang.xlsx", f"{above}\n{table.strip()}"))
    assert found.draft.settings["agency"] == "Sở Thử Nghiệm"
    assert set(found.words.missing) == {"sở", "thử", "nghiệm", "chi"}
