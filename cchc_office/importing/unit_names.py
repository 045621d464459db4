"""The units that a table names: gathered from its texts, near names grouped, all as proposals.

What makes two names one unit is told with the proposal; names that are merely alike stay two units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cchc_office.campaign.duties import DUTIES
from cchc_office.errors import UsageError
from cchc_office.files.output_folder import is_safe_name
from cchc_office.importing.cell_texts import is_unit
from cchc_office.model import Unit
from cchc_office.text.likeness import likeness
from cchc_office.text.many import many_of
from cchc_office.text.vietnamese import Word, clean, clean_line, fold, spelling, words

_NOUN = (
    r"(?:cơ\s+quan(?:\s+ngang\s+bộ)?|phòng|ban|đơn\s+vị|sở|xã|phường|đặc\s+khu|khu\s+phố|thôn|"
    r"chi\s+cục|trung\s+tâm|bộ(?!\s+phận)|ngành|địa\s+phương|đoàn\s+thể|doanh\s+nghiệp|tỉnh|"
    r"thành\s+phố|huyện|tổ\s+chức|trường|viện|khoa|cơ\s+sở|"
    r"đảng\s+[ủu][yỷ]|chi\s+bộ)(?=\W|$)"
)
_MORE = rf"(?:(?:\s*(?:,|/|và)\s*(?:các\s+)?|\s+(?=ngành|đơn\s+vị)){_NOUN})"
_TAIL = (
    r"(?:\s+(?:chuyên\s+môn|trực\s+thuộc|thuộc\s+(?:Sở|tỉnh|UBND\s+(?:xã|tỉnh))|của\s+(?:Sở|tỉnh)|"
    r"nghiệp\s+vụ|khác|có\s+liên\s+quan|liên\s+quan|trên\s+địa\s+bàn(?:\s+(?:tỉnh|xã))?|"
    r"cấp\s+(?:tỉnh|xã))(?=\W|$))*(?:\s+(?:xã|phường|tỉnh|huyện)(?=\s*(?:[;,\n)]|$)))?"
)
_OF_GROUP = r"(?:(?:UBND|Ủy\s+ban\s+nhân\s+dân|Chủ\s+tịch\s+UBND|Thủ\s+trưởng)\s+)"
_GROUP = re.compile(
    rf"{_OF_GROUP}?(?:tất\s+cả\s+|toàn\s+thể\s+|thủ\s+trưởng\s+|trưởng\s+)?các\s+"
    rf"{_NOUN}{_MORE}*{_TAIL}"
    rf"|(?<![-–&]){_OF_GROUP}{_NOUN}(?-i:{_MORE}+){_TAIL}"
    rf"|(?:(?<=[;,\n(])|(?<=[;,\n(]\s)|(?<=\bvà\s)|^){_NOUN}(?-i:{_MORE}+){_TAIL}",
    re.IGNORECASE | re.MULTILINE,
)
_MANY_IN_SMALL = frozenset(("lớp", "tổ", "đội", "khối"))
"""What many of are said in small letters, not to be lost: "Đoàn trường; các lớp"."""

_BY_ANOTHER_PAPER = re.compile(r"[^;\n]*\d\s*/(?:\d{4}\s*/)?[A-ZĐ]{1,4}-[A-ZĐ]{2,}[^;\n]*")
"""Who does it is said elsewhere: "Theo phân công tại Quyết định số 12/QĐ-UBND ngày 25/9/2025"."""

_BETWEEN = re.compile(
    r"([\n;,+/]|(?<!\bP)\.\s|\s[-–]\s(?=Phòng|Ban|Sở|Văn phòng|Thanh tra)|[()]|\bvà\b|:)"
)
_ONE_COUNCIL = "HĐND_UBND"
_COUNCIL = re.compile(r"HĐND\s*(?:và|&|,|-)\s*UBND", re.IGNORECASE)
_WITHIN_A_NAME = frozenset((",", "và"))
_BEFORE_NAME = frozenset(("do", "giao", "cung", "voi", "va", "cac", "lanh", "dao", "truong", "la"))
_PREFIXES = (
    *(("phong", "ban"), ("phong",), ("p",), ("ban",), ("bo", "phan"), ("so",), ("to",)),
    *(("trung", "tam"), ("tt",), ("chi", "cuc"), ("cc",)),
)
_OF_THE_OFFICE = frozenset(("so", "tinh", "xa", "phuong", "ubnd", "ban", "huyen", "tp"))
_NEVER_A_NAME = frozenset((("chu", "tri"), ("phoi", "hop"), ("dau", "moi"), ("tham", "gia")))
_SMALL = frozenset(("va", "cua", "thuoc", "the"))
_NO_UNIT = frozenset(
    (
        *("noi nhan", "khong", "ghi chu", "lien quan", "co lien quan", "khac", "true", "false"),
        *("chua hoan thanh", "da hoan thanh", "sap het han", "thuong xuyen"),
    )
)
_ALIKE = 0.86
_LONGEST_NAME = 80
_LONGEST_CODE = 10


OWN_UNIT = "riêng"
"""What a clerk says of a name that is a unit of its own (`--don-vi "P. TC=riêng"`)."""

_AS_CHOSEN = "theo --don-vi"


@dataclass
class ProposedUnit:
    """A unit as it is proposed: its names as written, most telling first.

    `why` tells of each name but the first why it is one of them.
    """

    names: list[str]
    why: list[str] = field(default_factory=list)
    code: str = ""
    groups: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its fullest name."""
        return self.names[0]


