"""Opening spreadsheets from outside, whatever program saved them, without being hurt by one."""

from cchc_office.sheets.reading.opening import *
from cchc_office.sheets.reading.values import *
