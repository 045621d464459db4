"""One letter looked through before any is made: built, held against Decree 30, written nowhere."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cchc_office.catalogue.findings import Code, Finding, has_errors
from cchc_office.decree30.checker import check_content
from cchc_office.errors import NotSeenError
from cchc_office.files.libreoffice import find_libreoffice
from cchc_office.files.output_folder import Paper, digest_of
from cchc_office.files.whole_writing import write_whole
from cchc_office.model import Unit
from cchc_office.papers.kinds import EXPLANATION, REMINDER, SHORT_REMINDER, PaperKind
from cchc_office.papers.pdf import make_pdfs
from cchc_office.steps import papers
from cchc_office.steps.brought_back import BroughtBack
from cchc_office.steps.job import Job
from cchc_office.steps.opened import Opened

if TYPE_CHECKING:
    from cchc_office.steps.campaign_state import CampaignState


_LOOKED_AT = "cchc-xem-thu-"


@dataclass(frozen=True, kw_only=True, repr=False)
class Preview(BroughtBack):
    """A letter as its unit would get it; `content` is its DOCX, empty where none is to be made.

    `file` is where it is to lie below the output folder, `short` the few words for a telephone that
    go with a reminder. `is_edited` tells that the content is what a person made of it there.
    `breaches` are what Decree 30 finds in it, `findings` all that there is to know; `pdf` is empty
    where none was asked for, or none could be made.
    """

    unit: Unit
    kind: PaperKind
    file: str = ""
    content: bytes = b""
    short: str = ""
    is_edited: bool = False
    breaches: tuple[Finding, ...] = ()
    pdf: bytes = b""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.file).name

    @property
    def came_out(self) -> bool:
        """Whether there is a letter."""
        return bool(self.content)

    @property
    def digest(self) -> str:
        """What the content is known by."""
        return digest_of(self.content)

    @property
    def words(self) -> str:
        """Whether it is as the decree has it."""
        if not self.content:
            return f"không có {self.kind.title} cho {self.unit.name}"
        wrong = sum(finding.is_error for finding in self.breaches)
        others = len(self.breaches) - wrong
        told = [f"{wrong} lỗi thể thức"] if wrong else []
        told += [f"{others} chỗ cần xem"] if others else []
        return ", ".join(told) or "không thấy chỗ nào sai thể thức"

    def save(self, folder: Path) -> tuple[Path, ...]:
        """Write it into a folder, for a look: the Word document, and the PDF if there is one."""
        path = folder / self.name
        made = ((path, self.content), (path.with_suffix(".pdf"), self.pdf))
        for place, content in made:
            if content:
                write_whole(place, content)
        return tuple(place for place, content in made if content)

    def save_for_a_look(self) -> tuple[Path, ...]:
        """Write it into a new folder among what is temporary, in place of what was looked at last.

        What is open elsewhere stays until the next time.
        """
        for before in Path(tempfile.gettempdir()).glob(f"{_LOOKED_AT}*"):
            shutil.rmtree(before, ignore_errors=True)
        return self.save(Path(tempfile.mkdtemp(prefix=_LOOKED_AT))) if self.content else ()

    def with_pdf(self) -> Preview:
        """Return it with a PDF of it, or with the finding that tells why there is none."""
        if not self.content:
            return self
        program = find_libreoffice()
        if program is None:
            return replace(self, findings=(*self.findings, Finding(Code.NO_LIBREOFFICE)))
        with tempfile.TemporaryDirectory(prefix="cchc-xem-") as folder:
            document = Path(folder) / self.name
            document.write_bytes(self.content)
            (made,) = make_pdfs([document], program)
        if made.content is None:
            why = Finding(Code.PDF_NOT_MADE, file=self.file, found=made.reason)
            return replace(self, findings=(*self.findings, why))
        return replace(self, pdf=made.content)


def can_make_pdf() -> bool:
    """Tell whether this computer can turn a letter to PDF."""
    return find_libreoffice() is not None


class _Looking(Job):
    """A job that keeps what it would write, for one unit."""

    def __init__(self, opened: Opened, unit: Unit) -> None:
        super().__init__(opened, frozenset((unit.code,)))
        self.built: dict[str, bytes] = {}

    def write(
        self,
        folder: str,  # noqa: ARG002 - nothing is written
        papers: list[Paper],
        keep: Iterable[str] = (),  # noqa: ARG002
    ) -> None:
        """Keep the papers; no folder is touched."""
        self.built |= {paper.name: paper.content for paper in papers}

    def first_of(self, kind: PaperKind, unit: Unit) -> str:
        """Return where a paper of the unit would lie, "" where there is none."""
        names = kind.files_of(self.campaign, unit)
        return next((name for name in names if name in self.built), "")


def preview(
    opened: Opened,
    kind: PaperKind,
    unit: Unit,
    *,
    round_: int | None = None,
    deadline: dt.date | None = None,
    seen: CampaignState | None = None,
) -> Preview:
    """Build the letter of a kind to a unit as it would be made now; nothing is written.

    One that a person has edited is taken as it is: making papers does not replace it.
    """
    job = _Looking(opened, unit)
    if seen:
        job.returns, job.results = seen.returns, seen.results
    told = Preview(campaign=job.campaign, unit=unit, kind=kind)
    before = list(job.findings)
    if kind.from_returns:
        try:
            before += [f for f in job.consolidated().findings if f not in before]
        except NotSeenError:
            return replace(told, findings=tuple(job.findings))
    _stage(kind, round_, deadline)(job)
    found = [f for f in (*job.findings, *_of_outcomes(job)) if f not in before]
    findings = tuple(dict.fromkeys(f for f in found if not f.unit or f.unit == unit.code))
    file = job.first_of(kind, unit)
    if not file or has_errors(findings):
        return replace(told, findings=findings)
    edited = _edited(job, file)
    content = edited or job.built[file]
    breaches = tuple(check_content(content, PurePosixPath(file).name))
    short = job.built.get(job.first_of(SHORT_REMINDER, unit), b"").decode("utf-8-sig")
    return replace(
        told,
        file=file,
        content=content,
        short=short,
        is_edited=bool(edited),
        breaches=breaches,
        findings=(*findings, *breaches),
    )


def _stage(kind: PaperKind, round_: int | None, deadline: dt.date | None) -> papers.Stage:
    if kind is REMINDER:
        return papers.reminders(in_short=True)
    if kind is EXPLANATION:
        return papers.explanations(round_, deadline)
    return papers.all_of(kind, kind.title.capitalize())


def _of_outcomes(job: Job) -> Iterable[Finding]:
    return (finding for outcome in job.outcomes for finding in outcome.findings)


def _edited(job: Job, file: str) -> bytes:
    """Return what a person made of the paper that lies there; empty where nobody edited it."""
    is_ours = file in job.output.papers_of(job.campaign.id)
    path = job.output.path / file
    return path.read_bytes() if is_ours and job.output.is_edited(file) else b""
