"""Word documents as values, read with the formatting that Word would show."""

from cchc_office.word.reading.package import UnreadableDocumentError
from cchc_office.word.reading.reader import read_word
from cchc_office.word.reading.strict import transitional
from cchc_office.word.reading.tables import WordCell, WordTable, read_word_tables
from cchc_office.word.reading.values import (
    Layout,
    Letters,
    PageEdge,
    Paragraph,
    Piece,
    Place,
    Section,
    TextLine,
    WordDocument,
)

__all__ = [
    "Layout",
    "Letters",
    "PageEdge",
    "Paragraph",
    "Piece",
    "Place",
    "Section",
    "TextLine",
    "UnreadableDocumentError",
    "WordCell",
    "WordDocument",
    "WordTable",
    "read_word",
    "read_word_tables",
    "transitional",
]
