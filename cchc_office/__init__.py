"""Chỉ số cải cách hành chính: one workbook in, every paper out, every return read back.

What a script imports; see docs/thu-vien.md.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_office.campaign import load_campaign, start_campaign
    from cchc_office.catalogue.findings import Code, Finding, Severity
    from cchc_office.decree30 import check_document
    from cchc_office.errors import CampaignError, CchcError, NotSeenError
    from cchc_office.files.output_folder import OutputFolder
    from cchc_office.model import (
        Campaign,
        Consolidation,
        Question,
        ReadFile,
        Returns,
    )
    from cchc_office.register import read_register
    from cchc_office.results.consolidation import consolidate
    from cchc_office.results.progress import RoundProgress, progress_of_rounds
    from cchc_office.returns import gather_returns, read_returns, return_files
    from cchc_office.steps.appraisal import write_appraisal, write_explanations
    from cchc_office.steps.papers import (
        mail_text,
        write_assignment_table,
        write_dispatches,
        write_explanation_requests,
        write_forms,
        write_pdfs,
        write_reminders,
        write_report,
    )

_HOMES = {
    "cchc_office.steps.appraisal": ("write_appraisal", "write_explanations"),
    "cchc_office.campaign": ("load_campaign", "start_campaign"),
    "cchc_office.decree30": ("check_document",),
    "cchc_office.errors": ("CampaignError", "CchcError", "NotSeenError"),
    "cchc_office.files.output_folder": ("OutputFolder",),
    "cchc_office.catalogue.findings": ("Code", "Finding", "Severity"),
    "cchc_office.register": ("read_register",),
    "cchc_office.model": (
        "Campaign",
        "Consolidation",
        "Question",
        "ReadFile",
        "Returns",
    ),
    "cchc_office.results.progress": ("RoundProgress", "progress_of_rounds"),
    "cchc_office.results.consolidation": ("consolidate",),
    "cchc_office.returns": ("gather_returns", "read_returns", "return_files"),
    "cchc_office.steps.papers": (
        "mail_text",
        "write_assignment_table",
        "write_dispatches",
        "write_explanation_requests",
        "write_forms",
        "write_pdfs",
        "write_reminders",
        "write_report",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Campaign",
    "CampaignError",
    "CchcError",
    "Code",
    "Consolidation",
    "Finding",
    "NotSeenError",
    "OutputFolder",
    "Question",
    "ReadFile",
    "Returns",
    "RoundProgress",
    "Severity",
    "check_document",
    "consolidate",
    "gather_returns",
    "load_campaign",
    "mail_text",
    "progress_of_rounds",
    "read_register",
    "read_returns",
    "return_files",
    "start_campaign",
    "write_appraisal",
    "write_assignment_table",
    "write_dispatches",
    "write_explanation_requests",
    "write_explanations",
    "write_forms",
    "write_pdfs",
    "write_reminders",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """Load a name when it is first used, so that the command line starts fast."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME_OF[name]), name)
