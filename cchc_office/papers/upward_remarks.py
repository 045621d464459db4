"""What the report upward says in units' own words: what evidence is lacking and why, and remarks.

Remarks are difficulties and proposals that units wrote into the column "Ghi chú" of their forms. By
convention a paragraph of such a note begins with "Khó khăn:", "Vướng mắc:", "Kiến nghị:" or
"Đề xuất:", alone or together ("Khó khăn, vướng mắc:"). Whatever begins otherwise is no remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cchc_office.catalogue.findings import Code
from cchc_office.model import (
    USUAL_REQUEST,
    AppraisedLeaf,
    Campaign,
    Consolidation,
    Criterion,
    LeafReturn,
    Unit,
)
from cchc_office.papers.upward_tables import some_names
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, fold
from cchc_office.word.templates import ListOf, Names, record_of

_NO_EVIDENCE = "Chưa ghi tài liệu kiểm chứng"


class RemarkKind(Enum):
    """What a remark is about, by the name that templates know such remarks by."""

    DIFFICULTY = "kho_khan"
    PROPOSAL = "kien_nghi"


@dataclass(frozen=True)
class TemplateRemark:
    """A difficulty or proposal as templates see it: its words, who wrote it, at which row.

    Units that wrote the same at one row share a remark.
    """

    noi_dung: str
    don_vi: str
    ma: str
    ten: str


@dataclass(frozen=True)
class TemplateExplanation:
    """What is lacking at a leaf, and how the units that lack it explain that, as templates see it.

    Units of which the same is to be said share an explanation.
    """

    stt: str
    ma: str
    ten: str
    don_vi: str
    noi_dung: str
    giai_trinh: str


REMARK_NAMES: Names = {
    "giai_trinh": ListOf(record_of(TemplateExplanation)),
    **dict.fromkeys((kind.value for kind in RemarkKind), ListOf(record_of(TemplateRemark))),
}


def remark_values(data: Consolidation) -> dict[str, Any]:
    """Return what templates are offered of what units said, in the order of the rows."""
    values: dict[str, Any] = {kind.value: [] for kind in RemarkKind}
    for kind, remark in _remarks(data):
        values[kind.value].append(remark)
    return values | {"giai_trinh": _explanations(data)}


_BEGINNINGS = {
    "kho khan": RemarkKind.DIFFICULTY,
    "vuong mac": RemarkKind.DIFFICULTY,
    "kien nghi": RemarkKind.PROPOSAL,
    "de xuat": RemarkKind.PROPOSAL,
}
_WORD = "|".join(_BEGINNINGS)
_LABEL = re.compile(rf"[-+*•\s]*({_WORD})(?:\s*(?:,|/|;|-|va|\s)\s*(?:{_WORD}))*\s*$")
_LONGEST_LABEL = 60


def _remarks(data: Consolidation) -> Iterator[tuple[RemarkKind, TemplateRemark]]:
    """Yield what units wrote, in the order of the rows and of the campaign's units."""
    order = {unit.code: place for place, unit in enumerate(data.campaign.units)}
    said: dict[tuple[RemarkKind, str, str], tuple[str, Criterion, list[str]]] = {}
    for leaf in data.leaves:
        answers = sorted((*leaf.leads, *leaf.supports), key=lambda a: order[a.unit])
        for answer in answers:
            for kind, text in remarks_in(answer.note):
                key = (kind, leaf.criterion.id, fold(text))
                _, _, units = said.setdefault(key, (text, leaf.criterion, []))
                units.append(answer.unit)
    for (kind, _, _), (text, criterion, codes) in said.items():
        names = some_names([data.campaign.unit(code) for code in dict.fromkeys(codes)])
        named = _code_and_name(data.campaign, criterion)
        yield kind, TemplateRemark(text.rstrip(".; "), names, *named)


def _code_and_name(campaign: Campaign, criterion: Criterion) -> tuple[str, str]:
    """Return by what a sentence names a row: no code where that does not tell it."""
    code, reference = campaign.listed_code(criterion), campaign.reference(criterion)
    return (code, criterion.name) if reference == code else ("", reference)