@dataclass(frozen=True)
class GatheredUnits:
    """The units and groups that texts name, and the names that are alike but are two units."""

    units: tuple[Unit, ...]
    remarks: tuple[str, ...]
    groups: tuple[str, ...]
    grouped: tuple[tuple[str, str], ...]
    near: tuple[tuple[str, str], ...]
    without_units: tuple[str, ...] = ()
    """The groups of which the texts name no unit; each stands among the units, to be replaced."""


def gather_units(texts: Iterable[str], chosen: Mapping[str, str] | None = None) -> GatheredUnits:
    """Return the units that the texts of a table's unit columns name, in the order of the texts.

    `chosen` tells of names which other name's unit they are, or that they are "riêng". Raises
    UsageError for a name that the texts have not.
    """
    names: dict[str, str] = {}
    groups: dict[str, str] = {}
    for text in texts:
        own, of_groups = names_in(text)
        for name in own:
            names.setdefault(spelling(name), name)
        for group in of_groups:
            groups.setdefault(spelling(group), group)
    proposals = _grouped(list(names.values()))
    for name, other in (chosen or {}).items():
        _settle(proposals, name, other)
    settled = set(map(spelling, chosen or ()))
    without: list[str] = []
    for group in groups.values():
        members = [proposal for proposal in proposals if _belongs(proposal.name, group)]
        for proposal in members:
            proposal.groups.append(group)
        if not members:
            without.append(group)
    near = tuple(pair for pair in _near(proposals) if settled.isdisjoint(map(spelling, pair)))
    told = [(p.name, name) for p in proposals for name in p.names[1:]]
    grouped = tuple(pair for pair in told if spelling(pair[1]) not in settled)
    proposals += _of_groups(without)
    _give_codes(proposals)
    return GatheredUnits(
        tuple(
            Unit(p.code, p.name, aliases=tuple(p.names[1:]), groups=tuple(p.groups))
            for p in proposals
        ),
        tuple("; ".join(p.why) for p in proposals),
        tuple(groups.values()),
        grouped,
        near,
        tuple(without),
    )


def _settle(proposals: list[ProposedUnit], name: str, other: str) -> None:
    """Let a name be what the clerk says: another name of a unit, or a unit of its own."""
    own = _with_name(proposals, name)
    is_whole = spelling(own.name) == spelling(name)
    if fold(other) == fold(OWN_UNIT):
        if not is_whole:
            proposals.insert(proposals.index(own) + 1, ProposedUnit([_take(own, name)]))
        return
    unit = _with_name(proposals, other)
    if unit is own:
        return
    if is_whole:
        proposals.remove(own)
        unit.names += own.names
        unit.why += [_AS_CHOSEN, *own.why]
    else:
        unit.names.append(_take(own, name))
        unit.why.append(_AS_CHOSEN)


def _with_name(proposals: Iterable[ProposedUnit], name: str) -> ProposedUnit:
    for proposal in proposals:
        if spelling(name) in map(spelling, proposal.names):
            return proposal
    known = "; ".join(name for proposal in proposals for name in proposal.names)
    raise UsageError(f"Bảng không nêu đơn vị “{name}”. Các tên gom được: {known}.")


def _take(unit: ProposedUnit, name: str) -> str:
    """Take a name that is not the first away from a unit."""
    place = list(map(spelling, unit.names)).index(spelling(name))
    del unit.why[place - 1]
    return unit.names.pop(place)


def _of_groups(without: Iterable[str]) -> Iterator[ProposedUnit]:
    """Yield a line for each group of which the table names no unit, so that its name is known."""
    why = "Đây là tên một nhóm mà bảng không kể đơn vị nào: thay bằng các đơn vị của nhóm"
    for group in without:
        yield ProposedUnit([group], [why])


