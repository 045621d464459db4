"""The words of an assignment: which units a cell of "Đơn vị thực hiện" names, in which roles.

Names are matched by the longest alias, groups by their names; the words behind a name tell what
that unit does. Nothing is guessed: words that name nobody known, and cells that leave open who
leads, become findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cchc_office.campaign.duties import DUTIES, LEADING, SUPPORTING, Gap, left_over, read_gap
from cchc_office.model import Role, Unit
from cchc_office.text.likeness import likeness
from cchc_office.text.vietnamese import Word, clean, clean_line, fold, spelling, words

# Words that many names begin with, and that say nothing of which one is meant.
_COMMON_WORDS = frozenset(("phong", "p", "ban", "so", "cac", "trung", "tam", "don", "vi", "chi"))
_CLOSE = 0.5
_EVERYBODY = tuple(
    f"{how} {whom}"
    for how in ("Tất cả", "Toàn thể", "Toàn bộ", "Mọi")
    for whom in (
        *("các đơn vị", "đơn vị", "các cơ quan, đơn vị", "cơ quan, đơn vị", "các cơ quan"),
        *("cơ quan", "các đơn vị, cơ quan"),
    )
)
"""What stands for each unit of the campaign, unless a group is called so; the first names it."""

_NEVER_INSIDE_A_NAME = re.compile(r"[;()]")


@dataclass(frozen=True)
class Party:
    """Whom an alias stands for: one unit, or a group with its members."""

    name: str
    members: tuple[str, ...]
    is_group: bool

    @property
    def group(self) -> str:
        """The name of the group, "" for a unit."""
        return self.name if self.is_group else ""


@dataclass(frozen=True)
class Share:
    """A unit's part in a cell: role, the words about it, and whether it leads within a group.

    `group` is the group that the cell names it by, "" where it names the unit itself.
    """

    unit: str
    role: Role
    duty: str = ""
    each: bool = False
    group: str = ""


class UnknownWords(NamedTuple):
    """Words as they stand in a cell that name nobody known, with the names nearest to them.

    `column` is the role whose column they stand in, None where one cell tells all roles.
    """

    words: str
    near: tuple[str, ...]
    column: Role | None = None


@dataclass(frozen=True)
class Understanding:
    """How a cell was understood, or what of it was not.

    `unknown` holds what names nobody known; `no_lead` tells that nobody plainly leads;
    `empty_groups` names groups without members.
    """

    shares: tuple[Share, ...] = ()
    unknown: tuple[UnknownWords, ...] = ()
    no_lead: bool = False
    empty_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Mention:
    parties: tuple[Party, ...]
    start: int
    end: int

    @property
    def party(self) -> Party:
        """Whom the name stands for, the first where they are several."""
        return self.parties[0]


@dataclass(frozen=True)
class _Task:
    party: Party
    gap: Gap

    def is_told(self, duties: tuple[str, ...]) -> bool:
        return any(duty in duties for duty in self.gap.duties)


@dataclass(frozen=True)
class _Name:
    text: str
    spelled: tuple[str, ...]
    party: Party


class Directory:
    """All names by which the units and groups of a campaign are known.

    A name that differs from another only by its diacritics is another name; a text that is written
    as neither could mean both.
    """

    def __init__(self, units: tuple[Unit, ...]) -> None:
        """Collect the codes, names, aliases and groups of `units`."""
        self._names: dict[tuple[str, ...], list[_Name]] = {}
        self.duties_as_names: list[tuple[str, Party]] = []
        """Names that are also words for a duty, and so cannot be told from one in a cell."""
        for unit in units:
            party = Party(unit.name or unit.code, (unit.code,), is_group=False)
            without_remark = re.sub(r"\s*\(.*\)$", "", unit.name)
            for name in dict.fromkeys((unit.code, unit.name, without_remark, *unit.aliases)):
                self._add(name, party)
        self.groups = Groups(units)
        for party, names in self.groups.parties():
            for group in names:
                self._add(group, party)
                short = re.sub(r"^các\s+", "", group, flags=re.IGNORECASE)
                if len(words(short)) > 1:  # "phòng" alone begins the name of any division
                    self._add(short, party)
                self._add_where_free(f"tất cả {group}", party)
        for name in _EVERYBODY if units else ():
            codes = tuple(unit.code for unit in units)
            self._add_where_free(name, Party(_EVERYBODY[0], codes, is_group=True))
        self._longest = max((len(key) for key in self._names), default=0)

    def _add(self, name: str, party: Party) -> None:
        key = tuple(word.folded for word in words(name))
        if key in DUTIES:
            self.duties_as_names.append((clean_line(name), party))
        elif key:
            self._names.setdefault(key, []).append(_Name(clean_line(name), _spelled(name), party))

    def _add_where_free(self, name: str, party: Party) -> None:
        if tuple(word.folded for word in words(name)) not in self._names:
            self._add(name, party)

    def shared(self) -> Iterator[tuple[str, tuple[Party, ...]]]:
        """Yield the names that stand, spelled alike, for more than one unit or group."""
        for names in self._names.values():
            alike: dict[tuple[str, ...], dict[Party, str]] = {}
            for name in names:
                alike.setdefault(name.spelled, {}).setdefault(name.party, name.text)
            for parties in alike.values():
                if len(parties) > 1:
                    yield next(iter(parties.values())), tuple(parties)

    def find(
        self, text: str, tokens: tuple[Word, ...], first: int
    ) -> tuple[tuple[Party, ...], int] | None:
        """Return whom the longest name at token `first` may stand for, and its tokens' number.

        They are several only where the text is spelled as the name of none of them.
        """
        for length in range(min(self._longest, len(tokens) - first), 0, -1):
            run = tokens[first : first + length]
            names = self._names.get(tuple(word.folded for word in run), [])
            written = text[run[0].start : run[-1].end]
            if names and _is_written_so(written, names, length):
                exact = [name.party for name in names if name.spelled == _spelled(written)]
                # A name that two share as it is spelled is an error of its own.
                meant = exact[:1] or list(
                    {name.party.members: name.party for name in names}.values()
                )
                return tuple(meant), length
        return None

    def is_name(self, text: str) -> bool:
        """Tell whether the whole of a text is a name of a unit or a group."""
        tokens = words(text)
        found = self.find(text, tokens, 0) if tokens else None
        return found is not None and found[1] == len(tokens)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return up to three known names that look most like `text`."""
        own = _distinctive(text)
        ratios = {
            names[0].text: likeness(own, _distinctive(names[0].text))
            for names in self._names.values()
        }
        close = sorted((r for r in ratios.items() if r[1] >= _CLOSE), key=lambda r: -r[1])
        return tuple(name for name, _ in close[:3])


