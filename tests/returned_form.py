"""A form that came back from a unit, and what was read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, LeafReturn, ReadFile
from cchc_office.papers.form.writer import build_form
from cchc_office.returns import read_returns

from .sheets import fill_form, leaf_by_code


def filled_form(campaign: Campaign, folder: Path, answers: dict[str, dict[str, Any]]) -> Path:
    """Write the form of VP with answers by code into nhan-ve; return where it is."""
    path = folder / "nhan-ve" / "CCHC-2024-VP.xlsx"
    path.parent.mkdir()
    path.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
    fill_form(path, answers)
    return path


def read(path: Path, campaign: Campaign) -> ReadFile:
    (result,) = read_returns([path], campaign)
    return result


def leaf(result: ReadFile, campaign: Campaign, code: str) -> LeafReturn:
    assert result.returned
    return next(x for x in result.returned.leaves if x.criterion == leaf_by_code(campaign, code))
