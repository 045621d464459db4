"""Decree 30/2020/NĐ-CP, Appendix I: what every part of a document must look like.

The one place for all sizes, margins, styles and distances, each with the clause that it comes
from. `RULES` and the ranges are the decree's; a `Profile` is what an office chose within them.
Sizes and distances are in points, page measures and indents in millimetres, line spacing in lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Align = Literal["left", "center", "right", "both"]

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


DECREE = "Nghị định 30/2020/NĐ-CP"
HELD_AGAINST = f"Phụ lục I {DECREE} ngày 05/3/2020, bộ số liệu ngày 29/11/2026"
"""The decree's text and the day of the figures here, as a report names them."""


def clause(path: str) -> str:
    """Return how the law is quoted: "khoản 3 mục I phần I Phụ lục I, Nghị định …" for "I.3".

    A path names section, clause and point of Appendix I, Part I.
    """
    section, item, *point = path.split(".")
    words = f"khoản {item} mục {section} phần I Phụ lục I, {DECREE}"
    return f"điểm {point[0]} {words}" if point else words


def clause_of_capitals(path: str) -> str:
    """Return how a clause of Appendix II on capitals is quoted; `path` as that of `clause`."""
    section, item, *point = path.split(".")
    words = f"khoản {item} mục {section} Phụ lục II, {DECREE}"
    return f"điểm {point[0]} {words}" if point else words


@dataclass(frozen=True)
class Range:
    """The values that the decree allows, both ends among them; `only` where they are single."""

    least: float
    most: float
    only: tuple[float, ...] = ()

    def holds(self, value: float, tolerance: float = 0.01) -> bool:
        """Tell whether `value` is allowed, within `tolerance`."""
        if self.only:
            return any(abs(value - allowed) <= tolerance for allowed in self.only)
        return self.least - tolerance <= value <= self.most + tolerance

    @property
    def words(self) -> str:
        """The range as a clerk reads it: "từ 13 đến 14", "13"."""
        if self.only:
            return " hoặc ".join(number_in_words(value) for value in self.only)
        if self.least == self.most:
            return number_in_words(self.least)
        return f"từ {number_in_words(self.least)} đến {number_in_words(self.most)}"


def number_in_words(value: float, places: int = 4) -> str:
    """Return a measure as a clerk reads it, rounded to `places`: "12,7", "13"."""
    return f"{round(value, places):g}".replace(".", ",")


class Part(Enum):
    """The parts of a document; each value is what a clerk calls it, and the name of its style.

    None holds a comma: in the name of a style Word takes it for the start of an alias.
    """

    NATIONAL_NAME = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    PARENT_AGENCY = "Cơ quan chủ quản"
    AGENCY = "Cơ quan ban hành"
    NUMBER = "Số và ký hiệu"
    PLACE_DATE = "Địa danh và ngày tháng"
    DISPATCH_SUBJECT = "Trích yếu công văn"
    TYPE_NAME = "Tên loại văn bản"
    SUBJECT = "Trích yếu"
    LEGAL_BASIS = "Căn cứ"
    ADDRESSEE = "Kính gửi"
    BODY = "Nội dung văn bản"
    AUTHORITY = "Quyền hạn và chức vụ"
    SIGNER = "Họ tên người ký"
    RECIPIENTS_LABEL = "Nơi nhận"
    RECIPIENTS = "Danh sách nơi nhận"
    APPENDIX_LABEL = "Phụ lục"
    APPENDIX_TITLE = "Tên phụ lục"
    APPENDIX_REFERENCE = "Thông tin kèm theo"
    PAGE_NUMBER = "Số trang"


@dataclass(frozen=True)
class PartRule:
    """How the letters of a part look; None where the decree leaves it open."""

    sizes: Range
    bold: bool | None = False
    italic: bool | None = False
    capitals: bool | None = None
    align: Align | None = None
    clause: str = ""


_12_13, _13_14 = Range(12, 13), Range(13, 14)

