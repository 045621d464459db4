"""Makes examples/so-cong-thuong-2024: the campaign workbook, and the workbooks that came back.

Run from the project's root, with LibreOffice and faketime on the machine (the returned files tell
the day on which they were saved, which must lie in 2024):

    uv run python tools/make_example.py

What is not in the real table of 2024 is illustrative and marked so: every unit besides the three
that it names, the maximum scores, and everything that the returned workbooks say.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_office.campaign import load_campaign
from cchc_office.campaign.layout import CRITERIA_SHEET, SETTINGS_SHEET, UNITS_SHEET
from cchc_office.campaign.workbook import Draft, DraftRow, build_campaign_workbook
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.whole_writing import write_whole
from cchc_office.model import Unit
from cchc_office.papers.form.layout import NOT_APPLICABLE, PLACES, SCORE_SHEET
from cchc_office.papers.form.writer import build_form

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

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
    "index_name": "Chỉ số cải cách hành chính",
    "index_abbreviation": "CCHC",
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
    CRITERIA_SHEET: (
        "Số liệu minh họa: cột Điểm tối đa không có trong bảng gốc.\n"
        "Đưa chuột tới tiêu đề một cột để xem cách điền. Có thể thêm các cột: Cách chấm, "
        "Cách tổng hợp, Chủ trì, Phối hợp, Tài liệu kiểm chứng, Hạn."
    ),
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
        DraftRow(code, f[1], code.count(".") + 1, text, cell, note, score)
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


ILLUSTRATIVE = "số liệu minh họa"
SAVED_BY_THIS = "CCHC_EXAMPLE_DAY_SET"


@dataclass(frozen=True)
class Return:
    """A workbook that came back: its name, the day it was saved, by which program, its quirks."""

    unit: str
    name: str
    day: str
    by_libreoffice: bool
    quirk: Callable[[Form], None] | None = None


class Form:
    """An issued form as openpyxl sees it, to be filled in by the codes of its rows."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        column = PLACES["code"] + 1
        self._rows = {str(sheet.cell(r, column).value): r for r in range(1, sheet.max_row + 1)}

    def set(self, code: str, key: str, value: object) -> None:
        """Type `value` into a column of the row with this code."""
        self.sheet.cell(self._rows[code], PLACES[key] + 1).value = value  # type: ignore[assignment]

    def fill(self) -> None:
        """Fill in every open cell with illustrative scores, results and evidence."""
        for row in self._rows.values():
            if self._is_open(row, "score"):
                maximum = Decimal(str(self.sheet.cell(row, PLACES["max_score"] + 1).value))
                self._put(row, "score", float(_usual_score(maximum, row)))
                self._put(row, "evidence", f"Báo cáo kèm theo phiếu ({ILLUSTRATIVE})")
            if self._is_open(row, "result"):
                self._put(row, "result", "Đã thực hiện theo kế hoạch")
                self._put(row, "note", ILLUSTRATIVE)

    def _is_open(self, row: int, key: str) -> bool:
        return not self.sheet.cell(row, PLACES[key] + 1).protection.locked

    def _put(self, row: int, key: str, value: object) -> None:
        self.sheet.cell(row, PLACES[key] + 1).value = value  # type: ignore[assignment]


def _usual_score(maximum: Decimal, row: int) -> Decimal:
    """Return the whole maximum or, on every third row, a quarter of a point less."""
    return max(maximum - Decimal("0.25"), Decimal(0)) if row % 3 == 0 else maximum


def _office_quirks(form: Form) -> None:
    form.set("1.3.1", "score", "0,75")
    form.set("5.2.1", "score", None)
    form.set("5.2.1", "evidence", None)
    form.set("5.2.1", "result", "Đang rà soát")
    form.set("5.1.2", "score", None)
    form.set("5.1.2", "evidence", None)
    form.set("5.1.2", "applies", NOT_APPLICABLE)
    form.set("5.1.2", "result", "Sở không có đơn vị sự nghiệp thuộc diện lập đề án mới")


def _inspectorate_quirks(form: Form) -> None:
    form.set("3.1.4", "score", 5)


def _planning_quirks(form: Form) -> None:
    form.set("6.1.2", "evidence", None)
    form.set("6.4.2", "score", 0.5)


RETURNS = (
    Return("VP", "CCHC-2024-VP.xlsx", "2024-11-25", by_libreoffice=True, quirk=_office_quirks),
    Return(
        "TTra",
        "CCHC-2024-TTra.xlsx",
        "2024-11-26",
        by_libreoffice=False,
        quirk=_inspectorate_quirks,
    ),
    Return(
        "KHTCTH",
        "CCHC-2024-KHTCTH (1).xlsx",
        "2024-11-27",
        by_libreoffice=True,
        quirk=_planning_quirks,
    ),
    Return("QLCN", "bản chốt.xlsx", "2024-11-28", by_libreoffice=True),
    Return("QLTM", "CCHC-2024-QLTM.xlsx", "2024-11-29", by_libreoffice=False),
    Return("QLNL", "CCHC-2024-QLNL.xlsx", "2024-12-02", by_libreoffice=False),
    Return("TTKC", "CCHC-2024-TTKC.xlsx", "2024-11-29", by_libreoffice=True),
)


def make_return(returned: Return) -> None:
    """Issue the unit's form, fill it in, and save it with the program named."""
    import openpyxl

    campaign = load_campaign(EXAMPLE)
    target = EXAMPLE / "nhan-ve" / returned.name
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        issued = Path(temporary) / "in" / "form.xlsx"
        issued.parent.mkdir()
        issued.write_bytes(build_form(campaign, campaign.unit(returned.unit), DEFAULT_PROFILE))
        book = openpyxl.load_workbook(issued)
        form = Form(book[SCORE_SHEET])
        form.fill()
        if returned.quirk:
            returned.quirk(form)
        book.save(issued)
        if returned.by_libreoffice:
            _save_with_libreoffice(issued, Path(temporary))
            issued = Path(temporary) / "form.xlsx"
        shutil.copyfile(issued, target)


def _save_with_libreoffice(source: Path, folder: Path) -> None:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Make the campaign, then each return in a process whose clock shows the day it was saved."""
    if chosen := os.environ.get(SAVED_BY_THIS):
        make_return(next(r for r in RETURNS if r.unit == chosen))
        return
    make_campaign()
    for returned in RETURNS:
        environment = os.environ | {SAVED_BY_THIS: returned.unit}
        command = ["faketime", f"{returned.day} 09:00:00", sys.executable, __file__]
        subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    main()
