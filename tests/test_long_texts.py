"""Texts longer than any row of a sheet can be high: whole on paper, and no hindrance to readers."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET
from cchc_office.returns import read_returns
from cchc_office.sheets.long_texts import (
    HIGHEST_ROW,
    LONG_TEXTS_SHEET,
    READABLE_ROW,
    LongTexts,
    beginning,
    is_too_long,
    wide_enough,
)
from cchc_office.text.widths import lines_in_cell

from .appraised import Table
from .calls import cchc
from .sheets import CRITERIA, UNITS, campaign_file, fill_form
from .validator import errors_of

Convert = Callable[[Path, str], Path]
EVIDENCE, RESULT, OPINION, REQUEST, ANSWER, MORE = "mc", "kq", "yk", "yc", "gt", "bs"


def long(mark: str) -> str:
    """Return 6,000 letters of words that stand nowhere else: "mc0001 mc0002 …"."""
    return " ".join(f"{mark}{number:04}" for number in range(1, 858))


NAME = " ".join(f"ten{number:03}" for number in range(300))
"""A row's name of 2,100 letters."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook of a campaign in which everybody writes at length, by what it is."""
    folder = tmp_path_factory.mktemp("dai") / "dot"
    criteria = CRITERIA.replace("Ban hành kế hoạch", NAME)
    path = campaign_file(folder, criteria=criteria)
    out = folder.parent / "ra"
    for name in ("nhan-ve", "tham-dinh"):
        (folder / name).mkdir()

    def run(command: str, *options: str) -> None:
        as_of = () if command == "phieu-cham" else ("--ngay", "20/12/2024")
        assert cchc(command, path, "-o", out, *as_of, *options) in (0, 1)

    run("phieu-cham")
    form = folder / "nhan-ve/CCHC-2024-VP.xlsx"
    shutil.copy(out / "phieu-cham/CCHC-2024-VP.xlsx", form)
    said = {"score": 1, "evidence": long(EVIDENCE), "result": long(RESULT)}
    fill_form(form, {"1.1.1": said, "1.1.2": {"score": 2, "evidence": "Báo cáo"}})
    run("tham-dinh")
    first = Table((out / "tham-dinh/tham-dinh-lan-1.xlsx").read_bytes())
    first.sign()
    first.type("VP|1.1.1", score=0.5, opinion=long(OPINION), request=long(REQUEST))
    first.save(folder / "tham-dinh/lan-1.xlsx")
    run("giai-trinh")
    answered = out / "giai-trinh/CCHC-2024-VP-bo-sung.xlsx"
    supplement = Table(answered.read_bytes(), SUPPLEMENT_SHEET)
    supplement.type("VP|1.1.1", wanted=1, explanation=long(ANSWER), evidence=long(MORE))
    supplement.save(folder / "nhan-ve/giai-trinh.xlsx")
    run("tham-dinh", "--lan", "2")
    second = Table((out / "tham-dinh/tham-dinh-lan-2.xlsx").read_bytes())
    second.sign()
    second.type("VP|1.1.1", score=0.75, opinion="Chấp nhận một phần")
    second.save(folder / "tham-dinh/lan-2.xlsx")
    run("tong-hop")
    return {
        "campaign": path,
        "appraised": folder / "tham-dinh/lan-1.xlsx",
        "answered": folder / "nhan-ve/giai-trinh.xlsx",
        "form": out / "phieu-cham/CCHC-2024-VP.xlsx",
        "first round": out / "tham-dinh/tham-dinh-lan-1.xlsx",
        "request": answered,
        "second round": out / "tham-dinh/tham-dinh-lan-2.xlsx",
        "report": out / "tong-hop/tong-hop.xlsx",
    }


ON_PAPER = {
    "form": [],
    "first round": [EVIDENCE, RESULT],
    "request": [OPINION, REQUEST],
    "second round": [EVIDENCE, RESULT, OPINION, REQUEST, ANSWER, MORE],
    "report": [EVIDENCE, RESULT, OPINION, REQUEST, ANSWER, MORE],
}
"""What each workbook shows of what was written at length, besides the name."""


@pytest.mark.parametrize("kind", ON_PAPER)
def test_no_row_leaves_half_of_a_page_empty(year: dict[str, Path], kind: str) -> None:
    book = openpyxl.load_workbook(year[kind])
    heights = [row.height or 0 for sheet in book for row in sheet.row_dimensions.values()]
    assert max(heights) <= (HIGHEST_ROW if kind == "form" else READABLE_ROW)


@pytest.mark.validator
def test_microsofts_validator_finds_no_error(year: dict[str, Path]) -> None:
    assert errors_of(*(year[kind] for kind in ON_PAPER)) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ON_PAPER)
