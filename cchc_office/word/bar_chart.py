"""Bar charts as PNG pictures: grey and hatched, so that they read on any printer.

Letters are drawn from the font in `fonts/`, whatever the machine has, so that the same chart is
the same picture everywhere.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

_DOTS_PER_MM = 8
_LETTERS_MM = 3.6
_LINE_MM = 4.4
_LABEL_MM = 60.0
_BAR_MM = 5.0
_BETWEEN_MM = 3.0
_GAP_MM = 2.0
_HATCH_MM = 1.2
_BLACK, _WHITE = 0, 255


class Fill(Enum):
    """How a bar is filled; each can be told from the others without colours."""

    DARK = "dark"
    LIGHT = "light"
    HATCHED = "hatched"
    BLANK = "blank"


@dataclass(frozen=True)
class Series:
    """What a fill stands for, as the legend tells."""

    name: str
    fill: Fill


@dataclass(frozen=True)
class Bar:
    """One bar: parts laid end to end (their series' place and length), and the words behind it."""

    parts: tuple[tuple[int, float], ...]
    words: str


@dataclass(frozen=True)
class BarGroup:
    """What is told of one thing: its label, and the bars that stand together."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """A chart of lying bars, `width` millimetres wide and as high as its bars need."""

    series: tuple[Series, ...]
    groups: tuple[BarGroup, ...]
    width: float


@dataclass(frozen=True)
class ChartPicture:
    """A drawn chart: PNG bytes, and its size in millimetres."""

    content: bytes
    width: float
    height: float


def draw_bar_chart(chart: BarChart) -> ChartPicture:
    """Return the chart as a picture in shades of grey."""
    return _Drawing(chart).picture()


class _Drawing:
    """Draws one chart from top to bottom: legend, then group after group."""

    def __init__(self, chart: BarChart) -> None:
        from PIL import Image, ImageDraw

        self._chart = chart
        self._font = _font()
        self._labels = [self._wrapped(group.label) for group in chart.groups]
        self._legend = self._legend_lines()
        self._height = self._whole_height()
        size = (_dots(chart.width), _dots(self._height))
        self._image = Image.new("L", size, _WHITE)
        self._draw = ImageDraw.Draw(self._image)
        bars = [bar for group in chart.groups for bar in group.bars]
        longest = max((_length(bar) for bar in bars), default=0.0)
        words = max((self._width(bar.words) for bar in bars), default=0.0)
        room = chart.width - _LABEL_MM - words - 2 * _GAP_MM
        self._scale = max(0.0, room) / longest if longest > 0 else 0.0

    def picture(self) -> ChartPicture:
        self._draw_legend()
        top = len(self._legend) * _LINE_MM + _BETWEEN_MM
        for group, label in zip(self._chart.groups, self._labels, strict=True):
            top = self._draw_group(group, label, top)
        axis = _dots(_LABEL_MM)
        start = _dots(len(self._legend) * _LINE_MM + _BETWEEN_MM / 2)
        self._draw.line((axis, start, axis, _dots(top - _BETWEEN_MM / 2)), fill=_BLACK, width=2)
        written = io.BytesIO()
        self._image.save(written, "PNG")
        return ChartPicture(written.getvalue(), self._chart.width, self._height)

    # --- room ---

    def _whole_height(self) -> float:
        heights = (
            _group_height(group, label)
            for group, label in zip(self._chart.groups, self._labels, strict=True)
        )
        return sum(heights) + len(self._legend) * _LINE_MM + _BETWEEN_MM

    def _legend_lines(self) -> list[list[Series]]:
        """Return the legend's entries, as many on a line as it has room for."""
        lines: list[list[Series]] = [[]]
        left = 0.0
        for series in self._chart.series:
            width = self._entry_width(series)
            if lines[-1] and left + width > self._chart.width:
                lines.append([])
                left = 0.0
            lines[-1].append(series)
            left += width
        return lines

    def _entry_width(self, series: Series) -> float:
        return 3 * _LETTERS_MM + self._width(series.name) + 2 * _GAP_MM

    def _width(self, text: str) -> float:
        return float(self._font.getlength(text)) / _DOTS_PER_MM

    def _wrapped(self, text: str) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer) <= _LABEL_MM - _GAP_MM:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    # --- drawing ---

    def _draw_legend(self) -> None:
        for number, line in enumerate(self._legend):
            left, top = 0.0, number * _LINE_MM
            for series in line:
                box = (left, top + 0.4, left + 2 * _LETTERS_MM, top + _LETTERS_MM)
                self._fill(box, series.fill)
                self._text(left + 2.5 * _LETTERS_MM, top, series.name)
                left += self._entry_width(series)

    def _draw_group(self, group: BarGroup, label: list[str], top: float) -> float:
        """Draw a group from `top` (mm) on; return where the next one begins."""
        height = _group_height(group, label)
        inner = height - _BETWEEN_MM
        text_top = top + (inner - len(label) * _LINE_MM) / 2
        for number, line in enumerate(label):
            right = _LABEL_MM - _GAP_MM - self._width(line)
            self._text(right, text_top + number * _LINE_MM, line)
        bar_top = top + (inner - len(group.bars) * _BAR_MM) / 2
        for bar in group.bars:
            self._draw_bar(bar, bar_top)
            bar_top += _BAR_MM
        return top + height

    def _draw_bar(self, bar: Bar, top: float) -> None:
        left = _LABEL_MM
        for place, length in bar.parts:
            right = left + max(0.0, length) * self._scale
            if right > left:
                self._fill((left, top, right, top + _BAR_MM), self._chart.series[place].fill)
            left = right
        self._text(left + _GAP_MM / 2, top + (_BAR_MM - _LINE_MM) / 2, bar.words)

    def _text(self, left: float, top: float, text: str) -> None:
        place = (_dots(left), _dots(top + _LINE_MM / 2))
        self._draw.text(place, text, fill=_BLACK, font=self._font, anchor="lm")

    def _fill(self, box: tuple[float, float, float, float], fill: Fill) -> None:
        x0, y0, x1, y1 = (_dots(side) for side in box)
        shade = {Fill.DARK: 80, Fill.LIGHT: 200}.get(fill, _WHITE)
        self._draw.rectangle((x0, y0, x1, y1), fill=shade, outline=_BLACK, width=2)
        if fill is Fill.HATCHED:
            self._hatch(x0, y0, x1, y1)

    def _hatch(self, x0: int, y0: int, x1: int, y1: int) -> None:
        height = y1 - y0
        for start in range(x0 - height, x1, _dots(_HATCH_MM)):
            # Each line rises from the lower edge to the upper one, cut off at the sides.
            first, last = max(start, x0), min(start + height, x1)
            ends = (first, y1 - (first - start), last, y1 - (last - start))
            self._draw.line(ends, fill=_BLACK, width=2)


def _group_height(group: BarGroup, label: list[str]) -> float:
    return max(len(group.bars) * _BAR_MM, len(label) * _LINE_MM) + _BETWEEN_MM


def _length(bar: Bar) -> float:
    return sum(max(0.0, length) for _, length in bar.parts)


def _dots(millimetres: float) -> int:
    return round(millimetres * _DOTS_PER_MM)


@cache
def _font() -> Any:
    from PIL import ImageFont

    content = (files("cchc_office.word") / "fonts" / "DejaVuSansCondensed.ttf").read_bytes()
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(io.BytesIO(content), _dots(_LETTERS_MM), layout_engine=layout)
