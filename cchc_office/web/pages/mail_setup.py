"""The office's mail servers: what thu.toml says, shown to be filled in and corrected, and tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cchc_office.errors import CchcError, UsageError
from cchc_office.steps.opening import can_be_seen
from cchc_office.steps.values import SETTINGS_FILE
from cchc_office.text.setting_names import LABELS
from cchc_office.web.campaign_view import (
    address_of,
    back_to,
    campaign_of,
    campaign_page,
    desk_of,
    start_run,
)
from cchc_office.web.forms import posted, text
from cchc_office.web.pages.sending import with_password

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.web.pages import Route
    from cchc_office.web.runs import Run

PLACE = "cai-thu"

_NOTICE = "bao"
"""Where the page tells what came of saving or trying: the eye and the keyboard are led there."""

_NAME, _ADDRESS = "ten", "dia-chi"
_NO_LOGIN = "khong-dang-nhap"
_USUAL = {"gui.bao_mat": "starttls", "nhan.bao_mat": "tls"}
_WITHOUT_SERVER = tuple(key for key in LABELS if key.startswith("nhan."))


def show(request: Request) -> Response:
    """Show the form, with what the file says where there is one."""
    return _page(request)


def write(request: Request, form: FormData) -> Response:
    """Write what was typed into the file; what cannot stand in it is told above the form."""
    campaign = campaign_of(request)
    typed = {name: text(form, name) for name in (_NAME, _ADDRESS, _NO_LOGIN, *LABELS)}
    name, address = typed[_NAME], typed[_ADDRESS]
    values = {key: typed[key] for key in LABELS}
    values["nguoi_gui"] = f"{name} <{address}>" if name else address
    opened = campaign.opened()
    known = opened.mail_setup()
    if known.seal:
        # A select always names one; a line that says what holds anyway is not needed.
        values |= {k: "" for k, v in _USUAL.items() if (known.values[k], values[k]) == ("", v)}
    user = values["gui.nguoi_dung"]
    # Who types a name into a form that was without one means to log in, whatever is ticked.
    stays_out = typed[_NO_LOGIN] and user in ("", known.values["gui.nguoi_dung"])
    values["gui.nguoi_dung"] = "" if stays_out else user or address
    if values["nhan.may_chu"]:
        user = values["gui.nguoi_dung"] or address
        values["nhan.nguoi_dung"] = values["nhan.nguoi_dung"] or user
    else:
        values |= dict.fromkeys(_WITHOUT_SERVER, "")
    try:
        opened.set_up_mail(values, instead_of=text(form, "dau"))
    except UsageError as error:
        return _page(request, typed, str(error), status=409)
    return back_to(campaign, f"{PLACE}?luu=1#{_NOTICE}")


def try_out(request: Request, form: FormData) -> Response:
    """Connect to a server and log in; the page of the form tells what came of it."""
    campaign = campaign_of(request)
    incoming, password = text(form, "phan") == "nhan", text(form, "mat-khau")
    access = campaign.opened().mail_access(incoming=incoming)
    if access.asks_password and not password:
        raise CchcError(f"Cần mật khẩu thư của {access.account}. Chưa thử gì.")
    title = f"Thử nối máy chủ {'nhận' if incoming else 'gửi'} thư"
    answer = start_run(
        *(request, title, PLACE),
        lambda tell: with_password(campaign, tell, password).try_mail(incoming=incoming),
        leads_on=True,
    )
    run = desk_of(request).runs.of(campaign.id)[0]
    asked = f"viec={run.id}&phan={'nhan' if incoming else 'gui'}"
    run.back = f"{address_of(campaign, PLACE)}?{asked}#{_NOTICE}"
    return answer


def _page(
    request: Request, typed: Mapping[str, str] | None = None, why: str = "", *, status: int = 200
) -> Response:
    campaign = campaign_of(request)
    path, opened = campaign.folder / SETTINGS_FILE, campaign.opened()
    setup = opened.mail_setup()
    servers = (opened.mail_access(), opened.mail_access(incoming=True))
    return campaign_page(
        *(request, "mail_setup.html"),
        status=status,
        step=2,
        typed=typed or _shown(setup.values, is_new=not setup.seal),
        labels=LABELS,
        NO_LOGIN=_NO_LOGIN,
        why=why,
        setup=setup,
        file_id=desk_of(request).file_id(path) if can_be_seen(path) else "",
        is_saved=request.query_params.get("luu") == "1",
        tried=_tried(request),
        tried_part="nhan" if request.query_params.get("phan") == "nhan" else "gui",
        servers=[one for one in zip(("gui", "nhan"), servers, strict=True) if one[1].is_set],
    )


def _shown(values: Mapping[str, str], *, is_new: bool) -> dict[str, str]:
    """Return what the file says by the fields of the form: a name and an address apart."""
    name, bracket, address = values["nguoi_gui"].partition("<")
    if not bracket:
        name, address = "", name
    is_without = bool(values["gui.may_chu"]) and not (is_new or values["gui.nguoi_dung"])
    no_login = {_NO_LOGIN: "1" if is_without else ""}
    return {
        **values,
        **no_login,
        _NAME: name.strip().strip('"'),
        _ADDRESS: address.rstrip("> ").strip(),
    }


def _tried(request: Request) -> Run | None:
    """Return the trial that the address names, when it has ended."""
    run = desk_of(request).runs.find(request.query_params.get("viec", ""))
    is_ours = run is not None and run.campaign == campaign_of(request).id
    return run if run and is_ours and not run.is_running else None


ROUTES: tuple[Route, ...] = (
    ("GET", f"/d/{{campaign}}/{PLACE}", show),
    ("POST", f"/d/{{campaign}}/{PLACE}", posted(write)),
    ("POST", f"/d/{{campaign}}/{PLACE}/thu-noi", posted(try_out)),
)
