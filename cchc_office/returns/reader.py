"""Reading what came back: files of any kind in, one result for each workbook out.

A file is known by what is inside it, not by its name; one bad workbook never stops the others.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import UsageError
from cchc_office.files.being_there import may_be_there
from cchc_office.files.file_kind import ActiveContent, active_content
from cchc_office.files.folders import label, list_folder, not_read
from cchc_office.files.unreadable_file import as_unreadable
from cchc_office.model import Campaign, OfCampaign, ReadFile, ReturnKind, Unit, campaign_of
from cchc_office.returns.form_reader import FORM_LAYOUT, FormReader, without_unfilled
from cchc_office.returns.identity import (
    Identity,
    accept,
    read_identity,
    read_marks,
    round_of,
    whose,
)
from cchc_office.returns.read_memory import ReadMemory
from cchc_office.returns.return_sheet import FoundSheets, find_sheet
from cchc_office.returns.round_reader import (
    APPRAISAL_LAYOUT,
    SUPPLEMENT_LAYOUT,
    AppraisalReader,
    SupplementReader,
)
from cchc_office.returns.row_finding import FormPlans
from cchc_office.returns.sources import SourceFile, sources_in
from cchc_office.sheets.addresses import cell_name
from cchc_office.sheets.reading import Spreadsheet, open_spreadsheet

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_FILES_AT_ONCE = 32
"""Files that one task of an executor reads: few enough to share, many enough to be worth it."""

_TASKS_AHEAD = 64
"""Tasks handed to an executor before the first is taken back, so that memory stays flat."""


def return_files(folder: Path | str) -> tuple[Path, ...]:
    """Liệt kê các tệp trong một thư mục gửi về.

    Return the files in `folder` and below, linked folders too, in the order of their names.

    Hidden files and folders, and the lock files that Office leaves (~$…, .~lock…), are left out.
    Raises NotSeenError where some part of the folder cannot be looked at.
    """
    return list_folder(Path(folder)).whole()


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names that the files in `folder` and below go by in findings and sources."""
    return tuple(label(path.relative_to(folder)) for path in return_files(folder))


def read_returns(
    paths: Path | str | Iterable[Path | str],
    campaign: Campaign | OfCampaign,
    *,
    executor: Executor | None = None,
    passwords: str | Iterable[str] = (),
) -> Iterator[ReadFile]:
    """Đọc lần lượt từng phiếu, bảng thẩm định gửi về.

    Read returned files one by one, in the order of `paths`; never raises for what is in them.

    `paths` is a folder (read with everything below it) or the files themselves. A file gives one
    result; a .zip or a message gives one for each workbook in it; what of the folder cannot be
    looked at gives one that holds the finding. Results come as they are read and are not kept, so
    memory does not grow with their number. `passwords` are tried on locked workbooks. Raises
    UsageError where the folder is not there, or what is no campaign was given for one.

    With an `executor` the files are read by it, some dozens a task, and results still come in
    order. Its workers must see the files under the same paths (one machine, or shared storage) and
    have this package installed: processes, threads, or Dask's `Client.get_executor()`.
    """
    campaign = campaign_of(campaign)
    secrets = (passwords,) if isinstance(passwords, str) else tuple(passwords)
    return _read_all(paths, campaign, executor, secrets)


def read_again(
    folders: Iterable[Path],
    campaign: Campaign,
    memory: ReadMemory,
    *,
    basis: object,
    passwords: tuple[str, ...] = (),
) -> Iterator[tuple[Path, ReadFile]]:
    """Yield what `read_returns` gives of each folder, with the folder; what is remembered as it is.

    `basis` changes where the campaign or the passwords do.
    """
    listings = [list_folder(folder) for folder in folders]
    memory.start(basis, (path for listing in listings for path in listing.files))
    plans = FormPlans(campaign)
    for listing in listings:
        yield from (
            (listing.folder, ReadFile(finding.file, None, (finding,)))
            for finding in not_read(listing)
        )
        for path in listing.files:
            name = label(path.relative_to(listing.folder))
            for read in memory.read(path, partial(_read_file, path, name, plans, passwords)):
                yield listing.folder, read


def _read_file(
    path: Path, name: str, plans: FormPlans, passwords: tuple[str, ...]
) -> Iterator[ReadFile]:
    return (_read(opened, plans) for opened in _opened([(path, name)], passwords))


