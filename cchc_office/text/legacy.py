"""Text typed in the fonts from before Unicode: recognised by its spelling, and converted.

Fonts such as .VnTime (TCVN3, also called ABC) and VNI-Times show Vietnamese letters at the
places of Western ones. An office file keeps the places, so that a reader gets "V¨n phßng Së"
or "Vaên phoøng Sôû" for "Văn phòng Sở".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import product

from cchc_office.text.vietnamese import composed

# Without "p", which begins no Vietnamese word, only borrowed ones.
_ONSET = re.compile("|[bcdđghklmnqrstvx]|ch|g[hi]|kh|ngh?|nh|ph|qu|t[hr]")
_FRONT = "eêiy"
_ONLY_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
_NEVER_BEFORE_FRONT = frozenset(("c", "g", "ng"))

# Vowels with the consonants and glides that can end them ("-": none). The capital is the letter
# over or under which the tone is written; both places are in use for "hoà" and "hòa".
_ENDINGS = {
    "A": "- c ch i m n ng nh o p t u y",
    "Ă": "c m n ng p t",
    "Â": "c m n ng p t u y",
    "E": "- c m n ng o p t",
    "Ê": "- ch m n nh p t u",
    "I": "- ch m n nh p t u",
    "O": "- c i m n ng p t",
    "Ô": "- c i m n ng p t",
    "Ơ": "- i m n p t",
    "U": "- c i m n ng p t",
    "Ư": "- c i ng t u",
    "Y": "-",
    "Ia": "-",
    "iÊ": "c m n ng p t u",
    "yÊ": "m n ng t u",
    "Ua": "-",
    "uÔ": "c i m n ng t",
    "Ưa": "-",
    "ưƠ": "c i m n ng p t u",
    "Oa": "-",
    "oA": "- c ch i m n ng nh o p t y",
    "oĂ": "c m n ng t",
    "Oe": "-",
    "oE": "- n o t",
    "oO": "c ng",
    "uÂ": "n ng t y",
    "uÊ": "- ch nh",
    "uƠ": "-",
    "Uy": "-",
    "uY": "- ch n nh p t u",
    "uYa": "-",
    "uyÊ": "n t",
}
_ACUTE, _DOT_BELOW = "\u0301", "\u0323"
_TONES = ("", "\u0300", _ACUTE, "\u0309", "\u0303", _DOT_BELOW)
_STOPS = frozenset(("c", "ch", "p", "t"))


_LONGEST = len("nghiêng")


def is_syllable(word: str) -> bool:
    """Tell whether `word` (small letters, NFC) is spelled as a Vietnamese syllable."""
    return len(word) <= _LONGEST and _is_spelled(word)


@lru_cache(maxsize=16_384)
def _is_spelled(word: str) -> bool:
    return any(_fit(word[:cut], word[cut:]) for cut in range(min(4, len(word))))


def _fit(onset: str, rime: str) -> bool:
    first = _rimes().get(rime)
    if first is None or not _ONSET.fullmatch(onset):
        return False
    if onset == "q":
        return first == "u"
    if first in _FRONT:
        return onset not in _NEVER_BEFORE_FRONT or (onset == "g" and first == "i")
    return onset not in _ONLY_BEFORE_FRONT


@cache
def _rimes() -> dict[str, str]:
    """Return every vowel with its tone and ending, and the letter with which it begins."""
    rimes = {}
    for vowels, endings in _ENDINGS.items():
        place = next(i for i, letter in enumerate(vowels) if letter.isupper()) + 1
        small = vowels.lower()
        for ending in endings.replace("-", " ").split(" "):
            for tone in (_ACUTE, _DOT_BELOW) if ending in _STOPS else _TONES:
                toned = small[:place] + tone + small[place:] + ending
                rimes[unicodedata.normalize("NFC", toned)] = small[0]
    return rimes


class LegacyFont(Enum):
    """A family of fonts from before Unicode, by the name under which people know it."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How text of one family of fonts looks when it is read as Windows-1252.

    `word` finds the runs that can be one word, `spelled` matches a word in which every
    character is a letter of the font, `unmistakable` finds in a word that is no Unicode
    Vietnamese what other languages and signs between them hardly ever give.
    """

    font: LegacyFont
    convert: Callable[[str], str]
    word: re.Pattern[str]
    spelled: re.Pattern[str]
    unmistakable: re.Pattern[str]


# A reader that takes bytes for Latin-1 gives the signs of Windows as control characters.
_WINDOWS_SIGNS = {
    code: sign
    for code in range(0x80, 0xA0)
    if (sign := bytes([code]).decode("cp1252", errors="ignore"))
}


# --- TCVN3 ---

_TCVN3_PLAIN = {"¡¢£¤¥¦§": "ĂÂÊÔƠƯĐ", "¨©ª«¬\u00ad®": "ăâêôơưđ"}
_TCVN3_TONED = {
    "µ¶·¸¹": "àảãáạ",
    "»¼½¾Æ": "ằẳẵắặ",
    "ÇÈÉÊË": "ầẩẫấậ",
    "ÌÎÏÐÑ": "èẻẽéẹ",
    "ÒÓÔÕÖ": "ềểễếệ",
    "×ØÜÝÞ": "ìỉĩíị",
    "ßáâãä": "òỏõóọ",
    "åæçèé": "ồổỗốộ",
    "êëìíî": "ờởỡớợ",
    "ïñòóô": "ùủũúụ",
    "õö÷øù": "ừửữứự",
    "úûüýþ": "ỳỷỹýỵ",
}
_TCVN3 = {
    code: letter
    for row in (_TCVN3_PLAIN, _TCVN3_TONED)
    for codes, letters in row.items()
    for code, letter in zip(codes, letters, strict=True)
}
_TCVN3_TO_UNICODE = str.maketrans(_TCVN3) | _WINDOWS_SIGNS
_WITHOUT_CAPITAL = str.maketrans("", "", "".join(_TCVN3_TONED.values()))
# Abbreviations ("KHCN") have none of these after another letter.
_INSIDE_CAPITALS = re.compile("[A-ZĐ][ĂÂÊÔƠƯ]")


def _from_tcvn3(text: str) -> str:
    """Return the letters that a TCVN3 font shows for `text`.

    TCVN3 has no capitals with a tone: people choose a capital font (.VnTimeH), which shows
    small letters as capitals and of which the text itself knows nothing. So small letters are
    what is read, save in words ("PHßNG") and headings ("Së C¤NG TH¦¥NG") of nothing but capitals.
    """
    text = text.translate(_TCVN3_TO_UNICODE)
    raised = re.sub(r"[^\W\d_]+", lambda match: _in_capitals(match.group()), text)
    is_heading = raised != text or _INSIDE_CAPITALS.search(text)
    if is_heading and raised.translate(_WITHOUT_CAPITAL).isupper():
        return raised.upper()
    return raised


def _in_capitals(word: str) -> str:
    is_raised = word.translate(_WITHOUT_CAPITAL).isupper() and not word.istitle()
    return word.upper() if is_raised else word


def _tcvn3() -> Encoding:
    letters = "A-Za-z" + "".join(_TCVN3)
    signs = "".join(code for code in _TCVN3 if not code.isalpha() or code in "ªµß")
    return Encoding(
        LegacyFont.TCVN3,
        _from_tcvn3,
        word=re.compile(f"[{letters}À-ÿ]+"),
        spelled=re.compile(f"[{letters}]+"),
        # A capital after a small letter; signs that follow no letter elsewhere; ë and ï after a
        # consonant; other signs in a word, where it is not a unit ("µm"), a footnote ("m¹") or
        # an operation ("N·m"); ß, which German never has before what can end a syllable here.
        unmistakable=re.compile(
            r"[a-z][À-ÖØ-Þ]|[A-Za-z][¬¸\u00ad]|[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz][ëï]"
            r"|^(?!µ[A-Za-z]+$|[A-Za-z]{1,2}¹$|[A-Za-z][×·÷][A-Za-z]$)"
            rf"(?=...).*[{signs}]"
        ),
    )


# --- VNI ---

_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_CIRCUMFLEX = dict(zip(("", *_VNI_TONES), "âáàåãä", strict=True))
_BREVE = dict(zip(("", *_VNI_TONES), "êéèúüë", strict=True))
_VNI_ALONE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
_VNI_BASES = {letter: letter for letter in "aeouy"} | {"ô": "ơ", "ö": "ư"}


def _vni_pairs() -> dict[str, str]:
    """Return what two characters together show, in small letters."""
    pairs = {
        code + mark: base + tone
        for (code, base), (tone, mark) in product(_VNI_BASES.items(), _VNI_TONES.items())
    }
    pairs |= {
        base + mark: base + "\u0302" + tone for base in "aeo" for tone, mark in _CIRCUMFLEX.items()
    }
    pairs |= {"a" + mark: "a\u0306" + tone for tone, mark in _BREVE.items()}
    del pairs["yï"]  # ỵ has a place of its own
    return pairs


def _with_capitals(small: dict[str, str]) -> dict[str, str]:
    """Return a table also for capitals. The base tells the case, whatever the mark's is."""
    table = {}
    for codes, letter in small.items():
        composed = unicodedata.normalize("NFC", letter)
        for mark in {codes[1:], codes[1:].upper()}:
            table[codes[0] + mark] = composed
            table[codes[0].upper() + mark] = composed.upper()
    return table


