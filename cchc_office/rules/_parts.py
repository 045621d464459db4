"""The parts of a rule in words: what each is about, and the score that it gives.

"≥90%: 1; ≥80%: 0,5; còn lại: 0" are three parts. Offices also write them as lines with dashes, as
sentences, with "thì điểm đánh giá là" for the colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from cchc_office.rules.telling import shown
from cchc_office.rules.values import ContradictionError, NothingArose, RuleWordsError
from cchc_office.text.bullets import BULLETS
from cchc_office.text.vietnamese import clean, clean_line, fold, parse_decimal, words

MOST_PARTS = 30
_SHORT = 3
"""So many words behind "được" may be meant for a score."""
_SHORT_SCORE = 60
"""No longer are the words of a score: "được 50% số điểm tối đa của tiêu chí"."""
_NEAR_END = 120
LONGEST = 3000

# A full stop ends a part where a capital follows, but for abbreviations ("TP. Hà Nội").
BETWEEN_PARTS = re.compile(
    r"[;\n]|\.\s+(?=(?:Trường hợp|Nếu|Trong đó)\s)"
    r"|(?<![\s.(][A-ZĐ])(?<![A-ZĐ]{2})(?<=[\w%)\]”\"])\.\s+(?=[-–+•*]?\s*[A-ZÀ-ỸĐ≥≤<>\d(])"
)
BULLET_SIGNS = f"{''.join(sorted(BULLETS))}✓✔➢→"
_BULLET = re.compile(
    rf"^(?:[{re.escape(BULLET_SIGNS)}]+"
    r"(?=[^\W\d_]|\s)|[a-zđ]\)|\([a-zđ1-9]\)|\d{1,2}[.)](?=\s))\s*",
    re.IGNORECASE,
)
_ENDS_PART = re.compile(r"(?:\d|%|điểm|đ|tối đa|[.;:])$", re.IGNORECASE)
# A comma in a number has a digit right behind it.
_COMMA = re.compile(r",(?!\d)|\s(?=(?:nhưng|nhung)\s)", re.IGNORECASE)
# Behind "1", "1đ", "1 điểm", "điểm tối đa".
_COMMA_BETWEEN_PARTS = re.compile(
    r"(?<=[\dđmaĐMA])(?:,\s+|\s+/\s+)(?=[^,;:/]{1,120}:)"
    r"|(?<=[mđMĐ]),\s+(?=(?:không|chưa)\s[^,;:/]{1,80}\s\d+(?:[.,]\d+)?\s*(?:điểm|đ)$)"
)
# Behind "…: 0.5" a capital begins the next case of the same line: "Có sổ: 0.5 Có thẻ: 0.5".
_RUN_ON = re.compile(
    r"(?P<score>:\s*\d+(?:[.,]\d+)?(?:\s*(?:điểm|đ))?)\s+(?=[A-ZĐÀ-Ỹ][^:;]{3,200}:\s*\d)"
)
_BRACKETS_AT_END = re.compile(r"\s*\(([^()]*)\)$")

# Remarks that change no score of a row: what is counted where, and what is not counted twice.
_REMARK = re.compile(
    r"chi tinh (?:muc cao nhat|(?:0?1|mot) lan)\b.*|.*\bkhong (?:tinh|cham) lai\b.*"
    r"|so lieu (?:lay|chot) .*|mau so (?:chi|khong) tinh .*|khong bao gom .*|khong tinh doi voi .*"
    r"|(?:dong thoi )?bi tru diem tai .*|muc dat yeu cau|khong cham lai .*"
    r"|khong xep loai [^:]*|chi tru diem khi [^:]*"
    r"|doi voi .* (?:thi )?khong dua vao thong ke(?:, danh gia)?"
    r"|truong hop .*(?:de nghi|can|phai)(?: co)? giai trinh .*"
    r"|doi voi .* (?:viec )?danh gia tinh kip thoi(?: cua noi dung nay)? dua tren thoi han .*"
    r"|viec xac dinh .* thuc hien theo quy dinh .*"
)
_SENTENCE_ENDS = re.compile(r"\.\s+|\n")
_TAKEN_ELSEWHERE = re.compile(r"(?<=[\dđm])\s+và bị trừ điểm tại [^;:.,]+(?=$|[;.])", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_OF_SCORE = r"(?:(?:so |muc )?diem(?: so| danh gia| cham| dat duoc| dat| cua tieu chi)?)"
_GIVES = re.compile(
    rf"^(?:(?:thi|la|duoc|tinh|cham|dat|cho|bang|cong|huong|du(?= \d)|=>?|->|→|{_OF_SCORE}"
    r"(?! (?:toi da|chuan|toan)))\s*)+(?=\S)"
)
_POINTS = re.compile(r"\+?\s?(?P<number>[^a-z%+]+?)\s*(?:diem|d)?")
_MOST = (
    r"(?:so |muc )?(?:diem )?(?:toi da|chuan|tuyet doi)(?: cua (?:tieu chi|muc|noi dung)(?: nay)?)?"
)
_WHOLE = rf"(?:{_MOST}|(?:so |tong )?(?:so |quy )?diem)"
_MAXIMUM = re.compile(rf"{_MOST}|(?:du|tron|toan bo) (?:so )?diem(?: toi da)?|100 ?% {_WHOLE}")
_SHARE_OF_MAXIMUM = re.compile(rf"(?P<number>[^a-z%]+?)\s*%(?: (?:cua )?{_WHOLE})?")
_HALF = re.compile(rf"(?:1/2|½|mot nua) {_WHOLE}")
_NO_POINTS = re.compile(r"khong (?:co |duoc |tinh |duoc tinh |cham |cho |duoc cham )?diem")
_ADDS = re.compile(rf"(?:(?:thi|duoc|dat|{_OF_SCORE}(?: la)?)\s*)*cong them\s+(?=\d)")
_NOT_TAKEN = re.compile(
    r"khong (?:bi )?tru diem(?: (?:cac |doi voi )?(?:noi dung|tieu chi|muc)(?: nay| tren)?)?"
)
_TAKES = re.compile(r"^(?:bi )?(?:tru|giam)(?: di)?\s+|^-\s*(?=\d)")
_THEN = re.compile(
    r"[\s,]*\s(?:(?:thì|thi)(?: nêu rõ và)?(?: chấm| điểm đánh)?|thì nêu rõ và chấm|bị)$",
    re.IGNORECASE,
)
_SAYS_SCORE = frozenset(("được", "thì", "đạt", "là", "tính", "cho", "cộng", "trừ", "giảm"))
_SAYS_SCORE_BARE = frozenset(map(fold, _SAYS_SCORE))
_SAYS_MORE = re.compile(
    r"(?:toi da|khong qua|vuot qua|cao nhat|thap nhat|it nhat|toi thieu|moi|tru|giam|mat|con|den|tu"
    r"|hon|tren|duoi)$"
)
_SCORE_AT_END = re.compile(
    r"(?P<condition>.*?[^\W\d_].*?)\s*(?:[-–]\s+|\(|=>?\s*|→\s*|\s)\s*"
    r"(?P<gives>(?:trừ\s+)?\+?\d+(?:[.,]\d+)?\s*(?:điểm|đ)|(?:\d+\s*%\s*)?(?:số\s+)?điểm tối đa"
    r"|(?<=[-–]\s)\d+(?:[.,]\d+)?)\)?",
    re.IGNORECASE,
)
_SCORE_FIRST = re.compile(
    r"(?P<gives>\+?\d+(?:[.,]\d+)?\s*điểm|(?:\d+\s*%\s*)?điểm tối đa)\s*"
    r"(?::|nếu|khi|đối với|-\s)\s*(?P<condition>[^\W\d_].+)",
    re.IGNORECASE,
)
_BARE_EQUALS = re.compile(
    r"(?P<condition>có|không(?: có| đạt)?|chưa(?: có| đạt)|đạt)\s*=\s*"
    r"(?P<gives>\+?\d+(?:[.,]\d+)?(?:\s*(?:điểm|đ))?)",
    re.IGNORECASE,
)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NOTHING_AROSE = re.compile(
    r"(?:trong nam |don vi )*"
    r"(?:(?:neu|truong hop|khi) (?:trong nam |don vi )*khong (?:co |phat sinh)"
    r"|khong (?:co )?phat sinh\b)"
)
_HAS_NONE = re.compile(
    r"(?:neu|truong hop|khi|doi voi|co quan|don vi|dia phuong|trong nam)\b.*"
    r"\bkhong (?:co|phat sinh|duoc giao|thuc hien)\b"
)
_NOT_APPLICABLE = re.compile(
    r"(?:thi )?(?:khong ap dung|khong danh gia,? (?:khong )?tinh diem (?:noi dung|tieu chi) nay"
    r"(?: vao tong diem)?|giam tru diem toi da tuong ung)"
)
_NOT_APPLICABLE_AT_END = re.compile(
    r"[\s,:]+(?:thì\s+)?(?:không đánh giá,?\s+(?:không\s+)?tính điểm (?:nội dung|tiêu chí) này"
    r"(?: vào tổng điểm)?|giảm trừ điểm tối đa tương ứng)$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?:cac )?(?:(?:truong hop|muc|t[yi] le|ket qua)(?: do| nay)? )?(?:con lai|khac)(?: khac)?"
    r"|nguoc lai|(?:neu )?khong (?:dat|thuoc|dap ung) (?:cac |mot trong cac )?(?:muc|truong hop"
    r"|yeu cau|dieu kien)(?: (?:tren|neu tren|o tren))?(?: day)?"
)


@dataclass(frozen=True, slots=True)
class RulePart:
    """One part of a rule as it was typed; `condition` and `gives` stand before and after ":"."""

    text: str
    condition: str
    gives: str | None

    @property
    def folded(self) -> str:
        """The condition as it is matched."""
        return fold(self.condition)


def split_parts(text: str, *, joined: bool = False) -> list[RulePart]:
    """Return the parts of a rule, divided by semicolons, line breaks and full stops.

    Bullets and blank parts are left out. With `joined`, lines that go on are put together, and
    commas between scores and the next condition divide as well.
    """
    if len(text) > LONGEST:
        raise RuleWordsError(f"{clean_line(text[:80])}…", f"nhiều nhất {LONGEST} chữ")
    lines = _joined_lines(clean(text)) if joined else clean(text).split("\n")
    parts = [part for line in lines for part in _parts_of_line(line, joined=joined)]
    if len(parts) > MOST_PARTS:
        raise RuleWordsError(parts[MOST_PARTS].text, f"nhiều nhất {MOST_PARTS} mức")
    return parts


def _parts_of_line(line: str, *, joined: bool) -> list[RulePart]:
    """Return the parts of a line; a case that itself has semicolons stays whole."""
    whole = _bare(_BRACKETS.sub(_without_remark, _BULLET.sub("", line)))
    whole = _TAKEN_ELSEWHERE.sub("", whole)
    if joined:
        whole = _run_on_divided(_COMMA_BETWEEN_PARTS.sub(";", whole))
    texts = (_bare(_BULLET.sub("", t)) for t in BETWEEN_PARTS.split(whole))
    parts = [part_of(t) for t in texts if t and not _REMARK.fullmatch(fold(t))]
    scores = [part.gives is not None for part in parts]
    is_one_case = bool(_SCORE_FIRST.fullmatch(whole)) or (
        joined and bool(_BULLET.match(line)) and scores[-1:] == [True]
    )
    return [part_of(whole)] if is_one_case and sum(scores) == 1 else parts


def _run_on_divided(line: str) -> str:
    """Return a line with a semicolon behind each case, where all of it are plain cases."""
    divided = _RUN_ON.sub(r"\g<score>; ", line)
    return divided if all(case.count(":") == 1 for case in divided.split(";")) else line


def _bare(text: str) -> str:
    bare = clean_line(text).rstrip(". ").strip()
    inside = bare[1:-1]
    return inside if bare[:1] == "(" and bare[-1:] == ")" and not set("()") & set(inside) else bare


def _without_remark(brackets: re.Match[str]) -> str:
    return "" if is_remark(brackets[1]) else brackets[0]


def is_remark(text: str) -> bool:
    """Tell whether all sentences of a text change no score: they say what is counted where."""
    sentences = [said for said in _SENTENCE_ENDS.split(text) if said.strip()]
    says_none = not any(says_points(part) for part in BETWEEN_PARTS.split(text))
    return says_none and all(_REMARK.fullmatch(fold(said).rstrip(". ")) for said in sentences)


def _joined_lines(text: str) -> list[str]:
    """Return the lines of a text, those that go on in the next one together with it."""
    joined: list[str] = []
    for line in text.split("\n"):
        before = joined[-1].rstrip() if joined else ""
        goes_on = not _BULLET.match(line) and line[:1].islower() and not _ENDS_PART.search(before)
        if before and (goes_on or (before.endswith(":") and _says_score(fold(line)))):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def split_commas(parts: list[RulePart]) -> list[RulePart]:
    """Return the parts divided at commas too, but for those inside a number.

    What stands in brackets at the end, or after "nhưng", is a part as well.
    """
    plain = (_BRACKETS_AT_END.sub(r", \1", part.text) for part in parts)
    texts = (t.strip() for text in plain for t in _COMMA.split(text))
    return [part_of(t) for t in texts if t]


def part_of(text: str) -> RulePart:
    """Return the part that stands in `text`: what is before and after ":" or "được".

    "không được điểm" gives something too, as do points at the end, or in front.
    """
    if not_applicable := _NOT_APPLICABLE_AT_END.search(text):
        return RulePart(text, text[: not_applicable.start()].strip(" ,:"), "không áp dụng")
    first = _SCORE_FIRST.fullmatch(text)
    if first and not _says_score(fold(first["condition"])):
        return RulePart(text, first["condition"].strip(), first["gives"])
    if equal := _BARE_EQUALS.fullmatch(text):
        return RulePart(text, equal["condition"], equal["gives"])
    colons = [at for at, letter in enumerate(text) if letter == ":"]
    for at in colons:
        if _says_score(fold(text[at + 1 :])):
            return RulePart(text, text[:at].strip(), text[at + 1 :].strip())
    if text.endswith(":"):
        return RulePart(text, text, None)
    if not colons:
        return _part_without_colon(text)
    return RulePart(text, text[: colons[0]].strip(), text[colons[0] + 1 :].strip())


def _part_without_colon(text: str) -> RulePart:
    says_score = _SAYS_SCORE_BARE if text.isascii() else _SAYS_SCORE
    typed_words = words(text)
    behind = [pair for pair in pairwise(typed_words) if len(text) - pair[1].start <= _SHORT_SCORE]
    for before, word in behind:
        rest = text[word.start :]
        if word.folded == "dat" and before.folded in ("khong", "chua"):
            continue
        typed = text[word.start : word.end].casefold()
        if word.folded == "khong" and _NO_POINTS.fullmatch(fold(rest)):
            return RulePart(text, _without_then(text[: word.start]), rest)
        if typed in says_score and rest[-1] != "%" and _says_score(fold(rest)):
            return RulePart(text, _without_then(text[: word.start]), rest)
    head, tail = text[:-_NEAR_END], text[-_NEAR_END:]
    match = _SCORE_AT_END.fullmatch(tail)
    condition = f"{head}{match['condition']}" if match else ""
    if match and not _SAYS_MORE.search(fold(condition).strip(" (-")):
        condition = _without_then(condition.strip(" (-–"))
        return RulePart(text, condition, match["gives"].strip())
    for word in typed_words[1:]:
        if word.folded == "duoc" and len(text[word.end :].split()) <= _SHORT:
            return RulePart(text, _without_then(text[: word.start]), text[word.end :].strip())
    return RulePart(text, text, None)


def _without_then(condition: str) -> str:
    return _THEN.sub("", condition.strip()).strip(" ,")


def as_typed(wanted: str, text: str) -> str:
    """Return the words of a text that `wanted` holds folded, as they are typed."""
    folded = [word.folded for word in words(wanted)]
    typed = words(text)
    for at in range(len(typed) - len(folded) + 1):
        if folded and [word.folded for word in typed[at : at + len(folded)]] == folded:
            return text[typed[at].start : typed[at + len(folded) - 1].end]
    return wanted


def lower_first(text: str) -> str:
    """Return what begins a sentence as it stands within one; abbreviations stay capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


