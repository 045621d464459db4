"""What each unit should be sent now, held against the papers that lie in the output folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import CchcError, reason_of
from cchc_office.files.file_kind import FileKind
from cchc_office.files.output_folder import OutputFolder, digest_of
from cchc_office.mail.signed_copies import read_copy
from cchc_office.model import Campaign, Unit
from cchc_office.papers.kinds import Basis, PaperKind
from cchc_office.papers.letter_values import form_of_address
from cchc_office.papers.planning import PlannedPaper, planned_papers
from cchc_office.register import Errand, MadePaper
from cchc_office.register.history import finding_about
from cchc_office.returns.reader import read_source
from cchc_office.returns.sources import SourceFile
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import fold, spelling
from cchc_office.word.reading import UnreadableDocumentError, WordDocument, read_word


@dataclass(frozen=True)
class OutgoingPapers:
    """A unit, and the papers that it should be sent; the letter, of this kind, comes first.

    `number` is that of the reminder, or of the round that is to be explained; 0 for tasks.
    """

    unit: Unit
    kind: PaperKind
    papers: tuple[PlannedPaper, ...]
    number: int = 0

    @property
    def errand(self) -> Errand:
        """What goes out, to whom."""
        return self.unit.code, self.kind, self.number


def outgoing_papers(letter: PaperKind, basis: Basis) -> Iterator[OutgoingPapers]:
    """Yield each unit that gets the letter, with all that goes along.

    Where `basis` has no deadline, letters that name any are current. Raises TemplateProblemError
    where a template cannot be used.
    """
    brought = [(along, _by_unit(planned_papers(along.kind, basis))) for along in letter.mail.brings]
    for paper in planned_papers(letter, basis):
        if (unit := paper.unit) is None:
            continue
        others = [
            other
            for along, papers in brought
            if along.when(basis, unit) and (other := papers.get(unit.code) or papers.get(""))
        ]
        yield OutgoingPapers(unit, letter, (paper, *others), paper.number)


def _by_unit(papers: Iterator[PlannedPaper]) -> dict[str, PlannedPaper]:
    """Return papers by their units' codes; one of all units together by none."""
    return {paper.unit.code if paper.unit else "": paper for paper in papers}


@dataclass(frozen=True)
class Attachment:
    """A file to attach; `kind` is None for a PDF that goes beside the letter of which it was made.

    `letter` is the letter for which a signed copy stands.
    """

    name: str
    content: bytes
    kind: PaperKind | None = None
    letter: bytes | None = None

    @property
    def digest(self) -> str:
        """What stands for the paper: signed or not, it is the same letter."""
        return digest_of(self.content if self.letter is None else self.letter)


@dataclass(frozen=True)
class AttachmentCheck:
    """Holds papers against the campaign: whose they are, and whether they are up to date.

    `papers` is what the register knows of papers that were made. With `accepts_old` a paper that a
    person edited may go out though it was made of an older campaign workbook, with
    `accepts_scans` a signed copy whose text no machine can hold against the letter.
    """

    campaign: Campaign
    output: OutputFolder
    papers: tuple[MadePaper, ...] = ()
    accepts_old: bool = False
    accepts_scans: bool = False

    @cached_property
    def _made(self) -> dict[str, set[str]]:
        """The units that content was made for, by its digest."""
        made: dict[str, set[str]] = {}
        for paper in self.papers:
            made.setdefault(paper.digest, set()).add(paper.unit)
        return made

    def attachments(
        self, wanted: OutgoingPapers
    ) -> tuple[tuple[Attachment, ...], tuple[Finding, ...]]:
        """Return what is to be attached; where a finding is an error, nothing may go out."""
        attachments: list[Attachment] = []
        findings: list[Finding] = []
        for paper in wanted.papers:
            path = self.output.path / paper.file
            content = _read(path)
            if content is None:
                findings.append(self._finding(Code.MAIL_PAPER_MISSING, paper.file, wanted, paper))
                continue
            findings += self._check(paper, content, wanted)
            letter, copy = Attachment(path.name, content, paper.kind), path.with_suffix(".pdf")
            if path.suffix != ".docx" or (pdf := _read(copy)) is None:
                attachments.append(letter)
                continue
            name = copy.relative_to(self.output.path).as_posix()
            if self._is_copy(name, pdf, content, wanted.unit):
                attachments += (letter, Attachment(copy.name, pdf))
                continue
            attachments.append(Attachment(copy.name, pdf, paper.kind, content))
            findings.append(self._of_signed(name, pdf, content, wanted, paper))
        return tuple(attachments), tuple(findings)

    def _of_signed(
        self, name: str, pdf: bytes, letter: bytes, wanted: OutgoingPapers, paper: PlannedPaper
    ) -> Finding:
        """Tell of a PDF that a person put beside a letter, to go out in its place."""
        if self.output.written_digest(name) == digest_of(pdf):
            return self._finding(Code.MAIL_PDF_OUTDATED, name, wanted, paper)
        copy = read_copy(pdf)
        why_not = copy.why_not(letter)
        if not why_not or (copy.is_scan and self.accepts_scans):
            return self._finding(Code.MAIL_SIGNED_COPY, name, wanted, paper)
        code = Code.MAIL_SCAN if copy.is_scan else Code.MAIL_PDF_DIFFERS
        return self._finding(code, name, wanted, paper, why_not)

    def _check(
        self, paper: PlannedPaper, content: bytes, wanted: OutgoingPapers
    ) -> Iterator[Finding]:
        digest = digest_of(content)
        if paper.is_made_from(self.output.made_from(digest)):
            return
        made_for = self._made.get(digest, set())
        if paper.unit is None:
            found = ""  # it is everybody's
        elif made_for and wanted.unit.code not in made_for:
            other = self.campaign.find_unit(min(made_for))
            found = f"bản này đã được làm cho {other.name if other else min(made_for)}"
        else:
            found = why_not_of(content, paper.file, self.campaign, wanted.unit)
        if found:
            yield self._finding(Code.MAIL_PAPER_OF_OTHER, paper.file, wanted, paper, found)
            return
        yield self._finding(self._age(paper, digest), paper.file, wanted, paper)

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
        self,
        code: FindingCode,
        file: str,
        wanted: OutgoingPapers,
        paper: PlannedPaper,
        found: str = "",
    ) -> Finding:
        told = finding_about(wanted.unit, code, found or paper.kind.title, paper.kind.command)
        return replace(told, file=file)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CchcError(
            f"Không đọc được {path}: {reason_of(error)}. Đóng tệp đang mở rồi chạy lại."
        ) from error


