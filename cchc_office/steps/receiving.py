"""The job of receiving files that did not come by mail: saved whole, then read where they lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from cchc_office.catalogue.findings import Code, Finding, has_errors
from cchc_office.errors import UsageError, reason_of
from cchc_office.files.file_kind import SPREADSHEETS, FileKind, kind_of
from cchc_office.files.folders import is_left_behind, list_folder, not_read, printable
from cchc_office.files.limits import MOST_CONTAINER_BYTES, MOST_FILE_BYTES
from cchc_office.files.output_folder import digest_of
from cchc_office.files.unreadable_file import too_large
from cchc_office.mail.saved_files import ENDINGS, ReturnsFolder, safe_stem
from cchc_office.model import INSIDE, ReadFile
from cchc_office.register import (
    REGISTER_FILE,
    HandedIn,
    RegisterError,
    open_if_writable,
    open_register,
)
from cchc_office.register.recording import check_day
from cchc_office.returns import read_returns
from cchc_office.returns.reader import read_source
from cchc_office.returns.sources import SourceFile
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.given_file import GivenFile
from cchc_office.steps.new_versions import NewVersion, new_versions
from cchc_office.steps.opened import Opened, counting, time_of
from cchc_office.text.command_line import advised
from cchc_office.text.vietnamese import VIETNAM

if TYPE_CHECKING:
    from cchc_office.mail.brought_messages import BroughtMessages

_LOCKED = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".docx", ".doc")
_ENDINGS = {
    **ENDINGS,
    FileKind.EML: (".eml",),
    FileKind.MAILBOX: (".mbox",),
    FileKind.MSG: (".msg",),
    FileKind.WINMAIL: (".dat",),
    FileKind.OTHER_ARCHIVE: (".gz", ".tgz", ".tar", ".cab", ".bz2", ".xz"),
    FileKind.TRUNCATED_ZIP: (".zip", *_LOCKED),
    FileKind.TRUNCATED_COMPOUND: (".xls", ".doc"),
    FileKind.PASSWORD: _LOCKED,
    FileKind.OLD_EXCEL: (".xls",),
    FileKind.SPREADSHEETML: (".xml", ".xls"),
    FileKind.FLAT_ODS: (".fods",),
    FileKind.APPLE: (".numbers", ".pages"),
    FileKind.CSV: (".csv", ".tsv"),
}
_OTHER_ENDING = (".txt",)
"""What nobody can start by opening it, for whatever is no kind of file that units send."""

_NEVER_SAVED = {
    FileKind.PROGRAM: Code.FILE_IS_PROGRAM,
    FileKind.LINK: Code.FILE_IS_LINK,
    FileKind.EMPTY: Code.FILE_EMPTY,
}
_MESSAGES = (FileKind.EML, FileKind.MAILBOX)
_CONTAINERS = (FileKind.ZIP, *_MESSAGES)

NOBODYS = "chưa nhận ra là của ai"
"""What is said of a file in which there is no return."""

UNREAD = "chưa đọc: dot-cham.xlsx còn lỗi"
"""What is said of a file as long as nobody can tell what the campaign asks for."""

_KNOWN_AS = {
    Code.OTHER_CAMPAIGN: "phiếu của đợt khác ({})",
    Code.OTHER_YEAR: "phiếu của đợt khác (năm {})",
    Code.OTHER_FORM_VERSION: "phiếu của đợt này, phiên bản {}",
    Code.UNIT_NOT_IN_CAMPAIGN: "phiếu của đơn vị mã {}, không có ở trang Đơn vị",
    Code.APPRAISAL_OF_OTHER_CAMPAIGN: "bảng thẩm định khác ({})",
}
"""What a file that is no return is known to be, by what was found of it."""


def what_it_is(findings: Iterable[Finding]) -> str:
    """Return in words what a file in which there is no return is, as far as is known."""
    known = (_KNOWN_AS[f.code].format(f.found) for f in findings if f.code in _KNOWN_AS)
    return next(known, NOBODYS)


@dataclass(frozen=True)
class ReceivedFile:
    """What became of one file.

    `saved_as` is its name in `folder`, "" where it was not saved; `is_new` tells that the folder
    had nothing of this content. `read` is what was found in it, `doubts` are about who sent it,
    `findings` about all of that.
    """

    name: str
    folder: str = ""
    saved_as: str = ""
    is_new: bool = False
    read: tuple[ReadFile, ...] = ()
    doubts: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def fate(self) -> str:
        """What became of it, in words."""
        if not self.saved_as:
            return "không nhận"
        return f"đã lưu vào {self.folder}" if self.is_new else f"đã có trong {self.folder}"

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of the units whose returns are in it, each once."""
        documents = (read.document for read in self.read)
        return tuple(dict.fromkeys(unit for d in documents if (unit := getattr(d, "unit", ""))))

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The codes of the units whose forms are in it with nothing filled in."""
        return tuple(dict.fromkeys(one.unfilled.unit for one in self.read if one.unfilled))

    @property
    def unread(self) -> tuple[Finding, ...]:
        """Why something in it is no return, for each such thing what is said of it first."""
        others = (read.findings for read in self.read if read.document is None)
        return tuple(findings[0] for findings in others if findings)

    @property
    def is_appraisal(self) -> bool:
        """Whether a workbook of the reviewers is in it."""
        return any(read.appraisal for read in self.read)


@dataclass(frozen=True, kw_only=True, repr=False)
class Received(BroughtBack):
    """What became of each file that was given.

    `versions` tell of the forms among them of which the unit sent others before.
    """

    files: tuple[ReceivedFile, ...] = ()
    versions: tuple[NewVersion, ...] = ()

    @property
    def came_out(self) -> bool:
        """Whether any file is there now."""
        return any(file.saved_as for file in self.files)

    @property
    def is_done(self) -> bool:
        """Whether all of them are."""
        return all(file.saved_as for file in self.files)

    @property
    def words(self) -> str:
        """How many files there are now, and how many were there."""
        new = sum(file.is_new for file in self.files)
        there = sum(bool(file.saved_as) for file in self.files) - new
        parts = [f"đã nhận {new} tệp"]
        parts += [f"{there} tệp đã có từ trước"] if there else []
        left = len(self.files) - new - there
        parts += [f"{left} tệp không nhận"] if left else []
        return ", ".join(parts)

    def whose(self, file: ReceivedFile) -> str:
        """Return whose a file is, in words: units, reviewers, or what it is and why.

        What a unit sent before is held against it; an unknown sender is named.
        """
        if has_errors(self.campaign.findings):
            return UNREAD
        codes = dict.fromkeys((*file.units, *file.unfilled))
        units = (self.campaign.find_unit(code) for code in codes)
        names = ["bảng thẩm định"] if file.is_appraisal else [unit.name for unit in units if unit]
        told = [
            ", ".join(names) or what_it_is(file.unread),
            *(v.words for v in self.versions_of(file)),
        ]
        why = [finding.sentence.rstrip(".") for finding in (*file.unread, *file.doubts)]
        return ". ".join(["; ".join(told), *why])

    def versions_of(self, file: ReceivedFile) -> list[NewVersion]:
        """Return what there is to say of the forms in a file beside those that came before."""
        return [v for v in self.versions if v.file.partition(INSIDE)[0] == file.saved_as]

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the files."""
        yield "Tệp", "Kết quả", "Lưu thành", "Của ai"
        for file in self.files:
            yield file.name, file.fate, file.saved_as, self.whose(file)


