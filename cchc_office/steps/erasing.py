"""The job of erasing a campaign's personal data: first what lies where, then, when told, no more.

Only what lies in the campaign folder is ever erased, and only by names that the program gives:
what else is there is named and kept. No link is followed out of the folder.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cchc_office.campaign import APPRAISALS_FOLDER, EVIDENCE_FOLDER, OUTPUT_FOLDER, RETURNS_FOLDER
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.decree30.profile_file import PROFILE_FILE
from cchc_office.errors import reason_of
from cchc_office.files.locking import who_holds
from cchc_office.files.output_folder import ARCHIVE_FOLDER, RECORD_NAME
from cchc_office.mail.settings import SETTINGS_FILE
from cchc_office.papers.kinds import MESSAGE, REGISTER_BOOK, REPORT
from cchc_office.register import REGISTER_FILE
from cchc_office.register.trail import JOURNAL_FILE
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.earlier_report import EARLIER_FOLDER
from cchc_office.steps.erased_mark import ERASED_FILE, mark_erased
from cchc_office.steps.guards import LOCK_FILE
from cchc_office.steps.marking import place_of_marked_copy
from cchc_office.steps.opened import Opened
from cchc_office.steps.presence import PRESENCE_FILE
from cchc_office.steps.second_set import sets_elsewhere
from cchc_office.steps.told_before import TOLD_NAME

_SCORES = "bảng, báo cáo: điểm của đơn vị, tên người ký"
_RESULTS = {
    REPORT.folder: _SCORES,
    "so-sanh": _SCORES,
    "phu-luc": "bảng phân công: đơn vị nào làm gì, tên người ký",
}
"""What is in the folders of the output folder that are kept: of persons only who signed."""
_OF_UNITS = "văn bản, phiếu, bảng của từng đơn vị"
_MADE = {
    MESSAGE.folder: "thư nháp, bản sao thư đã gửi",
    ARCHIVE_FOLDER: "bản cũ của các văn bản",
    REGISTER_BOOK.folder: "sổ theo dõi ghi ra Excel: địa chỉ thư, ai nhận, khi nào",
}
"""What is in those that go, where it is no paper of units."""

_NEXT_YEAR = "năm sau dùng lại"

BEYOND = "thư trong hộp thư, bản sao lưu, mật khẩu thư trong kho của máy, phiếu ở máy các đơn vị"
"""What personal data there may be where the program erases nothing."""

_NEEDED_STILL = "còn tệp khác chưa xoá được; không có tệp này thì không xoá lại được"

_UNFINISHED = ".cchc-*.tmp"
"""What a computer that went off left of a file that was being written."""


@dataclass(frozen=True)
class PersonalPlace:
    """A place with personal data: below the campaign folder, what lies there, and its files.

    `is_erased` is no for what stays unless all is to go: `what` says then what of it is personal,
    `kept_for` why it stays.
    """

    name: str
    what: str
    files: tuple[Path, ...]
    is_erased: bool = True
    kept_for: str = ""


@dataclass(frozen=True)
class PersonalData:
    """What of a campaign is personal and where it lies; `others` are files that nobody knows.

    `emptied` are the program's folders that go too where nothing is left in them.
    """

    folder: Path
    places: tuple[PersonalPlace, ...]
    others: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    emptied: tuple[Path, ...] = ()

    @property
    def to_erase(self) -> tuple[Path, ...]:
        """The files that would be erased."""
        return tuple(file for place in self.places if place.is_erased for file in place.files)

    @property
    def keeps_results(self) -> bool:
        """Whether the year's results stay while what they were made of goes."""
        return any(
            Path(place.name).name == REPORT.folder and not place.is_erased for place in self.places
        )


