"""An office whose set has four levels goes its year, from its own Word table (số liệu minh họa)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl

from cchc_office import CampaignFolder, open_campaign, start_campaign
from cchc_office.campaign import load_campaign
from cchc_office.model import Campaign
from cchc_office.papers.appraisal.layout import SUPPLEMENT_SHEET

from .appraised import Table
from .calls import cchc
from .sheets import add_sheet, grid
from .whole_year import type_answers

HEADINGS = """
STT | Nội dung tiêu chí | Điểm   | ^      | ^   | Cách chấm điểm | Đơn vị thực hiện | Tài liệu minh chứng | Ghi chú
^   | ^                 | Chuẩn  | Thưởng | Trừ | ^              | ^                | ^                   | ^
"""
SOURCE = """
I   | CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH      | 20 | | | | Văn phòng Sở | |
1   | Kế hoạch cải cách hành chính     | 9  | | | | | |
1.1 | Xây dựng kế hoạch                | 4  | | | | | |
a)  | Ban hành kế hoạch năm            | 2  | | | - Ban hành đúng thời gian: 2⏎- Ban hành chậm: 1⏎- Không ban hành: 0 | | Kế hoạch đã ban hành |
b)  | Nội dung kế hoạch đầy đủ, có sản phẩm, thời hạn và người thực hiện từng việc | 2 | | | - Đầy đủ, đúng quy định: Điểm tối đa⏎- Chưa đầy đủ: trừ điểm tương ứng | | Kế hoạch, văn bản giao việc |
1.2 | Mức độ hoàn thành kế hoạch       | 5  | | | Tính theo công thức: (b/a) x điểm tối đa. Trong đó: a là tổng số nhiệm vụ; b là số nhiệm vụ đã hoàn thành. Trường hợp b/a < 0,8 thì điểm là 0 | | Báo cáo kết quả |
2   | Chế độ báo cáo                   | 5  | | | | | |
2.1 | Báo cáo định kỳ                  | 3  | | | Báo cáo đầy đủ, đúng hạn: 3; mỗi báo cáo gửi muộn trừ 0,5 điểm | | |
2.2 | Báo cáo năm                      | 2  | | | Hoàn thành trước 15/12: 2 điểm⏎Hoàn thành từ 15/12 đến 31/12: 1 điểm⏎Sau 31/12: 0 điểm | | |
3   | Kỷ luật, kỷ cương                | 6  | | | Không có người vi phạm: 6; có 01 người vi phạm: trừ 2; từ 02 người vi phạm trở lên: 0 | Thanh tra Sở | |
II  | CẢI CÁCH THỦ TỤC HÀNH CHÍNH      | 40 | | | | | |
1   | Giải quyết hồ sơ                 | 24 | | | | Các phòng chuyên môn | |
1.1 | Kết quả giải quyết               | 21 | | | | | |
a)  | Hồ sơ giải quyết đúng hạn        | 10 | | | Từ 95% trở lên: 10; từ 80% đến dưới 95%: 5; dưới 80%: 0 | | Số liệu trên hệ thống một cửa |
b)  | Hồ sơ trực tuyến                 | 6  | | | Tỷ lệ % x điểm tối đa | | |
c)  | Xin lỗi khi trễ hẹn              | 5  | | | 100% hồ sơ trễ hẹn có xin lỗi: 5; dưới 100%: 0. Trường hợp không có hồ sơ trễ hẹn: 5 | | |
1.2 | Rà soát, đơn giản hóa thủ tục    | 3  | | | Có/Không | | |
2   | Kiểm soát thủ tục                | 16 | | | | Văn phòng Sở (Các phòng chuyên môn phối hợp) | |
2.1 | Công khai thủ tục                | 8  | | | | | |
2.2 | Mức độ hài lòng của người dân    | 8  | | | | | | ĐTXHH
III | XÂY DỰNG CHÍNH QUYỀN SỐ          | 30 | | | | | |
1   | Nền tảng số                      | 18 | | | | Văn phòng Sở | |
1.1 | Ứng dụng dùng chung              | 12 | | | | | |
a)  | Văn bản điện tử được ký số       | 8  | | | ≥90%: 8; ≥70%: 4; còn lại: 0 | | |
b)  | Họp không giấy                   | 4  | | | Mỗi cuộc họp được 1 điểm, tối đa 4 điểm | | |
1.2 | Nền tảng họp trực tuyến cấp xã   | 6  | | | | | | Không áp dụng
2   | Dữ liệu                          | 12 | | | | | |
2.1 | Dữ liệu mở                       | 4  | | | Có danh mục dữ liệu mở: 2; có cập nhật hằng quý: 2 | Phòng Quản lý công nghiệp | |
2.2 | Hài lòng về dịch vụ số           | 8  | | | | Văn phòng Sở theo dõi | | SIPAS
IV  | ĐIỂM THƯỞNG, ĐIỂM TRỪ            |    | | | | | |
1   | Điểm thưởng (không quá 3 điểm)   |    | | | | | |
1.1 | Sáng kiến được công nhận         |    | 2 | | Mỗi sáng kiến được 0,5 điểm, tối đa 2 điểm | Các phòng, đơn vị | Quyết định công nhận |
1.2 | Tập thể được khen thưởng         |    | 2 | | | Văn phòng Sở | |
2   | Điểm trừ (không quá 2 điểm)      |    | | | | | |
2.1 | Văn bản ban hành sai thẩm quyền  |    | | 2 | Mỗi văn bản trừ 0,5 điểm | Các phòng, đơn vị | |
2.2 | Trả lời kiến nghị chậm           |    | | 1 | | Văn phòng Sở | |
    | Tổng cộng                        | 90 | | | | | |
