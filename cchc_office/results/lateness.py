"""Whether a form came in time: by the day it was received; by the day in the file for want of it.

The clock of a unit's computer may be wrong, and a form may lie there finished for weeks. What the
file tells of its saving is asked only where neither a message, nor whoever handed the form to the
program, nor the day on which it was first read tells whether it came in time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.model import Arrival, Campaign, UnitReturn
from cchc_office.text.vietnamese import local_day, official


def about_its_day(
    campaign: Campaign, returned: UnitReturn, arrival: Arrival | None, as_of: dt.date
) -> Iterator[Finding]:
    """Yield that a form came late, or that nobody knows; and that its own day cannot be true."""
    deadline = campaign.info.deadline
    saved = local_day(returned.saved) if returned.saved else None
    there_on = min(as_of, arrival.day) if arrival else as_of
    is_ahead = saved is not None and saved > there_on
    if is_ahead:
        yield _about(returned, Code.SAVED_DAY_TO_COME, _day(saved), _there(arrival, as_of))
    if deadline is None or there_on <= deadline:
        return
    if arrival and arrival.is_received:
        found = f"nhận ngày {_day(arrival.day)}"
        yield _about(returned, Code.RETURNED_LATE, found, _day(deadline))
        return
    if saved is None or is_ahead:
        told = "Tệp không ghi ngày lưu" if saved is None else f"Tệp ghi lưu ngày {_day(saved)}"
        yield _about(returned, Code.SAVED_DATE_UNKNOWN, told, _day(deadline))
    elif saved > deadline:
        found = f"trong tệp ghi lưu ngày {_day(saved)}, chưa có ngày nhận"
        yield _about(returned, Code.RETURNED_LATE, found, _day(deadline))


def came_in_time(
    campaign: Campaign, returned: UnitReturn, arrival: Arrival | None, as_of: dt.date
) -> bool:
    """Whether a form is known to have come in time."""
    told = {finding.code for finding in about_its_day(campaign, returned, arrival, as_of)}
    return not told & {Code.RETURNED_LATE, Code.SAVED_DATE_UNKNOWN}


def _about(returned: UnitReturn, code: FindingCode, found: str, expected: str) -> Finding:
    return Finding(code, returned.file, found=found, expected=expected, unit=returned.unit)


def _there(arrival: Arrival | None, as_of: dt.date) -> str:
    """Return, in words, the day on which the form was there already."""
    if arrival and arrival.is_received and arrival.day <= as_of:
        return f"ngày nhận {_day(arrival.day)}"
    # That a run has read it makes the same day's next run say nothing else.
    if arrival and arrival.day < as_of:
        return f"ngày đọc phiếu {_day(arrival.day)}"
    return f"ngày tổng hợp {_day(as_of)}"


def _day(day: dt.date | None) -> str:
    return official(day).short if day else ""
