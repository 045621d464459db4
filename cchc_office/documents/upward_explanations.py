"""What the report upward says of leaves whose evidence is missing or was questioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.findings import Code
from cchc_office.model import Consolidation, LeafResult, LeafReturn, Unit
from cchc_office.vietnamese import clean_line, fold

_NO_EVIDENCE = "Chưa ghi tài liệu kiểm chứng"


@dataclass(frozen=True)
class Explanation:
    """What is lacking at a leaf, and how the units that lack it explain that ("" if they do not).

    Units of which the same is to be said share an explanation.
    """

    leaf: LeafResult
    units: tuple[Unit, ...]
    what: str
    explained: str


def gather_explanations(data: Consolidation) -> tuple[Explanation, ...]:
    """Return what lacks evidence or was asked about, in the order of the rows."""
    without = {
        (finding.unit, finding.criterion)
        for finding in data.findings
        if finding.code is Code.EVIDENCE_MISSING
    }
    found: list[Explanation] = []
    for leaf in data.leaves:
        alike: dict[tuple[str, str], tuple[str, str, list[Unit]]] = {}
        for answer in leaf.leads:
            lacking = list(
                _lacking(data, leaf, answer, (answer.unit, leaf.criterion.id) in without)
            )
            if not lacking:
                continue
            what, explained = "; ".join(lacking), _explained(data, answer)
            _, _, units = alike.setdefault((fold(what), fold(explained)), (what, explained, []))
            units.append(data.campaign.unit(answer.unit))
        found += [Explanation(leaf, tuple(u), what, said) for what, said, u in alike.values()]
    return tuple(found)


def _lacking(
    data: Consolidation, leaf: LeafResult, answer: LeafReturn, is_without: bool
) -> Iterator[str]:
    explained = data.explained.get((answer.unit, leaf.criterion.id))
    if is_without and not (explained and explained.evidence):
        yield _NO_EVIDENCE
    asked = data.appraised.get((answer.unit, leaf.criterion.id), ())
    yield from dict.fromkeys(clean_line(said.request) for said in asked if said.request)


def _explained(data: Consolidation, answer: LeafReturn) -> str:
    """Return the unit's answer to what was asked of it, else what its form says."""
    later = data.explained.get((answer.unit, answer.criterion))
    if later is None or not (later.explanation or later.evidence):
        return clean_line(answer.result)
    evidence = f"Tài liệu bổ sung: {clean_line(later.evidence)}" if later.evidence else ""
    return "\n".join(text for text in (clean_line(later.explanation), evidence) if text)
