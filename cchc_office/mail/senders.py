"""Whose an address is, and whether a form that came by mail is surely from whom it says."""

from __future__ import annotations

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.mail.incoming import Head
from cchc_office.model import Campaign, Unit


def units_of(campaign: Campaign, address: str) -> tuple[Unit, ...]:
    """Return the units to which an address belongs."""
    return tuple(unit for unit in campaign.units if unit.has_address(address))


def sender_findings(campaign: Campaign, head: Head, unit: Unit | None, file: str) -> list[Finding]:
    """Return why a file is not surely from whom it says; where it is saved is to be added."""
    if unit is None:
        sender = head.sender or "người không rõ"
        return [Finding(Code.APPRAISAL_BY_MAIL, file, found=sender)]
    owners = units_of(campaign, head.sender)
    found, candidates = head.sender, (*unit.emails, *unit.copy_emails)
    code = Code.SENDER_UNKNOWN if head.sender else Code.SENDER_MISSING
    if unit in owners:
        if not head.failed_checks:
            return []
        code, candidates = Code.SENDER_NOT_AUTHENTIC, (head.failed_checks,)
    elif owners:
        code, candidates = Code.SENDER_OF_OTHER_UNIT, tuple(u.name for u in owners)
    return [
        Finding(
            code,
            file,
            about=unit.name,
            found=found,
            candidates=candidates,
            unit=unit.code,
        )
    ]
