"""Difficulties and proposals that units wrote into the column "Ghi chú" of their forms.

By convention a paragraph of such a note begins with "Khó khăn:", "Vướng mắc:", "Kiến nghị:" or
"Đề xuất:", alone or together ("Khó khăn, vướng mắc:"). Whatever begins otherwise is no remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cchc_office.model import Consolidation, Criterion, Unit
from cchc_office.text.vietnamese import clean_line, fold


class RemarkKind(Enum):
    """What a remark is about."""

    DIFFICULTY = "khó khăn, vướng mắc"
    PROPOSAL = "kiến nghị, đề xuất"


@dataclass(frozen=True)
class Remark:
    """A difficulty or a proposal: its words, the row that it was written at, and who wrote it.

    Units that wrote the same at one row share a remark.
    """

    kind: RemarkKind
    text: str
    criterion: Criterion
    units: tuple[Unit, ...]


_BEGINNINGS = {
    "kho khan": RemarkKind.DIFFICULTY,
    "vuong mac": RemarkKind.DIFFICULTY,
    "kien nghi": RemarkKind.PROPOSAL,
    "de xuat": RemarkKind.PROPOSAL,
}
_WORD = "|".join(_BEGINNINGS)
_LABEL = re.compile(rf"[-+*•\s]*({_WORD})(?:\s*(?:,|/|;|-|va|\s)\s*(?:{_WORD}))*\s*$")
_LONGEST_LABEL = 60


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


def gather_remarks(data: Consolidation) -> tuple[Remark, ...]:
    """Return what units wrote, in the order of the rows and of the campaign's units."""
    order = {unit.code: place for place, unit in enumerate(data.campaign.units)}
    said: dict[tuple[RemarkKind, str, str], tuple[str, Criterion, list[str]]] = {}
    for leaf in data.leaves:
        answers = sorted((*leaf.leads, *leaf.supports), key=lambda a: order[a.unit])
        for answer in answers:
            for kind, text in remarks_in(answer.note):
                key = (kind, leaf.criterion.id, fold(text))
                _, _, units = said.setdefault(key, (text, leaf.criterion, []))
                units.append(answer.unit)
    return tuple(
        Remark(
            kind, text, criterion, tuple(data.campaign.unit(code) for code in dict.fromkeys(codes))
        )
        for (kind, _, _), (text, criterion, codes) in said.items()
    )


def _beginning(line: str) -> tuple[RemarkKind, str] | None:
    """Return the kind of a remark that begins with this line, and the words behind the colon."""
    label, colon, rest = line.partition(":")
    if not colon or len(label) > _LONGEST_LABEL:
        return None
    match = _LABEL.match(fold(label))
    return (_BEGINNINGS[match.group(1)], rest) if match else None
