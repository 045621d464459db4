"""The rows of a long table that a clerk wants to see: all of them, or one of a few kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from starlette.requests import Request

R = TypeVar("R")


def row_views(
    request: Request, rows: Sequence[R], kinds: Mapping[str, tuple[str, Sequence[R]]]
) -> dict[str, Any]:
    """Return what the macro `views` shows: the rows `shown`, the `choices`, and which is `chosen`.

    `kinds` are what is called how, with the rows of it; those without a row are no choice.
    """
    choices = {key: (words, len(own)) for key, (words, own) in kinds.items() if own}
    asked = request.query_params.get("xem", "")
    chosen = asked if asked in choices else ""
    return {
        "shown": kinds[chosen][1] if chosen else rows,
        "choices": choices,
        "chosen": chosen,
    }