"""
AROUND = (
    "PHỤ LỤC",
    "BỘ TIÊU CHÍ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2025",
    "(Kèm theo Quyết định số 15/QĐ-SCT ngày 05/01/2025 của Sở Công Thương)",
)
SETTINGS = {
    "Cơ quan chủ quản": "UBND TỈNH A",
    "Cơ quan ban hành": "Sở Công Thương",
    "Tên viết tắt": "SCT",
    "Địa danh": "Tỉnh A",
    "Số và ký hiệu văn bản": "/SCT-VP",
    "Ngày văn bản": "/11/2025",
    "Chức vụ người ký": "GIÁM ĐỐC",
    "Hạn nộp": "25/12/2025",
    "Đầu mối": "Văn phòng Sở",
    "Nơi nhận": "Như trên;\nLưu: VT, VP.",
    "Thang điểm": "90",
    "Cột bảng phân công": "Điểm tối đa; Cách chấm; Đơn vị thực hiện; Tài liệu kiểm chứng; Ghi chú",
}
"""What a clerk types where the table says nothing."""

UNITS = """
Mã   | Tên đơn vị                | Tên gọi khác | Nhóm                                    | Thủ trưởng | Email
VP   | Văn phòng Sở              |              | các phòng, đơn vị                       | Chánh Văn phòng | vp@a.example
TTra | Thanh tra Sở              |              | các phòng, đơn vị                       | Chánh Thanh tra | tt@a.example
KHTC | Phòng Kế hoạch - Tài chính |             | các phòng, đơn vị; các phòng chuyên môn | | kh@a.example
QLCN | Phòng Quản lý công nghiệp |              | các phòng, đơn vị; các phòng chuyên môn | | cn@a.example
QLTM | Phòng Quản lý thương mại  |              | các phòng, đơn vị; các phòng chuyên môn | | tm@a.example
"""
"""The clerk's list of units; the table names three of them."""

TOGETHER = {
    "II/1": "Trung bình",
    "II/1/1.1/b)": "Gộp số liệu",
    "II/1/1.1/c)": "Thấp nhất",
    "IV/1": "Tổng",
    "IV/2": "Tổng",
}
"""How the scores of several units come together, by the row's path."""

SURVEY = """
STT      | Tiêu chí                      | Điểm
II/2/2.2 | Mức độ hài lòng của người dân | 6,4
III/2/2.2 | Hài lòng về dịch vụ số       | 6,8
"""
TOLD: dict[str, Any] = {"evidence": "Báo cáo số 1", "result": "Đã thực hiện"}
ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    "VP": {
        "I/1/1.1/a)": {"figure": "BAN HÀNH CHẬM"},
        "I/1/1.1/b)": {"score": 1.5},
        "I/1/1.2": {"figure": 9, "total": 10},
        "I/2/2.1": {"figure": 2},
        "I/2/2.2": {"figure": dt.datetime(2025, 12, 20)},
        "II/2/2.1": {"score": 7.25},
        "III/1/1.1/a)": {"figure": 75, "total": 100},
        "III/1/1.1/b)": {"figure": 3},
        "IV/1/1.1": {"figure": 2},
        "IV/1/1.2": {"score": 1.5},
        "IV/2/2.1": {"figure": 1},
        "IV/2/2.2": {"score": 0.25},
    },
    "TTra": {
        "I/3": {"figure": 1},
        "IV/1/1.1": {"figure": 1},
        "IV/2/2.1": {"figure": 2},
    },
    "KHTC": {
        "II/1/1.1/a)": {"figure": 48, "total": 50},
        "II/1/1.1/b)": {"figure": 30, "total": 50},
        "II/1/1.1/c)": {"figure": 2, "total": 2},
        "II/1/1.2": {"figure": "Có"},
        "IV/2/2.1": {"figure": 3},
    },
    "QLCN": {
        "II/1/1.1/a)": {"figure": 90, "total": 100},
        "II/1/1.1/b)": {"figure": 20, "total": 25},
        "II/1/1.1/c)": {"figure": 0, "total": 0},
        "II/1/1.2": {"figure": "Không"},
        "III/2/2.1": {"figure": "Chỉ có danh mục dữ liệu mở"},
        "IV/1/1.1": {"figure": 1},
    },
    "QLTM": {
        "II/1/1.1/a)": {"figure": 10, "total": 20},
        "II/1/1.1/b)": {"figure": 10, "total": 25},
        "II/1/1.1/c)": {"figure": 1, "total": 2},
        "II/1/1.2": {"figure": "CÓ"},
    },
}
SAVED = dt.datetime(2025, 12, 24, 9)
LATE = "QLTM"
"""The unit that returns its form when it was reminded."""

