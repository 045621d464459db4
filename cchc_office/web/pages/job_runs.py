"""A job that was started on the page: how far it is, a stop, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cchc_office.steps.making import replaced_in
from cchc_office.web import forms
from cchc_office.web.campaign_view import (
    SCREENS,
    back_to,
    campaign_of,
    campaign_page,
    desk_of,
    start_run,
)
from cchc_office.web.forms import posted
from cchc_office.web.runs import RunFate

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

    from cchc_office.catalogue.findings import Finding
    from cchc_office.web.pages import Route
    from cchc_office.web.runs import Run


_BRINGING = ("/nhan-phieu", "/lay-thu")
"""How the pages end from which something is brought in: what it says is news."""


def show(request: Request) -> Response:
    """Show how far a job is, or what came of it."""
    run = replace(_run(request))  # as it is now: it may end while its page is drawn
    if run.leads_on and run.fate is RunFate.DONE:
        return RedirectResponse(run.back, status_code=303)
    result = run.result
    folders = list(result.by_folder()) if result and hasattr(result, "by_folder") else []
    rows = list(result.rows()) if result and not folders and hasattr(result, "rows") else []
    words = getattr(result, "words", "")
    why = run.error or getattr(result, "broken_off", "")
    known = _known(request, run)
    return campaign_page(
        *(request, "job_run.html"),
        shown=run,
        folders=folders,
        rows=rows,
        words=words,
        why=why,
        own=[finding for finding in run.findings if finding not in known],
        known=[finding for finding in run.findings if finding in known],
        replaced=_replaced(request, run),
        back=run.back.rpartition("/")[2],
    )


def _replaced(request: Request, run: Run) -> tuple[str, ...]:
    """Return what can be had back of what the job replaced, where it was the last that wrote."""
    if run.fate is not RunFate.DONE or not getattr(run.result, "written", ()):
        return ()
    campaign = campaign_of(request)
    later = next((r for r in desk_of(request).runs.of(campaign.id) if r.result), None)
    return replaced_in(campaign.output) if later and later.id == run.id else ()


def _known(request: Request, run: Run) -> frozenset[Finding]:
    """Return what stands on other pages anyway, where a job brought nothing in."""
    if run.fate is not RunFate.DONE or run.back.endswith(_BRINGING):
        return frozenset()
    return frozenset(campaign_of(request).state().findings)


def stop(request: Request) -> Response:
    """Ask a job to stop before what it does next; what is written is whole."""
    run = _run(request)
    run.stop_wanted.set()
    run.ended.wait(2)
    return back_to(campaign_of(request), "viec", run.id)


def _run(request: Request) -> Run:
    run = desk_of(request).runs.find(request.path_params["run"])
    if run is None or run.campaign != campaign_of(request).id:
        raise HTTPException(404)
    return run


def take_back(request: Request, form: FormData) -> Response:
    """Put back what the last run replaced, and lead back to a screen of the year."""
    campaign = campaign_of(request)
    title, asked = "Lấy lại bản của lần chạy trước", forms.text(form, "ve")
    back = asked if asked in SCREENS else SCREENS[-1]
    return start_run(request, title, back, lambda tell: campaign.opened(tell).take_back())


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/viec/{run}", show),
    ("POST", "/d/{campaign}/viec/{run}/dung", stop),
    ("POST", "/d/{campaign}/lay-lai", posted(take_back)),
)
