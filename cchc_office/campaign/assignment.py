"""The words of an assignment: which units a cell of "Đơn vị thực hiện" names, in which roles.

Names are matched by the longest alias, groups by their names; the words behind a name tell what
that unit does. Nothing is guessed: words that name nobody known, and cells that leave open who
leads, become findings.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cchc_office.model import Role, Unit
from cchc_office.vietnamese import Word, clean, clean_line, fold, words

# What a unit can be told to do (folded), and what may stand beside it (as written).
_LEADING = ("chu tri", "tong hop", "dau moi", "chiu trach nhiem")
_SUPPORTING = ("phoi hop", "tham gia")
_OTHER_DUTIES = (
    "bao cao",
    "cap nhat",
    "cung cap",
    "danh gia",
    "de xuat",
    "don doc",
    "giai quyet",
    "giam sat",
    "gui",
    "hoan thien",
    "huong dan",
    "kiem tra",
    "lap",
    "ra soat",
    "tham muu",
    "theo doi",
    "thuc hien",
    "to chuc",
    "trien khai",
    "xay dung",
)
_DUTIES = tuple(tuple(duty.split()) for duty in (*_LEADING, *_SUPPORTING, *_OTHER_DUTIES))
_BESIDE_A_DUTY = tuple(
    tuple(phrase.split())
    for phrase in (
        "công tác",
        "định kỳ",
        "được giao",
        "hàng năm",
        "hàng quý",
        "hàng tháng",
        "hồ sơ",
        "kế hoạch",
        "kết quả",
        "khi có",
        "kiểm chứng",
        "liên quan",
        "lĩnh vực",
        "nhiệm vụ",
        "nội dung",
        "phạm vi",
        "phụ trách",
        "quy định",
        "sáng kiến",
        "số liệu",
        "tài liệu",
        "theo",
        "thông tin",
        "thuộc",
        "thường xuyên",
        "trực tiếp",
        "về",
        "yêu cầu",
    )
)
_CONNECTORS = frozenset(("các", "cùng", "do", "giao", "tất", "cả", "toàn", "thể", "và", "với"))
# Words that many names begin with, and that say nothing of which one is meant.
_COMMON_WORDS = frozenset(("phong", "p", "ban", "so", "cac", "trung", "tam", "don", "vi", "chi"))
_CLOSE = 0.5
_SEPARATORS = re.compile(r"[,;.:()/\n+]|\s[-–]\s|\bvà\b", re.IGNORECASE)
_NEVER_INSIDE_A_NAME = re.compile(r"[;()]")


@dataclass(frozen=True)
class Party:
    """Whom an alias stands for: one unit, or a group with its members."""

    name: str
    members: tuple[str, ...]
    is_group: bool


@dataclass(frozen=True)
class Share:
    """A unit's part in a cell: role, the words about it, and whether it leads within a group."""

    unit: str
    role: Role
    duty: str = ""
    each: bool = False


@dataclass(frozen=True)
class Understanding:
    """How a cell was understood, or what of it was not.

    `unknown` holds (words, nearest aliases); `no_lead` tells that nobody plainly leads;
    `empty_groups` names groups without members.
    """

    shares: tuple[Share, ...] = ()
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()
    no_lead: bool = False
    empty_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Mention:
    party: Party
    start: int
    end: int


@dataclass(frozen=True)
class _Task:
    party: Party
    duty: str

    def is_told(self, phrases: tuple[str, ...]) -> bool:
        return any(_begins_with(segment, phrases) for segment in _segments(self.duty))


