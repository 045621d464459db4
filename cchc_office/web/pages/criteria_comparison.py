"""Screen 1, second page: what became of another campaign's criteria in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from cchc_office.model import Change
from cchc_office.steps.criteria_comparison import (
    CHANGES_FILE,
    CHANGES_FOLDER,
    ComparedCriteria,
    compare_criteria,
)
from cchc_office.steps.opening import can_be_seen
from cchc_office.web.campaign_view import campaign_of, campaign_page, desk_of, start_run

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route


def show(request: Request) -> Response:
    """Show each row that is not as it was."""
    campaign, old = campaign_of(request), _other(request)
    compared = _compared(campaign, old)
    changes = compared.changes
    file = campaign.output / CHANGES_FOLDER / CHANGES_FILE
    return campaign_page(
        request,
        "criteria_comparison.html",
        written=desk_of(request).file_id(file) if can_be_seen(file) else "",
        step=1,
        old=old,
        compared=compared,
        changed=[row for row in changes.rows if row.changes != (Change.SAME,)],
        same=len(changes.with_change(Change.SAME)),
        counts=[(c.value, len(changes.with_change(c))) for c in Change if c is not Change.SAME],
    )


def _compared(campaign: OpenCampaign, old: OpenCampaign) -> ComparedCriteria:
    state = campaign.state()
    return campaign.kept(
        "compared", state, (old.id, old.stamp()), lambda: compare_criteria(old.folder, state)
    )


def write(request: Request) -> Response:
    """Write so-sanh.xlsx, old and new side by side."""
    campaign, old = campaign_of(request), _other(request)
    return start_run(
        request,
        "So hai bộ chỉ số",
        f"so-sanh/{old.id}",
        lambda _: compare_criteria(old.folder, campaign.folder, output=campaign.output),
        leads_on=True,
    )


def _other(request: Request) -> OpenCampaign:
    campaign_of(request)
    found = desk_of(request).campaign(request.path_params["other"])
    if found is None:
        raise HTTPException(404)
    return found


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/so-sanh/{other}", show),
    ("POST", "/d/{campaign}/so-sanh/{other}", write),
)
