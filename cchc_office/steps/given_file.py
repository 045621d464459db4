"""A file that somebody hands in by name and content, such as one dropped on a page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class GivenFile:
    """A file as somebody gives it: under a name, of which only the last part is looked at."""

    name: str
    content: bytes = field(repr=False)
