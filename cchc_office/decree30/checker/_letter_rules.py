"""Letters: font, colour, size, bold, italic, capitals and alignment of each part."""

from __future__ import annotations

from cchc_office.catalogue.findings import Code
from cchc_office.decree30.checker._ledger import Ledger
from cchc_office.decree30.checker._marks import RECIPIENTS_WITH_ITEM, URGENCY_MARKS
from cchc_office.decree30.checker._parts import DocumentParts, Kind
from cchc_office.decree30.checker._recognition import legal_bases
from cchc_office.decree30.checker._spots import Spot
from cchc_office.decree30.figures import FONT, RULES, Part, clause

_DARKEST = 0x26  # what a screen and a printer show as black
_ALIGN_WORDS = {
    "left": "canh trái",
    "center": "canh giữa",
    "right": "canh phải",
    "both": "canh đều hai lề",
}
_WHOLE_TEXT = "Chữ trong văn bản"


def check_letters(parts: DocumentParts, ledger: Ledger) -> None:
    """Hold the letters of every part against its rule, those of the text among them."""
    for part, spots in parts.parts.items():
        for spot in spots:
            _check_part(part, spot, ledger)
    bases = {id(paragraph) for paragraph in legal_bases(parts)}
    for paragraph in parts.body:
        is_base = id(paragraph) in bases
        part = Part.LEGAL_BASIS if is_base else Part.BODY
        for spot in parts.lines_of(paragraph):
            _check_size(part, spot, ledger)
            if is_base:
                _check_slant(part, spot, ledger)
            elif not spot.text.startswith("("):
                _check_upright(spot, ledger)
    _check_fonts(parts, ledger)


def _check_part(part: Part, spot: Spot, ledger: Ledger) -> None:
    if part is Part.RECIPIENTS_LABEL and RECIPIENTS_WITH_ITEM.match(spot.folded):
        return  # two parts in one line, each with letters of its own
    rule = RULES[part]
    _check_size(part, spot, ledger)
    bold = [piece.letters.bold for piece in spot.pieces]
    if rule.bold and not all(bold):
        ledger.add(Code.NOT_BOLD, spot, rule.clause, about=part.value)
    if rule.bold is False and any(bold):
        ledger.add(Code.IS_BOLD, spot, rule.clause, about=part.value)
    _check_slant(part, spot, ledger)
    if rule.capitals and not spot.is_capitals:
        ledger.add(Code.NOT_CAPITALS, spot, rule.clause, about=part.value)
    if rule.capitals is False and spot.is_capitals and _has_words(spot):
        ledger.add(Code.IS_CAPITALS, spot, rule.clause, about=part.value)
    align = spot.paragraph.layout.align
    if rule.align and not _aligned(spot, rule.align):
        ledger.add(
            Code.ALIGNMENT,
            spot,
            rule.clause,
            about=part.value,
            found=_ALIGN_WORDS[align],
            expected=_ALIGN_WORDS[rule.align],
        )


def _aligned(spot: Spot, wanted: str) -> bool:
    """Tell whether a line is aligned as wanted, as far as it can be seen."""
    align = spot.paragraph.layout.align
    if spot.by_tab or "\t" in spot.line.text or spot.place.text_box:
        return True
    if wanted == "left":
        return align in {"left", "both"}
    return align == wanted


def _has_words(spot: Spot) -> bool:
    return sum(c.isalpha() for c in spot.text) > 3


def _check_size(part: Part, spot: Spot, ledger: Ledger) -> None:
    rule = RULES[part]
    wrong = sorted({p.letters.size for p in spot.pieces if not rule.sizes.holds(p.letters.size)})
    if wrong:
        ledger.add(
            Code.LETTER_SIZE,
            spot,
            rule.clause,
            about=part.value,
            found=", ".join(f"{size:g}".replace(".", ",") for size in wrong),
            expected=rule.sizes.words,
        )


def _check_slant(part: Part, spot: Spot, ledger: Ledger) -> None:
    rule = RULES[part]
    italic = [piece.letters.italic for piece in spot.pieces]
    if rule.italic and not all(italic):
        ledger.add(Code.NOT_ITALIC, spot, rule.clause, about=part.value)
    if rule.italic is False and any(italic):
        ledger.add(Code.IS_ITALIC, spot, rule.clause, about=part.value)


def _check_upright(spot: Spot, ledger: Ledger) -> None:
    """Hold a line of the text against II.6.e; single words in italics are emphasis."""
    if spot.pieces and spot.is_italic:
        ledger.add(Code.IS_ITALIC, spot, RULES[Part.BODY].clause, about=Part.BODY.value)


def _check_fonts(parts: DocumentParts, ledger: Ledger) -> None:
    names = {id(p): Part.BODY.value for p in parts.body}
    for part, spots in parts.parts.items():
        names |= {id(spot.paragraph): part.value for spot in spots}
    by_default = _WHOLE_TEXT if parts.kind is Kind.UNKNOWN else "Bảng, phần khác"
    for spot in parts.spots:
        about = names.get(id(spot.paragraph), by_default)
        check_font(spot, about, ledger)


def check_font(spot: Spot, about: str, ledger: Ledger) -> None:
    """Hold font and colour of a line against I.4."""
    fonts = dict.fromkeys(
        font
        for piece in spot.pieces
        if any(c.isalnum() for c in piece.text)
        for font in piece.letters.fonts
    )
    for font in fonts:
        if font.casefold() != FONT.casefold():
            ledger.add(Code.FONT, spot, clause("I.4"), about=about, found=font, expected=FONT)
    if spot.bare in URGENCY_MARKS:
        return  # stamped or typed in bright red (III.2.b)
    for color in dict.fromkeys(piece.letters.color for piece in spot.pieces):
        if not _is_black(color):
            ledger.add(Code.COLOUR, spot, clause("I.4"), about=about, found=color)


def _is_black(color: str) -> bool:
    if color == "auto":
        return True
    try:
        channels = bytes.fromhex(color)
    except ValueError:
        return True
    return max(channels, default=0) <= _DARKEST
