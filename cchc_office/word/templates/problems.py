"""What is wrong with a template, and the names that a wrong one is nearest to."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.text.vietnamese import fold
from cchc_office.word.templates.tags import Tag

_MOST_CANDIDATES = 3
_LIKENESS = 0.6


class TemplateProblemError(Exception):
    """A template cannot be used as it stands, or not with these values; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].sentence)
        self.findings = findings

    @property
    def finding(self) -> Finding:
        """The first of the findings."""
        return self.findings[0]


def at_tag(
    code: FindingCode,
    file: str,
    tag: Tag,
    found: str = "",
    expected: str = "",
    candidates: tuple[str, ...] = (),
) -> Finding:
    """Return a finding about a tag, placed by the words around it."""
    return Finding(
        code,
        file,
        about=tag.text,
        found=found,
        expected=expected,
        candidates=candidates,
        passage=tag.near,
    )


def unknown_name(file: str, tag: Tag, name: str, candidates: tuple[str, ...]) -> Finding:
    """Return the finding for a name that is not there."""
    code = Code.TEMPLATE_NAME_MISSPELT if candidates else Code.TEMPLATE_NAME_UNKNOWN
    return at_tag(code, file, tag, found=name, candidates=candidates)


def damaged(file: str) -> Finding:
    """Return the finding for a file that is no whole Word document."""
    reason = "tệp không phải là văn bản Word nguyên vẹn"
    return Finding(Code.TEMPLATE_UNREADABLE, file, found=reason)


def nearest(wrong: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names that `wrong` was probably meant to be, the likeliest first."""
    by_form: dict[str, list[str]] = {}
    for name in known:
        by_form.setdefault(_form(name), []).append(name)
        # Whoever forgot the object in front meant its part.
        by_form.setdefault(_form(name.rpartition(".")[2]), []).append(name)
    forms = difflib.get_close_matches(_form(wrong), by_form, _MOST_CANDIDATES, _LIKENESS)
    found = dict.fromkeys(name for form in forms for name in by_form[form])
    return tuple(found)[:_MOST_CANDIDATES]


def _form(name: str) -> str:
    return fold(name).replace("_", "").replace(" ", "")


def too_deep(file: str) -> Finding:
    """Return the finding for tags nested so deep that Python gives up."""
    found = "các thẻ lồng vào nhau quá nhiều tầng"
    return Finding(Code.TEMPLATE_SYNTAX, file, found=found)
