"""What a form brought: read once, then worked on in a thread of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from cchc_office.errors import UsageError

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

_MOST_FIELDS = 5_000
_LONGEST_NUMBER = 9


def posted(
    work: Callable[[Request, FormData], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a form that brings no files with `work`, which may take its time."""

    async def answer(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
            return await run_in_threadpool(work, request, form)

    return answer


def text(form: FormData, name: str) -> str:
    """Return what was typed into a field, "" for one that is not there."""
    given = form.get(name)
    return given.strip() if isinstance(given, str) else ""


def texts(form: FormData, name: str) -> tuple[str, ...]:
    """Return all that was chosen under a name."""
    return tuple(given for given in form.getlist(name) if isinstance(given, str))


def number(form: FormData, name: str) -> int | None:
    """Return a whole number, None where there is none."""
    return whole_number(text(form, name))


def whole_number(given: str) -> int | None:
    """Return the whole number that a text is, None for any other, and one that counts nothing."""
    with suppress(ValueError):
        return int(given) if len(given) <= _LONGEST_NUMBER else None
    return None


def day(form: FormData, name: str) -> dt.date | None:
    """Return a day as browsers send it, or as people type it; None where nothing was typed.

    Raises UsageError for what is no day: another would be taken in its place unsaid.
    """
    given = text(form, name)
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return dt.datetime.strptime(given, pattern).date()  # noqa: DTZ007 - a day has no zone
    if given:
        raise UsageError(f"Chưa làm gì: “{given}” không phải là ngày. Ghi như 05/12/2024.")
    return None
