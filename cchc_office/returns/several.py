"""Several files of one unit: which one counts, and what the others say differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import (
    AppraisalReturn,
    Campaign,
    FileRead,
    LeafReturn,
    ReadFile,
    ReturnKind,
    Returns,
    Unit,
    UnitReturn,
)
from cchc_office.papers.form.declared_words import declared_text
from cchc_office.returns.counting import saving_order, when
from cchc_office.returns.rounds import check_appraisals, counted_appraisals, counted_supplements
from cchc_office.returns.senders import about_senders, not_counted, preferred

_FIELDS = (
    ("typed", "điểm"),
    ("answer", "trạng thái"),
    ("declared", "số liệu kê khai"),
    ("result", "kết quả, giải trình"),
    ("evidence", "tài liệu kiểm chứng"),
    ("note", "ghi chú"),
)
_NOTHING = "để trống"


def gather_returns(results: Iterable[ReadFile], campaign: Campaign) -> Returns:
    """Choose the return that counts for each unit; say what became of every other file.

    Of returns that differ the last saved counts: by the time that the document tells, then by the
    file's own; but none whose sender is not confirmed where there is another. Those that say the
    same are one. So it is with the supplementary forms of a unit; of the reviewers' workbooks all
    count, the later before the earlier.
    """
    read = tuple(results)
    findings = [finding for result in read for finding in result.findings]
    by_unit: dict[str, list[ReadFile]] = {}
    for result in read:
        if result.returned:
            by_unit.setdefault(result.returned.unit, []).append(result)
    counted: list[UnitReturn] = []
    for unit in campaign.units:
        of_unit = by_unit.get(unit.code, [])
        if not of_unit:
            continue
        latest = max(preferred(of_unit), key=saving_order(of_unit))
        if latest.returned:
            counted.append(latest.returned)
        for other in of_unit:
            if other is not latest:
                findings += _about_other(campaign, unit, latest, other)
    appraisals, about_appraisals = counted_appraisals(read, campaign)
    supplements, about_supplements = counted_supplements(read, campaign)
    said = {(leaf.unit, leaf.criterion): leaf for form in counted for leaf in form.leaves}
    findings += about_appraisals + about_supplements
    findings += check_appraisals(appraisals, campaign, said)
    chosen = {id(one) for one in (*counted, *appraisals, *supplements)}
    findings += about_senders(read, chosen, campaign)
    files = tuple(_file_read(result, chosen) for result in read)
    return Returns(tuple(counted), files, tuple(findings), appraisals, supplements)


def _file_read(result: ReadFile, chosen: Set[int]) -> FileRead:
    """Return what became of a file; `chosen` holds the identities of what counts."""
    document = result.document
    if document is None:
        return FileRead(result.file)
    kind = ReturnKind.APPRAISAL
    if document is result.returned:
        kind = ReturnKind.FORM
    elif document is result.supplement:
        kind = ReturnKind.SUPPLEMENT
    unit = "" if isinstance(document, AppraisalReturn) else document.unit
    return FileRead(result.file, unit, id(document) in chosen, kind, result.unconfirmed)


def _about_other(
    campaign: Campaign, unit: Unit, latest: ReadFile, other: ReadFile
) -> Iterator[Finding]:
    if latest.returned is None or other.returned is None:
        return
    differences = tuple(_differences(campaign, latest.returned, other.returned))
    if not differences:
        yield Finding(Code.SAME_RETURN_AGAIN, other.file, found=latest.file, unit=unit.code)
        return
    if other.unconfirmed and not latest.unconfirmed:
        yield not_counted(unit, latest, other)
        return
    yield Finding(
        Code.SEVERAL_RETURNS,
        other.file,
        about=unit.name,
        found=when(other),
        expected=latest.file,
        unit=unit.code,
    )
    yield from differences


def _differences(campaign: Campaign, latest: UnitReturn, other: UnitReturn) -> Iterator[Finding]:
    """Yield a finding for each cell of `other` that differs from the one that counts."""
    counted = {leaf.criterion: leaf for leaf in latest.leaves}
    for leaf in other.leaves:
        beside = counted.pop(leaf.criterion, None)
        if beside is None or _said(leaf) != _said(beside):
            yield _difference(campaign, leaf, leaf, beside, latest.file)
    for beside in counted.values():
        yield _difference(campaign, beside, None, beside, latest.file, other.file)


def _difference(
    campaign: Campaign,
    where: LeafReturn,
    leaf: LeafReturn | None,
    beside: LeafReturn | None,
    counted_file: str,
    file: str = "",
) -> Finding:
    source = where.source
    found, expected = _only_differing(leaf, beside)
    return Finding(
        Code.RETURNS_DIFFER,
        file or source.file,
        "" if file else source.sheet,
        "" if file else source.cell,
        about=campaign.criterion(where.criterion).label,
        found=found,
        expected=expected,
        candidates=(counted_file,),
        unit=where.unit,
        criterion=where.criterion,
    )


def _only_differing(leaf: LeafReturn | None, beside: LeafReturn | None) -> tuple[str, str]:
    if leaf is None or beside is None:
        there = "có dòng này"
        return ("không có dòng này", there) if leaf is None else (there, "không có dòng này")
    said, other = _said(leaf), _said(beside)
    names = [name for _, name in _FIELDS]
    differ = [n for n in range(len(names)) if said[n] != other[n]]
    if len(differ) > 1 and differ[0] == 0 and 1 in differ:
        differ.remove(1)
    return (
        "; ".join(f"{names[n]}: {said[n] or _NOTHING}" for n in differ),
        "; ".join(f"{names[n]}: {other[n] or _NOTHING}" for n in differ),
    )


def _said(leaf: LeafReturn) -> tuple[str, ...]:
    declared = declared_text(leaf.declared) if leaf.declared else ""
    return (leaf.typed, leaf.answer.value, declared, leaf.result, leaf.evidence, leaf.note)
