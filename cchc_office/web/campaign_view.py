"""What the pages of a campaign share: the campaign that is asked for, and the bar of six steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from cchc_office.web.views import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import HTMLResponse

    from cchc_office.catalogue.findings import Finding
    from cchc_office.model import CampaignInfo
    from cchc_office.web.desk import Desk, OpenCampaign
    from cchc_office.web.runs import Work

SCREENS = ("bo-chi-so", "giao-viec", "nhan-phieu", "don-doc", "tham-dinh", "ket-qua")
"""The last part of the address of each of the six steps."""


def desk_of(request: Request) -> Desk:
    """Return what the running page knows."""
    desk: Desk = request.app.state.desk
    return desk


def campaign_of(request: Request) -> OpenCampaign:
    """Return the campaign whose id stands in the address. Raises 404 where none is open by it."""
    found = desk_of(request).campaign(request.path_params["campaign"])
    if found is None:
        raise HTTPException(404)
    return found


def title_of(info: CampaignInfo) -> str:
    """Return what a campaign is called: its index and its time."""
    year = f"năm {info.year}" if info.year else "(chưa ghi năm)"
    period = f", kỳ {info.period}" if info.period else ""
    return f"{info.index.short} {year}{period}"


def address_of(campaign: OpenCampaign, *rest: str) -> str:
    """Return the address of a page of a campaign."""
    return "/".join(("/d", campaign.id, *rest))


def campaign_page(
    request: Request, name: str, *, status: int = 200, step: int = 0, **values: Any
) -> HTMLResponse:
    """Answer with a page of a campaign, under the bar that tells where it stands.

    `step` is the one that the page is about, 0 for none.
    """
    campaign = campaign_of(request)
    state = campaign.state()
    return page(
        request,
        name,
        status=status,
        campaign=campaign,
        state=state,
        title=title_of(state.campaign.info),
        folder_id=desk_of(request).file_id(campaign.folder),
        other=campaign.presence.other(),
        screens=SCREENS,
        here=step,
        at=lambda *rest: address_of(campaign, *rest),
        run=desk_of(request).runs.running(campaign.id),
        place_of=lambda finding: file_id_of(request, campaign, finding),
        **values,
    )


def file_id_of(request: Request, campaign: OpenCampaign, finding: Finding) -> str:
    """Return the id of the file that a finding is about, "" where it is none that can be opened."""
    return file_id_named(request, campaign, finding.file)


def file_id_named(request: Request, campaign: OpenCampaign, file: str) -> str:
    """Return the id of a file as findings and sources name it, "" where none can be opened.

    What lies in an archive or a message has the id of that.
    """
    from cchc_office.steps.opening import can_be_seen  # loads the library

    outer, _, _ = file.partition(" › ")
    if not outer:
        return ""
    folders = (campaign.folder, *(campaign.folder / f for f in ("nhan-ve", "tham-dinh")))
    for folder in folders:
        path = folder / Path(outer).name if folder == campaign.folder else folder / outer
        if can_be_seen(path) and path.resolve().is_relative_to(campaign.folder.resolve()):
            return desk_of(request).file_id(path)
    return ""


def start_run(
    request: Request, title: str, back: str, work: Work, *, leads_on: bool = False
) -> RedirectResponse:
    """Start a job of the campaign and lead to the page that shows how far it is.

    From there it goes on to the page `back` when the clerk says so, or where it `leads_on` as soon
    as it is done: for a page that shows itself what came of the job.
    """
    campaign, runs = campaign_of(request), desk_of(request).runs
    to = address_of(campaign, back)
    run = runs.start(campaign.id, title, to, work, leads_on=leads_on)
    return RedirectResponse(address_of(campaign, "viec", run.id), status_code=303)


def back_to(campaign: OpenCampaign, *rest: str) -> RedirectResponse:
    """Lead to a page of the campaign after something was done."""
    return RedirectResponse(address_of(campaign, *rest), status_code=303)