def _is_written_so(written: str, names: list[_Name], length: int) -> bool:
    if written.casefold() in (name.text.casefold().rstrip(") .") for name in names):
        return True
    if _NEVER_INSIDE_A_NAME.search(written):
        return False
    # A short code such as "DA" must not be found in the word "đã".
    return length > 1


def _spelled(name: str) -> tuple[str, ...]:
    return tuple(spelling(name[word.start : word.end]) for word in words(name))


class Groups:
    """The groups that units name, each with its members.

    Names that differ by their diacritics are two groups; one typed without any is the group that it
    alone can be.
    """

    def __init__(self, units: tuple[Unit, ...]) -> None:
        """Collect the groups of `units`."""
        self._texts: dict[str, dict[str, None]] = {}
        self._members: dict[str, dict[str, None]] = {}
        for unit in units:
            for text in unit.groups:
                self._texts.setdefault(spelling(text), {})[text] = None
                self._members.setdefault(spelling(text), {})[unit.code] = None
        self._marked: dict[str, list[str]] = {}
        for spelled in self._texts:
            if spelled != fold(spelled):
                self._marked.setdefault(fold(spelled), []).append(spelled)

    def parties(self) -> Iterator[tuple[Party, tuple[str, ...]]]:
        """Yield each group with the names, as written, that it goes by."""
        for spelled, texts in self._texts.items():
            marked = self._marked.get(spelled, [])
            if len(marked) == 1:  # told of below, with the group that it is
                continue
            bare = fold(spelled)
            is_one = self._marked.get(bare) == [spelled]
            own = [spelled, bare] if is_one and bare in self._texts else [spelled]
            members = dict.fromkeys(m for name in own for m in self._members[name])
            names = tuple(dict.fromkeys(t for name in own for t in self._texts[name]))
            yield Party(next(iter(texts)), tuple(members), is_group=True), names

    def alike(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the groups whose names differ only by their diacritics.

        With them stands a name without any that could mean each of them, "" where there is none.
        """
        for bare, marked in self._marked.items():
            if len(marked) > 1:
                first = {spelled: next(iter(texts)) for spelled, texts in self._texts.items()}
                yield tuple(first[spelled] for spelled in marked), first.get(bare, "")


def _distinctive(name: str) -> str:
    """Return what tells a name from others, folded: "Phòng KH-TC-TH" gives "khtcth"."""
    own = [word.folded for word in words(name)]
    return "".join([w for w in own if w not in _COMMON_WORDS] or own)


def understand(text: str, directory: Directory) -> Understanding:
    """Tell which units the cell `text` names, and who leads and who supports."""
    text = clean(text)
    mentions = _mentions(text, directory)
    if not mentions:
        return Understanding(unknown=(UnknownWords(clean_line(text), directory.nearest(text)),))
    tasks, stray = _tasks(text, mentions)
    unknown = (
        *_unclear(text, mentions),
        *(UnknownWords(words, directory.nearest(words)) for words in stray),
    )
    empty = tuple(t.party.name for t in tasks if not t.party.members)
    lead = _leader(tasks)
    if unknown or empty or lead is None:
        return Understanding((), unknown, lead is None, empty)
    return Understanding(tuple(_shares(tasks, lead)))


def share_out(leads: str, supports: str, directory: Directory) -> Understanding:
    """Understand the columns "Chủ trì" and "Phối hợp": names only, every one of them plain."""
    shares: dict[str, Share] = {}
    unknown: list[UnknownWords] = []
    for role, text in ((Role.LEAD, leads), (Role.SUPPORT, supports)):
        text = clean(text)
        mentions = _mentions(text, directory)
        unknown += (said._replace(column=role) for said in _unclear(text, mentions))
        rest = _left_over(text, mentions)
        unknown += (UnknownWords(words, directory.nearest(words), role) for words in rest)
        groups: dict[str, str] = {}
        for party in sorted((m.party for m in mentions), key=lambda p: p.is_group):
            for unit in party.members:
                groups.setdefault(unit, party.group)
        each = role is Role.LEAD and len(groups) > 1
        for unit, group in groups.items():
            shares.setdefault(unit, Share(unit, role, each=each, group=group))
    no_lead = not any(s.role is Role.LEAD for s in shares.values())
    if unknown or no_lead:
        return Understanding((), tuple(unknown), no_lead)
    return Understanding(tuple(shares.values()))


def _mentions(text: str, directory: Directory) -> list[_Mention]:
    tokens = words(text)
    mentions = []
    position = 0
    while position < len(tokens):
        found = directory.find(text, tokens, position)
        if found is None:
            position += 1
            continue
        parties, length = found
        last = tokens[position + length - 1]
        mentions.append(_Mention(parties, tokens[position].start, last.end))
        position += length
    return mentions


def _left_over(text: str, mentions: list[_Mention]) -> Iterator[str]:
    """Yield what names nobody; a name that stands in it unparted ("Hội Nông dân tỉnh") with it."""
    for place, (start, end) in enumerate(_between(text, mentions)):
        gap, is_last = text[start:end], place == len(mentions)
        rest = left_over(gap, before_a_name=not is_last)
        if rest and place and gap.strip().startswith(rest[0]):
            before = mentions[place - 1]
            rest[0] = clean_line(f"{text[before.start : before.end]} {rest[0]}")
        if rest and not is_last and gap.strip().endswith(rest[-1].rpartition(" ")[2]):
            behind = mentions[place]
            rest[-1] = clean_line(f"{rest[-1]} {text[behind.start : behind.end]}")
        yield from rest


def _unclear(text: str, mentions: list[_Mention]) -> list[UnknownWords]:
    """Return the names that could mean several, as written, with the names of those."""
    return [
        UnknownWords(text[m.start : m.end], tuple(party.name for party in m.parties))
        for m in mentions
        if len(m.parties) > 1
    ]


def _between(text: str, mentions: list[_Mention]) -> list[tuple[int, int]]:
    """Return the places (start, end) before, between and behind the names."""
    starts = [0, *(m.end for m in mentions)]
    ends = [*(m.start for m in mentions), len(text)]
    return list(zip(starts, ends, strict=True))


def _tasks(text: str, mentions: list[_Mention]) -> tuple[list[_Task], list[str]]:
    """Give each name its words: those behind it, or, where the cell begins so, those before it."""
    gaps = [
        read_gap(text[start:end], before_a_name=end < len(text))
        for start, end in _between(text, mentions)
    ]
    stray = [part for gap in gaps for part in gap.unknown]
    if not gaps[0].duties:
        return [_Task(m.party, gap) for m, gap in zip(mentions, gaps[1:], strict=True)], stray
    tasks: list[_Task] = []
    current = gaps[0]
    for mention, before in zip(mentions, gaps, strict=False):
        current = before if before.duties else current
        tasks.append(_Task(mention.party, current))
    if gaps[-1].duty:
        stray.append(gaps[-1].duty)
    return tasks, stray


def _leader(tasks: list[_Task]) -> _Task | None:
    """Return who leads, or None where the cell leaves it open."""
    told = [task for task in tasks if task.is_told(LEADING)]
    if len(told) > 1:
        return None
    if told:
        unmarked_before = any(not t.gap.duties for t in tasks[: tasks.index(told[0])])
        return None if unmarked_before else told[0]
    first = tasks[0]
    if first.is_told(SUPPORTING) or (first.party.is_group and len(tasks) > 1):
        return None
    return first


def _shares(tasks: list[_Task], lead: _Task) -> list[Share]:
    """Give every unit one part; a unit named itself has that part, whatever its groups have."""
    shares: dict[str, Share] = {}
    for task in sorted(tasks, key=lambda t: (t.party.is_group, t is not lead)):
        role = Role.LEAD if task is lead else Role.SUPPORT
        for unit in task.party.members:
            each = role is Role.LEAD and task.party.is_group
            share = Share(unit, role, task.gap.duty, each, task.party.group)
            shares.setdefault(unit, share)
    return sorted(shares.values(), key=lambda share: share.role is not Role.LEAD)
