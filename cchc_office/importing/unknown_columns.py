"""Tables with words and numbers whose headings say nothing known: a clerk tells their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cchc_office.campaign.layout import NAME
from cchc_office.errors import CampaignError
from cchc_office.importing.cell_texts import is_number
from cchc_office.importing.clerk_choices import with_columns
from cchc_office.importing.column_meaning import MOST, part_of
from cchc_office.importing.headed_table import HeadedTable, texts_below
from cchc_office.importing.source import SourceDocument
from cchc_office.importing.table_choice import TableOffer, may_be_criteria
from cchc_office.importing.table_headings import read_unknown_headings
from cchc_office.text.command_line import typed
from cchc_office.text.shortening import shortened
from cchc_office.text.vietnamese import clean_line

_FEWEST_ROWS = 3
_SAMPLES = 3
_LONGEST_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that nobody has told yet: its name, the first texts in it, what it likely is."""

    name: str
    samples: tuple[str, ...]
    ours: str = ""


class UnknownColumnsError(CampaignError):
    """A table is there, but its headings are not known; `columns` are those to be asked about."""

    def __init__(self, message: str, table: str, columns: tuple[UnknownColumn, ...]) -> None:
        super().__init__(message)
        self.table = table
        self.columns = columns


def offers_as_told(document: SourceDocument, wanted: Mapping[str, str]) -> tuple[TableOffer, ...]:
    """Return the tables whose columns a clerk told, () where no table is such as could be meant.

    Raises UnknownColumnsError where one could be, and the column of names was not told.
    """
    tables = [
        headed
        for number, source in enumerate(document.tables)
        if may_be_criteria(source)
        if (headed := read_unknown_headings(number, source)) and _has_words_and_numbers(headed)
    ]
    offers = [
        with_columns(TableOffer(number, (table,), len(table.rows) - table.first), wanted)
        for number, table in enumerate(tables, 1)
    ]
    told = [offer for offer in offers if NAME.key in offer.tables[0].places]
    if tables and not told:
        raise _asking(max(tables, key=lambda table: len(table.rows)), document)
    return tuple(replace(offer, number=number) for number, offer in enumerate(told, 1))


def _asking(table: HeadedTable, document: SourceDocument) -> UnknownColumnsError:
    columns = tuple(UnknownColumn(c.name, _samples(table, c.place), c.ours) for c in table.columns)
    names = ", ".join(f"“{column.name}”" for column in columns)
    of_names = typed(f"{columns[_longest(table)].name}={NAME.heading}")
    return UnknownColumnsError(
        f"Các tiêu đề của bảng “{table.source.name}” trong {document.file} không cho biết cột nào "
        f"là tên các dòng; các cột: {names}. Nói mỗi cột là cột nào, không cần sửa tệp: chạy lại "
        f"với --cot cho từng cột cần lấy, ví dụ --cot {of_names}.",
        table.source.name,
        columns,
    )


def _samples(table: HeadedTable, place: int) -> tuple[str, ...]:
    texts = dict.fromkeys(map(clean_line, texts_below(table, place)))
    return tuple(shortened(text, _LONGEST_SAMPLE) for text in list(texts)[:_SAMPLES])


def _has_words_and_numbers(table: HeadedTable) -> bool:
    """Tell whether a column holds words and another numbers, in some rows."""
    columns = [texts_below(table, column.place) for column in table.columns]
    full = [texts for texts in columns if len(texts) >= _FEWEST_ROWS]
    has_numbers = any(part_of(texts, is_number) >= MOST for texts in full)
    return has_numbers and any(_are_words(texts) for texts in full)


def _are_words(texts: Sequence[str]) -> bool:
    """Tell whether texts are words that differ, as names of rows do."""
    differ = len(set(texts)) >= MOST * len(texts)
    return differ and part_of(texts, lambda text: " " in clean_line(text)) >= MOST


def _longest(table: HeadedTable) -> int:
    """Return the place of the column with the most words: likely the names."""
    sizes = [sum(map(len, texts_below(table, column.place))) for column in table.columns]
    return sizes.index(max(sizes))
