"""What is held to be one row in two criteria sets: matches, on which grounds, how surely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of a criteria set, as it is matched: `parent` is the place of the row above it."""

    code: str
    name: str
    parent: int | None = None

    @property
    def label(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()


class Ground(Enum):
    """Why two rows are held to be the same."""

    CODE_AND_NAME = "cùng mã và tên"
    NAME_IN_PLACE = "cùng tên, cùng mục"
    NAME = "cùng tên"
    NEAR = "tên giống"
    ROWS_BELOW = "cùng các dòng con"
    SPLIT = "tách ra"
    MERGED = "gộp lại"


class Form(Enum):
    """In which form names are the same."""

    AS_WRITTEN = ""
    WRITTEN_OUT = "khi viết đủ chữ viết tắt"
    WITHOUT_YEARS = "chỉ khác năm"


@dataclass(frozen=True, slots=True)
class Match:
    """The places of two rows that are held to be one, and why.

    `percent` tells how like the names are, or the rows below. Where it is not `is_sure`, `others`
    are the places of new rows that the old one may be as well, `rivals` those of old rows that the
    new one may be.
    """

    old: int
    new: int
    ground: Ground
    form: Form = Form.AS_WRITTEN
    percent: int = 100
    is_sure: bool = True
    others: tuple[int, ...] = ()
    rivals: tuple[int, ...] = ()

    @property
    def why(self) -> str:
        """Why, in words: "cùng mã và tên", "tên giống 92%"."""
        if self.ground in (Ground.NEAR, Ground.ROWS_BELOW):
            return f"{self.ground.value} {self.percent}%"
        return " ".join(filter(None, (self.ground.value, self.form.value)))


@dataclass(frozen=True)
class Matching:
    """All matches of two sets, in the order of the new one; a row split or merged has several."""

    old: Sequence[SetRow]
    new: Sequence[SetRow]
    matches: tuple[Match, ...]

    @cached_property
    def _of_old(self) -> dict[int, list[Match]]:
        return _grouped(self.matches, lambda match: match.old)

    @cached_property
    def _of_new(self) -> dict[int, list[Match]]:
        return _grouped(self.matches, lambda match: match.new)

    def of_old(self, place: int) -> tuple[Match, ...]:
        """Return the matches of an old row; none where it is gone."""
        return tuple(self._of_old.get(place, ()))

    def of_new(self, place: int) -> tuple[Match, ...]:
        """Return the matches of a new row; none where it is new."""
        return tuple(self._of_new.get(place, ()))

    def pair(self, place: int) -> Match | None:
        """Return the one match of a new row; None where it has none, or was split or merged."""
        own = self.of_new(place)
        return own[0] if len(own) == 1 and len(self.of_old(own[0].old)) == 1 else None

    def gone(self) -> dict[int | None, list[int]]:
        """Return the old rows that are gone, by the new row they stood behind (None: none)."""
        found: dict[int | None, list[int]] = {}
        behind: int | None = None
        for place in range(len(self.old)):
            own = self.of_old(place)
            if own:
                behind = own[0].new
            else:
                found.setdefault(behind, []).append(place)
        return found

    def has_moved(self, match: Match) -> bool:
        """Tell whether the row stands under another row than before."""
        old, new = self.old[match.old].parent, self.new[match.new].parent
        if old is None or new is None:
            return old is not new
        return all(above.new != new for above in self.of_old(old))


def _grouped(matches: Sequence[Match], key: Callable[[Match], int]) -> dict[int, list[Match]]:
    found: dict[int, list[Match]] = {}
    for match in matches:
        found.setdefault(key(match), []).append(match)
    return found
