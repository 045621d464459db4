"""The words of the setting "Kèm theo": which document the assignment table goes with."""

from __future__ import annotations

import re

from cchc_office.model import ENCLOSING_PAPERS, EnclosingPaper
from cchc_office.text.vietnamese import clean_line, fold, parse_official_date

_KINDS = "|".join(ENCLOSING_PAPERS)
_PAPER = re.compile(
    rf"\(?(?:(?:ban hành )?kèm theo )?(?P<kind>{_KINDS})"
    r"(?: số\s*:?\s*(?P<number>[\d.…_ ]*)(?P<symbol>(?:/[^\s/,;()]+){1,2}))?"
    r"(?:,? (?P<date>ngày .+?))?"
    r"(?:,? của (?P<issuer>.+?))?\)?\.?",
    re.IGNORECASE,
)


def parse_enclosing(text: str) -> EnclosingPaper | None:
    """Return the document that a text names, None where it is not understood whole.

    "Quyết định", or as it is printed: "Quyết định số 15/QĐ-UBND ngày 05/01/2025 của UBND tỉnh A".
    """
    found = _PAPER.fullmatch(clean_line(text))
    if found is None:
        return None
    day = found["date"] or ""
    date = parse_official_date(day) or parse_official_date(day[len("ngày ") :])
    if day and date is None:
        return None
    return EnclosingPaper(
        next(kind for kind in ENCLOSING_PAPERS if fold(kind) == fold(found["kind"])),
        re.sub(r"\D", "", found["number"] or ""),
        found["symbol"] or "",
        date,
        found["issuer"] or "",
    )
