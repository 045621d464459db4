"""The register as a workbook: where each unit stands, and the log behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cchc_office.decree30.figures import Profile
from cchc_office.papers.kinds import DISPATCH, EXPLANATION, REMINDER, PaperKind
from cchc_office.papers.report.parts import ReportColumn, heights_for, write_head
from cchc_office.register import SendState
from cchc_office.register.standing import Delivery, Event, Receipt, Standing, UnitStanding
from cchc_office.sheets.look import ATTENTION, CENTRED, COUNT
from cchc_office.sheets.row_writer import Value
from cchc_office.sheets.workbook_writer import WorkbookWriter
from cchc_office.text.vietnamese import VIETNAM

UNITS_SHEET, LOG_SHEET = "Theo dõi", "Nhật ký"

_COLUMNS = (
    ReportColumn("Mã", 20, CENTRED),
    ReportColumn("Đơn vị", 44),
    ReportColumn("Giao việc", 26, CENTRED),
    ReportColumn("Số lần đôn đốc", 16, CENTRED),
    ReportColumn("Đôn đốc sau cùng", 26, CENTRED),
    ReportColumn("Yêu cầu giải trình", 26, CENTRED),
    ReportColumn("Phiếu giải trình về", 28, CENTRED),
    ReportColumn("Phiếu về ngày", 24, CENTRED),
    ReportColumn("Đã chấm", 15, COUNT),
    ReportColumn("Phải chấm", 15, COUNT),
    ReportColumn("Số việc còn nợ", 16, COUNT),
    ReportColumn("Còn nợ", 64),
    ReportColumn("Người gửi", 50),
    ReportColumn("Tệp", 50),
)
_UNITS_PRINTED = 12
"""Of the columns of units; those behind them are for looking up."""

_LOG_COLUMNS = (
    ReportColumn("Lúc", 34, CENTRED),
    ReportColumn("Đơn vị", 20, CENTRED),
    ReportColumn("Việc", 28),
    ReportColumn("Văn bản, tệp", 78),
    ReportColumn("Kết quả, cách giao", 52),
    ReportColumn("Địa chỉ", 56),
    ReportColumn("Máy chủ trả lời, tiêu đề", 70),
    ReportColumn("Message-ID", 70),
)
_PRINTED = 6
"""Of the columns of the log; those behind them tell what mail programs know of it."""

_MOST_DEBTS = 10


def build_standing_sheet(standing: Standing, as_of: dt.date, profile: Profile) -> bytes:
    """Return the workbook: a sheet of units and a sheet with everything that was recorded."""
    campaign = standing.campaign
    book = WorkbookWriter(f"Sổ theo dõi {campaign.id}", profile.font)
    remark = f"Đợt {campaign.id}, tính đến ngày {as_of:%d/%m/%Y}"
    _write_units(book, remark, standing.units())
    _write_log(book, remark, standing.events())
    return book.finish()


def _write_units(book: WorkbookWriter, remark: str, units: tuple[UnitStanding, ...]) -> None:
    sheet = book.sheet(UNITS_SHEET)
    title = "SỔ THEO DÕI VĂN BẢN ĐI, PHIẾU VỀ"
    first = write_head(sheet, title, (remark,), _COLUMNS, printed=_UNITS_PRINTED)
    rows = sheet.rows(first)
    height = heights_for(len(units))
    for unit in units:
        values, marked = _unit_values(unit), _marked(unit)
        styles = (ATTENTION if c.heading in marked else c.style for c in _COLUMNS)
        texts = [(str(v), c.width) for v, c in zip(values, _COLUMNS, strict=True)]
        rows.write(rows.look(styles), values, height(texts))
    rows.finish()
    sheet.raw.print_area(0, 0, rows.end - 1, _UNITS_PRINTED - 1)


def _marked(standing: UnitStanding) -> set[str]:
    """Return the columns in which a person has something to settle."""
    kinds = {
        "Giao việc": DISPATCH,
        "Đôn đốc sau cùng": REMINDER,
        "Yêu cầu giải trình": EXPLANATION,
    }
    last = {title: standing.last(kind) for title, kind in kinds.items()}
    marked = {t for t, d in last.items() if d and (d.is_unclear or d.is_sent_back)}
    if standing.receipt and standing.receipt.unconfirmed:
        marked.add("Phiếu về ngày")
    if any(answer.unconfirmed for answer in standing.answers):
        marked.add("Phiếu giải trình về")
    return marked


def _unit_values(standing: UnitStanding) -> list[Value]:
    receipt = standing.receipt
    owes = list(standing.owes[:_MOST_DEBTS])
    if len(standing.owes) > _MOST_DEBTS:
        owes.append(f"… và {len(standing.owes) - _MOST_DEBTS} điều nữa")
    return [
        standing.unit.code,
        standing.unit.name,
        _delivery(standing, DISPATCH),
        standing.reminders,
        _delivery(standing, REMINDER),
        _delivery(standing, EXPLANATION),
        "\n".join(map(_answer, standing.answers)),
        _came(receipt) if receipt else "",
        standing.done.done if standing.done.total else "",
        standing.done.total or "",
        standing.rows_owed,
        "\n".join(owes),
        receipt.sender if receipt else "",
        receipt.file if receipt else "",
    ]


def _answer(answer: Receipt) -> str:
    return f"lần {answer.round}, {_came(answer)}"


def _came(receipt: Receipt) -> str:
    doubt = ", chưa rõ người gửi" if receipt.unconfirmed else ""
    return f"{receipt.day:%d/%m/%Y}{', thư' if receipt.sender else ''}{doubt}"


def _delivery(standing: UnitStanding, kind: PaperKind) -> str:
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


def _write_log(book: WorkbookWriter, remark: str, events: Iterable[Event]) -> None:
    sheet = book.sheet(LOG_SHEET)
    first = write_head(sheet, "NHẬT KÝ", (remark,), _LOG_COLUMNS, printed=_PRINTED)
    rows = sheet.rows(first)
    look = rows.look(column.style for column in _LOG_COLUMNS)
    listed = list(events)
    height = heights_for(len(listed))
    for event in listed:
        values: list[Value] = [
            f"{event.time.astimezone(VIETNAM):%d/%m/%Y %H:%M}",
            event.unit,
            event.kind,
            event.what,
            event.how,
            event.who,
            event.note,
            event.message_id,
        ]
        texts = [(str(v), c.width) for v, c in zip(values, _LOG_COLUMNS, strict=True)]
        rows.write(look, values, height(texts))
    rows.finish()
    sheet.raw.print_area(0, 0, rows.end - 1, _PRINTED - 1)