_ADDRESSEE = "kinh gui"
_MOST_NAMED = 6


def why_not_of(content: bytes, file: str, campaign: Campaign, unit: Unit) -> str:
    """Return in Vietnamese why the file does not, or not surely, belong to `unit`; "" if it does.

    `file` is a letter (.docx) or a form (.xlsx).
    """
    if file.endswith(".docx"):
        return _why_not_letter_of(content, campaign, unit)
    return _why_not_form_of(content, file, campaign, unit)


def _why_not_form_of(content: bytes, file: str, campaign: Campaign, unit: Unit) -> str:
    read = read_source(SourceFile(file, FileKind.XLSX, content), campaign)
    found = read.returned or read.supplement or read.unfilled
    # That nothing is filled in is right for what goes out; links say nothing of whose it is.
    passed_over = (Code.FORM_UNFILLED, Code.RETURN_WITH_LINKS)
    told = [f for f in read.findings if f.code not in passed_over]
    if found is None:
        return told[0].sentence if told else "không nhận ra là phiếu của ai"
    if found.unit != unit.code:
        return f"bên trong là phiếu của {campaign.name_of(found.unit)}"
    return told[0].sentence if told else ""


def _why_not_letter_of(content: bytes, campaign: Campaign, unit: Unit) -> str:
    try:
        document = read_word(content)
    except UnreadableDocumentError as error:
        return f"không đọc được ({error})"
    addressee = spelling(" ".join(_addressees(document)))
    whole = spelling(" ".join(p.text for p in document.paragraphs))
    if not addressee:
        return "không thấy dòng “Kính gửi”"
    others = [u for u in campaign.units if u.code != unit.code and _is_named(u, addressee, unit)]
    if others:
        return f"dòng “Kính gửi” nêu {others[0].name}"
    if not any(name in addressee for name in _names(unit)):
        return f"dòng “Kính gửi” không nêu {unit.name}"
    if spelling(unit.name) not in whole:
        return f"không có chỗ nào nêu {unit.name}"
    if foreign := _rows_of_others(document, campaign, unit):
        rows = some_of(foreign, _MOST_NAMED, "tiêu chí")
        return f"nêu tiêu chí {rows} không giao cho {unit.name}"
    return ""


def _rows_of_others(document: WordDocument, campaign: Campaign, unit: Unit) -> list[str]:
    """Return the codes standing alone, as in a table of tasks, of rows the unit has no part in."""
    own = {criterion.code for criterion in campaign.assigned_to(unit)}
    known = {criterion.code for criterion in campaign.criteria if "." in criterion.code}
    named = dict.fromkeys(paragraph.text.strip() for paragraph in document.paragraphs)
    return [code for code in named if code in known and code not in own]


def _addressees(document: WordDocument) -> list[str]:
    """Return the paragraph that begins with "Kính gửi", and the list under it if it ends there."""
    found: list[str] = []
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        folded = fold(text)
        if folded.startswith(_ADDRESSEE):
            found.append(text.partition(":")[2] or text)
        elif found and text.startswith("-") and not fold(" ".join(found)).strip(" :"):
            found.append(text)
    return found


def _is_named(other: Unit, addressee: str, own: Unit) -> bool:
    """Tell whether a letter addresses another unit; one whose name is part of ours is not."""
    rest = addressee
    for name in sorted(_names(own), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return spelling(other.name) in rest or spelling(form_of_address(other)) in rest


def _names(unit: Unit) -> list[str]:
    return [spelling(n) for n in (form_of_address(unit), unit.name) if n]
