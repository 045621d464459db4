"""Names and measures of WordprocessingML (ECMA-376 part 1)."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

MM_PER_EMU = 1 / 36000
MM_PER_POINT = 25.4 / 72
TWIPS_PER_MM = 1440 / 25.4
USUAL_CELL_MARGIN = 1.9
"""What Word keeps free in a cell on either side, in mm, where nothing is said."""

_UNIVERSAL = re.compile(r"(-?[0-9.]+)\s*(mm|cm|in|pt|pc|pi|px)")
_FARTHEST = 100_000.0  # points; NaN is not less than it either
_MOST_DIGITS = 9
_POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72, "pt": 1, "pc": 12, "pi": 12, "px": 0.75}


def attribute(element: Any, name: str) -> str | None:
    """Return the `w:` attribute of an element, None where it or the element is missing."""
    if element is None:
        return None
    value = element.get(f"{W}{name}")
    return None if value is None else str(value)


def value_of(element: Any, path: str) -> str | None:
    """Return the `w:val` of what stands at `path` in an element, None where either is missing."""
    return None if element is None else attribute(element.find(path), "val")


def points(text: str | None, per_unit: float) -> float | None:
    """Return a measure in points: a number of units of `per_unit` points, or one with its unit.

    None where it is missing or no number (ECMA-376 part 1, 22.9.2: ST_UniversalMeasure).
    """
    if text is None:
        return None
    match = _UNIVERSAL.fullmatch(text.strip())
    try:
        value = float(match.group(1)) * _POINTS[match.group(2)] if match else float(text) * per_unit
    except ValueError:
        return None
    return value if abs(value) < _FARTHEST else None


def twips_as_points(text: str | None) -> float | None:
    """Return a measure in twips as points."""
    return points(text, 1 / 20)


def twips_as_mm(text: str | None) -> float | None:
    """Return a measure in twips as millimetres."""
    value = points(text, 1 / 20)
    return None if value is None else value * MM_PER_POINT


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """Return a whole number, `otherwise` where the text is none or too long to be meant."""
    number = (text or "").strip()
    return int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else otherwise


def is_on(element: Any) -> bool:
    """Tell whether an on/off property is on (22.9.2.7: ST_OnOff; no value means on)."""
    return attribute(element, "val") not in {"0", "false", "off"}
