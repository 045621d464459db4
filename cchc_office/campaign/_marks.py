"""Marks: short texts by which offices say how a row is scored ("ĐTXHH", "Không áp dụng").

A text is a mark only as a whole. One that merely mentions such words says something else, which
is for a person to tell: "Không đánh giá qua điều tra xã hội học" is no survey.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_office.model import Method
from cchc_office.text.vietnamese import fold, parse_decimal

# "Từ" (from) and "tự" (oneself) fold alike: only "lấy từ" is surely the first.
_BEFORE = (
    r"(?:(?:cham|cho|tinh|xac dinh|danh gia|lay|so|diem|phan|tieu chi|noi dung|duoc|bang|qua|"
    r"thong qua|theo|lay tu|dua tren|can cu|phuong phap|hinh thuc|ket qua) )*"
)
_OF_SOCIETY = r"(?:d[ /.]*t|dieu tra)[ .]*(?:x[ .]*h(?:[ .]*h)?|xa hoi(?: hoc)?)"
_SURVEY = (
    rf"(?:{_OF_SOCIETY}|xhh|(?:lay )?phieu (?:khao sat|dieu tra)|"
    r"(?:dieu tra )?khao sat(?: (?:xhh|xa hoi hoc|(?:lay )?y kien|(?:su |muc do )?hai long))*)"
)
_SIPAS = r"(?:chi so )?(?:sipas|hai long sipas)"
_BY_WHOM = (
    r"(?: (?:cua|do) (?:tinh|thanh pho|bo|ubnd tinh|bo noi vu|so noi vu))?"
    r"(?: (?:thuc hien|to chuc|cong bo|cham|danh gia))?"
)
_POINTS = r"(?P<{}>\d+(?:[.,]\d+)?) ?(?:diem|d)?"
_MARKS = {
    method: re.compile(
        rf"(?:{_POINTS.format('before')} )?{_BEFORE}{core}{_BY_WHOM}(?: {_POINTS.format('after')})?"
    )
    for method, core in ((Method.SURVEY, _SURVEY), (Method.SIPAS, _SIPAS))
}
_SELF = re.compile(
    r"(?:(?:cac |phong |cac phong )?don vi )?tu (?:cham(?: va danh gia)?|danh gia(?: va cham)?)"
    r"(?: diem)?"
)
_MENTION = re.compile(
    rf"\b(?:{_OF_SOCIETY}|xhh|xa hoi hoc|sipas|khao sat|phieu dieu tra)\b|^{_BEFORE}dieu tra$"
)
_IN_BRACKETS_AT_END = re.compile(r"\(([^()]*)\)\W*$")
# What only sets a mark off; other signs divide what is said, and stay.
_AROUND = re.compile(r"[“”\"'()\[\]*:=_•●]|^\s*\+|(?<!\d)-|-(?!\d)")

_NOT_APPLICABLE = re.compile(
    r"(?:k(?:hong)?[ /]?ap dung|kad)(?: (?:doi voi )?(?:dong|tieu chi|noi dung|muc|chi so) nay)?"
    r"(?: (?:trong |cho )?(?:nam (?P<year>\d{4})|nam nay|nam|ky nay|ky|dot nay))?"
    r"(?:\s*[.;,:(\-]?\s*\b(?P<why>(?:theo|do|vi|can cu|ly do)\b.*))?[\s.;)]*"
)
_OF_SOME_ONLY = re.compile(r"\b(?:tru|ngoai|rieng|chi ap dung|doi voi|mot so)\b")
_MENTION_OF_NOT_APPLICABLE = re.compile(
    r"\b(?:khong|chua|k/?) ?ap dung\b|khong (?:cham|danh gia|xet)(?: diem)?"
)


def mark_of(text: str) -> Method | None:
    """Return how a row is scored, where the whole of a text says that and nothing else."""
    plain = _plain(text)
    for method, pattern in _MARKS.items():
        if pattern.fullmatch(plain):
            return method
    return Method.SELF if _SELF.fullmatch(plain) else None


def points_in_mark(text: str) -> Decimal | None:
    """Return the points that a mark of a survey names ("ĐTXHH: 6 điểm"), or None."""
    for pattern in _MARKS.values():
        if match := pattern.fullmatch(_plain(text)):
            said = match["before"] or match["after"]
            return parse_decimal(said) if said else None
    return None


def mentions_survey(text: str) -> bool:
    """Tell whether a text has words of a survey in it, whatever it says of it."""
    return bool(_MENTION.search(fold(text)) or _MENTION.search(_plain(text)))


def name_says_sipas(name: str) -> bool:
    """Tell whether a row is by its name the index itself: "Chỉ số SIPAS", "… (Chỉ số SIPAS)"."""
    named = fold(name)
    return _plain(name) == "chi so sipas" or named.endswith("(chi so sipas)")


def name_may_say_survey(name: str) -> bool:
    """Tell whether a name begins as the index's does, or ends with a mark in brackets."""
    if re.match(r"(?:chi so )?sipas\b", fold(name)):
        return True
    behind = _IN_BRACKETS_AT_END.search(name)
    return behind is not None and mark_of(behind[1]) in (Method.SURVEY, Method.SIPAS)


def is_not_applicable(text: str, year: int) -> bool:
    """Tell whether the whole of a text says that a row does not apply, in `year` (0: in any).

    A reason may follow; what speaks of some units, or of another year, is no such mark.
    """
    match = _NOT_APPLICABLE.fullmatch(fold(text))
    if not match or (match["why"] and _OF_SOME_ONLY.search(match["why"])):
        return False
    return not (match["year"] and year) or int(match["year"]) == year


def mentions_not_applicable(text: str) -> bool:
    """Tell whether a text has "không áp dụng" in it, or may mean just that."""
    folded = fold(text)
    match = _MENTION_OF_NOT_APPLICABLE.search(folded)
    if match is None:
        return False
    return match[0].endswith("ap dung") or match[0] == folded.rstrip(". ")


def _plain(text: str) -> str:
    """Return a text folded, without bullets, brackets, quotes and the full stop at its end."""
    return " ".join(_AROUND.sub(" ", fold(text)).split()).strip(" .;,")
