"""The rounds of appraisal: which files count, where reviewers differ, what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    LeafReturn,
    ReadFile,
    SupplementReturn,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import NOT_APPLICABLE
from cchc_office.results.appraisal_rows import is_cut, says_something, self_text, verdict
from cchc_office.results.leaf_results import standings
from cchc_office.returns.counting import saving_order, when
from cchc_office.returns.senders import not_counted, preferred
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, fold, parse_decimal

_Key = tuple[str, str]
_FIELDS = ("điểm", "ý kiến", "yêu cầu giải trình")
_NOTHING = "để trống"


def counted_appraisals(
    read: Sequence[ReadFile], campaign: Campaign
) -> tuple[tuple[AppraisalReturn, ...], list[Finding]]:
    """Return the workbooks of the reviewers in the order in which they count, and findings.

    The first round comes first, and what was saved later after what was saved before; but before
    all others what came from a sender who is not confirmed. Of those that say the same one counts.
    """
    ours = [result for result in read if result.appraisal]
    ordered = sorted(ours, key=saving_order(ours))
    ordered.sort(key=lambda result: not result.unconfirmed)
    counted: list[AppraisalReturn] = []
    findings: list[Finding] = []
    said_last: dict[int, dict[_Key, AppraisedLeaf]] = {}
    for appraisal in reversed([r.appraisal for r in ordered if r.appraisal]):
        same = [other for other in counted if _same(appraisal, other)]
        if same:
            findings.append(Finding(Code.SAME_RETURN_AGAIN, appraisal.file, found=same[0].file))
            continue
        later = said_last.setdefault(appraisal.round, {})
        findings += _differences(campaign, appraisal, later)
        for leaf in appraisal.leaves:
            if says_something(leaf):
                later.setdefault((leaf.unit, leaf.criterion), leaf)
        counted.append(appraisal)
    counted.reverse()
    return tuple(sorted(counted, key=lambda a: a.round)), findings


def _same(one: AppraisalReturn, other: AppraisalReturn) -> bool:
    return one.round == other.round and _content(one) == _content(other)


def _content(appraisal: AppraisalReturn) -> dict[_Key, tuple[str, ...]]:
    return {
        (leaf.unit, leaf.criterion): (*_said(leaf), leaf.by, str(leaf.on))
        for leaf in appraisal.leaves
        if says_something(leaf)
    }


def _said(leaf: AppraisedLeaf) -> tuple[str, str, str]:
    score = leaf.typed if leaf.score is None else figures.as_typed(leaf.score)
    if leaf.declared:
        score = f"{score} ({declared_text(leaf.declared)})"
    return score, leaf.opinion, leaf.request


def _differences(
    campaign: Campaign, appraisal: AppraisalReturn, later: Mapping[_Key, AppraisedLeaf]
) -> Iterator[Finding]:
    """Yield a finding for each leaf of which two reviewers wrote different things."""
    for leaf in appraisal.leaves:
        beside = later.get((leaf.unit, leaf.criterion))
        if beside is None:
            continue
        pairs = zip(_FIELDS, _said(leaf), _said(beside), strict=True)
        differ = [(name, a, b) for name, a, b in pairs if a and b and a != b]
        if differ:
            yield Finding(
                Code.APPRAISALS_DIFFER,
                leaf.source.file,
                leaf.source.sheet,
                leaf.source.cell,
                about=_label(campaign, leaf),
                found="; ".join(f"{name}: {a}" for name, a, _ in differ),
                expected="; ".join(f"{name}: {b}" for name, _, b in differ),
                candidates=(beside.source.file,),
                unit=leaf.unit,
                criterion=leaf.criterion,
            )


def _label(campaign: Campaign, leaf: AppraisedLeaf) -> str:
    return f"{campaign.criterion(leaf.criterion).label} ({leaf.unit})"


def check_appraisals(
    appraisals: Sequence[AppraisalReturn], campaign: Campaign, returned: Mapping[_Key, LeafReturn]
) -> Iterator[Finding]:
    """Yield where self scores changed since they were appraised, and cuts that nobody explained."""
    said: dict[_Key, list[AppraisedLeaf]] = {}
    for appraisal in appraisals:
        for leaf in appraisal.leaves:
            said.setdefault((leaf.unit, leaf.criterion), []).append(leaf)
    for key, leaves in said.items():
        yield from _changed_since(campaign, leaves, returned.get(key))
        yield from _unexplained(campaign, leaves, returned.get(key))


def _changed_since(
    campaign: Campaign, leaves: list[AppraisedLeaf], returned: LeafReturn | None
) -> Iterator[Finding]:
    now = clean_line(self_text(returned))
    for leaf in leaves:
        if leaf.answer is Answer.BLANK and not leaf.opinion:
            continue
        if leaf.seen is not None and fold(leaf.seen) != fold(now):
            seen, now_shown = _apart(leaf.seen or _NOTHING, now or _NOTHING)
            yield _at(Code.SELF_SCORE_CHANGED_SINCE, campaign, leaf, seen, now_shown)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two texts; where both are numbers, with no more decimals than tell them apart."""
    first, second = parse_decimal(one), parse_decimal(other)
    return (one, other) if first is None or second is None else figures.apart(first, second)


