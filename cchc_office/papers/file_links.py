"""Links from papers to files that lie in other folders: returned ones, and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_office.model import INSIDE, Evidence, EvidenceFile
from cchc_office.sheets.addresses import quoted_sheet
from cchc_office.sheets.columns import Link
from cchc_office.text.shortening import some_of

_MOST_NAMED = 6


def file_link(returns_path: str, file: str, sheet: str = "", cell: str = "") -> str:
    """Return a link to a returned file's cell, "" where its name cannot stand in one.

    Of a file in an archive it leads to the archive.
    """
    if not returns_path or not file or any(c in file for c in "#%"):
        return ""
    outer, inside, _ = file.partition(INSIDE)
    link = f"external:{returns_path}/{outer}"
    if sheet and cell and not inside:
        link += f"#{quoted_sheet(sheet)}!{cell}"
    return link


@dataclass(frozen=True)
class EvidenceLinks:
    """The evidence files, and the way from a paper's folder to theirs, "" where there is none."""

    evidence: Evidence
    way: str = ""

    def to(self, file: EvidenceFile) -> str:
        """Return the link target of a file."""
        return file_link(self.way, f"{file.unit}/{file.name}")

    def cell(self, files: Sequence[EvidenceFile], text: str = "") -> Link:
        """Return a cell with what stands in it anyway and the names of files.

        It leads to the file or, where there are several, to the folder that they share.
        """
        named = some_of([file.name for file in files], _MOST_NAMED, "tệp", between="; ")
        shown = "\n".join(part for part in (text, f"Tệp: {named}") if part)
        units = {file.unit for file in files}
        if len(files) == 1:
            target = self.to(files[0])
        else:
            target = file_link(self.way, min(units)) if len(units) == 1 else ""
        return Link(shown, target)
