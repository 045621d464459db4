"""The public names, declared once: `cchc_office` takes them from here when one is first used."""

from cchc_office.campaign import load_campaign as load_campaign
from cchc_office.catalogue.findings import Code as Code
from cchc_office.catalogue.findings import Finding as Finding
from cchc_office.catalogue.findings import Severity as Severity
from cchc_office.errors import CampaignError as CampaignError
from cchc_office.errors import CchcError as CchcError
from cchc_office.errors import NotSeenError as NotSeenError
from cchc_office.errors import UsageError as UsageError
from cchc_office.model import Campaign as Campaign
from cchc_office.model import Consolidation as Consolidation
from cchc_office.model import Question as Question
from cchc_office.model import ReadFile as ReadFile
from cchc_office.model import Returns as Returns
from cchc_office.register import RegisterError as RegisterError
from cchc_office.register import read_register as read_register
from cchc_office.results.consolidation import consolidate as consolidate
from cchc_office.results.progress import RoundProgress as RoundProgress
from cchc_office.results.progress import progress_of_rounds as progress_of_rounds
from cchc_office.returns import gather_returns as gather_returns
from cchc_office.returns import read_returns as read_returns
from cchc_office.returns import return_files as return_files
from cchc_office.steps.campaign_folder import CampaignFolder as CampaignFolder
from cchc_office.steps.campaign_folder import open_campaign as open_campaign
from cchc_office.steps.criteria_comparison import compare_criteria as compare_criteria
from cchc_office.steps.decree_check import check_documents as check_documents
from cchc_office.steps.starting import start_campaign as start_campaign
