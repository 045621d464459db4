"""Word documents as values, read with the formatting that Word would show."""

from cchc_office.word.reading.contents import *
from cchc_office.word.reading.package import *
from cchc_office.word.reading.passages import *
from cchc_office.word.reading.reader import *
from cchc_office.word.reading.tables import *
from cchc_office.word.reading.values import *