# --- scores ---


def score_of(part: RulePart, maximum: Decimal, *, deducts: bool = False) -> Decimal:
    """Return the score that a part gives, from 0 to `maximum`. Raises RuleWordsError.

    "trừ 0,5" gives what is left of the maximum; with `deducts` the score is what is taken off.
    """
    said = fold(part.gives or "")
    if not said:
        raise RuleWordsError(part.text, "dấu hai chấm rồi số điểm, ví dụ “: 0,5”")
    score = _said_score(said, maximum, deducts)
    if score is None or score < 0:
        raise RuleWordsError(part.text, number_wanted(said, "số điểm", "0,5"))
    if score > maximum:
        most = shown(maximum)
        raise ContradictionError(part.text, f"không quá điểm tối đa của dòng ({most})")
    return score


def _said_score(said: str, maximum: Decimal, deducts: bool) -> Decimal | None:
    said = _GIVES.sub("", _ADDS.sub("", said))
    if _NOT_TAKEN.fullmatch(said):
        return Decimal(0) if deducts else maximum
    taken = _TAKES.sub("", said)
    if taken != said:
        if said[0] == "-" and not deducts:
            return None
        score = _plain_score(_GIVES.sub("", taken), maximum)
        return score if deducts or score is None else maximum - score
    return _plain_score(said, maximum)


