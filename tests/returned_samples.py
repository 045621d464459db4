"""The corpus of returned workbooks: its campaign, and the texts that say what each should give.

Beside every workbook lies a text of the same name:

    done: what was done to the issued form
    saved by: the program, and the format
    unit: VP, or "none" where nobody can say whose it is
    scores:
    1.1.1 = 0.5, blank, not applicable, unusable, contributed, or absent
    words:
    1.1.1 | evidence | what was written there ("⏎" ends a line, "Á × 9" is nine of them)
    findings:
    diem-go-chu | F8 | what the finding quotes (empty: whatever it is)

Where several files belong together they lie in a folder of their own, with one text "ca-thu-muc"
that names the file that counts; its findings name their file before the cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cchc_office.campaign import load_campaign
from cchc_office.model import Answer, Campaign

from .sheets import campaign_file, with_codes_as_ids

FOLDER = Path(__file__).parent / "data" / "phieu-gui-ve"
ENDINGS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
GROUP_TEXT = "ca-thu-muc.txt"
NO_UNIT = "none"
ABSENT = "absent"

# số liệu minh họa
SETTINGS = """
Mục                    | Nội dung                    | Hướng dẫn
Năm                    | 2024                        |
Cơ quan chủ quản       | UBND TỈNH A                 |
Cơ quan ban hành       | Sở Thử Nghiệm               |
Tên viết tắt           | STN                         |
Địa danh               | Tỉnh A                      |
Số và ký hiệu văn bản  | /STN-VP                     |
Ngày văn bản           | /5/2024                     |
Chức vụ người ký       | GIÁM ĐỐC                    |
Hạn nộp                | 30/11/2024                  |
Tiêu đề bảng           | BẢNG PHÂN CÔNG              |
"""
UNITS = """
Mã   | Tên đơn vị        | Tên gọi khác    | Nhóm                 | Thủ trưởng | Email
VP   | Văn phòng Sở      | Văn phòng       |                      |            | vp@a.example
TTra | Thanh tra Sở      | Thanh tra       |                      |            | tt@a.example
NV1  | Phòng Nghiệp vụ 1 |                 | các phòng chuyên môn |            | nv1@a.example
NV2  | Phòng Nghiệp vụ 2 |                 | các phòng chuyên môn |            | nv2@a.example
"""
CRITERIA = """
STT    | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện     | Ghi chú
1      | Chỉ đạo, điều hành                    |             |                      |
1.1    | Kế hoạch cải cách hành chính          |             | Văn phòng            |
1.1.1  | Ban hành kế hoạch                     | 1           | ^                    |
1.1.2  | Mức độ thực hiện kế hoạch             | 2,5         | ^                    |
1.1.3  | Báo cáo định kỳ                       | 1           | ^                    |
1.1.10 | Công tác tuyên truyền                 | 1,5         | ^                    |
1.2    | Sáng kiến cải cách hành chính         | 0,5         | Thanh tra, Văn phòng phối hợp |
1.3    | Giải quyết thủ tục                    | 2           | Các phòng chuyên môn |
1.4    | Đánh giá của người dân                | 3           | Văn phòng            | ĐTXHH
2      | Cải cách thể chế                      |             |                      |
2.1    | Xây dựng văn bản                      | 2           | Văn phòng            |
2.2    | Rà soát văn bản                       |             | Văn phòng            |
2.2.1  | Ban hành kế hoạch rà soát             | 1           | ^                    |
2.2.2  | Xử lý kết quả rà soát                 | 2           | ^                    |
       | Chỉ số SIPAS                          | 10          | Văn phòng theo dõi   | SIPAS
"""

ANSWERS = {
    "blank": Answer.BLANK,
    "not applicable": Answer.NOT_APPLICABLE,
    "unusable": Answer.UNUSABLE,
    "contributed": Answer.CONTRIBUTED,
}


def small_campaign(folder: Path, settings: str = SETTINGS, criteria: str = CRITERIA) -> Campaign:
    """Return the campaign of the corpus, or one that differs from it."""
    path = campaign_file(folder, settings=settings, units=UNITS, criteria=criteria)
    return with_codes_as_ids(load_campaign(path))


@dataclass(frozen=True)
class Expected:
    """What a workbook should give, and what was done to it."""

    done: str
    saved_by: str
    unit: str
    scores: dict[str, str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    findings: tuple[tuple[str, str, str], ...] = ()

    def text(self) -> str:
        """Return it as it is kept."""
        lines = [f"done: {self.done}", f"saved by: {self.saved_by}", f"unit: {self.unit}"]
        lines += ["scores:", *(f"{code} = {score}" for code, score in self.scores.items())]
        if self.words:
            lines += ["words:", *(f"{c} | {key} | {w}" for (c, key), w in self.words.items())]
        lines += ["findings:", *(" | ".join(f).rstrip(" |") for f in self.findings)]
        return "\n".join(lines) + "\n"


def read_expected(path: Path) -> Expected:
    """Read the text at `path`."""
    head: dict[str, str] = {}
    parts: dict[str, list[str]] = {"scores": [], "words": [], "findings": []}
    part = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.removesuffix(":") in parts:
            part = line.removesuffix(":")
        elif part:
            parts[part].append(line)
        else:
            key, _, value = line.partition(": ")
            head[key] = value
    scores = dict(line.split(" = ", 1) for line in parts["scores"])
    said = [line.split(" | ", 2) for line in parts["words"]]
    words = {(code, key): text for code, key, text in said}
    found = [(*(p.strip() for p in line.split("|", 2)), "", "")[:3] for line in parts["findings"]]
    findings = tuple((slug, cell, quoted) for slug, cell, quoted in found)
    return Expected(head["done"], head["saved by"], head["unit"], scores, words, findings)


def workbooks() -> list[Path]:
    """Return the workbooks of the corpus that stand alone, by name."""
    return sorted(p for p in FOLDER.glob("*.*") if p.suffix in ENDINGS)
