"""Outgoing papers as they lie in the output folder, each held against what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import CchcError, reason_of
from cchc_office.files.output_folder import OutputFolder
from cchc_office.mail.belonging import why_not_of
from cchc_office.mail.outgoing import Outgoing
from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import PaperKind
from cchc_office.papers.planning import PlannedPaper
from cchc_office.register import MadePaper, digest_of


@dataclass(frozen=True)
class Attachment:
    """A file to attach; `kind` is None for a PDF, which is only a copy of the letter."""

    name: str
    content: bytes
    kind: PaperKind | None = None


@dataclass(frozen=True)
class Checker:
    """Holds papers against the campaign: whose they are, and whether they are up to date.

    `papers` is what the register knows of papers that were made. With `accepts_old` a paper that a
    person edited may go out though it was made of an older campaign workbook.
    """

    campaign: Campaign
    output: OutputFolder
    papers: tuple[MadePaper, ...] = ()
    accepts_old: bool = False

    @cached_property
    def _made(self) -> dict[str, set[str]]:
        """The units that content was made for, by its digest."""
        made: dict[str, set[str]] = {}
        for paper in self.papers:
            made.setdefault(paper.digest, set()).add(paper.unit)
        return made

    def attachments(self, outgoing: Outgoing) -> tuple[tuple[Attachment, ...], tuple[Finding, ...]]:
        """Return what is to be attached; where a finding is an error, nothing may go out."""
        attachments: list[Attachment] = []
        findings: list[Finding] = []
        for paper in outgoing.papers:
            path = self.output.path / paper.file
            content = _read(path)
            if content is None:
                findings.append(self._finding(Code.MAIL_PAPER_MISSING, paper.file, outgoing, paper))
                continue
            found = list(self._check(paper, content, outgoing))
            findings += found
            attachments.append(Attachment(path.name, content, paper.kind))
            copy = path.with_suffix(".pdf")
            if path.suffix == ".docx" and (pdf := _read(copy)) is not None:
                name = copy.relative_to(self.output.path).as_posix()
                if not self._is_copy(name, pdf, content, outgoing.unit):
                    findings.append(self._finding(Code.MAIL_PDF_UNCLEAR, name, outgoing, paper))
                attachments.append(Attachment(copy.name, pdf))
        return tuple(attachments), tuple(findings)

    def _check(self, paper: PlannedPaper, content: bytes, outgoing: Outgoing) -> Iterator[Finding]:
        digest = digest_of(content)
        if paper.is_made_from(self.output.made_from(digest)):
            return
        made_for = self._made.get(digest, set())
        if paper.unit is None:
            found = ""  # it is everybody's
        elif made_for and outgoing.unit.code not in made_for:
            other = self.campaign.find_unit(min(made_for))
            found = f"bản này đã được làm cho {other.name if other else min(made_for)}"
        else:
            found = why_not_of(content, paper.file, self.campaign, outgoing.unit)
        if found:
            yield self._finding(Code.MAIL_PAPER_OF_OTHER, paper.file, outgoing, paper, found)
            return
        yield self._finding(self._age(paper, digest), paper.file, outgoing, paper)

    def _age(self, paper: PlannedPaper, digest: str) -> FindingCode:
        written = self.output.written_digest(paper.file)
        if written == digest:
            return Code.MAIL_PAPER_OUTDATED
        if self.accepts_old or paper.is_made_from(self.output.made_from(written)):
            return Code.MAIL_PAPER_EDITED
        return Code.MAIL_PAPER_EDITED_OLD

    def _is_copy(self, name: str, pdf: bytes, letter: bytes, unit: Unit) -> bool:
        """Tell whether a PDF is the one that was made of this letter, unchanged."""
        digest = digest_of(pdf)
        of_letter = self.output.copied_digest(name) == digest_of(letter)
        known = self._made.get(digest) == {unit.code}
        return of_letter and (self.output.written_digest(name) == digest or known)

    def _finding(
        self, code: FindingCode, file: str, outgoing: Outgoing, paper: PlannedPaper, found: str = ""
    ) -> Finding:
        return Finding(
            code,
            file,
            about=outgoing.unit.name,
            found=found or paper.kind.title,
            expected=paper.kind.command,
            unit=outgoing.unit.code,
        )


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CchcError(
            f"Không đọc được {path}: {reason_of(error)}. Đóng tệp đang mở rồi chạy lại."
        ) from error
