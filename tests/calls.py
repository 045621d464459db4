"""Calling the commands inside the test's own process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_office.cli import main
from cchc_office.decree30 import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation
from cchc_office.steps.brought_back import Made
from cchc_office.steps.job import Job
from cchc_office.steps.opened import Opened
from cchc_office.steps.papers import Stage

from . import days
from .conftest import EXAMPLE


def cchc(*arguments: str | Path) -> int:
    """Run `cchc` and return its exit status."""
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def example_in(folder: Path) -> Path:
    """Copy the example to a folder of the test's own, where a register may be written."""
    return Path(shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("cchc.sqlite*")))


def made(source: Campaign | Consolidation, output: Path, *stages: Stage) -> Made:
    """Make papers of a campaign, or of what came back, with own templates beside `output`."""
    campaign = source if isinstance(source, Campaign) else source.campaign
    opened = Opened(
        file=output.parent / "dot-cham.xlsx",
        campaign=campaign,
        profile=DEFAULT_PROFILE,
        findings=(),
        output=output,
        returns=output.parent / "nhan-ve",
        appraisals=output.parent / "tham-dinh",
        day=days.AFTER_DEADLINE,
    )
    job = Job(opened)
    job.results = None if isinstance(source, Campaign) else source
    for stage in stages:
        stage(job)
    return Made(**job.so_far(), outcomes=tuple(job.outcomes))
