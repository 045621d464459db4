"""A small campaign (số liệu minh họa) that is returned, appraised and explained in files."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cchc_office.campaign import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.model import Campaign, Consolidation, Returns
from cchc_office.papers.appraisal.layout import APPRAISAL_SHEET, DAY_LABEL, REVIEWER_LABEL
from cchc_office.papers.appraisal.workbook import build_appraisal
from cchc_office.papers.form.writer import build_form
from cchc_office.results.consolidation import consolidate
from cchc_office.returns import gather_returns, read_returns

from .sheets import campaign_file, fill_form, leaf_by_code

DAY = dt.date(2024, 12, 5)

UNITS = """
Mã   | Tên đơn vị         | Tên gọi khác   | Nhóm                 | Thủ trưởng | Email
VP   | Văn phòng Sở       | Văn phòng      |                      |            | vp@a.example
P1   | Phòng Một          |                | các phòng chuyên môn |            | p1@a.example
P2   | Phòng Hai          |                | các phòng chuyên môn |            | p2@a.example
"""
CRITERIA = """
STT   | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện     | Ghi chú | Loại điểm
1     | Lĩnh vực một                          |             |                      |         |
1.1   | Ban hành kế hoạch                     | 1           | Văn phòng            |         |
1.2   | Mức độ thực hiện                      | 2,5         | Văn phòng            |         |
1.3   | Giải quyết thủ tục                    | 2           | Các phòng chuyên môn |         |
1.4   | Ý kiến                                | 3           | Văn phòng            | ĐTXHH   |
2     | Điểm phạt                             | 1           |                      |         | Phạt
2.1   | Chậm báo cáo                          | 1           | Văn phòng            |         |
"""
ANSWERS: dict[str, dict[str, float]] = {
    "VP": {"1.1": 1, "1.2": 2, "2.1": 0.25},
    "P1": {"1.3": 2},
    "P2": {"1.3": 1},
}


@dataclass(frozen=True)
class Place:
    """The campaign's folder, and what was read of it."""

    folder: Path
    campaign: Campaign

    def id(self, code: str) -> str:
        """Return the id of the row with this code."""
        return leaf_by_code(self.campaign, code)

    def code(self, id_: str) -> str:
        """Return the code of the row with this id."""
        return self.campaign.criterion(id_).code

    @property
    def returns(self) -> Path:
        return self.folder / "nhan-ve"

    @property
    def appraisals(self) -> Path:
        return self.folder / "tham-dinh"

    def gathered(self) -> Returns:
        read = [
            *read_returns(self.returns, self.campaign),
            *read_returns(self.appraisals, self.campaign),
        ]
        return gather_returns(read, self.campaign)

    def data(self) -> Consolidation:
        return consolidate(self.campaign, self.gathered(), as_of=DAY)

    def issue(self, number: int = 1, *, everything: bool = False) -> bytes:
        return build_appraisal(self.data(), number, DEFAULT_PROFILE, everything=everything)


def start(folder: Path, answers: dict[str, dict[str, float]] = ANSWERS) -> Place:
    """Start the campaign in `folder`, with the forms of the units that answer."""
    campaign = load_campaign(campaign_file(folder, units=UNITS, criteria=CRITERIA))
    assert not [f for f in campaign.findings if f.is_error]
    place = Place(folder, campaign)
    place.returns.mkdir(exist_ok=True)
    place.appraisals.mkdir(exist_ok=True)
    for code, scores in answers.items():
        unit = campaign.unit(code)
        path = place.returns / f"{campaign.paper_name(unit)}.xlsx"
        path.write_bytes(build_form(campaign, unit, DEFAULT_PROFILE))
        fill_form(
            path,
            {c: {"score": score, "evidence": "Quyết định số 1"} for c, score in scores.items()},
        )
    return place


class Table:
    """A workbook of the reviewers or of a unit, as a person sees it: rows by unit and code ("VP|1.1") or id."""

    HEADINGS = MappingProxyType(
        {
            "score": "Điểm thẩm định",
            "figure": "Số liệu thẩm định",
            "total": "Tổng số thẩm định",
            "opinion": "Ý kiến thẩm định",
            "request": "Yêu cầu giải trình",
            "wanted": "Điểm đề nghị",
            "explanation": "Giải trình",
            "evidence": "Tài liệu kiểm chứng bổ sung",
        }
    )

    def __init__(self, content: bytes, name: str = APPRAISAL_SHEET) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet: Worksheet = self.book[name]
        rows = range(1, self.sheet.max_row + 1)
        self.heading = next(r for r in rows if self.sheet.cell(r, 2).value == "STT")
        columns = range(1, self.sheet.max_column + 1)
        self.columns = {str(self.sheet.cell(self.heading, c).value): c for c in columns}
        self.ids = {
            str(self.sheet.cell(r, 1).value): r
            for r in range(self.heading + 1, self.sheet.max_row + 1)
            if self.sheet.cell(r, 1).value
        }
        self.rows = {
            f"{id_.partition('|')[0]}|{self.sheet.cell(r, 2).value}": r
            for id_, r in self.ids.items()
        }

    def cell(self, key: str, heading: str) -> Any:
        """Return the cell of a row under a heading."""
        at = self.rows.get(key) or self.ids[key]
        return self.sheet.cell(at, self.columns[heading])

    def shown(self) -> list[list[str]]:
        """Return the table as texts, without its hidden first column."""
        columns = list(self.columns.values())[1:]
        rows = [self.heading, *self.rows.values()]
        return [[_text(self.sheet.cell(r, c).value) for c in columns] for r in rows]

    def sign(self, by: Any = "Tổ thẩm định", on: Any = dt.datetime(2024, 12, 10)) -> None:
        """Type who appraises, and when."""
        for row in self.sheet.iter_rows(max_row=self.heading):
            for cell in row:
                if cell.value in (REVIEWER_LABEL, DAY_LABEL):
                    beside = self.sheet.cell(cell.row, cell.column + 1)
                    beside.value = by if cell.value == REVIEWER_LABEL else on

    def type(self, key: str, **values: Any) -> None:
        """Type into the inputs of a row, named as in HEADINGS."""
        for name, value in values.items():
            self.cell(key, self.HEADINGS[name]).value = value

    def content(self) -> bytes:
        """Return the workbook as openpyxl saves it."""
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def save(self, path: Path, saved: dt.datetime | None = None) -> None:
        """Save the workbook, at a time that it tells."""
        self.book.save(path)
        if saved:
            say_when_saved(path, saved)


def say_when_saved(path: Path, saved: dt.datetime) -> None:
    """Have a workbook tell a time of our own: openpyxl writes that of now."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    told = f"{saved:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>"
    parts["docProps/core.xml"] = re.sub(r"[^>]*</dcterms:modified>", told, core).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
