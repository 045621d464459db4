"""Reading what came back: files of any kind in, one result for each workbook out.

A file is known by what is inside it, not by its name; one bad workbook never stops the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from pathlib import Path

from cchc_office.findings import Code, Finding
from cchc_office.model import Campaign, ReadFile
from cchc_office.office.spreadsheet import open_spreadsheet
from cchc_office.office.unreadable_file import UnreadableFileError
from cchc_office.scoring.returns.form_reader import FormReader
from cchc_office.scoring.returns.form_sheet import find_score_sheet
from cchc_office.scoring.returns.identity import read_identity, whose
from cchc_office.scoring.returns.sources import SourceFile, label, sources_in

_FILES_AT_ONCE = 32
"""Files that one task of an executor reads: few enough to share, many enough to be worth it."""

_TASKS_AHEAD = 64
"""Tasks handed to an executor before the first is taken back, so that memory stays flat."""

_LEFT_BY_SYSTEMS = frozenset(("thumbs.db", "desktop.ini"))


def return_files(folder: Path) -> tuple[Path, ...]:
    """Return the files in `folder` and below, in the order of their names.

    Hidden files and the lock files that Office leaves (~$…, .~lock…) are left out.
    """
    found = (path for path in folder.rglob("*") if path.is_file())
    kept = (
        p
        for p in found
        if not p.name.startswith(("~$", ".")) and p.name.lower() not in _LEFT_BY_SYSTEMS
    )
    return tuple(sorted(kept, key=lambda p: label(p.relative_to(folder))))


def read_returns(
    paths: Path | str | Iterable[Path],
    campaign: Campaign,
    *,
    executor: Executor | None = None,
    passwords: tuple[str, ...] = (),
) -> Iterator[ReadFile]:
    """Read returned files one by one, in the order of `paths`; never raises for what is in them.

    `paths` is a folder (read with everything below it; one that is not there holds nothing) or the
    files themselves. A file gives one result; a .zip or a message gives one for each workbook in
    it. Results come as they are read and are not kept, so memory does not grow with their number.
    `passwords` are tried on locked workbooks.

    With an `executor` the files are read by it, some dozens a task, and results still come in
    order. Its workers must see the files under the same paths (one machine, or shared storage) and
    have this package installed: processes, threads, or Dask's `Client.get_executor()`.
    """
    if isinstance(paths, Path | str):
        folder = Path(paths)
        named = ((path, label(path.relative_to(folder))) for path in return_files(folder))
    else:
        named = ((path, label(Path(path.name))) for path in paths)
    if executor is None:
        for path, name in named:
            yield from _read_path(path, name, campaign, passwords)
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
    return [
        result for path, name in group for result in _read_path(path, name, campaign, passwords)
    ]


def _read_path(
    path: Path, name: str, campaign: Campaign, passwords: tuple[str, ...]
) -> Iterator[ReadFile]:
    for source in sources_in(path, name, passwords):
        if isinstance(source, Finding):
            yield ReadFile(source.file, None, (source,))
        else:
            yield read_source(source, campaign)


def read_source(source: SourceFile, campaign: Campaign) -> ReadFile:
    """Read one workbook that is in memory; never raises for what is in it."""
    name = source.name
    try:
        return _read_form(source, campaign)
    except UnreadableFileError as error:
        finding = Finding(error.code, name, found=error.found, expected=error.expected)
    except Exception as error:  # one bad workbook never stops the others
        finding = Finding(Code.DAMAGED_FILE, name, found=f"{type(error).__name__}: {error}")
    return ReadFile(name, None, (finding,), source.saved)


def _read_form(source: SourceFile, campaign: Campaign) -> ReadFile:
    name = source.name
    book = open_spreadsheet(source.content, source.kind)
    sheets = find_score_sheet(book)
    identity = read_identity(book, sheets.form)
    unit, findings = whose(identity, campaign, name)
    if unit is None:
        return ReadFile(name, None, tuple(findings), source.saved)
    if sheets.form is None:
        code = Code.FORM_HEADINGS_MISSING
        missing = Finding(code, name, about=unit.name, unit=unit.code)
        refused = (
            Finding(e.code, name, n, found=e.found, expected=e.expected, unit=unit.code)
            for n, e in sheets.refused
        )
        return ReadFile(name, None, (*findings, *refused, missing), source.saved)
    reader = FormReader(sheets.form, campaign, unit, identity.rows, name)
    returned = reader.read(sheets, book.properties.saved)
    return ReadFile(name, returned, tuple(findings), source.saved)
