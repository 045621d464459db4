"""Screen 1: the criteria and units as they were understood, with findings at their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.model import Points
from cchc_office.steps.campaign_folder import CAMPAIGN_FILE
from cchc_office.steps.marking import place_of_marked_copy
from cchc_office.steps.opening import can_be_seen
from cchc_office.steps.tree_outline import tree_outline
from cchc_office.steps.workbook_outline import workbook_outline
from cchc_office.web.campaign_view import campaign_of, campaign_page, desk_of, start_run

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route


_MOST_OTHERS = 8


def show(request: Request) -> Response:
    """Show the tree."""
    campaign = campaign_of(request)
    state = campaign.state()
    file = campaign.folder / CAMPAIGN_FILE
    marked = place_of_marked_copy(file)
    return campaign_page(
        request,
        "criteria.html",
        step=1,
        outline=campaign.kept("criteria", state, None, lambda: workbook_outline(state.campaign)),
        tree=campaign.kept("tree", state, None, lambda: tree_outline(state.campaign)),
        most=state.campaign.most_points(Points.NORMAL),
        others=[c for c in desk_of(request).known() if c.id != campaign.id][:_MOST_OTHERS],
        workbook=file.name,
        workbook_id=desk_of(request).file_id(file),
        marked_id=desk_of(request).file_id(marked) if can_be_seen(marked) else "",
        is_in_excel=can_be_seen(file.with_name(f"~${file.name}")),
    )


def mark(request: Request) -> Response:
    """Write a copy of the workbook with what is found marked at its cells."""
    campaign = campaign_of(request)
    return start_run(
        *(request, "Đánh dấu trong Excel", "bo-chi-so"),
        lambda tell: campaign.opened(tell).mark(),
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/bo-chi-so", show),
    ("POST", "/d/{campaign}/bo-chi-so/danh-dau", mark),
)
