"""Why a file holds no table that could be brought in: the headings that were seen, the nearest."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_office.campaign.layout import CODE, CRITERIA_COLUMNS, NAME
from cchc_office.importing.source import SourceDocument
from cchc_office.sheets.headings import nearest
from cchc_office.text.vietnamese import clean_line

_ROWS_LOOKED_AT = 30
_LONGEST = 60
_MOST_TABLES = 4


def no_table(document: SourceDocument) -> str:
    """Return the sentence that refuses a file: what was seen, what was expected, what to do."""
    said = (
        f"Trong {document.file} không có bảng nào với các cột “{CODE.heading}”, “{NAME.heading}” "
        "(hoặc tên gần giống) và các dòng tiêu chí hay nhiệm vụ."
    )
    seen = list(_seen(document))[:_MOST_TABLES]
    if not document.tables:
        return f"{said} Tệp không có bảng nào."
    if not seen:
        return f"{said} Các bảng trong tệp không có dòng tiêu đề."
    return (
        f"{said} Đã thấy: {'; '.join(seen)}. Sửa dòng tiêu đề trong tệp cho giống, hoặc chép bảng "
        "cần nhập sang một tệp mới, rồi thử lại."
    )


def _seen(document: SourceDocument) -> Iterator[str]:
    for table in document.tables:
        best: list[str] = []
        for row in table.sheet.rows[:_ROWS_LOOKED_AT]:
            texts = list(dict.fromkeys(clean_line(c.text) for c in row if c.text))
            if len(texts) > len(best) and all(len(t) <= _LONGEST for t in texts):
                best = texts
        if len(best) > 1:
            near = (
                f"“{text}” (gần “{found[0].heading}”)" if found else f"“{text}”"
                for text in best
                for found in (nearest(text, CRITERIA_COLUMNS),)
            )
            yield f"{table.name}: {', '.join(near)}"