_VNI = _with_capitals(_vni_pairs() | _VNI_ALONE)


def _vni_letter() -> str:
    """Return the expression of one letter; pairs stand before the letters that begin them."""
    marks: dict[str, str] = {}
    for codes in _VNI:
        marks[codes[0]] = marks.get(codes[0], "") + codes[1:]
    pairs = "|".join(f"{base}[{after}]" for base, after in marks.items() if after)
    alone = "".join(codes for codes in _VNI if len(codes) == 1)
    return f"{pairs}|[{alone}]"


_VNI_LETTER = _vni_letter()
_VNI_LETTERS = re.compile(_VNI_LETTER)


def _from_vni(text: str) -> str:
    """Return the letters that a VNI font shows for `text`."""
    shown = _VNI_LETTERS.sub(lambda match: _VNI[match.group()], text)
    return shown.translate(_WINDOWS_SIGNS)


def _vni() -> Encoding:
    return Encoding(
        LegacyFont.VNI,
        _from_vni,
        word=re.compile("[A-Za-zÀ-ÖØ-öø-ÿ]+"),
        spelled=re.compile(f"(?:{_VNI_LETTER}|[A-Za-z])+"),
        # Not what follows a vowel elsewhere too: "Loïc", "Noël", "aérien", "Seán", "poäng".
        unmistakable=re.compile(
            "[AEOUYÔÖ][ÙØÛÕ]|[AEO][ÂÀÅ]|AÊ|[ÔÖ]Ï|ÖÔ|Ñ.*[À-Þ]"
            "|(?:A|[IY]E|UO)[ÁÃÄ]|E[ÁÃ]$|O[ÁÃÄ]$|OA[ÏËÜÉÈ]",
            re.IGNORECASE,
        ),
    )


