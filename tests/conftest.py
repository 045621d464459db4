"""What the tests share."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.model import Campaign, Consolidation
from cchc_office.scoring import consolidate, read_returns

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
