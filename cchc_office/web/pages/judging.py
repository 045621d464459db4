"""What a person says on screen 3 of what came back: each leads back to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from cchc_office.errors import UsageError
from cchc_office.web import forms
from cchc_office.web.campaign_view import back_to, campaign_of, desk_of
from cchc_office.web.forms import posted

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route


def confirm_sender(request: Request) -> Response:
    """Record that a file which came from a stranger is its unit's own."""
    campaign = campaign_of(request)
    path = desk_of(request).file(request.path_params["file"])
    opened = campaign.opened()
    if path is not None and path.is_relative_to(opened.returns):
        opened.confirm_senders([path.relative_to(opened.returns).as_posix()])
    return back_to(campaign, "nhan-phieu")


def accept(request: Request) -> Response:
    """Record that the form of a unit is taken."""
    campaign = campaign_of(request)
    campaign.opened().accept_returns([request.path_params["unit"]])
    return back_to(campaign, "nhan-phieu")


def send_back(request: Request, form: FormData) -> Response:
    """Record that the form of a unit goes back, and why."""
    campaign = campaign_of(request)
    unit = request.path_params["unit"]
    campaign.opened().send_back_returns([unit], forms.text(form, "vi-sao"))
    return back_to(campaign, "nhan-phieu")


def choose(request: Request, form: FormData) -> Response:
    """Record which of several forms of a unit counts."""
    campaign = campaign_of(request)
    campaign.opened().choose_return(forms.text(form, "ban"))
    return back_to(campaign, "nhan-phieu", quote(request.path_params["unit"]))


def take_back(request: Request) -> Response:
    """Strike out the last word on the form of a unit."""
    campaign, code = campaign_of(request), request.path_params["unit"]
    standing = campaign.state().standing
    units = standing.units() if standing else ()
    verdict = next((unit.verdict for unit in units if unit.unit.code == code), None)
    if verdict:
        campaign.opened().strike([f"P{verdict.id}"])
    return back_to(campaign, "nhan-phieu", quote(code))


def set_aside(request: Request, form: FormData) -> Response:
    """Record that a file which is nobody's form need not be looked at."""
    campaign = campaign_of(request)
    campaign.opened().set_files_aside([forms.text(form, "tep")])
    return back_to(campaign, "nhan-phieu")


def look_again(request: Request, form: FormData) -> Response:
    """Strike out that a file need not be looked at."""
    campaign = campaign_of(request)
    returns, name = campaign.state().returns, forms.text(form, "tep")
    files = returns.files if returns else ()
    said = next((f.verdict for f in files if f.file == name and f.is_set_aside), None)
    if said:
        campaign.opened().strike([f"P{said.id}"])
    return back_to(campaign, "nhan-phieu")


def record_day(request: Request, form: FormData) -> Response:
    """Record when a file came; the journal keeps what was recorded before."""
    campaign = campaign_of(request)
    day, path = forms.day(form, "ngay"), desk_of(request).file(request.path_params["file"])
    if day is None:
        raise UsageError("Chưa ghi gì: chưa chọn ngày nhận.")
    opened = replace(campaign.opened(), day=day)
    if path is not None and path.is_relative_to(opened.returns):
        opened.receive([path], is_day_named=True)
    return back_to(campaign, "nhan-phieu")


def unlock(request: Request, form: FormData) -> Response:
    """Take a password that is tried on locked files as long as the page is open."""
    campaign = campaign_of(request)
    if password := str(form.get("mat-khau", "")):
        campaign.try_password(password)
    return back_to(campaign, "nhan-phieu")


ROUTES: tuple[Route, ...] = (
    ("POST", "/d/{campaign}/nhan-phieu/dung-nguoi-gui/{file}", confirm_sender),
    ("POST", "/d/{campaign}/nhan-phieu/ngay-nhan/{file}", posted(record_day)),
    ("POST", "/d/{campaign}/nhan-phieu/mat-khau", posted(unlock)),
    ("POST", "/d/{campaign}/nhan-phieu/de-sang-ben", posted(set_aside)),
    ("POST", "/d/{campaign}/nhan-phieu/xem-lai", posted(look_again)),
    ("POST", "/d/{campaign}/nhan-phieu/{unit}/nhan", accept),
    ("POST", "/d/{campaign}/nhan-phieu/{unit}/tra-lai", posted(send_back)),
    ("POST", "/d/{campaign}/nhan-phieu/{unit}/chon", posted(choose)),
    ("POST", "/d/{campaign}/nhan-phieu/{unit}/bo-loi", take_back),
)
