"""How a row is scored: "Phương pháp", "Cách chấm", "Loại điểm", and what note and name say.

Offices say it by marks, short texts such as "ĐTXHH" or "Không áp dụng". A text is a mark only as a
whole. One that merely mentions such words says something else, which is for a person to tell:
"Không đánh giá qua điều tra xã hội học" is no survey.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from cchc_office.campaign.layout import POINTS, is_kind_of_points
from cchc_office.campaign.maxima import COLUMNS as MAXIMUM_COLUMNS
from cchc_office.campaign.maxima import (
    cap_in,
    cap_of_steps,
    names_both_kinds,
    points_begun_with,
    points_named,
    points_within,
)
from cchc_office.campaign.other_rows import is_note
from cchc_office.campaign.tables import CellReader, TableRow
from cchc_office.catalogue.findings import Code, FindingCode
from cchc_office.model import Criterion, Method, Points, headings_of
from cchc_office.rules import (
    Bands,
    ByDate,
    Input,
    Ratio,
    RuleReading,
    RuleWordsError,
    Steps,
    WeightedShares,
    inputs_of,
    parse_rule,
    percent,
)
from cchc_office.sheets.sheet_reader import SheetCell
from cchc_office.text import figures
from cchc_office.text.vietnamese import clean_line, fold, official, parse_decimal

# "Từ" (from) and "tự" (oneself) fold alike: only "lấy từ" is surely the first.
_BEFORE = (
    r"(?:(?:cham|cho|tinh|xac dinh|danh gia|lay|so|diem|phan|tieu chi|noi dung|duoc|bang|qua|"
    r"thong qua|theo|lay tu|dua tren|can cu|phuong phap|hinh thuc|ket qua) )*"
)
_OF_SOCIETY = r"(?:d[ /.]*t|dieu tra)[ .]*(?:x[ .]*h(?:[ .]*h)?|xa hoi(?: hoc)?)"
_SURVEY = (
    rf"(?:{_OF_SOCIETY}|xhh|(?:lay )?phieu (?:khao sat|dieu tra)|"
    r"(?:dieu tra )?khao sat(?: (?:xhh|xa hoi hoc|(?:lay )?y kien|(?:su |muc do )?hai long))*)"
)
_SIPAS = r"(?:chi so )?(?:sipas|hai long sipas)"
_BY_WHOM = (
    r"(?: (?:cua|do) (?:tinh|thanh pho|bo|ubnd tinh|bo noi vu|so noi vu))?"
    r"(?: (?:thuc hien|to chuc|cong bo|cham|danh gia))?"
)
_POINTS = r"(?P<{}>\d+(?:[.,]\d+)?) ?(?:diem|d)?"
_MARKS = {
    method: re.compile(
        rf"(?:{_POINTS.format('before')} )?{_BEFORE}{core}{_BY_WHOM}(?: {_POINTS.format('after')})?"
    )
    for method, core in ((Method.SURVEY, _SURVEY), (Method.SIPAS, _SIPAS))
}
_SELF = re.compile(
    r"(?:(?:cac |phong |cac phong )?don vi )?tu (?:cham(?: va danh gia)?|danh gia(?: va cham)?)"
    r"(?: diem)?"
)
_MENTION = re.compile(
    rf"\b(?:{_OF_SOCIETY}|xhh|xa hoi hoc|sipas|khao sat|phieu dieu tra)\b|^{_BEFORE}dieu tra$"
)
_IN_BRACKETS_AT_END = re.compile(r"\(([^()]*)\)\W*$")
# What only sets a mark off; other signs divide what is said, and stay.
_AROUND = re.compile(r"[“”\"'()\[\]*:=_•●]|^\s*\+|(?<!\d)-|-(?!\d)")

_NOT_APPLICABLE = re.compile(
    r"(?:k(?:hong)?[ /]?ap dung|kad)(?: (?:doi voi )?(?:dong|tieu chi|noi dung|muc|chi so) nay)?"
    r"(?: (?:trong |cho )?(?:nam (?P<year>\d{4})|nam nay|nam|ky nay|ky|dot nay))?"
    r"(?:\s*[.;,:(\-]?\s*\b(?P<why>(?:theo|do|vi|can cu|ly do)\b.*))?[\s.;)]*"
)
_OF_SOME_ONLY = re.compile(r"\b(?:tru|ngoai|rieng|chi ap dung|doi voi|mot so)\b")
_MENTION_OF_NOT_APPLICABLE = re.compile(
    r"\b(?:khong|chua|k/?) ?ap dung\b|khong (?:cham|danh gia|xet)(?: diem)?"
)
_SHARES = Ratio | Bands | WeightedShares
_BY_SURVEY = (Method.SURVEY, Method.SIPAS)
_ANY_YEAR = 2000


def says_how_scored(text: str) -> bool:
    """Tell whether the whole of a text says how a row is scored: by its method or its points."""
    return mark_of(text) is not None or is_not_applicable(text, 0) or is_kind_of_points(text)


def method_of(method: str, rule: str, note: str, name: str) -> Method:
    """Tell how a row is scored: by "Phương pháp", "Cách chấm", its note, else its name (SIPAS)."""
    for text in (method, rule, note):
        if said := mark_of(text):
            return said
    return Method.SIPAS if not (method or rule) and name_says_sipas(name) else Method.SELF


class RowScoring:
    """Reads how row after row is scored; a heading's points go on to the rows under it.

    Days without a year are in `year`; it is 0 where the workbook has none.
    """

    def __init__(
        self,
        criteria: tuple[Criterion, ...],
        cells: Mapping[str, TableRow],
        year: int,
        reader: CellReader,
    ) -> None:
        """Take all rows in their order, and their cells by their ids."""
        self._cells = cells
        self._year = year
        self._reader = reader
        self._parents = headings_of(criteria)
        self._rule_heads_below = {
            (c.parent, cells[c.id]["rule"].head) for c in criteria if cells[c.id]["rule"].text
        }
        self._above_surveys = _above_surveys(criteria)
        self._points: dict[str, Points] = {}
        self._of_both_kinds: set[str] = set()

    def of(self, criterion: Criterion) -> Criterion:
        """Return the row with its rule, points and whether it applies."""
        if criterion.is_text:
            if is_note(criterion.name) and cap_in(criterion.name):
                self._report(Code.CAP_IN_NOTE, criterion, self._cells[criterion.id]["name"])
            above = self._points.get(criterion.parent, Points.NORMAL)
            points = above if criterion.points is Points.NORMAL else criterion.points
            return replace(criterion, points=points)
        points = self._read_points(criterion)
        self._points[criterion.id] = points
        self._check_kind(criterion, points)
        if criterion.id in self._parents:
            self._check_heading(criterion)
            return replace(criterion, points=points, max_score=self._cap_of(criterion, points))
        applies = self._read_applies(criterion)
        is_plain = applies and self._check_method(criterion)
        criterion = replace(criterion, points=points, applies=applies)
        criterion = replace(criterion, max_score=self._most_of(criterion))
        return self._with_rule(criterion) if is_plain else criterion

    def _check_kind(self, criterion: Criterion, points: Points) -> None:
        """Ask about rows under "Điểm thưởng, điểm trừ" that do not say which they are."""
        if points is not Points.NORMAL:
            return
        if criterion.id in self._parents:
            if names_both_kinds(criterion.name) or criterion.parent in self._of_both_kinds:
                self._of_both_kinds.add(criterion.id)
        elif criterion.parent in self._of_both_kinds:
            self._report(Code.POINTS_OF_NO_KIND, criterion, self._cells[criterion.id]["name"])

    def _read_points(self, criterion: Criterion) -> Points:
        cell = self._cells[criterion.id]["points"]
        text = clean_line(self._reader.text(cell))
        above = self._points.get(criterion.parent, Points.NORMAL)
        # What stands in a column of its own, or is negative, tells the kind too.
        told = criterion.points if criterion.points is not Points.NORMAL else None
        points = POINTS.get(text.casefold()) if text else told
        if text and points is None:
            self._report(Code.UNKNOWN_POINTS, criterion, cell)
        if points is None:
            return self._named_points(criterion, above)
        other = next((o for o in (told, above) if o not in (None, Points.NORMAL, points)), None)
        if other is not None:
            place = cell if text else self._maximum_cell(criterion)
            self._report(Code.POINTS_CONFLICT, criterion, place, other.value)
            return other
        return points

    def _named_points(self, criterion: Criterion, above: Points) -> Points:
        """Return the kind that stands above or, without one, that the row's name says it is."""
        is_heading = criterion.id in self._parents or not criterion.parent
        named = (points_begun_with if is_heading else points_named)(criterion.name)
        cell = self._cells[criterion.id]["name"]
        if named in (Points.NORMAL, above):
            begun = points_begun_with(criterion.name)
            if above is Points.NORMAL and begun is not Points.NORMAL:
                self._report(Code.POINTS_MAYBE_BY_NAME, criterion, cell, begun.value.lower())
            return above
        if above is not Points.NORMAL:
            self._report(Code.POINTS_CONFLICT, criterion, cell, above.value)
            return above
        self._report(Code.POINTS_BY_NAME, criterion, cell, named.value.lower())
        return named

    def _maximum_cell(self, criterion: Criterion) -> SheetCell:
        cells = self._cells[criterion.id]
        return next((cells[key] for key in MAXIMUM_COLUMNS if cells[key].text), cells["max_score"])

    def _cap_of(self, heading: Criterion, points: Points) -> Decimal | None:
        """Return the most that a heading for bonus or penalty gives; its words may say it."""
        cells = self._cells[heading.id]
        cell = next((cells[key] for key in ("note", "name") if cap_in(cells[key].text)), None)
        cap = cap_in(cell.text) if cell else None
        if cell is None or cap is None:
            return heading.max_score
        if points is Points.NORMAL:
            if points_within(cell.text):  # others are held against the sum below
                self._report(Code.CAP_UNUSED, heading, cell)
            return heading.max_score
        if heading.max_score not in (None, cap):
            expected = figures.given(heading.max_score or Decimal(0))
            self._report(Code.CAP_DIFFERS, heading, cell, expected)
            return heading.max_score
        return cap

    def _most_of(self, leaf: Criterion) -> Decimal | None:
        """Return the most that a leaf gives or takes; its column may say it of one case only."""
        most = leaf.max_score
        if leaf.points is Points.NORMAL or not most:
            return most
        cells = self._cells[leaf.id]
        said = next((cells[key] for key in ("note", "name") if cap_in(cells[key].text)), None)
        cap = cap_in(said.text) if said else None
        if said is None or cap in (None, most):
            return most
        of_steps = cap_of_steps(said.text, most)
        expected = figures.given(of_steps or most)
        if of_steps is None:
            self._report(Code.CAP_DIFFERS, leaf, said, expected)
            return most
        found, cell = figures.given(most), self._maximum_cell(leaf)
        self._reader.report(Code.CAP_TAKEN, cell, about=leaf.label, found=found, expected=expected)
        return of_steps

    def _check_heading(self, criterion: Criterion) -> None:
        cells = self._cells[criterion.id]
        is_survey_said = criterion.id not in self._above_surveys
        said = [
            cell
            for cell in (cells["method"], cells["note"])
            if is_not_applicable(cell.text, self._year)
            or (is_survey_said and mark_of(cell.text) in _BY_SURVEY)
        ]
        if cells["own_rule"].text:
            said.append(cells["own_rule"])
        # A cell merged with those of the rows below speaks of them.
        if cells["rule"].text and (criterion.id, cells["rule"].head) not in self._rule_heads_below:
            if says_how_scored(cells["rule"].text):
                said.append(cells["rule"])
            else:
                self._report(Code.RULE_TEXT_ON_HEADING, criterion, cells["rule"])
        for cell in said:
            self._report(Code.RULE_ON_HEADING, criterion, cell)

    def _read_applies(self, criterion: Criterion) -> bool:
        cells = self._cells[criterion.id]
        texts = (cells["method"].text, criterion.rule, criterion.own_rule, criterion.note)
        if any(is_not_applicable(text, self._year) for text in texts):
            return False
        if mentions_not_applicable(criterion.note):
            self._report(Code.NOT_APPLICABLE_UNCLEAR, criterion, cells["note"])
        return True

    def _check_method(self, criterion: Criterion) -> bool:
        """Ask where it is not plain who scores the row; tell whether it is not contradicted."""
        cells = self._cells[criterion.id]
        method = clean_line(self._reader.text(cells["method"]))
        if method and mark_of(method) is None:
            self._report(Code.METHOD_UNKNOWN, criterion, cells["method"])
        elif not (method or criterion.rule or criterion.own_rule or mark_of(criterion.note)):
            self._check_unsaid_method(criterion)
        self._check_points_in_marks(criterion)
        said = [
            (cell, mark_of(cell.text) in _BY_SURVEY)
            for cell in (cells["method"], cells["own_rule"], cells["rule"], cells["note"])
            if cell.text and (cell is cells["own_rule"] or mark_of(cell.text))
        ]
        other = next((cell for cell, survey in said if survey is not said[0][1]), None)
        if other is not None:
            expected = clean_line(other.text)
            self._report(Code.RULE_AND_SURVEY, criterion, said[0][0], expected)
        return other is None

    def _check_unsaid_method(self, criterion: Criterion) -> None:
        cells = self._cells[criterion.id]
        if mentions_survey(criterion.note):
            self._report(Code.SURVEY_UNCLEAR, criterion, cells["note"])
        elif criterion.method is Method.SELF and name_may_say_survey(criterion.name):
            self._report(Code.SURVEY_UNCLEAR, criterion, cells["name"])

    def _check_points_in_marks(self, criterion: Criterion) -> None:
        cells = self._cells[criterion.id]
        for cell in (cells["method"], cells["rule"], cells["note"]):
            points = points_in_mark(cell.text)
            if points is not None and criterion.max_score not in (None, points):
                expected = figures.given(criterion.max_score or Decimal(0))
                self._report(Code.SURVEY_POINTS_DIFFER, criterion, cell, expected)

    def _report(
        self, code: FindingCode, criterion: Criterion, cell: SheetCell, expected: str = ""
    ) -> None:
        found = clean_line(cell.text)
        self._reader.report(code, cell, about=criterion.label, found=found, expected=expected)

    def _with_rule(self, criterion: Criterion) -> Criterion:
        """Return the row with what scores it: its rule in our words, else what its text means.

        The text is the office's own and never wrong: what is not understood leaves the score to
        the unit. A rule in our own words is asked about.
        """
        own, text = (self._cells[criterion.id][key] for key in ("own_rule", "rule"))
        # Without a maximum the words could only bring up errors that are none.
        if criterion.method is not Method.SELF or not criterion.max_score:
            return criterion
        cell = own if criterion.own_rule else text
        try:
            reading = parse_rule(
                cell.text,
                criterion.max_score,
                self._year or _ANY_YEAR,
                deducts=criterion.points is Points.PENALTY,
                of_office=cell is text,
            )
        except RuleWordsError as error:
            is_own = cell is own
            self._reader.report(
                Code.OWN_RULE_NOT_UNDERSTOOD if is_own else Code.RULE_NOT_UNDERSTOOD,
                cell,
                about=criterion.label,
                found=error.found,
                expected=error.expected if is_own else "",
            )
            if not is_own and mentions_survey(text.text) and not self._says_method(criterion):
                self._report(Code.RULE_TEXT_OF_SURVEY, criterion, text)
            return criterion if is_own else replace(criterion, unread=error.found)
        self._say_what_was_added(criterion, cell, reading)
        return replace(criterion, scoring=reading.rule)

    def _says_method(self, criterion: Criterion) -> bool:
        return mark_of(self._cells[criterion.id]["method"].text) is not None

    def _say_what_was_added(
        self, criterion: Criterion, cell: SheetCell, reading: RuleReading
    ) -> None:
        rule = reading.rule
        if self._year and reading.days_without_year and isinstance(rule, ByDate):
            yearless = tuple(dict.fromkeys(reading.days_without_year))
            self._reader.report(
                Code.RULE_YEAR_ADDED,
                cell,
                about=criterion.label,
                found=", ".join(yearless),
                expected=", ".join(_with_year(rule, yearless)),
            )
        has_total = Input.TOTAL in inputs_of(rule)
        if reading.leaves_rest_of_step and isinstance(rule, Steps):
            step = percent(rule.step) if rule.is_share else figures.as_typed(rule.step)
            self._report(Code.RULE_REST_OF_STEP_UNSAID, criterion, cell, step)
        if has_total and isinstance(rule, _SHARES) and rule.nothing is None:
            self._report(Code.RULE_NOTHING_UNSAID, criterion, cell)