def spares(part: RulePart) -> bool:
    """Tell whether a part says of what nothing is taken off: "… thì không bị trừ điểm"."""
    return bool(part.gives and _NOT_TAKEN.fullmatch(_GIVES.sub("", fold(part.gives))))


def adds(part: RulePart) -> bool:
    """Tell whether a part gives points beside those of the parts before it: "cộng thêm 0,5"."""
    return bool(part.gives and _ADDS.match(fold(part.gives)))


def takes_away(part: RulePart) -> bool:
    """Tell whether a part says what is taken off, and not what is given."""
    return bool(part.gives and _TAKES.match(_GIVES.sub("", fold(part.gives))))


def _plain_score(said: str, maximum: Decimal) -> Decimal | None:
    if _MAXIMUM.fullmatch(said):
        return maximum
    if _NO_POINTS.fullmatch(said):
        return Decimal(0)
    if _HALF.fullmatch(said):
        return maximum / 2
    if match := _SHARE_OF_MAXIMUM.fullmatch(said):
        percent = parse_decimal(match["number"])
        return None if percent is None else maximum * percent / 100
    match = _POINTS.fullmatch(said)
    return parse_decimal(match["number"]) if match else None


def _says_score(said: str) -> bool:
    return _said_score(said, Decimal(1), deducts=True) is not None


