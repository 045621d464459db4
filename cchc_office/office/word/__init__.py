"""Word documents as values, read with the formatting that Word would show."""

from cchc_office.office.word.package import UnreadableDocumentError
from cchc_office.office.word.reader import read_word
from cchc_office.office.word.strict import transitional
from cchc_office.office.word.tables import WordCell, WordTable, read_word_tables
from cchc_office.office.word.values import (
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
