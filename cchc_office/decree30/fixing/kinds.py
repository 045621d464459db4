"""What can be mended in a document, kind by kind, and what became of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding


class FixKind(Enum):
    """A kind of change: its name on the command line (`slug`), what it does in a clerk's words.

    One that `is_safe` touches looks only and is always done; any other is done where it is asked
    for by its name.
    """

    PAPER = ("kho-giay", "khổ giấy A4")
    MARGINS = ("le-trang", "lề trang, về giá trị gần nhất trong khung của Nghị định")
    FONT = ("phong-chu", "phông chữ Times New Roman")
    COLOUR = ("mau-chu", "chữ màu đen")
    SIZE = ("co-chu", "cỡ chữ của từng thành phần")
    STYLE = ("kieu-chu", "chữ đậm, không đậm, nghiêng, đứng của từng thành phần")
    ALIGNMENT = ("canh-chu", "canh giữa, canh trái, canh đều hai lề")
    SUBJECT_DISTANCE = ("cach-trich-yeu", "dòng V/v cách số, ký hiệu 6 pt")
    PAGE_NUMBERS = ("so-trang", "số trang ở giữa lề trên, ẩn ở trang đầu, chữ số Ả Rập, từ 1")
    RULE_LENGTH = ("duong-ke", "độ dài đường kẻ đã có dưới các dòng ở đầu")
    MOTTO_HYPHENS = ("gach-tieu-ngu", "gạch nối của Tiêu ngữ")
    PADDING = ("so-khong", "thêm số 0: số văn bản, ngày nhỏ hơn 10, tháng 1, 2", False)
    NUMBER_BLANKS = ("cach-so-ky-hieu", "bỏ khoảng trắng quanh / và - của số, ký hiệu", False)
    COLONS = ("hai-cham", "dấu hai chấm sau Số, Kính gửi, Nơi nhận", False)
    PLACE_COMMA = ("phay-dia-danh", "dấu phẩy sau địa danh", False)
    LIST_ENDS = (
        "dau-cuoi-dong",
        "gạch đầu dòng, dấu cuối dòng ở Kính gửi, Nơi nhận, căn cứ",
        False,
    )
    BLANKS = ("dau-cach-thua", "dấu cách thừa giữa các chữ, trước dấu câu", False)
    END_MARK = ("dau-ket", "dấu ./. cuối nội dung", False)
    CAPITALS = ("in-hoa", "chữ in hoa (All caps) ở nơi phải in hoa", False)
    FIRST_LINE = ("lui-dau-dong", "lùi đầu dòng 1 cm hoặc 1,27 cm", False)
    PARAGRAPH_DISTANCE = ("cach-doan", "các đoạn cách nhau ít nhất 6 pt", False)
    LINE_SPACING = ("cach-dong", "khoảng cách dòng từ 1 đến 1,5 dòng", False)

    def __init__(self, slug: str, words: str, is_safe: bool = True) -> None:
        self.slug = slug
        self.words = words
        self.is_safe = is_safe


SAFE_FIXES = tuple(kind for kind in FixKind if kind.is_safe)
NAMED_FIXES = tuple(kind for kind in FixKind if not kind.is_safe)
"""What is mended only where it is asked for by its name."""


@dataclass(frozen=True)
class FormatChange:
    """A change: of which kind, of what (`about`), from what to what, and at which passages.

    `passages` have the first words of each place; there is none where it concerns whole pages,
    of the `sections` named, which count from 1, or of all.
    """

    kind: FixKind
    about: str
    before: str
    after: str
    passages: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The change on one line."""
        if self.sections:
            which = ", ".join(map(str, self.sections))
            return f"{self.about} (phần {which}): {self.before} → {self.after}"
        places = f", đoạn “{self.passages[0]}”" if self.passages and self.passages[0] else ""
        others = f" và {len(self.passages) - 1} chỗ khác" if len(self.passages) > 1 else ""
        return f"{self.about}{places}{others}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Fixed:
    """What became of a document that was to be mended.

    `copy` is the mended one, None where none was written: nothing was to be mended, or a finding
    tells why not. `findings` are those of the copy, or of the original where there is none.
    """

    original: Path
    copy: Path | None = None
    changes: tuple[FormatChange, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether a finding tells why the document was left as it is."""
        return any(finding.code in _REFUSALS for finding in self.findings)


_REFUSALS = frozenset(
    (Code.FIX_SIGNED, Code.FIX_CHANGED_WORDS, Code.FIX_NEW_BREACH, Code.FIX_UNSETTLED)
)
