"""Equations of Word (ECMA-376 part 1, 22.1) as one line of text: "(b/a) × 2"."""

from __future__ import annotations

import unicodedata
from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = frozenset((f"{M}oMath", f"{M}oMathPara"))

_SIMPLE = frozenset("+-−×÷*/·=<>≤≥ ")


def equation_text(element: Any) -> str:
    """Return an equation as a person would type it on one line; all its letters are there."""
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    if name == "t":
        return unicodedata.normalize("NFC", element.text or "")
    if name == "f":
        return f"{_part(element, 'num')}/{_part(element, 'den')}"
    if name in {"sSup", "sSub", "sSubSup"}:
        below, above = _inner(element, "sub"), _inner(element, "sup")
        base = _inner(element, "e")
        return base + (f"_{below}" if below else "") + (f"^{above}" if above else "")
    if name == "d":
        return f"({', '.join(_all(part) for part in element.iterfind(f'{M}e'))})"
    if name == "nary":
        sign = element.find(f"{M}naryPr/{M}chr")
        shown = "∫" if sign is None else str(sign.get(f"{M}val") or "")
        return f"{shown}{_inner(element, 'e')}"
    if name == "rad":
        return f"{_inner(element, 'deg')}√({_inner(element, 'e')})"
    return _all(element)


def _all(element: Any) -> str:
    return "".join(equation_text(child) for child in element)


def _inner(element: Any, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else _all(found).strip()


def _part(element: Any, name: str) -> str:
    """Return a side of a fraction, in brackets where it is more than one thing."""
    text = _inner(element, name)
    return f"({text})" if _SIMPLE & set(text) else text