def _above_surveys(criteria: tuple[Criterion, ...]) -> frozenset[str]:
    """Return the ids of the headings with a row below that is scored by survey."""
    parent_of = {c.id: c.parent for c in criteria}
    headings = headings_of(criteria)
    above: set[str] = set()
    for criterion in criteria:
        is_survey = criterion.id not in headings and criterion.method in _BY_SURVEY
        place = criterion.parent if is_survey else ""
        while place and place not in above:
            above.add(place)
            place = parent_of.get(place, "")
    return frozenset(above)


def _with_year(rule: ByDate, yearless: tuple[str, ...]) -> list[str]:
    days = [limit.day for limit in rule.limits]
    return [official(day).short for day in days if f"{day:%d/%m}" in yearless]


# --- marks ---


def mark_of(text: str) -> Method | None:
    """Return how a row is scored, where the whole of a text says that and nothing else."""
    plain = _plain(text)
    for method, pattern in _MARKS.items():
        if pattern.fullmatch(plain):
            return method
    return Method.SELF if _SELF.fullmatch(plain) else None


def points_in_mark(text: str) -> Decimal | None:
    """Return the points that a mark of a survey names ("ĐTXHH: 6 điểm"), or None."""
    for pattern in _MARKS.values():
        if match := pattern.fullmatch(_plain(text)):
            said = match["before"] or match["after"]
            return parse_decimal(said) if said else None
    return None