def says_points(text: str) -> bool:
    """Tell whether a part gives or takes points."""
    gives = part_of(text.strip().rstrip(". )")).gives
    return gives is not None and (is_not_applicable(gives) or _says_score(fold(gives)))


def is_not_applicable(gives: str | None) -> bool:
    """Tell whether what a part gives is that the row does not apply."""
    return gives is not None and bool(_NOT_APPLICABLE.fullmatch(fold(gives)))


def number_wanted(said: str, what: str, example: str) -> str:
    """Return what is expected in place of `said`; of a number with two readings, both."""
    if match := _AMBIGUOUS.search(said):
        whole, decimals = re.sub("[.,]", "", match.group()), re.sub("[.]", ",", match.group())
        return f"{what} chỉ hiểu được một cách: {whole} hoặc {decimals}0"
    return f"{what} không âm, ví dụ {example}"


def number_of(text: str, part: RulePart) -> Decimal:
    """Return a number of a condition, not negative. Raises RuleWordsError."""
    number = parse_decimal(text)
    if number is None or number < 0:
        raise ContradictionError(part.text, number_wanted(text, "một số", "90% hoặc 5"))
    return number


# --- where nothing arose, and the rest ---


def take_nothing_arose(
    parts: list[RulePart], maximum: Decimal
) -> tuple[list[RulePart], NothingArose | None]:
    """Return the parts without the one on "không phát sinh", and what that one says."""
    rest = [p for p in parts if not is_nothing_arose(p)]
    told = [p for p in parts if is_nothing_arose(p)]
    if not told:
        return rest, None
    if len(told) > 1:
        raise ContradictionError(told[1].text, "“không phát sinh” ghi một lần")
    return rest, nothing_of(told[0], maximum)


