"""Makes tests/data/phieu-gui-ve: returned workbooks, each with a text of what it should give.

    uv run python tools/make_returned_samples.py [WORD ...]

With words, only the workbooks whose names hold one are made anew. LibreOffice has to be on the
machine. What should come back stands here beside what is typed; no reader of this project is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import returned_samples_answers
import returned_samples_files
import returned_samples_structure
from returned_forms import Sample, saved_by_libreoffice

from tests.returned_samples import FOLDER, NO_UNIT, Expected

_FORMATS = {
    ".xlsx": "Excel workbook",
    ".xlsm": "workbook with macros allowed",
    ".xls": "Excel 97–2003 workbook",
    ".ods": "OpenDocument spreadsheet",
}


def expected(sample: Sample) -> Expected:
    """Return what a sample should give, as it is kept."""
    kind = _FORMATS[Path(sample.name).suffix]
    findings = []
    for line in sample.findings:
        slug, cell, quoted = (*(p.strip() for p in line.split("|", 2)), "", "")[:3]
        findings.append((slug, cell, quoted))
    scores = {} if sample.unit == NO_UNIT else dict(sample.scores)
    words = {at: text.replace("\n", "⏎") for at, text in sample.words.items()}
    return Expected(
        sample.done, f"{sample.by}, {kind}", sample.unit, scores, words, tuple(findings)
    )


def write(samples: Iterable[Sample]) -> None:
    """Make the workbooks and their texts."""
    chosen = list(samples)
    contents = {sample.name: sample.make() for sample in chosen}
    again = {s.name: contents[s.name] for s in chosen if s.by == "LibreOffice"}
    contents |= saved_by_libreoffice(again)
    for sample in chosen:
        path = FOLDER / sample.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[sample.name])
        path.with_name(f"{path.name}.txt").write_text(expected(sample).text(), encoding="utf-8")


def main(words: Sequence[str]) -> None:
    """Make all samples, or those whose names hold one of the words."""
    parts = (returned_samples_answers, returned_samples_structure, returned_samples_files)
    samples = [sample for part in parts for sample in part.samples()]
    write(s for s in samples if not words or any(word in s.name for word in words))
    if not words:
        returned_samples_files.write_groups(FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
