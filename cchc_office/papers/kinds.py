"""Every kind of paper, declared once: what it is called, where it lies, what it is made from.

Steps, templates, mail, the register and the commands read what stands here. A new paper is one more
value of `PAPERS`, with its builder in a module of its own.
"""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.errors import UsageError
from cchc_office.model import MOST_REMINDERS, MOST_ROUNDS, Campaign, Consolidation, Unit, UnitResult
from cchc_office.text.command_line import advised

if TYPE_CHECKING:
    from cchc_office.word.templates import Names


@dataclass(frozen=True)
class Basis:
    """What papers are made from.

    `own_templates` is the folder of the office's own templates. `results` is what came back, put
    together, where papers tell of it. `number` is that of the papers: of the round, or of reminders
    for all or by the codes of units. `deadline` is the day by which units shall answer. `only`
    names the units, by their codes, that papers are made for; None means all. `told_deadlines` are
    those that units were last told, by their codes, as far as the register knows.
    """

    campaign: Campaign
    profile: Profile = DEFAULT_PROFILE
    own_templates: Path | None = None
    results: Consolidation | None = None
    number: int | Mapping[str, int] = 1
    deadline: dt.date | None = None
    only: Collection[str] | None = None
    told_deadlines: Mapping[str, dt.date] = field(default_factory=dict)

    @property
    def consolidation(self) -> Consolidation:
        """What came back. Raises ValueError for papers that are made without it."""
        if self.results is None:
            raise ValueError("results")
        return self.results

    def units(self) -> Iterator[Unit]:
        """Yield the units that papers are made for."""
        yield from (unit for unit in self.campaign.units if self.is_for(unit.code))

    def owing(self) -> Iterator[UnitResult]:
        """Yield those among the units that owe something, with what that is."""
        results = self.consolidation.units
        yield from (one for one in results if one.debts and self.is_for(one.unit.code))

    def has_returned(self, unit: Unit) -> bool:
        """Tell whether a form of the unit came back."""
        own = (one for one in self.consolidation.units if one.unit.code == unit.code)
        return any(one.returned for one in own)

    @property
    def round(self) -> int:
        """The round of appraisal, which is one for all."""
        if not isinstance(self.number, int):
            raise TypeError("number")
        return self.number

    def number_for(self, unit: Unit) -> int:
        """Return the number of the unit's paper."""
        return self.number if isinstance(self.number, int) else self.number[unit.code]

    def is_for(self, unit: str) -> bool:
        """Tell whether papers are made for the unit of this code."""
        return self.only is None or unit in self.only


_BESIDE = r"(?: \(ban moi(?: \d+)?\))?"
"""What the output folder adds to a name where a person changed the file that has it."""


@dataclass(frozen=True, eq=False)
class Along:
    """A paper that goes along with a letter, where `when` says so of the unit."""

    kind: PaperKind
    when: Callable[[Basis, Unit], bool] = lambda _basis, _unit: True


@dataclass(frozen=True, eq=False)
class Mailing:
    """How a letter goes out by mail, with what.

    `words` is what is done by it, as the register, its journal and the console say it; `subject`
    that of the message; `flag` the name by which the text of the message asks for it; `heading`
    that of its column in the register. `brings` are the papers that go along, behind the letter.
    """

    words: str
    subject: str
    flag: str
    heading: str
    brings: tuple[Along, ...] = ()