def receive(
    opened: Opened, files: Sequence[str | Path | GivenFile], *, is_day_named: bool = False
) -> Received:
    """Save files into the folder of returns, the reviewers' into theirs, and read them there.

    Nothing is overwritten and nothing saved twice; of a folder all files in it are taken. Programs
    and links are not saved. With errors in the workbook files are saved and not read. The
    first day on which a file came counts, unless a person named the day (`is_day_named`). Raises
    UsageError where there is no file, CchcError where nothing can be written.
    """
    if not files:
        raise UsageError(
            f"Chưa nói tệp nào, ví dụ: {advised('nhan-tep', 'dot-2025', 'phieu.xlsx')}"
        )
    if is_day_named:
        today = dt.datetime.now(tz=VIETNAM).date()
        check_day("Ngày nhận", opened.day, opened.campaign, today)
    findings: list[Finding] = []
    paths = (file if isinstance(file, GivenFile) else Path(file) for file in files)
    given = [one for file in paths for one in _each(file, findings)]
    tell = counting(opened, "Nhận tệp", len(given))
    folders = {path: ReturnsFolder(path, safe_stem) for path in (opened.returns, opened.appraisals)}
    received = []
    for one in given:
        received.append(_receive(opened, one, folders))
        tell(one)
    findings += [finding for file in received for finding in file.findings]
    findings += _record_day(opened, received, is_day_named)
    findings += [finding for finding in opened.campaign.findings if finding.is_error]
    new = {f.saved_as for f in received if f.is_new and f.units and not f.is_appraisal}
    return Received(
        campaign=opened.campaign,
        findings=tuple(dict.fromkeys(findings)),
        files=tuple(received),
        versions=tuple(new_versions(opened, new)),
    )


def _record_day(
    opened: Opened, received: Iterable[ReceivedFile], is_named: bool
) -> tuple[Finding, ...]:
    """Record that files were received on the day of the job; of messages their own day counts.

    Also of those that cannot be read yet: they came that day, whenever somebody opens them. As long
    as the workbook has errors only a register that is there tells of which campaign it is.
    """
    folder = opened.returns
    names = {f.saved_as for f in received if f.saved_as and f.folder == folder.name}
    is_known = not has_errors(opened.campaign.findings) or (opened.folder / REGISTER_FILE).exists()
    if not (names and is_known):
        return ()
    register, findings = open_if_writable(opened.folder, opened.campaign.id)
    if register is None:
        return findings
    when, now = time_of(opened), dt.datetime.now(tz=VIETNAM)
    contents = ((name, _content_of(folder / name)) for name in sorted(names))
    handed = [HandedIn(digest_of(c), name, when, now) for name, c in contents if c is not None]
    with register:
        register.record_received(handed, is_named=is_named)
        return register.findings


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # taken away meanwhile, or open elsewhere: its own day decides
        return None


