"""Templates of plain text, such as the body of an e-mail: the same tags, names and care."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.problems import TemplateProblemError
from cchc_office.word.templates.template import read_template

if TYPE_CHECKING:
    from cchc_office.word.templates.package import Source

TEXT_ENDING = ".txt"


class TextTemplate:
    """A text ready to be filled any number of times; values are not escaped."""

    def __init__(self, path: Path) -> None:
        """Read and prepare the text at `path`, in UTF-8.

        Raises TemplateProblemError where it cannot be read or its tags cannot be used.
        """
        from cchc_office.word.templates.environment import TemplateEnvironment
        from cchc_office.word.templates.prepared import PreparedPart  # slow, and few commands need

        environment = TemplateEnvironment(for_text=True)
        self._part = PreparedPart(text_source(path), environment, path.name)

    def fill(self, values: Mapping[str, Any]) -> str:
        """Return the text with `values` filled in, its lines divided by newlines.

        Raises TemplateProblemError where the template names what is not among `values`, or a value
        cannot be printed.
        """
        text = unicodedata.normalize("NFC", self._part.render(values))
        return text if text.endswith("\n") else f"{text}\n"


def text_source(path: Path) -> Source:
    """Return the text at `path` as a part with tags; raises TemplateProblemError where it cannot.

    Each line is a paragraph.
    """
    from cchc_office.word.templates.package import Source
    from cchc_office.word.templates.tags import Paragraph

    try:
        text = read_template(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        finding = Finding(Code.TEMPLATE_UNREADABLE, path.name, found="tệp chữ phải có mã UTF-8")
        raise TemplateProblemError(finding) from error
    lines = tuple(Paragraph(line, None, None) for line in text.split("\n") if line.strip())
    return Source(path.name, text, lines, head="", has_paragraphs=False)
