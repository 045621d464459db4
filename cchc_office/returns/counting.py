"""Which of several files counts: the one saved last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from cchc_office.model import ReadFile
from cchc_office.text.vietnamese import VIETNAM


def saving_order(results: Iterable[ReadFile]) -> Callable[[ReadFile], tuple[float, float, str]]:
    """Return what orders files by their saving.

    Times of one kind are compared: where one document tells none, those of the files.
    """
    all_tell = all(document_time(result) for result in results)

    def order(result: ReadFile) -> tuple[float, float, str]:
        saved, received = _seconds(document_time(result)), _seconds(result.received)
        return (*((saved, received) if all_tell else (received, saved)), result.file)

    return order


def document_time(result: ReadFile) -> dt.datetime | None:
    """Return the time of saving that a document itself tells."""
    return result.document.saved if result.document else None


def when(result: ReadFile) -> str:
    """Return when a file was saved, as far as anything tells."""
    saved = document_time(result) or result.received
    return f"lưu {saved.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if saved else "không rõ ngày lưu"


def _seconds(time: dt.datetime | None) -> float:
    return time.timestamp() if time else 0.0
