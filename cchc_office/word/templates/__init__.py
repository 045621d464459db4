"""Templates that a clerk edits in Word: checked, prepared once, filled in many times.

    template = DocumentTemplate(path)
    content = template.fill({"don_vi": unit, "nhiem_vu": tasks})

docxtpl reads the tags and Jinja fills them in, in its sandbox, with every value escaped; whatever
goes wrong is a finding that names the template, the tag and the words around it.
"""

from __future__ import annotations

from cchc_office.word.templates.checking import check_template
from cchc_office.word.templates.filters import FILTERS
from cchc_office.word.templates.kinds import (
    ANYTHING,
    FLAG,
    NUMBER,
    PICTURE,
    TEXT,
    Kind,
    ListOf,
    Names,
    Record,
    record_of,
)
from cchc_office.word.templates.problems import TemplateProblemError
from cchc_office.word.templates.template import DocumentTemplate
from cchc_office.word.templates.text_template import TextTemplate
from cchc_office.word.templates.values import Picture

__all__ = [
    "ANYTHING",
    "FILTERS",
    "FLAG",
    "NUMBER",
    "PICTURE",
    "TEXT",
    "DocumentTemplate",
    "Kind",
    "ListOf",
    "Names",
    "Picture",
    "Record",
    "TemplateProblemError",
    "TextTemplate",
    "check_template",
    "record_of",
]
