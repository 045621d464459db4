"""The values of a campaign: what the campaign workbook says, what came back, what came of it.

Everything here is frozen and does no I/O. Scores are `Decimal`. Readers make these values,
builders take them.
"""

from cchc_office.model.assignments import *
from cchc_office.model.campaign import *
from cchc_office.model.comparison import *
from cchc_office.model.criteria import *
from cchc_office.model.enclosing_paper import *
from cchc_office.model.index_name import *
from cchc_office.model.results import *
from cchc_office.model.returns import *
from cchc_office.model.scored_rows import *
from cchc_office.model.settings import *
from cchc_office.model.units import *
