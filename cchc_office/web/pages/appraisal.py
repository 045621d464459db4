"""Screen 5: the appraisal by unit or by row, its rounds side by side; the reviewers' workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException

from cchc_office.errors import UsageError
from cchc_office.model import MOST_ROUNDS, Question, ReturnKind, Unit
from cchc_office.steps.appraisal_rows import (
    AppraisedRow,
    row_of_findings,
    rows_of_criterion,
    rows_of_unit,
    units_appraised,
)
from cchc_office.steps.opening import can_be_seen
from cchc_office.steps.values import (
    APPRAISAL,
    Explanation,
    ExplanationState,
    PaperState,
)
from cchc_office.web import forms
from cchc_office.web.campaign_view import (
    address_of,
    campaign_of,
    campaign_page,
    desk_of,
    file_id_named,
    start_run,
)
from cchc_office.web.forms import posted
from cchc_office.web.pages.sending import again_of, of_round, unasked, usual_deadline
from cchc_office.web.pages.uploads import received_now

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.catalogue.findings import Finding
    from cchc_office.model import Campaign, Consolidation, Criterion
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route

_EVIDENCE = "minh-chung"


@dataclass(frozen=True)
class RoundShown:
    """A round of appraisal: the workbook that was made for it, and how far it is."""

    number: int
    made: str
    stands: PaperState | None
    files: tuple[tuple[str, str], ...]
    scored: int
    asked: int
    silent: tuple[Unit, ...]
    """Who is to explain and has not answered."""
    unasked: tuple[Unit, ...]
    """Those of them to which no letter of this round went out."""

    @property
    def asked_in_vain(self) -> tuple[Unit, ...]:
        """Those of them that were asked."""
        return tuple(unit for unit in self.silent if unit not in self.unasked)


@dataclass(frozen=True)
class AskedUnit:
    """A unit that the last round asks to explain, how far that is; `is_changed`: asks else now."""

    unit: Unit
    explanation: Explanation
    is_changed: bool


def show(request: Request) -> Response:
    """Show the rounds, and the units and rows to choose from."""
    campaign = campaign_of(request)
    state = campaign.state()
    data = state.results
    units = list(units_appraised(data)) if data else []
    asked = tuple(_asked(state))
    told = _told(state)
    elsewhere = state.to_look.files
    return campaign_page(
        request,
        "appraisal.html",
        step=5,
        rounds=tuple(_rounds(request, campaign, state)),
        units=units,
        fields=_fields(state),
        told=tuple(finding for finding in told if finding.file not in elsewhere),
        told_elsewhere=tuple(finding for finding in told if finding.file in elsewhere),
        places=_places(campaign, state),
        received=received_now(request),
        asked=asked,
        to_write=_to_write(asked),
        of_state=lambda *names: [one for one in asked if one.explanation.state.name in names],
        deadline=usual_deadline(state),
        again_of=again_of,
        of_round=of_round,
    )


def _asked(state: CampaignState) -> Iterator[AskedUnit]:
    for one in state.standing.units() if state.standing else ():
        if one.explanation:
            is_changed = one.unit.code in state.asked_else
            yield AskedUnit(one.unit, one.explanation, is_changed)


def _to_write(asked: Sequence[AskedUnit]) -> list[AskedUnit]:
    """Return the units whose letters are to be made now: the first ones before any second one."""
    first = [
        one
        for one in asked
        if one.explanation.state is ExplanationState.TO_WRITE
        or (one.is_changed and one.explanation.asked is None)
    ]
    return first or [one for one in asked if one.is_changed]


def _rounds(request: Request, campaign: OpenCampaign, state: CampaignState) -> Iterator[RoundShown]:
    """Yield the rounds that can be made now, and those that were."""
    known = {one.number: one for one in state.rounds}
    for number in range(1, min(len(known) + 1, MOST_ROUNDS) + 1):
        path = campaign.output / APPRAISAL.file_of(state.campaign, number=number)
        made = desk_of(request).file_id(path) if can_be_seen(path) else ""
        one = known.get(number)
        files = one.files if one else ()
        yield RoundShown(
            number,
            made,
            state.appraisals.get(number),
            tuple((file, file_id_named(request, campaign, file)) for file in files),
            one.scored if one else 0,
            len(one.asked) if one else 0,
            tuple(state.campaign.unit(code) for code in one.waiting) if one else (),
            unasked(state, number),
        )


def _fields(state: CampaignState) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Return the fields, each with its rows that units score: id, name, how many units."""
    campaign = state.campaign
    found = []
    for field in campaign.children(None):
        rows = [
            (leaf.id, leaf.label, len(campaign.assignments_of(leaf)))
            for leaf in campaign.leaves_under(field) or (field,)
            if leaf.is_self_scored
        ]
        if rows:
            found.append((field.label, rows))
    return found


def _told(state: CampaignState) -> tuple[Finding, ...]:
    """Return what there is to know of the reviewers' workbooks and of explanations."""
    if state.returns is None or state.results is None:
        return ()
    kinds = (ReturnKind.APPRAISAL, ReturnKind.SUPPLEMENT)
    files = {file.file for file in state.returns.files if file.kind in kinds}
    return tuple(f for f in state.results.findings if f.file in files)


def _places(campaign: OpenCampaign, state: CampaignState) -> dict[Finding, tuple[str, str]]:
    """Return where the rows are shown that findings are about: an address, and what it leads to."""
    if state.results is None:
        return {}
    places = {}
    for finding, (code, row) in row_of_findings(state.results).items():
        address = address_of(campaign, "tham-dinh", "don-vi", quote(code))
        unit = state.campaign.unit(code)
        places[finding] = f"{address}#dong-{quote(row)}", f"xem ở dòng của {unit.name}"
    return places