ENCODINGS = (_tcvn3(), _vni())


@dataclass(frozen=True, slots=True)
class LegacyText:
    """A text typed in a legacy font: as it was read, and as people saw it (NFC)."""

    font: LegacyFont
    original: str
    converted: str


# Letters that no Western byte can give, and nearly all Vietnamese has.
_UNICODE_LETTER = re.compile("[\u0100-\u024f\u1ea0-\u1eff]")
# What Vietnamese in Unicode without such letters ("Không có") has none of: other Western
# letters and signs, marks that VNI writes after a vowel, a capital after a small letter, a tone
# that no syllable before a stop has.
_TRACE = re.compile(
    "[¡-®µ-¹»-¾ÄÅÆÇËÎÏÐÑÖ-ØÛÜÞßäåæçëîïñö-øûüþ]|[a-zâ-ý][À-Þ]|[AEOUYÔaeouyô][ÙÕùõ]"
    "|[AEOaeo][ÂÁÀÃâáàã]|[Aa][ÊÉÈÚêéèú]|[ÀÂÃÈÊÌÒÔÕÙàâãèêìòôõù][CPTcpt]"
)
# "QĐ", "NĐ", "HĐND": the numbers of documents hold little else. Others of two letters may be
# words in capitals: "MÑ" is "MĐ" in VNI and "Mẹ" in TCVN3.
_ABBREVIATION = re.compile("[QN]Đ|[BCDGHKLMNPQRSTVX]+Đ[A-ZĐƯ]*(?<=...)")
_CAPITALS = re.compile("[A-ZĐƯ]+")
_WORD = re.compile(r"[^\W\d_]+")

