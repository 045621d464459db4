"""Which tables of a file are the one that a clerk would bring: joined, told apart, one proposed.

Tables with the same columns are one, unless they number the same rows anew or another appendix
begins between them. Where several different ones qualify each is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_office.campaign.layout import CODE, CRITERIA_COLUMNS, NAME
from cchc_office.campaign.numbering import CodeKind, numerals
from cchc_office.importing.cell_texts import is_code, split_code
from cchc_office.importing.column_meaning import is_of_results, nearness
from cchc_office.importing.headed_table import MATRIX, ColumnReading, HeadedTable, texts_below
from cchc_office.importing.row_reading import RowReader
from cchc_office.importing.source import SourceDocument, SourceTable
from cchc_office.importing.table_headings import (
    as_continued,
    read_by_content,
    read_headings,
    with_headings_again,
)
from cchc_office.text.vietnamese import clean_line, fold

_SAME_CODES = 0.5
_LAYOUT_WORDS = ("cong hoa xa hoi chu nghia", "doc lap-tu do", "noi nhan", "nguoi lap", "nguoi ky")
_OF_FORMS = ("phieu tu cham diem", "phieu giai trinh", "bang tham dinh", "ma dong")
_ROWS_LOOKED_AT = 30
_LONGEST_HEADING = 60
_MOST_TABLES = 4
_OF_LETTERS = ("so:", "noi nhan", "cong hoa xa hoi", "kt.", "tm.")
_UNIT_HEADINGS = ("don vi", "ten don vi", "dia phuong", "co quan, don vi")


@dataclass(frozen=True)
class TableOffer:
    """A table that could be brought in, of one or several tables of the file.

    `number` is what a clerk chooses it by, counted from 1; `rows` how many rows stand below its
    headings; `why` says what speaks for the one that is proposed.
    """

    number: int
    tables: tuple[HeadedTable, ...]
    rows: int
    why: str = ""

    @property
    def name(self) -> str:
        """The names of its tables: "Bảng 1, Bảng 2"."""
        return ", ".join(table.source.name for table in self.tables)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it stands on, where the file tells."""
        return tuple(sorted({p for table in self.tables for p in table.source.pages.values()}))

    def includes(self, other: TableOffer) -> bool:
        """Tell whether it is made of all tables of another, and perhaps of more."""
        return {t.number for t in self.tables} >= {t.number for t in other.tables}

    @property
    def weight(self) -> int:
        """How much speaks for it: its rows, and which columns it surely has."""
        sure = {c.key: 2 if c.is_surely_named else 1 for c in self.tables[0].columns if c.key}
        telling = ("code", "name", "max_score", "units", "leads", MATRIX)
        return self.rows * sum(sure.get(key, 0) for key in telling)


def offers_of(document: SourceDocument) -> tuple[TableOffer, ...]:
    """Return the tables of a file that could be brought in, in their order."""
    groups: list[list[HeadedTable]] = []
    for number, source in enumerate(document.tables):
        if _is_form(source):
            continue
        before = groups[-1][-1] if groups else None
        again = with_headings_again(source, number, before) if before else None
        headed = again or read_headings(number, source)
        if headed is None or not _rows_of(headed):
            if _is_layout(source):
                continue
            going_on = as_continued(source, number, before) if before else None
            if going_on is not None and not _begins_anew(document, groups[-1], going_on):
                groups[-1].append(going_on)
                continue
            headed = read_by_content(number, source)
        if headed is None:
            continue
        same = next((g for g in groups if g[0].signature == headed.signature), None)
        if same is not None and not _begins_anew(document, same, headed):
            same.append(headed)
        else:
            groups.append([headed])
    return tuple(
        TableOffer(number, tuple(group), sum(_rows_of(table) for table in group))
        for number, group in enumerate(groups, 1)
    )


def _rows_of(table: HeadedTable) -> int:
    """Return how many rows of criteria a table has."""
    return len(RowReader(table, "", frozenset()).rows())


def _is_layout(source: SourceTable) -> bool:
    """Tell whether a table only sets things side by side: Quốc hiệu, Nơi nhận and signature."""
    texts = [fold(c.text) for row in source.sheet.rows for c in row if c.text]
    return any(text.startswith(_LAYOUT_WORDS) or text.endswith("hanh phuc") for text in texts)


def _is_form(source: SourceTable) -> bool:
    """Tell whether a table is that of a paper of this program which somebody fills in."""
    head = source.sheet.rows[:8]
    texts = {fold(cell.text) for row in head for cell in row if cell.text}
    return any(text.startswith(_OF_FORMS) for text in texts)


def may_be_criteria(source: SourceTable) -> bool:
    """Tell whether a table may be of criteria: no form, no layout, nothing that tells results."""
    return not (_is_form(source) or _is_layout(source) or _tells_results(source))


def _begins_anew(document: SourceDocument, group: list[HeadedTable], table: HeadedTable) -> bool:
    """Tell whether a table is another one than those with the same columns before it.

    Another appendix begins between them, or it numbers rows that are there already.
    """
    last = group[-1].number
    for text in document.texts:
        if last < text.before <= table.number and fold(text.text).startswith("phu luc"):
            return True
    above = [c.text for row in table.rows[: table.top] for c in row if c.text]
    if any(fold(text).startswith("phu luc") for text in above):
        return True
    if _is_next_page(document, group[-1], table):
        return False
    if _goes_on([code for one in group for code in _all_codes(one)], _all_codes(table)):
        return False
    known = {code for one in group for code in _codes(one)}
    own = _codes(table)
    if len(own) < 2:
        return False
    return sum(code in known for code in own) / len(own) > _SAME_CODES


