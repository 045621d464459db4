"""What marking a document brings back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.files.output_folder import Written


@dataclass(frozen=True)
class Annotated:
    """What `annotate` found, and the copy that it is marked in, None where none was written.

    `told` is what there is to know of the copy.
    """

    original: Path
    findings: tuple[Finding, ...]
    told: tuple[Finding, ...] = ()
    written: Written | None = None

    @property
    def copy(self) -> Path | None:
        """Where the copy is."""
        return None if self.written is None else self.written.path
