"""Letters of fonts that hold signs: Symbol and Wingdings have their own by code, not by Unicode.

A person sees "≥ 80 %" where the file says that sign B3 of the font Symbol stands there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

UNKNOWN_SIGN = "•"
"""What stands for a sign that has no letter here; most of them are bullets."""

_PRIVATE = range(0xF000, 0xF100)
"""Where Word puts the letters of such fonts (ECMA-376 part 1, 17.3.3.30)."""

_IS_PRIVATE = re.compile(f"[{chr(_PRIVATE.start)}-{chr(_PRIVATE.stop - 1)}]")

_SYMBOL = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    0x2D: "−",
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0xD6: "√",
    0xD7: "·",
    0xDB: "⇔",
    0xDE: "⇒",
    0xE5: "∑",
}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "☐",
    0x71: "☐",
    0x76: "❖",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xE0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}


def sign(code: int, font: str) -> str:
    """Return the letter that a code of a font of signs looks like; plain letters are themselves."""
    signs = _FONTS.get(font.casefold())
    place = code - _PRIVATE.start if code in _PRIVATE else code
    if signs is not None and place in signs:
        return signs[place]
    if signs is _SYMBOL and 0x20 <= place < 0x7F:
        return chr(place)  # digits and most punctuation stand where they do everywhere
    if code in _PRIVATE or (signs is not None and signs is not _SYMBOL):
        return UNKNOWN_SIGN
    return chr(code)


def with_signs(text: str, fonts: tuple[str, ...]) -> str:
    """Return a text with the private letters of fonts of signs as what they look like."""
    if text.isascii() or not _IS_PRIVATE.search(text):
        return text
    font = next((name for name in fonts if name.casefold() in _FONTS), "")
    return "".join(sign(ord(c), font) if ord(c) in _PRIVATE else c for c in text)