@dataclass(frozen=True, eq=False)
class PaperKind:
    """A kind of paper.

    `key` is its name in the register, `title` what clerks call it. `folder` is where it lies below
    the output folder, and the command that makes it; `holds` says what all papers of the folder
    are, where there are several kinds. `file` is its name there: `{unit}` stands for the name that
    a unit's papers have, `{number}` for "-lan-2" where papers of the kind are numbered: from
    `named_from` up to `most` (0: they are not).

    `builder` is the module of `papers` that makes it: what goes out by mail has a `plan` there.
    `template` is the file it is made of, if it is, which is offered the names in the builder's
    `OFFERS`. `from_returns` tells that it is made from what came back; with `wants_answer` it may
    name a day by which it wants one.
    """

    key: str
    title: str = field(repr=False)
    folder: str = field(repr=False)
    file: str = field(repr=False)
    builder: str = field(repr=False)
    template: str = field(default="", repr=False)
    holds: str = field(default="", repr=False)
    most: int = field(default=0, repr=False)
    named_from: int = field(default=2, repr=False)
    from_returns: bool = field(default=False, repr=False)
    wants_answer: bool = field(default=False, repr=False)
    mailing: Mailing | None = field(default=None, repr=False)

    @property
    def command(self) -> str:
        """What a clerk types to have it made."""
        return advised(self.folder)

    @property
    def mail(self) -> Mailing:
        """How it goes out by mail; raises ValueError for what goes out with another paper."""
        if self.mailing is None:
            raise ValueError(self.key)
        return self.mailing

    def numbered(self, number: int) -> str:
        """Return what is done by the letter, for the how-manieth time: "đôn đốc lần 2"."""
        return f"{self.mail.words} lần {number}" if number else self.mail.words

    def file_of(self, campaign: Campaign, unit: Unit | None = None, number: int = 0) -> str:
        """Return where the paper lies below the output folder."""
        ending = f"-lan-{number}" if number >= self.named_from else ""
        name = campaign.paper_name(unit) if unit else ""
        return f"{self.folder}/{self.file.format(unit=name, number=ending)}"

    def files_of(self, campaign: Campaign, unit: Unit | None = None) -> Iterator[str]:
        """Yield where the paper lies, under each number that it can have."""
        for number in range(1, self.most + 1) if self.most else (0,):
            yield self.file_of(campaign, unit, number)

    def names_in(self, file: str) -> Iterator[tuple[str, int]]:
        """Yield whose papers a file of this name may be, the longest name first, and the number.

        What was written beside a paper that a person changed, and a PDF of it, are of its kind.
        """
        path, own = PurePosixPath(file), PurePosixPath(self.file)
        endings = {own.suffix, ".pdf"} if own.suffix == ".docx" else {own.suffix}
        if path.parent.as_posix() != self.folder or path.suffix not in endings:
            return
        for number in ("", r"-lan-(?P<number>\d+)") if self.most else ("",):
            pattern = own.stem.format(unit="(?P<unit>.+)", number=number)
            if found := re.fullmatch(pattern + _BESIDE, path.stem):
                yield found["unit"], int(found["number"] if number else bool(self.most))

    def offers(self) -> Names:
        """Return the names that its template is offered."""
        names: Names = self.module().OFFERS
        return names

    def module(self) -> Any:
        """Return the module that makes it."""
        return importlib.import_module(f"cchc_office.papers.{self.builder}")


TABLE = PaperKind("TABLE", "bảng phân công", "phu-luc", "phu-luc.docx", builder="assignment_table")
"""Made for all units together; it goes along with the tasks of each."""
TABLE_BOOK = PaperKind(
    "TABLE_BOOK", "bảng phân công", "phu-luc", "phu-luc.xlsx", builder="assignment_table"
)
FORM = PaperKind("FORM", "phiếu tự chấm điểm", "phieu-cham", "{unit}.xlsx", builder="form.writer")
DISPATCH = PaperKind(
    "TASKS",
    "công văn giao việc",
    "cong-van",
    "{unit}.docx",
    builder="dispatch",
    template="cong-van-giao-viec.docx",
    mailing=Mailing(
        "giao việc",
        "giao thực hiện {set} năm {year} và phiếu tự chấm điểm",
        "la_giao_viec",
        "Giao việc",
        brings=(
            Along(TABLE, when=lambda basis, _: bool(basis.campaign.info.appendix_label)),
            Along(FORM),
        ),
    ),
)
REMINDER = PaperKind(
    "REMINDER",
    "công văn đôn đốc",
    "don-doc",
    "{unit}{number}.docx",
    builder="reminder",
    template="cong-van-don-doc.docx",
    from_returns=True,
    most=MOST_REMINDERS,
    mailing=Mailing(
        "đôn đốc",
        "đôn đốc tự chấm điểm {index} năm {year}{time}",
        "la_don_doc",
        "Đôn đốc sau cùng",
        brings=(Along(FORM, when=lambda basis, unit: not basis.has_returned(unit)),),
    ),
)
SHORT_REMINDER = PaperKind(
    "SHORT_REMINDER",
    "tin nhắn đôn đốc",
    "don-doc",
    "{unit}{number}-tin-nhan.txt",
    builder="short_reminder",
    template="tin-nhan-don-doc.txt",
    from_returns=True,
    most=MOST_REMINDERS,
)
"""Beside the letter, for whoever is told by telephone, Zalo or SMS."""
SUPPLEMENT = PaperKind(
    "SUPPLEMENT",
    "phiếu bổ sung, giải trình",
    "giai-trinh",
    "{unit}-bo-sung{number}.xlsx",
    builder="appraisal.supplement",
    from_returns=True,
    most=MOST_ROUNDS,
    wants_answer=True,
)
EXPLANATION = PaperKind(
    "EXPLANATION",
    "công văn yêu cầu giải trình",
    "giai-trinh",
    "{unit}{number}.docx",
    builder="explanation_request",
    template="cong-van-giai-trinh.docx",
    holds="công văn, phiếu giải trình",
    from_returns=True,
    most=MOST_ROUNDS,
    wants_answer=True,
    mailing=Mailing(
        "giải trình",
        "đề nghị giải trình kết quả tự chấm điểm {index} năm {year}",
        "la_giai_trinh",
        "Yêu cầu giải trình",
        brings=(Along(SUPPLEMENT),),
    ),
)
APPRAISAL = PaperKind(
    "APPRAISAL",
    "bảng thẩm định",
    "tham-dinh",
    "tham-dinh{number}.xlsx",
    builder="appraisal.workbook",
    most=MOST_ROUNDS,
    named_from=1,
)
REPORT = PaperKind(
    "REPORT",
    "tổng hợp",
    "tong-hop",
    "tong-hop.xlsx",
    builder="report",
    holds="tổng hợp, báo cáo",
)
UPWARD_REPORT = PaperKind(
    "UPWARD_REPORT",
    "báo cáo",
    "tong-hop",
    "bao-cao.docx",
    builder="upward_report",
    template="bao-cao.docx",
)
REGISTER_BOOK = PaperKind("REGISTER_BOOK", "sổ theo dõi", "so", "so-theo-doi.xlsx", builder="")
MESSAGE = PaperKind(
    "MESSAGE",
    "thư",
    "thu",
    "{unit}{number}.eml",
    builder="mail_text",
    template="thu-gui-kem.txt",
)
"""What brings a unit its papers; it lies in a folder for the letter that it brings."""