def is_nothing_arose(part: RulePart) -> bool:
    """Tell whether a part says what "không phát sinh" gives."""
    if _NOTHING_AROSE.match(part.folded):
        return True
    return is_not_applicable(part.gives) and bool(_HAS_NONE.match(part.folded))


def leaves_open_what_nothing_gives(part: RulePart) -> bool:
    """Tell whether "không chấm điểm" where nothing arose means 0, or a row left out."""
    if part.gives is None or "khong phat sinh" not in part.folded.replace("khong co", "khong"):
        return False
    return bool(_NO_POINTS.fullmatch(_GIVES.sub("", fold(part.gives))))


def is_rest(part: RulePart) -> bool:
    """Tell whether a part says what everything else gives."""
    return bool(_REST.fullmatch(part.folded))


def nothing_of(part: RulePart, maximum: Decimal) -> NothingArose:
    """Return what a part gives where nothing arose. Raises ContradictionError."""
    if is_not_applicable(part.gives):
        return NothingArose(None)
    if part.gives is None and re.search(r"[ ,](?:thi )?khong ap dung$", part.folded):
        return NothingArose(None)
    if part.gives is not None and not _NO_POINTS.fullmatch(_GIVES.sub("", fold(part.gives))):
        try:
            return NothingArose(score_of(part, maximum))
        except ContradictionError:
            raise
        except RuleWordsError:
            pass
    raise ContradictionError(
        part.text,
        "“không phát sinh: điểm tối đa”, “không phát sinh: không áp dụng” "
        "hoặc “không phát sinh: 0” (số điểm)",
    )
