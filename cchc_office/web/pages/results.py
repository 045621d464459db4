"""Screen 6: totals, fields, places, each figure leading to the cells that it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from cchc_office.catalogue.findings import Code
from cchc_office.errors import CchcError, UsageError
from cchc_office.model import Place, ScoredRows, scored_rows
from cchc_office.steps.earlier_report import beside_earlier, earlier_reports, keep_earlier
from cchc_office.steps.erased_mark import erased_on
from cchc_office.steps.making import replaced_in
from cchc_office.steps.score_sources import ScoreSource, sources_of_row
from cchc_office.steps.values import REPORT, PaperState
from cchc_office.text import figures
from cchc_office.text.vietnamese import VIETNAM
from cchc_office.web.campaign_view import (
    back_to,
    campaign_of,
    campaign_page,
    desk_of,
    file_id_named,
    start_run,
)
from cchc_office.web.unit_points import unit_points

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.catalogue.findings import Finding
    from cchc_office.model import (
        Comparison,
        Consolidation,
        Criterion,
        LeafResult,
        Subtotal,
        UnitResult,
    )
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route

_FIRST_SOURCES = 3
"""How many cells of a leaf are listed on the page of a heading; its own page has all."""

_WHOLE = "tat-ca"
"""The place of a row in the address of the page that lists all fields."""


# --- what is shown ---


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the criteria with its figures; `scores` are those before the last, by stage.

    `state` says what a leaf lacks; `change` is how its rate stands to the earlier period's.
    """

    criterion: Criterion
    maximum: Decimal | None
    scores: tuple[Decimal | None, ...]
    score: Decimal | None
    rate: Decimal | None
    state: str = ""
    before: Decimal | None = None
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A unit with its figures; `place` is empty where units are not ranked or nothing is known."""

    result: UnitResult
    score: Decimal | None
    maximum: Decimal | None
    rate: Decimal | None
    place: int | None = None
    class_name: str = ""
    before: Decimal | None = None
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of the report that is there."""

    id: str
    name: str
    written: dt.datetime
    is_pdf: bool
    state: PaperState = PaperState.CURRENT


