"""Gathering what was found: one finding for each kind of breach, with how often it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cchc_office.catalogue.findings import Finding, FindingCode
from cchc_office.decree30.checker._lines import Line
from cchc_office.decree30.figures import RULES, Part
from cchc_office.text.vietnamese import clean_line
from cchc_office.word.reading import Paragraph

_PASSAGE = 50


@dataclass
class Breaches:
    """The findings of one document, in the order in which they were met."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: FindingCode,
        at: Line | Paragraph | None,
        law: str | Part,
        *,
        about: str = "",
        found: str = "",
        expected: str = "",
    ) -> None:
        """Note a finding at a line or paragraph, or of the whole document.

        `law` is the clause that it rests on, or the part that the finding is about, whose rule is
        broken. One that says the same of several paragraphs names the first, and counts the others.
        """
        if isinstance(law, Part):
            about = law.value
        clause = RULES[law].clause if isinstance(law, Part) else law
        finding = Finding(
            code, self.file, about=about, found=found, expected=expected, clause=clause
        )
        for index, other in enumerate(self.findings):
            if replace(other, passage="", more=0) == finding:
                self.findings[index] = replace(other, more=other.more + 1)
                return
        self.findings.append(replace(finding, passage=passage_of(at)))


def passage_of(at: Line | Paragraph | None) -> str:
    """Return the first words of a line or paragraph."""
    if at is None:
        return ""
    text = clean_line(at.text)
    if len(text) <= _PASSAGE:
        return text
    return text[:_PASSAGE].rsplit(" ", 1)[0] + "…"
