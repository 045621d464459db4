"""The register as a workbook: no column before its step, debts of one kind told once, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Unit
from cchc_office.papers.kinds import DISPATCH, EXPLANATION, REMINDER, PaperKind
from cchc_office.register import SendState
from cchc_office.register.events import Event
from cchc_office.register.tracking import Delivery, Receipt, UnitStatus
from cchc_office.register.tracking_sheet import build_tracking_sheet

DAY = dt.date(2024, 12, 5)


def sheet_of(units: Iterable[UnitStatus], folder: Path, events: Iterable[Event] = ()) -> Path:
    campaign = SimpleNamespace(id="CCHC-2024-STN")
    standing: Any = SimpleNamespace(
        campaign=campaign, units=lambda: list(units), events=lambda: list(events)
    )
    path = folder / "so.xlsx"
    path.write_bytes(build_tracking_sheet(standing, DAY, DEFAULT_PROFILE))
    return path


def rows_of(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name("Theo dõi").to_python()


def delivered(kind: PaperKind, number: int = 0) -> Delivery:
    return Delivery(kind, number, DAY, "Zalo", SendState.SENT)


def unit(number: int, **more: Any) -> UnitStatus:
    name = f"Ủy ban nhân dân xã số {number} (minh họa)"
    return UnitStatus(Unit(f"DV{number:05}", name), **more)


def test_columns_of_a_later_step_come_with_it(tmp_path: Path) -> None:
    headings = rows_of(sheet_of([unit(1)], tmp_path))[2]
    assert headings[2:5] == ["Giao việc", "Số lần đôn đốc", "Phiếu về ngày"]
    asked = unit(
        2,
        deliveries=(delivered(REMINDER, 1), delivered(EXPLANATION, 1)),
        answers=(Receipt("gt.xlsx", DAY, "", round=1),),
    )
    headings, _, row = rows_of(sheet_of([unit(1), asked], tmp_path))[2:5]
    said = dict(zip(headings, row, strict=True))
    assert said["Yêu cầu giải trình"] == "lần 1, 05/12/2024, Zalo"
    assert said["Phiếu giải trình về"] == "lần 1, 05/12/2024"
    assert headings[3:5] == ["Số lần đôn đốc", "Đôn đốc sau cùng"]


def test_rows_that_are_owed_for_one_reason_stand_together(tmp_path: Path) -> None:
    blank = [f"1.{n}: chưa có điểm tự chấm" for n in range(1, 13)]
    owes = (*blank, "chưa gửi phiếu tự chấm điểm", "2.1: điểm tự chấm 5 vượt điểm tối đa 1")
    headings, row = rows_of(sheet_of([unit(1, owes=owes)], tmp_path))[2:4]
    codes = ", ".join(f"1.{n}" for n in range(1, 11))
    assert str(row[headings.index("Còn nợ")]).splitlines() == [
        f"{codes} và 2 dòng khác: chưa có điểm tự chấm",
        "chưa gửi phiếu tự chấm điểm",
        "2.1: điểm tự chấm 5 vượt điểm tối đa 1",
    ]


@pytest.mark.libreoffice
def test_fifty_units_and_their_papers_are_printed_on_few_pages(
    tmp_path: Path, libreoffice: Callable[[Path, str], Path]
) -> None:
    seen = Receipt("a.xlsx", DAY, "", is_received=False)
    owes = ("1.1: chưa có điểm tự chấm", "2.1: chưa có điểm tự chấm")
    given = (delivered(DISPATCH),)
    units = [unit(n, deliveries=given, receipt=seen, owes=owes) for n in range(1, 51)]
    noon = dt.datetime(2024, 12, 5, 5, 0, tzinfo=dt.UTC)
    events = [
        Event(noon, f"DV{n:05}", "Làm văn bản", f"cong-van/CCHC-2024-DV{n:05}.docx", "công văn")
        for n in range(1, 81)
    ]
    with pdfplumber.open(libreoffice(sheet_of(units, tmp_path, events), "pdf")) as printed:
        pages = [(page.width > page.height, page.extract_text() or "") for page in printed.pages]
    assert [is_wide for is_wide, _ in pages] == [True] * 4 + [False] * 2
    told = "".join(text for _, text in pages)
    assert told.count("có từ 05/12/2024, chưa") == len(units)
