"""A share times the maximum, as formulas and sentences say it, and what a share is of.

"Tỷ lệ, dưới 80% được 0"; "(b/a) x điểm tối đa. Trong đó: a là …; b là …"; "Chỉ số SIPAS (%) x 10".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_office.rules._parts import (
    RulePart,
    as_typed,
    is_nothing_arose,
    nothing_of,
    number_of,
    part_of,
    score_of,
    split_commas,
    take_nothing_arose,
)
from cchc_office.rules.values import (
    ContradictionError,
    GivenShare,
    NothingArose,
    Ratio,
    RuleWordsError,
    ShareNames,
)
from cchc_office.text.vietnamese import fold, parse_decimal

_RATIO = re.compile(
    r"(?:(?:tinh|cham)(?: diem)? )?(?:theo )?t[yi] le(?: ?%| phan tram)?(?: hoan thanh| thuc hien)?"
)
_FLOOR = re.compile(
    r"(?:(?:neu|truong hop|khi) )?(?:(?:t[yi] le|t[yi] so|ket qua)(?: ?%)?(?: (?:nay|tren|dat"
    r"|hoan thanh|thuc hien|dat duoc|do))* ?|dat |hoan thanh )?(?P<letters>[a-z] ?/ ?[a-z] ?)?"
    r"(?:dat )?(?:duoi|<|thap hon|nho hon|khong dat|chua dat)\s*(?P<least>-?\d[\d.,]*)\s*"
    r"(?P<percent>%|phan tram)?(?: ke hoach)?(?: tro xuong)?"
)
_WHOLE = re.compile(r"(?:neu )?(?:t[yi] le )?(?:dat |hoan thanh )*(?:du )?100 ?%(?: ke hoach)?")
_FROM = re.compile(
    r"(?:neu )?(?:t[yi] le )?(?:nay |tren )?(?:dat |hoan thanh )*(?:tu |>= ?|≥ ?)?"
    r"(?P<least>\d+(?:[.,]\d+)?) ?%(?: ke hoach)?(?: tro len|(?:-| den )(?:duoi |< ?)?100 ?%)"
    r"(?: ke hoach)?,?:? (?:thi )?(?P<formula>.+)"
)
_SAID_BEFORE = re.compile(
    r"^(?:xac dinh ket qua(?: dat duoc)? va )?"
    r"(?:(?:(?:so )?diem(?: danh gia| cham| dat duoc| dat| so| tu cham)? )?(?:duoc )?"
    r"(?:tinh|cham|xac dinh)(?: diem)?(?: so)?(?: theo| bang)?(?: cong thuc)?(?: sau| nhu sau)?"
    r"\s*[:=]?\s*)?"
    r"(?:cong thuc(?: tinh)?\s*:?\s*)?(?:(?:so )?diem[a-z ]*\s*[=:]\s*)?=?\s*(?:theo )?"
)
_TIMES = r"\s*(?:\bx\b|\*|×|\bnhan(?: voi)?\b)\s*"
_MOST = (
    r"(?:(?:so |muc |thang )?diem (?:toi da|chuan)(?: cua (?:tieu chi|noi dung|muc)(?: nay)?)?"
    r"|(?P<number>\d+(?:[.,]\d+)?)(?: ?diem)?)"
)
_PERCENT_AWAY = r"(?:\s*/\s*100 ?%?)?"
_FORMULAS = (
    re.compile(rf"(?P<share>.+?)(?:{_TIMES}100 ?%)?{_TIMES}{_MOST}{_PERCENT_AWAY}"),
    re.compile(rf"{_MOST}{_TIMES}(?P<share>.+?)(?:{_TIMES}100 ?%)?{_PERCENT_AWAY}"),
)
_LETTERS = re.compile(r"(?P<done>[a-z]) ?/ ?(?P<total>[a-z])")
_LETTER = re.compile(r"(?P<done>[a-z])")
_TOTAL_IS_NONE = re.compile(
    r"(?:(?:neu|truong hop|khi) )?(?P<letter>[a-z]) ?= ?0,? (?:thi )?(?P<gives>.+)"
)
_NAMED_SHARE = re.compile(rf"t[yi] le(?: ?%| phan tram)?(?: [a-z ,-]+)?{_PERCENT_AWAY}")
_PARTS_OF_SHARE = re.compile(
    r"(?P<done>[a-z][a-z ,-]*?) ?(?:/| chia cho | chia | tren (?=tong)) ?(?P<total>[a-z][a-z ,-]*)"
)
_IS_PERCENTAGE = re.compile(
    rf"(?P<name>(?:chi so|muc do|ket qua|diem trung binh) [a-z ,-]+?)(?: ?%)?{_PERCENT_AWAY}"
)
_SAYS_PERCENT = re.compile(r"%|phan tram|/ ?100\b|\b(?:sipas|hai long)\b")
_OF_WHAT_FAILED = re.compile(r"\b(?:tre|cham|muon|qua han|sai|vi pham|thieu|chua|khong)\b")
_DEFINED = re.compile(
    r"(?:^|[,;]?\s+(?:và\s+)?)(?:trong đó\s*[:,]?\s*)?"
    r"[(“\"]?(?P<letter>[a-z]\d?)[)”\"]?\s*(?:là|:|=)\s*",
    re.IGNORECASE,
)
_LEAD_IN_OF_SHARE = re.compile(
    r"(?:(?:tinh|xac dinh)(?: theo)? )?t[yi] le(?: ?%| phan tram)?(?: giua| cua)?"
    r" (?P<done>[a-z][a-z ,-]*?),? (?:tren|so voi|va|chia cho|trong)"
    r" (?P<total>(?:tong|so) [a-z ,-]+)"
)
_LEAD_IN = re.compile(
    r"(?:tinh|xac dinh)(?: theo)? t[yi] le[^\d:]*|trong do|cu the(?: nhu sau)?"
    r"|chon (?:0?1|mot)(?: trong cac)? (?:muc|truong hop)(?: ban dau)?"
    r"|(?:t[yi] le[a-z ]*)?= ?\([^()]+/[^()]+\) ?[*x×] ?100 ?%?"
)
_NAMES_SHARE = re.compile(r"diem (?!tru|thuong)[a-z ]+: t[yi] le [a-z ,]+")
_NO_LEAD_IN = re.compile(r"\d|\b(?:tru|toi da|chi (?:tinh|cham|ap dung)|ngoai|rieng|cong them)\b")
_EXPECTED = "“dưới 80% được 0” hoặc “không phát sinh: điểm tối đa”"


def without_lead_in(parts: list[RulePart], of: ShareNames) -> tuple[list[RulePart], ShareNames]:
    """Return the parts without lines that only lead in, and what a share is of where one says it.

    "Tính tỷ lệ % giữa số nhiệm vụ đã hoàn thành trên tổng số nhiệm vụ"; "Thang điểm như sau:".
    """
    names = of
    kept: list[RulePart] = []
    for part in parts:
        bare = fold(part.text).rstrip(": ")
        match = _LEAD_IN_OF_SHARE.fullmatch(bare) if part.gives is None else None
        if _NAMES_SHARE.fullmatch(fold(part.text)):
            continue
        if match:
            names = ShareNames(*(as_typed(match[key], part.text) for key in ("done", "total")))
        elif not _leads_in(part, bare, is_first=not kept):
            kept.append(part)
    return (kept, names) if kept else (parts, of)


def _leads_in(part: RulePart, bare: str, *, is_first: bool) -> bool:
    if part.gives is not None:
        return False
    if _LEAD_IN.fullmatch(bare):
        return True
    ends_open = part.text.rstrip().endswith(":")
    return is_first and ends_open and not _NO_LEAD_IN.search(bare)


def read_share(
    parts: list[RulePart], of: ShareNames, maximum: Decimal
) -> Ratio | GivenShare | None:
    """Return the share times the maximum that the parts say; None where they say something else.

    Raises RuleWordsError where a part is left over.
    """
    pieces = [piece for part in parts for piece in _pieces(part, maximum)]
    if not any(_speaks_of_share(piece, maximum) for piece in pieces):
        return None
    rest, nothing = take_nothing_arose(pieces, maximum)
    reader = ShareReader(maximum, of)
    whole = {piece.text: part for part in parts for piece in _pieces(part, maximum)}
    for piece in rest:
        try:
            if not reader.defines(piece):
                reader.take(piece)
        except ContradictionError:
            raise
        except RuleWordsError as error:
            part = whole[piece.text]
            is_scrap = error.found == piece.text and not any(
                _speaks_of_share(other, maximum) for other in _pieces(part, maximum)
            )
            raise RuleWordsError(part.text if is_scrap else error.found, error.expected) from None
    return reader.share(nothing, parts)


def _pieces(part: RulePart, maximum: Decimal) -> list[RulePart]:
    """Return what stands in a part between commas and before "nếu"; formulas stay whole."""
    if is_nothing_arose(part) or _says_none(part) or _DEFINED.match(part.text):
        return [part]
    rounded = _ROUNDED_AT_END.fullmatch(part.text)
    formula = rounded["formula"] if rounded else part.text
    if _formula(fold(formula), maximum):
        return [part_of(text) for text in (formula, rounded and rounded["rounded"]) if text]
    texts = re.split(r"\s+(?=(?:nếu|trường hợp)\s)", part.text, flags=re.IGNORECASE)
    return [
        piece
        for text in texts
        for piece in (
            [part_of(text)]
            if re.search(r"\([^()]*/[^()]*\)$", text)
            else split_commas([part_of(text)])
        )
    ]


def _says_none(part: RulePart) -> bool:
    return bool(_NONE_FOR_SOME.fullmatch(fold(part.text)))


def _speaks_of_share(part: RulePart, maximum: Decimal) -> bool:
    if part.gives is None and _RATIO.fullmatch(part.folded):
        return True
    match = _FROM.fullmatch(fold(part.text))
    return _formula(match["formula"] if match else fold(part.text), maximum) is not None


def bare_formula(said: str) -> str:
    """Return a formula (folded) without brackets, and without what leads to it."""
    plain = " ".join(re.sub(r"[\[\](){}]", " ", said).split())
    return _SAID_BEFORE.sub("", plain, count=1)


def _formula(said: str, maximum: Decimal) -> str | None:
    """Return the share of a formula that is a share times the maximum, folded."""
    bare = bare_formula(said)
    for pattern in _FORMULAS:
        match = pattern.fullmatch(bare)
        if match and (not match["number"] or parse_decimal(match["number"]) == maximum):
            share = match["share"].strip()
            if any(p.fullmatch(share) for p in (_LETTERS, _LETTER, *_SHARES)):
                return share
    return None


_ROUNDED = re.compile(
    r"(?:duoc )?lam tron(?: den| toi)? (?:(?P<step>0[.,]\d+) ?(?:diem|d)?"
    r"|0?(?P<places>[1-3]) chu so(?: thap phan)?)"
)
_ROUNDED_AT_END = re.compile(
    r"(?P<formula>.+?)[\s,]*\(?(?P<rounded>(?:được )?làm tròn[^()]*)\)?", re.IGNORECASE
)
_FULL = re.compile(
    r"(?:(?:neu|truong hop|khi) )?(?:t[yi] le )?(?P<letters>[a-z] ?/ ?[a-z] ?)?(?:dat )?"
    r"(?:>=|=>|≥|tu) ?(?P<least>\d[\d.,]*) ?(?P<percent>%)?(?: tro len)?"
)


def rounding_of(said: str) -> Decimal | None:
    """Return to what whole steps a score is rounded, as words say it (folded); None without."""
    match = _ROUNDED.fullmatch(said.strip("() "))
    if match is None:
        return None
    return (
        Decimal(1).scaleb(-int(match["places"]))
        if match["places"]
        else parse_decimal(match["step"])
    )


def gives_all(part: RulePart, maximum: Decimal) -> bool:
    """Tell whether a part gives the maximum."""
    try:
        return part.gives is not None and score_of(part, maximum) == maximum
    except RuleWordsError:
        return False


def _full_of(match: re.Match[str], piece: RulePart) -> Decimal:
    if not match["percent"] and not match["letters"]:
        raise RuleWordsError(piece.text, _EXPECTED)
    full = number_of(match["least"], piece) / (100 if match["percent"] else 1)
    if not 0 < full <= 1:
        raise ContradictionError(piece.text, "tỷ lệ trên 0% và không quá 100%")
    return full


_SAYS_MORE = re.compile(r"[.;]\s+[^\W\d_a-z]|\b(?:thì|thi|điểm)\b")
_NONE_FOR_SOME = re.compile(
    r"(?:co quan|don vi|dia phuong)[a-z, ]* khong (?:co|phat sinh|duoc giao) [a-z, ]+ thi "
    r"(?:cham )?(?:dat |duoc )?diem toi da"
)
_PERCENTAGE_NAME = re.compile(r"t[yi] le\b")
_SHARES = (_IS_PERCENTAGE, _NAMED_SHARE, _PARTS_OF_SHARE)


@dataclass
class ShareReader:
    """Takes one piece after the other, and puts together what they say."""

    maximum: Decimal
    of: ShareNames
    formula: str = ""
    formula_text: str = ""
    floor: Decimal | None = None
    full: Decimal | None = None
    rounded_to: Decimal | None = None
    least_said: Decimal | None = None
    names: dict[str, str] = field(default_factory=dict)
    none_of: str = ""
    """The letter of which 0 is said to give `nothing`."""
    nothing: NothingArose | None = None

    def defines(self, part: RulePart) -> bool:
        """Take what letters stand for; tell whether the part says that."""
        text = part.text
        if self._takes_none(part):
            return True
        found = list(_DEFINED.finditer(text))
        if not found or found[0].start() != 0:
            return False
        ends = [match.start() for match in found[1:]] + [len(text)]
        for match, end in zip(found, ends, strict=True):
            name = text[match.end() : end].strip(" ,;.")
            if not name or match["letter"].lower() in self.names or _SAYS_MORE.search(name):
                raise RuleWordsError(text, "mỗi chữ trong công thức là một số liệu")
            self.names[match["letter"].lower()] = name
        return True

    def _takes_none(self, part: RulePart) -> bool:
        match = _TOTAL_IS_NONE.fullmatch(fold(part.text))
        if part.gives is None or not (match or _says_none(part)):
            return False
        if self.nothing:
            raise RuleWordsError(part.text, _EXPECTED)
        self.none_of = match["letter"] if match else ""
        self.nothing = nothing_of(part, self.maximum)
        return True

    def take(self, piece: RulePart) -> None:
        """Take a formula, a floor, or what only repeats the formula. Raises RuleWordsError."""
        folded = fold(piece.text)
        if match := _FROM.fullmatch(folded):
            self.least_said = number_of(match["least"], piece) / 100
            folded = match["formula"]
        share = _formula(folded, self.maximum)
        if share is not None or (piece.gives is None and _RATIO.fullmatch(folded)):
            if self.formula:
                raise RuleWordsError(piece.text, _EXPECTED)
            self.formula, self.formula_text = share or "ty le", piece.text
        elif rounded := rounding_of(folded):
            self.rounded_to = rounded
        elif (match := _FULL.fullmatch(piece.folded)) and gives_all(piece, self.maximum):
            self.full = _full_of(match, piece)
        elif _WHOLE.fullmatch(piece.folded) and piece.gives is not None:
            if score_of(piece, self.maximum) != self.maximum:
                raise ContradictionError(piece.text, "100% được điểm tối đa")
        else:
            self._take_floor(piece)

    def _take_floor(self, piece: RulePart) -> None:
        bare = " ".join(re.sub(r"[\[\](){}]", " ", piece.folded).split())
        match = _FLOOR.fullmatch(bare)
        if not match or self.floor is not None or score_of(piece, self.maximum) != 0:
            raise RuleWordsError(
                piece.text,
                "sau “Tỷ lệ” chỉ có “dưới 80% được 0” và “không phát sinh: …”"
                if self.floor is not None
                else _EXPECTED,
            )
        if not match["percent"] and not match["letters"]:
            raise RuleWordsError(piece.text, _EXPECTED)
        floor = number_of(match["least"], piece) / (100 if match["percent"] else 1)
        if not 0 < floor <= 1:
            raise ContradictionError(piece.text, "tỷ lệ trên 0% và không quá 100%")
        self.floor = floor

    def share(self, nothing: NothingArose | None, parts: list[RulePart]) -> Ratio | GivenShare:
        """Return what all pieces say together. Raises RuleWordsError."""
        if self.least_said is not None and self.least_said != self.floor:
            raise RuleWordsError(parts[-1].text, "số điểm khi thấp hơn mức đó: “dưới 80%: 0”")
        if nothing and self.nothing:
            raise RuleWordsError(parts[-1].text, _EXPECTED)
        nothing = nothing or self.nothing
        if _LETTER.fullmatch(self.formula) and not self._is_special:
            return self._percentage(nothing)
        if match := _IS_PERCENTAGE.fullmatch(self.formula):
            # An index or a result may as well be points or a rank.
            if (
                nothing
                or self.names
                or self._is_special
                or not _SAYS_PERCENT.search(fold(self.formula_text))
            ):
                raise RuleWordsError(parts[-1].text, _EXPECTED)
            return GivenShare(as_typed(match["name"], self.formula_text), self.floor)
        if self.floor is not None and self.full is not None and self.floor > self.full:
            raise ContradictionError(parts[-1].text, _EXPECTED)
        of = self._of(parts)
        return Ratio(self.floor, nothing, of, self.full, rounded_to=self.rounded_to)

    @property
    def _is_special(self) -> bool:
        """Tell whether something is said that only a share of a total can have."""
        return self.full is not None or self.rounded_to is not None

    def _percentage(self, nothing: NothingArose | None) -> GivenShare:
        """Return "a x điểm tối đa; a là tỷ lệ % …": the figure is the percentage itself."""
        name = self.names.get(self.formula, "")
        is_percentage = _PERCENTAGE_NAME.match(fold(name)) or (
            "/100" in self.formula_text.replace(" ", "") and name
        )
        if nothing or len(self.names) != 1 or not is_percentage:
            raise RuleWordsError(self.formula_text, "chữ trong công thức là một tỷ lệ %")
        return GivenShare(name, self.floor)

    def _of(self, parts: list[RulePart]) -> ShareNames:
        letters = _LETTERS.fullmatch(self.formula)
        wanted = {letters["done"], letters["total"]} if letters else set()
        if wanted != set(self.names):
            raise RuleWordsError(
                self.formula_text or parts[0].text,
                "mỗi chữ trong công thức là số liệu gì: “a là …”",
            )
        if self.none_of and (not letters or self.none_of != letters["total"]):
            raise RuleWordsError(parts[-1].text, _EXPECTED)
        if letters:
            return ShareNames(self.names[letters["done"]], self.names[letters["total"]])
        named = _NAMED_SHARE.fullmatch(self.formula)
        if named and _OF_WHAT_FAILED.search(self.formula):  # the form asks for what was reached
            raise RuleWordsError(self.formula_text, _EXPECTED)
        match = None if named else _PARTS_OF_SHARE.fullmatch(self.formula)
        if match is None:
            return self.of
        return ShareNames(*(as_typed(match[key], self.formula_text) for key in ("done", "total")))
