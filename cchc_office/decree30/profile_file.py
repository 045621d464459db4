"""An office's own figures: `the-thuc.toml` beside the campaign workbook.

Single values of the profile can be set there by their Vietnamese names. One that lies outside the
decree's range is used all the same, because the office decides, but it is told.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import DEFAULT_PROFILE, FIGURES, Profile
from cchc_office.errors import reason_of
from cchc_office.files.folders import is_file_there

PROFILE_FILE = "the-thuc.toml"


_LARGEST = 100
_BY_NAME = {figure.name: figure for figure in FIGURES}


def read_profile(folder: Path) -> tuple[Profile, tuple[Finding, ...]]:
    """Return the profile for the campaign in `folder`, and what is to be known of its file.

    Without the file the profile is the project's; what is wrong in the file changes nothing.
    Raises NotSeenError where it cannot be told whether there is one.
    """
    path = folder / PROFILE_FILE
    if not is_file_there(path):
        return DEFAULT_PROFILE, ()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        found = _where(error, path)
        return DEFAULT_PROFILE, (Finding(Code.PROFILE_UNREADABLE, path.name, found=found),)
    findings: list[Finding] = []
    values: dict[str, float] = {}
    for name, value in given.items():
        finding = _check(name, value)
        if finding:
            findings.append(finding)
        if finding is None or finding.code is Code.PROFILE_OUT_OF_RANGE:
            values[_BY_NAME[name].field] = float(value)
    profile = replace(DEFAULT_PROFILE, **values)  # type: ignore[arg-type]
    return replace(profile, chosen=frozenset(values)), tuple(findings)


def _where(error: Exception, path: Path) -> str:
    """Say in Vietnamese why the file, or which line of it, cannot be read."""
    if isinstance(error, OSError):
        return reason_of(error)
    match = re.search(r"line (\d+)", str(error))
    if not isinstance(error, tomllib.TOMLDecodeError) or match is None:
        return "không phải là tệp chữ UTF-8"
    number = int(match.group(1))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return f"dòng {number}: “{lines[number - 1].strip()}”" if number <= len(lines) else "cuối tệp"


def _check(name: str, value: Any) -> Finding | None:
    figure = _BY_NAME.get(name)
    if figure is None:
        near = tuple(difflib.get_close_matches(name, _BY_NAME, n=2, cutoff=0.5))
        return Finding(Code.PROFILE_UNKNOWN, PROFILE_FILE, found=name, candidates=near)
    shown = f"{figure.allowed.words} {figure.unit} ({figure.clause})"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < value < _LARGEST:
        return Finding(Code.PROFILE_NO_NUMBER, PROFILE_FILE, about=name, found=str(value))
    if not figure.allowed.holds(value):
        found = f"{value:g}"
        return Finding(
            Code.PROFILE_OUT_OF_RANGE, PROFILE_FILE, about=name, found=found, expected=shown
        )
    return None