RULES: dict[Part, PartRule] = {
    Part.NATIONAL_NAME: PartRule(_12_13, True, False, True, "center", clause("II.1.a")),
    Part.MOTTO: PartRule(_13_14, True, False, False, "center", clause("II.1.b")),
    Part.PARENT_AGENCY: PartRule(_12_13, False, False, True, "center", clause("II.2.b")),
    Part.AGENCY: PartRule(_12_13, True, False, True, "center", clause("II.2.b")),
    Part.NUMBER: PartRule(Range(13, 13), False, False, None, "center", clause("II.3.c")),
    Part.PLACE_DATE: PartRule(_13_14, False, True, False, "center", clause("II.4.c")),
    Part.DISPATCH_SUBJECT: PartRule(_12_13, False, False, False, "center", clause("II.5.b")),
    Part.TYPE_NAME: PartRule(_13_14, True, False, True, "center", clause("II.5.b")),
    Part.SUBJECT: PartRule(_13_14, True, False, False, "center", clause("II.5.b")),
    Part.LEGAL_BASIS: PartRule(_13_14, False, True, False, None, clause("II.6.a")),
    Part.ADDRESSEE: PartRule(_13_14, False, False, False, None, clause("II.9.d")),
    Part.BODY: PartRule(_13_14, None, False, None, "both", clause("II.6.e")),
    Part.AUTHORITY: PartRule(_13_14, True, False, True, "center", clause("II.7.đ")),
    Part.SIGNER: PartRule(_13_14, True, False, False, "center", clause("II.7.đ")),
    Part.RECIPIENTS_LABEL: PartRule(Range(12, 12), True, True, False, "left", clause("II.9.d")),
    Part.RECIPIENTS: PartRule(Range(11, 11), False, False, None, "left", clause("II.9.d")),
    Part.APPENDIX_LABEL: PartRule(Range(14, 14), True, False, False, "center", clause("III.1.b")),
    Part.APPENDIX_TITLE: PartRule(_13_14, True, False, True, "center", clause("III.1.b")),
    Part.APPENDIX_REFERENCE: PartRule(_13_14, False, True, False, "center", clause("III.1.c")),
    Part.PAGE_NUMBER: PartRule(_13_14, False, False, None, "center", clause("I.7")),
}

MARGINS_UP_AND_DOWN = Range(20, 25)
MARGIN_LEFT = Range(30, 35)
MARGIN_RIGHT = Range(15, 20)
RULE_SHARE = Range(1 / 3, 1 / 2)
"""II.2.b, II.5.b: the rule under the agency and under the subject, over the length of the line."""
FIRST_LINE = Range(10, 12.7, only=(10, 12.7))
LINE_SPACING = Range(1, 1.5)
LEAST_PARAGRAPH_DISTANCE = 6.0
SUBJECT_DISTANCE = 6.0


@dataclass(frozen=True)
class Profile:
    """The figures in use; the defaults lie within the decree's ranges.

    What the decree leaves open (the letters of tables, the distances around "Kính gửi") is the
    project's choice.
    """

    font: str = FONT
    page_width: float = PAGE_WIDTH
    page_height: float = PAGE_HEIGHT
    margin_top: float = 20
    margin_bottom: float = 20
    margin_left: float = 30
    margin_right: float = 15
    page_number_size: float = 13
    national_name_size: float = 12
    motto_size: float = 13
    parent_agency_size: float = 12
    agency_size: float = 12
    number_size: float = 13
    place_date_size: float = 13
    subject_size: float = 12
    subject_distance: float = SUBJECT_DISTANCE
    addressee_size: float = 13
    legal_basis_size: float = 13
    body_size: float = 13
    first_line_indent: float = 12.7
    paragraph_distance: float = 6
    line_spacing: float = 1.15
    signature_size: float = 13
    recipients_label_size: float = 12
    recipients_size: float = 11
    appendix_label_size: float = 14
    appendix_title_size: float = 13
    appendix_reference_size: float = 13
    table_size: float = 13

    number_distance: float = 6
    addressee_distance_before: float = 18
    addressee_distance_after: float = 12
    cell_distance: float = 2
    rule_size: float = 4
    """Letters of the underlined blanks that draw a rule."""
    rule_share: float = 0.42
    """The length of the rule under the agency's name over the line's."""
    agency_column: float = 66
    """The width of the letterhead's left column; the right one has the rest."""
    chosen: frozenset[str] = frozenset()
    """The fields that an office set itself."""

    @property
    def text_width(self) -> float:
        """The width between the side margins of a portrait page, in mm."""
        return self.page_width - self.margin_left - self.margin_right