class Directory:
    """All names by which the units and groups of a campaign are known."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        """Collect the codes, names, aliases and groups of `units`."""
        self._parties: dict[tuple[str, ...], dict[Party, None]] = {}
        self._spellings: dict[tuple[str, ...], list[str]] = {}
        self.duties_as_names: list[tuple[str, Party]] = []
        """Names that are also words for a duty, and so cannot be told from one in a cell."""
        for unit in units:
            party = Party(unit.name or unit.code, (unit.code,), is_group=False)
            for name in (unit.code, unit.name, *unit.aliases):
                self._add(name, party)
        for group in dict.fromkeys(g for unit in units for g in unit.groups):
            members = tuple(u.code for u in units if any(fold(g) == fold(group) for g in u.groups))
            party = Party(group, members, is_group=True)
            self._add(group, party)
            short = re.sub(r"^các\s+", "", group, flags=re.IGNORECASE)
            if len(words(short)) > 1:  # "phòng" alone begins the name of any division
                self._add(short, party)
        self._longest = max((len(key) for key in self._parties), default=0)

    def _add(self, name: str, party: Party) -> None:
        key = tuple(word.folded for word in words(name))
        if key in _DUTIES:
            self.duties_as_names.append((clean_line(name), party))
        elif key:
            self._parties.setdefault(key, {})[party] = None
            self._spellings.setdefault(key, []).append(clean_line(name))

    def shared(self) -> Iterator[tuple[str, tuple[Party, ...]]]:
        """Yield the names that stand for more than one unit or group."""
        for key, parties in self._parties.items():
            if len(parties) > 1:
                yield self._spellings[key][0], tuple(parties)

    def find(self, text: str, tokens: tuple[Word, ...], first: int) -> tuple[Party, int] | None:
        """Return whom the longest name at token `first` stands for, and how many tokens it has."""
        for length in range(min(self._longest, len(tokens) - first), 0, -1):
            run = tokens[first : first + length]
            key = tuple(word.folded for word in run)
            parties = self._parties.get(key)
            if parties and self._is_written_so(text, run, key):
                return next(iter(parties)), length
        return None

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return up to three known names that look most like `text`."""
        own = _distinctive(text)
        ratios = {
            spellings[0]: difflib.SequenceMatcher(None, own, _distinctive(spellings[0])).ratio()
            for spellings in self._spellings.values()
        }
        close = sorted((r for r in ratios.items() if r[1] >= _CLOSE), key=lambda r: -r[1])
        return tuple(name for name, _ in close[:3])

    def _is_written_so(self, text: str, run: tuple[Word, ...], key: tuple[str, ...]) -> bool:
        written = text[run[0].start : run[-1].end]
        if _NEVER_INSIDE_A_NAME.search(written):
            return False
        if len(run) > 1:
            return True
        # A short code such as "DA" must not be found in the word "đã".
        return any(written.casefold() == s.casefold() for s in self._spellings[key])


def _distinctive(name: str) -> str:
    """Return what tells a name from others, folded: "Phòng KH-TC-TH" gives "khtcth"."""
    own = [word.folded for word in words(name)]
    return "".join([w for w in own if w not in _COMMON_WORDS] or own)


def understand(text: str, directory: Directory) -> Understanding:
    """Tell which units the cell `text` names, and who leads and who supports."""
    text = clean(text)
    mentions = _mentions(text, directory)
    if not mentions:
        return Understanding(unknown=((clean_line(text), directory.nearest(text)),))
    tasks, stray = _tasks(text, mentions)
    unknown = tuple((words, directory.nearest(words)) for words in stray)
    empty = tuple(t.party.name for t in tasks if not t.party.members)
    lead = _leader(tasks)
    if unknown or empty or lead is None:
        return Understanding((), unknown, lead is None, empty)
    return Understanding(tuple(_shares(tasks, lead)))


def share_out(leads: str, supports: str, directory: Directory) -> Understanding:
    """Understand the columns "Chủ trì" and "Phối hợp": names only, every one of them plain."""
    shares: dict[str, Share] = {}
    unknown: list[tuple[str, tuple[str, ...]]] = []
    for role, text in ((Role.LEAD, leads), (Role.SUPPORT, supports)):
        text = clean(text)
        mentions = _mentions(text, directory)
        unknown += [(w, directory.nearest(w)) for w in _left_over(text, mentions)]
        members = dict.fromkeys(m for mention in mentions for m in mention.party.members)
        several = len(members) > 1
        for unit in members:
            each = role is Role.LEAD and several
            shares.setdefault(unit, Share(unit, role, each=each))
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
        party, length = found
        last = tokens[position + length - 1]
        mentions.append(_Mention(party, tokens[position].start, last.end))
        position += length
    return mentions


