"""The campaign workbook: reading it, and starting one."""

from cchc_office.campaign.reader import *
from cchc_office.campaign.starting import *
