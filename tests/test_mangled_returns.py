"""Issue a form, fill it at random, mangle it, save it anew: what was filled comes back, or is told.

The law for every leaf that a unit filled: its score comes back exactly, or a finding names the leaf,
or one names the column, sheet or file in which it cannot be read. No score comes from nowhere.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import ReadFile
from cchc_office.papers.form.layout import COLUMNS, HELP_SHEET, HIDDEN_SHEET, PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns
from cchc_office.text.vietnamese import clean

from .returned_samples import small_campaign

with tempfile.TemporaryDirectory() as _folder:
    CAMPAIGN = small_campaign(Path(_folder))
UNIT = CAMPAIGN.unit("VP")
LEAVES = CAMPAIGN.scored_by(UNIT)
FORM = build_form(CAMPAIGN, UNIT, DEFAULT_PROFILE)
NAME_HEADING = COLUMNS[PLACES["name"]].heading
SCORE_HEADING = COLUMNS[PLACES["score"]].heading

# What may keep a plain score from being counted, told of its leaf
OF_LEAF = {Code.FORM_ROW_MISSING, Code.FORM_ROW_TWICE, Code.FORM_NAME_CHANGED}
# of the file as a whole
OF_FILE = {Code.FORM_HEADINGS_MISSING, Code.NOT_A_FORM, Code.SENDER_UNCLEAR}
# and of a column or the sheet
OF_COLUMN = {Code.FORM_COLUMN_MISSING, Code.FORM_COLUMN_TWICE, Code.RETURN_COLUMN_RENAMED}

COPIED = Decimal("0.55")
"""What stands in a second score column."""

ERROR = "an error cell"

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""To shrink a form means to make thousands of workbooks, for minutes and gigabytes."""

# --- what a unit fills in ---


@dataclass(frozen=True)
class Filled:
    """What stands in the score cell and the cell Áp dụng, and the score that it plainly says."""

    cell: Any
    applies: str = ""
    score: Decimal | None = None


def spelled(score: Decimal) -> st.SearchStrategy[Any]:
    """Return the ways in which a score is typed so that it says one thing only."""
    comma = str(score).replace(".", ",")
    texts = [comma, str(score), f" {comma} ", f"{comma} điểm", f"\u00a0{comma}\u200b", f"{comma}đ"]
    return st.sampled_from([float(score), float(score), *texts])


scores = st.integers(0, 100).map(lambda n: Decimal(n) / 100)
plain = scores.flatmap(lambda s: spelled(s).map(lambda cell: Filled(cell, score=s)))
unclear = st.sampled_from(
    ["đạt", "1.250", "1,5/2", "50%", "tối đa", "x", "-0,5", -1.0, 99.0, True, "0,5 (thiếu)", ERROR]
).map(Filled)
not_applicable = st.sampled_from(
    [Filled(None, "Không áp dụng"), Filled("KHÔNG ÁP DỤNG"), Filled("khong ap dung")]
)
answers = st.one_of(plain, plain, plain, unclear, not_applicable, st.just(Filled(None)))
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
forms = st.lists(st.tuples(answers, words), min_size=len(LEAVES), max_size=len(LEAVES))
Form = list[tuple[Filled, str]]


def fill(form: Form) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(FORM))
    sheet: Any = book[SCORE_SHEET]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    rows = {sheet.cell(r, 1).value: r for r in range(1, sheet.max_row + 1)}
    for leaf, (filled, evidence) in zip(LEAVES, form, strict=True):
        values = {"score": filled.cell, "applies": filled.applies or None, "evidence": evidence}
        for key, value in values.items():
            put(sheet.cell(rows[leaf.id], PLACES[key] + 1), value)
    return book


def put(cell: Any, value: Any) -> None:
    is_error = value is ERROR
    cell.value = "#N/A" if is_error else value
    if isinstance(value, str):
        cell.data_type = "e" if is_error else "s"


# --- what happens to the form; n and m choose where ---


def body(sheet: Any) -> tuple[int, int] | None:
    """Return the first and last row of the table, None where its headings are gone."""
    for row in range(1, sheet.max_row + 1):
        if any(sheet.cell(row, c).value == NAME_HEADING for c in range(1, sheet.max_column + 1)):
            return row + 1, sheet.max_row
    return None