DEFAULT_PROFILE = Profile()


def part_size(part: Part, profile: Profile) -> float:
    """Return the size of the letters of a part, in points."""
    sizes = {
        Part.NATIONAL_NAME: profile.national_name_size,
        Part.MOTTO: profile.motto_size,
        Part.PARENT_AGENCY: profile.parent_agency_size,
        Part.AGENCY: profile.agency_size,
        Part.NUMBER: profile.number_size,
        Part.PLACE_DATE: profile.place_date_size,
        Part.DISPATCH_SUBJECT: profile.subject_size,
        Part.ADDRESSEE: profile.addressee_size,
        Part.LEGAL_BASIS: profile.legal_basis_size,
        Part.AUTHORITY: profile.signature_size,
        Part.SIGNER: profile.signature_size,
        Part.RECIPIENTS_LABEL: profile.recipients_label_size,
        Part.RECIPIENTS: profile.recipients_size,
        Part.APPENDIX_LABEL: profile.appendix_label_size,
        Part.APPENDIX_TITLE: profile.appendix_title_size,
        Part.APPENDIX_REFERENCE: profile.appendix_reference_size,
        Part.PAGE_NUMBER: profile.page_number_size,
    }
    return sizes.get(part, profile.body_size)


@dataclass(frozen=True)
class Figure:
    """A figure that an office can choose: its name in `the-thuc.toml`, and its field in `Profile`.

    `allowed` is the decree's range, by `clause`; the unit is a clerk's word for it.
    """

    name: str
    field: str
    allowed: Range
    unit: str
    clause: str


def _size(name: str, field: str, part: Part) -> Figure:
    return Figure(name, field, RULES[part].sizes, "pt", RULES[part].clause)


FIGURES = (
    Figure("le_tren", "margin_top", MARGINS_UP_AND_DOWN, "mm", clause("I.3")),
    Figure("le_duoi", "margin_bottom", MARGINS_UP_AND_DOWN, "mm", clause("I.3")),
    Figure("le_trai", "margin_left", MARGIN_LEFT, "mm", clause("I.3")),
    Figure("le_phai", "margin_right", MARGIN_RIGHT, "mm", clause("I.3")),
    _size("co_chu_so_trang", "page_number_size", Part.PAGE_NUMBER),
    _size("co_chu_quoc_hieu", "national_name_size", Part.NATIONAL_NAME),
    _size("co_chu_tieu_ngu", "motto_size", Part.MOTTO),
    _size("co_chu_co_quan_chu_quan", "parent_agency_size", Part.PARENT_AGENCY),
    _size("co_chu_co_quan", "agency_size", Part.AGENCY),
    _size("co_chu_dia_danh", "place_date_size", Part.PLACE_DATE),
    _size("co_chu_trich_yeu", "subject_size", Part.DISPATCH_SUBJECT),
    _size("co_chu_kinh_gui", "addressee_size", Part.ADDRESSEE),
    _size("co_chu_can_cu", "legal_basis_size", Part.LEGAL_BASIS),
    _size("co_chu_noi_dung", "body_size", Part.BODY),
    Figure("lui_dau_dong", "first_line_indent", FIRST_LINE, "mm", RULES[Part.BODY].clause),
    Figure("cach_doan", "paragraph_distance", Range(6, 24), "pt", RULES[Part.BODY].clause),
    Figure("cach_dong", "line_spacing", LINE_SPACING, "dòng", RULES[Part.BODY].clause),
    _size("co_chu_nguoi_ky", "signature_size", Part.SIGNER),
    _size("co_chu_tieu_de_phu_luc", "appendix_title_size", Part.APPENDIX_TITLE),
    _size("co_chu_dong_kem_theo", "appendix_reference_size", Part.APPENDIX_REFERENCE),
    Figure("co_chu_bang", "table_size", _13_14, "pt", RULES[Part.BODY].clause),
)
"""The decree gives the number, "Nơi nhận", its list and "Phụ lục" one size each: no choice."""