@dataclass(frozen=True, slots=True)
class EarlierChoice:
    """A report that can stand beside: its id, and in words which one it is."""

    id: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell that says something of a score, with the id of its file if it can be opened."""

    of: ScoreSource
    file_id: str

    @property
    def address(self) -> str:
        """The cell's address as Excel's box for going somewhere takes it."""
        source = self.of.source
        return f"'{source.sheet}'!{source.cell}" if source.sheet else source.cell


@dataclass(frozen=True, slots=True)
class RowSources:
    """A row of the criteria with the cells that it comes from; `more` of them are not listed."""

    row: ShownRow
    cells: tuple[SourceCell, ...]
    more: int = 0


def show(request: Request) -> Response:
    """Show totals, fields and units, beside an earlier period if one was chosen."""
    campaign = campaign_of(request)
    state = campaign.state()
    results = state.results
    if results is None:
        return campaign_page(request, "results.html", step=6, results=None)
    comparison, about = _compared(campaign, state)
    units = _units(state, results, comparison)
    is_apart = state.stands_apart
    return campaign_page(
        request,
        "results.html",
        step=6,
        results=results,
        fields=[_row(results, field, comparison) for field in results.campaign.children(None)],
        rows=[_row(results, row, comparison) for row in results.campaign.criteria if _counts(row)],
        units=units,
        points=unit_points(results, [unit.result for unit in units]) if is_apart else None,
        is_ranked=results.campaign.ranks_units,
        stages=_stages(results),
        files=_files(request, campaign, state),
        comparison=comparison,
        about=about,
        choices=_choices(request, campaign),
        missing=[*_what_is_missing(results), *_still_to_explain(state)],
        bonus=state.bonus_words,
        made_of=state.total_words,
        ranked_so=state.ranking_words,
        scored=scored_rows(results.leaves),
        classes=results.campaign.info.ranking.classes,
        replaced=_replaced(campaign),
        taken_late=Code.LATE_RETURN_TAKEN,
        erased=erased_on(campaign.folder),
    )


def _counts(row: Criterion) -> bool:
    return not row.is_text


def _stages(results: Consolidation) -> list[str]:
    """Return what the scores before the last are called: none where nothing was appraised."""
    names = ("Tự chấm", "Thẩm định lần 1", "Thẩm định lần 2")
    return list(names[: results.rounds + 1]) if results.rounds else []


def _row(
    results: Consolidation, criterion: Criterion, comparison: Comparison | None = None
) -> ShownRow:
    then = _then(comparison).get(criterion.id) if comparison else None
    before, change = then or (None, None)
    leaf = results.leaf(criterion)
    if leaf is not None:
        return _leaf(leaf, before, change)
    total = results.subtotals.get(criterion.id)
    if total is None:
        return ShownRow(criterion, None, (), None, None, before=before)
    leaves = map(results.leaf, results.campaign.leaves_under(criterion))
    scored = scored_rows(leaf for leaf in leaves if leaf)
    if not total.has_score:
        return ShownRow(criterion, None, (), None, None, _pending(total, scored), before)
    scores = (total.score, total.round_1, total.round_2)[: results.rounds + 1]
    return ShownRow(
        *(criterion, total.achieved_max, scores if results.rounds else (), total.achieved),
        *(total.achieved_rate, _pending(total, scored), before, change),
    )


def _leaf(leaf: LeafResult, before: Decimal | None, change: Decimal | None) -> ShownRow:
    criterion = leaf.criterion
    scores = tuple(criterion.signed(s) for s in (leaf.score, *leaf.rounds)) if leaf.rounds else ()
    is_done = leaf.state.name in ("SCORED", "WAIVED") or leaf.survey is not None
    return ShownRow(
        *(criterion, leaf.achieved_max, scores, criterion.signed(leaf.achieved)),
        *(leaf.achieved_rate, "" if is_done else leaf.state.value, before, change),
    )


def _pending(total: Subtotal, scored: ScoredRows) -> str:
    told = list(scored.lacking)
    if total.survey_pending:
        told.append(f"còn {figures.as_typed(total.survey_pending)} điểm khảo sát")
    return "; ".join(told)


_Then = Mapping[str, tuple[Decimal | None, Decimal | None]]


def _then(comparison: Comparison) -> _Then:
    """Return the earlier rate and by how much it rose, by the id of the row that is now."""
    rows = (*comparison.rows, *comparison.fields)
    return {r.now.id: (r.before.rate, r.rate_change) for r in rows if r.now and r.then}


def _units(
    state: CampaignState, results: Consolidation, comparison: Comparison | None
) -> list[ShownUnit]:
    """Return the units, by their places where they are ranked."""
    by_code = {result.unit.code: result for result in results.units}
    then = {u.now.code: u for u in comparison.units if u.now} if comparison else {}
    places = state.places

    def shown(result: UnitResult, place: Place | None) -> ShownUnit:
        beside = then.get(result.unit.code)
        own = place or _unranked(result)
        is_known = place.is_known if place else result.total.has_score
        return ShownUnit(
            result,
            own.score if is_known else None,
            own.maximum if is_known else None,
            own.rate if is_known else None,
            place=own.place,
            class_name=own.class_name if is_known else "",
            before=beside.before.rate if beside else None,
            change=beside.rate_change if beside else None,
        )

    if places is None:
        return [shown(result, None) for result in results.units if _has_part(state, result)]
    return [shown(by_code[place.unit.code], place) for place in places]


def _unranked(result: UnitResult) -> Place:
    total = result.total
    return Place(result.unit, None, total.achieved, total.achieved_max, total.achieved_rate)


def _has_part(state: CampaignState, result: UnitResult) -> bool:
    return result.returned is not None or state.campaign.expects_return(result.unit)


def _what_is_missing(results: Consolidation) -> list[str]:
    """Return what the figures do not hold yet, in words."""
    total, told = results.total, []
    expected = [u for u in results.units if results.campaign.expects_return(u.unit)]
    came = sum(unit.returned is not None for unit in expected)
    if came < len(expected):
        told.append(f"{came}/{len(expected)} đơn vị đã nộp")
    if total.survey_pending:
        methods = dict.fromkeys(
            leaf.criterion.method.value
            for leaf in results.leaves
            if leaf.state.name == "SURVEY" and leaf.survey is None
        )
        told.append(
            f"{', '.join(methods)} chưa có kết quả ({figures.as_typed(total.survey_pending)} điểm)"
        )
    return [*told, *scored_rows(results.leaves).lacking]


def _still_to_explain(state: CampaignState) -> Iterator[str]:
    """Yield how many units have yet to explain what the last round of appraisal asks."""
    for one in state.rounds[-1:]:
        if one.waiting:
            yield f"thẩm định lần {one.number}: {len(one.waiting)} đơn vị chưa có giải trình"


def _files(request: Request, campaign: OpenCampaign, state: CampaignState) -> list[ShownFile]:
    """Return the files of the report that are there, as they are named."""
    folder = campaign.output / REPORT.folder
    shown = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.suffix in (".xlsx", ".docx", ".pdf") and path.name[0] not in "~.":
                saved = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=VIETNAM)
                id_ = desk_of(request).file_id(path)
                stands = state.report.get(f"{REPORT.folder}/{path.name}", PaperState.CURRENT)
                shown.append(ShownFile(id_, path.name, saved, path.suffix == ".pdf", stands))
    return shown


def _replaced(campaign: OpenCampaign) -> tuple[str, ...]:
    """Return what the last run that replaced files replaced, if files of the report were in it."""
    names = replaced_in(campaign.output)
    return names if any(name.startswith(f"{REPORT.folder}/") for name in names) else ()


# --- an earlier period ---


def _compared(
    campaign: OpenCampaign, state: CampaignState
) -> tuple[Comparison | None, tuple[Finding, ...]]:
    """Hold the results against the report that was chosen; one that is gone is no more chosen."""
    file, results = campaign.earlier, state.results
    if file is None or results is None:
        return None, ()
    try:
        written = file.stat().st_mtime_ns
        return campaign.kept(
            "so-voi", state, (file, written), lambda: beside_earlier(results, file)
        )
    except (OSError, UsageError):
        campaign.earlier = None
        return None, ()


def _choices(request: Request, campaign: OpenCampaign) -> list[EarlierChoice]:
    """Return the reports that can stand beside: of other campaigns, and those kept in this one."""
    desk = desk_of(request)
    return [
        EarlierChoice(
            desk.file_id(file),
            f"{file.name} – {file.parent.name if other is campaign else other.folder.name}",
            file == campaign.earlier,
        )
        for other in desk.known()
        for file in earlier_reports(other.folder)
        if other is not campaign or file.parent != campaign.output / REPORT.folder
    ]


def _chosen(request: Request, campaign: OpenCampaign, id_: str) -> Response:
    known = {choice.id for choice in _choices(request, campaign)}
    if id_ and id_ not in known:
        raise HTTPException(404)
    campaign.earlier = desk_of(request).file(id_) if id_ else None
    return back_to(campaign, "ket-qua")


async def take_earlier(request: Request) -> Response:
    """Take the report of an earlier period: one that is there already, or a file."""
    campaign = await anyio.to_thread.run_sync(campaign_of, request)
    async with request.form(max_files=1, max_fields=4) as form:
        given, chosen = form.get("moi"), form.get("tep", "")
        content = await given.read() if isinstance(given, UploadFile) else b""

    def take() -> Response:
        if not content:
            return _chosen(request, campaign, str(chosen))
        campaign.earlier = keep_earlier(campaign.folder, content)
        return back_to(campaign, "ket-qua")

    return await anyio.to_thread.run_sync(take)


# --- the cells that a figure comes from ---


def row_sources(request: Request) -> Response:
    """Show from which cells the figure of a row comes: of a heading, its leaves with the first."""
    campaign, id_ = campaign_of(request), request.path_params["row"]
    results = _results(campaign)
    row = next((c for c in results.campaign.criteria if c.id == id_ and _counts(c)), None)
    if row is None and id_ != _WHOLE:
        raise HTTPException(404)
    leaves: Iterable[Criterion] = results.campaign.leaves
    if row is not None:
        leaves = results.campaign.leaves_under(row) or (row,)
    most = None if row is not None and results.leaf(row) else _FIRST_SOURCES
    opener = _Opener(request, campaign)
    return campaign_page(
        request,
        "score_sources.html",
        step=6,
        of=row.label if row else "Toàn bộ chỉ số",
        shown=_row(results, row) if row else None,
        total=results.total,
        parent=row.parent if row else "",
        is_unit=False,
        rows=[
            opener.of(_row(results, leaf), sources_of_row(results, leaf), most) for leaf in leaves
        ],
    )


def unit_sources(request: Request) -> Response:
    """Show from which cells the figures of a unit come."""
    campaign = campaign_of(request)
    results = _results(campaign)
    unit = results.campaign.find_unit(request.path_params["unit"])
    if unit is None:
        raise HTTPException(404)
    opener = _Opener(request, campaign)
    leaves = [row for row in results.campaign.leaves if results.campaign.assignment(unit, row)]
    return campaign_page(
        request,
        "score_sources.html",
        step=6,
        of=unit.name,
        shown=None,
        total=next(r.total for r in results.units if r.unit.code == unit.code),
        parent="",
        is_unit=True,
        rows=[
            opener.of(_row(results, leaf), sources_of_row(results, leaf, unit)) for leaf in leaves
        ],
    )


def _results(campaign: OpenCampaign) -> Consolidation:
    results = campaign.state().results
    if results is None:
        raise CchcError("Chưa có kết quả: xem bước Bộ chỉ số và Nhận phiếu còn gì phải sửa.")
    return results


class _Opener:
    """Knows of each file that is named how it is opened, looking for it once."""

    def __init__(self, request: Request, campaign: OpenCampaign) -> None:
        self._request, self._campaign = request, campaign
        self._ids: dict[str, str] = {}

    def of(
        self, row: ShownRow, sources: Iterator[ScoreSource], most: int | None = None
    ) -> RowSources:
        found = list(sources)
        first = found[:most]
        cells = tuple(SourceCell(one, self._id(one.source.file)) for one in first)
        return RowSources(row, cells, len(found) - len(first))

    def _id(self, file: str) -> str:
        if file not in self._ids:
            self._ids[file] = file_id_named(self._request, self._campaign, file)
        return self._ids[file]


# --- jobs ---


def consolidate(request: Request) -> Response:
    """Make tong-hop.xlsx and bao-cao.docx."""
    return _consolidate(request, "Tổng hợp, báo cáo", as_pdf=False)


def consolidate_to_pdf(request: Request) -> Response:
    """Make them, and a PDF beside each."""
    return _consolidate(request, "Tổng hợp, báo cáo và bản PDF", as_pdf=True)


def _consolidate(request: Request, title: str, *, as_pdf: bool) -> Response:
    campaign = campaign_of(request)
    earlier: Path | None = campaign.earlier
    return start_run(
        request,
        title,
        "ket-qua",
        lambda tell: campaign.opened(tell).consolidate(earlier=earlier, as_pdf=as_pdf),
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/ket-qua", show),
    ("GET", "/d/{campaign}/ket-qua/dong/{row}", row_sources),
    ("GET", "/d/{campaign}/ket-qua/don-vi/{unit}", unit_sources),
    ("POST", "/d/{campaign}/ket-qua/tong-hop", consolidate),
    ("POST", "/d/{campaign}/ket-qua/pdf", consolidate_to_pdf),
    ("POST", "/d/{campaign}/ket-qua/nam-truoc", take_earlier),
)