def _each(file: Path | GivenFile, findings: list[Finding]) -> Iterator[Path | GivenFile]:
    """Yield a file, or the files in a folder; raises UsageError for what is not there."""
    if isinstance(file, GivenFile) or file.is_file():
        yield file
        return
    if not file.is_dir():
        raise UsageError(f"Không có tệp {file}.")
    listing = list_folder(file)
    findings += not_read(listing)
    yield from listing.files


def _receive(
    opened: Opened, given: Path | GivenFile, folders: dict[Path, ReturnsFolder]
) -> ReceivedFile:
    taken = _content(given)
    if isinstance(taken, Finding):
        return ReceivedFile(taken.file, findings=(taken,))
    name, content = taken.name, taken.content
    kind = kind_of(content)
    if refused := _refused(name, kind, len(content)):
        return ReceivedFile(name, findings=(refused,))
    if has_errors(opened.campaign.findings):
        kept = folders[opened.returns].keep(content, *_named(name, kind), None, of_stranger=True)
        return ReceivedFile(name, opened.returns.name, kept.name, kept.is_new)
    path = opened.appraisals if _is_appraisal(opened, taken, kind) else opened.returns
    try:
        with _senders(opened, kind, content) as senders:
            kept = folders[path].keep(content, *_named(name, kind), None, of_stranger=True)
            doubts = senders.record(path / kept.name) if senders else ()
    except RegisterError as error:
        # Not even saved: a stranger's form would count as a unit's own.
        why = Finding(Code.REGISTER_NOT_READ, REGISTER_FILE, found=str(error).rstrip("."))
        return ReceivedFile(name, findings=(why,))
    read = tuple(read_returns([path / kept.name], opened.campaign, passwords=opened.passwords))
    documents = (one.document for one in read)
    return ReceivedFile(
        name,
        path.name,
        kept.name,
        kept.is_new,
        read,
        doubts,
        (
            *doubts,
            *(f for one in read for f in one.findings),
            *(f for d in documents if d for f in d.findings),
        ),
    )


@contextmanager
def _senders(opened: Opened, kind: FileKind, content: bytes) -> Iterator[BroughtMessages | None]:
    """Give what records who sent the messages in a file, None for one that holds none.

    Raises RegisterError.
    """
    if kind not in _CONTAINERS:
        yield None
        return
    from cchc_office.mail.brought_messages import (  # few bring messages
        BroughtMessages,
        packs_messages,
    )

    if kind is FileKind.ZIP and not packs_messages(content, opened.passwords):
        yield None
        return
    with open_register(opened.folder, opened.campaign.id) as register:
        yield BroughtMessages(opened.campaign, opened.returns, register, opened.passwords)


def _content(given: Path | GivenFile) -> GivenFile | Finding:
    """Return a file with what is in it, and with the last part of its name, never blank."""
    own = given.name.replace("\\", "/").rpartition("/")[2]
    name = printable(own) or "khong-ten"
    if isinstance(given, GivenFile):
        return GivenFile(name, given.content)
    try:
        size = given.stat().st_size
        if size > MOST_CONTAINER_BYTES:
            return too_large("dung lượng", size, MOST_CONTAINER_BYTES).finding(name)
        return GivenFile(name, given.read_bytes())
    except OSError as error:
        return Finding(Code.FILE_NOT_OPENED, name, found=reason_of(error))


def _refused(name: str, kind: FileKind, size: int) -> Finding | None:
    """Return why a file is not even saved; None for one that is."""
    if kind in _NEVER_SAVED:
        return Finding(_NEVER_SAVED[kind], name, found=kind.value)
    if is_left_behind(name):
        return Finding(Code.NOT_A_WORKBOOK, name, found="tệp tạm của Office hoặc của máy")
    most = MOST_CONTAINER_BYTES if kind in _CONTAINERS else MOST_FILE_BYTES
    return too_large("dung lượng", size, most).finding(name) if size > most else None


def _is_appraisal(opened: Opened, given: GivenFile, kind: FileKind) -> bool:
    if kind not in SPREADSHEETS:
        return False
    read = read_source(SourceFile(given.name, kind, given.content), opened.campaign)
    return read.appraisal is not None


def _named(name: str, kind: FileKind) -> tuple[str, str]:
    """Return the name to save a file under, without and with its ending: one of its kind."""
    endings = _ENDINGS.get(kind, _OTHER_ENDING)
    given = PurePath(name).suffix
    fits = given.lower() in endings
    return (name[: -len(given)], given) if fits else (name, endings[0])