ROUNDS: dict[int, dict[tuple[str, str], dict[str, Any]]] = {
    1: {
        ("VP", "I/1/1.1/b)"): {"score": 1, "opinion": "Thiếu thời hạn từng việc"},
        ("VP", "IV/2/2.2"): {"score": 0.5, "opinion": "Hai kiến nghị trả lời chậm"},
        ("TTra", "I/3"): {"request": "Gửi quyết định xử lý"},
        ("QLCN", "II/1/1.1/a)"): {"score": 2, "opinion": "Số liệu chưa khớp"},
        ("QLTM", "II/1/1.1/b)"): {"figure": 5, "total": 25, "opinion": "Theo hệ thống một cửa"},
    },
    2: {("VP", "I/1/1.1/b)"): {"score": 1.25, "opinion": "Đã bổ sung một phần"}},
}
"""What reviewers type in each round, by unit and the row's path."""

DAYS = {
    "reminded": dt.date(2025, 12, 26),
    "returned": dt.date(2025, 12, 27),
    "round-1": dt.date(2025, 12, 28),
    "round-2": dt.date(2026, 1, 5),
    "reported": dt.date(2026, 1, 10),
}
TO_EXPLAIN = dt.date(2026, 1, 4)


class FourLevelOffice:
    """The office's folder, and the papers of each stage of its year."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "dot"
        self.papers = folder / "ra"
        self.source = folder / "bo-tieu-chi.docx"
        write_source(self.source)

    @property
    def campaign(self) -> Campaign:
        return load_campaign(self.folder)

    def made(self, stage: str, kind: str) -> Path:
        """Return the folder of the papers of a kind that a stage made."""
        return self.papers / stage / kind

    def correct(self) -> None:
        """Fill in and mend the workbook that the table became, as a clerk would."""
        path = self.folder / "dot-cham.xlsx"
        book = openpyxl.load_workbook(path)
        for row in book["Thông tin"].iter_rows():
            if (name := str(row[0].value)) in SETTINGS:
                row[1].value = SETTINGS[name]
        units: Any = book["Đơn vị"]
        head = next(r for r in range(1, 9) if units.cell(r, 1).value == "Mã")
        columns = {cell.value: cell.column for cell in units[head]}
        names, *lines = grid(UNITS)
        for r, line in enumerate(lines, start=head + 1):
            for name, text in zip(names, line, strict=False):
                units.cell(r, columns[name]).value = text or None
        if "Kết quả ĐTXHH" in book.sheetnames:
            del book["Kết quả ĐTXHH"]
        book.save(path)
        add_sheet(path, "Kết quả ĐTXHH", SURVEY)
        self._say_how_scores_come_together(path)

    def _say_how_scores_come_together(self, path: Path) -> None:
        at = paths(self.campaign)
        book = openpyxl.load_workbook(path)
        criteria: Any = book["Bộ chỉ số"]
        head = next(r for r in range(1, 9) if criteria.cell(r, 1).value == "STT")
        columns = {cell.value: cell.column for cell in criteria[head] if cell.value}
        column = columns.setdefault("Cách tổng hợp", max(columns.values()) + 1)
        criteria.cell(head, column).value = "Cách tổng hợp"
        for place, word in TOGETHER.items():
            criteria.cell(self.campaign.criterion(at[place]).row, column).value = word
        book.save(path)

    def answer(self, *units: str) -> None:
        """Have units fill in their forms, and send them back."""
        campaign = self.campaign
        at = paths(campaign)
        (self.folder / "nhan-ve").mkdir(exist_ok=True)
        for code in units:
            name = f"{campaign.paper_name(campaign.unit(code))}.xlsx"
            answers = {at[place]: TOLD | typed for place, typed in ANSWERS[code].items()}
            issued = self.made("issued", "phieu-cham") / name
            type_answers(issued, answers, self.folder / "nhan-ve" / name, saved_at=SAVED)

    def review(self, number: int) -> None:
        """Have reviewers fill in the table of a round."""
        name = f"tham-dinh-lan-{number}.xlsx"
        table = Table((self.made(f"round-{number}", "tham-dinh") / name).read_bytes())
        day = DAYS[f"round-{number}"]
        table.sign(on=dt.datetime.combine(day, dt.time()))
        at = paths(self.campaign)
        for (unit, place), typed in ROUNDS[number].items():
            table.type(f"{unit}|{at[place]}", **typed)
        (self.folder / "tham-dinh").mkdir(exist_ok=True)
        table.save(self.folder / "tham-dinh" / name)

    def explain(self, unit: str) -> None:
        """Have a unit answer what it was asked of its cut scores."""
        name = f"{self.campaign.paper_name(self.campaign.unit(unit))}-bo-sung.xlsx"
        form = Table((self.made("round-1", "giai-trinh") / name).read_bytes(), SUPPLEMENT_SHEET)
        key = next(k for k in form.ids if paths(self.campaign)["I/1/1.1/b)"] in k)
        form.type(key, wanted=1.5, explanation="Đã có trong phụ lục", evidence="Phụ lục kế hoạch")
        form.save(self.folder / "nhan-ve" / name)


def write_source(path: Path) -> None:
    """Save the office's table as a Word document, its heading in two rows with merged cells."""
    document = docx.Document()
    for text in AROUND:
        document.add_paragraph(text)
    rows = grid(HEADINGS + SOURCE)
    table: Any = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text not in ("", "^"):
                table.cell(r, c).text = text.replace("⏎", "\n")
    for c in range(len(rows[0])):
        if rows[1][c] == "^":
            table.cell(0, c).merge(table.cell(1, c))
    table.cell(0, 2).merge(table.cell(0, 4))
    document.save(str(path))