def _tasks(text: str, mentions: list[_Mention]) -> tuple[list[_Task], list[str]]:
    """Give each name its words: those behind it, or, where the cell begins so, those before it."""
    gaps = [text[: mentions[0].start]]
    gaps += [text[a.end : b.start] for a, b in pairwise(mentions)]
    gaps.append(text[mentions[-1].end :])
    stray = [part for gap in gaps for s in _segments(gap) for part in _unexplained(s)]
    duties = [", ".join(_segments(gap)) for gap in gaps]
    if not duties[0] or any(_unexplained(s) for s in _segments(gaps[0])):
        return [_Task(m.party, d) for m, d in zip(mentions, duties[1:], strict=True)], stray
    tasks: list[_Task] = []
    current = ""
    for mention, before in zip(mentions, duties, strict=False):
        current = before or current
        tasks.append(_Task(mention.party, current))
    if duties[-1]:
        stray.append(duties[-1])
    return tasks, stray


def _segments(gap: str) -> list[str]:
    """Return the phrases between two names, without the words that only connect."""
    phrases = []
    for part in _SEPARATORS.split(gap):
        tokens = list(words(part))
        while tokens and _is_connector(part, tokens[0]):
            tokens.pop(0)
        while tokens and _is_connector(part, tokens[-1]):
            tokens.pop()
        if tokens:
            phrases.append(clean_line(part[tokens[0].start : tokens[-1].end]))
    return phrases


def _is_connector(text: str, word: Word) -> bool:
    return text[word.start : word.end].casefold() in _CONNECTORS


def _unexplained(segment: str) -> list[str]:
    """Return the parts of a phrase that are neither a duty nor words that stand beside one."""
    tokens = words(segment)
    parts: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        step = _explained(segment, tokens, place)
        if step == 0:
            start, end = tokens[place].start, tokens[place].end
            if parts and not segment[parts[-1][1] : start].strip():
                start = parts.pop()[0]
            parts.append((start, end))
        place += step or 1
    return [segment[start:end] for start, end in parts]


def _explained(segment: str, tokens: tuple[Word, ...], place: int) -> int:
    """Return how many words from `place` on are a duty or stand beside one; 0 where none is."""
    for duty in _DUTIES:
        if tuple(word.folded for word in tokens[place : place + len(duty)]) == duty:
            return len(duty)
    written = tuple(segment[word.start : word.end].casefold() for word in tokens[place:])
    for phrase in _BESIDE_A_DUTY:
        if written[: len(phrase)] == phrase:
            return len(phrase)
    return int(written[0] in _CONNECTORS)


def _left_over(text: str, mentions: list[_Mention]) -> list[str]:
    starts = [0, *(m.end for m in mentions)]
    ends = [*(m.start for m in mentions), len(text)]
    return [s for a, b in zip(starts, ends, strict=True) for s in _segments(text[a:b])]


def _begins_with(segment: str, phrases: tuple[str, ...]) -> bool:
    folded = fold(segment)
    return any(folded == phrase or folded.startswith(phrase + " ") for phrase in phrases)


def _leader(tasks: list[_Task]) -> _Task | None:
    """Return who leads, or None where the cell leaves it open."""
    told = [task for task in tasks if task.is_told(_LEADING)]
    if len(told) > 1:
        return None
    if told:
        unmarked_before = any(not t.duty for t in tasks[: tasks.index(told[0])])
        return None if unmarked_before else told[0]
    first = tasks[0]
    if first.is_told(_SUPPORTING) or (first.party.is_group and len(tasks) > 1):
        return None
    return first


def _shares(tasks: list[_Task], lead: _Task) -> list[Share]:
    """Give every unit one part; a unit named itself has that part, whatever its groups have."""
    shares: dict[str, Share] = {}
    for task in sorted(tasks, key=lambda t: (t.party.is_group, t is not lead)):
        role = Role.LEAD if task is lead else Role.SUPPORT
        for unit in task.party.members:
            each = role is Role.LEAD and task.party.is_group
            shares.setdefault(unit, Share(unit, role, task.duty, each))
    return sorted(shares.values(), key=lambda share: share.role is not Role.LEAD)
