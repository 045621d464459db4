"""The spelling of Vietnamese: which words can be a syllable of the language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

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
