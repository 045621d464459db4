"""What a person has to look at in what came back from units: whose forms, and which other files."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.catalogue.findings import need_a_person
from cchc_office.model import Consolidation, ReturnKind, Returns, UnitState


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """The codes of the units whose forms a person has to look at, and the names of other files.

    Of those files `unusable` are those that are nobody's return. `doubted` are the files, forms or
    not, whose senders nobody confirmed. Each unit and each of `files` is one place to look at.
    """

    units: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    unusable: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.units) + len(self.files)


NOTHING_TO_LOOK_AT = ToLookAt()


def to_look_at(results: Consolidation | None, returns: Returns | None) -> ToLookAt:
    """Return what there is to look at; the reviewers' workbooks are a matter of the appraisal."""
    read = returns.files if returns else ()
    forms = {file.file: file.unit for file in read if file.kind is ReturnKind.FORM}
    doubted = {file.file for file in read if file.unconfirmed}
    told = {f.file for f in (returns.findings if returns else ()) if need_a_person((f,))}
    told = (told | doubted) - files_of_appraisals(returns)
    states = results.units if results else ()
    units = {one.unit.code for one in states if one.state is UnitState.NEEDS_ATTENTION}
    units |= {forms[file] for file in told & forms.keys()}
    files = told - forms.keys()
    is_return = {file.file for file in read if file.kind}
    return ToLookAt(
        frozenset(units), frozenset(files), frozenset(files - is_return), frozenset(doubted)
    )


def files_of_appraisals(returns: Returns | None) -> frozenset[str]:
    """Return the reviewers' workbooks that count."""
    return frozenset(one.file for one in returns.appraisals) if returns else frozenset()
