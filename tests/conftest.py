"""What the tests share."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.documents.decree30 import DEFAULT_PROFILE
from cchc_office.documents.dispatch import (
    REMINDER_TEMPLATE,
    TASKS_TEMPLATE,
    build_dispatch,
    build_reminder,
)
from cchc_office.model import Campaign, Consolidation
from cchc_office.scoring import consolidate, read_returns
from cchc_office.templating import DocumentTemplate

from . import days

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "so-cong-thuong-2024"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("soffice"):
        return
    skip = pytest.mark.skip(reason="LibreOffice is not on this machine; .ci/run installs it")
    for item in items:
        if "libreoffice" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def example() -> Campaign:
    return load_campaign(EXAMPLE)


@pytest.fixture(scope="session")
def example_data(example: Campaign) -> Consolidation:
    returns = read_returns(EXAMPLE / "nhan-ve", example)
    return consolidate(example, returns, as_of=days.AFTER_DEADLINE)


@pytest.fixture(scope="session")
def letter_values(
    example: Campaign, example_data: Consolidation
) -> dict[str, list[Mapping[str, Any]]]:
    """The values of every letter of the example, by the template that they are for."""
    given: dict[str, list[Mapping[str, Any]]] = {}

    class Recorder(DocumentTemplate):
        def __init__(self, name: str) -> None:
            self.name = name

        def fill(self, values: Mapping[str, Any]) -> bytes:
            given.setdefault(self.name, []).append(values)
            return b""

    for unit in example.units:
        build_dispatch(example, unit, Recorder(TASKS_TEMPLATE), DEFAULT_PROFILE)
    for result in example_data.units:
        build_reminder(example_data, result, Recorder(REMINDER_TEMPLATE), DEFAULT_PROFILE)
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