def names_in(text: str) -> tuple[list[str], list[str]]:
    """Return the units and the groups that a text names, without what they are to do."""
    text = _BY_ANOTHER_PAPER.sub("", clean(text))
    groups = [clean_line(match.group()) for match in _GROUP.finditer(text)]
    rest = _GROUP.sub(";", text)
    councils = [match.group() for match in _COUNCIL.finditer(rest)]
    names = []
    for part in _parts(_COUNCIL.sub(_ONE_COUNCIL, rest)):
        said = [councils.pop(0) for _ in range(part.count(_ONE_COUNCIL))]
        name = _without_duties(part)
        if many_of(name) is not None and fold(name) not in _NO_UNIT:
            groups.append(clean_line(name))
        elif _is_name(name):
            for council in said:
                name = name.replace(_ONE_COUNCIL, council, 1)
            names.append(clean_line(name))
    return names, groups


def _parts(text: str) -> Iterator[str]:
    """Yield the pieces of a text between its marks; a line may go on with the one above."""
    lines: list[str] = []
    for line in text.split("\n"):
        goes_on = (lines and line[:1].islower()) or (lines and lines[-1].rstrip().endswith("-"))
        if goes_on:
            lines[-1] = f"{lines[-1]} {line}" if line[:1].islower() else lines[-1] + line
        else:
            lines.append(line)
    for line in lines:
        yield from _pieces(line)


def _pieces(line: str) -> Iterator[str]:
    """Yield the pieces of a line; "Phòng Kinh tế, Hạ tầng và Đô thị" is one."""
    first, *rest = _BETWEEN.split(line)
    piece = first
    for mark, following in zip(rest[::2], rest[1::2], strict=True):
        is_of_name = mark in _WITHIN_A_NAME and is_unit(piece) and _may_go_on(following)
        if is_of_name:
            gap = "" if mark == "," else " "
            piece = f"{piece.rstrip()}{gap}{mark}{following}"
        else:
            yield piece
            piece = following
    yield piece


def _may_go_on(text: str) -> bool:
    """Tell whether a piece is no unit of its own: it begins as none, and is no abbreviation."""
    bare = text.strip()
    if not bare[:1].isupper() or is_unit(bare) or bare.split()[0].isupper():
        return False
    return not any(fold(bare).startswith(" ".join(duty)) for duty in DUTIES)


def _without_duties(part: str) -> str:
    """Return a piece without the words for what is to be done: in small letters, or before all."""
    tokens = list(words(part))
    while tokens:
        duty = _duty_at(part, tokens, 0)
        if duty and len(duty) < len(tokens):
            tokens = tokens[len(duty) :]
        elif _stands_before_a_name(part, tokens):
            tokens = tokens[1:]
        else:
            break
    end = len(tokens)
    for at in range(1, len(tokens)):
        if _duty_at(part, tokens, at):
            end = at
            break
    tokens = tokens[:end]
    return clean_line(part[tokens[0].start : tokens[-1].end]) if tokens else ""


def _stands_before_a_name(part: str, tokens: list[Word]) -> bool:
    first, following = tokens[0], tokens[1:2]
    is_of_many = first.folded == "cac" and any(
        part[word.start : word.end] in _MANY_IN_SMALL for word in following
    )
    return first.folded in _BEFORE_NAME and part[first.start].islower() and not is_of_many


def _duty_at(part: str, tokens: list[Word], at: int) -> tuple[str, ...]:
    """Return the duty at a word, () for none: "Tổ chức" in capitals is the name of a division."""
    following = tuple(token.folded for token in tokens[at : at + 3])
    duty = next((d for d in DUTIES if following[: len(d)] == d), ())
    is_surely = part[tokens[at].start].islower() or duty in _NEVER_A_NAME
    return duty if duty and is_surely else ()


def _is_name(text: str) -> bool:
    folded = fold(text)
    if not text or len(text) > _LONGEST_NAME or folded in _NO_UNIT or len(folded) < 2:
        return False
    if tuple(folded.split()) in DUTIES:
        return False
    return any(c.isupper() for c in text) or text[:1].isupper()


# --- which names are one unit ---


