"""Files among the returns that came from somebody who is not known to be their unit."""

from __future__ import annotations

from cchc_office.register import Register
from cchc_office.register.history import UnconfirmedFile, UnconfirmedFiles
from cchc_office.steps.opened import Opened


def doubted_files(opened: Opened, register: Register | None) -> dict[str, UnconfirmedFile]:
    """Return what waits for a person's word, by name: as the register tells of what came by mail.

    Of messages that somebody copied into the folder their own heads tell.
    """
    from cchc_office.mail.brought_messages import BroughtMessages  # few have such messages

    brought = BroughtMessages(opened.campaign, opened.returns, register, opened.passwords)
    copied = brought.copied((opened.stamp, opened.passwords))
    return UnconfirmedFiles(register, opened.campaign, copied).in_folder(opened.returns)
