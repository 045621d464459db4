"""What the report upward says of leaves whose evidence is missing or was questioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code
from cchc_office.model import Consolidation, LeafResult, LeafReturn, Unit
from cchc_office.text.vietnamese import clean_line, fold

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
    asked = {key for key, said in data.appraised.items() if any(x.request for x in said)}
    without: set[tuple[str, str]] = set()
    answers: dict[tuple[str, str], LeafReturn] = {}
    for result in data.units:
        unit, debts = result.unit.code, result.debts
        without |= {(unit, debt.criterion) for debt in debts if debt.code is Code.EVIDENCE_MISSING}
        for answer in result.returned.leaves if result.returned else ():
            key = (unit, answer.criterion)
            if key in without or key in asked:
                answers[key] = answer
    found: list[Explanation] = []
    for leaf in data.leaves:
        alike: dict[tuple[str, str], tuple[str, str, list[Unit]]] = {}
        for unit in data.campaign.leads_of(leaf.criterion):
            key = (unit, leaf.criterion.id)
            if key not in without and key not in asked:
                continue
            what = "; ".join(_lacking(data, key, key in without))
            explained = _explained(data, key, answers.get(key))
            _, _, units = alike.setdefault((fold(what), fold(explained)), (what, explained, []))
            units.append(data.campaign.unit(unit))
        found += [Explanation(leaf, tuple(u), what, said) for what, said, u in alike.values()]
    return tuple(found)


def _lacking(data: Consolidation, key: tuple[str, str], is_without: bool) -> Iterator[str]:
    if is_without:
        yield _NO_EVIDENCE
    asked = data.appraised.get(key, ())
    yield from dict.fromkeys(clean_line(said.request) for said in asked if said.request)


def _explained(data: Consolidation, key: tuple[str, str], answer: LeafReturn | None) -> str:
    """Return the unit's answer to what was asked of it, else what its form says."""
    later = data.explained.get(key)
    if later is None or not (later.explanation or later.evidence):
        return clean_line(answer.result) if answer else ""
    evidence = f"Tài liệu bổ sung: {clean_line(later.evidence)}" if later.evidence else ""
    return "\n".join(text for text in (clean_line(later.explanation), evidence) if text)
