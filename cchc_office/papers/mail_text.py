"""The body of the e-mail that brings a unit its papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_office.model import Campaign, MailKind, Unit
from cchc_office.papers.unit_values import unit_values
from cchc_office.word.templates import TextTemplate

MAIL_TEMPLATE = "thu-gui-kem.txt"


def build_mail_text(
    campaign: Campaign,
    unit: Unit,
    kind: MailKind,
    attachments: Sequence[str],
    template: TextTemplate,
) -> str:
    """Return the text of the e-mail of this kind, which has the files named attached."""
    info = campaign.info
    values: dict[str, Any] = {
        "nam": str(info.year),
        "ky_trong_ngoac": f" (kỳ {info.period})" if info.period else "",
        "co_quan": info.agency,
        "dau_moi": info.contact or info.agency,
        "la_giao_viec": kind is MailKind.TASKS,
        "la_don_doc": kind is MailKind.REMINDER,
        "la_giai_trinh": kind is MailKind.EXPLANATION,
        "tep_dinh_kem": list(attachments),
        "phieu_gui_kem": next((n for n in attachments if n.endswith(".xlsx")), ""),
    }
    return template.fill(values | unit_values(campaign, unit))