PAPERS: tuple[PaperKind, ...] = (
    *(TABLE, TABLE_BOOK, DISPATCH, FORM),
    *(REMINDER, SHORT_REMINDER, APPRAISAL, EXPLANATION, SUPPLEMENT),
    *(REPORT, UPWARD_REPORT, REGISTER_BOOK, MESSAGE),
)


def letters() -> tuple[PaperKind, ...]:
    """Return the letters that go out by mail, each with what it brings."""
    return tuple(kind for kind in PAPERS if kind.mailing)


def letter_in(folder: str | PaperKind) -> PaperKind:
    """Return the letter that a clerk calls by its folder; raises UsageError where none is.

    One that is a letter already stays what it is.
    """
    if isinstance(folder, PaperKind):
        return folder
    known = {kind.folder: kind for kind in letters()}
    if folder not in known:
        raise UsageError(f"“{folder}” không phải là một loại thư; có: {', '.join(known)}.")
    return known[folder]


def letter_made_by(command: str) -> PaperKind | None:
    """Return the letter that a command makes, None where it makes none."""
    return next((kind for kind in letters() if kind.folder == command), None)


def letter_called(words: str) -> PaperKind:
    """Return the letter that the journal knows by what it does; raises KeyError for none."""
    return {kind.mail.words: kind for kind in letters()}[words]


def kind_of(key: str) -> PaperKind:
    """Return the kind that the register knows by this key; raises KeyError for none."""
    return {kind.key: kind for kind in PAPERS}[key]


def letter_that_brings(kind: PaperKind) -> PaperKind | None:
    """Return the letter that a paper is made for: itself, or the first that it goes along with."""
    for letter in letters():
        if kind in (letter, *(along.kind for along in letter.mail.brings)):
            return letter
    return None


def templates() -> dict[str, PaperKind]:
    """Return the kinds that are made of a template, by its file name."""
    return {kind.template: kind for kind in PAPERS if kind.template}


def title_of_folder(folder: str) -> str:
    """Return what the papers of a folder are."""
    own = [kind for kind in PAPERS if kind.folder == folder]
    return next((kind.holds for kind in own if kind.holds), own[0].title)


def whose_paper(file: str, units: Mapping[str, Unit]) -> tuple[PaperKind, Unit, int] | None:
    """Return of which kind a unit's own paper is, whose, and its number, by its place.

    `units` are those of the campaign by the names of their papers. None for what goes to no unit.
    """
    for kind in PAPERS:
        if "{unit}" in kind.file and letter_that_brings(kind):
            for name, number in kind.names_in(file):
                if name in units:
                    return kind, units[name], number
    return None