def _is_next_page(document: SourceDocument, above: HeadedTable, table: HeadedTable) -> bool:
    """Tell whether a table of a PDF only goes on: on the next page, with no words in between."""
    between = (t for t in document.texts if above.number < t.before <= table.number)
    is_told = any(letter.isalpha() for text in between for letter in text.text)
    return not is_told and table.source.is_on_page_after(above.source)


def _goes_on(before: list[str], codes: list[str]) -> bool:
    """Tell whether the first of some codes is the next one behind those before.

    It is the next of its own kind ("IV" behind "III", "3", "4"), or the first below a field.
    """
    if not before or not codes or not (own := numerals(codes[0])[:1]):
        return False
    last = next((n for code in reversed(before) for n in numerals(code)[:1]), None)
    alike = (n for code in reversed(before) for n in numerals(code)[:1] if n.style == own[0].style)
    if (same := next(alike, None)) is not None and own[0].follows(same):
        return True
    is_field = last is not None and last.kind in (CodeKind.ROMAN, CodeKind.UPPER)
    return is_field and own[0].kind is CodeKind.ARABIC and own[0].is_first


def _codes(table: HeadedTable) -> list[str]:
    """Return the codes of a table with more than one piece, or, where it has none, all."""
    codes = _all_codes(table)
    return [code for code in codes if "." in code] or codes


def _all_codes(table: HeadedTable) -> list[str]:
    texts = texts_below(table, table.places.get("code"))
    if "code" not in table.places:
        names = texts_below(table, table.places.get("name"))
        texts = [parts[0] for name in names if (parts := split_code(name))]
    return [
        clean_line(text).strip(" .()")
        for text in texts
        if is_code(text) and not text.startswith("(")
    ]


# --- where there is none ---


def no_table(document: SourceDocument) -> str:
    """Return the sentence that refuses a file: what was seen, what was expected, what to do."""
    said = (
        f"Trong {document.file} không có bảng nào với các cột “{CODE.heading}”, “{NAME.heading}” "
        "(hoặc tên gần giống) và các dòng tiêu chí hay nhiệm vụ."
    )
    seen = list(_seen(document))[:_MOST_TABLES]
    if not document.tables:
        return _without_any(document)
    if not seen:
        return f"{said} Các bảng trong tệp không có dòng tiêu đề."
    if any(map(_tells_results, document.tables)):
        said += " Bảng mà mỗi dòng là một đơn vị, hoặc có thứ hạng, là bảng kết quả."
    return (
        f"{said} Đã thấy: {'; '.join(seen)}. Sửa dòng tiêu đề trong tệp cho giống, hoặc chép bảng "
        "cần nhập sang một tệp mới, rồi thử lại."
    )


def _without_any(document: SourceDocument) -> str:
    """Return why a file without any table has none, as far as it tells, and what to do."""
    said = [f"Tệp {document.file} không có bảng nào đọc được."]
    said += [f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in document.notes]
    if document.is_pdf:
        said.append(
            "Chữ trong PDF không có khung kẻ và không xếp thẳng thành cột. Xin tệp Word, Excel "
            "gốc; không có thì mở PDF bằng Word, lưu thành .docx, xem lại bảng rồi nhập tệp ấy."
        )
    else:
        said.append("Chép bảng vào Excel hoặc dán thẳng bảng ấy, rồi thử lại.")
    return " ".join(said)


def _seen(document: SourceDocument) -> Iterator[str]:
    told = set()
    for table in document.tables:
        best: list[str] = []
        for row in table.sheet.rows[:_ROWS_LOOKED_AT]:
            texts = list(dict.fromkeys(clean_line(c.text) for c in row if c.text))
            if len(texts) > len(best) and all(len(t) <= _LONGEST_HEADING for t in texts):
                best = texts
        is_letterhead = any(fold(text).startswith(_OF_LETTERS) for text in best)
        if len(best) > 1 and not is_letterhead and tuple(best) not in told:
            told.add(tuple(best))
            yield f"{table.name}: {', '.join(map(_with_nearest, best))}"


def _with_nearest(heading: str) -> str:
    """Return a heading with the one of ours that it is nearest to, if any."""
    column = ColumnReading(0, heading, lines=(heading,))
    near = max(CRITERIA_COLUMNS, key=lambda ours: nearness(column, ours))
    is_near = nearness(column, near) > 0 and not near.matches(heading)
    return f"“{heading}” (gần “{near.heading}”)" if is_near else f"“{heading}”"


def _tells_results(table: SourceTable) -> bool:
    """Tell whether a table lists units with what they achieved."""
    return any(
        is_of_results(cell.text)
        or (fold(cell.text) in _UNIT_HEADINGS and CODE.matches(row[0].text) and at == 1)
        for row in table.sheet.rows[:_ROWS_LOOKED_AT]
        for at, cell in enumerate(row)
        if cell.text
    )
