"""The jobs by which a person says of forms that came back: taken, sent back, not to be counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_office.errors import UsageError
from cchc_office.files.folders import label, list_folder
from cchc_office.files.output_folder import digest_of
from cchc_office.model import INSIDE, Decision, FileRead, FormVerdict, ReturnKind, Returns, Unit
from cchc_office.register import open_register
from cchc_office.results.consolidation import require_all_seen
from cchc_office.returns.copies import Copies, copies_of
from cchc_office.steps.brought_back import BroughtBack, Row
from cchc_office.steps.job import Job
from cchc_office.steps.opened import Opened
from cchc_office.text.command_line import advised
from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import VIETNAM, clean_line, composed


def in_words(verdict: FormVerdict, name: str) -> str:
    """Return a verdict on one line: "Văn phòng Sở, a.xlsx: trả lại: thiếu điểm"."""
    why = f": {verdict.reason}" if verdict.reason else ""
    return f"{f'{name}, ' if name else ''}{verdict.file}: {verdict.decision.value}{why}"


@dataclass(frozen=True, kw_only=True, repr=False)
class Judged(BroughtBack):
    """What was said of forms now; `taken_back` is what was said before, and no longer stands."""

    verdicts: tuple[FormVerdict, ...] = ()
    taken_back: tuple[FormVerdict, ...] = ()

    @property
    def words(self) -> str:
        """What was said."""
        return "; ".join(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield what was said of each form."""
        for verdict in self.verdicts:
            unit = self.campaign.find_unit(verdict.unit)
            yield in_words(verdict, unit.name if unit else "")


