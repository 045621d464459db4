"""The job of writing mended copies of any Word documents that break Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.figures import HELD_AGAINST
from cchc_office.decree30.fixing.copies import fix, is_fixed_copy
from cchc_office.decree30.fixing.kinds import NAMED_FIXES, Fixed, FixKind
from cchc_office.errors import UsageError, reason_of
from cchc_office.steps.arguments import checked
from cchc_office.steps.brought_back import JobResult
from cchc_office.steps.decree_check import CheckedDocument, check_document, documents_at


@dataclass(frozen=True)
class FixedDocument:
    """A document, and what became of it; `fixed` is None where it could not be looked at.

    `checked` is the document with what is left to mend, and why no copy could be written.
    """

    checked: CheckedDocument
    fixed: Fixed | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to know of it."""
        return (*self.checked.told, *self.checked.findings)

    @property
    def verdict(self) -> str:
        """What came of it, in a few Vietnamese words."""
        if self.fixed is None or not self.checked.was_judged:
            return self.checked.verdict
        if self.fixed.copy is not None:
            return f"đã ghi {self.fixed.copy.name}, {len(self.fixed.changes)} điều sửa"
        return "không sửa" if self.fixed.is_refused else "không có gì để sửa tự động"


@dataclass(frozen=True)
class FixedDocuments(JobResult):
    """What `fix_documents` brings back."""

    documents: tuple[FixedDocument, ...]
    held_against = HELD_AGAINST

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is left to mend, and why a document was left as it is."""
        return tuple(finding for one in self.documents for finding in one.findings)

    @property
    def came_out(self) -> bool:
        """Whether any document could be looked at."""
        return any(one.fixed is not None for one in self.documents)

    @property
    def is_done(self) -> bool:
        """Whether all documents could be looked at."""
        return all(one.fixed is not None for one in self.documents)

    @property
    def words(self) -> str:
        """How many copies were written, and how much is left."""
        copies = [one for one in self.documents if one.fixed and one.fixed.copy]
        left = sum(bool(one.findings) for one in self.documents)
        rest = f" Còn {left} văn bản có điều phải xem." if left else ""
        return f"Đã ghi {len(copies)} bản đã sửa, bản gốc giữ nguyên.{rest}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.words}>"


@checked
def fix_documents(
    paths: str | Path | Iterable[str | Path],
    kinds: Iterable[str] = (),
    *,
    tracked: bool = True,
    day: dt.date | None = None,
) -> FixedDocuments:
    """Ghi bản đã sửa thể thức cạnh từng văn bản Word (lệnh the-thuc --sua); bản gốc giữ nguyên.

    Write mended copies of the documents that were named, and of those in folders that were. `kinds`
    names what is mended beyond what is safe. With `tracked` Word shows the changes, dated `day`
    (today), to be accepted. Raises UsageError for an unknown kind, for what is not there, or where
    there is no document.
    """
    wanted = tuple(_kind(name) for name in kinds)
    named = tuple(map(Path, (paths,) if isinstance(paths, str | Path) else paths))
    # In a folder the copies of an earlier call stand beside the originals.
    documents = [
        one for one in documents_at(named) if one.path in named or not is_fixed_copy(one.path)
    ]
    if not documents:
        raise UsageError("Trong thư mục này chỉ có các bản đã sửa; nêu tên bản gốc.")
    return FixedDocuments(tuple(_fixed(one, wanted, tracked, day) for one in documents))


def _kind(name: str) -> FixKind:
    kind = next((kind for kind in FixKind if kind.slug == name), None)
    if kind is None:
        offered = ", ".join(kind.slug for kind in NAMED_FIXES)
        raise UsageError(f"Không có loại sửa “{name}”. Các loại phải nêu tên: {offered}.")
    return kind


def _fixed(
    one: CheckedDocument, wanted: tuple[FixKind, ...], tracked: bool, day: dt.date | None
) -> FixedDocument:
    if one.findings:
        return FixedDocument(one, None)
    try:
        made = fix(one.path, asked_for=wanted, day=day, tracked=tracked)
    except OSError as error:
        checked = check_document(one.path, one.name)
        told = Finding(Code.FIX_NOT_WRITTEN, one.name, found=reason_of(error))
        return FixedDocument(replace(checked, told=(told,)) if checked.was_read else checked, None)
    findings = (replace(f, file=one.name) if f.file == one.path.name else f for f in made.findings)
    left = replace(one, findings=tuple(findings))
    return FixedDocument(left, made if left.was_read else None)
