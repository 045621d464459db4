"""Screen 0, second page: a table that is brought in beside what it was understood as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cchc_office.errors import CchcError
from cchc_office.steps.free_name import free_name
from cchc_office.steps.import_outline import COLUMN_CHOICES, NAME_COLUMN
from cchc_office.steps.starting import UnknownColumnsError, new_folder, start_campaign
from cchc_office.web import forms, places
from cchc_office.web.brought import Brought, Choices
from cchc_office.web.campaign_view import SCREENS, address_of, desk_of
from cchc_office.web.views import page

if TYPE_CHECKING:
    import datetime as dt

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from cchc_office.steps.starting import Previewed
    from cchc_office.web.desk import Desk
    from cchc_office.web.pages import Route

_MOST_ROWS = 1000
_MOST_LEFT = 30
_MOST_FIELDS = 5000
_COLUMN, _UNIT = "cot:", "don-vi:"
"""How the names of the fields begin that say what a column or a name of a unit is."""

_AS_THEY_ARE = "nguyen-dong"


def show(request: Request) -> Response:
    """Show what was brought and how it was understood; nothing is written."""
    brought = _brought(request)
    try:
        return _shown(request, brought)
    except UnknownColumnsError as asked:
        return page(
            request,
            "columns_asked.html",
            brought=brought,
            asked=asked,
            chosen=dict(brought.choices.columns),
            column_choices=COLUMN_CHOICES,
            column_field=_COLUMN,
            name_column=NAME_COLUMN,
        )


async def look_again(request: Request) -> Response:
    """Take what was chosen, and show the table as it is understood so."""
    brought = _brought(request)
    async with request.form(max_fields=_MOST_FIELDS) as form:
        brought.choices = _chosen(form, desk_of(request))
        brought.wanted_name = str(form.get("ten") or "")
    return RedirectResponse(f"/moi/{brought.id}", status_code=303)


async def make(request: Request) -> Response:
    """Make the campaign as it was shown; what was changed since is shown first."""
    brought, desk = _brought(request), desk_of(request)
    async with request.form(max_fields=_MOST_FIELDS) as form:
        chosen, brought.wanted_name = _chosen(form, desk), str(form.get("ten") or "")

    def made() -> Response:
        if chosen != brought.choices.on(brought.seen().previewed.imported):
            brought.choices = chosen
            why = "Vừa đổi cách hiểu: xem lại đã, rồi bấm “Tạo đợt chấm”."
            return _shown(request, brought, why, status=409)
        try:
            folder = new_folder(places.base_folder(), brought.wanted_name)
            start_campaign(folder, brought.table, **brought.choices.as_arguments())
        except CchcError as error:
            return _shown(request, brought, str(error), status=409)
        desk.brought.drop(brought)
        return RedirectResponse(address_of(desk.open(folder), SCREENS[0]), status_code=303)

    return await to_thread.run_sync(made)


def drop(request: Request) -> Response:
    """Forget what was brought."""
    desk_of(request).brought.drop(_brought(request))
    return RedirectResponse("/", status_code=303)


def _brought(request: Request) -> Brought:
    found = desk_of(request).brought.find(request.path_params["source"])
    if found is None:
        raise HTTPException(404)
    return found


def _chosen(form: FormData, desk: Desk) -> Choices:
    """Return what a form says; a select that was left alone says nothing."""
    of = desk.campaign(str(form.get("phan-cong") or ""))
    tables = (forms.whole_number(given) for given in forms.texts(form, "bang"))
    return Choices(
        tuple(number for number in tables if number is not None),
        tuple(_said(form, _COLUMN)),
        tuple(_said(form, _UNIT)),
        of.folder if of else None,
        bool(form.get(_AS_THEY_ARE)),
    )


def _said(form: FormData, beginning: str) -> Iterator[tuple[str, str]]:
    for name, value in form.multi_items():
        if name.startswith(beginning) and isinstance(value, str) and value:
            yield name.removeprefix(beginning), value


def _shown(request: Request, brought: Brought, told: str = "", *, status: int = 200) -> Response:
    seen, desk = brought.seen(), desk_of(request)
    base = places.base_folder()
    proposed = brought.wanted_name or free_name(base, _usual_name(seen.previewed, desk.day))
    return page(
        request,
        "import_preview.html",
        status=status,
        brought=brought,
        seen=seen,
        imported=seen.previewed.imported,
        outline=seen.outline,
        below=Counter(f.severity.value for f in seen.outline.still_wrong) if seen.outline else {},
        draft=seen.previewed.draft,
        told=told or seen.refused,
        folder_name=proposed,
        base=base,
        chosen=dict(brought.choices.columns),
        known=[c for c in desk.known() if c.folder != brought.table],
        column_choices=COLUMN_CHOICES,
        column_field=_COLUMN,
        unit_field=_UNIT,
        as_they_are_field=_AS_THEY_ARE,
        most_rows=_MOST_ROWS,
        most_left=_MOST_LEFT,
        place_of=lambda _: "",
        at=lambda *_: "",
    )


def _usual_name(previewed: Previewed, day: dt.date) -> str:
    settings = previewed.draft.settings if previewed.draft else {}
    short = settings.get("index_abbreviation") or "CCHC"
    last = forms.whole_number(previewed.last_year)
    year = settings.get("year") or str(max(day.year, last + 1 if last else 0))
    return f"{short} {year}"


ROUTES: tuple[Route, ...] = (
    ("GET", "/moi/{source}", show),
    ("POST", "/moi/{source}/xem", look_again),
    ("POST", "/moi/{source}/tao", make),
    ("POST", "/moi/{source}/bo", drop),
)
