"""A second set of a campaign's papers, in another output folder than the one in use.

What is mended or sent in one place the other does not know of, so nobody may have two unsaid.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from cchc_office.campaign import OUTPUT_FOLDER
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.folders import is_file_there
from cchc_office.files.output_folder import OutputFolder
from cchc_office.register import RegisterError, read_register
from cchc_office.steps.opened import Opened


def second_set(opened: Opened) -> tuple[Finding, ...]:
    """Tell of papers of the campaign that lie elsewhere: where it is worked on, or ever was."""
    found = "; ".join(map(str, _others(opened, _recorded(opened))))
    here = str(opened.output.absolute())
    return (Finding(Code.PAPERS_ELSEWHERE, about=here, found=found),) if found else ()


def sets_elsewhere(opened: Opened) -> list[Path]:
    """Return where else papers lie; no file comes by it, as by opening the register."""
    return _others(opened, _recorded(opened, leaves_no_trace=True))


def _others(opened: Opened, places: Iterable[Path]) -> list[Path]:
    here = os.path.realpath(opened.output)
    others = {os.path.realpath(place): place.absolute() for place in places}
    owner = opened.campaign.id
    return [p for real, p in others.items() if real != here and _has_papers(p, owner)]


def _recorded(opened: Opened, *, leaves_no_trace: bool = False) -> Iterator[Path]:
    yield opened.folder / OUTPUT_FOLDER
    with suppress(RegisterError):  # who works with it is told of that
        if register := read_register(
            opened.folder, opened.campaign.id, leaves_no_trace=leaves_no_trace
        ):
            with register:
                yield from register.outputs()


def _has_papers(output: Path, campaign: str) -> bool:
    with suppress(OSError):
        return any(
            is_file_there(output / name) for name in OutputFolder(output).papers_of(campaign)
        )
    return False
