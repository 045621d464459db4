"""Names of agencies: in the letters that a sentence has for them, and broken over lines."""

from __future__ import annotations

from itertools import combinations

from cchc_office.text.vietnamese import clean_line, upper
from cchc_office.text.widths import text_width, wrap

_MOST_WORDS = 30

_KEPT = frozenset(("UBND", "HĐND", "TW", "CCHC", "TP.", "TP"))
_PLACES = ("tỉnh", "thành phố", "xã", "phường", "đặc khu", "thị xã", "thị trấn", "huyện", "quận")
"""Kinds of places: small letters themselves, and capitals in each word of the name behind them."""
_BODIES = (
    *("Ủy ban nhân dân", "Uỷ ban nhân dân", "Hội đồng nhân dân", "Ủy ban", "Hội đồng", "Chính phủ"),
    *("Văn phòng", "Thanh tra", "Bộ", "Sở", "Ban", "Cục", "Chi cục", "Tổng cục", "Phòng"),
    *("Trung tâm", "Viện", "Ban Quản lý", "Tổng công ty", "Công ty", "Mặt trận Tổ quốc"),
)
_FIELDS = (
    *("Nội vụ", "Công Thương", "Nông nghiệp", "Môi trường", "Tài chính", "Xây dựng", "Khoa học"),
    *("Công nghệ", "Giáo dục", "Đào tạo", "Y tế", "Tư pháp", "Văn hóa", "Văn hoá", "Thể thao"),
    *("Du lịch", "Dân tộc", "Tôn giáo", "Ngoại vụ", "Ngoại giao", "Kế hoạch", "Đầu tư"),
    *("Thông tin", "Truyền thông", "Lao động", "Thương binh", "Xã hội", "Giao thông vận tải"),
    *("Tài nguyên", "Phát triển nông thôn", "Quy hoạch", "Kiến trúc", "Công an", "Quốc phòng"),
)
_SMALL = ("và", "-", "–", "các", "khu", "công nghiệp", "khu kinh tế", "chế xuất", "của")
_PHRASES = {
    tuple(upper(phrase).split()): phrase for phrase in (*_BODIES, *_FIELDS, *_PLACES, *_SMALL)
}
_LONGEST = max(map(len, _PHRASES))
# The one city whose kind is part of its name (Decree 30/2020/NĐ-CP, Appendix II, III.1.b).
_WHOLE_NAMES: dict[tuple[str, ...], str] = {
    ("THÀNH", "PHỐ", "HỒ", "CHÍ", "MINH"): "Thành phố Hồ Chí Minh"
}


def in_sentence(name: str) -> str:
    """Return a name as a sentence has it: "UBND TỈNH BẮC NINH" is "UBND tỉnh Bắc Ninh".

    Only a name in capitals throughout is changed, and only where each of its words is known:
    other names stay as they were typed.
    """
    line = clean_line(name)
    if line != upper(line) or line == line.lower():
        return name
    words, said, at = line.split(), [], 0
    while at < len(words):
        taken = _next_phrase(words, at)
        if taken is None:
            return name
        length, shown = taken
        said.append(shown)
        at += length
        if shown in _PLACES:
            said += [word.capitalize() for word in words[at:]]
            break
    text = " ".join(said)
    return text[:1].upper() + text[1:]


def even_lines(name: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a name in as few lines as `wrap` needs, broken where a typist would break it.

    Not within a phrase that is known ("ỦY BAN NHÂN DÂN"), no word alone where it can be helped,
    before "và" or a kind of place rather than elsewhere, and as even as can be.
    """
    words = name.split()
    count = len(wrap(" ".join(words), width, size, bold=bold))
    if count < 2 or len(words) > _MOST_WORDS:
        return [line.rstrip() for line in wrap(" ".join(words), width, size, bold=bold)]
    phrases = _phrases(words)
    places = {at for at, shown in phrases.items() if shown in _PLACES}
    best: tuple[tuple[int, int, int, int, float], list[str]] | None = None
    for breaks in combinations(range(1, len(words)), count - 1):
        parts = [words[a:b] for a, b in zip((0, *breaks), (*breaks, len(words)), strict=True)]
        lines = [" ".join(part) for part in parts]
        widths = [text_width(line, size, bold=bold) for line in lines]
        if max(widths) > width:
            continue
        within = sum(at not in phrases for at in breaks)
        alone = sum(len(part) == 1 for part in parts)
        before_and = sum(phrases.get(at) == "và" for at in breaks)
        before_place = sum(at in places for at in breaks)
        badness = (within, alone, -before_and, -before_place, max(widths) - min(widths))
        if best is None or badness < best[0]:
            best = badness, lines
    return best[1] if best else [" ".join(words)]


def _phrases(words: list[str]) -> dict[int, str]:
    """Return what begins at which word: a phrase that is known, or a word that is not."""
    capitals, found, at = [upper(word) for word in words], {}, 0
    while at < len(words):
        length, found[at] = _next_phrase(capitals, at) or (1, words[at])
        at += length
    return found


def _next_phrase(words: list[str], at: int) -> tuple[int, str] | None:
    """Return how many words the phrase has that begins here, and how it is written."""
    if tuple(words[at:]) in _WHOLE_NAMES:
        return len(words) - at, _WHOLE_NAMES[tuple(words[at:])]
    if words[at] in _KEPT:
        return 1, words[at]
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        piece = words[at : at + length]
        comma = "," if piece[-1].endswith(",") else ""
        shown = _PHRASES.get((*piece[:-1], piece[-1].rstrip(",")))
        if shown:
            return length, shown + comma
    return None
