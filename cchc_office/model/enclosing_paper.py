"""The document that the assignment table is an appendix of."""

from __future__ import annotations

from dataclasses import dataclass

from cchc_office.text.vietnamese import OfficialDate

DISPATCH_PAPER = "Công văn"
ENCLOSING_PAPERS = {
    DISPATCH_PAPER: "",
    "Quyết định": "QĐ",
    "Nghị quyết": "NQ",
    "Kế hoạch": "KH",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Chỉ thị": "CT",
    "Tờ trình": "TTr",
    "Báo cáo": "BC",
}
"""Kinds of documents, and how each is shortened in a symbol (Decree 30, Appendix III, I)."""


@dataclass(frozen=True, slots=True)
class EnclosingPaper:
    """A document as the office named it: its kind, and what is known of it.

    `symbol` is the part after the number, with its slash ("/QĐ-UBND"). What is blank is that of the
    campaign's own papers where the document is one of them.
    """

    kind: str = DISPATCH_PAPER
    number: str = ""
    symbol: str = ""
    date: OfficialDate | None = None
    issuer: str = ""

    @property
    def symbol_begins(self) -> str:
        """How the symbol of such a document begins: "/QĐ-"; "" for a dispatch, which has none."""
        short = ENCLOSING_PAPERS.get(self.kind, "")
        return f"/{short}-" if short else ""


THE_DISPATCH = EnclosingPaper()
"""What the assignment table goes with where the campaign does not say."""
