"""What the index of a campaign is called, and how that name stands in sentences and file names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc_office.text.vietnamese import fold

_SET, _INDEX, _CRITERIA = "Bộ", "chỉ số", "tiêu chí"
_BEGINNING = re.compile(r"(?:bộ )?(?:chỉ số|tiêu chí) ", re.IGNORECASE)
_SHORTENED = re.compile(r"((?:bộ )?chỉ số) ", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class IndexName:
    """The name of an index as the office writes it, and the short form in ids and file names.

    "Chỉ số chuyển đổi số (DTI)" and "DTI", "Bộ tiêu chí thi đua" and "THIDUA".
    """

    name: str = "Chỉ số cải cách hành chính"
    abbreviation: str = "CCHC"

    @property
    def short(self) -> str:
        """The name for where there is little room: "Chỉ số CCHC".

        The name itself where the short form is no abbreviation but the same words ("THIDUA").
        """
        named = _SHORTENED.match(self.name)
        return f"{named[1]} {self.abbreviation}" if named and self._abbreviates else self.name

    @property
    def full_set(self) -> str:
        """What the criteria together are called: "Bộ chỉ số cải cách hành chính"."""
        return _set_of(self.name)

    @property
    def short_set(self) -> str:
        """The same for where there is little room: "Bộ chỉ số CCHC"."""
        return _set_of(self.short)

    @property
    def kind_of_set(self) -> str:
        """What such a set is called: "Bộ chỉ số", or "Bộ tiêu chí" where the name says so."""
        is_index = fold(self.full_set).startswith(fold(f"{_SET} {_INDEX}"))
        return f"{_SET} {_INDEX if is_index else _CRITERIA}"

    @property
    def subject(self) -> str:
        """What the index is about, behind "kết quả": "cải cách hành chính", "chuyển đổi số"."""
        name = _IN_BRACKETS.sub("", self.name)
        about = _BEGINNING.sub("", name, count=1)
        return about if about != name else f"thực hiện {_set_of(name)}"

    @property
    def _abbreviates(self) -> bool:
        words = [fold(word) for word in _WORD.findall(self.name)]
        short = fold(self.abbreviation)
        return short in words or short not in "".join(words)


REFORM_INDEX = IndexName()
"""The index of a campaign that does not say which: that of administrative reform."""


def _set_of(name: str) -> str:
    if fold(name).startswith(f"{fold(_SET)} "):
        return name
    if _BEGINNING.match(name):
        return f"{_SET} {name if name.isupper() else name[0].lower() + name[1:]}"
    what = _INDEX if name.isupper() else f"{_CRITERIA} đánh giá"
    return f"{_SET} {what} {name}"


def abbreviation_of(name: str) -> str:
    """Return a short form for an index of this name, without diacritics: "DTI", "KPI", "TD".

    That in brackets or in capitals, else the first letters of what it is about.
    """
    if in_brackets := _IN_BRACKETS.search(name):
        return re.sub(r"\W", "", fold(in_brackets[1])).upper()
    in_capitals = (word for word in _WORD.findall(name) if len(word) > 1 and word.isupper())
    if not name.isupper() and (word := next(in_capitals, "")):
        return fold(word).upper()
    about = _WORD.findall(fold(_BEGINNING.sub("", name, count=1)))
    return "".join(word[0] for word in about).upper()