@dataclass(frozen=True, kw_only=True, repr=False)
class DifferingCopies(BroughtBack):
    """The forms of units that say different things, unit by unit."""

    copies: tuple[Copies, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether there are any."""
        return bool(self.copies) or super().needs_a_person

    @property
    def words(self) -> str:
        """How many units have sent such forms."""
        return f"{len(self.copies)} đơn vị có nhiều bản khác nhau"

    def rows(self) -> Iterator[Row]:
        """Yield the headings and each row on which forms differ, with what each says."""
        yield "Đơn vị", "Dòng", "Tệp", "Ghi"
        for copies in self.copies:
            for row in copies.rows:
                for form, text in zip(copies.forms, row.texts, strict=True):
                    yield copies.unit.code, row.criterion.label, form.file, text


def judge(opened: Opened, named: Sequence[str], decision: Decision, reason: str = "") -> Judged:
    """Record a word on the forms of units, or on files in the folder of returns, by name.

    Raises UsageError for what is no form that came back, and where nobody says why one goes back.
    """
    why = clean_line(reason)
    if decision is Decision.SENT_BACK and not why:
        raise UsageError("Chưa nói trả lại vì sao (--vi-sao): đơn vị cần biết phải sửa gì.")
    if not named:
        example = advised("so tra-lai", "dot-2025", "VP", "--vi-sao", "thiếu điểm mục 1.2")
        raise UsageError(f"Chưa nói phiếu nào, ví dụ: {example}")
    returns = _returns(opened)
    files = dict.fromkeys(_form_named(opened, returns, word) for word in named)
    return _record(opened, [_verdict(opened, file, decision, why) for file in files])


def copies(opened: Opened) -> DifferingCopies:
    """Tell which units sent forms that differ, and where."""
    returns = _returns(opened)
    found = (copies_of(opened.campaign, returns, unit) for unit in opened.campaign.units)
    return DifferingCopies(
        campaign=opened.campaign,
        findings=(),
        copies=tuple(one for one in found if one and one.rows),
    )


def choose(opened: Opened, named: str) -> Judged:
    """Record that the form in a file counts for its unit, and those that differ from it do not.

    What was said before of that file, that it does not count, is struck out. Raises UsageError for
    what is no form that came back, or the only one.
    """
    returns = _returns(opened)
    chosen = _form_named(opened, returns, named)
    unit = opened.campaign.unit(chosen.unit)
    found = copies_of(opened.campaign, returns, unit)
    if found is None:
        raise UsageError(f"{unit.name} chỉ có một bản phiếu, không cần chọn.")
    by_name = {file.file: file for file in returns.files}
    others = [by_name[form.file] for form in found.other_than(chosen.file)]
    why = f"chọn {chosen.file}"
    told = [
        _verdict(opened, file, Decision.NOT_COUNTED, why) for file in others if not _is_aside(file)
    ]
    return _record(opened, told, lift=chosen)


def set_aside(opened: Opened, named: Sequence[str], reason: str = "") -> Judged:
    """Record of files, by name, that they do not count and nobody has to look at them.

    They are nobody's forms, or of senders whom nobody confirmed, or workbooks of reviewers and
    explanations that others stand for. What is set aside already stays so. Raises UsageError for
    any other form, and for what did not come.
    """
    returns = _returns(opened)
    if not named:
        some = _names(f for f in returns.files if f.may_be_set_aside and not f.is_set_aside)
        raise UsageError(f"Chưa nói tệp nào. Các tệp chưa dùng được: {some}.")
    files = dict.fromkeys(f for word in named for f in _useless_named(opened, returns, word))
    new = [file for file in files if not file.is_set_aside]
    why = clean_line(reason)
    told = [(file, why or _usual_reason(file)) for file in new]
    return _record(opened, [_verdict(opened, f, Decision.SET_ASIDE, reason) for f, reason in told])


def _usual_reason(file: FileRead) -> str:
    """Return why a return is set aside unless somebody says it; other files have findings."""
    if file.unconfirmed:
        return "người gửi lạ, không phải của đơn vị"
    if file.kind is ReturnKind.APPRAISAL:
        return "bảng thẩm định không dùng, không tính nữa"
    return "phiếu giải trình không dùng, không tính nữa" if file.kind else ""


def _useless_named(opened: Opened, returns: Returns, word: str) -> Sequence[FileRead]:
    """Return the file that nobody needs and that a word names; of an archive all such in it."""
    wanted = composed(word)
    names = (wanted, Path(wanted).name)
    found = [f for f in returns.files if f.file in names]
    found = found or [f for f in returns.files if f.file.partition(INSIDE)[0] in names]
    useless = [f for f in found if f.may_be_set_aside]
    if useless:
        is_whole = INSIDE in useless[0].file and INSIDE not in wanted
        return useless if is_whole else useless[:1]
    if found:
        unit = opened.campaign.unit(found[0].unit)
        raise UsageError(
            f"{found[0].file} là phiếu của {unit.name}, không để sang bên được. Đơn vị gửi nhiều "
            f"bản thì chọn bản được tính: {advised('so chon')}"
        )
    some = _names(f for f in returns.files if f.may_be_set_aside)
    raise UsageError(f"Không có tệp “{word}” trong các tệp gửi về chưa dùng được: {some}.")


def _names(files: Iterable[FileRead]) -> str:
    return some_of([file.file for file in files], _MOST_NAMED, "tệp") or "không có"


_MOST_NAMED = 21


def _is_aside(file: FileRead) -> bool:
    return file.verdict is not None and file.verdict.decision is Decision.NOT_COUNTED


def _returns(opened: Opened) -> Returns:
    returns = Job(opened).gather()
    require_all_seen(returns.findings)
    return returns


def _form_named(opened: Opened, returns: Returns, word: str) -> FileRead:
    """Return the form that a word names: a unit by its code, or a file by its name."""
    forms = [file for file in returns.files if file.kind is ReturnKind.FORM]
    wanted = composed(word)
    by_name = [f for f in forms if f.file in (wanted, Path(wanted).name)]
    if by_name:
        return by_name[0]
    if opened.campaign.find_unit(word) is None:
        raise UsageError(
            f"“{word}” không phải là mã đơn vị, cũng không phải là phiếu trong "
            f"{opened.returns.name}. Các phiếu: {_names(forms)}."
        )
    return _counted(opened.unit(word), forms)


def _counted(unit: Unit, forms: Sequence[FileRead]) -> FileRead:
    own = [file for file in forms if file.unit == unit.code and file.counted]
    if not own:
        raise UsageError(f"{unit.name} chưa có phiếu nào được tính.")
    return own[0]


def _verdict(opened: Opened, file: FileRead, decision: Decision, reason: str) -> FormVerdict:
    now = dt.datetime.now(tz=VIETNAM)
    return FormVerdict(file.unit, file.file, _digest(opened, file), decision, reason, now)


def _digest(opened: Opened, file: FileRead) -> str:
    outer = file.file.partition(INSIDE)[0]
    for folder in (opened.returns, opened.appraisals):
        for path in list_folder(folder).files:
            if label(path.relative_to(folder)) == outer:
                return digest_of(path.read_bytes())
    raise UsageError(f"{outer} không nằm trong {opened.returns}, nên chưa ghi được gì về nó.")


def _record(
    opened: Opened, verdicts: Sequence[FormVerdict], lift: FileRead | None = None
) -> Judged:
    """Record verdicts; `lift` is the file of which it no longer stands that it does not count."""
    now = dt.datetime.now(tz=VIETNAM)
    digest = _digest(opened, lift) if lift else ""
    with open_register(opened.folder, opened.campaign.id) as register:
        before = tuple(
            v
            for v in register.verdicts()
            if lift
            and v.decision is Decision.NOT_COUNTED
            and (v.digest, v.unit) == (digest, lift.unit)
        )
        for verdict in before:
            register.strike(verdict, now)
        register.record_verdicts(verdicts)
        return Judged(
            campaign=opened.campaign,
            findings=register.findings,
            verdicts=tuple(verdicts),
            taken_back=before,
        )
