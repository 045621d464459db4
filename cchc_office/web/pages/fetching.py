"""Fetching what units sent back by mail: where from, with which password, and what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_office.web import forms
from cchc_office.web.campaign_view import campaign_of, campaign_page, start_run
from cchc_office.web.forms import posted
from cchc_office.web.pages.sending import with_password

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route


def show(request: Request) -> Response:
    """Show where mail comes from, or what thu.toml lacks for that."""
    return _page(request)


def _page(request: Request, problem: str = "") -> Response:
    access = campaign_of(request).opened().mail_access(incoming=True)
    status = 422 if problem else 200
    return campaign_page(
        request, "fetching.html", status=status, step=3, access=access, problem=problem
    )


def fetch(request: Request, form: FormData) -> Response:
    """Fetch what is new in the mailbox, which is only read."""
    campaign = campaign_of(request)
    access = campaign.opened().mail_access(incoming=True)
    password = forms.text(form, "mat-khau")
    if not access.is_set:
        return _page(request, "Chưa điền đủ máy chủ thư để nhận.")
    if access.asks_password and not password:
        return _page(request, f"Cần mật khẩu thư của {access.account}.")
    return start_run(
        *(request, "Lấy thư", "nhan-phieu"),
        lambda tell: with_password(campaign, tell, password).fetch(),
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/nhan-phieu/lay-thu", show),
    ("POST", "/d/{campaign}/nhan-phieu/lay-thu", posted(fetch)),
)
