"""Forms that come back as they went out: nothing is filled in, so nothing was handed in."""

from __future__ import annotations

from dataclasses import replace

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Answer, Campaign, ExplainedLeaf, LeafReturn, ReadFile

_SAID_ELSEWHERE = frozenset(
    (
        Code.FORM_HEADING_FILLED,
        Code.SURVEY_CELL_FILLED,
        Code.SUPPORT_SCORE_FILLED,
        Code.CLOSED_ROW_FILLED,
        Code.FIGURES_NOT_ASKED,
        Code.FORM_COLUMN_ADDED,
        Code.FORM_COLUMN_TWICE,
        Code.FORM_ROW_UNKNOWN,
        Code.FORM_ROW_TWICE,
        Code.FORM_SHEET_ADDED,
        Code.FORM_SHEETS_SEVERAL,
        Code.FORM_SHEET_UNREADABLE,
        Code.CELLS_BEYOND_CAPS,
        Code.CELL_WITHOUT_VALUE,
        Code.STRUCK_OUT,
        Code.HALF_STRUCK,
        Code.STRUCK_ROW,
    )
)
"""Signs that a unit wrote something where the form asks for nothing: a person has to look at it."""


def without_unfilled(read: ReadFile, campaign: Campaign) -> ReadFile:
    """Return what became of a unit's form: one as it was issued is no return, and told so."""
    form = read.returned or read.supplement
    if form is None or not form.leaves or not all(map(_says_nothing, form.leaves)):
        return read
    if any(finding.code in _SAID_ELSEWHERE for finding in form.findings):
        return read
    name = campaign.unit(form.unit).name
    kind = "Phiếu tự chấm điểm" if read.returned else "Phiếu giải trình"
    finding = Finding(Code.FORM_UNFILLED, read.file, about=name, found=kind, unit=form.unit)
    findings = (*read.findings, finding)
    return replace(read, returned=None, supplement=None, findings=findings, unfilled=form)


def _says_nothing(leaf: LeafReturn | ExplainedLeaf) -> bool:
    words = [leaf.typed, leaf.evidence]
    if isinstance(leaf, ExplainedLeaf):
        words.append(leaf.explanation)
    else:
        words += [leaf.result, leaf.note]
        if leaf.declared is not None and not leaf.declared.is_blank:
            return False
    return leaf.answer in (Answer.BLANK, Answer.CONTRIBUTED) and not any(words)
