"""Documents that other rules than the decree's hold for, told by their head and type."""

from __future__ import annotations

import re

from cchc_office.decree30.checker._part_words import TYPE_NAMES
from cchc_office.decree30.checker._parts import DocumentParts, Kind, Line
from cchc_office.decree30.figures import Part

_PARTY_HEAD = "dang cong san viet nam"
_PARTY = (
    "văn bản của Đảng (thể thức theo Quy định 399-QĐ/TW và Hướng dẫn 05-HD/VPTW năm 2026, "
    "chương trình chưa có bộ số của hai văn bản ấy)"
)
_SPECIMEN = "mẫu trình bày để trống"
_COPIED = "bản chép lại chữ từ trang mạng, không phải tệp do cơ quan trình bày"
_CONTRACT_WORDS = "hợp đồng, thỏa thuận"
_FORM_WORDS = "đơn, tờ khai hay biểu mẫu"
_YOUTH_HEADS = ("doan tncs ho chi minh", "doan thanh nien cong san ho chi minh")
_NORMATIVE_TYPES = ("luat", "phap lenh", "nghi dinh", "thong tu", "thong tu lien tich")
# The number of a normative document holds its year, in a specimen blank: "12/2024/QĐ-UBND".
_NORMATIVE_NUMBER = re.compile(
    r"so\s*:?[\s\d….]*/\s*(?:19|20)(?:\d\d|[\s.…]*(?:\(\d+\)[\s.…]*)?)\s*/\s*"
    r"(?:qd|nq|tt|nd|ttlt|l|pl)\b|"
    # Until the law of 2015 directives were normative too, and their numbers held the year.
    r"so\s*:?[\s\d….]*/\s*(?:19\d\d|20(?:0\d|1[0-6]))\s*/\s*ct\b"
)
_CONTRACT = re.compile(
    r"(?:(?:du thao |mau )?hop dong|phu luc hop dong|"
    r"(?:bien ban )?(?:thanh ly|nghiem thu|ban giao)\b.*hop dong|"
    r"ban thoa thuan|thoa thuan|bien ban thoa thuan|"
    r"van ban (?:thoa thuan|phan chia|khai nhan|tu choi|cam ket))\b"
)
_FORM = re.compile(
    r"(?:don|to khai|ban khai|ban cam ket|ban tu|ban kiem diem|giay de nghi|giay xac nhan|"
    r"giay cam ket|giay de xuat|giay tiep nhan|giay bien nhan|giay hen|giay chung nhan|bien lai|"
    r"so yeu ly lich|ly lich|ban tuong trinh|phieu|cam ket|ban dang ky|thu moi)\b"
)
# A register that an office keeps, whose columns another rule gives.
_REGISTER = re.compile(
    r"so (?:theo doi|dang ky|quan ly|ghi|nhat ky|giao nhan|tiep nhan|chi tiet|quy|luu)\b"
)
_FORM_NUMBER = re.compile(r"mau (?:so |bieu )?(?=\w*\d)\w{1,5}\b")
_FORM_OF_LAW = re.compile(r"\b(?:bh|ban hanh) (?:kem )?theo (?:tt|thong tu|nghi dinh|nd) so \d")
# What the Party admits members by, written by its cells and by the unions and the youth too.
_OF_PARTY_MEMBERS = re.compile(
    r"(?:nghi quyet )?(?:gioi thieu (?:doan vien|quan chung|nguoi)\b.* vao dang|"
    r"(?:de nghi )?ket nap (?:nguoi vao dang|dang vien)|"
    r"(?:de nghi )?cong nhan dang vien chinh thuc)\b"
)
# The decree's specimens, Appendix III, have notes to be replaced: "TÊN CQ, TC CHỦ QUẢN1".
_SPECIMEN_AGENCY = re.compile(r"ten co quan to chuc\d?$")
_SPECIMEN_PLACE = re.compile(r"(?:tinh thanh pho|dia danh|ten dia phuong)\b")
# The same note in a number: "Số: …/…(2)…-…(3)…".
_NOTED_BLANK = re.compile(r"[….]\s*\(\d{1,2}\)\s*(?:[….]|$)")
_OF_PARTIES = ("bien ban", "bien ban nghiem thu", "bien ban ban giao")
_PARTIES = (re.compile(r"\bben a\b"), re.compile(r"\bben b\b"))
_PERSON = re.compile(r"(?:toi ten la|ten toi la|toi la|ho va ten|ho ten|ten to chuc)\b")
_FIRST_PERSON = re.compile(r"(?:toi ten la|ten toi la)\b")
_HEAD_LINES = 40


