"""The job of holding one criteria set against another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_office.campaign import usual_output as usual_output
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.files.output_folder import Outcome, OutputFolder, Paper
from cchc_office.importing.criteria_set import read_criteria_set
from cchc_office.model import Campaign, Change, CriteriaChanges, OfCampaign, campaign_of
from cchc_office.papers.criteria_changes import CHANGES_FILE as CHANGES_FILE
from cchc_office.papers.criteria_changes import build_criteria_changes, count_words
from cchc_office.results.criteria_changes import criteria_changes
from cchc_office.steps.arguments import checked
from cchc_office.steps.brought_back import BroughtBack, Row

CHANGES_FOLDER = "so-sanh"
_PARTS = (Change.SPLIT, Change.MERGED)


@dataclass(frozen=True, kw_only=True, repr=False)
class ComparedCriteria(BroughtBack):
    """What became of a criteria set; `campaign` is the new one."""

    changes: CriteriaChanges

    @property
    def words(self) -> str:
        """How many rows there are of each change."""
        return count_words(self.changes)

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the rows that changed."""
        yield "Thay đổi", "Cũ", "Mới", "Vì sao coi là một dòng"
        for row in self.changes.rows:
            if row.changes != (Change.SAME,):
                told = "; ".join(change.value for change in row.changes)
                old, new = (one.label if one else "" for one in (row.old, row.new))
                yield told, old, new, row.why


@checked
def compare_criteria(
    old: str | Path | Campaign | OfCampaign,
    new: str | Path | Campaign | OfCampaign,
    *,
    output: str | Path | None = None,
) -> ComparedCriteria:
    """So sánh hai bộ chỉ số: mới, không còn, đổi tên, chuyển mục, đổi điểm, đơn vị (lệnh so-sanh).

    Hold a criteria set against an older one. Each is a campaign, its folder or workbook, or any
    file with a table of criteria. With `output` the rows are written, old and new side by side, to
    so-sanh.xlsx below it. Raises UsageError for what is not there, CampaignError where there is no
    such set, CchcError where nothing can be written.
    """
    (then, of_then), (now, of_now) = _read(old), _read(new)
    changes = criteria_changes(then, now)
    changes = replace(
        changes, old=_named(old, then, changes.old), new=_named(new, now, changes.new)
    )
    outcomes: tuple[Outcome, ...] = ()
    if output is not None:
        paper = Paper(f"{CHANGES_FOLDER}/{CHANGES_FILE}", build_criteria_changes(changes))
        outcomes = (OutputFolder(Path(output)).write_folder(CHANGES_FOLDER, [paper]),)
    written = [finding for outcome in outcomes for finding in outcome.findings]
    findings = (*of_then, *of_now, *_told(changes, now.file), *written)
    return ComparedCriteria(campaign=now, findings=findings, outcomes=outcomes, changes=changes)


def _read(given: str | Path | Campaign | OfCampaign) -> tuple[Campaign, tuple[Finding, ...]]:
    if isinstance(given, str | Path):
        return read_criteria_set(Path(given))
    return campaign_of(given), ()


def _named(given: object, campaign: Campaign, title: str) -> str:
    """Return a set's title with the path that it was named by: two may have one file name."""
    if not isinstance(given, str | Path):
        return title
    return f"{Path(given).as_posix()}{title.removeprefix(campaign.file)}"


def _told(changes: CriteriaChanges, file: str) -> Iterator[Finding]:
    if not any(row.old and row.new for row in changes.rows):
        yield Finding(Code.SETS_NOTHING_ALIKE, file)
    for said in changes.not_compared:
        yield Finding(Code.SETS_NOT_COMPARED, found=said)
    for row in changes.rows:
        is_part = any(change in row.changes for change in _PARTS)
        if row.old and row.new and (is_part or Change.DOUBTFUL in row.changes):
            code = Code.SETS_ROW_PARTS if is_part else Code.SETS_ROW_DOUBTFUL
            why = "; hoặc ".join((row.why, *row.others))
            yield Finding(code, file, "", "", row.new.label, why, row.old.label)
