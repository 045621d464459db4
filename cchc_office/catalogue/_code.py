"""What a code of the catalogue is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import partial


class Severity(Enum):
    """How much a finding asks of the clerk."""

    ERROR = "LỖI"
    """Something could not be used, or breaks a rule; papers that depend on it are not made."""
    WARNING = "CẦN XEM"
    """Work went on, but a person has to look."""
    NOTE = "LƯU Ý"
    """Something was understood in a way that is good to know; nothing need be done."""


@dataclass(frozen=True, slots=True, eq=False)
class FindingCode:
    """The words of one finding; `{about}`, `{found}`, `{expected}`, `{candidates}` are filled in.

    `slug` is the code as a clerk sees it, and as the documentation lists it. `demand` is what a
    reminder asks of the unit that caused it; empty where the unit owes nothing. `name` is that of
    the member of `Code`, of which there is one each: codes are compared with `is`, also where
    they come from another process.
    """

    slug: str
    sentence: str
    advice: str
    demand: str = ""
    severity: Severity = field(kw_only=True)
    name: str = field(default="", init=False)
    _namespace: type = field(default=object, init=False)

    def __set_name__(self, namespace: type, name: str) -> None:
        object.__setattr__(self, "_namespace", namespace)
        object.__setattr__(self, "name", name)

    def __repr__(self) -> str:
        return f"Code.{self.name}"

    def __reduce__(self) -> tuple[object, ...]:
        return getattr, (self._namespace, self.name)


error = partial(FindingCode, severity=Severity.ERROR)
warning = partial(FindingCode, severity=Severity.WARNING)
note = partial(FindingCode, severity=Severity.NOTE)
