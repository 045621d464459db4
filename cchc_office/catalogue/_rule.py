"""What a rule of the catalogue is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding asks of the clerk."""

    ERROR = "LỖI"
    """Something could not be used, or breaks a rule; papers that depend on it are not made."""
    WARNING = "CẦN XEM"
    """Work went on, but a person has to look."""
    NOTE = "LƯU Ý"
    """Something was understood in a way that is good to know; nothing need be done."""


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Rule:
    """The words of one finding; `{about}`, `{found}`, `{expected}`, `{candidates}` are filled in.

    `demand` is what a reminder asks of the unit that caused it; empty where the unit owes nothing.
    """

    slug: str
    severity: Severity
    sentence: str
    advice: str
    demand: str = ""