def test_every_word_is_on_paper(year: dict[str, Path], kind: str, libreoffice: Convert) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not on this machine; .ci/run installs it")
    pages = libreoffice(year[kind], "pdf")
    done = subprocess.run([reader, str(pages), "-"], capture_output=True, check=True)
    shown = set(done.stdout.decode("utf-8").split())
    wanted = {word for mark in ON_PAPER[kind] for word in long(mark).split()}
    assert (wanted | set(NAME.split())) - shown == set()


@pytest.mark.parametrize("kind", ["first round", "request", "report"])
def test_a_cell_says_where_all_of_its_text_is(year: dict[str, Path], kind: str) -> None:
    book: Any = openpyxl.load_workbook(year[kind])
    mark = ON_PAPER[kind][0]
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith(f"{mark}0001 ") and sheet.title != LONG_TEXTS_SHEET
    ]
    assert cells
    for cell in cells:
        [told] = [line for line in cell.value.splitlines() if line.startswith("…")]
        number = told.rpartition("mục ")[2].rstrip(")")
        [title] = [c for c in book[LONG_TEXTS_SHEET]["A"] if f"Mục {number}." in str(c.value)]
        assert f"trang {cell.parent.title}, ô {cell.coordinate}" in title.value
        assert len(title.value) < 200
        below = book[LONG_TEXTS_SHEET].cell(title.row + 1, 1).value
        assert below.startswith(f"{mark}0001 {mark}0002 ")


def test_what_was_filled_in_beside_long_texts_is_read(
    year: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    cchc("tong-hop", year["campaign"], "-o", year["report"].parent.parent, "--json",
         "--ngay", "20/12/2024")  # fmt: skip
    told = json.loads(capsys.readouterr().out)
    codes = {finding["ma"] for finding in told["phat_hien"]}
    confused = (Code.FORM_NAME_CHANGED, Code.FORM_ROW_CHANGED_SINCE, Code.APPRAISAL_ROW_UNKNOWN)
    assert codes & {code.slug for code in confused} == set()
    table = Table(year["second round"].read_bytes())
    assert table.cell("VP|1.1.1", "Điểm thẩm định lần 1").value == 0.5
    book: Any = openpyxl.load_workbook(year["report"], data_only=True)
    rows = {row[0].value: row for row in book["Bảng điểm"].iter_rows()}
    assert rows["1.1.1"][1].value == NAME
    assert 0.75 in [cell.value for cell in rows["1.1.1"]]


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_what_another_program_saved_is_read_whole(
    year: dict[str, Path], ending: str, libreoffice: Convert
) -> None:
    campaign = load_campaign(year["campaign"])
    [appraised] = read_returns([libreoffice(year["appraised"], ending)], campaign)
    assert appraised.findings == ()
    assert appraised.appraisal
    [ruled] = [leaf for leaf in appraised.appraisal.leaves if leaf.score is not None]
    assert (ruled.score, ruled.opinion, ruled.request) == (
        Decimal("0.5"),
        long(OPINION),
        long(REQUEST),
    )
    [answered] = read_returns([libreoffice(year["answered"], ending)], campaign)
    assert answered.findings == ()
    assert answered.supplement
    [leaf] = answered.supplement.leaves
    assert (leaf.score, leaf.explanation, leaf.evidence) == (Decimal(1), long(ANSWER), long(MORE))


def test_usual_texts_bring_no_sheet_of_long_ones(tmp_path: Path) -> None:
    path = campaign_file(tmp_path / "dot", units=UNITS)
    assert cchc("tong-hop", path, "-o", tmp_path) in (0, 1)
    report = openpyxl.load_workbook(tmp_path / "tong-hop/tong-hop.xlsx")
    assert LONG_TEXTS_SHEET not in report.sheetnames


texts = st.text("ab é\n-/", min_size=1, max_size=4_000)
sizes = st.sampled_from([9.0, 11.0, 12.0])


@given(texts, st.integers(14, 120), sizes)
def test_a_beginning_fits_and_parts_are_the_text_again(text: str, width: int, size: float) -> None:
    kept = LongTexts().keep(text, "Tài liệu")
    assert "".join("".join(kept.parts).split()) == "".join(text.split())
    shown = beginning(text, kept, width, size)
    assert not is_too_long(shown, width, size)
    start = shown.rpartition("…")[0].rstrip()
    assert text.lstrip().startswith(start) or text.startswith(start)


@given(st.lists(texts, max_size=4), st.integers(14, 120), sizes)
def test_a_column_gets_as_wide_as_its_longest_name(
    names: list[str], width: int, size: float
) -> None:
    wide = wide_enough(names, width, size)
    assert wide >= width
    lines = max((lines_in_cell(name, wide, size) for name in names), default=0)
    assert lines * size * 1.15 <= READABLE_ROW or wide == 400