def column_of(sheet: Any, heading: str) -> int:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == heading:
                return int(cell.column)
    return 0


def rows_in_order(sheet: Any, n: int, m: int, columns: range) -> None:
    place = body(sheet)
    if place is None:
        return
    first, last = place
    first, last = min(first + n % 8, last), min(first + 14, last)
    rows = [[cell_at(sheet, r, c) for c in columns] for r in range(first, last + 1)]
    order = sorted(range(len(rows)), key=lambda i: (i * (m * 2 + 1)) % 17)
    for to, source in enumerate(order):
        for column, (value, kind) in zip(columns, rows[source], strict=True):
            cell = sheet.cell(first + to, column)
            cell.value = value
            cell.data_type = kind


def cell_at(sheet: Any, row: int, column: int) -> tuple[Any, str]:
    cell = sheet.cell(row, column)
    return cell.value, cell.data_type


def sort_all(book: Any, sheet: Any, n: int, m: int) -> None:
    rows_in_order(sheet, n, m, range(1, sheet.max_column + 1))


def sort_visible(book: Any, sheet: Any, n: int, m: int) -> None:
    ids = {c.id for c in CAMPAIGN.criteria}
    ids_come_first = any(sheet.cell(r, 1).value in ids for r in range(1, sheet.max_row + 1))
    rows_in_order(sheet, n, m, range(2 if ids_come_first else 1, sheet.max_column + 1))


def insert_rows(book: Any, sheet: Any, n: int, m: int) -> None:
    sheet.insert_rows(1 + n % 24, 1 + m % 3)


def insert_foreign_row(book: Any, sheet: Any, n: int, m: int) -> None:
    at = 1 + n % 24
    sheet.insert_rows(at)
    for column in range(2, 9):
        put(sheet.cell(at, column), f"của đơn vị {m}" if column != 6 else 0.77)


def delete_row(book: Any, sheet: Any, n: int, m: int) -> None:
    sheet.delete_rows(1 + n % 24)


def copy_row(book: Any, sheet: Any, n: int, m: int) -> None:
    source, to = 6 + n % 14, 1 + m % 30
    sheet.insert_rows(to)
    source += source >= to
    for column in range(1, sheet.max_column + 1):
        value, kind = cell_at(sheet, source, column)
        sheet.cell(to, column).value = value
        sheet.cell(to, column).data_type = kind


def rename_sheet(book: Any, sheet: Any, n: int, m: int) -> None:
    if not sheet.title.startswith("Sheet"):
        sheet.title = f"Sheet{n}"


def copy_sheet(book: Any, sheet: Any, n: int, m: int) -> None:
    book.copy_worksheet(sheet)


def insert_column(book: Any, sheet: Any, n: int, m: int) -> None:
    at = 1 + n % 10
    sheet.insert_cols(at)
    if m % 2:
        put(sheet.cell(5, at), "Người làm")
        put(sheet.cell(9, at), 0.66)


def delete_column(book: Any, sheet: Any, n: int, m: int) -> None:
    sheet.delete_cols(1 + n % 10)


def copy_score_column(book: Any, sheet: Any, n: int, m: int) -> None:
    if source := column_of(sheet, SCORE_HEADING):
        to = sheet.max_column + 1
        for row in range(1, sheet.max_row + 1):
            value, _ = cell_at(sheet, row, source)
            put(sheet.cell(row, to), float(COPIED) if isinstance(value, float) else value)


def move_columns(book: Any, sheet: Any, n: int, m: int) -> None:
    columns = list(range(1, sheet.max_column + 1))
    order = [*columns[n % 5 :], *columns[: n % 5]] if m % 2 else columns[::-1]
    for row in range(1, sheet.max_row + 1):
        values = [cell_at(sheet, row, c) for c in order]
        for column, (value, kind) in zip(columns, values, strict=True):
            sheet.cell(row, column).value = value
            sheet.cell(row, column).data_type = kind


