"""Which row of one criteria set is which of another: last year's and this year's, two drafts.

Rows are the same by code and name, by name under the same heading, by name alone, short forms
written out, years left out; then by names that are near, and headings by what stands below them.
What is not plain is a doubt with its other candidates, never a choice made unsaid. A code that only
moved on makes no row new.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from cchc_office.campaign.matches import Form, Ground, Match, Matching, SetRow
from cchc_office.text.abbreviations import USUAL, Abbreviations, expanded
from cchc_office.text.likeness import likeness

_NOWHERE = object()
_LEAST = 0.6
"""How like names are, of 1, that may be those of one row."""

_LEAST_IN_PLACE, _LEAST_MOVED = 0.5, 0.75
"""The same with the same code under the same heading, and with another one under another."""

_MARGIN = 0.1
"""By how much a name is nearer than the next, where it is surely the one."""

_SURE_ADDED, _SURE_CHANGED, _SLIP = 0.65, 0.85, 0.95
_COVERED, _PART = 0.8, 0.15
_FEWEST_WORDS = 4
_ROWS_BELOW = 0.6
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"\d+|[ivx]+")
_SMALL_WORDS = frozenset(("va", "cua", "cac", "trong", "theo", "ve", "cho", "voi", "tai", "den"))
_TELLING_APART = frozenset(
    (
        *("khong", "chua", "truoc", "dung", "som", "qua", "tre", "cham", "muon", "ngoai"),
        *("tinh", "huyen", "xa", "phuong", "toan", "mot", "phan", "tiep", "tuyen"),
        *("thuong", "phat", "tru", "tang", "giam", "noi"),
    )
)
"""Words by which two criteria differ whose other words are the same."""


def match_rows(
    old: Sequence[SetRow], new: Sequence[SetRow], known: Abbreviations = USUAL
) -> Matching:
    """Match the rows of two criteria sets; parents stand before their rows."""
    return _Matcher(old, new, known).matching()


class _Side:
    """One of the sets, with what its names are compared by."""

    def __init__(self, rows: Sequence[SetRow], known: Abbreviations) -> None:
        self.rows = rows
        self.depths = list(_depths(rows))
        written = [expanded(row.name, known) for row in rows]
        yearless = [_without_years(words) for words in written]
        self.names: dict[Form, list[Hashable]] = {
            Form.AS_WRITTEN: [" ".join(expanded(row.name, {})) for row in rows],
            Form.WRITTEN_OUT: [" ".join(words) for words in written],
            Form.WITHOUT_YEARS: [" ".join(words) for words in yearless],
        }
        self.counts = {form: Counter(names) for form, names in self.names.items()}
        self.words = [tuple(w for w in words if w not in _SMALL_WORDS) for words in yearless]
        self.below: list[Counter[Hashable]] = [Counter() for _ in rows]
        for at in reversed(range(len(rows))):
            above = rows[at].parent
            if above is not None:
                self.below[above][self.names[Form.WITHOUT_YEARS][at]] += 1


def _without_years(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without years, and without the "năm" before them."""
    return tuple(
        word
        for word, after in pairwise((*words, ""))
        if not (_YEAR.fullmatch(word) or (word == "nam" and _YEAR.fullmatch(after)))
    )


def _depths(rows: Sequence[SetRow]) -> Iterator[int]:
    depths: list[int] = []
    for row in rows:
        depths.append(0 if row.parent is None else depths[row.parent] + 1)
        yield depths[-1]


@dataclass(frozen=True, slots=True)
class _NearPair:
    rank: float
    alike: float
    old: int
    new: int
    by_rows: bool = False


