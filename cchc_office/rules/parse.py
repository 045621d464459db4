"""Reading the words of "Cách chấm" and "Quy tắc": which kind of rule they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cchc_office.rules._bands import read_bands
from cchc_office.rules._choices import read_choice, read_yes_no
from cchc_office.rules._counts import read_counted_bands, read_counts, read_several, speaks_of_each
from cchc_office.rules._days import read_days, speaks_of_days
from cchc_office.rules._faults import read_faults
from cchc_office.rules._parts import RulePart, adds, score_of, split_parts, takes_away
from cchc_office.rules._proportions import read_proportion
from cchc_office.rules._shares import read_share, without_lead_in
from cchc_office.rules._steps import leaves_rest_open, read_steps, speaks_of_steps
from cchc_office.rules._sums import read_added, read_summed, read_together
from cchc_office.rules._surroundings import cases_of
from cchc_office.rules._weighted import read_weighted
from cchc_office.rules.values import (
    SELF_SCORED,
    Bands,
    ContradictionError,
    Rule,
    RuleReading,
    RuleWordsError,
    ShareNames,
)
from cchc_office.text.vietnamese import fold

_EXPECTED = (
    "một trong các cách: “Tự chấm”; “Có/Không”; “Tỷ lệ”; “Tỷ lệ, dưới 80% được 0”; "
    "các mức “≥90%: 1; ≥80%: 0,5; còn lại: 0”; “Mỗi văn bản 0,5”; “Mỗi báo cáo chậm trừ 0,25”; "
    "các hạn “trước 15/01: 1; trước 31/01: 0,5; sau: 0”; các trường hợp “ban hành đúng hạn: 1; "
    "ban hành chậm: 0,5; không ban hành: 0”"
)
_SELF_SCORED = re.compile(r"(?:don vi )?tu (?:cham|danh gia)(?: diem)?")


def parse_rule(
    text: str,
    maximum: Decimal,
    year: int,
    *,
    deducts: bool = False,
    of_office: bool = False,
) -> RuleReading:
    """Return the rule that `text` says for a leaf of this maximum.

    Days without a year are in `year`. With `deducts` points are taken off, as rows for penalties
    do: "trừ 0,5" is a score of 0,5 there. With `of_office` the text is the office's own, which
    need not say that what falls short of all gives nothing. A text is understood whole or not at
    all. Raises RuleWordsError, with the part that was left over.
    """
    how = _How(maximum, year, deducts, of_office)
    if not of_office:
        return _read_either(text, how)
    if not deducts and (together := read_together(text, maximum, how.read_matter)):
        return RuleReading(together)
    cases = cases_of(text)
    try:
        return _read_either(cases.text, replace(how, of=cases.of))
    except RuleWordsError as error:
        if not cases.open_piece:
            raise
        raise RuleWordsError(cases.open_piece, error.expected) from None


@dataclass(frozen=True)
class _How:
    """What is read for what."""

    maximum: Decimal
    year: int
    deducts: bool
    of_office: bool
    of: ShareNames = field(default_factory=ShareNames)

    def read_matter(self, text: str, maximum: Decimal) -> Rule:
        """Return the rule of one of several matters. Raises RuleWordsError."""
        return _read_either(text, replace(self, maximum=maximum)).rule

    @property
    def kind(self) -> dict[str, bool]:
        return {"deducts": self.deducts, "of_office": self.of_office}


def _read_either(text: str, how: _How) -> RuleReading:
    try:
        return _read(split_parts(text), how)
    except ContradictionError:
        raise
    except RuleWordsError as error:
        # A line may go on in the next, and commas may stand where semicolons should.
        try:
            return _read(split_parts(text, joined=True), how)
        except RuleWordsError:
            raise error from None


def _read(parts: list[RulePart], how: _How) -> RuleReading:
    maximum = how.maximum
    if not parts or (len(parts) == 1 and _SELF_SCORED.fullmatch(fold(parts[0].text))):
        return RuleReading(SELF_SCORED)
    if yes_no := read_yes_no(parts, maximum):
        return RuleReading(yes_no)
    if speaks_of_steps(parts):
        steps = read_steps(parts, maximum, **how.kind)
        return RuleReading(steps, leaves_rest_of_step=leaves_rest_open(parts))
    if rule := _first_said((read_faults, read_several), parts, how):
        return RuleReading(rule)
    return _read_cases(parts, how)


_Reader = Callable[[list[RulePart], Decimal], Rule | None]


def _first_said(readers: Sequence[_Reader], parts: list[RulePart], how: _How) -> Rule | None:
    """Return the first rule of those kinds that the parts say; rows for penalties have none."""
    if how.deducts:
        return None
    return next((rule for read in readers if (rule := read(parts, how.maximum))), None)


def _read_cases(parts: list[RulePart], how: _How) -> RuleReading:
    maximum = how.maximum
    parts, of = without_lead_in(parts, how.of)
    if rule := _first_said((read_proportion, read_weighted), parts, how):
        return RuleReading(rule)
    if share := read_share(parts, of, maximum):
        return RuleReading(share)
    if any(map(speaks_of_each, parts)):
        return RuleReading(read_counts(parts, maximum, **how.kind))
    if any(map(adds, parts)):
        return RuleReading(read_added(parts, maximum, deducts=how.deducts))
    if not how.deducts and (summed := read_summed(parts, maximum)):
        return RuleReading(summed)
    if not how.deducts:
        _check_taken(parts, maximum)
    if speaks_of_days(parts):
        ways: list[_Way] = [lambda: read_days(parts, maximum, how.year, **how.kind)]
        if any("%" in part.condition for part in parts):  # "đúng hạn từ 90% trở lên"
            ways.append(lambda: RuleReading(_named(read_bands(parts, maximum, **how.kind), of)))
    elif any(part.gives is not None for part in parts):
        ways = [
            lambda: RuleReading(_named(read_bands(parts, maximum, **how.kind), of)),
            lambda: RuleReading(read_counted_bands(parts, maximum, **how.kind)),
        ]
    else:
        raise RuleWordsError("; ".join(part.text for part in parts), _EXPECTED)
    ways.append(lambda: RuleReading(read_choice(parts, maximum, **how.kind)))
    return _first_of(ways, parts)


_SAYS_SPAN = re.compile(r"\b(?:tu|tren|duoi|den|qua|it nhat|tro len)\b|[-–<>≤≥]")


def _check_taken(parts: list[RulePart], maximum: Decimal) -> None:
    """Refuse "trừ" that may be meant for each, or off nothing. Raises RuleWordsError.

    "01 phòng không đạt trừ 0,5" says nothing of two; "không có: trừ 1" under "chưa đủ: 0" would
    give more for less.
    """
    least = maximum
    for part in parts:
        try:
            score = score_of(part, maximum)
        except RuleWordsError:
            continue  # told where it is read
        if takes_away(part):
            counts = any(c.isdigit() for c in part.folded)
            is_open = part is parts[-1] and counts and not _SAYS_SPAN.search(part.folded)
            if is_open or score > least:
                raise RuleWordsError(part.text, "mức trừ của từng thứ được đếm: “Mỗi … trừ …”")
        least = min(least, score)


_Way = Callable[[], RuleReading]


def _first_of(ways: list[_Way], parts: list[RulePart]) -> RuleReading:
    """Return the first reading that the parts allow. Raises the error of the one that got furthest.

    Where a reading knows its words and finds them at odds, no other is tried.
    """
    texts = [part.text for part in parts]
    errors: list[RuleWordsError] = []
    for way in ways:
        try:
            return way()
        except RuleWordsError as error:
            if isinstance(error, ContradictionError) and len(parts) > 1:
                raise
            errors.append(error)
    if not any(character.isdigit() for part in parts for character in part.condition):
        errors.reverse()  # no figures: cases are meant
    raise max(errors, key=lambda e: texts.index(e.found) if e.found in texts else 0)


def _named(bands: Bands, of: ShareNames) -> Bands:
    return replace(bands, of=of) if bands.of_ratio else bands
