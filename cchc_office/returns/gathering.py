"""From all files that were read: which count for whom, and what the others say differently.

Of a unit's forms, and of its supplements to a round, one counts: the last saved. The reviewers'
workbooks all do, the later before the earlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.model import (
    Answer,
    AppraisalReturn,
    AppraisedLeaf,
    Campaign,
    Decision,
    FileRead,
    LeafReturn,
    OfCampaign,
    ReadFile,
    ReturnKind,
    Returns,
    SupplementReturn,
    UnitReturn,
    campaign_of,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.papers.form.layout import NOT_APPLICABLE
from cchc_office.results.appraisal_rows import is_cut, says_something, self_text, verdict
from cchc_office.results.leaf_results import standings
from cchc_office.returns.copies import FIELDS, NOTHING, differing, said_in
from cchc_office.returns.reviewers_versions import LeftOver, left_over
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, day_and_time, fold, local_day, parse_decimal

_Key = tuple[str, str]
_OF_COPIES = frozenset((Code.SEVERAL_RETURNS, Code.RETURNS_SAVED_TOGETHER))
_RULED = ("điểm", "ý kiến", "yêu cầu giải trình")
_THERE, _NOT_THERE = "có dòng này", "không có dòng này"


def gather_returns(results: Iterable[ReadFile], campaign: Campaign | OfCampaign) -> Returns:
    """Chọn phiếu được tính của mỗi đơn vị trong các tệp đã đọc.

    Choose the return that counts for each unit; say what became of every other file.

    Of returns that differ the last saved counts: by the time that the document tells, then by the
    file's own (of two of one second it is said that nobody knows); but none whose sender is not
    confirmed where there is another. Those that say the same are one. So it is with the
    supplementary forms of a unit; of the reviewers' workbooks all count, the later before the
    earlier. What a person said does not count never does.
    """
    campaign, read = campaign_of(campaign), tuple(results)
    findings = [finding for result in read for finding in _about_file(result)]
    by_unit: dict[str, list[ReadFile]] = {}
    for result in read:
        if result.returned:
            by_unit.setdefault(result.returned.unit, []).append(result)
    counted: list[UnitReturn] = []
    passed_over: list[UnitReturn] = []
    for unit in campaign.units:
        if of_unit := by_unit.get(unit.code):
            latest, others = _latest(of_unit)
            counted += [latest.returned] if latest and latest.returned else []
            for other in others:
                passed_over += [other.returned] if other.returned else []
                findings += _about_form(campaign, latest, other)
    of_reviewers, about_appraisals = _counted_appraisals(read, campaign)
    appraisals = tuple(appraisal for appraisal, _ in of_reviewers)
    supplements, about_supplements = _counted_supplements(read, campaign)
    said = {(leaf.unit, leaf.criterion): leaf for form in counted for leaf in form.leaves}
    findings += about_appraisals + about_supplements
    findings += _check_appraisals(appraisals, campaign, said)
    chosen = {id(one) for one in (*counted, *(whole for _, whole in of_reviewers), *supplements)}
    findings += _about_senders(read, chosen, campaign)
    files = tuple(_file_read(result, chosen) for result in read)
    return Returns(
        tuple(counted), files, tuple(findings), appraisals, supplements, tuple(passed_over)
    )


def _about_file(result: ReadFile) -> Sequence[Finding]:
    """Return what is told of a file as a whole; of one that was set aside that, and why it was."""
    if not (result.is_set_aside and result.verdict):
        return result.findings
    found = f"{local_day(result.verdict.recorded):%d/%m/%Y}"
    why = result.verdict.reason or next((f.sentence for f in result.findings), "")
    return (Finding(Code.FILE_SET_ASIDE, result.file, found=found, expected=why.rstrip(".")),)


def _file_read(result: ReadFile, chosen: Set[int]) -> FileRead:
    """Return what became of a file; `chosen` holds the identities of what counts."""
    document = result.document
    if document is None:
        return FileRead(result.file, verdict=result.verdict)
    kind = ReturnKind.APPRAISAL
    if document is result.returned:
        kind = ReturnKind.FORM
    elif document is result.supplement:
        kind = ReturnKind.SUPPLEMENT
    unit = "" if isinstance(document, AppraisalReturn) else document.unit
    is_counted = id(document) in chosen
    return FileRead(
        result.file, unit, is_counted, kind, result.unconfirmed, result.verdict, result.arrival
    )


# --- which counts ---


def _latest(results: Sequence[ReadFile]) -> tuple[ReadFile | None, list[ReadFile]]:
    """Return the file that counts, None where a person said of all that they do not; the others.

    It is one whose sender nobody doubts, if there is any.
    """
    may_count = [result for result in results if not result.is_ruled_out]
    if not may_count:
        return None, list(results)
    preferred = [result for result in may_count if not result.unconfirmed] or may_count
    latest = max(preferred, key=_saving_order(results))
    return latest, [result for result in results if result is not latest]


def _saving_order(
    results: Iterable[ReadFile],
) -> Callable[[ReadFile], tuple[float, bool, float, str]]:
    """Return what orders files by their saving.

    Times of one kind are compared: where one document tells none, those of the files. Of two of one
    time the one that a person took goes before the other.
    """
    all_tell = all(_document_time(result) for result in results)

    def order(result: ReadFile) -> tuple[float, bool, float, str]:
        saved, received = _seconds(_document_time(result)), _seconds(result.received)
        first, second = (saved, received) if all_tell else (received, saved)
        is_taken = result.verdict is not None and result.verdict.decision is Decision.TAKEN
        return first, is_taken, second, result.file

    return order


def _document_time(result: ReadFile) -> dt.datetime | None:
    """Return the time of saving that a document itself tells."""
    return result.document.saved if result.document else None


def _seconds(time: dt.datetime | None) -> float:
    return time.timestamp() if time else 0.0


def _about_other(
    campaign: Campaign, code: str, latest: ReadFile | None, other: ReadFile, *, says_the_same: bool
) -> Finding:
    """Return what is said of a file of the unit with this code that does not count."""
    if latest is None:
        return _about_ruled_out(campaign, code, other)
    if says_the_same:
        return Finding(Code.SAME_RETURN_AGAIN, other.file, found=latest.file, unit=code)
    if other.is_ruled_out:
        return _about_ruled_out(campaign, code, other)
    about, expected = campaign.unit(code).name, latest.file
    if other.unconfirmed and not latest.unconfirmed:
        what, found = Code.UNCONFIRMED_NOT_COUNTED, other.unconfirmed
    elif settled := _settled(latest, other):
        what, found = Code.RETURN_REPLACED, settled
    else:
        what, found = _about_later(latest, other)
    return Finding(what, other.file, about=about, found=found, expected=expected, unit=code)


def _settled(latest: ReadFile, other: ReadFile) -> str:
    """Return what a person said that settles which of two forms counts, in words; "" for nothing.

    One that was sent back is replaced by the other. Who took the one that counts knew of what was
    there by then, and took it for the unit's; what came later nobody has decided about.
    """
    if other.verdict and other.verdict.decision is Decision.SENT_BACK:
        return f"đã được trả lại ngày {local_day(other.verdict.recorded):%d/%m/%Y}"
    taken = latest.verdict
    if taken is None or taken.decision is not Decision.TAKEN:
        return ""
    known = (other.arrival and other.arrival.known) or other.received
    if known is not None and known > taken.recorded:
        return ""
    return f"không phải bản đã nhận ngày {local_day(taken.recorded):%d/%m/%Y}"


def _about_later(latest: ReadFile, other: ReadFile) -> tuple[FindingCode, str]:
    """Return whether the form that counts was saved after another one, and when that was.

    Documents tell whole seconds: of two of one second nobody knows which is the later.
    """
    pairs = ((_document_time(latest), _document_time(other)), (latest.received, other.received))
    last, saved = next((pair for pair in pairs if all(pair)), (None, None))
    if last is None or saved is None:
        saved = _document_time(other) or other.received
        return Code.SEVERAL_RETURNS, f"lưu {day_and_time(saved)}" if saved else "không rõ ngày lưu"
    told = f"lưu {day_and_time(saved)}"
    if day_and_time(last) == day_and_time(saved):
        told = f"{told}:{saved:%S}"
    same = last.replace(microsecond=0) == saved.replace(microsecond=0)
    return Code.RETURNS_SAVED_TOGETHER if same else Code.SEVERAL_RETURNS, told


def _about_ruled_out(campaign: Campaign, code: str, other: ReadFile) -> Finding:
    said = other.verdict.recorded if other.verdict else None
    found = f"{local_day(said):%d/%m/%Y}" if said else ""
    about = campaign.unit(code).name
    return Finding(Code.RETURN_SET_ASIDE, other.file, about=about, found=found, unit=code)


def _about_senders(
    read: Iterable[ReadFile], chosen: Set[int], campaign: Campaign
) -> Iterator[Finding]:
    """Yield a finding for each file that counts though nobody confirmed its sender.

    `chosen` holds the identities of what counts.
    """
    for result in read:
        if not result.unconfirmed or id(result.document) not in chosen:
            continue
        document, found = result.returned or result.supplement, result.unconfirmed
        if document is None:
            yield Finding(Code.UNCONFIRMED_APPRAISAL, result.file, found=found)
            continue
        about, code = campaign.unit(document.unit).name, Code.UNCONFIRMED_RETURN
        yield Finding(code, result.file, about=about, found=found, unit=document.unit)


# --- forms of one unit ---


def _about_form(campaign: Campaign, latest: ReadFile | None, other: ReadFile) -> Iterator[Finding]:
    """Yield what is said of a form that does not count, cell by cell where it says other things."""
    if other.returned is None:
        return
    if latest is None or latest.returned is None:
        yield _about_ruled_out(campaign, other.returned.unit, other)
        return
    differences = tuple(_differences(campaign, latest.returned, other.returned))
    unit, is_same = latest.returned.unit, not differences
    finding = _about_other(campaign, unit, latest, other, says_the_same=is_same)
    yield finding
    if finding.code in _OF_COPIES:
        yield from differences


def _differences(campaign: Campaign, latest: UnitReturn, other: UnitReturn) -> Iterator[Finding]:
    """Yield a finding for each cell of `other` that differs from the one that counts."""
    counted = {leaf.criterion: leaf for leaf in latest.leaves}
    for leaf in other.leaves:
        beside = counted.pop(leaf.criterion, None)
        if beside is None:
            found, expected = _THERE, _NOT_THERE
        elif said_in(leaf) == said_in(beside):
            continue
        else:
            found, expected = _only_differing(said_in(leaf), said_in(beside))
        yield _at(Code.RETURNS_DIFFER, campaign, leaf, found, expected, latest.file)
    for gone in counted.values():
        about = campaign.criterion(gone.criterion).label
        yield Finding(
            Code.RETURNS_DIFFER,
            other.file,
            about=about,
            found=_NOT_THERE,
            expected=_THERE,
            candidates=(latest.file,),
            unit=gone.unit,
            criterion=gone.criterion,
        )


def _only_differing(said: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str]:
    differ = differing(said, other)
    one, two = (
        "; ".join(f"{FIELDS[n]}: {texts[n] or NOTHING}" for n in differ) for texts in (said, other)
    )
    return one, two


def _at(
    code: FindingCode,
    campaign: Campaign,
    leaf: LeafReturn | AppraisedLeaf,
    found: str,
    expected: str,
    *candidates: str,
) -> Finding:
    """Return a finding at the cell in which a leaf was scored."""
    label = campaign.criterion(leaf.criterion).label
    return Finding(
        code,
        leaf.source.file,
        leaf.source.sheet,
        leaf.source.cell,
        about=f"{label} ({leaf.unit})" if isinstance(leaf, AppraisedLeaf) else label,
        found=found,
        expected=expected,
        candidates=candidates,
        unit=leaf.unit,
        criterion=leaf.criterion,
    )


# --- workbooks of the reviewers ---


def _counted_appraisals(
    read: Sequence[ReadFile], campaign: Campaign
) -> tuple[tuple[tuple[AppraisalReturn, AppraisalReturn], ...], list[Finding]]:
    """Return the workbooks of the reviewers in the order in which they count, and findings.

    The first round comes first, and what was saved later after what was saved before; but before
    all others what came from a sender who is not confirmed. Of those that say the same one counts,
    of two versions of one reviewer's what the later one says. With each goes what it was read as.
    """
    ours = [result for result in read if result.appraisal]
    ordered = sorted(ours, key=_saving_order(ours))
    ordered.sort(key=lambda result: not result.unconfirmed)
    counted: list[tuple[AppraisalReturn, AppraisalReturn]] = []
    findings: list[Finding] = []
    said_last: dict[int, dict[_Key, AppraisedLeaf]] = {}
    for result in reversed(ordered):
        if (appraisal := result.appraisal) is None:
            continue
        same = [other for _, other in counted if _same(appraisal, other)]
        if same:
            findings.append(Finding(Code.SAME_RETURN_AGAIN, appraisal.file, found=same[0].file))
            continue
        later = said_last.setdefault(appraisal.round, {})
        # Of a stranger nobody knows that it is the reviewer whom the workbook names.
        own = LeftOver(appraisal) if result.unconfirmed else left_over(appraisal, later)
        findings += (*own.findings, *_disputes(campaign, own.appraisal, later))
        for leaf in own.appraisal.leaves:
            if says_something(leaf):
                later.setdefault((leaf.unit, leaf.criterion), leaf)
        if not own.says_nothing:
            counted.append((own.appraisal, appraisal))
    counted.reverse()
    return tuple(sorted(counted, key=lambda pair: pair[0].round)), findings


def _same(one: AppraisalReturn, other: AppraisalReturn) -> bool:
    return one.round == other.round and _content(one) == _content(other)


def _content(appraisal: AppraisalReturn) -> dict[_Key, tuple[str, ...]]:
    return {
        (leaf.unit, leaf.criterion): (*_ruled(leaf), leaf.by, str(leaf.on))
        for leaf in appraisal.leaves
        if says_something(leaf)
    }


def _ruled(leaf: AppraisedLeaf) -> tuple[str, str, str]:
    score = leaf.typed if leaf.score is None else figures.as_typed(leaf.score)
    if leaf.declared:
        score = f"{score} ({declared_text(leaf.declared)})"
    return score, leaf.opinion, leaf.request


def _disputes(
    campaign: Campaign, appraisal: AppraisalReturn, later: Mapping[_Key, AppraisedLeaf]
) -> Iterator[Finding]:
    """Yield a finding for each leaf of which two reviewers wrote different things."""
    for leaf in appraisal.leaves:
        beside = later.get((leaf.unit, leaf.criterion))
        if beside is None:
            continue
        pairs = zip(_RULED, _ruled(leaf), _ruled(beside), strict=True)
        differ = [(name, a, b) for name, a, b in pairs if a and b and a != b]
        if differ:
            found, expected = (
                "; ".join(f"{name}: {texts[n]}" for name, *texts in differ) for n in (0, 1)
            )
            file = beside.source.file
            yield _at(Code.APPRAISALS_DIFFER, campaign, leaf, found, expected, file)


def _check_appraisals(
    appraisals: Sequence[AppraisalReturn], campaign: Campaign, returned: Mapping[_Key, LeafReturn]
) -> Iterator[Finding]:
    """Yield where self scores changed since they were appraised, and cuts that nobody explained."""
    said: dict[_Key, list[AppraisedLeaf]] = {}
    for appraisal in appraisals:
        for leaf in appraisal.leaves:
            said.setdefault((leaf.unit, leaf.criterion), []).append(leaf)
    for key, leaves in said.items():
        yield from _changed_since(campaign, leaves, returned.get(key))
        yield from _in_closed_column(campaign, leaves, returned.get(key))
        yield from _unexplained(campaign, leaves, returned.get(key))


def _changed_since(
    campaign: Campaign, leaves: list[AppraisedLeaf], returned: LeafReturn | None
) -> Iterator[Finding]:
    now = clean_line(self_text(returned))
    for leaf in leaves:
        if leaf.answer is Answer.BLANK and not leaf.opinion:
            continue
        if leaf.seen is not None and fold(leaf.seen) != fold(now):
            seen, now_shown = _apart(leaf.seen or NOTHING, now or NOTHING)
            yield _at(Code.SELF_SCORE_CHANGED_SINCE, campaign, leaf, seen, now_shown)


def _in_closed_column(
    campaign: Campaign, leaves: list[AppraisedLeaf], returned: LeafReturn | None
) -> Iterator[Finding]:
    """Yield where a score stands in the column of the round before, and none in that of its own."""
    answered = {leaf.round for leaf in leaves if leaf.answer is not Answer.BLANK}
    for leaf in leaves:
        if leaf.round in answered or not leaf.seen_before:
            continue
        before = standings(returned, leaves, leaf.round - 1)[-1]
        known = figures.as_typed(before.score) if before.score is not None else ""
        known = NOT_APPLICABLE if before.answer is Answer.NOT_APPLICABLE else known
        if fold(leaf.seen_before) == fold(known):
            continue
        seen, now = _apart(leaf.seen_before, known or NOTHING)
        yield _at(Code.APPRAISED_IN_CLOSED_COLUMN, campaign, leaf, seen, now)


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
        if before.answer is Answer.UNUSABLE and returned:
            expected = returned.typed
        found, expected = found or NOT_APPLICABLE, expected or NOT_APPLICABLE
        yield _at(Code.OPINION_MISSING, campaign, leaf, found, expected)


# --- supplementary forms ---


def _counted_supplements(
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
    for (_, unit), results in sorted(groups.items()):
        latest, others = _latest(results)
        for other in others:
            is_same = latest is not None and _answers(latest) == _answers(other)
            findings.append(_about_other(campaign, unit, latest, other, says_the_same=is_same))
        if latest and latest.supplement:
            counted.append(latest.supplement)
    return tuple(counted), findings


def _answers(result: ReadFile) -> dict[str, tuple[str, ...]]:
    leaves = result.supplement.leaves if result.supplement else ()
    return {x.criterion: (x.typed, x.answer.value, x.explanation, x.evidence) for x in leaves}
