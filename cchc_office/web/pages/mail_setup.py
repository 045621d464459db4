"""The office's mail servers, asked once where there is no `thu.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cchc_office.errors import UsageError
from cchc_office.steps.opening import can_be_seen
from cchc_office.steps.values import SETTINGS_FILE
from cchc_office.web.campaign_view import back_to, campaign_of, campaign_page, desk_of
from cchc_office.web.forms import posted, text

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route

_FIELDS = ("ten", "dia-chi", "may-chu", "bao-mat", "nguoi-dung", "may-chu-nhan")


def show(request: Request) -> Response:
    """Show the form, or the way to the file that is there."""
    return _page(request, dict.fromkeys(_FIELDS, ""))


def write(request: Request, form: FormData) -> Response:
    """Write the file; what cannot stand in it is told above the form."""
    campaign = campaign_of(request)
    typed = {name: text(form, name) for name in _FIELDS}
    name, address = typed["ten"], typed["dia-chi"]
    try:
        campaign.opened().set_up_mail(
            f"{name} <{address}>" if name else address,
            typed["may-chu"],
            security=typed["bao-mat"],
            user=typed["nguoi-dung"] or address,
            incoming=typed["may-chu-nhan"],
        )
    except UsageError as error:
        return _page(request, typed, str(error), status=409)
    return back_to(campaign, "gui", "cong-van")


def _page(
    request: Request, typed: Mapping[str, str], why: str = "", *, status: int = 200
) -> Response:
    path = campaign_of(request).folder / SETTINGS_FILE
    id_ = desk_of(request).file_id(path) if can_be_seen(path) else ""
    return campaign_page(
        request, "mail_setup.html", status=status, step=2, typed=typed, why=why, file_id=id_
    )


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/cai-thu", show),
    ("POST", "/d/{campaign}/cai-thu", posted(write)),
)
