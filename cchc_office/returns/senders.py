"""Returns that came by mail from somebody whom nobody has confirmed: what they do, what is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.model import Campaign, ReadFile, Unit


def preferred(results: Sequence[ReadFile]) -> Sequence[ReadFile]:
    """Return the files whose senders nobody doubts; where all are doubted, all."""
    return [result for result in results if not result.unconfirmed] or results


def not_counted(unit: Unit, counted: ReadFile, other: ReadFile) -> Finding:
    """Return the finding that `other` does not count beside one that the unit itself sent."""
    return Finding(
        Code.UNCONFIRMED_NOT_COUNTED,
        other.file,
        about=unit.name,
        found=other.unconfirmed,
        expected=counted.file,
        unit=unit.code,
    )


def about_senders(
    read: Iterable[ReadFile], chosen: Set[int], campaign: Campaign
) -> Iterator[Finding]:
    """Yield a finding for each file that counts though nobody confirmed its sender.

    `chosen` holds the identities of what counts.
    """
    for result in read:
        if not result.unconfirmed or id(result.document) not in chosen:
            continue
        document = result.returned or result.supplement
        if document is None:
            yield Finding(Code.UNCONFIRMED_APPRAISAL, result.file, found=result.unconfirmed)
            continue
        yield Finding(
            Code.UNCONFIRMED_RETURN,
            result.file,
            about=campaign.unit(document.unit).name,
            found=result.unconfirmed,
            unit=document.unit,
        )