def _core(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without "Phòng", "P." before it."""
    own = [word.folded for word in words(name)]
    for prefix in _PREFIXES:
        if len(own) > len(prefix) and tuple(own[: len(prefix)]) == prefix:
            return tuple(own[len(prefix) :])
    return tuple(own)


def _initials(own: Iterable[str]) -> str:
    return "".join(word[0] for word in own if word not in _SMALL)


def why_one(one: str, other: str) -> str:
    """Return why two names may be one unit's, "" where nothing tells."""
    a, b = _core(one), _core(other)
    if a == b or "".join(a) == "".join(b):
        return f"“{other}” và “{one}” chỉ khác cách viết"
    for short, full, s, f in ((a, b, one, other), (b, a, other, one)):
        letters = "".join(short)
        said = re.sub(r"[^\w]", "", s).upper()
        is_short = any(part.isupper() and len(part) > 1 for part in re.split(r"[\s.\-–&]+", s))
        if is_short and len(full) > 1 and letters in {_initials(full), "".join(w[0] for w in full)}:
            return f"“{s}” là các chữ đầu của “{f}”"
        whole = [word.folded for word in words(f)]
        if is_short and said.casefold() == _initials(whole):
            return f"“{s}” là các chữ đầu của “{f}”"
    own_a, own_b = (tuple(w.folded for w in words(name)) for name in (one, other))
    for few, many, s, f in ((own_a, own_b, one, other), (own_b, own_a, other, one)):
        if few == many[: len(few)] and len(few) > 1 and set(many[len(few) :]) <= _OF_THE_OFFICE:
            return f"“{s}” là “{f}” viết gọn"
    return ""


def _grouped(names: list[str]) -> list[ProposedUnit]:
    """Return the names as units: each name with the first unit that it may be the name of.

    A name that could be several units' is a unit of its own.
    """
    proposals: list[ProposedUnit] = []
    for name in sorted(names, key=lambda n: -len(n)):
        fitting = [(p, why) for p in proposals if (why := why_one(p.name, name))]
        if len(fitting) == 1:
            proposal, why = fitting[0]
            proposal.names.append(name)
            proposal.why.append(why)
        else:
            proposals.append(ProposedUnit([name]))
    order = {name: place for place, name in enumerate(names)}
    return sorted(proposals, key=lambda p: min(order[name] for name in p.names))


def _near(proposals: list[ProposedUnit]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(proposals):
        for other in proposals[at + 1 :]:
            first, second = ("".join(_core(p.name)) for p in (one, other))
            if likeness(first, second) >= _ALIKE:
                yield one.name, other.name


def _belongs(name: str, group: str) -> bool:
    """Tell whether a unit may be one of a group: classes of "mọi lớp", all of "các đơn vị"."""
    said = fold(group)
    own = fold(name)
    whom = many_of(group)
    if "don vi" in said or "co quan" in said or whom == "":
        return True
    if whom and spelling(name).startswith(f"{spelling(whom)} "):
        return True
    said_words = [word.folded for word in words(group)]
    if said_words[:2] == ["cac", "so"] and own.startswith(("so ", "thanh tra", "van phong ubnd")):
        return True
    return ("phong" in said_words and own.startswith(("phong", "p."))) or (
        "xa" in said_words and own.startswith(("xa ", "ubnd xa"))
    )


# --- codes ---


def _give_codes(proposals: list[ProposedUnit]) -> None:
    taken: set[str] = set()
    for proposal in proposals:
        code = next((c for c in _codes(proposal) if is_safe_name(c)), "DV")
        number, unique = 2, code
        while unique.casefold() in taken:
            unique = f"{code}{number}"
            number += 1
        taken.add(unique.casefold())
        proposal.code = unique


def _codes(proposal: ProposedUnit) -> Iterator[str]:
    """Yield codes for a unit: how the table itself shortens its name, then its first letters."""
    for name in proposal.names:
        bare = re.sub(r"^(?:phòng|p|ban)\b[.\s]*", "", name, flags=re.IGNORECASE)
        short = _ascii(re.sub(r"[\s.\-–&]", "", bare))
        if short.isupper() and 1 < len(short) <= _LONGEST_CODE:
            yield short
        last = _ascii(name.split()[-1])
        if sum(c.isupper() for c in last) > 1 and len(last) <= _LONGEST_CODE:
            yield last
    core = list(_core(proposal.name))
    while len(core) > 1 and core[-1] in _OF_THE_OFFICE:
        core.pop()
    if len(core) == 1 and not core[0].isdecimal():
        is_short = any(t.isupper() and fold(t) == core[0] for t in proposal.name.split())
        yield (core[0].upper() if is_short else core[0].capitalize())[:_LONGEST_CODE]
    if core[:2] == ["van", "phong"]:
        yield "VP"
    short = _initials(core).upper()[:_LONGEST_CODE]
    yield _initials(w.folded for w in words(proposal.name)).upper() if short.isdecimal() else short


def _ascii(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if c.isascii() and c.isalnum())