def remarks_in(note: str) -> Iterator[tuple[RemarkKind, str]]:
    """Yield the remarks of a note: from a beginning on to the next one or to a blank line."""
    kind: RemarkKind | None = None
    lines: list[str] = []
    for line in [*note.split("\n"), ""]:
        begun = _beginning(line)
        if kind and (begun or not line.strip()):
            if text := clean_line(" ".join(lines)):
                yield kind, text
            kind = None
        if begun:
            kind, lines = begun[0], [begun[1]]
        elif kind:
            lines.append(line)


def _beginning(line: str) -> tuple[RemarkKind, str] | None:
    """Return the kind of a remark that begins with this line, and the words behind the colon."""
    label, colon, rest = line.partition(":")
    if not colon or len(label) > _LONGEST_LABEL:
        return None
    match = _LABEL.match(fold(label))
    return (_BEGINNINGS[match.group(1)], rest) if match else None


def _explanations(data: Consolidation) -> list[TemplateExplanation]:
    """Return what lacks evidence or is still asked about, in the order of the rows."""
    requests = ((key, _still_asked(said)) for key, said in data.appraised.items())
    asked = {key: words for key, words in requests if words}
    without: set[tuple[str, str]] = set()
    answers: dict[tuple[str, str], LeafReturn] = {}
    for result in data.units:
        unit, debts = result.unit.code, result.debts
        without |= {(unit, debt.criterion) for debt in debts if debt.code is Code.EVIDENCE_MISSING}
        for answer in result.returned.leaves if result.returned else ():
            key = (unit, answer.criterion)
            # What a form says was said before the reviewers asked: it is no answer to them.
            if key in without and key not in asked:
                answers[key] = answer
    found: list[TemplateExplanation] = []
    for leaf in data.leaves:
        code, name = _code_and_name(data.campaign, leaf.criterion)
        alike: dict[tuple[str, str], tuple[str, str, list[Unit]]] = {}
        for unit in data.campaign.leads_of(leaf.criterion):
            key = (unit, leaf.criterion.id)
            if key not in without and key not in asked:
                continue
            evidence = (_NO_EVIDENCE,) if key in without else ()
            what = "; ".join((*evidence, *asked.get(key, ())))
            explained = _explained(data, key, answers.get(key))
            _, _, units = alike.setdefault((fold(what), fold(explained)), (what, explained, []))
            units.append(data.campaign.unit(unit))
        found += [
            TemplateExplanation(
                stt=str(number),
                ma=code,
                ten=name,
                don_vi=some_names(units),
                noi_dung=what,
                giai_trinh=explained or "Chưa có giải trình của đơn vị",
            )
            for number, (what, explained, units) in enumerate(alike.values(), start=len(found) + 1)
        ]
    return found


def _still_asked(said: Sequence[AppraisedLeaf]) -> tuple[str, ...]:
    """Return what reviewers want explained: nothing where the round that spoke last asks nothing.

    A mark without words stands for the opinion beside it.
    """
    spoken = [leaf for leaf in said if leaf.answer.is_settled or leaf.opinion or leaf.request]
    last = max((leaf.round for leaf in spoken), default=0)
    if not any(leaf.request for leaf in spoken if leaf.round == last):
        return ()
    asking = (leaf for leaf in spoken if leaf.request)
    words = (x.opinion if x.opinion and x.request == USUAL_REQUEST else x.request for x in asking)
    return tuple(dict.fromkeys(map(clean_line, words)))


def _explained(data: Consolidation, key: tuple[str, str], answer: LeafReturn | None) -> str:
    """Return the unit's answer to what was asked of it, else what its form says."""
    later = data.explained.get(key)
    if later is None or not (later.explanation or later.evidence or later.score is not None):
        return clean_line(answer.result) if answer else ""
    if not (later.explanation or later.evidence) and later.score is not None:
        return f"Đề nghị {figures.score(later.score)} điểm, không ghi lời giải trình"
    evidence = f"Tài liệu bổ sung: {clean_line(later.evidence)}" if later.evidence else ""
    return "\n".join(text for text in (clean_line(later.explanation), evidence) if text)
