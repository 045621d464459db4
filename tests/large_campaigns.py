"""Generated campaigns (số liệu minh họa) whose tables are hard to draw."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cchc_office.model import (
    USUAL_COLUMNS,
    Assignment,
    Campaign,
    CampaignInfo,
    Criterion,
    Role,
    TableColumn,
    Unit,
)

ALL_COLUMNS = tuple(TableColumn)
NINE_COLUMNS = tuple(c for c in TableColumn if c is not TableColumn.UNITS)

_TEXT = (
    "rà soát hệ thống hóa văn bản quy phạm pháp luật thực hiện kế hoạch kiểm tra xử lý kết quả "
    "giải quyết thủ tục hành chính công bố công khai đánh giá mức độ hài lòng tổ chức cá nhân"
)


def words(length: int) -> str:
    """Return a text of words, `length` characters long."""
    return (f"{_TEXT} " * (length // len(_TEXT) + 1))[: length - 1] + "."


def campaign(
    names: list[str],
    *,
    blocks: list[tuple[int, str]] | None = None,
    columns: tuple[TableColumn, ...] = USUAL_COLUMNS,
    rich: bool = False,
    label: str = "",
) -> Campaign:
    """Return a campaign with a field, a criterion every ten rows, and a leaf for each name.

    `blocks` are the unit cells from the first criterion on: how many rows, and the text. `rich`
    fills every column of every leaf.
    """
    rows: list[tuple[str, str, int, str]] = [("1", "Lĩnh vực một", 1, "")]
    for place, name in enumerate(names):
        group = place // 10 + 1
        if place % 10 == 0:
            rows.append((f"1.{group}", f"Tiêu chí số {group}", 2, "TC-1"))
        code = f"1.{group}.{place % 10 + 1}"
        rows.append((code, name, 3, f"TC-1.{group}"))
    units = _unit_cells(len(rows), blocks or [])
    criteria = tuple(
        Criterion(
            id=f"TC-{code}",
            code=code,
            name=name,
            level=level,
            parent=parent,
            row=place + 2,
            unit_text=units[place][1],
            unit_cell=units[place][0],
            **(_riches(place) if rich and level == 3 else {}),  # type: ignore[arg-type]
        )
        for place, (code, name, level, parent) in enumerate(rows)
    )
    info = CampaignInfo(
        2024, "Sở Thử Nghiệm", "STN", "/STN-VP", "Tỉnh A", "BẢNG PHÂN CÔNG",
        appendix_label=label, table_columns=columns,
    )  # fmt: skip
    people = (Unit("VP", "Văn phòng Sở"), Unit("P1", "Phòng Kế hoạch - Tài chính - Tổng hợp"))
    roles = [
        Assignment(c.id, unit.code, role)
        for c in criteria
        if c.unit_text
        for unit, role in zip(people, (Role.LEAD, Role.SUPPORT), strict=True)
    ]
    return Campaign("dot-cham.xlsx", info, people, criteria, tuple(roles))


def _unit_cells(count: int, blocks: list[tuple[int, str]]) -> list[tuple[str, str]]:
    cells = [("D2", "")]
    for length, text in blocks:
        cells += [(f"D{len(cells) + 2}", text)] * length
    cells += [(f"D{place + 2}", "Văn phòng") for place in range(len(cells), count)]
    return cells[:count]


def _riches(place: int) -> dict[str, object]:
    return {
        "max_score": Decimal("1.25"),
        "rule": "Đạt từ 90% trở lên: 1; từ 80% đến dưới 90%: 0,5; dưới 80%: 0",
        "evidence": f"Kế hoạch số {place}/KH-STN; báo cáo kết quả thực hiện",
        "deadline": dt.date(2024, 11, 30),
        "note": "ĐTXHH" if place % 3 == 0 else "",
    }
