"""The screens, a module each: `ROUTES` are the method, the address and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Route = tuple[str, str, Callable[..., Any]]

_SCREENS = (
    "start",
    "import_preview",
    "running_page",
    "files",
    "job_runs",
    "criteria",
    "criteria_comparison",
    "tasks",
    "fetching",
    "receiving",
    "uploads",
    "debts",
    "appraisal",
    "results",
    "preview",
    "sending",
    "log",
)


def routes() -> Iterator[Route]:
    """Yield the routes of all screens."""
    for name in _SCREENS:
        yield from import_module(f"{__name__}.{name}").ROUTES
