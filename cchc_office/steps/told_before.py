"""What a clerk was told by the runs before, so that a screen shows first what is new.

The output folder keeps it, a short digest for each thing that was told. Who has little to tell
tells all of it again and keeps nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.files.whole_writing import write_whole

TOLD_NAME = ".cchc-da-bao.json"
FEW = 5
"""So many things are told again at each run: they are read at a glance."""

_DAYS = re.compile(r"\d+ ngày")


def told_before(output: Path, job: str, findings: Collection[Finding]) -> frozenset[Finding]:
    """Return which of the findings the runs before told, and remember those of this one.

    Errors, and what stands nowhere but on the screen, are always told. What has gone from a job's
    findings is new when it comes again.
    """
    if len(findings) <= FEW or not output.is_dir():
        return frozenset()
    path = output / TOLD_NAME
    known = _read(path)
    digests = {finding: _digest(finding) for finding in findings}
    before = {digest for told in known.values() for digest in told}
    known[job] = sorted(set(digests.values()))
    content = json.dumps(known, sort_keys=True, indent=0).encode()
    # A screen that could not remember shows more the next time, no less.
    with suppress(OSError):
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
    return frozenset(f for f, d in digests.items() if d in before and _stands_somewhere(f))


def _stands_somewhere(finding: Finding) -> bool:
    """Tell whether a finding stands at a place, or with a unit, where it is found again.

    What went wrong with the run itself, or with a file as a whole, is told each time.
    """
    return not finding.is_error and bool(finding.sheet or finding.unit or finding.criterion)


def _digest(finding: Finding) -> str:
    """Return what tells a finding from others; days that only go by make no new one."""
    words = _DAYS.sub("", finding.sentence)
    parts = (finding.code.slug, finding.file, finding.sheet, finding.cell, words)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _read(path: Path) -> dict[str, list[str]]:
    """Return what was told, by job; nothing where the file is not as we write it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {job: _texts(digests) for job, digests in told.items() if isinstance(digests, list)}


def _texts(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]