def show_unit(request: Request) -> Response:
    """Show the rows of a unit, to ask it to explain some of them."""
    campaign = campaign_of(request)
    state, data = _read(campaign)
    unit = _unit(request, state)
    rows = rows_of_unit(data, state.evidence, unit)
    return campaign_page(
        request,
        "appraised_rows.html",
        step=5,
        unit=unit,
        above=lambda criterion: _above(state.campaign, criterion),
        title_of_rows=unit.name,
        rows=rows,
        only=request.query_params.get("chi", ""),
        rounds=range(1, data.rounds + 1),
        files=_files(request, campaign, rows),
        deadline=usual_deadline(state),
        source_of=lambda row: file_id_named(request, campaign, row.source.file),
    )


def _above(campaign: Campaign, criterion: Criterion) -> str:
    """Return the rows that a row is under, from the field down."""
    return " › ".join(row.label for row in reversed(campaign.rows_above(criterion)))


def show_row(request: Request) -> Response:
    """Show one row of the criteria, unit by unit."""
    campaign = campaign_of(request)
    state, data = _read(campaign)
    wanted = request.path_params["row"]
    leaf = next((c for c in state.campaign.leaves if c.id == wanted), None)
    if leaf is None:
        raise HTTPException(404)
    rows = rows_of_criterion(data, state.evidence, leaf)
    return campaign_page(
        request,
        "appraised_rows.html",
        step=5,
        unit=None,
        title_of_rows=leaf.label,
        rows=rows,
        only=request.query_params.get("chi", ""),
        rounds=range(1, data.rounds + 1),
        files=_files(request, campaign, rows),
        deadline=None,
        source_of=lambda row: file_id_named(request, campaign, row.source.file),
    )


def _read(campaign: OpenCampaign) -> tuple[CampaignState, Consolidation]:
    """Return what came back. Raises UsageError where nothing can be told of it."""
    state = campaign.state()
    if state.results is None:
        raise UsageError(state.stopped or "dot-cham.xlsx còn lỗi, nên chưa đọc được phiếu nào.")
    return state, state.results


def _unit(request: Request, state: CampaignState) -> Unit:
    unit = state.campaign.find_unit(request.path_params["unit"])
    if unit is None:
        raise HTTPException(404)
    return unit


def _files(
    request: Request, campaign: OpenCampaign, rows: tuple[AppraisedRow, ...]
) -> Mapping[tuple[str, str], str]:
    """Return the ids of evidence files, by unit and name; those that are not there have none."""
    found = {}
    for row in rows:
        for file in row.files:
            path = campaign.folder / _EVIDENCE / file.unit / file.name
            if can_be_seen(path):
                found[file.unit, file.name] = desk_of(request).file_id(path)
    return found


# --- what is done here ---


def make(request: Request, form: FormData) -> Response:
    """Make the reviewers' workbook of a round."""
    campaign = campaign_of(request)
    number = request.path_params["number"]
    if number not in map(str, range(1, MOST_ROUNDS + 1)):
        raise HTTPException(404)
    every = bool(forms.text(form, "tat-ca"))
    return start_run(
        request,
        f"Làm bảng thẩm định lần {number}",
        "tham-dinh",
        lambda tell: campaign.opened(tell).appraise(int(number), every_leaf=every),
    )


def explain(request: Request, form: FormData) -> Response:
    """Make the letters that ask units to explain what the last round cut or questioned.

    Those of the units that are named, of all where none is. Who had a letter before gets another.
    """
    campaign = campaign_of(request)
    deadline, units = forms.day(form, "han"), forms.texts(form, "don-vi")
    return start_run(
        request,
        "Yêu cầu giải trình",
        f"gui/giai-trinh{_again(campaign.state(), units)}",
        lambda tell: campaign.opened(tell).explain(deadline=deadline, only=units),
    )


def _again(state: CampaignState, units: Sequence[str]) -> str:
    """Return what asks for one more letter to those of the units that had theirs."""
    standing = state.standing
    known = {one.unit.code: one.explanation for one in (standing.units() if standing else ())}
    return again_of([code for code in units if (found := known.get(code)) and found.asked])


def ask(request: Request, form: FormData) -> Response:
    """Ask a unit to explain the rows that were ticked, beside what the round asks of it."""
    campaign = campaign_of(request)
    state = campaign.state()
    unit = _unit(request, state)
    _, data = _read(campaign)
    rows = {row.criterion.id: row for row in rows_of_unit(data, None, unit)}
    questions = tuple(
        Question(id_, forms.text(form, f"loi-{id_}"))
        for id_ in forms.texts(form, "hoi")
        if id_ in rows
    )
    if not questions:
        raise UsageError("Chưa đánh dấu dòng nào để hỏi. Quay lại, đánh dấu các dòng rồi soạn.")
    deadline = forms.day(form, "han")
    return start_run(
        request,
        f"Yêu cầu {unit.name} giải trình",
        f"gui/giai-trinh{_again(state, [unit.code])}",
        lambda tell: campaign.opened(tell).ask_to_explain(
            {unit.code: questions}, deadline=deadline
        ),
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/tham-dinh", show),
    ("POST", "/d/{campaign}/tham-dinh/lan/{number}", posted(make)),
    ("POST", "/d/{campaign}/tham-dinh/giai-trinh", posted(explain)),
    ("GET", "/d/{campaign}/tham-dinh/don-vi/{unit}", show_unit),
    ("POST", "/d/{campaign}/tham-dinh/don-vi/{unit}", posted(ask)),
    ("GET", "/d/{campaign}/tham-dinh/dong/{row:path}", show_row),
)
