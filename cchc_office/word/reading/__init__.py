"""Word documents as values, read with the formatting that Word would show.

All that a document says as a source (`contents.py`) few need: it is loaded by whoever does.
"""

from cchc_office.word.reading.package import *
from cchc_office.word.reading.reader import *
from cchc_office.word.reading.values import *
