"""Findings: everything a clerk may be told, as values.

A finding says where (file, sheet, cell), what was found, what was expected and what to do, in the
words that the catalogue has for its code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase

from cchc_office.catalogue import Code, FindingCode, Severity
from cchc_office.catalogue.text_place import TextPlace
from cchc_office.text.command_line import program, with_arguments

__all__ = [
    "Code",
    "Finding",
    "FindingCode",
    "Severity",
    "TextPlace",
    "has_errors",
    "need_a_person",
]

_LONGEST_QUOTE = 500
_END_OF_QUOTE = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing for a clerk to know: where, what was found, what was expected, what to do.

    `file` is the file's name (no folder), `sheet` and `cell` are as Excel writes them; empty where
    a finding concerns the whole. `about` names the criterion, unit or tag in question, `unit` is
    the code of the unit whose return it is, `criterion` the id of the row. In a Word document
    `passage` holds the first words of the paragraph, or those around the place, and `places` all
    that share the finding; `clause` is the rule that it rests on. `in_document` tells
    that the sheet is a table of a Word or PDF document, of whose cell people only see the row.
    `seen_at` is the cell where a clerk says that it was looked at and is right.
    """

    code: FindingCode
    file: str = ""
    sheet: str = ""
    cell: str = ""
    about: str = ""
    found: str = ""
    expected: str = ""
    candidates: tuple[str, ...] = ()
    unit: str = ""
    criterion: str = ""
    passage: str = ""
    places: tuple[TextPlace, ...] = ()
    clause: str = ""
    in_document: bool = False
    seen_at: str = ""

    @property
    def severity(self) -> Severity:
        """How much this finding asks of the clerk."""
        return self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether something could not be used because of this."""
        return self.severity is Severity.ERROR

    @property
    def more(self) -> int:
        """How many places of a Word document share it, beside the first."""
        return max(0, len(self.places) - 1)

    def at(self, place: TextPlace) -> Finding:
        """Return what it says of one of its places."""
        return replace(
            self,
            about=place.about or self.about,
            found=place.found or self.found,
            passage=place.passage,
            places=(place,),
        )

    @property
    def place(self) -> str:
        """File, sheet and cell, table and row, or the words nearby, in words."""
        parts = [self.file] if self.file else []
        if self.sheet:
            name = _shown(self.sheet)
            parts.append(name if self.in_document else f"trang “{name}”")
        if self.cell:
            row = self.cell.lstrip(ascii_uppercase)
            parts.append(f"dòng {row}" if self.in_document else f"ô {self.cell}")
        if self.places and self.places[0].page:
            parts.append(f"trang {self.places[0].page}")
        if self.passage:
            others = f" và {self.more} chỗ khác" if self.more else ""
            parts.append(f"đoạn “{self.passage}”{others}")
        elif self.places and self.places[0].edge:
            parts.append(self.places[0].where)
        return ", ".join(parts)

    @property
    def sentence(self) -> str:
        """What is the matter, in one Vietnamese sentence."""
        return self._fill(self.code.sentence)

    @property
    def advice(self) -> str:
        """What to do next."""
        return with_arguments(self._fill(self.code.advice).strip())

    @property
    def demand(self) -> str:
        """What the unit is asked to mend; empty where it owes nothing."""
        return self._fill(self.code.demand)

    def _fill(self, template: str) -> str:
        values = {
            "about": _shown(self.about),
            "found": _shown(self.found),
            "expected": _shown(self.expected),
            "candidates": ", ".join(f"“{_shown(c)}”" for c in self.candidates) or "không có",
            "clause": self.clause,
            "seen_at": self.seen_at,
        }
        for name, value in values.items():
            if value.endswith("."):  # a row's name may be a sentence: one full stop ends both
                template = template.replace(f"{{{name}}}.", f"{{{name}}}")
        return template.format(**values, cchc=program() if "{cchc}" in template else "")


def _shown(text: str) -> str:
    """Return what is quoted as it stands in a sentence: a cell may hold pages."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[: _LONGEST_QUOTE - _END_OF_QUOTE]}…{text[-_END_OF_QUOTE:]}"


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any finding is an error, so that papers must wait."""
    return any(f.severity is Severity.ERROR for f in findings)


def need_a_person(findings: tuple[Finding, ...]) -> bool:
    """Tell whether any finding asks a person to look (exit status 1)."""
    return any(f.severity is not Severity.NOTE for f in findings)
