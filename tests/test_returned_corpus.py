"""Every workbook of the corpus gives what the text beside it says: unit, scores and findings."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Finding
from cchc_office.model import Campaign, ReadFile, UnitReturn
from cchc_office.returns import gather_returns, read_returns
from cchc_office.text.vietnamese import VIETNAM

from .returned_samples import (
    ABSENT,
    ANSWERS,
    ENDINGS,
    FOLDER,
    GROUP_TEXT,
    NO_UNIT,
    Expected,
    read_expected,
    small_campaign,
    workbooks,
)

WORKBOOKS = workbooks()
GROUPS = sorted(path.parent for path in FOLDER.glob(f"*/{GROUP_TEXT}"))
MAKERS = ("openpyxl", "XlsxWriter", "LibreOffice")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return small_campaign(tmp_path_factory.mktemp("dot"))


def read(path: Path, campaign: Campaign) -> ReadFile:
    (result,) = read_returns([path], campaign)
    return result


def findings_of(result: ReadFile) -> tuple[Finding, ...]:
    return (*result.findings, *(result.returned.findings if result.returned else ()))


def scores_of(returned: UnitReturn, campaign: Campaign) -> dict[str, str]:
    said = {answer: word for word, answer in ANSWERS.items()}
    scores = {}
    for leaf in returned.leaves:
        code = campaign.criterion(leaf.criterion).code
        scores[code] = said.get(leaf.answer) or f"{leaf.score:f}".rstrip("0").rstrip(".") or "0"
    return scores


def in_order(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", WORKBOOKS, ids=in_order)
def test_a_workbook_gives_what_its_text_says(path: Path, campaign: Campaign) -> None:
    expected = read_expected(path.with_name(f"{path.name}.txt"))
    result = read(path, campaign)
    unit = result.returned.unit if result.returned else NO_UNIT
    assert [plainly(f) for f in findings_of(result)] == in_their_words(expected, result)
    assert unit == expected.unit
    if result.returned:
        scores = {code: s for code, s in expected.scores.items() if s != ABSENT}
        assert scores_of(result.returned, campaign) == scores
        assert_words(result.returned, expected, campaign)


def plainly(finding: Finding) -> tuple[str, str]:
    return finding.code.slug, finding.cell


def in_their_words(expected: Expected, result: ReadFile) -> list[tuple[str, str]]:
    """Return the findings expected, in the order in which those given came.

    What a finding quotes is held against the text here, where the text says it.
    """
    given = findings_of(result)
    for slug, cell, quoted in expected.findings:
        quotes = [f.found for f in given if plainly(f) == (slug, cell)]
        assert not quoted or quoted in quotes, f"{slug} {cell}: {quotes}"
    wanted = Counter((slug, cell) for slug, cell, _ in expected.findings)
    here = [plainly(f) for f in given]
    ordered = [f for f in dict.fromkeys(here) for _ in range(min(here.count(f), wanted[f]))]
    missing = wanted - Counter(ordered)
    return sorted(ordered, key=here.index) + list(missing.elements())


def assert_words(returned: UnitReturn, expected: Expected, campaign: Campaign) -> None:
    leaves = {campaign.criterion(leaf.criterion).code: leaf for leaf in returned.leaves}
    for (code, key), words in expected.words.items():
        if repeated := re.fullmatch(r"(.) × (\d+)", words):
            words = repeated.group(1) * int(repeated.group(2))
        assert getattr(leaves[code], key) == words.replace("⏎", "\n")


@pytest.mark.parametrize("folder", GROUPS, ids=in_order)
def test_of_several_files_one_counts(folder: Path, campaign: Campaign, tmp_path: Path) -> None:
    received = dt.datetime(2024, 11, 21, tzinfo=VIETNAM).timestamp()
    for file in folder.iterdir():  # a clone of the project has other times of files
        if file.suffix in ENDINGS:
            os.utime(shutil.copy(file, tmp_path), (received, received))
    lines = folder.joinpath(GROUP_TEXT).read_text(encoding="utf-8").splitlines()
    at = lines.index("findings:")
    counted = next(line for line in lines if line.startswith("counted: ")).partition(": ")[2]
    expected = [(*(p.strip() for p in line.split("|")), "")[:3] for line in lines[at + 1 :]]
    returns = gather_returns(read_returns(tmp_path, campaign), campaign)
    assert [f.file for f in returns.files if f.counted] == [counted]
    assert [(f.code.slug, f.file, f.cell) for f in returns.findings] == expected


def test_the_corpus_is_wide() -> None:
    assert len(WORKBOOKS) >= 60
    assert {path.suffix for path in WORKBOOKS} >= {".xlsx", ".xls", ".ods", ".xlsm"}
    savers = {read_expected(p.with_name(f"{p.name}.txt")).saved_by for p in WORKBOOKS}
    for maker in MAKERS:
        assert any(saver.startswith(maker) for saver in savers)


def test_every_text_has_its_workbook() -> None:
    texts = {path.name.removesuffix(".txt") for path in FOLDER.glob("*.txt")}
    assert texts == {path.name for path in WORKBOOKS}
