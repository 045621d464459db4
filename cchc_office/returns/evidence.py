"""Reading the folder of evidence: a folder for each unit, files linked to rows of the criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.folders import label, list_folder, not_read
from cchc_office.model import (
    STEP,
    Campaign,
    Consolidation,
    Evidence,
    EvidenceFile,
    MissingFile,
    Unit,
)
from cchc_office.text.vietnamese import fold

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ENDINGS = "pdf|docx?|xlsx?|pptx?|odt|ods|jpe?g|png|gif|tiff?|heic|zip|rar|7z"
_NAMED = re.compile(rf"[^\n\r;,:“”\"<>|*?/\\]+?\.(?:{_ENDINGS})(?!\w)", re.IGNORECASE)
_BETWEEN_CODES = " ,;&+_-"
_SHORTEST_STEM = 6
"""Letters that a name without its ending must have to be looked for in what a unit wrote."""

_Texts = Mapping[str, str]


def read_evidence(folder: Path, data: Consolidation) -> tuple[Evidence, tuple[Finding, ...]]:
    """Return the evidence files below `folder`, and what there is to know of them.

    Each unit's lie in the folder named by its code. Without the folder there is nothing to tell.
    """
    listing = list_folder(folder)
    findings = list(not_read(listing))
    by_unit: dict[str, list[str]] = {}
    known = {fold(unit.code): unit.code for unit in data.campaign.units}
    strange: dict[str, int] = {}
    for path in listing.files:
        first, _, name = label(path.relative_to(folder)).partition("/")
        if name and (code := known.get(fold(first))):
            by_unit.setdefault(code, []).append(name)
        else:
            strange[first] = strange.get(first, 0) + 1
    for name, count in strange.items():
        findings.append(Finding(Code.EVIDENCE_OF_NOBODY, name, about=name, found=str(count)))
    if not by_unit and not listing.folders:
        return Evidence(), tuple(findings)
    files: list[EvidenceFile] = []
    missing: list[MissingFile] = []
    for result in data.units:
        texts = _texts_of(result.unit, data)
        names = by_unit.get(result.unit.code, [])
        files += _files(data.campaign, result.unit, names, texts)
        missing += _missing(result.unit, names, texts)
    evidence = Evidence(tuple(files), tuple(missing))
    findings += _told(evidence, data.campaign)
    return evidence, tuple(findings)


def _texts_of(unit: Unit, data: Consolidation) -> _Texts:
    """Return what the unit wrote of its evidence, by row."""
    result = next(r for r in data.units if r.unit.code == unit.code)
    texts = {a.criterion: a.evidence for a in result.returned.leaves} if result.returned else {}
    for (code, criterion), explained in data.explained.items():
        if code == unit.code and explained.evidence:
            texts[criterion] = f"{texts.get(criterion, '')}\n{explained.evidence}"
    return {criterion: text for criterion, text in texts.items() if text}


def _files(
    campaign: Campaign, unit: Unit, names: list[str], texts: _Texts
) -> Iterator[EvidenceFile]:
    own = [c for c in campaign.assigned_to(unit) if campaign.is_leaf(c) and c.code]
    by_code: dict[str, list[str]] = {}
    for criterion in own:
        way = campaign.listed_code(criterion).replace(STEP, ".")
        for code in dict.fromkeys((fold(criterion.code), fold(way))):
            by_code.setdefault(code, []).append(criterion.id)
    codes = {code: ids[0] for code, ids in by_code.items() if len(ids) == 1}
    folded = {criterion: fold(text) for criterion, text in texts.items()}
    for name in names:
        rows = [*_by_code(name, codes), *(c for c, text in folded.items() if _is_in(name, text))]
        yield EvidenceFile(unit.code, name, tuple(dict.fromkeys(rows)))


def _by_code(name: str, codes: Mapping[str, str]) -> Iterator[str]:
    """Yield the rows whose codes a file's name begins with: "1.2.1, 1.2.2 Ke hoach.pdf"."""
    rest = fold(PurePosixPath(name).name)
    while True:
        fits = [code for code in codes if _begins(rest, code)]
        if not fits:
            return
        code = max(fits, key=len)
        yield codes[code]
        rest = rest[len(code) :].lstrip(_BETWEEN_CODES)


def _begins(name: str, code: str) -> bool:
    """Tell whether a name begins with a code, and with no longer one; "a" alone is a word."""
    plain = code.rstrip(".")
    if not name.startswith(plain) or not any(c.isdigit() or c == ")" for c in plain):
        return False
    following = name[len(plain) : len(plain) + 2]
    goes_on = following[:1].isalnum() or (following[:1] == "." and following[1:].isdigit())
    return not goes_on


def _is_in(name: str, text: str) -> bool:
    """Tell whether a text names a file, with its ending or without."""
    path = PurePosixPath(fold(PurePosixPath(name).name))
    stem = path.stem if len(path.stem) >= _SHORTEST_STEM else path.name
    return re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", text) is not None


def _missing(unit: Unit, names: list[str], texts: _Texts) -> Iterator[MissingFile]:
    there = [fold(PurePosixPath(name).name) for name in names]
    for criterion, text in texts.items():
        named = (match.group().strip() for match in _NAMED.finditer(_LINK.sub(" ", text)))
        for name in dict.fromkeys(named):
            if not any(fold(name).endswith(file) for file in there):
                yield MissingFile(unit.code, criterion, name)


def _told(evidence: Evidence, campaign: Campaign) -> Iterator[Finding]:
    for file in evidence.unlinked:
        about = campaign.unit(file.unit).name
        place = f"{file.unit}/{file.name}"
        yield Finding(Code.EVIDENCE_UNLINKED, place, about=about, unit=file.unit)
    for missing in evidence.missing:
        criterion = campaign.criterion(missing.criterion)
        yield Finding(
            Code.EVIDENCE_NOT_THERE,
            about=f"{campaign.unit(missing.unit).name}, {criterion.label}",
            found=missing.name,
            unit=missing.unit,
            criterion=criterion.id,
        )