@dataclass(frozen=True, kw_only=True, repr=False)
class Erased(BroughtBack):
    """What was erased (`erased`), of what was found (`data`)."""

    data: PersonalData
    erased: tuple[Path, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether everything is gone that was to go."""
        return len(self.erased) == len(self.data.to_erase)

    @property
    def words(self) -> str:
        """How many files were erased."""
        return f"đã xoá {len(self.erased)} trên {len(self.data.to_erase)} tệp"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the places."""
        yield "Nơi", "Có gì", "Số tệp", "Xoá"
        for place in self.data.places:
            yield place.name, place.what, len(place.files), "có" if place.is_erased else "không"


def personal_data(opened: Opened, *, everything: bool) -> PersonalData:
    """Return what lies where; with `everything` what else the program keeps is to go too."""
    search = _Search(opened.folder, everything)
    search.campaign_folder(opened)
    for output in _outputs(opened):
        search.output_folder(output)
    return search.found(opened)


def erase(opened: Opened, data: PersonalData) -> Erased:
    """Erase the files that were shown, and folders that are empty then; what stays is found.

    The workbook goes last, and only after all else: without it nobody could erase what is left.
    """
    erased: list[Path] = []
    findings: list[Finding] = []
    workbook = data.folder / opened.file.name
    files = sorted(data.to_erase, key=lambda file: file == workbook)
    for number, file in enumerate(files, start=1):
        opened.on_progress("Xoá", number, len(files))
        needed = _NEEDED_STILL if file == workbook and findings else ""
        if why := needed or _why_not_erased(file, data.folder):
            name = file.relative_to(data.folder).as_posix()
            findings.append(Finding(Code.NOT_ERASED, name, found=why))
        else:
            erased.append(file)
    if erased and data.keeps_results:
        try:
            mark_erased(data.folder, opened.day)
        except OSError as error:
            findings.append(Finding(Code.ERASED_NOT_MARKED, ERASED_FILE, found=reason_of(error)))
    _drop_empty(data.folder, {*data.emptied, *(file.parent for file in erased)})
    return Erased(
        campaign=opened.campaign,
        findings=(*data.findings, *findings),
        data=data,
        erased=tuple(erased),
    )


def _why_not_erased(file: Path, folder: Path) -> str:
    """Erase a file; return why it is still there, "" where it is gone."""
    try:
        if not _is_within(file, folder):
            return "nơi này giờ là liên kết dẫn ra ngoài thư mục đợt chấm"
        file.unlink(missing_ok=True)
    except OSError as error:
        return reason_of(error)
    return ""


def _is_within(file: Path, folder: Path) -> bool:
    """Tell whether no folder on the way has become a link that leads out since."""
    return file.parent.resolve().is_relative_to(folder.resolve())


def _drop_empty(folder: Path, parents: Iterable[Path]) -> None:
    above = {p for parent in parents for p in (parent, *parent.parents)}
    within = [p for p in above if p != folder and p.is_relative_to(folder)]
    for place in sorted(within, key=lambda p: len(p.parts), reverse=True):
        with suppress(OSError):  # something else lies there
            if _is_within(place, folder):
                place.rmdir()


def _outputs(opened: Opened) -> Iterator[Path]:
    """Yield the folders within the campaign's that papers were written to, each once."""
    named = opened.folder / opened.output if opened.output.is_absolute() else opened.output
    folders = [path for path in opened.folder.iterdir() if (path / RECORD_NAME).is_file()]
    folders += [opened.folder / OUTPUT_FOLDER, named]
    real = {path.resolve(): path for path in folders if path.is_dir()}
    home = opened.folder.resolve()
    for place in real:
        if place.is_relative_to(home) and place != home:
            yield opened.folder / place.relative_to(home)


class _Search:
    """A walk through what the program knows in a campaign folder; links are not followed."""

    def __init__(self, folder: Path, everything: bool) -> None:
        self._folder = folder
        self._everything = everything
        self._places: list[PersonalPlace] = []
        self._findings: list[Finding] = []
        self._emptied: list[Path] = []

    def campaign_folder(self, opened: Opened) -> None:
        """Take note of what lies beside the workbook."""
        returns = "phiếu gửi về: tên, điện thoại người lập phiếu, lời của đơn vị"
        self._take(RETURNS_FOLDER, returns)
        self._take(EVIDENCE_FOLDER, "tài liệu kiểm chứng các đơn vị gửi kèm")
        self._take(APPRAISALS_FOLDER, "bảng thẩm định đã điền: tên, ý kiến người thẩm định")
        told = "sổ theo dõi: địa chỉ thư, ai nhận, ai gửi, khi nào"
        self._take(f"{REGISTER_FILE}*", told)
        self._take(f"{JOURNAL_FILE.removesuffix('.txt')}*", "nhật ký gửi: địa chỉ người nhận")
        self._take(SETTINGS_FILE, "tài khoản thư của cơ quan (không có mật khẩu)")
        self._take(".cchc-*.khoa*", "ai đang mở: tên máy, người dùng")
        self._take(_UNFINISHED, "tệp ghi dở khi máy tắt giữa chừng")
        kept = "cột Thủ trưởng, Email; mục người ký, liên hệ"
        self._take(glob.escape(opened.file.name), kept, kept_for="năm sau dùng lại bộ chỉ số")
        copy = place_of_marked_copy(opened.file)
        for name in (glob.escape(copy.name), f"{glob.escape(copy.stem)} (*){copy.suffix}"):
            self._take(name, f"bản đánh dấu của {opened.file.name}: như tệp ấy")
        earlier = "báo cáo năm trước: điểm của đơn vị"
        self._take(EARLIER_FOLDER, earlier, kept_for="để so với năm trước")
        self._take(ERASED_FILE, "ngày đã xoá, không có tên ai", kept_for="để kết quả còn nguyên")
        profile = "cách trình bày của cơ quan, không có tên ai"
        self._take(PROFILE_FILE, profile, kept_for=_NEXT_YEAR)
        own = opened.own_templates.name
        self._take(own, "mẫu văn bản riêng, nếu có tên người ký", kept_for=_NEXT_YEAR)

    def output_folder(self, output: Path) -> None:
        """Take note of what was made: papers to units go, results stay."""
        base = output.relative_to(self._folder).as_posix()
        for path in sorted(output.iterdir()):
            name = f"{base}/{path.name}"
            if path.name in _RESULTS:
                self._take(name, _RESULTS[path.name], kept_for="kết quả của năm")
            elif path.name == RECORD_NAME:
                self._take(
                    name, "tên các tệp đã ghi", kept_for="để biết tệp nào do chương trình ghi"
                )
            elif path.name == TOLD_NAME:
                self._take(name, "dấu của những điều đã báo ở lần chạy trước")
            elif path.match(_UNFINISHED):
                self._take(name, "tệp ghi dở khi máy tắt giữa chừng")
            elif path.is_dir():
                self._take(name, _MADE.get(path.name, _OF_UNITS))

    def found(self, opened: Opened) -> PersonalData:
        """Return everything that was seen, and what is left to people."""
        known = {file for place in self._places for file in place.files}
        others = sorted(
            file.relative_to(self._folder).as_posix()
            for file in self._below(self._folder)
            if file not in known and not _is_in_use(file)
        )
        home = self._folder.resolve()
        for output in (opened.output, *sets_elsewhere(opened)):
            is_elsewhere = not output.resolve().is_relative_to(home)
            if is_elsewhere and (output / RECORD_NAME).is_file():
                self._findings.append(Finding(Code.ERASING_LEFT_OUTSIDE, str(output)))
        return PersonalData(
            self._folder,
            tuple(self._places),
            tuple(others),
            tuple(self._findings),
            tuple(self._emptied),
        )

    def _take(self, pattern: str, what: str, *, kept_for: str = "") -> None:
        for path in sorted(self._folder.glob(pattern)):
            if _is_in_use(path):
                continue
            name = path.relative_to(self._folder).as_posix()
            files = tuple(self._below(path)) if path.is_dir() and not _leads_away(path) else (path,)
            goes = self._everything or not kept_for
            if _leads_away(path):
                self._tell(Code.ERASING_LEFT_LINK, path)
                continue
            if path.is_dir() and goes:
                self._emptied += [Path(place) for place, _, _ in os.walk(path)]
            if files:
                self._places.append(PersonalPlace(name, what, files, goes, kept_for))

    def _below(self, folder: Path) -> Iterator[Path]:
        for place, folders, files in os.walk(folder, onerror=self._unseen):
            folders.sort()
            for name in [n for n in folders if _leads_away(Path(place, n))]:
                folders.remove(name)
                self._tell(Code.ERASING_LEFT_LINK, Path(place, name))
            yield from (Path(place, name) for name in sorted(files))

    def _unseen(self, error: OSError) -> None:
        self._tell(Code.NOT_ERASED, Path(error.filename), reason_of(error))

    def _tell(self, code: FindingCode, path: Path, found: str = "") -> None:
        finding = Finding(code, path.relative_to(self._folder).as_posix(), found=found)
        if finding not in self._findings:
            self._findings.append(finding)


def _is_in_use(file: Path) -> bool:
    """Tell whether a file is a lock that is held: it goes when the job, or the page, ends."""
    if file.name.startswith(PRESENCE_FILE):
        return bool(who_holds(file.with_name(PRESENCE_FILE)))
    return file.name.startswith(LOCK_FILE)


def _leads_away(path: Path) -> bool:
    """Tell whether a folder is a link (a junction, on Windows) rather than a folder."""
    return path.is_dir() and path.resolve() != path.parent.resolve() / path.name
