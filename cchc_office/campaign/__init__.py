"""The campaign workbook: reading it, and starting one."""

from cchc_office.campaign.folder import *
from cchc_office.campaign.reader import *
