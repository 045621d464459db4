"""Documents that other rules than the decree's hold for, told by their head and type."""

from __future__ import annotations

import re

from cchc_office.decree30.checker._parts import DocumentParts, Kind
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
    r"ban thoa thuan|thoa thuan|bien ban thoa thuan)\b"
)
_FORM = re.compile(
    r"(?:don|to khai|ban khai|ban cam ket|ban tu|ban kiem diem|giay de nghi|giay xac nhan|"
    r"giay cam ket|so yeu ly lich|ly lich|ban tuong trinh|phieu|cam ket|ban dang ky|thu moi)\b"
)
_PERSON = re.compile(r"(?:toi ten la|ten toi la|toi la|ho va ten|ho ten|ten to chuc)\b")
_HEAD_LINES = 40


def other_regime(parts: DocumentParts) -> str:
    """Return what the document seems to be where the decree is not its rule, "" where it is."""
    shown = [line for line in parts.lines if line.text and not line.is_rule][:_HEAD_LINES]
    if not parts.of(Part.NATIONAL_NAME) and not parts.of(Part.MOTTO):
        heads = {line.bare for line in shown[:15] if line.is_capitals}
        if _PARTY_HEAD in heads:
            return _PARTY
        if any(head in heads for head in _YOUTH_HEADS):
            return "văn bản của Đoàn TNCS Hồ Chí Minh"
    number = parts.first(Part.NUMBER)
    if number and _NORMATIVE_NUMBER.match(number.folded):
        return "văn bản quy phạm pháp luật"
    headings = [line for line in shown[:20] if line.is_capitals and line.columns == 1]
    if any(line.bare in _NORMATIVE_TYPES for line in headings):
        return "văn bản quy phạm pháp luật"
    if parts.kind is Kind.APPENDIX:
        return ""
    if any(_CONTRACT.match(line.bare) for line in headings):
        return "hợp đồng, thỏa thuận"
    if number is None and _is_form(parts, [line.bare for line in headings]):
        return "đơn, tờ khai hay biểu mẫu"
    return ""


def _is_form(parts: DocumentParts, headings: list[str]) -> bool:
    if any(_FORM.match(heading) for heading in headings):
        return True
    starts = parts.lines[parts.head_end : parts.head_end + _HEAD_LINES]
    persons = any(_PERSON.match(line.bare) for line in starts)
    return persons and not parts.of(Part.AGENCY) and not parts.of(Part.RECIPIENTS_LABEL)
