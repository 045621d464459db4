"""Screen 0: which campaign, or a new one: from a table, from last year's, from the sample."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from cchc_office.errors import CchcError, UsageError
from cchc_office.steps.free_name import free_name
from cchc_office.web import places
from cchc_office.web.campaign_view import SCREENS, address_of, campaign_of, desk_of, title_of
from cchc_office.web.door import BEGINNING
from cchc_office.web.views import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from cchc_office.model import CampaignInfo
    from cchc_office.steps.campaign_state import CampaignState
    from cchc_office.web.brought import Brought
    from cchc_office.web.desk import Desk, OpenCampaign
    from cchc_office.web.pages import Route

_MOST_PASTED = 8 * 1024 * 1024
_LONGEST_LOOK = 0.3
"""For how many seconds settings are read for the list; the other folders are shown by name."""

_OF_SAMPLE = "CCHC số liệu minh họa"


@dataclass(frozen=True)
class _Known:
    """A campaign in the list, with what is known of it without reading much."""

    campaign: OpenCampaign
    info: CampaignInfo | None
    state: CampaignState | None
    trouble: str = ""
    erased: str = ""
    """The day, as written, on which its data was erased, "" where it was not."""


async def begin(request: Request) -> Response:
    """Lead to the page that the start of the program was meant for."""
    return RedirectResponse(desk_of(request).begins_at, status_code=303)


async def choose(request: Request) -> Response:
    """Show the campaigns that are known, and how a new one begins.

    Starlette would load what runs it in a thread of its own, longer than all else takes here.
    """
    return await asyncio.to_thread(_choose, request)


def _choose(request: Request) -> Response:
    desk = desk_of(request)
    told, desk.told_at_start = desk.told_at_start, ""
    return _start_page(request, told)


def _start_page(request: Request, told: str = "", *, status: int = 200, text: str = "") -> Response:
    base = places.base_folder()
    return page(
        request,
        "start.html",
        status=status,
        known=list(_known(desk_of(request).known(), request.query_params.get("xem", ""))),
        title_of=title_of,
        told=told,
        text=text,
        base=base,
        sample_name=free_name(base, _OF_SAMPLE),
    )


def _known(campaigns: Iterable[OpenCampaign], asked: str) -> Iterator[_Known]:
    """Yield what is known of each; the one whose id is `asked` for is read, with what came back."""
    from cchc_office.steps.erased_mark import erased_on  # loads what writes files

    end = time.monotonic() + _LONGEST_LOOK
    for campaign in campaigns:
        erased = erased_on(campaign.folder)
        try:
            state = campaign.state() if campaign.id == asked else campaign.last_state()
            if state is not None:
                yield _Known(campaign, state.campaign.info, state, erased=erased)
                continue
            info = campaign.info() if time.monotonic() < end else None
        except CchcError as error:
            yield _Known(campaign, None, None, str(error))
        else:
            yield _Known(campaign, info, None, erased=erased)


def enter(request: Request) -> Response:
    """Lead to the step that is next."""
    campaign = campaign_of(request)
    desk_of(request).open(campaign.folder)
    step = campaign.state().next_step.step
    return RedirectResponse(address_of(campaign, SCREENS[step - 1]), status_code=303)


async def bring(request: Request) -> Response:
    """Take a file, a pasted table or a known campaign, and lead to what it is understood as."""
    async with request.form(max_part_size=_MOST_PASTED) as form:
        files = [f for f in form.getlist("tep") if isinstance(f, UploadFile) and f.filename]
        text, of = form.get("chu"), form.get("dot")
        desk = desk_of(request)
        try:
            if len(files) > 1:
                raise UsageError(
                    f"Đã thả {len(files)} tệp: mỗi đợt chấm bắt đầu từ một tệp. Thả một tệp thôi."
                )
            if files:
                name, content = files[0].filename or "", files[0].file
                brought = await to_thread.run_sync(desk.brought.keep_file, name, content)
            else:
                brought = _without_file(desk, str(text or ""), str(of or ""))
        except CchcError as error:
            why = str(error)
            return await to_thread.run_sync(lambda: _start_page(request, why, status=409))
    return RedirectResponse(f"/moi/{brought.id}", status_code=303)


def _without_file(desk: Desk, text: str, of: str) -> Brought:
    if text.strip():
        return desk.brought.keep_text(text)
    campaign = desk.campaign(of) if of else None
    if campaign is None:
        raise UsageError("Chưa chọn tệp nào, và chưa dán bảng nào.")
    return desk.brought.keep_campaign(campaign.folder)


async def sample(request: Request) -> Response:
    """Make a campaign of the sample, with figures that only illustrate."""
    async with request.form() as form:
        name, with_returns = str(form.get("ten") or ""), bool(form.get("phieu"))

    def made() -> Response:
        from cchc_office.steps.starting import new_folder, start_campaign

        try:
            folder = new_folder(places.base_folder(), name)
            start_campaign(folder, sample_returns=with_returns)
        except CchcError as error:
            return _start_page(request, str(error), status=409)
        return RedirectResponse(
            address_of(desk_of(request).open(folder), SCREENS[0]), status_code=303
        )

    return await to_thread.run_sync(made)


ROUTES: tuple[Route, ...] = (
    ("GET", BEGINNING, begin),
    ("GET", "/", choose),
    ("GET", "/d/{campaign}/", enter),
    ("POST", "/moi", bring),
    ("POST", "/moi/mau", sample),
)
