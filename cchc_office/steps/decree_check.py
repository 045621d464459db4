"""The job of holding any Word documents against Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import datetime as dt
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.annotating import annotate, is_annotated_copy
from cchc_office.decree30.checker import LEFT_ALONE, check_content
from cchc_office.decree30.figures import HELD_AGAINST
from cchc_office.errors import UsageError, reason_of
from cchc_office.files.being_there import look
from cchc_office.files.folders import label, list_folder, not_read
from cchc_office.files.libreoffice import find_libreoffice
from cchc_office.files.output_folder import Written
from cchc_office.steps.arguments import checked
from cchc_office.steps.brought_back import JobResult

_UNREADABLE = frozenset(
    (
        Code.DOCUMENT_UNREADABLE,
        Code.DOCUMENT_LOCKED,
        Code.FILE_NOT_OPENED,
        Code.FOLDER_NOT_READ,
    )
)
_ENDINGS = frozenset((".docx", ".docm", ".doc"))


@dataclass(frozen=True)
class CheckedDocument:
    """A document, what it is called in findings, and what was found in it.

    `written` is its marked copy where there is one, `told` what there is to know of that.
    """

    path: Path
    name: str
    findings: tuple[Finding, ...]
    told: tuple[Finding, ...] = ()
    written: Written | None = None

    @property
    def was_read(self) -> bool:
        """Whether it could be looked at."""
        return not any(finding.code in _UNREADABLE for finding in self.findings)

    @property
    def was_judged(self) -> bool:
        """Whether it was read and is a document that the decree is the rule of."""
        return self.was_read and not any(f.code in LEFT_ALONE for f in self.findings)

    @property
    def verdict(self) -> str:
        """What came of it, in a few Vietnamese words."""
        if not self.was_read:
            return "chưa kiểm tra được"
        if not self.was_judged:
            return "không kiểm tra theo Nghị định 30"
        if not self.findings:
            return "không thấy chỗ nào sai thể thức"
        errors = sum(finding.is_error for finding in self.findings)
        unclear = len(self.findings) - errors
        parts = [f"{errors} lỗi thể thức"] if errors else []
        parts += [f"{unclear} chỗ cần xem"] if unclear else []
        return ", ".join(parts)


@dataclass(frozen=True)
class CheckedDocuments(JobResult):
    """What `check_documents` brings back."""

    documents: tuple[CheckedDocument, ...]
    held_against = HELD_AGAINST

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, and what there is to know of the copies."""
        return tuple(f for one in self.documents for f in (*one.told, *one.findings))

    @property
    def written(self) -> tuple[Written, ...]:
        """The marked copies."""
        return tuple(one.written for one in self.documents if one.written)

    @property
    def came_out(self) -> bool:
        """Whether any document could be looked at."""
        return any(one.was_read for one in self.documents)

    @property
    def is_done(self) -> bool:
        """Whether all documents could be looked at."""
        return self.came_out and all(one.was_read for one in self.documents)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.words}>"

    @property
    def words(self) -> str:
        """How many documents are without a fault."""
        judged = [one for one in self.documents if one.was_judged]
        clean = sum(not one.findings for one in judged)
        unread = sum(not one.was_read for one in self.documents)
        others = len(self.documents) - len(judged) - unread
        rest = f" {others} văn bản khác không kiểm tra theo Nghị định 30." if others else ""
        rest += f" Chưa kiểm tra được {unread} chỗ." if unread else ""
        return f"Đã kiểm tra {len(judged)} văn bản: {clean} văn bản không thấy chỗ nào sai.{rest}"


@checked
def check_documents(paths: str | Path | Iterable[str | Path]) -> CheckedDocuments:
    """Kiểm tra thể thức văn bản Word, hay các văn bản trong thư mục, theo Nghị định 30/2020/NĐ-CP.

    Check the documents that were named, and those in folders that were; none is changed. What could
    not be looked at is among them, with the reason. Raises UsageError for what is not there, or
    where there is no document.
    """
    return _documents(paths, check_document)


@checked
def mark_documents(
    paths: str | Path | Iterable[str | Path], *, day: dt.date | None = None
) -> CheckedDocuments:
    """Ghi cạnh từng văn bản Word một bản có ghi chú ở mọi chỗ sai thể thức (the-thuc --danh-dau).

    Check documents as `check_documents` does, and write beside each one that breaks the decree a
    copy with comments of `day` (today) at every place. The documents stay as they are.
    """
    return _documents(paths, partial(_marked, day=day))