# What each different word says for a font. One word that can be nothing else is enough, as long
# as no other word speaks against it; of words that foreign names may give, it takes three.
_NEEDED = 3
_UNMISTAKABLE = 3
_LIKELY = 1
_FOREIGN = -1
_WRONG = -3


def read_legacy(text: str) -> LegacyText | None:
    """Return `text` converted, or None: it is Unicode as it stands, or cannot be told.

    A text is taken as one whole, in one font. It is converted only where the conversion is
    spelled as Vietnamese is and the text itself is not, so that short texts that could be
    either ("Sè" is "Số" in TCVN3, "toán" is "tốn" in VNI) stay as they are.

    Give the text as the file has it: cleaning takes away U+00AD, which is "ư" in TCVN3.
    TCVN3 shows capitals with a tone by a font of its own; they are read as small letters,
    save in words and headings whose other letters are capitals.
    """
    if text.isascii() or _UNICODE_LETTER.search(text):
        return None
    letters = composed(text)
    if _UNICODE_LETTER.search(letters) or not _TRACE.search(letters):
        return None
    best, second = sorted(
        ((_score(letters, encoding), encoding) for encoding in ENCODINGS),
        key=lambda scored: scored[0],
        reverse=True,
    )
    score, encoding = best
    if score < _NEEDED or score == second[0]:
        return None
    converted = composed(encoding.convert(letters))
    return LegacyText(encoding.font, text, converted)


def is_unicode(text: str) -> bool:
    """Tell whether a text has letters that no legacy font gives."""
    return not text.isascii() and _UNICODE_LETTER.search(composed(text)) is not None


def is_spelled(text: str) -> bool:
    """Tell whether all words of a text, as it stands, are spelled as Vietnamese is."""
    return all(map(_is_vietnamese, _WORD.findall(composed(text))))


def read_as(text: str, font: LegacyFont) -> LegacyText | None:
    """Return `text` as it reads in a font, None where that is no Vietnamese or no other text.

    What else speaks for the font is for the caller to know: the text may be Unicode just as well.
    """
    encoding = next(encoding for encoding in ENCODINGS if encoding.font is font)
    letters = composed(text)
    converted = composed(encoding.convert(letters))
    if converted == letters or _UNICODE_LETTER.search(letters):
        return None
    if any(_points(word, encoding) == _WRONG for word in encoding.word.findall(letters)):
        return None
    return LegacyText(font, text, converted)


def read_mixed(text: str) -> LegacyText | None:
    """Return a text in Unicode in which some words are in a legacy font, with these converted.

    None where no words surely are. Which of the words between them are too cannot be told.
    """
    if not is_unicode(text):
        return None
    words = [word for word in composed(text).split() if not _UNICODE_LETTER.search(word)]
    legacy = read_legacy(" ".join(words))
    if legacy is None:
        return None
    odd = {word for word in words if not (word.isascii() or is_spelled(word))}
    encoding = next(encoding for encoding in ENCODINGS if encoding.font is legacy.font)
    converted = "".join(
        encoding.convert(piece) if piece in odd else piece for piece in re.split(r"(\s+)", text)
    )
    return LegacyText(legacy.font, text, composed(converted))


def _score(text: str, encoding: Encoding) -> int:
    """Return how much speaks for a font, each word counted once."""
    return sum(_points(word, encoding) for word in set(encoding.word.findall(text)))


def _points(word: str, encoding: Encoding) -> int:
    converted = encoding.convert(word)
    if len(converted) == 1:
        return 0
    if word.isascii():
        return 0 if word.isupper() or _is_vietnamese(word) else _FOREIGN
    if not encoding.spelled.fullmatch(word):
        return _WRONG
    if not _is_vietnamese(converted):
        return _points_of_other(converted)
    if _is_vietnamese(word):
        return 0
    return _UNMISTAKABLE if encoding.unmistakable.search(word) else _LIKELY


def _points_of_other(converted: str) -> int:
    if _ABBREVIATION.fullmatch(converted):
        return _UNMISTAKABLE
    return 0 if _CAPITALS.fullmatch(converted) else _WRONG


def _is_vietnamese(word: str) -> bool:
    is_cased = word.islower() or word.isupper() or word.istitle()
    return is_cased and is_syllable(word.lower())
