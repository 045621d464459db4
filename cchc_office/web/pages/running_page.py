"""What is of the page itself: a second start, what changed on the disk, closing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response, StreamingResponse

from cchc_office.web.campaign_view import campaign_of, desk_of
from cchc_office.web.door import (
    GIVES_WAY,
    HANDOVER,
    HANDOVER_HEADER,
    Door,
    is_proof,
    own_version,
    proof_of,
)
from cchc_office.web.first_page import first_page
from cchc_office.web.views import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route

_NEXT_LOOK = 0.5
_LOOKS_A_STAMP = 4
"""The disk is looked at less often than the job that is running."""


def take_over(request: Request) -> Response:
    """Let a second start of the program in: it brings a path, and no browser can.

    To a start of another version, as after an update, an idle page gives way.
    """
    door: Door = request.app.state.door
    desk = desk_of(request)
    told = request.query_params.get("duong", "")
    if not is_proof(request.headers.get(HANDOVER_HEADER, ""), door.key, told):
        return PlainTextResponse("", status_code=403)
    if request.query_params.get("ban") != own_version() and desk.runs.running() is None:
        answer = GIVES_WAY
        desk.closing.set()
    else:
        answer = door.launch_address(first_page(desk, Path(told) if told else None))
    return PlainTextResponse(answer, headers={HANDOVER_HEADER: proof_of(door.key, answer)})


def close(request: Request) -> Response:
    """Close the page: what is in the folder stays as it is."""
    desk = desk_of(request)
    answer = page(request, "closed.html", run=desk.runs.running())
    desk.closing.set()
    return answer


async def events(request: Request) -> Response:
    """Send what changes while a page of a campaign is looked at (server-sent events).

    The page of a run is told of that one alone, others of any that is running.
    """
    campaign, desk = campaign_of(request), desk_of(request)

    async def lines() -> AsyncIterator[str]:
        desk.watchers += 1
        try:
            async for line in _events(request, campaign):
                yield line
        finally:
            desk.watchers -= 1

    return StreamingResponse(lines(), media_type="text/event-stream")


async def _events(request: Request, campaign: OpenCampaign) -> AsyncIterator[str]:
    runs, closing = desk_of(request).runs, desk_of(request).closing
    stamp = campaign.looked_at or await asyncio.to_thread(campaign.stamp)
    shown = runs.find(request.query_params.get("viec", ""))
    told, count = "", 0
    yield "retry: 3000\n\n"
    while not closing.is_set() and not await request.is_disconnected():
        run = runs.running(campaign.id)
        if shown and shown.campaign == campaign.id:
            run = shown if shown.is_running else None
        now = json.dumps(
            {"viec": run.what or run.title, "xong": run.done, "tong": run.total} if run else {}
        )
        if now != told:
            told = now
            yield f"event: viec\ndata: {now}\n\n"
        count += 1
        if count % _LOOKS_A_STAMP == 0 and run is None:
            if (found := await asyncio.to_thread(campaign.stamp)) != stamp:
                stamp = found
                yield "event: doi\ndata: {}\n\n"
            else:
                yield ": còn đây\n\n"
        await asyncio.sleep(_NEXT_LOOK)


ROUTES: tuple[Route, ...] = (
    ("POST", HANDOVER, take_over),
    ("POST", "/dong", close),
    ("GET", "/d/{campaign}/su-kien", events),
)
