"""What the folders show of messages that went out, whatever the register says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import NotSeenError
from cchc_office.register.copies import told_by_copies
from cchc_office.register.errors import RegisterError, unreadable
from cchc_office.register.journal import JOURNAL_FILE, Journal, Told, told_by
from cchc_office.register.values import Sending, SendState, later_of

_MOST_NAMED = 20


def journals_of(folder: Path, mail_folder: Path | None, campaign: str) -> tuple[Journal, ...]:
    """Return the journals: beside the register, and in the folder of mail where that is known.

    Two, since folders are lost, cleaned up and restored one by one.
    """
    folders = [folder, *([mail_folder] if mail_folder else ())]
    return tuple(Journal(place / JOURNAL_FILE, campaign) for place in folders)


def read_trail(folder: Path, mail_folder: Path | None, campaign: str) -> Told:
    """Return what journals and copies tell together. Raises RegisterError."""
    try:
        told = told_by(journals_of(folder, mail_folder, campaign))
        copies = tuple(told_by_copies(mail_folder, campaign)) if mail_folder else ()
    except OSError as error:
        raise unreadable(Path(error.filename or folder / JOURNAL_FILE), error) from error
    except NotSeenError as error:
        raise RegisterError(str(error)) from error
    sendings = {sending.message_id: sending for sending in told.sendings}
    for copy in copies:
        known = sendings.get(copy.message_id)
        if known is None:
            sendings[copy.message_id] = copy
        elif copy.state is SendState.SENT:
            sendings[copy.message_id] = later_of(known, copy)
    return Told(tuple(sendings.values()), told.handovers, told.unreadable, told.passed)


def findings_of(told: Told, lacking: Sequence[Sending]) -> tuple[Finding, ...]:
    """Tell of the messages that the register had forgotten, and of what nobody can read."""
    findings = []
    if lacking:
        units = tuple(dict.fromkeys(sending.unit for sending in lacking))
        rest = (f"và {len(units) - _MOST_NAMED} đơn vị nữa",) if len(units) > _MOST_NAMED else ()
        named = (*units[:_MOST_NAMED], *rest)
        findings.append(
            Finding(Code.REGISTER_LACKS_MAIL, found=str(len(lacking)), candidates=named)
        )
    if told.unreadable:
        lines = ", ".join(str(number) for number in told.unreadable[:_MOST_NAMED])
        findings.append(Finding(Code.JOURNAL_UNREADABLE, JOURNAL_FILE, found=lines))
    return tuple(findings)
