"""Telling whether a text is Unicode as it stands, or typed in a font from before Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc_office.text.legacy.fonts import ENCODINGS, Encoding, LegacyFont
from cchc_office.text.legacy.syllables import is_syllable
from cchc_office.text.vietnamese import composed


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