def mentions_survey(text: str) -> bool:
    """Tell whether a text has words of a survey in it, whatever it says of it."""
    return bool(_MENTION.search(fold(text)) or _MENTION.search(_plain(text)))


def name_says_sipas(name: str) -> bool:
    """Tell whether a row is by its name the index itself: "Chỉ số SIPAS", "… (Chỉ số SIPAS)"."""
    named = fold(name)
    return _plain(name) == "chi so sipas" or named.endswith("(chi so sipas)")


def name_may_say_survey(name: str) -> bool:
    """Tell whether a name begins as the index's does, or ends with a mark in brackets."""
    if re.match(r"(?:chi so )?sipas\b", fold(name)):
        return True
    behind = _IN_BRACKETS_AT_END.search(name)
    return behind is not None and mark_of(behind[1]) in (Method.SURVEY, Method.SIPAS)


def is_not_applicable(text: str, year: int) -> bool:
    """Tell whether the whole of a text says that a row does not apply, in `year` (0: in any).

    A reason may follow; what speaks of some units, or of another year, is no such mark.
    """
    match = _NOT_APPLICABLE.fullmatch(fold(text))
    if not match or (match["why"] and _OF_SOME_ONLY.search(match["why"])):
        return False
    return not (match["year"] and year) or int(match["year"]) == year


def mentions_not_applicable(text: str) -> bool:
    """Tell whether a text has "không áp dụng" in it, or may mean just that."""
    folded = fold(text)
    match = _MENTION_OF_NOT_APPLICABLE.search(folded)
    if match is None:
        return False
    return match[0].endswith("ap dung") or match[0] == folded.rstrip(". ")


def _plain(text: str) -> str:
    """Return a text folded, without bullets, brackets, quotes and the full stop at its end."""
    return " ".join(_AROUND.sub(" ", fold(text)).split()).strip(" .;,")
