"""One letter looked through: as a PDF in the browser, held against Decree 30, written nowhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cchc_office.errors import CchcError, UsageError
from cchc_office.steps.values import DISPATCH, EXPLANATION, REMINDER, PaperKind, letter_in
from cchc_office.web.campaign_view import campaign_of, campaign_page
from cchc_office.web.views import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from cchc_office.model import Unit
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.steps.preview import Preview
    from cchc_office.web.pages import Route

_STEPS = {DISPATCH: 2, REMINDER: 4, EXPLANATION: 5}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_KEPT = 8
_kept: dict[str, bytes] = {}
_lock = threading.Lock()


def letter_of(request: Request) -> PaperKind:
    """Return the letter that the address names. Raises 404 where it names none."""
    try:
        return letter_in(request.path_params["kind"])
    except UsageError:
        raise HTTPException(404) from None


def step_of(kind: PaperKind) -> int:
    """Return the step of the year that a letter is of."""
    return _STEPS.get(kind, 2)


def show(request: Request) -> Response:
    """Show the letter to a unit, or to the first that gets one."""
    from cchc_office.steps.preview import can_make_pdf

    campaign, kind = campaign_of(request), letter_of(request)
    state = campaign.state()
    units = list(_units(kind, state))
    asked = request.query_params.get("don-vi") or (units[0].code if units else "")
    if not asked:
        return campaign_page(request, "preview.html", step=step_of(kind), kind=kind, seen=None)
    seen = _preview(request, kind, asked)
    codes = [unit.code for unit in units]
    place = codes.index(asked) if asked in codes else -1
    return campaign_page(
        *(request, "preview.html"),
        step=step_of(kind),
        kind=kind,
        seen=seen,
        units=units,
        before=codes[place - 1] if place > 0 else "",
        after=codes[place + 1] if 0 <= place < len(codes) - 1 else "",
        can_show=can_make_pdf(),
    )


def pdf(request: Request) -> Response:
    """Hand out the letter as a PDF, which takes LibreOffice some seconds."""
    try:
        content, name = _pdf(_preview(request, letter_of(request)))
    except CchcError as error:
        return refusal(request, str(error), status=409)
    return _file(content, name, "application/pdf", "inline")


def docx(request: Request) -> Response:
    """Hand out the letter as the Word document that it is."""
    seen = _preview(request, letter_of(request))
    if not seen.content:
        raise HTTPException(404)
    return _file(seen.content, seen.name, _DOCX, "attachment")


def _preview(request: Request, kind: PaperKind, unit: str = "") -> Preview:
    campaign = campaign_of(request)
    unit = unit or request.query_params.get("don-vi", "")
    if campaign.state().campaign.find_unit(unit) is None:
        raise HTTPException(404)
    return campaign.opened().preview_letter(kind, unit, seen=_seen(campaign.state()))


def _seen(state: CampaignState) -> CampaignState | None:
    return state if state.results else None


def _units(kind: PaperKind, state: CampaignState) -> Iterable[Unit]:
    """Yield the units that may get the letter."""
    if kind is DISPATCH:
        yield from (u for u in state.campaign.units if state.campaign.assigned_to(u))
    elif kind is REMINDER and state.results:
        yield from (result.unit for result in state.results.units if result.debts)
    elif kind is EXPLANATION and state.rounds:
        asked = state.rounds[-1].asked
        yield from (unit for unit in state.campaign.units if unit.code in asked)
    else:
        yield from state.campaign.units


def _pdf(seen: Preview) -> tuple[bytes, str]:
    """Return a PDF and its name; the last ones are kept. Raises CchcError where there is none."""
    name = f"{seen.name.removesuffix('.docx')}.pdf"
    with _lock:
        if seen.digest in _kept:
            return _kept[seen.digest], name
        made = seen.with_pdf()
        if not made.pdf:
            told = made.findings[-1].sentence if made.findings else seen.words
            raise CchcError(told)
        _kept[seen.digest] = made.pdf
        for old in list(_kept)[:-_MOST_KEPT]:
            del _kept[old]
        return made.pdf, name


def _file(content: bytes, name: str, kind: str, way: str) -> Response:
    headers = {"content-disposition": f"{way}; filename*=utf-8''{quote(name)}"}
    return Response(content, media_type=kind, headers=headers)


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/xem/{kind}", show),
    ("GET", "/d/{campaign}/xem/{kind}/pdf", pdf),
    ("GET", "/d/{campaign}/xem/{kind}/docx", docx),
)
