"""Two versions of one reviewer's workbook: the later one takes the place of the earlier.

Two reviewers stand side by side; one who sends a mended workbook has said one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Answer, AppraisalReturn, AppraisedLeaf
from cchc_office.results.appraisal_rows import says_something
from cchc_office.sheets.addresses import row_number
from cchc_office.text.vietnamese import fold

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is left of a workbook beside a later version of it, which `replaced` so many rows."""

    appraisal: AppraisalReturn
    replaced: int = 0
    by: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether all of it was replaced."""
        return bool(self.replaced) and not any(map(says_something, self.appraisal.leaves))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to know of that."""
        if not self.replaced:
            return ()
        left = "" if self.says_nothing else "; phần còn lại của bản này vẫn được tính"
        words = f"{self.replaced} dòng{left}"
        return (
            Finding(Code.APPRAISAL_MENDED, self.appraisal.file, found=words, candidates=(self.by,)),
        )


def same_reviewer(one: str, other: str) -> bool:
    """Tell whether two workbooks name one reviewer; of those that name none nobody knows."""
    return bool(fold(one)) and fold(one) == fold(other)


def left_over(appraisal: AppraisalReturn, later: Mapping[_Key, AppraisedLeaf]) -> LeftOver:
    """Return what of a workbook is left beside what was said `later`, by row, in its round."""
    leaves, gone, mended, by, replaced = [], set(), set(), "", 0
    for leaf in appraisal.leaves:
        beside = later.get((leaf.unit, leaf.criterion))
        if not says_something(leaf) or not beside or not same_reviewer(leaf.by, beside.by):
            leaves.append(leaf)
            continue
        own = _without(leaf, beside)
        leaves.append(own)
        by, replaced = by or beside.source.file, replaced + (own != leaf)
        if not says_something(own):
            gone.add(row_number(leaf.source.cell))
        elif own.answer is not leaf.answer:
            mended.add(leaf.source.cell)
    # What is wrong in a cell that does not count any more is nothing to look at.
    findings = tuple(
        finding
        for finding in appraisal.findings
        if not finding.cell or (row_number(finding.cell) not in gone and finding.cell not in mended)
    )
    return LeftOver(replace(appraisal, leaves=tuple(leaves), findings=findings), replaced, by)


def _without(leaf: AppraisedLeaf, later: AppraisedLeaf) -> AppraisedLeaf:
    """Return what a row says where the later version of it says nothing."""
    if later.answer is not Answer.BLANK:
        leaf = replace(leaf, answer=Answer.BLANK, score=None, typed="", declared=None)
    return replace(
        leaf,
        opinion="" if later.opinion else leaf.opinion,
        request="" if later.request else leaf.request,
    )
