"""The straight lines in drawings, as the two languages of a Word document draw them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cchc_office.word.reading.measures import (
    MM_PER_EMU,
    MM_PER_POINT,
    WP,
    WPS,
    A,
    V,
    whole_number,
)

_LINE_SHAPES = {"line", "straightConnector1"}
_VML_LENGTH = re.compile(r"(-?[0-9.]{1,12})\s*(pt|in|mm|cm|px)?")
_VML_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "px": 0.75, None: 0.75}


def straight_lines(drawing: Any) -> list[float]:
    """Return the lengths in mm of the straight lines that lie in a drawing."""
    return [*_shape_lines(drawing), *_vml_lines(drawing)]


def _shape_lines(element: Any) -> Iterator[float]:
    for holder in element.iter(f"{WP}anchor", f"{WP}inline"):
        extent = holder.find(f"{WP}extent")
        presets = {g.get("prst") for g in holder.iter(f"{A}prstGeom")}
        is_line = bool(presets & _LINE_SHAPES) or holder.find(f".//{WPS}cNvCnPr") is not None
        if is_line and extent is not None:
            width, height = (whole_number(extent.get(name)) for name in ("cx", "cy"))
            if height * 10 <= width:
                yield width * MM_PER_EMU


def _vml_lines(element: Any) -> Iterator[float]:
    for line in element.iter(f"{V}line"):
        start, end = (str(line.get(name) or "0,0").split(",") for name in ("from", "to"))
        across = abs(vml_length(end[0]) - vml_length(start[0]))
        down = abs(vml_length(end[-1]) - vml_length(start[-1]))
        if down * 10 <= across:
            yield across * MM_PER_POINT
    for shape in element.iter(f"{V}shape"):
        if "_x0000_t32" in str(shape.get("type")):
            match = re.search(r"(?:^|;)\s*width:([^;]+)", str(shape.get("style")))
            yield vml_length(match.group(1)) * MM_PER_POINT if match else 0.0


def vml_length(text: str) -> float:
    """Return a length of VML in points; 0 where it is none."""
    match = _VML_LENGTH.match(text.strip())
    if match is None or match.group(1).count(".") > 1 or not match.group(1).strip(".-"):
        return 0.0
    return float(match.group(1)) * _VML_POINTS[match.group(2)]
