"""Templates that a clerk edits in Word: checked, prepared once, filled in many times.

    template = DocumentTemplate(path)
    content = template.fill({"don_vi": unit, "nhiem_vu": tasks})

docxtpl reads the tags and Jinja fills them in, in its sandbox, with every value escaped; whatever
goes wrong is a finding that names the template, the tag and the words around it.
"""

from cchc_office.word.templates.offers import *
from cchc_office.word.templates.tags import *
from cchc_office.word.templates.template import *
