"""Files that are dropped on a page, or chosen on it: the job saves and reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse

from cchc_office.errors import UsageError
from cchc_office.steps.given_file import GivenFile
from cchc_office.steps.receiving import Received
from cchc_office.web.campaign_view import SCREENS, address_of, campaign_of, desk_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route
    from cchc_office.web.runs import Run

MOST_FILES = 1000
"""How many files one drop may bring; how large all may be together is held by the door."""


async def receive(request: Request) -> Response:
    """Take files in and lead back to the page that they were dropped on, which tells of them."""
    campaign = campaign_of(request)
    async with request.form(max_files=MOST_FILES) as form:
        given = await files_in(form)
        back = str(form.get("ve", ""))
    screen = back if back in SCREENS else SCREENS[2]

    def start() -> Run:
        title = f"Nhận {len(given)} tệp"
        to = address_of(campaign, screen)
        runs = desk_of(request).runs
        run = runs.start(
            *(campaign.id, title, to),
            lambda tell: campaign.opened(tell).receive(given),
            goes_beside=True,
        )
        run.back = f"{to}?viec={run.id}"
        return run

    run = await to_thread.run_sync(start)
    address = address_of(campaign, "viec", run.id) if run.is_running else run.back
    return RedirectResponse(address, status_code=303)


async def files_in(form: FormData) -> list[GivenFile]:
    """Return the files that a form brought. Raises UsageError where there is none."""
    dropped = [file for file in form.getlist("tep") if isinstance(file, UploadFile)]
    # What a browser sends where nothing was chosen has neither a name nor a content.
    given = [GivenFile(f.filename or "", await f.read()) for f in dropped if f.filename or f.size]
    if not given:
        raise UsageError("Chưa chọn tệp nào. Quay lại, chọn hoặc thả tệp vào trang.")
    return given


def received_now(request: Request) -> Received | None:
    """Return what became of the files that were dropped just now."""
    run = desk_of(request).runs.find(request.query_params.get("viec", ""))
    is_ours = run is not None and run.campaign == campaign_of(request).id
    return run.result if run and is_ours and isinstance(run.result, Received) else None


ROUTES: tuple[Route, ...] = (("POST", "/d/{campaign}/nhan-tep", receive),)
