"""Templates as the rest of the program sees them; the first one loads docxtpl and Jinja."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cchc_office.catalogue.findings import Finding
from cchc_office.word.templates.offers import Names


class DocumentTemplate:
    """A template ready to be filled any number of times."""

    def __init__(self, path: Path, change: Callable[[bytes], bytes] | None = None) -> None:
        """Read and prepare the template at `path`, after `change` was made to its content.

        Raises TemplateProblemError where it is damaged or its tags cannot be used.
        """
        from cchc_office.word.templates.filling import prepared_template
        from cchc_office.word.templates.package import read_template

        content = read_template(path)
        self._prepared = prepared_template(path.name, content)
        changed = change(content) if change else content
        if changed != content:
            self._prepared = prepared_template(path.name, changed)

    @property
    def names(self) -> frozenset[str]:
        """The names that its tags use."""
        return self._prepared.names

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """Return the document with `values` filled in.

        Raises TemplateProblemError where the template names what is not among `values`, or a value
        cannot be printed.
        """
        return self._prepared.fill(values)


class TextTemplate:
    """A text ready to be filled any number of times; values are not escaped."""

    def __init__(self, path: Path) -> None:
        """Read and prepare the text at `path`, in UTF-8.

        Raises TemplateProblemError where it cannot be read or its tags cannot be used.
        """
        from cchc_office.word.templates.environment import TemplateEnvironment
        from cchc_office.word.templates.filling import PreparedPart
        from cchc_office.word.templates.package import text_source

        environment = TemplateEnvironment(for_text=True)
        self._part = PreparedPart(text_source(path), environment, path.name)

    @property
    def names(self) -> frozenset[str]:
        """The names that its tags use."""
        return self._part.names

    def fill(self, values: Mapping[str, Any]) -> str:
        """Return the text with `values` filled in, its lines divided by newlines.

        Raises TemplateProblemError where the template names what is not among `values`, or a value
        cannot be printed.
        """
        text = unicodedata.normalize("NFC", self._part.render(values))
        return text if text.endswith("\n") else f"{text}\n"


def check_template(path: Path, names: Names) -> list[Finding]:
    """Return all that is wrong with the template at `path`, which is offered `names`."""
    from cchc_office.word.templates.checking import findings_of

    return findings_of(path, names)
