"""Holding a Word document against Decree 30/2020/NĐ-CP, Appendix I. The file is only read."""

from __future__ import annotations

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.checker._breaches import Breaches
from cchc_office.decree30.checker._closing_rules import check_closing
from cchc_office.decree30.checker._division_rules import check_divisions
from cchc_office.decree30.checker._find_parts import recognise
from cchc_office.decree30.checker._head_rules import check_head
from cchc_office.decree30.checker._letter_rules import check_letters
from cchc_office.decree30.checker._page_rules import check_pages
from cchc_office.decree30.checker._parts import DocumentParts, Kind
from cchc_office.decree30.checker._regimes import other_regime
from cchc_office.decree30.checker._spelling_rules import (
    WORDS_NOT_JUDGED,
    check_spelling,
    is_without_diacritics,
)
from cchc_office.decree30.checker._text_rules import check_text
from cchc_office.word.reading import UnreadableDocumentError, read_with_sources

_CHECKS = (
    check_pages,
    check_head,
    check_letters,
    check_text,
    check_divisions,
    check_spelling,
    check_closing,
)
LEFT_ALONE = frozenset(
    (
        Code.DOCUMENT_UNREADABLE,
        Code.DOCUMENT_LOCKED,
        Code.OTHER_REGIME,
        Code.DOCUMENT_UNKNOWN,
    )
)
"""What is found where a document was not held against the decree."""


def check_content(content: bytes, name: str) -> list[Finding]:
    """Return the findings of a document given as bytes, which they call `name`."""
    try:
        document, sources = read_with_sources(content)
    except UnreadableDocumentError as error:
        return [unreadable(error, name)]
    breaches = Breaches(name, sources)
    judge(recognise(document), breaches)
    return breaches.findings


def unreadable(error: UnreadableDocumentError, name: str) -> Finding:
    """Return what is to be told of a document that cannot be read."""
    if error.locked:
        return Finding(Code.DOCUMENT_LOCKED, name)
    return Finding(Code.DOCUMENT_UNREADABLE, name, found=str(error))


def judge(parts: DocumentParts, breaches: Breaches) -> None:
    """Hold the parts of a document against the decree; of one that others rule only say which."""
    regime = other_regime(parts)
    if regime:
        breaches.add(Code.OTHER_REGIME, None, "", regime)
        return
    if parts.kind is Kind.UNKNOWN:
        breaches.add(Code.DOCUMENT_UNKNOWN, None, "")
        return
    if is_without_diacritics(parts):
        breaches.not_judged = WORDS_NOT_JUDGED
    for check in _CHECKS:
        check(parts, breaches)
