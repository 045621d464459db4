"""On which page something of a Word document stands, as far as the document tells."""

from __future__ import annotations

from typing import Any

from cchc_office.word.reading.measures import W, attribute, is_on, value_of
from cchc_office.word.reading.transparent import through

_RENDERED = f"{W}lastRenderedPageBreak"
_BREAK, _TEXT = f"{W}br", f"{W}t"
_BEFORE, _SECTION = f"{W}pageBreakBefore", f"{W}sectPr"


class PageCounter:
    """Counts pages block by block: by where Word broke them last, else by breaks that were set."""

    def __init__(self, body: Any) -> None:
        self._by_rendering = next(body.iter(_RENDERED), None) is not None
        self._is_told = self._by_rendering or any(
            element.tag != _BREAK or attribute(element, "type") == "page"
            for element in body.iter(_BREAK, _BEFORE)
        )
        self._page = 1

    def paragraph(self, element: Any) -> int:
        """Return the page on which a paragraph's text begins, 0 where it is not told."""
        before, after = self._breaks(element)
        page = self._page + before
        self._page = page + after
        return page if self._is_told else 0

    def row(self, element: Any) -> int:
        """Return the page on which a row's text begins, 0 where it is not told."""
        if not self._is_told:
            return 0
        cells = [self._breaks(cell) for cell in through(element, "tc")]
        page = self._page + min((before for before, _ in cells), default=0)
        self._page += max((before + after for before, after in cells), default=0)
        return page

    def _breaks(self, element: Any) -> tuple[int, int]:
        """Return how many pages begin before the first text of an element, and after that."""
        if not self._is_told:
            return 0, 0
        if self._by_rendering:
            before = after = 0
            has_text = False
            for one in element.iter(_RENDERED, _TEXT):
                if one.tag == _TEXT:
                    has_text = has_text or bool((one.text or "").strip())
                elif has_text:
                    after += 1
                else:
                    before += 1
            return before, after
        return self._breaks_that_were_set(element)

    def _breaks_that_were_set(self, element: Any) -> tuple[int, int]:
        before = after = 0
        has_text = False
        for one in element.iter(_BEFORE, _BREAK, _TEXT, _SECTION):
            if one.tag == _TEXT:
                has_text = has_text or bool((one.text or "").strip())
            elif one.tag == _BEFORE:
                before += is_on(one)
            elif one.tag == _SECTION:
                after += value_of(one, f"{W}type") in {None, "nextPage", "oddPage", "evenPage"}
            elif attribute(one, "type") == "page":
                before, after = (before, after + 1) if has_text else (before + 1, after)
        return before, after
