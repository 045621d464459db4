"""Elements that show nothing of their own: what they hold counts as standing in their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cchc_office.word.reading.measures import MC, W

THROUGH = {
    f"{W}{name}"
    for name in (
        *("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent"),
        *("bdo", "dir"),
    )
}


def chosen(alternate: Any) -> Any:
    """Return the content that Word shows of several: the first choice, else the fallback."""
    found = (alternate.find(f"{MC}{name}") for name in ("Choice", "Fallback"))
    return next((content for content in found if content is not None), ())


def through(parent: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table or cells of a row, those within content controls too."""
    for element in parent:
        if element.tag == f"{W}{tag}":
            yield element
        elif element.tag in THROUGH:
            yield from through(element, tag)
