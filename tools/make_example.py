"""Makes examples/so-cong-thuong-2024: the campaign workbook, and the workbooks that came back.

Run from the project's root, with LibreOffice and faketime on the machine (the returned files tell
the day on which they were saved, which must lie in 2024):

    uv run python tools/make_example.py

What is not in the real table of 2024 is illustrative and marked so: every unit besides the three
that it names, the maximum scores, and everything that the returned workbooks say.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from cchc_office.campaign.criteria import CRITERIA_SHEET
from cchc_office.campaign.settings import SETTINGS_SHEET
from cchc_office.campaign.units import UNITS_SHEET
from cchc_office.campaign.workbook import Draft, DraftRow, build_campaign_workbook
from cchc_office.files import write_whole
from cchc_office.model import Unit

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "so-cong-thuong-2024"
ROWS = Path(__file__).with_name("bo-chi-so-2024.txt")

EVERYBODY = "các phòng, đơn vị"
PROFESSIONAL = "các phòng chuyên môn"

UNITS = (
    Unit(
        "VP",
        "Văn phòng Sở",
        ("Văn phòng",),
        (EVERYBODY,),
        "Chánh Văn phòng",
        ("van-phong@so-cong-thuong.example",),
    ),
    Unit(
        "TTra",
        "Thanh tra Sở",
        ("Thanh tra",),
        (EVERYBODY,),
        "Chánh Thanh tra",
        ("thanh-tra@so-cong-thuong.example",),
    ),
    Unit(
        "KHTCTH",
        "Phòng Kế hoạch - Tài chính - Tổng hợp",
        ("Phòng KH-TC-TH", "KH-TC-TH", "P. KHTCTH"),
        (EVERYBODY,),
        "Trưởng phòng",
        ("khtcth@so-cong-thuong.example",),
    ),
    Unit(
        "QLCN",
        "Phòng Quản lý công nghiệp (minh họa)",
        (),
        (PROFESSIONAL, EVERYBODY),
        "Trưởng phòng",
        ("qlcn@so-cong-thuong.example",),
    ),
    Unit(
        "QLTM",
        "Phòng Quản lý thương mại (minh họa)",
        (),
        (PROFESSIONAL, EVERYBODY),
        "Trưởng phòng",
        ("qltm@so-cong-thuong.example",),
    ),
    Unit(
        "QLNL",
        "Phòng Quản lý năng lượng (minh họa)",
        (),
        (PROFESSIONAL, EVERYBODY),
        "Trưởng phòng",
        ("qlnl@so-cong-thuong.example",),
    ),
    Unit(
        "KTAT",
        "Phòng Kỹ thuật an toàn môi trường (minh họa)",
        (),
        (PROFESSIONAL, EVERYBODY),
        "Trưởng phòng",
        ("ktat@so-cong-thuong.example",),
    ),
    Unit(
        "TTKC",
        "Trung tâm Khuyến công (minh họa)",
        (),
        (EVERYBODY, "các đơn vị trực thuộc"),
        "Giám đốc Trung tâm",
        ("ttkc@so-cong-thuong.example",),
    ),
)

SETTINGS = {
    "year": "2024",
    "parent_agency": "UBND TỈNH A",
    "agency": "Sở Công Thương",
    "abbreviation": "SCT",
    "place": "Tỉnh A",
    "symbol": "/SCT-VP",
    "document_date": "/5/2024",
    "signing_authority": "TL. GIÁM ĐỐC",
    "signer_title": "CHÁNH VĂN PHÒNG",
    "deadline": "30/11/2024",
    "contact": "Văn phòng Sở, thư điện tử van-phong@so-cong-thuong.example",
    "recipients": "Như trên;\nLãnh đạo Sở (để báo cáo);\nLưu: VT, VP.",
    "legal_bases": "",
    "table_title": (
        "BẢNG PHÂN CÔNG PHỤ TRÁCH CÁC NỘI DUNG TRONG BỘ CHỈ SỐ\nCCHC SỞ CÔNG THƯƠNG NĂM 2024"
    ),
}

REMARKS = {
    SETTINGS_SHEET: (
        "Số liệu minh họa: tên tỉnh, địa danh, người ký, hạn nộp, đầu mối không có trong bảng gốc."
    ),
    UNITS_SHEET: (
        "Số liệu minh họa: bảng gốc chỉ nêu Văn phòng, Thanh tra, Phòng KH-TC-TH; "
        "các đơn vị khác, thủ trưởng và email là minh họa."
    ),
    CRITERIA_SHEET: "Số liệu minh họa: cột Điểm tối đa không có trong bảng gốc.",
}


def read_rows() -> tuple[DraftRow, ...]:
    """Return the rows of the table with illustrative maximum scores for its leaves."""
    lines = ROWS.read_text(encoding="utf-8").splitlines()
    fields = [[p.strip() for p in line.split("|")] for line in lines if not line.startswith("#")]
    texts, cells = _unit_cells([f[2] for f in fields])
    codes = [f[0] for f in fields]
    leaves = [
        not following.startswith(f"{code}.") and code != "8"
        for code, following in pairwise([*codes, "end"])
    ]
    notes = [f[3] if len(f) > 3 else "" for f in fields]
    scores = _scores(codes, notes, leaves)
    return tuple(
        DraftRow(code, f[1], text, cell, note, score)
        for code, f, text, cell, note, score in zip(
            codes, fields, texts, cells, notes, scores, strict=True
        )
    )


def _unit_cells(written: list[str]) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    cells: list[int] = []
    for number, text in enumerate(written, start=1):
        if text == "^":
            texts.append(texts[-1])
            cells.append(cells[-1])
        else:
            texts.append(text.replace(" / ", "\n"))
            cells.append(number if text else 0)
    return texts, cells


def _scores(codes: list[str], notes: list[str], leaves: list[bool]) -> list[Decimal | None]:
    """Give each leaf a maximum in steps of 0,25, so that all of them add up to 100."""
    pattern = [Decimal(p) for p in ("1", "1.5", "1", "0.75", "1.25")]
    scores: list[Decimal | None] = []
    for place, (code, note, leaf) in enumerate(zip(codes, notes, leaves, strict=True)):
        if not leaf:
            scores.append(None)
        elif not code:
            scores.append(Decimal(10))
        elif note:
            scores.append(Decimal(1))
        else:
            scores.append(pattern[place % len(pattern)])
    adjustable = [i for i, s in enumerate(scores) if s and s != 10 and not notes[i]]
    step = Decimal("0.25")
    place = 0
    while (rest := 100 - sum(s for s in scores if s)) != 0:
        i = adjustable[place % len(adjustable)]
        scores[i] = (scores[i] or Decimal(0)) + (step if rest > 0 else -step)
        place += 7
    return scores


def make_campaign() -> None:
    """Write the campaign workbook."""
    draft = Draft(SETTINGS, UNITS, read_rows(), REMARKS)
    write_whole(EXAMPLE / "dot-cham.xlsx", build_campaign_workbook(draft))


if __name__ == "__main__":
    make_campaign()
    print(dt.date(2024, 11, 30))
