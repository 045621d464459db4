"""The findings about one form, as they are made."""

from __future__ import annotations

from cchc_office.findings import Code, Finding
from cchc_office.model import Criterion


class FormLog:
    """Collects findings that all concern the same sheet of the same unit's file."""

    def __init__(self, file: str, unit: str, sheet: str) -> None:
        """Take the file's name for people, the unit's code and the sheet's name."""
        self.file = file
        self._unit = unit
        self._sheet = sheet
        self.findings: list[Finding] = []

    def note(
        self,
        code: Code,
        cell: str = "",
        *,
        criterion: Criterion | None = None,
        about: str = "",
        found: str = "",
        expected: str = "",
        candidates: tuple[str, ...] = (),
    ) -> None:
        """Add a finding at `cell`, about a row of the criteria where one is given."""
        finding = Finding(
            code,
            self.file,
            self._sheet if cell else "",
            cell,
            about=criterion.label if criterion else about,
            found=found,
            expected=expected,
            candidates=candidates,
            unit=self._unit,
            criterion=criterion.id if criterion else "",
        )
        self.findings.append(finding)
