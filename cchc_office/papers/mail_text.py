"""The body of the e-mail that brings a unit its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import PaperKind, letters
from cchc_office.papers.letter_values import MESSAGE_NAMES, message_values
from cchc_office.text.vietnamese import official
from cchc_office.word.templates import FLAG, TEXT, ListOf, Names, TextTemplate

OFFERS: Names = {
    **MESSAGE_NAMES,
    **dict.fromkeys((letter.mail.flag for letter in letters()), FLAG),
    "tep_dinh_kem": ListOf(TEXT),
    **dict.fromkeys(("phieu_gui_kem", "thay_cho"), TEXT),
}


def build_mail_text(
    campaign: Campaign,
    unit: Unit,
    letter: PaperKind,
    attachments: Sequence[str],
    template: TextTemplate,
    replaces: dt.date | None = None,
) -> str:
    """Return the text of the e-mail that brings a letter, which has the files named attached.

    `replaces` is the day on which the unit was given what these take the place of.
    """
    values: dict[str, Any] = {each.mail.flag: each is letter for each in letters()}
    values["tep_dinh_kem"] = list(attachments)
    values["phieu_gui_kem"] = next((n for n in attachments if n.endswith(".xlsx")), "")
    values["thay_cho"] = official(replaces).in_words if replaces else ""
    return template.fill(message_values(campaign, unit) | values)
