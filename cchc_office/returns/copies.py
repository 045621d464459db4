"""Forms of one unit side by side: where they say different things, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_office.model import Campaign, Criterion, LeafReturn, Returns, Unit, UnitReturn
from cchc_office.papers.form.declared_words import declared_text

FIELDS = (
    "điểm",
    "trạng thái",
    "số liệu kê khai",
    "kết quả, giải trình",
    "tài liệu kiểm chứng",
    "ghi chú",
)
"""What a form says of a row, by the places in what `said_in` returns."""

NOTHING = "để trống"


def said_in(leaf: LeafReturn) -> tuple[str, ...]:
    """Return what a form says of a row, field by field."""
    declared = declared_text(leaf.declared) if leaf.declared else ""
    return (leaf.typed, leaf.answer.value, declared, leaf.result, leaf.evidence, leaf.note)


def differing(said: tuple[str, ...], other: tuple[str, ...]) -> list[int]:
    """Return the places of the fields that differ; another score tells of another state."""
    differ = [n for n in range(len(FIELDS)) if said[n] != other[n]]
    if differ[:2] == [0, 1]:
        differ.remove(1)
    return differ


@dataclass(frozen=True)
class CopyRow:
    """A row of which copies say different things: what each says, None where it has no such row."""

    criterion: Criterion
    leaves: tuple[LeafReturn | None, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What each says, only in the fields that are not the same in all."""
        said = [said_in(leaf) if leaf else None for leaf in self.leaves]
        there = [one for one in said if one]
        fields = sorted({n for one in there for n in differing(there[0], one)})
        return tuple(
            "không có dòng này" if one is None else _told(one, fields or [0]) for one in said
        )

    @property
    def difference(self) -> Decimal | None:
        """By how much the highest score is above the lowest, None where there is one at most."""
        scores = [leaf.score for leaf in self.leaves if leaf and leaf.score is not None]
        return max(scores) - min(scores) if len(scores) > 1 else None


def _told(said: tuple[str, ...], fields: Sequence[int]) -> str:
    if fields == [0]:
        return said[0] or NOTHING
    return "; ".join(f"{FIELDS[n]}: {said[n] or NOTHING}" for n in fields)


@dataclass(frozen=True)
class Copies:
    """The forms of a unit, the one that counts first; `rows` are those where they differ."""

    unit: Unit
    forms: tuple[UnitReturn, ...]
    is_one_counted: bool
    rows: tuple[CopyRow, ...]

    def other_than(self, file: str) -> tuple[UnitReturn, ...]:
        """Return the forms that say anything else than the one in a file."""
        own = next(form for form in self.forms if form.file == file)
        return tuple(form for form in self.forms if _content(form) != _content(own))


def copies_of(campaign: Campaign, returns: Returns, unit: Unit) -> Copies | None:
    """Return the forms of a unit side by side, None where there are not two."""
    counted = [form for form in returns.returns if form.unit == unit.code]
    forms = (*counted, *(form for form in returns.others if form.unit == unit.code))
    if len(forms) < 2:
        return None
    return Copies(unit, forms, bool(counted), tuple(_rows(campaign, forms)))


def cells_apart(form: UnitReturn, other: UnitReturn) -> int:
    """Return in how many cells two forms say different things; a row that one lacks is one."""
    one, two = _content(form), _content(other)
    common = one.keys() & two.keys()
    return len(one.keys() ^ two.keys()) + sum(len(differing(one[c], two[c])) for c in common)


def _rows(campaign: Campaign, forms: Sequence[UnitReturn]) -> Iterator[CopyRow]:
    by_form = [{leaf.criterion: leaf for leaf in form.leaves} for form in forms]
    for criterion in campaign.criteria:
        leaves = tuple(own.get(criterion.id) for own in by_form)
        if len({said_in(leaf) if leaf else None for leaf in leaves}) > 1:
            yield CopyRow(criterion, leaves)


def _content(form: UnitReturn) -> dict[str, tuple[str, ...]]:
    return {leaf.criterion: said_in(leaf) for leaf in form.leaves}
