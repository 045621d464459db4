"""The values within what jobs bring back, for who shows them."""

from cchc_office.files.output_folder import Written as Written
from cchc_office.mail.settings import SETTINGS_FILE as SETTINGS_FILE
from cchc_office.papers.kinds import *
from cchc_office.register.events import Event as Event
from cchc_office.register.tracking import *
from cchc_office.register.values import *
from cchc_office.results.progress import *
from cchc_office.results.ranking import sums_by_row as sums_by_row
from cchc_office.returns.read_memory import *
from cchc_office.steps.year_steps import *
