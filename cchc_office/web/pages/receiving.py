"""Screen 3: what came back: a row a unit with its files, what to look at, a verdict."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException

from cchc_office.catalogue.findings import Code, Finding, FindingCode, Severity
from cchc_office.model import Answer, Decision, FileRead, ReturnKind, UnitResult
from cchc_office.steps.opening import can_be_seen
from cchc_office.steps.receiving import what_it_is
from cchc_office.steps.values import DISPATCH, Receipt, UnitStatus
from cchc_office.text.vietnamese import local_day
from cchc_office.web.campaign_view import (
    campaign_of,
    campaign_page,
    desk_of,
)
from cchc_office.web.form_fates import fates_of
from cchc_office.web.pages.uploads import received_now

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route

_TO_COMPLETE = frozenset(
    (
        Code.SCORE_MISSING,
        Code.DECLARED_MISSING,
        Code.DECLARED_INCOMPLETE,
        Code.EVIDENCE_MISSING,
        Code.FORM_ROW_MISSING,
        Code.FORM_ROW_NOT_YET,
    )
)
"""What a unit only left out; whatever else it owes is wrong in its form."""

_OF_LATE = frozenset((Code.RETURNED_LATE, Code.LATE_RETURN_TAKEN))
_SAID_BY_STATE = _OF_LATE | {
    Code.RETURNED_AGAIN_LATE,
    Code.RETURNED_FOR_CHANGED_SET,
    Code.NOT_RETURNED,
    Code.OVERDUE,
    Code.SAVED_DATE_UNKNOWN,
}
_DIFFERENT = frozenset((Code.SEVERAL_RETURNS, Code.RETURNS_SAVED_TOGETHER))
_OF_COPIES = _DIFFERENT | {Code.RETURNS_DIFFER, Code.SAME_RETURN_AGAIN, Code.RETURN_REPLACED}


class Standing(Enum):
    """How a unit's return stands, in a word."""

    WHOLE = "Đủ"
    SETTLED = "Có điểm tự chấm không được tính"
    TO_COMPLETE = "Cần bổ sung"
    TO_MEND = "Cần sửa"
    LATE = "Nộp muộn"
    MISSING = "Chưa nộp"


_KINDS = {
    Standing.WHOLE: "good",
    Standing.SETTLED: "look",
    Standing.TO_COMPLETE: "look",
    Standing.TO_MEND: "look",
    Standing.LATE: "wait",
    Standing.MISSING: "wait",
}
_FILTERS = {
    "tat-ca": "Tất cả",
    "can-xem": "Cần xem",
    "chua-nop": "Chưa nộp",
    "du": "Không phải xem gì",
}


@dataclass(frozen=True)
class CameFile:
    """A file that came back: whose it is by name, what became of it, when and how it came."""

    id: str
    name: str
    fate: str
    came: str
    counted: bool = False
    unconfirmed: str = ""
    findings: tuple[Finding, ...] = ()
    receipt: Receipt | None = None

    @property
    def may_be_dated(self) -> bool:
        """Whether a person may say when it came: it is a return, and no message tells."""
        return bool(self.id and self.receipt and not self.receipt.sender)


@dataclass(frozen=True)
class StrayFile:
    """A file that is no unit's form, what it is, and whether a person has to look at it.

    One that nobody needs can be set aside (`is_useless`), and looked at again where it was.
    """

    file: CameFile
    what: str
    to_look: bool
    is_useless: bool
    is_aside: bool

    @property
    def filters(self) -> tuple[str, ...]:
        """By which filters it is shown; one that was set aside by none, as it has its own place."""
        if self.is_aside:
            return ()
        return ("tat-ca", "can-xem") if self.to_look else ("tat-ca",)