def retype_numbers(book: Any, sheet: Any, n: int, m: int) -> None:
    column = column_of(sheet, SCORE_HEADING)
    for row in range(1, sheet.max_row + 1) if column else ():
        cell = sheet.cell(row, column)
        if isinstance(cell.value, float) and 0 <= cell.value <= 1:
            put(cell, f"{cell.value:.2f}".replace(".", "," if n % 2 else "."))


def drop_ids(book: Any, sheet: Any, n: int, m: int) -> None:
    ids = {c.id for c in CAMPAIGN.criteria}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in ids:
                cell.value = None


def drop_hidden_sheet(book: Any, sheet: Any, n: int, m: int) -> None:
    if HIDDEN_SHEET in book.sheetnames:
        del book[HIDDEN_SHEET]
    if n % 3 == 0:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]


def drop_help(book: Any, sheet: Any, n: int, m: int) -> None:
    if HELP_SHEET in book.sheetnames:
        del book[HELP_SHEET]


def change_name(book: Any, sheet: Any, n: int, m: int) -> None:
    column, place = column_of(sheet, NAME_HEADING), body(sheet)
    if column and place:
        put(sheet.cell(place[0] + n % 14, column), f"Tên mới số {m}")


def fill_survey(book: Any, sheet: Any, n: int, m: int) -> None:
    column, place = column_of(sheet, SCORE_HEADING), body(sheet)
    for row in range(place[0], place[1] + 1) if column and place else ():
        if any(sheet.cell(row, c).value == "ĐTXHH" for c in range(1, sheet.max_column + 1)):
            put(sheet.cell(row, column), 0.99)


def empty_headings(book: Any, sheet: Any, n: int, m: int) -> None:
    if (place := body(sheet)) and n % 4 == 0:
        for cell in sheet[place[0] - 1]:
            cell.value = None


Move = Callable[[Any, Any, int, int], None]
MOVES: tuple[Move, ...] = (
    *(sort_all, sort_visible, insert_rows, insert_foreign_row, delete_row, copy_row),
    *(rename_sheet, copy_sheet, insert_column, delete_column, copy_score_column, move_columns),
    *(retype_numbers, drop_ids, drop_hidden_sheet, drop_help, change_name, fill_survey),
    *(empty_headings,),
)
moves = st.lists(
    st.tuples(st.sampled_from(MOVES), st.integers(0, 60), st.integers(0, 60)), max_size=6
)
Moves = Sequence[tuple[Move, int, int]]


def mangle(book: Any, done: Moves) -> Any:
    sheet = book[SCORE_SHEET]
    for move, n, m in done:
        move(book, sheet, n, m)
        event(move.__name__)
    return book


# --- saving anew ---


def by_openpyxl(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def by_xlsxwriter(book: Any) -> bytes:
    """Return the values written from scratch; formulas and properties are lost."""
    content = io.BytesIO()
    new = xlsxwriter.Workbook(content, {"in_memory": True})
    for source in book.worksheets:
        sheet = new.add_worksheet(source.title)
        for row in source.iter_rows():
            for cell in row:
                write(sheet, cell)
    new.close()
    return content.getvalue()


def write(sheet: Any, cell: Any) -> None:
    at, value = (cell.row - 1, cell.column - 1), cell.value
    if cell.data_type == "e":
        sheet.write_formula(*at, "=NA()", None, value)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value)
    elif isinstance(value, str) and cell.data_type != "f":
        sheet.write_string(*at, value)


# --- the law ---


def read(content: bytes, ending: str = ".xlsx") -> ReadFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"CCHC-2024-VP{ending}"
        path.write_bytes(content)
        (result,) = read_returns([path], CAMPAIGN)
        return result


