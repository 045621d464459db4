"""Which of several forms of a unit counts, and why, as it is said of each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Decision, FileRead
from cchc_office.text.vietnamese import day_and_time, local_day

_Whys = tuple[str, str]
_LATEST = "lưu sau cùng"


def _why(counted: FileRead | None, other: FileRead, codes: Collection[FindingCode]) -> _Whys:
    """Return why one form of a unit counts and another does not, as it is said of each."""
    said = other.verdict
    when = f" ngày {local_day(said.recorded):%d/%m/%Y}" if said else ""
    if Code.SAME_RETURN_AGAIN in codes:
        return "bản kia ghi y hệt", "giống hệt bản được tính"
    if said and said.decision is Decision.NOT_COUNTED:
        return f"đã chọn bản này{when}", f"không được tính: đã chọn bản khác{when}"
    if Code.UNCONFIRMED_NOT_COUNTED in codes:
        return "bản kia chưa rõ người gửi", "không được tính: chưa rõ người gửi"
    if Code.RETURN_REPLACED in codes and said and said.decision is Decision.SENT_BACK:
        return f"bản kia đã trả lại{when}", f"không được tính: đã trả lại{when}"
    taken = counted.verdict if counted else None
    is_taken = taken is not None and taken.decision is Decision.TAKEN
    when = f" ngày {local_day(taken.recorded):%d/%m/%Y}" if taken else ""
    if Code.RETURN_REPLACED in codes:
        return f"đã nhận bản này{when}", f"không được tính: đã nhận bản khác{when}"
    if Code.RETURNS_SAVED_TOGETHER in codes:
        return (
            f"đã nhận bản này{when}" if is_taken else "tạm lấy bản này, vì các bản cùng lúc lưu",
            "chưa tính: cùng lúc lưu với bản được tính, không rõ bản nào sau",
        )
    return _LATEST, "không được tính: có bản lưu sau"


def fates_of(
    files: Sequence[FileRead],
    codes: Mapping[str, Collection[FindingCode]],
    saved: Mapping[str, dt.datetime | None],
) -> dict[str, str]:
    """Return of each form of a unit whether it counts, and why, by the names of the files."""
    counted = next((file for file in files if file.counted), None)
    whys = {f.file: _why(counted, f, codes.get(f.file, ())) for f in files if f is not counted}
    told = {file: of_other for file, (_, of_other) in whys.items()}
    if counted is not None:
        time = saved.get(counted.file)
        latest = f"{_LATEST}, {day_and_time(time) if time else 'theo giờ của tệp'}"
        own = dict.fromkeys(latest if why is _LATEST else why for why, _ in whys.values())
        told[counted.file] = f"được tính: {'; '.join(own)}" if own else "được tính"
    return told
