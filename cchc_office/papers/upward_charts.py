"""The pictures of the report upward: fields against their maxima, self scores against appraised."""

from __future__ import annotations

from decimal import Decimal

from cchc_office.model import Consolidation, Criterion, Subtotal
from cchc_office.text import figures
from cchc_office.word.bar_chart import Bar, BarChart, BarGroup, Fill, Series, draw_bar_chart
from cchc_office.word.templates import Picture

_TALLEST = 215.0
"""The height that a page has for a picture and its caption, in millimetres."""


def fields_chart(data: Consolidation, fields: tuple[Criterion, ...], width: float) -> Picture:
    """Return what was achieved of each field's maximum, `width` millimetres wide."""
    groups, told = [], []
    for field in fields:
        sums = data.subtotals[field.id]
        lost = max(Decimal(0), sums.achieved_max - sums.achieved)
        parts = ((0, float(sums.achieved)), (1, float(lost)), (2, float(sums.survey_pending)))
        words = _achieved_words(sums)
        groups.append(BarGroup(_label(field), (Bar(parts, words),)))
        told.append(f"{_label(field)}: {words}")
    has_pending = any(data.subtotals[field.id].survey_pending for field in fields)
    series = [Series("Điểm đạt", Fill.DARK), Series("Điểm chưa đạt", Fill.BLANK)]
    series += [Series("ĐTXHH chưa có kết quả", Fill.HATCHED)] if has_pending else []
    title = "Điểm đạt của từng lĩnh vực so với điểm tối đa"
    return _picture(BarChart(tuple(series), tuple(groups), width), title, told)


def appraisal_chart(data: Consolidation, fields: tuple[Criterion, ...], width: float) -> Picture:
    """Return each field's self score beside the score after the last round of appraisal."""
    groups, told = [], []
    for field in fields:
        sums = data.subtotals[field.id]
        own, final = figures.score(sums.score), figures.score(sums.final)
        bars = (Bar(((0, float(sums.score)),), own), Bar(((1, float(sums.final)),), final))
        groups.append(BarGroup(_label(field), bars))
        told.append(f"{_label(field)}: tự chấm {own}, thẩm định {final}")
    series = (Series("Điểm tự chấm", Fill.HATCHED), Series("Điểm thẩm định", Fill.DARK))
    title = "Điểm tự chấm và điểm thẩm định của từng lĩnh vực"
    return _picture(BarChart(series, tuple(groups), width), title, told)


def _label(field: Criterion) -> str:
    return f"{field.code}. {field.name}" if field.code else field.name


def _achieved_words(sums: Subtotal) -> str:
    rate = sums.achieved_rate
    if rate is None:
        return "chưa có"
    words = f"{figures.score(sums.achieved)}/{figures.score(sums.achieved_max)}"
    return f"{words} ({figures.rate(rate)})"


def _picture(chart: BarChart, title: str, told: list[str]) -> Picture:
    drawn = draw_bar_chart(chart)
    width = drawn.width * min(1.0, _TALLEST / drawn.height)
    return Picture(drawn.content, width_mm=width, alt=f"Biểu đồ: {title}. {'; '.join(told)}.")
