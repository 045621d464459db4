"""How the text is typed: diacritics, the capitals of agencies' names, blanks too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.decree30.checker._breaches import Breaches
from cchc_office.decree30.checker._parts import DocumentParts, Line
from cchc_office.decree30.figures import Part, clause, clause_of_capitals

_AGENCIES = clause_of_capitals("IV.1.a")
_TITLES = clause_of_capitals("V.3")
_PLACES = clause_of_capitals("III.1.c")
# The decree's own examples, and what the same words make of others of the kind.
_FIELDS = (
    "Nội vụ",
    "Tài chính",
    "Y tế",
    "Tư pháp",
    "Xây dựng",
    "Ngoại giao",
    "Ngoại vụ",
    "Công an",
    "Quốc phòng",
    "Giáo dục và Đào tạo",
    "Khoa học và Công nghệ",
    "Nông nghiệp và Môi trường",
    "Tài nguyên và Môi trường",
    "Dân tộc và Tôn giáo",
)
_NAMES: tuple[tuple[str, str], ...] = (
    ("Ủy ban nhân dân", _AGENCIES),
    ("Uỷ ban nhân dân", _AGENCIES),
    ("Hội đồng nhân dân", _AGENCIES),
    ("Tòa án nhân dân", _AGENCIES),
    ("Viện kiểm sát nhân dân", _AGENCIES),
    *((f"{head} {field}", _AGENCIES) for head in ("Sở", "Bộ") for field in _FIELDS),
    ("Thủ tướng Chính phủ", _TITLES),
    ("Chủ tịch Quốc hội", _TITLES),
    ("Thành phố Hồ Chí Minh", _PLACES),
    ("Thủ đô Hà Nội", _PLACES),
)
_EITHER_WAY = {"viện kiểm sát nhân dân": "Viện Kiểm sát nhân dân"}
_RIGHT = {name.casefold(): (name, law) for name, law in _NAMES}
_ANY_NAME = re.compile(
    r"(?<![\w-])(?<!cơ )(?<!trụ )(?<!cán )(?:"
    + "|".join(re.escape(name) for name in sorted(_RIGHT, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)
_HEADS = ("sở ", "bộ ")

_WORD = r"[^\W\d_]"
_EXTRA_BLANKS = re.compile(rf"{_WORD}[,;:.]?[ ]{{2,}}(?={_WORD})|(?<={_WORD}) +[,;:?!](?= |$)")
_LEFT_BLANK = re.compile(r"\b(?:ngày|tháng|năm|số|đến|từ|lúc|hồi)\s*$", re.IGNORECASE)

_FEWEST_LETTERS = 150
_SHARE_OF_DIACRITICS = 0.02
_FEWEST_WORDS = 3
_COMMON_WORDS = {"cua", "va", "cac", "trong", "cho", "theo", "thuc", "hien", "ve", "tai", "tinh"}
WORDS_NOT_JUDGED: frozenset[FindingCode] = frozenset(
    (
        Code.NATIONAL_NAME_WORDS,
        Code.MOTTO_WORDS,
        Code.DATE_WORDS,
        Code.ADDRESSEE_COLON,
        Code.RECIPIENTS_ARCHIVE,
        Code.SUBJECT_WORDS,
        Code.LIKE_ABOVE_MISSING,
    )
)
"""What cannot be told of a text without diacritics."""


def is_without_diacritics(parts: DocumentParts) -> bool:
    """Tell whether the text is Vietnamese typed without diacritics."""
    text = " ".join(paragraph.text for paragraph in parts.body)
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_LETTERS:
        return False
    plain = sum(map(str.isalpha, text.encode("ascii", "ignore").decode()))
    if letters - plain >= _SHARE_OF_DIACRITICS * letters:
        return False
    return len(_COMMON_WORDS & set(text.casefold().split())) >= _FEWEST_WORDS


def check_spelling(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold the text against Appendix II where that is certain, and tell of blanks too many."""
    if is_without_diacritics(parts):
        breaches.add(Code.NO_DIACRITICS, None, clause("I.4"))
        return
    for line in parts.of(Part.RECIPIENTS):
        _check_names(line, breaches)
    for line in _text(parts):
        _check_names(line, breaches)
        if _has_extra_blanks(line.source.text):
            breaches.add(Code.EXTRA_BLANKS, line, "")


def _text(parts: DocumentParts) -> Iterator[Line]:
    for part in (Part.DISPATCH_SUBJECT, Part.SUBJECT):
        yield from parts.of(part)
    for paragraph in parts.body:
        yield from parts.lines_of(paragraph)


def _check_names(line: Line, breaches: Breaches) -> None:
    if line.is_capitals:
        return
    for match in _ANY_NAME.finditer(line.text):
        found = match.group(0)
        right, law = _RIGHT[found.casefold()]
        is_name = found[0].isupper() or not right.casefold().startswith(_HEADS)
        accepted = (right, _EITHER_WAY.get(found.casefold()))
        if found not in accepted and is_name and not found.isupper():
            breaches.add(Code.AGENCY_CAPITALS, line, law, found, right)


def _has_extra_blanks(text: str) -> bool:
    return any(True for _ in extra_blanks(text.strip()))


def extra_blanks(text: str) -> Iterator[re.Match[str]]:
    """Give where blanks too many stand; not where they are left to be filled in."""
    found = _EXTRA_BLANKS.finditer(text)
    yield from (match for match in found if not _LEFT_BLANK.search(text[: match.start() + 1]))
