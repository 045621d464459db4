"""Erasing a campaign's personal data: what goes and what stays, a word typed, what came of it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from cchc_office.errors import CchcError
from cchc_office.steps.campaign_folder import is_campaign
from cchc_office.steps.erasing import BEYOND, Erased
from cchc_office.text.vietnamese import composed
from cchc_office.web import forms
from cchc_office.web.campaign_view import address_of, campaign_of, campaign_page, desk_of
from cchc_office.web.desk import comes_by_reading
from cchc_office.web.forms import posted
from cchc_office.web.views import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cchc_office.steps.erasing import PersonalData
    from cchc_office.steps.opened import OnProgress
    from cchc_office.web.desk import OpenCampaign
    from cchc_office.web.pages import Route

_PLACE = "xoa-du-lieu"
_TITLE = "Xoá dữ liệu cá nhân"
_WHOLE = "ca-dot"
_YES = "co"
_MOST_NAMED = 50


def show(request: Request) -> Response:
    """List what would be erased and what stays; nothing is erased."""
    return _list(request, everything=request.query_params.get(_WHOLE) == _YES)


def _list(request: Request, *, everything: bool, problem: str = "") -> Response:
    campaign = campaign_of(request)
    campaign.state()  # what comes where files are read is there before they are counted
    data = campaign.opened().personal_data(everything=everything)
    return campaign_page(
        *(request, "erasing.html"),
        status=409 if problem else 200,
        step=0,
        data=data,
        everything=everything,
        whole=_WHOLE,
        yes=_YES,
        seal=_seal(data),
        folder_name=_name(campaign),
        beyond=BEYOND,
        most=_MOST_NAMED,
        in_the_way=_in_the_way(request, campaign),
        problem=problem,
    )


def erase(request: Request, form: FormData) -> Response:
    """Erase what the list showed, and nothing else; then the campaign is known no longer."""
    campaign, desk = campaign_of(request), desk_of(request)
    everything, seal = forms.text(form, _WHOLE) == _YES, forms.text(form, "dau")
    problem = _in_the_way(request, campaign)
    if not problem and _plain(forms.text(form, "ten")) != _name(campaign):
        problem = "Tên thư mục gõ chưa đúng, nên chưa xoá gì."
    if problem:
        return _list(request, everything=everything, problem=problem)

    def work(tell: OnProgress) -> Erased:
        opened = campaign.opened(tell)
        data = opened.personal_data(everything=everything)
        if _seal(data) != seal:
            raise CchcError(
                "Chưa xoá gì: có tệp vừa thêm, bớt hay sửa từ lúc xem. Xem lại danh sách rồi xoá."
            )
        return opened.erase_personal_data(data)

    try:
        run = desk.runs.start(campaign.id, _TITLE, address_of(campaign, _PLACE), work)
    except CchcError as error:
        return _list(request, everything=everything, problem=str(error))
    # No page of the campaign could show how far it is: what such a page reads is going.
    run.ended.wait()
    if run.result is None:
        return _list(request, everything=everything, problem=run.error)
    if run.result.is_done or not is_campaign(campaign.folder):
        desk.forget(campaign, but=run)
    return RedirectResponse(f"/da-xoa/{run.id}", status_code=303)


def show_erased(request: Request) -> Response:
    """Tell what was erased, and what is left to do."""
    desk = desk_of(request)
    run = desk.runs.find(request.path_params["run"])
    if run is None or not isinstance(run.result, Erased):
        raise HTTPException(404)
    left = desk.campaign(run.campaign)
    return page(
        *(request, "erased.html"),
        found=run.result,
        gone=frozenset(run.result.erased),
        beyond=BEYOND,
        again=address_of(left, _PLACE) if left and not run.result.is_done else "",
    )


def _in_the_way(request: Request, campaign: OpenCampaign) -> str:
    """Return why nothing may be erased now, "" where it may."""
    if run := desk_of(request).runs.running(campaign.id):
        return f"Đang làm việc khác của đợt này: {run.title}. Đợi xong rồi xoá."
    if other := campaign.presence.other():
        return f"Đợt này cũng đang được mở ở {other}. Đóng trang ở đó rồi xoá."
    return ""


def _name(campaign: OpenCampaign) -> str:
    """Return what is to be typed: the name of the folder, as a browser shows it."""
    folder = campaign.folder
    shown = str(folder) if folder.name in ("", "..") else folder.name
    return _plain(shown.encode(errors="replace").decode())


def _plain(text: str) -> str:
    return " ".join(composed(text).split())


def _seal(data: PersonalData) -> str:
    """Return what stands for all that was shown, and for what the files were that would go."""
    kept = [(place.name, len(place.files)) for place in data.places if not place.is_erased]
    shown = (sorted(_stamps(data)), kept, data.others, data.findings)
    return hashlib.sha256(repr(shown).encode(errors="surrogateescape")).hexdigest()


def _stamps(data: PersonalData) -> Iterator[tuple[str, int, int]]:
    for file in data.to_erase:
        with suppress(OSError):
            status = file.lstat()
            if not comes_by_reading(file.name, status.st_size):
                yield str(file), status.st_mtime_ns, status.st_size


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/xoa-du-lieu", show),
    ("POST", "/d/{campaign}/xoa-du-lieu", posted(erase)),
    ("GET", "/da-xoa/{run}", show_erased),
)
