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
_YOUTH_HEADS = ("doan tncs ho chi minh", "doan thanh nien cong san ho chi minh")
_NORMATIVE_TYPES = ("luat", "phap lenh", "nghi dinh", "thong tu", "thong tu lien tich")
# The number of a normative document holds its year: "12/2024/QĐ-UBND".
_NORMATIVE_NUMBER = re.compile(
    r"so\s*:?[\s\d….]*/\s*(?:19|20)\d\d\s*/\s*(?:qd|nq|tt|nd|ttlt|l|pl)\b"
)
_CONTRACT = re.compile(
    r"(?:hop dong|phu luc hop dong|(?:bien ban )?(?:thanh ly|nghiem thu|ban giao)\b.*hop dong|"
    r"ban thoa thuan|thoa thuan|bien ban thoa thuan|"
    r"van ban (?:thoa thuan|phan chia|khai nhan|tu choi|cam ket))\b"
)
_FORM = re.compile(
    r"(?:don|to khai|ban khai|ban cam ket|ban tu|ban kiem diem|giay de nghi|giay xac nhan|"
    r"giay cam ket|giay tiep nhan|giay bien nhan|giay hen|giay chung nhan|bien lai|"
    r"so yeu ly lich|ly lich|ban tuong trinh|phieu|cam ket|ban dang ky|thu moi)\b"
)
# The decree's specimens, Appendix III, have notes to be replaced: "TÊN CQ, TC CHỦ QUẢN1".
_SPECIMEN_AGENCY = re.compile(r"ten co quan to chuc\d?$")
_OF_PARTIES = ("bien ban", "bien ban nghiem thu", "bien ban ban giao")
_PARTIES = (re.compile(r"\bben a\b"), re.compile(r"\bben b\b"))
_PERSON = re.compile(r"(?:toi ten la|ten toi la|toi la|ho va ten|ho ten|ten to chuc)\b")
_HEAD_LINES = 40


def other_regime(parts: DocumentParts) -> str:
    """Return what the document seems to be where the decree is not its rule, "" where it is."""
    shown = [line for line in parts.lines if line.text and not line.is_rule][:_HEAD_LINES]
    headings = [line for line in shown[:20] if line.is_capitals and line.columns == 1]
    found = _by_head(parts, shown)
    if found or parts.kind is Kind.APPENDIX:
        return found
    number = parts.first(Part.NUMBER)
    if any(line.bare in _NORMATIVE_TYPES for line in headings) or (
        number and _NORMATIVE_NUMBER.match(number.folded)
    ):
        return "văn bản quy phạm pháp luật"
    if any(_CONTRACT.match(line.bare) for line in headings) or _names_two_parties(parts):
        return "hợp đồng, thỏa thuận"
    if number is None or _is_of_no_listed_type(parts):
        return "đơn, tờ khai hay biểu mẫu" if _is_form(parts, headings) else ""
    return ""


def _by_head(parts: DocumentParts, shown: list[Line]) -> str:
    if any(_SPECIMEN_AGENCY.match(line.bare) for line in parts.of(Part.AGENCY)[:1]):
        return "mẫu trình bày để trống"
    if parts.of(Part.NATIONAL_NAME) or parts.of(Part.MOTTO):
        return ""
    heads = {line.bare for line in shown[:15] if line.is_capitals}
    if _PARTY_HEAD in heads:
        return _PARTY
    return "văn bản của Đoàn TNCS Hồ Chí Minh" if heads & set(_YOUTH_HEADS) else ""


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
    persons = any(_PERSON.match(line.bare) for line in starts)
    return persons and not parts.of(Part.AGENCY) and not parts.of(Part.RECIPIENTS_LABEL)
