"""Where in a Word document that stands which a finding is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAIN_PART = "word/document.xml"


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in a Word document: its paragraph and runs, or the pages of a section.

    `part` is the part of the package that holds it; `edge` tells that it stands in the top or
    bottom margin of the pages. `paragraph` counts the `w:p` of that part in the order of its XML,
    from 0, those of tables and text boxes among them; None where the pages of `section` (from 0)
    are meant. `runs` counts the `w:r` of that paragraph alike, and holds those that are meant;
    empty where it is the paragraph as a whole. `table` counts from 1 and is 0 outside of tables,
    `row` and `column` from 0. `passage` has the first words of the line, `words` those that are
    meant. `page` counts from 1 and is 0 where nobody laid the document out. `about` and `found`
    are those of this place, empty where the finding has one of each.
    """

    part: str = MAIN_PART
    paragraph: int | None = None
    runs: tuple[int, ...] = ()
    section: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    text_box: bool = False
    edge: Literal["", "header", "footer"] = ""
    passage: str = ""
    words: str = ""
    page: int = 0
    about: str = ""
    found: str = ""

    @property
    def where(self) -> str:
        """Where it is, in a few Vietnamese words; "" for a paragraph of the text itself."""
        if self.paragraph is None:
            return f"các trang của phần {self.section + 1}"
        parts = [f"trang {self.page}"] if self.page else []
        parts += [_EDGES[self.edge]] if self.edge else []
        if self.text_box:
            parts.append("khung chữ")
        if self.table:
            parts.append(f"bảng {self.table}, hàng {self.row + 1}, cột {self.column + 1}")
        return ", ".join(parts)


_EDGES = {"header": "đầu trang", "footer": "chân trang"}