def other_regime(parts: DocumentParts) -> str:
    """Return what the document seems to be where the decree is not its rule, "" where it is."""
    shown = [line for line in parts.lines if line.text and not line.is_rule][:_HEAD_LINES]
    headings = [line for line in shown[:20] if line.is_capitals and line.columns == 1]
    if found := _by_head(parts, shown) or _as_register(headings):
        return found
    if parts.kind is Kind.APPENDIX:
        return _as_enclosed_contract(parts, headings)
    number = parts.first(Part.NUMBER)
    if any(line.bare in _NORMATIVE_TYPES for line in headings) or (
        number and _NORMATIVE_NUMBER.match(number.folded)
    ):
        return "văn bản quy phạm pháp luật"
    if any(_joins_two_cells(line) for line in parts.of(Part.NATIONAL_NAME)):
        return _COPIED
    if any(_CONTRACT.match(line.bare) for line in headings) or _names_two_parties(parts):
        return _CONTRACT_WORDS
    if number is None or _is_of_no_listed_type(parts):
        return _FORM_WORDS if _is_form(parts, headings) else ""
    return ""


def _by_head(parts: DocumentParts, shown: list[Line]) -> str:
    if _is_specimen(parts):
        return _SPECIMEN
    if any(_OF_PARTY_MEMBERS.match(line.bare) and line.is_bold for line in shown[:20]):
        return _PARTY
    if _is_prescribed_form(shown[:15]):
        return _FORM_WORDS
    if parts.of(Part.NATIONAL_NAME) or parts.of(Part.MOTTO):
        return ""
    heads = {line.bare for line in shown[:15] if line.is_capitals}
    if _PARTY_HEAD in heads:
        return _PARTY
    return "văn bản của Đoàn TNCS Hồ Chí Minh" if heads & set(_YOUTH_HEADS) else ""


def _is_prescribed_form(first: list[Line]) -> bool:
    """Tell whether the top says which form it is, and of which law's: that law sets its look."""
    named = any(_FORM_NUMBER.match(line.bare) for line in first)
    return named and any(_FORM_OF_LAW.search(line.bare) for line in first)


def _is_specimen(parts: DocumentParts) -> bool:
    """Tell whether the head says of the agency or the place only what belongs there."""
    agencies, places = parts.of(Part.AGENCY), parts.of(Part.PLACE_DATE)
    if any(_SPECIMEN_AGENCY.match(line.own_words) for line in agencies[:1]):
        return True
    if any(_SPECIMEN_PLACE.match(line.bare) for line in places):
        return True
    if agencies and all(line.is_to_fill_in for line in agencies):
        return True
    text = parts.lines[parts.head_end : parts.head_end + _HEAD_LINES]
    if all(any(_NOTED_BLANK.search(s.text) for s in p) for p in (parts.of(Part.NUMBER), text)):
        return True
    is_unknown = parts.kind is Kind.UNKNOWN and bool(parts.of(Part.NUMBER))
    return is_unknown and _begins_to_fill_in(parts)


def _joins_two_cells(line: Line) -> bool:
    """Tell whether a bar stands for the border between the agency's cell and the nation's."""
    return "|" in line.text and not line.place.table


def _begins_to_fill_in(parts: DocumentParts) -> bool:
    """Tell whether what stands first under the head is nothing but a place to be filled in."""
    under = (s for s in parts.lines[parts.head_end :] if s.text and not s.place.table)
    first = next(under, None)
    return first is not None and first.is_to_fill_in


def _as_register(headings: list[Line]) -> str:
    return _FORM_WORDS if any(_REGISTER.match(line.bare) for line in headings) else ""


def _as_enclosed_contract(parts: DocumentParts, headings: list[Line]) -> str:
    """Tell a contract that is sent along from an appendix; what is labelled one is one."""
    labelled = parts.of(Part.APPENDIX_LABEL) or parts.joined_labels
    if not labelled and any(_CONTRACT.match(line.bare) for line in headings):
        return _CONTRACT_WORDS
    return ""


def _is_of_no_listed_type(parts: DocumentParts) -> bool:
    return parts.kind is Kind.NAMED and parts.type_name not in TYPE_NAMES


def _names_two_parties(parts: DocumentParts) -> bool:
    """Tell whether it is a record or the like between the two parties of a contract."""
    if parts.kind is Kind.DISPATCH or parts.type_name not in (*_OF_PARTIES, ""):
        return False
    starts = parts.lines[parts.head_end : parts.head_end + 2 * _HEAD_LINES]
    return all(any(party.search(line.bare) for line in starts) for party in _PARTIES)


def _is_form(parts: DocumentParts, headings: list[Line]) -> bool:
    if any(_FORM.match(heading.bare) for heading in headings):
        return True
    starts = parts.lines[parts.head_end : parts.head_end + _HEAD_LINES]
    if any(_FIRST_PERSON.match(line.bare) for line in starts):
        return True  # no office speaks so, even if it gives the request a number
    persons = any(_PERSON.match(line.bare) for line in starts)
    return persons and not parts.of(Part.AGENCY) and not parts.of(Part.RECIPIENTS_LABEL)