def find_pages(found: CheckedDocuments) -> CheckedDocuments:
    """Return what was found with the page of each place, as LibreOffice lays documents out.

    Where it is not on this computer, or does not come to an end, that is told.
    """
    program = find_libreoffice()
    if program is None:
        return _without_pages(found, "máy này không có LibreOffice")
    from cchc_office.decree30.page_finding import with_pages  # loads pdfplumber

    asked = [one for one in found.documents if one.was_judged and one.findings]
    try:
        contents = [(one.path.read_bytes(), one.findings) for one in asked]
    except OSError as error:
        return _without_pages(found, reason_of(error))
    placed, wrong = with_pages(program, contents)
    by_path = {one.path: findings for one, findings in zip(asked, placed, strict=True)}
    documents = (
        replace(one, findings=by_path.get(one.path, one.findings)) for one in found.documents
    )
    whole = CheckedDocuments(tuple(documents))
    return _without_pages(whole, f"LibreOffice: {wrong}") if wrong else whole


def _without_pages(found: CheckedDocuments, reason: str) -> CheckedDocuments:
    first, *others = found.documents
    told = Finding(Code.PAGES_NOT_FOUND, first.name, found=reason)
    return CheckedDocuments((replace(first, told=(*first.told, told)), *others))


_Look = Callable[[Path, str], CheckedDocument]


def _documents(paths: str | Path | Iterable[str | Path], look_at: _Look) -> CheckedDocuments:
    found = documents_at(paths)
    return CheckedDocuments(
        tuple(one if one.findings else look_at(one.path, one.name) for one in found)
    )


def documents_at(paths: str | Path | Iterable[str | Path]) -> tuple[CheckedDocument, ...]:
    """Return the documents that were named, and those in folders that were, none looked at yet.

    Those that have findings cannot be. Raises UsageError for what is not there, or where there is
    no document.
    """
    given = [*map(Path, (paths,) if isinstance(paths, str | Path) else paths)]
    names = Counter(path.name for path in dict.fromkeys(given))
    found: dict[Path, CheckedDocument] = {}
    for path in given:
        name = path.name if names[path.name] == 1 else path.as_posix()
        named = (CheckedDocument(path, name, ()),)
        for one in _in_folder(path) if _is_folder(path) else named:
            found.setdefault(one.path, one)
    if not found:
        raise UsageError("Trong thư mục này không có văn bản Word (.docx) nào.")
    return tuple(found.values())


def _in_folder(folder: Path) -> Iterator[CheckedDocument]:
    """Give the documents of a folder; copies that an earlier call marked are none."""
    listing = list_folder(folder)
    for file in listing.files:
        if file.suffix.lower() in _ENDINGS and not _is_our_copy(file):
            yield CheckedDocument(file, label(file.relative_to(folder)), ())
    for unseen, finding in zip(listing.unseen, not_read(listing), strict=True):
        yield CheckedDocument(unseen.path, finding.file, (finding,))


def check_document(path: Path, name: str) -> CheckedDocument:
    """Return what is found in one document, or why it cannot be looked at."""
    try:
        return CheckedDocument(path, name, tuple(check_content(path.read_bytes(), name)))
    except OSError as error:
        finding = Finding(Code.FILE_NOT_OPENED, name, found=reason_of(error))
        return CheckedDocument(path, name, (finding,))


def _marked(path: Path, name: str, day: dt.date | None) -> CheckedDocument:
    try:
        made = annotate(path, day=day)
    except OSError as error:
        one = check_document(path, name)
        if not one.was_read:
            return one
        return replace(one, told=(Finding(Code.MARKS_NOT_WRITTEN, name, found=reason_of(error)),))
    findings, told = (
        tuple(replace(f, file=name) if f.file == path.name else f for f in found)
        for found in (made.findings, made.told)
    )
    return CheckedDocument(path, name, findings, told, made.written)


def _is_our_copy(path: Path) -> bool:
    try:
        return is_annotated_copy(path)
    except OSError:
        return False  # looking at it tells why


def _is_folder(path: Path) -> bool:
    try:
        status = look(path)
    except OSError:
        return False  # reading it as a file tells why
    if status is None:
        raise UsageError(f"Không có tệp {path}.")
    return stat.S_ISDIR(status.st_mode)
