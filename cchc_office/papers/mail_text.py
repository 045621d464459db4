"""The body of the e-mail that brings a unit its papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import PaperKind, letters
from cchc_office.papers.letter_values import MESSAGE_NAMES, message_values
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, TextTemplate

OFFERS: Names = {
    **MESSAGE_NAMES,
    **dict.fromkeys((letter.mail.flag for letter in letters()), FLAG),
    "tep_dinh_kem": ListOf(TEXT),
    "phieu_gui_kem": TEXT,
}


def build_mail_text(
    campaign: Campaign,
    unit: Unit,
    letter: PaperKind,
    attachments: Sequence[str],
    template: TextTemplate,
) -> str:
    """Return the text of the e-mail that brings a letter, which has the files named attached."""
    values: dict[str, Any] = {each.mail.flag: each is letter for each in letters()}
    values["tep_dinh_kem"] = list(attachments)
    values["phieu_gui_kem"] = next((n for n in attachments if n.endswith(".xlsx")), "")
    return template.fill(message_values(campaign, unit) | values)
