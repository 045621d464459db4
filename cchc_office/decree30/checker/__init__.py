"""Holding a Word document against Decree 30/2020/NĐ-CP, Appendix I. The file is only read."""

from __future__ import annotations

from pathlib import Path

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.checker._closing_rules import check_closing
from cchc_office.decree30.checker._head_rules import check_head
from cchc_office.decree30.checker._ledger import Ledger
from cchc_office.decree30.checker._letter_rules import check_letters
from cchc_office.decree30.checker._page_rules import check_pages
from cchc_office.decree30.checker._recognition import recognise
from cchc_office.decree30.checker._text_rules import check_text
from cchc_office.word.reading import UnreadableDocumentError, read_word

__all__ = ["check_content", "check_document"]


def check_document(path: Path) -> list[Finding]:
    """Return what breaks the decree in the document at `path`, and what could not be told.

    Breaches are findings of severity ERROR; where the document does not say enough, they are
    WARNINGs. A file that is no readable Word document is one finding. Raises OSError where the
    file itself cannot be read.
    """
    return check_content(path.read_bytes(), path.name)


def check_content(content: bytes, name: str) -> list[Finding]:
    """Return the findings of a document given as bytes, which they call `name`."""
    try:
        document = read_word(content)
    except UnreadableDocumentError as error:
        if error.locked:
            return [Finding(Code.DOCUMENT_LOCKED, name)]
        return [Finding(Code.DOCUMENT_UNREADABLE, name, found=str(error))]
    parts = recognise(document)
    ledger = Ledger(name)
    for check in (check_pages, check_head, check_letters, check_text, check_closing):
        check(parts, ledger)
    return ledger.findings
