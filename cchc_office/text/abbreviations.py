"""What offices shorten: "CCHC" is "cải cách hành chính". One list, which an office adds its own to.

Only short forms that are no words and mean one thing everywhere stand in the list: "KH" may be a
plan or science, "TT" a circular, a centre or information.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cchc_office.text.vietnamese import clean_line, fold, words

Abbreviations = Mapping[tuple[str, ...], tuple[str, ...]]
"""The words of a short form and those that it stands for, folded."""

_SHORT_FORMS = {
    "ATTT": "an toàn thông tin",
    "BPMC": "bộ phận một cửa",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CCHC": "cải cách hành chính",
    "CCVC": "công chức, viên chức",
    "CĐS": "chuyển đổi số",
    "CNTT": "công nghệ thông tin",
    "CPĐT": "chính phủ điện tử",
    "CQĐT": "chính quyền điện tử",
    "CQĐP": "chính quyền địa phương",
    "CQHC": "cơ quan hành chính",
    "CSDL": "cơ sở dữ liệu",
    "DVC": "dịch vụ công",
    "DVCTT": "dịch vụ công trực tuyến",
    "ĐTXHH": "điều tra xã hội học",
    "ĐVSN": "đơn vị sự nghiệp",
    "ĐVSNCL": "đơn vị sự nghiệp công lập",
    "HCC": "hành chính công",
    "HCNN": "hành chính nhà nước",
    "HĐND": "hội đồng nhân dân",
    "HTQLCL": "hệ thống quản lý chất lượng",
    "KNTC": "khiếu nại, tố cáo",
    "KSTTHC": "kiểm soát thủ tục hành chính",
    "KTXH": "kinh tế - xã hội",
    "KT-XH": "kinh tế - xã hội",
    "NSNN": "ngân sách nhà nước",
    "PAKN": "phản ánh, kiến nghị",
    "PBGDPL": "phổ biến, giáo dục pháp luật",
    "PVHCC": "phục vụ hành chính công",
    "QLNN": "quản lý nhà nước",
    "QPPL": "quy phạm pháp luật",
    "SNCL": "sự nghiệp công lập",
    "TCBM": "tổ chức bộ máy",
    "TCTP": "tiêu chí thành phần",
    "THPL": "thi hành pháp luật",
    "TTHC": "thủ tục hành chính",
    "TTHCC": "trung tâm hành chính công",
    "TTPVHCC": "trung tâm phục vụ hành chính công",
    "UBMTTQ": "ủy ban mặt trận tổ quốc",
    "UBND": "ủy ban nhân dân",
    "VBQPPL": "văn bản quy phạm pháp luật",
    "VTVL": "vị trí việc làm",
    "XHH": "xã hội học",
}

_STATED = re.compile(r"\(\s*(?:sau đây )?(?:gọi tắt là|viết tắt là|gọi là)?:?\s*([\w-]{2,10})\s*\)")


def _keys(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_folded(short): _folded(full) for short, full in pairs}


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words(text))


USUAL: Abbreviations = _keys(_SHORT_FORMS.items())
"""The short forms that all offices use."""


def abbreviations(own: Iterable[tuple[str, str]] = (), texts: Iterable[str] = ()) -> Abbreviations:
    """Return the usual short forms with an office's `own`, and those that `texts` explain.

    A text explains one as "thủ tục hành chính (TTHC)": the letters are those that the words before
    begin with. What an office says itself goes before the list.
    """
    stated = (pair for text in texts for pair in _stated(text))
    return {**USUAL, **_keys(stated), **_keys(own)}


def read_abbreviations(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the short forms that a text tells ("KQXL = kết quả xử lý"), and its other parts.

    One stands on each line, or between semicolons.
    """
    pairs, others = [], []
    for part in filter(None, map(clean_line, re.split(r"[;\n]", text))):
        short, sign, full = (piece.strip() for piece in part.partition("="))
        if sign and words(short) and words(full):
            pairs.append((short, full))
        else:
            others.append(part)
    return tuple(pairs), tuple(others)


def _stated(text: str) -> Iterable[tuple[str, str]]:
    for match in _STATED.finditer(text):
        short = match[1]
        before = words(text[: match.start()])[-len(short) :]
        if short.isupper() and "".join(w.folded[0] for w in before) == fold(short):
            yield short, text[before[0].start : before[-1].end]


def expanded(text: str, known: Abbreviations = USUAL) -> tuple[str, ...]:
    """Return the words of a text, folded, with short forms written out; the longest one counts.

    One in brackets behind its own words says nothing more: "thủ tục hành chính (TTHC)".
    """
    given = _folded(text)
    longest = max(map(len, known), default=0)
    found: list[str] = []
    place = 0
    while place < len(given):
        for length in range(min(longest, len(given) - place), 0, -1):
            full = known.get(given[place : place + length])
            if full:
                if tuple(found[-len(full) :]) != full:
                    found += full
                place += length
                break
        else:
            found.append(given[place])
            place += 1
    return tuple(found)