class _Matcher:
    """Matches two sets, from what is plain to what is near."""

    def __init__(self, old: Sequence[SetRow], new: Sequence[SetRow], known: Abbreviations) -> None:
        self._old, self._new = _Side(old, known), _Side(new, known)
        self._to_new: dict[int, Match] = {}
        self._to_old: dict[int, Match] = {}
        self._weights = _weights(self._old.words + self._new.words)

    def matching(self) -> Matching:
        self._same_names()
        for depth in range(max([*self._old.depths, *self._new.depths], default=-1) + 1):
            self._near(depth)
            self._same_names()
        self._near(None)
        self._bear_out_headings()
        for match in list(self._to_new.values()):
            self._take(self._told(match))
        parts = self._parts()
        matches = sorted((*self._to_new.values(), *parts), key=lambda match: (match.new, match.old))
        return Matching(self._old.rows, self._new.rows, tuple(matches))

    def _take(self, match: Match) -> None:
        self._to_new[match.old] = self._to_old[match.new] = match

    def _told(self, match: Match) -> Match:
        """Return a match with all that speaks for it, now that the headings are known."""
        names = ((f, self._old.names[f][match.old], self._new.names[f][match.new]) for f in Form)
        form = next((form for form, then, now in names if then == now), None)
        if form is None or match.ground is Ground.ROWS_BELOW:
            return match
        ground = Ground.NAME if match.ground is Ground.NEAR else match.ground
        match = replace(match, ground=ground, form=form, percent=100)
        if match.ground in (Ground.NAME, Ground.NAME_IN_PLACE):
            if self._has_same_code(match.old, match.new):
                return replace(match, ground=Ground.CODE_AND_NAME)
            if self._is_in_place(match.old, match.new):
                return replace(match, ground=Ground.NAME_IN_PLACE)
        return match

    # --- the same names ---

    def _same_names(self) -> None:
        """Match what has the same name, again as long as headings that matched tell more."""
        found = -1
        while found != len(self._to_new):
            found = len(self._to_new)
            for form in Form:
                self._by_key(form, Ground.CODE_AND_NAME, in_place=True, with_code=True)
                self._by_key(form, Ground.NAME_IN_PLACE, in_place=True)
                self._by_key(form, Ground.NAME)

    def _by_key(
        self, form: Form, ground: Ground, *, in_place: bool = False, with_code: bool = False
    ) -> None:
        """Match the rows with a name that has one row on either side, among those left.

        Out of its place a name must be one row's in the whole of either set.
        """
        olds = self._rows_by_key(self._old, form, in_place, with_code, of_old=True)
        news = self._rows_by_key(self._new, form, in_place, with_code, of_old=False)
        for key, mine in olds.items():  # a heading before its rows: they may be sure by it
            theirs = news.get(key, [])
            if len(mine) != len(theirs):
                continue
            if not (in_place or self._is_lone(form, mine[0], theirs[0])):
                continue
            for old, new in zip(mine, theirs, strict=True):
                is_sure = len(mine) == 1 and (in_place or self._is_telling(old, new))
                is_kept = form is Form.AS_WRITTEN and self._has_same_code(old, new)
                is_sure = is_sure and (is_kept or not self._is_of_several_years(old, new))
                rivals = tuple(place for place in mine if place != old)
                others = tuple(place for place in theirs if place != new)
                self._take(Match(old, new, ground, form, 100, is_sure, others, rivals))

    def _is_lone(self, form: Form, old: int, new: int) -> bool:
        """Tell whether a name is one row's only in the whole of either set."""
        places = ((self._old, old), (self._new, new))
        return all(side.counts[form][side.names[form][place]] == 1 for side, place in places)

    def _rows_by_key(
        self, side: _Side, form: Form, in_place: bool, with_code: bool, *, of_old: bool
    ) -> dict[Hashable, list[int]]:
        taken = self._to_new if of_old else self._to_old
        found: dict[Hashable, list[int]] = {}
        for place, row in enumerate(side.rows):
            name = side.names[form][place]
            if place in taken or not name or (with_code and not row.code):
                continue
            above: Hashable = side.depths[place]
            if in_place:
                above = self._heading_in_new(row.parent, of_old=of_old)
                if above is _NOWHERE:
                    continue
            key = (above, row.code if with_code else None, name)
            found.setdefault(key, []).append(place)
        return found

    def _heading_in_new(self, parent: int | None, *, of_old: bool) -> Hashable:
        """Return the place in the new set of a heading, as far as that is sure."""
        if parent is None or not of_old:
            return parent
        match = self._to_new.get(parent)
        return match.new if match and match.is_sure else _NOWHERE

    def _is_telling(self, old: int, new: int) -> bool:
        """Tell whether a name alone tells the row: "Kế hoạch" could be any field's."""
        is_long = len(self._old.words[old]) >= _FEWEST_WORDS
        is_kept = self._has_same_code(old, new) or self._is_in_place(old, new)
        return is_long or is_kept or not self._old.depths[old]

    def _is_of_several_years(self, old: int, new: int) -> bool:
        """Tell whether a set has the row once for each year: which of them went on is open."""
        form = Form.WITHOUT_YEARS
        return any(
            side.names[Form.WRITTEN_OUT][place] != side.names[form][place]
            and side.counts[form][side.names[form][place]] > 1
            for side, place in ((self._old, old), (self._new, new))
        )

    def _has_same_code(self, old: int, new: int) -> bool:
        return self._old.rows[old].code == self._new.rows[new].code != ""

    def _is_in_place(self, old: int, new: int) -> bool:
        above = self._heading_in_new(self._old.rows[old].parent, of_old=True)
        return above == self._new.rows[new].parent

    def _is_under_near_heading(self, old: int, new: int) -> bool:
        """Tell whether the headings are held to be one, and may be no others."""
        above = self._old.rows[old].parent
        match = None if above is None else self._to_new.get(above)
        if match is None or match.others or match.rivals:
            return False
        return match.new == self._new.rows[new].parent

    # --- near names ---

    def _near(self, depth: int | None) -> None:
        """Match what is near, the nearest first; of one depth, or of all."""
        candidates = sorted(self._candidates(depth), key=lambda c: (-c.rank, c.old, c.new))
        of_old: defaultdict[int, list[_NearPair]] = defaultdict(list)
        of_new: defaultdict[int, list[_NearPair]] = defaultdict(list)
        for candidate in candidates:
            of_old[candidate.old].append(candidate)
            of_new[candidate.new].append(candidate)
        for candidate in candidates:
            if candidate.old in self._to_new or candidate.new in self._to_old:
                continue
            close = candidate.rank - _MARGIN
            others = tuple(
                c.new
                for c in of_old[candidate.old]
                if c.new != candidate.new and c.rank > close and c.new not in self._to_old
            )
            rivals = tuple(
                c.old
                for c in of_new[candidate.new]
                if c.old != candidate.old and c.rank > close and c.old not in self._to_new
            )
            is_sure = not (others or rivals) and self._is_surely(candidate)
            ground = Ground.ROWS_BELOW if candidate.by_rows else Ground.NEAR
            percent = min(int(candidate.alike * 100), 99 if not candidate.by_rows else 100)
            self._take(
                Match(
                    *(candidate.old, candidate.new, ground),
                    percent=percent,
                    is_sure=is_sure,
                    others=others,
                    rivals=rivals,
                )
            )

    def _candidates(self, depth: int | None) -> Iterator[_NearPair]:
        holders: dict[str, list[int]] = {}
        for new, words in enumerate(self._new.words):
            if new not in self._to_old and depth in (None, self._new.depths[new]):
                for word in set(words):
                    holders.setdefault(word, []).append(new)
        totals = [self._weight(words) for words in self._new.words]
        for old, words in enumerate(self._old.words):
            if old in self._to_new or depth not in (None, self._old.depths[old]):
                continue
            shared: dict[int, float] = {}
            for word in sorted(set(words)):
                for new in holders.get(word, ()):
                    shared[new] = shared.get(new, 0.0) + self._weights[word]
            total = self._weight(words)
            for new, common in shared.items():
                yield from self._candidate(old, new, 2 * common / (total + totals[new]))
            yield from self._by_rows(old, depth)

    def _candidate(self, old: int, new: int, alike: float) -> Iterator[_NearPair]:
        in_place = self._is_in_place(old, new)
        same_code = self._has_same_code(old, new)
        least = (_LEAST_MOVED, _LEAST, _LEAST_IN_PLACE)[in_place + same_code]
        if alike >= least:
            rank = alike + 0.08 * in_place + 0.05 * same_code
            yield _NearPair(rank, alike, old, new)

    def _by_rows(self, old: int, depth: int | None) -> Iterator[_NearPair]:
        """Yield the headings with mostly the same rows below, whatever they are called."""
        below = self._old.below[old]
        if below.total() < 2:
            return
        for new, others in enumerate(self._new.below):
            if new in self._to_old or others.total() < 2:
                continue
            if depth not in (None, self._new.depths[new]):
                continue
            alike = 2 * (below & others).total() / (below.total() + others.total())
            if alike >= _ROWS_BELOW:
                yield _NearPair(alike, alike, old, new, by_rows=True)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[word] for word in sorted(set(words))) or 1.0

    def _is_surely(self, candidate: _NearPair) -> bool:
        if candidate.by_rows:
            return True
        old, new = self._old.words[candidate.old], self._new.words[candidate.new]
        in_place = self._is_in_place(candidate.old, candidate.new) or (
            self._has_same_code(candidate.old, candidate.new)
            and self._is_under_near_heading(candidate.old, candidate.new)
        )
        if not in_place or _differ_tellingly(old, new):
            return False
        same_code = self._has_same_code(candidate.old, candidate.new)
        if set(old) <= set(new) or set(new) <= set(old):
            return same_code or candidate.alike >= _SURE_ADDED
        if same_code and candidate.alike >= _SURE_CHANGED:
            return True
        return likeness(" ".join(old), " ".join(new)) >= _SLIP

    def _bear_out_headings(self) -> None:
        """Let headings be sure that are near, where most rows below them are surely the same."""
        together: Counter[tuple[int, int]] = Counter()
        for match in self._to_new.values():
            above = self._old.rows[match.old].parent, self._new.rows[match.new].parent
            if match.is_sure and above[0] is not None and above[1] is not None:
                together[above[0], above[1]] += 1
        for match in list(self._to_new.values()):
            least = min(self._old.below[match.old].total(), self._new.below[match.new].total())
            if not match.is_sure and least and together[match.old, match.new] * 2 > least:
                self._take(replace(match, is_sure=True, others=(), rivals=()))

    # --- rows that were split or merged ---

    def _parts(self) -> list[Match]:
        """Return the further matches of rows that were split, or that several were merged into."""
        merged = self._further(self._old, self._new, self._to_new, self._to_old)
        split = self._further(self._new, self._old, self._to_old, self._to_new)
        found = []
        for part, whole in merged:
            found.append(Match(part, whole, Ground.MERGED, is_sure=False))
            self._retell(self._to_old.get(whole), Ground.MERGED)
        for part, whole in split:
            found.append(Match(whole, part, Ground.SPLIT, is_sure=False))
            self._retell(self._to_new.get(whole), Ground.SPLIT)
        return found

    def _retell(self, match: Match | None, ground: Ground) -> None:
        if match:
            self._take(replace(match, ground=ground, is_sure=False, form=Form.AS_WRITTEN))

    def _further(
        self, parts: _Side, wholes: _Side, of_parts: dict[int, Match], of_wholes: dict[int, Match]
    ) -> list[tuple[int, int]]:
        """Return the rows without a match that are part of a row there, whose rest others are."""
        is_old = parts is self._old
        pieces: dict[int, list[int]] = {}
        for part in range(len(parts.rows)):
            if part in of_parts:
                continue
            for whole in range(len(wholes.rows)):
                old, new = (part, whole) if is_old else (whole, part)
                if self._is_in_place(old, new) and self._is_part(parts, part, wholes, whole):
                    pieces.setdefault(whole, []).append(part)
        found = []
        for whole, own in pieces.items():
            match = of_wholes.get(whole)
            partner = (match.old if is_old else match.new) if match else None
            if match and match.ground is not Ground.NEAR:
                continue
            together = [*own, *(() if partner is None else (partner,))]
            if self._make_up(parts, together, wholes.words[whole]):
                found += [(part, whole) for part in own]
        return found

    def _is_part(self, parts: _Side, part: int, wholes: _Side, whole: int) -> bool:
        small, large = set(parts.words[part]), set(wholes.words[whole])
        covered = self._weight(small & large) / self._weight(parts.words[part])
        return len(small) > 1 and small != large and covered >= _COVERED

    def _make_up(self, parts: _Side, places: list[int], whole: tuple[str, ...]) -> bool:
        """Tell whether rows say together what another does, each something of its own."""
        if len(places) < 2:
            return False
        wanted = set(whole)
        own = [set(parts.words[place]) & wanted for place in places]
        total = self._weight(whole)
        if self._weight(set().union(*own)) < _COVERED * total:
            return False
        return all(
            self._weight(words - set().union(*own[:at], *own[at + 1 :])) >= _PART * total
            for at, words in enumerate(own)
        )


def _weights(names: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Return how much each word tells: one that few rows have tells most."""
    rows = Counter(word for words in names for word in set(words))
    return {word: 1 + log(len(names) / count) / 4 for word, count in rows.items()}


def _differ_tellingly(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Tell whether the words that only one has are of those by which criteria are told apart."""
    apart = set(old) ^ set(new)
    return any(word in _TELLING_APART or _FIGURE.fullmatch(word) for word in apart)
