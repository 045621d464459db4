"""The line "Phụ lục" above the title of the assignment table.

Decree 30/2020/NĐ-CP, Appendix I, III.1.a: appendices are numbered, with Roman numerals, where there
are two or more.
"""

from __future__ import annotations

from cchc_office.text.vietnamese import fold, roman

_WORD = "Phụ lục"
_LAST = 39


def appendix_label(text: str) -> str | None:
    """Return the line that the setting asks for, "" for none; None where it cannot be understood.

    "có" is one appendix without a number; "2", "II" and "Phụ lục II" are the second of several.
    """
    folded = fold(text)
    if folded in {"", "khong"}:
        return ""
    if folded in {"co", fold(_WORD)}:
        return _WORD
    given = folded.removeprefix(fold(_WORD)).strip(" .:").upper()
    numbers = range(1, _LAST + 1)
    numeral = next((roman(n) for n in numbers if given in {str(n), f"0{n}", roman(n)}), None)
    return f"{_WORD} {numeral}" if numeral else None