def assert_told_or_read(result: ReadFile, form: Form, done: Moves = ()) -> None:
    findings = (*result.findings, *(result.returned.findings if result.returned else ()))
    codes = {finding.code for finding in findings}
    assert Code.DAMAGED_FILE not in codes
    event("read" if result.returned else "refused")
    if result.returned is None:
        assert codes & OF_FILE
        return
    no_score = is_told_of_column(findings, "score")
    no_evidence = is_told_of_column(findings, "evidence")
    # The copied column is all there is where the first one was taken out.
    names = [move for move, _, _ in done]
    copy_stands = copy_score_column in names and delete_column in names
    read_leaves = {leaf.criterion: leaf for leaf in result.returned.leaves}
    everything_typed = {filled.score for filled, _ in form} - {None}
    for leaf, (filled, evidence) in zip(LEAVES, form, strict=True):
        answer = read_leaves.get(leaf.id)
        score = answer.score if answer else None
        told = {f.code for f in findings if f.criterion == leaf.id}
        row_lost = bool(told & OF_LEAF) or Code.FORM_SHEETS_SEVERAL in codes
        # An id that was sorted to a row without a name takes that row for its own.
        is_astray = Code.FORM_IDS_MIXED_UP in codes and Code.SCORE_MISSING in told
        lost = row_lost or no_score or is_astray or (score == COPIED and copy_stands)
        if filled.score is not None:
            assert score == filled.score or lost, (leaf.code, filled, answer, told)
        else:
            assert score is None or lost, (leaf.code, filled, answer, told)
            assert told or lost
        from_nowhere = score not in everything_typed | {None, COPIED}
        assert not from_nowhere or told & OF_LEAF  # a row told of may be that of a sum
        assert answer or row_lost
        if answer and not (row_lost or is_astray or no_evidence or Code.LEGACY_FONT in told):
            assert answer.evidence == clean(evidence)


def is_told_of_column(findings: tuple[Finding, ...], key: str) -> bool:
    heading = COLUMNS[PLACES[key]].heading
    about = [f for f in findings if f.code in OF_COLUMN]
    return any(heading in (f.expected, f.found) for f in about)


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=UNSHRUNK,
)
@given(form=forms, done=moves, save=st.sampled_from([by_openpyxl, by_xlsxwriter]))
def test_a_mangled_form_gives_what_was_filled_or_says_what_is_lost(
    form: Form, done: Moves, save: Callable[[Any], bytes]
) -> None:
    assert_told_or_read(read(save(mangle(fill(form), done))), form, done)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=UNSHRUNK,
)
@given(form=forms, save=st.sampled_from([by_openpyxl, by_xlsxwriter]))
def test_a_form_that_nobody_mangled_loses_nothing(form: Form, save: Callable[[Any], bytes]) -> None:
    result = read(save(fill(form)))
    assert result.returned is not None
    given = {leaf.criterion: leaf.score for leaf in result.returned.leaves}
    assert [given[leaf.id] for leaf in LEAVES] == [filled.score for filled, _ in form]


HARMLESS = (sort_all, insert_rows, rename_sheet, move_columns, retype_numbers, drop_help)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=UNSHRUNK,
)
@given(
    form=forms,
    done=st.lists(
        st.tuples(st.sampled_from(HARMLESS), st.integers(0, 60), st.integers(0, 60)), max_size=5
    ),
)
def test_what_moves_things_only_loses_nothing(form: Form, done: Moves) -> None:
    result = read(by_openpyxl(mangle(fill(form), done)))
    assert result.returned is not None
    given = {leaf.criterion: leaf.score for leaf in result.returned.leaves}
    assert [given[leaf.id] for leaf in LEAVES] == [filled.score for filled, _ in form]


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=UNSHRUNK,
    derandomize=True,
)
@given(cases=st.lists(st.tuples(forms, moves), min_size=10, max_size=10))
def test_what_libreoffice_saves_again_obeys_the_same_law(
    ending: str, cases: list[tuple[Form, Moves]]
) -> None:
    with tempfile.TemporaryDirectory() as work:
        source, target = Path(work, "from"), Path(work, "to")
        source.mkdir()
        for n, (form, done) in enumerate(cases):
            content = by_openpyxl(mangle(fill(without_truths(form)), done))
            source.joinpath(f"{n}.xlsx").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation={Path(work, 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", ending[1:], "--outdir", str(target)]
        command += [str(path) for path in sorted(source.iterdir())]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        for n, (form, done) in enumerate(cases):
            content = target.joinpath(f"{n}{ending}").read_bytes()
            assert_told_or_read(read(content, ending), without_truths(form), done)


def without_truths(form: Form) -> Form:
    """Return the form without TRUE, which LibreOffice keeps as 1 where a cell shows decimals."""
    return [(Filled("x") if f.cell is True else f, evidence) for f, evidence in form]