@dataclass(frozen=True)
class UnitRow:
    """A unit on the screen: its files, its scores, how it stands, what to look at."""

    result: UnitResult
    status: UnitStatus
    standings: tuple[Standing, ...]
    files: tuple[CameFile, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    evidence: int
    differ: int
    given_out: str
    to_look: bool
    only_assists: bool

    @property
    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield the kind and the words of each mark."""
        if self.sent_back:
            yield "look", "Đã trả lại"
        late = self.came_late
        for standing in self.standings:
            if standing is not Standing.LATE:
                yield _KINDS[standing], standing.value
            elif not self.is_taken:
                yield _KINDS[standing], f"{standing.value}: {late}"
        if again := self._day_of(Code.RETURNED_AGAIN_LATE):
            yield "good", f"Nộp lại sau khi trả lại: {again}"
        if again := self._day_of(Code.RETURNED_FOR_CHANGED_SET):
            yield "good", f"Nộp lại vì bộ chỉ số đổi: {again}"
        if self.is_taken:
            yield "good", f"Đã nhận, dù nộp muộn: {late}" if late else "Đã nhận"
        if self.differ:
            yield "look", f"{self.differ + 1} bản khác nhau"
        if any(file.unconfirmed and file.counted for file in self.files):
            yield "look", "Chưa rõ người gửi"

    @property
    def came_late(self) -> str:
        """The day by which the form that counts is late, and what day that is; "" if in time."""
        return self._day_of(*_OF_LATE)

    def _day_of(self, *codes: FindingCode) -> str:
        return next((f.found for f in self.result.findings if f.code in codes), "")

    @property
    def sent_back(self) -> str:
        """What the form that counts was sent back for, "" where it was not."""
        verdict = self.status.verdict
        return verdict.reason if verdict and verdict.decision is Decision.SENT_BACK else ""

    @property
    def is_taken(self) -> bool:
        """Whether a person looked at the form that counts, and took it."""
        verdict = self.status.verdict
        return verdict is not None and verdict.decision is Decision.TAKEN

    @property
    def filters(self) -> tuple[str, ...]:
        """By which filters it is shown."""
        came = "can-xem" if self.to_look else "du"
        return "tat-ca", "chua-nop" if Standing.MISSING in self.standings else came


def show(request: Request) -> Response:
    """Show what came back."""
    campaign = campaign_of(request)
    state = campaign.state()
    rows = tuple(_rows(request, campaign, state))
    chosen = request.query_params.get("xem", "")
    chosen = chosen if chosen in _FILTERS else "tat-ca"
    others = tuple(_others(request, campaign, state))
    return campaign_page(
        request,
        "receiving.html",
        step=3,
        rows=[row for row in rows if chosen in row.filters],
        filters=tuple(_filters(rows, others)),
        chosen=chosen,
        others=[other for other in others if chosen in other.filters],
        is_empty=not others,
        aside=[other.file for other in others if other.is_aside],
        returns_id=desk_of(request).file_id(campaign.folder / "nhan-ve"),
        received=received_now(request),
        locked=any(f.code is Code.PASSWORD_PROTECTED for f in state.findings),
        **_scores(rows),
    )


def _filters(
    rows: Sequence[UnitRow], others: Sequence[StrayFile]
) -> Iterator[tuple[str, str, str]]:
    """Yield the name and the words of each filter, and how many units and files it shows."""
    units = Counter(name for row in rows for name in row.filters)
    files = Counter(name for other in others for name in other.filters)
    for name, words in _FILTERS.items():
        of_units, of_files = units[name], files[name]
        told = f"{of_files} tệp" if of_files else str(of_units)
        if of_units and of_files:
            told = f"{of_units + of_files}: {of_units} đơn vị, {of_files} tệp"
        yield name, words, told


def _scores(rows: Sequence[UnitRow]) -> dict[str, Any]:
    expected = [row for row in rows if row.result.returned or Standing.MISSING in row.standings]
    came = sum(row.result.returned is not None for row in expected)
    return {"came": came, "expected": len(expected)}


def _rows(request: Request, campaign: OpenCampaign, state: CampaignState) -> Iterator[UnitRow]:
    """Yield a row for each unit that has returned something, or is to."""
    if state.results is None or state.standing is None or state.returns is None:
        return
    results = {result.unit.code: result for result in state.results.units}
    files: dict[str, list[FileRead]] = {}
    for file in state.returns.files:
        if file.kind is ReturnKind.FORM:
            files.setdefault(file.unit, []).append(file)
    strange = {file.file for file in state.returns.files if file.kind is not ReturnKind.FORM}
    saved = {form.file: form.saved for form in (*state.returns.returns, *state.returns.others)}
    about: dict[str, list[Finding]] = {}
    fates: dict[str, set[FindingCode]] = {}
    for finding in state.returns.findings:
        about.setdefault(finding.unit, []).append(finding)
        fates.setdefault(finding.file, set()).add(finding.code)

    whys = {unit: fates_of(own, fates, saved) for unit, own in files.items()}

    def came(file: FileRead) -> CameFile:
        path = path_of(campaign, file.file)
        receipt = state.standing.receipt_of(file.unit, file.file) if state.standing else None
        return CameFile(
            desk_of(request).file_id(path) if path else "",
            file.file,
            whys[file.unit].get(file.file, ""),
            _came(receipt, saved.get(file.file)),
            file.counted,
            file.unconfirmed,
            receipt=receipt,
        )

    evidence = Counter(file.unit for file in state.evidence.files) if state.evidence else Counter()
    for status in state.standing.units():
        code = status.unit.code
        result = results[code]
        if result.returned is None and not state.campaign.expects_return(status.unit):
            continue
        own = (f for f in about.get(code, ()) if f.file not in strange or not result.returned)
        told = [*own, *result.findings]
        shown = [f for f in told if f.code not in _SAID_BY_STATE | _OF_COPIES]
        yield UnitRow(
            result,
            status,
            _standings(result),
            tuple(map(came, files.get(code, ()))),
            tuple(f for f in shown if f.severity is not Severity.NOTE),
            tuple(f for f in shown if f.severity is Severity.NOTE),
            evidence[code],
            sum(f.code in _DIFFERENT for f in told),
            _given_out(status),
            code in state.to_look.units,
            not state.campaign.scored_by(status.unit),
        )


def show_unit(request: Request) -> Response:
    """Show what came back from one unit: its files side by side, what to look at, a verdict."""
    campaign = campaign_of(request)
    state = campaign.state()
    row = _row_of(request, campaign, state)
    copies = state.copies_of(row.result.unit)
    return campaign_page(
        request,
        "received_unit.html",
        step=3,
        row=row,
        copies=copies if copies and copies.rows else None,
        fates={file.name: file.fate for file in row.files},
        suggested="; ".join(row.status.owes) if not row.sent_back else row.sent_back,
    )


def _row_of(request: Request, campaign: OpenCampaign, state: CampaignState) -> UnitRow:
    """Return the row of the unit that the address names. Raises 404 where there is none."""
    rows = _rows(request, campaign, state)
    code = request.path_params["unit"]
    found = next((row for row in rows if row.result.unit.code == code), None)
    if found is None:
        raise HTTPException(404)
    return found


def _standings(result: UnitResult) -> tuple[Standing, ...]:
    if result.returned is None:
        return (Standing.MISSING,)
    late = any(finding.code in _OF_LATE for finding in result.findings)
    codes = {debt.code for debt in result.debts if debt.code}
    if codes - _TO_COMPLETE:
        main = Standing.TO_MEND
    else:
        # What reviewers settled is owed no more, and counts in no sum of the unit's own.
        unusable = any(a.answer is Answer.UNUSABLE for a in result.answers.values())
        whole = Standing.SETTLED if unusable else Standing.WHOLE
        main = Standing.TO_COMPLETE if codes else whole
    return (main, Standing.LATE) if late else (main,)


def _given_out(status: UnitStatus) -> str:
    last = status.last(DISPATCH)
    return f"đã giao {last.day:%d/%m/%Y}, {last.way}" if last and last.is_done else "chưa giao"


# --- files ---


def path_of(campaign: OpenCampaign, file: str) -> Path | None:
    """Return where a file that came back lies, or the archive or message that it is in."""
    outer = file.partition(" › ")[0]
    for folder in ("nhan-ve", "tham-dinh"):
        path = campaign.folder / folder / outer
        if can_be_seen(path):
            return path
    return None


def _came(receipt: Receipt | None, saved: dt.datetime | None) -> str:
    if receipt is None:
        return ""
    if saved and not receipt.is_received:
        return f"{receipt.came}; trong tệp ghi lưu {local_day(saved):%d/%m/%Y}"
    how = f" qua thư của {receipt.sender}" if receipt.sender else ""
    return f"{receipt.came}{how}"


_KIND_WORDS = {
    ReturnKind.APPRAISAL: "bảng thẩm định",
    ReturnKind.SUPPLEMENT: "phiếu giải trình",
}


def _others(request: Request, campaign: OpenCampaign, state: CampaignState) -> Iterator[StrayFile]:
    """Yield the files that are no unit's form."""
    if state.returns is None:
        return
    about: dict[str, list[Finding]] = {}
    for finding in state.returns.findings:
        about.setdefault(finding.file, []).append(finding)
    for file in state.returns.files:
        if file.kind is ReturnKind.FORM:
            continue
        path = path_of(campaign, file.file)
        unit = state.campaign.find_unit(file.unit) if file.unit else None
        what = _what_is(file.kind, about.get(file.file, []))
        receipt = state.standing.receipt_of(file.unit, file.file) if state.standing else None
        shown = CameFile(
            desk_of(request).file_id(path) if path else "",
            file.file,
            ("được tính" if file.counted else "không được tính") if file.kind else "",
            _came(receipt, None),
            file.counted,
            file.unconfirmed,
            tuple(about.get(file.file, ())),
            receipt,
        )
        yield StrayFile(
            shown,
            f"{what} của {unit.name}" if unit else what,
            file.file in state.to_look.files,
            file.may_be_set_aside,
            file.is_set_aside,
        )


def _what_is(kind: ReturnKind | None, findings: list[Finding]) -> str:
    if kind:
        return _KIND_WORDS[kind]
    is_blank = any(finding.code is Code.FORM_UNFILLED for finding in findings)
    return "phiếu chưa điền gì" if is_blank else what_it_is(findings)


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/nhan-phieu", show),
    ("GET", "/d/{campaign}/nhan-phieu/{unit}", show_unit),
)
