"""The screens, a module each: `ROUTES` are the method, the address and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

Route = tuple[str, str, Callable[..., Any]]

_FIRST = ("start", "running_page")
"""What is there before the library is loaded."""

_OTHERS = (
    "import_preview",
    "files",
    "job_runs",
    "criteria",
    "criteria_comparison",
    "tasks",
    "fetching",
    "receiving",
    "judging",
    "uploads",
    "debts",
    "appraisal",
    "results",
    "preview",
    "sending",
    "mail_setup",
    "log",
    "erasing",
)


def first_routes() -> Iterator[Route]:
    """Yield the routes of the page that a start leads to, and of what is of the page itself."""
    yield from _of(_FIRST)


def other_routes() -> Iterator[Route]:
    """Yield all other routes, which loads the library."""
    yield from _of(_OTHERS)


def routes() -> Iterator[Route]:
    """Yield the routes of all screens."""
    yield from _of((*_FIRST, *_OTHERS))


def _of(names: Iterable[str]) -> Iterator[Route]:
    for name in names:
        yield from import_module(f"{__name__}.{name}").ROUTES
