"""The register as a workbook: where each unit stands, and the log behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cchc_office.decree30.figures import Profile
from cchc_office.papers.kinds import DISPATCH, REMINDER, PaperKind, letters
from cchc_office.register import SendState
from cchc_office.register.events import Event
from cchc_office.register.tracking import Delivery, Receipt, Tracking, UnitStatus
from cchc_office.sheets.columns import Column, Holds, Value
from cchc_office.sheets.look import ATTENTION
from cchc_office.sheets.table_sheet import SheetRow, TableSheet
from cchc_office.sheets.workbook_writer import WorkbookWriter
from cchc_office.text.shortening import some_of

UNITS_SHEET, LOG_SHEET = "Theo dõi", "Nhật ký"

_UNIT_COLUMNS = (
    Column("code", "Mã", 20, Holds.MARK),
    Column("name", "Đơn vị", 44),
)
_REMINDERS_COLUMN = Column("reminders", "Số lần đôn đốc", 16, Holds.MARK)
_ANSWERS_COLUMN = Column("answers", "Phiếu giải trình về", 34, Holds.MARK)
_RETURN_COLUMNS = (
    Column("returned", "Phiếu về ngày", 38, Holds.MARK),
    Column("done", "Đã chấm", 15, Holds.COUNT),
    Column("expected", "Phải chấm", 15, Holds.COUNT),
    Column("owed", "Số việc còn nợ", 16, Holds.COUNT),
    Column("debts", "Còn nợ", 64),
    Column("sender", "Người gửi", 50, is_printed=False),
    Column("file", "Tệp", 50, is_printed=False),
)
_LOG_COLUMNS = (
    Column("time", "Lúc", 33, Holds.DAY),
    Column("unit", "Đơn vị", 20, Holds.MARK),
    Column("kind", "Việc", 27),
    Column("what", "Văn bản, tệp", 70),
    Column("how", "Kết quả, cách giao", 42),
    Column("who", "Địa chỉ", 38),
    Column("note", "Máy chủ trả lời, tiêu đề", 70, is_printed=False),
    Column("message_id", "Message-ID", 70, is_printed=False),
)
_MOST_DEBTS, _MOST_ROWS = 10, 11
"""The debts that are told of a unit, and the rows of each: who asks for all has the letter."""


def build_tracking_sheet(standing: Tracking, as_of: dt.date, profile: Profile) -> bytes:
    """Return the workbook: a sheet of units and a sheet with everything that was recorded."""
    campaign = standing.campaign
    book = WorkbookWriter(f"Sổ theo dõi {campaign.id}", profile.font)
    remarks = (f"Đợt {campaign.id}, tính đến ngày {as_of:%d/%m/%Y}",)
    units = [_unit_row(unit) for unit in standing.units()]
    events = [_log_row(event) for event in standing.events()]
    tables = (
        TableSheet(
            UNITS_SHEET, "SỔ THEO DÕI VĂN BẢN ĐI, PHIẾU VỀ", remarks, _columns(units), units
        ),
        # The log is long and its rows are short: upright, a page holds most of them.
        TableSheet(LOG_SHEET, "NHẬT KÝ", remarks, _LOG_COLUMNS, events, upright=True),
    )
    for table, rows in zip(tables, (units, events), strict=True):
        replace(table, count=len(rows), filtered=False).write(book)
    return book.finish()


def _columns(units: Iterable[SheetRow]) -> tuple[Column, ...]:
    """Return the columns of units; those of a later step of the year once it is taken."""
    taken = {key for unit in units for key, value in unit.values.items() if value}
    columns: list[Column] = []
    for letter in letters():
        columns += [_REMINDERS_COLUMN] if letter is REMINDER else []
        if letter is DISPATCH or letter.key in taken:
            columns.append(Column(letter.key, letter.mail.heading, 30, Holds.MARK))
    answers = (_ANSWERS_COLUMN,) if _ANSWERS_COLUMN.key in taken else ()
    return (*_UNIT_COLUMNS, *columns, *answers, *_RETURN_COLUMNS)


def _unit_row(standing: UnitStatus) -> SheetRow:
    receipt = standing.receipt
    debts = _grouped(standing.owes)
    owes = debts[:_MOST_DEBTS]
    if len(debts) > _MOST_DEBTS:
        owes.append(f"… và {len(debts) - _MOST_DEBTS} điều nữa")
    values: dict[str, Value] = {
        "code": standing.unit.code,
        "name": standing.unit.name,
        **{letter.key: _delivery(standing, letter) for letter in letters()},
        "reminders": standing.reminders,
        "answers": "\n".join(map(_answer, standing.answers)),
        "returned": _came(receipt) if receipt else "",
        "done": standing.done.done if standing.done.total else "",
        "expected": standing.done.total or "",
        "owed": standing.count_owed,
        "debts": "\n".join(owes),
        "sender": receipt.sender if receipt else "",
        "file": receipt.file if receipt else "",
    }
    return SheetRow(values, dict.fromkeys(_to_settle(standing), ATTENTION))


def _grouped(owes: Iterable[str]) -> list[str]:
    """Return debts with the rows that share one told together: "1.1, 1.2: chưa có điểm …"."""
    rows: dict[str, list[str]] = {}
    for debt in owes:
        row, _, what = debt.partition(": ") if ": " in debt else ("", "", debt)
        rows.setdefault(what, []).append(row)
    told: list[str] = []
    for what, named in rows.items():
        told.append(f"{some_of(named, _MOST_ROWS, 'dòng')}: {what}" if any(named) else what)
    return told


def _to_settle(standing: UnitStatus) -> Iterator[str]:
    """Yield the columns in which a person has something to settle."""
    for letter in letters():
        last = standing.last(letter)
        if last and (last.is_unclear or last.is_sent_back):
            yield letter.key
    if standing.receipt and standing.receipt.unconfirmed:
        yield "returned"
    if any(answer.unconfirmed for answer in standing.answers):
        yield "answers"


def _log_row(event: Event) -> SheetRow:
    return SheetRow(
        {
            "time": event.when,
            "unit": event.unit,
            "kind": event.kind,
            "what": event.what,
            "how": event.how,
            "who": event.who,
            "note": event.note,
            "message_id": event.message_id,
        }
    )


def _answer(answer: Receipt) -> str:
    return f"lần {answer.round}, {_came(answer)}"


def _came(receipt: Receipt) -> str:
    doubt = ", chưa rõ người gửi" if receipt.unconfirmed else ""
    mail = ", thư" if receipt.sender else ""
    return f"{receipt.came.removeprefix('nhận ')}{mail}{doubt}"


def _delivery(standing: UnitStatus, kind: PaperKind) -> str:
    last = standing.last(kind)
    if last is None:
        return "đã làm, chưa gửi" if kind in standing.made else ""
    return in_words(last)


def in_words(delivery: Delivery) -> str:
    """Return what became of papers, with the day: "05/12/2024, Zalo", "không rõ, 05/12/2024"."""
    time = f"lần {delivery.number}, " if delivery.number else ""
    day = f"{delivery.day:%d/%m/%Y}"
    if delivery.is_done:
        return f"{time}{day}, {delivery.way}"
    state = SendState.UNKNOWN if delivery.is_unclear else delivery.state
    return f"{time}{state.value}, {day}"
