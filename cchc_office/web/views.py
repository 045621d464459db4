"""Pages as templates show them: one environment, figures and dates as they are written here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from cchc_office.text import figures
from cchc_office.text.setting_names import on_form
from cchc_office.text.vietnamese import VIETNAM, time_left
from cchc_office.web.advised_screens import (
    CONFIRM_SENDER,
    on_the_page,
    screens_of,
    settings_screen,
)

if TYPE_CHECKING:
    from starlette.requests import Request

    from cchc_office.catalogue.findings import Finding


def render(name: str, **values: Any) -> str:
    """Return a template filled in; whatever is a text of others is shown as it stands."""
    return _environment().get_template(name).render(**values)


def page(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a template; it also knows the `request`."""
    shown = render(name, request=request, **values)
    # Names of files are not always Unicode.
    return HTMLResponse(shown.encode(errors="replace"), status_code=status)


def refusal(request: Request, why: str, *, status: int, follows: str = "") -> HTMLResponse:
    """Answer that something is not done, and why; `follows` the events after which it may be."""
    return page(request, "refusal.html", status=status, why=why, follows=follows)


def by_severity(findings: tuple[Finding, ...]) -> list[tuple[str, list[Finding]]]:
    """Return findings under their severities, what asks most first."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (not f.is_error, f.severity.name == "NOTE")):
        found.setdefault(finding.severity.value, []).append(finding)
    return list(found.items())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cchc_office.web", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "score": _score,
        "given": _given,
        "rate": _rate,
        "change": _change,
        "day": _day,
        "time_left": time_left,
        "time": _time,
        "by_severity": by_severity,
        "screens": screens_of,
        "on_the_page": on_the_page,
        "on_form": on_form,
        "settings_screen": settings_screen,
    }
    environment.globals["confirm_sender"] = CONFIRM_SENDER
    return environment


def _score(value: Decimal | None) -> str:
    return "–" if value is None else figures.score(value)


def _given(value: Decimal | None) -> str:
    return "" if value is None else figures.given(value)


def _rate(value: Decimal | None) -> str:
    return "–" if value is None else figures.rate(value)


def _change(value: Decimal | None) -> str:
    """Return by how many points of a hundred a rate rose or fell, by sign and word."""
    if value is None:
        return ""
    shown = figures.score(abs(value))
    if not figures.rounded(value):
        return f"= {shown}"
    return f"▲ tăng {shown}" if value > 0 else f"▼ giảm {shown}"


def _day(value: dt.date | None) -> str:
    return "" if value is None else f"{value:%d/%m/%Y}"


def _time(value: dt.datetime | None) -> str:
    """Return a time of Vietnam; midnight stands for a day that was told without a time."""
    if value is None:
        return ""
    local = value.astimezone(VIETNAM)
    return f"{local:%d/%m/%Y}" if local.time() == dt.time() else f"{local:%H:%M %d/%m/%Y}"