def _unexplained(
    campaign: Campaign, leaves: list[AppraisedLeaf], returned: LeafReturn | None
) -> Iterator[Finding]:
    """Yield the rounds that changed a score for the unit's worse without a word."""
    criterion = campaign.criterion(leaves[0].criterion)
    for number in sorted({leaf.round for leaf in leaves}):
        before = standings(returned, leaves, number - 1)[-1]
        ruled = verdict(leaves, number)
        if ruled.opinion or ruled.request or not is_cut(criterion, before, ruled):
            continue
        leaf = next(x for x in reversed(leaves) if x.round == number and x.answer is ruled.answer)
        found, expected = figures.optional_apart(ruled.score, before.score)
        yield _at(
            Code.OPINION_MISSING,
            campaign,
            leaf,
            found or NOT_APPLICABLE,
            expected or NOT_APPLICABLE,
        )


def _at(
    code: FindingCode, campaign: Campaign, leaf: AppraisedLeaf, found: str, expected: str
) -> Finding:
    return Finding(
        code,
        leaf.source.file,
        leaf.source.sheet,
        leaf.source.cell,
        about=_label(campaign, leaf),
        found=found,
        expected=expected,
        unit=leaf.unit,
        criterion=leaf.criterion,
    )


def counted_supplements(
    read: Sequence[ReadFile], campaign: Campaign
) -> tuple[tuple[SupplementReturn, ...], list[Finding]]:
    """Return the form that counts for each unit and round, the last saved, and findings.

    None counts whose sender is not confirmed where there is another.
    """
    groups: dict[tuple[int, str], list[ReadFile]] = {}
    for result in read:
        if result.supplement:
            key = (result.supplement.round, result.supplement.unit)
            groups.setdefault(key, []).append(result)
    counted: list[SupplementReturn] = []
    findings: list[Finding] = []
    for _, results in sorted(groups.items()):
        latest = max(preferred(results), key=saving_order(results))
        others = (result for result in results if result is not latest)
        findings += [_about_other(campaign, latest, other) for other in others]
        if latest.supplement:
            counted.append(latest.supplement)
    return tuple(counted), findings


def _about_other(campaign: Campaign, latest: ReadFile, other: ReadFile) -> Finding:
    unit = other.supplement.unit if other.supplement else ""
    if _answers(latest) == _answers(other):
        return Finding(Code.SAME_RETURN_AGAIN, other.file, found=latest.file, unit=unit)
    if other.unconfirmed and not latest.unconfirmed:
        return not_counted(campaign.unit(unit), latest, other)
    return Finding(
        Code.SEVERAL_RETURNS,
        other.file,
        about=campaign.unit(unit).name,
        found=when(other),
        expected=latest.file,
        unit=unit,
    )


def _answers(result: ReadFile) -> dict[str, tuple[str, ...]]:
    leaves = result.supplement.leaves if result.supplement else ()
    return {x.criterion: (x.typed, x.answer.value, x.explanation, x.evidence) for x in leaves}
