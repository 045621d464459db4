"""The words between the names in a unit cell: what each unit is told to do.

What is neither a duty nor a word that stands beside one is not explained, and is asked about: it
may be the name of a unit that nobody entered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc_office.text.vietnamese import Word, clean_line, words

LEADING = ("chu tri", "tong hop", "dau moi", "chiu trach nhiem")
SUPPORTING = ("phoi hop", "tham gia", "ho tro")
_OTHER_DUTIES = (
    "bao cao",
    "cap nhat",
    "cong khai",
    "cung cap",
    "danh gia",
    "de xuat",
    "don doc",
    "giai quyet",
    "giam sat",
    "gui",
    "hoan thien",
    "huong dan",
    "kiem tra",
    "lap",
    "nhap du lieu",
    "ra soat",
    "tham dinh",
    "tham muu",
    "theo doi",
    "thuc hien",
    "tiep nhan",
    "to chuc",
    "trien khai",
    "trinh",
    "xay dung",
)
DUTIES = tuple(tuple(duty.split()) for duty in (*LEADING, *SUPPORTING, *_OTHER_DUTIES))

# As written, in lower case: without their marks some of these are other words.
_BESIDE_A_DUTY = tuple(
    tuple(phrase.split())
    for phrase in (
        "chính",
        "chung",
        "chức năng",
        "cơ quan",
        "công tác",
        "của",
        "đơn vị",
        "định kỳ",
        "được giao",
        "giám đốc",
        "hàng năm",
        "hàng quý",
        "hàng tháng",
        "hồ sơ",
        "kế hoạch",
        "kết quả",
        "khác",
        "khi có",
        "kiểm chứng",
        "là",
        "làm",
        "lãnh đạo",
        "liên quan",
        "có liên quan",
        "lĩnh vực",
        "nếu có",
        "nhiệm vụ",
        "nội dung",
        "phạm vi",
        "phụ trách",
        "quy định",
        "sáng kiến",
        "số liệu",
        "sở",
        "tài liệu",
        "theo",
        "thông tin",
        "thủ tục hành chính",
        "thuộc",
        "thường xuyên",
        "trước ngày",
        "trực tiếp",
        "tthc",
        "từ",
        "về",
        "yêu cầu",
    )
)
_CONNECTORS = frozenset(
    ("các", "cả", "chánh", "cùng", "do", "giao", "tất", "thể", "toàn", "trưởng", "và", "với")
)
_LINKS = frozenset(("cùng", "do", "và", "với"))
"""Connectors that belong to no name, as those of "các chủ thể" and "Giao thông" do."""
_NAME_HEADS = _CONNECTORS.difference(_LINKS, ("giao",)).union(
    ("cơ quan", "đơn vị", "giám đốc", "lãnh đạo", "sở")
)
"""Words beside a duty that belong to the name behind them: "cơ quan thuế", "Sở Nội vụ"."""
# Words that name nobody; "Kế hoạch" or "Thông tin" could be a division and are not among them.
_SMALL_WORDS = frozenset(
    ("chính", "chung", "có", "cơ", "của", "đạo", "đơn", "giám", "đốc", "khác", "là", "làm")
) | frozenset(("lãnh", "liên", "nếu", "quan", "sở", "thuộc", "từ", "vị", "về"))
_SEPARATORS = re.compile(r"([,;.:()\n+]|(?<!\d)/(?!\d)|\s[-–]\s|\bvà\b)", re.IGNORECASE)
_BEGINS_A_NAME = re.compile(r"\b(?:phòng|ban|p)\.?\s*$", re.IGNORECASE)
# Divisions are called by these words too: "Văn phòng, Tổ chức" may mean one.
_NAMES_TOO = frozenset((("to", "chuc"), ("tong", "hop")))


@dataclass(frozen=True)
class _Phrase:
    """What stands between two separators.

    `text` is without the words that only connect, `whole` as it stands in the cell but for those
    that link it to its neighbours; `after` is the mark behind it.
    """

    text: str
    whole: str
    after: str


@dataclass(frozen=True)
class Gap:
    """The words between two names.

    `duty` is what they tell, as written; `duties` the first duty of each phrase, folded;
    `unknown` the parts that nothing explains.
    """

    duty: str
    duties: tuple[str, ...]
    unknown: tuple[str, ...]


def read_gap(text: str, *, before_a_name: bool) -> Gap:
    """Read the words of a gap; `before_a_name` tells that a name follows it."""
    if before_a_name:
        text = _BEGINS_A_NAME.sub("", text)
    phrases: list[str] = []
    duties: list[str] = []
    unknown: list[str] = []
    for said in _phrases(text):
        phrase = said.text
        first, unexplained = _read_phrase(said.whole)
        is_name = said.after != ":" and phrase[:1].isupper() and _words_of(phrase) in _NAMES_TOO
        if is_name or not (first or duties or unexplained or _only_connects(phrase)):
            unexplained = [said.whole]
        phrases.append(phrase)
        duties += [first] if first else []
        unknown += unexplained
    return Gap(", ".join(phrases) if duties else "", tuple(duties), tuple(unknown))


def left_over(text: str, *, before_a_name: bool) -> list[str]:
    """Return the phrases of a text in which only names are expected, as they stand there."""
    if before_a_name:
        shorter = _BEGINS_A_NAME.sub("", text)
        last = _SEPARATORS.split(shorter)[-1]
        if all(_is_connector(last, word) for word in words(last)):  # not the end of "Văn phòng"
            text = shorter
    return [phrase.whole for phrase in _phrases(text)]


def _phrases(gap: str) -> list[_Phrase]:
    parts = [*_SEPARATORS.split(gap), ""]
    found = []
    for part, after in zip(parts[::2], parts[1::2], strict=True):
        if text := _between_words(part, _CONNECTORS):
            found.append(_Phrase(text, _without_links(part), after.strip()))
    return found


def _without_links(part: str) -> str:
    whole = _between_words(part, _LINKS)
    first, _, rest = whole.partition(" ")
    return rest if first.casefold() == "giao" and rest[:1].isupper() else whole


def _between_words(part: str, outer: frozenset[str]) -> str:
    """Return what is left of a part without the outer words at its two ends."""
    tokens = list(words(part))
    while tokens and part[tokens[0].start : tokens[0].end].casefold() in outer:
        tokens.pop(0)
    while tokens and part[tokens[-1].start : tokens[-1].end].casefold() in outer:
        tokens.pop()
    return clean_line(part[tokens[0].start : tokens[-1].end]) if tokens else ""


def _read_phrase(phrase: str) -> tuple[str, list[str]]:
    """Return the first duty of a phrase, folded ("" for none), and what nothing explains.

    What is not explained goes on to the next duty: small words can be part of a name too.
    """
    tokens = words(phrase)
    first = ""
    parts: list[tuple[int, int]] = []
    place, in_a_name = 0, False
    head: int | None = None
    while place < len(tokens):
        token = tokens[place]
        duty = _duty_at(tokens, place)
        step = len(duty) or (0 if in_a_name else _step_beside(phrase, tokens, place))
        if step == 0:
            start = parts.pop()[0] if in_a_name else token.start if head is None else head
            parts.append((start, token.end))
        beside = phrase[token.start : tokens[place + (step or 1) - 1].end]
        if duty or " ".join(beside.casefold().split()) not in _NAME_HEADS:
            head = None
        elif head is None:
            head = token.start
        first = first or " ".join(duty)
        in_a_name = step == 0
        place += step or 1
    return first, [phrase[start:end] for start, end in parts]


def _duty_at(tokens: tuple[Word, ...], place: int) -> tuple[str, ...]:
    following = tuple(word.folded for word in tokens[place : place + 3])
    return next((duty for duty in DUTIES if following[: len(duty)] == duty), ())


def _step_beside(phrase: str, tokens: tuple[Word, ...], place: int) -> int:
    written = tuple(phrase[word.start : word.end].casefold() for word in tokens[place:])
    for beside in _BESIDE_A_DUTY:
        if written[: len(beside)] == beside:
            return len(beside)
    return int(written[0] in _CONNECTORS or written[0].isdecimal())


def _only_connects(phrase: str) -> bool:
    """Tell whether a phrase says nothing of a unit: numbers, or small words without a duty."""
    return all(word.casefold() in _SMALL_WORDS or word.isdecimal() for word in phrase.split())


def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words(phrase))


def _is_connector(text: str, word: Word) -> bool:
    return text[word.start : word.end].casefold() in _CONNECTORS
