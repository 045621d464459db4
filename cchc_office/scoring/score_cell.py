"""What a unit typed into a score cell."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.scoring.form_layout import NOT_APPLICABLE
from cchc_office.scoring.returned_file import Value
from cchc_office.vietnamese import clean_line, decimal_of, fold, format_decimal, parse_decimal

_LEADING_NUMBER = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(?:điểm)?\s*[(;:–-][^%/]*$")


@dataclass(frozen=True)
class TypedScore:
    """A score cell as read.

    `score` is the number where it is plain; `text` what was typed; `from_text` tells that a number
    was typed as text; `proposal` is a reading to ask about, where there is one.
    """

    text: str
    score: Decimal | None = None
    not_applicable: bool = False
    from_text: bool = False
    proposal: str = ""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed: blank is not 0."""
        return not self.text


def read_score(value: Value) -> TypedScore:
    """Read what stands in a score cell; nothing is guessed."""
    if isinstance(value, bool):
        return TypedScore("TRUE" if value else "FALSE")
    if isinstance(value, int | float) and math.isfinite(value):
        score = decimal_of(value)
        return TypedScore(format_decimal(score, 6), score)
    if isinstance(value, dt.date):
        return _read_date(value)
    text = clean_line(str(value))
    if fold(text) == fold(NOT_APPLICABLE):
        return TypedScore(text, not_applicable=True)
    score_in_text = parse_decimal(text) if text else None
    if score_in_text is not None:
        return TypedScore(text, score_in_text, from_text=True)
    return TypedScore(text, proposal=_proposal(text))


def _read_date(value: dt.date) -> TypedScore:
    readings = dict.fromkeys((f"{value.day},{value.month}", f"{value.month},{value.day}"))
    proposal = f"Excel có thể đã đổi {' hoặc '.join(readings)} thành ngày."
    return TypedScore(value.strftime("%d/%m/%Y"), proposal=proposal)


def _proposal(text: str) -> str:
    """Return the reading to ask about: of a text that begins with one plain number."""
    match = _LEADING_NUMBER.match(text)
    return f"Có phải là {match.group(1).replace('.', ',')} điểm?" if match else ""
