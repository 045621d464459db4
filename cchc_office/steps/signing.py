"""Signed copies of letters, each laid beside the letter that it is, to go out in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import UsageError
from cchc_office.files.file_kind import FileKind, kind_of
from cchc_office.files.whole_writing import write_whole
from cchc_office.mail.signed_copies import read_copy
from cchc_office.model import Unit
from cchc_office.papers.kinds import PaperKind
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.given_file import GivenFile
from cchc_office.steps.opened import Opened, Where, counting
from cchc_office.text.vietnamese import clean_line, fold


@dataclass(frozen=True)
class Signed:
    """A copy that was given under a name, and the unit whose letter it lies beside."""

    name: str
    unit: Unit
    saved_as: str


@dataclass(frozen=True, kw_only=True, repr=False)
class SignedTaken(BroughtBack):
    """The copies that have their places now (`signed`); findings tell of those that have none."""

    signed: tuple[Signed, ...] = ()

    @property
    def came_out(self) -> bool:
        """Whether any has its place."""
        return bool(self.signed)

    @property
    def is_done(self) -> bool:
        """Whether all have theirs."""
        return self.came_out and not self.findings

    @property
    def words(self) -> str:
        """How many are where they belong."""
        if not self.signed:
            return "chưa bản đã ký nào đặt được vào chỗ của nó"
        return f"{len(self.signed)} bản đã ký đặt cạnh công văn; soạn lại thư để gửi bản ấy"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and the copies."""
        yield "Tệp đưa vào", "Công văn gửi", "Lưu thành"
        for one in self.signed:
            yield one.name, one.unit.name, one.saved_as


@dataclass(frozen=True)
class _Letter:
    unit: Unit
    path: Path
    content: bytes


def take_signed(opened: Opened, kind: PaperKind, files: Sequence[Where | GivenFile]) -> SignedTaken:
    """Lay signed copies beside their letters of a kind: by what they say, else by their names.

    A copy that lay there before is kept under another name. Raises UsageError where there is no
    file, or no letter yet.
    """
    if not files:
        raise UsageError("Chưa chọn tệp nào. Chọn các bản PDF đã ký, đóng dấu.")
    letters = list(_letters(opened, kind))
    if not letters:
        raise UsageError(f"Chưa có {kind.title} nào trong thư mục {kind.folder}. Làm trước đã.")
    signed, findings = [], []
    tell = counting(opened, "Xem bản đã ký", len(files))
    for file in map(_given, files):
        name = clean_line(file.name)
        letter, why = _letter_of(file, letters)
        if letter is None:
            example = letters[0].path.with_suffix(".pdf").name
            findings.append(Finding(Code.SIGNED_UNPLACED, file=name, found=why, expected=example))
        else:
            place = letter.path.with_suffix(".pdf")
            _put(place, file.content)
            signed.append(Signed(name, letter.unit, f"{kind.folder}/{place.name}"))
        tell(file)
    return SignedTaken(campaign=opened.campaign, findings=tuple(findings), signed=tuple(signed))


def _given(file: Where | GivenFile) -> GivenFile:
    return (
        file if isinstance(file, GivenFile) else GivenFile(Path(file).name, Path(file).read_bytes())
    )


def _letters(opened: Opened, kind: PaperKind) -> Iterator[_Letter]:
    """Yield the letters that lie in the output folder, of each unit the one numbered last."""
    for unit in opened.campaign.units:
        paths = [opened.output / file for file in kind.files_of(opened.campaign, unit)]
        there = [path for path in paths if path.is_file()]
        if there:
            yield _Letter(unit, there[-1], there[-1].read_bytes())


def _letter_of(file: GivenFile, letters: Sequence[_Letter]) -> tuple[_Letter | None, str]:
    """Return the letter that a copy is, or None and why nobody can tell."""
    if kind_of(file.content) is not FileKind.PDF:
        return None, "không phải là tệp PDF"
    copy = read_copy(file.content)
    if copy.trouble:
        return None, f"tệp {copy.trouble}"
    saying = [] if copy.is_scan else [one for one in letters if not copy.why_not(one.content)]
    if len(saying) == 1:
        return saying[0], ""
    stem = fold(PurePosixPath(file.name.replace("\\", "/")).stem)
    named = [one for one in letters if fold(one.path.stem) == stem]
    if named:
        return named[0], ""
    if copy.is_scan:
        return None, "bản quét không có chữ để đọc, tên tệp cũng không phải tên công văn nào"
    return None, "chữ trong đó không đúng là của công văn nào đang có"


def _put(place: Path, content: bytes) -> None:
    if place.is_file():
        if place.read_bytes() == content:
            return
        numbered = (f" (bản trước {number})" for number in count(1))
        place.rename(
            next(p for n in numbered if not (p := place.with_stem(place.stem + n)).exists())
        )
    write_whole(place, content)
