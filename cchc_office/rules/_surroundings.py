"""What stands around the cases of an office's text: what is asked for, what to count, remarks.

"Yêu cầu: … Thống kê tỷ lệ % … Nếu:" before the cases says no points; "(Trường hợp không có …)"
behind them is one case more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cchc_office.rules._parts import (
    BETWEEN_PARTS,
    BULLET_SIGNS,
    as_typed,
    is_remark,
    lower_first,
    says_points,
)
from cchc_office.rules.values import ShareNames
from cchc_office.text.vietnamese import clean, fold

_BULLETS = f"{BULLET_SIGNS} "
_SIGNS = f"[{re.escape(_BULLETS)}]*"
_FORMULA = re.compile(
    r"(?<=[.;])\s+(?=(?:Xác định kết quả (?:đạt được )?và )?(?:[Tt]ính )?[Đđ]?[Đđ]iểm[^.;:]*"
    r"theo công thức)|(?<=[.;])\s+(?=Xác định kết quả[^.;:]*theo công thức)"
)
_OPENS = re.compile(
    rf"{_SIGNS}(?:yeu cau|pham vi danh gia|luu y|ghi chu|thong ke|can cu|tren co so)\b"
)
_ENDS_OPEN = re.compile(r"\bneu\b[^.;:]*:$")
_EXAMPLE = re.compile(r"(?:(?<=[.;])\s|\n)[-+\s]*Ví dụ\s*:")
_RULES_ON = re.compile(
    r"\b(?:nếu|trường hợp|mỗi|cứ|cộng thêm|tối đa|không quá)\b|\btrừ \d|:\s*\d", re.IGNORECASE
)
_LEAST_WORDS = 6
# Words of a text that give or take points, or leave the row to others; and their near names.
_SAYS_SCORE = re.compile(
    r"(?<!thi )(?<!thoi )(?<!dia )(?<!quan )(?<!dac )(?<!trong )(?<!uu )(?<!nhuoc )\bdiem\b"
    r"|\b(?:tru|cong) (?:them |di )?\d|\btoi da\b|\bcong them\b|\bcong thuc\b|\bvi du\b"
    r"|\bkhong (?:tinh|cham|danh gia|xet|ap dung)\b|\btu (?:danh gia|cham)\b"
    r"|\bap dung doi voi (?!(?:cac )?(?:tthc|ho so|van ban)\b)"
    r"|\bhe so\b|\b(?:mot )?nua\b|\bha (?:\d|mot|xuong)"
    r"|\bchi (?:cham|danh gia|tinh|xet)(?: diem)? (?:cho|doi voi|voi)\b"
    r"|\bhoi dong\b|\bmien\b|\bxep loai\b|\bgiam tru\b|\btrong do\b"
)
_BY_SHARE = re.compile(
    rf"{_SIGNS}(?:yeu cau: ?)?cham diem (?:can cu (?:vao )?|theo |dua tren )t[yi] le [a-z ,]+"
)
_FOR_SOME = re.compile(
    rf"{_SIGNS}(?:yeu cau: ?)?(?:chi |rieng )?doi voi (?:cac )?"
    r"(?:co quan|don vi|dia phuong|so|phong|xa)\b"
)
_NOT_ASKED = re.compile(
    r"khong danh gia,? (?:khong )?tinh diem (?:noi dung|tieu chi) nay|khong ap dung"
)
_BRACKETS_AT_END = re.compile(r"[.;]\s*\(([^()]*)\)\s*\.?(?=\n|$)")
_SHARE = re.compile(
    r"(?:.*\b)?t[yi] le(?: ?%| phan tram)?(?: giua| cua)? (?P<done>[a-z][a-z ,()-]*?),?"
    r"(?: (?:tren|so voi|va|chia cho|trong)(?: so voi)? | ?/ ?)(?P<total>tong so [a-z ,()-]+)"
)


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a text, what a share is of where the requirement before them says it.

    `open_piece` is what in the requirement may bear on the points: then it is left in `text`.
    """

    text: str
    of: ShareNames = field(default_factory=ShareNames)
    open_piece: str = ""


def cases_of(text: str) -> Cases:
    """Return an office's text without what it asks for where that surely gives no points.

    An example at its end is left out as well.
    """
    text = _without_example(text)
    lines = clean(_BRACKETS_AT_END.sub(_as_line, clean(text))).split("\n")
    lines = [piece for line in lines for piece in _FORMULA.split(line)]
    at = next((i for i, line in enumerate(lines) if _is_case(line)), 0)
    head, cases = lines[:at], lines[at:]
    if not head or not _is_lead_in([fold(line) for line in head], cases):
        return Cases("\n".join(lines))
    if piece := _open_piece(head, cases):
        return Cases("\n".join(lines), open_piece=piece)
    return Cases("\n".join(cases), _names(head))


def _as_line(brackets: re.Match[str]) -> str:
    return "" if is_remark(brackets[1]) else f"\n{brackets[1]}"


def _without_example(text: str) -> str:
    example = _EXAMPLE.search(clean(text))
    if example is None or _RULES_ON.search(clean(text)[example.end() :]):
        return text
    return clean(text)[: example.start()]


def _is_case(line: str) -> bool:
    return "theo công thức" in line or any(says_points(t) for t in BETWEEN_PARTS.split(line))


def _is_lead_in(head: list[str], cases: list[str]) -> bool:
    if any(line.lstrip(_BULLETS).startswith("neu ") and line[-1] != ":" for line in head):
        return False
    if _OPENS.match(head[0]) or _ENDS_OPEN.search(head[-1]):
        return True
    is_formula = "theo công thức" in cases[0]
    begins_open = fold(cases[0]).lstrip(_BULLETS).startswith("neu ")
    return (begins_open or is_formula) and len(head[0].split()) >= _LEAST_WORDS


def _open_piece(head: list[str], cases: list[str]) -> str:
    """Return the first sentence of a requirement that may bear on the points, "" where none."""
    is_told_of_others = bool(_NOT_ASKED.search(fold(" ".join(cases))))
    for sentence in _sentences(head):
        said = fold(sentence)
        if _BY_SHARE.fullmatch(said.rstrip(". ")):
            continue
        if _SAYS_SCORE.search(said) or (_FOR_SOME.match(said) and not is_told_of_others):
            return sentence.strip(f"{_BULLETS}.")
    return ""


def _sentences(head: list[str]) -> list[str]:
    return [s for line in head for s in BETWEEN_PARTS.split(line)]


def _names(head: list[str]) -> ShareNames:
    found = [(_SHARE.fullmatch(fold(s).rstrip(". ")), s) for s in _sentences(head)]
    named = [(match, sentence) for match, sentence in found if match]
    if len(named) != 1:
        return ShareNames()
    match, sentence = named[0]
    return ShareNames(*(_named(as_typed(match[key], sentence)) for key in ("done", "total")))


def _named(name: str) -> str:
    closed = f"{name})" if name.count("(") > name.count(")") else name
    return lower_first(closed) if closed.startswith("Tổng") else closed
