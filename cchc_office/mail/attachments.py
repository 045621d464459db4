"""The papers of an errand as they lie in the output folder, each held against what it should be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_office.errors import CchcError
from cchc_office.files import OutputFolder
from cchc_office.findings import Code, Finding
from cchc_office.mail.belonging import why_not_of
from cchc_office.mail.errands import Errand, WantedPaper
from cchc_office.mail.register import MadePaper, PaperKind, digest_of
from cchc_office.model import Campaign, Unit

_HOW_MADE = {
    PaperKind.TASKS: "cchc cong-van",
    PaperKind.FORM: "cchc phieu-cham",
    PaperKind.REMINDER: "cchc don-doc",
    PaperKind.EXPLANATION: "cchc giai-trinh",
    PaperKind.SUPPLEMENT: "cchc giai-trinh",
}


@dataclass(frozen=True)
class Attachment:
    """A file to attach; `kind` is None for a PDF, which is only a copy of the letter."""

    name: str
    content: bytes
    kind: PaperKind | None = None


@dataclass(frozen=True)
class Checker:
    """Holds papers against the campaign: whose they are, and whether they are up to date.

    `made` is what the register knows of papers, by digest. `workbook_changed` is when the campaign
    workbook was last changed, for papers of which nothing else tells their age. With `accepts_old`
    a paper that a person edited may go out though it was made of an older campaign workbook.
    """

    campaign: Campaign
    output: OutputFolder
    made: dict[str, tuple[MadePaper, ...]]
    workbook_changed: dt.datetime
    accepts_old: bool = False

    def attachments(self, errand: Errand) -> tuple[tuple[Attachment, ...], tuple[Finding, ...]]:
        """Return what is to be attached; where a finding is an error, nothing may go out."""
        attachments: list[Attachment] = []
        findings: list[Finding] = []
        for paper in errand.papers:
            path = self.output.path / paper.file
            content = _read(path)
            if content is None:
                findings.append(self._finding(Code.MAIL_PAPER_MISSING, paper.file, errand, paper))
                continue
            found = list(self._check(paper, content, errand))
            findings += found
            attachments.append(Attachment(path.name, content, paper.kind))
            copy = path.with_suffix(".pdf")
            if paper.kind is not PaperKind.FORM and (pdf := _read(copy)) is not None:
                name = copy.relative_to(self.output.path).as_posix()
                if not self._is_copy(name, pdf, content, errand.unit):
                    findings.append(self._finding(Code.MAIL_PDF_UNCLEAR, name, errand, paper))
                attachments.append(Attachment(copy.name, pdf))
        return tuple(attachments), tuple(findings)

    def _check(self, paper: WantedPaper, content: bytes, errand: Errand) -> Iterator[Finding]:
        digest = digest_of(content)
        if paper.current is not None and digest in paper.current:
            return
        made_for = {known.unit for known in self.made.get(digest, ())}
        if made_for and errand.unit.code not in made_for:
            other = self.campaign.find_unit(min(made_for))
            found = f"bản này đã được làm cho {other.name if other else min(made_for)}"
        else:
            found = why_not_of(content, paper.file, self.campaign, errand.unit)
        if found:
            yield self._finding(Code.MAIL_PAPER_OF_OTHER, paper.file, errand, paper, found)
            return
        if (code := self._age(paper, digest)) is not None:
            yield self._finding(code, paper.file, errand, paper)

    def _age(self, paper: WantedPaper, digest: str) -> Code | None:
        written = self.output.written_digest(paper.file)
        if paper.current is None:
            changed = (self.output.path / paper.file).stat().st_mtime
            is_old = changed < self.workbook_changed.timestamp()
            return Code.MAIL_PAPER_OUTDATED if is_old else None
        if written == digest:
            return Code.MAIL_PAPER_OUTDATED
        if written in paper.current or self.accepts_old:
            return Code.MAIL_PAPER_EDITED
        return Code.MAIL_PAPER_EDITED_OLD

    def _is_copy(self, name: str, pdf: bytes, letter: bytes, unit: Unit) -> bool:
        """Tell whether a PDF is the one that was made of this letter, unchanged."""
        digest = digest_of(pdf)
        of_letter = self.output.copied_digest(name) == digest_of(letter)
        known = {paper.unit for paper in self.made.get(digest, ())} == {unit.code}
        return of_letter and (self.output.written_digest(name) == digest or known)

    def _finding(
        self, code: Code, file: str, errand: Errand, paper: WantedPaper, found: str = ""
    ) -> Finding:
        return Finding(
            code,
            file,
            about=errand.unit.name,
            found=found or paper.kind.value,
            expected=_HOW_MADE[paper.kind],
            unit=errand.unit.code,
        )


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CchcError(
            f"Không đọc được {path}: {error.strerror or error}. Đóng tệp đang mở rồi chạy lại."
        ) from error
