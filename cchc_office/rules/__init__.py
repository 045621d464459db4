"""Rules of scoring: from the words in "Cách chấm" to a score."""

from cchc_office.rules.computing import *
from cchc_office.rules.formulas import *
from cchc_office.rules.parse import *
from cchc_office.rules.telling import *
from cchc_office.rules.values import *