def paths(campaign: Campaign) -> Mapping[str, str]:
    """Return the ids of rows by their codes from the field down: "II/1/1.1/a)"."""
    found: dict[str, str] = {"": ""}
    above = {"": ""}
    for row in campaign.criteria:
        above[row.id] = f"{above[row.parent]}/{row.code}".removeprefix("/")
        found[above[row.id]] = row.id
    return found


Step = Callable[[str, str], None]
COMMANDS = {
    "papers": (("phu-luc",), ("cong-van",), ("phieu-cham",)),
    "remind": (("don-doc",),),
    "consolidate": (("tong-hop",),),
    "appraise": (("tham-dinh", "--lan", "1"),),
    "appraise again": (("tham-dinh", "--lan", "2"),),
    "explain": (("giai-trinh", "--han-giai-trinh", f"{TO_EXPLAIN:%d/%m/%Y}"),),
}
JOBS: Mapping[str, Callable[[CampaignFolder], Any]] = {
    "papers": lambda folder: folder.make_papers(),
    "remind": lambda folder: folder.remind(),
    "consolidate": lambda folder: folder.consolidate(),
    "appraise": lambda folder: folder.appraise(),
    "appraise again": lambda folder: folder.appraise(2),
    "explain": lambda folder: folder.explain(deadline=TO_EXPLAIN),
    "standings": lambda folder: folder.standings(as_sheet=True),
}


def by_commands(office: FourLevelOffice) -> Step:
    """Do each step of the year as a clerk types it."""

    def step(stage: str, what: str) -> None:
        if what == "start":
            assert cchc("khoi-tao", office.folder, "--tu", office.source) in (0, 1)
            return
        out = ("-o", office.papers / stage)
        if what == "standings":
            assert cchc("so", office.folder, *out, "--xlsx") in (0, 1)
            return
        day = ("--ngay", f"{DAYS[stage]:%d/%m/%Y}") if stage in DAYS else ()
        for command, *options in COMMANDS[what]:
            assert cchc(command, office.folder, *out, *day, *options) in (0, 1)

    return step


def by_library(office: FourLevelOffice) -> Step:
    """Do each step of the year as a script would."""

    def step(stage: str, what: str) -> None:
        if what == "start":
            start_campaign(office.folder, office.source)
            return
        folder = open_campaign(office.folder, output=office.papers / stage, day=DAYS.get(stage))
        done = JOBS[what](folder)
        assert done.is_done, done.findings

    return step


def go_through(office: FourLevelOffice, step: Step) -> None:
    """Go through the year, from the office's table to the report upward."""
    step("started", "start")
    office.correct()
    step("issued", "papers")
    office.answer(*(unit for unit in ANSWERS if unit != LATE))
    step("reminded", "remind")
    office.answer(LATE)
    step("returned", "consolidate")
    step("round-1", "appraise")
    office.review(1)
    step("round-1", "explain")
    step("round-1", "consolidate")
    office.explain("VP")
    step("round-2", "appraise again")
    office.review(2)
    step("reported", "consolidate")
    step("reported", "standings")
