"""The catalogue: everything a clerk may be told, by code, with its one Vietnamese sentence.

The sentences stand in this folder and nowhere else, a module for each thing that can be looked
at; `docs/thong-bao.md` has a section for each code.
"""

from __future__ import annotations

from cchc_office.catalogue._appraisal import AppraisalCodes
from cchc_office.catalogue._campaign_settings import CampaignSettingsCodes
from cchc_office.catalogue._campaign_workbook import CampaignWorkbookCodes
from cchc_office.catalogue._code import FindingCode, Severity
from cchc_office.catalogue._criteria_sets import CriteriaSetsCodes
from cchc_office.catalogue._declared_figures import DeclaredFiguresCodes
from cchc_office.catalogue._decree30 import Decree30Codes
from cchc_office.catalogue._decree30_fixing import Decree30FixingCodes
from cchc_office.catalogue._decree30_text import Decree30TextCodes
from cchc_office.catalogue._earlier import EarlierReportCodes
from cchc_office.catalogue._importing import ImportingCodes
from cchc_office.catalogue._incoming_file import IncomingFileCodes
from cchc_office.catalogue._mail_in import MailInCodes
from cchc_office.catalogue._mail_out import MailOutCodes
from cchc_office.catalogue._misleading_text import MisleadingTextCodes
from cchc_office.catalogue._office_files import OfficeFilesCodes
from cchc_office.catalogue._returned_file import ReturnedFileCodes
from cchc_office.catalogue._returned_form import ReturnedFormCodes
from cchc_office.catalogue._rules import ScoringRulesCodes
from cchc_office.catalogue._survey import SurveySheetCodes
from cchc_office.catalogue._template import DocumentTemplateCodes

__all__ = ["Code", "FindingCode", "Severity", "every_code"]


class Code(
    CampaignWorkbookCodes,
    CampaignSettingsCodes,
    ScoringRulesCodes,
    SurveySheetCodes,
    ImportingCodes,
    OfficeFilesCodes,
    DocumentTemplateCodes,
    IncomingFileCodes,
    ReturnedFileCodes,
    ReturnedFormCodes,
    MisleadingTextCodes,
    DeclaredFiguresCodes,
    EarlierReportCodes,
    CriteriaSetsCodes,
    AppraisalCodes,
    Decree30Codes,
    Decree30FixingCodes,
    Decree30TextCodes,
    MailOutCodes,
    MailInCodes,
):
    """All codes by name, in the order of the page that explains them: `Code.MISSING_SHEET`."""


def every_code() -> tuple[FindingCode, ...]:
    """Return all codes of the catalogue, in the order of `Code`."""
    return tuple(
        code
        for part in Code.__bases__
        for code in vars(part).values()
        if isinstance(code, FindingCode)
    )