def _read_all(
    paths: Path | str | Iterable[Path | str],
    campaign: Campaign,
    executor: Executor | None,
    passwords: tuple[str, ...],
) -> Iterator[ReadFile]:
    if isinstance(paths, Path | str):
        folder = Path(paths)
        if not may_be_there(folder):
            raise UsageError(f"Không có thư mục {folder}.")
        listing = list_folder(folder)
        yield from (ReadFile(finding.file, None, (finding,)) for finding in not_read(listing))
        named = ((path, label(path.relative_to(folder))) for path in listing.files)
    else:
        named = ((path, label(Path(path.name))) for path in map(Path, paths))
    if executor is None:
        plans = FormPlans(campaign)
        for opened in _opened(named, passwords):
            yield _read(opened, plans)
    else:
        yield from _read_by(executor, named, campaign, passwords)


def _read_by(
    executor: Executor,
    named: Iterator[tuple[Path, str]],
    campaign: Campaign,
    passwords: tuple[str, ...],
) -> Iterator[ReadFile]:
    waiting: deque[Future[list[ReadFile]]] = deque()
    try:
        while group := tuple(islice(named, _FILES_AT_ONCE)):
            waiting.append(executor.submit(_read_group, group, campaign, passwords))
            if len(waiting) >= _TASKS_AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _read_group(
    group: tuple[tuple[Path, str], ...], campaign: Campaign, passwords: tuple[str, ...]
) -> list[ReadFile]:
    plans = FormPlans(campaign)
    return [_read(opened, plans) for opened in _opened(group, passwords)]


def read_source(source: SourceFile, campaign: Campaign) -> ReadFile:
    """Read one workbook that is in memory; never raises for what is in it."""
    return _read(_open(source), FormPlans(campaign))


# --- a file, opened and then read ---


_LAYOUTS = {
    ReturnKind.SUPPLEMENT: SUPPLEMENT_LAYOUT,
    ReturnKind.APPRAISAL: APPRAISAL_LAYOUT,
    ReturnKind.FORM: FORM_LAYOUT,
}
_BY_SIGHT = {
    ReturnKind.SUPPLEMENT: replace(
        SUPPLEMENT_LAYOUT, needed=frozenset(("name", "wanted", "explanation"))
    ),
    ReturnKind.APPRAISAL: replace(APPRAISAL_LAYOUT, needed=frozenset(("name", "score", "opinion"))),
    ReturnKind.FORM: FORM_LAYOUT,
}
"""How the sheets of workbooks that lost their marks are known, asked in this order."""


@dataclass(frozen=True)
class _OpenedForm:
    """A workbook whose values are taken: the sheet to read, and what it says of itself."""

    source: SourceFile
    sheets: FoundSheets
    identity: Identity
    saved: dt.datetime | None


def _opened(
    named: Iterable[tuple[Path, str]], passwords: tuple[str, ...]
) -> Iterator[_OpenedForm | ReadFile]:
    for path, name in named:
        for source in sources_in(path, name, passwords):
            if isinstance(source, Finding):
                yield ReadFile(source.file, None, (source,))
            else:
                yield _open(source)


def _open(source: SourceFile) -> _OpenedForm | ReadFile:
    try:
        book = open_spreadsheet(source.content, source.kind)
        marks = read_marks(book)
        kind, sheets = _find(book, marks.kind)
        identity = read_identity(book, sheets.form, marks, kind)
        return _OpenedForm(source, sheets, identity, book.properties.saved)
    except Exception as error:  # one bad workbook never stops the others
        return _unreadable(source, error)


def _find(book: Spreadsheet, told: ReturnKind | None) -> tuple[ReturnKind, FoundSheets]:
    """Return what a workbook is, and its sheet: by its marks or, without any, by its headings."""
    if told:
        return told, find_sheet(book, _LAYOUTS[told])
    for kind, layout in _BY_SIGHT.items():
        sheets = find_sheet(book, layout)
        if sheets.form:
            return kind, sheets
    return kind, sheets


