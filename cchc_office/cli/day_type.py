"""A day as a clerk types it behind an option."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from cchc_office.text.vietnamese import parse_official_date


class DayType(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """05/12/2024, and what else is read as an official date."""

    name = "ngày"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day that the clerk typed."""
        if isinstance(value, dt.date):
            return value
        date = parse_official_date(str(value))
        if date is None or date.complete is None:
            self.fail(f"“{value}” không phải là một ngày; viết như 05/12/2024.", param, ctx)
        return date.complete
