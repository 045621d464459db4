"""The findings about one form, as they are made."""

from __future__ import annotations

from cchc_office.catalogue.findings import Finding, FindingCode
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
        code: FindingCode,
        cell: str = "",
        *,
        criterion: Criterion | None = None,
        about: str = "",
        found: str = "",
        expected: str = "",
        candidates: tuple[str, ...] = (),
        unit: str = "",
    ) -> None:
        """Add a finding at `cell`, about a row of the criteria where one is given.

        `about` is said instead of the row's label, `unit` instead of the file's unit.
        """
        finding = Finding(
            code,
            self.file,
            self._sheet if cell else "",
            cell,
            about=about or (criterion.label if criterion else ""),
            found=found,
            expected=expected,
            candidates=candidates,
            unit=unit or self._unit,
            criterion=criterion.id if criterion else "",
        )
        self.findings.append(finding)

    def tell_once(self, code: FindingCode, instead: FindingCode | None) -> None:
        """Tell once for the file what was told cell by cell, or (None) no more at all."""
        kept = [finding for finding in self.findings if finding.code is not code]
        if len(kept) == len(self.findings):
            return
        self.findings[:] = kept
        if instead:
            self.note(instead)
