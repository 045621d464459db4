"""Document templates as the rest of the program sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.word.templates.problems import TemplateProblemError


class DocumentTemplate:
    """A template ready to be filled any number of times."""

    def __init__(self, path: Path, change: Callable[[bytes], bytes] | None = None) -> None:
        """Read and prepare the template at `path`, after `change` was made to its content.

        Raises TemplateProblemError where it is damaged or its tags cannot be used.
        """
        from cchc_office.word.templates.prepared import (
            PreparedTemplate,  # slow, and few commands need
        )

        content = read_template(path)
        self._prepared = PreparedTemplate(path.name, content)
        changed = change(content) if change else content
        if changed != content:
            self._prepared = PreparedTemplate(path.name, changed)

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """Return the document with `values` filled in.

        Raises TemplateProblemError where the template names what is not among `values`, or a value
        cannot be printed.
        """
        return self._prepared.fill(values)


def read_template(path: Path) -> bytes:
    """Return the bytes of a template; raises TemplateProblemError where that fails."""
    from cchc_office.word.reading import transitional  # loads lxml

    try:
        return transitional(path.read_bytes())
    except OSError as error:
        reason = "không có tệp này" if isinstance(error, FileNotFoundError) else "tệp không mở được"
        finding = Finding(Code.TEMPLATE_UNREADABLE, path.name, found=reason)
        raise TemplateProblemError(finding) from error
