"""The letters of TCVN3 and VNI, and how text of either becomes Unicode.

Both leave the places 0x80-0x9F to the signs that Windows has there (quotes, dashes, "…").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import product


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

_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_CIRCUMFLEX = dict(zip(("", *_TONES), "âáàåãä", strict=True))
_BREVE = dict(zip(("", *_TONES), "êéèúüë", strict=True))
_VNI_ALONE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
_VNI_BASES = {letter: letter for letter in "aeouy"} | {"ô": "ơ", "ö": "ư"}


def _vni_pairs() -> dict[str, str]:
    """Return what two characters together show, in small letters."""
    pairs = {
        code + mark: base + tone
        for (code, base), (tone, mark) in product(_VNI_BASES.items(), _TONES.items())
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
