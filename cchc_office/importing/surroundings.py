"""What stands around a table: its title, "Phụ lục", "Kèm theo …", the year, the agencies.

Whole lines are taken, as they are written; a line of which only a part says something (the year in
a sentence) stays among what is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cchc_office.campaign.enclosing import parse_enclosing
from cchc_office.importing.cell_texts import shown
from cchc_office.importing.headed_table import HeadedTable
from cchc_office.importing.source import PLAIN, CellLook, LeftOut, Reason, SourceDocument
from cchc_office.model.enclosing_paper import DISPATCH_PAPER, EnclosingPaper
from cchc_office.sheets.addresses import row_number
from cchc_office.text.vietnamese import clean_line, fold

_TITLE = (
    *("bang ", "bo tieu chi", "bo chi so", "ke hoach", "danh muc", "phan cong", "tieu chi"),
    *("thang diem", "chi so", "phieu", "bieu ", "noi dung", "nhiem vu", "quy dinh", "huong dan"),
)
_NO_TITLE = (
    "cong hoa",
    "doc lap",
    "ngay ",
    "can cu",
    "dieu ",
    "kinh gui",
    "noi nhan",
)
_PARENTS = ("ubnd", "uy ban nhan dan", "bo ", "tinh uy", "thanh uy", "dang uy", "hdnd")
_AGENCIES = (
    *("so ", "ban ", "van phong", "phong ", "thanh tra", "chi cuc", "trung tam", "uy ban", "ubnd"),
    *("cong an", "truong ", "benh vien", "cuc ", "vien "),
)
_APPENDIX = re.compile(
    r"(?P<label>phụ\s+lục(?:\s+số)?(?:\s+(?:[IVXLC]+|\d{1,2}))?)\s*[.:]?\s*", re.IGNORECASE
)
_PLAIN_APPENDIX = "phu luc"
_NUMBER_OF_PAPER = re.compile(r"số\s*[:.…/\d]", re.IGNORECASE)
_YEAR = re.compile(r"\bnăm\s+((?:19|20|21)\d\d)\b", re.IGNORECASE)
_ATTACHED = ("(kem theo", "kem theo", "(ban hanh kem theo", "ban hanh kem theo")
_OFFICE_IN_SYMBOL = re.compile(r"/(?P<office>[^\W\d_]{2,12})-")
_LONGEST_LINE = 250
_LONGEST_AGENCY = 80
_MOST_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class _SurroundingLine:
    text: str
    place: str
    look: CellLook = PLAIN

    @property
    def folded(self) -> str:
        return fold(self.text)


@dataclass(frozen=True)
class Surroundings:
    """Settings by key that stand around a table, and the lines that say none.

    `whole` are the keys of those that are lines of the file; the others repeat a part of one.
    """

    settings: dict[str, str]
    whole: frozenset[str]
    left_out: tuple[LeftOut, ...]


def read_surroundings(document: SourceDocument, tables: Sequence[HeadedTable]) -> Surroundings:
    """Return what stands around the tables of a file that are taken."""
    first = tables[0].number
    earlier = max((n for n in range(first) if n not in {t.number for t in tables}), default=-1)
    above = [line for line in _texts(document) if earlier < line[0] <= first]
    lines = [line for _, line in above] + list(_above(tables[0]))
    reading = _SurroundingsReader()
    for line in lines:
        reading.take(line)
    rest = [line for line in lines if line not in reading.used] + reading.numbers_left
    rest += [line for before, line in _texts(document) if not earlier < before <= first]
    for table in tables[1:]:
        rest += _above(table)
    return Surroundings(
        _in_part(reading, lines) | reading.whole,
        frozenset(reading.whole),
        tuple(LeftOut(line.place, line.text, Reason.BESIDE_TABLE) for line in rest),
    )


def _texts(document: SourceDocument) -> Iterator[tuple[int, _SurroundingLine]]:
    for number, text in enumerate(document.texts, 1):
        page = f"trang {text.page}, " if text.page else ""
        for line in text.text.split("\n"):
            if line.strip():
                place = f"{page}ngoài bảng, đoạn {number}"
                yield text.before, _SurroundingLine(clean_line(line), place, text.look)


def _above(table: HeadedTable) -> Iterator[_SurroundingLine]:
    """Yield what stands in the sheet above the headings of a table."""
    looks = table.source.looks
    for index, row in enumerate(table.rows[: table.top]):
        place = table.source.place_of(index).words
        seen = set()
        for cell in row:
            if not shown(cell) or cell.head in seen or row_number(cell.head) != index + 1:
                continue
            seen.add(cell.head)
            for line in shown(cell).split("\n"):
                if line.strip():
                    yield _SurroundingLine(clean_line(line), place, looks.get(cell.head, PLAIN))


class _SurroundingsReader:
    """Reads line after line; `used` are those whose words are all in a setting."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.used: list[_SurroundingLine] = []
        self.title: list[_SurroundingLine] = []
        self.paper: EnclosingPaper | None = None
        self.appendix: _SurroundingLine | None = None

    def take(self, line: _SurroundingLine) -> None:
        folded = line.folded
        is_number = _NUMBER_OF_PAPER.match(line.text)
        if len(line.text) > _LONGEST_LINE or is_number or folded.startswith(_NO_TITLE):
            return
        match = _APPENDIX.match(line.text)
        if match and self.appendix is None:
            self._take_appendix(line, match)
        elif folded.startswith(_ATTACHED):
            if paper := parse_enclosing(line.text):
                self._set("enclosed_in", line)
                self.paper = self.paper or paper
        elif self._is_title(line):
            self.title.append(line)
            self.used.append(line)
        elif self._is_agency(line):
            is_parent = line.folded.startswith(_PARENTS) and "parent_agency" not in self.settings
            self._set("parent_agency" if is_parent else "agency", line)

    def _take_appendix(self, line: _SurroundingLine, match: re.Match[str]) -> None:
        self.appendix = _SurroundingLine(clean_line(match["label"]), line.place, line.look)
        self.used.append(line)
        if rest := line.text[match.end() :].strip():
            self.title.append(_SurroundingLine(rest, line.place, line.look))

    @property
    def whole(self) -> dict[str, str]:
        """The settings that are lines of the file."""
        title = "\n".join(line.text for line in self.title)
        label = self.appendix.text if self.appendix and not self.numbers_left else ""
        said = {"table_title": title, "appendix_label": label}
        return self.settings | {key: text for key, text in said.items() if text}

    @property
    def numbers_left(self) -> list[_SurroundingLine]:
        """The label of an appendix whose number is not taken over.

        It counts the appendices of a paper that the file does not name: the dispatch that the table
        is to go with has one.
        """
        is_numbered = self.appendix and fold(self.appendix.text) != _PLAIN_APPENDIX
        return [self.appendix] if self.appendix and is_numbered and not self.paper else []

    def _set(self, key: str, line: _SurroundingLine) -> None:
        if key not in self.settings:
            self.settings[key] = line.text
            self.used.append(line)

    def _is_agency(self, line: _SurroundingLine) -> bool:
        if self.title or not _is_upper(line.text) or len(line.text) > _LONGEST_AGENCY:
            return False
        return line.folded.startswith((*_PARENTS, *_AGENCIES))

    def _is_title(self, line: _SurroundingLine) -> bool:
        if len(self.title) >= _MOST_TITLE_LINES:
            return False
        looks_so = _is_upper(line.text) or line.look.bold
        if self.title:
            return looks_so and not line.folded.startswith(("dvt", "don vi tinh"))
        return looks_so and any(word in f"{line.folded} " for word in _TITLE)


def _in_part(reading: _SurroundingsReader, lines: Sequence[_SurroundingLine]) -> dict[str, str]:
    """Return the settings that a part of a line says."""
    year = _year_of(line.text for line in (*reading.title, *lines))
    one = {"appendix_label": "có"} if reading.numbers_left else {}
    return _of_own_dispatch(reading.paper) | ({"year": year} if year else {}) | one


def _of_own_dispatch(paper: EnclosingPaper | None) -> dict[str, str]:
    """Return what the dispatch that a table goes with says of the office that issued it.

    Only a dispatch does: a set that comes with a decision is mostly that of a higher body.
    """
    if paper is None or paper.kind != DISPATCH_PAPER:
        return {}
    short = _OFFICE_IN_SYMBOL.match(paper.symbol)
    said = {
        "agency": paper.issuer,
        "symbol": paper.symbol,
        "abbreviation": short["office"] if short else "",
        "document_date": paper.date.short if paper.date else "",
    }
    return {key: text for key, text in said.items() if text}


def _is_upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) / len(letters) > 0.7


def _year_of(texts: Iterable[str]) -> str:
    for text in texts:
        if match := _YEAR.search(text):
            return match.group(1)
    return ""
