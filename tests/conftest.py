"""What the tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation, Question
from cchc_office.papers.explanation_request import explanation_values
from cchc_office.papers.kinds import (
    EXPLANATION,
    MESSAGE,
    UPWARD_REPORT,
    Basis,
    PaperKind,
    letters,
    templates,
)
from cchc_office.papers.mail_text import build_mail_text
from cchc_office.papers.planning import LetterTemplate, planned_papers
from cchc_office.papers.upward_report import upward_values
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns
from cchc_office.word.templates import DocumentTemplate, TextTemplate

from . import browser, days, mail_servers, validator
from .browser import account, at_browser, chromium  # noqa: F401 - fixtures
from .page_client import clerk, desk, door, own_folder, sample, stranger  # noqa: F401 - fixtures
from .sheets import campaign_file

# What is told of commands does not depend on who started the tests.
os.environ.pop("UV_RUN_RECURSION_DEPTH", None)
os.environ["CCHC_LENH"] = "cchc"

# No test asserts on time; where nobody can look at an example again, the same ones are tried.
settings.register_profile("here", settings(), deadline=None, derandomize="CI" in os.environ)
settings.load_profile("here")

ROOT = Path(__file__).parent.parent

_KEPT_WHILE_TESTING = tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True)
EXAMPLE = Path(
    shutil.copytree(
        ROOT / "examples" / "so-cong-thuong-2024",
        Path(_KEPT_WHILE_TESTING.name) / "so-cong-thuong-2024",
        ignore=shutil.ignore_patterns("cchc.sqlite*"),
    )
)
"""A copy of the example, in which commands may write a register."""


@pytest.fixture(autouse=True)
def _no_register_of_other_tests() -> Iterator[None]:
    """Let each test find the example as if nobody had made papers of it."""
    yield
    for file in EXAMPLE.glob("cchc.sqlite*"):
        file.unlink()


@pytest.fixture
def small(tmp_path: Path) -> Campaign:
    """The little campaign that `sheets` describes."""
    return load_campaign(campaign_file(tmp_path / "dot"))


SLOW = frozenset(
    line
    for line in (Path(__file__).parent / "slow.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""The tests that take long, as "test_file.py::test_name"."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    found = shutil.which("soffice")
    missing = {
        "browser": browser.why_not(),
        "mailserver": mail_servers.why_not(),
        "validator": validator.why_not(),
        "libreoffice": "" if found else "LibreOffice is not on this machine; .ci/run installs it",
    }
    for item in items:
        name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
        if name in SLOW or any(marker in item.keywords for marker in missing):
            item.add_marker(pytest.mark.slow)
        for marker, reason in missing.items():
            if reason and marker in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def example() -> Campaign:
    return load_campaign(EXAMPLE)


@pytest.fixture(scope="session")
def example_data(example: Campaign) -> Consolidation:
    returns = gather_returns(read_returns(EXAMPLE / "nhan-ve", example), example)
    return consolidate(example, returns, as_of=days.AFTER_DEADLINE)


Given = dict[str, list[Mapping[str, Any]]]


class _Recorder(DocumentTemplate):
    """Takes note of the values that it should fill in."""

    def __init__(self, name: str, given: Given) -> None:
        self.name = name
        self.given = given

    def fill(self, values: Mapping[str, Any]) -> bytes:
        self.given.setdefault(self.name, []).append(values)
        return b""


class _TextRecorder(TextTemplate):
    """Takes note of the values that it should fill in."""

    def __init__(self, name: str, given: Given) -> None:
        self.name = name
        self.given = given

    def fill(self, values: Mapping[str, Any]) -> str:
        self.given.setdefault(self.name, []).append(values)
        return ""


@pytest.fixture(scope="session")
def letter_values(example: Campaign, example_data: Consolidation) -> Given:
    """The values of every letter of the example, by the template that they are for."""
    given: Given = {}
    request, mail = _Recorder(EXPLANATION.template, given), _TextRecorder(MESSAGE.template, given)
    questions = (Question(example.leaves[0].id, "Chưa có tài liệu kiểm chứng"),)
    day = days.AFTER_DEADLINE
    for unit in example.units:
        request.fill(
            explanation_values(example, unit, questions, DEFAULT_PROFILE, as_of=day, deadline=day)
        )
        for kind in letters():
            build_mail_text(example, unit, kind, [f"{example.paper_name(unit)}.docx"], mail)
    _Recorder(UPWARD_REPORT.template, given).fill(upward_values(example_data, DEFAULT_PROFILE))
    for name in templates().keys() - given.keys():
        bases = (Basis(example, results=example_data, number=number) for number in (1, 2))
        given[name] = [v for basis in bases for v in values_planned(templates()[name], basis)]
    return given


def values_planned(kind: PaperKind, basis: Basis) -> list[Mapping[str, Any]]:
    """Return what the papers of a kind fill into their template."""
    given: list[Mapping[str, Any]] = []
    plan = LetterTemplate.plan

    def taken(template: LetterTemplate, unit: Any, values: Any, *more: Any, **words: Any) -> Any:
        given.append(values)
        return plan(template, unit, values, *more, **words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LetterTemplate, "plan", taken)
        list(planned_papers(kind, basis))
    return given


@pytest.fixture
def libreoffice(tmp_path: Path) -> Callable[[Path, str], Path]:
    """Convert a file with LibreOffice; return the result's path."""

    def convert(source: Path, ending: str) -> Path:
        folder = tmp_path / "converted"
        profile = (tmp_path / "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return folder / f"{source.stem}.{ending.partition(':')[0]}"

    return convert