def _read(opened: _OpenedForm | ReadFile, plans: FormPlans) -> ReadFile:
    if isinstance(opened, ReadFile):
        return opened
    try:
        if opened.identity.kind is ReturnKind.APPRAISAL:
            read = _read_appraisal(opened, plans.campaign)
        else:
            read = without_unfilled(_read_form(opened, plans), plans.campaign)
        told = tuple(_about_active(opened.source))
        read = replace(read, findings=(*read.findings, *told)) if told else read
        return _refused(read) if opened.source.automatic and read.document else read
    except Exception as error:  # one bad workbook never stops the others
        return _unreadable(opened.source, error)


def _about_active(source: SourceFile) -> Iterator[Finding]:
    """Tell what in a workbook would act if a person opened it; here it never does."""
    found = active_content(source.content, source.kind)
    acting = [kind.value for kind in found if kind is not ActiveContent.LINKS]
    if acting:
        yield Finding(Code.RETURN_WITH_MACROS, source.name, found=", ".join(acting))
    if ActiveContent.LINKS in found:
        yield Finding(Code.RETURN_WITH_LINKS, source.name)


def _refused(read: ReadFile) -> ReadFile:
    """Return what becomes of a return that a program sent by itself: nobody handed it in."""
    finding = Finding(Code.RETURN_IN_AUTOMATIC_ANSWER, read.file)
    return ReadFile(read.file, None, (*read.findings, finding), read.received)


def _unreadable(source: SourceFile, error: Exception) -> ReadFile:
    finding = as_unreadable(error).finding(source.name)
    return ReadFile(source.name, None, (finding,), source.saved)


def _read_form(opened: _OpenedForm, plans: FormPlans) -> ReadFile:
    name, sheets, identity = opened.source.name, opened.sheets, opened.identity
    unit, findings = whose(identity, plans.campaign, name)
    read = ReadFile(name, None, tuple(findings), opened.source.saved)
    if unit is None:
        return read
    if sheets.form is None:
        return replace(read, findings=(*findings, *_about_missing(opened, unit)))
    if identity.kind is ReturnKind.FORM:
        plan = plans.of(unit)
        reader = FormReader(sheets.form, plans.campaign, unit, plan, identity.rows, name)
        return replace(read, returned=reader.read(sheets, opened.saved))
    number = round_of(identity)
    if number is None:
        code, found = Code.APPRAISAL_ROUND_UNKNOWN, identity.round
        return replace(read, findings=(*findings, Finding(code, name, found=found, unit=unit.code)))
    rows = identity.rows
    answers = SupplementReader(sheets.form, plans.campaign, unit, number, rows, name)
    return replace(read, supplement=answers.read(sheets, opened.saved))


def _about_missing(opened: _OpenedForm, unit: Unit | None = None) -> Iterator[Finding]:
    """Tell that there is no table, and of what it may be: a sheet not read, a heading renamed."""
    file, sheets = opened.source.name, opened.sheets
    name, code = (unit.name, unit.code) if unit else ("", "")
    for sheet, error in sheets.refused:
        yield error.finding(file, sheet, code)
    if sheets.renamed is None:
        yield Finding(_HEADINGS_MISSING[opened.identity.kind], file, about=name, unit=code)
        return
    sheet, headings = sheets.renamed
    for place, column in headings.renamed.items():
        cell, found = cell_name(headings.row, place), headings.texts[place]
        expected = column.heading
        yield Finding(Code.RETURN_COLUMN_RENAMED, file, sheet, cell, "", found, expected, unit=code)


_HEADINGS_MISSING = {
    ReturnKind.FORM: Code.FORM_HEADINGS_MISSING,
    ReturnKind.SUPPLEMENT: Code.SUPPLEMENT_HEADINGS_MISSING,
    ReturnKind.APPRAISAL: Code.APPRAISAL_HEADINGS_MISSING,
}


def _read_appraisal(opened: _OpenedForm, campaign: Campaign) -> ReadFile:
    name, form = opened.source.name, opened.sheets.form
    number, findings = accept(opened.identity, campaign, name)
    read = ReadFile(name, None, findings, opened.source.saved)
    if number is None:
        return read
    if form is None:
        return replace(read, findings=(*findings, *_about_missing(opened)))
    reader = AppraisalReader(form, campaign, number, name)
    appraisal = reader.read(opened.sheets, opened.saved)
    if appraisal is None:
        return replace(read, findings=(*findings, Finding(Code.APPRAISAL_EMPTY, name)))
    return replace(read, appraisal=appraisal)
