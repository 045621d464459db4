"""Values that bring something of their own into a document: a picture.

Text, lists and objects need nothing of this; docxtpl's RichText and Listing are taken as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Picture:
    """A picture, set in the line where its tag stands: a file, or its bytes.

    `alt` is what is read out, or shown where pictures are not.
    """

    source: Path | bytes = field(repr=False)
    width_mm: float | None = None
    height_mm: float | None = None
    alt: str = ""
